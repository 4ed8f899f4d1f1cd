//! From search to code: saved searches, rules, what is offered, accepted, rejected and missed.

use serde_json::{Value, json};

use crate::support::World;

const RULE: &[&str] = &["autocode", "course", "--query", "cursus OR course", "--unit", "sentence"];

fn autocode(world: &mut World, more: &[&str]) -> Value {
    let args: Vec<&str> = RULE.iter().chain(more).chain(&["--json"]).copied().collect();
    let ran = world.run(&args);
    assert!(ran.code <= 1, "{}", ran.stderr);
    ran.json()
}

/// What became of each hit, in order.
fn states(run: &Value) -> Vec<&str> {
    run["hits"].as_array().unwrap().iter().map(|h| h["state"].as_str().unwrap()).collect()
}

fn codings(world: &mut World) -> Vec<Value> {
    world.run(&["codings", "--json"]).json()["codings"].as_array().unwrap().clone()
}

#[test]
fn a_run_offers_takes_decisions_and_is_undone_as_one() {
    let mut world = World::with_interviews();
    world.run(RULE).done();
    world.run(&[RULE, &["--accept", "1,4-5", "--reject", "2"]].concat()).done();
    world.run(RULE).done();
    world.run(&["searches", "list", "--rules"]).done();
    world.run(&["codings"]).done();
    world.run(&["history", "--limit", "2"]).done();
    world.run(&["undo"]).done();
    world.run(RULE).done();
    world.run(&["redo"]).done();
    world.run(&[RULE, &["--all", "--csv"]].concat()).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn decisions_stay_with_their_rule() {
    let mut world = World::with_interviews();
    let first = autocode(&mut world, &["--yes", "--reject", "2"]);
    assert_eq!(states(&first), ["accepted", "rejected", "accepted", "accepted", "accepted"]);
    // 4 of 5 were right; the rule finds all passages of the code.
    assert_eq!([&first["precision"], &first["recall"]], [&json!(0.8), &json!(1.0)]);
    let rule = first["rule"].as_str().unwrap().to_owned();
    for coding in codings(&mut world) {
        assert_eq!(coding["rule"], rule.as_str(), "{coding}");
        let quote = coding["quote"].as_str().unwrap();
        assert!(quote.to_lowercase().contains("cursus") || quote.contains("course"), "{quote}");
    }
    // The same words again are the same rule; another unit is another.
    let again = autocode(&mut world, &["--yes"]);
    assert_eq!((again["rule"].as_str(), &again["act"]), (Some(rule.as_str()), &Value::Null));
    assert_eq!(codings(&mut world).len(), 4);
    let turns =
        world.run(&["autocode", "course", "--query", "cursus OR course", "--unit", "turn", "--json"]).json();
    assert_eq!(turns["rule"], Value::Null);
    assert_eq!(states(&turns), ["coded", "open", "coded", "coded", "coded"]);
    // Brought back, it is offered and can be accepted; a rejected one can be accepted at once.
    let back = autocode(&mut world, &["--bring-back", "all"]);
    assert_eq!(states(&back)[1], "open");
    world.run(&["undo"]).done();
    assert_eq!(states(&autocode(&mut world, &[]))[1], "rejected");
    let accepted = autocode(&mut world, &["--accept", "2"]);
    assert_eq!(states(&accepted)[1], "accepted");
    // An accepted passage that is uncoded is open again; one that got another code was a wrong hit.
    let made = accepted["codings"][0].as_str().unwrap().to_owned();
    world.run(&["recode", &made, "rosters"]).done();
    assert_eq!(states(&autocode(&mut world, &[]))[1], "rejected");
    // It stays so while it has that code, and nothing else is claimed.
    world.run(&[RULE, &["--bring-back", "2"]].concat()).refused();
    let refused = world.run(&[RULE, &["--bring-back", "2"]].concat()).stderr;
    assert!(refused.contains("was accepted and got the code rosters since"), "{refused}");
    assert!(refused.contains("--accept 2 codes it as course too"), "{refused}");
    let all = world.run(&[RULE, &["--bring-back", "all"]].concat()).done().stdout;
    assert!(all.contains("left 1 that got another code since"), "{all}");
    assert!(!all.contains("brought back"), "{all}");
    world.run(&["uncode", &made]).done();
    assert_eq!(states(&autocode(&mut world, &[]))[1], "rejected", "it was rejected before");
}

#[test]
fn a_passage_that_is_coded_is_not_offered() {
    let mut world = World::with_interviews();
    world.code("library", "rare books", "budget");
    let all = |world: &mut World, code: &str| {
        let ran = world.run(&["autocode", code, "--query", "course", "--unit", "sentence", "--json"]).json();
        states(&ran).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    // Budget is below learning and beside course.
    assert_eq!(all(&mut world, "learning"), ["coded", "open"]);
    assert_eq!(all(&mut world, "course"), ["open", "open"]);
    world.coder("bram");
    assert_eq!(all(&mut world, "learning"), ["open", "open"], "each coder reads for themselves");
}

#[test]
fn wrong_choices_write_nothing() {
    let mut world = World::with_interviews();
    world.code("library", "rare books", "course");
    let before = world.run(&["history", "--json"]).stdout;
    world.said.clear();
    for more in [
        &["--accept", "9"][..],
        &["--accept", "3-2"],
        &["--accept", "0"],
        &["--accept", "one"],
        &["--accept", "library:0"],
        &["--accept", "4"],
        &["--accept", "1", "--reject", "1"],
        &["--bring-back", "1"],
    ] {
        world.run(&[RULE, more].concat()).refused();
    }
    world.run(&["autocode", "course", "--query", "(", "--unit", "match", "--yes"]).refused();
    world.run(&["autocode", "course", "--rule", "nothing"]).refused();
    world.run(&["searches", "run", "nothing"]).refused();
    world.run(&["searches", "save", " ", "cursus"]).refused();
    world.run(&["search", "cursus", "--group", "colour"]).refused();
    world.run(&["words", "--stop", "xx"]).refused();
    insta::assert_snapshot!(world.said);
    assert_eq!(world.run(&["history", "--json"]).stdout, before);
}

#[test]
fn a_saved_search_tells_what_is_new() {
    let mut world = World::with_interviews();
    world.run(&["searches", "save", "courses", "cursus OR course"]).done();
    world.run(&["searches", "list"]).done();
    // Nothing changed: nothing is written.
    let same = world.run(&["searches", "run", "courses", "--json"]).done().json();
    assert_eq!([&same["new"], &same["act"], &same["total"]], [&json!(0), &Value::Null, &json!(5)]);
    let text = world.write("shop.txt", "Interviewer: Is there a course?\nRespondent: There is one course.\n");
    world.run(&["import", text.to_str().unwrap()]).done();
    let new = world.run(&["searches", "run", "courses", "--no-remember", "--json"]).done().json();
    assert_eq!([&new["new"], &new["act"], &new["total"]], [&json!(2), &Value::Null, &json!(7)]);
    world.run(&["searches", "run", "courses", "--new"]).done();
    world.run(&["searches", "run", "courses"]).done();
    world.run(&["searches", "save", "Courses", "cursus", "--code", "course"]).done();
    world.run(&["searches", "list"]).done();
    world.run(&["autocode", "course", "--rule", "courses"]).done();
    world.run(&["searches", "remove", "courses"]).done();
    assert_eq!(world.run(&["searches", "list"]).code, 1);
    world.run(&["undo"]).done();
    world.run(&["history", "--limit", "6"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn what_rules_find_and_nobody_coded_is_missed() {
    let mut world = World::with_interviews();
    assert_eq!(world.run(&["missed", "course"]).code, 1, "there is no rule");
    world.run(&["searches", "save", "courses", "cursus OR course", "--code", "course"]).done();
    world.run(&["searches", "save", "deeg", "deeg", "--code", "course", "--unit", "sentence"]).done();
    world.coder("bram");
    world.code("library", "rare books", "course");
    world.run(&["autocode", "course", "--rule", "courses", "--reject", "2"]).done();
    world.coder("anna");
    world.said.clear();
    world.run(&["missed", "course"]).done();
    world.run(&["missed", "learning", "--rejected"]).done();
    world.run(&["searches", "list", "--rules"]).done();
    world.run(&["searches", "list", "--rules", "--everybody"]).done();
    insta::assert_snapshot!(world.said);
    // While blind, what bram coded and rejected is not seen: all his hits are missed.
    let missed = |world: &mut World| world.run(&["missed", "course", "--json"]).json()["total"].clone();
    assert_eq!(missed(&mut world), 4);
    world.run(&["coders", "blind", "on"]).done();
    assert_eq!(missed(&mut world), 6);
}

fn status(world: &mut World, document: &str, code: &str, reading: &str) -> String {
    let table = world
        .run(&["freq", "--by", "document", "--level", "all", "--reading", reading, "--json"])
        .done()
        .json();
    let rows = table["rows"].as_array().unwrap();
    let row = rows.iter().find(|r| r["group"] == document && r["code"] == code).unwrap();
    row["status"].as_str().unwrap().to_owned()
}

#[test]
fn fixing_with_an_offer_reopens_only_where_hits_are_open() {
    let mut world = World::with_interviews();
    for coder in ["anna", "bram"] {
        world.coder(coder);
        world.run(&["done", "library", "de-korst-1", "de-korst-2"]).done();
    }
    world.coder("anna");
    world.said.clear();
    world.run(&["codebook", "fix", "pride", "--earlier", "offer"]).done();
    assert_eq!(status(&mut world, "library", "pride", "anna"), "not_done", "without a rule all are reopened");
    world.run(&["undo"]).done();
    world.run(&["searches", "save", "course", "course*", "--code", "pride"]).done();
    world.run(&["codebook", "fix", "pride", "--earlier", "offer"]).done();
    // "course" stands in the library only, twice.
    for reading in ["anna", "bram"] {
        assert_eq!(status(&mut world, "de-korst-1", "pride", reading), "not_found");
        assert_eq!(status(&mut world, "library", "pride", reading), "not_done");
    }
    world.run(&["autocode", "pride", "--rule", "course", "--reject", "1"]).done();
    assert_eq!(status(&mut world, "library", "pride", "anna"), "not_done");
    world.run(&["autocode", "pride", "--rule", "course", "--reject", "2"]).done();
    assert_eq!(status(&mut world, "library", "pride", "anna"), "not_found");
    assert_eq!(status(&mut world, "library", "pride", "bram"), "not_done", "bram decides for himself");
    world.coder("bram");
    world.run(&["autocode", "pride", "--rule", "course", "--yes"]).done();
    assert_eq!(status(&mut world, "library", "pride", "bram"), "coded");
    assert_eq!(status(&mut world, "library", "course", "bram"), "not_found");
    // The rest of the codebook does not care.
    world.run(&["undo"]).done();
    assert_eq!(status(&mut world, "library", "pride", "bram"), "not_done");
}

#[test]
fn a_rule_that_leaves_out_what_is_coded_asks_the_other_readers_all_the_same() {
    let mut world = World::with_interviews();
    world.coder("bram");
    world.run(&["done", "library"]).done();
    world.coder("anna");
    for piece in ["rare books", "take that course"] {
        world.code("library", piece, "pride");
    }
    world.run(&["searches", "save", "rest", "course -code:pride", "--code", "pride"]).done();
    let found = world.run(&["searches", "run", "rest", "--json"]).json()["total"].clone();
    assert_eq!(found, 1, "the other one lies on a coding");
    world.run(&["codebook", "fix", "pride", "--earlier", "offer"]).done();
    assert_eq!(status(&mut world, "library", "pride", "bram"), "not_done");
    world.coder("bram");
    // Bram rejects the one that the search still finds; the other was offered too, and waits for him.
    world.run(&["autocode", "pride", "--rule", "rest", "--reject", "1"]).done();
    assert_eq!(status(&mut world, "library", "pride", "bram"), "not_done");
    world.code("library", "take that course", "pride");
    // Read for now; a coding in the interviewer's turn is not counted.
    assert_eq!(status(&mut world, "library", "pride", "bram"), "not_found");
}

#[test]
fn rejections_and_rules_survive_a_revised_text() {
    let mut world = World::with_interviews();
    autocode(&mut world, &["--reject", "4", "--accept", "5"]);
    world.run(&["searches", "save", "courses", "course*"]).done();
    // A colleague's program revises the text: words are put in before both passages.
    let path = "corpus/library.txt";
    let old = world.read(path);
    let new = format!("{}{old}", "Recorded in May.\n\n");
    world.write(path, &new);
    let hash = |text: &str| model::text::TextHash::of(text).to_string();
    let act = json!({
        "v": 1, "id": "0fffffff-0000-7000-8000-000000000000", "n": 1, "at": "2026-03-02T00:00:00Z",
        "coder": "carla", "act": "revise",
        "changes": [{
            "kind": "text-revised", "document": "library", "from": hash(&old), "to": hash(&new),
            "edits": [[0, 0, "", "Recorded in May.\n\n"]],
        }],
    });
    world.write("journal/carla-000000.jsonl", format!("{act}\n"));
    let now = autocode(&mut world, &[]);
    assert_eq!(states(&now), ["open", "open", "open", "rejected", "accepted"]);
    let same = world.run(&["searches", "run", "courses", "--json"]).done().json();
    assert_eq!([&same["new"], &same["total"]], [&json!(0), &json!(2)]);
}

#[test]
fn who_is_blind_sees_only_what_they_did() {
    let mut world = World::with_interviews();
    world.coder("bram");
    autocode(&mut world, &["--accept", "1", "--reject", "2"]);
    world.run(&["searches", "save", "shared", "deeg", "--code", "learning"]).done();
    world.coder("anna");
    let rules = |world: &mut World| -> Vec<String> {
        let list = world.run(&["searches", "list", "--json"]).json();
        list["searches"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(rules(&mut world).len(), 2);
    world.run(&["coders", "blind", "on"]).done();
    // A search that was saved for itself is part of the study; what it found and what was made of it is not.
    assert_eq!(rules(&mut world), ["shared"]);
    let list = world.run(&["searches", "list", "--json"]).json();
    assert_eq!(list["searches"][0]["last"], Value::Null);
    assert_eq!(states(&autocode(&mut world, &[])), ["open"; 5]);
    let history = world.run(&["history"]).stdout;
    assert!(!history.contains("cursus"), "{history}");
    let everybody = world.run(&["searches", "list", "--rules", "--everybody", "--json"]).json();
    assert_eq!(everybody["rules"][0]["coded"], 0);
}
