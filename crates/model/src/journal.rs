//! A journal: the acts of one coder on one device, one JSON object a line, append-only.
//!
//! Reading is pure here: bytes in, acts and problems out. A line that cannot be read never hides the
//! lines after it, and a file that is still being synchronised is not an error.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use compact_str::CompactString;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use smallvec::smallvec;

use crate::act::{Act, FORMAT};
use crate::id::ActId;
use crate::name::Name;
use crate::problem::Problem;

/// What was read from one journal file.
#[derive(Debug, Default)]
pub struct Journal {
    /// Its file name.
    pub file: String,
    /// Its acts, in order of lines, each with its line number from 1 and its bytes' place.
    pub acts: Vec<Line>,
    /// How many lines it has, a last one without newline included.
    pub lines: u64,
    /// Whether the last line has no newline and is no complete act: a synchronisation under way, or
    /// a write that was cut off.
    pub unfinished: bool,
    /// Whether the last byte is not a newline.
    pub open_ended: bool,
    /// Lines that could not be read, and git's conflict marks.
    pub problems: Vec<Problem>,
}

/// One act with where it stands.
#[derive(Debug)]
pub struct Line {
    /// Line number from 1.
    pub line: u64,
    /// The bytes of the line in its file.
    pub bytes: Range<usize>,
    /// The act.
    pub act: Arc<Act>,
}

/// Just enough of an act of a newer format to keep it.
#[derive(Deserialize)]
struct Newer {
    v: u32,
    id: ActId,
    n: u64,
    #[serde(default)]
    at: CompactString,
    coder: Name,
    by: Option<Name>,
    #[serde(default)]
    act: Option<Name>,
    #[serde(default)]
    aside: bool,
}

/// Reads one journal. `own` says that this device writes it, so that an unfinished last line was cut
/// off and not merely undelivered.
pub fn read(file: &str, bytes: &[u8], own: bool) -> Journal {
    read_but(file, bytes, own, |_, _| false)
}

/// The same without the lines that `apart` takes; it is given each with the place of its first byte.
pub fn read_but(file: &str, bytes: &[u8], own: bool, mut apart: impl FnMut(&str, usize) -> bool) -> Journal {
    let mut journal =
        Journal { file: file.to_owned(), acts: Vec::with_capacity(bytes.len() / 512), ..Journal::default() };
    journal.open_ended = bytes.last().is_some_and(|&b| b != b'\n');
    // Checked once for the whole file; a file with a damaged byte is read line by line.
    let text = simdutf8::basic::from_utf8(bytes).ok();
    let mut start = 0;
    let mut number = 0;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |i| start + i);
        number += 1;
        let line = bytes[start..end].trim_ascii();
        if !line.is_empty() {
            let whole = text.and_then(|t| t.get(start..end));
            if whole.is_some_and(|line| apart(line, start)) {
                start = end + 1;
                continue;
            }
            match parse(line, whole) {
                Ok(act) => journal.acts.push(Line { line: number, bytes: start..end, act: Arc::new(act) }),
                Err(_) if end == bytes.len() && journal.open_ended => {
                    journal.unfinished = true;
                    journal.problems.push(if own {
                        Problem::warning(file, "the last line was cut off and is skipped").at(number).hint(
                            "it was never reported as saved; the next act begins a new line, nothing needs doing",
                        )
                    } else {
                        Problem::note(file, "the last line is not complete yet")
                            .at(number)
                            .hint("the file is probably still being synchronised; open the study again later")
                    });
                }
                Err(_) if is_conflict_mark(line) => {
                    journal.problems.push(
                        Problem::error(file, "git conflict mark")
                            .at(number)
                            .hint("keep the lines of both sides and delete the three lines of marks"),
                    );
                }
                Err(why) => {
                    journal.problems.push(
                        Problem::error(file, format!("this line is no act and is skipped: {why}"))
                            .at(number)
                            .hint("the other lines count; restore the line from a backup if you can"),
                    );
                }
            }
        }
        start = end + 1;
    }
    journal.lines = number;
    journal
}

/// Whether a line is one of the marks that git leaves in a file that it could not merge.
pub fn is_conflict_mark(line: &[u8]) -> bool {
    line.starts_with(b"<<<<<<< ")
        || line.starts_with(b">>>>>>> ")
        || line == b"======="
        || line.starts_with(b"||||||| ")
}

