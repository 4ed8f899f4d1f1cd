//! Numbers of a study so small that each was counted by hand: lower bounds, cases that share a document,
//! what was not asked, what belongs to no case.

use crate::support::{Ran, World};

/// Four shops and a talk of two of them; one shop has no text. The second interview with alpha is not done.
fn shops() -> World {
    let mut world = World::with_study();
    for (name, text) in [
        ("a-1", "Interviewer: En?\nAnn: Een cursus en een rooster.\n"),
        ("a-2", "Interviewer: En?\nAnn: Nog een cursus.\n"),
        ("b-1", "Interviewer: En?\nBob: Twee cursussen en een cursus.\n"),
        (
            "talk",
            "Interviewer: En?\nCas: Wij hebben niets.\nDot: Bij ons een cursus.\nEef: Ook wij.\nInterviewer: Ja?\nCas: Niets.\nDot: Eentje.\nEef: Veel.\n",
        ),
    ] {
        world.import(name, text);
    }
    world.write(
        "corpus/documents.csv",
        "document,title,case,kind,language,date,mode\na-1,First,alpha,interview,nl,2026,phone\na-2,Second,alpha,interview,nl,,\nb-1,Third,beta,interview,nl,2026-03-01,face\ntalk,Talk,,talk,nl,2026-02,face\n",
    );
    world.write(
        "corpus/cases.csv",
        "case,name,size,town,staff\nalpha,Alpha,large,A,1.200\nbeta,Beta,large,B,2.201\ngamma,Gamma,small,C,3.202\ndelta,Delta,small,D,4.203\nepsilon,Epsilon,small,E,5.204\n",
    );
    world.write(
        "corpus/speakers.csv",
        "document,speaker,name,role,case\ntalk,Cas,,respondent,gamma\ntalk,Dot,,respondent,delta\n",
    );
    world.code("a-1", "cursus", "course");
    world.code("a-1", "rooster", "rosters");
    world.code("a-2", "cursus", "course");
    world.code("b-1", "cursussen", "course");
    world.code("b-1", "een cursus", "course");
    world.code("talk", "Bij ons een cursus", "course");
    world.code("talk", "Ook wij", "course");
    world.run(&["done", "a-1", "b-1", "talk"]).done();
    world.said.clear();
    world
}

/// The rows of a CSV text that begin so, each without that beginning.
fn rows<'t>(ran: &'t Ran, begin: &str) -> Vec<&'t str> {
    ran.stdout.lines().filter_map(|line| line.strip_prefix(begin)).collect()
}

#[test]
fn complete_leaves_lower_bounds_out_under_every_rule() {
    let mut world = shops();
    let mut of = |rule: &str, more: &[&str]| -> Vec<(String, String, String)> {
        let ran = world.run(&[&["crosstab", "size", "--count", rule, "--csv"], more].concat()).done();
        rows(&ran, "course,")
            .into_iter()
            .map(|row| {
                let cells: Vec<&str> = row.split(',').collect();
                (cells[0].to_owned(), cells[1].to_owned(), cells[2].to_owned())
            })
            .collect()
    };
    let told = |large: &str, of_large: &str| {
        [("large", large, of_large), ("small", "1", "2")]
            .map(|(value, n, cases)| (value.to_owned(), n.to_owned(), cases.to_owned()))
    };
    // Alpha has two passages and is a lower bound; beta has two in one turn of three words; delta one.
    assert_eq!(of("passages", &[]), told("4", "2"));
    assert_eq!(of("passages", &["--complete"]), told("2", "1"));
    assert_eq!(of("documents", &["--complete"]), told("1", "1"));
    assert_eq!(of("turns", &["--complete"]), told("1", "1"));
    assert_eq!(of("cases", &["--complete"]), told("1", "1"));
    assert_eq!(of("words", &["--complete"])[0], ("large".into(), "3".into(), "1".into()));
    let text = world.run(&["crosstab", "size", "--complete"]).done().stdout;
    assert!(text.contains("complete: yes") && text.contains("not read to the end for the code: "), "{text}");
    let csv = world.run(&["freq", "--complete", "--csv"]).done().stdout;
    assert!(csv.starts_with("organisation,code,n,status,documents,documents_done,words,per_1000,count,reading,roles,complete\r\n"), "{csv}");
    assert!(world.run(&["freq", "--complete"]).done().stdout.contains("complete: yes"));
    let mut total = |more: &[&str]| {
        let ran = world.run(&[&["freq", "--json"], more].concat()).done().json();
        let totals = ran["totals"].as_array().unwrap().clone();
        let course = totals.into_iter().find(|t| t["code"] == "course").unwrap();
        ["n", "cases", "cases_read"].map(|key| course[key].as_u64().unwrap())
    };
    // Alpha, beta and delta of those and gamma; alpha is a lower bound. All passages count in the total.
    assert_eq!(total(&[]), [6, 3, 4]);
    assert_eq!(total(&["--complete"]), [6, 2, 3]);
    assert_eq!(total(&["--complete", "--by", "town"]), [6, 2, 3]);
    world.run(&["export", "out", "--complete"]).done();
    assert!(world.read("out/case_code.csv").lines().next().unwrap().ends_with(",roles,complete"));
}

