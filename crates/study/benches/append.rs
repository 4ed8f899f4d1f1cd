//! One durable coding in an open session, beside the least that it can cost: one write of the same
//! bytes and one `sync_data`, on the same disk, in turn.
//!
//! `cargo bench -p verbatim-study --bench append`; prints medians, 99th percentiles and the ratio.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and may panic")]

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::time::{Duration, Instant};

use model::act::{Change, CodingAdded};
use model::anchor::Anchor;
use model::name::Name;
use model::span::Span;
use verbatim_study::{Context, Draft, ImportOptions, Init, SourceFile, Study};

const ROUNDS: usize = 3_000;
const CODEBOOK: &[u8] = br#"{"id":"b","codes":[{"id":"bread","label":"Bread","status":"fixed"}]}"#;

fn main() {
    // Beside the build, not in a folder of the system that may be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let context = Context::fixed(folder.path(), "anna", 3);
    let dir = folder.path().join("study");
    let init = Init { codebooks: vec![("b.json".to_owned(), CODEBOOK.to_vec())], ..Init::default() };
    let (mut study, _) = Study::init(&dir, init, &context).unwrap();
    let text =
        "Interviewer: En dan?\n\nBakker: Dan kneden we het nog een keer, en dan gaat het de oven in.\n"
            .repeat(500);
    let file = SourceFile { name: "bakker.txt".to_owned(), bytes: text.into_bytes() };
    study.import_files(vec![file], &[], &ImportOptions::default()).unwrap();
    let (corpus, _) = study.corpus();
    let document = &corpus.documents[0];
    let coding = |i: u32| {
        let start = i * 7 % (document.text.len() - 90);
        let anchor =
            Anchor::new(&document.id, &document.text, document.hash.unwrap(), Span::new(start, start + 80));
        let coding = CodingAdded {
            anchor,
            code: Name::new("bread"),
            case: None,
            qualifiers: std::collections::BTreeMap::new(),
            weight: None,
            note: None,
            definition: Some(Name::new("0a1b2c3d")),
            rule: None,
        };
        Draft::new("code", vec![Change::CodingAdded(Box::new(coding))])
    };
    study.append(coding(0)).unwrap();
    let mut bare: File =
        OpenOptions::new().create(true).append(true).open(folder.path().join("bare")).unwrap();
    let line = {
        let act = study.state().acts().last().unwrap();
        model::journal::line(act).unwrap()
    };
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for i in 0..ROUNDS {
        let draft = coding(i as u32);
        let start = Instant::now();
        study.append(draft).unwrap();
        ours.push(start.elapsed());
        let start = Instant::now();
        bare.write_all(&line).unwrap();
        bare.sync_data().unwrap();
        floor.push(start.elapsed());
    }
    ours.sort_unstable();
    floor.sort_unstable();
    let us = |d: Duration| d.as_secs_f64() * 1e6;
    let at = |v: &[Duration], share: f64| us(v[(v.len() as f64 * share) as usize]);
    println!("{} bytes a line, {ROUNDS} rounds in turn", line.len());
    println!("verbatim append   median {:7.1} µs   99th {:7.1} µs", at(&ours, 0.5), at(&ours, 0.99));
    println!("write + sync      median {:7.1} µs   99th {:7.1} µs", at(&floor, 0.5), at(&floor, 0.99));
    println!("ratio of medians  {:.2}   (goal 1.2)", at(&ours, 0.5) / at(&floor, 0.5));
}
