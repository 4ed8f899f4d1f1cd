//! What was read for: a zero stands only where a document was read for that very code, whatever became of
//! the codebook since. Every expected cell follows from the rules in `docs/counting.md`.

use serde_json::{Value, json};

use crate::support::World;

/// One interview of one case, done for the code `t` alone.
fn read_for_t() -> World {
    let mut world = World::with_study();
    world.write("a.txt", "Interviewer: Vraag een?\n\nDirecteur: Antwoord een.\n\nInterviewer: Vraag twee?\n\nDirecteur: Antwoord twee.\n");
    world.run(&["import", "a.txt", "--case", "c1"]).done();
    world.run(&["codebook", "add", "t", "--label", "T"]).done();
    world.run(&["codebook", "fix", "t", "--earlier", "reopen"]).done();
    world.run(&["done", "a"]).done();
    world
}

/// Number and status of a code in the case.
fn cell(world: &mut World, code: &str) -> String {
    let csv = world.run(&["freq", "--csv"]).stdout;
    let row = csv.lines().find_map(|line| line.strip_prefix(&format!("c1,{code},"))).unwrap_or_default();
    row.split(',').take(2).collect::<Vec<_>>().join(" ")
}

/// A code that is added and fixed after the reading, which counts for it again only when it is done.
fn later(world: &mut World, code: &str) {
    world.run(&["codebook", "add", code, "--label", code]).done();
    world.run(&["codebook", "fix", code, "--earlier", "reopen"]).done();
    assert_eq!(cell(world, code), " not_done");
}

#[test]
fn what_was_read_for_another_code_is_no_zero_of_the_one_it_became() {
    let mut world = read_for_t();
    later(&mut world, "breed");
    world.run(&["codebook", "merge", "t", "--into", "breed"]).done();
    assert_eq!(cell(&mut world, "breed"), " not_done");
    world.run(&["done", "a"]).done();
    assert_eq!(cell(&mut world, "breed"), "0 not_found");
}

#[test]
fn a_code_is_asked_about_though_another_that_became_it_was_not() {
    let mut world = read_for_t();
    later(&mut world, "x");
    world.run(&["done", "a"]).done();
    world.run(&["not-asked", "a", "x"]).done();
    assert_eq!(cell(&mut world, "x"), " not_asked");
    world.run(&["codebook", "merge", "x", "--into", "t"]).done();
    assert_eq!(cell(&mut world, "t"), "0 not_found");
}

#[test]
fn a_code_that_is_provisional_again_has_no_zeros() {
    let mut world = read_for_t();
    world.run(&["undo"]).done();
    world.run(&["codebook", "add", "nieuw", "--label", "Nieuw"]).done();
    world.run(&["codebook", "fix", "nieuw", "--earlier", "reopen"]).done();
    world.run(&["done", "a"]).done();
    assert_eq!(cell(&mut world, "nieuw"), "0 not_found");
    let history = world.run(&["history", "--json"]).json();
    // The newest first.
    let acts = history["history"].as_array().unwrap();
    let fixed = |act: &&Value| act["changes"][0] == "code-fixed";
    let id = acts.iter().find(fixed).unwrap()["id"].as_str().unwrap().to_owned();
    world.run(&["undo", &id]).done();
    assert_eq!(cell(&mut world, "nieuw"), " not_done");
}

#[test]
fn a_code_that_was_provisional_since_is_new_to_what_was_done() {
    let mut world = read_for_t();
    let file = only_codebook(&world);
    let before = std::fs::read_to_string(&file).unwrap();
    assert!(before.contains("\"fixed\""), "{before}");
    world.write(file.to_str().unwrap(), before.replace("\"fixed\"", "\"provisional\""));
    // What writes takes the edit first, and forms its act after that.
    world.run(&["codebook", "add", "other", "--label", "Other", "--status", "fixed"]).done();
    assert_eq!(cell(&mut world, "t"), " not_done");
    world.run(&["codebook", "fix", "t", "--earlier", "reopen"]).done();
    assert_eq!(cell(&mut world, "t"), " not_done");
    world.run(&["done", "a"]).done();
    assert_eq!(cell(&mut world, "t"), "0 not_found");
}

