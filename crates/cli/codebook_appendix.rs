//! `codebook appendix`: the codebook as it goes into an article.

use export::Level;
use export::pages::appendix::Appendix;

use crate::app::App;
use crate::error::Result;
use crate::pages::{PageArgs, give, level, may_be_told};
use crate::table_args::{TableArgs, refused};

/// Print the codebook as an appendix: definition, include, exclude, example, origin, versions, numbers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim codebook appendix --out codebook.docx")]
pub(crate) struct Args {
    /// Codes: all, top, or a number of levels [default: all]
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    table: TableArgs,
}

/// Prints or writes the appendix.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = args.table.open(app)?;
    let level = if args.level.is_none() { Level::All } else { level(args.level.as_deref())? };
    let options = export::Options { level, ..args.table.options(app, &session)? };
    may_be_told(args.page.anonymous, &options)?;
    let speech = args.page.ready(&mut session)?;
    let appendix = Appendix { options, shown: session.shown.clone() };
    let page = appendix.page(session.ground(), &speech).map_err(|why| refused(&why))?;
    session.basis().warn(app);
    give(app, &session, &page, args.table.out.as_deref())
}
