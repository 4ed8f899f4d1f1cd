//! A spread: the codings of one document laid out by row and code, so that each cell finds its own.

use model::coded::Coded;
use model::span::Span;
use rustc_hash::FxHashMap;

use crate::gather::unions;
use crate::reader::Reader;

/// Codings of one document per row and code, by layer. A coding stands under its code and under every code
/// above it.
#[derive(Default)]
pub(crate) struct Spread {
    /// How many codes there are.
    codes: usize,
    /// The rows, in the order in which they came, and where each stands.
    groups: Vec<usize>,
    at: FxHashMap<usize, usize>,
    /// Row by row and code by code, a list a layer; none where nothing is coded.
    cells: Vec<Vec<Vec<Span>>>,
}

impl Spread {
    /// Lays out the codings of a document; `group_of` tells the row of a layer's coding.
    pub(crate) fn of(
        coded: &Coded,
        reader: &Reader<'_>,
        group_of: impl Fn(usize, usize) -> Option<usize>,
    ) -> Self {
        let mut out = Self { codes: coded.codebook.codes.len(), ..Self::default() };
        // Codings follow the text, and so mostly belong where the one before belonged.
        let mut last = None;
        for (layer, placed) in reader.layers.iter().enumerate() {
            for (i, p) in placed.iter().enumerate() {
                let Some(group) = group_of(layer, i) else { continue };
                let row = match last {
                    Some((of, row)) if of == group => row,
                    _ => out.row(group),
                };
                last = Some((group, row));
                let mut at = Some(p.code as usize);
                while let Some(code) = at {
                    let layers = &mut out.cells[row * out.codes + code];
                    if layers.is_empty() {
                        layers.resize(reader.layers.len(), Vec::new());
                    }
                    layers[layer].push(p.span);
                    at = coded.codebook.parent(code);
                }
            }
        }
        out
    }

    fn row(&mut self, group: usize) -> usize {
        let rows = self.groups.len();
        *self.at.entry(group).or_insert_with(|| {
            self.groups.push(group);
            self.cells.resize_with((rows + 1) * self.codes, Vec::new);
            rows
        })
    }

    /// The rows to which a coding belongs.
    pub(crate) fn groups(&self) -> &[usize] {
        &self.groups
    }

    /// What is coded with a code in a row, by layer.
    pub(crate) fn get_mut(&mut self, group: usize, code: usize) -> Option<&mut [Vec<Span>]> {
        let row = *self.at.get(&group)?;
        let layers = self.cells.get_mut(row * self.codes + code)?;
        (!layers.is_empty()).then_some(layers)
    }

    /// Whether a code, or one below it, has a counted passage in a row.
    pub(crate) fn finds(&mut self, reader: &Reader<'_>, group: usize, code: usize) -> bool {
        let layers = self.get_mut(group, code);
        layers.is_some_and(|layers| unions(layers).iter().any(|s| reader.counted.touches(*s)))
    }

    /// What is coded with each code in each row, by layer.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut [Vec<Span>]> {
        self.cells.iter_mut().filter(|layers| !layers.is_empty()).map(Vec::as_mut_slice)
    }
}
