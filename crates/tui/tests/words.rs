//! All words of the screen, as they stand in its source: English and Dutch side by side. Keys are seen to
//! be keys, and no message is so long that what it asks for would be cut off.

use std::path::{Path, PathBuf};

/// The widest message that two lines of 80 columns hold, wherever its lines are broken.
const TWO_LINES: usize = 140;
/// What stands for a name, a number or a quotation that a message is filled with.
const FILLED: &str = "Interne mobiliteit";

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// A string literal at the beginning of a text, and what stands behind it.
fn literal(text: &str) -> Option<(String, &str)> {
    let rest = text.trim_start().strip_prefix('"')?;
    let mut out = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((out, rest.get(at + 1..)?)),
            '\\' => match chars.next()?.1 {
                'n' => out.push(' '),
                // A line that goes on without its indentation.
                '\n' => {
                    let left = chars.as_str().trim_start();
                    for _ in 0..chars.as_str().len() - left.len() {
                        chars.next();
                    }
                }
                other => out.push(other),
            },
            other => out.push(other),
        }
    }
    None
}

/// All texts in both languages, each with the file that it is in.
fn pairs() -> Vec<(String, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![src.join("strings.rs")];
    sources(&src.join("strings"), &mut files);
    let mut out = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("it can be read");
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        for opening in ["t(", "tell!("] {
            for (at, _) in text.match_indices(opening) {
                let own = text
                    .get(..at)
                    .unwrap_or_default()
                    .ends_with(|c: char| c.is_alphanumeric() || "_!.".contains(c));
                let behind = text.get(at + opening.len()..).unwrap_or_default();
                let Some((english, rest)) = literal(behind).filter(|_| !own) else { continue };
                let dutch = rest.trim_start().strip_prefix(',').and_then(literal);
                out.extend(dutch.map(|(dutch, _)| (name.clone(), english, dutch)));
            }
        }
    }
    out
}

/// A text with its places filled.
fn filled(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '{' => {
                inside = true;
                out.push_str(FILLED);
            }
            '}' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether a letter stands alone in a text.
fn alone(text: &str, letter: char) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word.chars().eq([letter]))
}

#[test]
fn texts_are_found() {
    let all = pairs();
    assert!(all.len() > 500, "{}", all.len());
    assert!(all.iter().any(|(file, en, _)| file == "history" && en.starts_with("undone: {what}")));
}

/// In Dutch `u` and `U` are also the polite "you": as keys they are called keys.
#[test]
fn a_key_that_reads_as_a_word_is_called_a_key() {
    let mut wrong = Vec::new();
    for (file, english, dutch) in pairs() {
        for letter in ['u', 'U'] {
            let named = dutch.contains(&format!("toets {letter}"));
            let bare = dutch.replace(&format!("toets {letter}"), "");
            // A sentence that begins with "U" would be read as the key.
            if alone(&english, letter) != named || letter == 'U' && alone(&bare, letter) {
                wrong.push(format!("{file}: {dutch}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A message takes two lines at most; every one fits there at 80 columns.
#[test]
fn no_text_is_longer_than_two_lines() {
    let mut long = Vec::new();
    for (file, english, dutch) in pairs() {
        // What lies in windows of its own is broken into as many lines as it needs.
        let figures = english.starts_with("? {");
        if figures || ["keys", "query", "errors"].contains(&file.as_str()) {
            continue;
        }
        for text in [english, dutch] {
            let width = filled(&text).chars().count();
            if width > TWO_LINES {
                long.push(format!("{file}: {width}: {text}"));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// Questions of forms have one line for what helps with their answer: 60 cells at 80 columns.
#[test]
fn what_helps_with_an_answer_fits_on_its_line() {
    let hints = [
        "your codings",
        "study will be kept",
        "choose; or the path",
        "drag the folder that",
        "put the sample",
    ];
    let mut found = 0;
    for (_, english, dutch) in pairs().into_iter().filter(|(file, ..)| file == "forms") {
        if hints.iter().any(|h| english.contains(h)) {
            found += 1;
            for text in [english, dutch] {
                assert!(text.chars().count() <= 60, "{}: {text}", text.chars().count());
            }
        }
    }
    assert_eq!(found, hints.len());
}
