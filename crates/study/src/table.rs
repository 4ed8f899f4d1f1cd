//! A table: one of the researcher's CSV files, read as Excel and everybody else writes them.
//!
//! It belongs to the researcher. Columns that nobody here knows are kept, in their order, and a file
//! that was changed by somebody else since it was read is never replaced.

use std::fs;
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, WINDOWS_1252};
use model::journal::is_conflict_mark;
use model::problem::Problem;
use sha2::{Digest, Sha256};

use crate::atomic;
use crate::conflict::first_mark;
use crate::error::StudyError;

/// One row, with the line of the file on which it begins (0 for a row that is not in the file yet).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Line from 1.
    pub line: u64,
    /// As many cells as the table has columns.
    pub cells: Vec<String>,
}

/// A CSV table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its file, as problems name it.
    pub name: String,
    /// Column names as written.
    pub header: Vec<String>,
    /// Its rows, in order.
    pub rows: Vec<Row>,
    delimiter: u8,
    bom: bool,
    crlf: bool,
    /// SHA-256 of the bytes that were read; none for a table that is not on disk yet.
    read: Option<[u8; 32]>,
    dirty: bool,
}

impl Table {
    /// A table that is not on disk yet.
    pub fn new(name: &str, header: &[&str]) -> Self {
        let header = header.iter().map(|h| (*h).to_owned()).collect();
        Self { name: name.to_owned(), header, delimiter: b',', ..Self::default() }
    }

    /// Reads a table; `name` is for problems.
    pub fn parse(name: &str, bytes: &[u8]) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let (text, bom) = decode(bytes);
        let mark = first_mark(text.as_bytes());
        let marked = mark.is_some();
        problems.extend(mark.map(|line| conflict(name, line)));
        // Excel can say which delimiter it wrote.
        let (body, skipped) = match text.split_once('\n') {
            Some((first, rest)) if first.to_ascii_lowercase().starts_with("sep=") => (rest, 1),
            _ => (text.as_str(), 0),
        };
        let delimiter = delimiter(body);
        let mut table = Self {
            name: name.to_owned(),
            delimiter,
            bom,
            crlf: body.contains("\r\n"),
            read: Some(Sha256::digest(bytes).into()),
            ..Self::default()
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(body.as_bytes());
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(why) => {
                    let line = why.position().map_or(0, csv::Position::line) + skipped;
                    problems.push(
                        Problem::error(name, format!("this row cannot be read: {why}"))
                            .at(line)
                            .hint("correct the row, or save the table as CSV (UTF-8)"),
                    );
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line) + skipped;
            if marked && record.get(0).is_some_and(|c| is_conflict_mark(c.as_bytes())) {
                continue;
            }
            let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if table.header.is_empty() {
                // Excel leaves empty columns behind the last one.
                while cells.last().is_some_and(|c| c.trim().is_empty()) {
                    cells.pop();
                }
                table.header = cells;
                continue;
            }
            if cells.iter().all(|c| c.trim().is_empty()) {
                continue;
            }
            let columns = table.header.len();
            let extra = cells.get(columns..).is_some_and(|rest| rest.iter().any(|c| !c.trim().is_empty()));
            if extra || cells.len() < columns {
                let hint = if extra {
                    "a value that holds the separator must be in quotes; what is too much is not used"
                } else {
                    "the missing values count as empty"
                };
                problems.push(
                    Problem::warning(name, format!("{} values in {columns} columns", cells.len()))
                        .at(line)
                        .hint(hint),
                );
            }
            if !extra {
                cells.resize(columns, String::new());
            }
            while cells.len() < columns {
                cells.push(String::new());
            }
            table.rows.push(Row { line, cells });
        }
        // What follows an open quote is one value to the end of the file.
        if let Some(last) = table.rows.last()
            && last.cells.iter().any(|c| c.contains('\n'))
            && !body.bytes().filter(|b| *b == b'"').count().is_multiple_of(2)
        {
            problems.push(
                Problem::error(name, "a quotation mark is opened in this row and not closed")
                    .at(last.line)
                    .hint("close it, or write it twice where it belongs to the text"),
            );
        }
        for (i, column) in table.header.iter().enumerate() {
            let doubled = table.header.iter().take(i).any(|c| c.eq_ignore_ascii_case(column));
            if doubled && !column.is_empty() {
                problems.push(
                    Problem::warning(name, format!("two columns are named {column}"))
                        .at(1 + skipped)
                        .hint("rename one; the first is used"),
                );
            }
        }
        (table, problems)
    }

    /// Reads a table from disk; none if it is not there.
    pub(crate) fn read(path: &Path, name: &str) -> (Option<Self>, Vec<Problem>) {
        match fs::read(path) {
            Ok(bytes) => {
                let (table, problems) = Self::parse(name, &bytes);
                (Some(table), problems)
            }
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => (None, Vec::new()),
            Err(why) => (None, vec![Problem::error(name, format!("cannot be read: {why}"))]),
        }
    }

    /// The place of the first column with one of these names, compared without case.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.header.iter().position(|h| same(h, name)))
    }

    /// The value of a cell, without the white space around it; empty where there is none.
    pub fn cell<'a>(&self, row: &'a Row, column: Option<usize>) -> &'a str {
        column.and_then(|c| row.cells.get(c)).map_or("", |c| c.trim())
    }

    /// The place of a column, which is added at the end if it is not there.
    pub fn column_or_add(&mut self, names: &[&str]) -> usize {
        if let Some(at) = self.column(names) {
            return at;
        }
        self.header.push(names.first().copied().unwrap_or_default().to_owned());
        for row in &mut self.rows {
            row.cells.resize(self.header.len(), String::new());
        }
        self.dirty = true;
        self.header.len() - 1
    }

    /// Sets one value. Returns whether it was another.
    pub fn set(&mut self, row: usize, column: usize, value: &str) -> bool {
        let columns = self.header.len();
        let Some(row) = self.rows.get_mut(row) else { return false };
        if row.cells.len() < columns {
            row.cells.resize(columns, String::new());
        }
        match row.cells.get_mut(column) {
            Some(cell) if cell.trim() != value => {
                value.clone_into(cell);
                self.dirty = true;
                true
            }
            _ => false,
        }
    }

    /// Adds an empty row and returns its place.
    pub fn add_row(&mut self) -> usize {
        self.rows.push(Row { line: 0, cells: vec![String::new(); self.header.len()] });
        self.dirty = true;
        self.rows.len() - 1
    }

    /// Whether it differs from the file.
    pub fn is_changed(&self) -> bool {
        self.dirty
    }

    /// The bytes of the file: the researcher's delimiter, byte-order mark and line ends, in UTF-8.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = if self.bom { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        let end = if self.crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(self.delimiter)
            .terminator(end)
            .flexible(true)
            .from_writer(&mut out);
        // Writing to memory does not fail.
        _ = writer.write_record(&self.header);
        for row in &self.rows {
            _ = writer.write_record(&row.cells);
        }
        _ = writer.flush();
        drop(writer);
        out
    }

    /// Replaces the file at `path`, if the table was changed and the file was not.
    ///
    /// # Errors
    /// [`StudyError::Changed`] when the file is not the one that was read.
    pub fn save(&mut self, path: &Path) -> Result<(), StudyError> {
        if !self.dirty {
            return Ok(());
        }
        let there = fs::read(path).ok().map(|bytes| <[u8; 32]>::from(Sha256::digest(&bytes)));
        if there != self.read {
            return Err(StudyError::Changed { path: path.to_owned() });
        }
        let bytes = self.bytes();
        atomic::replace(path, &bytes).map_err(|why| StudyError::io("write", path, why))?;
        self.read = Some(Sha256::digest(&bytes).into());
        self.dirty = false;
        Ok(())
    }

    /// Where it lies in a folder.
    pub(crate) fn path_in(&self, study: &Path) -> PathBuf {
        study.join(&self.name)
    }
}

