//! What opening a large study and one durable coding cost. Ignored: it measures, it does not judge.
//! `cargo test --release -p verbatim-study --test speed -- --ignored --nocapture`

#![expect(clippy::print_stdout, reason = "a test that skips or measures says so")]

mod common;

use std::io::Write;
use std::time::Instant;

use common::{Folder, code};
use model::act::Act;
use verbatim_study::{ImportOptions, SourceFile, Study};

#[test]
#[ignore = "measures"]
fn twenty_thousand_codings_and_fifty_texts() {
    let folder = Folder::new();
    let mut study = folder.init();
    let words: Vec<&str> =
        "de organisatie heeft flexibele mensen nodig en zij zijn daar erg blij mee, ook één café"
            .split(' ')
            .collect();
    let text = |i: usize| {
        (0..14_000)
            .map(|w| words[(w * 7 + i * (w % 5) + w / (i + 3)) % words.len()])
            .collect::<Vec<_>>()
            .join(" ")
    };
    let files =
        (0..50).map(|i| SourceFile { name: format!("d{i}.txt"), bytes: text(i).into_bytes() }).collect();
    study.import_files(files, &[], &ImportOptions::default()).unwrap();
    study.append(code(0)).unwrap();
    let name = folder.journals()[0].clone();
    let line = folder.read(&format!("journal/{name}")).lines().last().unwrap().to_owned();
    let mut act: Act = serde_json::from_str(&line).unwrap();
    let mut bytes = Vec::new();
    for i in 0..20_000_u64 {
        act.id = model::id::ActId::from_parts(1_700_000_000_000 + i, 0, 7);
        act.n = i + 1;
        let line = model::journal::line(&act).unwrap();
        bytes.extend_from_slice(&line);
    }
    folder.write("journal/bram-222222.jsonl", &bytes);
    drop(study);
    println!("{} bytes of journal", bytes.len());
    for _ in 0..3 {
        let t = Instant::now();
        let acts: Vec<Act> = bytes
            .split(|b| *b == b'\n')
            .filter(|l| !l.is_empty())
            .map(|l| serde_json::from_slice(l).unwrap())
            .collect();
        let parse = t.elapsed();
        drop(acts);
        let t = Instant::now();
        let study = Study::open(&folder.dir(), &folder.context("anna", 1)).unwrap();
        let open = t.elapsed();
        let t = Instant::now();
        let (corpus, _) = study.corpus();
        println!(
            "one serde_json pass {parse:?}, open {open:?}, corpus {:?} ({} documents)",
            t.elapsed(),
            corpus.documents.len()
        );
    }
    let mut study = folder.open();
    study.append(code(1)).unwrap();
    let (mut own, mut bare) = (Vec::new(), Vec::new());
    let mut file = std::fs::File::create(folder.temp.path().join("bare")).unwrap();
    for i in 0..200 {
        let t = Instant::now();
        study.append(code(i)).unwrap();
        own.push(t.elapsed());
        let t = Instant::now();
        file.write_all(line.as_bytes()).unwrap();
        file.sync_data().unwrap();
        bare.push(t.elapsed());
    }
    own.sort();
    bare.sort();
    println!("durable coding {:?}, append and sync alone {:?}", own[100], bare[100]);
}
