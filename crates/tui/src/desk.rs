//! The desk: the study as it lies before its coder, in memory.
//!
//! It holds what the acts and texts make together, and what the screen asks at every frame: whose
//! codings are shown, how far each document is, how many passages each code has. One act more costs
//! about what it changes, not what the study holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::act::{Act, Change};
use model::coded::{Coded, Placed};
use model::corpus::{Corpus, Document, attribute};
use model::counted::Roles;
use model::ground::Ground;
use model::name::Name;
use model::reading::Readings;
use model::span::{Span, unite};
use model::state::{Redoable, State};
use rustc_hash::{FxHashMap, FxHashSet};

/// Columns of `cases.csv` by which documents are grouped, the first that is there.
const GROUPING: &[&str] = &["sector", "sectie", "branche", "industry", "group", "groep"];

/// So many acts are taken in one by one.
const FEW: usize = 50;

/// How far a coder is with a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Nothing was done.
    #[default]
    ToDo,
    /// There is a coding, and no mark.
    Begun,
    /// Read to the end for all fixed codes.
    Done,
    /// It was, but a code came that it was not read for.
    Reopened,
}

/// Documents that stand together in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its heading; empty where documents are not grouped.
    pub label: String,
    /// Places of its documents in the corpus.
    pub documents: Vec<usize>,
}

/// A study in memory, seen by one coder.
#[derive(Debug, Default)]
pub struct Desk {
    /// What the study is called.
    pub name: String,
    /// The texts and tables.
    pub corpus: Arc<Corpus>,
    /// What all acts make.
    pub state: State,
    /// The codings in their texts.
    pub coded: Coded,
    /// Who read what.
    pub readings: Readings,
    /// Who sits here.
    pub coder: Option<Name>,
    /// Languages for labels, the first one first.
    pub languages: Vec<String>,
    /// Things that were wrong in files.
    pub problems: usize,
    /// Per document, how far the coder is.
    pub progress: Vec<Progress>,
    /// The list of documents.
    pub groups: Vec<Group>,
    /// Per document: passages of the coder per code, descendants included.
    passages: Vec<FxHashMap<u32, u32>>,
    /// The same over all documents.
    totals: FxHashMap<u32, u32>,
    /// Cells of the longest document's and the longest code's line.
    widths: (u16, u16),
}

impl Desk {
    /// Lays a study out for a coder.
    pub fn new(
        name: String,
        corpus: impl Into<Arc<Corpus>>,
        state: State,
        coder: Option<Name>,
        languages: Vec<String>,
    ) -> Self {
        let corpus = corpus.into();
        let coded = Coded::new(&corpus, &state);
        let readings = Readings::new(&corpus, &state, &coded);
        let mut desk = Self { name, corpus, state, coded, readings, coder, languages, ..Self::default() };
        desk.groups = groups(&desk.corpus);
        desk.count_all();
        desk
    }

    /// Seats another coder.
    pub fn seat(&mut self, coder: Name) {
        self.coder = Some(coder);
        self.count_all();
    }

    /// Takes one more act in. Returns whether more than codings changed.
    pub fn take(&mut self, act: impl Into<Arc<Act>>) -> bool {
        let act = act.into();
        let id = act.id;
        let (light, touched) = self.touched(&act);
        self.state.insert(act);
        self.coded.update(&self.corpus, &self.state, id);
        if light {
            // A coding may decide about a hit that was offered when its code was fixed.
            if !self.state.offered_events().is_empty() {
                self.readings = Readings::new(&self.corpus, &self.state, &self.coded);
            }
            for document in touched {
                self.count(document);
            }
        } else {
            self.readings = Readings::new(&self.corpus, &self.state, &self.coded);
            self.count_all();
        }
        !light
    }

    /// Takes many acts in. From some number on, everything is laid out anew instead of act by act.
    pub fn take_all(&mut self, acts: Vec<Arc<Act>>) {
        if acts.len() <= FEW {
            for act in acts {
                self.take(act);
            }
            return;
        }
        for act in acts {
            self.state.insert(act);
        }
        self.see_anew();
    }

