//! Writing sheets: one file per format. The same study gives the same bytes.

pub mod csv;
pub mod frequencies;
pub mod json;
pub mod markdown;
pub mod xlsx;
