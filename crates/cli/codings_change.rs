//! `codings change`, `split` and `merge`: what becomes of a coding after it was made.

use model::act::{Change, CodingChanged, Qualifiers};
use model::amend::{self, Refusal};
use model::corpus::Document;
use model::id::ThingId;
use model::span::Span;
use model::state::Coding;
use serde_json::json;

use crate::app::App;
use crate::code;
use crate::code_from::plural;
use crate::describe::passage;
use crate::error::{CommandError, Outcome, Result};
use crate::lookup::short;
use crate::recode::own;
use crate::session::Session;
use export::codings::Rows;

/// Change codings: note, weight, case, qualifiers, or where one begins and ends.
///
/// What is not named stays. `verbatim recode` gives codings another code, `verbatim exemplar` marks and
/// translates them.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim codings change 3fa9c012.1 --note \"said with a laugh\" --weight 2\n  \
                  verbatim codings change 3fa9c012.1 --start 120 --end 168 --quote \"We learn from the older bakers\"\n  \
                  verbatim codings change 3fa9c012.1 77b01c4e.1 --qualifier status=planned"
)]
pub(crate) struct ChangeArgs {
    /// The codings, by id; a unique end of the id is enough
    #[arg(value_name = "ID", required = true, num_args = 1..)]
    ids: Vec<String>,
    /// A remark, in the place of the one before
    #[arg(long, value_name = "TEXT", conflicts_with = "no_note")]
    note: Option<String>,
    /// Take the remark away
    #[arg(long)]
    no_note: bool,
    /// A weight, in your own unit
    #[arg(long, value_name = "N", conflicts_with = "no_weight", allow_negative_numbers = true)]
    weight: Option<String>,
    /// Take the weight away
    #[arg(long)]
    no_weight: bool,
    /// The case that they belong to
    #[arg(long, value_name = "CASE", visible_alias = "organisation", conflicts_with = "no_case")]
    case: Option<String>,
    /// Back to the case of the speaker or document
    #[arg(long)]
    no_case: bool,
    /// A qualifier, such as status=planned (several times for several; status= takes it away)
    #[arg(long = "qualifier", value_name = "K=V")]
    qualifiers: Vec<String>,
    /// Take all qualifiers away, before those of --qualifier are set
    #[arg(long)]
    no_qualifiers: bool,
    /// Where it begins from now on: first character, from 0
    #[arg(long, value_name = "N")]
    start: Option<u32>,
    /// Where it ends from now on: one past the last character
    #[arg(long, value_name = "N")]
    end: Option<u32>,
    /// The text that must stand at its place; otherwise nothing is changed
    #[arg(long, value_name = "TEXT")]
    quote: Option<String>,
    /// They were looked at again: they fit the definition that is in force
    #[arg(long)]
    confirm: bool,
    /// Allow it for another coder's codings
    #[arg(long)]
    other: bool,
}

/// Make two codings of one, at a position within it.
///
/// The first keeps the id, with its memos and translations; the second is like it in code, case, weight,
/// note and qualifiers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim codings split 3fa9c012.1 140")]
pub(crate) struct SplitArgs {
    /// The coding, by id; a unique end of the id is enough
    #[arg(value_name = "ID")]
    id: String,
    /// The character at which the second one begins, counted in the document
    #[arg(value_name = "POSITION")]
    at: u32,
    /// Allow it for another coder's coding
    #[arg(long)]
    other: bool,
}

/// Make one coding of several of one code that overlap or stand beside each other.
///
/// It is the first that is named: its case, weight and qualifiers stay. Notes of all of them are kept, each
/// on a line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim codings merge 3fa9c012.1 77b01c4e.1")]
pub(crate) struct MergeArgs {
    /// The coding that stays and those that become part of it
    #[arg(value_name = "ID", required = true, num_args = 2..)]
    ids: Vec<String>,
    /// Allow it for another coder's codings
    #[arg(long)]
    other: bool,
}

