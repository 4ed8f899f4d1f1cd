//! The words of the field as types, pure: no files, no terminal, no index.

pub mod act;
pub mod amend;
pub mod anchor;
pub mod codebook;
pub mod coded;
pub mod corpus;
pub mod counted;
pub mod documents;
pub mod effects;
pub mod ground;
pub mod id;
pub mod journal;
pub mod name;
pub mod problem;
pub mod reading;
pub mod revise;
pub mod rule;
pub mod saved;
pub mod sentence;
pub mod sight;
pub mod span;
pub mod state;
pub mod text;
pub mod turn;
pub mod unit;
pub mod word;
