//! The codebook screen: the tree of codes with what was counted, and everything that is done to a code.
//!
//! What an act consists of is formed in `model::revise`; here it is asked what that needs to know.

mod edit;
mod life;
pub mod qualify;
mod tree;
pub mod walk;

use model::act::Change;
use model::name::Name;
use model::revise::{Effect as Meaning, Refusal};
use model::span::{Span, unite};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::ask::Answer;
use super::{Handled, Layer, move_in, passages};
use crate::actions::{Action, Context};
use crate::app::{App, Effect};
use crate::desk::{Desk, counts};
use crate::strings::book as words;
use crate::update;

/// What the codebook screen does, besides moving and closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookAct {
    /// A new code behind the one at hand.
    NewHere,
    /// A new code under it.
    NewUnder,
    /// Another label.
    Label,
    /// Another definition (0), include (1) or exclude (2).
    Field(usize),
    /// One more example.
    Example,
    /// Another code above.
    Move,
    /// One place up.
    Higher,
    /// One place down.
    Lower,
    /// It becomes another code.
    Merge,
    /// It becomes two.
    Split,
    /// Another colour.
    Recolour,
    /// A key.
    Shortcut,
    /// Into a group, or out of it.
    Group,
    /// The qualifiers of its codebook.
    Qualifiers,
    /// Documents are read for it from now on.
    Fix,
    /// It is no longer used.
    Retire,
    /// The codebook is frozen.
    Freeze,
    /// Walk through what was coded before the definition became narrower.
    LookAgain,
}

/// What is asked here. The code is told by its id: its place may change while the question is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookAsk {
    /// The label of a new code, under or behind this one.
    New(Option<Name>, bool),
    /// The new label.
    Label(Name),
    /// The new text of a field.
    Field(Name, usize),
    /// The example.
    Example(Name),
    /// What the new meaning does.
    Meaning(Name, Map<String, Value>),
    /// Why the meaning changed.
    Reason(Name, Map<String, Value>, Meaning),
    /// The code above.
    Under(Name),
    /// The code that it becomes.
    Into(Name),
    /// The first of the two codes.
    SplitFirst(Name),
    /// The second, beside the first.
    SplitSecond(Name, Name),
    /// The key.
    Shortcut(Name),
    /// The group.
    Group(Name),
    /// The label of a new group.
    NewGroup(Name),
    /// One of the lists of qualifiers of a codebook.
    Lists(Name),
    /// A value of a list, or something about the list.
    Values(qualify::Place),
    /// What is to be done with a value.
    Value(qualify::Place),
    /// What a list or value is called, and whether it is new.
    Called(qualify::Place, bool),
    /// What earlier readings are worth for it.
    Fix(Name),
    /// Why it is retired.
    Retire(Name),
    /// The name of the version.
    Freeze,
    /// What earlier readings are worth for the codes that are fixed by it.
    FreezeEarlier(String),
}

/// What was counted of one code with those below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The coder's passages.
    pub own: usize,
    /// Documents with one of them.
    pub documents: usize,
    /// Passages of all coders, each coder's counted by themselves.
    pub all: usize,
}

/// The open screen.
#[derive(Debug, Default)]
pub struct Book {
    /// Places of the codes that are shown, in order.
    pub rows: Vec<usize>,
    /// The line at hand.
    pub at: usize,
    /// The first line on the screen, where that was chosen.
    pub top: usize,
    /// Per code: what was counted.
    pub counts: FxHashMap<usize, Counts>,
    /// Per code: codings that ask for another look.
    pub again: FxHashMap<usize, usize>,
    /// The id of the code at hand, which stays at hand when lines come and go.
    code: Option<Name>,
}

impl Book {
    /// The screen with a code at hand.
    pub fn new(desk: &Desk, code: usize) -> Self {
        let code = desk.coded.codebook.codes.get(code).map(|c| c.id.clone());
        let mut book = Self { code, ..Self::default() };
        book.refresh(desk);
        book
    }

