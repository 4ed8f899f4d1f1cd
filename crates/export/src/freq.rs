//! The frequency table: groups × codes, each cell with its status and its rate.

use std::collections::BTreeMap;

use model::coded::Coded;
use model::corpus::Corpus;
use model::reading::{Choice, Readings};
use model::span::{Span, covered_by, unite};
use model::state::State;

use crate::cell::{Cell, Row, Status, Total};
use crate::grouping::{Group, Grouping, Passage};
use crate::options::{By, CountRule, FreqError, Options};
use crate::reader::Reader;

/// A code with a row or column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its place in the codebook.
    pub place: usize,
    /// Its id.
    pub id: String,
    /// Short name for columns of wide tables: unique in the table.
    pub var: String,
    /// 0 for a top code.
    pub depth: u32,
    /// No longer used for new codings.
    pub retired: bool,
}

/// A complete table: every group × every code, in order.
#[derive(Clone, Debug)]
pub struct Frequencies {
    /// What it was asked to be.
    pub options: Options,
    /// Heading of the column that names the groups.
    pub heading: String,
    /// Its groups.
    pub groups: Vec<Group>,
    /// Its codes, in codebook order.
    pub codes: Vec<Column>,
    /// Cells, group by group.
    pub cells: Vec<Cell>,
    /// One per code.
    pub totals: Vec<Total>,
    /// Codings that wait for a person to decide where they stand; they are in no cell.
    pub waiting: usize,
    /// Passages wholly in turns that do not count; they are in no cell. Counted per document at the
    /// level of top codes.
    pub uncounted: usize,
}

impl Frequencies {
    /// The cell of a group and a code, by their places in this table.
    pub fn cell(&self, group: usize, code: usize) -> &Cell {
        &self.cells[group * self.codes.len() + code]
    }

    /// Every cell with its place, group by group.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> + '_ {
        self.groups.iter().enumerate().flat_map(move |(g, group)| {
            self.codes.iter().enumerate().map(move |(c, code)| Row {
                group: &group.id,
                code: &code.id,
                cell: self.cell(g, c),
            })
        })
    }
}

/// What was measured of one code in one group of one document.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    passages: u64,
    codings: u64,
    turns: u64,
    words: u64,
    characters: u64,
}

/// What was gathered for one cell.
#[derive(Clone, Debug, Default)]
struct Gathered {
    measure: Measure,
    /// Passages in documents that are done.
    passages_done: u64,
    found: u32,
    documents: u32,
    done: u32,
    not_asked: u32,
    without_text: u32,
    words: u64,
    cases: std::collections::BTreeSet<String>,
}

/// Counts how often each code occurs in each group.
///
/// # Errors
/// [`FreqError::Unclear`] when several coders read a document and none is primary there;
/// [`FreqError::UnknownCoder`] for a reading by nobody.
pub fn frequencies(
    corpus: &Corpus,
    state: &State,
    coded: &Coded,
    options: &Options,
) -> Result<Frequencies, FreqError> {
    let (readings, readers) = readers(corpus, state, coded, options)?;
    let grouping = Grouping::new(corpus, &readers, options);
    let codes = columns(coded, options);
    let gathered = gather(coded, &readings, &readers, &grouping, &codes);
    let cells: Vec<Cell> = gathered
        .iter()
        .enumerate()
        .map(|(i, g)| {
            let case = grouping.case(i / codes.len());
            let never = case.is_some_and(|c| readings.case_not_asked(c, codes[i % codes.len()].place));
            g.cell(options, never)
        })
        .collect();
    let totals = totals(corpus, coded, &readings, &readers, options, &codes);
    let uncounted = uncounted(coded, &readers);
    Ok(Frequencies {
        heading: options.by.heading(corpus).to_owned(),
        options: options.clone(),
        groups: grouping.groups,
        cells,
        totals,
        codes,
        waiting: coded.waiting(),
        uncounted,
    })
}

