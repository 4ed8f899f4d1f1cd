//! A saved table: a CSV file that was written with its provenance, and the same table made again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Parser;
use export::package::PROVENANCE;
use export::provenance::{Provenance, sha256};

use crate::app::App;
use crate::args::{Cli, Command, Global};
use crate::code_from::plural;
use crate::error::{CommandError, Result};
use crate::paths::lies_in;
use crate::provenance;

/// The option that goes on where acts of a newer version could matter.
const IGNORE: &str = "--ignore-unknown";

/// A table on disk, or all tables of a package.
pub(crate) struct Saved {
    /// From what it was made.
    pub(crate) provenance: Provenance,
    /// Where that stands.
    pub(crate) at: PathBuf,
    /// The tables, by the names of their files in the provenance; several of one file have one name.
    pub(crate) tables: Vec<(String, Csv)>,
    /// What a reader must know first.
    pub(crate) remarks: Vec<String>,
}

/// Heads and rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Csv {
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// A cell that is not the same in two tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    /// What names its row.
    pub(crate) row: Vec<String>,
    /// The row: that of the saved table where it has one.
    pub(crate) of: Vec<String>,
    /// Its column; none where the whole row is in one table only.
    pub(crate) column: Option<String>,
    /// What it was, and what it is; none where there is no such row.
    pub(crate) was: Option<String>,
    pub(crate) is: Option<String>,
}

impl Saved {
    /// Whether its command has an option.
    pub(crate) fn has_option(&self, name: &str) -> bool {
        let with_value = format!("{name}=");
        self.provenance.command.iter().any(|word| word == name || word.starts_with(&with_value))
    }
}

impl Csv {
    /// The tables of a file: an empty line is between two of them.
    pub(crate) fn all(bytes: &[u8]) -> std::result::Result<Vec<Self>, csv::Error> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        parts(bytes).into_iter().map(Self::parse).collect()
    }

    fn parse(bytes: &[u8]) -> std::result::Result<Self, csv::Error> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut rows = Vec::new();
        for record in reader.records() {
            rows.push(record?.iter().map(str::to_owned).collect::<Vec<_>>());
        }
        let heads = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        Ok(Self { heads, rows })
    }

    fn key(row: &[String], columns: &[usize]) -> Vec<String> {
        columns.iter().filter_map(|at| row.get(*at)).cloned().collect()
    }

    /// Whether some of their columns tell all rows apart.
    fn is_keyed(&self, columns: &[usize]) -> bool {
        let all: BTreeSet<Vec<String>> = self.rows.iter().map(|row| Self::key(row, columns)).collect();
        all.len() == self.rows.len()
    }

    /// The columns that tell its rows apart, and those of another: the first ones; with them the reading,
    /// where a table holds several.
    fn keys(&self, other: &Self) -> Option<[Vec<usize>; 2]> {
        let several = self.readings().len() > 1 || other.readings().len() > 1;
        let keys = |table: &Self, first: usize| {
            let reading = table.column("reading").filter(|at| several && *at >= first);
            (0..first).chain(reading).collect::<Vec<_>>()
        };
        (1..=3).find_map(|first| {
            let both = [keys(self, first), keys(other, first)];
            (self.is_keyed(&both[0]) && other.is_keyed(&both[1])).then_some(both)
        })
    }

    /// The readings that it holds.
    pub(crate) fn readings(&self) -> BTreeSet<&str> {
        let Some(at) = self.column("reading") else { return BTreeSet::new() };
        self.rows.iter().filter_map(|row| row.get(at)).map(|reading| bare(reading)).collect()
    }

    /// The place of a column.
    pub(crate) fn column(&self, head: &str) -> Option<usize> {
        self.heads.iter().position(|h| h == head)
    }

    /// The cells in which another table differs, in the order of this one.
    pub(crate) fn moved(&self, other: &Self) -> Vec<Moved> {
        let mut out = Vec::new();
        for (which, from, to) in [(true, self, other), (false, other, self)] {
            for head in from.heads.iter().filter(|h| !to.heads.contains(h)) {
                let there = Some("a column".to_owned());
                let (was, is) = if which { (there, None) } else { (None, there) };
                out.push(Moved { row: Vec::new(), of: Vec::new(), column: Some(head.clone()), was, is });
            }
        }
        let named = self.keys(other).map(|[mine, theirs]| {
            let by = |table: &Self, columns: &[usize]| -> Vec<Vec<String>> {
                table.rows.iter().map(|row| Self::key(row, columns)).collect()
            };
            [by(self, &mine), by(other, &theirs)]
        });
        let Some([mine, theirs]) = named.or_else(|| Some([self.numbered()?, other.numbered()?])) else {
            self.by_place(other, &mut out);
            return out;
        };
        let rows: BTreeMap<&[String], &[String]> =
            theirs.iter().map(Vec::as_slice).zip(other.rows.iter().map(Vec::as_slice)).collect();
        for (key, row) in mine.iter().zip(&self.rows) {
            match rows.get(key.as_slice()) {
                Some(their) => self.cells(key, row, their, other, &mut out),
                None => out.push(Moved::gone(key.clone(), row)),
            }
        }
        let mine: BTreeSet<&[String]> = mine.iter().map(Vec::as_slice).collect();
        for (key, row) in theirs.iter().zip(&other.rows) {
            if !mine.contains(key.as_slice()) {
                out.push(Moved::new(key.clone(), row));
            }
        }
        out
    }

    /// Names for rows of which several are about one code: the code, and the how manieth of it.
    fn numbered(&self) -> Option<Vec<Vec<String>>> {
        let at = self.column("code")?;
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let names = self.rows.iter().map(|row| {
            let code = row.get(at).map_or("", String::as_str);
            let n = seen.entry(code).or_default();
            *n += 1;
            vec![code.to_owned(), n.to_string()]
        });
        Some(names.collect())
    }

    fn by_place(&self, other: &Self, out: &mut Vec<Moved>) {
        for at in 0..self.rows.len().max(other.rows.len()) {
            let name = vec![format!("row {}", at + 1)];
            match (self.rows.get(at), other.rows.get(at)) {
                (Some(mine), Some(their)) => self.cells(&name, mine, their, other, out),
                (Some(row), None) => out.push(Moved::gone(name, row)),
                (None, Some(row)) => out.push(Moved::new(name, row)),
                (None, None) => {}
            }
        }
    }

    fn cells(&self, key: &[String], mine: &[String], their: &[String], other: &Self, out: &mut Vec<Moved>) {
        let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
        let mut compare = |column: String, was: String, is: String| {
            if was != is {
                let (was, is, of) = (Some(was), Some(is), mine.to_vec());
                out.push(Moved { row: key.to_vec(), of, column: Some(column), was, is });
            }
        };
        for (at, head) in self.heads.iter().enumerate() {
            let Some(there) = other.column(head) else { continue };
            compare(head.clone(), cell(mine, at), cell(their, there));
        }
        // What has no heading is told by its place.
        let (here, there) = (self.heads.len(), other.heads.len());
        for more in 0..mine.len().saturating_sub(here).max(their.len().saturating_sub(there)) {
            compare(
                format!("column {}", here + more + 1),
                cell(mine, here + more),
                cell(their, there + more),
            );
        }
    }
}

