//! The joint display: codes × groups of an attribute, in how many of each group's units a code was
//! found, with a telling quote beside the number.

use std::collections::BTreeMap;

use model::corpus::{Document, attribute};
use model::ground::Ground;

use super::quotes::in_cell;
use super::quoting::{Quoting, indented};
use crate::behind::Behind;
use crate::frequencies::{Frequencies, frequencies};
use crate::options::{By, CountRule, Options, Table as Of, TableError};
use crate::page::{Look, Page, Table};
use crate::refusal::Refusal;
use crate::sheet::{Fact, Field, Sheet, Value};
use crate::shown::Shown;
use crate::speech::Speech;
use crate::tables::freq;

/// What a joint display is asked to be.
#[derive(Clone, Debug)]
pub struct Joint {
    /// Whose codings count, which codes; `by` is the attribute. Units are the cases, documents or
    /// speakers that the attribute is of.
    pub options: Options,
    /// Under which names everybody stands.
    pub shown: Shown,
}

impl Joint {
    /// The display.
    ///
    /// # Errors
    /// As [`frequencies`].
    pub fn page(&self, ground: Ground<'_>, speech: &Speech) -> Result<Page, TableError> {
        let unit = match &self.options.by {
            By::Cross(..) => {
                return Err(TableError::Refused(Refusal::NoAttribute(
                    self.options.by.heading(ground.corpus).into_owned(),
                )));
            }
            By::Case | By::Attribute(Of::Case, _) => By::Case,
            By::Document | By::Attribute(Of::Document, _) => By::Document,
            By::Speaker | By::Attribute(Of::Speaker, _) => By::Speaker,
        };
        let options = Options { by: unit, count: CountRule::Passages, ..self.options.clone() };
        let table = frequencies(ground.corpus, ground.state, ground.coded, &options)?;
        let behind = Behind::of(ground, &options)?;
        let quoting = Quoting::new(ground, speech, self.shown.clone());
        let attribute = self.options.by.heading(ground.corpus);
        let groups = self.groups(ground, &table, &quoting, speech);
        let title = format!("{}: code × {attribute}", speech.t("Joint display", "Joint display"));
        let mut shown = Sheet::new("joint", title.clone());
        let mut data = Sheet::new("joint", title);
        shown.fields.push(Field::text("code", "code"));
        for (i, (name, units)) in groups.iter().enumerate() {
            shown.fields.push(Field::text(format!("group_{}", i + 1), format!("{name} ({})", units.len())));
        }
        data.fields = vec![
            Field::text("code", "code"),
            Field::text("group", attribute),
            Field::integer("n", speech.t("with the code", "met de code")),
            Field::integer("read", speech.t("read", "gelezen")),
            Field::text("quote", speech.t("quote", "citaat")),
            Field::text("attribution", speech.t("attribution", "bron")),
            Field::text("translation", speech.t("translation", "vertaling")),
        ];
        let labels = speech.labels();
        for (c, column) in table.codes.iter().enumerate() {
            let mut row = vec![Value::text(indented(&ground.coded.codebook, column.place, &labels))];
            for (name, units) in &groups {
                let read = units.iter().filter(|u| table.cell(**u, c).n.is_some()).count();
                let with = units.iter().filter(|u| table.cell(**u, c).n.is_some_and(|n| n > 0)).count();
                let passages =
                    units.iter().flat_map(|u| behind.cell(*u, column.place).iter().map(move |p| (*u, p)));
                let quote = quoting.best(passages, 1).pop().map(|(unit, p)| {
                    let case = match options.by {
                        By::Case => Some(table.groups[unit].id.as_str()).filter(|id| !id.is_empty()),
                        _ => ground.corpus.documents[p.document].case_at(p.span.start),
                    };
                    quoting.quote(p, case)
                });
                let mut cell = if read == 0 {
                    speech.t("· nobody read for it", "· hierop is niet gelezen").to_owned()
                } else {
                    format!("{with}/{read}")
                };
                if let Some(quote) = &quote {
                    cell.push('\n');
                    cell.push_str(&in_cell(quote));
                }
                row.push(Value::text(cell));
                data.rows.push(vec![
                    Value::text(&column.id),
                    Value::text(name),
                    if read == 0 { Value::Na } else { Value::integer(with) },
                    Value::integer(read),
                    Value::maybe_text(quote.as_ref().map(|q| &q.text)),
                    Value::maybe_text(quote.as_ref().map(|q| &q.by)),
                    Value::maybe_text(quote.as_ref().and_then(|q| q.translations.first()).map(|(_, t)| t)),
                ]);
            }
            shown.rows.push(row);
        }
        let unit = match &options.by {
            By::Case => "case",
            By::Document => "document",
            _ => "speaker",
        };
        shown.facts = freq::facts(&options, speech).into_iter().filter(|f| f.name != "count").collect();
        shown.facts.insert(0, Fact::new("unit", speech.t("unit", "eenheid"), unit));
        shown.notes = vec![
            speech
                .t(
                    "A cell says in how many units of the group the code was found, of those read for it, with the quote that comes first",
                    "Een cel zegt in hoeveel eenheden van de groep de code gevonden is, van de eenheden die erop gelezen zijn, met het citaat dat vooraan komt",
                )
                .to_owned(),
            freq::zero(speech).to_owned(),
        ];
        shown.notes.extend(quoting.note());
        data.facts.clone_from(&shown.facts);
        data.notes.clone_from(&shown.notes);
        let table = Table { data: Some(data), look: Look::Wordy, ..Table::from(shown) };
        Ok(Page::of(table, speech))
    }

