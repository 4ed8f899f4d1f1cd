//! An import error: why a file gives no text at all, and what its owner can do.
//!
//! Everything that can be read in part is a `Problem` beside the text instead.

use thiserror::Error;

/// Why a file cannot be imported. Every kind names the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// The file holds nothing, or white space only.
    #[error("{file} is empty")]
    Empty {
        /// File name as given.
        file: String,
    },
    /// The file is no text.
    #[error("{file} is no text; it seems to be {seems}")]
    Binary {
        /// File name as given.
        file: String,
        /// What it seems to be, with its article: "a PNG image".
        seems: String,
    },
    /// A format that is known but not read yet, or an unknown extension.
    #[error("{file} is {format}, which is not read")]
    UnknownFormat {
        /// File name as given.
        file: String,
        /// The format, with its article: "an OpenDocument text (.odt)".
        format: String,
    },
    /// A Word document that is protected with a password.
    #[error("{file} is protected with a password")]
    Encrypted {
        /// File name as given.
        file: String,
    },
    /// A Word document that cannot be unpacked.
    #[error("{file} is a damaged Word document: {why}")]
    BadDocx {
        /// File name as given.
        file: String,
        /// What is wrong, without a full stop.
        why: String,
    },
    /// The bytes do not fit the encoding that the file claims.
    #[error("{file} says it is {encoding}, but holds bytes that are not (first at byte {byte})")]
    Encoding {
        /// File name as given.
        file: String,
        /// The claimed encoding.
        encoding: String,
        /// Offset of the first faulty byte from the start of the file.
        byte: usize,
    },
    /// More text than positions can address or memory should hold.
    #[error("{file} is too large: {why}")]
    TooLarge {
        /// File name as given.
        file: String,
        /// What is too large, without a full stop.
        why: String,
    },
}

impl ImportError {
    /// What to do about it, as a sentence without its full stop.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty { .. } => {
                "check that the transcript was saved, and that a synchronised folder has fetched it"
            }
            Self::Binary { .. } => "give the transcript itself, saved as .docx or .txt",
            Self::UnknownFormat { .. } => "save as .docx or .txt; more formats follow",
            Self::Encrypted { .. } => "open it in Word, remove the password, and save it as .docx",
            Self::BadDocx { .. } => "open it in Word or LibreOffice and save it as .docx or .txt",
            Self::Encoding { .. } => "open it in an editor and save it as UTF-8",
            Self::TooLarge { .. } => "split it into one file per interview",
        }
    }
}
