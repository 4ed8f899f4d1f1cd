//! What counting needs of a study: everything but texts and the acts that only code.
//!
//! It lies in the cache, and holds for exactly the files that its [`Stamp`] names; every byte of it is
//! under a sum. So a table that is made again, in another way or by another rule, need not read journals
//! and texts. It is for counting only: there is no study in it that could be written to, and no text that
//! could be quoted. Where nothing was kept, it is read from the study's files in less time than opening
//! takes ([`Counting::read`]).
//!
//! In the file: a head of fixed length, the stamp, what is known (postcard), a row of fixed length per
//! coding, the bits of words.

mod afresh;

use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::Path;
use std::sync::OnceLock;
use std::thread;

use model::coded::{Coded, Placed, Unplaced, Why};
use model::corpus::{Corpus, Document};
use model::ground::Ground;
use model::id::{ActId, ThingId};
use model::marks::marks;
use model::name::Name;
use model::problem::{Problem, Severity};
use model::span::Span;
use model::state::State;
use model::text::TextHash;
use model::turn::Turn;
use model::word::Words;
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};

use crate::cache::{Cache, Place};
use crate::context::Context;
use crate::rows::{self, CaseRow, DocumentRow};
use crate::stamp::Stamp;
use crate::study::StudyFile;

/// Its name in the cache.
const NAME: &str = "counting";
/// Begins the file; its last character rises with every change of the format.
const MAGIC: &[u8; 8] = b"vbtmcnt2";
/// Bytes of the head: [`MAGIC`], the lengths of the four parts, the sum of the last three.
const HEAD: usize = 48;
/// Bytes of one coding's row.
const ROW: usize = 44;
/// A name or document that there is none of.
const NONE: u32 = u32::MAX;

/// Texts, acts and codings for counting, and nothing else.
pub struct Counting {
    /// Documents and cases, with turns and words; without texts.
    pub corpus: Corpus,
    /// The acts that say what numbers mean; none that only code.
    pub state: State,
    /// The codings in place.
    pub coded: Coded,
    /// What opening the study warned of.
    pub problems: Vec<Problem>,
    /// Acts that have not arrived.
    pub missing: u64,
}

#[derive(Serialize, Deserialize)]
struct Known<'a> {
    case_label: &'a str,
    #[serde(borrow)]
    problems: Vec<(u8, &'a str, Option<u64>, &'a str, &'a str)>,
    #[serde(borrow)]
    cases: Vec<CaseRow<'a>>,
    #[serde(borrow)]
    documents: Vec<Kept<'a>>,
    missing: u64,
    /// Names of coders and cases that codings point to.
    #[serde(borrow)]
    names: Vec<&'a str>,
    /// The first so many of the names are the study's coders.
    coders: u32,
    unplaced: Vec<(u128, u32, u32, u32, u8)>,
    /// The marks, as lines of a journal.
    acts: &'a [u8],
}

/// One document.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    #[serde(borrow)]
    row: DocumentRow<'a>,
    hash: Option<[u8; 32]>,
    /// Code points.
    length: u32,
    /// Numbers of its words' bits.
    words: u32,
    #[serde(borrow)]
    labels: Vec<&'a str>,
    /// Start, start of speech and end, each from the one before; the label from 1; seconds.
    turns: Vec<(u32, u32, u32, u32, Option<f64>)>,
}

const WHYS: [Why; 3] = [Why::Review, Why::NoDocument, Why::NoCode];
const SEVERITIES: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];

impl Counting {
    /// The stamp of the study in `dir` as it is now, and what was kept for exactly these files.
    pub fn look(dir: &Path, context: &Context) -> (Option<Stamp>, Option<Self>) {
        thread::scope(|scope| {
            let stamp = scope.spawn(|| Stamp::of(dir, context));
            let files = files(dir, context);
            let stamp = stamp.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let fits = |file: &Vec<u8>| {
                let own = parts(file).map(|[own, ..]| own);
                stamp.as_ref().is_some_and(|stamp| own == Some(stamp.bytes()))
            };
            let found = files.iter().filter(|file| fits(file)).find_map(|file| read(file));
            (stamp, found)
        })
    }

