//! A snapshot: everything that opening a study finds out about its transcripts, but their texts.
//!
//! It lies in the cache and is never trusted on any doubt: it holds for exactly the files that its
//! [`Stamp`] names, each of its parts has a sum, and a text that is read for it must have the hash that
//! it says. It serves searching alone; for counting there is [`crate::Counting`]. Nothing that writes acts may rest on
//! either.
//!
//! In the file: a head of fixed length, the stamp, what is known of documents and cases, then per
//! document the places of its turns in bytes, then per document its turns. The last two are read for
//! those documents only that are asked for.

use std::fs::{self, File};
use std::hash::Hasher;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;

use model::corpus::{Corpus, Document};
use model::counted::{Counted, Roles};
use model::problem::{Problem, Severity};
use model::text::TextHash;
use model::turn::{Role, Turn};
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use crate::cache::{Cache, Place};
use crate::context::Context;
use crate::corpus_folder::read_text;
use crate::rows::{self, CaseRow, DocumentRow};
use crate::stamp::Stamp;
use crate::study::{Study, StudyFile};

/// Its name in the cache.
const NAME: &str = "snapshot";
/// Begins the file; its last character rises with every change of the format.
const MAGIC: &[u8; 8] = b"vbtmsnp1";
/// Bytes of the head: [`MAGIC`], the length of the stamp and of what is known, and the sum of the latter.
const HEAD: usize = 32;
/// Bytes of one turn's place.
const BOUNDS: usize = 12;
/// The places of turns in more documents than this are read at once.
const MANY: usize = 48;

/// Where one turn lies in its text, in bytes, and who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The place of who speaks among the speakers of the document.
    pub speaker: Option<usize>,
}

/// What stands in the snapshot about its documents and cases.
#[derive(Serialize, Deserialize)]
struct Known<'a> {
    case_label: &'a str,
    #[serde(borrow)]
    problems: Vec<(u8, &'a str, Option<u64>, &'a str, &'a str)>,
    #[serde(borrow)]
    cases: Vec<CaseRow<'a>>,
    #[serde(borrow)]
    documents: Vec<(DocumentRow<'a>, Facts)>,
    bounds: Part,
}

/// What is kept of a text instead of the text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Facts {
    hash: Option<[u8; 32]>,
    /// Its length in bytes.
    bytes: u32,
    /// Words in the turns of interviewers, respondents and others, or in a text without turns.
    words: [u64; 3],
    turned: bool,
    /// Whether every turn begins and ends beside white space, so that none parts a word.
    parted: bool,
    bounds: Part,
    turns: Part,
}

/// A stretch of the file behind what is known.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
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
    /// Documents and cases. Only documents that were filled have text and turns.
    pub corpus: Corpus,
    /// What opening the study warned of.
    pub problems: Vec<Problem>,
    dir: PathBuf,
    cache: Cache,
    facts: Vec<Facts>,
    file: File,
    /// Where the parts begin.
    base: u64,
    bounds: Part,
    /// The places of all turns, where they were read at once.
    all: Option<Vec<u8>>,
}

impl Snapshot {
    /// The stamp of the study in `dir` as it is now, and the snapshot for exactly these files, where
    /// there is one. What is known is read beside looking at the files, and used only if it fits them.
    pub fn look(dir: &Path, context: &Context) -> (Option<Stamp>, Option<Self>) {
        thread::scope(|scope| {
            let stamp = scope.spawn(|| Stamp::of(dir, context));
            let mut found = Self::candidates(dir, context);
            let stamp = stamp.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            found.retain(|(_, own)| stamp.as_ref().is_some_and(|stamp| stamp.bytes() == own.as_slice()));
            (stamp, found.into_iter().map(|(snapshot, _)| snapshot).next())
        })
    }

    /// The snapshots that are there, each with the stamp that it is for.
    fn candidates(dir: &Path, context: &Context) -> Vec<(Self, Vec<u8>)> {
        let Some(study) = fs::read(dir.join("study.json")).ok() else { return Vec::new() };
        let Ok(study) = serde_json::from_slice::<StudyFile>(&study) else { return Vec::new() };
        // Where the cache lies says an act, which is not read here.
        let places = [Place::Home, Place::Study].into_iter();
        places.filter_map(|place| Self::read(dir, Cache::new(dir, &study.id, place, context))).collect()
    }

