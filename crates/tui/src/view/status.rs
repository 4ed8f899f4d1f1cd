//! The top line and the status line: study, coder, progress, whether it is saved; where the cursor
//! stands and which coding is there.

use model::codebook::Codebook;
use model::corpus::Document;
use model::name::Name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{clear, lines, put, put_right};
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

/// The most cells of a note in the status line, and the fewest.
const NOTE: usize = 40;
const NOTE_AT_LEAST: usize = 16;
/// The fewest cells of a code's label there.
const LABEL_AT_LEAST: usize = 16;

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

/// Lines that a message takes at most: what it says to do must not be cut off.
const MESSAGE: u16 = 2;

/// The message of the moment over all that lies on the screen: on the status line, or on the line of a
/// layer that stands for it. A long one takes a line more: `up`, or else down.
pub fn message(app: &App, buffer: &mut Buffer, area: Rect, up: bool) {
    let Some(message) = app.message.as_ref().filter(|_| !area.is_empty()) else { return };
    let style = if message.alarm { app.theme.alarm() } else { app.theme.heading() };
    let room = area.width.saturating_sub(1);
    let text = safe(&message.text);
    if text_width(&text) + 2 <= usize::from(room) {
        put(buffer, area.x, area.y, room, &format!(" {text} "), style);
        return;
    }
    let mut lines = lines(&text, room.saturating_sub(2));
    if lines.len() > usize::from(MESSAGE) {
        let rest = lines.split_off(usize::from(MESSAGE) - 1).join(" ");
        lines.push(rest);
    }
    let more = lines.len().saturating_sub(1) as u16;
    let top = if up { area.y.saturating_sub(more) } else { area.y };
    for (line, y) in lines.iter().zip(top..) {
        clear(buffer, Rect { y, height: 1, ..area });
        put(buffer, area.x, y, room, &format!(" {line} "), style);
    }
}

/// Where the message of the moment stands, and whether it grows upwards; none where a layer tells it among
/// its own words.
pub fn message_at(app: &App, status: Rect) -> Option<(Rect, bool)> {
    let mut at = Some((status, true));
    for layer in &app.layers {
        at = match layer {
            Layer::Table(table) if table.numbers.is_ok() => None,
            Layer::Sheet(sheet) if sheet.sheets.is_ok() => None,
            Layer::Command(_) => None,
            Layer::Passages(_) | Layer::Walk(_) => Some((Rect { y: 1, ..status }, false)),
            Layer::Table(_) | Layer::Sheet(_) | Layer::Book(_) => Some((status, true)),
            _ => at,
        };
    }
    at
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
    let Some((desk, at)) = app.desk.as_ref().zip(app.reader.document).filter(|_| !sheet) else { return };
    let Some(document) = desk.document(at) else { return };
    let percent = format!(" {} ", strings::through(percent(app)));
    let right = area.right().saturating_sub(1);
    let room = right.saturating_sub(area.x + 2 + text_width(&percent) as u16);
    if let Some(said) = &app.message
        && text_width(&said.text) + 2 > usize::from(room)
    {
        // It goes with the next key; how far the text is scrolled can wait.
        return;
    }
    put_right(buffer, area.x, right, area.y, &percent, app.theme.dim());
    if app.message.is_some() {
        return;
    }
    if app.focus == crate::geometry::Pane::Documents {
        let text = format!(" {} ", strings::lists::progress(desk));
        put(buffer, area.x, area.y, room, &text, app.theme.text());
        return;
    }
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
    let which = turn.filter(|_| all > 1).map(|n| format!("{} · ", strings::coding::one_of(n + 1, all)));
    let mut text = format!(" {} · ", place(app, document));
    // Of a coding the code, the coder and the beginning of the note are told before the place in full.
    let counted = which.as_deref().map_or(0, text_width);
    let needed = marks.first().map_or(0, |m| text_width(&facts(app, desk, m, 0)) + counted);
    if text_width(&text) + needed > usize::from(room)
        && !marks.is_empty()
        && let Some(turn) = document.turn_at(app.reader.cursor)
    {
        text = format!(" {} · ", strings::lists::turn(turn));
    }
    // Where there is no room for the key to the next one, the figures alone stand before the code.
    let which = match turn.filter(|_| all > 1 && text_width(&text) + needed > usize::from(room)) {
        Some(n) => Some(format!("{}/{all} · ", n + 1)),
        None => which,
    };
    let mut x = area.x + put(buffer, area.x, area.y, room, &text, app.theme.text());
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
    if let Some(which) = which {
        x += put(buffer, x, area.y, room.saturating_sub(x - area.x), &which, app.theme.dim());
    }
    for (i, mark) in marks.iter().enumerate() {
        let left = room.saturating_sub(x - area.x);
        let facts = if i == 0 {
            facts(app, desk, mark, left.into())
        } else {
            format!("+ {} ", desk.label(mark.code as usize))
        };
        let color = desk.coded.codebook.color(mark.code as usize).filter(|_| mark.own);
        x += put(buffer, x, area.y, left, &facts, app.theme.code(color));
    }
}

