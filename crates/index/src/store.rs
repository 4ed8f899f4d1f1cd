//! The store: the tantivy index on disk, kept in step with the corpus.
//!
//! It is derived data. Whatever is wrong with it (missing, damaged, another version's), it is made
//! anew without a question; whatever keeps it from being written, searching goes on without it. The
//! folder holds participants' words, so only its owner may read it.
//!
//! What the store knows is committed together with the index, in tantivy's commit payload: the
//! version stamp and, per document, a hash of its text, turns and language with its slot. A crash
//! leaves the last commit.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use model::corpus::{Corpus, Document};
use model::text::TextHash;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::schema::TantivyDocument;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, Term};

use crate::error::IndexError;
use crate::schema::{self, Fields, place};
use crate::stem::Stems;
use crate::sums::Sums;
use crate::unit::units;

/// The folder of tantivy's files, within the index's folder.
const INNER: &str = "tantivy";
/// What those files were when they were last written.
const SUMS: &str = "sums.json";
/// Held by the one program that writes.
const LOCK: &str = "lock";
/// Memory that a full build may use, in bytes.
const BUDGET: usize = 128 << 20;
/// Memory for bringing a few documents up to date, in bytes.
const BUDGET_SMALL: usize = 16 << 20;
/// Text up to this many bytes is brought up to date by one thread.
const SMALL: usize = 1 << 20;
/// More segments than this are merged, so that years of small changes do not slow searching down.
const SEGMENTS: usize = 24;

/// What the store knows of one document.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Slot(u32, u32);

/// What is committed with the index.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    stamp: String,
    next: u32,
    /// Slot and number of units per document key.
    documents: FxHashMap<String, Slot>,
}

impl Manifest {
    fn units(&self) -> u64 {
        self.documents.values().map(|slot| u64::from(slot.1)).sum()
    }
}

/// What bringing the index up to date came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refresh {
    /// Documents that were indexed as they are.
    pub kept: usize,
    /// Documents that were indexed now.
    pub indexed: usize,
    /// Indexed texts that the corpus no longer has.
    pub removed: usize,
    /// Documents that are searched without the index: all in memory, or those that could not be
    /// indexed.
    pub unindexed: usize,
    /// Whether an index of no use (damaged, of another version) was thrown away.
    pub rebuilt: bool,
    /// What kept the index from being used or written; searching works all the same.
    pub trouble: Option<IndexError>,
}

/// The index of one corpus on disk, open for reading.
pub(crate) struct Store {
    pub(crate) fields: Fields,
    pub(crate) searcher: Searcher,
    /// Slot of each document by key.
    slots: FxHashMap<String, Slot>,
}

impl Store {
    /// Slot of a document, if it is indexed.
    pub(crate) fn slot(&self, key: &str) -> Option<u32> {
        self.slots.get(key).map(|slot| slot.0)
    }
}

/// An index that is whole, with what is known of it.
struct Whole {
    index: Index,
    manifest: Manifest,
    store: Store,
    sums: Sums,
}

/// A failure of a folder or file.
fn folder(path: &Path, why: &io::Error) -> IndexError {
    IndexError::Folder { path: path.to_owned(), why: why.to_string() }
}

/// What the index of a document depends on: its text, where its turns are, how it is stemmed.
pub(crate) fn key(document: &Document) -> String {
    let stems = Stems::of(&document.language);
    let mut hash = Sha256::new();
    hash.update(document.hash.unwrap_or_else(|| document.text.hash()).0);
    hash.update([u8::from(stems.dutch), u8::from(stems.english)]);
    for turn in &document.turns {
        hash.update(turn.start.to_le_bytes());
        hash.update(turn.end.to_le_bytes());
    }
    TextHash(hash.finalize().into()).to_string()
}

/// Brings the index in `dir` up to date with the corpus, making it if need be.
pub(crate) fn refresh(
    dir: &Path,
    corpus: &Corpus,
    keys: &[String],
    rebuild: bool,
    progress: &dyn Fn(usize, usize),
) -> (Option<Store>, Refresh) {
    let mut report = Refresh::default();
    let store = match attempt(dir, corpus, keys, rebuild, progress, &mut report) {
        Ok(store) => Some(store),
        Err(why) => {
            report.trouble.get_or_insert(why);
            None
        }
    };
    let known = |key: &String| store.as_ref().is_some_and(|s| s.slots.contains_key(key));
    report.unindexed = keys.iter().filter(|key| !known(key)).count();
    (store, report)
}

