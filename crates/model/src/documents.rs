//! Which documents there are, and how texts of one document follow from each other.
//!
//! A document exists by its `document-added` event. Its lineage is the set of texts that revisions
//! link to the text it was added with; a coding belongs to the document whose lineage holds the text
//! that it was made in, whatever ids were given to whom on which device.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rustc_hash::FxHashMap;

use crate::act::{Change, TextRevised};
use crate::anchor::{Anchor, Standing};
use crate::id::ActId;
use crate::name::Name;
use crate::span::Span;
use crate::state::State;
use crate::text::{Text, TextHash};
use crate::word::count_words;

/// One document, as acts make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentState {
    /// Its id; `ID~HASH8` when another document has the id that it was given.
    pub id: Name,
    /// The id that it was given, the newest rename included.
    pub given: Name,
    /// Every id that it has had; codings and marks may carry any of them.
    pub names: Vec<Name>,
    /// The text with which it was added.
    pub text: TextHash,
    /// The act that added it.
    pub added: ActId,
    /// Name of the file that it was read from.
    pub source: Option<String>,
    /// All texts that revisions link to it.
    pub lineage: BTreeSet<TextHash>,
    /// The text that counts: where the newest revisions lead.
    pub head: TextHash,
}

/// All documents and all revisions of a study.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// In order of the acts that added them.
    pub list: Vec<DocumentState>,
    by_id: FxHashMap<Name, usize>,
    /// The first that ever had the id.
    by_name: FxHashMap<Name, usize>,
    by_text: FxHashMap<TextHash, Vec<usize>>,
    revisions: Vec<TextRevised>,
}

impl Documents {
    /// Folds the documents from the live acts.
    pub fn fold(state: &State) -> Self {
        let events = state.document_events();
        let mut revisions: Vec<TextRevised> = Vec::new();
        // Adding acts per (id, text): the same text added under the same id twice is one document.
        let mut added: BTreeMap<(Name, TextHash), (ActId, ActId, Option<String>)> = BTreeMap::new();
        let mut removed: BTreeMap<Name, ActId> = BTreeMap::new();
        let mut renamed: Vec<(ActId, Name, Name)> = Vec::new();
        for live in &events {
            match live.change {
                Change::DocumentAdded(d) => {
                    let entry = added.entry((d.document.clone(), d.text)).or_insert((
                        live.act.id,
                        live.act.id,
                        d.source.clone(),
                    ));
                    entry.1 = live.act.id;
                }
                Change::DocumentRemoved(d) => {
                    removed.insert(d.document.clone(), live.act.id);
                }
                Change::DocumentRenamed(r) => renamed.push((live.act.id, r.document.clone(), r.to.clone())),
                Change::TextRevised(r) => revisions.push((**r).clone()),
                _ => {}
            }
        }
        let mut entries: Vec<_> = added.into_iter().collect();
        entries.sort_by_key(|(_, (first, _, _))| *first);
        let mut list: Vec<DocumentState> = Vec::new();
        let mut by_text: FxHashMap<TextHash, Vec<usize>> = FxHashMap::default();
        for ((given, text), (first, last, source)) in entries {
            // Texts of one document that met again: the later adding joins the earlier one.
            let with_text = by_text.get(&text).into_iter().flatten();
            if with_text.into_iter().any(|&at| list[at].names.contains(&given)) {
                continue;
            }
            let (lineage, head) = lineage(text, &revisions);
            let mut names = vec![given.clone()];
            let mut current = given;
            for (when, from, to) in &renamed {
                if *from == current && *when > first {
                    current = to.clone();
                    names.push(to.clone());
                }
            }
            if names.iter().any(|n| removed.get(n).is_some_and(|when| *when > last)) {
                continue;
            }
            for hash in &lineage {
                by_text.entry(*hash).or_default().push(list.len());
            }
            list.push(DocumentState {
                id: current.clone(),
                given: current,
                names,
                text,
                added: first,
                source,
                lineage,
                head,
            });
        }
        let mut documents = Self { list, by_text, revisions, ..Self::default() };
        for i in 0..documents.list.len() {
            let document = &mut documents.list[i];
            if documents.by_id.contains_key(&document.id) {
                document.id = Name::new(&format!("{}~{}", document.given, document.text.short()));
            }
            documents.by_id.insert(document.id.clone(), i);
            for name in &document.names {
                documents.by_name.entry(name.clone()).or_insert(i);
            }
        }
        documents
    }

