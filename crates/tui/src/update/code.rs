//! Coding: putting codes on text, taking them off, undo and redo, done.

use model::act::{Change, CodeAdded, CodingAdded, Done, OfAct, OfCoding, OfDocument};
use model::anchor::Anchor;
use model::codebook::{Status, definition_hash};
use model::corpus::Document;
use model::name::Name;
use model::revise;
use model::span::Span;
use model::state::Redoable;
use serde_json::{Map, Value};

use crate::app::{App, Effect};
use crate::desk::{Desk, Progress, counts};
use crate::layers::Layer;
use crate::layers::form::{Form, Purpose};
use crate::strings;
use crate::units::{self, Unit};

/// How many codes are remembered as recent.
const RECENT: usize = 8;

/// What a code would be applied to: the selection, else the sentence under the cursor.
pub fn target(app: &App) -> Option<(usize, Span)> {
    let (desk, at) = app.desk.as_ref().zip(app.reader.document)?;
    let document = desk.document(at)?;
    let span = match app.reader.selection {
        Some(s) => units::trim(document, s.span),
        None => units::at(document, Unit::Sentence, app.reader.cursor)?,
    };
    document.text.holds(span).then_some((at, span))
}

/// Applies the code with a shortcut.
pub fn shortcut(app: &mut App, key: char) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let book = &desk.coded.codebook;
    if let Some(code) = book.by_shortcut(key).and_then(|c| book.position(&c.id)) {
        return apply(app, &[code]);
    }
    app.warn(strings::no_shortcut(key));
    Vec::new()
}

/// Applies the last code again.
pub fn repeat(app: &mut App) -> Vec<Effect> {
    let book = app.desk.as_ref().map(|d| &d.coded.codebook);
    if let Some(code) = book.and_then(|b| app.recent.first().and_then(|n| b.position(n))) {
        return apply(app, &[code]);
    }
    app.warn(strings::NOTHING_TO_REPEAT);
    Vec::new()
}

/// Puts codes on the selection, or else on the sentence under the cursor.
pub fn apply(app: &mut App, codes: &[usize]) -> Vec<Effect> {
    let Some((at, span)) = target(app) else {
        app.warn(strings::NOTHING_TO_CODE);
        return Vec::new();
    };
    let Some(desk) = &app.desk else { return Vec::new() };
    let Some(document) = desk.document(at) else { return Vec::new() };
    let mut changes = Vec::new();
    let mut applied = Vec::new();
    let mut names = Vec::new();
    for &code in codes {
        let there = |p: &&model::coded::Placed| p.code as usize == code && p.span == span && desk.is_own(p);
        if desk.coded.in_document(at).iter().find(there).is_some() {
            continue;
        }
        let Some(code_at) = desk.coded.codebook.codes.get(code) else { continue };
        changes.extend(coding(document, span, &code_at.id, Some(code_at.definition_hash())));
        applied.push(desk.label(code));
        names.push(code_at.id.clone());
    }
    let said = if changes.is_empty() {
        strings::applied_before(codes.first().map_or("", |c| desk.label(*c)))
    } else {
        strings::applied(&applied, document.text.slice(span), counts(document, span))
    };
    app.say(said);
    if let Some(code) = codes.last() {
        app.code = *code;
    }
    remember(app, names);
    if changes.is_empty() { Vec::new() } else { vec![Effect::Append { act: "code", changes }] }
}

/// The change that puts a code on a span.
fn coding(document: &Document, span: Span, code: &Name, definition: Option<Name>) -> Option<Change> {
    let anchor = Anchor::new(&document.id, &document.text, document.hash?, span);
    Some(Change::CodingAdded(Box::new(CodingAdded {
        anchor,
        code: code.clone(),
        case: None,
        qualifiers: std::collections::BTreeMap::new(),
        weight: None,
        note: None,
        definition,
        rule: None,
    })))
}

/// Remembers codes as recent.
pub(super) fn remember(app: &mut App, names: Vec<Name>) {
    for name in names {
        app.recent.retain(|n| *n != name);
        app.recent.insert(0, name);
    }
    app.recent.truncate(RECENT);
}

/// A code that is to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewCode {
    /// Its name.
    pub label: String,
    /// The code above it.
    pub parent: Option<Name>,
    /// Whether it is named by words of the text.
    pub in_vivo: bool,
    /// Its colour as `#rrggbb`; empty for that of the code above.
    pub color: String,
    /// What counts as it; may be empty.
    pub definition: String,
}

/// The most characters of an in-vivo code's name.
pub const NAME: usize = 60;

