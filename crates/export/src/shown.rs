//! Shown: under which name cases, documents, speakers and coders stand in an output. The one place that
//! knows what stands for a name where names are kept out (`--anonymous`), in pages and packages alike.

use std::collections::BTreeSet;

use model::corpus::{Corpus, Document};
use model::ground::Ground;
use model::turn::Role;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::provenance::Provenance;
use crate::speech::Speech;

/// The names that are shown: their own, or others in their place.
#[derive(Clone, Debug)]
pub(crate) enum Shown {
    /// Their own.
    Own,
    /// Others.
    Aliases(Box<Aliases>),
}

/// Names in place of names.
#[derive(Clone, Debug)]
pub(crate) struct Aliases {
    cases: FxHashMap<String, String>,
    documents: FxHashMap<String, String>,
    coders: FxHashMap<String, String>,
    /// Names of people and organisations, in small letters, that no column may hold.
    names: Vec<String>,
}

impl Shown {
    /// Names of a study; what stands for them takes `cite_as` where that is told, else a number.
    pub(crate) fn new(ground: Ground<'_>, speech: &Speech, anonymous: bool) -> Self {
        if !anonymous {
            return Self::Own;
        }
        let corpus = ground.corpus;
        let known = corpus.cases.iter().map(|c| (c.id.as_str(), c.cite_as.as_str()));
        // Cases that only codings name.
        let others: BTreeSet<&str> = ground.state.codings().filter_map(|c| Some(c.case?.as_str())).collect();
        let cases =
            numbered(case_word(corpus, speech), known.chain(others.into_iter().map(|case| (case, ""))));
        let documents = numbered(
            speech.t("document", "document"),
            corpus.documents.iter().map(|d| (d.id.as_str(), d.cite_as.as_str())),
        );
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
        let coders = numbered(speech.t("coder", "codeur"), order.iter().map(|name| (*name, "")));
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

    /// Whether a column of the researcher's must be kept out: its heading or one of its values names
    /// somebody.
    pub(crate) fn hides<'v>(&self, head: &'v str, values: impl IntoIterator<Item = &'v str>) -> bool {
        let Self::Aliases(a) = self else { return false };
        std::iter::once(head).chain(values).any(|value| {
            let value = value.to_lowercase();
            a.names.iter().any(|name| holds_word(&value, name))
        })
    }

    /// The columns of `cases.csv` that pages may show, in its order, and how many they may not.
    pub(crate) fn attributes<'c>(&self, corpus: &'c Corpus) -> (Vec<&'c str>, usize) {
        let mut heads = heads(corpus.cases.iter().map(|c| &c.attributes));
        let all = heads.len();
        heads.retain(|head| {
            let values = corpus.cases.iter().filter_map(|c| model::corpus::attribute(&c.attributes, head));
            !self.hides(head, values)
        });
        let hidden = all - heads.len();
        (heads, hidden)
    }

    /// Puts other names into a provenance: files are named after their coders, texts after their
    /// documents.
    pub(crate) fn provenance(&self, provenance: &mut Provenance) {
        if !self.is_anonymous() {
            return;
        }
        for (at, head) in provenance.journals.iter_mut().enumerate() {
            head.file = format!("journal {}", at + 1);
        }
        for text in &mut provenance.texts {
            text.document = self.document(&text.document);
        }
        for document in &mut provenance.blind {
            *document = self.document(document);
        }
    }
}

/// The study's own word for a case, else that of the output's language.
pub(crate) fn case_word<'w>(corpus: &'w Corpus, speech: &'w Speech) -> &'w str {
    if corpus.case_label.is_empty() { speech.t("case", "casus") } else { &corpus.case_label }
}

/// Names of the columns of a researcher's table, in its order; two that differ in capitals only are one.
pub(crate) fn heads<'c>(rows: impl Iterator<Item = &'c model::corpus::Attributes>) -> Vec<&'c str> {
    let mut out: Vec<&str> = Vec::new();
    for (head, _) in rows.flatten() {
        if !head.is_empty() && !out.iter().any(|h| h.eq_ignore_ascii_case(head)) {
            out.push(head);
        }
    }
    out
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

/// Names that must not stand in a column: of cases, documents, people and coders. A label may be the name
/// of who speaks; that of an interviewer stands for a role, and their names in a column of their own.
fn names(corpus: &Corpus, coders: &[&str]) -> Vec<String> {
    let cases = corpus.cases.iter().flat_map(|c| [c.id.as_str(), c.name.as_str()]);
    let documents = corpus.documents.iter().flat_map(|d| [d.id.as_str(), d.title.as_str()]);
    let people = corpus.documents.iter().flat_map(|d| &d.speakers).flat_map(|s| {
        let label = (s.role != Role::Interviewer).then_some(s.label.as_str());
        std::iter::once(s.name.as_str()).chain(label)
    });
    let interviewers = corpus.documents.iter().filter_map(|d| d.column("interviewer"));
    let all = cases.chain(documents).chain(people).chain(interviewers).chain(coders.iter().copied());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_names_once_each() {
        let names = numbered("case", [("a", "x"), ("b", "x"), ("c", ""), ("a", "y")].into_iter());
        assert_eq!((names["a"].as_str(), names["b"].as_str(), names["c"].as_str()), ("x", "x (2)", "case 3"));
        assert!(holds_word("anna terlouw", "anna") && !holds_word("joanna", "anna"));
    }
}
