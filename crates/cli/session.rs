//! An opened study as a command sees it: texts, codebook and codings in place, at a moment.

use std::path::{Path, PathBuf};

use export::Shown;
use export::provenance::Head;
use model::act::{Act, Change};
use model::coded::Coded;
use model::corpus::Corpus;
use model::documents::Documents;
use model::ground::Ground;
use model::id::ActId;
use model::name::Name;
use model::problem::{Problem, Severity};
use model::state::State;
use study::{Draft, JournalFile, Study, StudyError};

use crate::app::App;
use crate::basis::Basis;
use crate::error::{CommandError, Result};
use crate::paths::pasted;
use crate::provenance;

/// One study, opened by one command.
pub(crate) struct Session {
    /// The folder and its journals.
    pub(crate) study: Study,
    /// Texts and tables.
    pub(crate) corpus: Corpus,
    /// Codings in place, codebook, coders.
    pub(crate) coded: Coded,
    /// Under which names everybody stands in what is made of it.
    pub(crate) shown: Shown,
    /// What opening it warned of.
    pub(crate) problems: Vec<Problem>,
    /// The time of `--as-of`, and the acts up to then.
    as_of: Option<(String, State)>,
    /// Up to where journals count, with `--as-of`.
    heads: Option<Vec<Head>>,
    /// Whether edits of codebook files by hand have been taken.
    edits_taken: bool,
}

impl Session {
    /// Opens the study that `--study` names, or the one around this folder.
    pub(crate) fn open(app: &mut App) -> Result<Self> {
        let dir = study_dir(app)?;
        Self::open_at(app, &dir)
    }

    /// The same, for a list in which `--coder` says whose are wanted, not who looks: who is blind stays so.
    pub(crate) fn open_to_list(app: &mut App) -> Result<Self> {
        let acting = std::mem::replace(&mut app.context.coder, app.sitting.clone());
        let session = Self::open(app);
        app.context.coder = acting;
        session
    }

    /// The same, for a command that counts words: they are found on other threads while the codings
    /// are put in place.
    pub(crate) fn open_to_count(app: &mut App) -> Result<Self> {
        let dir = study_dir(app)?;
        Self::open_for(app, &dir, true)
    }

    /// Opens the study in a folder.
    pub(crate) fn open_at(app: &mut App, dir: &Path) -> Result<Self> {
        Self::open_for(app, dir, false)
    }

    fn open_for(app: &mut App, dir: &Path, counts_words: bool) -> Result<Self> {
        let (study, corpus, problems) = index::open(dir, &app.context)?;
        let named = app.global.as_of.clone();
        let file =
            app.until.clone().or_else(|| named.as_deref().filter(|n| provenance::is_file(n)).map(pasted));
        let mut heads = None;
        let mut as_of = None;
        if let Some(file) = file {
            let acts = provenance::acts(app, &study, &provenance::read(&file)?)?;
            heads = Some(acts.heads);
            as_of =
                Some((file.display().to_string(), study.state().filtered(|act| acts.ids.contains(&act.id))));
        }
        if let Some(time) = named.filter(|n| !provenance::is_file(n)) {
            let until = instant(&time)?;
            let state = as_of.as_ref().map_or_else(|| study.state(), |(_, state)| state);
            let state = state.filtered(|act| is_until(act, until));
            heads.get_or_insert_with(|| heads_of(&study, |id| state.act(id).is_some()));
            as_of = Some((time, state));
        }
        let problems = tell(app, study.problems().iter().cloned().chain(problems));
        let corpus = match &as_of {
            Some((_, state)) => of_then(corpus, state),
            None => corpus,
        };
        let state = as_of.as_ref().map_or_else(|| study.state(), |(_, state)| state);
        let coded = if counts_words {
            std::thread::scope(|scope| {
                scope.spawn(|| corpus.find_words());
                Coded::new(&corpus, state)
            })
        } else {
            Coded::new(&corpus, state)
        };
        Ok(Self { study, corpus, coded, shown: Shown::default(), problems, as_of, heads, edits_taken: false })
    }

