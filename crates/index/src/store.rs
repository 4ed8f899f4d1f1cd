//! The store: the tantivy index on disk, kept in step with the corpus.
//!
//! It is derived data. Whatever is wrong with it (missing, damaged, another version's), it is made
//! anew without a question; whatever keeps it from being written, searching goes on without it. The
//! folder holds participants' words, so only its owner may read it.
//!
//! What the store knows beside the words stands in the [`Manifest`], which is written behind each commit:
//! a crash between the two leaves an index that is of no use and is made anew.

use std::borrow::Cow;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use model::corpus::{Corpus, Document};
use rustc_hash::FxHashMap;
use tantivy::indexer::NoMergePolicy;
use tantivy::{
    Index, IndexReader, IndexSettings, IndexWriter, InvertedIndexReader, ReloadPolicy, Searcher,
    SegmentReader, Term,
};

use crate::error::IndexError;
use crate::files::Files;
use crate::lexicon::{self, Lexicon};
use crate::manifest::{Head, Held, Key, Manifest};
use crate::query::Pattern;
use crate::queue::{Entry, Queue};
use crate::schema::{self, Fields};
use crate::stem::clip;
use crate::sums::Trust;
use crate::token::Tokens;

/// The folder of tantivy's files, within the index's folder.
const INNER: &str = "tantivy";
/// What the index holds, and what those files were when they were last written.
const MANIFEST: &str = "manifest";
/// Held by the one program that writes.
const LOCK: &str = "lock";
/// Memory that a full build may use, in bytes.
const BUDGET: usize = 96 << 20;
/// Memory for bringing a few documents up to date, in bytes.
const BUDGET_SMALL: usize = 16 << 20;
/// Text up to this many bytes is brought up to date by one thread.
const SMALL: usize = 1 << 20;
/// More segments than this are merged, so that years of small changes do not slow searching down.
const SEGMENTS: usize = 24;

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
    /// The words of each segment.
    pub(crate) inverted: Vec<Arc<InvertedIndexReader>>,
    /// What is known of each document, by its key.
    documents: FxHashMap<Key, Held>,
    /// All different words, once they have been asked for.
    lexicon: OnceLock<Lexicon>,
}

impl Store {
    /// What is known of a document, if it is indexed.
    pub(crate) fn held(&self, key: &Key) -> Option<Held> {
        self.documents.get(key).copied()
    }

    /// Per segment and entry, the slot; none for one that was deleted.
    pub(crate) fn slots(&self) -> Result<Vec<Vec<Option<u32>>>, IndexError> {
        let of = |segment: &SegmentReader| {
            let column = segment.fast_fields().u64(schema::SLOT)?;
            let slot = |doc| Some(column.first(doc)? as u32);
            Ok((0..segment.max_doc()).map(|doc| slot(doc).filter(|_| !segment.is_deleted(doc))).collect())
        };
        self.searcher.segment_readers().iter().map(of).collect()
    }

    /// The words of the index that a word of a query can be.
    pub(crate) fn terms(&self, word: &Pattern) -> Result<Vec<lexicon::Term>, IndexError> {
        if let Some(one) = word.one_word() {
            return Ok(vec![lexicon::Term::of(clip(&one).to_owned())]);
        }
        match word {
            Pattern::Glob(glob) if glob.is_beginning() => {
                let words = self.words(clip(glob.beginning()))?;
                Ok(Lexicon::new(words).terms(word))
            }
            word => {
                if self.lexicon.get().is_none() {
                    // Another thread may have been faster; its lexicon is the same.
                    _ = self.lexicon.set(Lexicon::new(self.words("")?));
                }
                Ok(self.lexicon.get().map(|l| l.terms(word)).unwrap_or_default())
            }
        }
    }

    /// All different words that begin so; perhaps some twice.
    fn words(&self, beginning: &str) -> Result<Vec<Box<str>>, IndexError> {
        let failed = |e: io::Error| IndexError::Index(e.to_string());
        let mut out = Vec::new();
        for inverted in &self.inverted {
            let mut stream = inverted.terms().range().ge(beginning).into_stream().map_err(failed)?;
            while stream.advance() {
                let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
                if !word.starts_with(beginning) {
                    break;
                }
                out.push(word.into());
            }
        }
        Ok(out)
    }
}

/// An index that is whole, with what is known of it.
struct Whole {
    index: Index,
    manifest: Manifest,
    /// Whether another time stands on its files than when they were written.
    restored: bool,
}

/// A failure of a folder or file.
fn folder(path: &Path, why: &io::Error) -> IndexError {
    IndexError::Folder { path: path.to_owned(), why: why.to_string() }
}

/// What the index of a document depends on.
pub(crate) fn key(document: &Document) -> Key {
    document.hash.unwrap_or_else(|| document.text.hash())
}

