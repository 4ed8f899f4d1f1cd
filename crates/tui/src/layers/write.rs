//! Writing: a note, a translation, a memo or a summary in an editor, with what it is about in sight.

use model::act::{MemoWritten, Subject};
use model::id::ThingId;
use model::name::Name;
use ratatui::layout::Rect;

use super::Handled;
use super::editor::{Editor, cleaned};
use super::field::{Field as Line, Typed};
use crate::actions::{Action, Edit, Mouse};
use crate::app::{App, Effect};
use crate::reader::Mark;
use crate::strings::{self, writing as words};
use crate::update;

/// What is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Writing {
    /// The note of a coding.
    Note(ThingId),
    /// The translation of a coding into a language.
    Translation(ThingId, Name),
    /// A memo: an old one, or a new one about something.
    Memo(Option<ThingId>, Subject),
    /// What a case says about a code, with the codings that it sums up.
    Summary(Name, Name, Vec<ThingId>),
}

/// What a memo has beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Its title.
    pub title: Line,
    /// Its type.
    pub kind: String,
    /// Its tags, with commas between.
    pub tags: Line,
    /// Ids of other things, with commas between.
    pub links: Line,
}

/// Which part has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field {
    /// The title.
    Title,
    /// The tags.
    Tags,
    /// The links.
    Links,
    /// The text.
    #[default]
    Text,
}

/// Types of memo, in the order in which the key goes through them.
pub const KINDS: [&str; 4] = ["analytic", "decision", "reflexive", "case"];
/// The fields in the order of Tab.
const FIELDS: [Field; 4] = [Field::Title, Field::Tags, Field::Links, Field::Text];

/// Rows of a small sheet.
const SMALL: u16 = 12;

/// A passage that stands beside what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Where it is from.
    pub from: String,
    /// Its words.
    pub text: String,
}

/// A text that is being written.
#[derive(Clone, Debug)]
pub struct Write {
    /// What it is.
    pub what: Writing,
    /// What stands above it.
    pub title: String,
    /// What a memo has beside its text.
    pub head: Option<Head>,
    /// Passages beside it.
    pub beside: Vec<Beside>,
    /// First line of these on the screen.
    pub beside_top: usize,
    /// The text.
    pub editor: Editor,
    /// Which part has the keys.
    pub field: Field,
    /// Whether a small one stands at the top, since the cursor is in the lower half of the text.
    pub above: bool,
    before: (Option<Head>, String),
    warned: bool,
}

/// Where the parts stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Everything.
    pub all: Rect,
    /// The passages.
    pub beside: Rect,
    /// The title and its like.
    pub head: Rect,
    /// The text.
    pub text: Rect,
}

impl Write {
    /// A text to begin with, and its like.
    pub fn new(what: Writing, title: String, head: Option<Head>, text: &str) -> Self {
        let editor = Editor::new(text);
        let before = (head.clone(), editor.text().to_owned());
        let field =
            if head.as_ref().is_some_and(|h| h.title.is_empty()) { Field::Title } else { Field::Text };
        Self {
            what,
            title,
            head,
            beside: Vec::new(),
            beside_top: 0,
            editor,
            field,
            above: false,
            before,
            warned: false,
        }
    }

    /// The note of a coding.
    pub fn note(app: &App, mark: Mark) -> Option<Self> {
        let desk = app.desk.as_ref()?;
        let coding = desk.state.coding(mark.id)?;
        let title = words::note_on(desk.label(mark.code as usize));
        let mut write = Self::new(Writing::Note(mark.id), title, None, coding.note.unwrap_or_default());
        write.beside = vec![Beside { from: String::new(), text: coding.anchor.quote().to_owned() }];
        write.above = low(app);
        Some(write)
    }

    /// The translation of a coding.
    pub fn translation(app: &App, id: ThingId, language: &Name) -> Option<Self> {
        let desk = app.desk.as_ref()?;
        let coding = desk.state.coding(id)?;
        let all = desk.state.translations(id);
        let text = all.get(language).map_or("", |t| t.body.as_str());
        let what = Writing::Translation(id, language.clone());
        let mut write = Self::new(what, words::translation(language), None, text);
        write.beside = vec![Beside { from: String::new(), text: coding.anchor.quote().to_owned() }];
        write.above = low(app);
        Some(write)
    }

