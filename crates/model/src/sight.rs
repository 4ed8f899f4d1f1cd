//! Sight: what a coder may see of a study while blind.
//!
//! While a coder is blind for a document, nothing shows or counts what others read in it: their
//! codings, memos, summaries, done and not-asked marks. What makes the study itself (documents, codes,
//! who codes) is seen. One place decides, here: the state of what may be seen is a state like any other,
//! and faces get no other ([`State::seen_by`]).

use std::sync::Arc;

use crate::act::{Act, Change, Subject};
use crate::anchor::Anchor;
use crate::coded::Coders;
use crate::documents::Documents;
use crate::id::{ActId, ThingId};
use crate::name::Name;
use crate::state::State;

/// Who looks, and what they are blind for.
#[derive(Clone, Debug)]
pub struct Sight {
    coder: Name,
    coders: Coders,
    documents: Documents,
    /// Per document of [`Documents::list`]: whether others' reading of it is hidden.
    blind: Vec<bool>,
    /// The same for a document that is not here.
    elsewhere: bool,
}

impl Sight {
    /// What a coder is blind for; nothing where they may see all.
    pub fn of(state: &State, coder: &Name) -> Option<Self> {
        let events = state.blind_events();
        if events.is_empty() {
            return None;
        }
        let coders = Coders::fold(state);
        let documents = Documents::fold(state);
        let rule = |names: &[Name]| {
            let newest = events.iter().rev().find_map(|live| {
                let (on, b) = match live.change {
                    Change::BlindOn(b) => (true, b),
                    Change::BlindOff(b) => (false, b),
                    _ => return None,
                };
                let about = b.documents.is_empty() || b.documents.iter().any(|d| names.contains(d));
                (about && coders.same(&b.coder, coder)).then_some(on)
            });
            newest.unwrap_or(false)
        };
        let blind: Vec<bool> = documents
            .list
            .iter()
            .map(|d| rule(&d.names.iter().chain([&d.id]).cloned().collect::<Vec<_>>()))
            .collect();
        let elsewhere = rule(&[]);
        let coder = coders.canonical(coder).clone();
        (elsewhere || blind.contains(&true)).then_some(Self { coder, coders, documents, blind, elsewhere })
    }

    /// Who looks.
    pub const fn coder(&self) -> &Name {
        &self.coder
    }

    /// Whether others' reading of a document is hidden.
    pub fn is_blind(&self, document: &str) -> bool {
        let documents = &self.documents;
        let found =
            documents.position(document).or_else(|| documents.position(&documents.named(document)?.id));
        found.map_or(self.elsewhere, |i| self.blind[i])
    }

    /// The documents whose reading by others is hidden.
    pub fn documents(&self) -> impl Iterator<Item = &Name> {
        self.documents.list.iter().zip(&self.blind).filter(|(_, blind)| **blind).map(|(d, _)| &d.id)
    }

    /// Whether it hides the same as another does.
    pub fn is_like(&self, other: &Self) -> bool {
        self.coder == other.coder
            && self.elsewhere == other.elsewhere
            && self.documents().eq(other.documents())
            && self.documents.list.len() == other.documents.list.len()
    }

    /// An act as it may be seen, with what is hidden left out; nothing where all of it is hidden.
    /// `whole` tells what it is about.
    pub fn show(&self, whole: &State, act: &Arc<Act>) -> Option<Arc<Act>> {
        if self.coders.same(&act.coder, &self.coder) {
            return Some(Arc::clone(act));
        }
        let hidden = self.hidden(whole, act);
        if !hidden.contains(&true) {
            return Some(Arc::clone(act));
        }
        if !hidden.contains(&false) {
            return None;
        }
        // What is left keeps its number within the act, by which it has its id.
        let masked =
            |(c, hidden): (&Change, bool)| if hidden { Change::Hidden(c.makes()) } else { c.clone() };
        let changes = act.changes.iter().zip(hidden).map(masked).collect();
        let Act { v, id, n, at, coder, by, act: verb, .. } = &**act;
        let (at, coder, by, verb) = (at.clone(), coder.clone(), by.clone(), verb.clone());
        Some(Arc::new(Act { v: *v, id: *id, n: *n, at, coder, by, act: verb, changes }))
    }

    /// Which changes of somebody else's act are hidden.
    fn hidden(&self, whole: &State, act: &Act) -> Vec<bool> {
        // A rule that was made while passages were decided about tells what was looked for in them.
        let decides = |c: &Change| matches!(c, Change::CodingAdded(_) | Change::HitRejected(_));
        let in_passing = act.changes.iter().any(decides);
        let passing = |c: &Change| matches!(c, Change::SearchSaved(s) if in_passing || s.passing);
        act.changes.iter().map(|c| passing(c) || self.hides(whole, c)).collect()
    }

