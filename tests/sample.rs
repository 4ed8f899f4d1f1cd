//! The sample study against a count by hand.
//!
//! `sample/hand-count.csv` was counted by reading, document by document, and is written by nobody
//! but a person. What the program counts must agree with it, cell by cell.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use export::{By, CountRule, Frequencies, Options, Status, frequencies};
use model::coded::Coded;
use model::corpus::Corpus;
use model::effects::{Asks, Judgement, Sign, Verdict};
use model::name::Name;
use model::reading::Choice;
use study::{Context, Study};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample study in a folder of its own, as `verbatim demo` lays it out.
fn sample(folder: &Path) -> Study {
    let dir = folder.join("demo");
    let demo = root().join("crates/cli/demo");
    for part in ["corpus", "journal", "codebooks"] {
        fs::create_dir_all(dir.join(part)).unwrap();
    }
    let copy_all = |from: PathBuf, endings: &[&str], to: PathBuf| {
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            if endings.iter().any(|e| path.extension().is_some_and(|x| x == *e)) {
                fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
            }
        }
    };
    copy_all(root().join("corpus"), &["txt", "json", "csv"], dir.join("corpus"));
    copy_all(demo.clone(), &["jsonl"], dir.join("journal"));
    fs::copy(demo.join("study.json"), dir.join("study.json")).unwrap();
    let study = Study::open(&dir, &Context::fixed(folder, "anna", 1)).unwrap();
    assert!(study.problems().is_empty(), "{:?}", study.problems());
    study
}

fn table(study: &Study, options: &Options) -> (Corpus, Frequencies) {
    let (corpus, problems) = study.corpus();
    assert!(problems.is_empty(), "{problems:?}");
    let coded = Coded::new(&corpus, study.state());
    assert!(coded.unplaced.is_empty());
    let table = frequencies(&corpus, study.state(), &coded, options).unwrap();
    (corpus, table)
}

/// (organisation or document, code) → passages, from the count by hand.
fn by_hand(column: usize) -> BTreeMap<(String, String), u64> {
    let mut out = BTreeMap::new();
    let mut rows = csv::Reader::from_path(root().join("tests/sample/hand-count.csv")).unwrap();
    for row in rows.records() {
        let row = row.unwrap();
        *out.entry((row[column].to_owned(), row[2].to_owned())).or_default() +=
            row[3].parse::<u64>().unwrap();
    }
    assert!(out.len() > 150, "the count by hand was not read");
    out
}

fn cells(table: &Frequencies) -> BTreeMap<(String, String), (Option<u64>, Status)> {
    table.rows().map(|r| ((r.group.to_owned(), r.code.to_owned()), (r.cell.n, r.cell.status))).collect()
}

#[test]
fn every_number_by_organisation_is_the_one_counted_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let study = sample(folder.path());
    let (_, table) = table(&study, &Options::default());
    let hand = by_hand(1);
    let cells = cells(&table);
    for (key, n) in &hand {
        assert_eq!(cells.get(key).and_then(|c| c.0), Some(*n), "{key:?}");
    }
    for (key, (n, status)) in &cells {
        assert_eq!(n.unwrap_or(0), hand.get(key).copied().unwrap_or(0), "{key:?} {status:?}");
    }
}

#[test]
fn every_number_by_document_is_the_one_counted_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let study = sample(folder.path());
    let (_, table) = table(&study, &Options { by: By::Document, ..Options::default() });
    let hand = by_hand(0);
    for (key, (n, _)) in cells(&table) {
        assert_eq!(n.unwrap_or(0), hand.get(&key).copied().unwrap_or(0), "{key:?}");
    }
}

#[test]
fn statuses_say_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let study = sample(folder.path());
    let (_, table) = table(&study, &Options::default());
    let cells = cells(&table);
    let status = |organisation: &str, code: &str| cells[&(organisation.to_owned(), code.to_owned())].1;
    // An honest zero: read to the end, nothing of the kind.
    assert_eq!(status("larkspin", "social-responsibility"), Status::NotFound);
    // The joint interview is half done: what was found is a lower bound, what was not is unknown.
    assert_eq!(status("noorderkaap", "internal-mobility"), Status::Partial);
    assert_eq!(status("noorderkaap", "social-responsibility"), Status::NotDone);
    // The recorder stopped before part three.
    assert_eq!(status("wolderveen", "training"), Status::NotAsked);
    assert_eq!(status("wolderveen", "personal-training-budget"), Status::NotAsked);
    assert_eq!(status("wolderveen", "external-mobility"), Status::Coded);
    // The new half of the split code: the third interview was read before it, and does speak of
    // training, so nobody knows; the second does not, so it is not found there.
    assert_eq!(status("kwartel", "recognition-prior-learning"), Status::NotDone);
    assert_eq!(status("rietvink", "recognition-prior-learning"), Status::Coded);
    // Of the in-vivo codes one was fixed later, its earlier readings declared good; the other is
    // still provisional, so it has no zeros.
    assert!(cells.iter().filter(|(k, _)| k.1 == "vaste-kern").all(|(_, c)| c.1 != Status::NotFound));
    assert_eq!(status("oosterveen", "valt-overal-buiten"), Status::Coded);
}

