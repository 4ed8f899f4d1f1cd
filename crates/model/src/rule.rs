//! A rule at work: the passages that a saved search proposes for its code, what was decided about each,
//! and how good the rule is.
//!
//! Finding is not done here: hits come as places. A hit is widened to the rule's unit; hits that then
//! share a character are one offer. What was decided follows from codings and rejections in place, so
//! that it moves along when a text is revised, and is never stored twice.

use smallvec::SmallVec;

mod fixing;
mod judge;
mod marks;
mod missed;
mod wording;

use crate::act::{Change, CodingAdded, Qualifiers};
use crate::anchor::Anchor;
use crate::corpus::Corpus;
use crate::ground::Ground;
use crate::id::ThingId;
use crate::name::Name;
use crate::saved::{HitOffered, HitRejected};
use crate::span::{Span, unite};
use crate::text::TextHash;
use crate::unit::{Unit, widen};

pub(crate) use fixing::Offered;
pub use fixing::offer_for_fixing;
pub use judge::{About, Tally, decide, decided_for_another, decisions, recoded, tally};
pub use missed::{Missed, Proposal, accepting_missed, missed, rejecting_missed};
pub use wording::{Kept, Listed, Rule, Wording, free_name, listed, named, rules, unit_of};

/// One passage that a rule proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Place of its document in [`Corpus::documents`].
    pub document: usize,
    /// What would be coded.
    pub span: Span,
    /// The hits in it, in order.
    pub hits: SmallVec<[Span; 1]>,
}

/// What became of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// Nothing yet.
    Open,
    /// It was said not to be of the code; or it was accepted and given another code since.
    Rejected,
    /// The code, or one below it, was put there by hand or by another rule.
    Coded,
    /// The code, or one below it, was put there as this rule proposed.
    Accepted,
}

impl Decision {
    /// The word in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Rejected => "rejected",
            Self::Coded => "coded",
            Self::Accepted => "accepted",
        }
    }
}

/// The offers that hits come to, in order. Hits in labels and time marks come to none.
pub fn offers(corpus: &Corpus, hits: impl IntoIterator<Item = (usize, Span)>, unit: Unit) -> Vec<Offer> {
    let mut all: Vec<(usize, Span, Span)> = Vec::new();
    for (document, hit) in hits {
        let text = corpus.documents.get(document);
        if let Some(span) = text.and_then(|d| widen(d, hit, unit)) {
            all.push((document, span, hit));
        }
    }
    all.sort_unstable();
    let mut out: Vec<Offer> = Vec::with_capacity(all.len());
    for (document, span, hit) in all {
        match out.last_mut() {
            Some(last) if last.document == document && span.start < last.span.end => {
                last.span.end = last.span.end.max(span.end);
                if last.hits.last() != Some(&hit) {
                    last.hits.push(hit);
                }
            }
            _ => out.push(Offer { document, span, hits: SmallVec::from_buf([hit]) }),
        }
    }
    out
}

/// What hits come to as offers, and what becomes of those that are offered to nobody.
#[derive(Clone, Debug, Default)]
pub struct Offers {
    /// The offers, in order.
    pub all: Vec<Offer>,
    /// Hits in labels and time marks, where nothing is coded.
    pub beside: usize,
    /// Hits in texts that no act knows, since they were changed by hand: nothing can be put on them.
    pub by_hand: usize,
}

/// The offers in texts that acts know.
pub fn offered(ground: Ground<'_>, mut hits: Vec<(usize, Span)>, unit: Unit) -> Offers {
    let found = hits.len();
    hits.retain(|(document, _)| is_known(ground, *document));
    let known = hits.len();
    let all = offers(ground.corpus, hits, unit);
    let beside = known - all.iter().map(|offer| offer.hits.len()).sum::<usize>().min(known);
    Offers { all, beside, by_hand: found - known }
}

