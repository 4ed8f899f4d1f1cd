//! A journal file: one file of `journal/`, read whole, and what must be known of it afterwards.
//!
//! Journals are unions: every file that ends in `.jsonl` is read, conflict copies too, because an
//! act in them may exist nowhere else. Reading is most of what opening a study costs, so a large
//! study is parsed in two threads, each line once.

use std::path::Path;
use std::{fs, io, thread};

use model::act::Act;
use model::id::ActId;
use model::journal::{self, Journal};
use model::problem::Problem;

use crate::conflict::{has_extension, is_conflict_copy};

/// Bytes of journals above which two threads read.
const LARGE: usize = 1 << 20;

/// What is known of one journal file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalFile {
    /// File name.
    pub name: String,
    /// Length in bytes when it was last read or written here.
    pub len: u64,
    /// Highest line number `n`.
    pub highest: u64,
    /// Numbers that are missing.
    pub missing: u64,
    /// Whether one number has two ids.
    pub copied: bool,
    /// Whether the last byte is not a newline.
    pub open_ended: bool,
    /// Number and id of each act, in order of lines.
    pub ids: Vec<(u64, ActId)>,
}

/// All journals of a folder.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) acts: Vec<Act>,
    pub(crate) files: Vec<JournalFile>,
    pub(crate) problems: Vec<Problem>,
}

/// Reads every journal of a folder; one that is not there holds none.
pub(crate) fn load(folder: &Path, device: &str) -> Loaded {
    match journal_names(folder) {
        Ok(names) => load_some(folder, names, device),
        Err(why) => {
            let problem = Problem::error("journal", format!("cannot be read: {why}"))
                .hint("check the rights on the folder");
            Loaded { problems: vec![problem], ..Loaded::default() }
        }
    }
}

/// Reads the journals with these names.
pub(crate) fn load_some(folder: &Path, names: Vec<String>, device: &str) -> Loaded {
    let mut out = Loaded::default();
    let mut contents: Vec<(String, Vec<u8>)> = Vec::with_capacity(names.len());
    for name in names {
        match fs::read(folder.join(&name)) {
            Ok(bytes) => contents.push((name, bytes)),
            Err(why) => {
                out.problems.push(
                    Problem::error(format!("journal/{name}"), format!("cannot be read: {why}"))
                        .hint("its acts are missing until it can be"),
                );
            }
        }
    }
    let journals = parse_all(&contents, device);
    out.files = journals
        .iter()
        .zip(&contents)
        .map(|(journal, (name, bytes))| JournalFile {
            name: name.clone(),
            len: bytes.len() as u64,
            open_ended: journal.open_ended,
            ids: journal.acts.iter().map(|l| (l.act.n, l.act.id)).collect(),
            ..JournalFile::default()
        })
        .collect();
    let with_bytes = journals
        .into_iter()
        .zip(&contents)
        .map(|(journal, (_, bytes))| (journal, bytes.as_slice()))
        .collect();
    let united = journal::unite(with_bytes);
    for (file, complete) in out.files.iter_mut().zip(united.files) {
        file.highest = complete.highest;
        file.missing = complete.missing;
        file.copied = complete.copied;
    }
    out.acts = united.acts;
    out.problems.extend(united.problems.into_iter().map(in_folder));
    for (name, _) in &contents {
        if is_conflict_copy(name) {
            out.problems.push(
                Problem::warning(
                    format!("journal/{name}"),
                    "a conflict copy of a journal; its acts count all the same",
                )
                .hint("leave it where it is: an act that stands elsewhere too counts once"),
            );
        }
    }
    out
}

/// Problems of journals name the file alone; in a study they lie in `journal/`.
fn in_folder(mut problem: Problem) -> Problem {
    problem.file = format!("journal/{}", problem.file);
    problem
}

/// Names of the journals of a folder, in order.
pub(crate) fn journal_names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(why) => return Err(why),
    };
    let mut names: Vec<String> = entries
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|name| has_extension(name, "jsonl") && !name.starts_with('.'))
        .collect();
    names.sort_unstable();
    Ok(names)
}

/// Whether a journal's name says that this device writes it.
pub(crate) fn is_own(name: &str, device: &str) -> bool {
    let Some(stem) = name.strip_suffix(".jsonl") else { return false };
    let unnumbered = match stem.rsplit_once('-') {
        Some((front, number)) if number.bytes().all(|b| b.is_ascii_digit()) => front,
        _ => stem,
    };
    [stem, unnumbered].iter().any(|s| s.strip_suffix(device).is_some_and(|front| front.ends_with('-')))
}

/// A stretch of whole lines of one file.
struct Piece<'a> {
    file: usize,
    start: usize,
    bytes: &'a [u8],
}

