//! Words of the codebook screen, the walk through passages and the effect matrix.

use std::fmt::Write;

use model::act::Change;
use model::revise::{Effect, Refusal};

use super::lists::count;
use crate::safe::safe;

/// Said where a codebook has no effects.
pub const NO_EFFECTS: &str = "this codebook declares no effects";
/// Said where an act would change nothing.
pub const NOTHING: &str = "nothing would change";
/// Said where a label is missing.
pub const NO_LABEL: &str = "a code needs a label";
/// Said where a name is missing.
pub const NO_NAME: &str = "a version needs a name";
/// What helps with a label.
pub const LABEL_HINT: &str = "the id stays; nothing that was coded changes";
/// What helps with a definition.
pub const FIELD_HINT: &str = "Enter takes it; empty takes the text away";
/// Title of the question why.
pub const REASON: &str = "why?";
/// What helps with it.
pub const REASON_HINT: &str = "stands in the log of the codebook; Enter alone leaves it out";
/// What helps with an example.
pub const EXAMPLE_HINT: &str = "a sentence as somebody could say it; it is added to those that are there";
/// What helps with a key.
pub const KEY_HINT: &str = "press the key; Backspace takes the key away, Esc leaves it as it is";
/// What is to be chosen when a code is moved.
pub const MOVE_UNDER: &str = "move under which code?";
/// What is to be chosen when a code is merged.
pub const MERGE_INTO: &str = "merge into which code?";
/// Title of the label of the first code.
pub const NEW_FIRST: &str = "the first code";
/// What helps with a new code.
pub const NEW_HINT: &str = "its label; the code is provisional: in no \"done\" until it is fixed";
/// Said where a code has no coding of the coder.
pub const NOTHING_TO_SPLIT: &str = "you have no coding of this code itself to decide about";
/// Said where no coding waits for another look.
pub const NOTHING_AGAIN: &str = "no coding of yours was made before the definition became narrower";
/// Said when a walk is left.
pub const NOTHING_WRITTEN: &str = "left: nothing was changed";
/// What helps with retiring.
pub const RETIRE_HINT: &str =
    "why, for the log (may be empty); its codings stay and keep their row in tables";
/// Title of the question for a version.
pub const FREEZE: &str = "freeze the codebook under which name?";
/// What helps with it.
pub const FREEZE_HINT: &str =
    "such as 1.0: all codes become fixed, and the version stands in the codebook's file";
/// The choice of a new group.
pub const NEW_GROUP: &str = "a new group";
/// What helps with its name.
pub const NEW_GROUP_HINT: &str = "its label, such as Flexibilities; the code comes into it";
/// Title of the screen.
pub const TITLE: &str = "Codebook";
/// Headings of the columns: own passages, documents, all coders'.
pub const COLUMNS: [&str; 3] = ["yours", "docs", "all"];
/// Beside a code that is not used any more.
pub const RETIRED: &str = "retired";
/// Said in an empty codebook.
pub const EMPTY: &str = "No codes yet: n makes the first one.";
/// Names of the fields that say what a code means.
pub const FIELDS: [&str; 3] = ["definition", "include", "exclude"];
/// Before examples, effects, groups.
pub const EXAMPLE: &str = "e.g.";
/// Before the effects.
pub const EFFECTS: &str = "effects";
/// Before the groups.
pub const GROUPS: &str = "groups";
/// Title of the matrix.
pub const MATRIX: &str = "Effects that the codebook declares";
/// The last column of the matrix.
pub const DEGREE: &str = "degree";
/// What the matrix is not.
pub const MATRIX_NOTE: &str = "declared in the codebook for each code, not measured in this study";

/// A value of an effect as a word.
pub fn effect(value: &str) -> String {
    match value {
        "+" => "more".to_owned(),
        "-" | "−" => "less".to_owned(),
        "?" => "uncertain".to_owned(),
        other => safe(other).into_owned(),
    }
}

/// An effect without a value: left blank on purpose, or not known.
pub const fn no_effect(blank: bool) -> &'static str {
    if blank { "blank" } else { "unknown" }
}

