//! Word files that LibreOffice wrote, held against the texts that they were made from.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use verbatim_import::{Imported, Options, read};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn import(path: &Path) -> Imported {
    let bytes = std::fs::read(path).unwrap();
    read(path.file_name().unwrap().to_str().unwrap(), &bytes, &Options::default()).unwrap()
}

/// What was said, by whom and when, with white space evened out: a word processor may set a paragraph
/// differently, but may not lose a word of it.
fn said(imported: &Imported) -> Vec<(Option<String>, Option<i64>, String)> {
    let turn = |t: &model::turn::Turn| {
        let words = imported.text.slice(t.speech()).split_whitespace().collect::<Vec<_>>().join(" ");
        (t.speaker.as_ref().map(ToString::to_string), t.seconds.map(|s| s.round() as i64), words)
    };
    imported.turns.iter().map(turn).collect()
}

#[test]
fn a_folder_of_docx_says_what_the_texts_say() {
    let folder = root().join("tests/fixtures/libreoffice");
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "docx") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap();
        let places = ["corpus", "tests/fixtures/bakery/transcripts"];
        let original = places.map(|p| root().join(p).join(format!("{name}.txt")));
        let original = original.iter().find(|p| p.is_file()).unwrap();
        let (docx, text) = (import(&path), import(original));
        assert!(!text.turns.is_empty(), "{name}");
        assert_eq!(said(&docx), said(&text), "{name}");
        assert_eq!(docx.layout, text.layout, "{name}");
        assert_eq!(docx.roles, text.roles, "{name}");
        seen += 1;
    }
    assert_eq!(seen, 5);
}
