//! Damaged, foreign and unwritable studies: what is there is read, what is wrong is named, and nothing
//! that was saved is lost.

use std::fs;
use std::io::Write;

use crate::support::World;

#[test]
fn a_garbage_line_and_a_half_line_hide_nothing() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    let journal = world.journal();
    let name = journal.file_name().unwrap().to_str().unwrap().to_owned();
    let whole = fs::read_to_string(&journal).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let (last, first) = lines.split_last().unwrap();
    let damaged =
        format!("{}\nthis is no act \u{1b}[31m\n{last}\n{}", first.join("\n"), &last[..last.len() / 2]);
    world.write(&format!("journal/{name}"), damaged);
    world.said.clear();
    world.run(&["codings"]).done();
    world.run(&["codings", "--quiet", "--json"]).done();
    world.run(&["check"]);
    // The next act begins a line of its own.
    world.code("library", "rare books", "course");
    assert_eq!(world.run(&["codings", "--json"]).json()["codings"].as_array().unwrap().len(), 2);
    insta::assert_snapshot!(world.said.replace(&name, "[JOURNAL]"));
}

#[test]
fn git_conflict_marks_are_named_with_file_and_line() {
    let mut world = World::with_interviews();
    let journal = world.journal();
    let name = journal.file_name().unwrap().to_str().unwrap().to_owned();
    let mut text = fs::read_to_string(&journal).unwrap();
    text.push_str("<<<<<<< ours\n=======\n>>>>>>> theirs\n");
    world.write(&format!("journal/{name}"), text);
    let table = world.read("corpus/documents.csv");
    world.write("corpus/documents.csv", table.clone() + "<<<<<<< ours\n=======\n>>>>>>> theirs\n");
    world.said.clear();
    world.run(&["documents"]);
    world.run(&["check"]);
    world.write("corpus/documents.csv", table);
    let study = world.read("study.json");
    world.write("study.json", format!("<<<<<<< ours\n{study}=======\n{study}>>>>>>> theirs\n"));
    world.run(&["documents"]).refused();
    world.write("study.json", "{\n \"id\": }\n");
    world.run(&["documents"]).refused();
    world.write("study.json", "{\"id\": \"x\", \"format\": 99}\n");
    world.run(&["documents"]).refused();
    insta::assert_snapshot!(world.said.replace(&name, "[JOURNAL]"));
}

#[test]
fn acts_of_a_newer_version_stop_tables_and_nothing_else() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    let newer = r#"{"v":1,"id":"01999999-9999-7999-8999-999999999999","n":1,"at":"2026-01-01T00:00:00Z","coder":"zoe","act":"x","changes":[{"kind":"sentiment-measured","of":1}]}"#;
    world.write("journal/zoe-abc234.jsonl", format!("{newer}\n"));
    world.run(&["codings"]).done();
    world.said.clear();
    world.run(&["freq"]).refused();
    world.run(&["freq", "--ignore-unknown", "--csv", "--shape", "wide", "--level", "top"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn no_study_is_said_with_what_to_do() {
    let mut world = World::new();
    for args in [
        &["documents"][..],
        &["freq", "--json"],
        &["--study", "nowhere", "check"],
        &["--study", ".", "codings"],
        &[],
        &["."],
        &["init", "a/file.txt"],
    ] {
        if args.first() == Some(&"init") {
            world.write("a/file.txt", "x");
        }
        let ran = world.run(args);
        assert_eq!(ran.code, 2, "{args:?}");
    }
    world.run(&["init", "study"]).done();
    world.run(&["init", "study"]).refused();
    insta::assert_snapshot!(world.said);
}

/// Runs a command as somebody who may not write: another user where the tests run as root.
#[cfg(unix)]
fn powerless(world: &mut World, args: &[&str]) -> crate::support::Ran {
    use std::os::unix::process::CommandExt;
    let mut command = world.command(args);
    let is_root = fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
    if is_root {
        command.uid(65534).gid(65534);
    }
    let output = command.output().unwrap();
    world.note(args, &output)
}

#[cfg(unix)]
#[test]
fn a_read_only_study_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    let mode = |path: &std::path::Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let journal = world.journal();
    let before = fs::read(&journal).unwrap();
    for folder in ["", "corpus", "codebooks", "journal"] {
        mode(&world.path(folder), 0o555);
    }
    mode(&journal, 0o444);
    world.said.clear();
    if powerless(&mut world, &["codings"]).code != 0 {
        // The program itself cannot be reached by another user here.
        let _ = writeln!(std::io::stderr(), "SKIPPED: cannot run as another user");
    } else {
        powerless(&mut world, &["freq", "--csv", "--shape", "wide", "--level", "top"]).done();
        powerless(&mut world, &["code", "library", "10", "20", "course"]).refused();
        powerless(&mut world, &["init", "new"]).refused();
        powerless(&mut world, &["freq", "--out", "table.csv"]).refused();
        let name = journal.file_name().unwrap().to_str().unwrap().to_owned();
        insta::assert_snapshot!(world.said.replace(&name, "[JOURNAL]"));
    }
    assert_eq!(fs::read(&journal).unwrap(), before);
    for folder in ["", "corpus", "codebooks", "journal"] {
        mode(&world.path(folder), 0o755);
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_never_called_saved() {
    let mut world = World::with_interviews();
    let journal = world.journal();
    let name = journal.file_name().unwrap().to_str().unwrap().to_owned();
    let before = fs::read(&journal).unwrap();
    world.said.clear();
    // No file may grow, as on a full disk.
    let mut inner = world.command(&[]);
    let args = ["code", "library", "10", "20", "course"];
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]).arg(inner.get_program()).args(args);
    command.current_dir(world.path("")).env_clear();
    for (key, value) in inner.envs(std::iter::empty::<(&str, &str)>()).get_envs() {
        if let Some(value) = value {
            command.env(key, value);
        }
    }
    let output = command.output().unwrap();
    let ran = world.note(&args, &output).refused();
    assert!(!ran.stdout.contains("coded"), "{}", ran.stdout);
    assert_eq!(fs::read(&journal).unwrap(), before);
    world.run(&args).done();
    insta::assert_snapshot!(world.said.replace(&name, "[JOURNAL]"));
}
