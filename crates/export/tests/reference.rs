//! Frequencies held to a plain reference: every code point of every document is looked at by itself.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};

use model::act::{Act, Change, CodeAdded, CodingAdded, DocumentAdded, Done};
use model::anchor::Anchor;
use model::coded::Coded;
use model::corpus::{Case, Corpus, Document, Speaker};
use model::counted::Roles;
use model::ground::Ground;
use model::id::ActId;
use model::name::Name;
use model::reading::Choice;
use model::span::Span;
use model::state::State;
use model::text::Text;
use model::turn::{Role, Turn};
use proptest::prelude::*;
use verbatim_export::{Behind, By, CountRule, Options, Status, frequencies, passages};

/// Codes with the code above each.
const CODES: [(&str, Option<&str>); 4] = [("a", None), ("a1", Some("a")), ("a2", Some("a")), ("b", None)];
/// Speakers' labels, roles and own cases.
const SPEAKERS: [(&str, Role, Option<&str>); 4] = [
    ("Q", Role::Interviewer, Some("press")),
    ("X", Role::Respondent, None),
    ("Y", Role::Respondent, Some("other")),
    ("M", Role::Other, None),
];

#[derive(Clone, Debug)]
struct Made {
    /// Per document: which speaker each turn has (empty: no turns), and whether it has a case.
    documents: Vec<(Vec<usize>, bool)>,
    /// Document, start, length, code, coder, own case.
    codings: Vec<(usize, u32, u32, usize, usize, bool)>,
    /// Document and coder of each done mark.
    done: Vec<(usize, usize)>,
}

fn made() -> impl Strategy<Value = Made> {
    let document = (proptest::collection::vec(0_usize..4, 0..5), any::<bool>());
    let coding = (0_usize..3, 0_u32..120, 1_u32..40, 0_usize..4, 0_usize..2, proptest::bool::weighted(0.1));
    (
        proptest::collection::vec(document, 1..4),
        proptest::collection::vec(coding, 0..25),
        proptest::collection::vec((0_usize..3, 0_usize..2), 0..5),
    )
        .prop_map(|(documents, codings, done)| Made { documents, codings, done })
}

const CODERS: [&str; 2] = ["anna", "bram"];

fn build(made: &Made) -> (Corpus, State) {
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
                speaker: Some(SPEAKERS[*speaker].0.to_owned()),
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
    let cases = ["shop", "empty"].map(|id| Case {
        id: id.to_owned(),
        name: id.to_owned(),
        listed: true,
        ..Case::default()
    });
    (Corpus::new("shop".to_owned(), documents, cases.to_vec()), State::of(acts))
}

/// One coding as the reference sees it.
struct Plain {
    document: usize,
    span: Span,
    codes: Vec<&'static str>,
    coder: &'static str,
    case: String,
}

