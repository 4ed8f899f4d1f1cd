//! Codebooks: a file is a view of acts that may be edited by hand, once.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::fs;
use std::path::PathBuf;

use common::Folder;
use model::act::{Change, CodeChanged};
use model::name::Name;
use serde_json::{Map, Value, json};
use verbatim_study::{Draft, Init, Study, StudyError};

fn book() -> Value {
    json!({
        "id": "b", "title": {"nl": "Boek", "en": "Book"}, "mine": [1, 2],
        "groups": [{"id": "g", "codes": ["a", "c"]}],
        "codes": [
            {"id": "a", "label": "A", "var": "a", "shortcut": "x", "extra": {"k": 1}, "children": [
                {"id": "a1", "label": "A1"}, {"id": "a2", "label": "A2"}
            ]},
            {"id": "c", "label": "C", "status": "fixed"},
            {"id": "d", "label": "D"}
        ]
    })
}

fn init(folder: &Folder) -> Study {
    let init =
        Init { codebooks: vec![("b.json".into(), book().to_string().into_bytes())], ..Init::default() };
    let (study, problems) = Study::init(&folder.dir(), init, &folder.context("anna", 1)).unwrap();
    assert_eq!(problems, []);
    study
}

fn edit(folder: &Folder, change: impl Fn(&mut Value)) {
    let mut value: Value = serde_json::from_str(&folder.read("codebooks/b.json")).unwrap();
    change(&mut value);
    // Another editor formats as it likes.
    folder.write("codebooks/b.json", value.to_string());
}

/// The edits as kinds with the code or key that they name.
fn kinds(changes: &[Change]) -> Vec<String> {
    let name = |c: &Change| {
        let value = serde_json::to_value(c).unwrap();
        value.get("code").or_else(|| value.get("key")).and_then(Value::as_str).unwrap().to_owned()
    };
    changes.iter().map(|c| format!("{} {}", c.kind(), name(c))).collect()
}

/// Takes the edits over as a writing command does.
fn take_over(study: &mut Study) {
    let changes: Vec<Change> = study.codebook_edits().into_iter().flat_map(|e| e.changes).collect();
    study.append(Draft::new("codebook", changes)).unwrap();
    assert_eq!(study.write_codebooks().unwrap(), []);
}

#[test]
fn a_new_study_adopts_its_codebook_in_one_act() {
    let folder = Folder::new();
    let study = init(&folder);
    let verbs: Vec<_> = study.state().history().iter().map(|a| a.act.to_string()).collect();
    assert_eq!(verbs, ["introduce", "init"]);
    let codes: Vec<_> = study.codebook().codes.iter().map(|c| (c.id.to_string(), c.depth)).collect();
    let wanted = [("a", 0), ("a1", 1), ("a2", 1), ("c", 0), ("d", 0)];
    assert_eq!(codes, wanted.map(|(id, depth)| (id.to_owned(), depth)));
    assert_eq!(study.state().setting("codebook.b.mine"), Some(&json!([1, 2])));
    assert_eq!(study.codebook_edits(), []);
    let text = folder.read("codebooks/b.json");
    assert!(text.starts_with("{\n  \"id\": \"b\",\n  \"title\": {\n"));
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["heads"], json!({ study.journals()[0].name.clone(): 2 }));
    assert_eq!(study.check().iter().filter(|p| p.file.starts_with("codebooks")).count(), 0);
    study.write_codebooks().unwrap();
    assert_eq!(folder.read("codebooks/b.json"), text);
}

#[test]
fn the_five_codebooks_come_through_unchanged() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../codebooks");
    let mut codebooks = Vec::new();
    for name in common::names(&folder) {
        codebooks.push((name.clone(), fs::read(folder.join(name)).unwrap()));
    }
    assert_eq!(codebooks.len(), 5);
    let here = Folder::new();
    let init = Init { codebooks: codebooks.clone(), ..Init::default() };
    let (study, problems) = Study::init(&here.dir(), init, &here.context("anna", 1)).unwrap();
    assert_eq!(problems, []);
    assert_eq!(study.codebook().problems, Vec::<String>::new());
    for (name, bytes) in codebooks {
        let mut before: Map<String, Value> = serde_json::from_slice(&bytes).unwrap();
        let text = here.read(&format!("codebooks/{name}"));
        let mut after: Map<String, Value> = serde_json::from_str(&text).unwrap();
        for key in ["heads", "sum"] {
            before.shift_remove(key);
            assert!(after.shift_remove(key).is_some());
        }
        assert_eq!(
            serde_json::to_string_pretty(&after).unwrap(),
            serde_json::to_string_pretty(&before).unwrap(),
            "{name}: same order too"
        );
    }
    assert_eq!(study.codebook_edits(), []);
}

