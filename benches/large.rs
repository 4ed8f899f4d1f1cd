//! Large studies, each as a whole process: a table over a million codings beside parsing the same journal
//! with serde_json on as many threads (and beside `DuckDB` where it can be had); and a thousand interviews
//! with 200,000 codings, tabulated once and again, and exported.
//!
//! `cargo bench --bench large`; `CODINGS` and `INTERVIEWS` make it smaller; `-- --make FOLDER` only makes
//! a study of so many codings and interviews there, to look at. Where `python3` has the
//! package `duckdb`, it reads the same journal.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and may panic")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

mod line;
mod made;

const RUNS: usize = 7;

/// Counts what a table counts, by document: the least that `DuckDB` can be asked.
const DUCKDB: &str = "import sys, duckdb
c = duckdb.connect()
c.execute('set threads=2')
print(c.execute(\"select x.anchor.document d, x.code k, count(*) from (select unnest(changes) x from \"
    \"read_json('\" + sys.argv[1] + \"', format='newline_delimited', maximum_object_size=100000000, \"
    \"columns={changes: 'STRUCT(anchor STRUCT(document VARCHAR), code VARCHAR)[]'})) group by all\").fetchall()[:1])
";

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    let mut args = std::env::args().skip(1);
    match args.next().as_deref() {
        Some("--floor") => return floor(Path::new(&args.next().unwrap())),
        Some("--make") => {
            let [interviews, codings] = ["INTERVIEWS", "CODINGS"].map(|name| number(name, 1_000));
            made::study(Path::new(&args.next().unwrap()), interviews, codings);
            return;
        }
        _ => {}
    }
    million();
    thousand();
}

/// A program in a folder with a configuration and a cache of its own.
struct Bench {
    folder: tempfile::TempDir,
    study: PathBuf,
}

impl Bench {
    fn new(interviews: usize, codings: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let study = made::study(folder.path(), interviews, codings);
        // What changed a moment ago is not kept in a cache.
        let then = SystemTime::now() - Duration::from_hours(1);
        for dir in [study.clone(), study.join("corpus"), study.join("journal")] {
            for path in fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()) {
                File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
            }
        }
        Self { folder, study }
    }

    fn verbatim(&self, args: &[&str]) -> Duration {
        timed(
            Command::new(env!("CARGO_BIN_EXE_verbatim"))
                .args(["--quiet", "--study"])
                .arg(&self.study)
                .args(args)
                .env("VERBATIM_CONFIG", self.folder.path().join("config"))
                .env("VERBATIM_CACHE", self.folder.path().join("cache")),
        )
    }

    fn forget(&self) {
        _ = fs::remove_dir_all(self.folder.path().join("cache"));
    }

    fn floor(&self) -> Duration {
        timed(Command::new(std::env::current_exe().unwrap()).arg("--floor").arg(self.study.join("journal")))
    }

    fn journal(&self) -> f64 {
        let files = fs::read_dir(self.study.join("journal")).unwrap();
        files.map(|f| f.unwrap().metadata().unwrap().len()).sum::<u64>() as f64 / 1e6
    }
}

fn million() {
    let codings = number("CODINGS", 1_000_000);
    let bench = Bench::new(50, codings);
    println!("50 interviews, {codings} codings, journals {:.0} MB", bench.journal());
    let duckdb =
        Command::new("python3").args(["-c", "import duckdb"]).output().is_ok_and(|o| o.status.success());
    let [mut first, mut again, mut bare, mut duck] = [const { Vec::new() }; 4];
    for run in 0..=RUNS {
        bench.forget();
        let times = [bench.floor(), bench.verbatim(&["freq", "--csv"]), bench.verbatim(&["freq", "--csv"])];
        let large = bench.study.join("journal/anna-bench.jsonl");
        let theirs = duckdb.then(|| timed(Command::new("python3").args(["-c", DUCKDB]).arg(large)));
        // The first run warms the file system's cache for all.
        if run > 0 {
            bare.push(times[0]);
            first.push(times[1]);
            again.push(times[2]);
            duck.extend(theirs);
        }
    }
    let bare = told("parsed with serde_json, 2 threads", &mut bare, None);
    let duck = (!duck.is_empty()).then(|| told("DuckDB, 2 threads, counts alone", &mut duck, Some(bare)));
    let first = told("freq", &mut first, Some(bare));
    told("freq again, from what was kept", &mut again, Some(bare));
    if let Some(duck) = duck {
        println!("{:42} {:8.2}", "freq to DuckDB", first / duck);
    }
}

fn thousand() {
    let interviews = number("INTERVIEWS", 1_000);
    let bench = Bench::new(interviews, interviews * 200);
    println!("{interviews} interviews, {} codings, journals {:.0} MB", interviews * 200, bench.journal());
    let [mut opened, mut first, mut again, mut export] = [const { Vec::new() }; 4];
    let out = bench.folder.path().join("package");
    for run in 0..=RUNS {
        bench.forget();
        let times = [
            bench.verbatim(&["documents", "--csv"]),
            bench.verbatim(&["freq", "--csv"]),
            bench.verbatim(&["freq", "--csv"]),
            bench.verbatim(&["export", out.to_str().unwrap()]),
        ];
        if run > 0 {
            opened.push(times[0]);
            first.push(times[1]);
            again.push(times[2]);
            export.push(times[3]);
        }
    }
    let opened = told("the study opened (documents)", &mut opened, None);
    told("freq, of which nothing was kept", &mut first, Some(opened));
    told("freq again, from what was kept", &mut again, Some(opened));
    told("export of everything", &mut export, Some(opened));
}

/// Prints a median in milliseconds, with its ratio to another; gives it.
fn told(what: &str, times: &mut [Duration], to: Option<f64>) -> f64 {
    times.sort_unstable();
    let median = times[times.len() / 2].as_secs_f64() * 1e3;
    let ratio = to.map(|to| format!("{:8.2}", median / to)).unwrap_or_default();
    println!("{what:42} {median:8.0} ms {ratio}");
    median
}

fn timed(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).status().unwrap();
    let took = start.elapsed();
    assert!(status.success(), "{command:?}");
    took
}

/// Parses every field of every act, on two threads that each take half of a file's lines.
fn floor(journal: &Path) {
    let mut changes = 0;
    for entry in fs::read_dir(journal).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let half = (0..=text.len() / 2).rev().find(|at| text.as_bytes()[..*at].ends_with(b"\n")).unwrap_or(0);
        let (front, back) = text.split_at(half);
        changes += std::thread::scope(|scope| {
            let other = scope.spawn(|| line::parse(back));
            line::parse(front) + other.join().unwrap()
        });
    }
    println!("{changes}");
}