    /// A new memo.
    pub fn memo(app: &App, on: &Subject) -> Option<Self> {
        let desk = app.desk.as_ref()?;
        let title = words::memo_on(&strings::coding::subject(desk, on));
        let kind = if matches!(on, Subject::Case(_)) { "case" } else { "analytic" };
        let head = Head { kind: kind.to_owned(), ..Head::default() };
        let mut write = Self::new(Writing::Memo(None, on.clone()), title, Some(head), "");
        write.beside = quoted(app, on);
        Some(write)
    }

    /// A memo that is there already.
    pub fn old_memo(app: &App, id: ThingId) -> Option<Self> {
        let desk = app.desk.as_ref()?;
        let memo = desk.state.memos().find(|m| m.id == id)?;
        let w: &MemoWritten = memo.written;
        let title = words::memo_on(&strings::coding::subject(desk, &w.on));
        let head = Head {
            title: Line::new(&w.title),
            kind: w.kind.to_string(),
            tags: w.tags.join(", ").into(),
            links: w.links.join(", ").into(),
        };
        let mut write = Self::new(Writing::Memo(Some(id), w.on.clone()), title, Some(head), &w.body);
        write.field = Field::Text;
        write.beside = quoted(app, &w.on);
        Some(write)
    }

    /// Whether it is other than it was.
    pub fn changed(&self) -> bool {
        self.head != self.before.0 || self.editor.text() != self.before.1
    }

    /// Whether it is about one coding, which stays in sight as far as there is room.
    pub const fn is_small(&self) -> bool {
        matches!(self.what, Writing::Note(_) | Writing::Translation(..))
    }

    /// How many lines the passages take.
    fn beside_lines(&self, width: u16) -> usize {
        let lines = |text: &str| crate::view::lines(text, width).len();
        let all: usize = self.beside.iter().map(|b| lines(&b.from) + lines(&b.text)).sum();
        all + self.beside.len().saturating_sub(1)
    }

    /// Where the parts stand on a screen.
    pub fn places(&self, width: u16, height: u16) -> Places {
        let most = height.saturating_sub(2);
        let all = match (self.is_small() && most > SMALL, self.above) {
            (true, true) => Rect::new(0, 0, width, SMALL),
            (true, false) => Rect::new(0, most - SMALL, width, SMALL),
            _ => Rect::new(0, 0, width, most),
        };
        let inner = Rect::new(2, all.y + 1, width.saturating_sub(4), all.height.saturating_sub(2));
        let none = Rect { width: 0, height: 0, ..inner };
        let wide = width >= 90 && matches!(self.what, Writing::Summary(..));
        let (beside, rest) = if self.beside.is_empty() {
            (none, inner)
        } else if wide {
            let half = inner.width / 2;
            let right = Rect { x: inner.x + half + 2, width: inner.width - half - 2, ..inner };
            (Rect { width: half.saturating_sub(1), ..inner }, right)
        } else {
            let share =
                if matches!(self.what, Writing::Summary(..)) { inner.height / 2 } else { inner.height / 3 };
            let lines = self.beside_lines(inner.width);
            let rows = share.min(lines as u16).max(1);
            let top = Rect { height: rows.min(inner.height), ..inner };
            let y = inner.y + rows + 1;
            (top, Rect { y, height: inner.bottom().saturating_sub(y), ..inner })
        };
        let rows =
            if self.head.is_some() { if rest.height >= 9 { 5 } else { 3 } } else { 0 }.min(rest.height);
        let head = Rect { height: rows, ..rest };
        let text = Rect { y: rest.y + rows, height: rest.height - rows, ..rest };
        Places { all, beside, head, text }
    }

    /// Brings what depends on the size up to date.
    pub fn settle(&mut self, size: (u16, u16)) {
        let text = self.places(size.0, size.1).text;
        self.editor.settle(text.width, text.height);
    }

    /// Takes a text that comes from the user's own editor.
    pub fn came_back(&mut self, text: &str) {
        let text = cleaned(text);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        if text != self.editor.text() {
            self.editor.replace(text);
        }
    }

