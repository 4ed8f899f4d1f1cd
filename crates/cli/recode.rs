//! `recode`: codings get another code; their place, case and note stay.

use model::act::Change;
use model::amend;
use serde_json::json;

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::session::Session;

/// Give codings another code; their place, case, weight and note stay.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim recode 3fa9c012.1 internal-mobility")]
pub(crate) struct Args {
    /// The codings, by id; a unique end of the id is enough
    #[arg(value_name = "ID", required = true, num_args = 1..)]
    ids: Vec<String>,
    /// The new code
    #[arg(value_name = "CODE")]
    code: String,
    /// Allow it for another coder's codings
    #[arg(long)]
    other: bool,
}

/// Changes the code of codings, as one act.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open_to_write(app)?;
    let to = session.open_code(&args.code)?.id.clone();
    let book = &session.coded.codebook;
    let at = book.position(&to).unwrap_or_default();
    let mut ids = Vec::new();
    for word in &args.ids {
        let coding = session.coding(word)?;
        own(&session, &coding, args.other)?;
        if *coding.code != to && !ids.contains(&coding.id) {
            ids.push(coding.id);
        }
    }
    if ids.is_empty() {
        app.out.said(&format!("nothing to change: they carry {to} already"))?;
        app.out.json(&json!({ "act": null, "code": to, "codings": [] }))?;
        return Ok(Outcome::Nothing);
    }
    let recoded = ids.iter().filter_map(|id| amend::recoded(book, *id, at));
    let changes = recoded.map(|c| Change::CodingChanged(Box::new(c))).collect();
    let act = session.write(app, "recode", changes)?;
    app.out.said(&format!("recoded: {} to {to}", plural(ids.len(), "coding")))?;
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    app.out.json(&json!({ "act": act.to_string(), "code": to, "codings": ids }))?;
    Ok(Outcome::Done)
}

/// Refuses another coder's coding without `--other`.
pub(crate) fn own(session: &Session, coding: &model::state::Coding<'_>, other: bool) -> Result<()> {
    let me = session.me()?;
    if other || session.coded.coders.same(&coding.added.coder, &me) {
        return Ok(());
    }
    Err(CommandError::new(format!(
        "coding {} is {}'s, not {me}'s",
        crate::lookup::short(coding.id),
        coding.added.coder
    ))
    .hint("add --other if you mean it; your own reading stays apart if you code the passage yourself"))
}
