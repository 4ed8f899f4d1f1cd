//! A journal file: one file of `journal/`, read whole, and what must be known of it afterwards.
//!
//! Journals are unions: every file that ends in `.jsonl` is read, conflict copies too, because an
//! act in them may exist nowhere else. Reading is most of what opening a study costs, so a large
//! study is parsed in two threads, each line once.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use model::act::Act;
use model::id::ActId;
use model::journal::{self, Journal};
use model::problem::Problem;

use crate::conflict::{has_extension, is_conflict_copy};

/// Bytes of journals above which two threads read.
const LARGE: u64 = 1 << 20;
/// How far back the end of a line is looked for where a file is cut.
const LONGEST: u64 = 1 << 16;
/// About how much a thread takes on at a time.
const PIECE: u64 = 1 << 19;
/// How much is read at a time.
const BLOCK: u64 = 1 << 18;
/// Bytes by which a second thread's heap is made to grow at once.
const LARGE_BLOCK: usize = 16 << 20;

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
    pub(crate) acts: Vec<Arc<Act>>,
    pub(crate) files: Vec<JournalFile>,
    pub(crate) problems: Vec<Problem>,
}

/// Reads every journal of a folder (one that is not there holds none) and does with them what is to be
/// done `then`. Where there is much to read, a second thread helps, and goes on to what can be done
/// `beside`.
pub(crate) fn load_beside<R, T: Send>(
    folder: &Path,
    device: &str,
    then: impl FnOnce(Loaded) -> R,
    beside: impl FnOnce() -> T + Send,
) -> (R, T) {
    match journal_names(folder) {
        Ok(names) => read_all(folder, names, device, then, beside),
        Err(why) => {
            let problem = Problem::error("journal", format!("cannot be read: {why}"))
                .hint("check the rights on the folder");
            (then(Loaded { problems: vec![problem], ..Loaded::default() }), beside())
        }
    }
}

/// Reads the journals with these names.
pub(crate) fn load_some(folder: &Path, names: Vec<String>, device: &str) -> Loaded {
    read_all(folder, names, device, |loaded| loaded, || ()).0
}

/// A stretch of whole lines of one file.
#[derive(Clone, Copy, Debug)]
struct Piece {
    file: usize,
    start: u64,
    /// Where it ends; the last one ends where the file does.
    end: Option<u64>,
}

/// What was read of a piece.
#[derive(Default)]
struct Part {
    /// Where it ends in its file.
    end: u64,
    /// Its newlines.
    lines: u64,
    journal: Journal,
}

/// One file of those that are read.
struct Source {
    name: String,
    path: PathBuf,
    own: bool,
}

/// What takes lines of journals apart, which then become no acts.
pub(crate) trait Apart {
    /// Whether it takes a line, whose first byte is at `at` in the file with this number.
    fn take(&mut self, file: usize, line: &str, at: u64) -> bool;
}

/// Takes none.
impl Apart for () {
    fn take(&mut self, _: usize, _: &str, _: u64) -> bool {
        false
    }
}

impl Source {
    fn new(folder: &Path, name: String, device: &str) -> Self {
        Self { path: folder.join(&name), own: is_own(&name, device), name }
    }

    /// Reads a piece, block by block: a block stays in the processor's cache from disk to act.
    fn read(&self, piece: Piece, apart: &mut impl Apart) -> io::Result<Part> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(piece.start))?;
        let mut file = file.take(piece.end.map_or(u64::MAX, |end| end - piece.start));
        let mut part = Part { end: piece.start, ..Part::default() };
        part.journal.file.clone_from(&self.name);
        let mut block = Vec::with_capacity(2 * BLOCK as usize);
        loop {
            let read = file.by_ref().take(BLOCK).read_to_end(&mut block)?;
            // Whole lines; at the end of the file, whatever is left.
            let whole =
                if read == 0 { block.len() } else { memchr::memrchr(b'\n', &block).map_or(0, |i| i + 1) };
            let lines = block.get(..whole).unwrap_or_default();
            let start = part.end;
            let journal = journal::read_but(&self.name, lines, self.own, |line, at| {
                apart.take(piece.file, line, start + at as u64)
            });
            let count = journal.lines;
            join(&mut part.journal, journal, part.end as usize, part.lines);
            part.lines += count;
            part.end += whole as u64;
            block.drain(..whole);
            if read == 0 {
                return Ok(part);
            }
        }
    }

    /// The bytes of a line, read once more.
    fn content(&self, bytes: &Range<usize>) -> Vec<u8> {
        let read = || -> io::Result<Vec<u8>> {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(bytes.start as u64))?;
            let mut line = vec![0; bytes.len()];
            file.read_exact(&mut line)?;
            Ok(line)
        };
        read().unwrap_or_default()
    }

    /// The end of the last line that ends within some bytes before `at`.
    fn line_end_before(&self, at: u64) -> Option<u64> {
        let start = at.saturating_sub(LONGEST);
        let mut bytes = Vec::new();
        let mut file = File::open(&self.path).ok()?;
        file.seek(SeekFrom::Start(start)).ok()?;
        file.take(at - start).read_to_end(&mut bytes).ok()?;
        memchr::memrchr(b'\n', &bytes).map(|i| start + i as u64 + 1)
    }
}

