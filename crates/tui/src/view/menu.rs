//! A menu at the bottom of the screen: what may follow a prefix, in as many columns as there is
//! room for.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::spots::spot;
use super::{clear, frame, put};
use crate::app::App;
use crate::layers::menu::{Entry, Menu};
use crate::safe::{safe, text_width};

/// Cells between two columns.
const GAP: u16 = 3;
/// The fewest cells in which a doc can be read.
const NARROW: u16 = 26;

/// Draws the menu above the status line, which goes on to tell where the cursor stands.
pub fn draw(app: &App, menu: &Menu, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let entries = menu.entries(app);
    let room = screen.width.saturating_sub(4);
    // Half of the screen stays the text's, where the entries can be told that short.
    let most = (screen.height / 2).saturating_sub(1).max(1);
    let grid = Grid::new(&entries, room, most, screen.height.saturating_sub(4).max(1));
    let height = (grid.rows + 2).min(screen.height.saturating_sub(2));
    let area = Rect::new(screen.x, screen.bottom().saturating_sub(2 + height), screen.width, height);
    clear(buffer, area);
    frame(app.theme, buffer, area, menu.context.heading());
    let book = app.desk.as_ref().map(|d| &d.coded.codebook);
    for (i, entry) in entries.iter().enumerate() {
        let (column, row) = (i as u16 / grid.rows.max(1), i as u16 % grid.rows.max(1));
        let x = area.x + 2 + column * (grid.width + GAP);
        let y = area.y + 1 + row;
        if column >= grid.columns || y + 1 >= area.bottom() {
            continue;
        }
        spot(Rect::new(x, y, grid.width, 1).intersection(buffer.area), i, 0);
        if entry.key.is_empty() {
            put(buffer, x, y, grid.width, &entry.text, app.theme.heading());
            continue;
        }
        let keys = text_width(&entry.key) as u16;
        put(buffer, x + grid.keys.saturating_sub(keys), y, keys, &entry.key, app.theme.key());
        let mut at = x + grid.keys + 1;
        if let Some(code) = entry.code {
            let color = book.and_then(|b| b.color(code));
            at += put(buffer, at, y, 1, "▌", app.theme.code(color));
        }
        let left = (x + grid.width).saturating_sub(at);
        let text = safe(&entry.text);
        let cut = text_width(&text) > usize::from(left) && !entry.short.is_empty();
        put(buffer, at, y, left, if cut { &entry.short } else { &text }, app.theme.text());
    }
    None
}

/// How the entries are laid out.
struct Grid {
    columns: u16,
    rows: u16,
    /// Cells of a column.
    width: u16,
    /// Cells for the keys in it.
    keys: u16,
}

impl Grid {
    /// As many columns as show every entry whole; more, and narrower ones, where that takes too many
    /// rows.
    fn new(entries: &[Entry], room: u16, most: u16, all_there_is: u16) -> Self {
        let all = (entries.len() as u16).max(1);
        let keys = entries.iter().map(|e| text_width(&e.key) as u16).max().unwrap_or(0);
        let whole = |e: &Entry| {
            let mark = u16::from(e.code.is_some());
            text_width(&safe(&e.text)) as u16 + if e.key.is_empty() { 0 } else { keys + 1 + mark }
        };
        let widest = entries.iter().map(whole).max().unwrap_or(0).clamp(1, room.max(1));
        let fitting = |width: u16| ((room + GAP) / (width + GAP)).max(1);
        let mut columns = fitting(widest).min(all);
        if all.div_ceil(columns) > most {
            columns = all.div_ceil(most).min(fitting(NARROW.min(widest))).max(columns);
        }
        // Words are cut before a key is left out.
        columns = columns.max(all.div_ceil(all_there_is));
        let width = ((room + GAP) / columns).saturating_sub(GAP).max(1);
        Self { columns, rows: all.div_ceil(columns), width, keys }
    }
}
