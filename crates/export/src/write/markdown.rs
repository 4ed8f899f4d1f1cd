//! Markdown: a table that a text editor, a word processor or a website can take.

use std::fmt::Write;

use crate::page::{Block, Page, Quote, Turn};
use crate::sheet::{Kind, Sheet, Value};

/// A sheet: heading, the rule, the table with its totals, the notes.
pub fn sheet(sheet: &Sheet) -> String {
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = writeln!(out, "## {}\n", escape(&sheet.title));
    out.push_str(&body(sheet));
    out
}

/// A sheet without its heading.
fn body(sheet: &Sheet) -> String {
    let mut out = String::new();
    let facts: Vec<String> =
        sheet.facts.iter().map(|f| format!("{}: {}", escape(&f.label), escape(&f.value))).collect();
    if !facts.is_empty() {
        let _ = writeln!(out, "{}\n", facts.join(" · "));
    }
    let heads: Vec<String> = sheet.fields.iter().map(|f| format!(" {} |", escape(&f.label))).collect();
    let _ = writeln!(out, "|{}", heads.concat());
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
    let lines = |text: &str| text.trim_end().lines().map(escape).collect::<Vec<_>>().join("<br>");
    let cells = sheet.fields.iter().zip(row).map(|(f, v)| format!(" {} |", lines(&v.shown(f.kind))));
    cells.collect::<Vec<_>>().concat()
}

/// A page: headings, paragraphs, quotes and tables below each other. A drawing is told in words, with its
/// numbers.
pub fn page(page: &Page) -> String {
    let mut out = format!("# {}\n\n", escape(&page.title));
    for line in &page.lead {
        let _ = writeln!(out, "{}\n", line_of(line));
    }
    for block in &page.blocks {
        match block {
            Block::Heading(h) => {
                let _ = writeln!(out, "{} {}\n", "#".repeat(usize::from(h.level) + 1), escape(&h.text));
            }
            Block::Text(text) => {
                let lines: Vec<String> = text.lines().map(line_of).collect();
                let _ = writeln!(out, "{}\n", lines.join("\\\n"));
            }
            Block::Note(text) => {
                let _ = writeln!(out, "{}\n", line_of(text));
            }
            Block::Quote(quote) => out.push_str(&quoted(quote)),
            Block::Turn(turn) => out.push_str(&spoken(turn)),
            Block::Table(table) if page.title == table.sheet.title => out.push_str(&body(&table.sheet)),
            Block::Table(table) => {
                let _ = writeln!(out, "**{}**\n", escape(&table.sheet.title));
                out.push_str(&body(&table.sheet));
            }
            Block::Figure(figure) => {
                let _ = writeln!(out, "**{}**\n\n{}\n", escape(&figure.title), line_of(&figure.alternative));
                out.push_str(&body(&figure.data));
            }
            Block::Facts(facts) => {
                for (name, what) in facts {
                    let _ = writeln!(out, "- **{}**: {}", escape(name), escape(what));
                }
                out.push('\n');
            }
            Block::Lines(lines) => {
                for line in lines {
                    let _ = writeln!(out, "- **{}**: {}", escape(&line.head), escape(&line.text()));
                }
                out.push('\n');
            }
        }
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

fn quoted(quote: &Quote) -> String {
    let mut lines = Vec::new();
    if quote.withheld {
        lines.push(format!("\\[{}\\]", escape(&quote.text)));
    } else {
        lines.push(format!("“{}”", escape(&quote.text)));
    }
    lines.extend(quote.translations.iter().map(|(l, text)| format!("\\[{}\\] {}", escape(l), escape(text))));
    let below = quote.below();
    if !below.is_empty() {
        lines.push(escape(&below));
    }
    format!("> {}\n\n", lines.join("\\\n> "))
}

fn spoken(turn: &Turn) -> String {
    let text: Vec<String> = turn.text.lines().map(line_of).collect();
    let text = text.join("\\\n");
    match (turn.left_out, turn.speaker.is_empty()) {
        (true, _) => format!("\\[{text}\\]\n\n"),
        (false, true) => format!("{text}\n\n"),
        (false, false) => format!("**{}**: {text}\n\n", escape(&turn.speaker)),
    }
}

/// A line of text that begins no list and no heading.
fn line_of(text: &str) -> String {
    let out = escape(text);
    let digits = out.chars().take_while(char::is_ascii_digit).count();
    let after = out.chars().nth(digits);
    if out.starts_with(['-', '+', '=']) {
        return format!("\\{out}");
    }
    if digits > 0 && matches!(after, Some('.' | ')')) {
        let (number, rest) = out.split_at(digits);
        return format!("{number}\\{rest}");
    }
    out
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
