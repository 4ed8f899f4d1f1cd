//! `uncode`: codings are taken away; `undo` brings them back.

use model::act::{Change, OfCoding};
use serde_json::json;

use crate::app::App;
use crate::code_from::plural;
use crate::error::{Outcome, Result};
use crate::recode::own;
use crate::session::Session;

/// Take codings away.
///
/// They stay in the history, and `verbatim undo` brings them back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim uncode 3fa9c012.1")]
pub(crate) struct Args {
    /// The codings, by id; a unique end of the id is enough
    #[arg(value_name = "ID", required = true, num_args = 1..)]
    ids: Vec<String>,
    /// Allow it for another coder's codings
    #[arg(long)]
    other: bool,
}

/// Removes codings, as one act.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    session.may_write()?;
    let mut ids = Vec::new();
    for word in &args.ids {
        let coding = session.coding(word)?;
        own(&session, &coding, args.other)?;
        if !ids.contains(&coding.id) {
            ids.push(coding.id);
        }
    }
    let changes = ids.iter().map(|id| Change::CodingRemoved(Box::new(OfCoding { coding: *id }))).collect();
    let act = session.write(app, "uncode", changes)?;
    app.out.said(&format!("removed: {}", plural(ids.len(), "coding")))?;
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    app.out.json(&json!({ "act": act.to_string(), "codings": ids }))?;
    Ok(Outcome::Done)
}
