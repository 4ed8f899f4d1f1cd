//! A word as it is counted, and the marks that are not words.
//!
//! A word is a segment of Unicode Standard Annex #29 that holds a letter or a digit. It lies where
//! its first code point lies, so disjoint spans never share one. Time marks and transcription marks
//! (`[laughs]`, `\[01:44\]`) are not words.

use unicode_segmentation::UnicodeSegmentation;

use crate::span::Span;
use crate::text::{Text, code_points};

/// The longest transcription mark, in code points between its brackets.
const MARK_MAX: usize = 80;

/// First code points of all words of a text, in order; marks left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<u32>);

impl Words {
    /// Finds the words of a text.
    pub fn of(text: &Text) -> Self {
        let string = text.as_str();
        let mut starts = Vec::with_capacity(string.len() / 5);
        let mut from = 0;
        let mut position = 0;
        for (mark_start, mark_end) in marks(string) {
            position = segment(string, from, mark_start, position, &mut starts);
            position += code_points(string.get(mark_start..mark_end).unwrap_or_default());
            from = mark_end;
        }
        segment(string, from, string.len(), position, &mut starts);
        Self(starts)
    }

    /// How many words lie in a span.
    pub fn within(&self, span: Span) -> u32 {
        if span.is_empty() {
            return 0;
        }
        let from = self.0.partition_point(|&w| w < span.start);
        let to = self.0.partition_point(|&w| w < span.end);
        (to - from) as u32
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first code point of each word.
    pub fn starts(&self) -> &[u32] {
        &self.0
    }
}

/// Number of words in a stretch of text that lies nowhere in particular (an inserted passage).
pub fn count_words(text: &str) -> usize {
    let mut starts = Vec::new();
    segment(text, 0, text.len(), 0, &mut starts);
    starts.len()
}

/// Pushes the words of `string[from..to]`, whose first code point is `position`; returns the
/// position of `to`. Plain ASCII is segmented here, ten times as fast; a run with anything else, from
/// the white space before it to the white space after it, by the Unicode tables.
fn segment(string: &str, from: usize, to: usize, mut position: u32, out: &mut Vec<u32>) -> u32 {
    let bytes = &string.as_bytes()[..to];
    let mut i = from;
    while let Some(&byte) = bytes.get(i) {
        // UAX #29 breaks on both sides of ASCII white space (WB999; no rule joins across it but
        // Extend characters, which are not ASCII and go the slow way).
        match CLASS[byte as usize] {
            Class::Space | Class::Mark => {
                i += 1;
                position += 1;
            }
            Class::Word => {
                let Some((end, is_word)) = ascii_word(bytes, i) else {
                    (i, position) = slow_run(string, i, to, position, out);
                    continue;
                };
                if is_word {
                    out.push(position);
                }
                position += (end - i) as u32;
                i = end;
            }
            Class::Other => (i, position) = slow_run(string, i, to, position, out),
        }
    }
    position
}

/// Segments the rest of a run (up to white space) by the Unicode tables.
fn slow_run(string: &str, from: usize, to: usize, position: u32, out: &mut Vec<u32>) -> (usize, u32) {
    let rest = string.get(from..to).unwrap_or_default();
    let length = rest.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(rest.len());
    let mut at = position;
    for piece in rest.get(..length).unwrap_or_default().split_word_bounds() {
        if piece.chars().any(char::is_alphanumeric) {
            out.push(at);
        }
        at += code_points(piece);
    }
    (from + length, at)
}

/// What a byte is to the fast way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// White space.
    Space,
    /// A letter, a digit or `_`: they join.
    Word,
    /// Other ASCII.
    Mark,
    /// Part of a character beyond ASCII.
    Other,
}

const CLASS: [Class; 256] = {
    let mut table = [Class::Mark; 256];
    let mut i = 0;
    while i < 256 {
        let b = i as u8;
        if b >= 128 {
            table[i] = Class::Other;
        } else if b.is_ascii_whitespace() {
            table[i] = Class::Space;
        } else if b.is_ascii_alphanumeric() || b == b'_' {
            table[i] = Class::Word;
        }
        i += 1;
    }
    table
};

/// UAX #29 on ASCII, from a byte that joins: letters, digits and `_` join; `'`, `.` and `:` join
/// between two letters, `'` and `.` between two digits, `,` and `;` between two digits. Gives the end
/// of the segment and whether it holds a letter or digit; `None` where a character beyond ASCII has a
/// say.
fn ascii_word(bytes: &[u8], from: usize) -> Option<(usize, bool)> {
    let class = |i: usize| bytes.get(i).map_or(Class::Space, |b| CLASS[*b as usize]);
    let mut i = from;
    let mut is_word = false;
    loop {
        let joined = bytes[i..].iter().take_while(|b| CLASS[**b as usize] == Class::Word).count();
        is_word |= bytes[i..i + joined].iter().any(|b| *b != b'_');
        i += joined;
        match class(i) {
            Class::Other => return None,
            Class::Mark if class(i + 1) == Class::Other => return None,
            Class::Mark if class(i + 1) == Class::Word => {
                let (before, after) = (bytes[i - 1], bytes[i + 1]);
                let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
                let digits = before.is_ascii_digit() && after.is_ascii_digit();
                let joined = match bytes[i] {
                    b'\'' | b'.' => letters || digits,
                    b':' => letters,
                    b',' | b';' => digits,
                    _ => false,
                };
                if !joined {
                    return Some((i, is_word));
                }
                i += 1;
            }
            _ => return Some((i, is_word)),
        }
    }
}

/// Byte ranges of transcription and time marks, in order: `[` … `]` on one line, at most 80 code
/// points, with or without the backslashes that Markdown writes before brackets; and free-standing
/// clock times with at least minutes and seconds, in `#…#` or bare, at the start of a line or a turn.
fn marks(string: &str) -> Vec<(usize, usize)> {
    let bytes = string.as_bytes();
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(found) = memchr::memchr2(b'[', b'#', bytes.get(from..).unwrap_or_default()) {
        let open = from + found;
        let close = if bytes[open] == b'[' { b']' } else { b'#' };
        let limit = bytes.len().min(open + 1 + 4 * MARK_MAX);
        let mut end = None;
        for (at, &b) in bytes.iter().enumerate().take(limit).skip(open + 1) {
            if b == b'\n' || b == bytes[open] && b != close {
                break;
            }
            if b == close {
                end = Some(at);
                break;
            }
        }
        let Some(end) = end else {
            from = open + 1;
            continue;
        };
        let inner = string.get(open + 1..end).unwrap_or_default();
        let is_mark = if close == b'#' {
            inner.contains(':') && inner.bytes().all(|b| b.is_ascii_digit() || b":.,-".contains(&b))
        } else {
            code_points(inner) as usize <= MARK_MAX
        };
        if is_mark {
            out.push((open, end + 1));
            from = end + 1;
        } else {
            from = open + 1;
        }
    }
    out
}
