//! The help: every key that means something where the user was, to be filtered by typing.

use super::field::{Field, Typed};
use super::{Handled, move_in};
use crate::actions::{Action, Context, Def, defs};
use crate::app::App;
use crate::key::Key;
use crate::safe::text_width;
use crate::view;

/// Cells of the window.
pub const WIDTH: u16 = 90;

/// The open help.
#[derive(Clone, Debug, Default)]
pub struct Help {
    /// What was typed.
    pub filter: Field,
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
        let filter = self.filter.trim();
        let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
        // One character is a key, capitals as such; of more, every word is somewhere.
        let one = filter.chars().count() == 1;
        let passes = |d: &&Def| {
            let key = |k: &str| Key::parse(k).is_some_and(|k| k.to_string() == filter);
            let text = format!("{} {} {}", d.doc(), d.name, d.shown()).to_lowercase();
            d.keys.iter().any(|k| key(k)) || !one && words.iter().all(|w| text.contains(w))
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

    /// The lines as they are broken for a width: heading, keys and text of each.
    pub fn rows(&self, width: u16) -> Vec<Row> {
        let lines = self.lines();
        let wide = |d: &Def| text_width(&d.shown()) as u16;
        let widest = lines.iter().filter_map(|(_, d)| d.map(wide)).max().unwrap_or(0);
        let keys = widest.min(if width < 70 { width / 6 } else { 18 });
        let mut out = Vec::new();
        for (context, def) in lines {
            let Some(def) = def else {
                out.push(Row { context, keys: String::new(), text: String::new(), at: 0 });
                continue;
            };
            let mut shown = def.shown();
            // Keys that need more room have a line of their own.
            if wide(def) > keys {
                let keys = std::mem::take(&mut shown);
                out.push(Row { context, keys, text: String::new(), at: 0 });
            }
            for line in view::lines(def.doc(), width.saturating_sub(keys + 2)) {
                let keys_shown = std::mem::take(&mut shown);
                out.push(Row { context, keys: keys_shown, text: line, at: keys + 2 });
            }
        }
        out
    }

    /// What is typed; false closes the help.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let (width, height) = room(app.size);
        let last = self.rows(width).len().saturating_sub(usize::from(height));
        if move_in(&mut self.top, last + 1, action) {
            return (Handled::done(), true);
        }
        match self.filter.update(action) {
            Typed::Changed => {
                self.top = 0;
                return (Handled::done(), true);
            }
            Typed::Moved => return (Handled::done(), true),
            Typed::No => {}
        }
        match action {
            Action::Back if self.filter.is_empty() => (Handled::done(), false),
            Action::Back => {
                self.filter.clear();
                self.top = 0;
                (Handled::done(), true)
            }
            Action::Accept => (Handled::done(), false),
            _ => (Handled::Ignored, true),
        }
    }
}

/// One row of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The context that it is under.
    pub context: Context,
    /// Keys; a row with neither keys nor text is the heading.
    pub keys: String,
    /// What they do.
    pub text: String,
    /// Where the text begins, in cells.
    pub at: u16,
}

/// Cells and rows for the lines on a screen of a size.
pub fn room((width, height): (u16, u16)) -> (u16, u16) {
    (WIDTH.min(width).saturating_sub(4), height.saturating_sub(5).max(1))
}
