//! A saved search; with a code and a unit it is a rule, which proposes passages for that code.
//!
//! What a search looks for is a text in the language of queries, which nothing here reads. What is
//! remembered of its last run, and what was decided about a rule's hits, are places in texts: they are
//! carried along when a text is revised.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use smallvec::SmallVec;

use crate::act::{Act, Change, Other, present};
use crate::anchor::Anchor;
use crate::corpus::Corpus;
use crate::documents::Documents;
use crate::id::{ActId, ThingId};
use crate::name::Name;
use crate::span::Span;
use crate::state::Live;
use crate::text::TextHash;

/// The k-th thing of the act in which it is named: what a draft writes, which has no id yet.
pub const fn own(k: u32) -> ThingId {
    ThingId { act: ActId::ZERO, k }
}

/// `search-saved`: a new search, or new values of some fields of one; `null` clears code or unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchSaved {
    /// The search that is changed; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<ThingId>,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it looks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The code for which it is a rule, or none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub code: Option<Option<Name>>,
    /// How far its hits are widened where they are coded, or not at all: see [`crate::unit::Unit`].
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub unit: Option<Option<Name>>,
    /// Whether words of the same stem are found too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stem: Option<bool>,
    /// What it found when it was run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
    /// Whether it is a rule that was saved because somebody decided about its hits.
    #[serde(default, skip_serializing_if = "is_false")]
    pub passing: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// What a search found, to tell later what is new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Hits.
    pub hits: u32,
    /// Documents with a hit.
    pub documents: u32,
    /// Cases with a hit.
    pub cases: u32,
    /// Where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<FoundIn>,
}

/// The places found in one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundIn {
    /// The document.
    pub document: Name,
    /// Hash of the text that the places are in.
    pub text: TextHash,
    /// Start, end, start, end …
    pub at: Vec<u32>,
}

/// `search-removed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfSearch {
    /// The search.
    pub search: ThingId,
}

/// `hit-offered`: brings a rejected hit back to the coder who rejected it; with a code, asks every coder
/// who read the document before that code was fixed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HitOffered {
    /// The rule.
    pub rule: ThingId,
    /// The passage that would be coded.
    pub anchor: Anchor,
    /// The code that the same act fixes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Name>,
    /// The code that the rule had, as in [`HitRejected::of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Name>,
    /// The hits in it, as in [`HitRejected::hits`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hits: Vec<u32>,
}

/// `hit-rejected`: the passage is none of the code that the rule has, says the coder of the act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HitRejected {
    /// The rule.
    pub rule: ThingId,
    /// The passage that would have been coded.
    pub anchor: Anchor,
    /// The code that the rule had: what is said holds for that one alone, whatever the rule becomes or has
    /// become in another journal. Where it is not told, it is the code that the rule had by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Name>,
    /// The hits for which it was offered, in the text of the anchor: start, end, start, end … Where they
    /// are not told, all hits in the passage are meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hits: Vec<u32>,
}

/// A saved search as it stands: each field from the live event with the highest id.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// Its id.
    pub id: ThingId,
    /// What it is called.
    pub name: &'a str,
    /// What it looks for.
    pub query: &'a str,
    /// The code for which it is a rule.
    pub code: Option<&'a Name>,
    /// How far its hits are widened.
    pub unit: Option<&'a Name>,
    /// Whether words of the same stem are found too.
    pub stem: bool,
    /// Its last run, with the act that remembers it.
    pub run: Option<(&'a Run, &'a Act)>,
    /// The act that made it.
    pub added: &'a Act,
}

