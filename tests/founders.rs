//! The main job on real input: fifty interviews, 20,000 scripted codings, and a table that an
//! independent count must reproduce. The count here shares nothing with the program's: it reads the
//! texts line by line, compares spans pair by pair, and adds up in plain maps.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may panic, and says when it skips")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const CODES: [&str; 6] = ["money", "money-raised", "money-earned", "people", "people-hired", "product"];
const CODEBOOK: &str = r#"{"id":"talk","title":"Talk","codes":[
    {"id":"money","label":"Money","status":"fixed","children":[
        {"id":"money-raised","label":"Raised","status":"fixed"},{"id":"money-earned","label":"Earned","status":"fixed"}]},
    {"id":"people","label":"People","status":"fixed","children":[{"id":"people-hired","label":"Hired","status":"fixed"}]},
    {"id":"product","label":"Product","status":"fixed"}]}"#;

struct Home(tempfile::TempDir);

impl Home {
    fn run(&self, args: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_verbatim"))
            .args(args)
            .current_dir(self.0.path())
            .env("VERBATIM_CONFIG", self.0.path().join("config"))
            .env("VERBATIM_CACHE", self.0.path().join("cache"))
            .env("VERBATIM_CODER", "anna")
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}\n{error}");
        String::from_utf8(output.stdout).unwrap()
    }
}

fn founders() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/corpora/founders");
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}

/// One turn as a plain reader sees it: where it begins and ends (code points), and who speaks.
struct PlainTurn {
    start: usize,
    end: usize,
    label: String,
}

/// A turn opens with a paragraph whose bold beginning ends in a colon.
fn plain_turns(text: &str) -> Vec<PlainTurn> {
    let mut turns: Vec<PlainTurn> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let length = line.chars().count();
        let label = line.strip_prefix("**").and_then(|rest| {
            let (label, after) = rest.split_once("**")?;
            label.strip_suffix(':').or_else(|| after.starts_with(':').then_some(label)).map(str::to_owned)
        });
        if let Some(label) = label {
            turns.push(PlainTurn { start: at, end: at, label });
        }
        if let Some(turn) = turns.last_mut()
            && !line.trim().is_empty()
        {
            turn.end = at + line.trim_end().chars().count();
        }
        at += length + 1;
    }
    turns
}

/// Numbers from one seed, the same everywhere.
fn chance(state: &mut u64, below: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state % below as u64) as usize
}

/// How many stretches remain when all that share a code point are joined: pair by pair, until
/// nothing changes.
fn joined(mut spans: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut i = 0;
    while i < spans.len() {
        let mut k = i + 1;
        let mut grew = false;
        while k < spans.len() {
            if spans[i].0 < spans[k].1 && spans[k].0 < spans[i].1 {
                let other = spans.swap_remove(k);
                spans[i] = (spans[i].0.min(other.0), spans[i].1.max(other.1));
                grew = true;
            } else {
                k += 1;
            }
        }
        if !grew {
            i += 1;
        }
    }
    spans
}

