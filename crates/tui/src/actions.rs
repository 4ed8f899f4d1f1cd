//! Actions: the one table of everything that can be done on the screen.
//!
//! Keymap, footer, help screen and the key reference of the guide are all read from here, so none
//! of them can tell a different story.

mod book;
mod coding;
mod finding;
mod interface;
mod layers;
mod panes;
mod sheets;
mod tools;

pub use coding::{Edit, OnCoding, OnMemo};
pub use finding::Finding;
pub use sheets::{OnSheet, Which};
pub use tools::Tool;

use crate::key::Key;
use crate::layers::codebook::BookAct;
use crate::strings::keys;
use crate::strings::language::{Language, speak, spoken};

/// Where a key means something. Several hold at a time; the nearest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// A search in the document is on.
    Searching,
    /// The transcript has the keys.
    Reader,
    /// The list of documents has the keys.
    Documents,
    /// The codebook has the keys.
    Codebook,
    /// Any of the three panes has the keys.
    Panes,
    /// The list of codes to choose from is open.
    Palette,
    /// The line for a search is open.
    Prompt,
    /// The help is open.
    Help,
    /// The frequency table is open.
    Table,
    /// The menu of the start screen is open.
    Start,
    /// A question is open that is answered by typing.
    Form,
    /// A menu of keys that follow a prefix is open.
    Menu,
    /// The menu about the coding at hand.
    About,
    /// The menu of codes that the coding at hand can be given.
    Recode,
    /// The menu of qualifiers.
    Qualify,
    /// The menu of what a memo can be about.
    MemoMenu,
    /// A list to choose from is open.
    Choose,
    /// The list of memos is open.
    Memos,
    /// The list of acts is open.
    History,
    /// The grid of summaries is open.
    Grid,
    /// A text is being written.
    Editor,
    /// A list of passages is open.
    Passages,
    /// The codebook screen is open.
    Book,
    /// Passages are walked through, each decided by a key.
    Walk,
    /// The effect matrix is open.
    Matrix,
    /// The list of all actions is open.
    Actions,
    /// A command of the command line is typed.
    Command,
    /// What a command said is shown.
    Output,
    /// A table other than that of frequencies is open.
    Sheet,
    /// The menu of tables.
    Tables,
    /// An act is shown as a command.
    Equal,
    /// The query of a search over all transcripts is typed.
    Query,
    /// Its hits have the keys.
    Hits,
    /// The missed passages of a code have the keys.
    Missed,
    /// The guided tour is on.
    Touring,
    /// Anywhere that text is typed.
    Typing,
    /// Anywhere at all.
    Always,
}

impl Context {
    /// All contexts, in the order in which the reference lists them.
    pub const ALL: [Self; 37] = [
        Self::Reader,
        Self::Searching,
        Self::Panes,
        Self::Documents,
        Self::Codebook,
        Self::Palette,
        Self::Prompt,
        Self::Query,
        Self::Hits,
        Self::Missed,
        Self::Table,
        Self::Tables,
        Self::Sheet,
        Self::Passages,
        Self::Book,
        Self::Walk,
        Self::Matrix,
        Self::Help,
        Self::Start,
        Self::Form,
        Self::Menu,
        Self::About,
        Self::Recode,
        Self::Qualify,
        Self::MemoMenu,
        Self::Choose,
        Self::Memos,
        Self::History,
        Self::Grid,
        Self::Editor,
        Self::Actions,
        Self::Command,
        Self::Output,
        Self::Equal,
        Self::Touring,
        Self::Typing,
        Self::Always,
    ];

