//! Rules that last: the same words are the same rule, whoever saved them and whatever became of that; a
//! rejection is about the hits that were looked at; what is missed is one list. Numbers are counted by
//! hand from the text below.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::World;

/// Four sentences with *cursus*: one, two, four and six; *training* in three and four, *opleiding* in five.
const TEXT: &str = "Interviewer: Wat doen jullie?\n\n\
    Bob: We hebben een cursus. De cursus is goed. En een training ook. Cursus en training samen. \
    Geen opleiding.\n\n\
    Interviewer: En verder?\n\n\
    Bob: Een cursus boekhouden. Niets anders.\n";
const NAME: &str = "course: cursus (sentence)";

fn world() -> World {
    let mut world = World::with_study();
    world.import("bob", TEXT);
    world.said.clear();
    world
}

fn run(world: &mut World, study: &str, args: &[&str]) -> Value {
    let args: Vec<&str> = ["--study", study].iter().chain(args).chain(&["--json"]).copied().collect();
    let ran = world.run(&args);
    assert!(ran.code <= 1, "{}", ran.stderr);
    ran.json()
}

const WORDS: &[&str] = &["autocode", "course", "--query", "cursus", "--unit", "sentence"];

fn autocode(world: &mut World, study: &str, more: &[&str]) -> Value {
    run(world, study, &[WORDS, more].concat())
}

/// What became of each hit: o, r, c or a.
fn letters(run: &Value) -> String {
    run["hits"].as_array().unwrap().iter().map(|h| &h["state"].as_str().unwrap()[..1]).collect()
}

fn states(world: &mut World, study: &str) -> String {
    letters(&autocode(world, study, &["--all"]))
}

/// The passages that are missed, by the hit shown.
fn missed(world: &mut World, code: &str) -> Vec<u64> {
    let run = run(world, ".", &["missed", code]);
    run["hits"].as_array().unwrap().iter().map(|h| h["start"].as_u64().unwrap()).collect()
}

/// Where the n-th *word* stands in the text.
fn at(word: &str, n: usize) -> u64 {
    TEXT.to_lowercase().match_indices(word).nth(n).unwrap().0 as u64
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there);
        } else {
            std::fs::copy(&path, &there).unwrap();
        }
    }
}

/// Copies the journals of a coder into another copy of the study.
fn hand_over(world: &World, from: &str, coder: &str, to: &str) {
    for entry in std::fs::read_dir(world.path(from).join("journal")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with(coder) {
            std::fs::copy(&path, world.path(to).join("journal").join(name)).unwrap();
        }
    }
}

#[test]
fn the_same_rule_of_two_coders_is_one_rule_after_merging() {
    let mut world = World::new();
    let codes = crate::support::fixtures().join("codes.json");
    world.run(&["init", "one", "--codebook", codes.to_str().unwrap(), "--language", "nl"]).done();
    world.write("bob.txt", TEXT);
    world.run(&["--study", "one", "import", "bob.txt"]).done();
    copy(&world.path("one"), &world.path("two"));
    autocode(&mut world, "one", &["--reject", "1"]);
    world.coder("bram");
    autocode(&mut world, "two", &["--reject", "2,3", "--accept", "4"]);
    // Both ways round.
    hand_over(&world, "two", "bram", "one");
    hand_over(&world, "one", "anna", "two");
    for study in ["one", "two"] {
        world.coder("bram");
        assert_eq!(states(&mut world, study), "orra", "{study}");
        world.coder("anna");
        assert_eq!(states(&mut world, study), "rooo", "each coder decides for themselves");
        // One was rejected by anna, two and three by bram; four is coded.
        assert_eq!(run(&mut world, study, &["missed", "course"])["total"], 0);
        assert_eq!(run(&mut world, study, &["missed", "course", "--rejected"])["total"], 3);
        let list = run(&mut world, study, &["searches", "list"]);
        assert_eq!(list["searches"].as_array().unwrap().len(), 1);
        let rules = run(&mut world, study, &["searches", "list", "--rules", "--everybody"]);
        let rule = &rules["rules"][0];
        assert_eq!(rules["rules"].as_array().unwrap().len(), 1);
        assert_eq!([&rule["accepted"], &rule["rejected"], &rule["open"]], [&json!(1), &json!(3), &json!(0)]);
        let by_name = run(&mut world, study, &["autocode", "course", "--rule", NAME, "--list"]);
        assert_eq!((letters(&by_name).as_str(), &by_name["rule"]), ("rooo", &rule["id"]));
        // What is decided now, is decided for the one rule.
        autocode(&mut world, study, &["--bring-back", "1"]);
        assert_eq!(states(&mut world, study), "oooo");
        world.run(&["--study", study, "undo"]).done();
        // A change of the rule, and its removal, are of both.
        world.run(&["--study", study, "searches", "save", NAME, "training", "--code", "course"]).done();
        let rules = run(&mut world, study, &["searches", "list", "--rules"]);
        assert_eq!(rules["rules"].as_array().unwrap().len(), 1);
        assert_eq!(rules["rules"][0]["query"], "training");
        world.run(&["--study", study, "undo"]).done();
        world.run(&["--study", study, "searches", "remove", NAME]).done();
        assert_eq!(world.run(&["--study", study, "searches", "list"]).code, 1);
    }
}

