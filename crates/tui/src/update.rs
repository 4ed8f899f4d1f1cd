//! Updates: what an action changes in the app. No input or output: what is to be done outside comes
//! back as effects, and what came of them goes in as outcomes.

pub mod click;
pub mod code;
pub mod coding;
pub mod motion;
pub mod mouse;
pub mod next;
pub mod outcome;
pub mod pane;
pub mod search;
pub mod select;
pub mod tools;
pub mod trail;
pub mod work;
pub mod writing;

use model::act::{Change, Subject};
use model::documents::Documents;
use model::text::TextHash;

use crate::actions::{Action, Finding};
use crate::app::{App, Effect, Numbering, Outcome, Saving, Work};
use crate::geometry::Pane;
use crate::layers::codebook::Book;
use crate::layers::field::Field;
use crate::layers::form::{Form, Purpose};
use crate::layers::grid::Grid;
use crate::layers::help::Help;
use crate::layers::history::History;
use crate::layers::matrix::Matrix;
use crate::layers::memos::Memos;
use crate::layers::palette::Palette;
use crate::layers::prompt::Prompt;
use crate::layers::start::Start;
use crate::layers::table::Table;
use crate::layers::{self, Handled, Layer};
use crate::strings;
use crate::units::Unit;

/// Applies an action.
pub fn update(app: &mut App, action: &Action) -> Vec<Effect> {
    strings::language::speak(app.language);
    match action {
        Action::Resize(width, height) => {
            app.size = (*width, *height);
            app.settle();
            return Vec::new();
        }
        Action::Tick => return Vec::new(),
        Action::Redraw => return vec![Effect::Redraw],
        _ => {}
    }
    if *action == Action::Back && work::stops(app) {
        let command = work::shown(app).is_some_and(|w| w.what == Work::Command);
        return vec![if command { Effect::StopCommand } else { Effect::Stop }];
    }
    app.message = None;
    app.warned &= action.leaves();
    if *action != Action::Undo {
        app.before = None;
    }
    let clicked = match action {
        Action::Mouse(mouse) => click::update(app, *mouse).map(Handled::Consumed),
        _ => None,
    };
    let effects = match clicked.unwrap_or_else(|| layers::update(app, action)) {
        Handled::Consumed(effects) => effects,
        Handled::Ignored if *action == Action::Language => language(app),
        Handled::Ignored if matches!(action, Action::Tool(_)) => tools::update(app, action),
        Handled::Ignored if layers::sheet::opens(app, action) => Vec::new(),
        Handled::Ignored if app.layers.is_empty() || *action == Action::Quit => below(app, action),
        Handled::Ignored => Vec::new(),
    };
    let effects = known_texts(app, effects);
    if effects.iter().any(|e| matches!(e, Effect::Append { .. } | Effect::Introduce(_))) {
        app.last.clear();
    }
    trail::keep(app);
    layers::search::follow(app);
    crate::tour::watch(app, Some(action));
    app.settle();
    effects
}

/// Keeps back acts on a text that no act knows: what is put on it would stand nowhere.
fn known_texts(app: &mut App, effects: Vec<Effect>) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return effects };
    let documents = &desk.coded.documents;
    let stray = |e: &Effect| match e {
        Effect::Append { changes, .. } => !changes.iter().all(|c| fits(documents, c)),
        _ => false,
    };
    let (strays, effects): (Vec<_>, Vec<_>) = effects.into_iter().partition(stray);
    if !strays.is_empty() {
        outcome::take(app, Outcome::Refused(strings::work::CHANGED_BY_HAND.to_owned()));
    }
    effects
}

/// Whether the text that a change is put on is one that an act knows.
fn fits(documents: &Documents, change: &Change) -> bool {
    let known = |document: &str, text: &TextHash| documents.resolve(document, text).is_some();
    match change {
        Change::CodingAdded(c) => known(&c.anchor.document, &c.anchor.text),
        Change::CodingChanged(c) => c.anchor.as_ref().is_none_or(|a| known(&a.document, &a.text)),
        Change::MemoWritten(m) => match &m.on {
            Subject::Passage(a) => known(&a.document, &a.text),
            _ => true,
        },
        Change::Done(d) => known(&d.document, &d.text),
        _ => true,
    }
}

