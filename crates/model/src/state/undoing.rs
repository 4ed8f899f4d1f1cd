//! What undo and redo reach next.

use std::sync::Arc;

use super::State;
use crate::act::{Act, Change};

impl State {
    /// The newest live act of a coder that can be undone, on any device.
    pub fn last_undoable(&self, is_own: impl Fn(&Act) -> bool) -> Option<&Act> {
        self.acts
            .iter()
            .map(Arc::as_ref)
            .filter(|a| self.is_live(a.id) && undoable(a) && is_own(a))
            .max_by_key(|a| a.id)
    }

    /// The act of a coder whose undoing is the newest and not yet taken back.
    pub fn last_redoable(&self, is_own: impl Fn(&Act) -> bool) -> Option<&Act> {
        self.undone
            .iter()
            .filter(|(_, (_, undone))| *undone)
            .filter_map(|(target, (marker, _))| Some((marker, self.act(*target)?)))
            .filter(|(_, a)| undoable(a) && is_own(a))
            .max_by_key(|(marker, _)| **marker)
            .map(|(_, a)| a)
    }
}

/// Whether an act is of a sort that undo reaches: not itself an undo or redo.
pub fn undoable(act: &Act) -> bool {
    !act.changes.iter().any(|c| matches!(c, Change::Undone(_) | Change::Redone(_)))
}
