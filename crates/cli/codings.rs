//! `codings`: every coding, with where it stands, whose it is and whether it counts.

use model::name::Name;
use serde_json::json;

use crate::app::App;
use crate::codings_change;
use crate::error::{Outcome, Result};
use crate::out::Form;
use crate::session::Session;
use crate::table::Table;
use export::codings::{CodingRow, Rows};

/// List codings, change, split or merge them.
///
/// Without a command every coding is listed, also those of other coders and those that wait until a person decides where
/// they stand; the column "counted" tells which are in the table of frequencies.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    override_usage = "verbatim codings [OPTIONS]\n       verbatim codings change|split|merge ID…",
    after_help = "Examples:\n  verbatim codings --code training --case bakery-de-korst --csv\n  \
                  verbatim codings change 3fa9c012.1 --note \"said with a laugh\""
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Only this document (may be given several times)
    #[arg(long, value_name = "DOC")]
    doc: Vec<String>,
    /// Only this code and the codes below it
    #[arg(long, value_name = "CODE")]
    code: Vec<String>,
    /// Only this case
    #[arg(long, value_name = "CASE", visible_alias = "organisation")]
    case: Vec<String>,
    /// Only my own (with --coder NAME: only theirs)
    #[arg(long)]
    mine: bool,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Change note, weight, case, qualifiers or bounds
    Change(codings_change::ChangeArgs),
    /// Make two codings of one
    Split(codings_change::SplitArgs),
    /// Make one coding of several
    Merge(codings_change::MergeArgs),
}

/// Lists the codings that pass the filters, or changes some.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    match &args.what {
        Some(What::Change(args)) => return codings_change::change(app, args),
        Some(What::Split(args)) => return codings_change::split(app, args),
        Some(What::Merge(args)) => return codings_change::merge(app, args),
        None => {}
    }
    let session = Session::open_to_list(app)?;
    let rows = filtered(app, &session, args)?;
    print(app, &rows)?;
    if rows.is_empty() {
        app.out.said("no coding found")?;
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn filtered(app: &App, session: &Session, args: &Args) -> Result<Vec<CodingRow>> {
    let documents = args.doc.iter().map(|d| session.document_at(d)).collect::<Result<Vec<_>>>()?;
    let book = &session.coded.codebook;
    let mut codes = Vec::new();
    for word in &args.code {
        let at = session.code_at(word)?;
        let at = book.resolve(&book.codes[at].id).unwrap_or(at);
        codes.push(book.subtree(at));
    }
    let cases = args.case.iter().map(|c| session.case_id(c)).collect::<Result<Vec<_>>>()?;
    let coder = match &app.global.coder {
        Some(name) => Some(session.known_coder(name)?),
        None if args.mine => Some(session.me()?),
        None => None,
    };
    let mut rows = Rows::new(session.ground()).all();
    rows.retain(|row| {
        (documents.is_empty() || row.document_at.is_some_and(|d| documents.contains(&d)))
            && (codes.is_empty() || row.code_at.is_some_and(|c| codes.iter().any(|range| range.contains(&c))))
            && (cases.is_empty() || row.case.as_deref().is_some_and(|c| cases.contains(&Name::new(c))))
            && coder.as_ref().is_none_or(|c| *c == row.coder.as_str())
    });
    Ok(rows)
}

fn print(app: &mut App, rows: &[CodingRow]) -> Result<()> {
    match app.out.form() {
        Form::Json => app.out.json(&json!({ "codings": rows })),
        Form::Csv => app.out.table(&whole(rows)),
        Form::Text if rows.is_empty() => Ok(()),
        Form::Text => app.out.table(&brief(rows)),
    }
}

/// Every column of the contract.
fn whole(rows: &[CodingRow]) -> Table {
    let mut table = Table::new([
        "id",
        "document",
        "start",
        "end",
        "quote",
        "code",
        "top",
        "coder",
        "by",
        "case",
        "case_from",
        "speaker",
        "role",
        "turn",
        "at",
        "weight",
        "note",
        "qualifiers",
        "anchor",
        "counted",
    ]);
    for row in rows {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let number = |value: Option<String>| value.unwrap_or_default();
        let pairs: Vec<String> = row.qualifiers.iter().map(|(k, v)| format!("{k}={v}")).collect();
        table.row([
            row.id.clone(),
            row.document.clone(),
            row.start.to_string(),
            row.end.to_string(),
            row.quote.clone(),
            row.code.clone(),
            row.top.clone(),
            row.coder.clone(),
            text(&row.by),
            text(&row.case),
            row.case_from.unwrap_or_default().to_owned(),
            text(&row.speaker),
            row.role.unwrap_or_default().to_owned(),
            number(row.turn.map(|t| t.to_string())),
            row.at.clone(),
            number(row.weight.map(|w| w.to_string())),
            text(&row.note),
            pairs.join(";"),
            row.anchor.to_owned(),
            number(row.counted.map(|c| if c { "yes" } else { "no" }.to_owned())),
        ]);
    }
    table
}

/// What fits on a screen.
fn brief(rows: &[CodingRow]) -> Table {
    let mut table =
        Table::new(["id", "document", "#start", "#end", "code", "coder", "case", "counted", "quote"]);
    for row in rows {
        let counted = match (row.anchor, row.counted) {
            ("review", _) => "review",
            (_, Some(true)) => "yes",
            (_, Some(false)) => "no",
            (_, None) => "?",
        };
        table.row([
            row.short.clone(),
            row.document.clone(),
            row.start.to_string(),
            row.end.to_string(),
            row.code.clone(),
            row.coder.clone(),
            row.case.clone().unwrap_or_default(),
            counted.to_owned(),
            crate::table::cut(&row.quote.split_whitespace().collect::<Vec<_>>().join(" "), 60),
        ]);
    }
    table
}