    /// What counting needs of the study in `dir`, read from its files; none where only opening it can tell:
    /// where somebody is blind, hits were offered with a code, or there is anything to be told about a
    /// journal.
    pub fn read(dir: &Path, context: &Context) -> Option<Self> {
        afresh::read(dir, context)
    }

    /// Texts, acts and codings.
    pub fn ground(&self) -> Ground<'_> {
        Ground { corpus: &self.corpus, state: &self.state, coded: &self.coded }
    }

    /// Keeps what counting needs, for as long as the files of the study stay as they are. Nothing is kept
    /// where a table would need more, or where a file changed since `stamp` was taken, or so lately that
    /// the next change might not tell.
    ///
    /// # Errors
    /// What the system says.
    pub fn keep(&self, stamp: &Stamp, dir: &Path, context: &Context) -> io::Result<bool> {
        let Some(id) = id(dir) else { return Ok(false) };
        let cache = Cache::chosen(dir, &id, &self.state, context);
        if cache.folder().is_none() || !stamp.is_settled() {
            return Ok(false);
        }
        let Some(bytes) = self.bytes(stamp) else { return Ok(false) };
        if Stamp::of(dir, context).as_ref() != Some(stamp) {
            return Ok(false);
        }
        cache.write_derived(NAME, &bytes.each_ref().map(Vec::as_slice))?;
        Ok(true)
    }
}

/// The id of the study in a folder.
fn id(dir: &Path) -> Option<String> {
    let bytes = fs::read(dir.join("study.json")).ok()?;
    serde_json::from_slice::<StudyFile>(&bytes).ok().map(|study| study.id)
}

/// The files that may be kept for a study.
fn files(dir: &Path, context: &Context) -> Vec<Vec<u8>> {
    let Some(id) = id(dir) else { return Vec::new() };
    // Where the cache lies says an act, which is not read here.
    let places = [Place::Home, Place::Study].into_iter();
    places.filter_map(|place| Cache::new(dir, &id, place, context).read(NAME)).collect()
}

/// The parts of the file: stamp, what is known, rows, bits; none where it is not whole.
fn parts(file: &[u8]) -> Option<[&[u8]; 4]> {
    let (head, rest) = file.split_at_checked(HEAD)?;
    let (magic, numbers) = head.split_at(MAGIC.len());
    let [stamp, known, rows, bits, own_sum] = *numbers.as_chunks::<8>().0 else { return None };
    let [stamp, known, rows, bits] =
        [stamp, known, rows, bits].map(|n| usize::try_from(u64::from_le_bytes(n)).unwrap_or(usize::MAX));
    let (stamp, rest) = rest.split_at_checked(stamp)?;
    let (known, rest) = rest.split_at_checked(known)?;
    let (rows, rest) = rest.split_at_checked(rows)?;
    let is_whole =
        magic == MAGIC && rest.len() == bits && sum([known, rows, rest]) == u64::from_le_bytes(own_sum);
    is_whole.then_some([stamp, known, rows, rest])
}

fn sum(parts: [&[u8]; 3]) -> u64 {
    let mut hasher = FxHasher::default();
    for part in parts {
        hasher.write(part);
    }
    hasher.finish()
}