impl Moved {
    /// A row that is not there any more.
    fn gone(key: Vec<String>, row: &[String]) -> Self {
        Self { row: key, of: row.to_vec(), column: None, was: Some("a row".to_owned()), is: None }
    }

    /// A row that was not there.
    fn new(key: Vec<String>, row: &[String]) -> Self {
        Self { row: key, of: row.to_vec(), column: None, was: None, is: Some("a row".to_owned()) }
    }

    /// Whether its row is in the table that is made again, not in the saved one.
    pub(crate) const fn is_new(&self) -> bool {
        self.was.is_none() && self.column.is_none()
    }
}

/// A reading without what is said behind it.
pub(crate) fn bare(reading: &str) -> &str {
    reading.split(" (").next().unwrap_or_default()
}

/// The parts of a file between its empty lines; one within a quoted cell parts nothing.
fn parts(bytes: &[u8]) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let (mut from, mut line, mut quoted) = (0, 0, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if bytes[line..at].iter().all(|b| *b == b'\r') {
                    out.push(&bytes[from..line]);
                    from = at + 1;
                }
                line = at + 1;
            }
            _ => {}
        }
    }
    out.push(&bytes[from..]);
    let whole = out.len() == 1;
    out.retain(|part| whole || !part.is_empty());
    out
}

/// Stops where a package is gone since an export of it was interrupted, and says where it lies.
fn not_left_over(path: &Path) -> Result<()> {
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().filter(|above| !above.as_os_str().is_empty());
    for dir in [Some(path), folder].into_iter().flatten() {
        if let Some(old) = study::folder::left_over(dir) {
            let gone = CommandError::new(format!("{} is not there", path.display()));
            return Err(gone.hint(lies_in(dir, &old)));
        }
    }
    Ok(())
}

