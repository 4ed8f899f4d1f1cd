//! Searching and indexing beside other programs that do the same work on the same files, in turn.
//!
//! `cargo bench -p verbatim-index --bench floors`, with
//! `FLOORS` the folder of the floor programs (`tidx`, `tupdate`, `tsearch`, `limidx`),
//! `FLOOR_DATA` the folder with `c50/transcripts`, `c1000/transcripts` and the `q_*.tsv` of queries,
//! `FLOOR_FTS5` the Python program that asks SQLite. `SIZES` (default `50,1000`), `ROUNDS` (5).
//! What is not there is left out, and said.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]
#![expect(clippy::disallowed_methods, reason = "a benchmark writes what it hands to other programs")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use model::corpus::{Corpus, Document};
use model::text::{Text, TextHash};
use study::TextAtHand;
use verbatim_index::{Index, Options, Query, Trust};

/// The texts of a folder, as a study would load them.
fn load(folder: &Path) -> Corpus {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    Corpus::new(String::new(), paths.iter().map(|p| read(p)).collect(), Vec::new())
}

fn read(path: &Path) -> Document {
    let text = Text::new(std::fs::read_to_string(path).unwrap());
    let id = path.file_stem().unwrap().to_string_lossy().into_owned();
    Document { hash: Some(text.hash()), text, id, language: "nl".into(), ..Document::default() }
}

fn median(mut times: Vec<f64>) -> f64 {
    percentile(&mut times, 0.5)
}

fn percentile(times: &mut [f64], p: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * p).round() as usize]
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Where the other programs and their data lie.
struct Beside {
    floors: PathBuf,
    data: PathBuf,
    fts5: Option<PathBuf>,
}

impl Beside {
    fn find() -> Option<Self> {
        let path = |name| std::env::var_os(name).map(PathBuf::from).filter(|p| p.exists());
        Some(Self { floors: path("FLOORS")?, data: path("FLOOR_DATA")?, fts5: path("FLOOR_FTS5") })
    }

    /// Runs a floor; gives its wall time in milliseconds and what it printed.
    fn run(&self, program: &str, args: &[&str]) -> (f64, String) {
        let start = Instant::now();
        let out = Command::new(self.floors.join(program)).args(args).stdin(Stdio::null()).output().unwrap();
        let took = ms(start);
        assert!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
        (took, format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)))
    }
}

/// The number behind `name` in what a floor printed.
fn figure(text: &str, name: &str) -> f64 {
    let behind = text.split(name).nth(1).unwrap_or_default();
    let digits: String = behind.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.parse().unwrap_or(f64::NAN)
}

/// One figure with its floor and what is aimed at.
fn line(what: &str, own: f64, floor: f64, goal: &str) {
    println!("  {what:<34} {own:>9.4}  floor {floor:>9.3}  ratio {:>5.2}  ({goal})", own / floor);
}