    /// Takes what may be seen, where that is not what it was.
    pub fn see(&mut self, state: State) {
        self.state = state;
        self.see_anew();
    }

    fn see_anew(&mut self) {
        self.coded = Coded::new(&self.corpus, &self.state);
        self.readings = Readings::new(&self.corpus, &self.state, &self.coded);
        self.count_all();
    }

    /// Whether an act (or the act that it undoes) changes codings only, and in which documents.
    fn touched(&self, act: &Act) -> (bool, FxHashSet<usize>) {
        let mut out = FxHashSet::default();
        let mut light = true;
        for change in &act.changes {
            match change {
                Change::CodingAdded(c) => out.extend(self.corpus.position(&c.anchor.document)),
                Change::CodingChanged(c) => {
                    let placed = self.coded.placed.iter().find(|p| p.id == c.coding);
                    out.extend(placed.map(|p| p.document as usize));
                    out.extend(c.anchor.as_ref().and_then(|a| self.corpus.position(&a.document)));
                }
                Change::ExemplarMarked(_)
                | Change::ExemplarUnmarked(_)
                | Change::TranslationWritten(_)
                | Change::MemoWritten(_)
                | Change::MemoRemoved(_)
                | Change::SummaryWritten(_) => {}
                Change::CodingRemoved(c) => {
                    out.extend(
                        self.coded.placed.iter().find(|p| p.id == c.coding).map(|p| p.document as usize),
                    );
                }
                Change::Undone(a) | Change::Redone(a) => match self.state.act(a.act) {
                    Some(target) if target.changes.iter().all(of_codings) => {
                        let (_, more) = self.touched(target);
                        out.extend(more);
                        // A coding that is gone now is found by the place it was made at.
                        for change in &target.changes {
                            if let Change::CodingRemoved(c) = change {
                                let history = self.state.coding_history(c.coding);
                                out.extend(history.iter().flat_map(|a| &a.changes).filter_map(|c| match c {
                                    Change::CodingAdded(c) => self.corpus.position(&c.anchor.document),
                                    _ => None,
                                }));
                            }
                        }
                    }
                    _ => light = false,
                },
                _ => light = false,
            }
        }
        (light, out)
    }

    /// Cells that the longest line of the list of documents and of the codebook takes.
    pub const fn widths(&self) -> (u16, u16) {
        self.widths
    }

