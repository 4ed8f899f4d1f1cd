//! The two moments that are compared: the study as a table was made from it, and as it is.

use std::collections::BTreeSet;
use std::rc::Rc;

use export::package::short_names;
use model::act::{Act, Change};
use model::codebook::Codebook;
use model::corpus::Document;
use model::documents::{DocumentState, Documents};
use model::effects::{Judgement, Sign};
use model::ground::Ground;
use model::id::ThingId;
use model::name::Name;
use model::reading::{Choice, Readings, Who};
use model::turn::{Role, Turn};
use rustc_hash::FxHashMap;

/// One of them.
pub(super) struct Moment<'a> {
    pub(super) ground: Ground<'a>,
    readings: Readings,
    judgements: Vec<Judgement>,
    /// Codes by their short names.
    codes: FxHashMap<String, String>,
}

/// Both, then and now, with how codes belonged together at either.
pub(super) struct Moments<'a> {
    pub(super) all: [Moment<'a>; 2],
    /// Who looks, where that is known.
    who: Option<Name>,
    /// Codes that stood directly below a code, or became it.
    below: FxHashMap<Name, Vec<Name>>,
    above: FxHashMap<Name, Vec<Name>>,
    /// Cases to which codings were set, per document.
    cases: Vec<BTreeSet<Name>>,
    /// The documents of either moment that are not there any more.
    pub(super) gone: Vec<Gone<'a>>,
}

/// A document that is not there any more.
pub(super) struct Gone<'a> {
    state: &'a DocumentState,
    /// What the tables still say of it; where they say nothing it may have been of any case.
    told: Option<Document>,
    /// Cases to which codings in it were ever set.
    cases: BTreeSet<&'a Name>,
}

impl Gone<'_> {
    pub(super) fn id(&self) -> &str {
        &self.state.id
    }

    /// Every id that it had.
    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        self.state.names.iter().chain([&self.state.id])
    }

    /// Whether it may have been of a case that passes, or have held something of one; `none` says whether
    /// what is of no case passes.
    pub(super) fn may_speak(&self, test: &dyn Fn(&str) -> bool, none: bool) -> bool {
        let set = self.cases.iter().any(|case| test(case));
        set || self.told.as_ref().is_none_or(|told| none && told.case.is_none() || of_case(told, test))
    }

    /// Whether it may have had this value in a column of the table of documents.
    pub(super) fn may_have(&self, column: &str, value: &str) -> bool {
        self.told.as_ref().is_none_or(|told| told.column(column).unwrap_or_default() == value)
    }
}

/// Whether a document, or somebody who speaks in it, is of a case that passes.
fn of_case(document: &Document, test: &dyn Fn(&str) -> bool) -> bool {
    document.case.as_deref().is_some_and(test)
        || document.speakers.iter().any(|s| s.case.as_deref().is_some_and(test))
}

/// Whose codings count in a document.
#[derive(Default)]
pub(super) struct Counted {
    /// Who counted then, and who counts now.
    pub(super) names: BTreeSet<Name>,
    /// Whether others counted then, and not nobody.
    pub(super) is_new: bool,
}

impl<'a> Moments<'a> {
    /// `told_of` gives what the tables say of documents; `who` looks.
    pub(super) fn new(
        then: Ground<'a>,
        now: Ground<'a>,
        who: Option<Name>,
        told_of: impl Fn(&Documents) -> Vec<Document>,
    ) -> Self {
        let mut out = Self {
            all: [then, now].map(|ground| Moment {
                ground,
                readings: Readings::new(ground.corpus, ground.state, ground.coded),
                judgements: Judgement::all(ground.state, &ground.coded.codebook),
                codes: short_names(ground).into_iter().collect(),
            }),
            who,
            below: FxHashMap::default(),
            above: FxHashMap::default(),
            cases: vec![BTreeSet::new(); now.corpus.documents.len()],
            gone: gone(then, now, told_of),
        };
        for placed in [then, now].iter().flat_map(|ground| &ground.coded.placed) {
            if let Some(cases) = out.cases.get_mut(placed.document as usize) {
                cases.extend(placed.case.clone());
            }
        }
        // What was moved away, or back, belonged there once.
        let grounds = out.all.each_ref().map(|m| m.ground);
        for (id, events) in grounds.iter().flat_map(|ground| ground.state.code_events()) {
            for live in events {
                let parent = match live.change {
                    Change::CodeAdded(c) => c.parent.as_ref(),
                    Change::CodeMoved(c) => c.parent.as_ref(),
                    Change::CodeMerged(c) => Some(&c.into),
                    _ => None,
                };
                if let Some(parent) = parent {
                    out.below.entry(parent.clone()).or_default().push(id.clone());
                    out.above.entry(id.clone()).or_default().push(parent.clone());
                }
            }
        }
        out
    }

