//! The documents: grouped, each with the sign of how far its coder is.

use model::corpus::Document;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{put, put_right};
use crate::app::{App, Item};
use crate::desk::Progress;
use crate::geometry::Pane;
use crate::strings;

/// Draws the list.
pub fn draw(app: &App, buffer: &mut Buffer, area: Rect) {
    let Some(desk) = &app.desk else { return };
    let focused = app.focus == Pane::Documents;
    let style = if focused { app.theme.focused() } else { app.theme.heading() };
    put(buffer, area.x + 1, area.y, area.width.saturating_sub(1), &strings::DOCUMENTS, style);
    let items = app.items();
    let grouped = matches!(items.first(), Some(Item::Group(_)));
    let right = area.right().saturating_sub(1);
    for (line, (index, item)) in items.iter().enumerate().skip(app.list_top).enumerate() {
        let y = area.y + 2 + line as u16;
        if y >= area.bottom() {
            break;
        }
        let at_hand = focused && index == app.list;
        match item {
            Item::Group(group) => {
                let Some(group) = desk.groups.get(*group) else { continue };
                let done = group
                    .documents
                    .iter()
                    .filter(|d| desk.progress.get(**d) == Some(&Progress::Done))
                    .count();
                let count = format!("{done}/{}", group.documents.len());
                let x = put_right(buffer, area.x, right, y, &count, app.theme.dim());
                let arrow = if app.is_folded(group) { "▸" } else { "▾" };
                let label = if group.label.is_empty() { strings::NO_CASE.get() } else { &group.label };
                put(
                    buffer,
                    area.x + 1,
                    y,
                    x.saturating_sub(area.x + 2),
                    &format!("{arrow} {label}"),
                    app.theme.heading(),
                );
            }
            Item::Document(at) => {
                let Some(document) = desk.document(*at) else { continue };
                let sign = strings::progress(desk.progress.get(*at).copied().unwrap_or_default());
                let open = app.reader.document == Some(*at);
                let x = area.x + if grouped { 3 } else { 1 };
                put(buffer, x, y, 1, sign, app.theme.text());
                let style = if open { app.theme.current() } else { app.theme.text() };
                put(buffer, x + 2, y, right.saturating_sub(x + 2), &name(document), style);
                if open {
                    put(
                        buffer,
                        x.saturating_sub(if grouped { 2 } else { 1 }),
                        y,
                        1,
                        "▸",
                        app.theme.current(),
                    );
                }
            }
        }
        if at_hand {
            let line = Rect::new(area.x, y, area.width, 1).intersection(buffer.area);
            buffer.set_style(line, app.theme.selected());
        }
    }
}

/// A document's title, behind the number that its id begins with.
pub fn name(document: &Document) -> String {
    let number = document.id.split('-').next().filter(|n| n.chars().all(|c| c.is_ascii_digit()));
    match number {
        Some(number) if !document.title.starts_with(number) && document.title != document.id => {
            format!("{number} {}", document.title)
        }
        _ => document.title.clone(),
    }
}
