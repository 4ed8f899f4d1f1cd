//! Wrapping: where the rows of a stretch of text begin at a width.
//!
//! Opening a transcript and resizing the terminal wrap all of it before the next frame, so that every
//! row has its number and every jump lands right at once. That must not be felt at a million
//! characters: words of plain letters are taken as a whole, letters whose width and edges are known by
//! a table one by one, and only what may join with its neighbours is cut into graphemes.

use unicode_segmentation::UnicodeSegmentation;

use crate::safe;

/// Where a row begins: its code point and its byte.
type Place = (u32, usize);

/// The rows of a stretch as they are found.
struct Rows<F> {
    /// Told where each row begins.
    found: F,
    /// Cells of a row.
    limit: u16,
    /// Where the present row begins.
    row: Place,
    /// How far the text was looked at.
    at: Place,
    /// Cells that the present row takes so far.
    used: u16,
    /// The last place where the row may end, and the cells used up to there.
    chance: Option<(Place, u16)>,
}

impl<F: FnMut(u32, usize)> Rows<F> {
    /// Ends the present row; the next one begins at a place.
    fn end(&mut self, next: Place) {
        (self.found)(self.row.0, self.row.1);
        self.row = next;
    }

    /// Puts what cannot be parted, of so many bytes, code points and cells.
    fn put(&mut self, text: &str, points: u32, width: u16) {
        let next = (self.at.0 + points, self.at.1 + text.len());
        if text == "\n" || text == "\r\n" {
            self.end(next);
            self.at = next;
            self.used = 0;
            self.chance = None;
            return;
        }
        let space = text == " " || text == "\t";
        let wide = width == 2;
        if wide && self.at.0 > self.row.0 {
            self.chance = Some((self.at, self.used));
        }
        while !space && self.used > 0 && self.used + width > self.limit {
            let (place, cells) = self.chance.take().unwrap_or((self.at, self.used));
            self.end(place);
            self.used = self.used.saturating_sub(cells);
        }
        self.at = next;
        self.used = self.used.saturating_add(width);
        if space || wide || matches!(text, "-" | "–" | "—" | "/") {
            self.chance = Some((self.at, self.used));
        }
    }

    /// Puts a grapheme.
    fn grapheme(&mut self, g: &str) {
        let one = g.len() == 1;
        let width = if one && g != "\t" { 1 } else { safe::width(g) };
        self.put(g, if one { 1 } else { g.chars().count() as u32 }, width);
    }

    /// Puts the letters of a plain word at once where the row has room for all of them.
    fn word(&mut self, letters: usize) -> bool {
        let fits = usize::from(self.used) + letters <= usize::from(self.limit);
        if fits {
            self.at = (self.at.0 + letters as u32, self.at.1 + letters);
            self.used += letters as u16;
        }
        fits
    }
}

