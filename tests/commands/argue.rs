//! Numbers that are argued back: to passages, to the study they came from, to the acts that moved them.

use crate::support::World;

fn coded() -> World {
    World::with_codings(&[("the roster", "rosters")])
}

#[test]
fn explain_lists_what_a_number_is_made_of() {
    let mut world = coded();
    world.run(&["codebook", "change", "rosters", "--definition", "Who works when.", "--effect", "wording"]);
    world.code("library", "roster", "swapping");
    world.said.clear();
    world.run(&["explain", "town-library", "rosters"]).done();
    world.run(&["explain", "culture", "rosters", "--by", "sector", "--csv"]).done();
    assert_eq!(world.run(&["explain", "town-library", "course"]).code, 1);
    world.run(&["explain", "nowhere", "course"]).refused();
    insta::assert_snapshot!(world.said);
}

#[test]
fn explain_has_as_many_passages_as_the_cell_says() {
    let mut world = coded();
    world.code("library", "roster", "swapping");
    world.code("de-korst-1", "cursus deeg", "course");
    let rows = world.run(&["freq", "--json"]).done().json()["rows"].clone();
    for row in rows.as_array().unwrap() {
        let (group, code) = (row["group"].as_str().unwrap(), row["code"].as_str().unwrap());
        let told = world.run(&["explain", group, code, "--json"]).json();
        let n = row["n"].as_u64().unwrap_or(0);
        assert_eq!(told["passages"].as_array().unwrap().len() as u64, n, "{group} {code}");
    }
}

#[test]
fn verify_names_the_cell_whose_digit_was_changed() {
    let mut world = coded();
    world.run(&["freq", "--out", "table.csv"]).done();
    world.run(&["export", "out"]).done();
    // What comes later makes no difference.
    world.code("library", "roster", "rosters");
    world.code("library", "rare books", "course");
    world.said.clear();
    world.run(&["verify", "table.csv"]).done();
    world.run(&["verify", "out"]).done();
    world.run(&["verify", "out/case_wide.csv"]).done();
    let right = world.read("table.csv");
    world.write("table.csv", right.replace("town-library,rosters,1,", "town-library,rosters,7,"));
    assert_eq!(world.run(&["verify", "table.csv"]).code, 1);
    world.write("table.csv", right.replace("town-library,rosters,1,", "town-library,nobody,1,"));
    assert_eq!(world.run(&["verify", "table.csv", "--json"]).code, 1);
    world.write("other.csv", "a,b\r\n1,2\r\n");
    world.run(&["verify", "other.csv"]).refused();
    insta::assert_snapshot!(world.said);
}

#[test]
fn diff_names_the_acts_that_moved_a_cell() {
    let mut world = coded();
    let gone = world.code("library", "rare books", "course");
    world.run(&["freq", "--out", "table.csv"]).done();
    world.said.clear();
    world.run(&["diff", "table.csv"]).done();
    world.code("library", "roster", "pride");
    world.run(&["uncode", &gone]).done();
    world.run(&["done", "de-korst-1"]).done();
    // Another reader's codings are not counted, so they moved nothing.
    world.run(&["coders", "primary", "anna"]).done();
    world.coder("bram");
    world.code("library", "rare books", "budget");
    world.coder("anna");
    let sectors = world.read("corpus/cases.csv").replace("culture", "public");
    world.write("corpus/cases.csv", sectors);
    world.said.clear();
    world.run(&["diff", "table.csv"]).done();
    let moved = world.run(&["diff", "table.csv", "--json"]).done().json();
    let cell = |code: &str, column: &str| {
        let all = moved["moved"].as_array().unwrap();
        all.iter()
            .find(|m| m["row"][1] == code && m["column"] == column && m["row"][0] == "town-library")
            .cloned()
    };
    let course = cell("course", "n").unwrap();
    assert_eq!((course["was"].as_str(), course["is"].as_str()), (Some("1"), Some("0")));
    assert_eq!(course["acts"][0]["act"], "uncode");
    assert!(cell("budget", "n").is_none());
    insta::assert_snapshot!(world.said);
}

#[test]
fn the_acts_of_a_table_can_be_had_back() {
    let mut world = coded();
    let before = world.run(&["freq", "--csv"]).done().stdout;
    world.run(&["freq", "--out", "table.csv"]).done();
    world.code("library", "rare books", "course");
    assert_ne!(world.run(&["freq", "--csv"]).done().stdout, before);
    assert_eq!(world.run(&["freq", "--csv", "--as-of", "table.provenance.json"]).done().stdout, before);
    world.run(&["done", "library", "--as-of", "table.provenance.json"]).refused();
    // A table made so has the provenance of the first.
    world.run(&["freq", "--out", "again.csv", "--as-of", "table.provenance.json"]).done();
    let of = |world: &World, name: &str| {
        let value: serde_json::Value = serde_json::from_str(&world.read(name)).unwrap();
        (value["journals"].clone(), value["command"].clone(), value["counted_at"].clone())
    };
    assert_eq!(of(&world, "again.provenance.json"), of(&world, "table.provenance.json"));
    world.run(&["freq", "--as-of", "nowhere.json"]).refused();
}

#[test]
fn a_table_can_be_a_workbook() {
    let mut world = coded();
    world.run(&["freq", "--shape", "wide", "--out", "one.xlsx"]).done();
    world.run(&["freq", "--shape", "wide", "--out", "two.xlsx"]).done();
    let one = std::fs::read(world.path("one.xlsx")).unwrap();
    assert_eq!(one, std::fs::read(world.path("two.xlsx")).unwrap());
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(one)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut book.by_name("xl/worksheets/sheet2.xml").unwrap(), &mut sheet)
        .unwrap();
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<v>1</v>"), "{sheet}");
    assert!(world.path("one.xlsx.provenance.json").is_file());
}

