//! Fields: what is known about a turn (who speaks, in which document, of which case) and about a
//! document, looked up in the study's tables.

use model::corpus::{Attributes, Corpus, Document, Speaker, attribute};
use model::name::Name;
use model::turn::Role;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

use super::codings::wrong_sign;
use super::values::Test;
use super::{Builder, Part, Source, Study};
use crate::fold::fold;
use crate::query::{Field, Query, QueryError, Wanted, is_name};

/// The fields that every study has, as they are listed for people.
pub(super) const FIXED: &str =
    "doc:, speaker:, role:, lang:, kind:, date:, code:, coder:, coded:, memo:, done:, stem:";

/// Which table a column belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Case,
    Document,
    Speaker,
}

impl Table {
    pub(super) const ALL: [Self; 3] = [Self::Case, Self::Document, Self::Speaker];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Document => "document",
            Self::Speaker => "speaker",
        }
    }

    /// Whether any row has the column.
    pub(super) fn has(self, corpus: &Corpus, column: &str) -> bool {
        let named = |attributes: &Attributes| attributes.iter().any(|(k, _)| same(k, column));
        match self {
            Self::Case => corpus.cases.iter().any(|c| named(&c.attributes)),
            Self::Document => corpus.documents.iter().any(|d| named(&d.attributes)),
            Self::Speaker => corpus.documents.iter().flat_map(|d| &d.speakers).any(|s| named(&s.attributes)),
        }
    }

    /// What stands in a column of the table.
    pub(super) fn cells<'a>(self, corpus: &'a Corpus, column: &'a str) -> impl Iterator<Item = &'a str> {
        let speakers = || corpus.documents.iter().flat_map(|d| &d.speakers).map(|s| &s.attributes);
        let rows: Vec<&Attributes> = match self {
            Self::Case => corpus.cases.iter().map(|c| &c.attributes).collect(),
            Self::Document => corpus.documents.iter().map(|d| &d.attributes).collect(),
            Self::Speaker => speakers().collect(),
        };
        rows.into_iter().filter_map(move |attributes| attribute(attributes, column))
    }

    /// All column names of the table.
    pub(super) fn columns(self, corpus: &Corpus) -> Vec<&str> {
        let mut seen = FxHashSet::default();
        let names: Vec<&str> = match self {
            Self::Case => corpus.cases.iter().flat_map(|c| &c.attributes).map(|(k, _)| k.as_str()).collect(),
            Self::Document => {
                corpus.documents.iter().flat_map(|d| &d.attributes).map(|(k, _)| k.as_str()).collect()
            }
            Self::Speaker => corpus
                .documents
                .iter()
                .flat_map(|d| &d.speakers)
                .flat_map(|s| &s.attributes)
                .map(|(k, _)| k.as_str())
                .collect(),
        };
        names.into_iter().filter(|n| seen.insert(*n)).collect()
    }
}

fn same(a: &str, b: &str) -> bool {
    a == b || fold(a) == fold(b)
}

impl Builder<'_> {
    /// What is known about a turn or document, by the name of a field.
    pub(super) fn condition(&mut self, field: &Field) -> Result<Part, QueryError> {
        let study = &self.study;
        let name = fold(&field.name);
        let label = fold(&study.corpus.case_label);
        match name.as_str() {
            "case" => study.cases(field),
            "doc" | "document" => study.documents(field),
            "speaker" => study.speakers(field),
            "role" => study.role(field),
            "lang" | "language" => study.of_documents(field, |d| &d.language),
            "kind" => study.of_documents(field, |d| &d.kind),
            "date" => study.of_documents(field, |d| &d.date),
            "title" => study.of_documents(field, |d| &d.title),
            "done" => study.done(field),
            "memo" => {
                let found = self.study.memos(field)?;
                let source = self.add(Source::Passages(found.passages));
                let documents = Part::Documents(found.documents);
                Ok(match found.any {
                    Some(false) => {
                        Part::Not(Box::new(Part::Any(vec![Part::Touches(source, true), documents])))
                    }
                    Some(true) => Part::Any(vec![Part::Touches(source, true), documents]),
                    None => Part::Any(vec![Part::Source(source), documents]),
                })
            }
            _ if !label.is_empty() && name == label => study.cases(field),
            _ => study.attribute(field),
        }
    }
}

