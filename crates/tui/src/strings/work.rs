//! Words about long work and about what others change meanwhile.

use crate::app::{Work, Working};

/// Said when the texts or tables were changed by something else.
pub const READ_ANEW: &str = "texts or tables changed on disk and were read anew";
/// Said when something is to be put on a text that no act knows.
pub const CHANGED_BY_HAND: &str =
    "this text was changed by hand: nothing new can be put on it until it is put back from a backup";
/// Said when long work was stopped.
pub const STOPPED: &str = "stopped; everything is as it was";
/// Said when more long work is asked for.
pub const BUSY: &str = "one thing at a time: wait for what is under way, or stop it with Esc";
/// Said when an import could not keep its act.
pub const IMPORT_NOT_KEPT: &str =
    "nothing came in: the study could not be written; bring them in again when it can be";

/// Said when the coder went blind.
pub const BLIND: &str = "you are blind: what others read is hidden, and your own reading counts";
/// Said when the coder sees again.
pub const SEEING: &str = "what others read is shown again";
/// What stands beside the coder's name while blind.
pub const IS_BLIND: &str = "blind";

/// How far long work is, for a line of the screen.
pub fn working(working: &Working) -> String {
    let what = match working.what {
        Work::Open => "opening the study",
        Work::Import => "bringing transcripts in",
        Work::Read => "reading texts and tables anew",
    };
    match working {
        Working { stopping: true, .. } => format!("{what}: stopping"),
        Working { of: 0, .. } => what.to_owned(),
        Working { done, of, .. } => format!("{what}: {done} of {of}"),
    }
}

/// What to do about long work.
pub const ESC_STOPS: &str = "Esc stops it";

/// How many acts of whom are new.
pub fn arrived(by: &[(String, usize)]) -> String {
    let one = |(who, n): &(String, usize)| match n {
        1 => format!("{who}: 1 new act"),
        n => format!("{who}: {n} new acts"),
    };
    by.iter().map(one).collect::<Vec<_>>().join(", ")
}