fn attempt(
    dir: &Path,
    corpus: &Corpus,
    keys: &[String],
    rebuild: bool,
    progress: &dyn Fn(usize, usize),
    report: &mut Refresh,
) -> Result<Store, IndexError> {
    let inner = dir.join(INNER);
    let lock = writable(dir);
    let found = if rebuild && lock.is_ok() { Err(IndexError::Damaged) } else { open(dir) };
    let Whole { index, mut manifest, store, sums } = if let Ok(found) = found {
        found
    } else {
        lock.as_ref().map_err(Clone::clone)?;
        report.rebuilt = inner.exists();
        create(&inner)?
    };
    report.kept = keys.iter().filter(|key| manifest.documents.contains_key(*key)).count();
    let Some(changes) = changes(&manifest, keys) else { return Ok(store) };
    if let Err(why) = lock {
        // Out of step, and it cannot be written: what it holds is used, the rest is read.
        report.trouble = Some(why);
        return Ok(store);
    }
    drop(store);
    report.removed = changes.gone.len();
    report.indexed = keys.len() - report.kept;
    write(&index, &mut manifest, corpus, keys, &changes, progress)?;
    private(&inner)?;
    Sums::write(&dir.join(SUMS), &inner, &sums).map_err(|e| folder(dir, &e))?;
    read(&index, &manifest)
}

/// Makes the folder and takes the lock that one writer holds.
fn writable(dir: &Path) -> Result<File, IndexError> {
    let at = |e: &io::Error| folder(dir, e);
    study::atomic::private_folder(dir).map_err(|e| at(&e))?;
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let lock = options.open(dir.join(LOCK)).map_err(|e| at(&e))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(IndexError::Busy),
        Err(TryLockError::Error(e)) => Err(at(&e)),
    }
}

/// Opens an index that is whole, of this version, and holds as many units as were written.
fn open(dir: &Path) -> Result<Whole, IndexError> {
    let inner = &dir.join(INNER);
    let sums = Sums::check(&dir.join(SUMS), inner).ok_or(IndexError::Damaged)?;
    let mut index = Index::open_in_dir(inner)?;
    let payload = index.load_metas()?.payload.unwrap_or_default();
    let manifest: Manifest = serde_json::from_str(&payload).map_err(|_| IndexError::Damaged)?;
    if manifest.stamp != schema::stamp() || index.schema() != schema::schema().0 {
        return Err(IndexError::Damaged);
    }
    let held: u64 = index.searchable_segment_metas()?.iter().map(|s| u64::from(s.num_docs())).sum();
    if held != manifest.units() {
        return Err(IndexError::Damaged);
    }
    index.set_tokenizers(schema::tokenizers());
    let store = read(&index, &manifest)?;
    Ok(Whole { index, manifest, store, sums })
}

/// Throws away whatever is there and makes an empty index.
fn create(inner: &Path) -> Result<Whole, IndexError> {
    let at = |e: &io::Error| folder(inner, e);
    match fs::remove_dir_all(inner) {
        Err(e) if e.kind() == io::ErrorKind::NotADirectory => fs::remove_file(inner).map_err(|e| at(&e))?,
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(at(&e)),
        _ => {}
    }
    study::atomic::private_folder(inner).map_err(|e| at(&e))?;
    let mut index = Index::create_in_dir(inner, schema::schema().0)?;
    index.set_tokenizers(schema::tokenizers());
    let manifest = Manifest { stamp: schema::stamp(), ..Manifest::default() };
    let store = read(&index, &manifest)?;
    Ok(Whole { index, manifest, store, sums: Sums::default() })
}

/// Opens a reader.
fn read(index: &Index, manifest: &Manifest) -> Result<Store, IndexError> {
    let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let searcher = reader.searcher();
    Ok(Store { fields: schema::schema().1, searcher, slots: manifest.documents.clone() })
}

/// What differs between the index and the corpus.
struct Changes {
    /// Indices of documents whose text is not indexed; of equal texts the first.
    new: Vec<usize>,
    /// Keys that no document has any more.
    gone: Vec<String>,
}

fn changes(manifest: &Manifest, keys: &[String]) -> Option<Changes> {
    let mut wanted: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, key) in keys.iter().enumerate() {
        wanted.entry(key).or_insert(i);
    }
    let mut new: Vec<usize> =
        wanted.iter().filter(|(key, _)| !manifest.documents.contains_key(**key)).map(|(_, &i)| i).collect();
    new.sort_unstable();
    let mut gone: Vec<String> =
        manifest.documents.keys().filter(|key| !wanted.contains_key(key.as_str())).cloned().collect();
    gone.sort_unstable();
    (!new.is_empty() || !gone.is_empty()).then_some(Changes { new, gone })
}

