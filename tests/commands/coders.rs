//! Who acts, and whose reading counts.

use crate::support::World;

#[test]
fn the_login_name_is_only_a_proposal() {
    let mut world = World::new();
    world.coder("");
    let run = |world: &mut World, args: &[&str], user: &str| {
        let output = world.command(args).env("USER", user).output().unwrap();
        world.note(args, &output)
    };
    run(&mut world, &["init", "."], "anna").done();
    world.write("talk.txt", "Interviewer: Hello?\nGuest: Hello.\n");
    // This device wrote under it before.
    run(&mut world, &["import", "talk.txt"], "anna").done();
    run(&mut world, &["codebook", "add", "a", "--coder", "bram"], "anna").done();
    // Where two wrote on this device, a third login name is nobody.
    run(&mut world, &["codebook", "add", "b"], "student7").refused();
    run(&mut world, &["codebook", "add", "b"], "bram").done();
    run(&mut world, &["import", "talk.txt"], "").refused();
    for name in ["consensus", "Union", "-x", ""] {
        let ran = run(&mut world, &["codebook", "add", "c", &format!("--coder={name}")], "student7");
        assert_eq!(ran.code, 2, "{name:?}: {}", ran.stderr);
    }
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_file_holds_the_table_of_each_coder() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    world.code("library", "roster", "swapping");
    world.run(&["done", "library"]).done();
    world.coder("bram");
    world.code("library", "rare books", "course");
    world.code("de-korst-1", "maandag", "course");
    world.run(&["freq", "--reading", "each", "--level", "top", "--out", "each.json"]).done();
    let file: serde_json::Value = serde_json::from_str(&world.read("each.json")).unwrap();
    let readings = file["readings"].as_array().unwrap();
    assert_eq!(readings.iter().map(|r| r["reading"].as_str().unwrap()).collect::<Vec<_>>(), ["anna", "bram"]);
    // By hand. Anna read the library to the end and found a roster, on which a swap is no second passage; she
    // looked for learning and found none. Bram found learning in the library and once in one of the two
    // documents of De Korst, and ended nothing. Nobody reads for pride, which is provisional; of the mill
    // there is no text.
    let (one, none) = (serde_json::json!(1), serde_json::json!(null));
    for (reading, group, code, n, status, documents, done) in [
        (0, "town-library", "rosters", &one, "coded", 1, 1),
        (0, "town-library", "learning", &serde_json::json!(0), "not_found", 1, 1),
        (0, "town-library", "pride", &none, "not_done", 1, 0),
        (0, "de-korst", "learning", &none, "not_done", 2, 0),
        (0, "mill", "learning", &none, "no_text", 0, 0),
        (1, "town-library", "learning", &one, "partial", 1, 0),
        (1, "town-library", "rosters", &none, "not_done", 1, 0),
        (1, "de-korst", "learning", &one, "partial", 2, 0),
        (1, "mill", "rosters", &none, "no_text", 0, 0),
    ] {
        let rows = readings[reading]["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 9, "three cases and three top codes");
        let row = rows.iter().find(|r| r["group"] == group && r["code"] == code).unwrap();
        let told =
            (&row["n"], row["status"].as_str(), row["documents"].as_u64(), row["documents_done"].as_u64());
        assert_eq!(told, (n, Some(status), Some(documents), Some(done)), "{reading} {group} {code}");
    }
    // n, cases with the code, cases read (or found).
    for (reading, code, told) in [
        (0, "rosters", [1, 1, 1]),
        (0, "learning", [0, 0, 1]),
        (1, "learning", [2, 2, 2]),
        (1, "rosters", [0, 0, 0]),
    ] {
        let totals = readings[reading]["totals"].as_array().unwrap();
        let total = totals.iter().find(|t| t["code"] == code).unwrap();
        assert_eq!(
            ["n", "cases", "cases_read"].map(|key| total[key].as_u64().unwrap()),
            told,
            "{reading} {code}"
        );
    }
    // The same as on the screen of a program, and as each by itself.
    let printed = world.run(&["freq", "--reading", "each", "--level", "top", "--json"]).done().json();
    assert_eq!(printed, file);
    let bram = world.run(&["freq", "--reading", "bram", "--level", "top", "--json"]).done().json();
    assert_eq!(bram["rows"], readings[1]["rows"]);
    assert!(world.read("each.json.provenance.json").contains("each.json"));
}

#[test]
fn two_coders_need_a_primary() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    world.run(&["done", "library"]).done();
    world.coder("bram");
    world.code("library", "rare books", "course");
    world.said.clear();
    world.run(&["freq"]).refused();
    world.run(&["freq", "--reading", "ann"]).refused();
    world.run(&["freq", "--reading", "union"]).done();
    world.run(&["freq", "--reading", "each", "--csv", "--level", "top", "--shape", "wide"]).done();
    world.run(&["coders", "primary", "ana"]).refused();
    world.run(&["coders", "primary", "anna"]).done();
    world.run(&["coders", "primary", "bram", "de-korst-1"]).done();
    world.run(&["freq"]).done();
    world.run(&["coders"]).done();
    world.run(&["codings", "--mine"]).done();
    world.run(&["codings", "--coder", "anna"]).done();
    let id = world.run(&["codings", "--coder", "anna", "--json"]).json()["codings"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    world.run(&["uncode", &id]).refused();
    world.run(&["coders", "alias", "bram", "anna"]).done();
    world.run(&["coders", "alias", "bram", "anna"]).refused();
    world.run(&["coders", "--json"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn who_is_not_known_is_told_who_is() {
    let mut world = World::with_codings(&[]);
    world.coder("");
    let mut command = world.command(&["undo"]);
    let output = command.env("USER", "student7").output().unwrap();
    let ran = world.note(&["undo"], &output).refused();
    assert!(ran.stderr.contains("Nobody wrote here as student7 yet"), "{}", ran.stderr);
    assert!(ran.stderr.contains("coders of this study: `--coder anna`"), "{}", ran.stderr);
}

#[test]
fn a_new_study_has_the_language_of_the_screen() {
    let mut world = World::new();
    let mut languages = |folder: &str, more: &[&str]| {
        let args = [&["init", folder, "--json"], more].concat();
        let output = world.command(&args).env("LANG", "nl_NL.UTF-8").output().unwrap();
        world.note(&args, &output).done().json()["languages"].clone()
    };
    assert_eq!(languages("one", &[]), serde_json::json!(["nl"]));
    assert_eq!(languages("two", &["--language", "en,nl"]), serde_json::json!(["en", "nl"]));
}

#[test]
fn languages_and_the_word_for_a_case_are_changed_later() {
    let mut world = World::with_interviews();
    let ran = world.run(&["settings"]).done();
    assert_eq!(ran.stdout, "languages of labels: en,nl\nword for a case: organisation\n");
    let args = ["settings", "--language", "nl", "--case-label", "bedrijf", "--json"];
    let now = world.run(&args).done().json();
    assert_eq!(
        (&now["languages"], &now["case_label"]),
        (&serde_json::json!(["nl"]), &serde_json::json!("bedrijf"))
    );
    // Nothing to change, so no act.
    assert_eq!(world.run(&args).done().json()["act"], serde_json::Value::Null);
    assert_eq!(
        world.run(&["freq", "--by", "bedrijf", "--assume-done", "--json"]).done().json()["by"],
        "case"
    );
    world.run(&["settings", "--language", "Dutch!"]).refused();
    // A column that is called so holds the cases only under that word.
    let table = world.read("corpus/documents.csv").replace("case", "bedrijf");
    world.write("corpus/documents.csv", table);
    let ran = world.run(&["settings", "--case-label", "school"]).refused();
    assert!(ran.stderr.contains("\"bedrijf\" in corpus/documents.csv"), "{}", ran.stderr);
}