    /// Its heading in help and reference, in the language that is spoken.
    pub fn heading(self) -> &'static str {
        keys::heading(self).unwrap_or_else(|| self.english())
    }

    /// Its heading in English.
    const fn english(self) -> &'static str {
        match self {
            Self::Reader => "Transcript",
            Self::Searching => "While searching in the document",
            Self::Panes => "Transcript, documents and codebook",
            Self::Documents => "Documents",
            Self::Codebook => "Codebook",
            Self::Palette => "Finding a code",
            Self::Prompt => "Typing a search",
            Self::Query => "Searching all transcripts: the query",
            Self::Hits => "Searching all transcripts: the hits",
            Self::Missed => "Missed passages of a code",
            Self::Table => "Frequency table",
            Self::Sheet => "Other tables",
            Self::Tables => "Tables",
            Self::Help => "Help",
            Self::Start => "Start screen",
            Self::Form => "Questions",
            Self::Menu => "Menus",
            Self::About => "About the coding",
            Self::Recode => "Change the code",
            Self::Qualify => "Qualifiers",
            Self::MemoMenu => "Write a memo",
            Self::Choose => "Choosing from a list",
            Self::Memos => "Memos",
            Self::History => "History",
            Self::Grid => "Summaries",
            Self::Editor => "Writing",
            Self::Passages => "List of passages",
            Self::Book => "Codebook screen",
            Self::Walk => "Passage by passage",
            Self::Matrix => "Effect matrix",
            Self::Actions => "All actions",
            Self::Command => "Typing a command",
            Self::Output => "What a command said",
            Self::Equal => "An act as a command",
            Self::Touring => "Guided tour",
            Self::Typing => "Typing",
            Self::Always => "Anywhere",
        }
    }
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Leave the program.
    Quit,
    /// Draw the whole screen anew.
    Redraw,
    /// One step back.
    Back,
    /// Show the keys.
    Help,
    /// One line (or item) up.
    Up,
    /// One line (or item) down.
    Down,
    /// One character (or column) left.
    Left,
    /// One character (or column) right.
    Right,
    /// To the beginning of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// One screen up.
    PageUp,
    /// One screen down.
    PageDown,
    /// To the beginning.
    First,
    /// To the end.
    Last,
    /// Select the word, then the next one.
    Word,
    /// Select the word before.
    WordBack,
    /// Select the sentence, then the next one.
    Sentence,
    /// Select the sentence before.
    SentenceBack,
    /// Select the turn, then the next one.
    Turn,
    /// Select the turn before.
    TurnBack,
    /// Select the question with its answer, then the next pair.
    Pair,
    /// Begin or end a free selection.
    FreeSelection,
    /// Move the end of the selection, or begin one, as Shift with an arrow does elsewhere.
    Select(Toward),
    /// Make the selection one unit longer.
    Extend,
    /// Make the selection one unit shorter.
    Shrink,
    /// To the next turn of a respondent without a coding.
    NextUncoded,
    /// To the one before.
    PreviousUncoded,
    /// To the next coding.
    NextCoding,
    /// To the coding before.
    PreviousCoding,
    /// Apply the code with this shortcut.
    Shortcut(char),
    /// Open the list of codes.
    FindCode,
    /// Apply the last code again.
    Repeat,
    /// Remove the coding under the cursor.
    Remove,
    /// Undo the last act.
    Undo,
    /// Redo what was undone.
    Redo,
    /// Mark the document as done, or reopen it.
    Done,
    /// Show or hide other coders' codings.
    Others,
    /// Search in the document.
    Search,
    /// To the next hit.
    NextHit,
    /// To the hit before.
    PreviousHit,
    /// The next pane.
    NextPane,
    /// The pane before.
    PreviousPane,
    /// Open, choose, apply, answer.
    Accept,
    /// Mark one of several.
    Mark,
    /// Make a new code.
    NewCode,
    /// Show the frequency table.
    Table,
    /// Another count rule in the table.
    CountRule,
    /// All codes or the top ones in the table.
    Level,
    /// Bring documents into the study.
    Import,
    /// Open the menu of keys that follow a prefix.
    Menu(Context),
    /// Give the coding at hand the code with this shortcut.
    Recode(char),
    /// Set the value with this key on the coding at hand.
    Qualify(char),
    /// Do something else to the coding at hand.
    Coding(OnCoding),
    /// Make a code that is named by the selected words.
    InVivo,
    /// Write a memo.
    Memo(OnMemo),
    /// List the memos.
    Memos,
    /// To the next place with a memo.
    NextMemo,
    /// To the one before.
    PreviousMemo,
    /// List what was done.
    History,
    /// Show the summaries.
    Summaries,
    /// To the place that an item is about.
    GoThere,
    /// Do something while a text is written.
    Edit(Edit),
    /// Turn numbers, line numbers or none in the gutter.
    Numbers,
    /// List the passages of a code.
    Retrieve,
    /// A code with those below it, or alone.
    Descendants,
    /// Back to the list that was left.
    Trail,
    /// Other rows in the table.
    Rows,
    /// Write the table to a file.
    ExportTable,
    /// To the next thing to do.
    NextToDo,
    /// Open the codebook screen.
    Book,
    /// Something that the codebook screen does.
    InBook(BookAct),
    /// Open the effect matrix.
    Matrix,
    /// Decide the passage at hand: nothing (0) or one of what is offered.
    Decide(usize),
    /// Another language on the screen.
    Language,
    /// Do something in the search over all transcripts.
    Finding(Finding),
    /// Do something with a table other than that of frequencies.
    Sheet(OnSheet),
    /// Do something that is around the coding.
    Tool(Tool),
    /// Delete the character before the cursor.
    Erase,
    /// Delete what stands before the cursor on its line.
    EraseAll,
    /// Type a character.
    Insert(char),
    /// Paste a text.
    Paste(String),
    /// Something was done with the mouse.
    Mouse(Mouse),
    /// The terminal has another size.
    Resize(u16, u16),
    /// Time went by.
    Tick,
}

