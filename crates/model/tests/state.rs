//! State is the same whatever the order, number and split in which acts arrive.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use verbatim_model as model;

use std::collections::BTreeMap;

use model::act::{
    Act, Change, CodeAdded, CodeChanged, CodeFixed, CodeMerged, CodeMoved, CodingAdded, CodingChanged,
    DocumentAdded, Done, OfAct, OfCoding, OfDocument, Searched,
};
use model::anchor::Anchor;
use model::codebook::Codebook;
use model::coded::Coded;
use model::corpus::{Corpus, Document};
use model::ground::Ground;
use model::id::{ActId, ThingId};
use model::journal;
use model::name::Name;
use model::reading::Readings;
use model::rule::{self, About, Offer, Proposed, decide};
use model::saved::{HitOffered, HitRejected, OfSearch, Run, SearchSaved};
use model::span::Span;
use model::state::State;
use model::text::Text;
use proptest::prelude::*;

const CODES: [&str; 4] = ["a", "b", "c", "d"];

/// What a coder does next; numbers point at earlier things, modulo how many there are.
#[derive(Clone, Debug)]
enum Deed {
    Code { code: usize, start: u32, len: u32 },
    Recode { coding: usize, code: usize },
    Note { coding: usize, note: Option<String> },
    Remove { coding: usize },
    Undo { act: usize },
    Redo { act: usize },
    Done,
    Reopen,
    AddCode { code: usize, parent: Option<usize> },
    Move { code: usize, parent: Option<usize> },
    Merge { code: usize, into: usize },
    Define { code: usize, text: String },
    Fix { code: usize },
    Save { code: Option<usize> },
    ChangeSearch { search: usize, code: Option<usize>, query: Option<String>, hits: Option<u32> },
    RemoveSearch { search: usize },
    Reject { search: usize, start: u32, len: u32 },
    Offer { search: usize, start: u32, len: u32 },
    Accept { search: usize, code: usize, start: u32, len: u32 },
    FixOffering { search: usize, code: usize, start: u32, len: u32 },
}

fn deed() -> impl Strategy<Value = Deed> {
    let code = 0..CODES.len();
    prop_oneof![
        6 => (code.clone(), 0_u32..30, 1_u32..9).prop_map(|(code, start, len)| Deed::Code { code, start, len }),
        2 => (any::<usize>(), code.clone()).prop_map(|(coding, code)| Deed::Recode { coding, code }),
        2 => (any::<usize>(), proptest::option::of("[a-z]{1,3}")).prop_map(|(coding, note)| Deed::Note { coding, note }),
        2 => any::<usize>().prop_map(|coding| Deed::Remove { coding }),
        3 => any::<usize>().prop_map(|act| Deed::Undo { act }),
        2 => any::<usize>().prop_map(|act| Deed::Redo { act }),
        1 => Just(Deed::Done),
        1 => Just(Deed::Reopen),
        2 => (code.clone(), proptest::option::of(code.clone())).prop_map(|(code, parent)| Deed::AddCode { code, parent }),
        2 => (code.clone(), proptest::option::of(code.clone())).prop_map(|(code, parent)| Deed::Move { code, parent }),
        1 => (code.clone(), code.clone()).prop_map(|(code, into)| Deed::Merge { code, into }),
        1 => (code.clone(), "[a-z]{1,3}").prop_map(|(code, text)| Deed::Define { code, text }),
        1 => code.clone().prop_map(|code| Deed::Fix { code }),
        2 => proptest::option::of(code.clone()).prop_map(|code| Deed::Save { code }),
        2 => (any::<usize>(), proptest::option::of(code.clone()), proptest::option::of("[a-z]{1,3}"), proptest::option::of(0_u32..9))
            .prop_map(|(search, code, query, hits)| Deed::ChangeSearch { search, code, query, hits }),
        1 => any::<usize>().prop_map(|search| Deed::RemoveSearch { search }),
        2 => (any::<usize>(), 0_u32..30, 1_u32..9).prop_map(|(search, start, len)| Deed::Reject { search, start, len }),
        1 => (any::<usize>(), 0_u32..30, 1_u32..9).prop_map(|(search, start, len)| Deed::Offer { search, start, len }),
        2 => (any::<usize>(), code.clone(), 0_u32..30, 1_u32..9)
            .prop_map(|(search, code, start, len)| Deed::Accept { search, code, start, len }),
        1 => (any::<usize>(), code, 0_u32..30, 1_u32..9)
            .prop_map(|(search, code, start, len)| Deed::FixOffering { search, code, start, len }),
    ]
}

