//! Proposals: what somebody may have meant who wrote a field, a qualifier or a value that the study has not,
//! as one writes it.

use model::corpus::Corpus;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

use super::fields::{FIXED, Table};
use super::values::{has_order, no_such_day, number, thousands, two_ways};
use super::{Seen, Study};
use crate::fold::fold;
use crate::near::near;
use crate::query::{Field, Node, Note, QueryError, Wanted, behind, is_quote, named, short};

/// How many values are all told when none is near the one that was written.
const FEW: usize = 6;
/// Names of fields shorter than this have too many neighbours.
const SHORT: usize = 3;
/// What is longer is not repeated.
const LONG: usize = 60;

impl Study<'_> {
    /// That nothing in the study has the value of a field; `names` are those that it has.
    pub(super) fn unknown<'n>(&self, field: &Field, names: impl Iterator<Item = &'n str>) -> QueryError {
        let mut seen = FxHashSet::default();
        let names: Vec<&str> = names.filter(|n| !n.is_empty() && seen.insert(*n)).collect();
        let value = field.wanted.shown();
        let of_numbers = names.iter().any(|n| number(n).is_some());
        if let Wanted::Is(value) = &field.wanted
            && let Some(why) = no_such_day(field, value, &names)
        {
            return why;
        }
        if of_numbers && matches!(field.wanted, Wanted::Is(_) | Wanted::Just(_)) && thousands(&value) {
            return two_ways(field, &value);
        }
        let mut proposed: Vec<String> = self.run_on(field, &names).into_iter().collect();
        // A number is not misspelt: one that has a figure in common is no nearer than others.
        let figures = of_numbers && value.starts_with(|c: char| c.is_ascii_digit());
        if proposed.is_empty() && !figures {
            let near = near(&fold(&value), names.iter().copied());
            proposed = near.iter().map(|name| self.with_value(field, name)).collect();
        }
        if proposed.is_empty() {
            proposed = self.few(field, &names);
        }
        QueryError::UnknownValue {
            name: field.name.clone(),
            position: field.position,
            near: proposed,
            numbers: of_numbers && number(&value).is_some(),
            value,
        }
    }

    /// A value that no row has is an error; a range that no row is in is not.
    pub(super) fn found<'v>(
        &self,
        field: &Field,
        nothing: bool,
        values: impl Iterator<Item = &'v str>,
    ) -> Result<(), QueryError> {
        if nothing && !matches!(field.wanted, Wanted::Range { .. }) {
            return Err(self.unknown(field, values));
        }
        Ok(())
    }

    /// Words beside a code, coder or qualifier that are values of it: `code:training OR union-role` searches the
    /// second as words, and may mean both codes.
    pub(super) fn values_beside(&self, nodes: &[Node]) -> Vec<Note> {
        let fields = nodes.iter().filter_map(|node| match node {
            Node::Field(field) if matches!(field.wanted, Wanted::Is(_)) => Some(field),
            _ => None,
        });
        let Some(field) =
            fields.into_iter().find(|f| f.qualifier || matches!(fold(&f.name).as_str(), "code" | "coder"))
        else {
            return Vec::new();
        };
        let words = nodes.iter().filter_map(|node| match node {
            Node::Words(phrase) if phrase.position > field.position => Some(phrase.position),
            _ => None,
        });
        let note = |position: usize| {
            let run = self.text.nfc().skip(position - 1).take_while(|c| !c.is_whitespace() && *c != ')');
            let other = Field { wanted: Wanted::Is(run.collect()), position, ..field.clone() };
            self.has_coding_value(&other).then(|| {
                let written = other.wanted.shown();
                Note::Meant(written, Node::OneOf(vec![field.clone(), other]).written())
            })
        };
        words.filter_map(note).collect()
    }

    /// A field with another value, as one writes it; the value alone where it stands in a list.
    fn with_value(&self, field: &Field, value: &str) -> String {
        let wanted = same_kind(field, value);
        match behind(self.text, field.position) {
            Some(_) => Field { wanted, ..field.clone() }.written(),
            None => wanted.written(),
        }
    }

    /// All values of a field, as one writes them, where they are few.
    fn few(&self, field: &Field, names: &[&str]) -> Vec<String> {
        if names.len() > FEW {
            return Vec::new();
        }
        names.iter().map(|name| self.with_value(field, name)).collect()
    }

    /// Whether a value that stands in a list is all of it.
    fn is_alone(&self, field: &Field) -> bool {
        let before = field.position.checked_sub(2).and_then(|at| self.text.nfc().nth(at));
        let mut behind = self.text.nfc().skip(field.position - 1);
        before == Some('(') && behind.find(|c| matches!(c, ')' | ' ')) == Some(')')
    }

    /// What is written behind a field if it reads as values that there are: one of several words without its
    /// quotes (`organisation:Zorggroep Rietvink`), or several with commas between them (`lang:nl,en`).
    fn run_on(&self, field: &Field, names: &[&str]) -> Option<String> {
        let (Wanted::Is(value) | Wanted::Just(value)) = &field.wanted else { return None };
        let behind = behind(self.text, field.position);
        let listed = behind.is_none();
        let unquoted =
            behind.as_deref().map(|b| b.trim_start_matches('=')).filter(|b| !b.starts_with(is_quote));
        let folded = one_line(unquoted.unwrap_or(value));
        let mut rest = folded.as_str();
        let names: Vec<(&str, String)> = names.iter().map(|name| (*name, one_line(name))).collect();
        let mut values: Vec<&str> = Vec::new();
        while values.is_empty() || !rest.is_empty() {
            let fitting = names.iter().filter_map(|(name, folded)| {
                let behind = rest.strip_prefix(folded.as_str())?;
                let ends = behind.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ')'));
                ends.then_some((*name, behind))
            });
            let (name, behind) = fitting.min_by_key(|(_, behind)| behind.len())?;
            values.push(name);
            let Some(next) = behind.trim_start().strip_prefix(',') else { break };
            rest = next.trim_start();
        }
        if let [one] = values[..] {
            return Some(self.with_value(field, one));
        }
        let fields =
            values.into_iter().map(|value| Field { wanted: same_kind(field, value), ..field.clone() });
        let fields: Vec<Field> = fields.collect();
        if listed && !self.is_alone(field) {
            let values: Vec<String> = fields.iter().map(|f| f.wanted.written()).collect();
            return Some(values.join(" OR "));
        }
        Some(Node::OneOf(fields).written())
    }

    /// That there is no field of this name.
    pub(super) fn no_field(&self, field: &Field) -> QueryError {
        let corpus = self.corpus;
        let own = if corpus.case_label.is_empty() || corpus.case_label == "case" {
            "case:".to_owned()
        } else {
            format!("case:, {}:", named(&corpus.case_label))
        };
        let mut seen = FxHashSet::default();
        let columns = Table::ALL.into_iter().flat_map(|t| t.columns(corpus)).filter(|c| seen.insert(*c));
        let columns: Vec<String> = columns.map(|column| format!(", {}:", named(column))).collect();
        QueryError::UnknownField {
            name: field.name.clone(),
            position: field.position,
            text: self.as_text(field),
            near: self.near_fields(field),
            known: format!("{own}, {FIXED}{}", columns.concat()),
        }
    }

    /// That no codebook has a qualifier of this name.
    pub(super) fn no_qualifier(&self, field: &Field, ids: &[&str]) -> QueryError {
        QueryError::UnknownQualifier {
            name: field.name.clone(),
            position: field.position,
            text: self.as_text(field),
            near: self.near_fields(field),
            known: ids.iter().map(|id| format!("{id}=")).collect(),
        }
    }

    /// Fields and qualifiers that may be meant, with their sign; those of the sign that was written first.
    fn near_fields(&self, field: &Field) -> Vec<String> {
        let corpus = self.corpus;
        let columns =
            || Table::ALL.into_iter().flat_map(|t| t.columns(corpus).into_iter().map(move |c| (t, c)));
        // `document.sector:` where the column is that of cases.
        if let Some((_, column)) = field.name.split_once('.') {
            let near = near(&fold(column), columns().map(|(_, c)| c));
            let with_table = |column: &String| {
                let (table, column) = columns().find(|(_, c)| c == column)?;
                Some(format!("{}.{}:", table.name(), named(column)))
            };
            return near.iter().filter_map(with_table).collect();
        }
        if field.name.chars().count() < SHORT {
            return Vec::new();
        }
        let fixed = FIXED.split(", ").map(|f| f.trim_end_matches(':')).chain(["case", "title"]);
        let fields = fixed.chain([corpus.case_label.as_str()]).chain(columns().map(|(_, c)| c));
        let fields: Vec<&str> = fields.collect();
        let qualifiers = self.seen.iter().flat_map(|s| &s.coded.codebook.qualifiers).map(|q| q.id.as_str());
        let near = near(&fold(&field.name), fields.iter().copied().chain(qualifiers));
        let signed = |name: &String| {
            if fields.contains(&name.as_str()) { format!("{}:", named(name)) } else { format!("{name}=") }
        };
        let mut near: Vec<String> = near.iter().map(signed).collect();
        near.sort_by_key(|name| name.ends_with('=') != field.qualifier);
        near
    }

    /// A field with its value as it stands in quotes to be searched as text.
    fn as_text(&self, field: &Field) -> String {
        let sign = if field.qualifier { '=' } else { ':' };
        let run = behind(self.text, field.position).unwrap_or_default();
        let value: String = run.chars().take_while(|c| !c.is_whitespace() && *c != ')').collect();
        let plain = !value.is_empty() && !value.contains(|c| is_quote(c) || c == '(');
        let text = format!("{}{sign}{value}", field.name);
        if plain && text.chars().count() <= LONG { text } else { format!("{}{sign}…", short(&field.name)) }
    }

    /// What a range can be asked of, where it was asked of words: it is told beside what is wrong.
    pub(super) fn with_order(&self, why: QueryError) -> QueryError {
        let QueryError::NoOrder { name, value, position, values, .. } = why else { return why };
        let wanted = Wanted::Is(String::new());
        let field = Field { name: name.clone(), qualifier: false, wanted, position };
        let mut seen = FxHashSet::default();
        let distinct: Vec<&str> = values.iter().map(String::as_str).filter(|v| seen.insert(*v)).collect();
        let values = self.few(&field, &distinct);
        let corpus = self.corpus;
        let mut ordered: Vec<String> = Vec::new();
        if has_order(corpus.documents.iter().map(|d| d.date.as_str())) {
            ordered.push("date:".to_owned());
        }
        for table in Table::ALL {
            let columns = table.columns(corpus).into_iter();
            for column in columns.filter(|column| has_order(table.cells(corpus, column))) {
                let elsewhere = Table::ALL.into_iter().any(|t| t != table && t.has(corpus, column));
                let name = named(column);
                let told = if elsewhere { format!("{}.{name}:", table.name()) } else { format!("{name}:") };
                ordered.push(told);
            }
        }
        QueryError::NoOrder { name, value, position, values, ordered }
    }
}

