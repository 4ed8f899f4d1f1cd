//! The named command: a command line is read without describing what all other commands take.
//!
//! To describe all commands with their options takes a millisecond, which is as long as a search.
//! So where the first word names a command, the rest is read as that command's. Whatever does not fit
//! (and every question for help) is read again as a whole, which then says so.

use std::ffi::OsString;

use clap::{Args, FromArgMatches as _};

use crate::args::{Cli, Command, Global};

/// Reads the words behind the name of a command.
type Reader = Box<dyn Fn(&[OsString]) -> Option<Cli>>;

/// What the words of a command line say, the program's name first; none where they must be read as a whole.
pub(crate) fn read(words: &[OsString]) -> Option<Cli> {
    let (_, words) = words.split_first()?;
    let (name, words) = words.split_first()?;
    reader(name.to_str()?)?(words)
}

fn reader(name: &str) -> Option<Reader> {
    Some(match name {
        "demo" => of(Command::Demo),
        "init" => of(Command::Init),
        "import" => of(Command::Import),
        "documents" => of(Command::Documents),
        "search" => of(Command::Search),
        "searches" => of(Command::Searches),
        "autocode" => of(Command::Autocode),
        "missed" => of(Command::Missed),
        "words" => of(Command::Words),
        "collocates" => of(Command::Collocates),
        "index" => of(Command::Index),
        "code" => of(Command::Code),
        "codings" => of(Command::Codings),
        "recode" => of(Command::Recode),
        "uncode" => of(Command::Uncode),
        "codebook" => of(Command::Codebook),
        "done" => of(Command::Done),
        "reopen" => of(Command::Reopen),
        "not-asked" => of(Command::NotAsked),
        "asked" => of(Command::Asked),
        "undo" => of(Command::Undo),
        "redo" => of(Command::Redo),
        "history" => of(Command::History),
        "coders" => of(Command::Coders),
        "settings" => of(Command::Settings),
        "memo" => of(Command::Memo),
        "summary" => of(Command::Summary),
        "exemplar" => of(Command::Exemplar),
        "freq" => of(Command::Freq),
        "framework" => of(Command::Framework),
        "quotes" => of(Command::Quotes),
        "joint" => of(Command::Joint),
        "report" => of(Command::Report),
        "methods" => of(Command::Methods),
        "audit" => of(Command::Audit),
        "member" => of(Command::Member),
        "profile" => of(Command::Profile),
        "saturation" => of(Command::Saturation),
        "export" => of(Command::Export),
        "explain" => of(Command::Explain),
        "verify" => of(Command::Verify),
        "diff" => of(Command::Diff),
        "crosstab" => of(Command::Crosstab),
        "cooccur" => of(Command::Cooccur),
        "matrix" => of(Command::Matrix),
        "coverage" => of(Command::Coverage),
        "sensitivity" => of(Command::Sensitivity),
        _ => return None,
    })
}

fn of<A: Args + 'static>(command: fn(A) -> Command) -> Reader {
    Box::new(move |words| {
        let described = clap::Command::new("verbatim").no_binary_name(true);
        let described = Global::augment_args(A::augment_args(described));
        let mut found = described.try_get_matches_from(words).ok()?;
        let args = A::from_arg_matches_mut(&mut found).ok()?;
        let global = Global::from_arg_matches_mut(&mut found).ok()?;
        Some(Cli { dir: None, command: Some(command(args)), global })
    })
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    /// All that the two ways may read, and much that neither does.
    const LINES: &[&str] = &[
        "search zorg",
        "search zorg --limit 3 --json",
        "search --study here --coder anna zorg werk",
        "search -- -x",
        "search",
        "search --help",
        "search zorg --json --csv",
        "search zorg --nosuch",
        "search zorg -q --color never --as-of 2026-01-01",
        "codebook list",
        "codebook show --json",
        "codebook",
        "codings --json",
        "codings change a b --note x",
        "codings --code x change a",
        "coders primary anna",
        "documents one",
        "not-asked a b",
        "summary a b -- -c",
        "code a 1 2 c --weight -1",
        "done a b --quiet",
        "freq --by case --csv",
        "words",
        "export there --json",
        "undo --version",
        "asked a b --undo",
        "undo",
    ];

    #[test]
    fn a_named_command_is_read_as_in_the_whole() {
        let mut read_alone = 0;
        for line in LINES {
            let line = words(&format!("verbatim {line}"));
            let Some(alone) = read(&line) else { continue };
            read_alone += 1;
            let whole = Cli::try_parse_from(&line).map_err(|why| why.to_string());
            assert_eq!(Ok(format!("{alone:?}")), whole.map(|cli| format!("{cli:?}")), "{line:?}");
        }
        assert!(read_alone > 12, "{read_alone}");
    }

    #[test]
    fn every_command_with_arguments_can_be_read_by_its_name() {
        let all = Cli::command();
        let known = |command: &&clap::Command| reader(command.get_name()).is_none();
        let others: Vec<&str> = all.get_subcommands().filter(known).map(clap::Command::get_name).collect();
        assert_eq!(others, ["check"]);
    }

    #[test]
    fn what_does_not_fit_is_read_as_a_whole() {
        for line in ["verbatim", "verbatim --json search x", "verbatim dir", "verbatim search --help"] {
            assert!(read(&words(line)).is_none(), "{line}");
        }
    }
}
