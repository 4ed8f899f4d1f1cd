//! Speech: the language in which a table speaks to people, and the languages of the study's labels.
//!
//! Names of columns and values of the contract (`not_found`, `respondent`) never depend on it: the
//! same study gives the same CSV whatever language is spoken.

/// A language of headings, legends and notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Dutch.
    Dutch,
}

impl Language {
    /// Reads `en` or `nl`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "en" => Some(Self::English),
            "nl" => Some(Self::Dutch),
            _ => None,
        }
    }

    /// The language's tag: `en` or `nl`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
        }
    }
}

/// How to speak.
#[derive(Clone, Debug)]
pub struct Speech {
    /// The language of headings, legends and notes.
    pub language: Language,
    /// The languages of labels, the most wanted first.
    pub labels: Vec<String>,
}

impl Speech {
    /// This language, and labels in these.
    pub fn new<'a>(language: Language, labels: impl IntoIterator<Item = &'a str>) -> Self {
        Self { language, labels: labels.into_iter().map(str::to_owned).collect() }
    }

    /// The words in the language that is spoken.
    pub const fn t<'w>(&self, english: &'w str, dutch: &'w str) -> &'w str {
        match self.language {
            Language::English => english,
            Language::Dutch => dutch,
        }
    }

    /// The languages of labels, for [`model::codebook::Code::label`].
    pub fn labels(&self) -> Vec<&str> {
        self.labels.iter().map(String::as_str).collect()
    }
}
