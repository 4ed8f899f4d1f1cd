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
