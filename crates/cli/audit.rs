//! `audit`: how the study came to be what it is.

use export::pages::audit::Audit;

use crate::app::App;
use crate::error::Result;
use crate::pages::{PageArgs, give};
use crate::session::Session;

/// Print the audit trail: decision memos, the log of the codebook, acts per coder and week.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim audit --out audit.docx")]
pub(crate) struct Args {
    /// Write it to this file; its ending says how: .docx, .html, .md, .xlsx, .csv or .json
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    #[command(flatten)]
    page: PageArgs,
}

/// Prints or writes the trail.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    let speech = args.page.ready(&mut session)?;
    let page = Audit { shown: session.shown.clone() }.page(session.ground(), &speech);
    session.basis().warn(app);
    give(app, &session, &page, args.out.as_deref())
}