impl Study<'_> {
    fn documents(&self, field: &Field) -> Result<Part, QueryError> {
        let documents = &self.corpus.documents;
        let names = || documents.iter().flat_map(|d| [d.id.as_str(), d.title.as_str()]);
        let test = Test::new(field, names())?;
        let wanted: Vec<bool> = documents.iter().map(|d| test.holds(&d.id) || test.holds(&d.title)).collect();
        if wanted.contains(&true) { Ok(Part::Documents(wanted)) } else { Err(self.unknown(field, names())) }
    }

    /// Documents by one of their fixed columns.
    fn of_documents(&self, field: &Field, column: impl Fn(&Document) -> &str) -> Result<Part, QueryError> {
        let documents = &self.corpus.documents;
        let values = || documents.iter().map(&column);
        let test = Test::of_column(field, &values(), &self.notes)?;
        let language = fold(&field.name).starts_with("lang");
        // `nl` of `nl-BE`.
        let broader = |v| if language { str::split(v, ['-', '_']).next() } else { None };
        let names = || values().chain(values().filter_map(broader));
        let wanted: Vec<bool> =
            values().map(|v| test.holds(v) || broader(v).is_some_and(|v| test.holds(v))).collect();
        let range = matches!(field.wanted, Wanted::Range { .. });
        if range || wanted.contains(&true) {
            return Ok(Part::Documents(wanted));
        }
        Err(self.elsewhere(field).unwrap_or_else(|| self.unknown(field, names())))
    }

    /// That a value which no document has is one of another table's column of the same name.
    fn elsewhere(&self, field: &Field) -> Option<QueryError> {
        let fits = |attributes: &Attributes| {
            attributes.iter().any(|(k, v)| same(k, &field.name) && field.wanted.fits(v))
        };
        let speakers = || self.corpus.documents.iter().flat_map(|d| &d.speakers);
        let table = if self.corpus.cases.iter().any(|c| fits(&c.attributes)) {
            Table::Case
        } else if speakers().any(|s| fits(&s.attributes)) {
            Table::Speaker
        } else {
            return None;
        };
        Some(QueryError::UnknownValue {
            name: field.name.clone(),
            value: field.wanted.shown(),
            position: field.position,
            near: vec![format!("{}.{}", table.name(), field.written())],
            numbers: false,
        })
    }

    fn cases(&self, field: &Field) -> Result<Part, QueryError> {
        let cases = &self.corpus.cases;
        let names = || cases.iter().flat_map(|c| [c.id.as_str(), c.name.as_str()]);
        let test = Test::new(field, names())?;
        let wanted: FxHashSet<String> =
            cases.iter().filter(|c| test.holds(&c.id) || test.holds(&c.name)).map(|c| c.id.clone()).collect();
        if wanted.is_empty() { Err(self.unknown(field, names())) } else { Ok(Part::Cases(wanted)) }
    }

    fn speakers(&self, field: &Field) -> Result<Part, QueryError> {
        let documents = &self.corpus.documents;
        let test = Test::new(field, std::iter::empty())?;
        let labels: Vec<Vec<String>> = documents
            .iter()
            .map(|d| {
                let known = d.speakers.iter().filter(|s| test.holds(&s.label) || test.holds(&s.name));
                let mut labels: Vec<String> = known.map(|s| s.label.clone()).collect();
                if d.speakers.is_empty() {
                    // A label may stand in a text before any table knows it.
                    let spoken = d.turns.iter().filter_map(|t| t.speaker.as_deref());
                    labels.extend(spoken.filter(|l| test.holds(l)).map(str::to_owned));
                }
                labels.sort_unstable();
                labels.dedup();
                labels
            })
            .collect();
        if labels.iter().all(Vec::is_empty) {
            let all = documents.iter().flat_map(|d| &d.speakers);
            return Err(self.unknown(field, all.flat_map(|s| [s.label.as_str(), s.name.as_str()])));
        }
        Ok(Part::Speakers(labels))
    }

    /// Documents read to the end by anyone who may be seen, by nobody, or by one coder.
    fn done(&self, field: &Field) -> Result<Part, QueryError> {
        let seen = self.seen.ok_or(QueryError::NoCodes(field.position))?;
        let readings = model::reading::Readings::new(self.corpus, seen.state, seen.coded);
        let anyone = field.yes();
        let names = &seen.coded.coders.names;
        let nobody = || self.unknown(field, ["yes", "no"].into_iter().chain(names.iter().map(Name::as_str)));
        let coders = match anyone {
            Some(_) => None,
            None => Some(self.coders(field).map_err(|_| nobody())?),
        };
        let done = |document: usize| match &coders {
            Some(names) => names.iter().any(|name| readings.mark(document, name).is_some()),
            None => readings.began(document).iter().any(|c| readings.mark(document, c).is_some()),
        };
        let wanted = anyone != Some(false);
        Ok(Part::Documents((0..self.corpus.documents.len()).map(|d| done(d) == wanted).collect()))
    }

    /// A column of a table, by its name or with its table before it.
    fn attribute(&self, field: &Field) -> Result<Part, QueryError> {
        let corpus = self.corpus;
        let label = fold(&corpus.case_label);
        let named = field.name.split_once('.').and_then(|(table, column)| {
            let table = fold(table);
            let table = Table::ALL.into_iter().find(|t| {
                t.name() == table
                    || *t == Table::Document && table == "doc"
                    || *t == Table::Case && !label.is_empty() && table == label
            });
            Some((table?, column))
        });
        // A column's own name may have a dot.
        let (table, column) = match named {
            Some((table, column)) => (Some(table), column),
            None => (None, field.name.as_str()),
        };
        let fixed = |t: Table| match t {
            Table::Speaker => matches!(fold(column).as_str(), "role" | "name"),
            Table::Document => matches!(fold(column).as_str(), "kind" | "language" | "date" | "title"),
            Table::Case => fold(column) == "name",
        };
        let among: Vec<Table> = match table {
            Some(t) if t.has(corpus, column) || fixed(t) => vec![t],
            Some(_) => Vec::new(),
            None => Table::ALL.into_iter().filter(|t| t.has(corpus, column)).collect(),
        };
        match among.as_slice() {
            [Table::Case] => self.of_cases(field, column),
            [Table::Document] => {
                let spelled = self.spelled(Table::Document, column);
                self.column_of_documents(field, &spelled)
            }
            [Table::Speaker] => self.of_speakers(field, column),
            [] if self.is_qualifier(&field.name) => Err(wrong_sign(field)),
            [] => Err(self.no_field(field)),
            several => Err(QueryError::Ambiguous {
                name: field.name.clone(),
                position: field.position,
                tables: several.iter().map(|t| t.name().to_owned()).collect(),
            }),
        }
    }

    /// A column of `cases.csv`.
    fn of_cases(&self, field: &Field, column: &str) -> Result<Part, QueryError> {
        let spelled = self.spelled(Table::Case, column);
        let name = same(column, "name");
        let cases = || {
            self.corpus.cases.iter().filter_map(|c| {
                let value = if name { Some(c.name.as_str()) } else { attribute(&c.attributes, &spelled) };
                Some((c.id.as_str(), value?))
            })
        };
        let listed: Vec<&str> = cases().map(|(_, v)| v).collect();
        let test = Test::of_column(field, &listed.iter().copied(), &self.notes)?;
        let wanted: FxHashSet<String> =
            cases().filter(|(_, v)| test.holds(v)).map(|(id, _)| id.to_owned()).collect();
        self.found(field, wanted.is_empty(), cases().map(|(_, v)| v))?;
        Ok(Part::Cases(wanted))
    }

    /// A column of `documents.csv` beside those that every study has.
    fn column_of_documents(&self, field: &Field, column: &str) -> Result<Part, QueryError> {
        let values = || self.corpus.documents.iter().map(|d| d.column(column).unwrap_or_default());
        let test = Test::of_column(field, &values(), &self.notes)?;
        let wanted: Vec<bool> = values().map(|v| !v.is_empty() && test.holds(v)).collect();
        self.found(field, !wanted.contains(&true), values())?;
        Ok(Part::Documents(wanted))
    }

    /// A column of `speakers.csv`.
    fn of_speakers(&self, field: &Field, column: &str) -> Result<Part, QueryError> {
        let documents = &self.corpus.documents;
        let spelled = self.spelled(Table::Speaker, column);
        let folded = fold(column);
        let value = |s: &Speaker| match folded.as_str() {
            "role" => s.role.as_str().to_owned(),
            "name" => s.name.clone(),
            _ => attribute(&s.attributes, &spelled).unwrap_or_default().to_owned(),
        };
        let values: Vec<String> = documents.iter().flat_map(|d| &d.speakers).map(value).collect();
        let values = || values.iter().map(String::as_str);
        let test = Test::of_column(field, &values(), &self.notes)?;
        let of = |d: &Document| -> Vec<String> {
            d.speakers.iter().filter(|s| test.holds(&value(s))).map(|s| s.label.clone()).collect()
        };
        let labels: Vec<Vec<String>> = documents.iter().map(of).collect();
        self.found(field, labels.iter().all(Vec::is_empty), values())?;
        Ok(Part::Speakers(labels))
    }

    /// A column's name as its table spells it.
    fn spelled(&self, table: Table, column: &str) -> String {
        let columns = table.columns(self.corpus);
        columns.into_iter().find(|c| same(c, column)).unwrap_or(column).to_owned()
    }

    /// What is wrong with a query in which the name of a column stands before a colon that cannot be read
    /// there without quotes: `Number of staff:10`, `turnover (m):5`.
    pub(super) fn unquoted(&self, query: &Query) -> Option<QueryError> {
        if !query.text().contains(':') {
            return None;
        }
        let chars = query.bare();
        let odd = Table::ALL.into_iter().flat_map(|t| t.columns(self.corpus)).filter(|c| !is_name(c));
        odd.into_iter().find_map(|column| {
            let wanted: Vec<char> = column.nfc().collect();
            let stands = |at: usize| {
                let before = at.checked_sub(1).and_then(|b| chars.get(b));
                let own: String = chars.get(at..at + wanted.len())?.iter().collect();
                let apart = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '-' | '.'));
                (apart && chars.get(at + wanted.len()) == Some(&':') && same(&own, column)).then_some(at + 1)
            };
            let position = (0..chars.len()).find_map(stands)?;
            Some(QueryError::Unquoted { column: column.to_owned(), position })
        })
    }

    /// Whether there is a field of this name.
    pub(super) fn is_field(&self, name: &str) -> bool {
        let folded = fold(name);
        FIXED
            .split(", ")
            .chain(["case:", "document:", "language:", "title:"])
            .any(|f| f.trim_end_matches(':') == folded)
            || folded == fold(&self.corpus.case_label)
            || Table::ALL.into_iter().any(|t| t.has(self.corpus, name))
    }

    fn role(&self, field: &Field) -> Result<Part, QueryError> {
        let named = match &field.wanted {
            Wanted::Is(value) | Wanted::Just(value) => Role::parse(value),
            _ => None,
        };
        let mut roles: Vec<Part> = ROLES
            .into_iter()
            .filter(|role| Some(*role) == named || field.wanted.fits(role.as_str()))
            .map(Part::Role)
            .collect();
        match roles.len() {
            0 => Err(self.unknown(field, ROLES.iter().map(|role| role.as_str()))),
            1 => Ok(roles.remove(0)),
            _ => Ok(Part::Any(roles)),
        }
    }
}

const ROLES: [Role; 3] = [Role::Interviewer, Role::Respondent, Role::Other];