/// The passages that make up a cell, in order of document and place, each with its codings. Their
/// number is the cell's, under the rule `passages`; every other rule follows from them.
///
/// # Errors
/// As [`frequencies`].
pub fn passages(
    corpus: &Corpus,
    state: &State,
    coded: &Coded,
    options: &Options,
    group: &str,
    code: &str,
) -> Result<Vec<Passage>, FreqError> {
    let (_, readers) = readers(corpus, state, coded, options)?;
    let grouping = Grouping::new(corpus, &readers, options);
    let Some(code) = coded.codebook.position(code) else { return Ok(Vec::new()) };
    let tree = coded.codebook.subtree(code);
    let mut out = Vec::new();
    for reader in &readers {
        let mut layers: Vec<Vec<Span>> = Vec::new();
        let mut codings = Vec::new();
        for layer in &reader.layers {
            let here: Vec<_> = layer
                .iter()
                .filter(|p| tree.contains(&(p.code as usize)))
                .filter(|p| grouping.of_coding(reader, p).as_deref() == Some(group))
                .collect();
            layers.push(here.iter().map(|p| p.span).collect());
            codings.extend(here.iter().map(|p| (p.span, p.id)));
        }
        for span in unions(&mut layers).into_iter().filter(|s| reader.counted.touches(*s)) {
            let mut ids: Vec<_> =
                codings.iter().filter(|(s, _)| s.overlaps(span)).map(|(_, id)| *id).collect();
            ids.sort_unstable();
            out.push(Passage { document: reader.place, span, codings: ids });
        }
    }
    Ok(out)
}

fn readers<'a>(
    corpus: &'a Corpus,
    state: &State,
    coded: &'a Coded,
    options: &Options,
) -> Result<(Readings, Vec<Reader<'a>>), FreqError> {
    if let Choice::Coder(name) = &options.reading
        && !coded.coders.names.contains(coded.coders.canonical(name))
    {
        let known = coded.coders.names.iter().map(ToString::to_string).collect();
        return Err(FreqError::UnknownCoder(name.to_string(), known));
    }
    let mut options = options.clone();
    if let Choice::Coder(name) = &options.reading {
        options.reading = Choice::Coder(coded.coders.canonical(name).clone());
    }
    find_words(corpus);
    let readings = Readings::new(corpus, state, coded);
    let readers = Reader::all(corpus, coded, &readings, &options)?;
    Ok((readings, readers))
}

/// Finds the words of all documents, on two threads where there is much to read.
fn find_words(corpus: &Corpus) {
    let bytes: usize = corpus.documents.iter().map(|d| d.text.as_str().len()).sum();
    if bytes < 1 << 18 {
        return;
    }
    let (even, odd): (Vec<_>, Vec<_>) = corpus.documents.iter().enumerate().partition(|(i, _)| i % 2 == 0);
    std::thread::scope(|scope| {
        let find = |documents: &[(usize, &model::corpus::Document)]| {
            for (_, document) in documents {
                document.words();
            }
        };
        scope.spawn(move || find(&odd));
        find(&even);
    });
}

/// The codes that have a column: all but those merged away.
fn columns(coded: &Coded, options: &Options) -> Vec<Column> {
    let mut taken = std::collections::BTreeSet::new();
    let mut out: Vec<Column> = Vec::new();
    for (place, code) in coded.codebook.codes.iter().enumerate() {
        if code.merged_into.is_some() || !options.level.holds(code.depth) {
            continue;
        }
        let var = code.var.clone().unwrap_or_else(|| var_from(&code.id));
        let mut unique = var.clone();
        let mut k = 2;
        while !taken.insert(unique.clone()) {
            unique = format!("{var}_{k}");
            k += 1;
        }
        out.push(Column {
            place,
            id: code.id.to_string(),
            var: unique,
            depth: code.depth,
            retired: code.retired,
        });
    }
    out
}

