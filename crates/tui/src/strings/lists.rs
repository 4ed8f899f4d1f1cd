//! Words of the lists: passages, the table, what is next.

use export::{Options, Status};

use crate::layers::passages::Counts;
use crate::safe::safe;

/// Title of the line that filters passages.
pub const FILTER: &str = "show only";
/// Said after a list was left for the transcript.
pub const WAY_BACK: &str = "Backspace goes back to the list";
/// Said when there is no list to go back to.
pub const NO_TRAIL: &str = "no list was left to go back to";
/// Title of the list of codes when passages are wanted.
pub const WHICH_CODE: &str = "passages of which code?";
/// Said where a cell has no passage.
pub const EMPTY_CELL: &str = "no passage makes up this cell";
/// What Enter does where one of several is wanted.
pub const CHOOSE: &str = "choose";
/// Said in an empty list.
pub const NO_PASSAGES: &str = "No passage here.";
/// The same where a filter is on.
pub const NONE_PASS: &str = "No passage passes the filter; Esc takes it off.";
/// Beside a passage that is in no table.
pub const UNCOUNTED: &str = "not counted";
/// Over the column that tells how many documents are done.
pub const DONE: &str = "done";
/// Beside codes that stand with all below them.
pub const WITH_BELOW: &str = "with the codes below it";
/// Beside codes that stand alone.
pub const ALONE: &str = "the code alone";
/// Said where there is no table.
pub const NO_TABLE: &str = "No table";

/// What each sign of the table means and what it asks the coder to do.
pub const LEGEND: [(&str, &str); 4] = [
    ("0", "read, not mentioned: nothing to do"),
    ("3+", "at least 3: a document is not done yet; finish it, then D"),
    ("·", "not done for this code: read it, then D"),
    ("–", "not asked, or no text: an NA; nothing to read"),
];

/// What a status asks the coder to do, for the cell at hand.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Coded => "found, and read to the end",
        Status::Partial => "found, but a document is not done: a lower bound; finish it and press D there",
        Status::NotFound => "read for this code and not found",
        Status::NotAsked => "the questions did not reach it: an NA, no zero",
        Status::NotDone => "not read to the end for this code: read it and press D there",
        Status::Withdrawn => "consent was withdrawn",
        Status::NoText => "there is no text: bring the transcript in (i)",
    }
}

/// The sign of how large a number is beside the largest, for terminals without colour.
pub const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];

/// One and many.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {many}", super::number(n)) }
}

/// How many there are.
pub fn counts(counts: Counts, case: &str) -> String {
    let case = safe(if case.is_empty() { "case" } else { case }).into_owned();
    let mut parts = vec![
        count(counts.passages, "passage", "passages"),
        count(counts.documents, "document", "documents"),
        count(counts.cases, &case, &format!("{case}s")),
    ];
    if counts.uncounted > 0 {
        parts.push(format!("{} in turns that do not count", counts.uncounted));
    }
    parts.join(" · ")
}

/// What can be typed into the filter.
pub fn filter_hint(known: &[String]) -> String {
    format!("words of the passage, or key=value with one of: {}", known.join(", "))
}

/// Said when nothing has a key.
pub fn no_such_key(key: &str, known: &[String]) -> String {
    format!("nothing here is called \"{}\"; there are: {}", safe(key), known.join(", "))
}

/// Where a cell stands.
pub fn cell(group: &str, code: &str) -> String {
    format!("{} × {}", safe(code), safe(group))
}

/// The turn in which a passage begins.
pub fn turn(at: usize) -> String {
    format!("turn {}", at + 1)
}

/// The heading of a table: what its numbers are.
pub fn table(options: &Options, rows: &str, waiting: usize, uncounted: usize) -> String {
    let codes = if options.level == export::Level::Top { "top codes" } else { "all codes" };
    let mut parts = vec![
        format!("{} × {codes}", safe(rows)),
        options.count.as_str().to_owned(),
        format!("reading: {}", safe(options.reading.as_str())),
        "roles: respondent".to_owned(),
    ];
    if waiting > 0 {
        parts.push(format!("{waiting} codings wait for review"));
    }
    if uncounted > 0 {
        parts.push(format!("{} in turns that do not count", count(uncounted, "passage", "passages")));
    }
    parts.join(" · ")
}

/// What the key for the codes below does now.
pub const fn alone_or_with(below: bool) -> &'static str {
    if below { "the code alone" } else { "with codes below" }
}

/// Heading of the last row: cases with the code.
pub fn with_it(case: &str) -> String {
    let case = safe(case);
    if case.ends_with('s') { format!("{case} with it") } else { format!("{case}s with it") }
}

/// Said when nothing is left to do.
pub const ALL_DONE: &str = "all documents are done";

/// Said on the way to a document that was reopened.
pub fn reopened(title: &str, codes: &[String]) -> String {
    let some: Vec<String> = codes.iter().take(3).map(|c| safe(c).into_owned()).collect();
    let more = codes.len().saturating_sub(some.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let what = if some.is_empty() { String::new() } else { format!(": read for {}{more}", some.join(", ")) };
    format!("{} is reopened{what}; then D", safe(title))
}

/// Said on the way to the next document to do.
pub fn to_do(title: &str) -> String {
    format!("{} is the next to do", safe(title))
}

/// Said on the way to the next turn of a document that is begun.
pub fn next_turn(title: &str) -> String {
    format!("next uncoded turn of {}", safe(title))
}

/// Said where every turn has a coding.
pub fn only_done(title: &str) -> String {
    format!("every turn of {} that counts has a coding: D marks it as done", safe(title))
}

/// How far all documents are, in words.
pub fn progress(desk: &crate::desk::Desk) -> String {
    use crate::desk::Progress::{Begun, Done, Reopened, ToDo};
    [(ToDo, "to do"), (Begun, "begun"), (Done, "done"), (Reopened, "reopened")]
        .into_iter()
        .map(|(progress, word)| format!("{} {} {word}", super::progress(progress), desk.so_far(progress)))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Said when a file is written.
pub fn written(path: &str) -> String {
    format!("written: {}", safe(path))
}
