//! A snapshot: everything that opening a study finds out about its transcripts, but their texts.
//!
//! It lies in the cache and is never trusted on any doubt: it holds for exactly the files that its
//! [`Stamp`] names, each of its parts has a sum, and a text that is read for it must have the hash that
//! it says. It serves searching alone; for counting there is [`crate::Counting`]. Nothing that writes acts may rest on
//! either.
//!
//! In the file: a head of fixed length, the stamp, what is known of cases, facts of fixed length for each
//! document; then per document the places of its turns in bytes, per document its turns, and per document
//! all else that is known of it. These are read for those documents only that are asked for.

use std::fs::{self, File};
use std::hash::Hasher;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;

use model::corpus::{Corpus, Document};
use model::counted::{Counted, Roles};
use model::problem::Problem;
use model::text::{Text, TextHash, utf8};
use model::turn::{Role, Turn};
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use crate::cache::{Cache, Place};
use crate::context::Context;
use crate::corpus_folder::read_text;
use crate::rows::{self, CaseRow, DocumentRow, ProblemRow};
use crate::stamp::{self, Stamp};
use crate::study::{Study, StudyFile};

/// Its name in the cache.
const NAME: &str = "snapshot";
/// Begins the file; its last character rises with every change of the format.
const MAGIC: &[u8; 8] = b"vbtmsnp3";
/// Bytes of the head: [`MAGIC`], the length of the stamp, of what is known and of the facts, and the sum
/// of the last two.
const HEAD: usize = 40;
/// Bytes of the facts of one document: a hash and so many numbers of eight bytes.
const FACTS: usize = 32 + 8 * NUMBERS;
const NUMBERS: usize = 15;
/// Bytes of one turn's place.
const BOUNDS: usize = 16;
/// Stands for the speaker of a turn that has none.
const NOBODY: u32 = u32::MAX;
/// The places of turns in more documents than this are read at once.
const MANY: usize = 48;

/// Where one turn lies in its text, in bytes, and who speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// First byte.
    pub start: u32,
    /// First byte of what is said, behind label and time mark.
    pub speech: u32,
    /// One past the last byte.
    pub end: u32,
    /// The place of who speaks among the speakers of the document.
    pub speaker: Option<usize>,
}

/// What stands in the snapshot about its cases.
#[derive(Serialize, Deserialize)]
struct Known<'a> {
    case_label: &'a str,
    #[serde(borrow)]
    problems: Vec<ProblemRow<'a>>,
    #[serde(borrow)]
    cases: Vec<CaseRow<'a>>,
    bounds: Part,
}

/// What is kept of a text instead of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Facts {
    hash: Option<[u8; 32]>,
    /// Its length in bytes.
    bytes: u32,
    /// Words in the turns of interviewers, respondents and others, or in a text without turns.
    words: [u64; 3],
    turned: bool,
    /// Whether every turn, and what is said in it, begins and ends beside white space or a sign, so that none
    /// parts a word.
    parted: bool,
    /// Where the stamp tells of the file, if that holds the text byte for byte.
    plain: Option<u64>,
    bounds: Part,
    turns: Part,
    /// What the tables say of the document.
    row: Part,
}

