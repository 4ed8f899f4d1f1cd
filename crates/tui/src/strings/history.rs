//! Words of the history.

use model::act::{Act, Change};
use model::id::{ActId, ThingId};

use super::coding::{label, memo_name, of_coding};
use super::quote;
use crate::desk::Desk;
use crate::safe::safe;

/// Heading of the screen.
pub const HISTORY: &str = "History";
/// What is listed.
pub const OWN: &str = "your own acts, newest first";
/// See [`OWN`].
pub const ALL: &str = "acts of all coders, newest first";
/// The mark of an undone act.
pub const UNDONE: &str = "undone";
/// Heading of what an act touches.
pub const TO_UNDO: &str = "Undoing it";
/// See [`TO_UNDO`].
pub const TO_REDO: &str = "Redoing it";
/// Heading of later acts that build on one.
pub const LATER: &str = "Later acts build on it and have no effect while it is undone:";
/// The same where it is undone already.
pub const LATER_AGAIN: &str = "Later acts build on it and have their effect again:";
/// Said where no later act builds on it.
pub const NONE_LATER: &str = "No later act builds on it.";
/// Said when an undo is to be undone.
pub const NO_UNDO_OF_UNDO: &str = "an undo is not undone itself: go to the act that it was about";

/// Heading of the history of one coding.
pub fn of_one(what: &str) -> String {
    format!("what was done to {what}")
}

/// Said when somebody else's act is to be undone.
pub fn not_your_act(coder: &str) -> String {
    format!("this is an act of {}, and stays", safe(coder))
}

/// Said when an act is not undone here.
pub fn from_a_shell(what: &str, id: ActId) -> String {
    let id = id.to_string();
    let end = id.rsplit('-').next().unwrap_or_default();
    format!("{what} is undone from a shell: verbatim undo {end}")
}

/// Said after an act was undone.
pub fn undone(what: &str) -> String {
    format!("undone: {what} · u again redoes it")
}

/// What becomes of the thing that a change is about.
pub fn becomes(desk: &Desk, act: &Act, change: &Change, k: u32, live: bool) -> Option<String> {
    let word = |gone: &'static str, back: &'static str| if live { gone } else { back };
    Some(match change {
        Change::CodingAdded(c) => {
            let verb = word("takes off", "puts back");
            let id = ThingId { act: act.id, k };
            let now = desk.state.coding(id).map_or(&c.code, |c| c.code);
            format!("{verb} {} from {}", label(desk, now), quote(c.anchor.quote()))
        }
        Change::CodingRemoved(c) => {
            format!("{} {}", word("puts back", "takes off"), of_coding(desk, c.coding, act.id))
        }
        Change::CodingChanged(c) => {
            format!(
                "{} {}",
                word("puts back as it was:", "changes again:"),
                of_coding(desk, c.coding, act.id)
            )
        }
        Change::MemoWritten(m) if m.memo.is_none() => {
            format!("{} memo {}", word("takes away", "brings back"), memo_name(&m.title, &m.body))
        }
        Change::MemoWritten(m) => {
            format!(
                "{} of memo {}",
                word("the earlier wording", "this wording"),
                memo_name(&m.title, &m.body)
            )
        }
        Change::MemoRemoved(_) => word("brings the memo back", "removes the memo again").to_owned(),
        Change::SummaryWritten(_) => word("the earlier summary, if any", "this summary").to_owned(),
        Change::ExemplarMarked(c) => {
            format!("{} {}", word("no example:", "an example:"), of_coding(desk, c.coding, act.id))
        }
        Change::ExemplarUnmarked(c) => {
            format!("{} {}", word("an example:", "no example:"), of_coding(desk, c.coding, act.id))
        }
        Change::TranslationWritten(t) => {
            format!(
                "{} of {}",
                word("the earlier translation", "this translation"),
                of_coding(desk, t.coding, act.id)
            )
        }
        Change::CodeAdded(c) => {
            format!("{} code {}", word("takes away", "brings back"), label(desk, &c.code))
        }
        Change::Done(d) => format!("{} {}", word("not done any more:", "done again:"), safe(&d.document)),
        Change::Reopened(d) => format!("{} {}", word("done again:", "open again:"), safe(&d.document)),
        _ => return None,
    })
}

/// How many lines there is no room for.
pub fn more(n: usize) -> String {
    format!("… {n} more")
}
