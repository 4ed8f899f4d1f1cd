//! Views: the app as it is, drawn. Nothing here changes anything.

pub mod actions;
pub mod ask;
pub mod book;
pub mod choose;
pub mod codebook;
pub mod command;
pub mod documents;
pub mod equal;
pub mod finding;
pub mod footer;
pub mod form;
pub mod grid;
pub mod help;
pub mod history;
pub mod margin;
pub mod matrix;
pub mod memos;
pub mod menu;
pub mod output;
pub mod palette;
pub mod passages;
pub mod reader;
pub mod search;
pub mod sheet;
pub mod spots;
pub mod start;
pub mod status;
pub mod table;
pub mod tour;
pub mod walk;
pub mod work;
pub mod write;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::App;
use crate::geometry::{Geometry, Pane};
use crate::layers::Layer;
use crate::layers::field::Field;
use crate::safe::{fit, safe, text_width};
use crate::theme::Theme;

/// Draws the app.
pub fn draw(app: &App, frame: &mut Frame<'_>) {
    let area = frame.area();
    let cursor = paint(app, frame.buffer_mut(), area);
    if let Some(at) = cursor {
        frame.set_cursor_position(at);
    }
}

/// Paints the app; returns where the terminal's cursor stands, if anywhere.
pub fn paint(app: &App, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    crate::strings::language::speak(app.language);
    let geometry = app.geometry();
    if area.width < app.size.0 || area.height < app.size.1 || area.is_empty() {
        return None;
    }
    let mut cursor = None;
    let full = matches!(app.layers.first(), Some(Layer::Start(_)));
    if app.desk.is_some() && !full {
        cursor = panes(app, &geometry, buffer);
    }
    for layer in &app.layers {
        spots::next_layer();
        cursor = match layer {
            Layer::Start(start) => start::draw(app, start, buffer, area),
            Layer::Form(form) => form::draw(app, form, buffer, area),
            Layer::Palette(palette) => palette::draw(app, palette, buffer, area),
            Layer::Help(help) => help::draw(app, help, buffer, area),
            Layer::Prompt(prompt) => search::draw(app, prompt, buffer, geometry.status),
            Layer::Table(table) => table::draw(app, table, buffer, area),
            Layer::Sheet(table) => sheet::draw(app, table, buffer, area),
            Layer::Menu(menu) => menu::draw(app, menu, buffer, area),
            Layer::Choose(choose) => choose::draw(app, choose, buffer, area),
            Layer::Write(write) => write::draw(app, write, buffer, area),
            Layer::Memos(memos) => memos::draw(app, memos, buffer, area),
            Layer::History(history) => history::draw(app, history, buffer, area),
            Layer::Grid(grid) => grid::draw(app, grid, buffer, area),
            Layer::Line(line) => ask::line(app, line, buffer, area),
            Layer::Ask(choose) => ask::choose(app, choose, buffer, area),
            Layer::Press(press) => ask::press(app, press, buffer, area),
            Layer::Passages(list) => passages::draw(app, list, buffer, area),
            Layer::Book(screen) => book::draw(app, screen, buffer, area),
            Layer::Walk(walk) => walk::draw(app, walk, buffer, area),
            Layer::Matrix(matrix) => matrix::draw(app, matrix, buffer, area),
            Layer::Actions(actions) => actions::draw(app, actions, buffer, area),
            Layer::Command(command) => command::draw(app, command, buffer, area, geometry.status),
            Layer::Output(output) => output::draw(app, output, buffer, area),
            Layer::Search(list) => finding::draw(app, list, buffer, geometry.dock.unwrap_or(area)),
            Layer::Equal(equal) => equal::draw(app, equal, buffer, area),
        };
    }
    tour::draw(app, buffer, area, cursor);
    if let Some((line, up)) = status::message_at(app, geometry.status) {
        status::message(app, buffer, line, up);
    }
    work::draw(app, buffer, geometry.status);
    footer::draw(app, buffer, geometry.footer);
    cursor
}

fn panes(app: &App, geometry: &Geometry, buffer: &mut Buffer) -> Option<Position> {
    status::top(app, buffer, geometry.top);
    let mut cursor = reader::draw(app, geometry, buffer);
    for (pane, at_right) in [(geometry.documents, false), (geometry.codebook, true)] {
        let Some(pane) = pane else { continue };
        if geometry.overlaid {
            clear(buffer, pane);
            if cursor.is_some_and(|c| pane.contains(c)) {
                cursor = None;
            }
        }
        let x = if at_right { pane.x.saturating_sub(1) } else { pane.right() };
        for y in pane.y..pane.bottom() {
            put(buffer, x, y, 1, "│", app.theme.rule());
        }
    }
    if let Some(area) = geometry.documents {
        documents::draw(app, buffer, area);
    }
    if let Some(area) = geometry.codebook {
        codebook::draw(app, buffer, area);
    }
    status::line(app, buffer, geometry.status);
    if app.focus == Pane::Reader { cursor } else { None }
}

