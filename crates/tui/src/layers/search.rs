//! The search: a query over all transcripts, its hits below the text they stand in, and what is decided
//! about each where they are offered for a code.

use export::concordance::{self, Sort};
use index::{Index, Options, Query, Seen};
use model::act::{Change, OfAct};
use model::coded::Coded;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::rule::{self, About, Decision, Ground, Kept, Offer, Proposed, Tally};
use model::saved::{Run, SearchSaved};
use model::span::Span;
use model::unit::Unit;

use super::ask::{Answer, Ask, Line};
use super::field::{Field, Typed};
use super::palette::Palette;
use super::{Handled, Layer, ask, move_in};
use crate::actions::{Action, Context, Finding};
use crate::app::{App, Effect};
use crate::desk::Desk;
use crate::find::Find;
use crate::geometry::Pane;
use crate::strings::finding as words;
use crate::update::trail;

/// One hit, or one passage that a rule proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Place of its document.
    pub document: usize,
    /// Where it stands.
    pub span: Span,
    /// What is proposed, and what was decided about it; nothing without a code.
    pub offer: Option<(Offer, Decision)>,
    /// The rule that proposes it, where several do.
    pub rule: Option<ThingId>,
    /// Whether the saved search did not find it last time.
    pub new: bool,
}

/// The code that hits are offered for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id in the codebook.
    pub code: Name,
    /// What a hit is widened to.
    pub unit: Unit,
}

/// How many hits there are, and where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Hits, or passages that are offered.
    pub hits: usize,
    /// Documents with one.
    pub documents: usize,
    /// Cases with one.
    pub cases: usize,
}

/// The open search.
#[derive(Debug)]
pub struct Search {
    /// The query.
    pub line: Field,
    /// Whether it is being typed; else the list has the keys.
    pub typing: bool,
    /// The hits.
    pub rows: Vec<Row>,
    /// The hit at hand.
    pub at: usize,
    /// First hit on the screen.
    pub top: usize,
    /// How many there are.
    pub spread: Spread,
    /// What is wrong with the query, or worth knowing about it.
    pub said: Option<String>,
    /// The restrictions of the query.
    pub chips: Vec<String>,
    /// The order of the list.
    pub sort: Option<Sort>,
    /// What the hits are offered for.
    pub rule: Option<Rule>,
    /// How good the rule is.
    pub tally: Option<Tally>,
    /// The saved search that it is.
    pub saved: Option<ThingId>,
    /// The code whose missed passages these are, instead of a query.
    pub missed: Option<Name>,
    /// Where the reader was.
    from: (Option<usize>, u32),
    /// The newest act when the search was opened.
    since: ActId,
}

impl Search {
    /// An empty line.
    pub fn new(app: &App) -> Self {
        Self {
            line: Field::default(),
            typing: true,
            rows: Vec::new(),
            at: 0,
            top: 0,
            spread: Spread::default(),
            said: None,
            chips: Vec::new(),
            sort: None,
            rule: None,
            tally: None,
            saved: None,
            missed: None,
            from: (app.reader.document, app.reader.cursor),
            since: app.desk.as_ref().map(|d| d.state.newest()).unwrap_or_default(),
        }
    }

