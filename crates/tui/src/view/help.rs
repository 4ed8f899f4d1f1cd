//! The help: keys and what they do, those of the place where the user was first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{lines, put, typed, window};
use crate::app::App;
use crate::layers::help::Help;
use crate::safe::text_width;
use crate::strings;

/// Draws the window; returns where the cursor stands.
pub fn draw(app: &App, help: &Help, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let inner = window(app.theme, buffer, screen, (90, screen.height), &strings::HELP_TITLE);
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
    let keys = 18.min(inner.width / 3);
    let mut y = inner.y + 2;
    for (context, def) in help.lines().into_iter().skip(help.top) {
        if y >= inner.bottom() {
            break;
        }
        let Some(def) = def else {
            put(buffer, inner.x, y, inner.width, context.heading(), app.theme.heading());
            y += 1;
            continue;
        };
        let shown = def.shown();
        let x = inner.x + keys.saturating_sub(text_width(&shown).min(usize::from(keys)) as u16);
        put(buffer, x, y, keys, &shown, app.theme.key());
        let room = inner.width.saturating_sub(keys + 2);
        for line in lines(def.doc(), room) {
            if y < inner.bottom() {
                put(buffer, inner.x + keys + 2, y, room, &line, app.theme.text());
            }
            y += 1;
        }
    }
    Some(cursor)
}
