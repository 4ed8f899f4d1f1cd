//! Fixtures for tests and measurements: transcripts and studies as text.
//!
//! Not part of what the screen does; it is public so that tests and benchmarks outside can use it.

use model::act::{Act, Change, CodeAdded, CodingAdded, DocumentAdded};
use model::anchor::Anchor;
use model::corpus::{Case, Corpus, Document, Speaker};
use model::id::ActId;
use model::name::Name;
use model::span::Span;
use model::state::State;
use model::text::Text;
use model::turn::{Role, Turn};

use crate::desk::Desk;

/// A transcript from lines `Name: text`, one blank line between turns.
pub fn document(id: &str, text: &str) -> Document {
    let mut document = Document::default();
    id.clone_into(&mut document.id);
    id.clone_into(&mut document.title);
    document.text = Text::new(text.to_owned());
    document.hash = Some(document.text.hash());
    let mut position = 0;
    for part in document.text.as_str().split_inclusive("\n\n") {
        let len = part.chars().count() as u32;
        let said = part.trim_end();
        if let Some((label, speech)) = said.split_once(": ") {
            let before = label.chars().count() as u32 + 2;
            let end = position + said.chars().count() as u32;
            let seconds = Some(f64::from(position) / 10.0);
            document.turns.push(Turn {
                start: position,
                text_start: position + before,
                end,
                speaker: Some(label.into()),
                seconds,
            });
            let role = if label.starts_with("Interviewer") { Role::Interviewer } else { Role::Respondent };
            if document.speaker(label).is_none() && !speech.is_empty() {
                document.speakers.push(Speaker {
                    label: label.to_owned(),
                    role,
                    role_known: true,
                    ..Speaker::default()
                });
            }
        }
        position += len;
    }
    document
}

/// The n-th act of a coder.
pub fn act(n: u64, coder: &str, verb: &str, changes: Vec<Change>) -> Act {
    let at = format!("2026-11-22T12:{:02}:{:02}Z", n / 60 % 60, n % 60);
    Act {
        v: 1,
        id: ActId::from_parts(1_000 + n, 0, 7),
        n,
        at: at.into(),
        coder: Name::new(coder),
        by: None,
        act: Name::new(verb),
        changes: changes.into(),
    }
}

/// A code with both labels, a colour and a shortcut.
pub fn code(
    id: &str,
    parent: Option<&str>,
    en: &str,
    nl: &str,
    color: &str,
    shortcut: Option<char>,
) -> Change {
    let mut fields = serde_json::json!({
        "label": {"en": en, "nl": nl},
        "definition": {"en": format!("What counts as {}.", en.to_lowercase())},
        "include": {"en": "all that is in force"},
        "exclude": {"en": "plans only"},
        "status": "fixed",
    });
    if !color.is_empty() {
        fields["color"] = color.into();
    }
    if let Some(key) = shortcut {
        fields["shortcut"] = key.to_string().into();
    }
    let fields = fields.as_object().cloned().unwrap_or_default();
    Change::CodeAdded(Box::new(CodeAdded {
        code: Name::new(id),
        codebook: Name::new("book"),
        parent: parent.map(Name::new),
        order: 0.0,
        fields,
    }))
}

/// A coding of a span.
pub fn coding(document: &Document, span: Span, code: &str) -> Change {
    let hash = document.hash.unwrap_or_else(|| document.text.hash());
    Change::CodingAdded(Box::new(CodingAdded {
        anchor: Anchor::new(&document.id, &document.text, hash, span),
        code: Name::new(code),
        case: None,
        qualifiers: std::collections::BTreeMap::default(),
        weight: None,
        note: None,
        definition: None,
        rule: None,
    }))
}

/// The codes of the small study.
pub fn codes() -> Vec<Change> {
    vec![
        code("internal-mobility", None, "Internal mobility", "Interne mobiliteit", "#1a64f8", Some('1')),
        code("flex-pool", Some("internal-mobility"), "Internal flex pool", "Interne flexpool", "", None),
        code("terms", None, "Terms of employment", "Arbeidsvoorwaarden", "#ab4c40", Some('3')),
        code("training", None, "Training", "Opleidingen", "#9a42ba", Some('5')),
    ]
}

/// A study of these documents with the codes above; every document has a case in a sector.
pub fn desk(documents: Vec<Document>) -> Desk {
    let mut documents = documents;
    let sectors = ["haven", "zorg", "bank"];
    let mut cases: Vec<Case> = Vec::new();
    let mut acts = vec![act(1, "anna", "codebook", codes())];
    let mut added = Vec::new();
    for (i, d) in documents.iter_mut().enumerate() {
        let id = format!("case-{i}");
        let attributes = vec![("sector".to_owned(), sectors[i % 3].to_owned())];
        cases.push(Case {
            id: id.clone(),
            name: format!("Case {i}"),
            cite_as: String::new(),
            attributes,
            listed: true,
        });
        d.case = Some(id);
        let text = d.hash.unwrap_or_else(|| d.text.hash());
        added.push(Change::DocumentAdded(Box::new(DocumentAdded {
            document: Name::new(&d.id),
            text,
            source: None,
        })));
    }
    acts.push(act(2, "anna", "import", added));
    let corpus = Corpus::new("organisation".to_owned(), documents, cases);
    Desk::new("study".to_owned(), corpus, State::of(acts), Some(Name::new("anna")), vec!["en".to_owned()])
}

