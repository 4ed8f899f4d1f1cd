//! Activities: the judged codes that are spoken of in each case as being in place, with the passages
//! that say so.

use std::collections::{BTreeMap, BTreeSet};

use model::codebook::Status::Fixed;
use model::coded::Placed;
use model::effects::{Judgement, Sign};
use model::ground::Ground;
use model::id::ThingId;
use model::span::Span;

use crate::asked::{Asked, Known};
use crate::cell::Status;
use crate::frequencies::readers;
use crate::grouping::{Group, Grouping, Passage};
use crate::options::{By, Options, TableError};
use crate::reader::Reader;
use crate::spread::Spread;

/// One activity of one case.
#[derive(Clone, Debug)]
pub(crate) struct Activity {
    /// Place of its case among the groups.
    pub(crate) group: usize,
    /// Place of its code.
    pub(crate) code: usize,
    /// The passages that speak of it, in order of document and place.
    pub(crate) passages: Vec<Passage>,
    /// Of these, those in which an interviewee says that it pushes a dimension (by its place) up or down.
    pub(crate) said: BTreeMap<(usize, Sign), Vec<Passage>>,
}

/// How far a case was read for the judged codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) documents: u32,
    /// Documents that are settled for all judged codes: read for, or not asked.
    pub(crate) done: u32,
    /// Documents in which none of them was asked about.
    not_asked: u32,
}

impl Extent {
    /// Adds a document, of which so much is known for every judged code that is read for.
    fn add(&mut self, known: impl Iterator<Item = Known>) {
        let known: Vec<Known> = known.collect();
        let all = |test: fn(&Known) -> bool| u32::from(!known.is_empty() && known.iter().all(test));
        self.documents += 1;
        self.done += all(|k| *k != Known::Open);
        self.not_asked += all(|k| *k == Known::NotAsked);
    }

    /// What a number of this case means.
    pub(crate) const fn status(self, found: bool) -> Status {
        let settled = self.done == self.documents;
        match (found, settled) {
            (true, true) => Status::Coded,
            (true, false) => Status::Partial,
            (false, _) if self.documents == 0 => Status::NoText,
            (false, _) if self.not_asked == self.documents => Status::NotAsked,
            (false, true) => Status::NotFound,
            (false, false) => Status::NotDone,
        }
    }
}

/// The activities of all cases.
pub(crate) struct Activities {
    /// The cases, in order.
    pub(crate) groups: Vec<Group>,
    /// Per case.
    pub(crate) extents: Vec<Extent>,
    /// In order of case and code.
    pub(crate) list: Vec<Activity>,
}

/// Layers of spans with the codings that they are from.
type Layers = Vec<Vec<(Span, ThingId)>>;
/// A case, a code, and what was said where only that is meant: a dimension and a sign.
type Key = (usize, usize, Option<(usize, Sign)>);

impl Activities {
    pub(crate) fn find(
        ground: Ground<'_>,
        judgement: &Judgement,
        options: &Options,
    ) -> Result<Self, TableError> {
        let options = Options { by: By::Case, ..options.clone() };
        let (readings, readers) = readers(ground.corpus, ground.state, ground.coded, &options)?;
        let grouping = Grouping::new(ground.corpus, &readers, &options);
        let book = &ground.coded.codebook;
        let judged: Vec<bool> = (0..book.codes.len()).map(|c| judgement.holds(book, c)).collect();
        let read_for: Vec<usize> = (0..book.codes.len())
            .filter(|c| judged[*c])
            .filter(|c| {
                let code = &book.codes[*c];
                code.status == Fixed && !code.retired && code.merged_into.is_none()
            })
            .collect();
        let mut extents = vec![Extent::default(); grouping.groups.len()];
        let mut found: BTreeMap<Key, Vec<Passage>> = BTreeMap::new();
        for (reader, belongs) in readers.iter().zip(&grouping.belongs) {
            let mut groups: BTreeSet<usize> = belongs.turns.iter().copied().collect();
            groups.extend(grouping.of_document(reader.document));
            groups.extend(belongs.codings.iter().flatten().chain(&belongs.left_out).flatten());
            let asked = Asked::of(&readings, reader, &grouping, belongs);
            let mut spread = Spread::of(ground.coded, reader, |layer, i| belongs.codings[layer][i]);
            for group in groups {
                let known = |code: &usize| asked.known(group, *code, || spread.finds(reader, group, *code));
                extents[group].add(read_for.iter().map(known));
            }
            let group_of = |layer: usize, i: usize| belongs.codings[layer][i];
            for (key, layers) in spoken_of(ground, judgement, &judged, reader, group_of) {
                let passages = reader.passages_of(&layers);
                if !passages.is_empty() {
                    found.entry(key).or_default().extend(passages);
                }
            }
        }
        let mut list: Vec<Activity> = Vec::new();
        // A key without what was said comes before those with it.
        for ((group, code, said), passages) in found {
            match (said, list.last_mut()) {
                (None, _) => list.push(Activity { group, code, passages, said: BTreeMap::new() }),
                (Some(said), Some(last)) if (last.group, last.code) == (group, code) => {
                    last.said.insert(said, passages);
                }
                // What is said in a passage that all share is said of an activity that all share.
                (Some(_), _) => {}
            }
        }
        Ok(Self { groups: grouping.groups, extents, list })
    }
}

/// The codings of one document that speak of activities in place, by case, code and layer.
fn spoken_of(
    ground: Ground<'_>,
    judgement: &Judgement,
    judged: &[bool],
    reader: &Reader<'_>,
    group_of: impl Fn(usize, usize) -> Option<usize>,
) -> BTreeMap<Key, Layers> {
    let book = &ground.coded.codebook;
    let mut out: BTreeMap<Key, Layers> = BTreeMap::new();
    for (layer, placed) in reader.layers.iter().enumerate() {
        for (i, p) in placed.iter().enumerate() {
            let code = p.code as usize;
            let Some(group) = group_of(layer, i).filter(|_| judged[code]) else { continue };
            let below = book.subtree(code);
            // What is coded of another case says nothing of this one.
            let is_deeper = |(j, q): (usize, &&Placed)| {
                q.code as usize != code
                    && below.contains(&(q.code as usize))
                    && q.span.overlaps(p.span)
                    && group_of(layer, j) == Some(group)
            };
            if placed.iter().enumerate().any(is_deeper) {
                continue;
            }
            let Some(coding) = ground.state.coding(p.id) else { continue };
            let qualifiers = book.qualified(code, coding.qualifiers);
            if let Some((qualifier, value)) = &judgement.in_place
                && qualifiers.get(qualifier) != Some(value)
            {
                continue;
            }
            let said = judgement.said.as_ref().and_then(|q| judgement.said_effect(qualifiers.get(q)?));
            for key in [Some(None), said.map(Some)].into_iter().flatten() {
                let layers =
                    out.entry((group, code, key)).or_insert_with(|| vec![Vec::new(); reader.layers.len()]);
                layers[layer].push((p.span, p.id));
            }
        }
    }
    out
}
