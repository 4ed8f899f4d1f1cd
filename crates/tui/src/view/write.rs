//! A text that is being written: what it is about above or beside it, the fields of a memo, the text.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{clear, frame, lines, put, typed};
use crate::app::App;
use crate::layers::write::{Field, Head, Write};
use crate::strings::writing as words;

/// Cells before a field.
const LABEL: u16 = 8;

/// Draws the sheet; returns where the cursor stands.
pub fn draw(app: &App, write: &Write, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let places = write.places(screen.width, screen.height);
    clear(buffer, places.all);
    frame(app.theme, buffer, places.all, &write.title);
    passages(app, write, buffer, places.beside);
    if places.beside.height > 0 && places.beside.right() < places.text.x {
        for y in places.beside.y..places.beside.bottom() {
            put(buffer, places.beside.right() + 1, y, 1, "│", app.theme.rule());
        }
    } else if places.beside.height > 0 {
        for x in places.beside.x..places.beside.right() {
            put(buffer, x, places.beside.bottom(), 1, "─", app.theme.rule());
        }
    }
    let mut cursor = None;
    if let Some(head) = &write.head {
        cursor = fields(app, write, head, buffer, places.head);
    }
    let (rows, (row, cell)) = write.editor.shown();
    for (i, text) in rows.iter().enumerate().take(usize::from(places.text.height)) {
        put(buffer, places.text.x, places.text.y + i as u16, places.text.width, text, app.theme.text());
    }
    let (above, below) = write.editor.more();
    for (there, y, sign) in
        [(above, places.text.y, "↑"), (below, places.text.bottom().saturating_sub(1), "↓")]
    {
        if there {
            put(buffer, places.text.right(), y, 1, sign, app.theme.dim());
        }
    }
    let at = Position::new(
        places.text.x + (cell as u16).min(places.text.width.saturating_sub(1)),
        places.text.y + row as u16,
    );
    cursor.or_else(|| places.text.contains(at).then_some(at))
}

/// The fields of a memo; where there is little room only two lines of them.
fn fields(app: &App, write: &Write, head: &Head, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let room = area.width.saturating_sub(LABEL);
    let mut cursor = None;
    let [title, kind, tags, links] = words::FIELDS;
    let [title_hint, kind_hint, tags_hint, links_hint] = words::FIELD_HINTS;
    let kinds = words::kind(&head.kind).to_owned().into();
    let all = [
        (title, &head.title, title_hint, Some(Field::Title)),
        (kind, &kinds, kind_hint, None),
        (tags, &head.tags, tags_hint, Some(Field::Tags)),
        (links, &head.links, links_hint, Some(Field::Links)),
    ];
    let rows = area.height.saturating_sub(1);
    // The field that has the keys is in sight, whatever there is no room for.
    let at = all.iter().position(|(.., f)| *f == Some(write.field)).unwrap_or(0);
    let top = (at + 1).saturating_sub(usize::from(rows));
    for (i, (label, text, hint, field)) in all.into_iter().skip(top).take(usize::from(rows)).enumerate() {
        let y = area.y + i as u16;
        let here = field == Some(write.field);
        let style = if here { app.theme.heading() } else { app.theme.dim() };
        put(buffer, area.x, y, LABEL, &label, style);
        let position = typed(app.theme, buffer, area.x + LABEL, y, room, text);
        if here {
            cursor = Some(position);
        }
        if field.is_none() || (text.is_empty() && here) {
            let x = position.x + if text.is_empty() { 1 } else { 2 };
            put(buffer, x, y, area.right().saturating_sub(x), &hint, app.theme.dim());
        }
    }
    for x in area.x..area.right() {
        put(buffer, x, area.bottom().saturating_sub(1), 1, "─", app.theme.rule());
    }
    cursor
}

/// The passages that the text is about.
fn passages(app: &App, write: &Write, buffer: &mut Buffer, area: Rect) {
    let mut all: Vec<(String, bool)> = Vec::new();
    for (i, b) in write.beside.iter().enumerate() {
        if i > 0 {
            all.push((String::new(), false));
        }
        if !b.from.is_empty() {
            all.extend(lines(&b.from, area.width).into_iter().map(|l| (l, true)));
        }
        all.extend(lines(&b.text, area.width).into_iter().map(|l| (l, false)));
    }
    for (i, (text, from)) in all.iter().skip(write.beside_top).take(usize::from(area.height)).enumerate() {
        let style = if *from { app.theme.dim() } else { app.theme.text() };
        put(buffer, area.x, area.y + i as u16, area.width, text, style);
    }
    if all.len() > write.beside_top + usize::from(area.height) && area.height > 0 {
        put(buffer, area.right(), area.bottom() - 1, 1, "↓", app.theme.dim());
    }
}
