//! `codebook`: the codes with their definitions.

use clap::Subcommand;
use model::codebook::{Code, Status};
use model::name::Name;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::nearest::did_you_mean;
use crate::out::Form;
use crate::session::Session;
use crate::table::Table;
use crate::{
    codebook_add, codebook_appendix, codebook_change, codebook_group, codebook_log, codebook_merge,
    codebook_qualifier,
};

/// Look at the codebook, add to it or change it.
///
/// The files in codebooks/ may be edited by hand as well; the next command that writes takes the edits over
/// and shows them.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim codebook list\n  verbatim codebook show training\n  verbatim codebook add sourdough --label \
                        \"Sourdough\" --under training\n  verbatim codebook fix sourdough --earlier reopen"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the codes in order
    List,
    /// Print what a code means
    Show {
        /// The code, by its id or its label
        #[arg(value_name = "CODE")]
        code: String,
    },
    /// Print a codebook as a file (JSON)
    Export {
        /// The codebook; may be left out where there is one
        #[arg(value_name = "CODEBOOK")]
        codebook: Option<String>,
    },
    /// Take a codebook file into the study
    Import {
        /// A codebook that comes with the program, or a file
        #[arg(value_name = "NAME|FILE")]
        from: String,
    },
    /// Add a code
    Add(codebook_add::AddArgs),
    /// Change what a code says
    Change(codebook_change::ChangeArgs),
    /// Give a code another label
    Rename(codebook_change::RenameArgs),
    /// Move a code under another, or to the top
    Move(codebook_change::MoveArgs),
    /// Merge a code into another
    Merge(codebook_merge::MergeArgs),
    /// Split a code as a table decides
    Split(codebook_merge::SplitArgs),
    /// Retire a code: its codings stay
    Retire(codebook_merge::RetireArgs),
    /// Put a code into a group, or take it out
    Group(codebook_group::GroupArgs),
    /// Make or change a qualifier, or a value of it
    Qualifier(codebook_qualifier::QualifierArgs),
    /// Fix provisional codes: from now on documents are read for them
    Fix(codebook_add::FixArgs),
    /// Freeze the codebook: fix all codes and name a version
    Freeze(codebook_log::FreezeArgs),
    /// Show versions and changes with their reasons
    Log(codebook_log::LogArgs),
    /// Print the codebook as an appendix of an article
    Appendix(codebook_appendix::Args),
}

/// Lists, shows, exports, adds or changes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    if let Some(What::Appendix(args)) = &args.what {
        return codebook_appendix::run(app, args);
    }
    let mut session = Session::open(app)?;
    match &args.what {
        None | Some(What::List) => list(app, &session),
        Some(What::Show { code }) => show(app, &session, code),
        Some(What::Export { codebook }) => export(app, &session, codebook.as_deref()),
        Some(What::Import { from }) => import(app, &mut session, from),
        Some(What::Add(args)) => codebook_add::add(app, &mut session, args),
        Some(What::Change(args)) => codebook_change::change(app, &mut session, args),
        Some(What::Rename(args)) => codebook_change::rename(app, &mut session, args),
        Some(What::Move(args)) => codebook_change::move_code(app, &mut session, args),
        Some(What::Merge(args)) => codebook_merge::merge(app, &mut session, args),
        Some(What::Split(args)) => codebook_merge::split(app, &mut session, args),
        Some(What::Retire(args)) => codebook_merge::retire(app, &mut session, args),
        Some(What::Group(args)) => codebook_group::group(app, &mut session, args),
        Some(What::Qualifier(args)) => codebook_qualifier::qualifier(app, &mut session, args),
        Some(What::Fix(args)) => codebook_add::fix(app, &mut session, args),
        Some(What::Freeze(args)) => codebook_log::freeze(app, &mut session, args),
        Some(What::Appendix(_)) => Ok(Outcome::Done),
        Some(What::Log(args)) => codebook_log::log(app, &session, args),
    }
}

