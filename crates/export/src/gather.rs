//! A gathering: what the documents of a group say about a code, before it becomes a cell.

use std::collections::{BTreeMap, BTreeSet};

use model::coded::Coded;
use model::counted::case_of;
use model::reading::Readings;
use model::span::{Span, covered_by, unite};

use crate::asked::{Asked, Known};
use crate::cell::{Cell, Status};
use crate::column::Column;
use crate::grouping::{Belongs, Grouping};
use crate::options::{CountRule, Options};
use crate::reader::Reader;
use crate::spread::Spread;

/// What was measured of one code in one group of one document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Measure {
    pub(crate) passages: u64,
    /// Passages wholly in turns that do not count.
    pub(crate) uncounted: u64,
    codings: u64,
    turns: u64,
    words: u64,
    characters: u64,
}

/// What was gathered for one cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) measure: Measure,
    /// Passages in documents that are done.
    passages_done: u64,
    pub(crate) found: u32,
    documents: u32,
    done: u32,
    not_asked: u32,
    without_text: u32,
    words: u64,
    cases: BTreeSet<String>,
}

/// How much of a group there is, and how much of it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Documents of the group.
    pub documents: u32,
    /// Of these, settled for every code of the table that is read for: done, or not asked.
    pub done: u32,
}

/// What was gathered for a whole table.
pub(crate) struct Gatherings {
    /// Group by group, code by code.
    pub(crate) cells: Vec<Gathered>,
    /// Per group.
    pub(crate) extents: Vec<Extent>,
    /// Per code, what is said at all, whatever the groups are: counted from spans, not added up.
    pub(crate) whole: Vec<Gathered>,
    /// Passages of top codes that lie wholly in turns that do not count.
    pub(crate) uncounted: u64,
}

/// The passages that layers of spans make: united, or what all layers share where there are several.
pub(crate) fn unions(layers: &mut [Vec<Span>]) -> Vec<Span> {
    match layers {
        [] => Vec::new(),
        [one] => unite(one),
        many => {
            let united: Vec<Vec<Span>> = many.iter_mut().map(unite).collect();
            covered_by(&united, united.len())
        }
    }
}

/// Measures one code in one group of one document.
pub(crate) fn measure(reader: &Reader<'_>, layers: &mut [Vec<Span>], rule: CountRule) -> Measure {
    let counted = &reader.counted;
    // Where layers are intersected there is no coding that a passage is made of but itself.
    let codings = (rule == CountRule::Codings && layers.len() <= 1)
        .then(|| layers.iter().flatten().filter(|s| counted.touches(**s)).count() as u64);
    let mut passages = unions(layers);
    let all = passages.len();
    let mut walk = counted.walk();
    passages.retain(|s| walk.touches(*s));
    let uncounted = (all - passages.len()) as u64;
    let mut out = Measure { passages: passages.len() as u64, uncounted, ..Measure::default() };
    out.codings = codings.unwrap_or(out.passages);
    match rule {
        CountRule::Turns => {
            let mut last = None;
            for turn in passages.iter().flat_map(|s| counted.touched(*s)).map(|t| t.turn) {
                if last != Some(turn) {
                    out.turns += 1;
                    last = Some(turn);
                }
            }
        }
        CountRule::Words => {
            out.words = passages.iter().map(|s| u64::from(counted.words(reader.document, *s))).sum();
        }
        CountRule::Characters => {
            out.characters = passages.iter().map(|s| u64::from(counted.characters(*s))).sum();
        }
        _ => {}
    }
    out
}

impl Measure {
    pub(crate) fn add(&mut self, other: Self) {
        self.passages += other.passages;
        self.uncounted += other.uncounted;
        self.codings += other.codings;
        self.turns += other.turns;
        self.words += other.words;
        self.characters += other.characters;
    }
}

/// Codings from which on two threads gather.
const MANY: usize = 10_000;
/// Cells above which one thread gathers, since each needs them all.
const WIDE: usize = 1 << 20;

