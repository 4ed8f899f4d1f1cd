//! Meetings: where two codes are found together, in a case, a document, a turn or the same words.

use std::collections::BTreeSet;

use model::codebook::Codebook;
use model::ground::Ground;
use model::id::ThingId;
use model::span::Span;
use rustc_hash::FxHashMap;

use crate::behind::piles;
use crate::cell::Status;
use crate::column::Column;
use crate::frequencies::{Frequencies, frequencies, passages_of, readers};
use crate::gather::unions;
use crate::grouping::Passage;
use crate::options::{By, CountRule, Options, TableError};
use crate::reader::Reader;
use crate::spread::Spread;

/// In what two codes meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// The same case.
    Case,
    /// The same document.
    Document,
    /// The same counted turn.
    Turn,
    /// The same words.
    #[default]
    Overlap,
}

impl Unit {
    /// All units, the largest first.
    pub const ALL: [Self; 4] = [Self::Case, Self::Document, Self::Turn, Self::Overlap];

    /// The word after `--unit`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Document => "document",
            Self::Turn => "turn",
            Self::Overlap => "overlap",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|u| u.as_str() == word)
    }
}

/// How often one code is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alone {
    /// Units with it; its passages where words are the unit.
    pub(crate) n: u64,
    /// What Jaccard's coefficient is taken over: units, or characters.
    size: u64,
}

/// How often two codes meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meeting {
    /// Units with both; pairs of passages that share a stretch of a counted turn.
    found: u64,
    /// Units with both; characters of counted speech in both.
    pub(crate) shared: u64,
    /// The same in one of both at least.
    pub(crate) either: u64,
    /// Units read to the end for both.
    pub(crate) read: u64,
    /// Units in which both could be found: those that have text and were asked about both.
    pub(crate) units: u64,
}

impl Meeting {
    /// The number; none where nothing was found and nothing was read for both.
    pub(crate) fn n(&self) -> Option<u64> {
        (self.found > 0 || self.read > 0).then_some(self.found)
    }

    /// Jaccard's coefficient (P. Jaccard, 1901): shared by either.
    pub(crate) fn jaccard(&self) -> Option<f64> {
        (self.either > 0).then(|| self.shared as f64 / self.either as f64)
    }
}

/// Where the codes of one list meet those of another.
pub(crate) struct Meetings {
    /// The codes of the lines and those of the columns, by their places in `codes`.
    pub(crate) lines: Vec<usize>,
    pub(crate) columns: Vec<usize>,
    pub(crate) codes: Vec<Column>,
    pub(crate) alone: Vec<Alone>,
    /// Line by line; none for a code and itself, or one above it.
    pub(crate) pairs: Vec<Option<Meeting>>,
    /// The table from which it is told what was read, and what is in no cell.
    pub(crate) table: Frequencies,
}

/// Which codes are in the lines and in the columns, as places in the codebook; none for all with all.
pub(crate) type Lists<'a> = Option<(&'a [usize], &'a [usize])>;

/// The table from which it is told in which units a code is found and for which it was read.
fn by_unit(options: &Options, unit: Unit) -> Options {
    let by = if unit == Unit::Case { By::Case } else { By::Document };
    Options { by, count: CountRule::Presence, complete: false, percent: None, ..options.clone() }
}

/// Counts where codes meet. With `lists` the codes are those at these places of the codebook.
pub(crate) fn meetings(
    ground: Ground<'_>,
    options: &Options,
    unit: Unit,
    lists: Lists<'_>,
) -> Result<Meetings, TableError> {
    let table = frequencies(ground.corpus, ground.state, ground.coded, &by_unit(options, unit))?;
    let codes = table.codes.clone();
    let at = |place: &usize| codes.iter().position(|c| c.place == *place);
    let (lines, columns): (Vec<usize>, Vec<usize>) = match lists {
        None => ((0..codes.len()).collect(), (0..codes.len()).collect()),
        Some((a, b)) => (a.iter().filter_map(at).collect(), b.iter().filter_map(at).collect()),
    };
    let mut out = Meetings {
        alone: vec![Alone::default(); codes.len()],
        pairs: vec![None; lines.len() * columns.len()],
        lines,
        columns,
        codes,
        table,
    };
    let book = &ground.coded.codebook;
    let meets = |a: usize, b: usize| can_meet(book, &out.codes[a], &out.codes[b]);
    let pairs: Vec<(usize, usize, usize)> = pairs_of(&out, lists.is_none(), meets);
    for &(_, _, at) in &pairs {
        out.pairs[at] = Some(Meeting::default());
    }
    match unit {
        Unit::Case | Unit::Document => count_units(&mut out, &pairs),
        Unit::Turn | Unit::Overlap => {
            let (_, readers) = readers(ground.corpus, ground.state, ground.coded, options)?;
            for reader in &readers {
                count_places(ground, &mut out, &pairs, reader, unit);
            }
        }
    }
    read_for(&mut out, &pairs);
    for &(a, b, at) in &pairs {
        let both = out.alone[a].size + out.alone[b].size;
        if let Some(pair) = &mut out.pairs[at] {
            pair.either = both - pair.shared;
        }
    }
    if lists.is_none() {
        // What was counted once stands on both sides of the diagonal.
        let n = out.codes.len();
        for (a, b, at) in pairs {
            out.pairs[b * n + a] = out.pairs[at];
        }
    }
    Ok(out)
}

