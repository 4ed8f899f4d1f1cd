//! A form with its questions.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{lines, put, typed, window};
use crate::app::App;
use crate::layers::form::Form;

/// Draws the questions; returns where the cursor stands.
pub fn draw(app: &App, form: &Form, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let width = 76.min(screen.width);
    let refused = form.refused.as_ref().map(|r| lines(r, width.saturating_sub(4))).unwrap_or_default();
    // Many questions stand closer together, so that all are seen on a low screen.
    let step = if form.questions.len() > 3 { 2 } else { 3 };
    let height = form.questions.len() as u16 * step + 2 + refused.len() as u16;
    let inner = window(app.theme, buffer, screen, (width, height), form.title());
    let mut cursor = None;
    let mut y = inner.y;
    let labels = 12;
    for (i, question) in form.questions.iter().enumerate() {
        if y >= inner.bottom() {
            break;
        }
        let here = i == form.at;
        let style = if here { app.theme.heading() } else { app.theme.text() };
        put(buffer, inner.x, y, labels, question.label, style);
        let at = typed(
            app.theme,
            buffer,
            inner.x + labels,
            y,
            inner.width.saturating_sub(labels),
            &question.answer,
        );
        if here {
            cursor = Some(at);
            if y + 1 < inner.bottom() {
                put(
                    buffer,
                    inner.x + labels,
                    y + 1,
                    inner.width.saturating_sub(labels),
                    question.hint,
                    app.theme.dim(),
                );
            }
        }
        y += step;
    }
    for (i, line) in refused.iter().enumerate() {
        let y = inner.bottom().saturating_sub(refused.len() as u16) + i as u16;
        put(buffer, inner.x, y, inner.width, line, app.theme.alarm());
    }
    cursor
}
