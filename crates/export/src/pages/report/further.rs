//! Chapters that other tables of this crate make: profiles, codes with codes, saturation, coverage.

use std::fmt::Write;

use super::Material;
use crate::ask::Shape;
use crate::options::{Level, Options, TableError};
use crate::page::{Block, Figure, Look, Page, Table};
use crate::sheet::{Field, Sheet, Value};
use crate::speech::Speech;
use crate::tables::cooccur::Cooccur;
use crate::tables::coverage::Coverage;
use crate::tables::profile::{Part, Profile};
use crate::tables::saturation::Saturation;

/// The column of a profile that names the case.
const CASE: usize = 0;

/// What the package of each case pushes up and down; nothing where no codebook declares effects.
pub(super) fn profiles(material: &Material<'_>, page: &mut Page) {
    let Material { ground, speech, quoting, .. } = material;
    let profile = Profile { options: material.options.clone(), case: None, part: Part::Dimensions };
    let Ok(sheets) = profile.sheets(*ground, speech) else { return };
    page.heading(
        1,
        format!(
            "{}: {} × {}",
            speech.t("Profiles", "Profielen"),
            quoting.case_word(),
            speech.t("dimension", "dimensie")
        ),
    );
    for mut made in sheets {
        let at = |name: &str| made.position(name);
        let (Some(dimension), Some(label)) = (at("dimension"), at("label")) else { continue };
        let (Some(up), Some(down), status) = (at("up"), at("down"), at("status")) else { continue };
        let (offset, uncertain, unknown) = (at("possibly_offset"), at("uncertain"), at("unknown"));
        let ids: Vec<String> = (0..made.rows.len()).map(|r| made.value(r, CASE).plain()).collect();
        name_documents(material, &mut made, None, Some(CASE));
        let mut sheet = Sheet {
            fields: vec![Field::text("case", quoting.case_word())],
            ..Sheet::new(&made.name, &made.title)
        };
        // Two cases may have one name, and two dimensions one label: their ids tell them apart.
        let mut columns: Vec<String> = Vec::new();
        for (r, id) in ids.iter().enumerate() {
            let column = made.value(r, dimension).plain();
            if !columns.contains(&column) {
                let label = made.value(r, label).plain();
                sheet.fields.push(Field::text(format!("dimension_{}", columns.len() + 1), label));
                columns.push(column);
            }
            if r == 0 || ids[r - 1] != *id {
                sheet.rows.push(vec![made.value(r, CASE).clone()]);
            }
            let number =
                |column: Option<usize>| column.and_then(|c| made.value(r, c).as_number()).unwrap_or(0.0);
            let partial = status.is_some_and(|c| made.value(r, c).plain() == "partial");
            let mut cell: Vec<String> = Vec::new();
            for (sign, n) in [
                ("+", number(Some(up))),
                ("−", number(Some(down))),
                ("?", number(uncertain)),
                ("∅", number(unknown)),
            ] {
                if n > 0.0 {
                    cell.push(format!("{sign}{n}"));
                }
            }
            if number(offset) > 0.0 {
                cell.push("≈".to_owned());
            }
            let text = match (cell.is_empty(), partial) {
                (true, _) => made.value(r, up).shown(made.fields[up].kind),
                (false, true) => format!("{} …", cell.join(" ")),
                (false, false) => cell.join(" "),
            };
            if let Some(last) = sheet.rows.last_mut() {
                last.push(Value::text(text));
            }
        }
        // A dimension of which no codebook says anything is no column.
        let says: Vec<bool> = (0..sheet.fields.len())
            .map(|c| sheet.rows.iter().any(|row| row.get(c).is_some_and(|v| !v.plain().is_empty())))
            .collect();
        for row in &mut sheet.rows {
            let mut says = says.iter();
            row.retain(|_| says.next() == Some(&true));
        }
        let mut says = says.iter();
        sheet.fields.retain(|_| says.next() == Some(&true));
        sheet.facts.clone_from(&made.facts);
        sheet.notes.push(
            speech
                .t(
                    "+ − activities in place that push up or down   ? uncertain   ∅ effect unknown   ≈ possibly offset by another activity   … not read to the end, so at least these",
                    "+ − bestaande activiteiten die omhoog of omlaag duwen   ? onzeker   ∅ effect onbekend   ≈ mogelijk opgevangen door een andere activiteit   … niet uitgelezen, dus ten minste deze",
                )
                .to_owned(),
        );
        sheet.notes.extend(made.notes.iter().cloned());
        page.table(Table { sheet, data: Some(made), ..Table::default() });
    }
}

