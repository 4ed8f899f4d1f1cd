//! Sheets as commands print or write them: one place for text, CSV, JSON and files, so that every table
//! comes in every form.

use std::path::Path;

use export::Ask;
use export::provenance::FileSum;
use export::sheet::{Fact, Field, Kind, Sheet};
use export::write;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::app::App;
use crate::basis::{Basis, Ready};
use crate::error::{CommandError, Outcome, Result};
use crate::out::Form;
use crate::paths::{may_write, pasted};
use crate::session::Session;
use crate::table::{Table, cut_apart};
use crate::table_args::{TableArgs, refused};

/// Heads that take more than this together are cut, each to [`HEAD`].
const WIDTH: usize = 160;
/// The widest head of a column of numbers where there is little room.
const HEAD: usize = 16;

/// Makes the tables of an ask, and prints or writes them; keeps what counting needs for the next one.
pub(crate) fn run(app: &mut App, ready: Ready, ask: &Ask, args: &TableArgs) -> Result {
    ready.keeping(app, |app, ready| {
        let outcome = make(app, ready.basis(), ready.session(), ask, args)?;
        // Whoever waits for the table has it before everything is kept.
        app.out.flush()?;
        Ok(outcome)
    })
}

/// The same from an opened study, for tables that need its texts or what is said in its codings.
pub(crate) fn opened(app: &mut App, session: &Session, ask: &Ask, args: &TableArgs) -> Result {
    make(app, session.basis(), Some(session), ask, args)
}

fn make(app: &mut App, basis: Basis<'_>, session: Option<&Session>, ask: &Ask, args: &TableArgs) -> Result {
    let mut sheets = ask.sheets(basis.ground, &basis.speech()).map_err(|why| refused(&why))?;
    let standing = match ask {
        // It says itself how many codings wait.
        Ask::Coverage(_) | Ask::Freq(_) => basis.not_arrived(false).into_iter().collect(),
        _ => basis.standing(false),
    };
    for sheet in &mut sheets {
        sheet.notes.extend(standing.iter().cloned());
    }
    basis.warn(app);
    // A study is opened wherever a file is wanted, since its provenance names the journals.
    if let Some((file, session)) = args.out.as_ref().zip(session) {
        return to_file(app, session, &sheets, &pasted(file));
    }
    print(app, basis, &sheets)?;
    Ok(if sheets.iter().all(|s| s.rows.is_empty()) { Outcome::Nothing } else { Outcome::Done })
}

fn print(app: &mut App, basis: Basis<'_>, sheets: &[Sheet]) -> Result<()> {
    match app.out.form() {
        Form::Json => app.out.json(&as_json(basis, sheets)),
        Form::Csv => {
            for (i, sheet) in sheets.iter().enumerate() {
                if i > 0 {
                    app.out.written("\r\n")?;
                }
                app.out.written(&as_csv(sheet)?)?;
            }
            Ok(())
        }
        Form::Text => {
            for (i, sheet) in sheets.iter().enumerate() {
                if i > 0 {
                    app.out.line("")?;
                }
                text(app, sheet)?;
            }
            Ok(())
        }
    }
}

/// Heading with the rule, the table with its totals, the notes.
fn text(app: &mut App, sheet: &Sheet) -> Result<()> {
    let facts: Vec<String> = sheet.facts.iter().map(|f| format!("{}: {}", f.label, f.value)).collect();
    let rule = if facts.is_empty() { String::new() } else { format!(" · {}", facts.join(" · ")) };
    app.out.marked_line("", &sheet.title, &rule)?;
    app.out.line("")?;
    app.out.table(&grid(sheet))?;
    if !sheet.notes.is_empty() {
        app.out.said("")?;
    }
    for note in &sheet.notes {
        app.out.said(note)?;
    }
    Ok(())
}

