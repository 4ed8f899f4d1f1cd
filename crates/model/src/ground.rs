//! The ground of a count: texts, acts and codings of one moment, which belong together.

use crate::coded::Coded;
use crate::corpus::Corpus;
use crate::state::State;

/// Texts, acts and codings of one moment.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The texts.
    pub corpus: &'a Corpus,
    /// The acts that may be seen.
    pub state: &'a State,
    /// The codings in place.
    pub coded: &'a Coded,
}
