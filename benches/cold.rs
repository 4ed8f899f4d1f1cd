//! Searches a study for one word, as a whole process, beside ripgrep over the same folder in turn.
//!
//! `cargo bench --bench cold`; `RG` names ripgrep (default `rg`), `SIZES` how many interviews
//! (default `50,1000`). Prints medians and their ratio, and what a bare program takes that only looks at
//! every file of the corpus, on two threads: less than that no program can take that answers for the files
//! as they are. `-- --make FOLDER` only makes a study there, to look at.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and may panic")]
#![expect(clippy::disallowed_methods, reason = "a benchmark writes what it hands to the program")]

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use made::{Chance, interview};

#[expect(dead_code, reason = "a study with codings is made by the other benchmark")]
mod made;

const RUNS: usize = 31;
/// What is searched for, and the goal beside ripgrep.
const WORDS: [(&str, f64); 2] = [("vakbond", 0.4), ("zeldzaam", 0.15)];

fn main() {
    let mut args = std::env::args().skip(1);
    match args.next().as_deref() {
        Some("--look") => return look(),
        Some("--make") => {
            let size = std::env::var("SIZES").map_or(1_000, |n| n.parse().unwrap());
            return make(Path::new(&args.next().unwrap()), size);
        }
        _ => {}
    }
    let rg = std::env::var("RG").unwrap_or_else(|_| "rg".to_owned());
    if Command::new(&rg).arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("left out: there is no {rg}; RG names ripgrep");
        return;
    }
    let sizes = std::env::var("SIZES").unwrap_or_else(|_| "50,1000".to_owned());
    for size in sizes.split(',') {
        measure(&rg, size.parse().unwrap());
    }
}

/// An interview in which one word in a thousand is the frequent one; every 31st holds the rare one, once.
fn text(chance: &mut Chance, at: usize) -> String {
    let made = interview(chance, 12_000);
    let mut out = String::with_capacity(made.len() + 100);
    for (n, piece) in made.split_inclusive(" rooster ").enumerate() {
        match piece.strip_suffix(" rooster ") {
            Some(front) if n == 3 && at.is_multiple_of(31) => out.extend([front, " zeldzaam "]),
            Some(front) if n % 25 == 0 => out.extend([front, " vakbond "]),
            _ => out.push_str(piece),
        }
    }
    out
}

/// The program in the study of a folder (or in the folder itself, before there is a study).
fn verbatim(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verbatim"));
    command.args(args).current_dir(folder.join(if args[0] == "init" { "" } else { "study" }));
    command.env("VERBATIM_CONFIG", folder.join("config")).env("VERBATIM_CACHE", folder.join("cache"));
    command.env("VERBATIM_CODER", "anna");
    command
}

/// A study of so many interviews, which has lain in a folder for a while.
fn make(folder: &Path, size: usize) {
    let at = |name: &str| folder.join(name);
    fs::create_dir(at("transcripts")).unwrap();
    let mut chance = Chance(1);
    for i in 0..size {
        fs::write(at("transcripts").join(format!("interview-{i:04}.txt")), text(&mut chance, i)).unwrap();
    }
    timed(&mut verbatim(folder, &["init", "study"]));
    timed(&mut verbatim(folder, &["import", "../transcripts"]));
    let then = SystemTime::now() - Duration::from_hours(1);
    for folder in ["study", "study/corpus", "study/journal"] {
        age(&at(folder), then);
    }
}

fn measure(rg: &str, size: usize) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    make(folder, size);
    println!("{size} interviews");
    let opened = timed(&mut verbatim(folder, &["search", "vakbond", "--limit", "20"]));
    println!("  the first search, which indexes {:9.1} ms", opened.as_secs_f64() * 1e3);
    for (word, goal) in WORDS {
        let [mut ours, mut theirs, mut bare] = [const { Vec::new() }; 3];
        for run in 0..=RUNS {
            let other = timed(
                Command::new(rg).args(["-c", "-i", "-w", word, "corpus/"]).current_dir(folder.join("study")),
            );
            let own = timed(&mut verbatim(folder, &["search", word, "--limit", "20"]));
            let mut looking = Command::new(std::env::current_exe().unwrap());
            let looked = timed(looking.arg("--look").current_dir(folder.join("study")));
            if run > 0 {
                bare.push(looked);
                theirs.push(other);
                ours.push(own);
            }
        }
        let [ours, theirs, bare] = [&mut ours, &mut theirs, &mut bare].map(|times| median(times));
        println!(
            "  {word:<10} verbatim {:8.1} ms   rg {:8.1} ms   ratio {:5.2} (goal {goal})   looking at the files {:5.1} ms, {:4.2}",
            ours.as_secs_f64() * 1e3,
            theirs.as_secs_f64() * 1e3,
            ours.as_secs_f64() / theirs.as_secs_f64(),
            bare.as_secs_f64() * 1e3,
            bare.as_secs_f64() / theirs.as_secs_f64()
        );
    }
}

/// Looks at every file of the corpus, as whoever would use what was kept of it must.
fn look() {
    let entries: Vec<_> = fs::read_dir("corpus").unwrap().map(|entry| entry.unwrap()).collect();
    let looked = |entries: &[fs::DirEntry]| {
        let data = entries.iter().map(|entry| entry.metadata().unwrap());
        data.filter(|data| data.modified().is_ok()).map(|data| data.len()).sum::<u64>()
    };
    let (front, back) = entries.split_at(entries.len() / 2);
    let bytes = std::thread::scope(|scope| {
        let other = scope.spawn(|| looked(back));
        looked(front) + other.join().unwrap()
    });
    println!("{bytes}");
}

fn age(folder: &Path, then: SystemTime) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
        }
    }
}

fn timed(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    let took = start.elapsed();
    assert!(status.success(), "{command:?}");
    took
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
