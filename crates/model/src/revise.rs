//! Revising the codebook: the changes of which an act on codes consists, and what follows from it for
//! codings and documents.
//!
//! The screen and the commands form them here, so that both refuse the same things and ask for the same
//! queue. Nothing here writes.

use serde_json::{Map, Value};

use crate::act::{
    Change, CodeChanged, CodeFixed, CodeMerged, CodeMoved, CodeRetired, CodingChanged, Setting,
};
use crate::codebook::{Code, Codebook, Status};
use crate::coded::Coded;
use crate::corpus::Corpus;
use crate::id::ThingId;
use crate::name::Name;
use crate::reading::Readings;
use crate::state::State;

/// The fields that say what a code means: a coding keeps a hash of them.
pub const MEANING: [&str; 3] = ["definition", "include", "exclude"];

/// What a new definition means for what was coded and read before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The same in other words.
    Wording,
    /// Less falls under it: its codings ask for another look.
    Narrower,
    /// More falls under it: documents done for it must be read again for it.
    Broader,
    /// Both.
    Both,
}

impl Effect {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 4] = [Self::Wording, Self::Narrower, Self::Broader, Self::Both];

    /// The word in an act.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Narrower => "narrower",
            Self::Broader => "broader",
            Self::Both => "both",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.as_str() == word)
    }

    /// Whether codings ask for another look.
    pub const fn narrows(self) -> bool {
        matches!(self, Self::Narrower | Self::Both)
    }

    /// Whether documents are reopened for the code.
    pub const fn broadens(self) -> bool {
        matches!(self, Self::Broader | Self::Both)
    }
}

/// Why a change of the codebook is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such code.
    #[error("there is no code {0}")]
    NoCode(String),
    /// The code became another.
    #[error("code {0} was merged into {1}")]
    Merged(Name, Name),
    /// The code is retired.
    #[error("code {0} is retired")]
    Retired(Name),
    /// The code is fixed already.
    #[error("code {0} is fixed already")]
    Fixed(Name),
    /// A code would come below itself.
    #[error("{0} cannot come under {1}, which is below it")]
    Circle(Name, Name),
    /// A code would become itself.
    #[error("{0} cannot be merged into itself")]
    Itself(Name),
    /// Nothing would change.
    #[error("nothing would change")]
    Nothing,
    /// Another code has the key.
    #[error("the key {0} belongs to {1}")]
    KeyTaken(char, Name),
    /// It cannot be a key.
    #[error("{0:?} cannot be a code's key")]
    NoKey(String),
    /// A colour that is none.
    #[error("{0:?} is no colour")]
    NoColor(String),
    /// A coding that is not of the code that is split.
    #[error("coding {0} is not of code {1}")]
    NotOfCode(ThingId, Name),
    /// The code before which another is to stand is no sibling there.
    #[error("{0} does not stand there")]
    NoSibling(Name),
}

/// A code that can still be changed.
fn open<'a>(book: &'a Codebook, id: &str) -> Result<&'a Code, Refusal> {
    let code = book.get(id).ok_or_else(|| Refusal::NoCode(id.to_owned()))?;
    if let Some(into) = &code.merged_into {
        return Err(Refusal::Merged(code.id.clone(), into.clone()));
    }
    Ok(code)
}

/// The same, and it is not retired.
fn used<'a>(book: &'a Codebook, id: &str) -> Result<&'a Code, Refusal> {
    let code = open(book, id)?;
    if code.retired { Err(Refusal::Retired(code.id.clone())) } else { Ok(code) }
}

/// A text field with the text of one language in it; the other languages stay. An empty text takes
/// the language out, and the field with its last one.
pub fn text(code: &Code, field: &str, language: &str, text: &str) -> Value {
    let text = text.trim();
    match code.fields.get(field) {
        Some(Value::Object(all)) => {
            let mut all = all.clone();
            if text.is_empty() {
                all.shift_remove(language);
            } else {
                all.insert(language.to_owned(), Value::from(text));
            }
            if all.is_empty() { Value::Null } else { Value::Object(all) }
        }
        _ if text.is_empty() => Value::Null,
        // One text for every language stays one.
        Some(Value::String(_)) => Value::from(text),
        _ => Value::Object(Map::from_iter([(language.to_owned(), Value::from(text))])),
    }
}

