//! Opens a study of fifty interviews with 20,000 codings and prints its frequency table, as a whole
//! process, beside the least that the same bytes cost: reading the same journal and texts and parsing
//! all fields with serde_json, as a whole process too.
//!
//! `cargo bench --bench table`; prints medians and their ratio.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and may panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

mod line;
mod made;

const RUNS: usize = 31;

fn main() {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some("--floor") {
        floor(Path::new(&args.next().unwrap()));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let study = made::study(folder.path(), 50, 20_000);
    let journal: u64 =
        fs::read_dir(study.join("journal")).unwrap().map(|f| f.unwrap().metadata().unwrap().len()).sum();
    println!("50 interviews, 20,000 codings, journals {:.1} MB", journal as f64 / 1e6);
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        let floor = timed(Command::new(std::env::current_exe().unwrap()).arg("--floor").arg(&study));
        let table = timed(
            Command::new(env!("CARGO_BIN_EXE_verbatim"))
                .args(["--quiet", "freq", "--csv", "--study"])
                .arg(&study)
                .env("VERBATIM_CONFIG", folder.path().join("config"))
                .env("VERBATIM_CACHE", folder.path().join("cache")),
        );
        // The first run warms the file system's cache for both.
        if run > 0 {
            bare.push(floor);
            ours.push(table);
        }
    }
    let (ours, bare) = (median(&mut ours), median(&mut bare));
    println!("verbatim freq   {:8.1} ms", ours.as_secs_f64() * 1e3);
    println!("floor           {:8.1} ms", bare.as_secs_f64() * 1e3);
    println!("ratio           {:8.2}    (goal 1.5)", ours.as_secs_f64() / bare.as_secs_f64());
}

fn timed(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).status().unwrap();
    let took = start.elapsed();
    assert!(status.success(), "{command:?}");
    took
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Reads every text and parses every field of every act, and nothing else.
fn floor(study: &Path) {
    let mut bytes = 0;
    for folder in ["corpus", "journal"] {
        for entry in fs::read_dir(study.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            bytes += text.len();
            if folder == "journal" {
                bytes += line::parse(&text);
            } else if path.extension().is_some_and(|e| e == "json") {
                std::hint::black_box(serde_json::from_str::<serde_json::Value>(&text).unwrap());
            }
        }
    }
    println!("{bytes}");
}
