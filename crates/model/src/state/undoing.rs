//! What undo and redo reach next.

use std::sync::Arc;

use super::State;
use crate::act::{Act, Change};
use crate::id::ActId;

/// What a plain redo comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Redoable<'a> {
    /// What one act undid, in order: one act, or several.
    These(Vec<&'a Act>),
    /// Nothing; but this act is undone, the last of all, and comes back where it is named. The coder did
    /// something else since, or somebody else undid it.
    Left(&'a Act),
    /// Nothing at all.
    Nothing,
}

impl State {
    /// The newest live act of a coder that can be undone, on any device.
    pub fn last_undoable(&self, is_own: impl Fn(&Act) -> bool) -> Option<&Act> {
        self.acts
            .iter()
            .map(Arc::as_ref)
            .filter(|a| self.is_live(a.id) && undoable(a) && is_own(a))
            .max_by_key(|a| a.id)
    }

    /// What a plain redo of a coder brings back: all that the newest undoing act of theirs undid, whoever's it
    /// was, where they did nothing else since. Else what was undone for a newer act would come back beside
    /// that act.
    pub fn redoable(&self, is_own: impl Fn(&Act) -> bool) -> Redoable<'_> {
        let mine = |marker: &ActId| self.act(*marker).is_some_and(&is_own);
        let undone = self.undone.iter().filter(|(_, (_, undone))| *undone);
        let mut all: Vec<(ActId, &Act)> = undone
            .filter_map(|(target, (marker, _))| Some((*marker, self.act(*target)?)))
            .filter(|(marker, act)| undoable(act) && (is_own(act) || mine(marker)))
            .collect();
        all.sort_unstable_by_key(|(marker, act)| (*marker, act.id));
        let Some((_, last)) = all.last() else { return Redoable::Nothing };
        let Some(newest) = all.iter().rev().map(|(marker, _)| *marker).find(mine) else {
            return Redoable::Left(last);
        };
        let ends = |act: &Act| act.id > newest && is_done(act) && is_own(act);
        if self.acts.iter().any(|act| ends(act)) {
            return Redoable::Left(last);
        }
        Redoable::These(all.iter().filter(|(marker, _)| *marker == newest).map(|(_, act)| *act).collect())
    }
}

/// Whether a coder did something by an act: it neither undoes nor redoes, nor only says that they joined.
fn is_done(act: &Act) -> bool {
    undoable(act) && act.changes.iter().any(|c| !matches!(c, Change::CoderIntroduced(_)))
}

/// Whether an act is of a sort that undo reaches: not itself an undo or redo.
pub fn undoable(act: &Act) -> bool {
    !act.changes.iter().any(|c| matches!(c, Change::Undone(_) | Change::Redone(_)))
}
