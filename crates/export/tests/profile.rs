//! The profile and saturation, on a made study whose numbers were counted by hand.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use model::act::{Act, Change, CodeAdded, CodingAdded, DocumentAdded, Done, Setting};
use model::anchor::Anchor;
use model::coded::Coded;
use model::corpus::{Case, Corpus, Document};
use model::ground::Ground;
use model::id::ActId;
use model::name::Name;
use model::span::Span;
use model::state::State;
use model::text::Text;
use serde_json::{Value as Json, json};
use verbatim_export::refusal::Refusal;
use verbatim_export::sheet::{Sheet, Value};
use verbatim_export::tables::profile::{Part, Profile};
use verbatim_export::tables::saturation::Saturation;
use verbatim_export::{Ask, At, Language, Options, Speech, TableError};

/// A study about gardens: nothing of the subject is in the crate.
struct Made {
    acts: Vec<Act>,
    documents: Vec<Document>,
}

impl Made {
    fn new() -> Self {
        let mut made = Self { acts: Vec::new(), documents: Vec::new() };
        let plus = |b: &str| json!({"value": "+", "basis": b});
        made.setting("dimensions", json!([{"id": "YIELD", "label": "Yield"}, {"id": "COST"}, {"id": "JOY"}]));
        made.setting(
            "judgement",
            json!({"note": {"en": "as the handbook judges", "nl": "volgens het handboek"},
                "in_place": {"qualifier": "state", "value": "now"}, "said": {"qualifier": "heard"}}),
        );
        made.setting(
            "qualifiers",
            json!([{"id": "state", "default": "now", "values": ["now", "past"]},
                {"id": "heard", "values": ["YIELD+", "YIELD-", "JOY+"]}]),
        );
        made.setting(
            "rules",
            json!([{"id": "good", "needs": [{"of": ["YIELD"], "at_least": 1}]},
                {"id": "reach", "counts": ["YIELD", "COST"]}]),
        );
        made.code(
            "dig",
            None,
            &json!({"effects": {"YIELD": plus("book"), "COST": {"value": "-"}}, "degree": 1}),
        );
        made.code("double-dig", Some("dig"), &json!({"effects": {"COST": {"value": "?"}}}));
        made.code(
            "mulch",
            None,
            &json!({"effects": {"YIELD": {"value": null, "basis": "lost"}, "COST": plus("book")}}),
        );
        made.code("weather", None, &json!({}));
        made.code("slug", None, &json!({"origin": "in-vivo"}));
        made.code("robin", None, &json!({"origin": "inductive"}));
        made
    }

    fn act(&mut self, changes: Vec<Change>) {
        let n = self.acts.len() as u64 + 1;
        let (id, at) = (ActId::from_parts(1_000 + n, 0, 0), String::new().into());
        let (coder, act) = (Name::new("anna"), Name::new("x"));
        self.acts.push(Act { v: 1, id, n, at, coder, by: None, act, changes: changes.into() });
    }

    fn setting(&mut self, field: &str, value: Json) {
        let key = Name::new(&format!("codebook.garden.{field}"));
        self.act(vec![Change::Setting(Box::new(Setting { key, value }))]);
    }

    fn code(&mut self, id: &str, parent: Option<&str>, fields: &Json) {
        let mut fields = fields.as_object().cloned().unwrap();
        fields.insert("status".to_owned(), "fixed".into());
        let order = self.acts.len() as f64;
        let (code, codebook, parent) = (Name::new(id), Name::new("garden"), parent.map(Name::new));
        self.act(vec![Change::CodeAdded(Box::new(CodeAdded { code, codebook, parent, order, fields }))]);
    }

    /// A document of ten letters.
    fn document(&mut self, id: &str, case: &str, date: &str) {
        let text = Text::new("abcdefghij\n".to_owned());
        let (document, hash) = (Name::new(id), text.hash());
        self.act(vec![Change::DocumentAdded(Box::new(DocumentAdded { document, text: hash, source: None }))]);
        self.documents.push(Document {
            id: id.to_owned(),
            case: Some(case.to_owned()),
            date: date.to_owned(),
            hash: Some(hash),
            text,
            ..Document::default()
        });
    }

    fn coding(&mut self, document: &str, start: u32, end: u32, code: &str, qualifiers: &[(&str, &str)]) {
        let d = self.documents.iter().find(|d| d.id == document).unwrap();
        let coding = CodingAdded {
            anchor: Anchor::new(&d.id, &d.text, d.hash.unwrap(), Span::new(start, end)),
            code: Name::new(code),
            case: None,
            qualifiers: qualifiers.iter().map(|(k, v)| (Name::new(k), Name::new(v))).collect(),
            weight: None,
            note: None,
            definition: None,
            rule: None,
        };
        self.act(vec![Change::CodingAdded(Box::new(coding))]);
    }

    fn done(&mut self, document: &str) {
        let text = self.documents.iter().find(|d| d.id == document).unwrap().hash.unwrap();
        let codes = ["dig", "double-dig", "mulch", "weather", "slug", "robin"].map(Name::new).to_vec();
        self.act(vec![Change::Done(Box::new(Done { document: Name::new(document), text, codes }))]);
    }

