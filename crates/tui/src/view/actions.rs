//! The list of all actions: key, what it does, and where, for what cannot be done here.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::spots::{first, spot};
use super::{put, put_right, rule, typed, window};
use crate::app::App;
use crate::layers::actions::{Actions, keys, places};
use crate::safe::text_width;
use crate::strings::tools as words;

/// Draws the list; returns where the cursor stands.
pub fn draw(app: &App, list: &Actions, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let inner = window(app.theme, buffer, screen, (96, screen.height), &words::ACTIONS);
    if inner.is_empty() {
        return None;
    }
    put(buffer, inner.x, inner.y, 2, "> ", app.theme.key());
    let cursor = typed(app.theme, buffer, inner.x + 2, inner.y, inner.width.saturating_sub(2), &list.query);
    if list.query.is_empty() {
        let room = inner.width.saturating_sub(4);
        put(buffer, inner.x + 4, inner.y, room, &words::ACTIONS_HINT, app.theme.dim());
    }
    rule(app.theme, buffer, inner, inner.y + 1);
    let rows = usize::from(inner.height.saturating_sub(2));
    if list.found.is_empty() {
        put(buffer, inner.x, inner.y + 2, inner.width, &words::NO_ACTION, app.theme.dim());
        return Some(cursor);
    }
    // A heading stands above each part, if there are both.
    let here = list.found.iter().filter(|(_, here)| *here).count();
    let mut lines: Vec<Option<usize>> = Vec::new();
    for i in 0..list.found.len() {
        if i == 0 || i == here {
            lines.push(None);
        }
        lines.push(Some(i));
    }
    let at = lines.iter().position(|l| *l == Some(list.at)).unwrap_or(0);
    // The heading comes into sight with the first item.
    let wanted = lines.iter().position(|l| *l == Some(list.top)).filter(|_| list.top > 0).unwrap_or(0);
    let top = if at <= 1 { 0 } else { first(wanted, at, rows) };
    let beside = 14.min(inner.width / 5);
    for (row, line) in lines.iter().enumerate().skip(top).take(rows) {
        let y = inner.y + 2 + (row - top) as u16;
        let Some((i, (def, can))) = line.and_then(|i| Some((i, list.found.get(i)?))) else {
            let is_first = row == 0 && here > 0;
            let word = if is_first { words::HERE } else { words::ELSEWHERE };
            put(buffer, inner.x, y, inner.width, &word, app.theme.heading());
            continue;
        };
        let shown = keys(def);
        let style = if *can { app.theme.text() } else { app.theme.dim() };
        let x = inner.x + beside.saturating_sub(text_width(&shown).min(usize::from(beside)) as u16);
        put(buffer, x, y, beside, &shown, if *can { app.theme.key() } else { app.theme.dim() });
        let mut end = inner.right();
        if !can {
            let place = places(def);
            // What it does has the better part of the line.
            let from = inner.x + beside + 2 + (inner.width.saturating_sub(beside + 2)) * 3 / 5;
            end = put_right(buffer, from, end, y, &place, app.theme.dim()).saturating_sub(1);
        }
        put(buffer, inner.x + beside + 2, y, end.saturating_sub(inner.x + beside + 2), def.doc(), style);
        let row = spot(Rect::new(inner.x, y, inner.width, 1).intersection(buffer.area), i, 0);
        if i == list.at {
            buffer.set_style(row, app.theme.selected());
        }
    }
    Some(cursor)
}
