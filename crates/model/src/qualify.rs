//! Qualifiers of a codebook: how its closed lists are made and changed, and what keeps them from it.
//!
//! A list never changes what a coding says. So a value that a coding has stays in its list, and what a
//! coding has that says nothing is not changed once codings say nothing.

use serde_json::{Map, Value, json};

use crate::act::{Change, Setting};
use crate::codebook::Codebook;
use crate::name::Name;
use crate::state::State;

/// What a list, or a value of one, is to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish<'a> {
    /// It is called so in a language; what is not there is made.
    Label {
        /// The tag of the language.
        language: &'a str,
        /// The label.
        text: &'a str,
    },
    /// The value is what a coding has that says nothing.
    Default,
    /// It is no longer there.
    Remove,
}

/// Why a list stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The study has no such codebook.
    #[error("there is no codebook {0}")]
    NoBook(String),
    /// The codebook has no such list.
    #[error("there is no qualifier {0}")]
    NoList(String),
    /// The list has no such value.
    #[error("qualifier {0} has no value {1}")]
    NoValue(String, String),
    /// A list is no value, or has no label.
    #[error("a name is needed")]
    NoLabel,
    /// Nothing would change.
    #[error("nothing would change")]
    Nothing,
    /// So many codings have it.
    #[error("it stays: codings have it ({0})")]
    Used(usize),
    /// So many codings say nothing here.
    #[error("it stays: codings say nothing here ({0}), and would come to say something else")]
    Unsaid(usize),
    /// Codings that say nothing have it.
    #[error("it stays: a coding that says nothing has it")]
    IsDefault,
}

/// The qualifiers that a codebook declares, as it writes them.
pub fn lists(state: &State, codebook: &str) -> Vec<Value> {
    match state.setting(&key(codebook)) {
        Some(Value::Array(list)) => list.clone(),
        _ => Vec::new(),
    }
}

/// The id of a list or of one of its values; a value may be written as its id alone.
pub fn id_of(item: &Value) -> Option<&str> {
    item.as_str().or_else(|| item.get("id").and_then(Value::as_str))
}

/// How many codings have a value of a list, or any of its values.
pub fn used(state: &State, list: &str, value: Option<&str>) -> usize {
    let has = |set: &str| value.is_none_or(|v| v == set);
    state.codings().filter(|c| c.qualifiers.iter().any(|(k, v)| **k == *list && has(v))).count()
}

/// How many codings with codes of a codebook say nothing in a list.
pub fn unsaid(state: &State, book: &Codebook, codebook: &str, list: &str) -> usize {
    let of_it = |code: &str| book.get(code).is_some_and(|c| *c.codebook == *codebook);
    let silent = |c: &crate::state::Coding<'_>| !c.qualifiers.keys().any(|k| **k == *list);
    state.codings().filter(|c| of_it(c.code) && silent(c)).count()
}

/// Makes or changes a list of a codebook, or a value of it.
///
/// # Errors
/// Where it is not there, nothing would change, or codings would come to say something else.
pub fn changed(
    book: &Codebook,
    state: &State,
    codebook: &str,
    list: &str,
    value: Option<&str>,
    wish: Wish<'_>,
) -> Result<Change, Refusal> {
    if !book.books.iter().any(|b| **b == *codebook) {
        return Err(Refusal::NoBook(codebook.to_owned()));
    }
    let before = lists(state, codebook);
    let mut all = before.clone();
    let at = all.iter().position(|l| id_of(l) == Some(list));
    match (value, wish) {
        (None, Wish::Default) => return Err(Refusal::NoLabel),
        (None, Wish::Label { language, text }) => {
            let at = at.unwrap_or_else(|| {
                all.push(json!({ "id": list, "values": [] }));
                all.len() - 1
            });
            label(all.get_mut(at), language, text)?;
        }
        (None, Wish::Remove) => {
            let at = at.ok_or_else(|| Refusal::NoList(list.to_owned()))?;
            some(used(state, list, None), Refusal::Used)?;
            // With its default something would go that codings have without saying it.
            if all.get(at).is_some_and(|l| l.get("default").is_some_and(|d| !d.is_null())) {
                some(unsaid(state, book, codebook, list), |_| Refusal::IsDefault)?;
            }
            all.remove(at);
        }
        (Some(value), wish) => {
            let entry = at.and_then(|at| all.get_mut(at)).and_then(Value::as_object_mut);
            let entry = entry.ok_or_else(|| Refusal::NoList(list.to_owned()))?;
            let was = entry.get("default").and_then(Value::as_str) == Some(value);
            let mut values = entry.get("values").and_then(Value::as_array).cloned().unwrap_or_default();
            let place = values.iter().position(|v| id_of(v) == Some(value));
            let none = || Refusal::NoValue(list.to_owned(), value.to_owned());
            match wish {
                Wish::Label { language, text } => {
                    let place = place.unwrap_or_else(|| {
                        values.push(json!({ "id": value }));
                        values.len() - 1
                    });
                    label(values.get_mut(place), language, text)?;
                }
                Wish::Default if was => return Err(Refusal::Nothing),
                Wish::Default => {
                    place.ok_or_else(none)?;
                    some(unsaid(state, book, codebook, list), Refusal::Unsaid)?;
                    entry.insert("default".to_owned(), Value::from(value));
                }
                Wish::Remove => {
                    let place = place.ok_or_else(none)?;
                    if was {
                        some(unsaid(state, book, codebook, list), |_| Refusal::IsDefault)?;
                        entry.remove("default");
                    }
                    some(used(state, list, Some(value)), Refusal::Used)?;
                    values.remove(place);
                }
            }
            entry.insert("values".to_owned(), Value::Array(values));
        }
    }
    if all == before {
        return Err(Refusal::Nothing);
    }
    Ok(Change::Setting(Box::new(Setting { key: Name::new(&key(codebook)), value: Value::Array(all) })))
}

fn key(codebook: &str) -> String {
    format!("codebook.{codebook}.qualifiers")
}

/// Refuses where there are some.
fn some(n: usize, why: impl Fn(usize) -> Refusal) -> Result<(), Refusal> {
    if n > 0 { Err(why(n)) } else { Ok(()) }
}

/// Gives an item a label in a language; those in other languages stay.
fn label(item: Option<&mut Value>, language: &str, text: &str) -> Result<(), Refusal> {
    let text = text.trim();
    let Some(item) = item.filter(|_| !text.is_empty()) else { return Err(Refusal::NoLabel) };
    if let Some(id) = item.as_str() {
        *item = json!({ "id": id });
    }
    let Some(map) = item.as_object_mut() else { return Err(Refusal::NoLabel) };
    let label = match map.get("label") {
        Some(Value::Object(all)) => {
            let mut all = all.clone();
            all.insert(language.to_owned(), Value::from(text));
            Value::Object(all)
        }
        // One text for every language stays one.
        Some(Value::String(_)) => Value::from(text),
        _ => Value::Object(Map::from_iter([(language.to_owned(), Value::from(text))])),
    };
    map.insert("label".to_owned(), label);
    Ok(())
}
