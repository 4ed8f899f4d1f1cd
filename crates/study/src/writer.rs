//! A writer: the one journal file to which this program appends, and how it is chosen.
//!
//! A file has one writer. It is locked for as long as it is open, its length is looked at before
//! every write, and where it ended is remembered in the cache: a file that is not as this device
//! left it means that a folder was restored or a device copied, and then another file is begun.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use model::act::Act;
use model::journal::{self, Journal};
use sha2::{Digest, Sha256};

use crate::cache::Cache;
use crate::context::Context;
use crate::disk::{Appender, LockOutcome};
use crate::error::StudyError;
use crate::journal_file::JournalFile;

/// Most programs of one coder side by side on one device; beyond it something is broken.
const MOST: u32 = 999;

/// Why an act was not written.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The file is not as this program left it: another file must be taken.
    Changed,
    /// The system refused; the same act must be written again.
    Failed(io::Error),
}

/// One journal, open for appending.
pub(crate) struct Writer {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    file: Box<dyn Appender>,
    /// Length that it must have.
    len: u64,
    /// Number of the last act that was given a place in it.
    pub(crate) n: u64,
    /// Whether it ends with a newline (or is empty).
    clean: bool,
    /// Bytes that a write that failed may have left behind `len`.
    doubt: Option<u64>,
    /// Whether its name is not durable yet.
    made: bool,
    record: Record,
}

/// A writer with the acts that another program had put into its file meanwhile.
pub(crate) struct Taken {
    pub(crate) writer: Writer,
    pub(crate) file: JournalFile,
    pub(crate) absorbed: Vec<Arc<Act>>,
}

impl Writer {
    /// Takes the journal of a coder on this device: the first that no other program holds. Where a
    /// file is not as this device left it, the device takes a new id.
    pub(crate) fn take(
        folder: &Path,
        coder: &str,
        context: &mut Context,
        known: &[JournalFile],
        cache: &Cache,
    ) -> Result<Taken, StudyError> {
        if !folder.is_dir() {
            fs::create_dir_all(folder).map_err(|why| StudyError::io("make", folder, why))?;
        }
        let mut number = 1;
        loop {
            let end = if number == 1 { String::new() } else { format!("-{number}") };
            let name = format!("{coder}-{}{end}.jsonl", context.device);
            let path = folder.join(&name);
            let known = known.iter().find(|f| f.name == name);
            let io_error = |why| StudyError::io("write", &path, why);
            let (mut file, made) = context.disk.open(&path).map_err(io_error)?;
            let lock = file.lock();
            // Where locks are unknown, only a file that was made just now is surely ours.
            let ours = lock == LockOutcome::Held || lock == LockOutcome::Unknown && made;
            if !ours {
                number += 1;
                if number > MOST {
                    return Err(io_error(io::Error::other("no journal of this coder can be locked")));
                }
                continue;
            }
            let len = file.standing().map_err(io_error)?.len;
            let record =
                Record { path: cache.folder().map(|f| f.join(format!("writer-{name}"))), file: None };
            let strange = known.is_some_and(|f| f.copied || f.len > len)
                || record.last().is_some_and(|last| last.len > len || !last.fits(&path));
            if strange {
                drop(file);
                context.new_device();
                number = 1;
                continue;
            }
            context.keep_device();
            let (file_facts, absorbed) = match known {
                Some(f) if f.len == len => (f.clone(), Vec::new()),
                _ if len == 0 => (JournalFile { name: name.clone(), ..JournalFile::default() }, Vec::new()),
                _ => reread(&name, &path).map_err(io_error)?,
            };
            let writer = Self {
                name,
                file,
                len: file_facts.len,
                n: file_facts.highest,
                clean: !file_facts.open_ended,
                doubt: None,
                // An empty file may have been made by a run that was killed before it synced the folder.
                made: made || len == 0,
                path,
                record,
            };
            _ = cache.make();
            return Ok(Taken { writer, file: file_facts, absorbed });
        }
    }

