//! A span: a half-open stretch `[start, end)` of one document, in code points; and sets of spans,
//! which is what every count is made from.

use serde::{Deserialize, Serialize};

/// A half-open stretch `[start, end)` in code points of a canonical text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Span {
    /// The span `[start, end)`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Length in code points; 0 for an inverted span.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no code point.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether both hold one code point at least.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the code point at `position` is inside.
    pub const fn has(self, position: u32) -> bool {
        self.start <= position && position < self.end
    }

    /// The common part, if it holds a code point.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let both = Self::new(self.start.max(other.start), self.end.min(other.end));
        (!both.is_empty()).then_some(both)
    }
}

/// Unites spans that share a code point; touching spans stay two. Sorts the spans in place and
/// returns the unions in order of their start; each is one passage.
pub fn unite(spans: &mut Vec<Span>) -> Vec<Span> {
    spans.retain(|s| !s.is_empty());
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for &span in spans.iter() {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// Code points covered by at least `least` of the given sets, each of which must be united.
/// The result is in order and, where two of its runs touch, they are joined.
pub fn covered_by(sets: &[Vec<Span>], least: usize) -> Vec<Span> {
    let mut edges: Vec<(u32, i32)> = Vec::new();
    for set in sets {
        for s in set {
            edges.push((s.start, 1));
            edges.push((s.end, -1));
        }
    }
    edges.sort_unstable_by_key(|&(at, step)| (at, -step));
    let mut out: Vec<Span> = Vec::new();
    let (mut depth, mut open) = (0_i32, None);
    let least = i32::try_from(least.max(1)).unwrap_or(i32::MAX);
    for (at, step) in edges {
        let before = depth;
        depth += step;
        if before < least && depth >= least {
            open = Some(at);
        } else if before >= least
            && depth < least
            && let Some(start) = open.take()
            && start < at
        {
            out.push(Span::new(start, at));
        }
    }
    out
}