    /// The contexts that hold.
    pub fn contexts(&self) -> Vec<Context> {
        if self.typing {
            vec![Context::Query, Context::Typing, Context::Always]
        } else {
            vec![Context::Hits, Context::Always]
        }
    }

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
        self.spread = Spread { hits: self.rows.len(), documents: documents.len(), cases: cases.len() };
        self.at = was
            .and_then(|(d, s)| self.rows.iter().position(|r| r.document == d && r.span.overlaps(s)))
            .unwrap_or_else(|| self.at.min(self.rows.len().saturating_sub(1)));
    }

    /// Finds what the query says; false where it says nothing yet, and the list stays as it was.
    fn find_query(&mut self, app: &App, desk: &Desk) -> bool {
        let (query, why) = Query::live(self.line.text());
        self.said = why.as_ref().filter(|_| !self.line.text().trim().is_empty()).map(ToString::to_string);
        let Some(query) = query else {
            if self.line.text().trim().is_empty() {
                self.rows.clear();
                self.chips.clear();
                self.tally = None;
                return true;
            }
            return false;
        };
        let places = match places(app, desk, &query, false) {
            Ok(places) => places,
            Err(why) => {
                let hint = why.hint();
                self.said = Some(if hint.is_empty() { why.to_string() } else { format!("{why} · {hint}") });
                return false;
            }
        };
        self.chips =
            query.filters().iter().map(|f| words::chip(&f.name, f.qualifier, &f.wanted.shown())).collect();
        let whose = desk.coder.clone();
        self.tally = None;
        let new = self.new_since(desk, &places);
        if let Some((code, unit)) = self.rule_at(desk) {
            let offers = rule::offers(&desk.corpus, places, unit);
            let about = About { rule: self.known(desk), code, whose: whose.as_ref() };
            let decisions = rule::decide(ground(desk), about, &offers);
            self.tally = Some(rule::tally(ground(desk), about, &offers, &decisions));
            self.rows = offers
                .into_iter()
                .zip(decisions)
                .map(|(offer, decision)| Row {
                    document: offer.document,
                    span: offer.hits.first().copied().unwrap_or(offer.span),
                    offer: Some((offer, decision)),
                    rule: None,
                    new: false,
                })
                .collect();
            return true;
        }
        let mut places: Vec<(usize, Span)> = places;
        let fresh: std::collections::BTreeSet<(usize, Span)> =
            places.iter().zip(&new).filter(|(_, new)| **new).map(|(p, _)| *p).collect();
        if let Some(sort) = self.sort {
            concordance::sort(&desk.corpus, &mut places, sort);
        }
        let row = |(document, span)| Row {
            document,
            span,
            offer: None,
            rule: None,
            new: fresh.contains(&(document, span)),
        };
        self.rows = places.into_iter().map(row).collect();
        true
    }

    /// Finds what the rules of a code propose and nobody coded.
    fn find_missed(&mut self, app: &App, desk: &Desk, code: &Name) {
        self.rows.clear();
        let book = &desk.coded.codebook;
        let Some(at) = book.position(code) else { return };
        let tree = book.subtree(at);
        for search in desk.state.searches() {
            let Some(of) = search.code.and_then(|c| book.resolve(c)).filter(|c| tree.contains(c)) else {
                continue;
            };
            let unit = search.unit.and_then(|u| Unit::parse(u)).unwrap_or(Unit::Match);
            let Ok(query) = Query::parse(search.query) else { continue };
            let Ok(places) = places(app, desk, &query, search.stem) else { continue };
            let offers = rule::offers(&desk.corpus, places, unit);
            let about = About { rule: Some(search.id), code: of, whose: None };
            let decisions = rule::decide(ground(desk), about, &offers);
            for (offer, decision) in offers.into_iter().zip(decisions) {
                if decision == Decision::Open
                    && !self.rows.iter().any(|r| {
                        r.document == offer.document
                            && r.offer.as_ref().is_some_and(|(o, _)| o.span.overlaps(offer.span))
                    })
                {
                    self.rows.push(Row {
                        document: offer.document,
                        span: offer.hits.first().copied().unwrap_or(offer.span),
                        offer: Some((offer, decision)),
                        rule: Some(search.id),
                        new: false,
                    });
                }
            }
        }
        self.rows.sort_by_key(|r| (r.document, r.span));
    }

    /// Place and unit of the code that hits are offered for.
    fn rule_at(&self, desk: &Desk) -> Option<(usize, Unit)> {
        let rule = self.rule.as_ref()?;
        Some((desk.coded.codebook.resolve(&rule.code)?, rule.unit))
    }

    /// The rule among those that are kept.
    fn known(&self, desk: &Desk) -> Option<ThingId> {
        let (code, unit) = self.rule_at(desk)?;
        kept(self.line.text().trim(), "", code, unit).known(ground(desk))
    }

    /// Which hits a saved search did not find last time.
    fn new_since(&self, desk: &Desk, places: &[(usize, Span)]) -> Vec<bool> {
        let search = self.saved.and_then(|id| desk.state.search(id));
        let run = search.filter(|s| s.query == self.line.text().trim()).and_then(|s| s.run);
        match run {
            Some((run, _)) => run.new_since(&desk.corpus, &desk.coded.documents, places),
            None => vec![false; places.len()],
        }
    }

    /// What is typed or pressed; false closes the search.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if self.typing {
            match self.line.update(action) {
                Typed::Changed => {
                    self.at = 0;
                    self.find(app);
                    self.peek(app);
                    return (Handled::done(), true);
                }
                Typed::Moved => return (Handled::done(), true),
                Typed::No => {}
            }
        }
        if move_in(&mut self.at, self.rows.len(), action) {
            self.peek(app);
            return (Handled::done(), true);
        }
        match action {
            Action::Accept if self.typing => {
                if !self.rows.is_empty() {
                    self.typing = false;
                }
            }
            Action::Accept => {
                if let Some(row) = self.rows.get(self.at) {
                    trail::leave(app, row.document, row.span);
                    self.light(app);
                }
            }
            Action::Search => self.typing = self.missed.is_none(),
            Action::Help => {
                let help = super::help::Help::new(vec![Context::Query, Context::Hits]);
                app.layers.push(Layer::Help(help));
            }
            Action::Finding(what) => return (Handled::Consumed(self.act(app, *what)), true),
            Action::Undo | Action::Redo => {
                return (
                    Handled::Consumed(crate::update::code::turn_back(app, *action == Action::Undo)),
                    true,
                );
            }
            // One step back: first to the line, then away.
            Action::Back if !self.typing && self.missed.is_none() => self.typing = true,
            Action::Back => {
                self.leave(app);
                return (Handled::done(), false);
            }
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }

    fn act(&mut self, app: &mut App, what: Finding) -> Vec<Effect> {
        if self.missed.is_some() && !matches!(what, Finding::Yes | Finding::No | Finding::TakeBack) {
            app.say(words::OF_SEVERAL);
            return Vec::new();
        }
        match what {
            Finding::Code => {
                if let Some(desk) = &app.desk {
                    let palette = Palette::choose(desk, Ask::Rule, words::WHICH_CODE.to_owned());
                    app.layers.push(Layer::Palette(palette));
                }
            }
            Finding::Unit => {
                if let Some(rule) = &mut self.rule {
                    let next = Unit::ALL.iter().position(|u| *u == rule.unit).map_or(0, |i| i + 1);
                    rule.unit = Unit::ALL[next % Unit::ALL.len()];
                    self.find(app);
                    self.peek(app);
                } else {
                    app.say(words::CODE_FIRST);
                }
            }
            Finding::Sort => {
                self.sort = match self.sort {
                    None => Some(Sort::Left),
                    Some(Sort::Left) => Some(Sort::Right),
                    Some(Sort::Right) => Some(Sort::Case),
                    Some(Sort::Case) => Some(Sort::Date),
                    Some(Sort::Date | Sort::Document) => None,
                };
                self.find(app);
                self.peek(app);
            }
            Finding::Yes => return self.decide(app, Decision::Accepted),
            Finding::No => return self.decide(app, Decision::Rejected),
            Finding::All => return self.accept_all(app),
            Finding::TakeBack => return self.take_back(app),
            Finding::Save => {
                let name = self.line.text().trim().to_owned();
                if name.is_empty() {
                    app.say(words::NOTHING_TO_SAVE);
                } else {
                    let line =
                        Line::new(Ask::SaveSearch, words::NAME.to_owned(), words::name_hint(&name), name);
                    app.layers.push(Layer::Line(line));
                }
            }
            Finding::Saved => saved_searches(app),
            Finding::Open | Finding::Missed => {}
        }
        Vec::new()
    }

    /// Accepts or rejects the hit at hand, and goes on to the next one that is open. What was rejected is
    /// offered again by rejecting it once more.
    fn decide(&mut self, app: &mut App, as_what: Decision) -> Vec<Effect> {
        let Some(desk) = &app.desk else { return Vec::new() };
        let Some(Row { offer: Some((offer, decision)), rule, .. }) = self.rows.get(self.at) else {
            app.say(words::CODE_FIRST);
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

    /// Accepts everything that is open, as one act.
    fn accept_all(&mut self, app: &mut App) -> Vec<Effect> {
        let Some(desk) = &app.desk else { return Vec::new() };
        if self.rule.is_none() {
            app.say(words::CODE_FIRST);
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
    fn take_back(&self, app: &mut App) -> Vec<Effect> {
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
        let changes: Vec<Change> = acts.map(|a| Change::Undone(Box::new(OfAct { act: a.id }))).collect();
        if changes.is_empty() {
            app.say(words::NOTHING_DECIDED);
            return Vec::new();
        }
        app.say(words::taken_back(changes.len()));
        vec![Effect::Append { act: "undo", changes }]
    }

    /// What decides about offers of the rule at hand, or of another one.
    fn changes(
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

    /// Shows the hit at hand in the transcript.
    fn peek(&self, app: &mut App) {
        if let Some(row) = self.rows.get(self.at) {
            trail::show(app, row.document, row.span);
        }
        self.light(app);
    }

    /// Lights up the hits in the document that is open, so that n and N go through them.
    fn light(&self, app: &mut App) {
        let here = app.reader.document;
        let mut hits: Vec<Span> =
            self.rows.iter().filter(|r| Some(r.document) == here).map(|r| r.span).collect();
        hits.sort_unstable();
        hits.dedup();
        app.reader.find = (!hits.is_empty()).then(|| Find { query: self.line.text().to_owned(), hits });
    }

    /// Back to where the reader was.
    fn leave(&self, app: &mut App) {
        app.reader.find = None;
        if let Some(document) = self.from.0 {
            trail::show(app, document, Span::new(self.from.1, self.from.1));
        }
    }
}

fn kept<'a>(query: &'a str, name: &'a str, code: usize, unit: Unit) -> Kept<'a> {
    Kept { id: None, name, query, code, unit, stem: false }
}

fn ground(desk: &Desk) -> Ground<'_> {
    Ground { corpus: &desk.corpus, state: &desk.state, coded: &desk.coded }
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

/// All hits of a query, with the index if there is one.
fn places(
    app: &App,
    desk: &Desk,
    query: &Query,
    stem: bool,
) -> Result<Vec<(usize, Span)>, index::QueryError> {
    places_seen(app, desk, &desk.coded, query, stem)
}

fn places_seen(
    app: &App,
    desk: &Desk,
    coded: &Coded,
    query: &Query,
    stem: bool,
) -> Result<Vec<(usize, Span)>, index::QueryError> {
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

/// Opens the search, and asks for the index where there is none or the texts are others by now.
pub fn open(app: &mut App) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let fits = app.index.as_ref().is_some_and(|index| index.fits(&desk.corpus));
    app.focus = Pane::Reader;
    app.reader.selection = None;
    let search = Search::new(app);
    app.layers.push(Layer::Search(Box::new(search)));
    if fits { Vec::new() } else { vec![Effect::Index] }
}

/// Asks for the code whose missed passages are wanted: the one at hand in the codebook, else any.
pub fn missed(app: &mut App) -> Vec<Effect> {
    if app.focus == Pane::Codebook {
        return open_missed(app, app.code);
    }
    if let Some(desk) = &app.desk {
        let palette = Palette::choose(desk, Ask::Missed, words::MISSED_OF.to_owned());
        app.layers.push(Layer::Palette(palette));
    }
    Vec::new()
}

/// Opens the passages that the rules of a code find and nobody coded.
pub fn open_missed(app: &mut App, code: usize) -> Vec<Effect> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let Some(code) = desk.coded.codebook.codes.get(code) else { return Vec::new() };
    let mut search = Search { typing: false, missed: Some(code.id.clone()), ..Search::new(app) };
    search.find(app);
    search.peek(app);
    app.layers.push(Layer::Search(Box::new(search)));
    vec![Effect::Index]
}

/// Takes the index that has been brought up to date.
pub fn indexed(app: &mut App, index: Box<Index>) {
    if let Some(trouble) = &index.report().trouble {
        app.say(format!("{trouble} · {}", trouble.hint()));
    }
    app.index = Some(index);
    super::refresh(app, &[]);
}

/// The saved searches to choose from.
fn saved_searches(app: &mut App) {
    let Some(desk) = &app.desk else { return };
    let choices: Vec<(String, String)> = desk
        .state
        .searches()
        .map(|s| {
            let last = s.run.map(|(run, act)| (run.hits, act.at.to_string()));
            (s.name.to_owned(), words::saved(s.query, s.code.map(Name::as_str), last))
        })
        .collect();
    if choices.is_empty() {
        app.say(words::NONE_SAVED);
    } else {
        let title = words::SAVED.to_owned();
        app.layers.push(Layer::Ask(ask::Choose { ask: Ask::SavedSearch, title, choices, at: 0 }));
    }
}

/// Takes an answer for the search that lies on top.
pub fn answered(app: &mut App, ask: &Ask, answer: Answer) -> Vec<Effect> {
    let Some(Layer::Search(mut search)) = app.layers.pop() else { return Vec::new() };
    let mut effects = Vec::new();
    if let Some(desk) = &app.desk {
        match (ask, answer) {
            (Ask::Rule, Answer::Code(Some(code))) => {
                let unit = search.rule.as_ref().map_or(Unit::Sentence, |r| r.unit);
                search.rule = desk.coded.codebook.codes.get(code).map(|c| Rule { code: c.id.clone(), unit });
                search.typing = false;
            }
            (Ask::SavedSearch, Answer::Choice(at)) => {
                if let Some(saved) = desk.state.searches().nth(at) {
                    search.line.set(saved.query);
                    search.saved = Some(saved.id);
                    search.rule = saved.code.map(|code| Rule {
                        code: code.clone(),
                        unit: saved.unit.and_then(|u| Unit::parse(u)).unwrap_or(Unit::Match),
                    });
                    search.typing = false;
                }
            }
            (Ask::SaveSearch, Answer::Text(name)) if !name.trim().is_empty() => {
                effects.extend(search.keep(app, desk, name.trim()));
            }
            _ => {}
        }
    }
    search.find(app);
    search.peek(app);
    app.layers.push(Layer::Search(search));
    effects
}

impl Search {
    /// Saves the query under a name, with what it finds now.
    fn keep(&self, app: &App, desk: &Desk, name: &str) -> Option<Effect> {
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
