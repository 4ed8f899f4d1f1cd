//! Writing a frequency table: long and wide CSV, and JSON.
//!
//! CSV is RFC 4180, UTF-8 without a byte-order mark, decimal point, empty for NA. The same study
//! gives the same bytes.

use std::io::Write;

use serde_json::{Value, json};

use crate::freq::Frequencies;
use crate::options::By;

/// What a zero means; every output says so once.
pub const ZERO: &str =
    "0 means: read for this code and not found; it does not mean that something does not exist";

/// The name of `--by` in outputs: case, document, speaker, or the attribute with its table.
pub fn by_name(by: &By) -> String {
    match by {
        By::Case => "case".to_owned(),
        By::Document => "document".to_owned(),
        By::Speaker => "speaker".to_owned(),
        By::Attribute(table, column) => format!("{}.{column}", table.as_str()),
    }
}

fn roles(table: &Frequencies) -> String {
    table.options.roles.list().iter().map(|r| r.as_str()).collect::<Vec<_>>().join("+")
}

fn reading(table: &Frequencies) -> String {
    let assumed = if table.options.assume_done { " (begun counts as done)" } else { "" };
    format!("{}{assumed}", table.options.reading.as_str())
}

fn number<T: ToString>(n: Option<T>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

/// One line per group and code: `GROUP,code,n,status,documents,documents_done,words,per_1000` and
/// the rule used: `count,reading,roles`.
///
/// # Errors
/// Those of `to`.
pub fn long_csv(table: &Frequencies, to: impl Write) -> Result<(), csv::Error> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    let (roles, reading) = (roles(table), reading(table));
    out.write_record([
        &table.heading,
        "code",
        "n",
        "status",
        "documents",
        "documents_done",
        "words",
        "per_1000",
        "count",
        "reading",
        "roles",
    ])?;
    for row in table.rows() {
        let c = row.cell;
        out.write_record([
            row.group,
            row.code,
            &number(c.n),
            c.status.as_str(),
            &c.documents.to_string(),
            &c.documents_done.to_string(),
            &c.words.to_string(),
            &number(c.per_1000),
            table.options.count.as_str(),
            &reading,
            &roles,
        ])?;
    }
    out.flush()?;
    Ok(())
}

/// One line per group, one column per code, named by its `var`. `documents_done` counts the
/// documents that are settled (done, or not asked) for every code of the table that is read for.
///
/// # Errors
/// Those of `to`.
pub fn wide_csv(table: &Frequencies, to: impl Write) -> Result<(), csv::Error> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    let (roles, reading) = (roles(table), reading(table));
    let fixed = ["documents", "documents_done", "count", "reading", "roles"];
    let vars = table.codes.iter().map(|c| c.var.as_str());
    out.write_record([table.heading.as_str()].into_iter().chain(fixed).chain(vars))?;
    for (g, group) in table.groups.iter().enumerate() {
        let cells: Vec<_> = (0..table.codes.len()).map(|c| table.cell(g, c)).collect();
        let extent = table.extents[g];
        let start = [
            group.id.clone(),
            extent.documents.to_string(),
            extent.done.to_string(),
            table.options.count.as_str().to_owned(),
            reading.clone(),
            roles.clone(),
        ];
        out.write_record(start.into_iter().chain(cells.iter().map(|c| number(c.n))))?;
    }
    out.flush()?;
    Ok(())
}

/// The table as one JSON object; NA is null.
pub fn json(table: &Frequencies) -> Value {
    let rows: Vec<Value> = table
        .rows()
        .map(|row| {
            let c = row.cell;
            json!({
                "group": row.group, "code": row.code, "n": c.n, "status": c.status.as_str(),
                "documents": c.documents, "documents_done": c.documents_done,
                "words": c.words, "per_1000": c.per_1000,
            })
        })
        .collect();
    let totals: Vec<Value> = table
        .codes
        .iter()
        .zip(&table.totals)
        .map(|(code, t)| json!({"code": code.id, "n": t.n, "cases": t.cases, "cases_read": t.cases_read, "retired": code.retired}))
        .collect();
    let roles: Vec<&str> = table.options.roles.list().iter().map(|r| r.as_str()).collect();
    json!({
        "by": by_name(&table.options.by),
        "count": table.options.count.as_str(),
        "level": table.options.level.name(),
        "roles": roles,
        "reading": table.options.reading.as_str(),
        "waiting": table.waiting,
        "rows": rows,
        "totals": totals,
        "assume_done": table.options.assume_done,
        "complete": table.options.complete,
        "uncounted": table.uncounted,
        "zero": ZERO,
    })
}
