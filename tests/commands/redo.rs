//! Redo: what was undone last comes back, until something else is done.

use crate::support::World;

/// The codes of all codings, in order of their places.
fn codes(world: &mut World) -> Vec<String> {
    let listed = world.run(&["codings", "--json"]).json();
    listed["codings"].as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap().to_owned()).collect()
}

fn id_of(world: &mut World, n: usize) -> String {
    let history = world.run(&["history", "--json"]).done().json();
    history["history"][n]["id"].as_str().unwrap().to_owned()
}

#[test]
fn what_was_undone_for_a_newer_act_stays_undone_until_it_is_named() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "budget");
    let mistaken = id_of(&mut world, 0);
    world.said.clear();
    world.run(&["undo"]).done();
    world.code("library", "the roster", "rosters");
    let refused = world.run(&["redo"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stdout.contains(&format!("`verbatim redo {}`", &mistaken[28..])), "{}", refused.stdout);
    assert_eq!(codes(&mut world), ["rosters"]);
    let none = world.run(&["redo", "--json"]).json();
    assert_eq!((&none["redone"], none["left"]["id"].as_str()), (&serde_json::Value::Null, Some(&*mistaken)));
    // The newer act itself is undone and redone as ever.
    world.run(&["undo"]).done();
    world.run(&["redo"]).done();
    assert_eq!(world.run(&["redo"]).code, 1);
    assert_eq!(codes(&mut world), ["rosters"]);
    world.run(&["redo", &mistaken]).done();
    assert_eq!(codes(&mut world).len(), 2);
    assert!(world.run(&["redo"]).stdout.contains("there is nothing to redo"));
}

#[test]
fn redo_goes_back_through_what_was_undone_whatever_others_do() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    world.code("library", "swap among ourselves", "swapping");
    world.run(&["undo"]).done();
    world.coder("bram");
    world.code("library", "the roster", "budget");
    world.coder("anna");
    world.run(&["undo"]).done();
    world.coder("bram");
    assert_eq!(world.run(&["redo"]).code, 1, "bram undid nothing");
    world.run(&["undo"]).done();
    world.coder("anna");
    assert_eq!(codes(&mut world), Vec::<String>::new());
    world.run(&["redo"]).done();
    assert_eq!(codes(&mut world), ["rosters"]);
    world.run(&["redo"]).done();
    assert_eq!(codes(&mut world), ["rosters", "swapping"]);
    assert_eq!(world.run(&["redo"]).code, 1);
}

#[test]
fn acts_that_were_undone_together_come_back_together() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    let first = id_of(&mut world, 0);
    world.code("library", "swap among ourselves", "swapping");
    let second = id_of(&mut world, 0);
    let before = world.run(&["history", "--json"]).json()["history"].as_array().unwrap().len();
    world.run(&["undo", &second, &first, &second]).done();
    assert_eq!(codes(&mut world), Vec::<String>::new());
    let hint = world.run(&["undo", &first]).refused().stderr;
    assert!(hint.contains(&format!("`verbatim redo {}` brings it back", &first[28..])), "{hint}");
    let redone = world.run(&["redo", "--json"]).done().json();
    assert_eq!(redone["acts"].as_array().unwrap().len(), 2, "{redone}");
    assert_eq!(codes(&mut world), ["rosters", "swapping"]);
    let after = world.run(&["history", "--json"]).json()["history"].as_array().unwrap().len();
    assert_eq!(after, before + 2, "one act undid both, one redid both");
    world.run(&["redo", &first]).refused();
}
