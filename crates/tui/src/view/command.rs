//! The line in which a command is typed, in the place of the status line, and above it what the word
//! at the end can become.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{clear, frame, put, typed};
use crate::app::App;
use crate::layers::command::Command;
use crate::safe::{safe, text_width};

/// How many choices are shown at once.
const SHOWN: usize = 8;

/// Draws the line; returns where the cursor stands.
pub fn draw(app: &App, command: &Command, buffer: &mut Buffer, screen: Rect, area: Rect) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    choices(app, command, buffer, screen, area);
    clear(buffer, area);
    // What is wrong with the line is said behind it.
    let warning = app.message.as_ref().filter(|m| m.alarm).map(|m| format!(" {} ", m.text));
    let mut right = area.right().saturating_sub(1);
    if let Some(warning) = warning.filter(|w| text_width(w) + 20 < usize::from(area.width)) {
        right =
            super::put_right(buffer, area.x, right, area.y, &warning, app.theme.alarm()).saturating_sub(1);
    }
    put(buffer, area.x + 1, area.y, 1, ":", app.theme.key());
    Some(typed(app.theme, buffer, area.x + 2, area.y, right.saturating_sub(area.x + 2), &command.line))
}

/// The box with the choices, as narrow as they are.
fn choices(app: &App, command: &Command, buffer: &mut Buffer, screen: Rect, area: Rect) {
    let rows = command.choices.len().min(SHOWN).min(usize::from(area.y.saturating_sub(screen.y + 3)));
    if rows == 0 {
        return;
    }
    let at = command.at.unwrap_or(0);
    let top = (at + 1).saturating_sub(rows);
    let shown = || command.choices.iter().enumerate().skip(top).take(rows);
    let words = command.choices.iter().map(|(w, _)| text_width(&safe(w))).max().unwrap_or(0);
    let about = command.choices.iter().map(|(_, a)| text_width(&safe(a))).max().unwrap_or(0);
    let width = (words + 2 + about + 4).min(usize::from(screen.width)) as u16;
    let height = rows as u16 + 2;
    let frame_at = Rect::new(screen.x, area.y.saturating_sub(height), width, height);
    clear(buffer, frame_at);
    let all = command.choices.len();
    let title = if all > rows { format!("{}/{all}", at + 1) } else { String::new() };
    frame(app.theme, buffer, frame_at, &title);
    for (row, (i, (word, about))) in shown().enumerate() {
        let y = frame_at.y + 1 + row as u16;
        let x = frame_at.x + 2;
        let room = width.saturating_sub(4);
        put(buffer, x, y, room, word, app.theme.text());
        let beside = (words + 2) as u16;
        put(buffer, x + beside, y, room.saturating_sub(beside), about, app.theme.dim());
        if command.at == Some(i) {
            let row = Rect::new(x, y, room, 1).intersection(buffer.area);
            buffer.set_style(row, app.theme.selected());
        }
    }
}
