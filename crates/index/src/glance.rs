//! A glance: a search that opens no study. It takes what is known of the transcripts from the study's
//! snapshot, the places of words from the index, and reads the texts of those hits only that are shown.
//!
//! It answers exactly as a search of the opened study does, or not at all: whoever asks then opens the
//! study. Codings are not known here, so a query that asks for them is not answered.

use model::counted::{Counted, Roles};
use rustc_hash::FxHashSet;
use study::Snapshot;
use study::snapshot::Bounds;

use crate::gather::{Gathered, Place, gather_unread};
use crate::index::Index;
use crate::plan::{Part, Plan, Source};
use crate::query::{Note, Query};
use crate::search::{Hit, candidates};

/// Opening the study is faster than reading more than one part in so many of its texts here,
const SHARE: usize = 8;
/// unless that is no more than so many bytes.
const LITTLE: usize = 4 << 20;

/// What a glance found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// The first hits, by document and position; as many as the limit allows. Their documents have
    /// texts and turns.
    pub hits: Vec<Hit>,
    /// How many there are, whatever the limit.
    pub total: usize,
    /// Documents with a hit.
    pub documents: usize,
    /// Cases with a hit.
    pub cases: usize,
    /// Hits in what is said in turns of a counted role.
    pub counted: usize,
    /// Words in the turns of counted roles, in all documents.
    pub words: u64,
    /// As [`Index::notes`] gives them where something was found.
    pub notes: Vec<Note>,
}

/// Searches a study by its snapshot, with the index as it lies there; none where that cannot be
/// answered so, or not faster.
pub fn glance(
    snapshot: &mut Snapshot,
    query: &Query,
    stem: bool,
    roles: Roles,
    limit: Option<usize>,
) -> Option<Glance> {
    let dir = snapshot.cache().folder()?.join("index");
    if !query.is_one_word() || stem {
        snapshot.know_all()?;
    }
    let index = Index::as_it_is(&dir, &snapshot.corpus)?;
    let plan = Plan::new(query, &snapshot.corpus, None, stem).ok()?;
    let gathered = gather_unread(&index, &snapshot.corpus, &plan.words)?;
    let documents = candidates(&plan, &gathered, &snapshot.corpus);
    let all = 0..snapshot.corpus.documents.len();
    let words = all.clone().map(|at| snapshot.words(at, roles)).sum();
    let bytes: usize = all.map(|at| snapshot.size(at)).sum();
    let mut looking = Looking {
        left: LITTLE.max(bytes / SHARE),
        snapshot,
        index: &index,
        plan: &plan,
        gathered: &gathered,
        roles,
        limit: limit.unwrap_or(usize::MAX),
        out: Glance { words, ..Glance::default() },
        cases: FxHashSet::default(),
    };
    match one_word(&plan) {
        Some(word) => looking.places(word, &documents)?,
        None => looking.texts(&documents)?,
    }
    let Looking { mut out, cases, .. } = looking;
    out.cases = cases.len();
    out.notes = plan.notes;
    Some(out)
}

/// The word of a plan that looks for nothing else: every place of it is a hit.
fn one_word(plan: &Plan) -> Option<usize> {
    let Part::Source(source) = &plan.root else { return None };
    match plan.sources.get(*source)? {
        Source::Phrase(words, _) if words.len() == 1 => words.first().copied(),
        _ => None,
    }
}

struct Looking<'a> {
    snapshot: &'a mut Snapshot,
    index: &'a Index,
    plan: &'a Plan,
    gathered: &'a Gathered,
    roles: Roles,
    limit: usize,
    /// Bytes of text that may still be read.
    left: usize,
    out: Glance,
    cases: FxHashSet<String>,
}

impl Looking<'_> {
    /// Finds the places of one word. Where no turn parts a word, its first byte tells in whose turn it
    /// stands, so only texts that are shown are read.
    fn places(&mut self, word: usize, documents: &[usize]) -> Option<()> {
        let bounds = self.snapshot.bounds(documents)?;
        for (nth, &at) in documents.iter().enumerate() {
            let Some(bounds) = bounds.of(nth) else {
                self.text(at)?;
                continue;
            };
            self.snapshot.know(at)?;
            let gathered = self.gathered;
            let places = gathered.of(word, at);
            self.count(at, places, bounds);
            let most = self.limit - self.out.hits.len();
            if most > 0 && !places.is_empty() {
                self.read(at)?;
                let found = self.index.document(
                    &self.snapshot.corpus,
                    self.plan,
                    gathered,
                    at,
                    most,
                    &mut self.out.hits,
                );
                if found != places.len() {
                    return None;
                }
            }
        }
        Some(())
    }

    /// Counts the places of a word in a document by the turns in which they begin.
    fn count(&mut self, at: usize, places: &[Place], bounds: impl Iterator<Item = Bounds>) {
        let Some(document) = self.snapshot.corpus.documents.get(at) else { return };
        self.out.total += places.len();
        self.out.documents += usize::from(!places.is_empty());
        let mut bounds = bounds.peekable();
        let without_turns = bounds.peek().is_none();
        for place in places {
            while bounds.next_if(|t| t.end <= place.at).is_some() {}
            let inside = bounds.peek().filter(|t| t.start <= place.at);
            let speaker = inside.and_then(|t| document.speakers.get(t.speaker?));
            let role = speaker.map_or_else(Default::default, |s| s.role);
            let counted =
                without_turns || inside.is_some_and(|t| t.speech <= place.at) && self.roles.has(role);
            self.out.counted += usize::from(counted);
            let case = speaker.and_then(|s| s.case.as_ref()).or(document.case.as_ref());
            if let Some(case) = case.filter(|case| !self.cases.contains(*case)) {
                self.cases.insert(case.clone());
            }
        }
    }

    /// Searches the texts of these documents.
    fn texts(&mut self, documents: &[usize]) -> Option<()> {
        let bytes: usize = documents.iter().map(|at| self.snapshot.size(*at)).sum();
        if bytes > self.left {
            return None;
        }
        documents.iter().try_for_each(|at| self.text(*at))
    }

    /// Searches the text of one document.
    fn text(&mut self, at: usize) -> Option<()> {
        self.read(at)?;
        let mut hits = Vec::new();
        let corpus = &self.snapshot.corpus;
        self.index.document(corpus, self.plan, self.gathered, at, usize::MAX, &mut hits);
        let document = corpus.documents.get(at)?;
        let counted = Counted::of(document, self.roles);
        for hit in &hits {
            self.out.counted += usize::from(counted.says(hit.span));
            self.cases.extend(document.case_at(hit.span.start).map(str::to_owned));
        }
        self.out.total += hits.len();
        self.out.documents += usize::from(!hits.is_empty());
        self.out.hits.extend(hits.into_iter().take(self.limit - self.out.hits.len()));
        Some(())
    }

    /// Reads the text of a document.
    fn read(&mut self, at: usize) -> Option<()> {
        self.left = self.left.checked_sub(self.snapshot.size(at))?;
        self.snapshot.fill(at).then_some(())
    }
}
