//! Settings: what was chosen when a study was made and can be chosen otherwise.

use model::act::{Change, Setting};
use model::name::Name;
use serde_json::Value;

use crate::study::Study;
use crate::tables::Tables;

/// The change that makes a word the study's word for a case.
pub fn case_label(label: &str) -> Change {
    set("case_label", Value::from(label.trim()))
}

/// The change that makes these the languages of labels, the first one first.
pub fn languages(tags: Vec<String>) -> Change {
    set("languages", Value::from(tags))
}

fn set(key: &str, value: Value) -> Change {
    Change::Setting(Box::new(Setting { key: Name::new(key), value }))
}

impl Study {
    /// The tables whose cases are found by the word that the study has for them, and would be lost under
    /// another: a column or the table's own name is that word.
    pub fn bound_to_label(&self, other: &str) -> Vec<String> {
        let cases = |label: &str| {
            let (tables, _) = Tables::read(self.dir(), label);
            let all = [&tables.documents, &tables.cases, &tables.speakers];
            let found = all.into_iter().flatten().map(|t| (t.name.clone(), tables.case_column(t)));
            found.collect::<Vec<_>>()
        };
        let then = cases(other);
        cases(self.case_label()).into_iter().filter(|t| !then.contains(t)).map(|(name, _)| name).collect()
    }
}
