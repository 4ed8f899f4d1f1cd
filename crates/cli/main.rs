//! The program: reads the command line, runs one command, and turns its outcome into an exit code.
//!
//! Glue only. What a command knows about interviews is in the library crates; what is here is one
//! file per command, the words of the command line, and printing ([`out`]).

mod app;
mod args;
mod audit;
mod autocode;
mod basis;
mod builtin;
mod check;
mod code;
mod code_from;
mod codebook;
mod codebook_add;
mod codebook_appendix;
mod codebook_change;
mod codebook_export;
mod codebook_group;
mod codebook_log;
mod codebook_merge;
mod codebook_qualifier;
mod coders;
mod codings;
mod codings_change;
mod collocates;
mod cooccur;
mod coverage;
mod crosstab;
mod demo;
mod describe;
mod diff;
mod document_rows;
mod documents;
mod done;
mod error;
mod exemplar;
mod explain;
mod export_command;
mod framework;
mod freq;
mod freq_grid;
mod history;
mod hits;
mod import;
mod index_command;
mod init;
mod joint;
mod lookup;
mod matrix;
mod member;
mod memo;
mod methods;
mod missed;
mod named;
mod nearest;
mod not_asked;
mod out;
mod pages;
mod paths;
mod profile;
mod progress;
mod provenance;
mod quotes;
mod recode;
mod redo;
mod reopen;
mod report;
mod rules;
mod saturation;
mod saved_table;
mod screen;
mod search;
mod searches;
mod sensitivity;
mod session;
mod settings;
mod sheets;
mod summary;
mod table;
mod table_args;
mod table_source;
mod uncode;
mod undo;
mod verify;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::app::App;
use crate::args::{Cli, Command};
use crate::error::{CommandError, Kind, Outcome, Result};
use crate::out::{Form, Out};

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let cli = match named::read(&words).map_or_else(|| Cli::try_parse_from(&words), Ok) {
        Ok(cli) => cli,
        Err(why) => return misspoken(&why),
    };
    let mut app = App::new(cli.global);
    let result = run(&mut app, cli.command.as_ref(), cli.dir.as_deref()).and_then(|outcome| {
        app.out.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(why) if why.kind == Kind::BrokenPipe => ExitCode::SUCCESS,
        Err(why) => {
            // What was printed before the error is seen before it.
            let _ = app.out.flush();
            app.out.error(&why);
            ExitCode::from(2)
        }
    }
}

pub(crate) fn run(app: &mut App, command: Option<&Command>, dir: Option<&str>) -> Result {
    let Some(command) = command else { return screen::run(app, dir) };
    if let Some(dir) = dir {
        return Err(CommandError::new(format!("{dir:?} stands before the command"))
            .hint(format!("name the study with --study {dir}, or go to its folder")));
    }
    match command {
        Command::Demo(args) => demo::run(app, args),
        Command::Init(args) => init::run(app, args),
        Command::Import(args) => import::run(app, args),
        Command::Documents(args) => documents::run(app, args),
        Command::Search(args) => search::run(app, args),
        Command::Searches(args) => searches::run(app, args),
        Command::Autocode(args) => autocode::run(app, args),
        Command::Missed(args) => missed::run(app, args),
        Command::Words(args) => words::run(app, args),
        Command::Collocates(args) => collocates::run(app, args),
        Command::Index(args) => index_command::run(app, args),
        Command::Code(args) => code::run(app, args),
        Command::Codings(args) => codings::run(app, args),
        Command::Recode(args) => recode::run(app, args),
        Command::Uncode(args) => uncode::run(app, args),
        Command::Codebook(args) => codebook::run(app, args),
        Command::Done(args) => done::run(app, args),
        Command::Reopen(args) => reopen::run(app, args),
        Command::NotAsked(args) => not_asked::run(app, args, args.undo),
        Command::Asked(args) => not_asked::run(app, args, !args.undo),
        Command::Undo(args) => undo::run(app, args),
        Command::Redo(args) => redo::run(app, args),
        Command::History(args) => history::run(app, args),
        Command::Coders(args) => coders::run(app, args),
        Command::Settings(args) => settings::run(app, args),
        Command::Memo(args) => memo::run(app, args),
        Command::Summary(args) => summary::run(app, args),
        Command::Exemplar(args) => exemplar::run(app, args),
        Command::Freq(args) => freq::run(app, args),
        Command::Framework(args) => framework::run(app, args),
        Command::Quotes(args) => quotes::run(app, args),
        Command::Joint(args) => joint::run(app, args),
        Command::Report(args) => report::run(app, args),
        Command::Methods(args) => methods::run(app, args),
        Command::Audit(args) => audit::run(app, args),
        Command::Member(args) => member::run(app, args),
        Command::Profile(args) => profile::run(app, args),
        Command::Saturation(args) => saturation::run(app, args),
        Command::Export(args) => export_command::run(app, args),
        Command::Explain(args) => explain::run(app, args),
        Command::Verify(args) => verify::run(app, args),
        Command::Diff(args) => diff::run(app, args),
        Command::Crosstab(args) => crosstab::run(app, args),
        Command::Cooccur(args) => cooccur::run(app, args),
        Command::Matrix(args) => matrix::run(app, args),
        Command::Coverage(args) => coverage::run(app, args),
        Command::Sensitivity(args) => sensitivity::run(app, args),
        Command::Check => check::run(app),
    }
}

/// Help and version as clap writes them; a mistake on the command line as one error with hints.
fn misspoken(why: &clap::Error) -> ExitCode {
    if matches!(why.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A reader that has gone needs no help.
        let _ = why.print();
        return ExitCode::SUCCESS;
    }
    let json = std::env::args_os().any(|a| a == "--json");
    let mut out = Out::new(if json { Form::Json } else { Form::Text }, false, None);
    // `verbatim serch x`: the mistake is the first word, not the second.
    let first = std::env::args().skip(1).find(|a| !a.starts_with('-')).unwrap_or_default();
    let known = <Cli as clap::CommandFactory>::command().get_subcommands().any(|c| c.get_name() == first);
    if why.kind() == ErrorKind::InvalidSubcommand && !known {
        out.error(&screen::unknown(std::path::Path::new(&first)));
        return ExitCode::from(2);
    }
    let text = why.render().to_string();
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let mut error = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let mut hints = Vec::new();
    let mut usage = String::new();
    for line in lines {
        if let Some(tip) = line.strip_prefix("tip: ") {
            hints.push(tip.to_owned());
        } else if line.starts_with("Usage: ") {
            line.clone_into(&mut usage);
        } else if line.starts_with("For more information") {
        } else if usage.is_empty() && hints.is_empty() {
            error = format!("{error} {line}");
        }
    }
    if why.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        "a word is missing: say what to do".clone_into(&mut error);
    }
    if !usage.is_empty() {
        hints.push(format!("{usage} (add --help to read more)"));
    }
    out.error(&CommandError { kind: Kind::Error, error, hints });
    ExitCode::from(2)
}
