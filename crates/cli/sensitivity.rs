//! `sensitivity`: which orders and signs survive another count rule, a coder less, a case less.

use export::tables::sensitivity::{Question, Sensitivity};
use export::{Ask, Options};

use study::WordsOf;

use crate::app::App;
use crate::basis::Ready;
use crate::error::Result;
use crate::table_args::{TableArgs, count_rule, refused};

/// Print what of the table case × top code survives another count rule, a coder less, a case less.
///
/// Without more: per variant, how many pairs of codes keep the order that they have in the table as it is
/// asked for, and which are reversed. With --pairs the same per pair; with --by per code the difference
/// between two groups of cases, and where its sign changes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim sensitivity\n  verbatim sensitivity --reading union --pairs\n  verbatim sensitivity --by size --csv"
)]
pub(crate) struct Args {
    /// Per pair of codes instead of per variant
    #[arg(long, conflicts_with = "by")]
    pairs: bool,
    /// A column of cases.csv with two values: which differences between the two keep their sign
    #[arg(long, value_name = "ATTRIBUTE")]
    by: Option<String>,
    /// What the base counts: passages (the default), codings, turns, documents, presence, words or
    /// characters
    #[arg(long, value_name = "RULE")]
    count: Option<String>,
    /// Leave out numbers that are only a lower bound
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    table: TableArgs,
}

/// Counts and prints or writes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let ready = Ready::new(app, &args.table, WordsOf::Passages)?;
    let question = match &args.by {
        Some(word) => Question::difference(word, ready.basis().ground.corpus).map_err(|why| refused(&why))?,
        None if args.pairs => Question::Pairs,
        None => Question::Order,
    };
    let count = args.count.as_deref().map(count_rule).transpose()?.unwrap_or_default();
    let options = Options { count, complete: args.complete, ..ready.options(app, &args.table)? };
    let ask = Ask::Sensitivity(Sensitivity { options, question });
    crate::sheets::run(app, ready, &ask, &args.table)
}