    /// Whether a document, by its place, is of a case that passes, or somebody who speaks in it, or a coding
    /// in it at either moment.
    pub(super) fn speaks(&self, document: usize, test: &dyn Fn(&str) -> bool) -> bool {
        let Some(here) = self.all[1].ground.corpus.documents.get(document) else { return false };
        of_case(here, test) || self.cases[document].iter().any(|case| test(case))
    }

    /// Cases to which codings were set at either moment.
    pub(super) fn set_cases(&self) -> impl Iterator<Item = &str> {
        self.cases.iter().flatten().map(Name::as_str)
    }

    /// These codes, those below them at either moment, and those that became one of them.
    pub(super) fn with_below(&self, codes: impl IntoIterator<Item = Name>) -> Rc<BTreeSet<Name>> {
        Rc::new(reached(&self.below, codes))
    }

    /// The codes above these at either moment, without them.
    pub(super) fn above(&self, codes: &BTreeSet<Name>) -> BTreeSet<Name> {
        let all = reached(&self.above, codes.iter().cloned());
        all.difference(codes).cloned().collect()
    }

    /// The code that a column of a wide table counts, by the short names of either moment with one of these
    /// endings.
    pub(super) fn code_of_column(&self, column: &str, endings: &[&str]) -> Option<String> {
        let stems: Vec<&str> = endings.iter().filter_map(|ending| column.strip_suffix(ending)).collect();
        self.all
            .iter()
            .rev()
            .find_map(|moment| stems.iter().find_map(|stem| moment.codes.get(*stem)).cloned())
    }

    /// The codes that are judged by what they or those above them do: to a dimension where one is named,
    /// as the sign wants it.
    pub(super) fn judged(
        &self,
        dimension: Option<&str>,
        wanted: impl Fn(Sign, bool) -> bool,
    ) -> BTreeSet<Name> {
        let mut out = BTreeSet::new();
        for moment in &self.all {
            let book: &Codebook = &moment.ground.coded.codebook;
            for judgement in &moment.judgements {
                for (place, code) in book.codes.iter().enumerate() {
                    let fits = || {
                        dimension.is_none_or(|dimension| {
                            let effect = judgement.effect(book, place, dimension);
                            wanted(effect.declared.sign(), effect.inherited)
                        })
                    };
                    if judgement.holds(book, place) && fits() {
                        out.insert(code.id.clone());
                    }
                }
            }
        }
        out
    }

    /// Whose codings counted then and count now, per document; none where that cannot be told.
    pub(super) fn counted(&self, choice: &Choice) -> Option<Vec<Counted>> {
        let names = |moment: &Moment, document: usize| -> Option<BTreeSet<Name>> {
            let coders = &moment.ground.coded.coders;
            let choice = match choice {
                Choice::Coder(name) => &Choice::Coder(coders.canonical(name).clone()),
                other => other,
            };
            Some(match moment.readings.who(document, choice).ok()? {
                Who::Nobody => BTreeSet::new(),
                Who::One(name) => BTreeSet::from([name]),
                Who::Union(names) | Who::Intersection(names) => names.into_iter().collect(),
            })
        };
        let [then, now] = &self.all;
        (0..now.ground.corpus.documents.len())
            .map(|document| {
                let (was, is) = (names(then, document)?, names(now, document)?);
                // Whoever begins where nobody read is told by what they do there: see `begins`.
                let is_new = !was.is_empty() && was != is;
                Some(Counted { is_new, names: was.union(&is).cloned().collect() })
            })
            .collect()
    }

    /// Whether one of two names of a person began a document while it was a name of its own.
    pub(super) fn began_apart(&self, document: usize, name: &Name) -> bool {
        self.all.iter().any(|moment| {
            let own = moment.ground.coded.coders.canonical(name) == name;
            own && moment.readings.began(document).contains(name)
        })
    }

