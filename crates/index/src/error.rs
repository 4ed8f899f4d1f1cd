//! What can go wrong with the index on disk. None of it stops a search.

use std::path::PathBuf;

/// Why the index on disk could not be used, written or removed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    /// Another program is indexing this study.
    #[error("another program is indexing this study")]
    Busy,
    /// It was asked to stop.
    #[error("indexing was stopped")]
    Stopped,
    /// The index is damaged, foreign or of another version.
    #[error("the index is damaged or was made by another version")]
    Damaged,
    /// Its folder or a file in it cannot be made, written or removed.
    #[error("{}: {why}", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The index itself failed.
    #[error("the index failed: {0}")]
    Index(String),
}

impl IndexError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Stopped => "searching works all the same, more slowly",
            Self::Busy => "searching works meanwhile, more slowly; try again when it has finished",
            Self::Damaged | Self::Index(_) => "make it anew with `verbatim index --rebuild`; nothing is lost",
            Self::Folder { .. } => {
                "give yourself the right to write there, or choose another folder with $VERBATIM_CACHE"
            }
        }
    }
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(why: tantivy::TantivyError) -> Self {
        match why {
            tantivy::TantivyError::LockFailure(..) => Self::Busy,
            why => Self::Index(why.to_string()),
        }
    }
}
