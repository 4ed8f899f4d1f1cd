//! The transcript: turns set apart, codings tinted, the selection reversed; only what can be seen is
//! looked at.

use model::corpus::Document;
use model::span::Span;
use model::turn::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::{margin, put, put_right};
use crate::app::{App, Numbering};
use crate::desk::Desk;
use crate::geometry::{Geometry, Pane};
use crate::page::{Kind, Row};
use crate::safe::{self, DIRECTION};
use crate::strings;

/// The fewest cells of a document's name that others' hidden codings may leave it.
const NAME_AT_LEAST: usize = 16;

/// Draws the pane; returns where the cursor stands.
pub fn draw(app: &App, geometry: &Geometry, buffer: &mut Buffer) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let Some(document) = app.reader.document.and_then(|at| desk.document(at)) else {
        empty(app, buffer, geometry.reader);
        return None;
    };
    title(app, desk, document, buffer, geometry.title);
    if document.text.is_empty() {
        put(
            buffer,
            geometry.text.x,
            geometry.text.y,
            geometry.text.width,
            &strings::NO_TEXT,
            app.theme.alarm(),
        );
        return None;
    }
    let reader = &app.reader;
    let rows = reader.top..(reader.top + usize::from(geometry.text.height)).min(reader.page.len());
    let seen = reader.page.positions(rows.clone());
    let marks = reader.marks.intervals.touching(seen);
    let styles = styles(app, desk, &marks, seen);
    let mut at = 0;
    for (line, index) in rows.clone().enumerate() {
        let y = geometry.text.y + line as u16;
        let Some(row) = reader.page.row(index) else { break };
        match row.kind {
            Kind::Blank => {}
            Kind::Head(turn) => head(app, document, turn as usize, row.span, buffer, geometry, y),
            Kind::Speech(turn) => {
                let headed = document
                    .turns
                    .get(turn as usize)
                    .is_some_and(|t| t.speaker.is_some() || t.seconds.is_some());
                let turn = Some(turn as usize).filter(|_| row.first && !headed);
                number(app, turn, row.span, buffer, geometry.gutter, y);
                text(document, row, &styles, &mut at, buffer, geometry.text, y);
            }
            Kind::Outside => {
                number(app, None, row.span, buffer, geometry.gutter, y);
                text(document, row, &styles, &mut at, buffer, geometry.text, y);
            }
        }
    }
    for (span, _) in &reader.memos {
        // Beside the first line of what the memo is about, in the column before the brackets.
        let row = reader.page.row_of(span.start);
        if rows.contains(&row) {
            let y = geometry.text.y + (row - rows.start) as u16;
            put(buffer, geometry.text.right(), y, 1, strings::writing::MEMO_SIGN, app.theme.heading());
        }
    }
    margin::draw(app, desk, &marks, rows.clone(), buffer, geometry.margin);
    let row = reader.page.row_of(reader.cursor);
    rows.contains(&row).then(|| {
        let cell = reader.page.cell_of(document, row, reader.cursor);
        Position::new(geometry.text.x + cell, geometry.text.y + (row - rows.start) as u16)
    })
}

/// What an empty study says.
fn empty(app: &App, buffer: &mut Buffer, area: Rect) {
    let mut y = area.y + 2;
    for (i, text) in strings::EMPTY.iter().enumerate() {
        let style = if i == 0 { app.theme.heading() } else { app.theme.text() };
        let lines = if text.is_empty() {
            vec![String::new()]
        } else {
            super::lines(text, area.width.saturating_sub(5))
        };
        for line in lines {
            if y < area.bottom() {
                put(buffer, area.x + 3, y, area.width.saturating_sub(4), &line, style);
            }
            y += 1;
        }
    }
}

fn title(app: &App, desk: &Desk, document: &Document, buffer: &mut Buffer, area: Rect) {
    let style = if app.focus == Pane::Reader { app.theme.focused() } else { app.theme.heading() };
    let mut name = super::documents::name(document);
    if let Some(case) =
        document.case.as_deref().and_then(|c| desk.corpus.case(c)).filter(|c| !name.contains(&c.name))
    {
        name = format!("{name}  {}", case.name);
    }
    let mut facts = Vec::new();
    facts.extend([&document.kind, &document.language].into_iter().filter(|f| !f.is_empty()).cloned());
    facts.push(strings::panes::words(document.spoken_words() as usize));
    let hidden = Some(app.reader.marks.hidden).filter(|n| *n > 0).map(strings::hidden);
    let kept = usize::from(hidden.is_some());
    facts.extend(hidden);
    facts.push(strings::coded_share(app.reader.marks.share));
    // Facts step back before the name does; but that others' codings are hidden stays as long as it leaves
    // the name enough to be known by.
    let mut tail = format!(" · {}", facts.join(" · "));
    while safe::text_width(&name) + safe::text_width(&tail) > usize::from(area.width) && facts.len() > kept {
        // How much is coded gives way before what is hidden does.
        facts.remove(if facts.len() == kept + 1 { kept } else { 0 });
        tail = if facts.is_empty() { String::new() } else { format!(" · {}", facts.join(" · ")) };
    }
    let room = usize::from(area.width).saturating_sub(safe::text_width(&tail));
    if safe::text_width(&name) > room {
        if room >= NAME_AT_LEAST {
            name = safe::fit(&safe::safe(&name), room).into_owned();
        } else {
            tail.clear();
        }
    }
    let used = put(buffer, area.x, area.y, area.width, &name, style);
    put(buffer, area.x + used, area.y, area.width.saturating_sub(used), &tail, app.theme.dim());
}

