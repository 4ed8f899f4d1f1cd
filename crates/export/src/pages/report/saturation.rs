//! Saturation: how many new codes each interview brought.

use std::fmt::Write;

use super::Material;
use super::further::{all_levels, name_documents};
use super::lists::{Lists, joined, labelled};
use crate::options::TableError;
use crate::page::{Block, Figure, Line, Link, Links, Page, Table};
use crate::speech::Speech;
use crate::tables::saturation::{CODES, Found, NAMES, NEW, Saturation};
use crate::write::xml::escape;

/// How many new codes each interview brought, drawn; where it makes no sense, why.
pub(super) fn chapter(material: &Material<'_>, lists: &mut Lists, page: &mut Page) {
    let Material { ground, speech, .. } = material;
    let title = speech.t("Code saturation", "Verzadiging van codes");
    page.heading(1, title);
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
    let links = ask.all_behind(*ground).map(|found| list(material, title, &found, lists)).unwrap_or_default();
    let series = |name: &str| -> Vec<f64> {
        let column = sheet.position(name);
        (0..sheet.rows.len()).filter_map(|r| sheet.value(r, column?).as_number()).collect()
    };
    let (total, low, high) = (series("total"), series("low"), series("high"));
    if total.len() < 2 {
        page.table(Table { links, ..Table::from(sheet) });
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
    let dots: Vec<Option<(&str, String)>> = (0..total.len())
        .map(|r| {
            let new = sheet.value(r, NEW).plain();
            let told = format!("{}: {new} {}", sheet.value(r, 0).plain(), speech.t("new", "nieuw"));
            Some((links.get(&(r, NEW))?.to.as_str(), told))
        })
        .collect();
    let svg = lines(&total, &low, &high, &dots, &alternative, speech);
    page.blocks.push(Block::Figure(Box::new(Figure { title, svg, alternative, data: sheet, links })));
    for note in notes {
        page.note(note);
    }
}

/// Lists the passages of the codes that are new in each interview, and those of all that it has.
fn list(material: &Material<'_>, title: &str, found: &[Found], lists: &mut Lists) -> Links {
    let Material { speech, quoting, places, .. } = material;
    let mut links = Links::new();
    let (mut new, mut all) = (Vec::new(), Vec::new());
    for (r, interview) in found.iter().enumerate() {
        let line = |id: &str, wanted: fn(bool) -> bool| {
            let codes = interview.codes.iter().filter(|(_, new, _)| wanted(*new));
            let told = codes.map(|(code, _, passages)| {
                let numbers = passages.iter().map(|p| places.of_code(*code, p));
                labelled(material, *code, places.told(numbers, speech))
            });
            Line {
                id: format!("{id}-{}", r + 1),
                head: format!("{}. {}", r + 1, quoting.document(interview.document)),
                pieces: joined(told.collect(), "; "),
            }
        };
        let mut keep = |line: Line, columns: &[usize], lines: &mut Vec<Line>| {
            if !line.pieces.is_empty() {
                links.extend(columns.iter().map(|c| ((r, *c), Link::to(&line.id))));
                lines.push(line);
            }
        };
        keep(line("new", |new| new), &[NEW, NAMES], &mut new);
        keep(line("found", |_| true), &[CODES], &mut all);
    }
    if !all.is_empty() {
        lists.heading(2, title);
        lists.heading(3, speech.t("New codes", "Nieuwe codes"));
        lists.lines(new);
        lists.heading(3, speech.t("Codes in each interview", "Codes in elk interview"));
        lists.lines(all);
    }
    links
}

/// A line over interviews with a band behind it; the dots of those that brought something new lead to it.
fn lines(
    total: &[f64],
    low: &[f64],
    high: &[f64],
    dots: &[Option<(&str, String)>],
    alternative: &str,
    speech: &Speech,
) -> String {
    let (left, top, across, down) = (44.0, 16.0, 500.0, 220.0);
    let most = high.iter().chain(total).copied().fold(1.0, f64::max);
    let x = |i: usize| left + across * i as f64 / (total.len() - 1) as f64;
    let y = |v: f64| top + down - down * v / most;
    let points = |values: &[f64]| -> Vec<String> {
        values.iter().enumerate().map(|(i, v)| format!("{:.1},{:.1}", x(i), y(*v))).collect()
    };
    let mut out = format!(
        "<svg class=\"chart\" viewBox=\"0 0 560 280\" role=\"img\" aria-label=\"{}\">",
        escape(alternative)
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
        let (x, y) = (x(i), y(*v));
        let dot = format!("<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>");
        // Who goes by keys or by ear has the same links in the table of the numbers.
        let _ = match dots.get(i).and_then(Option::as_ref) {
            None => write!(out, "{dot}"),
            Some((to, told)) => write!(
                out,
                "<a href=\"#{}\" tabindex=\"-1\"><title>{}</title><circle class=\"touch\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"9\"/>{dot}</a>",
                escape(to),
                escape(told)
            ),
        };
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