    /// The acts that count: all, or those up to `--as-of`.
    pub(crate) fn state(&self) -> &State {
        self.as_of.as_ref().map_or_else(|| self.study.state(), |(_, state)| state)
    }

    /// Per journal file, up to where it counts.
    pub(crate) fn heads(&self) -> Vec<Head> {
        self.heads.clone().unwrap_or_else(|| {
            let state = self.state();
            // While blind, of a file of others only what may be seen, if anything.
            let mut heads = heads_of(&self.study, |id| state.sight().is_none() || state.act(id).is_some());
            heads.retain(|head| state.sight().is_none() || head.n > 0);
            heads
        })
    }

    /// Texts, acts and codings, for counting.
    pub(crate) fn ground(&self) -> Ground<'_> {
        Ground { corpus: &self.corpus, state: self.state(), coded: &self.coded }
    }

    /// What a table is made from and printed with.
    pub(crate) fn basis(&self) -> Basis<'_> {
        Basis { ground: self.ground(), missing: self.study.missing_acts() }
    }

    /// Opens the study to write to it. Edits of codebook files by hand are shown and written first, so that
    /// what is formed next rests on the codebook as it then is.
    pub(crate) fn open_to_write(app: &mut App) -> Result<Self> {
        let mut session = Self::open(app)?;
        session.may_write()?;
        session.me()?;
        session.take_codebook_edits(app)?;
        Ok(session)
    }

    /// Appends one act and brings everything up to date. Edits of codebook files by hand are shown
    /// and written first, as an act of their own.
    pub(crate) fn write(&mut self, app: &mut App, verb: &str, changes: Vec<Change>) -> Result<ActId> {
        self.may_write()?;
        self.take_codebook_edits(app)?;
        self.append(app, Draft::new(verb, changes))
    }

    /// Refuses to write into the past.
    pub(crate) fn may_write(&self) -> Result<()> {
        match &self.as_of {
            Some((time, _)) => Err(CommandError::new(format!("nothing can be written as of {time}"))
                .hint("leave --as-of out; it shows the study as it was")),
            None => Ok(()),
        }
    }

    /// Edits of codebook files by hand become one act of the present coder, shown first.
    pub(crate) fn take_codebook_edits(&mut self, app: &mut App) -> Result<()> {
        if std::mem::replace(&mut self.edits_taken, true) {
            return Ok(());
        }
        let mut changes = Vec::new();
        for edit in self.study.codebook_edits() {
            for problem in &edit.problems {
                app.out.problem(problem);
            }
            for change in &edit.changes {
                let what = crate::describe::change(self, change);
                app.out.aside("codebook", &format!("{} was edited: {what}", edit.codebook));
            }
            changes.extend(edit.changes);
        }
        if changes.is_empty() {
            return Ok(());
        }
        self.append(app, Draft::new("codebook", changes))?;
        Ok(())
    }

    fn append(&mut self, app: &mut App, draft: Draft) -> Result<ActId> {
        let views = draft.changes.iter().any(|c| {
            c.kind().starts_with("code-")
                || matches!(c, Change::Setting(_) | Change::Undone(_) | Change::Redone(_))
        });
        let id = self.study.append(draft)?;
        self.coded.update(&self.corpus, self.study.state(), id);
        if views {
            for problem in self.study.write_codebooks()? {
                app.out.problem(&problem);
            }
        }
        Ok(id)
    }

    /// Says what is hidden from who looks, and what that does to what they see.
    pub(crate) fn say_blind(&self, app: &mut App, so: &str) {
        crate::basis::say_blind(app, self.ground(), so);
    }

    /// Who acts.
    pub(crate) fn me(&self) -> Result<Name> {
        let name = self.study.coder()?;
        Ok(self.coded.coders.canonical(&name).clone())
    }

    /// A coder of the study, aliases followed.
    pub(crate) fn known_coder(&self, name: &str) -> Result<Name> {
        crate::basis::known_coder(&self.coded.coders, name)
    }

    /// The languages of the study, for labels; English where it names none, as on the screen.
    pub(crate) fn languages(&self) -> Vec<&str> {
        let mut languages = self.study.languages();
        if languages.is_empty() {
            languages.push("en");
        }
        languages
    }
}

