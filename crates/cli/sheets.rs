//! Sheets as commands print or write them: one place for text, CSV, JSON and files, so that every table
//! comes in every form.

use std::path::Path;

use export::provenance::FileSum;
use export::sheet::{Fact, Kind, Sheet};
use export::write;
use export::{Ask, Language, Speech};
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::out::Form;
use crate::paths::pasted;
use crate::session::Session;
use crate::table::Table;
use crate::table_args::{TableArgs, refused};

/// How tables of a study speak on the command line: English, with labels in the study's languages.
pub(crate) fn speech(session: &Session) -> Speech {
    Speech::new(Language::English, session.languages())
}

/// Makes the tables of an ask, and prints or writes them.
pub(crate) fn run(app: &mut App, session: &Session, ask: &Ask, args: &TableArgs) -> Result {
    let sheets = ask.sheets(session.ground(), &speech(session)).map_err(|why| refused(&why))?;
    warn(app, session);
    if let Some(file) = &args.out {
        return to_file(app, session, &sheets, &pasted(file));
    }
    print(app, session, &sheets)?;
    Ok(if sheets.iter().all(|s| s.rows.is_empty()) { Outcome::Nothing } else { Outcome::Done })
}

/// Says what may change the numbers: acts that have not arrived, and what is hidden while blind.
pub(crate) fn warn(app: &mut App, session: &Session) {
    let missing = session.study.missing_acts();
    if missing > 0 {
        let what = format!("{missing} acts have not arrived; the numbers may change when they do");
        app.out.aside("warning", &what);
    }
    session.say_blind(app, "there only your own reading counts");
}

fn print(app: &mut App, session: &Session, sheets: &[Sheet]) -> Result<()> {
    match app.out.form() {
        Form::Json => app.out.json(&as_json(session, sheets)),
        Form::Csv => {
            for sheet in sheets {
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
    let heads: Vec<String> = sheet
        .fields
        .iter()
        .map(|f| if f.kind == Kind::Text { f.label.clone() } else { format!("#{}", f.label) })
        .collect();
    let mut table = Table::new(heads.iter().map(String::as_str));
    for row in sheet.rows.iter().chain(&sheet.totals) {
        table.row(row.iter().zip(&sheet.fields).map(|(v, f)| v.shown(f.kind)));
    }
    app.out.table(&table)?;
    if !sheet.notes.is_empty() {
        app.out.said("")?;
    }
    for note in &sheet.notes {
        app.out.said(note)?;
    }
    Ok(())
}

fn as_csv(sheet: &Sheet) -> Result<String> {
    write::csv::text(sheet).map_err(|why| CommandError::new(format!("cannot write the table: {why}")))
}

/// One object per table; several stand in a list under `tables`.
fn as_json(session: &Session, sheets: &[Sheet]) -> Value {
    let one = |sheet: &Sheet| {
        let mut value = write::json::sheet(sheet);
        if let Value::Object(map) = &mut value {
            map.insert("waiting".to_owned(), session.coded.waiting().into());
            map.insert("missing_acts".to_owned(), session.study.missing_acts().into());
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
            let text = serde_json::to_string_pretty(&as_json(session, sheets));
            (text.map_err(|why| CommandError::new(why.to_string()))? + "\n").into_bytes()
        }
        "xlsx" => write::xlsx::book(sheets, |_, _| false)
            .map_err(|why| CommandError::new(format!("cannot write the workbook: {why}")))?,
        "md" => sheets.iter().map(write::markdown::sheet).collect::<Vec<_>>().join("\n").into_bytes(),
        _ => {
            return Err(CommandError::new(format!(
                "{} does not say which form it should have",
                path.display()
            ))
            .hint("end its name in .csv, .xlsx, .json or .md"));
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
    study::atomic::replace(path, &bytes).map_err(|why| CommandError::file(path, &why))?;
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let mut provenance = crate::provenance::of(session, "table", &[]);
    provenance.rule = rule.iter().map(|f| (f.name.to_owned(), f.value.clone())).collect();
    provenance.files = vec![FileSum::of(name, &bytes)];
    let beside = crate::provenance::beside(path);
    study::atomic::replace(&beside, &provenance.bytes()).map_err(|why| CommandError::file(&beside, &why))
}
