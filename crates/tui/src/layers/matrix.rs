//! The effect matrix: what a codebook declares that each code does to each of its dimensions.

use model::codebook::in_language;
use serde_json::Value;

use super::{Handled, Layer, move_in};
use crate::actions::{Action, Context};
use crate::app::App;
use crate::desk::Desk;

/// One declared effect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Its sign as declared; none where there is no value.
    pub value: Option<String>,
    /// What it rests on.
    pub basis: String,
    /// Whether it was left blank on purpose.
    pub blank: bool,
}

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
        for id in &book.books {
            let Some(Value::Array(list)) = desk.state.setting(&format!("codebook.{id}.dimensions")) else {
                continue;
            };
            for dimension in list {
                let Some(id) = dimension.get("id").and_then(Value::as_str) else { continue };
                let label = in_language(dimension.get("label"), &languages).unwrap_or(id);
                out.dimensions.push(Dimension { id: id.to_owned(), label: label.to_owned() });
            }
        }
        for code in desk.tree() {
            let fields = book.codes.get(code).map(|c| &c.fields)?;
            let Some(Value::Object(effects)) = fields.get("effects") else { continue };
            let cells = out.dimensions.iter().map(|d| effects.get(&d.id).map(declared)).collect();
            let degree = fields.get("degree").map(declared);
            out.lines.push(Line { code, cells, degree });
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

/// An effect as a codebook writes it: `{value, basis, blank}`, or the value alone.
fn declared(value: &Value) -> Declared {
    let sign = |v: &Value| match v {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        Value::Array(list) => {
            let ends: Vec<String> = list.iter().map(ToString::to_string).collect();
            Some(ends.join("–"))
        }
        _ => None,
    };
    match value {
        Value::Object(map) => Declared {
            value: map.get("value").and_then(sign),
            basis: map.get("basis").and_then(Value::as_str).unwrap_or_default().to_owned(),
            blank: map.get("blank").and_then(Value::as_bool).unwrap_or(false),
        },
        other => Declared { value: sign(other), ..Declared::default() },
    }
}
