//! A menu: the keys that may follow a prefix, in a box at the bottom. Any context can be one; what is
//! chosen goes on to what lies below.

use super::Handled;
use crate::actions::{Action, Context, Def, defs};
use crate::app::App;
use crate::desk::Desk;
use crate::key::Key;
use crate::update::coding;

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
    /// What to press for it; none for a heading.
    pub press: Option<Key>,
}

impl Menu {
    /// The menu of a context.
    pub const fn new(context: Context) -> Self {
        Self { context }
    }

    /// What it offers: what the study gives keys to, then the table of actions in its order.
    pub fn entries(&self, app: &App) -> Vec<Entry> {
        let mut out = match self.context {
            Context::Recode => app.desk.as_ref().map(codes).unwrap_or_default(),
            Context::Qualify => coding::qualities(app),
            _ => Vec::new(),
        };
        let own = |d: &&Def| d.contexts.contains(&self.context) && !d.action.any_key();
        out.extend(defs().filter(own).map(|d| Entry {
            key: d.shown(),
            text: d.doc().to_owned(),
            short: d.footer().unwrap_or_default().to_owned(),
            code: None,
            press: d.keys.first().and_then(|k| Key::parse(k)),
        }));
        out
    }

    /// What is pressed; the menu closes with every key that means something.
    pub fn update(self, _: &mut App, action: &Action) -> (Handled, bool) {
        match action {
            Action::Back => (Handled::done(), false),
            _ => (Handled::Ignored, false),
        }
    }
}

/// The codes that have keys.
fn codes(desk: &Desk) -> Vec<Entry> {
    let book = &desk.coded.codebook;
    let keyed = desk.tree().into_iter().filter_map(|i| Some((i, book.codes.get(i)?.shortcut?)));
    let mut all: Vec<Entry> = keyed
        .map(|(i, key)| Entry {
            key: key.to_string(),
            text: desk.label(i).to_owned(),
            short: String::new(),
            code: Some(i),
            press: Some(Key::char(key)),
        })
        .collect();
    all.sort_by(|a, b| a.key.cmp(&b.key));
    all
}
