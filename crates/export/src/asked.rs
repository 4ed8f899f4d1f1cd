//! What was asked: the codes that the questions of a document did not reach, row by row.
//!
//! Every table that tells how far something was read asks here, so that no two of them differ.

use std::collections::{BTreeMap, BTreeSet};

use model::counted::case_of;
use model::reading::Readings;

use crate::grouping::{Belongs, Grouping};
use crate::reader::Reader;

/// What was asked in one document.
pub(crate) struct Asked<'a> {
    readings: &'a Readings,
    reader: &'a Reader<'a>,
    /// Per row the cases of which the document speaks there; none where no case was ever marked.
    cases: Option<BTreeMap<usize, BTreeSet<Option<&'a str>>>>,
}

/// What is known of a code in what a row has of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// It was not asked about, and nothing of it was found.
    NotAsked,
    /// The document was read for it.
    Done,
    /// There may be more of it than was found.
    Open,
}

impl<'a> Asked<'a> {
    pub(crate) fn of(
        readings: &'a Readings,
        reader: &'a Reader<'a>,
        grouping: &Grouping<'_>,
        belongs: &Belongs,
    ) -> Self {
        let cases = readings.asks_by_case().then(|| cases_of(reader, grouping, belongs));
        Self { readings, reader, cases }
    }

    /// What is known of a code in a row. What was found although it was marked as not asked counts as asked.
    pub(crate) fn known(&self, group: usize, code: usize, found: impl FnOnce() -> bool) -> Known {
        if self.never(group, code) && !found() {
            Known::NotAsked
        } else if self.reader.read_for.contains(&(code as u32)) {
            Known::Done
        } else {
            Known::Open
        }
    }

    /// Whether a code is marked as not asked: in the document, or in every case of which it speaks in the
    /// row. What some of the cases of a row were asked about, the row was asked about, and a mark on a case
    /// says nothing of what belongs to none.
    fn never(&self, group: usize, code: usize) -> bool {
        let case_never = |case: Option<&str>| case.is_some_and(|c| self.readings.case_not_asked(c, code));
        let here = self.cases.as_ref().and_then(|cases| cases.get(&group));
        self.readings.document_not_asked(self.reader.place, code)
            || here.is_some_and(|cases| cases.iter().copied().all(case_never))
    }
}

/// Per group the cases of which a document speaks there: those of its turns and its own; in a group that has
/// codings only, theirs, so that what is coded or left out changes nothing of what was asked. None stands for
/// what belongs to no case.
fn cases_of<'d>(
    reader: &'d Reader<'d>,
    grouping: &Grouping<'_>,
    belongs: &Belongs,
) -> BTreeMap<usize, BTreeSet<Option<&'d str>>> {
    let document = reader.document;
    let mut out: BTreeMap<usize, BTreeSet<Option<&str>>> = BTreeMap::new();
    for (turn, group) in reader.counted.turns.iter().zip(&belongs.turns) {
        let spoken = document.turns.get(turn.turn);
        let case = spoken.map_or(document.case.as_deref(), |t| document.turn_case(t));
        out.entry(*group).or_default().insert(case);
    }
    if let (Some(group), Some(case)) = (grouping.of_document(document), document.case.as_deref()) {
        out.entry(group).or_default().insert(Some(case));
    }
    let mut coded: BTreeMap<usize, BTreeSet<Option<&str>>> = BTreeMap::new();
    let left_out = (&reader.left_out, &belongs.left_out);
    for (placed, groups) in reader.layers.iter().zip(&belongs.codings).chain([left_out]) {
        for (p, group) in placed.iter().zip(groups) {
            if let Some(group) = group.filter(|group| !out.contains_key(group)) {
                let (case, _) = case_of(document, &reader.counted, p.span, p.case.as_deref());
                coded.entry(group).or_default().insert(case);
            }
        }
    }
    out.extend(coded);
    out
}
