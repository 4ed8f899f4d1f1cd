//! The coding at hand: changed, moved, split, merged, weighed, remarked on.

use model::act::{Change, CodingChanged, OfCoding, Qualifiers};
use model::amend;
use model::codebook::{Qualifier, in_language};
use model::corpus::Document;
use model::id::ThingId;
use model::name::Name;
use serde_json::Value;

use super::code;
use crate::actions::{Context, OnCoding};
use crate::app::{App, Effect};
use crate::desk::Desk;
use crate::key::Key;
use crate::layers::Layer;
use crate::layers::choose::Choose;
use crate::layers::form::{Form, Purpose};
use crate::layers::history::History;
use crate::layers::menu::{Entry, Menu};
use crate::layers::palette::Palette;
use crate::layers::write::Write;
use crate::reader::Mark;
use crate::strings::{self, coding as words};
use crate::units;

/// The codings at the cursor, or at the beginning of the selection; the coder's own first, the
/// shortest first. Where there is none, the own ones that the selection touches.
pub fn here(app: &App) -> Vec<Mark> {
    let selection = app.reader.selection;
    let at = selection.map_or(app.reader.cursor, |s| s.span.start);
    let found: Vec<Mark> = app.reader.marks_at(at).into_iter().copied().collect();
    match selection {
        Some(s) if found.is_empty() => {
            let marks = &app.reader.marks;
            let touching = marks.intervals.touching(s.span);
            let mut own: Vec<Mark> =
                touching.into_iter().filter_map(|i| marks.list.get(i)).filter(|m| m.own).copied().collect();
            own.sort_by_key(|m| m.span.len());
            own
        }
        _ => found,
    }
}

/// The coding at hand: the one just made or chosen while the cursor has not moved, else the first
/// one here.
pub fn at_hand(app: &App) -> Option<Mark> {
    let newest = app.newest.and_then(|id| app.reader.marks.list.iter().find(|m| m.id == id));
    newest.copied().or_else(|| here(app).first().copied())
}

/// The coding at hand where it is the coder's own; says so where there is none or it is another's.
pub fn own(app: &mut App) -> Option<Mark> {
    let Some(mark) = at_hand(app) else {
        app.say(strings::NO_CODE_HERE);
        return None;
    };
    if mark.own {
        return Some(mark);
    }
    if let Some(desk) = &app.desk {
        let coder = desk.coded.placed.iter().find(|p| p.id == mark.id).map_or("", |p| desk.coded.coder(p));
        let said = strings::not_yours(desk.label(mark.code as usize), coder);
        app.warn(said);
    }
    None
}

/// Opens a menu, unless what it is about is not there.
pub fn menu(app: &mut App, context: Context) {
    if matches!(context, Context::About | Context::Recode | Context::Qualify) {
        let Some(mark) = own(app) else { return };
        if context == Context::Qualify && qualifiers(app, mark).is_empty() {
            app.say(words::NO_QUALIFIERS);
            return;
        }
    }
    app.layers.push(Layer::Menu(Menu::new(context)));
}

/// Does something to the coding at hand.
pub fn update(app: &mut App, what: OnCoding) -> Vec<Effect> {
    let Some(mark) = own(app) else { return Vec::new() };
    match what {
        OnCoding::FindCode => {
            if let Some(desk) = &app.desk {
                let layer = Layer::Palette(Palette::change(desk, &app.recent, mark.id));
                app.layers.push(layer);
            }
        }
        OnCoding::Note => open(app, |app| Write::note(app, mark)),
        OnCoding::Weight => {
            let form = Form::new(Purpose::Weight(mark.id), app);
            app.layers.push(Layer::Form(form));
        }
        OnCoding::Resize => return resize(app, mark),
        OnCoding::Split => return split(app, mark),
        OnCoding::Merge => return merge(app, mark),
        OnCoding::Case => {
            if let Some(desk) = &app.desk {
                let layer = Layer::Choose(Choose::case(desk, mark.id));
                app.layers.push(layer);
            }
        }
        OnCoding::Exemplar => return exemplar(app, mark),
        OnCoding::Translate => translate(app, mark),
        OnCoding::History => app.layers.push(Layer::History(History::of(mark.id))),
        OnCoding::Next => next(app),
    }
    Vec::new()
}

fn open(app: &mut App, make: impl Fn(&App) -> Option<Write>) {
    if let Some(write) = make(app) {
        app.layers.push(Layer::Write(Box::new(write)));
    }
}

/// Takes the next coding at this place in hand.
fn next(app: &mut App) {
    let all = here(app);
    let now = at_hand(app).and_then(|m| all.iter().position(|h| h.id == m.id));
    match now {
        Some(at) if all.len() > 1 => app.newest = all.get((at + 1) % all.len()).map(|m| m.id),
        _ => app.say(words::ONLY_ONE),
    }
}

