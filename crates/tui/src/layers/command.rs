//! The line in which a command of the command line is typed, with completion.

use super::field::{Field, Typed};
use super::output::Output;
use super::{Handled, Layer};
use crate::actions::{Action, Tool};
use crate::app::{App, Effect};
use crate::strings::tools as strings;
use crate::{update, words};

/// How many command lines are remembered.
const REMEMBERED: usize = 100;

/// The open line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// What was typed.
    pub line: Field,
    /// Which of the lines before is shown, counted from the newest; 0 is what was typed.
    back: usize,
    /// What was typed before lines before were looked at.
    draft: Field,
    /// What the word before the cursor can become, and what that is.
    pub choices: Vec<(String, String)>,
    /// The choice that was taken last.
    pub at: Option<usize>,
}

impl Command {
    /// An empty line.
    pub fn new(app: &App) -> Self {
        let mut out = Self::default();
        out.look(app);
        out
    }

    /// Finds what the word before the cursor can become.
    fn look(&mut self, app: &App) {
        self.at = None;
        self.choices = choices(app, self.line.before());
    }

    /// What is typed; false closes the line.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        match self.line.update(action) {
            Typed::Changed => {
                self.back = 0;
                self.look(app);
                return (Handled::done(), true);
            }
            Typed::Moved => {
                self.look(app);
                return (Handled::done(), true);
            }
            Typed::No => {}
        }
        match action {
            Action::Tool(Tool::Complete) => self.complete(),
            Action::Up if self.back < app.typed.len() => {
                if self.back == 0 {
                    self.draft.clone_from(&self.line);
                }
                self.back += 1;
                self.recall(app);
            }
            Action::Down if self.back > 0 => {
                self.back -= 1;
                self.recall(app);
            }
            Action::Up | Action::Down => {}
            Action::Back => return (Handled::done(), false),
            Action::Accept => return self.accept(app),
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }

    /// Shows a line that was typed before.
    fn recall(&mut self, app: &App) {
        let newest = app.typed.len();
        let line = newest.checked_sub(self.back).filter(|_| self.back > 0).and_then(|i| app.typed.get(i));
        self.line = line.map_or_else(|| self.draft.clone(), |line| Field::new(line));
        self.look(app);
    }

    /// Takes the next choice in the place of the word before the cursor.
    fn complete(&mut self) {
        if self.choices.is_empty() {
            return;
        }
        let next = self.at.map_or(0, |at| (at + 1) % self.choices.len());
        let Some((chosen, _)) = self.choices.get(next) else { return };
        let before = self.line.before();
        // After a choice was taken, a space stands behind it.
        let word = if self.at.is_none() { before } else { before.trim_end_matches(' ') };
        let begins = words::last_begins(word);
        let space = if self.line.behind().starts_with(' ') { "" } else { " " };
        self.line.replace_from(begins, &format!("{}{space}", words::quoted(chosen)));
        self.at = Some(next);
    }

    /// Runs the command.
    fn accept(&self, app: &mut App) -> (Handled, bool) {
        let Ok(mut args) = words::split(&self.line) else {
            app.warn(strings::OPEN_QUOTE);
            return (Handled::done(), true);
        };
        // A command that was copied from a shell runs as it is.
        if args.first().is_some_and(|a| a == "verbatim") {
            args.remove(0);
        }
        let Some(first) = args.first() else { return (Handled::done(), false) };
        if matches!(first.as_str(), "q" | "quit") && args.len() == 1 {
            return (Handled::Consumed(update::update(app, &Action::Quit)), false);
        }
        if app.running.is_some() {
            app.warn(strings::STILL_RUNNING);
            return (Handled::done(), true);
        }
        let line = self.line.trim().to_owned();
        app.typed.retain(|l| *l != line);
        app.typed.push(line.clone());
        let surplus = app.typed.len().saturating_sub(REMEMBERED);
        app.typed.drain(..surplus);
        app.running = Some(line.clone());
        // What another command said makes room.
        app.layers.retain(|l| !matches!(l, Layer::Output(_)));
        app.layers.push(Layer::Output(Box::new(Output::new(&line))));
        (Handled::Consumed(vec![Effect::Run(args)]), false)
    }
}

/// What the word at the end of a line can become, each with what it is: commands first, then options
/// where a hyphen was typed, else documents and codes.
fn choices(app: &App, line: &str) -> Vec<(String, String)> {
    let begins = words::last_begins(line);
    let (before, word) = line.split_at(begins.min(line.len()));
    let word = word.trim_matches(['"', '\'']).to_lowercase();
    let before: Vec<String> = words::split(before).unwrap_or_default();
    let before: Vec<&str> = before.iter().map(String::as_str).filter(|w| *w != "verbatim").collect();
    let mut out: Vec<(String, String)> = Vec::new();
    for command in &app.commands {
        let parts: Vec<&str> = command.words.split(' ').collect();
        let Some(next) = parts.strip_prefix(before.as_slice()).and_then(|rest| rest.first()) else {
            continue;
        };
        if next.starts_with(&word) && !out.iter().any(|(w, _)| w == next) {
            let whole = parts.len() == before.len() + 1;
            out.push(((*next).to_owned(), if whole { command.about.clone() } else { String::new() }));
        }
    }
    if before.is_empty() {
        return out;
    }
    if word.starts_with('-') {
        // The command with the most words that were typed has the say.
        let said = |c: &&crate::options::Subcommand| {
            c.words.split(' ').enumerate().all(|(i, w)| before.get(i).is_some_and(|b| *b == w))
        };
        let command = app.commands.iter().filter(said).max_by_key(|c| c.words.len());
        let options = command.map(|c| c.options.as_slice()).unwrap_or_default();
        out.extend(
            options
                .iter()
                .filter(|o| o.starts_with(&word) && !before.contains(&o.as_str()))
                .map(|o| (o.clone(), String::new())),
        );
        return out;
    }
    // Nothing is offered before something is typed: there may be hundreds.
    if let Some(desk) = app.desk.as_ref().filter(|_| !word.is_empty()) {
        let documents = desk.corpus.documents.iter();
        let fits = |id: &str| id.to_lowercase().starts_with(&word);
        out.extend(documents.filter(|d| fits(&d.id)).map(|d| (d.id.clone(), d.title.clone())));
        let codes = desk.tree().into_iter().filter_map(|i| Some((i, desk.coded.codebook.codes.get(i)?)));
        out.extend(
            codes.filter(|(_, c)| fits(&c.id)).map(|(i, c)| (c.id.to_string(), desk.label(i).to_owned())),
        );
    }
    out
}
