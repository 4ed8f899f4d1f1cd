//! Amending codings: what changes an act consists of, and what is refused.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use verbatim_model::act::{Act, Change, CodeAdded, CodingAdded, CodingChanged, DocumentAdded};
use verbatim_model::amend::{self, Refusal};
use verbatim_model::anchor::Anchor;
use verbatim_model::codebook::Codebook;
use verbatim_model::corpus::Document;
use verbatim_model::id::{ActId, ThingId};
use verbatim_model::name::Name;
use verbatim_model::span::Span;
use verbatim_model::state::{Coding, State};
use verbatim_model::text::Text;

/// "Wij" 0–3, "leren" 4–9, "veel." 10–15, "Écht" 16–20, "waar." 21–26.
const TEXT: &str = "Wij leren veel. Écht waar.\n";

struct World {
    document: Document,
    state: State,
    n: u64,
}

impl World {
    fn new() -> Self {
        let text = Text::new(TEXT.to_owned());
        let hash = text.hash();
        let document = Document { id: "een".to_owned(), text, hash: Some(hash), ..Document::default() };
        let mut world = Self { document, state: State::new(), n: 0 };
        let added = DocumentAdded { document: Name::new("een"), text: hash, source: None };
        world.act(vec![Change::DocumentAdded(Box::new(added))]);
        for id in ["a", "b"] {
            world.act(vec![Change::CodeAdded(Box::new(CodeAdded {
                code: Name::new(id),
                codebook: Name::new("book"),
                parent: None,
                order: 0.0,
                fields: serde_json::Map::new(),
            }))]);
        }
        world
    }

    fn act(&mut self, changes: Vec<Change>) -> ActId {
        self.n += 1;
        let id = ActId::from_parts(1_000 + self.n, 0, 7);
        self.state.insert(Act {
            v: 1,
            id,
            n: self.n,
            at: "2026-03-01T09:00:00Z".into(),
            coder: Name::new("anna"),
            by: None,
            act: Name::new("test"),
            changes: changes.into(),
        });
        id
    }

    fn code(&mut self, start: u32, end: u32, code: &str, note: Option<&str>) -> ThingId {
        let hash = self.document.hash.unwrap();
        let anchor = Anchor::new("een", &self.document.text, hash, Span::new(start, end));
        let act = self.act(vec![Change::CodingAdded(Box::new(CodingAdded {
            anchor,
            code: Name::new(code),
            case: None,
            qualifiers: std::collections::BTreeMap::new(),
            weight: Some(2.0),
            note: note.map(str::to_owned),
            definition: Some(Name::new("0a1b2c3d")),
            rule: None,
        }))]);
        ThingId { act, k: 1 }
    }

    fn of(&self, id: ThingId) -> Coding<'_> {
        self.state.coding(id).unwrap()
    }

    fn merged(&self, ids: &[ThingId]) -> Result<Vec<Change>, Refusal> {
        let codings: Vec<_> = ids.iter().map(|id| (self.of(*id), self.of(*id).anchor.span())).collect();
        amend::merged(&self.document, &Codebook::fold(&self.state), &codings)
    }

    /// The quotes of all codings, in order of id.
    fn quotes(&self) -> Vec<&str> {
        self.state.codings().map(|c| c.anchor.quote()).collect()
    }
}

#[test]
fn what_is_as_it_was_is_left_out() {
    let mut world = World::new();
    let id = world.code(0, 3, "a", Some("x"));
    let wish = CodingChanged {
        note: Some(Some("y".into())),
        weight: Some(Some(2.0)),
        case: Some(None),
        definition: Some(Name::new("0a1b2c3d")),
        ..CodingChanged::of(id)
    };
    let only = CodingChanged { note: Some(Some("y".into())), ..CodingChanged::of(id) };
    assert_eq!(amend::changed(&world.of(id), wish), Ok(Change::CodingChanged(Box::new(only))));
    let same = CodingChanged { note: Some(Some("x".into())), ..CodingChanged::of(id) };
    assert_eq!(amend::changed(&world.of(id), same), Err(Refusal::Nothing));
    // Another code comes with its definition, though the hash be the same.
    let code = CodingChanged {
        code: Some(Name::new("b")),
        definition: Some(Name::new("0a1b2c3d")),
        ..CodingChanged::of(id)
    };
    assert_eq!(amend::changed(&world.of(id), code.clone()), Ok(Change::CodingChanged(Box::new(code))));
}