#[test]
fn undo_takes_back_its_own_run_and_leaves_the_rule() {
    let mut world = world();
    let first = autocode(&mut world, ".", &["--accept", "1"]);
    autocode(&mut world, ".", &["--reject", "2,3", "--accept", "4"]);
    let act = first["act"].as_str().unwrap().to_owned();
    world.run(&["undo", &act]).done();
    assert_eq!(states(&mut world, "."), "orra");
    let rules = run(&mut world, ".", &["searches", "list", "--rules"]);
    assert_eq!(rules["rules"][0]["name"], NAME);
    assert_eq!(world.run(&["check"]).code, 0);
    // The rule itself can be undone too: what was decided under it waits for the same words.
    let rule = first["rule"].as_str().unwrap();
    let saving = rule.rsplit_once('.').unwrap().0.to_owned();
    assert_ne!(saving, act);
    world.run(&["undo", &saving]).done();
    assert_eq!(world.run(&["searches", "list"]).code, 1);
    let again = autocode(&mut world, ".", &["--all"]);
    assert_eq!((letters(&again).as_str(), &again["rule"]), ("orra", &Value::Null));
    autocode(&mut world, ".", &["--reject", "1"]);
    assert_eq!(states(&mut world, "."), "rrra");
    // Redone by its id, since something else was done meanwhile, both are one.
    world.run(&["redo", &saving]).done();
    assert_eq!(states(&mut world, "."), "rrra");
    assert_eq!(run(&mut world, ".", &["searches", "list"])["searches"].as_array().unwrap().len(), 1);
}

#[test]
fn a_rule_that_is_removed_or_loses_its_code_is_found_again_by_the_same_words() {
    let mut world = world();
    autocode(&mut world, ".", &["--reject", "2,3", "--accept", "4"]);
    // Two rejected passages and a coding.
    let stripped = world.run(&["searches", "save", NAME, "opleiding"]).done();
    assert!(stripped.stderr.contains("3 decisions stand under it"), "{}", stripped.stderr);
    assert_eq!(states(&mut world, "."), "orra");
    world.run(&["undo"]).done();
    let removed = world.run(&["searches", "remove", NAME]).done();
    assert!(removed.stderr.contains("3 decisions stand under it"), "{}", removed.stderr);
    assert_eq!(states(&mut world, "."), "orra");
    world.run(&["searches", "save", "mine", "cursus", "--code", "course"]).done();
    let rule = run(&mut world, ".", &["autocode", "course", "--rule", "mine", "--list"]);
    assert_eq!(letters(&rule), "orra");
    // One that nothing was decided about goes quietly.
    world.run(&["searches", "save", "other", "training", "--code", "course"]).done();
    assert_eq!(world.run(&["searches", "remove", "other"]).done().stderr, "");
}

#[test]
fn a_name_that_is_taken_by_other_words_is_not_given_twice() {
    let mut world = world();
    autocode(&mut world, ".", &["--reject", "1"]);
    world.run(&["searches", "save", NAME, "training", "--code", "course"]).done();
    let other = autocode(&mut world, ".", &["--reject", "2"]);
    assert_eq!(other["name"], "course: cursus (sentence) 2");
    world.run(&[WORDS, &["--name", &NAME.to_uppercase(), "--yes"]].concat()).done();
    let args =
        ["autocode", "course", "--query", "samen", "--unit", "match", "--name", "COURSE: cursus (sentence)"];
    world.run(&args).refused();
}

