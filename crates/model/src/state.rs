//! The state of a study: what all acts make together.
//!
//! State is per thing, not by replay. Each thing keeps the events that name it; it exists when its
//! adding act is live and no live act removes it, and each field has the value of the live event
//! with the highest id. Nothing else is stored, so acts may arrive in any order, one at a time, any
//! number of times, and give the same state; and undo is a flag on an act, not a rewind.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::act::{Act, Change, CodingAdded, MemoWritten, Qualifiers, SummaryWritten, TranslationWritten};
use crate::anchor::Anchor;
use crate::id::{ActId, ThingId};
use crate::name::Name;
use crate::saved::Search;
use crate::sight::Sight;

mod filed;
mod undoing;

pub use undoing::{Redoable, undoable};

use filed::{Event, Events, Filed};

/// What is on file about one coding.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    id: ThingId,
    events: &'a Events,
}

/// All acts of a study and what they make together.
#[derive(Clone, Debug, Default)]
pub struct State {
    acts: Vec<Arc<Act>>,
    /// So many of `acts` are in order of id from the first on; usually all.
    ordered: usize,
    /// Where the others stand.
    by_id: FxHashMap<ActId, u32>,
    /// Per act: not undone.
    live: Vec<bool>,
    /// Newest undone (true) or redone (false) that names an act, whether or not the act is here.
    undone: FxHashMap<ActId, (ActId, bool)>,
    newest: ActId,
    codings: Filed,
    memos: BTreeMap<ThingId, Events>,
    exemplars: BTreeMap<ThingId, Events>,
    translations: BTreeMap<ThingId, Events>,
    documents: Events,
    reading: BTreeMap<Name, Events>,
    asked: Events,
    codes: BTreeMap<Name, Events>,
    coders: Events,
    primaries: Events,
    blinds: Events,
    closed: BTreeMap<Name, Events>,
    summaries: BTreeMap<(Name, Name), Events>,
    settings: BTreeMap<Name, Events>,
    searches: BTreeMap<ThingId, Events>,
    /// What was decided about the hits of each rule.
    hits: BTreeMap<ThingId, Events>,
    /// What was offered when codes were fixed.
    offered: Events,
    blocking: Events,
    /// Whose view of the study this is, where something is hidden.
    sight: Option<Arc<Sight>>,
}

/// A live change with the act that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Live<'a> {
    /// The act.
    pub act: &'a Act,
    /// The change.
    pub change: &'a Change,
}

/// One coding as it stands: each field from the live event with the highest id.
#[derive(Clone, Copy, Debug)]
pub struct Coding<'a> {
    /// Its id.
    pub id: ThingId,
    /// Where it was put.
    pub anchor: &'a Anchor,
    /// The code that it carries (merges not followed).
    pub code: &'a Name,
    /// The code that it was made with.
    pub first: &'a Name,
    /// The case set on it.
    pub case: Option<&'a Name>,
    /// Its qualifiers as set; defaults not filled in.
    pub qualifiers: &'a Qualifiers,
    /// Its weight.
    pub weight: Option<f64>,
    /// Its note.
    pub note: Option<&'a str>,
    /// Short hash of the definition that it was made under.
    pub definition: Option<&'a Name>,
    /// The rule that proposed it.
    pub rule: Option<ThingId>,
    /// The act that made it.
    pub added: &'a Act,
}

/// One memo as it stands.
#[derive(Clone, Copy, Debug)]
pub struct Memo<'a> {
    /// Its id.
    pub id: ThingId,
    /// Its newest wording.
    pub written: &'a MemoWritten,
    /// The act that made it.
    pub added: &'a Act,
    /// The act of the newest wording.
    pub changed: &'a Act,
}

impl State {
    /// The state of no acts.
    pub fn new() -> Self {
        Self::default()
    }

    /// The state that these acts make.
    pub fn of<A: Into<Arc<Act>>>(acts: impl IntoIterator<Item = A>) -> Self {
        let acts = acts.into_iter();
        let mut state = Self::new();
        let known = acts.size_hint().0;
        state.acts.reserve(known);
        state.live.reserve(known);
        state.codings.reserve(known);
        for act in acts {
            state.insert(act);
        }
        state
    }

