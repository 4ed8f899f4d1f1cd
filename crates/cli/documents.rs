//! `documents`: the transcripts of the study, or all about one.

use serde_json::{Value, json};

use crate::app::App;
use crate::document_rows::{DocumentRow, rows, speakers, turns};
use crate::error::{Outcome, Result};
use crate::out::Form;
use crate::session::Session;
use crate::table::Table;

/// List the documents, or tell all about one: its speakers and turns.
///
/// What is known about a document (title, case, date, …) is in corpus/documents.csv, which you may edit.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  verbatim documents\n  verbatim documents bakery-1\n  verbatim documents relayout bakery-1 --layout \
                  label-line"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// The document
    #[arg(value_name = "ID")]
    id: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Find the turns of a document anew; its text and codings stay as they are
    Relayout {
        /// The document
        #[arg(value_name = "ID")]
        id: String,
        /// name-colon, bold-name, label-line or none; seen from the text where not given
        #[arg(long, value_name = "LAYOUT")]
        layout: Option<String>,
    },
}

/// Lists documents, or one with its speakers and turns; or finds its turns anew.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let session = Session::open(app)?;
    if let Some(What::Relayout { id, layout }) = &args.what {
        return relayout(app, &session, id, layout.as_deref());
    }
    match &args.id {
        Some(word) => {
            let at = session.document_at(word)?;
            one(app, &session, at)
        }
        None => all(app, &session),
    }
}

fn relayout(app: &mut App, session: &Session, id: &str, layout: Option<&str>) -> Result {
    session.may_write()?;
    let document = session.document(id)?.id.clone();
    let layout = layout.map(crate::import::layout).transpose()?;
    let (layout, turns, problems) = session.study.relayout(&document, layout)?;
    for problem in &problems {
        app.out.problem(problem);
    }
    let turns_found = crate::code_from::plural(turns, "turn");
    app.out.said(&format!("{document}: {turns_found}, read as {}", layout.as_str()))?;
    app.out.json(&json!({ "document": document, "layout": layout.as_str(), "turns": turns }))?;
    Ok(Outcome::Done)
}

fn all(app: &mut App, session: &Session) -> Result {
    let rows = rows(session, None);
    app.out.json(&json!({ "documents": rows }))?;
    if rows.is_empty() && app.out.form() == Form::Text {
        app.out.line("there are no documents yet; `verbatim import PATH…` brings them in")?;
        return Ok(Outcome::Nothing);
    }
    let table = if app.out.form() == Form::Csv { whole(session, &rows) } else { brief(session, &rows) };
    app.out.table(&table)?;
    Ok(if rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn brief(session: &Session, rows: &[DocumentRow]) -> Table {
    let mut table = Table::new([
        "document",
        session.case_label(),
        "kind",
        "language",
        "#turns",
        "#words",
        "#codings",
        "done",
        "title",
    ]);
    for row in rows {
        table.row([
            row.document.clone(),
            row.case.clone().unwrap_or_default(),
            row.kind.clone().unwrap_or_default(),
            row.language.clone().unwrap_or_default(),
            row.turns.to_string(),
            row.words.to_string(),
            row.codings.to_string(),
            who(row),
            if row.title == row.document { String::new() } else { row.title.clone() },
        ]);
    }
    table
}

/// Who has read it how far: `anna, bram (partly)`.
fn who(row: &DocumentRow) -> String {
    let said = |(coder, how): (&String, &&str)| match *how {
        "done" => Some(coder.clone()),
        "partly" => Some(format!("{coder} (partly)")),
        _ => None,
    };
    row.done.iter().filter_map(said).collect::<Vec<_>>().join(", ")
}

fn whole(session: &Session, rows: &[DocumentRow]) -> Table {
    let mut columns: Vec<&str> = Vec::new();
    for row in rows {
        columns.extend(row.attributes.keys().map(String::as_str).filter(|k| !k.is_empty()));
    }
    let mut extra: Vec<&str> = Vec::new();
    for column in columns {
        if !extra.contains(&column) {
            extra.push(column);
        }
    }
    let mut heads = vec!["document", "title", session.case_label(), "kind", "language", "date"];
    heads.extend(["turns", "words", "respondent_words", "characters", "codings", "done", "text_sha256"]);
    heads.extend(&extra);
    let mut table = Table::new(heads);
    for row in rows {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let mut cells = vec![
            row.document.clone(),
            row.title.clone(),
            text(&row.case),
            text(&row.kind),
            text(&row.language),
            text(&row.date),
            row.turns.to_string(),
            row.words.to_string(),
            row.respondent_words.to_string(),
            row.characters.to_string(),
            row.codings.to_string(),
            who(row),
            text(&row.text_sha256),
        ];
        cells.extend(
            extra
                .iter()
                .map(|c| row.attributes.get(*c).and_then(Value::as_str).unwrap_or_default().to_owned()),
        );
        table.row(cells);
    }
    table
}

fn one(app: &mut App, session: &Session, at: usize) -> Result {
    let rows = rows(session, Some(at));
    let (people, spoken) = (speakers(session, at), turns(session, at));
    if app.out.form() == Form::Json {
        let mut value = json!({ "documents": rows });
        if let Some(Value::Object(row)) = value.get_mut("documents").and_then(|d| d.get_mut(0)) {
            row.insert("speakers".to_owned(), Value::from(people));
            row.insert("turn_list".to_owned(), Value::from(spoken));
        }
        app.out.json(&value)?;
        return Ok(Outcome::Done);
    }
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    if app.out.form() == Form::Csv {
        let mut table =
            Table::new(["turn", "start", "text_start", "end", "speaker", "role", "case", "seconds"]);
        for turn in &spoken {
            table.row(
                ["turn", "start", "text_start", "end", "speaker", "role", "case", "seconds"]
                    .map(|k| text(&turn[k])),
            );
        }
        app.out.table(&table)?;
        return Ok(Outcome::Done);
    }
    for row in &rows {
        app.out.marked_line("", &row.title, "")?;
        let mut facts = vec![
            ("document", row.document.clone()),
            (session.case_label(), row.case.clone().unwrap_or_default()),
            ("kind", row.kind.clone().unwrap_or_default()),
            ("language", row.language.clone().unwrap_or_default()),
            ("date", row.date.clone().unwrap_or_default()),
            ("words", format!("{} ({} by respondents)", row.words, row.respondent_words)),
            ("characters", row.characters.to_string()),
            ("turns", row.turns.to_string()),
            ("codings", row.codings.to_string()),
            ("done by", who(row)),
        ];
        facts.extend(row.attributes.iter().map(|(key, value)| (key.as_str(), text(value))));
        for (key, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
            app.out.line(&format!("{key:<13} {value}"))?;
        }
    }
    app.out.line("")?;
    let mut table = Table::new(["speaker", "name", "role", session.case_label(), "#turns", "#words"]);
    for person in &people {
        table.row(["speaker", "name", "role", "case", "turns", "words"].map(|k| text(&person[k])));
    }
    app.out.table(&table)?;
    Ok(Outcome::Done)
}
