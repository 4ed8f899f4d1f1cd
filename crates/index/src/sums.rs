//! Sums: what the files of the index were when they were last written.
//!
//! tantivy trusts what it opens: a flipped bit can make it panic before it compares its own
//! checksums, and its file of metadata has none. So every file whose length or time is not what it was
//! when it was written is compared with its sum first. A disk may lose a bit without the time telling, so
//! words, in which texts they are, and all that is small are always compared: over damage there tantivy
//! stumbles, or misses a word. Places of words, which are most of an index, are taken as they are where length and time say so, since
//! to read them all would cost more than most searches; who writes down what is found compares them too
//! ([`Trust`]). Files of a segment never change, so only new ones
//! are read again after a small update.

use std::collections::BTreeMap;
use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::Path;

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

/// How far the files of an index that is there are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Places of words are taken as they are where lengths and times are what they were: for a search that
    /// is over sooner than they are compared.
    Times,
    /// Every byte is compared with what was written: for whoever writes down what is found.
    Bytes,
    /// Not at all: the index is made anew.
    None,
}

/// Files of no more bytes are always compared.
const SMALL: u64 = 1 << 16;

/// So many threads wait for the disk at once.
const WAITING: usize = 4;

/// What each file is, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sums(BTreeMap<String, Sum>);

/// What one file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Sum {
    length: u64,
    hash: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 where the system does not tell.
    changed: u64,
}

impl Sums {
    /// Whether the files in `folder` are what they were. Where another time stands on one that is (a folder
    /// that was copied or restored), that time is noted: nobody compares it a second time who keeps these
    /// sums.
    pub(crate) fn fit(&mut self, folder: &Path, trust: Trust) -> bool {
        let fits = |name: &str, wanted: &mut Sum| {
            let path = folder.join(name);
            let Ok((length, changed)) = stamp(&path) else { return false };
            if length != wanted.length {
                return false;
            }
            let compared = trust != Trust::Times
                || length <= SMALL
                || Path::new(name).extension().is_some_and(|e| e == "term" || e == "idx");
            if !compared && changed != 0 && changed == wanted.changed {
                return true;
            }
            let Ok(found) = sum(&path) else { return false };
            let same = found.hash == wanted.hash;
            if same {
                *wanted = found;
            }
            same
        };
        self.0.iter_mut().all(|(name, wanted)| fits(name, wanted))
    }

    /// Sums up the files in `folder`, each of which is on the disk by then. Files of segments that are in
    /// `known` are not read again.
    pub(crate) fn of(folder: &Path, known: &Self) -> io::Result<Self> {
        let mut sums = Self::default();
        let mut new: Vec<String> = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            if Path::new(&name).extension().is_some_and(|e| e == "lock") || !entry.metadata()?.is_file() {
                continue;
            }
            let of_segment = Path::new(&name).extension().is_some_and(|e| e != "json");
            match known.0.get(&name) {
                Some(&known) if of_segment => _ = sums.0.insert(name, known),
                _ => new.push(name),
            }
        }
        // Several that wait at once wait for one turn of the disk.
        let share = |names: &[String]| {
            let one = |name: &String| {
                let path = folder.join(name);
                waited_for(&path)?;
                Ok((name.clone(), sum(&path)?))
            };
            names.iter().map(one).collect::<io::Result<Vec<_>>>()
        };
        let found = std::thread::scope(|scope| {
            let shares = new.chunks(new.len().div_ceil(WAITING).max(1));
            let running: Vec<_> = shares.map(|names| scope.spawn(move || share(names))).collect();
            let ended = |thread: std::thread::ScopedJoinHandle<'_, _>| {
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            running.into_iter().map(ended).collect::<io::Result<Vec<_>>>()
        })?;
        sums.0.extend(found.into_iter().flatten());
        Ok(sums)
    }
}

/// Waits until what was written to a file is on the disk.
fn waited_for(path: &Path) -> io::Result<()> {
    // Some systems let only those wait who may write.
    fs::File::options().write(true).open(path)?.sync_data()
}

/// Length and time of a file.
fn stamp(path: &Path) -> io::Result<(u64, u64)> {
    let data = fs::metadata(path)?;
    let since = data.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    Ok((data.len(), since.map_or(0, |d| d.as_nanos() as u64)))
}

fn sum(path: &Path) -> io::Result<Sum> {
    let (_, changed) = stamp(path)?;
    let bytes = fs::read(path)?;
    let mut hasher = FxHasher::default();
    hasher.write(&bytes);
    Ok(Sum { length: bytes.len() as u64, hash: hasher.finish(), changed })
}