/// Changes a coding; it stays at hand.
pub fn change(app: &mut App, act: &'static str, changed: CodingChanged, said: String) -> Vec<Effect> {
    app.newest = Some(changed.coding);
    let coding = app.desk.as_ref().and_then(|d| d.state.coding(changed.coding));
    if let Some(Ok(change)) = coding.map(|c| amend::changed(&c, changed)) {
        app.say(said);
        return vec![Effect::Append { act, changes: vec![change] }];
    }
    app.say(strings::book::NOTHING);
    Vec::new()
}

/// Gives the coding at hand the code with a shortcut.
pub fn recode(app: &mut App, key: char) -> Vec<Effect> {
    let Some(mark) = own(app) else { return Vec::new() };
    let book = app.desk.as_ref().map(|d| &d.coded.codebook);
    let code = book.and_then(|b| b.position(&b.by_shortcut(key)?.id));
    if let Some(code) = code {
        return recode_to(app, mark.id, code);
    }
    app.warn(strings::no_shortcut(key));
    Vec::new()
}

/// Gives a coding another code, under the definition that is in force.
pub fn recode_to(app: &mut App, id: ThingId, to: usize) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let Some(mark) = app.reader.marks.list.iter().find(|m| m.id == id).copied() else { return Vec::new() };
    let Some(code) = desk.coded.codebook.codes.get(to) else { return Vec::new() };
    let label = desk.label(to);
    let twin = |m: &Mark| m.own && m.code as usize == to && m.span == mark.span;
    if app.reader.marks.list.iter().any(twin) {
        let said = strings::applied_before(label);
        app.say(said);
        return Vec::new();
    }
    let said = words::recoded(desk.label(mark.code as usize), label);
    let name = code.id.clone();
    let Some(changed) = amend::recoded(&desk.coded.codebook, id, to) else { return Vec::new() };
    code::remember(app, vec![name]);
    app.code = to;
    change(app, "recode", changed, said)
}

/// The document of the reader, with the hash that an anchor needs.
fn text(app: &App) -> Option<(&Desk, &Document)> {
    let (desk, at) = app.desk.as_ref().zip(app.reader.document)?;
    Some((desk, desk.document(at)?))
}

/// Moves a coding to what is selected.
fn resize(app: &mut App, mark: Mark) -> Vec<Effect> {
    let Some((desk, document)) = text(app) else { return Vec::new() };
    let wanted = app.reader.selection.map(|s| units::trim(document, s.span));
    let Some((span, Ok(anchor))) = wanted.map(|w| (w, amend::bounds(document, Some(mark.span), w))) else {
        app.warn(words::SELECT_FIRST);
        return Vec::new();
    };
    let said = words::resized(desk.label(mark.code as usize), document.text.slice(span));
    change(app, "resize", CodingChanged { anchor: Some(anchor), ..CodingChanged::of(mark.id) }, said)
}

/// Makes two codings of one, at the cursor.
fn split(app: &mut App, mark: Mark) -> Vec<Effect> {
    let Some((desk, document)) = text(app) else { return Vec::new() };
    let Some(coding) = desk.state.coding(mark.id) else { return Vec::new() };
    let Ok(changes) = amend::split(document, &coding, mark.span, app.reader.cursor) else {
        app.warn(words::SPLIT_INSIDE);
        return Vec::new();
    };
    let said = words::split(desk.label(mark.code as usize));
    app.say(said);
    vec![Effect::Append { act: "split", changes }]
}

/// Makes one coding of the one at hand and the own ones of the same code that overlap it or stand
/// beside it with nothing but white space between.
fn merge(app: &mut App, mark: Mark) -> Vec<Effect> {
    let Some((desk, document)) = text(app) else { return Vec::new() };
    let beside = |m: &&Mark| {
        let same = m.own && m.code == mark.code && m.id != mark.id;
        same && amend::is_beside(document, m.span, mark.span)
    };
    let others: Vec<Mark> = app.reader.marks.list.iter().filter(beside).copied().collect();
    if others.is_empty() {
        let said = words::nothing_beside(desk.label(mark.code as usize));
        app.warn(said);
        return Vec::new();
    }
    let all = std::iter::once(&mark).chain(&others);
    let all: Vec<_> = all.filter_map(|m| Some((desk.state.coding(m.id)?, m.span))).collect();
    let Ok(changes) = amend::merged(document, &desk.coded.codebook, &all) else { return Vec::new() };
    let said = words::merged(desk.label(mark.code as usize), all.len());
    app.newest = Some(mark.id);
    app.say(said);
    vec![Effect::Append { act: "merge", changes }]
}

/// Marks a coding as a telling example, or takes the mark off.
fn exemplar(app: &mut App, mark: Mark) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let is = desk.state.is_exemplar(mark.id);
    let said = words::exemplar(desk.label(mark.code as usize), !is);
    let of = Box::new(OfCoding { coding: mark.id });
    let change = if is { Change::ExemplarUnmarked(of) } else { Change::ExemplarMarked(of) };
    app.say(said);
    vec![Effect::Append { act: "exemplar", changes: vec![change] }]
}

/// Translates a coding; the language is asked where it is not plain.
fn translate(app: &mut App, mark: Mark) {
    let Some(desk) = &app.desk else { return };
    if let [only] = desk.languages.as_slice() {
        let language = Name::new(only);
        open(app, |app| Write::translation(app, mark.id, &language));
    } else {
        let layer = Layer::Choose(Choose::language(desk, mark.id));
        app.layers.push(layer);
    }
}