impl QueryError {
    /// The same with what a study knows of it: that a field without its value is a qualifier there, or the
    /// other way round.
    #[must_use]
    pub fn in_study(self, corpus: &Corpus, seen: Option<Seen<'_>>) -> Self {
        let Self::NoValue { name, position } = &self else { return self };
        let Some((bare, sign)) =
            name.strip_suffix(':').map(|n| (n, ':')).or(name.strip_suffix('=').map(|n| (n, '=')))
        else {
            return self;
        };
        let study = Study::new("", corpus, seen);
        let (field, qualifier) = (study.is_field(bare), study.is_qualifier(bare));
        let other = match sign {
            ':' if qualifier && !field => '=',
            '=' if field && !qualifier => ':',
            _ => return self,
        };
        Self::Sign {
            name: name.clone(),
            meant: format!("{bare}{other}…"),
            position: *position,
            qualifier: other == '=',
        }
    }
}

/// A value to be compared as the one of a field is.
fn same_kind(field: &Field, value: &str) -> Wanted {
    match field.wanted {
        Wanted::Just(_) => Wanted::Just(value.to_owned()),
        _ => Wanted::Is(value.to_owned()),
    }
}

/// A value folded, with one blank wherever there is white space.
fn one_line(text: &str) -> String {
    fold(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