fn parse_all(contents: &[(String, Vec<u8>)], device: &str) -> Vec<Journal> {
    let read = |piece: &Piece<'_>| {
        let name = contents.get(piece.file).map_or("", |(name, _)| name.as_str());
        journal::read(name, piece.bytes, is_own(name, device))
    };
    let total: usize = contents.iter().map(|(_, bytes)| bytes.len()).sum();
    let pieces = contents.iter().enumerate().map(|(file, (_, bytes))| Piece { file, start: 0, bytes });
    if total < LARGE {
        return pieces.map(|p| read(&p)).collect();
    }
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let mut room = total / 2;
    for piece in pieces {
        if piece.bytes.len() <= room {
            room -= piece.bytes.len();
            first.push(piece);
            continue;
        }
        // Cut behind a newline; a line is never in two pieces.
        let cut = piece
            .bytes
            .get(room..)
            .and_then(|rest| memchr::memchr(b'\n', rest))
            .map_or(piece.bytes.len(), |i| room + i + 1);
        let (front, back) = piece.bytes.split_at(cut);
        room = 0;
        if !front.is_empty() {
            first.push(Piece { bytes: front, ..piece });
        }
        if !back.is_empty() {
            second.push(Piece { file: piece.file, start: cut, bytes: back });
        }
    }
    let (front, back) = thread::scope(|scope| {
        let other = scope.spawn(|| second.iter().map(&read).collect::<Vec<_>>());
        let front: Vec<Journal> = first.iter().map(&read).collect();
        let back = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (front, back)
    });
    let mut journals: Vec<Option<Journal>> = contents.iter().map(|_| None).collect();
    for (piece, journal) in first.iter().zip(front).chain(second.iter().zip(back)) {
        let Some(slot) = journals.get_mut(piece.file) else { continue };
        match slot {
            None => *slot = Some(journal),
            Some(before) => {
                let whole = contents
                    .get(piece.file)
                    .and_then(|(_, bytes)| bytes.get(..piece.start))
                    .unwrap_or_default();
                let lines = memchr::memchr_iter(b'\n', whole).count() as u64;
                join(before, journal, piece.start, lines);
            }
        }
    }
    let named = journals.into_iter().zip(contents);
    named
        .map(|(j, (name, _))| j.unwrap_or_else(|| Journal { file: name.clone(), ..Journal::default() }))
        .collect()
}

/// Appends the second piece of a journal to the first, `start` bytes and `lines` lines further on.
fn join(first: &mut Journal, second: Journal, start: usize, lines: u64) {
    first.unfinished = second.unfinished;
    first.open_ended = second.open_ended;
    first.problems.extend(second.problems.into_iter().map(|mut p| {
        p.line = p.line.map(|l| l + lines);
        p
    }));
    first.acts.extend(second.acts.into_iter().map(|mut line| {
        line.line += lines;
        line.bytes.start += start;
        line.bytes.end += start;
        line
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_files_are_known_by_the_device() {
        assert!(is_own("anna-x1y2z3.jsonl", "x1y2z3"));
        assert!(is_own("anna-x1y2z3-2.jsonl", "x1y2z3"));
        assert!(is_own("a-n-x23456-12.jsonl", "x23456"));
        assert!(!is_own("anna-x1y2z4.jsonl", "x1y2z3"));
        assert!(!is_own("x1y2z3.jsonl", "x1y2z3"));
        assert!(!is_own("anna-x1y2z3-b.jsonl", "x1y2z3"));
        assert!(is_own("anna-222222.jsonl", "222222"));
    }

    #[test]
    fn two_threads_read_what_one_reads() {
        let line = |i: u64| {
            let id = ActId::from_parts(i, 0, 1);
            let body = "x".repeat(2000);
            format!(
                "{{\"v\":1,\"id\":\"{id}\",\"n\":{i},\"at\":\"\",\"coder\":\"a\",\"act\":\"x\",\"changes\":[{{\"kind\":\"setting\",\"key\":\"k\",\"value\":\"{body}\"}}]}}\n"
            )
        };
        let small = (1..20).map(line).collect::<String>().into_bytes();
        let mut large = (20..900).map(line).collect::<String>().into_bytes();
        large.extend_from_slice(b"not json\n");
        large.extend(line(901).bytes());
        large.extend_from_slice(b"{\"torn");
        let contents = vec![
            ("a-b.jsonl".to_owned(), small),
            ("c-d.jsonl".to_owned(), large),
            ("e-f.jsonl".to_owned(), Vec::new()),
        ];
        let both = parse_all(&contents, "b");
        for (journal, (name, bytes)) in both.iter().zip(&contents) {
            let alone = journal::read(name, bytes, is_own(name, "b"));
            assert_eq!(alone.problems, journal.problems);
            assert_eq!((alone.unfinished, alone.open_ended), (journal.unfinished, journal.open_ended));
            assert_eq!(alone.acts.len(), journal.acts.len());
            for (a, b) in alone.acts.iter().zip(&journal.acts) {
                assert_eq!((a.line, &a.bytes, &a.act), (b.line, &b.bytes, &b.act));
            }
        }
    }
}
