//! A search that opens no study says exactly what one says that does, whatever happens to the files.

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use index::Query;
use model::counted::Roles;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use study::{Context, Snapshot};

use crate::support::{Ran, World};

/// Queries that need no codings, from one word to everything at once.
const ANSWERED: &[&str] = &[
    "mensen",
    "PEOPLE",
    "de",
    "terminal",
    "zzzz",
    "mens*",
    "*ing",
    "people~",
    "stem:werken",
    "mensen OR people",
    "mensen hebben",
    "\"de mensen\"",
    "\"in the\"",
    "mensen -hebben",
    "mensen NEAR kunnen",
    "/[0-9]{4}/",
    "kantoor role:interviewer",
    "role:interviewer",
    "mensen case:rietvink",
    "mensen doc:03-kwartel",
    "people lang:en",
    "interviewer speaker:interviewer",
    "mensen sector:zorg",
    "interviewer",
    "manager",
    "hr",
];

/// Queries for which the study is opened.
const OPENED: &[&str] = &[
    "=Mensen",
    "code:*",
    "mensen coded:yes",
    "mensen nosuch:field",
    "mensen case:nobody",
    "(mensen",
    "mensen done:yes",
];

/// The sample study with a cache of its own.
struct Sample {
    world: World,
    coder: &'static str,
}

impl Sample {
    fn new() -> Self {
        let mut world = World::new();
        world.run(&["demo", "sample", "--quiet"]).done();
        let mut sample = Self { world, coder: "anna" };
        sample.search("mensen", &[]);
        sample
    }

    fn dir(&self) -> PathBuf {
        self.world.path("sample")
    }

    fn search(&mut self, query: &str, options: &[&str]) -> Ran {
        let args = [&["--study", "sample", "search", "--", query], options].concat();
        // What follows `--` is the query; the options stand before it.
        let (front, back) = args.split_at(3);
        let (query, options) = back.split_at(2);
        self.world.run(&[front, options, query].concat())
    }

    /// The snapshots that are there.
    fn kept(&self) -> Vec<PathBuf> {
        let caches = fs::read_dir(self.world.path(".cache")).into_iter().flatten();
        caches.map(|e| e.unwrap().path().join("snapshot")).filter(|p| p.exists()).collect()
    }

    /// All files seem to have lain there for an hour.
    fn age(&self) {
        let then = SystemTime::now() - Duration::from_hours(1);
        for folder in [self.dir(), self.dir().join("corpus"), self.dir().join("journal")] {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
                }
            }
        }
    }

    /// Whether the next search with this query opens no study.
    fn glances(&self, query: &str, limit: Option<usize>) -> bool {
        let path = |name: &str| self.world.path(name).to_str().unwrap().to_owned();
        let variables = [
            ("VERBATIM_CONFIG", path(".config")),
            ("VERBATIM_CACHE", path(".cache")),
            ("VERBATIM_CODER", self.coder.to_owned()),
        ];
        let variables: HashMap<String, String> =
            variables.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        let (context, _) = Context::from_variables(&variables);
        let Some(mut snapshot) = Snapshot::look(&self.dir(), &context).1 else { return false };
        let Ok(query) = Query::parse(query) else { return false };
        index::glance(&mut snapshot, &query, false, Roles::default(), limit).is_some()
    }

    /// Searches with whatever snapshot there is, and without one: both say the same.
    #[track_caller]
    fn same(&mut self, query: &str, options: &[&str]) {
        let fast = self.search(query, options);
        for path in self.kept() {
            fs::remove_file(path).unwrap();
        }
        let slow = self.search(query, options);
        assert_eq!(
            (fast.code, &fast.stdout, &fast.stderr),
            (slow.code, &slow.stdout, &slow.stderr),
            "{query} {options:?}"
        );
    }
}

#[test]
fn a_glance_says_what_a_search_says() {
    let mut sample = Sample::new();
    sample.age();
    assert!(sample.kept().is_empty(), "what was just written may change again unseen");
    sample.search("mensen", &[]);
    assert_eq!(sample.kept().len(), 1);
    let forms: &[&[&str]] = &[
        &["--limit", "5"],
        &["--json", "--limit", "3", "--context", "9", "--roles", "all"],
        &["--csv", "--roles", "interviewer,other"],
    ];
    for (at, query) in ANSWERED.iter().enumerate() {
        for limit in [Some(5), Some(0), None] {
            assert!(sample.glances(query, limit), "{query} {limit:?}");
        }
        let form = forms[at % forms.len()];
        sample.same(query, form);
        if at < forms.len() {
            for form in forms {
                sample.same(query, form);
            }
            sample.same(query, &["--stem", "--limit", "40"]);
        }
    }
    for query in OPENED {
        assert!(!sample.glances(query, Some(5)), "{query}");
        sample.same(query, &["--limit", "5"]);
    }
    sample.same("mensen", &["--sort", "left", "--limit", "2"]);
    sample.same("mensen", &["--group", "case"]);
    sample.same("mensen", &["--roles", "nobody"]);
    sample.same("mensen", &["--as-of", "2026-02-20"]);
}

