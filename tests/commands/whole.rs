//! The whole job once through: from an empty folder to a table, and back by undo.

use crate::support::{World, fixtures};

#[test]
fn from_nothing_to_a_table() {
    let mut world = World::new();
    let (codes, bakery) = (fixtures().join("codes.json"), fixtures().join("bakery"));
    let (codes, bakery) = (codes.to_str().unwrap(), bakery.to_str().unwrap());
    world
        .run(&["init", "shops", "--codebook", codes, "--language", "en,nl", "--case-label", "organisation"])
        .done();
    world.run(&["--study", "shops", "import", bakery]).done();
    world.run(&["--study", "shops", "documents"]).done();
    world.run(&["--study", "shops", "search", "cursus OR course", "--context", "20"]).done();
    world.run(&["--study", "shops", "codebook"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn counted_as_a_person_counts() {
    let mut world = World::with_interviews();
    // Two overlapping codings of one cluster on one stretch are one passage of the cluster.
    world.code("de-korst-1", "elke maandag is er een cursus deeg", "course");
    world.code(
        "de-korst-1",
        "Een leerling staat een half jaar naast een oudere bakker, en elke maandag",
        "learning",
    );
    world.code("de-korst-1", "Dat zit in het opleidingsbudget", "budget");
    world.code("de-korst-1", "de nachtploeg ruilt onderling", "swapping");
    world.code("de-korst-2", "Ruilen mag niet meer", "swapping");
    world.code("library", "once a year there is a course", "course");
    // The interviewer's words are coded as well; they are in no cell of the default table.
    world.code("library", "Does everybody take that course?", "course");
    // Said in the library about the bakery next door.
    let (start, end) = world.place("library", "In the bakery next door they have to");
    world
        .run(&[
            "code",
            "library",
            &start,
            &end,
            "course",
            "--case",
            "de-korst",
            "--qualifier",
            "status=rejected",
        ])
        .done();
    world.run(&["done", "de-korst-1", "library"]).done();
    world.said.clear();
    world.run(&["freq"]).done();
    world.run(&["freq", "--level", "all"]).done();
    world.run(&["freq", "--csv"]).done();
    world.run(&["freq", "--by", "sector", "--shape", "wide", "--csv", "--count", "presence"]).done();
    world.run(&["freq", "--by", "document", "--shape", "long", "--level", "top"]).done();
    world.run(&["codings"]).done();
    insta::assert_snapshot!(world.said);

    let table = world.run(&["freq", "--json"]).done().json();
    let cell = |group: &str, code: &str| {
        let rows = table["rows"].as_array().unwrap();
        let row = rows.iter().find(|r| r["group"] == group && r["code"] == code).unwrap();
        (row["n"].as_u64(), row["status"].as_str().unwrap().to_owned())
    };
    // de-korst-2 is not done, so what was found in its organisation is a lower bound.
    assert_eq!(cell("de-korst", "learning"), (Some(3), "partial".to_owned()));
    assert_eq!(cell("de-korst", "course"), (Some(2), "partial".to_owned()));
    assert_eq!(cell("de-korst", "swapping"), (Some(2), "partial".to_owned()));
    assert_eq!(cell("town-library", "course"), (Some(1), "coded".to_owned()));
    assert_eq!(cell("town-library", "budget"), (Some(0), "not_found".to_owned()));
    assert_eq!(cell("mill", "course").0, None);
    assert_eq!(table["uncounted"], 1);
}

#[test]
fn undo_reaches_across_runs_and_erases_nothing() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    world.code("library", "swap among ourselves", "swapping");
    world.said.clear();
    world.run(&["undo"]).done();
    world.run(&["codings"]).done();
    world.run(&["undo"]).done();
    assert_eq!(world.run(&["codings"]).code, 1);
    world.run(&["redo"]).done();
    world.run(&["redo"]).done();
    world.run(&["redo"]);
    world.run(&["history"]).done();
    // Somebody else's act needs --other.
    world.coder("bram");
    let history = world.run(&["history", "--json"]).done().json();
    let id = history["history"][4]["id"].as_str().unwrap().to_owned();
    assert_eq!(history["history"][4]["act"], "code");
    world.run(&["undo", &id]).refused();
    world.run(&["undo", &id, "--other"]).done();
    world.run(&["undo", "nothing-of-this-name"]).refused();
    insta::assert_snapshot!(world.said.replace(&id, "[ID]"));
}
