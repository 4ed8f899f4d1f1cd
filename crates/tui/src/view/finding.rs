//! The results of a search: the query, its restrictions as chips, and each hit on one line with the
//! words around it, one below the other.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::passages::wrap;
use super::{clear, put, put_right, rule, spots};
use crate::app::App;
use crate::desk::Desk;
use crate::layers::search::{Row, Search};
use crate::safe::{safe, text_width};
use crate::strings::finding as words;

/// Lines above the hits.
const HEAD: u16 = 3;
/// Lines that what is told about a query takes at most, on a screen that is not narrow.
const MOST: u16 = 3;
const NARROW: u16 = 80;
/// Cells that a code's label has at least.
const LABEL: u16 = 8;

/// Draws the results.
pub fn draw(app: &App, search: &Search, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    clear(buffer, area);
    if area.height <= HEAD {
        return None;
    }
    let room = area.width.saturating_sub(2);
    // At least one hit is shown.
    let most = (area.height - HEAD).min(if area.width < NARROW { MOST * 2 } else { MOST });
    title(app, desk, search, buffer, area);
    let cursor = line(app, search, buffer, Rect::new(1, area.y + 1, room, 1));
    let top = area.y + HEAD - 1;
    let taken = match &search.said {
        Some(said) if search.missed.is_none() => {
            told(buffer, Rect::new(1, top, room, most), said, app.theme.alarm())
        }
        _ => {
            info(app, desk, search, buffer, Rect::new(1, top, room, 1));
            1
        }
    };
    let body = Rect::new(1, top + taken, room, (area.bottom() - top).saturating_sub(taken));
    hits(app, desk, search, buffer, body);
    cursor
}

/// The line above: what it is, and how much.
fn title(app: &App, desk: &Desk, search: &Search, buffer: &mut Buffer, area: Rect) {
    rule(app.theme, buffer, Rect::new(area.x, area.y, area.width, 1), area.y);
    let name = match &search.missed {
        Some(code) => {
            let at = desk.coded.codebook.position(code);
            words::missed(at.map_or(code.as_str(), |c| desk.label(c)))
        }
        None => words::TITLE.to_owned(),
    };
    let x = area.x + 1;
    let taken =
        put(buffer, x, area.y, area.width.saturating_sub(2), &format!(" {name} "), app.theme.heading());
    if !search.rows.is_empty() {
        let text = if search.said.is_some() {
            words::hits_for(search.spread.hits, &search.understood)
        } else {
            words::spread(search.spread, desk.corpus.documents.len(), &desk.corpus.case_label)
        };
        put_right(buffer, x + taken, area.right() - 1, area.y, &format!(" {text} "), app.theme.text());
    }
}

/// The query.
fn line(app: &App, search: &Search, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    if search.missed.is_some() {
        put(buffer, area.x, area.y, area.width, &safe(&search.queries.join(" · ")), app.theme.dim());
        return None;
    }
    let x = area.x + put(buffer, area.x, area.y, 2, "/ ", app.theme.heading());
    let room = area.right().saturating_sub(x);
    if search.line.text().is_empty() {
        put(buffer, x, area.y, room, &words::EMPTY, app.theme.dim());
        return search.typing.then_some(Position::new(x, area.y));
    }
    let (shown, at) = search.line.shown(usize::from(room.saturating_sub(1)));
    put(buffer, x, area.y, room, shown, app.theme.text());
    search.typing.then(|| Position::new(x + at as u16, area.y))
}

/// Writes a text on as many lines as it needs, of those that there are; gives how many it took.
fn told(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let lines = wrap(&[(text.to_owned(), style)], area.width, usize::from(area.height));
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        let line: String = line.iter().map(|(part, _)| part.as_str()).collect();
        put(buffer, area.x, y, area.width, &line, style);
    }
    (lines.len() as u16).min(area.height)
}

/// The chips, the code that hits are for and how good the rule is.
fn info(app: &App, desk: &Desk, search: &Search, buffer: &mut Buffer, area: Rect) {
    let mut x = area.x;
    let end = area.right();
    if let Some(rule) = &search.rule {
        let book = &desk.coded.codebook;
        let code = book.resolve(&rule.code);
        let style = app.theme.code(code.and_then(|c| book.color(c)));
        x += put(buffer, x, area.y, end.saturating_sub(x), "▌", style);
        let label = code.map_or(rule.code.as_str(), |c| desk.label(c));
        let unit = format!(" · {}", &*words::unit(rule.unit));
        let tally = search.tally.as_ref().map(|tally| format!(" · {}", words::tally(tally)));
        let tally = tally.unwrap_or_default();
        // How good the rule is matters more than the end of a long label, and than the chips.
        let rest = (text_width(&unit) + text_width(&tally)) as u16;
        let room = end.saturating_sub(x).saturating_sub(rest).max(LABEL);
        x += put(buffer, x, area.y, room.min(end.saturating_sub(x)), label, app.theme.heading());
        x += put(buffer, x, area.y, end.saturating_sub(x), &unit, app.theme.heading());
        x += put(buffer, x, area.y, end.saturating_sub(x), &tally, app.theme.text());
        x += 1;
    }
    for chip in &search.chips {
        x += put(buffer, x, area.y, end.saturating_sub(x), &format!(" {chip} "), app.theme.selected());
        x += 1;
    }
    let sorted = search.rule.is_none() || search.sort.is_some();
    if search.missed.is_none() && sorted && !search.rows.is_empty() {
        let order = words::sort(search.sort);
        if text_width(&order) <= usize::from(end.saturating_sub(x)) {
            put_right(buffer, x, end, area.y, &order, app.theme.dim());
        }
    }
}

