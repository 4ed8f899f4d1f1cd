//! Selections: by word, sentence, turn or question, and free ones.

use model::corpus::Document;
use model::span::Span;

use super::motion;
use crate::app::App;
use crate::reader::Selection;
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
    app.reader.selection = Some(Selection { span, unit, anchor: span.start });
    app.reader.show(span, rows);
}

/// Begins a free selection at the cursor or from what is selected; ends one that is on.
pub fn free(app: &mut App) {
    match app.reader.selection {
        Some(s) if s.unit == Unit::Free => app.reader.selection = None,
        Some(s) => {
            app.reader.go(s.span.end.saturating_sub(1).max(s.span.start));
            app.reader.selection = Some(Selection { unit: Unit::Free, ..s });
            app.say(strings::FREE);
        }
        None => {
            let Some(document) = document(app) else { return };
            let at = app.reader.cursor;
            let span = Span::new(at, motion::grapheme_end(document, at));
            app.reader.selection = Some(Selection { span, unit: Unit::Free, anchor: at });
            app.say(strings::FREE);
        }
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
