//! Frequencies held to a plain reference: every code point of every document is looked at by itself.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::collections::BTreeSet;

use common::{CODERS, CODES, SPEAKERS, build, made, runs};
use model::coded::Coded;
use model::corpus::Document;
use model::counted::Roles;
use model::ground::Ground;
use model::name::Name;
use model::reading::Choice;
use model::span::Span;
use model::turn::{Role, Turn};
use proptest::prelude::*;
use verbatim_export::{Behind, By, CountRule, Options, Status, frequencies, passages};

/// One coding as the reference sees it.
struct Plain {
    document: usize,
    span: Span,
    codes: Vec<&'static str>,
    coder: &'static str,
    case: String,
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
