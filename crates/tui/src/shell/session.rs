//! The session: the open study on disk, and the one place where the screen meets it. Effects go in,
//! outcomes come out; nothing here draws.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use model::act::Change;
use model::corpus::Corpus;
use model::name::Name;
use model::problem::{Problem, Severity};
use study::{Context, Draft, ImportReport, Init, Study, StudyError};

use super::lookout::{Changed, Lookout, Looks};
use super::work::{Done, Job, Worker};
use crate::app::{Effect, Outcome, Work};
use crate::desk::Desk;
use crate::options::{Builtin, Demo, Options, Runner};
use crate::paths::pasted;
use crate::strings::work as words_of_work;
use crate::strings::{errors, files};

use super::{beside, clipboard};

/// How long leaving waits for what comes in to stop.
const LEAVING: Duration = Duration::from_secs(5);

/// What the screen's effects are carried out on.
pub(super) struct Session {
    context: Context,
    demo: Demo,
    codebooks: Vec<Builtin>,
    study: Option<Study>,
    /// Its texts, as they lie on the desk.
    texts: Option<Arc<Corpus>>,
    /// How many acts of the study the desk has.
    known: usize,
    /// The study's number of what may be seen, as the desk knows it.
    sights: u64,
    /// What was done before it was known by whom.
    nameless: Vec<Draft>,
    command: Runner,
    /// The command that runs beside the screen, and how the study's files were when it began.
    running: Option<(Receiver<(String, bool)>, Looks)>,
    /// Whether the study that was named at the start is still being opened: what is wrong with it is an
    /// error of the command.
    first: bool,
    /// Long work under way.
    worker: Option<Worker>,
    /// What came of it, until the desk is free for it.
    finished: Option<(Work, Done)>,
    /// Who sees what others change.
    lookout: Option<Lookout>,
    /// What they changed, until the desk is free for it.
    changed: Changed,
}

impl Session {
    /// A session without a study.
    pub(super) fn new(options: Options) -> Self {
        let Options { context, demo, codebooks, command, .. } = options;
        Self {
            context,
            demo,
            codebooks,
            study: None,
            texts: None,
            known: 0,
            sights: 0,
            nameless: Vec::new(),
            command,
            running: None,
            first: false,
            worker: None,
            finished: None,
            lookout: None,
            changed: Changed::default(),
        }
    }

    /// Carries an effect out.
    pub(super) fn carry_out(&mut self, effect: Effect) -> Vec<Outcome> {
        let done = match effect {
            Effect::Append { act, changes } => Ok(self.append(Draft::new(act, changes))),
            Effect::Open(folder) => Ok(self.begin(Job::Open(found(&folder), self.context.clone()))),
            Effect::New { folder, coder, codebook } => match self.codebook(&codebook) {
                Ok(codebooks) => self.init(&folder, &coder, codebooks),
                Err(why) => return vec![Outcome::Refused(why)],
            },
            Effect::Sample(folder) => {
                Ok(self.begin(Job::Sample(folder, self.context.clone(), self.demo.clone())))
            }
            Effect::Import(path) => Ok(self.import(path)),
            Effect::Introduce(name) => self.introduce(&name),
            Effect::Stop => {
                self.stop();
                Ok(Vec::new())
            }
            Effect::Index => Ok(self.index()),
            Effect::Write { name, bytes } => {
                let dir = self.study.as_ref().map(Study::dir);
                return vec![beside::write(dir, &name, &bytes)];
            }
            Effect::Run(args) => return self.run(args),
            Effect::Copy(text) => {
                let wish = self.context.config().get("copy");
                let tmux = std::env::var_os("TMUX").is_some_and(|v| !v.is_empty());
                return vec![Outcome::Copied(clipboard::copy(&text, wish.as_deref(), tmux, self.cache()))];
            }
            Effect::Keep(key, value) => {
                self.context.keep(key, &value);
                Ok(Vec::new())
            }
            Effect::EditOutside(_) | Effect::Redraw | Effect::Suspend => Ok(Vec::new()),
        };
        done.unwrap_or_else(|why| vec![Outcome::Refused(errors::study(&why))])
    }

    /// Where derived files of the study lie.
    pub(super) fn cache(&self) -> Option<&study::cache::Cache> {
        self.study.as_ref().map(Study::cache)
    }

