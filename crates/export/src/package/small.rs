//! Small groups: what an anonymous package tells about few cases, by which they may be recognised.

use std::collections::BTreeSet;

use model::corpus::{Attributes, Case, Document, attribute};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::package::tables::{Making, Own};

/// So many cases do not tell who is meant.
const ENOUGH: usize = 3;
/// So many values of one column are told one by one.
const LISTED: usize = 10;

/// What a package tells of each case: a row for each of its documents, or one where it has none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// Names of the columns.
    pub(crate) columns: Vec<String>,
    /// Which case, and a value for each column; empty where there is none.
    pub(crate) rows: Vec<(usize, Vec<String>)>,
}

/// Values that fit few cases, each with how many.
type Rare = Vec<(String, usize)>;

/// Columns of documents that a package has whatever the study is.
const OF_DOCUMENTS: [&str; 3] = ["kind", "language", "date"];

impl Told {
    /// What a package tells.
    pub(crate) fn of(making: &Making<'_>) -> Self {
        let corpus = making.ground.corpus;
        let names = |own: &[Own]| own.iter().map(|own| own.column.name.clone()).collect::<Vec<_>>();
        let fixed = OF_DOCUMENTS.map(str::to_owned).to_vec();
        let columns = [names(&making.case_columns), fixed, names(&making.document_columns)].concat();
        let row = |case: Option<&Case>, document: Option<&Document>| -> Vec<String> {
            let value = |own: &Own, attributes: Option<&Attributes>| {
                attributes.and_then(|a| attribute(a, &own.head)).unwrap_or_default().to_owned()
            };
            let of_case = making.case_columns.iter().map(|own| value(own, case.map(|c| &c.attributes)));
            let fixed = document.map_or([""; 3], |d| [d.kind.as_str(), &d.language, &d.date]);
            let of_document =
                making.document_columns.iter().map(|own| value(own, document.map(|d| &d.attributes)));
            of_case.chain(fixed.map(str::to_owned)).chain(of_document).collect()
        };
        let mut rows = Vec::new();
        for (at, case) in corpus.cases.iter().enumerate() {
            let before = rows.len();
            let own = corpus.documents.iter().filter(|d| d.case.as_deref() == Some(case.id.as_str()));
            rows.extend(own.map(|document| (at, row(Some(case), Some(document)))));
            if rows.len() == before {
                rows.push((at, row(Some(case), None)));
            }
        }
        // A document of no case that is listed stands for itself.
        let unlisted = |d: &Document| d.case.as_deref().is_none_or(|case| corpus.case(case).is_none());
        let alone = corpus.documents.iter().enumerate().filter(|(_, d)| unlisted(d));
        rows.extend(alone.map(|(at, document)| (corpus.cases.len() + at, row(None, Some(document)))));
        Self { columns, rows }
    }

    /// The values that fit fewer than [`ENOUGH`] cases, in the order in which they come.
    fn rare(&self, told: impl Fn(&[String]) -> Option<String>) -> Rare {
        let mut order: Vec<String> = Vec::new();
        let mut cases: FxHashMap<String, BTreeSet<usize>> = FxHashMap::default();
        for (case, row) in &self.rows {
            if let Some(key) = told(row) {
                cases
                    .entry(key)
                    .or_insert_with_key(|key| {
                        order.push(key.clone());
                        BTreeSet::new()
                    })
                    .insert(*case);
            }
        }
        let counted = order.into_iter().map(|key| (cases.get(&key).map_or(0, BTreeSet::len), key));
        counted.filter(|(n, _)| *n < ENOUGH).map(|(n, key)| (key, n)).collect()
    }

    fn value(&self, row: &[String], column: usize) -> Option<String> {
        row.get(column).filter(|v| !v.is_empty()).map(|v| format!("{}={v}", self.columns[column]))
    }

