//! What a command said.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{put, put_right, sheet};
use crate::app::App;
use crate::layers::output::Output;
use crate::safe::{safe, text_width};
use crate::strings::tools as words;

/// Draws the sheet.
pub fn draw(app: &App, output: &Output, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let inner = sheet(app.theme, buffer, screen, &words::command(&output.line));
    if inner.is_empty() {
        return None;
    }
    if output.text.is_none() {
        let (mut y, text) = (inner.y, words::RUNNING.get());
        for line in super::lines(text, inner.width) {
            put(buffer, inner.x, y, inner.width, &line, app.theme.dim());
            y += 1;
        }
        if let Some(working) = app.beside.as_ref().filter(|w| w.of > 0 || w.stopping)
            && y < inner.bottom()
        {
            let how =
                format!("{} {}", crate::strings::work::working(working, None), super::work::bar(working));
            put(buffer, inner.x, y, inner.width, &how, app.theme.text());
        }
        return None;
    }
    let lines = output.lines();
    let rows = usize::from(inner.height);
    let top = output.top.min(lines.len().saturating_sub(rows));
    let mut cut_off = false;
    for (i, line) in lines.iter().skip(top).take(rows).enumerate() {
        let line = safe(line);
        let cut = from(&line, output.left);
        cut_off |= text_width(cut) > usize::from(inner.width);
        let y = inner.y + i as u16;
        // What went wrong, and what helps, stand out without a colour of their own.
        let alarm = !output.well && line.starts_with("error: ");
        let style = if alarm { app.theme.alarm() } else { app.theme.text() };
        put(buffer, inner.x, y, inner.width, cut, style);
    }
    if lines.len() > rows {
        let shown = words::lines(top + 1, (top + rows).min(lines.len()), lines.len());
        let y = inner.bottom();
        put_right(buffer, inner.x, inner.right(), y, &format!(" {shown} "), app.theme.dim());
    }
    if cut_off {
        put(buffer, inner.x, inner.bottom(), inner.width, &words::ASIDE, app.theme.dim());
    }
    None
}

/// A line without its first cells.
fn from(line: &str, cells: usize) -> &str {
    let mut rest = line;
    while text_width(line) - text_width(rest) < cells && !rest.is_empty() {
        let mut chars = rest.chars();
        chars.next();
        rest = chars.as_str();
    }
    rest
}
