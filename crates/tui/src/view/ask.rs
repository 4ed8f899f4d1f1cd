//! Questions in a small window: a line to type, a few things to choose from, a key to press.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use super::{lines, put, window};
use crate::app::App;
use crate::layers::ask::{Choose, Line, Press};
use crate::safe::{safe, text_width};

const WIDTH: u16 = 84;

/// Draws a line to type in, broken where it is long; returns where the cursor stands.
pub fn line(app: &App, line: &Line, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let width = WIDTH.min(screen.width.saturating_sub(2));
    let room = usize::from(width.saturating_sub(4)).max(4);
    let hint = lines(&line.hint, width.saturating_sub(4));
    let (rows, (row, cell)) = typed_rows(&line.text, line.cursor, room);
    let most = screen.height.saturating_sub(6 + hint.len() as u16).max(1);
    let shown = (rows.len() as u16).min(most);
    let height = shown + 2 + hint.len() as u16;
    let inner = window(app.theme, buffer, screen, (width, height), &line.title);
    if inner.is_empty() {
        return None;
    }
    let top = (row + 1).saturating_sub(usize::from(shown));
    for (i, text) in rows.iter().skip(top).take(usize::from(shown)).enumerate() {
        put(buffer, inner.x, inner.y + i as u16, inner.width, text, app.theme.text());
    }
    for (i, text) in hint.iter().enumerate().take(usize::from(inner.height.saturating_sub(shown))) {
        put(buffer, inner.x, inner.y + shown + i as u16, inner.width, text, app.theme.dim());
    }
    Some(Position::new(inner.x + cell as u16, inner.y + (row - top) as u16))
}

/// What was typed, in rows, with the row and cell of the cursor.
fn typed_rows(text: &str, cursor: usize, room: usize) -> (Vec<String>, (usize, usize)) {
    let mut rows = vec![String::new()];
    let mut at = (0, 0);
    for (byte, grapheme) in text.grapheme_indices(true) {
        let shown = safe(grapheme);
        let last = rows.last().map_or(0, |r| text_width(r));
        if last + text_width(&shown) > room.saturating_sub(1) {
            rows.push(String::new());
        }
        if byte == cursor {
            at = (rows.len() - 1, rows.last().map_or(0, |r| text_width(r)));
        }
        rows.last_mut().into_iter().for_each(|r| r.push_str(&shown));
    }
    if cursor >= text.len() {
        at = (rows.len() - 1, rows.last().map_or(0, |r| text_width(r)));
    }
    (rows, at)
}

/// Draws what can be chosen, each with what follows from it.
pub fn choose(app: &App, choose: &Choose, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let width = WIDTH.min(screen.width.saturating_sub(2));
    let label = choose.choices.iter().map(|(l, _)| text_width(l)).max().unwrap_or(0) as u16 + 4;
    let texts: Vec<Vec<String>> = choose
        .choices
        .iter()
        .map(|(_, what)| {
            let mut text = lines(what, width.saturating_sub(4 + label));
            if text.is_empty() {
                text.push(String::new());
            }
            text
        })
        .collect();
    let height = texts.iter().map(Vec::len).sum::<usize>() as u16 + 2;
    let inner = window(app.theme, buffer, screen, (width, height), &choose.title);
    let mut y = inner.y;
    for (i, ((word, _), text)) in choose.choices.iter().zip(&texts).enumerate() {
        for (n, line) in text.iter().enumerate() {
            if y >= inner.bottom() {
                return None;
            }
            if n == 0 {
                put(buffer, inner.x, y, 2, &(i + 1).to_string(), app.theme.key());
                put(buffer, inner.x + 2, y, label.saturating_sub(2), word, app.theme.heading());
            }
            let room = inner.width.saturating_sub(label);
            put(buffer, inner.x + label, y, room, line, app.theme.text());
            if i == choose.at {
                let row = Rect::new(inner.x, y, inner.width, 1).intersection(buffer.area);
                buffer.set_style(row, app.theme.selected());
            }
            y += 1;
        }
    }
    None
}

/// Draws the question for a key.
pub fn press(app: &App, press: &Press, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let width = WIDTH.min(screen.width.saturating_sub(2));
    let hint = lines(&press.hint, width.saturating_sub(4));
    let inner = window(app.theme, buffer, screen, (width, 2 + hint.len() as u16), &press.title);
    for (i, text) in hint.iter().enumerate().take(usize::from(inner.height)) {
        put(buffer, inner.x, inner.y + i as u16, inner.width, text, app.theme.text());
    }
    None
}
