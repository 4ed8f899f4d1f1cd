//! Code frequencies as sheets: long for statistics, wide for people and for one row per unit.

use model::ground::Ground;

use crate::ask::{At, Shape};
use crate::cell::Status;
use crate::frequencies::{Frequencies, frequencies, passages};
use crate::grouping::Passage;
use crate::options::{Options, TableError};
use crate::sheet::{Fact, Field, Sheet, Value};
use crate::speech::Speech;

/// What a frequency table is asked to be.
#[derive(Clone, Debug, Default)]
pub struct Freq {
    /// Rows, count rule, codes, whose codings and words.
    pub options: Options,
    /// One line per cell, or per row.
    pub shape: Shape,
}

impl Freq {
    /// The table.
    ///
    /// # Errors
    /// As [`frequencies`].
    pub fn sheet(&self, ground: Ground<'_>, speech: &Speech) -> Result<Sheet, TableError> {
        let table = frequencies(ground.corpus, ground.state, ground.coded, &self.options)?;
        Ok(sheet(&table, self.shape, ground, speech))
    }

    /// The passages of the cell at a place.
    ///
    /// # Errors
    /// As [`frequencies`].
    pub fn behind(&self, ground: Ground<'_>, at: At) -> Result<Option<Vec<Passage>>, TableError> {
        let table = frequencies(ground.corpus, ground.state, ground.coded, &self.options)?;
        let codes = table.codes.len();
        let (group, code) = match self.shape {
            Shape::Long => (at.row / codes.max(1), at.row % codes.max(1)),
            Shape::Wide => match at.column.checked_sub(FIXED) {
                Some(code) => (at.row, code),
                None => return Ok(None),
            },
        };
        let Some((group, code)) = table.groups.get(group).zip(table.codes.get(code)) else { return Ok(None) };
        passages(ground.corpus, ground.state, ground.coded, &self.options, &group.id, &code.id).map(Some)
    }
}

/// Columns of the wide sheet before those of codes.
const FIXED: usize = 3;

/// A counted table as a sheet.
pub fn sheet(table: &Frequencies, shape: Shape, ground: Ground<'_>, speech: &Speech) -> Sheet {
    let what = match shape {
        Shape::Long => long(table, speech),
        Shape::Wide => wide(table, ground, speech),
    };
    Sheet { facts: facts(&table.options, speech), notes: notes(table, speech), ..what }
}

/// The rule by which a table was counted, in the words of the contract.
pub fn facts(options: &Options, speech: &Speech) -> Vec<Fact> {
    let roles: Vec<&str> = options.roles.list().iter().map(|r| r.as_str()).collect();
    let assumed = if options.assume_done { " (begun counts as done)" } else { "" };
    let mut facts = vec![
        Fact::new("count", speech.t("count", "telling"), options.count.as_str()),
        Fact::new("reading", speech.t("reading", "lezing"), format!("{}{assumed}", options.reading.as_str())),
        Fact::new("roles", speech.t("roles", "rollen"), roles.join("+")),
    ];
    if let Some(only) = &options.only {
        facts.push(Fact::new("where", speech.t("where", "waar"), &only.told));
    }
    facts
}

/// What a zero means; every output says so once.
pub const fn zero(speech: &Speech) -> &str {
    speech.t(
        "0 means: read for this code and not found; it does not mean that something does not exist",
        "0 betekent: hierop gelezen en niet gevonden; het betekent niet dat iets er niet is",
    )
}

pub(crate) fn notes(table: &Frequencies, speech: &Speech) -> Vec<String> {
    let mut notes = vec![
        speech
            .t(
                "3+ found, not read to the end   · not done   – not asked or no text",
                "3+ gevonden, niet uitgelezen   · niet gereed   – niet gevraagd of geen tekst",
            )
            .to_owned(),
        zero(speech).to_owned(),
    ];
    if table.waiting > 0 {
        notes.push(format!(
            "{} {}",
            speech.t(
                "in no cell, as a person must decide where they stand; codings:",
                "in geen cel, want iemand moet hun plaats bepalen; coderingen:"
            ),
            table.waiting
        ));
    }
    if table.uncounted > 0 {
        notes.push(format!(
            "{} {}",
            speech.t(
                "in no cell, as only speakers whose role is not counted say them; passages:",
                "in geen cel, want alleen gezegd door sprekers van wie de rol niet telt; fragmenten:"
            ),
            table.uncounted
        ));
    }
    notes
}

/// One line per group and code.
fn long(table: &Frequencies, speech: &Speech) -> Sheet {
    let mut out = Sheet::new("frequencies", title(table, speech));
    out.fields = vec![
        Field::text(&table.heading, &table.heading),
        Field::text("code", speech.t("code", "code")),
        Field::integer("n", "n"),
        Field::text("status", "status"),
        Field::integer("documents", speech.t("documents", "documenten")),
        Field::integer("documents_done", speech.t("done", "gereed")),
        Field::integer("words", speech.t("words", "woorden")),
        Field::number("per_1000", speech.t("per 1,000", "per 1.000"), 2),
    ];
    for row in table.rows() {
        let c = row.cell;
        out.rows.push(vec![
            Value::text(row.group),
            Value::text(row.code),
            c.n.map_or(Value::Na, Value::integer),
            Value::text(c.status.as_str()),
            Value::integer(c.documents),
            Value::integer(c.documents_done),
            Value::integer(c.words),
            Value::maybe_number(c.per_1000),
        ]);
    }
    out
}

/// One line per group, one column per code, named by its `var`. `documents_done` counts the documents
/// that are settled (done, or not asked) for every code of the table that is read for.
fn wide(table: &Frequencies, ground: Ground<'_>, speech: &Speech) -> Sheet {
    let labels = speech.labels();
    let mut out = Sheet::new("frequencies_wide", title(table, speech));
    out.fields = vec![
        Field::text(&table.heading, &table.heading),
        Field::integer("documents", speech.t("documents", "documenten")),
        Field::integer("documents_done", speech.t("done", "gereed")),
    ];
    for code in &table.codes {
        let label =
            ground.coded.codebook.codes.get(code.place).map_or(code.id.as_str(), |c| c.label(&labels));
        out.fields.push(Field::integer(&code.var, label).about(&code.id));
    }
    for (g, group) in table.groups.iter().enumerate() {
        let extent = table.extents[g];
        let mut row =
            vec![Value::text(&group.id), Value::integer(extent.documents), Value::integer(extent.done)];
        row.extend((0..table.codes.len()).map(|c| {
            let cell = table.cell(g, c);
            Value::Count(cell.n, cell.status)
        }));
        out.rows.push(row);
    }
    let fixed = |name: &str| vec![Value::text(name), Value::Na, Value::Na];
    let mut total = fixed(speech.t("total", "totaal"));
    total.extend(table.totals.iter().map(|t| Value::Count(Some(t.n), Status::Coded)));
    let mut cases = fixed(speech.t("cases with it, of those read", "casussen ermee, van de gelezen"));
    cases.extend(table.totals.iter().map(|t| Value::Share(u64::from(t.cases), u64::from(t.cases_read))));
    out.totals = vec![total, cases];
    out
}

fn title(table: &Frequencies, speech: &Speech) -> String {
    format!("{} × {}", table.heading, speech.t("code", "code"))
}
