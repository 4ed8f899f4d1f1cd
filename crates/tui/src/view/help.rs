//! The help: keys and what they do, those of the place where the user was first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{put, put_right, typed, window};
use crate::app::App;
use crate::layers::help::{Help, WIDTH, room};
use crate::safe::text_width;
use crate::strings;

/// Draws the window; returns where the cursor stands.
pub fn draw(app: &App, help: &Help, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let inner = window(app.theme, buffer, screen, (WIDTH, screen.height), &strings::HELP_TITLE);
    if inner.is_empty() {
        return None;
    }
    put(buffer, inner.x, inner.y, 2, "/ ", app.theme.key());
    let cursor = typed(app.theme, buffer, inner.x + 2, inner.y, inner.width.saturating_sub(2), &help.filter);
    if help.filter.is_empty() {
        put(
            buffer,
            inner.x + 4,
            inner.y,
            inner.width.saturating_sub(4),
            &strings::HELP_HINT,
            app.theme.dim(),
        );
    }
    let (_, room) = room(screen.as_size().into());
    let rows = help.rows(inner.width);
    let mut top = help.top.min(rows.len().saturating_sub(usize::from(room)));
    // Scrolled into a group, its heading stays in sight.
    let Some(first) = rows.get(top) else {
        put(buffer, inner.x, inner.y + 1, inner.width, &strings::tools::NO_ACTION, app.theme.dim());
        return Some(cursor);
    };
    let mut y = inner.y + 1;
    if !(first.keys.is_empty() && first.text.is_empty()) {
        put(buffer, inner.x, y, inner.width, first.context.heading(), app.theme.heading());
        y += 1;
        top += 1;
    }
    for row in rows.iter().skip(top) {
        if y >= inner.bottom() {
            break;
        }
        if row.keys.is_empty() && row.text.is_empty() {
            put(buffer, inner.x, y, inner.width, row.context.heading(), app.theme.heading());
        } else if row.text.is_empty() {
            put(buffer, inner.x, y, inner.width, &row.keys, app.theme.key());
        } else {
            let keys = text_width(&row.keys) as u16;
            let x = inner.x + row.at.saturating_sub(2 + keys);
            put(buffer, x, y, keys, &row.keys, app.theme.key());
            put(buffer, inner.x + row.at, y, inner.width.saturating_sub(row.at), &row.text, app.theme.text());
        }
        y += 1;
    }
    if rows.len() > usize::from(room) {
        let shown = strings::tools::lines(top + 1, (top + usize::from(room)).min(rows.len()), rows.len());
        put_right(buffer, inner.x + inner.width / 2, inner.right(), inner.y, &shown, app.theme.dim());
    }
    Some(cursor)
}