impl Facts {
    /// Appends them as [`FACTS`] bytes: there are as many as documents, and most are only passed over.
    fn write(&self, out: &mut Vec<u8>) {
        let Self { hash, bytes, words, turned, parted, plain, bounds, turns, row } = self;
        out.extend_from_slice(&hash.unwrap_or_default());
        let flags = [hash.is_some(), *turned, *parted, plain.is_some()];
        let flags = flags.iter().rev().fold(0, |all, flag| all << 1 | u64::from(*flag));
        let parts = [bounds, turns, row].map(|part| [part.from, part.to, part.sum]);
        let front = [flags, u64::from(*bytes), plain.unwrap_or_default()];
        for number in front.iter().chain(words).chain(parts.as_flattened()) {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn read(row: &[u8; FACTS]) -> Option<Self> {
        let (hash, numbers) = row.split_first_chunk::<32>()?;
        let numbers: &[[u8; 8]; NUMBERS] = numbers.as_chunks().0.try_into().ok()?;
        let [flags, bytes, plain, numbers @ ..] = numbers.map(u64::from_le_bytes);
        let [w0, w1, w2, b0, b1, b2, t0, t1, t2, r0, r1, r2] = numbers;
        let flag = |at: u32| flags >> at & 1 == 1;
        let part = |from, to, sum| Part { from, to, sum };
        Some(Self {
            hash: flag(0).then_some(*hash),
            bytes: u32::try_from(bytes).ok()?,
            words: [w0, w1, w2],
            turned: flag(1),
            parted: flag(2),
            plain: flag(3).then_some(plain),
            bounds: part(b0, b1, b2),
            turns: part(t0, t1, t2),
            row: part(r0, r1, r2),
        })
    }
}

/// A stretch of the file behind what is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    from: u64,
    to: u64,
    sum: u64,
}

impl Part {
    /// Appends bytes as a part.
    fn push(out: &mut Vec<u8>, bytes: &[u8]) -> Self {
        let from = out.len() as u64;
        out.extend_from_slice(bytes);
        Self { from, to: out.len() as u64, sum: sum(bytes) }
    }
}

fn sum(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

/// A study's transcripts as they were when it was last opened, without their texts.
pub struct Snapshot {
    /// Documents and cases. A document has nothing but its hash until it is asked for by
    /// [`Snapshot::know`], and text and turns only once it was filled.
    pub corpus: Corpus,
    /// What opening the study warned of.
    pub problems: Vec<Problem>,
    dir: PathBuf,
    cache: Cache,
    /// The stamp of the files that it is for.
    stamp: Vec<u8>,
    facts: Vec<Facts>,
    /// Which documents are known.
    known: Vec<bool>,
    file: File,
    /// Where the parts begin.
    base: u64,
    bounds: Part,
}

/// Where the turns of some documents lie.
pub struct TurnPlaces {
    bytes: Vec<u8>,
    /// Which bytes are each document's; none where a turn may begin or end within a word.
    documents: Vec<Option<Range<usize>>>,
}

impl TurnPlaces {
    /// The turns of the document that was asked for in this place, in order; none where one of them may
    /// begin or end within a word.
    pub fn of(&self, place: usize) -> Option<impl Iterator<Item = Bounds> + Clone + '_> {
        let range = self.documents.get(place)?.clone()?;
        let (rows, _) = self.bytes.get(range)?.as_chunks::<BOUNDS>();
        Some(rows.iter().map(Bounds::read))
    }
}

impl Bounds {
    fn read(row: &[u8; BOUNDS]) -> Self {
        let [start, speech, end, speaker] = *row.as_chunks::<4>().0 else { return Self::default() };
        let [start, speech, end, speaker] = [start, speech, end, speaker].map(u32::from_le_bytes);
        Self { start, speech, end, speaker: Some(speaker as usize).filter(|_| speaker != NOBODY) }
    }
}

impl Snapshot {
    /// The stamp of the study in `dir` as it is now, and the snapshot for exactly these files, where
    /// there is one.
    pub fn look(dir: &Path, context: &Context) -> (Option<Stamp>, Option<Self>) {
        let (stamp, found) = Self::look_and(dir, context, |_| ());
        (stamp, found.map(|(snapshot, ())| snapshot))
    }

    /// The same, with what `work` makes of it. It is read and worked on while the files are looked at,
    /// which takes as long; what came of it is given only if it fits them. So `work` must not tell anybody.
    pub fn look_and<T>(
        dir: &Path,
        context: &Context,
        work: impl Fn(&mut Self) -> T,
    ) -> (Option<Stamp>, Option<(Self, T)>) {
        thread::scope(|scope| {
            let stamp = scope.spawn(|| Stamp::of(dir, context));
            let mut found: Vec<(Self, T)> = Self::candidates(dir, context)
                .into_iter()
                .map(|mut snapshot| {
                    let made = work(&mut snapshot);
                    (snapshot, made)
                })
                .collect();
            let stamp = stamp.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            found
                .retain(|(own, _)| stamp.as_ref().is_some_and(|stamp| stamp.bytes() == own.stamp.as_slice()));
            (stamp, found.into_iter().next())
        })
    }

    /// The snapshots that are there, for whatever files.
    fn candidates(dir: &Path, context: &Context) -> Vec<Self> {
        let Some(study) = fs::read(dir.join("study.json")).ok() else { return Vec::new() };
        let Ok(study) = serde_json::from_slice::<StudyFile>(&study) else { return Vec::new() };
        // Where the cache lies says an act, which is not read here.
        let places = [Place::Home, Place::Study].into_iter();
        places.filter_map(|place| Self::read(dir, Cache::new(dir, &study.id, place, context))).collect()
    }