/// Sets the weight of a coding; an empty answer takes it off.
pub fn weigh(app: &mut App, id: ThingId, answer: &str) -> Result<Vec<Effect>, String> {
    let weight = match answer.trim().replace(',', ".") {
        empty if empty.is_empty() => None,
        number => {
            let read = number.parse::<f64>().ok().filter(|n| n.is_finite());
            Some(read.ok_or_else(|| words::no_number(answer))?)
        }
    };
    let changed = CodingChanged { weight: Some(weight), ..CodingChanged::of(id) };
    Ok(change(app, "weight", changed, words::weighed(weight)))
}

/// Sets a coding to a case, or back to its speaker's or document's.
pub fn set_case(app: &mut App, id: ThingId, case: Option<&str>) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let name = case.map(|c| desk.corpus.case(c).map_or(c, |c| &c.name));
    let said = words::case_set(name);
    let changed = CodingChanged { case: Some(case.map(Name::new)), ..CodingChanged::of(id) };
    change(app, "case", changed, said)
}

/// The qualifiers of the codebook that a coding's code is in.
fn qualifiers(app: &App, mark: Mark) -> Vec<&Qualifier> {
    let book = app.desk.as_ref().map(|d| &d.coded.codebook);
    let all = book.and_then(|b| Some(b.qualifiers_of(&b.codes.get(mark.code as usize)?.codebook)));
    all.into_iter().flatten().filter(|q| !q.values.is_empty()).collect()
}

/// The values of qualifiers with their keys: digits first, then letters.
fn keyed<'a>(all: &[&'a Qualifier]) -> Vec<(char, &'a Qualifier, &'a Name)> {
    let keys = ('1'..='9').chain('a'..='z').chain('A'..='Z');
    let values = all.iter().flat_map(|q| q.values.iter().map(move |v| (*q, v)));
    keys.zip(values).map(|(k, (q, v))| (k, q, v)).collect()
}

/// What the menu of qualifiers offers: every value, with those in force marked.
pub fn qualities(app: &App) -> Vec<Entry> {
    let Some((desk, mark)) = app.desk.as_ref().zip(at_hand(app)) else { return Vec::new() };
    let all = qualifiers(app, mark);
    let set = desk.state.coding(mark.id).map(|c| c.qualifiers.clone()).unwrap_or_default();
    let mut out = Vec::new();
    let mut last: Option<&Qualifier> = None;
    for (key, q, value) in keyed(&all) {
        if last != Some(q) {
            out.push(Entry { text: qualifier_label(desk, q, None), ..Entry::default() });
            last = Some(q);
        }
        let is_default = q.default.as_ref() == Some(value);
        let chosen = set.get(&q.id).map_or(is_default, |v| v == value);
        let label = qualifier_label(desk, q, Some(value));
        let text = words::quality(&label, chosen, is_default);
        let press = Some(Key::char(key));
        out.push(Entry { key: key.to_string(), text, press, ..Entry::default() });
    }
    out
}

/// The label of a qualifier, or of one of its values, as the codebook has it.
pub fn qualifier_label(desk: &Desk, q: &Qualifier, value: Option<&Name>) -> String {
    let setting = desk.state.setting(&format!("codebook.{}.qualifiers", q.codebook));
    let of_it = with_id(setting, &q.id);
    let found = match value {
        None => of_it,
        Some(value) => with_id(of_it.and_then(|f| f.get("values")), value),
    };
    let label = found.and_then(|f| in_language(f.get("label"), &desk.languages()));
    label.unwrap_or(value.unwrap_or(&q.id)).to_owned()
}

/// The item with an id, of a list in a codebook.
fn with_id<'a>(list: Option<&'a Value>, id: &str) -> Option<&'a Value> {
    list?.as_array()?.iter().find(|v| v.get("id").and_then(Value::as_str) == Some(id))
}

/// Sets the value with a key on the coding at hand; the one that is set already is taken off.
pub fn qualify(app: &mut App, key: char) -> Vec<Effect> {
    let Some(mark) = own(app) else { return Vec::new() };
    let Some(desk) = &app.desk else { return Vec::new() };
    let all = qualifiers(app, mark);
    let Some((_, q, value)) = keyed(&all).into_iter().find(|(k, ..)| *k == key) else {
        app.warn(words::no_quality(key));
        return Vec::new();
    };
    let mut set: Qualifiers = desk.state.coding(mark.id).map(|c| c.qualifiers.clone()).unwrap_or_default();
    let name = qualifier_label(desk, q, None);
    let said = if set.get(&q.id) == Some(value) {
        set.remove(&q.id);
        words::unqualified(&name)
    } else {
        set.insert(q.id.clone(), value.clone());
        words::qualified(&name, &qualifier_label(desk, q, Some(value)))
    };
    change(app, "qualify", CodingChanged { qualifiers: Some(set), ..CodingChanged::of(mark.id) }, said)
}
