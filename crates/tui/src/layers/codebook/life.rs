//! What becomes of a code: groups, fixing, retiring, freezing the whole codebook.

use model::act::Change;
use model::codebook::Status;
use model::name::Name;
use model::revise;
use serde_json::Value;

use super::{BookAsk, append, label, language};
use crate::app::{App, Effect};
use crate::layers::ask::{Ask, Choose, Line};
use crate::layers::{Layer, search};
use crate::strings::book as words;
use crate::update::code::slug;

/// What earlier readings can be worth for a code that is fixed, in the order in which it is asked.
const EARLIER: [&str; 3] = ["reopen", "offer", "declared"];

/// Asks what earlier readings are worth.
fn earlier(app: &mut App, ask: BookAsk, title: String) -> Vec<Effect> {
    let choices = EARLIER.map(words::earlier).to_vec();
    app.layers.push(Layer::Ask(Choose { ask: Ask::Book(ask), title, choices, at: 0 }));
    Vec::new()
}

fn line(app: &mut App, ask: BookAsk, title: String, hint: &str) -> Vec<Effect> {
    app.layers.push(Layer::Line(Line::new(Ask::Book(ask), title, hint.to_owned(), String::new())));
    Vec::new()
}

/// Asks how a code is fixed.
pub(super) fn fix(app: &mut App, code: Name) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let name = label(desk, &code);
    // What cannot be is said before anything is asked.
    if let Err(why) = revise::fixed(&desk.coded.codebook, std::slice::from_ref(&code), "reopen") {
        return append(app, Err(why), String::new());
    }
    if !desk.any_done() {
        return fixed(app, &code, 0);
    }
    earlier(app, BookAsk::Fix(code), words::fix(&name))
}

/// Fixes it.
pub(super) fn fixed(app: &mut App, code: &Name, at: usize) -> Vec<Effect> {
    let Some((desk, earlier)) = app.desk.as_ref().zip(EARLIER.get(at)) else { return Vec::new() };
    let name = label(desk, code);
    let said = if desk.any_done() { words::fixed(&name, earlier) } else { words::fixed_first(&name) };
    let changes = revise::fixed(&desk.coded.codebook, std::slice::from_ref(code), earlier);
    let changes = changes.map(|c| offered(app, c));
    append(app, changes, said)
}

/// Changes with the hits that rules offer for the codes that they fix, where that was asked for.
fn offered(app: &App, mut changes: Vec<Change>) -> Vec<Change> {
    if let Some(desk) = &app.desk {
        search::offer_for_fixing(app, desk, &mut changes);
    }
    changes
}

/// Asks why a code is retired.
pub(super) fn retire(app: &mut App, code: Name) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let title = words::retire(&label(desk, &code));
    line(app, BookAsk::Retire(code), title, &words::RETIRE_HINT)
}

/// Retires it.
pub(super) fn retired(app: &mut App, code: &Name, why: &str) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let at = desk.coded.codebook.position(code).unwrap_or_default();
    let said = words::retired(&label(desk, code), revise::codings_of(&desk.coded, at).len());
    let changes = revise::retired(&desk.coded.codebook, code, Some(why)).map(|c| vec![c]);
    append(app, changes, said)
}

/// Asks for the name of a version.
pub(super) fn freeze(app: &mut App) -> Vec<Effect> {
    line(app, BookAsk::Freeze, words::FREEZE.to_owned(), &words::FREEZE_HINT)
}

/// Takes the name; asks what earlier readings are worth where codes are fixed by it.
pub(super) fn named(app: &mut App, name: &str) -> Vec<Effect> {
    let name = name.trim().to_owned();
    if name.is_empty() {
        app.warn(words::NO_NAME);
        return Vec::new();
    }
    let Some(desk) = &app.desk else { return Vec::new() };
    let open =
        |c: &&model::codebook::Code| c.status == Status::Provisional && !c.retired && c.merged_into.is_none();
    let provisional = desk.coded.codebook.codes.iter().filter(open).count();
    if provisional == 0 || !desk.any_done() {
        return frozen(app, &name, 0);
    }
    earlier(app, BookAsk::FreezeEarlier(name), words::freeze_fixes(provisional))
}

/// Freezes the codebook.
pub(super) fn frozen(app: &mut App, name: &str, at: usize) -> Vec<Effect> {
    let Some((desk, earlier)) = app.desk.as_ref().zip(EARLIER.get(at)) else { return Vec::new() };
    let changes = revise::frozen(&desk.coded.codebook, &desk.state, name, earlier);
    let changes = changes.map(|c| offered(app, c));
    append(app, changes, words::frozen(name))
}

/// The groups of all codebooks: id and label, and whether the code is in each.
fn groups(app: &App, code: &Name) -> Vec<(String, String, bool)> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let all = desk.coded.codebook.books.iter().flat_map(|b| revise::groups(&desk.state, b));
    let languages = desk.languages();
    all.filter_map(|g| {
        let id = g.get("id")?.as_str()?.to_owned();
        let label = model::codebook::in_language(g.get("label"), &languages).unwrap_or(&id).to_owned();
        let codes = g.get("codes").and_then(Value::as_array);
        let inside = codes.is_some_and(|c| c.iter().any(|c| c.as_str() == Some(code)));
        Some((id, label, inside))
    })
    .collect()
}

/// Asks for the group.
pub(super) fn group(app: &mut App, code: Name) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let title = words::group(&label(desk, &code));
    let all = groups(app, &code);
    let mut choices: Vec<_> =
        all.into_iter().map(|(_, label, inside)| words::in_group(&label, inside)).collect();
    choices.push((words::NEW_GROUP.to_owned(), String::new()));
    app.layers.push(Layer::Ask(Choose { ask: Ask::Book(BookAsk::Group(code)), title, choices, at: 0 }));
    Vec::new()
}

/// Puts the code into the group, or takes it out; the last choice is a new one.
pub(super) fn grouped(app: &mut App, code: &Name, at: usize) -> Vec<Effect> {
    let all = groups(app, code);
    let Some((id, name, inside)) = all.get(at) else {
        return line(
            app,
            BookAsk::NewGroup(code.clone()),
            words::NEW_GROUP.to_owned(),
            &words::NEW_GROUP_HINT,
        );
    };
    let Some(desk) = &app.desk else { return Vec::new() };
    let said = words::grouped(&label(desk, code), name, !inside);
    let change = revise::grouped(&desk.coded.codebook, &desk.state, code, id, None);
    append(app, change.map(|c| vec![c]), said)
}

/// Makes a group with the code in it.
pub(super) fn new_group(app: &mut App, code: &Name, text: &str) -> Vec<Effect> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let all = groups(app, code);
    let Some(desk) = &app.desk else { return Vec::new() };
    let id = slug(text, "group", |id| all.iter().any(|(known, ..)| known == id));
    let language = language(desk);
    let said = words::grouped(&label(desk, code), text.trim(), true);
    let label = Some((language.as_str(), text.trim()));
    let change = revise::grouped(&desk.coded.codebook, &desk.state, code, &id, label);
    append(app, change.map(|c| vec![c]), said)
}
