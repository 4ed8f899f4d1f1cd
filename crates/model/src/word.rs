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

/// First code points of all words of a text; marks left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// A bit per code point, set where a word begins.
    bits: Vec<u64>,
    /// How many are set before each of `bits`.
    before: Vec<u32>,
    len: u32,
}

/// Words as they are found.
#[derive(Default)]
struct Found {
    bits: Vec<u64>,
    /// The one that was found last.
    last: Option<u32>,
}

impl Found {
    fn push(&mut self, start: u32) {
        let at = start as usize / 64;
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        self.bits[at] |= 1 << (start % 64);
        self.last = Some(start);
    }

    /// Takes the last one back; the one before is not known any more.
    fn pop(&mut self) {
        if let Some(start) = self.last.take() {
            self.bits[start as usize / 64] &= !(1 << (start % 64));
        }
    }
}

impl Words {
    /// Finds the words of a text.
    pub fn of(text: &Text) -> Self {
        let string = text.as_str();
        let mut found = Found { bits: Vec::with_capacity(text.len() as usize / 64 + 1), last: None };
        let mut from = 0;
        let mut position = 0;
        for (mark_start, mark_end) in marks(string) {
            position = segment(string, from, mark_start, position, &mut found);
            position += code_points(string.get(mark_start..mark_end).unwrap_or_default());
            from = mark_end;
        }
        segment(string, from, string.len(), position, &mut found);
        let mut len = 0;
        let mut before = Vec::with_capacity(found.bits.len());
        for bits in &found.bits {
            before.push(len);
            len += bits.count_ones();
        }
        Self { bits: found.bits, before, len }
    }

    /// How many words lie in a span.
    pub fn within(&self, span: Span) -> u32 {
        if span.is_empty() { 0 } else { self.below(span.end) - self.below(span.start) }
    }

    /// How many words begin before a code point.
    fn below(&self, position: u32) -> u32 {
        let at = position as usize / 64;
        match (self.before.get(at), self.bits.get(at)) {
            (Some(before), Some(bits)) => before + (bits & ((1 << (position % 64)) - 1)).count_ones(),
            _ => self.len,
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The first code point of each word, in order.
    pub fn starts(&self) -> impl Iterator<Item = u32> + '_ {
        let of = |(at, bits): (usize, &u64)| {
            let (at, bits) = (at as u32 * 64, *bits);
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| at + bit)
        };
        self.bits.iter().enumerate().flat_map(of)
    }
}

/// The version of the Unicode standard by which words are cut.
pub const fn unicode_version() -> (u64, u64, u64) {
    unicode_segmentation::UNICODE_VERSION
}

/// Number of words in a stretch of text that lies nowhere in particular (an inserted passage).
pub fn count_words(text: &str) -> usize {
    let mut found = Found::default();
    segment(text, 0, text.len(), 0, &mut found);
    found.bits.iter().map(|bits| bits.count_ones() as usize).sum()
}

