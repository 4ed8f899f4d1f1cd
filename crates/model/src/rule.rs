//! A rule at work: the passages that a saved search proposes for its code, what was decided about each,
//! and how good the rule is.
//!
//! Finding is not done here: hits come as places. A hit is widened to the rule's unit; hits that then
//! share a character are one offer. What was decided follows from codings and rejections in place, so
//! that it moves along when a text is revised, and is never stored twice.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::act::{Change, CodingAdded, Qualifiers, Searched};
use crate::anchor::Anchor;
use crate::corpus::Corpus;
use crate::ground::Ground;
use crate::id::{ActId, ThingId};
use crate::name::Name;
use crate::saved::{HitOffered, HitRejected};
use crate::span::{Span, unite};
use crate::unit::{Unit, widen};

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

/// Whose decisions about which rule.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The rule; none for one that is not saved yet.
    pub rule: Option<ThingId>,
    /// Place of its code in the codebook.
    pub code: usize,
    /// The coder, aliases followed; none for everybody together.
    pub whose: Option<&'a Name>,
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

/// What became of each of these offers of one rule.
pub fn decide(ground: Ground<'_>, about: About<'_>, offers: &[Offer]) -> Vec<Decision> {
    let marks = Marks::of(ground, about.rule);
    let tree = ground.coded.codebook.subtree(about.code);
    let whose = about.whose.map(|name| ground.coded.coders.place(name));
    // Of the document looked at: how far all codings up to each one reach.
    let mut reach: (Option<usize>, Vec<u32>) = (None, Vec::new());
    let one = |offer: &Offer| {
        let codings = ground.coded.in_document(offer.document);
        if reach.0 != Some(offer.document) {
            let mut furthest = 0;
            let ends = codings.iter().map(|placed| {
                furthest = furthest.max(placed.span.end);
                furthest
            });
            reach = (Some(offer.document), ends.collect());
        }
        let first = reach.1.partition_point(|end| *end <= offer.span.start);
        let mut so_far = Decision::Open;
        for placed in codings.get(first..).unwrap_or_default() {
            if placed.span.start >= offer.span.end {
                break;
            }
            let theirs = whose.is_none_or(|coder| coder == Some(placed.coder));
            if !theirs || !placed.span.overlaps(offer.span) {
                continue;
            }
            let here = tree.contains(&(placed.code as usize));
            let proposed = about.rule.is_some()
                && ground.state.coding(placed.id).is_some_and(|coding| coding.rule == about.rule);
            so_far = so_far.max(match (here, proposed) {
                (true, true) => Decision::Accepted,
                (true, false) => Decision::Coded,
                (false, true) => Decision::Rejected,
                (false, false) => Decision::Open,
            });
        }
        if so_far == Decision::Open && marks.reject(offer.document, offer.span, about.whose) {
            return Decision::Rejected;
        }
        so_far
    };
    offers.iter().map(one).collect()
}

/// What coders said about the hits of one rule, in place.
#[derive(Default)]
struct Marks<'a> {
    /// Document, passage, coder, whether it is rejected; by document, then in order of acts.
    all: Vec<(usize, Span, &'a Name, bool)>,
}

impl<'a> Marks<'a> {
    fn of(ground: Ground<'a>, rule: Option<ThingId>) -> Self {
        let mut all = Vec::new();
        for live in rule.map(|rule| ground.state.hit_events(rule)).unwrap_or_default() {
            let (anchor, rejected) = match live.change {
                Change::HitRejected(h) => (&h.anchor, true),
                Change::HitOffered(h) => (&h.anchor, false),
                _ => continue,
            };
            // A rejected passage that was edited is another passage: it is offered anew.
            if let Some((document, Some(span))) = stands(ground, anchor) {
                all.push((document, span, ground.coded.coders.canonical(&live.act.coder), rejected));
            }
        }
        all.sort_by_key(|(document, ..)| *document);
        Self { all }
    }

