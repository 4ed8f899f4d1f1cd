//! The frequency table on the whole screen: numbers shaded by size, the cell at hand, and what each
//! sign asks the coder to do.

use export::{By, CountRule, Frequencies};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::spots::{first as shown_from, spot};
use super::{clear, lines, put, put_right};
use crate::app::App;
use crate::desk::Desk;
use crate::layers::table::Table;
use crate::safe::text_width;
use crate::strings::{self, lists as words};

/// Where the table stands on the screen.
struct Layout {
    /// Width of the names of the rows.
    names: u16,
    /// Width of a column.
    width: u16,
    /// Columns that are shown, each with its left edge.
    columns: Vec<(usize, u16)>,
    /// Left edge of the column that tells what is done.
    done: u16,
    /// Right edge of everything.
    right: u16,
}

/// Draws the table.
pub fn draw(app: &App, table: &Table, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let area = Rect { height: screen.height.saturating_sub(1), ..screen };
    clear(buffer, area);
    let room = area.width.saturating_sub(2);
    let numbers = match &table.numbers {
        Ok(numbers) => numbers,
        Err(why) => {
            put(buffer, 1, 0, room, &words::NO_TABLE, app.theme.heading());
            for (i, line) in lines(why, area.width.saturating_sub(4)).iter().enumerate() {
                put(buffer, 2, 2 + i as u16, area.width.saturating_sub(4), line, app.theme.text());
            }
            return None;
        }
    };
    let uncounted = if table.options.count == CountRule::Passages { numbers.uncounted } else { 0 };
    let heading =
        words::table(&table.options, &numbers.heading, numbers.waiting, uncounted, desk.nobody_primary());
    put(buffer, 1, area.y, room, &heading, app.theme.heading());
    let layout = layout(table, numbers, area);
    heads(app, desk, table, numbers, &layout, buffer, area.y + 2);
    let first = area.y + 3;
    let items: Vec<String> = words::LEGEND.iter().map(|(sign, what)| format!("{sign} {what}")).collect();
    let mut legend = flow(&items, room);
    legend.push(strings::ZERO.to_owned());
    // A table of one row compares nothing, and nothing else on it says how to get more.
    let caseless = table.options.by == By::Case
        && numbers.groups.first().is_some_and(|g| g.id.is_empty() && numbers.groups.len() == 1);
    let advice = if caseless { lines(&words::NO_CASES, room) } else { Vec::new() };
    // On a low screen the rows come before the legend, and the cell at hand is explained all the same.
    let room_below = area.bottom().saturating_sub(first);
    if room_below < legend.len() as u16 + 8 {
        legend.clear();
    }
    let below = 3 + (advice.len() + legend.len()) as u16;
    let rows = usize::from(room_below.saturating_sub(below)).max(1);
    let top = shown_from(table.top, table.row, rows);
    let mut y = first;
    for g in (top..numbers.groups.len()).take(rows) {
        if y < area.bottom() {
            row(app, desk, table, numbers, &layout, g, buffer, y);
        }
        y += 1;
    }
    totals(app, numbers, &desk.corpus.case_label, &layout, buffer, y);
    explain(app, desk, table, numbers, buffer, Rect::new(1, y + 1, room, 2).intersection(area));
    let advice = advice.iter().map(|l| (l, app.theme.text()));
    let legend = legend.iter().map(|l| (l, app.theme.dim()));
    for (i, (line, style)) in advice.chain(legend).enumerate() {
        let y = y + 3 + i as u16;
        if y < area.bottom() {
            put(buffer, 1, y, room, line, style);
        }
    }
    None
}

fn layout(table: &Table, numbers: &Frequencies, area: Rect) -> Layout {
    let names = (area.width / 4).clamp(12, 32);
    let right = area.right().saturating_sub(1);
    let done = right.saturating_sub(7);
    let left = 1 + names + 1;
    let all = (numbers.codes.len() as u16).max(1);
    let width = (done.saturating_sub(left) / all).saturating_sub(1).clamp(9, 20);
    let fitting = usize::from(done.saturating_sub(left) / (width + 1)).max(1);
    let first = shown_from(table.left, table.column, fitting);
    let columns: Vec<(usize, u16)> = (first..numbers.codes.len())
        .take(fitting)
        .enumerate()
        .map(|(n, i)| (i, left + n as u16 * (width + 1)))
        .collect();
    // Beside the last column, however wide the terminal is: the eye follows a row only so far.
    let done = done.min(left + columns.len() as u16 * (width + 1));
    Layout { names, width, columns, done, right: right.min(done + 7) }
}

fn heads(
    app: &App,
    desk: &Desk,
    table: &Table,
    numbers: &Frequencies,
    layout: &Layout,
    buffer: &mut Buffer,
    y: u16,
) {
    put(buffer, 1, y, layout.names, &numbers.heading, app.theme.dim());
    for (i, x) in &layout.columns {
        let Some(code) = numbers.codes.get(*i) else { continue };
        let style = app.theme.code(desk.coded.codebook.color(code.place));
        let style = if *i == table.column { style.patch(app.theme.heading()) } else { style };
        for (up, text) in short(desk, code.place, layout.width).iter().rev().enumerate() {
            put_right(buffer, *x, x + layout.width, y.saturating_sub(up as u16), text, style);
        }
    }
    if let Some((first, last)) = layout.columns.first().zip(layout.columns.last())
        && layout.columns.len() < numbers.codes.len()
    {
        let text = format!("{}–{}/{}", first.0 + 1, last.0 + 1, numbers.codes.len());
        put_right(buffer, 1, layout.right, y.saturating_sub(1), &text, app.theme.dim());
    }
    put_right(buffer, layout.done, layout.right, y, &words::DONE, app.theme.dim());
}

