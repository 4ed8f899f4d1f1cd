//! Locating: the exact places at which the words of a query stand in one unit of text.
//!
//! The text is cut into tokens and folded by the code that made the index. This is the only place
//! that turns words into spans, so that offsets kept in an index could take its place.

use rustc_hash::FxHashMap;

use crate::fold::fold_into;
use crate::query::Word;
use crate::stem::{Stemmers, Stems};
use crate::token::Tokens;

/// How many different words a query can hold: one bit each.
pub(crate) const WORDS: usize = 64;

/// The words of a query and the phrases that they make.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sought {
    /// The different words.
    words: Vec<Word>,
    /// Each phrase as places in `words`.
    phrases: Vec<Vec<usize>>,
}

impl Sought {
    /// Adds a phrase and gives its number; none when there are too many words.
    pub(crate) fn add(&mut self, phrase: &[Word]) -> Option<usize> {
        let mut places = Vec::with_capacity(phrase.len());
        for word in phrase {
            let known = self.words.iter().position(|w| w == word);
            if known.is_none() {
                if self.words.len() == WORDS {
                    return None;
                }
                self.words.push(word.clone());
            }
            places.push(known.unwrap_or(self.words.len() - 1));
        }
        self.phrases.push(places);
        Some(self.phrases.len() - 1)
    }

    /// How many phrases there are.
    pub(crate) fn len(&self) -> usize {
        self.phrases.len()
    }
}

/// One occurrence of a phrase, in bytes of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Number of the phrase.
    pub(crate) phrase: usize,
    /// Whether a word of it was found by its stem only.
    pub(crate) by_stem: bool,
}

/// Which words of the query a token is: one bit per word.
#[derive(Clone, Copy, Debug, Default)]
struct Match {
    /// By the word itself or its stem.
    any: u64,
    /// By the word itself.
    exact: u64,
}

/// A token that is some word of the query.
struct Found {
    /// Place among all tokens of the unit.
    ordinal: usize,
    start: usize,
    end: usize,
    is: Match,
}

/// Finds words in units; keeps what it learnt about words from unit to unit.
pub(crate) struct Locator<'a> {
    sought: &'a Sought,
    /// For each first byte of a folded word, the words of the query that begin with it.
    by_first: [u64; 256],
    stems: Option<Stemming>,
    folded: String,
    found: Vec<Found>,
}

/// What is needed to compare stems.
struct Stemming {
    stemmers: Stemmers,
    dutch: Vec<String>,
    english: Vec<String>,
    /// Matches by folded word: Dutch only, English only, both.
    memo: [FxHashMap<String, Match>; 3],
}

impl<'a> Locator<'a> {
    /// A locator for these words; with `stem` also for words of the same stem.
    pub(crate) fn new(sought: &'a Sought, stem: bool) -> Self {
        let mut by_first = [0; 256];
        for (i, word) in sought.words.iter().enumerate() {
            if let Some(&first) = word.folded.as_bytes().first() {
                by_first[usize::from(first)] |= 1 << i;
            }
        }
        let stems = stem.then(|| {
            let mut stemmers = Stemmers::default();
            // A beginning of a word has no stem.
            let mut all = |stem: fn(&mut Stemmers, &str) -> String| {
                sought
                    .words
                    .iter()
                    .map(|w| if w.prefix { String::new() } else { stem(&mut stemmers, &w.folded) })
                    .collect()
            };
            let (dutch, english) = (all(Stemmers::dutch), all(Stemmers::english));
            Stemming { stemmers, dutch, english, memo: Default::default() }
        });
        Self { sought, by_first, stems, folded: String::new(), found: Vec::new() }
    }

    /// Every occurrence of every phrase in `text`, by position. Occurrences of one phrase do not
    /// overlap: the first counts.
    pub(crate) fn find(&mut self, text: &str, language: Stems, out: &mut Vec<Occurrence>) {
        out.clear();
        self.mark(text, language);
        for (phrase, words) in self.sought.phrases.iter().enumerate() {
            let mut at = 0;
            while let Some(run) = self.found.get(at..at + words.len()) {
                let first = run[0].ordinal;
                let fits =
                    run.iter().zip(words).enumerate().all(|(i, (token, &word))| {
                        token.ordinal == first + i && token.is.any >> word & 1 == 1
                    });
                if fits {
                    let by_stem = run.iter().zip(words).any(|(token, &word)| token.is.exact >> word & 1 == 0);
                    out.push(Occurrence {
                        start: run[0].start,
                        end: run[run.len() - 1].end,
                        phrase,
                        by_stem,
                    });
                    at += words.len();
                } else {
                    at += 1;
                }
            }
        }
        if self.sought.phrases.len() > 1 {
            out.sort_unstable();
        }
    }