    fn of_document(&self, document: usize) -> &[(usize, Span, &'a Name, bool)] {
        let from = self.all.partition_point(|(at, ..)| *at < document);
        let to = self.all.partition_point(|(at, ..)| *at <= document);
        self.all.get(from..to).unwrap_or_default()
    }

    /// The passages of a document that a coder (or anybody) says are none.
    fn rejected(&self, document: usize, whose: Option<&Name>) -> Vec<Span> {
        let here = self.of_document(document);
        let here = here.iter().filter(|(_, _, coder, _)| whose.is_none_or(|n| n == *coder));
        here.map(|(_, span, _, _)| *span).filter(|span| self.reject(document, *span, whose)).collect()
    }

    /// Whether the newest word of a coder (of anybody) on a passage is that it is none.
    fn reject(&self, document: usize, span: Span, whose: Option<&Name>) -> bool {
        let mut last: SmallVec<[(&Name, bool); 2]> = SmallVec::new();
        for (_, place, coder, rejected) in self.of_document(document) {
            if !place.overlaps(span) || whose.is_some_and(|name| name != *coder) {
                continue;
            }
            match last.iter_mut().find(|(name, _)| name == coder) {
                Some(known) => known.1 = *rejected,
                None => last.push((coder, *rejected)),
            }
        }
        last.iter().any(|(_, rejected)| *rejected)
    }
}

/// The document of an anchor, by its place in the corpus, and where the anchor stands in it, if that can
/// be told.
fn stands(ground: Ground<'_>, anchor: &Anchor) -> Option<(usize, Option<Span>)> {
    let documents = &ground.coded.documents;
    let known = documents.list.get(documents.resolve(&anchor.document, &anchor.text)?)?;
    let at = ground.corpus.position(&known.id)?;
    let text = ground.corpus.documents.get(at)?;
    let span = text.hash.and_then(|hash| documents.standing(anchor, &text.text, &hash).span());
    Some((at, span))
}

/// How good a rule is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passages that it proposed and that were coded so.
    pub accepted: usize,
    /// Passages that it proposed and that are none.
    pub rejected: usize,
    /// Passages that wait to be decided about.
    pub open: usize,
    /// Passages that were coded without it; they are not offered.
    pub coded: usize,
    /// All passages of the code and those below it.
    pub passages: usize,
    /// How many of them the rule finds.
    pub found: usize,
}

impl Tally {
    /// Passages that were offered: accepted, rejected and open.
    pub const fn offered(&self) -> usize {
        self.accepted + self.rejected + self.open
    }

    /// Of what was decided about, the share that was accepted; none where nothing was.
    pub fn precision(&self) -> Option<f64> {
        share(self.accepted, self.accepted + self.rejected)
    }