/// The examples of a code with one more.
pub fn example(code: &Code, language: &str, text: &str) -> Value {
    let mut list = match code.fields.get("examples") {
        Some(Value::Array(list)) => list.clone(),
        Some(Value::Null) | None => Vec::new(),
        Some(one) => vec![one.clone()],
    };
    list.push(serde_json::json!({ "language": language, "text": text.trim() }));
    Value::Array(list)
}

/// Whether fields change what a code means.
pub fn changes_meaning(code: &Code, fields: &Map<String, Value>) -> bool {
    MEANING
        .iter()
        .any(|f| fields.get(*f).is_some_and(|v| *v != code.fields.get(*f).cloned().unwrap_or_default()))
}

/// New values of a code's fields; those that are as before are left out. What a new meaning does is told
/// by `effect`, which says nothing where the meaning stays.
///
/// # Errors
/// Where the code cannot be changed, a key is taken, a colour is none, or nothing would change.
pub fn change(
    book: &Codebook,
    id: &str,
    mut fields: Map<String, Value>,
    effect: Effect,
    reason: Option<&str>,
) -> Result<Change, Refusal> {
    let code = open(book, id)?;
    fields.retain(|key, value| code.fields.get(key).cloned().unwrap_or_default() != *value);
    if fields.is_empty() {
        return Err(Refusal::Nothing);
    }
    if let Some(key) = fields.get("shortcut").and_then(Value::as_str) {
        let mut chars = key.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_whitespace() && !c.is_control() => {
                if let Some(owner) = book.by_shortcut(c).filter(|o| o.id != code.id) {
                    return Err(Refusal::KeyTaken(c, owner.id.clone()));
                }
            }
            _ => return Err(Refusal::NoKey(key.to_owned())),
        }
    }
    if let Some(written) = fields.get("color").and_then(Value::as_str) {
        color(written)?;
    }
    let meaning = changes_meaning(code, &fields);
    Ok(Change::CodeChanged(Box::new(CodeChanged {
        code: code.id.clone(),
        effect: meaning.then(|| Name::new(effect.as_str())),
        reason: reason.map(str::trim).filter(|r| !r.is_empty()).map(str::to_owned),
        fields,
    })))
}

/// A colour as a codebook has it: `#rrggbb`.
///
/// # Errors
/// Where it is none.
pub fn color(written: &str) -> Result<&str, Refusal> {
    let color = written.trim();
    let digits = color.strip_prefix('#').unwrap_or_default();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Refusal::NoColor(written.to_owned()));
    }
    Ok(color)
}

/// The codes that stand beside each other under `parent` (at the top of `codebook`), in order.
fn siblings<'a>(book: &'a Codebook, codebook: &str, parent: Option<&str>) -> Vec<&'a Code> {
    let beside = |c: &&Code| c.parent.as_deref() == parent && (parent.is_some() || c.codebook == codebook);
    book.codes.iter().filter(beside).collect()
}

/// The order of a code between two that stand beside each other, if there is room.
fn between(order: &[&Code], at: usize) -> Option<f64> {
    let low = at.checked_sub(1).and_then(|i| order.get(i)).map(|c| c.order);
    let high = order.get(at).map(|c| c.order);
    match (low, high) {
        (None, None) => Some(1.0),
        (Some(low), None) => Some(low + 1.0),
        (None, Some(high)) => Some(high - 1.0),
        (Some(low), Some(high)) => Some(f64::midpoint(low, high)).filter(|m| low < *m && *m < high),
    }
}

/// The order of a new code under another (or at the top of a codebook), before one that stands there or
/// behind all. Between two that have no room it comes behind those of the same order.
///
/// # Errors
/// Where there is no such neighbour.
pub fn place(
    book: &Codebook,
    codebook: &str,
    parent: Option<&str>,
    before: Option<&str>,
) -> Result<f64, Refusal> {
    let order = siblings(book, codebook, parent);
    let at = match before {
        Some(before) => {
            order.iter().position(|c| c.id == before).ok_or_else(|| Refusal::NoSibling(Name::new(before)))?
        }
        None => order.len(),
    };
    let low = at.checked_sub(1).and_then(|i| order.get(i)).map_or(0.0, |c| c.order);
    Ok(between(&order, at).unwrap_or(low))
}

