//! Spots: where on the screen each item of the top list stands, for the mouse.
//!
//! Drawing is what knows where things are. So a click is looked up by drawing the screen once more,
//! into a buffer that nobody sees, while every list notes where it puts its items: what is clicked can
//! never be something else than what is shown.

use std::cell::RefCell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::App;

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The cells that it takes.
    pub area: Rect,
    /// Its place in the list, or its row in a table.
    pub row: usize,
    /// Its column in a table.
    pub column: usize,
}

thread_local! {
    /// What has been noted, while somebody asks.
    static NOTED: RefCell<Option<Vec<Spot>>> = const { RefCell::new(None) };
}

/// Notes where an item is drawn; gives the place back.
pub(super) fn spot(area: Rect, row: usize, column: usize) -> Rect {
    NOTED.with_borrow_mut(|noted| {
        if let Some(noted) = noted.as_mut().filter(|_| !area.is_empty()) {
            noted.push(Spot { area, row, column });
        }
    });
    area
}

/// What follows lies above what was drawn so far.
pub(super) fn next_layer() {
    NOTED.with_borrow_mut(|noted| noted.iter_mut().for_each(Vec::clear));
}

/// The items that the top layer shows, in the order in which they are drawn.
pub fn shown(app: &App) -> Vec<Spot> {
    let area = Rect::new(0, 0, app.size.0, app.size.1);
    NOTED.set(Some(Vec::new()));
    super::paint(app, &mut Buffer::empty(area), area);
    NOTED.take().unwrap_or_default()
}

/// The item at a cell.
pub fn at(shown: &[Spot], x: u16, y: u16) -> Option<Spot> {
    shown.iter().find(|s| s.area.contains(Position::new(x, y))).copied()
}

/// The first line of a list on the screen: the one that was chosen, as far as the line at hand can be
/// seen then.
pub(super) fn first(chosen: usize, at: usize, rows: usize) -> usize {
    chosen.max((at + 1).saturating_sub(rows.max(1))).min(at)
}