    /// Of all passages of the code, the share that the rule finds; none where there are none.
    pub fn recall(&self) -> Option<f64> {
        share(self.found, self.passages)
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Counts what became of offers, and which passages of the code they touch. Passages are counted as in
/// tables: codings that share a character are one. What was decided about hits that the query does not
/// find any more (it was changed, or asks for what is not coded yet) still counts.
pub fn tally(ground: Ground<'_>, about: About<'_>, offers: &[Offer], decisions: &[Decision]) -> Tally {
    let count = |wanted: Decision| decisions.iter().filter(|d| **d == wanted).count();
    let mut out = Tally {
        accepted: count(Decision::Accepted),
        rejected: count(Decision::Rejected),
        open: count(Decision::Open),
        coded: count(Decision::Coded),
        ..Tally::default()
    };
    let marks = Marks::of(ground, about.rule);
    let tree = ground.coded.codebook.subtree(about.code);
    for document in 0..ground.corpus.documents.len() {
        let from = offers.partition_point(|o| o.document < document);
        let to = offers.partition_point(|o| o.document <= document);
        let here = offers.get(from..to).unwrap_or_default();
        // Offers lie in order and apart.
        let offered = |span: Span| {
            let first = here.partition_point(|o| o.span.end <= span.start);
            here.get(first).is_some_and(|o| o.span.overlaps(span))
        };
        let whose = about.whose.map(|name| ground.coded.coders.place(name));
        let (mut all, mut accepted, mut recoded) = (Vec::new(), Vec::new(), Vec::new());
        for placed in ground.coded.in_document(document) {
            if whose.is_some_and(|coder| coder != Some(placed.coder)) {
                continue;
            }
            let of_code = tree.contains(&(placed.code as usize));
            if of_code {
                all.push(placed.span);
            }
            let proposed = || ground.state.coding(placed.id).is_some_and(|c| c.rule == about.rule);
            if about.rule.is_some() && proposed() {
                let list = if of_code { &mut accepted } else { &mut recoded };
                list.push(placed.span);
            }
        }
        let gone = |spans: &[Span]| spans.iter().copied().filter(|s| !offered(*s)).collect::<Vec<_>>();
        let once_accepted = unite(&mut gone(&accepted));
        let mut once_rejected = gone(&recoded);
        once_rejected.extend(gone(&marks.rejected(document, about.whose)));
        let touched = |s: &Span| once_accepted.iter().any(|a| a.overlaps(*s));
        once_rejected.retain(|s| !touched(s));
        out.accepted += once_accepted.len();
        out.rejected += unite(&mut once_rejected).len();
        let passages = unite(&mut all);
        out.passages += passages.len();
        let found = |p: &&Span| offered(**p) || accepted.iter().any(|a| a.overlaps(**p));
        out.found += passages.iter().filter(found).count();
    }
    out
}

/// The anchor of an offer; none where its text is not one that an act knows.
pub fn anchor(ground: Ground<'_>, offer: &Offer) -> Option<Anchor> {
    let document = ground.corpus.documents.get(offer.document)?;
    let hash = document.hash.filter(|_| ground.coded.can_code(document))?;
    Some(Anchor::new(&document.id, &document.text, hash, offer.span))
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
pub fn rejecting(ground: Ground<'_>, rule: ThingId, offer: &Offer) -> Option<Change> {
    Some(Change::HitRejected(Box::new(HitRejected { rule, anchor: anchor(ground, offer)? })))
}

/// What brings a rejected offer back.
pub fn offering(ground: Ground<'_>, rule: ThingId, offer: &Offer) -> Option<Change> {
    Some(Change::HitOffered(Box::new(HitOffered { rule, anchor: anchor(ground, offer)?, code: None })))
}

/// A rule as it is kept, or as it will be.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// Its id; none where it is not kept yet.
    pub id: Option<ThingId>,
    /// What it is called.
    pub name: &'a str,
    /// What is searched for.
    pub query: &'a str,
    /// Place of its code in the codebook.
    pub code: usize,
    /// What a hit is widened to.
    pub unit: Unit,
    /// Whether words stand for their stems.
    pub stem: bool,
}

impl Kept<'_> {
    /// The rule among those that are kept that searches for the same, for the same code and unit.
    pub fn known(&self, ground: Ground<'_>) -> Option<ThingId> {
        let book = &ground.coded.codebook;
        let same = |s: &crate::saved::Search<'_>| {
            s.query == self.query
                && s.stem == self.stem
                && s.code.and_then(|c| book.resolve(c)) == Some(self.code)
                && s.unit.is_some_and(|u| Unit::parse(u) == Some(self.unit))
        };
        ground.state.searches().find(same).map(|s| s.id)
    }
}

