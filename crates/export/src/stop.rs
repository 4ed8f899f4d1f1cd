//! Stop words: words that stand everywhere and tell little.
//!
//! The lists are those of the Natural Language Toolkit, which took them from the Snowball project; they
//! come with the crate `stop-words` and need no network.

use std::collections::HashSet;

use crate::token::folded;

/// A set of words that are left out of lists. They still count as words in every rate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StopWords {
    languages: Vec<String>,
    words: HashSet<String>,
}

impl StopWords {
    /// None at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// The words of these languages (nl, en …). `Err` holds a language that has no list.
    pub fn of<'a>(languages: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut out = Self::default();
        for language in languages {
            let list = list(language).ok_or_else(|| language.to_owned())?;
            out.words.extend(list.iter().map(|w| folded(w)));
            if !out.languages.iter().any(|l| l == language) {
                out.languages.push(language.to_owned());
            }
        }
        Ok(out)
    }

    /// The same with words of one's own.
    #[must_use]
    pub fn with<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Self {
        self.words.extend(words.into_iter().map(folded));
        self
    }

    /// Whether there is a list for a language.
    pub fn knows(language: &str) -> bool {
        list(language).is_some()
    }

    /// Whether a folded word is left out.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The languages whose lists are in it.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }
}

fn list(language: &str) -> Option<&'static [&'static str]> {
    // A tag such as nl-BE is of the language before its hyphen.
    let language = language.split('-').next().unwrap_or_default().to_lowercase();
    stop_words::lookup(&language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_and_english_are_known() {
        let both = StopWords::of(["nl", "en"]).unwrap_or_default().with(["Eh"]);
        for word in ["de", "het", "niet", "the", "don't", "eh"] {
            assert!(both.has(word), "{word}");
        }
        for word in ["training", "werk", "work"] {
            assert!(!both.has(word), "{word}");
        }
        assert_eq!(StopWords::of(["nl", "xx"]), Err("xx".to_owned()));
        assert!(StopWords::knows("nl-BE") && !StopWords::none().has("de"));
    }
}