    /// The document with an id.
    pub fn get(&self, id: &str) -> Option<&DocumentState> {
        self.by_id.get(id).map(|&i| &self.list[i])
    }

    /// The place in [`Self::list`] of the document with an id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The first document that has, or ever had, an id.
    pub fn named(&self, name: &str) -> Option<&DocumentState> {
        self.by_name.get(name).map(|&i| &self.list[i])
    }

    /// The document whose text this is, known by any text of its lineage.
    pub fn with_text(&self, hash: &TextHash) -> Option<&DocumentState> {
        self.by_text.get(hash)?.first().map(|&i| &self.list[i])
    }

    /// The document that a name and a text point to. A text in nobody's lineage points to none.
    pub fn resolve(&self, name: &str, text: &TextHash) -> Option<usize> {
        let candidates = self.by_text.get(text)?;
        candidates
            .iter()
            .copied()
            .find(|&i| self.list[i].names.iter().any(|n| n == name))
            .or_else(|| candidates.first().copied())
    }

    /// Where an anchor stands in `text`, whose hash is `hash`: the steps of the design in order.
    /// The quote must be there; a place without its quote waits for a person.
    pub fn standing(&self, anchor: &Anchor, text: &Text, hash: &TextHash) -> Standing {
        let right = |span: Span| text.stands_at(span, anchor.quote());
        if anchor.text == *hash {
            return if right(anchor.span()) { Standing::Exact(anchor.span()) } else { Standing::Review };
        }
        if let Some(span) = self.carry(anchor.span(), anchor.text, *hash)
            && right(span)
        {
            return Standing::Moved(span);
        }
        match find_once(text, anchor) {
            Some(span) => Standing::Moved(span),
            None => Standing::Review,
        }
    }

    /// Carries a span from one text to another along revisions; `None` if no chain leads there or an
    /// edit touches it.
    fn carry(&self, span: Span, from: TextHash, to: TextHash) -> Option<Span> {
        let chain = self.chain(from, to)?;
        chain.into_iter().try_fold(span, |span, (revision, forward)| map_span(span, revision, forward))
    }

    /// Those of these spans that no edit on the way from one text to another touches, where they lie
    /// there; none where no revisions lead there.
    pub fn carried(&self, spans: impl Iterator<Item = Span>, from: TextHash, to: TextHash) -> Vec<Span> {
        if from == to {
            return spans.collect();
        }
        let Some(chain) = self.chain(from, to) else { return Vec::new() };
        let carry = |span| {
            chain.iter().try_fold(span, |span, (revision, forward)| map_span(span, revision, *forward))
        };
        spans.filter_map(carry).collect()
    }

    /// The revisions that lead from one text to another, each with its direction; fewest first.
    fn chain(&self, from: TextHash, to: TextHash) -> Option<Vec<(&TextRevised, bool)>> {
        let mut came: FxHashMap<TextHash, (TextHash, usize, bool)> = FxHashMap::default();
        let mut queue = VecDeque::from([from]);
        while let Some(at) = queue.pop_front() {
            if at == to {
                let mut chain = Vec::new();
                let mut at = to;
                while at != from {
                    let &(before, revision, forward) = came.get(&at)?;
                    chain.push((&self.revisions[revision], forward));
                    at = before;
                }
                chain.reverse();
                return Some(chain);
            }
            for (i, revision) in self.revisions.iter().enumerate() {
                let step = if revision.from == at {
                    (revision.to, true)
                } else if revision.to == at {
                    (revision.from, false)
                } else {
                    continue;
                };
                if step.0 != from && !came.contains_key(&step.0) {
                    came.insert(step.0, (at, i, step.1));
                    queue.push_back(step.0);
                }
            }
        }
        None
    }

