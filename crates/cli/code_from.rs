//! `code --from`: many codings from a table, all or nothing, as one act.

use model::act::Change;
use serde_json::json;

use crate::app::App;
use crate::code::{Wish, coding};
use crate::error::{CommandError, Outcome, Result};
use crate::out::Form;
use crate::session::Session;
use crate::table_source::TableSource;
use export::codings::Rows;

/// Columns with a meaning of their own; every other that names a qualifier is one.
const COLUMNS: [&str; 8] = ["document", "start", "end", "code", "case", "weight", "note", "quote"];

/// Codes every row of a table.
pub(crate) fn run(app: &mut App, from: &str) -> Result {
    let mut session = Session::open_to_write(app)?;
    let table = TableSource::read(from)?;
    for needed in ["document", "start", "end", "code"] {
        if table.column(needed).is_none() {
            return Err(CommandError::new(format!("{}:1: there is no column {needed:?}", table.name)).hint(
                format!(
                    "the first line must name the columns document, start, end, code; it names {}",
                    table.heads.join(", ")
                ),
            ));
        }
    }
    let label = session.case_label().to_owned();
    let case_column = table.column("case").or_else(|| table.column(&label));
    let mut extra = Vec::new();
    for (at, head) in table.heads.iter().enumerate() {
        let known = COLUMNS.iter().any(|c| head.eq_ignore_ascii_case(c)) || Some(at) == case_column;
        let key = head.strip_prefix("qualifier.").unwrap_or(head);
        if known {
        } else if session.coded.codebook.qualifiers.iter().any(|q| q.id == key) {
            extra.push((at, key.to_owned()));
        } else {
            app.out.aside("note", &format!("{}:1: column {head:?} is not used", table.name));
        }
    }
    let mut changes = Vec::with_capacity(table.rows.len());
    let mut wrong: Vec<CommandError> = Vec::new();
    for (line, cells) in &table.rows {
        let cell = |at: Option<usize>| {
            at.and_then(|i| cells.get(i)).map(|c| c.trim()).filter(|c| !c.is_empty()).map(str::to_owned)
        };
        let named = |name: &str| cell(table.column(name));
        let wish = Wish {
            document: named("document").unwrap_or_default(),
            start: named("start").unwrap_or_default(),
            end: named("end").unwrap_or_default(),
            code: named("code").unwrap_or_default(),
            case: cell(case_column),
            weight: named("weight"),
            note: named("note"),
            quote: named("quote"),
            qualifiers: extra.iter().filter_map(|(at, key)| Some((key.clone(), cell(Some(*at))?))).collect(),
        };
        match coding(&session, &wish) {
            Ok(added) => changes.push(Change::CodingAdded(Box::new(added))),
            Err(mut why) => {
                why.error = format!("{}:{line}: {}", table.name, why.error);
                wrong.push(why);
            }
        }
    }
    if let Some(mut first) = wrong.first().cloned() {
        for other in wrong.iter().skip(1).take(9) {
            app.out.aside("also", &other.error);
        }
        if wrong.len() > 1 {
            first.hints.push(format!("{} of {} lines are wrong", wrong.len(), table.rows.len()));
        }
        first.hints.push("nothing was coded: correct the table and run the command again".to_owned());
        return Err(first);
    }
    if changes.is_empty() {
        return Err(CommandError::new(format!("{} has no rows", table.name))
            .hint("each line below the first is one coding"));
    }
    let count = changes.len();
    let mut documents: Vec<String> = changes
        .iter()
        .filter_map(|c| match c {
            Change::CodingAdded(c) => Some(c.anchor.document.to_string()),
            _ => None,
        })
        .collect();
    documents.sort_unstable();
    documents.dedup();
    let act = session.write(app, "code", changes)?;
    let (codings, texts) = (plural(count, "coding"), plural(documents.len(), "document"));
    app.out
        .said(&format!("coded: {codings} in {texts} (one act: `verbatim undo` takes all of them back)"))?;
    if app.out.form() == Form::Json {
        let rows = Rows::new(session.ground()).made_by(act);
        app.out.json(&json!({ "act": act.to_string(), "codings": rows }))?;
    }
    Ok(Outcome::Done)
}

/// A count with its word: `1 coding`, `3 codings`.
pub(crate) fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
