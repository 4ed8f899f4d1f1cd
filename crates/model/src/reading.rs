//! A reading: whose codings count for a document; and what a document was read for.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::act::Change;
use crate::coded::Coded;
use crate::corpus::Corpus;
use crate::ground::Ground;
use crate::id::ActId;
use crate::name::Name;
use crate::rule::Offered;
use crate::sight::Sight;
use crate::state::State;
use crate::text::TextHash;

/// Names that no coder can have.
pub const RESERVED: &[&str] = &["consensus", "union", "intersection", "each", "primary", "all"];

/// Which reading is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Consensus once closed, else the primary coder, else the only coder.
    #[default]
    Primary,
    /// One coder's.
    Coder(Name),
    /// The consensus, also where adjudication is still open.
    Consensus,
    /// All coders' spans united; done where every coder who began is done.
    Union,
    /// Code points coded by every coder who is done, at least two.
    Intersection,
}

impl Choice {
    /// Reads the word after `--reading`; anything not reserved is a coder's name.
    pub fn parse(word: &str) -> Self {
        match word {
            "primary" => Self::Primary,
            "consensus" => Self::Consensus,
            "union" => Self::Union,
            "intersection" => Self::Intersection,
            name => Self::Coder(Name::new(name)),
        }
    }

    /// The word in tables.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Primary => "primary",
            Self::Consensus => "consensus",
            Self::Union => "union",
            Self::Intersection => "intersection",
            Self::Coder(name) => name,
        }
    }
}

/// Whose codings count for one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody has begun.
    Nobody,
    /// One coder (or `consensus`).
    One(Name),
    /// All of these together.
    Union(Vec<Name>),
    /// What all of these share.
    Intersection(Vec<Name>),
}

/// The documents for which no one reading could be told, with the coders who worked on each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than one coder worked on {}, and none is primary there", list(.documents))]
pub struct Unclear {
    /// Document ids, each with its coders.
    pub documents: Vec<(String, Vec<Name>)>,
}

fn list(documents: &[(String, Vec<Name>)]) -> String {
    let some: Vec<String> = documents
        .iter()
        .take(5)
        .map(|(d, coders)| {
            format!("{d} ({})", coders.iter().map(Name::as_str).collect::<Vec<_>>().join(", "))
        })
        .collect();
    let more = documents.len().saturating_sub(some.len());
    if more > 0 { format!("{} and {more} more", some.join(", ")) } else { some.join(", ") }
}

/// A `done` mark in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneMark {
    /// The act.
    pub act: ActId,
    /// The text that was read.
    pub text: TextHash,
    /// The codes that were fixed then.
    pub codes: Vec<Name>,
    /// Codes, by their places, that were fixed later and for which search offered hits: all of them in
    /// this document are decided about.
    pub settled: Vec<u32>,
}

/// Who began and finished what, and what was not asked.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    /// Per document (place in the corpus): every coder's mark in force.
    done: Vec<FxHashMap<Name, DoneMark>>,
    /// Per document: coders with a coding or a done or reopened mark there, in order of name.
    began: Vec<BTreeSet<Name>>,
    /// Per document: the primary coder, by name for it or for the study.
    primary: Vec<Option<Name>>,
    adjudicated: Vec<bool>,
    not_asked_document: FxHashSet<(u32, u32)>,
    not_asked_case: FxHashSet<(Name, u32)>,
}

