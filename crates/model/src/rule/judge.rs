//! Judging: what became of the offers of a rule, and how good the rule is.

use super::marks::{Marks, within};
use super::{Decision, Offer, is_known};
use crate::ground::Ground;
use crate::id::ThingId;
use crate::name::Name;
use crate::span::{Span, unite};
use crate::state::Coding;

/// Whose decisions about which rule.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The ids of the rule ([`super::Rule::ids`]); none for one that is not saved yet.
    pub ids: &'a [ThingId],
    /// Place of its code in the codebook. What was said under these ids of another code does not count.
    pub code: usize,
    /// The coder, aliases followed; none for everybody together.
    pub whose: Option<&'a Name>,
}

impl About<'_> {
    /// Whether the rule proposed a coding, for its code or one below it.
    fn proposed(&self, ground: Ground<'_>, coding: ThingId) -> bool {
        if self.ids.is_empty() {
            return false;
        }
        let coding = ground.state.coding(coding);
        coding.is_some_and(|coding| self.made(ground, &coding))
    }

    fn made(&self, ground: Ground<'_>, coding: &Coding<'_>) -> bool {
        coding.rule.is_some_and(|rule| self.ids.contains(&rule)) && self.covers(ground, coding.first)
    }

    /// Whether a code is the rule's or one below it.
    fn covers(&self, ground: Ground<'_>, code: &Name) -> bool {
        let book = &ground.coded.codebook;
        book.resolve(code).is_some_and(|at| book.subtree(self.code).contains(&at))
    }

    /// What was said about its hits.
    pub(super) fn marks<'a>(&self, ground: Ground<'a>) -> Marks<'a> {
        Marks::of(ground, self.ids, |code| code == self.code)
    }
}

/// What became of each of these offers of one rule.
pub fn decide(ground: Ground<'_>, about: About<'_>, offers: &[Offer]) -> Vec<Decision> {
    decide_for(ground, about, about.code, offers)
}

/// The same where what has the code asked for, or one below it, is coded.
pub(super) fn decide_for(
    ground: Ground<'_>,
    about: About<'_>,
    asked: usize,
    offers: &[Offer],
) -> Vec<Decision> {
    let marks = about.marks(ground);
    let tree = ground.coded.codebook.subtree(asked);
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
            let proposed = about.proposed(ground, placed.id);
            so_far = so_far.max(match (here, proposed) {
                (true, true) => Decision::Accepted,
                (true, false) => Decision::Coded,
                (false, true) => Decision::Rejected,
                (false, false) => Decision::Open,
            });
        }
        let hits = within(offer.span, &offer.hits);
        if so_far == Decision::Open && hits.iter().all(|h| marks.rejects(offer.document, *h, about.whose)) {
            return Decision::Rejected;
        }
        so_far
    };
    offers.iter().map(one).collect()
}

/// The code, by its place in the codebook, that a passage has now because the rule proposed it and somebody
/// gave it another code since; none where nothing of that kind stands there. Such an offer stays rejected as
/// long as it has that code, whatever is said about its hits.
pub fn recoded(ground: Ground<'_>, about: About<'_>, offer: &Offer) -> Option<usize> {
    let tree = ground.coded.codebook.subtree(about.code);
    let whose = about.whose.map(|name| ground.coded.coders.place(name));
    let here = ground.coded.in_document(offer.document).iter();
    let mut theirs = here.filter(|p| whose.is_none_or(|c| c == Some(p.coder)) && p.span.overlaps(offer.span));
    let other = |code: usize| !tree.contains(&code);
    theirs.find(|p| other(p.code as usize) && about.proposed(ground, p.id)).map(|p| p.code as usize)
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
    /// How many of them the rule finds, by the words that it has now.
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
    let marks = about.marks(ground);
    let tree = ground.coded.codebook.subtree(about.code);
    // A text that no act knows is offered to nobody, and what was coded there says nothing about the rule.
    for document in (0..ground.corpus.documents.len()).filter(|at| is_known(ground, *at)) {
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
            if about.proposed(ground, placed.id) {
                let list = if of_code { &mut accepted } else { &mut recoded };
                list.push(placed.span);
            }
        }
        let gone = |spans: &[Span]| spans.iter().copied().filter(|s| !offered(*s)).collect::<Vec<_>>();
        let once_accepted = unite(&mut gone(&accepted));
        let mut once_rejected = gone(&recoded);
        let rejections = marks.rejections(document, about.whose);
        let lost = rejections.iter().filter(|mark| !mark.hits.iter().any(|hit| offered(*hit)));
        once_rejected.extend(lost.map(|mark| mark.span));
        let touched = |s: &Span| once_accepted.iter().any(|a| a.overlaps(*s));
        once_rejected.retain(|s| !touched(s));
        out.accepted += once_accepted.len();
        out.rejected += unite(&mut once_rejected).len();
        let passages = unite(&mut all);
        out.passages += passages.len();
        out.found += passages.iter().filter(|p| offered(**p)).count();
    }
    out
}

/// How many decisions were made about a rule, by anybody: codings that exist and passages that are
/// rejected.
pub fn decisions(ground: Ground<'_>, ids: &[ThingId], code: usize) -> usize {
    let about = About { ids, code, whose: None };
    let coded = ground.state.codings().filter(|coding| about.made(ground, coding)).count();
    coded + about.marks(ground).count()
}

/// What a search of this name is, or last was, where it is a rule for another code than `code` under which
/// something was decided: the place of that code, and how many decisions there are. They hold for that
/// code, and nobody should take them for decisions about this one.
pub fn decided_for_another(ground: Ground<'_>, name: &str, code: usize) -> Option<(usize, usize)> {
    let book = &ground.coded.codebook;
    super::named(ground, name).into_iter().find_map(|listed| {
        let last = ground.state.last_rules().filter(|s| listed.ids.contains(&s.id));
        let mut others = last.filter_map(|s| book.resolve(s.code?)).filter(|other| *other != code);
        others.find_map(|other| {
            let decided = decisions(ground, &listed.ids, other);
            (decided > 0).then_some((other, decided))
        })
    })
}
