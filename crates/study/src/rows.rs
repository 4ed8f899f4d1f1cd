//! Rows of what is kept in the cache: a document, a speaker and a case, without text and turns, and what
//! opening the study warned of.

use model::corpus::{Attributes, Case, Document, Speaker};
use model::problem::{Problem, Severity};
use model::turn::Role;
use serde::{Deserialize, Serialize};

/// Columns and values.
type Cells<'a> = Vec<(&'a str, &'a str)>;

fn cells(attributes: &Attributes) -> Cells<'_> {
    attributes.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect()
}

fn attributes(cells: &Cells<'_>) -> Attributes {
    cells.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

/// A document without text and turns.
#[derive(Serialize, Deserialize)]
pub(crate) struct DocumentRow<'a> {
    id: &'a str,
    title: &'a str,
    case: Option<&'a str>,
    kind: &'a str,
    language: &'a str,
    date: &'a str,
    cite_as: &'a str,
    #[serde(borrow)]
    attributes: Cells<'a>,
    #[serde(borrow)]
    speakers: Vec<SpeakerRow<'a>>,
}

/// A speaker.
#[derive(Serialize, Deserialize)]
struct SpeakerRow<'a> {
    label: &'a str,
    name: &'a str,
    role: u8,
    role_known: bool,
    case: Option<&'a str>,
    quote: &'a str,
    #[serde(borrow)]
    attributes: Cells<'a>,
}

/// A case.
#[derive(Serialize, Deserialize)]
pub(crate) struct CaseRow<'a> {
    id: &'a str,
    name: &'a str,
    cite_as: &'a str,
    #[serde(borrow)]
    attributes: Cells<'a>,
    listed: bool,
}

/// A document as it is kept. All fields are named, so that a new one cannot be forgotten.
pub(crate) fn document(from: &Document) -> DocumentRow<'_> {
    let Document { id, title, case, kind, language, date, cite_as, attributes, speakers, .. } = from;
    DocumentRow {
        id,
        title,
        case: case.as_deref(),
        kind,
        language,
        date,
        cite_as,
        attributes: cells(attributes),
        speakers: speakers.iter().map(speaker).collect(),
    }
}

fn speaker(from: &Speaker) -> SpeakerRow<'_> {
    let Speaker { label, name, role, role_known, case, quote, attributes } = from;
    let role = match role {
        Role::Interviewer => 0,
        Role::Respondent => 1,
        Role::Other => 2,
    };
    let case = case.as_deref();
    SpeakerRow { label, name, role, role_known: *role_known, case, quote, attributes: cells(attributes) }
}

/// A case as it is kept.
pub(crate) fn case(from: &Case) -> CaseRow<'_> {
    let Case { id, name, cite_as, attributes, listed } = from;
    CaseRow { id, name, cite_as, attributes: cells(attributes), listed: *listed }
}

impl DocumentRow<'_> {
    /// The document, without text and turns.
    pub(crate) fn document(&self) -> Document {
        Document {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            case: self.case.map(str::to_owned),
            kind: self.kind.to_owned(),
            language: self.language.to_owned(),
            date: self.date.to_owned(),
            cite_as: self.cite_as.to_owned(),
            attributes: attributes(&self.attributes),
            speakers: self.speakers.iter().map(SpeakerRow::speaker).collect(),
            ..Document::default()
        }
    }
}

impl SpeakerRow<'_> {
    fn speaker(&self) -> Speaker {
        Speaker {
            label: self.label.to_owned(),
            name: self.name.to_owned(),
            role: match self.role {
                0 => Role::Interviewer,
                1 => Role::Respondent,
                _ => Role::Other,
            },
            role_known: self.role_known,
            case: self.case.map(str::to_owned),
            quote: self.quote.to_owned(),
            attributes: attributes(&self.attributes),
        }
    }
}

impl CaseRow<'_> {
    /// The case.
    pub(crate) fn case(&self) -> Case {
        Case {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            cite_as: self.cite_as.to_owned(),
            attributes: attributes(&self.attributes),
            listed: self.listed,
        }
    }
}

/// A problem: its severity by its place in [`SEVERITIES`], file, line, what, hint.
pub(crate) type ProblemRow<'a> = (u8, &'a str, Option<u64>, &'a str, &'a str);

const SEVERITIES: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];

/// The row of a problem; none where its severity has none.
pub(crate) fn problem_row(from: &Problem) -> Option<ProblemRow<'_>> {
    let severity = SEVERITIES.iter().position(|known| *known == from.severity)? as u8;
    Some((severity, &from.file, from.line, &from.what, &from.hint))
}

/// The problem of a row.
pub(crate) fn problem(row: &ProblemRow<'_>) -> Problem {
    let severity = SEVERITIES.get(usize::from(row.0)).copied().unwrap_or(Severity::Error);
    Problem { line: row.2, hint: row.4.to_owned(), ..Problem::new(severity, row.1, row.3) }
}
