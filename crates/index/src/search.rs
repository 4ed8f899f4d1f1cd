//! Searching: every hit of a query with its exact span.

use std::sync::LazyLock;

use model::coded::Coded;
use model::corpus::Corpus;
use model::span::Span;
use model::state::State;

use crate::evaluate::{Evaluation, hits_of_word};
use crate::gather::{Gathered, Places, gather};
use crate::index::Index;
use crate::plan::{Part, Plan, Source, Yields};
use crate::query::{Node, Note, Query, QueryError};

/// Text up to this many bytes is searched by one thread.
const SHARED: usize = 1 << 20;
/// So many restrictions of a query are looked at to see why it finds nothing.
const MOST: usize = 6;

/// What is asked for beside the query.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Words of the same stem are found too, as if every word were written `stem:word`.
    pub stem: bool,
    /// At most this many hits are given; the total counts all. None gives all.
    pub limit: Option<usize>,
    /// Codes, codings, memos and done marks; without them the fields about these are errors.
    pub seen: Option<Seen<'a>>,
}

/// What coders did, as far as the one who searches may see it, at this moment.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Codebook, coders and codings in place.
    pub coded: &'a Coded,
    /// Everything else about them.
    pub state: &'a State,
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

impl Index {
    /// Finds every hit of a query in the corpus that the index was opened or refreshed with. A
    /// document that changed since is searched as it is now.
    ///
    /// # Errors
    /// Names of fields and values that the study does not have, and what cannot be compared.
    pub fn search(&self, corpus: &Corpus, query: &Query, options: &Options<'_>) -> Result<Found, QueryError> {
        let plan = Plan::new(query, corpus, options.seen, options.stem)?;
        let gathered = gather(self, corpus, &plan.words);
        let documents = candidates(&plan, &gathered, corpus);
        let limit = options.limit.unwrap_or(usize::MAX);
        let threads = threads(work(corpus, &plan, &gathered, &documents));
        let mut found = Found::default();
        let mut rest = documents.as_slice();
        // A first page is found by itself, so that it need not wait for the places of all others.
        while (threads < 2 || limit < usize::MAX && found.total < limit)
            && let Some((first, others)) = rest.split_first()
        {
            let left = limit - found.hits.len();
            found.total += self.document(corpus, &plan, &gathered, *first, left, &mut found.hits);
            rest = others;
        }
        if !rest.is_empty() {
            let most = limit - found.hits.len();
            for (hits, total) in self.run(corpus, &plan, &gathered, rest, threads, most) {
                found.hits.extend(hits);
                found.total += total;
            }
            found.hits.truncate(limit);
        }
        Ok(found)
    }

    /// What the writer of a query may not have meant, as far as the study tells: cells that its ranges leave
    /// out, and, where nothing was found, restrictions that hold nowhere.
    pub fn notes(&self, corpus: &Corpus, query: &Query, options: &Options<'_>, nothing: bool) -> Vec<Note> {
        let plan = Plan::new(query, corpus, options.seen, options.stem);
        let mut notes = plan.map(|plan| plan.notes).unwrap_or_default();
        if nothing {
            notes.extend(self.never(corpus, query, options));
        }
        notes
    }

    /// What restricts a query that finds nothing and holds nowhere, whatever words stand beside it: a
    /// restriction by itself, or two together.
    fn never(&self, corpus: &Corpus, query: &Query, options: &Options<'_>) -> Vec<Note> {
        let all = query.restrictions();
        let all = all.get(..MOST.min(all.len())).unwrap_or_default();
        let nowhere = |of: &[&Node]| {
            let root = match of {
                [one] => (*one).clone(),
                several => Node::And(several.iter().map(|n| (*n).clone()).collect()),
            };
            // What only takes away says nothing about where.
            let only_not = of.iter().all(|n| matches!(n, Node::Not(_)));
            !only_not && self.is_nowhere(corpus, &query.part(root), options)
        };
        let told = |of: &[&Node]| Note::Never(of.iter().map(|n| n.written()).collect());
        let mut notes: Vec<Note> = Vec::new();
        for (i, one) in all.iter().enumerate() {
            if nowhere(&[one]) {
                return vec![told(&[one])];
            }
            for other in all.iter().skip(i + 1) {
                if notes.is_empty() && nowhere(&[one, other]) {
                    notes.push(told(&[one, other]));
                }
            }
        }
        notes
    }

    /// Whether a query finds nothing.
    fn is_nowhere(&self, corpus: &Corpus, query: &Query, options: &Options<'_>) -> bool {
        let Ok(plan) = Plan::new(query, corpus, options.seen, options.stem) else { return false };
        let gathered = gather(self, corpus, &plan.words);
        let mut hits = Vec::new();
        candidates(&plan, &gathered, corpus)
            .into_iter()
            .all(|at| self.document(corpus, &plan, &gathered, at, 1, &mut hits) == 0)
    }

