//! A problem: something in a file that was read all the same, with where it is and what to do.
//!
//! Reading is lenient: it returns what could be read and the problems, and never loses a file over
//! one bad line.

use serde::Serialize;
use std::fmt;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// A number may be affected.
    Warning,
    /// Something could not be read.
    Error,
}

/// One finding about a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// File, relative to the study where it lies in it.
    pub file: String,
    /// Line, from 1, where there is one.
    pub line: Option<u64>,
    /// What is the matter, as a sentence without its full stop.
    pub what: String,
    /// What to do about it; empty where nothing needs doing.
    pub hint: String,
}

impl Problem {
    /// A problem without a line.
    pub fn new(severity: Severity, file: impl Into<String>, what: impl Into<String>) -> Self {
        Self { severity, file: file.into(), line: None, what: what.into(), hint: String::new() }
    }

    /// An error.
    pub fn error(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self::new(Severity::Error, file, what)
    }

    /// A warning.
    pub fn warning(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self::new(Severity::Warning, file, what)
    }

    /// A note.
    pub fn note(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self::new(Severity::Note, file, what)
    }

    /// Adds the line, from 1.
    #[must_use]
    pub fn at(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.what)?;
        if !self.hint.is_empty() {
            write!(f, " ({})", self.hint)?;
        }
        Ok(())
    }
}
