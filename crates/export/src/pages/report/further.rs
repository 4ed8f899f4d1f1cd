//! Chapters that other tables of this crate make: codes with codes, coverage.

use super::Material;
use super::lists::{Lists, joined};
use crate::ask::Shape;
use crate::grouping::Passage;
use crate::meetings::all_behind;
use crate::options::{Level, Options, TableError};
use crate::page::{Line, Link, Links, Look, Page, Piece, Table};
use crate::pages::quoting::short;
use crate::sheet::{Sheet, Value};
use crate::tables::cooccur::Cooccur;
use crate::tables::coverage::Coverage;

/// How much is told of a part of a passage, in characters.
const PART: usize = 80;
/// Codes above which no table of codes with codes is drawn.
const WIDEST: usize = 100;

/// Where codes meet.
pub(super) fn cooccurrence(
    material: &Material<'_>,
    lists: &mut Lists,
    page: &mut Page,
) -> Result<(), TableError> {
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
    let title = speech.t("Where codes meet", "Waar codes samenkomen");
    page.heading(1, title);
    let links = meetings(material, title, lists)?;
    page.table(Table { data, look: Look::Heat, links, ..Table::from(counts) });
    Ok(())
}

/// Lists the stretches where each two codes meet, each pair once; the cells of both halves lead to it, and
/// those of a code with itself to its passages.
fn meetings(material: &Material<'_>, title: &str, lists: &mut Lists) -> Result<Links, TableError> {
    let Material { ground, speech, table, .. } = material;
    let labels = speech.labels();
    let label = |c: usize| ground.coded.codebook.codes[table.codes[c].place].label(&labels);
    let behind = all_behind(*ground, &material.options, &table.codes)?;
    let mut links = Links::new();
    let mut lines = Vec::new();
    for (a, code) in table.codes.iter().enumerate() {
        if let Some(link) = lists.code(material, code.place) {
            links.insert((a, a + 1), link);
        }
        for b in a + 1..table.codes.len() {
            let Some(stretches) = behind.get(&(a, b)) else { continue };
            let id = format!("meet-{}-{}", a + 1, b + 1);
            links.insert((a, b + 1), Link::to(&id));
            links.insert((b, a + 1), Link::to(&id));
            let told = stretches.iter().map(|s| stretch(material, s, [a, b])).collect();
            lines
                .push(Line { id, head: format!("{} × {}", label(a), label(b)), pieces: joined(told, ", ") });
        }
    }
    if !lines.is_empty() {
        lists.heading(2, title);
        lists.lines(lines);
    }
    Ok(links)
}

/// A stretch where two codes meet, by the passages of both; with its words where it is a part of either.
fn stretch(material: &Material<'_>, stretch: &Passage, codes: [usize; 2]) -> Vec<Piece> {
    let Material { table, places, quoting, speech, .. } = material;
    let numbers: Vec<usize> =
        codes.iter().flat_map(|c| places.of_code(table.codes[*c].place, stretch)).collect();
    let mut out = places.one(&numbers, speech);
    if numbers.iter().all(|n| places.span(*n) != stretch.span) {
        let quote = quoting.whole(stretch, None);
        if !quote.withheld {
            out.push(Piece::Words(" ".to_owned()));
            out.push(Piece::Label(short(&quote.text, PART)));
        }
    }
    out
}

/// How much of each document is coded.
pub(super) fn coverage(
    material: &Material<'_>,
    lists: &mut Lists,
    page: &mut Page,
) -> Result<(), TableError> {
    let Material { ground, speech, quoting, places, .. } = material;
    let ask = Coverage { options: all_levels(material), ..Coverage::default() };
    let mut sheet = ask.sheet(*ground, speech)?;
    name_documents(material, &mut sheet, Some(0), Some(1));
    let title = speech.t("How much is coded", "Hoeveel is gecodeerd");
    page.heading(1, title);
    let look = sheet.position("percent").map_or(Look::Plain, |c| Look::Bars(c, Some(100)));
    let columns = [sheet.position("coded"), sheet.position("percent")];
    let mut links = Links::new();
    let mut lines = Vec::new();
    for (row, passages) in ask.all_behind(*ground)?.iter().enumerate().filter(|(_, p)| !p.is_empty()) {
        let id = format!("coded-{}", row + 1);
        links.extend(columns.iter().flatten().map(|c| ((row, *c), Link::to(&id))));
        let pieces = places.told(passages.iter().map(|p| places.of_any(p)), speech);
        lines.push(Line { id, head: quoting.document(row), pieces });
    }
    if !lines.is_empty() {
        lists.heading(2, title);
        lists.lines(lines);
    }
    page.table(Table { look, links, ..Table::from(sheet) });
    Ok(())
}

pub(super) fn all_levels(material: &Material<'_>) -> Options {
    Options { level: Level::All, ..material.options.clone() }
}

/// Calls documents and cases in these columns of a sheet as the report calls them.
pub(super) fn name_documents(
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