/// Puts a code under another (or at the top), before one that stands there or behind all.
///
/// # Errors
/// Where it would come below itself, or nothing would change.
pub fn moved(
    book: &Codebook,
    id: &str,
    parent: Option<&str>,
    before: Option<&str>,
) -> Result<Vec<Change>, Refusal> {
    let code = open(book, id)?;
    let parent = match parent {
        Some(parent) => Some(used(book, parent)?.id.clone()),
        None => None,
    };
    let mut above = parent.clone();
    while let Some(up) = above {
        if up == code.id {
            return Err(Refusal::Circle(code.id.clone(), parent.unwrap_or(up)));
        }
        above = book.get(&up).and_then(|c| c.parent.clone());
    }
    let there = siblings(book, &code.codebook, parent.as_deref());
    let was = there.iter().position(|c| c.id == code.id);
    let mut order: Vec<&Code> = there.iter().copied().filter(|c| c.id != code.id).collect();
    let at = match before {
        Some(before) => {
            order.iter().position(|c| c.id == before).ok_or_else(|| Refusal::NoSibling(Name::new(before)))?
        }
        None => order.len(),
    };
    if was == Some(at) {
        return Err(Refusal::Nothing);
    }
    let place = between(&order, at);
    let move_to = |id: &Name, order: f64| {
        Change::CodeMoved(Box::new(CodeMoved { code: id.clone(), parent: parent.clone(), order }))
    };
    if let Some(place) = place {
        return Ok(vec![move_to(&code.id, place)]);
    }
    // Two that stand beside each other have no room between: all of them are numbered anew.
    order.insert(at, code);
    Ok(order.iter().zip(1_u32..).map(|(c, n)| move_to(&c.id, f64::from(n))).collect())
}

/// Puts a code one place up or down among those that it stands beside.
///
/// # Errors
/// Where it is the first or last already.
pub fn stepped(book: &Codebook, id: &str, up: bool) -> Result<Vec<Change>, Refusal> {
    let code = open(book, id)?;
    let shown = |c: &&Code| c.merged_into.is_none() && !c.retired || c.id == code.id;
    let there: Vec<&Code> =
        siblings(book, &code.codebook, code.parent.as_deref()).into_iter().filter(shown).collect();
    let at = there.iter().position(|c| c.id == code.id).ok_or(Refusal::Nothing)?;
    let before = if up {
        Some(at.checked_sub(1).and_then(|i| there.get(i)).ok_or(Refusal::Nothing)?)
    } else if at + 1 == there.len() {
        return Err(Refusal::Nothing);
    } else {
        there.get(at + 2)
    };
    moved(book, id, code.parent.as_deref(), before.map(|c| c.id.as_str()))
}

/// Makes a code another name of `into`; the codes below it come under that one.
///
/// # Errors
/// Where both are one code, or the other is retired.
pub fn merged(book: &Codebook, id: &str, into: &str) -> Result<Vec<Change>, Refusal> {
    let code = open(book, id)?;
    let into = used(book, into)?;
    if code.id == into.id {
        return Err(Refusal::Itself(code.id.clone()));
    }
    let below: Vec<&Code> = book.codes.iter().filter(|c| c.parent.as_ref() == Some(&code.id)).collect();
    let to = |c: &Name, parent: Option<Name>, order: f64| {
        Change::CodeMoved(Box::new(CodeMoved { code: c.clone(), parent, order }))
    };
    let mut changes = Vec::new();
    // Where the other one stands somewhere below, the code that it comes up from ends here.
    let mut line = Some(into);
    while let Some(at) = line {
        if at.parent.as_ref() == Some(&code.id) {
            changes.push(to(&at.id, code.parent.clone(), code.order));
            break;
        }
        line = at.parent.as_deref().and_then(|p| book.get(p));
    }
    let up = line.map(|c| c.id.clone());
    let last = siblings(book, &into.codebook, Some(&into.id)).iter().map(|c| c.order).fold(0.0, f64::max);
    let under = below.iter().filter(|c| Some(&c.id) != up.as_ref()).zip(1_u32..);
    changes.extend(under.map(|(c, n)| to(&c.id, Some(into.id.clone()), last + f64::from(n))));
    changes.push(Change::CodeMerged(Box::new(CodeMerged { code: code.id.clone(), into: into.id.clone() })));
    Ok(changes)
}