/// Per journal file, its last line whose act counts, with all before it.
fn heads_of(study: &Study, counts: impl Fn(ActId) -> bool) -> Vec<Head> {
    let of = |file: &JournalFile| {
        let last = file.ids.iter().filter(|(_, id)| counts(*id)).map(|(n, _)| *n).max().unwrap_or(0);
        let ids = file.ids.iter().filter(|(n, _)| *n <= last).map(|(_, id)| id);
        Head::of(&file.name, last, ids)
    };
    study.journals().iter().map(of).collect()
}

/// The folder of the study that the command is about.
pub(crate) fn study_dir(app: &App) -> Result<PathBuf> {
    let start = app.global.study.clone().unwrap_or_else(|| PathBuf::from("."));
    if !start.exists() {
        return Err(
            CommandError::new(format!("there is no folder {}", start.display())).hint("check --study")
        );
    }
    match (&app.global.study, Study::find(&start)) {
        (_, Some(dir)) => Ok(dir),
        (Some(named), None) => Err(CommandError::new(format!("there is no study in {}", named.display()))
            .hint("a study is a folder with a study.json; `verbatim init DIR` makes one")),
        (None, None) => Err(CommandError::new(
            "there is no study here: neither this folder nor one above has a study.json",
        )
        .hint("go to your study's folder, or name it with --study DIR")
        .hint("`verbatim init DIR` makes a new one, `verbatim demo` a sample to try out")),
    }
}

/// Says what opening a study warned of, and gives what was said.
pub(crate) fn tell(app: &mut App, problems: impl Iterator<Item = Problem>) -> Vec<Problem> {
    let problems: Vec<Problem> = problems.filter(|p| p.severity > Severity::Note).collect();
    for problem in &problems {
        app.out.problem(problem);
    }
    problems
}

/// The corpus without the documents that were not there at the time.
fn of_then(corpus: Corpus, state: &State) -> Corpus {
    let then = Documents::fold(state);
    let documents = corpus.documents.into_iter().filter(|d| then.get(&d.id).is_some()).collect();
    let cases = corpus.cases.into_iter().filter(|c| c.listed).collect();
    Corpus::new(corpus.case_label, documents, cases)
}

/// Whether an act was done up to an instant.
pub(crate) fn is_until(act: &Act, until: jiff::Timestamp) -> bool {
    act.at.parse::<jiff::Timestamp>().is_ok_and(|at| at <= until)
}

/// An instant: RFC 3339, or a date, which means the end of that day in UTC.
pub(crate) fn instant(text: &str) -> Result<jiff::Timestamp> {
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Ok(instant);
    }
    if text.len() == 10
        && let Ok(instant) = format!("{text}T23:59:59.999999999Z").parse::<jiff::Timestamp>()
    {
        return Ok(instant);
    }
    Err(CommandError::new(format!("{text:?} is no time"))
        .hint("write it as 2026-03-01 or 2026-03-01T14:30:00Z, or name a provenance.json"))
}

impl From<StudyError> for CommandError {
    fn from(why: StudyError) -> Self {
        if let StudyError::NotSaved { path, source, .. } = &why {
            // The command ends here and nothing keeps the act: it must be given again.
            return Self::new(format!("not saved: {}: {}", path.display(), crate::error::reason(source)))
                .hint("nothing was written; make room on the disk and run the command again");
        }
        let hint = why.hint();
        Self::new(why.to_string()).hint(hint)
    }
}
