//! `collocates`: which words stand near the hits of a query more often than by chance.

use export::collocate::collocates;
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{Outcome, Result};
use crate::hits;
use crate::out::Form;
use crate::session::Session;
use crate::table::Table;

/// List the words that stand near the hits of a query, the most strongly bound first.
///
/// Near is at most five words before or behind, in the same turn; --window changes that. The measure is the
/// log-likelihood ratio (G², Dunning 1993) of the word near the hits against the word elsewhere: above 3.84
/// chance alone would bring it in one of twenty words, above 10.83 in one of a thousand. It is negative for
/// words that keep away.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim collocates 'training*' --window 4 --csv")]
pub(crate) struct Args {
    /// What to look near
    #[arg(value_name = "QUERY", required = true, num_args = 1..)]
    query: Vec<String>,
    /// How many words on each side
    #[arg(long, value_name = "N", default_value_t = 5)]
    window: usize,
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
    let stop = crate::words::stop_words(&session, args.stop.as_deref())?;
    let query = args.query.join(" ");
    let index = crate::search::open(app, &session);
    let stem = hits::read(app, &query)?.stems() || args.stem;
    let places = hits::places(&session, &index, &query, args.stem)?;
    let found = collocates(&session.corpus, &places, args.window, roles, &stop);
    let shown =
        found.rows.get(..args.limit.unwrap_or(found.rows.len()).min(found.rows.len())).unwrap_or_default();
    let exact = app.out.form() == Form::Csv;
    let number = |n: f64| if exact { n.to_string() } else { format!("{n:.2}") };
    let mut table = Table::new(["word", "#near", "#left", "#right", "#total", "#expected", "#g2"]);
    let mut rows: Vec<Value> = Vec::new();
    for row in shown {
        rows.push(json!({
            "word": row.word, "near": row.near(), "left": row.left, "right": row.right, "total": row.total,
            "expected": row.expected, "g2": row.g2,
        }));
        let counts = [row.near(), row.left, row.right, row.total].map(|n| n.to_string());
        let measures = [number(row.expected), number(row.g2)];
        table.row(std::iter::once(row.word.clone()).chain(counts).chain(measures));
    }
    app.out.json(&json!({
        "query": query, "window": args.window, "hits": found.hits, "near": found.near, "words": found.words,
        "stop": stop.languages(), "stem": stem, "rows": rows,
        "roles": roles.list().into_iter().map(model::turn::Role::as_str).collect::<Vec<_>>(),
    }))?;
    app.out.table(&table)?;
    app.out.said(&format!(
        "{} and {} words near them, of {} words of {}; stop words are left out{}",
        plural(found.hits, "hit"),
        found.near,
        found.words,
        hits::who(roles),
        crate::words::in_lists(&stop),
    ))?;
    hits::tell_of_stems(app, stem)?;
    Ok(if found.rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
