//! A study folder on disk: plain files that a researcher can read, back up and put under git.
//!
//! [`Study`] opens one, holds its state, and appends acts. Everything that reads is lenient and
//! returns problems beside what it read; everything that writes is durable before it says so.

pub mod atomic;
pub mod cache;
mod check;
mod code_lines;
mod codebook_edit;
mod codebook_file;
mod codebook_view;
mod coder;
mod config;
mod conflict;
mod context;
mod corpus_folder;
mod counting;
mod disk;
mod document_file;
mod error;
pub mod folder;
mod init;
mod intake;
mod journal_file;
mod rows;
pub mod settings;
mod slug;
pub mod snapshot;
mod stamp;
mod study;
mod table;
mod table_import;
mod tables;
mod watch;
mod writer;

pub use codebook_edit::CodebookEdit;
pub use codebook_file::CodebookFile;
pub use coder::{RESERVED_CODERS, coder_name};
pub use config::Config;
pub use conflict::is_conflict_copy;
pub use context::{Clock, Context, Random};
pub use corpus_folder::TextAtHand;
pub use counting::{Counting, WordsOf};
pub use disk::{Appender, Disk, LockOutcome, RealDisk, Standing};
pub use document_file::{DocumentFile, Source};
pub use error::StudyError;
pub use init::{GIT_ATTRIBUTES, Init, language_tags};
pub use intake::{Added, ImportOptions, ImportReport, Known, SourceFile};
pub use journal_file::JournalFile;
pub use slug::slug;
pub use snapshot::Snapshot;
pub use stamp::Stamp;
pub use study::{Draft, Study};
pub use table::{Row, Table};
pub use table_import::{TableKind, TableReport};
pub use tables::Tables;
pub use watch::Watch;