    /// Whether this is a name of whoever looks.
    pub(super) fn looks(&self, coder: &Name) -> bool {
        let same = |moment: &Moment<'_>, who: &Name| moment.ground.coded.coders.same(coder, who);
        self.who.as_ref().is_none_or(|who| self.all.iter().any(|moment| same(moment, who)))
    }

    /// Whether somebody began a document since, or had begun it and has not any more.
    pub(super) fn begins(&self, document: usize, coder: &Name) -> bool {
        let [then, now] = self.all.each_ref().map(|moment| {
            moment.readings.began(document).contains(moment.ground.coded.coders.canonical(coder))
        });
        then != now
    }

    /// Whether a coding may bring a document into the row of its own case, since nobody who is asked
    /// there speaks for that case.
    pub(super) fn is_brought(&self, document: usize, respondents: bool) -> bool {
        let Some(here) = self.all[1].ground.corpus.documents.get(document) else { return true };
        let speaks = |turn: &Turn| {
            let speaker = turn.speaker.as_deref().and_then(|label| here.speaker(label));
            let is_asked = speaker.is_none_or(|s| s.role == Role::Respondent);
            is_asked && here.turn_case(turn) == here.case.as_deref()
        };
        !(here.turns.is_empty() || respondents && here.turns.iter().any(speaks))
    }

    /// Whether somebody finished a document before a code was there to be read for, so that its being not
    /// found follows from what was found of the code above it.
    pub(super) fn follows(&self, document: usize, counted: &Counted, code: &str) -> bool {
        self.all.iter().any(|moment| {
            let marks = counted.names.iter().filter_map(|name| moment.readings.mark(document, name));
            marks.into_iter().any(|mark| !mark.codes.iter().any(|c| **c == *code))
        })
    }
}

/// The documents of either moment that are not there any more.
fn gone<'a>(
    then: Ground<'a>,
    now: Ground<'a>,
    told_of: impl Fn(&Documents) -> Vec<Document>,
) -> Vec<Gone<'a>> {
    let mut out: Vec<Gone<'a>> = Vec::new();
    for ground in [then, now] {
        let documents = &ground.coded.documents;
        let mut told: Option<Vec<Document>> = None;
        for state in documents.list.iter().filter(|d| now.corpus.position(&d.id).is_none()) {
            if out.iter().any(|known| known.state.id == state.id) {
                continue;
            }
            let told = told.get_or_insert_with(|| told_of(documents));
            let at = told.iter().position(|d| d.id == *state.id);
            let told = at.map(|at| told.swap_remove(at));
            out.push(Gone { state, told, cases: BTreeSet::new() });
        }
    }
    if out.is_empty() {
        return out;
    }
    // By which coding stands, or stood, in which of them.
    let mut codings: FxHashMap<ThingId, usize> = FxHashMap::default();
    let made = |act: &'a Act| {
        act.changes.iter().scan(0, move |k, change| {
            *k += u32::from(change.makes());
            Some((ThingId { act: act.id, k: *k }, change))
        })
    };
    let acts = now.state.acts();
    for (id, change) in acts.iter().flat_map(|act| made(act)) {
        if let Change::CodingAdded(c) = change
            && let Some(at) = out.iter().position(|gone| gone.names().any(|n| *n == c.anchor.document))
        {
            codings.insert(id, at);
            out[at].cases.extend(&c.case);
        }
    }
    for change in acts.iter().flat_map(|act| act.changes.iter()) {
        if let Change::CodingChanged(c) = change
            && let Some(at) = codings.get(&c.coding)
        {
            out[*at].cases.extend(c.case.iter().flatten());
        }
    }
    out
}

/// Everything that is reached from some codes, with them.
fn reached(along: &FxHashMap<Name, Vec<Name>>, from: impl IntoIterator<Item = Name>) -> BTreeSet<Name> {
    let mut out = BTreeSet::new();
    let mut next: Vec<Name> = from.into_iter().collect();
    while let Some(code) = next.pop() {
        if out.insert(code.clone()) {
            next.extend(along.get(&code).into_iter().flatten().cloned());
        }
    }
    out
}