/// Writes the changes as one commit.
fn write(
    index: &Index,
    manifest: &mut Manifest,
    corpus: &Corpus,
    keys: &[String],
    changes: &Changes,
    progress: &dyn Fn(usize, usize),
) -> Result<(), IndexError> {
    let fields = schema::schema().1;
    let bytes: usize = changes.new.iter().map(|&i| corpus.documents[i].text.as_str().len()).sum();
    let (threads, budget) = if bytes <= SMALL {
        (1, BUDGET_SMALL)
    } else {
        (std::thread::available_parallelism().map_or(1, usize::from).min(4), BUDGET)
    };
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, budget)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for key in &changes.gone {
        if let Some(slot) = manifest.documents.remove(key) {
            writer.delete_term(Term::from_field_u64(fields.slot, u64::from(slot.0)));
        }
    }
    for (done, &i) in changes.new.iter().enumerate() {
        progress(done, changes.new.len());
        let slot = manifest.next;
        manifest.next += 1;
        let batch = batch(&corpus.documents[i], slot, fields);
        manifest.documents.insert(keys[i].clone(), Slot(slot, batch.len() as u32));
        writer.run(batch)?;
    }
    progress(changes.new.len(), changes.new.len());
    let payload = serde_json::to_string(manifest).map_err(|e| IndexError::Index(e.to_string()))?;
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&payload);
    prepared.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > SEGMENTS {
        writer.merge(&segments).wait()?;
        // A merge writes the metadata anew; the payload stays with the commit.
        writer.garbage_collect_files().wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(())
}

/// The units of one document, ready to be added.
fn batch(document: &Document, slot: u32, fields: Fields) -> Vec<UserOperation> {
    let stems = Stems::of(&document.language);
    units(document)
        .iter()
        .enumerate()
        .map(|(i, unit)| {
            let text = unit.text(document);
            let mut entry = TantivyDocument::default();
            entry.add_text(fields.exact, text);
            if stems.dutch {
                entry.add_text(fields.dutch, text);
            }
            if stems.english {
                entry.add_text(fields.english, text);
            }
            entry.add_u64(fields.slot, u64::from(slot));
            entry.add_u64(fields.place, place(slot, i as u32));
            UserOperation::Add(entry)
        })
        .collect()
}

/// Makes the files of the index readable for their owner only.
fn private(inner: &Path) -> Result<(), IndexError> {
    #[cfg(unix)]
    for entry in fs::read_dir(inner).into_iter().flatten().flatten() {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(entry.path(), mode).map_err(|e| folder(&entry.path(), &e))?;
    }
    #[cfg(not(unix))]
    let _ = inner;
    Ok(())
}

/// Removes the index in `dir`; says how many bytes that freed.
pub(crate) fn forget(dir: &Path) -> Result<u64, IndexError> {
    let freed = size(dir);
    for path in [dir.join(INNER), dir.join(SUMS), dir.join(LOCK)] {
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        match removed {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(folder(dir, &e)),
            _ => {}
        }
    }
    // Only if nothing else lies there.
    _ = fs::remove_dir(dir);
    Ok(freed)
}

/// Bytes that the index in `dir` takes.
pub(crate) fn size(dir: &Path) -> u64 {
    let files = |path: PathBuf| {
        fs::read_dir(path)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|e| e.metadata().ok())
            .filter(fs::Metadata::is_file)
    };
    files(dir.to_owned()).chain(files(dir.join(INNER))).map(|m| m.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::text::Text;

    #[test]
    fn another_versions_index_is_of_no_use() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path();
        let document = Document { text: Text::new("zorg".into()), ..Document::default() };
        let corpus = Corpus::new(String::new(), vec![document], Vec::new());
        let keys = vec![key(&corpus.documents[0])];
        let refresh = || refresh(dir, &corpus, &keys, false, &|_, _| {}).1;
        assert_eq!(refresh().indexed, 1);
        assert_eq!((refresh().kept, refresh().rebuilt), (1, false));
        // The same index, whole, under another stamp.
        let Whole { index, mut manifest, sums, .. } = open(dir).unwrap();
        manifest.stamp.push('9');
        let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET_SMALL).unwrap();
        let mut commit = writer.prepare_commit().unwrap();
        commit.set_payload(&serde_json::to_string(&manifest).unwrap());
        commit.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        Sums::write(&dir.join(SUMS), &dir.join(INNER), &sums).unwrap();
        assert!(matches!(open(dir), Err(IndexError::Damaged)));
        let report = refresh();
        assert_eq!((report.indexed, report.rebuilt, report.trouble), (1, true, None));
    }
}