#[test]
fn an_edited_rule_offers_what_nobody_decided_about() {
    let mut world = world();
    autocode(&mut world, ".", &["--name", "R", "--reject", "3"]);
    let save = |world: &mut World, query: &str, unit: &str| {
        world.run(&["searches", "save", "R", query, "--code", "course", "--unit", unit]).done();
        letters(&run(world, ".", &["autocode", "course", "--rule", "R", "--all"]))
    };
    // Bob's first turn has three hits of cursus, of which one was rejected, and opleiding.
    assert_eq!(save(&mut world, "cursus OR opleiding", "turn"), "oo");
    assert_eq!(missed(&mut world, "course"), [at("cursus", 0), at("cursus", 3)]);
    // "samen" stands in the rejected sentence, and was never offered.
    assert_eq!(save(&mut world, "cursus OR samen", "match"), "ooroo");
    assert_eq!(save(&mut world, "cursus OR samen", "sentence"), "oooo");
    // Words that were rejected stay so, whatever is taken with them.
    assert_eq!(save(&mut world, "cursus", "match"), "ooro");
    assert_eq!(save(&mut world, "cursus", "sentence"), "ooro");
    // A phrase has words that nobody looked at.
    assert_eq!(save(&mut world, "\"cursus en training\"", "sentence"), "o");
    // A turn of which each hit was rejected is rejected.
    assert_eq!(save(&mut world, "cursus", "sentence"), "ooro");
    run(&mut world, ".", &["autocode", "course", "--rule", "R", "--reject", "1,2"]);
    assert_eq!(save(&mut world, "cursus", "turn"), "ro");
    let rules = run(&mut world, ".", &["searches", "list", "--rules"]);
    let rule = &rules["rules"][0];
    assert_eq!([&rule["rejected"], &rule["open"]], [&json!(1), &json!(1)]);
}

fn rule(world: &mut World, name: &str, query: &str, code: &str, unit: &str) {
    world.run(&["searches", "save", name, query, "--code", code, "--unit", unit]).done();
}

