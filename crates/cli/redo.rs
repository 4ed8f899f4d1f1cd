//! `redo`: brings back what was undone.

use model::act::{Act, Change, OfAct};
use model::id::ActId;
use model::state::Redoable;
use serde_json::json;

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::lookup::short_act;
use crate::session::Session;
use crate::undo::{check, report, told};

/// Bring back what you undid last, or acts that you name.
///
/// Said again, it brings back what you undid before that, until you do something else: what was undone before
/// a newer act of yours stays undone, unless you name it. What one act undid comes back at once.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim redo\n  verbatim redo 3fa9c012")]
pub(crate) struct Args {
    /// The acts that were undone; a unique end of an id is enough
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Allow it for another coder's act
    #[arg(long)]
    other: bool,
}

/// Redoes acts.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    session.may_write()?;
    let me = session.me()?;
    let mut targets: Vec<&Act> = Vec::new();
    for word in &args.ids {
        let act = session.act(word)?;
        check(&session, act, args.other)?;
        if session.state().is_live(act.id) {
            return Err(
                CommandError::new("that act is not undone").hint("`verbatim history` shows which are")
            );
        }
        targets.push(act);
    }
    if args.ids.is_empty() {
        match session.state().redoable(|a| session.coded.coders.same(&a.coder, &me)) {
            Redoable::These(acts) => targets = acts,
            Redoable::Left(act) => {
                let (id, what) = (act.id, crate::describe::act(&session, act));
                return left(app, id, &what);
            }
            Redoable::Nothing => {
                app.out.said("there is nothing to redo")?;
                app.out.json(&json!({ "redone": null }))?;
                return Ok(Outcome::Nothing);
            }
        }
    }
    let said = told(&session, &targets);
    let of = |(id, _): &(ActId, String)| Change::Redone(Box::new(OfAct { act: *id }));
    session.write(app, "redo", said.iter().map(of).collect())?;
    report(app, "redone", &said)
}

/// Says that nothing is redone, and what could be by naming it.
fn left(app: &mut App, id: ActId, what: &str) -> Result {
    app.out.said("there is nothing to redo: you undid nothing since your last act")?;
    app.out.said(&format!("still undone: {what}; `verbatim redo {}` brings it back", short_act(id)))?;
    app.out.json(&json!({ "redone": null, "left": { "id": id.to_string(), "what": what } }))?;
    Ok(Outcome::Nothing)
}
