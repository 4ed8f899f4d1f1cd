//! Gathering: where each word of a query stands, in every document, as byte offsets.
//!
//! From the index where a document is held by it: the offsets are stored there, no text is read. Else
//! from the text, by the same tokens and folding.

use model::corpus::{Corpus, Document};
use rustc_hash::FxHashMap;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use crate::error::IndexError;
use crate::fold::fold_into;
use crate::index::Index;
use crate::lexicon::Term;
use crate::query::Pattern;
use crate::schema;
use crate::stem::{Stemmers, Stems};
use crate::store::Store;
use crate::token::Tokens;

/// One place of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Place of the document in the corpus.
    pub(crate) document: u32,
    /// First byte of the word.
    pub(crate) at: u32,
    /// Whether it has only the stem in common with the query.
    pub(crate) by_stem: bool,
}

/// Where each word of a query stands: per word, by document and offset.
pub(crate) struct Gathered {
    words: Vec<Vec<Place>>,
}

impl Gathered {
    /// The places of a word in a document.
    pub(crate) fn of(&self, word: usize, document: usize) -> &[Place] {
        let places = &self.words[word];
        let from = places.partition_point(|p| (p.document as usize) < document);
        let to = from + places[from..].partition_point(|p| p.document as usize == document);
        &places[from..to]
    }

    /// All places of a word.
    pub(crate) fn all(&self, word: usize) -> &[Place] {
        &self.words[word]
    }
}

/// Finds all places of these words.
pub(crate) fn gather(index: &Index, corpus: &Corpus, words: &[Pattern]) -> Gathered {
    let mut out: Vec<Vec<Place>> = vec![Vec::new(); words.len()];
    let held: Vec<bool> = corpus.documents.iter().enumerate().map(|(i, d)| index.holds(i, d)).collect();
    let from_index = index.store.as_ref().is_some_and(|store| {
        // An index that fails now is as good as none.
        let mut pairs = words.iter().zip(&mut out);
        let read = pairs.try_for_each(|(w, places)| read(index, corpus, store, &held, w, places));
        if read.is_err() {
            out.iter_mut().for_each(Vec::clear);
        }
        read.is_ok()
    });
    let unread: Vec<usize> = (0..held.len()).filter(|&i| !from_index || !held[i]).collect();
    if !unread.is_empty() && !words.is_empty() {
        scan(corpus, words, &unread, &mut out);
    }
    for places in &mut out {
        if !places.is_sorted() {
            places.sort_unstable();
        }
        // A word may be there by itself and by its stem.
        places.dedup_by(|b, a| a.document == b.document && a.at == b.at);
    }
    Gathered { words: out }
}

/// The places of one word that the index knows.
fn read(
    index: &Index,
    corpus: &Corpus,
    store: &Store,
    held: &[bool],
    word: &Pattern,
    out: &mut Vec<Place>,
) -> Result<(), IndexError> {
    let terms = store.terms(word)?;
    let stemmed = matches!(word, Pattern::Stem(_));
    // A word cut short in the index may be another one.
    let unsure = terms.iter().any(|t| t.text.len() >= crate::stem::LONGEST);
    let first = out.len();
    let mut offsets = Vec::new();
    for (segment, entries) in store.searcher.segment_readers().iter().zip(&index.entries) {
        let inverted = segment.inverted_index(store.fields.words)?;
        for term in &terms {
            let key = schema::term(store.fields.words, &term.text);
            let Some(mut postings) = inverted
                .read_postings(&key, IndexRecordOption::WithFreqsAndPositions)
                .map_err(|e| IndexError::Index(e.to_string()))?
            else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                for &document in entries.get(doc as usize).into_iter().flatten() {
                    if held.get(document as usize) != Some(&true) {
                        continue;
                    }
                    if stemmed && !term.fits(Stems::of(&corpus.documents[document as usize].language)) {
                        continue;
                    }
                    postings.positions(&mut offsets);
                    out.extend(offsets.iter().map(|&at| Place { document, at, by_stem: term.by_stem }));
                }
                doc = postings.advance();
            }
        }
    }
    if unsure || matches!(word, Pattern::Exact(_)) {
        let mut folded = String::new();
        let mut at = 0;
        out.retain(|place| {
            at += 1;
            at <= first || stands(corpus, word, place, &mut folded)
        });
    }
    Ok(())
}

/// Whether the text says at a place what the index said.
fn stands(corpus: &Corpus, word: &Pattern, place: &Place, folded: &mut String) -> bool {
    let text = corpus.documents[place.document as usize].text.as_str();
    let Some(rest) = text.get(place.at as usize..) else { return false };
    let Some(token) = Tokens::of(rest).next() else { return false };
    let written = rest.get(..token.end).unwrap_or_default();
    match word {
        Pattern::Exact(wanted) => written == wanted,
        word => {
            folded.clear();
            fold_into(written, folded);
            place.by_stem || word.fits(folded)
        }
    }
}

