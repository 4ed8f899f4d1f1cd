//! Layers: what lies over the panes, the top one first to see an action. One takes it, or lets it
//! pass to what lies below.

pub mod actions;
pub mod ask;
pub mod choose;
pub mod codebook;
pub mod command;
pub mod editor;
pub mod equal;
pub mod field;
pub mod form;
pub mod grid;
pub mod help;
pub mod history;
pub mod list;
pub mod matrix;
pub mod memos;
pub mod menu;
pub mod output;
pub mod palette;
pub mod passages;
pub mod prompt;
pub mod search;
pub mod sheet;
pub mod start;
pub mod table;
pub mod write;

use crate::actions::{Action, Context};
use crate::app::{App, Effect};

/// What a layer did with an action.
#[derive(Debug, PartialEq)]
pub enum Handled {
    /// It was for what lies below.
    Ignored,
    /// It is done, but for these effects.
    Consumed(Vec<Effect>),
}

impl Handled {
    /// Done, with no effects.
    pub const fn done() -> Self {
        Self::Consumed(Vec::new())
    }
}

/// What can lie over the panes.
#[derive(Debug)]
pub enum Layer {
    /// The list of codes.
    Palette(palette::Palette),
    /// The keys.
    Help(help::Help),
    /// The line of a search.
    Prompt(prompt::Prompt),
    /// The frequency table.
    Table(Box<table::Table>),
    /// Another table.
    Sheet(Box<sheet::Sheet>),
    /// The menu of the start screen.
    Start(start::Start),
    /// Questions.
    Form(form::Form),
    /// The keys that may follow a prefix.
    Menu(menu::Menu),
    /// A list to choose from.
    Choose(choose::Choose),
    /// A text that is being written.
    Write(Box<write::Write>),
    /// The memos.
    Memos(memos::Memos),
    /// What was done.
    History(history::History),
    /// The summaries.
    Grid(Box<grid::Grid>),
    /// A line to type.
    Line(ask::Line),
    /// A few things to choose from.
    Ask(ask::Choose),
    /// A key to press.
    Press(ask::Press),
    /// Passages.
    Passages(Box<passages::Passages>),
    /// The codebook screen.
    Book(Box<codebook::Book>),
    /// A walk through passages.
    Walk(Box<codebook::walk::Walk>),
    /// The effect matrix.
    Matrix(matrix::Matrix),
    /// All actions.
    Actions(actions::Actions),
    /// The line of a command.
    Command(command::Command),
    /// What a command said.
    Output(Box<output::Output>),
    /// A search over all transcripts.
    Search(Box<search::Search>),
    /// An act as a command.
    Equal(equal::Equal),
}

impl Layer {
    /// Whether it covers the transcript and all that is told about it.
    pub const fn is_sheet(&self) -> bool {
        match self {
            Self::Write(write) => !write.is_small(),
            Self::Memos(_) | Self::History(_) | Self::Grid(_) | Self::Output(_) => true,
            _ => false,
        }
    }

    /// The contexts that hold while this is on top.
    pub fn contexts(&self) -> Vec<Context> {
        match self {
            Self::Palette(_) => vec![Context::Palette, Context::Typing, Context::Always],
            Self::Help(_) => vec![Context::Help, Context::Typing, Context::Always],
            Self::Prompt(_) => vec![Context::Prompt, Context::Typing, Context::Always],
            Self::Table(_) => vec![Context::Table, Context::Always],
            Self::Sheet(_) => vec![Context::Sheet, Context::Always],
            Self::Start(_) => vec![Context::Start, Context::Always],
            Self::Menu(menu) => vec![menu.context, Context::Menu, Context::Always],
            Self::Choose(_) => vec![Context::Choose, Context::Typing, Context::Always],
            Self::Write(_) => vec![Context::Editor, Context::Typing, Context::Always],
            Self::Memos(_) => vec![Context::Memos, Context::Typing, Context::Always],
            Self::History(_) => vec![Context::History, Context::Always],
            Self::Grid(_) => vec![Context::Grid, Context::Always],
            Self::Form(_) | Self::Line(_) | Self::Ask(_) | Self::Press(_) => {
                vec![Context::Form, Context::Typing, Context::Always]
            }
            Self::Passages(_) => vec![Context::Passages, Context::Always],
            Self::Book(_) => vec![Context::Book, Context::Always],
            Self::Walk(_) => vec![Context::Walk, Context::Always],
            Self::Matrix(_) => vec![Context::Matrix, Context::Always],
            Self::Actions(_) => vec![Context::Actions, Context::Typing, Context::Always],
            Self::Command(_) => vec![Context::Command, Context::Typing, Context::Always],
            Self::Output(_) => vec![Context::Output, Context::Always],
            Self::Search(search) => search.contexts(),
            Self::Equal(_) => vec![Context::Equal, Context::Always],
        }
    }
}

