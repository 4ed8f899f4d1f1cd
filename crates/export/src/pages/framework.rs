//! The framework matrix: case × code, what each case says about each code in the researcher's own
//! words, or else in theirs.

use model::ground::Ground;
use model::state::State;

use super::quoting::{Quoting, cut, short};
use crate::behind::Behind;
use crate::cell::Status;
use crate::column::Column;
use crate::frequencies::frequencies;
use crate::grouping::Passage;
use crate::names::Names;
use crate::options::{By, Options, TableError};
use crate::page::{Look, Page, Table};
use crate::sheet::{Field, Sheet, Value};
use crate::shown::Shown;
use crate::speech::Speech;
use crate::tables::freq;

/// What a framework matrix is asked to be.
#[derive(Clone, Debug)]
pub struct Framework {
    /// Whose codings count, which codes; rows are cases.
    pub options: Options,
    /// Where there is no summary: characters of quotes in a cell; 0 for none.
    pub quotes: usize,
    /// Under which names everybody stands.
    pub shown: Shown,
}

impl Framework {
    /// The matrix.
    ///
    /// # Errors
    /// As [`frequencies`].
    pub fn page(&self, ground: Ground<'_>, speech: &Speech) -> Result<Page, TableError> {
        let options = Options { by: By::Case, ..self.options.clone() };
        let table = frequencies(ground.corpus, ground.state, ground.coded, &options)?;
        let behind = Behind::of(ground, &options)?;
        let quoting = Quoting::new(ground, speech, self.shown.clone());
        let title =
            format!("{}: {} × code", speech.t("Framework matrix", "Raamwerkmatrix"), quoting.case_word());
        let mut sheet = Sheet::new("framework", title);
        let (attributes, hidden) = quoting.shown().attributes(ground.corpus);
        sheet.facts = freq::facts(&options, speech);
        let mut names = Names::without(sheet.facts.iter().map(|f| f.name));
        sheet.fields.push(Field::text(names.head(&table.heading, "case"), quoting.case_word()));
        for name in &attributes {
            sheet.fields.push(Field::text(names.head(name, "case"), *name));
        }
        let labels = speech.labels();
        for code in &table.codes {
            let label = ground.coded.codebook.codes[code.place].label(&labels);
            sheet.fields.push(Field::text(names.unique(&code.var, usize::MAX), label).about(&code.id));
        }
        for (g, group) in table.groups.iter().enumerate() {
            let case = ground.corpus.case(&group.id);
            let mut row = vec![Value::text(quoting.case(&group.id))];
            row.extend(attributes.iter().map(|name| {
                Value::maybe_text(case.and_then(|c| model::corpus::attribute(&c.attributes, name)))
            }));
            for (c, code) in table.codes.iter().enumerate() {
                let cell = table.cell(g, c);
                let says = match summaries(ground, &quoting, speech, &group.id, code) {
                    Some(summary) => summary,
                    None if cell.n.is_some_and(|n| n > 0) => {
                        self.quotes(&quoting, behind.cell(g, code.place), &group.id)
                    }
                    None => empty(cell.status).to_owned(),
                };
                row.push(Value::text(says));
            }
            sheet.rows.push(row);
        }
        sheet.notes = vec![
            speech
                .t(
                    "A cell holds the summary; where none is written, quotes, shortened, with the number of further passages",
                    "Een cel bevat de samenvatting; waar die er niet is citaten, ingekort, met het aantal verdere fragmenten",
                )
                .to_owned(),
            speech
                .t("0 read and not found   · not done   – not asked or no text", "0 gelezen en niet gevonden   · niet gereed   – niet gevraagd of geen tekst")
                .to_owned(),
            freq::zero(speech).to_owned(),
        ];
        sheet.notes.extend(left_out(hidden, speech));
        Ok(Page::of(Table::from(sheet).looking(Look::Wordy), speech))
    }

    /// Quotes up to the length asked for, each on a line of its own.
    fn quotes(&self, quoting: &Quoting<'_>, passages: &[Passage], case: &str) -> String {
        let mut out = Vec::new();
        let mut room = self.quotes;
        let best = quoting.best(passages.iter().map(|p| (0, p)), passages.len());
        for (_, passage) in best {
            if room < 20 {
                break;
            }
            let text = quoting.quote(passage, Some(case)).text;
            let text = cut(&text, room);
            room = room.saturating_sub(text.chars().count());
            out.push(short(&text, usize::MAX));
        }
        let more = passages.len() - out.len();
        if more > 0 {
            out.push(format!("+{more}"));
        }
        out.join("\n")
    }
}

/// A note on columns that are kept out, if there are any.
pub(crate) fn left_out(columns: usize, speech: &Speech) -> Option<String> {
    (columns > 0).then(|| {
        format!(
            "{} {columns}",
            speech
                .t("left out, as they hold names; columns:", "weggelaten, want er staan namen in; kolommen:")
        )
    })
}

/// The summary of a case and a code; else those of the codes below it, each with its label.
pub(crate) fn summaries(
    ground: Ground<'_>,
    quoting: &Quoting<'_>,
    speech: &Speech,
    case: &str,
    code: &Column,
) -> Option<String> {
    let book = &ground.coded.codebook;
    let told = |text: String| quoting.shown().told(&text);
    let of = |place: usize| written(ground.state, case, &book.codes[place].id).map(told);
    if let Some(own) = of(code.place) {
        return Some(own);
    }
    let below = book.subtree(code.place).skip(1);
    let labels = speech.labels();
    let all: Vec<String> =
        below.filter_map(|c| Some(format!("{}: {}", book.codes[c].label(&labels), of(c)?))).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

fn written(state: &State, case: &str, code: &str) -> Option<String> {
    let body = state.summary(case, code)?.body.trim();
    (!body.is_empty()).then(|| body.to_owned())
}

/// How an empty cell looks.
fn empty(status: Status) -> &'static str {
    match status {
        Status::NotFound | Status::Coded | Status::Partial => "0",
        Status::NotDone => "·",
        Status::NotAsked | Status::Withdrawn | Status::NoText => "–",
    }
}
