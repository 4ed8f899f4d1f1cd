//! Spans: from the places of single words to the passages that a query is about, within one
//! document. All in bytes; nothing here knows of codings or tables.

use std::ops::Range;

use crate::gather::Place;
use crate::token::{Token, Tokens};
use crate::unit::Unit;

/// One passage of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stretch {
    /// First byte.
    pub(crate) from: u32,
    /// One past the last byte.
    pub(crate) to: u32,
    /// Whether a word of it has only the stem in common with the query.
    pub(crate) by_stem: bool,
}

/// The text of a document and its units.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) text: &'a str,
    pub(crate) units: &'a [Unit],
    /// No two words behind each other begin further apart than this, in bytes: what is further apart
    /// needs no look at the text.
    pub(crate) gap: u32,
}

/// How many of these units end at or before a byte. Looks ever further ahead, since the next place of a word
/// may be near or far.
fn passed(units: &[Unit], at: u32) -> usize {
    let mut ahead = 1;
    while units.get(ahead - 1).is_some_and(|u| u.to <= at) {
        ahead *= 2;
    }
    let known = ahead / 2;
    let between = units.get(known..ahead.min(units.len())).unwrap_or_default();
    known + between.partition_point(|u| u.to <= at)
}

impl Page<'_> {
    fn from(&self, at: u32) -> &str {
        self.text.get(at as usize..).unwrap_or_default()
    }

    /// Where the word that begins at a byte ends.
    pub(crate) fn end(&self, at: u32) -> u32 {
        at + Tokens::of(self.from(at)).next().map_or(0, |t: Token| t.end as u32)
    }

    /// Where the next word behind a byte begins.
    fn next(&self, at: u32) -> Option<u32> {
        Tokens::of(self.from(at)).next().map(|t| at + t.start as u32)
    }

    /// How many words begin in a stretch; counts no further than `most` + 1.
    fn words(&self, stretch: Range<u32>, most: u32) -> u32 {
        let text = self.text.get(stretch.start as usize..stretch.end as usize).unwrap_or_default();
        Tokens::of(text).take(most as usize + 1).count() as u32
    }

    /// The unit in which a byte lies.
    pub(crate) fn unit(&self, at: u32) -> Option<usize> {
        let unit = self.units.partition_point(|u| u.to <= at);
        self.units.get(unit).filter(|u| u.from <= at).map(|_| unit)
    }

    /// The units that a passage touches.
    pub(crate) fn touched(&self, s: Stretch) -> Range<usize> {
        let from = self.units.partition_point(|u| u.to <= s.from);
        let to = self.units.partition_point(|u| u.from < s.to).max(from);
        from..to
    }

    /// Whether two bytes lie in one unit.
    fn together(&self, a: u32, b: u32) -> bool {
        self.unit(a).is_some_and(|u| self.unit(b) == Some(u))
    }

    /// The places of one word, each with its end; those outside units are none.
    pub(crate) fn word(&self, places: &[Place]) -> impl Iterator<Item = Stretch> {
        let mut unit = 0;
        places
            .iter()
            .filter(move |p| {
                unit += passed(self.units.get(unit..).unwrap_or_default(), p.at);
                self.units.get(unit).is_some_and(|u| u.from <= p.at)
            })
            .map(|p| Stretch { from: p.at, to: self.end(p.at), by_stem: p.by_stem })
    }

    /// The places at which words follow each other within a unit; of those that overlap the first.
    pub(crate) fn phrase(&self, words: &[&[Place]]) -> Vec<Stretch> {
        let Some(rarest) = (0..words.len()).min_by_key(|&i| words[i].len()) else { return Vec::new() };
        let mut out: Vec<Stretch> = Vec::new();
        // Per word, how far its places have been passed.
        let mut passed = vec![0; words.len()];
        'places: for place in words[rarest] {
            let mut last = place.at;
            let mut all = Stretch { from: place.at, to: place.at, by_stem: place.by_stem };
            for (i, word) in words.iter().enumerate().skip(rarest + 1) {
                let next = after(word, &mut passed[i], last);
                let Some(found) = word.get(next).filter(|p| p.at - last <= self.gap) else {
                    continue 'places;
                };
                if self.next(self.end(last)) != Some(found.at) {
                    continue 'places;
                }
                last = found.at;
                all.by_stem |= found.by_stem;
            }
            for (i, word) in words.iter().enumerate().take(rarest).rev() {
                // The word before is the last of its places before this one, if nothing is between.
                let Some(before) = all.from.checked_sub(1) else { continue 'places };
                let next = after(word, &mut passed[i], before);
                let Some(found) = next.checked_sub(1).map(|n| word[n]) else { continue 'places };
                if found.at >= all.from || all.from - found.at > self.gap {
                    continue 'places;
                }
                if self.next(self.end(found.at)) != Some(all.from) {
                    continue 'places;
                }
                all.from = found.at;
                all.by_stem |= found.by_stem;
            }
            all.to = self.end(last);
            if self.together(all.from, all.to - 1) {
                out.push(all);
            }
        }
        out.sort_unstable();
        let mut end = 0;
        out.retain(|s| {
            let free = s.from >= end;
            if free {
                end = s.to;
            }
            free
        });
        out
    }

    /// As [`Page::phrase`], with up to `slop` other words between them altogether.
    pub(crate) fn loose(&self, words: &[&[Place]], slop: u32) -> Vec<Stretch> {
        let Some((first, others)) = words.split_first() else { return Vec::new() };
        let mut out = Vec::new();
        'places: for place in *first {
            let mut all = Stretch { from: place.at, to: self.end(place.at), by_stem: place.by_stem };
            let mut between = 0;
            for word in others {
                let next = word.partition_point(|p| p.at < all.to);
                let Some(found) = word.get(next) else { continue 'places };
                between += self.words(all.to..found.at, slop - between);
                if between > slop {
                    continue 'places;
                }
                all.to = self.end(found.at);
                all.by_stem |= found.by_stem;
            }
            if self.together(all.from, all.to - 1) {
                out.push(all);
            }
        }
        shortest(out)
    }

    /// From one to another of two texts within a unit, not further apart than `words`.
    pub(crate) fn both(
        &self,
        left: &[Stretch],
        right: &[Stretch],
        words: Option<u32>,
        ordered: bool,
    ) -> Vec<Stretch> {
        let mut out = Vec::new();
        self.pairs(left, right, words, &mut out);
        if !ordered {
            self.pairs(right, left, words, &mut out);
        }
        shortest(out)
    }

    /// For each of `second` the shortest way back to one of `first` that ends before it.
    fn pairs(&self, first: &[Stretch], second: &[Stretch], words: Option<u32>, out: &mut Vec<Stretch>) {
        let mut ends: Vec<Stretch> = first.to_vec();
        ends.sort_unstable_by_key(|s| (s.to, s.from));
        // Per place in `ends`, the one among it and those before that begins last.
        let mut latest: Vec<Stretch> = Vec::with_capacity(ends.len());
        for &s in &ends {
            let best = latest.last().filter(|l| l.from > s.from).copied().unwrap_or(s);
            latest.push(best);
        }
        for b in second {
            let before = ends.partition_point(|a| a.to <= b.from);
            let a = match words {
                None => before.checked_sub(1).map(|i| latest[i]),
                Some(n) => {
                    let most = self.gap.saturating_mul(n);
                    let mut best: Option<Stretch> = None;
                    for a in ends[..before].iter().rev() {
                        // What ends before the best begins, begins before it too.
                        if best.is_some_and(|best| a.to <= best.from)
                            || b.from - a.to > most
                            || !self.fewer(a.to..b.from, n)
                        {
                            break;
                        }
                        if best.is_none_or(|best| (best.from, !best.by_stem) < (a.from, !a.by_stem)) {
                            best = Some(*a);
                        }
                    }
                    best
                }
            };
            if let Some(a) = a.filter(|a| self.together(a.from, b.to - 1)) {
                out.push(Stretch { from: a.from, to: b.to, by_stem: a.by_stem || b.by_stem });
            }
        }
    }

    /// Whether fewer than so many words begin in a stretch.
    pub(crate) fn fewer(&self, stretch: Range<u32>, words: u32) -> bool {
        // Each word takes a letter and something that parts it from the next.
        stretch.len() / 2 + 1 < words as usize || self.words(stretch, words) < words
    }
}

