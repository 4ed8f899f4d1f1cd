//! A concordance: hits in order of what stands beside them, in groups, and counted.
//!
//! How hits are found is not known here; they come as places. A rate takes its hits and its words from
//! the same turns: those of the counted roles, in all documents, with a hit or without.

use std::collections::{BTreeMap, BTreeSet};

use model::coded::Coded;
use model::corpus::{Corpus, Document};
use model::counted::{Counted, Roles};
use model::sentence;
use model::span::Span;
use model::unit::block;

use crate::token::folded;

/// A place: a document (by its place in the corpus) and a span of its text.
pub type Place = (usize, Span);

/// Words on one side that decide the order.
const NEIGHBOURS: usize = 5;
/// Characters in which they are looked for.
const REACH: u32 = 200;

/// What hits are ordered by; where that is the same, by document and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The words before, the nearest first.
    Left,
    /// The words behind.
    Right,
    /// The case.
    Case,
    /// The document, in the order of the table of documents.
    Document,
    /// The date of the document, as it is written; those without one come last.
    Date,
}

/// What hits are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The case of who speaks.
    Case,
    /// Who speaks: one label in one document.
    Speaker,
    /// The document.
    Document,
    /// The codes that lie on the hit, of any coder; a hit with two codes is in two groups.
    Code,
}

/// How many hits there are, and over how much they are spread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Hits.
    pub hits: usize,
    /// Documents with a hit.
    pub documents: usize,
    /// Cases with a hit.
    pub cases: usize,
    /// Hits in what is said in turns of a counted role: not in labels and time marks, whose words are none.
    pub counted: usize,
    /// Words in the turns of counted roles.
    pub words: u64,
}

impl Counts {
    /// Counted hits per 1,000 words of the same turns; none where there are no words.
    pub fn per_1000(&self) -> Option<f64> {
        (self.words > 0).then(|| self.counted as f64 * 1000.0 / self.words as f64)
    }
}

/// One group of hits.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they have in common: a case, a document, a code; for a speaker the label. None for hits
    /// without it.
    pub key: Option<String>,
    /// The document of a speaker.
    pub document: Option<String>,
    /// How many.
    pub counts: Counts,
}

/// The case of a place: that of who speaks there, else the document's.
pub fn case_of(document: &Document, span: Span) -> Option<&str> {
    document.case_at(span.start)
}

/// Puts places into an order.
pub fn sort(corpus: &Corpus, places: &mut [Place], by: Sort) {
    places.sort_unstable();
    let document = |place: &Place| corpus.documents.get(place.0);
    match by {
        Sort::Document => {}
        Sort::Left => places.sort_by_cached_key(|p| document(p).map(|d| beside(d, p.1, true))),
        Sort::Right => places.sort_by_cached_key(|p| document(p).map(|d| beside(d, p.1, false))),
        Sort::Date => places.sort_by_cached_key(|p| {
            let date = document(p).map(|d| d.date.clone()).filter(|date| !date.is_empty());
            (date.is_none(), date)
        }),
        Sort::Case => places.sort_by_cached_key(|p| {
            let case = document(p).and_then(|d| case_of(d, p.1));
            let at = case.and_then(|case| corpus.cases.iter().position(|c| c.id == case));
            (at.is_none(), at)
        }),
    }
}

/// The words beside a span within the same turn or paragraph, the nearest first.
fn beside(document: &Document, span: Span, left: bool) -> Vec<String> {
    let block = block(document, span.start);
    if left {
        let from = block.start.max(span.start.saturating_sub(REACH)).min(span.start);
        let text = document.text.slice(Span::new(from, span.start));
        let words: Vec<_> = sentence::words(text).collect();
        words.iter().rev().take(NEIGHBOURS).filter_map(|(a, b)| text.get(*a..*b)).map(folded).collect()
    } else {
        let to = block.end.min(span.end.saturating_add(REACH)).max(span.end);
        let text = document.text.slice(Span::new(span.end, to));
        sentence::words(text).take(NEIGHBOURS).filter_map(|(a, b)| text.get(a..b)).map(folded).collect()
    }
}

/// Counts hits, which are in any order.
pub fn counts(corpus: &Corpus, hits: &[Place], roles: Roles) -> Counts {
    let counted: Vec<Counted> = corpus.documents.iter().map(|d| Counted::of(d, roles)).collect();
    let words = counted.iter().map(Counted::all_words).sum();
    Counts { words, ..spread(corpus, hits, &counted) }
}

