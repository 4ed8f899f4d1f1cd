//! `freq`: how often each code occurs per case, document, speaker or attribute.

use std::path::Path;

use clap::ValueEnum;
use export::{By, CountRule, FreqError, Frequencies, Level, Options, frequencies, write};
use model::reading::{Choice, Readings};
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::nearest::did_you_mean;
use crate::out::Form;
use crate::paths::pasted;
use crate::session::Session;

/// Print the table of code frequencies.
///
/// Overlapping codings of a code count as one passage. A zero means that the documents were read for the
/// code (marked done) and it was not found; where they were not read the cell is empty (CSV) or a dot. The
/// figure to report first is the last line: in how many of the cases that were read the code was found.
#[derive(Debug, Default, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim freq\n  verbatim freq --by sector --count presence --csv\n  verbatim freq --shape wide --out table.csv"
)]
pub(crate) struct Args {
    /// Rows: case (or your word for it), document, speaker, or a column of your tables; where several tables
    /// have it, write case.sector, document.kind or speaker.role
    #[arg(long, value_name = "WHAT")]
    by: Option<String>,
    /// What is counted: passages, codings, turns, documents, cases, presence, words or characters
    #[arg(long, value_name = "RULE")]
    count: Option<String>,
    /// For CSV: one line per cell (long), or one line per row with a column per code (wide)
    #[arg(long, value_name = "SHAPE")]
    shape: Option<Shape>,
    /// Which codes: all, top, or so many levels (on the screen top is the default)
    #[arg(long, value_name = "all|top|N")]
    level: Option<String>,
    /// Whose codings count: a coder, consensus, union, intersection or each [default: the primary coder]
    #[arg(long, value_name = "READING")]
    reading: Option<String>,
    /// Whose words count: respondent, interviewer, other (separated by commas) or all
    #[arg(long, value_name = "ROLES")]
    roles: Option<String>,
    /// Take documents that were begun for done
    #[arg(long)]
    assume_done: bool,
    /// Leave cells empty that are only a lower bound
    #[arg(long)]
    complete: bool,
    /// Write the table to this file (.csv or .json)
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    /// Go on although acts of a newer version could matter
    #[arg(long)]
    ignore_unknown: bool,
}

/// Long or wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shape {
    Long,
    Wide,
}

/// Tabulates and prints or writes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let session = Session::open_to_count(app)?;
    understood(app, &session, args.ignore_unknown)?;
    let (options, each) = options(&session, args, app.out.form())?;
    let mut tables = Vec::new();
    for choice in readings(&session, &options, each)? {
        let options = Options { reading: choice, ..options.clone() };
        tables.push(
            frequencies(&session.corpus, session.state(), &session.coded, &options)
                .map_err(|why| unclear(&why))?,
        );
    }
    let missing = session.study.missing_acts();
    if missing > 0 {
        app.out.aside(
            "warning",
            &format!("{missing} acts have not arrived; the numbers may change when they do"),
        );
    }
    session.say_blind(app, "there only your own reading counts");
    let shape = args.shape.unwrap_or(Shape::Long);
    if let Some(file) = &args.out {
        return to_file(app, &session, &tables, shape, &pasted(file));
    }
    match app.out.form() {
        Form::Json => app.out.json(&as_json(&session, &tables, each))?,
        Form::Csv => app.out.written(&as_csv(&tables, shape)?)?,
        Form::Text if args.shape == Some(Shape::Long) => {
            for table in &tables {
                crate::freq_grid::long(app, table)?;
            }
        }
        Form::Text => {
            for table in &tables {
                crate::freq_grid::print(app, &session, table)?;
            }
        }
    }
    let outcome = if tables.iter().all(|t| t.cells.is_empty()) { Outcome::Nothing } else { Outcome::Done };
    // The process ends here; giving back every coding one by one would cost as much as counting them.
    std::mem::forget(session);
    Ok(outcome)
}

/// Stops at acts of a newer version that could change a number.
fn understood(app: &mut App, session: &Session, ignore: bool) -> Result<()> {
    let kinds = session.state().blocking_kinds();
    if kinds.is_empty() {
        return Ok(());
    }
    let list = kinds.join(", ");
    if ignore {
        app.out.aside("warning", &format!("ignored acts of a newer version: {list}"));
        return Ok(());
    }
    Err(CommandError::new(format!("the study holds acts that this version does not understand: {list}"))
        .hint("install a newer version of verbatim; or, at your own risk, add --ignore-unknown"))
}