impl<'a> Search<'a> {
    /// The search that live events, in order, make; none where it was removed, or not made.
    pub(crate) fn fold(id: ThingId, events: &[Live<'a>]) -> Option<Self> {
        if events.iter().any(|live| matches!(live.change, Change::SearchRemoved(_))) {
            return None;
        }
        let added = events.iter().rfind(|live| is_new(live))?;
        let mut out = Self::new(id, added.act);
        for live in events.iter().filter(|l| l.act.id >= added.act.id) {
            out.take(*live);
        }
        Some(out)
    }

    /// The search as it last was a rule for each code that it was one for: before it became one for
    /// another or for none, before it was removed, or before the act that made it was undone. Events come
    /// in order, each with whether it is live. What was decided under a rule is found again by this.
    pub(crate) fn last_rules(id: ThingId, events: &[(Live<'a>, bool)]) -> SmallVec<[Self; 1]> {
        let mut out: SmallVec<[Self; 1]> = SmallVec::new();
        let Some(added) = events.iter().map(|(live, _)| live).rfind(|live| is_new(live)) else { return out };
        let mut now = Self::new(id, added.act);
        for (live, is_live) in events.iter().filter(|(l, _)| l.act.id >= added.act.id) {
            if *is_live || is_new(live) {
                now.take(*live);
                out.retain(|known| known.code != now.code);
                out.extend(now.code.is_some().then_some(now));
            }
        }
        out
    }

    /// The code that the search was a rule for at an act, by its events in order; the first one that it
    /// had, where that act comes before.
    pub(crate) fn code_at(events: &[(Live<'a>, bool)], at: ActId) -> Option<&'a Name> {
        let of = |live: &Live<'a>| match live.change {
            Change::SearchSaved(s) => s.code.as_ref().map(Option::as_ref),
            _ => None,
        };
        let counts = events.iter().filter(|(live, is_live)| *is_live || is_new(live)).map(|(live, _)| live);
        let mut codes = counts.filter_map(|live| Some((live.act.id, of(live)?))).peekable();
        let first = codes.peek().and_then(|(_, code)| *code);
        let by_then = codes.take_while(|(act, _)| *act <= at).filter_map(|(_, code)| code).last();
        by_then.or(first)
    }

    const fn new(id: ThingId, added: &'a Act) -> Self {
        Self { id, name: "", query: "", code: None, unit: None, stem: false, run: None, added }
    }

    /// Takes the values of one event.
    fn take(&mut self, live: Live<'a>) {
        let Change::SearchSaved(s) = live.change else { return };
        self.name = s.name.as_deref().unwrap_or(self.name);
        self.query = s.query.as_deref().unwrap_or(self.query);
        self.code = s.code.as_ref().map_or(self.code, Option::as_ref);
        self.unit = s.unit.as_ref().map_or(self.unit, Option::as_ref);
        self.stem = s.stem.unwrap_or(self.stem);
        self.run = s.run.as_ref().map_or(self.run, |run| Some((run, live.act)));
    }
}

/// Whether an event makes a search.
fn is_new(live: &Live<'_>) -> bool {
    matches!(live.change, Change::SearchSaved(s) if s.search.is_none())
}

/// Parts what was drafted as one act where it begins with a rule that is saved in passing: the rule is an
/// act of its own, so that undoing what was decided leaves it. Gives what is written first, if anything,
/// and the rest, in which [`own`] names the rule.
pub fn parted(mut changes: Vec<Change>) -> (Vec<Change>, Vec<Change>) {
    let passing = |c: &Change| matches!(c, Change::SearchSaved(s) if s.passing);
    if changes.len() < 2 || !changes.first().is_some_and(passing) {
        return (Vec::new(), changes);
    }
    let rest = changes.split_off(1);
    (changes, rest)
}

impl Change {
    /// Reads one of the kinds that were only kept once; what cannot be read so is kept as it is.
    pub(crate) fn lenient(kind: &str, fields: Map<String, Value>) -> Self {
        fn read<T: serde::de::DeserializeOwned>(fields: &Map<String, Value>) -> Option<Box<T>> {
            serde_json::from_value(Value::Object(fields.clone())).ok().map(Box::new)
        }
        let known = match kind {
            "search-saved" => read(&fields).map(Self::SearchSaved),
            "search-removed" => read(&fields).map(Self::SearchRemoved),
            "hit-offered" => read(&fields).map(Self::HitOffered),
            "hit-rejected" => read(&fields).map(Self::HitRejected),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Other(Box::new(Other { kind: Name::new(kind), aside: false, fields })))
    }

    /// Puts the id of the act that it is part of where it names a thing of that act by
    /// [`own`], since a draft does not know its id yet.
    pub fn settle(&mut self, act: ActId) {
        let settle = |id: &mut ThingId| {
            if id.act == ActId::ZERO {
                id.act = act;
            }
        };
        match self {
            Self::CodingAdded(c) => c.rule.iter_mut().for_each(settle),
            Self::SearchSaved(s) => s.search.iter_mut().for_each(settle),
            Self::HitOffered(h) => settle(&mut h.rule),
            Self::HitRejected(h) => settle(&mut h.rule),
            _ => {}
        }
    }
}

impl Run {
    /// A run that found these places (documents by their places in the corpus), in order, in so many
    /// cases.
    pub fn of(corpus: &Corpus, hits: &[(usize, Span)], cases: usize) -> Self {
        let mut found: Vec<FoundIn> = Vec::new();
        let mut documents = 0;
        for in_one in hits.chunk_by(|a, b| a.0 == b.0) {
            documents += 1;
            let Some(document) = in_one.first().and_then(|(at, _)| corpus.documents.get(*at)) else {
                continue;
            };
            let Some(text) = document.hash else { continue };
            let at = in_one.iter().flat_map(|(_, span)| [span.start, span.end]).collect();
            found.push(FoundIn { document: Name::new(&document.id), text, at });
        }
        Self { hits: hits.len() as u32, documents, cases: cases as u32, found }
    }

    /// Which of these hits (in order) this run had not found: places that were edited since are new.
    pub fn new_since(&self, corpus: &Corpus, documents: &Documents, hits: &[(usize, Span)]) -> Vec<bool> {
        let mut known: rustc_hash::FxHashSet<(usize, Span)> = rustc_hash::FxHashSet::default();
        for found in &self.found {
            let at = documents.resolve(&found.document, &found.text);
            let at = at.and_then(|i| documents.list.get(i)).and_then(|d| corpus.position(&d.id));
            let Some(at) = at else { continue };
            let Some(now) = corpus.documents.get(at).and_then(|d| d.hash) else { continue };
            let spans = found.at.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1]));
            known.extend(documents.carried(spans, found.text, now).into_iter().map(|span| (at, span)));
        }
        hits.iter().map(|hit| !known.contains(hit)).collect()
    }
}
