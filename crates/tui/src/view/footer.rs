//! The footer: the next useful keys, and only those that do something now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{put, put_right};
use crate::actions::{Action, Context, Edit, Tool, defs};
use crate::app::App;
use crate::desk::Progress;
use crate::key::Key;
use crate::keymap::Keymap;
use crate::layers::Layer;
use crate::layers::codebook::BookAct;
use crate::layers::form::Purpose;
use crate::layers::palette::Purpose as Choosing;
use crate::safe::text_width;
use crate::strings::panes::undo_within;
use crate::strings::{self, forms};
use crate::update::coding;

/// A key with its word.
pub struct Word {
    /// The keys, as people read them.
    pub keys: String,
    full: String,
    /// A shorter one, for where there is no room.
    short: Option<String>,
    /// What it would undo: it finds room before others are told in full, and is shortened rather than
    /// left out.
    named: Option<String>,
}

/// The fewest cells of the name of what undo would undo, and from which width on it has them before others
/// are told in full.
const NAME_AT_LEAST: usize = 9;
const NAMED: u16 = 72;

impl Word {
    /// Cells that it takes with one of its words, without what parts it from the next.
    fn width(&self, word: &str) -> usize {
        text_width(&self.keys) + 1 + text_width(word)
    }

    /// What must be seen of it whatever stands before it.
    fn kept(&self, named: bool) -> usize {
        match &self.named {
            Some(name) if named => self.width(&self.full).min(self.width(&undo_within(name, NAME_AT_LEAST))),
            Some(_) => self.width(self.shortest()),
            None => 0,
        }
    }

    /// The longest of its words for which there is room; what is told in full leaves room for the `next`.
    fn told(&self, free: usize, next: usize) -> Option<String> {
        if self.width(&self.full) + next <= free {
            return Some(self.full.clone());
        }
        let bare = self.width(&undo_within("", 0));
        let cut = self.named.as_ref().map(|name| undo_within(name, free.saturating_sub(bare)));
        let cut = cut.filter(|word| free >= bare + NAME_AT_LEAST && self.width(word) <= free);
        cut.or_else(|| (self.width(self.shortest()) <= free).then(|| self.shortest().to_owned()))
    }

    /// The word that stands where there is little room.
    pub fn shortest(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.full)
    }
}

/// Keys and words for what holds now, in order of importance.
pub fn words(app: &App) -> Vec<Word> {
    let contexts = app.contexts();
    let keymap = Keymap::standard();
    let mut out: Vec<Word> = Vec::new();
    // A menu shows its keys itself.
    let told = |c: &Context| match app.layers.last() {
        Some(Layer::Menu(menu)) => *c != menu.context && contexts.contains(c),
        _ => contexts.contains(c),
    };
    for def in defs().filter(|d| d.contexts.iter().any(told)) {
        let Some(word) = def.footer() else { continue };
        let Some((keys, word)) = now(app, &def.action, word) else { continue };
        let keys = match (keys, def.keys.first().and_then(|k| Key::parse(k))) {
            (Some(keys), _) => keys,
            // A key that means something nearer here is not offered for what is further off.
            (None, Some(key)) if keymap.action(&contexts, key).as_ref() == Some(&def.action) => {
                key.to_string()
            }
            _ => continue,
        };
        if !out.iter().any(|w| w.keys == keys) {
            let short = match def.action {
                Action::Undo => Some(def.footer().unwrap_or_default().to_owned()),
                Action::Repeat => Some(strings::panes::AGAIN.into()),
                _ => None,
            };
            let named = app.undo.clone().filter(|_| def.action == Action::Undo);
            out.push(Word { keys, full: word, short, named });
        }
    }
    out
}

