//! `cooccur`: which codes are found together.

use export::tables::cooccur::Cooccur;
use export::{Ask, Options, Unit};

use study::WordsOf;

use crate::app::App;
use crate::basis::Ready;
use crate::error::{CommandError, Result};
use crate::nearest::did_you_mean;
use crate::table_args::{Shape, TableArgs};

/// Print which codes are found together.
///
/// Two codes meet in a unit: the same case, document or turn, or the same words (overlap). Jaccard's
/// coefficient is the share of units with both among those with at least one; for overlap it is taken over
/// characters. That two codes meet in a case says that both were spoken of, not that they have to do with
/// each other.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim cooccur\n  verbatim cooccur --unit turn --shape long\n  verbatim cooccur --unit case --level top --csv > edges.csv"
)]
pub(crate) struct Args {
    /// In what two codes meet: case, document, turn or overlap [default: overlap]
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// An edge list (long), or two matrices, of counts and of Jaccard's coefficient (wide)
    #[arg(long, value_name = "SHAPE")]
    shape: Option<Shape>,
    /// Which codes: all, top, or so many levels (on the screen top is the default)
    #[arg(long, value_name = "all|top|N")]
    level: Option<String>,
    #[command(flatten)]
    table: TableArgs,
}

/// Reads the word after `--unit`.
pub(crate) fn unit(word: Option<&str>) -> Result<Unit> {
    let Some(word) = word else { return Ok(Unit::default()) };
    Unit::parse(word).ok_or_else(|| {
        let all = Unit::ALL.map(Unit::as_str);
        CommandError::new(format!("there is no unit {word:?}"))
            .hint(did_you_mean(word, all))
            .hint(format!("write one of {}", all.join(", ")))
    })
}

/// Counts and prints or writes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let ready = Ready::new(app, &args.table, WordsOf::Turns)?;
    let level = args.table.level(app, args.level.as_deref())?;
    let options = Options { level, ..ready.options(app, &args.table)? };
    let shape = args.table.shape(app, args.shape);
    let ask = Ask::Cooccur(Cooccur { options, unit: unit(args.unit.as_deref())?, shape, groups: None });
    crate::sheets::run(app, ready, &ask, &args.table)
}
