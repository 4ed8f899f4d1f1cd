//! Words of tables other than that of frequencies.

use std::borrow::Cow;

use export::sheet::Field;

use super::language::{Language, Text, spoken, t, tell};
use super::lists;
use crate::safe::safe;

/// Said where cases have no attribute whose values can be compared.
pub const NO_ATTRIBUTE: Text = t(
    "no attribute has values to compare: add a column to corpus/cases.csv",
    "geen kenmerk heeft waarden om te vergelijken: voeg een kolom toe aan corpus/cases.csv",
);
/// Said where the codebook has no two groups.
pub const NO_GROUPS: Text = t(
    "this needs two groups of codes: make them in the codebook screen (B, then @)",
    "dit vraagt twee groepen codes: maak die in het codeboekscherm (B, dan @)",
);
/// Said where a key has nothing to change.
pub const NO_OTHER: Text = t("this table has no other", "deze tabel heeft geen andere");
/// Said where a cell has no passages behind it.
pub const NOT_OF_PASSAGES: Text =
    t("this cell is not made of passages", "achter deze cel staan geen fragmenten");
/// Said where a table has no rows.
pub const NO_ROWS: Text = t("nothing to show", "niets te tonen");

/// Which of several tables is shown.
pub fn nth(at: usize, all: usize) -> String {
    tell!("table {} of {all} (Tab)", "tabel {} van {all} (Tab)", at + 1)
}

/// Which of the rows and columns are shown.
pub fn range(what: &str, first: usize, last: usize, all: usize) -> String {
    format!("{} {first}–{last}/{all}", safe(what))
}

/// A row of what has none, in tables: `(no case)`; all others stand as they are.
pub fn row(name: &str) -> Cow<'_, str> {
    let none =
        name.strip_prefix("(no ").and_then(|n| n.strip_suffix(')')).filter(|_| spoken() == Language::Nl);
    match none {
        Some("case") => "(geen casus)".into(),
        Some("speaker") => "(geen spreker)".into(),
        Some(what) => format!("(geen {what})").into(),
        None => name.into(),
    }
}

/// A value as the screen tells it: files keep the words of the contract, people read their own language.
pub fn value<'a>(field: &Field, value: &'a str) -> Cow<'a, str> {
    match value {
        _ if spoken() == Language::En || field.name != "status" => row(value),
        "done" => "gereed".into(),
        "begun" => "begonnen".into(),
        "partly" | "partial" => "deels".into(),
        "no" => "nee".into(),
        other => other.into(),
    }
}

/// One part of the rule by which a table was made, as the screen tells it. `alone` is whether no primary
/// coder was named, so that each document's only coder is read.
pub fn fact(fact: &export::sheet::Fact, alone: bool) -> String {
    let value = match (fact.name, fact.value.as_str()) {
        ("reading", name) => lists::reading(name, alone),
        ("count", name) => lists::count_rule_named(name),
        ("reached", "no") => t("no", "nee").get(),
        (_, "yes") => t("yes", "ja").get(),
        (_, other) => other,
    };
    format!("{}: {value}", fact.label)
}

/// The word for columns.
pub const COLUMNS: Text = t("columns", "kolommen");
/// The word for rows.
pub const ROWS: Text = t("rows", "rijen");
/// Said where notes do not fit.
pub const MORE_NOTES: Text =
    t("there is more to say: make the window larger", "er is meer te zeggen: maak het venster groter");