    /// The values of the attribute in alphabetical order, each with the rows that have it; what has none
    /// comes last. Where names are kept out values that name somebody have numbers.
    fn groups(
        &self,
        ground: Ground<'_>,
        table: &Frequencies,
        quoting: &Quoting<'_>,
        speech: &Speech,
    ) -> Vec<(String, Vec<usize>)> {
        let mut groups: BTreeMap<(bool, String), Vec<usize>> = BTreeMap::new();
        // What belongs to no case is no case.
        for (at, group) in table.groups.iter().enumerate().filter(|(_, group)| !group.id.is_empty()) {
            let value = self.value(ground, &group.id);
            let value = value.filter(|v| !v.is_empty());
            groups.entry((value.is_none(), value.unwrap_or_default())).or_default().push(at);
        }
        let heading = self.options.by.heading(ground.corpus);
        let none = format!("({} {heading})", speech.t("no", "geen"));
        let hides = quoting.shown().hides("", groups.keys().map(|(_, value)| value.as_str()));
        let named = |at: usize, value: String| match &self.options.by {
            By::Case => quoting.case(&value),
            By::Document => ground.corpus.position(&value).map_or(value, |at| quoting.document(at)),
            By::Speaker => match value.split_once('/') {
                Some((id, label)) if quoting.is_anonymous() => {
                    let shown = quoting.shown();
                    let speaker = ground.corpus.document(id).map(|d| shown.speaker(d, label));
                    format!("{}/{}", shown.document(id), speaker.unwrap_or_default())
                }
                _ => value,
            },
            _ if hides => format!("{heading} {}", at + 1),
            _ => value,
        };
        let told = |(at, ((empty, value), units)): (usize, ((bool, String), Vec<usize>))| {
            (if empty { none.clone() } else { named(at, value) }, units)
        };
        groups.into_iter().enumerate().map(told).collect()
    }

    fn value(&self, ground: Ground<'_>, id: &str) -> Option<String> {
        match &self.options.by {
            By::Cross(..) => None,
            By::Case | By::Document | By::Speaker => Some(id.to_owned()),
            By::Attribute(Of::Case, column) => {
                attribute(&ground.corpus.case(id)?.attributes, column).map(str::to_owned)
            }
            By::Attribute(Of::Document, column) => {
                ground.corpus.document(id)?.column(column).map(str::to_owned)
            }
            By::Attribute(Of::Speaker, column) => {
                let (document, label) = id.split_once('/')?;
                of_speaker(ground.corpus.document(document)?, label, column)
            }
        }
    }
}

/// What a column of `speakers.csv` says about somebody.
fn of_speaker(document: &Document, label: &str, column: &str) -> Option<String> {
    let speaker = document.speaker(label);
    if column.eq_ignore_ascii_case("role") {
        return Some(speaker.map_or("respondent", |s| s.role.as_str()).to_owned());
    }
    attribute(&speaker?.attributes, column).map(str::to_owned)
}
