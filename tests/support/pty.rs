//! A pseudo-terminal with the program in it: keys go in, and a test waits for what the screen says.
//!
//! Nothing sleeps for a fixed time. [`Pty::wait`] returns as soon as the words are there, and fails
//! with the whole screen in its message when they do not come.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// How long a test waits for the screen, on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(1);

/// What came out of the program, and whether more can come.
#[derive(Default)]
struct Output {
    bytes: Vec<u8>,
    ended: bool,
}

/// The program in a terminal.
pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Arc<(Mutex<Output>, Condvar)>,
    parser: vt100::Parser,
    parsed: usize,
}

/// A folder for one test: a study, configuration and cache.
pub(crate) struct Folder {
    dir: TempDir,
}

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The variables that make a run its own.
    fn variables(&self) -> Vec<(&'static str, String)> {
        let at = |name: &str| self.path(name).display().to_string();
        vec![
            ("VERBATIM_CONFIG", at("config")),
            ("VERBATIM_CACHE", at("cache")),
            ("VERBATIM_SEED", "7".to_owned()),
            ("HOME", at("home")),
            ("TERM", "xterm-256color".to_owned()),
            ("TZ", "UTC".to_owned()),
            ("LC_ALL", "C.UTF-8".to_owned()),
        ]
    }

    /// Runs a command to its end, and wants it to go well.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_verbatim"))
            .args(arguments)
            .current_dir(self.dir.path())
            .envs(self.variables())
            .env("VERBATIM_CODER", "anna")
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
        said
    }

    /// A study with two short interviews and two codes, in the folder `study`.
    pub(crate) fn with_study() -> Self {
        let folder = Self::new();
        let texts = folder.path("texts");
        std::fs::create_dir(&texts).expect("a folder");
        let first = "Interviewer: En als het druk wordt?\n\nAnna: Dan helpen we elkaar. Dat is geen straf.\n\nInterviewer: En opleiding?\n\nAnna: Die is er ook.\n";
        std::fs::write(texts.join("haven.txt"), first).expect("a file");
        std::fs::write(texts.join("zorg.txt"), "Interviewer: Vertel eens.\n\nBram: Wij roosteren zelf.\n")
            .expect("a file");
        let codebook = r##"{"id":"book","codes":[
            {"id":"mobility","label":{"en":"Mobility","nl":"Mobiliteit"},"shortcut":"1","color":"#1a64f8","status":"fixed"},
            {"id":"training","label":{"en":"Training","nl":"Opleidingen"},"shortcut":"5","color":"#9a42ba","status":"fixed"}]}"##;
        std::fs::write(folder.path("book.json"), codebook).expect("a file");
        folder.run(&["init", "study", "--codebook", "book.json"]);
        folder.run(&["--study", "study", "import", "texts"]);
        folder
    }

    /// Everything in the study's journals.
    pub(crate) fn journals(&self) -> String {
        let mut out = String::new();
        for entry in std::fs::read_dir(self.path("study/journal")).into_iter().flatten().flatten() {
            out.push_str(&std::fs::read_to_string(entry.path()).unwrap_or_default());
        }
        out
    }

    /// Starts the program by another one, such as a shell that sets a limit, in a terminal of a size.
    pub(crate) fn start_in(
        &self,
        before: &[&str],
        arguments: &[&str],
        columns: u16,
        rows: u16,
        more: &[(&str, &str)],
    ) -> Pty {
        let (first, rest) = before.split_first().expect("a program");
        let own = env!("CARGO_BIN_EXE_verbatim");
        let all: Vec<&str> = rest.iter().copied().chain([own]).chain(arguments.iter().copied()).collect();
        Pty::start(self.dir.path(), first, &all, (columns, rows), &self.variables(), more)
    }

    /// Starts the program in a terminal of a size.
    pub(crate) fn start(&self, arguments: &[&str], columns: u16, rows: u16, more: &[(&str, &str)]) -> Pty {
        let program = env!("CARGO_BIN_EXE_verbatim");
        Pty::start(self.dir.path(), program, arguments, (columns, rows), &self.variables(), more)
    }

    /// Starts a shell in a terminal, with the program as `$VERBATIM`.
    #[cfg(unix)]
    pub(crate) fn shell(&self, script: &str, columns: u16, rows: u16, more: &[(&str, &str)]) -> Pty {
        let mut more = more.to_vec();
        more.push(("VERBATIM", env!("CARGO_BIN_EXE_verbatim")));
        Pty::start(self.dir.path(), "sh", &["-c", script], (columns, rows), &self.variables(), &more)
    }
}