/// The only codebook file of a study.
fn only_codebook(world: &World) -> std::path::PathBuf {
    let mut files: Vec<_> =
        std::fs::read_dir(world.path("codebooks")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

#[test]
fn done_is_for_the_codes_of_the_codebook_as_it_was_edited() {
    let mut world = read_for_t();
    world.run(&["codebook", "add", "later", "--label", "Later"]).done();
    let file = only_codebook(&world);
    let before = std::fs::read_to_string(&file).unwrap();
    world.write(file.to_str().unwrap(), before.replace("\"provisional\"", "\"fixed\""));
    let said = world.run(&["done", "a"]).done();
    assert!(said.stdout.contains("8 fixed codes"), "{}", said.stdout);
    assert_eq!(cell(&mut world, "later"), "0 not_found");
}

#[test]
fn what_a_broader_definition_reopened_can_be_done_again() {
    let mut world = read_for_t();
    let change =
        ["codebook", "change", "t", "--definition", "Wider.", "--effect", "broader", "--reason", "seen"];
    world.run(&change).done();
    assert_eq!(cell(&mut world, "t"), " not_done");
    world.run(&["done", "a"]).done();
    assert_eq!(cell(&mut world, "t"), "0 not_found");
    let again = world.run(&["done", "a"]).done();
    assert!(again.stdout.contains("done already"), "{}", again.stdout);
}

#[test]
fn a_code_that_is_moved_below_one_that_was_read_for_is_not_read_for() {
    let mut world = read_for_t();
    later(&mut world, "z");
    world.run(&["codebook", "move", "z", "--under", "t"]).done();
    assert_eq!(cell(&mut world, "z"), " not_done");
    // One that is made there is: what it stands for was part of what was read for.
    world.run(&["codebook", "add", "new", "--label", "New", "--under", "t"]).done();
    world.run(&["codebook", "fix", "new", "--earlier", "reopen"]).done();
    assert_eq!(cell(&mut world, "new"), "0 not_found");
    world.run(&["done", "a"]).done();
    assert_eq!(cell(&mut world, "z"), "0 not_found");
}

#[test]
fn a_coding_between_turns_is_said_by_whom_it_touches() {
    let mut world = read_for_t();
    // The blank line before the third turn and that turn; the blank line between the first two.
    world.run(&["code", "a", "49", "75", "t"]).done();
    world.run(&["code", "a", "23", "25", "t"]).done();
    let listed = world.run(&["codings", "--json"]).done().json();
    let told =
        |at: usize| ["start", "speaker", "role", "turn"].map(|name| listed["codings"][at][name].clone());
    assert_eq!(told(0), [json!(23), Value::Null, Value::Null, Value::Null]);
    assert_eq!(told(1), [json!(49), json!("Interviewer"), json!("interviewer"), json!(3)]);
}

#[test]
fn a_case_that_only_a_coding_names_can_be_explained() {
    let mut world = read_for_t();
    world.write("corpus/cases.csv", "case,name\nc1,One\nc2,Two\n");
    world.run(&["code", "a", "25", "40", "t", "--case", "c2"]).done();
    world.write("corpus/cases.csv", "case,name\nc1,One\n");
    let csv = world.run(&["freq", "--csv"]).done().stdout;
    assert!(csv.contains("\nc2,t,1,"), "{csv}");
    let found = world.run(&["explain", "c2", "t", "--json"]).done().json();
    assert_eq!((found["n"].as_u64(), found["passages"].as_array().map(Vec::len)), (Some(1), Some(1)));
    let wrong = world.run(&["explain", "c3", "t"]).refused();
    assert!(wrong.stderr.contains("c3"), "{}", wrong.stderr);
}

#[test]
fn a_package_never_takes_the_place_of_a_folder_of_the_study() {
    let mut world = World::with_study();
    for folder in ["corpus", "journal", "codebooks", "journal/package"] {
        let path = world.path(folder);
        let refused = world.run(&["export", path.to_str().unwrap()]).refused();
        assert!(refused.stderr.contains("belongs to the study itself"), "{folder}: {}", refused.stderr);
    }
}

#[test]
fn an_audit_without_names_calls_no_document_by_a_name_it_had() {
    let mut world = World::with_study();
    world.write("geheimdoc-jansen.txt", "Interviewer: Vraag?\n\nJansen: Antwoord.\n");
    world.run(&["import", "geheimdoc-jansen.txt"]).done();
    let memo =
        ["memo", "add", "--on", "document:geheimdoc-jansen", "--type", "decision", "--title", "T", "why"];
    world.run(&memo).done();
    let seen = world.run(&["audit", "--anonymous"]).done().stdout;
    assert!(seen.contains("document 1") && !seen.contains("jansen"), "{seen}");
    let history = world.run(&["history", "--json"]).json();
    let added = |act: &&Value| act["changes"][0] == "document-added";
    let import = history["history"].as_array().unwrap().iter().find(added).unwrap().clone();
    world.run(&["undo", import["id"].as_str().unwrap()]).done();
    let seen = world.run(&["audit", "--anonymous"]).done().stdout;
    assert!(seen.contains("unlisted") && !seen.contains("jansen"), "{seen}");
}

#[test]
fn while_blind_a_provenance_counts_no_acts_of_others() {
    let mut world = World::new();
    world.run(&["demo", "sample", "--quiet"]).done();
    let bram = ["--study", "sample", "--coder", "bram"];
    // Number and sum of Anna's file, as a table tells them.
    let mut annas = |table: &str| {
        world.run(&[&bram[..], &["freq", "--out", table]].concat()).done();
        let told = world.read(&table.replace(".csv", ".provenance.json"));
        let told: Value = serde_json::from_str(&told).unwrap();
        let journals = told["journals"].as_array().unwrap().clone();
        let hers = journals.iter().find(|j| j["file"].as_str().unwrap().starts_with("anna"));
        let hers = hers.unwrap_or_else(|| panic!("{told}"));
        let out = (hers["n"].as_u64().unwrap(), hers["ids_sha256"].as_str().unwrap().to_owned());
        if table == "seen.csv" {
            world.run(&[&bram[..], &["coders", "blind", "on"]].concat()).done();
        }
        out
    };
    let (lines, all) = annas("seen.csv");
    assert_eq!(lines, 337, "Anna wrote so many lines");
    // Of hers Bram sees those that make codes and documents, which count for him as well.
    let (last, some) = annas("blind.csv");
    assert!(last > 0 && last < lines, "{last}");
    assert_ne!(some, all);
}
