//! A form: one to three questions that are answered by typing, pasting or choosing.

use super::{Handled, type_into};
use crate::actions::Action;
use crate::app::{App, Effect};
use crate::paths;

/// What the answers are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new study.
    New,
    /// Opening a study.
    Open,
    /// The sample study.
    Sample,
    /// Bringing documents in.
    Import,
    /// Saying who codes.
    Who,
}

/// One question.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The question.
    pub label: &'static str,
    /// What helps to answer it.
    pub hint: &'static str,
    /// The answer so far.
    pub answer: String,
    /// Answers to choose from with the arrows.
    pub choices: Vec<String>,
    /// Whether the answer can be left empty.
    pub optional: bool,
}

/// The open form.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is for.
    pub purpose: Purpose,
    /// Its questions.
    pub questions: Vec<Question>,
    /// The question at hand.
    pub at: usize,
    /// Why the answers did not do.
    pub refused: Option<String>,
}

impl Form {
    /// The questions for a purpose.
    pub fn new(purpose: Purpose, app: &App) -> Self {
        let folder = |answer: &str, hint| Question {
            label: "Folder",
            hint,
            answer: answer.to_owned(),
            ..Question::default()
        };
        let name = || Question {
            label: "Your name",
            hint: "as it will stand beside your codings, such as your first name",
            answer: app.login.clone().unwrap_or_default(),
            ..Question::default()
        };
        let questions = match purpose {
            Purpose::New => {
                let mut choices: Vec<String> = app.codebooks.iter().map(|b| b.name.clone()).collect();
                choices.push(String::new());
                let first = choices.first().cloned().unwrap_or_default();
                vec![
                    folder("", "where the study will be kept: a new or an empty folder"),
                    name(),
                    Question {
                        label: "Codebook",
                        hint: "↑ ↓ choose; or the path of a codebook file; empty: none yet",
                        answer: first,
                        choices,
                        optional: true,
                    },
                ]
            }
            Purpose::Open => {
                vec![folder("", "type, paste or drag the folder of the study (the one with study.json)")]
            }
            Purpose::Sample => {
                vec![folder("verbatim-demo", "where to put the sample study; reopened if it is there")]
            }
            Purpose::Import => vec![Question {
                label: "Path",
                hint: "a transcript or a folder of transcripts (.txt, .md, .docx); type, paste or drag it here",
                ..Question::default()
            }],
            Purpose::Who => vec![name()],
        };
        Self { purpose, questions, at: 0, refused: None }
    }

    /// What the form is about.
    pub const fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::New => "New study",
            Purpose::Open => "Open a study",
            Purpose::Sample => "Sample study",
            Purpose::Import => "Bring transcripts in",
            Purpose::Who => "Who is coding?",
        }
    }

    /// Takes a pasted text as the answer at hand.
    pub fn type_in(&mut self, text: &str) {
        if let Some(q) = self.questions.get_mut(self.at) {
            q.answer = text.trim().chars().filter(|c| !c.is_control()).collect();
        }
    }

    /// What is typed or chosen; false closes the form.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let last = self.questions.len().saturating_sub(1);
        let Some(question) = self.questions.get_mut(self.at) else { return (Handled::done(), false) };
        match action {
            Action::Paste(text) if self.purpose != Purpose::Who => {
                let text = text.clone();
                self.type_in(&text);
                self.refused = None;
                return (Handled::done(), true);
            }
            Action::Up | Action::Down if !question.choices.is_empty() => {
                let n = question.choices.len();
                let at = question.choices.iter().position(|c| *c == question.answer);
                let next = match (at, action == &Action::Down) {
                    (None, _) => 0,
                    (Some(i), true) => (i + 1) % n,
                    (Some(i), false) => (i + n - 1) % n,
                };
                question.answer = question.choices.get(next).cloned().unwrap_or_default();
                return (Handled::done(), true);
            }
            _ => {}
        }
        if type_into(&mut question.answer, action) {
            self.refused = None;
            return (Handled::done(), true);
        }
        match action {
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::Back if self.at > 0 => self.at -= 1,
            Action::Back => {
                let must = self.purpose == Purpose::Who;
                if must {
                    app.warn("without a name you can read, but not code");
                }
                return (Handled::done(), false);
            }
            Action::Accept if !question.optional && question.answer.trim().is_empty() => {
                self.refused = Some("an answer is needed here".to_owned());
            }
            Action::Accept if self.at < last => self.at += 1,
            Action::Accept => return (Handled::Consumed(vec![self.effect()]), true),
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }

    /// What the answers ask for. The form stays until it is done, to show why it could not be.
    fn effect(&self) -> Effect {
        let answer = |i: usize| self.questions.get(i).map_or("", |q| q.answer.trim());
        let path = paths::pasted(answer(0));
        match self.purpose {
            Purpose::New => {
                Effect::New { folder: path, coder: answer(1).to_owned(), codebook: answer(2).to_owned() }
            }
            Purpose::Open => Effect::Open(path),
            Purpose::Sample => Effect::Sample(path),
            Purpose::Import => Effect::Import(path),
            Purpose::Who => Effect::Introduce(answer(0).to_owned()),
        }
    }
}