fn parse(line: &[u8], text: Option<&str>) -> Result<Act, String> {
    let act = match text {
        Some(text) => serde_json::from_str::<Act>(text),
        None => serde_json::from_slice::<Act>(line),
    };
    match act {
        Ok(act) => Ok(act),
        Err(why) => {
            // A newer format may say things otherwise; it must still be kept and named.
            if let Ok(newer) = serde_json::from_slice::<Newer>(line)
                && newer.v > FORMAT
            {
                let kind = newer.act.unwrap_or_else(|| Name::new("act"));
                let other = crate::act::Other {
                    kind: Name::new(&format!("format-{}", newer.v)),
                    aside: newer.aside,
                    fields: serde_json::Map::new(),
                };
                return Ok(Act {
                    v: newer.v,
                    id: newer.id,
                    n: newer.n,
                    at: newer.at,
                    coder: newer.coder,
                    by: newer.by,
                    act: kind,
                    changes: smallvec![crate::act::Change::Other(Box::new(other))],
                });
            }
            // The line within the line would mislead whoever looks for it in the file.
            let what = why.to_string();
            let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what);
            Err(format!("{what} (column {})", why.column()))
        }
    }
}

/// The line that is appended for an act, with its newline.
///
/// # Errors
/// Only where a number in it is not finite.
pub fn line(act: &Act) -> Result<Vec<u8>, serde_json::Error> {
    let mut line = serde_json::to_vec(act)?;
    line.push(b'\n');
    Ok(line)
}

/// What tables must know about how complete a journal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// File name.
    pub file: String,
    /// Highest line number `n`.
    pub highest: u64,
    /// Numbers that are missing: not everything was delivered.
    pub missing: u64,
    /// Whether one number has two ids: a device was copied.
    pub copied: bool,
}

/// All journals of a study, united.
#[derive(Debug, Default)]
pub struct United {
    /// Each act once, in order of id.
    pub acts: Vec<Arc<Act>>,
    /// Per file, how complete it is.
    pub files: Vec<Completeness>,
    /// Everything worth telling.
    pub problems: Vec<Problem>,
}

/// Unites journals; `content` gives the bytes of a stretch of one of them, by its place in the list. Of
/// two lines with one id and different content the one with the smaller SHA-256 counts, so that the
/// outcome does not depend on the order of files.
pub fn unite(journals: Vec<Journal>, content: impl Fn(usize, &Range<usize>) -> Vec<u8>) -> United {
    let mut out = United::default();
    let total = journals.iter().map(|j| j.acts.len()).sum();
    out.files = journals.iter().map(completeness).collect();
    let names: Vec<String> = journals.iter().map(|j| j.file.clone()).collect();
    // A journal is in order almost always, so sorting is merging; lines with one id come together, in
    // the order of their files.
    let mut lines: Vec<(usize, Line)> = Vec::with_capacity(total);
    for (file, journal) in journals.into_iter().enumerate() {
        out.problems.extend(journal.problems);
        lines.extend(journal.acts.into_iter().map(|line| (file, line)));
    }
    lines.sort_by_key(|(_, line)| line.act.id);
    out.acts = Vec::with_capacity(total);
    // The line of the last of `acts`.
    let mut last: Option<(usize, u64, Range<usize>)> = None;
    for (file, line) in lines {
        if let Some(counts) = &mut last
            && let Some(act) = out.acts.last_mut()
            && act.id == line.act.id
        {
            let (this, other) = (content(file, &line.bytes), content(counts.0, &counts.2));
            let (this, other) = (this.trim_ascii(), other.trim_ascii());
            if this == other {
                continue;
            }
            out.problems.push(
                Problem::warning(&names[file], format!("act {} is written differently here and in {}:{}", line.act.id, names[counts.0], counts.1))
                    .at(line.line)
                    .hint("one of the two files was changed by hand or damaged; the same one counts on every device"),
            );
            if Sha256::digest(this) < Sha256::digest(other) {
                *act = line.act;
                *counts = (file, line.line, line.bytes);
            }
            continue;
        }
        last = Some((file, line.line, line.bytes));
        out.acts.push(line.act);
    }
    for file in &out.files {
        if file.missing > 0 {
            out.problems.push(
                Problem::warning(&file.file, format!("{} of its acts have not arrived", file.missing))
                    .hint("a synchronisation has not delivered everything; tables say so until it has"),
            );
        }
        if file.copied {
            out.problems.push(
                Problem::warning(&file.file, "two devices wrote under one name; both count")
                    .hint("a computer or folder was copied; the program takes a new device id by itself"),
            );
        }
    }
    out
}

fn completeness(journal: &Journal) -> Completeness {
    let highest = journal.acts.iter().map(|l| l.act.n).max().unwrap_or(0);
    // The usual file counts 1, 2, 3 …: nothing to look up.
    let plain = journal.acts.iter().enumerate().all(|(i, l)| l.act.n == i as u64 + 1);
    let (mut missing, mut copied) = (0, false);
    if !plain {
        let mut numbers: BTreeMap<u64, ActId> = BTreeMap::new();
        for line in &journal.acts {
            let first = *numbers.entry(line.act.n).or_insert(line.act.id);
            copied |= first != line.act.id;
        }
        numbers.remove(&0);
        missing = highest - numbers.len() as u64;
    }
    Completeness { file: journal.file.clone(), highest, missing, copied }
}
