//! Motions: where the cursor goes in the transcript.

use model::corpus::Document;
use model::span::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::actions::Action;
use crate::app::App;
use crate::desk::counts;
use crate::reader::Held;
use crate::strings;
use crate::units::{self, Unit};

/// Applies a motion. What was selected with Shift held is dropped by a motion without it.
pub fn update(app: &mut App, action: &Action) {
    app.reader.selection.take_if(|s| s.held != Held::No);
    step(app, action);
}

/// Applies a motion; a free selection comes along.
pub(super) fn step(app: &mut App, action: &Action) {
    let rows = app.rows();
    let step = rows.saturating_sub(2).max(1) as isize;
    let Some(document) = app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at)) else {
        return;
    };
    let reader = &mut app.reader;
    let row = reader.page.row_of(reader.cursor);
    match action {
        Action::Up => reader.move_rows(document, -1),
        Action::Down => reader.move_rows(document, 1),
        Action::PageUp | Action::PageDown => {
            let lines = if *action == Action::PageDown { step } else { -step };
            let before = reader.cursor;
            reader.scroll(document, lines, rows);
            if reader.cursor == before {
                reader.move_rows(document, lines);
            }
        }
        Action::Left => reader.go(beside(document, reader.cursor, false)),
        Action::Right => reader.go(beside(document, reader.cursor, true)),
        Action::LineStart => reader.go(reader.page.position_at(document, row, 0)),
        Action::LineEnd => reader.go(reader.page.position_at(document, row, u16::MAX)),
        Action::First => {
            let to = reader.page.text_row(0).map_or(0, |r| reader.page.position_at(document, r, 0));
            reader.go(to);
            reader.top = 0;
        }
        Action::Last => {
            let end = reader.page.len().saturating_sub(1);
            let to = reader.page.text_row(end).map_or(0, |r| reader.page.position_at(document, r, u16::MAX));
            reader.go(to);
        }
        Action::NextUncoded | Action::PreviousUncoded => return uncoded(app, *action == Action::NextUncoded),
        Action::NextCoding | Action::PreviousCoding => return coding(app, *action == Action::NextCoding),
        _ => return,
    }
    reveal(app);
}

/// Shows the cursor, and makes a free selection reach it.
pub fn reveal(app: &mut App) {
    let rows = app.rows();
    app.newest = None;
    let Some(document) = app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at)) else {
        return;
    };
    let reader = &mut app.reader;
    match &mut reader.selection {
        Some(s) if s.unit == Unit::Free => {
            let end = grapheme_end(document, reader.cursor.max(s.anchor));
            s.span = Span::new(s.anchor.min(reader.cursor), end);
        }
        _ => reader.selection = None,
    }
    reader.show_cursor(rows);
}

/// One past the grapheme at a position.
pub fn grapheme_end(document: &Document, at: u32) -> u32 {
    let near = document.text.slice(Span::new(at, at.saturating_add(64)));
    let len = near.graphemes(true).next().map_or(0, |g| g.chars().count() as u32);
    at + len.max(u32::from(!near.is_empty()))
}

/// The place one character further, over headings and blank lines.
pub(super) fn beside(document: &Document, at: u32, forward: bool) -> u32 {
    let end = document.text.len();
    let mut to = at;
    loop {
        if forward {
            let next = grapheme_end(document, to);
            if next >= end {
                return at;
            }
            to = next;
        } else {
            let near = Span::new(to.saturating_sub(64), to);
            let Some(g) = document.text.slice(near).graphemes(true).next_back() else { return at };
            to -= g.chars().count() as u32;
        }
        // A heading is stepped over in one go.
        if let Some(turn) = document.turn_at(to).map(|i| &document.turns[i])
            && (turn.speaker.is_some() || turn.seconds.is_some())
            && to < turn.text_start
        {
            if forward {
                return turn.text_start.min(end.saturating_sub(1));
            }
            if turn.start == 0 {
                return at;
            }
            to = turn.start;
            continue;
        }
        if !document.text.slice(Span::new(to, to + 1)).starts_with('\n') {
            return to;
        }
    }
}

/// To the next turn that counts and has no coding of the coder.
fn uncoded(app: &mut App, forward: bool) {
    let Some(document) = app.document() else { return };
    let reader = &app.reader;
    let here = document.turn_at(reader.cursor);
    let found = if document.turns.is_empty() {
        let here = units::at(document, Unit::Turn, reader.cursor);
        let mut next = here;
        loop {
            next = next.and_then(|s| {
                if forward {
                    units::after(document, Unit::Turn, s.end)
                } else {
                    units::before(document, Unit::Turn, s.start)
                }
            });
            match next {
                Some(s) if reader.marks.intervals.touching(s).is_empty() => break Some(s.start),
                Some(_) => {}
                None => break None,
            }
        }
    } else if forward {
        (here.map_or(0, |i| i + 1)..document.turns.len())
            .find(|i| is_free(app, document, *i))
            .map(|i| document.turns[i].text_start)
    } else {
        (0..here.unwrap_or(0))
            .rev()
            .find(|i| is_free(app, document, *i))
            .map(|i| document.turns[i].text_start)
    };
    let done = app
        .desk
        .as_ref()
        .zip(app.reader.document)
        .is_some_and(|(desk, at)| desk.progress.get(at) == Some(&crate::desk::Progress::Done));
    land(app, found, &strings::all_coded(done));
}

/// Whether a turn counts and has no coding of the coder.
fn is_free(app: &App, document: &Document, turn: usize) -> bool {
    let Some(turn) = document.turns.get(turn) else { return false };
    let marks = &app.reader.marks;
    let touching = marks.intervals.touching(turn.speech());
    !turn.speech().is_empty()
        && counts(document, turn.speech())
        && !touching.iter().filter_map(|m| marks.list.get(*m)).any(|m| m.own)
}

/// The next turn that counts and has no coding of the coder, around the end of the document; from its
/// beginning where that is asked.
pub fn next_free(app: &App, from_start: bool) -> Option<u32> {
    let document = app.document()?;
    let all = document.turns.len();
    let from = if from_start { 0 } else { document.turn_at(app.reader.cursor).map_or(0, |i| i + 1) };
    let found = (from..all).chain(0..from).find(|i| is_free(app, document, *i));
    found.and_then(|i| document.turns.get(i)).map(|t| t.text_start)
}

/// To the next coding that is shown.
fn coding(app: &mut App, forward: bool) {
    let at = app.reader.cursor;
    let list = &app.reader.marks.list;
    let found = if forward {
        list.iter().find(|m| m.span.start > at)
    } else {
        list.iter().rev().find(|m| m.span.start < at)
    };
    let to = found.map(|m| m.span.start);
    land(app, to, &strings::NO_MORE_CODINGS);
}

/// To a place, with its turn in sight; says so where there is none.
pub fn land(app: &mut App, to: Option<u32>, none: &str) {
    let Some(to) = to else {
        app.say(none);
        return;
    };
    app.reader.go(to);
    reveal(app);
    let rows = app.rows();
    let Some(document) = app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at)) else {
        return;
    };
    let turn = units::block(document, to);
    app.reader.show(turn, rows);
}
