//! A text: the canonical characters of one document, addressed by code point.
//!
//! Files come in many encodings, line ends and normal forms. Positions must survive all of them, so
//! a transcript is brought into one canonical form when it is imported, and every position and hash
//! refers to that form, never to bytes on disk.

use sha2::{Digest, Sha256};
use std::fmt;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

use crate::span::Span;

/// Bytes between two checkpoints of a [`Text`].
const STEP: usize = 64;
/// Code points between two of its marks.
const MARK: usize = 32;

/// The SHA-256 of a canonical text, encoded as UTF-8.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextHash(pub [u8; 32]);

impl TextHash {
    /// The hash of `canonical`, which must already be in canonical form.
    pub fn of(canonical: &str) -> Self {
        Self(Sha256::digest(canonical.as_bytes()).into())
    }

    /// Reads 64 hexadecimal digits; `None` for anything else.
    pub fn parse(hex: &str) -> Option<Self> {
        let hex = hex.as_bytes();
        if hex.len() != 64 {
            return None;
        }
        let digit = |b: u8| match b {
            b'0'..=b'9' => Some(b - b'0'),
            b'a'..=b'f' => Some(b - b'a' + 10),
            b'A'..=b'F' => Some(b - b'A' + 10),
            _ => None,
        };
        let mut out = [0; 32];
        for (i, pair) in hex.chunks_exact(2).enumerate() {
            out[i] = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(out))
    }

    /// The first eight hexadecimal digits, as in a document id `ID~HASH8`.
    pub fn short(&self) -> String {
        self.to_string().chars().take(8).collect()
    }
}

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = [0_u8; 64];
        for (i, b) in self.0.iter().enumerate() {
            hex[2 * i] = DIGITS[usize::from(b >> 4)];
            hex[2 * i + 1] = DIGITS[usize::from(b & 15)];
        }
        f.write_str(std::str::from_utf8(&hex).unwrap_or_default())
    }
}

impl fmt::Debug for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextHash({})", self.short())
    }
}

impl serde::Serialize for TextHash {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for TextHash {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Hex;
        impl serde::de::Visitor<'_> for Hex {
            type Value = TextHash;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a SHA-256 as 64 hexadecimal digits")
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<TextHash, E> {
                TextHash::parse(v).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(v), &self))
            }
        }
        d.deserialize_str(Hex)
    }
}

/// The version of the Unicode standard by which texts are made canonical.
pub fn unicode_version() -> (u64, u64, u64) {
    let (major, minor, patch) = unicode_normalization::UNICODE_VERSION;
    (major.into(), minor.into(), patch.into())
}

/// Brings decoded text into canonical form: no byte-order mark at its head; CR LF, CR, NEL, VT, FF, U+2028 and
/// U+2029 become LF; other control characters but TAB go; NFC; trailing white space becomes one LF.
/// An empty or blank text becomes the empty string.
pub fn canonical(decoded: &str) -> String {
    if is_canonical(decoded) {
        return decoded.to_owned();
    }
    let mut clean = String::with_capacity(decoded.len() + 1);
    let mut chars = decoded.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                clean.push('\n');
            }
            '\u{85}' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' | '\n' => clean.push(c),
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    let mut out = match is_nfc_quick(clean.chars()) {
        unicode_normalization::IsNormalized::Yes => clean,
        _ => clean.nfc().collect(),
    };
    let marks = out.len() - out.trim_start_matches('\u{feff}').len();
    out.drain(..marks);
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Whether [`canonical`] would leave `text` as it is. One pass, no allocation.
pub fn is_canonical(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let Some(body) = text.strip_suffix('\n') else { return false };
    if body.is_empty() || body.chars().next_back().is_some_and(char::is_whitespace) {
        return false;
    }
    if text.is_ascii() {
        return text.bytes().all(|b| b >= 0x20 && b != 0x7f || b == b'\n' || b == b'\t');
    }
    let clean = text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t')
        && !text.starts_with('\u{feff}')
        && !text.contains(['\u{2028}', '\u{2029}']);
    clean
        && match is_nfc_quick(text.chars()) {
            unicode_normalization::IsNormalized::Yes => true,
            unicode_normalization::IsNormalized::No => false,
            unicode_normalization::IsNormalized::Maybe => text.nfc().eq(text.chars()),
        }
}

