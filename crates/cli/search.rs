//! `search`: every place where words stand, each with its exact position, in its context.

use index::{Found, Index, Kwic, Query, QueryError, Seen, kwic};
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::out::Form;
use crate::session::Session;
use crate::table::Table;

/// Find words in the transcripts, each with its exact place.
///
/// Words side by side must stand in one turn; "a phrase" must stand as it is; OR, NOT (or -word) and
/// parentheses work as expected; word* finds every word that begins so. Fields narrow it down: case: doc:
/// speaker: role: code:. Capitals and accents make no difference.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim search 'oven*'\n  verbatim search '\"night shift\" role:respondent'\n  verbatim search 'budget NOT code:training' --json"
)]
pub(crate) struct Args {
    /// What to look for; quote it for the shell
    #[arg(value_name = "QUERY", required = true, num_args = 1..)]
    query: Vec<String>,
    /// Characters of context on each side
    #[arg(long, value_name = "N", default_value_t = 40)]
    context: u32,
    /// Print at most so many hits; the total counts all
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Find words of the same stem too (worker, working); no number in a table rests on it
    #[arg(long)]
    stem: bool,
}

/// Searches and prints the hits.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let session = Session::open(app)?;
    let text = args.query.join(" ");
    let query = Query::parse(&text).map_err(|why| misread(&why))?;
    let index = open(app, &session, false);
    let options = index::Options {
        stem: args.stem,
        limit: args.limit,
        seen: Some(Seen { coded: &session.coded, state: session.study.state() }),
    };
    let found = index.search(&session.corpus, &query, &options).map_err(|why| misread(&why))?;
    print(app, &session, &text, &found, args.context)?;
    Ok(if found.total == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Opens the index of a study, bringing it up to date; says so where that takes long.
pub(crate) fn open(app: &mut App, session: &Session, rebuild: bool) -> Index {
    let dir = dir(session);
    let progress = crate::progress::Progress::new("indexing", app.out.is_quiet());
    let step = |done: usize, total: usize| progress.step(done, total);
    let index = if rebuild {
        Index::rebuild(dir.as_deref(), &session.corpus, &step)
    } else {
        Index::open_with_progress(dir.as_deref(), &session.corpus, &step)
    };
    progress.finish();
    if let Some(trouble) = &index.report().trouble {
        app.out.aside("note", &format!("{trouble}; searching without the index ({})", trouble.hint()));
    }
    index
}

/// Where the index of a study lies; none where nothing is cached.
pub(crate) fn dir(session: &Session) -> Option<std::path::PathBuf> {
    session.study.cache().make().ok().flatten().map(|folder| folder.join("index"))
}

fn misread(why: &QueryError) -> CommandError {
    CommandError::new(why.to_string()).hint(why.hint())
}

fn print(app: &mut App, session: &Session, query: &str, found: &Found, context: u32) -> Result<()> {
    let corpus = &session.corpus;
    let mut rows: Vec<Value> = Vec::new();
    let mut table = Table::new([
        "document",
        "start",
        "end",
        "text",
        "before",
        "after",
        "turn",
        "speaker",
        "role",
        session.case_label(),
    ]);
    let mut lines: Vec<(String, Kwic)> = Vec::new();
    for hit in &found.hits {
        let document = &corpus.documents[hit.document];
        let words = kwic(corpus, hit, context);
        let turn = hit.turn.and_then(|t| document.turns.get(t));
        let speaker = turn.and_then(|t| t.speaker.clone());
        let role = turn.map(|t| document.role(t).as_str());
        let case = turn.map_or(document.case.as_deref(), |t| document.turn_case(t));
        let exact = document.text.slice(hit.span);
        match app.out.form() {
            Form::Json => rows.push(json!({
                "document": document.id, "start": hit.span.start, "end": hit.span.end, "text": exact,
                "before": words.before, "after": words.after, "turn": hit.turn.map(|t| t + 1), "speaker": speaker,
                "role": role, "case": case,
            })),
            Form::Csv => table.row([
                document.id.clone(),
                hit.span.start.to_string(),
                hit.span.end.to_string(),
                exact.to_owned(),
                words.before,
                words.after,
                hit.turn.map(|t| (t + 1).to_string()).unwrap_or_default(),
                speaker.unwrap_or_default(),
                role.unwrap_or_default().to_owned(),
                case.unwrap_or_default().to_owned(),
            ]),
            Form::Text => {
                lines.push((format!("{} {}-{}", document.id, hit.span.start, hit.span.end), words));
            }
        }
    }
    app.out.json(&json!({ "query": query, "total": found.total, "hits": rows }))?;
    if app.out.form() == Form::Csv {
        return app.out.table(&table);
    }
    let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let place_width = lines.iter().map(|(place, _)| width(place)).max().unwrap_or(0);
    let before_width = lines.iter().map(|(_, k)| width(&k.before)).max().unwrap_or(0);
    for (place, words) in &lines {
        let pad = place_width - width(place);
        let shift = before_width - width(&words.before);
        let before = format!("{place}{}  {}{}", " ".repeat(pad), " ".repeat(shift), words.before);
        app.out.marked_line(&before, &words.text, &words.after)?;
    }
    let shown = found.hits.len();
    let more = if shown < found.total { format!(" ({shown} shown)") } else { String::new() };
    app.out.said(&format!("{}{more}", plural(found.total, "hit")))
}
