//! Relating: which passages of one list stand so to one of another.
//!
//! Both lists are in order, by beginning and then by end, each passage once; in neither need they end
//! in order. Every question is answered by looking up a place in the other list and what ends last
//! among all before it, so that a word of every sentence can be related to another.

use crate::plan::How;
use crate::query::Distance;
use crate::spans::{Page, Stretch};

/// Those of `left` that stand so to one of `right`, and not only to themselves.
pub(crate) fn standing(page: &Page<'_>, left: &[Stretch], right: &[Stretch], how: How) -> Vec<Stretch> {
    if left.is_empty() || right.is_empty() {
        return Vec::new();
    }
    let keep = |stands: &dyn Fn(&Stretch) -> bool| left.iter().filter(|a| stands(a)).copied().collect();
    let ends = || last_ends(right.iter().map(|s| s.to as usize));
    match how {
        How::Inside => {
            let ends = ends();
            keep(&|a| {
                let before = right.partition_point(|b| b.from <= a.from);
                before > 0 && ends[before - 1] >= a.to as usize
            })
        }
        How::Overlaps => {
            let ends = ends();
            keep(&|a| {
                let before = right.partition_point(|b| b.from < a.to);
                before > 0 && ends[before - 1] > a.from as usize
            })
        }
        How::Near(turns) => {
            let right = Touching::new(page, right);
            keep(&|a| right.near(page, *a, turns as usize))
        }
        How::NearWords(words) => {
            let ends = ends();
            let mut tos: Vec<u32> = right.iter().map(|b| b.to).collect();
            tos.sort_unstable();
            keep(&|a| {
                let before = right.partition_point(|b| b.from < a.to);
                let first = right.get(before);
                let last = tos.partition_point(|to| *to <= a.from).checked_sub(1).map(|i| tos[i]);
                another(right, *a, before, |i| ends[i] > a.from as usize)
                    || first.is_some_and(|b| page.fewer(a.to..b.from, words))
                    || last.is_some_and(|to| page.fewer(to..a.from, words))
            })
        }
        How::Before(None) => {
            let last = right.last().map_or(0, |b| b.from);
            keep(&|a| a.to <= last)
        }
        How::Before(Some(Distance::Words(words))) => keep(&|a| {
            let first = right.get(right.partition_point(|b| b.from < a.to));
            first.is_some_and(|b| page.fewer(a.to..b.from, words))
        }),
        How::Before(Some(Distance::Turns(turns))) => {
            let right = Touching::new(page, right);
            keep(&|a| right.behind(page, *a, turns as usize))
        }
    }
}

/// Per place of a list, the last end among it and those before.
fn last_ends(ends: impl Iterator<Item = usize>) -> Vec<usize> {
    ends.scan(0, |last, end| {
        *last = end.max(*last);
        Some(*last)
    })
    .collect()
}

/// Whether one of the first `before` of a list is another passage than `a` and reaches it, where
/// `reaches` says so of all up to a place, and those behind `a` in the list always do.
fn another(list: &[Stretch], a: Stretch, before: usize, reaches: impl Fn(usize) -> bool) -> bool {
    let own = list.binary_search_by_key(&(a.from, a.to), |b| (b.from, b.to)).ok();
    match own.filter(|own| *own < before) {
        Some(own) if own + 1 < before => true,
        Some(own) => own > 0 && reaches(own - 1),
        None => before > 0 && reaches(before - 1),
    }
}

/// Passages that touch turns, with which; what touches none, such as a blank line, is far from
/// everything.
struct Touching {
    list: Vec<Stretch>,
    /// The first turn of each.
    firsts: Vec<usize>,
    /// One past the last turn of it and those before.
    ends: Vec<usize>,
}

impl Touching {
    fn new(page: &Page<'_>, all: &[Stretch]) -> Self {
        let touching = all.iter().map(|s| (*s, page.touched(*s))).filter(|(_, turns)| !turns.is_empty());
        let (list, turns): (Vec<Stretch>, Vec<_>) = touching.unzip();
        let ends = last_ends(turns.iter().map(|t| t.end));
        Self { list, firsts: turns.into_iter().map(|t| t.start).collect(), ends }
    }

    /// Whether another is at most so many turns away, before or behind; in the same turn it is 0 away.
    fn near(&self, page: &Page<'_>, a: Stretch, most: usize) -> bool {
        let turns = page.touched(a);
        let before = self.firsts.partition_point(|first| *first < turns.end + most);
        !turns.is_empty() && another(&self.list, a, before, |i| self.ends[i] + most > turns.start)
    }

    /// Whether one begins behind it, at most so many turns away.
    fn behind(&self, page: &Page<'_>, a: Stretch, most: usize) -> bool {
        let turns = page.touched(a);
        let first = self.list.partition_point(|b| b.from < a.to);
        !turns.is_empty() && self.firsts.get(first).is_some_and(|first| *first < turns.end + most)
    }
}
