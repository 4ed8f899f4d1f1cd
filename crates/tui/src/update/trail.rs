//! The trail: from a list to a place in the transcript, and back to the list.

use model::span::Span;

use super::{motion, remark};
use crate::app::App;
use crate::geometry::Pane;
use crate::layers::{self, passages};
use crate::strings::lists as words;

/// Leaves the lists that lie over the panes for a place in the transcript; they are kept.
///
/// The list that is being left is taken off while it works and put back when it is done, so what is
/// kept is settled by [`keep`] then.
pub fn leave(app: &mut App, document: usize, span: Span) {
    app.left = true;
    show(app, document, span);
    app.say(words::WAY_BACK);
}

/// Shows a stretch of text in the transcript.
pub fn show(app: &mut App, document: usize, span: Span) {
    if app.reader.document != Some(document) {
        app.open_document(document);
    }
    app.focus = Pane::Reader;
    app.reader.selection = None;
    app.settle();
    app.reader.go(span.start);
    motion::reveal(app);
    let rows = app.rows();
    app.reader.show(span, rows);
    remark(app);
}

/// Puts the lists that were left aside, once all of them lie there.
pub fn keep(app: &mut App) {
    if std::mem::take(&mut app.left) {
        app.trail = std::mem::take(&mut app.layers);
    }
}

/// Back to the lists that were left; they are counted anew.
pub fn back(app: &mut App) {
    if app.trail.is_empty() {
        app.say(words::NO_TRAIL);
        return;
    }
    app.layers = std::mem::take(&mut app.trail);
    layers::refresh(app, &[]);
    layers::search::come_back(app);
}

/// Asks for the passages of the code at hand: in the codebook the one there, in the transcript that of
/// the coding under the cursor; else any.
pub fn retrieve(app: &mut App) {
    let at = app.reader.selection.map_or(app.reader.cursor, |s| s.span.start);
    let code = match app.focus {
        Pane::Codebook => Some(app.code),
        Pane::Reader => app.reader.marks_at(at).first().map(|m| m.code as usize),
        Pane::Documents => None,
    };
    match code {
        Some(code) => passages::open(app, code),
        None => {
            if let Some(desk) = &app.desk {
                let ask = layers::ask::Ask::Retrieve;
                let palette = layers::palette::Palette::choose(desk, ask, words::WHICH_CODE.to_owned());
                app.layers.push(layers::Layer::Palette(palette));
            }
        }
    }
}
