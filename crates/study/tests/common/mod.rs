//! What the tests of a study share: a study in a temporary folder, and a disk that fails on demand.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "a test damages files on purpose")]
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "no test file uses all of it, and which part differs per file"
)]

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use model::act::{Change, CodingAdded};
use model::anchor::Anchor;
use model::name::Name;
use model::span::Span;
use model::text::TextHash;
use tempfile::TempDir;
use verbatim_study::{Appender, Context, Disk, Draft, Init, LockOutcome, RealDisk, Standing, Study};

/// A temporary folder with a study in `study/`.
pub(crate) struct Folder {
    pub(crate) temp: TempDir,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self { temp: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.temp.path().join("study")
    }

    pub(crate) fn context(&self, coder: &str, seed: u64) -> Context {
        let mut context = Context::fixed(&self.temp.path().join(format!("home-{seed}")), coder, seed);
        // As the next run would find it.
        if let Some(device) = context.config().get("device") {
            context.device = device;
            context.device_kept = true;
        }
        context
    }

    pub(crate) fn init(&self) -> Study {
        Study::init(&self.dir(), Init::default(), &self.context("anna", 1)).unwrap().0
    }

    pub(crate) fn open(&self) -> Study {
        Study::open(&self.dir(), &self.context("anna", 1)).unwrap()
    }

    /// Names of the journals, in order.
    pub(crate) fn journals(&self) -> Vec<String> {
        names(&self.dir().join("journal"))
    }

    pub(crate) fn journal(&self, name: &str) -> PathBuf {
        self.dir().join("journal").join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.dir().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.dir().join(name)).unwrap()
    }
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A coding of `x` at a place.
pub(crate) fn coding(code: &str, start: u32) -> Change {
    Change::CodingAdded(Box::new(CodingAdded {
        anchor: Anchor::of_parts(
            Name::new("x"),
            TextHash::of("text\n"),
            Span::new(start, start + 1),
            ["", "t", ""],
        ),
        code: Name::new(code),
        case: None,
        qualifiers: std::collections::BTreeMap::new(),
        weight: None,
        note: None,
        definition: None,
        rule: None,
    }))
}

pub(crate) fn code(start: u32) -> Draft {
    Draft::new("code", vec![coding("a", start)])
}

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    None,
    /// The write fails and leaves nothing.
    Full,
    /// The write takes so many bytes only.
    Short(usize),
    /// The write succeeds and the sync fails.
    Sync,
    /// The journal cannot be opened.
    ReadOnly,
    /// Another program has the lock.
    Locked,
    /// The file system knows no locks.
    NoLocks,
}

/// A disk on which each write meets the next fault, and each open the present lock.
#[derive(Clone, Default)]
pub(crate) struct FaultyDisk {
    pub(crate) writes: Arc<Mutex<VecDeque<Fault>>>,
    pub(crate) opens: Arc<Mutex<VecDeque<Fault>>>,
    pub(crate) log: Arc<Mutex<Vec<String>>>,
}

impl FaultyDisk {
    pub(crate) fn writes(faults: &[Fault]) -> Self {
        let disk = Self::default();
        disk.writes.lock().unwrap().extend(faults);
        disk
    }

    pub(crate) fn opens(faults: &[Fault]) -> Self {
        let disk = Self::default();
        disk.opens.lock().unwrap().extend(faults);
        disk
    }

    pub(crate) fn log(&self) -> Vec<String> {
        std::mem::take(&mut self.log.lock().unwrap())
    }
}

struct FaultyAppender {
    real: Box<dyn Appender>,
    disk: FaultyDisk,
    lock: Fault,
    fault: Fault,
}

impl Disk for FaultyDisk {
    fn open(&self, path: &Path) -> io::Result<(Box<dyn Appender>, bool)> {
        let fault = self.opens.lock().unwrap().pop_front().unwrap_or(Fault::None);
        if fault == Fault::ReadOnly {
            return Err(io::ErrorKind::ReadOnlyFilesystem.into());
        }
        let (real, made) = RealDisk.open(path)?;
        Ok((Box::new(FaultyAppender { real, disk: self.clone(), lock: fault, fault: Fault::None }), made))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.log.lock().unwrap().push("folder".to_owned());
        RealDisk.sync_folder(folder)
    }
}

impl Appender for FaultyAppender {
    fn append(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.log.lock().unwrap().push("write".to_owned());
        self.fault = self.disk.writes.lock().unwrap().pop_front().unwrap_or(Fault::None);
        match self.fault {
            Fault::Full => Err(io::ErrorKind::StorageFull.into()),
            Fault::Short(n) => self.real.append(&bytes[..n]),
            _ => self.real.append(bytes),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.log.lock().unwrap().push("sync".to_owned());
        if self.fault == Fault::Sync { Err(io::Error::other("input/output error")) } else { self.real.sync() }
    }

    fn standing(&self) -> io::Result<Standing> {
        self.real.standing()
    }

    fn lock(&mut self) -> LockOutcome {
        match self.lock {
            Fault::Locked => LockOutcome::Taken,
            Fault::NoLocks => LockOutcome::Unknown,
            _ => self.real.lock(),
        }
    }
}
