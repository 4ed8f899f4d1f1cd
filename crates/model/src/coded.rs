//! A corpus with its codings in place: what every table, screen and search of codings reads.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::act::{Act, Change};
use crate::anchor::Standing;
use crate::codebook::Codebook;
use crate::corpus::Corpus;
use crate::documents::Documents;
use crate::id::{ActId, ThingId};
use crate::name::Name;
use crate::span::Span;
use crate::state::{Coding, File, State};
use crate::text::TextHash;

/// Codings from which on two threads place them.
const MANY: usize = 2_000;

/// One coding in the text at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Place of its document in [`Corpus::documents`].
    pub document: u32,
    /// Where it stands.
    pub span: Span,
    /// Its id; the fields that are not here are in [`State::coding`].
    pub id: ThingId,
    /// Place of its code in [`Codebook::codes`], merges followed.
    pub code: u32,
    /// Place in [`Coders::names`] of whose it is.
    pub coder: u32,
    /// The case set on it.
    pub case: Option<Name>,
    /// Whether the text is the one that it was made in.
    pub exact: bool,
}

/// Why a coding is in no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its place in the text at hand must be decided by a person.
    Review,
    /// Its text belongs to no document of the study, or the document is removed.
    NoDocument,
    /// Its code does not exist (the act that made it is undone or has not arrived).
    NoCode,
}

/// A coding that could not be placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Unplaced {
    /// Its id.
    pub id: ThingId,
    /// Place of its document, if that is known.
    pub document: Option<u32>,
    /// Whose it is, aliases followed.
    pub coder: Name,
    /// Why.
    pub why: Why,
}

/// Names of one person: alias → the name that counts.
#[derive(Clone, Debug, Default)]
pub struct Coders {
    aliases: FxHashMap<Name, Name>,
    /// All coders that acted or were introduced, aliases followed, in order of name.
    pub names: Vec<Name>,
}

impl Coders {
    /// Folds the coders from the live acts.
    pub fn fold(state: &State) -> Self {
        Self::fold_with(state, [])
    }

    /// The same with others who acted too, in acts that are not in `state`.
    fn fold_with(state: &State, others: impl IntoIterator<Item = Name>) -> Self {
        let mut aliases: FxHashMap<Name, Name> = FxHashMap::default();
        let mut introduced = Vec::new();
        for live in state.coder_events() {
            match live.change {
                Change::CoderAlias(a) if a.coder != a.of => {
                    // An alias that would close a circle has no effect.
                    let mut at = a.of.clone();
                    while let Some(next) = aliases.get(&at) {
                        at = next.clone();
                    }
                    if at != a.coder {
                        aliases.insert(a.coder.clone(), a.of.clone());
                    }
                }
                Change::CoderIntroduced(c) => introduced.push(c.coder.clone()),
                _ => {}
            }
        }
        let mut coders = Self { aliases, names: Vec::new() };
        let mut names: BTreeSet<Name> = introduced.into_iter().chain(others).collect();
        let mut last: Option<&Name> = None;
        for act in state.acts() {
            if last != Some(&act.coder) {
                names.insert(act.coder.clone());
                last = Some(&act.coder);
            }
        }
        let names: BTreeSet<Name> = names.iter().map(|n| coders.canonical(n).clone()).collect();
        coders.names = names.into_iter().collect();
        coders
    }

    /// The name of a person that counts.
    pub fn canonical<'a>(&'a self, name: &'a Name) -> &'a Name {
        let mut at = name;
        while let Some(next) = self.aliases.get(at) {
            at = next;
        }
        at
    }

    /// Place in [`Self::names`] of a name that counts.
    pub fn place(&self, name: &Name) -> Option<u32> {
        self.names.binary_search(name).ok().map(|at| at as u32)
    }

    /// Whether two names are one person's.
    pub fn same(&self, a: &Name, b: &Name) -> bool {
        self.canonical(a) == self.canonical(b)
    }
}

/// Documents, codebook, coders and codings of one moment.
#[derive(Clone, Debug, Default)]
pub struct Coded {
    /// The documents as acts make them.
    pub documents: Documents,
    /// The codebook as acts make it.
    pub codebook: Codebook,
    /// The coders.
    pub coders: Coders,
    /// All codings in place, in order of document, start, end, id.
    pub placed: Vec<Placed>,
    /// All codings that exist and are in no table.
    pub unplaced: Vec<Unplaced>,
    /// Place in the corpus of each of [`Documents::list`].
    in_corpus: Vec<Option<u32>>,
}

