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
use crate::fold::{fold_into, is_exactly};
use crate::index::{Index, Known};
use crate::lexicon::Term;
use crate::query::Pattern;
use crate::schema;
use crate::stem::{Stemmers, Stems};
use crate::store::Store;
use crate::token::Tokens;

/// One place of one word in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// First byte of the word.
    pub(crate) at: u32,
    /// Whether it has only the stem in common with the query.
    pub(crate) by_stem: bool,
}

/// Where one word stands: its places, document by document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// Place of a document in the corpus, and which of `all` are its places; by document.
    runs: Vec<(u32, std::ops::Range<u32>)>,
    all: Vec<Place>,
}

impl Places {
    /// The places in a document.
    pub(crate) fn of(&self, document: usize) -> &[Place] {
        let Ok(run) = self.runs.binary_search_by_key(&(document as u32), |r| r.0) else { return &[] };
        let range = &self.runs[run].1;
        &self.all[range.start as usize..range.end as usize]
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The documents with a place.
    pub(crate) fn documents(&self) -> impl Iterator<Item = usize> + '_ {
        self.runs.iter().map(|r| r.0 as usize)
    }

    /// Adds places of a document, in order.
    fn add(&mut self, document: u32, places: impl Iterator<Item = Place>) {
        let from = self.all.len() as u32;
        self.all.extend(places);
        let to = self.all.len() as u32;
        if from < to {
            self.runs.push((document, from..to));
        }
    }

    /// Brings the documents in order, and the places of each where several words have them.
    fn settle(&mut self) {
        self.runs.sort_unstable_by_key(|r| (r.0, r.1.start));
        if self.runs.windows(2).all(|w| w[0].0 < w[1].0) {
            return;
        }
        let mut out =
            Self { runs: Vec::with_capacity(self.runs.len()), all: Vec::with_capacity(self.all.len()) };
        for of in self.runs.chunk_by(|a, b| a.0 == b.0) {
            let mut places: Vec<Place> = Vec::new();
            for (_, range) in of {
                places.extend(&self.all[range.start as usize..range.end as usize]);
            }
            places.sort_unstable();
            // A word may be there by itself and by its stem.
            places.dedup_by_key(|p| p.at);
            out.add(of[0].0, places.into_iter());
        }
        *self = out;
    }
}

/// Where each word of a query stands.
pub(crate) struct Gathered {
    words: Vec<Places>,
}

impl Gathered {
    /// The places of a word.
    pub(crate) fn word(&self, word: usize) -> &Places {
        &self.words[word]
    }

    /// The places of a word in a document.
    pub(crate) fn of(&self, word: usize, document: usize) -> &[Place] {
        self.words[word].of(document)
    }
}

/// Finds all places of these words.
pub(crate) fn gather(index: &Index, corpus: &Corpus, words: &[Pattern]) -> Gathered {
    let mut out: Vec<Places> = vec![Places::default(); words.len()];
    let held = index.held(corpus);
    let from_index = index.store.as_ref().is_some_and(|store| {
        // An index that fails now is as good as none.
        let mut pairs = words.iter().zip(&mut out);
        let read = pairs.try_for_each(|(w, places)| {
            let terms = store.terms(w)?;
            read(index, corpus, store, &held, w, &terms, places)
        });
        if read.is_err() {
            out.fill(Places::default());
        }
        read.is_ok()
    });
    let unread = match (from_index, held.all) {
        (true, true) => Vec::new(),
        (true, false) => held.others(),
        (false, _) => (0..corpus.documents.len()).collect(),
    };
    if !unread.is_empty() && !words.is_empty() {
        scan(corpus, words, &unread, &mut out);
    }
    out.iter_mut().for_each(Places::settle);
    Gathered { words: out }
}

