//! The two files of what counting needs: what is known with a row per coding, and where words begin.
//!
//! Either is a head of fixed length, the stamp, and two parts that are under a sum. In the first file the
//! parts are what is known (postcard, turns as numbers) and the codings as numbers; in the second the bits
//! of words, and nothing.

use std::hash::Hasher;
use std::sync::OnceLock;
use std::thread;

use model::coded::{Coded, Placed, Unplaced, Why};
use model::corpus::{Corpus, Document, Unread};
use model::id::{ActId, ThingId};
use model::marks::marks;
use model::name::Name;

use model::span::Span;
use model::state::State;
use model::text::TextHash;
use model::turn::Turn;
use model::word::Words;
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};

use super::numbers::{Numbers, push};
use super::{Counting, NAMES};
use crate::rows::{self, CaseRow, DocumentRow, ProblemRow};
use crate::stamp::Stamp;

/// Begins a file; its last character rises with every change of the format.
const MAGIC: &[u8; 8] = b"vbtmcnt3";
/// Bytes of the head: [`MAGIC`], the lengths of the three parts, the sum of the last two.
const HEAD: usize = 40;
/// Bytes of an act's id.
const ID: usize = 16;
/// A name or document that there is none of.
const NONE: u32 = u32::MAX;

#[derive(Serialize, Deserialize)]
struct Known<'a> {
    case_label: &'a str,
    #[serde(borrow)]
    problems: Vec<ProblemRow<'a>>,
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
    bits: u32,
    /// Its words, where there are no turns.
    words: u32,
    #[serde(borrow)]
    labels: Vec<&'a str>,
    turns: u32,
    /// Six numbers a turn: what lies between it and the one before, its label, its speech, its words;
    /// its speaker from 1; whether a time is known, which follows as eight bytes.
    numbers: &'a [u8],
}

const WHYS: [Why; 3] = [Why::Review, Why::NoDocument, Why::NoCode];

/// The parts of a file, where it is whole and of this stamp.
fn parts<'a>(file: &'a [u8], of: &Stamp) -> Option<[&'a [u8]; 2]> {
    let (head, rest) = file.split_at_checked(HEAD)?;
    let (magic, numbers) = head.split_at(MAGIC.len());
    let [stamp, first, second, own_sum] = *numbers.as_chunks::<8>().0 else { return None };
    let [stamp, first, second] =
        [stamp, first, second].map(|n| usize::try_from(u64::from_le_bytes(n)).unwrap_or(usize::MAX));
    let (stamp, rest) = rest.split_at_checked(stamp)?;
    if magic != MAGIC || stamp != of.bytes() {
        return None;
    }
    let (first, rest) = rest.split_at_checked(first)?;
    let is_whole = rest.len() == second && sum([first, rest]) == u64::from_le_bytes(own_sum);
    is_whole.then_some([first, rest])
}

/// A file, in the pieces that it is written from.
fn file(stamp: &Stamp, first: Vec<u8>, second: Vec<u8>) -> [Vec<u8>; 3] {
    let mut head = MAGIC.to_vec();
    for part in [stamp.bytes(), &first, &second] {
        head.extend_from_slice(&(part.len() as u64).to_le_bytes());
    }
    head.extend_from_slice(&sum([&first, &second]).to_le_bytes());
    head.extend_from_slice(stamp.bytes());
    [head, first, second]
}

fn sum(parts: [&[u8]; 2]) -> u64 {
    let mut hasher = FxHasher::default();
    for part in parts {
        hasher.write(part);
    }
    hasher.finish()
}

/// What the files hold, where they are whole and of this stamp.
pub(super) fn read(known: &[u8], words: Option<&[u8]>, stamp: &Stamp) -> Option<Counting> {
    let [known, rows] = parts(known, stamp)?;
    let words = match words {
        Some(words) => Some(parts(words, stamp)?[0]),
        None => None,
    };
    let known: Known<'_> = postcard::from_bytes(known).ok()?;
    let names: Vec<Name> = known.names.iter().map(|n| Name::new(n)).collect();
    thread::scope(|scope| {
        let placed = scope.spawn(|| placed(rows, &names));
        let corpus = corpus(&known, words)?;
        let journal = model::journal::read(NAMES[0], known.acts, true);
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
        let problems = known.problems.iter().map(rows::problem).collect();
        Some(Counting { corpus, state, coded, problems, missing: known.missing })
    })
}

