//! Options: what the program that starts the screen knows and the screen does not.

use std::fmt;
use std::path::{Path, PathBuf};

/// A codebook that comes with the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Builtin {
    /// Its name, as `--codebook NAME` takes it.
    pub name: String,
    /// The text of its file.
    pub text: String,
}

/// Makes the sample study in a folder and returns the study's own folder, or says why not.
pub type Demo = Box<dyn Fn(&Path) -> Result<PathBuf, String>>;

/// How to start the screen.
pub struct Options {
    /// The study to open; none for the start screen.
    pub study: Option<PathBuf>,
    /// Who acts, where and when.
    pub context: study::Context,
    /// Makes the sample study.
    pub demo: Demo,
    /// The codebooks that a new study may begin with.
    pub codebooks: Vec<Builtin>,
}

impl Options {
    /// A start without a study, a sample or codebooks.
    pub fn new(context: study::Context) -> Self {
        let demo: Demo = Box::new(|_| Err(crate::strings::files::NO_SAMPLE.into()));
        Self { study: None, context, demo, codebooks: Vec::new() }
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