/// The number of a row in the gutter: of the turn that begins there, or of the line.
fn number(app: &App, turn: Option<usize>, row: Span, buffer: &mut Buffer, gutter: Rect, y: u16) {
    let number = match app.numbering {
        Numbering::Turns => turn.map(|t| t + 1),
        Numbering::Lines => app.reader.line_in(row),
        Numbering::None => None,
    };
    if let Some(number) = number {
        let right = gutter.right().saturating_sub(1);
        put_right(buffer, gutter.x, right, y, &number.to_string(), app.theme.dim());
    }
}

/// The heading of a turn.
fn head(
    app: &App,
    document: &Document,
    turn: usize,
    row: Span,
    buffer: &mut Buffer,
    geometry: &Geometry,
    y: u16,
) {
    number(app, Some(turn), row, buffer, geometry.gutter, y);
    let Some(t) = document.turns.get(turn) else { return };
    let area = geometry.text;
    let mut right = area.right();
    if let Some(seconds) = t.seconds {
        right =
            put_right(buffer, area.x, right, y, &strings::time(seconds), app.theme.dim()).saturating_sub(1);
    }
    if let Some(label) = &t.speaker {
        let name =
            document.speaker(label).map(|s| s.name.as_str()).filter(|n| !n.is_empty()).unwrap_or(label);
        let style = if document.role(t) == Role::Respondent { app.theme.heading() } else { app.theme.dim() };
        put(buffer, area.x, y, right.saturating_sub(area.x), name, style);
    }
}

/// The styles of what can be seen: ends of stretches with their style, in order.
fn styles(app: &App, desk: &Desk, marks: &[usize], seen: Span) -> Vec<(u32, Style)> {
    let reader = &app.reader;
    let list = &reader.marks.list;
    let mut edges: Vec<u32> = vec![seen.end];
    let mut edge =
        |s: Span| edges.extend([s.start, s.end].into_iter().filter(|p| *p > seen.start && *p < seen.end));
    for mark in marks.iter().filter_map(|m| list.get(*m)) {
        edge(mark.span);
    }
    let hits = reader.find.as_ref().map(|f| f.within(seen)).unwrap_or_default();
    for hit in hits {
        edge(*hit);
    }
    // What a key would code stands out as a selection does.
    let extent = reader.find.as_ref().and_then(|f| f.extent);
    let selected = reader.selection.map(|s| s.span).or(extent);
    selected.into_iter().for_each(edge);
    edges.sort_unstable();
    edges.dedup();
    let mut out = Vec::with_capacity(edges.len());
    let mut start = seen.start;
    // Marks are in order of start: those that begin by now and have not ended are alive.
    let mut next = 0;
    let mut alive: Vec<usize> = Vec::new();
    for end in edges {
        while let Some(&m) = marks.get(next).filter(|m| list.get(**m).is_some_and(|m| m.span.start <= start))
        {
            alive.push(m);
            next += 1;
        }
        alive.retain(|m| list.get(*m).is_some_and(|m| m.span.end > start));
        let mut style = app.theme.text();
        let shortest = alive.iter().filter_map(|m| list.get(*m)).min_by_key(|m| (!m.own, m.span.len()));
        if let Some(mark) = shortest {
            let color = desk.coded.codebook.color(mark.code as usize).filter(|_| mark.own);
            style = app.theme.coded(color, alive.len() > 1);
        }
        if hits.iter().any(|h| h.has(start)) {
            style = style.patch(app.theme.hit());
        }
        if selected.is_some_and(|s| s.has(start)) {
            style = style.patch(app.theme.selected());
        }
        out.push((end, style));
        start = end;
    }
    out
}

/// One row of text. `at` is the place in `styles`, which goes on from row to row.
fn text(
    document: &Document,
    row: Row,
    styles: &[(u32, Style)],
    at: &mut usize,
    buffer: &mut Buffer,
    area: Rect,
    y: u16,
) {
    let Some(shown) = document.text.as_str().get(row.byte..row.byte_end) else { return };
    let mut position = row.span.start;
    let mut x = area.x;
    let right = area.right();
    let mut put = |g: &str, width: u16, points: u32| {
        while styles.get(*at).is_some_and(|(end, _)| *end <= position) {
            *at += 1;
        }
        position += points;
        if width == 0 || x + width > right {
            return;
        }
        let style = styles.get(*at).map_or_else(Style::new, |(_, s)| *s);
        let symbol = match g {
            "\t" => " ",
            g if g.chars().next().is_some_and(safe::is_direction) => DIRECTION,
            g => g,
        };
        if let Some(cell) = buffer.cell_mut((x, y)) {
            cell.set_symbol(&safe::untagged(symbol)).set_style(style);
        }
        for covered in x + 1..x + width {
            if let Some(cell) = buffer.cell_mut((covered, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
        x += width;
    };
    if shown.is_ascii() {
        for i in 0..shown.len() {
            let g = shown.get(i..=i).unwrap_or_default();
            let width = match g {
                "\n" => 0,
                "\t" => safe::TAB,
                _ => 1,
            };
            put(g, width, 1);
        }
    } else {
        for g in shown.graphemes(true) {
            put(g, safe::width(g), if g.len() == 1 { 1 } else { g.chars().count() as u32 });
        }
    }
}