/// Tells where the rows of a stretch begin, which itself begins at a code point and byte. Rows end at
/// white space, between wide characters and after hyphens, and within a word only where it is longer
/// than a row.
pub(crate) fn wrap(stretch: &str, from: Place, limit: u16, found: impl FnMut(u32, usize)) {
    let mut rows = Rows { found, limit, row: from, at: from, used: 0, chance: None };
    let mut rest = stretch;
    while let Some(first) = rest.chars().next() {
        let letters = rest.bytes().take(usize::from(limit)).take_while(|b| is_letter(*b)).count();
        // The last letter may carry what follows it, where that is no plain character.
        let alone = rest.as_bytes().get(letters).is_none_or(u8::is_ascii);
        let letters = if alone { letters } else { letters.saturating_sub(1) };
        let taken = if letters > 0 && rows.word(letters) {
            letters
        } else {
            match simple(first) {
                Some(width) if starts_simply(rest.get(first.len_utf8()..).unwrap_or_default()) => {
                    let mut bytes = [0; 4];
                    rows.put(first.encode_utf8(&mut bytes), 1, width);
                    first.len_utf8()
                }
                _ => {
                    let end = joined(rest);
                    rest.get(..end).unwrap_or_default().graphemes(true).for_each(|g| rows.grapheme(g));
                    end
                }
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    if rows.at.0 > rows.row.0 {
        rows.end(rows.at);
    }
}

/// Whether a byte is a character of a word of plain letters, after which no row may end.
const fn is_letter(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7e) && byte != b'-' && byte != b'/'
}

/// The cells of a character that never joins with another such one to a grapheme; none for all others.
const fn simple(c: char) -> Option<u16> {
    match c {
        '\n' => Some(0),
        '\t' => Some(safe::TAB),
        // Latin, Greek, Cyrillic, Hebrew and Arabic letters, punctuation, signs of money.
        '\u{20}'..='\u{7e}'
        | '\u{a0}'..='\u{ac}'
        | '\u{ae}'..='\u{2ff}'
        | '\u{370}'..='\u{373}'
        | '\u{386}'..='\u{38a}'
        | '\u{38e}'..='\u{3a1}'
        | '\u{3a3}'..='\u{482}'
        | '\u{48a}'..='\u{52f}'
        | '\u{5d0}'..='\u{5ea}'
        | '\u{620}'..='\u{64a}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{203b}'
        | '\u{20a0}'..='\u{20bf}' => Some(1),
        // Chinese, Japanese and Korean ones.
        '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}

/// Whether a text begins with a simple character, or is empty.
fn starts_simply(text: &str) -> bool {
    text.chars().next().is_none_or(|c| simple(c).is_some())
}

/// The bytes up to the first edge between two simple characters, where a grapheme ends for certain.
fn joined(text: &str) -> usize {
    let mut before = false;
    // The first may be simple too: what follows it is not.
    for (at, c) in text.char_indices() {
        let now = simple(c).is_some();
        if before && now {
            return at;
        }
        before = now;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, width: u16) -> Vec<Place> {
        let mut out = Vec::new();
        wrap(text, (7, 9), width, |p, b| out.push((p, b)));
        out
    }

    /// The same, every grapheme by itself.
    fn one_by_one(text: &str, width: u16) -> Vec<Place> {
        let mut out = Vec::new();
        let found = |p, b| out.push((p, b));
        let mut rows = Rows { found, limit: width, row: (7, 9), at: (7, 9), used: 0, chance: None };
        text.graphemes(true).for_each(|g| rows.grapheme(g));
        if rows.at.0 > rows.row.0 {
            rows.end(rows.at);
        }
        out
    }

    #[test]
    fn the_table_of_widths_and_edges_is_right() {
        let all = ('\0'..=char::MAX).filter_map(|c| Some((c, simple(c)?)));
        for (c, width) in all.filter(|(c, _)| *c != '\n') {
            assert_eq!(safe::width(&c.to_string()), width, "{c:?}");
            for pair in [format!("a{c}a"), format!("{c}{c}{c}"), format!("漢{c}각"), format!("é{c}\n")] {
                assert_eq!(pair.graphemes(true).count(), 3, "{pair:?}");
            }
        }
    }

    #[test]
    fn what_joins_stays_together() {
        assert_eq!(rows("abe\u{301}f", 3), [(7, 9), (11, 14)]);
        assert_eq!(rows("ab👩‍👩‍👧", 3), [(7, 9), (9, 11)]);
    }

    proptest! {
        #[test]
        fn rows_are_those_of_graphemes_taken_one_by_one(
            text in "([a-zéñß .,-]{1,9}|[αжש]|漢|각|\u{1100}\u{1161}|字|e\u{301}|क्षि|👩‍👩‍👧|🇳🇱|\u{600}|\t|\n|–|/|\u{ad}|\u{202e}|\u{200d}|ｶﾞ){0,60}",
            width in 4_u16..40,
        ) {
            prop_assert_eq!(rows(&text, width), one_by_one(&text, width));
        }

        #[test]
        fn so_are_those_of_any_text(text in any::<String>(), width in 4_u16..90) {
            prop_assert_eq!(rows(&text, width), one_by_one(&text, width));
        }
    }
}
