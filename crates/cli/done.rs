//! `done`: a document was read to the end for the codes that are fixed now.

use model::act::{Change, Done};
use model::name::Name;
use model::reading::{DoneMark, Readings};
use serde_json::json;

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::session::Session;

/// Mark documents as read to the end, by you, for every code that is fixed now.
///
/// From then on a code that you did not put on the document counts there as 0: read for, and not found.
/// Codes that are provisional are not part of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim done bakery-1 bakery-2")]
pub(crate) struct Args {
    /// The documents
    #[arg(value_name = "DOC", required = true, num_args = 1..)]
    documents: Vec<String>,
}

/// Marks documents, as one act.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open_to_write(app)?;
    let me = session.me()?;
    let codes: Vec<Name> = session.coded.codebook.fixed().map(|c| c.id.clone()).collect();
    if codes.is_empty() {
        return Err(CommandError::new("no code is fixed yet, so there is nothing to be done for")
            .hint("`verbatim codebook fix CODE` fixes one"));
    }
    let readings = Readings::new(&session.corpus, session.state(), &session.coded);
    let (mut changes, mut done, mut before) = (Vec::new(), Vec::new(), Vec::new());
    for word in &args.documents {
        let at = session.document_at(word)?;
        let document = &session.corpus.documents[at];
        let (_, text) = session.known_text(&document.id)?;
        let waiting =
            session.coded.unplaced.iter().filter(|u| u.document == Some(at as u32) && u.coder == me).count();
        if waiting > 0 {
            let waits = plural(waiting, "coding");
            app.out.aside(
                "warning",
                &format!("{waits} of yours in {} wait until you decide where they stand", document.id),
            );
        }
        let id = document.id.clone();
        if done.contains(&id) || before.contains(&id) {
            continue;
        }
        // Where it was done for all of them, and nothing has reopened it for one since.
        let in_force = |mark: &DoneMark| {
            let read = Readings::read_for(mark, &session.coded, |_| true);
            let holds = |c: &Name| {
                let at = session.coded.codebook.own(c);
                mark.codes.contains(c) && at.is_some_and(|at| read.contains(&(at as u32)))
            };
            mark.text == text && codes.iter().all(holds)
        };
        if readings.mark(at, &me).is_some_and(in_force) {
            before.push(id);
            continue;
        }
        changes.push(Change::Done(Box::new(Done {
            document: id.as_str().into(),
            text,
            codes: codes.clone(),
        })));
        done.push(id);
    }
    for id in &before {
        app.out.said(&format!("{id} was done already"))?;
    }
    let act = if changes.is_empty() { None } else { Some(session.write(app, "done", changes)?.to_string()) };
    if !done.is_empty() {
        app.out.said(&format!(
            "done by {me}: {} (for {})",
            done.join(", "),
            plural(codes.len(), "fixed code")
        ))?;
    }
    app.out
        .json(&json!({ "act": act, "coder": me, "documents": done, "already": before, "codes": codes }))?;
    Ok(Outcome::Done)
}
