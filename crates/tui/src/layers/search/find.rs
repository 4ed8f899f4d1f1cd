//! Finding: what the query at hand finds, or the rules of a code whose missed passages are wanted.

use std::collections::HashMap;

use export::concordance;
use index::{Index, Options, Query, QueryError, Seen};
use model::coded::Coded;
use model::ground::Ground;
use model::name::Name;
use model::rule::{self, About, Decision, Kept, Proposed};
use model::span::Span;
use model::unit::Unit;

use super::{Row, Search, Spread};
use crate::app::App;
use crate::desk::Desk;
use crate::safe::safe;
use crate::strings::{finding as words, query};

impl Search {
    /// Searches anew; the hit at hand stays at hand where it is still there.
    pub fn find(&mut self, app: &App) {
        let Some(desk) = &app.desk else { return };
        let was = self.rows.get(self.at).map(|r| (r.document, r.span));
        if let Some(code) = self.missed.clone() {
            self.find_missed(app, desk, &code);
        } else if !self.find_query(app, desk) {
            return;
        }
        let documents: std::collections::BTreeSet<usize> = self.rows.iter().map(|r| r.document).collect();
        let case = |r: &Row| concordance::case_of(desk.document(r.document)?, r.span);
        let cases: std::collections::BTreeSet<&str> = self.rows.iter().filter_map(case).collect();
        let offers = self.rows.iter().filter_map(|row| row.offer.as_ref()).map(|(offer, _)| offer.hits.len());
        let offered = self.rule_at(desk).is_some() || self.missed.is_some();
        let (hits, passages) =
            if offered { (offers.sum(), Some(self.rows.len())) } else { (self.rows.len(), None) };
        self.spread = Spread { hits, passages, documents: documents.len(), cases: cases.len() };
        self.at = was
            .and_then(|(d, s)| self.rows.iter().position(|r| r.document == d && r.span.overlaps(s)))
            .unwrap_or_else(|| self.at.min(self.rows.len().saturating_sub(1)));
    }

    /// Finds what the query says; false where it says nothing yet, and the list stays as it was.
    pub(super) fn find_query(&mut self, app: &App, desk: &Desk) -> bool {
        let (query, why) = Query::live(self.line.text());
        self.said = why.as_ref().filter(|_| !self.line.text().trim().is_empty()).map(|why| said(why, desk));
        let Some(query) = query else {
            if self.line.text().trim().is_empty() {
                self.rows.clear();
                self.chips.clear();
                self.notes.clear();
                self.tally = None;
                return true;
            }
            return false;
        };
        let places = match places(app, desk, &query, self.stem) {
            Ok(places) => places,
            Err(why) => {
                self.said = Some(said(&why, desk));
                return false;
            }
        };
        query.text().clone_into(&mut self.understood);
        self.chips = query.filters().iter().map(|filter| safe(filter).into_owned()).collect();
        if self.stem {
            self.chips.insert(0, words::STEMS.to_owned());
        }
        self.notes = notes(app, desk, &query, self.stem, places.is_empty());
        let whose = desk.coder.clone();
        self.tally = None;
        let new = self.new_since(desk, &places);
        if let Some(kept) = self.kept(desk) {
            let (code, unit, ids) = (kept.code, kept.unit, kept.wording(ground(desk)).ids(ground(desk)));
            let offered = rule::offered(ground(desk), places, unit);
            self.notes.extend(words::not_offered(offered.beside));
            self.notes.extend(words::changed_by_hand(offered.by_hand));
            let offers = offered.all;
            let about = About { ids: &ids, code, whose: whose.as_ref() };
            let decisions = rule::decide(ground(desk), about, &offers);
            self.tally = Some(rule::tally(ground(desk), about, &offers, &decisions));
            self.rows = offers
                .into_iter()
                .zip(decisions)
                .map(|(offer, decision)| Row {
                    document: offer.document,
                    span: offer.hits.first().copied().unwrap_or(offer.span),
                    offer: Some((offer, decision)),
                    missed: None,
                    new: false,
                })
                .collect();
            self.order(desk);
            return true;
        }
        let fresh: std::collections::BTreeSet<(usize, Span)> =
            places.iter().zip(&new).filter(|(_, new)| **new).map(|(p, _)| *p).collect();
        let row = |(document, span)| Row {
            document,
            span,
            offer: None,
            missed: None,
            new: fresh.contains(&(document, span)),
        };
        self.rows = places.into_iter().map(row).collect();
        self.order(desk);
        true
    }

    /// Puts the rows in the order asked for.
    fn order(&mut self, desk: &Desk) {
        let Some(sort) = self.sort else { return };
        let mut places: Vec<(usize, Span)> = self.rows.iter().map(|row| (row.document, row.span)).collect();
        concordance::sort(&desk.corpus, &mut places, sort);
        let place: HashMap<(usize, Span), usize> = places.into_iter().zip(0..).collect();
        self.rows.sort_by_key(|row| place.get(&(row.document, row.span)).copied());
    }

