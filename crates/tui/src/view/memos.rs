//! The list of memos, the one at hand in full below.

use model::state::Memo;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::spots::{first, spot};
use super::status::date;
use super::{lines, put, put_right, rule, sheet, typed};
use crate::app::App;
use crate::layers::memos::Memos;
use crate::safe::{safe, text_width};
use crate::strings::coding::subject;
use crate::strings::writing as words;
use crate::update::writing::is_shown;

/// Draws the list; returns where the cursor stands.
pub fn draw(app: &App, memos: &Memos, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let inner = sheet(app.theme, buffer, screen, &words::MEMOS);
    if inner.is_empty() {
        return None;
    }
    let list = memos.list(desk, app.others);
    let hidden = desk.state.memos().filter(|m| !is_shown(desk, m, app.others)).count();
    let all = desk.state.memos().count() - hidden;
    put(buffer, inner.x, inner.y, 2, "/ ", app.theme.key());
    let count = words::memos_of(list.len(), all);
    let right = put_right(buffer, inner.x, inner.right(), inner.y, &count, app.theme.dim());
    let room = right.saturating_sub(inner.x + 3);
    let cursor = typed(app.theme, buffer, inner.x + 2, inner.y, room, &memos.filter);
    if memos.filter.is_empty() {
        put(buffer, inner.x + 4, inner.y, room.saturating_sub(2), &words::FILTER, app.theme.dim());
    }
    // What the list does not need is there to read the memo in.
    let third = inner.height / 3;
    if hidden > 0 {
        let said = words::memos_hidden(hidden);
        put(buffer, inner.x, inner.y + 1, inner.width, &said, app.theme.dim());
    }
    let below = inner.height.saturating_sub(list.len() as u16 + 3).clamp(third, third * 2);
    let rows = usize::from(inner.height.saturating_sub(below + 2));
    if list.is_empty() {
        let none = if all == 0 { words::NO_MEMOS } else { words::NO_MEMO_FITS };
        put(buffer, inner.x, inner.y + 2, inner.width, &none, app.theme.text());
        return Some(cursor);
    }
    let at = memos.at.min(list.len() - 1);
    let top = first(memos.top, at, rows);
    // Title, type and subject; then who and when, as far as there is room.
    let wide = inner.width >= 90;
    let title = inner.width * 2 / 5;
    let kind = title + 1 + if wide { 11 } else { 0 };
    let facts = |memo: &Memo<'_>| {
        let when = date(app, &memo.changed.at, true);
        let day = when.get(..10).unwrap_or(&when).to_owned();
        if wide { format!("{} · {when}", safe(&memo.changed.coder)) } else { day }
    };
    let widest = list.iter().skip(top).take(rows).map(|m| text_width(&facts(m)) as u16).max();
    let who = inner.width.saturating_sub(widest.unwrap_or(0) + 1);
    for (line, (i, memo)) in list.iter().enumerate().skip(top).take(rows).enumerate() {
        let y = inner.y + 2 + line as u16;
        let w = memo.written;
        let name = match w.title.trim() {
            "" => w.body.split_whitespace().collect::<Vec<_>>().join(" "),
            title => title.to_owned(),
        };
        let name = if name.is_empty() { words::UNTITLED.get() } else { &name };
        put(buffer, inner.x, y, title, name, app.theme.text());
        if wide {
            put(buffer, inner.x + title + 1, y, 10, words::kind(&w.kind), app.theme.dim());
        }
        let about = subject(desk, &w.on);
        put(buffer, inner.x + kind, y, who.saturating_sub(kind + 1), &about, app.theme.text());
        put_right(buffer, inner.x + who, inner.right(), y, &facts(memo), app.theme.dim());
        let row = spot(Rect::new(inner.x, y, inner.width, 1).intersection(buffer.area), i, 0);
        if i == at {
            buffer.set_style(row, app.theme.selected());
        }
    }
    let y = inner.bottom().saturating_sub(below);
    rule(app.theme, buffer, inner, y);
    let Some(memo) = list.get(at) else { return Some(cursor) };
    let mut facts = vec![words::kind(&memo.written.kind).to_owned(), subject(desk, &memo.written.on)];
    facts.extend((!memo.written.tags.is_empty()).then(|| memo.written.tags.join(", ")));
    put(buffer, inner.x, y + 1, inner.width, &facts.join(" · "), app.theme.dim());
    let body = memo.written.body.lines().flat_map(|l| lines(l, inner.width));
    for (i, text) in body.take(usize::from(below.saturating_sub(2))).enumerate() {
        put(buffer, inner.x, y + 2 + i as u16, inner.width, &text, app.theme.text());
    }
    Some(cursor)
}