impl Coded {
    /// Places all codings of `state` in the texts of `corpus`.
    pub fn new(corpus: &Corpus, state: &State) -> Self {
        let mut coded = Self::empty(corpus, state, Coders::fold(state));
        (coded.placed, coded.unplaced) = coded.place_all(corpus, state);
        coded
    }

    /// The same with codings of acts that are not in `state`: `coders` made them, and `others` puts them in
    /// place, in order, when it is known where documents, codes and coders stand.
    pub fn with(
        corpus: &Corpus,
        state: &State,
        coders: impl IntoIterator<Item = Name>,
        others: impl FnOnce(&Self) -> (Vec<Placed>, Vec<Unplaced>),
    ) -> Self {
        let mut coded = Self::empty(corpus, state, Coders::fold_with(state, coders));
        (coded.placed, coded.unplaced) = others(&coded);
        let (placed, unplaced) = coded.place_all(corpus, state);
        if !placed.is_empty() {
            coded.placed.extend(placed);
            coded.placed.sort_by_key(Placed::key);
        }
        coded.unplaced.extend(unplaced);
        coded.unplaced.sort_by_key(|u| u.id);
        coded
    }

    /// Documents, codebook and coders, without codings.
    fn empty(corpus: &Corpus, state: &State, coders: Coders) -> Self {
        let documents = Documents::fold(state);
        let in_corpus = documents.list.iter().map(|d| corpus.position(&d.id).map(|i| i as u32)).collect();
        Self { documents, codebook: Codebook::fold(state), coders, in_corpus, ..Self::default() }
    }

    /// Puts together what was kept of a [`Coded`]: `state` needs the acts of [`crate::marks`] only, since
    /// codings come as they were placed.
    pub fn restored(
        corpus: &Corpus,
        state: &State,
        coders: Vec<Name>,
        placed: Vec<Placed>,
        unplaced: Vec<Unplaced>,
    ) -> Self {
        let coders = Coders { names: coders, ..Coders::fold(state) };
        Self { placed, unplaced, ..Self::empty(corpus, state, coders) }
    }

    /// Places all codings, on two threads where there are many.
    fn place_all(&self, corpus: &Corpus, state: &State) -> (Vec<Placed>, Vec<Unplaced>) {
        let files = state.files();
        let place = |files: &[File<'_>]| {
            let (mut placed, mut unplaced) = (Vec::with_capacity(files.len()), Vec::new());
            for coding in files.iter().filter_map(|file| state.filed(file)) {
                match self.place(corpus, &coding) {
                    Ok(there) => placed.push(there),
                    Err(nowhere) => unplaced.push(nowhere),
                }
            }
            (placed, unplaced)
        };
        let (mut placed, unplaced) = if files.len() < MANY {
            place(&files)
        } else {
            let (front, back) = files.split_at(files.len() / 2);
            std::thread::scope(|scope| {
                let other = scope.spawn(|| place(back));
                let (mut placed, mut unplaced) = place(front);
                let (more, nowhere) = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                placed.extend(more);
                unplaced.extend(nowhere);
                (placed, unplaced)
            })
        };
        // They come in order of id, which sorting by document and place must keep: plain numbers are
        // sorted fastest, and then each coding is moved once to where it belongs.
        let key = |(i, p): (usize, &Placed)| p.place() << 32 | i as u128;
        let mut order: Vec<u128> = placed.iter().enumerate().map(key).collect();
        order.sort_unstable();
        let at_first = |at: usize| order[at] as u32 as usize;
        for at in 0..order.len() {
            let mut from = at_first(at);
            // What stood there may have been swapped away since.
            while from < at {
                from = at_first(from);
            }
            placed.swap(at, from);
        }
        (placed, unplaced)
    }

    fn place(&self, corpus: &Corpus, coding: &Coding<'_>) -> Result<Placed, Unplaced> {
        let coder = self.coders.canonical(&coding.added.coder);
        let unplaced = |document, why| Unplaced { id: coding.id, document, coder: coder.clone(), why };
        let document = self
            .document_of(&coding.anchor.document, &coding.anchor.text)
            .ok_or_else(|| unplaced(None, Why::NoDocument))?;
        let Some(code) = self.codebook.resolve(coding.code) else {
            return Err(unplaced(Some(document), Why::NoCode));
        };
        let text = &corpus.documents[document as usize];
        let standing = match &text.hash {
            Some(hash) => self.documents.standing(coding.anchor, &text.text, hash),
            None => Standing::Review,
        };
        let Some(span) = standing.span() else {
            return Err(unplaced(Some(document), Why::Review));
        };
        Ok(Placed {
            document,
            span,
            id: coding.id,
            code: code as u32,
            coder: self.coders.place(coder).expect("the coder of every act is listed"),
            case: coding.case.cloned(),
            exact: matches!(standing, Standing::Exact(_)),
        })
    }

