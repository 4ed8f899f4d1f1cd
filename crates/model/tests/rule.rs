//! Rules: what is offered, what became of it, and what a fixed code asks of earlier readings. Expected
//! values are counted by hand from the text.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use verbatim_model as model;

use std::collections::BTreeMap;

use model::act::{
    Act, Change, CodeAdded, CodeFixed, CodingAdded, CodingChanged, DocumentAdded, Done, OfAct, OfCoding,
    Searched, TextRevised,
};
use model::act::{Blind, Edit};
use model::anchor::Anchor;
use model::coded::Coded;
use model::corpus::{Corpus, Document};
use model::ground::Ground;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::reading::Readings;
use model::rule::{self, About, Decision, Kept, Offer, Proposed};
use model::saved::{HitOffered, HitRejected, Run, SearchSaved, own};
use model::span::Span;
use model::state::State;
use model::text::Text;
use model::unit::Unit;
use serde_json::json;

const TEXT: &str = "We learn here. Training is good. No more training! The end.\n";

struct World {
    corpus: Corpus,
    state: State,
    n: u64,
    rule: ThingId,
}

fn document(id: &str, text: &str) -> Document {
    let text = Text::new(text.to_owned());
    Document { id: id.to_owned(), hash: Some(text.hash()), text, ..Document::default() }
}

impl World {
    /// Two documents with the same words, codes a (a1 below it) and b, and a rule for a.
    fn new() -> Self {
        let documents = vec![document("one", TEXT), document("two", &format!("Well. {TEXT}"))];
        let added: Vec<Change> = documents
            .iter()
            .map(|d| {
                let (document, text) = (Name::new(&d.id), d.hash.unwrap());
                Change::DocumentAdded(Box::new(DocumentAdded { document, text, source: None }))
            })
            .collect();
        let mut world = Self {
            corpus: Corpus::new(String::new(), documents, Vec::new()),
            state: State::new(),
            n: 0,
            rule: own(1),
        };
        world.take("anna", added);
        let code = |id: &str, parent: Option<&str>, status: &str| {
            Change::CodeAdded(Box::new(CodeAdded {
                code: Name::new(id),
                codebook: Name::new("book"),
                parent: parent.map(Name::new),
                order: 0.0,
                fields: json!({ "status": status }).as_object().cloned().unwrap(),
            }))
        };
        let codes = vec![
            code("a", None, "provisional"),
            code("a1", Some("a"), "provisional"),
            code("b", None, "fixed"),
        ];
        world.take("anna", codes);
        let saved = SearchSaved {
            name: Some("training".to_owned()),
            query: Some("training".to_owned()),
            code: Some(Some(Name::new("a"))),
            unit: Some(Some(Name::new("sentence"))),
            ..SearchSaved::default()
        };
        let act = world.take("anna", vec![Change::SearchSaved(Box::new(saved))]);
        world.rule = ThingId { act, k: 1 };
        world
    }

    fn take(&mut self, coder: &str, mut changes: Vec<Change>) -> ActId {
        self.n += 1;
        let id = ActId::from_parts(1_000 + self.n, 0, 7);
        for change in &mut changes {
            change.settle(id);
        }
        self.state.insert(Act {
            v: 1,
            id,
            n: self.n,
            at: "2026-03-01T09:00:00Z".into(),
            coder: Name::new(coder),
            by: None,
            act: Name::new("test"),
            changes: changes.into(),
        });
        id
    }

