//! Marks: what coders said about the hits of a rule, in place.
//!
//! A rejection is about hits, not about all the text around them: a rule that finds more afterwards, or
//! takes whole turns, offers what nobody has looked at.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::act::Change;
use crate::anchor::Anchor;
use crate::ground::Ground;
use crate::id::ThingId;
use crate::name::Name;
use crate::span::Span;

/// Places of hits in one passage.
pub(super) type Hits = SmallVec<[Span; 1]>;

/// A passage that a coder rejected or brought back.
#[derive(Clone, Debug)]
pub(super) struct Mark<'a> {
    document: usize,
    /// The passage.
    pub(super) span: Span,
    /// The hits that are meant; the whole passage where they were not told.
    pub(super) hits: Hits,
    pub(super) coder: &'a Name,
    rejected: bool,
}

/// What coders said about the hits of one rule, or of several.
#[derive(Debug, Default)]
pub(super) struct Marks<'a> {
    /// By document, then in order of acts.
    all: Vec<Mark<'a>>,
}

impl<'a> Marks<'a> {
    /// What was said under any of these ids of a code that is one of those meant, by its place in the
    /// codebook. A rule that became one for another code, here or in a journal that was merged, takes
    /// nothing along that was said of the code before.
    pub(super) fn of(ground: Ground<'a>, ids: &[ThingId], meant: impl Fn(usize) -> bool) -> Self {
        let mut events: Vec<_> = ids.iter().flat_map(|id| ground.state.hit_events(*id)).collect();
        events.sort_by_key(|live| live.act.id);
        let mut all = Vec::new();
        for live in events {
            let (anchor, hits, rejected, rule, of) = match live.change {
                Change::HitRejected(h) => (&h.anchor, &h.hits, true, h.rule, &h.of),
                Change::HitOffered(h) => (&h.anchor, &h.hits, false, h.rule, &h.of),
                _ => continue,
            };
            let of = of.as_ref().or_else(|| ground.state.code_of_rule(rule, live.act.id));
            if !of.and_then(|of| ground.coded.codebook.resolve(of)).is_some_and(&meant) {
                continue;
            }
            // A rejected passage that was edited is another passage: it is offered anew.
            if let Some((document, Some(span))) = stands(ground, anchor) {
                let hits = carried(anchor, hits, span).unwrap_or_else(|| SmallVec::from_buf([span]));
                let coder = ground.coded.coders.canonical(&live.act.coder);
                all.push(Mark { document, span, hits, coder, rejected });
            }
        }
        all.sort_by_key(|mark| mark.document);
        Self { all }
    }

    fn of_document(&self, document: usize) -> &[Mark<'a>] {
        let from = self.all.partition_point(|m| m.document < document);
        let to = self.all.partition_point(|m| m.document <= document);
        self.all.get(from..to).unwrap_or_default()
    }

    /// The rejections in a document that a coder (or anybody) made and that stand.
    pub(super) fn rejections(&self, document: usize, whose: Option<&Name>) -> Vec<&Mark<'a>> {
        let here = self.of_document(document).iter().filter(|mark| mark.rejected);
        let theirs = here.filter(|mark| whose.is_none_or(|name| name == mark.coder));
        theirs.filter(|mark| mark.hits.iter().all(|hit| self.rejects(document, *hit, whose))).collect()
    }

    /// How many passages coders rejected, each coder for themselves.
    pub(super) fn count(&self) -> usize {
        let stand = self.all.iter().filter(|mark| {
            let rejects = |hit: &Span| self.rejects(mark.document, *hit, Some(mark.coder));
            mark.rejected && mark.hits.iter().all(rejects)
        });
        stand.map(|mark| (mark.document, mark.span, mark.coder)).collect::<FxHashSet<_>>().len()
    }

    /// Whether the newest word of a coder (of anybody) on a hit is that it is none. What was said about a
    /// longer hit holds for one within it; one that has more words than what was looked at is another.
    pub(super) fn rejects(&self, document: usize, hit: Span, whose: Option<&Name>) -> bool {
        let about = |mark: &Mark<'_>| mark.hits.iter().any(|h| h.start <= hit.start && hit.end <= h.end);
        self.newest(document, whose, about)
    }

    /// Whether the newest word on what touches a passage is that it is none.
    pub(super) fn touches(&self, document: usize, span: Span, whose: Option<&Name>) -> bool {
        self.newest(document, whose, |mark| mark.span.overlaps(span))
    }

    fn newest(&self, document: usize, whose: Option<&Name>, about: impl Fn(&Mark<'_>) -> bool) -> bool {
        let mut last: SmallVec<[(&Name, bool); 2]> = SmallVec::new();
        for mark in self.of_document(document) {
            if whose.is_some_and(|name| name != mark.coder) || !about(mark) {
                continue;
            }
            match last.iter_mut().find(|(name, _)| *name == mark.coder) {
                Some(known) => known.1 = mark.rejected,
                None => last.push((mark.coder, mark.rejected)),
            }
        }
        last.iter().any(|(_, rejected)| *rejected)
    }
}

/// Hits as they lie in a passage; the passage itself where none does.
pub(super) fn within(span: Span, hits: &[Span]) -> Hits {
    let clip = |hit: &Span| Span::new(hit.start.max(span.start), hit.end.min(span.end));
    let mut out: Hits = hits.iter().filter(|hit| hit.overlaps(span)).map(clip).collect();
    if out.is_empty() {
        out.push(span);
    }
    out
}

/// Hits as an act holds them.
pub(super) fn written(span: Span, hits: &[Span]) -> Vec<u32> {
    within(span, hits).iter().flat_map(|hit| [hit.start, hit.end]).collect()
}

/// Where the hits of an act lie, when its passage stands at `span`; none where they were not told. They
/// move with the passage, in which nothing was edited.
pub(super) fn carried(anchor: &Anchor, hits: &[u32], span: Span) -> Option<Hits> {
    let moved = |at: u32| at.checked_sub(anchor.start).map(|by| span.start.saturating_add(by));
    let pairs = hits.chunks_exact(2).filter_map(|pair| Some((moved(pair[0])?, moved(pair[1])?)));
    let spans: Hits = pairs.filter(|(from, to)| from < to).map(|(from, to)| Span::new(from, to)).collect();
    (!spans.is_empty()).then(|| within(span, &spans))
}

/// The document of an anchor, by its place in the corpus, and where the anchor stands in it, if that can
/// be told.
pub(super) fn stands(ground: Ground<'_>, anchor: &Anchor) -> Option<(usize, Option<Span>)> {
    let documents = &ground.coded.documents;
    let known = documents.list.get(documents.resolve(&anchor.document, &anchor.text)?)?;
    let at = ground.corpus.position(&known.id)?;
    let text = ground.corpus.documents.get(at)?;
    let span = text.hash.and_then(|hash| documents.standing(anchor, &text.text, &hash).span());
    Some((at, span))
}
