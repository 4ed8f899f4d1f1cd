//! Fixtures for tests and measurements: transcripts and studies as text.
//!
//! Not part of what the screen does; it is public so that tests and benchmarks outside can use it.

use model::act::{Act, Change, CodeAdded, CodingAdded, DocumentAdded};
use model::anchor::Anchor;
use model::corpus::{Case, Corpus, Document, Speaker};
use model::id::ActId;
use model::name::Name;
use model::span::Span;
use model::state::State;
use model::text::Text;
use model::turn::{Role, Turn};

use crate::desk::Desk;

/// A transcript from lines `Name: text`, one blank line between turns.
pub fn document(id: &str, text: &str) -> Document {
    let mut document = Document::default();
    id.clone_into(&mut document.id);
    id.clone_into(&mut document.title);
    document.text = Text::new(text.to_owned());
    document.hash = Some(document.text.hash());
    let mut position = 0;
    for part in document.text.as_str().split_inclusive("\n\n") {
        let len = part.chars().count() as u32;
        let said = part.trim_end();
        if let Some((label, speech)) = said.split_once(": ") {
            let before = label.chars().count() as u32 + 2;
            let end = position + said.chars().count() as u32;
            let seconds = Some(f64::from(position) / 10.0);
            document.turns.push(Turn {
                start: position,
                text_start: position + before,
                end,
                speaker: Some(label.to_owned()),
                seconds,
            });
            let role = if label.starts_with("Interviewer") { Role::Interviewer } else { Role::Respondent };
            if document.speaker(label).is_none() && !speech.is_empty() {
                document.speakers.push(Speaker { label: label.to_owned(), role, role_known: true, ..Speaker::default() });
            }
        }
        position += len;
    }
    document
}

/// The n-th act of a coder.
pub fn act(n: u64, coder: &str, verb: &str, changes: Vec<Change>) -> Act {
    let at = format!("2026-11-22T12:{:02}:{:02}Z", n / 60 % 60, n % 60);
    Act { v: 1, id: ActId::from_parts(1_000 + n, 0, 7), n, at, coder: Name::new(coder), by: None, act: Name::new(verb), changes }
}

/// A code with both labels, a colour and a shortcut.
pub fn code(id: &str, parent: Option<&str>, en: &str, nl: &str, color: &str, shortcut: Option<char>) -> Change {
    let mut fields = serde_json::json!({
        "label": {"en": en, "nl": nl},
        "definition": {"en": format!("What counts as {}.", en.to_lowercase())},
        "include": {"en": "all that is in force"},
        "exclude": {"en": "plans only"},
        "status": "fixed",
    });
    if !color.is_empty() {
        fields["color"] = color.into();
    }
    if let Some(key) = shortcut {
        fields["shortcut"] = key.to_string().into();
    }
    let fields = fields.as_object().cloned().unwrap_or_default();
    Change::CodeAdded(Box::new(CodeAdded { code: Name::new(id), codebook: Name::new("book"), parent: parent.map(Name::new), order: 0.0, fields }))
}

/// A coding of a span.
pub fn coding(document: &Document, span: Span, code: &str) -> Change {
    let hash = document.hash.unwrap_or_else(|| document.text.hash());
    Change::CodingAdded(Box::new(CodingAdded {
        anchor: Anchor::new(&document.id, &document.text, hash, span),
        code: Name::new(code),
        case: None,
        qualifiers: Default::default(),
        weight: None,
        note: None,
        definition: None,
    }))
}

/// The codes of the small study.
pub fn codes() -> Vec<Change> {
    vec![
        code("internal-mobility", None, "Internal mobility", "Interne mobiliteit", "#1a64f8", Some('1')),
        code("flex-pool", Some("internal-mobility"), "Internal flex pool", "Interne flexpool", "", None),
        code("terms", None, "Terms of employment", "Arbeidsvoorwaarden", "#ab4c40", Some('3')),
        code("training", None, "Training", "Opleidingen", "#9a42ba", Some('5')),
    ]
}

/// A study of these documents with the codes above; every document has a case in a sector.
pub fn desk(documents: Vec<Document>) -> Desk {
    let mut documents = documents;
    let sectors = ["haven", "zorg", "bank"];
    let mut cases: Vec<Case> = Vec::new();
    let mut acts = vec![act(1, "anna", "codebook", codes())];
    let mut added = Vec::new();
    for (i, d) in documents.iter_mut().enumerate() {
        let id = format!("case-{i}");
        let attributes = vec![("sector".to_owned(), sectors[i % 3].to_owned())];
        cases.push(Case { id: id.clone(), name: format!("Case {i}"), cite_as: String::new(), attributes, listed: true });
        d.case = Some(id);
        let text = d.hash.unwrap_or_else(|| d.text.hash());
        added.push(Change::DocumentAdded(Box::new(DocumentAdded { document: Name::new(&d.id), text, source: None })));
    }
    acts.push(act(2, "anna", "import", added));
    let corpus = Corpus::new("organisation".to_owned(), documents, cases);
    Desk::new("study".to_owned(), corpus, State::of(acts), Some(Name::new("anna")), vec!["en".to_owned()])
}