    /// Takes one act in. An act whose id is known changes nothing; returns whether it was new.
    /// (Of two lines with one id, the reader of the journals has chosen: [`crate::journal`].)
    pub fn insert(&mut self, act: impl Into<Arc<Act>>) -> bool {
        let act = act.into();
        if self.place(act.id).is_some() {
            return false;
        }
        let at = self.acts.len() as u32;
        if self.ordered == self.acts.len() && self.acts.last().is_none_or(|last| last.id < act.id) {
            self.ordered += 1;
        } else {
            self.by_id.insert(act.id, at);
        }
        self.newest = self.newest.max(act.id);
        // An undo or redo cannot itself be undone.
        self.live.push(!undoable(&act) || !self.undone.get(&act.id).is_some_and(|&(_, undone)| undone));
        let mut made = 0;
        for (i, change) in act.changes.iter().enumerate() {
            let event = Event { act: at, change: i as u32 };
            if change.makes() {
                made += 1;
            }
            let thing = ThingId { act: act.id, k: made };
            match change {
                Change::CodingAdded(_) => self.codings.of(thing).push(event),
                Change::CodingChanged(c) => self.codings.of(c.coding).push(event),
                Change::CodingRemoved(c) => self.codings.of(c.coding).push(event),
                Change::MemoWritten(m) => self.memos.entry(m.memo.unwrap_or(thing)).or_default().push(event),
                Change::MemoRemoved(m) => self.memos.entry(m.memo).or_default().push(event),
                Change::SummaryWritten(s) => {
                    self.summaries.entry((s.case.clone(), s.code.clone())).or_default().push(event);
                }
                Change::ExemplarMarked(c) | Change::ExemplarUnmarked(c) => {
                    self.exemplars.entry(c.coding).or_default().push(event);
                }
                Change::TranslationWritten(t) => self.translations.entry(t.coding).or_default().push(event),
                Change::DocumentAdded(_)
                | Change::DocumentRenamed(_)
                | Change::DocumentRemoved(_)
                | Change::TextRevised(_) => self.documents.push(event),
                Change::Done(d) => self.reading.entry(d.document.clone()).or_default().push(event),
                Change::Reopened(d) => self.reading.entry(d.document.clone()).or_default().push(event),
                Change::NotAsked(_) | Change::Asked(_) => self.asked.push(event),
                Change::CodeAdded(c) => self.codes.entry(c.code.clone()).or_default().push(event),
                Change::CodeChanged(c) => self.codes.entry(c.code.clone()).or_default().push(event),
                Change::CodeMoved(c) => self.codes.entry(c.code.clone()).or_default().push(event),
                Change::CodeMerged(c) => self.codes.entry(c.code.clone()).or_default().push(event),
                Change::CodeRetired(c) => self.codes.entry(c.code.clone()).or_default().push(event),
                Change::CodeFixed(c) => {
                    self.codes.entry(c.code.clone()).or_default().push(event);
                    if !c.searched.is_empty() {
                        self.offered.push(event);
                    }
                }
                Change::CoderIntroduced(_) | Change::CoderAlias(_) => self.coders.push(event),
                Change::PrimaryNamed(_) => self.primaries.push(event),
                Change::BlindOn(_) | Change::BlindOff(_) => self.blinds.push(event),
                Change::AdjudicationClosed(d) => {
                    self.closed.entry(d.document.clone()).or_default().push(event);
                }
                Change::Setting(s) => self.settings.entry(s.key.clone()).or_default().push(event),
                Change::SearchSaved(s) => {
                    self.searches.entry(s.search.unwrap_or(thing)).or_default().push(event);
                }
                Change::SearchRemoved(s) => self.searches.entry(s.search).or_default().push(event),
                Change::HitOffered(h) if h.code.is_some() => self.offered.push(event),
                Change::HitOffered(h) => self.hits.entry(h.rule).or_default().push(event),
                Change::HitRejected(h) => self.hits.entry(h.rule).or_default().push(event),
                Change::Undone(u) => self.mark(u.act, act.id, true),
                Change::Redone(u) => self.mark(u.act, act.id, false),
                Change::Other(_) if change.blocks_tables() => self.blocking.push(event),
                Change::Other(_) | Change::Hidden(_) => {}
            }
        }
        self.acts.push(act);
        true
    }

