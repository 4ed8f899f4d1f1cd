//! Notes, translations, memos and summaries: begun, kept, found again.

use model::act::{Change, CodingChanged, MemoWritten, OfMemo, Subject, SummaryWritten, TranslationWritten};
use model::anchor::Anchor;
use model::corpus::Document;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::span::Span;
use model::state::Memo;

use super::{code, coding, motion};
use crate::actions::OnMemo;
use crate::app::{App, Effect};
use crate::desk::Desk;
use crate::geometry::Pane;
use crate::layers::Layer;
use crate::layers::palette::Palette;
use crate::layers::write::{Write, Writing};
use crate::strings::{self, writing as words};

/// Begins a memo.
pub fn memo(app: &mut App, on: OnMemo) {
    let Some(desk) = &app.desk else { return };
    let document = app.reader.document.and_then(|at| desk.document(at));
    let subject = match on {
        OnMemo::Study => Some(Subject::Study),
        OnMemo::Here => here(app),
        OnMemo::Document => document.map(|d| Subject::Document(Name::new(&d.id))),
        OnMemo::Case => {
            let case = document.and_then(|d| d.case.as_deref());
            if case.is_none() {
                app.warn(words::NO_CASE);
                return;
            }
            case.map(|c| Subject::Case(Name::new(c)))
        }
        OnMemo::Code if app.focus == Pane::Codebook => {
            desk.coded.codebook.codes.get(app.code).map(|c| Subject::Code(c.id.clone()))
        }
        OnMemo::Code => {
            let layer = Layer::Palette(Palette::for_memo(desk, &app.recent));
            app.layers.push(layer);
            return;
        }
    };
    match subject.and_then(|s| Write::memo(app, &s)) {
        Some(write) => app.layers.push(Layer::Write(Box::new(write))),
        None => app.warn(strings::NOTHING_TO_CODE),
    }
}

/// What a memo here is about: the coding at hand, unless other text is selected.
fn here(app: &App) -> Option<Subject> {
    let hand = coding::at_hand(app);
    let (at, span) = code::target(app)?;
    let other = app.reader.selection.is_some() && app.newest.is_none();
    if let Some(mark) = hand.filter(|m| !other || m.span == span) {
        return Some(Subject::Coding(mark.id));
    }
    let document = app.desk.as_ref()?.document(at)?;
    Some(Subject::Passage(Anchor::new(&document.id, &document.text, document.hash?, span)))
}

/// What keeping a text appends, or why it cannot be kept.
pub fn saved(app: &mut App, write: &Write) -> Result<Vec<Effect>, String> {
    let body = write.editor.text().trim_end().to_owned();
    let empty = body.trim().is_empty();
    let append = |act, change| vec![Effect::Append { act, changes: vec![change] }];
    match &write.what {
        Writing::Note(id) => {
            let said = if empty { words::NOTE_OFF } else { words::NOTED };
            let note = (!empty).then_some(body);
            let changed = CodingChanged { note: Some(note), ..CodingChanged::of(*id) };
            Ok(coding::change(app, "note", changed, said.to_owned()))
        }
        _ if empty && !matches!(write.what, Writing::Summary(..)) => Err(words::EMPTY_TEXT.to_owned()),
        Writing::Translation(coding, language) => {
            app.say(words::TRANSLATED);
            let written = TranslationWritten { coding: *coding, language: language.clone(), body };
            Ok(append("translate", Change::TranslationWritten(Box::new(written))))
        }
        Writing::Memo(id, on) => {
            if let Some(id) = id
                && !is_own(app, *id)
            {
                return Err(words::NOT_YOUR_MEMO.to_owned());
            }
            let head = write.head.clone().unwrap_or_default();
            let links = parts(&head.links);
            let known = |l: &String| ThingId::parse(l).is_some() || ActId::parse(l).is_some();
            if !links.iter().all(known) {
                return Err(words::BAD_LINK.to_owned());
            }
            app.say(words::MEMO_KEPT);
            let memo = MemoWritten {
                memo: *id,
                on: on.clone(),
                title: head.title.trim().to_owned(),
                kind: Name::new(&head.kind),
                body,
                tags: parts(&head.tags),
                links,
            };
            Ok(append("memo", Change::MemoWritten(Box::new(memo))))
        }
        Writing::Summary(case, code, codings) => {
            app.say(words::SUMMARY_KEPT);
            let written =
                SummaryWritten { case: case.clone(), code: code.clone(), body, codings: codings.clone() };
            Ok(append("summary", Change::SummaryWritten(Box::new(written))))
        }
    }
}

