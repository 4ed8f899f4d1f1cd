//! What a frequency table is asked to be.

use std::borrow::Cow;
use std::sync::Arc;

use model::corpus::Corpus;
use model::counted::Roles;
use model::id::ThingId;
use model::name::Name;
use model::reading::{Choice, Unclear};
use rustc_hash::FxHashSet;

use crate::refusal::Refusal;
use crate::speech::Language;

/// The table in which an attribute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// `cases.csv`.
    Case,
    /// `documents.csv`.
    Document,
    /// `speakers.csv`.
    Speaker,
}

impl Table {
    /// The word before the full stop in `case.sector`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Document => "document",
            Self::Speaker => "speaker",
        }
    }
}

/// What the rows of a table are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Cases.
    #[default]
    Case,
    /// Documents.
    Document,
    /// Speakers: one label in one document.
    Speaker,
    /// The values of an attribute.
    Attribute(Table, String),
    /// The combinations of two of these that occur.
    Cross(Box<By>, Box<By>),
}

/// What stands between the two parts in the id of a row that is a combination.
const TIMES: &str = " × ";

/// Words for rows that are no attribute.
const ROWS: [&str; 3] = ["case", "document", "speaker"];

impl By {
    /// Reads the word after `--by`: case (or the study's own label for it), document, speaker, an
    /// attribute, or an attribute with its table (`case.sector`); or two of these with a comma.
    ///
    /// # Errors
    /// [`TableError::UnknownAttribute`] and [`TableError::AmbiguousAttribute`].
    pub fn parse(word: &str, corpus: &Corpus) -> Result<Self, TableError> {
        let whole = Self::parse_one(word, corpus);
        // A column may have a comma in its name.
        match word.split_once(',') {
            Some((a, b)) if matches!(whole, Err(TableError::UnknownAttribute { .. })) => {
                let part = |word: &str| Self::parse_one(word.trim(), corpus).map(Box::new);
                let first = part(a)?;
                // Where the second is one and something follows it, there are too many.
                let more = b.split_once(',').and_then(|(b, _)| Some((b, part(b).ok()?)));
                match (part(b), more) {
                    (Err(_), Some((b, _))) => {
                        let two = format!("{},{}", a.trim(), b.trim());
                        Err(TableError::Refused(Refusal::ManyAttributes(two)))
                    }
                    (second, _) => Ok(Self::Cross(first, second?)),
                }
            }
            _ => whole,
        }
    }

