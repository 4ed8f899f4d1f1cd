//! The index of a corpus: what a program opens once and asks many times.
//!
//! It knows the exact places of every word. A document that it does not hold is searched by reading it
//! through, so an index that is missing, out of step or being written by another program makes a
//! search slower and never wrong.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use model::corpus::{Corpus, Document};
use model::text::TextHash;

use crate::error::IndexError;
use crate::manifest::{Held, Key};
use crate::store::{self, Refresh, Store};
use crate::sums::Trust;
use crate::unit::{Unit, units};

/// The index of one corpus.
pub struct Index {
    dir: Option<PathBuf>,
    documents: Vec<Entry>,
    /// Of which list of documents they are, and whether each is held.
    version: u64,
    held: Known,
    /// The units of each document, once they have been asked for.
    units: Vec<OnceLock<Vec<Unit>>>,
    pub(crate) store: Option<Store>,
    /// Per segment of the store, the documents with the texts of its entries.
    pub(crate) entries: Vec<Holders>,
    report: Refresh,
}

/// The documents with the text of each entry of a segment.
#[derive(Debug, Default)]
pub(crate) struct Holders {
    /// Where those of each entry begin in `documents`; one more for the end.
    starts: Vec<u32>,
    documents: Vec<u32>,
}

impl Holders {
    /// Those of entries with these slots; `by_slot` has slots and documents, in order.
    fn of(slots: &[Option<u32>], by_slot: &[(u32, u32)]) -> Self {
        let mut out = Self { starts: Vec::with_capacity(slots.len() + 1), documents: Vec::new() };
        for slot in slots {
            out.starts.push(out.documents.len() as u32);
            let Some(slot) = *slot else { continue };
            let from = by_slot.partition_point(|known| known.0 < slot);
            let same = by_slot.iter().skip(from).take_while(|known| known.0 == slot);
            out.documents.extend(same.map(|known| known.1));
        }
        out.starts.push(out.documents.len() as u32);
        out
    }

    /// The documents with the text of an entry.
    pub(crate) fn with(&self, entry: u32) -> &[u32] {
        let border = |at: usize| self.starts.get(at).map_or(self.documents.len(), |&start| start as usize);
        self.documents.get(border(entry as usize)..border(entry as usize + 1)).unwrap_or_default()
    }
}

/// One document as it was when the index was brought up to date. Every search compares all of them with the
/// corpus, so they lie close together.
struct Entry {
    hash: Option<TextHash>,
    turns: usize,
    held: Option<Held>,
}

/// Which documents an index knows.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    which: Vec<bool>,
    /// Whether it knows all of them.
    pub(crate) all: bool,
}

impl Known {
    /// Whether it knows a document, by its place.
    pub(crate) fn has(&self, document: u32) -> bool {
        self.which.get(document as usize) == Some(&true)
    }

    /// The places of those that it does not know.
    pub(crate) fn others(&self) -> Vec<usize> {
        (0..self.which.len()).filter(|&at| !self.which[at]).collect()
    }
}

