//! `codebook qualifier`: the closed lists of a codebook that a coding takes values of.

use model::codebook::in_language as shown;
use model::name::Name;
use model::qualify::{self, Refusal, Wish};
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::nearest::did_you_mean;
use crate::session::Session;

/// Make or change a qualifier of a codebook, or a value of it.
///
/// A qualifier is a closed list beside the codes, such as whether a thing is in place or planned. What is not
/// there yet is made with --label. What a coding says stays: a value that codings have cannot be taken out, and
/// what a coding has that says nothing cannot become another once codings say nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim codebook qualifier status --label \"Status\"\n  verbatim codebook qualifier status planned --label \"planned\"\n  verbatim codebook qualifier status planned --remove"
)]
pub(crate) struct QualifierArgs {
    /// The qualifier, by its id
    #[arg(value_name = "QUALIFIER")]
    list: String,
    /// A value of it, by its id
    #[arg(value_name = "VALUE")]
    value: Option<String>,
    /// Make it, or call it so; for another language nl=… or en=…
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["default", "remove"])]
    label: Option<String>,
    /// The value is what a coding has that says nothing
    #[arg(long, conflicts_with_all = ["label", "remove"], requires = "value")]
    default: bool,
    /// Take it out
    #[arg(long, conflicts_with = "label")]
    remove: bool,
    /// The codebook; may be left out where only one is meant
    #[arg(long, value_name = "CODEBOOK")]
    codebook: Option<String>,
}

impl From<Refusal> for CommandError {
    fn from(why: Refusal) -> Self {
        let hint = match &why {
            Refusal::NoBook(_) => "`verbatim codebook list` shows the codes by codebook",
            Refusal::NoList(_) | Refusal::NoValue(..) => "--label TEXT makes it",
            Refusal::NoLabel => "give it with --label TEXT",
            Refusal::Nothing => "it is like that already; `verbatim codebook export` tells",
            Refusal::Used(_) => "`verbatim codings` finds them; give them another value first",
            Refusal::Unsaid(_) | Refusal::IsDefault => {
                "let each of them say it first: `verbatim codings change ID --qualifier K=V`"
            }
        };
        Self::new(why.to_string()).hint(hint)
    }
}

/// Makes or changes a list, or a value.
pub(crate) fn qualifier(app: &mut App, session: &mut Session, args: &QualifierArgs) -> Result {
    session.may_write()?;
    session.take_codebook_edits(app)?;
    let (list, value) = (args.list.trim(), args.value.as_deref().map(str::trim));
    let codebook = codebook(session, args, list)?;
    for id in [Some(list), value].into_iter().flatten() {
        let lists = qualify::lists(session.state(), &codebook);
        let of_list = lists.iter().find(|l| qualify::id_of(l) == Some(list));
        let values = of_list.and_then(|l| l.get("values")).and_then(Value::as_array);
        let known = lists.iter().chain(values.into_iter().flatten()).any(|i| qualify::id_of(i) == Some(id));
        if !known && !crate::codebook_add::is_code_id(id) {
            return Err(CommandError::new(format!("{id:?} cannot be the id of a qualifier or a value"))
                .hint("use a to z, 0 to 9 and hyphens, such as in-place; --label takes any letters"));
        }
    }
    let languages = session.languages();
    let wish = match args.label.as_deref() {
        Some(label) => {
            let (language, text) = crate::codebook_change::in_language(label, &languages);
            Wish::Label { language, text }
        }
        None if args.default => Wish::Default,
        None => Wish::Remove,
    };
    let change = qualify::changed(&session.coded.codebook, session.state(), &codebook, list, value, wish);
    let change = match change {
        Err(Refusal::Nothing) => {
            app.out.said(&format!("nothing to change: {}", name(list, value)))?;
            app.out.json(&json!({ "act": null, "qualifier": list, "value": value }))?;
            return Ok(Outcome::Nothing);
        }
        other => other?,
    };
    let said = match wish {
        Wish::Label { text, .. } => format!("called {text:?}"),
        Wish::Default => "what a coding has that says nothing".to_owned(),
        Wish::Remove => "taken out".to_owned(),
    };
    let act = session.write(app, "codebook", vec![change])?;
    app.out.said(&format!("{}: {said}", name(list, value)))?;
    app.out.json(&json!({ "act": act.to_string(), "qualifier": list, "value": value }))?;
    Ok(Outcome::Done)
}

/// A list or a value, as the command names it.
fn name(list: &str, value: Option<&str>) -> String {
    value.map_or_else(|| list.to_owned(), |v| format!("{list}={v}"))
}

/// The codebook that is meant: the one named, the one that has the list, or the only one.
fn codebook(session: &Session, args: &QualifierArgs, list: &str) -> std::result::Result<Name, CommandError> {
    let book = &session.coded.codebook;
    if let Some(named) = &args.codebook {
        return Ok(Name::new(named));
    }
    let mut having = book.qualifiers.iter().filter(|q| *q.id == *list).map(|q| &q.codebook);
    match (having.next(), having.next(), book.books.as_slice()) {
        (Some(one), None, _) | (None, None, [one]) => Ok(one.clone()),
        _ => {
            let languages = session.languages();
            let titled = |b: &Name| {
                let title = session.state().setting(&format!("codebook.{b}.title"));
                shown(title, &languages).map_or_else(|| b.to_string(), |t| format!("{b} ({t})"))
            };
            let books: Vec<String> = book.books.iter().map(titled).collect();
            let known: Vec<&str> = book.qualifiers.iter().map(|q| &*q.id).collect();
            Err(CommandError::new(format!("which codebook has qualifier {list:?}?"))
                .hint(did_you_mean(list, known))
                .hint(format!("--codebook NAME says it: {}", books.join(", "))))
        }
    }
}
