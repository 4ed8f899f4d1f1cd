//! The data package: what is in it, that it is whole or not there, and that nothing in a study breaks it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::support::World;

/// All files below a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                out.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    out
}

/// Heads and rows of a CSV text.
fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    let heads = rows.remove(0);
    (heads, rows)
}

fn column(text: &str, name: &str) -> Vec<String> {
    let (heads, rows) = table(text);
    let at = heads.iter().position(|h| h == name).unwrap_or_else(|| panic!("no {name} in {heads:?}"));
    rows.into_iter().map(|mut row| row.remove(at)).collect()
}

/// A study in which a few things are coded and one document is done.
fn coded() -> World {
    World::with_codings(&[("the roster", "rosters"), ("roster", "swapping")])
}

#[test]
fn a_package_of_a_small_study() {
    let mut world = coded();
    world.said.clear();
    world.run(&["export", "out"]).done();
    let mut told = std::mem::take(&mut world.said);
    for name in ["case_wide.csv", "case_code.csv", "documents.csv", "codings.csv"] {
        let _ = writeln!(told, "--- {name}\n{}", world.read(&format!("out/{name}")).replace('\r', ""));
    }
    // Sums of files that are made by other crates' versions are not for a snapshot.
    let mut provenance: serde_json::Value = serde_json::from_str(&world.read("out/provenance.json")).unwrap();
    for key in ["version", "unicode", "files"] {
        assert!(provenance.as_object_mut().unwrap().remove(key).is_some(), "{key}");
    }
    let _ = writeln!(told, "--- provenance.json\n{}", serde_json::to_string_pretty(&provenance).unwrap());
    let names: Vec<String> = files(&world.path("out")).into_keys().collect();
    let _ = writeln!(told, "--- files\n{}", names.join("\n"));
    insta::assert_snapshot!(told);
}

