//! Behind a whole table: the passages of all its cells, found in one pass over the documents.
//!
//! The same as [`crate::passages`] for every cell in turn, which would read the documents once per cell.

use model::coded::Coded;
use model::ground::Ground;
use model::id::ThingId;
use model::span::Span;
use rustc_hash::FxHashMap;

use crate::frequencies::readers;
use crate::grouping::{Group, Grouping, Passage};
use crate::options::{Options, TableError};
use crate::reader::Reader;

/// The passages of every cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Behind {
    /// The groups, as in [`crate::Frequencies::groups`].
    pub groups: Vec<Group>,
    cells: FxHashMap<(usize, usize), Vec<Passage>>,
}

/// Spans of each layer, with the codings that they are from.
type Layers = Vec<Vec<(Span, ThingId)>>;

/// The codings of one document by row and code; `row` tells the row of a layer's coding. A coding stands
/// under its code and under every code above it.
pub(crate) fn piles(
    coded: &Coded,
    reader: &Reader<'_>,
    row: impl Fn(usize, usize) -> Option<usize>,
) -> FxHashMap<(usize, usize), Layers> {
    let mut out: FxHashMap<(usize, usize), Layers> = FxHashMap::default();
    for (layer, placed) in reader.layers.iter().enumerate() {
        for (i, p) in placed.iter().enumerate() {
            let Some(row) = row(layer, i) else { continue };
            let mut at = Some(p.code as usize);
            while let Some(code) = at {
                let layers = out.entry((row, code)).or_default();
                layers.resize(reader.layers.len(), Vec::new());
                layers[layer].push((p.span, p.id));
                at = coded.codebook.parent(code);
            }
        }
    }
    out
}

impl Behind {
    /// The passages of all groups and codes under these options, in order of document and place.
    ///
    /// # Errors
    /// As [`crate::frequencies`].
    pub fn of(ground: Ground<'_>, options: &Options) -> Result<Self, TableError> {
        let Ground { corpus, state, coded } = ground;
        let (_, readers) = readers(corpus, state, coded, options)?;
        let grouping = Grouping::new(corpus, &readers, options);
        let mut cells: FxHashMap<(usize, usize), Vec<Passage>> = FxHashMap::default();
        for (reader, belongs) in readers.iter().zip(&grouping.belongs) {
            for (cell, layers) in piles(coded, reader, |layer, i| belongs.codings[layer][i]) {
                cells.entry(cell).or_default().extend(reader.passages_of(&layers));
            }
        }
        Ok(Self { groups: grouping.groups, cells })
    }

    /// The passages of a group and a code, by the group's place here and the code's in the codebook.
    pub fn cell(&self, group: usize, code: usize) -> &[Passage] {
        self.cells.get(&(group, code)).map_or(&[], Vec::as_slice)
    }

    /// The passages of a code in all groups, group by group.
    pub fn of_code(&self, code: usize) -> impl Iterator<Item = (usize, &Passage)> + '_ {
        (0..self.groups.len()).flat_map(move |g| self.cell(g, code).iter().map(move |p| (g, p)))
    }
}
