//! Where a code stands: new ones, moving, order, merging, splitting.

use model::act::Change;
use model::name::Name;
use model::revise;

use super::{BookAsk, append, label, walk};
use crate::app::{App, Effect};
use crate::layers::Layer;
use crate::layers::ask::{Answer, Ask, Line};
use crate::layers::palette::Palette;
use crate::strings::book as words;
use crate::update::code::{self as coding, NewCode};

/// Asks for the label of a new code, under a code or behind it.
pub(super) fn new(app: &mut App, code: Option<Name>, under: bool) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let title = match &code {
        Some(code) if under => words::new_under(&label(desk, code)),
        Some(code) => words::new_behind(&label(desk, code)),
        None => words::NEW_FIRST.to_owned(),
    };
    let ask = Ask::Book(BookAsk::New(code, under));
    app.layers.push(Layer::Line(Line::new(ask, title, words::NEW_HINT.to_owned(), String::new())));
    Vec::new()
}

/// Makes the new code.
pub(super) fn made(app: &mut App, code: Option<&Name>, under: bool, text: &str) -> Vec<Effect> {
    if text.trim().is_empty() {
        app.warn(words::NO_LABEL);
        return Vec::new();
    }
    let Some(desk) = &app.desk else { return Vec::new() };
    let book = &desk.coded.codebook;
    let at = code.and_then(|c| book.position(c));
    let parent = if under { at } else { at.and_then(|a| book.parent(a)) };
    let parent = parent.and_then(|p| book.codes.get(p)).map(|c| c.id.clone());
    let mut added = coding::added(desk, &NewCode { label: text.to_owned(), parent, ..NewCode::default() });
    // Behind the code at hand, where there is room before the next one.
    if let Some(here) = at.filter(|_| !under).and_then(|a| book.codes.get(a)) {
        added.codebook = here.codebook.clone();
        let beside = |c: &&model::codebook::Code| {
            c.parent == here.parent && c.codebook == here.codebook && c.order > here.order
        };
        let next = book.codes.iter().find(beside).map(|c| c.id.as_str());
        let place = revise::place(book, &here.codebook, here.parent.as_deref(), next);
        added.order = place.unwrap_or(added.order);
    }
    let said = words::made(text);
    // The new code is the one at hand.
    if let Some(Layer::Book(book)) = app.layers.last_mut() {
        book.code = Some(added.code.clone());
    }
    append(app, Ok(vec![Change::CodeAdded(Box::new(added))]), said)
}

/// Opens the list of codes to pick one from.
pub(super) fn pick(app: &mut App, ask: BookAsk, code: &Name, title: &str, top: bool) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let title = format!("{}: {title}", label(desk, code));
    let ask = Ask::Book(ask);
    let palette =
        if top { Palette::choose_or_top(desk, ask, title) } else { Palette::choose(desk, ask, title) };
    app.layers.push(Layer::Palette(palette));
    Vec::new()
}

/// Puts the code one place up or down.
pub(super) fn step(app: &mut App, code: &Name, up: bool) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let said = words::stepped(&label(desk, code), up);
    let changes = revise::stepped(&desk.coded.codebook, code, up);
    append(app, changes, said)
}

/// Moves the code under another, or to the top.
pub(super) fn moved(app: &mut App, code: &Name, above: Option<usize>) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let book = &desk.coded.codebook;
    let parent = above.and_then(|a| book.codes.get(a)).map(|c| c.id.clone());
    let said = words::moved(&label(desk, code), parent.as_ref().map(|p| label(desk, p)).as_deref());
    let changes = revise::moved(book, code, parent.as_deref(), None);
    append(app, changes, said)
}

/// Merges the code into another.
pub(super) fn merged(app: &mut App, code: &Name, into: usize) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let book = &desk.coded.codebook;
    let Some(into) = book.codes.get(into).map(|c| c.id.clone()) else { return Vec::new() };
    let at = book.position(code).unwrap_or_default();
    let codings = revise::codings_of(&desk.coded, at).len();
    let said = words::merged(&label(desk, code), &label(desk, &into), codings);
    let changes = revise::merged(book, code, &into);
    append(app, changes, said)
}

/// Asks for the first of the two codes that a code is split into.
pub(super) fn split(app: &mut App, code: Name) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let at = desk.coded.codebook.position(&code).unwrap_or_default();
    if walk::own(desk, revise::codings_of(&desk.coded, at)).is_empty() {
        app.say(words::NOTHING_TO_SPLIT);
        return Vec::new();
    }
    let title = words::split_first(&label(desk, &code));
    let ask = Ask::Book(BookAsk::SplitFirst(code));
    let palette = Palette::choose_or_new(desk, ask, title);
    app.layers.push(Layer::Palette(palette));
    Vec::new()
}

/// Takes the first, and asks for the second.
pub(super) fn first(app: &mut App, code: &Name, answer: &Answer) -> Vec<Effect> {
    let Some((first, effects)) = chosen(app, code, answer) else { return Vec::new() };
    let Some(desk) = &app.desk else { return Vec::new() };
    let name = if let Answer::Text(text) = answer { text.clone() } else { label(desk, &first) };
    let title = words::split_second(&label(desk, code), &name);
    let ask = Ask::Book(BookAsk::SplitSecond(code.clone(), first));
    let palette = Palette::choose_or_new(desk, ask, title);
    app.layers.push(Layer::Palette(palette));
    effects
}

/// Takes the second, and walks through the passages.
pub(super) fn second(app: &mut App, code: &Name, first: &Name, answer: &Answer) -> Vec<Effect> {
    let Some((second, effects)) = chosen(app, code, answer) else { return Vec::new() };
    walk::split(app, code, [first.clone(), second]);
    effects
}

/// The code that was chosen, or a new one beside the code that is split.
fn chosen(app: &App, code: &Name, answer: &Answer) -> Option<(Name, Vec<Effect>)> {
    let desk = app.desk.as_ref()?;
    let book = &desk.coded.codebook;
    match answer {
        Answer::Code(Some(at)) => Some((book.codes.get(*at)?.id.clone(), Vec::new())),
        Answer::Text(text) => {
            let at = book.position(code)?;
            let parent = book.codes.get(at)?.parent.clone();
            let new = NewCode { label: text.clone(), parent, ..NewCode::default() };
            let mut added = coding::added(desk, &new);
            added.codebook = book.codes.get(at)?.codebook.clone();
            let id = added.code.clone();
            let changes = vec![Change::CodeAdded(Box::new(added))];
            Some((id, vec![Effect::Append { act: "new code", changes }]))
        }
        _ => None,
    }
}