/// Codes above which no table of codes with codes is drawn.
const WIDEST: usize = 100;

/// Where codes meet.
pub(super) fn cooccurrence(material: &Material<'_>, page: &mut Page) -> Result<(), TableError> {
    let Material { ground, speech, .. } = material;
    let labels = speech.labels();
    if material.table.codes.len() > WIDEST {
        page.heading(1, speech.t("Where codes meet", "Waar codes samenkomen"));
        page.text(format!(
            "{} {WIDEST} {}: verbatim cooccur --csv",
            speech.t("Not drawn: a table of more than", "Niet getekend: een tabel van meer dan"),
            speech.t("codes cannot be read; all pairs are in", "codes is niet te lezen; alle paren staan in")
        ));
        return Ok(());
    }
    let ask = Cooccur { options: material.options.clone(), shape: Shape::Wide, ..Cooccur::default() };
    let mut sheets = ask.sheets(*ground, speech)?;
    if sheets.first().is_none_or(|s| s.rows.is_empty()) {
        return Ok(());
    }
    let notes = sheets.last().map(|s| s.notes.clone()).unwrap_or_default();
    let mut counts = Sheet { notes, ..sheets.swap_remove(0) };
    let data = Some(counts.clone());
    for (at, row) in counts.rows.iter_mut().enumerate() {
        // A code with itself would outshine every meeting.
        if let (Some(itself), Some(field)) = (row.get_mut(at + 1), counts.fields.get(at + 1)) {
            *itself = Value::text(itself.shown(field.kind));
        }
        let code = row.first().and_then(|v| ground.coded.codebook.get(&v.plain()));
        if let (Some(code), Some(head)) = (code, row.first_mut()) {
            *head = Value::text(code.label(&labels));
        }
    }
    page.heading(1, speech.t("Where codes meet", "Waar codes samenkomen"));
    page.table(Table { data, look: Look::Heat, ..Table::from(counts) });
    Ok(())
}

/// How many new codes each interview brought, drawn; where it makes no sense, why.
pub(super) fn saturation(material: &Material<'_>, page: &mut Page) {
    let Material { ground, speech, .. } = material;
    page.heading(1, speech.t("Code saturation", "Verzadiging van codes"));
    let ask = Saturation { options: all_levels(material), ..Saturation::default() };
    let mut sheet = match ask.sheet(*ground, speech) {
        Ok(sheet) => sheet,
        Err(why) => {
            let why = match &why {
                TableError::Refused(refusal) => refusal.why(speech.language),
                other => other.to_string(),
            };
            page.text(format!("{}: {why}.", speech.t("Not drawn", "Niet getekend")));
            return;
        }
    };
    name_documents(material, &mut sheet, Some(0), None);
    let series = |name: &str| -> Vec<f64> {
        let column = sheet.position(name);
        (0..sheet.rows.len()).filter_map(|r| sheet.value(r, column?).as_number()).collect()
    };
    let (total, low, high) = (series("total"), series("low"), series("high"));
    if total.len() < 2 {
        page.table(sheet);
        return;
    }
    let alternative = format!(
        "{} {} → {} ({} {}",
        speech.t(
            "Different codes so far, interview by interview:",
            "Verschillende codes tot nu toe, per interview:"
        ),
        total.first().copied().unwrap_or(0.0),
        total.last().copied().unwrap_or(0.0),
        total.len(),
        speech.t(
            "interviews); the band holds 95% of shuffled orders",
            "interviews); de band bevat 95% van geschudde volgordes"
        )
    );
    let title = sheet.title.clone();
    let notes = std::mem::take(&mut sheet.notes);
    let svg = lines(&total, &low, &high, &alternative, speech);
    page.blocks.push(Block::Figure(Box::new(Figure { title, svg, alternative, data: sheet })));
    for note in notes {
        page.note(note);
    }
}

