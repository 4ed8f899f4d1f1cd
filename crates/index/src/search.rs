//! Searching: every place at which a query holds, in order of documents and position.
//!
//! The words of a query belong together within one turn (where there are no turns, one paragraph).
//! In each turn in which the query holds, every occurrence of every word or phrase that is to be
//! found is a hit; a phrase is one hit from its first word to its last. A query of fields alone finds
//! the turns, and one that asks for a code the passages coded with it.

use model::codebook::Codebook;
use model::coded::Placed;
use model::corpus::{Corpus, Document};
use model::span::Span;

use crate::index::Index;
use crate::locate::{Locator, Occurrence};
use crate::plan::{Facts, Plan};
use crate::query::{Query, QueryError};
use crate::select::select;
use crate::stem::Stems;
use crate::unit::Unit;

/// Text beyond this many bytes is searched by several threads.
const SHARED: usize = 1 << 20;

/// How to search.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Whether words of the same stem are found too.
    pub stem: bool,
    /// At most this many hits are given; the total counts all. None gives all.
    pub limit: Option<usize>,
    /// The codes that `code:` may name; without it `code:` is an error.
    pub codebook: Option<&'a Codebook>,
    /// The codings that `code:` sees, in any order.
    pub codings: &'a [CodedSpan],
}

/// One coding, as far as searching is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodedSpan {
    /// Place of its document in [`Corpus::documents`].
    pub document: u32,
    /// Where it stands.
    pub span: Span,
    /// Place of its code in [`Codebook::codes`], merges followed.
    pub code: u32,
}

impl From<&Placed> for CodedSpan {
    fn from(placed: &Placed) -> Self {
        Self { document: placed.document, span: placed.span, code: placed.code }
    }
}

/// One place at which a query holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Place of the document in [`Corpus::documents`].
    pub document: usize,
    /// Where it stands, in code points of the document's text.
    pub span: Span,
    /// Index of the turn in which it begins; none outside turns.
    pub turn: Option<usize>,
    /// Whether a word of it has only the stem in common with the query.
    pub by_stem: bool,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The hits, by document and position; as many as the limit allows.
    pub hits: Vec<Hit>,
    /// How many there are, whatever the limit.
    pub total: usize,
}

/// What of one document is looked at.
struct Job {
    document: usize,
    /// The units that may hold a hit; none for all.
    units: Option<Vec<u32>>,
    /// About how much text that is, in bytes.
    bytes: usize,
}

impl Index {
    /// Finds every hit of a query in the corpus that the index was opened or refreshed with. A
    /// document that changed since is searched as it is now.
    ///
    /// # Errors
    /// [`QueryError::UnknownValue`] for the value of a field that nothing in the study has,
    /// [`QueryError::NoCodes`], [`QueryError::TooManyWords`].
    pub fn search(&self, corpus: &Corpus, query: &Query, options: &Options<'_>) -> Result<Found, QueryError> {
        let plan = Plan::new(query, corpus, options.codebook, options.codings)?;
        let jobs = self.jobs(corpus, query, &plan, options.stem);
        let mut hits = self.run(corpus, &plan, options.stem, &jobs);
        let total = hits.len();
        hits.truncate(options.limit.unwrap_or(total));
        Ok(Found { hits, total })
    }

    /// What must be looked at, in order.
    fn jobs(&self, corpus: &Corpus, query: &Query, plan: &Plan, stem: bool) -> Vec<Job> {
        let every =
            |document: usize, d: &Document| Job { document, units: None, bytes: d.text.as_str().len() };
        let documents = || corpus.documents.iter().enumerate();
        let chosen = match &self.store {
            // An index that fails now is as good as none.
            Some(store) if plan.positive != 0 => select(store, query.root(), stem).ok().flatten(),
            _ => None,
        };
        let Some(mut places) = chosen else {
            return documents().map(|(i, d)| every(i, d)).collect();
        };
        places.sort_unstable();
        let mut jobs: Vec<Job> =
            documents().filter(|(i, d)| !self.holds(*i, d)).map(|(i, d)| every(i, d)).collect();
        for of_slot in places.chunk_by(|a, b| a >> 32 == b >> 32) {
            let units: Vec<u32> = of_slot.iter().map(|&place| place as u32).collect();
            let slot = (of_slot[0] >> 32) as u32;
            for &document in self.with_slot.get(&slot).into_iter().flatten() {
                let document = document as usize;
                let Some(d) = corpus.documents.get(document).filter(|d| self.holds(document, d)) else {
                    continue;
                };
                let share = d.text.as_str().len() / d.turns.len().max(1);
                jobs.push(Job { document, bytes: units.len() * share, units: Some(units.clone()) });
            }
        }
        jobs.sort_unstable_by_key(|job| job.document);
        jobs
    }

    /// Runs the jobs, on several threads if there is much to read.
    fn run(&self, corpus: &Corpus, plan: &Plan, stem: bool, jobs: &[Job]) -> Vec<Hit> {
        let bytes: usize = jobs.iter().map(|job| job.bytes).sum();
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(1 + bytes / SHARED);
        let work = |jobs: &[Job]| {
            let mut worker = Worker::new(self, corpus, plan, stem);
            for job in jobs {
                worker.job(job);
            }
            worker.hits
        };
        if threads < 2 {
            return work(jobs);
        }
        // Contiguous shares of about equal size keep the order.
        let share = bytes / threads + 1;
        let mut shares = Vec::new();
        let (mut from, mut size) = (0, 0);
        for (i, job) in jobs.iter().enumerate() {
            size += job.bytes;
            if size >= share {
                shares.push(&jobs[from..=i]);
                (from, size) = (i + 1, 0);
            }
        }
        shares.push(&jobs[from..]);
        std::thread::scope(|scope| {
            let running: Vec<_> = shares.into_iter().map(|share| scope.spawn(move || work(share))).collect();
            running
                .into_iter()
                .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        })
    }
}

