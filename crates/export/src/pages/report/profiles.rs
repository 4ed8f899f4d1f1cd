//! Profiles: what the package of each case pushes up and down.

use model::effects::Sign;

use super::Material;
use super::further::name_documents;
use super::lists::{Lists, joined, labelled};
use crate::page::{Block, Line, Link, Links, Page, Piece, Table};
use crate::sheet::{Field, Sheet, Value};
use crate::tables::profile::{Acting, Part, Profile};

/// The column of a profile that names the case.
const CASE: usize = 0;

/// What is counted with which sign: how it is shown, and its column of the dimensions.
const SIGNS: [(Sign, &str, &str); 4] = [
    (Sign::Up, "+", "up"),
    (Sign::Down, "−", "down"),
    (Sign::Uncertain, "?", "uncertain"),
    (Sign::Unknown, "∅", "unknown"),
];

/// The profiles of all cases; nothing where no codebook declares effects.
pub(super) fn chapter(material: &Material<'_>, lists: &mut Lists, page: &mut Page) {
    let Material { ground, speech, quoting, .. } = material;
    let profile = Profile { options: material.options.clone(), case: None, part: Part::Dimensions };
    let Ok(sheets) = profile.sheets(*ground, speech) else { return };
    let Ok(acting) = profile.all_behind(*ground) else { return };
    let title = format!(
        "{}: {} × {}",
        speech.t("Profiles", "Profielen"),
        quoting.case_word(),
        speech.t("dimension", "dimensie")
    );
    page.heading(1, &title);
    for (book, (made, acting)) in sheets.into_iter().zip(&acting).enumerate() {
        let made = Made { material, sheet: made, acting, book };
        page.blocks.extend(made.table(lists, &title).map(|table| Block::Table(Box::new(table))));
    }
}

/// The dimensions by one codebook, with the activities behind each row.
struct Made<'a> {
    material: &'a Material<'a>,
    sheet: Sheet,
    acting: &'a Acting,
    /// Which codebook.
    book: usize,
}

/// What stands in a cell of a case and a dimension.
struct Cell {
    shown: String,
    /// What it says to who hears it; none where it counts nothing.
    says: Option<String>,
}