#[test]
fn a_case_that_was_not_asked_is_no_zero_in_any_row() {
    let mut world = shops();
    let mut cell = |by: &str, group: &str| {
        let ran = world.run(&["freq", "--by", by, "--csv"]).done();
        let row = rows(&ran, &format!("{group},rosters,"))[0].to_owned();
        let cells: Vec<&str> = row.split(',').collect();
        (cells[0].to_owned(), cells[1].to_owned())
    };
    let zero = ("0".to_owned(), "not_found".to_owned());
    let unasked = (String::new(), "not_asked".to_owned());
    assert_eq!(cell("town", "C"), zero);
    world.run(&["not-asked", "gamma", "rosters"]).done();
    let mut cell = |by: &str, group: &str| {
        let ran = world.run(&["freq", "--by", by, "--csv"]).done();
        let row = rows(&ran, &format!("{group},rosters,"))[0].to_owned();
        let cells: Vec<&str> = row.split(',').collect();
        (cells[0].to_owned(), cells[1].to_owned())
    };
    assert_eq!(cell("town", "C"), unasked);
    assert_eq!(cell("speaker", "talk/Cas"), unasked);
    assert_eq!(cell("town", "D"), zero);
    // Delta was asked in the same talk, and stands in the same row.
    assert_eq!(cell("size", "small"), zero);
    assert_eq!(cell("document", "talk"), zero);
}

#[test]
fn what_cannot_be_read_makes_no_lower_bound() {
    let mut world = shops();
    let told = |world: &mut World| {
        let text = world.run(&["cooccur", "--unit", "case"]).done().stdout;
        let row = text.lines().find(|l| l.starts_with("learning ")).unwrap().to_owned();
        let cells: Vec<String> = row.split_whitespace().map(str::to_owned).collect();
        let edges = world.run(&["cooccur", "--unit", "case", "--csv"]).done();
        let read = rows(&edges, "course,rosters,")[0].split(',').nth(6).unwrap().to_owned();
        (cells[2].clone(), read)
    };
    // Alpha has both, and is not done. Epsilon has no text, so nobody can read it.
    assert_eq!(told(&mut world), ("1+".to_owned(), "3".to_owned()));
    world.run(&["done", "a-2"]).done();
    assert_eq!(told(&mut world), ("1".to_owned(), "4".to_owned()));
    world.run(&["not-asked", "gamma", "rosters"]).done();
    assert_eq!(told(&mut world), ("1".to_owned(), "3".to_owned()));
}