fn measure(beside: &Beside, size: &str, rounds: usize) {
    let source = beside.data.join(format!("c{size}/transcripts"));
    if !source.is_dir() {
        println!("{size} interviews: left out, there is no {}", source.display());
        return;
    }
    let src = source.to_str().unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let at = |name: &str| scratch.path().join(name).to_str().unwrap().to_owned();
    println!("{size} interviews, {rounds} rounds; milliseconds, medians");

    // From nothing, as whole processes.
    let (mut own, mut bare, mut own_mb, mut bare_mb) = (Vec::new(), Vec::new(), 0.0, 0.0);
    for _ in 0..rounds {
        let (took, said) =
            beside.run("tidx", &["--src", src, "--out", &at("tidx"), "--threads", "2", "--stem", "nl"]);
        bare.push(took);
        bare_mb = figure(&said, "rssMB=");
        _ = std::fs::remove_dir_all(at("own"));
        let start = Instant::now();
        let out = Command::new(std::env::current_exe().unwrap())
            .args(["--own-index", src, &at("own")])
            .output()
            .unwrap();
        own.push(ms(start));
        own_mb = String::from_utf8_lossy(&out.stdout).trim().parse().unwrap();
    }
    line("index from nothing", median(own), median(bare), "goal 1.4");
    line("memory while indexing, MB", own_mb, bare_mb, "goal 1.2");

    let mut corpus = load(&source);
    let mut index = Index::open(Some(Path::new(&at("own"))), &corpus);
    assert_eq!((index.report().indexed, index.report().trouble.clone()), (0, None));

    // One changed interview.
    let file = std::fs::read_dir(&source).unwrap().next().unwrap().unwrap().path();
    let (_, said) =
        beside.run("tupdate", &["--idx", &at("tidx"), "--file", file.to_str().unwrap(), "--n", "21"]);
    let changed = corpus.documents.iter().position(|d| file.file_stem().unwrap() == d.id.as_str()).unwrap();
    let original = read(&file);
    let updates = updated(&mut index, &mut corpus, changed, &file, 21);
    line("one changed interview", median(updates), figure(&said, "p50="), "goal 1.2");
    corpus.documents[changed] = original;
    index.refresh(&corpus);

    // Every place of one word, warm.
    beside.run("limidx", &["build", "--src", src, "--out", &at("lim"), "--threads", "2", "--stem", "none"]);
    let queries = |name: &str| -> Vec<(String, String)> {
        let text = std::fs::read_to_string(beside.data.join(name)).unwrap_or_default();
        text.lines().filter_map(|l| l.split_once('\t')).map(|(k, q)| (k.to_owned(), q.to_owned())).collect()
    };
    let samples = 1000;
    for (what, name) in
        [("frequent", "q_term_high.tsv"), ("middling", "q_term_mid.tsv"), ("rare", "q_term_rare.tsv")]
    {
        let all = queries(name);
        let repeated = at("queries.tsv");
        let lines: Vec<String> = all.iter().cycle().take(samples).map(|(k, q)| format!("{k}\t{q}")).collect();
        std::fs::write(&repeated, lines.join("\n")).unwrap();
        // In turn, since the machine's pace changes from one second to the next. The floor tells its median to
        // a thousandth of a millisecond, which is coarse beside two or three: so means are compared too.
        let (mut own, mut middle, mut mean) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rounds {
            let (_, said) = beside
                .run("limidx", &["search", "--out", &at("lim"), "--queries", &repeated, "--print", "0"]);
            let mut took = warm(&index, &corpus, all.iter().map(|(_, q)| q.clone()), samples);
            let all_of_them: f64 = took.iter().sum();
            mean.push(all_of_them / figure(&said, "total="));
            middle.push((percentile(&mut took, 0.5), figure(&said, "p50=")));
            own.extend(took);
        }
        let (p50, floors) = middle.into_iter().unzip();
        line(&format!("all places of a {what} word"), median(p50), median(floors), "goal 1.5");
        println!("    99th percentile {:.3}; ratio of means {:.2}", percentile(&mut own, 0.99), median(mean));
    }

    // Phrases and words together, beside SQLite.
    if let Some(fts5) = &beside.fts5 {
        let python = |args: &[&str]| {
            let out = Command::new("python3").arg(fts5).args(args).output().unwrap();
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
            String::from_utf8_lossy(&out.stdout).into_owned()
        };
        python(&["index", src, &at("fts5")]);
        for (what, name) in [("phrase", "q_phrase.tsv"), ("boolean", "q_boolean.tsv")] {
            let all = queries(name);
            let said = python(&["search", &at("fts5"), beside.data.join(name).to_str().unwrap(), "hl"]);
            let written = |q: &String| if what == "phrase" { format!("\"{q}\"") } else { q.clone() };
            let mut own = warm(&index, &corpus, all.iter().map(|(_, q)| written(q)), samples);
            line(what, percentile(&mut own, 0.5), figure(&said, "p50="), "never slower");
            println!("    95th {:.2}, SQLite's {:.2}", percentile(&mut own, 0.95), figure(&said, "p95="));
        }
        let pairs = queries("q_boolean.tsv");
        let near = pairs.iter().map(|(_, q)| q.replace(' ', " NEAR/8 "));
        let mut own = warm(&index, &corpus, near, samples);
        println!("  near: median {:.2}, 95th {:.2}", percentile(&mut own, 0.5), percentile(&mut own, 0.95));
    }

    // Wrong letters, and words inside words.
    let fuzzy = queries("q_fuzzy.tsv");
    let tsv = beside.data.join("q_fuzzy.tsv");
    beside.run("tidx", &["--src", src, "--out", &at("plain"), "--threads", "2", "--stem", "none"]);
    let (_, said) = beside.run(
        "tsearch",
        &[
            "--idx",
            &at("plain"),
            "--src",
            src,
            "--stem",
            "none",
            "--queries",
            tsv.to_str().unwrap(),
            "--rounds",
            "3",
        ],
    );
    let mut own = warm(&index, &corpus, fuzzy.iter().map(|(_, q)| format!("{q}~")), 200);
    line("typo, 95th percentile", percentile(&mut own, 0.95), figure(&said, "p95="), "goal 0.2");
    let ends = |q: &str| q.chars().skip(2).collect::<String>();
    let mut own = warm(&index, &corpus, fuzzy.iter().map(|(_, q)| format!("*{}", ends(q))), 200);
    line("word end, 95th percentile", percentile(&mut own, 0.95), figure(&said, "p95="), "goal 0.2");

    // The first page.
    let high = queries("q_term_high.tsv");
    let options = Options { limit: Some(50), ..Options::default() };
    let mut own: Vec<f64> = high
        .iter()
        .cycle()
        .take(samples)
        .map(|(_, q)| {
            let query = Query::parse(q).unwrap();
            let start = Instant::now();
            let found = index.search(&corpus, &query, &options).unwrap();
            for hit in &found.hits {
                std::hint::black_box(verbatim_index::kwic(&corpus, hit, 40));
            }
            ms(start)
        })
        .collect();
    println!(
        "  first page of a frequent word: median {:.2}, 99th {:.2} (goal 2)",
        percentile(&mut own, 0.5),
        percentile(&mut own, 0.99)
    );
}

