//! A token: what counts as one word when searching.
//!
//! A maximal run of letters, digits and underscores, so that hits of a plain word are the lines that
//! `grep -o -i -w` prints: an apostrophe or hyphen separates, and `don't` is the two tokens `don` and
//! `t`. Combining marks and soft hyphens belong to the token that they follow. Superscript and circled
//! figures are no part of a word: a footnote mark must not hide the word before it.
//!
//! This is not the word of the counting rules (`model::word`): rates per 1,000 words are never
//! computed from tokens.

use unicode_normalization::char::is_combining_mark;

/// Where one token lies, in bytes of the text that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it holds ASCII only.
    pub ascii: bool,
}

/// Whether a character can begin a token.
pub fn begins(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphabetic() || c.is_numeric() && !is_figure_mark(c)
}

/// Whether a character can go on with a token.
pub fn continues(c: char) -> bool {
    begins(c) || c == '\u{ad}' || c >= '\u{300}' && is_combining_mark(c)
}

/// Superscript, subscript, fraction, circled and Roman figures: numbers that no one writes words with.
const fn is_figure_mark(c: char) -> bool {
    matches!(c,
        '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{bc}'..='\u{be}'
        | '\u{2070}'..='\u{2079}' | '\u{2080}'..='\u{2089}'
        | '\u{2150}'..='\u{215f}' | '\u{2189}'
        | '\u{2460}'..='\u{249b}' | '\u{24ea}'..='\u{24ff}'
        | '\u{2776}'..='\u{2793}'
        | '\u{3220}'..='\u{3229}' | '\u{3248}'..='\u{324f}' | '\u{3251}'..='\u{325f}'
        | '\u{3280}'..='\u{3289}' | '\u{32b1}'..='\u{32bf}')
}

/// Whether an ASCII byte is part of a token.
const WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i < 128 {
        let b = i as u8;
        table[i] = b.is_ascii_alphanumeric() || b == b'_';
        i += 1;
    }
    table
};

/// The tokens of a text, in order.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// The tokens of `text`.
    pub const fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            let byte = *bytes.get(at)?;
            if byte < 128 {
                if WORD[usize::from(byte)] {
                    break;
                }
                at += 1;
            } else {
                let c = self.char_at(at)?;
                if begins(c) {
                    break;
                }
                at += c.len_utf8();
            }
        }
        let start = at;
        let mut ascii = true;
        while let Some(&byte) = bytes.get(at) {
            if byte < 128 {
                if !WORD[usize::from(byte)] {
                    break;
                }
                at += 1;
            } else {
                let Some(c) = self.char_at(at) else { break };
                if !continues(c) {
                    break;
                }
                ascii = false;
                at += c.len_utf8();
            }
        }
        self.at = at;
        Some(Token { start, end: at, ascii })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        Tokens::of(text).filter_map(|t| text.get(t.start..t.end)).collect()
    }

    #[test]
    fn tokens_are_what_grep_calls_words() {
        assert_eq!(
            tokens("I don't e-mail snake_case, 3.5%"),
            ["I", "don", "t", "e", "mail", "snake_case", "3", "5"]
        );
        assert_eq!(tokens("**Henk:** \\[01:44\\]"), ["Henk", "01", "44"]);
        assert_eq!(tokens("werk¹ en m²"), ["werk", "en", "m"]);
        assert_eq!(tokens("blíj́ven orga\u{ad}nisatie"), ["blíj́ven", "orga\u{ad}nisatie"]);
        assert_eq!(tokens("👩‍💻 日本語。한국"), ["日本語", "한국"]);
        assert_eq!(tokens("\u{301}a"), ["a"]);
        assert!(tokens("… — !").is_empty());
    }
}
