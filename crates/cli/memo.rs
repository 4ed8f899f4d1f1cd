//! `memo`: what the researcher thinks while reading.

use clap::{Subcommand, ValueEnum};
use model::act::{Change, MemoWritten, OfMemo, Subject};
use model::amend;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::span::Span;
use model::state::Memo;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::lookup::short;
use crate::out::Form;
use crate::session::Session;
use crate::table::{Table, cut};

/// Write and list memos.
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:\n  verbatim memo add --on passage:bakery-1:120-168 \"Who decides this?\"\n  verbatim memo add --on code:training --type decision --title \"Budgets\" \"A training budget is training, \
                        unless it is paid out.\"\n  verbatim memo list --type decision"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write a memo
    Add {
        /// What it is about: study, document:ID, case:ID, code:ID, coding:ID or passage:DOC:START-END
        #[arg(long, value_name = "THING", default_value = "study")]
        on: String,
        /// What sort of memo it is
        #[arg(long = "type", value_name = "TYPE", default_value = "analytic")]
        kind: Kind,
        /// Its title
        #[arg(long, default_value = "")]
        title: String,
        /// A tag (may be given several times)
        #[arg(long = "tag", value_name = "TAG")]
        tags: Vec<String>,
        /// The id of another thing that it points to (may be given several times)
        #[arg(long = "link", value_name = "ID")]
        links: Vec<String>,
        /// The memo itself (- reads standard input)
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Write a memo anew; what is not named stays
    Change(ChangeArgs),
    /// List memos
    List {
        /// Only those about this thing
        #[arg(long, value_name = "THING")]
        on: Option<String>,
        /// Only this sort
        #[arg(long = "type", value_name = "TYPE")]
        kind: Option<Kind>,
    },
    /// Print a memo in full
    Show {
        /// The memo; a unique end of its id is enough
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Take a memo away
    Remove {
        /// The memo; a unique end of its id is enough
        #[arg(value_name = "ID")]
        id: String,
        /// Allow it for another coder's memo
        #[arg(long)]
        other: bool,
    },
}

/// What a memo is to say from now on.
#[derive(Debug, clap::Args)]
struct ChangeArgs {
    /// The memo; a unique end of its id is enough
    #[arg(value_name = "ID")]
    id: String,
    /// What sort of memo it is
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<Kind>,
    /// Its title; empty takes it away
    #[arg(long)]
    title: Option<String>,
    /// A tag; the tags that are given take the place of those before
    #[arg(long = "tag", value_name = "TAG", conflicts_with = "no_tags")]
    tags: Vec<String>,
    /// Take all tags away
    #[arg(long)]
    no_tags: bool,
    /// The id of another thing; the links that are given take the place of those before
    #[arg(long = "link", value_name = "ID", conflicts_with = "no_links")]
    links: Vec<String>,
    /// Take all links away
    #[arg(long)]
    no_links: bool,
    /// Allow it for another coder's memo
    #[arg(long)]
    other: bool,
    /// The memo itself (- reads standard input)
    #[arg(value_name = "TEXT")]
    text: Option<String>,
}

/// The sorts of memo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A thought about what the data say.
    Analytic,
    /// A decision, with its reason.
    Decision,
    /// The researcher's own part.
    Reflexive,
    /// About one case.
    Case,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Analytic => "analytic",
            Self::Decision => "decision",
            Self::Reflexive => "reflexive",
            Self::Case => "case",
        }
    }
}