fn hits(app: &App, desk: &Desk, search: &Search, buffer: &mut Buffer, mut body: Rect) {
    let notes = search.notes.iter().filter(|_| search.said.is_none());
    if search.rows.is_empty() {
        let said = !search.line.text().trim().is_empty() || search.missed.is_some();
        if said && search.said.is_none() {
            let nothing = match &search.missed {
                Some(code) if is_retired(desk, code) => words::NOTHING_OF_RETIRED,
                Some(_) if search.queries.is_empty() => words::NO_RULE,
                Some(_) => words::NOTHING_MISSED,
                None => words::NOTHING,
            };
            let mut y = body.y + told(buffer, body, &nothing, app.theme.dim());
            for note in notes {
                let left = Rect::new(body.x, y, body.width, body.bottom().saturating_sub(y));
                y += told(buffer, left, note, app.theme.heading());
            }
        }
        return;
    }
    // Notes stand above the hits, of which at least one is shown.
    for note in notes {
        let room = Rect { height: body.height.saturating_sub(1).min(MOST), ..body };
        let taken = told(buffer, room, note, app.theme.heading());
        body = Rect::new(body.x, body.y + taken, body.width, body.height - taken);
    }
    let height = usize::from(body.height).max(1);
    let top = spots::first(search.top, search.at, height);
    // Names of documents take no more than a quarter.
    let most = usize::from(body.width / 4).clamp(6, 26);
    let shown = search.rows.iter().skip(top).take(height);
    let names: Vec<String> = shown.clone().map(|r| name(desk, r)).collect();
    let name_width = names.iter().map(|n| text_width(n)).max().unwrap_or(0).min(most) as u16;
    let sign_width = if search.rows.iter().any(|r| r.offer.is_some() || r.new) { 2 } else { 0 };
    let left = body.x + sign_width + name_width + 2;
    let room = body.right().saturating_sub(left);
    let before_width = room * 2 / 5;
    for (i, (row, name)) in shown.zip(&names).enumerate() {
        let y = body.y + i as u16;
        let at_hand = top + i == search.at;
        spots::spot(Rect::new(body.x, y, body.width, 1), top + i, 0);
        if let Some((_, decision)) = &row.offer {
            put(buffer, body.x, y, 1, words::sign(*decision), app.theme.heading());
        } else if row.new {
            put(buffer, body.x, y, 1, "*", app.theme.heading());
        }
        put(buffer, body.x + sign_width, y, name_width, name, app.theme.dim());
        let Some(document) = desk.document(row.document) else { continue };
        let kwic = index::around(&document.text, row.span, u32::from(room));
        let before = tail(&safe(&kwic.before), usize::from(before_width));
        let x = left + before_width - text_width(&before) as u16;
        put(buffer, x, y, before_width, &before, app.theme.text());
        let x = left + before_width;
        let hit = app.theme.heading().patch(app.theme.hit());
        let x = x + put(buffer, x, y, body.right().saturating_sub(x), &kwic.text, hit);
        put(buffer, x, y, body.right().saturating_sub(x), &kwic.after, app.theme.text());
        if at_hand {
            let line = Rect::new(body.x.saturating_sub(1), y, body.width + 2, 1).intersection(buffer.area);
            buffer.set_style(line, app.theme.selected());
        }
    }
}

fn is_retired(desk: &Desk, code: &model::name::Name) -> bool {
    let book = &desk.coded.codebook;
    book.resolve(code).and_then(|at| book.codes.get(at)).is_some_and(|code| code.retired)
}

fn name(desk: &Desk, row: &Row) -> String {
    desk.document(row.document).map(super::documents::name).unwrap_or_default()
}

/// The end of a text that fits into so many cells.
fn tail(text: &str, cells: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    let mut used = 0;
    let mut from = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += text_width(grapheme);
        if used > cells {
            break;
        }
        from = at;
    }
    text.get(from..).unwrap_or_default().to_owned()
}
