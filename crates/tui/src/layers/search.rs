//! The search: a query over all transcripts, its hits below the text they stand in, and what is decided
//! about each where they are offered for a code.

use export::concordance::Sort;
use index::Index;
use model::act::Change;
use model::anchor::Anchor;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::rule::{self, Decision, Missed, Offer, Tally};
use model::span::Span;
use model::unit::Unit;

mod decide;
mod find;

pub use decide::offer_for_fixing;

use super::ask::{Answer, Ask, Line};
use super::field::{Field, Typed};
use super::palette::Palette;
use super::{Handled, Layer, ask, move_in};
use crate::actions::{Action, Context, Finding};
use crate::app::{App, Effect};
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
    /// What the rules of a code propose there, where its missed passages are listed.
    pub missed: Option<Missed>,
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
    /// Hits; of passages that are offered those in them.
    pub hits: usize,
    /// Passages, where they are offered.
    pub passages: Option<usize>,
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
    /// Whether its words stand for their stems, as in the saved search that it is.
    pub stem: bool,
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
    /// What is wrong with the query.
    pub said: Option<String>,
    /// The query of which these are the hits: as much of what is typed as was understood.
    pub understood: String,
    /// What its writer may not have meant.
    pub notes: Vec<String>,
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
    /// The queries of its rules.
    pub queries: Vec<String>,
    /// Where the reader was.
    from: (Option<usize>, u32),
    /// The acts that were written while it was open on this screen.
    pub written: Vec<ActId>,
    /// The hit that the transcript shows.
    shown: Option<(usize, Span)>,
}

impl Search {
    /// An empty line.
    pub fn new(app: &App) -> Self {
        Self {
            line: Field::default(),
            stem: false,
            typing: true,
            rows: Vec::new(),
            at: 0,
            top: 0,
            spread: Spread::default(),
            said: None,
            understood: String::new(),
            notes: Vec::new(),
            chips: Vec::new(),
            sort: None,
            rule: None,
            tally: None,
            saved: None,
            missed: None,
            queries: Vec::new(),
            from: (app.reader.document, app.reader.cursor),
            written: Vec::new(),
            shown: None,
        }
    }

    /// The contexts that hold.
    pub fn contexts(&self) -> Vec<Context> {
        if self.typing {
            vec![Context::Query, Context::Typing, Context::Always]
        } else if self.missed.is_some() {
            vec![Context::Missed, Context::Always]
        } else {
            vec![Context::Hits, Context::Always]
        }
    }

