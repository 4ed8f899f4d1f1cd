//! The effect matrix: what the codebooks say that each code does to each of their dimensions.

use model::effects::{Judgement, Sign, declares, own};

use super::Material;
use super::lists::Lists;
use crate::page::{Links, Look, Page, Table};
use crate::sheet::{Field, Sheet, Value};
use crate::speech::Speech;

pub(super) fn chapter(material: &Material<'_>, lists: &mut Lists, page: &mut Page) {
    let Material { ground, speech, .. } = material;
    let book = &ground.coded.codebook;
    let labels = speech.labels();
    let mut begun = false;
    for judgement in Judgement::all(ground.state, book) {
        let dimensions: Vec<_> =
            judgement.dimensions.iter().filter(|d| judgement.is_declared(book, &d.id)).collect();
        let codes: Vec<_> = book
            .codes
            .iter()
            .enumerate()
            .filter(|(_, c)| c.codebook == judgement.book && declares(c) && c.merged_into.is_none())
            .collect();
        if dimensions.is_empty() || codes.is_empty() {
            continue;
        }
        if !begun {
            page.heading(1, speech.t("Effects that the codebook states", "Effecten die het codeboek noemt"));
            begun = true;
        }
        let title = format!("{} × {}", speech.t("code", "code"), speech.t("dimension", "dimensie"));
        let mut sheet = Sheet::new("effects", title);
        sheet.fields.push(Field::text("code", "code"));
        sheet.fields.extend(dimensions.iter().map(|d| Field::text(&d.id, d.label(&labels)).about(&d.id)));
        let mut links = Links::new();
        for (r, (place, code)) in codes.into_iter().enumerate() {
            let mut row = vec![Value::text(code.label(&labels))];
            let link = lists.code(material, place);
            for (d, dimension) in dimensions.iter().enumerate() {
                let sign = own(code, &dimension.id).map_or(Sign::Unknown, |declared| declared.sign());
                if let Some(link) = link.as_ref().filter(|_| sign != Sign::Blank) {
                    let told = format!(
                        "{}, {}: {}",
                        code.label(&labels),
                        dimension.label(&labels),
                        spoken(sign, speech)
                    );
                    links.insert((r, d + 1), link.clone().saying(told));
                }
                row.push(Value::text(match sign {
                    Sign::Unknown => speech.t("unknown", "onbekend"),
                    sign => sign.as_str(),
                }));
            }
            sheet.rows.push(row);
        }
        sheet.notes.push(
            speech
                .t(
                    "+ more of it   - less of it   ? uncertain, says the source   empty: none   unknown: what the source says is not known",
                    "+ meer ervan   - minder ervan   ? onzeker, zegt de bron   leeg: geen   onbekend: wat de bron zegt is niet bekend",
                )
                .to_owned(),
        );
        sheet.notes.extend(judgement.note(&labels).map(str::to_owned));
        sheet.notes.push(
            speech
                .t(
                    "A cell leads to the passages of its code",
                    "Een cel leidt naar de fragmenten van haar code",
                )
                .to_owned(),
        );
        page.table(Table { links, look: Look::Heat, ..Table::from(sheet) });
    }
}

/// A sign in words.
const fn spoken(sign: Sign, speech: &Speech) -> &'static str {
    match sign {
        Sign::Up => speech.t("more", "meer"),
        Sign::Down => speech.t("less", "minder"),
        Sign::Uncertain => speech.t("uncertain", "onzeker"),
        Sign::Unknown => speech.t("unknown", "onbekend"),
        Sign::Blank => speech.t("none", "geen"),
    }
}
