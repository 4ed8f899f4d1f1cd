//! What is written beside the study, and what is said where writing fails.

use std::path::Path;

use study::StudyError;

use crate::app::Outcome;
use crate::strings::errors;

/// Writes a file beside the study's folder; its path, or why not. What is there already is somebody's: the new file gets
/// a number, unless it would say the same.
pub(super) fn write(study: &Path, name: &str, bytes: &[u8]) -> Result<String, String> {
    let inside = std::path::absolute(study).unwrap_or_else(|_| study.to_owned());
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
        Ok(()) => Ok(path.display().to_string()),
        Err(why) => Err(format!("{}: {}", path.display(), errors::system(&why))),
    }
}

/// An act that is kept in memory, and why.
pub(super) fn not_saved(why: &StudyError) -> Outcome {
    match why {
        StudyError::NotSaved { waiting, source, .. } => {
            Outcome::NotSaved { why: errors::system(source), waiting: *waiting }
        }
        other => Outcome::NotSaved { why: errors::study(other), waiting: 1 },
    }
}
