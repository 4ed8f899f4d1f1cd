//! `load.sps`: the tables as datasets of SPSS (or PSPP), with labels and missing values.
//!
//! SPSS takes an end of line for the end of a row, also between quotes. So a table with such texts is
//! written once more, with spaces in their place, and read from there.

use std::fmt::Write;

use crate::package::frame::{Frame, label};
use crate::package::typed::Type;
use crate::sheet::Value;

/// The longest label of a variable, in bytes; SPSS takes 256, on a line of 256.
const LABEL: usize = 180;
/// The longest label of a value, in bytes.
const VALUE_LABEL: usize = 120;
/// The longest text, in bytes.
const TEXT: usize = 32_767;

/// The file from which a table is read.
pub(crate) fn source(frame: &Frame) -> String {
    if has_line_ends(frame) { format!("spss/{}.csv", frame.name) } else { frame.file() }
}

/// The table without ends of line in its texts, where it has any.
///
/// # Errors
/// None in practice: memory does not fail.
pub(crate) fn copy(frame: &Frame) -> Result<Option<(String, Vec<u8>)>, csv::Error> {
    if !has_line_ends(frame) {
        return Ok(None);
    }
    let bytes = frame.written(b',', |value, _| value.plain().replace(['\r', '\n'], " "))?;
    Ok(Some((source(frame), bytes)))
}

fn has_line_ends(frame: &Frame) -> bool {
    let has = |v: &Value| matches!(v, Value::Text(text) if text.contains(['\r', '\n']));
    frame.rows.iter().flatten().any(has)
}

/// Writes the loader.
pub(crate) fn script(frames: &[&Frame]) -> String {
    let mut out = String::from(
        "* Encoding: UTF-8.\n\
         * Reads the tables of this folder, with labels and missing values.\n\
         * First go to this folder: CD 'C:\\path\\to\\folder'.\n\
         * Each table becomes a dataset; nothing is written.\n\
         SET DECIMAL=DOT.\n",
    );
    for frame in frames {
        // Writing into a string does not fail.
        // The full stop ends the comment: without it SPSS takes the next command for a part of it.
        let _ = writeln!(out, "\n* {}.", label(&frame.title, LABEL));
        let _ = writeln!(
            out,
            "GET DATA /TYPE=TXT /FILE='{}' /ENCODING='UTF8' /ARRANGEMENT=DELIMITED /FIRSTCASE=2\n  \
             /DELIMITERS=',' /QUALIFIER='\"'",
            source(frame)
        );
        // No name begins a line: PSPP would take DOCUMENT or TITLE there for a command.
        out.push_str("  /VARIABLES=");
        for (at, column) in frame.columns.iter().enumerate() {
            let format = match column.kind {
                Type::Integer => "F12.0".to_owned(),
                Type::Number => "F20.6".to_owned(),
                Type::Date => "SDATE10".to_owned(),
                Type::Text => format!("A{}", width(frame, at)),
            };
            let _ = write!(out, "{}\n  {format} ", column.name);
        }
        out.push_str("\n  .\n");
        for column in &frame.columns {
            let name = &column.name;
            let _ = writeln!(out, "VARIABLE LABELS {name} {}.", quoted(&column.label, LABEL));
            if !column.values.is_empty() {
                let _ = write!(out, "VALUE LABELS {name}");
                for (value, meaning) in &column.values {
                    let value = if column.kind == Type::Text {
                        quoted(value, VALUE_LABEL)
                    } else {
                        (*value).to_owned()
                    };
                    let _ = write!(out, "\n  {value} {}", quoted(meaning, VALUE_LABEL));
                }
                out.push_str(".\n");
            }
            match column.kind {
                Type::Text => {
                    let _ = writeln!(out, "MISSING VALUES {name} (' ').");
                }
                Type::Integer if column.values.is_empty() => {
                    let _ = writeln!(out, "VARIABLE LEVEL {name} (SCALE).");
                }
                Type::Integer => {
                    let _ = writeln!(out, "VARIABLE LEVEL {name} (NOMINAL).");
                }
                Type::Number | Type::Date => {}
            }
        }
        // A name for the active dataset alone would not keep it where the next one is read (PSPP).
        let _ = writeln!(out, "DATASET COPY {}.", frame.name);
    }
    out
}

/// The longest text of a column, in bytes.
fn width(frame: &Frame, at: usize) -> usize {
    let longest = frame.rows.iter().filter_map(|r| r.get(at)).map(|v| v.plain().len()).max();
    longest.unwrap_or(0).clamp(1, TEXT)
}

fn quoted(text: &str, bytes: usize) -> String {
    format!("\"{}\"", label(text, bytes).replace('"', "\"\""))
}
