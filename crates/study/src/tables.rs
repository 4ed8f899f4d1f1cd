//! The tables of a study: what the researcher knows about documents, cases and speakers.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use model::corpus::{Attributes, Case, Document, Speaker};
use model::name::Name;
use model::problem::Problem;
use model::turn::Role;

use crate::error::StudyError;
use crate::table::{Row, Table, same};
use crate::table_import::TableKind;

/// Columns of a new `documents.csv`.
const DOCUMENT_COLUMNS: [&str; 7] = ["document", "title", "case", "kind", "language", "date", "cite_as"];
/// Columns of a new `cases.csv`.
const CASE_COLUMNS: [&str; 3] = ["case", "name", "cite_as"];
/// Columns of a new `speakers.csv`.
const SPEAKER_COLUMNS: [&str; 6] = ["document", "speaker", "name", "role", "case", "quote"];

/// The three tables, as far as they are there.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// The study's word for a case, which may head a column in place of `case`.
    pub case_label: String,
    /// `documents.csv`.
    pub documents: Option<Table>,
    /// `cases.csv`, `organisations.csv` or the plural of the study's word for a case.
    pub cases: Option<Table>,
    /// `speakers.csv`.
    pub speakers: Option<Table>,
}

/// File names that the table of cases may have, the usual one first.
pub(crate) fn case_files(label: &str) -> Vec<String> {
    let mut names =
        vec!["cases.csv".to_owned(), "organisations.csv".to_owned(), "organizations.csv".to_owned()];
    let label = crate::slug::slug(label, "case");
    for name in [format!("{label}s.csv"), format!("{label}en.csv"), format!("{label}.csv")] {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What the researcher says about one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct DocumentRow {
    pub(crate) order: usize,
    pub(crate) title: String,
    pub(crate) case: Option<String>,
    pub(crate) kind: String,
    pub(crate) language: String,
    pub(crate) date: String,
    pub(crate) cite_as: String,
    pub(crate) attributes: Attributes,
}

impl DocumentRow {
    /// The document as its row tells it, without its text and speakers.
    pub(crate) fn document(self, id: &Name) -> Document {
        Document {
            id: id.to_string(),
            title: if self.title.is_empty() { id.to_string() } else { self.title },
            case: self.case,
            kind: self.kind,
            language: self.language,
            date: self.date,
            cite_as: self.cite_as,
            attributes: self.attributes,
            ..Document::default()
        }
    }
}

fn filled(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

impl Tables {
    /// Reads the tables of a study.
    pub fn read(study: &Path, case_label: &str) -> (Self, Vec<Problem>) {
        let mut tables = Self { case_label: case_label.to_owned(), ..Self::default() };
        let mut problems = Vec::new();
        let mut read = |file: &str| {
            let name = format!("corpus/{file}");
            let (table, found) = Table::read(&study.join("corpus").join(file), &name);
            problems.extend(found);
            table
        };
        tables.documents = read("documents.csv");
        tables.speakers = read("speakers.csv");
        let mut second = None;
        for file in case_files(case_label) {
            if let Some(table) = read(&file) {
                if tables.cases.is_none() {
                    tables.cases = Some(table);
                } else {
                    second = second.or(Some(table.name));
                }
            }
        }
        if let (Some(second), Some(first)) = (second, &tables.cases) {
            problems.push(
                Problem::warning(second, format!("there is another table of cases: {}", first.name))
                    .hint("put the rows into one of the two; this one is not read"),
            );
        }
        tables.check_columns(&mut problems);
        (tables, problems)
    }

    /// A table without its first column is no table: it is reported and left alone.
    fn check_columns(&mut self, problems: &mut Vec<Problem>) {
        let cases = self.case_columns();
        let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
        let needs: [(&mut Option<Table>, Vec<Vec<&str>>); 3] = [
            (&mut self.documents, vec![vec!["document"]]),
            (&mut self.cases, vec![cases]),
            (&mut self.speakers, vec![vec!["document"], vec!["speaker"]]),
        ];
        for (slot, columns) in needs {
            let Some(table) = slot else { continue };
            if let Some(missing) = columns.iter().find(|names| table.column(names).is_none()) {
                let name = missing.first().copied().unwrap_or_default();
                problems.push(
                    Problem::error(&table.name, format!("there is no column {name}; the table is not used"))
                        .at(1)
                        .hint(format!("name the first column {name}")),
                );
                *slot = None;
            }
        }
    }

    /// Names that the column of cases may have.
    pub(crate) fn case_columns(&self) -> Vec<String> {
        let mut names = vec!["case".to_owned()];
        for name in [self.case_label.as_str(), "organisation", "organization"] {
            if !name.is_empty() && !names.iter().any(|n| same(n, name)) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// The column of cases in a table.
    pub(crate) fn case_column(&self, table: &Table) -> Option<usize> {
        let names = self.case_columns();
        table.column(&names.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// `documents.csv`, made if it is not there.
    pub fn documents_mut(&mut self) -> &mut Table {
        self.documents.get_or_insert_with(|| Table::new("corpus/documents.csv", &DOCUMENT_COLUMNS))
    }

    /// `cases.csv`, made if it is not there.
    pub fn cases_mut(&mut self) -> &mut Table {
        self.cases.get_or_insert_with(|| Table::new("corpus/cases.csv", &CASE_COLUMNS))
    }

    /// `speakers.csv`, made if it is not there.
    pub fn speakers_mut(&mut self) -> &mut Table {
        self.speakers.get_or_insert_with(|| Table::new("corpus/speakers.csv", &SPEAKER_COLUMNS))
    }

    /// Cases that a table of documents or speakers names and the table of cases, where there is one,
    /// does not: each once, with its line.
    pub(crate) fn unlisted(&self, table: &Table) -> Vec<Problem> {
        let Some(cases) = self.cases.as_ref().filter(|t| !t.rows.is_empty()) else { return Vec::new() };
        if self.kind_of(table).is_none_or(|kind| kind == TableKind::Cases) {
            return Vec::new();
        }
        let (named, listed) = (self.case_column(table), self.case_column(cases));
        let mut seen: HashSet<&str> = cases.rows.iter().map(|row| cases.cell(row, listed)).collect();
        seen.insert("");
        let new = table.rows.iter().filter(|row| seen.insert(table.cell(row, named)));
        new.map(|row| {
            let case = table.cell(row, named);
            Problem::warning(&table.name, format!("the case {case} has no row in {}", cases.name))
                .at(row.line)
                .hint("correct the name, or add a row for it there")
        })
        .collect()
    }

    /// The line of `cases.csv` on which a case stands; 0 where it stands on none.
    pub(crate) fn case_line(&self, id: &str) -> u64 {
        let Some(table) = &self.cases else { return 0 };
        let case = self.case_column(table);
        table.rows.iter().find(|row| table.cell(row, case) == id).map_or(0, |row| row.line)
    }

    /// What stands in the column `document` of `speakers.csv` beside an interviewer.
    pub(crate) fn with_interviewer(&self) -> HashSet<String> {
        let Some(table) = &self.speakers else { return HashSet::new() };
        let (document, role) = (table.column(&["document"]), table.column(&["role"]));
        let asks = |row: &&Row| Role::parse(table.cell(row, role)) == Some(Role::Interviewer);
        table.rows.iter().filter(asks).map(|row| table.cell(row, document).to_owned()).collect()
    }

    /// Writes the tables that were changed.
    ///
    /// # Errors
    /// [`StudyError::Changed`] when somebody else changed one meanwhile.
    pub fn save(&mut self, study: &Path) -> Result<(), StudyError> {
        for table in [&mut self.documents, &mut self.cases, &mut self.speakers].into_iter().flatten() {
            let path = table.path_in(study);
            table.save(&path)?;
        }
        Ok(())
    }

    /// Rows of `documents.csv` by the document's id (`resolve` gives it for any name it has had).
    pub(crate) fn document_rows(
        &self,
        resolve: &dyn Fn(&str) -> Option<Name>,
        problems: &mut Vec<Problem>,
    ) -> HashMap<Name, DocumentRow> {
        let mut out = HashMap::new();
        let Some(table) = &self.documents else { return out };
        let columns =
            [&["document"][..], &["title"], &["kind"], &["language"], &["date"], &["cite_as"], &["file"]]
                .map(|n| table.column(n));
        let [document, title, kind, language, date, cite_as, file] = columns;
        let case = self.case_column(table);
        let fixed = [document, title, case, kind, language, date, cite_as, file];
        let mut lines: HashMap<Name, u64> = HashMap::new();
        for (order, row) in table.rows.iter().enumerate() {
            let given = table.cell(row, document);
            let Some(id) = resolve(given) else {
                problems.push(unknown_document(table, row, given));
                continue;
            };
            if let Some(first) = lines.get(&id) {
                problems.push(doubled(table, row, &format!("document {given}"), *first));
                continue;
            }
            lines.insert(id.clone(), row.line);
            let cell = |column| table.cell(row, column).to_owned();
            out.insert(
                id,
                DocumentRow {
                    order,
                    title: cell(title),
                    case: filled(table.cell(row, case)),
                    kind: cell(kind),
                    language: cell(language),
                    date: cell(date),
                    cite_as: cell(cite_as),
                    attributes: attributes(table, row, &fixed),
                },
            );
        }
        out
    }

    /// Rows of `cases.csv`, in order.
    pub(crate) fn case_rows(&self, problems: &mut Vec<Problem>) -> Vec<Case> {
        let Some(table) = &self.cases else { return Vec::new() };
        let case = self.case_column(table);
        let (name, cite_as) = (table.column(&["name"]), table.column(&["cite_as"]));
        let mut out: Vec<(u64, Case)> = Vec::new();
        for row in &table.rows {
            let id = table.cell(row, case);
            if id.is_empty() {
                problems.push(
                    Problem::warning(&table.name, "this row names no case")
                        .at(row.line)
                        .hint("fill in the first column, or delete the row"),
                );
            } else if let Some((first, _)) = out.iter().find(|(_, c)| c.id == id) {
                problems.push(doubled(table, row, &format!("case {id}"), *first));
            } else {
                let named = filled(table.cell(row, name)).unwrap_or_else(|| id.to_owned());
                let case = Case {
                    id: id.to_owned(),
                    name: named,
                    cite_as: table.cell(row, cite_as).to_owned(),
                    attributes: attributes(table, row, &[case, name, cite_as]),
                    listed: true,
                };
                out.push((row.line, case));
            }
        }
        out.into_iter().map(|(_, case)| case).collect()
    }

    /// Rows of `speakers.csv` per document, in order.
    pub(crate) fn speaker_rows(
        &self,
        resolve: &dyn Fn(&str) -> Option<Name>,
        problems: &mut Vec<Problem>,
    ) -> HashMap<Name, Vec<(u64, Speaker)>> {
        let mut out: HashMap<Name, Vec<(u64, Speaker)>> = HashMap::new();
        let Some(table) = &self.speakers else { return out };
        let columns =
            [&["document"][..], &["speaker"], &["name"], &["role"], &["quote"]].map(|n| table.column(n));
        let [document, speaker, name, role, quote] = columns;
        let case = self.case_column(table);
        let fixed = [document, speaker, name, role, quote, case];
        for row in &table.rows {
            let given = table.cell(row, document);
            let Some(id) = resolve(given) else {
                problems.push(unknown_document(table, row, given));
                continue;
            };
            let label = table.cell(row, speaker);
            let list = out.entry(id).or_default();
            if let Some((first, _)) = list.iter().find(|(_, s)| s.label == label) {
                problems.push(doubled(table, row, &format!("speaker {label} of {given}"), *first));
                continue;
            }
            let said = table.cell(row, role);
            let known = Role::parse(said);
            if known.is_none() && !said.is_empty() {
                problems.push(
                    Problem::warning(&table.name, format!("{said:?} is no role; it counts as respondent"))
                        .at(row.line)
                        .hint("use interviewer, respondent or other"),
                );
            }
            list.push((
                row.line,
                Speaker {
                    label: label.to_owned(),
                    name: table.cell(row, name).to_owned(),
                    role: known.unwrap_or_default(),
                    role_known: known.is_some(),
                    case: filled(table.cell(row, case)),
                    quote: table.cell(row, quote).to_lowercase(),
                    attributes: attributes(table, row, &fixed),
                },
            ));
        }
        out
    }
}

/// Every column that has no meaning of its own.
fn attributes(table: &Table, row: &Row, fixed: &[Option<usize>]) -> Attributes {
    let free = table
        .header
        .iter()
        .enumerate()
        .filter(|(i, name)| !name.trim().is_empty() && !fixed.contains(&Some(*i)));
    free.map(|(i, name)| (name.trim().to_owned(), table.cell(row, Some(i)).to_owned())).collect()
}

fn unknown_document(table: &Table, row: &Row, given: &str) -> Problem {
    let what = if given.is_empty() {
        "this row names no document".to_owned()
    } else {
        format!("the study has no document {given}")
    };
    Problem::warning(&table.name, what)
        .at(row.line)
        .hint("correct the name or import the document; `verbatim documents` lists them")
}

fn doubled(table: &Table, row: &Row, what: &str, first: u64) -> Problem {
    Problem::warning(&table.name, format!("{what} is in line {first} already"))
        .at(row.line)
        .hint("keep one of the two rows; the first counts")
}
