//! A stem: what is left of a word when its endings go.
//!
//! Stems are uneven, in Dutch above all, so they are a switch for searching and no reported count
//! rests on them. Words are folded before they are stemmed, in the index and in the text alike.

use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

/// The longest word that the index and the stemmers see, in bytes of its folded form. Longer ones
/// (runs of CJK text, pasted keys) are cut there for choosing turns; spans are compared in full.
pub(crate) const LONGEST: usize = 240;

/// Words whose stems are part of the version stamp: a new stemmer changes some of them.
const PROBES: [&str; 24] = [
    "organisatie",
    "organisaties",
    "zorgen",
    "zorgt",
    "gezorgd",
    "werknemers",
    "werkgelegenheid",
    "flexibiliteit",
    "opleidingen",
    "kinderen",
    "beleid",
    "gelopen",
    "mogelijkheden",
    "vrouwen",
    "organisation",
    "organising",
    "flexibility",
    "employees",
    "employability",
    "happiness",
    "running",
    "generously",
    "policies",
    "caring",
];

/// Which stemmers fit a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stems {
    /// Stem as Dutch.
    pub dutch: bool,
    /// Stem as English.
    pub english: bool,
}

impl Stems {
    /// By language tag: `nl…` Dutch, `en…` English, anything else both.
    pub fn of(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        match primary.trim().to_ascii_lowercase().as_str() {
            "nl" | "nld" | "dut" | "dutch" | "nederlands" => Self { dutch: true, english: false },
            "en" | "eng" | "english" | "engels" => Self { dutch: false, english: true },
            _ => Self { dutch: true, english: true },
        }
    }
}

/// The part of a folded word that the index and the stemmers see.
pub(crate) fn clip(folded: &str) -> &str {
    if folded.len() <= LONGEST {
        return folded;
    }
    let mut end = LONGEST;
    while !folded.is_char_boundary(end) {
        end -= 1;
    }
    folded.get(..end).unwrap_or(folded)
}

/// Whether a folded word may have been longer than what the index has of it. Of a letter of several bytes
/// at the place of the cut nothing is kept.
pub(crate) fn may_be_cut(kept: &str) -> bool {
    kept.len() + 3 >= LONGEST
}

/// Both stemmers.
pub struct Stemmers {
    dutch: TextAnalyzer,
    english: TextAnalyzer,
}

impl Default for Stemmers {
    fn default() -> Self {
        let build =
            |language| TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(language)).build();
        Self { dutch: build(Language::Dutch), english: build(Language::English) }
    }
}

impl std::fmt::Debug for Stemmers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stemmers")
    }
}

impl Stemmers {
    /// The Dutch stem of a folded word.
    pub fn dutch(&mut self, folded: &str) -> String {
        stem(&mut self.dutch, folded)
    }

    /// The English stem of a folded word.
    pub fn english(&mut self, folded: &str) -> String {
        stem(&mut self.english, folded)
    }

    /// The stems of the probe words: changes when a stemmer changes.
    pub(crate) fn probe() -> String {
        let mut stemmers = Self::default();
        PROBES.map(|word| format!("{} {}", stemmers.dutch(word), stemmers.english(word))).join(" ")
    }
}

fn stem(analyzer: &mut TextAnalyzer, folded: &str) -> String {
    let mut stream = analyzer.token_stream(clip(folded));
    if stream.advance() { stream.token().text.clone() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_choose_stemmers() {
        assert_eq!(Stems::of("nl-BE"), Stems { dutch: true, english: false });
        assert_eq!(Stems::of("EN"), Stems { dutch: false, english: true });
        assert_eq!(Stems::of(""), Stems { dutch: true, english: true });
    }

    #[test]
    fn stems_join_forms() {
        let mut stemmers = Stemmers::default();
        assert_eq!(stemmers.dutch("opleidingen"), stemmers.dutch("opleiding"));
        assert_eq!(stemmers.english("organisations"), stemmers.english("organisation"));
        assert_eq!(clip(&"é".repeat(500)).len(), 240);
    }
}
