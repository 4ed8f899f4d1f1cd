//! `import`: transcripts and tables come into the study.

use std::path::PathBuf;

use import::Layout;
use model::problem::Severity;
use serde_json::{Value, json};
use study::{Added, ImportOptions, ImportReport};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::paths::pasted;
use crate::session::Session;
use crate::table::{Table, cut};

/// Turns of each document that `--dry-run` shows.
const SHOWN: usize = 6;

/// Bring transcripts and tables into the study.
///
/// Give files (.txt, .md, .docx) or folders, which are searched at any depth. The tables documents.csv,
/// cases.csv and speakers.csv in a folder are taken along. A transcript that the study has already is
/// skipped, so the command may be run again. Who speaks is seen from labels such as "Interviewer:";
/// --dry-run shows what would be read.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim import ../transcripts --dry-run\n  verbatim import ../transcripts --language nl\n  verbatim import interview-7.docx --case bakery"
)]
pub(crate) struct Args {
    /// Files and folders; paths may be pasted or dragged here
    #[arg(value_name = "PATH", required_unless_present = "attributes")]
    paths: Vec<String>,
    /// The case that all of them are about
    #[arg(long, value_name = "NAME")]
    case: Option<String>,
    /// Their language
    #[arg(long, value_name = "nl|en")]
    language: Option<String>,
    /// How speakers are marked: name-colon, bold-name, label-line or none [default: seen from the text]
    #[arg(long, value_name = "LAYOUT")]
    layout: Option<String>,
    /// A table of documents, cases or speakers (may be given several times)
    #[arg(long, value_name = "T.csv")]
    attributes: Vec<String>,
    /// Show which turns and speakers would be read; write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Imports, or shows what would be imported.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    session.may_write()?;
    let layout = args.layout.as_deref().map(layout).transpose()?;
    let paths = args.paths.iter().map(|p| existing(p)).collect::<Result<Vec<_>>>()?;
    let attributes = args.attributes.iter().map(|p| existing(p)).collect::<Result<Vec<_>>>()?;
    let options = ImportOptions {
        case: args.case.clone().filter(|c| !c.trim().is_empty()),
        language: args.language.as_ref().map(|l| l.trim().to_lowercase()),
        layout,
        attributes,
        dry_run: args.dry_run,
        ..ImportOptions::default()
    };
    if !args.dry_run {
        // Asked before anything is written: a text without its act would be a stray file.
        session.me()?;
        session.take_codebook_edits(app)?;
    }
    let report = session.study.import(&paths, &options)?;
    if report.added.is_empty() && report.known.is_empty() && report.tables.is_empty() {
        return Err(nothing(app, &report, &paths));
    }
    for problem in &report.problems {
        app.out.problem(problem);
    }
    print(app, &report, &options)?;
    let failed = report.problems.iter().any(|p| p.severity == Severity::Error);
    Ok(if failed { Outcome::Nothing } else { Outcome::Done })
}

/// The path that a word means, which must be there.
fn existing(word: &str) -> Result<PathBuf> {
    let path = pasted(word);
    match std::fs::metadata(&path) {
        Ok(_) => Ok(path),
        Err(why) => Err(CommandError::file(&path, &why)),
    }
}

/// The error for an import that brought nothing.
fn nothing(app: &mut App, report: &ImportReport, paths: &[PathBuf]) -> CommandError {
    let first = report.problems.iter().position(|p| p.severity == Severity::Error);
    for (i, problem) in report.problems.iter().enumerate() {
        if Some(i) != first {
            app.out.problem(problem);
        }
    }
    let Some(problem) = first.and_then(|i| report.problems.get(i)) else {
        let list = paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ");
        return CommandError::new(format!("there is no transcript in {list}"))
            .hint("transcripts are .txt, .md and .docx files; README and LICENSE are left out");
    };
    let line = problem.line.map(|l| format!(":{l}")).unwrap_or_default();
    let named = problem.what.contains(&problem.file);
    let what = if named { problem.what.clone() } else { format!("{}{line}: {}", problem.file, problem.what) };
    CommandError::new(what).hint(&problem.hint).hint("nothing was imported")
}