/// Git left its marks in a table.
pub(crate) fn conflict(name: &str, line: u64) -> Problem {
    Problem::error(name, "git conflict mark")
        .at(line)
        .hint("keep the rows that are right and delete the marks")
}

/// Whether two column names are one.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b) || a.trim().to_lowercase() == b.to_lowercase()
}

/// The text of a table in UTF-8, UTF-16 with its mark, or Windows-1252; and whether the file had a
/// byte-order mark or needs one from now on so that Excel reads it again.
fn decode(bytes: &[u8]) -> (String, bool) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return (text.into_owned(), true);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (WINDOWS_1252.decode(bytes).0.into_owned(), true),
    }
}

/// The separator: that of `; , TAB` which the header has most of outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for b in text.bytes() {
        match b {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                for count in &mut counts {
                    count.1 += u32::from(count.0 == b);
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().map(|c| c.1).max().unwrap_or(0);
    counts.iter().find(|c| c.1 == most && most > 0).map_or(b',', |c| c.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excel_and_everybody_else_are_read() {
        for bytes in [
            "document,case\nx,De Linde\n".as_bytes().to_vec(),
            "\u{feff}Document;Case\r\nx;De Linde\r\n".as_bytes().to_vec(),
            "sep=;\r\nDOCUMENT;CASE;;\r\nx;De Linde;;\r\n;;;\r\n".as_bytes().to_vec(),
            "document\tcase\nx\t\"De Linde\"".as_bytes().to_vec(),
            b"\xff\xfed\0o\0c\0u\0m\0e\0n\0t\0;\0c\0a\0s\0e\0\n\0x\0;\0D\0e\0 \0L\0i\0n\0d\0e\0\n\0".to_vec(),
        ] {
            let (table, problems) = Table::parse("documents.csv", &bytes);
            assert_eq!(problems, [], "{bytes:?}");
            assert_eq!(table.column(&["document"]), Some(0));
            assert_eq!(table.cell(&table.rows[0], table.column(&["case"])), "De Linde");
            assert_eq!(table.rows.len(), 1);
        }
        let (table, _) = Table::parse("cases.csv", b"case;name\nx;Caf\xe9 \x93Zo\x94\n");
        assert_eq!(table.rows[0].cells, ["x", "Café “Zo”"]);
    }

    #[test]
    fn what_is_not_understood_is_kept() {
        let text = "\u{feff}document;Geheim;case\r\nx;\"a;b\";y\r\nz;;\r\n";
        let (mut table, _) = Table::parse("documents.csv", text.as_bytes());
        assert_eq!(String::from_utf8(table.bytes()).unwrap(), text);
        let column = table.column_or_add(&["kind"]);
        assert!(table.set(1, column, "interview"));
        assert!(!table.set(1, column, "interview"));
        assert_eq!(
            String::from_utf8(table.bytes()).unwrap(),
            "\u{feff}document;Geheim;case;kind\r\nx;\"a;b\";y;\r\nz;;;interview\r\n"
        );
    }

    #[test]
    fn wrong_counts_are_told_with_their_line() {
        let (table, problems) = Table::parse("documents.csv", b"document,case\n\"x\ny\",a\nb\nc,d,e\n");
        assert_eq!(table.rows.len(), 3);
        let lines: Vec<_> = problems.iter().map(|p| p.line).collect();
        assert_eq!(lines, [Some(4), Some(5)]);
    }
}