/// Proposes a code that is named by the selected words, or by the sentence.
pub fn in_vivo(app: &mut App) {
    let Some((at, span)) = target(app) else {
        app.warn(strings::NOTHING_TO_CODE);
        return;
    };
    let text = app.desk.as_ref().and_then(|d| d.document(at)).map_or("", |d| d.text.slice(span));
    let label = in_vivo_name(text);
    let mut form = Form::new(Purpose::InVivo, app);
    form.type_in(&label);
    app.layers.push(Layer::Form(form));
}

/// A name from words of the text: one line without marks at its ends, cut between words.
fn in_vivo_name(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let one_line = words.join(" ");
    let mut name = String::new();
    for word in one_line.split(' ') {
        let room = name.chars().count() + usize::from(!name.is_empty()) + word.chars().count();
        if room > NAME {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    if name.is_empty() {
        name = one_line.chars().take(NAME).collect();
    }
    name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '(')).to_owned()
}

/// Makes a provisional code and puts it on the text: two acts, so that undo can take the coding off
/// and leave the code.
pub fn new_code(app: &mut App, new: &NewCode) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let added = added(desk, new);
    let (code, definition) = (added.code.clone(), definition_hash(&added.fields));
    let label = new.label.as_str();
    let mut effects =
        vec![Effect::Append { act: "new code", changes: vec![Change::CodeAdded(Box::new(added))] }];
    if let Some((at, span)) = target(app)
        && let Some(document) = desk.document(at)
    {
        let said = strings::applied(&[label], document.text.slice(span), counts(document, span));
        effects.extend(
            coding(document, span, &code, Some(definition))
                .map(|c| Effect::Append { act: "code", changes: vec![c] }),
        );
        app.say(said);
        remember(app, vec![code]);
    }
    effects
}

/// What makes a new provisional code, behind all that stand beside it.
pub fn added(desk: &Desk, new: &NewCode) -> CodeAdded {
    let label = new.label.as_str();
    let book = &desk.coded.codebook;
    let taken = |id: &str| desk.state.code_events().any(|(name, _)| name == id);
    let id = slug(label, "code", taken);
    let above = new.parent.as_deref().and_then(|p| book.get(p));
    let codebook = above
        .map(|c| c.codebook.clone())
        .or_else(|| book.books.first().cloned())
        .unwrap_or_else(|| Name::new("codes"));
    let parent = above.map(|c| c.id.clone());
    let order = revise::place(book, &codebook, parent.as_deref(), None).unwrap_or_default();
    let language = desk.languages().first().map_or("en", |l| *l).to_owned();
    let mut fields = Map::new();
    let mut labels = Map::new();
    labels.insert(language.clone(), Value::from(label.trim()));
    fields.insert("label".to_owned(), Value::Object(labels));
    fields.insert("status".to_owned(), Value::from("provisional"));
    fields.insert("origin".to_owned(), Value::from(if new.in_vivo { "in-vivo" } else { "inductive" }));
    if !new.color.is_empty() {
        fields.insert("color".to_owned(), Value::from(new.color.as_str()));
    }
    if !new.definition.trim().is_empty() {
        let text = serde_json::json!({ language: new.definition.trim() });
        fields.insert("definition".to_owned(), text);
    }
    CodeAdded { code: Name::new(&id), codebook, parent, order, fields }
}

/// An id made from a label, or from `empty` where nothing of it can stand in one, that is not taken.
pub fn slug(label: &str, empty: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut base = String::new();
    for c in label.chars() {
        let mut folded = String::new();
        index::fold::fold_char(c, &mut folded);
        for f in folded.chars() {
            if f.is_ascii_alphanumeric() {
                base.push(f);
            } else if !base.is_empty() && !base.ends_with('-') {
                base.push('-');
            }
        }
    }
    let mut base: String = base.trim_end_matches('-').chars().take(60).collect();
    if base.is_empty() {
        empty.clone_into(&mut base);
    }
    let mut id = base.clone();
    let mut n = 2;
    while taken(&id) {
        id = format!("{base}-{n}");
        n += 1;
    }
    id
}

/// Removes the own coding under the cursor: the shortest, if there are several.
pub fn remove(app: &mut App) -> Vec<Effect> {
    let Some(mark) = super::coding::own(app) else { return Vec::new() };
    let Some(desk) = &app.desk else { return Vec::new() };
    let label = desk.label(mark.code as usize).to_owned();
    app.say(strings::panes::removed(&label));
    vec![Effect::Append {
        act: "uncode",
        changes: vec![Change::CodingRemoved(Box::new(OfCoding { coding: mark.id }))],
    }]
}