    /// Brings everything up to date.
    pub fn refresh(&mut self, desk: &Desk) {
        let codes = &desk.coded.codebook.codes;
        self.rows = (0..codes.len()).filter(|i| codes[*i].merged_into.is_none()).collect();
        let place = self.code.as_ref().and_then(|c| desk.coded.codebook.resolve(c));
        let at = place.and_then(|p| self.rows.iter().position(|r| *r == p));
        self.at = at.unwrap_or_else(|| self.at.min(self.rows.len().saturating_sub(1)));
        self.hold(desk);
        self.counts = count(desk);
        let narrowed = (0..codes.len()).filter(|i| !codes[*i].narrowed.is_empty());
        self.again = narrowed
            .map(|i| (i, walk::own(desk, model::revise::look_again(&desk.coded, &desk.state, i)).len()))
            .filter(|(_, n)| *n > 0)
            .collect();
    }

    /// Remembers the code at hand.
    pub(crate) fn hold(&mut self, desk: &Desk) {
        let code = self.rows.get(self.at).and_then(|r| desk.coded.codebook.codes.get(*r));
        self.code = code.map(|c| c.id.clone());
    }

    /// The place of the code at hand.
    pub fn place(&self) -> Option<usize> {
        self.rows.get(self.at).copied()
    }

    /// What is pressed; false closes the screen.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if move_in(&mut self.at, self.rows.len(), action) {
            if let Some(desk) = &app.desk {
                self.hold(desk);
            }
            return (Handled::done(), true);
        }
        let effects = match action {
            Action::Accept => {
                if let Some(code) = self.place() {
                    passages::open(app, code);
                }
                Vec::new()
            }
            Action::InBook(act) => match (*act, self.code.clone()) {
                (BookAct::Freeze, _) => life::freeze(app),
                (BookAct::NewHere, code) => tree::new(app, code, false),
                (_, None) => Vec::new(),
                (act, Some(code)) => begin(app, act, code),
            },
            Action::Undo => update::code::undo(app),
            Action::Redo => update::code::redo(app),
            Action::Help => {
                app.layers.push(Layer::Help(super::help::Help::new(vec![Context::Book])));
                Vec::new()
            }
            Action::Back => {
                // The pane shows the code that was at hand here.
                app.code = self.place().unwrap_or(app.code);
                return (Handled::done(), false);
            }
            _ => return (Handled::Ignored, true),
        };
        (Handled::Consumed(effects), true)
    }
}

/// Begins what a key asks for: does it, or asks what it needs to know.
fn begin(app: &mut App, act: BookAct, code: Name) -> Vec<Effect> {
    match act {
        BookAct::NewHere | BookAct::Freeze => Vec::new(),
        BookAct::NewUnder => tree::new(app, Some(code), true),
        BookAct::Label => edit::label(app, code),
        BookAct::Field(field) => edit::field(app, code, field),
        BookAct::Example => edit::example(app, code),
        BookAct::Recolour => edit::recolour(app, &code),
        BookAct::Shortcut => edit::shortcut(app, code),
        BookAct::Move => tree::pick(app, BookAsk::Under(code.clone()), &code, &words::MOVE_UNDER, true),
        BookAct::Merge => tree::pick(app, BookAsk::Into(code.clone()), &code, &words::MERGE_INTO, false),
        BookAct::Higher => tree::step(app, &code, true),
        BookAct::Lower => tree::step(app, &code, false),
        BookAct::Split => tree::split(app, code),
        BookAct::Group => life::group(app, code),
        BookAct::Qualifiers => qualify::lists(app, &code),
        BookAct::Fix => life::fix(app, code),
        BookAct::Retire => life::retire(app, code),
        BookAct::LookAgain => walk::look_again(app, &code),
    }
}

