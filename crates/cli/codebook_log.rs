//! `codebook freeze` and `log`: versions of the codebook, and how it came to be what it is.

use export::codebook_log::{entries, said, subject};
use model::act::Change;
use model::codebook::Status;
use model::revise;
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::codebook_add::Earlier;
use crate::error::{CommandError, Outcome, Result};
use crate::lookup::short_act;
use crate::out::Form;
use crate::session::Session;
use crate::table::Table;

/// Freeze the codebook: all its codes become fixed, and the version has a name.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim codebook freeze 1.0")]
pub(crate) struct FreezeArgs {
    /// The name of the version
    #[arg(value_name = "NAME")]
    name: String,
    /// What documents done before are worth for codes that become fixed by it
    #[arg(long, value_name = "WORTH", default_value = "reopen")]
    earlier: Earlier,
}

/// Show how the codebook came to be: versions, changes with their reasons, codings that they touched.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim codebook log\n  verbatim codebook log training --json")]
pub(crate) struct LogArgs {
    /// Only this code
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Freezes all codebooks of the study.
pub(crate) fn freeze(app: &mut App, session: &mut Session, args: &FreezeArgs) -> Result {
    session.may_write()?;
    session.take_codebook_edits(app)?;
    let name = args.name.trim();
    if name.is_empty() {
        return Err(CommandError::new("a version needs a name").hint("such as 1.0"));
    }
    let book = &session.coded.codebook;
    let open =
        |c: &&model::codebook::Code| c.status == Status::Provisional && !c.retired && c.merged_into.is_none();
    let fixed: Vec<_> = book.codes.iter().filter(open).map(|c| c.id.clone()).collect();
    let books = book.books.clone();
    let mut changes = revise::frozen(book, session.state(), name, args.earlier.as_str())?;
    crate::codebook_add::offer(app, session, args.earlier, &mut changes);
    let act = session.write(app, "codebook", changes)?;
    app.out
        .said(&format!("the codebook is frozen as {name}; {} fixed by it", plural(fixed.len(), "code")))?;
    app.out.json(&json!({ "act": act.to_string(), "version": name, "fixed": fixed, "codebooks": books }))?;
    Ok(Outcome::Done)
}

/// Lists the live acts on the codebook, the oldest first.
pub(crate) fn log(app: &mut App, session: &Session, args: &LogArgs) -> Result {
    let only = match &args.code {
        Some(word) => Some(session.coded.codebook.codes[session.code_at(word)?].id.clone()),
        None => None,
    };
    let text = app.out.form() == Form::Text;
    let mut table = Table::new(["at", "coder", "act", "effect", "#codings", "what", "reason"]);
    let mut rows: Vec<Value> = Vec::new();
    for entry in entries(session.ground(), only.as_deref()) {
        let Some(first) = entry.first() else { continue };
        let act = entry.act;
        let what = match entry.changes.len() {
            1 => crate::describe::change(session, first),
            n => {
                format!("{n} codes {}", if matches!(first, Change::CodeAdded(_)) { "added" } else { "fixed" })
            }
        };
        let (effect, reason) = said(first);
        table.row([
            act.at.to_string(),
            act.coder.to_string(),
            if text { short_act(act.id) } else { act.id.to_string() },
            effect.unwrap_or_default().to_owned(),
            entry.codings.map(|n| n.to_string()).unwrap_or_default(),
            what.clone(),
            reason.unwrap_or_default().to_owned(),
        ]);
        rows.push(json!({
            "act": act.id.to_string(), "at": act.at, "coder": act.coder, "kind": first.kind(),
            "code": subject(first), "what": what, "effect": effect, "reason": reason, "codings": entry.codings,
        }));
    }
    let none = rows.is_empty();
    let versions: serde_json::Map<String, Value> = session
        .coded
        .codebook
        .books
        .iter()
        .filter_map(|b| Some((b.to_string(), session.state().setting(&revise::version_key(b))?.clone())))
        .collect();
    app.out.json(&json!({ "log": rows, "versions": versions }))?;
    app.out.table(&table)?;
    Ok(if none { Outcome::Nothing } else { Outcome::Done })
}