/// The options of the table, and whether a table per coder is wanted.
fn options(session: &Session, args: &Args, form: Form) -> Result<(Options, bool)> {
    let by = match &args.by {
        Some(word) => By::parse(word, &session.corpus).map_err(|why| unclear(&why))?,
        None => By::Case,
    };
    let count = match &args.count {
        None => CountRule::default(),
        Some(word) => CountRule::parse(word).ok_or_else(|| {
            let all = CountRule::ALL.map(CountRule::as_str);
            CommandError::new(format!("there is no count rule {word:?}"))
                .hint(did_you_mean(word, all))
                .hint(format!("write one of {}", all.join(", ")))
        })?,
    };
    let brief = form == Form::Text && args.out.is_none() && args.shape != Some(Shape::Long);
    let level = match args.level.as_deref() {
        None if brief => Level::Top,
        None => Level::All,
        Some(word) => Level::parse(word).ok_or_else(|| {
            CommandError::new(format!("{word:?} is no level")).hint("write all, top, or a number from 1")
        })?,
    };
    let each = args.reading.as_deref() == Some("each");
    let reading = match args.reading.as_deref() {
        None | Some("each") => Choice::Primary,
        Some(word) => match Choice::parse(word) {
            Choice::Coder(name) => Choice::Coder(session.known_coder(&name)?),
            other => other,
        },
    };
    let roles = crate::hits::roles(args.roles.as_deref())?;
    let options =
        Options { by, count, level, reading, roles, assume_done: args.assume_done, complete: args.complete };
    Ok((options, each))
}

/// The readings of which a table is made: one, or each coder's who began somewhere.
fn readings(session: &Session, options: &Options, each: bool) -> Result<Vec<Choice>> {
    if !each {
        return Ok(vec![options.reading.clone()]);
    }
    let readings = Readings::new(&session.corpus, session.state(), &session.coded);
    let documents = session.corpus.documents.len();
    let began = |name: &&model::name::Name| (0..documents).any(|d| readings.began(d).contains(*name));
    let coders: Vec<Choice> =
        session.coded.coders.names.iter().filter(began).cloned().map(Choice::Coder).collect();
    if coders.is_empty() {
        return Err(CommandError::new("nobody has coded anything yet")
            .hint("leave --reading out to see the empty table"));
    }
    Ok(coders)
}

fn unclear(why: &FreqError) -> CommandError {
    let mut error = CommandError::new(why.to_string());
    if let FreqError::UnknownAttribute { name, known } = why {
        error = error.hint(did_you_mean(name, known.iter().map(String::as_str)));
    }
    error.hints.extend(why.hints());
    error
}

fn as_json(session: &Session, tables: &[Frequencies], each: bool) -> Value {
    let one = |table: &Frequencies| {
        let mut value = write::json(table);
        if let Value::Object(map) = &mut value {
            map.insert("missing_acts".to_owned(), session.study.missing_acts().into());
            if let Some(sight) = session.state().sight() {
                let documents: Vec<&str> = sight.documents().map(model::name::Name::as_str).collect();
                map.insert("blind".to_owned(), documents.into());
            }
        }
        value
    };
    match tables {
        [only] if !each => one(only),
        several => json!({ "readings": several.iter().map(one).collect::<Vec<_>>() }),
    }
}

/// All tables below one head.
fn as_csv(tables: &[Frequencies], shape: Shape) -> Result<String> {
    let mut out = String::new();
    for (i, table) in tables.iter().enumerate() {
        let mut bytes = Vec::new();
        let written = match shape {
            Shape::Long => write::long_csv(table, &mut bytes),
            Shape::Wide => write::wide_csv(table, &mut bytes),
        };
        written.map_err(|why| CommandError::new(format!("cannot write the table: {why}")))?;
        let text = String::from_utf8(bytes)
            .map_err(|why| CommandError::new(format!("cannot write the table: {why}")))?;
        let body = if i == 0 { text.as_str() } else { text.split_once('\n').map_or("", |(_, rest)| rest) };
        out.push_str(body);
    }
    Ok(out)
}

/// Writes CSV, or JSON where the name says so; the file is replaced whole or not at all.
fn to_file(app: &mut App, session: &Session, tables: &[Frequencies], shape: Shape, path: &Path) -> Result {
    let json =
        app.out.form() == Form::Json || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    let text = if json {
        let value = as_json(session, tables, tables.len() > 1);
        serde_json::to_string_pretty(&value).map_err(|why| CommandError::new(why.to_string()))? + "\n"
    } else {
        as_csv(tables, shape)?
    };
    study::atomic::replace(path, text.as_bytes()).map_err(|why| CommandError::file(path, &why))?;
    let rows: usize = tables.iter().map(|t| t.groups.len()).sum();
    app.out.said(&format!("wrote {} ({})", path.display(), crate::code_from::plural(rows, "row")))?;
    app.out.json(&json!({ "out": path.display().to_string(), "rows": rows }))?;
    Ok(Outcome::Done)
}
