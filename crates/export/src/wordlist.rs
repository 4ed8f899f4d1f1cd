//! Word frequencies: which words are said how often, in how many documents and cases.

use std::collections::BTreeSet;

use model::corpus::Corpus;
use model::counted::{Counted, Roles};
use rustc_hash::FxHashMap;

use crate::concordance::{Place, case_of};
use crate::stop::StopWords;
use crate::token::{folded, speeches, tokens, within};

/// How often one word is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordCount {
    /// The word, without capitals.
    pub word: String,
    /// How often.
    pub count: u64,
    /// In how many documents.
    pub documents: usize,
    /// In how many cases.
    pub cases: usize,
}

/// The words of some turns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordList {
    /// The words that are not stop words, the most frequent first.
    pub rows: Vec<WordCount>,
    /// All words of these turns, stop words among them.
    pub words: u64,
    /// How many of them are stop words.
    pub stopped: u64,
    /// How many turns; a document without turns is one.
    pub turns: usize,
}

impl WordList {
    /// How often a word is said per 1,000 words, stop words among them.
    pub fn per_1000(&self, row: &WordCount) -> Option<f64> {
        (self.words > 0).then(|| row.count as f64 * 1000.0 / self.words as f64)
    }
}

#[derive(Default)]
struct Tally {
    count: u64,
    documents: BTreeSet<usize>,
    cases: BTreeSet<Option<String>>,
}

/// The words of all turns of these roles, or of those of them that hits touch.
pub fn word_list(corpus: &Corpus, hits: Option<&[Place]>, roles: Roles, stop: &StopWords) -> WordList {
    let mut out = WordList::default();
    let mut found: FxHashMap<String, Tally> = FxHashMap::default();
    for (at, document) in corpus.documents.iter().enumerate() {
        let counted = Counted::of(document, roles);
        let all = tokens(document);
        let here: Option<Vec<Place>> = hits.map(|hits| hits.iter().filter(|h| h.0 == at).copied().collect());
        for (turn, speech) in counted.turns.iter().zip(speeches(&counted)) {
            let touched = |h: &Place| h.1.overlaps(turn.span);
            if here.as_ref().is_some_and(|hits| !hits.iter().any(touched)) {
                continue;
            }
            out.turns += 1;
            let case = case_of(document, turn.span).map(str::to_owned);
            for token in within(&all, speech) {
                out.words += 1;
                let word = folded(token.text);
                if stop.has(&word) {
                    out.stopped += 1;
                    continue;
                }
                let tally = found.entry(word).or_default();
                tally.count += 1;
                tally.documents.insert(at);
                if case.is_some() && !tally.cases.contains(&case) {
                    tally.cases.insert(case.clone());
                }
            }
        }
    }
    out.rows = found
        .into_iter()
        .map(|(word, t)| WordCount {
            word,
            count: t.count,
            documents: t.documents.len(),
            cases: t.cases.len(),
        })
        .collect();
    out.rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
    out
}
