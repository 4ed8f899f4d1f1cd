//! Markdown: a table that a text editor, a word processor or a website can take.

use std::fmt::Write;

use crate::sheet::{Kind, Sheet, Value};

/// A sheet: heading, the rule, the table with its totals, the notes.
pub fn sheet(sheet: &Sheet) -> String {
    let mut out = String::new();
    let facts: Vec<String> =
        sheet.facts.iter().map(|f| format!("{}: {}", escape(&f.label), escape(&f.value))).collect();
    // Writing into a string does not fail.
    let _ = writeln!(out, "## {}\n", escape(&sheet.title));
    if !facts.is_empty() {
        let _ = writeln!(out, "{}\n", facts.join(" · "));
    }
    let _ = writeln!(
        out,
        "|{}",
        sheet.fields.iter().map(|f| format!(" {} |", escape(&f.label))).collect::<String>()
    );
    let rule = |f: &crate::sheet::Field| if f.kind == Kind::Text { "---|" } else { "--:|" };
    let _ = writeln!(out, "|{}", sheet.fields.iter().map(rule).collect::<String>());
    for row in sheet.rows.iter().chain(&sheet.totals) {
        let _ = writeln!(out, "|{}", cells(sheet, row));
    }
    out.push('\n');
    for note in &sheet.notes {
        let _ = writeln!(out, "{}\n", escape(note));
    }
    out
}

fn cells(sheet: &Sheet, row: &[Value]) -> String {
    sheet.fields.iter().zip(row).map(|(f, v)| format!(" {} |", escape(&v.shown(f.kind)))).collect()
}

/// Text in which nothing is taken for Markdown or HTML; line ends become spaces.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}
