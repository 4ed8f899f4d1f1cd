//! `exemplar`: codings that show best what a code means, and their translations.

use clap::Subcommand;
use model::act::{Change, OfCoding, TranslationWritten};
use model::id::ThingId;
use model::name::Name;
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::out::Form;
use crate::session::Session;
use crate::table::{Table, cut};
use export::codings::Rows;

/// Mark telling examples and translate them.
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:\n  verbatim exemplar mark 3fa9c012.1\n  verbatim exemplar translate 3fa9c012.1 en \"We learn from the older bakers\""
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Mark codings as telling examples of their codes
    Mark {
        /// The codings
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
    /// Take the mark off
    Unmark {
        /// The codings
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
    /// Write a coding's quote in another language
    Translate {
        /// The coding
        #[arg(value_name = "ID")]
        id: String,
        /// Language of the translation, such as en
        #[arg(value_name = "LANGUAGE")]
        language: String,
        /// The translation
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// List the examples
    List,
}

/// Marks, unmarks, translates or lists.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    match &args.what {
        What::Mark { ids } => mark(app, &mut session, ids, true),
        What::Unmark { ids } => mark(app, &mut session, ids, false),
        What::Translate { id, language, text } => {
            session.may_write()?;
            let coding = session.coding(id)?.id;
            let language = language.trim().to_lowercase();
            if language.len() < 2 || !language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
                return Err(
                    CommandError::new(format!("{language:?} is no language tag")).hint("write nl, en, de …")
                );
            }
            if text.trim().is_empty() {
                return Err(CommandError::new("the translation is empty"));
            }
            let written =
                TranslationWritten { coding, language: Name::new(&language), body: text.trim().to_owned() };
            let act = session.write(app, "translate", vec![Change::TranslationWritten(Box::new(written))])?;
            app.out.said(&format!("translated {} into {language}", crate::lookup::short(coding)))?;
            app.out.json(
                &json!({ "act": act.to_string(), "coding": coding.to_string(), "language": language }),
            )?;
            Ok(Outcome::Done)
        }
        What::List => list(app, &session),
    }
}

fn mark(app: &mut App, session: &mut Session, words: &[String], set: bool) -> Result {
    session.may_write()?;
    let mut ids: Vec<ThingId> = Vec::new();
    for word in words {
        let id = session.coding(word)?.id;
        if session.state().is_exemplar(id) != set && !ids.contains(&id) {
            ids.push(id);
        }
    }
    let word = if set { "marked" } else { "unmarked" };
    let mut act = None;
    if !ids.is_empty() {
        let change = |id: &ThingId| {
            let of = Box::new(OfCoding { coding: *id });
            if set { Change::ExemplarMarked(of) } else { Change::ExemplarUnmarked(of) }
        };
        let changes = ids.iter().map(change).collect();
        act = Some(session.write(app, "exemplar", changes)?.to_string());
    }
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    app.out.said(&format!("{word}: {}", plural(ids.len(), "example")))?;
    app.out.json(&json!({ "act": act, word: ids }))?;
    Ok(Outcome::Done)
}

fn list(app: &mut App, session: &Session) -> Result {
    let text = app.out.form() == Form::Text;
    let mut table = Table::new(["id", "code", "document", "case", "language", "quote"]);
    let mut rows: Vec<Value> = Vec::new();
    for row in Rows::new(session.ground()).all().into_iter().filter(|r| r.exemplar) {
        let translations =
            ThingId::parse(&row.id).map(|id| session.state().translations(id)).unwrap_or_default();
        let id = if text { row.short.clone() } else { row.id.clone() };
        let quote = |q: &str| {
            if text { cut(&q.split_whitespace().collect::<Vec<_>>().join(" "), 70) } else { q.to_owned() }
        };
        let case = row.case.clone().unwrap_or_default();
        table.row([
            id.clone(),
            row.code.clone(),
            row.document.clone(),
            case.clone(),
            String::new(),
            quote(&row.quote),
        ]);
        for (language, translation) in &translations {
            let cells = [
                id.clone(),
                row.code.clone(),
                row.document.clone(),
                case.clone(),
                language.to_string(),
                quote(&translation.body),
            ];
            table.row(cells);
        }
        let translations: serde_json::Map<String, Value> = translations
            .into_iter()
            .map(|(language, t)| (language.to_string(), Value::from(t.body.as_str())))
            .collect();
        rows.push(json!({ "id": row.id, "code": row.code, "document": row.document, "case": row.case, "quote": row.quote, "translations": translations }));
    }
    let outcome = if rows.is_empty() { Outcome::Nothing } else { Outcome::Done };
    app.out.json(&json!({ "exemplars": rows }))?;
    app.out.table(&table)?;
    Ok(outcome)
}
