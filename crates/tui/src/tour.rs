//! The guided tour: a few steps, each done before the next one is shown.

use model::act::Change;
use model::id::ActId;

use crate::actions::{Action, Tool};
use crate::app::App;
use crate::layers::Layer;
use crate::layers::form::Purpose;
use crate::strings::tools as words;
use crate::units::Unit;

/// How far somebody is on the tour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tour {
    /// Whether it has begun; else it waits for the sample study.
    pub on: bool,
    /// The step at hand, from 0.
    pub at: usize,
    /// The last act when the step began.
    since: Option<ActId>,
}

impl Tour {
    /// Begins with the first step.
    pub fn begin(&mut self) {
        *self = Self { on: true, ..Self::default() };
    }
}

/// Sees whether the step at hand was done, by an action or by an act that was taken.
pub fn watch(app: &mut App, action: Option<&Action>) {
    let Some(tour) = &app.tour else { return };
    if !tour.on {
        // Whoever closes the question for its folder does not want the tour.
        let asked = |l: &Layer| matches!(l, Layer::Form(f) if f.purpose == Purpose::Sample);
        if !app.layers.iter().any(asked) {
            app.tour = None;
        }
        return;
    }
    let new = app.last.last().filter(|a| Some(a.id) != tour.since);
    let did = |is: fn(&Change) -> bool| new.is_some_and(|a| a.changes.iter().any(is));
    let done = match tour.at {
        0 => app.reader.selection.is_some_and(|s| s.unit == Unit::Sentence),
        1 => did(|c| matches!(c, Change::CodingAdded(_))),
        2 => did(|c| matches!(c, Change::CodingChanged(c) if c.code.is_some())),
        3 => did(|c| matches!(c, Change::Undone(_))),
        4 => action == Some(&Action::NextUncoded),
        5 => did(|c| matches!(c, Change::Done(_) | Change::Reopened(_))),
        6 => app.layers.iter().any(|l| matches!(l, Layer::Table(_))),
        _ => action == Some(&Action::Tool(Tool::Actions)),
    };
    if !done {
        return;
    }
    let at = tour.at + 1;
    let since = app.last.last().map(|a| a.id);
    app.tour = (at < words::STEPS.len()).then_some(Tour { on: true, at, since });
    if app.tour.is_none() {
        app.say(words::TOUR_DONE);
    }
}
