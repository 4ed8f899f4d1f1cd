//! Intervals: which codings touch what can be seen, found without looking at the others.
//!
//! Codings lie in order of their start. Above them stands a tree of the largest end in each half, so
//! that a coding that began a hundred pages ago and still runs is found as fast as its neighbours.

use model::span::Span;

/// Spans in order of their start, with the tree of largest ends.
#[derive(Clone, Debug, Default)]
pub struct Intervals {
    spans: Vec<Span>,
    /// Largest end below each node; node 1 is the root, the leaves stand at `half..`.
    ends: Vec<u32>,
    half: usize,
}

impl Intervals {
    /// Takes spans that are in order of their start.
    pub fn new(spans: Vec<Span>) -> Self {
        debug_assert!(spans.is_sorted_by_key(|s| s.start));
        let half = spans.len().next_power_of_two();
        let mut ends = vec![0; half * 2];
        for (leaf, span) in ends.iter_mut().skip(half).zip(&spans) {
            *leaf = span.end;
        }
        for node in (1..half).rev() {
            ends[node] = ends[node * 2].max(ends[node * 2 + 1]);
        }
        Self { spans, ends, half }
    }

    /// The places of all spans that share a code point with `seen`, in order.
    pub fn touching(&self, seen: Span) -> Vec<usize> {
        let mut out = Vec::new();
        let to = self.spans.partition_point(|s| s.start < seen.end);
        if to > 0 {
            self.visit(1, 0, self.half, to, seen, &mut out);
        }
        out
    }

    fn visit(&self, node: usize, from: usize, size: usize, to: usize, seen: Span, out: &mut Vec<usize>) {
        if from >= to || self.ends.get(node).is_none_or(|&end| end <= seen.start) {
            return;
        }
        if size == 1 {
            if self.spans.get(from).is_some_and(|s| s.overlaps(seen)) {
                out.push(from);
            }
            return;
        }
        let half = size / 2;
        self.visit(node * 2, from, half, to, seen, out);
        self.visit(node * 2 + 1, from + half, half, to, seen, out);
    }

    /// One span.
    pub fn get(&self, at: usize) -> Option<Span> {
        self.spans.get(at).copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_that_touch_are_found_and_no_other(
            mut spans in proptest::collection::vec((0_u32..200, 1_u32..60), 0..60),
            start in 0_u32..260,
            len in 1_u32..40,
        ) {
            spans.sort_unstable();
            let spans: Vec<Span> = spans.into_iter().map(|(s, l)| Span::new(s, s + l)).collect();
            let seen = Span::new(start, start + len);
            let expected: Vec<usize> = (0..spans.len()).filter(|&i| spans[i].overlaps(seen)).collect();
            prop_assert_eq!(Intervals::new(spans).touching(seen), expected);
        }
    }
}
