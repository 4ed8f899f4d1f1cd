//! Long work of the session, and what others change meanwhile.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use model::corpus::Corpus;
use model::problem::{Problem, Severity};
use study::{ImportReport, StudyError};

use super::{Session, changes_documents, primary};
use crate::app::{Outcome, Work};
use crate::shell::work::{Done, Intake, Job, Worker};
use crate::strings::work as words_of_work;
use crate::strings::{errors, files};

/// How long leaving waits for what comes in to stop, or for a file to be written.
const LEAVING: Duration = Duration::from_secs(5);

impl Session {
    /// Begins long work, one at a time. What nobody waits for makes room.
    pub(super) fn begin(&mut self, job: Job) -> Vec<Outcome> {
        if let Some(worker) = &self.worker {
            match worker.what() {
                Work::Read => self.changed.texts = true,
                Work::Index => {}
                Work::Open | Work::Import | Work::Export | Work::Command => {
                    return vec![Outcome::Refused(words_of_work::BUSY.into())];
                }
            }
            worker.stop();
        }
        self.finished = None;
        let mut worker = Worker::new(job);
        let working = worker.news();
        self.worker = Some(worker);
        vec![Outcome::Working(working)]
    }

    /// Brings the index up to date, unless something else is under way: a search works without it.
    pub(super) fn index(&mut self) -> Vec<Outcome> {
        let Some(texts) = self.texts.clone().filter(|_| self.worker.is_none()) else { return Vec::new() };
        let folder = self.cache().and_then(|c| c.make().ok().flatten()).map(|folder| folder.join("index"));
        self.begin(Job::Index(texts, folder))
    }

    /// Asks long work to stop.
    pub(super) fn stop(&self) {
        if let Some(worker) = &self.worker {
            worker.stop();
        }
    }

    /// Leaves: what comes in is stopped between two documents, so that nothing is left half done; a file
    /// that was asked for is written to its end.
    pub(in crate::shell) fn leave(&mut self) {
        let Some(worker) = self.worker.take() else { return };
        match worker.what() {
            Work::Import => worker.stop(),
            Work::Export => {}
            Work::Open | Work::Read | Work::Index | Work::Command => return,
        }
        worker.done(LEAVING);
    }

    /// Whether long work is under way, which wants to be looked at often.
    pub(in crate::shell) const fn is_working(&self) -> bool {
        self.worker.is_some()
    }

    /// Asks for a look at what others changed.
    pub(in crate::shell) fn look(&self) {
        if let Some(lookout) = &self.lookout {
            lookout.look();
        }
    }

    /// What has happened meanwhile: long work went on, others changed the study. While the user
    /// writes, answers or chooses something over the desk, nothing on it moves.
    pub(in crate::shell) fn meanwhile(&mut self, free: bool) -> Result<Vec<Outcome>, StudyError> {
        let mut out = Vec::new();
        if let Some(worker) = &mut self.worker {
            out.extend(worker.news().map(|w| Outcome::Working(Some(w))));
            if let Some(done) = worker.done(Duration::ZERO) {
                // What came in, or lies on disk, before it heard that it was to stop is there.
                let kept = matches!(done, Done::Read { report: Some(_), .. } | Done::Written(_));
                let stopped = worker.is_stopped() && !kept;
                let what = worker.what();
                self.worker = None;
                out.push(Outcome::Working(None));
                if stopped && what == Work::Read {
                    // It made room for something else, and is begun again after it.
                } else if stopped {
                    self.first = false;
                    out.push(Outcome::Said(words_of_work::STOPPED.into()));
                } else {
                    self.finished = Some((what, done));
                }
            }
        }
        if let Some(lookout) = &self.lookout {
            let news = lookout.news();
            self.changed.journals |= news.journals;
            self.changed.texts |= news.texts;
        }
        // A study that is opened takes the place of everything.
        if let Some((_, done)) =
            self.finished.take_if(|(what, _)| free || matches!(what, Work::Open | Work::Index | Work::Export))
        {
            out.extend(self.take(done)?);
        }
        if free {
            out.extend(self.catch_up());
        }
        Ok(out)
    }

    /// Takes in what others changed.
    fn catch_up(&mut self) -> Vec<Outcome> {
        let Some(study) = &mut self.study else { return Vec::new() };
        let mut out = Vec::new();
        if std::mem::take(&mut self.changed.journals) {
            // A folder that cannot be read now is looked at again when it changes.
            _ = study.refresh();
            out = self.arrived(None);
        }
        out.extend(self.read());
        out
    }

