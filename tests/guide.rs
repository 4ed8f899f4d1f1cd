//! The commands of docs/guide.md run on the example that lies beside it, and print what the guide shows.
//!
//! `VERBATIM_WRITE_DOCS=1 cargo test --test guide` writes what they print into the guide.
#![expect(clippy::disallowed_methods, reason = "files of a folder of the test's own; the guide on request")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What must have been done before a command of the guide can be tried, by its beginning.
const BEFORE: &[(&str, &[&str])] = &[
    ("codings merge", &["codings split CODING 77"]),
    ("searches run", &["searches save nights night*"]),
    ("reopen", &["done bakery-1 bakery-2"]),
    ("undo", &["done bakery-1", "done bakery-2"]),
    ("history", &["done bakery-2", "reopen bakery-2", "done bakery-2", "undo", "redo"]),
    ("codebook fix", &[SOURDOUGH]),
    ("codebook move", &[SOURDOUGH]),
    ("codebook group", &[SOURDOUGH]),
    ("codebook merge", &[SOURDOUGH]),
    ("codebook qualifier certainty doubtful", &["codebook qualifier certainty --label Certainty"]),
    (
        "codebook split",
        &[
            "codebook add course --label Course --definition C",
            "codebook add on-the-job --label OnTheJob --definition J",
        ],
    ),
    ("summary mill training", &["summary mill training Written"]),
    ("exemplar translate", &["exemplar mark CODING"]),
    ("freq", &["done bakery-1 bakery-2"]),
    ("searches list --rules", &["searches save nights night* --code own-hours --unit sentence"]),
];

const SOURDOUGH: &str = "codebook add sourdough --label Sourdough --under training --definition Bread";

/// Commands that the guide shows on the sample study, or that open the screen.
const ELSEWHERE: &[&str] = &["", "search 'cursus* OR training*' --group case", "coders"];

/// A command line as a shell cuts it: at spaces, but not between quotes.
fn arguments(line: &str) -> Vec<String> {
    let (mut out, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => (quote, word) = (Some(c), word.or_else(|| Some(String::new()))),
            (None, ' ') => out.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    out.extend(word);
    out
}

struct Example {
    home: tempfile::TempDir,
    runs: usize,
}

impl Example {
    fn run(&mut self, folder: &str, args: &[String]) -> (Option<i32>, String) {
        self.runs += 1;
        let output = Command::new(env!("CARGO_BIN_EXE_verbatim"))
            .args(args)
            .current_dir(self.home.path().join(folder))
            .env_clear()
            .env("VERBATIM_CONFIG", self.home.path().join(".config"))
            .env("VERBATIM_CACHE", self.home.path().join(".cache"))
            .env("VERBATIM_CODER", "anna")
            .env("VERBATIM_NOW", format!("2026-11-22T08:{:02}:{:02}Z", self.runs / 60, self.runs % 60))
            .env("VERBATIM_SEED", self.runs.to_string())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), said + &String::from_utf8(output.stderr).unwrap())
    }

    fn done(&mut self, folder: &str, args: &[String]) -> String {
        let (code, said) = self.run(folder, args);
        assert!(matches!(code, Some(0 | 1)), "{args:?}: {said}");
        said
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// An id as the guide shows it in a command, and as the study at hand has it.
fn with_ids(line: &str, ids: &[String; 2]) -> String {
    let is_id = |word: &str| {
        let (act, thing) = word.split_once('.').unwrap_or((word, "1"));
        act.len() == 8 && act.bytes().all(|b| b.is_ascii_hexdigit()) && thing.parse::<u32>().is_ok()
    };
    let mut next = 0;
    let mut words: Vec<String> = Vec::new();
    for word in line.split(' ') {
        if is_id(word) || word == "CODING" {
            words.push(ids[next.min(1)].clone());
            next += 1;
        } else {
            words.push(word.to_owned());
        }
    }
    words.join(" ")
}

#[test]
fn every_command_of_the_guide_does_what_it_shows() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let mut example = Example { home: tempfile::tempdir().unwrap(), runs: 0 };
    let home: PathBuf = example.home.path().to_owned();
    copy(&docs.join("example"), &home);
    let path = docs.join("guide.md");
    let written = fs::read_to_string(&path).unwrap();
    // The study is made by the guide's own commands; each later command is tried in a copy of it.
    let mut made = String::new();
    let mut lines = written.lines().peekable();
    let (mut tried, mut shown, mut coding) = (0, 0, String::new());
    while let Some(line) = lines.next() {
        made += line;
        made += "\n";
        let Some(command) = line.strip_prefix("    verbatim").map(str::trim) else { continue };
        if ELSEWHERE.contains(&command) {
            continue;
        }
        tried += 1;
        let args = arguments(command);
        let said = if command.starts_with("init") {
            example.done("", &args)
        } else if command.starts_with("code ") || command == "import ../interviews" {
            let said = example.done("bakery", &args);
            if coding.is_empty()
                && let Some(rest) = said.strip_prefix("coded ")
            {
                coding = rest.split(':').next().unwrap().to_owned();
            }
            said
        } else {
            let folder = format!("try-{tried}");
            copy(&home.join("bakery"), &home.join(&folder));
            let mut ids = [coding.clone(), coding.clone()];
            let before = BEFORE.iter().find(|(begins, _)| command.starts_with(begins));
            for line in before.iter().flat_map(|(_, before)| *before) {
                let said = example.done(&folder, &arguments(&with_ids(line, &ids)));
                // The second half of a coding that was split.
                if line.starts_with("codings split") {
                    let all = example.done(&folder, &arguments("codings --code training --csv"));
                    let other = all
                        .lines()
                        .filter_map(|l| l.split(',').next())
                        .find(|id| id.contains('.') && !id.ends_with(&coding));
                    ids[1] = other.unwrap_or_else(|| panic!("{said}{all}")).to_owned();
                }
            }
            if command.starts_with("codebook split") {
                let decided = format!("coding,code\n{coding},on-the-job\n");
                fs::write(home.join(&folder).join("decided.csv"), decided).unwrap();
            }
            example.done(&folder, &arguments(&with_ids(command, &ids)))
        };
        // What is shown right below is what it printed; of a file, what is in it.
        if lines.peek() != Some(&"") {
            continue;
        }
        let mut rest = lines.clone();
        rest.next();
        if rest.next() != Some("```text") {
            continue;
        }
        shown += 1;
        lines.by_ref().find(|l| *l == "```").unwrap();
        made += "\n```text\n";
        made += &match args.iter().position(|a| a == "--out") {
            Some(at) => {
                let file = home.join(format!("try-{tried}")).join(&args[at + 1]);
                fs::read_to_string(file).unwrap().replace("\r\n", "\n")
            }
            None => said,
        };
        made += "```\n";
    }
    assert!(tried > 50 && shown > 8, "{tried} {shown}");
    if std::env::var_os("VERBATIM_WRITE_DOCS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    for (a, b) in written.lines().zip(made.lines()) {
        assert_eq!(a, b, "docs/guide.md is old: VERBATIM_WRITE_DOCS=1 cargo test --test guide");
    }
    assert_eq!(written.len(), made.len());
}
