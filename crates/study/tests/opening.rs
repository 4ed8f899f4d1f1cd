//! Opening: a folder is a study or it is told why not; journals are unions, whatever their names.

mod common;

use std::fs;

use common::{Folder, code, coding};
use model::problem::Severity;
use verbatim_study::{Context, Draft, Init, Study, StudyError};

#[test]
fn a_new_study_is_plain_files() {
    let folder = Folder::new();
    let init = Init {
        languages: vec!["nl".into(), "en".into()],
        case_label: Some("organisation".into()),
        ..Init::default()
    };
    let context = folder.context("anna", 1);
    let (study, problems) = Study::init(&folder.dir(), init.clone(), &context).unwrap();
    assert_eq!(problems, []);
    assert_eq!(study.case_label(), "organisation");
    assert_eq!(study.languages(), ["nl", "en"]);
    assert_eq!(
        common::names(&folder.dir()),
        [".gitattributes", "codebooks", "corpus", "journal", "study.json"]
    );
    assert_eq!(folder.read(".gitattributes"), "* -text\njournal/*.jsonl merge=union\n");
    let json: serde_json::Value = serde_json::from_str(&folder.read("study.json")).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["id"], study.id());
    assert_eq!(json["created"], "2026-01-01T00:00:00Z");
    let why = Study::init(&folder.dir(), init, &context).unwrap_err();
    assert!(matches!(why, StudyError::AlreadyStudy { .. }));
    assert!(why.hint().contains("open"));
}

#[test]
fn a_study_is_found_from_below() {
    let folder = Folder::new();
    drop(folder.init());
    let deep = folder.dir().join("corpus/a/b");
    fs::create_dir_all(&deep).unwrap();
    assert_eq!(Study::find(&deep), Some(folder.dir()));
    assert_eq!(Study::find(&folder.dir()), Some(folder.dir()));
    assert_eq!(Study::find(folder.temp.path()), None);
    let why = Study::open(folder.temp.path(), &folder.context("anna", 1)).unwrap_err();
    assert!(matches!(why, StudyError::NoStudy { .. }) && why.hint().contains("init"));
}

#[test]
fn what_is_wrong_with_study_json_is_told() {
    let folder = Folder::new();
    let context = folder.context("anna", 1);
    let told = |text: &str| {
        folder.write("study.json", text);
        let why = Study::open(&folder.dir(), &context).unwrap_err();
        assert!(!why.hint().is_empty());
        why.to_string().replace(&folder.dir().display().to_string(), "DIR")
    };
    assert_eq!(told("{\n\"id\": }"), "DIR/study.json:2:7: this is no JSON: expected value");
    assert_eq!(told("{\n<<<<<<< HEAD\n\"id\":1}"), "DIR/study.json:2: git conflict mark");
    assert_eq!(told("{\"format\":2,\"new\":1}"), "DIR/study.json has format 2; this version reads up to 1");
    assert!(told("{\"format\":1}").contains("missing field `id`"));
    folder.write("study.json", "\u{feff}{\"id\":\"x\",\"format\":1,\"mine\":true}");
    Study::open(&folder.dir(), &context).unwrap();
}

#[test]
fn conflict_copies_of_journals_count_and_are_told() {
    let folder = Folder::new();
    let mut study = folder.init();
    study.append(code(0)).unwrap();
    study.append(code(1)).unwrap();
    drop(study);
    let name = folder.journals()[0].clone();
    let text = folder.read(&format!("journal/{name}"));
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let last = lines.pop().unwrap();
    // The act stands in the conflict copy alone.
    folder.write(&format!("journal/{name}"), lines.concat());
    folder.write("journal/anna (conflicted copy).jsonl", format!("{}{last}", lines[0]));
    folder.write("journal/x~", "scratch");
    folder.write("journal/notes.txt", "scratch");
    let study = folder.open();
    assert_eq!(study.state().codings().count(), 2);
    let told: Vec<String> = study.check().iter().map(|p| format!("{}: {}", p.file, p.what)).collect();
    for wanted in [
        "journal/anna (conflicted copy).jsonl: a conflict copy of a journal; its acts count all the same",
        "journal/x~: a conflict copy; it is not loaded",
        "journal/notes.txt: a file that is no journal; it is not loaded",
    ] {
        assert!(told.iter().any(|t| t == wanted), "{told:#?}");
    }
}

