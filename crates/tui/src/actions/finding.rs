//! What can be done in the search over all transcripts.

use super::{Action, Context, Def, def, foot};
use Context::{Hits, Missed, Panes, Query};

/// Something that the search does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Open it.
    Open,
    /// Show the missed passages of a code.
    Missed,
    /// Choose the code that hits are offered for.
    Code,
    /// Offer them for no code any more.
    NoCode,
    /// Another unit.
    Unit,
    /// Another order.
    Sort,
    /// Accept the hit at hand.
    Yes,
    /// Reject it, or offer a rejected one again.
    No,
    /// Accept all that are open.
    All,
    /// Take back what was decided in this search.
    TakeBack,
    /// Save the query.
    Save,
    /// Choose a saved search.
    Saved,
}

/// These actions, in order of importance.
pub(super) static ACTIONS: &[Def] = &[
    foot(
        Action::Finding(Finding::Open),
        "search-all",
        &["f"],
        &[Panes],
        "search in all transcripts: words, people, attributes, codings",
        "search all",
    ),
    def(
        Action::Finding(Finding::Missed),
        "missed-passages",
        &["!"],
        &[Panes],
        "passages that the rules of a code find and nobody coded",
    ),
    foot(Action::Accept, "to-the-hits", &["enter"], &[Query], "to the list of hits", "to the hits"),
    foot(
        Action::Finding(Finding::Saved),
        "saved-searches",
        &["tab"],
        &[Query],
        "choose a saved search; what is new since last time has a star",
        "saved",
    ),
    foot(Action::Back, "close-search", &["esc"], &[Query], "close, back to where you were", "back"),
    def(Action::Up, "hit-up", &["up"], &[Query], "one hit up; the transcript shows it"),
    def(Action::Down, "hit-down", &["down"], &[Query], "one hit down"),
    def(Action::PageUp, "hits-up", &["pageup"], &[Query], "ten hits up"),
    def(Action::PageDown, "hits-down", &["pagedown"], &[Query], "ten hits down"),
    foot(
        Action::Accept,
        "open-hit",
        &["enter"],
        &[Hits, Missed],
        "go to the hit in the transcript; Backspace comes back",
        "in the text",
    ),
    foot(
        Action::Finding(Finding::Yes),
        "accept-hit",
        &["a"],
        &[Hits, Missed],
        "accept the hit: code its unit; on to the next open one",
        "accept",
    ),
    foot(
        Action::Finding(Finding::No),
        "reject-hit",
        &["x"],
        &[Hits, Missed],
        "reject the hit, now and for later runs; a rejected one is offered again",
        "reject",
    ),
    foot(
        Action::Finding(Finding::Code),
        "code-of-hits",
        &["c"],
        &[Hits],
        "choose the code that the hits are offered for",
        "code",
    ),
    foot(
        Action::Finding(Finding::Unit),
        "unit-of-hits",
        &["e"],
        &[Hits],
        "what is coded: the match, its sentence, turn or paragraph",
        "unit",
    ),
    foot(
        Action::Finding(Finding::All),
        "accept-all-hits",
        &["A"],
        &[Hits],
        "accept all open hits, as one act",
        "accept all",
    ),
    foot(Action::Search, "change-query", &["/"], &[Hits], "change the query", "query"),
    foot(
        Action::Finding(Finding::Sort),
        "sort-hits",
        &["s"],
        &[Hits],
        "another order: by place, by the words before or behind, by case, by date",
        "order",
    ),
    foot(
        Action::Finding(Finding::Save),
        "save-search",
        &["w"],
        &[Hits],
        "save the search in the study, with what it finds now",
        "save",
    ),
    def(
        Action::Finding(Finding::TakeBack),
        "take-back-decisions",
        &["Z"],
        &[Hits, Missed],
        "take back what was decided about these hits in this search, as one act",
    ),
    def(
        Action::Finding(Finding::NoCode),
        "no-code-of-hits",
        &["C"],
        &[Hits],
        "offer the hits for no code any more: all of them are listed",
    ),
    def(Action::Undo, "undo-in-hits", &["u"], &[Hits, Missed], "undo your last act"),
    def(Action::Redo, "redo-in-hits", &["U"], &[Hits, Missed], "redo what was undone last"),
    def(
        Action::Up,
        "previous-hit-in-list",
        &["up", "k"],
        &[Hits, Missed],
        "one hit up; the transcript shows it",
    ),
    def(Action::Down, "next-hit-in-list", &["down", "j"], &[Hits, Missed], "one hit down"),
    def(Action::PageUp, "hits-page-up", &["pageup"], &[Hits, Missed], "ten hits up"),
    def(Action::PageDown, "hits-page-down", &["pagedown", "space"], &[Hits, Missed], "ten hits down"),
    def(Action::First, "first-hit", &["g"], &[Hits, Missed], "to the first hit"),
    def(Action::Last, "last-hit", &["G"], &[Hits, Missed], "to the last hit"),
    def(Action::Help, "help-on-hits", &["?"], &[Hits, Missed], "show the keys of the search"),
    foot(Action::Back, "back-to-query", &["esc"], &[Hits], "back to the query", "back"),
    foot(Action::Back, "close-missed", &["esc"], &[Missed], "close, back to where you were", "back"),
];
