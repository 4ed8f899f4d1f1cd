//! The list of codes, with what the code at hand means below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::codebook::meaning;
use super::spots::{first, spot};
use super::{lines, put, put_right, rule, typed, window};
use crate::app::App;
use crate::layers::palette::{Choice, Palette, Purpose};
use crate::strings;
use crate::units::Unit;

/// Draws the list; returns where the cursor stands.
pub fn draw(app: &App, palette: &Palette, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let book = &desk.coded.codebook;
    let target = strings::unit(app.reader.selection.map_or(Unit::Sentence, |s| s.unit));
    let height = screen.height.saturating_sub(4).min(26);
    let inner = window(
        app.theme,
        buffer,
        screen,
        (screen.width.saturating_sub(8).clamp(60, 96), height),
        &palette.title(target),
    );
    if inner.is_empty() {
        return None;
    }
    put(buffer, inner.x, inner.y, 2, "> ", app.theme.key());
    let cursor =
        typed(app.theme, buffer, inner.x + 2, inner.y, inner.width.saturating_sub(2), &palette.query);
    let below = (inner.height / 3).clamp(2, 8).min(inner.height.saturating_sub(2));
    let rows = inner.height.saturating_sub(1 + below);
    let top = first(palette.top, palette.at, usize::from(rows));
    for (line, (index, choice)) in
        palette.choices.iter().enumerate().skip(top).take(usize::from(rows)).enumerate()
    {
        let y = inner.y + 1 + line as u16;
        match choice {
            Choice::Code(code) => {
                let Some(c) = book.codes.get(*code) else { continue };
                let n = desk.passages(*code);
                let other = desk.other_label(*code).unwrap_or_default();
                let half = inner.width / 2;
                let count = if n == 0 { String::new() } else { n.to_string() };
                put(
                    buffer,
                    inner.x,
                    y,
                    1,
                    if palette.marked.contains(code) { "✓" } else { "" },
                    app.theme.key(),
                );
                put(
                    buffer,
                    inner.x + 2,
                    y,
                    1,
                    &c.shortcut.map(String::from).unwrap_or_default(),
                    app.theme.key(),
                );
                put(buffer, inner.x + 4, y, 1, "▌", app.theme.code(book.color(*code)));
                let used = put(buffer, inner.x + 5, y, half, desk.label(*code), app.theme.text());
                if let Some(up) = book.parent(*code) {
                    // The code above steps back: it is the child that is chosen.
                    let above = format!(" · {}", desk.label(up));
                    put(buffer, inner.x + 5 + used, y, half.saturating_sub(used), &above, app.theme.dim());
                }
                let x = inner.x + 6 + half;
                put_right(buffer, x, x + 4, y, &count, app.theme.text());
                put(buffer, x + 6, y, inner.right().saturating_sub(x + 6), other, app.theme.dim());
            }
            Choice::New => {
                let text = strings::panes::new_code(&palette.query, palette.purpose == Purpose::Apply);
                put(buffer, inner.x + 4, y, inner.width.saturating_sub(4), &text, app.theme.text());
            }
            Choice::Top => {
                put(
                    buffer,
                    inner.x + 4,
                    y,
                    inner.width.saturating_sub(4),
                    &strings::TOP_LEVEL,
                    app.theme.text(),
                );
            }
        }
        let row = spot(Rect::new(inner.x, y, inner.width, 1).intersection(buffer.area), index, 0);
        if index == palette.at {
            buffer.set_style(row, app.theme.selected());
        }
    }
    let y = inner.bottom().saturating_sub(below);
    rule(app.theme, buffer, inner, y);
    let explained: Vec<String> = match palette.code().and_then(|c| book.codes.get(c)) {
        Some(code) => meaning(code, &desk.languages()),
        None if palette.purpose == Purpose::Apply && palette.choices.is_empty() => {
            vec![strings::panes::NO_CODES.into()]
        }
        None if matches!(palette.purpose, Purpose::Choose { .. }) => Vec::new(),
        None => vec![strings::panes::NEW_IS_PROVISIONAL.into()],
    };
    let text = explained.iter().flat_map(|t| lines(t, inner.width));
    for (line, text) in text.take(usize::from(below.saturating_sub(1))).enumerate() {
        put(buffer, inner.x, y + 1 + line as u16, inner.width, &text, app.theme.text());
    }
    Some(cursor)
}
