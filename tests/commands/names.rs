//! Names that are kept out (`--anonymous`), and words of those who must not be quoted, in every output.

use crate::support::World;

/// The library with two who speak; names and leave as given, and a column for whoever is in contact.
fn library(okafor: &str, lind: &str) -> World {
    let mut world = World::with_interviews();
    world.write(
        "corpus/speakers.csv",
        format!("document,speaker,name,role,case,quote\nlibrary,Ms Okafor,,respondent,,{okafor}\nlibrary,Mr Lind,,respondent,,{lind}\n"),
    );
    world.write(
        "corpus/cases.csv",
        "case,name,cite_as,sector,contact\nde-korst,Bakkerij De Korst,shop,food,Eva Smit\ntown-library,Town Library,shop,culture,Town Library\nmill,The Mill,,food,\n",
    );
    world.write(
        "corpus/documents.csv",
        "document,title,case,kind,language,date,interviewer,participant\nde-korst-1,De Korst: bedrijfsleider,de-korst,interview,nl,2026-01-12,Eva Smit,\nde-korst-2,De Korst: bakker,de-korst,interview,nl,2026-01-13,Eva Smit,\nlibrary,Town library,town-library,interview,en,2026-02-02,Jan de Wit,Mr Lind\n",
    );
    world.said.clear();
    world
}

/// Everything that is written in a folder, in small letters.
fn written(world: &World, folder: &str) -> String {
    let mut out = String::new();
    for entry in std::fs::read_dir(world.path(folder)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            out.push_str(&String::from_utf8_lossy(&std::fs::read(path).unwrap()).to_lowercase());
        }
    }
    out
}

