//! Long work, and what others change while a study is open: nothing that the user is doing is
//! disturbed by either.

use std::path::PathBuf;
use std::sync::Arc;

use model::act::Act;
use model::corpus::{Corpus, Document};
use model::problem::{Problem, Severity};
use model::span::Span;
use model::state::State;

use crate::app::{App, Work, Working};
use crate::desk::Desk;
use crate::geometry::Pane;
use crate::layers::form::Purpose;
use crate::layers::output::Output;
use crate::layers::{self, Layer, list};
use crate::strings::intake;
use crate::strings::work as words;
use crate::view::lines;
use crate::words::quoted;

/// The work that is shown: what nobody waits for is not, and a command only where nothing else goes on.
pub fn shown(app: &App) -> Option<&Working> {
    app.working.as_ref().filter(|w| w.what != Work::Read).or(app.beside.as_ref())
}

/// Whether Esc stops long work: where there is nothing nearer to step back from.
pub fn stops(app: &App) -> bool {
    let Some(working) = shown(app).filter(|w| !w.stopping) else { return false };
    match app.layers.last() {
        None => {
            let reader = &app.reader;
            app.focus == Pane::Reader && reader.find.is_none() && reader.selection.is_none()
        }
        Some(Layer::Form(form)) => {
            working.what == Work::Open && matches!(form.purpose, Purpose::Open | Purpose::Sample)
        }
        Some(Layer::Start(_)) => true,
        Some(_) => false,
    }
}

/// Long work is so far, or over.
pub fn working(app: &mut App, working: Option<Working>) {
    if working.as_ref().is_some_and(|w| w.what == Work::Command) {
        app.beside = working;
        return;
    }
    let began = app.working.is_none();
    app.working = working;
    // Transcripts come in while the coder goes on: the question is answered.
    if began
        && app.working.as_ref().is_some_and(|w| w.what == Work::Import)
        && matches!(app.layers.last(), Some(Layer::Form(form)) if form.purpose == Purpose::Import)
    {
        app.layers.pop();
    }
}

/// Shows all that is to be known about files that came in or could not: numbers may hang on it, and one
/// line of the screen would hold only the first of it.
pub fn noted(app: &mut App, from: &(PathBuf, String), said: &str, problems: &[Problem]) {
    let (path, case) = from;
    let mut line = format!("import {}", quoted(&path.display().to_string()));
    if !case.is_empty() {
        line = format!("{line} --case {}", quoted(case));
    }
    let width = app.size.0.saturating_sub(4).clamp(20, 100);
    let mut text = lines(said, width);
    let mut file = None;
    for problem in problems {
        let here = intake::place(path, problem);
        if file.as_ref() != Some(&here) {
            text.push(String::new());
            text.extend(lines(&here, width));
            file = Some(here);
        }
        let told = lines(&intake::told(problem), width.saturating_sub(2));
        text.extend(told.into_iter().map(|l| format!("  {l}")));
    }
    let well = problems.iter().all(|p| p.severity < Severity::Error);
    let sheet = Output { text: Some(text.join("\n")), well, ..Output::new(&line) };
    app.layers.push(Layer::Output(Box::new(sheet)));
}

/// Acts that were done elsewhere come in.
pub fn arrived(app: &mut App, acts: Vec<Arc<Act>>, said: Option<String>) {
    let held = list::held(app);
    let Some(desk) = &mut app.desk else { return };
    let code = desk.coded.codebook.codes.get(app.code).map(|c| c.id.clone());
    desk.take_all(acts);
    // The codebook may have grown in the middle.
    if let Some(at) = code.and_then(|id| desk.coded.codebook.position(&id)) {
        app.code = at;
    }
    super::remark(app);
    layers::refresh(app, &held);
    if let Some(said) = said {
        app.say(said);
    }
}

/// The coder went blind, or sees again.
pub fn seen(app: &mut App, state: State) {
    app.kept = None;
    let held = list::held(app);
    let Some(desk) = &mut app.desk else { return };
    desk.see(state);
    let blind = desk.state.sight().is_some();
    super::remark(app);
    layers::refresh(app, &held);
    app.say(if blind { words::BLIND } else { words::SEEING });
}

/// Whether two readings of the same files gave the same.
fn same(a: &Corpus, b: &Corpus) -> bool {
    let document = |(a, b): (&Document, &Document)| {
        (&a.id, &a.title, &a.case, &a.kind, &a.language) == (&b.id, &b.title, &b.case, &b.kind, &b.language)
            && (&a.date, &a.cite_as, &a.attributes, a.hash) == (&b.date, &b.cite_as, &b.attributes, b.hash)
            && (&a.turns, &a.speakers) == (&b.turns, &b.speakers)
    };
    (&a.case_label, &a.cases) == (&b.case_label, &b.cases)
        && a.documents.len() == b.documents.len()
        && a.documents.iter().zip(&b.documents).all(document)
}

/// Texts or tables are others now: the reader stays where it was in the text. Where nothing came in
/// and all is as it was, nothing happens.
pub fn relaid(app: &mut App, desk: Desk, said: Option<String>) {
    if said.is_none() && app.desk.as_ref().is_some_and(|old| same(&old.corpus, &desk.corpus)) {
        return;
    }
    let held = list::held(app);
    let open = app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at));
    let was = open.map(|d| {
        let turn = d.turn_at(app.reader.cursor);
        let inside = app.reader.cursor
            - turn.and_then(|t| d.turns.get(t)).map_or(0, |t| t.text_start.min(app.reader.cursor));
        (d.id.clone(), d.hash, turn, inside)
    });
    let code = app.desk.as_ref().and_then(|d| d.coded.codebook.codes.get(app.code)).map(|c| c.id.clone());
    let (cursor, goal, top, selection) =
        (app.reader.cursor, app.reader.goal, app.reader.top, app.reader.selection);
    let height = app.reader.page.row_of(cursor).saturating_sub(top);
    let find = app.reader.find.take();
    if let Some(old) = &app.desk {
        app.reader.move_places(|at| {
            let document = old.document(at)?;
            let new = desk.corpus.position(&document.id)?;
            (desk.document(new)?.hash == document.hash).then_some(new)
        });
    }
    if let Some(at) = code.and_then(|id| desk.coded.codebook.position(&id)) {
        app.code = at;
    }
    let there = was.as_ref().and_then(|(id, ..)| desk.corpus.position(id));
    let next = there.or_else(|| super::outcome::first(&desk));
    app.desk = Some(desk);
    app.reader.document = None;
    app.reader.page = crate::page::Page::default();
    let Some(at) = next else {
        app.reader.clear();
        return layers::refresh(app, &held);
    };
    app.open_document(at);
    let rows = app.rows();
    if let (Some((_, hash, turn, inside)), true) = (was, there.is_some())
        && let Some(document) = app.desk.as_ref().and_then(|d| d.document(at))
    {
        let end = document.text.len();
        if document.hash == hash {
            (app.reader.cursor, app.reader.goal) = (cursor, goal);
            app.reader.selection = selection;
            app.reader.find = find;
        } else {
            // Another text: the same turn, as far into it as before where it is still so long.
            let speech =
                turn.and_then(|t| document.turns.get(t)).map_or(Span::new(0, end), model::turn::Turn::speech);
            let last = speech.end.saturating_sub(1).max(speech.start);
            app.reader.go((speech.start + inside).min(last));
        }
        app.reader.top = app.reader.page.row_of(app.reader.cursor).saturating_sub(height);
        app.reader.show_cursor(rows);
    }
    layers::refresh(app, &held);
    app.say(said.unwrap_or_else(|| words::READ_ANEW.to_owned()));
}
