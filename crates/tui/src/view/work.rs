//! How far long work is, at the right of the status line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{put, put_right};
use crate::app::{App, Work, Working};
use crate::layers::Layer;
use crate::safe::text_width;
use crate::strings::work as words;
use crate::update::work::{shown, stops};

/// Cells of the bar.
const BAR: usize = 12;

/// A bar that is as full as the work is done.
pub(super) fn bar(working: &Working) -> String {
    let full = (working.done * BAR).checked_div(working.of).unwrap_or(0).min(BAR);
    format!("{}{} ", "█".repeat(full), "░".repeat(BAR - full))
}

/// Draws how far long work is.
pub fn draw(app: &App, buffer: &mut Buffer, area: Rect) {
    // The sheet of a command tells by itself how far it is.
    let told = |w: &&Working| w.what != Work::Command || !matches!(app.layers.last(), Some(Layer::Output(_)));
    let Some(working) = shown(app).filter(told) else { return };
    if area.is_empty() {
        return;
    }
    let mut text = format!(" {} ", words::working(working, app.running.as_deref()));
    let bar = bar(working);
    let room = usize::from(area.width).saturating_sub(2);
    if working.of > 0 && text_width(&text) + BAR < room {
        text.push_str(&bar);
    }
    if !working.stopping && stops(app) && text_width(&text) + words::ESC_STOPS.len() < room {
        text.push_str(&words::ESC_STOPS);
        text.push(' ');
    }
    let cells = text_width(&text) as u16;
    let left = area.right().saturating_sub(cells + 1).max(area.x);
    put(buffer, left, area.y, area.width, &" ".repeat(usize::from(cells)), app.theme.text());
    put_right(buffer, left, area.right().saturating_sub(1), area.y, &text, app.theme.heading());
}