    /// Begins to read texts and tables anew where they changed, unless other work is under way.
    pub(super) fn read(&mut self) -> Vec<Outcome> {
        let idle = self.worker.is_none() && self.finished.is_none();
        let Some(study) = self.study.as_ref().filter(|_| idle && self.changed.texts) else {
            return Vec::new();
        };
        let job = Job::Read(study.dir().to_owned(), study.context().clone());
        self.changed.texts = false;
        self.begin(job)
    }

    /// The acts that came from elsewhere, and whose they are, but for those of a coder who knows of them.
    pub(super) fn arrived(&mut self, knows: Option<&str>) -> Vec<Outcome> {
        let seen = self.sight();
        if !seen.is_empty() {
            return seen;
        }
        let Some(study) = &self.study else { return Vec::new() };
        let acts = study.state().acts().get(self.known..).unwrap_or_default().to_vec();
        self.known = study.state().len();
        if acts.is_empty() {
            return Vec::new();
        }
        // Which documents there are follows from acts, and the texts lie beside.
        self.changed.texts |= acts.iter().any(|a| changes_documents(study, &a.changes));
        let mut by: BTreeMap<&str, usize> = BTreeMap::new();
        let told = |coder: &str| knows.is_none_or(|knows| coder != knows);
        for act in acts.iter().filter(|a| *a.act != *"introduce" && told(&a.coder)) {
            *by.entry(&act.coder).or_default() += 1;
        }
        let by: Vec<(String, usize)> = by.into_iter().map(|(who, n)| (who.to_owned(), n)).collect();
        let said = (!by.is_empty()).then(|| words_of_work::arrived(&by));
        vec![Outcome::Arrived(acts, said)]
    }

    /// Takes in what came of long work.
    pub(super) fn take(&mut self, done: Done) -> Result<Vec<Outcome>, StudyError> {
        let first = std::mem::take(&mut self.first);
        match done {
            Done::Opened { mut study, corpus, problems, looks, sample } => {
                // The sample is opened as its primary coder, unless somebody else was named: a name that
                // is kept for one's own studies would find nothing done, in a table of somebody else's.
                if sample
                    && !self.named
                    && let Some(primary) = primary(&study)
                {
                    study.set_coder(&primary)?;
                }
                self.settle(*study, looks);
                self.keep_texts(corpus, &problems);
                Ok(self.lay_out(None))
            }
            Done::Indexed(index) => Ok(vec![Outcome::Indexed(index)]),
            Done::Written(path) => Ok(vec![Outcome::Written(path)]),
            Done::Read { corpus, problems, report } => Ok(self.read_anew(corpus, &problems, report)),
            Done::Failed(StudyError::NotSaved { .. }) => {
                Ok(vec![Outcome::Refused(words_of_work::IMPORT_NOT_KEPT.into())])
            }
            Done::Failed(why) if first => Err(why),
            Done::Failed(why) => Ok(vec![Outcome::Refused(errors::study(&why))]),
            Done::Refused(why) => Ok(vec![Outcome::Refused(why)]),
        }
    }

    /// Texts and tables are there anew, with what came in.
    fn read_anew(&mut self, corpus: Corpus, problems: &[Problem], intake: Option<Intake>) -> Vec<Outcome> {
        let Some(study) = &mut self.study else { return Vec::new() };
        let report = intake.as_ref().map(|(_, report)| report);
        let nothing = |r: &ImportReport| r.added.is_empty() && r.known.is_empty() && r.tables.is_empty();
        if report.is_some_and(nothing) {
            let mut out = vec![Outcome::Refused(files::NO_TRANSCRIPT.into())];
            out.extend(intake.and_then(|(from, report)| noted(from, report, files::NO_TRANSCRIPT.into())));
            return out;
        }
        _ = study.refresh();
        let before = self.changed.texts;
        let mut out = self.arrived(None);
        // What came in has just been read.
        self.changed.texts = before || (report.is_none() && self.changed.texts);
        let (said, came_in) = (report.map(summary), report.is_some_and(|r| r.act.is_some()));
        self.keep_texts(corpus, problems);
        out.extend(self.desk().map(|desk| Outcome::Relaid(Box::new(desk), said.clone())));
        if came_in {
            out.push(self.saved());
        }
        out.extend(intake.zip(said).and_then(|((from, report), said)| noted(from, report, said)));
        out
    }
}

/// What is to be known about the files, if anything is.
fn noted(from: (PathBuf, String), report: ImportReport, said: String) -> Option<Outcome> {
    let problems = report.problems;
    (!problems.is_empty()).then_some(Outcome::Noted { from, said, problems })
}

/// What was brought in.
fn summary(report: &ImportReport) -> String {
    let problems = report.problems.iter().filter(|p| p.severity > Severity::Note).count();
    let notes = report.problems.len() - problems;
    files::brought_in([report.added.len(), report.known.len(), report.tables.len(), problems, notes])
}