    /// Reads the word where only an attribute will do, so that no error proposes anything else.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_attribute(word: &str, corpus: &Corpus) -> Result<Self, TableError> {
        Self::parse(word, corpus).map_err(|why| match why {
            TableError::UnknownAttribute { name, known } => {
                let known = known.into_iter().filter(|word| !ROWS.contains(&word.as_str())).collect();
                TableError::UnknownAttribute { name, known }
            }
            other => other,
        })
    }

    fn parse_one(word: &str, corpus: &Corpus) -> Result<Self, TableError> {
        match Self::find(word, corpus).as_slice() {
            [] => {
                let mut known: Vec<String> =
                    Self::attributes(corpus).iter().map(|by| by.shortest(corpus)).collect();
                known.sort();
                let rows = ROWS.iter().map(|row| (*row).to_owned());
                Err(TableError::UnknownAttribute {
                    name: word.to_owned(),
                    known: rows.chain(known).collect(),
                })
            }
            [one] => Ok(one.clone()),
            many => Err(TableError::AmbiguousAttribute {
                name: word.to_owned(),
                choices: many.iter().map(Self::name).collect(),
            }),
        }
    }

    /// The shortest word that names an attribute: its column, with the table before it where that would be
    /// something else, or several.
    pub(crate) fn shortest(&self, corpus: &Corpus) -> String {
        match self {
            Self::Attribute(_, column) if Self::find(column, corpus) == [self.clone()] => column.clone(),
            other => other.name(),
        }
    }

    /// Everything that a word may name.
    fn find(word: &str, corpus: &Corpus) -> Vec<Self> {
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        if is("case") || is(&corpus.case_label) {
            return vec![Self::Case];
        }
        if is("document") {
            return vec![Self::Document];
        }
        if is("speaker") {
            return vec![Self::Speaker];
        }
        let (table, column) = match word.split_once('.') {
            Some((t, column))
                if t.eq_ignore_ascii_case("case") || t.eq_ignore_ascii_case(&corpus.case_label) =>
            {
                (Some(Table::Case), column)
            }
            Some((t, column)) if t.eq_ignore_ascii_case("document") => (Some(Table::Document), column),
            Some((t, column)) if t.eq_ignore_ascii_case("speaker") => (Some(Table::Speaker), column),
            _ => (None, word),
        };
        let fits =
            |t: Table, c: &str| c.eq_ignore_ascii_case(column) && table.is_none_or(|wanted| wanted == t);
        let found = columns(corpus).into_iter().filter(|(t, c)| fits(*t, c));
        found.map(|(table, column)| Self::Attribute(table, column)).collect()
    }

    /// Every attribute that rows can be made of, in the order of the tables.
    pub fn attributes(corpus: &Corpus) -> Vec<Self> {
        columns(corpus).into_iter().map(|(table, column)| Self::Attribute(table, column)).collect()
    }

    /// The heading of the column that names the rows.
    pub fn heading<'a>(&'a self, corpus: &'a Corpus) -> Cow<'a, str> {
        Cow::Borrowed(match self {
            Self::Case => corpus.case_heading(),
            Self::Document => "document",
            Self::Speaker => "speaker",
            Self::Attribute(_, column) => column,
            Self::Cross(a, b) => return Cow::Owned(format!("{}, {}", a.heading(corpus), b.heading(corpus))),
        })
    }

    /// What it is made of: itself, or the two that are crossed.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Cross(a, b) => vec![a, b],
            one => vec![one],
        }
    }

    /// The word in files: case, document, speaker, or the attribute with its table; two with a comma.
    pub fn name(&self) -> String {
        match self {
            Self::Case | Self::Document | Self::Speaker => self.table().as_str().to_owned(),
            Self::Attribute(table, column) => format!("{}.{column}", table.as_str()),
            Self::Cross(a, b) => format!("{},{}", a.name(), b.name()),
        }
    }

    /// The table from which its values come; of a combination, that of the first part.
    pub fn table(&self) -> Table {
        match self {
            Self::Case => Table::Case,
            Self::Document => Table::Document,
            Self::Speaker => Table::Speaker,
            Self::Attribute(table, _) => *table,
            Self::Cross(a, _) => a.table(),
        }
    }

    /// Whether every row is told by the case alone.
    pub(crate) fn of_case(&self) -> bool {
        match self {
            Self::Case | Self::Attribute(Table::Case, _) => true,
            Self::Cross(a, b) => a.of_case() && b.of_case(),
            _ => false,
        }
    }

    /// Whether a row is told by the case, alone or with something else.
    pub(crate) fn needs_case(&self) -> bool {
        match self {
            Self::Case | Self::Attribute(Table::Case, _) => true,
            Self::Cross(a, b) => a.needs_case() || b.needs_case(),
            _ => false,
        }
    }

    /// Whether a row is told by who speaks.
    pub(crate) fn needs_speaker(&self) -> bool {
        match self {
            Self::Speaker | Self::Attribute(Table::Speaker, _) => true,
            Self::Cross(a, b) => a.needs_speaker() || b.needs_speaker(),
            _ => false,
        }
    }

    /// The id of the row that is a combination of two.
    pub(crate) fn joined(a: &str, b: &str) -> String {
        // A × of their own is doubled, so that no two combinations have one id.
        format!("{}{TIMES}{}", a.replace('×', "××"), b.replace('×', "××"))
    }

    /// The ids of the parts of a row: itself, or those of the two that are combined.
    pub fn split(&self, id: &str) -> Vec<String> {
        match (self, id.split_once(TIMES)) {
            (Self::Cross(..), Some((a, b))) => [a, b].map(|part| part.replace("××", "×")).to_vec(),
            _ => vec![id.to_owned()],
        }
    }
}

/// All columns by which rows can be made, each once per table.
fn columns(corpus: &Corpus) -> Vec<(Table, String)> {
    let mut out: Vec<(Table, String)> = Vec::new();
    let mut add = |table: Table, name: &str| {
        if !out.iter().any(|(t, c)| *t == table && c.eq_ignore_ascii_case(name)) {
            out.push((table, name.to_owned()));
        }
    };
    for case in &corpus.cases {
        case.attributes.iter().for_each(|(c, _)| add(Table::Case, c));
    }
    for document in &corpus.documents {
        let fixed = [("kind", &document.kind), ("language", &document.language), ("date", &document.date)];
        for (name, value) in fixed {
            if !value.is_empty() {
                add(Table::Document, name);
            }
        }
        document.attributes.iter().for_each(|(c, _)| add(Table::Document, c));
        for speaker in &document.speakers {
            add(Table::Speaker, "role");
            speaker.attributes.iter().for_each(|(c, _)| add(Table::Speaker, c));
        }
    }
    out
}

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountRule {
    /// United spans.
    #[default]
    Passages,
    /// Codings as they were made.
    Codings,
    /// Counted turns that a passage touches.
    Turns,
    /// Documents with a passage.
    Documents,
    /// Cases with a passage.
    Cases,
    /// 1 where there is a passage, else 0.
    Presence,
    /// Counted words in passages.
    Words,
    /// Code points of counted speech in passages.
    Characters,
}