/// The documents, with the words of `bits` or those of their turns alone.
fn corpus(known: &Known<'_>, bits: Option<&[u8]>) -> Option<Corpus> {
    let mut rest = match bits {
        Some(bits) => match bits.as_chunks::<8>() {
            (bits, []) => Some(bits),
            _ => return None,
        },
        None => None,
    };
    let mut documents = Vec::with_capacity(known.documents.len());
    for kept in &known.documents {
        let mut found_words = OnceLock::new();
        if let Some(bits) = &mut rest {
            let (own, others) = bits.split_at_checked(kept.bits as usize)?;
            *bits = others;
            let words = Words::from_bits(own.iter().map(|b| u64::from_le_bytes(*b)).collect());
            found_words = OnceLock::from(words);
        }
        let (turns, spoken) = kept.turns()?;
        documents.push(Document {
            unread: Some(Unread { length: kept.length, spoken }),
            hash: kept.hash.map(TextHash),
            turns,
            found_words,
            ..kept.row.document()
        });
    }
    let cases = known.cases.iter().map(CaseRow::case).collect();
    rest.is_none_or(<[_]>::is_empty).then(|| Corpus::new(known.case_label.to_owned(), documents, cases))
}

impl Kept<'_> {
    /// Its turns, and the words in each; the words of the whole text where there are no turns.
    fn turns(&self) -> Option<(Vec<Turn>, Vec<u32>)> {
        if self.turns == 0 {
            return Some((Vec::new(), vec![self.words]));
        }
        let count = (self.turns as usize).min(self.numbers.len());
        let (mut turns, mut spoken) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut numbers = Numbers(self.numbers);
        let mut before = 0_u32;
        for _ in 0..self.turns {
            let start = before.checked_add(numbers.short()?)?;
            let text_start = start.checked_add(numbers.short()?)?;
            let end = text_start.checked_add(numbers.short()?)?;
            spoken.push(numbers.short()?);
            let speaker = (numbers.short()? as usize).checked_sub(1).and_then(|s| self.labels.get(s));
            let seconds = match numbers.short()? {
                0 => None,
                _ => Some(f64::from_le_bytes(numbers.bytes()?)),
            };
            turns.push(Turn { start, text_start, end, speaker: speaker.map(|&s| s.into()), seconds });
            before = end;
        }
        numbers.0.is_empty().then_some((turns, spoken))
    }
}

/// The codings, which are kept document by document in the order of the text: how many there are; for each
/// document its place and how many; for each coding its id, which of those of its act and whether its text
/// is the one it was made in, how far from the one before, its length, code, coder, and case from 1.
fn placed(rows: &[u8], names: &[Name]) -> Option<Vec<Placed>> {
    let mut numbers = Numbers(rows);
    let all = numbers.short()? as usize;
    let mut out = Vec::with_capacity(all.min(rows.len() / ID));
    while out.len() < all {
        let (document, here) = (numbers.short()?, numbers.short()?);
        let mut start = 0_u32;
        for _ in 0..here {
            let act = ActId::from_number(u128::from_le_bytes(numbers.bytes()?));
            let k = numbers.short()?;
            start = start.checked_add(numbers.short()?)?;
            let end = start.checked_add(numbers.short()?)?;
            let (code, coder) = (numbers.short()?, numbers.short()?);
            let case = match numbers.short()?.checked_sub(1) {
                Some(at) => Some(names.get(at as usize)?.clone()),
                None => None,
            };
            let id = ThingId { act, k: k >> 1 };
            out.push(Placed {
                document,
                span: Span { start, end },
                id,
                code,
                coder,
                case,
                exact: k & 1 == 1,
            });
        }
    }
    (out.len() == all && numbers.0.is_empty()).then_some(out)
}

