//! Writing sheets and pages: one file per format. The same study gives the same bytes.

pub mod csv;
pub mod docx;
pub mod frequencies;
pub mod html;
pub mod json;
pub mod markdown;
pub mod xlsx;
pub mod xml;
