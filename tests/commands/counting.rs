//! A table that is made from what was kept for counting is the table of the opened study, and what was
//! kept is not used once a file has changed.

use std::collections::HashMap;
use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use export::{By, CountRule, Level, Options, frequencies};
use model::coded::Coded;
use model::corpus::Corpus;
use model::counted::Roles;
use model::name::Name;
use model::problem::Problem;
use model::reading::Choice;
use model::state::State;
use model::turn::Role;
use study::{Context, Counting, Stamp, Study, WordsOf};

use crate::support::World;

/// The sample study, its files an hour old, and who opens it.
struct Sample {
    world: World,
    context: Context,
}

impl Sample {
    fn new() -> Self {
        let mut world = World::new();
        world.run(&["demo", "sample", "--quiet"]).done();
        let path = |name: &str| world.path(name).to_str().unwrap().to_owned();
        let variables = [
            ("VERBATIM_CONFIG", path(".config")),
            ("VERBATIM_CACHE", path(".cache")),
            ("VERBATIM_CODER", "anna".to_owned()),
        ];
        let variables: HashMap<String, String> =
            variables.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        let (context, _) = Context::from_variables(&variables);
        let sample = Self { world, context };
        sample.age();
        sample
    }

    fn age(&self) {
        let then = SystemTime::now() - Duration::from_hours(1);
        let dir = self.world.path("sample");
        for folder in [dir.clone(), dir.join("corpus"), dir.join("journal")] {
            for path in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()) {
                File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
            }
        }
    }

    fn open(&self) -> (Study, Corpus, Vec<Problem>, Coded) {
        let (study, corpus, problems) = index::open(&self.world.path("sample"), &self.context).unwrap();
        let coded = Coded::new(&corpus, study.state());
        (study, corpus, problems, coded)
    }

    /// Keeps it as it is; whether that was done.
    fn keep(&self) -> bool {
        let dir = self.world.path("sample");
        let stamp = Stamp::of(&dir, &self.context).unwrap();
        let read = Counting::read(&dir, &self.context);
        read.is_some_and(|read| read.keep(&stamp, &dir, &self.context).unwrap())
    }

    fn kept(&self, words: WordsOf) -> Option<Counting> {
        Counting::look(&self.world.path("sample"), &self.context, words).1
    }
}

/// Every way of counting that the sample has a use for.
fn ways(corpus: &Corpus) -> Vec<Options> {
    let mut rows = vec![By::Case, By::Document, By::Speaker];
    rows.extend(By::attributes(corpus));
    let readings = [
        Choice::Primary,
        Choice::Coder(Name::new("bram")),
        Choice::Union,
        Choice::Intersection,
        Choice::Consensus,
    ];
    let roles = [Roles::default(), Roles::all(), Roles::of(&[Role::Interviewer])];
    let mut out = Vec::new();
    for by in rows {
        for count in CountRule::ALL {
            for (i, reading) in readings.iter().enumerate() {
                let level = if i % 2 == 0 { Level::All } else { Level::Top };
                let base =
                    Options { by: by.clone(), count, level, reading: reading.clone(), ..Options::default() };
                let (assume_done, complete) = (i % 2 == 1, i > 2);
                out.push(Options { roles: roles[i % 3], assume_done, complete, ..base });
            }
        }
    }
    out
}

fn table(corpus: &Corpus, state: &State, coded: &Coded, options: &Options) -> String {
    format!("{:?}", frequencies(corpus, state, coded, options))
}

#[test]
fn what_is_kept_counts_as_the_study_does() {
    let sample = Sample::new();
    let (study, corpus, problems, coded) = sample.open();
    assert!(sample.kept(WordsOf::Turns).is_none() && sample.kept(WordsOf::Passages).is_none());
    assert!(sample.keep());
    let turns = sample.kept(WordsOf::Turns).unwrap();
    let kept = sample.kept(WordsOf::Passages).unwrap();
    assert_eq!((kept.problems, kept.missing), (problems, study.missing_acts()));
    assert_eq!((&kept.coded.placed, &kept.coded.unplaced), (&coded.placed, &coded.unplaced));
    assert!(kept.state.len() < study.state().len() / 4, "codings are not kept as acts");
    let ways = ways(&corpus);
    assert!(ways.len() > 200);
    let read = Counting::read(&sample.world.path("sample"), &sample.context).unwrap();
    for options in ways {
        let opened = table(&corpus, study.state(), &coded, &options);
        assert_eq!(table(&kept.corpus, &kept.state, &kept.coded, &options), opened);
        if options.count != CountRule::Words {
            assert_eq!(table(&turns.corpus, &turns.state, &turns.coded, &options), opened);
        }
        assert_eq!(table(&read.corpus, &read.state, &read.coded, &options), opened);
    }
}

