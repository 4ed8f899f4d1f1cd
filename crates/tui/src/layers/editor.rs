//! An editor for longer texts: cursor by grapheme, soft wrap, undo of typing, paste.

use unicode_segmentation::UnicodeSegmentation;

use crate::actions::{Action, Edit};
use crate::safe::{safe, text_width};

/// How many steps of typing can be taken back.
const STEPS: usize = 200;

/// A text that is being written.
#[derive(Clone, Debug)]
pub struct Editor {
    text: String,
    /// Where the cursor stands, in bytes; always between graphemes.
    cursor: usize,
    /// The cell that the cursor keeps to while it moves up and down.
    goal: Option<usize>,
    before: Vec<(String, usize)>,
    after: Vec<(String, usize)>,
    /// Whether the last step was typing, which the next character goes on with.
    typing: bool,
    /// Cells of a row.
    width: usize,
    /// Rows on the screen.
    height: usize,
    /// The first row on the screen.
    top: usize,
}

/// One row of the text as it is shown: bytes from, to.
pub type Row = (usize, usize);

impl Editor {
    /// An editor with the cursor behind the text.
    pub fn new(text: &str) -> Self {
        let text = cleaned(text);
        Self {
            cursor: text.len(),
            text,
            goal: None,
            before: Vec::new(),
            after: Vec::new(),
            typing: false,
            width: 60,
            height: 10,
            top: 0,
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts another text in the place of this one; undo brings it back.
    pub fn replace(&mut self, text: &str) {
        self.keep();
        self.text = cleaned(text);
        self.cursor = self.text.len();
    }

    /// Fits the rows to a size and scrolls so that the cursor can be seen.
    pub fn settle(&mut self, width: u16, height: u16) {
        self.width = usize::from(width).max(4);
        self.height = usize::from(height).max(1);
        let rows = self.rows();
        let at = self.row_of(&rows);
        if at < self.top {
            self.top = at;
        } else if at >= self.top + self.height {
            self.top = at + 1 - self.height;
        }
        self.top = self.top.min(rows.len().saturating_sub(1));
    }

    /// What is on the screen: rows of text, and where the cursor stands among them (row, cell).
    pub fn shown(&self) -> (Vec<&str>, (usize, usize)) {
        let rows = self.rows();
        let at = self.row_of(&rows);
        let cell = rows.get(at).map_or(0, |r| self.cells(r.0, self.cursor));
        let text = rows.iter().skip(self.top).take(self.height);
        (text.map(|r| self.slice(r.0, r.1)).collect(), (at.saturating_sub(self.top), cell))
    }

    /// Whether there is text above or below what is on the screen.
    pub fn more(&self) -> (bool, bool) {
        (self.top > 0, self.rows().len() > self.top + self.height)
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn cells(&self, from: usize, to: usize) -> usize {
        self.slice(from, to).graphemes(true).map(cells).sum()
    }

    /// The rows, wrapped at white space where there is some.
    fn rows(&self) -> Vec<Row> {
        let mut out = Vec::new();
        let mut from = 0;
        for line in self.text.split('\n') {
            let mut start = from;
            let mut used = 0;
            let mut space: Option<(usize, usize)> = None;
            for (i, g) in line.grapheme_indices(true) {
                let (at, w) = (from + i, cells(g));
                let blank = g.trim().is_empty();
                // White space hangs over the edge; it is what a row ends with.
                if used + w > self.width && !blank && at > start {
                    let (cut, kept) = space.filter(|(c, _)| *c > start).unwrap_or((at, used));
                    out.push((start, cut));
                    start = cut;
                    used -= kept.min(used);
                    space = None;
                }
                used += w;
                if blank {
                    space = Some((at + g.len(), used));
                }
            }
            from += line.len();
            out.push((start, from));
            from += 1;
        }
        out
    }

    fn row_of(&self, rows: &[Row]) -> usize {
        rows.partition_point(|r| r.0 <= self.cursor).saturating_sub(1)
    }

    /// The place in a row that is nearest to a cell.
    fn at_cell(&self, rows: &[Row], row: usize, cell: usize) -> usize {
        let Some(&(from, to)) = rows.get(row) else { return self.cursor };
        // The end of a row that goes on is the beginning of the next one.
        let soft = rows.get(row + 1).is_some_and(|next| next.0 == to);
        let mut used = 0;
        let mut at = from;
        for (i, g) in self.slice(from, to).grapheme_indices(true) {
            if used >= cell || (soft && from + i + g.len() == to) {
                return from + i;
            }
            used += cells(g);
            at = from + i + g.len();
        }
        at
    }

    fn keep(&mut self) {
        self.typing = false;
        self.after.clear();
        self.before.push((self.text.clone(), self.cursor));
        if self.before.len() > STEPS {
            self.before.remove(0);
        }
    }

    fn insert(&mut self, text: &str) {
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    fn remove(&mut self, from: usize, to: usize) {
        if from < to {
            self.keep();
            self.text.replace_range(from..to, "");
            self.cursor = from;
        }
    }

    fn left(&self) -> usize {
        let before = self.slice(0, self.cursor);
        before.grapheme_indices(true).next_back().map_or(0, |(i, _)| i)
    }

    fn right(&self) -> usize {
        let len = self.slice(self.cursor, self.text.len()).graphemes(true).next().map_or(0, str::len);
        self.cursor + len
    }

    fn word_left(&self) -> usize {
        let before = self.slice(0, self.cursor);
        let words = before.unicode_word_indices().map(|(i, _)| i);
        words.rev().find(|i| *i < self.cursor).unwrap_or(0)
    }

    fn word_right(&self) -> usize {
        let after = self.slice(self.cursor, self.text.len());
        let mut ends = after.unicode_word_indices().map(|(i, w)| self.cursor + i + w.len());
        ends.find(|e| *e > self.cursor).unwrap_or(self.text.len())
    }

    /// Does what was typed; false where the action is none of an editor's.
    pub fn update(&mut self, action: &Action) -> bool {
        let goal = self.goal.take();
        let typing = std::mem::take(&mut self.typing);
        match action {
            Action::Insert(c) => {
                // A word is one step of undo.
                if !typing || c.is_whitespace() {
                    self.keep();
                }
                self.insert(c.encode_utf8(&mut [0; 4]));
                self.typing = true;
            }
            Action::Accept => {
                self.keep();
                self.insert("\n");
            }
            Action::Paste(text) => {
                self.keep();
                let text = cleaned(text);
                self.insert(&text);
            }
            Action::Erase => self.remove(self.left(), self.cursor),
            Action::Edit(Edit::Delete) => self.remove(self.cursor, self.right()),
            Action::Edit(Edit::EraseWord) => self.remove(self.word_left(), self.cursor),
            Action::EraseAll => {
                let start = self.slice(0, self.cursor).rfind('\n').map_or(0, |i| i + 1);
                self.remove(start, self.cursor);
            }
            Action::Edit(Edit::Undo) => {
                if let Some((text, cursor)) = self.before.pop() {
                    self.after.push((std::mem::replace(&mut self.text, text), self.cursor));
                    self.cursor = cursor;
                }
            }
            Action::Edit(Edit::Redo) => {
                if let Some((text, cursor)) = self.after.pop() {
                    self.before.push((std::mem::replace(&mut self.text, text), self.cursor));
                    self.cursor = cursor;
                }
            }
            Action::Left => self.cursor = self.left(),
            Action::Right => self.cursor = self.right(),
            Action::Edit(Edit::WordLeft) => self.cursor = self.word_left(),
            Action::Edit(Edit::WordRight) => self.cursor = self.word_right(),
            Action::LineStart | Action::LineEnd => {
                let rows = self.rows();
                let row = self.row_of(&rows);
                let cell = if *action == Action::LineStart { 0 } else { usize::MAX };
                self.cursor = self.at_cell(&rows, row, cell);
            }
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => {
                let rows = self.rows();
                let row = self.row_of(&rows);
                let from = rows.get(row).map_or(0, |r| r.0);
                let cell = goal.unwrap_or_else(|| self.cells(from, self.cursor));
                let step = match action {
                    Action::Up | Action::Down => 1,
                    _ => self.height.saturating_sub(1).max(1),
                };
                let up = matches!(action, Action::Up | Action::PageUp);
                let to = if up { row.saturating_sub(step) } else { (row + step).min(rows.len() - 1) };
                self.cursor = if to == row {
                    if up { 0 } else { self.text.len() }
                } else {
                    self.at_cell(&rows, to, cell)
                };
                self.goal = Some(cell);
            }
            _ => return false,
        }
        true
    }
}

/// Cells that a grapheme takes as it is drawn.
pub(super) fn cells(grapheme: &str) -> usize {
    if grapheme.len() == 1 { 1 } else { text_width(&safe(grapheme)) }
}

/// A text as an editor takes it: lines end with LF, and of other control characters only TAB stays.
pub fn cleaned(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, width: u16) -> Editor {
        let mut editor = Editor::new(text);
        editor.settle(width, 5);
        editor
    }

    /// The text with the cursor as `|`.
    fn marked(e: &Editor) -> String {
        format!("{}|{}", e.slice(0, e.cursor), e.slice(e.cursor, e.text.len()))
    }

    fn does(e: &mut Editor, actions: &[Action]) -> String {
        for a in actions {
            assert!(e.update(a), "{a:?}");
        }
        marked(e)
    }

    #[test]
    fn rows_wrap_at_spaces_and_long_words_break() {
        let rows = |text: &str, width| {
            let e = with(text, width);
            e.rows().into_iter().map(|r| e.slice(r.0, r.1).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(rows("one two three", 8), ["one two ", "three"]);
        assert_eq!(rows("one two", 7), ["one two"]);
        assert_eq!(rows("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(rows("a\n\nb\n", 8), ["a", "", "b", ""]);
        assert_eq!(rows("漢字漢字", 5), ["漢字", "漢字"]);
        assert_eq!(rows("", 5), [""]);
    }

    #[test]
    fn the_cursor_moves_by_grapheme_word_and_row() {
        let mut e = with("een e\u{301}e\u{301}n 👩‍👩‍👧 x", 40);
        assert_eq!(does(&mut e, &[Action::Left, Action::Left, Action::Left]), "een e\u{301}e\u{301}n |👩‍👩‍👧 x");
        assert_eq!(does(&mut e, &[Action::Edit(Edit::WordLeft)]), "een |e\u{301}e\u{301}n 👩‍👩‍👧 x");
        assert_eq!(does(&mut e, &[Action::Edit(Edit::WordRight)]), "een e\u{301}e\u{301}n| 👩‍👩‍👧 x");
        let mut e = with("one two three\nfour", 8);
        assert_eq!(does(&mut e, &[Action::Up]), "one two thre|e\nfour");
        assert_eq!(does(&mut e, &[Action::Up, Action::LineEnd]), "one two| three\nfour");
        assert_eq!(does(&mut e, &[Action::Up]), "|one two three\nfour");
        assert_eq!(does(&mut e, &[Action::Down, Action::Down, Action::Down]), "one two three\nfour|");
    }

    #[test]
    fn typing_is_taken_back_word_by_word() {
        let mut e = with("", 20);
        for c in "wat een dag".chars() {
            e.update(&Action::Insert(c));
        }
        assert_eq!(does(&mut e, &[Action::Edit(Edit::Undo)]), "wat een|");
        assert_eq!(does(&mut e, &[Action::Edit(Edit::Undo)]), "wat|");
        assert_eq!(does(&mut e, &[Action::Edit(Edit::Redo)]), "wat een|");
        assert_eq!(does(&mut e, &[Action::Edit(Edit::EraseWord)]), "wat |");
        assert_eq!(does(&mut e, &[Action::Edit(Edit::Undo), Action::Erase]), "wat ee|");
        assert_eq!(
            does(&mut e, &[Action::Accept, Action::EraseAll, Action::Left, Action::Edit(Edit::Delete)]),
            "wat ee|"
        );
    }

    #[test]
    fn a_paste_loses_its_control_characters() {
        let mut e = with("", 20);
        let pasted = "a\u{1b}[31m\r\nb\tc\u{7}\u{9b}d\re";
        assert_eq!(does(&mut e, &[Action::Paste(pasted.to_owned())]), "a[31m\nb\tcd\ne|");
    }
}
