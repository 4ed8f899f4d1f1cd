//! Words about the qualifiers of a codebook.

use model::qualify::{Refusal, Wish};

use super::language::{Language, Text, spoken, t, tell};
use crate::safe::safe;

/// The last of the lists.
pub const NEW_LIST: Text = t("a new qualifier", "een nieuwe kwalificatie");
/// Behind the values of a list.
pub const NEW_VALUE: Text = t("a new value", "een nieuwe waarde");
/// See [`NEW_VALUE`].
pub const RENAME: Text = t("another name", "een andere naam");
/// See [`NEW_VALUE`].
pub const REMOVE: Text = t("take it out", "eruit halen");
/// What helps with a name.
pub const HINT: Text = t(
    "its label, such as Status or planned; ids in files stay as they are",
    "de naam, zoals Status of gepland; de ids in bestanden blijven zoals ze zijn",
);

/// Title of the lists of a codebook.
pub fn lists(book: &str) -> String {
    tell!("qualifiers of {}", "kwalificaties van {}", safe(book))
}

/// A value of a list, and whether it holds by itself.
pub fn value(label: &str, default: bool) -> String {
    let label = safe(label);
    if default { tell!("{label} (default)", "{label} (standaard)") } else { label.into_owned() }
}

/// How many codings have a value; how many by saying nothing, where it is what they then have.
pub fn used(n: usize, default: Option<usize>) -> String {
    let codings = |n: usize| match n {
        1 => t("1 coding", "1 codering").to_owned(),
        n => tell!("{n} codings", "{n} coderingen"),
    };
    match default {
        Some(0) => tell!("{} (default)", "{} (standaard)", codings(n)),
        Some(unsaid) => tell!(
            "{}, and {unsaid} that say nothing (default)",
            "{}, en {unsaid} die niets zeggen (standaard)",
            codings(n)
        ),
        None => codings(n),
    }
}

/// What can be done with a value.
pub fn of_value() -> Vec<(String, String)> {
    vec![
        (RENAME.to_owned(), String::new()),
        (
            t("make it the default", "standaard maken").to_owned(),
            t("what a coding has that says nothing", "wat een codering heeft die niets zegt").to_owned(),
        ),
        (REMOVE.to_owned(), t("where no coding has it", "waar geen codering ze heeft").to_owned()),
    ]
}

/// Said after a list or value was changed.
pub fn done(what: &str, wish: &Wish<'_>) -> String {
    let what = safe(what);
    match wish {
        Wish::Label { .. } => tell!("qualifiers: \"{what}\"", "kwalificaties: \"{what}\""),
        Wish::Default => tell!("{what} is the default now", "{what} is nu de standaard"),
        Wish::Remove => tell!("{what} is taken out", "{what} is eruit"),
    }
}

/// Why a list stays as it is.
pub fn refused(why: &Refusal) -> String {
    let said = match (spoken(), why) {
        (Language::En, _) => why.to_string(),
        (Language::Nl, Refusal::NoBook(book)) => format!("er is geen codeboek {book}"),
        (Language::Nl, Refusal::NoList(list)) => format!("er is geen kwalificatie {list}"),
        (Language::Nl, Refusal::NoValue(list, value)) => {
            format!("kwalificatie {list} heeft geen waarde {value}")
        }
        (Language::Nl, Refusal::NoLabel) => "er is een naam nodig".to_owned(),
        (Language::Nl, Refusal::Nothing) => super::book::NOTHING.to_owned(),
        (Language::Nl, Refusal::Used(n)) => format!("blijft: er zijn coderingen mee ({n})"),
        (Language::Nl, Refusal::Unsaid(n)) => {
            format!("blijft: coderingen zeggen hier niets ({n}), en zouden iets anders gaan zeggen")
        }
        (Language::Nl, Refusal::IsDefault) => {
            "blijft: een codering die niets zegt heeft deze waarde".to_owned()
        }
    };
    safe(&said).into_owned()
}
