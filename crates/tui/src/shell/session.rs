//! The session: the open study on disk, and the one place where the screen meets it. Effects go in,
//! outcomes come out; nothing here draws.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use model::act::Change;
use model::name::Name;
use model::problem::Severity;
use study::{Context, Draft, ImportOptions, ImportReport, Init, Study, StudyError};

use crate::app::{Effect, Outcome};
use crate::desk::Desk;
use crate::options::{Builtin, Demo, Options, Runner};
use crate::paths::pasted;
use crate::strings::files;

use super::clipboard;

/// What the screen's effects are carried out on.
pub(super) struct Session {
    context: Context,
    demo: Demo,
    codebooks: Vec<Builtin>,
    study: Option<Study>,
    /// How many acts of the study the desk has.
    known: usize,
    /// What was done before it was known by whom.
    nameless: Vec<Draft>,
    command: Runner,
    /// The command that runs beside the screen, and how the study's files were when it began.
    running: Option<(Receiver<(String, bool)>, Stamp)>,
}

/// Names, sizes and times of files.
pub(super) type Stamp = Vec<(PathBuf, u64, Option<std::time::SystemTime>)>;

impl Session {
    /// A session without a study.
    pub(super) fn new(options: Options) -> Self {
        let Options { context, demo, codebooks, command, .. } = options;
        Self { context, demo, codebooks, study: None, known: 0, nameless: Vec::new(), command, running: None }
    }