/// Reads documents through.
fn scan(corpus: &Corpus, words: &[Pattern], documents: &[usize], out: &mut [Vec<Place>]) {
    let bytes: usize = documents.iter().map(|&d| corpus.documents[d].text.as_str().len()).sum();
    let threads = crate::search::threads(bytes);
    let found: Vec<Vec<Vec<Place>>> = crate::search::shared(documents, threads, |documents| {
        let mut found = vec![Vec::new(); words.len()];
        let mut reader = Scanner::new(words);
        for &document in documents {
            reader.read(&corpus.documents[document], document as u32, &mut found);
        }
        found
    });
    for part in found {
        for (all, some) in out.iter_mut().zip(part) {
            all.extend(some);
        }
    }
}

/// What one folded word is: one bit per word of the query.
#[derive(Clone, Copy, Debug, Default)]
struct Is {
    any: u64,
    by_stem: u64,
}

/// Reads texts, and remembers what it learnt about words.
struct Scanner<'a> {
    words: &'a [Pattern],
    /// The words of the query that can be told without remembering: one folded word each.
    single: Vec<Option<String>>,
    /// Whether all are so.
    simple: bool,
    by_first: [u64; 256],
    stems: Option<Stemming>,
    /// Per kind of language: what each folded word is.
    memo: [FxHashMap<String, Is>; 4],
    folded: String,
}

/// The stems of the query's words, where stems are asked for.
struct Stemming {
    stemmers: Stemmers,
    dutch: Vec<Option<String>>,
    english: Vec<Option<String>>,
}

impl<'a> Scanner<'a> {
    fn new(words: &'a [Pattern]) -> Self {
        let single: Vec<Option<String>> = words.iter().map(Pattern::one_word).collect();
        let mut by_first = [0; 256];
        for (i, word) in single.iter().enumerate() {
            if let Some(&first) = word.as_ref().and_then(|w| w.as_bytes().first()) {
                by_first[usize::from(first)] |= 1 << i;
            }
        }
        let stems = words.iter().any(|w| matches!(w, Pattern::Stem(_))).then(|| {
            let mut stemmers = Stemmers::default();
            let mut all = |stem: fn(&mut Stemmers, &str) -> String| {
                words
                    .iter()
                    .map(|w| match w {
                        Pattern::Stem(w) => Some(stem(&mut stemmers, w)).filter(|s| !s.is_empty()),
                        _ => None,
                    })
                    .collect()
            };
            let (dutch, english) = (all(Stemmers::dutch), all(Stemmers::english));
            Stemming { stemmers, dutch, english }
        });
        let simple = single.iter().all(Option::is_some);
        Self { words, single, simple, by_first, stems, memo: Default::default(), folded: String::new() }
    }

    fn read(&mut self, document: &Document, at: u32, out: &mut [Vec<Place>]) {
        let text = document.text.as_str();
        let bytes = text.as_bytes();
        let stems = Stems::of(&document.language);
        for token in Tokens::of(text) {
            let written = text.get(token.start..token.end).unwrap_or_default();
            let is = if self.simple && token.ascii {
                self.ascii(&bytes[token.start..token.end])
            } else {
                self.folded.clear();
                fold_into(written, &mut self.folded);
                self.folded_word(stems)
            };
            let mut any = is.any;
            while any != 0 {
                let i = any.trailing_zeros() as usize;
                any &= any - 1;
                if let Pattern::Exact(wanted) = &self.words[i]
                    && written != wanted
                {
                    continue;
                }
                out[i].push(Place {
                    document: at,
                    at: token.start as u32,
                    by_stem: is.by_stem >> i & 1 == 1,
                });
            }
        }
    }

    /// An ASCII token is compared where it stands.
    fn ascii(&self, token: &[u8]) -> Is {
        let mut candidates = self.by_first[usize::from(token[0].to_ascii_lowercase())];
        let mut any = 0;
        while candidates != 0 {
            let i = candidates.trailing_zeros() as usize;
            candidates &= candidates - 1;
            if self.single[i].as_ref().is_some_and(|w| token.eq_ignore_ascii_case(w.as_bytes())) {
                any |= 1 << i;
            }
        }
        Is { any, by_stem: 0 }
    }

    /// What the folded word at hand is.
    fn folded_word(&mut self, language: Stems) -> Is {
        let kind = usize::from(language.dutch) + 2 * usize::from(language.english);
        if let Some(known) = self.memo[kind].get(self.folded.as_str()) {
            return *known;
        }
        let mut is = Is::default();
        for (i, word) in self.words.iter().enumerate() {
            is.any |= u64::from(word.fits(&self.folded)) << i;
        }
        if let Some(stemming) = &mut self.stems {
            let mut compare =
                |on: bool, stem: fn(&mut Stemmers, &str) -> String, stems: &[Option<String>]| {
                    if on && stems.iter().any(Option::is_some) {
                        let own = stem(&mut stemming.stemmers, &self.folded);
                        for (i, other) in stems.iter().enumerate() {
                            let same = other.as_ref().is_some_and(|o| *o == own);
                            if same && is.any >> i & 1 == 0 {
                                is.any |= 1 << i;
                                is.by_stem |= 1 << i;
                            }
                        }
                    }
                };
            compare(language.dutch, Stemmers::dutch, &stemming.dutch);
            compare(language.english, Stemmers::english, &stemming.english);
        }
        self.memo[kind].insert(self.folded.clone(), is);
        is
    }
}

impl Term {
    /// Whether the term answers in a document that is stemmed so.
    fn fits(&self, language: Stems) -> bool {
        !self.by_stem || self.dutch && language.dutch || self.english && language.english
    }
}