/// Pushes the words of `string[from..to]`, whose first code point is `position`; returns the
/// position of `to`. ASCII is looked at in blocks, other Latin letters and marks by
/// [`plain_word`], and a run with anything that UAX #29 has more to say about, from the beginning of
/// its segment to the next white space, by the Unicode tables.
fn segment(string: &str, from: usize, to: usize, mut position: u32, out: &mut Found) -> u32 {
    let bytes = &string.as_bytes()[..to];
    let mut i = from;
    while i < to {
        let (end, open) = ascii_run(bytes, i, position, out);
        position += (end - i) as u32;
        i = end;
        if i == to {
            break;
        }
        // What stands here may belong to the word before it: that one is found anew with it.
        if let Some(start) = open {
            out.pop();
            position -= (i - start) as u32;
            i = start;
        }
        let (class, length) = class_at(bytes, i, bytes[i]);
        match class {
            // UAX #29 breaks on both sides of white space (WB999; no rule joins across it but Extend
            // characters, which go the slow way), and of a mark that no letter or digit stands before.
            Class::Break | Class::MidLetter | Class::MidNumber | Class::MidBoth => {
                i += length;
                position += 1;
            }
            Class::Letter | Class::Digit | Class::Under => {
                let Some((end, points, is_word)) = plain_word(bytes, i) else {
                    (i, position) = slow_run(string, i, to, position, out);
                    continue;
                };
                if is_word {
                    out.push(position);
                }
                position += points;
                i = end;
            }
            Class::Other => {
                // A combining mark belongs to what stands before it, be that a space.
                let before = string.get(from..i).and_then(|s| s.chars().next_back());
                if let Some(before) = before.filter(|c| *c != '\n') {
                    i -= before.len_utf8();
                    position -= 1;
                }
                (i, position) = slow_run(string, i, to, position, out);
            }
        }
    }
    position
}

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// Pushes the words from `from` up to the first byte that is not plain ASCII. Gives that place and,
/// where a word may go on there, the byte at which that word, the last one pushed, begins.
///
/// A word begins at a letter or digit behind anything else, unless a mark joins it with what stands
/// before (WB6, WB7, WB11, WB12).
fn ascii_run(bytes: &[u8], from: usize, position: u32, out: &mut Found) -> (usize, Option<usize>) {
    let mut i = from;
    // Whether a letter or digit stands before the block.
    let mut carry = 0;
    let end = loop {
        let rest = bytes.get(i..).unwrap_or_default();
        let (joiners, other, length) = if let Some(block) = rest.first_chunk::<BLOCK>() {
            masks(block, BLOCK)
        } else {
            let mut block = [b' '; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            masks(&block, rest.len())
        };
        let plain = other.trailing_zeros().min(length as u32);
        let here = joiners & ((1_u64 << plain) - 1) as u32;
        let mut begins = here & !(here << 1 | carry);
        while begins != 0 {
            let at = i + begins.trailing_zeros() as usize;
            if at < from + 2 || !joined(bytes[at - 2], bytes[at - 1], bytes[at]) {
                out.push(position + (at - from) as u32);
            }
            begins &= begins - 1;
        }
        carry = here >> (BLOCK - 1);
        i += plain as usize;
        if (plain as usize) < BLOCK {
            break i;
        }
    };
    let class = |back: usize| {
        if end < from + back { Class::Break } else { CLASS[bytes[end - back] as usize] }
    };
    let joins = |class: Class| matches!(class, Class::Letter | Class::Digit);
    let open = joins(class(1)) || class(1) != Class::Break && joins(class(2));
    let last = out.last.filter(|start| open && *start >= position);
    (end, last.map(|start| from + (start - position) as usize))
}

/// Of the first `length` bytes of a block, a bit each: those that are ASCII letters or digits, and
/// those that are neither ASCII nor plain (`_`).
fn masks(block: &[u8; BLOCK], length: usize) -> (u32, u32, usize) {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const fn each(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    // The sums of a byte below 0x80 and another stay within the byte, and reach its high bit where the
    // byte is at least as great as the limit.
    let bit = |mask: u64| ((mask & HIGH) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let (mut joiners, mut other) = (0_u64, 0_u64);
    for (n, eight) in block.as_chunks::<8>().0.iter().enumerate() {
        let word = u64::from_le_bytes(*eight);
        let low = word & !HIGH;
        let lower = low | each(0x20);
        let letter = (lower + each(0x80 - b'a')) & !(lower + each(0x7F - b'z'));
        let digit = (low + each(0x80 - b'0')) & !(low + each(0x7F - b'9'));
        let under = !((low ^ each(b'_')) + each(0x7F));
        joiners |= bit((letter | digit) & !word) << (8 * n);
        other |= bit(word | under) << (8 * n);
    }
    let within = if length < BLOCK { (1_u64 << length) - 1 } else { u64::MAX };
    ((joiners & within) as u32, (other & within) as u32, length)
}

/// Whether a mark joins what stands on both sides of it.
fn joined(before: u8, mark: u8, after: u8) -> bool {
    let both = |class: Class| CLASS[before as usize] == class && CLASS[after as usize] == class;
    match CLASS[mark as usize] {
        Class::MidBoth => both(Class::Letter) || both(Class::Digit),
        Class::MidLetter => both(Class::Letter),
        Class::MidNumber => both(Class::Digit),
        _ => false,
    }
}

/// Segments the rest of a run (up to white space behind its first character) by the Unicode tables.
fn slow_run(string: &str, from: usize, to: usize, position: u32, out: &mut Found) -> (usize, u32) {
    let rest = string.get(from..to).unwrap_or_default();
    let space = rest.bytes().skip(1).position(|b| b.is_ascii_whitespace());
    let length = space.map_or(rest.len(), |at| at + 1);
    let mut at = position;
    for piece in rest.get(..length).unwrap_or_default().split_word_bounds() {
        if piece.chars().any(char::is_alphanumeric) {
            out.push(at);
        }
        at += code_points(piece);
    }
    (from + length, at)
}

/// What a character is to the fast way, by its Word_Break property.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Nothing joins with it: white space and most marks.
    Break,
    /// `ALetter`.
    Letter,
    /// `Numeric`.
    Digit,
    /// `ExtendNumLet`: joins, and is no word by itself.
    Under,
    /// `MidLetter`: joins between two letters.
    MidLetter,
    /// `MidNum`: joins between two digits.
    MidNumber,
    /// `MidNumLet` and `Single_Quote`: joins between two letters and between two digits.
    MidBoth,
    /// Anything else: left to the tables.
    Other,
}

const CLASS: [Class; 256] = {
    let mut table = [Class::Break; 256];
    let mut i = 0;
    while i < 256 {
        let b = i as u8;
        table[i] = match b {
            b'A'..=b'Z' | b'a'..=b'z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Under,
            b'\'' | b'.' => Class::MidBoth,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidNumber,
            128.. => Class::Other,
            _ => Class::Break,
        };
        i += 1;
    }
    table
};

/// The class of the character at byte `i`, whose first byte is `byte`, and its length in bytes.
fn class_at(bytes: &[u8], i: usize, byte: u8) -> (Class, usize) {
    if byte < 128 {
        return (CLASS[byte as usize], 1);
    }
    let next = |n: usize| bytes.get(i + n).copied().unwrap_or_default();
    match (byte, next(1)) {
        // U+00D7 and U+00F7, the only signs between U+00C0 and U+024F; the rest are letters.
        (0xC3, 0x97 | 0xB7) => (Class::Break, 2),
        (0xC3..=0xC8, 0x80..=0xBF) | (0xC9, 0x80..=0x8F) => (Class::Letter, 2),
        // General punctuation: dashes and quotation marks, bullet and ellipsis; the single ones join.
        (0xE2, 0x80) => match next(2) {
            0x98 | 0x99 => (Class::MidBoth, 3),
            0x90..=0x97 | 0x9A..=0x9E | 0xA2 | 0xA6 => (Class::Break, 3),
            _ => (Class::Other, 3),
        },
        // The euro sign.
        (0xE2, 0x82) if next(2) == 0xAC => (Class::Break, 3),
        _ => (Class::Other, 1),
    }
}

/// UAX #29 on plain characters, from one that joins. Gives the end of the segment in bytes, its
/// length in code points and whether it holds a letter or digit; `None` where the tables have a say.
fn plain_word(bytes: &[u8], from: usize) -> Option<(usize, u32, bool)> {
    let class = |i: usize| bytes.get(i).map_or((Class::Break, 0), |b| class_at(bytes, i, *b));
    let (mut i, mut extra) = (from, 0);
    let mut is_word = false;
    let mut before = Class::Under;
    loop {
        // The usual word is ASCII letters from end to end.
        while let Some(Class::Letter) = bytes.get(i).map(|b| CLASS[*b as usize]) {
            before = Class::Letter;
            i += 1;
        }
        is_word |= before == Class::Letter;
        let (at, length) = class(i);
        match at {
            Class::Letter | Class::Digit | Class::Under => {
                is_word |= at != Class::Under;
                before = at;
            }
            Class::Other => return None,
            Class::Break => return Some((i, (i - from - extra) as u32, is_word)),
            Class::MidLetter | Class::MidNumber | Class::MidBoth => {
                let next = class(i + length).0;
                if next == Class::Other {
                    return None;
                }
                let joins = match before {
                    Class::Letter => next == Class::Letter && at != Class::MidNumber,
                    Class::Digit => next == Class::Digit && at != Class::MidLetter,
                    _ => false,
                };
                if !joins {
                    return Some((i, (i - from - extra) as u32, is_word));
                }
            }
        }
        i += length;
        extra += length - 1;
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
