//! A refusal: why a table is not made although its numbers could be, in words for people.

use crate::options::CountRule;
use crate::speech::Language;

/// Why a table is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What was asked for is no attribute.
    NoAttribute(String),
    /// More than two attributes at once; the first two of them.
    ManyAttributes(String),
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
    /// An attribute that is none, where no attribute of cases has two values.
    NoneOfTwo(String),
    /// A profile where no codebook says what its codes do.
    NoEffects,
    /// Saturation where no code was made while reading; so many codes there are.
    NotInductive(usize),
    /// Saturation where nothing was read.
    NoReading,
}

impl Refusal {
    /// Why, in one line without its full stop.
    pub fn why(&self, language: Language) -> String {
        let dutch = language == Language::Dutch;
        match self {
            Self::NoAttribute(name) if dutch => format!("{name} is geen kenmerk"),
            Self::NoAttribute(name) => format!("{name} is no attribute"),
            Self::ManyAttributes(_) if dutch => {
                "rijen worden van hoogstens twee kenmerken gemaakt".to_owned()
            }
            Self::ManyAttributes(_) => "rows are made of two attributes at most".to_owned(),
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
            Self::NoneOfTwo(name) if dutch => {
                format!("er is geen kenmerk {name:?}, en geen kolom van cases.csv heeft twee waarden")
            }
            Self::NoneOfTwo(name) => {
                format!("no attribute {name:?}, and no column of cases.csv has two values")
            }
            Self::NoEffects if dutch => {
                "geen codeboek van deze studie noemt dimensies en effecten".to_owned()
            }
            Self::NoEffects => "no codebook of this study declares dimensions and effects".to_owned(),
            Self::NotInductive(0) if dutch => "er zijn nog geen codes".to_owned(),
            Self::NotInductive(0) => "there are no codes yet".to_owned(),
            Self::NotInductive(codes) if dutch => format!(
                "alle {codes} codes zijn deductief: zij waren er vóór het eerste interview, dus geen interview kan een nieuwe brengen"
            ),
            Self::NotInductive(codes) => format!(
                "all {codes} codes are deductive: they were there before the first interview, so no interview can bring a new one"
            ),
            Self::NoReading if dutch => {
                "nog geen document is begonnen, dus er is niets om op volgorde te zetten".to_owned()
            }
            Self::NoReading => "no document has been begun, so there is nothing to put in order".to_owned(),
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
            Self::ManyAttributes(two) => return format!("{} {two}", t("write", "schrijf")),
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
            Self::NotOfCases(_) | Self::NotTwo { .. } | Self::NoneOfTwo(_) => t(
                "differences are taken between two groups of cases: name a column of cases.csv that has two values",
                "verschillen worden genomen tussen twee groepen casussen: noem een kolom van cases.csv met twee waarden",
            ),
            Self::NoEffects => t(
                "a profile needs a codebook with \"dimensions\", and codes with \"effects\": see docs/tables.md",
                "een profiel vraagt een codeboek met \"dimensions\", en codes met \"effects\": zie docs/tables.md",
            ),
            Self::NotInductive(0) => t(
                "`verbatim codebook add CODE --label LABEL` makes one",
                "`verbatim codebook add CODE --label NAAM` maakt er een",
            ),
            Self::NotInductive(_) => t(
                "codes made while reading have the origin inductive or in-vivo; if some of them were made so, say it: verbatim codebook change CODE --origin inductive",
                "codes die tijdens het lezen ontstaan hebben oorsprong inductief of in vivo; geldt dat voor enkele, zeg het: verbatim codebook change CODE --origin inductive",
            ),
            Self::NoReading => t(
                "code a document, or mark one as done: verbatim done DOCUMENT",
                "codeer een document, of meld er een gereed: verbatim done DOCUMENT",
            ),
        }
        .to_owned()
    }
}
