//! A page: the rows of one document at one width, found once and kept in compact arrays.
//!
//! ratatui's own paragraph wraps its whole text again for every frame. A transcript of a million
//! characters must not cost more per frame than one of ten thousand, so rows are found once per
//! width, and drawing looks up the ones that can be seen. Every code point of the document lies in
//! exactly one row; a row of a turn's label is drawn as the turn's heading.

use model::corpus::Document;
use model::span::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::safe;
use crate::wrap::wrap;

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: the space between two turns.
    Blank,
    /// The heading of a turn: number, speaker, time.
    Head(u32),
    /// Speech of a turn.
    Speech(u32),
    /// Text outside any turn.
    Outside,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it shows.
    pub kind: Kind,
    /// The code points that it holds.
    pub span: Span,
    /// Its first byte.
    pub byte: usize,
    /// One past its last byte.
    pub byte_end: usize,
    /// Whether it is the first row of its turn's speech.
    pub first: bool,
}

/// The rows of a document.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The width, in cells, that the rows were made for.
    pub width: u16,
    /// First code point of each row, and one past the last of all.
    starts: Vec<u32>,
    /// First byte of each row, and one past the last of all.
    bytes: Vec<u32>,
    /// What each row shows: kind in the lowest two bits, turn above.
    kinds: Vec<u32>,
}

const BLANK: u32 = 0;
const HEAD: u32 = 1;
const SPEECH: u32 = 2;
const OUTSIDE: u32 = 3;

impl Page {
    /// Finds the rows of a document at a width.
    pub fn new(document: &Document, width: u16) -> Self {
        let width = width.max(4);
        let text = document.text.as_str();
        let guess = text.len() / usize::from(width) * 3 / 2 + document.turns.len() * 3 + 4;
        let mut page = Self { width, ..Self::default() };
        page.starts.reserve(guess);
        page.bytes.reserve(guess);
        page.kinds.reserve(guess);
        let mut at = 0_u32;
        for (i, turn) in document.turns.iter().enumerate() {
            let i = i as u32;
            let (start, speech, end) = (turn.start.max(at), turn.text_start.max(at), turn.end.max(at));
            page.between(document, Span::new(at, start));
            if turn.speaker.is_some() || turn.seconds.is_some() {
                page.push(start, document.text.byte(start), HEAD | i << 2);
                page.wrap(document, Span::new(speech, end), SPEECH | i << 2);
            } else {
                // Nothing to head it with: what stands before the speech is part of it.
                page.wrap(document, Span::new(start, end), SPEECH | i << 2);
            }
            at = end;
        }
        page.between(document, Span::new(at, document.text.len()));
        page.starts.push(document.text.len());
        page.bytes.push(text.len() as u32);
        page
    }

    fn push(&mut self, position: u32, byte: usize, kind: u32) {
        self.starts.push(position);
        self.bytes.push(byte as u32);
        self.kinds.push(kind);
    }

    /// Rows of what lies between two turns: a blank one, or text that belongs to nobody.
    fn between(&mut self, document: &Document, span: Span) {
        let gap = document.text.slice(span);
        if gap.trim().is_empty() {
            if !self.kinds.is_empty() {
                self.push(span.start, document.text.byte(span.start), BLANK);
            } else if !span.is_empty() {
                self.push(span.start, document.text.byte(span.start), OUTSIDE);
            }
            return;
        }
        if !self.kinds.is_empty() {
            self.push(span.start, document.text.byte(span.start), BLANK);
        }
        self.wrap(document, span, OUTSIDE);
        if span.end < document.text.len() {
            self.push(span.end, document.text.byte(span.end), BLANK);
        }
    }

