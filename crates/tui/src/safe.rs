//! Safe text: nothing that comes from a file may steer the terminal.
//!
//! Canonical texts hold no control characters, but file names, codes, notes and titles may, and any
//! text may hold marks that turn the direction of writing around and so show another order than
//! what is counted. Both become visible signs here, at the one place that everything passes.

use std::borrow::Cow;

use ratatui::buffer::CellWidth;

/// The sign for a mark that overrides the direction of writing.
pub const DIRECTION: &str = "⇄";

/// Cells that a TAB takes in a text.
pub const TAB: u16 = 4;

/// Whether a character turns the direction of writing around, or isolates a run from it.
pub const fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Whether a character is a tag: it cannot be seen, and can hide words in what is seen.
pub const fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// A grapheme as it may be drawn: without tags.
pub fn untagged(grapheme: &str) -> Cow<'_, str> {
    if grapheme.len() > 4 && grapheme.chars().any(is_tag) {
        return Cow::Owned(grapheme.chars().filter(|c| !is_tag(*c)).collect());
    }
    Cow::Borrowed(grapheme)
}

/// One line of text with every control character and direction mark made visible.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b))
        || !text.chars().any(|c| c.is_control() || is_direction(c) || is_tag(c))
    {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_tag(*c)).map(visible).collect())
}

/// The visible stand-in of a character.
fn visible(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{85}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if c.is_control() => '\u{fffd}',
        c if is_direction(c) => '⇄',
        c => c,
    }
}

/// Cells that a grapheme of a text takes on the screen; 0 for one that cannot be seen.
pub fn width(grapheme: &str) -> u16 {
    let mut chars = grapheme.chars();
    match (chars.next(), chars.next()) {
        (None, _) => 0,
        (Some('\t'), None) => TAB,
        (Some(c), None) if c.is_control() => 0,
        (Some(c), _) if is_direction(c) => 1,
        (Some(c), Some(_)) if c.is_control() => 0,
        _ => grapheme.cell_width(),
    }
}

/// Cells that a line of safe text takes.
pub fn text_width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { usize::from(text.cell_width()) }
}

/// The beginning of a line that fits into `cells`, with `…` where something was cut.
pub fn fit(text: &str, cells: usize) -> Cow<'_, str> {
    use unicode_segmentation::UnicodeSegmentation;
    if text_width(text) <= cells {
        return Cow::Borrowed(text);
    }
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let mut out = String::new();
    let mut used = 0;
    for g in text.graphemes(true) {
        let w = usize::from(width(g));
        if used + w > cells - 1 {
            break;
        }
        used += w;
        out.push_str(g);
    }
    out.push('…');
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(safe("plain é 漢"), "plain é 漢");
        assert_eq!(safe("a\u{1b}[31mred\u{7}"), "a␛[31mred␇");
        assert_eq!(safe("x\u{9b}31m\u{7f}"), "x\u{fffd}31m␡");
        assert_eq!(safe("user\u{202e}txt.exe"), "user⇄txt.exe");
        assert_eq!(safe("two\nlines"), "two lines");
        for c in (0..0x20).chain(0x7f..0xa0).filter_map(char::from_u32) {
            assert!(!safe(&c.to_string()).chars().any(char::is_control), "{c:?}");
        }
    }

    #[test]
    fn lines_are_cut_by_cells_not_characters() {
        assert_eq!(fit("mobility", 8), "mobility");
        assert_eq!(fit("mobility", 5), "mobi…");
        assert_eq!(fit("漢字漢字", 5), "漢字…");
        assert_eq!(fit("漢字漢字", 4), "漢…");
        assert_eq!(fit("abc", 0), "");
    }
}
