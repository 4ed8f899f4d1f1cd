//! The reader: which document is open, where the cursor stands, what is selected and what is marked.

use model::corpus::Document;
use model::counted::{Counted, Roles};
use model::id::ThingId;
use model::span::{Span, unite};
use rustc_hash::FxHashMap;

use crate::desk::Desk;
use crate::find::Find;
use crate::intervals::Intervals;
use crate::lanes::{Bracket, lanes};
use crate::page::Page;
use crate::units::Unit;

/// Rows kept between the cursor and the edge of the screen.
const MARGIN: usize = 2;

/// A stretch of text that is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The text.
    pub span: Span,
    /// What it was selected by.
    pub unit: Unit,
    /// Where a free selection began.
    pub anchor: u32,
    /// Whether it was made with Shift held, and which way: a motion without Shift then drops it.
    pub held: Held,
}

impl Selection {
    /// A free selection that began at a place.
    pub fn free(span: Span, anchor: u32) -> Self {
        Self { span, unit: Unit::Free, anchor, held: Held::No }
    }
}

/// Which way a selection was begun with Shift held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Held {
    /// It was not.
    #[default]
    No,
    /// On in the text.
    Forward,
    /// Back.
    Back,
}

/// One coding as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its id.
    pub id: ThingId,
    /// Where it stands.
    pub span: Span,
    /// Place of its code in the codebook.
    pub code: u32,
    /// Whether it is the coder's own.
    pub own: bool,
}

/// The codings of the open document, ready to be drawn.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// In order of start.
    pub list: Vec<Mark>,
    /// The bracket of each.
    pub brackets: Vec<Bracket>,
    /// Finds those that can be seen.
    pub intervals: Intervals,
    /// Percent of the counted words that the coder coded.
    pub share: u8,
    /// Codings of others that are not shown.
    pub hidden: usize,
}

/// The transcript pane.
#[derive(Debug, Default)]
pub struct Reader {
    /// Place of the open document in the corpus.
    pub document: Option<usize>,
    /// Where the cursor stands.
    pub cursor: u32,
    /// The cell that the cursor keeps to while it moves up and down.
    pub goal: Option<u16>,
    /// The first row on the screen.
    pub top: usize,
    /// What is selected.
    pub selection: Option<Selection>,
    /// The rows of the document.
    pub page: Page,
    /// Its codings.
    pub marks: Marks,
    /// The places that memos are about, in order.
    pub memos: Vec<(Span, ThingId)>,
    /// The search that is on.
    pub find: Option<Find>,
    /// Where the lines of the text file begin, once they are numbered.
    pub lines: Vec<u32>,
    /// The turns whose words count.
    counted: Counted,
    /// Cursor and first row of documents that were open before.
    places: FxHashMap<usize, (u32, usize)>,
}

impl Reader {
    /// Opens a document where it was left.
    pub fn open(&mut self, at: usize, document: &Document, width: u16) {
        if let Some(old) = self.document {
            self.places.insert(old, (self.cursor, self.top));
        }
        self.document = Some(at);
        self.page = Page::new(document, width);
        let start = document.turns.first().map_or(0, |t| t.text_start);
        (self.cursor, self.top) =
            self.places.get(&at).copied().unwrap_or((start.min(document.text.len()), 0));
        self.goal = None;
        self.selection = None;
        self.find = None;
        self.lines.clear();
        self.counted = Counted::of(document, Roles::default());
    }

    /// Finds where the lines of the open document begin, once.
    pub fn number_lines(&mut self, desk: &Desk) {
        let Some(document) = self.document.filter(|_| self.lines.is_empty()).and_then(|at| desk.document(at))
        else {
            return;
        };
        self.lines.push(0);
        let ends = document.text.as_str().chars().zip(1_u32..).filter(|(c, _)| *c == '\n');
        self.lines.extend(ends.map(|(_, after)| after).filter(|after| *after < document.text.len()));
    }

    /// The number of the line of the text file that begins within a stretch of text.
    pub fn line_in(&self, span: Span) -> Option<usize> {
        let at = self.lines.partition_point(|l| *l < span.start);
        self.lines.get(at).filter(|l| **l < span.end).map(|_| at + 1)
    }

    /// Wraps the document anew if the width changed; the row of the cursor keeps its height.
    pub fn wrap(&mut self, document: &Document, width: u16) -> bool {
        if self.page.width == width.max(4) && !self.page.is_empty() {
            return false;
        }
        let height = self.page.row_of(self.cursor).saturating_sub(self.top);
        self.page = Page::new(document, width);
        self.top = self.page.row_of(self.cursor).saturating_sub(height);
        self.goal = None;
        true
    }

    /// Keeps where other documents were left, as far as they are there again: a document's new place
    /// in the corpus by its old one.
    pub fn move_places(&mut self, moved: impl Fn(usize) -> Option<usize>) {
        let old = std::mem::take(&mut self.places);
        self.places = old.into_iter().filter_map(|(at, place)| Some((moved(at)?, place))).collect();
    }

