//! `report`: the study in one file that opens in any browser.

use export::pages::report::Report;

use crate::app::App;
use crate::error::{CommandError, Result};
use crate::pages::{PageArgs, ending, level, may_be_told, to_file};
use crate::paths::pasted;
use crate::table_args::{TableArgs, refused};

/// Write a report: the study in figures, its grid, its codebook, and the passages behind each number.
///
/// The file needs no network and holds no script. Every cell that has passages leads to them. Who must not be
/// quoted (`quote` is `no` in speakers.csv) is counted and not quoted.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim report report.html\n  verbatim report verslag.html --language nl --anonymous"
)]
pub(crate) struct Args {
    /// Where to write it: a name that ends in .html (or .docx, .md)
    #[arg(value_name = "FILE.html")]
    file: String,
    /// Its title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Codes of the grid: all, top, or a number of levels [default: top]
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    table: TableArgs,
}

/// Writes the report.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let path = pasted(&args.file);
    if args.table.out.is_some() || !matches!(ending(&path).as_str(), "html" | "htm" | "docx" | "md" | "json")
    {
        return Err(CommandError::new("a report is written to the file that is named after the command")
            .hint("verbatim report report.html (or .docx, .md)"));
    }
    let mut session = args.table.open(app)?;
    let options =
        export::Options { level: level(args.level.as_deref())?, ..args.table.options(app, &session)? };
    may_be_told(args.page.anonymous, &options)?;
    let speech = args.page.ready(&mut session)?;
    let report = Report { options, title: args.title.clone(), shown: session.shown.clone() };
    let mut page = report.page(session.ground(), &speech).map_err(|why| refused(&why))?;
    session.basis().warn(app);
    page.lead.extend(session.basis().standing(page.language == "nl"));
    to_file(app, &session, &page, &path)
}