fn print(app: &mut App, report: &ImportReport, options: &ImportOptions) -> Result<()> {
    let speakers = |added: &Added| -> Vec<Value> {
        added.roles.iter().map(|(label, role)| json!({ "speaker": label, "role": role.as_str() })).collect()
    };
    let imported: Vec<Value> = report
        .added
        .iter()
        .map(|a| {
            json!({
                "document": a.document, "file": a.file, "layout": a.layout.as_str(), "encoding": a.encoding,
                "characters": a.characters, "turns": a.turns, "speakers": speakers(a), "instead_of": a.instead_of,
            })
        })
        .collect();
    let known: Vec<Value> =
        report.known.iter().map(|k| json!({ "file": k.file, "document": k.document })).collect();
    let tables: Vec<Value> = report
        .tables
        .iter()
        .map(|t| {
            json!({
                "file": t.file, "kind": t.kind.as_str(), "rows": t.rows, "matched": t.matched, "values": t.values,
                "columns": t.columns,
            })
        })
        .collect();
    app.out.json(&json!({
        "imported": imported, "known": known, "tables": tables, "problems": report.problems,
        "act": report.act.map(|a| a.to_string()), "dry_run": options.dry_run,
    }))?;
    if !app.out.is_quiet() && !report.added.is_empty() {
        let mut table = Table::new(["document", "layout", "encoding", "#turns", "#characters", "speakers"]);
        for a in &report.added {
            let people: Vec<String> =
                a.roles.iter().map(|(label, role)| format!("{label} ({})", role.as_str())).collect();
            table.row([
                a.document.clone(),
                a.layout.as_str().to_owned(),
                a.encoding.to_owned(),
                a.turns.to_string(),
                a.characters.to_string(),
                people.join(", "),
            ]);
        }
        app.out.table(&table)?;
    }
    for known in &report.known {
        app.out.said(&format!("skipped {}: its text is document {} already", known.file, known.document))?;
    }
    for table in &report.tables {
        let columns = if table.columns.is_empty() {
            String::new()
        } else {
            format!(", new columns {}", table.columns.join(", "))
        };
        let (rows, values) = (plural(table.rows, "row"), plural(table.values, "new value"));
        app.out.said(&format!(
            "{}: {rows} of {}, {} matched, {values}{columns}",
            table.file,
            table.kind.as_str(),
            table.matched
        ))?;
    }
    if options.dry_run {
        for added in &report.added {
            preview(app, added, options)?;
        }
    }
    let turns: usize = report.added.iter().map(|a| a.turns).sum();
    let (documents, turns) = (plural(report.added.len(), "document"), plural(turns, "turn"));
    let word = if options.dry_run { "would import" } else { "imported" };
    let end = if options.dry_run { "; nothing was written" } else { "" };
    app.out.said(&format!("{word} {documents}, {turns}{end}"))
}

/// The first turns of a document as they would be read.
fn preview(app: &mut App, added: &Added, options: &ImportOptions) -> Result<()> {
    let Ok(bytes) = std::fs::read(&added.file) else { return Ok(()) };
    let how = import::Options { layout: options.layout, language: options.language.clone() };
    let Ok(read) = import::read(&added.file, &bytes, &how) else { return Ok(()) };
    app.out.line("")?;
    app.out.marked_line("", &added.document, "")?;
    for turn in read.turns.iter().take(SHOWN) {
        let speech = read.text.slice(turn.speech()).split_whitespace().collect::<Vec<_>>().join(" ");
        let time = turn.seconds.map(|s| format!(" at {}", clock(s))).unwrap_or_default();
        let speaker = turn.speaker.as_deref().unwrap_or("(nobody named)");
        app.out.line(&format!("  {speaker}{time}: {}", cut(&speech, 80)))?;
    }
    if read.turns.is_empty() {
        app.out.line("  no speakers are marked; the document counts as one turn")?;
    } else if read.turns.len() > SHOWN {
        app.out.line(&format!("  … and {} more turns", read.turns.len() - SHOWN))?;
    }
    Ok(())
}

/// Seconds as h:mm:ss.
fn clock(seconds: f64) -> String {
    let s = seconds.max(0.0) as u64;
    format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// The layout that a word names.
pub(crate) fn layout(word: &str) -> Result<Layout> {
    Layout::parse(word).ok_or_else(|| {
        CommandError::new(format!("there is no layout {word:?}"))
            .hint("write name-colon, bold-name, label-line or none")
    })
}