fn read(file: &[u8]) -> Option<Counting> {
    let [_, known, rows, bits] = parts(file)?;
    let known: Known<'_> = postcard::from_bytes(known).ok()?;
    let names: Vec<Name> = known.names.iter().map(|n| Name::new(n)).collect();
    thread::scope(|scope| {
        let placed = scope.spawn(|| placed(rows, &names));
        let corpus = corpus(&known, bits)?;
        let journal = model::journal::read(NAME, known.acts, true);
        if !journal.problems.is_empty() {
            return None;
        }
        let state = State::of(journal.acts.into_iter().map(|line| line.act));
        let unplaced = known.unplaced.iter().map(|row| unplaced(row, &names)).collect::<Option<Vec<_>>>()?;
        let placed = placed.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let coders = names.get(..known.coders as usize)?.to_vec();
        let coded = Coded::restored(&corpus, &state, coders, placed, unplaced);
        let codes = coded.codebook.codes.len();
        let documents = corpus.documents.len();
        let coders = coded.coders.names.len();
        let holds = |p: &Placed| {
            (p.document as usize) < documents && (p.code as usize) < codes && (p.coder as usize) < coders
        };
        if !coded.placed.iter().all(holds) {
            return None;
        }
        let problems = known.problems.iter().map(problem).collect();
        Some(Counting { corpus, state, coded, problems, missing: known.missing })
    })
}

fn corpus(known: &Known<'_>, bits: &[u8]) -> Option<Corpus> {
    let (mut bits, rest) = bits.as_chunks::<8>();
    if !rest.is_empty() {
        return None;
    }
    let mut documents = Vec::with_capacity(known.documents.len());
    for kept in &known.documents {
        let (own, others) = bits.split_at_checked(kept.words as usize)?;
        bits = others;
        let words = Words::from_bits(own.iter().map(|b| u64::from_le_bytes(*b)).collect());
        documents.push(Document {
            unread: Some(kept.length),
            hash: kept.hash.map(TextHash),
            turns: kept.turns(),
            found_words: OnceLock::from(words),
            ..kept.row.document()
        });
    }
    let cases = known.cases.iter().map(CaseRow::case).collect();
    bits.is_empty().then(|| Corpus::new(known.case_label.to_owned(), documents, cases))
}

impl Kept<'_> {
    fn turns(&self) -> Vec<Turn> {
        let mut before = 0;
        let turn = |&(gap, label, speech, speaker, seconds): &(u32, u32, u32, u32, Option<f64>)| {
            let start = before + gap;
            let text_start = start + label;
            before = text_start + speech;
            let speaker = (speaker as usize).checked_sub(1).and_then(|s| self.labels.get(s));
            Turn { start, text_start, end: before, speaker: speaker.map(|&s| s.into()), seconds }
        };
        self.turns.iter().map(turn).collect()
    }
}

fn placed(rows: &[u8], names: &[Name]) -> Option<Vec<Placed>> {
    let (rows, rest) = rows.as_chunks::<ROW>();
    if !rest.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let (act, numbers) = row.split_first_chunk::<16>()?;
        let [k, document, start, end, code, coder, case] = *numbers.as_chunks::<4>().0 else { return None };
        let [k, document, start, end, code, coder, case] =
            [k, document, start, end, code, coder, case].map(u32::from_le_bytes);
        let case = if case == NONE { None } else { Some(names.get(case as usize)?.clone()) };
        out.push(Placed {
            document,
            span: Span { start, end },
            id: ThingId { act: ActId::from_number(u128::from_le_bytes(*act)), k: k >> 1 },
            code,
            coder,
            case,
            exact: k & 1 == 1,
        });
    }
    Some(out)
}

fn unplaced(&(act, k, document, coder, why): &(u128, u32, u32, u32, u8), names: &[Name]) -> Option<Unplaced> {
    Some(Unplaced {
        id: ThingId { act: ActId::from_number(act), k },
        document: (document != NONE).then_some(document),
        coder: names.get(coder as usize)?.clone(),
        why: *WHYS.get(usize::from(why))?,
    })
}

fn problem(row: &(u8, &str, Option<u64>, &str, &str)) -> Problem {
    let severity = SEVERITIES.get(usize::from(row.0)).copied().unwrap_or(Severity::Error);
    Problem { line: row.2, hint: row.4.to_owned(), ..Problem::new(severity, row.1, row.3) }
}

/// Names, each with its place.
#[derive(Default)]
struct Names<'a> {
    list: Vec<&'a str>,
    at: FxHashMap<&'a str, u32>,
}