/// The texts that an index is for. They may lie in memory or be read one by one.
pub(crate) struct Texts<'a> {
    /// What the index of each depends on, by its place.
    pub(crate) keys: &'a [Key],
    /// Bytes of one, about.
    pub(crate) bytes: &'a dyn Fn(usize) -> usize,
    /// One of them; none where it is no longer there.
    pub(crate) read: &'a dyn Fn(usize) -> Option<Cow<'a, str>>,
}

/// Brings the index in `dir` up to date with the texts, making it if need be.
pub(crate) fn refresh(
    dir: &Path,
    texts: &Texts<'_>,
    trust: Trust,
    progress: &dyn Fn(usize, usize) -> bool,
) -> (Option<Store>, Refresh) {
    let mut report = Refresh::default();
    let store = match attempt(dir, texts, trust, progress, &mut report) {
        Ok(store) => Some(store),
        Err(why) => {
            report.trouble.get_or_insert(why);
            None
        }
    };
    let known = |key: &Key| store.as_ref().is_some_and(|s| s.documents.contains_key(key));
    report.unindexed = texts.keys.iter().filter(|key| !known(key)).count();
    (store, report)
}

/// Opens the index in `dir` as it is, if it holds exactly these documents. Nothing is written or locked.
pub(crate) fn as_it_is(dir: &Path, keys: &[Key]) -> Option<Store> {
    let Whole { index, manifest, .. } = open(dir, Trust::Times).ok()?;
    if changes(&manifest, keys).is_some() {
        return None;
    }
    read(&index, manifest).ok()
}

/// The same with the texts of a corpus.
pub(crate) fn of_corpus(
    dir: &Path,
    corpus: &Corpus,
    keys: &[Key],
    trust: Trust,
    progress: &dyn Fn(usize, usize) -> bool,
) -> (Option<Store>, Refresh) {
    let text = |at: usize| corpus.documents.get(at).map(|d| d.text.as_str());
    let bytes = |at: usize| text(at).map_or(0, str::len);
    let read = |at: usize| text(at).map(Cow::Borrowed);
    refresh(dir, &Texts { keys, bytes: &bytes, read: &read }, trust, progress)
}