    /// Appends one line, which must end with a newline, and makes it durable.
    pub(crate) fn write(&mut self, line: &[u8], context: &Context) -> Result<u64, Refusal> {
        let standing = self.file.standing().map_err(Refusal::Failed)?;
        if let Some(most) = self.doubt {
            // What a failed write left is ours, and the next line begins on a line of its own.
            if !standing.same || standing.len < self.len || standing.len > self.len + most {
                return Err(Refusal::Changed);
            }
            if standing.len > self.len {
                self.clean = false;
                self.len = standing.len;
            }
            self.doubt = None;
        } else if !standing.same || standing.len != self.len {
            return Err(Refusal::Changed);
        }
        let parted;
        let bytes = if self.clean {
            line
        } else {
            parted = [b"\n", line].concat();
            &parted
        };
        let fail = |writer: &mut Self, why| {
            writer.doubt = Some(bytes.len() as u64);
            Err(Refusal::Failed(why))
        };
        match self.file.append(bytes) {
            Ok(taken) if taken == bytes.len() => {}
            Ok(_) => {
                return fail(
                    self,
                    io::Error::new(io::ErrorKind::StorageFull, "only a part of it was written"),
                );
            }
            Err(why) => return fail(self, why),
        }
        if let Err(why) = self.file.sync() {
            return fail(self, why);
        }
        if self.made {
            let folder = self.path.parent().unwrap_or(&self.path);
            if let Err(why) = context.disk.sync_folder(folder) {
                return fail(self, why);
            }
            self.made = false;
        }
        self.len += bytes.len() as u64;
        self.clean = true;
        self.record.note(self.len, line);
        Ok(self.len)
    }
}

/// Reads a journal that grew since it was read.
fn reread(name: &str, path: &Path) -> io::Result<(JournalFile, Vec<Arc<Act>>)> {
    let bytes = fs::read(path)?;
    let journal: Journal = journal::read(name, &bytes, true);
    let facts = JournalFile {
        name: name.to_owned(),
        len: bytes.len() as u64,
        highest: journal.acts.iter().map(|l| l.act.n).max().unwrap_or(0),
        open_ended: journal.open_ended,
        ids: journal.acts.iter().map(|l| (l.act.n, l.act.id)).collect(),
        ..JournalFile::default()
    };
    Ok((facts, journal.acts.into_iter().map(|l| l.act).collect()))
}

/// What this device wrote last into a file, as the cache remembers it. It is not synced: it follows
/// the journal, and a record that is behind is still right.
struct Record {
    path: Option<PathBuf>,
    file: Option<File>,
}

/// Where the last line ended, and its hash.
struct Last {
    len: u64,
    line: u64,
    hash: String,
}

impl Record {
    fn last(&self) -> Option<Last> {
        let text = fs::read_to_string(self.path.as_ref()?).ok()?;
        let mut words = text.split_ascii_whitespace();
        let last = Last {
            len: words.next()?.parse().ok()?,
            line: words.next()?.parse().ok()?,
            hash: words.next()?.to_owned(),
        };
        (last.hash.len() == 64 && last.line <= last.len).then_some(last)
    }

    /// Writes the record. A cache that cannot be written costs a safeguard, not an act.
    fn note(&mut self, len: u64, line: &[u8]) {
        let Some(path) = self.path.as_ref() else { return };
        if self.file.is_none() {
            let mut options = OpenOptions::new();
            options.create(true).truncate(false).write(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            self.file = options.open(path).ok();
        }
        if let Some(file) = self.file.as_mut() {
            let text = format!("{len:020} {:020} {}\n", line.len(), hex(line));
            _ = file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(text.as_bytes()));
        }
    }
}

impl Last {
    /// Whether the journal still has this line where it was written.
    fn fits(&self, path: &Path) -> bool {
        let read = || -> io::Result<Vec<u8>> {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(self.len - self.line))?;
            let mut line = Vec::new();
            file.take(self.line).read_to_end(&mut line)?;
            Ok(line)
        };
        read().is_ok_and(|line| hex(&line) == self.hash)
    }
}

fn hex(bytes: &[u8]) -> String {
    model::text::TextHash(Sha256::digest(bytes).into()).to_string()
}

/// Whether a journal differs from what this device wrote last into it.
pub(crate) fn is_changed(name: &str, folder: &Path, cache: &Cache) -> bool {
    let record = Record { path: cache.folder().map(|f| f.join(format!("writer-{name}"))), file: None };
    let path = folder.join(name);
    record
        .last()
        .is_some_and(|last| fs::metadata(&path).map_or(0, |m| m.len()) < last.len || !last.fits(&path))
}
