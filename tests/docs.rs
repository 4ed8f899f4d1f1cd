//! The guide's key reference is made from the table of actions, in each language, and every example of
//! docs/search.md is what the program answers on the sample study; this holds both there.
//!
//! `VERBATIM_WRITE_DOCS=1 cargo test --test docs` writes them anew.
#![expect(clippy::disallowed_methods, reason = "the key references are written on request")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tui::Language;

#[test]
fn the_key_references_are_those_of_the_action_table() {
    for (name, language) in [("docs/keys.md", Language::En), ("docs/toetsen.md", Language::Nl)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let made = tui::key_reference(language);
        if std::env::var_os("VERBATIM_WRITE_DOCS").is_some() {
            fs::write(&path, &made).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap();
        assert_eq!(written, made, "{name} is old: VERBATIM_WRITE_DOCS=1 cargo test --test docs");
    }
}

#[test]
fn the_map_names_every_crate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(map.contains(&format!("crates/{name}")), "ARCHITECTURE.md does not name crates/{name}");
    }
}

/// A command line as a shell cuts it: at spaces, but not between single quotes.
fn arguments(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for (i, part) in line.split('\'').enumerate() {
        for (j, word) in (if i % 2 == 0 { part.split(' ').collect() } else { vec![part] }).iter().enumerate()
        {
            if j > 0 {
                out.push(String::new());
            }
            if let Some(last) = out.last_mut() {
                last.push_str(word);
            }
        }
    }
    out.retain(|word| !word.is_empty());
    out
}

#[test]
fn the_examples_of_searching_are_what_the_program_answers() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[String], second: usize| {
        let output = Command::new(env!("CARGO_BIN_EXE_verbatim"))
            .args(args)
            .current_dir(home.path())
            .env_clear()
            .env("VERBATIM_CONFIG", home.path().join(".config"))
            .env("VERBATIM_CACHE", home.path().join(".cache"))
            .env("VERBATIM_CODER", "anna")
            .env("VERBATIM_NOW", format!("2026-04-20T10:{:02}:{:02}Z", second / 60, second % 60))
            .env("VERBATIM_SEED", second.to_string())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), said + &String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(run(&arguments("demo study"), 0).0, Some(0));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/search.md");
    let written = fs::read_to_string(&path).unwrap();
    let mut made = String::new();
    let mut lines = written.lines();
    let mut examples = 0;
    while let Some(line) = lines.next() {
        made += line;
        made += "\n";
        let Some(command) = line.strip_prefix("    verbatim ") else { continue };
        assert_eq!((lines.next(), lines.next()), (Some(""), Some("```text")), "{command} shows no output");
        lines.by_ref().find(|l| *l == "```").unwrap();
        examples += 1;
        let study = ["--study", "study"].map(str::to_owned);
        let (code, said) = run(&[study.as_slice(), &arguments(command)].concat(), examples);
        assert!(code != Some(1), "{command} finds nothing");
        assert_eq!(code == Some(2), said.starts_with("error: "), "{command}: {said}");
        made += "\n```text\n";
        made += &said;
        made += "```\n";
    }
    assert!(examples > 20);
    if std::env::var_os("VERBATIM_WRITE_DOCS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written, made, "docs/search.md is old: VERBATIM_WRITE_DOCS=1 cargo test --test docs");
}
