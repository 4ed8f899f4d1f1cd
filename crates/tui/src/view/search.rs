//! The line in which a search is typed, in the place of the status line.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{clear, put, put_right, typed};
use crate::app::App;
use crate::layers::prompt::Prompt;

/// Draws the line; returns where the cursor stands.
pub fn draw(app: &App, prompt: &Prompt, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    clear(buffer, area);
    let found = app.reader.find.as_ref().filter(|f| !f.query.trim().is_empty());
    let count = found.map(|f| crate::strings::panes::found(f.hits.len()));
    let right = put_right(
        buffer,
        area.x,
        area.right().saturating_sub(1),
        area.y,
        &count.unwrap_or_default(),
        app.theme.dim(),
    );
    put(buffer, area.x + 1, area.y, 1, "/", app.theme.key());
    Some(typed(app.theme, buffer, area.x + 2, area.y, right.saturating_sub(area.x + 3), &prompt.query))
}
