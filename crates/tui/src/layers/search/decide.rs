//! Deciding: hits are accepted and rejected, searches saved, and codes fixed with what their rules find.

use index::Query;
use model::act::{Change, OfAct};
use model::id::ThingId;
use model::name::Name;
use model::rule::{self, Decision, Kept, Offer, Proposed};
use model::saved::{Run, SearchSaved};
use model::unit::Unit;

use super::find::{ground, kept, places, places_seen};
use super::{Row, Search};
use crate::app::{App, Effect};
use crate::desk::Desk;
use crate::strings::finding as words;
use crate::strings::language::Text;

impl Search {
    /// Accepts or rejects the hit at hand, and goes on to the next one that is open. What was rejected is
    /// offered again by rejecting it once more.
    pub(super) fn decide(&mut self, app: &mut App, as_what: Decision) -> Vec<Effect> {
        let Some(desk) = &app.desk else { return Vec::new() };
        let Some(Row { offer: Some((offer, decision)), rule, .. }) = self.rows.get(self.at) else {
            app.say(self.what_first());
            return Vec::new();
        };
        let (accept, reject, back): (&[&Offer], &[&Offer], &[&Offer]) = match (as_what, decision) {
            (Decision::Accepted, Decision::Open | Decision::Rejected) => (&[offer], &[], &[]),
            (_, Decision::Open) => (&[], &[offer], &[]),
            (_, Decision::Rejected) => (&[], &[], &[offer]),
            (_, Decision::Accepted | Decision::Coded) => {
                app.say(words::CODED_ALREADY);
                return Vec::new();
            }
        };
        let changes = self.changes(desk, *rule, accept, reject, back);
        if changes.is_empty() {
            app.warn(crate::strings::work::CHANGED_BY_HAND);
            return Vec::new();
        }
        let next = (self.at + 1..self.rows.len())
            .chain(0..self.at)
            .find(|i| matches!(self.rows[*i].offer, Some((_, Decision::Open))));
        self.at = next.unwrap_or(self.at);
        self.peek(app);
        vec![Effect::Append { act: "autocode", changes }]
    }

    /// What must be done before hits can be decided about.
    fn what_first(&self) -> Text {
        if self.rule.is_some() && self.said.is_some() { words::QUERY_FIRST } else { words::CODE_FIRST }
    }

    /// Accepts everything that is open, as one act.
    pub(super) fn accept_all(&mut self, app: &mut App) -> Vec<Effect> {
        let Some(desk) = &app.desk else { return Vec::new() };
        if self.rule.is_none() || self.said.is_some() {
            app.say(self.what_first());
            return Vec::new();
        }
        let open: Vec<&Offer> = self
            .rows
            .iter()
            .filter_map(|r| r.offer.as_ref().filter(|(_, d)| *d == Decision::Open).map(|(o, _)| o))
            .collect();
        let changes = self.changes(desk, None, &open, &[], &[]);
        let n = open.len();
        if changes.is_empty() {
            app.say(words::NOTHING_OPEN);
            return Vec::new();
        }
        app.say(words::accepted(n));
        vec![Effect::Append { act: "autocode", changes }]
    }

    /// Undoes everything that was decided since the search was opened, as one act.
    pub(super) fn take_back(&self, app: &mut App) -> Vec<Effect> {
        let Some(desk) = &app.desk else { return Vec::new() };
        let of_hits = |c: &Change| {
            matches!(c, Change::HitRejected(_) | Change::HitOffered(_))
                || matches!(c, Change::CodingAdded(c) if c.rule.is_some())
        };
        let acts = desk.state.acts().iter().filter(|a| {
            a.id > self.since
                && desk.is_own_act(a)
                && desk.state.is_live(a.id)
                && a.changes.iter().any(of_hits)
        });
        let mut decisions = 0;
        let mut changes: Vec<Change> = Vec::new();
        for act in acts {
            decisions += act.changes.iter().filter(|change| of_hits(change)).count();
            changes.push(Change::Undone(Box::new(OfAct { act: act.id })));
        }
        if changes.is_empty() {
            app.say(words::NOTHING_DECIDED);
            return Vec::new();
        }
        app.say(words::taken_back(decisions));
        vec![Effect::Append { act: "undo", changes }]
    }

