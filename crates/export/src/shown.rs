//! Shown: under which name cases, documents, speakers and coders stand in an output. The one place that
//! knows what stands for a name where names are kept out (`--anonymous`), in pages and packages alike.

mod finder;

use std::collections::BTreeSet;
use std::sync::Arc;

use model::act::Change;
use model::codebook::Codebook;
use model::corpus::{Corpus, Document, Speaker};
use model::ground::Ground;
use model::turn::Role;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use crate::provenance::Provenance;
use crate::speech::Speech;

use finder::{Capitals, Finder, Found, plain};

/// The names that are shown: their own, or others in their place. It is made once for an output, and
/// costs nothing to copy.
#[derive(Clone, Debug, Default)]
pub struct Shown(Option<Arc<Aliases>>);

/// Names in place of names.
#[derive(Debug, Default)]
struct Aliases {
    cases: FxHashMap<String, String>,
    documents: FxHashMap<String, String>,
    coders: FxHashMap<String, String>,
    /// Names of people and organisations that no words of the researcher's may hold.
    names: Finder,
}

impl Shown {
    /// Names of a study; what stands for them, where they are kept out, takes `cite_as` where that is told,
    /// else a number.
    pub fn new(ground: Ground<'_>, speech: &Speech, anonymous: bool) -> Self {
        Self(anonymous.then(|| Arc::new(Aliases::new(ground, speech))))
    }

    /// Whether names stand for others.
    pub(crate) const fn is_anonymous(&self) -> bool {
        self.0.is_some()
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
        match &self.0 {
            None => name.to_owned(),
            // What is not known is not told.
            Some(a) => map(a).get(name).cloned().unwrap_or_else(|| "unlisted".to_owned()),
        }
    }

    /// Who speaks: the label, or a number within the document.
    pub(crate) fn speaker(&self, document: &Document, label: &str) -> String {
        if !self.is_anonymous() {
            return label.to_owned();
        }
        let at = document.speakers.iter().position(|s| s.label == label);
        at.map_or_else(|| "speaker".to_owned(), |at| format!("speaker {}", at + 1))
    }

