//! Provenance as commands write and read it: which acts, texts and tables a table was made from.

use std::path::{Path, PathBuf};

use export::provenance::{FileSum, Head, Provenance};
use model::id::ActId;
use rustc_hash::FxHashSet;
use study::{JournalFile, Study};

use crate::app::App;
use crate::error::{CommandError, Result};
use crate::session::Session;

/// Options that say where and how, not what: they are no part of the command that is recorded.
const WITH_VALUE: &[&str] = &["--study", "--out", "--color", "--coder"];
const ALONE: &[&str] = &["--json", "--csv", "--quiet", "-q"];

/// The acts that a provenance names.
pub(crate) struct Acts {
    /// Their ids.
    pub(crate) ids: FxHashSet<ActId>,
    /// Up to where each journal counts, under the names that the files have here.
    pub(crate) heads: Vec<Head>,
}

/// From what a session counts. `places` are words of the command that name places to write to.
pub(crate) fn of(session: &Session, what: &str, places: &[&str]) -> Provenance {
    let mut out = Provenance::of(session.ground());
    what.clone_into(&mut out.of);
    env!("CARGO_PKG_VERSION").clone_into(&mut out.version);
    out.command = command(std::env::args().skip(1), places);
    out.journals = session.heads();
    out.missing_acts = session.study.missing_acts();
    out.ignored = session.state().blocking_kinds().into_iter().map(str::to_owned).collect();
    if let Some(sight) = session.state().sight() {
        out.blind = sight.documents().map(ToString::to_string).collect();
    }
    out.tables = tables(session);
    out
}

/// Sums of the researcher's tables as they lie in the study.
pub(crate) fn tables(session: &Session) -> Vec<FileSum> {
    let dir = session.study.dir();
    let (tables, _) = study::Tables::read(dir, session.study.case_label());
    let tables = [tables.cases, tables.documents, tables.speakers];
    let sum = |name: String| std::fs::read(dir.join(&name)).ok().map(|bytes| FileSum::of(name, &bytes));
    tables.into_iter().flatten().filter_map(|t| sum(t.name)).collect()
}

/// The words of a command, without those that say where the study is and where the table goes.
fn command(words: impl Iterator<Item = String>, places: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    let mut words = words.peekable();
    let mut places = places.to_vec();
    while let Some(word) = words.next() {
        let name = word.split('=').next().unwrap_or_default();
        if WITH_VALUE.contains(&name) {
            if name == word {
                words.next();
            }
            continue;
        }
        // A file of `--as-of` says what the journals below say; a time is part of the command.
        if name == "--as-of" {
            let value =
                if name == word { words.next() } else { word.split_once('=').map(|(_, v)| v.to_owned()) };
            if let Some(time) = value.filter(|v| !is_file(v)) {
                out.extend(["--as-of".to_owned(), time]);
            }
            continue;
        }
        if ALONE.contains(&word.as_str()) {
            continue;
        }
        if let Some(at) = places.iter().position(|p| *p == word) {
            places.remove(at);
            continue;
        }
        out.push(word);
    }
    out
}

/// Whether the value of `--as-of` names a file, not a time.
pub(crate) fn is_file(value: &str) -> bool {
    Path::new(value).extension().is_some_and(|e| e.eq_ignore_ascii_case("json"))
}

/// Where the provenance of a table lies: `table.provenance.json` for `table.csv`; other forms keep their
/// ending, since they may lie beside it.
pub(crate) fn beside(table: &Path) -> PathBuf {
    let is_csv = table.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    if is_csv {
        return table.with_extension("provenance.json");
    }
    let mut name = table.file_name().unwrap_or_default().to_owned();
    name.push(".provenance.json");
    table.with_file_name(name)
}

/// Reads a provenance.
pub(crate) fn read(path: &Path) -> Result<Provenance> {
    let bytes = std::fs::read(path).map_err(|why| CommandError::file(path, &why))?;
    let read: Provenance = serde_json::from_slice(&bytes).map_err(|why| {
        CommandError::new(format!("{}:{}: this is no provenance: {why}", path.display(), why.line()))
            .hint("name the file provenance.json of a package, or TABLE.provenance.json beside a table")
    })?;
    if read.format == 0 || read.of.is_empty() {
        return Err(CommandError::new(format!("{} is no provenance", path.display()))
            .hint("name the file provenance.json of a package, or TABLE.provenance.json beside a table"));
    }
    if read.format > export::provenance::FORMAT {
        return Err(CommandError::new(format!("{} was written by a newer version", path.display()))
            .hint("install a newer version of verbatim"));
    }
    Ok(read)
}

/// The acts that a provenance names, as far as they are here.
pub(crate) fn acts(app: &mut App, study: &Study, then: &Provenance) -> Result<Acts> {
    let files = study.journals();
    let mut out = Acts { ids: FxHashSet::default(), heads: Vec::new() };
    for head in &then.journals {
        let by_name = files.iter().find(|f| f.name == head.file);
        // A file may have another name here, and has none in an anonymous package.
        let fits = |f: &&JournalFile| up_to(f, head).ids_sha256 == head.ids_sha256;
        let Some(file) = by_name.filter(fits).or_else(|| files.iter().find(fits)).or(by_name) else {
            return Err(CommandError::new(format!("the acts of {} are not here", head.file))
                .hint("they came from a copy of the study that has not been synchronised or merged"));
        };
        let here = up_to(file, head);
        if here.ids_sha256 != head.ids_sha256 {
            app.out.aside("warning", &format!("{} does not hold the same acts as then", file.name));
        }
        out.ids.extend(file.ids.iter().filter(|(n, _)| *n <= head.n).map(|(_, id)| *id));
        out.heads.push(here);
    }
    // Of a table of a certain day, acts of later days do not count, though they may stand before others in
    // their file.
    let day = then.command.windows(2).find(|two| two[0] == "--as-of").map(|two| two[1].as_str());
    if let Some(day) = day {
        let until = crate::session::instant(day)?;
        let state = study.state();
        out.ids.retain(|id| state.act(*id).is_none_or(|act| crate::session::is_until(act, until)));
    }
    Ok(out)
}

fn up_to(file: &JournalFile, head: &Head) -> Head {
    let ids = file.ids.iter().filter(|(n, _)| *n <= head.n).map(|(_, id)| id);
    Head::of(&file.name, head.n, ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(words: &[&str], places: &[&str]) -> Vec<String> {
        command(words.iter().map(|w| (*w).to_owned()), places)
    }

    #[test]
    fn the_command_says_what_and_not_where() {
        assert_eq!(
            recorded(
                &["--study", "/home/anna/x", "freq", "--by", "sector", "--out=t.csv", "--json", "-q"],
                &[]
            ),
            ["freq", "--by", "sector"]
        );
        assert_eq!(recorded(&["export", "--no-text", "out"], &["out"]), ["export", "--no-text"]);
        assert_eq!(recorded(&["freq", "--as-of", "2026-03-01"], &[]), ["freq", "--as-of", "2026-03-01"]);
        assert_eq!(recorded(&["freq", "--as-of", "x/provenance.json"], &[]), ["freq"]);
    }
}
