//! Tables and documents: what the researcher knows comes in, stays theirs, and is joined to texts.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "a test that skips or measures says so")]

mod common;

use std::fs;
use std::path::PathBuf;

use common::{Folder, names};
use model::corpus::attribute;
use model::turn::Role;
use verbatim_study::{ImportOptions, Init, SourceFile, Study, StudyError, TableKind};

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn told(problems: &[model::problem::Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn with_documents(folder: &Folder, names: &[&str]) -> Study {
    let mut study = folder.init();
    let files = names.iter().map(|n| file(&format!("{n}.txt"), &format!("Text of {n}.\n"))).collect();
    study.import_files(files, &[], &ImportOptions::default()).unwrap();
    study
}

#[test]
fn a_file_becomes_a_document_with_text_description_and_row() {
    let folder = Folder::new();
    let mut study = folder.init();
    let options = ImportOptions {
        case: Some("de-linde".into()),
        language: Some("nl".into()),
        ..ImportOptions::default()
    };
    let report = study
        .add_document(file("in/Interview De Linde (1).txt", "\u{feff}Eén.\r\nTwee.  \r\n\r\n"), &options)
        .unwrap();
    assert_eq!(report.added[0].document, "interview-de-linde-1");
    assert_eq!(folder.read("corpus/interview-de-linde-1.txt"), "Eén.\nTwee.  \n".replace("  \n", "\n"));
    let json: serde_json::Value =
        serde_json::from_str(&folder.read("corpus/interview-de-linde-1.json")).unwrap();
    assert_eq!(json["source"]["file"], "Interview De Linde (1).txt");
    assert_eq!(json["imported"], "2026-01-01T00:00:00Z");
    assert_eq!(
        folder.read("corpus/documents.csv"),
        "document,title,case,kind,language,date,cite_as\ninterview-de-linde-1,,de-linde,,nl,,\n"
    );
    let (corpus, problems) = folder.open().corpus();
    assert_eq!(told(&problems), Vec::<String>::new());
    let document = corpus.document("interview-de-linde-1").unwrap();
    assert_eq!(
        (document.case.as_deref(), document.language.as_str(), document.text.len()),
        (Some("de-linde"), "nl", 11)
    );
    assert_eq!(document.hash.unwrap().to_string(), json["text"]);
    assert!(corpus.case("de-linde").is_some_and(|c| !c.listed));
}

#[test]
fn a_known_text_is_skipped_and_another_text_gets_another_id() {
    let folder = Folder::new();
    let mut study = folder.init();
    let files = vec![file("a/x.txt", "One\n"), file("b/y.txt", "One\r\n"), file("b/x.txt", "Two\n")];
    let report = study.import_files(files.clone(), &[], &ImportOptions::default()).unwrap();
    let added: Vec<_> = report.added.iter().map(|a| (a.document.as_str(), a.instead_of.as_deref())).collect();
    assert_eq!(added, [("x", None), ("x-2", Some("x"))]);
    assert_eq!((report.known[0].file.as_str(), report.known[0].document.as_str()), ("b/y.txt", "x"));
    assert!(
        told(&report.problems)
            .iter()
            .any(|p| p.contains("x is another text; this one is x-2") && p.contains("new version of x"))
    );
    let acts = study.state().len();
    let again = study.import_files(files, &[], &ImportOptions::default()).unwrap();
    assert_eq!((again.added.len(), again.known.len(), again.act), (0, 3, None));
    assert_eq!(study.state().len(), acts, "one act for all, none for nothing");
    // A text that was lost comes back with its file.
    fs::remove_file(folder.dir().join("corpus/x.txt")).unwrap();
    let (corpus, problems) = study.corpus();
    assert!(corpus.document("x").unwrap().text.is_empty());
    assert!(told(&problems).iter().any(|p| p.contains("the text of x is not synchronised yet")));
    study.add_document(file("x.txt", "One\n"), &ImportOptions::default()).unwrap();
    assert_eq!(told(&study.corpus().1), Vec::<String>::new());
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = Folder::new();
    let mut study = folder.init();
    let before = names(&folder.dir().join("corpus"));
    let options = ImportOptions { dry_run: true, ..ImportOptions::default() };
    let report = study.add_document(file("x.txt", "One\n"), &options).unwrap();
    assert_eq!(report.added.len(), 1);
    assert_eq!(names(&folder.dir().join("corpus")), before);
    assert!(study.state().is_empty());
}

#[test]
fn an_import_that_was_cut_off_is_taken_up_again() {
    let folder = Folder::new();
    let mut study = folder.init();
    // The text was written, the act was not.
    folder.write("corpus/x.txt", "One\n");
    assert!(told(&study.corpus().1).iter().any(|p| p.contains("belongs to no document")));
    let report = study.add_document(file("x.txt", "One\n"), &ImportOptions::default()).unwrap();
    assert_eq!(report.added[0].document, "x");
    // A stray text is never overwritten.
    folder.write("corpus/y.txt", "Stray\n");
    let report = study.add_document(file("y.txt", "Other\n"), &ImportOptions::default()).unwrap();
    assert_eq!(report.added[0].document, "y-2");
    assert_eq!(folder.read("corpus/y.txt"), "Stray\n");
}

#[test]
fn bytes_that_differ_are_no_revision_and_other_characters_are() {
    let folder = Folder::new();
    let mut study = folder.init();
    study.add_document(file("x.txt", "Één café.\nTwee.\n"), &ImportOptions::default()).unwrap();
    let windows = b"\xc9\xe9n caf\xe9.\r\nTwee.";
    let decomposed = "\u{feff}E\u{301}e\u{301}n cafe\u{301}.\rTwee.\n\n".as_bytes();
    for bytes in [windows.as_slice(), decomposed] {
        folder.write("corpus/x.txt", bytes);
        let (corpus, problems) = study.corpus();
        assert_eq!(told(&problems), Vec::<String>::new());
        assert_eq!(corpus.document("x").unwrap().text.as_str(), "Één café.\nTwee.\n");
    }
    folder.write("corpus/x.txt", "Één café.\nDrie.\n");
    let (corpus, problems) = study.corpus();
    assert!(problems[0].hint.contains("backup"), "{problems:?}");
    assert!(problems[1].what.starts_with("the turns belong to another version"));
    assert_eq!(corpus.document("x").unwrap().text.as_str(), "Één café.\nDrie.\n");
    assert!(corpus.document("x").unwrap().turns.is_empty());
}

#[test]
fn turns_that_do_not_fit_are_not_used() {
    let folder = Folder::new();
    let study = with_documents(&folder, &["x"]);
    let hash = study.corpus().0.document("x").unwrap().hash.unwrap();
    for (json, wanted) in [
        (format!("{{\"text\":\"{hash}\",\"turns\":[[0,2,99,\"A\",null]]}}"), "turn 1 does not fit"),
        ("{\n nonsense".to_owned(), "corpus/x.json:2: this is no description"),
        ("<<<<<<< HEAD\n".to_owned(), "corpus/x.json:1: git conflict mark"),
    ] {
        folder.write("corpus/x.json", json);
        let (corpus, problems) = study.corpus();
        assert!(told(&problems)[0].contains(wanted), "{problems:?}");
        assert!(corpus.document("x").unwrap().turns.is_empty());
    }
    fs::remove_file(folder.dir().join("corpus/x.json")).unwrap();
    assert!(told(&study.corpus().1)[0].contains("not synchronised yet"));
    let (_, turns, _) = study.relayout("x", None).unwrap();
    assert_eq!(study.corpus().0.document("x").unwrap().turns.len(), turns);
    assert_eq!(told(&study.corpus().1), Vec::<String>::new());
    assert!(matches!(study.relayout("nobody", None), Err(StudyError::NoDocument { .. })));
}

#[test]
fn tables_of_every_make_are_joined_in_their_order() {
    let folder = Folder::new();
    let study = with_documents(&folder, &["a", "b", "c"]);
    folder.write("corpus/documents.csv", b"\xef\xbb\xbfDOCUMENT;Organisation;Title;Mode\r\nc;linde;\"C; the \"\"last\"\"\";phone\r\na;linde;;\r\n".as_slice());
    folder.write(
        "corpus/cases.csv",
        b"organisation\tname\tsector\nlinde\tCaf\xe9 De Linde\tcare\neik\t\t\n".as_slice(),
    );
    folder.write(
        "corpus/speakers.csv",
        "document,speaker,role,case,quote,age\na,I,Interviewer,,,\na,R,,eik,NO,44\n",
    );
    let (corpus, problems) = study.corpus();
    assert_eq!(told(&problems), Vec::<String>::new());
    assert_eq!(corpus.documents.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["c", "a", "b"]);
    let c = corpus.document("c").unwrap();
    assert_eq!(
        (c.title.as_str(), c.case.as_deref(), attribute(&c.attributes, "mode")),
        ("C; the \"last\"", Some("linde"), Some("phone"))
    );
    assert_eq!(corpus.document("a").unwrap().title, "a");
    let cases: Vec<_> = corpus.cases.iter().map(|c| (c.id.as_str(), c.name.as_str())).collect();
    assert_eq!(cases, [("linde", "Café De Linde"), ("eik", "eik")]);
    let speakers = &corpus.document("a").unwrap().speakers;
    assert_eq!((speakers[0].role, speakers[0].role_known), (Role::Interviewer, true));
    assert_eq!(
        (speakers[1].role, speakers[1].role_known, speakers[1].case.as_deref(), speakers[1].quote.as_str()),
        (Role::Respondent, false, Some("eik"), "no")
    );
    assert_eq!(attribute(&speakers[1].attributes, "age"), Some("44"));
}

#[test]
fn what_is_wrong_in_tables_has_its_line() {
    let folder = Folder::new();
    let study = with_documents(&folder, &["a"]);
    folder.write("corpus/documents.csv", "document,case\na,x\nzzz,x\na,y\n");
    folder.write("corpus/cases.csv", "name,sector\nLinde,care\n");
    folder.write("corpus/organisations.csv", "organisation,name\nx,X\nx,Y\n,Z\n");
    folder.write("corpus/speakers.csv", "document,speaker,role\na,R,boss\nq,R,\na,R,\n");
    folder.write("corpus/documents (1).csv", "document\n");
    folder.write("corpus/notes.docx", "x");
    let told = told(&study.check());
    for wanted in [
        "corpus/cases.csv:1: there is no column case; the table is not used",
        "corpus/documents.csv:3: the study has no document zzz",
        "corpus/documents.csv:4: document a is in line 2 already",
        "corpus/speakers.csv:2: \"boss\" is no role; it counts as respondent",
        "corpus/speakers.csv:3: the study has no document q",
        "corpus/speakers.csv:4: speaker R of a is in line 2 already",
        "corpus/documents (1).csv: a conflict copy; it is not loaded",
        "corpus/notes.docx: a file that belongs to no document; it is not loaded",
        "corpus/organisations.csv: there is another table of cases: corpus/cases.csv",
    ] {
        assert!(told.iter().any(|t| t.starts_with(wanted)), "{wanted}\n{told:#?}");
    }
    assert_eq!(study.corpus().0.document("a").unwrap().case.as_deref(), Some("x"));
    // A table that cannot be read is not replaced by a new one.
    let mut study = folder.open();
    let why = study.import_table("cases.csv", b"case,name\nx,X\n").unwrap_err();
    assert!(why.to_string().contains("corpus/cases.csv:1: there is no column case"), "{why}");
    assert_eq!(folder.read("corpus/cases.csv"), "name,sector\nLinde,care\n");
}

#[test]
fn a_table_is_merged_into_the_researchers_own() {
    let folder = Folder::new();
    let mut study = with_documents(&folder, &["a", "b"]);
    folder.write("corpus/documents.csv", "\u{feff}mine;document;case\r\n1;a;old\r\n");
    let (report, problems) = study
        .import_table(
            "T.csv",
            "document,file,organisation,mode\nB.docx,,eik,phone\nzzz,in/a.txt,linde,\nqq,,,\n".as_bytes(),
        )
        .unwrap();
    assert_eq!(
        (report.kind, report.rows, report.matched, report.columns.clone()),
        (TableKind::Documents, 3, 2, vec!["mode".to_owned()])
    );
    assert_eq!(
        folder.read("corpus/documents.csv"),
        "\u{feff}mine;document;case;mode\r\n1;a;linde;\r\n;b;eik;phone\r\n"
    );
    assert!(
        told(&problems).iter().any(|p| p.starts_with("T.csv:4: the study has no document qq")),
        "{problems:?}"
    );
    let (report, _) = study.import_table("o.csv", b"organisation;name\nlinde;De Linde\n").unwrap();
    assert_eq!(report.kind, TableKind::Cases);
    assert_eq!(folder.read("corpus/cases.csv"), "case,name,cite_as\nlinde,De Linde,\n");
    let why = study.import_table("x.csv", b"colour,size\n1,2\n").unwrap_err();
    assert!(matches!(why, StudyError::UnknownTable { .. }));
}

#[test]
fn a_table_that_changed_underneath_is_not_replaced() {
    let folder = Folder::new();
    let study = with_documents(&folder, &["a"]);
    let (mut tables, _) = verbatim_study::Tables::read(study.dir(), study.case_label());
    let table = tables.documents_mut();
    let kind = table.column_or_add(&["kind"]);
    table.set(0, kind, "interview");
    folder.write("corpus/documents.csv", "document,kind\na,typed meanwhile\n");
    let why = tables.save(study.dir()).unwrap_err();
    assert!(matches!(&why, StudyError::Changed { .. }) && !why.hint().is_empty());
    assert_eq!(folder.read("corpus/documents.csv"), "document,kind\na,typed meanwhile\n");
}

#[test]
fn the_founders_come_in_with_all_three_tables() {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/corpora/founders");
    if !data.is_dir() {
        println!("skipped: {} is not there", data.display());
        return;
    }
    let folder = Folder::new();
    let init = Init { case_label: Some("organisation".into()), ..Init::default() };
    let (mut study, _) = Study::init(&folder.dir(), init, &folder.context("anna", 1)).unwrap();
    let report = study.import(std::slice::from_ref(&data), &ImportOptions::default()).unwrap();
    assert_eq!(report.added.len(), 50);
    assert_eq!(report.tables.len(), 3);
    for table in &report.tables {
        assert!(table.matched == table.rows || table.kind == TableKind::Speakers, "{table:?}");
    }
    let study = folder.open();
    let (corpus, problems) = study.corpus();
    let bad: Vec<_> = problems.iter().filter(|p| p.severity != model::problem::Severity::Note).collect();
    assert!(bad.is_empty(), "{bad:#?}");
    assert_eq!(corpus.documents.len(), 50);
    assert_eq!(corpus.cases.iter().filter(|c| c.listed).count(), 48);
    assert_eq!(corpus.documents[0].id, "founders-talk-7", "the researcher's order");
    assert_eq!(corpus.documents[0].case.as_deref(), Some("tetris-company"));
    assert_eq!(
        attribute(&corpus.case("tetris-company").unwrap().attributes, "sector"),
        Some("consumer software")
    );
    let adam = corpus.documents[0].speaker("Adam Stacoviak").unwrap();
    assert_eq!((adam.role, adam.case.as_deref()), (Role::Interviewer, Some("changelog-media")));
    assert!(
        folder
            .read("corpus/documents.csv")
            .starts_with("document,title,case,kind,language,date,cite_as,guest,words\n")
    );
    // The same folder again changes nothing.
    let tables = ["documents", "cases", "speakers"].map(|t| folder.read(&format!("corpus/{t}.csv")));
    let mut study = folder.open();
    let again = study.import(&[data], &ImportOptions::default()).unwrap();
    assert_eq!((again.added.len(), again.known.len()), (0, 50));
    assert_eq!(["documents", "cases", "speakers"].map(|t| folder.read(&format!("corpus/{t}.csv"))), tables);
}