/// What an action is called at this moment; none where it does nothing.
fn now(app: &App, action: &Action, word: &str) -> Option<(Option<String>, String)> {
    let word = word.to_owned();
    let text = app.reader.document.is_some();
    match action {
        Action::Shortcut(_) => {
            let book = &app.desk.as_ref().filter(|_| text)?.coded.codebook;
            let mut keys: Vec<char> = book
                .codes
                .iter()
                .filter_map(|c| c.shortcut)
                .filter(|k| book.by_shortcut(*k).is_some())
                .collect();
            keys.sort_unstable();
            let (first, last) = (keys.first()?, keys.last()?);
            let keys = if first == last { first.to_string() } else { format!("{first}–{last}") };
            Some((Some(keys), word))
        }
        Action::Undo => app.undo.as_ref().map(|u| (None, strings::panes::undo(u))),
        Action::Repeat => {
            let desk = app.desk.as_ref()?;
            let code = app.recent.first().and_then(|n| desk.coded.codebook.position(n))?;
            Some((None, strings::panes::again(desk.label(code))))
        }
        Action::Remove => {
            if matches!(app.layers.last(), Some(Layer::Memos(_))) {
                return Some((None, word));
            }
            coding::at_hand(app).filter(|m| m.own).map(|_| (None, word))
        }
        Action::Menu(Context::About | Context::Recode | Context::Qualify) => {
            coding::at_hand(app).filter(|m| m.own).map(|_| (None, word))
        }
        Action::PageDown => {
            let many = matches!(app.layers.last(), Some(Layer::Write(w)) if w.beside.len() > 1);
            many.then_some((None, word))
        }
        Action::Edit(Edit::NextField | Edit::Kind) => {
            let memo = matches!(app.layers.last(), Some(Layer::Write(w)) if w.head.is_some());
            memo.then_some((None, word))
        }
        Action::Done => {
            let desk = app.desk.as_ref()?;
            let done = desk.progress.get(app.reader.document?) == Some(&Progress::Done);
            Some((None, if done { strings::panes::REOPEN.into() } else { word }))
        }
        Action::Import => {
            let empty = app.desk.as_ref().is_some_and(|d| d.corpus.documents.is_empty());
            empty.then_some((None, word))
        }
        Action::Accept if matches!(app.layers.last(), Some(Layer::Form(_))) => {
            let Some(Layer::Form(form)) = app.layers.last() else { return None };
            let last = form.at + 1 == form.questions.len();
            let word = match form.purpose {
                _ if !last => forms::NEXT_QUESTION,
                Purpose::New | Purpose::Sample => forms::MAKE_IT,
                Purpose::Open => forms::OPEN_IT,
                Purpose::Import => forms::BRING_IN,
                Purpose::Who => forms::ANSWER,
                Purpose::Weight(_) => strings::coding::SET,
                Purpose::InVivo | Purpose::NewCode => strings::coding::MAKE_AND_APPLY,
            };
            Some((None, word.into()))
        }
        Action::Accept if matches!(app.layers.last(), Some(Layer::Search(s)) if s.typing && s.rows.is_empty()) => {
            None
        }
        Action::Accept if matches!(app.layers.last(), Some(Layer::Book(b)) if b.place().is_none()) => None,
        Action::Trail if app.trail.is_empty() => None,
        Action::Tool(Tool::Stop) if app.running.is_none() => None,
        Action::Accept | Action::Mark | Action::NewCode if matches!(app.layers.last(), Some(Layer::Palette(p)) if p.purpose != Choosing::Apply) => {
            (*action == Action::Accept).then(|| (None, strings::lists::CHOOSE.into()))
        }
        Action::InBook(act) => {
            let Some(Layer::Book(screen)) = app.layers.last() else { return None };
            let code = screen.place();
            let provisional = || {
                let code = app.desk.as_ref()?.coded.codebook.codes.get(code?)?;
                (code.status == model::codebook::Status::Provisional && !code.retired).then_some(())
            };
            match act {
                BookAct::NewHere | BookAct::Freeze => Some((None, word)),
                _ if code.is_none() => None,
                BookAct::LookAgain if !code.is_some_and(|c| screen.again.contains_key(&c)) => None,
                BookAct::Fix if provisional().is_none() => None,
                _ => Some((None, word)),
            }
        }
        action if matches!(app.layers.last(), Some(Layer::Sheet(sheet)) if !sheet.can(action)) => None,
        action if matches!(app.layers.last(), Some(Layer::Table(table)) if !table.can(action)) => None,
        Action::Descendants => {
            let Some(Layer::Passages(list)) = app.layers.last() else { return None };
            match list.source {
                crate::layers::passages::Source::Code(_, below) => {
                    Some((None, strings::lists::alone_or_with(below).to_owned()))
                }
                crate::layers::passages::Source::Cell { .. }
                | crate::layers::passages::Source::Behind { .. } => None,
            }
        }
        Action::Sentence
        | Action::Turn
        | Action::Word
        | Action::NextUncoded
        | Action::FindCode
        | Action::FreeSelection
        | Action::Search
        | Action::Table
            if !text =>
        {
            None
        }
        _ => Some((None, word)),
    }
}

/// Draws the line; help keeps its place at the right end.
pub fn draw(app: &App, buffer: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    let mut all = words(app);
    let help = all.iter().position(|w| w.keys == "?").map(|i| all.remove(i));
    let mut right = area.right().saturating_sub(1);
    if let Some(help) = help {
        let x = right.saturating_sub(help.width(&help.full) as u16);
        put(buffer, x, area.y, 1, &help.keys, app.theme.key());
        put_right(buffer, x, right, area.y, &help.full, app.theme.dim());
        right = x.saturating_sub(2);
    }
    let mut x = area.x + 1;
    for (at, word) in all.iter().enumerate() {
        let room = usize::from(right.saturating_sub(x));
        // What comes behind it and must be seen; where there is no room for that, nothing gives way.
        let behind = all.iter().skip(at + 1).filter(|w| w.named.is_some());
        let kept: usize = behind.map(|w| w.kept(area.width >= NAMED) + 2).sum();
        let free = if kept < room { room - kept } else { room };
        // What is told in short leaves room for the word behind it.
        let next = all.get(at + 1).filter(|_| word.short.is_some() && word.named.is_none());
        let next = next.map_or(0, |w| w.kept(area.width >= NAMED).max(w.width(w.shortest())) + 2);
        let Some(told) = word.told(free, next) else { continue };
        let width = word.width(&told) as u16;
        x += put(buffer, x, area.y, width, &word.keys, app.theme.key()) + 1;
        x += put(buffer, x, area.y, width, &told, app.theme.dim()) + 2;
    }
}
