//! `coverage`: how much of what was said is coded.

use export::Ask;
use export::tables::coverage::{Coverage, LONG};

use crate::app::App;
use crate::error::Result;
use crate::table_args::TableArgs;

/// Print how much of what respondents said is coded, and where long turns are not.
///
/// Words of counted turns that lie in a passage of any code, of all words in counted turns. More is not
/// better: what is beside the question should stay uncoded.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim coverage\n  verbatim coverage --turns --long 80\n  verbatim coverage --roles all --csv"
)]
pub(crate) struct Args {
    /// List the long uncoded turns, each with its place
    #[arg(long)]
    turns: bool,
    /// From how many words on a turn is long
    #[arg(long, value_name = "N", default_value_t = LONG)]
    long: u32,
    #[command(flatten)]
    table: TableArgs,
}

/// Counts and prints or writes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let session = args.table.open(app)?;
    let options = args.table.options(app, &session)?;
    let ask = Ask::Coverage(Coverage { options, long: args.long, turns: args.turns });
    crate::sheets::opened(app, &session, &ask, &args.table)
}
