//! The history: everything that was done, newest first, and any own act of it undone or redone.

use model::act::{Act, Change, OfAct, Subject};
use model::id::{ActId, ThingId};
use model::name::Name;

use super::{Handled, Layer, move_in};
use crate::actions::{Action, Context};
use crate::app::{App, Effect};
use crate::desk::Desk;
use crate::strings::{self, history as words};
use crate::update::{code, writing};

/// The open history.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Only acts that name this coding.
    pub only: Option<ThingId>,
    /// Whether acts of other coders are listed.
    pub others: bool,
    /// The act at hand.
    pub at: usize,
    /// The first line on the screen, where that was chosen.
    pub top: usize,
}

/// What undoing or redoing an act touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// What becomes of the things that it names.
    pub things: Vec<String>,
    /// Later acts that build on it.
    pub later: Vec<ActId>,
}

impl History {
    /// What was done to one coding, by anyone.
    pub fn of(coding: ThingId) -> Self {
        Self { only: Some(coding), others: true, ..Self::default() }
    }

    /// The acts, newest first.
    pub fn list<'a>(&self, desk: &'a Desk) -> Vec<&'a Act> {
        let mut acts = match self.only {
            Some(coding) => desk.state.coding_history(coding),
            None => desk.state.history(),
        };
        acts.retain(|a| self.others || desk.is_own_act(a));
        acts.reverse();
        acts
    }

    /// What is pressed; false closes the screen.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let Some(desk) = &app.desk else { return (Handled::done(), false) };
        let list = self.list(desk);
        self.at = self.at.min(list.len().saturating_sub(1));
        if move_in(&mut self.at, list.len(), action) {
            return (Handled::done(), true);
        }
        let act = list.get(self.at).copied();
        match (action, act) {
            (Action::Back, _) => return (Handled::done(), false),
            (Action::Help, _) => {
                let help = super::help::Help::new(vec![Context::History]);
                app.layers.push(Layer::Help(help));
            }
            (Action::Others, _) => {
                // The act at hand stays at hand.
                let id = act.map(|a| a.id);
                self.others = !self.others;
                let at = self.list(desk).iter().position(|a| Some(a.id) == id);
                self.at = at.unwrap_or(0);
            }
            (Action::Accept, Some(act)) => {
                return match turn(desk, act) {
                    Ok((effect, said)) => {
                        app.say(said);
                        (Handled::Consumed(vec![effect]), true)
                    }
                    Err(why) => {
                        app.warn(why);
                        (Handled::done(), true)
                    }
                };
            }
            (Action::GoThere, Some(act)) => {
                let Some(on) = about(desk, act) else {
                    app.warn(strings::writing::NO_PLACE);
                    return (Handled::done(), true);
                };
                let gone = writing::go_to(app, &on);
                return (Handled::done(), !gone);
            }
            (Action::Accept | Action::GoThere, None) => {}
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }
}

/// Undoes exactly one act, or redoes it, or says why not.
fn turn(desk: &Desk, act: &Act) -> Result<(Effect, String), String> {
    let what = strings::act(desk, act);
    if !model::state::undoable(act) {
        return Err(words::NO_UNDO_OF_UNDO.to_owned());
    }
    if !desk.is_own_act(act) {
        return Err(words::not_your_act(&act.coder));
    }
    if !code::undone_here(&act.changes) {
        return Err(words::from_a_shell(&what, act.id));
    }
    let of = Box::new(OfAct { act: act.id });
    Ok(if desk.state.is_live(act.id) {
        (Effect::Append { act: "undo", changes: vec![Change::Undone(of)] }, words::undone(&what))
    } else {
        (Effect::Append { act: "redo", changes: vec![Change::Redone(of)] }, strings::redone(&what))
    })
}

/// Why an act is not undone or redone here, where it is not.
pub fn refusal(desk: &Desk, act: &Act) -> Option<String> {
    turn(desk, act).err()
}

