//! What can be done about codings, memos, summaries and the history.

use super::{Action, Context, Def, def, foot};
use Context::{About, Choose, Editor, Grid, History, MemoMenu, Memos, Panes, Qualify, Reader, Recode};

/// Something done to the coding at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnCoding {
    /// Find another code for it.
    FindCode,
    /// Write its note.
    Note,
    /// Give it a weight.
    Weight,
    /// Move it to the selection.
    Resize,
    /// Make two of it at the cursor.
    Split,
    /// Make one of it and those of the same code beside it.
    Merge,
    /// Set it to another case.
    Case,
    /// Mark it as a telling example, or take the mark off.
    Exemplar,
    /// Translate its words.
    Translate,
    /// Show what was done to it.
    History,
    /// Take the next coding at this place in hand.
    Next,
}

/// What a new memo is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnMemo {
    /// The coding at hand, or the text.
    Here,
    /// The open document.
    Document,
    /// The case of the open document.
    Case,
    /// A code.
    Code,
    /// The study.
    Study,
}

/// Something done while a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Keep the text.
    Save,
    /// Go on in the user's own editor.
    Outside,
    /// Take the last typing back.
    Undo,
    /// Bring it back.
    Redo,
    /// One word to the left.
    WordLeft,
    /// One word to the right.
    WordRight,
    /// Delete the character at the cursor.
    Delete,
    /// Delete the word before the cursor.
    EraseWord,
    /// To the next field.
    NextField,
    /// To the field before.
    PreviousField,
    /// Another type of memo.
    Kind,
}