fn quotes(world: &World, folder: &str) -> Vec<String> {
    let text = world.read(&format!("{folder}/codings.csv"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|h| h == "quote").unwrap();
    reader.records().map(|r| r.unwrap()[at].to_owned()).collect()
}

#[test]
fn a_report_for_programs_names_no_case() {
    let mut world = World::new();
    world.run(&["demo", "study"]).done();
    let cases = world.read("study/corpus/cases.csv");
    world.run(&["--study", "study", "report", "r.json", "--anonymous"]).done();
    let report = world.read("r.json");
    for id in cases.lines().skip(1).filter_map(|l| l.split(',').next()) {
        assert!(!report.contains(&format!("\"{id}\"")), "{id}");
    }
    assert!(report.contains("\"organisation 2\""));
}

#[test]
fn cases_of_one_name_have_a_profile_each() {
    let mut world = World::new();
    world.run(&["demo", "study"]).done();
    let cases = world.read("study/corpus/cases.csv").replace("Bouwgroep Kwartel", "Zorggroep Rietvink");
    world.write("study/corpus/cases.csv", cases.replace("organisation 5,", "organisation 4,"));
    for more in [&[][..], &["--anonymous"]] {
        world.run(&[&["--study", "study", "report", "r.md"], more].concat()).done();
        let report = world.read("r.md");
        let chapter = report.split("\n## ").find(|c| c.starts_with("Profiles")).unwrap();
        let lines = chapter.lines().filter(|l| l.starts_with('|'));
        // A head, a rule, and twelve cases.
        assert_eq!(lines.count(), 14, "{chapter}");
    }
}

#[test]
fn a_table_without_names_has_a_provenance_without_names() {
    let mut world = library("yes", "yes");
    world.code("library", "the roster", "rosters");
    world.run(&["done", "library"]).done();
    world.run(&["framework", "--anonymous", "--out", "out/f.csv"]).refused();
    std::fs::create_dir(world.path("out")).unwrap();
    world.run(&["framework", "--anonymous", "--out", "out/f.csv"]).done();
    let text = written(&world, "out");
    for name in ["anna", "de-korst", "\"library\"", "town library", "okafor", "eva smit"] {
        assert!(!text.contains(name), "{name}: {text}");
    }
    world.run(&["verify", "out/f.csv"]).done();
    world.run(&["framework", "--anonymous", "--reading", "anna"]).refused();
    world.run(&["member", "library/Ms Okafor", "--anonymous"]).refused();
}

#[test]
fn who_refuses_is_quoted_in_no_package() {
    let mut world = library("nee", "yes");
    world.write("note.md", "They asked me to keep this to myself.\n");
    world.run(&["import", "note.md"]).done();
    let speakers = world.read("corpus/speakers.csv") + "note,Ruth Bloem,,respondent,,no\n";
    world.write("corpus/speakers.csv", speakers);
    let text = world.read("corpus/library.txt");
    let said = |label: &str| {
        let at = text.find(&format!("{label}:")).unwrap() + label.len() + 2;
        text[at..].trim_start_matches(['*', ' ']).chars().take(12).collect::<String>()
    };
    let (okafor, lind) = (said("Ms Okafor"), said("Mr Lind"));
    world.code("library", &okafor, "course");
    world.code("library", &lind, "course");
    world.code("note", "keep this to myself", "course");
    world.run(&["export", "out", "--anonymous"]).done();
    let mut quotes = quotes(&world, "out");
    quotes.sort();
    assert_eq!(quotes, ["", "", lind.trim()]);
}

#[test]
fn no_column_holds_a_label_and_no_heading_is_told() {
    let mut world = library("yes", "yes");
    let cases = world.read("corpus/cases.csv").replace("contact", "Mill partner");
    world.write("corpus/cases.csv", cases);
    world.code("library", "the roster", "rosters");
    // A coding over two turns holds a label between them.
    let text = world.read("corpus/library.txt");
    let at = text.find("Mr Lind:").unwrap();
    let start = text[..at].chars().count() - 8;
    world.run(&["code", "library", &start.to_string(), &(start + 30).to_string(), "course"]).done();
    world.said.clear();
    world.run(&["export", "out", "--anonymous"]).done();
    assert!(world.said.contains("column case.Mill partner is left out"), "{}", world.said);
    let text = written(&world, "out");
    for name in ["mr lind", "okafor", "mill partner", "eva smit", "jan de wit"] {
        assert!(!text.contains(name), "{name}");
    }
    let provenance: serde_json::Value = serde_json::from_str(&world.read("out/provenance.json")).unwrap();
    assert_eq!(provenance["withheld"], serde_json::json!(["case.2", "document.1", "document.2"]));
    world.run(&["verify", "out"]).done();
}

#[test]
fn names_in_notes_and_labels_are_replaced_and_told() {
    let mut world = library("yes", "yes");
    let (start, end) = world.place("library", "the roster");
    let note = "As Mr Lind told at TOWN LIBRARY; the respondent of the millstone agrees";
    world.run(&["code", "library", &start, &end, "rosters", "--note", note]).done();
    world.run(&["codebook", "add", "pool", "--label", "Pool of The Mill"]).done();
    world.run(&["codebook", "add", "mill-shop", "--label", "A shop"]).done();
    world.said.clear();
    let told = world.run(&["export", "out", "--anonymous", "--json"]).done();
    let id = world.run(&["codings", "--json"]).json()["codings"][0]["id"].as_str().unwrap().to_owned();
    let codings = world.read("out/codings.csv");
    assert!(
        codings.contains("As [name] told at [shop (2)]; the respondent of the millstone agrees"),
        "{codings}"
    );
    let dictionary = world.read("out/dictionary.csv");
    assert!(dictionary.contains("Pool of [organisation 3]: passages"), "{dictionary}");
    let text = written(&world, "out");
    for name in ["mr lind", "town library", "town-library", "pool of the mill", "de korst"] {
        assert!(!text.contains(name), "{name}");
    }
    let said = &told.stderr;
    for line in [
        &*format!("note: the name Mr Lind is replaced in the note of {id}"),
        &*format!("note: the name TOWN LIBRARY is replaced in the note of {id}"),
        "note: the name The Mill is replaced in the label of pool",
        "warning: the name mill stands in the id of a code, which stays: mill-shop",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let named = told.json()["named"].clone();
    assert_eq!(named.as_array().unwrap().len(), 4, "{named}");
    assert_eq!(
        named[2],
        serde_json::json!({ "in": "label", "of": "pool", "name": "The Mill", "replaced": true })
    );
    world.run(&["verify", "out"]).done();
    // With names nothing is replaced, and without notes none is told of them.
    world.run(&["export", "open"]).done();
    assert!(world.read("open/codings.csv").contains(note));
    let told = world.run(&["export", "short", "--anonymous", "--no-text"]).done().stderr;
    assert!(!told.contains("in the note of") && told.contains("in the label of pool"), "{told}");
}

#[test]
fn what_is_told_of_documents_may_be_recognised_too() {
    let mut world = library("yes", "yes");
    world.write(
        "corpus/documents.csv",
        "document,title,case,kind,language,date,interviewer,place\nde-korst-1,De Korst: bedrijfsleider,de-korst,interview,nl,2026-01-12,Eva Smit,at home\nde-korst-2,De Korst: bakker,de-korst,focus group,nl,2026-01-13,Eva Smit,at work\nlibrary,Town library,town-library,interview,en,2026-01-12,Jan de Wit,at work\n",
    );
    let told = world.run(&["export", "out", "--anonymous", "--json"]).done().json();
    let groups: Vec<String> = told["small_groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|g| format!("{} {}", g["values"].as_str().unwrap(), g["cases"]))
        .collect();
    // By hand: there are three cases, of which one has no document, so whatever a document tells is of at
    // most two. Two cases are in food. A value that is rare by itself is in no pair.
    assert_eq!(
        groups,
        [
            "sector=food 2",
            "sector=culture 1",
            "kind=interview 2",
            "kind=focus group 1",
            "language=nl 1",
            "language=en 1",
            "date=2026-01-12 2",
            "date=2026-01-13 1",
            "place=at home 1",
            "place=at work 2",
        ]
    );
}

#[test]
fn pages_keep_columns_with_names_out() {
    let mut world = library("yes", "yes");
    world.code("library", "the roster", "rosters");
    world.run(&["done", "library"]).done();
    for args in [
        &["framework"][..],
        &["methods"],
        &["methods", "--standard", "srqr"],
        &["joint", "case"],
        &["joint", "document"],
        &["joint", "speaker"],
        &["joint", "contact"],
        &["joint", "interviewer"],
    ] {
        let text = world.run(&[args, &["--anonymous"]].concat()).done().stdout.to_lowercase();
        for name in ["eva smit", "jan de wit", "town library", "town-library", "de korst", "de-korst", "lind"]
        {
            assert!(!text.contains(name), "{name} in {args:?}: {text}");
        }
    }
    let cases = world.run(&["joint", "case", "--anonymous", "--csv"]).done().stdout;
    // Two cases are cited alike, and stay two.
    assert!(cases.contains("\nrosters,shop,") && cases.contains("\nrosters,shop (2),"), "{cases}");
}

#[test]
fn a_label_is_no_quote() {
    let mut world = library("no", "yes");
    world.code("library", "Ms Okafor", "course");
    world.code("library", "Mr Lind", "budget");
    for args in [&["quotes", "--level", "all"][..], &["framework", "--level", "all"]] {
        let text = world.run(args).done().stdout;
        assert!(!text.contains("Okafor") && !text.contains("Lind"), "{text}");
    }
    world.run(&["report", "r.html"]).done();
    let report = world.read("r.html");
    assert!(!report.contains("Okafor") && !report.contains("Lind"));
    assert!(report.contains("not quoted") && report.contains("nothing is said here"));
    world.run(&["export", "out", "--anonymous"]).done();
    assert_eq!(quotes(&world, "out"), ["", ""]);
}

#[test]
fn a_coder_has_one_number_everywhere() {
    let mut world = World::with_study();
    world.coder("zoe");
    world.write("talk.txt", "Interviewer: En?\nAnn: Een cursus en een rooster.\n");
    world.run(&["import", "talk.txt"]).done();
    world.code("talk", "cursus", "course");
    world.code("talk", "rooster", "rosters");
    world.run(&["coders", "primary", "zoe"]).done();
    world.coder("bram");
    world.code("talk", "Een cursus", "course");
    world.run(&["export", "out", "--anonymous"]).done();
    let text = world.read("out/codings.csv");
    let numbers = [1, 2, 3].map(|n| text.matches(&format!("coder {n}")).count());
    // Who founded the study is the first, zoe the second.
    assert_eq!(numbers, [0, 2, 1]);
    let methods = world.run(&["methods", "--anonymous"]).done().stdout;
    assert!(methods.contains("coder 2 (2)") && methods.contains("coder 3 (1)"), "{methods}");
}

#[test]
fn no_page_without_names_has_one_in_a_label_or_a_reason() {
    let mut world = World::new();
    world.run(&["demo", "sample", "--quiet"]).done();
    let anna = ["--study", "sample", "--coder", "anna"];
    world
        .run(&[&anna[..], &["codebook", "rename", "training", "en=Training at Larkspin Software"]].concat())
        .done();
    let change = ["codebook", "change", "sabbaticals", "--definition", "en=Leave.", "--effect", "wording"];
    world.run(&[&anna[..], &change, &["--reason", "as Larkspin Software says it"]].concat()).done();
    for page in [
        &["joint", "size"][..],
        &["quotes"],
        &["framework"],
        &["codebook", "appendix"],
        &["audit"],
        &["methods"],
    ] {
        let named = world.run(&[&anna[..], page].concat()).done().stdout;
        let told = world.run(&[&anna[..], page, &["--anonymous"]].concat()).done().stdout;
        let count = |text: &str| text.lines().filter(|line| line.contains("Larkspin Software")).count();
        // What somebody said stays as it was said.
        let said = told
            .lines()
            .filter(|l| l.contains("Larkspin Software"))
            .all(|l| l.contains('“') || l.contains('"'));
        assert!(said, "{page:?}: {told}");
        assert!(page[0] == "methods" || count(&named) > count(&told), "{page:?}");
    }
}

#[test]
fn names_of_two_letters_and_former_names_of_coders_are_kept_out() {
    let mut world = World::new();
    world.run(&["demo", "sample", "--quiet"]).done();
    let anna = ["--study", "sample", "--coder", "anna"];
    let note =
        ["code", "04-oosterveen", "2500", "2700", "training", "--note", "besproken met bram, en met hv"];
    world.run(&[&anna[..], &note].concat()).done();
    world.run(&[&anna[..], &["coders", "alias", "bram", "anna"]].concat()).done();
    world.run(&[&anna[..], &["export", "package", "--anonymous"]].concat()).done();
    let codings = world.read("package/codings.csv");
    // HV and JK speak in the sample; notes of it name both.
    assert!(!codings.contains("HV ") && !codings.contains("JK "), "{codings}");
    assert!(codings.contains("besproken met [coder 1], en met hv"), "{codings}");
}
