//! `quotes`: each code with the passages that say it best.

use export::pages::quotes::Quotes;

use crate::app::App;
use crate::error::{CommandError, Result};
use crate::pages::{PageArgs, give, level, may_be_told};
use crate::table_args::{TableArgs, refused};

/// Print the table of quotes: definition, in how many cases, and one to three quotes per code.
///
/// Examples that you marked come first (`verbatim exemplar`), then passages from cases that are not quoted
/// yet. Each has its attribution (`cite_as` of document and case) and its translation. Who must not be quoted
/// is left out.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim quotes --out quotes.docx\n  verbatim quotes --level all --max 1 --csv"
)]
pub(crate) struct Args {
    /// Codes: all, top, or a number of levels [default: top]
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
    /// Quotes per code, at most: 1, 2 or 3
    #[arg(long, value_name = "N", default_value_t = 3)]
    max: usize,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    table: TableArgs,
}

/// Prints or writes the table.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    if !(1..=3).contains(&args.max) {
        return Err(CommandError::new(format!(
            "a table of quotes has one to three of each code, not {}",
            args.max
        ))
        .hint("write --max 1, --max 2 or --max 3; `verbatim codings --code CODE` lists all that is coded"));
    }
    let mut session = args.table.open(app)?;
    let options =
        export::Options { level: level(args.level.as_deref())?, ..args.table.options(app, &session)? };
    may_be_told(args.page.anonymous, &options)?;
    let speech = args.page.ready(&mut session)?;
    let quotes = Quotes { options, most: args.max, shown: session.shown.clone() };
    let page = quotes.page(session.ground(), &speech).map_err(|why| refused(&why))?;
    session.basis().warn(app);
    give(app, &session, &page, args.table.out.as_deref())
}
