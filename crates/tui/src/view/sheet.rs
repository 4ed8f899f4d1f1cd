//! A table on the whole screen: heading and rule, the columns that say what a row is, the others as far as
//! they fit, and below them the cell at hand and what must be known.

use export::sheet::{Field, Kind, Value};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::spots::{first as shown_from, spot};
use super::{clear, lines, put, put_right};
use crate::app::App;
use crate::desk::Desk;
use crate::layers::sheet::{Sheet, fixed};
use crate::safe::{safe, text_width};
use crate::strings::{lists, sheets as words};

/// The widest column of words.
const WIDEST: u16 = 28;
/// The narrowest column.
const NARROWEST: u16 = 3;
/// Rows that are measured for the width of a column.
const MEASURED: usize = 200;

/// Where the columns stand.
struct Layout {
    /// Columns that are shown, each with its left edge and its width.
    columns: Vec<(usize, u16, u16)>,
    /// The first of those that move.
    first: usize,
    /// Lines of the heads.
    heads: u16,
}

/// Draws the table.
pub fn draw(app: &App, table: &Sheet, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let area = Rect { height: screen.height.saturating_sub(1), ..screen };
    clear(buffer, area);
    let room = area.width.saturating_sub(2);
    let sheet = match (&table.sheets, table.sheet()) {
        (Ok(_), Some(sheet)) => sheet,
        (why, _) => {
            put(buffer, 1, 0, room, &lists::NO_TABLE, app.theme.heading());
            let why = why.as_ref().err().map_or("", String::as_str);
            for (i, line) in lines(why, room.saturating_sub(2)).iter().enumerate() {
                put(buffer, 2, 2 + i as u16, room.saturating_sub(2), line, app.theme.text());
            }
            return None;
        }
    };
    let taken = put(buffer, 1, area.y, room, &sheet.title, app.theme.heading());
    let many = table.sheets.as_ref().map_or(0, Vec::len);
    if many > 1 {
        put_right(buffer, 2 + taken, 1 + room, area.y, &words::nth(table.at, many), app.theme.dim());
    }
    let alone = app.desk.as_ref().is_some_and(Desk::nobody_primary);
    let rule: Vec<String> = sheet.facts.iter().map(|f| words::fact(f, alone)).collect();
    put(buffer, 1, area.y + 1, room, &rule.join(" · "), app.theme.dim());
    let layout = layout(table, sheet, area);
    let mut y = area.y + 3;
    heads(app, table, sheet, &layout, buffer, y);
    y += layout.heads;
    let totals = sheet.totals.len() as u16;
    // A third of the screen, and what the rows leave free.
    let free = usize::from(area.bottom().saturating_sub(y + 3 + totals)).saturating_sub(sheet.rows.len());
    let notes = notes(sheet, room, (area.height / 3).max(free as u16));
    let below = 3 + notes.len() as u16;
    let rows = usize::from(area.bottom().saturating_sub(y + below + totals)).max(1);
    let top = shown_from(table.top, table.row, rows);
    if sheet.rows.is_empty() {
        put(buffer, 1, y, room, &words::NO_ROWS, app.theme.text());
        y += 1;
    }
    for (r, values) in sheet.rows.iter().enumerate().skip(top).take(rows) {
        row(app, table, sheet, &layout, buffer, y, Some(r), values);
        y += 1;
    }
    for values in &sheet.totals {
        row(app, table, sheet, &layout, buffer, y, None, values);
        y += 1;
    }
    ranges(app, sheet, &layout, buffer, Rect::new(1, area.y + 2, room, 1), (top, rows));
    explain(app, table, sheet, buffer, Rect::new(1, y + 1, room, 2).intersection(area));
    for (i, line) in notes.iter().enumerate() {
        let y = y + 3 + i as u16;
        if y < area.bottom() {
            put(buffer, 1, y, room, line, app.theme.dim());
        }
    }
    None
}

/// The notes as lines, the first ones first; where not all fit it is said that there are more.
fn notes(sheet: &export::Sheet, width: u16, most: u16) -> Vec<String> {
    let most = usize::from(most.max(2));
    let mut out: Vec<String> = sheet.notes.iter().flat_map(|note| lines(note, width)).collect();
    if out.len() > most {
        out.truncate(most - 1);
        out.push(words::MORE_NOTES.to_owned());
    }
    out
}

/// The cells that a column wants: as wide as its values, and wide enough for its head on two lines.
fn wanted(sheet: &export::Sheet, column: usize, field: &Field) -> u16 {
    let all = sheet.rows.iter().take(MEASURED).chain(&sheet.totals);
    let values = all
        .filter_map(|r| r.get(column))
        .map(|v| text_width(&safe(&words::value(field, &v.shown(field.kind)))));
    let head = safe(&field.label);
    let word = head.split_whitespace().map(text_width).max().unwrap_or(0);
    let half = text_width(&head).div_ceil(2);
    let width = values.max().unwrap_or(0).max(word.max(half).min(16)) as u16;
    width.clamp(NARROWEST, WIDEST)
}

