//! Panes: moving between them, and within the two at the sides.

use super::code;
use crate::actions::Action;
use crate::app::{App, Effect, Item};
use crate::desk::Desk;
use crate::geometry::Pane;
use crate::layers::move_in;

/// To the next pane, or the one before.
pub fn turn(app: &mut App, forward: bool) {
    app.focus = match (app.focus, forward) {
        (Pane::Reader, true) | (Pane::Documents, false) => Pane::Codebook,
        (Pane::Codebook, true) | (Pane::Reader, false) => Pane::Documents,
        (Pane::Documents, true) | (Pane::Codebook, false) => Pane::Reader,
    };
}

/// One step back: the search, the selection, the pane; never further.
pub fn back(app: &mut App) {
    if app.focus != Pane::Reader {
        app.focus = Pane::Reader;
    } else if app.reader.find.take().is_none() {
        app.reader.selection = None;
    }
}

/// What an action means in the list of documents.
pub fn documents(app: &mut App, action: &Action) {
    let items = app.items();
    if move_in(&mut app.list, items.len(), action) {
        return;
    }
    if *action != Action::Accept {
        return;
    }
    match items.get(app.list) {
        Some(Item::Document(at)) => {
            app.open_document(*at);
            app.focus = Pane::Reader;
        }
        Some(Item::Group(group)) => fold(app, *group),
        None => {}
    }
}

/// Folds a group of documents, or unfolds it.
pub fn fold(app: &mut App, group: usize) {
    let Some(label) = app.desk.as_ref().and_then(|d| d.groups.get(group)).map(|g| g.label.clone()) else {
        return;
    };
    match app.folded.iter().position(|f| *f == label) {
        Some(i) => _ = app.folded.remove(i),
        None => app.folded.push(label),
    }
}

/// What an action means in the codebook.
pub fn codebook(app: &mut App, action: &Action) -> Vec<Effect> {
    let tree = app.desk.as_ref().map(Desk::tree).unwrap_or_default();
    let mut at = tree.iter().position(|c| *c == app.code).unwrap_or(0);
    if move_in(&mut at, tree.len(), action) {
        app.code = tree.get(at).copied().unwrap_or_default();
        return Vec::new();
    }
    match action {
        Action::Accept if !tree.is_empty() => {
            let at = app.code;
            code::apply(app, &[at])
        }
        _ => Vec::new(),
    }
}
