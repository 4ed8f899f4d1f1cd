//! stub

use super::ask::Answer;
use crate::app::{App, Effect};

/// What the codebook screen does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookAct {
    /// stub
    Stub,
}

/// What is asked there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookAsk {
    /// stub
    Stub,
}

/// stub
pub fn answered(_: &mut App, _: &BookAsk, _: Answer) -> Vec<Effect> {
    Vec::new()
}