    /// Measures what the panes at the sides show.
    fn measure(&mut self) {
        let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0).min(400) as u16;
        let mut documents = self.corpus.documents.iter().map(|d| {
            let name = crate::view::documents::name(d);
            crate::safe::text_width(&crate::safe::safe(&name)) + 7
        });
        let mut codes = self.tree().into_iter().filter_map(|at| {
            let depth = self.coded.codebook.codes.get(at)?.depth.min(4) as usize;
            Some(crate::safe::text_width(&crate::safe::safe(self.label(at))) + depth * 2 + 9)
        });
        self.widths = (widest(&mut documents), widest(&mut codes));
    }

    fn count_all(&mut self) {
        self.measure();
        self.passages = vec![FxHashMap::default(); self.corpus.documents.len()];
        self.totals.clear();
        self.progress = vec![Progress::ToDo; self.corpus.documents.len()];
        for document in 0..self.corpus.documents.len() {
            self.count(document);
        }
    }

    /// Counts the passages of one document anew, and sees how far it is.
    fn count(&mut self, document: usize) {
        let Some(text) = self.corpus.documents.get(document) else { return };
        let mut spans: FxHashMap<u32, Vec<Span>> = FxHashMap::default();
        let mut any = false;
        for placed in self.coded.in_document(document).iter().filter(|p| self.is_own(p)) {
            any = true;
            if !counts(text, placed.span) {
                continue;
            }
            let mut at = Some(placed.code as usize);
            while let Some(code) = at {
                spans.entry(code as u32).or_default().push(placed.span);
                at = self.coded.codebook.parent(code);
            }
        }
        let found: FxHashMap<u32, u32> =
            spans.iter_mut().map(|(code, s)| (*code, unite(s).len() as u32)).collect();
        let mark =
            self.coder.as_ref().and_then(|c| self.readings.mark(document, self.coded.coders.canonical(c)));
        let progress = match mark {
            Some(mark) => {
                let read = Readings::read_for(mark, &self.coded, |code| found.contains_key(&(code as u32)));
                let book = &self.coded.codebook;
                let all =
                    book.fixed().all(|c| book.position(&c.id).is_some_and(|i| read.contains(&(i as u32))));
                if all { Progress::Done } else { Progress::Reopened }
            }
            None if any => Progress::Begun,
            None => Progress::ToDo,
        };
        if let Some(slot) = self.progress.get_mut(document) {
            *slot = progress;
        }
        if let Some(slot) = self.passages.get_mut(document) {
            for (code, n) in slot.drain() {
                if let Some(total) = self.totals.get_mut(&code) {
                    *total = total.saturating_sub(n);
                }
            }
            for (code, n) in &found {
                *self.totals.entry(*code).or_default() += n;
            }
            *slot = found;
        }
    }

    /// Labels of the fixed codes for which a document that was done must be read again.
    pub fn reopened_for(&self, document: usize) -> Vec<String> {
        let coder = self.coder.as_ref().map(|c| self.coded.coders.canonical(c));
        let Some(mark) = coder.and_then(|c| self.readings.mark(document, c)) else { return Vec::new() };
        let found = |code: usize| self.passages.get(document).is_some_and(|p| p.contains_key(&(code as u32)));
        let read = Readings::read_for(mark, &self.coded, found);
        let book = &self.coded.codebook;
        let open = book.fixed().filter_map(|c| book.position(&c.id)).filter(|i| !read.contains(&(*i as u32)));
        open.map(|i| self.label(i).to_owned()).collect()
    }

    /// How many documents are as far.
    pub fn so_far(&self, progress: Progress) -> usize {
        self.progress.iter().filter(|p| **p == progress).count()
    }

    /// Whether a coding is the coder's own.
    pub fn is_own(&self, placed: &Placed) -> bool {
        self.coder.as_ref().is_some_and(|c| self.coded.coders.canonical(c) == self.coded.coder(placed))
    }

    /// Whether an act is the coder's own.
    pub fn is_own_act(&self, act: &Act) -> bool {
        self.coder.as_ref().is_some_and(|c| self.coded.coders.same(c, &act.coder))
    }

    /// How many passages the coder has of a code, descendants included, in all documents.
    pub fn passages(&self, code: usize) -> u32 {
        self.totals.get(&(code as u32)).copied().unwrap_or_default()
    }

    /// How many documents are done.
    pub fn done(&self) -> usize {
        self.progress.iter().filter(|p| **p == Progress::Done).count()
    }

    /// Whether the coder's reading is the one that counts.
    pub fn is_primary(&self) -> bool {
        let Some(coder) = &self.coder else { return false };
        let named = self.state.primary_events();
        let newest = named.iter().rev().find_map(|l| match l.change {
            Change::PrimaryNamed(p) if p.documents.is_empty() => Some(&p.coder),
            _ => None,
        });
        newest.is_some_and(|p| self.coded.coders.same(p, coder))
    }

    /// Whether no primary coder was named: then the only coder of each document is read.
    pub fn nobody_primary(&self) -> bool {
        self.state.primary_events().is_empty()
    }

    /// Whether any coder has done any document.
    pub fn any_done(&self) -> bool {
        (0..self.corpus.documents.len()).any(|d| self.readings.is_done(d))
    }

    /// Texts, acts and codings, for counting.
    pub fn ground(&self) -> Ground<'_> {
        Ground { corpus: &self.corpus, state: &self.state, coded: &self.coded }
    }

    /// Languages for labels.
    pub fn languages(&self) -> Vec<&str> {
        let mut out: Vec<&str> = self.languages.iter().map(String::as_str).collect();
        out.extend(["en", "nl"]);
        out
    }

    /// The label of a code.
    pub fn label(&self, code: usize) -> &str {
        self.coded.codebook.codes.get(code).map_or("", |c| c.label(&self.languages()))
    }

    /// The label of a code in the study's other language, where it differs.
    pub fn other_label(&self, code: usize) -> Option<&str> {
        let first = self.label(code);
        let code = self.coded.codebook.codes.get(code)?;
        self.languages().into_iter().map(|l| code.label(&[l])).find(|l| *l != first)
    }

    /// The own act that undo would reach.
    pub fn undoable(&self) -> Option<&Act> {
        self.state.last_undoable(|a| self.is_own_act(a) && *a.act != *"introduce")
    }

    /// The own acts that redo would reach.
    pub fn redoable(&self) -> Redoable<'_> {
        self.state.redoable(|a| self.is_own_act(a))
    }

    /// One document.
    pub fn document(&self, at: usize) -> Option<&Document> {
        self.corpus.documents.get(at)
    }

    /// Places of the codes that can be used, in the order of the codebook.
    pub fn tree(&self) -> Vec<usize> {
        let usable = |c: &model::codebook::Code| !c.retired && c.merged_into.is_none();
        let codes = self.coded.codebook.codes.iter().enumerate();
        codes.filter(|(_, c)| usable(c)).map(|(i, _)| i).collect()
    }
}

