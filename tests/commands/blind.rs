//! While blind nothing shows or counts what others read.

use crate::support::World;

/// A study in which bram has done everything that a coder can do, and anna a little.
fn both() -> World {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    world.coder("bram");
    world.code("library", "rare books", "course");
    world.run(&["memo", "add", "--on", "document:library", "bramwrote a memo"]).done();
    world.run(&["memo", "add", "--on", "study", "bramwrote on the study"]).done();
    world.run(&["summary", "town-library", "course", "bramwrote a summary"]).done();
    world.run(&["not-asked", "library", "rosters"]).done();
    world.run(&["done", "library"]).done();
    world.coder("anna");
    world.said.clear();
    world
}

/// Everything that commands print about readings, in both forms.
const LISTS: &[&[&str]] = &[
    &["codings"],
    &["codings", "--coder", "bram"],
    &["history"],
    &["history", "--coder", "bram"],
    &["memo", "list"],
    &["summary", "list"],
    &["summary", "town-library", "course"],
    &["exemplar", "list"],
    &["documents"],
    &["documents", "library"],
    &["coders"],
    &["codebook", "list"],
    &["codebook", "show", "course"],
    &["search", "code:course"],
    &["freq"],
    &["freq", "--by", "document", "--level", "all", "--csv"],
    &["freq", "--reading", "union", "--csv"],
    &["freq", "--reading", "each", "--csv"],
    &["freq", "--reading", "bram", "--csv"],
    &["check"],
];

/// What every command prints, without the lines that name who is who.
fn printed(world: &mut World) -> Vec<String> {
    let mut out = Vec::new();
    for list in LISTS {
        for json in [false, true] {
            let mut args = list.to_vec();
            if json && list.contains(&"--csv") {
                continue;
            }
            if json {
                args.push("--json");
            }
            let ran = world.run(&args);
            out.push(format!("{args:?} {}\n{}", ran.code, ran.stdout));
        }
    }
    out
}

#[test]
fn no_command_shows_or_counts_what_others_read() {
    let mut world = both();
    let seen = printed(&mut world).concat();
    assert!(seen.contains("bramwrote a memo") && seen.contains("bramwrote a summary"), "{seen}");
    let theirs = world.run(&["codings", "--coder", "bram", "--json"]).json()["codings"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    world.run(&["coders", "blind", "on"]).done();
    for said in printed(&mut world) {
        assert!(!said.contains("bramwrote"), "{said}");
        assert!(!said.contains("rare books"), "{said}");
    }
    let codings = world.run(&["codings", "--json"]).json();
    assert_eq!(codings["codings"].as_array().unwrap().len(), 1);
    assert_eq!(world.run(&["codings", "--coder", "bram"]).code, 1);
    assert_eq!(world.run(&["memo", "list", "--json"]).json()["memos"], serde_json::json!([]));
    let coders = world.run(&["coders", "--json"]).json();
    let bram = coders["coders"].as_array().unwrap().iter().find(|c| c["coder"] == "bram").unwrap();
    assert_eq!([&bram["codings"], &bram["documents"], &bram["done"]], [0, 0, 0], "{bram}");
    let anna = coders["coders"].as_array().unwrap().iter().find(|c| c["coder"] == "anna").unwrap();
    assert_eq!(anna["codings"], 1);
    let documents = world.run(&["documents", "--json"]).json();
    let library =
        documents["documents"].as_array().unwrap().iter().find(|d| d["document"] == "library").unwrap();
    assert_eq!(library["codings"], 1, "{library}");
    assert!(library["done"].get("bram").is_none_or(|d| d == "no"), "{library}");
    assert_eq!(world.run(&["search", "code:course"]).code, 1);
    // Bram's coding can be neither found, changed nor undone by its id.
    world.run(&["uncode", &theirs]).refused();
    world.run(&["recode", &theirs, "rosters"]).refused();
    world.run(&["undo", theirs.split('.').next().unwrap(), "--other"]).refused();
    for act in world.run(&["history", "--json"]).json()["history"].as_array().unwrap() {
        let own = act["coder"] == "anna" || act["act"] == "introduce";
        assert!(own, "{act}");
    }
    // And all of it is there again.
    world.run(&["coders", "blind", "off"]).done();
    assert_eq!(world.run(&["codings", "--json"]).json()["codings"].as_array().unwrap().len(), 2);
    assert!(printed(&mut world).concat().contains("bramwrote on the study"));
}

fn number(world: &mut World, document: &str, code: &str) -> serde_json::Value {
    let table = world.run(&["freq", "--by", "document", "--level", "all", "--json"]).done().json();
    let rows = table["rows"].as_array().unwrap();
    let row = rows.iter().find(|r| r["group"] == document && r["code"] == code).unwrap();
    serde_json::json!([row["n"], row["status"]])
}

#[test]
fn tables_count_the_own_reading_while_blind_and_say_so() {
    let mut world = both();
    world.run(&["coders", "primary", "bram"]).done();
    assert_eq!(number(&mut world, "library", "course"), serde_json::json!([1, "coded"]));
    world.run(&["coders", "blind", "on"]).done();
    assert_eq!(number(&mut world, "library", "course"), serde_json::json!([null, "not_done"]));
    assert_eq!(number(&mut world, "library", "rosters"), serde_json::json!([1, "partial"]));
    let ran = world.run(&["freq"]).done();
    assert!(
        ran.stderr.contains("anna is blind for all documents: there only your own reading counts"),
        "{}",
        ran.stderr
    );
    let json = world.run(&["freq", "--json"]).done().json();
    assert_eq!(json["blind"].as_array().unwrap().len(), 3);
    assert!(world.run(&["coders"]).done().stdout.contains("blind for"));
}

#[test]
fn blind_for_one_document_hides_the_others_part_of_one_act() {
    let mut world = both();
    world.coder("bram");
    let (a, b) = world.place("de-korst-1", "deeg");
    let (c, d) = world.place("library", "the roster");
    let rows = format!("document,start,end,code\nlibrary,{c},{d},course\nde-korst-1,{a},{b},course\n");
    world.write("rows.csv", rows);
    world.run(&["code", "--from", "rows.csv"]).done();
    world.coder("anna");
    world.run(&["coders", "blind", "on", "library"]).done();
    let codings = world.run(&["codings", "--json"]).json();
    let whose: Vec<(String, String)> = codings["codings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["document"].as_str().unwrap().to_owned(), c["coder"].as_str().unwrap().to_owned()))
        .collect();
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert!(
        whose.contains(&pair("de-korst-1", "bram")) && whose.contains(&pair("library", "anna")),
        "{whose:?}"
    );
    assert!(!whose.contains(&pair("library", "bram")), "{whose:?}");
    // The coding that is seen keeps the id that it has for everybody: the second of its act.
    let seen = codings["codings"].as_array().unwrap().iter().find(|c| c["coder"] == "bram").unwrap();
    assert!(seen["id"].as_str().unwrap().ends_with(".2"), "{seen}");
    // For somebody else nothing is hidden.
    world.coder("bram");
    assert_eq!(world.run(&["codings", "--json"]).json()["codings"].as_array().unwrap().len(), 4);
    // And an undone blindness is none.
    world.coder("anna");
    world.run(&["undo"]).done();
    assert_eq!(world.run(&["codings", "--json"]).json()["codings"].as_array().unwrap().len(), 4);
}
