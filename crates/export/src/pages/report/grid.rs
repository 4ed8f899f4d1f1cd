//! The grid of cases and codes, the stronger the colour the more; and how often each code was found.

use model::codebook::Codebook;

use super::Material;
use super::lists::Lists;
use super::places::cell_id;
use crate::cell::Status;
use crate::frequencies::frequencies;
use crate::options::{Options, TableError};
use crate::page::{Link, Links, Look, Page, Table};
use crate::pages::quoting::indented;
use crate::sheet::{Field, Sheet, Value};
use crate::tables::freq;

pub(super) fn chapter(material: &Material<'_>, page: &mut Page) {
    let Material { ground, speech, quoting, table, .. } = material;
    let labels = speech.labels();
    let mut sheet = Sheet::new(
        "case_code",
        format!("{}: {} × code", speech.t("Passages", "Fragmenten"), quoting.case_word()),
    );
    sheet.fields.push(Field::text("case", quoting.case_word()));
    for code in &table.codes {
        let label = ground.coded.codebook.codes[code.place].label(&labels);
        sheet.fields.push(Field::integer(&code.var, label).about(&code.id));
    }
    let mut links = Links::new();
    for (g, group) in table.groups.iter().enumerate() {
        let mut row = vec![Value::text(quoting.case(&group.id))];
        for (c, code) in table.codes.iter().enumerate() {
            let cell = table.cell(g, c);
            row.push(Value::Count(cell.n, cell.status));
            if !material.behind.cell(g, code.place).is_empty() {
                links.insert((g, c + 1), Link::to(cell_id(code.place, g)));
            }
        }
        sheet.rows.push(row);
    }
    let mut total = vec![Value::text(speech.t("total", "totaal"))];
    total.extend(table.totals.iter().map(|t| Value::Count(Some(t.n), Status::Coded)));
    let mut cases = vec![Value::text(speech.t("with it, of those read", "ermee, van de gelezen"))];
    cases.extend(table.totals.iter().map(|t| Value::Share(u64::from(t.cases), u64::from(t.cases_read))));
    sheet.totals = vec![total, cases];
    sheet.facts = freq::facts(&material.options, speech);
    sheet.notes = freq::notes(table, speech);
    sheet.notes.insert(
        0,
        speech
            .t(
                "A number leads to its passages; the stronger its colour, the more",
                "Een getal leidt naar de fragmenten; hoe sterker de kleur, hoe meer",
            )
            .to_owned(),
    );
    page.table(Table { sheet, links, look: Look::Heat, data: None });
}

/// Every code with its passages and cases.
pub(super) fn codes(
    material: &Material<'_>,
    options: &Options,
    lists: &mut Lists,
    page: &mut Page,
) -> Result<(), TableError> {
    let Material { ground, speech, .. } = material;
    let table = frequencies(ground.corpus, ground.state, ground.coded, options)?;
    let labels = speech.labels();
    let book: &Codebook = &ground.coded.codebook;
    let mut sheet = Sheet::new(
        "codes",
        speech.t("Passages, and in how many cases", "Fragmenten, en in hoeveel casussen"),
    );
    sheet.fields = vec![
        Field::text("code", "code"),
        Field::integer("n", speech.t("passages", "fragmenten")),
        Field::integer("cases", speech.t("cases, n of N read", "casussen, n van N gelezen")),
    ];
    let mut links = Links::new();
    for (c, code) in table.codes.iter().enumerate() {
        let total = &table.totals[c];
        if let Some(link) = lists.code(material, code.place) {
            links.insert((c, 0), link);
        }
        sheet.rows.push(vec![
            Value::text(indented(book, code.place, &labels)),
            Value::integer(total.n),
            Value::Share(u64::from(total.cases), u64::from(total.cases_read)),
        ]);
    }
    sheet.facts = freq::facts(options, speech);
    page.table(Table { sheet, links, look: Look::Bars(2, None), data: None });
    Ok(())
}
