//! `codebook change`, `rename` and `move`: what a code says and where it stands.

use std::fmt::Write as _;

use clap::ValueEnum;
use model::name::Name;
use model::reading::Readings;
use model::revise::{self, Effect, Refusal};
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::codebook_add::Origin;
use crate::error::{CommandError, Outcome, Result};
use crate::session::Session;

/// Change what a code says.
///
/// Where the definition, include or exclude of a code changes that was coded or read for before, --effect
/// tells what that does: narrower asks for another look at its codings, broader reopens documents for it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  verbatim codebook change training --definition \"Courses only.\" --effect narrower --reason \"too wide\""
)]
pub(crate) struct ChangeArgs {
    /// The code, by its id or its label
    #[arg(value_name = "CODE")]
    code: String,
    /// What it means; for one language nl=… or en=… (empty takes it away)
    #[arg(long, value_name = "TEXT")]
    definition: Vec<String>,
    /// What falls under it
    #[arg(long, value_name = "TEXT")]
    include: Vec<String>,
    /// What does not
    #[arg(long, value_name = "TEXT")]
    exclude: Vec<String>,
    /// One more example
    #[arg(long, value_name = "TEXT")]
    example: Vec<String>,
    /// Its label
    #[arg(long, value_name = "TEXT")]
    label: Vec<String>,
    /// Where it comes from
    #[arg(long, value_name = "ORIGIN")]
    origin: Option<Origin>,
    /// Its colour, as #rrggbb (`--color` is about what is printed)
    #[arg(long, value_name = "COLOUR")]
    colour: Option<String>,
    /// The key that applies it on the screen; empty takes it away
    #[arg(long, value_name = "KEY")]
    shortcut: Option<String>,
    /// What the new text does to codings and readings before
    #[arg(long, value_name = "EFFECT")]
    effect: Option<EffectArg>,
    /// Why, for the log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Give a code another label; its id stays.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim codebook rename training nl=Leren en=Learning")]
pub(crate) struct RenameArgs {
    /// The code, by its id or its label
    #[arg(value_name = "CODE")]
    code: String,
    /// The label; for several languages nl=… en=…
    #[arg(value_name = "LABEL", required = true, num_args = 1..)]
    label: Vec<String>,
}

/// Move a code under another, or to the top.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim codebook move course --under learning --before budget")]
pub(crate) struct MoveArgs {
    /// The code, by its id or its label
    #[arg(value_name = "CODE")]
    code: String,
    /// The code above it from now on
    #[arg(long, value_name = "PARENT", required_unless_present = "top", conflicts_with = "top")]
    under: Option<String>,
    /// To the top
    #[arg(long)]
    top: bool,
    /// Before this one; else behind all that stand there
    #[arg(long, value_name = "CODE")]
    before: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EffectArg {
    Wording,
    Narrower,
    Broader,
    Both,
}

impl From<EffectArg> for Effect {
    fn from(arg: EffectArg) -> Self {
        match arg {
            EffectArg::Wording => Self::Wording,
            EffectArg::Narrower => Self::Narrower,
            EffectArg::Broader => Self::Broader,
            EffectArg::Both => Self::Both,
        }
    }
}

impl From<Refusal> for CommandError {
    fn from(why: Refusal) -> Self {
        let hint = match &why {
            Refusal::NoCode(_) | Refusal::NoSibling(_) => "`verbatim codebook list` shows the codes in order",
            Refusal::Merged(..) => "change the code that it became",
            Refusal::Retired(_) => "choose another code from `verbatim codebook list`",
            Refusal::Fixed(_) => "leave it out",
            Refusal::Circle(..) => "move that one away first",
            Refusal::Itself(_) => "name another code after --into",
            Refusal::Nothing => "it is like that already; `verbatim codebook show CODE` tells",
            Refusal::KeyTaken(..) => "choose another key, or take it away there with --shortcut \"\"",
            Refusal::NoKey(_) => "a key is one character",
            Refusal::NoColor(_) => "write it as #4477aa",
            Refusal::NotOfCode(..) => "`verbatim codings --code CODE` lists its codings",
        };
        Self::new(why.to_string()).hint(hint)
    }
}

/// Changes fields of one code.
pub(crate) fn change(app: &mut App, session: &mut Session, args: &ChangeArgs) -> Result {
    session.may_write()?;
    session.take_codebook_edits(app)?;
    let at = session.code_at(&args.code)?;
    let code = &session.coded.codebook.codes[at];
    let languages = session.languages();
    let mut fields = Map::new();
    for (field, texts) in [
        ("definition", &args.definition),
        ("include", &args.include),
        ("exclude", &args.exclude),
        ("label", &args.label),
    ] {
        let mut changed = code.clone();
        for given in texts {
            let (language, text) = in_language(given, &languages);
            let value = revise::text(&changed, field, language, text);
            if field == "label" && value.is_null() {
                return Err(CommandError::new("a code needs a label").hint("give --label a text"));
            }
            changed.fields.insert(field.to_owned(), value.clone());
            fields.insert(field.to_owned(), value);
        }
    }
    let mut changed = code.clone();
    for given in &args.example {
        let (language, text) = in_language(given, &languages);
        let value = revise::example(&changed, language, text);
        changed.fields.insert("examples".to_owned(), value.clone());
        fields.insert("examples".to_owned(), value);
    }
    if let Some(origin) = args.origin {
        fields.insert("origin".to_owned(), Value::from(origin.as_str()));
    }
    if let Some(color) = &args.colour {
        fields.insert("color".to_owned(), Value::from(color.trim()));
    }
    if let Some(key) = args.shortcut.as_deref().map(str::trim) {
        let value = if key.is_empty() { Value::Null } else { Value::from(key) };
        fields.insert("shortcut".to_owned(), value);
    }
    if fields.is_empty() {
        return Err(CommandError::new("nothing to change was given").hint(
            "give --definition, --include, --exclude, --example, --label, --origin, --colour or --shortcut",
        ));
    }
    write(app, session, at, fields, args.effect.map(Effect::from), args.reason.as_deref())
}

/// Changes the label of one code.
pub(crate) fn rename(app: &mut App, session: &mut Session, args: &RenameArgs) -> Result {
    session.may_write()?;
    session.take_codebook_edits(app)?;
    let at = session.code_at(&args.code)?;
    let languages = session.languages();
    let mut code = session.coded.codebook.codes[at].clone();
    let mut value = Value::Null;
    for given in &args.label {
        let (language, text) = in_language(given, &languages);
        value = revise::text(&code, "label", language, text);
        code.fields.insert("label".to_owned(), value.clone());
    }
    if value.is_null() {
        return Err(CommandError::new("a code needs a label").hint("give it a text"));
    }
    let fields = Map::from_iter([("label".to_owned(), value)]);
    write(app, session, at, fields, None, None)
}

/// Writes new fields; what they do to codings and readings is asked for where there are any.
fn write(
    app: &mut App,
    session: &mut Session,
    at: usize,
    fields: Map<String, Value>,
    effect: Option<Effect>,
    reason: Option<&str>,
) -> Result {
    let book = &session.coded.codebook;
    let code = book.codes[at].clone();
    let meaning = revise::changes_meaning(&code, &fields);
    let readings = Readings::new(&session.corpus, session.state(), &session.coded);
    let read = revise::read_for(&session.corpus, &session.coded, &readings, at);
    let coded = revise::codings_of(&session.coded, at);
    if meaning && effect.is_none() && coded.len() + read.len() > 0 {
        return Err(CommandError::new(format!(
            "the meaning of {} changes: {} and {} read for it rest on it",
            code.id,
            plural(coded.len(), "coding"),
            plural(read.len(), "document"),
        ))
        .hint("say what the new text does: --effect wording | narrower | broader | both"));
    }
    let effect = effect.unwrap_or(Effect::Wording);
    let names = fields.keys().cloned().collect::<Vec<_>>().join(", ");
    let change = revise::change(book, &code.id, fields, effect, reason)?;
    let act = session.write(app, "codebook", vec![change])?;
    let at = session.coded.codebook.position(&code.id).unwrap_or(at);
    let again: Vec<String> =
        revise::look_again(&session.coded, session.state(), at).iter().map(ToString::to_string).collect();
    let reopened: Vec<&str> = if meaning && effect.broadens() {
        read.iter().map(|d| session.corpus.documents[*d].id.as_str()).collect()
    } else {
        Vec::new()
    };
    let mut said = format!("changed {} of {}", names, code.id);
    if meaning {
        let _ = write!(said, " ({})", effect.as_str());
    }
    if meaning && effect.narrows() && !again.is_empty() {
        let _ = write!(said, "; {} to look at again", plural(again.len(), "coding"));
    }
    if !reopened.is_empty() {
        let _ = write!(said, "; {} reopened for it", plural(reopened.len(), "document"));
    }
    app.out.said(&said)?;
    app.out.json(&json!({
        "act": act.to_string(), "code": code.id, "effect": meaning.then(|| effect.as_str()),
        "look_again": again, "reopened": reopened,
    }))?;
    Ok(Outcome::Done)
}

/// Moves a code.
pub(crate) fn move_code(app: &mut App, session: &mut Session, args: &MoveArgs) -> Result {
    session.may_write()?;
    session.take_codebook_edits(app)?;
    let book = &session.coded.codebook;
    let id = |word: &str| -> Result<Name> { Ok(book.codes[session.code_at(word)?].id.clone()) };
    let code = id(&args.code)?;
    let parent = args.under.as_deref().map(id).transpose()?;
    let before = args.before.as_deref().map(id).transpose()?;
    let changes = revise::moved(book, &code, parent.as_deref(), before.as_deref())?;
    let act = session.write(app, "codebook", changes)?;
    let place = parent.as_ref().map_or_else(|| "to the top".to_owned(), |p| format!("under {p}"));
    app.out.said(&format!("moved {code} {place}"))?;
    app.out.json(&json!({ "act": act.to_string(), "code": code, "parent": parent }))?;
    Ok(Outcome::Done)
}

/// A text with the language that it begins with (`nl=…`), else the study's first.
pub(crate) fn in_language<'a>(given: &'a str, languages: &[&'a str]) -> (&'a str, &'a str) {
    match given.split_once('=') {
        Some((tag, text)) if languages.contains(&tag) => (tag, text.trim()),
        _ => (languages.first().copied().unwrap_or("en"), given.trim()),
    }
}

/// The ids of codes that several words name.
pub(crate) fn ids(session: &Session, words: &[String]) -> Result<Vec<Name>> {
    let mut out: Vec<Name> = Vec::new();
    for word in words {
        let id = session.coded.codebook.codes[session.code_at(word)?].id.clone();
        if !out.contains(&id) {
            out.push(id);
        }
    }
    Ok(out)
}

/// How many codings of a code there are, by anyone.
pub(crate) fn codings(session: &Session, id: &str) -> usize {
    session.coded.codebook.position(id).map_or(0, |at| revise::codings_of(&session.coded, at).len())
}