/// A column name from an id: at most 24 of a-z 0-9 _, beginning with a letter.
fn var_from(id: &str) -> String {
    let mut var: String = id
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .take(24)
        .collect();
    if !var.starts_with(|c: char| c.is_ascii_alphabetic()) {
        var.insert(0, 'c');
        var.truncate(24);
    }
    var
}

/// The passages that layers of spans make: united, or what all layers share where there are several.
fn unions(layers: &mut [Vec<Span>]) -> Vec<Span> {
    match layers {
        [] => Vec::new(),
        [one] => unite(one),
        many => {
            let united: Vec<Vec<Span>> = many.iter_mut().map(unite).collect();
            covered_by(&united, united.len())
        }
    }
}

/// Codings of one document per (group, code place), each with its layer. A coding stands under its
/// code and under every code above it.
type Spread = BTreeMap<(usize, usize), Vec<Vec<Span>>>;

fn spread(
    coded: &Coded,
    reader: &Reader<'_>,
    group_of: impl Fn(&model::coded::Placed) -> Option<usize>,
) -> Spread {
    let mut out = Spread::new();
    for (layer, placed) in reader.layers.iter().enumerate() {
        for p in placed {
            let Some(group) = group_of(p) else { continue };
            let mut at = Some(p.code as usize);
            while let Some(code) = at {
                let layers = out.entry((group, code)).or_default();
                layers.resize(reader.layers.len(), Vec::new());
                layers[layer].push(p.span);
                at = coded.codebook.parent(code);
            }
        }
    }
    out
}

/// Measures one code in one group of one document.
fn measure(reader: &Reader<'_>, layers: &mut [Vec<Span>], rule: CountRule) -> Measure {
    let counted = &reader.counted;
    let codings = if layers.len() > 1 {
        None
    } else {
        Some(layers.iter().flatten().filter(|s| counted.touches(**s)).count() as u64)
    };
    let passages: Vec<Span> = unions(layers).into_iter().filter(|s| counted.touches(*s)).collect();
    let mut out = Measure { passages: passages.len() as u64, ..Measure::default() };
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
    fn add(&mut self, other: Self) {
        self.passages += other.passages;
        self.codings += other.codings;
        self.turns += other.turns;
        self.words += other.words;
        self.characters += other.characters;
    }
}