#[test]
fn a_glance_writes_nothing() {
    let mut sample = Sample::new();
    sample.age();
    sample.search("mensen", &[]);
    let written = |sample: &Sample| fs::metadata(&sample.kept()[0]).unwrap().modified().unwrap();
    let first = written(&sample);
    sample.search("people", &[]);
    sample.search("code:*", &[]);
    assert_eq!(written(&sample), first);
    // A damaged snapshot is of no use, and is written anew.
    let path = sample.kept().remove(0);
    let whole = fs::read(&path).unwrap();
    for at in (40..whole.len()).step_by(whole.len() / 9) {
        let mut bytes = whole.clone();
        bytes[at] ^= 64;
        sample.world.write(path.to_str().unwrap(), bytes);
        sample.same("mensen", &["--limit", "3"]);
    }
    sample.world.write(path.to_str().unwrap(), &whole[..whole.len() / 2]);
    sample.same("mensen", &["--limit", "3"]);
    sample.world.run(&["--study", "sample", "index", "--forget"]).done();
    assert!(sample.kept().is_empty());
    sample.world.run(&["--study", "sample", "index"]).done();
    assert!(sample.glances("mensen", Some(5)));
}

/// Changes the first `from` in a file of the study to `to`, which is as long where `same_time`; the file
/// then has the time that it had.
fn change(sample: &Sample, name: &str, from: &str, to: &str, same_time: bool) {
    let path = sample.dir().join(name);
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    sample.world.write(path.to_str().unwrap(), text.replacen(from, to, 1));
    if same_time {
        File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    }
}

#[test]
fn whatever_changes_is_seen() {
    let mut sample = Sample::new();
    let mut chance = StdRng::seed_from_u64(20);
    let queries = ["mensen", "interviewer", "\"de mensen\"", "people OR terminal", "kantoor role:respondent"];
    let mut edits: Vec<usize> = (0..11).chain([3, 5]).collect();
    while !edits.is_empty() {
        sample.age();
        sample.search("mensen", &[]);
        assert!(sample.glances("mensen", Some(5)));
        let edit = edits.swap_remove(chance.random_range(0..edits.len()));
        let id = ["03-kwartel", "05-larkspin", "13-amberley"][chance.random_range(0..3)];
        let corpus = |name: &str| sample.dir().join("corpus").join(name);
        match edit {
            0 => change(&sample, &format!("corpus/{id}.txt"), "en ", "en mensen people ", false),
            // A change that keeps the length and puts the time back.
            1 if cfg!(unix) => change(&sample, "corpus/01-rietvink-directeur.txt", "mensen", "menzen", true),
            2 => change(&sample, "corpus/documents.csv", ",kwartel,", ",rietvink,", false),
            3 => change(&sample, "corpus/speakers.csv", ",interviewer,", ",respondent,", false),
            4 => {
                let code = ["--study", "sample", "memo", "add", "--on", "study", "a thought"];
                sample.world.run(&code).done();
            }
            5 => fs::remove_file(corpus("14-stroomdal.txt")).unwrap_or_default(),
            6 => fs::remove_file(corpus("12-skarn.json")).unwrap(),
            7 => {
                sample.coder = "bram";
                sample.world.coder("bram");
            }
            8 => {
                let copy = corpus("documents (conflicted copy 2026-03-01).csv");
                sample.world.write(copy.to_str().unwrap(), "document\n");
            }
            9 => {
                let retitle = ["--study", "sample", "codebook", "rename", "training", "en=Courses"];
                sample.world.run(&retitle).done();
            }
            10 => change(&sample, "study.json", "\"format\": 1", "\"format\":1 ", false),
            _ => {}
        }
        for query in queries {
            // The first search after the edit meets the old snapshot, the next one none.
            sample.same(query, &["--json", "--limit", "6"]);
        }
        sample.age();
        for query in queries {
            sample.search(query, &[]);
            sample.same(query, &["--limit", "6"]);
        }
    }
}

/// Places of words are no part of what a glance compares: where a disk lost them, it stumbles, and the study is
/// opened instead, which says what the texts say.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test damages a file on purpose")]
fn places_that_rotted_are_answered_from_the_texts() {
    let mut sample = Sample::new();
    // Files of no more than 64 KiB are always compared.
    let words: Vec<String> = (0..60_000).map(|n| format!("zorg w{n}")).collect();
    sample.world.write("many.txt", format!("Anna: {}\n", words.join(" ")));
    sample.world.run(&["--study", "sample", "import", "many.txt"]).done();
    let expected = sample.search("zorg", &["--limit", "4"]).stdout;
    sample.age();
    sample.search("zorg", &["--limit", "4"]);
    let index = sample.kept()[0].with_file_name("index").join("tantivy");
    let places = |path: &PathBuf| path.extension().is_some_and(|e| e == "pos");
    let places = fs::read_dir(index).unwrap().map(|e| e.unwrap().path()).filter(places);
    let mut rotten = 0;
    for path in places.filter(|path| fs::metadata(path).unwrap().len() > 1 << 16) {
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        let length = fs::metadata(&path).unwrap().len() as usize;
        fs::write(&path, vec![0xff; length]).unwrap();
        File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        rotten += 1;
    }
    assert!(rotten > 0);
    let ran = sample.search("zorg", &["--limit", "4"]);
    assert_eq!((ran.code, ran.stdout, ran.stderr.as_str()), (0, expected, ""));
}