    fn read(dir: &Path, cache: Cache) -> Option<Self> {
        let mut file = File::open(cache.folder()?.join(NAME)).ok()?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        let (magic, numbers) = head.split_at(MAGIC.len());
        let numbers: &[[u8; 8]; 4] = numbers.as_chunks().0.try_into().ok()?;
        let [of_stamp, of_known, of_facts, wanted] = numbers.map(u64::from_le_bytes);
        let length = file.metadata().ok()?.len();
        let both = of_known.checked_add(of_facts)?;
        let base = (HEAD as u64).checked_add(of_stamp)?.checked_add(both)?;
        if magic != MAGIC || base > length {
            return None;
        }
        let mut stamp = vec![0; of_stamp as usize];
        file.read_exact(&mut stamp).ok()?;
        let mut bytes = vec![0; both as usize];
        file.read_exact(&mut bytes).ok()?;
        if sum(&bytes) != wanted {
            return None;
        }
        let (known, facts) = bytes.split_at(of_known as usize);
        let known: Known<'_> = postcard::from_bytes(known).ok()?;
        let facts: Vec<Facts> = facts.as_chunks().0.iter().map(Facts::read).collect::<Option<_>>()?;
        let documents: Vec<Document> = facts
            .iter()
            .map(|facts| Document { hash: facts.hash.map(TextHash), ..Document::default() })
            .collect();
        let snapshot = Self {
            corpus: Corpus::new(
                known.case_label.to_owned(),
                documents,
                known.cases.iter().map(CaseRow::case).collect(),
            ),
            problems: known.problems.iter().map(rows::problem).collect(),
            dir: dir.to_owned(),
            cache,
            stamp,
            known: vec![false; facts.len()],
            facts,
            file,
            base,
            bounds: known.bounds,
        };
        Some(snapshot)
    }

    /// Keeps what opening a study found, for as long as its files stay as they are. Nothing is kept where
    /// a file changed since `stamp` was taken, or so lately that the next change might not tell.
    ///
    /// # Errors
    /// What the system says.
    pub fn keep(stamp: &Stamp, study: &Study, corpus: &Corpus, problems: &[Problem]) -> io::Result<bool> {
        if study.cache_dir().is_none() || !stamp.is_settled() {
            return Ok(false);
        }
        let kept = corpus.documents.iter().map(|document| Kept::of(study.dir(), stamp, document)).collect();
        Self::write(stamp, study, corpus, kept, problems)
    }

    /// The same where the study's texts are not in memory: each is read and let go. `tell` gets what
    /// reading them warned of, and says what is kept of that.
    ///
    /// # Errors
    /// What the system says.
    pub fn keep_unread(
        stamp: &Stamp,
        study: &Study,
        tell: impl FnOnce(Vec<Problem>) -> Vec<Problem>,
    ) -> io::Result<bool> {
        let dir = study.dir();
        let (corpus, kept, problems) = study.corpus_seen(|document| Kept::of(dir, stamp, document));
        let problems = tell(problems);
        if study.cache_dir().is_none() || !stamp.is_settled() {
            return Ok(false);
        }
        Self::write(stamp, study, &corpus, kept.into_iter().collect(), &problems)
    }

    fn write(
        stamp: &Stamp,
        study: &Study,
        corpus: &Corpus,
        kept: Option<Vec<Kept>>,
        problems: &[Problem],
    ) -> io::Result<bool> {
        let Some(bytes) = kept.and_then(|kept| bytes(stamp, corpus, kept, problems)) else {
            return Ok(false);
        };
        // Files were read for it too.
        if Stamp::of(study.dir(), study.context()).as_ref() != Some(stamp) {
            return Ok(false);
        }
        study.cache().write(NAME, &bytes)?;
        Ok(true)
    }

    /// Where derived data of the study lies.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// Bytes of the text of a document.
    pub fn size(&self, at: usize) -> usize {
        self.facts.get(at).map_or(0, |f| f.bytes as usize)
    }

    /// Words of a document in counted turns, as [`Counted::all_words`] gives them.
    pub fn words(&self, at: usize, roles: Roles) -> u64 {
        let Some(facts) = self.facts.get(at) else { return 0 };
        let counted = ROLES.iter().zip(facts.words);
        counted.filter(|(role, _)| !facts.turned || roles.has(**role)).map(|(_, words)| words).sum()
    }

    /// Finds out what is known of all documents. None where the file is not what it was.
    pub fn know_all(&mut self) -> Option<()> {
        (0..self.facts.len()).try_for_each(|at| self.know(at))?;
        let corpus = std::mem::take(&mut self.corpus);
        self.corpus = Corpus::new(corpus.case_label, corpus.documents.into(), corpus.cases);
        Some(())
    }

