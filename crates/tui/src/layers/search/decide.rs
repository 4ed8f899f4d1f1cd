//! Deciding: hits are accepted and rejected, searches saved, and codes fixed with what their rules find.

use index::Query;
use model::act::{Change, OfAct};
use model::id::ThingId;
use model::name::Name;
use model::rule::{self, About, Decision, Kept, Offer, Proposed};
use model::saved::{Run, SearchSaved, own};

use super::find::{ground, places, places_seen};
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
        let Some(Row { offer: Some((offer, decision)), missed, .. }) = self.rows.get(self.at) else {
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
        if let (None, [back]) = (missed, back)
            && let Some(code) = self.recoded(desk, back)
        {
            app.say(words::has_another(desk.label(code)));
            return Vec::new();
        }
        if as_what == Decision::Accepted && self.is_retired(desk) {
            app.say(words::RETIRED);
            return Vec::new();
        }
        let changes = match missed {
            Some(missed) if as_what == Decision::Accepted => {
                rule::accepting_missed(ground(desk), missed).into_iter().collect()
            }
            Some(missed) => rule::rejecting_missed(ground(desk), missed),
            None => self.changes(desk, accept, reject, back),
        };
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

    /// The own coding for which a hit is accepted or coded: what is meant where the reader goes to take it
    /// off. Of several the one that the rule proposed, then the shortest.
    pub(super) fn coding_at(&self, app: &App, row: &Row) -> Option<ThingId> {
        let desk = app.desk.as_ref()?;
        let (offer, decision) = row.offer.as_ref()?;
        let (code, _) = self.rule_at(desk)?;
        let (tree, ids) = (desk.coded.codebook.subtree(code), self.ids(desk));
        let me = desk.coder.as_ref()?;
        let own = desk.coded.in_document(offer.document).iter().filter(|placed| {
            let of_code = tree.contains(&(placed.code as usize)) && placed.span.overlaps(offer.span);
            of_code && desk.coded.coder(placed) == me
        });
        let proposed =
            |id: ThingId| desk.state.coding(id).and_then(|c| c.rule).is_some_and(|r| ids.contains(&r));
        let first = own.min_by_key(|placed| (!proposed(placed.id), placed.span.end - placed.span.start));
        first.map(|placed| placed.id).filter(|_| matches!(decision, Decision::Accepted | Decision::Coded))
    }

    /// Whether the code at hand takes no new codings any more: somebody may have retired it meanwhile.
    fn is_retired(&self, desk: &Desk) -> bool {
        let book = &desk.coded.codebook;
        let missed = self.missed.as_ref().and_then(|code| book.resolve(code));
        let code = self.rule_at(desk).map(|(code, _)| code).or(missed);
        code.and_then(|code| book.codes.get(code)).is_some_and(|code| code.retired)
    }

    /// The code that a rejected offer has got since it was accepted.
    fn recoded(&self, desk: &Desk, offer: &Offer) -> Option<usize> {
        let (kept, ids) = (self.kept(desk)?, self.ids(desk));
        let about = About { ids: &ids, code: kept.code, whose: desk.coder.as_ref() };
        rule::recoded(ground(desk), about, offer)
    }

    /// What must be done before hits can be decided about.
    fn what_first(&self) -> Text {
        match &self.missed {
            Some(_) if self.queries.is_empty() => words::NO_RULE,
            None if self.rule.is_none() => words::CODE_FIRST,
            None if self.said.is_some() => words::QUERY_FIRST,
            _ => words::NOTHING_OPEN,
        }
    }

    /// Accepts everything that is open, as one act.
    pub(super) fn accept_all(&mut self, app: &mut App) -> Vec<Effect> {
        let Some(desk) = &app.desk else { return Vec::new() };
        if self.rule.is_none() || self.said.is_some() {
            app.say(self.what_first());
            return Vec::new();
        }
        if self.is_retired(desk) {
            app.say(words::RETIRED);
            return Vec::new();
        }
        let open: Vec<&Offer> = self
            .rows
            .iter()
            .filter_map(|r| r.offer.as_ref().filter(|(_, d)| *d == Decision::Open).map(|(o, _)| o))
            .collect();
        let changes = self.changes(desk, &open, &[], &[]);
        let n = rule::passages_of(&changes);
        if changes.is_empty() {
            app.say(words::NOTHING_OPEN);
            return Vec::new();
        }
        app.say(words::accepted(n));
        vec![Effect::Append { act: "autocode", changes }]
    }

    /// Undoes what was decided about the hits at hand in this search on this screen, as one act.
    pub(super) fn take_back(&self, app: &mut App) -> Vec<Effect> {
        let Some(desk) = &app.desk else { return Vec::new() };
        let ids = self.ids(desk);
        let of_hits = |c: &Change| match c {
            Change::HitRejected(h) => ids.contains(&h.rule),
            Change::HitOffered(h) => ids.contains(&h.rule),
            Change::CodingAdded(c) => c.rule.is_some_and(|rule| ids.contains(&rule)),
            _ => false,
        };
        let written = self.written.iter().filter(|id| desk.state.is_live(**id));
        let acts = written.filter_map(|id| desk.state.act(*id)).filter(|a| a.changes.iter().any(of_hits));
        let mut decisions = 0;
        let mut changes: Vec<Change> = Vec::new();
        for act in acts {
            decisions += rule::passages_of(act.changes.iter().filter(|change| of_hits(change)));
            changes.push(Change::Undone(Box::new(OfAct { act: act.id })));
        }
        if changes.is_empty() {
            app.say(words::NOTHING_DECIDED);
            return Vec::new();
        }
        app.say(words::taken_back(decisions));
        vec![Effect::Append { act: "undo", changes }]
    }

    /// The ids of the rule at hand, or of those whose missed passages are listed.
    fn ids(&self, desk: &Desk) -> Vec<ThingId> {
        let ground = ground(desk);
        let Some(code) = &self.missed else {
            return self.kept(desk).map(|kept| kept.wording(ground).ids(ground)).unwrap_or_default();
        };
        let book = &desk.coded.codebook;
        let tree = book.position(code).map(|at| book.subtree(at)).unwrap_or_default();
        let rules = rule::rules(ground).into_iter().filter(|rule| tree.contains(&rule.code));
        rules.flat_map(|rule| rule.ids).collect()
    }

    /// What decides about offers of the rule at hand.
    fn changes(&self, desk: &Desk, accept: &[&Offer], reject: &[&Offer], back: &[&Offer]) -> Vec<Change> {
        let ground = ground(desk);
        let Some(kept) = self.kept(desk) else { return Vec::new() };
        let code = &desk.coded.codebook.codes[kept.code].id;
        let name = format!("{code}: {} ({})", kept.query, kept.unit.as_str());
        rule::decided(ground, Kept { id: kept.known(ground), name: &name, ..kept }, accept, reject, back)
    }

    /// Saves the query under a name, with what it finds now; a search of that name, in any case, is
    /// changed.
    pub(super) fn keep(
        &self,
        app: &App,
        desk: &Desk,
        name: &str,
    ) -> Result<Option<(Effect, String)>, String> {
        let text = self.line.text().trim();
        let Ok(query) = Query::parse(text) else { return Ok(None) };
        let Ok(found) = places(app, desk, &query, self.stem) else { return Ok(None) };
        let named = rule::named(ground(desk), name);
        if named.len() > 1 {
            return Err(words::several_called(named.len(), name));
        }
        let code = self.rule_at(desk).map(|(code, _)| code);
        if let Some((other, n)) = code.and_then(|code| rule::decided_for_another(ground(desk), name, code)) {
            return Err(words::rule_of_another(name, desk.label(other), n));
        }
        let said = words::kept(name, found.len(), named.first().map(|listed| listed.search.query));
        let lost = named.first().filter(|_| code.is_none()).and_then(|listed| {
            let other = listed.search.code.and_then(|c| desk.coded.codebook.resolve(c))?;
            let decided = rule::decisions(ground(desk), &listed.ids, other);
            Some(words::no_rule_any_more(desk.label(other), decided))
        });
        let said = [Some(said), lost].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let ids: Vec<ThingId> = named.into_iter().flat_map(|listed| listed.ids).collect();
        let run = SearchSaved {
            search: Some(ids.first().copied().unwrap_or(own(1))),
            run: Some(Run::of(&desk.corpus, &found, self.spread.cases)),
            ..SearchSaved::default()
        };
        let saved = |search: Option<ThingId>| {
            Change::SearchSaved(Box::new(SearchSaved {
                search,
                name: Some(name.to_owned()),
                query: Some(text.to_owned()),
                code: Some(self.rule.as_ref().map(|r| r.code.clone())),
                unit: Some(self.rule.as_ref().map(|r| Name::new(r.unit.as_str()))),
                stem: Some(self.stem),
                run: None,
                passing: false,
            }))
        };
        let mut changes: Vec<Change> = if ids.is_empty() {
            vec![saved(None)]
        } else {
            ids.into_iter().map(|id| saved(Some(id))).collect()
        };
        // What it found is hidden where somebody reads blind, the search is not.
        changes.push(Change::SearchSaved(Box::new(run)));
        Ok(Some((Effect::Append { act: "search", changes }, said)))
    }
}

