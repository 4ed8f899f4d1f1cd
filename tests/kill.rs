//! A process that is coding is killed at random; nothing that it reported as saved may be gone.
//!
//! `VERBATIM_LONG=1` kills 200 times instead of 25.
#![expect(clippy::print_stdout, reason = "its child reports on standard output")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use model::act::{Change, CodingAdded};
use model::anchor::Anchor;
use model::id::ActId;
use model::name::Name;
use model::span::Span;
use study::{Context, Draft, ImportOptions, Init, SourceFile, Study};

const CODEBOOK: &[u8] = br#"{"id":"b","codes":[{"id":"bread","label":"Bread","status":"fixed"}]}"#;

fn context(home: &Path) -> Context {
    Context::fixed(home, "anna", 5)
}

/// Not a test by itself: the process that codes until it is killed.
#[test]
fn child_that_codes() {
    let Some(home) = std::env::var_os("VERBATIM_KILL_HOME") else { return };
    let home = Path::new(&home);
    let mut study = Study::open(&home.join("study"), &context(home)).unwrap();
    let (corpus, _) = study.corpus();
    let document = &corpus.documents[0];
    for i in 0.. {
        let start = i % (document.text.len() - 9);
        let anchor =
            Anchor::new(&document.id, &document.text, document.hash.unwrap(), Span::new(start, start + 9));
        let coding = CodingAdded {
            anchor,
            code: Name::new("bread"),
            case: None,
            qualifiers: std::collections::BTreeMap::new(),
            weight: None,
            note: Some("x".repeat(1 + (i as usize * 131) % 9_000)),
            definition: None,
            rule: None,
        };
        let id = study.append(Draft::new("code", vec![Change::CodingAdded(Box::new(coding))])).unwrap();
        println!("saved {id}");
        std::io::stdout().flush().unwrap();
    }
}

#[test]
fn what_was_reported_as_saved_survives_any_kill() {
    let kills = if std::env::var_os("VERBATIM_LONG").is_some() { 200 } else { 25 };
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    let dir = home.join("study");
    let init = Init { codebooks: vec![("b.json".to_owned(), CODEBOOK.to_vec())], ..Init::default() };
    let (mut study, _) = Study::init(&dir, init, &context(home)).unwrap();
    let text =
        "Interviewer: En dan?\n\nBakker: Dan kneden we het nog een keer, en dan gaat het de oven in.\n"
            .repeat(20);
    let file = SourceFile { name: "bakker.txt".to_owned(), bytes: text.into_bytes() };
    study.import_files(vec![file], &[], &ImportOptions::default()).unwrap();
    drop(study);

    let mut saved: Vec<ActId> = Vec::new();
    let mut chance = 88_172_645_463_325_252_u64;
    for _ in 0..kills {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_codes", "--nocapture", "--test-threads", "1"])
            .env("VERBATIM_KILL_HOME", home)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let wanted = 1 + chance % 12;
        let mut seen = 0;
        for line in lines.map_while(Result::ok) {
            // The harness may print in front of the first line.
            let Some(id) = line.split("saved ").nth(1).and_then(ActId::parse) else { continue };
            saved.push(id);
            seen += 1;
            if seen == wanted {
                // A moment of no fixed length, so that the kill falls anywhere in a write.
                for spin in 0..chance % 400_000 {
                    std::hint::black_box(spin);
                }
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(seen >= wanted, "the child ended by itself");
        let study = Study::open(&dir, &context(home)).unwrap();
        for id in &saved {
            assert!(study.state().is_live(*id), "{id} was reported as saved and is gone");
        }
    }
    assert!(saved.len() >= kills);
}
