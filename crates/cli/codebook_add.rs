//! `codebook add` and `codebook fix`: codes that come up while reading.

use clap::ValueEnum;
use model::act::{Change, CodeAdded};
use model::codebook::Status;
use model::name::Name;
use model::revise;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::session::Session;

/// Add a code.
///
/// A new code is provisional unless said otherwise: documents are not read for it until it is fixed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  verbatim codebook add sourdough --label \"Sourdough\" --under training --origin in-vivo"
)]
pub(crate) struct AddArgs {
    /// Its id: a to z, 0 to 9 and hyphens; it never changes
    #[arg(value_name = "CODE")]
    code: String,
    /// Its label; for several languages nl=…, en=… (may be given several times)
    #[arg(long, value_name = "TEXT")]
    label: Vec<String>,
    /// The code above it
    #[arg(long, value_name = "CODE")]
    under: Option<String>,
    /// provisional, or fixed from the start
    #[arg(long, value_name = "STATUS", default_value = "provisional")]
    status: StatusArg,
    /// Where it comes from
    #[arg(long, value_name = "ORIGIN", default_value = "in-vivo")]
    origin: Origin,
    /// What it means; for several languages nl=…, en=… (may be given several times)
    #[arg(long, value_name = "TEXT")]
    definition: Vec<String>,
    /// Its colour, as #rrggbb [default: that of the code above]
    #[arg(long, value_name = "COLOUR")]
    colour: Option<String>,
    /// Before this one; else behind all that stand there
    #[arg(long, value_name = "CODE")]
    before: Option<String>,
    /// The codebook that it goes into [default: that of the code above, else the first]
    #[arg(long, value_name = "CODEBOOK")]
    codebook: Option<String>,
}

/// Fix provisional codes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim codebook fix sourdough --earlier declared")]
pub(crate) struct FixArgs {
    /// The codes
    #[arg(value_name = "CODE", required = true)]
    codes: Vec<String>,
    /// What documents done before are worth for it: read them again (reopen, or offer where search is to
    /// propose the places), or the earlier reading would have caught it (declared)
    #[arg(long, value_name = "WORTH", default_value = "reopen")]
    earlier: Earlier,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StatusArg {
    Provisional,
    Fixed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Origin {
    Deductive,
    Inductive,
    InVivo,
}

impl Origin {
    /// The word in the codebook.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Deductive => "deductive",
            Self::Inductive => "inductive",
            Self::InVivo => "in-vivo",
        }
    }
}

/// What documents done before are worth for a code that becomes fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Earlier {
    /// They must be read again for it.
    Reopen,
    /// The same, but search hits are to be offered.
    Offer,
    /// The earlier reading would have caught it.
    Declared,
}

impl Earlier {
    /// The word in an act.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Reopen => "reopen",
            Self::Offer => "offer",
            Self::Declared => "declared",
        }
    }
}

