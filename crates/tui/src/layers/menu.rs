//! A menu: the keys that may follow a prefix, in a box at the bottom. Any context can be one; what is
//! chosen goes on to what lies below.

use super::Handled;
use crate::actions::{ACTIONS, Action, Context};
use crate::app::App;

/// An open menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Menu {
    /// The context whose keys it offers.
    pub context: Context,
}

/// One thing that a menu offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The key; empty for a heading.
    pub key: String,
    /// What it does.
    pub text: String,
    /// The same in a word or two, for where there is no room.
    pub short: String,
    /// The code that it is about, by its place in the codebook.
    pub code: Option<usize>,
}

impl Menu {
    /// The menu of a context.
    pub const fn new(context: Context) -> Self {
        Self { context }
    }

    /// What it offers, in the order of the table of actions.
    pub fn entries(&self, _: &App) -> Vec<Entry> {
        let defs = ACTIONS.iter().filter(|d| d.contexts.contains(&self.context));
        defs.map(|d| Entry {
            key: d.shown(),
            text: d.doc.to_owned(),
            short: d.footer.unwrap_or_default().to_owned(),
            code: None,
        })
        .collect()
    }

    /// What is pressed; the menu closes with every key that means something.
    pub fn update(self, _: &mut App, action: &Action) -> (Handled, bool) {
        match action {
            Action::Back => (Handled::done(), false),
            _ => (Handled::Ignored, false),
        }
    }
}