    /// Begins a command on the study, on a thread of its own.
    fn run(&mut self, mut args: Vec<String>) -> Vec<Outcome> {
        let Some(study) = &self.study else { return Vec::new() };
        let dir = study.dir().to_owned();
        // The command is this coder's, unless it names another.
        if let Ok(coder) = study.coder()
            && !args.iter().any(|a| a == "--coder" || a.starts_with("--coder="))
        {
            args.insert(0, format!("--coder={coder}"));
        }
        let (send, receive) = channel();
        let command = Arc::clone(&self.command);
        self.running = Some((receive, Looks::of(&dir)));
        std::thread::spawn(move || {
            // Where the screen was left meanwhile there is nobody to tell.
            let _ = send.send(command(&dir, &args));
        });
        Vec::new()
    }

    /// What came of the command that ran, once it has ended: what it said, and the study as it is now.
    pub(super) fn ended(&mut self, ready: bool) -> Vec<Outcome> {
        let Some((receive, _)) = &self.running else { return Vec::new() };
        let (said, well) = match receive.try_recv() {
            Ok(found) => found,
            Err(TryRecvError::Empty) => return Vec::new(),
            Err(TryRecvError::Disconnected) => (crate::strings::tools::BROKE_OFF.to_owned(), false),
        };
        let before = self.running.take().map(|(_, looks)| looks).unwrap_or_default();
        let mut out = self.changed_since(&before, ready);
        out.push(Outcome::Ran(said, well));
        out
    }

    /// How the study's files are now.
    pub(super) fn looks(&self) -> Looks {
        self.study.as_ref().map(|s| Looks::of(s.dir())).unwrap_or_default()
    }

    /// Takes in what a program that was run from here did to the study since its files were as `before`:
    /// acts at once, since they were asked for, unless something lies over the desk that does not move
    /// with the study; texts and tables on the worker. What only looked changes nothing.
    pub(super) fn changed_since(&mut self, before: &Looks, ready: bool) -> Vec<Outcome> {
        let Some(study) = &mut self.study else { return Vec::new() };
        let changed = Looks::of(study.dir()).changed(before);
        self.changed.texts |= changed.texts;
        if !ready {
            self.changed.journals |= changed.journals;
            return Vec::new();
        }
        if let Err(why) = study.refresh() {
            return vec![Outcome::Refused(errors::study(&why))];
        }
        // Nobody needs to be told what they have just done.
        let own = study.coder().ok();
        let mut out = self.arrived(own.as_deref());
        out.extend(self.read());
        out
    }

    /// Tries again to save what is not saved.
    pub(super) fn tick(&mut self) -> Vec<Outcome> {
        let Some(study) = self.study.as_mut().filter(|s| !s.pending().is_empty()) else { return Vec::new() };
        match study.retry() {
            Ok(_) => vec![self.saved()],
            Err(why) => vec![beside::not_saved(&why)],
        }
    }

    /// Begins to open the study in a folder, or the one around it, and waits for it a moment: most are
    /// there before anybody could look, and what is wrong with one is said where it was named.
    pub(super) fn open(&mut self, folder: &Path, wait: Duration) -> Result<Vec<Outcome>, StudyError> {
        let out = self.begin(Job::Open(found(folder), self.context.clone()));
        self.first = true;
        match self.worker.as_ref().and_then(|w| w.done(wait)) {
            None => Ok(out),
            Some(Done::Failed(why)) => Err(why),
            Some(done) => {
                self.worker = None;
                self.first = false;
                self.take(done)
            }
        }
    }

