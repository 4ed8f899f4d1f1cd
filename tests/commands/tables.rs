//! Counting tables as commands: what they print, in which form, and what they refuse.

use crate::support::World;

#[test]
fn tables_of_the_sample() {
    let mut world = World::with_sample();
    for args in [
        &["crosstab", "size"][..],
        &["crosstab", "size", "--test"],
        &["cooccur"],
        &["cooccur", "--unit", "case"],
        &["coverage"],
        &["coverage", "--turns", "--long", "75"],
        &["sensitivity", "--reading", "union"],
        &["sensitivity", "--by", "size", "--count", "presence", "--csv"],
        &["freq", "--by", "size,document.language", "--percent", "row"],
        &["freq", "--by", "size", "--percent", "column", "--where", "status=rejected"],
    ] {
        assert_ne!(world.run(&[args, &["--study", "study"]].concat()).code, 2, "{args:?}");
    }
    insta::assert_snapshot!(world.said);
}

/// The bakery and the library, with codings whose numbers can be counted by hand.
fn coded() -> World {
    let mut world = World::with_interviews();
    world.code("de-korst-1", "elke maandag is er een cursus deeg", "course");
    world.code("de-korst-1", "is er een cursus deeg", "budget");
    world.code("de-korst-1", "iedereen krijgt hetzelfde", "budget");
    world.code("de-korst-2", "Vroeger was er geen cursus", "course");
    world.code("library", "Most of us swap among ourselves", "swapping");
    world.code("library", "once a year there is a course", "course");
    let (start, end) = world.place("library", "there is a course on rare books");
    world.run(&["code", "library", &start, &end, "budget", "--qualifier", "status=planned"]).done();
    for document in ["de-korst-1", "de-korst-2", "library"] {
        world.run(&["done", document]).done();
    }
    world.said.clear();
    world
}

#[test]
fn tables_that_can_be_counted_by_hand() {
    let mut world = coded();
    for args in [
        // Course and budget share two stretches: in the bakery, in the library.
        &["cooccur", "--csv"][..],
        &["cooccur", "--unit", "case", "--shape", "wide"],
        &["cooccur", "--unit", "turn", "--json"],
        &["crosstab", "sector", "--csv"],
        &["crosstab", "sector", "--test", "--level", "all"],
        &["crosstab", "sector", "--count", "passages", "--csv"],
        &["coverage", "--csv"],
        &["coverage", "--turns", "--long", "12", "--csv"],
        &["freq", "--by", "sector", "--level", "top", "--percent", "row", "--csv"],
        &["sensitivity", "--csv"],
        &["sensitivity", "--pairs", "--csv"],
        &["sensitivity", "--by", "sector", "--csv"],
        &["cooccur", "--out", "edges.md"],
    ] {
        world.run(args).done();
    }
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_coding_does_not_slip_in_below_another_with_the_qualifier() {
    let mut world = coded();
    // In the library a course (in place) and a budget (planned) lie on the same words.
    let mut count = |query: &str, code: &str| {
        let ran = world.run(&["freq", "--where", query, "--json"]).done().json();
        let totals = ran["totals"].as_array().unwrap().clone();
        totals.iter().find(|t| t["code"] == code).unwrap()["n"].as_u64().unwrap()
    };
    assert_eq!([count("status=planned", "course"), count("status=planned", "budget")], [0, 1]);
    assert_eq!([count("status=in-place", "course"), count("status=in-place", "budget")], [3, 2]);
    assert_eq!(count("status=planned OR status=in-place", "budget"), 3);
    assert_eq!(
        [count("lang:en status=in-place", "course"), count("lang:en status=in-place", "budget")],
        [1, 0]
    );
    assert_eq!(count("status=in-place -lang:en", "course"), 2);
    assert_eq!(count("code:course status=planned", "budget"), 1);
    assert_eq!(count("code:course -status=planned", "budget"), 1);
    world.run(&["freq", "--where", "status=someday"]).refused();
    world.run(&["freq", "--where", "colour=red"]).refused();
}

#[test]
fn what_cannot_be_borne_is_refused_with_a_reason() {
    let mut world = coded();
    for args in [
        &["crosstab", "sector", "--test", "--count", "passages"][..],
        &["crosstab", "document.kind", "--test"],
        &["crosstab", "case"],
        &["crosstab", "colour"],
        &["matrix", "flexibilities", "securities"],
        &["sensitivity", "--by", "size"],
        &["sensitivity", "--by", "kind"],
        &["cooccur", "--unit", "page"],
        &["freq", "--percent", "half"],
        &["freq", "--by", "sector,colour"],
    ] {
        let ran = world.run(args);
        assert!(ran.code == 2 || args[1] == "document.kind", "{args:?}");
    }
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_matrix_of_two_groups() {
    let mut world = World::with_study();
    let book = r#"{"id": "table-one", "groups": [
        {"id": "flexibilities", "codes": ["hours", "functions"]}, {"id": "securities", "codes": ["job", "income"]}],
        "codes": [{"id": "hours", "label": "Hours", "status": "fixed"}, {"id": "functions", "label": "Functions", "status": "fixed"},
        {"id": "job", "label": "Job", "status": "fixed"}, {"id": "income", "label": "Income", "status": "fixed"}]}"#;
    world.write("table-one.json", book);
    world.run(&["codebook", "import", "table-one.json"]).done();
    world.write("talk.txt", "Interviewer: En?\nBakker: Wij draaien minder uren en houden de baan.\nInterviewer: En?\nBakker: Het loon daalt mee.\n");
    world.run(&["import", "talk.txt"]).done();
    world.code("talk", "minder uren en houden de baan", "hours");
    world.code("talk", "houden de baan", "job");
    world.code("talk", "Het loon daalt mee", "income");
    world.run(&["done", "talk"]).done();
    world.said.clear();
    world.run(&["matrix", "flexibilities", "securities"]).done();
    world.run(&["matrix", "flexibilities", "securities", "--csv"]).done();
    world
        .run(&["matrix", "flexibilities", "securities", "--unit", "document", "--shape", "wide", "--csv"])
        .done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn a_code_keeps_its_column_where_one_of_yours_is_called_the_same() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    world.write(
        "corpus/cases.csv",
        "case,name,Rosters\nde-korst,Bakkerij De Korst,head\ntown-library,Town Library,staff\nmill,The Mill,\n",
    );
    let wide = world.run(&["freq", "--by", "Rosters", "--shape", "wide", "--csv"]).done().stdout;
    let mut lines = wide.lines();
    assert_eq!(
        lines.next().unwrap(),
        "case_Rosters,documents,documents_done,learning,course,budget,rosters,swapping,pride,count,reading,roles"
    );
    // The one document of the staff's roster has the one passage.
    assert!(lines.any(|line| line.starts_with("staff,1,0,,,,1,")), "{wide}");
    // By another column the code is called as before.
    let by_case = world.run(&["freq", "--shape", "wide", "--csv"]).done().stdout;
    assert!(by_case.lines().next().unwrap().contains(",budget,rosters,swapping,"), "{by_case}");
}