/// Whether two codes are a pair: neither is the other, or above it.
fn can_meet(book: &Codebook, a: &Column, b: &Column) -> bool {
    !book.subtree(a.place).contains(&b.place) && !book.subtree(b.place).contains(&a.place)
}

/// The pairs to count, with their places; of all with all each once.
fn pairs_of(out: &Meetings, once: bool, meets: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize, usize)> {
    let mut pairs = Vec::new();
    for (i, &a) in out.lines.iter().enumerate() {
        for (j, &b) in out.columns.iter().enumerate() {
            if (!once || a < b) && meets(a, b) {
                pairs.push((a, b, i * out.columns.len() + j));
            }
        }
    }
    pairs
}

/// Units are the groups of the table.
fn count_units(out: &mut Meetings, pairs: &[(usize, usize, usize)]) {
    let found: Vec<Vec<bool>> = out
        .table
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| !group.id.is_empty())
        .map(|(g, _)| (0..out.codes.len()).map(|c| out.table.cell(g, c).status.is_found()).collect())
        .collect();
    for unit in &found {
        for (alone, _) in out.alone.iter_mut().zip(unit).filter(|(_, found)| **found) {
            alone.n += 1;
            alone.size += 1;
        }
        for &(_, _, at) in pairs.iter().filter(|(a, b, _)| unit[*a] && unit[*b]) {
            if let Some(pair) = &mut out.pairs[at] {
                pair.found += 1;
                pair.shared += 1;
            }
        }
    }
}

/// What one document holds of each code.
#[derive(Default)]
struct Held {
    passages: Vec<Span>,
    turns: BTreeSet<usize>,
}

/// Units are turns, or words.
fn count_places(
    ground: Ground<'_>,
    out: &mut Meetings,
    pairs: &[(usize, usize, usize)],
    reader: &Reader<'_>,
    unit: Unit,
) {
    let mut spread = Spread::of(ground.coded, reader, |_, _| Some(0));
    let mut held: Vec<Held> = Vec::with_capacity(out.codes.len());
    for (code, alone) in out.codes.iter().zip(&mut out.alone) {
        let mut passages = spread.get_mut(0, code.place).map(unions).unwrap_or_default();
        passages.retain(|s| reader.counted.touches(*s));
        let touched = passages.iter().flat_map(|s| reader.counted.touched(*s)).map(|t| t.turn);
        let turns: BTreeSet<usize> = if unit == Unit::Turn { touched.collect() } else { BTreeSet::new() };
        if unit == Unit::Turn {
            alone.n += turns.len() as u64;
            alone.size += turns.len() as u64;
        } else {
            alone.n += passages.len() as u64;
            alone.size += passages.iter().map(|s| u64::from(reader.counted.characters(*s))).sum::<u64>();
        }
        held.push(Held { passages, turns });
    }
    for &(a, b, at) in pairs {
        let (a, b) = (&held[a], &held[b]);
        if a.passages.is_empty() || b.passages.is_empty() {
            continue;
        }
        let Some(pair) = &mut out.pairs[at] else { continue };
        if unit == Unit::Turn {
            let both = a.turns.intersection(&b.turns).count() as u64;
            pair.found += both;
            pair.shared += both;
        } else {
            for (_, _, shared) in shared(&a.passages, &b.passages) {
                if reader.counted.touches(shared) {
                    pair.found += 1;
                    pair.shared += u64::from(reader.counted.characters(shared));
                }
            }
        }
    }
}

/// What passages of two codes share: one stretch for each pair of them that overlaps, in order, with their
/// places.
fn shared<'a>(a: &'a [Span], b: &'a [Span]) -> impl Iterator<Item = (usize, usize, Span)> + 'a {
    let mut from = 0;
    a.iter().enumerate().flat_map(move |(i, one)| {
        // Both are in order and neither overlaps itself.
        while b.get(from).is_some_and(|other| other.end <= one.start) {
            from += 1;
        }
        b.iter()
            .enumerate()
            .skip(from)
            .take_while(|(_, other)| other.start < one.end)
            .filter_map(move |(j, other)| Some((i, j, one.intersect(*other)?)))
    })
}

/// In how many units both codes were read to the end for.
fn read_for(out: &mut Meetings, pairs: &[(usize, usize, usize)]) {
    for (g, _) in out.table.groups.iter().enumerate().filter(|(_, group)| !group.id.is_empty()) {
        let status: Vec<Status> = (0..out.codes.len()).map(|c| out.table.cell(g, c).status).collect();
        for &(a, b, at) in pairs {
            let (a, b) = (status[a], status[b]);
            if let Some(pair) = &mut out.pairs[at]
                && !a.is_out_of_reach()
                && !b.is_out_of_reach()
            {
                pair.units += 1;
                pair.read += u64::from(a.is_read() && b.is_read());
            }
        }
    }
}

