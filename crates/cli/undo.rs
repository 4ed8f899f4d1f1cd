//! `undo`: an act that takes another act's effect away; nothing is erased.

use model::act::{Act, Change, OfAct};
use model::id::ActId;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::lookup::short_act;
use crate::session::Session;

/// Undo your newest act, or those that you name.
///
/// Undoing erases nothing: the act stays in the history and `redo` brings it back. Without ID it is your
/// newest act that is undone, also one of yesterday or of another computer. Several are undone as one act.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim undo\n  verbatim undo 3fa9c012")]
pub(crate) struct Args {
    /// The acts, or the codings that they made; a unique end of an id is enough
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Allow it for another coder's act
    #[arg(long)]
    other: bool,
}

/// Undoes acts.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    session.may_write()?;
    let me = session.me()?;
    let mut targets: Vec<&Act> = Vec::new();
    for word in &args.ids {
        let act = session.act(word)?;
        check(&session, act, args.other)?;
        if !session.state().is_live(act.id) {
            return Err(CommandError::new("that act is undone already")
                .hint(format!("`verbatim redo {}` brings it back", short_act(act.id))));
        }
        targets.push(act);
    }
    if args.ids.is_empty() {
        let is_own = |a: &Act| session.coded.coders.same(&a.coder, &me) && !is_introduction(a);
        targets.extend(session.state().last_undoable(is_own));
    }
    if targets.is_empty() {
        app.out.said("there is nothing to undo")?;
        app.out.json(&json!({ "undone": null }))?;
        return Ok(Outcome::Nothing);
    }
    let said = told(&session, &targets);
    let of = |(id, _): &(ActId, String)| Change::Undone(Box::new(OfAct { act: *id }));
    session.write(app, "undo", said.iter().map(of).collect())?;
    report(app, "undone", &said)
}

/// Acts by their ids, each once, with what they did.
pub(crate) fn told(session: &Session, acts: &[&Act]) -> Vec<(ActId, String)> {
    let mut out: Vec<(ActId, String)> = Vec::new();
    for act in acts {
        if out.iter().all(|(id, _)| *id != act.id) {
            out.push((act.id, crate::describe::act(session, act)));
        }
    }
    out
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

/// Says what was undone or redone: the first act as ever, and all of them.
pub(crate) fn report(app: &mut App, word: &str, acts: &[(ActId, String)]) -> Result {
    for (_, what) in acts {
        app.out.said(&format!("{word}: {what}"))?;
    }
    let all: Vec<Value> =
        acts.iter().map(|(id, what)| json!({ "id": id.to_string(), "what": what })).collect();
    app.out.json(&json!({ word: all.first(), "acts": all }))?;
    Ok(Outcome::Done)
}
