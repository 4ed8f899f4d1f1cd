//! Words about writing: notes, translations, memos, summaries.

use crate::safe::safe;

/// Said when Esc would throw a text away.
pub const ESC_AGAIN: &str = "not kept yet: Ctrl-s keeps it, Esc again throws away what you changed";
/// Said when leaving would.
pub const QUIT_AGAIN: &str = "the text is not kept yet: Ctrl-s keeps it, Ctrl-c again leaves all the same";
/// Said when there is nothing in a text that must have something.
pub const EMPTY_TEXT: &str = "there is nothing to keep yet: write some text, or Esc";
/// Said when a link is no id.
pub const BAD_LINK: &str = "a link is the id of a memo, coding or act";
/// Words before the fields of a memo.
pub const FIELDS: [&str; 4] = ["Title", "Type", "Tags", "Links"];
/// What may stand in them.
pub const FIELD_HINTS: [&str; 4] =
    ["a few words", "Ctrl-t: another", "with commas between", "ids of memos or codings, with commas"];
/// Said after a note was written or taken off.
pub const NOTED: &str = "the note is kept";
/// See [`NOTED`].
pub const NOTE_OFF: &str = "the note is taken off";
/// Said after a translation was written.
pub const TRANSLATED: &str = "the translation is kept";
/// Said after a memo was written.
pub const MEMO_KEPT: &str = "the memo is kept · M lists all";
/// Said after a memo was removed.
pub const MEMO_REMOVED: &str = "the memo is removed · u brings it back";
/// Said when somebody else's memo would be changed.
pub const NOT_YOUR_MEMO: &str = "this memo is another coder's, and stays as it is";
/// Said after a summary was written.
pub const SUMMARY_KEPT: &str = "the summary is kept";
/// Said when there is no memo further on.
pub const NO_MORE_MEMOS: &str = "no place with a memo from here";
/// Said when a memo is about no place.
pub const NO_PLACE: &str = "this is about no place in a text";
/// Said when the document has no case.
pub const NO_CASE: &str = "this document has no case";
/// Title of the palette when a memo is to be written on a code.
pub const MEMO_WHICH_CODE: &str = "memo on which code?";
/// Stands beside a line that a memo is about.
pub const MEMO_SIGN: &str = "*";
/// Heading of the list of memos.
pub const MEMOS: &str = "Memos";
/// What an empty list says.
pub const NO_MEMOS: &str = "no memos yet: m writes one";
/// What a filter says that fits none.
pub const NO_MEMO_FITS: &str = "no memo has these words in its title, text, tags, type or subject";
/// What can be typed in the list.
pub const FILTER: &str = "type to filter: words of title, text, tags, type, subject";
/// A memo without a title.
pub const UNTITLED: &str = "(no title)";
/// Heading of the summaries.
pub const SUMMARIES: &str = "Summaries";
/// Legend of the summaries.
pub const SUMMARY_LEGEND: &str = "✓ summary written   3 passages   · none";
/// Said where a case × code has no passages.
pub const NO_PASSAGES: &str = "no passages of yours here yet; a summary may still be written";
/// Said when there is nothing to sum up.
pub const NO_GRID: &str = "summaries need cases and codes";
/// Said after the user's own editor was closed.
pub const CAME_BACK: &str = "the text is as your editor left it; Ctrl-s keeps it";

/// Title over a note.
pub fn note_on(label: &str) -> String {
    format!("note on {}", safe(label))
}

/// Title over a translation.
pub fn translation(language: &str) -> String {
    format!("translation ({})", safe(language))
}

/// Title over a memo.
pub fn memo_on(subject: &str) -> String {
    format!("memo on {}", safe(subject))
}

/// Title over a summary.
pub fn summary_of(case: &str, code: &str) -> String {
    format!("summary · {} · {}", safe(case), safe(code))
}

/// How many memos are shown of all.
pub fn memos_of(shown: usize, all: usize) -> String {
    if shown == all { format!("{all}") } else { format!("{shown} of {all}") }
}

/// Said when no editor is named in the environment or it did not do.
pub fn editor_failed(why: &str) -> String {
    format!("your own editor: {}; the text is as it was", safe(why))
}

/// Where a passage is from, and its codes.
pub fn passage_from(title: &str, turn: Option<usize>, speaker: Option<&str>, codes: &[&str]) -> String {
    let mut parts = vec![safe(title).into_owned()];
    parts.extend(turn.map(|t| format!("turn {t}")));
    parts.extend(speaker.map(|s| safe(s).into_owned()));
    parts.extend((!codes.is_empty()).then(|| safe(&codes.join(" + ")).into_owned()));
    parts.join(" · ")
}

/// What a cell of the summaries shows.
pub fn cell(passages: usize, written: bool) -> String {
    match (passages, written) {
        (0, false) => "·".to_owned(),
        (0, true) => "✓".to_owned(),
        (n, false) => n.to_string(),
        (n, true) => format!("✓ {n}"),
    }
}

/// Which codes have a column on the screen.
pub fn codes_of(first: usize, last: usize, all: usize) -> String {
    format!("codes {first}–{last} of {all}")
}

/// Said when memos of other coders on the text are not listed.
pub fn memos_hidden(n: usize) -> String {
    format!("{n} of other coders on their codings are hidden, as these are (o in the transcript)")
}
