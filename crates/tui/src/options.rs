//! Options: what the program that starts the screen knows and the screen does not.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use study::Watch;

/// A codebook that comes with the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Builtin {
    /// Its name, as `--codebook NAME` takes it.
    pub name: String,
    /// The text of its file.
    pub text: String,
}

/// Makes the sample study in a folder and returns the study's own folder, or says why not.
pub type Demo = Arc<dyn Fn(&Path) -> Result<PathBuf, String> + Send + Sync>;

/// Runs a command of the command line on the study in a folder; what it said, and whether it went well.
/// It counts how far it is in the watch, where it knows, and ends early where it is asked to stop.
pub type Runner = Arc<dyn Fn(&Path, &[String], &Watch) -> (String, bool) + Send + Sync>;

/// A command of the command line, to be completed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subcommand {
    /// Its words: `freq`, `memo add`.
    pub words: String,
    /// What it does.
    pub about: String,
    /// Its options, such as `--by`.
    pub options: Vec<String>,
}

/// How to start the screen.
pub struct Options {
    /// The study to open; none for the start screen.
    pub study: Option<PathBuf>,
    /// Who acts, where and when.
    pub context: study::Context,
    /// Whether it was said for this run who acts; else the sample is opened as its own coder.
    pub named: bool,
    /// Makes the sample study.
    pub demo: Demo,
    /// The codebooks that a new study may begin with.
    pub codebooks: Vec<Builtin>,
    /// Runs commands.
    pub command: Runner,
    /// The commands that there are.
    pub commands: Vec<Subcommand>,
}

impl Options {
    /// A start without a study, a sample or codebooks.
    pub fn new(context: study::Context) -> Self {
        let demo: Demo = Arc::new(|_| Err(crate::strings::files::NO_SAMPLE.into()));
        let command: Runner = Arc::new(|_, _, _| (crate::strings::tools::NO_COMMAND_LINE.to_owned(), false));
        Self {
            study: None,
            context,
            named: false,
            demo,
            codebooks: Vec::new(),
            command,
            commands: Vec::new(),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("study", &self.study).finish_non_exhaustive()
    }
}

/// Why the screen could not be shown or went away.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// Standard output is no terminal.
    #[error("the terminal UI needs a terminal")]
    NoTerminal,
    /// The terminal refused.
    #[error("the terminal: {0}")]
    Terminal(#[from] std::io::Error),
    /// The study could not be opened.
    #[error(transparent)]
    Study(#[from] study::StudyError),
}