/// One thread's part of a search.
struct Worker<'a> {
    index: &'a Index,
    corpus: &'a Corpus,
    plan: &'a Plan,
    locator: Locator<'a>,
    occurrences: Vec<Occurrence>,
    hits: Vec<Hit>,
}

impl<'a> Worker<'a> {
    fn new(index: &'a Index, corpus: &'a Corpus, plan: &'a Plan, stem: bool) -> Self {
        let locator = Locator::new(&plan.sought, stem);
        Self { index, corpus, plan, locator, occurrences: Vec::new(), hits: Vec::new() }
    }

    fn job(&mut self, job: &Job) {
        let (index, corpus, plan) = (self.index, self.corpus, self.plan);
        let document = &corpus.documents[job.document];
        let units = index.units(job.document, document);
        if plan.positive == 0 && !plan.positive_codes.is_empty() {
            self.passages(job.document, document, &units);
            return;
        }
        let mut look = |unit: &Unit| {
            let facts = Facts {
                at: job.document,
                document,
                units: std::slice::from_ref(unit),
                phrases: None,
                hit: None,
            };
            if plan.holds(&facts) == Some(false) {
                return;
            }
            if plan.positive == 0 {
                self.turn(&facts, unit);
            } else {
                self.words(&facts, unit);
            }
        };
        match &job.units {
            Some(chosen) => chosen.iter().filter_map(|&i| units.get(i as usize)).for_each(&mut look),
            None => units.iter().for_each(&mut look),
        }
    }

    /// Looks for the phrases of the query in a unit; gives those that occur, one bit each.
    fn locate(&mut self, document: &Document, unit: &Unit) -> u64 {
        if self.plan.sought.len() == 0 {
            return 0;
        }
        self.locator.find(unit.text(document), Stems::of(&document.language), &mut self.occurrences);
        self.occurrences.iter().fold(0, |bits, o| bits | 1 << o.phrase)
    }

    /// Every occurrence in a unit in which the query holds.
    fn words(&mut self, facts: &Facts<'_>, unit: &Unit) {
        let phrases = self.locate(facts.document, unit);
        let facts = Facts { phrases: Some(phrases), ..*facts };
        let unit_holds = self.plan.holds(&facts);
        if phrases & self.plan.positive == 0 || unit_holds == Some(false) {
            return;
        }
        let first = self.hits.len();
        for o in &self.occurrences {
            if self.plan.positive >> o.phrase & 1 == 0 {
                continue;
            }
            let text = &facts.document.text;
            let from = unit.from as usize;
            let span = Span::new(text.position(from + o.start), text.position(from + o.end));
            // The same place may be found by two words of the query.
            if let Some(last) = self.hits[first..].last_mut()
                && last.span == span
            {
                last.by_stem &= o.by_stem;
                continue;
            }
            if unit_holds == Some(true) || self.plan.holds(&Facts { hit: Some(span), ..facts }) == Some(true)
            {
                let turn = unit.turn.map(|t| t as usize);
                self.hits.push(Hit { document: facts.at, span, turn, by_stem: o.by_stem });
            }
        }
    }

    /// The turn itself, for a query of fields alone.
    fn turn(&mut self, facts: &Facts<'_>, unit: &Unit) {
        let document = facts.document;
        let turn = unit.turn.and_then(|t| document.turns.get(t as usize));
        if turn.is_none() && !document.turns.is_empty() {
            return;
        }
        let span = turn.and_then(|t| t.speech().intersect(unit.span)).unwrap_or(unit.span);
        let phrases = self.locate(document, unit);
        if self.plan.holds(&Facts { phrases: Some(phrases), hit: Some(span), ..*facts }) == Some(true) {
            self.hits.push(Hit {
                document: facts.at,
                span,
                turn: unit.turn.map(|t| t as usize),
                by_stem: false,
            });
        }
    }

    /// The passages of the codes asked for, where the rest of the query holds.
    fn passages(&mut self, at: usize, document: &Document, units: &[Unit]) {
        let plan = self.plan;
        let mut spans: Vec<Span> = plan
            .positive_codes
            .iter()
            .filter_map(|&code| plan.codes[code].get(at))
            .flatten()
            .copied()
            .collect();
        spans.sort_unstable();
        spans.dedup();
        for span in spans {
            let from = units.partition_point(|u| u.span.end <= span.start);
            let to = units.partition_point(|u| u.span.start < span.end).max(from);
            let touched = &units[from..to];
            let phrases = touched.iter().fold(0, |bits, unit| bits | self.locate(document, unit));
            let facts = Facts { at, document, units: touched, phrases: Some(phrases), hit: Some(span) };
            if plan.holds(&facts) == Some(true) {
                let turn = touched.iter().find_map(|u| u.turn).map(|t| t as usize);
                self.hits.push(Hit { document: at, span, turn, by_stem: false });
            }
        }
    }
}