    fn study(self) -> (Corpus, State, Coded) {
        let case = |id: &str| Case { id: id.to_owned(), name: id.to_owned(), ..Case::default() };
        let cases = ["north", "south", "empty"].map(case).to_vec();
        let corpus = Corpus::new("garden".to_owned(), self.documents, cases);
        let state = State::of(self.acts);
        let coded = Coded::new(&corpus, &state);
        (corpus, state, coded)
    }
}

fn speech() -> Speech {
    Speech::new(Language::English, ["en"])
}

/// The shown values of a row, under some columns.
fn shown(sheet: &Sheet, row: usize, columns: &[&str]) -> Vec<String> {
    let value = |name: &&str| {
        let at = sheet.position(name).unwrap_or_else(|| panic!("no column {name}"));
        sheet.value(row, at).shown(sheet.fields[at].kind)
    };
    columns.iter().map(value).collect()
}

const COUNTS: [&str; 9] = [
    "up",
    "down",
    "possibly_offset",
    "uncovered",
    "uncertain",
    "unknown",
    "inherited",
    "said_up",
    "said_down",
];

fn garden() -> Made {
    let mut made = Made::new();
    made.document("one", "north", "");
    made.document("two", "north", "");
    made.document("three", "south", "");
    // Twice the same activity: one. On d–f the code below is on the same text, so `dig` is not meant there.
    made.coding("one", 0, 2, "dig", &[("heard", "YIELD-")]);
    made.coding("two", 0, 2, "dig", &[("heard", "YIELD-")]);
    made.coding("one", 3, 6, "dig", &[]);
    made.coding("one", 4, 6, "double-dig", &[("heard", "JOY+")]);
    made.coding("two", 5, 8, "mulch", &[]);
    // What is past is no part of the package, nor is what it is said to have done.
    made.coding("three", 0, 2, "mulch", &[("state", "past"), ("heard", "YIELD+")]);
    made.coding("three", 3, 5, "dig", &[]);
    made.coding("three", 6, 8, "weather", &[]);
    made.done("one");
    made.done("two");
    made
}

#[test]
fn a_package_is_judged_by_the_rules_of_its_codebook() {
    let (corpus, state, coded) = garden().study();
    let ground = Ground { corpus: &corpus, state: &state, coded: &coded };
    let ask = Ask::Profile(Profile::default());
    let sheets = ask.sheets(ground, &speech()).unwrap();
    let names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["profile", "profile_activities", "profile_codes"]);
    let profile = &sheets[0];
    assert_eq!(profile.notes[0], "as the handbook judges");
    let row = |case: usize, dimension: usize| shown(profile, case * 3 + dimension, &COUNTS);
    // North: dig (+ −), double-dig (inherits +, own ?), mulch (unknown, +).
    assert_eq!(row(0, 0), ["2", "0", "0", "0", "0", "1", "1", "0", "1"], "north, yield");
    assert_eq!(row(0, 1), ["1", "1", "1", "0", "1", "0", "0", "0", "0"], "north, cost");
    // Nothing is declared on joy: only what was said is a number.
    assert_eq!(row(0, 2), ["", "", "", "", "", "", "", "1", "0"], "north, joy");
    // South is not done: lower bounds, and no zeros.
    assert_eq!(row(1, 0), ["1+", "·", "·", "·", "·", "·", "·", "·", "·"], "south, yield");
    assert_eq!(row(1, 1), ["·", "1+", "·", "1+", "·", "·", "·", "·", "·"], "south, cost");
    assert_eq!(row(2, 0), ["–"; 9], "a case without documents");
    assert_eq!(
        shown(profile, 0, &["garden", "dimension", "label", "status", "documents", "documents_done"]),
        ["north", "YIELD", "Yield", "coded", "2", "2"]
    );
}

#[test]
fn activities_say_where_their_effects_come_from() {
    let (corpus, state, coded) = garden().study();
    let ground = Ground { corpus: &corpus, state: &state, coded: &coded };
    let ask = Ask::Profile(Profile { case: Some("north".to_owned()), ..Profile::default() });
    let sheets = ask.sheets(ground, &speech()).unwrap();
    assert_eq!(sheets[0].rows.len(), 3);
    let columns = [
        "code",
        "passages",
        "effect_yield",
        "effect_cost",
        "inherited_from",
        "good",
        "reach_at_least",
        "reach_stated",
    ];
    let row = |n: usize| shown(&sheets[1], n, &columns);
    assert_eq!(sheets[1].rows.len(), 3);
    assert_eq!(row(0), ["dig", "2", "+", "-", "", "yes", "1", "1"]);
    assert_eq!(row(1), ["double-dig", "1", "+", "?", "dig", "yes", "1", ""]);
    assert_eq!(row(2), ["mulch", "1", "unknown", "+", "", "open", "1", ""]);
    // Codes that declare something, whatever was coded; the weather is none of them.
    assert_eq!(sheets[2].rows.len(), 3);
    let none = Profile { case: Some("west".to_owned()), ..Profile::default() };
    assert!(matches!(none.sheets(ground, &speech()), Err(TableError::UnknownCase(..))));
}

