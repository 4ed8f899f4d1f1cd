//! Places: the number of every passage of the report, and under which numbers any other stretch of the
//! texts stands.

use model::coded::Placed;
use model::ground::Ground;
use model::id::ThingId;
use model::span::Span;
use rustc_hash::FxHashMap;

use crate::behind::Behind;
use crate::frequencies::Frequencies;
use crate::grouping::Passage;
use crate::leave::Leave;
use crate::page::Piece;
use crate::speech::Speech;

/// The name of the place where the passages of a cell stand.
pub(super) fn cell_id(code: usize, group: usize) -> String {
    format!("code-{}-row-{}", code + 1, group + 1)
}

/// The name of the place where the passages of a code stand.
pub(super) fn code_id(code: usize) -> String {
    format!("code-{}", code + 1)
}

/// The passages of the last chapter, numbered from one in the order in which they stand there.
pub(super) struct Places<'a> {
    placed: FxHashMap<ThingId, &'a Placed>,
    /// Each passage with whether its words are withheld.
    numbered: Vec<(Span, bool)>,
    /// The first number of each cell, by code and group.
    first: FxHashMap<(usize, usize), usize>,
    /// The numbers under which a coding stands, by the code whose passages they are.
    of: FxHashMap<(ThingId, usize), Vec<usize>>,
    /// Per code the one under which its passages stand: itself, or the nearest above it in the grid.
    columns: Vec<Option<usize>>,
}

impl<'a> Places<'a> {
    /// The passages behind a table, code by code and group by group.
    pub(super) fn new(ground: Ground<'a>, table: &Frequencies, behind: &Behind) -> Self {
        let book = &ground.coded.codebook;
        let in_grid: Vec<bool> =
            (0..book.codes.len()).map(|c| table.codes.iter().any(|column| column.place == c)).collect();
        let column = |code: usize| {
            let mut at = Some(code);
            while let Some(code) = at.filter(|code| !in_grid[*code]) {
                at = book.parent(code);
            }
            at
        };
        let mut out = Self {
            placed: ground.coded.placed.iter().map(|p| (p.id, p)).collect(),
            numbered: Vec::new(),
            first: FxHashMap::default(),
            of: FxHashMap::default(),
            columns: (0..book.codes.len()).map(column).collect(),
        };
        for code in &table.codes {
            for group in 0..table.groups.len() {
                out.first.insert((code.place, group), out.numbered.len() + 1);
                for passage in behind.cell(group, code.place) {
                    let document = ground.corpus.documents.get(passage.document);
                    let leave = document.map_or(Leave::Refused, |d| Leave::of_span(d, passage.span));
                    out.numbered.push((passage.span, leave == Leave::Refused));
                    for id in &passage.codings {
                        out.of.entry((*id, code.place)).or_default().push(out.numbered.len());
                    }
                }
            }
        }
        out
    }

    /// The first number of the passages of a code and a group.
    pub(super) fn first(&self, code: usize, group: usize) -> usize {
        self.first.get(&(code, group)).copied().unwrap_or_default()
    }

    /// A coding at its place.
    pub(super) fn coding(&self, id: ThingId) -> Option<&'a Placed> {
        self.placed.get(&id).copied()
    }

    /// Whether the passages of a code stand under the code itself.
    pub(super) fn is_listed(&self, code: usize) -> bool {
        self.columns.get(code) == Some(&Some(code))
    }

    /// The numbers of the passages of a code that hold a stretch of it.
    pub(super) fn of_code(&self, code: usize, stretch: &Passage) -> Vec<usize> {
        let column = self.columns.get(code).copied().flatten();
        self.numbers(stretch, |_| column)
    }

    /// The numbers of the passages that hold a stretch, whatever they are coded with.
    pub(super) fn of_any(&self, stretch: &Passage) -> Vec<usize> {
        self.numbers(stretch, |id| self.columns.get(self.coding(id)?.code as usize).copied().flatten())
    }

    fn numbers(&self, stretch: &Passage, column: impl Fn(ThingId) -> Option<usize>) -> Vec<usize> {
        let under = |id: &ThingId| self.of.get(&(*id, column(*id)?));
        let all = stretch.codings.iter().filter_map(under).flatten().copied();
        let mut out: Vec<usize> = all.filter(|n| self.span(*n).overlaps(stretch.span)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Where a passage begins and ends.
    pub(super) fn span(&self, number: usize) -> Span {
        number.checked_sub(1).and_then(|at| self.numbered.get(at)).map_or(Span::new(0, 0), |(span, _)| *span)
    }

    /// Stretches by the numbers of the passages in which they lie. Of a passage that must not be quoted the
    /// number is told, and leads nowhere.
    pub(super) fn told(
        &self,
        stretches: impl IntoIterator<Item = Vec<usize>>,
        speech: &Speech,
    ) -> Vec<Piece> {
        let mut grouped: Vec<(Vec<usize>, usize)> = Vec::new();
        for numbers in stretches {
            match grouped.last_mut() {
                Some((last, times)) if *last == numbers => *times += 1,
                _ => grouped.push((numbers, 1)),
            }
        }
        let mut out = Vec::new();
        for (at, (numbers, times)) in grouped.into_iter().enumerate() {
            if at > 0 {
                out.push(Piece::Words(", ".to_owned()));
            }
            out.extend(self.one(&numbers, speech));
            if times > 1 {
                out.push(Piece::Words(format!(" ({times}×)")));
            }
        }
        out
    }

    /// One stretch by the numbers of the passages that hold it.
    pub(super) fn one(&self, numbers: &[usize], speech: &Speech) -> Vec<Piece> {
        if numbers.is_empty() {
            return vec![Piece::Words("–".to_owned())];
        }
        let mut out = Vec::new();
        for (at, number) in numbers.iter().enumerate() {
            if at > 0 {
                out.push(Piece::Words(" + ".to_owned()));
            }
            let withheld = self.numbered.get(number - 1).is_none_or(|(_, withheld)| *withheld);
            out.push(if withheld {
                Piece::Words(format!("{number} ({})", speech.t("not quoted", "niet geciteerd")))
            } else {
                Piece::Passage(*number)
            });
        }
        out
    }
}
