//! Reading a study for counting alone: a line that only codes becomes a row instead of an act.
//!
//! A row is made where nothing about the coding is in question: its line is plain, and its quote stands
//! where it says in a text at hand. Any other line becomes an act, as it does when a study is opened, and
//! so does a line whose act or codings another act names. Where there is anything to be told about the
//! journals, nothing is read here at all: the study must be opened.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use model::act::{Act, Change};
use model::coded::{Coded, Placed, Unplaced, Why};
use model::corpus::Corpus;
use model::id::{ActId, ThingId};
use model::marks::marks;
use model::name::Name;
use model::plain;
use model::span::Span;
use model::state::State;
use model::text::{Text, TextHash};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::Counting;
use crate::context::Context;
use crate::corpus_folder::TextsRead;
use crate::journal_file::{Apart, Loaded, LoadedApart, load_apart};
use crate::study::{Study, read_study_file};

/// Bits for where a line begins in its file; those above tell which file.
const OFFSET: u32 = 48;
/// No case, or a text that is not at hand.
const NONE: u32 = u32::MAX;

/// Reads a study for counting; none where it must be opened.
pub(super) fn read(dir: &Path, context: &Context) -> Option<Counting> {
    let path = dir.join("study.json");
    let file = read_study_file(&path, &fs::read(&path).ok()?).ok()?;
    let mut texts = TextsRead::of_both(&dir.join("corpus"));
    let (state, codings) = journals(dir, context, &texts.by_hash())?;
    // Where more is needed to count than marks and codings, an opened study is.
    marks(&state)?;
    let study = Study::of_parts(dir, context, file, state, Loaded::default());
    let (corpus, problems) = study.corpus_from(&texts);
    drop(texts);
    let coded = place(&corpus, study.state(), &codings)?;
    Some(Counting { corpus, state: study.into_state(), coded, problems, missing: 0 })
}

/// The acts that are needed as such, and the codings of all others.
fn journals(
    dir: &Path,
    context: &Context,
    texts: &FxHashMap<TextHash, &Text>,
) -> Option<(State, Vec<Codings>)> {
    let mut loaded = load_apart(&dir.join("journal"), &context.device, || Reading::new(texts))?;
    if !is_complete(&loaded) {
        return None;
    }
    let mut acts: Vec<Arc<Act>> = loaded.acts.iter().map(|(_, act)| Arc::clone(act)).collect();
    let named: FxHashSet<ActId> = acts.iter().flat_map(|act| &act.changes).filter_map(names).collect();
    if !named.is_empty() {
        loaded.apart.iter_mut().for_each(|reading| reading.acts.sort());
    }
    for reading in &loaded.apart {
        for id in &named {
            if let Ok(at) = reading.acts.binary_search_by_key(id, |(id, _)| *id) {
                let (_, at) = reading.acts[at];
                acts.push(loaded.act_at((at >> OFFSET) as usize, at & ((1 << OFFSET) - 1))?);
            }
        }
    }
    acts.sort_unstable_by_key(|act| act.id);
    let codings = loaded.apart.into_iter().map(|reading| reading.codings(&named)).collect();
    Some((State::of(acts), codings))
}

/// The act that a change says more about: it makes a coding that is changed, or is itself undone.
fn names(change: &Change) -> Option<ActId> {
    match change {
        Change::CodingChanged(c) => Some(c.coding.act),
        Change::CodingRemoved(c) => Some(c.coding.act),
        Change::Undone(u) | Change::Redone(u) => Some(u.act),
        _ => None,
    }
}

/// Whether each file's lines are numbered from 1 without a gap, and no act stands anywhere twice.
fn is_complete(loaded: &LoadedApart<Reading<'_>>) -> bool {
    let mut runs: Vec<Run> = loaded.apart.iter().flat_map(|reading| reading.runs.iter().copied()).collect();
    runs.extend(loaded.acts.iter().map(|(file, act)| Run::of(*file, act.n, act.id)));
    runs.sort_unstable();
    let mut next = (0, 1);
    for run in &runs {
        if run.file != next.0 {
            next = (run.file, 1);
        }
        if run.first != next.1 {
            return false;
        }
        next.1 = run.last + 1;
    }
    // Ids rise within each run, so where no two runs overlap none can stand twice.
    runs.sort_unstable_by_key(|run| run.ids);
    if runs.windows(2).all(|two| two[0].ids.1 < two[1].ids.0) {
        return true;
    }
    let mut ids: Vec<ActId> = loaded.acts.iter().map(|(_, act)| act.id).collect();
    ids.extend(loaded.apart.iter().flat_map(|reading| reading.acts.iter().map(|(id, _)| *id)));
    // Stretches in order are merged; almost all are.
    ids.sort();
    ids.windows(2).all(|two| two[0] != two[1])
}

