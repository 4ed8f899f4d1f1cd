//! Revising the codebook: what changes an act consists of, and what follows from it.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use verbatim_model::act::{
    Act, Change, CodeAdded, CodeMerged, CodingAdded, CodingChanged, DocumentAdded, Done, OfAct,
};
use verbatim_model::anchor::Anchor;
use verbatim_model::coded::Coded;
use verbatim_model::corpus::{Corpus, Document};
use verbatim_model::id::{ActId, ThingId};
use verbatim_model::name::Name;
use verbatim_model::reading::Readings;
use verbatim_model::revise::{self, Effect, Refusal};
use verbatim_model::span::Span;
use verbatim_model::state::State;
use verbatim_model::text::Text;

fn act(n: u64, changes: Vec<Change>) -> Act {
    Act {
        v: 1,
        id: ActId::from_parts(1_000 + n, 0, 7),
        n,
        at: "2026-03-01T09:00:00Z".into(),
        coder: Name::new("anna"),
        by: None,
        act: Name::new("test"),
        changes: changes.into(),
    }
}

fn code(id: &str, parent: Option<&str>, order: f64, fields: &Value) -> Change {
    Change::CodeAdded(Box::new(CodeAdded {
        code: Name::new(id),
        codebook: Name::new("book"),
        parent: parent.map(Name::new),
        order,
        fields: fields.as_object().cloned().unwrap_or_default(),
    }))
}

/// A study of one document with codes a (a1, a2 below it), b and c, all fixed, and one coding of a.
struct World {
    corpus: Corpus,
    state: State,
    n: u64,
}

impl World {
    fn new() -> Self {
        let text = Text::new("Wij leren veel. Echt waar.\n".to_owned());
        let hash = text.hash();
        let document = Document { id: "een".to_owned(), text, hash: Some(hash), ..Document::default() };
        let added = DocumentAdded { document: Name::new("een"), text: hash, source: None };
        let fixed = json!({"status": "fixed", "definition": {"en": "old"}, "shortcut": "1"});
        let plain = json!({"status": "fixed"});
        let codes = vec![
            code("a", None, 0.0, &fixed),
            code("a1", Some("a"), 0.0, &plain),
            code("a2", Some("a"), 1.0, &plain),
            code("b", None, 0.0, &plain),
            code("c", None, 2.0, &json!({"status": "provisional"})),
        ];
        let coding = CodingAdded {
            anchor: Anchor::new("een", &document.text, hash, Span::new(0, 15)),
            code: Name::new("a"),
            case: None,
            qualifiers: BTreeMap::new(),
            weight: None,
            note: None,
            definition: None,
            rule: None,
        };
        let done = Done {
            document: Name::new("een"),
            text: hash,
            codes: ["a", "a1", "a2", "b"].map(Name::new).to_vec(),
        };
        let acts = vec![
            act(1, codes),
            act(2, vec![Change::DocumentAdded(Box::new(added))]),
            act(3, vec![Change::CodingAdded(Box::new(coding))]),
            act(4, vec![Change::Done(Box::new(done))]),
        ];
        Self { corpus: Corpus::new(String::new(), vec![document], Vec::new()), state: State::of(acts), n: 4 }
    }

    fn take(&mut self, changes: Vec<Change>) -> ActId {
        self.n += 1;
        let act = act(self.n, changes);
        let id = act.id;
        self.state.insert(act);
        id
    }

    fn coded(&self) -> Coded {
        Coded::new(&self.corpus, &self.state)
    }

    fn order(&self) -> Vec<String> {
        let coded = self.coded();
        let open = coded.codebook.codes.iter().filter(|c| c.merged_into.is_none());
        open.map(|c| format!("{}{}", "-".repeat(c.depth as usize), c.id)).collect()
    }

    fn again(&self) -> usize {
        let coded = self.coded();
        revise::look_again(&coded, &self.state, coded.codebook.position("a").unwrap()).len()
    }

    fn define(&mut self, text: &str, effect: Effect) -> ActId {
        let coded = self.coded();
        let value = revise::text(coded.codebook.get("a").unwrap(), "definition", "en", text);
        let fields = Map::from_iter([("definition".to_owned(), value)]);
        let change = revise::change(&coded.codebook, "a", fields, effect, Some(" ")).unwrap();
        self.take(vec![change])
    }
}

