//! `explain`: the passages behind a number, with who coded them when, and under which definition.

use export::{By, Options, frequencies, passages};
use model::act::Change;
use model::codebook::definition_hash;
use model::counted::Counted;
use model::id::{ActId, ThingId};
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::lookup::short;
use crate::out::Form;
use crate::session::Session;
use crate::table::Table;
use crate::table_args::{TableArgs, refused};

/// List the passages behind a number, in order, with who coded them when.
///
/// Their number is that of the table of frequencies, under the same options. For each coding it tells which
/// version of the code's definition was in force when it was made.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim explain rietvink training\n  verbatim explain zorg training --by sector\n  \
                  verbatim explain rietvink training --csv"
)]
pub(crate) struct Args {
    /// The case; with --by the document, speaker or value
    #[arg(value_name = "CASE")]
    group: String,
    /// The code, by its id or its label
    #[arg(value_name = "CODE")]
    code: String,
    /// What CASE is: case (or your word for it), document, speaker, or a column of your tables
    #[arg(long, value_name = "WHAT")]
    by: Option<String>,
    #[command(flatten)]
    table: TableArgs,
}

/// Lists passages.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    if args.table.out.is_some() {
        return Err(
            CommandError::new("explain prints").hint("add --csv or --json and send it to a file: > FILE")
        );
    }
    let session = args.table.open(app)?;
    let by = match &args.by {
        Some(word) => By::parse(word, &session.corpus).map_err(|why| refused(&why))?,
        None => By::Case,
    };
    let options = Options { by: by.clone(), ..args.table.options(app, &session)? };
    let book = &session.coded.codebook;
    let code = session.code_at(&args.code)?;
    let code = book.codes[book.resolve(&book.codes[code].id).unwrap_or(code)].id.clone();
    let group = match &by {
        // The row of what has none, by its name in tables or by nothing.
        _ if args.group.is_empty() || args.group == format!("(no {})", by.heading(&session.corpus)) => {
            String::new()
        }
        By::Case => session.case_id(&args.group)?.to_string(),
        By::Document => session.document(&args.group)?.id.clone(),
        By::Speaker | By::Attribute(..) | By::Cross(..) => args.group.clone(),
    };
    let ground = session.ground();
    let table =
        frequencies(ground.corpus, ground.state, ground.coded, &options).map_err(|why| refused(&why))?;
    let Some(cell) = table.rows().find(|row| row.group == group && row.code == code.as_str()) else {
        let near = crate::nearest::did_you_mean(
            &group,
            table.groups.iter().map(|g| g.id.as_str()).filter(|id| !id.is_empty()),
        );
        return Err(CommandError::new(format!("no row {group:?} in the table by {}", table.heading))
            .hint(near)
            .hint(match &args.by {
                Some(by) => format!("`verbatim freq --by {by}` lists the rows"),
                None => "`verbatim freq` lists the rows".to_owned(),
            }));
    };
    let found = passages(ground.corpus, ground.state, ground.coded, &options, &group, &code)
        .map_err(|why| refused(&why))?;
    session.basis().warn(app);
    let rows: Vec<Value> =
        found.iter().enumerate().map(|(at, p)| passage(&session, &options, at + 1, p)).collect();
    let head = json!({
        "group": group, "by": by.name(), "code": code, "n": cell.cell.n,
        "status": cell.cell.status.as_str(), "documents": cell.cell.documents,
        "documents_done": cell.cell.documents_done, "reading": options.reading.as_str(), "passages": rows,
    });
    app.out.json(&head)?;
    match app.out.form() {
        Form::Json => {}
        Form::Csv => app.out.table(&csv(&rows))?,
        Form::Text => {
            let nobody = format!("(no {})", by.heading(&session.corpus));
            let row = if group.is_empty() { &nobody } else { &group };
            text(app, row, &code, cell.cell, &rows)?;
        }
    }
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// One passage with its codings.
fn passage(session: &Session, options: &Options, number: usize, passage: &export::Passage) -> Value {
    let document = &session.corpus.documents[passage.document];
    let counted = Counted::of(document, options.roles);
    let turn = counted.touched(passage.span).first().map(|t| t.turn);
    let spoken = turn.and_then(|t| document.turns.get(t));
    let codings: Vec<Value> = passage.codings.iter().filter_map(|id| coding(session, *id)).collect();
    json!({
        "passage": number, "document": document.id, "start": passage.span.start, "end": passage.span.end,
        "turn": spoken.and(turn).map(|t| t + 1), "speaker": spoken.and_then(|t| t.speaker.clone()),
        "text": document.text.slice(passage.span), "codings": codings,
    })
}

fn coding(session: &Session, id: ThingId) -> Option<Value> {
    let coding = session.state().coding(id)?;
    let hash = coding.definition.map(ToString::to_string);
    let found = hash.as_ref().and_then(|hash| definition(session, id, coding.code, hash));
    let since = found.as_ref().and_then(|d| session.state().act(d.since));
    Some(json!({
        "id": id.to_string(), "code": coding.code, "coder": session.coded.coders.canonical(&coding.added.coder),
        "by": coding.added.by, "at": coding.added.at, "quote": coding.anchor.quote(), "note": coding.note,
        "definition": hash, "definition_of": found.as_ref().map(|d| d.code.as_str()),
        "definition_version": found.as_ref().map(|d| d.version),
        "definition_versions": found.as_ref().map(|d| d.versions), "definition_since": since.map(|a| a.at.to_string()),
    }))
}

