//! A list to choose one item from: a case, a language.

use model::id::ThingId;
use model::name::Name;

use super::field::{Field, Typed};
use super::{Handled, move_in};
use crate::actions::Action;
use crate::app::App;
use crate::desk::Desk;
use crate::layers::write::Write;
use crate::strings::coding as words;
use crate::update::coding;

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The case of a coding.
    Case(ThingId),
    /// The language of a coding's translation.
    Language(ThingId),
}

/// The open list.
#[derive(Clone, Debug)]
pub struct Choose {
    /// What it is for.
    pub purpose: Purpose,
    /// What was typed.
    pub query: Field,
    /// Ids and labels; an empty id means none.
    pub items: Vec<(String, String)>,
    /// The item at hand, of those that fit.
    pub at: usize,
    /// The first line on the screen, where that was chosen.
    pub top: usize,
}

impl Choose {
    /// The cases, after the choice of none.
    pub fn case(desk: &Desk, coding: ThingId) -> Self {
        let mut items = vec![(String::new(), words::NO_CASE_SET.to_owned())];
        items.extend(desk.corpus.cases.iter().map(|c| (c.id.clone(), c.name.clone())));
        let set = desk.state.coding(coding).and_then(|c| c.case);
        let at = items.iter().position(|(id, _)| set.is_some_and(|s| *s == *id.as_str())).unwrap_or(0);
        Self { purpose: Purpose::Case(coding), query: Field::default(), items, at, top: 0 }
    }

    /// The languages that the study knows.
    pub fn language(desk: &Desk, coding: ThingId) -> Self {
        let mut items: Vec<(String, String)> = Vec::new();
        let spoken = desk.corpus.documents.iter().map(|d| d.language.as_str());
        for language in ["en"].into_iter().chain(desk.languages()).chain(spoken) {
            if !language.is_empty() && !items.iter().any(|(id, _)| id == language) {
                items.push((language.to_owned(), language.to_owned()));
            }
        }
        Self { purpose: Purpose::Language(coding), query: Field::default(), items, at: 0, top: 0 }
    }

    /// What stands above the list.
    pub fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::Case(_) => &words::WHICH_CASE,
            Purpose::Language(_) => &words::WHICH_LANGUAGE,
        }
    }

    /// The items that fit what was typed; a language that is not in the list can be typed whole.
    pub fn fitting(&self) -> Vec<(String, String)> {
        let query = self.query.trim().to_lowercase();
        let fits = |(id, label): &&(String, String)| {
            query.is_empty() || id.to_lowercase().contains(&query) || label.to_lowercase().contains(&query)
        };
        let mut out: Vec<(String, String)> = self.items.iter().filter(fits).cloned().collect();
        let tag = query.len() >= 2 && query.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if matches!(self.purpose, Purpose::Language(_)) && tag && !out.iter().any(|(id, _)| *id == query) {
            out.push((query.clone(), query));
        }
        out
    }

    /// What is typed or chosen; false closes the list.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let len = self.fitting().len();
        if move_in(&mut self.at, len, action) {
            return (Handled::done(), true);
        }
        match self.query.update(action) {
            Typed::Changed => {
                self.at = 0;
                return (Handled::done(), true);
            }
            Typed::Moved => return (Handled::done(), true),
            Typed::No => {}
        }
        match action {
            Action::Back if !self.query.is_empty() => {
                self.query.clear();
                self.at = 0;
                (Handled::done(), true)
            }
            Action::Back => (Handled::done(), false),
            Action::Accept => {
                let Some((id, _)) = self.fitting().into_iter().nth(self.at) else {
                    app.warn(words::NOTHING_FITS);
                    return (Handled::done(), true);
                };
                match self.purpose {
                    Purpose::Case(coding) => {
                        let case = Some(id.as_str()).filter(|c| !c.is_empty());
                        (Handled::Consumed(coding::set_case(app, coding, case)), false)
                    }
                    Purpose::Language(coding) => {
                        if let Some(write) = Write::translation(app, coding, &Name::new(&id)) {
                            app.layers.push(super::Layer::Write(Box::new(write)));
                        }
                        (Handled::done(), false)
                    }
                }
            }
            _ => (Handled::Ignored, true),
        }
    }
}
