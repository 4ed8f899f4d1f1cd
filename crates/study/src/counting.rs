//! What counting needs of a study: everything but texts and the acts that only code.
//!
//! It lies in the cache, and holds for exactly the files that its [`Stamp`] names; every byte of it is
//! under a sum. So a table that is made again, in another way or by another rule, need not read journals
//! and texts. It is for counting only: there is no study in it that could be written to, and no text that
//! could be quoted. Where nothing was kept, it is read from the study's files in less time than opening
//! takes ([`Counting::read`]).
//!
//! Where the words of passages are not counted but those of turns only, as in most tables, a fifth of it is
//! enough: where each word begins lies in a file of its own.

mod afresh;
mod kept;
mod numbers;

use std::fs;
use std::io;
use std::path::Path;
use std::thread;

use model::coded::Coded;
use model::corpus::Corpus;
use model::ground::Ground;
use model::problem::Problem;
use model::state::State;

use crate::cache::{Cache, Place};
use crate::context::Context;
use crate::stamp::Stamp;
use crate::study::StudyFile;

/// Names in the cache: of what is known and all codings, and of where words begin.
const NAMES: [&str; 2] = ["counting", "counting-words"];

/// Texts, acts and codings for counting, and nothing else.
pub struct Counting {
    /// Documents and cases, with turns and words; without texts.
    pub corpus: Corpus,
    /// The acts that say what numbers mean; none that only code.
    pub state: State,
    /// The codings in place.
    pub coded: Coded,
    /// What opening the study warned of.
    pub problems: Vec<Problem>,
    /// Acts that have not arrived.
    pub missing: u64,
}

/// Of what words are to be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordsOf {
    /// Turns and whole documents only.
    Turns,
    /// Any passage.
    Passages,
}

impl Counting {
    /// The stamp of the study in `dir` as it is now, and what was kept for exactly these files.
    pub fn look(dir: &Path, context: &Context, words: WordsOf) -> (Option<Stamp>, Option<Self>) {
        thread::scope(|scope| {
            let stamp = scope.spawn(|| Stamp::of(dir, context));
            let files = files(dir, context, words);
            let stamp = stamp.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let found = stamp.as_ref().and_then(|stamp| {
                files.iter().find_map(|(known, words)| kept::read(known, words.as_deref(), stamp))
            });
            (stamp, found)
        })
    }

    /// What counting needs of the study in `dir`, read from its files; none where only opening it can tell:
    /// where somebody is blind, hits were offered with a code, or there is anything to be told about a
    /// journal.
    pub fn read(dir: &Path, context: &Context) -> Option<Self> {
        afresh::read(dir, context)
    }

    /// Texts, acts and codings.
    pub fn ground(&self) -> Ground<'_> {
        Ground { corpus: &self.corpus, state: &self.state, coded: &self.coded }
    }

    /// Keeps what counting needs, for as long as the files of the study stay as they are. Nothing is kept
    /// where a table would need more, or where a file changed since `stamp` was taken, or so lately that
    /// the next change might not tell.
    ///
    /// # Errors
    /// What the system says.
    pub fn keep(&self, stamp: &Stamp, dir: &Path, context: &Context) -> io::Result<bool> {
        let Some(id) = id(dir) else { return Ok(false) };
        let cache = Cache::chosen(dir, &id, &self.state, context);
        if cache.folder().is_none() || !stamp.is_settled() {
            return Ok(false);
        }
        let Some(files) = kept::files(self, stamp) else { return Ok(false) };
        if Stamp::of(dir, context).as_ref() != Some(stamp) {
            return Ok(false);
        }
        for (name, parts) in NAMES.iter().zip(&files) {
            cache.write_derived(name, &parts.each_ref().map(Vec::as_slice))?;
        }
        Ok(true)
    }
}

/// The id of the study in a folder.
fn id(dir: &Path) -> Option<String> {
    let bytes = fs::read(dir.join("study.json")).ok()?;
    serde_json::from_slice::<StudyFile>(&bytes).ok().map(|study| study.id)
}

/// The files that may be kept for a study, the second of each pair where it is needed.
fn files(dir: &Path, context: &Context, words: WordsOf) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let Some(id) = id(dir) else { return Vec::new() };
    let mut out = Vec::new();
    // Where the cache lies says an act, which is not read here.
    for place in [Place::Home, Place::Study] {
        let cache = Cache::new(dir, &id, place, context);
        let [known, all] = NAMES;
        let Some(known) = cache.read(known) else { continue };
        match words {
            WordsOf::Turns => out.push((known, None)),
            WordsOf::Passages => out.extend(cache.read(all).map(|all| (known, Some(all)))),
        }
    }
    out
}