/// Writes, lists, shows or removes memos.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    match &args.what {
        What::Add { on, kind, title, tags, links, text } => {
            session.may_write()?;
            let memo = MemoWritten {
                memo: None,
                on: subject(&session, on)?,
                title: title.trim().to_owned(),
                kind: Name::new(kind.as_str()),
                body: body(text)?,
                tags: tags.clone(),
                links: links.iter().map(|word| link(&session, word)).collect::<Result<_>>()?,
            };
            let about = crate::describe::subject(&memo.on);
            let act = session.write(app, "memo", vec![Change::MemoWritten(Box::new(memo))])?;
            let id = ThingId { act, k: 1 };
            app.out.said(&format!("memo {} on {about}", short(id)))?;
            app.out.json(&json!({ "act": act.to_string(), "memo": id.to_string() }))?;
            Ok(Outcome::Done)
        }
        What::Change(args) => change(app, &mut session, args),
        What::List { on, kind } => {
            let on = on.as_deref().map(|word| subject(&session, word)).transpose()?;
            list(app, &session, on.as_ref(), *kind)
        }
        What::Show { id } => {
            let memo = find(&session, id)?;
            let value = row(&memo);
            app.out.json(&value)?;
            let title = if memo.written.title.is_empty() { "(no title)" } else { &memo.written.title };
            app.out.marked_line("", title, "")?;
            let (sort, about) = (&memo.written.kind, crate::describe::subject(&memo.written.on));
            app.out
                .line(&format!("{sort} memo on {about}, by {} at {}", memo.changed.coder, memo.changed.at))?;
            app.out.line("")?;
            app.out.block(&memo.written.body)?;
            Ok(Outcome::Done)
        }
        What::Remove { id, other } => {
            session.may_write()?;
            let memo = find(&session, id)?;
            own(&session, &memo, *other)?;
            let memo = memo.id;
            let act = session.write(app, "memo", vec![Change::MemoRemoved(Box::new(OfMemo { memo }))])?;
            app.out.said(&format!("removed memo {}", short(memo)))?;
            app.out.json(&json!({ "act": act.to_string(), "memo": memo.to_string() }))?;
            Ok(Outcome::Done)
        }
    }
}

/// The text of a memo as it was given.
fn body(text: &str) -> Result<String> {
    let body = if text == "-" { from_stdin()? } else { text.to_owned() };
    if body.trim().is_empty() {
        return Err(CommandError::new("the memo is empty")
            .hint("give its text as the last word, or - to read it from standard input"));
    }
    Ok(body.trim_end().to_owned())
}

/// The id that a link points to.
fn link(session: &Session, word: &str) -> Result<String> {
    if ThingId::parse(word).is_some() || ActId::parse(word).is_some() {
        return Ok(word.to_owned());
    }
    if let Ok(coding) = session.coding(word) {
        return Ok(coding.id.to_string());
    }
    match find(session, word) {
        Ok(memo) => Ok(memo.id.to_string()),
        Err(_) => Err(CommandError::new(format!("there is no coding or memo {word:?} to point to")).hint(
            "a link is the id of a coding or memo: `verbatim codings` and `verbatim memo list` print them",
        )),
    }
}

/// Refuses another coder's memo without `--other`.
fn own(session: &Session, memo: &Memo<'_>, other: bool) -> Result<()> {
    let me = session.me()?;
    if other || session.coded.coders.same(&memo.added.coder, &me) {
        return Ok(());
    }
    Err(CommandError::new(format!("memo {} is {}'s, not {me}'s", short(memo.id), memo.added.coder))
        .hint("add --other if you mean it"))
}

/// Writes a memo anew.
fn change(app: &mut App, session: &mut Session, args: &ChangeArgs) -> Result {
    session.may_write()?;
    let memo = find(session, &args.id)?;
    own(session, &memo, args.other)?;
    let id = memo.id;
    let before = memo.written;
    let mut written = MemoWritten { memo: Some(id), ..before.clone() };
    if let Some(kind) = args.kind {
        written.kind = Name::new(kind.as_str());
    }
    if let Some(title) = &args.title {
        title.trim().clone_into(&mut written.title);
    }
    if args.no_tags || !args.tags.is_empty() {
        written.tags.clone_from(&args.tags);
    }
    if args.no_links || !args.links.is_empty() {
        written.links = args.links.iter().map(|word| link(session, word)).collect::<Result<_>>()?;
    }
    if let Some(text) = &args.text {
        written.body = body(text)?;
    }
    if written == (MemoWritten { memo: Some(id), ..before.clone() }) {
        app.out.said("nothing to change: it says that already")?;
        app.out.json(&json!({ "act": null, "memo": id.to_string() }))?;
        return Ok(Outcome::Nothing);
    }
    let act = session.write(app, "memo", vec![Change::MemoWritten(Box::new(written))])?;
    app.out.said(&format!("changed memo {}", short(id)))?;
    app.out.json(&json!({ "act": act.to_string(), "memo": id.to_string() }))?;
    Ok(Outcome::Done)
}

