//! `history`: what was done, newest first.

use serde_json::{Value, json};

use crate::app::App;
use crate::error::{Outcome, Result};
use crate::lookup::short_act;
use crate::out::Form;
use crate::session::Session;
use crate::table::Table;

/// List what was done, newest first; undone acts are marked.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim history --limit 10\n  verbatim history --coder anna")]
pub(crate) struct Args {
    /// Only the newest N acts
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only acts that made or changed this coding
    #[arg(long, value_name = "ID")]
    coding: Option<String>,
}

/// Lists acts.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let session = Session::open_to_list(app)?;
    let coder = app.global.coder.as_deref().map(|name| session.known_coder(name)).transpose()?;
    let mut acts = match &args.coding {
        Some(word) => session.state().coding_history(session.coding(word)?.id),
        None => session.state().history(),
    };
    acts.retain(|a| coder.as_ref().is_none_or(|c| session.coded.coders.same(&a.coder, c)));
    acts.reverse();
    acts.truncate(args.limit.unwrap_or(usize::MAX));
    let text = app.out.form() == Form::Text;
    let mut table = Table::new(["id", "at", "coder", "act", "live", "what"]);
    let mut rows: Vec<Value> = Vec::new();
    for act in acts {
        let what = crate::describe::act(&session, act);
        let live = session.state().is_live(act.id);
        if app.out.form() == Form::Json {
            rows.push(json!({
                "id": act.id.to_string(), "n": act.n, "at": act.at, "coder": act.coder, "by": act.by, "act": act.act,
                "what": what, "live": live, "changes": act.changes.iter().map(model::act::Change::kind).collect::<Vec<_>>(),
            }));
            continue;
        }
        table.row([
            if text { short_act(act.id) } else { act.id.to_string() },
            act.at.to_string(),
            act.coder.to_string(),
            act.act.to_string(),
            if live { String::new() } else { "undone".to_owned() },
            what,
        ]);
    }
    app.out.json(&json!({ "history": rows }))?;
    app.out.table(&table)?;
    Ok(Outcome::Done)
}