/// Completes changes that fix codes with `offer`: every hit of the rules of each code is offered, whoever
/// coded what. A code that has a rule which cannot be read is read for again.
pub fn offer_for_fixing(app: &App, desk: &Desk, changes: &mut Vec<Change>) {
    let book = &desk.coded.codebook;
    let mut bare = desk.coded.clone();
    bare.placed.clear();
    let mut rules: Vec<Proposed<'_>> = Vec::new();
    let mut unread: Vec<usize> = Vec::new();
    for rule in rule::rules(ground(desk)) {
        let (search, code) = (rule.search, rule.code);
        // What a query such as `course* -code:training` leaves out because somebody coded it is asked of
        // the others all the same.
        let found = Query::parse(search.query).and_then(|query| {
            let mut all = places(app, desk, &query, search.stem)?;
            all.extend(places_seen(app, desk, &bare, &query, search.stem)?);
            Ok(all)
        });
        match found {
            Ok(all) => {
                let offers = rule::offers(&desk.corpus, all, rule.unit);
                rules.push(Proposed { rule, offers });
            }
            Err(_) => unread.push(code),
        }
    }
    rules.retain(|rule| !unread.iter().any(|at| book.subtree(book.top(*at)).contains(&rule.rule.code)));
    rule::offer_for_fixing(ground(desk), changes, &rules);
}
