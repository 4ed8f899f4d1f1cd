//! Tabulates code frequencies per case, and writes the tables.
//!
//! Counting follows the study's counting rules (`docs/counting.md`): spans are united before they
//! are counted, rows of parents and totals are counted anew from spans, and a zero is written only
//! where a document was read for the code.

mod activities;
pub mod ask;
mod asked;
pub mod association;
mod behind;
mod cell;
pub mod codebook_log;
pub mod codings;
pub mod collocate;
mod column;
pub mod concordance;
mod frequencies;
mod gather;
mod grouping;
pub mod leave;
mod meetings;
mod names;
mod options;
pub mod package;
pub mod page;
pub mod pages;
pub mod provenance;
mod reader;
pub mod refusal;
pub mod sheet;
mod shown;
pub mod speech;
mod spread;
pub mod stop;
pub mod tables;
pub mod token;
pub mod wordlist;
pub mod write;

pub use ask::{Ask, At, Shape};
pub use behind::Behind;
pub use cell::{Cell, Row, Status, Total};
pub use column::Column;
pub use frequencies::{Frequencies, frequencies, passages};
pub use gather::Extent;
pub use grouping::{Group, Passage};
pub use meetings::Unit;
pub use options::{By, CountRule, Level, Only, Options, Percent, Table, TableError};
pub use page::Page;
pub use sheet::Sheet;
pub use shown::{Shown, codebook_without_names};
pub use speech::{Language, Speech};
