//! The quotes table: what each code means, in how many cases it was found, and who says it best.

use std::fmt::Write;

use model::ground::Ground;

use super::quoting::{Quoting, indented};
use crate::behind::Behind;
use crate::frequencies::{Frequencies, frequencies};
use crate::options::{By, CountRule, Options, TableError};
use crate::page::{Look, Page, Quote, Table};
use crate::sheet::{Field, Sheet, Value};
use crate::shown::Shown;
use crate::speech::Speech;
use crate::tables::freq;

/// What a table of quotes is asked to be.
#[derive(Clone, Debug)]
pub struct Quotes {
    /// Whose codings count, which codes.
    pub options: Options,
    /// Quotes per code, at most.
    pub most: usize,
    /// Under which names everybody stands.
    pub shown: Shown,
}

/// How many passages make it worth saying that one case supplies most of them.
const FEW: u64 = 3;

impl Quotes {
    /// The table: for the eye a row per code, for programs a row per quote.
    ///
    /// # Errors
    /// As [`frequencies`].
    pub fn page(&self, ground: Ground<'_>, speech: &Speech) -> Result<Page, TableError> {
        let options = Options { by: By::Case, count: CountRule::Passages, ..self.options.clone() };
        let table = frequencies(ground.corpus, ground.state, ground.coded, &options)?;
        let behind = Behind::of(ground, &options)?;
        let quoting = Quoting::new(ground, speech, self.shown.clone());
        let labels = speech.labels();
        let title = speech.t("Codes in quotes", "Codes in citaten");
        let mut shown = Sheet::new("quotes", title);
        let mut data = Sheet::new("quotes", title);
        let code = || Field::text("code", "code");
        let label = || Field::text("label", speech.t("label", "label"));
        let definition = || Field::text("definition", speech.t("definition", "definitie"));
        let most = || Field::text("most_from", speech.t("mostly from", "vooral uit"));
        let cases = format!("{} {}", quoting.case_word(), speech.t("n of N", "n van N"));
        shown.fields = vec![
            Field::text("code", "code"),
            definition(),
            Field::integer("cases", &cases),
            Field::text("quote", speech.t("quotes", "citaten")),
        ];
        data.fields = vec![
            code(),
            label(),
            definition(),
            Field::integer("cases", speech.t("cases with it", "casussen ermee")),
            Field::integer("cases_read", speech.t("cases read", "casussen gelezen")),
            Field::integer("passages", speech.t("passages", "fragmenten")),
            most(),
            Field::text("quote", speech.t("quote", "citaat")),
            Field::text("attribution", speech.t("attribution", "bron")),
            Field::text("translation", speech.t("translation", "vertaling")),
            Field::text("exemplar", speech.t("marked as example", "als voorbeeld gemarkeerd")),
        ];
        let book = &ground.coded.codebook;
        for (c, column) in table.codes.iter().enumerate() {
            let code = &book.codes[column.place];
            let total = &table.totals[c];
            let definition = Value::maybe_text(code.text("definition", &labels));
            let most = most_from(&table, &behind, c, &quoting, speech);
            let best = quoting.best(behind.of_code(column.place), self.most);
            let quotes: Vec<(Quote, bool)> = best
                .into_iter()
                .map(|(g, passage)| {
                    let case = Some(behind.groups[g].id.as_str()).filter(|id| !id.is_empty());
                    (quoting.quote(passage, case), quoting.is_exemplar(passage))
                })
                .collect();
            if total.cases > 0 {
                let mut cell: Vec<String> = quotes.iter().map(|(q, _)| in_cell(q)).collect();
                if cell.is_empty() {
                    cell.push(
                        speech
                            .t("(nobody who may be quoted)", "(niemand die geciteerd mag worden)")
                            .to_owned(),
                    );
                }
                cell.extend(most.iter().map(|m| format!("⚠ {m}")));
                shown.rows.push(vec![
                    Value::text(indented(book, column.place, &labels)),
                    definition.clone(),
                    Value::Share(u64::from(total.cases), u64::from(total.cases_read)),
                    Value::text(cell.join("\n")),
                ]);
            }
            let fixed = [
                Value::text(&column.id),
                Value::text(code.label(&labels)),
                definition,
                Value::integer(total.cases),
                Value::integer(total.cases_read),
                Value::integer(total.n),
                Value::maybe_text(most),
            ];
            for (quote, exemplar) in &quotes {
                let translation = quote.translations.first().map(|(_, text)| text);
                let mut row = fixed.to_vec();
                row.extend([
                    Value::text(&quote.text),
                    Value::text(&quote.by),
                    Value::maybe_text(translation),
                    Value::text(if *exemplar { "yes" } else { "no" }),
                ]);
                data.rows.push(row);
            }
            if quotes.is_empty() {
                let mut row = fixed.to_vec();
                row.resize(data.fields.len(), Value::Na);
                data.rows.push(row);
            }
        }
        let unused = table.totals.iter().filter(|t| t.cases == 0).count();
        let mut notes = vec![
            speech
                .t(
                    "Marked examples come first, then passages from cases not quoted yet; who must not be quoted is left out",
                    "Gemarkeerde voorbeelden staan vooraan, dan fragmenten uit casussen die nog niet aan het woord kwamen; wie niet geciteerd mag worden ontbreekt",
                )
                .to_owned(),
            freq::zero(speech).to_owned(),
        ];
        if unused > 0 {
            notes.push(format!(
                "{} {unused}",
                speech.t(
                    "without a passage, and so not in this table; codes:",
                    "zonder fragment, en daarom niet in deze tabel; codes:"
                )
            ));
        }
        notes.extend(quoting.note());
        shown.facts = freq::facts(&options, speech);
        shown.notes.clone_from(&notes);
        data.facts.clone_from(&shown.facts);
        data.notes = notes;
        let table = Table { data: Some(data), look: Look::Wordy, ..Table::from(shown) };
        Ok(Page::of(table, speech))
    }
}

/// A quote with all that belongs to it, for a cell.
pub(crate) fn in_cell(quote: &Quote) -> String {
    // Writing into a string does not fail.
    let mut out = format!("“{}”", quote.text);
    for (language, text) in &quote.translations {
        _ = write!(out, " [{language}: {text}]");
    }
    _ = write!(out, " ({})", quote.by);
    for tag in &quote.tags {
        _ = write!(out, " [{tag}]");
    }
    out
}

/// The case that supplies more than half of a code's passages, where there are enough of them.
fn most_from(
    table: &Frequencies,
    behind: &Behind,
    code: usize,
    quoting: &Quoting<'_>,
    speech: &Speech,
) -> Option<String> {
    let place = table.codes.get(code)?.place;
    let per_case = (0..behind.groups.len()).map(|g| (g, behind.cell(g, place).len() as u64));
    // Cases may share a passage, so it is not the sum of theirs.
    let all = table.totals.get(code)?.n;
    let (group, n) = per_case.max_by_key(|(g, n)| (*n, std::cmp::Reverse(*g)))?;
    (all >= FEW && n * 2 > all).then(|| {
        let case = &behind.groups[group].id;
        let name = quoting.cited_case(case);
        match speech.language {
            crate::Language::English => format!("{n} of {all} passages are from {name}"),
            crate::Language::Dutch => format!("{n} van {all} fragmenten komen uit {name}"),
        }
    })
}
