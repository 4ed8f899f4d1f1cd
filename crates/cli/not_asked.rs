//! `not-asked` and `asked`: codes that the questions of an interview did not reach, so that their
//! silence is no zero.

use model::act::{Change, NotAsked};
use model::name::Name;
use serde_json::json;

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::session::Session;

/// Say which codes an interview's questions did not reach, or take that back.
///
/// Such a cell is shown as "not asked", never as 0. A code counts with all codes below it. WHERE is a
/// document or a case; where a name is both, write doc:NAME or case:NAME.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim not-asked bakery-2 training social-responsibility\n  verbatim not-asked case:bakery training\n  \
                        verbatim asked bakery-2 training"
)]
pub(crate) struct Args {
    /// The document or case
    #[arg(value_name = "CASE|DOC")]
    place: String,
    /// The codes
    #[arg(value_name = "CODE", required = true, num_args = 1..)]
    codes: Vec<String>,
    /// The other way round: take "not asked" back (or, for `asked`, set it)
    #[arg(long)]
    pub(crate) undo: bool,
}

/// Writes the mark; `back` takes it back.
pub(crate) fn run(app: &mut App, args: &Args, back: bool) -> Result {
    let mut session = Session::open_to_write(app)?;
    let (document, case) = place(&session, &args.place)?;
    let mut codes: Vec<Name> = Vec::new();
    for word in &args.codes {
        let id = session.coded.codebook.codes[session.code_at(word)?].id.clone();
        if !codes.contains(&id) {
            codes.push(id);
        }
    }
    let whom = document.as_ref().or(case.as_ref()).map(Name::to_string).unwrap_or_default();
    let list = codes.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
    let mark = Box::new(NotAsked { case: case.clone(), document: document.clone(), codes: codes.clone() });
    let (verb, change) =
        if back { ("asked", Change::Asked(mark)) } else { ("not-asked", Change::NotAsked(mark)) };
    let act = session.write(app, verb, vec![change])?;
    app.out.said(&format!("{} in {whom}: {list}", if back { "asked" } else { "not asked" }))?;
    app.out.json(
        &json!({ "act": act.to_string(), "document": document, "case": case, "codes": codes, "asked": back }),
    )?;
    Ok(Outcome::Done)
}

/// The document or the case that a word names.
fn place(session: &Session, word: &str) -> Result<(Option<Name>, Option<Name>)> {
    let label = format!("{}:", session.case_label());
    if let Some(document) = word.strip_prefix("doc:").or_else(|| word.strip_prefix("document:")) {
        return Ok((Some(Name::new(&session.document(document)?.id)), None));
    }
    if let Some(case) = word.strip_prefix("case:").or_else(|| word.strip_prefix(&label)) {
        return Ok((None, Some(session.case_id(case)?)));
    }
    match (session.document(word), session.case_id(word)) {
        (Ok(document), Err(_)) => Ok((Some(Name::new(&document.id)), None)),
        (Err(_), Ok(case)) => Ok((None, Some(case))),
        (Ok(_), Ok(_)) => {
            Err(CommandError::new(format!("{word:?} is a document and a {}", session.case_label()))
                .hint(format!("write doc:{word} or case:{word}")))
        }
        (Err(document), Err(case)) => {
            let mut error =
                CommandError::new(format!("there is no document or {} {word:?}", session.case_label()));
            error.hints = document.hints.into_iter().chain(case.hints).collect();
            Err(error)
        }
    }
}