impl Action {
    /// Whether it has no key of its own, because every character is one.
    pub const fn any_key(&self) -> bool {
        matches!(self, Self::Shortcut(_) | Self::Recode(_) | Self::Qualify(_))
    }

    /// Whether it can end the program.
    pub const fn leaves(&self) -> bool {
        matches!(self, Self::Quit | Self::Tool(Tool::CopyOrLeave))
    }
}

/// Where the end of a selection goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// One character back.
    Left,
    /// One character on.
    Right,
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// To the beginning of the word, or of the one before.
    WordLeft,
    /// To the end of the word, or of the next one.
    WordRight,
}

impl Toward {
    /// Whether it goes on in the text.
    pub const fn is_forward(self) -> bool {
        matches!(self, Self::Right | Self::Down | Self::WordRight)
    }
}

/// Something done with the mouse, at a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// Pressed for the n-th time in a row.
    Press(u16, u16, u8),
    /// Moved with the button held.
    Drag(u16, u16),
    /// The wheel, down or up.
    Wheel(u16, u16, bool),
}

/// One line of the table.
#[derive(Debug)]
pub struct Def {
    /// What is done.
    pub action: Action,
    /// Its name, for configuration and reference.
    pub name: &'static str,
    /// Its keys, the first one first; as [`Key::parse`] reads them.
    pub keys: &'static [&'static str],
    /// Where they hold.
    pub contexts: &'static [Context],
    /// What it does, in English, in one line without a full stop.
    pub english: &'static str,
    /// The English word in the footer, where it has one.
    pub word: Option<&'static str>,
}

impl Def {
    /// What it does, in the language that is spoken.
    pub fn doc(&self) -> &'static str {
        keys::dutch(self.name).map_or(self.english, |d| d.doc)
    }

    /// Its word in the footer, in the language that is spoken.
    pub fn footer(&self) -> Option<&'static str> {
        self.word.map(|word| keys::dutch(self.name).and_then(|d| d.word).unwrap_or(word))
    }

    /// The keys as people read them.
    pub fn shown(&self) -> String {
        if self.action.any_key() {
            return "1–9, a–z".to_owned();
        }
        let names = self.keys.iter().filter_map(|k| Key::parse(k)).map(|k| k.to_string());
        names.collect::<Vec<_>>().join(" ")
    }
}

const fn def(
    action: Action,
    name: &'static str,
    keys: &'static [&'static str],
    contexts: &'static [Context],
    doc: &'static str,
) -> Def {
    Def { action, name, keys, contexts, english: doc, word: None }
}

const fn foot(
    action: Action,
    name: &'static str,
    keys: &'static [&'static str],
    contexts: &'static [Context],
    doc: &'static str,
    footer: &'static str,
) -> Def {
    Def { action, name, keys, contexts, english: doc, word: Some(footer) }
}

/// Every action. Order is order of importance: the footer shows the first ones that fit.
pub fn defs() -> impl Iterator<Item = &'static Def> {
    panes::ACTIONS
        .iter()
        .chain(layers::ACTIONS)
        .chain(book::ACTIONS)
        .chain(coding::ACTIONS)
        .chain(interface::ACTIONS)
        .chain(tools::ACTIONS)
        .chain(finding::ACTIONS)
        .chain(sheets::ACTIONS)
}

/// The key reference of the guide in a language, in Markdown.
pub fn key_reference(language: Language) -> String {
    use std::fmt::Write;
    let before = spoken();
    speak(language);
    let mut out = String::from(keys::ABOVE);
    for context in Context::ALL {
        let defs: Vec<&Def> = defs().filter(|d| d.contexts.contains(&context)).collect();
        if defs.is_empty() {
            continue;
        }
        let _ = write!(out, "\n## {}\n\n{}\n|---|---|---|\n", context.heading(), keys::COLUMNS);
        for d in defs {
            let keys = match d.action {
                Action::Shortcut(_) | Action::Recode(_) => keys::OF_CODE.into(),
                Action::Qualify(_) => keys::OF_VALUE.into(),
                _ => d
                    .keys
                    .iter()
                    .filter_map(|k| Key::parse(k))
                    .map(|k| format!("`{k}`"))
                    .collect::<Vec<_>>()
                    .join(" "),
            };
            let _ = writeln!(out, "| {keys} | {} | {} |", d.name, d.doc());
        }
    }
    let _ = writeln!(out, "\n{}", keys::MOUSE);
    speak(before);
    out
}