/// One cell of the matrix, told in full.
pub fn matrix_cell(code: &str, dimension: &str, value: &str, basis: &str) -> String {
    let basis = if basis.is_empty() { String::new() } else { format!(" · basis: {}", safe(basis)) };
    format!("{} × {}: {value}{basis}", safe(code), safe(dimension))
}

/// Why a change was refused.
pub fn refused(why: &Refusal) -> String {
    safe(&why.to_string()).into_owned()
}

/// Title of the line for a label.
pub fn label(language: &str) -> String {
    format!("label ({})", safe(language))
}

/// Title of the line for a definition, include or exclude.
pub fn field(field: usize, code: &str, language: &str) -> String {
    let name = FIELDS.get(field).copied().unwrap_or_default();
    format!("{name} of {} ({})", safe(code), safe(language))
}

/// Title of the line for an example.
pub fn example(code: &str) -> String {
    format!("an example of {}", safe(code))
}

/// Title of the question for a key.
pub fn key(code: &str) -> String {
    format!("key for {}", safe(code))
}

/// Said where a key does something else.
pub fn key_taken(key: char) -> String {
    format!(
        "{} does something else in the transcript; a digit or a free letter can be a code's key",
        safe(&key.to_string())
    )
}

/// Title of the line for a new code under another.
pub fn new_under(code: &str) -> String {
    format!("a new code under {}", safe(code))
}

/// Title of the line for a new code behind another.
pub fn new_behind(code: &str) -> String {
    format!("a new code behind {}", safe(code))
}

/// Said after a code was made.
pub fn made(label: &str) -> String {
    format!("new code: {} (provisional)", safe(label.trim()))
}

/// Title of the question what a new meaning does.
pub fn meaning_title(code: &str) -> String {
    format!("{}: what does the new text do?", safe(code))
}

/// One answer to that, with what follows from it.
pub fn meaning(effect: Effect, codings: usize, yours: usize, documents: usize) -> (String, String) {
    let whose = if yours == codings { String::new() } else { format!(", {yours} of them yours") };
    let codings = format!("{} to look at again{whose} (w)", count(codings, "coding", "codings"));
    let documents = format!("{} reopened for this code", count(documents, "document", "documents"));
    match effect {
        Effect::Wording => ("wording only".to_owned(), "it means what it meant: nothing to do".to_owned()),
        Effect::Narrower => ("narrower".to_owned(), format!("less falls under it: {codings}")),
        Effect::Broader => ("broader".to_owned(), format!("more falls under it: {documents}")),
        Effect::Both => ("both".to_owned(), format!("{codings}, {documents}")),
    }
}

/// Said after fields of a code changed.
pub fn changed(code: &str, effect: Effect, codings: usize, documents: usize) -> String {
    let mut out = format!("changed: {}", safe(code));
    if effect.narrows() && codings > 0 {
        let _ = write!(out, " · {} of yours to look at again: w", count(codings, "coding", "codings"));
    }
    if effect.broadens() && documents > 0 {
        let _ = write!(out, " · {} reopened for it: ;", count(documents, "document", "documents"));
    }
    out
}

/// Said after a code went up or down.
pub fn stepped(code: &str, up: bool) -> String {
    format!("{} stands one place {}", safe(code), if up { "higher" } else { "lower" })
}

/// Said after a code was moved.
pub fn moved(code: &str, under: Option<&str>) -> String {
    match under {
        Some(under) => format!("{} stands under {}", safe(code), safe(under)),
        None => format!("{} stands at the top", safe(code)),
    }
}

/// Said after codes were merged.
pub fn merged(code: &str, into: &str, codings: usize) -> String {
    let codings = count(codings, "coding counts", "codings count");
    format!("{} is another name of {} now: {codings} there", safe(code), safe(into))
}

/// Title of the list for the first code of a split.
pub fn split_first(code: &str) -> String {
    format!("split {}: the first code", safe(code))
}

/// Title of the list for the second.
pub fn split_second(code: &str, first: &str) -> String {
    format!("split {}: {} and which other?", safe(code), safe(first))
}

