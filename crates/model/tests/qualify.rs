//! Lists of qualifiers: made, named, given a default, taken away; never so that a coding says something
//! else.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use verbatim_model::act::{Act, Change, CodeAdded, CodingAdded, Setting};
use verbatim_model::anchor::Anchor;
use verbatim_model::codebook::Codebook;
use verbatim_model::id::ActId;
use verbatim_model::name::Name;
use verbatim_model::qualify::{Refusal, Wish, changed};
use verbatim_model::span::Span;
use verbatim_model::state::State;
use verbatim_model::text::Text;

/// A codebook of one code, its lists, and codings with what each says.
struct World {
    acts: Vec<Act>,
}

impl World {
    fn new() -> Self {
        let mut world = Self { acts: Vec::new() };
        let fields = json!({"status": "fixed"}).as_object().cloned().unwrap();
        world.take(Change::CodeAdded(Box::new(CodeAdded {
            code: Name::new("a"),
            codebook: Name::new("book"),
            parent: None,
            order: 0.0,
            fields,
        })));
        world
    }

    fn take(&mut self, change: Change) {
        let n = self.acts.len() as u64 + 1;
        self.acts.push(Act {
            v: 1,
            id: ActId::from_parts(1_000 + n, 0, 7),
            n,
            at: "2026-03-01T09:00:00Z".into(),
            coder: Name::new("anna"),
            by: None,
            act: Name::new("test"),
            changes: vec![change].into(),
        });
    }

    fn coding(&mut self, says: &[(&str, &str)]) {
        let text = Text::new("Wij leren veel.\n".to_owned());
        let set: BTreeMap<Name, Name> = says.iter().map(|(k, v)| (Name::new(k), Name::new(v))).collect();
        self.take(Change::CodingAdded(Box::new(CodingAdded {
            anchor: Anchor::new("een", &text, text.hash(), Span::new(0, 3)),
            code: Name::new("a"),
            case: None,
            qualifiers: set,
            weight: None,
            note: None,
            definition: None,
            rule: None,
        })));
    }

    fn state(&self) -> State {
        State::of(self.acts.iter().cloned())
    }

    fn wish(&self, list: &str, value: Option<&str>, wish: Wish<'_>) -> Result<Value, Refusal> {
        let state = self.state();
        changed(&Codebook::fold(&state), &state, "book", list, value, wish).map(|c| match c {
            Change::Setting(s) => {
                assert_eq!(&*s.key, "codebook.book.qualifiers");
                s.value
            }
            other => panic!("{other:?}"),
        })
    }

    fn does(&mut self, list: &str, value: Option<&str>, wish: Wish<'_>) -> Value {
        let value = self.wish(list, value, wish).unwrap();
        self.take(Change::Setting(Box::new(Setting {
            key: Name::new("codebook.book.qualifiers"),
            value: value.clone(),
        })));
        value
    }
}

const fn en(text: &str) -> Wish<'_> {
    Wish::Label { language: "en", text }
}

#[test]
fn a_list_is_made_value_by_value() {
    let mut world = World::new();
    world.does("status", None, en("Status"));
    world.does("status", Some("now"), en("in place"));
    world.does("status", Some("later"), en(" planned "));
    world.does("status", Some("now"), Wish::Default);
    let made = world.does("status", Some("now"), Wish::Label { language: "nl", text: "loopt" });
    let expected = json!([{
        "id": "status",
        "values": [
            {"id": "now", "label": {"en": "in place", "nl": "loopt"}},
            {"id": "later", "label": {"en": "planned"}}],
        "label": {"en": "Status"},
        "default": "now"}]);
    assert_eq!(made, expected);
    assert_eq!(world.wish("status", Some("now"), Wish::Default), Err(Refusal::Nothing));
    assert_eq!(world.wish("status", None, en("Status")), Err(Refusal::Nothing));
    assert_eq!(world.wish("status", None, en("  ")), Err(Refusal::NoLabel));
    assert_eq!(world.wish("status", None, Wish::Default), Err(Refusal::NoLabel));
    let fold = Codebook::fold(&world.state());
    assert_eq!(fold.qualifiers[0].values, [Name::new("now"), Name::new("later")]);
    assert_eq!(fold.qualifiers[0].default, Some(Name::new("now")));
}

#[test]
fn what_is_not_there_is_said() {
    let mut world = World::new();
    world.does("status", None, en("Status"));
    let no_value = Refusal::NoValue("status".to_owned(), "now".to_owned());
    assert_eq!(world.wish("status", Some("now"), Wish::Default), Err(no_value.clone()));
    assert_eq!(world.wish("status", Some("now"), Wish::Remove), Err(no_value));
    let no_list = Refusal::NoList("when".to_owned());
    assert_eq!(world.wish("when", Some("now"), en("now")), Err(no_list.clone()));
    assert_eq!(world.wish("when", None, Wish::Remove), Err(no_list));
    let state = world.state();
    let other = changed(&Codebook::fold(&state), &state, "other", "status", None, en("x"));
    assert_eq!(other, Err(Refusal::NoBook("other".to_owned())));
}

#[test]
fn no_coding_comes_to_say_something_else() {
    let mut world = World::new();
    for (value, text) in [("now", "in place"), ("later", "planned"), ("never", "rejected")] {
        if value == "now" {
            world.does("status", None, en("Status"));
        }
        world.does("status", Some(value), en(text));
    }
    world.does("status", Some("now"), Wish::Default);
    world.coding(&[]);
    world.coding(&[("status", "later")]);
    world.coding(&[("status", "later")]);
    // One says nothing, and so has the default; two say "later"; nobody says "never".
    assert_eq!(world.wish("status", Some("later"), Wish::Default), Err(Refusal::Unsaid(1)));
    assert_eq!(world.wish("status", Some("now"), Wish::Remove), Err(Refusal::IsDefault));
    assert_eq!(world.wish("status", Some("later"), Wish::Remove), Err(Refusal::Used(2)));
    assert_eq!(world.wish("status", None, Wish::Remove), Err(Refusal::Used(2)));
    let left = world.does("status", Some("never"), Wish::Remove);
    assert_eq!(left[0]["values"].as_array().unwrap().len(), 2);
    // A list that nobody used is taken away; not one whose default codings have without saying it.
    world.does("horizon", None, en("Horizon"));
    world.does("horizon", Some("short"), en("short"));
    assert_eq!(world.wish("horizon", Some("short"), Wish::Default), Err(Refusal::Unsaid(3)));
    let left = world.does("horizon", None, Wish::Remove);
    assert_eq!(left.as_array().unwrap().len(), 1);
    let mut world = World::new();
    world.does("status", None, en("Status"));
    world.does("status", Some("now"), en("in place"));
    world.does("status", Some("now"), Wish::Default);
    world.coding(&[]);
    assert_eq!(world.wish("status", None, Wish::Remove), Err(Refusal::IsDefault));
}

#[test]
fn values_that_a_file_writes_as_words_are_kept() {
    let mut world = World::new();
    let plain = json!([{"id": "status", "values": ["now", "later"], "note": "by hand"}]);
    world.take(Change::Setting(Box::new(Setting {
        key: Name::new("codebook.book.qualifiers"),
        value: plain,
    })));
    let named = world.does("status", Some("later"), en("planned"));
    let expected = json!([{
        "id": "status",
        "values": ["now", {"id": "later", "label": {"en": "planned"}}],
        "note": "by hand"}]);
    assert_eq!(named, expected);
}