/// The first of these places behind a byte. `passed` is where the last look ended: bytes mostly rise.
fn after(places: &[Place], passed: &mut usize, at: u32) -> usize {
    if *passed > 0 && places.get(*passed - 1).is_none_or(|p| p.at > at) {
        *passed = places.partition_point(|p| p.at <= at);
        return *passed;
    }
    let mut step = 1;
    let mut low = *passed;
    while places.get(low + step - 1).is_some_and(|p| p.at <= at) {
        low += step;
        step *= 2;
    }
    let high = (low + step - 1).min(places.len());
    *passed = low + places[low..high].partition_point(|p| p.at <= at);
    *passed
}

/// Of passages that overlap, those that end first, and of these the shortest.
pub(crate) fn shortest(mut all: Vec<Stretch>) -> Vec<Stretch> {
    all.sort_unstable_by_key(|s| (s.to, std::cmp::Reverse(s.from), s.by_stem));
    let mut end = 0;
    all.retain(|s| {
        let free = s.from >= end;
        if free {
            end = s.to;
        }
        free
    });
    all
}

/// Several lists as one, in order, each passage once.
pub(crate) fn united(lists: impl IntoIterator<Item = Vec<Stretch>>) -> Vec<Stretch> {
    let mut lists = lists.into_iter();
    let mut out = lists.next().unwrap_or_default();
    let mut several = false;
    for list in lists {
        several |= !list.is_empty();
        out.extend(list);
    }
    if several {
        out.sort_unstable();
        // By the word itself comes before by its stem.
        out.dedup_by_key(|s| (s.from, s.to));
    }
    out
}

#[cfg(test)]
mod tests {
    use model::span::Span;

    use super::*;

    #[test]
    fn units_are_passed_as_one_by_one() {
        for count in 0..20_u32 {
            let units: Vec<Unit> = (0..count)
                .map(|i| Unit { span: Span::new(0, 0), from: i * 10 + 2, to: i * 10 + 9, turn: None })
                .collect();
            for at in 0..count * 10 + 15 {
                let one_by_one = units.iter().take_while(|u| u.to <= at).count();
                assert_eq!(passed(&units, at), one_by_one, "{at} of {count}");
            }
        }
    }
}
