//! The list of memos, with a line to filter it.

use model::id::ThingId;
use model::state::Memo;

use super::field::{Field, Typed};
use super::write::Write;
use super::{Handled, Layer, move_in};
use crate::actions::Action;
use crate::app::App;
use crate::desk::Desk;
use crate::strings::coding::subject;
use crate::update::writing;

/// The open list.
#[derive(Clone, Debug, Default)]
pub struct Memos {
    /// What was typed.
    pub filter: Field,
    /// The memo at hand, of those that fit.
    pub at: usize,
    /// The first line on the screen, where that was chosen.
    pub top: usize,
}

impl Memos {
    /// The memos that fit, those that were written last first.
    pub fn list<'a>(&self, desk: &'a Desk, others: bool) -> Vec<Memo<'a>> {
        let words: Vec<String> = self.filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let fits = |m: &Memo<'_>| {
            let w = m.written;
            let text = [
                w.title.as_str(),
                w.body.as_str(),
                &w.tags.join(" "),
                crate::strings::writing::kind(&w.kind),
                &subject(desk, &w.on),
            ]
            .join("\n")
            .to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        let mut out: Vec<Memo<'a>> =
            desk.state.memos().filter(|m| writing::is_shown(desk, m, others)).filter(fits).collect();
        out.sort_by_key(|m| std::cmp::Reverse((m.changed.id, m.id)));
        out
    }

    fn id(&self, app: &App) -> Option<ThingId> {
        self.list(app.desk.as_ref()?, app.others).get(self.at).map(|m| m.id)
    }

    /// What is typed or pressed; false closes the list.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let Some(len) = app.desk.as_ref().map(|d| self.list(d, app.others).len()) else {
            return (Handled::done(), false);
        };
        self.at = self.at.min(len.saturating_sub(1));
        if move_in(&mut self.at, len, action) {
            return (Handled::done(), true);
        }
        match self.filter.update(action) {
            Typed::Changed => {
                self.at = 0;
                return (Handled::done(), true);
            }
            Typed::Moved => return (Handled::done(), true),
            Typed::No => {}
        }
        let id = self.id(app);
        match (action, id) {
            (Action::Back, _) if self.filter.is_empty() => return (Handled::done(), false),
            (Action::Back, _) => self.filter.clear(),
            (Action::Accept, Some(id)) => {
                if let Some(write) = Write::old_memo(app, id) {
                    app.layers.push(Layer::Write(Box::new(write)));
                }
            }
            (Action::Remove, Some(id)) => {
                return (Handled::Consumed(writing::remove_memo(app, id)), true);
            }
            (Action::GoThere, Some(id)) => {
                let on = app
                    .desk
                    .as_ref()
                    .and_then(|d| d.state.memos().find(|m| m.id == id))
                    .map(|m| m.written.on.clone());
                let gone = on.is_some_and(|on| writing::go_to(app, &on));
                return (Handled::done(), !gone);
            }
            (Action::Accept | Action::Remove | Action::GoThere, None) => {}
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }
}
