//! The top line and the status line: study, coder, progress, whether it is saved; where the cursor
//! stands and which coding is there.

use model::codebook::Codebook;
use model::corpus::Document;
use model::name::Name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{put, put_right};
use crate::app::{App, Saving};
use crate::desk::Desk;
use crate::layers::Layer;
use crate::reader::Mark;
use crate::safe::{fit, safe, text_width};
use crate::strings;
use crate::units::{self, Unit};
use crate::update::coding;

/// The longest turn whose sentences are counted for the status line, in code points.
const COUNTED: u32 = 20_000;

/// From this width on the status line has room for the time of day.
const ROOMY: u16 = 100;

/// The top line.
pub fn top(app: &App, buffer: &mut Buffer, area: Rect) {
    let Some(desk) = &app.desk else { return };
    if area.is_empty() {
        return;
    }
    let right = area.right().saturating_sub(1);
    // What is not saved is said whatever else there is no room for.
    let left = match &app.saving {
        Saving::Nothing => right,
        Saving::Saved(time) => {
            put_right(buffer, area.x, right, area.y, &strings::saved(time), app.theme.dim())
        }
        Saving::NotSaved { why, waiting } => put_right(
            buffer,
            area.x,
            right,
            area.y,
            &format!(" {} ", strings::not_saved(why, *waiting)),
            app.theme.alarm(),
        ),
    };
    let who = desk.coder.as_ref().map(|c| strings::coder(c, desk.is_primary()));
    let who = who.map(|w| match desk.state.sight() {
        Some(_) => format!("{w} · {}", strings::work::IS_BLIND),
        None => w,
    });
    let done = strings::done_of(desk.done(), desk.corpus.documents.len());
    let facts =
        [who.unwrap_or_default(), done].into_iter().filter(|f| !f.is_empty()).collect::<Vec<_>>().join("   ");
    let room = left.saturating_sub(area.x);
    let name = format!("{}  {}", strings::PROGRAM, desk.name);
    let facts_at = left.saturating_sub(text_width(&safe(&facts)) as u16 + 3);
    if text_width(&facts) + 16 < usize::from(room) {
        put(buffer, facts_at, area.y, left.saturating_sub(facts_at), &facts, app.theme.text());
        put(buffer, area.x + 1, area.y, facts_at.saturating_sub(area.x + 2), &name, app.theme.heading());
    } else {
        put(buffer, area.x + 1, area.y, room.saturating_sub(2), &name, app.theme.heading());
    }
}

/// The message of the moment, by itself.
pub fn message(app: &App, buffer: &mut Buffer, area: Rect) -> bool {
    let Some(message) = app.message.as_ref().filter(|_| !area.is_empty()) else { return false };
    let style = if message.alarm { app.theme.alarm() } else { app.theme.heading() };
    put(buffer, area.x, area.y, area.width.saturating_sub(1), &format!(" {} ", message.text), style);
    true
}

/// The status line.
pub fn line(app: &App, buffer: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    for x in area.x..area.right() {
        put(buffer, x, area.y, 1, "─", app.theme.rule());
    }
    let sheet = app.layers.iter().any(Layer::is_sheet);
    let Some((desk, at)) = app.desk.as_ref().zip(app.reader.document).filter(|_| !sheet) else {
        message(app, buffer, area);
        return;
    };
    let Some(document) = desk.document(at) else { return };
    let percent = format!(" {} ", strings::through(percent(app)));
    let right = put_right(buffer, area.x, area.right().saturating_sub(1), area.y, &percent, app.theme.dim());
    let room = right.saturating_sub(area.x + 2);
    if let Some(message) = &app.message {
        let style = if message.alarm { app.theme.alarm() } else { app.theme.heading() };
        put(buffer, area.x, area.y, room, &format!(" {} ", message.text), style);
        return;
    }
    if app.focus == crate::geometry::Pane::Documents {
        let text = format!(" {} ", strings::lists::progress(desk));
        put(buffer, area.x, area.y, room, &text, app.theme.text());
        return;
    }
    let mut text = place(app, document);
    let mut marks = coding::here(app);
    let hand = coding::at_hand(app);
    let turn = hand.and_then(|h| marks.iter().position(|m| m.id == h.id));
    let all = marks.len();
    match (hand, turn) {
        // The coding at hand is named first, and those that follow it in turn.
        (_, Some(n)) => marks.rotate_left(n),
        (Some(hand), None) => marks.insert(0, hand),
        (None, None) => {}
    }
    text.push_str(" · ");
    let mut x = area.x + put(buffer, area.x, area.y, room, &format!(" {text}"), app.theme.text());
    if marks.is_empty() {
        put(
            buffer,
            x,
            area.y,
            room.saturating_sub(x - area.x),
            &format!("{} ", strings::NO_CODE_HERE),
            app.theme.dim(),
        );
        return;
    }
    if let Some(n) = turn.filter(|_| all > 1) {
        let which = format!("{} · ", strings::coding::one_of(n + 1, all));
        x += put(buffer, x, area.y, room.saturating_sub(x - area.x), &which, app.theme.dim());
    }
    for (i, mark) in marks.iter().enumerate() {
        let left = room.saturating_sub(x - area.x);
        let facts =
            if i == 0 { facts(app, desk, mark) } else { format!("+ {} ", desk.label(mark.code as usize)) };
        let color = desk.coded.codebook.color(mark.code as usize).filter(|_| mark.own);
        x += put(buffer, x, area.y, left, &facts, app.theme.code(color));
    }
}

