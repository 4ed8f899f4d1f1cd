//! Other names: what stands in a package in place of cases, documents, speakers and coders.

use model::corpus::{Corpus, Document};
use model::ground::Ground;
use model::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// The names that are shown: their own, or others in their place.
pub(crate) enum Shown {
    /// Their own.
    Own,
    /// Others.
    Aliases(Box<Aliases>),
}

/// Names in place of names.
pub(crate) struct Aliases {
    cases: FxHashMap<String, String>,
    documents: FxHashMap<String, String>,
    coders: FxHashMap<String, String>,
    /// Names of people and organisations, in small letters, that no column may hold.
    names: Vec<String>,
}

impl Shown {
    /// The names of a package; `cases` are those that codings name beside the corpus.
    pub(crate) fn new(ground: Ground<'_>, anonymous: bool, label: &str, cases: &[String]) -> Self {
        if !anonymous {
            return Self::Own;
        }
        let corpus = ground.corpus;
        let known = corpus.cases.iter().map(|c| (c.id.as_str(), c.cite_as.as_str()));
        let others = cases.iter().map(|c| (c.as_str(), ""));
        let cases = numbered(label, known.chain(others));
        let documents =
            numbered("document", corpus.documents.iter().map(|d| (d.id.as_str(), d.cite_as.as_str())));
        // In the order in which they first acted, so that a newcomer shifts nobody's number.
        let mut order: Vec<&str> = Vec::new();
        for act in ground.state.history() {
            let name = ground.coded.coders.canonical(&act.coder).as_str();
            if !order.contains(&name) {
                order.push(name);
            }
            if let Some(by) = act.by.as_ref().map(|by| ground.coded.coders.canonical(by).as_str())
                && !order.contains(&by)
            {
                order.push(by);
            }
        }
        let coders = numbered("coder", order.iter().map(|name| (*name, "")));
        Self::Aliases(Box::new(Aliases { cases, documents, coders, names: names(corpus, &order) }))
    }

    /// Whether names stand for others.
    pub(crate) const fn is_anonymous(&self) -> bool {
        matches!(self, Self::Aliases(_))
    }

    pub(crate) fn case(&self, id: &str) -> String {
        self.of(id, |a| &a.cases)
    }

    pub(crate) fn document(&self, id: &str) -> String {
        self.of(id, |a| &a.documents)
    }

    pub(crate) fn coder(&self, name: &str) -> String {
        self.of(name, |a| &a.coders)
    }

    fn of(&self, name: &str, map: impl Fn(&Aliases) -> &FxHashMap<String, String>) -> String {
        match self {
            Self::Own => name.to_owned(),
            // What is not known is not told.
            Self::Aliases(a) => map(a).get(name).cloned().unwrap_or_else(|| "unlisted".to_owned()),
        }
    }

    /// Who speaks: the label, or a number within the document.
    pub(crate) fn speaker(&self, document: &Document, label: &str) -> String {
        match self {
            Self::Own => label.to_owned(),
            Self::Aliases(_) => {
                let at = document.speakers.iter().position(|s| s.label == label);
                at.map_or_else(|| "speaker".to_owned(), |at| format!("speaker {}", at + 1))
            }
        }
    }

    /// Whether a value names somebody.
    pub(crate) fn names_somebody(&self, value: &str) -> bool {
        let Self::Aliases(a) = self else { return false };
        let value = value.to_lowercase();
        a.names.iter().any(|name| holds_word(&value, name))
    }
}

/// Each name with what it is called instead: how it wants to be cited, else a word and its number.
fn numbered<'n>(word: &str, names: impl Iterator<Item = (&'n str, &'n str)>) -> FxHashMap<String, String> {
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut out: FxHashMap<String, String> = FxHashMap::default();
    for (at, (name, cite_as)) in names.enumerate() {
        if out.contains_key(name) {
            continue;
        }
        let number = at + 1;
        let mut alias =
            if cite_as.trim().is_empty() { format!("{word} {number}") } else { cite_as.trim().to_owned() };
        while !taken.insert(alias.to_lowercase()) {
            alias = format!("{alias} ({number})");
        }
        out.insert(name.to_owned(), alias);
    }
    out
}