#[test]
fn twenty_thousand_codings_give_the_table_of_an_independent_count() {
    let Some(source) = founders() else { return };
    let home = Home(tempfile::tempdir().unwrap());
    fs::File::create(home.0.path().join("talk.json"))
        .and_then(|mut f| std::io::Write::write_all(&mut f, CODEBOOK.as_bytes()))
        .unwrap();
    home.run(&["init", "study", "--codebook", "talk.json", "--case-label", "organisation"]);
    home.run(&["--study", "study", "--quiet", "import", source.to_str().unwrap()]);
    let study = home.0.path().join("study");

    // What a plain reader knows: texts, turns, roles, organisations, sectors.
    let rows = |file: &str| {
        csv::Reader::from_path(source.join(file))
            .unwrap()
            .into_records()
            .map(Result::unwrap)
            .collect::<Vec<_>>()
    };
    let organisation: BTreeMap<String, String> =
        rows("documents.csv").iter().map(|r| (r[0].to_owned(), r[3].to_owned())).collect();
    let sector: BTreeMap<String, String> =
        rows("organisations.csv").iter().map(|r| (r[0].to_owned(), r[2].to_owned())).collect();
    let respondent: BTreeSet<(String, String)> = rows("speakers.csv")
        .iter()
        .filter(|r| &r[3] == "respondent")
        .map(|r| (r[0].to_owned(), r[1].to_owned()))
        .collect();
    let texts: BTreeMap<String, Vec<char>> = organisation
        .keys()
        .map(|d| {
            (d.clone(), fs::read_to_string(study.join(format!("corpus/{d}.txt"))).unwrap().chars().collect())
        })
        .collect();
    assert_eq!(texts.len(), 50);
    let turns: BTreeMap<String, Vec<PlainTurn>> =
        texts.iter().map(|(d, t)| (d.clone(), plain_turns(&t.iter().collect::<String>()))).collect();
    assert_eq!(turns.values().map(Vec::len).sum::<usize>(), 7_839);

    // 20,000 codings, overlapping and nesting, some in interviewers' turns only, some over borders.
    let documents: Vec<&String> = texts.keys().collect();
    let mut seed = 42;
    let mut script = String::from("document,start,end,code\n");
    let mut codings: Vec<(String, usize, usize, usize)> = Vec::new();
    for i in 0..20_000 {
        let document = documents[i % 50];
        let length = texts[document].len();
        let start = chance(&mut seed, length - 400);
        let end = start + 1 + chance(&mut seed, if i % 7 == 0 { 390 } else { 60 });
        let code = chance(&mut seed, CODES.len());
        let _ = writeln!(script, "{document},{start},{end},{}", CODES[code]);
        codings.push((document.clone(), start, end, code));
    }
    fs::File::create(home.0.path().join("script.csv"))
        .and_then(|mut f| std::io::Write::write_all(&mut f, script.as_bytes()))
        .unwrap();
    home.run(&["--study", "study", "code", "--from", "script.csv"]);
    let mut done = vec!["--study", "study", "done"];
    done.extend(documents.iter().map(|d| d.as_str()));
    home.run(&done);

    // The independent count, under four rules.
    let under = |code: usize| -> Vec<usize> {
        match CODES[code] {
            "money-raised" | "money-earned" => vec![code, 0],
            "people-hired" => vec![code, 3],
            _ => vec![code],
        }
    };
    let mut spans: BTreeMap<(String, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (document, start, end, code) in &codings {
        for row in under(*code) {
            spans.entry((document.clone(), row)).or_default().push((*start, *end));
        }
    }
    let counted = |document: &str, span: (usize, usize)| {
        turns[document]
            .iter()
            .filter(|t| t.start < span.1 && span.0 < t.end)
            .any(|t| respondent.contains(&(document.to_owned(), t.label.clone())))
    };
    let mut expected: BTreeMap<&str, BTreeMap<(String, String), u64>> = BTreeMap::new();
    for ((document, code), all) in &spans {
        let case = organisation[document].clone();
        let raw = all.iter().filter(|s| counted(document, **s)).count() as u64;
        let passages = joined(all.clone()).into_iter().filter(|s| counted(document, *s)).count() as u64;
        for (by, group) in [
            ("organisation", case.clone()),
            ("sector", sector[&case].clone()),
            ("document", document.clone()),
        ] {
            let key = (group, CODES[*code].to_owned());
            for (rule, n) in
                [("passages", passages), ("codings", raw), ("documents", u64::from(passages > 0))]
            {
                let name: &str = Box::leak(format!("{by} {rule}").into_boxed_str());
                *expected.entry(name).or_default().entry(key.clone()).or_default() += n;
            }
        }
    }
    for (name, expected) in &expected {
        let (by, rule) = name.split_once(' ').unwrap();
        let out = home.run(&["--study", "study", "freq", "--by", by, "--count", rule, "--csv"]);
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        assert_eq!(&reader.headers().unwrap()[0], by);
        let mut seen = 0;
        for row in reader.records().map(Result::unwrap) {
            let n = expected.get(&(row[0].to_owned(), row[1].to_owned())).copied().unwrap_or(0);
            // The interviewer's organisation has no document: there is no text to find anything in.
            if &row[3] == "no_text" {
                assert_eq!(&row[0], if by == "sector" { "media" } else { "changelog-media" });
                assert_eq!((&row[2], n), ("", 0));
                continue;
            }
            assert_eq!(row[2].parse::<u64>().unwrap(), n, "{name}: {row:?}");
            seen += 1;
        }
        let groups = expected.keys().map(|k| &k.0).collect::<BTreeSet<_>>().len();
        assert_eq!(seen, groups * CODES.len(), "{name}");
    }
}
