//! `reopen`: takes the mark `done` off documents.

use model::act::{Change, OfDocument};
use model::reading::Readings;
use serde_json::json;

use crate::app::App;
use crate::error::{Outcome, Result};
use crate::session::Session;

/// Take your mark "done" off documents; their zeros become "not done".
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim reopen bakery-1")]
pub(crate) struct Args {
    /// The documents
    #[arg(value_name = "DOC", required = true, num_args = 1..)]
    documents: Vec<String>,
}

/// Reopens documents, as one act.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    session.may_write()?;
    let me = session.me()?;
    let readings = Readings::new(&session.corpus, session.state(), &session.coded);
    let mut ids: Vec<String> = Vec::new();
    for word in &args.documents {
        let at = session.document_at(word)?;
        let id = session.corpus.documents[at].id.clone();
        if readings.mark(at, &me).is_none() {
            app.out.aside("note", &format!("{id} is not marked done by {me}"));
        } else if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        app.out.json(&json!({ "act": null, "coder": me, "documents": ids }))?;
        return Ok(Outcome::Nothing);
    }
    let changes = ids
        .iter()
        .map(|id| Change::Reopened(Box::new(OfDocument { document: id.as_str().into() })))
        .collect();
    let act = session.write(app, "reopen", changes)?;
    app.out.said(&format!("reopened by {me}: {}", ids.join(", ")))?;
    app.out.json(&json!({ "act": act.to_string(), "coder": me, "documents": ids }))?;
    Ok(Outcome::Done)
}
