//! `matrix`: where the codes of one group meet those of another.

use export::Ask;
use export::tables::cooccur::Cooccur;

use study::WordsOf;

use crate::app::App;
use crate::basis::Ready;
use crate::error::Result;
use crate::table_args::{Shape, TableArgs};

/// Print where the codes of one group meet those of another.
///
/// Groups are sets of codes that a codebook names. By default two codes meet where they lie on the same
/// words; a cell counts those stretches.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim matrix flexibilities securities\n  verbatim matrix flexibilities securities --unit turn --csv"
)]
pub(crate) struct Args {
    /// The group whose codes make the lines
    #[arg(value_name = "GROUP")]
    lines: String,
    /// The group whose codes make the columns
    #[arg(value_name = "GROUP")]
    columns: String,
    /// In what two codes meet: case, document, turn or overlap [default: overlap]
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// One line per pair (long), or two matrices, of counts and of Jaccard's coefficient (wide)
    #[arg(long, value_name = "SHAPE")]
    shape: Option<Shape>,
    #[command(flatten)]
    table: TableArgs,
}

/// Counts and prints or writes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let ready = Ready::new(app, &args.table, WordsOf::Turns)?;
    let options = ready.options(app, &args.table)?;
    let unit = crate::cooccur::unit(args.unit.as_deref())?;
    let shape = args.table.shape(app, args.shape);
    let groups = Some((args.lines.clone(), args.columns.clone()));
    let ask = Ask::Cooccur(Cooccur { options, unit, shape, groups });
    crate::sheets::run(app, ready, &ask, &args.table)
}
