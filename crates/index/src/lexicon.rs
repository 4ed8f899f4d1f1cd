//! The lexicon: every different word of the index, for what cannot be looked up by its beginning.
//!
//! Words inside words, words with a wrong letter and words of one stem are found by going through it:
//! a hundred thousand words where the texts have ten million.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::query::Pattern;
use crate::stem::{Stemmers, clip};

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

/// All different words, in order.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: Vec<Box<str>>,
    stems: OnceLock<[FxHashMap<Box<str>, Vec<u32>>; 2]>,
}

impl Lexicon {
    /// Takes words in any order, some perhaps several times.
    pub(crate) fn new(mut words: Vec<Box<str>>) -> Self {
        words.sort_unstable();
        words.dedup();
        Self { words, stems: OnceLock::new() }
    }

    /// The words that a pattern fits.
    pub(crate) fn terms(&self, pattern: &Pattern) -> Vec<Term> {
        match pattern {
            Pattern::Stem(word) => self.of_stem(word),
            Pattern::Glob(glob) => {
                let beginning = clip(glob.beginning());
                let from = self.words.partition_point(|w| &**w < beginning);
                let same = self.words[from..].iter().take_while(|w| w.starts_with(beginning));
                // A word that was cut may end otherwise: the text decides.
                let cut = |w: &str| w.len() >= crate::stem::LONGEST;
                same.filter(|w| cut(w) || glob.fits(w)).map(|w| Term::of(w.to_string())).collect()
            }
            pattern => {
                let cut = |w: &str| w.len() >= crate::stem::LONGEST;
                self.words
                    .iter()
                    .filter(|w| cut(w) || pattern.fits(w))
                    .map(|w| Term::of(w.to_string()))
                    .collect()
            }
        }
    }

    fn of_stem(&self, word: &str) -> Vec<Term> {
        let [dutch, english] = self.stems.get_or_init(|| {
            let mut stemmers = Stemmers::default();
            let mut maps: [FxHashMap<Box<str>, Vec<u32>>; 2] = Default::default();
            for (i, w) in self.words.iter().enumerate() {
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
                let text = self.words[i as usize].to_string();
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