/// Milliseconds for each of several changes of one interview, read from its file and indexed.
fn updated(index: &mut Index, corpus: &mut Corpus, at: usize, file: &Path, times: usize) -> Vec<f64> {
    let one = |round: usize| {
        let start = Instant::now();
        let text = std::fs::read_to_string(file).unwrap() + &format!("ronde{round}\n");
        let text = Text::new(text);
        corpus.documents[at].hash = Some(text.hash());
        corpus.documents[at].text = text;
        assert_eq!(index.refresh(corpus).indexed, 1);
        ms(start)
    };
    (0..times).map(one).collect()
}

/// Milliseconds per search, `samples` of them.
fn warm(index: &Index, corpus: &Corpus, queries: impl Iterator<Item = String>, samples: usize) -> Vec<f64> {
    let queries: Vec<Query> = queries.map(|q| Query::parse(&q).unwrap()).collect();
    for query in &queries {
        std::hint::black_box(index.search(corpus, query, &Options::default()).unwrap());
    }
    let one = |query: &Query| {
        let start = Instant::now();
        std::hint::black_box(index.search(corpus, query, &Options::default()).unwrap());
        ms(start)
    };
    queries.iter().cycle().take(samples).map(one).collect()
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, mode, src, out] = args.as_slice()
        && mode == "--own-index"
    {
        // As `verbatim index` does it: read for its hash, then read again and indexed.
        let mut paths: Vec<PathBuf> = std::fs::read_dir(src).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        let read = |at: usize| {
            // The data is not as an import leaves it: blank lines at the end go.
            let text = Text::new(std::fs::read_to_string(&paths[at]).unwrap()).into_string();
            let hash = TextHash::of(&text);
            Some((text, hash))
        };
        let texts: Vec<TextAtHand> = (0..paths.len())
            .map(|at| read(at).map(|(text, hash)| TextAtHand::elsewhere(hash, text.len())).unwrap())
            .collect();
        let report = verbatim_index::stream(Some(Path::new(out)), &texts, &read, Trust::None, &|_, _| true);
        assert_eq!((report.indexed, report.trouble), (paths.len(), None));
        println!("{:.0}", memory());
        return;
    }
    if let [_, mode, src, out, queries] = args.as_slice()
        && mode == "--own-warm"
    {
        // For a profiler: the same searches over and over.
        let corpus = load(Path::new(src));
        let index = Index::open(Some(Path::new(out)), &corpus);
        let queries = queries.split('|').map(str::to_owned);
        let mut own =
            warm(&index, &corpus, queries, std::env::var("SAMPLES").map_or(400, |n| n.parse().unwrap()));
        println!("median {:.4}, 95th {:.4}", percentile(&mut own, 0.5), percentile(&mut own, 0.95));
        return;
    }
    if let [_, mode, src, out] = args.as_slice()
        && mode == "--own-update"
    {
        // For a profiler: the same interview changed over and over.
        let mut corpus = load(Path::new(src));
        let mut index = Index::open(Some(Path::new(out)), &corpus);
        let file = Path::new(src).join(format!("{}.txt", corpus.documents[0].id));
        println!("median {:.2}", median(updated(&mut index, &mut corpus, 0, &file, 101)));
        return;
    }
    let Some(beside) = Beside::find() else {
        println!("left out: FLOORS and FLOOR_DATA do not name the folders of the floor programs and data");
        return;
    };
    let sizes = std::env::var("SIZES").unwrap_or_else(|_| "50,1000".into());
    let rounds = std::env::var("ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(5);
    for size in sizes.split(',') {
        measure(&beside, size.trim(), rounds);
    }
}
