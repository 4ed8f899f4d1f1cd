//! The frequency table: groups × codes, each cell with its status and its rate.

use model::coded::Coded;
use model::corpus::Corpus;
use model::ground::Ground;
use model::reading::{Choice, Readings};
use model::state::State;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::cell::{Cell, Row, Total};
use crate::column::{Column, columns};
use crate::gather::{Extent, Gatherings, gather};
use crate::grouping::{Group, Grouping, Passage};
use crate::options::{By, CountRule, Options, Percent, TableError};
use crate::reader::Reader;

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
    /// Per group, how many documents it has and how many are done for every code of the table.
    pub extents: Vec<Extent>,
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

    /// The percentage of each cell with what it is of, in the order of the cells; `None` where the cell
    /// has no number, or where there is nothing to take a percentage of.
    pub fn percents(&self, of: Percent) -> Vec<Option<(f64, u64)>> {
        let codes = self.codes.len();
        let key = |i: usize| match of {
            Percent::Row => (i / codes, self.codes[i % codes].depth as usize),
            Percent::Column => (0, i % codes),
        };
        let mut sums: FxHashMap<(usize, usize), u64> = FxHashMap::default();
        for (i, cell) in self.cells.iter().enumerate() {
            *sums.entry(key(i)).or_default() += cell.n.unwrap_or(0);
        }
        let percent = |(i, cell): (usize, &Cell)| {
            let sum = sums.get(&key(i)).copied().filter(|sum| *sum > 0)?;
            Some((cell.n? as f64 / sum as f64 * 100.0, sum))
        };
        self.cells.iter().enumerate().map(percent).collect()
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

/// Counts how often each code occurs in each group.
///
/// # Errors
/// [`TableError::Unclear`] when several coders read a document and none is primary there;
/// [`TableError::UnknownCoder`] for a reading by nobody.
pub fn frequencies(
    corpus: &Corpus,
    state: &State,
    coded: &Coded,
    options: &Options,
) -> Result<Frequencies, TableError> {
    let (readings, readers) = readers(corpus, state, coded, options)?;
    let grouping = Grouping::new(corpus, &readers, options);
    let codes = columns(coded, options);
    let gathered = gather(coded, &readings, &readers, &grouping, &codes);
    let cells: Vec<Cell> = gathered
        .cells
        .iter()
        .enumerate()
        .map(|(i, g)| {
            let case = grouping.case(i / codes.len());
            let never = case.is_some_and(|c| readings.case_not_asked(&c, codes[i % codes.len()].place));
            g.cell(options, never)
        })
        .collect();
    let totals = totals(corpus, coded, &readings, &readers, options, &codes, &gathered, &grouping.groups);
    Ok(Frequencies {
        heading: options.by.heading(corpus).into_owned(),
        options: options.clone(),
        groups: grouping.groups,
        extents: gathered.extents,
        cells,
        totals,
        codes,
        waiting: coded.waiting(),
        uncounted: gathered.uncounted as usize,
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
) -> Result<Vec<Passage>, TableError> {
    passages_of(Ground { corpus, state, coded }, options, &[group.to_owned()], code)
}

/// The same for several groups, each by itself.
pub(crate) fn passages_of(
    ground: Ground<'_>,
    options: &Options,
    groups: &[String],
    code: &str,
) -> Result<Vec<Passage>, TableError> {
    passages_of_sets(ground, options, groups.iter().map(|group| FxHashSet::from_iter([group.as_str()])), code)
}

/// The passages that the codings of several groups make together.
pub(crate) fn passages_together(
    ground: Ground<'_>,
    options: &Options,
    groups: &[&str],
    code: &str,
) -> Result<Vec<Passage>, TableError> {
    passages_of_sets(ground, options, std::iter::once(groups.iter().copied().collect()), code)
}

/// The passages of a code that the codings of each set of groups make.
fn passages_of_sets<'g>(
    ground: Ground<'_>,
    options: &Options,
    sets: impl Iterator<Item = FxHashSet<&'g str>>,
    code: &str,
) -> Result<Vec<Passage>, TableError> {
    let Ground { corpus, state, coded } = ground;
    let (_, readers) = readers(corpus, state, coded, options)?;
    let grouping = Grouping::new(corpus, &readers, options);
    let Some(code) = coded.codebook.position(code) else { return Ok(Vec::new()) };
    let tree = coded.codebook.subtree(code);
    let mut out = Vec::new();
    for groups in sets {
        for reader in &readers {
            out.extend(reader.passages(|p| {
                tree.contains(&(p.code as usize))
                    && grouping.of_coding(reader, p).is_some_and(|group| groups.contains(&*group))
            }));
        }
    }
    out.sort_by_key(|p| (p.document, p.span));
    Ok(out)
}

pub(crate) fn readers<'a>(
    corpus: &'a Corpus,
    state: &State,
    coded: &'a Coded,
    options: &Options,
) -> Result<(Readings, Vec<Reader<'a>>), TableError> {
    if let Choice::Coder(name) = &options.reading
        && !coded.coders.names.contains(coded.coders.canonical(name))
    {
        let known = coded.coders.names.iter().map(ToString::to_string).collect();
        return Err(TableError::UnknownCoder(name.to_string(), known));
    }
    let mut options = options.clone();
    if let Choice::Coder(name) = &options.reading {
        options.reading = Choice::Coder(coded.coders.canonical(name).clone());
    }
    corpus.find_words();
    let readings = Readings::new(corpus, state, coded);
    let readers = Reader::all(corpus, coded, &readings, &options)?;
    Ok((readings, readers))
}

/// The totals, of the count over everything and a count over cases.
#[expect(clippy::too_many_arguments, reason = "all that a table is made of")]
fn totals(
    corpus: &Corpus,
    coded: &Coded,
    readings: &Readings,
    readers: &[Reader<'_>],
    options: &Options,
    codes: &[Column],
    gathered: &Gatherings,
    groups: &[Group],
) -> Vec<Total> {
    // Cases with the code, n of N read, whatever the rows are.
    let by_case = Options { by: By::Case, count: CountRule::Passages, ..options.clone() };
    let anew = (options.by != By::Case).then(|| {
        let grouping = Grouping::new(corpus, readers, &by_case);
        (gather(coded, readings, readers, &grouping, codes).cells, grouping.groups)
    });
    let (cases, groups) = anew.as_ref().map_or((&*gathered.cells, groups), |(cells, groups)| (cells, groups));
    let total = |(c, code): (usize, &Column)| {
        let (mut with, mut read) = (0, 0);
        for (g, group) in groups.iter().enumerate().filter(|(_, g)| !g.id.is_empty()) {
            let cell = &cases[g * codes.len() + c];
            let status = cell.status(readings.case_not_asked(&group.id, code.place));
            let number = status.carries_number(options.complete);
            read += u32::from(number);
            with += u32::from(number && cell.found > 0);
        }
        let n = match options.count {
            CountRule::Cases => u64::from(with),
            rule => gathered.whole[c].number(rule),
        };
        Total { n, cases: with, cases_read: read }
    };
    codes.iter().enumerate().map(total).collect()
}