#[test]
fn conflict_marks_and_damage_in_journals_have_file_and_line() {
    let folder = Folder::new();
    folder.init().append(code(0)).unwrap();
    let name = folder.journals()[0].clone();
    let text = folder.read(&format!("journal/{name}"));
    let line = text.lines().last().unwrap();
    folder.write(
        "journal/bram-aaaaaa.jsonl",
        format!("<<<<<<< HEAD\n{line}\n=======\nnonsense\n>>>>>>> theirs\n{{\"v\":1"),
    );
    let study = folder.open();
    assert_eq!(study.state().codings().count(), 1);
    let told: Vec<_> =
        study.problems().iter().filter(|p| p.file.contains("bram")).map(|p| (p.line, p.severity)).collect();
    let (error, note) = (Severity::Error, Severity::Note);
    let lines = [(Some(1), error), (Some(3), error), (Some(4), error), (Some(5), error), (Some(6), note)];
    for wanted in lines {
        assert!(told.contains(&wanted), "{told:?}");
    }
}

#[test]
fn one_id_with_two_contents_is_the_same_act_on_every_device() {
    let folder = Folder::new();
    folder.init().append(code(0)).unwrap();
    let name = folder.journals()[0].clone();
    let text = folder.read(&format!("journal/{name}"));
    let other = text.replace("\"code\":\"a\"", "\"code\":\"b\"");
    folder.write("journal/aaa-222222.jsonl", &other);
    let first = folder.open().state().codings().next().unwrap().code.to_string();
    assert!(folder.open().check().iter().any(|p| p.what.contains("is written differently")));
    fs::rename(folder.journal("aaa-222222.jsonl"), folder.journal("zzz-222222.jsonl")).unwrap();
    assert_eq!(folder.open().state().codings().next().unwrap().code.to_string(), first);
}

#[test]
fn a_gap_is_told_and_counted() {
    let folder = Folder::new();
    let mut study = folder.init();
    study.append(code(0)).unwrap();
    study.append(code(1)).unwrap();
    drop(study);
    let name = folder.journals()[0].clone();
    let text = folder.read(&format!("journal/{name}"));
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    folder.write("journal/bram-bbbbbb.jsonl", [lines[0], lines[2]].concat());
    fs::remove_file(folder.journal(&name)).unwrap();
    let study = folder.open();
    assert_eq!(study.missing_acts(), 1);
    assert!(study.check().iter().any(|p| p.what == "1 of its acts have not arrived"));
}

#[test]
fn a_coding_of_nothing_is_told() {
    let folder = Folder::new();
    folder.init().append(Draft::new("code", vec![coding("no-such", 0), coding("no-such", 1)])).unwrap();
    let told: Vec<String> = folder.open().check().into_iter().map(|p| p.what).collect();
    assert!(told.iter().any(|t| t == "2 codings have the code no-such, which no codebook has"), "{told:?}");
    assert!(told.iter().any(|t| t.starts_with("2 codings are on the text x~")), "{told:?}");
}

#[test]
fn seed_and_clock_make_the_same_study_twice() {
    let make = || {
        let folder = Folder::new();
        let mut variables = std::collections::HashMap::new();
        for (key, value) in
            [("VERBATIM_SEED", "5"), ("VERBATIM_NOW", "2026-02-03T04:05:06Z"), ("VERBATIM_CODER", "anna")]
        {
            variables.insert(key.to_owned(), value.to_owned());
        }
        variables
            .insert("VERBATIM_CONFIG".to_owned(), folder.temp.path().join("config").display().to_string());
        variables.insert("VERBATIM_CACHE".to_owned(), folder.temp.path().join("cache").display().to_string());
        let (context, problems) = Context::from_variables(&variables);
        assert_eq!(problems, []);
        let (mut study, _) = Study::init(&folder.dir(), Init::default(), &context).unwrap();
        study.append(code(0)).unwrap();
        drop(study);
        // The device id is kept, and the next run goes on with it.
        let (context, _) = Context::from_variables(&variables);
        assert!(context.device_kept);
        Study::open(&folder.dir(), &context).unwrap().append(code(1)).unwrap();
        let name = folder.journals()[0].clone();
        assert_eq!(folder.journals().len(), 1);
        (name.clone(), folder.read(&format!("journal/{name}")), folder.read("study.json"))
    };
    let (name, journal, file) = make();
    assert_eq!((name, journal.clone(), file), make());
    assert_eq!(journal.lines().count(), 3);
    assert!(journal.contains("\"at\":\"2026-02-03T04:05:06Z\""));
}