    /// What decides about offers of the rule at hand, or of another one.
    pub(super) fn changes(
        &self,
        desk: &Desk,
        rule: Option<ThingId>,
        accept: &[&Offer],
        reject: &[&Offer],
        back: &[&Offer],
    ) -> Vec<Change> {
        let ground = ground(desk);
        if let Some(search) = rule.and_then(|id| desk.state.search(id)) {
            let unit = search.unit.and_then(|u| Unit::parse(u)).unwrap_or(Unit::Match);
            let Some(code) = search.code.and_then(|c| desk.coded.codebook.resolve(c)) else {
                return Vec::new();
            };
            let kept = Kept { id: rule, stem: search.stem, ..kept(search.query, search.name, code, unit) };
            return rule::decided(ground, kept, accept, reject, back);
        }
        let Some((code, unit)) = self.rule_at(desk) else { return Vec::new() };
        let query = self.line.text().trim();
        let name = format!("{}: {query} ({})", desk.coded.codebook.codes[code].id, unit.as_str());
        let kept = Kept { id: self.known(desk), ..kept(query, &name, code, unit) };
        rule::decided(ground, kept, accept, reject, back)
    }

    /// Saves the query under a name, with what it finds now.
    pub(super) fn keep(&self, app: &App, desk: &Desk, name: &str) -> Option<Effect> {
        let text = self.line.text().trim();
        let query = Query::parse(text).ok()?;
        let found = places(app, desk, &query, false).ok()?;
        let known = desk.state.searches().find(|s| s.name == name).map(|s| s.id);
        let run = Run::of(&desk.corpus, &found, self.spread.cases);
        let saved = SearchSaved {
            search: known,
            name: Some(name.to_owned()),
            query: Some(text.to_owned()),
            code: Some(self.rule.as_ref().map(|r| r.code.clone())),
            unit: Some(self.rule.as_ref().map(|r| Name::new(r.unit.as_str()))),
            stem: Some(false),
            run: Some(run),
        };
        Some(Effect::Append { act: "search", changes: vec![Change::SearchSaved(Box::new(saved))] })
    }
}

/// Completes changes that fix codes with `offer`: every hit of the rules of each code is offered, whoever
/// coded what. A code that has a rule which cannot be read is read for again.
pub fn offer_for_fixing(app: &App, desk: &Desk, changes: &mut Vec<Change>) {
    let book = &desk.coded.codebook;
    let mut bare = desk.coded.clone();
    bare.placed.clear();
    let mut rules: Vec<Proposed> = Vec::new();
    let mut unread: Vec<usize> = Vec::new();
    for search in desk.state.searches() {
        let Some(code) = search.code.and_then(|c| book.resolve(c)) else { continue };
        let unit = search.unit.and_then(|u| Unit::parse(u)).unwrap_or(Unit::Match);
        // What a query such as `course* -code:training` leaves out because somebody coded it is asked of
        // the others all the same.
        let found = Query::parse(search.query).and_then(|query| {
            let mut all = places(app, desk, &query, search.stem)?;
            all.extend(places_seen(app, desk, &bare, &query, search.stem)?);
            Ok(all)
        });
        match found {
            Ok(all) => {
                rules.push(Proposed { rule: search.id, code, offers: rule::offers(&desk.corpus, all, unit) });
            }
            Err(_) => unread.push(code),
        }
    }
    rules.retain(|rule| !unread.iter().any(|at| book.subtree(book.top(*at)).contains(&rule.code)));
    rule::offer_for_fixing(ground(desk), changes, &rules);
}
