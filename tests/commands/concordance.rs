//! Hits in order and in groups, and the words around them.

use serde_json::json;

use crate::support::World;

#[test]
fn hits_in_order_and_in_groups() {
    let mut world = World::with_interviews();
    world.code("library", "rare books", "course");
    world.said.clear();
    world.run(&["search", "cursus OR course", "--sort", "left", "--context", "15"]).done();
    world.run(&["search", "cursus OR course", "--sort", "right", "--context", "15"]).done();
    world.run(&["search", "cursus OR course", "--sort", "date", "--limit", "1"]).done();
    world.run(&["search", "cursus OR course", "--group", "organisation"]).done();
    world.run(&["search", "cursus OR course", "--group", "speaker", "--csv"]).done();
    world.run(&["search", "books", "--group", "code", "--roles", "all"]).done();
    world.run(&["words", "--limit", "6"]).done();
    world.run(&["words", "course", "--stop", "none", "--limit", "3", "--csv"]).done();
    world.run(&["collocates", "cursus OR course", "--window", "2", "--roles", "all"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn numbers_follow_from_the_text() {
    let mut world = World::with_interviews();
    let found = world.run(&["search", "cursus OR course", "--group", "document", "--json"]).done().json();
    let counts = &found["counts"];
    // Three of the five hits are a respondent's; the words of respondents as `documents` counts them.
    let documents = world.run(&["documents", "--json"]).json();
    let words = documents["documents"].as_array().unwrap();
    let words: u64 = words.iter().map(|d| d["respondent_words"].as_u64().unwrap()).sum();
    assert_eq!(counts["hits"], 5);
    assert_eq!([&counts["documents"], &counts["documents_all"]], [3, 3]);
    assert_eq!([&counts["cases"], &counts["cases_all"]], [2, 3]);
    assert_eq!([&counts["counted"], &counts["words"]], [&json!(3), &json!(words)]);
    assert!((counts["per_1000"].as_f64().unwrap() - 3000.0 / words as f64).abs() < 1e-9);
    let groups: u64 = found["groups"].as_array().unwrap().iter().map(|g| g["hits"].as_u64().unwrap()).sum();
    assert_eq!(groups, 5);
    let list = world.run(&["words", "--stop", "none", "--json"]).json();
    let listed: u64 = list["rows"].as_array().unwrap().iter().map(|r| r["count"].as_u64().unwrap()).sum();
    assert_eq!(listed, words);
    let stop = world.write("stop.txt", "# own\ncourse\nThe\n");
    let list = world.run(&["words", "--stop", stop.to_str().unwrap(), "--json"]).json();
    assert!(list["rows"].as_array().unwrap().iter().all(|r| r["word"] != "course" && r["word"] != "the"));
}

/// A rate rests on what is said: names in front of turns are found and not counted, as their words are not.
#[test]
fn labels_are_found_and_raise_no_rate() {
    let mut world = World::with_study();
    world.import("talk.txt", "Bob: Hallo daar.\n\n[00:01:00] Anna: Dag Bob, zei Bob.\n");
    let mut counted = |query: &str| {
        let counts = world.run(&["search", query, "--json"]).done().json()["counts"].clone();
        ["hits", "counted", "words"].map(|name| counts[name].as_u64().unwrap())
    };
    // Said are: Hallo daar. Dag Bob, zei Bob.
    assert_eq!(counted("bob"), [3, 2, 6]);
    assert_eq!(counted("anna"), [1, 0, 6]);
    assert_eq!(counted("01"), [1, 0, 6]);
    assert_eq!(counted("/bob: hallo/"), [1, 1, 6], "part of it is said");
    assert_eq!(counted("role:respondent"), [2, 2, 6]);
    let groups =
        world.run(&["search", "bob", "--group", "speaker", "--json"]).done().json()["groups"].clone();
    let groups: Vec<_> = groups.as_array().unwrap().iter().map(|g| (&g["hits"], &g["counted"])).collect();
    assert_eq!(groups, [(&json!(2), &json!(2)), (&json!(1), &json!(0))], "Anna's, Bob's");
}

/// On the sample study, where several coders read: lists of values against a count of the codings that
/// `codings` lists.
#[test]
fn lists_of_values_find_what_a_plain_count_finds() {
    type Place = (String, u64, u64);
    fn text(value: &serde_json::Value) -> String {
        value.as_str().unwrap_or_default().to_owned()
    }
    fn place(value: &serde_json::Value) -> Option<Place> {
        Some((text(&value["document"]), value["start"].as_u64()?, value["end"].as_u64()?))
    }
    let meet = |a: &Place, b: &Place| a.0 == b.0 && a.1 < b.2 && b.1 < a.2;
    let united = |mut all: Vec<Place>| {
        all.sort_unstable();
        let mut out: Vec<Place> = Vec::new();
        for one in all {
            match out.last_mut() {
                Some(last) if meet(last, &one) => last.2 = last.2.max(one.2),
                _ => out.push(one),
            }
        }
        out
    };
    let mut world = World::new();
    world.run(&["demo", "sample"]).done();
    let mut run = |args: &[&str]| world.run(&[&["--study", "sample"], args].concat()).json();
    let codings = run(&["codings", "--json"]);
    let codings = codings["codings"].as_array().unwrap();
    let those = |is: &dyn Fn(&serde_json::Value) -> bool| -> Vec<Place> {
        codings.iter().filter(|c| is(c)).filter_map(place).collect()
    };
    let training = |c: &serde_json::Value| c["top"] == "training" || c["code"] == "training";
    let union_role = |c: &serde_json::Value| c["code"] == "union-role";
    let by = |c: &serde_json::Value, of: &[&str]| of.contains(&c["coder"].as_str().unwrap_or_default());
    let is = |c: &serde_json::Value, of: &[&str]| {
        of.contains(&c["qualifiers"]["status"].as_str().unwrap_or_default())
    };
    let mut total = |query: &str| run(&["search", query, "--json"])["total"].as_u64().unwrap() as usize;

    let both = &["anna", "bram"];
    let expected = united(those(&|c| training(c) && by(c, both))).len();
    assert_eq!(total("code:training coder:(anna OR bram)"), expected);
    assert_eq!(total("code:training coder:(anna OR bram)"), 30, "as the user counted");

    // Passages of each code; the same place once.
    let either = |fits: &dyn Fn(&serde_json::Value) -> bool| {
        let of = |code: &dyn Fn(&serde_json::Value) -> bool| united(those(&|c| code(c) && fits(c)));
        let all: std::collections::BTreeSet<Place> =
            of(&training).into_iter().chain(of(&union_role)).collect();
        all.len()
    };
    assert_eq!(total("code:(training OR union-role) coder:bram"), either(&|c| by(c, &["bram"])));
    assert_eq!(total("code:(training OR union-role) coder:bram"), 20, "as the user counted");
    assert_eq!(total("code:(training OR union-role) status=planned"), either(&|c| is(c, &["planned"])));

    // Words that no such coding touches.
    let mut words: Vec<Place> = Vec::new();
    let found = run(&["search", "de OR the OR een OR a OR werk", "--json"]);
    words.extend(found["hits"].as_array().unwrap().iter().filter_map(place));
    let untouched =
        |codings: Vec<Place>| words.iter().filter(|w| !codings.iter().any(|c| meet(w, c))).count();
    let mut total = |more: &str| {
        run(&["search", &format!("(de OR the OR een OR a OR werk) {more}"), "--json"])["total"]
            .as_u64()
            .unwrap() as usize
    };
    assert_eq!(total("coded:no coder:(anna OR bram)"), untouched(those(&|c| by(c, both))));
    assert_eq!(
        total("coded:no code:(training OR union-role)"),
        untouched(those(&|c| training(c) || union_role(c))),
    );
    assert_eq!(
        total("coded:no status=(planned OR ended)"),
        untouched(those(&|c| is(c, &["planned", "ended"])))
    );
    let planned = those(&|c| is(c, &["planned", "ended"]) && training(c) && by(c, &["bram"]));
    assert_eq!(total("coded:no code:training status=(planned OR ended) coder:bram"), untouched(planned));
    assert_eq!(total("coded:no coded:yes"), 0);
}

/// What may not have been meant is told on standard error; that stems were used, where the numbers are.
#[test]
fn what_a_query_may_not_mean_is_told() {
    let mut world = World::with_interviews();
    let mut notes = |query: &str| {
        let ran = world.run(&["search", query]);
        assert!(ran.code < 2, "{}", ran.stderr);
        ran.stderr.lines().filter(|l| l.starts_with("note: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        notes("course or cursus"),
        ["note: `or` is searched as a word; operators are written in capitals"]
    );
    assert_eq!(notes("course OF cursus"), ["note: `OF` is searched as a word; the operator is OR"]);
    assert_eq!(
        notes("'rare books'"),
        ["note: words after ' are searched one by one; a phrase stands between double quotes: \"…\""]
    );
    assert_eq!(notes("course OR cursus"), [""; 0]);
    assert_eq!(
        notes("course|cursus"),
        ["note: `course|cursus` is searched as text; did you mean course OR cursus?"]
    );
    assert_eq!(
        notes("course INSIDE cursus"),
        ["note: `cursus` behind INSIDE is searched as a word; passages with a code are code:cursus"]
    );
    // Restrictions that hold nowhere (nothing is coded here), with a snapshot of the study and without.
    let never = ["note: coded:yes holds nowhere"];
    assert_eq!(notes("course coded:yes coded:no"), never);
    let roles = ["note: no place has role:respondent and role:interviewer at once"];
    assert_eq!(notes("books role:respondent role:interviewer"), roles);
    assert_eq!(notes("books role:respondent role:interviewer"), roles);
    assert_eq!(notes("nowhere role:respondent"), [""; 0]);
    assert_eq!(world.run(&["search", "a or b", "--quiet"]).stderr, "");
    assert!(world.run(&["words", "course or book"]).stderr.contains("`or`"));
    assert!(world.run(&["collocates", "course or book"]).stderr.contains("`or`"));

    for (args, stem) in
        [(vec!["course"], false), (vec!["course", "--stem"], true), (vec!["stem:courses"], true)]
    {
        let args = [&["search"], args.as_slice()].concat();
        let text = world.run(&args).done().stdout;
        assert_eq!(text.contains("found by stems too"), stem, "{text}");
        let found = world.run(&[args.as_slice(), &["--json"]].concat()).done().json();
        assert_eq!(found["stem"], stem);
        for command in ["search", "words", "collocates"] {
            let args = [&[command], &args[1..]].concat();
            let text = world.run(&args).done().stdout;
            assert_eq!(text.contains("found by stems too"), stem, "{command}: {text}");
            let json = world.run(&[args.as_slice(), &["--json"]].concat()).done().json();
            assert_eq!(json["stem"], stem, "{command}");
            let csv = world.run(&[args.as_slice(), &["--csv"]].concat()).done();
            assert_eq!(csv.stderr.contains("found by stems too"), stem, "{command}: {}", csv.stderr);
        }
    }
}
