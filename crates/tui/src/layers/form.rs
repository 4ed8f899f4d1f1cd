//! A form: a few questions that are answered by typing, pasting or choosing.

use model::id::ThingId;

use super::field::{Field, Typed};
use super::palette::Palette;
use super::{Handled, Layer};
use crate::actions::Action;
use crate::app::{App, Effect};
use crate::paths;
use crate::strings::coding as words;
use crate::strings::forms;
use crate::strings::language::{Language, Text};
use crate::update::code::{NAME, NewCode, new_code};
use crate::update::coding;

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
    /// Giving a coding a weight.
    Weight(ThingId),
    /// Naming a code by words of the text.
    InVivo,
    /// What a new code has beside its name.
    NewCode,
}

/// One question.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The question.
    pub label: &'static str,
    /// What helps to answer it.
    pub hint: &'static str,
    /// The answer so far.
    pub answer: Field,
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
    /// The code that is to be made.
    pub new: Option<NewCode>,
}

impl Form {
    /// The questions for a purpose.
    pub fn new(purpose: Purpose, app: &App) -> Self {
        let folder = |answer: &str, hint: Text| Question {
            label: forms::FOLDER.get(),
            hint: hint.get(),
            answer: Field::new(answer),
            ..Question::default()
        };
        let name = || Question {
            label: forms::NAME.get(),
            hint: forms::NAME_HINT.get(),
            answer: app.login.clone().unwrap_or_default().into(),
            ..Question::default()
        };
        let questions = match purpose {
            Purpose::New => {
                let mut choices: Vec<String> = app.codebooks.iter().map(|b| b.name.clone()).collect();
                choices.push(String::new());
                let first = choices.first().cloned().unwrap_or_default();
                vec![
                    folder("", forms::NEW_HINT),
                    name(),
                    Question {
                        label: forms::CODEBOOK.get(),
                        hint: forms::CODEBOOK_HINT.get(),
                        answer: first.into(),
                        choices,
                        optional: true,
                    },
                    languages(app.language),
                    Question {
                        label: forms::CASE_LABEL.get(),
                        hint: forms::CASE_LABEL_HINT.get(),
                        choices: beside_nothing(forms::CASE_LABELS.iter().map(|l| l.get().to_owned())),
                        optional: true,
                        ..Question::default()
                    },
                ]
            }
            Purpose::Open => {
                vec![folder("", forms::OPEN_HINT)]
            }
            Purpose::Sample => {
                vec![folder("verbatim-demo", forms::SAMPLE_HINT)]
            }
            Purpose::Import => vec![
                Question { label: forms::PATH.get(), hint: forms::IMPORT_HINT.get(), ..Question::default() },
                case_of(app),
            ],
            Purpose::Who => vec![name()],
            Purpose::Weight(id) => {
                let weight = app.desk.as_ref().and_then(|d| d.state.coding(id)?.weight);
                let answer = weight.map(|w| w.to_string()).unwrap_or_default().into();
                vec![Question { answer, ..optional(words::WEIGHT) }]
            }
            Purpose::InVivo => vec![Question { optional: false, ..optional(words::IN_VIVO) }],
            Purpose::NewCode => {
                let mut choices = vec![String::new()];
                choices.extend(words::COLORS.iter().map(|(name, _)| name.get().to_owned()));
                vec![Question { choices, ..optional(words::COLOR) }, optional(words::DEFINITION)]
            }
        };
        Self { purpose, questions, at: 0, refused: None, new: None }
    }

    /// The questions after the name and place of a new code; an Enter each leaves them open.
    pub fn new_code(app: &App, new: NewCode) -> Self {
        Self { new: Some(new), ..Self::new(Purpose::NewCode, app) }
    }