impl Pty {
    fn start(
        dir: &Path,
        program: &str,
        arguments: &[&str],
        size: (u16, u16),
        variables: &[(&'static str, String)],
        more: &[(&str, &str)],
    ) -> Self {
        let (columns, rows) = size;
        let pair = native_pty_system()
            .openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(dir);
        for name in
            ["NO_COLOR", "COLORTERM", "COLORFGBG", "VERBATIM_CODER", "VERBATIM_NOW", "RUST_BACKTRACE", "TMUX"]
        {
            command.env_remove(name);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        for (name, value) in more {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let keys = pair.master.take_writer().expect("its input");
        let output: Arc<(Mutex<Output>, Condvar)> = Arc::default();
        let shared = Arc::clone(&output);
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            loop {
                let n = reader.read(&mut buffer).unwrap_or(0);
                let mut output = shared.0.lock().expect("the reader does not panic");
                output.bytes.extend_from_slice(buffer.get(..n).unwrap_or_default());
                output.ended = n == 0;
                shared.1.notify_all();
                if n == 0 {
                    return;
                }
            }
        });
        Self {
            master: pair.master,
            keys,
            child,
            output,
            parser: vt100::Parser::new(rows, columns, 0),
            parsed: 0,
        }
    }

    /// Takes in what came out, waiting for more if there is nothing new; false at the end or when
    /// patience ends.
    fn more(&mut self, until: Instant) -> bool {
        let (lock, changed) = &*self.output;
        let mut output = lock.lock().expect("the reader does not panic");
        while output.bytes.len() == self.parsed && !output.ended {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            output = changed.wait_timeout(output, left).expect("the reader does not panic").0;
        }
        let new = output.bytes.get(self.parsed..).unwrap_or_default();
        self.parser.process(new);
        let any = !new.is_empty();
        self.parsed = output.bytes.len();
        any
    }

    /// Waits until something holds of the screen.
    #[track_caller]
    pub(crate) fn until(&mut self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !holds(self.parser.screen()) {
            assert!(self.more(until), "{what} did not come; the screen:\n{}", self.text());
        }
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub(crate) fn wait(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the screen no longer shows a text.
    #[track_caller]
    pub(crate) fn wait_gone(&mut self, text: &str) {
        self.until(&format!("the end of {text}"), |screen| !screen.contents().contains(text));
    }

    /// Waits until the program has written some bytes, be they for the screen or for the terminal.
    #[track_caller]
    pub(crate) fn wait_bytes(&mut self, bytes: &str) {
        let until = Instant::now() + PATIENCE;
        let there = |s: &Self| {
            let output = s.output.0.lock().expect("the reader does not panic");
            output.bytes.windows(bytes.len()).any(|w| w == bytes.as_bytes())
        };
        while !there(self) {
            assert!(self.more(until), "{bytes:?} did not come; the screen:\n{}", self.text());
        }
    }

    /// Presses keys, as the bytes that a terminal sends.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("the program reads");
    }

    /// Gives the terminal another size, without looking at what is shown there.
    pub(crate) fn size(&mut self, columns: u16, rows: u16) {
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).expect("a size");
    }

    /// Waits until what was pressed has been drawn: everything is drawn anew, and the end of that seen.
    pub(crate) fn wait_for_frame(&mut self) {
        let before = self.parsed;
        self.press("\x0c");
        let until = Instant::now() + PATIENCE;
        while self.parsed < before + 200 {
            assert!(self.more(until), "no frame came; the screen:\n{}", self.text());
        }
    }

    /// Everything that the program has sent.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.output.0.lock().expect("the reader does not panic").bytes.clone()
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// Kills it, as a power cut would.
    #[cfg(unix)]
    pub(crate) fn kill(&mut self) {
        let killed = Command::new("kill").args(["-9", &self.id().to_string()]).status();
        assert!(killed.is_ok_and(|s| s.success()), "a process to kill");
        self.child.wait().expect("the end of it");
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.screen_mut().set_size(rows, columns);
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).expect("a size");
    }

    /// What the screen shows.
    pub(crate) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// Waits for the end of the program; its exit code, and the screen that it leaves.
    pub(crate) fn end(&mut self) -> (u32, vt100::Screen) {
        let until = Instant::now() + PATIENCE;
        while self.more(until) {}
        let status = self.child.wait().expect("the program ends");
        (status.exit_code(), self.parser.screen().clone())
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