    /// Whether a reading of `read` still holds for `now`: it lapses when a revision on the way put in
    /// more than five words in one place, or when no revisions lead there.
    pub fn reading_holds(&self, read: TextHash, now: TextHash) -> bool {
        read == now
            || self.chain(read, now).is_some_and(|chain| {
                chain.iter().all(|(revision, forward)| {
                    revision.edits.iter().all(|e| count_words(if *forward { &e.3 } else { &e.2 }) <= 5)
                })
            })
    }
}

/// All texts that revisions link to `text`, and the one where the newest of them lead.
fn lineage(text: TextHash, revisions: &[TextRevised]) -> (BTreeSet<TextHash>, TextHash) {
    let mut all = BTreeSet::from([text]);
    loop {
        let before = all.len();
        for revision in revisions {
            if all.contains(&revision.from) || all.contains(&revision.to) {
                all.insert(revision.from);
                all.insert(revision.to);
            }
        }
        if all.len() == before {
            break;
        }
    }
    // Revisions come in order of id: of two from one text the later one counts.
    let mut head = text;
    let mut passed = BTreeSet::from([text]);
    while let Some(next) = revisions.iter().rev().find(|r| r.from == head && !passed.contains(&r.to)) {
        head = next.to;
        passed.insert(head);
    }
    (all, head)
}

/// Carries a span over one revision, `forward` or back; `None` if an edit touches it. Text put in at
/// either end of the span does not touch it.
fn map_span(span: Span, revision: &TextRevised, forward: bool) -> Option<Span> {
    let mut shift = 0_i64;
    let mut moved = 0_i64;
    for edit in &revision.edits {
        let inserted = edit.3.chars().count() as i64;
        let removed = i64::from(edit.1) - i64::from(edit.0);
        let (start, end) = if forward {
            (i64::from(edit.0), i64::from(edit.1))
        } else {
            let start = i64::from(edit.0) + moved;
            (start, start + inserted)
        };
        moved += inserted - removed;
        let change = if forward { inserted - removed } else { removed - inserted };
        if end <= i64::from(span.start) {
            shift += change;
        } else if start < i64::from(span.end) {
            return None;
        }
    }
    let carry = |x: u32| u32::try_from(i64::from(x) + shift).ok();
    Some(Span::new(carry(span.start)?, carry(span.end)?))
}

/// The one place where the quote stands between its context; `None` if there is none or another.
fn find_once(text: &Text, anchor: &Anchor) -> Option<Span> {
    if anchor.quote().is_empty() {
        return None;
    }
    let needle = anchor.stretch();
    let hay = text.as_str();
    let at = hay.find(needle)?;
    let mut next = at + 1;
    while !hay.is_char_boundary(next) {
        next += 1;
    }
    if hay.get(next..).is_some_and(|rest| rest.contains(needle)) {
        return None;
    }
    let start = at + anchor.before().len();
    Some(Span::new(text.position(start), text.position(start + anchor.quote().len())))
}

/// Applies a revision's edits to the text before it; `None` if they do not fit it.
pub fn revise(before: &Text, revision: &TextRevised) -> Option<Text> {
    let mut out = String::with_capacity(before.as_str().len());
    let mut at = 0;
    for edit in &revision.edits {
        if edit.0 < at
            || edit.1 < edit.0
            || edit.1 > before.len()
            || before.slice(Span::new(edit.0, edit.1)) != edit.2
        {
            return None;
        }
        out.push_str(before.slice(Span::new(at, edit.0)));
        out.push_str(&edit.3);
        at = edit.1;
    }
    out.push_str(before.slice(Span::new(at, before.len())));
    let after = Text::from_canonical(out);
    (after.hash() == revision.to).then_some(after)
}
