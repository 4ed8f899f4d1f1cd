//! Strings: every word that the screen says, in one place.
//!
//! English; a second language takes the place of this module and nothing else.

pub mod book;
pub mod coding;
pub mod history;
pub mod lists;
pub mod tools;
pub mod work;
pub mod writing;

use model::act::{Act, Change};
use model::span::Span;

use crate::app::Numbering;
use crate::desk::{Desk, Progress};
use crate::safe::{fit, safe};
use crate::units::Unit;

/// Name of the program on the top line.
pub const PROGRAM: &str = "Verbatim";
/// Heading of the left pane.
pub const DOCUMENTS: &str = "Documents";
/// Heading of the right pane.
pub const CODEBOOK: &str = "Codebook";
/// A document without a case, where others have one.
pub const NO_CASE: &str = "no case";
/// Said when undo finds nothing.
pub const NOTHING_TO_UNDO: &str = "nothing of yours to undo";
/// Said when redo finds nothing.
pub const NOTHING_TO_REDO: &str = "nothing to redo";
/// Said when there is no coding under the cursor.
pub const NO_CODE_HERE: &str = "no code here";
/// Said when `.` has nothing to repeat.
pub const NOTHING_TO_REPEAT: &str = "no code was applied yet: press a code's key, or c to find one";
/// Said when every turn has a coding.
pub const ALL_CODED: &str = "no turn of a respondent without a coding from here";
/// Said when there is no coding further on.
pub const NO_MORE_CODINGS: &str = "no coding from here";
/// Said when a document is opened that has no text.
pub const NO_TEXT: &str = "The text of this document is missing from the study folder (corpus/ID.txt).";
/// Said when there is nothing to code.
pub const NOTHING_TO_CODE: &str = "there is no text here to code";
/// Said while a free selection is on.
pub const FREE: &str = "free selection: move to make it longer, then code; v or Esc ends it";
/// Title of the help.
pub const HELP_TITLE: &str = "keys";
/// What can be typed in the help.
pub const HELP_HINT: &str = "type to filter";
/// Title of the new code's second step.
pub const UNDER: &str = "under which code?";
/// The first choice of that step.
pub const TOP_LEVEL: &str = "(at the top)";
/// What a zero says.
pub const ZERO: &str = "Zero means: read for this code and not found, never \"does not do it\".";

/// The start screen's choices: word, explanation.
pub const START: [(&str, &str); 4] = [
    ("New study", "three questions: folder, your name, codebook"),
    ("Open a study", "type, paste or drag its folder"),
    ("Sample study", "fourteen made-up interviews, partly coded, to try everything on"),
    ("Guided tour", "eight small steps on the sample study"),
];

/// What an empty study says.
pub const EMPTY: [&str; 7] = [
    "This study has no documents yet.",
    "",
    "Press i, then type, paste or drag the path of a transcript,",
    "or of a folder of transcripts (.txt, .md, .docx).",
    "",
    "Tables in that folder come along: documents.csv, cases.csv, speakers.csv.",
    "From a shell the same is: verbatim import PATH",
];

/// Said while everything is on disk.
pub fn saved(time: &str) -> String {
    format!("saved {time}")
}

/// What stands in the place of "saved" while it is not true.
pub fn not_saved(why: &str, waiting: usize) -> String {
    let count = if waiting > 1 { format!(" ({waiting} acts)") } else { String::new() };
    format!("NOT SAVED{count}: {}, retrying", safe(why))
}

/// Said once when somebody leaves while something is not saved.
pub fn leaving_unsaved(waiting: usize) -> String {
    format!("{waiting} acts are not saved and would be lost; q again leaves all the same")
}

/// How many documents are done.
pub fn done_of(done: usize, all: usize) -> String {
    format!("{done} of {all} done")
}

/// The coder, with their standing.
pub fn coder(name: &str, primary: bool) -> String {
    if primary { format!("{} (primary)", safe(name)) } else { safe(name).into_owned() }
}

/// A number with points between thousands.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Seconds as a time.
pub fn time(seconds: f64) -> String {
    let s = if seconds.is_finite() && seconds > 0.0 { seconds as u64 } else { 0 };
    format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// The sign of how far a document is.
pub const fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::ToDo => "○",
        Progress::Begun => "◐",
        Progress::Done => "●",
        Progress::Reopened => "↻",
    }
}

/// The name of a unit.
pub const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Word => "word",
        Unit::Sentence => "sentence",
        Unit::Turn => "turn",
        Unit::Pair => "question and answer",
        Unit::Free => "selection",
    }
}

/// The beginning of a quotation.
pub fn quote(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", fit(&safe(&one_line), 40))
}

/// Said after a code was applied.
pub fn applied(labels: &[&str], quoted: &str, counted: bool) -> String {
    let labels = labels.iter().map(|l| safe(l).into_owned()).collect::<Vec<_>>().join(" + ");
    let remark = if counted { "" } else { " · an interviewer's words: not counted in tables" };
    format!("{labels}: {}{remark}", quote(quoted))
}

