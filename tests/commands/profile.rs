//! The profile of a case and the saturation of codes, as printed, written and refused.

use crate::support::World;

#[test]
fn a_package_is_printed_with_what_must_be_said_of_it() {
    let mut world = World::with_sample();
    world.run(&["--study", "study", "profile", "zandhoek"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_profile_goes_into_files_one_table_at_a_time() {
    let mut world = World::with_sample();
    let csv = world.run(&["--study", "study", "profile", "--csv"]).done().stdout;
    let head = csv.lines().next().unwrap();
    assert!(head.starts_with("organisation,dimension,label,up,down,possibly_offset,uncovered,"), "{head}");
    let cases = world.read("study/corpus/cases.csv").lines().count() - 1;
    assert_eq!(csv.lines().count(), 1 + 7 * cases);
    world.run(&["--study", "study", "profile", "--out", "profile.csv"]).done();
    assert_eq!(world.read("profile.csv"), csv);
    let one = world.run(&["--study", "study", "profile", "--table", "codes", "--json"]).done().json();
    let rows = one["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 7);
    let yes = rows.iter().filter(|r| r["true"] == "yes").map(|r| r["code"].as_str().unwrap());
    assert_eq!(yes.collect::<Vec<_>>(), ["internal-mobility", "training"]);
    let all = world.run(&["--study", "study", "profile", "--json"]).done().json();
    assert_eq!(all["tables"].as_array().unwrap().len(), 3);
}

#[test]
fn new_codes_are_told_in_order_of_date() {
    let mut world = World::with_sample();
    world.run(&["--study", "study", "saturation"]).done();
    world.run(&["--study", "study", "saturation", "--run", "3", "--threshold", "0", "--csv"]).done();
    insta::assert_snapshot!(world.said);
    let again = world.run(&["--study", "study", "saturation", "--csv"]).done().stdout;
    assert_eq!(world.run(&["--study", "study", "saturation", "--csv"]).done().stdout, again);
}

#[test]
fn what_cannot_be_told_is_refused_with_the_reason() {
    let mut world = World::with_interviews();
    // Nobody has read yet, and its codes declare no effects.
    let why = world.run(&["saturation"]).refused().stderr;
    assert!(why.contains("no document has been begun"), "{why}");
    let why = world.run(&["profile"]).refused().stderr;
    assert!(why.contains("declares dimensions and effects"), "{why}");
    world.run(&["saturation", "--base", "0"]).refused();
    world.run(&["saturation", "--threshold", "101"]).refused();
    let mut world = World::with_sample();
    world.run(&["--study", "study", "profile", "nowhere"]).refused();
    world.run(&["--study", "study", "profile", "--table", "code"]).refused();
}

#[test]
fn a_profile_and_a_table_of_frequencies_agree_on_what_was_not_asked() {
    let mut world = World::new();
    world.run(&["init", ".", "--codebook", "flexicurity"]).done();
    world.import("a", "Int: So?\nAnn: We all train, and that is that.\nInt: And?\nAnn: No.\n");
    world.import("b", "Int: So?\nBob: Nothing comes to mind.\nInt: And?\nBob: No.\n");
    world.write("corpus/documents.csv", "document,case\na,shop\nb,\n");
    world.write("corpus/cases.csv", "case\nshop\n");
    let judged = world.run(&["profile", "--table", "codes", "--json"]).done().json()["rows"].clone();
    let judged: Vec<String> =
        judged.as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap().to_owned()).collect();
    let judged: Vec<&str> = judged.iter().map(String::as_str).collect();
    let told = |world: &mut World, case: &str| {
        let rows = world.run(&["profile", "--table", "dimensions", "--json"]).done().json()["rows"].clone();
        let row = rows.as_array().unwrap().iter().find(|r| r["case"].as_str().unwrap_or("") == case).cloned();
        let row = row.unwrap_or_else(|| panic!("{case:?}: {rows}"));
        let profile = (row["status"].clone(), row["documents_done"].clone());
        let rows = world.run(&["freq", "--json"]).done().json()["rows"].clone();
        let cell = rows.as_array().unwrap().iter().find(|r| r["group"] == case && r["code"] == "training");
        let freq = (cell.unwrap()["status"].clone(), cell.unwrap()["documents_done"].clone());
        (profile, freq)
    };
    world.run(&[&["not-asked", "case:shop"][..], &judged].concat()).done();
    let (profile, freq) = told(&mut world, "shop");
    assert_eq!((profile.0, freq.0), ("not_asked".into(), "not_asked".into()));
    // A mark on the case says nothing of what belongs to no case.
    let (profile, freq) = told(&mut world, "");
    assert_eq!(profile, ("not_done".into(), 0.into()));
    assert_eq!(freq, profile);
    // What was found was asked, so the document is not read to the end.
    world.code("a", "We all train", "training");
    let (profile, freq) = told(&mut world, "shop");
    assert_eq!(profile, ("partial".into(), 0.into()));
    assert_eq!(freq, profile);
}

#[test]
fn no_column_has_the_name_of_another() {
    let mut world = World::new();
    world.run(&["init", "study", "--codebook", "flexicurity", "--case-label", "label"]).done();
    for table in ["dimensions", "activities", "codes"] {
        let csv = world.run(&["--study", "study", "profile", "--table", table, "--csv"]).stdout;
        let mut heads: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
        let all = heads.len();
        heads.sort_unstable();
        heads.dedup();
        assert_eq!(heads.len(), all, "{csv}");
    }
}

#[test]
fn the_origin_of_a_code_can_be_told_later() {
    let mut world = World::with_interviews();
    world.run(&["codebook", "change", "pride", "--origin", "deductive"]).done();
    world.code("library", "roster", "rosters");
    let why = world.run(&["saturation"]).refused().stderr;
    assert!(why.contains("verbatim codebook change CODE --origin inductive"), "{why}");
    world.run(&["report", "verslag.md", "--language", "nl"]).done();
    let report = world.read("verslag.md");
    assert!(report.contains("Niet getekend: alle 6 codes zijn deductief"), "{report}");
    world.run(&["codebook", "change", "rosters", "--origin", "inductive"]).done();
    world.run(&["saturation"]).done();
}
