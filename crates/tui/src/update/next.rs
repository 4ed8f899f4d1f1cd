//! What is next: a document that was reopened, the one that was begun, the next one to do.

use super::motion;
use crate::app::App;
use crate::desk::{Desk, Progress};
use crate::geometry::Pane;
use crate::strings::lists as words;

/// Goes to the next thing to do and says why.
pub fn update(app: &mut App) {
    let Some(desk) = &app.desk else { return };
    let order: Vec<usize> = desk.groups.iter().flat_map(|g| g.documents.iter().copied()).collect();
    let is = |d: &usize, p: Progress| desk.progress.get(*d) == Some(&p);
    let open = app.reader.document;
    // The open document comes first among those of its kind, then what stands behind it in the list.
    let from = order.iter().position(|d| Some(*d) == open).unwrap_or(0);
    let around = || order.iter().skip(from).chain(order.iter().take(from)).copied();
    let with = |p: Progress| around().find(|d| is(d, p));
    if let Some(document) = with(Progress::Reopened) {
        let said = words::reopened(&title(desk, document), &desk.reopened_for(document));
        // Whoever reads it already stays where they read.
        if open == Some(document) {
            app.focus = Pane::Reader;
        } else {
            go(app, document);
        }
        app.say(said);
        return;
    }
    for (progress, begun) in [(Progress::Begun, true), (Progress::ToDo, false)] {
        let Some(document) = with(progress) else { continue };
        let title = title(desk, document);
        if open != Some(document) {
            go(app, document);
            if !begun {
                app.say(words::to_do(&title));
                return;
            }
        }
        app.focus = Pane::Reader;
        app.reader.selection = None;
        let to = motion::next_free(app, begun && open != Some(document));
        let Some(to) = to else {
            app.say(words::only_done(&title));
            return;
        };
        app.reader.go(to);
        motion::reveal(app);
        app.say(words::next_turn(&title));
        return;
    }
    app.say(words::ALL_DONE);
}

fn title(desk: &Desk, document: usize) -> String {
    desk.document(document).map(crate::view::documents::name).unwrap_or_default()
}

/// Opens a document where it was left, or at its beginning.
fn go(app: &mut App, document: usize) {
    app.open_document(document);
    app.focus = Pane::Reader;
    app.reader.selection = None;
    app.settle();
    motion::reveal(app);
}