/// Whether a change touches codings and what is written about them, and nothing that is read for.
fn of_codings(change: &Change) -> bool {
    matches!(
        change,
        Change::CodingAdded(_)
            | Change::CodingChanged(_)
            | Change::CodingRemoved(_)
            | Change::ExemplarMarked(_)
            | Change::ExemplarUnmarked(_)
            | Change::TranslationWritten(_)
            | Change::MemoWritten(_)
            | Change::MemoRemoved(_)
            | Change::SummaryWritten(_)
    )
}

/// Whether a span touches a turn that is counted.
pub fn counts(document: &Document, span: Span) -> bool {
    let roles = Roles::default();
    document.turns.is_empty()
        || document
            .turns_touched(span)
            .filter_map(|i| document.turns.get(i))
            .any(|t| roles.has(document.role(t)))
}

/// Puts documents together: by a telling attribute of their case where there is one, else by case.
fn groups(corpus: &Corpus) -> Vec<Group> {
    let column =
        GROUPING.iter().find(|name| corpus.cases.iter().any(|c| attribute(&c.attributes, name).is_some()));
    let mut order: Vec<String> = Vec::new();
    let mut members: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let label = |case: &str| {
        let case = corpus.case(case)?;
        Some(match column {
            Some(name) => attribute(&case.attributes, name).unwrap_or_default().to_owned(),
            None => case.name.clone(),
        })
    };
    for case in &corpus.cases {
        let label = label(&case.id).unwrap_or_default();
        if !order.contains(&label) {
            order.push(label);
        }
    }
    order.push(String::new());
    for (at, document) in corpus.documents.iter().enumerate() {
        let label = document.case.as_deref().and_then(label).unwrap_or_default();
        members.entry(label).or_default().push(at);
    }
    let mut out: Vec<Group> = Vec::new();
    for label in order {
        if let Some(documents) = members.remove(&label) {
            out.push(Group { label, documents });
        }
    }
    // Where every group holds one document, headings would only double the list.
    if column.is_none() && out.iter().all(|g| g.documents.len() == 1) {
        let documents = out.into_iter().flat_map(|g| g.documents).collect::<Vec<_>>();
        return if documents.is_empty() {
            Vec::new()
        } else {
            vec![Group { label: String::new(), documents }]
        };
    }
    out
}