#[test]
fn what_belongs_to_no_case_is_no_case() {
    let mut world = shops();
    let joint = world.run(&["joint", "size", "--level", "all", "--csv"]).done();
    let told: Vec<String> =
        rows(&joint, "course,").iter().map(|r| r.split(',').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(told, ["large 2 2", "small 1 2"]);
}

#[test]
fn a_passage_of_two_cases_is_one() {
    let mut world = shops();
    let passages = |world: &mut World| {
        let quotes = world.run(&["quotes", "--level", "all", "--json"]).done().json();
        let rows = quotes["blocks"][0]["rows"].as_array().unwrap().clone();
        rows.iter().find(|r| r["code"] == "course").unwrap()["passages"].as_u64().unwrap()
    };
    assert_eq!(passages(&mut world), 6);
    let (start, end) = world.place("talk", "ons een cursus");
    world.run(&["code", "talk", &start, &end, "course", "--case", "gamma"]).done();
    assert_eq!(passages(&mut world), 6);
}

#[test]
fn a_document_without_a_value_is_no_second_value() {
    let mut world = shops();
    let ran = world.run(&["crosstab", "document.mode", "--csv"]).done();
    // Phone 1 of 1 (alpha), face 2 of 3 (beta and delta, not gamma): χ² is 4/9, by four cases a ninth, and its
    // root a third.
    let row = rows(&ran, "course,phone,")[0].split(',').collect::<Vec<_>>();
    assert_eq!(row[0], "1");
    let v: f64 = row[4].parse().unwrap();
    assert!((v - 1.0 / 3.0).abs() < 1e-12, "{v}");
    world.run(&["crosstab", "document.mode", "--test"]).done();
}

#[test]
fn a_number_that_can_be_read_in_two_ways_stays_words() {
    let mut world = shops();
    world.run(&["export", "out"]).done();
    let wide = world.read("out/case_wide.csv");
    assert!(wide.contains(",1.200,") && wide.contains(",5.204,"), "{wide}");
    let methods = world.run(&["methods"]).done().stdout;
    assert!(methods.contains("staff: 1.200 1, 2.201 1"), "{methods}");
}

#[test]
fn dates_without_a_day_come_last() {
    let mut world = shops();
    world.code("a-1", "rooster", "pride");
    let ran = world.run(&["saturation", "--csv"]).done();
    let order: Vec<&str> = ran.stdout.lines().skip(1).filter_map(|l| l.split(',').next()).collect();
    assert_eq!(order, ["b-1", "a-1", "a-2", "talk"]);
    let text = world.run(&["saturation", "--threshold", "7", "--base", "1", "--run", "1"]).done().stdout;
    assert!(!text.contains("7.00000"), "{text}");
}

#[test]
fn what_is_coded_of_another_case_deletes_no_activity() {
    let mut world = World::with_sample();
    world.coder("anna");
    let mut code = |start: &str, end: &str, code: &str, case: &str| {
        let place = ["--study", "study", "code", "15-seminar", start, end, code, "--case", case];
        world.run(&[&place[..], &["--qualifier", "status=in-place"]].concat()).done();
        let told = world.run(&["--study", "study", "profile", "--table", "activities", "--csv"]).done();
        rows(&told, "wolderveen,work-life-balance,").len()
    };
    assert_eq!(code("475", "600", "work-life-balance", "wolderveen"), 1);
    assert_eq!(code("590", "640", "sabbaticals", "skarn"), 1);
    // Of the same case the finer one is what is spoken of.
    assert_eq!(code("590", "640", "sabbaticals", "wolderveen"), 0);
}

#[test]
fn a_condition_does_not_change_what_was_read() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    let cases = world.read("corpus/cases.csv");
    let heads = cases.lines().next().unwrap().split(',').count();
    let row = format!("elsewhere{}", ",".repeat(heads - 1));
    world.write("corpus/cases.csv", format!("{}\n{row}\n", cases.trim_end()));
    world.run(&["code", "library", "0", "20", "course", "--case", "elsewhere"]).done();
    world.run(&["done", "library"]).done();
    let of = |world: &mut World, condition: &[&str]| {
        let all = world.run(&[&["freq", "--json"], condition].concat()).json()["rows"].clone();
        let rows = all.as_array().unwrap().iter();
        let row = rows.filter(|r| r["group"] == "elsewhere" && r["code"] == "rosters");
        row.map(|r| (r["n"].clone(), r["status"].clone(), r["documents"].clone())).next()
    };
    let plain = of(&mut world, &[]);
    // Its only coding has another code, so the condition leaves it out; the document speaks of it still.
    assert_eq!(of(&mut world, &["--where", "code:rosters"]), plain);
    assert_eq!(plain.unwrap().2, 1);
}

#[test]
fn every_table_says_what_waits_and_what_has_not_arrived() {
    let mut world = World::with_codings(&[("the roster", "rosters"), ("rare books", "course")]);
    let text = world.read("corpus/library.txt");
    world.write("corpus/library.txt", text.replace("rare books", "old books"));
    let journal = std::fs::read_dir(world.path("journal")).unwrap().next().unwrap().unwrap().path();
    let lines = std::fs::read_to_string(&journal).unwrap();
    let is_coding = |line: &&str| line.contains("coding-added") && line.contains("\"rosters\"");
    let without: Vec<&str> = lines.lines().filter(|line| !is_coding(line)).collect();
    world.write(
        &format!("journal/{}", journal.file_name().unwrap().to_str().unwrap()),
        without.join("\n") + "\n",
    );
    let tables: [&[&str]; 8] = [
        &["freq"],
        &["crosstab", "sector"],
        &["cooccur"],
        &["coverage"],
        &["sensitivity"],
        &["quotes"],
        &["framework"],
        &["joint", "sector"],
    ];
    for table in tables {
        let said = world.run(table).stdout.clone();
        assert!(said.contains("a person"), "{table:?}: {said}");
        assert!(said.contains("have not arrived"), "{table:?}: {said}");
    }
    world.run(&["report", "report.html"]).done();
    let report = world.read("report.html");
    assert!(report.contains("a person must decide") && report.contains("have not arrived"));
}
