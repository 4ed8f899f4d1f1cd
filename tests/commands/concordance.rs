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

/// What may not have been meant is told on standard error; that stems were used, where the numbers are.
#[test]
fn what_a_query_may_not_mean_is_told() {
    let mut world = World::with_interviews();
    let mut notes = |query: &str| {
        let ran = world.run(&["search", query]);
        assert!(ran.code < 2, "{}", ran.stderr);
        ran.stderr.lines().filter(|l| l.starts_with("note: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        notes("course or cursus"),
        ["note: `or` is searched as a word; operators are written in capitals"]
    );
    assert_eq!(notes("course OF cursus"), ["note: `OF` is searched as a word; the operator is OR"]);
    assert_eq!(
        notes("'rare books'"),
        ["note: words after ' are searched one by one; a phrase stands between double quotes: \"…\""]
    );
    assert_eq!(notes("course OR cursus"), [""; 0]);
    assert_eq!(world.run(&["search", "a or b", "--quiet"]).stderr, "");
    assert!(world.run(&["words", "course or book"]).stderr.contains("`or`"));
    assert!(world.run(&["collocates", "course or book"]).stderr.contains("`or`"));

    for (args, stem) in
        [(vec!["course"], false), (vec!["course", "--stem"], true), (vec!["stem:courses"], true)]
    {
        let args = [&["search"], args.as_slice()].concat();
        let text = world.run(&args).done().stdout;
        assert_eq!(text.contains("found by stems too"), stem, "{text}");
        let found = world.run(&[args.as_slice(), &["--json"]].concat()).done().json();
        assert_eq!(found["stem"], stem);
    }
}
