//! Studies made by chance, and plain ways to look at them.

use std::collections::BTreeMap;

use model::act::{Act, Change, CodeAdded, CodingAdded, DocumentAdded, Done};
use model::anchor::Anchor;
use model::corpus::{Case, Corpus, Document, Speaker};
use model::id::ActId;
use model::name::Name;
use model::span::Span;
use model::state::State;
use model::text::Text;
use model::turn::{Role, Turn};
use proptest::prelude::*;

/// Codes with the code above each.
pub(crate) const CODES: [(&str, Option<&str>); 4] =
    [("a", None), ("a1", Some("a")), ("a2", Some("a")), ("b", None)];
/// Speakers' labels, roles and own cases.
pub(crate) const SPEAKERS: [(&str, Role, Option<&str>); 4] = [
    ("Q", Role::Interviewer, Some("press")),
    ("X", Role::Respondent, None),
    ("Y", Role::Respondent, Some("other")),
    ("M", Role::Other, None),
];

/// What a study is made of.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// Per document: which speaker each turn has (empty: no turns), and whether it has a case.
    pub(crate) documents: Vec<(Vec<usize>, bool)>,
    /// Document, start, length, code, coder, own case.
    pub(crate) codings: Vec<(usize, u32, u32, usize, usize, bool)>,
    /// Document and coder of each done mark.
    pub(crate) done: Vec<(usize, usize)>,
}

pub(crate) fn made() -> impl Strategy<Value = Made> {
    let document = (proptest::collection::vec(0_usize..4, 0..5), any::<bool>());
    let coding = (0_usize..3, 0_u32..120, 1_u32..40, 0_usize..4, 0_usize..2, proptest::bool::weighted(0.1));
    (
        proptest::collection::vec(document, 1..4),
        proptest::collection::vec(coding, 0..25),
        proptest::collection::vec((0_usize..3, 0_usize..2), 0..5),
    )
        .prop_map(|(documents, codings, done)| Made { documents, codings, done })
}

pub(crate) const CODERS: [&str; 2] = ["anna", "bram"];

pub(crate) fn build(made: &Made) -> (Corpus, State) {
    let mut acts = Vec::new();
    let mut act = |coder: &str, changes: Vec<Change>| {
        let n = acts.len() as u64 + 1;
        let id = ActId::from_parts(1_000 + n, 0, 0);
        acts.push(Act {
            v: 1,
            id,
            n,
            at: String::new().into(),
            coder: Name::new(coder),
            by: None,
            act: Name::new("x"),
            changes: changes.into(),
        });
    };
    for (i, (id, parent)) in CODES.iter().enumerate() {
        let code = CodeAdded {
            code: Name::new(id),
            codebook: Name::new("book"),
            parent: parent.map(Name::new),
            order: i as f64,
            fields: serde_json::from_str(r#"{"status":"fixed"}"#).unwrap(),
        };
        act("anna", vec![Change::CodeAdded(Box::new(code))]);
    }
    let mut documents = Vec::new();
    for (i, (speakers, has_case)) in made.documents.iter().enumerate() {
        let mut string = format!("Kop {i}, eén regel.\n");
        let mut turns = Vec::new();
        for speaker in speakers {
            let start = string.chars().count() as u32;
            string.push_str(SPEAKERS[*speaker].0);
            string.push_str(": ");
            let text_start = start + 3;
            string.push_str("Dat zei ik tóch al, of niet? Ja.");
            let end = string.chars().count() as u32;
            string.push_str("\n\n");
            turns.push(Turn {
                start,
                text_start,
                end,
                speaker: Some(SPEAKERS[*speaker].0.into()),
                seconds: None,
            });
        }
        let text = Text::new(string);
        let speakers = SPEAKERS.iter().map(|(label, role, case)| Speaker {
            label: (*label).to_owned(),
            role: *role,
            case: case.map(str::to_owned),
            ..Speaker::default()
        });
        let id = format!("d{i}");
        act(
            "anna",
            vec![Change::DocumentAdded(Box::new(DocumentAdded {
                document: Name::new(&id),
                text: text.hash(),
                source: None,
            }))],
        );
        documents.push(Document {
            id,
            hash: Some(text.hash()),
            text,
            turns,
            speakers: speakers.collect(),
            case: has_case.then(|| "shop".to_owned()),
            ..Document::default()
        });
    }
    for (document, start, length, code, coder, own) in &made.codings {
        let Some(d) = documents.get(*document) else { continue };
        let span = Span::new((*start).min(d.text.len() - 1), (start + length).min(d.text.len()));
        if span.is_empty() {
            continue;
        }
        let coding = CodingAdded {
            anchor: Anchor::new(&d.id, &d.text, d.hash.unwrap(), span),
            code: Name::new(CODES[*code].0),
            case: own.then(|| Name::new("own")),
            qualifiers: BTreeMap::new(),
            weight: None,
            note: None,
            definition: None,
            rule: None,
        };
        act(CODERS[*coder], vec![Change::CodingAdded(Box::new(coding))]);
    }
    for (document, coder) in &made.done {
        let Some(d) = documents.get(*document) else { continue };
        let done = Done {
            document: Name::new(&d.id),
            text: d.hash.unwrap(),
            codes: CODES.iter().map(|c| Name::new(c.0)).collect(),
        };
        act(CODERS[*coder], vec![Change::Done(Box::new(done))]);
    }
    let cases = [("shop", "large"), ("empty", "small")].map(|(id, size)| Case {
        id: id.to_owned(),
        name: id.to_owned(),
        listed: true,
        attributes: vec![("size".to_owned(), size.to_owned())],
        ..Case::default()
    });
    (Corpus::new("shop".to_owned(), documents, cases.to_vec()), State::of(acts))
}

/// The runs of code points that belong together: two neighbours do when one span covers both (or,
/// where code points are shared by coders, when both are shared).
pub(crate) fn runs(
    length: u32,
    covered: impl Fn(u32) -> bool,
    joined: impl Fn(u32) -> bool,
) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for at in 0..length {
        if !covered(at) {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.1 == at && joined(at - 1) => last.1 = at + 1,
            _ => out.push((at, at + 1)),
        }
    }
    out
}