fn list(app: &mut App, session: &Session, on: Option<&Subject>, kind: Option<Kind>) -> Result {
    let text = app.out.form() == Form::Text;
    let mut table = Table::new(["id", "type", "on", "coder", "title", "text"]);
    let mut rows = Vec::new();
    for memo in session.state().memos() {
        let passes = on.is_none_or(|on| memo.written.on == *on)
            && kind.is_none_or(|k| memo.written.kind == k.as_str());
        if !passes {
            continue;
        }
        rows.push(row(&memo));
        table.row([
            if text { short(memo.id) } else { memo.id.to_string() },
            memo.written.kind.to_string(),
            crate::describe::subject(&memo.written.on),
            memo.added.coder.to_string(),
            memo.written.title.clone(),
            if text {
                cut(&memo.written.body.split_whitespace().collect::<Vec<_>>().join(" "), 60)
            } else {
                memo.written.body.clone()
            },
        ]);
    }
    let none = rows.is_empty();
    app.out.json(&json!({ "memos": rows }))?;
    if none && text {
        app.out.said("no memo found")?;
        return Ok(Outcome::Nothing);
    }
    app.out.table(&table)?;
    Ok(if none { Outcome::Nothing } else { Outcome::Done })
}

fn row(memo: &Memo<'_>) -> Value {
    json!({
        "id": memo.id.to_string(), "type": memo.written.kind, "on": memo.written.on, "coder": memo.added.coder,
        "title": memo.written.title, "body": memo.written.body, "tags": memo.written.tags, "links": memo.written.links,
        "at": memo.added.at, "changed": memo.changed.at,
    })
}

fn find<'a>(session: &'a Session, word: &str) -> Result<Memo<'a>> {
    let mut found: Vec<Memo<'a>> = session
        .state()
        .memos()
        .filter(|m| {
            let id = m.id.to_string();
            !word.is_empty()
                && (id.ends_with(word) || id.starts_with(word) || m.id.act.to_string().ends_with(word))
        })
        .collect();
    match (found.pop(), found.len()) {
        (Some(memo), 0) => Ok(memo),
        (Some(_), n) => Err(CommandError::new(format!("{} memos have an id with {word:?}", n + 1))
            .hint("give more of its characters")),
        (None, _) => {
            Err(CommandError::new(format!("there is no memo {word:?}"))
                .hint("`verbatim memo list` lists them"))
        }
    }
}

/// What a memo is about, from the word after `--on`.
fn subject(session: &Session, word: &str) -> Result<Subject> {
    if word == "study" {
        return Ok(Subject::Study);
    }
    let label = session.case_label().to_owned();
    if let Some((kind, name)) = word.split_once(':') {
        match kind {
            "document" | "doc" => return Ok(Subject::Document(Name::new(&session.document(name)?.id))),
            "case" => return Ok(Subject::Case(session.case_id(name)?)),
            "code" => {
                return Ok(Subject::Code(session.coded.codebook.codes[session.code_at(name)?].id.clone()));
            }
            "coding" => return Ok(Subject::Coding(session.coding(name)?.id)),
            "passage" => return passage(session, name),
            kind if kind == label => return Ok(Subject::Case(session.case_id(name)?)),
            _ => {}
        }
    }
    // A bare name, where only one sort of thing has it.
    let mut found = Vec::new();
    found.extend(session.document(word).ok().map(|d| Subject::Document(Name::new(&d.id))));
    found.extend(session.case_id(word).ok().map(Subject::Case));
    found.extend(
        session.code_at(word).ok().map(|c| Subject::Code(session.coded.codebook.codes[c].id.clone())),
    );
    found.extend(session.coding(word).ok().map(|c| Subject::Coding(c.id)));
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => Err(CommandError::new(format!("{word:?} is the name of several things"))
            .hint("write document:NAME, case:NAME, code:NAME or coding:ID")),
        (None, _) => Err(CommandError::new(format!("there is nothing called {word:?}"))
            .hint("write study, document:ID, case:ID, code:ID, coding:ID or passage:DOC:START-END")),
    }
}

/// The passage of a document from `DOC:START-END`.
fn passage(session: &Session, word: &str) -> Result<Subject> {
    let parts = word.rsplit_once(':').and_then(|(document, place)| {
        let (start, end) = place.split_once('-')?;
        Some((document, Span::new(start.trim().parse().ok()?, end.trim().parse().ok()?)))
    });
    let Some((document, span)) = parts else {
        return Err(CommandError::new(format!("{word:?} is no passage"))
            .hint("write it as passage:DOC:START-END, such as passage:bakery-1:120-168"));
    };
    let (document, _) = session.known_text(document)?;
    Ok(Subject::Passage(amend::bounds(document, None, span)?))
}

/// All of standard input.
pub(crate) fn from_stdin() -> Result<String> {
    std::io::read_to_string(std::io::stdin())
        .map_err(|why| CommandError::new(format!("cannot read standard input: {why}")))
}