#[test]
fn commands_print_the_same_from_what_is_kept() {
    let mut sample = Sample::new();
    let forms: [&[&str]; 13] = [
        &["freq"],
        &["freq", "--csv"],
        &["freq", "--json", "--by", "sector", "--count", "words"],
        &["freq", "--reading", "each", "--csv", "--shape", "wide"],
        &["freq", "--by", "speaker", "--level", "2", "--roles", "all", "--csv"],
        &["freq", "--reading", "nobody"],
        &["freq", "--count", "characters", "--percent", "row"],
        &["crosstab", "sector", "--csv"],
        &["crosstab", "sector", "--count", "words", "--csv"],
        &["cooccur", "--unit", "turn", "--csv"],
        &["cooccur", "--unit", "overlap"],
        &["sensitivity", "--csv"],
        &["sensitivity", "--pairs", "--csv"],
    ];
    let run = |sample: &mut Sample| -> Vec<(i32, String, String)> {
        let one = |form: &&[&str]| {
            let ran = sample.world.run(&[&["--study", "sample", "--coder", "anna"], *form].concat());
            (ran.code, ran.stdout, ran.stderr)
        };
        forms.iter().map(one).collect()
    };
    let opened = run(&mut sample);
    assert!(sample.keep());
    assert_eq!(run(&mut sample), opened);
    assert!(sample.kept(WordsOf::Turns).is_some(), "counting changes nothing");
}

#[test]
fn what_is_kept_is_not_used_once_anything_has_changed() {
    let mut sample = Sample::new();
    assert!(sample.keep());
    let folder = fs::read_dir(sample.world.path(".cache")).unwrap().next().unwrap().unwrap().path();
    for (name, words) in [("counting", WordsOf::Turns), ("counting-words", WordsOf::Passages)] {
        let file = folder.join(name);
        let whole = fs::read(&file).unwrap();
        let write = |bytes: &[u8]| {
            std::io::Write::write_all(&mut File::create(&file).unwrap(), bytes).unwrap();
        };
        // Damage anywhere is noticed, and so is a file that was cut, or that is not there.
        for at in (0..whole.len()).step_by(whole.len() / 97) {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            write(&damaged);
            assert!(sample.kept(words).is_none(), "byte {at} of {name}");
            write(&whole[..at]);
            assert!(sample.kept(words).is_none(), "{name} cut at {at}");
        }
        fs::remove_file(&file).unwrap();
        assert!(sample.kept(words).is_none(), "without {name}");
        write(&whole);
        assert!(sample.kept(words).is_some(), "{name} is whole again");
    }
    // Neither is taken for the other.
    let [known, all] = ["counting", "counting-words"].map(|name| folder.join(name));
    let whole = fs::read(&all).unwrap();
    fs::copy(&known, &all).unwrap();
    assert!(sample.kept(WordsOf::Passages).is_none());
    std::io::Write::write_all(&mut File::create(&all).unwrap(), &whole).unwrap();
    assert!(sample.kept(WordsOf::Passages).is_some());
    // An act, by any program.
    let code = ["--study", "sample", "--coder", "anna", "reopen", "03-kwartel"];
    sample.world.run(&code).done();
    assert!(sample.kept(WordsOf::Turns).is_none());
    sample.age();
    assert!(sample.kept(WordsOf::Turns).is_none(), "an older time does not bring it back");
    assert!(sample.keep());
    assert!(sample.kept(WordsOf::Turns).is_some());
    // A table of the researcher.
    let cases = sample.world.path("sample").join("corpus/cases.csv");
    let text = fs::read_to_string(&cases).unwrap();
    std::io::Write::write_all(&mut File::create(&cases).unwrap(), text.as_bytes()).unwrap();
    assert!(sample.kept(WordsOf::Turns).is_none(), "the same bytes, written anew");
}

#[test]
fn while_blind_nothing_is_kept() {
    let mut sample = Sample::new();
    sample.world.run(&["--study", "sample", "--coder", "bram", "coders", "blind", "on"]).done();
    sample.age();
    assert!(!sample.keep());
    assert!(sample.kept(WordsOf::Turns).is_none());
}