#[test]
fn the_passages_behind_a_number_are_those_of_its_activities() {
    let (corpus, state, coded) = garden().study();
    let ground = Ground { corpus: &corpus, state: &state, coded: &coded };
    let ask = Ask::Profile(Profile::default());
    let profile = &ask.sheets(ground, &speech()).unwrap()[0];
    let behind = |row: usize, column: &str| {
        let at = At { sheet: 0, row, column: profile.position(column).unwrap() };
        let found = ask.behind(ground, at).unwrap();
        found.map(|all| all.iter().map(|p| (p.document, p.span.start, p.span.end)).collect::<Vec<_>>())
    };
    assert_eq!(behind(0, "up"), Some(vec![(0, 0, 2), (0, 4, 6), (1, 0, 2)]));
    assert_eq!(behind(0, "unknown"), Some(vec![(1, 5, 8)]));
    assert_eq!(behind(0, "said_down"), Some(vec![(0, 0, 2), (1, 0, 2)]));
    assert_eq!(behind(2, "said_up"), Some(vec![(0, 4, 6)]));
    assert_eq!(behind(3, "down"), Some(vec![]));
    assert_eq!(behind(0, "dimension"), None);
    let one = Ask::Profile(Profile { part: Part::Activities, ..Profile::default() });
    let found = one.behind(ground, At { sheet: 0, row: 2, column: 3 }).unwrap().unwrap();
    assert_eq!(found.iter().map(|p| p.span).collect::<Vec<_>>(), [Span::new(5, 8)]);
}

#[test]
fn a_study_without_effects_has_no_profile() {
    let mut made = Made { acts: Vec::new(), documents: Vec::new() };
    made.code("dig", None, &json!({}));
    let (corpus, state, coded) = made.study();
    let ground = Ground { corpus: &corpus, state: &state, coded: &coded };
    let why = Ask::Profile(Profile::default()).sheets(ground, &speech()).unwrap_err();
    assert!(matches!(why, TableError::Refused(Refusal::NoEffects)));
    let why = Ask::Saturation(Saturation::default()).sheets(ground, &speech()).unwrap_err();
    assert!(matches!(why, TableError::Refused(Refusal::NotInductive(1))));
}

#[test]
fn new_codes_are_counted_in_order_of_date() {
    let mut made = Made::new();
    made.document("late", "north", "2026-03-02");
    made.document("undated", "north", "next week");
    made.document("early", "north", "2026-03-01");
    made.document("unread", "north", "2026-01-01");
    made.coding("late", 0, 2, "slug", &[]);
    made.coding("late", 3, 5, "robin", &[]);
    made.coding("early", 0, 2, "slug", &[]);
    made.coding("early", 1, 3, "slug", &[]);
    made.coding("early", 4, 6, "weather", &[]);
    made.done("early");
    made.done("undated");
    let (corpus, state, coded) = made.study();
    let ground = Ground { corpus: &corpus, state: &state, coded: &coded };
    let ask = Saturation {
        options: Options::default(),
        rule: agreement::saturation::Guest { base: 1, run: 1, threshold: 0.0 },
        orders: 200,
        seed: 3,
    };
    let sheet = ask.sheet(ground, &speech()).unwrap();
    let columns =
        ["order", "document", "status", "new", "codes", "total", "run_new", "run_share", "new_codes"];
    let rows: Vec<Vec<String>> = (0..sheet.rows.len()).map(|r| shown(&sheet, r, &columns)).collect();
    assert_eq!(
        rows,
        [
            ["1", "early", "done", "1", "1", "1", "", "", "slug"],
            ["2", "late", "begun", "1", "2", "2", "1", "1.000", "robin"],
            ["3", "undated", "done", "0", "0", "2", "0", "0.000", ""],
        ]
    );
    // Of six orders: after one 1 2 0 twice each, after two 2 1 2 twice each.
    let mean = |row: usize| sheet.value(row, sheet.position("mean").unwrap()).as_number().unwrap();
    assert!((mean(0) - 1.0).abs() < 1e-12 && (mean(1) - 5.0 / 3.0).abs() < 1e-12);
    assert_eq!(sheet.value(2, sheet.position("low").unwrap()), &Value::Integer(2));
    let fact = |name: &str| sheet.facts.iter().find(|f| f.name == name).map(|f| f.value.clone());
    assert_eq!(fact("reached").as_deref(), Some("2+1"));
    assert_eq!(fact("seed").as_deref(), Some("3"));
    let found = ask.behind(ground, At { sheet: 0, row: 0, column: 4 }).unwrap().unwrap();
    assert_eq!(found.iter().map(|p| p.span).collect::<Vec<_>>(), [Span::new(0, 3)]);
    assert_eq!(sheet, ask.sheet(ground, &speech()).unwrap());
}
