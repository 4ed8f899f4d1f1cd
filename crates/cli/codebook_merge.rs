//! `codebook merge`, `split` and `retire`: codes that become others, or end.

use model::name::Name;
use model::revise;
use serde_json::json;

use crate::app::App;
use crate::code_from::plural;
use crate::codebook_change::{codings, ids};
use crate::error::{CommandError, Outcome, Result};
use crate::session::Session;
use crate::table_source::TableSource;

/// Merge a code into another: it becomes another name of that one, for codings before and after.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim codebook merge budget --into course")]
pub(crate) struct MergeArgs {
    /// The code that ends
    #[arg(value_name = "CODE")]
    code: String,
    /// The code that it becomes
    #[arg(long, value_name = "CODE")]
    into: String,
}

/// Split a code: its codings get one of several others, as a table decides.
///
/// The table has the columns coding and code: the id of a coding (as `verbatim codings --csv` lists it) and
/// the code that it gets. Codings that it does not name stay with the code that is split.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  verbatim codebook split learning --into course,budget --from decided.csv"
)]
pub(crate) struct SplitArgs {
    /// The code that is split
    #[arg(value_name = "CODE")]
    code: String,
    /// The codes that its codings may get
    #[arg(long, value_name = "CODES", value_delimiter = ',', required = true)]
    into: Vec<String>,
    /// A CSV file with the columns coding and code, or - for standard input
    #[arg(long, value_name = "FILE")]
    from: String,
    /// Allow it for other coders' codings
    #[arg(long)]
    other: bool,
}

/// Retire a code: its codings stay and keep their row in tables, new ones are not made.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  verbatim codebook retire budget --reason \"never told apart from course\""
)]
pub(crate) struct RetireArgs {
    /// The code, by its id or its label
    #[arg(value_name = "CODE")]
    code: String,
    /// Why, for the log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Merges one code into another.
pub(crate) fn merge(app: &mut App, session: &mut Session, args: &MergeArgs) -> Result {
    session.may_write()?;
    session.take_codebook_edits(app)?;
    let [code, into] = [&args.code, &args.into].map(|word| session.code_at(word));
    let (code, into) = (code?, into?);
    let book = &session.coded.codebook;
    let (code, into) = (book.codes[code].id.clone(), book.codes[into].id.clone());
    let count = codings(session, &code);
    let changes = revise::merged(book, &code, &into)?;
    let act = session.write(app, "codebook", changes)?;
    app.out.said(&format!("merged {code} into {into}; {} there now", counts(count)))?;
    app.out.json(&json!({ "act": act.to_string(), "code": code, "into": into, "codings": count }))?;
    Ok(Outcome::Done)
}

fn counts(codings: usize) -> String {
    format!("{} {}", plural(codings, "coding"), if codings == 1 { "counts" } else { "count" })
}

/// Splits one code as a table says, all or nothing.
pub(crate) fn split(app: &mut App, session: &mut Session, args: &SplitArgs) -> Result {
    session.may_write()?;
    session.take_codebook_edits(app)?;
    let book = &session.coded.codebook;
    let code = book.codes[session.code_at(&args.code)?].id.clone();
    let into = ids(session, &args.into)?;
    let table = TableSource::read(&args.from)?;
    let column = |name: &str| {
        table.column(name).ok_or_else(|| {
            CommandError::new(format!("{}:1: there is no column {name:?}", table.name))
                .hint("the first line must name the columns coding and code")
        })
    };
    let (coding_at, code_at) = (column("coding")?, column("code")?);
    let mut decided: Vec<(model::id::ThingId, Name)> = Vec::new();
    for (line, cells) in &table.rows {
        let cell = |at: usize| cells.get(at).map(|c| c.trim()).unwrap_or_default();
        let at_line = |mut why: CommandError| {
            why.error = format!("{}:{line}: {}", table.name, why.error);
            why.hint("nothing was changed: correct the table and run the command again")
        };
        let coding = session.coding(cell(coding_at)).map_err(at_line)?;
        crate::recode::own(session, &coding, args.other).map_err(at_line)?;
        let to = book.codes[session.code_at(cell(code_at)).map_err(at_line)?].id.clone();
        if !into.contains(&to) {
            let why = CommandError::new(format!("{to} is none of the codes after --into"));
            return Err(at_line(why));
        }
        if decided.iter().any(|(id, _)| *id == coding.id) {
            return Err(at_line(CommandError::new("this coding is decided twice")));
        }
        decided.push((coding.id, to));
    }
    let changes = revise::split(book, session.state(), &code, &decided)?;
    let count = changes.len();
    let act = session.write(app, "codebook", changes)?;
    let left = codings(session, &code);
    app.out.said(&format!("split {code}: {} changed, {left} left with it", plural(count, "coding")))?;
    app.out.json(
        &json!({ "act": act.to_string(), "code": code, "into": into, "codings": count, "left": left }),
    )?;
    Ok(Outcome::Done)
}

/// Retires one code.
pub(crate) fn retire(app: &mut App, session: &mut Session, args: &RetireArgs) -> Result {
    session.may_write()?;
    session.take_codebook_edits(app)?;
    let book = &session.coded.codebook;
    let code = book.codes[session.code_at(&args.code)?].id.clone();
    let change = revise::retired(book, &code, args.reason.as_deref())?;
    let count = codings(session, &code);
    let act = session.write(app, "codebook", vec![change])?;
    let stay = if count == 1 { "stays" } else { "stay" };
    app.out.said(&format!("retired {code}; {} {stay}", plural(count, "coding")))?;
    app.out.json(&json!({ "act": act.to_string(), "code": code, "codings": count }))?;
    Ok(Outcome::Done)
}
