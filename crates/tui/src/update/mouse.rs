//! The mouse: a click places the cursor, dragging selects, the wheel scrolls, a double click selects
//! the word, a triple click the sentence.

use model::span::Span;
use ratatui::layout::{Position, Rect};

use super::{motion, pane, select};
use crate::actions::Mouse;
use crate::app::{App, Item};
use crate::desk::Desk;
use crate::geometry::Pane;
use crate::reader::Selection;
use crate::units::{self, Unit};
use crate::view::codebook;

/// Lines that one notch of the wheel scrolls.
const NOTCH: isize = 3;

/// Applies what was done with the mouse to the panes.
pub fn update(app: &mut App, mouse: Mouse) {
    let geometry = app.geometry();
    let (x, y) = match mouse {
        Mouse::Press(x, y, _) | Mouse::Drag(x, y) | Mouse::Wheel(x, y, _) => (x, y),
    };
    let within = |r: Option<Rect>| r.filter(|r| r.contains(Position::new(x, y)));
    if let Some(area) = within(geometry.documents) {
        return documents(app, mouse, area, y);
    }
    if let Some(area) = within(geometry.codebook) {
        return in_codebook(app, mouse, area, y);
    }
    let reader = Rect { height: geometry.text.bottom().saturating_sub(geometry.reader.y), ..geometry.reader };
    if within(Some(reader)).is_none() && !matches!(mouse, Mouse::Drag(..)) {
        return;
    }
    if let Mouse::Wheel(_, _, down) = mouse {
        let rows = app.rows();
        let Some(document) = app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at))
        else {
            return;
        };
        app.reader.scroll(document, if down { NOTCH } else { -NOTCH }, rows);
        return;
    }
    let Some(at) = position(app, geometry.text, x, y) else { return };
    let Some(document) = app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at)) else {
        return;
    };
    match mouse {
        Mouse::Press(_, _, n) => {
            app.focus = Pane::Reader;
            let unit = match n {
                2 => Some(Unit::Word),
                3 => Some(Unit::Sentence),
                _ => None,
            };
            if let Some((unit, span)) = unit.and_then(|u| Some((u, units::at(document, u, at)?))) {
                select::set(app, span, unit);
            } else {
                app.reader.selection = None;
                app.newest = None;
                app.reader.go(at);
            }
        }
        Mouse::Drag(..) => {
            let anchor =
                app.reader.selection.filter(|s| s.unit == Unit::Free).map_or(app.reader.cursor, |s| s.anchor);
            let end = motion::grapheme_end(document, at.max(anchor));
            app.reader.go(at);
            app.reader.selection = Some(Selection::free(Span::new(anchor.min(at), end), anchor));
            // At the edge the text comes along.
            let rows = app.rows();
            if y <= geometry.text.y || y + 1 >= geometry.text.bottom() {
                app.reader.show_cursor(rows);
            }
        }
        Mouse::Wheel(..) => {}
    }
}

/// The position in the text under a cell.
fn position(app: &App, text: Rect, x: u16, y: u16) -> Option<u32> {
    let document = app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at))?;
    let page = &app.reader.page;
    let down = usize::from(y.clamp(text.y, text.bottom().saturating_sub(1)).saturating_sub(text.y));
    let row = page.text_row((app.reader.top + down).min(page.len().checked_sub(1)?))?;
    Some(page.position_at(document, row, x.saturating_sub(text.x)))
}

fn documents(app: &mut App, mouse: Mouse, area: Rect, y: u16) {
    let items = app.items();
    match mouse {
        Mouse::Press(..) => {
            let line = usize::from(y - area.y);
            let Some(at) = line.checked_sub(2).map(|l| l + app.list_top).filter(|l| *l < items.len()) else {
                return;
            };
            app.list = at;
            match items.get(at) {
                Some(Item::Document(document)) => {
                    app.open_document(*document);
                    app.focus = Pane::Reader;
                }
                Some(Item::Group(group)) => pane::fold(app, *group),
                None => {}
            }
        }
        Mouse::Wheel(_, _, down) => step(&mut app.list, items.len(), down),
        Mouse::Drag(..) => {}
    }
}

fn in_codebook(app: &mut App, mouse: Mouse, area: Rect, y: u16) {
    let tree = app.desk.as_ref().map(Desk::tree).unwrap_or_default();
    match mouse {
        Mouse::Press(..) => {
            let line = usize::from(y - area.y);
            let shown = line >= 2 && line < 2 + usize::from(codebook::tree_height(area).saturating_sub(2));
            if let Some(code) = line.checked_sub(2).filter(|_| shown).and_then(|l| tree.get(l + app.code_top))
            {
                app.code = *code;
                app.focus = Pane::Codebook;
            }
        }
        Mouse::Wheel(_, _, down) => {
            let mut at = tree.iter().position(|c| *c == app.code).unwrap_or(0);
            step(&mut at, tree.len(), down);
            app.code = tree.get(at).copied().unwrap_or_default();
        }
        Mouse::Drag(..) => {}
    }
}

fn step(at: &mut usize, len: usize, down: bool) {
    *at = if down { (*at + 1).min(len.saturating_sub(1)) } else { at.saturating_sub(1) };
}
