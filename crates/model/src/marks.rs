//! The marks: the acts that say what the numbers of a table mean, without the codings that it counts.
//!
//! Documents, codebook, coders, readings and settings follow from them alone. A study has a hundred
//! times as many codings as marks, so whoever keeps both apart counts again without reading a journal.

use std::sync::Arc;

use crate::act::{Act, Change};
use crate::state::State;

/// The acts of a state that do more than code, annotate or search; none where a table needs the others
/// too: while somebody is blind, and where a code was fixed with an offer of hits, of which codings and
/// rejections tell what became.
pub fn marks(state: &State) -> Option<Vec<Arc<Act>>> {
    if state.sight().is_some() || !state.blind_events().is_empty() || !state.offered_events().is_empty() {
        return None;
    }
    let marks = state.acts().iter().filter(|act| !act.changes.iter().all(only_codes));
    Some(marks.map(Arc::clone).collect())
}

/// Whether a change says nothing about documents, codes, coders, readings or settings.
fn only_codes(change: &Change) -> bool {
    matches!(
        change,
        Change::CodingAdded(_)
            | Change::CodingChanged(_)
            | Change::CodingRemoved(_)
            | Change::MemoWritten(_)
            | Change::MemoRemoved(_)
            | Change::SummaryWritten(_)
            | Change::ExemplarMarked(_)
            | Change::ExemplarUnmarked(_)
            | Change::TranslationWritten(_)
            | Change::SearchSaved(_)
            | Change::SearchRemoved(_)
            | Change::HitOffered(_)
            | Change::HitRejected(_)
    )
}