    /// Notes that the act `marker` undoes or redoes `target`; the newest such mark counts.
    fn mark(&mut self, target: ActId, marker: ActId, undone: bool) {
        let entry = self.undone.entry(target).or_insert((marker, undone));
        if marker >= entry.0 {
            *entry = (marker, undone);
        }
        let undone = entry.1;
        if let Some(at) = self.place(target)
            && let Some(act) = self.acts.get(at)
        {
            self.live[at] = !undone || !undoable(act);
        }
    }

    /// The highest id of all acts; [`ActId::ZERO`] when there is none.
    pub fn newest(&self) -> ActId {
        self.newest
    }

    /// Number of acts.
    pub fn len(&self) -> usize {
        self.acts.len()
    }

    /// Whether there is no act.
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty()
    }

    /// All acts in the order in which they arrived.
    pub fn acts(&self) -> &[Arc<Act>] {
        &self.acts
    }

    /// All acts in order of id.
    pub fn history(&self) -> Vec<&Act> {
        let mut acts: Vec<&Act> = self.acts.iter().map(Arc::as_ref).collect();
        acts.sort_unstable_by_key(|a| a.id);
        acts
    }

    /// Where an act stands in `acts`.
    fn place(&self, id: ActId) -> Option<usize> {
        if id > self.newest {
            return None;
        }
        // While an act is taken in it is counted before it stands there.
        let ordered = &self.acts[..self.ordered.min(self.acts.len())];
        let found = ordered.binary_search_by_key(&id, |act| act.id).ok();
        found.or_else(|| self.by_id.get(&id).map(|at| *at as usize))
    }

    /// The act with an id.
    pub fn act(&self, id: ActId) -> Option<&Act> {
        self.place(id).map(|at| &*self.acts[at])
    }

    /// Whether an act is here and not undone.
    pub fn is_live(&self, id: ActId) -> bool {
        self.place(id).is_some_and(|at| self.live[at])
    }

    /// The state of the acts that pass, such as those up to a time (`--as-of`).
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&Act) -> bool) -> Self {
        Self::of(self.acts.iter().filter(|a| keep(a)).map(Arc::clone)).with_sight(self.sight.clone())
    }

    fn change(&self, event: Event) -> Live<'_> {
        let act = &self.acts[event.act as usize];
        Live { act, change: &act.changes[event.change as usize] }
    }

    fn live<'a>(&'a self, events: &'a Events) -> impl Iterator<Item = Live<'a>> + 'a {
        events.iter().filter(|e| self.live[e.act as usize]).map(|e| self.change(e))
    }

    /// Live events in order of act id (and of change within one act).
    fn sorted<'a>(&'a self, events: &'a Events) -> Vec<Live<'a>> {
        let mut all: Vec<Live<'a>> = self.live(events).collect();
        all.sort_by_key(|l| l.act.id);
        all
    }

    /// One coding, if it exists.
    pub fn coding(&self, id: ThingId) -> Option<Coding<'_>> {
        self.coding_from(id, self.codings.get(id)?)
    }

    fn coding_from<'a>(&'a self, id: ThingId, events: &'a Events) -> Option<Coding<'a>> {
        let mut added: Option<(&Act, &CodingAdded)> = None;
        for live in self.live(events) {
            match live.change {
                Change::CodingRemoved(_) => return None,
                Change::CodingAdded(c) => added = Some((live.act, c)),
                _ => {}
            }
        }
        let (act, c) = added?;
        let mut coding = Coding {
            id,
            anchor: &c.anchor,
            code: &c.code,
            first: &c.code,
            case: c.case.as_ref(),
            qualifiers: &c.qualifiers,
            weight: c.weight,
            note: c.note.as_deref(),
            definition: c.definition.as_ref(),
            rule: c.rule,
            added: act,
        };
        if events.is_one() {
            return Some(coding);
        }
        // The newest event per field; the adding act gives every field its first value.
        let mut newest = [act.id; 7];
        for live in self.live(events) {
            let Change::CodingChanged(c) = live.change else { continue };
            let mut newer = |field: usize| {
                let newer = live.act.id >= newest[field];
                if newer {
                    newest[field] = live.act.id;
                }
                newer
            };
            if let Some(x) = &c.anchor
                && newer(0)
            {
                coding.anchor = x;
            }
            if let Some(x) = &c.code
                && newer(1)
            {
                coding.code = x;
            }
            if let Some(x) = &c.case
                && newer(2)
            {
                coding.case = x.as_ref();
            }
            if let Some(x) = &c.qualifiers
                && newer(3)
            {
                coding.qualifiers = x;
            }
            if let Some(x) = c.weight
                && newer(4)
            {
                coding.weight = x;
            }
            if let Some(x) = &c.note
                && newer(5)
            {
                coding.note = x.as_deref();
            }
            if let Some(x) = &c.definition
                && newer(6)
            {
                coding.definition = Some(x);
            }
        }
        Some(coding)
    }

    /// All codings that any event names, in order of id; see [`State::filed`].
    pub fn files(&self) -> Vec<File<'_>> {
        self.codings.iter().map(|(id, events)| File { id, events }).collect()
    }

    /// The coding of a file, if it exists.
    pub fn filed<'a>(&'a self, file: &File<'a>) -> Option<Coding<'a>> {
        self.coding_from(file.id, file.events)
    }

    /// All codings that exist, in order of id.
    pub fn codings(&self) -> impl Iterator<Item = Coding<'_>> + '_ {
        self.codings.iter().filter_map(|(id, events)| self.coding_from(id, events))
    }

    /// The acts that name a coding, live or not, in order.
    pub fn coding_history(&self, id: ThingId) -> Vec<&Act> {
        let mut acts: Vec<&Act> = self
            .codings
            .get(id)
            .into_iter()
            .flat_map(Events::iter)
            .map(|e| &*self.acts[e.act as usize])
            .collect();
        acts.sort_unstable_by_key(|a| a.id);
        acts.dedup_by_key(|a| a.id);
        acts
    }

    /// All memos that exist, in order of id.
    pub fn memos(&self) -> impl Iterator<Item = Memo<'_>> + '_ {
        self.memos.iter().filter_map(|(&id, events)| {
            let mut added = None;
            let mut newest: Option<(&Act, &MemoWritten)> = None;
            for live in self.live(events) {
                match live.change {
                    Change::MemoRemoved(_) => return None,
                    Change::MemoWritten(m) => {
                        if m.memo.is_none() {
                            added = Some(live.act);
                        }
                        if newest.is_none_or(|(act, _)| act.id <= live.act.id) {
                            newest = Some((live.act, m));
                        }
                    }
                    _ => {}
                }
            }
            let (changed, written) = newest?;
            Some(Memo { id, written, added: added?, changed })
        })
    }

    /// One saved search, if it exists.
    pub fn search(&self, id: ThingId) -> Option<Search<'_>> {
        Search::fold(id, &self.sorted(self.searches.get(&id)?))
    }

    /// The name that a saved search has, or had before it was removed or undone.
    pub fn search_name(&self, id: ThingId) -> Option<&str> {
        let events = self.searches.get(&id)?.iter().map(|event| self.change(event));
        let named = events.filter_map(|live| match live.change {
            Change::SearchSaved(saved) => Some((live.act.id, saved.name.as_deref()?)),
            _ => None,
        });
        // Of two in one act the later counts.
        named.max_by_key(|(act, _)| *act).map(|(_, name)| name)
    }

    /// Every search that is a rule or ever was one, by its id, as it was when it last was one.
    pub fn last_rules(&self) -> impl Iterator<Item = Search<'_>> + '_ {
        self.searches.iter().flat_map(|(id, events)| Search::last_rules(*id, &self.ever(events)))
    }

    /// The code that a search was a rule for when an act was made; none where it never was a rule.
    pub fn code_of_rule(&self, rule: ThingId, at: ActId) -> Option<&Name> {
        Search::code_at(&self.ever(self.searches.get(&rule)?), at)
    }

    /// Events in order, each with whether it is live.
    fn ever(&self, events: &Events) -> Vec<(Live<'_>, bool)> {
        let mut all: Vec<(Live<'_>, bool)> =
            events.iter().map(|e| (self.change(e), self.live[e.act as usize])).collect();
        all.sort_by_key(|(live, _)| live.act.id);
        all
    }

    /// All saved searches that exist, in order of id.
    pub fn searches(&self) -> impl Iterator<Item = Search<'_>> + '_ {
        self.searches.iter().filter_map(|(id, events)| Search::fold(*id, &self.sorted(events)))
    }

    /// Live `hit-rejected` events of a rule and those `hit-offered` that bring its hits back, in order.
    pub fn hit_events(&self, rule: ThingId) -> Vec<Live<'_>> {
        self.hits.get(&rule).map(|e| self.sorted(e)).unwrap_or_default()
    }

    /// Live events by which hits were offered when codes were fixed, in order.
    pub fn offered_events(&self) -> Vec<Live<'_>> {
        self.sorted(&self.offered)
    }

    /// Whether a coding is marked as a telling example.
    pub fn is_exemplar(&self, id: ThingId) -> bool {
        self.exemplars
            .get(&id)
            .and_then(|e| self.sorted(e).pop())
            .is_some_and(|l| matches!(l.change, Change::ExemplarMarked(_)))
    }

    /// The newest translation of a coding's quote into each language.
    pub fn translations(&self, id: ThingId) -> BTreeMap<&Name, &TranslationWritten> {
        let mut out = BTreeMap::new();
        if let Some(events) = self.translations.get(&id) {
            for live in self.sorted(events) {
                if let Change::TranslationWritten(t) = live.change {
                    out.insert(&t.language, &**t);
                }
            }
        }
        out
    }

    /// The newest summary of case × code.
    pub fn summary(&self, case: &str, code: &str) -> Option<&SummaryWritten> {
        let events = self.summaries.get(&(Name::new(case), Name::new(code)))?;
        self.sorted(events).into_iter().rev().find_map(|l| match l.change {
            Change::SummaryWritten(s) => Some(&**s),
            _ => None,
        })
    }

    /// The newest summary of every case × code, in their order.
    pub fn summaries(&self) -> Vec<Live<'_>> {
        self.summaries.values().filter_map(|events| self.sorted(events).pop()).collect()
    }

    /// Live events on documents, in order.
    pub fn document_events(&self) -> Vec<Live<'_>> {
        self.sorted(&self.documents)
    }

    /// Live `done` and `reopened` events of a document, in order.
    pub fn reading_events(&self, document: &str) -> Vec<Live<'_>> {
        self.reading.get(document).map(|e| self.sorted(e)).unwrap_or_default()
    }

    /// Live `not-asked` and `asked` events, in order.
    pub fn asked_events(&self) -> Vec<Live<'_>> {
        self.sorted(&self.asked)
    }

    /// Ids of codes that any live event names, each with its live events in order.
    pub fn code_events(&self) -> impl Iterator<Item = (&Name, Vec<Live<'_>>)> + '_ {
        self.codes
            .iter()
            .map(|(id, events)| (id, self.sorted(events)))
            .filter(|(_, events)| !events.is_empty())
    }

    /// Live `coder-introduced` and `coder-alias` events, in order.
    pub fn coder_events(&self) -> Vec<Live<'_>> {
        self.sorted(&self.coders)
    }

    /// Live `primary-named` events, in order.
    pub fn primary_events(&self) -> Vec<Live<'_>> {
        self.sorted(&self.primaries)
    }

    /// Live `blind-on` and `blind-off` events, in order.
    pub fn blind_events(&self) -> Vec<Live<'_>> {
        self.sorted(&self.blinds)
    }

    /// What is hidden here, and from whom; nothing where all is seen.
    pub fn sight(&self) -> Option<&Sight> {
        self.sight.as_deref()
    }

    pub(crate) fn with_sight(mut self, sight: Option<Arc<Sight>>) -> Self {
        self.sight = sight;
        self
    }

    /// Whether adjudication of a document is closed.
    pub fn is_adjudicated(&self, document: &str) -> bool {
        self.closed.get(document).is_some_and(|e| self.live(e).next().is_some())
    }

    /// A setting's value; `None` when it was never set or set to null.
    pub fn setting(&self, key: &str) -> Option<&Value> {
        let newest = self.sorted(self.settings.get(key)?).pop()?;
        match newest.change {
            Change::Setting(s) if !s.value.is_null() => Some(&s.value),
            _ => None,
        }
    }

    /// All settings whose key begins with `prefix`, by key.
    pub fn settings<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a Name, &'a Value)> + 'a {
        self.settings
            .keys()
            .filter(move |k| k.starts_with(prefix))
            .filter_map(|k| self.setting(k).map(|v| (k, v)))
    }

    /// Kinds of live changes that this version does not act on though tables may depend on them.
    pub fn blocking_kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self.live(&self.blocking).map(|l| l.change.kind()).collect();
        if let Some(act) = self.acts.iter().find(|a| a.v > crate::act::FORMAT && self.is_live(a.id)) {
            kinds.push(act.act.as_str());
        }
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}
