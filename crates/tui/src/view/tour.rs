//! The box of the guided tour, at the bottom right, out of the way of the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{clear, frame, lines, put};
use crate::app::App;
use crate::layers::Layer;
use crate::safe::text_width;
use crate::strings::tools as words;

/// Draws the box, unless something lies over the transcript that tells itself what to press.
pub fn draw(app: &App, buffer: &mut Buffer, screen: Rect, cursor: Option<Position>) {
    let Some(tour) = app.tour.as_ref().filter(|t| t.on) else { return };
    if !matches!(app.layers.last(), None | Some(Layer::Table(_))) {
        return;
    }
    let Some((key, what)) = words::STEPS.get(tour.at) else { return };
    let width = 46.min(screen.width);
    let room = width.saturating_sub(4);
    let indent = text_width(key) as u16 + 2;
    let text = lines(what, room.saturating_sub(indent));
    let height = (text.len() as u16 + 3).min(screen.height.saturating_sub(2));
    let x = screen.right().saturating_sub(width);
    let mut area = Rect::new(x, screen.bottom().saturating_sub(2 + height), width, height);
    // What is read or selected is not covered.
    let near = Rect { y: area.y.saturating_sub(1), height: area.height + 1, ..area };
    if cursor.is_some_and(|c| near.contains(c)) {
        area.y = screen.y + 1;
    }
    clear(buffer, area);
    frame(app.theme, buffer, area, &words::step(tour.at, words::STEPS.len()));
    put(buffer, area.x + 2, area.y + 1, indent, key, app.theme.key());
    for (i, line) in text.iter().enumerate() {
        let y = area.y + 1 + i as u16;
        if y + 2 < area.bottom() {
            put(buffer, area.x + 2 + indent, y, room.saturating_sub(indent), line, app.theme.text());
        }
    }
    // Over the table Esc means the table.
    let leave = if app.layers.is_empty() { words::TOUR_ESC } else { words::TOUR_ESC_TABLE };
    put(buffer, area.x + 2, area.bottom().saturating_sub(2), room, &leave, app.theme.dim());
}
