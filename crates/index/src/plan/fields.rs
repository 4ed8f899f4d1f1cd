//! Fields: what is known about a turn (who speaks, in which document, of which case) and about a
//! document, looked up in the study's tables.

use model::corpus::{Attributes, Corpus, Document, Speaker, attribute};
use model::name::Name;
use model::turn::Role;
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use super::codings::wrong_sign;
use super::values::{Test, no_such_day, number};
use super::{Builder, Part, Source, Study};
use crate::fold::fold;
use crate::near::near;
use crate::query::{Field, Query, QueryError, Wanted, is_name, named};

/// The fields that every study has, as they are listed for people.
const FIXED: &str = "doc:, speaker:, role:, lang:, kind:, date:, code:, coder:, coded:, memo:, done:, stem:";

/// How many values are all told when none is near the one that was written.
const FEW: usize = 6;

/// Which table a column belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Table {
    Case,
    Document,
    Speaker,
}

impl Table {
    const ALL: [Self; 3] = [Self::Case, Self::Document, Self::Speaker];

    const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Document => "document",
            Self::Speaker => "speaker",
        }
    }

    /// Whether any row has the column.
    fn has(self, corpus: &Corpus, column: &str) -> bool {
        let named = |attributes: &Attributes| attributes.iter().any(|(k, _)| same(k, column));
        match self {
            Self::Case => corpus.cases.iter().any(|c| named(&c.attributes)),
            Self::Document => corpus.documents.iter().any(|d| named(&d.attributes)),
            Self::Speaker => corpus.documents.iter().flat_map(|d| &d.speakers).any(|s| named(&s.attributes)),
        }
    }

    /// All column names of the table.
    fn columns(self, corpus: &Corpus) -> Vec<&str> {
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

pub(super) fn unknown<'a>(field: &Field, names: impl Iterator<Item = &'a str>) -> QueryError {
    let names: Vec<&str> = names.collect();
    // A number is not misspelt: one that has a figure in common is no nearer than others.
    let figures = field.wanted.shown().starts_with(|c: char| c.is_ascii_digit());
    let numbers = figures && names.iter().any(|n| number(n).is_some());
    if let Wanted::Is(value) = &field.wanted
        && let Some(why) = no_such_day(field, value, &names)
    {
        return why;
    }
    let mut proposed =
        if numbers { Vec::new() } else { near(&fold(&field.wanted.shown()), names.iter().copied()) };
    if proposed.is_empty() {
        // Where there are few, all are told.
        let mut seen = FxHashSet::default();
        let all = names.into_iter().filter(|n| !n.is_empty() && seen.insert(*n));
        let all: Vec<&str> = all.take(FEW + 1).collect();
        if all.len() <= FEW {
            proposed = all.into_iter().map(str::to_owned).collect();
        }
    }
    QueryError::UnknownValue {
        name: field.name.clone(),
        value: field.wanted.shown(),
        position: field.position,
        near: proposed,
        numbers,
    }
}

/// A value that no row has is an error; a range that no row is in is not.
fn found<'v>(field: &Field, nothing: bool, values: impl Iterator<Item = &'v str>) -> Result<(), QueryError> {
    if nothing && !matches!(field.wanted, Wanted::Range { .. }) {
        return Err(unknown(field, values));
    }
    Ok(())
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
            "role" => role(field),
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
        if wanted.contains(&true) { Ok(Part::Documents(wanted)) } else { Err(unknown(field, names())) }
    }

    /// Documents by one of their fixed columns.
    fn of_documents(&self, field: &Field, column: impl Fn(&Document) -> &str) -> Result<Part, QueryError> {
        let documents = &self.corpus.documents;
        let values = || documents.iter().map(&column);
        let test = Test::of_column(field, &values(), &self.notes)?;
        let language = fold(&field.name).starts_with("lang");
        let wanted: Vec<bool> = values()
            .map(|v| test.holds(v) || language && test.holds(v.split(['-', '_']).next().unwrap_or_default()))
            .collect();
        let range = matches!(field.wanted, Wanted::Range { .. });
        if range || wanted.contains(&true) {
            return Ok(Part::Documents(wanted));
        }
        Err(self.elsewhere(field).unwrap_or_else(|| unknown(field, values())))
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
        if wanted.is_empty() { Err(unknown(field, names())) } else { Ok(Part::Cases(wanted)) }
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
            return Err(unknown(field, all.flat_map(|s| [s.label.as_str(), s.name.as_str()])));
        }
        Ok(Part::Speakers(labels))
    }

    /// Documents read to the end by anyone who may be seen, by nobody, or by one coder.
    fn done(&self, field: &Field) -> Result<Part, QueryError> {
        let seen = self.seen.ok_or(QueryError::NoCodes(field.position))?;
        let readings = model::reading::Readings::new(self.corpus, seen.state, seen.coded);
        let anyone = field.yes();
        let names = &seen.coded.coders.names;
        let nobody = || unknown(field, ["yes", "no"].into_iter().chain(names.iter().map(Name::as_str)));
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
        found(field, wanted.is_empty(), cases().map(|(_, v)| v))?;
        Ok(Part::Cases(wanted))
    }

    /// A column of `documents.csv` beside those that every study has.
    fn column_of_documents(&self, field: &Field, column: &str) -> Result<Part, QueryError> {
        let values = || self.corpus.documents.iter().map(|d| d.column(column).unwrap_or_default());
        let test = Test::of_column(field, &values(), &self.notes)?;
        let wanted: Vec<bool> = values().map(|v| !v.is_empty() && test.holds(v)).collect();
        found(field, !wanted.contains(&true), values())?;
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
        found(field, labels.iter().all(Vec::is_empty), values())?;
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

    fn no_field(&self, field: &Field) -> QueryError {
        let corpus = self.corpus;
        let own = if corpus.case_label.is_empty() || corpus.case_label == "case" {
            "case:".to_owned()
        } else {
            format!("case:, {}:", corpus.case_label)
        };
        let mut columns: FxHashMap<&str, usize> = FxHashMap::default();
        let mut listed = Vec::new();
        for table in Table::ALL {
            for column in table.columns(corpus) {
                if *columns.entry(column).and_modify(|n| *n += 1).or_insert(1) == 1 {
                    listed.push(named(column) + ":");
                }
            }
        }
        let columns = if listed.is_empty() { String::new() } else { format!(", {}", listed.join(", ")) };
        // `document.sector:` where the column is that of cases.
        let column = field.name.split_once('.').map_or(field.name.as_str(), |(_, column)| column);
        let table = Table::ALL.into_iter().find(|t| field.name.contains('.') && t.has(corpus, column));
        QueryError::UnknownField {
            name: field.name.clone(),
            position: field.position,
            meant: table.map(|t| format!("{}.{column}:", t.name())),
            known: format!("{own}, {FIXED}{columns}"),
        }
    }
}

fn role(field: &Field) -> Result<Part, QueryError> {
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
        0 => Err(no_role(field)),
        1 => Ok(roles.remove(0)),
        _ => Ok(Part::Any(roles)),
    }
}

const ROLES: [Role; 3] = [Role::Interviewer, Role::Respondent, Role::Other];

fn no_role(field: &Field) -> QueryError {
    QueryError::UnknownValue {
        name: field.name.clone(),
        value: field.wanted.shown(),
        position: field.position,
        near: ROLES.map(|r| r.as_str().to_owned()).to_vec(),
        numbers: false,
    }
}
