//! `undo`: an act that takes another act's effect away; nothing is erased.

use model::act::{Act, Change, OfAct};
use model::id::ActId;
use serde_json::json;

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::session::Session;

/// Undo your newest act, or one that you name.
///
/// Undoing erases nothing: the act stays in the history and `redo` brings it back. Without ID it is your
/// newest act that is undone, also one of yesterday or of another computer.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim undo\n  verbatim undo 3fa9c012")]
pub(crate) struct Args {
    /// The act, or the coding that it made; a unique end of its id is enough
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Allow it for another coder's act
    #[arg(long)]
    other: bool,
}

/// Undoes one act.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    session.may_write()?;
    let me = session.me()?;
    let target = match &args.id {
        Some(word) => {
            let act = session.act(word)?;
            check(&session, act, args.other)?;
            if !session.state().is_live(act.id) {
                return Err(
                    CommandError::new("that act is undone already").hint("`verbatim redo` brings it back")
                );
            }
            Some(act)
        }
        None => {
            session.state().last_undoable(|a| session.coded.coders.same(&a.coder, &me) && !is_introduction(a))
        }
    };
    let Some(act) = target else {
        app.out.said("there is nothing to undo")?;
        app.out.json(&json!({ "undone": null }))?;
        return Ok(Outcome::Nothing);
    };
    let (id, what) = (act.id, crate::describe::act(&session, act));
    session.write(app, "undo", vec![Change::Undone(Box::new(OfAct { act: id }))])?;
    report(app, "undone", id, &what)
}

/// Whether an act only says that a coder joined; nobody means that by "undo".
fn is_introduction(act: &Act) -> bool {
    !act.changes.is_empty() && act.changes.iter().all(|c| matches!(c, Change::CoderIntroduced(_)))
}

/// Refuses acts of a sort that cannot be undone, and another's without `--other`.
pub(crate) fn check(session: &Session, act: &Act, other: bool) -> Result<()> {
    if !model::state::undoable(act) {
        return Err(CommandError::new("an undo or redo cannot itself be undone")
            .hint("name the act that it was about"));
    }
    let me = session.me()?;
    if !other && !session.coded.coders.same(&act.coder, &me) {
        return Err(CommandError::new(format!("that act is by {}, not by {me}", act.coder))
            .hint("add --other if you mean it"));
    }
    Ok(())
}

/// Says what was undone or redone.
pub(crate) fn report(app: &mut App, word: &str, id: ActId, what: &str) -> Result {
    app.out.said(&format!("{word}: {what}"))?;
    app.out.json(&json!({ word: { "id": id.to_string(), "what": what } }))?;
    Ok(Outcome::Done)
}
