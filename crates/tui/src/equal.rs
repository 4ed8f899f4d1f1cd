//! What an act is on the command line: everything that the screen does can be done again, or by a
//! script, in words.

mod book;
mod coding;
mod rules;

use std::sync::Arc;

use index::Index;
use model::act::{Act, Change};
use model::id::{ActId, ThingId};
use model::name::Name;
use model::state::State;

use crate::desk::Desk;
use crate::words::quoted;

/// The program's name on the command line.
const PROGRAM: &str = "verbatim";

/// A command: its words before the things that it is done to, these things, and the words behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Command {
    before: Vec<String>,
    things: Vec<String>,
    after: Vec<String>,
}

impl Command {
    /// A command that is done to nothing else.
    fn new(words: &[&str]) -> Self {
        Self { before: words.iter().map(|w| (*w).to_owned()).collect(), ..Self::default() }
    }

    /// Names a thing that it is done to; it could be done to several at once.
    fn to(mut self, thing: impl Into<String>) -> Self {
        self.things.push(thing.into());
        self
    }

    /// Adds an option with its value; one that begins with a hyphen would else be taken for an option.
    fn option(mut self, name: &str, value: &str) -> Self {
        if value.starts_with('-') {
            self.after.push(format!("{name}={value}"));
        } else {
            self.after.extend([name.to_owned(), value.to_owned()]);
        }
        self
    }

    /// Adds an option without a value.
    fn flag(mut self, name: &str) -> Self {
        self.after.push(name.to_owned());
        self
    }

    /// Adds words that are no options, whatever they begin with.
    fn words<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Self {
        let words: Vec<&str> = words.into_iter().collect();
        if words.iter().any(|w| w.starts_with('-')) {
            self.after.push("--".to_owned());
        }
        self.after.extend(words.into_iter().map(str::to_owned));
        self
    }

    /// Takes in what is done to another thing, where the same is done to it.
    fn join(&mut self, other: &Self) -> bool {
        let same = !self.things.is_empty()
            && !other.things.is_empty()
            && (&self.before, &self.after) == (&other.before, &other.after);
        if same {
            self.things.extend(other.things.iter().cloned());
        }
        same
    }

    /// The line as a shell reads it.
    fn line(&self) -> String {
        let words = self.before.iter().chain(&self.things).chain(&self.after);
        let words: Vec<String> = words.map(|w| quoted(w)).collect();
        format!("{PROGRAM} {}", words.join(" "))
    }
}

/// A coding or memo as commands name it: the end of its id that is enough in most studies.
fn thing(id: ThingId) -> String {
    format!("{}.{}", act_id(id.act), id.k)
}

fn act_id(id: ActId) -> String {
    let whole = id.to_string();
    whole.chars().skip(whole.len().saturating_sub(8)).collect()
}

/// The commands that do what acts did, and how many of their changes no command does. What they refer to
/// is told by the study as it was before. Without an index the texts are read where something is looked up
/// in them.
pub fn commands(desk: &Desk, index: Option<&Index>, acts: &[Arc<Act>]) -> (Vec<String>, usize) {
    let mut lines = Vec::new();
    let mut missing = 0;
    for (i, act) in acts.iter().enumerate() {
        // A rule that is kept because somebody decides about its hits is kept by the command that decides.
        if acts.get(i + 1).is_some_and(|next| rules::keeps_for(act, next)) {
            continue;
        }
        let before = desk.state.filtered(|a| a.id < act.id);
        let mut found: Vec<Command> = Vec::new();
        let told = rules::whole(desk, index, &before, act);
        let all = told.or_else(|| Some((book::whole(desk, &before, act).or_else(|| coding::whole(act))?, 0)));
        let (commands, without) = all.unwrap_or_else(|| each(desk, &before, act));
        missing += without;
        for next in commands {
            // Where a command takes several things at once, an act remains one act.
            if !found.last_mut().is_some_and(|last| last.join(&next)) {
                found.push(next);
            }
        }
        lines.extend(found.iter().map(Command::line));
    }
    (lines, missing)
}

/// The commands of an act of which every change means something by itself, and how many have none.
fn each(desk: &Desk, before: &State, act: &Act) -> (Vec<Command>, usize) {
    let mut out = Vec::new();
    let mut missing = 0;
    let fixes =
        |code: &Name| act.changes.iter().any(|c| matches!(c, Change::CodeFixed(f) if f.code == *code));
    for c in &act.changes {
        match c {
            // The program says by itself who joins, and offers what a code is fixed with.
            Change::CoderIntroduced(_) => {}
            Change::HitOffered(h) if h.code.as_ref().is_some_and(fixes) => {}
            c => match change(desk, before, c) {
                Some(commands) => out.extend(commands),
                None => missing += 1,
            },
        }
    }
    (out, missing)
}

/// The commands that do a change.
fn change(desk: &Desk, before: &State, change: &Change) -> Option<Vec<Command>> {
    let one = match change {
        Change::Done(d) => Command::new(&["done"]).to(d.document.as_str()),
        Change::Reopened(d) => Command::new(&["reopen"]).to(d.document.as_str()),
        Change::NotAsked(n) => asked("not-asked", n)?,
        Change::Asked(n) => asked("asked", n)?,
        Change::PrimaryNamed(p) => {
            let documents = p.documents.iter().map(Name::as_str);
            Command::new(&["coders", "primary"]).words(std::iter::once(p.coder.as_str()).chain(documents))
        }
        Change::CoderAlias(a) => Command::new(&["coders", "alias"]).words([a.coder.as_str(), a.of.as_str()]),
        Change::Undone(a) => Command::new(&["undo"]).to(act_id(a.act)),
        Change::Redone(a) => Command::new(&["redo"]).to(act_id(a.act)),
        Change::CodeAdded(_)
        | Change::CodeChanged(_)
        | Change::CodeRetired(_)
        | Change::CodeFixed(_)
        | Change::Setting(_) => book::change(desk, before, change)?,
        _ => return coding::change(before, change),
    };
    Some(vec![one])
}

fn asked(verb: &str, n: &model::act::NotAsked) -> Option<Command> {
    let place = match (&n.document, &n.case) {
        (Some(document), _) => format!("doc:{document}"),
        (None, Some(case)) => format!("case:{case}"),
        (None, None) => return None,
    };
    let codes = n.codes.iter().map(Name::as_str);
    Some(Command::new(&[verb]).words(std::iter::once(place.as_str()).chain(codes)))
}