    /// Closes the document.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Lays the codings of the open document out anew.
    pub fn mark(&mut self, desk: &Desk, others: bool) {
        let Some((at, document)) = self.document.and_then(|at| Some((at, desk.document(at)?))) else {
            self.marks = Marks::default();
            self.memos.clear();
            return;
        };
        self.memos = crate::update::writing::places(desk, at, document, others);
        let mut hidden = 0;
        let mut list = Vec::new();
        for placed in desk.coded.in_document(at) {
            let own = desk.is_own(placed);
            if own || others {
                list.push(Mark { id: placed.id, span: placed.span, code: placed.code, own });
            } else {
                hidden += 1;
            }
        }
        let rows: Vec<(u32, u32)> = list
            .iter()
            .map(|m| {
                let last = m.span.end.saturating_sub(1).max(m.span.start);
                (self.page.row_of(m.span.start) as u32, self.page.row_of(last) as u32)
            })
            .collect();
        let mut own: Vec<Span> = list.iter().filter(|m| m.own).map(|m| m.span).collect();
        let covered: u64 = unite(&mut own).iter().map(|s| u64::from(self.counted.words(document, *s))).sum();
        let all = self.counted.all_words();
        self.marks = Marks {
            brackets: lanes(&rows),
            intervals: Intervals::new(list.iter().map(|m| m.span).collect()),
            list,
            share: u8::try_from((covered * 100).checked_div(all).unwrap_or(0).min(100)).unwrap_or(100),
            hidden,
        };
    }

    /// The codings at a place, the shortest first.
    pub fn marks_at(&self, position: u32) -> Vec<&Mark> {
        let touching = self.marks.intervals.touching(Span::new(position, position + 1));
        let mut found: Vec<&Mark> = touching.into_iter().filter_map(|i| self.marks.list.get(i)).collect();
        found.sort_by_key(|m| (!m.own, m.span.len()));
        found
    }

    /// Scrolls so that the cursor can be seen.
    pub fn show_cursor(&mut self, rows: usize) {
        let row = self.page.row_of(self.cursor);
        let margin = MARGIN.min(rows.saturating_sub(1) / 2);
        // The heading above the first line of a turn belongs to it.
        if row < self.top + margin {
            self.top = row.saturating_sub(margin);
        } else if row + margin >= self.top + rows {
            self.top = (row + margin + 1).saturating_sub(rows);
        }
        self.clamp(rows);
    }

    /// Scrolls so that a stretch of text can be seen as far as it fits, its beginning first.
    pub fn show(&mut self, span: Span, rows: usize) {
        let first = self.page.row_of(span.start);
        let last = self.page.row_of(span.end.saturating_sub(1));
        if last + 1 >= self.top + rows {
            self.top = (last + MARGIN + 1).saturating_sub(rows).min(first.saturating_sub(MARGIN));
        }
        self.show_cursor(rows);
    }

    /// Moves the screen over the text; the cursor comes along where it would be left behind.
    pub fn scroll(&mut self, document: &Document, lines: isize, rows: usize) {
        self.top = self.top.saturating_add_signed(lines);
        self.clamp(rows);
        let row = self.page.row_of(self.cursor);
        let cell = self.goal.unwrap_or_else(|| self.page.cell_of(document, row, self.cursor));
        let wanted = row.clamp(self.top, (self.top + rows.saturating_sub(1)).max(self.top));
        if wanted != row
            && let Some(to) = self.page.text_row(wanted)
        {
            let inside = if to >= self.top + rows {
                (self.top..wanted).rev().find(|&r| self.page.is_text(r))
            } else {
                Some(to)
            };
            if let Some(to) = inside {
                self.goal = Some(cell);
                self.cursor = self.page.position_at(document, to, cell);
            }
        }
    }

    fn clamp(&mut self, rows: usize) {
        // The last row may stand in the middle of the screen, never above it.
        let most = self.page.len().saturating_sub((rows / 2).max(1));
        self.top = self.top.min(most);
    }

    /// Moves the cursor by rows of text.
    pub fn move_rows(&mut self, document: &Document, lines: isize) {
        let row = self.page.row_of(self.cursor);
        let cell = self.goal.unwrap_or_else(|| self.page.cell_of(document, row, self.cursor));
        let mut at = row;
        let mut left = lines.unsigned_abs();
        while left > 0 {
            let next = if lines > 0 {
                (at + 1..self.page.len()).find(|&r| self.page.is_text(r))
            } else {
                (0..at).rev().find(|&r| self.page.is_text(r))
            };
            let Some(next) = next else { break };
            at = next;
            left -= 1;
        }
        self.cursor = self.page.position_at(document, at, cell);
        self.goal = Some(cell);
    }

    /// Moves the cursor to a place; the row to keep to is forgotten.
    pub fn go(&mut self, position: u32) {
        self.cursor = position;
        self.goal = None;
    }
}