/// How far into the document the cursor stands.
fn percent(app: &App) -> usize {
    let rows = app.reader.page.len().saturating_sub(1).max(1);
    (app.reader.page.row_of(app.reader.cursor) * 100 / rows).min(100)
}

/// Where the cursor stands, or what is selected.
fn place(app: &App, document: &Document) -> String {
    let cursor = app.reader.cursor;
    let turn = document.turn_at(cursor).map(strings::lists::turn);
    if let Some(s) = app.reader.selection {
        let words = if s.span.len() < COUNTED { document.text.slice(s.span) } else { "" };
        let n = (s.span.len() < COUNTED).then(|| model::word::count_words(words) as usize);
        return strings::panes::selected(strings::unit(s.unit), n, turn.as_deref());
    }
    let block = units::block(document, cursor);
    let sentence = (block.len() < COUNTED)
        .then(|| {
            let text = document.text.slice(block);
            let to = document.text.byte(cursor).saturating_sub(document.text.byte(block.start));
            let all = model::sentence::sentences(text);
            let at = all.iter().filter(|(start, _)| *start <= to).count().max(1);
            (all.len() > 1).then(|| strings::panes::sentence(at, all.len()))
        })
        .flatten();
    match (sentence, turn) {
        (Some(s), Some(t)) => format!("{s} in {t}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => strings::unit(Unit::Turn).to_owned(),
    }
}

/// Everything about one coding: code, coder, when, note, qualifiers.
fn facts(app: &App, desk: &Desk, mark: &Mark) -> String {
    let book: &Codebook = &desk.coded.codebook;
    let mut parts = vec![desk.label(mark.code as usize).to_owned()];
    if let Some(made) = desk.state.coding(mark.id) {
        parts.push(made.added.coder.to_string());
        parts.push(date(app, &made.added.at, app.size.0 >= ROOMY));
        let set = book.qualified(mark.code as usize, made.qualifiers);
        let of = |k: &Name| book.qualifiers.iter().find(|q| q.id == *k);
        parts.extend(set.iter().map(|(k, v)| match of(k) {
            Some(q) => strings::coding::qualified(
                &coding::qualifier_label(desk, q, None),
                &coding::qualifier_label(desk, q, Some(v)),
            ),
            None => strings::coding::qualified(k, v),
        }));
        parts.extend(made.case.map(|c| strings::panes::case(c)));
        parts.extend(made.weight.map(strings::coding::weight));
        parts.extend(desk.state.is_exemplar(mark.id).then(|| strings::coding::EXAMPLE.into()));
        let memo = app.reader.memos.iter().any(|(s, _)| *s == mark.span);
        parts.extend(memo.then(|| strings::coding::HAS_MEMO.into()));
        parts.extend(made.note.map(|n| format!("\"{}\"", fit(n, 40))));
    }
    format!("{} ", parts.join(" · "))
}

/// Day and, where there is room, time of an act, in the time zone of this computer.
pub(super) fn date(app: &App, at: &str, time: bool) -> String {
    match at.parse::<jiff::Timestamp>() {
        Ok(instant) => instant
            .to_zoned(app.zone.clone().unwrap_or(jiff::tz::TimeZone::UTC))
            .strftime(if time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" })
            .to_string(),
        Err(_) => at.to_owned(),
    }
}
