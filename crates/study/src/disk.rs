//! A disk, as far as a journal's writer needs one: append, sync, look, lock.
//!
//! A trait, because a disk that is full, torn or gone must be met in tests before it is met in the
//! field.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::atomic;

/// Opens journals for appending.
pub trait Disk: Send + Sync {
    /// Opens a journal, making it when it is not there. The second is whether it was made.
    ///
    /// # Errors
    /// What the system says.
    fn open(&self, path: &Path) -> io::Result<(Box<dyn Appender>, bool)>;

    /// Makes the names in a folder durable.
    ///
    /// # Errors
    /// What the system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// Whether a lock was had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockOutcome {
    /// It is ours for as long as the file is open.
    Held,
    /// Another program has it.
    Taken,
    /// This file system knows no locks.
    Unknown,
}

/// What can be seen of a journal before a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its length in bytes.
    pub len: u64,
    /// Whether the file under its name is still the one that was opened: a synchronisation may have
    /// put another in its place, and what is appended to the old one would be lost.
    pub same: bool,
}

/// One journal opened for appending.
pub trait Appender: Send {
    /// Appends with one write; the number of bytes that were taken may be smaller.
    ///
    /// # Errors
    /// What the system says.
    fn append(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Makes what was appended durable.
    ///
    /// # Errors
    /// What the system says.
    fn sync(&mut self) -> io::Result<()>;

    /// Looks at the file under its name.
    ///
    /// # Errors
    /// What the system says.
    fn standing(&self) -> io::Result<Standing>;

    /// Tries to lock it against other programs, without waiting.
    fn lock(&mut self) -> LockOutcome;
}

/// The disk of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

struct RealAppender {
    file: File,
    path: PathBuf,
    /// On Windows a lock keeps others from reading too, so it is taken on a file beside.
    beside: Option<File>,
}

impl Disk for RealDisk {
    fn open(&self, path: &Path) -> io::Result<(Box<dyn Appender>, bool)> {
        let mut options = OpenOptions::new();
        options.append(true);
        let (file, made) = match options.clone().create_new(true).open(path) {
            Ok(file) => (file, true),
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => (options.open(path)?, false),
            Err(why) => return Err(why),
        };
        Ok((Box::new(RealAppender { file, path: path.to_owned(), beside: None }), made))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        atomic::sync_folder(folder)
    }
}

impl Appender for RealAppender {
    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match self.file.write(bytes) {
                Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
                other => return other,
            }
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn standing(&self) -> io::Result<Standing> {
        let there = match fs::metadata(&self.path) {
            Ok(meta) => meta,
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Standing { len: 0, same: false }),
            Err(why) => return Err(why),
        };
        #[cfg(unix)]
        let same = {
            use std::os::unix::fs::MetadataExt;
            let own = self.file.metadata()?;
            (own.dev(), own.ino()) == (there.dev(), there.ino())
        };
        #[cfg(not(unix))]
        let same = true;
        Ok(Standing { len: there.len(), same })
    }

    fn lock(&mut self) -> LockOutcome {
        let outcome = if cfg!(windows) {
            let beside = self.path.with_extension("lock");
            match OpenOptions::new().create(true).append(true).open(beside) {
                Ok(file) => self.beside.insert(file).try_lock(),
                Err(why) => Err(TryLockError::Error(why)),
            }
        } else {
            self.file.try_lock()
        };
        match outcome {
            Ok(()) => LockOutcome::Held,
            Err(TryLockError::WouldBlock) => LockOutcome::Taken,
            Err(TryLockError::Error(_)) => LockOutcome::Unknown,
        }
    }
}
