//! `done`, `reopen`, `not-asked`: what a zero means.

use crate::support::World;

fn status(world: &mut World, document: &str, code: &str) -> String {
    let table = world.run(&["freq", "--by", "document", "--json"]).done().json();
    let rows = table["rows"].as_array().unwrap();
    let row = rows.iter().find(|r| r["group"] == document && r["code"] == code).unwrap();
    row["status"].as_str().unwrap().to_owned()
}

#[test]
fn a_zero_is_written_only_where_somebody_read() {
    let mut world = World::with_interviews();
    assert_eq!(status(&mut world, "library", "budget"), "not_done");
    world.run(&["done", "library"]).done();
    assert_eq!(status(&mut world, "library", "budget"), "not_found");
    world.run(&["not-asked", "library", "learning"]).done();
    assert_eq!(status(&mut world, "library", "budget"), "not_asked", "with all codes below it");
    world.run(&["asked", "library", "learning"]).done();
    assert_eq!(status(&mut world, "library", "budget"), "not_found");
    world.run(&["not-asked", "organisation:de-korst", "budget"]).done();
    assert_eq!(status(&mut world, "de-korst-1", "budget"), "not_asked");
    world.run(&["not-asked", "de-korst", "budget", "--undo"]).done();
    assert_eq!(status(&mut world, "de-korst-1", "budget"), "not_done");
    world.run(&["reopen", "library"]).done();
    assert_eq!(status(&mut world, "library", "budget"), "not_done");
    assert_eq!(world.run(&["reopen", "library"]).code, 1);
    world.run(&["undo"]).done();
    assert_eq!(status(&mut world, "library", "budget"), "not_found");
    world.said.clear();
    world.run(&["done", "library", "de-korst-1"]).done();
    world.run(&["documents"]).done();
    world.run(&["documents", "de-korst-2"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_time_shows_the_study_as_it_was() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    let then = world.run(&["history", "--limit", "1", "--json"]).json()["history"][0]["at"]
        .as_str()
        .unwrap()
        .to_owned();
    world.code("library", "rare books", "course");
    assert_eq!(world.run(&["codings", "--json"]).json()["codings"].as_array().unwrap().len(), 2);
    let ran = world.run(&["codings", "--json", "--as-of", &then]).done().json();
    assert_eq!(ran["codings"].as_array().unwrap().len(), 1);
    let early = world.run(&["documents", "--json", "--as-of", "2020-01-01"]).json();
    assert_eq!(early["documents"], serde_json::json!([]));
    world.said.clear();
    world.run(&["done", "library", "--as-of", "2026-03-01"]).refused();
    world.run(&["import", "x", "--as-of", "2026-03-01"]).refused();
    world.run(&["codings", "--as-of", "yesterday"]).refused();
    insta::assert_snapshot!(world.said);
}
