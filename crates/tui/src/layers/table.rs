//! The table: how often each case has each code, with what each number means.

use export::{CountRule, Frequencies, Level, Options};

use super::{Handled, move_in};
use crate::actions::Action;
use crate::app::App;
use crate::desk::Desk;

/// Count rules that the key goes through.
const RULES: [CountRule; 5] =
    [CountRule::Passages, CountRule::Codings, CountRule::Turns, CountRule::Presence, CountRule::Words];

/// The open table.
#[derive(Debug)]
pub struct Table {
    /// The numbers, or why there are none.
    pub numbers: Result<Frequencies, String>,
    /// What is asked.
    pub options: Options,
    /// First row on the screen.
    pub row: usize,
    /// First column on the screen.
    pub column: usize,
}

impl Table {
    /// Cases × top codes, as the study counts.
    pub fn new(desk: &Desk) -> Self {
        let options = Options { level: Level::Top, ..Options::default() };
        let mut table = Self { numbers: Err(String::new()), options, row: 0, column: 0 };
        table.count(desk);
        table
    }

    /// Counts anew.
    fn count(&mut self, desk: &Desk) {
        self.numbers =
            export::frequencies(&desk.corpus, &desk.state, &desk.coded, &self.options).map_err(|why| {
                let hints = why.hints().join("; ");
                format!("{why}. {hints}")
            });
    }

    /// What is pressed; false closes the table.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let (rows, columns) = self.numbers.as_ref().map_or((0, 0), |n| (n.groups.len(), n.codes.len()));
        if move_in(&mut self.row, rows, action) {
            return (Handled::done(), true);
        }
        match action {
            Action::Left => self.column = self.column.saturating_sub(1),
            Action::Right => self.column = (self.column + 1).min(columns.saturating_sub(1)),
            Action::CountRule | Action::Level => {
                if *action == Action::Level {
                    self.options.level =
                        if self.options.level == Level::Top { Level::All } else { Level::Top };
                    self.column = 0;
                } else {
                    let at = RULES.iter().position(|r| *r == self.options.count).unwrap_or(0);
                    self.options.count = RULES[(at + 1) % RULES.len()];
                }
                if let Some(desk) = &app.desk {
                    self.count(desk);
                }
            }
            Action::Help => {
                let contexts = vec![crate::actions::Context::Table];
                app.layers.push(super::Layer::Help(super::help::Help::new(contexts)));
            }
            Action::Back => return (Handled::done(), false),
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }
}
