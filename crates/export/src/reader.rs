//! A reader: one document with the codings that count in it, and what it was read for.

use model::codebook::Status::Fixed;
use model::coded::{Coded, Placed};
use model::corpus::{Corpus, Document};
use model::counted::{Counted, case_of};
use model::id::ThingId;
use model::name::Name;
use model::reading::{Readings, Unclear, Who};
use model::span::Span;
use rustc_hash::FxHashSet;
use std::ops::Range;

use crate::gather::unions;
use crate::grouping::Passage;
use crate::options::Options;

/// Documents from which on two threads look at them.
const MANY: usize = 16;

/// One document as one reading sees it.
pub(crate) struct Reader<'a> {
    pub(crate) place: usize,
    pub(crate) document: &'a Document,
    pub(crate) counted: Counted,
    /// Whose codings count, for the coders that matter one list each; more than one only where an
    /// intersection is asked for.
    pub(crate) layers: Vec<Vec<&'a Placed>>,
    /// Codings of theirs that are left out of the count (`--where`). They are read all the same, so they
    /// tell which rows the document speaks of.
    pub(crate) left_out: Vec<&'a Placed>,
    /// Places of the codes that the document was read for.
    pub(crate) read_for: FxHashSet<u32>,
    /// Whether anybody whose reading counts began.
    pub(crate) begun: bool,
    /// Whether everybody whose reading counts marked it as done, or the consensus is closed.
    pub(crate) done: bool,
}

