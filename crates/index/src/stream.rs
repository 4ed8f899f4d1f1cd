//! Streaming: the index of texts that are read one by one and let go, so that a study of a thousand
//! interviews need not lie in memory to be indexed.

use std::borrow::Cow;
use std::path::Path;

use model::text::TextHash;
use study::{Study, TextAtHand};

use crate::manifest::Key;
use crate::store::{self, Refresh, Texts};
use crate::sums::Trust;

/// Brings the index of a study up to date, as opening it with the study's corpus does; calls `progress`
/// with the number of documents indexed and to index, and stops where that says no. What is there is
/// believed as far as `trust` says.
///
/// Each text is read twice, first for its hash alone, and none is kept.
pub fn bring_up_to_date(study: &Study, trust: Trust, progress: &dyn Fn(usize, usize) -> bool) -> Refresh {
    let texts = study.texts_at_hand();
    let documents = study.documents();
    let read = |at: usize| study.text_at_hand(&documents, texts.get(at)?);
    // A folder that cannot be made is told by whoever opens it.
    let dir = study.cache().make().ok().flatten().map(|folder| folder.join("index"));
    stream(dir.as_deref(), &texts, &read, trust, progress)
}

/// Brings the index in `dir` up to date with texts that `read` gives by their place, each with its hash.
/// One that has become another since is left out.
pub fn stream(
    dir: Option<&Path>,
    texts: &[TextAtHand],
    read: &dyn Fn(usize) -> Option<(String, TextHash)>,
    trust: Trust,
    progress: &dyn Fn(usize, usize) -> bool,
) -> Refresh {
    let Some(dir) = dir else { return Refresh { unindexed: texts.len(), ..Refresh::default() } };
    let keys: Vec<Key> = texts.iter().map(|t| key(t.hash)).collect();
    let bytes = |at: usize| texts.get(at).map_or(0, |t| t.bytes);
    let read = |at: usize| {
        let (text, hash) = read(at)?;
        let is_same =
            texts.get(at).is_some_and(|t| t.hash == Some(hash) || t.hash.is_none() && text.is_empty());
        is_same.then_some(Cow::Owned(text))
    };
    store::refresh(dir, &Texts { keys: &keys, bytes: &bytes, read: &read }, trust, progress).1
}

/// What the index of a text depends on; a document without one has an empty text.
fn key(hash: Option<TextHash>) -> Key {
    hash.unwrap_or_else(|| TextHash::of(""))
}
