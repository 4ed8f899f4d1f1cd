//! The passages behind the grid: per code, by case, in the order of the texts.

use model::id::ThingId;

use super::Material;
use super::places::{cell_id, code_id};
use crate::column::Column;
use crate::grouping::Passage;
use crate::page::{Block, Page};
use crate::pages::framework::summaries;

pub(super) fn chapter(material: &Material<'_>, page: &mut Page) {
    let Material { ground, speech, table, behind, .. } = material;
    let labels = speech.labels();
    let mut begun = false;
    for column in &table.codes {
        if behind.of_code(column.place).next().is_none() {
            continue;
        }
        if !begun {
            page.heading(1, speech.t("Passages by code", "Fragmenten per code"));
            begun = true;
        }
        let code = &ground.coded.codebook.codes[column.place];
        page.place(2, code.label(&labels), code_id(column.place));
        if let Some(definition) = code.text("definition", &labels) {
            page.note(definition);
        }
        for (g, group) in table.groups.iter().enumerate() {
            let passages = behind.cell(g, column.place);
            if !passages.is_empty() {
                page.place(
                    3,
                    format!("{} ({})", material.quoting.case(&group.id), passages.len()),
                    cell_id(column.place, g),
                );
                let first = material.places.first(column.place, g);
                cell(material, column, &group.id, (first, passages), page);
            }
        }
    }
}

/// The summary and the passages of one case and code, numbered from the first on.
fn cell(
    material: &Material<'_>,
    column: &Column,
    case: &str,
    (first, passages): (usize, &[Passage]),
    page: &mut Page,
) {
    let Material { ground, speech, quoting, places, .. } = material;
    let labels = speech.labels();
    if let Some(summary) = summaries(*ground, quoting, speech, case, column) {
        page.text(format!("{}: {summary}", speech.t("Summary", "Samenvatting")));
    }
    for (at, passage) in passages.iter().enumerate() {
        let mut quote = quoting.whole(passage, Some(case).filter(|c| !c.is_empty()));
        quote.number = Some(first + at);
        if quoting.is_exemplar(passage) {
            quote.tags.push(speech.t("example", "voorbeeld").to_owned());
        }
        let mut codes: Vec<usize> =
            passage.codings.iter().filter_map(|id| Some(places.coding(*id)?.code as usize)).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.retain(|c| *c != column.place);
        quote.tags.extend(codes.iter().map(|c| ground.coded.codebook.codes[*c].label(&labels).to_owned()));
        quote.tags.extend(coded_by(material, passage));
        page.blocks.push(Block::Quote(quote));
    }
}

/// Who coded a passage when, and whether the code was defined otherwise then.
fn coded_by(material: &Material<'_>, passage: &Passage) -> Vec<String> {
    let Material { ground, speech, quoting, .. } = material;
    let book = &ground.coded.codebook;
    let one = |id: &ThingId| {
        let coding = ground.state.coding(*id)?;
        let code = &book.codes[book.resolve(coding.code)?];
        let coder = quoting.coder(ground.coded.coders.canonical(&coding.added.coder));
        let day = coding.added.at.get(..10).unwrap_or(&coding.added.at);
        let other = coding.definition.is_some_and(|hash| *hash != code.definition_hash());
        let other =
            if other { speech.t(", under another definition", ", onder een andere definitie") } else { "" };
        Some(format!("{coder}, {day}{other}"))
    };
    let mut told: Vec<String> = passage.codings.iter().filter_map(one).collect();
    told.sort_unstable();
    told.dedup();
    told
}