/// Said when a coding is there already.
pub fn applied_before(label: &str) -> String {
    format!("{} is on this text already", safe(label))
}

/// Said when a key is no code's.
pub fn no_shortcut(key: char) -> String {
    format!("no code has the key {} (c finds a code by name, ? shows all keys)", safe(&key.to_string()))
}

/// Said when somebody else's coding would be removed.
pub fn not_yours(label: &str, coder: &str) -> String {
    format!("{} here is {}'s coding, and stays", safe(label), safe(coder))
}

/// Said after a document was marked as done.
pub fn marked_done(title: &str, codes: usize, provisional: usize) -> String {
    let left_out = match provisional {
        0 => String::new(),
        1 => "; 1 provisional code is left out".to_owned(),
        n => format!("; {n} provisional codes are left out"),
    };
    format!(
        "{} is done for {codes} fixed codes: those without a passage here now count as 0{left_out}",
        safe(title)
    )
}

/// Said after a document was reopened.
pub fn reopened(title: &str) -> String {
    format!("{} is open again: codes without a passage here are no zeros but \"not done\"", safe(title))
}

/// Where a span stands, for the words of undo.
fn place(desk: &Desk, document: &str, span: Span) -> String {
    let turn = desk.corpus.document(document).and_then(|d| d.turn_at(span.start));
    turn.map_or_else(|| safe(document).into_owned(), |t| format!("turn {}", t + 1))
}

/// What an act did, in a few words.
pub fn act(desk: &Desk, act: &Act) -> String {
    if let Some(words) = coding::act(desk, act) {
        return words;
    }
    let label = |code: &str| {
        let at = desk.coded.codebook.position(code);
        safe(at.map_or(code, |i| desk.label(i))).into_owned()
    };
    let added = act.changes.iter().filter(|c| matches!(c, Change::DocumentAdded(_))).count();
    match act.changes.as_slice() {
        [Change::CodingAdded(c)] => {
            format!("{} on {}", label(&c.code), place(desk, &c.anchor.document, c.anchor.span()))
        }
        [Change::CodingRemoved(c)] => {
            let made = desk.state.coding_history(c.coding).into_iter().flat_map(|a| &a.changes).find_map(
                |c| match c {
                    Change::CodingAdded(c) => Some(format!(
                        "{} from {}",
                        label(&c.code),
                        place(desk, &c.anchor.document, c.anchor.span())
                    )),
                    _ => None,
                },
            );
            format!("removing {}", made.unwrap_or_else(|| "a coding".to_owned()))
        }
        [Change::Done(d)] => format!("done on {}", safe(&d.document)),
        [Change::Reopened(d)] => format!("reopening {}", safe(&d.document)),
        [Change::CodeAdded(c)] => format!("new code {}", label(&c.code)),
        changes if changes.iter().any(|c| book::of(c).is_some()) => {
            let said = changes.iter().rev().find_map(book::of);
            said.map(|(code, what)| book::act(&label(code), what)).unwrap_or_default()
        }
        _ if added > 0 => format!("the import of {added} documents"),
        changes if !changes.is_empty() && changes.iter().all(|c| matches!(c, Change::CodingAdded(_))) => {
            format!("{} codings", changes.len())
        }
        _ => safe(&act.act).into_owned(),
    }
}

/// Said after undo.
pub fn undone(what: &str) -> String {
    format!("undone: {what} · U redoes it")
}

/// Said after redo.
pub fn redone(what: &str) -> String {
    format!("redone: {what}")
}

/// Said when an act is not undone here.
pub fn not_here(what: &str) -> String {
    format!("your last act is {what}; undo that from a shell: verbatim undo")
}

/// Said while a search is on.
pub fn hits(at: Option<usize>, all: usize, query: &str) -> String {
    match (at, all) {
        (_, 0) => format!("\"{}\" is not in this document", safe(query)),
        (Some(at), _) => format!("hit {} of {} for \"{}\"", at + 1, all, safe(query)),
        (None, _) => format!("{all} hits for \"{}\"", safe(query)),
    }
}

/// Said when other coders' codings come and go.
pub fn others(shown: bool, there: bool) -> &'static str {
    match (shown, there) {
        (_, false) => "no other coder has codings in this document",
        (true, true) => "codings of all coders are shown; o hides the others",
        (false, true) => "only your own codings are shown",
    }
}

/// Said when the gutter numbers something else.
pub const fn numbering(numbering: Numbering) -> &'static str {
    match numbering {
        Numbering::Turns => "turns are numbered",
        Numbering::Lines => "lines of the text file are numbered",
        Numbering::None => "nothing is numbered",
    }
}

/// How far into the document the cursor stands.
pub fn through(percent: usize) -> String {
    format!("at {percent} %")
}

/// How much of the document is coded.
pub fn coded_share(percent: u8) -> String {
    format!("{percent} % of words coded")
}

/// Said when others' codings are not shown.
pub fn hidden(n: usize) -> String {
    format!("{n} of other coders hidden (o)")
}
