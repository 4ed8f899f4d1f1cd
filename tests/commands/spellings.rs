//! Names in other spellings than those of the tables, in an anonymous package.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use crate::support::World;

/// Everything that is written in a folder, by file and by part of a workbook.
fn written(folder: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "xlsx") {
                let mut book = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
                for at in 0..book.len() {
                    let mut part = book.by_index(at).unwrap();
                    let mut text = String::new();
                    part.read_to_string(&mut text).unwrap();
                    out.insert(format!("{name}/{}", part.name().unwrap()), text);
                }
            } else {
                out.insert(name, String::from_utf8(std::fs::read(&path).unwrap()).unwrap());
            }
        }
    }
    out
}

/// A text of which only letters and digits are left, a space where anything else stood.
fn squashed(text: &str) -> String {
    let text = text.replace("\\n", " ").replace("&apos;", "'").replace("&#39;", "'");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

/// Two interviews of three cases; people and cases whose names can be typed in several ways.
fn shop() -> World {
    let mut world = World::with_study();
    world.import(
        "gesprek-een",
        "Interviewer: Wat leert u?\n\nDirecteur: Wij leren elke week.\n\nBakker: En het rooster ook.\n",
    );
    world.import(
        "gesprek-twee",
        "Interviewer: En u?\n\nR1: Een cursus.\n\nR2: Dat klopt.\n\nR3: Een budget.\n",
    );
    world.write(
        "corpus/cases.csv",
        "case,name,cite_as\nde-korst,Bakkerij De Korst,\ney,EY,\nzwanenberg,Zwanenberg,\n",
    );
    world.write(
        "corpus/speakers.csv",
        "document,speaker,name,role,case,quote\ngesprek-een,Directeur,Piet Jansen,respondent,,\ngesprek-een,Bakker,Jo,respondent,,\n\
         gesprek-twee,R1,Sjögren,respondent,,\ngesprek-twee,R2,ΣΩΚΡΆΤΗΣ,respondent,,\ngesprek-twee,R3,O'Brien,respondent,,\n",
    );
    world.write(
        "corpus/documents.csv",
        "document,title,case,kind,language,date,cite_as,contact,desk,firm,place,mode\n\
         gesprek-een,gesprek-een,de-korst,,,,,Jo,-,-,at home,by phone\n\
         gesprek-twee,gesprek-twee,ey,,,,,-,Sjo\u{308}gren,of EY,near Zwanenberg NV,at work\n",
    );
    world.run(&["codebook", "add", "piet-jansen", "--label", "Les van Piet\u{a0}Jansen"]).done();
    world
}

#[test]
fn an_anonymous_package_holds_no_name_in_any_spelling() {
    let mut world = shop();
    for (document, piece, code, case, note) in [
        ("gesprek-een", "Wij leren", "course", "", "Piet\nJansen works at Bakkerij\nDe Korst"),
        ("gesprek-een", "elke week", "piet-jansen", "", "Piet  Jansen again"),
        ("gesprek-twee", "Een cursus", "course", "zwanenberg", "zwanenberg differs, as at Zwanenberg NV"),
        ("gesprek-twee", "Dat klopt", "course", "", "met Sjo\u{308}gren, ΣΩΚΡΆΤΗΣ en O’Brien’s cursus"),
        ("gesprek-twee", "Een budget", "budget", "", "bij EY, zei Jo; jo en ey zijn woorden"),
    ] {
        let (start, end) = world.place(document, piece);
        let args: [&str; 9] = ["code", document, &start, &end, code, "--note", note, "--case", case];
        let args = if case.is_empty() { &args[..7] } else { &args[..] };
        world.run(args).done();
    }
    // Now only a coding names that case.
    world.write("corpus/cases.csv", "case,name,cite_as\nde-korst,Bakkerij De Korst,\ney,EY,\n");
    let told = world.run(&["export", "out", "--anonymous", "--excel", "nl"]).done().stderr;

    let codings = world.read("out/codings.csv");
    for note in [
        "[name] works at [organisation 1]",
        "[name] again",
        "\"[organisation 3] differs, as at [organisation 3] NV\"",
        "\"met [name], [name] en [name]’s cursus\"",
        "\"bij [organisation 2], zei [name]; jo en ey zijn woorden\"",
    ] {
        assert!(codings.contains(&format!(",{note},")), "{note}\n{codings}");
    }
    for (file, text) in written(&world.path("out")) {
        // The id of a code stays, and the short name that is made of it.
        let text = squashed(&text.replace("piet-jansen", "").replace("piet_jansen", ""));
        let small: String = text.chars().flat_map(char::to_lowercase).collect();
        for name in [
            "piet jansen",
            "de korst",
            "zwanenberg",
            "sjögren",
            "sjo gren",
            "σωκράτησ",
            "σωκράτης",
            "o brien",
            "gesprek",
            "anna",
        ] {
            assert!(!small.contains(name), "{name} is in {file}: {text}");
        }
        for name in [" EY ", " Jo "] {
            assert!(!text.contains(name), "{name} is in {file}: {text}");
        }
    }

    // Whoever makes it is told of every name.
    for line in [
        "note: column document.contact is left out: it holds names",
        "note: column document.desk is left out: it holds names",
        "note: column document.firm is left out: it holds names",
        "note: column document.place is left out: it holds names",
        "note: the name Piet Jansen is replaced in the note of ",
        "note: the name Bakkerij De Korst is replaced in the note of ",
        "note: the name zwanenberg is replaced in the note of ",
        "note: the name Zwanenberg is replaced in the note of ",
        "note: the name Sjo\u{308}gren is replaced in the note of ",
        "note: the name ΣΩΚΡΆΤΗΣ is replaced in the note of ",
        "note: the name O’Brien is replaced in the note of ",
        "note: the name EY is replaced in the note of ",
        "note: the name Jo is replaced in the note of ",
        "note: the name Piet Jansen is replaced in the label of piet-jansen",
        "warning: the name piet-jansen stands in the id of a code, which stays: piet-jansen",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(!told.contains("document.mode"), "{told}");
    world.run(&["verify", "out"]).done();
}

#[test]
fn a_name_of_two_letters_is_warned_of_in_an_id_which_knows_no_capitals() {
    let mut world = shop();
    world.run(&["codebook", "add", "ey-training", "--label", "Training of ey"]).done();
    let told = world.run(&["export", "out", "--anonymous"]).done().stderr;
    assert!(
        told.contains("warning: the name ey stands in the id of a code, which stays: ey-training"),
        "{told}"
    );
    assert!(world.read("out/dictionary.csv").contains("Training of ey"));
}
