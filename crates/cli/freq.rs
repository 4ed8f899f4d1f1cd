//! `freq`: how often each code occurs per case, document, speaker or attribute.

use std::path::Path;

use clap::ValueEnum;
use export::{By, Frequencies, Level, Options, Sheet, frequencies, write};
use model::ground::Ground;
use model::reading::{Choice, Readings};
use serde_json::{Value, json};

use crate::app::App;
use crate::basis::{Basis, Ready};
use crate::error::{CommandError, Outcome, Result};
use crate::out::Form;
use crate::paths::pasted;
use crate::session::Session;
use crate::table_args::{Shape, TableArgs, count_rule, level, refused, words_of};

/// Print the table of code frequencies.
///
/// Overlapping codings of a code count as one passage. A zero means that the documents were read for the
/// code (marked done) and it was not found; where they were not read the cell is empty (CSV) or a dot. The
/// figure to report first is the last line: in how many of the cases that were read the code was found.
#[derive(Debug, Default, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim freq\n  verbatim freq --by sector --count cases --csv\n  verbatim freq --by sector,size --percent row\n  verbatim freq --where status=planned\n  verbatim freq --shape wide --out table.csv"
)]
pub(crate) struct Args {
    /// Rows: case (or your word for it), document, speaker, or a column of your tables; where several tables
    /// have it, write case.sector, document.kind or speaker.role; two with a comma for their combinations
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
    /// Percentages beside the counts: of all that a row has on that level of the codebook, or of what all
    /// rows have of the code
    #[arg(long, value_name = "row|column")]
    percent: Option<Percent>,
    /// Leave cells empty that are only a lower bound
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    table: TableArgs,
}

/// What a percentage is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Percent {
    Row,
    Column,
}

impl From<Percent> for export::Percent {
    fn from(percent: Percent) -> Self {
        match percent {
            Percent::Row => Self::Row,
            Percent::Column => Self::Column,
        }
    }
}

/// Tabulates and prints or writes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let ready = Ready::new(app, &args.table, words_of(args.count.as_deref()))?;
    ready.keeping(app, |app, ready| {
        let outcome = tabulate(app, ready, args)?;
        // Whoever waits for the table has it before everything is kept.
        app.out.flush()?;
        Ok(outcome)
    })
}

fn tabulate(app: &mut App, ready: &Ready, args: &Args) -> Result {
    let basis = ready.basis();
    let (options, each) = options(app, ready, args)?;
    let mut tables = Vec::new();
    for choice in readings(basis, &options, each)? {
        let options = Options { reading: choice, ..options.clone() };
        let Ground { corpus, state, coded } = basis.ground;
        tables.push(frequencies(corpus, state, coded, &options).map_err(|why| refused(&why))?);
    }
    basis.warn(app);
    let shape = args.shape.unwrap_or(Shape::Long);
    if let Some((file, session)) = args.table.out.as_ref().zip(ready.session()) {
        return to_file(app, session, &tables, shape, each, &pasted(file));
    }
    match app.out.form() {
        Form::Json => app.out.json(&as_json(basis, &tables, each))?,
        Form::Csv => app.out.written(&as_csv(basis, &tables, shape)?)?,
        Form::Text if args.shape == Some(Shape::Long) => {
            for table in &tables {
                crate::freq_grid::long(app, basis, table)?;
            }
        }
        Form::Text => {
            for table in &tables {
                crate::freq_grid::print(app, basis, table)?;
            }
        }
    }
    let outcome = if tables.iter().all(|t| t.cells.is_empty()) { Outcome::Nothing } else { Outcome::Done };
    Ok(outcome)
}

