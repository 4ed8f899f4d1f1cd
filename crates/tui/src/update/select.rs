//! Selections: by word, sentence, turn or question, and free ones.

use model::corpus::Document;
use model::span::Span;

use super::motion;
use crate::actions::{Action, Toward};
use crate::app::App;
use crate::reader::{Held, Selection};
use crate::strings;
use crate::units::{self, Unit};

/// The open document.
fn document(app: &App) -> Option<&Document> {
    app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at))
}

/// Selects the unit at the cursor; where it is selected already, the next one (or the one before).
/// While a free selection is on, it grows by the unit.
pub fn unit(app: &mut App, unit: Unit, forward: bool) {
    let Some(document) = document(app) else { return };
    let cursor = app.reader.cursor;
    match app.reader.selection {
        Some(s) if s.unit == Unit::Free => {
            let here = units::at(document, unit, cursor);
            let to = if forward {
                match here {
                    Some(h) if cursor + 1 < h.end && h.has(cursor) => Some(h),
                    _ => units::after(document, unit, cursor + 1),
                }
                .map(|s| s.end.saturating_sub(1))
            } else {
                match here {
                    Some(h) if h.start < cursor && h.has(cursor) => Some(h),
                    _ => units::before(document, unit, cursor),
                }
                .map(|s| s.start)
            };
            if let Some(to) = to {
                app.reader.go(to);
            }
            motion::reveal(app);
        }
        selected => {
            let found = match selected {
                Some(s) if s.unit == unit && forward => units::after(document, unit, s.span.end),
                Some(s) if s.unit == unit => units::before(document, unit, s.span.start),
                _ if forward => units::at(document, unit, cursor),
                _ => units::at(document, unit, cursor).and_then(|s| units::before(document, unit, s.start)),
            };
            if let Some(span) = found {
                set(app, span, unit);
            }
        }
    }
}

/// Selects a stretch of text.
pub fn set(app: &mut App, span: Span, unit: Unit) {
    let rows = app.rows();
    app.newest = None;
    app.reader.go(span.start);
    app.reader.selection = Some(Selection { span, unit, anchor: span.start, held: Held::No });
    app.reader.show(span, rows);
}

/// Begins a free selection at the cursor or from what is selected; ends one that is on.
pub fn free(app: &mut App) {
    match app.reader.selection {
        Some(s) if s.unit == Unit::Free => app.reader.selection = None,
        Some(s) => {
            app.reader.go(s.span.end.saturating_sub(1).max(s.span.start));
            app.reader.selection = Some(Selection::free(s.span, s.anchor));
            app.say(strings::FREE);
        }
        None => {
            let Some(document) = document(app) else { return };
            let at = app.reader.cursor;
            let span = Span::new(at, motion::grapheme_end(document, at));
            app.reader.selection = Some(Selection::free(span, at));
            app.say(strings::FREE);
        }
    }
}

/// Moves the end of the selection; where there is none, begins one beside the cursor.
pub fn toward(app: &mut App, toward: Toward) {
    let Some(document) = document(app) else { return };
    let forward = toward.is_forward();
    let before = |at: u32| motion::beside(document, at, false);
    let cursor = app.reader.cursor;
    let held = if forward { Held::Forward } else { Held::Back };
    // Which character the selection began with, whether one step is made by that already, and the cursor.
    let (anchor, made, from) = match app.reader.selection {
        Some(s) if s.unit == Unit::Free => {
            // Back over where it began: nothing is selected any more.
            let turns = s.held != Held::No && s.held != held && cursor == s.anchor;
            if turns && matches!(toward, Toward::Left | Toward::Right) {
                app.reader.go(if forward { motion::beside(document, cursor, true) } else { cursor });
                app.reader.selection = None;
                return;
            }
            (s.anchor, false, cursor)
        }
        Some(s) => (s.span.start, false, before(s.span.end).max(s.span.start)),
        None if forward => (cursor, toward == Toward::Right, cursor),
        None if before(cursor) == cursor => return,
        None if toward == Toward::Left => (before(cursor), true, before(cursor)),
        None => (before(cursor), false, cursor),
    };
    let held = match app.reader.selection {
        Some(s) if s.unit == Unit::Free => s.held,
        Some(_) => Held::Forward,
        None => held,
    };
    let span = Span::new(anchor, motion::grapheme_end(document, anchor));
    app.reader.selection = Some(Selection { held, ..Selection::free(span, anchor) });
    app.reader.go(from);
    match toward {
        _ if made => motion::reveal(app),
        Toward::Left => motion::step(app, &Action::Left),
        Toward::Right => motion::step(app, &Action::Right),
        Toward::Up => motion::step(app, &Action::Up),
        Toward::Down => motion::step(app, &Action::Down),
        Toward::WordLeft => unit(app, Unit::Word, false),
        Toward::WordRight => unit(app, Unit::Word, true),
    }
}

/// Makes the selection one unit longer; selects the sentence where there is none.
pub fn extend(app: &mut App) {
    let Some(document) = document(app) else { return };
    let Some(s) = app.reader.selection.filter(|s| s.unit != Unit::Free) else {
        return unit(app, Unit::Sentence, true);
    };
    if let Some(next) = units::after(document, s.unit, s.span.end) {
        let rows = app.rows();
        let span = Span::new(s.span.start, next.end);
        app.reader.selection = Some(Selection { span, ..s });
        app.reader.show(Span::new(next.start, next.end), rows);
        app.reader.show_cursor(rows);
    }
}

/// Makes the selection one unit shorter.
pub fn shrink(app: &mut App) {
    let Some(document) = document(app) else { return };
    let Some(s) = app.reader.selection.filter(|s| s.unit != Unit::Free) else { return };
    let last = units::before(document, s.unit, s.span.end).filter(|u| u.start > s.span.start);
    if let Some(keep) =
        last.and_then(|u| units::before(document, s.unit, u.start)).filter(|k| k.start >= s.span.start)
    {
        app.reader.selection = Some(Selection { span: Span::new(s.span.start, keep.end), ..s });
    }
}