    /// Carries an effect out.
    pub(super) fn carry_out(&mut self, effect: Effect) -> Vec<Outcome> {
        let done = match effect {
            Effect::Append { act, changes } => Ok(self.append(Draft::new(act, changes))),
            Effect::Open(folder) => self.open(&folder),
            Effect::New { folder, coder, codebook } => match self.codebook(&codebook) {
                Ok(codebooks) => self.init(&folder, &coder, codebooks),
                Err(why) => return vec![Outcome::Refused(why)],
            },
            Effect::Sample(folder) => match (self.demo)(&folder) {
                Ok(folder) => self.open_sample(&folder),
                Err(why) => return vec![Outcome::Refused(why)],
            },
            Effect::Import(path) => self.import(path),
            Effect::Introduce(name) => self.introduce(&name),
            Effect::Write { name, bytes } => return vec![self.write(&name, &bytes)],
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
        done.unwrap_or_else(|why| vec![Outcome::Refused(words(&why))])
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
        let command = std::sync::Arc::clone(&self.command);
        self.running = Some((receive, stamp(&dir)));
        std::thread::spawn(move || {
            // Where the screen was left meanwhile there is nobody to tell.
            let _ = send.send(command(&dir, &args));
        });
        Vec::new()
    }

    /// What came of the command that ran, once it has ended: what it said, and the study as it is now.
    pub(super) fn ended(&mut self) -> Vec<Outcome> {
        let Some((receive, _)) = &self.running else { return Vec::new() };
        let (said, well) = match receive.try_recv() {
            Ok(found) => found,
            Err(TryRecvError::Empty) => return Vec::new(),
            Err(TryRecvError::Disconnected) => (crate::strings::tools::BROKE_OFF.to_owned(), false),
        };
        let before = self.running.take().map(|(_, stamp)| stamp).unwrap_or_default();
        let mut out = self.changed_since(&before);
        out.push(Outcome::Ran(said, well));
        out
    }

    /// How the study's files are now.
    pub(super) fn stamp(&self) -> Stamp {
        self.study.as_ref().map(|s| stamp(s.dir())).unwrap_or_default()
    }

    /// Takes in what other programs did to the study since its files were as `before`. What only looked
    /// changes nothing, and the screen stays as it was.
    pub(super) fn changed_since(&mut self, before: &Stamp) -> Vec<Outcome> {
        let Some(study) = &mut self.study else { return Vec::new() };
        match study.refresh() {
            Ok(new) if new > 0 || stamp(study.dir()) != *before => self.lay_out(None),
            Ok(_) => Vec::new(),
            Err(why) => vec![Outcome::Refused(words(&why))],
        }
    }

    /// Tries again to save what is not saved.
    pub(super) fn tick(&mut self) -> Vec<Outcome> {
        let Some(study) = self.study.as_mut().filter(|s| !s.pending().is_empty()) else { return Vec::new() };
        match study.retry() {
            Ok(_) => vec![self.saved()],
            Err(why) => vec![not_saved(&why)],
        }
    }

    /// Opens the study in a folder, or the one around it.
    pub(super) fn open(&mut self, folder: &Path) -> Result<Vec<Outcome>, StudyError> {
        let folder = Study::find(folder).unwrap_or_else(|| folder.to_owned());
        self.study = Some(Study::open(&folder, &self.context)?);
        Ok(self.lay_out(None))
    }

    /// Opens the sample as its primary coder, unless somebody else was named.
    fn open_sample(&mut self, folder: &Path) -> Result<Vec<Outcome>, StudyError> {
        let mut study = Study::open(folder, &self.context)?;
        if self.context.coder.is_none()
            && let Some(primary) = primary(&study)
        {
            study.set_coder(&primary)?;
        }
        self.study = Some(study);
        Ok(self.lay_out(None))
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
        self.study = Some(study);
        let said = problems.first().map(ToString::to_string);
        Ok(self.lay_out(said))
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

    fn import(&mut self, path: PathBuf) -> Result<Vec<Outcome>, StudyError> {
        let Some(study) = &mut self.study else { return Ok(Vec::new()) };
        if !path.exists() {
            return Ok(vec![Outcome::Refused(files::nothing_at(path.display()))]);
        }
        if let Err(StudyError::WhoCodes { login }) = study.coder() {
            return Ok(vec![Outcome::WhoCodes(login)]);
        }
        let report = study.import(&[path], &ImportOptions::default())?;
        if report.added.is_empty() && report.known.is_empty() && report.tables.is_empty() {
            let first = report.problems.iter().max_by_key(|p| p.severity).map(ToString::to_string);
            return Ok(vec![Outcome::Refused(first.unwrap_or_else(|| files::NO_TRANSCRIPT.into()))]);
        }
        let said = summary(&report);
        let mut out = self.lay_out(Some(said));
        out.push(self.saved());
        Ok(out)
    }

    /// Names the coder who sits here, and does what waited for the name.
    fn introduce(&mut self, name: &str) -> Result<Vec<Outcome>, StudyError> {
        let Some(study) = &mut self.study else { return Ok(Vec::new()) };
        study.set_coder(name)?;
        self.context.coder = Some(name.trim().to_owned());
        self.context.keep("coder", name.trim());
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
                    out.push(Outcome::Refused(words(&why)));
                }
            }
            Err(why @ StudyError::NotSaved { .. }) => out.push(not_saved(&why)),
            Err(StudyError::WhoCodes { login }) => {
                self.nameless.push(kept);
                out.push(Outcome::WhoCodes(login));
            }
            Err(why) => out.push(Outcome::Refused(words(&why))),
        }
        out
    }

    /// The acts that the desk does not have yet.
    fn news(&mut self) -> Vec<Outcome> {
        let Some(study) = &self.study else { return Vec::new() };
        let acts = study.state().acts();
        let new = acts.get(self.known..).unwrap_or_default().to_vec();
        self.known = acts.len();
        if new.is_empty() { Vec::new() } else { vec![Outcome::Taken(new)] }
    }

    /// Lays the study on the desk.
    fn lay_out(&mut self, said: Option<String>) -> Vec<Outcome> {
        let Some(study) = &self.study else { return Vec::new() };
        let (corpus, problems) = index::load(study);
        let (coder, unknown) = match study.coder() {
            Ok(name) => (Some(name), None),
            Err(StudyError::WhoCodes { login }) => (None, Some(login)),
            Err(_) => (None, Some(None)),
        };
        let name = study
            .dir()
            .file_name()
            .map_or_else(|| study.dir().display().to_string(), |n| n.to_string_lossy().into_owned());
        let languages = study.languages().into_iter().map(str::to_owned).collect();
        let mut desk = Desk::new(name, corpus, study.state().clone(), coder, languages);
        desk.problems =
            study.problems().iter().chain(&problems).filter(|p| p.severity > Severity::Note).count();
        self.known = study.state().len();
        let said = said.or_else(|| (desk.problems > 0).then(|| files::problems(desk.problems)));
        let mut out = vec![Outcome::Opened(Box::new(desk), said)];
        out.extend(unknown.map(Outcome::WhoCodes));
        out
    }

    /// Writes a file beside the study's folder. What is there already is somebody's: the new file gets
    /// a number, unless it would say the same.
    fn write(&self, name: &str, bytes: &[u8]) -> Outcome {
        let Some(study) = &self.study else { return Outcome::Refused(files::NO_STUDY.into()) };
        let inside = std::path::absolute(study.dir()).unwrap_or_else(|_| study.dir().to_owned());
        let folder = inside.parent().unwrap_or(&inside);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "csv"));
        let mut n = 1;
        let path = loop {
            let name = if n == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{n}.{ending}") };
            let path = folder.join(name);
            if !path.exists() || std::fs::read(&path).is_ok_and(|there| there == bytes) {
                break path;
            }
            n += 1;
        };
        match study::atomic::replace(&path, bytes) {
            Ok(()) => Outcome::Written(path.display().to_string()),
            Err(why) => Outcome::Refused(format!("{}: {why}", path.display())),
        }
    }

    /// Everything is on disk now.
    fn saved(&self) -> Outcome {
        let now = self.context.clock.now().to_zoned(jiff::tz::TimeZone::system());
        Outcome::Saved(now.strftime("%H:%M:%S").to_string())
    }
}

/// How the files of a study are that are no journals.
fn stamp(dir: &Path) -> Stamp {
    let mut out = Stamp::new();
    for folder in ["corpus", "codebooks", "."] {
        for entry in std::fs::read_dir(dir.join(folder)).into_iter().flatten().flatten() {
            if let Ok(about) = entry.metadata()
                && about.is_file()
            {
                out.push((entry.path(), about.len(), about.modified().ok()));
            }
        }
    }
    out.sort();
    out
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

/// An error with what to do about it.
fn words(why: &StudyError) -> String {
    let hint = why.hint();
    if hint.is_empty() { why.to_string() } else { format!("{why}: {hint}") }
}

fn not_saved(why: &StudyError) -> Outcome {
    match why {
        StudyError::NotSaved { waiting, source, .. } => {
            let why = match source.kind() {
                std::io::ErrorKind::StorageFull => files::DISK_FULL.into(),
                std::io::ErrorKind::PermissionDenied => files::NO_PERMISSION.into(),
                std::io::ErrorKind::ReadOnlyFilesystem => files::READ_ONLY.into(),
                _ => source.to_string(),
            };
            Outcome::NotSaved { why, waiting: *waiting }
        }
        other => Outcome::NotSaved { why: other.to_string(), waiting: 1 },
    }
}
