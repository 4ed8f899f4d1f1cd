//! Actions: the one table of everything that can be done on the screen.
//!
//! Keymap, footer, help screen and the key reference of the guide are all read from here, so none
//! of them can tell a different story.

mod coding;
mod interface;

pub use coding::{Edit, OnCoding, OnMemo};

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
    /// A line is open in which a text is typed and corrected.
    Line,
    /// The effect matrix is open.
    Matrix,
    /// Anywhere that text is typed.
    Typing,
    /// Anywhere at all.
    Always,
}

impl Context {
    /// All contexts, in the order in which the reference lists them.
    pub const ALL: [Self; 28] = [
        Self::Reader,
        Self::Searching,
        Self::Panes,
        Self::Documents,
        Self::Codebook,
        Self::Palette,
        Self::Prompt,
        Self::Table,
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
        Self::Line,
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
            Self::Table => "Frequency table",
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
            Self::Line => "A line to type",
            Self::Matrix => "Effect matrix",
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
    /// Delete the character under the cursor.
    Delete,
    /// Delete the character before the cursor.
    Erase,
    /// Delete the whole line.
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

use Context::{Always, Codebook, Documents, Form, Palette, Panes, Prompt, Reader, Searching, Start, Typing};
use Context::{Book, Line, Matrix, Passages, Walk};

/// Every action. Order is order of importance: the footer shows the first ones that fit.
pub static ACTIONS: &[Def] = &[
    // Searching in the document.
    foot(Action::NextHit, "next-hit", &["n"], &[Searching], "to the next hit", "next hit"),
    foot(Action::PreviousHit, "previous-hit", &["N"], &[Searching], "to the hit before", "hit before"),
    foot(
        Action::Back,
        "end-search",
        &["esc"],
        &[Searching],
        "end the search; n is again the next uncoded turn",
        "end search",
    ),
    // The start screen.
    foot(Action::Accept, "choose", &["enter"], &[Start], "choose", "choose"),
    // A list that was left.
    foot(
        Action::Trail,
        "back-to-list",
        &["backspace"],
        &[Panes],
        "back to the list that was left for this place",
        "back to the list",
    ),
    // Coding.
    foot(
        Action::Shortcut('1'),
        "apply-code",
        &[],
        &[Reader],
        "apply the code with this shortcut to the selection, or else to the sentence",
        "code",
    ),
    foot(
        Action::FindCode,
        "find-code",
        &["c"],
        &[Reader],
        "find a code by its name and apply it",
        "find code",
    ),
    foot(Action::Repeat, "repeat-code", &["."], &[Reader], "apply the last code again", "repeat"),
    // Selecting.
    foot(
        Action::NextUncoded,
        "next-uncoded",
        &["n"],
        &[Reader],
        "to the next turn of a respondent without a coding",
        "next uncoded",
    ),
    foot(Action::Undo, "undo", &["u"], &[Panes], "undo your last act; the footer says which", "undo"),
    foot(
        Action::Menu(Context::Recode),
        "change-code",
        &["r"],
        &[Reader],
        "give the coding under the cursor another code: the code's key follows",
        "change code",
    ),
    foot(
        Action::Menu(Context::About),
        "about-coding",
        &["a"],
        &[Reader],
        "more about the coding under the cursor: note, weight, bounds, case …",
        "about it",
    ),
    foot(
        Action::Menu(Context::Qualify),
        "qualifiers",
        &["="],
        &[Reader],
        "set a qualifier of the coding under the cursor: one more key",
        "qualifier",
    ),
    foot(
        Action::Sentence,
        "select-sentence",
        &["s"],
        &[Reader],
        "select the sentence; again: the next one",
        "sentence",
    ),
    foot(Action::Turn, "select-turn", &["t"], &[Reader], "select the turn; again: the next one", "turn"),
    foot(
        Action::Remove,
        "remove-coding",
        &["x"],
        &[Reader],
        "remove the coding under the cursor (the shortest, if there are several)",
        "remove",
    ),
    foot(
        Action::Menu(Context::MemoMenu),
        "write-memo",
        &["m"],
        &[Panes],
        "write a memo: what it is about follows",
        "memo",
    ),
    foot(
        Action::Done,
        "toggle-done",
        &["D"],
        &[Panes],
        "mark the document as done for all fixed codes, or reopen it",
        "done",
    ),
    foot(Action::Word, "select-word", &["w"], &[Reader], "select the word; again: the next one", "word"),
    foot(
        Action::FreeSelection,
        "free-selection",
        &["v"],
        &[Reader],
        "begin a free selection, which every motion makes longer; again: end it",
        "free selection",
    ),
    def(
        Action::Pair,
        "select-question",
        &["Q"],
        &[Reader],
        "select the question with its answer; again: the next pair",
    ),
    def(Action::SentenceBack, "select-sentence-back", &["S"], &[Reader], "select the sentence before"),
    def(Action::TurnBack, "select-turn-back", &["["], &[Reader], "select the turn before"),
    def(Action::WordBack, "select-word-back", &["W", "b"], &[Reader], "select the word before"),
    def(
        Action::Extend,
        "extend-selection",
        &["e"],
        &[Reader],
        "make the selection one word, sentence or turn longer",
    ),
    def(
        Action::Shrink,
        "shrink-selection",
        &["E"],
        &[Reader],
        "make the selection one word, sentence or turn shorter",
    ),
    def(
        Action::PreviousUncoded,
        "previous-uncoded",
        &["N"],
        &[Reader],
        "to the turn without a coding before",
    ),
    def(Action::NextCoding, "next-coding", &["}"], &[Reader], "to the next coding"),
    def(Action::PreviousCoding, "previous-coding", &["{"], &[Reader], "to the coding before"),
    // The other panes.
    foot(
        Action::Accept,
        "open-document",
        &["enter"],
        &[Documents],
        "open the document; on a group: fold or unfold it",
        "open",
    ),
    foot(
        Action::Accept,
        "apply-this-code",
        &["enter"],
        &[Codebook],
        "apply the code to the selection in the transcript, or else to the sentence",
        "apply",
    ),
    foot(Action::Search, "search", &["/"], &[Panes], "search in the document", "search"),
    def(Action::Redo, "redo", &["U"], &[Panes], "redo what was undone last"),
    foot(
        Action::Table,
        "frequency-table",
        &["T"],
        &[Panes],
        "show how often each case has each code",
        "table",
    ),
    foot(
        Action::NextPane,
        "next-pane",
        &["tab"],
        &[Panes],
        "to the next pane: transcript, codebook, documents",
        "pane",
    ),
    foot(
        Action::Retrieve,
        "passages",
        &["R"],
        &[Panes],
        "list all passages of the code at hand, or of the coding under the cursor",
        "passages",
    ),
    foot(Action::Book, "codebook-screen", &["B"], &[Panes], "see and change the codebook", "codebook"),
    def(
        Action::NextToDo,
        "next-to-do",
        &[";"],
        &[Panes],
        "to the next thing to do: what was reopened, what is begun, the next document",
    ),
    def(
        Action::Matrix,
        "effect-matrix",
        &["X"],
        &[Panes],
        "show the effects that the codebook declares: code by dimension",
    ),
    def(Action::Numbers, "numbers", &["#"], &[Panes], "number the turns, the lines of the text, or nothing"),
    def(Action::PreviousPane, "previous-pane", &["backtab"], &[Panes], "to the pane before"),
    def(Action::Others, "toggle-others", &["o"], &[Panes], "show or hide the codings of other coders"),
    foot(Action::Import, "import", &["i"], &[Panes], "bring transcripts into the study", "import"),
    foot(
        Action::Help,
        "help",
        &["?"],
        &[Panes, Context::Table, Start, Passages, Book, Walk, Matrix],
        "show all keys",
        "keys",
    ),
    foot(Action::Quit, "quit", &["q"], &[Panes, Start], "leave; everything is saved already", "leave"),
    // Moving.
    def(
        Action::Up,
        "up",
        &["up", "k"],
        &[Reader, Documents, Codebook, Context::Table, Start, Passages, Book, Walk, Matrix],
        "one line up",
    ),
    def(
        Action::Down,
        "down",
        &["down", "j"],
        &[Reader, Documents, Codebook, Context::Table, Start, Passages, Book, Walk, Matrix],
        "one line down",
    ),
    def(
        Action::Left,
        "left",
        &["left", "h"],
        &[Reader, Context::Table, Matrix],
        "one character or column to the left",
    ),
    def(
        Action::Right,
        "right",
        &["right", "l"],
        &[Reader, Context::Table, Matrix],
        "one character or column to the right",
    ),
    def(
        Action::LineStart,
        "line-start",
        &["home"],
        &[Reader, Context::Table],
        "to the beginning of the line",
    ),
    def(Action::LineEnd, "line-end", &["end"], &[Reader, Context::Table], "to the end of the line"),
    def(
        Action::PageUp,
        "page-up",
        &["pageup", "ctrl-b"],
        &[Reader, Documents, Codebook, Context::Table, Passages, Book, Matrix],
        "one screen up",
    ),
    def(
        Action::PageDown,
        "page-down",
        &["pagedown", "ctrl-f", "space"],
        &[Reader, Documents, Codebook, Context::Table, Passages, Book, Matrix],
        "one screen down",
    ),
    def(
        Action::First,
        "first",
        &["g"],
        &[Reader, Documents, Codebook, Context::Table, Passages, Book, Matrix],
        "to the beginning",
    ),
    def(
        Action::Last,
        "last",
        &["G"],
        &[Reader, Documents, Codebook, Context::Table, Passages, Book, Matrix],
        "to the end",
    ),
    def(
        Action::Back,
        "back",
        &["esc"],
        &[Panes],
        "one step back: end the search, drop the selection, return to the transcript",
    ),
    // Layers.
    foot(
        Action::Accept,
        "choose-code",
        &["enter"],
        &[Palette],
        "apply the code, or all that are marked",
        "apply",
    ),
    foot(
        Action::Mark,
        "mark-code",
        &["tab"],
        &[Palette],
        "mark the code, to apply several at once",
        "several",
    ),
    foot(
        Action::NewCode,
        "new-code",
        &["ctrl-n"],
        &[Palette],
        "make a new, provisional code with the name that was typed",
        "new",
    ),
    foot(
        Action::Accept,
        "accept-search",
        &["enter"],
        &[Prompt],
        "to the first hit behind the cursor; n and N go on",
        "find",
    ),
    foot(
        Action::Accept,
        "open-cell",
        &["enter"],
        &[Context::Table],
        "list the passages that make up the cell at hand",
        "passages",
    ),
    foot(
        Action::CountRule,
        "count-rule",
        &["r"],
        &[Context::Table],
        "another count rule: passages, codings, turns, presence, words",
        "count rule",
    ),
    foot(Action::Level, "level", &["a"], &[Context::Table], "top codes only, or all codes", "all codes"),
    foot(
        Action::Rows,
        "table-rows",
        &["b"],
        &[Context::Table],
        "other rows: cases, documents, or the values of an attribute",
        "rows",
    ),
    foot(
        Action::ExportTable,
        "table-to-file",
        &["e"],
        &[Context::Table],
        "write the table as CSV beside the study's folder, one line per cell",
        "to file",
    ),
    foot(
        Action::Accept,
        "open-passage",
        &["enter"],
        &[Passages],
        "show the passage in the transcript; Backspace comes back",
        "in the text",
    ),
    foot(
        Action::Search,
        "filter-passages",
        &["/"],
        &[Passages],
        "show only some: words, or case=, coder=, role=, an attribute= or a qualifier=",
        "filter",
    ),
    foot(
        Action::Descendants,
        "with-codes-below",
        &["d"],
        &[Passages],
        "the code with those below it, or alone",
        "alone or with",
    ),
    def(Action::Others, "others-in-list", &["o"], &[Passages], "passages of other coders too, or only yours"),
    foot(
        Action::Back,
        "close-passages",
        &["esc", "q"],
        &[Passages],
        "take the filter off, or close the list",
        "back",
    ),
    foot(Action::Accept, "answer", &["enter"], &[Form], "answer, and on to the next question", "answer"),
    def(Action::Up, "previous-item", &["up", "ctrl-p"], &[Palette, Context::Help, Form], "the item above"),
    def(Action::Down, "next-item", &["down"], &[Palette, Context::Help, Form], "the item below"),
    def(Action::PageUp, "page-of-items-up", &["pageup"], &[Palette, Context::Help], "one screen of items up"),
    def(
        Action::PageDown,
        "page-of-items-down",
        &["pagedown"],
        &[Palette, Context::Help],
        "one screen of items down",
    ),
    foot(
        Action::Back,
        "close",
        &["esc"],
        &[Palette, Prompt, Context::Help, Form],
        "close, back to where you were",
        "back",
    ),
    // The codebook screen.
    foot(
        Action::Accept,
        "passages-of-code",
        &["enter", "R"],
        &[Book],
        "list the passages of the code",
        "passages",
    ),
    foot(
        Action::InBook(BookAct::LookAgain),
        "look-again",
        &["w"],
        &[Book],
        "walk through the codings made before the definition became narrower",
        "look again",
    ),
    foot(
        Action::InBook(BookAct::NewHere),
        "new-code-here",
        &["n"],
        &[Book],
        "a new code behind this one",
        "new",
    ),
    foot(
        Action::InBook(BookAct::NewUnder),
        "new-code-under",
        &["N"],
        &[Book],
        "a new code under this one",
        "new under",
    ),
    foot(
        Action::InBook(BookAct::Label),
        "rename-code",
        &["l"],
        &[Book],
        "another label, in the study's language",
        "label",
    ),
    foot(
        Action::InBook(BookAct::Field(0)),
        "edit-definition",
        &["d"],
        &[Book],
        "change the definition",
        "definition",
    ),
    def(Action::InBook(BookAct::Field(1)), "edit-include", &["i"], &[Book], "change what the code includes"),
    def(Action::InBook(BookAct::Field(2)), "edit-exclude", &["x"], &[Book], "change what the code excludes"),
    def(Action::InBook(BookAct::Example), "add-example", &["a"], &[Book], "add an example"),
    foot(
        Action::InBook(BookAct::Move),
        "move-code",
        &["m"],
        &[Book],
        "move the code under another, or to the top",
        "move",
    ),
    def(Action::InBook(BookAct::Higher), "code-up", &["K"], &[Book], "one place up among its neighbours"),
    def(Action::InBook(BookAct::Lower), "code-down", &["J"], &[Book], "one place down among its neighbours"),
    foot(
        Action::InBook(BookAct::Merge),
        "merge-code",
        &["M"],
        &[Book],
        "merge the code into another: it becomes another name of that one",
        "merge",
    ),
    foot(
        Action::InBook(BookAct::Split),
        "split-code",
        &["s"],
        &[Book],
        "split the code: two codes, then passage by passage",
        "split",
    ),
    foot(
        Action::InBook(BookAct::Fix),
        "fix-code",
        &["f"],
        &[Book],
        "fix a provisional code: documents are read for it from now on",
        "fix",
    ),
    foot(
        Action::InBook(BookAct::Retire),
        "retire-code",
        &["r"],
        &[Book],
        "retire the code: its codings stay, new ones are not made",
        "retire",
    ),
    def(Action::InBook(BookAct::Recolour), "recolour-code", &["c"], &[Book], "the next colour"),
    def(
        Action::InBook(BookAct::Shortcut),
        "shortcut-of-code",
        &["p"],
        &[Book],
        "give the code a key: press it",
    ),
    def(
        Action::InBook(BookAct::Group),
        "group-code",
        &["o"],
        &[Book],
        "put the code into a group, or take it out",
    ),
    def(
        Action::InBook(BookAct::Freeze),
        "freeze-codebook",
        &["F"],
        &[Book],
        "freeze the codebook: fix all codes and name a version",
    ),
    def(Action::Undo, "undo-in-codebook", &["u"], &[Book], "undo your last act"),
    def(Action::Redo, "redo-in-codebook", &["U"], &[Book], "redo what was undone last"),
    foot(
        Action::Back,
        "close-codebook-screen",
        &["esc", "q", "B"],
        &[Book],
        "close the codebook screen",
        "back",
    ),
    // Passage by passage.
    foot(Action::Decide(1), "decide-first", &["1"], &[Walk], "the first that is offered", "first"),
    foot(Action::Decide(2), "decide-second", &["2"], &[Walk], "the second that is offered", "second"),
    foot(
        Action::Decide(0),
        "decide-nothing",
        &["0", "space"],
        &[Walk],
        "leave the passage as it is",
        "as it is",
    ),
    foot(
        Action::Accept,
        "finish-walk",
        &["enter"],
        &[Walk],
        "write down what was decided, as one act",
        "write down",
    ),
    foot(
        Action::Back,
        "leave-walk",
        &["esc"],
        &[Walk],
        "leave; nothing that was decided here is written",
        "leave",
    ),
    foot(Action::Back, "close-matrix", &["esc", "q", "X"], &[Matrix], "close the matrix", "back"),
    def(Action::Left, "cursor-left", &["left"], &[Line], "one character to the left"),
    def(Action::Right, "cursor-right", &["right"], &[Line], "one character to the right"),
    def(Action::LineStart, "cursor-home", &["home"], &[Line], "to the beginning"),
    def(Action::LineEnd, "cursor-end", &["end"], &[Line], "to the end"),
    def(Action::Delete, "delete-character", &["delete"], &[Line], "delete the character under the cursor"),
    foot(Action::Back, "close-table", &["esc", "q", "T"], &[Context::Table], "close the table", "back"),
    foot(
        Action::Back,
        "close-menu",
        &["esc"],
        &[Context::Menu],
        "close the menu without doing anything",
        "back",
    ),
    def(Action::Erase, "erase", &["backspace"], &[Typing], "delete the character before the cursor"),
    def(Action::EraseAll, "erase-all", &["ctrl-u"], &[Typing], "delete the line"),
    def(Action::Redraw, "redraw", &["ctrl-l"], &[Always], "draw the whole screen anew"),
    def(Action::Quit, "quit-now", &["ctrl-c"], &[Always], "leave; everything is saved already"),
];

/// Every action: [`ACTIONS`], then those about codings, memos, summaries and the history.
pub fn defs() -> impl Iterator<Item = &'static Def> {
    ACTIONS.iter().chain(coding::ACTIONS).chain(interface::ACTIONS)
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