    /// Groups of cases that are so small that they may be recognised: a value, or a pair of values, that
    /// fits fewer than three cases. Each is told as `column=value` with how many cases it fits; where a
    /// column or a pair of columns has many, they are told together.
    pub(crate) fn small_groups(&self) -> Rare {
        let mut out = Vec::new();
        let mut single: FxHashSet<String> = FxHashSet::default();
        for (column, name) in self.columns.iter().enumerate() {
            let rare = self.rare(|row| self.value(row, column));
            single.extend(rare.iter().map(|(key, _)| key.clone()));
            out.extend(together(rare, name, "values"));
        }
        for (i, first) in self.columns.iter().enumerate() {
            for (j, second) in self.columns.iter().enumerate().skip(i + 1) {
                let rare = self.rare(|row| {
                    let (a, b) = (self.value(row, i)?, self.value(row, j)?);
                    // A value that is rare by itself is told once.
                    (!single.contains(&a) && !single.contains(&b)).then(|| format!("{a}, {b}"))
                });
                out.extend(together(rare, &format!("{first} × {second}"), "pairs"));
            }
        }
        out
    }
}

/// Values one by one, or how many there are where there are many.
fn together(rare: Rare, name: &str, what: &str) -> Rare {
    match rare.iter().map(|(_, n)| *n).max() {
        Some(most) if rare.len() > LISTED => {
            vec![(format!("{name}: {} {what}, the largest", rare.len()), most)]
        }
        _ => rare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(columns: &[&str], rows: &[(usize, &[&str])]) -> Told {
        let texts = |all: &[&str]| all.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>();
        Told { columns: texts(columns), rows: rows.iter().map(|(case, row)| (*case, texts(row))).collect() }
    }

    fn lines(told: &Told) -> Vec<String> {
        told.small_groups().into_iter().map(|(key, n)| format!("{key} ({n})")).collect()
    }

    #[test]
    fn small_groups_are_values_and_pairs_of_fewer_than_three_cases() {
        // By hand: zorg 3, bouw 1; large 3, small 1 (with bouw, so told already).
        let rows: [(usize, &[&str]); 7] = [
            (0, &["zorg", "large"]),
            (1, &["zorg", "large"]),
            (2, &["zorg", "small"]),
            (3, &["bouw", "small"]),
            (4, &["it", "small"]),
            (5, &["it", "large"]),
            (6, &["it", "small"]),
        ];
        assert_eq!(
            lines(&told(&["sector", "size"], &rows)),
            [
                "sector=bouw (1)",
                "sector=zorg, size=large (2)",
                "sector=zorg, size=small (1)",
                "sector=it, size=small (2)",
                "sector=it, size=large (1)",
            ]
        );
    }

    #[test]
    fn documents_tell_of_their_cases_and_cases_are_counted_once() {
        // By hand: four interviews by phone are of two cases; face to face is in three, of which one is in
        // care. Care is of two cases, so its pairs are told with it.
        let rows: [(usize, &[&str]); 7] = [
            (0, &["care", "phone"]),
            (0, &["care", "phone"]),
            (0, &["care", "face"]),
            (1, &["food", "phone"]),
            (1, &["food", "phone"]),
            (2, &["food", "face"]),
            (3, &["food", "face"]),
        ];
        assert_eq!(
            lines(&told(&["sector", "mode"], &rows)),
            ["sector=care (1)", "mode=phone (2)", "sector=food, mode=face (2)"]
        );
    }

    #[test]
    fn many_values_of_a_column_are_told_together() {
        let days: Vec<String> = (0..12).map(|i| format!("2026-01-{i:02}")).collect();
        let rows: Vec<(usize, Vec<String>)> =
            days.into_iter().enumerate().map(|(i, day)| (i / 2, vec![day])).collect();
        let told = Told { columns: vec!["date".to_owned()], rows };
        assert_eq!(lines(&told), ["date: 12 values, the largest (1)"]);
    }
}
