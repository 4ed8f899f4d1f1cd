//! `verbatim [DIR]`: the screen, on a study or on the start screen.

use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use study::{Study, Watch};
use tui::{Builtin, Options, Subcommand, TuiError};

use crate::app::App;
use crate::args::Cli;
use crate::error::{CommandError, Outcome, Result};
use crate::nearest::did_you_mean;
use crate::paths::pasted;

/// Opens the screen on the study in `dir`, in `--study` or around this folder; on the start screen where
/// there is none.
pub(crate) fn run(app: &mut App, dir: Option<&str>) -> Result {
    let named = dir.map(pasted).or_else(|| app.global.study.clone());
    let study = match &named {
        Some(dir) if dir.is_dir() => match Study::find(dir) {
            Some(study) => Some(study),
            None => {
                return Err(CommandError::new(format!("there is no study in {}", dir.display())).hint(
                    format!(
                        "`verbatim init {}` makes one there; `verbatim` alone shows the start screen",
                        dir.display()
                    ),
                ));
            }
        },
        Some(other) => return Err(unknown(other)),
        None => Study::find(Path::new(".")),
    };
    if app.global.json || app.global.csv {
        return Err(CommandError::new("the screen has no JSON or CSV")
            .hint("name a command, such as `verbatim documents --json`"));
    }
    if let Some(time) = &app.global.as_of {
        return Err(CommandError::new(format!("the screen shows the study as it is, not as of {time}"))
            .hint("use --as-of with a command, such as `verbatim freq --as-of TIME`"));
    }
    show(app, study)
}

/// Runs the screen.
pub(crate) fn show(app: &mut App, study: Option<PathBuf>) -> Result {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        let error = CommandError::new("the screen needs a terminal");
        return Err(if study.is_some() {
            error.hint("run it in a terminal, or name a command: `verbatim documents`, `verbatim freq` … (`verbatim --help` lists them)")
        } else {
            error
                .hint("there is no study here: `verbatim init DIR` makes one, `verbatim demo` a sample")
                .hint("`verbatim --help` lists the commands")
        });
    }
    let mut options = Options::new(app.context.clone());
    options.study = study;
    options.named = crate::demo::is_named(app);
    let context = app.context.clone();
    options.demo = std::sync::Arc::new(move |dir| crate::demo::make(dir, &context).map_err(|why| why.error));
    options.codebooks = crate::builtin::CODEBOOKS
        .iter()
        .map(|(name, text)| Builtin { name: (*name).to_owned(), text: (*text).to_owned() })
        .collect();
    options.command = std::sync::Arc::new(command);
    options.commands = subcommands(&<Cli as clap::CommandFactory>::command(), "");
    match tui::run(options) {
        Ok(()) => Ok(Outcome::Done),
        Err(TuiError::Study(why)) => Err(why.into()),
        Err(why) => Err(CommandError::new(why.to_string())
            .hint("the commands work without a screen: `verbatim --help` lists them")),
    }
}

/// How often it is asked whether a command is to stop.
const ASKED: Duration = Duration::from_millis(50);

/// Runs this program again for a command typed on the screen, and takes in all that it says. A process
/// of its own has a journal of its own, so that neither waits for the other, and can be ended at any
/// moment like a program in a shell: what it had written by then is whole.
fn command(study: &Path, args: &[String], watch: &Watch) -> (String, bool) {
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(why) => return (format!("error: {why}"), false),
    };
    let mut run = std::process::Command::new(program);
    run.args(["--color", "never"]);
    if !args.iter().any(|a| a == "--study" || a.starts_with("--study=")) {
        run.arg("--study").arg(study);
    }
    run.args(args).env(crate::progress::LINES, "1");
    run.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    match run.spawn().and_then(|mut child| listen(&mut child, watch)) {
        // 1 says that there was nothing to find, which is no mistake.
        Ok((said, status)) => (said, matches!(status.code(), Some(0 | 1))),
        Err(why) => (format!("error: {why}"), false),
    }
}

/// Takes in what a process says until it ends, or is ended because nobody wants it any more.
fn listen(child: &mut Child, watch: &Watch) -> std::io::Result<(String, ExitStatus)> {
    let (tell, told) = channel();
    let own = watch.clone();
    let streams: [(Option<Box<dyn Read + Send>>, bool); 2] = [
        (child.stdout.take().map(|s| Box::new(s) as _), false),
        (child.stderr.take().map(|s| Box::new(s) as _), true),
    ];
    let mut open = 0;
    for (stream, notes) in streams {
        let Some(stream) = stream else { continue };
        open += 1;
        let (tell, own) = (tell.clone(), own.clone());
        std::thread::spawn(move || {
            let mut said = Vec::new();
            let mut lines = BufReader::new(stream);
            loop {
                let before = said.len();
                match lines.read_until(b'\n', &mut said) {
                    Ok(0) | Err(_) => break,
                    Ok(_) => {}
                }
                let line = said.get(before..).unwrap_or_default();
                if let Some((done, of)) = crate::progress::counted(line).filter(|_| notes) {
                    own.set(done, of);
                    said.truncate(before);
                }
            }
            // Nobody listens any more where the screen was left.
            _ = tell.send((notes, said));
        });
    }
    let mut parts: [Vec<u8>; 2] = Default::default();
    while open > 0 {
        match told.recv_timeout(ASKED) {
            Ok((notes, said)) => {
                open -= 1;
                if let Some(part) = parts.get_mut(usize::from(notes)) {
                    *part = said;
                }
            }
            Err(RecvTimeoutError::Timeout) if watch.is_stopped() => child.kill()?,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = child.wait()?;
    Ok((parts.iter().map(|p| String::from_utf8_lossy(p)).collect(), status))
}

/// The commands with their options, for the screen to complete.
fn subcommands(command: &clap::Command, before: &str) -> Vec<Subcommand> {
    let mut out = Vec::new();
    for sub in command.get_subcommands() {
        let words = format!("{before}{}", sub.get_name());
        let options = sub.get_arguments().filter(|a| !a.is_hide_set()).filter_map(|a| a.get_long());
        out.push(Subcommand {
            about: sub.get_about().map(ToString::to_string).unwrap_or_default(),
            options: options.map(|o| format!("--{o}")).collect(),
            words: words.clone(),
        });
        out.extend(subcommands(sub, &format!("{words} ")));
    }
    out
}

/// A word that is neither a command nor a folder.
pub(crate) fn unknown(path: &Path) -> CommandError {
    let word = path.display().to_string();
    if path.is_file() {
        return CommandError::new(format!("{word} is a file"))
            .hint("name the folder of a study; `verbatim import` reads transcripts");
    }
    let cli = <Cli as clap::CommandFactory>::command();
    let commands: Vec<String> = cli.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    CommandError::new(format!("{word:?} is neither a command nor a folder"))
        .hint(did_you_mean(&word, commands.iter().map(String::as_str)))
        .hint("`verbatim --help` lists the commands")
}