    /// Rows of a stretch of text.
    fn wrap(&mut self, document: &Document, span: Span, kind: u32) {
        let from = document.text.byte(span.start);
        let stretch = document.text.slice(span);
        if stretch.is_empty() {
            self.push(span.start, from, kind);
            return;
        }
        wrap(stretch, (span.start, from), self.width, |position, byte| self.push(position, byte, kind));
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// One row.
    pub fn row(&self, at: usize) -> Option<Row> {
        let kind = *self.kinds.get(at)?;
        let first = kind & 3 == SPEECH && at.checked_sub(1).and_then(|b| self.kinds.get(b)) != Some(&kind);
        Some(Row {
            kind: match kind & 3 {
                HEAD => Kind::Head(kind >> 2),
                SPEECH => Kind::Speech(kind >> 2),
                OUTSIDE => Kind::Outside,
                _ => Kind::Blank,
            },
            span: Span::new(*self.starts.get(at)?, *self.starts.get(at + 1)?),
            byte: *self.bytes.get(at)? as usize,
            byte_end: *self.bytes.get(at + 1)? as usize,
            first,
        })
    }

    /// The row that a position is shown in.
    pub fn row_of(&self, position: u32) -> usize {
        let mut at = self
            .starts
            .partition_point(|&s| s <= position)
            .saturating_sub(1)
            .min(self.len().saturating_sub(1));
        // Rows without code points share a start with the next one; the last of them holds it.
        while at > 0 && !self.is_text(at) && self.starts.get(at) == self.starts.get(at + 1) {
            at -= 1;
        }
        at
    }

    /// Whether a row shows text that a cursor can stand in.
    pub fn is_text(&self, at: usize) -> bool {
        self.kinds.get(at).is_some_and(|k| k & 3 >= SPEECH)
    }

    /// The nearest row with text at or after `at`, else before it.
    pub fn text_row(&self, at: usize) -> Option<usize> {
        (at..self.len())
            .find(|&r| self.is_text(r))
            .or_else(|| (0..at.min(self.len())).rev().find(|&r| self.is_text(r)))
    }

    /// The first and one past the last code point of a range of rows.
    pub fn positions(&self, rows: std::ops::Range<usize>) -> Span {
        let at = |r: usize| self.starts.get(r.min(self.len())).copied().unwrap_or_default();
        Span::new(at(rows.start), at(rows.end))
    }

    /// The graphemes of a row with their code point, cell and width, as far as they are seen.
    pub fn cells<'a>(&self, document: &'a Document, at: usize) -> impl Iterator<Item = Seen<'a>> {
        let row = self.row(at);
        let text = row.and_then(|r| document.text.as_str().get(r.byte..r.byte_end)).unwrap_or_default();
        let mut position = row.map_or(0, |r| r.span.start);
        let mut cell = 0_u16;
        text.graphemes(true).map(move |g| {
            let width = safe::width(g);
            let seen = Seen { text: g, position, cell, width };
            position += if g.len() == 1 { 1 } else { g.chars().count() as u32 };
            cell = cell.saturating_add(width);
            seen
        })
    }

    /// The cell in which a position is shown within its row.
    pub fn cell_of(&self, document: &Document, at: usize, position: u32) -> u16 {
        let mut last = 0;
        for seen in self.cells(document, at) {
            if seen.position > position {
                break;
            }
            last = seen.cell;
        }
        last.min(self.width.saturating_sub(1))
    }

    /// The position that is shown at a cell of a row, or the last one of the row.
    pub fn position_at(&self, document: &Document, at: usize, cell: u16) -> u32 {
        let mut found = self.row(at).map_or(0, |r| r.span.start);
        for seen in self.cells(document, at) {
            if seen.text == "\n" || seen.cell > cell {
                break;
            }
            found = seen.position;
        }
        found
    }
}

/// One grapheme as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen<'a> {
    /// The grapheme.
    pub text: &'a str,
    /// Its first code point.
    pub position: u32,
    /// Its first cell within the row.
    pub cell: u16,
    /// Cells that it takes.
    pub width: u16,
}

#[cfg(test)]
mod tests {
    use model::text::Text;
    use model::turn::Turn;
    use proptest::prelude::*;

    use super::*;

    fn document(text: &str, turns: Vec<Turn>) -> Document {
        let mut document = crate::fixture::document("d", "");
        document.text = Text::from_canonical(text.to_owned());
        document.turns = turns;
        document
    }

    fn rows(text: &str, width: u16) -> Vec<String> {
        let d = document(text, vec![]);
        let page = Page::new(&d, width);
        (0..page.len())
            .map(|i| page.row(i).unwrap())
            .map(|r| text.get(r.byte..r.byte_end).unwrap().to_owned())
            .collect()
    }

    #[test]
    fn words_move_to_the_next_row_and_long_ones_break() {
        assert_eq!(rows("een twee drie", 8), ["een twee ", "drie"]);
        assert_eq!(rows("arbeidsvoorwaarden", 8), ["arbeidsv", "oorwaard", "en"]);
        assert_eq!(rows("min-max contract", 8), ["min-max ", "contract"]);
        assert_eq!(rows("漢字漢字漢", 5), ["漢字", "漢字", "漢"]);
        assert_eq!(rows("a\nb", 8), ["a\n", "b"]);
    }

    #[test]
    fn turns_have_headings_and_space_between() {
        let text = "Anna: Hallo daar.\n\nBo: Ja.\n";
        let turn = |start, text_start, end, who: &str| Turn {
            start,
            text_start,
            end,
            speaker: Some(who.into()),
            seconds: None,
        };
        let d = document(text, vec![turn(0, 6, 17, "Anna"), turn(19, 23, 26, "Bo")]);
        let page = Page::new(&d, 40);
        let kinds: Vec<Kind> = (0..page.len()).map(|i| page.row(i).unwrap().kind).collect();
        assert_eq!(
            kinds,
            [Kind::Head(0), Kind::Speech(0), Kind::Blank, Kind::Head(1), Kind::Speech(1), Kind::Blank]
        );
        assert_eq!(page.row_of(8), 1);
        assert_eq!(page.row_of(24), 4);
        assert_eq!(page.position_at(&d, 1, 6), 12);
        assert_eq!(page.cell_of(&d, 1, 12), 6);
    }

    proptest! {
        #[test]
        fn rows_give_the_text_back_and_fit(text in "([a-zé -]|漢|字|e\u{301}|👩‍👩‍👧|\t|\n|\u{202e}|ｶﾞ){0,120}", width in 4_u16..40) {
            let d = document(&text, vec![]);
            let page = Page::new(&d, width);
            let mut whole = String::new();
            let mut position = 0;
            for i in 0..page.len() {
                let row = page.row(i).unwrap();
                prop_assert_eq!(row.span.start, position);
                position = row.span.end;
                let part = text.get(row.byte..row.byte_end).unwrap();
                prop_assert_eq!(part.chars().count() as u32, row.span.len());
                whole.push_str(part);
                let shown = part.trim_end_matches([' ', '\t', '\n']);
                let cells: u16 = shown.graphemes(true).map(safe::width).sum();
                prop_assert!(cells <= width.max(4), "{cells} > {width}: {part:?}");
            }
            prop_assert_eq!(whole, text);
        }
    }
}
