//! The list of passages: where each stands, and its text in context.

use model::corpus::Document;
use model::name::Name;
use model::span::Span;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::spots::spot;
use super::{clear, put, put_right, rule};
use crate::app::App;
use crate::desk::Desk;
use crate::layers::passages::{Passages, Row, Source};
use crate::safe::{fit, safe, text_width};
use crate::strings::{self, lists as words};
use crate::units;

/// Characters shown on each side of a passage.
const CONTEXT: u32 = 90;
/// Lines that a passage takes.
const LINES: usize = 3;
/// Lines that the passage at hand takes.
const LINES_AT_HAND: usize = 8;

/// Draws the list.
pub fn draw(app: &App, list: &Passages, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let area = Rect { height: screen.height.saturating_sub(1), ..screen };
    clear(buffer, area);
    if area.height < 3 {
        return None;
    }
    let room = area.width.saturating_sub(2);
    title(app, desk, list, buffer, Rect::new(1, area.y, room, 1));
    rule(app.theme, buffer, Rect::new(0, area.y + 1, area.width, 1), area.y + 1);
    if app.message.is_none() && !list.filter.text.is_empty() {
        let text = format!(" {}: {} ", words::FILTER, list.filter.text);
        put(buffer, 1, area.y + 1, room, &text, app.theme.text());
    }
    let body = Rect::new(1, area.y + 2, room, area.height - 2);
    if list.rows.is_empty() {
        let none = if list.filter.text.is_empty() { words::NO_PASSAGES } else { words::NONE_PASS };
        put(buffer, 2, body.y + 1, room.saturating_sub(1), &none, app.theme.text());
        return None;
    }
    let texts = |i: usize| {
        let most = if i == list.at { LINES_AT_HAND } else { LINES };
        list.rows
            .get(i)
            .map(|r| context(app, desk, r, body.width.saturating_sub(2), most))
            .unwrap_or_default()
    };
    // From the one at hand upwards as many as fit, but never less than itself.
    let height = |i: usize| texts(i).len() + 2;
    let mut top = list.at;
    let mut used = height(list.at);
    while top > 0 && used + height(top - 1) <= usize::from(body.height) {
        top -= 1;
        used += height(top);
    }
    let top = list.top.clamp(top, list.at);
    let mut y = body.y;
    for (i, row) in list.rows.iter().enumerate().skip(top) {
        if y >= body.bottom() {
            break;
        }
        head(app, desk, list, row, buffer, Rect::new(body.x, y, body.width, 1));
        let texts = texts(i);
        let all = Rect::new(0, y, area.width, texts.len() as u16 + 1);
        spot(all.intersection(area), i, 0);
        if i == list.at {
            let line = Rect { height: 1, ..all }.intersection(buffer.area);
            buffer.set_style(line, app.theme.selected());
        }
        y += 1;
        for line in texts {
            if y >= body.bottom() {
                break;
            }
            let mut x = body.x + 2;
            for (text, style) in &line {
                x += put(buffer, x, y, body.right().saturating_sub(x), text, *style);
            }
            y += 1;
        }
        y += 1;
    }
    None
}

/// What the passages are of, and how many.
fn title(app: &App, desk: &Desk, list: &Passages, buffer: &mut Buffer, area: Rect) {
    let code = list.code().and_then(|c| desk.coded.codebook.position(c));
    let id = list.code().map_or("", |c| c.as_str());
    let label = code.map_or(id, |c| desk.label(c));
    let style = app.theme.code(code.and_then(|c| desk.coded.codebook.color(c)));
    let mut x = area.x + put(buffer, area.x, area.y, 1, "▌", style);
    let name = match &list.source {
        Source::Code(..) => label.to_owned(),
        Source::Cell { group, .. } => words::cell(&strings::sheets::row(&group.1), label),
        Source::Behind { title, .. } => title.clone(),
    };
    x += put(buffer, x, area.y, area.width, &name, app.theme.heading());
    let mut parts = vec![words::counts(list.counts(), &desk.corpus.case_label)];
    if let Source::Code(_, below) = &list.source {
        parts.push(if *below { words::WITH_BELOW } else { words::ALONE }.to_owned());
    }
    let text = format!(" · {}", parts.join(" · "));
    put(buffer, x, area.y, area.right().saturating_sub(x), &text, app.theme.text());
}