#[test]
fn an_edit_by_hand_becomes_one_act_and_no_second() {
    let folder = Folder::new();
    drop(init(&folder));
    edit(&folder, |b| {
        b["title"]["nl"] = json!("Ander boek");
        b.as_object_mut().unwrap().shift_remove("mine");
        let codes = b["codes"].as_array_mut().unwrap();
        codes[0]["label"] = json!("A!");
        codes[0].as_object_mut().unwrap().shift_remove("extra");
        codes[0]["children"].as_array_mut().unwrap().push(json!({"id": "a3", "label": "A3"}));
        let d = codes.pop().unwrap();
        codes[0]["children"].as_array_mut().unwrap().insert(0, d);
        codes[1]["retired"] = json!(true);
    });
    let mut study = folder.open();
    let edits = study.codebook_edits();
    assert_eq!(edits.len(), 1);
    assert_eq!(edits[0].problems, []);
    let mut told = kinds(&edits[0].changes);
    told.sort();
    assert_eq!(
        told,
        [
            "code-added a3",
            "code-changed a",
            "code-moved d",
            "code-retired c",
            "setting codebook.b.mine",
            "setting codebook.b.title"
        ]
    );
    assert!(
        study
            .check()
            .iter()
            .any(|p| p.file == "codebooks/b.json" && p.what.starts_with("edited by hand: 6 changes"))
    );
    // Until it is an act, the file is left alone.
    let edited = folder.read("codebooks/b.json");
    assert_eq!(study.write_codebooks().unwrap().len(), 1);
    assert_eq!(folder.read("codebooks/b.json"), edited);
    take_over(&mut study);
    assert_eq!(study.codebook_edits(), []);
    drop(study);
    let study = folder.open();
    assert_eq!(study.codebook_edits(), []);
    let book = study.codebook();
    let codes: Vec<_> = book.codes.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(codes, ["a", "d", "a1", "a2", "a3", "c"]);
    assert_eq!(book.get("a").unwrap().fields.get("label"), Some(&json!("A!")));
    assert_eq!(book.get("a").unwrap().fields.get("extra"), None);
    assert!(book.get("c").unwrap().retired);
    assert_eq!(study.state().setting("codebook.b.mine"), None);
}

#[test]
fn an_edit_that_was_taken_over_before_a_crash_is_not_taken_over_again() {
    let folder = Folder::new();
    drop(init(&folder));
    edit(&folder, |b| {
        let codes = b["codes"].as_array_mut().unwrap();
        codes.insert(1, json!({"id": "new", "label": "New"}));
        codes.swap(2, 3);
        codes[0]["label"] = json!("A!");
    });
    let mut study = folder.open();
    let changes: Vec<Change> = study.codebook_edits().into_iter().flat_map(|e| e.changes).collect();
    assert_eq!(kinds(&changes).len(), 3, "{changes:?}");
    study.append(Draft::new("codebook", changes)).unwrap();
    drop(study);
    // Killed before the file was written.
    let study = folder.open();
    assert_eq!(study.codebook_edits(), []);
    assert_eq!(study.write_codebooks().unwrap(), []);
    let order: Vec<_> =
        study.codebook().codes.iter().filter(|c| c.depth == 0).map(|c| c.id.to_string()).collect();
    assert_eq!(order, ["a", "new", "d", "c"]);
    let file: Value = serde_json::from_str(&folder.read("codebooks/b.json")).unwrap();
    assert_eq!(file["codes"][1]["id"], "new");
}

#[test]
fn an_edit_does_not_undo_what_others_did_meanwhile() {
    let folder = Folder::new();
    drop(init(&folder));
    let mut bram = Study::open(&folder.dir(), &folder.context("bram", 2)).unwrap();
    let fields = json!({"label": "by Bram"}).as_object().unwrap().clone();
    let change = CodeChanged { code: Name::new("c"), fields, effect: None, reason: None };
    bram.append(Draft::new("codebook", vec![Change::CodeChanged(Box::new(change))])).unwrap();
    // Anna edits the file as it was before.
    edit(&folder, |b| b["codes"][0]["label"] = json!("by Anna"));
    let mut study = folder.open();
    let edits = study.codebook_edits();
    assert_eq!(kinds(&edits[0].changes), ["code-changed a"]);
    take_over(&mut study);
    let book = study.codebook();
    assert_eq!(book.get("a").unwrap().label(&[]), "by Anna");
    assert_eq!(book.get("c").unwrap().label(&[]), "by Bram");
    let file: Value = serde_json::from_str(&folder.read("codebooks/b.json")).unwrap();
    assert_eq!(file["codes"][1]["label"], "by Bram");
}

