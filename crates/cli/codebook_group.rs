//! `codebook group`: sets of codes beside the tree, which matrices and agreement use.

use model::revise;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::nearest::did_you_mean;
use crate::session::Session;

/// Put a code into a group of its codebook, or take it out.
///
/// A group is a set of codes beside the tree; a code can be in several. One that is not there yet is made
/// with --label.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim codebook group training soft --label \"Soft measures\"\n  verbatim codebook group training soft --out"
)]
pub(crate) struct GroupArgs {
    /// The code, by its id or its label
    #[arg(value_name = "CODE")]
    code: String,
    /// The group, by its id
    #[arg(value_name = "GROUP")]
    group: String,
    /// Make the group, with this label; for another language nl=… or en=…
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,
    /// Take the code out
    #[arg(long, conflicts_with = "label")]
    out: bool,
}

/// Puts one code into a group, or takes it out.
pub(crate) fn group(app: &mut App, session: &mut Session, args: &GroupArgs) -> Result {
    session.may_write()?;
    session.take_codebook_edits(app)?;
    let book = &session.coded.codebook;
    let code = book.codes[session.code_at(&args.code)?].id.clone();
    let all: Vec<Value> = book.books.iter().flat_map(|b| revise::groups(session.state(), b)).collect();
    let id = |group: &Value| group.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let wanted = args.group.trim();
    let found = all.iter().find(|g| id(g) == wanted);
    if found.is_none() && args.label.as_deref().is_none_or(|l| l.trim().is_empty()) {
        let known: Vec<String> = all.iter().map(id).collect();
        return Err(CommandError::new(format!("there is no group {wanted:?}"))
            .hint(did_you_mean(wanted, known.iter().map(String::as_str)))
            .hint("--label TEXT makes it"));
    }
    if found.is_none() && !crate::codebook_add::is_code_id(wanted) {
        return Err(CommandError::new(format!("{wanted:?} cannot be the id of a group"))
            .hint("use a to z, 0 to 9 and hyphens, such as soft-measures; --label takes any letters"));
    }
    let codes = found.and_then(|g| g.get("codes")).and_then(Value::as_array);
    let inside = codes.is_some_and(|c| c.iter().any(|c| c.as_str() == Some(&code)));
    if inside != args.out {
        let is = if inside { "is in" } else { "is not in" };
        app.out.said(&format!("nothing to change: {code} {is} {wanted}"))?;
        app.out.json(&json!({ "act": null, "code": code, "group": wanted, "in": inside }))?;
        return Ok(Outcome::Nothing);
    }
    let languages = session.languages();
    let label = args.label.as_deref().map(|l| crate::codebook_change::in_language(l, &languages));
    let change = revise::grouped(book, session.state(), &code, wanted, label)?;
    let act = session.write(app, "codebook", vec![change])?;
    let done = if args.out { "took" } else { "put" };
    let to = if args.out { "out of" } else { "into" };
    app.out.said(&format!("{done} {code} {to} {wanted}"))?;
    app.out.json(&json!({ "act": act.to_string(), "code": code, "group": wanted, "in": !args.out }))?;
    Ok(Outcome::Done)
}