fn text() -> Text {
    Text::new("De vrouw van de bakker zei: nee, dat doen wij hier niet.\n".to_owned())
}

/// Acts of several coders on devices whose clocks differ, as their journals would hold them.
fn history(deeds: &[(usize, Deed)]) -> Vec<Act> {
    let text = text();
    let hash = text.hash();
    let coders = ["anna", "bram", "anna"];
    let clocks = [1_000_u64, 4_000, 200];
    let mut acts: Vec<Act> = Vec::new();
    let mut codings: Vec<ThingId> = Vec::new();
    let mut searches: Vec<ThingId> = Vec::new();
    let mut lines = BTreeMap::<usize, u64>::new();
    // Each device knows only what it has seen: here its own acts and every third of the others'.
    let mut newest = [ActId::ZERO; 3];
    let first = [Deed::AddCode { code: 0, parent: None }, Deed::AddCode { code: 1, parent: Some(0) }];
    let all = first.iter().map(|d| (0, d.clone())).chain(deeds.iter().cloned());
    for (i, (device, deed)) in all.enumerate() {
        let pick = |n: usize| codings.get(n % codings.len().max(1)).copied();
        let name = |i: usize| Name::new(CODES[i]);
        let rule = |n: usize| searches.get(n % searches.len().max(1)).copied();
        let place = |start: u32, len: u32| Anchor::new("bakker", &text, hash, Span::new(start, start + len));
        // Some acts tell their hits: here the first half of the passage.
        let hits = |start: u32, len: u32| {
            if len.is_multiple_of(2) { vec![start, start + len / 2] } else { Vec::new() }
        };
        let mut also = None;
        let change = match deed {
            Deed::Code { code, start, len } => Some(Change::CodingAdded(Box::new(CodingAdded {
                anchor: Anchor::new("bakker", &text, hash, Span::new(start, start + len)),
                code: name(code),
                case: None,
                qualifiers: BTreeMap::new(),
                weight: None,
                note: None,
                definition: None,
                rule: None,
            }))),
            Deed::Recode { coding, code } => pick(coding).map(|c| {
                Change::CodingChanged(Box::new(CodingChanged {
                    code: Some(name(code)),
                    ..CodingChanged::of(c)
                }))
            }),
            Deed::Note { coding, note } => pick(coding).map(|c| {
                Change::CodingChanged(Box::new(CodingChanged { note: Some(note), ..CodingChanged::of(c) }))
            }),
            Deed::Remove { coding } => {
                pick(coding).map(|coding| Change::CodingRemoved(Box::new(OfCoding { coding })))
            }
            Deed::Undo { act } => {
                acts.get(act % acts.len().max(1)).map(|a| Change::Undone(Box::new(OfAct { act: a.id })))
            }
            Deed::Redo { act } => {
                acts.get(act % acts.len().max(1)).map(|a| Change::Redone(Box::new(OfAct { act: a.id })))
            }
            Deed::Done => Some(Change::Done(Box::new(Done {
                document: Name::new("bakker"),
                text: hash,
                codes: CODES.iter().map(|c| Name::new(c)).collect(),
            }))),
            Deed::Reopen => Some(Change::Reopened(Box::new(OfDocument { document: Name::new("bakker") }))),
            Deed::AddCode { code, parent } => Some(Change::CodeAdded(Box::new(CodeAdded {
                code: name(code),
                codebook: Name::new("book"),
                parent: parent.map(name),
                order: code as f64,
                fields: serde_json::from_str(r#"{"label":"x","status":"fixed","shortcut":"1"}"#).unwrap(),
            }))),
            Deed::Move { code, parent } => Some(Change::CodeMoved(Box::new(CodeMoved {
                code: name(code),
                parent: parent.map(name),
                order: 0.5,
            }))),
            Deed::Merge { code, into } => {
                Some(Change::CodeMerged(Box::new(CodeMerged { code: name(code), into: name(into) })))
            }
            Deed::Define { code, text } => Some(Change::CodeChanged(Box::new(CodeChanged {
                code: name(code),
                fields: [("definition".to_owned(), text.into())].into_iter().collect(),
                effect: None,
                reason: None,
            }))),
            Deed::Fix { code } => Some(Change::CodeFixed(Box::new(CodeFixed {
                code: name(code),
                earlier: Name::new("declared"),
                searched: Vec::new(),
            }))),
            Deed::Save { code } => Some(Change::SearchSaved(Box::new(SearchSaved {
                name: Some(format!("s{i}")),
                query: Some("bakker".to_owned()),
                code: Some(code.map(name)),
                ..SearchSaved::default()
            }))),
            Deed::ChangeSearch { search, code, query, hits } => rule(search).map(|search| {
                Change::SearchSaved(Box::new(SearchSaved {
                    search: Some(search),
                    query,
                    code: Some(code.map(name)),
                    run: hits.map(|hits| Run { hits, ..Run::default() }),
                    ..SearchSaved::default()
                }))
            }),
            Deed::RemoveSearch { search } => {
                rule(search).map(|search| Change::SearchRemoved(Box::new(OfSearch { search })))
            }
            Deed::Reject { search, start, len } => rule(search).map(|rule| {
                Change::HitRejected(Box::new(HitRejected {
                    rule,
                    anchor: place(start, len),
                    of: (start % 2 == 0).then(|| name(len as usize % CODES.len())),
                    hits: hits(start, len),
                }))
            }),
            Deed::Offer { search, start, len } => rule(search).map(|rule| {
                Change::HitOffered(Box::new(HitOffered {
                    rule,
                    anchor: place(start, len),
                    code: None,
                    of: (start % 2 == 0).then(|| name(len as usize % CODES.len())),
                    hits: hits(start, len),
                }))
            }),
            Deed::Accept { search, code, start, len } => rule(search).map(|rule| {
                Change::CodingAdded(Box::new(CodingAdded {
                    anchor: place(start, len),
                    code: name(code),
                    case: None,
                    qualifiers: BTreeMap::new(),
                    weight: None,
                    note: None,
                    definition: None,
                    rule: Some(rule),
                }))
            }),
            Deed::FixOffering { search, code, start, len } => rule(search).map(|rule| {
                let anchor = place(start, len);
                also = Some(Change::HitOffered(Box::new(HitOffered {
                    rule,
                    anchor,
                    code: Some(name(code)),
                    of: None,
                    hits: hits(start, len),
                })));
                Change::CodeFixed(Box::new(CodeFixed {
                    code: name(code),
                    earlier: Name::new("offer"),
                    searched: vec![Searched { document: Name::new("bakker"), text: hash }],
                }))
            }),
        };
        let Some(change) = change else { continue };
        let id = ActId::next(newest[device], clocks[device] + i as u64, i as u32);
        newest[device] = id;
        if i % 3 == 0 {
            let most = *newest.iter().max().unwrap();
            newest = [most; 3];
        }
        if matches!(change, Change::CodingAdded(_)) {
            codings.push(ThingId { act: id, k: 1 });
        }
        if matches!(&change, Change::SearchSaved(s) if s.search.is_none()) {
            searches.push(ThingId { act: id, k: 1 });
        }
        let n = lines.entry(device).or_default();
        *n += 1;
        acts.push(Act {
            v: 1,
            id,
            n: *n,
            at: "2026-01-02T03:04:05Z".into(),
            coder: Name::new(coders[device]),
            by: None,
            act: Name::new("test"),
            changes: std::iter::once(change).chain(also).collect(),
        });
    }
    acts
}

fn corpus() -> Corpus {
    let text = text();
    let document = Document { id: "bakker".to_owned(), hash: Some(text.hash()), text, ..Document::default() };
    Corpus::new("shop".to_owned(), vec![document], Vec::new())
}

/// Everything a user could see of a state, as text.
fn picture(state: &State) -> String {
    let mut state = state.clone();
    // The document itself, so that codings have where to stand.
    let text = text();
    state.insert(Act {
        v: 1,
        id: ActId::from_parts(1, 0, 0),
        n: 1,
        at: "".into(),
        coder: Name::new("anna"),
        by: None,
        act: Name::new("import"),
        changes: vec![Change::DocumentAdded(Box::new(DocumentAdded {
            document: Name::new("bakker"),
            text: text.hash(),
            source: None,
        }))]
        .into(),
    });
    let corpus = corpus();
    let coded = Coded::new(&corpus, &state);
    let readings = Readings::new(&corpus, &state, &coded);
    let codings: Vec<_> = state.codings().map(|c| (c.id, c.code.clone(), c.note, c.anchor.span())).collect();
    let book = Codebook::fold(&state);
    let codes: Vec<_> = book
        .codes
        .iter()
        .map(|c| (c.id.clone(), c.parent.clone(), c.fields.clone(), c.merged_into.clone(), c.shortcut))
        .collect();
    let marks: Vec<_> = ["anna", "bram"].iter().map(|c| readings.mark(0, c).cloned()).collect();
    let searches: Vec<_> = state
        .searches()
        .map(|s| (s.id, s.query, s.code, s.run.map(|(run, act)| (run.hits, act.id))))
        .collect();
    let ground = Ground { corpus: &corpus, state: &state, coded: &coded };
    let offers: Vec<Offer> = (0_u32..40)
        .step_by(5)
        .map(|at| Span::new(at, at + 5))
        .map(|span| Offer { document: 0, span, hits: [span].into_iter().collect() })
        .collect();
    let mut decided = Vec::new();
    let mut proposed = Vec::new();
    for rule in rule::rules(ground) {
        for whose in [None, Some(Name::new("anna")), Some(Name::new("bram"))] {
            let about = About { ids: &rule.ids, code: rule.code, whose: whose.as_ref() };
            decided.push(decide(ground, about, &offers));
        }
        proposed.push(Proposed { rule, offers: offers.clone() });
    }
    let missed: Vec<_> =
        (0..coded.codebook.codes.len()).map(|code| rule::missed(ground, code, &proposed)).collect();
    let next = |coder: &str| state.last_undoable(|a| a.coder == *coder).map(|a| a.id);
    format!(
        "{searches:?}\n{decided:?}\n{missed:?}\n{codings:?}\n{codes:?}\n{:?}\n{marks:?}\n{:?} {:?}\n{:?}\n{:?}",
        book.problems,
        next("anna"),
        next("bram"),
        coded.placed,
        coded.unplaced
    )
}

/// The picture that a plain replay gives: sort by id, keep what is not undone, apply in order.
fn replayed(acts: &[Act]) -> Vec<(ThingId, Name, Option<String>)> {
    let mut sorted: Vec<&Act> = acts.iter().collect();
    sorted.sort_by_key(|a| a.id);
    let mut undone: BTreeMap<ActId, bool> = BTreeMap::new();
    for act in &sorted {
        match &act.changes[0] {
            Change::Undone(u) => _ = undone.insert(u.act, true),
            Change::Redone(u) => _ = undone.insert(u.act, false),
            _ => {}
        }
    }
    let live = |a: &&&Act| {
        matches!(a.changes[0], Change::Undone(_) | Change::Redone(_))
            || !undone.get(&a.id).copied().unwrap_or(false)
    };
    let mut codings: BTreeMap<ThingId, (Name, Option<String>)> = BTreeMap::new();
    for act in sorted.iter().filter(live) {
        match &act.changes[0] {
            Change::CodingAdded(c) => {
                _ = codings.insert(ThingId { act: act.id, k: 1 }, (c.code.clone(), None));
            }
            Change::CodingChanged(c) => {
                if let Some(coding) = codings.get_mut(&c.coding) {
                    if let Some(code) = &c.code {
                        coding.0 = code.clone();
                    }
                    if let Some(note) = &c.note {
                        coding.1.clone_from(note);
                    }
                }
            }
            _ => {}
        }
    }
    // A removal acts whenever what it removes exists, also where a slow clock put it first.
    for act in sorted.iter().filter(live) {
        if let Change::CodingRemoved(c) = &act.changes[0] {
            codings.remove(&c.coding);
        }
    }
    codings.into_iter().map(|(id, (code, note))| (id, code, note)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_repetition(deeds in proptest::collection::vec((0_usize..3, deed()), 0..40), seed in any::<u64>()) {
        let acts = history(&deeds);
        let straight = picture(&State::of(acts.clone()));
        let mut mixed = acts.clone();
        mixed.extend(acts.iter().step_by(3).cloned());
        let mut x = seed | 1;
        for i in (1..mixed.len()).rev() {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            mixed.swap(i, (x >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(picture(&State::of(mixed)), straight);
    }

    #[test]
    fn state_equals_a_plain_replay(deeds in proptest::collection::vec((0_usize..3, deed()), 0..40)) {
        let acts = history(&deeds);
        let state = State::of(acts.clone());
        let ours: Vec<_> = state.codings().map(|c| (c.id, c.code.clone(), c.note.map(str::to_owned))).collect();
        prop_assert_eq!(ours, replayed(&acts));
    }

    #[test]
    fn any_split_over_files(deeds in proptest::collection::vec((0_usize..3, deed()), 0..30), cuts in proptest::collection::vec(0_usize..4, 64)) {
        let acts = history(&deeds);
        let straight = picture(&State::of(acts.clone()));
        let mut files: Vec<Vec<u8>> = vec![Vec::new(); 4];
        for (i, act) in acts.iter().enumerate() {
            files[cuts[i % cuts.len()]].extend(journal::line(act).unwrap());
            // Some lines stand in two files, as after a merge.
            if i % 4 == 0 {
                files[(cuts[i % cuts.len()] + 1) % 4].extend(journal::line(act).unwrap());
            }
        }
        files.reverse();
        let journals = files.iter().enumerate().map(|(i, f)| journal::read(&format!("{i}.jsonl"), f, false)).collect();
        let united = journal::unite(journals, |file, line| files[file][line.clone()].to_vec());
        prop_assert_eq!(united.acts.len(), acts.len());
        prop_assert_eq!(picture(&State::of(united.acts)), straight);
    }

    #[test]
    fn one_act_at_a_time(deeds in proptest::collection::vec((0_usize..3, deed()), 0..30)) {
        let corpus = corpus();
        let mut state = State::new();
        state.insert(Act {
            v: 1, id: ActId::from_parts(1, 0, 0), n: 1, at: "".into(), coder: Name::new("anna"), by: None, act: Name::new("import"),
            changes: vec![Change::DocumentAdded(Box::new(DocumentAdded { document: Name::new("bakker"), text: text().hash(), source: None }))].into(),
        });
        let mut coded = Coded::new(&corpus, &state);
        for act in history(&deeds) {
            let id = act.id;
            state.insert(act);
            coded.update(&corpus, &state, id);
            let anew = Coded::new(&corpus, &state);
            prop_assert_eq!(&coded.placed, &anew.placed);
            let sorted = |c: &Coded| { let mut v: Vec<_> = c.unplaced.iter().map(|u| u.id).collect(); v.sort(); v };
            prop_assert_eq!(sorted(&coded), sorted(&anew));
        }
    }

    #[test]
    fn a_line_reads_back_as_the_act(deeds in proptest::collection::vec((0_usize..3, deed()), 1..10)) {
        for act in history(&deeds) {
            let line = journal::line(&act).unwrap();
            let read = journal::read("x", &line, true);
            prop_assert!(read.problems.is_empty());
            prop_assert_eq!(&*read.acts[0].act, &act);
        }
    }

    #[test]
    fn a_journal_cut_anywhere_keeps_its_whole_lines(deeds in proptest::collection::vec((0_usize..3, deed()), 1..8)) {
        let acts = history(&deeds);
        let bytes: Vec<u8> = acts.iter().flat_map(|a| journal::line(a).unwrap()).collect();
        for cut in 0..=bytes.len() {
            let read = journal::read("x", &bytes[..cut], true);
            let whole = bytes[..cut].iter().filter(|b| **b == b'\n').count();
            // A line that lacks only its newline is complete.
            prop_assert!(read.acts.len() == whole || read.acts.len() == whole + 1 && read.open_ended && !read.unfinished);
            prop_assert_eq!(read.unfinished, read.open_ended && read.acts.len() == whole);
        }
    }
}

#[test]
fn ids_count_on_when_the_clock_does_not() {
    let first = ActId::next(ActId::ZERO, 1_000, 7);
    let second = ActId::next(first, 1_000, 3);
    let third = ActId::next(second, 900, 1);
    assert!(first < second && second < third);
    assert_eq!((third.millis(), third.counter()), (1_000, 2));
    let full = ActId::from_parts(1_000, (1 << 42) - 1, 0);
    assert_eq!(ActId::next(full, 1_000, 0).millis(), 1_001);
    let text = first.to_string();
    assert_eq!(ActId::parse(&text), Some(first));
    assert_eq!((text.as_bytes()[14], matches!(text.as_bytes()[19], b'8' | b'9' | b'a' | b'b')), (b'7', true));
}

#[test]
fn a_kind_in_any_place_of_its_object_is_read() {
    let line = r#"{"v":1,"id":"01890000-0000-7000-8000-000000000000","n":1,"at":"","coder":"anna","act":"code","changes":[{"coding":"01890000-0000-7000-8000-000000000000.1","kind":"coding-removed"}]}"#;
    let read = journal::read("x", line.as_bytes(), true);
    assert!(matches!(read.acts[0].act.changes[0], Change::CodingRemoved(_)), "{read:?}");
}

#[test]
fn unknown_kinds_are_kept_and_named() {
    let with = |change: &str| {
        let line = format!(
            r#"{{"v":1,"id":"01890000-0000-7000-8000-000000000000","n":1,"at":"","coder":"anna","act":"x","changes":[{change}]}}"#
        );
        State::of(journal::read("x", line.as_bytes(), true).acts.into_iter().map(|l| l.act))
    };
    assert_eq!(with(r#"{"kind":"star-painted","colour":"red"}"#).blocking_kinds(), ["star-painted"]);
    assert!(with(r#"{"kind":"star-painted","aside":true}"#).blocking_kinds().is_empty());
    let newer = r#"{"v":2,"id":"01890000-0000-7000-8000-000000000000","n":1,"coder":"anna","changes":{"not":"a list"}}"#;
    let read = journal::read("x", newer.as_bytes(), true);
    assert!(read.problems.is_empty());
    assert_eq!(State::of(read.acts.into_iter().map(|l| l.act)).blocking_kinds(), ["act", "format-2"]);
}
