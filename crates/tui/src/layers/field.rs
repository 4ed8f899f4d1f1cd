//! A field: one line of text that is typed and corrected, with a cursor in it. Every line of the screen in
//! which something is typed is one.

use std::ops::Deref;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::editor::cells;
use crate::actions::{Action, Edit};

/// A line that is typed.
#[derive(Clone, Debug, Default)]
pub struct Field {
    text: String,
    /// Where the cursor stands, in bytes; always between graphemes.
    cursor: usize,
}

/// What an action did to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The text is another.
    Changed,
    /// The cursor moved, or could not.
    Moved,
    /// It is no action of a field.
    No,
}

/// What was typed is the same wherever the cursor stands in it.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Field {}

impl Deref for Field {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<String> for Field {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl Field {
    /// A field with the cursor behind its text.
    pub fn new(text: &str) -> Self {
        let text = one_line(text);
        Self { cursor: text.len(), text }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the text at which the cursor stands.
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts another text in the place of this one; the cursor stands behind it.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Takes the text away.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Puts a text in the place of what stands from a byte to the cursor.
    pub fn replace_from(&mut self, from: usize, text: &str) {
        self.cut(from.min(self.cursor), self.cursor);
        self.insert(&one_line(text));
    }

    /// What stands before the cursor.
    pub fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// What stands behind it.
    pub fn behind(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    fn insert(&mut self, text: &str) {
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
        self.settle();
    }

    /// Puts the cursor between two graphemes: what stands before it may have joined what is behind it.
    fn settle(&mut self) {
        let mut at = GraphemeCursor::new(self.cursor, self.text.len(), true);
        if at.is_boundary(&self.text, 0) == Ok(false)
            && let Ok(Some(next)) = at.next_boundary(&self.text, 0)
        {
            self.cursor = next;
        }
    }

    fn cut(&mut self, from: usize, to: usize) {
        if from < to {
            self.text.replace_range(from..to, "");
            self.cursor = from;
            self.settle();
        }
    }

    fn left(&self) -> usize {
        self.before().grapheme_indices(true).next_back().map_or(0, |(i, _)| i)
    }

    fn right(&self) -> usize {
        self.cursor + self.behind().graphemes(true).next().map_or(0, str::len)
    }

    fn word_left(&self) -> usize {
        self.before().unicode_word_indices().next_back().map_or(0, |(i, _)| i)
    }

    fn word_right(&self) -> usize {
        let mut words = self.behind().unicode_word_indices();
        words.next().map_or(self.text.len(), |(i, word)| self.cursor + i + word.len())
    }

    /// Does what was typed.
    pub fn update(&mut self, action: &Action) -> Typed {
        let was = self.text.len();
        match action {
            Action::Insert(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Action::Paste(text) => self.insert(&one_line(text)),
            Action::Erase => self.cut(self.left(), self.cursor),
            Action::EraseAll => self.cut(0, self.cursor),
            Action::Edit(Edit::EraseWord) => self.cut(self.word_left(), self.cursor),
            Action::Edit(Edit::Delete) => self.cut(self.cursor, self.right()),
            Action::Left => self.cursor = self.left(),
            Action::Right => self.cursor = self.right(),
            Action::Edit(Edit::WordLeft) => self.cursor = self.word_left(),
            Action::Edit(Edit::WordRight) => self.cursor = self.word_right(),
            Action::LineStart => self.cursor = 0,
            Action::LineEnd => self.cursor = self.text.len(),
            _ => return Typed::No,
        }
        if self.text.len() == was { Typed::Moved } else { Typed::Changed }
    }

    /// The part of the text that `room` cells show, and the cell of it at which the cursor stands. The
    /// cursor has some of what stands behind it in sight. Only what is near it is looked at, since what is
    /// pasted may be long.
    pub fn shown(&self, room: usize) -> (&str, usize) {
        let (before, behind) = (self.before(), self.behind());
        let mut ahead = 0;
        for grapheme in behind.graphemes(true) {
            if ahead >= room / 4 {
                break;
            }
            ahead += cells(grapheme);
        }
        // One cell is the cursor's own where it stands at the end.
        let most = room.saturating_sub(if behind.is_empty() { 1 } else { ahead.max(1) });
        let (mut from, mut used) = (self.cursor, 0);
        for (at, grapheme) in before.grapheme_indices(true).rev() {
            let next = used + cells(grapheme);
            if next > most {
                break;
            }
            (from, used) = (at, next);
        }
        (self.text.get(from..).unwrap_or_default(), used)
    }
}

/// A text as a field takes it: on one line, without control characters.
fn one_line(text: &str) -> String {
    let text = text.replace("\r\n", " ");
    let text = text.trim_end_matches(['\n', '\r']);
    let line = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
    line.filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with the cursor as `|`.
    fn marked(field: &Field) -> String {
        format!("{}|{}", field.before(), field.behind())
    }

    fn does(field: &mut Field, actions: &[Action]) -> String {
        for action in actions {
            assert_ne!(field.update(action), Typed::No, "{action:?}");
        }
        marked(field)
    }

    const LEFT: Action = Action::Left;
    const WORD_LEFT: Action = Action::Edit(Edit::WordLeft);
    const WORD_RIGHT: Action = Action::Edit(Edit::WordRight);
    const ERASE_WORD: Action = Action::Edit(Edit::EraseWord);
    const DELETE: Action = Action::Edit(Edit::Delete);

    #[test]
    fn the_cursor_moves_by_grapheme_and_word() {
        let mut field = Field::new("e\u{301}én 👩‍👩‍👧 漢字");
        assert_eq!(does(&mut field, &[LEFT, LEFT, LEFT, LEFT]), "e\u{301}én |👩‍👩‍👧 漢字");
        assert_eq!(does(&mut field, &[WORD_LEFT]), "|e\u{301}én 👩‍👩‍👧 漢字");
        assert_eq!(does(&mut field, &[LEFT, Action::Right]), "e\u{301}|én 👩‍👩‍👧 漢字");
        assert_eq!(does(&mut field, &[WORD_RIGHT]), "e\u{301}én| 👩‍👩‍👧 漢字");
        assert_eq!(does(&mut field, &[Action::LineEnd, WORD_RIGHT]), "e\u{301}én 👩‍👩‍👧 漢字|");
        assert_eq!(does(&mut field, &[Action::LineStart, WORD_LEFT]), "|e\u{301}én 👩‍👩‍👧 漢字");
    }

    #[test]
    fn what_is_typed_pasted_and_deleted_is_at_the_cursor() {
        let mut field = Field::new("leren op het werk");
        assert_eq!(does(&mut field, &[WORD_LEFT, ERASE_WORD]), "leren op |werk");
        assert_eq!(
            does(&mut field, &[Action::Paste("de\r\nen\u{1b}[1m ".into())]),
            "leren op de en[1m |werk"
        );
        assert_eq!(does(&mut field, &[Action::Erase, DELETE, DELETE]), "leren op de en[1m|rk");
        assert_eq!(does(&mut field, &[Action::EraseAll]), "|rk");
        assert_eq!(does(&mut field, &[Action::Insert('w'), Action::Insert('e')]), "we|rk");
        assert_eq!(field.update(&Action::EraseAll), Typed::Changed);
        assert_eq!(field.update(&Action::EraseAll), Typed::Moved, "there was nothing");
        assert_eq!(field.update(&Action::Up), Typed::No);
    }

    #[test]
    fn a_mark_that_is_typed_before_its_letter_leaves_the_cursor_between_graphemes() {
        let mut field = Field::new("ab");
        // An accent joins the letter before it; a joiner may join what stands behind it.
        assert_eq!(does(&mut field, &[LEFT, Action::Insert('\u{301}')]), "a\u{301}|b");
        let mut field = Field::new("👩👧");
        assert_eq!(does(&mut field, &[LEFT, Action::Insert('\u{200d}')]), "👩\u{200d}👧|");
        assert_eq!(does(&mut field, &[Action::Erase]), "|");
    }

    #[test]
    fn a_long_line_scrolls_with_the_cursor_and_wide_letters_are_not_halved() {
        let mut field = Field::new("0123456789abcdefghij");
        assert_eq!(field.shown(30), ("0123456789abcdefghij", 20));
        assert_eq!(field.shown(8), ("defghij", 7), "the last cell is the cursor's");
        does(&mut field, &[LEFT, LEFT, LEFT, LEFT, LEFT]);
        assert_eq!(field.shown(8), ("9abcdefghij", 6), "two more are seen behind it");
        does(&mut field, &[Action::LineStart, Action::Right]);
        assert_eq!(field.shown(8), ("0123456789abcdefghij", 1));
        let wide = Field::new("漢字漢字漢字");
        assert_eq!(wide.shown(8), ("字漢字", 6));
        assert_eq!(wide.shown(7), ("字漢字", 6));
        assert_eq!(Field::new("").shown(0), ("", 0));
    }
}
