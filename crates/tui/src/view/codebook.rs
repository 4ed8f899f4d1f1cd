//! The codebook: the tree of codes with colour, key and number of passages, and below it what the
//! code at hand means.

use model::codebook::Status;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{lines, put, put_right};
use crate::app::App;
use crate::desk::Desk;
use crate::geometry::Pane;
use crate::strings;

/// Rows of the pane that the heading and the tree take; the rest is for the definition.
pub fn tree_height(area: Rect) -> u16 {
    area.height - (area.height * 2 / 5).min(14)
}

/// Draws the pane.
pub fn draw(app: &App, buffer: &mut Buffer, area: Rect) {
    let Some(desk) = &app.desk else { return };
    let focused = app.focus == Pane::Codebook;
    let style = if focused { app.theme.focused() } else { app.theme.heading() };
    put(buffer, area.x + 1, area.y, area.width.saturating_sub(1), &strings::CODEBOOK, style);
    let tree = tree_height(area);
    let right = area.right().saturating_sub(1);
    for (line, code) in desk.tree().into_iter().skip(app.code_top).enumerate() {
        let y = area.y + 2 + line as u16;
        if y >= area.y + tree {
            break;
        }
        row(app, desk, code, buffer, Rect::new(area.x, y, right - area.x, 1));
        if code == app.code {
            let line = Rect::new(area.x, y, area.width, 1).intersection(buffer.area);
            buffer.set_style(line, if focused { app.theme.selected() } else { app.theme.current() });
        }
    }
    let below = Rect::new(area.x + 1, area.y + tree, area.width.saturating_sub(2), area.height - tree);
    definition(app, desk, buffer, below);
}

/// One code.
fn row(app: &App, desk: &Desk, code: usize, buffer: &mut Buffer, area: Rect) {
    let Some(c) = desk.coded.codebook.codes.get(code) else { return };
    let n = desk.passages(code);
    let count = if n == 0 { String::new() } else { n.to_string() };
    let right = put_right(buffer, area.x, area.right(), area.y, &count, app.theme.text());
    let color = app.theme.code(desk.coded.codebook.color(code));
    let key = c.shortcut.map(String::from).unwrap_or_default();
    put(buffer, area.x + 1, area.y, 1, &key, app.theme.key());
    let x = area.x + 3 + (c.depth as u16).min(4) * 2;
    put(
        buffer,
        x.saturating_sub(u16::from(c.depth > 0)),
        area.y,
        1,
        if c.depth == 0 { "▌" } else { "·" },
        color,
    );
    let style = if c.status == Status::Provisional { app.theme.dim() } else { app.theme.text() };
    put(buffer, x + 1, area.y, right.saturating_sub(x + 2), c.label(&desk.languages()), style);
}

/// What the code at hand means.
fn definition(app: &App, desk: &Desk, buffer: &mut Buffer, area: Rect) {
    let Some(code) = desk.coded.codebook.codes.get(app.code) else { return };
    if area.height < 3 {
        return;
    }
    super::rule(app.theme, buffer, area, area.y);
    let languages = desk.languages();
    let mut y = area.y + 1;
    let mut line = |text: &str, style| {
        if y < area.bottom() {
            put(buffer, area.x, y, area.width, text, style);
            y += 1;
        }
    };
    for text in lines(code.label(&languages), area.width) {
        line(&text, app.theme.heading());
    }
    if code.status == Status::Provisional {
        line(&strings::panes::PROVISIONAL_NOTE, app.theme.dim());
    }
    for text in meaning(code, &languages) {
        for text in lines(&text, area.width) {
            line(&text, app.theme.text());
        }
    }
}

/// Definition, include and exclude of a code, as far as it has them.
pub fn meaning(code: &model::codebook::Code, languages: &[&str]) -> Vec<String> {
    let field = |name: &str| code.text(name, languages).filter(|t| !t.trim().is_empty());
    let mut out: Vec<String> = field("definition").map(str::to_owned).into_iter().collect();
    out.extend(field("include").map(strings::panes::include));
    out.extend(field("exclude").map(strings::panes::exclude));
    out
}
