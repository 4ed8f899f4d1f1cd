//! The acts since a table was saved, and which of them may have moved a cell.
//!
//! Acts are read once: what was done to codings is kept by code and document, so that a cell looks up
//! what concerns it, however much was coded since.

use std::collections::BTreeSet;

use model::act::{Act, Change, Subject};
use model::id::{ActId, ThingId};
use model::name::Name;
use model::reading::Choice;
use rustc_hash::{FxHashMap, FxHashSet};

use super::moments::{Counted, Moments};
use super::scope::Scope;
use crate::saved_table::{Csv, Saved, bare};

/// The acts since a table was saved.
pub(super) struct Since<'a> {
    moments: &'a Moments<'a>,
    /// In order.
    pub(super) acts: Vec<&'a Act>,
    /// What they did to codings, by code and document.
    placed: FxHashMap<&'a Name, FxHashMap<&'a Name, Vec<Touch<'a>>>>,
    /// The same by case, where a coding was given one.
    cased: FxHashMap<&'a Name, Vec<(&'a Name, &'a Name, Touch<'a>)>>,
    of_coding: FxHashMap<ThingId, Vec<u32>>,
    /// Everything else that they did.
    others: Vec<(Touch<'a>, &'a Change)>,
    /// Whose codings count, per reading.
    readings: FxHashMap<String, Reading<'a>>,
    /// The reading of rows that do not name theirs.
    reading: String,
    /// Places of documents by the names that they have had.
    places: FxHashMap<&'a Name, Vec<usize>>,
}

/// Whose codings count in a reading.
struct Reading<'a> {
    /// Per document; none where that could not be told, then or now.
    counted: Option<Vec<Counted>>,
    /// What was done to codings that brings a document into a row, or asks for another reader of it: for
    /// all codes.
    opening: Vec<(&'a Name, Touch<'a>)>,
}

/// An act, by its place, and who counts for it to count: who made the coding; of an act that undoes
/// another, whose that was.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Touch<'a> {
    act: u32,
    coder: &'a Name,
    /// The kind of change, where it only said something of a coding, which changes no count.
    said: Option<&'static str>,
}

/// All that was ever said of where a coding stands.
#[derive(Default)]
struct Stood<'a> {
    coder: Option<&'a Name>,
    documents: BTreeSet<&'a Name>,
    codes: BTreeSet<&'a Name>,
    cases: BTreeSet<&'a Name>,
}

impl<'a> Since<'a> {
    /// `again` are the tables as they are now.
    pub(super) fn new(
        moments: &'a Moments<'a>,
        then: &FxHashSet<ActId>,
        saved: &Saved,
        again: &[(String, Csv)],
    ) -> Self {
        let ground = moments.all[1].ground;
        let state = ground.state;
        let acts: Vec<&Act> =
            state.history().into_iter().filter(|a| !then.contains(&a.id) && state.is_live(a.id)).collect();
        let reading = saved.provenance.rule.iter().find(|(name, _)| name == "reading");
        let reading = reading.map_or("primary", |(_, value)| bare(value)).to_owned();
        let mut places: FxHashMap<&Name, Vec<usize>> = FxHashMap::default();
        for document in &ground.coded.documents.list {
            let place = ground.corpus.position(&document.id);
            for name in document.names.iter().chain([&document.id]) {
                places.entry(name).or_default().extend(place);
            }
        }
        let mut out = Self {
            moments,
            acts: Vec::new(),
            placed: FxHashMap::default(),
            cased: FxHashMap::default(),
            of_coding: FxHashMap::default(),
            others: Vec::new(),
            readings: FxHashMap::default(),
            reading,
            places,
        };
        let mut codings: Vec<(Touch<'a>, ThingId)> = Vec::new();
        for (at, act) in acts.iter().enumerate() {
            out.take(at as u32, act, 0, &mut codings);
        }
        out.acts = acts;
        out.place(&codings);
        let readings = saved.tables.iter().chain(again).flat_map(|(_, table)| table.readings());
        let readings: BTreeSet<&str> = readings.chain([out.reading.as_str()]).collect();
        let readings = readings.into_iter().map(|reading| {
            let choice = Choice::parse(reading);
            let opening = out.opening(&choice, saved);
            (reading.to_owned(), Reading { counted: moments.counted(&choice), opening })
        });
        out.readings = readings.collect();
        out
    }

    /// Takes in what an act did, or what it undid.
    fn take(&mut self, at: u32, act: &'a Act, depth: u8, codings: &mut Vec<(Touch<'a>, ThingId)>) {
        let touch = Touch { act: at, coder: &act.coder, said: None };
        let mut k = 0;
        for change in &act.changes {
            k += u32::from(change.makes());
            match change {
                Change::Undone(u) | Change::Redone(u) => {
                    let target = self.moments.all[1].ground.state.act(u.act).filter(|_| depth < 4);
                    if let Some(target) = target {
                        self.take(at, target, depth + 1, codings);
                    }
                }
                Change::CodingAdded(_) => codings.push((touch, ThingId { act: act.id, k })),
                Change::CodingChanged(c) => codings.push((touch, c.coding)),
                Change::CodingRemoved(c) => codings.push((touch, c.coding)),
                change => {
                    self.others.push((touch, change));
                    codings.extend(coding_of(change).map(|(kind, coding)| {
                        let said = Touch { said: Some(kind), ..touch };
                        (said, coding)
                    }));
                }
            }
        }
    }