    /// Whether a column of the researcher's must be kept out: its heading or one of its values names
    /// somebody.
    pub(crate) fn hides<'v>(&self, head: &'v str, values: impl IntoIterator<Item = &'v str>) -> bool {
        let Some(a) = &self.0 else { return false };
        std::iter::once(head).chain(values).any(|value| a.names.is_in(value))
    }

    /// Words of the researcher's with what stands for the names in them, in brackets; and these names as
    /// they stood there. None where they hold none.
    pub(crate) fn without_names(&self, text: &str) -> Option<(String, Vec<String>)> {
        let found = self.0.as_ref()?.names.find(text, Capitals::Told);
        let end = found.last()?.place.end;
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for Found { place, alias } in &found {
            out.extend([text.get(at..place.start).unwrap_or_default(), "[", alias, "]"]);
            at = place.end;
        }
        out.push_str(text.get(end..).unwrap_or_default());
        Some((out, standing(text, &found)))
    }

    /// The names that stand in an id, which stays as it is.
    pub(crate) fn in_id(&self, id: &str) -> Vec<String> {
        let found = self.0.as_ref().map(|a| a.names.find(id, Capitals::Lost));
        standing(id, &found.unwrap_or_default())
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

/// Names as they stand in a text; one that stands twice in a row is told once.
fn standing(text: &str, found: &[Found<'_>]) -> Vec<String> {
    let mut out: Vec<String> =
        found.iter().filter_map(|f| text.get(f.place.clone())).map(str::to_owned).collect();
    out.dedup();
    out
}

impl Aliases {
    fn new(ground: Ground<'_>, speech: &Speech) -> Self {
        let corpus = ground.corpus;
        let known = corpus.cases.iter().map(|c| (c.id.as_str(), c.cite_as.as_str()));
        // Those that only codings name come last.
        let others: BTreeSet<&str> =
            ground.state.codings().filter_map(|c| c.case.map(model::name::Name::as_str)).collect();
        let cases = numbered(case_word(corpus, speech), known.chain(others.iter().map(|case| (*case, ""))));
        let documents = numbered(
            speech.t("document", "document"),
            corpus.documents.iter().map(|d| (d.id.as_str(), d.cite_as.as_str())),
        );
        let acted = acted(ground);
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let order = acted.iter().filter(|(_, now)| seen.insert(now)).map(|(_, now)| (*now, ""));
        let coders = numbered(speech.t("coder", "codeur"), order);
        let mut out = Self { cases, documents, coders, names: Finder::default() };
        out.names = out.finder(ground, &others, &acted, speech.t("name", "naam"));
        out
    }

    /// Names of cases, documents, people and coders, with what stands for them; of one name the first that
    /// it is of. A label may be the name of who speaks; that of an interviewer stands for a role, and their
    /// names in a column of their own.
    fn finder(
        &self,
        ground: Ground<'_>,
        others: &BTreeSet<&str>,
        acted: &[(&str, &str)],
        somebody: &str,
    ) -> Finder {
        let mut names = Finder::default();
        let documents = &ground.corpus.documents;
        let alias = |map: &FxHashMap<String, String>, id: &str| {
            map.get(id).cloned().unwrap_or_else(|| somebody.to_owned())
        };
        for case in &ground.corpus.cases {
            let alias = alias(&self.cases, &case.id);
            names.add(&case.id, &alias);
            names.add_case(&case.name, &alias);
        }
        for case in others {
            names.add(case, &alias(&self.cases, case));
        }
        for document in documents {
            let alias = alias(&self.documents, &document.id);
            names.add(&document.id, &alias);
            names.add(&document.title, &alias);
        }
        for document in &ground.coded.documents.list {
            let alias = alias(&self.documents, &document.id);
            document.names.iter().for_each(|name| names.add(name, &alias));
        }
        for (name, now) in acted {
            names.add(name, &alias(&self.coders, now));
        }
        for live in ground.state.coder_events() {
            if let Change::CoderIntroduced(c) = live.change {
                let now = ground.coded.coders.canonical(&c.coder);
                names.add(&c.full_name, &alias(&self.coders, now));
            }
        }
        let people = documents.iter().flat_map(|d| &d.speakers).flat_map(called);
        let interviewers = documents.iter().filter_map(|d| d.column("interviewer"));
        people.chain(interviewers).for_each(|name| names.add(name, somebody));
        names
    }
}

/// Each name under which anybody acted, with the one that they have now, in the order in which they first
/// acted: so a newcomer shifts nobody's number.
fn acted(ground: Ground<'_>) -> Vec<(&str, &str)> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut out = Vec::new();
    for act in ground.state.history() {
        for name in std::iter::once(&act.coder).chain(&act.by) {
            if seen.insert(name) {
                out.push((name.as_str(), ground.coded.coders.canonical(name).as_str()));
            }
        }
    }
    out
}

/// What somebody who speaks is called.
fn called(speaker: &Speaker) -> impl Iterator<Item = &str> {
    let label = (speaker.role != Role::Interviewer).then_some(speaker.label.as_str());
    let names = std::iter::once(speaker.name.as_str()).chain(label);
    names.filter(|name| !ROLES.contains(&plain(name).as_str()))
}

/// The codebook of a study, what it says of its codes without the names that are kept out of an anonymous
/// output. Ids stay as they are.
pub fn codebook_without_names(ground: Ground<'_>, shown: &Shown) -> Codebook {
    let mut book = ground.coded.codebook.clone();
    for code in &mut book.codes {
        code.defined = Some(code.definition_hash());
        code.fields.values_mut().for_each(|value| without_names(value, shown));
    }
    book
}

fn without_names(value: &mut Value, shown: &Shown) {
    match value {
        Value::String(text) => *text = shown.told(text),
        Value::Array(all) => all.iter_mut().for_each(|one| without_names(one, shown)),
        Value::Object(all) => all.values_mut().for_each(|one| without_names(one, shown)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_names_once_each() {
        let names = numbered("case", [("a", "x"), ("b", "x"), ("c", ""), ("a", "y")].into_iter());
        assert_eq!((names["a"].as_str(), names["b"].as_str(), names["c"].as_str()), ("x", "x (2)", "case 3"));
    }

    #[test]
    fn names_are_replaced_as_whole_words_the_longest_first() {
        let names = [
            ("bakkerij de korst", "shop 1"),
            ("de korst", "shop 1"),
            ("anna", "coder 1"),
            ("élan", "case 2"),
        ];
        let mut finder = Finder::default();
        names.iter().chain(&[("HV", "name")]).for_each(|(name, alias)| finder.add(name, alias));
        let shown = Shown(Some(Arc::new(Aliases { names: finder, ..Aliases::default() })));
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
        assert_eq!(Shown::default().without_names("Anna"), None);
        assert!(shown.hides("", ["mail Anna"]) && shown.hides("of HV", []) && !shown.hides("", ["joanna"]));
        assert_eq!(
            (shown.in_id("de-korst-hv").join("|"), shown.in_id("hva").len()),
            ("de-korst|hv".to_owned(), 0)
        );
    }
}