#[test]
fn new_bounds_keep_some_of_the_place_and_lie_in_the_text() {
    let world = World::new();
    let to = |was: Option<(u32, u32)>, start, end| {
        let was = was.map(|(s, e)| Span::new(s, e));
        amend::bounds(&world.document, was, Span::new(start, end)).map(|a| a.quote().to_owned())
    };
    assert_eq!(to(Some((4, 9)), 0, 9), Ok("Wij leren".into()));
    assert_eq!(to(Some((4, 9)), 10, 15), Err(Refusal::Elsewhere(10, 15, 4, 9)));
    assert_eq!(to(Some((4, 9)), 9, 15), Err(Refusal::Elsewhere(9, 15, 4, 9)), "touching is not sharing");
    assert_eq!(to(None, 16, 20), Ok("Écht".into()), "one that waits is put anywhere");
    assert_eq!(to(None, 5, 5), Err(Refusal::NoPlace(5, 5)));
    assert_eq!(to(None, 6, 5), Err(Refusal::NoPlace(6, 5)));
    assert_eq!(to(None, 20, 99), Err(Refusal::NoPlace(20, 99)));
}

#[test]
fn a_coding_is_split_between_its_words() {
    let mut world = World::new();
    let id = world.code(0, 15, "a", Some("x"));
    let split = |at| amend::split(&world.document, &world.of(id), Span::new(0, 15), at);
    for at in [0, 15, 99] {
        assert_eq!(split(at), Err(Refusal::NotInside(at, 0, 15)));
    }
    let changes = split(9).unwrap();
    world.act(changes);
    assert_eq!(world.quotes(), ["Wij leren", "veel."], "no white space at the ends");
    let second = world.state.codings().nth(1).unwrap();
    assert_eq!((second.note, second.weight, second.code.as_str()), (Some("x"), Some(2.0), "a"));
    assert_eq!(second.definition.map(Name::as_str), Some("0a1b2c3d"));
}

#[test]
fn only_white_space_on_one_side_is_no_split() {
    let mut world = World::new();
    let id = world.code(3, 9, "a", None);
    let split = |at| amend::split(&world.document, &world.of(id), Span::new(3, 9), at);
    assert_eq!(split(4), Err(Refusal::NotInside(4, 3, 9)));
    assert!(split(5).is_ok());
}

#[test]
fn codings_beside_each_other_become_the_first() {
    let mut world = World::new();
    let [c, a, b] = [(10, 15, Some("x")), (0, 3, Some("y")), (4, 11, Some("x"))]
        .map(|(start, end, note)| world.code(start, end, "a", note));
    let other = world.code(4, 9, "b", None);
    let far = world.code(21, 26, "a", None);
    assert_eq!(world.merged(&[c]), Err(Refusal::One));
    assert_eq!(world.merged(&[c, other]), Err(Refusal::OtherCode(other)));
    assert_eq!(world.merged(&[a, b, far]), Err(Refusal::Apart(far)));
    assert_eq!(world.merged(&[c, a]), Err(Refusal::Apart(c)), "the one between them is not named");
    let changes = world.merged(&[c, a, b]).unwrap();
    world.act(changes);
    assert_eq!(world.quotes(), ["Wij leren veel.", "leren", "waar."]);
    assert_eq!(world.of(c).note, Some("x\ny"), "each note once");
}
