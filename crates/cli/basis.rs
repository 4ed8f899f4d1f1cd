//! The basis of a table: texts, acts and codings to count, with what is said about them. It comes from a
//! study that was opened, or from what was kept of one for counting.

use export::{Language, Options, Speech};
use model::coded::Coders;
use model::ground::Ground;
use model::name::Name;
use model::problem::Severity;
use serde_json::Value;
use study::{Counting, Stamp, WordsOf};

use crate::app::App;
use crate::error::{CommandError, Result};
use crate::nearest::did_you_mean;
use crate::session::{Session, study_dir};
use crate::table_args::TableArgs;

/// What a table is made from and printed with.
#[derive(Clone, Copy)]
pub(crate) struct Basis<'a> {
    /// What is counted.
    pub(crate) ground: Ground<'a>,
    /// Acts that have not arrived.
    pub(crate) missing: u64,
}

impl<'a> Basis<'a> {
    /// The languages of labels; English where the study names none.
    pub(crate) fn languages(&self) -> Vec<&'a str> {
        match self.ground.state.setting("languages") {
            Some(Value::Array(list)) if !list.is_empty() => list.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(one)) => vec![one],
            _ => vec!["en"],
        }
    }

    /// How tables speak on the command line: English, with labels in the study's languages.
    pub(crate) fn speech(&self) -> Speech {
        Speech::new(Language::English, self.languages())
    }

    /// What every table must say of the numbers in it: codings that wait for a person, acts that have not
    /// arrived. In Dutch where that is asked for.
    pub(crate) fn standing(&self, dutch: bool) -> Vec<String> {
        let waiting = self.ground.coded.waiting();
        let say = |n: u64, en: &str, nl: &str| format!("{}: {n}", if dutch { nl } else { en });
        let mut out = Vec::new();
        if waiting > 0 {
            out.push(say(
                waiting as u64,
                "codings in no number, as a person must decide where they stand",
                "coderingen in geen getal, want iemand moet hun plaats bepalen",
            ));
        }
        out.extend(self.not_arrived(dutch));
        out
    }

    /// That acts have not arrived, where that is so.
    pub(crate) fn not_arrived(&self, dutch: bool) -> Option<String> {
        let en = "acts that have not arrived; the numbers may change when they do";
        let nl = "handelingen die nog niet zijn aangekomen; de getallen kunnen daardoor veranderen";
        (self.missing > 0).then(|| format!("{}: {}", if dutch { nl } else { en }, self.missing))
    }

    /// Says what may change the numbers: acts that have not arrived, and what is hidden while blind.
    pub(crate) fn warn(&self, app: &mut App) {
        if self.missing > 0 {
            let what = format!("{} acts have not arrived; the numbers may change when they do", self.missing);
            app.out.aside("warning", &what);
        }
        say_blind(app, self.ground, "there only your own reading counts");
    }
}

/// Says what is hidden from who looks, and what that does to what they see.
pub(crate) fn say_blind(app: &mut App, ground: Ground<'_>, so: &str) {
    let Some(sight) = ground.state.sight() else { return };
    let documents: Vec<&str> = sight.documents().map(Name::as_str).collect();
    let all = documents.len() == ground.coded.documents.list.len();
    let which = if all { "all documents".to_owned() } else { documents.join(", ") };
    app.out.aside("note", &format!("{} is blind for {which}: {so}", sight.coder()));
}

/// A coder of the study, aliases followed.
pub(crate) fn known_coder(coders: &Coders, name: &str) -> Result<Name> {
    let canonical = coders.canonical(&Name::new(name)).clone();
    if coders.names.contains(&canonical) {
        return Ok(canonical);
    }
    Err(CommandError::new(format!("nobody here codes as {name:?}"))
        .hint(did_you_mean(name, coders.names.iter().map(Name::as_str)))
        .hint("`verbatim coders` lists them"))
}

/// Bytes of texts and acts below which a study is read in less time than anyone notices.
const LARGE: usize = 16 << 20;
/// About what an act takes in a journal.
const LINE: usize = 400;

fn is_large(counting: &Counting) -> bool {
    let texts: usize = counting.corpus.documents.iter().map(|d| d.text.as_str().len()).sum();
    texts + (counting.state.len() + counting.coded.placed.len()) * LINE >= LARGE
}

/// A study for counting.
pub(crate) enum Ready {
    /// Opened.
    Opened(Box<Session>),
    /// What counting needs of it; with the stamp for which it may be kept, where it is not.
    Counting(Box<Counting>, Option<Stamp>),
}

impl Ready {
    /// What is kept of the study if that is enough and its files are unchanged, else the study opened.
    pub(crate) fn new(app: &mut App, args: &TableArgs, words: WordsOf) -> Result<Self> {
        // A condition asks for what is said in codings, the past for acts, and a file for the journals
        // from which it was made: none of these is kept.
        let enough =
            args.only.is_none() && args.out.is_none() && app.global.as_of.is_none() && app.kept.is_none();
        if !enough {
            return Ok(Self::Opened(Box::new(args.open(app)?)));
        }
        let dir = study_dir(app)?;
        let (stamp, kept) = Counting::look(&dir, &app.context, words);
        let (counting, stamp) = match kept {
            Some(kept) => (kept, None),
            None => match Counting::read(&dir, &app.context) {
                Some(read) => (read, stamp),
                None => return Ok(Self::Opened(Box::new(args.open(app)?))),
            },
        };
        for problem in counting.problems.iter().filter(|p| p.severity > Severity::Note) {
            app.out.problem(problem);
        }
        args.understood(app, &counting.state)?;
        Ok(Self::Counting(Box::new(counting), stamp))
    }

    /// What a table is made from.
    pub(crate) fn basis(&self) -> Basis<'_> {
        match self {
            Self::Opened(session) => session.basis(),
            Self::Counting(counting, _) => Basis { ground: counting.ground(), missing: counting.missing },
        }
    }

    /// The options of a table, its rows and count rule as by default.
    pub(crate) fn options(&self, app: &mut App, args: &TableArgs) -> Result<Options> {
        match self {
            Self::Opened(session) => args.options(app, session),
            // Without `--where`, for which the study would be open.
            Self::Counting(counting, _) => args.plain(&counting.coded.coders),
        }
    }

    /// The study, where it was opened.
    pub(crate) fn session(&self) -> Option<&Session> {
        match self {
            Self::Opened(session) => Some(session),
            Self::Counting(..) => None,
        }
    }

    /// Does the work, and keeps what counting needs beside it, on another thread. Where that cannot be
    /// written, the next table reads the study again.
    pub(crate) fn keeping<T>(self, app: &mut App, work: impl FnOnce(&mut App, &Self) -> T) -> T {
        let (dir, context) = (study_dir(app), app.context.clone());
        let done = std::thread::scope(|scope| {
            if let (Self::Counting(counting, Some(stamp)), Ok(dir)) = (&self, dir)
                && is_large(counting)
            {
                scope.spawn(move || counting.keep(stamp, &dir, &context).is_ok());
            }
            work(app, &self)
        });
        // The process ends here; giving back every coding one by one would cost as much as counting them.
        std::mem::forget(self);
        done
    }
}