/// Hits, documents, cases and counted hits; no words.
fn spread(corpus: &Corpus, hits: &[Place], counted: &[Counted]) -> Counts {
    let documents: BTreeSet<usize> = hits.iter().map(|h| h.0).collect();
    let case = |h: &Place| corpus.documents.get(h.0).and_then(|d| case_of(d, h.1));
    let cases: BTreeSet<&str> = hits.iter().filter_map(case).collect();
    let said = |h: &&Place| counted.get(h.0).is_some_and(|c| c.says(h.1));
    Counts {
        hits: hits.len(),
        documents: documents.len(),
        cases: cases.len(),
        counted: hits.iter().filter(said).count(),
        words: 0,
    }
}

/// Counts hits by group, in the order of the study's tables; hits without the property come last. The
/// words of a group are all words of its case, speaker or document; those of a code are all.
pub fn groups(corpus: &Corpus, coded: &Coded, hits: &[Place], by: GroupBy, roles: Roles) -> Vec<Group> {
    let counted: Vec<Counted> = corpus.documents.iter().map(|d| Counted::of(d, roles)).collect();
    let mut places: BTreeMap<(bool, usize, Option<String>), Vec<Place>> = BTreeMap::new();
    for hit in hits {
        let Some(document) = corpus.documents.get(hit.0) else { continue };
        for (at, key) in keys(corpus, coded, document, *hit, by) {
            places.entry((at.is_none(), at.unwrap_or_default(), key)).or_default().push(*hit);
        }
    }
    let all: u64 = counted.iter().map(Counted::all_words).sum();
    let group = |((_, at, key), hits): ((bool, usize, Option<String>), Vec<Place>)| {
        let words = match by {
            GroupBy::Code => all,
            GroupBy::Document => counted.get(at).map_or(0, Counted::all_words),
            GroupBy::Case => words_of(corpus, &counted, None, |d, turn| {
                turn.map_or(d.case.as_deref(), |t| d.turn_case(t)) == key.as_deref()
            }),
            GroupBy::Speaker => words_of(corpus, &counted, Some(at), |_, turn| {
                turn.and_then(|t| t.speaker.as_deref()) == key.as_deref()
            }),
        };
        let document = corpus.documents.get(at).filter(|_| by == GroupBy::Speaker).map(|d| d.id.clone());
        Group { key, document, counts: Counts { words, ..spread(corpus, &hits, &counted) } }
    };
    places.into_iter().map(group).collect()
}

/// The groups of one hit, each with its place in the order of the study.
fn keys(
    corpus: &Corpus,
    coded: &Coded,
    document: &Document,
    hit: Place,
    by: GroupBy,
) -> Vec<(Option<usize>, Option<String>)> {
    match by {
        GroupBy::Document => vec![(Some(hit.0), Some(document.id.clone()))],
        GroupBy::Speaker => {
            let speaker =
                document.turn_around(hit.1.start).and_then(|t| t.speaker.as_ref().map(ToString::to_string));
            vec![(Some(hit.0), speaker)]
        }
        GroupBy::Case => {
            let case = case_of(document, hit.1);
            let at = case.and_then(|id| corpus.cases.iter().position(|c| c.id == id));
            vec![(at, case.map(str::to_owned))]
        }
        GroupBy::Code => {
            let here = coded.in_document(hit.0).iter().filter(|p| p.span.overlaps(hit.1));
            let codes: BTreeSet<usize> = here.map(|p| p.code as usize).collect();
            let name = |at: usize| coded.codebook.codes.get(at).map(|c| c.id.to_string());
            if codes.is_empty() {
                return vec![(None, None)];
            }
            codes.into_iter().map(|at| (Some(at), name(at))).collect()
        }
    }
}

/// Words in the counted turns (of one document, or of all) that belong to a group.
fn words_of(
    corpus: &Corpus,
    counted: &[Counted],
    only: Option<usize>,
    belongs: impl Fn(&Document, Option<&model::turn::Turn>) -> bool,
) -> u64 {
    let documents = corpus.documents.iter().zip(counted).enumerate();
    let mut words = 0;
    for (_, (document, counted)) in documents.filter(|(at, _)| only.is_none_or(|o| o == *at)) {
        let own = counted.turns.iter().filter(|t| belongs(document, document.turns.get(t.turn)));
        words += own.map(|t| u64::from(t.words)).sum::<u64>();
    }
    words
}
