//! Asking: one line to type, one of a few to choose, one key to press; and to whom the answer goes.

use super::field::{Field, Typed};
use super::{Handled, codebook, move_in, passages, search};
use crate::actions::Action;
use crate::app::{App, Effect};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Which passages of the list to show.
    Filter,
    /// The code whose passages are wanted.
    Retrieve,
    /// The code that hits are offered for.
    Rule,
    /// The code whose missed passages are wanted.
    Missed,
    /// The name of a search that is saved.
    SaveSearch,
    /// One of the saved searches.
    SavedSearch,
    /// Something about the codebook.
    Book(codebook::BookAsk),
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A text was typed.
    Text(String),
    /// One of the choices, by its place.
    Choice(usize),
    /// A code, by its place in the codebook; none for the top.
    Code(Option<usize>),
    /// A key; none takes away what was there.
    Key(Option<char>),
}

/// Hands an answer to who asked. The layer that asked lies on top again.
pub fn answered(app: &mut App, ask: &Ask, answer: Answer) -> Vec<Effect> {
    match ask {
        Ask::Filter => passages::answered(app, answer),
        Ask::Retrieve => {
            if let Answer::Code(Some(code)) = answer {
                passages::open(app, code);
            }
        }
        Ask::Rule | Ask::SaveSearch | Ask::SavedSearch => return search::answered(app, ask, answer),
        Ask::Missed => {
            if let Answer::Code(Some(code)) = answer {
                return search::open_missed(app, code);
            }
        }
        Ask::Book(book) => return codebook::answered(app, book, answer),
    }
    Vec::new()
}

/// A line in which a text is typed.
#[derive(Clone, Debug)]
pub struct Line {
    /// What for.
    pub ask: Ask,
    /// The question.
    pub title: String,
    /// What helps to answer it.
    pub hint: String,
    /// The answer so far.
    pub text: Field,
}

impl Line {
    /// A line with an answer to begin with; the cursor stands at its end.
    pub fn new(ask: Ask, title: String, hint: String, text: String) -> Self {
        Self { ask, title, hint, text: text.into() }
    }

    /// What is typed; false closes the line.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        match action {
            Action::Back => (Handled::done(), false),
            Action::Accept => {
                let text = self.text.text().to_owned();
                (Handled::Consumed(answered(app, &self.ask, Answer::Text(text))), false)
            }
            _ if self.text.update(action) == Typed::No => (Handled::Ignored, true),
            _ => (Handled::done(), true),
        }
    }
}

/// A few things to choose from, each with what follows from it.
#[derive(Clone, Debug)]
pub struct Choose {
    /// What for.
    pub ask: Ask,
    /// The question.
    pub title: String,
    /// The choices: word, and what follows.
    pub choices: Vec<(String, String)>,
    /// The choice at hand.
    pub at: usize,
}

impl Choose {
    /// What is chosen; false closes the list.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if move_in(&mut self.at, self.choices.len(), action) {
            return (Handled::done(), true);
        }
        match action {
            Action::Back => (Handled::done(), false),
            Action::Accept => (Handled::Consumed(answered(app, &self.ask, Answer::Choice(self.at))), false),
            // The number of a choice chooses it.
            Action::Insert(c) => match c.to_digit(10).and_then(|d| (d as usize).checked_sub(1)) {
                Some(at) if at < self.choices.len() => {
                    (Handled::Consumed(answered(app, &self.ask, Answer::Choice(at))), false)
                }
                _ => (Handled::done(), true),
            },
            _ => (Handled::Ignored, true),
        }
    }
}

/// A key that is to be pressed.
#[derive(Clone, Debug)]
pub struct Press {
    /// What for.
    pub ask: Ask,
    /// The question.
    pub title: String,
    /// What helps to answer it.
    pub hint: String,
}

impl Press {
    /// What is pressed; false closes the question.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let key = match action {
            Action::Insert(c) => Some(*c),
            Action::Erase => None,
            Action::Back => return (Handled::done(), false),
            _ => return (Handled::Ignored, true),
        };
        (Handled::Consumed(answered(app, &self.ask, Answer::Key(key))), false)
    }
}
