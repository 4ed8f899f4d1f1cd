//! A world for one test: a temporary folder, a clock and chance of its own, and the program run in it.
//!
//! Every command takes the next second and the next seed, so ids, times and whole outputs are the same
//! at every run and can be compared with what is committed.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// One temporary folder with a study in it, and all that was said there.
pub(crate) struct World {
    folder: TempDir,
    ticks: u64,
    coder: String,
    /// Commands with their outputs so far, for a snapshot.
    pub(crate) said: String,
}

/// What a command came to.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
    /// Exit code.
    pub(crate) code: i32,
}

impl Ran {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|why| panic!("no JSON ({why}): {}\n{}", self.stdout, self.stderr))
    }

    /// The same, and nothing went wrong.
    #[track_caller]
    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code, 0, "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// The same, and it was refused.
    #[track_caller]
    pub(crate) fn refused(self) -> Self {
        assert_eq!(self.code, 2, "{}\n{}", self.stdout, self.stderr);
        assert!(self.stderr.lines().any(|l| l.starts_with("error: ")), "{}", self.stderr);
        assert!(self.stderr.lines().any(|l| l.starts_with("hint: ")), "no hint: {}", self.stderr);
        self
    }
}

/// The folder of committed fixtures.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

impl World {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder, ticks: 0, coder: "anna".to_owned(), said: String::new() }
    }

    /// A study with the fixture's codebook, nothing in it yet.
    pub(crate) fn with_study() -> Self {
        let mut world = Self::new();
        let codes = fixtures().join("codes.json");
        let codes = codes.to_str().expect("a path");
        world
            .run(&["init", ".", "--codebook", codes, "--language", "en,nl", "--case-label", "organisation"])
            .done();
        world.said.clear();
        world
    }

    /// The same with the bakery's and the library's interviews.
    pub(crate) fn with_interviews() -> Self {
        let mut world = Self::with_study();
        let bakery = fixtures().join("bakery");
        world.run(&["import", bakery.to_str().expect("a path")]).done();
        world.said.clear();
        world
    }

    /// The interviews, of which the library's is coded so and read to the end.
    pub(crate) fn with_codings(codings: &[(&str, &str)]) -> Self {
        let mut world = Self::with_interviews();
        for (piece, code) in codings {
            world.code("library", piece, code);
        }
        world.run(&["done", "library"]).done();
        world
    }

    /// The sample study in the folder `study`, opened by a reader who has no name yet.
    pub(crate) fn with_sample() -> Self {
        let mut world = Self::new();
        world.coder("");
        world.run(&["demo", "study"]).done();
        world.said.clear();
        world
    }

    /// Brings a text in as a document of that name.
    pub(crate) fn import(&mut self, name: &str, text: &str) {
        let file = format!("{name}.txt");
        self.write(&file, text);
        self.run(&["import", &file]).done();
    }

    /// Who acts from now on.
    pub(crate) fn coder(&mut self, name: &str) {
        name.clone_into(&mut self.coder);
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file in the folder.
    #[expect(clippy::disallowed_methods, reason = "a fixture needs no care for what was there")]
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).expect("a folder");
        }
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// Reads a file of the folder.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
    }

    /// The one journal.
    pub(crate) fn journal(&self) -> PathBuf {
        let mut found: Vec<PathBuf> = std::fs::read_dir(self.path("journal"))
            .expect("journals")
            .map(|e| e.expect("an entry").path())
            .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
            .collect();
        found.sort();
        found.into_iter().next().expect("a journal")
    }

    /// The command in this world, not run yet.
    pub(crate) fn command(&mut self, args: &[&str]) -> Command {
        self.ticks += 1;
        let mut command = Command::new(env!("CARGO_BIN_EXE_verbatim"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("VERBATIM_CONFIG", self.folder.path().join(".config"))
            .env("VERBATIM_CACHE", self.folder.path().join(".cache"))
            .env("VERBATIM_NOW", format!("2026-03-01T09:{:02}:{:02}Z", self.ticks / 60, self.ticks % 60))
            .env("VERBATIM_SEED", self.ticks.to_string());
        if !self.coder.is_empty() {
            command.env("VERBATIM_CODER", &self.coder);
        }
        command
    }

    /// Runs the program and notes what it said.
    pub(crate) fn run(&mut self, args: &[&str]) -> Ran {
        let mut command = self.command(args);
        let output = command.output().expect("the program runs");
        self.note(args, &output)
    }

    /// Runs it with text on its standard input.
    pub(crate) fn run_with(&mut self, args: &[&str], input: &str) -> Ran {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        self.note(args, &output)
    }

    /// Notes a command with what it said.
    pub(crate) fn note(&mut self, args: &[&str], output: &Output) -> Ran {
        let ran = Ran {
            stdout: String::from_utf8(output.stdout.clone()).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr.clone()).expect("UTF-8"),
            code: output.status.code().unwrap_or(-1),
        };
        let words: Vec<String> = args
            .iter()
            .map(|a| if a.contains([' ', '*']) { format!("'{a}'") } else { (*a).to_owned() })
            .collect();
        let mut said = format!("$ verbatim {}\n{}", words.join(" "), ran.stdout);
        if !ran.stderr.is_empty() {
            let _ = write!(said, "--- on standard error\n{}", ran.stderr);
        }
        if ran.code != 0 {
            let _ = writeln!(said, "[exit {}]", ran.code);
        }
        self.said.push_str(&self.anywhere(&said));
        self.said.push('\n');
        ran
    }

    /// Text without the paths of this machine.
    pub(crate) fn anywhere(&self, text: &str) -> String {
        let here = self.folder.path().to_str().expect("a path");
        let text = text.replace(here, "[DIR]");
        text.replace(fixtures().to_str().expect("a path"), "[FIXTURES]")
    }

    /// Where a piece of a document's text stands, in characters.
    #[track_caller]
    pub(crate) fn place(&self, document: &str, piece: &str) -> (String, String) {
        let text = self.read(&format!("corpus/{document}.txt"));
        let byte = text.find(piece).unwrap_or_else(|| panic!("{piece:?} is not in {document}"));
        let start = text.get(..byte).unwrap_or_default().chars().count();
        (start.to_string(), (start + piece.chars().count()).to_string())
    }

    /// Codes a piece of a document's text; returns the coding's id.
    #[track_caller]
    pub(crate) fn code(&mut self, document: &str, piece: &str, code: &str) -> String {
        let (start, end) = self.place(document, piece);
        let ran = self.run(&["code", document, &start, &end, code, "--quote", piece, "--json"]).done();
        ran.json()["codings"][0]["id"].as_str().expect("an id").to_owned()
    }
}