#[test]
fn verify_compares_every_table_of_a_file() {
    let mut world = coded();
    world.run(&["memo", "add", "--type", "decision", "Only what was said in the shop."]).done();
    world.run(&["audit", "--out", "audit.csv"]).done();
    world.run(&["verify", "audit.csv"]).done();
    let text = world.read("audit.csv");
    assert_eq!(world.run(&["audit", "--csv"]).done().stdout, text);
    // The last cell of the last table.
    let end = text.trim_end().rfind(',').unwrap();
    world.write("audit.csv", format!("{},77\r\n", &text[..end]));
    let ran = world.run(&["verify", "audit.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stdout.contains("77"), "{}", ran.stdout);
}

#[test]
fn a_table_of_a_day_is_made_again_from_its_provenance() {
    let mut world = World::new();
    world.run(&["demo", "sample", "--quiet"]).done();
    let study = |args: &[&'static str]| [&["--study", "sample", "--coder", "anna"], args].concat();
    world.run(&study(&["freq", "--as-of", "2026-04-20", "--out", "day.csv"])).done();
    let again = world.run(&study(&["freq", "--as-of", "day.provenance.json", "--csv"])).done().stdout.clone();
    let day = world.read("day.csv");
    let cells = |text: &str| text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    assert!(cells(&again) == cells(&day), "the table of the day is another");
    let now = world.run(&study(&["freq", "--csv"])).done().stdout.clone();
    assert!(cells(&now) != cells(&day), "nothing happened since");
    assert!(world.run(&study(&["verify", "day.csv"])).done().stdout.contains("the same"));
    let then = ["explain", "rietvink", "training", "--as-of", "2026-04-20", "--json"];
    let from = ["explain", "rietvink", "training", "--as-of", "day.provenance.json", "--json"];
    let then = world.run(&study(&then)).json();
    assert_eq!(then["documents_done"], 2, "the third of its documents was read later");
    assert_eq!(world.run(&study(&from)).json(), then);
}

#[test]
fn a_cell_without_a_number_has_none_when_it_is_explained() {
    let mut world = coded();
    world.run(&["not-asked", "town-library", "course"]).done();
    let told = world.run(&["explain", "town-library", "course", "--json"]).json();
    assert_eq!((&told["n"], &told["status"]), (&serde_json::Value::Null, &"not_asked".into()));
    let said = world.run(&["explain", "town-library", "course"]).stdout.clone();
    assert!(said.contains("no number: not_asked") && !said.contains("0 means"), "{said}");
}

#[test]
fn what_belongs_to_no_case_can_be_explained() {
    let mut world = coded();
    world.write("corpus/documents.csv", "document,case\n");
    let row = world.run(&["freq", "--json"]).json()["rows"].clone();
    let row = row.as_array().unwrap().iter().find(|r| r["group"] == "" && r["n"] == 1).unwrap().clone();
    for name in ["", "(no organisation)"] {
        let told = world.run(&["explain", name, row["code"].as_str().unwrap(), "--json"]).json();
        assert_eq!(told["passages"].as_array().unwrap().len(), 1, "{name:?}");
    }
}

#[test]
fn no_output_goes_over_a_file_of_the_study() {
    let mut world = coded();
    let files = [
        "study.json",
        "corpus/documents.csv",
        "corpus/library.json",
        "codebooks/work.json",
        "corpus/new.csv",
    ];
    let before: Vec<_> = files.iter().map(|f| std::fs::read(world.path(f)).ok()).collect();
    for file in files {
        world.run(&["freq", "--out", file]).refused();
        let why = world.run(&["joint", "sector", "--out", file]).refused().stderr.clone();
        assert!(why.contains("belongs to the study itself"), "{why}");
    }
    let after: Vec<_> = files.iter().map(|f| std::fs::read(world.path(f)).ok()).collect();
    assert_eq!(after, before);
    world.run(&["freq", "--out", "tables.csv"]).done();
}

#[test]
fn explain_proposes_rows_that_are_there() {
    let mut world = coded();
    world.write("corpus/documents.csv", "document,case\n");
    let why = world.run(&["explain", "cultur", "course", "--by", "sector"]).refused().stderr;
    assert!(!why.contains("did you mean ?") && why.contains("`verbatim freq --by sector`"), "{why}");
}

#[test]
fn diff_and_verify_go_on_at_ones_own_risk() {
    let mut world = coded();
    world.run(&["freq", "--out", "table.csv"]).done();
    let newer = r#"{"v":1,"id":"01999999-9999-7999-8999-999999999999","n":1,"at":"2026-01-01T00:00:00Z","coder":"zoe","act":"x","changes":[{"kind":"sentiment-measured","of":1}]}"#;
    world.write("journal/zoe-1.jsonl", format!("{newer}\n"));
    let why = world.run(&["diff", "table.csv"]).refused().stderr;
    assert!(why.contains("--ignore-unknown"), "{why}");
    assert!(world.run(&["diff", "table.csv", "--ignore-unknown"]).done().stdout.contains("no cell moved"));
    world.run(&["freq", "--ignore-unknown", "--out", "bold.csv"]).done();
    world.run(&["verify", "bold.csv"]).done();
    world.run(&["verify", "table.csv", "--ignore-unknown"]).done();
}