#[test]
fn codes_move_where_there_is_room_and_make_room_where_there_is_none() {
    let mut world = World::new();
    assert_eq!(world.order(), ["a", "-a1", "-a2", "b", "c"]);
    let moved = |w: &World, id, parent, before| revise::moved(&w.coded().codebook, id, parent, before);
    // Between b (0) and c (2) there is room: one change.
    let changes = moved(&world, "a", None, Some("c")).unwrap();
    assert_eq!(changes.len(), 1);
    world.take(changes);
    assert_eq!(world.order(), ["b", "a", "-a1", "-a2", "c"]);
    world.take(moved(&world, "b", None, None).unwrap());
    world.take(moved(&world, "b", None, Some("a")).unwrap());
    assert_eq!(world.order(), ["b", "a", "-a1", "-a2", "c"]);
    // Two at the same place leave none: all of them are numbered.
    let mut world = World::new();
    let changes = moved(&world, "c", None, Some("b")).unwrap();
    assert_eq!(changes.len(), 3);
    world.take(changes);
    assert_eq!(world.order(), ["a", "-a1", "-a2", "c", "b"]);
    assert_eq!(moved(&world, "c", None, Some("b")), Err(Refusal::Nothing));
    assert_eq!(moved(&world, "a", Some("a2"), None), Err(Refusal::Circle(Name::new("a"), Name::new("a2"))));
    assert_eq!(moved(&world, "b", Some("a"), Some("c")), Err(Refusal::NoSibling(Name::new("c"))));
}

#[test]
fn a_merge_takes_the_codes_below_along_also_upwards() {
    let mut world = World::new();
    world.take(revise::merged(&world.coded().codebook, "a", "b").unwrap());
    assert_eq!(world.order(), ["b", "-a1", "-a2", "c"]);
    assert!(matches!(revise::merged(&world.coded().codebook, "a", "c"), Err(Refusal::Merged(..))));
    // Into one of its own.
    let mut world = World::new();
    world.take(revise::merged(&world.coded().codebook, "a", "a2").unwrap());
    assert_eq!(world.order(), ["a2", "-a1", "b", "c"]);
    assert!(world.coded().codebook.problems.is_empty());
}

/// A colleague may put a code below one that is merged away elsewhere at the same time, and a merge that was
/// undone may be redone when there are more codes below: they come under what the code became, in whatever
/// order the acts arrive, so that what is coded with them counts there.
#[test]
fn what_comes_to_lie_below_a_merged_code_counts_below_the_other_one() {
    let merge = |code: &str, into: &str| {
        Change::CodeMerged(Box::new(CodeMerged { code: Name::new(code), into: Name::new(into) }))
    };
    let below = || code("new", Some("a"), 9.0, &json!({"status": "fixed"}));
    for first in [true, false] {
        let mut world = World::new();
        let merged = revise::merged(&world.coded().codebook, "a", "b").unwrap();
        let (one, other) = if first { (merged, vec![below()]) } else { (vec![below()], merged) };
        world.take(one);
        world.take(other);
        assert_eq!(world.order(), ["b", "-a1", "-a2", "-new", "c"]);
        let book = world.coded().codebook;
        assert_eq!(book.top(book.position("new").unwrap()), book.position("b").unwrap());
        // Nobody who read for b or for a had the new code.
        assert!(book.get("new").unwrap().moved.is_some());
    }
    // On through several, and to where the other one lay below.
    let mut world = World::new();
    world.take(vec![below(), merge("a", "b"), merge("b", "c")]);
    assert_eq!(world.order(), ["c", "-a1", "-a2", "-new"]);
    let mut world = World::new();
    world.take(vec![below(), merge("a", "a2")]);
    assert_eq!(world.order(), ["a2", "-a1", "-new", "b", "c"]);
    let mut world = World::new();
    let merged = world.take(vec![merge("a", "b")]);
    assert_eq!(world.order(), ["b", "-a1", "-a2", "c"]);
    world.take(vec![Change::Undone(Box::new(OfAct { act: merged }))]);
    assert_eq!(world.order(), ["a", "-a1", "-a2", "b", "c"]);
}