/// Title of a walk that splits.
pub fn walk_split(code: &str) -> String {
    format!("split {}", safe(code))
}

/// Title of a walk that looks again.
pub fn walk_again(code: &str) -> String {
    format!("{}: does it still fit?", safe(code))
}

/// What is offered where it is looked again.
pub const STILL: [&str; 2] = ["it fits", "it does not: remove the coding"];
/// What leaves a passage as it is.
pub const AS_IT_IS: &str = "as it is";
/// Beside a passage that is not decided.
pub const OPEN: &str = "?";

/// How far a walk is.
pub fn walk_progress(done: usize, all: usize) -> String {
    format!("{done} of {} decided", count(all, "passage", "passages"))
}

/// Said after a walk.
pub fn walked(code: &str, done: usize, all: usize) -> String {
    format!("{}: {} · one act, u takes it back", safe(code), walk_progress(done, all))
}

/// Title of the question how a code is fixed.
pub fn fix(code: &str) -> String {
    format!("fix {}: what are documents worth that were done before?", safe(code))
}

/// Title of the same question where a codebook is frozen.
pub fn freeze_fixes(codes: usize) -> String {
    format!("{} become fixed: what are documents worth that were done before?", count(codes, "code", "codes"))
}

/// One answer to that, with what follows from it.
pub fn earlier(word: &str) -> (String, String) {
    let what = match word {
        "reopen" => "they are open again for it, until they are read once more",
        "offer" => "they are open again for it; search (/) offers the places, D closes them",
        _ => "the earlier reading would have caught it: where it is not coded it counts as 0",
    };
    (word.to_owned(), what.to_owned())
}

/// Said after a code was fixed.
pub fn fixed(code: &str, word: &str) -> String {
    let what = if word == "declared" {
        "documents done before count as read for it"
    } else {
        "documents done before are open again for it: ; goes there"
    };
    format!("{} is fixed; {what}", safe(code))
}

/// Title of the question why a code is retired.
pub fn retire(code: &str) -> String {
    format!("retire {}: why?", safe(code))
}

/// Said after a code was retired.
pub fn retired(code: &str, codings: usize) -> String {
    format!("{} is retired; {} stay", safe(code), count(codings, "coding", "codings"))
}

/// Said after the codebook was frozen.
pub fn frozen(name: &str) -> String {
    format!("the codebook is frozen as {}", safe(name))
}

/// Title of the list of groups.
pub fn group(code: &str) -> String {
    format!("groups of {}", safe(code))
}

/// A group, and what choosing it does.
pub fn in_group(label: &str, inside: bool) -> (String, String) {
    let what = if inside { "it is in: take it out" } else { "put it in" };
    (safe(label).into_owned(), what.to_owned())
}

/// Said after a code came into a group or left it.
pub fn grouped(code: &str, group: &str, inside: bool) -> String {
    format!("{} is {} {}", safe(code), if inside { "in" } else { "no longer in" }, safe(group))
}

/// How many codings ask for another look.
pub fn again(n: usize) -> String {
    format!("{} made before the definition became narrower: w", count(n, "coding", "codings"))
}

/// The version of a codebook.
pub fn version(name: &str) -> String {
    format!("version {}", safe(name))
}

/// The code that a change of the codebook is about, and what it does; none for other changes.
pub fn of(change: &Change) -> Option<(&str, &'static str)> {
    Some(match change {
        Change::CodeChanged(c) => (&c.code, "changing"),
        Change::CodeMoved(c) => (&c.code, "moving"),
        Change::CodeMerged(c) => (&c.code, "merging"),
        Change::CodeRetired(c) => (&c.code, "retiring"),
        Change::CodeFixed(c) => (&c.code, "fixing"),
        Change::Setting(s) if s.key.ends_with(".version") => ("", "freezing the codebook"),
        Change::Setting(s) if s.key.ends_with(".groups") => ("", "grouping"),
        _ => return None,
    })
}

/// What an act on the codebook did, for undo.
pub fn act(label: &str, what: &str) -> String {
    format!("{what} {label}").trim().to_owned()
}