    /// Brings this up to date with one act that `state` has just taken in (or with an act that was
    /// just undone or redone). Cheap where only codings change.
    pub fn update(&mut self, corpus: &Corpus, state: &State, act: ActId) {
        let Some(act) = state.act(act) else { return };
        let mut ids = Vec::new();
        if !named_codings(state, act, &mut ids)
            || !self.coders.names.contains(self.coders.canonical(&act.coder))
        {
            *self = Self::new(corpus, state);
            return;
        }
        let gone: BTreeSet<ThingId> = ids.iter().copied().collect();
        self.placed.retain(|p| !gone.contains(&p.id));
        self.unplaced.retain(|p| !gone.contains(&p.id));
        for id in gone {
            let Some(coding) = state.coding(id) else { continue };
            match self.place(corpus, &coding) {
                Ok(placed) => {
                    let at = self.placed.partition_point(|p| p.key() < placed.key());
                    self.placed.insert(at, placed);
                }
                Err(unplaced) => self.unplaced.push(unplaced),
            }
        }
    }

    /// Whether new codings can be put on a document: its text is one that an act knows. A text that
    /// was changed by hand must first be put back.
    pub fn can_code(&self, document: &crate::corpus::Document) -> bool {
        document.hash.is_some_and(|hash| self.documents.resolve(&document.id, &hash).is_some())
    }

    /// Place in the corpus of the document that a name and a text point to.
    pub fn document_of(&self, name: &str, text: &TextHash) -> Option<u32> {
        self.documents.resolve(name, text).and_then(|i| self.in_corpus.get(i).copied().flatten())
    }

    /// Whose a coding is, aliases followed.
    pub fn coder(&self, placed: &Placed) -> &Name {
        &self.coders.names[placed.coder as usize]
    }

    /// The codings of one document, in order.
    pub fn in_document(&self, document: usize) -> &[Placed] {
        let document = document as u32;
        let from = self.placed.partition_point(|p| p.document < document);
        let to = self.placed.partition_point(|p| p.document <= document);
        self.placed.get(from..to).unwrap_or_default()
    }

    /// How many codings wait for a person to decide where they stand.
    pub fn waiting(&self) -> usize {
        self.unplaced.iter().filter(|u| u.why == Why::Review).count()
    }
}

impl Placed {
    /// Document, start and end as one number that orders like them.
    const fn place(&self) -> u128 {
        (self.document as u128) << 64 | (self.span.start as u128) << 32 | self.span.end as u128
    }

    /// What codings are ordered by.
    fn key(&self) -> (u32, Span, ThingId) {
        (self.document, self.span, self.id)
    }
}

/// Collects the codings that an act (or the acts that it undoes) names; false if it does more.
fn named_codings(state: &State, act: &Act, ids: &mut Vec<ThingId>) -> bool {
    let mut made = 0;
    for change in &act.changes {
        made += u32::from(change.makes());
        match change {
            Change::CodingAdded(_) => ids.push(ThingId { act: act.id, k: made }),
            Change::CodingChanged(c) => ids.push(c.coding),
            Change::CodingRemoved(c) => ids.push(c.coding),
            Change::Undone(u) | Change::Redone(u) => match state.act(u.act) {
                Some(target) if target.id != act.id && crate::state::undoable(target) => {
                    if !named_codings(state, target, ids) {
                        return false;
                    }
                }
                _ => return false,
            },
            Change::ExemplarMarked(_)
            | Change::ExemplarUnmarked(_)
            | Change::TranslationWritten(_)
            | Change::MemoWritten(_)
            | Change::MemoRemoved(_)
            | Change::SummaryWritten(_)
            | Change::SearchSaved(_)
            | Change::SearchRemoved(_)
            | Change::HitOffered(_)
            | Change::HitRejected(_)
            | Change::Done(_)
            | Change::Reopened(_) => {}
            _ => return false,
        }
    }
    true
}
