//! A study error: why something could not be done, where, and what its owner can do.
//!
//! Everything that leaves something usable behind is a [`model::problem::Problem`] instead.

use std::io;
use std::path::{Path, PathBuf};

use model::id::ActId;
use thiserror::Error;

/// Why a study could not be opened, read or written.
#[derive(Debug, Error)]
pub enum StudyError {
    /// No study here or above.
    #[error("there is no study in {}", path.display())]
    NoStudy {
        /// Where one was looked for.
        path: PathBuf,
    },
    /// A new study was to be made where one is.
    #[error("{} is a study already", path.display())]
    AlreadyStudy {
        /// The folder.
        path: PathBuf,
    },
    /// Made by a newer version of this program.
    #[error("{} has format {format}; this version reads up to {}", path.display(), crate::study::FORMAT)]
    NewerFormat {
        /// The file that says so.
        path: PathBuf,
        /// Its format.
        format: u64,
    },
    /// A file of the study is not what it should be.
    #[error("{}{}: {why}", path.display(), place(*line, *column))]
    BadFile {
        /// The file.
        path: PathBuf,
        /// Line from 1.
        line: Option<u64>,
        /// Column from 1.
        column: Option<u64>,
        /// What is wrong, without a full stop.
        why: String,
    },
    /// Git left its marks.
    #[error("{}:{line}: git conflict mark", path.display())]
    ConflictMark {
        /// The file.
        path: PathBuf,
        /// Line from 1.
        line: u64,
    },
    /// The system refused.
    #[error("cannot {what} {}: {source}", path.display())]
    Io {
        /// What was tried: read, write …
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Nothing can be written here.
    #[error("the disk is read-only: {}", path.display())]
    ReadOnly {
        /// The file or folder.
        path: PathBuf,
    },
    /// It was asked to stop, and nothing is half done.
    #[error("stopped; the study is as it was")]
    Stopped,
    /// An act is in memory and not yet on disk.
    #[error("not saved: {} ({waiting} waiting): {source}", path.display())]
    NotSaved {
        /// The act that was asked for last.
        act: ActId,
        /// How many acts wait, this one included.
        waiting: usize,
        /// The journal.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is not known who acts.
    #[error("{}", who(login.as_deref()))]
    WhoCodes {
        /// The login name, which is only a proposal.
        login: Option<String>,
        /// Who wrote here, on any device.
        coders: Vec<String>,
    },
    /// A name that no coder can have.
    #[error("{name:?} cannot be the name of a coder: {why}")]
    BadCoder {
        /// The name.
        name: String,
        /// Why, without a full stop.
        why: &'static str,
    },
    /// A table was changed by somebody else since it was read.
    #[error("{} was changed since it was read", path.display())]
    Changed {
        /// The table.
        path: PathBuf,
    },
    /// A table whose kind cannot be seen from its header.
    #[error("{}:1: this is no table of documents, cases or speakers", path.display())]
    UnknownTable {
        /// The table.
        path: PathBuf,
    },
    /// A document that the study does not have.
    #[error("there is no document {document}")]
    NoDocument {
        /// Its id.
        document: String,
    },
    /// A codebook without an id or with one that cannot be a file name.
    #[error("{}: {why}", path.display())]
    BadCodebook {
        /// The file.
        path: PathBuf,
        /// What is wrong, without a full stop.
        why: String,
    },
    /// An act that cannot be written as JSON (a weight that is not a finite number).
    #[error("this cannot be written: {why}")]
    BadAct {
        /// What is wrong, without a full stop.
        why: String,
    },
}

fn place(line: Option<u64>, column: Option<u64>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!(":{line}:{column}"),
        (Some(line), None) => format!(":{line}"),
        _ => String::new(),
    }
}

fn who(login: Option<&str>) -> String {
    match login {
        Some(login) => format!("who is coding? Nobody wrote here as {login} yet"),
        None => "who is coding?".to_owned(),
    }
}

impl StudyError {
    /// What to do about it, as a sentence without its full stop.
    pub fn hint(&self) -> String {
        match self {
            Self::NoStudy { .. } => "make one with `verbatim init DIR`, or name it with --study DIR".to_owned(),
            Self::AlreadyStudy { path } => format!("open it with `verbatim {}`", path.display()),
            Self::NewerFormat { .. } => "install a newer version of verbatim".to_owned(),
            Self::BadFile { .. } => "correct the file, or restore it from a backup".to_owned(),
            Self::ConflictMark { .. } => "keep the lines that are right and delete the marks".to_owned(),
            Self::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "you may not do this here; ask the owner of the folder".to_owned()
            }
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => "make room on the disk".to_owned(),
            Self::Io { .. } => "check the disk and try again".to_owned(),
            Self::ReadOnly { .. } => "reading works; to write, copy the study to a folder of your own or ask for the right to write".to_owned(),
            Self::NotSaved { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                "make room on the disk; it is kept here and written as soon as it can be".to_owned()
            }
            Self::NotSaved { .. } => "it is kept here and written as soon as it can be; do not close".to_owned(),
            Self::WhoCodes { coders, .. } => {
                let there: Vec<String> = coders.iter().map(|c| format!("`--coder {c}`")).collect();
                let there = if there.is_empty() {
                    String::new()
                } else {
                    format!("; coders of this study: {}", there.join(", "))
                };
                format!("name yourself with --coder NAME{there}")
            }
            Self::BadCoder { .. } => "use a name that begins with a letter or digit, such as your first name".to_owned(),
            Self::Changed { .. } => "run the command again; close the table in your spreadsheet first".to_owned(),
            Self::UnknownTable { .. } => {
                "name the first column document, or document and speaker, or case, or as the study calls its cases".to_owned()
            }
            Self::NoDocument { .. } => "`verbatim documents` lists them".to_owned(),
            Self::BadCodebook { .. } => "give the codebook an \"id\" of a-z, 0-9 and -, and a list \"codes\"".to_owned(),
            Self::BadAct { .. } => "give a finite number".to_owned(),
            Self::Stopped => String::new(),
        }
    }

    /// The error of a system call; a disk that cannot be written has a kind of its own.
    pub(crate) fn io(what: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::PermissionDenied if what != "read" => Self::ReadOnly { path },
            _ => Self::Io { what, path, source },
        }
    }
}