    fn read(dir: &Path, cache: Cache) -> Option<(Self, Vec<u8>)> {
        let mut file = File::open(cache.folder()?.join(NAME)).ok()?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        let (magic, numbers) = head.split_at(MAGIC.len());
        let [of_stamp, of_known, known_sum] = *numbers.as_chunks::<8>().0 else { return None };
        let (of_stamp, of_known) = (u64::from_le_bytes(of_stamp), u64::from_le_bytes(of_known));
        let length = file.metadata().ok()?.len();
        let base = (HEAD as u64).checked_add(of_stamp)?.checked_add(of_known)?;
        if magic != MAGIC || base > length {
            return None;
        }
        let mut stamp = vec![0; of_stamp as usize];
        file.read_exact(&mut stamp).ok()?;
        let mut bytes = vec![0; of_known as usize];
        file.read_exact(&mut bytes).ok()?;
        if sum(&bytes) != u64::from_le_bytes(known_sum) {
            return None;
        }
        let known: Known<'_> = postcard::from_bytes(&bytes).ok()?;
        let (documents, facts) = known
            .documents
            .iter()
            .map(|(row, facts)| {
                (Document { hash: facts.hash.map(TextHash), ..row.document() }, facts.clone())
            })
            .unzip();
        let snapshot = Self {
            corpus: Corpus::new(
                known.case_label.to_owned(),
                documents,
                known.cases.iter().map(CaseRow::case).collect(),
            ),
            problems: known.problems.iter().map(problem).collect(),
            dir: dir.to_owned(),
            cache,
            facts,
            file,
            base,
            bounds: known.bounds,
            all: None,
        };
        Some((snapshot, stamp))
    }

    /// Keeps what opening a study found, for as long as its files stay as they are. Nothing is kept where
    /// a file changed since `stamp` was taken, or so lately that the next change might not tell.
    ///
    /// # Errors
    /// What the system says.
    pub fn keep(stamp: &Stamp, study: &Study, corpus: &Corpus, problems: &[Problem]) -> io::Result<bool> {
        if study.cache_dir().is_none()
            || !stamp.is_settled()
            || Stamp::of(study.dir(), study.context()).as_ref() != Some(stamp)
        {
            return Ok(false);
        }
        let Some(bytes) = bytes(stamp, corpus, problems) else { return Ok(false) };
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

    /// Reads the places of the turns in these documents, in bytes. A document is left out in which a turn
    /// may begin or end within a word. None where the file is not what it was.
    pub fn bounds(&mut self, documents: &[usize]) -> Option<Vec<Option<Vec<Bounds>>>> {
        if documents.len() > MANY && self.all.is_none() {
            self.all = Some(self.part(self.bounds)?);
        }
        documents.iter().map(|at| self.bounds_of(*at)).collect()
    }

    #[expect(clippy::option_option, reason = "damaged, or left out")]
    fn bounds_of(&mut self, at: usize) -> Option<Option<Vec<Bounds>>> {
        let facts = self.facts.get(at)?;
        if !facts.parted {
            return Some(None);
        }
        let part = facts.bounds;
        let speakers = self.corpus.documents.get(at)?.speakers.len();
        let read;
        let bytes = if let Some(all) = &self.all {
            all.get(part.from as usize..part.to as usize)?
        } else {
            read = self.part(part)?;
            &read
        };
        let (rows, rest) = bytes.as_chunks::<BOUNDS>();
        let number = |row: &[u8; BOUNDS], at: Range<usize>| {
            row.get(at).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
        };
        let bounds = rows.iter().map(|row| {
            let speaker = number(row, 8..12)?;
            let speaker = if speaker == u32::MAX { None } else { Some(speaker as usize) };
            let bounds = Bounds { start: number(row, 0..4)?, end: number(row, 4..8)?, speaker };
            speaker.is_none_or(|s| s < speakers).then_some(bounds)
        });
        let bounds = bounds.collect::<Option<Vec<Bounds>>>()?;
        rest.is_empty().then_some(Some(bounds))
    }

    /// Fills in the text and turns of a document. Returns whether they are those that were kept.
    pub fn fill(&mut self, at: usize) -> bool {
        self.filled(at).is_some()
    }

    fn filled(&mut self, at: usize) -> Option<()> {
        let facts = self.facts.get(at)?;
        let part = facts.turns;
        let wanted = TextHash(facts.hash?);
        let name = format!("{}.txt", self.corpus.documents.get(at)?.id);
        let read = read_text(&self.dir.join("corpus").join(name), |hash| *hash == wanted).ok()?;
        if read.hash != wanted {
            return None;
        }
        let turns: Vec<Turn> = postcard::from_bytes(&self.part(part)?).ok()?;
        let document = self.corpus.documents.get_mut(at)?;
        document.text = read.text;
        document.turns = turns;
        Some(())
    }

    fn part(&mut self, part: Part) -> Option<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(part.to.checked_sub(part.from)?).ok()?];
        self.file.seek(SeekFrom::Start(self.base.checked_add(part.from)?)).ok()?;
        self.file.read_exact(&mut bytes).ok()?;
        (sum(&bytes) == part.sum).then_some(bytes)
    }
}

