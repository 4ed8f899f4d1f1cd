//! `joint`: codes × groups of an attribute, numbers and words together.

use export::By;
use export::pages::joint::Joint;

use crate::app::App;
use crate::error::Result;
use crate::pages::{PageArgs, give, level, may_be_told};
use crate::table_args::{TableArgs, refused};

/// Print the joint display: codes by the groups of an attribute, n of N with a quote each.
///
/// What is counted are the cases, documents or speakers that the attribute is of: in how many of those read
/// for the code it was found.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim joint size --out joint.docx\n  verbatim joint document.language --csv"
)]
pub(crate) struct Args {
    /// A column of your tables; where several have it, write case.sector, document.kind or speaker.role
    #[arg(value_name = "ATTRIBUTE")]
    attribute: String,
    /// Codes: all, top, or a number of levels [default: top]
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    table: TableArgs,
}

/// Prints or writes the display.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = args.table.open(app)?;
    let by = By::parse_attribute(&args.attribute, &session.corpus).map_err(|why| refused(&why))?;
    let options =
        export::Options { by, level: level(args.level.as_deref())?, ..args.table.options(app, &session)? };
    may_be_told(args.page.anonymous, &options)?;
    let speech = args.page.ready(&mut session)?;
    let joint = Joint { options, shown: session.shown.clone() };
    let page = joint.page(session.ground(), &speech).map_err(|why| refused(&why))?;
    session.basis().warn(app);
    give(app, &session, &page, args.table.out.as_deref())
}