/// What stands between commas, once each.
fn parts(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        if !out.iter().any(|o| o == part) {
            out.push(part.to_owned());
        }
    }
    out
}

fn is_own(app: &App, id: ThingId) -> bool {
    let Some(desk) = &app.desk else { return false };
    desk.state.memos().any(|m| m.id == id && desk.is_own_act(m.added))
}

/// Removes a memo.
pub fn remove_memo(app: &mut App, id: ThingId) -> Vec<Effect> {
    if !is_own(app, id) {
        app.warn(words::NOT_YOUR_MEMO);
        return Vec::new();
    }
    app.say(words::MEMO_REMOVED);
    vec![Effect::Append { act: "memo", changes: vec![Change::MemoRemoved(Box::new(OfMemo { memo: id }))] }]
}

/// Whether a memo is shown: what others remarked on the text is hidden as long as their codings are.
pub fn is_shown(desk: &Desk, memo: &Memo<'_>, others: bool) -> bool {
    let on_text = matches!(memo.written.on, Subject::Coding(_) | Subject::Passage(_));
    others || !on_text || desk.is_own_act(memo.added)
}

/// The places in a document that memos are about, in order.
pub fn places(desk: &Desk, at: usize, document: &Document, others: bool) -> Vec<(Span, ThingId)> {
    let mut out: Vec<(Span, ThingId)> = desk
        .state
        .memos()
        .filter(|m| is_shown(desk, m, others))
        .filter_map(|m| {
            let (document_at, span) = place(desk, &m.written.on)?;
            (document_at == at && document.text.holds(span)).then_some((span, m.id))
        })
        .collect();
    out.sort_unstable();
    out
}

/// Where in the corpus a coding or passage stands.
fn place(desk: &Desk, on: &Subject) -> Option<(usize, Span)> {
    match on {
        Subject::Coding(id) => {
            let placed = desk.coded.placed.iter().find(|p| p.id == *id)?;
            Some((placed.document as usize, placed.span))
        }
        Subject::Passage(anchor) => anchored(desk, anchor),
        _ => None,
    }
}

/// Where in the corpus an anchor stands.
pub fn anchored(desk: &Desk, anchor: &Anchor) -> Option<(usize, Span)> {
    let known = desk.coded.documents.resolve(&anchor.document, &anchor.text)?;
    let at = desk.corpus.position(&desk.coded.documents.list.get(known)?.id)?;
    let document = desk.document(at)?;
    let span = desk.coded.documents.standing(anchor, &document.text, &document.hash?).span()?;
    Some((at, span))
}

/// To the next place with a memo, or the one before.
pub fn step(app: &mut App, forward: bool) {
    let at = app.reader.cursor;
    let list = &app.reader.memos;
    let found = if forward {
        list.iter().find(|(s, _)| s.start > at)
    } else {
        list.iter().rev().find(|(s, _)| s.start < at)
    };
    let to = found.map(|(s, _)| s.start);
    motion::land(app, to, &words::NO_MORE_MEMOS);
}

/// To a stretch of text, whatever lies over it.
pub fn go(app: &mut App, document: usize, span: Span) {
    app.layers.clear();
    app.focus = Pane::Reader;
    if app.reader.document != Some(document) {
        app.open_document(document);
    }
    app.reader.selection = None;
    app.reader.find = None;
    let to = app.desk.as_ref().and_then(|d| d.document(document)).map_or(0, |d| d.text.len());
    motion::land(app, Some(span.start.min(to.saturating_sub(1))), "");
    let rows = app.rows();
    app.reader.show(span, rows);
}

/// To what a memo is about; false where that is no place.
pub fn go_to(app: &mut App, on: &Subject) -> bool {
    let Some(desk) = &app.desk else { return false };
    let document = match on {
        Subject::Coding(_) | Subject::Passage(_) => {
            let Some((at, span)) = place(desk, on) else {
                app.warn(words::NO_PLACE);
                return false;
            };
            go(app, at, span);
            return true;
        }
        Subject::Code(code) => {
            let Some(at) = desk.coded.codebook.position(code) else { return false };
            app.layers.clear();
            app.code = at;
            app.focus = Pane::Codebook;
            return true;
        }
        Subject::Document(id) => desk.corpus.position(id),
        Subject::Case(case) => {
            desk.corpus.documents.iter().position(|d| d.case.as_deref() == Some(case.as_str()))
        }
        Subject::Study => None,
    };
    let Some(at) = document else {
        app.warn(words::NO_PLACE);
        return false;
    };
    app.layers.clear();
    app.focus = Pane::Reader;
    app.open_document(at);
    true
}
