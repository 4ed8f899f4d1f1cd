//! What `diff` tells: the acts behind every cell that moved, and no others.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::World;

fn coded() -> World {
    World::with_codings(&[("the roster", "rosters")])
}

/// The acts beside the first cell of a table that moved, as `diff --json` tells them.
fn acts(world: &mut World, table: &str, row: &[&str], column: &str) -> Vec<String> {
    let told = world.run(&["diff", table, "--json"]).done().json();
    let moved = told["moved"].as_array().unwrap();
    let is = |m: &&serde_json::Value| {
        let cells: Vec<&str> = m["row"].as_array().unwrap().iter().filter_map(|c| c.as_str()).collect();
        cells == row && m["column"] == column
    };
    let cell = moved.iter().find(is).unwrap_or_else(|| panic!("{row:?} {column}: {told}"));
    cell["acts"].as_array().unwrap().iter().filter_map(|a| a["act"].as_str()).map(str::to_owned).collect()
}

#[test]
fn diff_of_an_anonymous_package_names_the_acts() {
    let mut world = coded();
    world.run(&["export", "out", "--anonymous"]).done();
    world.code("library", "rare books", "course");
    assert_eq!(acts(&mut world, "out/case_code.csv", &["organisation 2", "course"], "n"), ["code"]);
    assert_eq!(acts(&mut world, "out/document_wide.csv", &["document 3"], "course_n"), ["code"]);
}

#[test]
fn diff_names_acts_that_move_words() {
    let mut world = coded();
    world.run(&["framework", "--out", "framework.csv"]).done();
    world.run(&["freq", "--out", "freq.csv"]).done();
    world.run(&["summary", "town-library", "rosters", "The head draws it."]).done();
    world.run(&["summary", "de-korst", "rosters", "Nobody knows."]).done();
    assert_eq!(acts(&mut world, "framework.csv", &["Town Library"], "rosters"), ["summary"]);
    assert!(world.run(&["diff", "freq.csv"]).done().stdout.contains("no cell moved"));
}

#[test]
fn diff_of_every_coders_table_names_each_ones_acts() {
    let mut world = coded();
    world.run(&["coders", "primary", "anna"]).done();
    world.coder("bram");
    world.code("library", "rare books", "budget");
    world.run(&["freq", "--reading", "each", "--out", "each.csv"]).done();
    world.code("library", "the roster", "rosters");
    world.coder("anna");
    world.code("library", "rare books", "course");
    assert_eq!(acts(&mut world, "each.csv", &["town-library", "rosters", "bram"], "n").len(), 1);
    let told = world.run(&["diff", "each.csv"]).done().stdout;
    assert!(told.contains("town-library · course · anna · n: 0 → 1") && !told.contains("row "), "{told}");
}

/// The acts beside every cell that moved, by the row and the column, as `diff --json` tells them.
fn all_acts(world: &mut World, args: &[&str]) -> BTreeMap<(String, String), Vec<String>> {
    let told = world.run(&[args, &["--json"]].concat()).done().json();
    let words = |v: &serde_json::Value| -> Vec<String> {
        v.as_array().unwrap().iter().filter_map(|c| c.as_str()).map(str::to_owned).collect()
    };
    let moved = told["moved"].as_array().unwrap().iter().map(|m| {
        let column = m["column"].as_str().unwrap_or_default().to_owned();
        let acts = m["acts"].as_array().unwrap().iter().filter_map(|a| a["what"].as_str());
        ((words(&m["row"]).join(" "), column), acts.map(str::to_owned).collect())
    });
    moved.collect()
}

