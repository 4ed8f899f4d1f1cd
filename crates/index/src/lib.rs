//! Loads interview transcripts, keeps the full-text index, answers queries with exact positions.
//!
//! ```text
//! load      a study on disk            -> its corpus
//! Index     a corpus (and a folder)    -> what a search asks; brought up to date by text hash
//! Query     what someone typed         -> a tree, or where it goes wrong
//! search    a query in a corpus        -> hits with exact spans, in order
//! kwic      a hit                      -> one line of text around it
//! glance    a study's snapshot         -> the same hits, reading only the texts that are shown
//! ```
//!
//! Within: [`query`] reads what was typed; `plan` looks up its names in the study; `gather` finds the
//! places of its single words, from the index (`store`, `schema`, `lexicon`) or by reading; `spans`
//! makes phrases and neighbourhoods of them; `evaluate` decides, document by document. Folding and
//! tokens ([`mod@fold`], [`token`]) are the same code everywhere. Nothing here prints.

mod error;
mod evaluate;
mod files;
pub mod fold;
mod gather;
mod glance;
mod index;
mod kwic;
mod lexicon;
mod load;
mod manifest;
mod near;
mod plan;
pub mod query;
mod queue;
mod relate;
mod schema;
mod search;
mod spans;
pub mod stem;
mod store;
mod stream;
mod sums;
pub mod token;
mod unit;

pub use error::IndexError;
pub use glance::{Glance, glance};
pub use index::Index;
pub use kwic::{Kwic, around, kwic, one_line};
pub use load::{load, open, open_watched};
pub use query::{Query, QueryError};
pub use search::{Found, Hit, Options, Seen};
pub use store::Refresh;
pub use stream::{bring_up_to_date, stream};
pub use sums::Trust;
pub use unit::{Unit, units};