fn gather(
    coded: &Coded,
    readings: &Readings,
    readers: &[Reader<'_>],
    grouping: &Grouping<'_>,
    codes: &[Column],
) -> Vec<Gathered> {
    let mut out = vec![Gathered::default(); grouping.groups.len() * codes.len()];
    let rule = grouping.rule;
    for reader in readers {
        // The groups to which something of this document belongs, with their counted words.
        let mut words: BTreeMap<usize, u64> = BTreeMap::new();
        if let Some(group) = grouping.of_document(reader.document) {
            words.insert(group, 0);
        }
        for turn in &reader.counted.turns {
            if let Some(group) = grouping.position(&grouping.of_turn(reader.document, turn)) {
                *words.entry(group).or_default() += u64::from(turn.words);
            }
        }
        let mut spread = spread(coded, reader, |p| grouping.position(&grouping.of_coding(reader, p)?));
        for (group, _) in spread.keys() {
            words.entry(*group).or_default();
        }
        let cases = (rule == CountRule::Cases).then(|| cases_with(coded, reader, grouping));
        for (&group, &words) in &words {
            let case = grouping.case(group).or(reader.document.case.as_deref());
            for (c, code) in codes.iter().enumerate() {
                let cell = &mut out[group * codes.len() + c];
                let measure = spread
                    .get_mut(&(group, code.place))
                    .map(|layers| measure(reader, layers, rule))
                    .unwrap_or_default();
                let found = measure.passages > 0;
                let done = reader.read_for.contains(&(code.place as u32));
                cell.documents += 1;
                cell.measure.add(measure);
                cell.found += u32::from(found);
                if !found && readings.not_asked(reader.place, case, code.place) {
                    cell.not_asked += 1;
                } else if done {
                    cell.done += 1;
                    cell.words += words;
                    cell.passages_done += measure.passages;
                } else if reader.document.text.is_empty() {
                    cell.without_text += 1;
                }
                if let Some(with) = cases.as_ref().and_then(|c| c.get(&(group, code.place))) {
                    cell.cases.extend(with.iter().cloned());
                }
            }
        }
    }
    out
}

/// Per group and code the cases that have a passage in this document.
fn cases_with(
    coded: &Coded,
    reader: &Reader<'_>,
    grouping: &Grouping<'_>,
) -> BTreeMap<(usize, usize), Vec<String>> {
    let mut by_case: BTreeMap<(usize, usize, String), Vec<Vec<Span>>> = BTreeMap::new();
    for (layer, placed) in reader.layers.iter().enumerate() {
        for p in placed {
            let Some(group) = grouping.of_coding(reader, p).and_then(|id| grouping.position(&id)) else {
                continue;
            };
            let (case, _) =
                model::counted::case_of(reader.document, &reader.counted, p.span, p.case.as_deref());
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
    fn number(&self, rule: CountRule) -> u64 {
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

    fn status(&self, never_asked: bool) -> Status {
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

    fn cell(&self, options: &Options, never_asked: bool) -> Cell {
        let status = self.status(never_asked);
        let number = status.is_number() && !(options.complete && status == Status::Partial);
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

/// Counts each code over everything, from spans, and over cases.
fn totals(
    corpus: &Corpus,
    coded: &Coded,
    readings: &Readings,
    readers: &[Reader<'_>],
    options: &Options,
    codes: &[Column],
) -> Vec<Total> {
    // Cases with the code, n of N read, whatever the rows are.
    let by_case = Options { by: By::Case, count: CountRule::Cases, ..options.clone() };
    let grouping = Grouping::new(corpus, readers, &by_case);
    let gathered = gather(coded, readings, readers, &grouping, codes);
    let mut whole = vec![Gathered::default(); codes.len()];
    for reader in readers {
        let mut spread = spread(coded, reader, |p| {
            let only = matches!(options.by, By::Speaker);
            (!only || reader.counted.touches(p.span)).then_some(0)
        });
        for (c, code) in codes.iter().enumerate() {
            if let Some(layers) = spread.get_mut(&(0, code.place)) {
                let measure = measure(reader, layers, options.count);
                whole[c].found += u32::from(measure.passages > 0);
                whole[c].measure.add(measure);
            }
        }
    }
    codes
        .iter()
        .enumerate()
        .map(|(c, code)| {
            let (mut with, mut read) = (0, 0);
            for (g, group) in grouping.groups.iter().enumerate().filter(|(_, g)| !g.id.is_empty()) {
                let gathered = &gathered[g * codes.len() + c];
                let status = gathered.status(readings.case_not_asked(&group.id, code.place));
                read += u32::from(status.is_number());
                with += u32::from(gathered.found > 0);
            }
            let n = match options.count {
                CountRule::Cases => u64::from(with),
                rule => whole[c].number(rule),
            };
            Total { n, cases: with, cases_read: read }
        })
        .collect()
}

/// Passages that lie wholly in turns that do not count, per document and top code.
fn uncounted(coded: &Coded, readers: &[Reader<'_>]) -> usize {
    let mut out = 0;
    for reader in readers {
        let tops = coded.codebook.codes.iter().enumerate().filter(|(_, c)| c.depth == 0).map(|(i, _)| i);
        let mut spread = spread(coded, reader, |_| Some(0));
        for top in tops {
            if let Some(layers) = spread.get_mut(&(0, top)) {
                out += unions(layers).iter().filter(|s| !reader.counted.touches(**s)).count();
            }
        }
    }
    out
}
