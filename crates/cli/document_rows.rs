//! Rows of documents: what `documents` prints about each.

use std::collections::BTreeMap;

use model::codebook::Status;
use model::corpus::Attributes;
use model::counted::{Counted, Roles};
use model::reading::Readings;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::session::Session;

/// One document as the contract prints it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DocumentRow {
    pub(crate) document: String,
    pub(crate) title: String,
    pub(crate) case: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) turns: usize,
    pub(crate) words: u64,
    pub(crate) respondent_words: u64,
    pub(crate) characters: u32,
    pub(crate) codings: usize,
    /// Per coder of the study: done for all codes that are fixed now, partly, or no.
    pub(crate) done: BTreeMap<String, &'static str>,
    pub(crate) text_sha256: Option<String>,
    pub(crate) attributes: Map<String, Value>,
}

/// One row per document, in order; `only` limits them.
pub(crate) fn rows(session: &Session, only: Option<usize>) -> Vec<DocumentRow> {
    let readings = Readings::new(&session.corpus, session.state(), &session.coded);
    let documents = session.corpus.documents.iter().enumerate();
    documents
        .filter(|(at, _)| only.is_none_or(|o| o == *at))
        .map(|(at, _)| row(session, &readings, at))
        .collect()
}

fn row(session: &Session, readings: &Readings, at: usize) -> DocumentRow {
    let document = &session.corpus.documents[at];
    let told = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let waiting = session.coded.unplaced.iter().filter(|u| u.document == Some(at as u32)).count();
    DocumentRow {
        document: document.id.clone(),
        title: document.title.clone(),
        case: document.case.clone(),
        kind: told(&document.kind),
        language: told(&document.language),
        date: told(&document.date),
        turns: document.turns.len(),
        words: Counted::of(document, Roles::all()).all_words(),
        respondent_words: Counted::of(document, Roles::default()).all_words(),
        characters: document.text.len(),
        codings: session.coded.in_document(at).len() + waiting,
        done: done(session, readings, at),
        text_sha256: document.hash.map(|h| h.to_string()),
        attributes: attributes(&document.attributes),
    }
}

/// How far each coder of the study has read a document.
fn done(session: &Session, readings: &Readings, at: usize) -> BTreeMap<String, &'static str> {
    let coded = &session.coded;
    let fixed: Vec<u32> = coded
        .codebook
        .codes
        .iter()
        .enumerate()
        .filter(|(_, c)| c.status == Status::Fixed && !c.retired && c.merged_into.is_none())
        .map(|(i, _)| i as u32)
        .collect();
    let mut out = BTreeMap::new();
    for coder in &coded.coders.names {
        let word = match readings.mark(at, coder) {
            None => "no",
            Some(mark) => {
                let found = |code: usize| {
                    let below = coded.codebook.subtree(code);
                    coded
                        .in_document(at)
                        .iter()
                        .any(|p| coded.coder(p) == coder && below.contains(&(p.code as usize)))
                };
                let read = Readings::read_for(mark, coded, found);
                if fixed.iter().all(|c| read.contains(c)) { "done" } else { "partly" }
            }
        };
        out.insert(coder.to_string(), word);
    }
    out
}

/// Columns of a table as a JSON object; an empty cell is null.
pub(crate) fn attributes(all: &Attributes) -> Map<String, Value> {
    let value = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
    all.iter().map(|(key, text)| (key.clone(), value(text))).collect()
}

/// Who speaks in a document, and how much.
pub(crate) fn speakers(session: &Session, at: usize) -> Vec<Value> {
    let document = &session.corpus.documents[at];
    let words = document.words();
    let mut out = Vec::new();
    for speaker in &document.speakers {
        let turns: Vec<_> =
            document.turns.iter().filter(|t| t.speaker.as_deref() == Some(speaker.label.as_str())).collect();
        let spoken: u32 = turns.iter().map(|t| words.within(t.speech())).sum();
        let name = (!speaker.name.is_empty()).then_some(&speaker.name);
        out.push(json!({
            "speaker": speaker.label, "name": name, "role": speaker.role.as_str(), "role_known": speaker.role_known,
            "case": speaker.case.as_ref().or(document.case.as_ref()), "turns": turns.len(), "words": spoken,
            "attributes": attributes(&speaker.attributes),
        }));
    }
    out
}

/// The turns of a document.
pub(crate) fn turns(session: &Session, at: usize) -> Vec<Value> {
    let document = &session.corpus.documents[at];
    let turn = |(i, t): (usize, &model::turn::Turn)| {
        json!({
            "turn": i + 1, "start": t.start, "text_start": t.text_start, "end": t.end, "speaker": t.speaker,
            "role": document.role(t).as_str(), "case": document.turn_case(t), "seconds": t.seconds,
        })
    };
    document.turns.iter().enumerate().map(turn).collect()
}