/// Cuts what is to be read into pieces, between lines, in order.
fn pieces(sources: &[Source]) -> Vec<Piece> {
    let mut out = Vec::new();
    for (file, source) in sources.iter().enumerate() {
        let length = fs::metadata(&source.path).map_or(0, |m| m.len());
        let mut start = 0;
        while length > start + PIECE
            && let Some(cut) = source.line_end_before(start + PIECE).filter(|cut| *cut > start)
        {
            out.push(Piece { file, start, end: Some(cut) });
            start = cut;
        }
        out.push(Piece { file, start, end: None });
    }
    out
}

/// What is to be read, by one thread or two: each takes the next piece when it is through with one, so
/// neither waits for the other.
struct Work<'a> {
    sources: &'a [Source],
    pieces: Vec<Piece>,
    next: AtomicUsize,
    /// Whether it is enough for two.
    is_large: bool,
}

/// What was read of one piece.
struct ReadPiece {
    /// Its place among all pieces.
    at: usize,
    file: usize,
    part: io::Result<Part>,
}

impl<'a> Work<'a> {
    fn new(sources: &'a [Source]) -> Self {
        let total: u64 = sources.iter().map(|s| fs::metadata(&s.path).map_or(0, |m| m.len())).sum();
        let is_large = total >= LARGE;
        let whole = |file| Piece { file, start: 0, end: None };
        let pieces = if is_large { pieces(sources) } else { (0..sources.len()).map(whole).collect() };
        Self { sources, pieces, next: AtomicUsize::new(0), is_large }
    }

    /// Reads what nobody has taken yet.
    fn share(&self, apart: &mut impl Apart) -> Vec<ReadPiece> {
        let mut parts = Vec::new();
        loop {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = self.pieces.get(at) else { return parts };
            if let Some(source) = self.sources.get(piece.file) {
                parts.push(ReadPiece { at, file: piece.file, part: source.read(*piece, apart) });
            }
        }
    }
}

