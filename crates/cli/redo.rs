//! `redo`: brings back what was undone.

use model::act::{Change, OfAct};
use serde_json::json;

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::session::Session;
use crate::undo::{check, report};

/// Bring back what was undone: your newest undone act, or one that you name.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim redo")]
pub(crate) struct Args {
    /// The act that was undone; a unique end of its id is enough
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Allow it for another coder's act
    #[arg(long)]
    other: bool,
}

/// Redoes one act.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    session.may_write()?;
    let me = session.me()?;
    let target = match &args.id {
        Some(word) => {
            let act = session.act(word)?;
            check(&session, act, args.other)?;
            if session.state().is_live(act.id) {
                return Err(
                    CommandError::new("that act is not undone").hint("`verbatim history` shows which are")
                );
            }
            Some(act)
        }
        None => session.state().last_redoable(|a| session.coded.coders.same(&a.coder, &me)),
    };
    let Some(act) = target else {
        app.out.said("there is nothing to redo")?;
        app.out.json(&json!({ "redone": null }))?;
        return Ok(Outcome::Nothing);
    };
    let (id, what) = (act.id, crate::describe::act(&session, act));
    session.write(app, "redo", vec![Change::Redone(Box::new(OfAct { act: id }))])?;
    report(app, "redone", id, &what)
}