    /// Puts what was done to codings where they stand, or stood.
    fn place(&mut self, codings: &[(Touch<'a>, ThingId)]) {
        let mut stood: FxHashMap<ThingId, Stood<'a>> =
            codings.iter().map(|(_, id)| (*id, Stood::default())).collect();
        for act in self.moments.all[1].ground.state.acts() {
            let mut k = 0;
            for change in &act.changes {
                k += u32::from(change.makes());
                match change {
                    Change::CodingAdded(c) => {
                        if let Some(stood) = stood.get_mut(&ThingId { act: act.id, k }) {
                            stood.coder = Some(&act.coder);
                            stood.documents.insert(&c.anchor.document);
                            stood.codes.insert(&c.code);
                            stood.cases.extend(&c.case);
                        }
                    }
                    Change::CodingChanged(c) => {
                        if let Some(stood) = stood.get_mut(&c.coding) {
                            stood.documents.extend(c.anchor.as_ref().map(|a| &a.document));
                            stood.codes.extend(&c.code);
                            stood.cases.extend(c.case.iter().flatten());
                        }
                    }
                    _ => {}
                }
            }
        }
        let mut seen: FxHashSet<(&Name, &Name, Touch<'_>)> = FxHashSet::default();
        for (touch, id) in codings {
            self.of_coding.entry(*id).or_default().push(touch.act);
            let Some(stood) = stood.get(id) else { continue };
            // Whatever was done to it, and by whom: it counts where its coder does.
            let touch = Touch { coder: stood.coder.unwrap_or(touch.coder), ..*touch };
            for (code, document) in stood.codes.iter().flat_map(|c| stood.documents.iter().map(|d| (*c, *d)))
            {
                if seen.insert((code, document, touch)) {
                    self.placed.entry(code).or_default().entry(document).or_default().push(touch);
                }
                for case in &stood.cases {
                    self.cased.entry(case).or_default().push((code, document, touch));
                }
            }
        }
    }

    /// What was done to codings that says of a document, for all codes, in which rows it is, or how far it
    /// was read.
    fn opening(&self, choice: &Choice, saved: &Saved) -> Vec<(&'a Name, Touch<'a>)> {
        let says = |name: &str, word: &str| {
            let rule = saved.provenance.rule.iter().find(|(n, _)| n == name);
            rule.is_none_or(|(_, value)| value.split('+').any(|w| w == word))
        };
        let respondents = says("roles", "respondent");
        // Whoever begins has not read to the end where all who began are asked for, and has where that
        // is taken for done.
        let begins = *choice == Choice::Union || saved.has_option("--assume-done");
        let brought: Vec<bool> = (0..self.moments.all[1].ground.corpus.documents.len())
            .map(|place| self.moments.is_brought(place, respondents))
            .collect();
        let opens = |document: &&Name, touch: &Touch<'_>| {
            let mut places = self.places.get(*document).into_iter().flatten();
            let opens = |at: &usize| brought[*at] || begins && self.moments.begins(*at, touch.coder);
            touch.said.is_none() && places.any(opens)
        };
        let all = self.placed.values().flatten();
        let all = all.flat_map(|(document, touches)| touches.iter().map(|touch| (*document, *touch)));
        let all: FxHashSet<(&Name, Touch<'_>)> = all.collect();
        all.into_iter().filter(|(document, touch)| opens(document, touch)).collect()
    }

    /// The acts that may have moved what is made so, in order.
    pub(super) fn touching(&self, scope: &Scope) -> Vec<&'a Act> {
        let mut found: BTreeSet<u32> = BTreeSet::new();
        if scope.counts_codings() {
            self.codings(scope, &mut found);
        }
        found.extend(self.others.iter().filter(|(t, c)| self.touches(*t, c, scope)).map(|(t, _)| t.act));
        found.into_iter().map(|at| self.acts[at as usize]).collect()
    }

    /// The acts on codings that stand, or stood, in what a cell is made of, and are or were counted.
    fn codings(&self, scope: &Scope, found: &mut BTreeSet<u32>) {
        if let Some(coding) = scope.coding {
            found.extend(self.of_coding.get(&coding).into_iter().flatten());
            return;
        }
        let codes: Vec<&FxHashMap<&Name, Vec<Touch<'_>>>> =
            match scope.codes.as_ref().filter(|_| !scope.is_group) {
                Some(codes) => codes.iter().filter_map(|code| self.placed.get(code)).collect(),
                None => self.placed.values().collect(),
            };
        for by_document in codes {
            match &scope.documents {
                Some(documents) => {
                    let here = documents.iter().filter_map(|d| by_document.get_key_value(d));
                    here.for_each(|(document, touches)| self.counting(scope, document, touches, found));
                }
                None => {
                    for (document, touches) in by_document {
                        self.counting(scope, document, touches, found);
                    }
                }
            }
        }
        if scope.is_extent {
            let opening = self.reading(scope).into_iter().flat_map(|reading| &reading.opening);
            for (document, touch) in opening.filter(|(document, _)| scope.has_document(document)) {
                self.counting(scope, document, std::slice::from_ref(touch), found);
            }
        }
        // A coding that is set to a case brings its document into that case's row, for all codes.
        let cased = |(code, document, touch): &(&Name, &Name, Touch<'_>), found: &mut BTreeSet<u32>| {
            if scope.is_extent || scope.codes.as_ref().is_none_or(|codes| codes.contains(*code)) {
                self.counting(scope, document, std::slice::from_ref(touch), found);
            }
        };
        match scope.cases() {
            Some(cases) => {
                let cases = cases.iter().filter_map(|case| self.cased.get(&Name::new(case)));
                cases.flatten().for_each(|touch| cased(touch, found));
            }
            None => self.cased.values().flatten().for_each(|touch| cased(touch, found)),
        }
    }

    fn counting(&self, scope: &Scope, document: &str, touches: &[Touch<'_>], found: &mut BTreeSet<u32>) {
        let touches = touches.iter().filter(|t| t.said.is_none_or(|kind| scope.hears(kind)));
        found.extend(touches.filter(|t| self.counts(scope, document, t.coder)).map(|t| t.act));
    }

    fn touches(&self, touch: Touch<'_>, change: &Change, scope: &Scope) -> bool {
        let is_marked =
            |document: &str| scope.has_document(document) && self.counts(scope, document, touch.coder);
        // Marks, and what codes are read for.
        let reading = scope.is_of_reading();
        if !scope.is_of_codes() && is_of_codes(change) {
            return false;
        }
        match change {
            Change::Done(d) => reading && is_marked(&d.document),
            Change::Reopened(d) => reading && is_marked(&d.document),
            Change::NotAsked(n) | Change::Asked(n) => {
                let here = match (&n.document, &n.case) {
                    (Some(document), _) => scope.has_document(document),
                    (None, Some(case)) => scope.has_case(self.moments, case),
                    (None, None) => false,
                };
                // Whoever was not asked about a code was not asked about those below it.
                reading && here && n.codes.iter().any(|c| scope.has_code_or_below(c))
            }
            Change::CodeAdded(c) => scope.has_code(&c.code),
            Change::CodeChanged(c) => {
                let wider = matches!(c.effect.as_deref(), Some("broader" | "both"));
                reading && wider && scope.is_read_for(&c.code)
                    || c.fields.keys().any(|field| scope.rests_on(&c.code, field))
            }
            Change::CodeMoved(c) => scope.has_code_or_below(&c.code),
            Change::CodeMerged(c) => scope.has_code_or_below(&c.code) || scope.has_code(&c.into),
            Change::CodeRetired(c) => scope.is_read_for(&c.code),
            Change::CodeFixed(c) => reading && scope.is_read_for(&c.code),
            Change::TextRevised(r) => scope.has_document(&r.document),
            Change::DocumentAdded(d) => scope.has_document(&d.document),
            Change::DocumentRemoved(d) => scope.has_document(&d.document),
            Change::DocumentRenamed(d) => scope.has_document(&d.document) || scope.has_document(&d.to),
            Change::AdjudicationClosed(d) => self.is_read_by_others(scope, std::slice::from_ref(&d.document)),
            Change::PrimaryNamed(p) => self.is_read_by_others(scope, &p.documents),
            // Who looks sees more, or less: of what others did, and whose reading counts.
            Change::BlindOn(b) | Change::BlindOff(b) => {
                let is_here = b.documents.is_empty() || b.documents.iter().any(|d| scope.has_document(d));
                is_here && self.moments.looks(&b.coder)
            }
            Change::CoderAlias(a) => scope.counts_codings() && self.is_joined(scope, [&a.coder, &a.of]),
            // What is decided about hits may settle a code that was fixed later.
            Change::HitRejected(h) => reading && is_marked(&h.anchor.document),
            Change::Setting(s) => scope.rests_on_setting(&s.key),
            change if !scope.hears(change.kind()) => false,
            Change::SummaryWritten(s) => scope.has_case(self.moments, &s.case) && scope.has_code(&s.code),
            // These stand with their codings.
            Change::ExemplarMarked(_) | Change::ExemplarUnmarked(_) | Change::TranslationWritten(_) => false,
            Change::MemoWritten(m) => match &m.on {
                Subject::Document(document) => scope.has_document(document),
                Subject::Case(case) => scope.has_case(self.moments, case),
                Subject::Code(code) => scope.has_code(code),
                Subject::Coding(_) => false,
                Subject::Study | Subject::Passage(_) => true,
            },
            // Searches, who sees what, who joined: any of them may tell.
            _ => true,
        }
    }

    /// Whose codings count for what a cell is made of.
    fn reading(&self, scope: &Scope) -> Option<&Reading<'a>> {
        let named = scope.reading.as_ref().and_then(|reading| self.readings.get(reading));
        named.or_else(|| self.readings.get(&self.reading))
    }

    /// The same in each document.
    fn counted(&self, scope: &Scope) -> Option<&Vec<Counted>> {
        self.reading(scope)?.counted.as_ref()
    }

    /// Whether in one of these documents (all, where none is named) of a cell others are read than then.
    fn is_read_by_others(&self, scope: &Scope, named: &[Name]) -> bool {
        let Some(counted) = self.counted(scope) else { return true };
        self.moments.all[1].ground.corpus.documents.iter().zip(counted).any(|(document, counted)| {
            let is_named = named.is_empty() || named.iter().any(|n| *n == *document.id);
            counted.is_new && is_named && scope.has_document(&document.id)
        })
    }

    /// Whether two names of one person change what is counted in a cell: where either coded under its own
    /// name, and one of them counts.
    fn is_joined(&self, scope: &Scope, names: [&Name; 2]) -> bool {
        // A row of one of them is no longer there, or is again.
        if scope.is_row && names.iter().any(|name| scope.reading.as_deref() == Some(name.as_str())) {
            return true;
        }
        let Some(counted) = self.counted(scope).filter(|_| !scope.is_of_anybody) else { return true };
        let documents = self.moments.all[1].ground.corpus.documents.iter().zip(counted).enumerate();
        documents.into_iter().any(|(place, (document, counted))| {
            let counts = |name: &Name| {
                self.moments
                    .all
                    .iter()
                    .any(|moment| counted.names.contains(moment.ground.coded.coders.canonical(name)))
            };
            scope.has_document(&document.id)
                && (names.into_iter().any(counts) && self.moments.began_apart(place, names[0])
                    // A table may be of the name that is no longer one of its own.
                    || counted.names.contains(names[0]) && self.moments.began_apart(place, names[1]))
        })
    }

    /// Whether an act is of somebody whose codings in a document are or were counted.
    fn counts(&self, scope: &Scope, document: &str, coder: &Name) -> bool {
        let Some(counted) = self.counted(scope).filter(|_| !scope.is_of_anybody) else { return true };
        let places = self.places.get(&Name::new(document)).map(Vec::as_slice).unwrap_or_default();
        let is_counted = |coder: &Name| {
            places.iter().any(|at| counted.get(*at).is_none_or(|all| all.names.contains(coder)))
        };
        // A document that is not there any more tells nothing.
        places.is_empty()
            || self.moments.all.iter().any(|m| is_counted(m.ground.coded.coders.canonical(coder)))
    }
}

/// Whether a change is one of the codebook, of whose reading counts, or of what is looked for: it changes
/// neither which documents there are nor what anybody did there.
const fn is_of_codes(change: &Change) -> bool {
    matches!(
        change,
        Change::CodeAdded(_)
            | Change::CodeChanged(_)
            | Change::CodeMoved(_)
            | Change::CodeMerged(_)
            | Change::CodeRetired(_)
            | Change::CodeFixed(_)
            | Change::NotAsked(_)
            | Change::Asked(_)
            | Change::HitRejected(_)
            | Change::AdjudicationClosed(_)
            | Change::PrimaryNamed(_)
    )
}

/// The kind of a change that says something of a coding without changing it, and the coding.
fn coding_of(change: &Change) -> Option<(&'static str, ThingId)> {
    match change {
        Change::ExemplarMarked(c) => Some(("exemplar-marked", c.coding)),
        Change::ExemplarUnmarked(c) => Some(("exemplar-unmarked", c.coding)),
        Change::TranslationWritten(t) => Some(("translation-written", t.coding)),
        Change::MemoWritten(m) => match &m.on {
            Subject::Coding(coding) => Some(("memo-written", *coding)),
            _ => None,
        },
        _ => None,
    }
}
