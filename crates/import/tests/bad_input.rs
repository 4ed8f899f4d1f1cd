//! Every input that is no transcript, and every oddity that is read all the same.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;
use verbatim_import::{Format, ImportError, Imported, Layout, Options, is_transcript, read, turns};

fn import(name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    read(name, bytes, &Options::default())
}

#[test]
fn nothing_is_an_error() {
    for bytes in [b"".as_slice(), b" \n\t\r\n", b"\xEF\xBB\xBF", b"\xFF\xFE", b"---\na: b\n---\n"] {
        let error = import("leeg.txt", bytes).unwrap_err();
        assert_eq!(error, ImportError::Empty { file: "leeg.txt".to_owned() }, "{bytes:?}");
    }
}

#[test]
fn other_files_say_what_they_seem_to_be() {
    let tar = [b"name".as_slice(), &[0; 300]].concat();
    for (bytes, seems) in [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), "PNG"),
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "PDF"),
        (b"PK\x03\x04\x14\0\0\0\x08\0mimetype", "zip archive"),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "JPEG"),
        (b"ID3\x03\0\0\0", "MP3"),
        (b"\0\0\0\x20ftypM4A ", "M4A"),
        (b"\xFF\xFE\0\0I\0\0\0", "UTF-32"),
        (&tar, "program"),
    ] {
        let error = import("a.txt", bytes).unwrap_err();
        assert!(matches!(&error, ImportError::Binary { .. }), "{error}");
        let message = error.to_string();
        assert!(message.contains(seems) && message.contains("a.txt"), "{message}");
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn formats_that_follow_later_have_a_hint() {
    for name in ["a.doc", "a.rtf", "a.odt", "a.pdf", "a.vtt", "a.SRT", "a.xyz"] {
        let error = import(name, b"WEBVTT\n\nI: Hallo\n").unwrap_err();
        assert!(matches!(&error, ImportError::UnknownFormat { file, .. } if file == name), "{error}");
        assert!(error.hint().contains("save as .docx or .txt"), "{}", error.hint());
    }
    assert!(matches!(import("a.txt", b"{\\rtf1 Hallo}"), Err(ImportError::UnknownFormat { .. })));
    assert!(matches!(
        import("a.txt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHoi\n"),
        Err(ImportError::UnknownFormat { .. })
    ));
}

#[test]
fn protected_and_old_word_documents_are_told_apart() {
    let ole = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 64], &wide].concat()
    };
    let error = import("a.docx", &ole("EncryptedPackage")).unwrap_err();
    assert_eq!(error, ImportError::Encrypted { file: "a.docx".to_owned() });
    assert!(error.hint().contains("password"));
    assert!(matches!(import("a.docx", &ole("")), Err(ImportError::Encrypted { .. })));
    assert!(matches!(import("a.docx", &ole("WordDocument")), Err(ImportError::UnknownFormat { .. })));
    assert!(matches!(import("a.doc", &ole("WordDocument")), Err(ImportError::UnknownFormat { .. })));
}

#[test]
fn a_legacy_encoding_is_told() {
    let (bytes, _, _) =
        encoding_rs::WINDOWS_1252.encode("I: Hoe bent u geïnterviewd?\nR: Voor €5 – “prima”.\n");
    let imported = import("a.txt", &bytes).unwrap();
    assert_eq!(imported.encoding, "windows-1252");
    assert!(imported.text.as_str().contains("Voor €5 – “prima”."));
    let note = imported.problems.iter().find(|p| p.what.contains("windows-1252")).unwrap();
    assert!(note.what.contains("geïnterviewd") && note.line == Some(1), "{note}");
    assert!(import("a.txt", "I: Ja.\nR: Één.\n".as_bytes()).unwrap().problems.is_empty());
}

#[test]
fn hidden_changes_of_direction_are_told() {
    let imported = import("a.txt", "I: Ja.\nR: Nee \u{202e}eeN\u{202c}.\n\u{7}".as_bytes()).unwrap();
    assert_eq!(imported.text.as_str(), "I: Ja.\nR: Nee \u{202e}eeN\u{202c}.\n");
    assert_eq!(imported.problems.len(), 1);
    assert_eq!(imported.problems[0].line, Some(2));
}

