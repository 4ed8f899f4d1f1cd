//! From hit to hit: in the document, or on through all of them after a search.

use super::motion;
use crate::app::App;
use crate::strings;

/// To the next hit, or the one before; around the ends of the document.
pub fn step(app: &mut App, forward: bool) {
    if crate::layers::search::step(app, forward) {
        return;
    }
    let Some(find) = &app.reader.find else { return };
    if let Some(hit) = find.step(app.reader.cursor, forward).and_then(|i| find.hits.get(i).copied()) {
        app.reader.go(hit.start);
        motion::reveal(app);
        let rows = app.rows();
        app.reader.show(hit, rows);
    }
    say(app);
}

/// Says where among the hits the cursor stands.
pub fn say(app: &mut App) {
    let Some(find) = &app.reader.find else { return };
    let at = find.hits.iter().position(|h| h.start == app.reader.cursor);
    let text = strings::hits(at, find.hits.len(), &find.query);
    if find.hits.is_empty() {
        app.reader.find = None;
    }
    app.say(text);
}
