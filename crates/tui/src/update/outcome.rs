//! Outcomes: what came of the effects, taken into the app.

use std::sync::Arc;

use model::act::{Act, Change};
use model::id::{ActId, ThingId};

use crate::app::{App, Outcome, Saving};
use crate::desk::Desk;
use crate::layers::Layer;
use crate::layers::form::{Form, Purpose};
use crate::strings;

/// Takes an outcome in.
pub fn take(app: &mut App, outcome: Outcome) {
    strings::language::speak(app.language);
    match outcome {
        Outcome::Opened(desk, said) => opened(app, *desk, said),
        Outcome::Taken(acts) => taken(app, acts),
        Outcome::Saved(at) => app.saving = Saving::Saved(at),
        Outcome::NotSaved { why, waiting } => app.saving = Saving::NotSaved { why, waiting },
        Outcome::Refused(why) => {
            if let Some(Layer::Form(form)) = app.layers.last_mut() {
                form.refused = Some(why);
            } else {
                // What could not be kept is there again, to be kept otherwise.
                if let Some(write) = app.kept.take() {
                    app.layers.push(Layer::Write(write));
                }
                app.warn(why);
            }
        }
        Outcome::Ran(output, well) => super::tools::ran(app, &output, well),
        Outcome::Copied(how) => super::tools::copied(app, how),
        Outcome::EditedOutside(text) => match (app.layers.last_mut(), text) {
            (Some(Layer::Write(write)), Ok(text)) => {
                write.came_back(&text);
                app.say(strings::writing::CAME_BACK);
            }
            (_, Ok(_)) => {}
            (_, Err(why)) => app.warn(strings::writing::editor_failed(&why)),
        },
        Outcome::Written(path) => app.say(strings::lists::written(&path)),
        Outcome::Arrived(acts, said) => super::work::arrived(app, acts, said),
        Outcome::Relaid(desk, said) => super::work::relaid(app, *desk, said),
        Outcome::Noted { from, said, problems } => super::work::noted(app, &from, &said, &problems),
        Outcome::Working(working) => super::work::working(app, working),
        Outcome::Seen(state) => super::work::seen(app, *state),
        Outcome::Indexed(index) => crate::layers::search::indexed(app, index),
        Outcome::Said(text) => app.say(text),
        Outcome::WhoCodes(login) => {
            app.login = login.or(app.login.take());
            if !app.layers.iter().any(|l| matches!(l, Layer::Form(f) if f.purpose == Purpose::Who)) {
                let form = Form::new(Purpose::Who, app);
                app.layers.push(Layer::Form(form));
            }
        }
    }
    crate::layers::search::follow(app);
    name_undo(app);
    crate::tour::watch(app, None);
    app.settle();
}

/// Names what undo would undo.
pub(super) fn name_undo(app: &mut App) {
    app.undo = app.desk.as_ref().and_then(|d| {
        let act = d.undoable().filter(|a| super::code::undone_here(&a.changes))?;
        Some(strings::act(d, act))
    });
}

/// A study lies on the desk: the document that was open stays open, else the first one to do.
fn opened(app: &mut App, desk: Desk, said: Option<String>) {
    let same = app.desk.as_ref().is_some_and(|d| d.name == desk.name);
    let was =
        app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at)).map(|d| d.id.clone());
    let place = (app.reader.cursor, app.reader.top, app.reader.selection);
    let kept = was.filter(|_| same).and_then(|id| desk.corpus.position(&id));
    let stays = kept.is_some();
    let next = kept.or_else(|| first(&desk));
    let begun = app.tour.as_mut().filter(|t| !t.on).map(crate::tour::Tour::begin).is_some();
    // What is being written stays, whatever else has changed.
    // So do what a command said, and the command that is being typed.
    app.layers.retain(|l| same && matches!(l, Layer::Write(_) | Layer::Output(_) | Layer::Command(_)));
    app.trail.clear();
    if !same {
        app.reader = crate::reader::Reader::default();
        app.saving = Saving::Nothing;
        app.last.clear();
        app.began = Some(desk.state.newest());
    }
    let empty = desk.corpus.documents.is_empty();
    app.desk = Some(desk);
    app.reader.document = None;
    app.reader.page = crate::page::Page::default();
    if let Some(at) = next {
        app.open_document(at);
        if stays {
            app.reader.go(place.0);
            app.reader.top = place.1;
            let len = app.desk.as_ref().and_then(|d| d.document(at)).map_or(0, |d| d.text.len());
            app.reader.selection = place.2.filter(|s| s.span.end <= len);
            let rows = app.rows();
            app.reader.show_cursor(rows);
        }
    }
    if begun {
        // What a respondent says is what is coded.
        super::motion::update(app, &crate::actions::Action::NextUncoded);
    }
    if empty {
        app.focus = crate::geometry::Pane::Reader;
    }
    if let Some(said) = said {
        app.say(said);
    }
}

/// The document to begin with: one that was begun, else one to do, else the first.
pub(super) fn first(desk: &Desk) -> Option<usize> {
    use crate::desk::Progress::{Begun, ToDo};
    let order: Vec<usize> = desk.groups.iter().flat_map(|g| g.documents.iter().copied()).collect();
    let with = |p| order.iter().copied().find(|d| desk.progress.get(*d) == Some(&p));
    with(Begun).or_else(|| with(ToDo)).or_else(|| order.first().copied())
}

/// Acts are in the state: what they change is shown at once.
fn taken(app: &mut App, acts: Vec<Arc<Act>>) {
    app.kept = None;
    let held = crate::layers::list::held(app);
    let searching = matches!(app.layers.last(), Some(Layer::Search(_)));
    let mut turned: Vec<ActId> = Vec::new();
    let Some(desk) = &mut app.desk else { return };
    for act in acts {
        // Acts of others can come in with one's own.
        if desk.is_own_act(&act) {
            app.last.push(Arc::clone(&act));
            // The search that lies open may be asked to take back what was decided in it.
            let search = app.layers.iter_mut().rev().find_map(|layer| match layer {
                Layer::Search(search) => Some(search),
                _ => None,
            });
            if let Some(search) = search {
                search.written.push(act.id);
            }
        }
        let made = act.changes.iter().rposition(|c| matches!(c, Change::CodingAdded(_)));
        if desk.is_own_act(&act) {
            turned.extend(act.changes.iter().filter_map(|c| match c {
                Change::Undone(of) | Change::Redone(of) => Some(of.act),
                _ => None,
            }));
        }
        // In a list of hits the one after it is at hand by now.
        if made.is_some() && !searching {
            let k = act.changes.iter().filter(|c| c.makes()).count() as u32;
            app.newest = Some(ThingId { act: act.id, k });
        }
        desk.take(act);
    }
    super::remark(app);
    crate::layers::refresh(app, &held);
    if !turned.is_empty() {
        crate::layers::search::turned(app, &turned);
    }
}