#[test]
fn diff_of_a_profile_names_what_has_an_effect_on_the_dimension() {
    let mut world = World::new();
    world.run(&["demo", "sample", "--quiet"]).done();
    let study = |args: &[&'static str]| [&["--study", "sample", "--coder", "anna"], args].concat();
    world.run(&study(&["profile", "--table", "dimensions", "--out", "profile.csv"])).done();
    world.run(&study(&["profile", "--table", "activities", "--out", "activities.csv"])).done();
    // By table 1: internal mobility is JS+, external mobility JS-, and a context factor has no effect.
    for code in ["mobility-centre", "freelancer-auction-site", "union-role"] {
        world.run(&study(&["code", "11-zandhoek", "1000", "1050", code])).done();
    }
    world.run(&study(&["memo", "add", "Nothing to do with any number."])).done();
    let diff = study(&["diff", "profile.csv"]);
    let told = all_acts(&mut world, &diff);
    let of = |column: &str| {
        told.get(&("zandhoek JS".to_owned(), column.to_owned()))
            .map(|acts| acts.iter().map(|a| a.split(' ').next().unwrap()).collect::<Vec<_>>())
    };
    assert_eq!(of("up"), Some(vec!["mobility-centre"]), "{told:?}");
    assert_eq!(of("down"), Some(vec!["freelancer-auction-site"]), "{told:?}");
    assert!(told.values().flatten().all(|what| !what.starts_with("union-role") && !what.contains("memo")));
    // A new label moves the cell with the label, and nothing else does.
    world.run(&study(&["codebook", "rename", "knowledge-square", "en=Square of knowledge"])).done();
    let told = all_acts(&mut world, &study(&["diff", "activities.csv"]));
    let labels: Vec<&Vec<String>> =
        told.iter().filter(|((_, column), _)| column == "label").map(|(_, acts)| acts).collect();
    assert!(!labels.is_empty() && labels.iter().all(|acts| acts.len() == 1), "{told:?}");
    assert!(labels[0][0].contains("knowledge-square"), "{told:?}");
}

#[test]
fn diff_names_what_renames_and_regroups_columns() {
    let mut world = coded();
    world.run(&["freq", "--shape", "wide", "--out", "wide.csv"]).done();
    world.run(&["quotes", "--out", "quotes.csv"]).done();
    let book = world.read("codebooks/work.json");
    world.write("codebooks/work.json", book.replace("\"var\": \"swapping\"", "\"var\": \"swaps\""));
    world.run(&["codebook", "rename", "rosters", "en=Shifts"]).done();
    world.code("library", "rare books", "course");
    let told = all_acts(&mut world, &["diff", "wide.csv"]);
    let of = |column: &str| told.get(&(String::new(), column.to_owned())).cloned();
    let changed =
        |acts: Option<Vec<String>>| acts.is_some_and(|acts| acts.len() == 1 && acts[0].contains("swapping"));
    assert!(changed(of("swapping")) && changed(of("swaps")), "{told:?}");
    // The label of a quote's code is moved by its new label alone.
    let told = all_acts(&mut world, &["diff", "quotes.csv"]);
    let labels: Vec<_> = told.iter().filter(|((_, column), _)| column == "label").collect();
    assert!(!labels.is_empty(), "{told:?}");
    assert!(labels.iter().all(|(_, acts)| acts.len() == 1 && acts[0].contains("rosters")), "{told:?}");
}

#[test]
fn diff_names_two_names_that_became_one() {
    let mut world = coded();
    world.run(&["coders", "primary", "anna"]).done();
    world.coder("an");
    world.code("library", "rare books", "course");
    world.coder("anna");
    world.run(&["freq", "--out", "table.csv"]).done();
    world.run(&["freq", "--reading", "each", "--out", "each.csv"]).done();
    world.run(&["coders", "alias", "an", "anna"]).done();
    let told = all_acts(&mut world, &["diff", "table.csv"]);
    let course = &told[&("town-library course".to_owned(), "n".to_owned())];
    assert!(course.len() == 1 && course[0].contains("an "), "{told:?}");
    let told = all_acts(&mut world, &["diff", "each.csv"]);
    let gone: Vec<_> = told.iter().filter(|((row, _), _)| row.ends_with(" an")).collect();
    assert!(!gone.is_empty() && gone.iter().all(|(_, acts)| acts.len() == 1), "{told:?}");
    // An alias of somebody who coded nothing moved nothing.
    world.coder("bram");
    world.run(&["memo", "add", "Only a thought."]).done();
    world.coder("anna");
    world.run(&["coders", "alias", "bram", "anna"]).done();
    let told = all_acts(&mut world, &["diff", "table.csv"]);
    assert!(told.values().all(|acts| acts.len() == 1), "{told:?}");
}

#[test]
fn diff_names_that_a_code_above_was_not_asked_about() {
    let mut world = coded();
    world.run(&["freq", "--out", "table.csv"]).done();
    world.run(&["not-asked", "town-library", "learning"]).done();
    world.run(&["not-asked", "de-korst-1", "rosters"]).done();
    let told = all_acts(&mut world, &["diff", "table.csv"]);
    let of = |code: &str| told[&(format!("town-library {code}"), "status".to_owned())].len();
    assert_eq!((of("learning"), of("course"), of("budget")), (1, 1, 1), "{told:?}");
    assert!(told.keys().all(|(row, _)| !row.ends_with("library rosters")), "{told:?}");
}

#[test]
fn diff_names_acts_behind_the_row_of_what_has_no_case_or_no_value() {
    let mut world = coded();
    world.write("corpus/documents.csv", "document,case\nde-korst-1,de-korst\n");
    world.write("corpus/cases.csv", "case,sector\nde-korst,\n");
    world.run(&["freq", "--out", "cases.csv"]).done();
    world.run(&["freq", "--by", "sector", "--out", "sectors.csv"]).done();
    world.code("library", "rare books", "course");
    world.code("de-korst-1", "cursus deeg", "course");
    let cases = all_acts(&mut world, &["diff", "cases.csv"]);
    let none = &cases[&(" course".to_owned(), "n".to_owned())];
    assert!(none.len() == 1 && none[0].contains("library"), "{cases:?}");
    let sectors = all_acts(&mut world, &["diff", "sectors.csv"]);
    assert_eq!(sectors[&(" course".to_owned(), "n".to_owned())].len(), 2, "{sectors:?}");
}

#[test]
fn diff_tells_codes_apart_whose_columns_are_called_alike() {
    let mut world = World::new();
    world.write(
        "codes.json",
        r#"{"id":"b","codes":[{"id":"size","label":"Size","status":"fixed"},{"id":"size-n","label":"N","status":"fixed"},{"id":"size-pct","label":"P","status":"fixed"}]}"#,
    );
    world.run(&["init", ".", "--codebook", "codes.json"]).done();
    world.import("a", "Int: So?\nAnn: This one and that one.\nInt: And?\nAnn: No.\n");
    world.run(&["freq", "--shape", "wide", "--out", "wide.csv"]).done();
    world.run(&["export", "out"]).done();
    world.code("a", "This", "size");
    world.code("a", "that", "size-n");
    world.code("a", "one", "size-pct");
    for (table, columns) in [
        ("wide.csv", ["size", "size_n", "size_pct"]),
        ("out/document_wide.csv", ["size_n", "size_n_n", "size_pct_n"]),
    ] {
        let told = all_acts(&mut world, &["diff", table]);
        for (column, code) in columns.into_iter().zip(["size on", "size-n on", "size-pct on"]) {
            let acts = told.iter().find(|((_, c), _)| c == column).map(|(_, acts)| acts.clone());
            let acts = acts.unwrap_or_else(|| panic!("{table} {column}: {told:?}"));
            assert!(acts.len() == 1 && acts[0].starts_with(code), "{table} {column}: {acts:?}");
        }
    }
}

/// The sample, and the arguments with which anna works on it.
fn sample() -> (World, impl for<'a> Fn(&[&'a str]) -> Vec<&'a str>) {
    let mut world = World::new();
    world.run(&["demo", "sample", "--quiet"]).done();
    (world, |args: &[&str]| [&["--study", "sample", "--coder", "anna"], args].concat())
}

