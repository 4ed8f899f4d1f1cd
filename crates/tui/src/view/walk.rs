//! A walk through passages: the one at hand with its context, what is offered, and the others below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::passages::{context, place};
use super::spots::{first, spot};
use super::{clear, lines, put, rule};
use crate::app::App;
use crate::desk::Desk;
use crate::layers::codebook::walk::{Purpose, Walk};
use crate::strings::book as words;

/// Lines of the passage at hand.
const LINES: usize = 9;

/// Draws the walk.
pub fn draw(app: &App, walk: &Walk, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let area = Rect { height: screen.height.saturating_sub(1), ..screen };
    clear(buffer, area);
    let room = area.width.saturating_sub(2);
    let code = desk.coded.codebook.position(&walk.code);
    let label = code.map_or_else(|| walk.code.as_str(), |c| desk.label(c));
    let title = match walk.purpose {
        Purpose::Split(_) => words::walk_split(label),
        Purpose::LookAgain => words::walk_again(label),
    };
    let title = format!("{title} · {}", words::walk_progress(walk.done(), walk.rows.len()));
    put(buffer, 1, area.y, room, &title, app.theme.heading());
    rule(app.theme, buffer, Rect::new(0, area.y + 1, area.width, 1), area.y + 1);
    let mut y = area.y + 2;
    let row = walk.rows.get(walk.at)?;
    let document = desk.document(row.document)?;
    put(buffer, 1, y, room, &place(desk, document, row), app.theme.heading());
    y += 1;
    for line in context(app, desk, row, room.saturating_sub(2), LINES) {
        let mut x = 3;
        for (text, style) in &line {
            x += put(buffer, x, y, area.right().saturating_sub(x), text, *style);
        }
        y += 1;
    }
    y += 1;
    let offered = offered(desk, walk);
    for (key, what) in
        offered.iter().enumerate().map(|(i, w)| (i + 1, w.as_str())).chain([(0, words::AS_IT_IS.get())])
    {
        let chosen = walk.decided.get(walk.at).copied().flatten() == Some(key);
        put(buffer, 2, y, 2, &key.to_string(), app.theme.key());
        let style = if chosen { app.theme.selected() } else { app.theme.text() };
        put(buffer, 4, y, room.saturating_sub(3), what, style);
        y += 1;
    }
    if let (Purpose::LookAgain, Some(code)) =
        (&walk.purpose, code.and_then(|c| desk.coded.codebook.codes.get(c)))
    {
        // What it must fit stands where it is decided.
        y += 1;
        let meaning = super::codebook::meaning(code, &desk.languages());
        for line in meaning.iter().flat_map(|t| lines(t, room.saturating_sub(1))).take(6) {
            if y < area.bottom() {
                put(buffer, 2, y, room.saturating_sub(1), &line, app.theme.dim());
            }
            y += 1;
        }
    }
    y += 1;
    others(app, desk, walk, &offered, buffer, Rect::new(1, y, room, area.bottom().saturating_sub(y)));
    None
}

/// What the keys 1 and 2 decide.
fn offered(desk: &Desk, walk: &Walk) -> Vec<String> {
    match &walk.purpose {
        Purpose::Split(codes) => {
            let label = |c: &model::name::Name| {
                let at = desk.coded.codebook.position(c);
                at.map_or_else(|| c.to_string(), |at| desk.label(at).to_owned())
            };
            codes.iter().map(label).collect()
        }
        Purpose::LookAgain => words::STILL.iter().map(|s| (*s).to_owned()).collect(),
    }
}

/// All passages, one line each, with what was decided.
fn others(app: &App, desk: &Desk, walk: &Walk, offered: &[String], buffer: &mut Buffer, area: Rect) {
    if area.height < 2 {
        return;
    }
    rule(app.theme, buffer, area, area.y);
    let rows = usize::from(area.height - 1);
    let top = first(walk.top, walk.at, rows);
    for (line, (i, row)) in walk.rows.iter().enumerate().skip(top).take(rows).enumerate() {
        let y = area.y + 1 + line as u16;
        let decided = match walk.decided.get(i).copied().flatten() {
            None => words::OPEN,
            Some(0) => &words::AS_IT_IS,
            Some(n) => offered.get(n - 1).map_or("", String::as_str),
        };
        put(buffer, area.x, y, 18, decided, app.theme.key());
        let text = desk.document(row.document).map(|d| d.text.slice(row.span).replace('\n', " "));
        let x = area.x + 20;
        put(buffer, x, y, area.right().saturating_sub(x), &text.unwrap_or_default(), app.theme.text());
        let here = spot(Rect::new(area.x, y, area.width, 1).intersection(buffer.area), i, 0);
        if i == walk.at {
            buffer.set_style(here, app.theme.selected());
        }
    }
}
