//! A study: one research project as a folder on disk, opened.
//!
//! It holds the state that all journals make, and is the only way to append to it. Opening writes
//! nothing, so a study on a read-only disk can be read.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use model::act::{Act, Change, CoderIntroduced};
use model::codebook::Codebook;
use model::corpus::Corpus;
use model::documents::Documents;
use model::id::ActId;
use model::journal;
use model::name::Name;
use model::problem::Problem;
use model::sight;
use model::state::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cache::Cache;
use crate::codebook_file::short;
use crate::coder::coder_name;
use crate::conflict::first_mark;
use crate::context::Context;
use crate::corpus_folder::TextsRead;
use crate::error::StudyError;
use crate::journal_file::{self, JournalFile, Loaded};
use crate::slug::slug;
use crate::watch::Watch;
use crate::writer::{Refusal, Writer};

/// The format version of the folder that this program makes and reads.
pub(crate) const FORMAT: u64 = 1;

/// `study.json`: everything else about a study is an act.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StudyFile {
    /// Its id, a UUIDv7.
    pub(crate) id: String,
    /// Format version.
    pub(crate) format: u64,
    /// When it was made.
    #[serde(default)]
    pub(crate) created: String,
}

/// An act that is still to be written: what is done, and for whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Whose reading it is; the acting coder's when not said.
    pub coder: Option<Name>,
    /// Who entered it, when that is neither the acting coder nor the one whose reading it is.
    pub by: Option<Name>,
    /// What is done, as a short word for history (code, done, import …).
    pub act: Name,
    /// The changes, in order.
    pub changes: Vec<Change>,
}

impl Draft {
    /// An act of the acting coder.
    pub fn new(act: &str, changes: Vec<Change>) -> Self {
        Self { coder: None, by: None, act: Name::new(act), changes }
    }

    /// The same for somebody else's reading.
    #[must_use]
    pub fn for_coder(mut self, coder: Name) -> Self {
        self.coder = Some(coder);
        self
    }
}

/// An act that is in the state and not yet on disk.
struct Pending {
    writer: String,
    act: ActId,
    line: Vec<u8>,
}

/// One research project, opened.
pub struct Study {
    dir: PathBuf,
    file: StudyFile,
    context: Context,
    /// All acts.
    state: State,
    /// Those that the acting coder may see, where that is not all.
    seen: Option<State>,
    /// How often it changed what may be seen.
    sights: u64,
    journals: Vec<JournalFile>,
    problems: Vec<Problem>,
    cache: Cache,
    writers: BTreeMap<String, Writer>,
    pending: VecDeque<Pending>,
    /// Coders that are known to be introduced on this device.
    introduced: Vec<Name>,
}

impl std::fmt::Debug for Study {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Study")
            .field("dir", &self.dir)
            .field("acts", &self.state.len())
            .finish_non_exhaustive()
    }
}

impl Study {
    /// The study that a folder is in: the folder itself or the nearest parent with `study.json`.
    pub fn find(start: &Path) -> Option<PathBuf> {
        let start = std::path::absolute(start).ok()?;
        start.ancestors().find(|dir| dir.join("study.json").is_file()).map(Path::to_owned)
    }

    /// Opens a study. Nothing is written.
    ///
    /// # Errors
    /// When there is no study, or `study.json` cannot be read or is of a newer format.
    pub fn open(dir: &Path, context: &Context) -> Result<Self, StudyError> {
        Ok(Self::open_beside(dir, context, || ())?.0)
    }

    /// Opens a study together with its texts: what [`Study::open`] and [`Study::corpus`] give, with the
    /// texts read beside the journals.
    ///
    /// # Errors
    /// As [`Study::open`].
    pub fn open_with_corpus(
        dir: &Path,
        context: &Context,
    ) -> Result<(Self, Corpus, Vec<Problem>), StudyError> {
        Self::open_watched(dir, context, &Watch::default())
    }

