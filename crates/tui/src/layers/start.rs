//! The start: what can be done where there is no study yet. It is a beginning, not an error.

use super::form::{Form, Purpose};
use super::help::Help;
use super::{Handled, Layer, move_in};
use crate::actions::{Action, Context};
use crate::app::App;
use crate::strings;

/// The menu.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The choice at hand.
    pub at: usize,
}

impl Start {
    /// What is chosen; the menu stays until a study is open.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if move_in(&mut self.at, strings::START.len(), action) {
            return (Handled::done(), true);
        }
        match action {
            Action::Accept => {
                app.tour = (self.at == strings::START.len() - 1).then(crate::tour::Tour::default);
                let purpose = [Purpose::New, Purpose::Open, Purpose::Sample, Purpose::Sample]
                    .get(self.at)
                    .copied()
                    .unwrap_or(Purpose::Open);
                let form = Form::new(purpose, app);
                app.layers.push(Layer::Form(form));
            }
            Action::Paste(path) => {
                let mut form = Form::new(Purpose::Open, app);
                form.type_in(path);
                app.layers.push(Layer::Form(form));
            }
            Action::Help => app.layers.push(Layer::Help(Help::new(vec![Context::Start]))),
            Action::Back => {}
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }
}