impl CountRule {
    /// All rules, in the order of the guide.
    pub const ALL: [Self; 8] = [
        Self::Passages,
        Self::Codings,
        Self::Turns,
        Self::Documents,
        Self::Cases,
        Self::Presence,
        Self::Words,
        Self::Characters,
    ];

    /// The word after `--count`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passages => "passages",
            Self::Codings => "codings",
            Self::Turns => "turns",
            Self::Documents => "documents",
            Self::Cases => "cases",
            Self::Presence => "presence",
            Self::Words => "words",
            Self::Characters => "characters",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == word)
    }
}

/// How deep into the codebook the columns go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Every code.
    #[default]
    All,
    /// Codes with no code above them.
    Top,
    /// This many levels, from 1 (= top).
    Depth(u32),
}

impl Level {
    /// Reads the word after `--level`: all, top, or a number from 1.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            "top" => Some(Self::Top),
            n => n.parse().ok().filter(|n| *n > 0).map(Self::Depth),
        }
    }

    /// Whether a code at this depth (0 = top) has a row.
    pub const fn holds(self, depth: u32) -> bool {
        match self {
            Self::All => true,
            Self::Top => depth == 0,
            Self::Depth(n) => depth < n,
        }
    }

    /// The word in tables.
    pub fn name(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Top => "top".to_owned(),
            Self::Depth(n) => n.to_string(),
        }
    }
}

/// What a percentage is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Percent {
    /// Of all that a row has on that level of the codebook.
    Row,
    /// Of what all rows have of the code.
    Column,
}

impl Percent {
    /// The word after `--percent`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Column => "column",
        }
    }
}

/// What a table is asked to be. The default is what a reviewer would expect first.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Rows.
    pub by: By,
    /// What is counted.
    pub count: CountRule,
    /// Which codes.
    pub level: Level,
    /// Whose codings count.
    pub reading: Choice,
    /// Whose words count.
    pub roles: Roles,
    /// Documents that were begun count as done.
    pub assume_done: bool,
    /// A cell that is a lower bound (`partial`) is NA.
    pub complete: bool,
    /// Count these codings only; none counts all.
    pub only: Option<Only>,
    /// Percentages beside the counts.
    pub percent: Option<Percent>,
    /// Leave this coder's codings and marks out of a union.
    pub without: Option<Name>,
    /// Count codings only that belong to a case.
    pub cases_only: bool,
}

/// The codings that a table is limited to (`--where`). What was read for stays what it was: a zero then
/// means read for the code, and no such passage found.
#[derive(Clone, Debug)]
pub struct Only {
    /// The condition as it was asked, which every output names.
    pub told: String,
    /// Ids of the codings that meet it.
    pub codings: Arc<FxHashSet<ThingId>>,
}

/// Why a table cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Whose codings count is not told.
    #[error(transparent)]
    Unclear(#[from] Unclear),
    /// No table has this column.
    #[error("no attribute {name:?}")]
    UnknownAttribute {
        /// What was asked for.
        name: String,
        /// Words that name something.
        known: Vec<String>,
    },
    /// Several tables have this column.
    #[error("attribute {name:?} stands in several tables")]
    AmbiguousAttribute {
        /// What was asked for.
        name: String,
        /// How to say which.
        choices: Vec<String>,
    },
    /// A reading by a coder who is none.
    #[error("no coder {0:?} in this study")]
    UnknownCoder(String, Vec<String>),
    /// A table that would say more than its numbers can bear.
    #[error("{}", .0.why(Language::English))]
    Refused(Refusal),
    /// A case that does not exist.
    #[error("no case {0:?} in this study")]
    UnknownCase(String, Vec<String>),
}

impl TableError {
    /// What to do about it.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Unclear(_) => vec![
                "name whose reading counts: verbatim coders primary NAME".to_owned(),
                "or choose for this table: --reading NAME | consensus | union | intersection".to_owned(),
            ],
            Self::UnknownAttribute { known, .. } if known.is_empty() => {
                vec![
                    "attributes are columns of cases.csv, documents.csv and speakers.csv; there is none yet"
                        .to_owned(),
                ]
            }
            Self::UnknownAttribute { known, .. } => {
                vec![format!("use one of: {}", known.join(", "))]
            }
            Self::AmbiguousAttribute { choices, .. } => vec![format!("write {}", choices.join(" or "))],
            Self::Refused(refusal) => vec![refusal.hint(Language::English)],
            Self::UnknownCoder(_, known) => vec![format!("coders: {}", known.join(", "))],
            Self::UnknownCase(_, known) => vec![format!("cases: {}", known.join(", "))],
        }
    }
}
