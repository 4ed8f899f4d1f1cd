//! Lists: what the layers that show one have in common. One item is at hand; it stays at hand, by its
//! id, when others change the study and the list is made anew.

use model::id::{ActId, ThingId};

use super::Layer;
use crate::app::App;

/// Where a list stands.
#[derive(Debug)]
pub struct Place<'a> {
    /// The item at hand, or its row.
    pub at: &'a mut usize,
    /// The first item on the screen, where the list scrolls.
    pub top: Option<&'a mut usize>,
    /// The column at hand, and the first one on the screen.
    pub column: Option<(&'a mut usize, &'a mut usize)>,
}

/// What is at hand, by what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hand {
    /// Nothing, or what the list finds again by itself.
    #[default]
    Nothing,
    /// A memo.
    Memo(ThingId),
    /// An act.
    Act(ActId),
    /// A cell: the ids of its row and of its column.
    Cell(String, String),
}

impl Layer {
    /// Where its list stands, if it shows one.
    pub fn place(&mut self) -> Option<Place<'_>> {
        macro_rules! list {
            ($l:expr) => {
                Place { at: &mut $l.at, top: Some(&mut $l.top), column: None }
            };
        }
        macro_rules! table {
            ($l:expr) => {
                Place {
                    at: &mut $l.row,
                    top: Some(&mut $l.top),
                    column: Some((&mut $l.column, &mut $l.left)),
                }
            };
        }
        Some(match self {
            Self::Memos(l) => list!(l),
            Self::History(l) => list!(l),
            Self::Passages(l) => list!(l),
            Self::Book(l) => list!(l),
            Self::Walk(l) => list!(l),
            Self::Search(l) => list!(l),
            Self::Choose(l) => list!(l),
            Self::Palette(l) => list!(l),
            Self::Actions(l) => list!(l),
            Self::Table(l) => table!(l),
            Self::Sheet(l) => table!(l),
            Self::Grid(l) => table!(l),
            Self::Matrix(l) => table!(l),
            Self::Ask(l) => Place { at: &mut l.at, top: None, column: None },
            Self::Start(l) => Place { at: &mut l.at, top: None, column: None },
            _ => return None,
        })
    }

    /// Whether it moves with the study: what others do is shown in it at once. What is being written,
    /// answered or chosen does not.
    pub const fn moves(&self) -> bool {
        match self {
            Self::Memos(_)
            | Self::History(_)
            | Self::Passages(_)
            | Self::Table(_)
            | Self::Sheet(_)
            | Self::Grid(_)
            | Self::Book(_)
            | Self::Matrix(_)
            | Self::Search(_)
            | Self::Help(_)
            | Self::Output(_) => true,
            Self::Palette(_)
            | Self::Prompt(_)
            | Self::Start(_)
            | Self::Form(_)
            | Self::Menu(_)
            | Self::Choose(_)
            | Self::Write(_)
            | Self::Line(_)
            | Self::Ask(_)
            | Self::Press(_)
            | Self::Walk(_)
            | Self::Actions(_)
            | Self::Command(_)
            | Self::Equal(_) => false,
        }
    }
}

/// What is at hand in each layer.
pub fn held(app: &App) -> Vec<Hand> {
    app.layers.iter().map(|l| hand(l, app).unwrap_or_default()).collect()
}

fn hand(layer: &Layer, app: &App) -> Option<Hand> {
    let desk = app.desk.as_ref()?;
    let code = |place: &usize| desk.coded.codebook.codes.get(*place).map(|c| c.id.to_string());
    Some(match layer {
        Layer::Memos(l) => Hand::Memo(l.list(desk, app.others).get(l.at)?.id),
        Layer::History(l) => Hand::Act(l.list(desk).get(l.at)?.id),
        Layer::Table(l) => {
            let numbers = l.numbers.as_ref().ok()?;
            Hand::Cell(numbers.groups.get(l.row)?.id.clone(), numbers.codes.get(l.column)?.id.clone())
        }
        Layer::Sheet(l) => {
            let place = l.place()?;
            Hand::Cell(place.key.join("\n"), place.field)
        }
        Layer::Grid(l) => Hand::Cell(l.cases.get(l.row)?.clone(), l.codes.get(l.column).and_then(code)?),
        Layer::Matrix(l) => {
            let row = l.lines.get(l.row).and_then(|line| code(&line.code))?;
            Hand::Cell(row, l.dimensions.get(l.column)?.id.clone())
        }
        _ => return None,
    })
}

/// Puts what was at hand at hand again, where it is still there.
pub(super) fn put(layer: &mut Layer, app: &App, hand: &Hand) {
    let Some(desk) = &app.desk else { return };
    let code = |place: usize, id: &str| desk.coded.codebook.codes.get(place).is_some_and(|c| *c.id == *id);
    let set = |slot: &mut usize, found: Option<usize>| *slot = found.unwrap_or(*slot);
    match (layer, hand) {
        (Layer::Memos(l), Hand::Memo(id)) => {
            let found = l.list(desk, app.others).iter().position(|m| m.id == *id);
            set(&mut l.at, found);
        }
        (Layer::History(l), Hand::Act(id)) => {
            let found = l.list(desk).iter().position(|a| a.id == *id);
            set(&mut l.at, found);
        }
        (Layer::Table(l), Hand::Cell(row, column)) => {
            let Ok(numbers) = &l.numbers else { return };
            set(&mut l.row, numbers.groups.iter().position(|g| g.id == *row));
            set(&mut l.column, numbers.codes.iter().position(|c| c.id == *column));
        }
        (Layer::Sheet(l), Hand::Cell(row, column)) => {
            let Some(sheet) = l.sheet() else { return };
            let found = (0..sheet.rows.len()).find(|r| super::sheet::key(sheet, *r).join("\n") == *row);
            let field = sheet.position(column);
            set(&mut l.row, found);
            set(&mut l.column, field);
        }
        (Layer::Grid(l), Hand::Cell(row, column)) => {
            set(&mut l.row, l.cases.iter().position(|c| c == row));
            set(&mut l.column, l.codes.iter().position(|c| code(*c, column)));
        }
        (Layer::Matrix(l), Hand::Cell(row, column)) => {
            l.row = l.row.min(l.lines.len().saturating_sub(1));
            l.column = l.column.min(l.dimensions.len().saturating_sub(1));
            set(&mut l.row, l.lines.iter().position(|line| code(line.code, row)));
            set(&mut l.column, l.dimensions.iter().position(|d| d.id == *column));
        }
        _ => {}
    }
}