    /// Finds out what is known of one document: all but its text and its turns. Ids are not looked up in
    /// the corpus before all are known.
    pub fn know(&mut self, at: usize) -> Option<()> {
        if !*self.known.get(at)? {
            let bytes = self.part(self.facts.get(at)?.row)?;
            let row: DocumentRow<'_> = postcard::from_bytes(&bytes).ok()?;
            let document = self.corpus.documents.get_mut(at)?;
            *document = Document { hash: document.hash, ..row.document() };
            *self.known.get_mut(at)? = true;
        }
        Some(())
    }

    /// Reads the places of the turns in these documents. None where the file is not what it was.
    pub fn bounds(&mut self, documents: &[usize]) -> Option<TurnPlaces> {
        let mut out = TurnPlaces { bytes: Vec::new(), documents: Vec::with_capacity(documents.len()) };
        let at_once = documents.len() > MANY;
        if at_once {
            out.bytes = self.part(self.bounds)?;
        }
        for at in documents {
            let facts = self.facts.get(*at)?;
            let Part { from, to, .. } = facts.bounds;
            out.documents.push(if !facts.parted {
                None
            } else if at_once {
                Some(from as usize..to as usize)
            } else {
                let before = out.bytes.len();
                out.bytes.extend(self.part(facts.bounds)?);
                Some(before..out.bytes.len())
            });
        }
        Some(out)
    }

    /// Fills in the text and turns of a document. Returns whether they are those that were kept.
    pub fn fill(&mut self, at: usize) -> bool {
        self.filled(at).is_some()
    }

    fn filled(&mut self, at: usize) -> Option<()> {
        self.know(at)?;
        let facts = self.facts.get(at)?;
        let part = facts.turns;
        let wanted = TextHash(facts.hash?);
        let name = format!("{}.txt", self.corpus.documents.get(at)?.id);
        let path = self.dir.join("corpus").join(&name);
        let text = if let Some(told) = facts.plain {
            self.plain(&path, &name, facts.bytes as usize, told as usize)?
        } else {
            read_text(&path, |hash| *hash == wanted).ok().filter(|read| read.hash == wanted)?.text
        };
        let turns: Vec<Turn> = postcard::from_bytes(&self.part(part)?).ok()?;
        let document = self.corpus.documents.get_mut(at)?;
        document.text = text;
        document.turns = turns;
        Some(())
    }

    /// Reads a file that held the text byte for byte. Where the file is still what the stamp says of it
    /// after it was read, so is the text, whose hash need not be taken again.
    fn plain(&self, path: &Path, name: &str, bytes: usize, told: usize) -> Option<Text> {
        let mut file = File::open(path).ok()?;
        let mut text = Vec::with_capacity(bytes + 1);
        file.read_to_end(&mut text).ok()?;
        let now = stamp::told(name, &file.metadata().ok()?)?;
        let same = text.len() == bytes && self.stamp.get(told..).is_some_and(|then| then.starts_with(&now));
        same.then(|| utf8(text).ok()).flatten().map(Text::from_canonical)
    }

    fn part(&mut self, part: Part) -> Option<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(part.to.checked_sub(part.from)?).ok()?];
        self.file.seek(SeekFrom::Start(self.base.checked_add(part.from)?)).ok()?;
        self.file.read_exact(&mut bytes).ok()?;
        (sum(&bytes) == part.sum).then_some(bytes)
    }
}

const ROLES: [Role; 3] = [Role::Interviewer, Role::Respondent, Role::Other];

/// What is kept of one document.
struct Kept {
    facts: Facts,
    bounds: Vec<u8>,
    turns: Vec<u8>,
    row: Vec<u8>,
}

