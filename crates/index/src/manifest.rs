//! The manifest: what the index holds, and what its files were when it was written.
//!
//! It is written behind every commit and is the only thing that makes an index whole: a crash between the
//! two leaves files that it does not fit, and the index is made anew. It is no part of tantivy's
//! metadata, which tantivy reads several times whenever an index is opened or committed.
//!
//! In the file: a sum of all that follows, the length of the head, the head, then per document its key,
//! its slot and its gap, in bytes of fixed length.

use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::Path;

use model::text::TextHash;
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};

use crate::sums::{Sums, Trust};

/// What the index of a document depends on: its text.
pub(crate) type Key = TextHash;

/// Bytes of what is known of one document.
const ROW: usize = 40;

/// What the index knows of one text beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// The number under which its words are.
    pub(crate) slot: u32,
    /// No two words behind each other begin further apart than this, in bytes.
    pub(crate) gap: u32,
}

/// What an index holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) head: Head,
    /// What is known of each document, by its key.
    pub(crate) documents: FxHashMap<Key, Held>,
}

/// What is said of all documents together.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// What the index was made with.
    pub(crate) stamp: String,
    /// The slot that the next document gets.
    pub(crate) next: u32,
    /// What its files were.
    pub(crate) sums: Sums,
}

impl Manifest {
    /// Reads the manifest in `file` and compares the files in `folder` with it; none if anything is
    /// missing or differs. Says too whether another time stands on one of them, which it knows now.
    pub(crate) fn check(file: &Path, folder: &Path, trust: Trust) -> Option<(Self, bool)> {
        let mut manifest = Self::from_bytes(&fs::read(file).ok()?)?;
        let before = manifest.head.sums.clone();
        manifest.head.sums.fit(folder, trust).then(|| {
            let restored = manifest.head.sums != before;
            (manifest, restored)
        })
    }

    /// Sums up the files in `folder`, and writes the manifest to `file`, atomically.
    pub(crate) fn write(&mut self, file: &Path, folder: &Path) -> io::Result<()> {
        self.head.sums = Sums::of(folder, &self.head.sums)?;
        study::atomic::replace_derived(file, &[&self.to_bytes()?])
    }

    fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let head = serde_json::to_vec(&self.head)?;
        let mut out = (head.len() as u64).to_le_bytes().to_vec();
        out.extend_from_slice(&head);
        let mut rows: Vec<(&Key, &Held)> = self.documents.iter().collect();
        rows.sort_unstable_by_key(|(key, _)| **key);
        for (key, held) in rows {
            out.extend_from_slice(&key.0);
            out.extend_from_slice(&held.slot.to_le_bytes());
            out.extend_from_slice(&held.gap.to_le_bytes());
        }
        let sum = sum(&out).to_le_bytes();
        out.splice(..0, sum);
        Ok(out)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (wanted, bytes) = bytes.split_first_chunk()?;
        if sum(bytes) != u64::from_le_bytes(*wanted) {
            return None;
        }
        let (length, bytes) = bytes.split_first_chunk()?;
        let (head, rows) = bytes.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let (rows, rest) = rows.as_chunks::<ROW>();
        let documents = rows.iter().map(read).collect::<Option<_>>()?;
        rest.is_empty().then_some(Self { head: serde_json::from_slice(head).ok()?, documents })
    }
}

fn read(row: &[u8; ROW]) -> Option<(Key, Held)> {
    let (key, numbers) = row.split_first_chunk()?;
    let [slot, gap] = *numbers.as_chunks().0 else { return None };
    Some((TextHash(*key), Held { slot: u32::from_le_bytes(slot), gap: u32::from_le_bytes(gap) }))
}

fn sum(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written_or_not_at_all() {
        let held = |at: u32| (TextHash::of(&at.to_string()), Held { slot: at, gap: u32::MAX - at });
        let head = Head { stamp: "s".into(), next: 7, ..Head::default() };
        let manifest = Manifest { head, documents: (0..7).map(held).collect() };
        let bytes = manifest.to_bytes().unwrap();
        assert_eq!(Manifest::from_bytes(&bytes), Some(manifest));
        for at in 0..bytes.len() {
            assert_eq!(Manifest::from_bytes(&bytes[..at]), None, "cut at {at}");
            let mut other = bytes.clone();
            other[at] ^= 4;
            assert_eq!(Manifest::from_bytes(&other), None, "another byte at {at}");
        }
    }
}
