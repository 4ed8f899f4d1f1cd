//! What every command has in common: JSON keys, exit codes, quiet, help, pipes.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::support::World;

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The keys of the contract, in its order; others may follow.
#[track_caller]
fn begins(value: &Value, contract: &[&str]) {
    let keys = keys(value);
    assert_eq!(keys[..contract.len()], *contract);
}

#[test]
fn json_keeps_the_keys_of_the_contract() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    world.run(&["done", "library"]).done();
    let all = world.run(&["documents", "--json"]).done().json();
    begins(
        &all["documents"][0],
        &[
            "document",
            "title",
            "case",
            "kind",
            "language",
            "date",
            "turns",
            "words",
            "respondent_words",
            "characters",
            "codings",
            "done",
            "text_sha256",
            "attributes",
        ],
    );
    let one = world.run(&["documents", "library", "--json"]).done().json();
    let one = &one["documents"][0];
    assert_eq!(one["done"]["anna"], "done");
    for (list, contract) in [
        ("speakers", &["speaker", "name", "role", "role_known", "case", "turns", "words"][..]),
        ("turn_list", &["turn", "start", "text_start", "end", "speaker", "role", "case", "seconds"]),
    ] {
        begins(&one[list][0], contract);
    }
    let found = world.run(&["search", "roster", "--json", "--limit", "1"]).done().json();
    begins(&found, &["query", "total", "hits"]);
    begins(
        &found["hits"][0],
        &["document", "start", "end", "text", "before", "after", "turn", "speaker", "role", "case"],
    );
    let codings = world.run(&["codings", "--json"]).done().json();
    begins(
        &codings["codings"][0],
        &[
            "id",
            "document",
            "start",
            "end",
            "quote",
            "code",
            "top",
            "coder",
            "by",
            "case",
            "case_from",
            "speaker",
            "role",
            "turn",
            "at",
            "weight",
            "note",
            "qualifiers",
            "anchor",
            "counted",
        ],
    );
    let table = world.run(&["freq", "--json"]).done().json();
    begins(&table, &["by", "count", "level", "roles", "reading", "waiting", "rows", "totals"]);
    begins(
        &table["rows"][0],
        &["group", "code", "n", "status", "documents", "documents_done", "words", "per_1000"],
    );
    begins(&table["totals"][0], &["code", "n", "cases", "cases_read"]);
    let check = world.run(&["check", "--json"]).done().json();
    begins(&check, &["problems"]);
    let ran = world.run(&["documents", "nowhere", "--json"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    let error: Value = serde_json::from_str(&ran.stderr).unwrap();
    begins(&error, &["error", "hints"]);
}

#[test]
fn positions_are_code_points() {
    let mut world = World::with_study();
    world.write(
        "talk.txt",
        "Interviewer: Een één-tweetje? \u{1f950}\nBakker: Ja, een croissant \u{1f950} é.\nInterviewer: En nu?\nBakker: Nu niets.\n",
    );
    world.run(&["import", "talk.txt"]).done();
    let hit = world.run(&["search", "croissant", "--json"]).done().json()["hits"][0].clone();
    let (start, end) = world.place("talk", "croissant");
    assert_eq!((hit["start"].to_string(), hit["end"].to_string()), (start, end));
    assert_eq!(hit["turn"], 2);
    let text = world.read("corpus/talk.txt");
    let length = text.chars().count().to_string();
    let ran = world.run(&["code", "talk", "0", &length, "course", "--json"]).done().json();
    assert_eq!(ran["codings"][0]["quote"], text);
}

#[test]
fn mistakes_on_the_command_line_have_one_form() {
    let mut world = World::with_interviews();
    for args in [
        &["serch", "x"][..],
        &["freq", "--count", "passage"],
        &["freq", "--by", "sectr"],
        &["freq", "--level", "deep"],
        &["freq", "--roles", "boss"],
        &["freq", "--shape", "round"],
        &["freq", "--json", "--csv"],
        &["search"],
        &["search", "(roster"],
        &["search", "colour:red"],
        &["documents", "--unknown"],
        &["library", "documents"],
        &["--json", "search", "(roster"],
        &["--json", "frequencies"],
    ] {
        assert_eq!(world.run(args).code, 2, "{args:?}");
    }
    insta::assert_snapshot!(world.said);
}

#[test]
fn help_is_there_for_every_command() {
    let mut world = World::new();
    let help = world.run(&["--help"]).done().stdout;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|l| *l != "Commands:")
        .skip(1)
        .take_while(|l| !l.is_empty())
        .filter_map(|l| l.strip_prefix("  ")?.split(' ').next().filter(|w| !w.is_empty()))
        .collect();
    assert!(commands.len() > 20, "{commands:?}");
    for command in commands {
        let text = world.run(&[command, "--help"]).done().stdout;
        assert!(command == "check" || text.contains("Example"), "{command} has no example:\n{text}");
    }
}

#[test]
fn quiet_prints_results_alone() {
    let mut world = World::with_interviews();
    let (start, end) = world.place("library", "the roster");
    let ran = world.run(&["code", "library", &start, &end, "rosters", "--quiet"]).done();
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    let ran = world.run(&["freq", "--quiet"]).done();
    assert!(!ran.stdout.contains("0 means"), "{}", ran.stdout);
}

#[test]
fn colour_only_where_it_is_wanted() {
    let mut world = World::with_interviews();
    assert!(!world.run(&["search", "roster"]).done().stdout.contains('\u{1b}'));
    assert!(world.run(&["search", "roster", "--color", "always"]).done().stdout.contains("\u{1b}[1m"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut world = World::with_interviews();
    let text = "Interviewer: roster?\nGuest: roster roster roster.\n".repeat(4000);
    world.write("long.txt", text);
    world.run(&["import", "long.txt", "--quiet"]).done();
    let mut command = world.command(&["search", "roster", "--json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0_u8; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_index_may_be_removed_at_any_time() {
    let mut world = World::with_interviews();
    let first = world.run(&["search", "cours*", "--json"]).done().stdout;
    let place = world.run(&["index", "--where", "--json"]).done().json();
    assert!(place["where"].as_str().unwrap().contains(".cache"));
    world.run(&["index"]).done();
    world.run(&["index", "--rebuild"]).done();
    world.run(&["index", "--forget"]).done();
    assert_eq!(world.run(&["search", "cours*", "--json"]).done().stdout, first);
    assert_eq!(world.run(&["search", "zeppelin"]).code, 1);
}

#[test]
fn a_table_goes_to_a_file() {
    let mut world = World::with_interviews();
    world.run(&["freq", "--out", "table.csv"]).done();
    let printed = world.run(&["freq", "--csv"]).done().stdout;
    assert_eq!(world.read("table.csv"), printed);
    world.run(&["freq", "--out", "table.json"]).done();
    let table: Value = serde_json::from_str(&world.read("table.json")).unwrap();
    assert_eq!(table["by"], "case");
    world.run(&["freq", "--out", "no/such/folder/table.csv"]).refused();
}

#[test]
fn the_sample_is_made_once_and_opened_again() {
    let mut world = World::new();
    world.coder("");
    let first = world.run(&["demo"]).done().stdout;
    assert!(first.contains("organisation × code"), "{first}");
    let again = world.run(&["demo"]).done();
    assert_eq!(again.stdout, first);
    assert_eq!(again.stderr, "");
    assert_eq!(world.run(&["--study", "verbatim-demo", "check"]).code, 0);
    world.write("taken/file.txt", "x");
    world.run(&["demo", "taken"]).refused();
    assert_eq!(world.read("taken/file.txt"), "x");
}
