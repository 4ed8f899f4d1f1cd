//! The codebook on the command line: what is wrong with a file, edits by hand, new codes.

use crate::support::World;

#[test]
fn a_bad_codebook_is_refused_with_line_and_column() {
    let mut world = World::new();
    world.write("comma.json", "{\n  \"id\": \"work\",\n  \"codes\": [\n    {\"id\": \"a\"},\n  ]\n}\n");
    world.write("half.json", "{\"id\": \"work\", \"codes\": [");
    world.write("no-id.json", "{\"codes\": []}");
    world.write("list.json", "[1, 2]");
    world.write(
        "marks.json",
        "{\n<<<<<<< ours\n\"id\": \"work\"\n=======\n\"id\": \"walk\"\n>>>>>>> theirs\n}\n",
    );
    for file in
        ["comma.json", "half.json", "no-id.json", "list.json", "marks.json", "flexicurty", "not-there.json"]
    {
        world.run(&["init", "shop", "--codebook", file]).refused();
        assert!(!world.path("shop").exists(), "{file}: nothing was made");
    }
    insta::assert_snapshot!(world.said);
}

#[test]
fn doubled_ids_and_shortcuts_are_told() {
    let mut world = World::new();
    let doubled = r#"{"id": "work", "codes": [
        {"id": "a", "label": "A", "shortcut": "1", "var": "x"},
        {"id": "a", "label": "again"},
        {"id": "b", "label": "B", "shortcut": "1", "var": "x"},
        {"id": "Not An Id", "label": "C"}
    ]}"#;
    world.write("doubled.json", doubled);
    world.run(&["init", "shop", "--codebook", "doubled.json"]).done();
    world.run(&["--study", "shop", "codebook", "list"]).done();
    world.run(&["--study", "shop", "check"]);
    insta::assert_snapshot!(world.said);
}

#[test]
fn an_edit_by_hand_is_shown_and_becomes_an_act() {
    let mut world = World::with_interviews();
    let file = world.read("codebooks/work.json");
    world.write(
        "codebooks/work.json",
        file.replace("Whatever helps people to learn the job.", "Whatever teaches the job."),
    );
    let (start, end) = world.place("library", "the roster");
    world.run(&["codebook", "show", "learning"]).done();
    world.run(&["code", "library", &start, &end, "rosters"]).done();
    world.run(&["codebook", "show", "learning"]).done();
    world.run(&["history", "--limit", "2"]).done();
    // A file that cannot be read changes nothing and keeps nobody from coding.
    let file = world.read("codebooks/work.json");
    world.write("codebooks/work.json", file.replacen("\"codes\"", "codes", 1));
    world.run(&["done", "library"]).done();
    world.run(&["check"]);
    insta::assert_snapshot!(world.said);
}

#[test]
fn codes_come_up_while_reading() {
    let mut world = World::with_interviews();
    world
        .run(&[
            "codebook",
            "add",
            "sourdough",
            "--label",
            "nl=Zuurdesem",
            "--label",
            "en=Sourdough",
            "--under",
            "learning",
        ])
        .done();
    world.run(&["codebook", "add", "sourdough"]).refused();
    world.run(&["codebook", "add", "Sour Dough"]).refused();
    world.run(&["codebook", "add", "rye", "--under", "bread"]).refused();
    world.code("de-korst-2", "ik ken het deeg", "sourdough");
    world.run(&["done", "de-korst-2"]).done();
    world.run(&["codebook", "fix", "sourdough", "--earlier", "declared"]).done();
    world.run(&["codebook", "fix", "sourdough"]).refused();
    world.run(&["codebook", "fix", "pride"]).done();
    let row = |table: &serde_json::Value, code: &str| {
        let rows = table["rows"].as_array().unwrap();
        rows.iter().find(|r| r["group"] == "de-korst-2" && r["code"] == code).unwrap()["status"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let table = world.run(&["freq", "--by", "document", "--json"]).done().json();
    assert_eq!(row(&table, "sourdough"), "coded");
    assert_eq!(row(&table, "pride"), "not_done", "fixed later, so it must be read for");
    world.said.clear();
    world.run(&["codebook", "list"]).done();
    world.run(&["documents"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_retired_or_merged_code_takes_no_new_codings() {
    let mut world = World::with_interviews();
    let file = world.read("codebooks/work.json");
    let mut book: serde_json::Value = serde_json::from_str(&file).unwrap();
    book["codes"][0]["children"][1]["retired"] = true.into();
    book["codes"][1]["children"][0]["merged_into"] = "rosters".into();
    world.write("codebooks/work.json", serde_json::to_string_pretty(&book).unwrap());
    world.code("library", "rare books", "course");
    world.run(&["code", "library", "10", "20", "budget"]).refused();
    world.run(&["code", "library", "10", "20", "swapping"]).refused();
    insta::assert_snapshot!(world.said);
}

#[test]
fn an_exported_codebook_makes_the_same_study() {
    let mut world = World::with_interviews();
    let exported = world.run(&["codebook", "export"]).done().stdout;
    world.write("again.json", &exported);
    world.run(&["init", "again", "--codebook", "again.json", "--language", "en,nl"]).done();
    let again = world.run(&["--study", "again", "codebook", "export", "work"]).done().stdout;
    assert_eq!(again, exported);
    world.run(&["codebook", "export", "play"]).refused();
}
