//! What is on file: which changes of which acts name a thing.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use crate::id::ThingId;

/// One event: which change of which act (indices).
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) act: u32,
    pub(super) change: u32,
}

/// The events of one thing. Most codings have one event ever, which needs no allocation.
#[derive(Clone, Debug, Default)]
pub(super) struct Events(SmallVec<[Event; 1]>);

impl Events {
    pub(super) fn push(&mut self, event: Event) {
        self.0.push(event);
    }

    /// Whether there is a single one.
    pub(super) fn is_one(&self) -> bool {
        self.0.len() == 1
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Event> + '_ {
        self.0.iter().copied()
    }
}

/// The events of codings. Acts mostly arrive in order, and so do codings: those are kept in a plain
/// list, and what comes later than its id says in a tree beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Filed {
    ordered: Vec<(ThingId, Events)>,
    others: BTreeMap<ThingId, Events>,
}

impl Filed {
    /// Makes room for so many more.
    pub(super) fn reserve(&mut self, more: usize) {
        self.ordered.reserve(more);
    }

    /// The events of a coding, to add to.
    pub(super) fn of(&mut self, id: ThingId) -> &mut Events {
        if self.ordered.last().is_none_or(|(last, _)| *last < id) && !self.others.contains_key(&id) {
            self.ordered.push((id, Events::default()));
            let last = self.ordered.len() - 1;
            return &mut self.ordered[last].1;
        }
        match self.ordered.binary_search_by_key(&id, |(id, _)| *id) {
            Ok(at) => &mut self.ordered[at].1,
            Err(_) => self.others.entry(id).or_default(),
        }
    }

    pub(super) fn get(&self, id: ThingId) -> Option<&Events> {
        match self.ordered.binary_search_by_key(&id, |(id, _)| *id) {
            Ok(at) => self.ordered.get(at).map(|(_, events)| events),
            Err(_) => self.others.get(&id),
        }
    }

    /// All, in order of id.
    pub(super) fn iter(&self) -> impl Iterator<Item = (ThingId, &Events)> {
        let mut others = self.others.iter().peekable();
        let mut ordered = self.ordered.iter().peekable();
        std::iter::from_fn(move || {
            let later = match (ordered.peek(), others.peek()) {
                (Some((a, _)), Some((b, _))) => a > *b,
                (None, _) => true,
                (_, None) => false,
            };
            if later {
                others.next().map(|(id, events)| (*id, events))
            } else {
                ordered.next().map(|(id, events)| (*id, events))
            }
        })
    }
}