#[test]
fn what_several_rules_miss_is_one_list() {
    let mut world = world();
    rule(&mut world, "R1", "cursus", "course", "sentence");
    rule(&mut world, "R2", "cursus OR training", "course", "turn");
    rule(&mut world, "R3", "cursus*", "course", "sentence");
    // The sentences lie in Bob's two turns, which R2 proposes.
    assert_eq!(missed(&mut world, "course"), [at("cursus", 0), at("cursus", 3)]);
    let all = run(&mut world, ".", &["missed", "course"]);
    assert_eq!(all["hits"][0]["rules"], json!(["R1", "R2", "R3"]));
    run(&mut world, ".", &["autocode", "course", "--rule", "R1", "--reject", "1-4"]);
    // Training in the first turn was never rejected; the other has nothing else.
    assert_eq!(missed(&mut world, "course"), [at("training", 0)]);
    let all = run(&mut world, ".", &["missed", "course", "--rejected"]);
    let states: Vec<&str> =
        all["hits"].as_array().unwrap().iter().map(|h| h["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["open", "rejected"]);
    assert_eq!(all["hits"][1]["start"], at("cursus", 3));
}

#[test]
fn what_is_missed_of_a_code_is_asked_of_that_code() {
    let mut world = world();
    rule(&mut world, "low", "cursus", "budget", "sentence");
    // Learning is above budget, course beside it.
    world.code("bob", "We hebben een cursus.", "learning");
    world.code("bob", "De cursus is goed.", "course");
    assert_eq!(missed(&mut world, "learning"), [at("cursus", 2), at("cursus", 3)]);
    assert_eq!(missed(&mut world, "budget").len(), 4);
    // Rejected for the code below, it may still be of the one above.
    rule(&mut world, "high", "cursus", "learning", "sentence");
    run(&mut world, ".", &["autocode", "budget", "--rule", "low", "--reject", "3"]);
    assert_eq!(missed(&mut world, "budget").len(), 3);
    assert_eq!(missed(&mut world, "learning"), [at("cursus", 2), at("cursus", 3)]);
    // Rejected for the one above, it is none of the one below.
    run(&mut world, ".", &["autocode", "learning", "--rule", "high", "--reject", "4"]);
    assert_eq!(missed(&mut world, "learning"), [at("cursus", 2)]);
}

#[test]
fn a_rule_that_cannot_be_read_any_more_is_told() {
    let mut world = world();
    let table = world.read("corpus/documents.csv");
    let mut lines = table.lines();
    let head = lines.next().unwrap();
    let rows = lines.map(|row| format!("{row},red\n")).collect::<Vec<_>>().concat();
    world.write("corpus/documents.csv", format!("{head},colour\n{rows}"));
    rule(&mut world, "red", "cursus colour:red", "course", "sentence");
    assert_eq!(missed(&mut world, "course").len(), 4);
    world.write("corpus/documents.csv", format!("{head},hue\n{rows}"));
    let ran = world.run(&["missed", "course"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("the search \"red\" is left out"), "{}", ran.stderr);
    assert_eq!(ran.stdout, "no rule of course can be read\n");
    let list = world.run(&["searches", "list", "--rules"]);
    assert_eq!((list.code, list.stdout.as_str()), (1, "no rule can be read\n"));
}

#[test]
fn a_merged_code_is_named_as_it_is_now() {
    let mut world = world();
    rule(&mut world, "R", "cursus", "budget", "sentence");
    world.run(&["codebook", "merge", "budget", "--into", "course"]).done();
    for list in [&["searches", "list"][..], &["searches", "list", "--rules"]] {
        let shown = world.run(list).done();
        assert!(shown.stdout.contains("course") && !shown.stdout.contains("budget"), "{}", shown.stdout);
    }
    assert_eq!(run(&mut world, ".", &["searches", "list"])["searches"][0]["code"], "course");
    // The words are those of the rule for course.
    assert_eq!(autocode(&mut world, ".", &[])["name"], "R");
}

#[test]
fn what_goes_by_stems_says_so() {
    let mut world = world();
    let said = |ran: crate::support::Ran| ran.stdout.contains("found by stems too");
    assert!(said(world.run(&["searches", "save", "stemmed", "cursussen", "--stem"]).done()));
    assert!(said(world.run(&["searches", "run", "stemmed"]).done()));
    assert_eq!(run(&mut world, ".", &["searches", "run", "stemmed"])["stem"], true);
    let by_stem = ["autocode", "course", "--query", "cursussen", "--unit", "match", "--stem"];
    assert!(said(world.run(&by_stem).done()));
    assert_eq!(run(&mut world, ".", &by_stem)["stem"], true);
    let within = ["autocode", "course", "--query", "stem:cursussen", "--unit", "match"];
    assert!(said(world.run(&within).done()));
    assert_eq!(run(&mut world, ".", &within)["stem"], true);
    assert!(!said(world.run(&["searches", "save", "plain", "cursus"]).done()));
    assert!(!said(world.run(&["searches", "run", "plain"]).done()));
    assert_eq!(run(&mut world, ".", &["searches", "run", "plain"])["stem"], false);
    assert!(!said(world.run(WORDS).done()));
}

/// A rule that became one for another code would take its decisions along as wrong ones.
#[test]
fn a_rule_with_decisions_does_not_become_one_for_another_code() {
    let mut world = world();
    autocode(&mut world, ".", &["--accept", "1", "--reject", "2"]);
    let refused = world.run(&["searches", "save", NAME, "cursus", "--code", "budget"]).refused();
    assert!(
        refused.stderr.contains(&format!("{NAME} is a rule for course, with 2 decisions")),
        "{}",
        refused.stderr
    );
    assert_eq!(states(&mut world, "."), "aroo");
    // Other words for the same code, and a rule that nothing was decided under, may change.
    world.run(&["searches", "save", NAME, "cursus OR training", "--code", "course"]).done();
    world.run(&["searches", "save", "free", "niets", "--code", "course"]).done();
    world.run(&["searches", "save", "free", "niets", "--code", "budget"]).done();
}

/// What was rejected stays away from what is missed when its rule goes; a retired code misses nothing.
#[test]
fn rejections_outlive_their_rule_in_what_is_missed() {
    let mut world = world();
    autocode(&mut world, ".", &["--reject", "1"]);
    world.run(&["searches", "save", "other", "CURSUS*", "--code", "course"]).done();
    let three = [at("cursus", 1), at("cursus", 2), at("cursus", 3)];
    assert_eq!(missed(&mut world, "course"), three);
    world.run(&["searches", "remove", NAME]).done();
    assert_eq!(missed(&mut world, "course"), three);
    world.run(&["codebook", "retire", "course"]).done();
    assert_eq!(missed(&mut world, "course"), [0; 0]);
}

/// Of two searches of one name, which two coders made apart, one is named by its id, and keeps its name.
#[test]
fn a_search_is_saved_by_its_id() {
    let mut world = World::with_interviews();
    world.run(&["searches", "save", "zoek", "cursus"]).done();
    let id =
        world.run(&["searches", "list", "--json"]).json()["searches"][0]["id"].as_str().unwrap().to_owned();
    world.run(&["searches", "save", &id, "course"]).done();
    let all = world.run(&["searches", "list", "--json"]).json();
    let one = |field: &str| all["searches"][0][field].as_str().unwrap().to_owned();
    assert_eq!(all["searches"].as_array().unwrap().len(), 1);
    assert_eq!((one("name"), one("query"), one("id")), ("zoek".to_owned(), "course".to_owned(), id));
}

/// A code behind an OR is searched as a word, and whoever means the code is told how that is written.
#[test]
fn a_code_without_its_field_is_noted() {
    let mut world = World::with_interviews();
    world.code("library", "rare books", "budget");
    let said = world.run(&["search", "code:budget OR course"]).stderr;
    assert!(said.contains("did you mean code:(budget OR course)?"), "{said}");
    for query in ["code:budget OR books", "budget OR course", "code:(budget OR course)"] {
        let said = world.run(&["search", query]).stderr;
        assert!(!said.contains("did you mean"), "{query}: {said}");
    }
}
