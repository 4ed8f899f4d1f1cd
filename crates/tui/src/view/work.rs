//! How far long work is, at the right of the status line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{put, put_right};
use crate::app::{App, Work};
use crate::safe::text_width;
use crate::strings::work as words;
use crate::update::work::stops;

/// Cells of the bar.
const BAR: usize = 12;

/// Draws how far long work is.
pub fn draw(app: &App, buffer: &mut Buffer, area: Rect) {
    // What nobody waits for is not shown.
    let Some(working) = app.working.as_ref().filter(|w| w.what != Work::Read) else { return };
    if area.is_empty() {
        return;
    }
    let mut text = format!(" {} ", words::working(working));
    let full = (working.done * BAR).checked_div(working.of).unwrap_or(0).min(BAR);
    let bar = format!("{}{} ", "█".repeat(full), "░".repeat(BAR - full));
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