/// Lines of one file that follow each other by their numbers, and whose ids rise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    file: usize,
    first: u64,
    last: u64,
    /// The lowest and the highest.
    ids: (ActId, ActId),
}

impl Run {
    const fn of(file: usize, n: u64, id: ActId) -> Self {
        Self { file, first: n, last: n, ids: (id, id) }
    }

    /// Whether a line follows it.
    fn goes_on(&self, file: usize, n: u64, id: ActId) -> bool {
        self.file == file && self.last.checked_add(1) == Some(n) && self.ids.1 < id
    }
}

/// The codings that one thread reads.
struct Reading<'t> {
    texts: &'t FxHashMap<TextHash, &'t Text>,
    /// What is written for document and text → place in `of_text`, or [`NONE`].
    places: FxHashMap<String, u32>,
    of_text: Vec<(&'t Text, OfText)>,
    names: Names,
    /// Every act, with the place of its line.
    acts: Vec<(ActId, u64)>,
    runs: Vec<Run>,
}

/// What is left of it when all is read.
struct Codings {
    of_text: Vec<OfText>,
    names: Vec<Name>,
}

/// The codings in one text of one document.
struct OfText {
    document: Name,
    hash: TextHash,
    rows: Vec<Row>,
}

/// One coding. Code, coder and case are places in [`Names`].
#[derive(Clone, Copy)]
struct Row {
    id: ThingId,
    span: Span,
    code: u32,
    coder: u32,
    case: u32,
}

/// Names of codes, coders and cases, each once.
#[derive(Default)]
struct Names {
    list: Vec<Name>,
    at: FxHashMap<Name, u32>,
}

impl Names {
    fn of(&mut self, name: &str) -> u32 {
        if let Some(at) = self.at.get(name) {
            return *at;
        }
        let name = Name::new(name);
        self.list.push(name.clone());
        let at = self.list.len() as u32 - 1;
        self.at.insert(name, at);
        at
    }
}

impl<'t> Reading<'t> {
    fn new(texts: &'t FxHashMap<TextHash, &'t Text>) -> Self {
        Self {
            texts,
            places: FxHashMap::default(),
            of_text: Vec::new(),
            names: Names::default(),
            acts: Vec::new(),
            runs: Vec::new(),
        }
    }

    /// The place in `of_text` of a coding's text, where that is at hand.
    fn place(&mut self, coding: &plain::PlainCoding<'_>) -> Option<u32> {
        if let Some(at) = self.places.get(coding.place) {
            return (*at != NONE).then_some(*at);
        }
        let found = coding.document().and_then(|(document, hash)| {
            let text = self.texts.get(&hash)?;
            self.of_text.push((text, OfText { document: Name::new(document), hash, rows: Vec::new() }));
            Some(self.of_text.len() as u32 - 1)
        });
        self.places.insert(coding.place.to_owned(), found.unwrap_or(NONE));
        found
    }

    fn codings(self, named: &FxHashSet<ActId>) -> Codings {
        let mut of_text: Vec<OfText> = self.of_text.into_iter().map(|(_, of_text)| of_text).collect();
        if !named.is_empty() {
            for of in &mut of_text {
                of.rows.retain(|row| !named.contains(&row.id.act));
            }
        }
        Codings { of_text, names: self.names.list }
    }
}

impl Apart for Reading<'_> {
    fn take(&mut self, file: usize, line: &str, at: u64) -> bool {
        let Some(plain) = plain::read(line) else { return false };
        if file >> (u64::BITS - OFFSET) != 0 || at >> OFFSET != 0 {
            return false;
        }
        let mut places: SmallVec<[u32; 1]> = SmallVec::new();
        for coding in &plain.codings {
            let Some(place) = self.place(coding) else { return false };
            let (text, _) = &self.of_text[place as usize];
            if !text.stands_at(coding.span, &coding.quote()) {
                return false;
            }
            places.push(place);
        }
        let coder = self.names.of(plain.coder);
        for (k, (coding, place)) in (1..).zip(plain.codings.iter().zip(places)) {
            let code = self.names.of(coding.code);
            let case = coding.case.map_or(NONE, |case| self.names.of(case));
            let id = ThingId { act: plain.id, k };
            self.of_text[place as usize].1.rows.push(Row { id, span: coding.span, code, coder, case });
        }
        self.acts.push((plain.id, (file as u64) << OFFSET | at));
        match self.runs.last_mut() {
            Some(run) if run.goes_on(file, plain.n, plain.id) => {
                run.last = plain.n;
                run.ids.1 = plain.id;
            }
            _ => self.runs.push(Run::of(file, plain.n, plain.id)),
        }
        true
    }
}

