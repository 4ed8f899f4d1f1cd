//! `framework`: case × code, in words.

use export::pages::framework::Framework;

use crate::app::App;
use crate::error::Result;
use crate::pages::{PageArgs, give, level, may_be_told};
use crate::table_args::{TableArgs, refused};

/// Print the framework matrix: what each case says about each code.
///
/// A cell holds the summary that you wrote (`verbatim summary`); where there is none, quotes, shortened. The
/// columns of cases.csv come first.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim framework --out framework.docx\n  \
                        verbatim framework --level all --quotes 120 --out framework.xlsx")]
pub(crate) struct Args {
    /// Codes: all, top, or a number of levels [default: top]
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
    /// Characters of quotes in a cell without a summary; 0 for none
    #[arg(long, value_name = "N", default_value_t = 300)]
    quotes: usize,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    table: TableArgs,
}

/// Prints or writes the matrix.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = args.table.open(app)?;
    let options =
        export::Options { level: level(args.level.as_deref())?, ..args.table.options(app, &session)? };
    may_be_told(args.page.anonymous, &options)?;
    let speech = args.page.ready(&mut session)?;
    let framework = Framework { options, quotes: args.quotes, shown: session.shown.clone() };
    let page = framework.page(session.ground(), &speech).map_err(|why| refused(&why))?;
    session.basis().warn(app);
    give(app, &session, &page, args.table.out.as_deref())
}
