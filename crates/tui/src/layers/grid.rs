//! The summaries: a grid of cases and top codes, with what was summed up and what could be.

use std::collections::BTreeMap;

use model::counted::{Counted, Roles, case_of};
use model::id::ThingId;
use model::name::Name;
use model::span::{Span, unite};

use super::write::{Beside, Write, Writing};
use super::{Handled, Layer, move_in};
use crate::actions::{Action, Context};
use crate::app::App;
use crate::desk::Desk;
use crate::strings::{self, writing as words};

/// One passage of a case × code: its document, its place, its codings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Place of the document.
    pub document: usize,
    /// The text.
    pub span: Span,
    /// The codings that make it up.
    pub codings: Vec<ThingId>,
}

/// The open grid.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// Ids of the cases, one a row.
    pub cases: Vec<String>,
    /// Places of the top codes, one a column.
    pub codes: Vec<usize>,
    /// The row at hand.
    pub row: usize,
    /// The column at hand.
    pub column: usize,
    /// The first row on the screen, where that was chosen.
    pub top: usize,
    /// The first column on the screen, where that was chosen.
    pub left: usize,
    /// The coder's passages per row and column.
    passages: BTreeMap<(usize, usize), Vec<Passage>>,
}

impl Grid {
    /// The grid of a study; the case of the open document is at hand.
    pub fn new(app: &App) -> Option<Self> {
        let desk = app.desk.as_ref()?;
        let cases: Vec<String> = desk.corpus.cases.iter().map(|c| c.id.clone()).collect();
        let book = &desk.coded.codebook;
        let codes: Vec<usize> = desk.tree().into_iter().filter(|c| book.top(*c) == *c).collect();
        if cases.is_empty() || codes.is_empty() {
            return None;
        }
        let here = app.reader.document.and_then(|at| desk.document(at)).and_then(|d| d.case.as_deref());
        let row = cases.iter().position(|c| here == Some(c)).unwrap_or(0);
        let column =
            codes.iter().position(|c| *c == book.top(app.code.min(book.codes.len() - 1))).unwrap_or(0);
        let passages = passages(desk, &cases, &codes);
        Some(Self { cases, codes, row, column, top: 0, left: 0, passages })
    }

    /// Counts anew.
    pub fn refresh(&mut self, desk: &Desk) {
        let book = &desk.coded.codebook;
        self.cases = desk.corpus.cases.iter().map(|c| c.id.clone()).collect();
        self.codes = desk.tree().into_iter().filter(|c| book.top(*c) == *c).collect();
        self.passages = passages(desk, &self.cases, &self.codes);
        self.row = self.row.min(self.cases.len().saturating_sub(1));
        self.column = self.column.min(self.codes.len().saturating_sub(1));
    }

    /// The coder's passages of a row and column, in order of document and place.
    pub fn at(&self, row: usize, column: usize) -> &[Passage] {
        self.passages.get(&(row, column)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a row and column have a summary.
    pub fn has_summary(&self, desk: &Desk, row: usize, column: usize) -> bool {
        self.summary(desk, row, column).is_some_and(|s| !s.trim().is_empty())
    }

    /// The summary of a row and column.
    pub fn summary<'a>(&self, desk: &'a Desk, row: usize, column: usize) -> Option<&'a str> {
        let code = desk.coded.codebook.codes.get(*self.codes.get(column)?)?;
        desk.state.summary(self.cases.get(row)?, &code.id).map(|s| s.body.as_str())
    }

    /// What is pressed; false closes the screen.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if move_in(&mut self.row, self.cases.len(), action) {
            return (Handled::done(), true);
        }
        match action {
            Action::Left => self.column = self.column.saturating_sub(1),
            Action::Right => self.column = (self.column + 1).min(self.codes.len().saturating_sub(1)),
            Action::Help => {
                let help = super::help::Help::new(vec![Context::Grid]);
                app.layers.push(Layer::Help(help));
            }
            Action::Accept => {
                if let Some(write) = app.desk.as_ref().and_then(|d| self.write(d)) {
                    app.layers.push(Layer::Write(Box::new(write)));
                }
            }
            Action::Back => return (Handled::done(), false),
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }

    /// The summary at hand in an editor, its passages beside it.
    fn write(&self, desk: &Desk) -> Option<Write> {
        let case = self.cases.get(self.row)?;
        let place = *self.codes.get(self.column)?;
        let code = desk.coded.codebook.codes.get(place)?;
        let found = self.at(self.row, self.column);
        let mut codings: Vec<ThingId> = found.iter().flat_map(|p| p.codings.iter().copied()).collect();
        codings.sort_unstable();
        codings.dedup();
        let name = desk.corpus.case(case).map_or(case.as_str(), |c| &c.name);
        let what = Writing::Summary(Name::new(case), code.id.clone(), codings);
        let text = self.summary(desk, self.row, self.column).unwrap_or_default();
        let mut write = Write::new(what, words::summary_of(name, desk.label(place)), None, text);
        write.beside = found.iter().filter_map(|p| beside(desk, p)).collect();
        if write.beside.is_empty() {
            write.beside = vec![Beside { from: words::NO_PASSAGES.to_owned(), text: String::new() }];
        }
        Some(write)
    }
}

/// A passage with where it is from and the codes that it was given.
fn beside(desk: &Desk, passage: &Passage) -> Option<Beside> {
    let document = desk.document(passage.document)?;
    let mut codes: Vec<&str> = Vec::new();
    for id in &passage.codings {
        let placed = desk.coded.in_document(passage.document).iter().find(|p| p.id == *id);
        let label = placed.map(|p| desk.label(p.code as usize));
        codes.extend(label.filter(|l| !codes.contains(l)));
    }
    let turn = document.turn_at(passage.span.start).map(|t| t + 1);
    let speaker = turn.and_then(|t| document.turns.get(t - 1)?.speaker.as_deref());
    Some(Beside {
        from: strings::writing::passage_from(&document.title, turn, speaker, &codes),
        text: document.text.slice(passage.span).to_owned(),
    })
}

/// The coder's passages per case and top code, descendants included: codings whose texts overlap are
/// one passage.
fn passages(desk: &Desk, cases: &[String], codes: &[usize]) -> BTreeMap<(usize, usize), Vec<Passage>> {
    let book = &desk.coded.codebook;
    let mut out: BTreeMap<(usize, usize), Vec<Passage>> = BTreeMap::new();
    for (at, document) in desk.corpus.documents.iter().enumerate() {
        let own: Vec<_> = desk.coded.in_document(at).iter().filter(|p| desk.is_own(p)).collect();
        if own.is_empty() {
            continue;
        }
        let counted = Counted::of(document, Roles::default());
        let mut found: BTreeMap<(usize, usize), Vec<(Span, ThingId)>> = BTreeMap::new();
        for p in own {
            let case = case_of(document, &counted, p.span, p.case.as_deref()).0;
            let row = case.and_then(|c| cases.iter().position(|x| x == c));
            let column = codes.iter().position(|c| *c == book.top(p.code as usize));
            if let Some(key) = row.zip(column) {
                found.entry(key).or_default().push((p.span, p.id));
            }
        }
        for (key, all) in found {
            let mut spans: Vec<Span> = all.iter().map(|(s, _)| *s).collect();
            for span in unite(&mut spans) {
                let inside = all.iter().filter(|(s, _)| s.intersect(span).is_some());
                let codings = inside.map(|(_, id)| *id).collect();
                out.entry(key).or_default().push(Passage { document: at, span, codings });
            }
        }
    }
    out
}
