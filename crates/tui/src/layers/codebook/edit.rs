//! What a code says: label, definition, include, exclude, examples, colour, key.

use model::name::Name;
use model::revise::{self, Effect as Meaning, MEANING};
use serde_json::{Map, Value};

use super::{BookAsk, append, label as label_of, language};
use crate::app::{App, Effect};
use crate::layers::Layer;
use crate::layers::ask::{Ask, Choose, Line, Press};
use crate::strings::book as words;
use crate::theme::CODES;

/// Asks for a text.
fn line(app: &mut App, ask: BookAsk, title: String, hint: &str, text: String) -> Vec<Effect> {
    app.layers.push(Layer::Line(Line::new(Ask::Book(ask), title, hint.to_owned(), text)));
    Vec::new()
}

/// Asks for another label.
pub(super) fn label(app: &mut App, code: Name) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let language = language(desk);
    let now = desk.coded.codebook.get(&code).map(|c| c.label(&[&language]).to_owned()).unwrap_or_default();
    line(app, BookAsk::Label(code), words::label(&language), &words::LABEL_HINT, now)
}

/// Takes the new label.
pub(super) fn labelled(app: &mut App, code: &Name, text: &str) -> Vec<Effect> {
    if text.trim().is_empty() {
        app.warn(words::NO_LABEL);
        return Vec::new();
    }
    let Some(value) = with_text(app, code, "label", text) else { return Vec::new() };
    change(app, code, one("label", value), Meaning::Wording, None)
}

/// Asks for another definition, include or exclude.
pub(super) fn field(app: &mut App, code: Name, field: usize) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let name = MEANING.get(field).copied().unwrap_or_default();
    let language = language(desk);
    let now = desk.coded.codebook.get(&code).and_then(|c| c.text(name, &[&language]));
    let now = now.unwrap_or_default().to_owned();
    let title = words::field(field, &label_of(desk, &code), &language);
    line(app, BookAsk::Field(code, field), title, &words::FIELD_HINT, now)
}

/// Takes the new text; where something was coded or read under the old one, asks what it does to that.
pub(super) fn edited(app: &mut App, code: &Name, field: usize, text: &str) -> Vec<Effect> {
    let name = MEANING.get(field).copied().unwrap_or_default();
    let Some(value) = with_text(app, code, name, text) else { return Vec::new() };
    let Some(desk) = &app.desk else { return Vec::new() };
    let fields = one(name, value);
    let Some(at) = desk.coded.codebook.position(code) else { return Vec::new() };
    let changed = desk.coded.codebook.get(code).is_some_and(|c| revise::changes_meaning(c, &fields));
    let codings = revise::codings_of(&desk.coded, at).len();
    let documents = revise::read_for(&desk.corpus, &desk.coded, &desk.readings, at).len();
    if !changed || codings + documents == 0 {
        return change(app, code, fields, Meaning::Wording, None);
    }
    let yours = super::walk::own(desk, revise::codings_of(&desk.coded, at)).len();
    let choices = Meaning::ALL.map(|m| words::meaning(m, codings, yours, documents)).to_vec();
    let title = words::meaning_title(&label_of(desk, code));
    let ask = Ask::Book(BookAsk::Meaning(code.clone(), fields));
    app.layers.push(Layer::Ask(Choose { ask, title, choices, at: 0 }));
    Vec::new()
}

/// Takes what the new meaning does, and asks why.
pub(super) fn meant(app: &mut App, code: &Name, fields: &Map<String, Value>, at: usize) -> Vec<Effect> {
    let Some(meaning) = Meaning::ALL.get(at).copied() else { return Vec::new() };
    let ask = BookAsk::Reason(code.clone(), fields.clone(), meaning);
    line(app, ask, words::REASON.to_owned(), &words::REASON_HINT, String::new())
}

/// Asks for an example.
pub(super) fn example(app: &mut App, code: Name) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let title = words::example(&label_of(desk, &code));
    line(app, BookAsk::Example(code), title, &words::EXAMPLE_HINT, String::new())
}

/// Takes the example.
pub(super) fn exampled(app: &mut App, code: &Name, text: &str) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let Some(c) = desk.coded.codebook.get(code).filter(|_| !text.trim().is_empty()) else {
        return Vec::new();
    };
    let value = revise::example(c, &language(desk), text);
    change(app, code, one("examples", value), Meaning::Wording, None)
}

/// The next colour of those that can be told apart.
pub(super) fn recolour(app: &mut App, code: &Name) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let now = desk.coded.codebook.get(code).and_then(|c| c.color()).map(str::to_lowercase);
    let at = now.and_then(|n| CODES.iter().position(|c| *c == n)).map_or(0, |at| at + 1);
    let next = CODES.get(at % CODES.len()).copied().unwrap_or_default();
    change(app, code, one("color", Value::from(next)), Meaning::Wording, None)
}

/// Asks for a key.
pub(super) fn shortcut(app: &mut App, code: Name) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let title = words::key(&label_of(desk, &code));
    let ask = Ask::Book(BookAsk::Shortcut(code));
    app.layers.push(Layer::Press(Press { ask, title, hint: words::KEY_HINT.to_owned() }));
    Vec::new()
}

/// Takes the key. One that already does something in the transcript would never reach the code.
pub(super) fn keyed(app: &mut App, code: &Name, key: Option<char>) -> Vec<Effect> {
    use crate::actions::{Action, Context};
    if let Some(c) = key {
        let contexts = [Context::Reader, Context::Panes, Context::Always];
        let does = crate::keymap::Keymap::standard().action(&contexts, crate::key::Key::char(c));
        if does != Some(Action::Shortcut(c)) {
            app.warn(words::key_taken(c));
            return Vec::new();
        }
    }
    let value = key.map_or(Value::Null, |c| Value::from(c.to_string()));
    change(app, code, one("shortcut", value), Meaning::Wording, None)
}

/// Appends new values of fields.
pub(super) fn change(
    app: &mut App,
    code: &Name,
    fields: Map<String, Value>,
    meaning: Meaning,
    reason: Option<&str>,
) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let book = &desk.coded.codebook;
    let at = book.position(code).unwrap_or_default();
    let codings = super::walk::own(desk, revise::codings_of(&desk.coded, at)).len();
    let documents = revise::read_for(&desk.corpus, &desk.coded, &desk.readings, at).len();
    let said = words::changed(&label_of(desk, code), meaning, codings, documents);
    let changes = revise::change(book, code, fields, meaning, reason).map(|c| vec![c]);
    append(app, changes, said)
}

/// A field of a code with a text in the study's language.
fn with_text(app: &App, code: &Name, field: &str, text: &str) -> Option<Value> {
    let desk = app.desk.as_ref()?;
    Some(revise::text(desk.coded.codebook.get(code)?, field, &language(desk), text))
}

fn one(field: &str, value: Value) -> Map<String, Value> {
    Map::from_iter([(field.to_owned(), value)])
}
