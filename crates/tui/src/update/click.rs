//! The mouse in a list that lies over the panes: a click puts an item at hand, a double click does with
//! it what Enter does, the wheel scrolls. In a menu a click is the key that it is on.

use crate::actions::{Action, Mouse};
use crate::app::{App, Effect};
use crate::keymap::Keymap;
use crate::layers::{self, Handled, Layer};
use crate::view::spots;
use ratatui::layout::Position;

/// Lines that one notch of the wheel scrolls.
const NOTCH: usize = 3;

/// What was done with the mouse to the top layer; nothing where it shows no list.
pub fn update(app: &mut App, mouse: Mouse) -> Option<Vec<Effect>> {
    if let Some(Layer::Menu(_)) = app.layers.last() {
        return menu(app, mouse);
    }
    app.layers.last_mut()?.place()?;
    // Beside the hits lies the transcript, which scrolls by itself.
    if let (Mouse::Wheel(x, y, _), Some(Layer::Search(_))) = (mouse, app.layers.last())
        && app.geometry().dock.is_some_and(|dock| !dock.contains(Position::new(x, y)))
    {
        super::mouse::update(app, mouse);
        return Some(Vec::new());
    }
    match mouse {
        Mouse::Press(x, y, 1) => {
            let shown = spots::shown(app);
            if let Some(spot) = spots::at(&shown, x, y) {
                put(app, &shown, spot.row, Some(spot.column));
            }
            Some(Vec::new())
        }
        // What the first click put at hand. A walk is ended by its own key alone.
        Mouse::Press(x, y, 2) if !matches!(app.layers.last(), Some(Layer::Walk(_))) => {
            let shown = spots::shown(app);
            let at = app.layers.last_mut()?.place().map(|p| *p.at);
            let here = spots::at(&shown, x, y).filter(|s| Some(s.row) == at);
            Some(here.map(|_| press(app, &Action::Accept)).unwrap_or_default())
        }
        Mouse::Wheel(_, _, down) => {
            wheel(app, down);
            Some(Vec::new())
        }
        Mouse::Press(..) | Mouse::Drag(..) => Some(Vec::new()),
    }
}

/// Does an action as if its key had been pressed.
fn press(app: &mut App, action: &Action) -> Vec<Effect> {
    match layers::update(app, action) {
        Handled::Consumed(effects) => effects,
        Handled::Ignored => Vec::new(),
    }
}

/// Puts an item at hand; what is on the screen stays where it is.
fn put(app: &mut App, shown: &[spots::Spot], row: usize, column: Option<usize>) {
    let Some(layer) = app.layers.last_mut() else { return };
    let Some(place) = layer.place() else { return };
    *place.at = row;
    if let Some(top) = place.top {
        *top = shown.iter().map(|s| s.row).min().unwrap_or(0);
    }
    if let Some((at, left)) = place.column {
        *at = column.unwrap_or(*at);
        *left = shown.iter().map(|s| s.column).min().unwrap_or(0);
    }
    if let (Layer::Book(book), Some(desk)) = (layer, &app.desk) {
        book.hold(desk);
    }
}

/// Scrolls the list; the item at hand comes along where it would be left behind.
fn wheel(app: &mut App, down: bool) {
    let rows = |app: &App| {
        let shown = spots::shown(app);
        let all = || shown.iter().map(|s| s.row);
        all().min().zip(all().max()).map(|(first, last)| (first, last, shown))
    };
    let Some((first, last, shown)) = rows(app) else { return };
    let at = app.layers.last_mut().and_then(Layer::place).map_or(0, |p| *p.at);
    // To the edge and on over it: how far the list goes only the list knows.
    put(app, &shown, if down { last } else { first }, None);
    let notch = if last - first < NOTCH * 2 { 1 } else { NOTCH };
    for _ in 0..notch {
        press(app, if down { &Action::Down } else { &Action::Up });
    }
    let Some((first, last, shown)) = rows(app) else { return };
    put(app, &shown, at.clamp(first, last), None);
}

/// A click on what a menu offers is its key.
fn menu(app: &mut App, mouse: Mouse) -> Option<Vec<Effect>> {
    let Mouse::Press(x, y, 1) = mouse else { return Some(Vec::new()) };
    let spot = spots::at(&spots::shown(app), x, y);
    let Some(Layer::Menu(menu)) = app.layers.last() else { return None };
    let key = spot.and_then(|s| menu.entries(app).into_iter().nth(s.row)).and_then(|e| e.press);
    let action = key.and_then(|key| Keymap::standard().action(&app.contexts(), key));
    Some(action.map(|action| super::update(app, &action)).unwrap_or_default())
}