impl<'a> Names<'a> {
    fn of(&mut self, name: &'a str) -> u32 {
        *self.at.entry(name).or_insert_with(|| {
            self.list.push(name);
            self.list.len() as u32 - 1
        })
    }
}

impl Counting {
    /// The parts of the file, the first with its head; none where something does not fit into it, or where
    /// more is needed to count.
    fn bytes(&self, stamp: &Stamp) -> Option<[Vec<u8>; 4]> {
        let Self { corpus, state, coded, problems, missing } = self;
        let mut acts = Vec::new();
        for act in marks(state)? {
            acts.extend(model::journal::line(&act).ok()?);
        }
        let mut names = Names::default();
        coded.coders.names.iter().for_each(|name| _ = names.of(name));
        let coders = names.list.len() as u32;
        let mut rows = Vec::with_capacity(coded.placed.len() * ROW);
        for p in &coded.placed {
            let k = p.id.k.checked_mul(2)? | u32::from(p.exact);
            let case = p.case.as_ref().map_or(NONE, |case| names.of(case));
            let numbers = [k, p.document, p.span.start, p.span.end, p.code, p.coder, case];
            let mut row = [0; ROW];
            let (act, rest) = row.split_at_mut(16);
            act.copy_from_slice(&p.id.act.to_number().to_le_bytes());
            for (place, number) in rest.as_chunks_mut::<4>().0.iter_mut().zip(numbers) {
                *place = number.to_le_bytes();
            }
            rows.extend_from_slice(&row);
        }
        let mut unplaced = Vec::with_capacity(coded.unplaced.len());
        for u in &coded.unplaced {
            let why = WHYS.iter().position(|why| *why == u.why)? as u8;
            unplaced.push((
                u.id.act.to_number(),
                u.id.k,
                u.document.unwrap_or(NONE),
                names.of(&u.coder),
                why,
            ));
        }
        let mut bits = Vec::new();
        let mut documents = Vec::with_capacity(corpus.documents.len());
        for document in &corpus.documents {
            let words = document.words().bits();
            bits.extend(words.iter().flat_map(|b| b.to_le_bytes()));
            documents.push(kept(document, words.len())?);
        }
        let severity = |s: Severity| SEVERITIES.iter().position(|known| *known == s).map(|at| at as u8);
        let problems = problems.iter().map(|p| {
            Some((severity(p.severity)?, p.file.as_str(), p.line, p.what.as_str(), p.hint.as_str()))
        });
        let known = Known {
            case_label: &corpus.case_label,
            problems: problems.collect::<Option<_>>()?,
            cases: corpus.cases.iter().map(rows::case).collect(),
            documents,
            missing: *missing,
            names: names.list,
            coders,
            unplaced,
            acts: &acts,
        };
        let known = postcard::to_stdvec(&known).ok()?;
        let mut head = MAGIC.to_vec();
        for part in [stamp.bytes(), &known, &rows, &bits] {
            head.extend_from_slice(&(part.len() as u64).to_le_bytes());
        }
        head.extend_from_slice(&sum([&known, &rows, &bits]).to_le_bytes());
        head.extend_from_slice(stamp.bytes());
        Some([head, known, rows, bits])
    }
}

fn kept(document: &Document, words: usize) -> Option<Kept<'_>> {
    let mut labels = Names::default();
    let mut before = 0;
    let mut turns = Vec::with_capacity(document.turns.len());
    for turn in &document.turns {
        let speaker = turn.speaker.as_deref().map_or(0, |label| labels.of(label) + 1);
        turns.push((
            turn.start.checked_sub(before)?,
            turn.text_start.checked_sub(turn.start)?,
            turn.end.checked_sub(turn.text_start)?,
            speaker,
            turn.seconds,
        ));
        before = turn.end;
    }
    Some(Kept {
        row: rows::document(document),
        hash: document.hash.map(|h| h.0),
        length: document.whole().end,
        words: u32::try_from(words).ok()?,
        labels: labels.list,
        turns,
    })
}