/// The options of the table, and whether a table per coder is wanted.
fn options(app: &mut App, ready: &Ready, args: &Args) -> Result<(Options, bool)> {
    let by = match &args.by {
        Some(word) => By::parse(word, ready.basis().ground.corpus).map_err(|why| refused(&why))?,
        None => By::Case,
    };
    let count = args.count.as_deref().map(count_rule).transpose()?.unwrap_or_default();
    let brief = args.table.is_read(app) && args.shape != Some(Shape::Long);
    let level = match args.level.as_deref() {
        None if brief => Level::Top,
        None => Level::All,
        Some(word) => level(word)?,
    };
    let each = args.table.reading.as_deref() == Some("each");
    let table = TableArgs { reading: args.table.reading.clone().filter(|_| !each), ..args.table.clone() };
    let shared = ready.options(app, &table)?;
    let percent = args.percent.map(Into::into);
    let options = Options { by, count, level, complete: args.complete, percent, ..shared };
    Ok((options, each))
}

/// The readings of which a table is made: one, or each coder's who began somewhere.
fn readings(basis: Basis<'_>, options: &Options, each: bool) -> Result<Vec<Choice>> {
    if !each {
        return Ok(vec![options.reading.clone()]);
    }
    let Ground { corpus, state, coded } = basis.ground;
    let readings = Readings::new(corpus, state, coded);
    let documents = corpus.documents.len();
    let began = |name: &&model::name::Name| (0..documents).any(|d| readings.began(d).contains(*name));
    let coders: Vec<Choice> = coded.coders.names.iter().filter(began).cloned().map(Choice::Coder).collect();
    if coders.is_empty() {
        return Err(CommandError::new("nobody has coded anything yet")
            .hint("leave --reading out to see the empty table"));
    }
    Ok(coders)
}

fn as_json(basis: Basis<'_>, tables: &[Frequencies], each: bool) -> Value {
    let one = |table: &Frequencies| {
        let mut value = write::frequencies::json(table);
        if let Value::Object(map) = &mut value {
            map.insert("missing_acts".to_owned(), basis.missing.into());
            if let Some(sight) = basis.ground.state.sight() {
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
fn as_csv(basis: Basis<'_>, tables: &[Frequencies], shape: Shape) -> Result<String> {
    let mut out = String::new();
    for (i, table) in tables.iter().enumerate() {
        let sheet = sheet(basis, table, shape);
        let text = write::csv::text(&sheet)
            .map_err(|why| CommandError::new(format!("cannot write the table: {why}")))?;
        let body = if i == 0 { text.as_str() } else { text.split_once('\n').map_or("", |(_, rest)| rest) };
        out.push_str(body);
    }
    Ok(out)
}

fn sheet(basis: Basis<'_>, table: &Frequencies, shape: Shape) -> Sheet {
    export::tables::freq::sheet(table, shape.into(), basis.ground, &basis.speech())
}

/// Writes the tables as the file's name says; JSON is that of the contract.
fn to_file(
    app: &mut App,
    session: &Session,
    tables: &[Frequencies],
    shape: Shape,
    each: bool,
    path: &Path,
) -> Result {
    let basis = session.basis();
    let ends = |ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    let text = if ends("json") || app.out.form() == Form::Json && !ends("csv") && !ends("md") {
        let value = as_json(basis, tables, each);
        serde_json::to_string_pretty(&value).map_err(|why| CommandError::new(why.to_string()))? + "\n"
    } else if ends("csv") {
        as_csv(basis, tables, shape)?
    } else {
        let mut sheets: Vec<Sheet> = tables.iter().map(|t| sheet(basis, t, shape)).collect();
        for sheet in &mut sheets {
            sheet.notes.extend(basis.not_arrived(false));
        }
        return crate::sheets::to_file(app, session, &sheets, path);
    };
    let rule = tables.first().map(|t| sheet(basis, t, shape).facts).unwrap_or_default();
    crate::sheets::save(app, session, path, text.into_bytes(), &rule)?;
    if app.kept.is_some() {
        return Ok(Outcome::Done);
    }
    let rows: usize = tables.iter().map(|t| sheet(basis, t, shape).rows.len()).sum();
    app.out.said(&format!("wrote {} ({})", path.display(), crate::code_from::plural(rows, "row")))?;
    app.out.json(&json!({ "out": path.display().to_string(), "rows": rows }))?;
    Ok(Outcome::Done)
}