/// Gives codings of one code another: what a walk through its passages decided. Each is of `id` now.
///
/// # Errors
/// Where a coding is of another code, or nothing was decided.
pub fn split(
    book: &Codebook,
    state: &State,
    id: &str,
    decided: &[(ThingId, Name)],
) -> Result<Vec<Change>, Refusal> {
    let code = open(book, id)?;
    let at = book.resolve(&code.id);
    let mut changes = Vec::new();
    for (coding, to) in decided {
        let to = used(book, to)?;
        let now = state.coding(*coding).filter(|c| book.resolve(c.code) == at);
        let now = now.ok_or_else(|| Refusal::NotOfCode(*coding, code.id.clone()))?;
        if *now.code != to.id {
            changes.push(Change::CodingChanged(Box::new(CodingChanged {
                code: Some(to.id.clone()),
                definition: Some(to.definition_hash()),
                ..CodingChanged::of(*coding)
            })));
        }
    }
    if changes.is_empty() { Err(Refusal::Nothing) } else { Ok(changes) }
}

/// Takes a code out of use.
///
/// # Errors
/// Where it is out of use already.
pub fn retired(book: &Codebook, id: &str, reason: Option<&str>) -> Result<Change, Refusal> {
    let code = used(book, id)?;
    let reason = reason.map(str::trim).filter(|r| !r.is_empty()).map(str::to_owned);
    Ok(Change::CodeRetired(Box::new(CodeRetired { code: code.id.clone(), reason })))
}

/// Makes provisional codes part of what is read for.
///
/// # Errors
/// Where one is fixed already, or out of use.
pub fn fixed(book: &Codebook, ids: &[Name], earlier: &str) -> Result<Vec<Change>, Refusal> {
    let mut changes = Vec::new();
    for id in ids {
        let code = used(book, id)?;
        if code.status == Status::Fixed {
            return Err(Refusal::Fixed(code.id.clone()));
        }
        let fixed = CodeFixed { code: code.id.clone(), earlier: Name::new(earlier), searched: Vec::new() };
        changes.push(Change::CodeFixed(Box::new(fixed)));
    }
    if changes.is_empty() { Err(Refusal::Nothing) } else { Ok(changes) }
}

/// The setting that names the version of a codebook.
pub fn version_key(codebook: &str) -> String {
    format!("codebook.{codebook}.version")
}

/// Freezes all codebooks: every provisional code becomes fixed, and the version has a name.
///
/// # Errors
/// Where they are frozen under that name already.
pub fn frozen(book: &Codebook, state: &State, name: &str, earlier: &str) -> Result<Vec<Change>, Refusal> {
    let open = |c: &&Code| c.status == Status::Provisional && !c.retired && c.merged_into.is_none();
    let ids: Vec<Name> = book.codes.iter().filter(open).map(|c| c.id.clone()).collect();
    let mut changes = if ids.is_empty() { Vec::new() } else { fixed(book, &ids, earlier)? };
    for id in &book.books {
        let key = version_key(id);
        if state.setting(&key).and_then(Value::as_str) != Some(name) {
            let setting = Setting { key: Name::new(&key), value: Value::from(name) };
            changes.push(Change::Setting(Box::new(setting)));
        }
    }
    if changes.is_empty() { Err(Refusal::Nothing) } else { Ok(changes) }
}