#[test]
fn every_number_can_be_listed_as_its_passages() {
    let folder = tempfile::tempdir().unwrap();
    let study = sample(folder.path());
    let (corpus, problems) = study.corpus();
    assert!(problems.is_empty());
    let coded = Coded::new(&corpus, study.state());
    for reading in [Choice::Primary, Choice::Union, Choice::Intersection, Choice::Coder(Name::new("bram"))] {
        let options = Options { reading, ..Options::default() };
        let table = frequencies(&corpus, study.state(), &coded, &options).unwrap();
        for row in table.rows() {
            let passages =
                export::passages(&corpus, study.state(), &coded, &options, row.group, row.code).unwrap();
            if let Some(n) = row.cell.n {
                assert_eq!(passages.len() as u64, n, "{} {} {:?}", row.group, row.code, options.reading);
            }
            assert!(passages.iter().all(|p| !p.codings.is_empty()));
        }
    }
}

#[test]
fn totals_and_rules_agree_with_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let study = sample(folder.path());
    let of = |count: CountRule| table(&study, &Options { count, ..Options::default() }).1;
    let passages = of(CountRule::Passages);
    let codings = of(CountRule::Codings);
    let presence = of(CountRule::Presence);
    let words = of(CountRule::Words);
    for i in 0..passages.cells.len() {
        let (p, c) = (passages.cells[i].n, codings.cells[i].n);
        assert!(p <= c, "more passages than codings");
        assert_eq!(presence.cells[i].n, p.map(|p| u64::from(p > 0)));
        assert_eq!(words.cells[i].n.is_some_and(|w| w > 0), p.is_some_and(|p| p > 0));
    }
    // The design's own example: overlapping sub-codes of one cluster are one passage of it.
    let cells = cells(&passages);
    let n = |code: &str| cells[&("tafelwijs".to_owned(), code.to_owned())].0.unwrap();
    assert!(n("work-life-balance") < n("self-rostering") + n("self-chosen-contract-size") + 1);
    // Twelve organisations; training was found in so many of those read, by hand.
    let hand = by_hand(1);
    for (column, total) in passages.codes.iter().zip(&passages.totals) {
        let with = hand.keys().filter(|(_, code)| *code == column.id).count();
        assert_eq!(total.cases as usize, with, "{}", column.id);
        assert_eq!(
            total.n,
            hand.iter().filter(|((_, c), _)| *c == column.id).map(|(_, n)| n).sum::<u64>(),
            "{}",
            column.id
        );
        assert!(total.cases <= total.cases_read && total.cases_read <= 12);
    }
}

/// DOMAIN: exactly internal mobility and training on the certain cells; the degrees are those of the
/// article's table; what is worked out from certain cells alone (counted by hand in the table) is never
/// more.
#[test]
fn the_rules_of_the_article_hold_on_the_certain_cells() {
    let folder = tempfile::tempdir().unwrap();
    let study = sample(folder.path());
    let (corpus, _) = study.corpus();
    let coded = Coded::new(&corpus, study.state());
    let book = &coded.codebook;
    let judgements = Judgement::all(study.state(), book);
    let [judgement] = judgements.as_slice() else { panic!("{judgements:?}") };
    let clusters: Vec<usize> =
        (0..book.codes.len()).filter(|c| model::effects::declares(&book.codes[*c])).collect();
    assert_eq!(clusters.len(), 7);
    let called = |rule: &str| -> Vec<&str> {
        let rule = judgement.rules.iter().find(|r| r.id == rule).unwrap();
        let Asks::Needs(needs) = &rule.asks else { panic!("{rule:?}") };
        let open = clusters.iter().filter(|c| judgement.verdict(book, **c, needs) == Verdict::Open);
        assert_eq!(open.count(), 0, "{}", rule.id);
        let yes = clusters.iter().filter(|c| judgement.verdict(book, **c, needs) == Verdict::Yes);
        yes.map(|c| book.codes[*c].id.as_str()).collect()
    };
    assert_eq!(called("true"), ["internal-mobility", "training"]);
    assert_eq!(called("flexicurity"), ["internal-mobility", "external-mobility", "training"]);
    let degree = judgement.rules.iter().find(|r| r.id == "degree").unwrap();
    let Asks::Counts(of) = &degree.asks else { panic!("{degree:?}") };
    let stated: Vec<String> =
        clusters.iter().map(|c| judgement.stated_degree(book, *c).unwrap().declared.value.unwrap()).collect();
    assert_eq!(stated, ["3", "1", "2", "3", "3", "2", "2"]);
    let certain: Vec<usize> = clusters.iter().map(|c| judgement.degree(book, *c, of).at_least).collect();
    assert_eq!(certain, [3, 1, 1, 1, 2, 1, 0]);
    let note = judgement.note(&["en"]).unwrap();
    assert_eq!(note, "effects are the article's judgement of the cluster, not measured in this organisation");
    // A sub-code has the effects of its cluster, and says so.
    let pool = book.position("internal-flex-pool").unwrap();
    let effect = judgement.effect(book, pool, "JS");
    assert!(effect.inherited && effect.declared.sign() == Sign::Up);
}
