//! The passages: of one code in all documents, or of one cell of a table, with a way to each in the
//! transcript and back.

pub mod filter;

use export::Options;
use model::coded::Placed;
use model::counted::{Counted, Roles, case_of};
use model::id::ThingId;
use model::name::Name;
use model::span::{Span, unite};

use super::ask::{Answer, Ask, Line};
use super::sheet::{self, Place};
use super::{Handled, Layer, move_in};
use crate::actions::{Action, Context};
use crate::app::App;
use crate::desk::Desk;
use crate::strings::lists as words;
use crate::update::trail;
use filter::Filter;

/// Whose passages they are.
#[derive(Clone, Debug)]
pub enum Source {
    /// Of a code, by its id; with the codes below it or without.
    Code(Name, bool),
    /// Of the cell of a table.
    Cell {
        /// How the table counts.
        options: Box<Options>,
        /// Id and name of its row.
        group: (String, String),
        /// Id of its code.
        code: Name,
    },
    /// Behind a cell of another table.
    Behind {
        /// What the table is.
        ask: Box<export::Ask>,
        /// The cell.
        place: Place,
        /// The cell in words.
        title: String,
    },
}

/// One passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Place of its document.
    pub document: usize,
    /// Where it stands.
    pub span: Span,
    /// The codings that it was united from.
    pub codings: Vec<ThingId>,
    /// Places of their codes.
    pub codes: Vec<usize>,
    /// Whose they are.
    pub coders: Vec<Name>,
    /// Id of the case that it belongs to.
    pub case: Option<String>,
    /// The turn in which it begins.
    pub turn: Option<usize>,
    /// Whether it touches a turn that counts.
    pub counted: bool,
}

/// The open list.
#[derive(Debug)]
pub struct Passages {
    /// Whose they are.
    pub source: Source,
    /// Which of them are shown.
    pub filter: Filter,
    /// Those that are.
    pub rows: Vec<Row>,
    /// The one at hand.
    pub at: usize,
    /// The first one on the screen, where that was chosen.
    pub top: usize,
}

/// Passages, documents and cases, as they are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Passages that touch a counted turn.
    pub passages: usize,
    /// Documents with one.
    pub documents: usize,
    /// Cases with one.
    pub cases: usize,
    /// Passages wholly in turns that do not count.
    pub uncounted: usize,
}

impl Passages {
    /// The passages of a source.
    pub fn new(app: &App, source: Source) -> Self {
        let mut list = Self { source, filter: Filter::default(), rows: Vec::new(), at: 0, top: 0 };
        list.find(app);
        list
    }

    /// Finds them anew; the one at hand stays at hand where it is still there.
    pub fn find(&mut self, app: &App) {
        let Some(desk) = &app.desk else { return };
        let was = self.rows.get(self.at).map(|r| (r.codings.clone(), r.document, r.span));
        self.rows = rows(desk, &self.source, &self.filter, app.others || desk.coder.is_none());
        // By its codings, else by its place, else what stands where it stood.
        let again = was.and_then(|(codings, document, span)| {
            let by_id = self.rows.iter().position(|r| r.codings.iter().any(|c| codings.contains(c)));
            let near = |r: &Row| r.document == document && r.span.overlaps(span);
            by_id.or_else(|| self.rows.iter().position(near))
        });
        self.at = again.unwrap_or_else(|| self.at.min(self.rows.len().saturating_sub(1)));
    }

    /// How many there are.
    pub fn counts(&self) -> Counts {
        let counted = || self.rows.iter().filter(|r| r.counted);
        let documents: std::collections::BTreeSet<usize> = counted().map(|r| r.document).collect();
        let cases: std::collections::BTreeSet<&String> = counted().filter_map(|r| r.case.as_ref()).collect();
        let passages = counted().count();
        Counts {
            passages,
            documents: documents.len(),
            cases: cases.len(),
            uncounted: self.rows.len() - passages,
        }
    }

    /// The id of the code that they are of, where it is one.
    pub const fn code(&self) -> Option<&Name> {
        match &self.source {
            Source::Code(code, _) | Source::Cell { code, .. } => Some(code),
            Source::Behind { .. } => None,
        }
    }

    /// What is pressed; false closes the list.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if move_in(&mut self.at, self.rows.len(), action) {
            return (Handled::done(), true);
        }
        match action {
            Action::Accept => {
                if let Some(row) = self.rows.get(self.at) {
                    trail::leave(app, row.document, row.span);
                }
            }
            Action::Descendants => {
                if let Source::Code(_, below) = &mut self.source {
                    *below = !*below;
                    self.find(app);
                }
            }
            Action::Others => {
                app.others = !app.others;
                crate::update::remark(app);
                self.find(app);
            }
            Action::Search => {
                let known = app.desk.as_ref().map(filter::known).unwrap_or_default();
                app.layers.push(Layer::Line(Line::new(
                    Ask::Filter,
                    words::FILTER.to_owned(),
                    words::filter_hint(&known),
                    self.filter.text.clone(),
                )));
            }
            Action::Help => {
                let help = super::help::Help::new(vec![Context::Passages]);
                app.layers.push(Layer::Help(help));
            }
            // One step back: first the filter, then the list.
            Action::Back if !self.filter.text.is_empty() => {
                self.filter = Filter::default();
                self.find(app);
            }
            Action::Back => return (Handled::done(), false),
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }
}

