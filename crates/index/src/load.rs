//! Loading: from a study on disk to its corpus, the interview transcripts with all that is known
//! about who speaks in them.

use model::corpus::Corpus;
use model::problem::Problem;
use study::Study;

/// Loads the interview transcripts of a study: texts, turns, speakers, cases and attributes.
///
/// Reading is lenient: a document whose file cannot be read is there without text, and the problems
/// say why. Nothing is written and no index is touched.
pub fn load(study: &Study) -> (Corpus, Vec<Problem>) {
    study.corpus()
}