/// The passages by which two codes meet: the stretches that they share; or, where the unit is larger, the
/// passages of both in the units that have both.
pub(crate) fn behind(
    ground: Ground<'_>,
    options: &Options,
    unit: Unit,
    a: &Column,
    b: &Column,
) -> Result<Vec<Passage>, TableError> {
    if matches!(unit, Unit::Case | Unit::Document) {
        let options = by_unit(options, unit);
        let table = frequencies(ground.corpus, ground.state, ground.coded, &options)?;
        let at = |code: &Column| table.codes.iter().position(|c| c.place == code.place);
        let Some((at_a, at_b)) = at(a).zip(at(b)) else { return Ok(Vec::new()) };
        let found = |g: usize, c: usize| table.cell(g, c).status.is_found();
        let groups: Vec<String> = (0..table.groups.len())
            .filter(|g| found(*g, at_a) && found(*g, at_b) && !table.groups[*g].id.is_empty())
            .map(|g| table.groups[g].id.clone())
            .collect();
        let mut all = passages_of(ground, &options, &groups, &a.id)?;
        all.extend(passages_of(ground, &options, &groups, &b.id)?);
        all.sort_by_key(|p| (p.document, p.span));
        return Ok(all);
    }
    let (_, readers) = readers(ground.corpus, ground.state, ground.coded, options)?;
    let mut out = Vec::new();
    for reader in &readers {
        let of = |code: &Column| {
            let tree = ground.coded.codebook.subtree(code.place);
            reader.passages(|p| tree.contains(&(p.code as usize)))
        };
        let (of_a, of_b) = (of(a), of(b));
        if unit == Unit::Turn {
            let turns = |all: &[Passage]| -> BTreeSet<usize> {
                all.iter().flat_map(|p| reader.counted.touched(p.span)).map(|t| t.turn).collect()
            };
            let both: BTreeSet<usize> = turns(&of_a).intersection(&turns(&of_b)).copied().collect();
            let here = |p: &Passage| reader.counted.touched(p.span).iter().any(|t| both.contains(&t.turn));
            let mut all: Vec<Passage> = of_a.into_iter().chain(of_b).filter(here).collect();
            all.sort_by_key(|p| p.span);
            out.extend(all);
            continue;
        }
        out.extend(stretches(reader, &placed(reader), &of_a, &of_b));
    }
    Ok(out)
}

/// Where each coding of a document stands.
fn placed(reader: &Reader<'_>) -> FxHashMap<ThingId, Span> {
    reader.layers.iter().flatten().map(|p| (p.id, p.span)).collect()
}

/// The stretches of counted speech that passages of two codes share, each with the codings on it.
fn stretches(
    reader: &Reader<'_>,
    placed: &FxHashMap<ThingId, Span>,
    of_a: &[Passage],
    of_b: &[Passage],
) -> Vec<Passage> {
    let spans = |all: &[Passage]| all.iter().map(|p| p.span).collect::<Vec<_>>();
    let stretch = |(i, j, span): (usize, usize, Span)| {
        let here = |id: &&ThingId| placed.get(*id).is_some_and(|own| own.overlaps(span));
        let ids = of_a[i].codings.iter().chain(&of_b[j].codings);
        let codings: BTreeSet<ThingId> = ids.filter(here).copied().collect();
        Passage { document: reader.place, span, codings: codings.into_iter().collect() }
    };
    let counted = |(_, _, span): &(usize, usize, Span)| reader.counted.touches(*span);
    shared(&spans(of_a), &spans(of_b)).filter(counted).map(stretch).collect()
}

/// The stretches behind every pair of codes, each pair once, by the places of both in the list: the same as
/// [`behind`] for words as the unit and every pair in turn, in one pass over the documents.
pub(crate) fn all_behind(
    ground: Ground<'_>,
    options: &Options,
    codes: &[Column],
) -> Result<FxHashMap<(usize, usize), Vec<Passage>>, TableError> {
    let book = &ground.coded.codebook;
    let (_, readers) = readers(ground.corpus, ground.state, ground.coded, options)?;
    let mut out: FxHashMap<(usize, usize), Vec<Passage>> = FxHashMap::default();
    for reader in &readers {
        let piles = piles(ground.coded, reader, |_, _| Some(0));
        let passages = |code: &Column| piles.get(&(0, code.place)).map(|layers| reader.passages_of(layers));
        let found: Vec<(usize, Vec<Passage>)> =
            codes.iter().enumerate().filter_map(|(c, code)| Some((c, passages(code)?))).collect();
        let placed = placed(reader);
        for (i, (a, of_a)) in found.iter().enumerate() {
            for (b, of_b) in found.iter().skip(i + 1).filter(|(b, _)| can_meet(book, &codes[*a], &codes[*b]))
            {
                let here = stretches(reader, &placed, of_a, of_b);
                if !here.is_empty() {
                    out.entry((*a, *b)).or_default().extend(here);
                }
            }
        }
    }
    Ok(out)
}
