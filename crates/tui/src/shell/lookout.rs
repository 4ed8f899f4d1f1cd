//! The lookout: sees when something else changes the files of the open study.
//!
//! It looks at names, sizes and times of the journals, texts and tables every few seconds, on a thread
//! of its own: a folder on a slow network must not keep keys waiting. Looking is used instead of the
//! system's notifications because those do not come from network drives and synchronised folders.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

/// How often it looks.
const EVERY: Duration = Duration::from_secs(2);

/// Name, size and time of change of the files of a folder.
type Files = Vec<(String, u64, Option<SystemTime>)>;

/// What the folders of a study look like from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Looks {
    journals: Files,
    texts: Files,
}

/// What is not as it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// Journals.
    pub(super) journals: bool,
    /// Texts or tables.
    pub(super) texts: bool,
}

/// Somebody who looks; dropping it ends that.
#[derive(Debug)]
pub(super) struct Lookout {
    seen: Receiver<Changed>,
    ask: Sender<()>,
}

impl Looks {
    /// How a study looks now.
    pub(super) fn of(study: &Path) -> Self {
        Self { journals: files(&study.join("journal"), "jsonl"), texts: files(&study.join("corpus"), "") }
    }

    /// What changed since it looked like `before`.
    pub(super) fn changed(&self, before: &Self) -> Changed {
        Changed { journals: self.journals != before.journals, texts: self.texts != before.texts }
    }
}

/// The files of a folder whose names end so; files being written (`.…`) are none yet.
fn files(folder: &Path, end: &str) -> Files {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut out: Files = entries
        .filter_map(|e| {
            let name = e.file_name().into_string().ok()?;
            let meta = e.metadata().ok()?;
            (!name.starts_with('.') && name.ends_with(end)).then(|| (name, meta.len(), meta.modified().ok()))
        })
        .collect();
    out.sort_unstable();
    out
}

impl Lookout {
    /// Begins to look at a study, which was read when it looked like `before`.
    pub(super) fn new(study: PathBuf, mut before: Looks) -> Self {
        let (tell, seen) = channel();
        let (ask, asked) = channel::<()>();
        std::thread::spawn(move || {
            loop {
                let now = Looks::of(&study);
                let changed = now.changed(&before);
                before = now;
                if changed != Changed::default() && tell.send(changed).is_err() {
                    return;
                }
                match asked.recv_timeout(EVERY) {
                    Ok(()) | Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                while asked.try_recv().is_ok() {}
            }
        });
        Self { seen, ask }
    }

    /// Asks for a look now; what it sees comes when it comes.
    pub(super) fn look(&self) {
        // One that has ended sees nothing more; that is found when the study is opened again.
        _ = self.ask.send(());
    }

    /// What was seen since the last call.
    pub(super) fn news(&self) -> Changed {
        self.seen.try_iter().fold(Changed::default(), |a, b| Changed {
            journals: a.journals || b.journals,
            texts: a.texts || b.texts,
        })
    }
}