/// Writes a line of text, cut to `cells`; returns the cells that it took. Everything that comes from
/// files passes here or through the reader, and both let no control character through.
pub fn put(buffer: &mut Buffer, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
    if !buffer.area.contains(Position::new(x, y)) || cells == 0 {
        return 0;
    }
    let text = safe(text);
    let text = fit(&text, usize::from(cells.min(buffer.area.right() - x)));
    buffer.set_stringn(x, y, &text, usize::from(cells), style).0 - x
}

/// Writes a line of text that ends at `right`; returns where it begins.
pub fn put_right(buffer: &mut Buffer, left: u16, right: u16, y: u16, text: &str, style: Style) -> u16 {
    let text = safe(text);
    let room = right.saturating_sub(left);
    let text = fit(&text, usize::from(room));
    let x = right.saturating_sub(text_width(&text) as u16);
    put(buffer, x, y, room, &text, style);
    x
}

/// Empties an area.
pub fn clear(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for y in area.y..area.bottom() {
        for x in area.x..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
            }
        }
    }
}

/// A window in the middle of the screen, emptied and framed; returns what is inside.
pub fn window(theme: Theme, buffer: &mut Buffer, screen: Rect, size: (u16, u16), title: &str) -> Rect {
    let width = size.0.min(screen.width);
    let height = size.1.min(screen.height.saturating_sub(2)).max(3.min(screen.height));
    let x = screen.x + (screen.width - width) / 2;
    let y = screen.y + (screen.height.saturating_sub(height)) / 3;
    let area = Rect::new(x, y, width, height);
    // One column of air on each side sets the window apart from the text.
    clear(
        buffer,
        Rect::new(area.x.saturating_sub(1), area.y, area.width + 2, area.height).intersection(screen),
    );
    frame(theme, buffer, area, title);
    Rect::new(x + 2, y + 1, width.saturating_sub(4), height.saturating_sub(2))
}

fn frame(theme: Theme, buffer: &mut Buffer, area: Rect, title: &str) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let rule = theme.rule();
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    for x in area.x..=right {
        put(buffer, x, area.y, 1, "─", rule);
        put(buffer, x, bottom, 1, "─", rule);
    }
    for y in area.y..=bottom {
        put(buffer, area.x, y, 1, "│", rule);
        put(buffer, right, y, 1, "│", rule);
    }
    for (x, y, corner) in
        [(area.x, area.y, "┌"), (right, area.y, "┐"), (area.x, bottom, "└"), (right, bottom, "┘")]
    {
        put(buffer, x, y, 1, corner, rule);
    }
    if !title.is_empty() {
        put(buffer, area.x + 2, area.y, area.width.saturating_sub(4), &format!(" {title} "), theme.heading());
    }
}

/// All but status line and footer, emptied and framed; returns what is inside.
pub fn sheet(theme: Theme, buffer: &mut Buffer, screen: Rect, title: &str) -> Rect {
    let area = Rect { height: screen.height.saturating_sub(2), ..screen };
    clear(buffer, area);
    frame(theme, buffer, area, title);
    Rect::new(area.x + 2, area.y + 1, area.width.saturating_sub(4), area.height.saturating_sub(2))
}

/// A line across a window.
pub fn rule(theme: Theme, buffer: &mut Buffer, inner: Rect, y: u16) {
    for x in inner.x..inner.right() {
        put(buffer, x, y, 1, "─", theme.rule());
    }
}

/// A line in which something is typed; returns where the cursor stands.
pub fn typed(theme: Theme, buffer: &mut Buffer, x: u16, y: u16, cells: u16, field: &Field) -> Position {
    let (shown, at) = field.shown(usize::from(cells));
    put(buffer, x, y, cells, shown, theme.text());
    Position::new(x + (at as u16).min(cells.saturating_sub(1)), y)
}

/// Breaks a text into lines of at most `width` cells, at white space.
pub fn lines(text: &str, width: u16) -> Vec<String> {
    let width = usize::from(width.max(1));
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in safe(text).split_whitespace() {
        if !line.is_empty() && text_width(&line) + 1 + text_width(word) > width {
            out.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        out.push(line);
    }
    out
}
