//! The effect matrix: what a codebook declares that each code does to each of its dimensions.

pub use model::effects::Declared;
use model::effects::{self, Judgement};

use super::{Handled, Layer, move_in};
use crate::actions::{Action, Context};
use crate::app::App;
use crate::desk::Desk;

/// A dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dimension {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
}

/// One code with effects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its place in the codebook.
    pub code: usize,
    /// Per dimension; none where nothing is declared.
    pub cells: Vec<Option<Declared>>,
    /// Its degree, with what that rests on.
    pub degree: Option<Declared>,
}

/// The open matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The columns.
    pub dimensions: Vec<Dimension>,
    /// The rows.
    pub lines: Vec<Line>,
    /// The row at hand.
    pub row: usize,
    /// The column at hand.
    pub column: usize,
    /// The first row on the screen, where that was chosen.
    pub top: usize,
    /// The first column on the screen, where that was chosen.
    pub left: usize,
}

impl Matrix {
    /// The matrix of all codebooks that declare dimensions; none where no code has an effect.
    pub fn new(desk: &Desk) -> Option<Self> {
        let book = &desk.coded.codebook;
        let languages = desk.languages();
        let mut out = Self::default();
        for judgement in Judgement::all(&desk.state, book) {
            out.dimensions.extend(
                judgement
                    .dimensions
                    .iter()
                    .map(|d| Dimension { id: d.id.clone(), label: d.label(&languages).to_owned() }),
            );
        }
        for place in desk.tree() {
            let Some(code) = book.codes.get(place).filter(|c| effects::declares(c)) else { continue };
            let cells = out.dimensions.iter().map(|d| effects::own(code, &d.id)).collect();
            out.lines.push(Line { code: place, cells, degree: effects::degree(code) });
        }
        // A dimension of which no code says anything is no column.
        let said: Vec<bool> = (0..out.dimensions.len())
            .map(|d| out.lines.iter().any(|l| l.cells.get(d).is_some_and(Option::is_some)))
            .collect();
        let mut keep = said.iter();
        out.dimensions.retain(|_| keep.next() == Some(&true));
        for line in &mut out.lines {
            let mut keep = said.iter();
            line.cells.retain(|_| keep.next() == Some(&true));
        }
        (!out.dimensions.is_empty() && !out.lines.is_empty()).then_some(out)
    }

    /// What is pressed; false closes the matrix.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if move_in(&mut self.row, self.lines.len(), action) {
            return (Handled::done(), true);
        }
        match action {
            Action::Left => self.column = self.column.saturating_sub(1),
            Action::Right => self.column = (self.column + 1).min(self.dimensions.len().saturating_sub(1)),
            Action::Help => {
                app.layers.push(Layer::Help(super::help::Help::new(vec![Context::Matrix])));
            }
            Action::Back => return (Handled::done(), false),
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }
}
