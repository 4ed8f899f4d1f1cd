//! Real transcripts: held against an independent, naive count. Skipped where the data is not there.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may panic and say why it is skipped")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::turn::Role;
use verbatim_import::{Imported, Layout, Options, is_transcript, read};

/// A folder of the shared data beside the project; `None`, with a message, where it is absent.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: {} is absent", path.display());
    None
}

fn import(path: &Path) -> Imported {
    let bytes = std::fs::read(path).unwrap();
    read(path.file_name().unwrap().to_str().unwrap(), &bytes, &Options::default()).unwrap()
}

fn transcripts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(transcripts(&path));
        } else if is_transcript(path.file_name().unwrap().to_str().unwrap()) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Label and line of every line that opens with a bold label, by the simplest means.
fn naive(text: &str) -> Vec<(String, &str)> {
    text.lines()
        .filter_map(|line| {
            let (inside, behind) = line.strip_prefix("**")?.split_once("**")?;
            let label = inside.strip_suffix(':').or_else(|| behind.starts_with(':').then_some(inside))?;
            Some((label.to_owned(), line))
        })
        .collect()
}

#[test]
fn founders_has_every_turn_that_a_naive_scan_finds() {
    let Some(folder) = shared("corpora/founders") else { return };
    let files = transcripts(&folder.join("transcripts"));
    assert_eq!(files.len(), 50);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut labels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in &files {
        let document = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = std::fs::read_to_string(path).unwrap();
        let imported = import(path);
        assert_eq!(imported.layout, Layout::BoldName, "{document}");
        let expected = naive(&source);
        assert_eq!(imported.turns.len(), expected.len(), "{document}");
        for (turn, (label, line)) in imported.turns.iter().zip(&expected) {
            assert_eq!(turn.speaker.as_deref(), Some(label.as_str()), "{document}");
            assert!(imported.text.slice(turn.span()).starts_with(line.trim_end()), "{document}: {line}");
            // The first line without label and time mark is how the speech begins.
            let said = imported.text.slice(turn.speech());
            assert!(line.contains(said.lines().next().unwrap_or_default()), "{document}: {line}");
            assert!(!said.starts_with([':', '*', ' ']), "{document}: {said}");
            let behind = line.splitn(3, "**").nth(2).unwrap_or_default().trim_start_matches([':', ' ']);
            let timed =
                behind.strip_prefix("\\[").is_some_and(|mark| mark.starts_with(|c: char| c.is_ascii_digit()));
            assert_eq!(turn.seconds.is_some(), timed, "{document}: {line}");
            *counts.entry(label.clone()).or_default() += 1;
        }
        labels.insert(document, imported.roles.into_iter().map(|(label, _)| label).collect());
    }
    let total: usize = counts.values().sum();
    assert_eq!(total, 7839);
    assert_eq!((counts["Adam Stacoviak"], counts["Break"], counts["Outro"]), (3896, 72, 1));
    assert_eq!(total - 3896 - 73, 3870);
    // Every row of the table but the plain "Outro:" of founders-talk-90 is a label here.
    let mut rows = csv::Reader::from_path(folder.join("speakers.csv")).unwrap();
    let missing: Vec<(String, String)> = rows
        .records()
        .map(Result::unwrap)
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .filter(|(document, label)| !labels[document].contains(label))
        .collect();
    assert_eq!(missing, [("founders-talk-90".to_owned(), "Outro".to_owned())]);
}

#[test]
fn a_plain_label_in_a_bold_document_gives_a_note() {
    let Some(folder) = shared("corpora/founders/transcripts") else { return };
    let imported = import(&folder.join("founders-talk-90.md"));
    let note = imported.problems.iter().find(|p| p.what.starts_with("\"Outro:\"")).unwrap();
    let line = imported.text.as_str().lines().position(|l| l.starts_with("Outro:")).unwrap() as u64 + 1;
    assert_eq!(note.line, Some(line));
    let other: Vec<_> = imported.roles.iter().filter(|(_, role)| *role == Role::Other).collect();
    assert_eq!(other.len(), 1, "{other:?}");
}

#[test]
fn one_interview_in_five_layouts_has_the_same_turns() {
    let Some(folder) = shared("formats/constructed_formats") else { return };
    for (file, layout, interviewer, timed) in [
        ("f4_end_timestamps_crlf_cp1252.txt", Layout::NameColon, true, false),
        ("maxqda_start_timestamps_utf8bom.txt", Layout::NameColon, true, true),
        ("otranscribe.md", Layout::NameColon, true, true),
        ("teams_style.docx", Layout::LabelLine, false, true),
    ] {
        let imported = import(&folder.join(file));
        assert_eq!(imported.turns.len(), 53, "{file}");
        assert_eq!(imported.layout, layout, "{file}");
        assert_eq!(imported.roles.len(), 2, "{file}");
        assert_eq!(imported.roles[0].1 == Role::Interviewer, interviewer, "{file}");
        assert!(imported.turns.iter().all(|t| t.seconds.is_some() == timed), "{file}");
        assert!(imported.text.slice(imported.turns[0].speech()).starts_with("Hello everyone"), "{file}");
        assert!(imported.problems.iter().all(|p| !p.what.contains("encoding")), "{file}");
    }
}

#[test]
fn hitsave_loads() {
    let Some(folder) = shared("corpora/hitsave") else { return };
    let mut turns = 0;
    for path in transcripts(&folder) {
        let imported = import(&path);
        turns += imported.turns.len();
        let captions = path.to_str().unwrap().contains("Artemio") || path.extension().unwrap() == "txt";
        assert_eq!(imported.layout == Layout::None, captions, "{}: {:?}", path.display(), imported.roles);
    }
    assert!(turns > 900, "{turns}");
}
