//! `words`: which words are said how often.

use std::path::Path;

use export::stop::StopWords;
use export::wordlist::word_list;
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::hits;
use crate::out::Form;
use crate::paths::pasted;
use crate::session::Session;
use crate::table::Table;

/// List the words that are said, the most frequent first.
///
/// Without a query those of all turns; with one, those of the turns in which it has a hit. Words are
/// counted as everywhere: transcription marks and time marks are none. Stop words are left out of the list,
/// not out of the number of words that the rate is of.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim words --limit 50\n  verbatim words 'training*' --stop none --csv"
)]
pub(crate) struct Args {
    /// Only in the turns in which this is found
    #[arg(value_name = "QUERY", num_args = 0..)]
    query: Vec<String>,
    /// Words to leave out: languages (nl,en), files with a word on each line, or none [default: the
    /// languages of the study]
    #[arg(long, value_name = "LISTS")]
    stop: Option<String>,
    /// Print at most so many words
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Whose words: respondent, interviewer, other (separated by commas) or all [default: respondent]
    #[arg(long, value_name = "ROLES")]
    roles: Option<String>,
    /// Find words of the same stem too
    #[arg(long)]
    stem: bool,
}

/// Counts and prints.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let session = Session::open_to_count(app)?;
    let roles = hits::roles(args.roles.as_deref())?;
    let stop = stop_words(&session, args.stop.as_deref())?;
    let query = (!args.query.is_empty()).then(|| args.query.join(" "));
    let mut stem = false;
    let places = match &query {
        Some(text) => {
            stem = hits::read(app, text)?.stems() || args.stem;
            let index = crate::search::open(app, &session);
            Some(hits::places(&session, &index, text, args.stem)?)
        }
        None => None,
    };
    let list = word_list(&session.corpus, places.as_deref(), roles, &stop);
    let shown =
        list.rows.get(..args.limit.unwrap_or(list.rows.len()).min(list.rows.len())).unwrap_or_default();
    let exact = app.out.form() == Form::Csv;
    let mut table = Table::new(["word", "#count", "#per_1000", "#documents", "#cases"]);
    let mut rows: Vec<Value> = Vec::new();
    for row in shown {
        let rate = list.per_1000(row);
        rows.push(json!({
            "word": row.word, "count": row.count, "per_1000": rate,
            "documents": row.documents, "cases": row.cases,
        }));
        let rate = rate.map(|r| if exact { r.to_string() } else { format!("{r:.2}") });
        table.row([
            row.word.clone(),
            row.count.to_string(),
            rate.unwrap_or_default(),
            row.documents.to_string(),
            row.cases.to_string(),
        ]);
    }
    app.out.json(&json!({
        "query": query, "words": list.words, "stopped": list.stopped, "turns": list.turns,
        "distinct": list.rows.len(), "stop": stop.languages(), "stem": stem, "rows": rows,
        "roles": roles.list().into_iter().map(model::turn::Role::as_str).collect::<Vec<_>>(),
    }))?;
    app.out.table(&table)?;
    app.out.said(&format!(
        "{} of {} different words; {} words of {} in {}, of which {} stop words{}",
        shown.len(),
        list.rows.len(),
        list.words,
        hits::who(roles),
        plural(list.turns, "turn"),
        list.stopped,
        in_lists(&stop),
    ))?;
    hits::tell_of_stems(app, stem)?;
    Ok(if list.rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Which lists stop words come from, in brackets.
pub(crate) fn in_lists(stop: &StopWords) -> String {
    let lists = stop.languages();
    if lists.is_empty() { String::new() } else { format!(" ({})", lists.join(", ")) }
}

/// Reads the words after `--stop`.
pub(crate) fn stop_words(session: &Session, words: Option<&str>) -> Result<StopWords> {
    let Some(words) = words else {
        let known = session.languages().into_iter().filter(|l| StopWords::knows(l));
        return StopWords::of(known).map_err(|language| no_list(&language));
    };
    if words.trim() == "none" {
        return Ok(StopWords::none());
    }
    let items: Vec<&str> = words.split(',').map(str::trim).filter(|w| !w.is_empty()).collect();
    let is_file = |item: &&str| item.contains(['/', '\\', '.']);
    let mut stop = StopWords::of(items.iter().copied().filter(|i| !is_file(i))).map_err(|l| no_list(&l))?;
    for item in items.iter().filter(|i| is_file(i)) {
        let path = pasted(item);
        let path = Path::new(&path);
        let text = std::fs::read_to_string(path).map_err(|why| CommandError::file(path, &why))?;
        let own = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        stop = stop.with(own);
    }
    Ok(stop)
}

fn no_list(language: &str) -> CommandError {
    CommandError::new(format!("there is no list of stop words for {language:?}"))
        .hint("write nl, en, a file such as stop.txt, or none")
}