/// Puts all codings in place, and finds the words beside; none where a text is not that of its document.
fn place(corpus: &Corpus, state: &State, codings: &[Codings]) -> Option<Coded> {
    let coders: Vec<Name> = codings.iter().flat_map(Codings::coders).collect();
    let mut fits = true;
    let coded = Coded::with(corpus, state, coders, |coded| {
        let known: Vec<Known> = codings.iter().map(|c| Known::of(&c.names, coded)).collect();
        let mut all = Vec::new();
        for (codings, known) in codings.iter().zip(&known) {
            for of in &codings.of_text {
                all.push(Stretch { document: coded.document_of(&of.document, &of.hash), of, known });
            }
        }
        fits = all
            .iter()
            .all(|s| s.document.is_none_or(|at| corpus.documents[at as usize].hash == Some(s.of.hash)));
        all.sort_by_key(|s| s.document.unwrap_or(NONE));
        let documents: Vec<&[Stretch<'_>]> = all.chunk_by(|a, b| a.document == b.document).collect();
        let (front, back) = documents.split_at(documents.len() / 2);
        let rows = |of: &[&[Stretch<'_>]]| of.iter().copied().flatten().map(|s| s.of.rows.len()).sum();
        thread::scope(|scope| {
            let other = scope.spawn(|| {
                let there = in_order(back, rows(back));
                corpus.documents.iter().rev().for_each(|document| _ = document.words());
                there
            });
            let (mut placed, mut unplaced) = in_order(front, rows(&documents));
            corpus.documents.iter().for_each(|document| _ = document.words());
            let (more, nowhere) = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            placed.extend(more);
            unplaced.extend(nowhere);
            (placed, unplaced)
        })
    });
    fits.then_some(coded)
}

/// The codings that one thread read in one text, with the document that it belongs to.
struct Stretch<'a> {
    document: Option<u32>,
    of: &'a OfText,
    known: &'a Known<'a>,
}

/// The codings of some documents in order of the texts, with room for so many, and those that are in no
/// table.
fn in_order(documents: &[&[Stretch<'_>]], room: usize) -> (Vec<Placed>, Vec<Unplaced>) {
    let (mut placed, mut unplaced) = (Vec::with_capacity(room), Vec::new());
    let mut order: Vec<(Span, [u32; 2])> = Vec::new();
    for stretches in documents {
        let row = |[stretch, row]: [u32; 2]| &stretches[stretch as usize].of.rows[row as usize];
        order.clear();
        for (at, stretch) in (0..).zip(*stretches) {
            order.extend((0..).zip(&stretch.of.rows).map(|(n, row)| (row.span, [at, n])));
        }
        // Places are sorted, not rows: they are a fifth as long.
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| row(a.1).id.cmp(&row(b.1).id)));
        for (_, at) in &order {
            let Stretch { document, known, .. } = &stretches[at[0] as usize];
            match known.place(*document, row(*at)) {
                Ok(there) => placed.push(there),
                Err(nowhere) => unplaced.push(nowhere),
            }
        }
    }
    (placed, unplaced)
}

/// What the names that one thread read stand for.
struct Known<'a> {
    names: &'a [Name],
    /// Place of each as a code.
    codes: Vec<Option<u32>>,
    /// Place of each as a coder, aliases followed.
    coders: Vec<Option<u32>>,
    all_coders: &'a [Name],
}

impl<'a> Known<'a> {
    fn of(names: &'a [Name], coded: &'a Coded) -> Self {
        Self {
            names,
            codes: names.iter().map(|n| coded.codebook.resolve(n).map(|at| at as u32)).collect(),
            coders: names.iter().map(|n| coded.coders.place(coded.coders.canonical(n))).collect(),
            all_coders: &coded.coders.names,
        }
    }

    fn place(&self, document: Option<u32>, row: &Row) -> Result<Placed, Unplaced> {
        let coder = self.coders[row.coder as usize].expect("the coder of every row is listed");
        let unplaced =
            |why| Unplaced { id: row.id, document, coder: self.all_coders[coder as usize].clone(), why };
        let document = document.ok_or_else(|| unplaced(Why::NoDocument))?;
        let code = self.codes[row.code as usize].ok_or_else(|| unplaced(Why::NoCode))?;
        let case = (row.case != NONE).then(|| self.names[row.case as usize].clone());
        Ok(Placed { document, span: row.span, id: row.id, code, coder, case, exact: true })
    }
}

impl Codings {
    /// The names of those whose codings these are.
    fn coders(&self) -> Vec<Name> {
        let mut used = vec![false; self.names.len()];
        self.of_text.iter().flat_map(|of| &of.rows).for_each(|row| used[row.coder as usize] = true);
        self.names.iter().zip(used).filter(|(_, used)| *used).map(|(name, _)| name.clone()).collect()
    }
}
