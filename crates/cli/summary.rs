//! `summary`: what a case says about a code, in the researcher's own words.

use clap::Subcommand;
use model::act::{Change, SummaryWritten};
use model::counted::{Counted, Roles, case_of};
use model::id::ThingId;
use model::name::Name;
use model::state::Live;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::out::Form;
use crate::session::Session;
use crate::table::{Table, cut};

/// Write, print and list summaries of what a case says about a code.
///
/// A summary is linked to your codings of that case and code, those of the codes below it included. Written
/// again, it takes the place of the one before; `undo` brings that back.
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = true,
    args_conflicts_with_subcommands = true,
    override_usage = "verbatim summary [OPTIONS] CASE CODE [TEXT|-]\n       verbatim summary [OPTIONS] list",
    after_help = "Examples:\n  verbatim summary mill training \"Bakers teach each other; nobody pays for a course.\"\n  \
                  verbatim summary mill training\n  verbatim summary list"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// The case, by its id or its name
    #[arg(value_name = "CASE", required = true)]
    case: Option<String>,
    /// The code, by its id or its label
    #[arg(value_name = "CODE", required = true)]
    code: Option<String>,
    /// The summary (- reads standard input); without it the summary is printed
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
    /// Take the summary away
    #[arg(long, conflicts_with = "text")]
    remove: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List all summaries
    List,
}

/// Writes, prints or lists summaries.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    let (Some(case), Some(code)) = (&args.case, &args.code) else {
        return list(app, &session);
    };
    let case = session.case_id(case)?;
    let place = session.code_at(code)?;
    let code = session.coded.codebook.codes[place].id.clone();
    let body = match args.text.as_deref() {
        None if args.remove => String::new(),
        None => return print(app, &session, &case, &code),
        Some("-") => crate::memo::from_stdin()?,
        Some(text) => text.to_owned(),
    };
    session.may_write()?;
    if body.trim().is_empty() && !args.remove {
        return Err(CommandError::new("the summary is empty")
            .hint("give its text as the last word, or - to read it from standard input")
            .hint("--remove takes a summary away"));
    }
    if args.remove && !written(&session).iter().any(|(_, s)| s.case == case && s.code == code) {
        app.out.said(&format!("no summary of {code} in {case} yet"))?;
        app.out.json(&json!({ "act": null, "case": case, "code": code, "codings": 0 }))?;
        return Ok(Outcome::Nothing);
    }
    let codings = codings(&session, &case, place)?;
    let n = codings.len();
    let written =
        SummaryWritten { case: case.clone(), code: code.clone(), body: body.trim_end().to_owned(), codings };
    let act = session.write(app, "summary", vec![Change::SummaryWritten(Box::new(written))])?;
    let linked = crate::code_from::plural(n, "coding");
    let said = if args.remove {
        format!("removed the summary of {code} in {case}")
    } else {
        format!("summary of {code} in {case}, linked to {linked}")
    };
    app.out.said(&said)?;
    app.out.json(&json!({ "act": act.to_string(), "case": case, "code": code, "codings": n }))?;
    Ok(Outcome::Done)
}

/// The coder's codings of a case and a code, those below it included.
fn codings(session: &Session, case: &Name, code: usize) -> Result<Vec<ThingId>> {
    let me = session.me()?;
    let below = session.coded.codebook.subtree(code);
    let mut out = Vec::new();
    for (at, document) in session.corpus.documents.iter().enumerate() {
        let counted = Counted::of(document, Roles::default());
        let own = session.coded.in_document(at).iter();
        let own = own.filter(|p| *session.coded.coder(p) == me && below.contains(&(p.code as usize)));
        let inside =
            own.filter(|p| case_of(document, &counted, p.span, p.case.as_deref()).0 == Some(case.as_str()));
        out.extend(inside.map(|p| p.id));
    }
    out.sort_unstable();
    Ok(out)
}

/// The summaries that say something.
fn written(session: &Session) -> Vec<(Live<'_>, &SummaryWritten)> {
    let all = session.state().summaries().into_iter().filter_map(|l| match l.change {
        Change::SummaryWritten(s) => Some((l, &**s)),
        _ => None,
    });
    all.filter(|(_, s)| !s.body.trim().is_empty()).collect()
}

fn print(app: &mut App, session: &Session, case: &Name, code: &Name) -> Result {
    let found = written(session).into_iter().find(|(_, s)| s.case == *case && s.code == *code);
    let Some((live, summary)) = found else {
        app.out.said(&format!("no summary of {code} in {case} yet"))?;
        app.out.json(&json!({ "summary": null }))?;
        return Ok(Outcome::Nothing);
    };
    app.out.json(&json!({ "summary": row(&live, summary) }))?;
    app.out.block(&summary.body)?;
    Ok(Outcome::Done)
}

fn list(app: &mut App, session: &Session) -> Result {
    let text = app.out.form() == Form::Text;
    let mut table = Table::new(["case", "code", "coder", "codings", "summary"]);
    let mut rows = Vec::new();
    for (live, s) in written(session) {
        rows.push(row(&live, s));
        table.row([
            s.case.to_string(),
            s.code.to_string(),
            live.act.coder.to_string(),
            s.codings.len().to_string(),
            if text {
                cut(&s.body.split_whitespace().collect::<Vec<_>>().join(" "), 60)
            } else {
                s.body.clone()
            },
        ]);
    }
    let none = rows.is_empty();
    app.out.json(&json!({ "summaries": rows }))?;
    if none && text {
        app.out.said("no summary yet")?;
        return Ok(Outcome::Nothing);
    }
    app.out.table(&table)?;
    Ok(if none { Outcome::Nothing } else { Outcome::Done })
}

fn row(live: &Live<'_>, summary: &SummaryWritten) -> Value {
    let codings: Vec<String> = summary.codings.iter().map(ToString::to_string).collect();
    json!({
        "case": summary.case, "code": summary.code, "body": summary.body, "codings": codings,
        "coder": live.act.coder, "at": live.act.at,
    })
}
