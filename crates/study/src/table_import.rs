//! A table import: the researcher's own table, merged into the study's table of the same kind.
//!
//! Its kind is seen from its header. Columns that the study's table lacks are added at the end, and
//! an empty cell says nothing: it never blanks what is known.

use model::name::Name;
use model::problem::{Problem, Severity};

use crate::corpus_folder::{resolver, stem};
use crate::error::StudyError;
use crate::study::Study;
use crate::table::{Row, Table, same};
use crate::tables::Tables;

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableKind {
    /// One row per document.
    Documents,
    /// One row per case.
    Cases,
    /// One row per document and speaker.
    Speakers,
}

impl TableKind {
    /// The word for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Cases => "cases",
            Self::Speakers => "speakers",
        }
    }
}

/// What came of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReport {
    /// The file it came from.
    pub file: String,
    /// What it is about.
    pub kind: TableKind,
    /// Its rows.
    pub rows: usize,
    /// Rows that name something in the study.
    pub matched: usize,
    /// Values that are new or other than before.
    pub values: usize,
    /// Columns that the study's table did not have.
    pub columns: Vec<String>,
}

/// Which document a name in a table means: in the study's own tables, and in one that comes in.
pub(crate) struct Resolve<'a> {
    pub(crate) ours: &'a dyn Fn(&str) -> Option<Name>,
    pub(crate) theirs: &'a dyn Fn(&str) -> Option<Name>,
}

impl Study {
    /// Merges a table into the study's table of its kind and writes that.
    ///
    /// # Errors
    /// [`StudyError::UnknownTable`] when its kind cannot be seen; [`StudyError::Changed`] when the
    /// study's table was changed meanwhile.
    pub fn import_table(
        &mut self,
        name: &str,
        bytes: &[u8],
    ) -> Result<(TableReport, Vec<Problem>), StudyError> {
        let documents = self.documents();
        let resolve = resolver(&documents);
        let (mut tables, mut problems) = Tables::read(self.dir(), self.case_label());
        refuse_broken(&problems, self)?;
        let (table, found) = Table::parse(name, bytes);
        if let Some(broken) = found.iter().find(|p| p.severity == Severity::Error) {
            let (path, why) = (name.into(), broken.what.clone());
            return Err(StudyError::BadFile { path, line: broken.line, column: None, why });
        }
        problems.extend(found);
        let resolve = Resolve { ours: &resolve, theirs: &resolve };
        let report = tables.merge(&table, &resolve, &mut problems)?;
        tables.save(self.dir())?;
        Ok((report, problems))
    }
}

/// A table of the study that could not be read must not be replaced by a new one.
pub(crate) fn refuse_broken(problems: &[Problem], study: &Study) -> Result<(), StudyError> {
    let broken = problems.iter().find(|p| p.severity == Severity::Error);
    match broken {
        Some(p) => Err(StudyError::BadFile {
            path: study.dir().join(&p.file),
            line: p.line,
            column: None,
            why: p.what.clone(),
        }),
        None => Ok(()),
    }
}

impl Tables {
    /// The kind of a table, from its header; one that is called `cases` and names cases is no other, what
    /// else it may hold.
    pub fn kind_of(&self, table: &Table) -> Option<TableKind> {
        let stem = stem(&table.name);
        if stem.eq_ignore_ascii_case("cases") && self.case_column(table).is_some() {
            return Some(TableKind::Cases);
        }
        let has = |name: &str| table.column(&[name]).is_some();
        match (has("document"), has("speaker")) {
            (true, true) => Some(TableKind::Speakers),
            (true, false) => Some(TableKind::Documents),
            (false, _) => self.case_column(table).map(|_| TableKind::Cases),
        }
    }