/// Takes an answer to what was asked here.
pub fn answered(app: &mut App, ask: &BookAsk, answer: Answer) -> Vec<Effect> {
    match (ask, answer) {
        (BookAsk::New(code, under), Answer::Text(text)) => tree::made(app, code.as_ref(), *under, &text),
        (BookAsk::Label(code), Answer::Text(text)) => edit::labelled(app, code, &text),
        (BookAsk::Field(code, field), Answer::Text(text)) => edit::edited(app, code, *field, &text),
        (BookAsk::Example(code), Answer::Text(text)) => edit::exampled(app, code, &text),
        (BookAsk::Meaning(code, fields), Answer::Choice(at)) => edit::meant(app, code, fields, at),
        (BookAsk::Reason(code, fields, meaning), Answer::Text(text)) => {
            edit::change(app, code, fields.clone(), *meaning, Some(&text))
        }
        (BookAsk::Shortcut(code), Answer::Key(key)) => edit::keyed(app, code, key),
        (BookAsk::Under(code), Answer::Code(above)) => tree::moved(app, code, above),
        (BookAsk::Into(code), Answer::Code(Some(into))) => tree::merged(app, code, into),
        (BookAsk::SplitFirst(code), answer) => tree::first(app, code, &answer),
        (BookAsk::SplitSecond(code, first), answer) => tree::second(app, code, first, &answer),
        (BookAsk::Group(code), Answer::Choice(at)) => life::grouped(app, code, at),
        (BookAsk::NewGroup(code), Answer::Text(text)) => life::new_group(app, code, &text),
        (BookAsk::Lists(book), Answer::Choice(at)) => qualify::chosen(app, book, at),
        (BookAsk::Values(place), Answer::Choice(at)) => qualify::value(app, place, at),
        (BookAsk::Value(place), Answer::Choice(at)) => qualify::with_value(app, place, at),
        (BookAsk::Called(place, new), Answer::Text(text)) => qualify::called(app, place, *new, &text),
        (BookAsk::Fix(code), Answer::Choice(at)) => life::fixed(app, code, at),
        (BookAsk::Retire(code), Answer::Text(text)) => life::retired(app, code, &text),
        (BookAsk::Freeze, Answer::Text(text)) => life::named(app, &text),
        (BookAsk::FreezeEarlier(name), Answer::Choice(at)) => life::frozen(app, name, at),
        _ => Vec::new(),
    }
}

/// Appends what was formed, or says why it was refused.
fn append(app: &mut App, changes: Result<Vec<Change>, Refusal>, said: String) -> Vec<Effect> {
    match changes {
        Ok(changes) => {
            app.say(said);
            vec![Effect::Append { act: "codebook", changes }]
        }
        Err(Refusal::Nothing) => {
            app.say(words::NOTHING);
            Vec::new()
        }
        Err(why) => {
            app.warn(words::refused(&why));
            Vec::new()
        }
    }
}

/// The study's first language.
fn language(desk: &Desk) -> String {
    desk.languages().first().map_or("en", |l| *l).to_owned()
}

/// The label of a code, by its id.
fn label(desk: &Desk, code: &str) -> String {
    let at = desk.coded.codebook.position(code);
    at.map_or_else(|| code.to_owned(), |at| desk.label(at).to_owned())
}

/// Counts every code with those below it, in one pass over the codings.
fn count(desk: &Desk) -> FxHashMap<usize, Counts> {
    let mut out: FxHashMap<usize, Counts> = FxHashMap::default();
    let book = &desk.coded.codebook;
    let me = desk.coder.as_ref().map(|c| desk.coded.coders.canonical(c));
    for (document, text) in desk.corpus.documents.iter().enumerate() {
        // Each coder's passages are united by themselves: together they would be fewer than anybody's.
        let mut spans: FxHashMap<(usize, &Name), Vec<Span>> = FxHashMap::default();
        for placed in desk.coded.in_document(document).iter().filter(|p| counts(text, p.span)) {
            let mut at = Some(placed.code as usize);
            while let Some(code) = at {
                spans.entry((code, desk.coded.coder(placed))).or_default().push(placed.span);
                at = book.parent(code);
            }
        }
        for ((code, coder), mut spans) in spans {
            let n = unite(&mut spans).len();
            let counts = out.entry(code).or_default();
            counts.all += n;
            if me == Some(coder) {
                counts.own += n;
                counts.documents += usize::from(n > 0);
            }
        }
    }
    out
}
