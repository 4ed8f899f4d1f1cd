//! `code`, `recode`, `uncode`, `codings`, `exemplar`, `memo`, `summary`: one passage or a whole table at once.

use crate::support::World;

#[test]
fn what_is_wrong_with_a_coding_is_said() {
    let mut world = World::with_interviews();
    let before = std::fs::read(world.journal()).unwrap();
    for args in [
        &["code", "library", "10", "99999", "course"][..],
        &["code", "library", "20", "10", "course"],
        &["code", "library", "10", "10", "course"],
        &["code", "library", "ten", "20", "course"],
        &["code", "library", "10", "20", "corse"],
        &["code", "libary", "10", "20", "course"],
        &["code", "library", "10", "20", "course", "--case", "moon"],
        &["code", "library", "10", "20", "course", "--weight", "heavy"],
        &["code", "library", "10", "20", "course", "--weight", "inf"],
        &["code", "library", "10", "20", "course", "--qualifier", "status"],
        &["code", "library", "10", "20", "course", "--qualifier", "status=plannd"],
        &["code", "library", "10", "20", "course", "--qualifier", "mood=good"],
        &["code", "library", "10", "20", "course", "--quote", "the roster"],
        &["code", "library", "10", "20", "course", "--quote", "the stars"],
        &["code", "library", "10", "20"],
        &["recode", "1234.1", "course"],
        &["uncode", "1234.1"],
        &["done", "nowhere"],
        &["not-asked", "nowhere", "course"],
        &["not-asked", "library", "corse"],
    ] {
        world.run(args).refused();
    }
    assert_eq!(std::fs::read(world.journal()).unwrap(), before, "nothing was written");
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_coding_carries_what_it_was_given() {
    let mut world = World::with_interviews();
    let (start, end) = world.place("library", "once a year there is a course");
    let args = [
        "code",
        "library",
        &start,
        &end,
        "Course",
        "--weight",
        "0,5",
        "--note",
        "only one",
        "--qualifier",
        "status=planned",
    ];
    world.run(&args).done();
    let row = world.run(&["codings", "--json"]).done().json()["codings"][0].clone();
    assert_eq!(row["code"], "course");
    assert_eq!(row["top"], "learning");
    assert_eq!(row["weight"], 0.5);
    assert_eq!(row["note"], "only one");
    assert_eq!(row["qualifiers"]["status"], "planned");
    assert_eq!(row["quote"], "once a year there is a course");
    assert_eq!((row["speaker"].as_str(), row["role"].as_str()), (Some("Mr Lind"), Some("respondent")));
    assert_eq!((row["case"].as_str(), row["case_from"].as_str()), (Some("town-library"), Some("document")));
    assert_eq!((row["anchor"].as_str(), row["counted"].as_bool()), (Some("exact"), Some(true)));
    let line = std::fs::read_to_string(world.journal()).unwrap();
    let act: serde_json::Value = serde_json::from_str(line.lines().last().unwrap()).unwrap();
    assert!(
        act["changes"][0]["definition"].is_string(),
        "it remembers the definition that it was made under"
    );
}

#[test]
fn ids_may_be_abbreviated_where_that_is_clear() {
    let mut world = World::with_interviews();
    let first = world.code("library", "the roster", "rosters");
    let second = world.code("library", "rare books", "course");
    let end = &first[first.len() - 8..];
    world.run(&["recode", end, "swapping"]).done();
    world.run(&["recode", &second, "course"]);
    let common = &first[..8];
    world.run(&["uncode", common]).refused();
    world.run(&["exemplar", "mark", end]).done();
    world.run(&["exemplar", "translate", end, "nl", "het rooster"]).done();
    world.run(&["exemplar", "list"]).done();
    world.run(&["codings", "--code", "rosters"]).done();
    world.run(&["codings", "--doc", "de-korst-1"]);
    world.run(&["uncode", end, &second]).done();
    world.run(&["uncode", end]).refused();
    world.run(&["codings"]);
    world.run(&["undo"]).done();
    world.run(&["codings", "--case", "town-library", "--mine"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_table_is_coded_whole_or_not_at_all() {
    let mut world = World::with_interviews();
    let (a, b) = world.place("library", "the roster");
    let (c, d) = world.place("de-korst-1", "een cursus deeg");
    let good = format!(
        "document;start;end;code;quote;status;remark\nlibrary;{a};{b};rosters;the roster;planned;x\nde-korst-1;{c};{d};course;;;\n"
    );
    world.write("good.csv", &good);
    world.write(
        "bad.csv",
        good.clone() + "library;9;3;rosters;;;\nlibrary;1;5;rostres;;;\nlibary;1;5;rosters;;;\n",
    );
    world.write(
        "places.csv",
        "document,start,end,code,case,weight\nlibrary,1,9999,rosters,,\nlibrary,ten,12,rosters,,\nlibrary,5,5,rosters,,\n\
         library,1,5,rosters,moon,\nlibrary,1,5,rosters,,heavy\n,1,5,rosters,,\nlibrary,1,,rosters,,\n",
    );
    world.write(
        "marks.csv",
        "document,start,end,code\n<<<<<<< ours\nlibrary,1,5,rosters\n=======\n>>>>>>> theirs\n",
    );
    world.write("open.csv", "document,start,end,code\nlibrary,1,5,\"rosters\nlibrary,1,9,rosters\n");
    world.write("no-code.csv", "document,start,end\nlibrary,1,2\n");
    world.write("empty.csv", "document,start,end,code\n");
    world.write("wide.csv", "document,start,end,code\nlibrary,1,2,course,and,more\n");
    world.write("binary.csv", [0_u8; 64]);
    let before = std::fs::read(world.journal()).unwrap();
    for file in [
        "bad.csv",
        "places.csv",
        "marks.csv",
        "open.csv",
        "no-code.csv",
        "empty.csv",
        "wide.csv",
        "binary.csv",
        "not-there.csv",
        "corpus",
    ] {
        world.run(&["code", "--from", file]).refused();
    }
    assert_eq!(std::fs::read(world.journal()).unwrap(), before, "nothing was written");
    world.run(&["code", "--from", "good.csv"]).done();
    world.run(&["codings"]).done();
    world.run(&["undo"]).done();
    assert_eq!(world.run(&["codings"]).code, 1, "one act, so one undo takes all of it back");
    world.run_with(&["code", "--from", "-"], &good).done();
    world.run(&["code", "--from", "good.csv", "library", "1", "2", "course"]).refused();
    insta::assert_snapshot!(world.said);
}

#[test]
fn every_coding_that_is_listed_is_in_the_csv() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    world.code("de-korst-2", "Ruilen mag niet meer", "swapping");
    let csv = world.run(&["codings", "--csv"]).done().stdout;
    insta::assert_snapshot!(csv);
}

#[test]
fn memos_are_kept_with_what_they_are_about() {
    let mut world = World::with_interviews();
    let coding = world.code("library", "the roster", "rosters");
    world.said.clear();
    world
        .run(&[
            "memo",
            "add",
            "--type",
            "decision",
            "--title",
            "Rosters",
            "--on",
            "code:rosters",
            "Who draws it counts.",
        ])
        .done();
    world.run(&["memo", "add", "--on", "library", "Quiet room."]).done();
    world.run(&["memo", "add", "--on", "organisation:mill", "--type", "case", "No interview yet."]).done();
    world.run(&["memo", "add", "--on", &coding, "--tag", "later", "Look again."]).done();
    world.run_with(&["memo", "add", "-"], "First line.\n\nSecond line.\n").done();
    world.run(&["memo", "add", "--on", "moon", "?"]).refused();
    world.run(&["memo", "add", "  "]).refused();
    world.run(&["memo", "list"]).done();
    world.run(&["memo", "list", "--type", "decision", "--json"]).done();
    let list = world.run(&["memo", "list", "--json"]).done().json();
    let id = list["memos"][4]["id"].as_str().unwrap().to_owned();
    world.run(&["memo", "show", &id]).done();
    world.run(&["memo", "remove", &id]).done();
    world.run(&["memo", "show", &id]).refused();
    insta::assert_snapshot!(world.said);
}

#[test]
fn summaries_are_written_printed_and_listed_per_case_and_code() {
    let mut world = World::with_interviews();
    let first = world.code("library", "once a year there is a course", "course");
    let second = world.code("library", "rare books", "learning");
    world.code("de-korst-1", "een cursus deeg", "course");
    world.said.clear();
    assert_eq!(world.run(&["summary", "list"]).code, 1);
    assert_eq!(world.run(&["summary", "town-library", "learning"]).code, 1);
    world.run(&["summary", "town-library", "Learning", "One course a year."]).done();
    world.run_with(&["summary", "town-library", "learning", "-"], "One course a year,\nfor two.\n").done();
    world.run(&["summary", "town-library", "pride", "-"]).refused();
    world.run(&["summary", "moon", "learning", "?"]).refused();
    world.run(&["summary", "town-library", "lerning", "?"]).refused();
    world.run(&["summary", "town-library", "learning"]).done();
    world.run(&["summary", "list"]).done();
    let list = world.run(&["summary", "list", "--json"]).done().json();
    let codings: Vec<&str> =
        list["summaries"][0]["codings"].as_array().unwrap().iter().filter_map(|c| c.as_str()).collect();
    assert_eq!(codings, [first, second], "codes below are part of it, other cases are not");
    assert_eq!(
        list["summaries"].as_array().map(Vec::len),
        Some(1),
        "the newer one took the older one's place"
    );
    world.run(&["undo"]).done();
    let before = world.run(&["summary", "town-library", "learning", "--json"]).done().json();
    assert_eq!(before["summary"]["body"], "One course a year.");
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_coding_is_changed_after_it_was_made() {
    let mut world = World::with_interviews();
    let course = world.code("library", "once a year there is a course", "course");
    let roster = world.code("library", "the roster", "rosters");
    let (start, end) = world.place("library", "there is a course");
    world.said.clear();
    let end_of = |id: &str| id[id.len() - 10..].to_owned();
    let id = end_of(&course);
    world.run(&["codings", "change", &id, "--note", "only one", "--weight", "0,5"]).done();
    world.run(&["codings", "change", &id, &roster, "--case", "mill", "--qualifier", "status=planned"]).done();
    world.run(&["codings", "change", &id, "--start", &start, "--quote", "there is a course"]).done();
    let row = world.run(&["codings", "--code", "course", "--json"]).done().json()["codings"][0].clone();
    assert_eq!(row["quote"], "there is a course");
    assert_eq!((row["start"].to_string(), row["end"].to_string()), (start.clone(), end.clone()));
    assert_eq!((row["note"].as_str(), row["weight"].as_f64()), (Some("only one"), Some(0.5)));
    assert_eq!((row["case"].as_str(), row["case_from"].as_str()), (Some("mill"), Some("coding")));
    assert_eq!(row["qualifiers"]["status"], "planned");
    assert_eq!(world.run(&["codings", "change", &id, "--weight", "0.5"]).code, 1, "it is like that already");
    let no = ["--no-note", "--no-weight", "--no-case", "--no-qualifiers", "--json"];
    let said = world.run(&[&["codings", "change", &id][..], &no].concat()).done().json();
    let row = &said["codings"][0];
    assert_eq!(row["id"], course);
    assert_eq!(said["codings"].as_array().map(Vec::len), Some(1));
    assert!(row["note"].is_null() && row["weight"].is_null(), "{row}");
    assert_eq!(row["qualifiers"]["status"], "in-place", "the default is in force again");
    assert_eq!(row["case"], "town-library");
    world.run(&["undo"]).done();
    let row = world.run(&["codings", "--code", "course", "--json"]).done().json()["codings"][0].clone();
    assert_eq!(row["note"], "only one", "one act, so one undo");
    insta::assert_snapshot!(world.said);
}

#[test]
fn what_is_wrong_with_a_change_of_a_coding_is_said() {
    let mut world = World::with_interviews();
    let id = world.code("library", "once a year there is a course", "course");
    let other = world.code("library", "the roster", "rosters");
    let korst = world.code("de-korst-1", "een cursus deeg", "course");
    let far = world.code("library", "rare books", "course");
    let before = std::fs::read(world.journal()).unwrap();
    world.said.clear();
    for args in [
        &["codings", "change", &id][..],
        &["codings", "change", &id, "--note", "a", "--no-note"],
        &["codings", "change", &id, "--weight", "much"],
        &["codings", "change", &id, "--case", "moon"],
        &["codings", "change", &id, "--qualifier", "status=plannd"],
        &["codings", "change", &id, "--qualifier", "status"],
        &["codings", "change", &id, "--start", "0", "--end", "5"],
        &["codings", "change", &id, "--start", "99998", "--end", "99999"],
        &["codings", "change", &id, "--end", "1"],
        &["codings", "change", &id, "--quote", "the roster"],
        &["codings", "change", &id, &other, "--end", "99"],
        &["codings", "change", "1234.1", "--note", "a"],
        &["codings", "split", &id, "0"],
        &["codings", "merge", &id],
        &["codings", "merge", &id, &id],
        &["codings", "merge", &id, &other],
        &["codings", "merge", &id, &korst],
        &["codings", "merge", &id, &far],
    ] {
        world.run(args).refused();
    }
    world.coder("bram");
    world.run(&["codings", "change", &id, "--note", "mine"]).refused();
    world.run(&["codings", "split", &id, "0"]).refused();
    world.run(&["codings", "merge", &id, &far]).refused();
    world.coder("anna");
    assert_eq!(std::fs::read(world.journal()).unwrap(), before, "nothing was written");
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_coding_is_split_and_made_one_again() {
    let mut world = World::with_interviews();
    let (start, end) = world.place("library", "once a year there is a course");
    let args = ["code", "library", &start, &end, "course", "--note", "one", "--weight", "2", "--json"];
    let id = world.run(&args).done().json()["codings"][0]["id"].as_str().unwrap().to_owned();
    let (middle, _) = world.place("library", "there is a course");
    world.said.clear();
    world.run(&["codings", "split", &id, &middle]).done();
    let rows = world.run(&["codings", "--json"]).done().json();
    let of = |i: usize, key: &str| rows["codings"][i][key].clone();
    assert_eq!((of(0, "quote"), of(1, "quote")), ("once a year".into(), "there is a course".into()));
    assert_eq!((of(0, "id"), of(1, "weight"), of(1, "note")), (id.clone().into(), 2.0.into(), "one".into()));
    let second = rows["codings"][1]["id"].as_str().unwrap().to_owned();
    world.run(&["codings", "change", &second, "--note", "two"]).done();
    world.run(&["codings", "merge", &id, &second]).done();
    let rows = world.run(&["codings", "--json"]).done().json();
    assert_eq!(rows["codings"].as_array().map(Vec::len), Some(1));
    assert_eq!(rows["codings"][0]["quote"], "once a year there is a course");
    assert_eq!(rows["codings"][0]["note"], "one\ntwo", "what was remarked on either stays");
    world.run(&["undo"]).done();
    assert_eq!(world.run(&["codings", "--json"]).done().json()["codings"].as_array().map(Vec::len), Some(2));
    world.run(&["history", "--limit", "3"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_memo_is_written_anew_and_stands_on_a_passage() {
    let mut world = World::with_interviews();
    let coding = world.code("library", "the roster", "rosters");
    let (start, end) = world.place("library", "once a year there is a course");
    let on = format!("passage:library:{start}-{end}");
    world.said.clear();
    let made = world.run(&["memo", "add", "--on", &on, "--tag", "a", "Who pays?", "--json"]).done().json();
    let id = made["memo"].as_str().unwrap().to_owned();
    world.run(&["memo", "list", "--on", &on]).done();
    let link = coding[coding.len() - 10..].to_owned();
    world.run(&["memo", "change", &id, "--title", "Money", "--link", &link]).done();
    let memo = world.run(&["memo", "show", &id, "--json"]).done().json();
    assert_eq!((memo["title"].as_str(), memo["body"].as_str()), (Some("Money"), Some("Who pays?")));
    assert_eq!((&memo["tags"][0], &memo["links"][0]), (&"a".into(), &coding.clone().into()));
    assert_eq!(memo["on"]["passage"]["quote"], "once a year there is a course");
    world
        .run_with(
            &["memo", "change", &id, "--no-tags", "--no-links", "--type", "decision", "-"],
            "The town.\n",
        )
        .done();
    let memo = world.run(&["memo", "show", &id, "--json"]).done().json();
    assert_eq!((memo["body"].as_str(), memo["type"].as_str()), (Some("The town."), Some("decision")));
    assert_eq!((&memo["tags"], &memo["links"]), (&serde_json::json!([]), &serde_json::json!([])));
    assert_eq!(world.run(&["memo", "change", &id, "--title", "Money"]).code, 1);
    for wrong in ["passage:library", "passage:library:9-3", "passage:library:1-99999", "passage:libary:1-2"] {
        world.run(&["memo", "add", "--on", wrong, "?"]).refused();
    }
    world.run(&["memo", "change", &id, "--link", "nothing"]).refused();
    world.run(&["memo", "change", &id, " "]).refused();
    world.coder("bram");
    world.run(&["memo", "change", &id, "Mine."]).refused();
    world.run(&["memo", "remove", &id]).refused();
    world.run(&["memo", "remove", &id, "--other"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_summary_is_taken_away() {
    let mut world = World::with_interviews();
    assert_eq!(world.run(&["summary", "town-library", "learning", "--remove"]).code, 1);
    world.run(&["summary", "town-library", "learning", "One course."]).done();
    world.run(&["summary", "town-library", "learning", "--remove"]).done();
    assert_eq!(world.run(&["summary", "list"]).code, 1);
    world.run(&["undo"]).done();
    let said = world.run(&["summary", "town-library", "learning"]).done().stdout;
    assert_eq!(said, "One course.\n");
}

#[test]
fn history_tells_how_many_of_what() {
    let mut world = World::with_interviews();
    let a = world.code("library", "the roster", "rosters");
    let b = world.code("library", "rare books", "course");
    world.run(&["exemplar", "mark", &a, &b]).done();
    world.run(&["codings", "change", &a, &b, "--note", "x"]).done();
    world.run(&["done", "library", "de-korst-1"]).done();
    let said = world.run(&["history", "--limit", "3", "--json"]).done().json();
    let what: Vec<&str> =
        said["history"].as_array().unwrap().iter().map(|a| a["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["2 documents done", "2 codings changed", "2 examples marked"]);
}

#[test]
fn a_coding_that_waits_is_put_where_it_belongs() {
    let mut world = World::with_interviews();
    let now = world.run(&["documents", "library", "--json"]).done().json();
    let now = now["documents"][0]["text_sha256"].as_str().unwrap().to_owned();
    // A text from before, of which just the coded words were replaced.
    let before = "0".repeat(64);
    let revised = serde_json::json!({
        "kind": "text-revised", "document": "library", "from": before, "to": now,
        "edits": [[100, 120, "the words of that day", "others"]],
    });
    let coded = serde_json::json!({
        "kind": "coding-added", "code": "course", "note": "keep me",
        "anchor": {"document": "library", "text": before, "start": 100, "end": 109, "quote": "the words"},
    });
    let line = |n: u64, change: serde_json::Value| {
        let id = format!("019ca8a0-ffff-7000-8000-0000dead000{n}");
        let at = "2026-03-01T10:00:00Z";
        serde_json::json!({"v": 1, "id": id, "n": n, "at": at, "coder": "anna", "act": "code", "changes": [change]})
    };
    world.write("journal/anna-zzzzzz.jsonl", format!("{}\n{}\n", line(1, coded), line(2, revised)));
    let row = world.run(&["codings", "--json"]).done().json()["codings"][0].clone();
    assert_eq!(row["anchor"], "review", "{row}");
    let id = row["id"].as_str().unwrap().to_owned();
    let (start, end) = world.place("library", "once a year there is a course");
    world.run(&["codings", "split", &id, &start]).refused();
    world.run(&["codings", "change", &id, "--start", &start]).refused();
    world
        .run(&["codings", "change", &id, "--start", &start, "--end", &end, "--quote", "the roster"])
        .refused();
    world.run(&["codings", "change", &id, "--start", &start, "--end", &end]).done();
    let row = world.run(&["codings", "--json"]).done().json()["codings"][0].clone();
    assert_eq!((row["id"].as_str(), row["anchor"].as_str()), (Some(id.as_str()), Some("exact")));
    assert_eq!(row["quote"], "once a year there is a course");
    assert_eq!(row["note"], "keep me");
}