/// The bytes of the file; none where something does not fit into it.
fn bytes(stamp: &Stamp, corpus: &Corpus, mut kept: Vec<Kept>, problems: &[Problem]) -> Option<Vec<u8>> {
    let mut parts = Vec::new();
    for Kept { facts, bounds, .. } in &mut kept {
        facts.bounds = Part::push(&mut parts, bounds);
    }
    let bounds = Part { from: 0, to: parts.len() as u64, sum: sum(&parts) };
    for Kept { facts, turns, .. } in &mut kept {
        facts.turns = Part::push(&mut parts, turns);
    }
    for Kept { facts, row, .. } in &mut kept {
        facts.row = Part::push(&mut parts, row);
    }
    let known = Known {
        case_label: &corpus.case_label,
        problems: problems.iter().map(rows::problem_row).collect::<Option<_>>()?,
        cases: corpus.cases.iter().map(rows::case).collect(),
        bounds,
    };
    let known = postcard::to_stdvec(&known).ok()?;
    let of_known = known.len();
    let mut both = known;
    for kept in &kept {
        kept.facts.write(&mut both);
    }
    let mut out = MAGIC.to_vec();
    for number in [stamp.bytes().len(), of_known, both.len() - of_known] {
        out.extend_from_slice(&(number as u64).to_le_bytes());
    }
    out.extend_from_slice(&sum(&both).to_le_bytes());
    out.extend_from_slice(stamp.bytes());
    out.extend_from_slice(&both);
    out.extend_from_slice(&parts);
    Some(out)
}

impl Kept {
    /// What is kept of a document with its text and turns; none where something does not fit.
    fn of(dir: &Path, stamp: &Stamp, document: &Document) -> Option<Self> {
        let text = document.text.as_str();
        let mut words = [0; 3];
        for (role, words) in ROLES.iter().zip(&mut words) {
            *words = Counted::of(document, Roles::of(&[*role])).all_words();
        }
        if document.turns.is_empty() {
            // Whatever is counted, the text is; it stands here once.
            words = [0, words[1], 0];
        }
        let mut rows = Vec::with_capacity(document.turns.len() * BOUNDS);
        let mut parted = true;
        for turn in &document.turns {
            let byte = |at: u32| document.text.byte(at);
            let (start, speech, end) = (byte(turn.start), byte(turn.speech().start), byte(turn.end));
            parted &= [start, speech, end].into_iter().all(|at| {
                let before = text.get(..at).and_then(|t| t.chars().next_back());
                let behind = text.get(at..).and_then(|t| t.chars().next());
                let parts = |c: char| c.is_whitespace() || c.is_ascii_punctuation() && c != '_';
                before.is_none_or(parts) || behind.is_none_or(parts)
            });
            let label = turn.speaker.as_deref();
            let speaker = label.and_then(|l| document.speakers.iter().position(|s| s.label == l));
            let speaker = speaker.map_or(Some(NOBODY), |s| u32::try_from(s).ok())?;
            for number in [start as u32, speech as u32, end as u32, speaker] {
                rows.extend_from_slice(&number.to_le_bytes());
            }
        }
        let facts = Facts {
            hash: document.hash.map(|h| h.0),
            bytes: u32::try_from(text.len()).ok()?,
            words,
            turned: !document.turns.is_empty(),
            parted,
            plain: plain(dir, stamp, document),
            ..Facts::default()
        };
        let turns = postcard::to_stdvec(&document.turns).ok()?;
        Some(Self { facts, bounds: rows, turns, row: postcard::to_stdvec(&rows::document(document)).ok()? })
    }
}

/// Where a stamp tells of the file of a document, if that holds its text byte for byte.
fn plain(dir: &Path, stamp: &Stamp, document: &Document) -> Option<u64> {
    // Elsewhere nothing tells that somebody put back a file's time, and hashes are taken.
    if !cfg!(unix) {
        return None;
    }
    let name = format!("{}.txt", document.id);
    let path = dir.join("corpus").join(&name);
    let data = fs::metadata(&path).ok()?;
    let text = document.text.as_str().as_bytes();
    if data.len() != text.len() as u64 || fs::read(&path).ok()? != text {
        return None;
    }
    // What it tells holds the number of the file on its disk, so it stands there or nowhere.
    let told = stamp::told(&name, &data)?;
    memchr::memmem::find(stamp.bytes(), &told).map(|at| at as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_as_they_were_written() {
        let part = |n| Part { from: n, to: n + 1, sum: u64::MAX - n };
        for flags in 0..16 {
            let flag = |at: u32| flags >> at & 1 == 1;
            let facts = Facts {
                hash: flag(0).then_some([7; 32]),
                bytes: u32::MAX,
                words: [1, 2, u64::MAX],
                turned: flag(1),
                parted: flag(2),
                plain: flag(3).then_some(5),
                bounds: part(10),
                turns: part(20),
                row: part(30),
            };
            let mut bytes = Vec::new();
            facts.write(&mut bytes);
            assert_eq!(Facts::read(bytes.as_slice().try_into().unwrap()), Some(facts));
        }
    }
}
