//! Code frequencies as sheets: long for statistics, wide for people and for one row per unit.

use model::ground::Ground;

use crate::ask::{At, Shape};
use crate::cell::{Status, Total};
use crate::frequencies::{Frequencies, frequencies, passages};
use crate::grouping::Passage;
use crate::names::{Names, VAR};
use crate::options::{By, Options, TableError};
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
        let fixed = self.options.by.parts().len() + 2;
        let columns = if self.options.percent.is_some() { 2 } else { 1 };
        let (group, code) = match self.shape {
            Shape::Long => (at.row / codes.max(1), at.row % codes.max(1)),
            Shape::Wide => match at.column.checked_sub(fixed) {
                Some(column) => (at.row, column / columns),
                None => return Ok(None),
            },
        };
        let Some((group, code)) = table.groups.get(group).zip(table.codes.get(code)) else { return Ok(None) };
        passages(ground.corpus, ground.state, ground.coded, &self.options, &group.id, &code.id).map(Some)
    }
}

/// A counted table as a sheet.
pub fn sheet(table: &Frequencies, shape: Shape, ground: Ground<'_>, speech: &Speech) -> Sheet {
    let what = match shape {
        Shape::Long => long(table, ground, speech),
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
    if options.complete {
        facts.push(Fact::new("complete", speech.t("complete", "volledig"), "yes"));
    }
    if let Some(of) = options.percent {
        facts.push(Fact::new("percent_by", speech.t("percent by", "procent per"), of.as_str()));
    }
    if let Some(only) = &options.only {
        facts.push(Fact::new("where", speech.t("where", "waar"), &only.told));
    }
    facts
}

/// What a zero means; every output says so once.
pub const ZERO: &str =
    "0 means: read for this code and not found; it does not mean that something does not exist";

/// The same in the language of an output.
pub const fn zero(speech: &Speech) -> &str {
    speech.t(ZERO, "0 betekent: hierop gelezen en niet gevonden; het betekent niet dat iets er niet is")
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
    if table.options.complete {
        let complete = speech.t(
            "complete: where not everything was read to the end there is no number, whatever was found",
            "volledig: waar niet alles is uitgelezen staat geen getal, wat er ook gevonden is",
        );
        notes.push(complete.to_owned());
    }
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

/// The columns that name a row, of which none has the name of another column: the others keep theirs.
fn heads(table: &Frequencies, ground: Ground<'_>, others: &[&str]) -> Vec<Field> {
    let mut names = Names::without(others.iter().copied());
    let head = |by: &By| {
        let heading = by.heading(ground.corpus);
        Field::text(names.head(&heading, by.table().as_str()), heading)
    };
    table.options.by.parts().into_iter().map(head).collect()
}

/// One line per group and code.
fn long(table: &Frequencies, ground: Ground<'_>, speech: &Speech) -> Sheet {
    let mut out = Sheet::new("frequencies", title(table, speech));
    let mut cells = vec![
        Field::text("code", speech.t("code", "code")),
        Field::integer("n", "n"),
        Field::text("status", "status"),
        Field::integer("documents", speech.t("documents", "documenten")),
        Field::integer("documents_done", speech.t("done", "gereed")),
        Field::integer("words", speech.t("words", "woorden")),
        Field::number("per_1000", speech.t("per 1,000", "per 1.000"), 2),
    ];
    let percents = table.options.percent.map(|of| table.percents(of));
    if percents.is_some() {
        cells.push(Field::number("percent", "%", 1));
        cells.push(Field::integer("percent_of", speech.t("% of", "% van")));
    }
    let facts = facts(&table.options, speech);
    let taken: Vec<&str> =
        cells.iter().map(|f| f.name.as_str()).chain(facts.iter().map(|f| f.name)).collect();
    out.fields = heads(table, ground, &taken);
    out.fields.extend(cells);
    for (i, row) in table.rows().enumerate() {
        let c = row.cell;
        let mut values: Vec<Value> = table.options.by.split(row.group).into_iter().map(Value::Text).collect();
        values.extend([
            Value::text(row.code),
            c.n.map_or(Value::Na, Value::integer),
            Value::text(c.status.as_str()),
            Value::integer(c.documents),
            Value::integer(c.documents_done),
            Value::integer(c.words),
            Value::maybe_number(c.per_1000),
        ]);
        if let Some(percents) = &percents {
            values.push(Value::maybe_number(percents[i].map(|(percent, _)| percent)));
            values.push(percents[i].map_or(Value::Na, |(_, of)| Value::integer(of)));
        }
        out.rows.push(values);
    }
    out
}

/// One line per group, one column per code, named by its `var`. `documents_done` counts the documents
/// that are settled (done, or not asked) for every code of the table that is read for. With percentages
/// each is followed by a column of them.
fn wide(table: &Frequencies, ground: Ground<'_>, speech: &Speech) -> Sheet {
    let labels = speech.labels();
    let mut out = Sheet::new("frequencies_wide", title(table, speech));
    let facts = facts(&table.options, speech);
    let mut names =
        Names::without(["documents", "documents_done"].into_iter().chain(facts.iter().map(|f| f.name)));
    let mut columns = vec![
        Field::integer("documents", speech.t("documents", "documenten")),
        Field::integer("documents_done", speech.t("done", "gereed")),
    ];
    let percents = table.options.percent.map(|of| table.percents(of));
    for code in &table.codes {
        let label =
            ground.coded.codebook.codes.get(code.place).map_or(code.id.as_str(), |c| c.label(&labels));
        let name = names.unique(&code.var, VAR);
        columns.push(Field::integer(&name, label).about(&code.id));
        if percents.is_some() {
            let name = names.unique(&format!("{name}_pct"), VAR + 4);
            columns.push(Field::number(name, format!("{label} (%)"), 1).about(&code.id));
        }
    }
    // Codes have their names before the groups, whose columns may be called anything.
    let taken: Vec<&str> =
        columns.iter().map(|f| f.name.as_str()).chain(facts.iter().map(|f| f.name)).collect();
    out.fields = heads(table, ground, &taken);
    out.fields.extend(columns);
    let codes = table.codes.len();
    for (g, group) in table.groups.iter().enumerate() {
        let extent = table.extents[g];
        let mut row: Vec<Value> = table.options.by.split(&group.id).into_iter().map(Value::Text).collect();
        row.extend([Value::integer(extent.documents), Value::integer(extent.done)]);
        for c in 0..codes {
            let cell = table.cell(g, c);
            row.push(Value::Count(cell.n, cell.status));
            if let Some(percents) = &percents {
                row.push(Value::maybe_number(percents[g * codes + c].map(|(percent, _)| percent)));
            }
        }
        out.rows.push(row);
    }
    let heads = table.options.by.parts().len();
    let row = |name: &str, value: &dyn Fn(&Total) -> Value| {
        let mut row = vec![Value::text(name)];
        row.resize(heads + 2, Value::Na);
        for total in &table.totals {
            row.push(value(total));
            row.extend(percents.is_some().then_some(Value::Na));
        }
        row
    };
    out.totals = vec![
        row(speech.t("total", "totaal"), &|t| Value::Count(Some(t.n), Status::Coded)),
        row(speech.t("cases with it, of those read", "casussen ermee, van de gelezen"), &|t| {
            Value::Share(u64::from(t.cases), u64::from(t.cases_read))
        }),
    ];
    out
}

fn title(table: &Frequencies, speech: &Speech) -> String {
    format!("{} × {}", table.heading, speech.t("code", "code"))
}
