//! Qualifiers: the closed lists of a codebook, their values, and what each is called.

use model::act::Change;
use model::codebook::in_language;
use model::name::Name;
use model::qualify::{self, Refusal, Wish, id_of};
use serde_json::Value;

use super::{BookAsk, language};
use crate::app::{App, Effect};
use crate::desk::Desk;
use crate::layers::Layer;
use crate::layers::ask::{Ask, Choose, Line};
use crate::strings::qualify as words;
use crate::update::code::slug;

/// A list, or a value of it, in its codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The codebook.
    pub book: Name,
    /// The list; none for one that is to be made.
    pub list: Option<Name>,
    /// The value.
    pub value: Option<Name>,
}

/// What stands behind the values of a list, in this order.
const OF_LIST: usize = 3;

/// An item with what it is called.
fn label(desk: &Desk, item: &Value) -> String {
    let label = in_language(item.get("label"), &desk.languages());
    label.or_else(|| id_of(item)).unwrap_or_default().to_owned()
}

/// The list at a place, as its codebook writes it.
fn list(desk: &Desk, place: &Place) -> Option<Value> {
    let id = place.list.as_ref()?;
    qualify::lists(&desk.state, &place.book).into_iter().find(|l| id_of(l) == Some(id))
}

fn values(list: &Value) -> Vec<Value> {
    list.get("values").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// What is called so at a place: the value, else the list, else the codebook.
fn name(desk: &Desk, place: &Place) -> String {
    let Some(list) = list(desk, place) else { return place.book.to_string() };
    match &place.value {
        Some(value) => {
            let found = values(&list).into_iter().find(|v| id_of(v) == Some(value));
            found.map_or_else(|| value.to_string(), |v| label(desk, &v))
        }
        None => label(desk, &list),
    }
}

fn choose(app: &mut App, ask: BookAsk, title: String, choices: Vec<(String, String)>) -> Vec<Effect> {
    app.layers.push(Layer::Ask(Choose { ask: Ask::Book(ask), title, choices, at: 0 }));
    Vec::new()
}

/// Asks for a name.
fn line(app: &mut App, place: Place, new: bool, title: String, text: String) -> Vec<Effect> {
    let ask = Ask::Book(BookAsk::Called(place, new));
    app.layers.push(Layer::Line(Line::new(ask, title, words::HINT.to_owned(), text)));
    Vec::new()
}

/// Shows the lists of the codebook that a code is in.
pub(super) fn lists(app: &mut App, code: &Name) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let Some(code) = desk.coded.codebook.get(code) else { return Vec::new() };
    let book = code.codebook.clone();
    let all = qualify::lists(&desk.state, &book);
    let mut choices: Vec<_> = all
        .iter()
        .map(|l| {
            let default = l.get("default").and_then(Value::as_str);
            let values = values(l);
            let said = values.iter().map(|v| words::value(&label(desk, v), id_of(v) == default));
            (crate::safe::safe(&label(desk, l)).into_owned(), said.collect::<Vec<_>>().join(", "))
        })
        .collect();
    choices.push((words::NEW_LIST.to_owned(), String::new()));
    choose(app, BookAsk::Lists(book.clone()), words::lists(&book), choices)
}

/// Opens the list that was chosen; the last choice is a new one.
pub(super) fn chosen(app: &mut App, book: &Name, at: usize) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let all = qualify::lists(&desk.state, book);
    let id = all.get(at).and_then(id_of).map(Name::new);
    let place = Place { book: book.clone(), list: id.clone(), value: None };
    let Some(id) = id else { return line(app, place, true, words::NEW_LIST.to_owned(), String::new()) };
    let list = all.get(at).cloned().unwrap_or_default();
    let default = list.get("default").and_then(Value::as_str);
    let unsaid = qualify::unsaid(&desk.state, &desk.coded.codebook, book, &id);
    let mut choices: Vec<_> = values(&list)
        .iter()
        .map(|v| {
            let used = qualify::used(&desk.state, &id, id_of(v));
            let default = (id_of(v) == default).then_some(unsaid);
            (crate::safe::safe(&label(desk, v)).into_owned(), words::used(used, default))
        })
        .collect();
    choices.push((words::NEW_VALUE.to_owned(), String::new()));
    choices.push((words::RENAME.to_owned(), String::new()));
    choices.push((words::REMOVE.to_owned(), String::new()));
    let title = crate::safe::safe(&label(desk, &list)).into_owned();
    choose(app, BookAsk::Values(place), title, choices)
}

/// Opens the value that was chosen, or does what was chosen with the list.
pub(super) fn value(app: &mut App, place: &Place, at: usize) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let Some(list) = list(desk, place) else { return Vec::new() };
    let all = values(&list);
    let of_list = at.saturating_sub(all.len());
    match all.get(at).and_then(id_of).map(Name::new) {
        Some(value) => {
            let place = Place { value: Some(value), ..place.clone() };
            let title = crate::safe::safe(&name(desk, &place)).into_owned();
            let choices = words::of_value();
            choose(app, BookAsk::Value(place), title, choices)
        }
        None if of_list == 0 => line(app, place.clone(), true, words::NEW_VALUE.to_owned(), String::new()),
        None if of_list == 1 => {
            let text = name(desk, place);
            line(app, place.clone(), false, words::RENAME.to_owned(), text)
        }
        None if of_list < OF_LIST => form(app, place, Wish::Remove),
        None => Vec::new(),
    }
}

/// Does what was chosen with a value.
pub(super) fn with_value(app: &mut App, place: &Place, at: usize) -> Vec<Effect> {
    match at {
        0 => {
            let text = app.desk.as_ref().map(|d| name(d, place)).unwrap_or_default();
            line(app, place.clone(), false, words::RENAME.to_owned(), text)
        }
        1 => form(app, place, Wish::Default),
        2 => form(app, place, Wish::Remove),
        _ => Vec::new(),
    }
}

/// Takes a name: of a new list or value, or a new one of what is there.
pub(super) fn called(app: &mut App, place: &Place, new: bool, text: &str) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let mut place = place.clone();
    if new {
        let ids: Vec<Value> = match list(desk, &place) {
            Some(list) => values(&list),
            None => qualify::lists(&desk.state, &place.book),
        };
        let id = Name::new(&slug(text, "value", |id| ids.iter().any(|i| id_of(i) == Some(id))));
        if place.list.is_some() { place.value = Some(id) } else { place.list = Some(id) }
    }
    let language = language(desk);
    form(app, &place, Wish::Label { language: &language, text })
}

/// Forms the act, or says why not.
fn form(app: &mut App, place: &Place, wish: Wish<'_>) -> Vec<Effect> {
    let Some((desk, list)) = app.desk.as_ref().zip(place.list.as_ref()) else { return Vec::new() };
    let (book, value) = (&desk.coded.codebook, place.value.as_deref());
    let formed: Result<Change, Refusal> = qualify::changed(book, &desk.state, &place.book, list, value, wish);
    match formed {
        Ok(change) => {
            let what = match wish {
                Wish::Label { text, .. } => text.trim().to_owned(),
                _ => name(desk, place),
            };
            app.say(words::done(&what, &wish));
            vec![Effect::Append { act: "codebook", changes: vec![change] }]
        }
        Err(why) => {
            app.warn(words::refused(&why));
            Vec::new()
        }
    }
}
