//! Collocates: words that stand near hits more often than chance would have it.
//!
//! A word is near a hit when at most so many words (the window) lie between, in what is said in the same
//! turn. A word near two hits is counted once, on the side of the nearer; between two as near it
//! stands before the second. The words of the hits
//! themselves are neither near nor part of what is compared with.
//!
//! How strongly a word is bound to the hits is told by the log-likelihood ratio of Dunning, "Accurate
//! methods for the statistics of surprise and coincidence" (Computational Linguistics 19, 1993):
//! `G² = 2 Σ O ln(O / E)` over the four cells of the table *this word or another* × *near or not*, with
//! `E = row × column / all`. Here it is negative where the word is rarer near the hits than elsewhere.

use model::corpus::Corpus;
use model::counted::{Counted, Roles};
use rustc_hash::FxHashMap;

use crate::concordance::Place;
use crate::stop::StopWords;
use crate::token::{folded, speeches, tokens, within};

/// One word near hits.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocate {
    /// The word, without capitals.
    pub word: String,
    /// How often it stands before a hit.
    pub left: u64,
    /// How often behind one.
    pub right: u64,
    /// How often in all that is compared, near or not.
    pub total: u64,
    /// How often it would be near if it stood anywhere alike.
    pub expected: f64,
    /// How strongly it is bound to the hits.
    pub g2: f64,
}

impl Collocate {
    /// How often it is near a hit.
    pub const fn near(&self) -> u64 {
        self.left + self.right
    }
}

/// The words near hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collocates {
    /// Those that are not stop words, the most strongly bound first.
    pub rows: Vec<Collocate>,
    /// Hits in turns of the counted roles.
    pub hits: usize,
    /// Words near them, stop words among them.
    pub near: u64,
    /// All words that are compared: those of the counted turns without the hits.
    pub words: u64,
}

/// On which side of the nearest hit a word stands, and how far.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// The words at most `window` words from a hit, in turns of these roles.
pub fn collocates(
    corpus: &Corpus,
    hits: &[Place],
    window: usize,
    roles: Roles,
    stop: &StopWords,
) -> Collocates {
    let mut out = Collocates::default();
    // Left, right, all.
    let mut found: FxHashMap<String, [u64; 3]> = FxHashMap::default();
    for (at, document) in corpus.documents.iter().enumerate() {
        let counted = Counted::of(document, roles);
        let all = tokens(document);
        let here: Vec<Place> = hits.iter().filter(|h| h.0 == at).copied().collect();
        for speech in speeches(&counted) {
            let said = within(&all, speech);
            // Which words are part of a hit.
            let mut part = vec![false; said.len()];
            // Per word: distance to the nearest hit, and the side.
            let mut near: Vec<Option<(usize, Side)>> = vec![None; said.len()];
            for (_, hit) in here.iter().filter(|h| h.1.overlaps(speech)) {
                out.hits += 1;
                let first = said.partition_point(|t| t.span.end <= hit.start);
                let last = said.partition_point(|t| t.span.start < hit.end);
                part[first..last.max(first)].fill(true);
                let nearer = |slot: &mut Option<(usize, Side)>, distance: usize, side: Side| {
                    let first = matches!(side, Side::Left);
                    if slot.is_none_or(|(known, _)| distance < known || distance == known && first) {
                        *slot = Some((distance, side));
                    }
                };
                for (distance, slot) in near[..first].iter_mut().rev().take(window).enumerate() {
                    nearer(slot, distance, Side::Left);
                }
                for (distance, slot) in near[last.max(first)..].iter_mut().take(window).enumerate() {
                    nearer(slot, distance, Side::Right);
                }
            }
            for ((token, part), near) in said.iter().zip(part).zip(near) {
                if part {
                    continue;
                }
                let counts = found.entry(folded(token.text)).or_default();
                counts[2] += 1;
                out.words += 1;
                if let Some((_, side)) = near {
                    counts[match side {
                        Side::Left => 0,
                        Side::Right => 1,
                    }] += 1;
                    out.near += 1;
                }
            }
        }
    }
    for (word, [left, right, total]) in found {
        if left + right == 0 || stop.has(&word) {
            continue;
        }
        let expected = total as f64 * out.near as f64 / out.words as f64;
        let g2 = g2(left + right, total, out.near, out.words);
        out.rows.push(Collocate { word, left, right, total, expected, g2 });
    }
    out.rows.sort_by(|a, b| {
        b.g2.total_cmp(&a.g2).then_with(|| b.near().cmp(&a.near())).then_with(|| a.word.cmp(&b.word))
    });
    out
}

/// The signed log-likelihood ratio of a word that stands `both` times near, `total` times in all, where
/// `near` of `words` words are near.
pub fn g2(both: u64, total: u64, near: u64, words: u64) -> f64 {
    let [both, total, near, words] = [both, total, near, words].map(|n| n as f64);
    let cell = |observed: f64, row: f64, column: f64| {
        if observed > 0.0 { observed * (observed * words / (row * column)).ln() } else { 0.0 }
    };
    let sum = cell(both, total, near)
        + cell(total - both, total, words - near)
        + cell(near - both, words - total, near)
        + cell(words - total - near + both, words - total, words - near);
    let g2 = (2.0 * sum).max(0.0);
    if both * words < total * near { -g2 } else { g2 }
}
