//! `profile`: the package of a case, judged by the effects and rules that the codebook declares.

use export::Ask;
use export::tables::profile::{Part, Profile};

use crate::app::App;
use crate::error::{CommandError, Result};
use crate::nearest::did_you_mean;
use crate::out::Form;
use crate::table_args::TableArgs;

/// Print what the activities of a case push up and down.
///
/// An activity is a code that declares effects in its codebook, or one below it. Each is counted once per
/// case, however often it is spoken of, where it is in place. What pushes up and what pushes down stand side
/// by side: nothing is set off against another, ranked, or summed into a score; an effect that the codebook
/// does not know stays unknown.
#[derive(Debug, Default, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim profile\n  verbatim profile rietvink\n  verbatim profile --table activities --csv\n  verbatim profile --table codes"
)]
pub(crate) struct Args {
    /// The case [default: all cases]
    case: Option<String>,
    /// Which table: dimensions, activities, codes or all [default: all as text, dimensions as CSV]
    #[arg(long = "table", value_name = "TABLE")]
    part: Option<String>,
    /// Leave cells empty that are only a lower bound
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    table: TableArgs,
}

/// Judges and prints or writes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let session = args.table.open(app)?;
    let one_table = app.out.form() == Form::Csv
        || args.table.out.as_ref().is_some_and(|f| f.to_ascii_lowercase().ends_with(".csv"));
    let part = match args.part.as_deref() {
        None if one_table => Part::Dimensions,
        None => Part::All,
        Some(word) => Part::parse(word).ok_or_else(|| {
            CommandError::new(format!("there is no table {word:?} in a profile"))
                .hint(did_you_mean(word, Part::SHEETS.map(Part::as_str)))
                .hint("write dimensions, activities, codes or all")
        })?,
    };
    let case = args.case.as_deref().map(|word| session.case_id(word)).transpose()?;
    let options = export::Options { complete: args.complete, ..args.table.options(app, &session)? };
    let ask = Ask::Profile(Profile { options, case: case.map(|c| c.to_string()), part });
    crate::sheets::opened(app, &session, &ask, &args.table)
}