#[expect(clippy::too_many_arguments, reason = "one row of a table, drawn in place")]
fn row(
    app: &App,
    desk: &Desk,
    table: &Table,
    numbers: &Frequencies,
    layout: &Layout,
    g: usize,
    buffer: &mut Buffer,
    y: u16,
) {
    let Some(group) = numbers.groups.get(g) else { return };
    let name = &words::row(&numbers.heading, group);
    let here = g == table.row;
    let style = if here { app.theme.heading() } else { app.theme.text() };
    put(buffer, 1, y, layout.names, name, style);
    let largest = numbers.cells.iter().filter_map(|c| c.n).max().unwrap_or(0);
    for (i, x) in &layout.columns {
        let Some(code) = numbers.codes.get(*i) else { continue };
        let cell = numbers.cell(g, *i);
        let n = cell.n.unwrap_or(0);
        let step = if largest == 0 { 0 } else { (n * 4).div_ceil(largest) as usize };
        let plain = if n > 0 { app.theme.text() } else { app.theme.dim() };
        let shade = app.theme.shade(desk.coded.codebook.color(code.place), step);
        let area = spot(Rect::new(*x, y, layout.width, 1).intersection(buffer.area), g, *i);
        if let Some(shade) = shade {
            // Half of the column: stripes that touch would read as bars.
            let half = Rect { x: area.x + area.width / 2, width: area.width - area.width / 2, ..area };
            buffer.set_style(half, shade);
        } else if let Some(sign) = words::SHADES.get(step).filter(|_| step > 0) {
            put(buffer, area.x + area.width / 2, y, 1, sign, plain);
        }
        let sign = format!("{} ", cell.status.sign(n));
        put_right(buffer, *x, x + layout.width, y, &sign, shade.unwrap_or(plain));
        if here && *i == table.column {
            buffer.set_style(area, app.theme.selected());
        }
    }
    if let Some(cell) = numbers.codes.first().map(|_| numbers.cell(g, 0)) {
        let done = format!("{}/{}", cell.documents_done, cell.documents);
        put_right(buffer, layout.done, layout.right, y, &done, app.theme.dim());
    }
}

/// Cases with the code, of those that were read: the figure to report first.
fn totals(app: &App, numbers: &Frequencies, case: &str, layout: &Layout, buffer: &mut Buffer, y: u16) {
    if y >= buffer.area.bottom() {
        return;
    }
    let heading = words::with_it(case);
    put(buffer, 1, y, layout.names, &heading, app.theme.heading());
    for (i, x) in &layout.columns {
        let Some(total) = numbers.totals.get(*i) else { continue };
        let text = format!("{}/{} ", total.cases, total.cases_read);
        put_right(buffer, *x, x + layout.width, y, &text, app.theme.heading());
    }
}

/// What the cell at hand says; in its place the message of the moment.
fn explain(app: &App, desk: &Desk, table: &Table, numbers: &Frequencies, buffer: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    if let Some(message) = &app.message {
        let style = if message.alarm { app.theme.alarm() } else { app.theme.heading() };
        for (i, line) in lines(&message.text, area.width).iter().take(usize::from(area.height)).enumerate() {
            put(buffer, area.x, area.y + i as u16, area.width, line, style);
        }
        return;
    }
    let Some((group, code)) = numbers.groups.get(table.row).zip(numbers.codes.get(table.column)) else {
        return;
    };
    let cell = numbers.cell(table.row, table.column);
    let name = &words::row(&numbers.heading, group);
    let mut text = words::cell(name, desk.label(code.place));
    text.push_str(": ");
    text.push_str(&cell.status.sign(cell.n.unwrap_or(0)));
    text.push_str(", ");
    text.push_str(words::status(cell.status));
    for (i, line) in lines(&text, area.width).iter().take(usize::from(area.height)).enumerate() {
        put(buffer, area.x, area.y + i as u16, area.width, line, app.theme.text());
    }
}

/// The heading of a code's column: its key and as much of its label as two lines hold.
fn short(desk: &Desk, place: usize, width: u16) -> Vec<String> {
    let key = desk.coded.codebook.codes.get(place).and_then(|c| c.shortcut);
    let label = desk.label(place);
    // A single word that fits without its key has the key above it.
    if let Some(key) = key
        && !label.contains(char::is_whitespace)
        && text_width(label) <= usize::from(width)
        && text_width(label) + 2 > usize::from(width)
    {
        return vec![key.to_string(), label.to_owned()];
    }
    let mut out = lines(label, width.saturating_sub(if key.is_some() { 2 } else { 0 }));
    if out.len() > 2 {
        let rest = out.split_off(1).join(" ");
        out.push(rest);
    }
    if let Some((first, key)) = out.first_mut().zip(key) {
        *first = format!("{key} {first}");
    }
    // A column that is cut is cut at its right end, as its beginning tells more.
    out.iter().map(|l| crate::safe::fit(l, usize::from(width)).into_owned()).collect()
}

/// Items side by side with three spaces between, on as many lines as they need.
fn flow(items: &[String], width: u16) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for item in items {
        match out.last_mut() {
            Some(line) if text_width(line) + 3 + text_width(item) <= usize::from(width) => {
                line.push_str("   ");
                line.push_str(item);
            }
            _ => out.push(item.clone()),
        }
    }
    out
}
