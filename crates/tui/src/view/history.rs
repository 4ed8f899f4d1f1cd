//! The history: when, who, what; and what undoing the act at hand would touch.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::spots::{first, spot};
use super::status::date;
use super::{lines, put, put_right, rule, sheet};
use crate::app::App;
use crate::layers::history::{History, document, refusal, touched};
use crate::strings::{self, history as words};

/// Draws the screen.
pub fn draw(app: &App, history: &History, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let inner = sheet(app.theme, buffer, screen, &words::HISTORY);
    if inner.is_empty() {
        return None;
    }
    let list = history.list(desk);
    let heading = match history.only {
        Some(coding) => words::of_one(&strings::coding::now(desk, coding)),
        None if history.others => words::ALL.to_owned(),
        None => words::OWN.to_owned(),
    };
    let right =
        put_right(buffer, inner.x, inner.right(), inner.y, &strings::number(list.len()), app.theme.dim());
    put(buffer, inner.x, inner.y, right.saturating_sub(inner.x + 1), &heading, app.theme.heading());
    let below = (inner.height / 3).clamp(3, 9).min(inner.height.saturating_sub(2));
    let rows = usize::from(inner.height.saturating_sub(below + 1));
    let at = history.at.min(list.len().saturating_sub(1));
    let top = first(history.top, at, rows);
    let coders = list.iter().skip(top).take(rows).map(|a| a.coder.chars().count()).max().unwrap_or(0);
    let coder = if history.others { (coders as u16).min(12) + 2 } else { 0 };
    let titles = if inner.width >= 100 { inner.width / 4 } else { 0 };
    let when = if inner.width >= 70 { 18 } else { 12 };
    for (line, (i, act)) in list.iter().enumerate().skip(top).take(rows).enumerate() {
        let y = inner.y + 1 + line as u16;
        let live = desk.state.is_live(act.id);
        let time = date(app, &act.at, true);
        // Where there is little room the year is known.
        let time = if when < 16 { time.get(5..).unwrap_or(&time) } else { &time };
        let style = if live { app.theme.text() } else { app.theme.dim() };
        put(buffer, inner.x, y, when, time, app.theme.dim());
        put(buffer, inner.x + when, y, coder, &act.coder, app.theme.dim());
        let mut end = inner.right();
        if !live {
            put_right(buffer, inner.x + when, end, y, &words::UNDONE, app.theme.heading());
        }
        if !live || titles > 0 {
            end = end.saturating_sub(words::UNDONE.len() as u16 + 1);
        }
        if titles > 0 {
            let title = document(desk, act).unwrap_or_default();
            put(buffer, end.saturating_sub(titles), y, titles, title, app.theme.dim());
            end = end.saturating_sub(titles);
        }
        let x = inner.x + when + coder;
        put(buffer, x, y, end.saturating_sub(x + 1), &strings::act(desk, act), style);
        let row = spot(Rect::new(inner.x, y, inner.width, 1).intersection(buffer.area), i, 0);
        if i == at {
            buffer.set_style(row, app.theme.selected());
        }
    }
    let y = inner.bottom().saturating_sub(below);
    rule(app.theme, buffer, inner, y);
    let act = list.get(at)?;
    if let Some(why) = refusal(desk, act) {
        for (i, line) in lines(&why, inner.width).iter().take(usize::from(below)).enumerate() {
            put(buffer, inner.x, y + 1 + i as u16, inner.width, line, app.theme.dim());
        }
        return None;
    }
    let live = desk.state.is_live(act.id);
    let found = touched(desk, act);
    let mut text: Vec<(String, bool)> = Vec::new();
    let verb = if live { words::TO_UNDO } else { words::TO_REDO };
    // Where there is no column for it, the document is told here.
    if let Some(title) = document(desk, act).filter(|_| titles == 0) {
        text.push((title.to_owned(), true));
    }
    if found.things.is_empty() {
        text.push((format!("{verb}: {}", strings::act(desk, act)), false));
    }
    for (i, thing) in found.things.iter().enumerate() {
        text.push((if i == 0 { words::does(live, thing) } else { thing.clone() }, false));
    }
    let head = match (found.later.is_empty(), live) {
        (true, _) => words::NONE_LATER,
        (false, true) => words::LATER,
        (false, false) => words::LATER_AGAIN,
    };
    text.push((head.into(), true));
    let later = found.later.iter().filter_map(|id| desk.state.act(*id));
    text.extend(later.map(|a| (format!("  {} {}", date(app, &a.at, true), strings::act(desk, a)), false)));
    let room = usize::from(below.saturating_sub(1));
    let wrapped: Vec<(String, bool)> = text
        .into_iter()
        .flat_map(|(t, dim)| lines(&t, inner.width).into_iter().map(move |l| (l, dim)))
        .collect();
    for (i, (line, dim)) in wrapped.iter().take(room).enumerate() {
        let style = if *dim { app.theme.dim() } else { app.theme.text() };
        put(buffer, inner.x, y + 1 + i as u16, inner.width, line, style);
    }
    if wrapped.len() > room {
        let more = words::more(wrapped.len() - room);
        put_right(buffer, inner.x, inner.right(), inner.bottom().saturating_sub(1), &more, app.theme.dim());
    }
    None
}