/// Adds one code.
pub(crate) fn add(app: &mut App, session: &mut Session, args: &AddArgs) -> Result {
    session.may_write()?;
    let book = &session.coded.codebook;
    let id = args.code.trim();
    if !is_code_id(id) {
        return Err(CommandError::new(format!("{id:?} cannot be the id of a code"))
            .hint("use a to z, 0 to 9 and hyphens, such as new-shift-roster; --label takes any letters"));
    }
    if session.state().code_events().any(|(known, _)| *known == id) {
        return Err(CommandError::new(format!("there is a code {id} already"))
            .hint("ids are never used twice; `verbatim codebook show` tells about it"));
    }
    let above = args.under.as_deref().map(|word| session.open_code(word)).transpose()?;
    let codebook = match (&args.codebook, above) {
        (Some(name), Some(above)) if above.codebook != name.as_str() => {
            return Err(CommandError::new(format!(
                "code {} is in codebook {}, not in {name}",
                above.id, above.codebook
            ))
            .hint("leave --codebook out"));
        }
        (_, Some(above)) => above.codebook.clone(),
        (Some(name), None) if is_code_id(name) => Name::new(name),
        (Some(name), None) => {
            return Err(CommandError::new(format!("{name:?} cannot be the id of a codebook"))
                .hint("use a to z, 0 to 9 and hyphens"));
        }
        (None, None) => book.books.first().cloned().unwrap_or_else(|| Name::new("codebook")),
    };
    let parent = above.map(|c| c.id.clone());
    let before = args.before.as_deref().map(|word| session.code_at(word)).transpose()?;
    let before = before.map(|at| book.codes[at].id.as_str());
    let order = revise::place(book, &codebook, parent.as_deref(), before)?;
    let languages = session.languages();
    let mut fields = Map::new();
    let own = args.code.trim().replace('-', " ");
    fields.insert("label".to_owned(), texts(&args.label, &languages).unwrap_or_else(|| own.into()));
    if let Some(definition) = texts(&args.definition, &languages) {
        fields.insert("definition".to_owned(), definition);
    }
    if let Some(colour) = &args.colour {
        fields.insert("color".to_owned(), Value::from(revise::color(colour)?));
    }
    let fixed = args.status == StatusArg::Fixed;
    fields.insert("status".to_owned(), Value::from(if fixed { "fixed" } else { "provisional" }));
    fields.insert("origin".to_owned(), Value::from(args.origin.as_str()));
    let added =
        CodeAdded { code: Name::new(id), codebook: codebook.clone(), parent: parent.clone(), order, fields };
    let act = session.write(app, "codebook", vec![Change::CodeAdded(Box::new(added))])?;
    let place = parent
        .as_ref()
        .map_or_else(|| format!("codebook {codebook}"), |p| format!("{p} in codebook {codebook}"));
    let status = if fixed { "fixed" } else { "provisional" };
    app.out.said(&format!("added code {id} ({status}) to {place}"))?;
    app.out.json(&json!({ "act": act.to_string(), "code": id, "codebook": codebook, "parent": parent, "status": status }))?;
    Ok(Outcome::Done)
}

/// One text, or one per language from `nl=…`; none where nothing is given.
fn texts(given: &[String], languages: &[&str]) -> Option<Value> {
    let mut by_language = Map::new();
    let mut plain = None;
    for text in given {
        match text.split_once('=') {
            Some((tag, text)) if languages.contains(&tag) => {
                _ = by_language.insert(tag.to_owned(), Value::from(text.trim()));
            }
            _ => plain = Some(text.trim()).filter(|t| !t.is_empty()),
        }
    }
    if by_language.is_empty() { plain.map(Value::from) } else { Some(Value::Object(by_language)) }
}

/// Fixes codes, as one act.
pub(crate) fn fix(app: &mut App, session: &mut Session, args: &FixArgs) -> Result {
    session.may_write()?;
    let mut ids: Vec<Name> = Vec::new();
    for word in &args.codes {
        let code = session.open_code(word)?;
        if code.status == Status::Fixed {
            return Err(CommandError::new(format!("code {} is fixed already", code.id)).hint("leave it out"));
        }
        if !ids.contains(&code.id) {
            ids.push(code.id.clone());
        }
    }
    let earlier = args.earlier.as_str();
    let mut changes = revise::fixed(&session.coded.codebook, &ids, earlier)?;
    let offered = offer(app, session, args.earlier, &mut changes);
    let searched = changes.iter().any(|c| matches!(c, Change::CodeFixed(f) if !f.searched.is_empty()));
    let act = session.write(app, "codebook", changes)?;
    let list = ids.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
    let worth = match args.earlier {
        Earlier::Offer if searched && offered == 0 => {
            "its rules find nothing, so documents done before count as read for it"
        }
        Earlier::Offer if offered > 0 => {
            "documents done before are open for it until the hits that were offered there are decided about"
        }
        Earlier::Reopen | Earlier::Offer => "documents done before must be read again for it",
        Earlier::Declared => "documents done before count as read for it",
    };
    app.out.said(&format!("fixed {list}; {worth}"))?;
    app.out.json(&json!({
        "act": act.to_string(), "codes": ids, "earlier": earlier, "offered": offered,
    }))?;
    Ok(Outcome::Done)
}

/// Puts the hits of the codes' rules into an act that fixes codes, where that is wanted; tells how many.
pub(crate) fn offer(app: &mut App, session: &Session, earlier: Earlier, changes: &mut Vec<Change>) -> usize {
    if earlier != Earlier::Offer {
        return 0;
    }
    session.offer_for_fixing(app, changes);
    changes.iter().filter(|c| matches!(c, Change::HitOffered(_))).count()
}

/// Whether a word can be the id of a code or codebook.
pub(crate) fn is_code_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 64
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !id.starts_with('-')
        && !id.ends_with('-')
}
