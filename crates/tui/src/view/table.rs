//! The frequency table on the whole screen, with the legend of its signs.

use export::{CountRule, Frequencies};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{clear, lines, put, put_right};
use crate::app::App;
use crate::desk::Desk;
use crate::layers::table::Table;
use crate::safe::text_width;
use crate::strings;

/// Draws the table.
pub fn draw(app: &App, table: &Table, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let area = Rect { height: screen.height.saturating_sub(1), ..screen };
    clear(buffer, area);
    let numbers = match &table.numbers {
        Ok(numbers) => numbers,
        Err(why) => {
            put(buffer, 1, 0, area.width.saturating_sub(2), "No table", app.theme.heading());
            for (i, line) in lines(why, area.width.saturating_sub(4)).iter().enumerate() {
                put(buffer, 2, 2 + i as u16, area.width.saturating_sub(4), line, app.theme.text());
            }
            return None;
        }
    };
    put(buffer, 1, area.y, area.width.saturating_sub(2), &heading(table, numbers), app.theme.heading());
    let name_width = (area.width / 4).clamp(12, 32);
    let done_at = area.right().saturating_sub(8);
    let first = table.column;
    let left = area.x + 1 + name_width + 1;
    let all = (numbers.codes.len() as u16).max(1);
    let width = (done_at.saturating_sub(left) / all).saturating_sub(1).clamp(9, 20);
    let fitting = usize::from(done_at.saturating_sub(left) / (width + 1));
    let columns: Vec<(usize, u16)> = (first..numbers.codes.len())
        .take(fitting)
        .enumerate()
        .map(|(n, i)| (i, left + n as u16 * (width + 1)))
        .collect();
    let y = area.y + 2;
    put(buffer, 1, y, name_width, &numbers.heading, app.theme.dim());
    for (i, x) in &columns {
        let Some(code) = numbers.codes.get(*i) else { continue };
        put_right(
            buffer,
            *x,
            x + width,
            y,
            &short(desk, code.place, width),
            app.theme.code(desk.coded.codebook.color(code.place)),
        );
    }
    let shown = columns.len();
    if first > 0 || first + shown < numbers.codes.len() {
        put(
            buffer,
            done_at,
            area.y + 1,
            8,
            &format!("{}–{}/{}", first + 1, first + shown, numbers.codes.len()),
            app.theme.dim(),
        );
    }
    put_right(buffer, done_at, area.right().saturating_sub(1), y, "done", app.theme.dim());
    let legend = flow(&strings::LEGEND, area.width.saturating_sub(2));
    let lowest = area.bottom().saturating_sub(3 + legend.len() as u16);
    let bottom = lowest.min(y + 2 + numbers.groups.len() as u16);
    let rows = usize::from(lowest.saturating_sub(y + 1));
    let top = table.row.min(numbers.groups.len().saturating_sub(rows));
    for (line, (g, group)) in numbers.groups.iter().enumerate().skip(top).take(rows).enumerate() {
        let y = y + 1 + line as u16;
        let name = if group.name.is_empty() { &group.id } else { &group.name };
        put(buffer, 1, y, name_width, name, app.theme.text());
        for (i, x) in &columns {
            let cell = numbers.cell(g, *i);
            let sign = cell.status.sign(cell.n.unwrap_or(0));
            let style = if cell.n.is_some_and(|n| n > 0) { app.theme.text() } else { app.theme.dim() };
            put_right(buffer, *x, x + width, y, &sign, style);
        }
        if let Some(cell) = numbers.codes.first().map(|_| numbers.cell(g, 0)) {
            let done = format!("{}/{}", cell.documents_done, cell.documents);
            put_right(buffer, done_at, area.right().saturating_sub(1), y, &done, app.theme.dim());
        }
    }
    put(buffer, 1, bottom, name_width, &format!("{} with it", plural(&numbers.heading)), app.theme.heading());
    for (i, x) in &columns {
        let Some(total) = numbers.totals.get(*i) else { continue };
        put_right(
            buffer,
            *x,
            x + width,
            bottom,
            &format!("{}/{}", total.cases, total.cases_read),
            app.theme.heading(),
        );
    }
    for (i, line) in legend.iter().enumerate() {
        put(buffer, 1, bottom + 2 + i as u16, area.width.saturating_sub(2), line, app.theme.dim());
    }
    put(
        buffer,
        1,
        bottom + 2 + legend.len() as u16,
        area.width.saturating_sub(2),
        strings::ZERO,
        app.theme.dim(),
    );
    None
}

/// What is counted, how, and what waits.
fn heading(table: &Table, numbers: &Frequencies) -> String {
    let level = if table.options.level == export::Level::Top { "top codes" } else { "all codes" };
    let mut parts = vec![
        format!("{} × {level}", numbers.heading),
        table.options.count.as_str().to_owned(),
        format!("reading: {}", table.options.reading.as_str()),
        "roles: respondent".to_owned(),
    ];
    if numbers.waiting > 0 {
        parts.push(format!("{} codings wait for review", numbers.waiting));
    }
    if numbers.uncounted > 0 && table.options.count == CountRule::Passages {
        parts.push(format!("{} passages in turns that do not count", numbers.uncounted));
    }
    parts.join(" · ")
}

/// The heading of a code's column: its key and as much of its label as fits.
fn short(desk: &Desk, place: usize, width: u16) -> String {
    let key = desk.coded.codebook.codes.get(place).and_then(|c| c.shortcut);
    let label = desk.label(place);
    let text = key.map_or_else(|| label.to_owned(), |k| format!("{k} {label}"));
    crate::safe::fit(&crate::safe::safe(&text), usize::from(width)).into_owned()
}

/// Items side by side with three spaces between, on as many lines as they need.
fn flow(items: &[&str], width: u16) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for item in items {
        match out.last_mut() {
            Some(line) if text_width(line) + 3 + text_width(item) <= usize::from(width) => {
                line.push_str("   ");
                line.push_str(item);
            }
            _ => out.push((*item).to_owned()),
        }
    }
    out
}

fn plural(heading: &str) -> String {
    if heading.ends_with('s') { heading.to_owned() } else { format!("{heading}s") }
}