    /// What is typed; false closes the layer.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let warned = std::mem::take(&mut self.warned);
        match action {
            Action::Edit(Edit::Save) => return self.save(app),
            Action::Edit(Edit::Outside) => {
                let effect = Effect::EditOutside(self.editor.text().to_owned());
                return (Handled::Consumed(vec![effect]), true);
            }
            Action::Back | Action::Quit if self.changed() && !warned => {
                self.warned = true;
                app.warn(if *action == Action::Back { words::ESC_AGAIN } else { words::QUIT_AGAIN });
                return (Handled::done(), true);
            }
            Action::Quit => return (Handled::Ignored, true),
            Action::Back => return (Handled::done(), false),
            Action::Edit(Edit::Kind) => {
                if let Some(head) = &mut self.head {
                    let at = KINDS.iter().position(|k| *k == head.kind).map_or(0, |i| i + 1);
                    KINDS[at % KINDS.len()].clone_into(&mut head.kind);
                }
            }
            Action::Edit(Edit::NextField) => self.step(true),
            Action::Edit(Edit::PreviousField) => self.step(false),
            Action::PageUp | Action::PageDown if self.beside.len() > 1 => {
                let down = *action == Action::PageDown;
                self.beside_top = if down { self.beside_top + 8 } else { self.beside_top.saturating_sub(8) };
                let places = self.places(app.size.0, app.size.1);
                let all = self.beside_lines(places.beside.width);
                self.beside_top = self.beside_top.min(all.saturating_sub(usize::from(places.beside.height)));
            }
            Action::Mouse(Mouse::Wheel(_, _, down)) => {
                let action = if *down { Action::Down } else { Action::Up };
                self.editor.update(&action);
            }
            Action::Mouse(_) => {}
            Action::Up if self.field == Field::Text && self.head.is_some() && self.at_top() => {
                self.step(false);
            }
            _ => match self.line() {
                Some(line) => {
                    if line.update(action) == Typed::No {
                        match action {
                            // A title, Enter, the memo: tags and links are a Tab away.
                            Action::Accept => self.field = Field::Text,
                            Action::Down => self.step(true),
                            Action::Up => self.step(false),
                            _ => {}
                        }
                    }
                }
                None => _ = self.editor.update(action),
            },
        }
        (Handled::done(), true)
    }

    /// Whether the cursor is on the first row of the text.
    fn at_top(&self) -> bool {
        self.editor.shown().1.0 == 0 && !self.editor.more().0
    }

    /// The line that has the keys, unless it is the text.
    fn line(&mut self) -> Option<&mut Line> {
        let head = self.head.as_mut()?;
        match self.field {
            Field::Title => Some(&mut head.title),
            Field::Tags => Some(&mut head.tags),
            Field::Links => Some(&mut head.links),
            Field::Text => None,
        }
    }

    fn step(&mut self, forward: bool) {
        if self.head.is_some() {
            let at = FIELDS.iter().position(|f| *f == self.field).unwrap_or(0);
            let n = FIELDS.len();
            self.field = FIELDS[if forward { (at + 1) % n } else { (at + n - 1) % n }];
        }
    }

    fn save(&mut self, app: &mut App) -> (Handled, bool) {
        if !self.changed() {
            return (Handled::done(), false);
        }
        match update::writing::saved(app, self) {
            Ok(effects) => {
                app.kept = Some(Box::new(self.clone()));
                (Handled::Consumed(effects), false)
            }
            Err(why) => {
                app.warn(why);
                (Handled::done(), true)
            }
        }
    }
}

/// Whether the cursor is in the lower half of the screen.
fn low(app: &App) -> bool {
    let row = app.reader.page.row_of(app.reader.cursor).saturating_sub(app.reader.top);
    row * 2 > app.rows()
}

/// The words that a memo is about, where it is about some.
fn quoted(app: &App, on: &Subject) -> Vec<Beside> {
    let Some(desk) = &app.desk else { return Vec::new() };
    let text = match on {
        Subject::Coding(id) => desk.state.coding(*id).map(|c| c.anchor.quote().to_owned()),
        Subject::Passage(a) => Some(a.quote().to_owned()),
        _ => None,
    };
    text.map(|text| Beside { from: String::new(), text }).into_iter().collect()
}
