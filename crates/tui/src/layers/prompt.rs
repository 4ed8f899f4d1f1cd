//! The prompt: the line in which a search in the document is typed; hits show while it is.

use super::Handled;
use super::field::{Field, Typed};
use crate::actions::Action;
use crate::app::App;
use crate::find::Find;
use crate::update;

/// The open line.
#[derive(Clone, Debug, Default)]
pub struct Prompt {
    /// What was typed.
    pub query: Field,
    /// Where the cursor was.
    pub from: u32,
    /// The search that was on before.
    pub before: Option<Find>,
}

impl Prompt {
    /// What is typed; false closes the line.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        match self.query.update(action) {
            Typed::Changed => {
                self.look(app);
                return (Handled::done(), true);
            }
            Typed::Moved => return (Handled::done(), true),
            Typed::No => {}
        }
        match action {
            Action::Back => {
                app.reader.find = self.before.take();
                app.reader.go(self.from);
                update::motion::reveal(app);
                (Handled::done(), false)
            }
            Action::Accept => {
                if self.query.trim().is_empty() {
                    app.reader.find = None;
                } else {
                    update::search::say(app);
                }
                (Handled::done(), false)
            }
            _ => (Handled::Ignored, true),
        }
    }

    /// Searches for what is typed, and shows the first hit from where the cursor was.
    fn look(&self, app: &mut App) {
        let Some(document) = app.desk.as_ref().zip(app.reader.document).and_then(|(d, at)| d.document(at))
        else {
            return;
        };
        let find = Find::new(document, &self.query);
        let to = find
            .step(self.from.saturating_sub(1), true)
            .and_then(|i| find.hits.get(i))
            .map_or(self.from, |h| h.start);
        app.reader.find = Some(find);
        app.reader.go(to);
        update::motion::reveal(app);
    }
}
