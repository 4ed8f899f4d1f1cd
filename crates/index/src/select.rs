//! Selecting: the units of the index in which a query may be found.
//!
//! tantivy gives the units that hold the words; whether the query holds there, and where, is decided
//! from the text. So this may give units too many, and must not miss one.

use std::ops::Bound;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query as Select, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::error::IndexError;
use crate::query::{Node, Word};
use crate::schema::{self, Fields};
use crate::stem::{Stemmers, clip};
use crate::store::Store;

/// The units, as slot and unit, in which the query may be found; none when that may be any.
pub(crate) fn select(store: &Store, root: &Node, stem: bool) -> Result<Option<Vec<u64>>, IndexError> {
    let mut stemmers = stem.then(Stemmers::default);
    match build(root, store.fields, &mut stemmers) {
        Some(query) => Ok(Some(store.searcher.search(&*query, &Places)?)),
        None => Ok(None),
    }
}

/// The query that finds at least the units of `node`; none for all units.
fn build(node: &Node, fields: Fields, stemmers: &mut Option<Stemmers>) -> Option<Box<dyn Select>> {
    match node {
        Node::Words(words) => phrase(words, fields, stemmers),
        Node::Field(_) | Node::Not(_) => None,
        Node::And(parts) => {
            let known: Vec<_> = parts.iter().filter_map(|part| build(part, fields, stemmers)).collect();
            all(known)
        }
        Node::Or(parts) => {
            let known: Option<Vec<_>> = parts.iter().map(|part| build(part, fields, stemmers)).collect();
            Some(any(known?))
        }
    }
}

fn all(mut parts: Vec<Box<dyn Select>>) -> Option<Box<dyn Select>> {
    if parts.len() < 2 {
        return parts.pop();
    }
    Some(Box::new(BooleanQuery::new(parts.into_iter().map(|q| (Occur::Must, q)).collect())))
}

fn any(mut parts: Vec<Box<dyn Select>>) -> Box<dyn Select> {
    if parts.len() < 2 {
        return parts.pop().unwrap_or_else(|| Box::new(EmptyQuery));
    }
    Box::new(BooleanQuery::new(parts.into_iter().map(|q| (Occur::Should, q)).collect()))
}

fn phrase(words: &[Word], fields: Fields, stemmers: &mut Option<Stemmers>) -> Option<Box<dyn Select>> {
    if words.len() > 1 && stemmers.is_none() && words.iter().all(|w| !w.prefix) {
        return Some(Box::new(PhraseQuery::new(
            words.iter().map(|w| schema::term(fields.exact, &w.folded)).collect(),
        )));
    }
    all(words.iter().map(|w| word(w, fields, stemmers)).collect())
}

fn word(word: &Word, fields: Fields, stemmers: &mut Option<Stemmers>) -> Box<dyn Select> {
    let term = |field, text: &str| -> Box<dyn Select> {
        Box::new(TermQuery::new(schema::term(field, text), IndexRecordOption::Basic))
    };
    if word.prefix {
        let from = clip(&word.folded);
        let lower = Bound::Included(schema::term(fields.exact, from));
        let upper = match after(from) {
            Some(end) => Bound::Excluded(tantivy::Term::from_field_text(fields.exact, &end)),
            None => Bound::Unbounded,
        };
        return Box::new(RangeQuery::new(lower, upper));
    }
    let exact = term(fields.exact, &word.folded);
    let Some(stemmers) = stemmers else { return exact };
    let parts = vec![
        exact,
        term(fields.dutch, &stemmers.dutch(&word.folded)),
        term(fields.english, &stemmers.english(&word.folded)),
    ];
    any(parts)
}

/// The first text behind all that begin with `prefix`.
fn after(prefix: &str) -> Option<String> {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        // U+D800 to U+DFFF are no characters.
        let next = if last == '\u{d7ff}' { Some('\u{e000}') } else { char::from_u32(u32::from(last) + 1) };
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

/// Collects the places of all units found, in no order.
struct Places;

struct PlacesOfSegment {
    column: Column<u64>,
    places: Vec<u64>,
}

impl Collector for Places {
    type Fruit = Vec<u64>;
    type Child = PlacesOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<PlacesOfSegment> {
        Ok(PlacesOfSegment { column: segment.fast_fields().u64(schema::PLACE)?, places: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<u64>>) -> tantivy::Result<Vec<u64>> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for PlacesOfSegment {
    type Fruit = Vec<u64>;

    fn collect(&mut self, unit: DocId, _: Score) {
        self.places.extend(self.column.first(unit));
    }

    fn harvest(self) -> Vec<u64> {
        self.places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_after_a_beginning() {
        assert_eq!(after("werk").as_deref(), Some("werl"));
        assert_eq!(after("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!(after("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(after("\u{10ffff}"), None);
    }
}
