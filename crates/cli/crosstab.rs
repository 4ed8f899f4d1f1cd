//! `crosstab`: in how many of the cases of each value of an attribute a code is found.

use export::tables::crosstab::Crosstab;
use export::{Ask, By, CountRule, Options};

use crate::app::App;
use crate::basis::Ready;
use crate::error::Result;
use crate::table_args::{Shape, TableArgs, count_rule, refused, words_of};

/// Print codes by the values of an attribute.
///
/// A cell says in how many of the cases with that value the code was found, of those that were read for
/// it: however often a case speaks of it, it counts once. V (Cramér) tells from 0 to 1 how far the values
/// differ. With --test each code is tested, by Fisher's exact test where an expected count is below 5, and
/// p-values are adjusted for their number by Holm's method.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim crosstab size\n  verbatim crosstab size --test\n  verbatim crosstab document.mode --level top --csv"
)]
pub(crate) struct Args {
    /// A column of your tables; where several tables have it, write case.sector or document.kind
    #[arg(value_name = "ATTRIBUTE")]
    attribute: String,
    /// Test each code; on presence only
    #[arg(long)]
    test: bool,
    /// What is counted: presence (the default), passages, codings, turns, documents, words or characters
    #[arg(long, value_name = "RULE")]
    count: Option<String>,
    /// One line per code and value (long), or one line per code (wide)
    #[arg(long, value_name = "SHAPE")]
    shape: Option<Shape>,
    /// Which codes: all, top, or so many levels (on the screen top is the default)
    #[arg(long, value_name = "all|top|N")]
    level: Option<String>,
    /// Leave cases out of which a document is not read to the end, found or not
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    table: TableArgs,
}

/// Counts and prints or writes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let ready = Ready::new(app, &args.table, words_of(args.count.as_deref()))?;
    let attribute =
        By::parse_attribute(&args.attribute, ready.basis().ground.corpus).map_err(|why| refused(&why))?;
    let count = args.count.as_deref().map_or(Ok(CountRule::Presence), count_rule)?;
    // A case is itself: whether the code is in it.
    let count = if count == CountRule::Cases { CountRule::Presence } else { count };
    let level = args.table.level(app, args.level.as_deref())?;
    let options = Options { count, level, complete: args.complete, ..ready.options(app, &args.table)? };
    let shape = args.table.shape(app, args.shape);
    let ask = Ask::Crosstab(Crosstab { options, attribute, shape, test: args.test });
    crate::sheets::run(app, ready, &ask, &args.table)
}