fn read_all<R, T: Send>(
    folder: &Path,
    names: Vec<String>,
    device: &str,
    then: impl FnOnce(Loaded) -> R,
    beside: impl FnOnce() -> T + Send,
) -> (R, T) {
    let sources: Vec<Source> = names.into_iter().map(|name| Source::new(folder, name, device)).collect();
    let work = Work::new(&sources);
    if !work.is_large {
        let parts = work.share(&mut ());
        return (then(assemble(&sources, parts)), beside());
    }
    thread::scope(|scope| {
        let (send, receive) = mpsc::channel();
        let work = &work;
        let other = scope.spawn(move || {
            reserve_heap();
            // Nobody listens any more only where the other thread panicked.
            _ = send.send(work.share(&mut ()));
            beside()
        });
        let mut parts = work.share(&mut ());
        parts.extend(receive.recv().unwrap_or_default());
        let done = then(assemble(&sources, parts));
        (done, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Journals of which some lines were taken apart.
pub(crate) struct LoadedApart<A> {
    sources: Vec<Source>,
    /// The acts of all other lines, each with the number of its file, in no order.
    pub(crate) acts: Vec<(usize, Arc<Act>)>,
    /// What was taken, by each thread.
    pub(crate) apart: Vec<A>,
}

/// Reads every journal of a folder, in two threads where there is much to read; each takes lines apart with
/// a `new` one. None where there is anything to be told about the journals.
pub(crate) fn load_apart<A: Apart + Send>(
    folder: &Path,
    device: &str,
    new: impl Fn() -> A + Sync,
) -> Option<LoadedApart<A>> {
    let names = journal_names(folder).ok()?;
    if names.iter().any(|name| is_conflict_copy(name)) {
        return None;
    }
    let sources: Vec<Source> = names.into_iter().map(|name| Source::new(folder, name, device)).collect();
    let work = Work::new(&sources);
    let share = || {
        let mut apart = new();
        (work.share(&mut apart), apart)
    };
    let (mut parts, apart) = thread::scope(|scope| {
        let other = work.is_large.then(|| {
            scope.spawn(|| {
                reserve_heap();
                share()
            })
        });
        let (mut parts, apart) = share();
        let mut all = vec![apart];
        if let Some(other) = other {
            let (more, apart) = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            parts.extend(more);
            all.push(apart);
        }
        (parts, all)
    });
    parts.sort_unstable_by_key(|part| part.at);
    let mut acts = Vec::new();
    for ReadPiece { file, part, .. } in parts {
        let journal = part.ok()?.journal;
        if !journal.problems.is_empty() {
            return None;
        }
        acts.extend(journal.acts.into_iter().map(|line| (file, line.act)));
    }
    Some(LoadedApart { sources, acts, apart })
}

impl<A> LoadedApart<A> {
    /// The act of the line that begins at `at` in the file with this number.
    pub(crate) fn act_at(&self, file: usize, at: u64) -> Option<Arc<Act>> {
        let source = self.sources.get(file)?;
        let mut file = BufReader::new(File::open(&source.path).ok()?);
        file.seek(SeekFrom::Start(at)).ok()?;
        let mut line = Vec::new();
        file.read_until(b'\n', &mut line).ok()?;
        let mut journal = journal::read(&source.name, &line, source.own);
        let act = journal.acts.pop()?.act;
        (journal.problems.is_empty() && journal.acts.is_empty()).then_some(act)
    }
}

/// The C library grows the heap of any thread but the first page by page, with a system call for
/// each. One large block, given back at once, makes it grow in one go.
fn reserve_heap() {
    // The first one moves the limit up to which blocks are cut from the heap, the second is cut.
    for size in [LARGE_BLOCK, LARGE_BLOCK - (1 << 16)] {
        drop(std::hint::black_box(Vec::<u8>::with_capacity(size)));
    }
}

/// Puts the pieces of each file together, in order of their start, and unites the files.
fn assemble(sources: &[Source], mut parts: Vec<ReadPiece>) -> Loaded {
    parts.sort_unstable_by_key(|part| part.at);
    let mut out = Loaded::default();
    let mut files: Vec<Vec<Part>> = sources.iter().map(|_| Vec::new()).collect();
    for ReadPiece { file, part, .. } in parts {
        let (Some(source), Some(slot)) = (sources.get(file), files.get_mut(file)) else { continue };
        match part {
            Ok(part) => slot.push(part),
            Err(why) => out.problems.push(
                Problem::error(format!("journal/{}", source.name), format!("cannot be read: {why}"))
                    .hint("its acts are missing until it can be"),
            ),
        }
    }
    let (mut journals, mut of) = (Vec::new(), Vec::new());
    for (source, parts) in sources.iter().zip(files) {
        // Its pieces are as they were read: the first one begins the journal.
        let mut parts = parts.into_iter();
        let Some(mut whole) = parts.next() else { continue };
        for part in parts {
            join(&mut whole.journal, part.journal, 0, whole.lines);
            whole.lines += part.lines;
            whole.end = part.end;
        }
        let journal = whole.journal;
        out.files.push(JournalFile {
            name: source.name.clone(),
            len: whole.end,
            open_ended: journal.open_ended,
            ids: journal.acts.iter().map(|l| (l.act.n, l.act.id)).collect(),
            ..JournalFile::default()
        });
        journals.push(journal);
        of.push(source);
    }
    let content =
        |file: usize, line: &Range<usize>| of.get(file).map(|s| s.content(line)).unwrap_or_default();
    let united = journal::unite(journals, content);
    for (file, complete) in out.files.iter_mut().zip(united.files) {
        file.highest = complete.highest;
        file.missing = complete.missing;
        file.copied = complete.copied;
    }
    out.acts = united.acts;
    out.problems.extend(united.problems.into_iter().map(in_folder));
    for file in out.files.iter().filter(|f| is_conflict_copy(&f.name)) {
        out.problems.push(
            Problem::warning(
                format!("journal/{}", file.name),
                "a conflict copy of a journal; its acts count all the same",
            )
            .hint("leave it where it is: an act that stands elsewhere too counts once"),
        );
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

/// Appends the next piece of a journal to what was read before, `start` bytes and `lines` lines further
/// on.
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
    use std::io::Write;

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
        let folder = tempfile::tempdir().unwrap();
        let contents = [("a-b.jsonl", small), ("c-d.jsonl", large), ("e-f.jsonl", Vec::new())];
        for (name, bytes) in &contents {
            File::create(folder.path().join(name)).unwrap().write_all(bytes).unwrap();
        }
        let source = |(name, _): &(&str, Vec<u8>)| Source {
            name: (*name).to_owned(),
            path: folder.path().join(name),
            own: is_own(name, "b"),
        };
        let sources: Vec<Source> = contents.iter().map(source).collect();
        let pieces = pieces(&sources);
        assert_eq!(pieces.len(), 6, "the large file of 1.9 MB is cut in four");
        for (file, (name, bytes)) in contents.iter().enumerate() {
            let mut journal = Journal { file: (*name).to_owned(), ..Journal::default() };
            let (mut lines, mut end) = (0, 0);
            for piece in pieces.iter().filter(|p| p.file == file) {
                assert_eq!(piece.start, end);
                let part = sources[file].read(*piece, &mut ()).unwrap();
                join(&mut journal, part.journal, 0, lines);
                lines += part.lines;
                end = part.end;
            }
            assert_eq!(end, bytes.len() as u64);
            for line in &journal.acts {
                assert_eq!(sources[file].content(&line.bytes), bytes[line.bytes.clone()]);
            }
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