/// Whether the screen undoes an act: what was done by coding, not an import or a change of settings.
pub fn undone_here(changes: &[Change]) -> bool {
    let coding = |c: &Change| {
        matches!(
            c,
            Change::CodingAdded(_)
                | Change::CodingRemoved(_)
                | Change::CodingChanged(_)
                | Change::Done(_)
                | Change::Reopened(_)
                | Change::NotAsked(_)
                | Change::Asked(_)
                | Change::MemoWritten(_)
                | Change::MemoRemoved(_)
                | Change::SummaryWritten(_)
                | Change::ExemplarMarked(_)
                | Change::ExemplarUnmarked(_)
                | Change::TranslationWritten(_)
                | Change::SearchSaved(_)
                | Change::SearchRemoved(_)
                | Change::HitRejected(_)
                | Change::HitOffered(_)
        )
    };
    // What the codebook screen does; a whole codebook that came in is none of it.
    let book = |c: &Change| match c {
        Change::CodeChanged(_)
        | Change::CodeMoved(_)
        | Change::CodeMerged(_)
        | Change::CodeRetired(_)
        | Change::CodeFixed(_) => true,
        Change::Setting(s) => {
            let ends = [".groups", ".version", ".qualifiers"];
            s.key.starts_with("codebook.") && ends.iter().any(|e| s.key.ends_with(e))
        }
        _ => false,
    };
    !changes.is_empty() && changes.iter().all(|c| coding(c) || book(c))
        || matches!(changes, [Change::CodeAdded(_)])
}

/// Undoes the newest live act of the coder.
pub fn undo(app: &mut App) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    // With the beginning of the study all of it would be gone.
    let Some(act) = desk.undoable().filter(|a| *a.act != *"init") else {
        app.say(strings::NOTHING_TO_UNDO);
        return Vec::new();
    };
    let what = strings::act(desk, act);
    if !undone_here(&act.changes) {
        app.warn(strings::not_here(&what));
        return Vec::new();
    }
    let id = act.id;
    // What was not done just now is undone only when it was said what that is, and when it was done.
    if app.began.is_some_and(|began| id <= began) && app.before != Some(id) {
        let said = strings::of_before(&what, &crate::view::status::date(app, &act.at, true));
        app.before = Some(id);
        app.say(said);
        return Vec::new();
    }
    app.before = None;
    app.say(strings::undone(&what));
    vec![Effect::Append { act: "undo", changes: vec![Change::Undone(Box::new(OfAct { act: id }))] }]
}

/// Undoes the last act, or redoes the last one that was undone.
pub fn turn_back(app: &mut App, undoes: bool) -> Vec<Effect> {
    if undoes { undo(app) } else { redo(app) }
}

/// Redoes what was undone last.
pub fn redo(app: &mut App) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let acts = match desk.redoable() {
        Redoable::These(acts) => acts,
        Redoable::Left(act) => {
            let said = strings::still_undone(&strings::act(desk, act));
            app.say(said);
            return Vec::new();
        }
        Redoable::Nothing => {
            app.say(strings::NOTHING_TO_REDO);
            return Vec::new();
        }
    };
    let what = match acts.as_slice() {
        [act] => strings::act(desk, act),
        acts => strings::acts(acts.len()),
    };
    let changes = acts.iter().map(|act| Change::Redone(Box::new(OfAct { act: act.id }))).collect();
    app.say(strings::redone(&what));
    vec![Effect::Append { act: "redo", changes }]
}

/// Marks the document as done for all fixed codes, or reopens it.
pub fn done(app: &mut App) -> Vec<Effect> {
    let Some((desk, at)) = app.desk.as_ref().zip(app.reader.document) else { return Vec::new() };
    let Some(document) = desk.document(at) else { return Vec::new() };
    let Some(text) = document.hash else {
        app.warn(strings::NO_TEXT);
        return Vec::new();
    };
    let id = Name::new(&document.id);
    let book = &desk.coded.codebook;
    let (act, change, said) = if desk.progress.get(at) == Some(&Progress::Done) {
        let change = Change::Reopened(Box::new(OfDocument { document: id }));
        ("reopen", change, strings::REOPENED.into())
    } else {
        let codes: Vec<Name> = book.fixed().map(|c| c.id.clone()).collect();
        let open = |c: &&model::codebook::Code| {
            c.status == Status::Provisional && !c.retired && c.merged_into.is_none()
        };
        let provisional = book.codes.iter().filter(open).count();
        let said = strings::marked_done(codes.len(), provisional);
        ("done", Change::Done(Box::new(Done { document: id, text, codes })), said)
    };
    app.say(said);
    vec![Effect::Append { act, changes: vec![change] }]
}