impl Readings {
    /// Folds the marks from the live acts.
    pub fn new(corpus: &Corpus, state: &State, coded: &Coded) -> Self {
        let n = corpus.documents.len();
        let mut out = Self {
            done: vec![FxHashMap::default(); n],
            began: vec![BTreeSet::new(); n],
            primary: vec![None; n],
            adjudicated: vec![false; n],
            ..Self::default()
        };
        let mut last = None;
        for placed in &coded.placed {
            // They come by document, and most have one coder.
            if last.replace((placed.document, placed.coder)) == Some((placed.document, placed.coder)) {
                continue;
            }
            let began = &mut out.began[placed.document as usize];
            let coder = coded.coder(placed);
            if !began.contains(coder) {
                began.insert(coder.clone());
            }
        }
        for unplaced in &coded.unplaced {
            if let Some(document) = unplaced.document {
                out.began[document as usize].insert(unplaced.coder.clone());
            }
        }
        let primaries = state.primary_events();
        for (i, document) in corpus.documents.iter().enumerate() {
            let names: Vec<Name> = match coded.documents.get(&document.id) {
                Some(d) => {
                    d.names.iter().chain([&d.id]).cloned().collect::<BTreeSet<_>>().into_iter().collect()
                }
                None => vec![Name::new(&document.id)],
            };
            let mut events: Vec<_> = names.iter().flat_map(|n| state.reading_events(n)).collect();
            events.sort_by_key(|l| l.act.id);
            for live in events {
                let coder = coded.coders.canonical(&live.act.coder).clone();
                out.began[i].insert(coder.clone());
                let Change::Done(d) = live.change else {
                    out.done[i].remove(&coder);
                    continue;
                };
                // A mark made in a text of another document with the same id is not ours.
                let own = coded.documents.position(&document.id);
                if coded.documents.resolve(&document.id, &d.text) == own {
                    let mark = DoneMark {
                        act: live.act.id,
                        text: d.text,
                        codes: d.codes.clone(),
                        settled: Vec::new(),
                    };
                    out.done[i].insert(coder, mark);
                }
            }
            // A mark lapses when much was put into the text since.
            if let Some(now) = document.hash {
                out.done[i].retain(|_, mark| coded.documents.reading_holds(mark.text, now));
            }
            out.adjudicated[i] = names.iter().any(|n| state.is_adjudicated(n));
            let named = |own: bool| {
                primaries.iter().rev().find_map(|l| match l.change {
                    Change::PrimaryNamed(p) if own && p.documents.iter().any(|d| names.contains(d)) => {
                        Some(&p.coder)
                    }
                    Change::PrimaryNamed(p) if !own && p.documents.is_empty() => Some(&p.coder),
                    _ => None,
                })
            };
            // While blind one's own reading counts, whoever is primary.
            let own = state.sight().filter(|s| s.is_blind(&document.id)).map(Sight::coder);
            let primary = own.or_else(|| named(true)).or_else(|| named(false));
            out.primary[i] = primary.map(|c| coded.coders.canonical(c).clone());
        }
        let ground = Ground { corpus, state, coded };
        let offered = Offered::fold(ground);
        for (document, marks) in out.done.iter_mut().enumerate() {
            for (coder, mark) in marks {
                mark.settled = offered.settled(ground, document, coder, mark.act);
            }
        }
        for live in state.asked_events() {
            let (marks, set) = match live.change {
                Change::NotAsked(m) => (m, true),
                Change::Asked(m) => (m, false),
                _ => continue,
            };
            // What was not asked about a code that later became another one says nothing of the other.
            for code in marks.codes.iter().filter_map(|c| coded.codebook.own(c)) {
                // A code's descendants were not asked about either.
                for code in coded.codebook.subtree(code) {
                    if let Some(case) = &marks.case {
                        put(&mut out.not_asked_case, (case.clone(), code as u32), set);
                    }
                    let document = marks
                        .document
                        .as_ref()
                        .and_then(|d| coded.documents.named(d).and_then(|x| corpus.position(&x.id)));
                    if let Some(document) = document {
                        put(&mut out.not_asked_document, (document as u32, code as u32), set);
                    }
                }
            }
        }
        out
    }