/// The cells of a table that moved by no act that is known; some moved.
#[track_caller]
fn unexplained(world: &mut World, args: &[&str]) -> Vec<(String, String)> {
    let told = all_acts(world, args);
    assert!(!told.is_empty(), "no cell moved");
    told.into_iter().filter(|(_, acts)| acts.is_empty()).map(|(cell, _)| cell).collect()
}

#[test]
fn diff_names_acts_on_documents_that_hold_codings_set_to_a_case() {
    let (mut world, study) = sample();
    world.run(&study(&["freq", "--out", "freq.csv"])).done();
    world.run(&study(&["freq", "--shape", "wide", "--out", "wide.csv"])).done();
    world.run(&study(&["reopen", "15-seminar"])).done();
    assert_eq!(unexplained(&mut world, &study(&["diff", "freq.csv"])), []);
    assert_eq!(unexplained(&mut world, &study(&["diff", "wide.csv"])), []);
}

#[test]
fn diff_names_what_a_case_was_not_asked_where_only_a_coding_is_set_to_it() {
    let mut world = World::with_interviews();
    world.run(&["code", "library", "100", "120", "rosters", "--case", "de-korst"]).done();
    world.run(&["done", "library"]).done();
    world.run(&["crosstab", "language", "--out", "languages.csv"]).done();
    world.run(&["freq", "--by", "document", "--out", "documents.csv"]).done();
    world.run(&["not-asked", "de-korst", "learning"]).done();
    for table in ["languages.csv", "documents.csv"] {
        let told = world.run(&["diff", table]).done().stdout;
        assert!(!told.contains("no act is known"), "{table}: {told}");
    }
}