/// What a run of a rule decided, as the changes of one act; nothing where nothing was decided. Codings
/// come first, so that their numbers do not depend on whether the rule is kept here.
pub fn decided(
    ground: Ground<'_>,
    rule: Kept<'_>,
    accept: &[&Offer],
    reject: &[&Offer],
    back: &[&Offer],
) -> Vec<Change> {
    let made = u32::try_from(accept.len()).unwrap_or(u32::MAX);
    let id = rule.id.unwrap_or(crate::saved::own(made + 1));
    let mut out: Vec<Change> = Vec::new();
    out.extend(accept.iter().filter_map(|o| accepting(ground, id, rule.code, o)));
    out.extend(reject.iter().filter_map(|o| rejecting(ground, id, o)));
    out.extend(back.iter().filter_map(|o| offering(ground, id, o)));
    if out.is_empty() || rule.id.is_some() {
        return out;
    }
    let code = ground.coded.codebook.codes.get(rule.code);
    out.push(Change::SearchSaved(Box::new(crate::saved::SearchSaved {
        name: Some(rule.name.to_owned()),
        query: Some(rule.query.to_owned()),
        code: Some(code.map(|c| c.id.clone())),
        unit: Some(Some(Name::new(rule.unit.as_str()))),
        stem: Some(rule.stem),
        ..crate::saved::SearchSaved::default()
    })));
    out
}

/// A rule with what it proposes.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The rule.
    pub rule: ThingId,
    /// Place of its code in the codebook.
    pub code: usize,
    /// What it proposes in all texts at hand, whatever was decided.
    pub offers: Vec<Offer>,
}

/// Completes changes that fix codes with `offer`: says which texts were searched and offers what the
/// rules of each code, and of those below it, propose there. A code without a rule stays as it is, and
/// its documents are reopened.
///
/// All hits are offered, whoever coded what: each coder's own codings and rejections answer them, also
/// those of coders whose work has not arrived or cannot be seen.
pub fn offer_for_fixing(ground: Ground<'_>, changes: &mut Vec<Change>, rules: &[Proposed]) {
    let book = &ground.coded.codebook;
    let mut offered = Vec::new();
    for change in changes.iter_mut() {
        let Change::CodeFixed(fixed) = change else { continue };
        let Some(at) = book.position(&fixed.code).filter(|_| fixed.earlier == "offer") else { continue };
        let tree = book.subtree(at);
        let own: Vec<&Proposed> = rules.iter().filter(|r| tree.contains(&r.code)).collect();
        if own.is_empty() {
            continue;
        }
        let known = ground.corpus.documents.iter().filter(|d| ground.coded.can_code(d));
        fixed.searched =
            known.filter_map(|d| Some(Searched { document: Name::new(&d.id), text: d.hash? })).collect();
        for rule in own {
            let anchors = rule.offers.iter().filter_map(|o| anchor(ground, o));
            let code = Some(fixed.code.clone());
            offered.extend(anchors.map(|anchor| {
                Change::HitOffered(Box::new(HitOffered { rule: rule.rule, anchor, code: code.clone() }))
            }));
        }
    }
    changes.extend(offered);
}

/// A hit that was offered: the rule, and where it stands if that can be told.
type OfferedHit = (ThingId, Option<Span>);

/// What was offered when codes were fixed, by document and code.
#[derive(Default)]
pub(crate) struct Offered<'a> {
    /// Per document: the codes for which it was searched, and the act.
    searched: FxHashMap<usize, Vec<(usize, ActId)>>,
    /// The hits offered by an act for a code in a document.
    hits: FxHashMap<(ActId, usize, usize), Vec<OfferedHit>>,
    marks: FxHashMap<ThingId, Marks<'a>>,
}

impl<'a> Offered<'a> {
    pub(crate) fn fold(ground: Ground<'a>) -> Self {
        let mut out = Self::default();
        let book = &ground.coded.codebook;
        let documents = &ground.coded.documents;
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
                    out.hits.entry((live.act.id, at, code)).or_default().push((hit.rule, span));
                    out.marks.entry(hit.rule).or_insert_with(|| Marks::of(ground, Some(hit.rule)));
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
            let rejected = |rule: &ThingId, span: Span| {
                self.marks.get(rule).is_some_and(|m| m.reject(document, span, Some(coder)))
            };
            let decided =
                |(rule, span): &OfferedHit| span.is_some_and(|span| coded(span) || rejected(rule, span));
            if self.hits.get(&(*act, document, *code)).is_none_or(|hits| hits.iter().all(decided)) {
                out.push(*code as u32);
            }
        }
        out
    }
}
