//! A column: a code that a table counts, with its short name for wide tables.

use model::codebook::Status::Fixed;
use model::coded::Coded;

use crate::options::Options;
use crate::package::names::Names;

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

/// The codes that have a column: all but those merged away. Names are given out in the order in which the
/// codes were made, so that a newer code never takes an older one's.
pub(crate) fn columns(coded: &Coded, options: &Options) -> Vec<Column> {
    let mut out: Vec<Column> = Vec::new();
    for (place, code) in coded.codebook.codes.iter().enumerate() {
        if code.merged_into.is_some() || !options.level.holds(code.depth) {
            continue;
        }
        out.push(Column {
            place,
            id: code.id.to_string(),
            var: String::new(),
            depth: code.depth,
            retired: code.retired,
            read_for: code.status == Fixed && !code.retired,
        });
    }
    let codes = &coded.codebook.codes;
    let mut order: Vec<usize> = (0..codes.len()).filter(|c| codes[*c].merged_into.is_none()).collect();
    // Of codes that came together those that were given a name come first.
    order.sort_by_key(|c| (codes[*c].added, codes[*c].var.is_none(), &codes[*c].id));
    let mut names = Names::default();
    let mut vars = vec![String::new(); codes.len()];
    for code in order {
        vars[code] = names.stem(codes[code].var.as_deref().unwrap_or(&codes[code].id), &[""]);
    }
    for column in &mut out {
        column.var = std::mem::take(&mut vars[column.place]);
    }
    out
}