/// Which definition a coding was made under.
struct Definition {
    /// The code that it defines: one that the coding has, or had before it was given another.
    code: String,
    /// Its number among the definitions of that code, from 1.
    version: usize,
    versions: usize,
    /// The act that made it so.
    since: ActId,
}

fn definition(session: &Session, coding: ThingId, code: &str, hash: &str) -> Option<Definition> {
    let mut codes = vec![code.to_owned()];
    for act in session.state().coding_history(coding).into_iter().rev() {
        let mut k = 0;
        for change in &act.changes {
            k += u32::from(change.makes());
            match change {
                Change::CodingAdded(c) if (ThingId { act: act.id, k }) == coding => {
                    codes.push(c.code.to_string());
                }
                Change::CodingChanged(c) if c.coding == coding => {
                    codes.extend(c.code.as_ref().map(ToString::to_string));
                }
                _ => {}
            }
        }
    }
    codes.into_iter().find_map(|code| {
        let versions = versions(session, &code);
        let at = versions.iter().position(|(known, _)| known == hash)?;
        let since = versions.get(at)?.1;
        Some(Definition { code, version: at + 1, versions: versions.len(), since })
    })
}

/// The definitions that a code has had, in order: hash, and the act that made it so.
fn versions(session: &Session, code: &str) -> Vec<(String, ActId)> {
    let mut fields = Map::new();
    let mut out: Vec<(String, ActId)> = Vec::new();
    for act in session.state().history() {
        if !session.state().is_live(act.id) {
            continue;
        }
        for change in &act.changes {
            let new = match change {
                Change::CodeAdded(c) if c.code == code => &c.fields,
                Change::CodeChanged(c) if c.code == code => &c.fields,
                _ => continue,
            };
            fields.extend(new.iter().map(|(k, v)| (k.clone(), v.clone())));
            fields.retain(|_, v| !v.is_null());
            let hash = definition_hash(&fields).to_string();
            if out.last().is_none_or(|(last, _)| *last != hash) {
                out.push((hash, act.id));
            }
        }
    }
    out
}

fn csv(rows: &[Value]) -> Table {
    const OF_PASSAGE: [&str; 7] = ["passage", "document", "start", "end", "turn", "speaker", "text"];
    const OF_CODING: [&str; 8] =
        ["id", "code", "coder", "by", "at", "quote", "definition", "definition_version"];
    let mut table = Table::new(OF_PASSAGE.into_iter().chain(OF_CODING));
    let plain = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    for row in rows {
        for coding in row["codings"].as_array().into_iter().flatten() {
            let cells = OF_PASSAGE.iter().map(|k| plain(&row[k]));
            table.row(cells.chain(OF_CODING.iter().map(|k| plain(&coding[k]))));
        }
    }
    table
}

fn text(app: &mut App, group: &str, code: &str, cell: &export::Cell, rows: &[Value]) -> Result<()> {
    let sign = match cell.n {
        Some(n) => cell.status.sign(n),
        None => cell.status.sign(0),
    };
    let rest = format!(
        "  {sign} ({}; {} of {} done)",
        cell.status.as_str(),
        cell.documents_done,
        plural(cell.documents as usize, "document")
    );
    app.out.marked_line("", &format!("{group} · {code}"), &rest)?;
    for row in rows {
        let told = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let turn = row["turn"].as_u64().map(|t| format!(", turn {t}")).unwrap_or_default();
        let speaker = row["speaker"].as_str().map(|s| format!(", {s}")).unwrap_or_default();
        app.out.line("")?;
        app.out.line(&format!(
            "{}. {} {}-{}{turn}{speaker}",
            row["passage"],
            told("document"),
            row["start"],
            row["end"]
        ))?;
        app.out.block(&told("text"))?;
        for coding in row["codings"].as_array().into_iter().flatten() {
            let word = |key: &str| coding[key].as_str().unwrap_or_default();
            let id = ThingId::parse(word("id")).map(short).unwrap_or_default();
            let by = coding["by"].as_str().map(|by| format!(", entered by {by}")).unwrap_or_default();
            let definition = match (coding["definition_version"].as_u64(), coding["definition"].as_str()) {
                (Some(version), _) => {
                    let of = word("definition_of");
                    let of = if of == word("code") { String::new() } else { format!(" ({of})") };
                    format!("by version {version} of {} of the definition{of}", coding["definition_versions"])
                }
                (None, Some(hash)) => format!("by definition {hash}, which is not in the codebook"),
                (None, None) => "definition not told".to_owned(),
            };
            app.out.line(&format!(
                "   {id}  {} {}{by} · {} · {definition}",
                word("coder"),
                word("at"),
                word("code")
            ))?;
        }
    }
    if rows.is_empty() && cell.n.is_some() {
        app.out.said(&format!("no passage; {}", export::tables::freq::ZERO))?;
    } else if rows.is_empty() {
        app.out.said(&format!("no passage, and no number: {}", cell.status.as_str()))?;
    }
    Ok(())
}