/// Where a passage stands and what it carries.
fn head(app: &App, desk: &Desk, list: &Passages, row: &Row, buffer: &mut Buffer, area: Rect) {
    let Some(document) = desk.document(row.document) else { return };
    let book = &desk.coded.codebook;
    let mut right = area.right();
    if !row.counted {
        right =
            put_right(buffer, area.x, right, area.y, &words::UNCOUNTED, app.theme.dim()).saturating_sub(2);
    }
    if row.coders.iter().any(|c| desk.coder.as_ref() != Some(c)) {
        let all = row.coders.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
        right = put_right(buffer, area.x, right, area.y, &all, app.theme.dim()).saturating_sub(2);
    }
    // The code itself is named at the top; what stands here is which of those below it.
    let of = list.code().and_then(|c| book.position(c));
    for code in row.codes.iter().rev().filter(|c| Some(**c) != of) {
        let label = format!("▌{}", fit(&safe(desk.label(*code)), 28));
        let style = app.theme.code(book.color(*code));
        right = put_right(buffer, area.x + area.width / 3, right, area.y, &label, style).saturating_sub(2);
    }
    let text = place(desk, document, row);
    put(buffer, area.x, area.y, right.saturating_sub(area.x), &text, app.theme.heading());
}

/// Document, case, turn and speaker of a passage.
pub(super) fn place(desk: &Desk, document: &Document, row: &Row) -> String {
    let mut parts = vec![super::documents::name(document)];
    let case = row.case.as_deref().map(|id| desk.corpus.case(id).map_or(id, |c| c.name.as_str()));
    let name = parts.first().cloned().unwrap_or_default();
    parts.extend(case.filter(|c| !name.contains(*c)).map(str::to_owned));
    if let Some(turn) = row.turn {
        parts.push(words::turn(turn));
        let label = document.turns.get(turn).and_then(|t| t.speaker.as_deref());
        parts.extend(label.map(|l| {
            document.speaker(l).map(|s| s.name.as_str()).filter(|n| !n.is_empty()).unwrap_or(l).to_owned()
        }));
    }
    parts.join(" · ")
}

pub(super) type Styled = Vec<(String, Style)>;

/// The passage with what stands before and behind it in its turn, in lines.
pub(super) fn context(app: &App, desk: &Desk, row: &Row, width: u16, most: usize) -> Vec<Styled> {
    let Some(document) = desk.document(row.document) else { return Vec::new() };
    let text = &document.text;
    let start = units::block(document, row.span.start).start.min(row.span.start);
    let from = start.max(row.span.start.saturating_sub(CONTEXT));
    let end = units::block(document, row.span.end.saturating_sub(1)).end.max(row.span.end);
    let to = end.min(row.span.end + CONTEXT);
    let color = row.codes.first().and_then(|c| desk.coded.codebook.color(*c));
    let coded = app.theme.coded(color, false).patch(app.theme.heading());
    let mut before = text.slice(Span::new(from, row.span.start)).to_owned();
    if from > start {
        // A word that is cut in two is no context.
        let cut = before.find(char::is_whitespace).unwrap_or(0);
        before = format!("…{}", before.get(cut..).unwrap_or_default());
    }
    let mut after = text.slice(Span::new(row.span.end, to)).to_owned();
    if to < end {
        let cut = after.rfind(char::is_whitespace).unwrap_or(after.len());
        after.truncate(cut);
        after.push_str(" …");
    }
    let parts =
        [(before, app.theme.dim()), (text.slice(row.span).to_owned(), coded), (after, app.theme.dim())];
    wrap(&parts, width, most)
}

/// Breaks styled text into lines at white space; what has no room ends in an ellipsis.
pub(super) fn wrap(parts: &[(String, Style)], width: u16, most: usize) -> Vec<Styled> {
    let width = usize::from(width.max(8));
    let mut out: Vec<Styled> = vec![Vec::new()];
    let mut used = 0;
    let mut space = false;
    for (text, style) in parts {
        let text = safe(text);
        let mut rest: &str = &text;
        while !rest.is_empty() {
            let blank = rest.len() - rest.trim_start().len();
            if blank > 0 {
                space = used > 0;
                rest = rest.trim_start();
                continue;
            }
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, next) = rest.split_at(end);
            rest = next;
            let need = text_width(word) + usize::from(space);
            if used + need > width && used > 0 {
                if out.len() == most {
                    out.last_mut().into_iter().for_each(|l| l.push((" …".to_owned(), *style)));
                    return out;
                }
                out.push(Vec::new());
                (used, space) = (0, false);
            }
            let Some(line) = out.last_mut() else { return out };
            if space {
                // The space within a passage carries its colour, the one before it does not.
                let same = line.last().is_some_and(|(_, s)| s == style);
                line.push((" ".to_owned(), if same { *style } else { Style::new() }));
                used += 1;
            }
            line.push((word.to_owned(), *style));
            used += text_width(word);
            space = false;
        }
    }
    out
}