/// Hands an action to the top layer. The layer is taken off while it works, so that it can change
/// everything else, and put back unless it closed itself.
pub fn update(app: &mut App, action: &Action) -> Handled {
    app.docked = app.layers.iter().any(|l| matches!(l, Layer::Search(_)));
    let Some(mut layer) = app.layers.pop() else { return Handled::Ignored };
    let depth = app.layers.len();
    let (handled, keep) = match &mut layer {
        Layer::Palette(l) => l.update(app, action),
        Layer::Help(l) => l.update(app, action),
        Layer::Prompt(l) => l.update(app, action),
        Layer::Table(l) => l.update(app, action),
        Layer::Sheet(l) => l.update(app, action),
        Layer::Start(l) => l.update(app, action),
        Layer::Form(l) => l.update(app, action),
        Layer::Menu(l) => l.update(app, action),
        Layer::Choose(l) => l.update(app, action),
        Layer::Write(l) => l.update(app, action),
        Layer::Memos(l) => l.update(app, action),
        Layer::History(l) => l.update(app, action),
        Layer::Grid(l) => l.update(app, action),
        Layer::Line(l) => l.update(app, action),
        Layer::Ask(l) => l.update(app, action),
        Layer::Press(l) => l.update(app, action),
        Layer::Passages(l) => l.update(app, action),
        Layer::Book(l) => l.update(app, action),
        Layer::Walk(l) => l.update(app, action),
        Layer::Matrix(l) => l.update(app, action),
        Layer::Actions(l) => l.update(app, action),
        Layer::Command(l) => l.update(app, action),
        Layer::Output(l) => l.update(app, action),
        Layer::Search(l) => l.update(app, action),
        Layer::Equal(l) => l.update(app, action),
    };
    app.docked = false;
    if keep {
        // What the layer opened lies above it.
        app.layers.insert(depth.min(app.layers.len()), layer);
    } else if handled == Handled::Ignored {
        // A menu that closed itself leaves what was chosen to what lay below it.
        return update(app, action);
    }
    handled
}

/// Counts and lists anew what lies open, after acts. What was at hand in each list stays at hand,
/// where it was told beforehand what that was.
pub fn refresh(app: &mut App, held: &[list::Hand]) {
    let mut layers = std::mem::take(&mut app.layers);
    for (i, layer) in layers.iter_mut().enumerate() {
        match (&mut *layer, &app.desk) {
            (Layer::Table(table), Some(desk)) => table.count(desk),
            (Layer::Sheet(sheet), Some(desk)) => sheet.count(desk),
            (Layer::Passages(list), _) => list.find(app),
            (Layer::Book(book), Some(desk)) => book.refresh(desk),
            (Layer::Grid(grid), Some(desk)) => grid.refresh(desk),
            (Layer::Search(search), _) => search.find(app),
            (Layer::Matrix(matrix), Some(desk)) => {
                let anew = matrix::Matrix::new(desk).unwrap_or_default();
                *matrix = matrix::Matrix { row: matrix.row, column: matrix.column, ..anew };
            }
            // Places of codes change with the codebook.
            (Layer::Palette(palette), Some(desk)) => palette.search(desk, &app.recent),
            _ => {}
        }
        if let Some(hand) = held.get(i) {
            list::put(layer, app, hand);
        }
    }
    app.layers = layers;
}

/// Moves within a list; false where the action is no motion.
pub fn move_in(at: &mut usize, len: usize, action: &Action) -> bool {
    let last = len.saturating_sub(1);
    *at = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => (*at + 1).min(last),
        Action::PageUp => at.saturating_sub(10),
        Action::PageDown => (*at + 10).min(last),
        Action::First => 0,
        Action::Last => last,
        Action::Mouse(crate::actions::Mouse::Wheel(_, _, down)) => {
            if *down {
                (*at + 1).min(last)
            } else {
                at.saturating_sub(1)
            }
        }
        _ => return false,
    };
    true
}
