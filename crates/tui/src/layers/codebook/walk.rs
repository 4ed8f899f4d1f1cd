//! A walk through the passages of a code, each decided by one key; what was decided is one act.

use model::act::{Change, OfCoding};
use model::counted::{Counted, Roles};
use model::id::ThingId;
use model::name::Name;
use model::revise;
use model::span::{Span, unite};

use super::{append, label};
use crate::actions::{Action, Context};
use crate::app::{App, Effect};
use crate::desk::Desk;
use crate::layers::passages::{self, Row};
use crate::layers::{Handled, Layer, move_in};
use crate::strings::book as words;

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Which of two codes each passage gets.
    Split([Name; 2]),
    /// Whether each coding still fits the narrower definition.
    LookAgain,
}

/// The open walk.
#[derive(Debug)]
pub struct Walk {
    /// What is decided.
    pub purpose: Purpose,
    /// The code that is walked through.
    pub code: Name,
    /// Its passages.
    pub rows: Vec<Row>,
    /// The one at hand.
    pub at: usize,
    /// The first line on the screen, where that was chosen.
    pub top: usize,
    /// Per passage: nothing yet, as it is (0), or one of what is offered.
    pub decided: Vec<Option<usize>>,
}

/// Those of some codings that are the coder's own: nobody decides another's reading.
pub fn own(desk: &Desk, codings: Vec<ThingId>) -> Vec<ThingId> {
    let mine = |id: &ThingId| desk.coded.placed.iter().any(|p| p.id == *id && desk.is_own(p));
    codings.into_iter().filter(mine).collect()
}

/// Walks through the codings that were made before the definition became narrower.
pub(super) fn look_again(app: &mut App, code: &Name) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let at = desk.coded.codebook.position(code).unwrap_or_default();
    let codings = own(desk, revise::look_again(&desk.coded, &desk.state, at));
    if codings.is_empty() {
        app.say(words::NOTHING_AGAIN);
        return Vec::new();
    }
    open(app, Purpose::LookAgain, code, &codings);
    Vec::new()
}

/// Walks through the passages of a code that is split.
pub(super) fn split(app: &mut App, code: &Name, into: [Name; 2]) {
    let Some(desk) = &app.desk else { return };
    let at = desk.coded.codebook.position(code).unwrap_or_default();
    let codings = own(desk, revise::codings_of(&desk.coded, at));
    open(app, Purpose::Split(into), code, &codings);
}

fn open(app: &mut App, purpose: Purpose, code: &Name, codings: &[ThingId]) {
    let Some(desk) = &app.desk else { return };
    let mut rows = Vec::new();
    for (document, text) in desk.corpus.documents.iter().enumerate() {
        let of: Vec<_> =
            desk.coded.in_document(document).iter().filter(|p| codings.contains(&p.id)).collect();
        if of.is_empty() {
            continue;
        }
        let counted = Counted::of(text, Roles::default());
        let mut spans: Vec<Span> = of.iter().map(|p| p.span).collect();
        rows.extend(unite(&mut spans).into_iter().map(|s| passages::row(desk, document, &counted, s, &of)));
    }
    let decided = vec![None; rows.len()];
    let walk = Walk { purpose, code: code.clone(), rows, at: 0, top: 0, decided };
    app.layers.push(Layer::Walk(Box::new(walk)));
}

impl Walk {
    /// What is pressed; false closes the walk.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if move_in(&mut self.at, self.rows.len(), action) {
            return (Handled::done(), true);
        }
        match action {
            Action::Decide(choice) => {
                if let Some(slot) = self.decided.get_mut(self.at) {
                    *slot = Some(*choice);
                }
                self.at = (self.at + 1).min(self.rows.len().saturating_sub(1));
                (Handled::done(), true)
            }
            Action::Accept => {
                let effects = self.write(app);
                // What came to nothing stays open.
                let done = !effects.is_empty();
                (Handled::Consumed(effects), !done)
            }
            Action::Help => {
                let help = crate::layers::help::Help::new(vec![Context::Walk]);
                app.layers.push(Layer::Help(help));
                (Handled::done(), true)
            }
            Action::Back => {
                app.say(words::NOTHING_WRITTEN);
                (Handled::done(), false)
            }
            _ => (Handled::Ignored, true),
        }
    }

    /// How many passages are decided.
    pub fn done(&self) -> usize {
        self.decided.iter().filter(|d| d.is_some()).count()
    }

    /// What was decided, as one act.
    fn write(&self, app: &mut App) -> Vec<Effect> {
        let Some(desk) = &app.desk else { return Vec::new() };
        let book = &desk.coded.codebook;
        let decided = self.rows.iter().zip(&self.decided);
        let chosen = |n: usize| {
            let rows = decided.clone().filter(move |(_, d)| **d == Some(n));
            rows.flat_map(|(row, _)| row.codings.clone())
        };
        let changes = match &self.purpose {
            Purpose::Split([first, second]) => {
                let mut all: Vec<(ThingId, Name)> = chosen(1).map(|id| (id, first.clone())).collect();
                all.extend(chosen(2).map(|id| (id, second.clone())));
                revise::split(book, &desk.state, &self.code, &all)
            }
            Purpose::LookAgain => {
                let at = book.position(&self.code).unwrap_or_default();
                let mut all: Vec<Change> =
                    chosen(1).filter_map(|id| revise::confirmed(book, id, at)).collect();
                all.extend(chosen(2).map(|coding| Change::CodingRemoved(Box::new(OfCoding { coding }))));
                if all.is_empty() { Err(revise::Refusal::Nothing) } else { Ok(all) }
            }
        };
        let said = words::walked(&label(desk, &self.code), self.done(), self.rows.len());
        append(app, changes, said)
    }
}
