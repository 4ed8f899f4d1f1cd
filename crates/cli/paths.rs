//! Paths as people give them: the same for a command as for the screen; and where no output may go.

use std::path::{Path, PathBuf};

pub(crate) use tui::paths::pasted;

use crate::error::{CommandError, Result};

/// What lies in the folder of a study itself.
const OWN_FOLDERS: [&str; 4] = ["corpus", "journal", "codebooks", ".cache"];
const OWN_FILES: [&str; 3] = ["study.json", ".gitattributes", ".gitignore"];

/// Refuses to write over a file of the study itself: transcripts, tables, journals and codebooks are the
/// researcher's, and an output is not.
pub(crate) fn may_write(study: &Path, path: &Path) -> Result<()> {
    let study = std::fs::canonicalize(study).unwrap_or_else(|_| study.to_owned());
    let Some(inside) = there(path).and_then(|path| Some(path.strip_prefix(&study).ok()?.to_owned())) else {
        return Ok(());
    };
    let mut parts = inside.components().map(|part| part.as_os_str().to_string_lossy().to_lowercase());
    let first = parts.next().unwrap_or_default();
    let is_own = match parts.next() {
        Some(_) => OWN_FOLDERS.contains(&first.as_str()),
        None => OWN_FILES.iter().chain(&OWN_FOLDERS).any(|own| *own == first),
    };
    if !is_own {
        return Ok(());
    }
    Err(CommandError::new(format!("{} belongs to the study itself", path.display()))
        .hint("give the output a place of its own, outside corpus/, journal/ and codebooks/"))
}

/// Where a file is or will be, links followed.
fn there(path: &Path) -> Option<PathBuf> {
    if let Ok(path) = std::fs::canonicalize(path) {
        return Some(path);
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    Some(std::fs::canonicalize(folder).ok()?.join(path.file_name()?))
}

/// Where what a folder held lies, and how it comes back.
pub(crate) fn lies_in(dir: &Path, old: &Path) -> String {
    let dir = dir.display();
    format!(
        "an export was interrupted: what {dir} held lies in {}; rename that folder to {dir} to have it back",
        old.display()
    )
}
