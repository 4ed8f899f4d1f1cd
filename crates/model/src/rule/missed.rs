//! Missed: what the rules of a code find and nobody coded. Screen and command line both ask here.

use smallvec::SmallVec;

use super::judge::decide_for;
use super::marks::{Hits, Marks, within};
use super::{About, Decision, Offer, Proposed, accepting, is_known, rejecting};
use crate::act::Change;
use crate::ground::Ground;
use crate::id::ThingId;
use crate::span::Span;

/// What one rule proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The rule.
    pub rule: ThingId,
    /// Place of its code in the codebook.
    pub code: usize,
    /// The passage.
    pub offer: Offer,
}

/// A passage that rules propose and nobody coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Place of its document in [`crate::corpus::Corpus::documents`].
    pub document: usize,
    /// All that the rules propose there.
    pub span: Span,
    /// The hits in it, in order.
    pub hits: SmallVec<[Span; 1]>,
    /// The first hit that nobody rejected; of a rejected passage the first of all.
    pub shown: Span,
    /// Open, or rejected where each of its hits was, for each rule that finds it.
    pub decision: Decision,
    /// What is proposed there, in order of place, and of rules as they were asked.
    pub proposals: Vec<Proposal>,
}

impl Missed {
    /// The rules that find it, in order of id.
    pub fn rules(&self) -> Vec<ThingId> {
        let mut out: Vec<ThingId> = self.proposals.iter().map(|p| p.rule).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The whole passage as one offer.
    pub fn offer(&self) -> Offer {
        Offer { document: self.document, span: self.span, hits: self.hits.clone() }
    }
}

/// The passages that these rules propose and that carry neither the code asked for nor one below it, by
/// anybody; in order, those that share a character joined.
///
/// A hit is rejected where somebody rejected it under any rule that there ever was for the code of the rule
/// that finds it, or for a code above that. Under a code below, it was said of that one only. Of retired
/// codes, which take no codings, nothing is missed.
pub fn missed(ground: Ground<'_>, asked: usize, rules: &[Proposed<'_>]) -> Vec<Missed> {
    let book = &ground.coded.codebook;
    // Also of rules that cannot be read or were removed: what was said under them was said.
    let last = ground.state.last_rules();
    let last: Vec<(usize, ThingId)> = last.filter_map(|s| Some((book.resolve(s.code?)?, s.id))).collect();
    let mut all: Vec<(usize, Span, usize, &Offer, Hits)> = Vec::new();
    for (place, proposed) in rules.iter().enumerate() {
        let of = proposed.rule.code;
        if book.codes.get(of).is_some_and(|code| code.retired) {
            continue;
        }
        let above = |code: usize| book.subtree(code).contains(&of);
        let mut ids: Vec<ThingId> = last.iter().filter(|(c, _)| above(*c)).map(|(_, id)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        let about = About { ids: &proposed.rule.ids, code: of, whose: None };
        let marks = Marks::of(ground, &ids, above);
        let decisions = decide_for(ground, about, asked, &proposed.offers);
        for (offer, decision) in proposed.offers.iter().zip(decisions) {
            if !matches!(decision, Decision::Open | Decision::Rejected) || !is_known(ground, offer.document) {
                continue;
            }
            let is_open =
                |hit: &Span| decision == Decision::Open && !marks.rejects(offer.document, *hit, None);
            let open = within(offer.span, &offer.hits).into_iter().filter(is_open).collect();
            all.push((offer.document, offer.span, place, offer, open));
        }
    }
    all.sort_by_key(|(document, span, place, ..)| (*document, *span, *place));
    let mut out: Vec<(Missed, Hits)> = Vec::new();
    for (document, span, place, offer, open) in all {
        let Some(rule) = rules.get(place).map(|proposed| &proposed.rule) else { continue };
        let proposal = Proposal { rule: rule.search.id, code: rule.code, offer: offer.clone() };
        let hits = within(span, &offer.hits);
        match out.last_mut() {
            Some((last, still)) if last.document == document && span.start < last.span.end => {
                last.span.end = last.span.end.max(span.end);
                last.hits.extend(hits);
                last.proposals.push(proposal);
                still.extend(open);
            }
            _ => {
                let (shown, decision) = (span, Decision::Open);
                let proposals = vec![proposal];
                out.push((Missed { document, span, hits, shown, decision, proposals }, open));
            }
        }
    }
    let finished = out.into_iter().map(|(mut missed, open)| {
        missed.hits.sort_unstable();
        missed.hits.dedup();
        let open = open.into_iter().min();
        missed.shown = open.or(missed.hits.first().copied()).unwrap_or(missed.span);
        missed.decision = if open.is_some() { Decision::Open } else { Decision::Rejected };
        missed
    });
    finished.collect()
}

/// What accepts a missed passage: all of it is coded, as proposed by the rule that finds most of it.
pub fn accepting_missed(ground: Ground<'_>, missed: &Missed) -> Option<Change> {
    let length = |proposal: &&Proposal| proposal.offer.span.end - proposal.offer.span.start;
    // Of equal ones the last is taken, so they are gone through backwards.
    let widest = missed.proposals.iter().rev().max_by_key(length)?;
    accepting(ground, widest.rule, widest.code, &missed.offer())
}

/// What rejects a missed passage: everything that is proposed there, under each rule that does.
pub fn rejecting_missed(ground: Ground<'_>, missed: &Missed) -> Vec<Change> {
    missed.proposals.iter().filter_map(|p| rejecting(ground, p.rule, p.code, &p.offer)).collect()
}