fn layout(table: &Sheet, sheet: &export::Sheet, area: Rect) -> Layout {
    let fixed = fixed(sheet);
    let right = area.right().saturating_sub(1);
    let widths: Vec<u16> = sheet.fields.iter().enumerate().map(|(i, f)| wanted(sheet, i, f)).collect();
    let mut columns = Vec::new();
    let mut x = 1;
    // What says what a row is takes at most half of the screen.
    let most = (area.width / 2 / (fixed as u16).max(1)).max(8);
    for (i, width) in widths.iter().enumerate().take(fixed) {
        let width = (*width).min(most);
        columns.push((i, x, width));
        x += width + 2;
    }
    let room = right.saturating_sub(x);
    // As many of the others as fit, with the one at hand among them.
    let mut first = table.left.clamp(fixed, table.column.max(fixed));
    let taken = |from: usize| -> u16 {
        widths.get(from..=table.column).unwrap_or_default().iter().map(|w| w + 2).sum::<u16>()
    };
    while first < table.column && taken(first) > room + 2 {
        first += 1;
    }
    for (i, width) in widths.iter().enumerate().skip(first) {
        let left = right.saturating_sub(x);
        if left < *width && i != table.column.max(fixed) {
            break;
        }
        let width = (*width).min(left);
        columns.push((i, x, width));
        x += width + 2;
    }
    let shown = columns.iter().filter_map(|(i, _, w)| Some(lines(&sheet.fields.get(*i)?.label, *w).len()));
    let heads = shown.max().unwrap_or(1).clamp(1, 2) as u16;
    Layout { columns, first, heads }
}

fn heads(app: &App, table: &Sheet, sheet: &export::Sheet, layout: &Layout, buffer: &mut Buffer, y: u16) {
    for (i, x, width) in &layout.columns {
        let Some(field) = sheet.fields.get(*i) else { continue };
        let style = if *i == table.column { app.theme.heading() } else { app.theme.dim() };
        let mut label = lines(&field.label, *width);
        if label.len() > 2 {
            let rest = label.split_off(1).join(" ");
            label.push(rest);
        }
        for (up, text) in label.iter().rev().enumerate() {
            let y = (y + layout.heads).saturating_sub(1 + up as u16);
            aligned(buffer, field.kind, (*x, *width), y, text, style);
        }
    }
}

/// Words to the left, numbers to the right.
fn aligned(
    buffer: &mut Buffer,
    kind: Kind,
    (x, width): (u16, u16),
    y: u16,
    text: &str,
    style: ratatui::style::Style,
) {
    if kind == Kind::Text {
        put(buffer, x, y, width, text, style);
    } else {
        put_right(buffer, x, x + width, y, text, style);
    }
}

#[expect(clippy::too_many_arguments, reason = "one row of a table, drawn in place")]
fn row(
    app: &App,
    table: &Sheet,
    sheet: &export::Sheet,
    layout: &Layout,
    buffer: &mut Buffer,
    y: u16,
    at: Option<usize>,
    values: &[Value],
) {
    for (i, x, width) in &layout.columns {
        let Some((field, value)) = sheet.fields.get(*i).zip(values.get(*i)) else { continue };
        let missing = match value {
            Value::Na | Value::Count(None, _) => true,
            Value::Count(Some(n), _) => *n == 0,
            Value::Integer(n) => *n == 0,
            _ => false,
        };
        let style = match at {
            None => app.theme.heading(),
            Some(_) if missing => app.theme.dim(),
            Some(_) => app.theme.text(),
        };
        let shown = value.shown(field.kind);
        aligned(buffer, field.kind, (*x, *width), y, &words::value(field, &shown), style);
        let Some(at) = at else { continue };
        // What says what a row is leads to its first column that is shown.
        let here = spot(Rect::new(*x, y, *width, 1).intersection(buffer.area), at, (*i).max(layout.first));
        if at == table.row && *i == table.column {
            buffer.set_style(here, app.theme.selected());
        }
    }
}

/// Which rows and columns are shown, where not all are.
fn ranges(
    app: &App,
    sheet: &export::Sheet,
    layout: &Layout,
    buffer: &mut Buffer,
    area: Rect,
    (top, rows): (usize, usize),
) {
    let mut parts = Vec::new();
    if rows < sheet.rows.len() {
        let last = (top + rows).min(sheet.rows.len());
        parts.push(words::range(&words::ROWS, top + 1, last, sheet.rows.len()));
    }
    let last = layout.columns.last().map_or(0, |(i, _, _)| *i + 1);
    if layout.first > fixed(sheet) || last < sheet.fields.len() {
        parts.push(words::range(&words::COLUMNS, layout.first + 1, last, sheet.fields.len()));
    }
    put_right(buffer, area.x, area.right(), area.y, &parts.join(" · "), app.theme.dim());
}

/// What the cell at hand says; in its place the message of the moment.
fn explain(app: &App, table: &Sheet, sheet: &export::Sheet, buffer: &mut Buffer, area: Rect) {
    let (text, style) = if let Some(m) = &app.message {
        (m.text.clone(), if m.alarm { app.theme.alarm() } else { app.theme.heading() })
    } else {
        let Some(field) = sheet.fields.get(table.column).filter(|_| !sheet.rows.is_empty()) else {
            return;
        };
        let value = sheet.value(table.row, table.column);
        let mut text = format!("{}: {}", table.told(sheet), words::value(field, &value.shown(field.kind)));
        if let Value::Count(_, status) = value {
            text = format!("{text}, {}", lists::status(*status));
        }
        if !field.about.is_empty() {
            text = format!("{text} — {}", field.about);
        }
        (text, app.theme.text())
    };
    for (i, line) in lines(&text, area.width).iter().take(usize::from(area.height)).enumerate() {
        put(buffer, area.x, area.y + i as u16, area.width, line, style);
    }
}