#[test]
fn only_what_was_coded_before_a_narrower_definition_is_looked_at_again() {
    let mut world = World::new();
    world.define("other words", Effect::Wording);
    assert_eq!(world.again(), 0);
    let narrower = world.define("less", Effect::Narrower);
    assert_eq!(world.again(), 1);
    world.take(vec![Change::Undone(Box::new(OfAct { act: narrower }))]);
    assert_eq!(world.again(), 0, "what is undone narrowed nothing");
    world.take(vec![Change::Redone(Box::new(OfAct { act: narrower }))]);
    let coded = world.coded();
    let coding: ThingId = coded.placed[0].id;
    // A note is no look at the definition.
    let note = CodingChanged { note: Some(Some("n".to_owned())), ..CodingChanged::of(coding) };
    world.take(vec![Change::CodingChanged(Box::new(note))]);
    assert_eq!(world.again(), 1);
    let at = coded.codebook.position("a").unwrap();
    world.take(vec![revise::confirmed(&coded.codebook, coding, at).unwrap()]);
    assert_eq!(world.again(), 0);
    world.define("even less", Effect::Both);
    assert_eq!(world.again(), 1);
}

#[test]
fn a_broader_definition_reopens_what_was_read_for_the_code() {
    let mut world = World::new();
    let read = |w: &World, id: &str| {
        let coded = w.coded();
        let readings = Readings::new(&w.corpus, &w.state, &coded);
        revise::read_for(&w.corpus, &coded, &readings, coded.codebook.position(id).unwrap())
    };
    assert_eq!((read(&world, "a"), read(&world, "c")), (vec![0], vec![]));
    world.define("more", Effect::Broader);
    assert_eq!((read(&world, "a"), read(&world, "b")), (vec![], vec![0]));
    assert_eq!(world.again(), 0);
}

#[test]
fn fields_are_set_per_language_and_what_cannot_be_is_refused() {
    let world = World::new();
    let book = world.coded().codebook;
    let a = book.get("a").unwrap();
    assert_eq!(revise::text(a, "definition", "nl", " nieuw "), json!({"en": "old", "nl": "nieuw"}));
    assert_eq!(revise::text(a, "definition", "en", ""), Value::Null);
    assert_eq!(revise::example(a, "en", "So."), json!([{"language": "en", "text": "So."}]));
    let change = |id: &str, field: &str, value: Value| {
        revise::change(&book, id, Map::from_iter([(field.to_owned(), value)]), Effect::Both, None)
    };
    assert_eq!(change("a", "definition", json!({"en": "old"})), Err(Refusal::Nothing));
    assert_eq!(change("b", "shortcut", json!("1")), Err(Refusal::KeyTaken('1', Name::new("a"))));
    assert_eq!(change("b", "shortcut", json!("12")), Err(Refusal::NoKey("12".to_owned())));
    assert_eq!(change("b", "color", json!("#12345")), Err(Refusal::NoColor("#12345".to_owned())));
    assert_eq!(change("x", "color", json!("#123456")), Err(Refusal::NoCode("x".to_owned())));
    let Ok(Change::CodeChanged(label)) = change("b", "label", json!("B")) else { panic!("refused") };
    assert_eq!(label.effect, None, "a label means nothing");
}

#[test]
fn freezing_fixes_everything_and_names_a_version_once() {
    let mut world = World::new();
    let frozen = |w: &World| revise::frozen(&w.coded().codebook, &w.state, "1.0", "declared");
    let changes = frozen(&world).unwrap();
    assert_eq!(changes.iter().map(Change::kind).collect::<Vec<_>>(), ["code-fixed", "setting"]);
    world.take(changes);
    assert_eq!(frozen(&world), Err(Refusal::Nothing));
    assert_eq!(world.state.setting("codebook.book.version"), Some(&json!("1.0")));
}

#[test]
fn a_group_is_made_joined_and_left() {
    let mut world = World::new();
    let put = |w: &World, id: &str| {
        revise::grouped(&w.coded().codebook, &w.state, id, "g", Some(("en", "Group"))).unwrap()
    };
    world.take(vec![put(&world, "a")]);
    world.take(vec![put(&world, "b")]);
    assert_eq!(world.coded().codebook.groups[0].codes, ["a", "b"].map(Name::new));
    world.take(vec![put(&world, "a")]);
    assert_eq!(world.coded().codebook.groups[0].codes, [Name::new("b")]);
}
