//! What a command of the command line said, to be read at leisure.

use super::help::Help;
use super::{Handled, Layer};
use crate::actions::{Action, Context, Mouse, Tool};
use crate::app::{App, Effect};
use crate::safe::{safe, text_width};

/// How far a step to the side goes.
const ASIDE: usize = 8;

/// The open sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The command as it was typed.
    pub line: String,
    /// What it said; none while it runs.
    pub text: Option<String>,
    /// Whether it went well.
    pub well: bool,
    /// The first line on the screen.
    pub top: usize,
    /// The first column on the screen.
    pub left: usize,
}

impl Output {
    /// The sheet of a command that was just begun.
    pub fn new(line: &str) -> Self {
        Self { line: line.to_owned(), ..Self::default() }
    }

    /// The lines of what was said.
    pub fn lines(&self) -> Vec<&str> {
        self.text.as_deref().unwrap_or_default().lines().collect()
    }

    /// What is pressed; false closes the sheet.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        // Sheet, frame, status line and footer take six rows together.
        let rows = usize::from(app.size.1).saturating_sub(6).max(1);
        let columns = usize::from(app.size.0).saturating_sub(4).max(1);
        let lines = self.lines();
        let last = lines.len().saturating_sub(rows);
        // Only what is seen has to come into sight: there may be very many lines.
        let seen = lines.iter().skip(self.top).take(rows);
        let widest = seen.map(|l| text_width(&safe(l))).max().unwrap_or(0).saturating_sub(columns);
        match action {
            Action::Up | Action::Mouse(Mouse::Wheel(_, _, false)) => self.top = self.top.saturating_sub(1),
            Action::Down | Action::Mouse(Mouse::Wheel(_, _, true)) => self.top = (self.top + 1).min(last),
            Action::PageUp => self.top = self.top.saturating_sub(rows),
            Action::PageDown => self.top = (self.top + rows).min(last),
            Action::First => self.top = 0,
            Action::Last => self.top = last,
            Action::Left => self.left = self.left.saturating_sub(ASIDE),
            Action::Right => self.left = (self.left + ASIDE).min(widest.max(self.left)),
            Action::Help => app.layers.push(Layer::Help(Help::new(vec![Context::Output]))),
            Action::Tool(Tool::Copy) => {
                let text = self.text.clone().unwrap_or_default();
                return (Handled::Consumed(vec![Effect::Copy(text)]), true);
            }
            Action::Back => return (Handled::done(), false),
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }
}