impl From<Refusal> for CommandError {
    fn from(why: Refusal) -> Self {
        let (error, hint) = match &why {
            Refusal::Nothing => (None, "it is like that already"),
            Refusal::NoText(id) => (
                None,
                &*format!("corpus/{id}.txt is not there; restore it, or wait until it is synchronised"),
            ),
            Refusal::NoPlace(..) => (
                None,
                "positions are counted in characters, the smaller first; `verbatim search` prints them",
            ),
            Refusal::Elsewhere(..) => (
                None,
                "another passage is another coding: `verbatim code` makes one, `verbatim uncode` takes this one away",
            ),
            Refusal::NotInside(..) => (None, "give a position that leaves words on both sides"),
            Refusal::One => (None, "name two codings or more"),
            Refusal::OtherCode(id) => (
                Some(format!("coding {} is of another code", short(*id))),
                "`verbatim recode` gives it the same",
            ),
            Refusal::Apart(id) => (
                Some(format!("there are other words between coding {} and the others", short(*id))),
                "codings that are made one overlap, or have nothing but white space between them",
            ),
        };
        Self::new(error.unwrap_or_else(|| why.to_string())).hint(hint)
    }
}

/// The codings that words name, once each, refused where they are another's.
fn named<'a>(session: &'a Session, words: &[String], other: bool) -> Result<Vec<Coding<'a>>> {
    let mut out: Vec<Coding<'a>> = Vec::new();
    for word in words {
        let coding = session.coding(word)?;
        own(session, &coding, other)?;
        if !out.iter().any(|c| c.id == coding.id) {
            out.push(coding);
        }
    }
    Ok(out)
}

/// The document that a coding is in, its text at hand and known; and where it stands there, unless it waits
/// for somebody to decide that.
fn place<'a>(session: &'a Session, coding: &Coding<'_>) -> Result<(&'a Document, Option<Span>)> {
    let placed = session.coded.placed.iter().find(|p| p.id == coding.id);
    let documents = &session.coded.documents;
    let id = if let Some(placed) = placed {
        session.corpus.documents[placed.document as usize].id.as_str()
    } else {
        let at = documents.resolve(&coding.anchor.document, &coding.anchor.text);
        at.map_or(coding.anchor.document.as_str(), |at| documents.list[at].id.as_str())
    };
    Ok((session.known_text(id)?.0, placed.map(|p| p.span)))
}

/// The same for a coding that has a place.
fn standing<'a>(session: &'a Session, coding: &Coding<'_>) -> Result<(&'a Document, Span)> {
    let (document, span) = place(session, coding)?;
    let span = span.ok_or_else(|| {
        CommandError::new(format!("coding {} waits until somebody decides where it stands", short(coding.id)))
            .hint("`verbatim codings change ID --start N --end N` puts it there")
    })?;
    Ok((document, span))
}

/// What is asked of one coding.
fn wish(session: &Session, args: &ChangeArgs, coding: &Coding<'_>) -> Result<CodingChanged> {
    let mut wish = CodingChanged::of(coding.id);
    if let Some(note) = &args.note {
        wish.note = Some(Some(note.trim_end().to_owned()).filter(|n| !n.trim().is_empty()));
    } else if args.no_note {
        wish.note = Some(None);
    }
    if let Some(weight) = &args.weight {
        wish.weight = Some(Some(code::weight(weight)?));
    } else if args.no_weight {
        wish.weight = Some(None);
    }
    if let Some(case) = &args.case {
        wish.case = Some(Some(session.case_id(case)?));
    } else if args.no_case {
        wish.case = Some(None);
    }
    let book = &session.coded.codebook;
    let of = book.resolve(coding.code).and_then(|at| book.codes.get(at));
    if args.no_qualifiers || !args.qualifiers.is_empty() {
        let mut set = if args.no_qualifiers { Qualifiers::default() } else { coding.qualifiers.clone() };
        let (taken, given): (Vec<_>, Vec<_>) =
            code::pairs(&args.qualifiers)?.into_iter().partition(|(_, value)| value.is_empty());
        set.retain(|key, _| !taken.iter().any(|(k, _)| *key == k.as_str()));
        set.extend(code::qualifiers(session, of.map_or("", |c| &c.codebook), &given)?);
        wish.qualifiers = Some(set);
    }
    if args.confirm {
        wish.definition = of.map(model::codebook::Code::definition_hash);
    }
    if args.start.is_some() || args.end.is_some() || args.quote.is_some() {
        let (document, was) = place(session, coding)?;
        let to = match (args.start.or(was.map(|w| w.start)), args.end.or(was.map(|w| w.end))) {
            (Some(start), Some(end)) => Span::new(start, end),
            _ => standing(session, coding)?.1,
        };
        let anchor = amend::bounds(document, was, to)?;
        if let Some(quote) = &args.quote {
            code::check_quote(document, to, quote)?;
        }
        if was != Some(to) {
            wish.anchor = Some(anchor);
        }
    }
    Ok(wish)
}

