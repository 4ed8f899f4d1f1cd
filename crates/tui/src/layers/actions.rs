//! The list of all actions: found by name or by what they do, and done where that is possible.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::field::{Field, Typed};
use super::{Handled, move_in};
use crate::actions::{Action, Context, Def, Tool, defs};
use crate::app::App;
use crate::key::Key;
use crate::keymap::Keymap;
use crate::strings::tools as words;
use crate::update;

/// The open list.
#[derive(Clone, Debug, Default)]
pub struct Actions {
    /// What was typed.
    pub query: Field,
    /// The item at hand.
    pub at: usize,
    /// The first line on the screen, where that was chosen.
    pub top: usize,
    /// The contexts that hold below.
    pub contexts: Vec<Context>,
    /// What fits: the action, and whether it can be done here.
    pub found: Vec<(&'static Def, bool)>,
}

impl Actions {
    /// All actions, those that hold in these contexts first.
    pub fn new(contexts: Vec<Context>) -> Self {
        let mut out = Self { contexts, ..Self::default() };
        out.search();
        out
    }

    /// Finds what fits.
    fn search(&mut self) {
        self.at = 0;
        let mut all: Vec<(bool, u32, usize, &'static Def)> = Vec::new();
        let query = self.query.trim();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let mut buffer = Vec::new();
        for (i, def) in defs().enumerate() {
            // A character that is typed, or a code's key, is nothing to choose from a list.
            if def.action.any_key() || def.action == Action::Tool(Tool::Actions) {
                continue;
            }
            let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
            // A name is short, so that a hit in it says more.
            let name = score(def.name).map(|s| s * 2);
            if let Some(best) = name.max(score(def.doc())) {
                all.push((!self.here(def), u32::MAX - best, i, def));
            }
        }
        all.sort_by_key(|(there, score, i, _)| (*there, *score, *i));
        self.found = all.into_iter().map(|(there, _, _, def)| (def, !there)).collect();
    }

    /// Whether an action can be done here, and its key means nothing nearer.
    fn here(&self, def: &Def) -> bool {
        if let Some(prefix) = prefix(def) {
            return self.here(prefix);
        }
        let key = def.keys.iter().find_map(|k| Key::parse(k));
        self.contexts.iter().any(|c| def.contexts.contains(c))
            && key.is_some_and(|k| Keymap::standard().action(&self.contexts, k).as_ref() == Some(&def.action))
    }

    /// What is typed or chosen; false closes the list.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if move_in(&mut self.at, self.found.len(), action) {
            return (Handled::done(), true);
        }
        match self.query.update(action) {
            Typed::Changed => {
                self.search();
                return (Handled::done(), true);
            }
            Typed::Moved => return (Handled::done(), true),
            Typed::No => {}
        }
        match action {
            Action::Back if !self.query.is_empty() => {
                self.query.clear();
                self.search();
                (Handled::done(), true)
            }
            Action::Back => (Handled::done(), false),
            Action::Accept => match self.found.get(self.at) {
                // The list is off the stack by now: the action goes to what lay below it.
                Some((def, true)) => (Handled::Consumed(update::update(app, &def.action)), false),
                Some((def, false)) => {
                    app.warn(words::not_here(&keys(def), &places(def)));
                    (Handled::done(), true)
                }
                None => {
                    app.warn(words::NO_ACTION);
                    (Handled::done(), true)
                }
            },
            _ => (Handled::Ignored, true),
        }
    }
}

/// The action that opens the menu in which another one is.
fn prefix(def: &Def) -> Option<&'static Def> {
    defs().find(|d| matches!(d.action, Action::Menu(menu) if def.contexts.contains(&menu)))
}

/// The keys of an action, with the one before it where it is in a menu.
pub fn keys(def: &Def) -> String {
    match prefix(def) {
        Some(prefix) => format!("{} {}", prefix.shown(), def.shown()),
        None => def.shown(),
    }
}

/// Where an action holds, in words.
pub fn places(def: &Def) -> String {
    let def = prefix(def).unwrap_or(def);
    def.contexts.iter().map(|c| c.heading()).collect::<Vec<_>>().join(", ")
}
