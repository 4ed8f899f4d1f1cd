//! Every table against a second calculation, in Python, from texts, turns and tables alone.
//!
//! `tests/oracle/README.md` tells how it works. Python with pandas and scipy is needed; where it is
//! missing the test says so and passes, but not where `VERBATIM_ORACLE=required` (as in CI).
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may panic, and says when it skips")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn required() -> bool {
    std::env::var_os("VERBATIM_ORACLE").is_some_and(|value| value == "required")
}

/// Python with what the checker needs: `VERBATIM_ORACLE_PYTHON`, else `python3`.
fn python() -> Option<PathBuf> {
    let program = std::env::var_os("VERBATIM_ORACLE_PYTHON").map_or_else(|| "python3".into(), PathBuf::from);
    let ready = Command::new(&program)
        .args(["-c", "import pandas, scipy, regex"])
        .stdin(Stdio::null())
        .output()
        .is_ok_and(|output| output.status.success());
    if ready {
        return Some(program);
    }
    assert!(!required(), "{} with pandas, scipy and regex is required here", program.display());
    eprintln!("skipped: no Python with pandas, scipy and regex");
    None
}

/// Runs one of the checker's programs; what it prints is printed, and its failure is one.
fn run(python: &Path, program: &str, args: &[&str]) {
    let output = Command::new(python)
        .arg(root().join("tests/oracle").join(program))
        .args(args)
        .args(["--verbatim", env!("CARGO_BIN_EXE_verbatim")])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("VERBATIM_CODER")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    eprint!("{said}");
    assert!(output.status.success(), "{program} {args:?}\n{said}\n{complained}");
}

#[test]
fn the_tables_of_the_sample_study_are_those_of_a_second_calculation() {
    let Some(python) = python() else { return };
    let home = tempfile::tempdir().unwrap();
    let study = home.path().join("demo");
    let made = Command::new(env!("CARGO_BIN_EXE_verbatim"))
        .args(["--coder", "anna", "demo"])
        .arg(&study)
        .env("VERBATIM_CONFIG", home.path())
        .env("VERBATIM_CACHE", home.path().join("cache"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    run(&python, "check.py", &[study.to_str().unwrap()]);
}

#[test]
fn the_tables_of_a_scripted_study_are_those_of_a_second_calculation() {
    let founders = root().join("../shared/data/corpora/founders");
    if !founders.exists() {
        eprintln!("skipped: {} is not there", founders.display());
        return;
    }
    let Some(python) = python() else { return };
    let home = tempfile::tempdir().unwrap();
    let study = home.path().join("study");
    let study = study.to_str().unwrap();
    run(&python, "make_study.py", &[founders.to_str().unwrap(), study]);
    run(&python, "check.py", &[study]);
}
