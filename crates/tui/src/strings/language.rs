//! Languages: which one the screen speaks, and texts that are there in all of them.
//!
//! The language belongs to the app. Whatever makes words for an app (an update, an outcome, a frame)
//! first says which language this thread speaks, so that words need not be handed the app, two apps in
//! one process can differ, and no test hears another.

use std::cell::Cell;
use std::fmt;
use std::ops::Deref;

/// A language of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// How configuration names it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// The language that a name such as `nl`, `nl_NL.UTF-8` or `Dutch_Netherlands` begins with.
    fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let is = |known: &str| {
            name.strip_prefix(known)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        if is("nl") || is("dutch") {
            Some(Self::Nl)
        } else if is("en") || is("english") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// The language that was set in the configuration, else that of the environment, else English.
    pub fn from_environment(get: impl Fn(&str) -> Option<String>, set: Option<&str>) -> Self {
        if let Some(language) = set.and_then(Self::named) {
            return language;
        }
        // The first that is filled decides, also where it names a language that the screen has not.
        let locale =
            ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|k| get(k).filter(|v| !v.is_empty()));
        locale.and_then(|l| Self::named(&l)).unwrap_or_default()
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Nl,
            Self::Nl => Self::En,
        }
    }
}

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::En) };
}

/// From here on this thread speaks a language.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// The language that this thread speaks.
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// Words in all languages; it reads as those of the one that is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    en: &'static str,
    nl: &'static str,
}

/// A text in English and in Dutch.
pub const fn t(en: &'static str, nl: &'static str) -> Text {
    Text { en, nl }
}

impl Text {
    /// The words in the language that is spoken.
    pub fn get(self) -> &'static str {
        self.of(spoken())
    }

    /// The words on their own, as a `&str` gives them.
    pub fn to_owned(self) -> String {
        self.get().into()
    }

    /// The words in a language.
    pub const fn of(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Nl => self.nl,
        }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.get()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.get())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.get().to_owned()
    }
}

/// Formats as `format!` does, in the language that is spoken: first the English, then the Dutch, then
/// what both are filled with.
macro_rules! tell {
    ($en:literal, $nl:literal $(, $arg:expr)* $(,)?) => {
        match $crate::strings::language::spoken() {
            $crate::strings::language::Language::En => format!($en $(, $arg)*),
            $crate::strings::language::Language::Nl => format!($nl $(, $arg)*),
        }
    };
}
pub(crate) use tell;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configuration_decides_then_the_environment_then_english() {
        let env = |all: &'static [(&str, &str)]| {
            move |key: &str| all.iter().find(|(k, _)| *k == key).map(|(_, v)| (*v).to_owned())
        };
        let found = |all, set| Language::from_environment(env(all), set);
        assert_eq!(found(&[("LANG", "nl_NL.UTF-8")], None), Language::Nl);
        assert_eq!(found(&[("LANG", "nl_NL.UTF-8"), ("LC_ALL", "C")], None), Language::En);
        assert_eq!(found(&[("LANG", "en_GB"), ("LC_ALL", ""), ("LC_MESSAGES", "nl")], None), Language::Nl);
        assert_eq!(found(&[("LANG", "nl_BE")], Some("en")), Language::En);
        assert_eq!(found(&[("LANG", "de_DE")], Some("nl")), Language::Nl);
        assert_eq!(found(&[("LANG", "nl")], Some("klingon")), Language::Nl, "what is no language is not set");
        assert_eq!(found(&[("LANG", "nld_X")], None), Language::En);
        assert_eq!(found(&[], None), Language::En);
    }

    #[test]
    fn a_text_reads_as_what_this_thread_speaks() {
        let text = t("turn", "spreekbeurt");
        assert_eq!((&*text, text.len()), ("turn", 4));
        speak(Language::Nl);
        let n = 3;
        assert_eq!(format!("{text:>12}"), " spreekbeurt");
        assert_eq!(tell!("{n} of {}", "{n} van {}", 5), "3 van 5");
        let elsewhere = std::thread::spawn(move || String::from(text)).join().unwrap();
        assert_eq!(elsewhere, "turn", "another thread speaks for itself");
    }
}
