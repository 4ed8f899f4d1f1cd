//! Tabulates code frequencies per case, and writes the tables.
//!
//! Counting follows the study's counting rules (`docs/counting.md`): spans are united before they
//! are counted, rows of parents and totals are counted anew from spans, and a zero is written only
//! where a document was read for the code.

mod cell;
pub mod collocate;
mod column;
pub mod concordance;
mod freq;
mod gather;
mod grouping;
mod options;
mod reader;
pub mod stop;
pub mod token;
pub mod wordlist;
pub mod write;

pub use cell::{Cell, Row, Status, Total};
pub use column::Column;
pub use freq::{Frequencies, frequencies, passages};
pub use gather::Extent;
pub use grouping::{Group, Passage};
pub use options::{By, CountRule, FreqError, Level, Options, Table};