    /// Searches one document; see [`Evaluation::hits`].
    pub(crate) fn document(
        &self,
        corpus: &Corpus,
        plan: &Plan,
        gathered: &Gathered,
        at: usize,
        most: usize,
        out: &mut Vec<Hit>,
    ) -> usize {
        let document = &corpus.documents[at];
        let units = self.units(at, document);
        if let Some([word]) = plan.only_words() {
            return hits_of_word(gathered, *word, corpus, at, &units, most, out);
        }
        Evaluation::new(plan, gathered, corpus, at, &units, self.gap(at, document)).hits(most, out)
    }

    /// Searches the documents on so many threads: hits, at most so many, and how many there are, share by
    /// share.
    fn run(
        &self,
        corpus: &Corpus,
        plan: &Plan,
        gathered: &Gathered,
        documents: &[usize],
        threads: usize,
        most: usize,
    ) -> Vec<(Vec<Hit>, usize)> {
        shared(documents, threads, |documents| {
            let mut hits = Vec::new();
            let mut total = 0;
            for &document in documents {
                let left = most.saturating_sub(hits.len());
                total += self.document(corpus, plan, gathered, document, left, &mut hits);
            }
            (hits, total)
        })
    }
}

/// How much there is to do in these documents, in bytes of text that are read.
fn work(corpus: &Corpus, plan: &Plan, gathered: &Gathered, documents: &[usize]) -> usize {
    let reads = plan.sources.iter().any(|s| matches!(s, Source::Regex(_)));
    if reads || plan.yields(&plan.root) == Yields::Nothing {
        return documents.iter().map(|&d| corpus.documents[d].text.as_str().len()).sum();
    }
    // What a hit costs, beside reading a byte.
    (0..plan.words.len()).map(|w| gathered.word(w).len() * 64).sum()
}

/// The documents in which a plan may find anything.
pub(crate) fn candidates(plan: &Plan, gathered: &Gathered, corpus: &Corpus) -> Vec<usize> {
    if let Some(words) = plan.only_words() {
        // The commonest query needs no list of all documents.
        return rarest(words, gathered).map_or_else(Vec::new, |places| places.documents().collect());
    }
    match within(plan, gathered, corpus, &plan.root) {
        Some(wanted) => (0..corpus.documents.len()).filter(|&d| wanted[d]).collect(),
        None => (0..corpus.documents.len()).collect(),
    }
}

/// Per document, whether a part may hold anywhere in it; none where that may be anywhere.
fn within(plan: &Plan, gathered: &Gathered, corpus: &Corpus, part: &Part) -> Option<Vec<bool>> {
    match part {
        Part::Source(source) => of_source(plan, gathered, corpus, *source),
        Part::Documents(wanted) => Some(wanted.clone()),
        Part::All(parts) => {
            let known = parts.iter().filter_map(|p| within(plan, gathered, corpus, p));
            known.reduce(|a, b| a.iter().zip(&b).map(|(a, b)| *a && *b).collect())
        }
        Part::Any(parts) => either(parts.iter().map(|p| within(plan, gathered, corpus, p))),
        _ => None,
    }
}

fn of_source(plan: &Plan, gathered: &Gathered, corpus: &Corpus, source: usize) -> Option<Vec<bool>> {
    match &plan.sources[source] {
        Source::Phrase(words, _) => {
            let mut wanted = vec![false; corpus.documents.len()];
            rarest(words, gathered)?.documents().for_each(|d| wanted[d] = true);
            Some(wanted)
        }
        Source::Regex(_) => None,
        Source::Passages(passages) => Some(passages.iter().map(|p| !p.is_empty()).collect()),
        Source::Union(of) => either(of.iter().map(|&s| of_source(plan, gathered, corpus, s))),
        Source::Together { left, .. } | Source::Where { left, .. } => {
            of_source(plan, gathered, corpus, *left)
        }
    }
}

/// The places of that one of these words which has the fewest.
fn rarest<'a>(words: &[usize], gathered: &'a Gathered) -> Option<&'a Places> {
    words.iter().map(|&w| gathered.word(w)).min_by_key(|places| places.len())
}

/// Where any of these may hold; none if one of them may hold anywhere.
fn either(parts: impl Iterator<Item = Option<Vec<bool>>>) -> Option<Vec<bool>> {
    let parts: Option<Vec<Vec<bool>>> = parts.collect();
    parts?.into_iter().reduce(|a, b| a.iter().zip(&b).map(|(a, b)| *a || *b).collect())
}

/// How many threads are worth this much work, in bytes of text.
pub(crate) fn threads(bytes: usize) -> usize {
    // Asking costs as much as a search.
    static PROCESSORS: LazyLock<usize> =
        LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from));
    let most = 1 + bytes / SHARED;
    if most == 1 { 1 } else { most.min(*PROCESSORS) }
}

/// Does work on contiguous shares of a list, in order.
pub(crate) fn shared<T: Send>(list: &[usize], threads: usize, work: impl Fn(&[usize]) -> T + Sync) -> Vec<T> {
    if threads < 2 || list.len() < 2 {
        return vec![work(list)];
    }
    let work = &work;
    std::thread::scope(|scope| {
        let shares = list.chunks(list.len().div_ceil(threads));
        let running: Vec<_> = shares.map(|share| scope.spawn(move || work(share))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}
