//! The summaries as a grid: cases and top codes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::spots::{first as shown_from, spot};
use super::{lines, put, put_right, rule, sheet};
use crate::app::App;
use crate::layers::grid::Grid;
use crate::safe::{fit, safe};
use crate::strings::writing as words;

/// Draws the screen.
pub fn draw(app: &App, grid: &Grid, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let inner = sheet(app.theme, buffer, screen, &words::SUMMARIES);
    if inner.is_empty() {
        return None;
    }
    let book = &desk.coded.codebook;
    let name = (inner.width / 4).clamp(10, 30);
    let room = inner.width.saturating_sub(name + 1);
    let all = (grid.codes.len() as u16).max(1);
    let width = (room / all).saturating_sub(1).clamp(9, 20);
    let fitting = usize::from((room / (width + 1)).max(1));
    // The column at hand is in sight.
    let first = shown_from(grid.left, grid.column, fitting);
    let x_of = |i: usize| inner.x + name + 1 + (i - first) as u16 * (width + 1);
    for (i, place) in grid.codes.iter().enumerate().skip(first).take(fitting) {
        let key = book.codes.get(*place).and_then(|c| c.shortcut);
        let label =
            key.map_or_else(|| desk.label(*place).to_owned(), |k| format!("{k} {}", desk.label(*place)));
        let label = fit(&safe(&label), usize::from(width)).into_owned();
        put_right(buffer, x_of(i), x_of(i) + width, inner.y, &label, app.theme.code(book.color(*place)));
    }
    put(buffer, inner.x, inner.y, name, &desk.corpus.case_label, app.theme.dim());
    let below = (inner.height / 3).clamp(2, 7);
    let rows = usize::from(inner.height.saturating_sub(below + 2));
    let top = shown_from(grid.top, grid.row, rows);
    for (line, (row, case)) in grid.cases.iter().enumerate().skip(top).take(rows).enumerate() {
        let y = inner.y + 1 + line as u16;
        let label = desk.corpus.case(case).map_or(case.as_str(), |c| &c.name);
        put(buffer, inner.x, y, name, label, app.theme.text());
        for column in (first..grid.codes.len()).take(fitting) {
            let n = grid.at(row, column).len();
            let written = grid.has_summary(desk, row, column);
            let sign = words::cell(n, written);
            let style = if written {
                app.theme.heading()
            } else if n > 0 {
                app.theme.text()
            } else {
                app.theme.dim()
            };
            let (x, end) = (x_of(column), x_of(column) + width);
            put_right(buffer, x, end, y, &sign, style);
            let here = spot(Rect::new(x, y, width, 1).intersection(buffer.area), row, column);
            if (row, column) == (grid.row, grid.column) {
                buffer.set_style(here, app.theme.selected());
            }
        }
    }
    let y = inner.bottom().saturating_sub(below + 1);
    rule(app.theme, buffer, inner, y);
    let case = grid.cases.get(grid.row).map_or("", String::as_str);
    let case = desk.corpus.case(case).map_or(case, |c| &c.name);
    let code = grid.codes.get(grid.column).map_or("", |c| desk.label(*c));
    let head = words::summary_of(case, code);
    put(buffer, inner.x, y + 1, inner.width, &head, app.theme.heading());
    let text = grid.summary(desk, grid.row, grid.column).unwrap_or_default();
    let body = text.lines().flat_map(|l| lines(l, inner.width));
    for (i, line) in body.take(usize::from(below.saturating_sub(2))).enumerate() {
        put(buffer, inner.x, y + 2 + i as u16, inner.width, &line, app.theme.text());
    }
    put(
        buffer,
        inner.x,
        inner.bottom().saturating_sub(1),
        inner.width,
        &words::SUMMARY_LEGEND,
        app.theme.dim(),
    );
    if fitting < grid.codes.len() {
        let range = words::codes_of(first + 1, (first + fitting).min(grid.codes.len()), grid.codes.len());
        let y = inner.bottom().saturating_sub(1);
        put_right(buffer, inner.x, inner.right(), y, &range, app.theme.dim());
    }
    None
}