/// The runs of code points that belong together: two neighbours do when one span covers both (or,
/// where code points are shared by coders, when both are shared).
fn runs(length: u32, covered: impl Fn(u32) -> bool, joined: impl Fn(u32) -> bool) -> Vec<(u32, u32)> {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tables_equal_a_plain_count(made in made(), which in 0_usize..4, roles in 0_usize..3, by_document in any::<bool>()) {
        let (corpus, state) = build(&made);
        let coded = Coded::new(&corpus, &state);
        let reading = [Choice::Coder(Name::new("anna")), Choice::Coder(Name::new("bram")), Choice::Union, Choice::Intersection][which].clone();
        let (roles, list) = [
            (Roles::default(), vec![Role::Respondent]),
            (Roles::all(), vec![Role::Respondent, Role::Interviewer, Role::Other]),
            (Roles::of(&[Role::Interviewer]), vec![Role::Interviewer]),
        ][roles].clone();
        let by = if by_document { By::Document } else { By::Case };
        // Somebody must have acted under the name for a reading by it.
        let known: BTreeSet<&str> = state.acts().iter().map(|a| a.coder.as_str()).collect();
        if let Choice::Coder(name) = &reading && !known.contains(name.as_str()) {
            return Ok(());
        }

        let counted_turns = |d: &Document| -> Vec<(u32, u32, Option<String>)> {
            if d.turns.is_empty() {
                return vec![(0, d.text.len(), d.case.clone())];
            }
            let about = |t: &Turn| SPEAKERS.iter().find(|s| t.speaker.as_deref() == Some(s.0)).unwrap();
            d.turns.iter().filter(|t| list.contains(&about(t).1))
                .map(|t| (t.start, t.end, about(t).2.map(str::to_owned).or(d.case.clone()))).collect()
        };
        let plain: Vec<Plain> = state.codings().map(|c| {
            let document = corpus.position(&c.anchor.document).unwrap();
            let d = &corpus.documents[document];
            let span = c.anchor.span();
            let touched = counted_turns(d).into_iter().find(|t| t.0 < span.end && span.start < t.1);
            let case = c.case.map(ToString::to_string).or(touched.and_then(|t| t.2)).or(d.case.clone()).unwrap_or_default();
            let (code, above) = CODES.iter().find(|x| *c.code == x.0).unwrap();
            Plain { document, span, codes: [Some(*code), *above].into_iter().flatten().collect(),
                coder: CODERS.iter().find(|x| c.added.coder == **x).unwrap(), case }
        }).collect();
        let is_done = |document: usize, coder: &str| made.done.iter().any(|(d, c)| *d == document && CODERS[*c] == coder);
        let began = |document: usize, coder: &str| is_done(document, coder) || plain.iter().any(|p| p.document == document && p.coder == coder);

        for rule in [CountRule::Passages, CountRule::Characters, CountRule::Turns] {
            let options = Options { by: by.clone(), count: rule, reading: reading.clone(), roles, ..Options::default() };
            let table = frequencies(&corpus, &state, &coded, &options).unwrap();
            for row in table.rows() {
                let (mut n, mut found, mut member, mut done_all) = (0, false, 0, true);
                for (i, d) in corpus.documents.iter().enumerate() {
                    let coders: Vec<&str> = match &reading {
                        Choice::Coder(name) => CODERS.into_iter().filter(|c| *name == *c).collect(),
                        Choice::Union => CODERS.into_iter().filter(|c| began(i, c)).collect(),
                        _ => CODERS.into_iter().filter(|c| is_done(i, c)).collect(),
                    };
                    let shared = reading == Choice::Intersection;
                    let enough = !shared || coders.len() >= 2;
                    let group = |p: &Plain| if by_document { d.id.clone() } else { p.case.clone() };
                    let here: Vec<&Plain> = plain.iter().filter(|p| p.document == i && enough && coders.contains(&p.coder) && group(p) == row.group).collect();
                    let mine: Vec<&&Plain> = here.iter().filter(|p| p.codes.contains(&row.code)).collect();
                    let by = |at: u32, coder: &str| mine.iter().any(|p| p.coder == coder && p.span.has(at));
                    let covered = |at: u32| if shared { coders.len() >= 2 && coders.iter().all(|c| by(at, c)) } else { mine.iter().any(|p| p.span.has(at)) };
                    let joined = |at: u32| if shared { true } else { mine.iter().any(|p| p.span.has(at) && p.span.has(at + 1)) };
                    let turns = counted_turns(d);
                    let passages: Vec<(u32, u32)> = runs(d.text.len(), covered, joined).into_iter()
                        .filter(|r| turns.iter().any(|t| t.0 < r.1 && r.0 < t.1)).collect();
                    let speech = |at: u32| turns.iter().any(|t| t.0 <= at && at < t.1)
                        && d.turns.iter().all(|t| !(t.start <= at && at < t.text_start));
                    n += match rule {
                        CountRule::Passages => passages.len() as u64,
                        CountRule::Characters => passages.iter().flat_map(|r| r.0..r.1).filter(|at| speech(*at)).count() as u64,
                        _ => turns.iter().filter(|t| passages.iter().any(|r| t.0 < r.1 && r.0 < t.1)).count() as u64,
                    };
                    found |= !passages.is_empty();
                    let belongs = if by_document { d.id == row.group } else {
                        d.case.as_deref().unwrap_or_default() == row.group && d.case.is_some()
                            || turns.iter().any(|t| t.2.clone().unwrap_or_default() == row.group) || !here.is_empty()
                            || turns.is_empty() && d.case.clone().unwrap_or_default() == row.group && !row.group.is_empty()
                    };
                    if belongs {
                        member += 1;
                        let done = enough && !coders.is_empty() && coders.iter().all(|c| is_done(i, c));
                        done_all &= done;
                    }
                }
                let expected = if found && done_all { Status::Coded } else if found { Status::Partial }
                    else if member == 0 { Status::NoText } else if done_all { Status::NotFound } else { Status::NotDone };
                prop_assert_eq!(row.cell.status, expected, "{} {} {:?}", row.group, row.code, made);
                prop_assert_eq!(row.cell.documents, member);
                let number = matches!(expected, Status::Coded | Status::Partial | Status::NotFound);
                prop_assert_eq!(row.cell.n, number.then_some(n), "{} {} {:?} {:?}", row.group, row.code, rule, made);
            }
            // All cells at once are what each is by itself.
            let behind = Behind::of(Ground { corpus: &corpus, state: &state, coded: &coded }, &options).unwrap();
            prop_assert_eq!(&behind.groups, &table.groups);
            for (g, group) in table.groups.iter().enumerate() {
                for code in &table.codes {
                    let alone = passages(&corpus, &state, &coded, &options, &group.id, &code.id).unwrap();
                    prop_assert_eq!(behind.cell(g, code.place), alone.as_slice());
                }
            }
        }
    }
}
