//! The session: the open study on disk, and the one place where the screen meets it. Effects go in,
//! outcomes come out; nothing here draws.

mod command;
mod long;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use model::act::Change;
use model::corpus::Corpus;
use model::name::Name;
use model::problem::{Problem, Severity};
use study::{Context, Draft, Init, Study, StudyError};

use super::lookout::{Changed, Lookout, Looks};
use super::work::{Done, Job, Worker};
use crate::app::{Effect, Outcome, Work};
use crate::content::Content;
use crate::desk::Desk;
use crate::options::{Builtin, Demo, Options, Runner};
use crate::paths::pasted;
use crate::strings::language::spoken;
use crate::strings::{errors, files};

use super::{beside, clipboard};
use command::Running;

/// What the screen's effects are carried out on.
pub(super) struct Session {
    context: Context,
    /// Whether it was said for this run who acts.
    named: bool,
    demo: Demo,
    codebooks: Vec<Builtin>,
    study: Option<Study>,
    /// Its texts, as they lie on the desk.
    texts: Option<Arc<Corpus>>,
    /// How many problems were found in them.
    problems: usize,
    /// How many acts of the study the desk has.
    known: usize,
    /// The study's number of what may be seen, as the desk knows it.
    sights: u64,
    /// What was done before it was known by whom.
    nameless: Vec<Draft>,
    command: Runner,
    /// The command that runs beside the screen.
    running: Option<Running>,
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
        let Options { context, named, demo, codebooks, command, .. } = options;
        Self {
            context,
            named,
            demo,
            codebooks,
            study: None,
            texts: None,
            problems: 0,
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
            Effect::New { folder, coder, codebook, languages, case_label } => {
                match self.beginning(&codebook, &languages, case_label) {
                    Ok(init) => self.init(&folder, &coder, init),
                    Err(why) => return vec![Outcome::Refused(why)],
                }
            }
            Effect::Sample(folder) => {
                Ok(self.begin(Job::Sample(folder, self.context.clone(), self.demo.clone())))
            }
            Effect::Import { path, case } => Ok(self.import(path, case)),
            Effect::Introduce(name) => self.introduce(&name),
            Effect::Stop => {
                self.stop();
                Ok(Vec::new())
            }
            Effect::Index => Ok(self.index()),
            Effect::StopCommand => {
                self.stop_command();
                Ok(Vec::new())
            }
            Effect::Write { name, bytes } => return self.export(name, bytes.into()),
            Effect::Export { name, content } => return self.export(name, content),
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

    /// Whether a study is open, which others may change.
    pub(super) const fn is_open(&self) -> bool {
        self.study.is_some()
    }

    /// Keeps a study as the one at hand.
    fn settle(&mut self, study: Study, looks: Looks) {
        self.lookout = Some(Lookout::new(study.dir().to_owned(), looks));
        self.changed = Changed::default();
        self.study = Some(study);
    }

    fn init(&mut self, folder: &Path, coder: &str, init: Init) -> Result<Vec<Outcome>, StudyError> {
        let context = self.context.clone().with_coder(coder);
        let (study, problems) = Study::init(folder, init, &context)?;
        context.keep("coder", coder);
        self.context = context;
        self.settle(study, Looks::of(folder));
        let said = problems.first().map(ToString::to_string);
        Ok(self.lay_out_anew(said))
    }

    /// What a new study begins with, as it was typed.
    fn beginning(&self, codebook: &str, languages: &str, case_label: String) -> Result<Init, String> {
        let languages =
            study::language_tags(languages.split([',', ';', ' '])).map_err(|tag| files::no_language(&tag))?;
        let case_label = Some(case_label).filter(|l| !l.is_empty());
        Ok(Init { codebooks: self.codebook(codebook)?, languages, case_label })
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

    /// Begins to write a file beside the study's folder.
    fn export(&mut self, name: String, content: Content) -> Vec<Outcome> {
        let Some(study) = &self.study else { return vec![Outcome::Refused(files::NO_STUDY.into())] };
        let job = Job::Export(study.dir().to_owned(), name, content, spoken());
        self.begin(job)
    }

    fn import(&mut self, path: PathBuf, case: String) -> Vec<Outcome> {
        let Some(study) = &self.study else { return Vec::new() };
        if !path.exists() {
            return vec![Outcome::Refused(files::nothing_at(path.display()))];
        }
        if let Err(StudyError::WhoCodes { login, .. }) = study.coder() {
            return vec![Outcome::WhoCodes(login)];
        }
        let job = Job::Import(study.dir().to_owned(), (path, case), study.context().clone());
        self.begin(job)
    }

    /// Names the coder who sits here, and does what waited for the name.
    fn introduce(&mut self, name: &str) -> Result<Vec<Outcome>, StudyError> {
        let Some(study) = &mut self.study else { return Ok(Vec::new()) };
        study.set_coder(name)?;
        self.context.coder = Some(name.trim().to_owned());
        self.context.keep("coder", name.trim());
        // The texts are the same, unless another coder may see others.
        self.changed.texts |= study.sights() != self.sights;
        let mut out = self.lay_out(None);
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
            Err(StudyError::WhoCodes { login, .. }) => {
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

    /// Keeps texts and tables that were read, and how many problems they have.
    fn keep_texts(&mut self, corpus: Corpus, problems: &[Problem]) {
        self.texts = Some(Arc::new(corpus));
        self.problems = problems.iter().filter(|p| p.severity > Severity::Note).count();
    }

    /// The study as its coder sees it.
    fn desk(&self) -> Option<Desk> {
        let (study, corpus) = self.study.as_ref().zip(self.texts.clone())?;
        let name = study
            .dir()
            .file_name()
            .map_or_else(|| study.dir().display().to_string(), |n| n.to_string_lossy().into_owned());
        let languages = study.languages().into_iter().map(str::to_owned).collect();
        let mut desk = Desk::new(name, corpus, study.state().clone(), study.coder().ok(), languages);
        let of_study = study.problems().iter().filter(|p| p.severity > Severity::Note).count();
        desk.problems = of_study + self.problems;
        Some(desk)
    }

    /// Reads the texts and lays the study on the desk.
    fn lay_out_anew(&mut self, said: Option<String>) -> Vec<Outcome> {
        let Some(study) = &self.study else { return Vec::new() };
        let (corpus, problems) = index::load(study);
        self.keep_texts(corpus, &problems);
        self.lay_out(said)
    }

    /// Lays the study on the desk.
    fn lay_out(&mut self, said: Option<String>) -> Vec<Outcome> {
        let Some(desk) = self.desk() else { return Vec::new() };
        let Some(study) = &self.study else { return Vec::new() };
        let unknown = match study.coder() {
            Ok(_) => None,
            Err(StudyError::WhoCodes { login, .. }) => Some(login),
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