#[test]
fn a_file_from_a_newer_copy_waits_for_its_acts() {
    let folder = Folder::new();
    drop(init(&folder));
    let newer =
        folder.read("codebooks/b.json").replace("\"heads\": {", "\"heads\": {\n    \"zoe-222222.jsonl\": 3,");
    folder.write("codebooks/b.json", &newer);
    let study = folder.open();
    assert_eq!(study.codebook_edits(), []);
    study.write_codebooks().unwrap();
    assert_eq!(folder.read("codebooks/b.json"), newer, "it is newer than what is here");
    edit(&folder, |b| b["codes"][0]["label"] = json!("later"));
    let edits = study.codebook_edits();
    assert_eq!(edits[0].changes, []);
    assert!(edits[0].problems[0].what.contains("not synchronised yet"));
}

#[test]
fn a_deleted_code_is_retired_and_its_file_says_so() {
    let folder = Folder::new();
    drop(init(&folder));
    edit(&folder, |b| _ = b["codes"].as_array_mut().unwrap().pop());
    let mut study = folder.open();
    assert_eq!(kinds(&study.codebook_edits()[0].changes), ["code-retired d"]);
    take_over(&mut study);
    let file: Value = serde_json::from_str(&folder.read("codebooks/b.json")).unwrap();
    assert_eq!(file["codes"][2], json!({"id": "d", "label": "D", "retired": true}));
    assert_eq!(folder.open().codebook_edits(), []);
    // Taking the mark away brings it back.
    edit(&folder, |b| _ = b["codes"][2].as_object_mut().unwrap().shift_remove("retired"));
    let mut study = folder.open();
    take_over(&mut study);
    assert!(!study.codebook().get("d").unwrap().retired);
    assert_eq!(folder.open().codebook_edits(), []);
}

#[test]
fn what_is_wrong_with_a_file_has_its_place_and_is_not_overwritten() {
    let folder = Folder::new();
    drop(init(&folder));
    let told = |text: &str| {
        folder.write("codebooks/b.json", text);
        let study = folder.open();
        let edits = study.codebook_edits();
        assert!(edits.iter().all(|e| e.changes.is_empty()));
        assert_eq!(study.write_codebooks().unwrap().len(), 1);
        assert_eq!(folder.read("codebooks/b.json"), text);
        edits[0].problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let wrong = told("{\n  \"id\": \"b\",\n  oops\n}");
    assert!(
        wrong.starts_with("codebooks/b.json:3: this is no JSON: key must be a string (column 3)"),
        "{wrong}"
    );
    assert!(told("{\n<<<<<<< HEAD\n}").starts_with("codebooks/b.json:2: git conflict mark"));
    assert!(told("{\"id\":\"other\",\"codes\":[]}").contains("the id of the codebook was changed to other"));
    folder.write("codebooks/b.json", book().to_string());
    folder.write("codebooks/stray.json", book().to_string());
    folder.write("codebooks/b (1).json", book().to_string());
    let study = folder.open();
    assert_eq!(study.codebook_edits(), [], "the same codes without heads are no edit");
    let check: Vec<_> = study.check().iter().map(ToString::to_string).collect();
    assert!(
        check.iter().any(|p| p.starts_with("codebooks/stray.json: a file that is no codebook of this study")),
        "{check:?}"
    );
    assert!(check.iter().any(|p| p.starts_with("codebooks/b (1).json: a conflict copy")));
    study.write_codebooks().unwrap();
    assert!(folder.read("codebooks/b.json").contains("\"heads\""));
}

#[test]
fn a_bad_codebook_stops_init_before_anything_is_written() {
    let folder = Folder::new();
    let context = folder.context("anna", 1);
    for bytes in [&b"{"[..], b"[]", b"{\"id\":\"\xc3\xa9\",\"codes\":[]}", b"{\"id\":\"x\",\"codes\":3}"] {
        let init = Init { codebooks: vec![("b.json".into(), bytes.to_vec())], ..Init::default() };
        let why = Study::init(&folder.dir(), init, &context).unwrap_err();
        assert!(matches!(why, StudyError::BadFile { .. } | StudyError::BadCodebook { .. }), "{why}");
        assert!(!folder.dir().exists());
    }
    // One id in two codebooks is one code: the second is told and left out.
    let second = json!({"id": "z", "codes": [{"id": "a"}, {"id": "z1"}]}).to_string();
    let codebooks = vec![
        ("b.json".to_owned(), book().to_string().into_bytes()),
        ("z.json".to_owned(), second.into_bytes()),
    ];
    let (study, problems) =
        Study::init(&folder.dir(), Init { codebooks, ..Init::default() }, &context).unwrap();
    assert_eq!(problems.len(), 1);
    assert_eq!(study.codebook().get("a").unwrap().codebook, "b");
    assert_eq!(study.codebook().codes.len(), 6);
}