#[test]
fn diff_names_the_coding_that_brought_a_row() {
    let (mut world, study) = sample();
    world.run(&study(&["freq", "--out", "freq.csv"])).done();
    world.run(&study(&["code", "15-seminar", "100", "300", "self-rostering"])).done();
    let told = all_acts(&mut world, &study(&["diff", "freq.csv"]));
    assert!(told.len() > 50, "{told:?}");
    assert_eq!(unexplained(&mut world, &study(&["diff", "freq.csv"])), []);
    // And the row that goes with it.
    world.run(&study(&["freq", "--out", "with.csv"])).done();
    world.run(&study(&["undo"])).done();
    assert_eq!(unexplained(&mut world, &study(&["diff", "with.csv"])), []);
    // A code that is new brings rows as well, which hang on no coding of another.
    world.run(&study(&["code", "15-seminar", "400", "450", "self-rostering"])).done();
    world.run(&study(&["freq", "--out", "codes.csv"])).done();
    world.run(&study(&["codebook", "add", "night-shift", "--label", "en=Night shift"])).done();
    world.run(&study(&["code", "11-zandhoek", "1000", "1050", "self-rostering"])).done();
    let told = all_acts(&mut world, &study(&["diff", "codes.csv"]));
    let rows: Vec<_> = told.iter().filter(|((row, _), _)| row.ends_with(" night-shift")).collect();
    assert!(!rows.is_empty() && rows.iter().all(|(_, acts)| acts.len() == 1), "{told:?}");
}

#[test]
fn diff_names_the_import_that_was_undone() {
    let (mut world, study) = sample();
    world.write("extra.txt", "Int: How are rosters made?\nAnn: We make them ourselves, mostly.\n");
    world.run(&study(&["import", "extra.txt", "--case", "kwartel"])).done();
    world.run(&study(&["freq", "--out", "cases.csv"])).done();
    world.run(&study(&["freq", "--by", "document", "--out", "documents.csv"])).done();
    world.run(&study(&["undo"])).done();
    assert_eq!(unexplained(&mut world, &study(&["diff", "cases.csv"])), []);
    assert_eq!(unexplained(&mut world, &study(&["diff", "documents.csv"])), []);
    // It was of one case, so it moved nothing of another.
    world.run(&study(&["code", "11-zandhoek", "1000", "1050", "self-rostering"])).done();
    let of = |told: &BTreeMap<(String, String), Vec<String>>, case: &str| {
        let of_it = told.iter().filter(|((row, _), _)| row.starts_with(case));
        of_it.flat_map(|(_, acts)| acts.clone()).collect::<BTreeSet<String>>()
    };
    let told = all_acts(&mut world, &study(&["diff", "cases.csv"]));
    let (kwartel, zandhoek) = (of(&told, "kwartel "), of(&told, "zandhoek "));
    assert!(kwartel.len() == 1 && kwartel.iter().all(|act| act.contains("undid")), "{told:?}");
    assert!(zandhoek.len() == 1 && zandhoek.iter().all(|act| act.starts_with("self-rostering")), "{told:?}");
    // Where the table of documents says nothing of it any more it may have been of any case.
    let rows = world.read("sample/corpus/documents.csv");
    let left: Vec<&str> = rows.lines().filter(|line| !line.starts_with("extra,")).collect();
    assert_eq!(left.len() + 1, rows.lines().count());
    world.write("sample/corpus/documents.csv", left.join("\n") + "\n");
    let told = all_acts(&mut world, &study(&["diff", "cases.csv"]));
    assert_eq!((of(&told, "kwartel ").len(), of(&told, "zandhoek ").len()), (1, 2), "{told:?}");
    assert_eq!(unexplained(&mut world, &study(&["diff", "cases.csv"])), []);
    // And where it says another case than then, no cell is left without the act.
    world.write("sample/corpus/documents.csv", rows.replace("extra,", "extra,Extra,zandhoek,").as_str());
    assert_eq!(unexplained(&mut world, &study(&["diff", "cases.csv"])), []);
}