const ROLES: [Role; 3] = [Role::Interviewer, Role::Respondent, Role::Other];
const SEVERITIES: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];

fn problem(row: &(u8, &str, Option<u64>, &str, &str)) -> Problem {
    let severity = SEVERITIES.get(usize::from(row.0)).copied().unwrap_or(Severity::Error);
    Problem { line: row.2, hint: row.4.to_owned(), ..Problem::new(severity, row.1, row.3) }
}

/// The bytes of the file; none where something does not fit into it.
fn bytes(stamp: &Stamp, corpus: &Corpus, problems: &[Problem]) -> Option<Vec<u8>> {
    let mut parts = Vec::new();
    let mut facts: Vec<Facts> = Vec::with_capacity(corpus.documents.len());
    for document in &corpus.documents {
        facts.push(facts_of(document, &mut parts)?);
    }
    let bounds = Part { from: 0, to: parts.len() as u64, sum: sum(&parts) };
    for (document, facts) in corpus.documents.iter().zip(&mut facts) {
        facts.turns = Part::push(&mut parts, &postcard::to_stdvec(&document.turns).ok()?);
    }
    let severity = |s: Severity| SEVERITIES.iter().position(|known| *known == s).map(|at| at as u8);
    let problem = |p: &'_ Problem| {
        Some((severity(p.severity)?, p.file.clone(), p.line, p.what.clone(), p.hint.clone()))
    };
    let problems: Vec<(u8, String, Option<u64>, String, String)> =
        problems.iter().map(problem).collect::<Option<_>>()?;
    let known = Known {
        case_label: &corpus.case_label,
        problems: problems.iter().map(|p| (p.0, p.1.as_str(), p.2, p.3.as_str(), p.4.as_str())).collect(),
        cases: corpus.cases.iter().map(rows::case).collect(),
        documents: corpus.documents.iter().map(rows::document).zip(facts).collect(),
        bounds,
    };
    let known = postcard::to_stdvec(&known).ok()?;
    let mut out = MAGIC.to_vec();
    for number in [stamp.bytes().len() as u64, known.len() as u64, sum(&known)] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(stamp.bytes());
    out.extend_from_slice(&known);
    out.extend_from_slice(&parts);
    Some(out)
}

fn facts_of(document: &Document, parts: &mut Vec<u8>) -> Option<Facts> {
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
        let (start, end) = (document.text.byte(turn.start), document.text.byte(turn.end));
        parted &= [start, end].into_iter().all(|at| {
            let before = text.get(..at).and_then(|t| t.chars().next_back());
            let behind = text.get(at..).and_then(|t| t.chars().next());
            before.is_none_or(char::is_whitespace) || behind.is_none_or(char::is_whitespace)
        });
        let label = turn.speaker.as_deref();
        let speaker = label.and_then(|l| document.speakers.iter().position(|s| s.label == l));
        let speaker = speaker.map_or(Some(u32::MAX), |s| u32::try_from(s).ok())?;
        for number in [start as u32, end as u32, speaker] {
            rows.extend_from_slice(&number.to_le_bytes());
        }
    }
    Some(Facts {
        hash: document.hash.map(|h| h.0),
        bytes: u32::try_from(text.len()).ok()?,
        words,
        turned: !document.turns.is_empty(),
        parted,
        bounds: Part::push(parts, &rows),
        turns: Part::default(),
    })
}