    /// The same with somebody waiting for it, who may ask it to stop.
    ///
    /// # Errors
    /// As [`Study::open`], and [`StudyError::Stopped`].
    pub fn open_watched(
        dir: &Path,
        context: &Context,
        watch: &Watch,
    ) -> Result<(Self, Corpus, Vec<Problem>), StudyError> {
        let folder = dir.join("corpus");
        let (study, texts) = Self::open_beside(dir, context, move || TextsRead::of(&folder, watch))?;
        if watch.is_stopped() {
            return Err(StudyError::Stopped);
        }
        let (corpus, problems) = study.corpus_from(&texts);
        if watch.is_stopped() { Err(StudyError::Stopped) } else { Ok((study, corpus, problems)) }
    }

    fn open_beside<T: Send>(
        dir: &Path,
        context: &Context,
        beside: impl FnOnce() -> T + Send,
    ) -> Result<(Self, T), StudyError> {
        let path = dir.join("study.json");
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(why) if matches!(why.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(StudyError::NoStudy { path: dir.to_owned() });
            }
            Err(why) => return Err(StudyError::io("read", &path, why)),
        };
        let file = read_study_file(&path, &bytes)?;
        let unite = |mut loaded: Loaded| (State::of(std::mem::take(&mut loaded.acts)), loaded);
        let ((state, loaded), beside) =
            journal_file::load_beside(&dir.join("journal"), &context.device, unite, beside);
        Ok((Self::of_parts(dir, context, file, state, loaded), beside))
    }

    /// The study of what was loaded.
    pub(crate) fn of_parts(
        dir: &Path,
        context: &Context,
        file: StudyFile,
        state: State,
        loaded: Loaded,
    ) -> Self {
        let mut study = Self {
            cache: Cache::chosen(dir, &file.id, &state, context),
            dir: dir.to_owned(),
            file,
            context: context.clone(),
            state,
            seen: None,
            sights: 0,
            journals: loaded.files,
            problems: loaded.problems,
            writers: BTreeMap::new(),
            pending: VecDeque::new(),
            introduced: Vec::new(),
        };
        study.look();
        study
    }

    fn place_cache(&mut self) {
        self.cache = Cache::chosen(&self.dir, &self.file.id, &self.state, &self.context);
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.file.id
    }

    /// When it was made, in RFC 3339.
    pub fn created(&self) -> &str {
        &self.file.created
    }

    /// Who acts and where.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// What all acts make together, those that wait to be saved included, as far as the acting coder may
    /// see it: while blind, without what others read. No face gets another state, so none can forget it.
    pub fn state(&self) -> &State {
        self.seen.as_ref().unwrap_or(&self.state)
    }

    /// The state, where the study is not needed any more.
    pub(crate) fn into_state(self) -> State {
        self.seen.unwrap_or(self.state)
    }

    /// A number that changes when other acts than new ones can be seen: a coder went blind, or sees again.
    pub fn sights(&self) -> u64 {
        self.sights
    }

    /// Who looks: the acting coder; where that is not told, whoever is blind and wrote on this device.
    fn viewer(&self) -> Option<Name> {
        if let Ok(coder) = self.coder() {
            return Some(coder);
        }
        let blind = self.state.blind_events().into_iter().filter_map(|l| match l.change {
            Change::BlindOn(b) => Some(&b.coder),
            _ => None,
        });
        blind.rev().find(|c| self.is_introduced(c)).cloned()
    }

    /// Finds anew what may be seen.
    fn look(&mut self) {
        let seen = if self.state.blind_events().is_empty() {
            None
        } else {
            self.viewer().and_then(|coder| self.state.seen_by(&coder))
        };
        let same = match (self.seen.as_ref().and_then(State::sight), seen.as_ref().and_then(State::sight)) {
            (None, None) => true,
            (Some(a), Some(b)) => a.is_like(b),
            _ => false,
        };
        if !same {
            self.sights += 1;
        }
        self.seen = seen;
    }

    /// Takes an act in, and shows what may be seen of it.
    fn insert(&mut self, act: impl Into<Arc<Act>>) {
        let act = act.into();
        if !self.state.insert(Arc::clone(&act)) {
            return;
        }
        let blind = self.seen.is_some() || !self.state.blind_events().is_empty();
        if blind && sight::changes_sight(&self.state, &act) {
            self.look();
        } else if let Some(seen) = &mut self.seen
            && let Some(act) = seen.sight().and_then(|s| s.show(&self.state, &act))
        {
            seen.insert(act);
        }
    }

    /// The codebook, folded from the acts.
    pub fn codebook(&self) -> Codebook {
        Codebook::fold(&self.state)
    }

    /// Which documents there are, folded from the acts.
    pub fn documents(&self) -> Documents {
        Documents::fold(&self.state)
    }

    /// What opening found in the journals; [`Study::check`] finds more.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The journals that were read, with what is known of each.
    pub fn journals(&self) -> &[JournalFile] {
        &self.journals
    }

    /// Acts that have not arrived, over all journals: tables say so.
    pub fn missing_acts(&self) -> u64 {
        self.journals.iter().map(|f| f.missing).sum()
    }

    /// Its derived data.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// Where derived data goes (`index --where`), whether or not it is there; none where nothing is
    /// cached.
    pub fn cache_dir(&self) -> Option<&Path> {
        self.cache.folder()
    }

    /// The study's own word for a case; `case` until it names one.
    pub fn case_label(&self) -> &str {
        self.state.setting("case_label").and_then(Value::as_str).filter(|l| !l.is_empty()).unwrap_or("case")
    }

    /// The languages of the study, the first one first.
    pub fn languages(&self) -> Vec<&str> {
        match self.state.setting("languages") {
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(one)) => vec![one],
            _ => Vec::new(),
        }
    }

    /// Who acts: the coder who was named, else the login where the study has no coder yet or this
    /// device wrote under it before.
    ///
    /// # Errors
    /// [`StudyError::WhoCodes`] when that cannot be told, [`StudyError::BadCoder`] for a bad name.
    pub fn coder(&self) -> Result<Name, StudyError> {
        if let Some(coder) = &self.context.coder {
            return coder_name(coder);
        }
        let unknown = || {
            let coders: BTreeSet<&str> = self.state.acts().iter().map(|a| a.coder.as_str()).collect();
            StudyError::WhoCodes {
                login: self.context.login.clone(),
                coders: coders.into_iter().map(str::to_owned).collect(),
            }
        };
        let login = self.context.login.as_deref().ok_or_else(unknown)?;
        let name = coder_name(login).map_err(|_| unknown())?;
        if self.state.is_empty() || self.is_introduced(&name) { Ok(name) } else { Err(unknown()) }
    }

    /// Names the coder who acts from now on.
    ///
    /// # Errors
    /// [`StudyError::BadCoder`] for a name that no coder can have.
    pub fn set_coder(&mut self, coder: &str) -> Result<(), StudyError> {
        let name = coder_name(coder)?;
        self.context.coder = Some(name.to_string());
        self.look();
        Ok(())
    }

    /// Whether a coder was introduced on this device, be it undone since.
    fn is_introduced(&self, coder: &Name) -> bool {
        self.introduced.contains(coder)
            || self.state.acts().iter().flat_map(|a| &a.changes).any(
                |c| matches!(c, Change::CoderIntroduced(i) if i.coder == *coder && i.device == self.context.device),
            )
    }

    /// Appends one act and makes it durable.
    ///
    /// # Errors
    /// [`StudyError::NotSaved`]: the act is in the state and in [`Study::pending`], and is written
    /// by the next [`Study::retry`] or append. Any other error: the act was not taken.
    pub fn append(&mut self, draft: Draft) -> Result<ActId, StudyError> {
        let actor = self.coder()?;
        let writer = slug(&actor, "coder");
        self.take_writer(&writer)?;
        if self.is_introduced(&actor) {
            // Looked up once: the next acts of this run need no look at all acts.
            if !self.introduced.contains(&actor) {
                self.introduced.push(actor.clone());
            }
        } else {
            let introduction = CoderIntroduced {
                coder: actor.clone(),
                full_name: String::new(),
                device: self.context.device.clone(),
            };
            self.introduced.push(actor.clone());
            let change = Change::CoderIntroduced(Box::new(introduction));
            self.enqueue(&writer, actor.clone(), None, Name::new("introduce"), vec![change])?;
        }
        let coder = draft.coder.unwrap_or_else(|| actor.clone());
        let by = draft.by.or_else(|| (coder != actor).then_some(actor)).filter(|by| *by != coder);
        let moves_cache = draft.changes.iter().any(|c| matches!(c, Change::Setting(s) if s.key == "cache"));
        let (first, mut changes) = model::saved::parted(draft.changes);
        if !first.is_empty() {
            let (coder, by) = (coder.clone(), by.clone());
            let rule = self.enqueue(&writer, coder, by, Name::new("search"), first)?;
            for change in &mut changes {
                change.settle(rule);
            }
        }
        let act = self.enqueue(&writer, coder, by, draft.act, changes)?;
        self.flush()?;
        if moves_cache {
            self.place_cache();
        }
        Ok(act)
    }

    /// Opens the journal of a coder for writing, if it is not open.
    fn take_writer(&mut self, key: &str) -> Result<(), StudyError> {
        if self.writers.contains_key(key) {
            return Ok(());
        }
        let folder = self.dir.join("journal");
        let taken = Writer::take(&folder, key, &mut self.context, &self.journals, &self.cache)?;
        for act in taken.absorbed {
            self.insert(act);
        }
        match self.journals.iter_mut().find(|f| f.name == taken.file.name) {
            Some(file) => *file = taken.file,
            None => self.journals.push(taken.file),
        }
        self.writers.insert(key.to_owned(), taken.writer);
        Ok(())
    }

    /// Gives an act its id and place, puts it into the state and in line for the disk.
    fn enqueue(
        &mut self,
        key: &str,
        coder: Name,
        by: Option<Name>,
        verb: Name,
        mut changes: Vec<Change>,
    ) -> Result<ActId, StudyError> {
        let clock = self.context.clock;
        let id = ActId::next(self.state.newest(), clock.millis(), self.context.random.next_u32());
        for change in &mut changes {
            change.settle(id);
        }
        let n = self.writers.get(key).map_or(0, |w| w.n) + 1;
        let (v, at) = (model::act::FORMAT, clock.rfc3339().into());
        let act = Act { v, id, n, at, coder, by, act: verb, changes: changes.into() };
        let line = journal::line(&act).map_err(|why| StudyError::BadAct { why: why.to_string() })?;
        if let Some(writer) = self.writers.get_mut(key) {
            writer.n = n;
        }
        self.insert(act);
        self.pending.push_back(Pending { writer: key.to_owned(), act: id, line });
        Ok(id)
    }

    /// Writes what waits, in order, until something fails.
    fn flush(&mut self) -> Result<(), StudyError> {
        let mut moved = false;
        while let Some(next) = self.pending.front() {
            let Some(writer) = self.writers.get_mut(&next.writer) else {
                let key = next.writer.clone();
                self.move_pending(&key)?;
                continue;
            };
            match writer.write(&next.line, &self.context) {
                Ok(len) => {
                    let name = writer.name.clone();
                    let act = next.act;
                    self.pending.pop_front();
                    self.note_written(&name, len, act);
                }
                // Once: a disk on which files change at every look is no disk to write to.
                Err(Refusal::Changed) if !moved => {
                    moved = true;
                    let key = next.writer.clone();
                    self.writers.remove(&key);
                    self.context.new_device();
                    self.move_pending(&key)?;
                }
                Err(refusal) => {
                    let source = match refusal {
                        Refusal::Failed(why) => why,
                        Refusal::Changed => io::Error::other("the journal changes while it is written"),
                    };
                    let path = writer.path.clone();
                    return Err(self.not_saved(path, source));
                }
            }
        }
        Ok(())
    }

    fn not_saved(&self, path: PathBuf, source: io::Error) -> StudyError {
        let act = self.pending.back().map(|p| p.act).unwrap_or_default();
        StudyError::NotSaved { act, waiting: self.pending.len(), path, source }
    }

    /// Gives what waits for a journal that was lost a place in a new one: the same acts with the
    /// numbers of that file.
    fn move_pending(&mut self, key: &str) -> Result<(), StudyError> {
        if let Err(why) = self.take_writer(key) {
            let path = self.dir.join("journal");
            return Err(self.not_saved(path, io::Error::other(why.to_string())));
        }
        let Some(writer) = self.writers.get_mut(key) else { return Ok(()) };
        for pending in self.pending.iter_mut().filter(|p| p.writer == key) {
            if let Some(act) = self.state.act(pending.act) {
                writer.n += 1;
                let act = Act { n: writer.n, ..act.clone() };
                pending.line =
                    journal::line(&act).map_err(|why| StudyError::BadAct { why: why.to_string() })?;
            }
        }
        Ok(())
    }

    fn note_written(&mut self, name: &str, len: u64, act: ActId) {
        if let Some(file) = self.journals.iter_mut().find(|f| f.name == name) {
            file.len = len;
            file.open_ended = false;
            file.highest += 1;
            file.ids.push((file.highest, act));
        }
    }

    /// Tries again to write what is not saved yet. Returns how many acts were saved.
    ///
    /// # Errors
    /// [`StudyError::NotSaved`] while it still fails.
    pub fn retry(&mut self) -> Result<usize, StudyError> {
        let before = self.pending.len();
        self.flush()?;
        Ok(before)
    }

    /// Acts that are in the state and not yet on disk, in order. The screen says "not saved".
    pub fn pending(&self) -> Vec<ActId> {
        self.pending.iter().map(|p| p.act).collect()
    }

    /// Takes in what other programs and devices have appended since. Returns how many acts are new.
    ///
    /// # Errors
    /// When the folder of the journals cannot be read.
    pub fn refresh(&mut self) -> Result<usize, StudyError> {
        let folder = self.dir.join("journal");
        let names =
            journal_file::journal_names(&folder).map_err(|why| StudyError::io("read", &folder, why))?;
        // A file that this program holds is as it left it, or the next write will see that.
        let held: Vec<&str> = self.writers.values().map(|w| w.name.as_str()).collect();
        let grown = names.into_iter().filter(|name| {
            let len = fs::metadata(folder.join(name)).map_or(0, |m| m.len());
            let known = self.journals.iter().find(|f| f.name == *name).map_or(0, |f| f.len);
            known != len && !held.contains(&name.as_str())
        });
        let grown: Vec<String> = grown.collect();
        if grown.is_empty() {
            return Ok(0);
        }
        let files: Vec<String> = grown.iter().map(|name| format!("journal/{name}")).collect();
        let loaded = journal_file::load_some(&folder, grown, &self.context.device);
        let before = self.state.len();
        for act in loaded.acts {
            self.insert(act);
        }
        for file in loaded.files {
            match self.journals.iter_mut().find(|f| f.name == file.name) {
                Some(old) => *old = file,
                None => self.journals.push(file),
            }
        }
        self.problems.retain(|p| !files.contains(&p.file));
        self.problems.extend(loaded.problems);
        Ok(self.state.len() - before)
    }
}

pub(crate) fn read_study_file(path: &Path, bytes: &[u8]) -> Result<StudyFile, StudyError> {
    if let Some(line) = first_mark(bytes) {
        return Err(StudyError::ConflictMark { path: path.to_owned(), line });
    }
    let bad = |why: String, at: Option<(usize, usize)>| StudyError::BadFile {
        path: path.to_owned(),
        line: at.map(|(l, _)| l as u64),
        column: at.map(|(_, c)| c as u64),
        why,
    };
    let value: Value = serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .map_err(|why| bad(format!("this is no JSON: {}", short(&why)), Some((why.line(), why.column()))))?;
    // The format is looked at first: a newer one may say everything else otherwise.
    if let Some(format) = value.get("format").and_then(Value::as_u64).filter(|f| *f > FORMAT) {
        return Err(StudyError::NewerFormat { path: path.to_owned(), format });
    }
    serde_json::from_value(value).map_err(|why| bad(why.to_string(), None))
}
