//! `verify`: a saved table made again from the study and its provenance, compared cell by cell.

use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{Outcome, Result};
use crate::out::Form;
use crate::paths::pasted;
use crate::saved_table::{Moved, Saved};
use crate::session::Session;
use crate::table::Table;

/// Make a saved table again from the study and its provenance, and name each cell that differs.
///
/// Only the acts count from which it was made, so what was coded since makes no difference: `verbatim diff`
/// tells that. Exit 1 when a cell differs.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim verify table.csv\n  verbatim verify tables/case_wide.csv\n  verbatim verify tables"
)]
pub(crate) struct Args {
    /// A table saved with --out, a table of a package, or the folder of a package
    #[arg(value_name = "TABLE.csv")]
    file: String,
    /// Go on although acts of a newer version could matter
    #[arg(long)]
    ignore_unknown: bool,
}

/// Compares.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut saved = Saved::open(&pasted(&args.file))?;
    let again = saved.again(app, true, args.ignore_unknown)?;
    let session = Session::open(app)?;
    let now = crate::provenance::of(&session, "table", &[]);
    let changed = saved.changed(&now);
    saved.remarks.extend(changed);
    let mut differ = 0;
    let mut cells = 0;
    let mut table = Table::new(["table", "row", "column", "in the file", "by the study"]);
    let mut rows: Vec<Value> = Vec::new();
    for ((name, was), (_, is)) in saved.tables.iter().zip(&again) {
        cells += was.rows.iter().map(Vec::len).sum::<usize>();
        for moved in was.moved(is) {
            differ += 1;
            rows.push(json!({
                "table": name, "row": moved.row, "column": moved.column, "file": moved.was, "study": moved.is,
            }));
            table.row(told(name, &moved));
        }
    }
    app.out.json(&json!({
        "same": differ == 0, "tables": saved.tables.iter().map(|(n, _)| n).collect::<Vec<_>>(), "cells": cells,
        "differences": rows, "remarks": saved.remarks,
    }))?;
    for remark in &saved.remarks {
        app.out.aside("note", remark);
    }
    if differ > 0 || app.out.form() == Form::Csv {
        app.out.table(&table)?;
    }
    if differ > 0 {
        app.out.said(&format!("{differ} of {} differ", plural(cells, "cell")))?;
        return Ok(Outcome::Nothing);
    }
    app.out.said(&format!("the same: {}", plural(cells, "cell")))?;
    Ok(Outcome::Done)
}

/// A cell for people.
pub(crate) fn told(table: &str, moved: &Moved) -> [String; 5] {
    let value = |v: &Option<String>| match v.as_deref() {
        None => "(not there)".to_owned(),
        Some("") => "(empty)".to_owned(),
        Some(text) => text.to_owned(),
    };
    [
        table.to_owned(),
        moved.row.join(" · "),
        moved.column.clone().unwrap_or_default(),
        value(&moved.was),
        value(&moved.is),
    ]
}