    /// Collects the tokens that are some word of the query.
    fn mark(&mut self, text: &str, language: Stems) {
        self.found.clear();
        let bytes = text.as_bytes();
        for (ordinal, token) in Tokens::of(text).enumerate() {
            let word = &bytes[token.start..token.end];
            let is = if self.stems.is_some() {
                self.folded.clear();
                fold_into(text.get(token.start..token.end).unwrap_or_default(), &mut self.folded);
                self.by_stem(language)
            } else if token.ascii {
                self.ascii(word)
            } else {
                self.folded.clear();
                fold_into(text.get(token.start..token.end).unwrap_or_default(), &mut self.folded);
                exact(&self.sought.words, &self.by_first, &self.folded)
            };
            if is.any != 0 {
                self.found.push(Found { ordinal, start: token.start, end: token.end, is });
            }
        }
    }

    /// An ASCII token is compared where it stands.
    fn ascii(&self, token: &[u8]) -> Match {
        let mut candidates = self.by_first[usize::from(token[0].to_ascii_lowercase())];
        let mut found = 0;
        while candidates != 0 {
            let i = candidates.trailing_zeros() as usize;
            candidates &= candidates - 1;
            let word = &self.sought.words[i];
            let length = word.folded.len();
            if (token.len() == length || word.prefix && token.len() > length)
                && token[..length].eq_ignore_ascii_case(word.folded.as_bytes())
            {
                found |= 1 << i;
            }
        }
        Match { any: found, exact: found }
    }

    /// The folded token at hand, by itself or by its stem.
    fn by_stem(&mut self, language: Stems) -> Match {
        let Some(stemming) = &mut self.stems else { return Match::default() };
        let kind = usize::from(language.dutch) + 2 * usize::from(language.english);
        let memo = &mut stemming.memo[kind.saturating_sub(1)];
        if let Some(known) = memo.get(self.folded.as_str()) {
            return *known;
        }
        let mut is = exact(&self.sought.words, &self.by_first, &self.folded);
        let mut compare = |on: bool, stem: fn(&mut Stemmers, &str) -> String, stems: &[String]| {
            if on {
                let own = stem(&mut stemming.stemmers, &self.folded);
                for (i, other) in stems.iter().enumerate() {
                    is.any |= u64::from(!own.is_empty() && *other == own) << i;
                }
            }
        };
        compare(language.dutch, Stemmers::dutch, &stemming.dutch);
        compare(language.english, Stemmers::english, &stemming.english);
        memo.insert(self.folded.clone(), is);
        is
    }
}

/// Compares a folded token with the words of the query.
fn exact(words: &[Word], by_first: &[u64; 256], folded: &str) -> Match {
    let mut found = 0;
    let mut candidates = folded.as_bytes().first().map_or(0, |&b| by_first[usize::from(b)]);
    while candidates != 0 {
        let i = candidates.trailing_zeros() as usize;
        candidates &= candidates - 1;
        let word = &words[i];
        if folded == word.folded || word.prefix && folded.starts_with(&word.folded) {
            found |= 1 << i;
        }
    }
    Match { any: found, exact: found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        Word { folded: text.trim_end_matches('*').into(), prefix: text.ends_with('*') }
    }

    fn find(phrases: &[&str], stem: bool, text: &str) -> Vec<(String, bool)> {
        let mut sought = Sought::default();
        for phrase in phrases {
            let words: Vec<Word> = phrase.split(' ').map(word).collect();
            sought.add(&words).unwrap();
        }
        let mut out = Vec::new();
        Locator::new(&sought, stem).find(text, Stems::of("nl"), &mut out);
        out.iter().map(|o| (text.get(o.start..o.end).unwrap().to_owned(), o.by_stem)).collect()
    }

    fn texts(phrases: &[&str], text: &str) -> Vec<String> {
        find(phrases, false, text).into_iter().map(|(t, _)| t).collect()
    }

    #[test]
    fn words_phrases_and_beginnings() {
        assert_eq!(texts(&["werk"], "Werk, werken; WERK-plek"), ["Werk", "WERK"]);
        assert_eq!(texts(&["werk*"], "Werk, werken; bewerk"), ["Werk", "werken"]);
        assert_eq!(texts(&["cooperatie"], "De Coöperatie"), ["Coöperatie"]);
        assert_eq!(texts(&["goede zorg"], "goede goede\nzorg. goede, zorg"), ["goede\nzorg", "goede, zorg"]);
        assert_eq!(texts(&["ha ha"], "ha ha ha ha ha"), ["ha ha", "ha ha"]);
        assert_eq!(texts(&["don t"], "I don't, don t; dont"), ["don't", "don t"]);
        assert_eq!(texts(&["a", "a b", "b*"], "a b bc"), ["a", "a b", "b", "bc"]);
        assert_eq!(texts(&["stras*"], "Straße"), ["Straße"]);
    }

    #[test]
    fn stems_are_told_apart() {
        assert_eq!(
            find(&["opleiding"], true, "Opleiding, opleidingen"),
            [("Opleiding".to_owned(), false), ("opleidingen".to_owned(), true)]
        );
    }
}
