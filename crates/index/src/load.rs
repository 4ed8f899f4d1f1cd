//! Loading: from a study on disk to its corpus, the interview transcripts with all that is known
//! about who speaks in them.

use std::path::Path;

use model::corpus::Corpus;
use model::problem::Problem;
use study::{Context, Study, StudyError, Watch};

/// Loads the interview transcripts of a study: texts, turns, speakers, cases and attributes.
///
/// Reading is lenient: a document whose file cannot be read is there without text, and the problems
/// say why. Nothing is written and no index is touched.
pub fn load(study: &Study) -> (Corpus, Vec<Problem>) {
    study.corpus()
}

/// Opens a study and loads its transcripts, faster than one after the other.
///
/// # Errors
/// As [`Study::open`].
pub fn open(dir: &Path, context: &Context) -> Result<(Study, Corpus, Vec<Problem>), StudyError> {
    Study::open_with_corpus(dir, context)
}

/// The same with somebody waiting for it, who may ask it to stop.
///
/// # Errors
/// As [`Study::open_watched`].
pub fn open_watched(
    dir: &Path,
    context: &Context,
    watch: &Watch,
) -> Result<(Study, Corpus, Vec<Problem>), StudyError> {
    Study::open_watched(dir, context, watch)
}
