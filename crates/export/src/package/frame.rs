//! A frame: one table of the package, with all that loaders and the dictionary say about its columns.

use crate::package::typed::Type;
use crate::sheet::{Field, Kind, Sheet, Value};

/// One table of the package.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// Its file's name without the ending.
    pub(crate) name: &'static str,
    /// What it is, for people.
    pub(crate) title: String,
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// Its rows, each with a value for each column.
    pub(crate) rows: Vec<Vec<Value>>,
    /// Names of the columns that name a row; none where nothing does.
    pub(crate) key: Vec<String>,
}

/// One column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its name: legal in all programs and the only one in its frame.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) label: String,
    /// What its values are.
    pub(crate) kind: Type,
    /// What it says.
    pub(crate) about: String,
    /// Its values with what they mean, where they are a closed list.
    pub(crate) values: Vec<(&'static str, &'static str)>,
    /// The code that it counts.
    pub(crate) code: Option<String>,
}

impl Column {
    pub(crate) fn new(name: impl Into<String>, label: impl Into<String>, kind: Type, about: &str) -> Self {
        let (name, label) = (name.into(), label.into());
        Self { name, label, kind, about: about.to_owned(), values: Vec::new(), code: None }
    }

    /// The same with a closed list of values.
    pub(crate) fn with(mut self, values: &[(&'static str, &'static str)]) -> Self {
        self.values = values.to_vec();
        self
    }
}

/// What a cell of the long table may be.
pub(crate) const STATUS: &[(&str, &str)] = &[
    ("coded", "found; all documents read to the end or not asked"),
    ("partial", "found, but a document is not done: a lower bound"),
    ("not_found", "read for this code and not found"),
    ("not_asked", "the questions did not reach it"),
    ("not_done", "not read to the end for this code"),
    ("withdrawn", "consent was withdrawn"),
    ("no_text", "there is no text"),
];
/// Whether a code was found.
pub(crate) const FOUND: &[(&str, &str)] = &[("0", "read for and not found"), ("1", "found")];
/// Yes or no.
pub(crate) const YES_NO: &[(&str, &str)] = &[("no", "no"), ("yes", "yes")];
/// Roles of speakers.
pub(crate) const ROLES: &[(&str, &str)] =
    &[("interviewer", "asks"), ("respondent", "answers"), ("other", "neither")];
/// Where a coding stands.
pub(crate) const ANCHOR: &[(&str, &str)] = &[
    ("exact", "in the text that it was made in"),
    ("moved", "carried along when the text was revised"),
    ("review", "waits until a person decides; in no table"),
];
/// What tells the case of a coding.
pub(crate) const CASE_FROM: &[(&str, &str)] =
    &[("coding", "set on the coding"), ("speaker", "the speaker's"), ("document", "the document's")];

impl Frame {
    /// The place of a column.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// The name of its file.
    pub(crate) fn file(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// The same as a sheet, for the writers of sheets.
    pub(crate) fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(self.name, &self.title);
        let kind = |kind: Type| match kind {
            Type::Text | Type::Date => Kind::Text,
            Type::Integer => Kind::Integer,
            Type::Number => Kind::Number(4),
        };
        let field = |c: &Column| Field::new(&c.name, &c.label, kind(c.kind)).about(&c.about);
        sheet.fields = self.columns.iter().map(field).collect();
        sheet.rows.clone_from(&self.rows);
        sheet
    }

    /// Its CSV.
    pub(crate) fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        self.written(b',', |value, _| value.plain())
    }

    /// Its CSV with another separator and values written otherwise.
    pub(crate) fn written(
        &self,
        separator: u8,
        tell: impl Fn(&Value, Type) -> String,
    ) -> Result<Vec<u8>, csv::Error> {
        let mut bytes = Vec::new();
        let mut out = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer(&mut bytes);
        out.write_record(self.columns.iter().map(|c| c.name.as_str()))?;
        for row in &self.rows {
            out.write_record(row.iter().zip(&self.columns).map(|(v, c)| tell(v, c.kind)))?;
        }
        out.flush()?;
        drop(out);
        Ok(bytes)
    }
}

/// A label for a program that takes so many bytes on one line: line ends become spaces, what is too long
/// is cut at a character.
pub(crate) fn label(text: &str, bytes: usize) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.len() <= bytes {
        return one_line;
    }
    let mut out = String::new();
    for c in one_line.chars() {
        if out.len() + c.len_utf8() + '…'.len_utf8() > bytes {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}
