//! Hits in order and in groups, and the words around them.

use serde_json::json;

use crate::support::World;

#[test]
fn hits_in_order_and_in_groups() {
    let mut world = World::with_interviews();
    world.code("library", "rare books", "course");
    world.said.clear();
    world.run(&["search", "cursus OR course", "--sort", "left", "--context", "15"]).done();
    world.run(&["search", "cursus OR course", "--sort", "right", "--context", "15"]).done();
    world.run(&["search", "cursus OR course", "--sort", "date", "--limit", "1"]).done();
    world.run(&["search", "cursus OR course", "--group", "organisation"]).done();
    world.run(&["search", "cursus OR course", "--group", "speaker", "--csv"]).done();
    world.run(&["search", "books", "--group", "code", "--roles", "all"]).done();
    world.run(&["words", "--limit", "6"]).done();
    world.run(&["words", "course", "--stop", "none", "--limit", "3", "--csv"]).done();
    world.run(&["collocates", "cursus OR course", "--window", "2", "--roles", "all"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn numbers_follow_from_the_text() {
    let mut world = World::with_interviews();
    let found = world.run(&["search", "cursus OR course", "--group", "document", "--json"]).done().json();
    let counts = &found["counts"];
    // Three of the five hits are a respondent's; the words of respondents as `documents` counts them.
    let documents = world.run(&["documents", "--json"]).json();
    let words = documents["documents"].as_array().unwrap();
    let words: u64 = words.iter().map(|d| d["respondent_words"].as_u64().unwrap()).sum();
    assert_eq!(counts["hits"], 5);
    assert_eq!([&counts["documents"], &counts["documents_all"]], [3, 3]);
    assert_eq!([&counts["cases"], &counts["cases_all"]], [2, 3]);
    assert_eq!([&counts["counted"], &counts["words"]], [&json!(3), &json!(words)]);
    assert!((counts["per_1000"].as_f64().unwrap() - 3000.0 / words as f64).abs() < 1e-9);
    let groups: u64 = found["groups"].as_array().unwrap().iter().map(|g| g["hits"].as_u64().unwrap()).sum();
    assert_eq!(groups, 5);
    let list = world.run(&["words", "--stop", "none", "--json"]).json();
    let listed: u64 = list["rows"].as_array().unwrap().iter().map(|r| r["count"].as_u64().unwrap()).sum();
    assert_eq!(listed, words);
    let stop = world.write("stop.txt", "# own\ncourse\nThe\n");
    let list = world.run(&["words", "--stop", stop.to_str().unwrap(), "--json"]).json();
    assert!(list["rows"].as_array().unwrap().iter().all(|r| r["word"] != "course" && r["word"] != "the"));
}