    /// Merges a table into that of its kind.
    pub(crate) fn merge(
        &mut self,
        incoming: &Table,
        resolve: &Resolve<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<TableReport, StudyError> {
        let kind = self
            .kind_of(incoming)
            .ok_or_else(|| StudyError::UnknownTable { path: (&incoming.name).into() })?;
        let mut report = TableReport {
            file: incoming.name.clone(),
            kind,
            rows: incoming.rows.len(),
            matched: 0,
            values: 0,
            columns: Vec::new(),
        };
        let from_case = self.case_column(incoming);
        let document = incoming.column(&["document"]);
        let file = incoming.column(&["file"]);
        let speaker = incoming.column(&["speaker"]);
        let names = self.case_columns();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let target = match kind {
            TableKind::Documents => self.documents_mut(),
            TableKind::Cases => self.cases_mut(),
            TableKind::Speakers => self.speakers_mut(),
        };
        // Which column of the study's table each column goes to; the case has one name here.
        let mut columns: Vec<Option<usize>> = Vec::new();
        for (i, name) in incoming.header.iter().enumerate() {
            let doubled = incoming.header.iter().take(i).any(|h| same(h, name));
            let unused = name.trim().is_empty() || doubled || kind == TableKind::Documents && Some(i) == file;
            let before = target.header.len();
            let column = if unused {
                None
            } else if Some(i) == from_case {
                Some(target.column_or_add(&names))
            } else {
                Some(target.column_or_add(&[name.trim()]))
            };
            if target.header.len() > before {
                report.columns.push(target.header.last().cloned().unwrap_or_default());
            }
            columns.push(column);
        }
        let to_case = target.column(&names);
        let key = [target.column(&["document"]), target.column(&["speaker"])];
        let mut index = target.index(kind, key, to_case, resolve.ours);
        for row in &incoming.rows {
            let given = incoming.cell(row, document);
            let id = match kind {
                TableKind::Cases => None,
                _ => (resolve.theirs)(given)
                    .or_else(|| file.and_then(|f| (resolve.theirs)(stem(incoming.cell(row, Some(f)))))),
            };
            let known_key = match (kind, &id) {
                (TableKind::Cases, _) => (incoming.cell(row, from_case).to_owned(), String::new()),
                (TableKind::Documents, Some(id)) => (id.to_string(), String::new()),
                (TableKind::Speakers, Some(id)) => (id.to_string(), incoming.cell(row, speaker).to_owned()),
                (_, None) => {
                    problems.push(
                        Problem::warning(
                            &incoming.name,
                            format!("the study has no document {given}; the row is not used"),
                        )
                        .at(row.line)
                        .hint("correct the name or import the document, then import the table again"),
                    );
                    continue;
                }
            };
            if known_key.0.is_empty() {
                problems.push(
                    Problem::warning(&incoming.name, "this row names no case; it is not used").at(row.line),
                );
                continue;
            }
            report.matched += 1;
            let at = *index.entry(known_key).or_insert_with(|| target.add_row());
            for (i, column) in columns.iter().enumerate() {
                let Some(column) = *column else { continue };
                let value = match (&id, Some(i) == document) {
                    (Some(id), true) => id.as_str(),
                    _ => incoming.cell(row, Some(i)),
                };
                // A document that the researcher's own table names otherwise keeps that name.
                let names_row = Some(i) == document
                    && target.rows.get(at).is_some_and(|r| !target.cell(r, Some(column)).is_empty());
                if !value.is_empty() && !names_row && target.set(at, column, value) {
                    report.values += 1;
                }
            }
        }
        Ok(report)
    }
}

type Index = std::collections::HashMap<(String, String), usize>;

impl Table {
    /// Where the row of each document, case or speaker is.
    pub(crate) fn index(
        &self,
        kind: TableKind,
        key: [Option<usize>; 2],
        case: Option<usize>,
        resolve: &dyn Fn(&str) -> Option<Name>,
    ) -> Index {
        let mut index = Index::new();
        for (at, row) in self.rows.iter().enumerate() {
            if let Some(key) = self.key_of(row, kind, key, case, resolve) {
                index.entry(key).or_insert(at);
            }
        }
        index
    }

    fn key_of(
        &self,
        row: &Row,
        kind: TableKind,
        key: [Option<usize>; 2],
        case: Option<usize>,
        resolve: &dyn Fn(&str) -> Option<Name>,
    ) -> Option<(String, String)> {
        if kind == TableKind::Cases {
            return Some((self.cell(row, case).to_owned(), String::new()));
        }
        let id = resolve(self.cell(row, key[0]))?.to_string();
        let label =
            if kind == TableKind::Speakers { self.cell(row, key[1]).to_owned() } else { String::new() };
        Some((id, label))
    }
}