/// These actions, in order of importance.
pub(super) static ACTIONS: &[Def] = &[
    // The coding at hand.
    def(
        Action::InVivo,
        "in-vivo-code",
        &["V"],
        &[Reader],
        "make a code that is named by the selected words, and apply it",
    ),
    def(Action::Recode('1'), "change-to-code", &[], &[Recode], "change to the code with this shortcut"),
    foot(
        Action::Coding(OnCoding::FindCode),
        "change-to-found-code",
        &["c"],
        &[Recode],
        "find a code by its name",
        "find code",
    ),
    def(Action::Qualify('1'), "set-qualifier", &[], &[Qualify], "set this value; again: take it off"),
    foot(Action::Coding(OnCoding::Note), "note", &["n"], &[About], "write a note", "note"),
    foot(Action::Coding(OnCoding::Weight), "weight", &["w"], &[About], "give it a weight", "weight"),
    foot(
        Action::Coding(OnCoding::Resize),
        "resize-coding",
        &["r"],
        &[About],
        "move it to the selection",
        "to selection",
    ),
    foot(Action::Coding(OnCoding::Split), "split-coding", &["s"], &[About], "split at the cursor", "split"),
    foot(
        Action::Coding(OnCoding::Merge),
        "merge-codings",
        &["m"],
        &[About],
        "merge with the same code beside it",
        "merge",
    ),
    foot(Action::Coding(OnCoding::Case), "coding-case", &["k"], &[About], "set it to another case", "case"),
    foot(
        Action::Coding(OnCoding::Exemplar),
        "exemplar",
        &["x"],
        &[About],
        "a telling example, or no longer",
        "example",
    ),
    foot(Action::Coding(OnCoding::Translate), "translate", &["t"], &[About], "translate it", "translate"),
    foot(
        Action::Coding(OnCoding::History),
        "coding-history",
        &["h"],
        &[About],
        "what was done to it, and when",
        "history",
    ),
    foot(
        Action::Coding(OnCoding::Next),
        "next-coding-here",
        &["c"],
        &[About],
        "take the next coding here in hand",
        "next here",
    ),
    def(
        Action::NewCode,
        "in-vivo-more",
        &["ctrl-n"],
        &[Context::Form],
        "while an in-vivo code is named: first ask for the code above, colour and definition",
    ),
    // Memos.
    foot(
        Action::Memo(OnMemo::Here),
        "memo-here",
        &["m"],
        &[MemoMenu],
        "on the coding under the cursor, or on the text",
        "here",
    ),
    foot(Action::Memo(OnMemo::Document), "memo-document", &["d"], &[MemoMenu], "on the document", "document"),
    foot(Action::Memo(OnMemo::Case), "memo-case", &["c"], &[MemoMenu], "on the case of the document", "case"),
    foot(Action::Memo(OnMemo::Code), "memo-code", &["k"], &[MemoMenu], "on a code", "code"),
    foot(Action::Memo(OnMemo::Study), "memo-study", &["s"], &[MemoMenu], "on the study", "study"),
    foot(Action::Memos, "memos", &["M"], &[Panes], "list the memos", "memos"),
    def(Action::NextMemo, "next-memo", &[")"], &[Reader], "to the next place with a memo"),
    def(Action::PreviousMemo, "previous-memo", &["("], &[Reader], "to the place with a memo before"),
    foot(Action::Accept, "edit-memo", &["enter"], &[Memos], "read or change the memo", "open"),
    foot(
        Action::GoThere,
        "to-memo",
        &["ctrl-o"],
        &[Memos],
        "to the place that the memo is about",
        "to its place",
    ),
    foot(
        Action::Remove,
        "remove-memo",
        &["ctrl-d", "delete"],
        &[Memos],
        "remove the memo; undo brings it back",
        "remove",
    ),
    // History and summaries.
    foot(Action::History, "history", &["H"], &[Panes], "list what was done, to undo any of it", "history"),
    foot(
        Action::Accept,
        "undo-this",
        &["enter", "u"],
        &[History],
        "undo exactly this act, or redo it where it is undone",
        "undo or redo it",
    ),
    foot(Action::GoThere, "to-act", &["p"], &[History], "to the passage that it is about", "to its place"),
    foot(
        Action::Others,
        "history-others",
        &["o"],
        &[History],
        "acts of all coders, or your own",
        "all coders",
    ),
    foot(
        Action::Summaries,
        "summaries",
        &["F"],
        &[Panes],
        "summaries of what each case says about each code",
        "summaries",
    ),
    foot(
        Action::Accept,
        "write-summary",
        &["enter"],
        &[Grid],
        "write the summary, its passages beside it",
        "write",
    ),
    def(Action::Left, "grid-left", &["left", "h"], &[Grid], "one code to the left"),
    def(Action::Right, "grid-right", &["right", "l"], &[Grid], "one code to the right"),
    // Lists.
    foot(Action::Accept, "choose-item", &["enter"], &[Choose], "take it", "take it"),
    def(Action::Up, "item-up", &["up"], &[Choose, Memos], "one item up"),
    def(Action::Down, "item-down", &["down"], &[Choose, Memos], "one item down"),
    def(Action::Up, "row-up", &["up", "k"], &[History, Grid], "one line up"),
    def(Action::Down, "row-down", &["down", "j"], &[History, Grid], "one line down"),
    def(
        Action::PageUp,
        "items-page-up",
        &["pageup", "ctrl-b"],
        &[Choose, Memos, History, Grid],
        "one screen up",
    ),
    def(
        Action::PageDown,
        "items-page-down",
        &["pagedown", "ctrl-f"],
        &[Choose, Memos, History, Grid],
        "one screen down",
    ),
    def(Action::First, "items-first", &["home", "g"], &[History, Grid], "to the first"),
    def(Action::Last, "items-last", &["end", "G"], &[History, Grid], "to the last"),
    foot(Action::Help, "help-here", &["?"], &[History, Grid], "show all keys", "keys"),
    foot(Action::Back, "close-list", &["esc"], &[Choose, Memos], "close, back to where you were", "back"),
    foot(
        Action::Back,
        "close-screen",
        &["esc", "q"],
        &[History, Grid],
        "close, back to where you were",
        "back",
    ),
    // Writing.
    foot(Action::Edit(Edit::Save), "save-text", &["ctrl-s"], &[Editor], "keep the text and close", "save"),
    foot(
        Action::Back,
        "leave-text",
        &["esc"],
        &[Editor],
        "close; a text that was changed is kept until Esc is pressed again",
        "back",
    ),
    foot(
        Action::Edit(Edit::Outside),
        "editor-outside",
        &["ctrl-e"],
        &[Editor],
        "go on in your own editor ($VISUAL or $EDITOR)",
        "own editor",
    ),
    foot(
        Action::Edit(Edit::NextField),
        "next-field",
        &["tab"],
        &[Editor],
        "to the next field: title, tags, links, text",
        "next field",
    ),
    foot(
        Action::Edit(Edit::Kind),
        "memo-type",
        &["ctrl-t"],
        &[Editor],
        "another type of memo: analytic, decision, reflexive, case",
        "type",
    ),
    def(Action::Edit(Edit::PreviousField), "previous-field", &["backtab"], &[Editor], "to the field before"),
    def(Action::Accept, "new-line", &["enter"], &[Editor], "a new line; in a field: on to the text"),
    def(Action::Edit(Edit::Undo), "undo-typing", &["ctrl-z"], &[Editor], "take the last typing back"),
    def(Action::Edit(Edit::Redo), "redo-typing", &["ctrl-y"], &[Editor], "bring it back"),
    def(Action::Up, "text-up", &["up"], &[Editor], "one line up"),
    def(Action::Down, "text-down", &["down"], &[Editor], "one line down"),
    def(Action::PageUp, "text-page-up", &["pageup"], &[Editor], "one screen of text or passages up"),
    foot(
        Action::PageDown,
        "text-page-down",
        &["pagedown"],
        &[Editor],
        "one screen of text or passages down",
        "more passages",
    ),
];
