//! A refusal: why a table is not made although its numbers could be, in words for people.

use crate::options::CountRule;
use crate::speech::Language;

/// Why a table is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What was asked for is no attribute.
    NoAttribute(String),
    /// A test of something else than presence.
    NotPresence(CountRule),
    /// A test by an attribute of which a case has several values.
    SeveralValues {
        /// The attribute.
        attribute: String,
        /// One such case.
        case: String,
    },
    /// The codebook has no such group.
    NoGroup {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// An attribute that is not one of cases.
    NotOfCases(String),
    /// An attribute of cases that does not have two values.
    NotTwo {
        /// The attribute.
        attribute: String,
        /// How many values it has.
        values: usize,
    },
}

impl Refusal {
    /// Why, in one line without its full stop.
    pub fn why(&self, language: Language) -> String {
        let dutch = language == Language::Dutch;
        match self {
            Self::NoAttribute(name) if dutch => format!("{name} is geen kenmerk"),
            Self::NoAttribute(name) => format!("{name} is no attribute"),
            Self::NotPresence(rule) if dutch => format!(
                "{} worden niet getoetst: die van een casus hangen samen, dus een toets zou er meer bewijs in zien dan ze zijn",
                rule.as_str()
            ),
            Self::NotPresence(rule) => format!(
                "{} are not tested: those of one case hang together, so a test would take them for more evidence than they are",
                rule.as_str()
            ),
            Self::SeveralValues { attribute, case } if dutch => format!(
                "{attribute} kan niet getoetst worden: {case} heeft meer waarden en zou meer dan eens tellen"
            ),
            Self::SeveralValues { attribute, case } => format!(
                "{attribute} cannot be tested: {case} has several values of it and would count more than once"
            ),
            Self::NoGroup { name, .. } if dutch => format!("het codeboek heeft geen groep {name:?}"),
            Self::NoGroup { name, .. } => format!("the codebook has no group {name:?}"),
            Self::NotOfCases(name) if dutch => format!("{name} is geen kenmerk van casussen"),
            Self::NotOfCases(name) => format!("{name} is no attribute of cases"),
            Self::NotTwo { attribute, values } if dutch => format!("{attribute} heeft {values} waarden"),
            Self::NotTwo { attribute, values } => format!("{attribute} has {values} values"),
        }
    }

    /// What to do about it.
    pub fn hint(&self, language: Language) -> String {
        let t = |english: &'static str, dutch: &'static str| match language {
            Language::English => english,
            Language::Dutch => dutch,
        };
        match self {
            Self::NoAttribute(_) => t(
                "name a column of cases.csv, documents.csv or speakers.csv",
                "noem een kolom van cases.csv, documents.csv of speakers.csv",
            ),
            Self::NotPresence(_) => t(
                "leave --count out: presence, one row per case, can be tested",
                "laat --count weg: presence, een rij per casus, kan getoetst worden",
            ),
            Self::SeveralValues { .. } => t(
                "test an attribute of cases (a column of cases.csv), or leave --test out",
                "toets een kenmerk van casussen (een kolom van cases.csv), of laat --test weg",
            ),
            Self::NoGroup { known, .. } if known.is_empty() => t(
                "groups stand in a codebook file under `groups`; `verbatim codebook group` makes one",
                "groepen staan in een codeboekbestand onder `groups`; `verbatim codebook group` maakt er een",
            ),
            Self::NoGroup { known, .. } => {
                return format!("{} {}", t("groups:", "groepen:"), known.join(", "));
            }
            Self::NotOfCases(_) | Self::NotTwo { .. } => t(
                "differences are taken between two groups of cases: name a column of cases.csv that has two values",
                "verschillen worden genomen tussen twee groepen casussen: noem een kolom van cases.csv met twee waarden",
            ),
        }
        .to_owned()
    }
}
