//! Long work: opening, the sample, imports, the index and files to be written, on a thread of its own while the screen goes on.
//!
//! A job owns everything that it needs. An import opens the study for itself, as another program would:
//! so coding goes on meanwhile, and both write whole acts into journals of their own. Stopped work
//! leaves nothing: what was opened is thrown away, and an import has written no act.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use index::{Index, Trust};
use model::corpus::Corpus;
use model::problem::Problem;
use study::{Context, ImportOptions, ImportReport, Study, StudyError, Watch};

use super::lookout::Looks;
use crate::app::{Work, Working};
use crate::content::Content;
use crate::options::Demo;
use crate::strings::language::Language;

/// What is to be done.
pub(super) enum Job {
    /// Open the study in a folder.
    Open(PathBuf, Context),
    /// Make the sample in a folder, or find it there, and open it.
    Sample(PathBuf, Context, Demo),
    /// Bring transcripts into the study in a folder: those of a path, about a case or none that is said.
    Import(PathBuf, (PathBuf, String), Context),
    /// Read the texts and tables of the study in a folder anew.
    Read(PathBuf, Context),
    /// Bring the index of these texts up to date, in a folder or, without one, in memory.
    Index(Arc<Corpus>, Option<PathBuf>),
    /// Write a file of this name beside the study in a folder, in a language of the screen.
    Export(PathBuf, String, Content, Language),
}

/// What was brought in: what was asked for, and what came of it.
pub(super) type Intake = ((PathBuf, String), ImportReport);

/// What came of it.
pub(super) enum Done {
    /// A study with its texts, and how it looked just before it was read.
    Opened { study: Box<Study>, corpus: Corpus, problems: Vec<Problem>, looks: Looks, sample: bool },
    /// Texts and tables of the study that is open; what was brought in, if anything was.
    Read { corpus: Corpus, problems: Vec<Problem>, report: Option<Intake> },
    /// The index is up to date.
    Indexed(Box<Index>),
    /// A file was written; its path.
    Written(String),
    /// It could not be done.
    Failed(StudyError),
    /// It could not be done, in words.
    Refused(String),
}

/// Work under way.
pub(super) struct Worker {
    what: Work,
    watch: Watch,
    done: Receiver<std::thread::Result<Done>>,
    said: Option<Working>,
}

impl Job {
    fn what(&self) -> Work {
        match self {
            Self::Open(..) | Self::Sample(..) => Work::Open,
            Self::Import(..) => Work::Import,
            Self::Read(..) => Work::Read,
            Self::Index(..) => Work::Index,
            Self::Export(..) => Work::Export,
        }
    }

    fn run(self, watch: &Watch) -> Result<Done, StudyError> {
        let open = |folder: &PathBuf, context: &Context, sample| {
            let looks = Looks::of(folder);
            let (study, corpus, problems) = index::open_watched(folder, context, watch)?;
            Ok(Done::Opened { study: Box::new(study), corpus, problems, looks, sample })
        };
        match self {
            Self::Open(folder, context) => open(&folder, &context, false),
            Self::Sample(folder, context, make) => match make(&folder) {
                Ok(folder) => open(&folder, &context, true),
                Err(why) => Ok(Done::Refused(why)),
            },
            Self::Import(folder, (path, case), context) => {
                let mut study = Study::open(&folder, &context)?;
                let about = Some(case.clone()).filter(|c| !c.is_empty());
                let options = ImportOptions { case: about, watch: watch.clone(), ..ImportOptions::default() };
                let report = study.import(std::slice::from_ref(&path), &options)?;
                let (corpus, problems) = index::load(&study);
                Ok(Done::Read { corpus, problems, report: Some(((path, case), report)) })
            }
            Self::Read(folder, context) => {
                let (_, corpus, problems) = index::open_watched(&folder, &context, watch)?;
                Ok(Done::Read { corpus, problems, report: None })
            }
            Self::Index(corpus, dir) => {
                let begun = Cell::new(false);
                let step = |_: usize, of: usize| {
                    if begun.replace(true) {
                        watch.step()
                    } else {
                        watch.begin(of);
                        !watch.is_stopped()
                    }
                };
                let index = Index::open_with_progress(dir.as_deref(), &corpus, Trust::Bytes, &step);
                Ok(Done::Indexed(Box::new(index)))
            }
            Self::Export(study, name, content, language) => {
                crate::strings::language::speak(language);
                let written = match content.form(watch) {
                    Ok(Some(bytes)) => super::beside::write(&study, &name, &bytes),
                    Ok(None) => return Err(StudyError::Stopped),
                    Err(why) => Err(why),
                };
                Ok(written.map_or_else(Done::Refused, Done::Written))
            }
        }
    }
}

impl Worker {
    /// Begins a job.
    pub(super) fn new(job: Job) -> Self {
        let (tell, done) = channel();
        let (what, watch) = (job.what(), Watch::default());
        let own = watch.clone();
        std::thread::spawn(move || {
            let run = || job.run(&own).unwrap_or_else(Done::Failed);
            // Nobody waits any more where the program was left.
            _ = tell.send(catch_unwind(AssertUnwindSafe(run)));
        });
        Self { what, watch, done, said: None }
    }

    /// What it is.
    pub(super) const fn what(&self) -> Work {
        self.what
    }

    /// Asks it to stop. It is over when it says so.
    pub(super) fn stop(&self) {
        self.watch.stop();
    }

    /// Whether it was asked to stop.
    pub(super) fn is_stopped(&self) -> bool {
        self.watch.is_stopped()
    }

    /// How far it is, if that is not what was said last.
    pub(super) fn news(&mut self) -> Option<Working> {
        let (done, of) = self.watch.count();
        let now = Working { what: self.what, done, of, stopping: self.is_stopped() };
        (self.said.as_ref() != Some(&now)).then(|| {
            self.said = Some(now.clone());
            now
        })
    }

    /// What came of it, once that is known; waits for it a while. A fault in it is a fault here.
    pub(super) fn done(&self, wait: Duration) -> Option<Done> {
        match self.done.recv_timeout(wait) {
            Ok(Ok(done)) => Some(done),
            Ok(Err(panic)) => resume_unwind(panic),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Done::Failed(StudyError::Stopped)),
        }
    }
}
