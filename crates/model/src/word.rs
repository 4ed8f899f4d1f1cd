//! A word as it is counted, and the marks that are not words.
//!
//! A word is a segment of Unicode Standard Annex #29 that holds a letter or a digit. It lies where
//! its first code point lies, so disjoint spans never share one. Time marks and transcription marks
//! (`[laughs]`, `\[01:44\]`) are not words.

use unicode_segmentation::UnicodeSegmentation;

use crate::span::Span;
use crate::text::Text;

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
            position += count(string.get(mark_start..mark_end).unwrap_or_default());
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

/// Code points in `s`.
fn count(s: &str) -> u32 {
    if s.is_ascii() { s.len() as u32 } else { s.chars().count() as u32 }
}

/// Pushes the words of `string[from..to]`, whose first code point is `position`; returns the
/// position of `to`. Plain ASCII is segmented here, ten times as fast; anything else, from the last
/// space before it to the next space after it, by the Unicode tables.
fn segment(string: &str, from: usize, to: usize, mut position: u32, out: &mut Vec<u32>) -> u32 {
    let bytes = string.as_bytes();
    let mut i = from;
    while i < to {
        // One run without white space. UAX #29 breaks on both sides of ASCII white space (WB999;
        // no rule joins across it but Extend characters, which are not ASCII and go the slow way).
        if bytes[i].is_ascii_whitespace() {
            i += 1;
            position += 1;
            continue;
        }
        let mut end = i;
        let mut ascii = true;
        while end < to && !bytes[end].is_ascii_whitespace() {
            ascii &= bytes[end] < 128;
            end += 1;
        }
        if ascii {
            ascii_words(&bytes[i..end], position, out);
            position += (end - i) as u32;
        } else {
            let run = string.get(i..end).unwrap_or_default();
            let mut at = position;
            for piece in run.split_word_bounds() {
                if piece.chars().any(char::is_alphanumeric) {
                    out.push(at);
                }
                at += count(piece);
            }
            position = at;
        }
        i = end;
    }
    position
}

/// UAX #29 on a run of printable ASCII: letters, digits and `_` join; `'` and `.` join between two
/// letters or two digits; `,` and `;` join between two digits.
fn ascii_words(run: &[u8], position: u32, out: &mut Vec<u32>) {
    let joins = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let mut i = 0;
    while i < run.len() {
        if !joins(run[i]) {
            i += 1;
            continue;
        }
        let start = i;
        let mut word = false;
        loop {
            while i < run.len() && joins(run[i]) {
                word |= run[i] != b'_';
                i += 1;
            }
            if i + 1 >= run.len() {
                break;
            }
            let (before, here, after) = (run[i - 1], run[i], run[i + 1]);
            let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
            let digits = before.is_ascii_digit() && after.is_ascii_digit();
            let joined = match here {
                b'\'' | b'.' => letters || digits,
                b':' => letters && COLON_JOINS,
                b',' | b';' => digits,
                _ => false,
            };
            if !joined {
                break;
            }
            i += 1;
        }
        if word {
            out.push(position + start as u32);
        }
    }
}

/// Whether a colon between letters joins them: so in Unicode's word-break tables up to 15.0; the
/// property test holds this to the tables in use.
const COLON_JOINS: bool = true;

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
            count(inner) as usize <= MARK_MAX
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
