//! Shown: under which name cases, documents, speakers and coders stand in an output. The one place that
//! knows what stands for a name where names are kept out (`--anonymous`), in pages and packages alike.

use std::collections::BTreeSet;

use model::codebook::Codebook;
use model::corpus::{Corpus, Document};
use model::ground::Ground;
use model::turn::Role;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

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
    /// Names of people and organisations that no column may hold, in small letters, the longest first, each
    /// with what stands for it.
    names: Vec<(String, String)>,
    /// Names of two letters, as they are written: in small letters they would be words.
    short: Vec<(String, String)>,
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
        // Each name under which anybody acted, with the one that they have now.
        let mut acted: Vec<(&str, &str)> = Vec::new();
        for act in ground.state.history() {
            for name in std::iter::once(&act.coder).chain(&act.by) {
                let now = ground.coded.coders.canonical(name).as_str();
                if !order.contains(&now) {
                    order.push(now);
                }
                if !acted.contains(&(name.as_str(), now)) {
                    acted.push((name.as_str(), now));
                }
            }
        }
        let coders = numbered(speech.t("coder", "codeur"), order.iter().map(|name| (*name, "")));
        let mut out = Aliases { cases, documents, coders, names: Vec::new(), short: Vec::new() };
        let somebody = speech.t("name", "naam");
        out.names = out.names(corpus, &acted, somebody);
        out.short = short(corpus, somebody);
        Self::Aliases(Box::new(out))
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
            a.names.iter().any(|(name, _)| holds_word(&value, name))
        })
    }

    /// Words of the researcher's with what stands for the names in them, in brackets; and these names as
    /// they stood there. None where they hold none.
    pub(crate) fn without_names(&self, text: &str) -> Option<(String, Vec<String>)> {
        let Self::Aliases(a) = self else { return None };
        let mut out = String::new();
        let mut found = Vec::new();
        let (mut rest, mut inside) = (text, false);
        while let Some(c) = rest.chars().next() {
            let long = a.names.iter().find_map(|(name, alias)| Some((beginning(rest, name)?, alias)));
            let name = long.or_else(|| {
                a.short.iter().find_map(|(name, alias)| Some((beginning_as_written(rest, name)?, alias)))
            });
            if let Some((length, alias)) = name.filter(|_| !inside) {
                let (own, after) = rest.split_at(length);
                found.push(own.to_owned());
                out.extend(["[", alias, "]"]);
                rest = after;
                inside = true;
            } else {
                out.push(c);
                inside = c.is_alphanumeric();
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
        found.dedup();
        (!found.is_empty()).then_some((out, found))
    }

    /// Words of the researcher's, without the names that are kept out.
    pub(crate) fn told(&self, text: &str) -> String {
        self.without_names(text).map_or_else(|| text.to_owned(), |(text, _)| text)
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

/// What a label says that stands for a role and for nobody.
const ROLES: &[&str] =
    &["hr", "respondent", "interviewee", "participant", "speaker", "geïnterviewde", "deelnemer", "spreker"];

impl Aliases {
    /// Names that must not stand in a column, with what stands for them: of cases, documents, people and
    /// coders. A label may be the name of who speaks; that of an interviewer stands for a role, and their
    /// names in a column of their own.
    fn names(&self, corpus: &Corpus, coders: &[(&str, &str)], somebody: &str) -> Vec<(String, String)> {
        let of = |map: &FxHashMap<String, String>, id: &str| map.get(id).cloned().unwrap_or_default();
        let cases =
            corpus.cases.iter().flat_map(|c| [&c.id, &c.name].map(|n| (n.as_str(), of(&self.cases, &c.id))));
        let documents = corpus.documents.iter();
        let documents =
            documents.flat_map(|d| [&d.id, &d.title].map(|n| (n.as_str(), of(&self.documents, &d.id))));
        let people = corpus.documents.iter().flat_map(|d| &d.speakers).flat_map(|s| {
            let is_name = s.role != Role::Interviewer && !ROLES.contains(&s.label.to_lowercase().as_str());
            std::iter::once(s.name.as_str()).chain(is_name.then_some(s.label.as_str()))
        });
        let interviewers = corpus.documents.iter().filter_map(|d| d.column("interviewer"));
        let people = people.chain(interviewers).map(|name| (name, somebody.to_owned()));
        let coders = coders.iter().map(|(name, now)| (*name, of(&self.coders, now)));
        let mut out: Vec<(String, String)> = cases
            .chain(documents)
            .chain(coders)
            .chain(people)
            .map(|(name, alias)| (name.trim().to_lowercase(), alias))
            // A number or a letter or two is no name.
            .filter(|(name, _)| name.chars().filter(|c| c.is_alphabetic()).count() > 2)
            .collect();
        // Of one name the first that it is of.
        out.sort_by(|a, b| (b.0.len(), &a.0).cmp(&(a.0.len(), &b.0)));
        out.dedup_by(|next, kept| next.0 == kept.0);
        out
    }
}

/// Names of two letters, with what stands for them: names and labels of who speaks, and not to ask.
fn short(corpus: &Corpus, somebody: &str) -> Vec<(String, String)> {
    let people = corpus.documents.iter().flat_map(|d| &d.speakers).filter(|s| s.role != Role::Interviewer);
    let mut out: Vec<(String, String)> = people
        .flat_map(|s| [s.name.trim(), s.label.trim()])
        .filter(|name| name.chars().count() == 2 && name.chars().all(char::is_alphabetic))
        .filter(|name| name.starts_with(char::is_uppercase) && !ROLES.contains(&name.to_lowercase().as_str()))
        .map(|name| (name.to_owned(), somebody.to_owned()))
        .collect();
    out.sort();
    out.dedup();
    out
}

/// The codebook of a study, its labels without the names that are kept out of an anonymous output.
pub fn codebook_without_names(ground: Ground<'_>, speech: &Speech) -> Codebook {
    let shown = Shown::new(ground, speech, true);
    let mut book = ground.coded.codebook.clone();
    for code in &mut book.codes {
        match code.fields.get_mut("label") {
            Some(Value::String(label)) => *label = shown.told(label),
            Some(Value::Object(labels)) => {
                for label in labels.values_mut() {
                    if let Value::String(label) = label {
                        *label = shown.told(label);
                    }
                }
            }
            _ => {}
        }
    }
    book
}

/// How much of a text is a name as it is written, with which it begins and after which a word ends.
fn beginning_as_written(text: &str, name: &str) -> Option<usize> {
    let rest = text.strip_prefix(name)?;
    (!rest.starts_with(char::is_alphanumeric)).then_some(name.len())
}

/// How much of a text is a name in small letters, with which it begins and after which a word ends.
fn beginning(text: &str, name: &str) -> Option<usize> {
    let mut wanted = name.chars();
    let mut left = wanted.next();
    for (at, c) in text.char_indices() {
        if left.is_none() {
            return (!c.is_alphanumeric()).then_some(at);
        }
        for small in c.to_lowercase() {
            if left != Some(small) {
                return None;
            }
            left = wanted.next();
        }
    }
    left.is_none().then_some(text.len())
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

    #[test]
    fn names_are_replaced_as_whole_words_the_longest_first() {
        let names = [
            ("bakkerij de korst", "shop 1"),
            ("de korst", "shop 1"),
            ("anna", "coder 1"),
            ("élan", "case 2"),
        ];
        let names = names.map(|(name, alias)| (name.to_owned(), alias.to_owned())).to_vec();
        let shown = Shown::Aliases(Box::new(Aliases {
            cases: FxHashMap::default(),
            documents: FxHashMap::default(),
            coders: FxHashMap::default(),
            names,
            short: vec![("HV".to_owned(), "name".to_owned())],
        }));
        let told = |text: &str| shown.without_names(text).map(|(text, found)| (text, found.join("|")));
        let some = |text: &str, found: &str| Some((text.to_owned(), found.to_owned()));
        assert_eq!(
            told("At Bakkerij De Korst, as Anna says; DE KORST's way"),
            some("At [shop 1], as [coder 1] says; [shop 1]'s way", "Bakkerij De Korst|Anna|DE KORST")
        );
        assert_eq!(told("ÉLAN"), some("[case 2]", "ÉLAN"));
        assert_eq!(told("HV's way, hv, HVA, (HV)"), some("[name]'s way, hv, HVA, ([name])", "HV"));
        assert_eq!(told("joanna and annas and annabel"), None);
        assert_eq!(told(""), None);
        assert_eq!(Shown::Own.without_names("Anna"), None);
    }
}