/// The anchor of an offer; none where its text is not one that an act knows.
pub fn anchor(ground: Ground<'_>, offer: &Offer) -> Option<Anchor> {
    let document = ground.corpus.documents.get(offer.document)?;
    let hash = document.hash.filter(|_| ground.coded.can_code(document))?;
    Some(Anchor::new(&document.id, &document.text, hash, offer.span))
}

/// Whether an act can say anything about a document, by its place: its text is one that acts know.
fn is_known(ground: Ground<'_>, document: usize) -> bool {
    let document = ground.corpus.documents.get(document);
    document.is_some_and(|document| document.hash.is_some() && ground.coded.can_code(document))
}

/// What accepts an offer.
pub fn accepting(ground: Ground<'_>, rule: ThingId, code: usize, offer: &Offer) -> Option<Change> {
    let code = ground.coded.codebook.codes.get(code)?;
    Some(Change::CodingAdded(Box::new(CodingAdded {
        anchor: anchor(ground, offer)?,
        code: code.id.clone(),
        case: None,
        qualifiers: Qualifiers::new(),
        weight: None,
        note: None,
        definition: Some(code.definition_hash()),
        rule: Some(rule),
    })))
}

/// What rejects an offer.
pub fn rejecting(ground: Ground<'_>, rule: ThingId, code: usize, offer: &Offer) -> Option<Change> {
    let (anchor, hits) = (anchor(ground, offer)?, marks::written(offer.span, &offer.hits));
    let of = ground.coded.codebook.codes.get(code).map(|c| c.id.clone());
    Some(Change::HitRejected(Box::new(HitRejected { rule, anchor, of, hits })))
}

/// What brings a rejected offer back.
pub fn offering(ground: Ground<'_>, rule: ThingId, code: usize, offer: &Offer) -> Option<Change> {
    let (anchor, hits) = (anchor(ground, offer)?, marks::written(offer.span, &offer.hits));
    let of = ground.coded.codebook.codes.get(code).map(|c| c.id.clone());
    Some(Change::HitOffered(Box::new(HitOffered { rule, anchor, code: None, of, hits })))
}

/// A rule with what it proposes.
#[derive(Clone, Debug)]
pub struct Proposed<'a> {
    /// The rule.
    pub rule: Rule<'a>,
    /// What it proposes in all texts at hand, whatever was decided.
    pub offers: Vec<Offer>,
}

/// How many passages the changes of an act decide about: what is proposed by several rules and shares a
/// character is one.
pub fn passages_of<'a>(changes: impl IntoIterator<Item = &'a Change>) -> usize {
    let mut all: Vec<(&Name, TextHash, Span)> = Vec::new();
    for change in changes {
        let anchor = match change {
            Change::CodingAdded(c) => &c.anchor,
            Change::HitRejected(h) => &h.anchor,
            Change::HitOffered(h) => &h.anchor,
            _ => continue,
        };
        all.push((&anchor.document, anchor.text, Span::new(anchor.start, anchor.end)));
    }
    all.sort_unstable();
    let together = all.chunk_by_mut(|a, b| (a.0, a.1) == (b.0, b.1));
    together.map(|group| unite(&mut group.iter().map(|(_, _, span)| *span).collect::<Vec<_>>()).len()).sum()
}

/// What a run of a rule decided; nothing where nothing was decided. A rule that is not kept yet is saved
/// first, which becomes an act of its own ([`crate::saved::parted`]).
pub fn decided(
    ground: Ground<'_>,
    rule: Kept<'_>,
    accept: &[&Offer],
    reject: &[&Offer],
    back: &[&Offer],
) -> Vec<Change> {
    let id = rule.id.unwrap_or(crate::saved::own(1));
    let mut out: Vec<Change> = Vec::new();
    out.extend(accept.iter().filter_map(|o| accepting(ground, id, rule.code, o)));
    out.extend(reject.iter().filter_map(|o| rejecting(ground, id, rule.code, o)));
    out.extend(back.iter().filter_map(|o| offering(ground, id, rule.code, o)));
    if !out.is_empty() && rule.id.is_none() {
        out.insert(0, rule.saving(ground));
    }
    out
}
