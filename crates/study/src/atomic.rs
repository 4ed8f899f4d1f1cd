//! Atomic replacement: a file is whole, old or new, at every moment.
//!
//! Beside, sync, rename, sync the folder. Journals are appended to by [`crate::Disk`]; nothing else
//! in this crate writes a file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Replaces (or makes) a file that everybody of the study may read.
///
/// # Errors
/// What the system says; the old file is then still there.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mode = match fs::metadata(path) {
        Ok(meta) => Some(meta.permissions()),
        Err(_) => None,
    };
    write_beside(path, &[bytes], mode, 0o666, true)
}

/// Replaces (or makes) a file that only its owner may read (0600): the cache holds participants'
/// words.
///
/// # Errors
/// What the system says; the old file is then still there.
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_beside(path, &[bytes], None, 0o600, true)
}

/// The same, of several parts, for what can be made again: where the system goes down it may be damaged
/// afterwards, so whoever reads it must be able to tell.
///
/// # Errors
/// What the system says; the old file is then still there.
pub fn replace_derived(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    write_beside(path, parts, None, 0o600, false)
}

fn write_beside(
    path: &Path,
    parts: &[&[u8]],
    keep: Option<fs::Permissions>,
    mode: u32,
    durable: bool,
) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".verbatim-").suffix(".tmp");
    #[cfg(unix)]
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
    #[cfg(unix)]
    builder.permissions(permissions);
    #[cfg(not(unix))]
    let _ = mode;
    let mut beside = builder.tempfile_in(folder)?;
    for part in parts {
        beside.write_all(part)?;
    }
    if let Some(permissions) = keep {
        // A folder on another system may not know permissions; the content matters more.
        _ = beside.as_file().set_permissions(permissions);
    }
    if durable {
        beside.as_file().sync_all()?;
    }
    beside.persist(path).map_err(|e| e.error)?;
    if durable { sync_folder(folder) } else { Ok(()) }
}

/// Makes the names in a folder durable. Systems that cannot open a folder need no such thing.
///
/// # Errors
/// What the system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Makes a folder and those above it that only their owner may enter (0700).
///
/// # Errors
/// What the system says.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