/// How far into the document the cursor stands.
fn percent(app: &App) -> usize {
    let last = app.document().map_or(0, |d| d.text.len()).saturating_sub(1).max(1);
    // The end of a text is behind its last character, where no cursor stands.
    let at = app.reader.cursor.min(last);
    let ends = app.document().is_some_and(|d| d.text.as_str().ends_with('\n')) && at + 2 > last;
    if ends { 100 } else { (u64::from(at) * 100 / u64::from(last)) as usize }
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

/// Everything about one coding, as far as there is room: the code, the coder and the note first; where
/// there is no room for all, when it was made comes before what else was set.
fn facts(app: &App, desk: &Desk, mark: &Mark, room: usize) -> String {
    let label = desk.label(mark.code as usize);
    let Some(made) = desk.state.coding(mark.id) else { return format!("{label} ") };
    let book: &Codebook = &desk.coded.codebook;
    let mut rest = Vec::new();
    let set = book.qualified(mark.code as usize, made.qualifiers);
    let of = |k: &Name| book.qualifiers.iter().find(|q| q.id == *k);
    rest.extend(set.iter().map(|(k, v)| match of(k) {
        Some(q) => strings::coding::qualified(
            &coding::qualifier_label(desk, q, None),
            &coding::qualifier_label(desk, q, Some(v)),
        ),
        None => strings::coding::qualified(k, v),
    }));
    rest.extend(made.case.map(|c| strings::panes::case(c)));
    rest.extend(made.weight.map(strings::coding::weight));
    rest.extend(desk.state.is_exemplar(mark.id).then(|| strings::coding::EXAMPLE.into()));
    let memo = app.reader.memos.iter().any(|(s, _)| *s == mark.span);
    rest.extend(memo.then(|| strings::coding::HAS_MEMO.into()));
    rest.push(date(app, &made.added.at, app.size.0 >= ROOMY));
    let coder: &str = &made.added.coder;
    let note = |cells: usize| made.note.map(|n| format!("\"{}\"", fit(&safe(n), cells)));
    let join = |parts: &[String]| format!("{} ", parts.join(" · "));
    let mut parts = vec![label.to_owned(), coder.to_owned()];
    parts.extend(note(NOTE));
    let whole = [parts, rest.clone()].concat();
    if text_width(&join(&whole)) <= room {
        return join(&whole);
    }
    // A long label makes room for the beginning of the note, the note for what else was set.
    let short = note(NOTE_AT_LEAST).map_or(0, |n| text_width(&n) + 3);
    let left = room.saturating_sub(text_width(coder) + short + 4);
    let label = fit(&safe(label), left.max(LABEL_AT_LEAST)).into_owned();
    let mut parts = vec![label, coder.to_owned()];
    let left = room.saturating_sub(text_width(&join(&parts)) + 5);
    parts.extend(note(left.clamp(NOTE_AT_LEAST, NOTE)));
    // When it was made comes before what holds by default anyway.
    rest.rotate_right(1);
    for part in rest {
        if text_width(&join(&parts)) + text_width(&part) + 3 <= room {
            parts.push(part);
        }
    }
    join(&parts)
}

/// Day and, where there is room, time of an act, in the time zone of this computer.
pub(crate) fn date(app: &App, at: &str, time: bool) -> String {
    match at.parse::<jiff::Timestamp>() {
        Ok(instant) => instant
            .to_zoned(app.zone.clone().unwrap_or(jiff::tz::TimeZone::UTC))
            .strftime(if time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" })
            .to_string(),
        Err(_) => at.to_owned(),
    }
}
