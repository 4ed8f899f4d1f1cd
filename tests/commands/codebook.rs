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

#[test]
fn a_new_definition_tells_what_follows_from_it() {
    let mut world = World::with_interviews();
    let first = world.code("library", "rare books", "learning");
    world.code("de-korst-2", "ik ken het deeg", "learning");
    world.run(&["done", "de-korst-2"]).done();
    world.said.clear();
    let change = ["codebook", "change", "learning", "--definition", "Courses only."];
    world.run(&change).refused();
    world.run(&[&change[..], &["--effect", "narrower", "--reason", "too wide"]].concat()).done();
    world.run(&[&change[..], &["--effect", "wording"]].concat()).refused();
    // One of the two gets the code anew, which is another look.
    world.run(&["recode", &first, "rosters"]).done();
    let ran = world
        .run(&[
            "codebook",
            "change",
            "learning",
            "--include",
            "Also en=languages.",
            "--effect",
            "both",
            "--json",
        ])
        .done()
        .json();
    assert_eq!(ran["look_again"].as_array().map(Vec::len), Some(1));
    assert_eq!(ran["reopened"], serde_json::json!(["de-korst-2"]));
    let table = world.run(&["freq", "--by", "document", "--json"]).done().json();
    let row = |group: &str, code: &str| {
        let rows = table["rows"].as_array().unwrap();
        rows.iter().find(|r| r["group"] == group && r["code"] == code).unwrap()["status"].clone()
    };
    assert_eq!(row("de-korst-2", "learning"), "partial", "reopened for this code");
    assert_eq!(row("de-korst-2", "rosters"), "not_found", "and for no other");
    world.said.clear();
    world
        .run(&["codebook", "change", "rosters", "--example", "nl=Wie werkt wanneer?", "--colour", "#112233"])
        .done();
    world.run(&["codebook", "change", "rosters", "--colour", "red"]).refused();
    world.run(&["codebook", "change", "rosters", "--shortcut", "1"]).refused();
    world.run(&["codebook", "change", "rosters"]).refused();
    world.run(&["codebook", "rename", "rosters", "nl=Werktijden", "en=Working hours"]).done();
    world.run(&["codebook", "log", "learning"]).done();
    world.run(&["codebook", "show", "rosters"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn codes_move_merge_split_and_retire() {
    let mut world = World::with_interviews();
    let first = world.code("library", "rare books", "learning");
    let second = world.code("de-korst-2", "ik ken het deeg", "learning");
    world.said.clear();
    let list = |world: &mut World| {
        let json = world.run(&["codebook", "list", "--json"]).done().json();
        let codes = json["codes"].as_array().unwrap();
        let open = codes.iter().filter(|c| c["merged_into"].is_null());
        open.map(|c| {
            format!("{}{}", " ".repeat(c["depth"].as_u64().unwrap() as usize), c["code"].as_str().unwrap())
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(list(&mut world), ["learning", " course", " budget", "rosters", " swapping", "pride"]);
    world.run(&["codebook", "move", "pride", "--top", "--before", "rosters"]).done();
    world.run(&["codebook", "move", "budget", "--under", "learning", "--before", "course"]).done();
    assert_eq!(list(&mut world), ["learning", " budget", " course", "pride", "rosters", " swapping"]);
    world.run(&["codebook", "move", "learning", "--under", "course"]).refused();
    world.run(&["codebook", "move", "pride"]).refused();
    world.write("decided.csv", format!("coding,code\n{first},course\n{second},rosters\n"));
    world
        .run(&["codebook", "split", "learning", "--into", "course,budget", "--from", "decided.csv"])
        .refused();
    world.run(&["codebook", "split", "learning", "--into", "course,rosters", "--from", "decided.csv"]).done();
    world
        .run(&["codebook", "split", "learning", "--into", "course,rosters", "--from", "decided.csv"])
        .refused();
    world.run(&["codebook", "merge", "rosters", "--into", "learning"]).done();
    assert_eq!(list(&mut world), ["learning", " budget", " course", " swapping", "pride"]);
    let json = world.run(&["codings", "--json"]).done().json();
    let codes: Vec<&str> =
        json["codings"].as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["learning", "course"], "what was rosters counts as learning: {json}");
    world.run(&["codebook", "merge", "learning", "--into", "learning"]).refused();
    world.run(&["codebook", "retire", "budget", "--reason", "never used"]).done();
    world.run(&["codebook", "retire", "budget"]).refused();
    world.run(&["undo"]).done();
    world.run(&["codebook", "retire", "budget"]).done();
    world.said.clear();
    world.run(&["codebook", "log"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_frozen_codebook_has_a_name_and_no_provisional_code() {
    let mut world = World::with_interviews();
    world.run(&["codebook", "freeze", "1.0"]).done();
    world.run(&["codebook", "freeze", "1.0"]).refused();
    let file: serde_json::Value = serde_json::from_str(&world.read("codebooks/work.json")).unwrap();
    assert_eq!(file["version"], "1.0", "the file says which version it is");
    let json = world.run(&["codebook", "list", "--json"]).done().json();
    assert!(json["codes"].as_array().unwrap().iter().all(|c| c["status"] == "fixed"));
    let json = world.run(&["codebook", "log", "--json"]).done().json();
    assert_eq!(json["versions"], serde_json::json!({"work": "1.0"}));
    world.run(&["check"]).done();
}

#[test]
fn codes_stand_where_they_are_put_and_come_into_groups() {
    let mut world = World::with_study();
    world
        .run(&["codebook", "add", "first", "--label", "First", "--under", "learning", "--colour", "#12ab34"])
        .done();
    world
        .run(&[
            "codebook",
            "add",
            "second",
            "--under",
            "learning",
            "--before",
            "first",
            "--definition",
            "nl=Twee",
        ])
        .done();
    world.run(&["codebook", "add", "third", "--before", "nowhere"]).refused();
    world.run(&["codebook", "add", "third", "--colour", "green"]).refused();
    let listed = world.run(&["codebook", "list", "--json"]).done().json();
    let ids: Vec<&str> =
        listed["codes"].as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap()).collect();
    let at = |id: &str| ids.iter().position(|i| *i == id).unwrap();
    assert_eq!(at("second") + 1, at("first"));
    let shown = world.run(&["codebook", "show", "second", "--json"]).done().json();
    assert_eq!(shown["fields"]["definition"], serde_json::json!({"nl": "Twee"}));
    world.said.clear();
    world.run(&["codebook", "group", "first", "soft"]).refused();
    world.run(&["codebook", "group", "first", "Soft!", "--label", "Soft"]).refused();
    world.run(&["codebook", "group", "first", "soft", "--label", "nl=Zacht"]).done();
    world.run(&["codebook", "group", "second", "soft", "--json"]).done();
    assert_eq!(world.run(&["codebook", "group", "second", "soft"]).code, 1);
    world.run(&["codebook", "group", "first", "soft", "--out"]).done();
    assert_eq!(world.run(&["codebook", "group", "first", "soft", "--out"]).code, 1);
    world.run(&["codebook", "qualifier", "sure", "--remove"]).refused();
    world.run(&["codebook", "qualifier", "Sure!", "--label", "Sure"]).refused();
    world.run(&["codebook", "qualifier", "sure"]).refused();
    world.run(&["codebook", "qualifier", "sure", "--label", "nl=Zeker"]).done();
    world.run(&["codebook", "qualifier", "sure", "half", "--label", "nl=half", "--json"]).done();
    world.run(&["codebook", "qualifier", "sure", "quite", "--default"]).refused();
    assert_eq!(world.run(&["codebook", "qualifier", "sure", "half", "--label", "nl=half"]).code, 1);
    let file: serde_json::Value =
        serde_json::from_str(&world.run(&["codebook", "export"]).done().stdout).unwrap();
    let sure = file["qualifiers"].as_array().unwrap().iter().find(|q| q["id"] == "sure").unwrap();
    assert_eq!(sure["values"], serde_json::json!([{"id": "half", "label": {"nl": "half"}}]));
    let group = file["groups"].as_array().unwrap().iter().find(|g| g["id"] == "soft").unwrap().clone();
    assert_eq!(
        (&group["codes"], &group["label"]),
        (&serde_json::json!(["second"]), &serde_json::json!({"nl": "Zacht"}))
    );
    world.said.truncate(world.said.find("$ verbatim codebook export").unwrap());
    insta::assert_snapshot!(world.said);
}