    /// What is typed or pressed; false closes the search.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if self.typing {
            match self.line.update(action) {
                Typed::Changed => {
                    // What is typed is a query of one's own, in which stems are written stem:word.
                    self.stem = false;
                    self.find(app);
                    // The first hit, whatever was first of what was typed so far.
                    self.at = 0;
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
            // The hits below are those of what could be understood, and nobody should take them for the answer.
            Action::Accept if self.typing && self.said.is_some() => app.say(words::RIGHT_FIRST),
            Action::Accept if self.typing => {
                if !self.rows.is_empty() {
                    self.typing = false;
                }
            }
            Action::Accept => {
                if let Some(row) = self.rows.get(self.at) {
                    trail::leave(app, row.document, row.span);
                    app.newest = self.coding_at(app, row);
                    self.light(app);
                    if let Some(find) = &mut app.reader.find {
                        find.extent = None;
                    }
                }
            }
            Action::Search => self.typing = self.missed.is_none(),
            Action::Help => {
                let missed = self.missed.is_some();
                let contexts =
                    if missed { vec![Context::Missed] } else { vec![Context::Query, Context::Hits] };
                let help = super::help::Help::new(contexts);
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
        match what {
            Finding::Code => {
                if let Some(desk) = &app.desk {
                    let palette = Palette::choose(desk, Ask::Rule, words::WHICH_CODE.to_owned());
                    if palette.choices.is_empty() {
                        app.say(words::NO_CODES);
                    } else {
                        app.layers.push(Layer::Palette(palette));
                    }
                }
            }
            Finding::NoCode => {
                self.rule = None;
                self.find(app);
                self.peek(app);
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
                } else if self.said.is_some() {
                    app.say(words::QUERY_FIRST);
                } else {
                    let line = Line::new(
                        Ask::SaveSearch,
                        words::NAME.to_owned(),
                        words::name_hint(&name),
                        String::new(),
                    );
                    app.layers.push(Layer::Line(line));
                }
            }
            Finding::Saved => saved_searches(app),
            Finding::Open | Finding::Missed => {}
        }
        Vec::new()
    }

    /// Shows the hit at hand in the transcript.
    fn peek(&mut self, app: &mut App) {
        self.shown = self.rows.get(self.at).map(|row| (row.document, row.span));
        if let Some((document, span)) = self.shown {
            trail::show(app, document, span);
        }
        self.light(app);
    }

    /// Puts the hit at hand that one of these places touches.
    fn hold(&mut self, places: &[(usize, Span)]) {
        let touched = |row: &Row| {
            let span = row.offer.as_ref().map_or(row.span, |(offer, _)| offer.span);
            places.iter().any(|(document, place)| *document == row.document && place.overlaps(span))
        };
        self.at = self.rows.iter().position(touched).unwrap_or(self.at);
    }

    /// Lights up the hits in the document that is open, so that n and N go through them.
    fn light(&self, app: &mut App) {
        let here = app.reader.document;
        let mut hits: Vec<Span> =
            self.rows.iter().filter(|r| Some(r.document) == here).map(|r| r.span).collect();
        hits.sort_unstable();
        hits.dedup();
        let offer = self.rows.get(self.at).and_then(|r| r.offer.as_ref()).map(|(offer, _)| offer);
        let extent = offer.filter(|o| Some(o.document) == here).map(|o| o.span);
        app.reader.find = (!hits.is_empty()).then(|| Find {
            query: self.line.text().to_owned(),
            hits,
            extent,
            of_list: true,
        });
    }

    /// Back to where the reader was.
    fn leave(&self, app: &mut App) {
        app.reader.find = None;
        if let Some(document) = self.from.0 {
            trail::show(app, document, Span::new(self.from.1, self.from.1));
        }
    }
}

/// Shows the hit at hand in the transcript, wherever it was put at hand: what is decided about is always what
/// is shown.
pub fn follow(app: &mut App) {
    let Some(Layer::Search(mut search)) = app.layers.pop_if(|layer| matches!(layer, Layer::Search(_))) else {
        return;
    };
    let at_hand = search.rows.get(search.at).map(|row| (row.document, row.span));
    if at_hand.is_some() && at_hand != search.shown {
        search.peek(app);
    }
    app.layers.push(Layer::Search(search));
}

/// Back in the list after looking around: the hit at which the reader stands is at hand.
pub fn come_back(app: &mut App) {
    let (document, cursor) = (app.reader.document, app.reader.cursor);
    if let Some(Layer::Search(search)) = app.layers.last_mut() {
        search.shown = None;
        search.hold(&document.map(|at| (at, Span::new(cursor, cursor + 1))).into_iter().collect::<Vec<_>>());
    }
}

/// Puts the hit at hand about which an act was undone or redone.
pub fn turned(app: &mut App, acts: &[ActId]) {
    let Some(desk) = &app.desk else { return };
    let changes = acts.iter().filter_map(|id| desk.state.act(*id)).flat_map(|act| &act.changes);
    let anchor = |change: &Change| match change {
        Change::CodingAdded(c) => Some(c.anchor.clone()),
        Change::HitRejected(h) => Some(h.anchor.clone()),
        Change::HitOffered(h) => Some(h.anchor.clone()),
        _ => None,
    };
    let place = |anchor: Anchor| {
        let at = desk.corpus.position(&anchor.document)?;
        Some((at, Span::new(anchor.start, anchor.end)))
    };
    let places: Vec<(usize, Span)> = changes.filter_map(anchor).filter_map(place).collect();
    if let Some(Layer::Search(search)) = app.layers.last_mut() {
        search.hold(&places);
    }
}

/// The next hit of the list that was left, or the one before, in whichever document it stands; around the
/// ends. Says which it is. False where no hits of a list are lit up.
pub fn step(app: &mut App, forward: bool) -> bool {
    let lit = app.reader.find.as_ref().is_some_and(|find| find.of_list);
    let Some(here) = app.reader.document.filter(|_| lit) else { return false };
    let at = app.trail.iter().rposition(|layer| matches!(layer, Layer::Search(_)));
    let Some(Layer::Search(search)) = at.map(|at| app.trail.remove(at)) else { return false };
    let mut places: Vec<(usize, Span)> = search.rows.iter().map(|row| (row.document, row.span)).collect();
    places.sort_unstable_by_key(|(document, span)| (*document, *span));
    let cursor = (here, app.reader.cursor);
    let place = |(document, span): &(usize, Span)| (*document, span.start);
    let next = if forward {
        places.iter().position(|p| place(p) > cursor).or_else(|| (!places.is_empty()).then_some(0))
    } else {
        places.iter().rposition(|p| place(p) < cursor).or_else(|| places.len().checked_sub(1))
    };
    if let Some((document, span)) = next.and_then(|next| places.get(next)) {
        trail::show(app, *document, *span);
        search.light(app);
        if let Some(find) = &mut app.reader.find {
            find.extent = None;
        }
        app.say(crate::strings::hits(next, places.len(), search.line.text()));
    }
    app.trail.insert(at.unwrap_or_default(), Layer::Search(search));
    true
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
        if palette.choices.is_empty() {
            app.say(words::NO_CODES);
        } else {
            app.layers.push(Layer::Palette(palette));
        }
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
    let book = &desk.coded.codebook;
    let choices: Vec<(String, String)> = rule::listed(find::ground(desk))
        .iter()
        .map(|listed| {
            let s = &listed.search;
            let last = s.run.map(|(run, act)| (run.hits, act.at.to_string()));
            let code = s.code.map(|code| book.resolve(code).map_or(code, |at| &book.codes[at].id));
            (s.name.to_owned(), words::saved(s.query, code.map(Name::as_str), last))
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
    let mut refused = None;
    let mut said = None;
    if let Some(desk) = &app.desk {
        match (ask, answer) {
            (Ask::Rule, Answer::Code(Some(code))) => {
                let unit = search.rule.as_ref().map_or(Unit::Sentence, |r| r.unit);
                search.rule = desk.coded.codebook.codes.get(code).map(|c| Rule { code: c.id.clone(), unit });
                search.typing = false;
            }
            (Ask::SavedSearch, Answer::Choice(at)) => {
                if let Some(listed) = rule::listed(find::ground(desk)).get(at) {
                    let saved = &listed.search;
                    search.line.set(saved.query);
                    search.stem = saved.stem;
                    search.saved = Some(saved.id);
                    search.rule =
                        saved.code.map(|code| Rule { code: code.clone(), unit: rule::unit_of(saved) });
                    search.typing = false;
                }
            }
            (Ask::SaveSearch, Answer::Text(name)) => {
                let name = if name.trim().is_empty() { search.line.text() } else { &name };
                match search.keep(app, desk, name.trim()) {
                    Ok(kept) => {
                        let (effect, what) = kept.unzip();
                        effects.extend(effect);
                        said = what;
                    }
                    Err(why) => refused = Some(why),
                }
            }
            _ => {}
        }
    }
    search.find(app);
    search.peek(app);
    app.layers.push(Layer::Search(search));
    if let Some(said) = said {
        app.say(said);
    }
    if let Some(why) = refused {
        app.warn(why);
    }
    effects
}
