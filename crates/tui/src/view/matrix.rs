//! The effect matrix: code by dimension, each effect as a sign with a word.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::spots::{first as shown_from, spot};
use super::{clear, lines, put, put_right};
use crate::app::App;
use crate::layers::matrix::{Declared, Matrix};
use crate::strings::book as words;

/// Draws the matrix.
pub fn draw(app: &App, matrix: &Matrix, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let area = Rect { height: screen.height.saturating_sub(1), ..screen };
    clear(buffer, area);
    let room = area.width.saturating_sub(2);
    put(buffer, 1, area.y, room, &words::MATRIX, app.theme.heading());
    let names = (area.width / 4).clamp(12, 30);
    let degree = 8;
    let right = area.right().saturating_sub(1 + degree);
    let left = names + 2;
    let all = (matrix.dimensions.len() as u16).max(1);
    let width = (right.saturating_sub(left) / all).saturating_sub(1).clamp(12, 18);
    let fitting = usize::from(right.saturating_sub(left) / (width + 1)).max(1);
    let first = shown_from(matrix.left, matrix.column, fitting);
    let columns: Vec<(usize, u16)> = (first..matrix.dimensions.len())
        .take(fitting)
        .enumerate()
        .map(|(n, i)| (i, left + n as u16 * (width + 1)))
        .collect();
    // Beside the last column, however wide the terminal is.
    let right = right.min(left + columns.len() as u16 * (width + 1));
    let end = right + degree;
    let mut y = area.y + 2;
    for (i, x) in &columns {
        let Some(dimension) = matrix.dimensions.get(*i) else { continue };
        let style = if *i == matrix.column { app.theme.heading() } else { app.theme.text() };
        put(buffer, *x, y, width, &dimension.id, style);
        for (line, text) in lines(&dimension.label, width).iter().take(2).enumerate() {
            put(buffer, *x, y + 1 + line as u16, width, text, app.theme.dim());
        }
    }
    put_right(buffer, right, end, y, &words::DEGREE, app.theme.dim());
    y += 3;
    let bottom = area.bottom().saturating_sub(4);
    let rows = usize::from(bottom.saturating_sub(y)).max(1);
    let top = shown_from(matrix.top, matrix.row, rows);
    for (index, line) in matrix.lines.iter().enumerate().skip(top).take(rows) {
        let color = app.theme.code(desk.coded.codebook.color(line.code));
        put(buffer, 1, y, 1, "▌", color);
        let style = if index == matrix.row { app.theme.heading() } else { app.theme.text() };
        put(buffer, 2, y, names.saturating_sub(1), desk.label(line.code), style);
        for (i, x) in &columns {
            let here = spot(Rect::new(*x, y, width, 1).intersection(buffer.area), index, *i);
            let (text, known) = match line.cells.get(*i).and_then(Option::as_ref) {
                Some(effect) => (sign(effect), effect.value.is_some()),
                None => continue,
            };
            let style = if known { app.theme.text() } else { app.theme.dim() };
            put(buffer, *x, y, width, &text, style);
            if index == matrix.row && *i == matrix.column {
                buffer.set_style(here, app.theme.selected());
            }
        }
        if let Some(value) = line.degree.as_ref().and_then(|d| d.value.as_ref()) {
            put_right(buffer, right, end, y, value, app.theme.text());
        }
        y += 1;
    }
    y += 1;
    if let Some((line, dimension)) = matrix.lines.get(matrix.row).zip(matrix.dimensions.get(matrix.column)) {
        let effect = line.cells.get(matrix.column).cloned().flatten().unwrap_or_default();
        let text = words::matrix_cell(desk.label(line.code), &dimension.label, &sign(&effect), &effect.basis);
        put(buffer, 1, y, room, &text, app.theme.text());
    }
    if y + 1 < area.bottom() {
        put(buffer, 1, y + 1, room, &words::MATRIX_NOTE, app.theme.dim());
    }
    None
}

/// An effect as its sign with a word.
fn sign(effect: &Declared) -> String {
    match &effect.value {
        Some(value) => format!("{value} {}", words::effect(value)),
        None => words::no_effect(effect.blank).to_owned(),
    }
}
