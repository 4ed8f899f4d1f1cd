//! What a command says when it cannot do its work: one error and what to do about it.

use std::io;
use std::path::Path;

/// How a command ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The work is done: exit 0.
    Done,
    /// Nothing was found, or problems were: exit 1.
    Nothing,
}

/// What `main` does about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It is printed, exit 2.
    Error,
    /// Whoever read the output has gone (`| head`); that is success.
    BrokenPipe,
}

/// One error with its hints.
#[derive(Clone, Debug)]
pub(crate) struct CommandError {
    /// What `main` does about it.
    pub(crate) kind: Kind,
    /// One line without its full stop.
    pub(crate) error: String,
    /// What to do, a line each.
    pub(crate) hints: Vec<String>,
}

/// What every command returns.
pub(crate) type Result<T = Outcome> = std::result::Result<T, CommandError>;

impl CommandError {
    /// An error without a hint.
    pub(crate) fn new(error: impl Into<String>) -> Self {
        Self { kind: Kind::Error, error: error.into(), hints: Vec::new() }
    }

    /// Adds what to do; an empty hint adds nothing.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        let hint = hint.into();
        if !hint.is_empty() {
            self.hints.push(hint);
        }
        self
    }

    /// A file that could not be read or written.
    pub(crate) fn file(path: &Path, why: &io::Error) -> Self {
        let error = Self::new(format!("{}: {}", path.display(), reason(why)));
        match why.kind() {
            io::ErrorKind::NotFound => error.hint("check the path; quote it if it holds spaces"),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                error.hint("you may not read or write there; choose another folder or change its permissions")
            }
            io::ErrorKind::StorageFull => error.hint("the disk is full; make room and try again"),
            io::ErrorKind::IsADirectory => error.hint("name a file in it"),
            io::ErrorKind::NotADirectory => error.hint("name a folder"),
            _ => error.hint("check the path and the disk, and try again"),
        }
    }

    /// An error while standard output was written to.
    pub(crate) fn output(why: &io::Error) -> Self {
        let kind = if why.kind() == io::ErrorKind::BrokenPipe { Kind::BrokenPipe } else { Kind::Error };
        Self { kind, error: format!("cannot write the output: {}", reason(why)), hints: Vec::new() }
    }
}

/// An I/O error in plain words, without the number of the operating system.
pub(crate) fn reason(why: &io::Error) -> String {
    match why.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "it is no folder".to_owned(),
        io::ErrorKind::AlreadyExists => "it exists already".to_owned(),
        _ => why.to_string(),
    }
}
