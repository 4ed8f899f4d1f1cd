//! Corpora for tests, written as text: a line `Name: words` begins a turn, other lines go on with
//! it, and what stands before the first turn lies outside turns.

#![expect(dead_code, reason = "every test file uses a part of it")]

use std::path::PathBuf;

use model::corpus::{Case, Corpus, Document, Speaker};
use model::text::Text;
use model::turn::{Role, Turn};

/// A document from text; `language` as in documents.csv.
pub(crate) fn document(id: &str, language: &str, text: &str) -> Document {
    let text = Text::new(text.to_owned());
    let mut turns: Vec<Turn> = Vec::new();
    let mut at = 0;
    for line in text.as_str().split_inclusive('\n') {
        let length = line.chars().count() as u32;
        let spoken = line.trim_end().chars().count() as u32;
        if let Some((name, _)) = line.split_once(": ")
            && name.chars().all(char::is_alphabetic)
        {
            let label = name.chars().count() as u32 + 2;
            let speaker = Some(name.into());
            turns.push(Turn {
                start: at,
                text_start: at + label.min(spoken),
                end: at + spoken,
                speaker,
                seconds: None,
            });
        } else if let Some(turn) = turns.last_mut()
            && spoken > 0
        {
            turn.end = at + spoken;
        }
        at += length;
    }
    let mut speakers: Vec<Speaker> = Vec::new();
    for label in turns.iter().filter_map(|t| t.speaker.clone()) {
        if speakers.iter().all(|s| s.label != label) {
            let role = if label.starts_with('I') { Role::Interviewer } else { Role::Respondent };
            speakers.push(Speaker { label: label.to_string(), role, ..Speaker::default() });
        }
    }
    let hash = Some(text.hash());
    Document {
        id: id.to_owned(),
        title: format!("Title of {id}"),
        case: Some(format!("case-{}", id.chars().last().unwrap_or('x'))),
        language: language.to_owned(),
        text,
        hash,
        turns,
        speakers,
        ..Document::default()
    }
}

/// A corpus whose cases are called organisations.
pub(crate) fn corpus(documents: Vec<Document>) -> Corpus {
    Corpus::new("organisation".into(), documents, Vec::<Case>::new())
}

/// The folder of real data beside the workspace; none where it is absent.
pub(crate) fn data() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    beside.is_dir().then_some(beside)
}