#[test]
fn diff_names_the_removed_document_behind_cases_that_only_its_codings_or_speakers_have() {
    let mut world = World::with_interviews();
    let text = "Int: How are rosters made?\nAnn: We make them ourselves.\nInt: Really?\nAnn: Mostly.\n";
    world.import("extra", text);
    let speakers = world.read("corpus/speakers.csv");
    let speakers = speakers.replace("extra,Ann,,respondent,,", "extra,Ann,,respondent,mill,");
    world.write("corpus/speakers.csv", speakers);
    let ids = world.run(&["history", "--json"]).done().json();
    let import = ids["history"].as_array().unwrap().iter().find(|a| a["act"] == "import").cloned().unwrap();
    world.run(&["code", "extra", "30", "50", "rosters", "--case", "de-korst"]).done();
    world.run(&["freq", "--out", "cases.csv"]).done();
    world.run(&["undo", import["id"].as_str().unwrap()]).done();
    world.code("library", "the roster", "rosters");
    let told = all_acts(&mut world, &["diff", "cases.csv"]);
    assert!(told.values().all(|acts| acts.len() == 1), "{told:?}");
    for (case, act) in [("mill", "undid"), ("de-korst", "undid"), ("town-library", "rosters")] {
        let cells: Vec<_> = told.iter().filter(|((row, _), _)| row.starts_with(case)).collect();
        assert!(!cells.is_empty() && cells.iter().all(|(_, acts)| acts[0].contains(act)), "{case}: {told:?}");
    }
}