    /// Begins long work, one at a time. What nobody waits for makes room.
    fn begin(&mut self, job: Job) -> Vec<Outcome> {
        if let Some(worker) = &self.worker {
            match worker.what() {
                Work::Read => self.changed.texts = true,
                Work::Index => {}
                Work::Open | Work::Import => return vec![Outcome::Refused(words_of_work::BUSY.into())],
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
    fn index(&mut self) -> Vec<Outcome> {
        let Some(texts) = self.texts.clone().filter(|_| self.worker.is_none()) else { return Vec::new() };
        let folder = self.cache().and_then(|c| c.make().ok().flatten()).map(|folder| folder.join("index"));
        self.begin(Job::Index(texts, folder))
    }

    /// Asks long work to stop.
    fn stop(&mut self) {
        if let Some(worker) = &self.worker {
            worker.stop();
        }
    }

    /// Leaves: what comes in is stopped between two documents, so that nothing is left half done.
    pub(super) fn leave(&mut self) {
        if let Some(worker) = self.worker.take().filter(|w| w.what() == Work::Import) {
            worker.stop();
            worker.done(LEAVING);
        }
    }

    /// Whether long work is under way, which wants to be looked at often.
    pub(super) const fn is_working(&self) -> bool {
        self.worker.is_some()
    }

    /// Whether a study is open, which others may change.
    pub(super) const fn is_open(&self) -> bool {
        self.study.is_some()
    }

    /// Asks for a look at what others changed.
    pub(super) fn look(&self) {
        if let Some(lookout) = &self.lookout {
            lookout.look();
        }
    }

    /// What has happened meanwhile: long work went on, others changed the study. While the user
    /// writes, answers or chooses something over the desk, nothing on it moves.
    pub(super) fn meanwhile(&mut self, free: bool) -> Result<Vec<Outcome>, StudyError> {
        let mut out = Vec::new();
        if let Some(worker) = &mut self.worker {
            out.extend(worker.news().map(|w| Outcome::Working(Some(w))));
            if let Some(done) = worker.done(Duration::ZERO) {
                let stopped = worker.is_stopped() && !matches!(done, Done::Read { report: Some(_), .. });
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
            self.finished.take_if(|(what, _)| free || matches!(what, Work::Open | Work::Index))
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
    fn read(&mut self) -> Vec<Outcome> {
        let idle = self.worker.is_none() && self.finished.is_none();
        let Some(study) = self.study.as_ref().filter(|_| idle && self.changed.texts) else {
            return Vec::new();
        };
        let job = Job::Read(study.dir().to_owned(), study.context().clone());
        self.changed.texts = false;
        self.begin(job)
    }

    /// The acts that came from elsewhere, and whose they are, but for those of a coder who knows of them.
    fn arrived(&mut self, knows: Option<&str>) -> Vec<Outcome> {
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
    fn take(&mut self, done: Done) -> Result<Vec<Outcome>, StudyError> {
        let first = std::mem::take(&mut self.first);
        match done {
            Done::Opened { mut study, corpus, problems, looks, sample } => {
                // The sample is opened as its primary coder, unless somebody else was named.
                if sample
                    && self.context.coder.is_none()
                    && let Some(primary) = primary(&study)
                {
                    study.set_coder(&primary)?;
                }
                self.settle(*study, looks);
                Ok(self.lay_out(corpus, &problems, None))
            }
            Done::Indexed(index) => Ok(vec![Outcome::Indexed(index)]),
            Done::Read { corpus, problems, report } => Ok(self.read_anew(corpus, &problems, report.as_ref())),
            Done::Failed(StudyError::NotSaved { .. }) => {
                Ok(vec![Outcome::Refused(words_of_work::IMPORT_NOT_KEPT.into())])
            }
            Done::Failed(why) if first => Err(why),
            Done::Failed(why) => Ok(vec![Outcome::Refused(errors::study(&why))]),
            Done::Refused(why) => Ok(vec![Outcome::Refused(why)]),
        }
    }

    /// Texts and tables are there anew, with what came in.
    fn read_anew(
        &mut self,
        corpus: Corpus,
        problems: &[Problem],
        report: Option<&ImportReport>,
    ) -> Vec<Outcome> {
        let Some(study) = &mut self.study else { return Vec::new() };
        if let Some(report) = report
            && report.added.is_empty()
            && report.known.is_empty()
            && report.tables.is_empty()
        {
            let first = report.problems.iter().max_by_key(|p| p.severity).map(ToString::to_string);
            return vec![Outcome::Refused(first.unwrap_or_else(|| files::NO_TRANSCRIPT.into()))];
        }
        _ = study.refresh();
        let before = self.changed.texts;
        let mut out = self.arrived(None);
        // What came in has just been read.
        self.changed.texts = before || (report.is_none() && self.changed.texts);
        let said = report.map(summary);
        out.extend(self.desk(corpus, problems).map(|desk| Outcome::Relaid(Box::new(desk), said)));
        if report.is_some_and(|r| r.act.is_some()) {
            out.push(self.saved());
        }
        out
    }

    /// Keeps a study as the one at hand.
    fn settle(&mut self, study: Study, looks: Looks) {
        self.lookout = Some(Lookout::new(study.dir().to_owned(), looks));
        self.changed = Changed::default();
        self.study = Some(study);
    }

    fn init(
        &mut self,
        folder: &Path,
        coder: &str,
        codebooks: Vec<(String, Vec<u8>)>,
    ) -> Result<Vec<Outcome>, StudyError> {
        let context = self.context.clone().with_coder(coder);
        let init = Init { codebooks, ..Init::default() };
        let (study, problems) = Study::init(folder, init, &context)?;
        context.keep("coder", coder);
        self.context = context;
        self.settle(study, Looks::of(folder));
        let said = problems.first().map(ToString::to_string);
        Ok(self.lay_out_anew(said))
    }

    /// The codebook that was asked for: one that comes with the program, or a file.
    fn codebook(&self, wanted: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
        if wanted.trim().is_empty() {
            return Ok(Vec::new());
        }
        if let Some(builtin) = self.codebooks.iter().find(|b| b.name == wanted) {
            return Ok(vec![(format!("{}.json", builtin.name), builtin.text.clone().into_bytes())]);
        }
        let path = pasted(wanted);
        let name = path.file_name().map_or_else(|| wanted.to_owned(), |n| n.to_string_lossy().into_owned());
        match std::fs::read(&path) {
            Ok(bytes) => Ok(vec![(name, bytes)]),
            Err(why) => {
                let known: Vec<&str> = self.codebooks.iter().map(|b| b.name.as_str()).collect();
                Err(files::no_codebook(path.display(), why, &known))
            }
        }
    }

    fn import(&mut self, path: PathBuf) -> Vec<Outcome> {
        let Some(study) = &self.study else { return Vec::new() };
        if !path.exists() {
            return vec![Outcome::Refused(files::nothing_at(path.display()))];
        }
        if let Err(StudyError::WhoCodes { login }) = study.coder() {
            return vec![Outcome::WhoCodes(login)];
        }
        let job = Job::Import(study.dir().to_owned(), path, study.context().clone());
        self.begin(job)
    }

    /// Names the coder who sits here, and does what waited for the name.
    fn introduce(&mut self, name: &str) -> Result<Vec<Outcome>, StudyError> {
        let Some(study) = &mut self.study else { return Ok(Vec::new()) };
        study.set_coder(name)?;
        self.context.coder = Some(name.trim().to_owned());
        self.context.keep("coder", name.trim());
        let mut out = self.lay_out_anew(None);
        for draft in std::mem::take(&mut self.nameless) {
            out.extend(self.append(draft));
        }
        Ok(out)
    }

    /// Appends an act; what it changes is in the state before anything is said about saving.
    fn append(&mut self, draft: Draft) -> Vec<Outcome> {
        let Some(study) = &mut self.study else { return Vec::new() };
        let views = draft.changes.iter().any(|c| {
            c.kind().starts_with("code-")
                || matches!(c, Change::Setting(_) | Change::Undone(_) | Change::Redone(_))
        });
        let kept = draft.clone();
        let result = study.append(draft);
        let mut out = self.news();
        match result {
            Ok(_) => {
                out.push(self.saved());
                if views && let Some(study) = &mut self.study
                    // The file is a view: what it lacks now it gets with the next change.
                    && let Err(why) = study.write_codebooks()
                {
                    out.push(Outcome::Refused(errors::study(&why)));
                }
            }
            Err(why @ StudyError::NotSaved { .. }) => out.push(beside::not_saved(&why)),
            Err(StudyError::WhoCodes { login }) => {
                self.nameless.push(kept);
                out.push(Outcome::WhoCodes(login));
            }
            Err(why) => out.push(Outcome::Refused(errors::study(&why))),
        }
        out
    }

    /// The acts that the desk does not have yet.
    fn news(&mut self) -> Vec<Outcome> {
        let seen = self.sight();
        if !seen.is_empty() {
            return seen;
        }
        let Some(study) = &self.study else { return Vec::new() };
        let acts = study.state().acts();
        let new = acts.get(self.known..).unwrap_or_default().to_vec();
        self.known = acts.len();
        self.changed.texts |= new.iter().any(|a| changes_documents(study, &a.changes));
        if new.is_empty() { Vec::new() } else { vec![Outcome::Taken(new)] }
    }

    /// The whole state, where other acts than new ones can be seen now: the coder went blind, or sees.
    fn sight(&mut self) -> Vec<Outcome> {
        let Some(study) = self.study.as_ref().filter(|s| s.sights() != self.sights) else {
            return Vec::new();
        };
        self.sights = study.sights();
        self.known = study.state().len();
        // Among them may be documents.
        self.changed.texts = true;
        vec![Outcome::Seen(Box::new(study.state().clone()))]
    }

    /// The study as its coder sees it.
    fn desk(&mut self, corpus: Corpus, problems: &[Problem]) -> Option<Desk> {
        let study = self.study.as_ref()?;
        let name = study
            .dir()
            .file_name()
            .map_or_else(|| study.dir().display().to_string(), |n| n.to_string_lossy().into_owned());
        let languages = study.languages().into_iter().map(str::to_owned).collect();
        let corpus = Arc::new(corpus);
        self.texts = Some(Arc::clone(&corpus));
        let mut desk = Desk::new(name, corpus, study.state().clone(), study.coder().ok(), languages);
        desk.problems =
            study.problems().iter().chain(problems).filter(|p| p.severity > Severity::Note).count();
        Some(desk)
    }

    /// Reads the texts and lays the study on the desk.
    fn lay_out_anew(&mut self, said: Option<String>) -> Vec<Outcome> {
        let Some(study) = &self.study else { return Vec::new() };
        let (corpus, problems) = index::load(study);
        self.lay_out(corpus, &problems, said)
    }

    /// Lays the study on the desk.
    fn lay_out(&mut self, corpus: Corpus, problems: &[Problem], said: Option<String>) -> Vec<Outcome> {
        let Some(desk) = self.desk(corpus, problems) else { return Vec::new() };
        let Some(study) = &self.study else { return Vec::new() };
        let unknown = match study.coder() {
            Ok(_) => None,
            Err(StudyError::WhoCodes { login }) => Some(login),
            Err(_) => Some(None),
        };
        (self.known, self.sights) = (study.state().len(), study.sights());
        let said = said.or_else(|| (desk.problems > 0).then(|| files::problems(desk.problems)));
        let mut out = vec![Outcome::Opened(Box::new(desk), said)];
        out.extend(unknown.map(Outcome::WhoCodes));
        out
    }

    /// Everything is on disk now.
    fn saved(&self) -> Outcome {
        let now = self.context.clock.now().to_zoned(jiff::tz::TimeZone::system());
        Outcome::Saved(now.strftime("%H:%M:%S").to_string())
    }
}

/// The study that a folder is in, or the folder itself.
fn found(folder: &Path) -> PathBuf {
    Study::find(folder).unwrap_or_else(|| folder.to_owned())
}

/// Whether changes (or the act that they undo) tell which documents there are and with which texts.
fn changes_documents(study: &Study, changes: &[Change]) -> bool {
    changes.iter().any(|c| match c {
        Change::DocumentAdded(_)
        | Change::DocumentRenamed(_)
        | Change::DocumentRemoved(_)
        | Change::TextRevised(_) => true,
        Change::Setting(s) => s.key == "case_label",
        Change::Undone(u) | Change::Redone(u) => study.state().act(u.act).is_some_and(|a| {
            // An undo names no undo.
            !a.changes.iter().any(|c| matches!(c, Change::Undone(_) | Change::Redone(_)))
                && changes_documents(study, &a.changes)
        }),
        _ => false,
    })
}

/// The study's primary coder.
fn primary(study: &Study) -> Option<Name> {
    study.state().primary_events().iter().rev().find_map(|l| match l.change {
        Change::PrimaryNamed(p) if p.documents.is_empty() => Some(p.coder.clone()),
        _ => None,
    })
}

/// What was brought in.
fn summary(report: &ImportReport) -> String {
    let problems = report.problems.iter().filter(|p| p.severity > Severity::Note).count();
    let first = report.problems.iter().max_by_key(|p| p.severity).map(ToString::to_string);
    files::brought_in(
        report.added.len(),
        report.known.len(),
        report.tables.len(),
        problems,
        &first.unwrap_or_default(),
    )
}
