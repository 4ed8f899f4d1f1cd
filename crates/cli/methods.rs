//! `methods`: the checklists of COREQ and SRQR, filled with what the study knows.

use clap::ValueEnum;
use export::pages::methods::{Methods, Standard};

use crate::app::App;
use crate::error::Result;
use crate::pages::{PageArgs, give};
use crate::table_args::TableArgs;

/// Print a methods checklist, filled with what the study knows; the rest is marked for the author.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim methods --out coreq.docx\n  verbatim methods --standard srqr")]
pub(crate) struct Args {
    /// The checklist
    #[arg(long, value_name = "NAME", default_value = "coreq")]
    standard: Which,
    /// Write it to this file; its ending says how: .docx, .html, .md, .xlsx, .csv or .json
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    /// Go on although acts of a newer version could matter
    #[arg(long)]
    ignore_unknown: bool,
    #[command(flatten)]
    page: PageArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// Interviews and focus groups, 32 items.
    Coreq,
    /// Qualitative research of any kind, 21 items.
    Srqr,
}

/// Prints or writes the checklist.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let table = TableArgs { ignore_unknown: args.ignore_unknown, ..TableArgs::default() };
    let mut session = table.open(app)?;
    let standard = match args.standard {
        Which::Coreq => Standard::Coreq,
        Which::Srqr => Standard::Srqr,
    };
    let speech = args.page.ready(&mut session)?;
    let page = Methods { standard, shown: session.shown.clone() }.page(session.ground(), &speech);
    session.basis().warn(app);
    give(app, &session, &page, args.out.as_deref())
}