    /// Whose codings count for a document. `Err` holds the coders when it cannot be told.
    pub fn who(&self, document: usize, choice: &Choice) -> Result<Who, Vec<Name>> {
        let began = &self.began[document];
        let all = || began.iter().filter(|c| *c != "consensus").cloned().collect::<Vec<_>>();
        Ok(match choice {
            Choice::Coder(name) => Who::One(name.clone()),
            Choice::Consensus => Who::One(Name::new("consensus")),
            Choice::Union => Who::Union(all()),
            Choice::Intersection => {
                Who::Intersection(all().into_iter().filter(|c| self.done[document].contains_key(c)).collect())
            }
            Choice::Primary => {
                if self.adjudicated[document] {
                    Who::One(Name::new("consensus"))
                } else if let Some(primary) = &self.primary[document] {
                    Who::One(primary.clone())
                } else {
                    let mut coders = all();
                    match coders.len() {
                        0 => Who::Nobody,
                        1 => Who::One(coders.remove(0)),
                        _ => return Err(coders),
                    }
                }
            }
        })
    }

    /// The primary coder of a document.
    pub fn primary(&self, document: usize) -> Option<&Name> {
        self.primary[document].as_ref()
    }

    /// Whether adjudication of a document is closed.
    pub fn is_adjudicated(&self, document: usize) -> bool {
        self.adjudicated[document]
    }

    /// The coders with a coding or a mark in a document, in order of name.
    pub fn began(&self, document: usize) -> &BTreeSet<Name> {
        &self.began[document]
    }

    /// A coder's `done` in force.
    pub fn mark(&self, document: usize, coder: &str) -> Option<&DoneMark> {
        self.done[document].get(coder)
    }

    /// Whether any coder has a `done` in force.
    pub fn is_done(&self, document: usize) -> bool {
        self.done.get(document).is_some_and(|marks| !marks.is_empty())
    }

    /// The places of the codes that a mark says were read for. `found` tells whether a code or one of
    /// its descendants was found in the document: under a code read for and not found, a newer
    /// sub-code is not found either, unless it was moved there since. To have read for a code that later
    /// became another one is not to have read for the other. A code that is provisional is read for by
    /// nobody, and one that was provisional since the mark is a new one to it.
    pub fn read_for(mark: &DoneMark, coded: &Coded, found: impl Fn(usize) -> bool) -> FxHashSet<u32> {
        let book = &coded.codebook;
        // A definition made broader since asks for another look.
        let still = |c: &usize| !book.codes[*c].broadened.iter().any(|act| *act > mark.act);
        let fixed = |c: &usize| book.codes[*c].status == crate::codebook::Status::Fixed;
        // One that was made provisional since and fixed anew was fixed, as it is now, after the mark.
        let was_fixed = |c: &usize| book.codes[*c].fixed.first().is_some_and(|(act, _)| *act < mark.act);
        let listed = mark.codes.iter().filter_map(|c| book.own(c));
        let listed = listed.filter(fixed).filter(was_fixed).filter(still);
        let mut out: FxHashSet<u32> = listed.map(|c| c as u32).collect();
        // Codes are in tree order, so a parent is settled before its children.
        for (at, code) in book.codes.iter().enumerate() {
            if !fixed(&at) || out.contains(&(at as u32)) || !still(&at) {
                continue;
            }
            let declared = code.fixed.iter().any(|(act, earlier)| *earlier == "declared" && *act > mark.act);
            let was_there = code.moved.is_none_or(|act| act < mark.act);
            let implied =
                was_there && book.parent(at).is_some_and(|up| out.contains(&(up as u32)) && !found(up));
            if declared || implied || mark.settled.contains(&(at as u32)) {
                out.insert(at as u32);
            }
        }
        out
    }

    /// Whether a document is marked as not asked about a code.
    pub fn document_not_asked(&self, document: usize, code: usize) -> bool {
        self.not_asked_document.contains(&(document as u32, code as u32))
    }

    /// Whether a case, not a document, was ever marked as not asked about a code.
    pub fn asks_by_case(&self) -> bool {
        !self.not_asked_case.is_empty()
    }

    /// Whether a case was never asked about a code.
    pub fn case_not_asked(&self, case: &str, code: usize) -> bool {
        !self.not_asked_case.is_empty() && self.not_asked_case.contains(&(Name::new(case), code as u32))
    }
}

fn put<T: std::hash::Hash + Eq>(set: &mut FxHashSet<T>, item: T, present: bool) {
    if present {
        set.insert(item);
    } else {
        set.remove(&item);
    }
}