/// One canonical text with fast conversion between code points and bytes.
///
/// A checkpoint every 64 bytes and a mark every 32 code points make both directions cheap; a pure ASCII
/// text needs neither.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    string: String,
    /// Number of code points that begin before bytes 0, 64, 128 …; empty for ASCII.
    checkpoints: Vec<u32>,
    /// The bytes at which code points 0, 32, 64 … begin; empty for ASCII.
    marks: Vec<u32>,
    len: u32,
}

impl Text {
    /// Takes decoded text, bringing it into canonical form if it is not.
    pub fn new(decoded: String) -> Self {
        let string = if is_canonical(&decoded) { decoded } else { canonical(&decoded) };
        Self::from_canonical(string)
    }

    /// Takes text that is known to be canonical (its hash was compared); nothing is checked.
    pub fn from_canonical(string: String) -> Self {
        if string.is_ascii() {
            let len = string.len() as u32;
            return Self { string, checkpoints: Vec::new(), marks: Vec::new(), len };
        }
        let mut checkpoints = Vec::with_capacity(string.len() / STEP + 1);
        let mut marks = Vec::with_capacity(string.len() / MARK + 1);
        let (mut len, mut next) = (0_u32, 0);
        let (blocks, rest) = string.as_bytes().as_chunks::<STEP>();
        let counted = blocks.iter().map(|block| (block.as_slice(), starts_of_block(block)));
        let counted = counted.chain((!rest.is_empty()).then(|| (rest, starts(rest))));
        for (at, (block, count)) in (0..).step_by(STEP).zip(counted) {
            checkpoints.push(len);
            while next < len + count {
                let left = next - len;
                marks.push(at + if count as usize == STEP { left } else { nth_start(block, left) as u32 });
                next += MARK as u32;
            }
            len += count;
        }
        Self { string, checkpoints, marks, len }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Length in code points.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The whole text as a span.
    pub fn span(&self) -> Span {
        Span { start: 0, end: self.len }
    }

    /// SHA-256 of the text. Computed anew at each call.
    pub fn hash(&self) -> TextHash {
        TextHash::of(&self.string)
    }

    /// The text alone.
    pub fn into_string(self) -> String {
        self.string
    }

    /// Byte offset of a code point; positions past the end give the length in bytes.
    pub fn byte(&self, position: u32) -> usize {
        if position >= self.len {
            return self.string.len();
        }
        if self.checkpoints.is_empty() {
            return position as usize;
        }
        let mark = position as usize / MARK;
        let left = position % MARK as u32;
        let from = self.marks[mark] as usize;
        let bytes = match self.marks.get(mark + 1) {
            // As many bytes as code points: each is one byte.
            Some(&to) if to as usize - from == MARK => return from + left as usize,
            Some(&to) => &self.string.as_bytes()[from..to as usize],
            None => &self.string.as_bytes()[from..],
        };
        from + nth_start(bytes, left)
    }

    /// Code point at a byte offset; an offset inside a character gives that character's position.
    pub fn position(&self, byte: usize) -> u32 {
        if byte >= self.string.len() {
            return self.len;
        }
        if self.checkpoints.is_empty() {
            return byte as u32;
        }
        let block = byte / STEP;
        self.checkpoints[block] + starts(&self.string.as_bytes()[block * STEP..=byte]) - 1
    }

    /// The span of some bytes, which must begin and end between characters.
    pub fn span_of(&self, bytes: Range<usize>) -> Span {
        let start = self.position(bytes.start);
        // What is short is counted sooner than looked up.
        let end = match self.string.as_bytes().get(bytes.clone()) {
            Some(short) if short.len() <= STEP && !self.checkpoints.is_empty() => start + starts(short),
            _ => self.position(bytes.end),
        };
        Span::new(start, end)
    }

    /// The bytes that a span covers, cut to the text.
    pub fn bytes(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start);
        start..self.byte(span.end).max(start)
    }

