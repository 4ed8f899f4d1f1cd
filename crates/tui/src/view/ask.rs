//! Questions in a small window: a line to type, a few things to choose from, a key to press.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use super::spots::spot;
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
    let (rows, (row, cell)) = typed_rows(&line.text, line.text.cursor(), room);
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

/// What was typed, in rows broken at spaces, with the row and cell of the cursor.
fn typed_rows(text: &str, cursor: usize, room: usize) -> (Vec<String>, (usize, usize)) {
    let width = |from: usize, to: usize| text_width(&safe(text.get(from..to).unwrap_or_default()));
    // One cell is left for the cursor behind the last character.
    let most = room.saturating_sub(1).max(1);
    let mut starts = vec![0];
    let mut chance = 0;
    for (byte, grapheme) in text.grapheme_indices(true) {
        let start = starts.last().copied().unwrap_or(0);
        if width(start, byte + grapheme.len()) > most && byte > start && grapheme != " " {
            starts.push(if chance > start { chance } else { byte });
        }
        if grapheme == " " {
            chance = byte + 1;
        }
    }
    let end = |row: usize| starts.get(row + 1).copied().unwrap_or(text.len());
    let row = starts.partition_point(|s| *s <= cursor).saturating_sub(1);
    let cell = width(starts.get(row).copied().unwrap_or(0), cursor).min(most);
    let rows = starts.iter().enumerate().map(|(i, s)| {
        let row = text.get(*s..end(i)).unwrap_or_default();
        safe(row).into_owned()
    });
    (rows.collect(), (row, cell))
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
            let row = spot(Rect::new(inner.x, y, inner.width, 1).intersection(buffer.area), i, 0);
            if i == choose.at {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_broken_at_spaces_and_the_cursor_is_found() {
        let (rows, at) = typed_rows("een twee drie", 13, 9);
        assert_eq!(rows, ["een twee ", "drie"]);
        assert_eq!(at, (1, 4));
        assert_eq!(typed_rows("een twee drie", 4, 9).1, (0, 4));
        assert_eq!(typed_rows("een twee drie", 9, 9).1, (1, 0));
        let (rows, at) = typed_rows("abcdefghij", 10, 5);
        assert_eq!(rows, ["abcd", "efgh", "ij"]);
        assert_eq!(at, (2, 2));
        assert_eq!(typed_rows("", 0, 5), (vec![String::new()], (0, 0)));
    }
}