/// Where a piece of text stands in a document, for the first time.
///
/// # Panics
///
/// Where it does not.
pub fn at(document: &Document, needle: &str) -> Span {
    let byte = document.text.as_str().find(needle).expect("the needle is in the text");
    let start = document.text.position(byte);
    Span::new(start, start + needle.chars().count() as u32)
}

/// The interview that most screens are shown with.
pub const HARBOUR: &str = "Interviewer: En als het ineens druk wordt, wat doet u dan?\n\n\
    HR-manager: Dan staat de helft van kantoor op de kade. Dat is geen straf, dat hoort er hier gewoon bij. We hebben daar een poule voor, mensen die zich opgeven en dan een week of drie meedraaien op een andere locatie.\n\n\
    Interviewer: En de mensen die ingehuurd zijn?\n\n\
    HR-manager: Ja, die niet. Die vallen eigenlijk overal buiten.\n";

/// That interview as a document.
pub fn harbour() -> Document {
    document("07-havenbedrijf", HARBOUR)
}

/// Names the coder whose reading counts, without which there is no table of several coders.
pub fn primary(coder: &str) -> Change {
    let named = model::act::PrimaryNamed { coder: Name::new(coder), documents: Vec::new() };
    Change::PrimaryNamed(Box::new(named))
}

/// Sets a setting of the study.
pub fn setting(key: &str, value: serde_json::Value) -> Change {
    Change::Setting(Box::new(model::act::Setting { key: Name::new(key), value }))
}

/// A screen without a terminal: keys go in, acts are taken as a session would take them.
#[derive(Debug)]
pub struct Stage {
    /// The app.
    pub app: crate::app::App,
    /// Effects that only a session can carry out.
    pub asked: Vec<crate::app::Effect>,
    n: u64,
}

impl Stage {
    /// A screen of a size with a study on it.
    pub fn new(desk: Desk, width: u16, height: u16) -> Self {
        let mut stage = Self::empty(width, height);
        crate::update::outcome::take(&mut stage.app, crate::app::Outcome::Opened(Box::new(desk), None));
        stage
    }

    /// A screen of a size without a study.
    pub fn empty(width: u16, height: u16) -> Self {
        let mut app = crate::app::App::default();
        crate::update::update(&mut app, &crate::actions::Action::Resize(width, height));
        Self { app, asked: Vec::new(), n: 100 }
    }

    /// A transcript of two turns or more in which `|` marks the cursor.
    pub fn with(text: &str) -> Self {
        let cursor = text.split('|').next().map_or(0, |t| t.chars().count() as u32);
        let mut stage = Self::new(desk(vec![document("een", &text.replacen('|', "", 1))]), 100, 30);
        stage.app.reader.go(cursor);
        stage
    }

    /// Does an action.
    pub fn act(&mut self, action: &crate::actions::Action) {
        for effect in crate::update::update(&mut self.app, action) {
            if let crate::app::Effect::Append { act: verb, changes } = effect {
                // As the study writes it: a rule that is saved in passing is an act of its own.
                let (first, mut changes) = model::saved::parted(changes);
                if !first.is_empty() {
                    let rule = self.append("search", first);
                    for change in &mut changes {
                        change.settle(rule);
                    }
                }
                self.append(verb, changes);
            } else {
                self.asked.push(effect);
            }
        }
    }

    /// Takes an act as the session does.
    fn append(&mut self, verb: &str, changes: Vec<Change>) -> ActId {
        self.n += 1;
        let desk = self.app.desk.as_ref();
        let coder = desk.and_then(|d| d.coder.clone()).unwrap_or_else(|| Name::new("anna"));
        let mut taken = act(self.n, &coder, verb, changes);
        // Its id comes after all that the study knows.
        let newest = desk.map(|d| d.state.newest()).unwrap_or_default();
        if taken.id <= newest {
            taken.id = ActId::from_parts(newest.millis() + 1, 0, 7);
        }
        let id = taken.id;
        taken.changes.iter_mut().for_each(|c| c.settle(id));
        crate::update::outcome::take(&mut self.app, crate::app::Outcome::Taken(vec![taken.into()]));
        crate::update::outcome::take(&mut self.app, crate::app::Outcome::Saved("14:02:11".to_owned()));
        id
    }