    /// The characters of a span, cut to the text.
    pub fn slice(&self, span: Span) -> &str {
        self.string.get(self.bytes(span)).unwrap_or_default()
    }

    /// A span without the white space at its ends.
    pub fn trimmed(&self, span: Span) -> Span {
        let slice = self.slice(span);
        let front = code_points(slice) - code_points(slice.trim_start());
        let start = span.start + front;
        Span::new(start, start + code_points(slice.trim()))
    }

    /// Whether exactly `quote` stands at `span`.
    pub fn stands_at(&self, span: Span, quote: &str) -> bool {
        let start = self.byte(span.start);
        self.holds(span)
            && self.string.as_bytes().get(start..).is_some_and(|rest| rest.starts_with(quote.as_bytes()))
            && code_points(quote) == span.len()
    }

    /// Whether the span lies within the text and holds at least one code point.
    pub fn holds(&self, span: Span) -> bool {
        span.start < span.end && span.end <= self.len
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} code points)", self.len)
    }
}

/// Bytes as text, where they are UTF-8, else as they are. A whole transcript is copied sooner than it is
/// looked at byte by byte, as the standard library would.
///
/// # Errors
/// The bytes, where they are not UTF-8.
pub fn utf8(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    let text = simdutf8::basic::from_utf8(&bytes).ok().map(str::to_owned);
    text.ok_or(bytes)
}

/// Number of code points.
pub fn code_points(s: &str) -> u32 {
    starts(s.as_bytes())
}

/// How many code points begin in a stretch of UTF-8.
fn starts(bytes: &[u8]) -> u32 {
    // Sixty-four bytes at a time, counted side by side in the bytes of one number.
    let (blocks, rest) = bytes.as_chunks::<STEP>();
    let many: u32 = blocks.iter().map(starts_of_block).sum();
    let (eights, rest) = rest.as_chunks::<8>();
    let several: u32 = eights.iter().map(|eight| starts_of_eight(*eight)).sum();
    many + several + rest.iter().filter(|b| is_start(**b)).count() as u32
}

/// The same in sixty-four bytes.
fn starts_of_block(block: &[u8; STEP]) -> u32 {
    let sides: u64 = block.as_chunks::<8>().0.iter().map(|eight| others(*eight)).sum();
    // Each side is at most 8; their sum gathers in the highest one.
    STEP as u32 - (sides.wrapping_mul(LOW) >> 56) as u32
}

/// The same in eight bytes: all but those of the form `10xxxxxx`.
const fn starts_of_eight(bytes: [u8; 8]) -> u32 {
    8 - (others(bytes).wrapping_mul(LOW) >> 56) as u32
}

/// Of eight bytes those that begin no character, as a number with a 1 in the byte of each.
const fn others(bytes: [u8; 8]) -> u64 {
    let eight = u64::from_le_bytes(bytes);
    (eight >> 7) & !(eight >> 6) & LOW
}

/// A 1 in each byte.
const LOW: u64 = 0x0101_0101_0101_0101;

/// Whether a byte begins a UTF-8 character.
const fn is_start(b: u8) -> bool {
    b & 0xC0 != 0x80
}

/// At which byte the code point begins before which `left` others begin; the length where there is none.
fn nth_start(bytes: &[u8], mut left: u32) -> usize {
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut byte = 0;
    for eight in eights {
        let others = others(*eight);
        let here = starts_of_eight(*eight);
        if left < here {
            let mut starts = others ^ LOW;
            for _ in 0..left {
                starts &= starts - 1;
            }
            return byte + starts.trailing_zeros() as usize / 8;
        }
        left -= here;
        byte += 8;
    }
    let mut starts = (byte..).zip(rest).filter(|(_, b)| is_start(**b)).map(|(at, _)| at);
    starts.nth(left as usize).unwrap_or(bytes.len())
}
