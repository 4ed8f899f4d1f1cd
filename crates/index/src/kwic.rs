//! Key word in context: a hit with the text around it, fit to be shown on one line.

use model::corpus::Corpus;
use model::span::Span;
use model::text::Text;

use crate::search::Hit;
use crate::token::continues;

/// A hit between what stands before and behind it. Nothing in it can move a cursor: line breaks are
/// shown as ⏎ (within the hit as a space), other control characters and marks of direction are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kwic {
    /// What stands before, whole words only.
    pub before: String,
    /// The hit.
    pub text: String,
    /// What stands behind, whole words only.
    pub after: String,
}

/// A hit with at most `context` code points of text on each side, cut between words.
pub fn kwic(corpus: &Corpus, hit: &Hit, context: u32) -> Kwic {
    let Some(document) = corpus.documents.get(hit.document) else { return Kwic::default() };
    around(&document.text, hit.span, context)
}

/// As [`kwic`], for any span of a text.
pub fn around(text: &Text, span: Span, context: u32) -> Kwic {
    let span = Span::new(span.start.min(text.len()), span.end.min(text.len()));
    let start = span.start.saturating_sub(context);
    let mut before = text.slice(Span::new(start, span.start));
    if start > 0 && continues_over(text, start) {
        before = before.trim_start_matches(continues);
    }
    let end = span.end.saturating_add(context).min(text.len());
    let mut after = text.slice(Span::new(span.end, end));
    if end < text.len() && continues_over(text, end) {
        after = after.trim_end_matches(continues);
    }
    Kwic {
        before: one_line(before.trim_start(), " ⏎ "),
        text: one_line(text.slice(span), " "),
        after: one_line(after.trim_end(), " ⏎ "),
    }
}

/// Whether a word goes on over the border before a position.
fn continues_over(text: &Text, position: u32) -> bool {
    let sides = text.slice(Span::new(position - 1, position + 1));
    sides.chars().count() == 2 && sides.chars().all(continues)
}

/// `text` on one line: white space is one space, or `line_break` where it breaks a line.
pub fn one_line(text: &str, line_break: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            let mut breaks = c == '\n';
            while let Some(space) = chars.next_if(|n| n.is_whitespace()) {
                breaks |= space == '\n';
            }
            out.push_str(if breaks { line_break } else { " " });
        } else if !c.is_control() && !is_direction(c) {
            out.push(c);
        }
    }
    out
}

/// Invisible characters that turn the direction of writing or hide a byte-order mark.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, from: u32, to: u32, context: u32) -> (String, String, String) {
        let k = around(&Text::new(text.to_owned()), Span::new(from, to), context);
        (k.before, k.text, k.after)
    }

    #[test]
    fn context_is_cut_between_words() {
        let text = "De coöperatie wil goede zorg leveren.\n\nAnna: mooi";
        let k = show(text, 18, 28, 8);
        assert_eq!(k, ("wil ".into(), "goede zorg".into(), " leveren".into()));
        assert_eq!(show(text, 18, 28, 6).0, "wil ");
        assert_eq!(show(text, 18, 28, 3).0, "");
        assert_eq!(show(text, 18, 28, 1000).2, " leveren. ⏎ Anna: mooi");
        assert_eq!(show(text, 18, 28, 0), (String::new(), "goede zorg".into(), String::new()));
        assert_eq!(show(text, 0, 2, 14).2, " coöperatie");
    }

    #[test]
    fn nothing_moves_the_cursor() {
        let k = show("a\tb \u{202e}c\u{200f}\nd", 0, 9, 4);
        assert_eq!(k.1, "a b c d");
        assert_eq!(one_line("x\u{1b}[31m\u{7}\n\n y", " ⏎ "), "x[31m ⏎ y");
        assert_eq!(show("abc", 7, 9, 4).1, "");
    }
}