    /// Presses keys, named as in the table of actions, with spaces between.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace().filter_map(crate::key::Key::parse) {
            let contexts = self.app.contexts();
            if let Some(action) = crate::keymap::Keymap::standard().action(&contexts, key) {
                self.act(&action);
            }
        }
        self
    }

    /// Types a text.
    pub fn type_in(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let contexts = self.app.contexts();
            if let Some(action) =
                crate::keymap::Keymap::standard().action(&contexts, crate::key::Key::char(c))
            {
                self.act(&action);
            }
        }
        self
    }

    /// What the status line says.
    pub fn said(&self) -> &str {
        self.app.message.as_ref().map_or("", |m| m.text.as_str())
    }

    /// The transcript with marks: `|` cursor, `⟦ ⟧` selection, `‹code: ›` codings.
    pub fn marked(&self) -> String {
        let Some(document) =
            self.app.desk.as_ref().zip(self.app.reader.document).and_then(|(d, at)| d.document(at))
        else {
            return String::new();
        };
        let reader = &self.app.reader;
        let mut out = String::new();
        let end = document.text.len();
        for (at, c) in document.text.as_str().chars().chain(['\0']).enumerate() {
            let at = at as u32;
            for mark in reader.marks.list.iter().rev().filter(|m| m.span.end == at) {
                out.push_str(if mark.own { "›" } else { "»" });
            }
            if reader.selection.is_some_and(|s| s.span.end == at) {
                out.push('⟧');
            }
            for mark in reader.marks.list.iter().filter(|m| m.span.start == at) {
                let id = self
                    .app
                    .desk
                    .as_ref()
                    .and_then(|d| d.coded.codebook.codes.get(mark.code as usize))
                    .map_or("", |c| &c.id);
                out.push_str(if mark.own { "‹" } else { "«" });
                out.push_str(id);
                out.push_str(": ");
            }
            if reader.selection.is_some_and(|s| s.span.start == at) {
                out.push('⟦');
            }
            if reader.cursor == at {
                out.push('|');
            }
            if at < end {
                out.push(c);
            }
        }
        out
    }

    /// The styles of the screen, as runs of cells on a row: row, first cell, cells, colours, marks, and
    /// the text that they are on. Plain text is left out.
    pub fn styles(&self) -> String {
        use std::fmt::Write;
        let (width, height) = self.app.size;
        let area = ratatui::layout::Rect::new(0, 0, width, height);
        let mut buffer = ratatui::buffer::Buffer::empty(area);
        crate::view::paint(&self.app, &mut buffer, area);
        let mut out = String::new();
        for y in 0..height {
            let mut x = 0;
            while x < width {
                let style = buffer[(x, y)].style();
                let end = (x..width).find(|i| buffer[(*i, y)].style() != style).unwrap_or(width);
                let text: String = (x..end).map(|i| buffer[(i, y)].symbol()).collect();
                let color = |c: Option<ratatui::style::Color>| match c {
                    None | Some(ratatui::style::Color::Reset) => "-".to_owned(),
                    Some(c) => c.to_string(),
                };
                if color(style.fg) != "-" || color(style.bg) != "-" || !style.add_modifier.is_empty() {
                    let marks: Vec<String> =
                        style.add_modifier.iter_names().map(|(n, _)| n.to_lowercase()).collect();
                    let (fg, bg) = (color(style.fg), color(style.bg));
                    let cells = end - x;
                    let _ = writeln!(out, "{y:2} {x:3}+{cells:<3} {fg} on {bg} {} |{text}|", marks.join("+"));
                }
                x = end;
            }
        }
        out
    }

    /// The screen as text, and below it a map of styles: `R` reversed, `U` underlined, `b` bold,
    /// `c` coloured background, `f` coloured text, `·` plain.
    pub fn screen(&self) -> String {
        use ratatui::buffer::Buffer;
        use ratatui::layout::Rect;
        use ratatui::style::{Color, Modifier};
        let (width, height) = self.app.size;
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        let cursor = crate::view::paint(&self.app, &mut buffer, area);
        let (mut text, mut styles) = (String::new(), String::new());
        for y in 0..height {
            let (mut line, mut style) = (String::new(), String::new());
            let mut covered = 0;
            for x in 0..width {
                let cell = &buffer[(x, y)];
                if covered > 0 {
                    covered -= 1;
                } else {
                    line.push_str(cell.symbol());
                    covered = crate::safe::width(cell.symbol()).saturating_sub(1);
                }
                let own = cell.style();
                style.push(match () {
                    () if own.add_modifier.contains(Modifier::REVERSED) => 'R',
                    () if !matches!(own.bg, None | Some(Color::Reset)) => 'c',
                    () if own.add_modifier.contains(Modifier::UNDERLINED) => 'U',
                    () if own.add_modifier.contains(Modifier::BOLD) => 'b',
                    () if matches!(own.fg, Some(Color::Rgb(r, g, b)) if r != g || g != b) => 'f',
                    () => '·',
                });
            }
            text.push_str(line.trim_end());
            text.push('\n');
            styles.push_str(style.trim_end_matches('·'));
            styles.push('\n');
        }
        let cursor = cursor.map_or_else(|| "none".to_owned(), |c| format!("{},{}", c.x, c.y));
        format!("{text}--- styles, cursor {cursor} ---\n{styles}")
    }
}
