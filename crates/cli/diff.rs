//! `diff`: what moved in a table since it was saved, and by which acts.
//!
//! An act moved a cell when it came after those that the table was made from and touches something that
//! the cell is made of: a coding or a mark in its documents with its codes, the codes themselves, the
//! texts, or whose reading counts.

mod moments;
mod place;
mod scope;
mod since;

use model::act::Act;
use model::coded::Coded;
use model::ground::Ground;
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::lookup::short_act;
use crate::out::Form;
use crate::paths::pasted;
use crate::saved_table::{Moved, Saved};
use crate::session::Session;
use crate::table::Table;
use moments::Moments;
use scope::Scopes;
use since::Since;

/// Tell what moved since a table was saved, and by which acts.
///
/// The table is made again from the study as it is now. For each cell that moved the acts are listed that
/// came since and touch what it is made of: codings, removals, definitions, text revisions, done marks.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim diff table.csv\n  verbatim diff tables/case_code.csv --json")]
pub(crate) struct Args {
    /// A table saved with --out, a table of a package, or the folder of a package
    #[arg(value_name = "TABLE.csv")]
    file: String,
    /// Go on although acts of a newer version could matter
    #[arg(long)]
    ignore_unknown: bool,
}

/// Compares with now, and finds the acts.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    if app.global.as_of.is_some() {
        return Err(CommandError::new("diff compares a table with the study as it is now").hint(
            "leave --as-of out; `verbatim freq --as-of TIME --out FILE` makes a table of another time",
        ));
    }
    let mut saved = Saved::open(&pasted(&args.file))?;
    let again = saved.again(app, false, args.ignore_unknown)?;
    let session = Session::open(app)?;
    let now = crate::provenance::of(&session, "table", &[]);
    let changed = saved.changed(&now);
    saved.remarks.extend(changed);
    let then = crate::provenance::acts(app, &session.study, &saved.provenance)?;
    let before = session.state().filtered(|act| then.ids.contains(&act.id));
    let coded = Coded::new(&session.corpus, &before);
    let ground = Ground { corpus: &session.corpus, state: &before, coded: &coded };
    let moments = Moments::new(ground, session.ground(), session.study.coder().ok(), |documents| {
        session.study.told_of(documents)
    });
    let since = Since::new(&moments, &then.ids, &saved, &again);
    let mut scopes = Scopes::new(&moments, &saved);
    let mut moved: Vec<(&str, Moved, Vec<&Act>)> = Vec::new();
    for (at, ((name, was), (_, is))) in saved.tables.iter().zip(&again).enumerate() {
        for cell in was.moved(is) {
            let tables = if cell.is_new() { [is, was] } else { [was, is] };
            let scope = scopes.of(at, name, tables, &cell);
            let mut acts = since.touching(&scope);
            if acts.is_empty() {
                // A row of the researcher's tables may have been another when the document was there.
                acts = since.touching(&scope.with_gone(&moments));
            }
            moved.push((name, cell, acts));
        }
    }
    for remark in &saved.remarks {
        app.out.aside("note", remark);
    }
    match app.out.form() {
        Form::Json => {
            let cells: Vec<Value> =
                moved.iter().map(|(name, cell, acts)| as_json(&session, name, cell, acts)).collect();
            app.out
                .json(&json!({ "moved": cells, "remarks": saved.remarks, "acts_since": since.acts.len() }))?;
        }
        Form::Csv => {
            let mut table = Table::new(["table", "row", "column", "was", "is", "acts"]);
            for (name, cell, acts) in &moved {
                let [file, row, column, was, is] = crate::verify::told(name, cell);
                let ids: Vec<String> = acts.iter().map(|a| a.id.to_string()).collect();
                table.row([file, row, column, was, is, ids.join(" ")]);
            }
            app.out.table(&table)?;
        }
        Form::Text => {
            for (name, cell, acts) in &moved {
                let [_, row, column, was, is] = crate::verify::told(name, cell);
                let place: Vec<&str> =
                    [row.as_str(), &column].into_iter().filter(|part| !part.is_empty()).collect();
                app.out.line(&format!("{}: {was} → {is}", place.join(" · ")))?;
                for act in acts {
                    app.out.line(&format!("  {}", line(&session, act)))?;
                }
                if acts.is_empty() {
                    app.out.line("  no act is known to move it: see the notes on texts and tables")?;
                }
            }
            let acts = plural(since.acts.len(), "act");
            let cells = if moved.is_empty() {
                "no cell moved".to_owned()
            } else {
                plural(moved.len(), "cell") + " moved"
            };
            app.out.said(&format!("{cells}; {acts} since"))?;
        }
    }
    Ok(Outcome::Done)
}

fn as_json(session: &Session, table: &str, moved: &Moved, acts: &[&Act]) -> Value {
    let acts: Vec<Value> = acts
        .iter()
        .map(|a| {
            json!({
                "id": a.id.to_string(), "at": a.at, "coder": a.coder, "by": a.by, "act": a.act,
                "what": crate::describe::act(session, a),
            })
        })
        .collect();
    json!({
        "table": table, "row": moved.row, "column": moved.column, "was": moved.was, "is": moved.is, "acts": acts,
    })
}

fn line(session: &Session, act: &Act) -> String {
    let by = act.by.as_ref().map(|by| format!(" (by {by})")).unwrap_or_default();
    format!("{}  {} {}{by}: {}", short_act(act.id), act.at, act.coder, crate::describe::act(session, act))
}
