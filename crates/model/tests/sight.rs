//! What a coder may see while blind is the same whatever the order in which acts arrive.

use verbatim_model as model;

use model::act::{
    Act, Blind, Change, CodingAdded, CodingChanged, DocumentAdded, MemoWritten, OfAct, OfCoding, OfMemo,
    Subject,
};
use model::anchor::Anchor;
use model::id::{ActId, ThingId};
use model::journal;
use model::name::Name;
use model::sight::Sight;
use model::span::Span;
use model::state::State;
use model::text::Text;

const TEXT: &str = "Dan kneden we het nog een keer, en dan gaat het de oven in.\n";

fn act(n: u64, coder: &str, changes: Vec<Change>) -> Act {
    Act {
        v: 1,
        id: ActId::from_parts(n, 0, 1),
        n,
        at: "".into(),
        coder: Name::new(coder),
        by: None,
        act: Name::new("x"),
        changes: changes.into(),
    }
}

fn added(document: &str) -> Change {
    let text = Text::new(format!("{document} {TEXT}"));
    Change::DocumentAdded(Box::new(DocumentAdded {
        document: Name::new(document),
        text: text.hash(),
        source: None,
    }))
}

fn coding(document: &str, start: u32) -> Change {
    let text = Text::new(format!("{document} {TEXT}"));
    Change::CodingAdded(Box::new(CodingAdded {
        anchor: Anchor::new(document, &text, text.hash(), Span::new(start, start + 5)),
        code: Name::new("a"),
        case: None,
        qualifiers: std::collections::BTreeMap::new(),
        weight: None,
        note: None,
        definition: None,
        rule: None,
    }))
}

fn note(coding: ThingId, note: &str) -> Change {
    let changed = CodingChanged { note: Some(Some(note.to_owned())), ..CodingChanged::of(coding) };
    Change::CodingChanged(Box::new(changed))
}

fn memo(on: Subject) -> Change {
    Change::MemoWritten(Box::new(MemoWritten {
        memo: None,
        on,
        title: String::new(),
        kind: Name::new("analytic"),
        body: "m".to_owned(),
        tags: vec![],
        links: vec![],
    }))
}

fn blind(on: bool, documents: &[&str]) -> Change {
    let blind =
        Blind { coder: Name::new("anna"), documents: documents.iter().map(|d| Name::new(d)).collect() };
    if on { Change::BlindOn(Box::new(blind)) } else { Change::BlindOff(Box::new(blind)) }
}

fn thing(n: u64, k: u32) -> ThingId {
    ThingId { act: ActId::from_parts(n, 0, 1), k }
}

fn study() -> Vec<Act> {
    vec![
        act(1, "anna", vec![added("een"), added("twee")]),
        act(2, "bram", vec![coding("een", 6), coding("twee", 7), coding("een", 8)]),
        act(3, "anna", vec![coding("een", 9)]),
        act(4, "bram", vec![note(thing(3, 1), "bram about anna's")]),
        act(5, "anna", vec![note(thing(2, 1), "anna about bram's")]),
        act(6, "bram", vec![memo(Subject::Study)]),
        act(7, "bram", vec![memo(Subject::Document(Name::new("twee")))]),
        act(8, "bram", vec![Change::Undone(Box::new(OfAct { act: ActId::from_parts(2, 0, 1) }))]),
        act(9, "bram", vec![Change::Redone(Box::new(OfAct { act: ActId::from_parts(2, 0, 1) }))]),
        act(10, "bram", vec![Change::CodingRemoved(Box::new(OfCoding { coding: thing(2, 3) }))]),
        act(11, "bram", vec![Change::MemoRemoved(Box::new(OfMemo { memo: thing(6, 1) }))]),
        act(12, "anna", vec![blind(true, &[]), blind(false, &["twee"])]),
    ]
}

fn codings(state: &State) -> Vec<ThingId> {
    state.codings().map(|c| c.id).collect()
}

#[test]
fn what_is_hidden_is_told_per_document() {
    let whole = State::of(study());
    assert!(whole.seen_by(&Name::new("bram")).is_none());
    let seen = whole.seen_by(&Name::new("anna")).unwrap();
    assert_eq!(codings(&seen), [thing(2, 2), thing(3, 1)], "ids are as for everybody");
    assert_eq!(seen.coding(thing(3, 1)).unwrap().note, Some("bram about anna's"), "the own coding is whole");
    assert_eq!(seen.memos().count(), 1, "the one on the document that is seen");
    let sight = seen.sight().unwrap();
    assert_eq!(sight.documents().map(Name::as_str).collect::<Vec<_>>(), ["een"]);
    assert!(sight.is_blind("een") && !sight.is_blind("twee") && sight.is_blind("drie"));
    assert!(seen.blocking_kinds().is_empty(), "the kinds are understood");
    // Nothing of bram's reading of the hidden document is left in any act.
    let theirs = seen.acts().iter().filter(|a| a.coder == "bram").flat_map(|a| &a.changes);
    let left = theirs.filter(|c| matches!(c, Change::CodingAdded(c) if c.anchor.document == "een")).count();
    assert_eq!(left, 0);
}

#[test]
fn any_order_gives_the_same_sight() {
    let acts = study();
    let expected = codings(&State::of(acts.clone()).seen_by(&Name::new("anna")).unwrap());
    for turn in 0..acts.len() {
        let mut other = acts.clone();
        other.rotate_left(turn);
        other.reverse();
        let whole = State::of(other);
        assert_eq!(codings(&whole.seen_by(&Name::new("anna")).unwrap()), expected, "turned by {turn}");
    }
}

#[test]
fn the_newest_word_on_a_document_counts() {
    let sight = |changes: Vec<Change>| {
        let mut acts = vec![act(1, "anna", vec![added("een"), added("twee")])];
        acts.extend((2..).zip(changes).map(|(n, c)| act(n, "anna", vec![c])));
        let state = State::of(acts);
        Sight::of(&state, &Name::new("anna"))
            .map(|s| s.documents().map(ToString::to_string).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    assert_eq!(sight(vec![blind(true, &[])]), ["een", "twee"]);
    assert_eq!(sight(vec![blind(true, &[]), blind(false, &["een"])]), ["twee"]);
    assert_eq!(sight(vec![blind(true, &["een"])]), ["een"]);
    assert_eq!(sight(vec![blind(true, &["een"]), blind(false, &[])]), Vec::<String>::new());
    assert_eq!(sight(vec![blind(false, &["een"]), blind(true, &[])]), ["een", "twee"]);
    let undone = Change::Undone(Box::new(OfAct { act: ActId::from_parts(2, 0, 1) }));
    assert_eq!(sight(vec![blind(true, &[]), undone]), Vec::<String>::new());
}

#[test]
fn the_kinds_are_written_and_read_as_the_format_has_them() {
    let line = journal::line(&act(1, "anna", vec![blind(true, &["een"]), blind(false, &[])])).unwrap();
    let line = String::from_utf8(line).unwrap();
    assert!(
        line.contains(
            r#""changes":[{"kind":"blind-on","coder":"anna","documents":["een"]},{"kind":"blind-off","coder":"anna"}]"#
        ),
        "{line}"
    );
    let read = journal::read("a-b.jsonl", line.as_bytes(), true);
    assert_eq!(read.acts[0].act.changes[1], blind(false, &[]));
    assert!(journal::line(&act(1, "anna", vec![Change::Hidden(true)])).is_err(), "never in a file");
}
