//! A folder that is replaced whole: its old files or its new ones, and where a process ended in between,
//! the old ones beside it, from where the next one puts them back.
//!
//! No system replaces one folder by another in one step. Between the two renames there is a moment in
//! which neither stands in its place; who is killed then leaves `.verbatim-*.tmp` beside it, in which
//! `of` names the folder, `old` is what it held and `new` what it was to hold.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use crate::atomic::sync_folder;

/// The names within what is made beside a folder.
const OF: &str = "of";
const OLD: &str = "old";
const NEW: &str = "new";
/// How its own name begins and ends.
const PREFIX: &str = ".verbatim-";
const SUFFIX: &str = ".tmp";

/// Replaces (or makes) a folder with these files, whose names may hold `/`: built beside, synced, then
/// put in its place. The folder that was there goes only after the new one is whole.
///
/// # Errors
/// What the system says; the old folder is then as it was, or [`left_over`] tells where it lies.
pub fn replace(path: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    let above = above(path);
    // Dropped on any error, and its files with it.
    let beside = build(path, files)?;
    let new = beside.path().join(NEW);
    if let Ok(meta) = fs::metadata(path) {
        // A folder on another system may not know permissions; the content matters more.
        _ = fs::set_permissions(&new, meta.permissions());
        let old = beside.path().join(OLD);
        fs::rename(path, &old)?;
        if let Err(why) = fs::rename(&new, path) {
            if fs::rename(&old, path).is_err() {
                // It lies beside, and stays there.
                _ = beside.keep();
            }
            return Err(why);
        }
    } else {
        fs::rename(&new, path)?;
    }
    sync_folder(above)
}

/// Makes the new folder beside its place, durably, with the name of what it is for.
fn build(path: &Path, files: &[(String, Vec<u8>)]) -> io::Result<TempDir> {
    let above = above(path);
    fs::create_dir_all(above)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let beside = builder.tempdir_in(above)?;
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    write(&beside.path().join(OF), name)?;
    let new = beside.path().join(NEW);
    let mut folders = vec![beside.path().to_owned(), new.clone()];
    fs::create_dir(&new)?;
    for (name, bytes) in files {
        let file = new.join(name);
        if let Some(folder) = file.parent().filter(|f| !folders.iter().any(|known| known == f)) {
            fs::create_dir_all(folder)?;
            folders.push(folder.to_owned());
        }
        write(&file, bytes)?;
    }
    for folder in &folders {
        sync_folder(folder)?;
    }
    sync_folder(above)?;
    Ok(beside)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The folder in which another stands.
fn above(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// What became of what an interrupted [`replace`] took away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// It is back in its place.
    PutBack,
    /// Something else stands in its place, so it stays where it is.
    Beside(PathBuf),
}

/// Ends what an interrupted [`replace`] of this folder began: puts the old folder back where nothing
/// stands in its place, and takes it away where the new one got there. Nothing where nothing was left.
///
/// # Errors
/// What the system says; what was left is then where it was.
pub fn recover(path: &Path) -> io::Result<Option<Recovered>> {
    let path = &place(path);
    let mut told = None;
    for left in all_left(path) {
        if fs::symlink_metadata(path).is_err() {
            fs::rename(left.join(OLD), path)?;
            sync_folder(above(path))?;
            told = Some(Recovered::PutBack);
        } else if left.join(NEW).exists() {
            told = told.or_else(|| Some(Recovered::Beside(left.join(OLD))));
            continue;
        }
        // What is left of it can be made again; it may as well lie there.
        _ = fs::remove_dir_all(&left);
    }
    Ok(told)
}

/// Where that lies which an interrupted [`replace`] took away, as long as nothing stands in its place.
pub fn left_over(path: &Path) -> Option<PathBuf> {
    let path = &place(path);
    if fs::symlink_metadata(path).is_ok() {
        return None;
    }
    all_left(path).first().map(|left| left.join(OLD))
}

/// The place of a folder: where a link stands, what it leads to, were that gone.
fn place(path: &Path) -> PathBuf {
    fs::read_link(path).map_or_else(|_| path.to_owned(), |to| above(path).join(to))
}

/// What interrupted replacements of a folder left, the newest first.
fn all_left(path: &Path) -> Vec<PathBuf> {
    let Some(name) = path.file_name() else { return Vec::new() };
    let is_of_it = |left: &Path| {
        let told = left.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let is_folder = |path: &Path| fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir());
        told.starts_with(PREFIX)
            && told.ends_with(SUFFIX)
            && is_folder(left)
            && is_folder(&left.join(OLD))
            && fs::read(left.join(OF)).is_ok_and(|of| of == name.as_encoded_bytes())
    };
    let entries = fs::read_dir(above(path)).into_iter().flatten();
    let mut left: Vec<PathBuf> =
        entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| is_of_it(p)).collect();
    left.sort_by_key(|path| {
        let changed = fs::metadata(path).and_then(|meta| meta.modified());
        (std::cmp::Reverse(changed.unwrap_or(SystemTime::UNIX_EPOCH)), path.clone())
    });
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files of a folder with one of this content.
    fn files(content: &str) -> Vec<(String, Vec<u8>)> {
        vec![("a.csv".to_owned(), content.as_bytes().to_vec()), ("excel/b.csv".to_owned(), Vec::new())]
    }

    /// A folder that holds `old`, and what a process leaves that is killed before the first rename of the
    /// folder `new`, after it, and after the second.
    fn killed(at: usize) -> (TempDir, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("tables");
        replace(&path, &files("old")).unwrap();
        let beside = build(&path, &files("new")).unwrap().keep();
        if at > 0 {
            fs::rename(&path, beside.join(OLD)).unwrap();
        }
        if at > 1 {
            fs::rename(beside.join(NEW), &path).unwrap();
        }
        (home, path)
    }

    fn content(path: &Path) -> String {
        fs::read_to_string(path.join("a.csv")).unwrap()
    }

    fn beside(home: &TempDir) -> usize {
        fs::read_dir(home.path()).unwrap().count() - 1
    }

    #[test]
    fn wherever_a_replacement_ends_the_folder_is_whole_after_the_next() {
        for (at, told, holds) in [(0, None, "old"), (1, Some(Recovered::PutBack), "old"), (2, None, "new")] {
            let (home, path) = killed(at);
            assert_eq!(left_over(&path).is_some(), at == 1, "{at}");
            assert_eq!(recover(&path).unwrap(), told, "{at}");
            assert_eq!(content(&path), holds, "{at}");
            // What was being built may be that of a process that runs; all else is taken away.
            assert_eq!(beside(&home), usize::from(at == 0), "{at}");
            assert_eq!(recover(&path).unwrap(), None, "{at}");
            replace(&path, &files("newer")).unwrap();
            assert_eq!(content(&path), "newer", "{at}");
        }
    }

    #[test]
    fn what_stands_in_its_place_since_is_left_alone() {
        let (home, path) = killed(1);
        fs::create_dir(&path).unwrap();
        let Some(Recovered::Beside(old)) = recover(&path).unwrap() else { panic!("not told") };
        assert_eq!(content(&old), "old");
        assert_eq!((left_over(&path), beside(&home)), (None, 1));
        // Nor does a folder take what another left.
        let other = home.path().join("table");
        assert_eq!((recover(&other).unwrap(), other.exists()), (None, false));
    }
}