/// The first thing that an act is about, that has a place.
fn about(desk: &Desk, act: &Act) -> Option<Subject> {
    act.changes.iter().find_map(|c| match c {
        Change::CodingAdded(c) => Some(Subject::Passage(c.anchor.clone())),
        Change::CodingChanged(c) => coding_place(desk, c.coding),
        Change::CodingRemoved(c) | Change::ExemplarMarked(c) | Change::ExemplarUnmarked(c) => {
            coding_place(desk, c.coding)
        }
        Change::TranslationWritten(t) => coding_place(desk, t.coding),
        Change::MemoWritten(m) => Some(match &m.on {
            Subject::Coding(id) => coding_place(desk, *id)?,
            other => other.clone(),
        }),
        Change::SummaryWritten(s) => Some(Subject::Case(s.case.clone())),
        Change::Done(d) => Some(Subject::Document(d.document.clone())),
        Change::Reopened(d) => Some(Subject::Document(d.document.clone())),
        Change::CodeAdded(c) => Some(Subject::Code(c.code.clone())),
        Change::CodeChanged(c) => Some(Subject::Code(c.code.clone())),
        Change::Undone(u) | Change::Redone(u) => about(desk, desk.state.act(u.act)?),
        _ => None,
    })
}

/// The document that an act is about.
pub fn document<'a>(desk: &'a Desk, act: &Act) -> Option<&'a str> {
    let id = match about(desk, act)? {
        Subject::Document(id) => id,
        Subject::Passage(anchor) => anchor.document,
        Subject::Coding(id) => desk.state.coding(id)?.anchor.document.clone(),
        _ => return None,
    };
    desk.corpus.document(&id).map(|d| d.title.as_str())
}

/// Where a coding stands, or stood when it was made.
fn coding_place(desk: &Desk, id: ThingId) -> Option<Subject> {
    if desk.coded.placed.iter().any(|p| p.id == id) {
        return Some(Subject::Coding(id));
    }
    let mut k = 0;
    desk.state.act(id.act)?.changes.iter().find_map(|c| {
        k += u32::from(c.makes());
        match c {
            Change::CodingAdded(c) if k == id.k => Some(Subject::Passage(c.anchor.clone())),
            _ => None,
        }
    })
}

/// What an act names: things by id, and codes.
fn names(act: &Act) -> (Vec<ThingId>, Vec<&Name>) {
    let (mut things, mut codes) = (Vec::new(), Vec::new());
    for change in &act.changes {
        match change {
            Change::CodingAdded(c) => codes.push(&c.code),
            Change::CodingChanged(c) => {
                things.push(c.coding);
                codes.extend(&c.code);
            }
            Change::CodingRemoved(c) | Change::ExemplarMarked(c) | Change::ExemplarUnmarked(c) => {
                things.push(c.coding);
            }
            Change::TranslationWritten(t) => things.push(t.coding),
            Change::MemoWritten(m) => {
                things.extend(m.memo);
                if let Subject::Coding(id) = m.on {
                    things.push(id);
                }
            }
            Change::MemoRemoved(m) => things.push(m.memo),
            Change::CodeChanged(c) => codes.push(&c.code),
            Change::CodeMoved(c) => codes.push(&c.code),
            Change::CodeMerged(c) => codes.extend([&c.code, &c.into]),
            Change::CodeRetired(c) => codes.push(&c.code),
            Change::CodeFixed(c) => codes.push(&c.code),
            Change::CodeAdded(c) => codes.extend(&c.parent),
            _ => {}
        }
    }
    (things, codes)
}

/// What undoing an act touches, or redoing it where it is undone.
pub fn touched(desk: &Desk, act: &Act) -> Touched {
    let live = desk.state.is_live(act.id);
    let mut things = Vec::new();
    let mut made = Vec::new();
    let mut new_codes: Vec<&Name> = Vec::new();
    let mut k = 0;
    for change in &act.changes {
        k += u32::from(change.makes());
        if change.makes() {
            made.push(ThingId { act: act.id, k });
        }
        if let Change::CodeAdded(c) = change {
            new_codes.push(&c.code);
        }
        things.extend(words::becomes(desk, act, change, k, live));
    }
    let builds = |later: &&Act| {
        let (named, codes) = names(later);
        named.iter().any(|t| made.contains(t)) || codes.iter().any(|c| new_codes.contains(c))
    };
    let mut later: Vec<ActId> = desk
        .state
        .acts()
        .iter()
        .map(AsRef::as_ref)
        .filter(|a| a.id > act.id && desk.state.is_live(a.id))
        .filter(builds)
        .map(|a| a.id)
        .collect();
    later.sort_unstable();
    Touched { things, later }
}