    fn at<T>(&self, look: impl FnOnce(Ground<'_>) -> T) -> T {
        let coded = Coded::new(&self.corpus, &self.state);
        look(Ground { corpus: &self.corpus, state: &self.state, coded: &coded })
    }

    /// The places of "training" in all documents, whatever its capitals.
    fn hits(&self) -> Vec<(usize, Span)> {
        let mut out = Vec::new();
        for (at, document) in self.corpus.documents.iter().enumerate() {
            let small = document.text.as_str().to_lowercase();
            out.extend(
                small.match_indices("training").map(|(i, w)| (at, Span::new(i as u32, (i + w.len()) as u32))),
            );
        }
        out
    }

    fn offers(&self) -> Vec<Offer> {
        rule::offers(&self.corpus, self.hits(), Unit::Sentence)
    }

    fn decided(&self, whose: Option<&str>) -> String {
        let whose = whose.map(Name::new);
        self.at(|ground| {
            let code = ground.coded.codebook.position("a").unwrap();
            let about = About { ids: &[self.rule], code, whose: whose.as_ref() };
            let letter = |d: Decision| d.as_str().chars().next().unwrap();
            rule::decide(ground, about, &self.offers()).into_iter().map(letter).collect()
        })
    }

    fn tally(&self, whose: Option<&str>) -> rule::Tally {
        let whose = whose.map(Name::new);
        self.at(|ground| {
            let code = ground.coded.codebook.position("a").unwrap();
            let about = About { ids: &[self.rule], code, whose: whose.as_ref() };
            let offers = self.offers();
            rule::tally(ground, about, &offers, &rule::decide(ground, about, &offers))
        })
    }

    fn reject(&mut self, coder: &str, offer: usize) -> ActId {
        let change = self.at(|g| rule::rejecting(g, self.rule, code(g, "a"), &self.offers()[offer]).unwrap());
        self.take(coder, vec![change])
    }

    /// Saves the rule anew, as one for another code, or none.
    fn save_for(&mut self, coder: &str, code: Option<&str>) -> ActId {
        let saved = SearchSaved {
            search: Some(self.rule),
            code: Some(code.map(Name::new)),
            ..SearchSaved::default()
        };
        self.take(coder, vec![Change::SearchSaved(Box::new(saved))])
    }

    fn accept(&mut self, coder: &str, offer: usize) -> ThingId {
        let change = self.at(|g| {
            let code = g.coded.codebook.position("a").unwrap();
            rule::accepting(g, self.rule, code, &self.offers()[offer]).unwrap()
        });
        ThingId { act: self.take(coder, vec![change]), k: 1 }
    }

    fn code(&mut self, coder: &str, document: usize, span: Span, code: &str) -> ThingId {
        let d = &self.corpus.documents[document];
        let added = CodingAdded {
            anchor: Anchor::new(&d.id, &d.text, d.hash.unwrap(), span),
            code: Name::new(code),
            case: None,
            qualifiers: BTreeMap::new(),
            weight: None,
            note: None,
            definition: None,
            rule: None,
        };
        ThingId { act: self.take(coder, vec![Change::CodingAdded(Box::new(added))]), k: 1 }
    }

    fn done(&mut self, coder: &str, document: usize) {
        let d = &self.corpus.documents[document];
        let done = Done { document: Name::new(&d.id), text: d.hash.unwrap(), codes: vec![Name::new("b")] };
        self.take(coder, vec![Change::Done(Box::new(done))]);
    }

    /// Fixes a with what its rule offers.
    fn fix(&mut self, coder: &str) -> ActId {
        let fixed = CodeFixed { code: Name::new("a"), earlier: Name::new("offer"), searched: Vec::new() };
        let changes = self.at(|g| {
            let mut changes = vec![Change::CodeFixed(Box::new(fixed))];
            let first = rule::rules(g).into_iter().next().unwrap();
            let rules = [Proposed { rule: first, offers: self.offers() }];
            rule::offer_for_fixing(g, &mut changes, &rules);
            changes
        });
        self.take(coder, changes)
    }

    /// For which of the two documents a coder's reading holds for a.
    fn read(&self, coder: &str) -> [bool; 2] {
        self.at(|g| {
            let readings = Readings::new(g.corpus, g.state, g.coded);
            let code = g.coded.codebook.position("a").unwrap() as u32;
            [0, 1].map(|d| {
                let mark = readings.mark(d, coder);
                mark.is_some_and(|m| Readings::read_for(m, g.coded, |_| true).contains(&code))
            })
        })
    }

    /// Puts words at the beginning of the first document.
    fn revise(&mut self, start: u32, end: u32, put: &str) {
        let before = &self.corpus.documents[0];
        let removed = before.text.slice(Span::new(start, end)).to_owned();
        let chars: Vec<char> = before.text.as_str().chars().collect();
        let text: String = chars[..start as usize]
            .iter()
            .copied()
            .chain(put.chars())
            .chain(chars[end as usize..].iter().copied())
            .collect();
        let after = document("one", &text);
        let revised = TextRevised {
            document: Name::new("one"),
            from: before.hash.unwrap(),
            to: after.hash.unwrap(),
            edits: vec![Edit(start, end, removed, put.to_owned())],
        };
        let second = document("two", self.corpus.documents[1].text.as_str());
        self.corpus = Corpus::new(String::new(), vec![after, second], Vec::new());
        self.take("anna", vec![Change::TextRevised(Box::new(revised))]);
    }
}

#[test]
fn hits_become_disjoint_offers() {
    let world = World::new();
    let spans = |unit| -> Vec<(usize, u32, u32, usize)> {
        let all = rule::offers(&world.corpus, world.hits(), unit);
        all.iter().map(|o| (o.document, o.span.start, o.span.end, o.hits.len())).collect()
    };
    assert_eq!(spans(Unit::Match), [(0, 15, 23, 1), (0, 41, 49, 1), (1, 21, 29, 1), (1, 47, 55, 1)]);
    assert_eq!(spans(Unit::Sentence), [(0, 15, 32, 1), (0, 33, 50, 1), (1, 21, 38, 1), (1, 39, 56, 1)]);
    assert_eq!(spans(Unit::Turn), [(0, 0, 59, 2), (1, 0, 65, 2)]);
    let twice = [(0, Span::new(15, 23)), (0, Span::new(15, 26)), (0, Span::new(24, 26))];
    let all = rule::offers(&world.corpus, twice, Unit::Match);
    assert_eq!((all.len(), all[0].span, all[0].hits.len()), (1, Span::new(15, 26), 3));
}

#[test]
fn every_coder_decides_for_themselves_and_all_can_be_taken_back() {
    let mut world = World::new();
    assert_eq!(world.decided(Some("anna")), "oooo");
    let rejected = world.reject("anna", 0);
    let accepted = world.accept("anna", 1);
    world.code("anna", 1, Span::new(30, 34), "a1");
    world.code("anna", 1, Span::new(39, 56), "b");
    assert_eq!(world.decided(Some("anna")), "raco");
    assert_eq!(world.decided(Some("bram")), "oooo");
    assert_eq!(world.decided(None), "raco");
    let tally = world.tally(Some("anna"));
    assert_eq!((tally.offered(), tally.accepted, tally.rejected, tally.open, tally.coded), (3, 1, 1, 1, 1));
    assert_eq!(tally.precision(), Some(0.5));
    // Passages of a: [33, 50) in one and [30, 34) in two; the rule finds both.
    assert_eq!((tally.passages, tally.found), (2, 2));
    world.code("anna", 0, Span::new(0, 8), "a");
    let tally = world.tally(Some("anna"));
    assert_eq!((tally.passages, tally.found, tally.recall()), (3, 2, Some(2.0 / 3.0)));
    assert_eq!(world.tally(Some("bram")).recall(), None);
    // Undoing the rejection, and removing what was accepted, opens both again.
    world.take("anna", vec![Change::Undone(Box::new(OfAct { act: rejected }))]);
    world.take("anna", vec![Change::CodingRemoved(Box::new(OfCoding { coding: accepted }))]);
    assert_eq!(world.decided(Some("anna")), "ooco");
    // What is brought back is open, until it is rejected again.
    world.reject("anna", 0);
    let back = world.at(|g| rule::offering(g, world.rule, code(g, "a"), &world.offers()[0]).unwrap());
    world.take("bram", vec![back.clone()]);
    assert_eq!(world.decided(Some("anna")), "roco", "bram brings back nothing of anna's");
    world.take("anna", vec![back]);
    assert_eq!(world.decided(Some("anna")), "ooco");
    world.reject("anna", 0);
    assert_eq!(world.decided(Some("anna")), "roco");
}

#[test]
fn what_was_decided_counts_also_where_the_query_finds_it_no_more() {
    let mut world = World::new();
    world.accept("anna", 0);
    world.accept("anna", 1);
    world.reject("anna", 2);
    let name = Name::new("anna");
    // As after "training -code:a": only what is not coded is found.
    let offers = world.offers().split_off(2);
    let tally = world.at(|ground| {
        let code = ground.coded.codebook.position("a").unwrap();
        let about = About { ids: &[world.rule], code, whose: Some(&name) };
        rule::tally(ground, about, &offers, &rule::decide(ground, about, &offers))
    });
    assert_eq!((tally.accepted, tally.rejected, tally.open, tally.coded), (2, 1, 1, 0));
    // Which of the passages the rule finds is told by its query as it is now.
    assert_eq!((tally.passages, tally.found), (2, 0));
    let tally = world.at(|ground| {
        let code = ground.coded.codebook.position("a").unwrap();
        let about = About { ids: &[world.rule], code, whose: Some(&name) };
        rule::tally(ground, about, &[], &[])
    });
    assert_eq!((tally.accepted, tally.rejected, tally.open), (2, 1, 0));
}

#[test]
fn a_proposal_that_got_another_code_was_wrong() {
    let mut world = World::new();
    let coding = world.accept("anna", 0);
    let to = |code: &str| {
        let changed = CodingChanged { code: Some(Name::new(code)), ..CodingChanged::of(coding) };
        vec![Change::CodingChanged(Box::new(changed))]
    };
    world.take("anna", to("a1"));
    assert_eq!(world.decided(Some("anna")), "aooo", "a code below it is right");
    world.take("anna", to("b"));
    assert_eq!(world.decided(Some("anna")), "rooo");
}

#[test]
fn a_revision_shifts_rejections_and_what_was_found() {
    let mut world = World::new();
    world.reject("anna", 0);
    world.accept("anna", 1);
    let hits = world.hits();
    let run = Run::of(&world.corpus, &hits, 0);
    assert_eq!((run.hits, run.documents), (4, 2));
    let new = |w: &World| w.at(|g| run.new_since(g.corpus, &g.coded.documents, &w.hits()));
    assert_eq!(new(&world), [false; 4]);
    world.revise(0, 0, "Training? ");
    assert_eq!(world.decided(Some("anna")), "oraoo");
    assert_eq!(new(&world), [true, false, false, false, false]);
    // A rejected passage that is itself edited is offered anew; its hit is new where it was edited.
    world.revise(34, 36, "was");
    assert_eq!(world.offers()[1].span, Span::new(25, 43));
    assert_eq!(world.decided(Some("anna")), "ooaoo");
    assert_eq!(new(&world), [true, false, false, false, false], "the word itself was not edited");
}

#[test]
fn a_fixed_code_reopens_only_where_hits_are_open() {
    let mut world = World::new();
    for coder in ["anna", "bram"] {
        world.done(coder, 0);
        world.done(coder, 1);
    }
    world.reject("anna", 0);
    world.accept("anna", 1);
    assert_eq!(world.read("anna"), [false, false], "provisional codes are not read for");
    let fixed = world.fix("anna");
    assert_eq!(world.read("anna"), [true, false]);
    assert_eq!(world.read("bram"), [false, false]);
    world.code("anna", 1, Span::new(21, 29), "a1");
    assert_eq!(world.read("anna"), [true, false]);
    let last = world.reject("anna", 3);
    assert_eq!(world.read("anna"), [true, true]);
    assert_eq!(world.read("bram"), [false, false]);
    world.take("anna", vec![Change::Undone(Box::new(OfAct { act: last }))]);
    assert_eq!(world.read("anna"), [true, false]);
    world.take("anna", vec![Change::Redone(Box::new(OfAct { act: last }))]);
    // A document that was not there to be searched is reopened, and one without hits is not.
    let searched = world.state.act(fixed).unwrap().changes.iter().find_map(|c| match c {
        Change::CodeFixed(c) => Some(c.searched.len()),
        _ => None,
    });
    assert_eq!(searched, Some(2));
    world.take("anna", vec![Change::Undone(Box::new(OfAct { act: fixed }))]);
    assert_eq!(world.read("anna"), [false, false]);
}

#[test]
fn a_document_without_hits_keeps_its_reading_and_one_that_was_not_searched_does_not() {
    let mut world = World::new();
    world.done("anna", 0);
    world.done("anna", 1);
    let one = &world.corpus.documents[0];
    let searched = vec![Searched { document: Name::new("one"), text: one.hash.unwrap() }];
    let fixed = CodeFixed { code: Name::new("a"), earlier: Name::new("offer"), searched };
    world.take("anna", vec![Change::CodeFixed(Box::new(fixed))]);
    assert_eq!(world.read("anna"), [true, false]);
}

#[test]
fn an_offer_that_cannot_be_placed_keeps_the_document_open() {
    let mut world = World::new();
    world.done("anna", 0);
    world.reject("anna", 1);
    world.fix("anna");
    assert_eq!(world.read("anna"), [false, false]);
    world.reject("anna", 0);
    assert_eq!(world.read("anna"), [true, false]);
    // The offered sentence itself is edited: nobody decided about what stands there now.
    world.revise(27, 31, "bad");
    assert_eq!(world.read("anna"), [false, false]);
}

#[test]
fn blind_coders_see_offers_of_fixed_codes_and_nothing_that_others_decided() {
    let mut world = World::new();
    world.done("anna", 0);
    world.done("anna", 1);
    world.accept("bram", 0);
    world.reject("bram", 1);
    let mut run = SearchSaved { search: Some(world.rule), ..SearchSaved::default() };
    run.run = Some(Run { hits: 4, ..Run::default() });
    world.take("bram", vec![Change::SearchSaved(Box::new(run))]);
    // A rule that bram made while coding.
    let saved = SearchSaved { name: Some("x".to_owned()), ..SearchSaved::default() };
    let anchor = Anchor::new(
        "one",
        &world.corpus.documents[0].text,
        world.corpus.documents[0].hash.unwrap(),
        Span::new(0, 2),
    );
    let rejected = HitRejected { rule: own(1), anchor: anchor.clone(), of: None, hits: Vec::new() };
    let passing = world
        .take("bram", vec![Change::HitRejected(Box::new(rejected)), Change::SearchSaved(Box::new(saved))]);
    let offered = HitOffered { rule: world.rule, anchor, code: None, of: None, hits: Vec::new() };
    world.take("bram", vec![Change::HitOffered(Box::new(offered))]);
    world.fix("bram");
    let blind = Blind { coder: Name::new("anna"), documents: Vec::new() };
    world.take("anna", vec![Change::BlindOn(Box::new(blind))]);
    assert_eq!(world.decided(None), "aroo");
    let seen = world.state.seen_by(&Name::new("anna")).unwrap();
    world.state = seen;
    assert_eq!(world.decided(None), "oooo");
    assert_eq!(world.read("anna"), [false, false], "the offers ask her too");
    let searches: Vec<_> = world.state.searches().map(|s| (s.id, s.run.is_some())).collect();
    assert_eq!(searches, [(world.rule, false)]);
    assert!(world.state.act(passing).is_none());
}

#[test]
fn kinds_that_were_only_kept_before_stop_no_table_and_no_reading() {
    let line = |change: &str| {
        let line = format!(
            r#"{{"v":1,"id":"01890000-0000-7000-8000-000000000000","n":1,"at":"","coder":"anna","act":"x","changes":[{change}]}}"#
        );
        let read = model::journal::read("x", line.as_bytes(), true);
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        let state = State::of(read.acts.iter().map(|l| std::sync::Arc::clone(&l.act)));
        assert!(state.blocking_kinds().is_empty());
        // What is written again says what was read.
        let again = model::journal::line(&read.acts[0].act).unwrap();
        let value = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
        assert_eq!(value(&again), value(line.as_bytes()));
        state
    };
    assert_eq!(line(r#"{"kind":"hit-rejected","rule":"mine","at":12}"#).searches().count(), 0);
    assert_eq!(line(r#"{"kind":"search-saved","name":7}"#).searches().count(), 0);
    assert_eq!(line(r#"{"kind":"search-saved","name":"x","query":"y"}"#).searches().count(), 1);
}

/// What became of the hits of the first document when they are widened so, by the rule of all ids.
fn decided_by(world: &World, unit: Unit) -> String {
    world.at(|ground| {
        let code = ground.coded.codebook.position("a").unwrap();
        let hits = world.hits().into_iter().filter(|(document, _)| *document == 0);
        let offers = rule::offers(&world.corpus, hits, unit);
        let about = About { ids: &[world.rule], code, whose: None };
        let letter = |d: Decision| d.as_str().chars().next().unwrap();
        rule::decide(ground, about, &offers).into_iter().map(letter).collect()
    })
}

#[test]
fn a_rejection_is_about_the_hits_that_were_looked_at() {
    let mut world = World::new();
    let first = world.reject("anna", 0);
    let by_unit = |world: &World| {
        [Unit::Match, Unit::Sentence, Unit::Turn].map(|unit| decided_by(world, unit)).join(" ")
    };
    assert_eq!(by_unit(&world), "ro ro o", "the turn has a hit that nobody looked at");
    world.reject("bram", 1);
    assert_eq!(by_unit(&world), "rr rr r", "what is left was rejected by others");
    // In a journal that does not tell hits, the passage stands for all hits in it, and for no others.
    world.take("anna", vec![Change::Undone(Box::new(OfAct { act: first }))]);
    assert_eq!(by_unit(&world), "or or o");
    let mut change = world.at(|g| rule::rejecting(g, world.rule, code(g, "a"), &world.offers()[0]).unwrap());
    if let Change::HitRejected(rejected) = &mut change {
        assert_eq!(rejected.hits, [15, 23]);
        rejected.hits.clear();
    }
    world.take("anna", vec![change]);
    assert_eq!(by_unit(&world), "rr rr r");
    // A word within a hit that was rejected was looked at; more words than it were not.
    let longer =
        Offer { document: 0, span: Span::new(15, 32), hits: [Span::new(12, 23)].into_iter().collect() };
    let shorter =
        Offer { document: 0, span: Span::new(33, 50), hits: [Span::new(41, 45)].into_iter().collect() };
    let got = world.at(|ground| {
        let code = ground.coded.codebook.position("a").unwrap();
        rule::decide(ground, About { ids: &[world.rule], code, whose: None }, &[longer, shorter])
    });
    // The first reaches out of its passage, of which all was rejected.
    assert_eq!(got, [Decision::Rejected, Decision::Rejected]);
}

#[test]
fn hits_of_a_rejection_move_with_their_text() {
    let mut world = World::new();
    world.reject("anna", 0);
    world.revise(0, 0, "Well then. ");
    assert_eq!(decided_by(&world, Unit::Match), "ro");
    assert_eq!(decided_by(&world, Unit::Turn), "o");
    world.reject("anna", 1);
    assert_eq!(decided_by(&world, Unit::Turn), "r");
}

impl World {
    /// Saves the words of the rule once more.
    fn save_again(&mut self, coder: &str) -> ThingId {
        let saved = SearchSaved {
            name: Some("Training".to_owned()),
            query: Some("training ".to_owned()),
            code: Some(Some(Name::new("a"))),
            unit: Some(Some(Name::new("sentence"))),
            ..SearchSaved::default()
        };
        ThingId { act: self.take(coder, vec![Change::SearchSaved(Box::new(saved))]), k: 1 }
    }

    /// The ids of each rule that is kept, and of these words, kept or not.
    fn known(&self, query: &str) -> (Vec<Vec<ThingId>>, Vec<ThingId>) {
        self.at(|g| {
            let code = g.coded.codebook.position("a").unwrap();
            let kept = Kept { id: None, name: "", query, code, unit: Unit::Sentence, stem: false };
            (rule::rules(g).into_iter().map(|r| r.ids).collect(), kept.wording(g).ids(g))
        })
    }
}

#[test]
fn the_same_words_are_the_same_rule_whatever_became_of_it() {
    let mut world = World::new();
    let first = world.rule;
    let second = world.save_again("bram");
    let both = vec![first, second];
    assert_eq!(world.known("training"), (vec![both.clone()], both.clone()));
    let names = world.at(|g| rule::listed(g).iter().map(|l| (l.search.id, l.ids.len())).collect::<Vec<_>>());
    assert_eq!(names, [(first, 2)], "one name, in any case");
    // Undone, without its code or removed: what was decided under it counts all the same.
    world.take("anna", vec![Change::Undone(Box::new(OfAct { act: first.act }))]);
    assert_eq!(world.known("training"), (vec![both.clone()], both.clone()));
    let mut bare =
        SearchSaved { search: Some(second), query: Some("other".to_owned()), ..SearchSaved::default() };
    bare.code = Some(None);
    let stripped = world.take("bram", vec![Change::SearchSaved(Box::new(bare))]);
    assert_eq!(world.known("training"), (vec![], both.clone()));
    assert_eq!(world.known("other"), (vec![], vec![]));
    world.take("bram", vec![Change::Undone(Box::new(OfAct { act: stripped }))]);
    let removed = model::saved::OfSearch { search: second };
    world.take("bram", vec![Change::SearchRemoved(Box::new(removed))]);
    assert_eq!(world.known("training"), (vec![], both));
    let third = world.save_again("anna");
    assert_eq!(world.known("training").0, [[first, second, third]]);
    // One that looks for something else from now on takes its decisions along.
    let edited =
        SearchSaved { search: Some(third), query: Some("other".to_owned()), ..SearchSaved::default() };
    world.take("anna", vec![Change::SearchSaved(Box::new(edited))]);
    assert_eq!(world.known("training"), (vec![vec![third]], vec![first, second]));
    assert_eq!(world.known("other").1, [third]);
}

#[test]
fn a_rule_that_is_saved_in_passing_is_parted_and_hidden_from_the_blind() {
    let mut world = World::new();
    let drafted = world.at(|g| {
        let code = g.coded.codebook.position("a").unwrap();
        let kept = Kept { id: None, name: "training", query: "x", code, unit: Unit::Match, stem: false };
        rule::decided(g, kept, &[&world.offers()[0]], &[&world.offers()[1]], &[])
    });
    let (first, rest) = model::saved::parted(drafted);
    assert!(matches!(&first[..], [Change::SearchSaved(s)] if s.name.as_deref() == Some("training 2")));
    assert!(matches!(&rest[..], [Change::CodingAdded(_), Change::HitRejected(h)] if h.rule == own(1)));
    world.take("bram", first);
    let blind = Blind { coder: Name::new("anna"), documents: Vec::new() };
    world.take("anna", vec![Change::BlindOn(Box::new(blind))]);
    let seen = world.state.seen_by(&Name::new("anna")).unwrap();
    assert_eq!(seen.searches().map(|s| s.id).collect::<Vec<_>>(), [world.rule]);
}

fn code(ground: Ground<'_>, id: &str) -> usize {
    ground.coded.codebook.position(id).unwrap()
}

/// What became of the offers of the rule, were it one for this code.
fn decided_of(world: &World, of: &str) -> String {
    world.at(|ground| {
        let about = About { ids: &[world.rule], code: code(ground, of), whose: None };
        let letter = |d: Decision| d.as_str().chars().next().unwrap();
        rule::decide(ground, about, &world.offers()).into_iter().map(letter).collect()
    })
}

/// The first of these.
fn begins(world: &World, of: &str, n: usize) -> String {
    decided_of(world, of).chars().take(n).collect()
}

/// What was decided holds for the code that the rule had, whatever it becomes: a colleague who made it one
/// for another code, before or after, changes nobody's meaning.
#[test]
fn decisions_hold_for_the_code_that_the_rule_had() {
    let mut world = World::new();
    let offers = world.offers().len();
    let open = |world: &World, of: &str| decided_of(world, of).chars().filter(|d| *d == 'o').count();
    assert_eq!((open(&world, "a"), open(&world, "b")), (offers, offers));
    world.reject("anna", 0);
    world.accept("anna", 1);
    assert_eq!(open(&world, "b"), offers, "nothing was said of b");
    let named = |world: &World, of: &str| {
        world.at(|g| {
            rule::decided_for_another(g, "training", code(g, of)).map(|(other, n)| (other == code(g, "a"), n))
        })
    };
    assert_eq!(named(&world, "b"), Some((true, 2)));
    world.save_for("bram", None);
    assert_eq!(named(&world, "b"), Some((true, 2)), "taking the code away first does not help");
    world.save_for("bram", Some("b"));
    assert_eq!((begins(&world, "a", 2), open(&world, "b")), ("ra".to_owned(), offers));
    // Under the words that it had for a, it is found again.
    let (kept, ids) = world.at(|g| {
        let kept = Kept {
            id: None,
            name: "",
            query: "training",
            code: code(g, "a"),
            unit: Unit::Sentence,
            stem: false,
        };
        (kept.known(g), kept.wording(g).ids(g))
    });
    assert_eq!((kept, ids), (None, vec![world.rule]));
}

/// A line that does not tell of which code it is means the one that the rule had by then.
#[test]
fn a_rejection_without_its_code_is_of_the_one_that_the_rule_had() {
    let mut world = World::new();
    let anchor = world.at(|g| rule::anchor(g, &world.offers()[0]).unwrap());
    let rejected = HitRejected { rule: world.rule, anchor, of: None, hits: Vec::new() };
    world.take("anna", vec![Change::HitRejected(Box::new(rejected))]);
    world.save_for("bram", Some("b"));
    assert_eq!([begins(&world, "a", 1), begins(&world, "b", 1)], ["r", "o"]);
}

/// What a rule of the code above proposed and somebody accepted there is not rejected for the one below.
#[test]
fn accepting_for_the_code_above_rejects_nothing_below() {
    let mut world = World::new();
    let below = SearchSaved {
        name: Some("below".to_owned()),
        query: Some("training".to_owned()),
        code: Some(Some(Name::new("a1"))),
        unit: Some(Some(Name::new("sentence"))),
        ..SearchSaved::default()
    };
    world.take("anna", vec![Change::SearchSaved(Box::new(below))]);
    let missed = |world: &World, of: &str| -> Vec<Decision> {
        world.at(|g| {
            let asked = code(g, of);
            let tree = g.coded.codebook.subtree(asked);
            let own = rule::rules(g).into_iter().filter(|rule| tree.contains(&rule.code));
            let proposed: Vec<Proposed<'_>> =
                own.map(|rule| Proposed { rule, offers: world.offers() }).collect();
            rule::missed(g, asked, &proposed).iter().map(|m| m.decision).collect()
        })
    };
    let all = missed(&world, "a1");
    assert!(all.iter().all(|d| *d == Decision::Open));
    world.accept("anna", 0);
    assert_eq!(missed(&world, "a1"), all);
    assert_eq!(missed(&world, "a").len(), all.len() - 1);
    // What is no a is no a1 either.
    world.reject("anna", 1);
    assert_eq!(missed(&world, "a1")[1], Decision::Rejected);
}