#[test]
fn the_loaders_of_a_small_study() {
    let mut world = coded();
    world.run(&["export", "out"]).done();
    let mut told = String::new();
    for name in ["load.R", "load.sps", "load.do"] {
        let text = world.read(&format!("out/{name}"));
        let end = text.find("case_code.csv").unwrap();
        let _ = writeln!(told, "--- {name}\n{}", &text[..end]);
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_second_package_is_the_same_to_the_byte_and_takes_the_place_of_the_first() {
    let mut world = coded();
    world.run(&["export", "one", "--excel", "nl"]).done();
    world.run(&["export", "two", "--excel", "nl"]).done();
    let one = files(&world.path("one"));
    assert_eq!(one, files(&world.path("two")));
    assert!(one.contains_key("excel-nl/case_code.csv") && one.contains_key("tables.xlsx"));
    world.run(&["export", "one", "--excel", "nl"]).done();
    assert_eq!(one, files(&world.path("one")));
    world.code("library", "the roster", "pride");
    world.run(&["export", "one"]).done();
    let new = files(&world.path("one"));
    assert_ne!(one["codings.csv"], new["codings.csv"]);
    assert!(!new.contains_key("excel-nl/case_code.csv"));
    let beside = fs::read_dir(world.path("")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    assert!(beside.into_iter().all(|n| !n.starts_with(".verbatim-")));
}

#[test]
fn codings_are_those_that_codings_lists() {
    let mut world = coded();
    world.run(&["export", "out"]).done();
    let listed = world.run(&["codings", "--csv"]).done().stdout;
    let written = world.read("out/codings.csv");
    for (here, there) in [
        ("id", "id"),
        ("quote", "quote"),
        ("counted", "counted"),
        ("organisation", "case"),
        ("qualifiers", "qualifiers"),
    ] {
        assert_eq!(column(&written, here), column(&listed, there), "{here}");
    }
    let (heads, rows) = table(&written);
    let (contract, _) = table(&listed);
    assert_eq!(rows.len(), 2);
    // The same columns in the same order but for two names, and one for each qualifier behind them.
    let same: Vec<String> = contract
        .iter()
        .map(|h| match h.as_str() {
            "case" => "organisation".to_owned(),
            "by" => "entered_by".to_owned(),
            other => other.to_owned(),
        })
        .chain(["q_status".to_owned()])
        .collect();
    assert_eq!(heads, same);
}

#[test]
fn the_long_table_is_that_of_freq() {
    let mut world = coded();
    world.run(&["export", "out"]).done();
    let freq = world.run(&["freq", "--csv"]).done().stdout;
    let written = world.read("out/case_code.csv");
    for name in [
        "organisation",
        "code",
        "n",
        "status",
        "documents",
        "documents_done",
        "words",
        "per_1000",
        "count",
        "reading",
        "roles",
    ] {
        assert_eq!(column(&written, name), column(&freq, name), "{name}");
    }
}

#[test]
fn what_it_did_not_write_is_left_alone() {
    let mut world = coded();
    world.write("mine/thesis.txt", "ten years of work");
    world.said.clear();
    world.run(&["export", "mine"]).refused();
    world.run(&["export", "mine/thesis.txt"]).refused();
    world.run(&["export", "out"]).done();
    world.write("out/analysis.R", "summary(case_wide)");
    world.run(&["export", "out"]).refused();
    fs::remove_file(world.path("out/analysis.R")).unwrap();
    let changed = world.read("out/case_wide.csv") + "mill,,,,,,\r\n";
    world.write("out/case_wide.csv", changed);
    world.run(&["export", "out"]).refused();
    assert_eq!(world.read("mine/thesis.txt"), "ten years of work");
    fs::create_dir(world.path("empty")).unwrap();
    world.run(&["export", "empty"]).done();
    insta::assert_snapshot!(world.said);
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_leaves_the_old_package_whole() {
    let mut world = coded();
    world.run(&["export", "out"]).done();
    let before = files(&world.path("out"));
    world.code("library", "the roster", "pride");
    for blocks in ["0", "1", "16"] {
        let mut inner = world.command(&[]);
        let args = ["export", "out"];
        let mut command = std::process::Command::new("sh");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        command.args(["-c", script.as_str()]).arg(inner.get_program()).args(args);
        command.current_dir(world.path("")).env_clear();
        for (key, value) in inner.envs(std::iter::empty::<(&str, &str)>()).get_envs() {
            if let Some(value) = value {
                command.env(key, value);
            }
        }
        let output = command.output().unwrap();
        let ran = world.note(&args, &output).refused();
        assert!(ran.stderr.contains("as it was"), "{}", ran.stderr);
        assert_eq!(files(&world.path("out")), before, "{blocks}");
        let left = fs::read_dir(world.path("")).unwrap().map(|e| e.unwrap().file_name());
        assert!(left.into_iter().all(|n| !n.to_str().unwrap().starts_with(".verbatim-")), "{blocks}");
    }
    world.run(&["export", "out"]).done();
    assert_ne!(files(&world.path("out")), before);
}

/// Leaves the folder `out` as an export does that is killed after it took the old package away and before
/// the new one is in its place.
fn killed_between(world: &World) {
    world.write(".verbatim-k1ll3d.tmp/of", "out");
    world.write(".verbatim-k1ll3d.tmp/new/case_code.csv", "organisation,code,n\r\n");
    fs::rename(world.path("out"), world.path(".verbatim-k1ll3d.tmp/old")).unwrap();
}

#[test]
fn a_package_whose_replacement_was_interrupted_comes_back() {
    let mut world = coded();
    world.run(&["export", "out"]).done();
    let before = files(&world.path("out"));
    // Whoever looks for it is told where it lies.
    killed_between(&world);
    for look in [&["verify", "out"][..], &["diff", "out/case_code.csv"]] {
        let why = world.run(look).refused().stderr;
        assert!(
            why.contains(".verbatim-k1ll3d.tmp/old") && why.contains("rename that folder to out"),
            "{why}"
        );
    }
    // An export of another folder touches nothing.
    world.run(&["export", "other"]).done();
    assert!(world.path(".verbatim-k1ll3d.tmp/old/case_code.csv").is_file());
    let said = world.run(&["export", "out"]).done().stderr;
    assert!(said.contains("out was gone") && said.contains("put back"), "{said}");
    assert_eq!(files(&world.path("out")), before);
    assert!(!world.path(".verbatim-k1ll3d.tmp").exists());
    // It comes back also where the export itself is refused, here since a table was changed by hand.
    let changed = world.read("out/case_wide.csv") + "mill,,,,,,\r\n";
    world.write("out/case_wide.csv", &changed);
    killed_between(&world);
    let why = world.run(&["export", "out"]).refused().stderr;
    assert!(why.contains("put back") && why.contains("was changed since"), "{why}");
    assert_eq!(world.read("out/case_wide.csv"), changed);
    // What was put in its place by hand stays, and so does what lies beside it.
    killed_between(&world);
    world.write("out/thesis.txt", "ten years of work");
    let why = world.run(&["export", "out"]).refused().stderr;
    assert!(why.contains(".verbatim-k1ll3d.tmp/old") && why.contains("holds other files"), "{why}");
    assert_eq!(world.read("out/thesis.txt"), "ten years of work");
    assert_eq!(world.read(".verbatim-k1ll3d.tmp/old/case_wide.csv"), changed);
}

/// Codes and columns that want to break a table.
fn hostile() -> World {
    let mut world = World::new();
    world.write(
        "codes.json",
        r#"{"id":"odd","codes":[
            {"id":"comma","label":"a, \"quoted\" code;\nwith a line and a tab\t","status":"fixed"},
            {"id":"all","label":"\ud83e\udd50 \u0627\u0644\u062a\u062f\u0631\u064a\u0628 $HOME `x' \\n","status":"fixed"},
            {"id":"work-life","label":"=SUM(A1)","status":"fixed","definition":"-"},
            {"id":"worklife","var":"work_life","label":"Work_life","status":"fixed"},
            {"id":"a-code-with-a-name-that-is-far-too-long-1","label":"one","status":"fixed"},
            {"id":"a-code-with-a-name-that-is-far-too-long-2","label":"two","status":"fixed"}]}"#,
    );
    world.run(&["init", ".", "--codebook", "codes.json", "--language", "en", "--case-label", "By"]).done();
    world.write("a.txt", "Int: So?\nResp: Well, =training,\nand \"more\"; then 🥐 bread.\n");
    world.write("b.txt", "Int: So?\nResp: Nothing at all.\n");
    world.run(&["import", "a.txt", "b.txt"]).done();
    world.write(
        "corpus/cases.csv",
        "case,name,n,Code,status,share,naïef,with a line\r\nx,X,1,u,new,\"0,5\",ja,\"a\nb\"\r\nempty,Empty,2,,old,\"1,25\",nee,c\r\n",
    );
    world.write(
        "corpus/documents.csv",
        "document,title,case,date,n\r\na,A,x,2026-01-31,7\r\nb,B,,2026-02-28,\r\n",
    );
    world.code("a", "=training,\nand \"more\"; then 🥐 bread", "comma");
    world.code("a", "🥐", "all");
    world.run(&["done", "a", "b"]).done();
    world
}

#[test]
fn odd_labels_columns_and_lone_cases_and_documents_break_nothing() {
    let mut world = hostile();
    world.run(&["export", "out", "--excel", "nl"]).done();
    let mut told = String::new();
    for name in
        ["case_wide.csv", "document_wide.csv", "documents.csv", "dictionary.csv", "excel-nl/codings.csv"]
    {
        let text = world.read(&format!("out/{name}")).replace('\r', "");
        let text = if name == "dictionary.csv" {
            text.lines().filter(|l| l.starts_with("case_wide")).collect::<Vec<_>>().join("\n")
        } else {
            text
        };
        let _ = writeln!(told, "--- {name}\n{text}");
    }
    let spss = world.read("out/load.sps");
    assert!(spss.contains("/FILE='spss/codings.csv'") && spss.contains("/FILE='case_code.csv'"));
    let _ = write!(told, "--- spss/codings.csv\n{}", world.read("out/spss/codings.csv").replace('\r', ""));
    insta::assert_snapshot!(told);
    // A case without documents has a row in each table of cases; a document without a case is in none.
    let (_, wide) = table(&world.read("out/case_wide.csv"));
    assert_eq!(wide.iter().map(|r| r[0].as_str()).collect::<Vec<_>>(), ["x", "empty"]);
    let documents = column(&world.read("out/document_wide.csv"), "document");
    assert_eq!(documents, ["a", "b"]);
}

#[test]
fn a_study_with_nothing_in_it_gives_empty_tables() {
    let mut world = World::with_study();
    world.run(&["export", "out"]).done();
    for name in ["codings", "case_code", "case_wide", "document_wide", "documents"] {
        let (heads, rows) = table(&world.read(&format!("out/{name}.csv")));
        assert!(heads.len() > 5 && rows.is_empty(), "{name}");
    }
    world.run(&["verify", "out"]).done();
}

#[test]
fn names_do_not_change_with_labels_or_with_new_codes() {
    let mut world = hostile();
    world.run(&["export", "one"]).done();
    let heads = |world: &World, dir: &str| table(&world.read(&format!("{dir}/case_wide.csv"))).0;
    let before = heads(&world, "one");
    world.run(&["codebook", "rename", "work-life", "Balance"]).done();
    world.run(&["codebook", "add", "work-life-", "--label", "New", "--before", "comma"]);
    world
        .run(&["codebook", "add", "aaa-a-code-with-a-name-that-is-far-too-long", "--before", "comma"])
        .done();
    world.run(&["export", "two"]).done();
    let after = heads(&world, "two");
    assert!(before.iter().all(|h| after.contains(h)), "{before:?}\n{after:?}");
    let mut unique = after.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), after.len());
}

