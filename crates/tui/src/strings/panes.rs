//! Words of the panes, the list of codes to choose from, and the footer.

use super::language::{Text, t, tell};
use crate::safe::{fit, safe};

/// Said after the language of the screen was changed; in the new one.
pub const LANGUAGE_NOW: Text = t("English from here on", "vanaf hier in het Nederlands");

/// Said where a new code has no name yet.
pub const NAME_FIRST: Text = t("type the name of the new code first", "typ eerst de naam van de nieuwe code");
/// Said where there are no codes.
pub const NO_CODES: Text = t(
    "no codes yet: type a name to make the first one",
    "nog geen codes: typ een naam om de eerste te maken",
);
/// What a new code is.
pub const NEW_IS_PROVISIONAL: Text = t(
    "a new code is provisional: it counts, but is part of no \"done\" until it is fixed",
    "een nieuwe code is voorlopig: zij telt, maar hoort bij geen \"gereed\" tot zij vast is",
);
/// Beside a provisional code.
pub const PROVISIONAL_NOTE: Text = t("provisional: in no \"done\"", "voorlopig: in geen \"gereed\"");
/// The status of a code.
pub const FIXED: Text = t("fixed", "vast");
/// See [`FIXED`].
pub const PROVISIONAL: Text = t("provisional", "voorlopig");
/// Where a code came from; what is no word of the field stands as it is.
pub fn origin(origin: &str) -> &str {
    match origin {
        "deductive" => t("deductive", "deductief").get(),
        "inductive" => t("inductive", "inductief").get(),
        "in-vivo" => t("in-vivo", "in vivo").get(),
        other => other,
    }
}

/// In the footer where a document is done.
pub const REOPEN: Text = t("reopen", "heropenen");

/// Title of the list of codes.
pub fn code_this(target: &str) -> String {
    tell!("code this {target}", "coderen: {target}")
}

/// Title of the list of codes above a new one.
pub fn new_code_under(name: &str) -> String {
    tell!("new code \"{}\" {}", "nieuwe code \"{}\" {}", safe(name), super::UNDER)
}

/// The choice that makes a code of what was typed.
pub fn new_code(name: &str, asks_under: bool) -> String {
    let under = if asks_under { t(" under …", " onder …") } else { t("", "") };
    tell!("+ new code \"{}\"{under}", "+ nieuwe code \"{}\"{under}", name.trim())
}

/// What a code includes.
pub fn include(text: &str) -> String {
    tell!("include: {text}", "wel: {text}")
}

/// What a code excludes.
pub fn exclude(text: &str) -> String {
    tell!("not: {text}", "niet: {text}")
}

/// How many places were found.
pub fn found(hits: usize) -> String {
    match hits {
        0 => t("not in this document", "niet in dit document").into(),
        1 => t("1 hit", "1 treffer").into(),
        n => tell!("{n} hits", "{n} treffers"),
    }
}

/// How many words a document has.
pub fn words(n: usize) -> String {
    tell!("{} words", "{} woorden", super::number(n))
}

/// The key of a code.
pub fn key(key: char) -> String {
    tell!("key {key}", "toets {key}")
}

/// How often a code itself was used.
pub fn codings_of_itself(n: usize) -> String {
    super::lists::count(
        n,
        &t("coding of itself", "eigen codering"),
        &t("codings of itself", "eigen coderingen"),
    )
}

/// What is selected, how much of it, and where.
pub fn selected(unit: &str, words: Option<usize>, turn: Option<&str>) -> String {
    let n = match words {
        None => String::new(),
        Some(1) => t(", 1 word", ", 1 woord").into(),
        Some(n) => tell!(", {n} words", ", {n} woorden"),
    };
    let at = turn.map(|turn| tell!(" in {turn}", " in {turn}")).unwrap_or_default();
    tell!("{unit}{n} selected{at}", "{unit}{n} geselecteerd{at}")
}

/// Which sentence of a turn the cursor is in.
pub fn sentence(at: usize, all: usize) -> String {
    tell!("sentence {at} of {all}", "zin {at} van {all}")
}

/// The case among the facts of a coding.
pub fn case(case: &str) -> String {
    tell!("case: {case}", "casus: {case}")
}

/// Said after a coding was removed.
pub fn removed(label: &str) -> String {
    tell!("removed: {} · u brings it back", "verwijderd: {} · toets u: terugzetten", safe(label))
}

/// What undo would undo, in the footer; the word alone stands where there is no room.
pub fn undo(what: &str) -> String {
    undo_within(what, 26)
}

/// The same with a name of so many cells at most.
pub fn undo_within(what: &str, cells: usize) -> String {
    tell!("undo: \"{}\"", "ongedaan: \"{}\"", fit(what, cells))
}

/// What would be repeated, in the footer.
pub fn again(label: &str) -> String {
    tell!("again {}", "weer {}", fit(label, 14))
}

/// The same where there is no room for what it is.
pub const AGAIN: Text = t("again", "weer");
