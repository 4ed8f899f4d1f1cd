//! The start screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::spots::spot;
use super::{clear, lines, put};
use crate::app::App;
use crate::layers::start::Start;
use crate::strings;

/// Draws the screen.
pub fn draw(app: &App, start: &Start, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    clear(buffer, screen);
    let width = 72.min(screen.width.saturating_sub(4));
    let x = screen.x + (screen.width.saturating_sub(width)) / 2;
    let mut y = screen.y + screen.height / 6;
    put(buffer, x, y, width, strings::PROGRAM, app.theme.heading());
    for line in lines(&strings::forms::ABOUT, width) {
        y += 1;
        put(buffer, x, y, width, &line, app.theme.dim());
    }
    y += 2;
    for (i, (word, about)) in strings::START.iter().enumerate() {
        let row = spot(Rect::new(x, y, width, 1).intersection(buffer.area), i, 0);
        put(buffer, x + 1, y, 16, word, app.theme.heading());
        put(buffer, x + 18, y, width.saturating_sub(18), about, app.theme.text());
        if i == start.at {
            buffer.set_style(row, app.theme.selected());
        }
        y += 1;
    }
    None
}
