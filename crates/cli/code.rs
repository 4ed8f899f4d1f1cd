//! `code`: one code put on one stretch of text; and the checks that every new coding passes.

use model::act::{Change, CodingAdded, Qualifiers};
use model::anchor::Anchor;
use model::corpus::Document;
use model::name::Name;
use model::span::Span;
use serde_json::json;

use crate::app::App;
use crate::describe::passage;
use crate::error::{CommandError, Outcome, Result};
use crate::nearest::did_you_mean;
use crate::session::Session;
use export::codings::Rows;

/// Put a code on a stretch of text.
///
/// START and END are counted in characters (Unicode code points) from the beginning of the document;
/// END is the first character that is not part of it any more. `verbatim search` prints such positions.
///
/// With --from a table codes many passages at once: all of them, or, if one line is wrong, none. It needs
/// the columns document, start, end and code; it may have case, weight, note, quote and a column for each
/// qualifier.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "verbatim code [OPTIONS] DOC START END CODE\n       verbatim code [OPTIONS] --from FILE.csv",
    after_help = "Examples:\n  \
        verbatim code bakery-1 120 168 training --quote \"We learn from the older bakers\"\n  \
        verbatim code --from codings.csv"
)]
pub(crate) struct Args {
    /// The document
    #[arg(value_name = "DOC", required_unless_present = "from", conflicts_with = "from")]
    document: Option<String>,
    /// First character, from 0
    #[arg(value_name = "START", required_unless_present = "from")]
    start: Option<String>,
    /// One past the last character
    #[arg(value_name = "END", required_unless_present = "from")]
    end: Option<String>,
    /// The code, by its id or its label
    #[arg(value_name = "CODE", required_unless_present = "from")]
    code: Option<String>,
    /// Code every passage of this table (- reads standard input)
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// The text that must stand there; otherwise nothing is coded
    #[arg(long, value_name = "TEXT", conflicts_with = "from")]
    quote: Option<String>,
    /// The case that it belongs to, when not its speaker's or document's
    #[arg(long, value_name = "CASE", conflicts_with = "from")]
    case: Option<String>,
    /// A weight, in your own unit
    #[arg(long, value_name = "N", conflicts_with = "from", allow_negative_numbers = true)]
    weight: Option<String>,
    /// A remark
    #[arg(long, value_name = "TEXT", conflicts_with = "from")]
    note: Option<String>,
    /// A qualifier of the codebook, such as status=planned (may be given several times)
    #[arg(long = "qualifier", value_name = "K=V", conflicts_with = "from")]
    qualifiers: Vec<String>,
}

/// A coding as somebody asks for it, nothing checked yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    pub(crate) document: String,
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) code: String,
    pub(crate) case: Option<String>,
    pub(crate) weight: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) quote: Option<String>,
    pub(crate) qualifiers: Vec<(String, String)>,
}

/// Codes one passage, or those of a table.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    if let Some(from) = &args.from {
        return crate::code_from::run(app, from);
    }
    let word = |value: &Option<String>| value.clone().unwrap_or_default();
    let qualifiers = pairs(&args.qualifiers)?;
    let wish = Wish {
        document: word(&args.document),
        start: word(&args.start),
        end: word(&args.end),
        code: word(&args.code),
        case: args.case.clone(),
        weight: args.weight.clone(),
        note: args.note.clone(),
        quote: args.quote.clone(),
        qualifiers,
    };
    let mut session = Session::open_to_write(app)?;
    let added = coding(&session, &wish)?;
    let me = session.me()?;
    let again = session.coded.placed.iter().any(|p| {
        let book = &session.coded.codebook;
        *session.coded.coder(p) == me
            && p.span == added.anchor.span()
            && session.corpus.documents[p.document as usize].id == added.anchor.document.as_str()
            && book.resolve(&added.code) == Some(p.code as usize)
    });
    if again {
        app.out.aside("note", "you have put this code here before; it counts once");
    }
    let what = format!(
        "{} on {}",
        added.code,
        passage(&added.anchor.document, added.anchor.span(), added.anchor.quote())
    );
    let act = session.write(app, "code", vec![Change::CodingAdded(Box::new(added))])?;
    let rows = Rows::new(session.ground()).made_by(act);
    let id = rows.first().map(|r| r.short.clone()).unwrap_or_default();
    app.out.said(&format!("coded {id}: {what}"))?;
    app.out.json(&json!({ "act": act.to_string(), "codings": rows }))?;
    Ok(Outcome::Done)
}

/// The coding that a wish asks for, every part of it checked.
pub(crate) fn coding(session: &Session, wish: &Wish) -> Result<CodingAdded> {
    let (document, hash) = session.known_text(&wish.document)?;
    let span = span(wish, document.text.len(), &document.id)?;
    let code = session.open_code(&wish.code)?;
    let anchor = Anchor::new(&document.id, &document.text, hash, span);
    if let Some(quote) = &wish.quote {
        check_quote(document, span, quote)?;
    }
    let case = wish.case.as_deref().map(|c| session.case_id(c)).transpose()?;
    let weight = wish.weight.as_deref().map(weight).transpose()?;
    let qualifiers = qualifiers(session, &code.codebook, &wish.qualifiers)?;
    Ok(CodingAdded {
        anchor,
        code: code.id.clone(),
        case,
        qualifiers,
        weight,
        note: wish.note.clone().filter(|n| !n.trim().is_empty()),
        definition: Some(code.definition_hash()),
        rule: None,
    })
}

