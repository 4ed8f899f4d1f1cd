//! A stamp: what the files of a study are at a moment, without reading them.
//!
//! What follows from the files holds for as long as their stamp is the same to the byte: every name in
//! `corpus/` and `journal/`, and of every file its length, its times and its number on the disk. Who
//! acts is part of it too, since what may be seen hangs on that.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::context::Context;

/// A file that was changed less long ago may change again without its time telling.
const SETTLED: Duration = Duration::from_secs(3);

/// What the files of a study are at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    bytes: Vec<u8>,
    newest: SystemTime,
}

impl Stamp {
    /// Looks at every file from which a study is opened; none where one cannot be looked at.
    pub fn of(dir: &Path, context: &Context) -> Option<Self> {
        let mut stamp = Self { bytes: Vec::with_capacity(1 << 16), newest: UNIX_EPOCH };
        let (major, minor, patch) = char::UNICODE_VERSION;
        stamp.word(env!("CARGO_PKG_VERSION").as_bytes());
        stamp.word(&[major, minor, patch]);
        for word in [&context.coder, &context.login] {
            stamp.word(word.as_deref().map_or(&[0][..], str::as_bytes));
        }
        // A device id that is not kept is another one in every run, and in no journal.
        stamp.word(if context.device_kept { context.device.as_bytes() } else { &[0] });
        stamp.file(b"study.json", &fs::metadata(dir.join("study.json")).ok()?)?;
        stamp.folder(&dir.join("journal"))?;
        stamp.folder(&dir.join("corpus"))?;
        Some(stamp)
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether every file was last changed long enough ago for the next change to tell. The time of the
    /// inode is not asked, though the stamp holds it: nobody can put it back, so a study that was copied or
    /// restored with its times would wait as one that is being written, and no test could do without
    /// waiting.
    pub(crate) fn is_settled(&self) -> bool {
        let age = SystemTime::now().duration_since(self.newest);
        age.is_ok_and(|age| age > SETTLED)
    }

    fn word(&mut self, word: &[u8]) {
        self.number(word.len() as u64);
        self.bytes.extend_from_slice(word);
    }

    fn number(&mut self, number: u64) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    fn folder(&mut self, folder: &Path) -> Option<()> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).ok()? {
            let entry = entry.ok()?;
            let mut data = entry.metadata().ok()?;
            if data.file_type().is_symlink() {
                data = fs::metadata(entry.path()).ok()?;
            }
            entries.push((entry.file_name(), Told::of(&data)?));
        }
        entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        self.number(entries.len() as u64);
        for (name, told) in &entries {
            self.tell(name.as_encoded_bytes(), told);
        }
        Some(())
    }

    fn file(&mut self, name: &[u8], data: &Metadata) -> Option<()> {
        self.tell(name, &Told::of(data)?);
        Some(())
    }

    fn tell(&mut self, name: &[u8], told: &Told) {
        self.newest = self.newest.max(told.changed);
        self.word(name);
        for number in told.numbers {
            self.number(number);
        }
    }
}

/// What a stamp says of one file. Thousands of them are sorted, so it is no more than that.
struct Told {
    changed: SystemTime,
    /// Its length and when it was changed; where the system tells, when its inode was, and its number on
    /// the disk.
    numbers: [u64; NUMBERS],
}

const NUMBERS: usize = if cfg!(unix) { 6 } else { 2 };

impl Told {
    fn of(data: &Metadata) -> Option<Self> {
        let changed = data.modified().ok()?;
        let nanoseconds = changed.duration_since(UNIX_EPOCH).ok()?.as_nanos() as u64;
        #[cfg(unix)]
        let numbers = {
            use std::os::unix::fs::MetadataExt;
            // Who puts a time back cannot put that of the inode back.
            let inode = [data.ctime() as u64, data.ctime_nsec() as u64, data.ino(), data.dev()];
            let [seconds, fraction, number, disk] = inode;
            [data.len(), nanoseconds, seconds, fraction, number, disk]
        };
        #[cfg(not(unix))]
        let numbers = [data.len(), nanoseconds];
        Some(Self { changed, numbers })
    }
}

/// What a stamp says of a file with this name, in its own bytes.
pub(crate) fn told(name: &str, data: &Metadata) -> Option<Vec<u8>> {
    let mut stamp = Stamp { bytes: Vec::new(), newest: UNIX_EPOCH };
    stamp.file(name.as_bytes(), data)?;
    Some(stamp.bytes)
}