/// How much of each document is coded.
pub(super) fn coverage(material: &Material<'_>, page: &mut Page) -> Result<(), TableError> {
    let Material { ground, speech, .. } = material;
    let ask = Coverage { options: all_levels(material), ..Coverage::default() };
    let mut sheet = ask.sheet(*ground, speech)?;
    name_documents(material, &mut sheet, Some(0), Some(1));
    page.heading(1, speech.t("How much is coded", "Hoeveel is gecodeerd"));
    let look = sheet.position("percent").map_or(Look::Plain, |c| Look::Bars(c, Some(100)));
    page.table(Table::from(sheet).looking(look));
    Ok(())
}

fn all_levels(material: &Material<'_>) -> Options {
    Options { level: Level::All, ..material.options.clone() }
}

/// Calls documents and cases in these columns of a sheet as the report calls them.
fn name_documents(
    material: &Material<'_>,
    sheet: &mut Sheet,
    documents: Option<usize>,
    cases: Option<usize>,
) {
    let corpus = material.ground.corpus;
    for row in &mut sheet.rows {
        if let Some(value) = documents.and_then(|c| row.get_mut(c))
            && let Some(at) = corpus.position(&value.plain())
        {
            *value = Value::text(material.quoting.document(at));
        }
        if let Some(value) = cases.and_then(|c| row.get_mut(c))
            && !value.plain().is_empty()
        {
            *value = Value::text(material.quoting.case(&value.plain()));
        }
    }
}

/// A line over interviews with a band behind it.
fn lines(total: &[f64], low: &[f64], high: &[f64], alternative: &str, speech: &Speech) -> String {
    let (left, top, across, down) = (44.0, 16.0, 500.0, 220.0);
    let most = high.iter().chain(total).copied().fold(1.0, f64::max);
    let x = |i: usize| left + across * i as f64 / (total.len() - 1) as f64;
    let y = |v: f64| top + down - down * v / most;
    let points = |values: &[f64]| -> Vec<String> {
        values.iter().enumerate().map(|(i, v)| format!("{:.1},{:.1}", x(i), y(*v))).collect()
    };
    let mut out = format!(
        "<svg class=\"chart\" viewBox=\"0 0 560 280\" role=\"img\" aria-label=\"{}\">",
        crate::write::xml::escape(alternative)
    );
    // Writing into a string does not fail.
    if low.len() == total.len() && high.len() == total.len() {
        let mut band = points(high);
        band.extend(points(low).into_iter().rev());
        let _ = write!(out, "<polygon class=\"band\" points=\"{}\"/>", band.join(" "));
    }
    let _ = write!(
        out,
        "<path class=\"axis\" d=\"M{left} {top}V{bottom}H{right}\"/><polyline class=\"line\" points=\"{}\"/>",
        points(total).join(" "),
        bottom = top + down,
        right = left + across
    );
    for (i, v) in total.iter().enumerate() {
        let _ = write!(out, "<circle class=\"dot\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\"/>", x(i), y(*v));
    }
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{most}</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">0</text><text x=\"{left}\" y=\"{}\">1</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{} {}</text></svg>",
        left - 8.0,
        top + 5.0,
        left - 8.0,
        top + down + 5.0,
        top + down + 22.0,
        left + across,
        top + down + 22.0,
        speech.t("interview", "interview"),
        total.len()
    );
    out
}