#[test]
fn front_matter_leaves_the_text_and_broken_front_matter_stays() {
    let imported =
        import("a.md", b"---\ntitle: Gesprek\ntags: [a, b]\n---\nI: Ja.\nR: Nee \xE2\x80\xAE.\n").unwrap();
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(imported.attributes, [pair("title", "Gesprek"), pair("tags", "a; b")]);
    assert!(imported.text.as_str().starts_with("I: Ja."));
    // Lines count in the file, not in what is left of it.
    assert_eq!(imported.problems[0].line, Some(6));
    let broken = import("a.md", b"---\ntitle: a: b\n---\nI: Ja.\nR: Nee.\n").unwrap();
    assert!(broken.attributes.is_empty() && broken.text.as_str().starts_with("---\ntitle"));
    assert_eq!(broken.problems[0].line, Some(2));
    assert_eq!(broken.turns.len(), 2);
}

#[test]
fn names_of_transcripts_are_known() {
    for name in ["a.txt", "map/b.MD", "c.markdown", "C:\\x\\d.DocX", "readme first.txt"] {
        assert!(is_transcript(name), "{name}");
    }
    for name in ["README.md", "license.txt", "a.pdf", "txt", ".txt", "map/.hidden.md", "~$d.docx", "a.txt/"] {
        assert!(!is_transcript(name), "{name}");
    }
    assert_eq!(import("a.MARKDOWN", b"I: Ja.\n").unwrap().format, Format::Md);
}

/// Text that is likely to hit the rules: labels, marks, brackets, line ends, odd characters.
fn rough() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "I: ",
            "R:",
            "**Anna:** ",
            "**Bert**: ",
            "Anna",
            "Anna Bakker",
            "\n",
            "\n\n",
            "\r\n",
            " ",
            ":",
            "**",
            "_",
            "[",
            "\\[",
            "\\]",
            "00:01:02",
            "1:02",
            "(",
            ")",
            "#00:00:01-5#",
            "-->",
            "# ",
            "---\n",
            "é",
            "e\u{301}",
            "😀",
            "\u{a0}",
            "\u{2028}",
            "\u{202e}",
            "\t",
            "Datum: x",
            "Pauze",
            ".",
            "?",
            "Ten eerste: ",
            "//",
            "\u{0}",
            "\u{85}",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn holds(imported: &Imported) {
    let mut last = 0;
    for turn in &imported.turns {
        assert!(last <= turn.start && turn.start < turn.end, "{turn:?} after {last}");
        assert!(turn.start <= turn.text_start && turn.text_start <= turn.end, "{turn:?}");
        assert!(turn.end <= imported.text.len());
        let label = turn.speaker.as_deref().unwrap();
        let opening = imported.text.slice(model::span::Span::new(turn.start, turn.text_start));
        assert!(opening.contains(label), "{opening:?} {label:?}");
        assert!(!imported.text.slice(turn.speech()).starts_with(char::is_whitespace));
        assert!(!imported.text.slice(turn.span()).ends_with(char::is_whitespace));
        last = turn.end;
    }
    assert!(imported.layout != Layout::None || imported.turns.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_turns_in_order_within_it(text in rough()) {
        for layout in [None, Some(Layout::NameColon), Some(Layout::BoldName), Some(Layout::LabelLine), Some(Layout::None)] {
            let options = Options { layout, language: None };
            if let Ok(imported) = read("a.md", text.as_bytes(), &options) {
                holds(&imported);
                // The text is canonical, and reading it again changes nothing.
                let (again, same, _) = turns(&imported.text, layout);
                assert_eq!((again, same), (imported.layout, imported.turns));
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for name in ["a.txt", "a.docx", "a"] {
            if let Ok(imported) = import(name, &bytes) {
                holds(&imported);
            }
        }
    }

    #[test]
    fn any_unicode_is_read_or_refused(text in "\\PC*") {
        if let Ok(imported) = import("a.txt", text.as_bytes()) {
            holds(&imported);
        }
    }
}