/// Names that must not stand in a column: of cases, documents, people and coders.
fn names(corpus: &Corpus, coders: &[&str]) -> Vec<String> {
    let cases = corpus.cases.iter().flat_map(|c| [c.id.as_str(), c.name.as_str()]);
    let documents = corpus.documents.iter().flat_map(|d| [d.id.as_str(), d.title.as_str()]);
    let people = corpus.documents.iter().flat_map(|d| d.speakers.iter().map(|s| s.name.as_str()));
    let all = cases.chain(documents).chain(people).chain(coders.iter().copied());
    let mut out: Vec<String> = all
        .map(|name| name.trim().to_lowercase())
        // A number or a letter or two is no name.
        .filter(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 2)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, found)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + found.len()..).and_then(|t| t.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Whether somebody who speaks in a stretch must not be quoted.
pub(crate) fn is_withheld(document: &Document, span: Span) -> bool {
    let touched = document.turns.get(document.turns_touched(span)).unwrap_or_default();
    touched
        .iter()
        .filter_map(|t| t.speaker.as_deref().and_then(|label| document.speaker(label)))
        .any(|s| s.quote == "no")
}

/// Groups of cases that are so small that they may be recognised: a value, or a pair of values, that
/// fits fewer than three cases. Each is told as `column=value` with how many cases it fits.
pub(crate) fn small_groups(columns: &[(String, Vec<String>)]) -> Vec<(String, usize)> {
    const FEW: usize = 3;
    let cases = columns.first().map_or(0, |(_, values)| values.len());
    let count = |told: &dyn Fn(usize) -> Option<String>| {
        let mut order: Vec<(String, usize)> = Vec::new();
        for key in (0..cases).filter_map(told) {
            match order.iter_mut().find(|(k, _)| *k == key) {
                Some((_, n)) => *n += 1,
                None => order.push((key, 1)),
            }
        }
        order.retain(|(_, n)| *n < FEW);
        order
    };
    let told = |(name, values): &(String, Vec<String>), case: usize| {
        values.get(case).filter(|v| !v.is_empty()).map(|v| format!("{name}={v}"))
    };
    let mut out: Vec<(String, usize)> = Vec::new();
    for column in columns {
        out.extend(count(&|case| told(column, case)));
    }
    let single: FxHashSet<String> = out.iter().map(|(key, _)| key.clone()).collect();
    for (i, first) in columns.iter().enumerate() {
        for second in columns.iter().skip(i + 1) {
            out.extend(count(&|case| {
                let (a, b) = (told(first, case)?, told(second, case)?);
                // A value that is rare by itself is told once.
                (!single.contains(&a) && !single.contains(&b)).then(|| format!("{a}, {b}"))
            }));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_are_values_and_pairs_of_fewer_than_three_cases() {
        let column = |name: &str, values: &[&str]| {
            (name.to_owned(), values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>())
        };
        // By hand: zorg 3, bouw 1; large 3, small 1 (with bouw, so told already).
        let columns = [
            column("sector", &["zorg", "zorg", "zorg", "bouw", "it", "it", "it"]),
            column("size", &["large", "large", "small", "small", "small", "large", "small"]),
        ];
        assert_eq!(
            small_groups(&columns),
            [
                ("sector=bouw".to_owned(), 1),
                ("sector=zorg, size=large".to_owned(), 2),
                ("sector=zorg, size=small".to_owned(), 1),
                ("sector=it, size=small".to_owned(), 2),
                ("sector=it, size=large".to_owned(), 1),
            ]
        );
    }

    #[test]
    fn names_stand_for_names_once_each() {
        let names = numbered("case", [("a", "x"), ("b", "x"), ("c", ""), ("a", "y")].into_iter());
        assert_eq!((names["a"].as_str(), names["b"].as_str(), names["c"].as_str()), ("x", "x (2)", "case 3"));
        assert!(holds_word("anna terlouw", "anna") && !holds_word("joanna", "anna"));
    }
}