impl FromIterator<bool> for Known {
    fn from_iter<T: IntoIterator<Item = bool>>(each: T) -> Self {
        let which: Vec<bool> = each.into_iter().collect();
        let all = which.iter().all(|known| *known);
        Self { which, all }
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("dir", &self.dir).field("report", &self.report).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in `dir` and brings it up to date with the corpus: documents whose text,
    /// turns and language are unchanged are kept, others are indexed, gone ones removed. An index
    /// that is missing, damaged, foreign or another version's is made anew. With `None` nothing is
    /// written and everything is searched in memory.
    ///
    /// It never fails: [`Index::report`] tells what kept the index on disk from being used, and
    /// searching works all the same. `dir` should be a folder for the index alone.
    pub fn open(dir: Option<&Path>, corpus: &Corpus) -> Self {
        Self::open_with_progress(dir, corpus, Trust::Times, &|_, _| true)
    }

    /// As [`Index::open`], believing what is there as far as `trust` says; calls `progress` with the number of documents indexed and to index. Where it
    /// says no, indexing stops, and what was there before stays.
    pub fn open_with_progress(
        dir: Option<&Path>,
        corpus: &Corpus,
        trust: Trust,
        progress: &dyn Fn(usize, usize) -> bool,
    ) -> Self {
        let (store, report, keys) = match dir {
            Some(dir) => {
                let keys: Vec<Key> = corpus.documents.iter().map(store::key).collect();
                let (store, report) = store::of_corpus(dir, corpus, &keys, trust, progress);
                (store, report, keys)
            }
            None => (None, Refresh { unindexed: corpus.documents.len(), ..Refresh::default() }, Vec::new()),
        };
        Self::of(dir, corpus, store, &keys, report)
    }

    /// The index in `dir` as it is; none if it is not in step with the corpus. Nothing is written, and no
    /// text is looked at: those of the corpus need not be there.
    pub fn as_it_is(dir: &Path, corpus: &Corpus) -> Option<Self> {
        let keys: Vec<Key> = corpus.documents.iter().map(store::key).collect();
        let store = store::as_it_is(dir, &keys)?;
        let report = Refresh { kept: corpus.documents.len(), ..Refresh::default() };
        Some(Self::of(Some(dir), corpus, Some(store), &keys, report)).filter(|index| index.store.is_some())
    }

    fn of(dir: Option<&Path>, corpus: &Corpus, store: Option<Store>, keys: &[Key], report: Refresh) -> Self {
        // Slots and documents, by slot.
        let mut with_slot: Vec<(u32, u32)> = Vec::with_capacity(corpus.documents.len());
        let mut documents = Vec::with_capacity(corpus.documents.len());
        for (i, document) in corpus.documents.iter().enumerate() {
            let held = store.as_ref().zip(keys.get(i)).and_then(|(store, key)| store.held(key));
            if let Some(held) = held {
                with_slot.push((held.slot, i as u32));
            }
            documents.push(Entry { hash: document.hash, turns: document.turns.len(), held });
        }
        with_slot.sort_unstable();
        let slots = store.as_ref().map(Store::slots).transpose();
        let (store, entries) = match slots {
            Ok(slots) => {
                let segments = slots.unwrap_or_default();
                (store, segments.iter().map(|slots| Holders::of(slots, &with_slot)).collect())
            }
            // An index that cannot be read is as good as none.
            Err(_) => (None, Vec::new()),
        };
        let units = documents.iter().map(|_| OnceLock::new()).collect();
        let held = documents.iter().map(|entry| entry.held.is_some()).collect();
        let version = corpus.documents.version();
        Self { dir: dir.map(Path::to_owned), documents, version, held, units, store, entries, report }
    }

    /// Brings the index up to date after the corpus changed.
    pub fn refresh(&mut self, corpus: &Corpus) -> &Refresh {
        let dir = self.dir.take();
        // The old reader is closed first: some systems cannot remove files that are open.
        self.store = None;
        *self = Self::open(dir.as_deref(), corpus);
        &self.report
    }

    /// Whether it was made for these texts and for no others, so that nothing need be read.
    pub fn fits(&self, corpus: &Corpus) -> bool {
        self.documents.len() == corpus.documents.len() && self.held(corpus).all
    }

    /// What opening or refreshing came to.
    pub fn report(&self) -> &Refresh {
        &self.report
    }

    /// Where it lies; none if it is in memory.
    pub fn dir(&self) -> Option<&Path> {
        self.dir.as_deref()
    }

    /// Removes the index in a folder, and the folder if nothing else is in it; says how many bytes
    /// that freed. Nothing is lost: the next search makes it anew.
    ///
    /// # Errors
    /// [`IndexError::Folder`] when a file cannot be removed.
    pub fn forget(dir: &Path) -> Result<u64, IndexError> {
        store::forget(dir)
    }

    /// How many bytes the index in a folder takes; 0 if there is none.
    pub fn size(dir: &Path) -> u64 {
        store::size(dir)
    }

    /// Whether the index knows this document as it is now.
    pub(crate) fn holds(&self, at: usize, document: &Document) -> bool {
        self.entry(at, document).is_some_and(|entry| entry.held.is_some())
    }

    /// Which documents the index knows as they are now. None need be compared where nobody can have changed
    /// one since.
    pub(crate) fn held(&self, corpus: &Corpus) -> Cow<'_, Known> {
        if corpus.documents.version() == self.version {
            return Cow::Borrowed(&self.held);
        }
        Cow::Owned(corpus.documents.iter().enumerate().map(|(i, d)| self.holds(i, d)).collect())
    }

    /// No two words of a document behind each other begin further apart than this, in bytes.
    pub(crate) fn gap(&self, at: usize, document: &Document) -> u32 {
        self.entry(at, document).and_then(|e| e.held).map_or(u32::MAX, |h| h.gap)
    }

    /// The units of a document.
    pub(crate) fn units<'a>(&'a self, at: usize, document: &Document) -> Cow<'a, [Unit]> {
        match self.units.get(at).filter(|_| self.entry(at, document).is_some()) {
            Some(known) => Cow::Borrowed(known.get_or_init(|| units(document))),
            None => Cow::Owned(units(document)),
        }
    }

    /// What is known of a document; none if it changed since.
    fn entry(&self, at: usize, document: &Document) -> Option<&Entry> {
        self.documents.get(at).filter(|e| e.hash == document.hash && e.turns == document.turns.len())
    }
}