#[test]
fn what_was_not_asked_keeps_no_document_from_being_done() {
    // Of two cases somebody speaks in the library: Ms Okafor for the bakery, Mr Lind for the library.
    let mut world = World::with_codings(&[("the roster", "rosters")]);
    let speakers =
        world.read("corpus/speakers.csv").replace("Ada Okafor,respondent,", "Ada Okafor,respondent,de-korst");
    world.write("corpus/speakers.csv", speakers);
    let status = |world: &mut World| {
        let rows = world.run(&["coverage", "--json"]).done().json()["rows"].clone();
        let of = |id: &str| rows.as_array().unwrap().iter().find(|r| r["document"] == id).unwrap().clone();
        // Nobody began the other interviews, whatever they were asked.
        assert_eq!(of("de-korst-1")["status"], "no");
        of("library")["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(&mut world), "done");
    // A code that is fixed later was not read for.
    world.run(&["codebook", "add", "nights", "--label", "Nights", "--status", "fixed"]).done();
    assert_eq!(status(&mut world), "partly");
    world.run(&["not-asked", "library", "nights"]).done();
    world.run(&["not-asked", "de-korst-1", "nights"]).done();
    assert_eq!(status(&mut world), "done");
    world.run(&["asked", "library", "nights"]).done();
    assert_eq!(status(&mut world), "partly");
    // A document with two cases was asked where one of them was.
    world.run(&["not-asked", "town-library", "nights"]).done();
    assert_eq!(status(&mut world), "partly");
    world.run(&["not-asked", "case:de-korst", "nights"]).done();
    assert_eq!(status(&mut world), "done");
    // What was found was asked.
    world.code("library", "every spring", "nights");
    assert_eq!(status(&mut world), "partly");
}

#[test]
fn codes_that_begin_alike_stay_apart_on_the_screen() {
    let mut world = World::with_study();
    world.write("talk.txt", "Interviewer: En?\nAnn: Een cursus.\n");
    world.run(&["import", "talk.txt"]).done();
    for id in ["employability-of-nurses", "employability-of-nurses-at-night", "employability-of-drivers"] {
        world.run(&["codebook", "add", id]).done();
    }
    let said = world.run(&["freq"]).done().stdout;
    let heads: Vec<&str> = said
        .lines()
        .find(|l| l.contains("employ"))
        .unwrap()
        .split_whitespace()
        .filter(|h| h.contains("employ"))
        .collect();
    assert_eq!(heads, ["employability…es", "employability…_2", "employability…rs"]);
}

/// The words that a refusal proposes after a beginning.
fn proposed(why: &str, begin: &str) -> Vec<String> {
    let hint = why.lines().find_map(|l| l.strip_prefix("hint: ")?.strip_prefix(begin));
    hint.unwrap_or_else(|| panic!("no {begin:?}: {why}")).split(", ").map(str::to_owned).collect()
}

#[test]
fn what_a_refusal_proposes_can_be_typed() {
    let mut world = World::with_interviews();
    // Columns that are called as what is no column, or as one of another table.
    world.write(
        "corpus/cases.csv",
        "case,name,sector,kind,document,speaker.mood\nde-korst,De Korst,bakery,old,a,b\ntown-library,Town Library,culture,new,b,c\n",
    );
    for command in [&["crosstab"][..], &["joint"], &["freq", "--by"]] {
        let why = world.run(&[command, &["name"]].concat()).refused().stderr;
        let words = proposed(&why, "use one of: ");
        assert!(words.contains(&"sector".to_owned()) && words.contains(&"case.document".to_owned()), "{why}");
        assert_eq!(words.contains(&"speaker".to_owned()), command[0] == "freq", "{why}");
        for word in &words {
            let ran = world.run(&[command, &[word.as_str()]].concat());
            assert!(ran.code < 2, "{command:?} {word}: {}", ran.stderr);
        }
    }
    let why = world.run(&["freq", "--by", "sector,case.kind,language"]).refused().stderr;
    let two = proposed(&why, "write ").join(",");
    assert_eq!(two, "sector,case.kind");
    world.run(&["freq", "--by", &two]).done();
    let why = world.run(&["freq", "--by", "sector,colour,language"]).refused().stderr;
    assert!(why.contains("no attribute"), "{why}");
}

#[test]
fn sensitivity_proposes_only_attributes_whose_difference_it_can_take() {
    let mut world = World::with_interviews();
    // Of the columns of cases two have two values; `kind` is one of documents as well.
    world.write(
        "corpus/cases.csv",
        "case,name,sector,kind,size\nde-korst,De Korst,food,old,small\ntown-library,Town Library,culture,new,small\nmill,Mill,food,old,\n",
    );
    let why = world.run(&["sensitivity", "--by", "nonsense"]).refused().stderr;
    assert_eq!(proposed(&why, "use one of: "), ["case.kind", "sector"], "{why}");
    for word in ["case.kind", "sector"] {
        world.run(&["sensitivity", "--by", word]).done();
    }
    let why = world.run(&["sensitivity", "--by", "secter"]).refused().stderr;
    assert_eq!(proposed(&why, "did you mean "), ["sector?"], "{why}");
    // Only one of the two columns with this name is of cases.
    let why = world.run(&["sensitivity", "--by", "kind"]).refused().stderr;
    assert_eq!(proposed(&why, "write "), ["case.kind"], "{why}");
    world.write("corpus/cases.csv", "case,size\nde-korst,small\n");
    let why = world.run(&["sensitivity", "--by", "nonsense"]).refused().stderr;
    assert!(why.contains("no column of cases.csv has two values") && !why.contains("use one of"), "{why}");
}

#[test]
fn a_study_without_codes_has_no_saturation_and_says_how_to_make_one() {
    let mut world = World::new();
    world.run(&["init", "."]).done();
    let why = world.run(&["saturation"]).refused().stderr;
    assert!(
        why.contains("there are no codes yet") && why.contains("verbatim codebook add CODE --label"),
        "{why}"
    );
    world.run(&["codebook", "add", "warmth", "--label", "Warmth"]).done();
    assert!(world.run(&["saturation"]).refused().stderr.contains("no document has been begun"));
}

#[test]
fn a_table_of_quotes_has_one_to_three_of_each_code() {
    let mut world = World::with_codings(&[("the roster", "rosters"), ("rare books", "rosters")]);
    for most in ["0", "4", "99"] {
        let why = world.run(&["quotes", "--max", most]).refused().stderr;
        assert!(why.contains("one to three") && why.contains(most), "{why}");
    }
    let rows = |world: &mut World, most: &str| {
        let csv = world.run(&["quotes", "--max", most, "--csv"]).done().stdout;
        csv.lines().filter(|line| line.starts_with("rosters,")).count()
    };
    assert_eq!([rows(&mut world, "1"), rows(&mut world, "2"), rows(&mut world, "3")], [1, 2, 2]);
}