    /// Whether a change by somebody else is hidden.
    fn hides(&self, whole: &State, change: &Change) -> bool {
        match change {
            Change::CodingAdded(c) => self.at(&c.anchor),
            Change::CodingChanged(c) => {
                self.coding(whole, c.coding) || c.anchor.as_ref().is_some_and(|a| self.at(a))
            }
            Change::CodingRemoved(c) | Change::ExemplarMarked(c) | Change::ExemplarUnmarked(c) => {
                self.coding(whole, c.coding)
            }
            Change::TranslationWritten(t) => self.coding(whole, t.coding),
            Change::MemoWritten(m) => match &m.on {
                Subject::Document(d) => self.is_blind(d),
                Subject::Passage(anchor) => self.at(anchor),
                Subject::Coding(id) => place(whole, *id).is_none_or(|a| self.at(a)),
                // What is about no one document may tell about any.
                Subject::Study | Subject::Case(_) | Subject::Code(_) => true,
            },
            Change::MemoRemoved(m) => match made(whole, m.memo) {
                Some((act, _)) if self.coders.same(&act.coder, &self.coder) => false,
                Some((_, written)) => self.hides(whole, written),
                None => true,
            },
            Change::SummaryWritten(_) => true,
            Change::Done(d) => self.is_blind(&d.document),
            Change::Reopened(d) | Change::AdjudicationClosed(d) => self.is_blind(&d.document),
            Change::NotAsked(n) | Change::Asked(n) => n.document.as_ref().is_none_or(|d| self.is_blind(d)),
            // Undoing what cannot be seen cannot be seen.
            Change::Undone(u) | Change::Redone(u) => self.target(whole, u.act),
            // What a search found, and what is said to be none of a code, is read; the search itself is
            // part of the study where it was saved for itself ([`Sight::hidden`]).
            Change::SearchSaved(s) => s.run.is_some(),
            Change::HitRejected(h) => self.at(&h.anchor),
            // A fixed code asks every reader; what is brought back was rejected before.
            Change::HitOffered(h) => h.code.is_none() && self.at(&h.anchor),
            Change::Other(o) => matches!(o.kind.as_str(), "hit-offered" | "hit-rejected"),
            _ => false,
        }
    }

    fn at(&self, anchor: &Anchor) -> bool {
        match self.documents.resolve(&anchor.document, &anchor.text) {
            Some(i) => self.blind[i],
            None => self.is_blind(&anchor.document),
        }
    }

    /// Whether what somebody else did with a coding is hidden: not with one's own.
    fn coding(&self, whole: &State, id: ThingId) -> bool {
        match made(whole, id) {
            Some((act, _)) if self.coders.same(&act.coder, &self.coder) => false,
            Some((_, Change::CodingAdded(c))) => self.at(&c.anchor),
            _ => true,
        }
    }

    fn target(&self, whole: &State, id: ActId) -> bool {
        let Some(target) = whole.act(id) else { return true };
        let own = self.coders.same(&target.coder, &self.coder);
        // An undo that names an undo has no effect.
        let undoes = |c: &Change| matches!(c, Change::Undone(_) | Change::Redone(_));
        !own && (target.changes.iter().any(undoes) || !self.hidden(whole, target).contains(&false))
    }
}

/// Where a coding was made.
fn place(whole: &State, id: ThingId) -> Option<&Anchor> {
    match made(whole, id) {
        Some((_, Change::CodingAdded(c))) => Some(&c.anchor),
        _ => None,
    }
}

/// The change that made a thing, and its act.
fn made(whole: &State, id: ThingId) -> Option<(&Act, &Change)> {
    let act = whole.act(id.act)?;
    let k = usize::try_from(id.k).ok()?.checked_sub(1)?;
    let change = act.changes.iter().filter(|c| c.makes()).nth(k)?;
    Some((act, change))
}

/// Whether an act may change what somebody is blind for.
pub fn changes_sight(whole: &State, act: &Act) -> bool {
    act.changes.iter().any(|c| match c {
        Change::BlindOn(_)
        | Change::BlindOff(_)
        | Change::CoderAlias(_)
        | Change::DocumentAdded(_)
        | Change::DocumentRenamed(_)
        | Change::DocumentRemoved(_)
        | Change::TextRevised(_) => true,
        Change::Undone(u) | Change::Redone(u) => whole
            .act(u.act)
            .is_none_or(|target| crate::state::undoable(target) && changes_sight(whole, target)),
        _ => false,
    })
}

impl State {
    /// The state of what a coder may see; nothing where they may see all of this one.
    pub fn seen_by(&self, coder: &Name) -> Option<Self> {
        let sight = Sight::of(self, coder)?;
        let acts: Vec<Arc<Act>> = self.acts().iter().filter_map(|act| sight.show(self, act)).collect();
        Some(Self::of(acts).with_sight(Some(Arc::new(sight))))
    }
}