/// What an action means for the panes.
fn below(app: &mut App, action: &Action) -> Vec<Effect> {
    match action {
        // What is not saved would be lost: that is said once, and done when it is said again.
        Action::Quit => match &app.saving {
            Saving::NotSaved { waiting, .. } if !app.warned => {
                let warning = strings::leaving_unsaved(*waiting);
                app.warned = true;
                app.warn(warning);
            }
            _ => app.leaving = true,
        },
        Action::Help => app.layers.push(Layer::Help(Help::new(app.contexts()))),
        Action::Menu(context) => coding::menu(app, *context),
        Action::Recode(key) => return coding::recode(app, *key),
        Action::Qualify(key) => return coding::qualify(app, *key),
        Action::Coding(what) => return coding::update(app, *what),
        Action::InVivo => code::in_vivo(app),
        Action::Memo(on) => writing::memo(app, *on),
        Action::Memos => app.layers.push(Layer::Memos(Memos::default())),
        Action::NextMemo | Action::PreviousMemo => writing::step(app, *action == Action::NextMemo),
        Action::History => app.layers.push(Layer::History(History::default())),
        Action::Summaries => match Grid::new(app) {
            Some(grid) => app.layers.push(Layer::Grid(Box::new(grid))),
            None => app.warn(strings::writing::NO_GRID),
        },
        Action::NextPane | Action::PreviousPane => pane::turn(app, *action == Action::NextPane),
        Action::Table => {
            if let Some(desk) = &app.desk {
                app.layers.push(Layer::Table(Box::new(Table::new(desk))));
            }
        }
        Action::FindCode => {
            if let Some(desk) = app.desk.as_ref().filter(|_| code::target(app).is_some()) {
                let palette = Palette::new(desk, &app.recent);
                app.layers.push(Layer::Palette(palette));
            } else {
                app.warn(strings::NOTHING_TO_CODE);
            }
        }
        Action::Search => {
            if app.reader.document.is_some() {
                app.focus = Pane::Reader;
                let before = app.reader.find.take();
                app.layers.push(Layer::Prompt(Prompt {
                    query: Field::default(),
                    from: app.reader.cursor,
                    before,
                }));
            }
        }
        Action::Import => {
            let form = Form::new(Purpose::Import, app);
            app.layers.push(Layer::Form(form));
        }
        Action::Paste(text) => {
            // A path dragged onto a study is to be brought in.
            let mut form = Form::new(Purpose::Import, app);
            form.type_in(text);
            app.layers.push(Layer::Form(form));
        }
        Action::Back if app.tour.take_if(|t| t.on).is_some() => app.say(strings::tools::TOUR_LEFT),
        Action::Back => pane::back(app),
        Action::Others => {
            app.others = !app.others;
            let there = app.reader.marks.hidden > 0 || app.reader.marks.list.iter().any(|m| !m.own);
            // Whoever is blind is not told that there is nothing.
            let blind = app.desk.as_ref().is_some_and(|d| d.state.sight().is_some());
            app.say(if blind { strings::work::BLIND.get() } else { strings::others(app.others, there) });
            remark(app);
        }
        Action::Book => {
            if let Some(desk) = &app.desk {
                app.layers.push(Layer::Book(Box::new(Book::new(desk, app.code))));
            }
        }
        Action::Matrix => match app.desk.as_ref().and_then(Matrix::new) {
            Some(matrix) => app.layers.push(Layer::Matrix(matrix)),
            None => app.say(strings::book::NO_EFFECTS),
        },
        Action::NextToDo => next::update(app),
        Action::Retrieve => trail::retrieve(app),
        Action::Trail => trail::back(app),
        Action::Numbers => {
            app.numbering = match app.numbering {
                Numbering::Turns => Numbering::Lines,
                Numbering::Lines => Numbering::None,
                Numbering::None => Numbering::Turns,
            };
            app.say(strings::numbering(app.numbering));
        }
        Action::Shortcut(key) => return code::shortcut(app, *key),
        Action::Repeat => return code::repeat(app),
        Action::Remove => return code::remove(app),
        Action::Finding(Finding::Open) => return layers::search::open(app),
        Action::Finding(Finding::Missed) => return layers::search::missed(app),
        Action::Finding(_) => {}
        Action::Undo => return code::undo(app),
        Action::Redo => return code::redo(app),
        Action::Done => return code::done(app),
        Action::Mouse(mouse) => mouse::update(app, *mouse),
        _ => match app.focus {
            Pane::Reader => reader(app, action),
            Pane::Documents => pane::documents(app, action),
            Pane::Codebook => return pane::codebook(app, action),
        },
    }
    Vec::new()
}

/// Another language from here on, and the next time. What was made of words before is made anew.
fn language(app: &mut App) -> Vec<Effect> {
    app.language = app.language.other();
    strings::language::speak(app.language);
    outcome::name_undo(app);
    app.say(strings::panes::LANGUAGE_NOW);
    vec![Effect::Keep("interface", app.language.id().to_owned())]
}

/// What an action means in the transcript.
fn reader(app: &mut App, action: &Action) {
    match action {
        Action::Word => select::unit(app, Unit::Word, true),
        Action::WordBack => select::unit(app, Unit::Word, false),
        Action::Sentence => select::unit(app, Unit::Sentence, true),
        Action::SentenceBack => select::unit(app, Unit::Sentence, false),
        Action::Turn => select::unit(app, Unit::Turn, true),
        Action::TurnBack => select::unit(app, Unit::Turn, false),
        Action::Pair => select::unit(app, Unit::Pair, true),
        Action::FreeSelection => select::free(app),
        Action::Select(toward) => select::toward(app, *toward),
        Action::Extend => select::extend(app),
        Action::Shrink => select::shrink(app),
        Action::NextHit => search::step(app, true),
        Action::PreviousHit => search::step(app, false),
        _ => motion::update(app, action),
    }
}

/// Lays the codings out anew, after acts or a switch.
pub fn remark(app: &mut App) {
    if let Some(desk) = &app.desk {
        app.reader.mark(desk, app.others);
    }
}

/// The app before anything is open: the start screen lies over it.
pub fn start(app: &mut App) {
    app.layers.push(Layer::Start(Start::default()));
}