/// Takes a codebook into the study, as one act. Codes that the study has already are left out.
fn import(app: &mut App, session: &mut Session, from: &str) -> Result {
    session.may_write()?;
    let (name, bytes) = crate::init::codebook(from)?;
    session.take_codebook_edits(app)?;
    let before = session.study.codebook().codes.len();
    let (act, problems) = session.study.adopt_codebook(&name, &bytes)?;
    for problem in &problems {
        app.out.problem(problem);
    }
    let added = session.study.codebook().codes.len() - before;
    app.out.said(&format!("took in {} from {name}", crate::code_from::plural(added, "code")))?;
    app.out.json(&json!({ "act": act.to_string(), "codes": added }))?;
    Ok(if added == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// provisional, fixed, retired or merged.
fn standing(code: &Code) -> &'static str {
    match (&code.merged_into, code.retired, code.status) {
        (Some(_), _, _) => "merged",
        (None, true, _) => "retired",
        (None, false, Status::Fixed) => "fixed",
        (None, false, Status::Provisional) => "provisional",
    }
}

fn list(app: &mut App, session: &Session) -> Result {
    let book = &session.coded.codebook;
    let languages = session.languages();
    for problem in &session.study.codebook_problems() {
        app.out.problem(problem);
    }
    let text = app.out.form() == Form::Text;
    let mut counts = vec![0_usize; book.codes.len()];
    for placed in &session.coded.placed {
        counts[placed.code as usize] += 1;
    }
    let mut table = Table::new(["code", "label", "var", "key", "status", "#codings", "parent", "codebook"]);
    let mut rows: Vec<Value> = Vec::new();
    for (at, code) in book.codes.iter().enumerate() {
        let indent = if text { "  ".repeat(code.depth as usize) } else { String::new() };
        let parent = code.parent.as_ref().map(ToString::to_string);
        table.row([
            format!("{indent}{}", code.id),
            code.label(&languages).to_owned(),
            code.var.clone().unwrap_or_default(),
            code.shortcut.map(String::from).unwrap_or_default(),
            standing(code).to_owned(),
            counts[at].to_string(),
            parent.clone().unwrap_or_default(),
            code.codebook.to_string(),
        ]);
        rows.push(json!({
            "code": code.id, "codebook": code.codebook, "parent": parent, "depth": code.depth,
            "label": code.label(&languages), "status": code.status, "shortcut": code.shortcut, "var": code.var,
            "color": book.color(at), "retired": code.retired, "merged_into": code.merged_into, "codings": counts[at],
        }));
    }
    let none = rows.is_empty();
    app.out.json(&json!({ "codes": rows, "codebooks": book.books }))?;
    if none && text {
        app.out.line("there are no codes yet; `verbatim codebook add CODE --label LABEL` makes one")?;
        return Ok(Outcome::Nothing);
    }
    app.out.table(&table)?;
    Ok(if none { Outcome::Nothing } else { Outcome::Done })
}

fn show(app: &mut App, session: &Session, word: &str) -> Result {
    let book = &session.coded.codebook;
    let at = session.code_at(word)?;
    let code = &book.codes[at];
    let languages = session.languages();
    let below: Vec<&str> = book
        .subtree(at)
        .filter(|&c| book.codes[c].parent.as_ref() == Some(&code.id))
        .map(|c| book.codes[c].id.as_str())
        .collect();
    app.out.json(&json!({
        "code": code.id, "codebook": code.codebook, "parent": code.parent, "children": below,
        "label": code.label(&languages), "status": code.status, "shortcut": code.shortcut, "var": code.var,
        "color": book.color(at), "retired": code.retired, "merged_into": code.merged_into,
        "definition_hash": code.definition_hash(), "fields": code.fields,
    }))?;
    if app.out.form() == Form::Csv {
        let mut table = Table::new(["field", "value"]);
        for (key, value) in &code.fields {
            table.row([key.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)]);
        }
        app.out.table(&table)?;
        return Ok(Outcome::Done);
    }
    app.out.marked_line("", code.label(&languages), &format!("  ({}, {})", code.id, standing(code)))?;
    if let Some(into) = &code.merged_into {
        app.out.line(&format!("merged into {into}"))?;
    }
    if let Some(parent) = &code.parent {
        app.out.line(&format!("under      {parent}"))?;
    }
    for (field, head) in [("definition", "definition"), ("include", "include   "), ("exclude", "exclude   ")]
    {
        for text in texts(code, field, &languages) {
            app.out.line(&format!("{head} {text}"))?;
        }
    }
    for text in texts(code, "examples", &languages) {
        app.out.line(&format!("example    {text}"))?;
    }
    if !below.is_empty() {
        app.out.line(&format!("below it   {}", below.join(", ")))?;
    }
    Ok(Outcome::Done)
}

/// A field as texts: one text, a text per language, or a list of either.
fn texts(code: &Code, field: &str, languages: &[&str]) -> Vec<String> {
    let one = |value: &Value| match value.get("text").and_then(Value::as_str) {
        Some(text) => Some(text.to_owned()),
        None => model::codebook::in_language(Some(value), languages).map(str::to_owned),
    };
    match code.fields.get(field) {
        Some(Value::Array(list)) => list.iter().filter_map(one).collect(),
        Some(Value::Object(map)) => {
            match languages.iter().find_map(|l| map.get(*l)).or_else(|| map.values().next()) {
                Some(Value::Array(list)) => list.iter().filter_map(one).collect(),
                Some(value) => one(value).into_iter().collect(),
                None => Vec::new(),
            }
        }
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn export(app: &mut App, session: &Session, wanted: Option<&str>) -> Result {
    let books = &session.coded.codebook.books;
    let book = match (wanted, &books[..]) {
        (Some(name), _) => books.iter().find(|b| *b == name).ok_or_else(|| {
            CommandError::new(format!("there is no codebook {name:?}"))
                .hint(did_you_mean(name, books.iter().map(Name::as_str)))
                .hint("`verbatim codebook list` shows which codebooks there are")
        })?,
        (None, [only]) => only,
        (None, []) => {
            return Err(
                CommandError::new("the study has no codebook yet").hint("`verbatim codebook add` begins one")
            );
        }
        (None, several) => {
            let names: Vec<&str> = several.iter().map(Name::as_str).collect();
            return Err(CommandError::new("the study has several codebooks")
                .hint(format!("name one of {}", names.join(", "))));
        }
    };
    let value = crate::codebook_export::json(session, book);
    if app.out.form() == Form::Json {
        app.out.json(&value)?;
    } else {
        let text = serde_json::to_string_pretty(&value).map_err(|why| CommandError::new(why.to_string()))?;
        app.out.written(&(text + "\n"))?;
    }
    Ok(Outcome::Done)
}