/// The word for what is changed, as in the acts of the screen.
fn verb(args: &ChangeArgs) -> &'static str {
    let all = [
        (args.note.is_some() || args.no_note, "note"),
        (args.weight.is_some() || args.no_weight, "weight"),
        (args.case.is_some() || args.no_case, "case"),
        (args.no_qualifiers || !args.qualifiers.is_empty(), "qualify"),
        (args.start.is_some() || args.end.is_some(), "resize"),
        (args.confirm, "confirm"),
    ];
    let mut asked = all.into_iter().filter(|(is, _)| *is).map(|(_, word)| word);
    match (asked.next(), asked.next()) {
        (Some(only), None) => only,
        (Some(_), Some(_)) => "change",
        (None, _) => "",
    }
}

/// Changes codings, as one act.
pub(crate) fn change(app: &mut App, args: &ChangeArgs) -> Result {
    let mut session = Session::open(app)?;
    session.may_write()?;
    let verb = verb(args);
    if verb.is_empty() {
        return Err(CommandError::new("nothing to change was given").hint(
            "give --note, --weight, --case, --qualifier, --start, --end or --confirm; `verbatim recode` gives another code",
        ));
    }
    let codings = named(&session, &args.ids, args.other)?;
    if codings.len() > 1 && (args.start.is_some() || args.end.is_some() || args.quote.is_some()) {
        return Err(CommandError::new("several codings cannot have one place")
            .hint("name one coding with --start, --end or --quote"));
    }
    let (mut ids, mut changes) = (Vec::new(), Vec::new());
    for coding in &codings {
        match amend::changed(coding, wish(&session, args, coding)?) {
            Ok(change) => {
                ids.push(coding.id);
                changes.push(change);
            }
            Err(Refusal::Nothing) => {}
            Err(why) => return Err(why.into()),
        }
    }
    if ids.is_empty() {
        app.out.said("nothing to change: it is like that already")?;
        app.out.json(&json!({ "act": null, "codings": [] }))?;
        return Ok(Outcome::Nothing);
    }
    write(app, &mut session, verb, changes, &ids, "changed")
}

/// Splits a coding.
pub(crate) fn split(app: &mut App, args: &SplitArgs) -> Result {
    let mut session = Session::open(app)?;
    session.may_write()?;
    let coding = session.coding(&args.id)?;
    own(&session, &coding, args.other)?;
    let (document, was) = standing(&session, &coding)?;
    let changes = amend::split(document, &coding, was, args.at)?;
    let ids = [coding.id];
    write(app, &mut session, "split", changes, &ids, "split")
}

/// Makes one coding of several.
pub(crate) fn merge(app: &mut App, args: &MergeArgs) -> Result {
    let mut session = Session::open(app)?;
    session.may_write()?;
    let codings = named(&session, &args.ids, args.other)?;
    let mut of: Option<&Document> = None;
    let mut all = Vec::new();
    for coding in codings {
        let (document, span) = standing(&session, &coding)?;
        if let Some(of) = of.filter(|of| of.id != document.id) {
            return Err(CommandError::new(format!(
                "coding {} is in {}, not in {}",
                short(coding.id),
                document.id,
                of.id
            ))
            .hint("codings that are made one are in one document"));
        }
        of = Some(document);
        all.push((coding, span));
    }
    let Some(document) = of else { return Ok(Outcome::Nothing) };
    let changes = amend::merged(document, &session.coded.codebook, &all)?;
    let ids: Vec<ThingId> = all.iter().take(1).map(|(c, _)| c.id).collect();
    let said = format!("merged {} into", plural(all.len(), "coding"));
    write(app, &mut session, "merge", changes, &ids, &said)
}

/// Writes the act, and says which codings there are now.
fn write(
    app: &mut App,
    session: &mut Session,
    verb: &str,
    changes: Vec<Change>,
    ids: &[ThingId],
    said: &str,
) -> Result {
    let act = session.write(app, verb, changes)?;
    let rows = Rows::new(session.ground()).of(|id| ids.contains(&id) || id.act == act);
    for row in &rows {
        let span = Span::new(row.start, row.end);
        app.out.said(&format!(
            "{said} {}: {} on {}",
            row.short,
            row.code,
            passage(&row.document, span, &row.quote)
        ))?;
    }
    app.out.json(&json!({ "act": act.to_string(), "codings": rows }))?;
    Ok(Outcome::Done)
}
