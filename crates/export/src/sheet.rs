//! A sheet: one table as every output writes it.
//!
//! Each table of this crate ends as a sheet, and each output (text, CSV, JSON, Markdown, HTML,
//! workbook, the screen) reads nothing else. So a number stands everywhere as it was counted, with the
//! rule by which that was done.

use crate::cell::Status;

/// One table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What it is called in files and workbooks: lower-case letters, digits and `_`.
    pub name: String,
    /// What it is, for people, in one line.
    pub title: String,
    /// The rule by which it was made (count, reading, roles …): every output names it.
    pub facts: Vec<Fact>,
    /// Its columns.
    pub fields: Vec<Field>,
    /// Its rows, each with a value for each column.
    pub rows: Vec<Vec<Value>>,
    /// Rows that sum up, for people only: totals, cases with the code. Not in CSV.
    pub totals: Vec<Vec<Value>>,
    /// What a reader must know, each a sentence or two: what a zero means, what is in no cell.
    pub notes: Vec<String>,
}

/// One part of the rule by which a table was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name in files: a column of CSV, a key of JSON.
    pub name: &'static str,
    /// Its heading, for people.
    pub label: String,
    /// Its value, a word of the contract.
    pub value: String,
}

impl Fact {
    /// A part of the rule.
    pub fn new(name: &'static str, label: &str, value: impl Into<String>) -> Self {
        Self { name, label: label.to_owned(), value: value.into() }
    }
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in files; unique in its sheet.
    pub name: String,
    /// Its heading, for people.
    pub label: String,
    /// What its values are.
    pub kind: Kind,
    /// What it says, with its unit, for a dictionary; may be empty.
    pub about: String,
}

impl Field {
    /// A column.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: Kind) -> Self {
        Self { name: name.into(), label: label.into(), kind, about: String::new() }
    }

    /// A column of words.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Text)
    }

    /// A column of whole numbers.
    pub fn integer(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Integer)
    }

    /// A column of numbers; people see so many decimals, files the shortest that gives the same number
    /// back.
    pub fn number(name: impl Into<String>, label: impl Into<String>, decimals: usize) -> Self {
        Self::new(name, label, Kind::Number(decimals))
    }

    /// The same, with what it says.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers, of which people see so many decimals.
    Number(usize),
}

/// What stands at a row and a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Not available or not defined: empty in CSV, `null` in JSON.
    #[default]
    Na,
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A count with what it means; people see `3`, `3+`, `·` or `–`, files the number or nothing.
    Count(Option<u64>, Status),
    /// So many of so many; `n/N` everywhere. For rows that sum up, and for cells that are read by people.
    Share(u64, u64),
}

impl Value {
    /// Words, from anything that can be told.
    #[expect(clippy::needless_pass_by_value, reason = "whatever can be told is told as it comes")]
    pub fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    /// A whole number; one that is too large to be one is not available.
    pub fn integer(n: impl TryInto<i64>) -> Self {
        n.try_into().map_or(Self::Na, Self::Integer)
    }

    /// Words, or not available.
    pub fn maybe_text(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Na, Self::text)
    }

    /// A number, or not available where there is none or where it is not finite.
    pub fn maybe_number(n: Option<f64>) -> Self {
        n.filter(|n| n.is_finite()).map_or(Self::Na, Self::Number)
    }

    /// As files have it: a point, the shortest decimals that give the same number back, nothing for NA.
    pub fn plain(&self) -> String {
        match self {
            Self::Na | Self::Count(None, _) => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(n) => n.to_string(),
            Self::Number(n) => n.to_string(),
            Self::Count(Some(n), _) => n.to_string(),
            Self::Share(n, of) => format!("{n}/{of}"),
        }
    }

    /// As people read it in a column of this kind; nothing for NA.
    pub fn shown(&self, kind: Kind) -> String {
        match (self, kind) {
            (Self::Number(n), Kind::Number(decimals)) => format!("{n:.decimals$}"),
            (Self::Number(n), _) => format!("{n:.2}"),
            (Self::Count(Some(n), status), _) => status.sign(*n),
            // With `--complete` a lower bound carries no number.
            (Self::Count(None, status), _) if status.is_number() => "·".to_owned(),
            (Self::Count(None, status), _) => status.sign(0),
            _ => self.plain(),
        }
    }

    /// The number that it is, where it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Integer(n) => Some(*n as f64),
            Self::Number(n) => Some(*n),
            Self::Count(n, _) => n.map(|n| n as f64),
            Self::Na | Self::Text(_) | Self::Share(..) => None,
        }
    }
}

impl Sheet {
    /// An empty sheet of this name and title.
    pub fn new(name: impl Into<String>, title: impl Into<String>) -> Self {
        Self { name: name.into(), title: title.into(), ..Self::default() }
    }

    /// The value at a row and a column.
    pub fn value(&self, row: usize, column: usize) -> &Value {
        static NA: Value = Value::Na;
        self.rows.get(row).and_then(|r| r.get(column)).unwrap_or(&NA)
    }

    /// The place of a column.
    pub fn position(&self, field: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.name == field)
    }
}