impl Made<'_> {
    /// A row per case, a column per dimension; and a line in the lists for each cell.
    fn table(mut self, lists: &mut Lists, title: &str) -> Option<Table> {
        let Material { speech, quoting, .. } = self.material;
        let (dimension, label) = (self.sheet.position("dimension")?, self.sheet.position("label")?);
        let ids: Vec<String> =
            (0..self.sheet.rows.len()).map(|r| self.sheet.value(r, CASE).plain()).collect();
        name_documents(self.material, &mut self.sheet, None, Some(CASE));
        let mut sheet = Sheet {
            fields: vec![Field::text("case", quoting.case_word())],
            ..Sheet::new(&self.sheet.name, &self.sheet.title)
        };
        let mut links = Links::new();
        // Two cases may have one name, and two dimensions one label: their ids tell them apart.
        let mut columns: Vec<String> = Vec::new();
        let mut lines: Vec<Line> = Vec::new();
        for (r, id) in ids.iter().enumerate() {
            let column = self.sheet.value(r, dimension).plain();
            let label = self.sheet.value(r, label).plain();
            if !columns.contains(&column) {
                sheet.fields.push(Field::text(format!("dimension_{}", columns.len() + 1), &label));
                columns.push(column);
            }
            if r == 0 || ids[r - 1] != *id {
                sheet.rows.push(vec![self.sheet.value(r, CASE).clone()]);
            }
            let cell = self.cell(r)?;
            let case = sheet.rows.len() - 1;
            let row = &mut sheet.rows[case];
            if let Some(says) = cell.says {
                if lines.is_empty() && links.is_empty() {
                    lists.heading(2, title);
                }
                let place = format!("acts-{}-{}-{}", self.book + 1, case + 1, row.len());
                links.insert((case, row.len()), Link::to(&place).saying(format!("{label}: {says}")));
                lines.push(Line { id: place, head: label, pieces: self.pieces(r) });
            }
            row.push(Value::text(cell.shown));
            if ids.get(r + 1) != Some(id) && !lines.is_empty() {
                lists.heading(3, row[0].plain());
                lists.lines(std::mem::take(&mut lines));
            }
        }
        let links = without_silent(&mut sheet, links);
        sheet.facts.clone_from(&self.sheet.facts);
        sheet.notes.push(
            speech
                .t(
                    "+ − activities in place that push up or down   ? uncertain   ∅ effect unknown   ≈ possibly offset by another activity   … not read to the end, so at least these",
                    "+ − bestaande activiteiten die omhoog of omlaag duwen   ? onzeker   ∅ effect onbekend   ≈ mogelijk opgevangen door een andere activiteit   … niet uitgelezen, dus ten minste deze",
                )
                .to_owned(),
        );
        sheet.notes.extend(self.sheet.notes.iter().cloned());
        Some(Table { sheet, data: Some(self.sheet), links, ..Table::default() })
    }

    /// The cell that shows a row of the dimensions.
    fn cell(&self, r: usize) -> Option<Cell> {
        let speech = self.material.speech;
        let number = |column: &str| self.sheet.value(r, self.sheet.position(column)?).as_number();
        let partial =
            self.sheet.position("status").is_some_and(|c| self.sheet.value(r, c).plain() == "partial");
        let (mut shown, mut says): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (_, sign, column) in SIGNS {
            if let Some(n) = number(column).filter(|n| *n > 0.0) {
                shown.push(format!("{sign}{n}"));
                let field = &self.sheet.fields[self.sheet.position(column)?];
                says.push(format!("{} {n}", field.label));
            }
        }
        if number("possibly_offset").is_some_and(|n| n > 0.0) {
            shown.push("≈".to_owned());
            says.push(speech.t("possibly offset", "mogelijk opgevangen").to_owned());
        }
        if shown.is_empty() {
            let up = self.sheet.position("up")?;
            let shown = self.sheet.value(r, up).shown(self.sheet.fields[up].kind);
            return Some(Cell { shown, says: None });
        }
        if partial {
            shown.push("…".to_owned());
            says.push(speech.t("at least", "ten minste").to_owned());
        }
        Some(Cell { shown: shown.join(" "), says: Some(says.join(", ")) })
    }

    /// The activities that a row counts, sign by sign, with the numbers of their passages.
    fn pieces(&self, r: usize) -> Vec<Piece> {
        let Material { places, speech, .. } = self.material;
        let acting = self.acting.rows.get(r).map(Vec::as_slice).unwrap_or_default();
        let mut signs = Vec::new();
        for (sign, shown, _) in SIGNS {
            let told = acting.iter().filter(|(s, _)| *s == sign).map(|(_, at)| {
                let activity = &self.acting.activities[*at];
                let numbers = activity.passages.iter().map(|p| places.of_code(activity.code, p));
                labelled(self.material, activity.code, places.told(numbers, speech))
            });
            let told = joined(told.collect(), "; ");
            if !told.is_empty() {
                signs.push([vec![Piece::Words(format!("{shown} "))], told].concat());
            }
        }
        joined(signs, " · ")
    }
}

/// Takes out the columns in which nothing stands, since no codebook says anything of these dimensions, and
/// gives the links of the others.
fn without_silent(sheet: &mut Sheet, links: Links) -> Links {
    let says: Vec<bool> = (0..sheet.fields.len())
        .map(|c| sheet.rows.iter().any(|row| row.get(c).is_some_and(|v| !v.plain().is_empty())))
        .collect();
    for row in &mut sheet.rows {
        let mut says = says.iter();
        row.retain(|_| says.next() == Some(&true));
    }
    let mut kept = says.iter();
    sheet.fields.retain(|_| kept.next() == Some(&true));
    let place = |c: usize| says.iter().take(c).filter(|says| **says).count();
    links.into_iter().map(|((r, c), link)| ((r, place(c)), link)).collect()
}
