//! The lexicon: every different word of the index, for what cannot be looked up by its beginning.
//!
//! Words inside words, words with a wrong letter and words of one stem are found by going through it:
//! a hundred thousand words where the texts have ten million.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::query::Pattern;
use crate::stem::{LONGEST, Stemmers, clip, may_be_cut};

/// One word of the index that a word of a query can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// As it stands in the index: folded, cut where it is very long.
    pub(crate) text: String,
    /// Whether it has only the stem in common with the query.
    pub(crate) by_stem: bool,
    /// Whether the Dutch stem is the same.
    pub(crate) dutch: bool,
    /// Whether the English stem is the same.
    pub(crate) english: bool,
}

impl Term {
    /// The word itself.
    pub(crate) fn of(text: String) -> Self {
        Self { text, by_stem: false, dutch: false, english: false }
    }
}

/// All different words, in order, as one text.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    text: String,
    /// Where each word begins; one more for the end.
    starts: Vec<u32>,
    signs: OnceLock<Vec<Sign>>,
    ends: OnceLock<Ends>,
    stems: OnceLock<[FxHashMap<Box<str>, Vec<u32>>; 2]>,
}

/// The words by how they end, so that an ending need not be looked for in all of them.
#[derive(Debug, Default)]
struct Ends {
    /// The last two bytes of each word, the last one first, and its place; in order.
    words: Vec<(u16, u32)>,
    /// Words that were cut, whatever they end in here.
    cut: Vec<u32>,
}

impl Ends {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut out = Self::default();
        for (word, at) in words.zip(0..) {
            if may_be_cut(word) {
                out.cut.push(at);
            } else {
                out.words.push((Self::key(word), at));
            }
        }
        out.words.sort_unstable();
        out
    }

    fn key(word: &str) -> u16 {
        let mut bytes = word.bytes().rev().map(u16::from);
        bytes.next().unwrap_or_default() << 8 | bytes.next().unwrap_or_default()
    }

    /// The places of words that may end so.
    fn with(&self, end: &str) -> impl Iterator<Item = usize> + '_ {
        let from = Self::key(end);
        // Of an ending of one byte the byte before it is not known.
        let to = if end.len() < 2 { from | 0xff } else { from };
        let first = self.words.partition_point(|w| w.0 < from);
        let found = self.words.iter().skip(first).take_while(move |w| w.0 <= to);
        found.map(|w| w.1 as usize).chain(self.cut.iter().map(|&at| at as usize))
    }
}

/// What is quickly compared of a word: its length in characters, and one bit for each kind of letter
/// in it.
#[derive(Clone, Copy, Debug)]
struct Sign {
    length: u32,
    letters: u32,
}

impl Sign {
    fn of(word: &str) -> Self {
        let mut sign = Self { length: 0, letters: 0 };
        for c in word.chars() {
            sign.length += 1;
            let kind =
                if c.is_ascii_lowercase() { u32::from(c) - u32::from('a') } else { 26 + u32::from(c) % 6 };
            sign.letters |= 1 << kind;
        }
        sign
    }

    /// Whether so few wrong letters may lead from one to the other. A wrong letter adds and removes
    /// one kind at most.
    fn near(self, other: Self, edits: u32) -> bool {
        self.length.abs_diff(other.length) <= edits
            && (self.letters ^ other.letters).count_ones() <= 2 * edits
    }
}

impl Lexicon {
    /// Takes words in any order, some perhaps several times.
    pub(crate) fn new(mut words: Vec<Box<str>>) -> Self {
        words.sort_unstable();
        words.dedup();
        let mut text = String::with_capacity(words.iter().map(|w| w.len()).sum());
        let mut starts = Vec::with_capacity(words.len() + 1);
        for word in &words {
            starts.push(text.len() as u32);
            text.push_str(word);
        }
        starts.push(text.len() as u32);
        Self { text, starts, ..Self::default() }
    }

    fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn word(&self, at: usize) -> &str {
        self.text.get(self.starts[at] as usize..self.starts[at + 1] as usize).unwrap_or_default()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.word(i))
    }

    /// The words that a pattern fits.
    pub(crate) fn terms(&self, pattern: &Pattern) -> Vec<Term> {
        // A word that was cut may end otherwise: the text decides.
        let cut = may_be_cut;
        let term = |w: &str| Term::of(w.to_owned());
        match pattern {
            Pattern::Stem(word) => self.of_stem(word),
            Pattern::Glob(glob) if glob.open_start && !glob.open_end => {
                let end = glob.parts.last().map_or("", String::as_str);
                let ends = self.ends.get_or_init(|| Ends::of(self.words()));
                let may = ends.with(end).map(|at| self.word(at));
                may.filter(|w| glob.fits(w) || cut(w)).map(term).collect()
            }
            Pattern::Glob(glob) if glob.open_start => {
                let mut may = self.with(glob.parts.iter().max_by_key(|p| p.len()).map_or("", String::as_str));
                may.extend(
                    self.ends.get_or_init(|| Ends::of(self.words())).cut.iter().map(|&at| at as usize),
                );
                may.sort_unstable();
                may.dedup();
                let may = may.into_iter().map(|at| self.word(at));
                may.filter(|w| glob.fits(w) || cut(w)).map(term).collect()
            }
            Pattern::Glob(glob) => {
                let beginning = clip(glob.beginning());
                let (mut from, mut to) = (0, self.len());
                while from < to {
                    let middle = usize::midpoint(from, to);
                    if self.word(middle) < beginning { from = middle + 1 } else { to = middle }
                }
                let same = (from..self.len()).map(|i| self.word(i)).take_while(|w| w.starts_with(beginning));
                same.filter(|w| glob.fits(w) || cut(w)).map(term).collect()
            }
            Pattern::Typo { word, edits } => {
                let signs = self.signs.get_or_init(|| self.words().map(Sign::of).collect());
                let own = Sign::of(word);
                let near = (0..self.len()).filter(|&i| signs[i].near(own, u32::from(*edits)));
                let fits = near.map(|i| self.word(i)).filter(|w| pattern.fits(w)).map(term);
                if word.len() + usize::from(*edits) * 4 < LONGEST - 3 {
                    fits.collect()
                } else {
                    fits.chain(self.words().filter(|w| cut(w)).map(term)).collect()
                }
            }
            pattern => self.words().filter(|w| pattern.fits(w) || cut(w)).map(term).collect(),
        }
    }

    /// The places of words that hold these letters, found in all words as one text.
    fn with(&self, part: &str) -> Vec<usize> {
        let (mut out, mut from) = (Vec::new(), 0);
        let finder = memchr::memmem::Finder::new(part);
        while let Some(found) = self.text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            let at = from + found;
            let word = self.starts.partition_point(|&start| start as usize <= at).saturating_sub(1);
            let end = self.starts.get(word + 1).map_or(at, |&end| end as usize);
            if at + part.len() <= end {
                out.push(word);
                from = end;
            } else {
                // It begins in one word and ends in another; one within a word may begin right behind.
                from = at + 1;
            }
        }
        out
    }

    fn of_stem(&self, word: &str) -> Vec<Term> {
        let [dutch, english] = self.stems.get_or_init(|| {
            let mut stemmers = Stemmers::default();
            let mut maps: [FxHashMap<Box<str>, Vec<u32>>; 2] = Default::default();
            for (i, w) in self.words().enumerate() {
                maps[0].entry(stemmers.dutch(w).into()).or_default().push(i as u32);
                maps[1].entry(stemmers.english(w).into()).or_default().push(i as u32);
            }
            maps
        });
        let mut stemmers = Stemmers::default();
        let mut found: FxHashMap<u32, (bool, bool)> = FxHashMap::default();
        let stem = stemmers.dutch(word);
        for &i in dutch.get(stem.as_str()).filter(|_| !stem.is_empty()).into_iter().flatten() {
            found.entry(i).or_default().0 = true;
        }
        let stem = stemmers.english(word);
        for &i in english.get(stem.as_str()).filter(|_| !stem.is_empty()).into_iter().flatten() {
            found.entry(i).or_default().1 = true;
        }
        let mut terms: Vec<Term> = found
            .into_iter()
            .map(|(i, (dutch, english))| {
                let text = self.word(i as usize).to_owned();
                let by_stem = text != clip(word);
                Term { text, by_stem, dutch, english }
            })
            .collect();
        if terms.iter().all(|t| t.by_stem) {
            terms.push(Term::of(clip(word).to_owned()));
        }
        terms.sort_unstable_by(|a, b| a.text.cmp(&b.text));
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Glob;

    /// Every pattern finds what trying it on each word finds.
    #[test]
    fn endings_and_middles_are_found_as_by_trying_each_word() {
        let cut = "z".repeat(LONGEST);
        // A letter of several bytes at the place of the cut leaves a little less.
        let nearly = "y".repeat(LONGEST - 1);
        let words =
            ["a", "aa", "aab", "ab", "b", "ba", "baa", "heid", "xa", "zekerheid", "é", "cité", &cut, &nearly];
        let lexicon = Lexicon::new(words.iter().map(|w| (*w).into()).collect());
        for glob in
            ["*a", "*aa", "*b", "*heid", "*é", "*a*", "*aa*", "*ab*", "*z*r*", "*e*heid", "*té*", "*q", "*q*"]
        {
            let glob = Glob::parse(glob).unwrap();
            let mut expected: Vec<&str> =
                words.iter().copied().filter(|w| glob.fits(w) || w.len() >= LONGEST - 3).collect();
            expected.sort_unstable();
            let mut found: Vec<String> =
                lexicon.terms(&Pattern::Glob(glob.clone())).into_iter().map(|t| t.text).collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{glob:?}");
        }
    }
}