    /// Finds what the rules of a code propose and nobody coded.
    pub(super) fn find_missed(&mut self, app: &App, desk: &Desk, code: &Name) {
        (self.rows, self.queries, self.notes) = (Vec::new(), Vec::new(), Vec::new());
        let book = &desk.coded.codebook;
        let Some(asked) = book.position(code) else { return };
        let tree = book.subtree(asked);
        let mut proposed: Vec<Proposed<'_>> = Vec::new();
        let mut by_hand = 0;
        for rule in rule::rules(ground(desk)).into_iter().filter(|rule| tree.contains(&rule.code)) {
            let search = &rule.search;
            self.queries.push(search.query.to_owned());
            match Query::parse(search.query).and_then(|query| places(app, desk, &query, search.stem)) {
                Ok(places) => {
                    let rule::Offers { all: offers, by_hand: n, .. } =
                        rule::offered(ground(desk), places, rule.unit);
                    by_hand += n;
                    proposed.push(Proposed { rule, offers });
                }
                Err(why) => self.notes.push(words::unread(search.name, &query::wrong(&why))),
            }
        }
        self.notes.extend(words::changed_by_hand(by_hand));
        let all = rule::missed(ground(desk), asked, &proposed);
        let open = all.into_iter().filter(|missed| missed.decision == Decision::Open);
        self.rows = open
            .map(|missed| Row {
                document: missed.document,
                span: missed.shown,
                offer: Some((missed.offer(), missed.decision)),
                missed: Some(missed),
                new: false,
            })
            .collect();
    }

    /// Place and unit of the code that hits are offered for.
    pub(super) fn rule_at(&self, desk: &Desk) -> Option<(usize, Unit)> {
        let rule = self.rule.as_ref()?;
        Some((desk.coded.codebook.resolve(&rule.code)?, rule.unit))
    }

    /// The rule at hand, as it would be kept.
    pub(super) fn kept(&self, desk: &Desk) -> Option<Kept<'_>> {
        let (code, unit) = self.rule_at(desk)?;
        let query = self.line.text().trim();
        Some(Kept { id: None, name: "", query, code, unit, stem: self.stem })
    }

    /// Which hits a saved search did not find last time.
    pub(super) fn new_since(&self, desk: &Desk, places: &[(usize, Span)]) -> Vec<bool> {
        let search = self.saved.and_then(|id| desk.state.search(id));
        let same = |s: &model::saved::Search<'_>| s.query == self.line.text().trim() && s.stem == self.stem;
        let run = search.filter(same).and_then(|s| s.run);
        match run {
            Some((run, _)) => run.new_since(&desk.corpus, &desk.coded.documents, places),
            None => vec![false; places.len()],
        }
    }
}

/// What is wrong with a query, and what to do about it; of what only waits for more, no more than that.
fn said(why: &QueryError, desk: &Desk) -> String {
    let seen = Some(Seen { coded: &desk.coded, state: &desk.state });
    let why = &why.clone().in_study(&desk.corpus, seen);
    let unfinished = matches!(
        why,
        QueryError::UnclosedQuote(_)
            | QueryError::UnclosedParenthesis(_)
            | QueryError::UnclosedRegex(_)
            | QueryError::EmptyParentheses(_)
            | QueryError::NoValue { .. }
            | QueryError::Dangling { side: "after", .. }
    );
    if unfinished { query::wrong(why) } else { query::wrong_with_hint(why) }
}

/// What the writer of a query may not have meant, and why nothing was found.
fn notes(app: &App, desk: &Desk, query: &Query, stem: bool, nothing: bool) -> Vec<String> {
    let of_tables = app.index.as_ref().map(|index| {
        let seen = Some(Seen { coded: &desk.coded, state: &desk.state });
        index.notes(&desk.corpus, query, &Options { seen, ..Options::default() }, nothing)
    });
    let mut notes: Vec<String> =
        query.notes().iter().chain(of_tables.iter().flatten()).map(words::note).collect();
    if (stem || query.stems()) && !nothing {
        notes.push(words::BY_STEMS.to_owned());
    }
    notes
}

pub(super) fn ground(desk: &Desk) -> Ground<'_> {
    Ground { corpus: &desk.corpus, state: &desk.state, coded: &desk.coded }
}

/// All hits of a query, with the index if there is one.
pub(super) fn places(
    app: &App,
    desk: &Desk,
    query: &Query,
    stem: bool,
) -> Result<Vec<(usize, Span)>, QueryError> {
    places_seen(app, desk, &desk.coded, query, stem)
}

pub(super) fn places_seen(
    app: &App,
    desk: &Desk,
    coded: &Coded,
    query: &Query,
    stem: bool,
) -> Result<Vec<(usize, Span)>, QueryError> {
    let without;
    let index = if let Some(index) = &app.index {
        index
    } else {
        without = Index::open(None, &desk.corpus);
        &without
    };
    let seen = Some(Seen { coded, state: &desk.state });
    let found = index.search(&desk.corpus, query, &Options { stem, limit: None, seen })?;
    Ok(found.hits.into_iter().map(|hit| (hit.document, hit.span)).collect())
}