#[test]
fn an_anonymous_package_names_nobody() {
    let mut world = World::with_interviews();
    world.write(
        "corpus/speakers.csv",
        "document,speaker,name,role,case,quote\r\nlibrary,Ms Okafor,Ada Okafor,respondent,,no\r\nlibrary,Mr Lind,Per Lind,respondent,,yes\r\n",
    );
    world.write(
        "corpus/cases.csv",
        "case,name,cite_as,sector,contact\r\nde-korst,Bakkerij De Korst,shop 1,food,-\r\ntown-library,Town Library,,culture,mail Per Lind\r\nmill,The Mill,,food,-\r\n",
    );
    let text = world.read("corpus/library.txt");
    let of = |label: &str| {
        let at = text.find(&format!("{label}:")).unwrap() + label.len() + 2;
        let line = text[at..].trim_start_matches(['*', ' ']).lines().next().unwrap();
        line.chars().take(20).collect::<String>().trim().to_owned()
    };
    let (okafor, lind) = (of("Ms Okafor"), of("Mr Lind"));
    world.code("library", &okafor, "course");
    world.code("library", &lind, "course");
    world.said.clear();
    world.run(&["export", "out", "--anonymous"]).done();
    let quotes = column(&world.read("out/codings.csv"), "quote");
    assert_eq!(quotes.iter().filter(|q| q.is_empty()).count(), 1);
    assert!(quotes.contains(&lind));
    for (name, bytes) in files(&world.path("out")) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for person in ["okafor", "per lind", "town-library", "town library", "the mill", "anna", "de-korst"] {
            assert!(!text.contains(person), "{person} is in {name}");
        }
    }
    insta::assert_snapshot!(world.said);
    world.run(&["verify", "out"]).done();
    world.run(&["export", "out2", "--anonymous", "--where", "Okafor"]).refused();
    world.run(&["export", "no-text", "--no-text"]).done();
    assert!(column(&world.read("no-text/codings.csv"), "quote").iter().all(String::is_empty));
}

/// Runs where the program `frictionless` is installed for Python; elsewhere it says so.
#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn the_package_is_valid_for_frictionless() {
    let mut world = hostile();
    world.run(&["export", "out"]).done();
    let script = "import sys\ntry:\n  import frictionless\nexcept ImportError:\n  sys.exit(9)\n\
                  r = frictionless.validate(sys.argv[1])\nprint(r.flatten(['type','note']))\nsys.exit(0 if r.valid else 1)";
    let out = std::process::Command::new("python3")
        .args(["-c", script])
        .arg("datapackage.json")
        .current_dir(world.path("out"))
        .output();
    match out {
        Ok(out) if out.status.code() == Some(9) => eprintln!("skipped: Python has no frictionless"),
        Err(_) => eprintln!("skipped: there is no python3"),
        Ok(out) => assert!(
            out.status.success(),
            "{}{}",
            String::from_utf8_lossy(&out.stdout),
            String::from_utf8_lossy(&out.stderr)
        ),
    }
}
