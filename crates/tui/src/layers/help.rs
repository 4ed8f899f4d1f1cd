//! The help: every key that means something where the user was, to be filtered by typing.

use super::{Handled, move_in, type_into};
use crate::actions::{Action, Context, Def, defs};
use crate::app::App;

/// The open help.
#[derive(Clone, Debug, Default)]
pub struct Help {
    /// What was typed.
    pub filter: String,
    /// The contexts to tell about, the nearest first.
    pub contexts: Vec<Context>,
    /// First line on the screen.
    pub top: usize,
}

impl Help {
    /// Help on the keys of some contexts; those of other places follow.
    pub fn new(contexts: Vec<Context>) -> Self {
        Self { contexts, ..Self::default() }
    }

    /// The lines: a heading where the context changes, and the actions that pass the filter.
    pub fn lines(&self) -> Vec<(Context, Option<&'static Def>)> {
        let filter = self.filter.to_lowercase();
        let passes = |d: &&Def| {
            filter.is_empty()
                || d.doc().to_lowercase().contains(&filter)
                || d.name.contains(&filter)
                || d.shown().to_lowercase() == filter
        };
        let mut order = self.contexts.clone();
        order.extend(Context::ALL.iter().copied().filter(|c| !self.contexts.contains(c)));
        let mut out = Vec::new();
        for context in order {
            let defs: Vec<&'static Def> =
                defs().filter(|d| d.contexts.contains(&context)).filter(passes).collect();
            if !defs.is_empty() {
                out.push((context, None));
                out.extend(defs.into_iter().map(|d| (context, Some(d))));
            }
        }
        out
    }

    /// What is typed; false closes the help.
    pub fn update(&mut self, _: &mut App, action: &Action) -> (Handled, bool) {
        let lines = self.lines().len();
        if move_in(&mut self.top, lines, action) {
            return (Handled::done(), true);
        }
        if type_into(&mut self.filter, action) {
            self.top = 0;
            return (Handled::done(), true);
        }
        match action {
            Action::Back if self.filter.is_empty() => (Handled::done(), false),
            Action::Back => {
                self.filter.clear();
                (Handled::done(), true)
            }
            Action::Accept => (Handled::done(), false),
            _ => (Handled::Ignored, true),
        }
    }
}
