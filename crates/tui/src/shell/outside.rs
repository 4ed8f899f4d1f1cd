//! The user's own editor: the terminal is lent to it, and the text lies in a private file of the
//! study's cache meanwhile.

use std::path::Path;
use std::process::Command;

use study::cache::Cache;

use super::terminal::Guard;
use crate::strings::files;

/// Lets the user's own editor have a text; gives back what it left, or says why there is nothing.
pub(super) fn edit(cache: Option<&Cache>, guard: &mut Guard, text: &str) -> Result<String, String> {
    let named = |key: &str| std::env::var(key).ok().filter(|v| !v.trim().is_empty());
    let command = named("VISUAL").or_else(|| named("EDITOR")).ok_or(files::NO_EDITOR)?;
    let name = format!("edit-{}.md", std::process::id());
    let cache = cache.ok_or(files::NO_STUDY)?;
    let folder = cache.make().map_err(|why| why.to_string())?;
    let path = folder.ok_or(files::NO_CACHE)?.join(&name);
    cache.write(&name, text.as_bytes()).map_err(|why| why.to_string())?;
    guard.lend();
    let run = run(&command, &path);
    let back = guard.take_back().map_err(|why| why.to_string());
    let left = cache.read(&name);
    // It holds participants' words: it goes whatever came of it.
    let removed = std::fs::remove_file(&path);
    run.and(back)?;
    removed.map_err(|why| format!("{}: {why}", path.display()))?;
    left.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).ok_or_else(|| files::FILE_GONE.into())
}

/// Runs a command with its own arguments and a file.
fn run(command: &str, path: &Path) -> Result<(), String> {
    let mut words = command.split_whitespace();
    let program = words.next().unwrap_or_default();
    match Command::new(program).args(words).arg(path).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(files::ended(program, status)),
        Err(why) => Err(format!("{program}: {why}")),
    }
}
