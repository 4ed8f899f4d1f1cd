//! The words of the command line that all commands share, and the list of commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Code interviews in the terminal: load transcripts, search them, apply codes, export tables for
/// statistics.
///
/// Without a command the study in DIR (or here) is opened on the screen; where there is no study, a
/// start screen asks for one.
#[derive(Debug, Parser)]
#[command(
    name = "verbatim",
    version,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "Example, from nothing to a table:\n  \
        verbatim init bakery --codebook codes.json\n  \
        cd bakery\n  \
        verbatim import ../transcripts\n  \
        verbatim code de-linde-1 120 168 training\n  \
        verbatim done de-linde-1\n  \
        verbatim freq --csv > table.csv"
)]
pub(crate) struct Cli {
    /// Folder of the study to open
    pub(crate) dir: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Options of all commands.
    #[command(flatten)]
    pub(crate) global: Global,
}

/// Options of all commands.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of all commands")]
pub(crate) struct Global {
    /// The study [default: this folder or the nearest one above with a study.json]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) study: Option<PathBuf>,
    /// Who acts
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) coder: Option<String>,
    /// Print one JSON object
    #[arg(long, global = true, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Print tables as CSV
    #[arg(long, global = true)]
    pub(crate) csv: bool,
    /// Print results only, no remarks
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// Show the study as it was at a time (RFC 3339, or a date: the end of that day), or with exactly the
    /// acts of a saved table (its provenance.json); nothing can be written then
    #[arg(long, global = true, value_name = "TIME|FILE")]
    pub(crate) as_of: Option<String>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Open the sample study, to try everything out
    Demo(crate::demo::Args),
    /// Make a new study
    Init(crate::init::Args),
    /// Bring transcripts and tables into the study
    Import(crate::import::Args),
    /// List the documents, or tell all about one
    Documents(crate::documents::Args),
    /// Find words in the transcripts, each with its exact place
    Search(crate::search::Args),
    /// Keep searches in the study, and see what is new when they are run again
    Searches(crate::searches::Args),
    /// Offer the hits of a search for a code, and code those that you accept
    Autocode(crate::autocode::Args),
    /// List passages that the rules of a code find and that nobody coded
    Missed(crate::missed::Args),
    /// List the words that are said, the most frequent first
    Words(crate::words::Args),
    /// List the words that stand near the hits of a query
    Collocates(crate::collocates::Args),
    /// Look after the search index
    Index(crate::index_command::Args),
    /// Put a code on a stretch of text
    Code(crate::code::Args),
    /// List codings, change, split or merge them
    Codings(crate::codings::Args),
    /// Give codings another code
    Recode(crate::recode::Args),
    /// Take codings away
    Uncode(crate::uncode::Args),
    /// Look at the codebook, or add to it
    Codebook(crate::codebook::Args),
    /// Mark documents as read to the end for all fixed codes
    Done(crate::done::Args),
    /// Take the mark "done" off documents
    Reopen(crate::reopen::Args),
    /// Say which codes an interview's questions did not reach
    NotAsked(crate::not_asked::Args),
    /// Take back "not asked"
    Asked(crate::not_asked::Args),
    /// Undo your newest act, or one that you name
    Undo(crate::undo::Args),
    /// Bring back what was undone
    Redo(crate::redo::Args),
    /// List what was done, newest first
    History(crate::history::Args),
    /// List the coders, or say whose reading counts
    Coders(crate::coders::Args),
    /// Show or change the languages of labels and the word for a case
    Settings(crate::settings::Args),
    /// Write and list memos
    Memo(crate::memo::Args),
    /// Write and list summaries of what a case says about a code
    Summary(crate::summary::Args),
    /// Mark telling examples and translate them
    Exemplar(crate::exemplar::Args),
    /// Print the table of code frequencies
    Freq(crate::freq::Args),
    /// Print the framework matrix: what each case says about each code
    Framework(crate::framework::Args),
    /// Print codes with their quotes
    Quotes(crate::quotes::Args),
    /// Print codes by the groups of an attribute, with quotes
    Joint(crate::joint::Args),
    /// Write the study as one file that a browser opens
    Report(crate::report::Args),
    /// Print a methods checklist (COREQ, SRQR) filled with what the study knows
    Methods(crate::methods::Args),
    /// Print the audit trail
    Audit(crate::audit::Args),
    /// Print one participant's own words, for them to check
    Member(crate::member::Args),
    /// Print what the activities of a case push up and down, by the codebook's rules
    Profile(crate::profile::Args),
    /// Print how many new codes each interview brings
    Saturation(crate::saturation::Args),
    /// Write all tables as one package for R, SPSS, Stata, Python and Excel
    Export(crate::export_command::Args),
    /// List the passages behind a number, with who coded them when
    Explain(crate::explain::Args),
    /// Make a saved table again from the study, and name each cell that differs
    Verify(crate::verify::Args),
    /// Tell what moved since a table was saved, and by which acts
    Diff(crate::diff::Args),
    /// Print codes by the values of an attribute, with tests if asked
    Crosstab(crate::crosstab::Args),
    /// Print which codes are found together
    Cooccur(crate::cooccur::Args),
    /// Print where the codes of one group meet those of another
    Matrix(crate::matrix::Args),
    /// Print how much of what was said is coded, and long turns that are not
    Coverage(crate::coverage::Args),
    /// Print which numbers survive another count rule, a coder less, a case less
    Sensitivity(crate::sensitivity::Args),
    /// Look for problems in the study's files
    Check,
}
