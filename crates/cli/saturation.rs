//! `saturation`: how many new codes each interview brings.

use agreement::saturation::Guest;
use export::Ask;
use export::tables::saturation::Saturation;

use crate::app::App;
use crate::error::{CommandError, Result};
use crate::table_args::TableArgs;

/// Print how many new codes each interview brings, in order of date.
///
/// Only codes made while reading count (their origin is inductive or in-vivo). Beside the codes so far
/// stands what other orders of the same interviews would have shown. The rule is that of Guest, Namey and
/// Chen (2020): saturation is reached where a run of interviews brings at most a share (the threshold) of
/// the codes that the first interviews (the base) brought.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim saturation\n  verbatim saturation --base 5 --run 3 --threshold 0\n  verbatim saturation --csv > saturation.csv"
)]
pub(crate) struct Args {
    /// How many interviews the base is; the authors use 4, 5 and 6
    #[arg(long, value_name = "N", default_value_t = 4)]
    base: usize,
    /// How many interviews a run is; the authors use 2 and 3
    #[arg(long, value_name = "N", default_value_t = 2)]
    run: usize,
    /// Percentage of the base's codes at which saturation is called; the authors use 5 and 0
    #[arg(long, value_name = "PERCENT", default_value_t = 5.0)]
    threshold: f64,
    /// How many shuffled orders the band is made of
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    orders: usize,
    /// The seed of the shuffling: the same seed gives the same band
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    table: TableArgs,
}

/// Counts and prints or writes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    if args.base == 0 || args.run == 0 {
        return Err(CommandError::new("base and run are at least one interview")
            .hint("the usual choice is --base 4 --run 2"));
    }
    if !(0.0..=100.0).contains(&args.threshold) {
        return Err(CommandError::new(format!("{} is no percentage", args.threshold))
            .hint("write a number from 0 to 100, as in --threshold 5"));
    }
    if args.orders > 100_000 {
        return Err(CommandError::new(format!("{} orders are more than a band needs", args.orders))
            .hint("1000 are usual; at most 100000"));
    }
    let session = args.table.open(app)?;
    let ask = Ask::Saturation(Saturation {
        options: args.table.options(app, &session)?,
        rule: Guest { base: args.base, run: args.run, threshold: args.threshold / 100.0 },
        orders: args.orders,
        seed: args.seed,
    });
    crate::sheets::opened(app, &session, &ask, &args.table)
}