impl Saved {
    /// Reads a table with its provenance: the file beside it, or that of the package in whose folder it
    /// lies. A folder is a package with all its tables.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        not_left_over(path)?;
        if path.is_dir() {
            let at = path.join(PROVENANCE);
            let provenance = provenance::read(&at)?;
            let is_table = |name: &&str| {
                let is_csv = Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"));
                is_csv && !name.contains('/')
            };
            let names: Vec<String> = provenance
                .files
                .iter()
                .map(|f| f.file.as_str())
                .filter(is_table)
                .map(str::to_owned)
                .collect();
            let mut saved = Self { provenance, at, tables: Vec::new(), remarks: Vec::new() };
            for name in names {
                saved.read(&path.join(&name), &name)?;
            }
            return Ok(saved);
        }
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        if !name.to_ascii_lowercase().ends_with(".csv") {
            return Err(CommandError::new(format!("{} is no CSV table", path.display())).hint(
                "name a table that was saved with --out TABLE.csv, a table of a package, or its folder",
            ));
        }
        let names = |at: &PathBuf| provenance::read(at).is_ok_and(|p| p.files.iter().any(|f| f.file == name));
        let beside = [provenance::beside(path), path.with_file_name(PROVENANCE)];
        let Some(at) = beside.into_iter().find(names) else {
            // A file that cannot be read says so itself.
            std::fs::metadata(path).map_err(|why| CommandError::file(path, &why))?;
            return Err(CommandError::new(format!("there is no provenance of {}", path.display())).hint(
                format!(
                    "it should be {} or {PROVENANCE} beside the table, and name it; keep the two together",
                    provenance::beside(path).display()
                ),
            ));
        };
        let provenance = provenance::read(&at)?;
        let mut saved = Self { provenance, at, tables: Vec::new(), remarks: Vec::new() };
        saved.read(path, &name)?;
        Ok(saved)
    }

    fn read(&mut self, path: &Path, name: &str) -> Result<()> {
        let bytes = std::fs::read(path).map_err(|why| CommandError::file(path, &why))?;
        let sum = self.provenance.files.iter().find(|f| f.file == name);
        if sum.is_some_and(|sum| sum.sha256 != sha256(&bytes)) {
            self.remarks.push(format!("{name} was changed since it was written"));
        }
        let all = Csv::all(&bytes).map_err(|why| {
            CommandError::new(format!("{} cannot be read: {why}", path.display()))
                .hint("save it as CSV in UTF-8")
        })?;
        self.tables.extend(all.into_iter().map(|csv| (name.to_owned(), csv)));
        Ok(())
    }

    /// The same tables made again: from the acts that they were made from, or from all acts there are now;
    /// where that is asked for, although acts of a newer version could matter.
    pub(crate) fn again(&self, app: &App, then: bool, ignore_unknown: bool) -> Result<Vec<(String, Csv)>> {
        let of_package = self.provenance.of == "package";
        let mut words = vec!["verbatim".to_owned()];
        let mut recorded = self.provenance.command.iter();
        while let Some(word) = recorded.next() {
            // What there is now is not what there was at a time.
            if word == "--as-of" && !then {
                recorded.next();
                continue;
            }
            words.push(word.clone());
        }
        words.extend(if of_package {
            vec![".".to_owned()]
        } else {
            vec!["--out".to_owned(), "again.csv".to_owned()]
        });
        // A command that has no such option does not stop at such acts.
        let bold = (ignore_unknown && !words.iter().any(|word| word == IGNORE))
            .then(|| Cli::try_parse_from(words.iter().map(String::as_str).chain([IGNORE])).ok())
            .flatten();
        let cli = bold.map_or_else(|| Cli::try_parse_from(&words), Ok).map_err(|_| {
            CommandError::new(format!(
                "the command in {} cannot be read: {}",
                self.at.display(),
                self.provenance.command.join(" ")
            ))
            .hint("it may come from another version of verbatim")
        })?;
        let global = Global {
            study: app.global.study.clone(),
            coder: app.global.coder.clone(),
            quiet: true,
            ..cli.global
        };
        let mut again = App::new(global);
        again.until = then.then(|| self.at.clone());
        let made: Vec<(String, Vec<u8>)> = match &cli.command {
            Some(Command::Export(args)) => {
                let session = args.open(&mut again)?;
                crate::export_command::make(&mut again, &session, args)?.files
            }
            Some(command) if !of_package => {
                again.kept = Some(Vec::new());
                crate::run(&mut again, Some(command), None)?;
                let name = self.tables.first().map(|(name, _)| name.clone()).unwrap_or_default();
                vec![(name, again.kept.take().unwrap_or_default())]
            }
            _ => Vec::new(),
        };
        let mut out = Vec::new();
        for same in self.tables.chunk_by(|a, b| a.0 == b.0) {
            let name = &same[0].0;
            let Some((_, bytes)) = made.iter().find(|(n, _)| n == name).filter(|(_, b)| !b.is_empty()) else {
                return Err(CommandError::new(format!(
                    "{name} cannot be made again by: {}",
                    words.join(" ")
                ))
                .hint("it may come from another version of verbatim"));
            };
            let mut all = Csv::all(bytes).map_err(|why| CommandError::new(why.to_string()))?;
            if all.len() != same.len() {
                return Err(CommandError::new(format!(
                    "{name} holds {}, and {} when it is made again",
                    plural(same.len(), "table"),
                    all.len()
                ))
                .hint("keep the empty lines between tables as they were written"));
            }
            out.extend(all.drain(..).map(|csv| (name.clone(), csv)));
        }
        Ok(out)
    }

    /// What has changed beside the acts since the table was saved: texts, turns, tables, the program.
    pub(crate) fn changed(&self, now: &Provenance) -> Vec<String> {
        let then = &self.provenance;
        let mut out = Vec::new();
        let anonymous = then.is_anonymous();
        for text in &then.texts {
            let here = now.texts.iter().find(|t| {
                if anonymous { t.text_sha256 == text.text_sha256 } else { t.document == text.document }
            });
            match here {
                None => out.push(format!("the text of {} is not here any more", text.document)),
                Some(t) if t.text_sha256 != text.text_sha256 => {
                    out.push(format!("the text of {} was revised since", text.document));
                }
                Some(t) if t.turns_sha256 != text.turns_sha256 => {
                    out.push(format!("the turns of {} changed since", text.document));
                }
                Some(_) => {}
            }
        }
        for table in &then.tables {
            match now.tables.iter().find(|t| t.file == table.file) {
                None => out.push(format!("{} is not here any more", table.file)),
                Some(t) if t.sha256 != table.sha256 => {
                    out.push(format!("{} changed since: attributes may differ", table.file));
                }
                Some(_) => {}
            }
        }
        for table in now.tables.iter().filter(|t| !then.tables.iter().any(|old| old.file == t.file)) {
            out.push(format!("{} is new since", table.file));
        }
        // An anonymous package names no documents.
        let told = |blind: &[String]| if anonymous { blind.len().to_string() } else { blind.join(", ") };
        match (then.blind.as_slice(), now.blind.as_slice()) {
            (then, now) if then == now => {}
            (then, []) => out.push(format!(
                "it was made by somebody who is blind for {}: there only their own reading counts",
                told(then)
            )),
            (_, now) => {
                out.push(format!("you are blind for {}: there only your own reading counts", told(now)));
            }
        }
        if then.version != now.version {
            out.push(format!("it was written by version {}, this is {}", then.version, now.version));
        }
        if then.unicode != now.unicode {
            out.push("words are cut by another version of Unicode".to_owned());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_what_names_their_row() {
        let a = Csv::parse(b"case,code,n\r\nx,t,3\r\nx,u,0\r\ny,t,1\r\n").unwrap();
        let b = Csv::parse(b"case,code,n\r\ny,t,1\r\nx,t,4\r\nz,t,1\r\n").unwrap();
        let moved = a.moved(&b);
        let told: Vec<String> = moved
            .iter()
            .map(|m| format!("{} {:?} {:?} {:?}", m.row.join("/"), m.column, m.was, m.is))
            .collect();
        assert_eq!(
            told,
            [
                "x/t Some(\"n\") Some(\"3\") Some(\"4\")",
                "x/u None Some(\"a row\") None",
                "z/t None None Some(\"a row\")",
            ]
        );
        assert_eq!(a.moved(&a), []);
    }

    #[test]
    fn a_file_may_hold_several_tables() {
        let file = b"a,b\r\nx,1\r\n\r\nc,d,e\r\n\"two\r\n\r\nlines\",2,3\r\n";
        let all = Csv::all(file).unwrap();
        assert_eq!(all.iter().map(|t| t.heads.len()).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(all[1].rows, [["two\r\n\r\nlines", "2", "3"]]);
        assert_eq!(Csv::all(b"").unwrap(), [Csv::default()]);
    }

    #[test]
    fn cells_without_a_heading_are_compared_as_well() {
        let a = Csv::parse(b"case,n\r\nx,1,7\r\n").unwrap();
        let b = Csv::parse(b"case,n\r\nx,1,8\r\n").unwrap();
        assert_eq!(a.moved(&a), []);
        let moved = a.moved(&b);
        assert_eq!(moved.len(), 1);
        assert_eq!((moved[0].column.as_deref(), moved[0].is.as_deref()), (Some("column 3"), Some("8")));
    }

    #[test]
    fn rows_of_several_readings_are_told_apart() {
        let a = Csv::parse(b"case,code,n,reading\r\nx,t,3,anna\r\nx,u,0,anna\r\nx,t,2,bram\r\n").unwrap();
        let b = Csv::parse(b"case,code,n,reading\r\nx,t,3,anna\r\nx,u,0,anna\r\nx,t,4,bram\r\n").unwrap();
        let moved = a.moved(&b);
        assert_eq!(moved.len(), 1);
        assert_eq!(moved[0].row, ["x", "t", "bram"]);
    }
}