/// The rows of a sheet as people read them, with those that sum up.
pub(crate) fn grid(sheet: &Sheet) -> Table {
    let all: usize = sheet.fields.iter().map(|f| f.label.width() + 2).sum();
    let labels: Vec<String> = sheet.fields.iter().map(|f| f.label.clone()).collect();
    let short = if all > WIDTH { cut_apart(&labels, HEAD) } else { labels.clone() };
    let head = |((f, label), short): ((&Field, String), String)| match f.kind {
        Kind::Text => label,
        _ => format!("#{short}"),
    };
    let heads: Vec<String> = sheet.fields.iter().zip(labels).zip(short).map(head).collect();
    let mut table = Table::new(heads.iter().map(String::as_str));
    for row in sheet.rows.iter().chain(&sheet.totals) {
        table.row(row.iter().zip(&sheet.fields).map(|(v, f)| v.shown(f.kind)));
    }
    table
}

fn as_csv(sheet: &Sheet) -> Result<String> {
    write::csv::text(sheet).map_err(|why| CommandError::new(format!("cannot write the table: {why}")))
}

/// One object per table; several stand in a list under `tables`.
fn as_json(basis: Basis<'_>, sheets: &[Sheet]) -> Value {
    let one = |sheet: &Sheet| {
        let mut value = write::json::sheet(sheet);
        if let Value::Object(map) = &mut value {
            map.insert("waiting".to_owned(), basis.ground.coded.waiting().into());
            map.insert("missing_acts".to_owned(), basis.missing.into());
        }
        value
    };
    match sheets {
        [only] => one(only),
        several => json!({ "tables": several.iter().map(one).collect::<Vec<_>>() }),
    }
}

/// Writes the tables to a file as its name's ending says; it is replaced whole or not at all.
pub(crate) fn to_file(app: &mut App, session: &Session, sheets: &[Sheet], path: &Path) -> Result {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let bytes = match ending.as_str() {
        "csv" => sheets.iter().map(as_csv).collect::<Result<Vec<_>>>()?.join("\r\n").into_bytes(),
        "json" => {
            let text = serde_json::to_string_pretty(&as_json(session.basis(), sheets));
            (text.map_err(|why| CommandError::new(why.to_string()))? + "\n").into_bytes()
        }
        "html" | "docx" => {
            let page = write::html::sheets(sheets, session.basis().speech().language.tag());
            return crate::pages::to_file(app, session, &page, path);
        }
        "xlsx" => write::xlsx::book(sheets, |_, _| false)
            .map_err(|why| CommandError::new(format!("cannot write the workbook: {why}")))?,
        "md" => sheets.iter().map(write::markdown::sheet).collect::<Vec<_>>().join("\n").into_bytes(),
        _ => {
            return Err(CommandError::new(format!(
                "{} does not say which form it should have",
                path.display()
            ))
            .hint("end its name in .csv, .xlsx, .docx, .html, .md or .json"));
        }
    };
    let rule = sheets.first().map(|s| s.facts.as_slice()).unwrap_or_default();
    save(app, session, path, bytes, rule)?;
    if app.kept.is_some() {
        return Ok(Outcome::Done);
    }
    let rows: usize = sheets.iter().map(|s| s.rows.len()).sum();
    app.out.said(&format!("wrote {} ({})", path.display(), crate::code_from::plural(rows, "row")))?;
    app.out.json(&json!({ "out": path.display().to_string(), "rows": rows }))?;
    Ok(Outcome::Done)
}

/// Puts the file of a table in its place, and its provenance beside it.
pub(crate) fn save(
    app: &mut App,
    session: &Session,
    path: &Path,
    bytes: Vec<u8>,
    rule: &[Fact],
) -> Result<()> {
    if let Some(kept) = &mut app.kept {
        *kept = bytes;
        return Ok(());
    }
    may_write(session.study.dir(), path)?;
    study::atomic::replace(path, &bytes).map_err(|why| CommandError::file(path, &why))?;
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let mut provenance = crate::provenance::of(session, "table", &[]);
    provenance.rule = rule.iter().map(|f| (f.name.to_owned(), f.value.clone())).collect();
    provenance.files = vec![FileSum::of(name, &bytes)];
    if provenance.is_anonymous() {
        provenance.keep_names_out(&session.shown);
    }
    let beside = crate::provenance::beside(path);
    study::atomic::replace(&beside, &provenance.bytes()).map_err(|why| CommandError::file(&beside, &why))
}
