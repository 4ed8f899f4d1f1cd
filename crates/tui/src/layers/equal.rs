//! An act of this screen as commands of the command line, to be copied.

use super::Handled;
use crate::actions::{Action, Tool};
use crate::app::{App, Effect};

/// The open window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Equal {
    /// What was done, in words.
    pub what: String,
    /// The commands that do the same.
    pub commands: Vec<String>,
    /// Parts of the act that no command does.
    pub missing: usize,
}

impl Equal {
    /// What is pressed; false closes the window.
    pub fn update(&mut self, _: &mut App, action: &Action) -> (Handled, bool) {
        match action {
            Action::Back | Action::Tool(Tool::Equal) => (Handled::done(), false),
            Action::Tool(Tool::Copy) if !self.commands.is_empty() => {
                (Handled::Consumed(vec![Effect::Copy(self.commands.join("\n"))]), false)
            }
            _ => (Handled::Ignored, true),
        }
    }
}
