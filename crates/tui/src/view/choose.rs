//! A list to choose from.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::spots::{first, spot};
use super::{put, rule, typed, window};
use crate::app::App;
use crate::layers::choose::Choose;
use crate::strings::coding as words;

/// Draws the list; returns where the cursor stands.
pub fn draw(app: &App, choose: &Choose, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let items = choose.fitting();
    let height = (choose.items.len() as u16 + 4).clamp(6, screen.height.saturating_sub(4).max(6));
    let inner = window(app.theme, buffer, screen, (64, height), choose.title());
    if inner.is_empty() {
        return None;
    }
    put(buffer, inner.x, inner.y, 2, "> ", app.theme.key());
    let cursor = typed(app.theme, buffer, inner.x + 2, inner.y, inner.width.saturating_sub(2), &choose.query);
    rule(app.theme, buffer, inner, inner.y + 1);
    let rows = usize::from(inner.height.saturating_sub(2));
    let top = first(choose.top, choose.at, rows);
    if items.is_empty() {
        put(buffer, inner.x, inner.y + 2, inner.width, &words::NOTHING_FITS, app.theme.dim());
    }
    for (line, (i, (_, label))) in items.iter().enumerate().skip(top).take(rows).enumerate() {
        let y = inner.y + 2 + line as u16;
        put(buffer, inner.x + 1, y, inner.width.saturating_sub(1), label, app.theme.text());
        let row = spot(Rect::new(inner.x, y, inner.width, 1).intersection(buffer.area), i, 0);
        if i == choose.at {
            buffer.set_style(row, app.theme.selected());
        }
    }
    Some(cursor)
}