#[test]
fn diff_of_codes_with_codes_tells_what_was_coded_from_what_was_read() {
    let mut world = coded();
    world.code("library", "the roster", "course");
    world.run(&["cooccur", "--level", "all", "--out", "cooccur.csv"]).done();
    // Two retired codes, a reading more, and a coding: only the last moves what is found.
    world.run(&["codebook", "retire", "swapping"]).done();
    world.run(&["done", "de-korst-1"]).done();
    world.code("library", "rare books", "course");
    world.run(&["codebook", "retire", "rosters"]).done();
    let told = all_acts(&mut world, &["diff", "cooccur.csv"]);
    // Each code of the first column stands in one pair, with rosters.
    let of = |column: &str| {
        let acts = &told[&("course".to_owned(), column.to_owned())];
        acts.iter().map(|act| act.rsplit(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for column in ["n_a", "either", "jaccard"] {
        assert_eq!(of(column), ["books”"], "{told:?}");
    }
    // What was read is moved by the mark; swapping lies below rosters, and is not what was read for.
    assert!(
        !told[&("course".to_owned(), "read".to_owned())].iter().any(|a| a.contains("swapping")),
        "{told:?}"
    );
    assert_eq!(of("read").len(), 3, "{told:?}");
    assert!(told[&("course".to_owned(), "read".to_owned())].iter().any(|a| a.starts_with("de-korst-1 done")));
    assert_eq!(unexplained(&mut world, &["diff", "cooccur.csv"]), []);
    // Where the passages are those that all who are done share, a mark moves them.
    world.run(&["coders", "primary", "anna"]).done();
    world.code("library", "the roster", "budget");
    world.coder("bram");
    world.code("library", "the roster", "budget");
    world.code("library", "the roster", "course");
    world.coder("anna");
    world.run(&["cooccur", "--reading", "intersection", "--level", "all", "--out", "shared.csv"]).done();
    world.coder("bram");
    world.run(&["done", "library"]).done();
    world.coder("anna");
    assert_eq!(unexplained(&mut world, &["diff", "shared.csv"]), []);
}

#[test]
fn diff_names_in_every_shape_the_code_above_from_which_a_zero_followed() {
    let (mut world, study) = sample();
    // Whoever read for vitality centres and found none found none at night either.
    let add = ["codebook", "add", "at-night", "--label", "en=At night", "--under", "vitality-centre"];
    world.run(&study(&[add.as_slice(), &["--status", "fixed"]].concat())).done();
    world.run(&study(&["code", "11-zandhoek", "1000", "1050", "at-night"])).done();
    world.run(&study(&["freq", "--by", "document", "--out", "long.csv"])).done();
    world.run(&study(&["freq", "--by", "document", "--shape", "wide", "--out", "wide.csv"])).done();
    world.run(&study(&["cooccur", "--level", "all", "--out", "cooccur.csv"])).done();
    world.run(&study(&["code", "03-kwartel", "1000", "1050", "vitality-centre"])).done();
    for table in ["long.csv", "wide.csv", "cooccur.csv"] {
        let told = all_acts(&mut world, &study(&["diff", table]));
        let at_night =
            |row: &str, column: &str| [row, column].concat().replace('_', "-").contains("at-night");
        assert!(told.keys().any(|(row, column)| at_night(row, column)), "{table}: {told:?}");
        assert!(told.values().all(|acts| acts.len() == 1), "{table}: {told:?}");
    }
}

#[test]
fn diff_names_two_names_that_became_one_where_a_table_is_of_one_of_them() {
    let (mut world, study) = sample();
    world.run(&study(&["freq", "--reading", "bram", "--out", "bram.csv"])).done();
    world.run(&study(&["coders", "alias", "bram", "anna"])).done();
    world.run(&study(&["code", "11-zandhoek", "1000", "1050", "union-role"])).done();
    assert_eq!(unexplained(&mut world, &study(&["diff", "bram.csv"])), []);
    let told = all_acts(&mut world, &study(&["diff", "bram.csv"]));
    let union: Vec<_> = told.iter().filter(|((row, _), _)| row == "zandhoek union-role").collect();
    assert!(union.iter().any(|(_, acts)| acts.iter().any(|a| a.starts_with("union-role"))), "{union:?}");
}

#[test]
fn diff_of_the_documents_of_a_package_names_what_anybody_did_there() {
    let mut world = coded();
    world.run(&["coders", "primary", "anna"]).done();
    world.run(&["export", "out"]).done();
    world.coder("bram");
    world.code("library", "rare books", "course");
    world.run(&["done", "library"]).done();
    world.coder("anna");
    world.run(&["codebook", "change", "rosters", "--definition", "Who works when.", "--effect", "wording"]);
    world.code("de-korst-1", "cursus deeg", "course");
    let told = all_acts(&mut world, &["diff", "out/documents.csv"]);
    let of = |document: &str, column: &str| told[&(document.to_owned(), column.to_owned())].clone();
    let (codings, done) = (of("library", "codings"), of("library", "done_by"));
    assert_eq!((codings.len(), done.len()), (2, 2), "{told:?}");
    assert_eq!(of("de-korst-1", "codings").len(), 1, "{told:?}");
}

#[test]
fn diff_tells_quotes_apart_by_code_and_number() {
    let mut world = coded();
    for (piece, code) in [("rare books", "course"), ("roster", "swapping"), ("rare", "swapping")] {
        world.code("library", piece, code);
    }
    world.run(&["quotes", "--level", "all", "--out", "quotes.csv"]).done();
    world.code("library", "Nobody has", "course");
    let told = all_acts(&mut world, &["diff", "quotes.csv"]);
    assert!(told.contains_key(&("course 2".to_owned(), String::new())), "{told:?}");
    let is_of_it = |row: &str| row.starts_with("course ") || row.starts_with("learning ");
    assert!(told.keys().all(|(row, _)| is_of_it(row)), "{told:?}");
}

#[test]
fn diff_names_what_began_a_document_where_that_is_taken_for_done() {
    let mut world = World::with_interviews();
    world.run(&["freq", "--assume-done", "--by", "document", "--out", "freq.csv"]).done();
    world.run(&["cooccur", "--assume-done", "--level", "all", "--out", "cooccur.csv"]).done();
    world.code("library", "the roster", "rosters");
    // It began the library, which is taken for done with every code then.
    let first = all_acts(&mut world, &["diff", "freq.csv"]);
    assert_eq!(first[&("library course".to_owned(), "status".to_owned())].len(), 1, "{first:?}");
    world.code("library", "rare books", "course");
    for table in ["freq.csv", "cooccur.csv"] {
        assert_eq!(unexplained(&mut world, &["diff", table]), [], "{table}");
    }
}

#[test]
fn diff_names_what_another_coder_did_to_a_coding_that_counts() {
    let (mut world, study) = sample();
    world.run(&study(&["coders", "primary", "anna"])).done();
    let (start, end) = ("1000", "1050");
    let coded = world.run(&study(&["code", "11-zandhoek", start, end, "union-role", "--json"])).done();
    let id = coded.json()["codings"][0]["id"].as_str().unwrap().to_owned();
    let bram = |args: &[&'static str]| [args, &["--study", "sample", "--coder", "bram"]].concat();
    for table in [["quotes", "--level", "all"], ["freq", "--level", "all"]] {
        world.run(&study(&[&table[..], &["--out", &format!("{}.csv", table[0])]].concat())).done();
    }
    world.run(&[&bram(&["exemplar", "mark"])[..], &[&id]].concat()).done();
    assert_eq!(unexplained(&mut world, &study(&["diff", "quotes.csv"])), []);
    world.run(&[&bram(&["recode", "--other"])[..], &[&id, "training"]].concat()).done();
    assert_eq!(unexplained(&mut world, &study(&["diff", "freq.csv"])), []);
    world.run(&study(&["freq", "--level", "all", "--out", "freq.csv"])).done();
    world.run(&[&bram(&["uncode", "--other"])[..], &[&id]].concat()).done();
    assert_eq!(unexplained(&mut world, &study(&["diff", "freq.csv"])), []);
}

#[test]
fn diff_names_who_began_a_document_where_all_coders_are_read() {
    let (mut world, study) = sample();
    world.run(&study(&["coders", "primary", "anna"])).done();
    for reading in ["union", "each"] {
        world.run(&study(&["freq", "--reading", reading, "--out", &format!("{reading}.csv")])).done();
    }
    // One of somebody who had begun there already reopens nothing.
    world.run(&study(&["code", "11-zandhoek", "1000", "1050", "training"])).done();
    let begin = ["code", "11-zandhoek", "2594", "2626", "self-rostering", "--study", "sample"];
    world.run(&[&begin[..], &["--coder", "cleo"]].concat()).done();
    for table in ["union.csv", "each.csv"] {
        assert_eq!(unexplained(&mut world, &study(&["diff", table])), [], "{table}");
    }
    let told = all_acts(&mut world, &study(&["diff", "union.csv"]));
    let at = ("zandhoek internal-mobility".to_owned(), "status".to_owned());
    assert_eq!(told[&at].len(), 1, "{told:?}");
}

#[test]
fn diff_of_a_framework_names_what_is_of_no_case() {
    let (mut world, study) = sample();
    world.write("new.txt", "Int: How are rosters made, and who makes them for all of you?\n");
    world.run(&study(&["import", "new.txt"])).done();
    world.run(&study(&["framework", "--out", "framework.csv"])).done();
    world.run(&study(&["code", "new", "10", "40", "training"])).done();
    assert_eq!(unexplained(&mut world, &study(&["diff", "framework.csv"])), []);
}