/// Opens the list of a code's passages.
pub fn open(app: &mut App, code: usize) {
    let id = app.desk.as_ref().and_then(|d| d.coded.codebook.codes.get(code)).map(|c| c.id.clone());
    if let Some(id) = id {
        let list = Passages::new(app, Source::Code(id, true));
        app.layers.push(Layer::Passages(Box::new(list)));
    }
}

/// Takes the filter that was typed.
pub fn answered(app: &mut App, answer: Answer) {
    let Answer::Text(text) = answer else { return };
    let Some(desk) = &app.desk else { return };
    let filter = match Filter::parse(&text, desk) {
        Ok(filter) => filter,
        Err(key) => {
            let known = filter::known(desk);
            return app.warn(words::no_such_key(&key, &known));
        }
    };
    let Some(mut layer) = app.layers.pop() else { return };
    if let Layer::Passages(list) = &mut layer {
        list.filter = filter;
        list.at = 0;
        list.find(app);
    }
    app.layers.push(layer);
}

/// The passages of a source that pass.
fn rows(desk: &Desk, source: &Source, filter: &Filter, others: bool) -> Vec<Row> {
    let book = &desk.coded.codebook;
    match source {
        Source::Code(id, below) => {
            let Some(code) = book.position(id) else { return Vec::new() };
            let tree = if *below { book.subtree(code) } else { code..code + 1 };
            let mut out = Vec::new();
            for (document, text) in desk.corpus.documents.iter().enumerate() {
                let shown = |p: &&Placed| tree.contains(&(p.code as usize)) && (others || desk.is_own(p));
                let of: Vec<&Placed> = desk.coded.in_document(document).iter().filter(shown).collect();
                if of.is_empty() {
                    continue;
                }
                let counted = Counted::of(text, Roles::default());
                let of: Vec<&Placed> = of.into_iter().filter(|p| filter.passes(desk, &counted, p)).collect();
                let mut spans: Vec<Span> = of.iter().map(|p| p.span).collect();
                let united = unite(&mut spans);
                out.extend(united.into_iter().map(|span| row(desk, document, &counted, span, &of)));
            }
            out.retain(|r| filter.reads(desk, r));
            out
        }
        Source::Cell { options, group, code } => {
            let found = export::passages(&desk.corpus, &desk.state, &desk.coded, options, &group.0, code);
            listed(desk, found.unwrap_or_default(), options.roles, filter)
        }
        Source::Behind { ask, place, .. } => {
            listed(desk, sheet::behind(desk, ask, place), Roles::default(), filter)
        }
    }
}

/// Passages of a table that pass.
fn listed(desk: &Desk, found: Vec<export::Passage>, roles: Roles, filter: &Filter) -> Vec<Row> {
    let mut out = Vec::new();
    for passage in found {
        let Some(text) = desk.document(passage.document) else { continue };
        let counted = Counted::of(text, roles);
        let of: Vec<&Placed> = desk
            .coded
            .in_document(passage.document)
            .iter()
            .filter(|p| passage.codings.contains(&p.id))
            .collect();
        // A stretch of which nobody said anything has no codings to be filtered by.
        if of.is_empty() && filter.text.is_empty() || of.iter().any(|p| filter.passes(desk, &counted, p)) {
            out.push(row(desk, passage.document, &counted, passage.span, &of));
        }
    }
    out.retain(|r| filter.reads(desk, r));
    out
}

/// What there is to say about one passage.
pub(super) fn row(desk: &Desk, document: usize, counted: &Counted, span: Span, of: &[&Placed]) -> Row {
    let counted_here = counted.touches(span);
    let mut out = Row {
        document,
        span,
        codings: Vec::new(),
        codes: Vec::new(),
        coders: Vec::new(),
        case: None,
        turn: None,
        counted: counted_here,
    };
    for placed in of.iter().filter(|p| p.span.overlaps(span)) {
        out.codings.push(placed.id);
        if !out.codes.contains(&(placed.code as usize)) {
            out.codes.push(placed.code as usize);
        }
        let coder = desk.coded.coder(placed);
        if !out.coders.contains(coder) {
            out.coders.push(coder.clone());
        }
    }
    let set = of.iter().filter(|p| p.span.overlaps(span)).find_map(|p| p.case.as_deref());
    if let Some(text) = desk.document(document) {
        out.case = case_of(text, counted, span, set).0.map(str::to_owned);
        // A selection may begin in the space before a turn.
        out.turn = text.turns_touched(span).next().or_else(|| text.turn_at(span.start));
    }
    out
}