    /// What the form is about.
    pub fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::New => forms::NEW_STUDY,
            Purpose::Open => forms::OPEN_STUDY,
            Purpose::Sample => forms::SAMPLE_STUDY,
            Purpose::Import => forms::IMPORT,
            Purpose::Who => forms::WHO,
            Purpose::Weight(_) => words::WEIGHT_TITLE,
            Purpose::InVivo => words::IN_VIVO_TITLE,
            Purpose::NewCode => words::NEW_CODE_TITLE,
        }
        .get()
    }

    /// Whether it asks for a folder or file, which is pasted whole.
    const fn takes_a_path(&self) -> bool {
        matches!(self.purpose, Purpose::New | Purpose::Open | Purpose::Sample | Purpose::Import)
    }

    /// Takes a pasted text as the answer at hand.
    pub fn type_in(&mut self, text: &str) {
        if let Some(q) = self.questions.get_mut(self.at) {
            q.answer.set(text.trim());
        }
    }

    /// What is typed or chosen; false closes the form.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let last = self.questions.len().saturating_sub(1);
        let path = self.takes_a_path();
        let Some(question) = self.questions.get_mut(self.at) else { return (Handled::done(), false) };
        match action {
            Action::Paste(text) if path => {
                let text = text.clone();
                self.type_in(&text);
                self.refused = None;
                return (Handled::done(), true);
            }
            Action::Up | Action::Down if !question.choices.is_empty() => {
                let n = question.choices.len();
                let at = question.choices.iter().position(|c| *c == question.answer.text());
                let next = match (at, action == &Action::Down) {
                    (None, _) => 0,
                    (Some(i), true) => (i + 1) % n,
                    (Some(i), false) => (i + n - 1) % n,
                };
                let next = question.choices.get(next).cloned().unwrap_or_default();
                question.answer.set(&next);
                return (Handled::done(), true);
            }
            _ => {}
        }
        match question.answer.update(action) {
            Typed::Changed => {
                self.refused = None;
                return (Handled::done(), true);
            }
            Typed::Moved => return (Handled::done(), true),
            Typed::No => {}
        }
        match action {
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::Back if self.at > 0 => self.at -= 1,
            Action::Back => {
                let must = self.purpose == Purpose::Who;
                if must {
                    app.warn(forms::NOBODY);
                } else if self.purpose == Purpose::NewCode {
                    app.say(words::NO_NEW_CODE);
                }
                return (Handled::done(), false);
            }
            Action::Accept if !question.optional && question.answer.trim().is_empty() => {
                self.refused = Some(forms::ANSWER_NEEDED.into());
            }
            Action::Accept if self.at < last => self.at += 1,
            Action::Accept => return self.answered(app),
            Action::NewCode if self.purpose == Purpose::InVivo => {
                let name = question.answer.trim().to_owned();
                if let Some(desk) = app.desk.as_ref().filter(|_| !name.is_empty()) {
                    let mut palette = Palette::under(desk, name);
                    palette.in_vivo = true;
                    app.layers.push(Layer::Palette(palette));
                    return (Handled::done(), false);
                }
            }
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }

    /// Does what the answers ask for.
    fn answered(&mut self, app: &mut App) -> (Handled, bool) {
        let answer = |i: usize| self.questions.get(i).map_or("", |q| q.answer.trim()).to_owned();
        let done = match self.purpose {
            Purpose::Weight(id) => coding::weigh(app, id, &answer(0)),
            Purpose::InVivo if answer(0).chars().count() > NAME => Err(words::name_too_long(NAME)),
            Purpose::InVivo => {
                let new = NewCode { label: answer(0), in_vivo: true, ..NewCode::default() };
                Ok(new_code(app, &new))
            }
            Purpose::NewCode => match color(&answer(0)) {
                Ok(color) => {
                    let new = self.new.clone().unwrap_or_default();
                    Ok(new_code(app, &NewCode { color, definition: answer(1), ..new }))
                }
                Err(why) => {
                    self.at = 0;
                    Err(why)
                }
            },
            _ => return (Handled::Consumed(self.effect()), true),
        };
        match done {
            Ok(effects) => (Handled::Consumed(effects), false),
            Err(why) => {
                self.refused = Some(why);
                (Handled::done(), true)
            }
        }
    }

    /// What the answers ask for. The form stays until it is done, to show why it could not be.
    fn effect(&self) -> Vec<Effect> {
        let answer = |i: usize| self.questions.get(i).map_or("", |q| q.answer.trim());
        let path = paths::pasted(answer(0));
        vec![match self.purpose {
            Purpose::New => Effect::New {
                folder: path,
                coder: answer(1).to_owned(),
                codebook: answer(2).to_owned(),
                languages: answer(3).to_owned(),
                case_label: answer(4).to_owned(),
            },
            Purpose::Open => Effect::Open(path),
            Purpose::Sample => Effect::Sample(path),
            Purpose::Import => Effect::Import { path, case: answer(1).to_owned() },
            Purpose::Who => Effect::Introduce(answer(0).to_owned()),
            _ => return Vec::new(),
        }]
    }
}

/// Answers to choose from, after that of leaving it open.
fn beside_nothing(answers: impl Iterator<Item = String>) -> Vec<String> {
    std::iter::once(String::new()).chain(answers).collect()
}

/// In which languages codes will have labels: first of all in that of the screen, in which they will be
/// typed.
fn languages(own: Language) -> Question {
    let (own, other) = (own.id(), own.other().id());
    Question {
        label: forms::LANGUAGE.get(),
        hint: forms::LANGUAGE_HINT.get(),
        answer: own.to_owned().into(),
        choices: vec![own.to_owned(), format!("{own},{other}"), other.to_owned(), format!("{other},{own}")],
        optional: true,
    }
}

/// Which case the transcripts are about: one that is known, a new one, or what the files say.
fn case_of(app: &App) -> Question {
    let known = app.desk.iter().flat_map(|d| &d.corpus.cases).map(|c| c.id.clone());
    let choices = beside_nothing(known);
    let (hint, choices) =
        if choices.len() > 1 { (forms::CASES_HINT, choices) } else { (forms::CASE_HINT, Vec::new()) };
    Question { label: forms::CASE.get(), hint: hint.get(), choices, optional: true, ..Question::default() }
}

/// A question that can be left open.
fn optional((label, hint): (Text, Text)) -> Question {
    Question { label: label.get(), hint: hint.get(), optional: true, ..Question::default() }
}

/// A colour as a codebook has it, from its name or its digits.
fn color(answer: &str) -> Result<String, String> {
    let hex =
        |t: &str| t.len() == 7 && t.starts_with('#') && t.chars().skip(1).all(|c| c.is_ascii_hexdigit());
    let named = words::COLORS
        .iter()
        .find(|(name, _)| Language::ALL.iter().any(|l| name.of(*l).eq_ignore_ascii_case(answer)));
    match named {
        Some((_, value)) => Ok((*value).to_owned()),
        None if answer.is_empty() || hex(answer) => Ok(answer.to_lowercase()),
        None => Err(words::no_color(answer)),
    }
}
