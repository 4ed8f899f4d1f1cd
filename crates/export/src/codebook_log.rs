//! The log of the codebook: how it came to be what it is, the oldest change first.

use model::act::{Act, Change};
use model::ground::Ground;
use model::id::ActId;
use model::name::Name;
use model::state::{Coding, State};

/// One line of the log: changes of one kind by one act.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The act.
    pub act: &'a Act,
    /// Its changes that this line is about, at least one.
    pub changes: Vec<&'a Change>,
    /// How many codings of the code there were when it changed its meaning, was merged or retired.
    pub codings: Option<usize>,
}

impl<'a> Entry<'a> {
    /// The first of its changes.
    pub fn first(&self) -> Option<&'a Change> {
        self.changes.first().copied()
    }
}

/// Whether a change is one of the codebook.
pub fn is_of_codebook(change: &Change) -> bool {
    match change {
        Change::Setting(s) => s.key.starts_with("codebook."),
        change => subject(change).is_some(),
    }
}

/// The code that a change is about.
pub fn subject(change: &Change) -> Option<&str> {
    Some(match change {
        Change::CodeAdded(c) => &c.code,
        Change::CodeChanged(c) => &c.code,
        Change::CodeMoved(c) => &c.code,
        Change::CodeMerged(c) => &c.code,
        Change::CodeRetired(c) => &c.code,
        Change::CodeFixed(c) => &c.code,
        _ => return None,
    })
}

/// The effect and the reason that were given.
pub fn said(change: &Change) -> (Option<&str>, Option<&str>) {
    match change {
        Change::CodeChanged(c) => (c.effect.as_deref(), c.reason.as_deref()),
        Change::CodeRetired(c) => (None, c.reason.as_deref()),
        Change::CodeFixed(c) => (Some(&c.earlier), None),
        _ => (None, None),
    }
}

/// The live changes of the codebook, or of one code.
pub fn entries<'a>(ground: Ground<'a>, only: Option<&str>) -> Vec<Entry<'a>> {
    let mut out = Vec::new();
    for act in ground.state.history() {
        if !ground.state.is_live(act.id) || !act.changes.iter().any(is_of_codebook) {
            continue;
        }
        for changes in act.changes.chunk_by(|a, b| a.kind() == b.kind()) {
            let about: Vec<&Change> = changes
                .iter()
                .filter(|c| is_of_codebook(c))
                .filter(|c| only.is_none_or(|code| subject(c) == Some(code)))
                .collect();
            // A whole codebook that came in is one line; every change since has its own.
            let lines: Vec<Vec<&Change>> = match about.first() {
                Some(Change::CodeAdded(_) | Change::CodeFixed(_)) => vec![about],
                _ => about.into_iter().map(|c| vec![c]).collect(),
            };
            for changes in lines {
                let Some(first) = changes.first() else { continue };
                let codings = touched(ground.state, act, first);
                out.push(Entry { act, changes, codings });
            }
        }
    }
    out
}

fn touched(state: &State, act: &Act, change: &Change) -> Option<usize> {
    let code = match change {
        Change::CodeChanged(c) if c.effect.is_some() => &c.code,
        Change::CodeMerged(c) => &c.code,
        Change::CodeRetired(c) => &c.code,
        _ => return None,
    };
    let then = |c: &Coding<'_>| c.added.id < act.id && code_before(state, c, act.id) == Some(code);
    Some(state.codings().filter(then).count())
}

/// The code that a coding carried before an act.
fn code_before<'a>(state: &'a State, coding: &Coding<'a>, before: ActId) -> Option<&'a Name> {
    let history = state.coding_history(coding.id);
    let changed = |act: &&'a Act| {
        act.changes.iter().find_map(|c| match c {
            Change::CodingChanged(c) if c.coding == coding.id => c.code.as_ref(),
            _ => None,
        })
    };
    let earlier = history.iter().filter(|a| a.id < before && state.is_live(a.id));
    if let Some(code) = earlier.rev().find_map(changed) {
        return Some(code);
    }
    let mut made = 0;
    coding.added.changes.iter().find_map(|c| {
        made += u32::from(c.makes());
        match c {
            Change::CodingAdded(c) if made == coding.id.k => Some(&c.code),
            _ => None,
        }
    })
}