/// The same from the index alone; none where a text would have to be read.
pub(crate) fn gather_unread(index: &Index, corpus: &Corpus, words: &[Pattern]) -> Option<Gathered> {
    let store = index.store.as_ref()?;
    let held = index.held(corpus);
    if !held.all {
        return None;
    }
    let mut out: Vec<Places> = vec![Places::default(); words.len()];
    for (word, places) in words.iter().zip(&mut out) {
        let terms = store.terms(word).ok()?;
        if unsure(word, &terms) {
            return None;
        }
        read(index, corpus, store, &held, word, &terms, places).ok()?;
        places.settle();
    }
    Some(Gathered { words: out })
}

/// Whether only the text tells if the word stands where these terms do.
fn unsure(word: &Pattern, terms: &[Term]) -> bool {
    // A word cut short in the index may be another one.
    matches!(word, Pattern::Exact(_)) || terms.iter().any(|t| crate::stem::may_be_cut(&t.text))
}

/// The places of one word that the index knows, under these terms.
fn read(
    index: &Index,
    corpus: &Corpus,
    store: &Store,
    held: &Known,
    word: &Pattern,
    terms: &[Term],
    out: &mut Places,
) -> Result<(), IndexError> {
    let stemmed = matches!(word, Pattern::Stem(_));
    let unsure = unsure(word, terms);
    let mut folded = String::new();
    let mut offsets = Vec::new();
    for (inverted, entries) in store.inverted.iter().zip(&index.entries) {
        for term in terms {
            let key = schema::term(store.fields.words, &term.text);
            let Some(mut postings) = inverted
                .read_postings(&key, IndexRecordOption::WithFreqsAndPositions)
                .map_err(|e| IndexError::Index(e.to_string()))?
            else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                for &document in entries.with(doc) {
                    if !held.has(document) {
                        continue;
                    }
                    if stemmed && !term.fits(Stems::of(&corpus.documents[document as usize].language)) {
                        continue;
                    }
                    postings.positions(&mut offsets);
                    let place = |&at: &u32| Place { at, by_stem: term.by_stem };
                    if unsure {
                        let text = corpus.documents[document as usize].text.as_str();
                        let places =
                            offsets.iter().map(place).filter(|p| stands(text, word, *p, &mut folded));
                        out.add(document, places);
                    } else {
                        out.add(document, offsets.iter().map(place));
                    }
                }
                doc = postings.advance();
            }
        }
    }
    Ok(())
}

/// Whether the text says at a place what the index said.
fn stands(text: &str, word: &Pattern, place: Place, folded: &mut String) -> bool {
    let Some(rest) = text.get(place.at as usize..) else { return false };
    let Some(token) = Tokens::of(rest).next() else { return false };
    let written = rest.get(..token.end).unwrap_or_default();
    match word {
        Pattern::Exact(wanted) => is_exactly(written, wanted),
        word => {
            folded.clear();
            fold_into(written, folded);
            place.by_stem || word.fits(folded)
        }
    }
}

/// Reads documents through.
fn scan(corpus: &Corpus, words: &[Pattern], documents: &[usize], out: &mut [Places]) {
    let bytes: usize = documents.iter().map(|&d| corpus.documents[d].text.as_str().len()).sum();
    let threads = crate::search::threads(bytes);
    let found: Vec<Vec<Places>> = crate::search::shared(documents, threads, |documents| {
        let mut found = vec![Places::default(); words.len()];
        let mut reader = Scanner::new(words);
        for &document in documents {
            reader.read(&corpus.documents[document], document as u32, &mut found);
        }
        found
    });
    for part in found {
        for (all, some) in out.iter_mut().zip(part) {
            for (document, range) in some.runs {
                all.add(document, some.all[range.start as usize..range.end as usize].iter().copied());
            }
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

    fn read(&mut self, document: &Document, at: u32, out: &mut [Places]) {
        let mut found: Vec<Vec<Place>> = vec![Vec::new(); out.len()];
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
                    && !is_exactly(written, wanted)
                {
                    continue;
                }
                found[i].push(Place { at: token.start as u32, by_stem: is.by_stem >> i & 1 == 1 });
            }
        }
        for (places, found) in out.iter_mut().zip(found) {
            places.add(at, found.into_iter());
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
