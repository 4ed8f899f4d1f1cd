//! Fixing: what a code that is fixed with an offer asks of those who read before.

use rustc_hash::FxHashMap;

use super::marks::{Hits, Marks, carried, stands, written};
use super::{Proposed, Wording, anchor};
use crate::act::{Change, Searched};
use crate::ground::Ground;
use crate::id::{ActId, ThingId};
use crate::name::Name;
use crate::saved::HitOffered;
use crate::span::Span;

/// Completes changes that fix codes with `offer`: says which texts were searched and offers what the
/// rules of each code, and of those below it, propose there. A code without a rule stays as it is, and
/// its documents are reopened.
///
/// All hits are offered, whoever coded what: each coder's own codings and rejections answer them, also
/// those of coders whose work has not arrived or cannot be seen.
pub fn offer_for_fixing(ground: Ground<'_>, changes: &mut Vec<Change>, rules: &[Proposed<'_>]) {
    let book = &ground.coded.codebook;
    let mut offered = Vec::new();
    for change in changes.iter_mut() {
        let Change::CodeFixed(fixed) = change else { continue };
        let Some(at) = book.position(&fixed.code).filter(|_| fixed.earlier == "offer") else { continue };
        let tree = book.subtree(at);
        let own: Vec<&Proposed<'_>> = rules.iter().filter(|r| tree.contains(&r.rule.code)).collect();
        if own.is_empty() {
            continue;
        }
        let known = ground.corpus.documents.iter().filter(|d| ground.coded.can_code(d));
        fixed.searched =
            known.filter_map(|d| Some(Searched { document: Name::new(&d.id), text: d.hash? })).collect();
        for proposed in own {
            let rule = proposed.rule.search.id;
            offered.extend(proposed.offers.iter().filter_map(|offer| {
                let (anchor, hits) = (anchor(ground, offer)?, written(offer.span, &offer.hits));
                let code = Some(fixed.code.clone());
                Some(Change::HitOffered(Box::new(HitOffered { rule, anchor, code, of: None, hits })))
            }));
        }
    }
    changes.extend(offered);
}

/// A passage that was offered: the rule, and where it stands with its hits, if that can be told.
type OfferedHit = (ThingId, Option<(Span, Option<Hits>)>);

/// What was offered when codes were fixed, by document and code.
#[derive(Default)]
pub(crate) struct Offered<'a> {
    /// Per document: the codes for which it was searched, and the act.
    searched: FxHashMap<usize, Vec<(usize, ActId)>>,
    /// The hits offered by an act for a code in a document.
    hits: FxHashMap<(ActId, usize, usize), Vec<OfferedHit>>,
    /// What was said about the hits of each rule, under any of its ids, of a code or those below it.
    marks: FxHashMap<(ThingId, usize), Marks<'a>>,
}

impl<'a> Offered<'a> {
    pub(crate) fn fold(ground: Ground<'a>) -> Self {
        let mut out = Self::default();
        let book = &ground.coded.codebook;
        let documents = &ground.coded.documents;
        let rules: Vec<(ThingId, Wording<'_>)> =
            ground.state.last_rules().map(|s| (s.id, Wording::of(ground, &s))).collect();
        let ids = |rule: ThingId| -> Vec<ThingId> {
            let own: Vec<&Wording<'_>> = rules.iter().filter(|(id, _)| *id == rule).map(|(_, w)| w).collect();
            let same = rules.iter().filter(|(_, other)| own.contains(&other)).map(|(id, _)| *id);
            let mut ids: Vec<ThingId> = same.chain([rule]).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        for live in ground.state.offered_events() {
            match live.change {
                Change::CodeFixed(fixed) if fixed.earlier == "offer" => {
                    let Some(code) = book.position(&fixed.code) else { continue };
                    for text in &fixed.searched {
                        let known = documents.resolve(&text.document, &text.text);
                        let known = known.and_then(|i| documents.list.get(i));
                        if let Some(at) = known.and_then(|d| ground.corpus.position(&d.id)) {
                            out.searched.entry(at).or_default().push((code, live.act.id));
                        }
                    }
                }
                Change::HitOffered(hit) => {
                    let code = hit.code.as_ref().and_then(|c| book.position(c));
                    let (Some(code), Some((at, span))) = (code, stands(ground, &hit.anchor)) else {
                        continue;
                    };
                    let place = span.map(|span| (span, carried(&hit.anchor, &hit.hits, span)));
                    out.hits.entry((live.act.id, at, code)).or_default().push((hit.rule, place));
                    out.marks.entry((hit.rule, code)).or_insert_with(|| {
                        let tree = book.subtree(code);
                        Marks::of(ground, &ids(hit.rule), |said_of| tree.contains(&said_of))
                    });
                }
                _ => {}
            }
        }
        out
    }

    /// The codes, by their places, for which what a coder read before `mark` holds: the document was
    /// searched when the code was fixed later, and each hit that was offered there is coded or rejected by
    /// the coder. A hit whose place is not known any more waits.
    pub(crate) fn settled(&self, ground: Ground<'_>, document: usize, coder: &Name, mark: ActId) -> Vec<u32> {
        let mut out = Vec::new();
        for (code, act) in self.searched.get(&document).into_iter().flatten() {
            if *act < mark {
                continue;
            }
            let tree = ground.coded.codebook.subtree(*code);
            let coded = |span: Span| {
                ground.coded.in_document(document).iter().any(|p| {
                    ground.coded.coder(p) == coder
                        && tree.contains(&(p.code as usize))
                        && p.span.overlaps(span)
                })
            };
            let rejected = |rule: &ThingId, span: Span, hits: &Option<Hits>| {
                self.marks.get(&(*rule, *code)).is_some_and(|marks| match hits {
                    Some(hits) => hits.iter().all(|hit| marks.rejects(document, *hit, Some(coder))),
                    None => marks.touches(document, span, Some(coder)),
                })
            };
            let decided = |(rule, place): &OfferedHit| {
                place.as_ref().is_some_and(|(span, hits)| coded(*span) || rejected(rule, *span, hits))
            };
            if self.hits.get(&(*act, document, *code)).is_none_or(|hits| hits.iter().all(decided)) {
                out.push(*code as u32);
            }
        }
        out
    }
}