/// What [`placed`] reads; none where something does not fit into it.
fn codings<'a>(placed: &'a [Placed], names: &mut Names<'a>) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(placed.len() * (ID + 8) + 16);
    push(&mut out, u32::try_from(placed.len()).ok()?);
    for here in placed.chunk_by(|a, b| a.document == b.document) {
        push(&mut out, here[0].document);
        push(&mut out, here.len() as u32);
        let mut before = 0;
        for p in here {
            out.extend_from_slice(&p.id.act.to_number().to_le_bytes());
            push(&mut out, p.id.k.checked_mul(2)? | u32::from(p.exact));
            push(&mut out, p.span.start.checked_sub(before)?);
            push(&mut out, p.span.end.checked_sub(p.span.start)?);
            push(&mut out, p.code);
            push(&mut out, p.coder);
            push(&mut out, p.case.as_ref().map_or(0, |case| names.of(case) + 1));
            before = p.span.start;
        }
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

/// Both files, each in the pieces that it is written from; none where something does not fit into them, or
/// where more is needed to count.
pub(super) fn files(counting: &Counting, stamp: &Stamp) -> Option<[[Vec<u8>; 3]; 2]> {
    let Counting { corpus, state, coded, problems, missing } = counting;
    let mut acts = Vec::new();
    for act in marks(state)? {
        acts.extend(model::journal::line(&act).ok()?);
    }
    let mut names = Names::default();
    coded.coders.names.iter().for_each(|name| _ = names.of(name));
    let coders = names.list.len() as u32;
    let codings = codings(&coded.placed, &mut names)?;
    let mut unplaced = Vec::with_capacity(coded.unplaced.len());
    for u in &coded.unplaced {
        let why = WHYS.iter().position(|why| *why == u.why)? as u8;
        unplaced.push((u.id.act.to_number(), u.id.k, u.document.unwrap_or(NONE), names.of(&u.coder), why));
    }
    let turns: Vec<Turns<'_>> = corpus.documents.iter().map(Turns::of).collect::<Option<_>>()?;
    let mut bits = Vec::new();
    let mut documents = Vec::with_capacity(corpus.documents.len());
    for (document, turns) in corpus.documents.iter().zip(&turns) {
        let words = document.words();
        bits.extend(words.bits().iter().flat_map(|b| b.to_le_bytes()));
        documents.push(Kept {
            row: rows::document(document),
            hash: document.hash.map(|h| h.0),
            length: document.whole().end,
            bits: u32::try_from(words.bits().len()).ok()?,
            words: words.len() as u32,
            labels: turns.labels.list.clone(),
            turns: document.turns.len() as u32,
            numbers: &turns.numbers,
        });
    }
    let known = Known {
        case_label: &corpus.case_label,
        problems: problems.iter().map(rows::problem_row).collect::<Option<_>>()?,
        cases: corpus.cases.iter().map(rows::case).collect(),
        documents,
        missing: *missing,
        names: names.list,
        coders,
        unplaced,
        acts: &acts,
    };
    let known = postcard::to_stdvec(&known).ok()?;
    Some([file(stamp, known, codings), file(stamp, bits, Vec::new())])
}

/// The turns of a document as they are kept.
struct Turns<'a> {
    labels: Names<'a>,
    numbers: Vec<u8>,
}

impl<'a> Turns<'a> {
    fn of(document: &'a Document) -> Option<Self> {
        let mut out =
            Self { labels: Names::default(), numbers: Vec::with_capacity(document.turns.len() * 10) };
        let mut before = 0;
        for (at, turn) in document.turns.iter().enumerate() {
            let speaker = turn.speaker.as_deref().map_or(0, |label| out.labels.of(label) + 1);
            for number in [
                turn.start.checked_sub(before)?,
                turn.text_start.checked_sub(turn.start)?,
                turn.end.checked_sub(turn.text_start)?,
                document.words_said(at),
                speaker,
                u32::from(turn.seconds.is_some()),
            ] {
                push(&mut out.numbers, number);
            }
            if let Some(seconds) = turn.seconds {
                out.numbers.extend_from_slice(&seconds.to_le_bytes());
            }
            before = turn.end;
        }
        Some(out)
    }
}
