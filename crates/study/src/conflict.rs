//! A conflict: what a synchronised folder or git leaves when two versions of a file met.

use std::path::Path;

use model::journal::is_conflict_mark;

/// Whether a file name is one that a synchronisation or an editor gives to a second version:
/// "x (conflicted copy).jsonl", "x.sync-conflict-2026.csv", "x~", "x (1).csv", "x.csv.orig".
pub fn is_conflict_copy(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words = [
        "conflicted copy",
        "conflictkopie",
        "conflicterende kopie",
        ".sync-conflict-",
        "conflict)",
        "(conflict",
    ];
    if words.iter().any(|w| lower.contains(w))
        || lower.ends_with('~')
        || has_extension(name, "orig")
        || has_extension(name, "bak")
    {
        return true;
    }
    // "x (1).csv", "x - kopie.csv", "x - copy.csv", "Copy of x.csv"
    let stem = lower.rsplit_once('.').map_or(lower.as_str(), |(stem, _)| stem);
    let numbered = stem
        .strip_suffix(')')
        .and_then(|s| s.rsplit_once(" ("))
        .is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    numbered
        || stem.ends_with(" - kopie")
        || stem.ends_with(" - copy")
        || stem.starts_with("copy of ")
        || stem.starts_with("kopie van ")
}

/// Whether a file name ends in a full stop and this extension, in any case.
pub(crate) fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

/// The first line that is git's conflict mark, from 1. A row of equals signs alone is none: it
/// underlines headings in transcripts.
pub(crate) fn first_mark(bytes: &[u8]) -> Option<u64> {
    if memchr::memmem::find(bytes, b"<<<<<<< ").is_none()
        && memchr::memmem::find(bytes, b">>>>>>> ").is_none()
    {
        return None;
    }
    let lines = bytes.split(|&b| b == b'\n').map(<[u8]>::trim_ascii_end);
    let mut marks = (1..).zip(lines).filter(|(_, line)| is_conflict_mark(line) && *line != b"=======");
    marks.next().map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_versions_are_known_by_their_names() {
        for name in [
            "anna-x (conflicted copy).jsonl",
            "anna-x (Anna's conflicted copy 2026-01-01).jsonl",
            "x.sync-conflict-20260101-120000-ABC.csv",
            "x.jsonl~",
            "documents (1).csv",
            "cases - kopie.csv",
            "speakers.csv.orig",
        ] {
            assert!(is_conflict_copy(name), "{name}");
        }
        for name in
            ["anna-x1y2z3.jsonl", "anna-x1y2z3-2.jsonl", "documents.csv", "interview-1.txt", "conflict.txt"]
        {
            assert!(!is_conflict_copy(name), "{name}");
        }
    }

    #[test]
    fn marks_are_found_by_line() {
        assert_eq!(first_mark(b"a\n<<<<<<< HEAD\nb\n"), Some(2));
        assert_eq!(first_mark(b"Heading\n=======\ntext <<<<<<< x\n"), None);
        assert_eq!(first_mark(b"a\r\n>>>>>>> theirs\r\n"), Some(2));
    }
}