fn attempt(
    dir: &Path,
    texts: &Texts<'_>,
    trust: Trust,
    progress: &dyn Fn(usize, usize) -> bool,
    report: &mut Refresh,
) -> Result<Store, IndexError> {
    let keys = texts.keys;
    let inner = dir.join(INNER);
    let lock = writable(dir);
    let found =
        if trust == Trust::None && lock.is_ok() { Err(IndexError::Damaged) } else { open(dir, trust) };
    let Whole { index, mut manifest, restored } = if let Ok(found) = found {
        found
    } else {
        lock.as_ref().map_err(Clone::clone)?;
        report.rebuilt = inner.exists();
        create(&inner)?
    };
    report.kept = keys.iter().filter(|key| manifest.documents.contains_key(*key)).count();
    let Some(changes) = changes(&manifest, keys) else {
        if restored && lock.is_ok() {
            // Or every opening would compare the files with their sums.
            _ = manifest.write(&dir.join(MANIFEST), &inner);
        }
        return read(&index, manifest);
    };
    if let Err(why) = lock {
        // Out of step, and it cannot be written: what it holds is used, the rest is read.
        report.trouble = Some(why);
        return read(&index, manifest);
    }
    report.removed = changes.gone.len();
    write(&index, &mut manifest, texts, &changes, progress)?;
    report.indexed = keys.iter().filter(|key| manifest.documents.contains_key(*key)).count() - report.kept;
    manifest.write(&dir.join(MANIFEST), &inner).map_err(|e| folder(dir, &e))?;
    read(&index, manifest)
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

/// Opens an index that is whole, of this version, and holds as many documents as were written.
fn open(dir: &Path, trust: Trust) -> Result<Whole, IndexError> {
    let inner = &dir.join(INNER);
    let (manifest, restored) =
        Manifest::check(&dir.join(MANIFEST), inner, trust).ok_or(IndexError::Damaged)?;
    let mut index = Index::open(Files::open(inner)?)?;
    if manifest.head.stamp != schema::stamp() || index.schema() != schema::schema().0 {
        return Err(IndexError::Damaged);
    }
    let held: u64 = index.searchable_segment_metas()?.iter().map(|s| u64::from(s.num_docs())).sum();
    if held != manifest.documents.len() as u64 {
        return Err(IndexError::Damaged);
    }
    index.set_tokenizers(schema::tokenizers());
    Ok(Whole { index, manifest, restored })
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
    let mut index = Index::create(Files::open(inner)?, schema::schema().0, IndexSettings::default())?;
    index.set_tokenizers(schema::tokenizers());
    let head = Head { stamp: schema::stamp(), ..Head::default() };
    Ok(Whole { index, manifest: Manifest { head, ..Manifest::default() }, restored: false })
}

/// Opens a reader.
fn read(index: &Index, manifest: Manifest) -> Result<Store, IndexError> {
    let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let searcher = reader.searcher();
    let fields = schema::schema().1;
    let words = |segment: &SegmentReader| segment.inverted_index(fields.words);
    let inverted = searcher.segment_readers().iter().map(words).collect::<Result<_, _>>()?;
    let documents = manifest.documents;
    Ok(Store { fields, searcher, inverted, documents, lexicon: OnceLock::new() })
}

/// What differs between the index and the corpus.
struct Changes {
    /// Indices of documents whose text is not indexed; of equal texts the first.
    new: Vec<usize>,
    /// Keys that no document has any more.
    gone: Vec<Key>,
}

fn changes(manifest: &Manifest, keys: &[Key]) -> Option<Changes> {
    let mut wanted: FxHashMap<Key, usize> = FxHashMap::default();
    wanted.reserve(keys.len());
    for (i, key) in keys.iter().enumerate() {
        wanted.entry(*key).or_insert(i);
    }
    let mut new: Vec<usize> =
        wanted.iter().filter(|(key, _)| !manifest.documents.contains_key(*key)).map(|(_, &i)| i).collect();
    new.sort_unstable();
    let mut gone: Vec<Key> =
        manifest.documents.keys().filter(|key| !wanted.contains_key(*key)).copied().collect();
    gone.sort_unstable();
    (!new.is_empty() || !gone.is_empty()).then_some(Changes { new, gone })
}

/// Writes the changes as one commit.
fn write(
    index: &Index,
    manifest: &mut Manifest,
    texts: &Texts<'_>,
    changes: &Changes,
    progress: &dyn Fn(usize, usize) -> bool,
) -> Result<(), IndexError> {
    let fields = schema::schema().1;
    let bytes: usize = changes.new.iter().map(|&i| (texts.bytes)(i)).sum();
    let (threads, budget) = if bytes <= SMALL {
        (1, BUDGET_SMALL)
    } else {
        (std::thread::available_parallelism().map_or(1, usize::from).min(4), BUDGET)
    };
    let mut writer: IndexWriter<Entry> = index.writer_with_num_threads(threads, budget)?;
    let queue = Queue::default();
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for key in &changes.gone {
        if let Some(held) = manifest.documents.remove(key) {
            writer.delete_term(Term::from_field_u64(fields.slot, u64::from(held.slot)));
        }
    }
    for (done, &i) in changes.new.iter().enumerate() {
        if !progress(done, changes.new.len()) {
            writer.rollback()?;
            return Err(IndexError::Stopped);
        }
        let Some(text) = (texts.read)(i) else { continue };
        let slot = manifest.head.next;
        manifest.head.next += 1;
        manifest.documents.insert(texts.keys[i], Held { slot, gap: gap(&text) });
        let entry = queue.entry((fields.words, text.into_owned()), (fields.slot, u64::from(slot)));
        writer.add_document(entry)?;
    }
    _ = progress(changes.new.len(), changes.new.len());
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > SEGMENTS {
        writer.merge(&segments).wait()?;
        writer.garbage_collect_files().wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(())
}

/// The furthest that two words behind each other begin apart, in bytes.
fn gap(text: &str) -> u32 {
    let mut last = None;
    let between = Tokens::of(text).map(|t| {
        let before = last.replace(t.start);
        before.map_or(0, |b: usize| t.start - b)
    });
    between.max().unwrap_or(0) as u32
}

/// Removes the index in `dir`; says how many bytes that freed.
pub(crate) fn forget(dir: &Path) -> Result<u64, IndexError> {
    let freed = size(dir);
    for path in [dir.join(INNER), dir.join(MANIFEST), dir.join(LOCK)] {
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
        let refresh = || of_corpus(dir, &corpus, &keys, Trust::Times, &|_, _| true).1;
        assert_eq!(refresh().indexed, 1);
        assert_eq!((refresh().kept, refresh().rebuilt), (1, false));
        // The same index, whole, under another stamp.
        let Whole { mut manifest, .. } = open(dir, Trust::Times).unwrap();
        manifest.head.stamp.push('9');
        manifest.write(&dir.join(MANIFEST), &dir.join(INNER)).unwrap();
        assert!(matches!(open(dir, Trust::Times), Err(IndexError::Damaged)));
        let report = refresh();
        assert_eq!((report.indexed, report.rebuilt, report.trouble), (1, true, None));
    }
}
