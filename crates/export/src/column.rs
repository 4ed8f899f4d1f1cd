//! A column: a code that a table counts, with its short name for wide tables.

use model::codebook::Status::Fixed;
use model::coded::Coded;

use crate::names::{Names, VAR};
use crate::options::Options;

/// A code with a row or column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its place in the codebook.
    pub place: usize,
    /// Its id.
    pub id: String,
    /// Short name for columns of wide tables: unique in the table.
    pub var: String,
    /// 0 for a top code.
    pub depth: u32,
    /// No longer used for new codings.
    pub retired: bool,
    /// Whether documents are read for it now: fixed and not retired.
    pub read_for: bool,
}

/// The codes that have a column: all but those merged away.
pub(crate) fn columns(coded: &Coded, options: &Options) -> Vec<Column> {
    let mut names = Names::default();
    let mut out: Vec<Column> = Vec::new();
    for (place, code) in coded.codebook.codes.iter().enumerate() {
        if code.merged_into.is_some() || !options.level.holds(code.depth) {
            continue;
        }
        let var = code.var.clone().unwrap_or_else(|| var_from(&code.id));
        out.push(Column {
            place,
            id: code.id.to_string(),
            var: names.unique(&var, VAR),
            depth: code.depth,
            retired: code.retired,
            read_for: code.status == Fixed && !code.retired,
        });
    }
    out
}

/// A column name from an id: at most 24 of a-z 0-9 _, beginning with a letter.
fn var_from(id: &str) -> String {
    let mut var: String = id
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .take(24)
        .collect();
    if !var.starts_with(|c: char| c.is_ascii_alphabetic()) {
        var.insert(0, 'c');
        var.truncate(24);
    }
    var
}