/// Pairs of a qualifier and its value, as they are typed.
pub(crate) fn pairs(words: &[String]) -> Result<Vec<(String, String)>> {
    let pair = |word: &String| match word.split_once('=') {
        Some((key, value)) => Ok((key.trim().to_owned(), value.trim().to_owned())),
        None => Err(CommandError::new(format!("{word:?} is no qualifier"))
            .hint("write it as NAME=VALUE, such as status=planned")),
    };
    words.iter().map(pair).collect()
}

/// A weight as it is typed.
pub(crate) fn weight(text: &str) -> Result<f64> {
    let read = text.trim().replace(',', ".").parse::<f64>().ok().filter(|weight| weight.is_finite());
    read.ok_or_else(|| {
        CommandError::new(format!("the weight {text:?} is no number")).hint("write it as 2 or 0.5")
    })
}

/// Refuses a quote that does not stand at its place.
pub(crate) fn check_quote(document: &Document, span: Span, quote: &str) -> Result<()> {
    if squeezed(quote) == squeezed(document.text.slice(span)) {
        return Ok(());
    }
    Err(misquoted(document, span, quote))
}

/// The span of a wish, within a text of `len` characters.
fn span(wish: &Wish, len: u32, document: &str) -> Result<Span> {
    let number = |what: &str, text: &str| {
        text.trim().parse::<u32>().map_err(|_| {
            CommandError::new(format!("{what} {text:?} is no position")).hint(
                "positions are whole numbers from 0, counted in characters; `verbatim search` prints them",
            )
        })
    };
    let (start, end) = (number("START", &wish.start)?, number("END", &wish.end)?);
    if start >= end {
        let what = if start == end { "the same as" } else { "not before" };
        let error = CommandError::new(format!("START {start} is {what} END {end}"));
        return Err(if start == end {
            error.hint("END is one past the last character, so a passage of one character ends at START + 1")
        } else {
            error.hint("give the smaller position first")
        });
    }
    if end > len {
        return Err(CommandError::new(format!(
            "END {end} is past the end of {document}, which has {len} characters"
        ))
        .hint("positions are counted in characters, not bytes; `verbatim search` prints them"));
    }
    Ok(Span::new(start, end))
}

/// Checks qualifiers against the closed lists of the code's codebook.
pub(crate) fn qualifiers(
    session: &Session,
    codebook: &str,
    wanted: &[(String, String)],
) -> Result<Qualifiers> {
    let book = &session.coded.codebook;
    let mut out = Qualifiers::new();
    for (key, value) in wanted {
        let Some(list) = book.qualifiers_of(codebook).find(|q| q.id == key.as_str()) else {
            let known: Vec<&str> = book.qualifiers_of(codebook).map(|q| q.id.as_str()).collect();
            let error = CommandError::new(format!("codebook {codebook} has no qualifier {key:?}"));
            return Err(if known.is_empty() {
                error
            } else {
                error.hint(format!("it has {}", known.join(", ")))
            });
        };
        if !list.values.is_empty() && !list.values.iter().any(|v| v == value.as_str()) {
            let values: Vec<&str> = list.values.iter().map(Name::as_str).collect();
            return Err(CommandError::new(format!("{key} cannot be {value:?}"))
                .hint(did_you_mean(value, values.iter().copied()))
                .hint(format!("it is one of {}", values.join(", "))));
        }
        out.insert(Name::new(key), Name::new(value));
    }
    Ok(out)
}

/// White space as one space, in canonical form: how a quote is compared.
fn squeezed(text: &str) -> String {
    model::text::canonical(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The error for a quote that does not stand at its place, with where it does stand.
fn misquoted(document: &Document, span: Span, quote: &str) -> CommandError {
    let there = crate::table::cut(&squeezed(document.text.slice(span)), 60);
    let error = CommandError::new(format!(
        "{} {}–{} reads “{there}”, not the quote",
        document.id, span.start, span.end
    ));
    let canonical = model::text::canonical(quote);
    let needle = canonical.trim();
    let hay = document.text.as_str();
    let mut places = hay.match_indices(needle).filter(|_| !needle.is_empty());
    match (places.next(), places.next()) {
        (Some((at, _)), None) => {
            let (start, end) = (document.text.position(at), document.text.position(at + needle.len()));
            error.hint(format!("the quote stands at {start} {end}"))
        }
        (Some(_), Some(_)) => {
            error.hint("the quote stands in several other places; `verbatim search` prints them")
        }
        _ => error.hint("the quote is not in this document"),
    }
}