/// Puts a code into a group of its codebook, or takes it out; a group that is not there is made, and is
/// called by `label` in `language`.
///
/// # Errors
/// Where there is no such code.
pub fn grouped(
    book: &Codebook,
    state: &State,
    id: &str,
    group: &str,
    label: Option<(&str, &str)>,
) -> Result<Change, Refusal> {
    let code = open(book, id)?;
    let owner = book.books.iter().find(|b| groups(state, b).iter().any(|g| id_of(g) == Some(group)));
    let key = format!("codebook.{}.groups", owner.unwrap_or(&code.codebook));
    let mut list = match state.setting(&key) {
        Some(Value::Array(list)) => list.clone(),
        _ => Vec::new(),
    };
    if !list.iter().any(|g| id_of(g) == Some(group)) {
        let (language, label) = label.unwrap_or(("en", group));
        let label = Map::from_iter([(language.to_owned(), Value::from(label))]);
        list.push(serde_json::json!({ "id": group, "label": label, "exclusive": false, "codes": [] }));
    }
    for entry in list.iter_mut().filter(|g| id_of(g) == Some(group)) {
        let Some(map) = entry.as_object_mut() else { continue };
        let mut codes = match map.get("codes") {
            Some(Value::Array(codes)) => codes.clone(),
            _ => Vec::new(),
        };
        match codes.iter().position(|c| c.as_str() == Some(&code.id)) {
            Some(at) => _ = codes.remove(at),
            None => codes.push(Value::from(code.id.as_str())),
        }
        map.insert("codes".to_owned(), Value::Array(codes));
    }
    Ok(Change::Setting(Box::new(Setting { key: Name::new(&key), value: Value::Array(list) })))
}

/// The groups that a codebook declares, as it writes them.
pub fn groups(state: &State, codebook: &str) -> Vec<Value> {
    match state.setting(&format!("codebook.{codebook}.groups")) {
        Some(Value::Array(list)) => list.clone(),
        _ => Vec::new(),
    }
}

fn id_of(group: &Value) -> Option<&str> {
    group.get("id").and_then(Value::as_str)
}

/// The codings of a code (not of those below it), by anyone, in order of place.
pub fn codings_of(coded: &Coded, code: usize) -> Vec<ThingId> {
    coded.placed.iter().filter(|p| p.code as usize == code).map(|p| p.id).collect()
}

/// The documents that somebody has read to the end for a code, by their places: those that a broader
/// definition reopens for it.
pub fn read_for(corpus: &Corpus, coded: &Coded, readings: &Readings, code: usize) -> Vec<usize> {
    let read = |document: &usize| {
        readings.began(*document).iter().any(|coder| {
            let Some(mark) = readings.mark(*document, coder) else { return false };
            let found = |at: usize| {
                let tree = coded.codebook.subtree(at);
                let own = coded.in_document(*document).iter().filter(|p| coded.coder(p) == coder);
                own.into_iter().any(|p| tree.contains(&(p.code as usize)))
            };
            Readings::read_for(mark, coded, found).contains(&(code as u32))
        })
    };
    (0..corpus.documents.len()).filter(read).collect()
}

/// The codings of a code that were made (or looked at last) before its definition became narrower: the
/// queue for another look. One leaves it by being given the definition in force, another code, or by
/// being removed.
pub fn look_again(coded: &Coded, state: &State, code: usize) -> Vec<ThingId> {
    let Some(of) = coded.codebook.codes.get(code) else { return Vec::new() };
    let Some(narrowed) = of.narrowed.iter().max() else { return Vec::new() };
    let now = of.definition_hash();
    let earlier = |id: &ThingId| {
        let Some(coding) = state.coding(*id) else { return false };
        let looked = |change: &Change| matches!(change, Change::CodingChanged(c) if c.coding == *id && (c.definition.is_some() || c.code.is_some()));
        let history = state.coding_history(*id);
        let last = history
            .iter()
            .filter(|a| state.is_live(a.id) && a.changes.iter().any(looked))
            .map(|a| a.id)
            .max()
            .unwrap_or(coding.added.id);
        last < *narrowed && coding.definition != Some(&now)
    };
    codings_of(coded, code).into_iter().filter(earlier).collect()
}

/// What says that a coding was looked at under the definition in force.
pub fn confirmed(book: &Codebook, coding: ThingId, code: usize) -> Option<Change> {
    let definition = Some(book.codes.get(code)?.definition_hash());
    Some(Change::CodingChanged(Box::new(CodingChanged { definition, ..CodingChanged::of(coding) })))
}