/// Gathers what the documents say, in two threads where there is much.
pub(crate) fn gather(
    coded: &Coded,
    readings: &Readings,
    readers: &[Reader<'_>],
    grouping: &Grouping<'_>,
    codes: &[Column],
) -> Gatherings {
    let some = |from: usize, to: usize| {
        let documents = readers[from..to].iter().zip(&grouping.belongs[from..to]);
        gather_some(coded, readings, documents, grouping, codes)
    };
    let total = readers.len();
    let codings: usize = readers.iter().flat_map(|r| &r.layers).map(Vec::len).sum();
    if codings < MANY || grouping.groups.len() * codes.len() > WIDE {
        return some(0, total);
    }
    std::thread::scope(|scope| {
        let back = scope.spawn(|| some(total / 2, total));
        let mut all = some(0, total / 2);
        all.add(back.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        all
    })
}

/// Gathers what some documents say.
fn gather_some<'a>(
    coded: &Coded,
    readings: &Readings,
    documents: impl Iterator<Item = (&'a Reader<'a>, &'a Belongs)>,
    grouping: &Grouping<'_>,
    codes: &[Column],
) -> Gatherings {
    let groups = grouping.groups.len();
    let mut out = Gatherings {
        cells: vec![Gathered::default(); groups * codes.len()],
        extents: vec![Extent::default(); groups],
        whole: vec![Gathered::default(); codes.len()],
        uncounted: 0,
    };
    let rule = grouping.rule;
    for (reader, belongs) in documents {
        // The groups to which something of this document belongs, with their counted words.
        let mut words: BTreeMap<usize, u64> = BTreeMap::new();
        if let Some(group) = grouping.of_document(reader.document) {
            words.insert(group, 0);
        }
        for (turn, group) in reader.counted.turns.iter().zip(&belongs.turns) {
            *words.entry(*group).or_default() += u64::from(turn.words);
        }
        let mut spread = Spread::of(coded, reader, |layer, i| belongs.codings[layer][i]);
        for group in spread.groups().iter().chain(belongs.left_out.iter().flatten()) {
            words.entry(*group).or_default();
        }
        // Where all codings belong to one group, what they make there is what they make at all.
        let only = match spread.groups() {
            [only] if belongs.codings.iter().flatten().all(Option::is_some) => Some(*only),
            _ => None,
        };
        let cases = (rule == CountRule::Cases).then(|| cases_with(coded, reader, belongs));
        let asked = Asked::of(readings, reader, grouping, belongs);
        for (&group, &words) in &words {
            let mut settled = codes.iter().any(|code| code.read_for);
            for (c, code) in codes.iter().enumerate() {
                let cell = &mut out.cells[group * codes.len() + c];
                let measure = spread.get_mut(group, code.place).map(|layers| measure(reader, layers, rule));
                if only == Some(group) {
                    out.whole[c].add_whole(measure);
                    out.uncounted += uncounted(code, measure);
                }
                let measure = measure.unwrap_or_default();
                let found = measure.passages > 0;
                cell.documents += 1;
                cell.measure.add(measure);
                cell.found += u32::from(found);
                match asked.known(group, code.place, || found) {
                    Known::NotAsked => cell.not_asked += 1,
                    Known::Done => {
                        cell.done += 1;
                        cell.words += words;
                        cell.passages_done += measure.passages;
                    }
                    Known::Open => {
                        cell.without_text += u32::from(reader.document.whole().is_empty());
                        settled &= !code.read_for;
                    }
                }
                if let Some(with) = cases.as_ref().and_then(|c| c.get(&(group, code.place))) {
                    cell.cases.extend(with.iter().cloned());
                }
            }
            out.extents[group].documents += 1;
            out.extents[group].done += u32::from(settled);
        }
        if only.is_none() {
            let mut spread = Spread::of(coded, reader, |_, _| Some(0));
            for (c, code) in codes.iter().enumerate() {
                let measure = spread.get_mut(0, code.place).map(|layers| measure(reader, layers, rule));
                out.whole[c].add_whole(measure);
                out.uncounted += uncounted(code, measure);
            }
        }
    }
    out
}

/// The passages of a top code that lie wholly in turns that do not count.
fn uncounted(code: &Column, measure: Option<Measure>) -> u64 {
    if code.depth == 0 { measure.map_or(0, |m| m.uncounted) } else { 0 }
}

impl Gatherings {
    /// Adds what other documents say.
    fn add(&mut self, other: Self) {
        self.cells.iter_mut().zip(other.cells).for_each(|(a, b)| a.add(b));
        self.whole.iter_mut().zip(other.whole).for_each(|(a, b)| a.add(b));
        for (a, b) in self.extents.iter_mut().zip(other.extents) {
            a.documents += b.documents;
            a.done += b.done;
        }
        self.uncounted += other.uncounted;
    }
}

impl Gathered {
    /// Adds what other documents say.
    fn add(&mut self, other: Self) {
        self.measure.add(other.measure);
        self.passages_done += other.passages_done;
        self.found += other.found;
        self.documents += other.documents;
        self.done += other.done;
        self.not_asked += other.not_asked;
        self.without_text += other.without_text;
        self.words += other.words;
        self.cases.extend(other.cases);
    }

    /// Adds what is said in one more document, whatever the rows are.
    fn add_whole(&mut self, measure: Option<Measure>) {
        let Some(measure) = measure else { return };
        self.found += u32::from(measure.passages > 0);
        self.measure.add(measure);
    }
}

/// Per group and code the cases that have a passage in this document.
fn cases_with(
    coded: &Coded,
    reader: &Reader<'_>,
    belongs: &Belongs,
) -> BTreeMap<(usize, usize), Vec<String>> {
    let mut by_case: BTreeMap<(usize, usize, String), Vec<Vec<Span>>> = BTreeMap::new();
    for (layer, placed) in reader.layers.iter().enumerate() {
        for (p, group) in placed.iter().zip(&belongs.codings[layer]) {
            let Some(group) = *group else { continue };
            let (case, _) = case_of(reader.document, &reader.counted, p.span, p.case.as_deref());
            let Some(case) = case else { continue };
            let mut at = Some(p.code as usize);
            while let Some(code) = at {
                let layers = by_case.entry((group, code, case.to_owned())).or_default();
                layers.resize(reader.layers.len(), Vec::new());
                layers[layer].push(p.span);
                at = coded.codebook.parent(code);
            }
        }
    }
    let mut out: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for ((group, code, case), mut layers) in by_case {
        if unions(&mut layers).iter().any(|s| reader.counted.touches(*s)) {
            out.entry((group, code)).or_default().push(case);
        }
    }
    out
}

impl Gathered {
    pub(crate) fn number(&self, rule: CountRule) -> u64 {
        let m = &self.measure;
        match rule {
            CountRule::Passages => m.passages,
            CountRule::Codings => m.codings,
            CountRule::Turns => m.turns,
            CountRule::Documents => u64::from(self.found),
            CountRule::Cases => self.cases.len() as u64,
            CountRule::Presence => u64::from(self.found > 0),
            CountRule::Words => m.words,
            CountRule::Characters => m.characters,
        }
    }

    pub(crate) fn status(&self, never_asked: bool) -> Status {
        let settled = self.done + self.not_asked == self.documents;
        if self.found > 0 {
            if settled { Status::Coded } else { Status::Partial }
        } else if self.documents == 0 {
            if never_asked { Status::NotAsked } else { Status::NoText }
        } else if self.without_text == self.documents {
            Status::NoText
        } else if self.not_asked == self.documents {
            Status::NotAsked
        } else if settled {
            Status::NotFound
        } else {
            Status::NotDone
        }
    }

    pub(crate) fn cell(&self, options: &Options, never_asked: bool) -> Cell {
        let status = self.status(never_asked);
        let number = status.carries_number(options.complete);
        let rate = number && self.words > 0;
        Cell {
            n: number.then(|| self.number(options.count)),
            status,
            documents: self.documents,
            documents_done: self.done,
            words: self.words,
            per_1000: rate.then(|| self.passages_done as f64 / self.words as f64 * 1000.0),
        }
    }
}