impl<'a> Reader<'a> {
    /// All documents of the corpus, each as `options.reading` sees it.
    pub(crate) fn all(
        corpus: &'a Corpus,
        coded: &'a Coded,
        readings: &Readings,
        options: &Options,
    ) -> Result<Vec<Self>, Unclear> {
        let documents = corpus.documents.len();
        let some = |places: Range<usize>| Self::some(places, corpus, coded, readings, options);
        let (front, back) = if documents < MANY {
            (some(0..documents), (Vec::new(), Vec::new()))
        } else {
            std::thread::scope(|scope| {
                let back = scope.spawn(|| some(documents / 2..documents));
                (some(0..documents / 2), back.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            })
        };
        let ((mut out, mut unclear), (more, also)) = (front, back);
        out.extend(more);
        unclear.extend(also);
        if unclear.is_empty() { Ok(out) } else { Err(Unclear { documents: unclear }) }
    }

    /// Some of them, and those for which no one reading can be told, each with its coders.
    fn some(
        places: Range<usize>,
        corpus: &'a Corpus,
        coded: &'a Coded,
        readings: &Readings,
        options: &Options,
    ) -> (Vec<Self>, Vec<(String, Vec<Name>)>) {
        let mut unclear = Vec::new();
        let mut out = Vec::with_capacity(places.len());
        for (place, document) in places.clone().zip(&corpus.documents[places]) {
            match readings.who(place, &options.reading) {
                Ok(mut who) => {
                    if let (Who::Union(names), Some(without)) = (&mut who, &options.without) {
                        names.retain(|name| name != without);
                    }
                    let counted = Counted::of(document, options.roles);
                    out.push(Self::new(place, document, counted, coded, readings, &who, options));
                }
                Err(coders) => unclear.push((document.id.clone(), coders)),
            }
        }
        (out, unclear)
    }

    fn new(
        place: usize,
        document: &'a Document,
        counted: Counted,
        coded: &'a Coded,
        readings: &Readings,
        who: &Who,
        options: &Options,
    ) -> Self {
        let all = coded.in_document(place);
        let in_case = |p: &Placed| {
            !options.cases_only || case_of(document, &counted, p.span, p.case.as_deref()).0.is_some()
        };
        let only = options.only.as_ref();
        let wanted = |p: &&Placed| only.is_none_or(|only| only.codings.contains(&p.id)) && in_case(p);
        let of = |name: &Name| {
            let coder = coded.coders.place(name);
            all.iter().filter(|p| Some(p.coder) == coder).filter(wanted).collect::<Vec<_>>()
        };
        let (coders, layers): (&[Name], Vec<Vec<&Placed>>) = match who {
            Who::Nobody => (&[], Vec::new()),
            Who::One(name) => (std::slice::from_ref(name), vec![of(name)]),
            Who::Union(names) => {
                (names, vec![all.iter().filter(|p| names.contains(coded.coder(p))).filter(wanted).collect()])
            }
            Who::Intersection(names) if names.len() < 2 => (&[], Vec::new()),
            Who::Intersection(names) => (names, names.iter().map(of).collect()),
        };
        let left_out = if only.is_none() {
            Vec::new()
        } else {
            let theirs = |p: &&Placed| coders.contains(coded.coder(p));
            all.iter().filter(theirs).filter(|p| !wanted(p) && in_case(p)).collect()
        };
        let begun = match who {
            Who::Nobody => false,
            // The consensus is begun where it has codings or is closed.
            Who::One(name) if *name == "consensus" => {
                readings.began(place).contains(name) || readings.is_adjudicated(place)
            }
            Who::One(name) => readings.began(place).contains(name),
            Who::Union(names) => !names.is_empty(),
            Who::Intersection(names) => names.len() >= 2,
        };
        // Provisional codes are never part of what is done, assumed or not.
        let fixed = || coded.codebook.codes.iter().enumerate().filter(|(_, c)| c.status == Fixed);
        let all_fixed = || fixed().map(|(place, _)| place as u32).collect();
        let is_consensus = coders.iter().any(|c| *c == "consensus");
        let closed = is_consensus && readings.is_adjudicated(place);
        let marked = !coders.is_empty() && coders.iter().all(|c| readings.mark(place, c).is_some());
        let done = closed || marked || options.assume_done && begun;
        let read_for = if options.assume_done && begun || is_consensus && readings.is_adjudicated(place) {
            // Closing adjudication settles every fixed code, its zeros included.
            all_fixed()
        } else if is_consensus {
            FxHashSet::default()
        } else {
            read_for_by_all(coders, place, coded, readings)
        };
        Self { place, document, counted, layers, left_out, read_for, begun, done }
    }

    /// The counted passages that some of the codings make, in order of place, each with its codings.
    pub(crate) fn passages(&self, mine: impl Fn(&Placed) -> bool) -> Vec<Passage> {
        let mine = |p: &&&Placed| mine(p);
        let of = |layer: &Vec<&Placed>| layer.iter().filter(mine).map(|p| (p.span, p.id)).collect();
        self.passages_of(&self.layers.iter().map(of).collect::<Vec<_>>())
    }

    /// The passages that layers of codings make, each with its codings; those that touch a counted turn.
    pub(crate) fn passages_of(&self, layers: &[Vec<(Span, ThingId)>]) -> Vec<Passage> {
        let mut spans: Vec<Vec<Span>> = layers.iter().map(|l| l.iter().map(|(s, _)| *s).collect()).collect();
        let counted = unions(&mut spans).into_iter().filter(|s| self.counted.touches(*s));
        counted
            .map(|span| {
                let from = layers.iter().flatten().filter(|(s, _)| s.overlaps(span));
                let mut codings: Vec<ThingId> = from.map(|(_, id)| *id).collect();
                codings.sort_unstable();
                Passage { document: self.place, span, codings }
            })
            .collect()
    }
}

/// The codes that every one of these coders read the document for.
fn read_for_by_all(coders: &[Name], place: usize, coded: &Coded, readings: &Readings) -> FxHashSet<u32> {
    let mut sets = coders.iter().map(|coder| {
        let Some(mark) = readings.mark(place, coder) else { return FxHashSet::default() };
        let mut with_code = vec![false; coded.codebook.codes.len()];
        let at = coded.coders.place(coder);
        for placed in coded.in_document(place).iter().filter(|p| Some(p.coder) == at) {
            let mut at = Some(placed.code as usize);
            while let Some(code) = at.filter(|code| !with_code[*code]) {
                with_code[code] = true;
                at = coded.codebook.parent(code);
            }
        }
        Readings::read_for(mark, coded, |code| with_code[code])
    });
    let first = sets.next().unwrap_or_default();
    sets.fold(first, |all, set| all.intersection(&set).copied().collect())
}
