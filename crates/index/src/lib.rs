//! Loads interview transcripts, keeps the full-text index, answers queries with exact positions.
//!
//! ```text
//! load      a study on disk            -> its corpus
//! Index     a corpus (and a folder)    -> what a search asks; brought up to date by text hash
//! Query     what someone typed         -> a tree, or where it goes wrong
//! search    a query in a corpus        -> hits with exact spans, in order
//! kwic      a hit                      -> one line of text around it
//! ```
//!
//! tantivy chooses the turns in which a query may be found; spans are computed from the text by the
//! same folding and tokens ([`mod@fold`], [`token`]) that made the index. Nothing here prints.

mod error;
pub mod fold;
mod index;
mod kwic;
mod lex;
mod load;
mod locate;
mod near;
mod parse;
mod plan;
mod query;
mod schema;
mod search;
mod select;
pub mod stem;
mod store;
mod sums;
pub mod token;
mod unit;

pub use error::IndexError;
pub use index::Index;
pub use kwic::{Kwic, around, kwic, one_line};
pub use load::{load, open, open_watched};
pub use query::{Field, FieldKind, Node, Query, QueryError, Word};
pub use search::{CodedSpan, Found, Hit, Options};
pub use store::Refresh;
pub use unit::{Unit, units};
