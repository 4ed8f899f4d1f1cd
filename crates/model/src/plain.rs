//! A plain line: a line of a journal that makes codings and does nothing else, read without making an
//! [`Act`](crate::act::Act) of it.
//!
//! A study has a hundred times as many such lines as others. Whoever only counts needs of each where it
//! stands, its code and its coder, and that its quote stands there; so only that is taken out of the
//! line, in the one order in which [`crate::journal::line`] writes it. A line in any other form is not
//! plain, whatever it says: it must be read as an act. `tests/plain.rs` holds both readings together.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::id::{ActId, ThingId};
use crate::span::Span;
use crate::text::TextHash;

/// A line that only codes.
#[derive(Clone, Debug, PartialEq)]
pub struct Plain<'a> {
    /// The act's id.
    pub id: ActId,
    /// Number of the line within its file, from 1.
    pub n: u64,
    /// Whose reading it is.
    pub coder: &'a str,
    /// The codings that it makes, in order.
    pub codings: SmallVec<[PlainCoding<'a>; 1]>,
}

/// A coding as a plain line says it. Qualifiers, note, definition and rule are passed over: they are
/// well-formed, and no frequency hangs on them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlainCoding<'a> {
    /// Document and hash of the text, as they are written: the same characters for all codings in one
    /// text of one document.
    pub place: &'a str,
    /// Where it stands, in code points of that text.
    pub span: Span,
    /// The quote, as it is written, and whether that has escapes.
    quote: &'a str,
    escaped: bool,
    /// The code it was made with.
    pub code: &'a str,
    /// The case set on it.
    pub case: Option<&'a str>,
}

impl<'a> PlainCoding<'a> {
    /// Id of the document and hash of the text; none where what is written for the hash is none, in which
    /// case the line is no act.
    pub fn document(&self) -> Option<(&'a str, TextHash)> {
        let (document, hash) = self.place.split_once(BETWEEN)?;
        Some((document, TextHash::parse(hash)?))
    }

    /// The quote.
    pub fn quote(&self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.quote);
        }
        let mut out = String::with_capacity(self.quote.len());
        let mut chars = self.quote.chars();
        while let Some(c) = chars.next() {
            out.push(if c == '\\' { escape(chars.next().unwrap_or(c)) } else { c });
        }
        Cow::Owned(out)
    }
}

/// What a character behind a backslash stands for.
const fn escape(c: char) -> char {
    match c {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        itself => itself,
    }
}

/// What stands between the id of a document and the hash of its text.
const BETWEEN: &str = "\",\"text\":\"";

/// Hexadecimal digits of a hash.
const HASH: usize = 64;
/// Characters of an id.
const ID: usize = 36;

/// Reads a line, without its newline; none where it is not plain.
pub fn read(line: &str) -> Option<Plain<'_>> {
    // In a string they are no JSON, and outside of one nothing is written that holds them. All are looked
    // at, since that can be done many at a time.
    if line.bytes().fold(0, |found, b| found | u8::from(b < b' ')) != 0 {
        return None;
    }
    let mut rest = Rest { line, at: 0 };
    rest.word("{\"v\":1,\"id\":\"")?;
    let id = ActId::parse(rest.known(ID)?)?;
    rest.word(",\"n\":")?;
    let n = rest.number()?;
    rest.word(",\"at\":\"")?;
    rest.name()?;
    rest.word(",\"coder\":\"")?;
    let coder = rest.name()?;
    if rest.word(",\"by\":\"").is_some() {
        rest.name()?;
    }
    rest.word(",\"act\":\"")?;
    rest.name()?;
    rest.word(",\"changes\":[")?;
    let mut codings = SmallVec::new();
    loop {
        codings.push(coding(&mut rest)?);
        if rest.word(",").is_none() {
            break;
        }
    }
    rest.word("]}")?;
    (rest.at == line.len()).then_some(Plain { id, n, coder, codings })
}

fn coding<'a>(rest: &mut Rest<'a>) -> Option<PlainCoding<'a>> {
    rest.word("{\"kind\":\"coding-added\",\"anchor\":{\"document\":\"")?;
    let from = rest.at;
    rest.name()?;
    rest.word(BETWEEN.get(1..)?)?;
    rest.known(HASH)?;
    let place = rest.line.get(from..rest.at - 1)?;
    rest.word(",\"start\":")?;
    let start = u32::try_from(rest.number()?).ok()?;
    rest.word(",\"end\":")?;
    let end = u32::try_from(rest.number()?).ok()?;
    rest.word(",\"quote\":\"")?;
    let (quote, escaped) = rest.string()?;
    rest.word(",\"before\":\"")?;
    rest.string()?;
    rest.word(",\"after\":\"")?;
    rest.string()?;
    rest.word("},\"code\":\"")?;
    let code = rest.name()?;
    let case = if rest.word(",\"case\":\"").is_some() { Some(rest.name()?) } else { None };
    if rest.word(",\"qualifiers\":{").is_some() {
        loop {
            rest.word("\"")?;
            rest.name()?;
            rest.word(":\"")?;
            rest.name()?;
            if rest.word(",").is_none() {
                break;
            }
        }
        rest.word("}")?;
    }
    if rest.word(",\"note\":\"").is_some() {
        rest.string()?;
    }
    if rest.word(",\"definition\":\"").is_some() {
        rest.name()?;
    }
    if rest.word(",\"rule\":\"").is_some() {
        ThingId::parse(rest.name()?)?;
    }
    rest.word("}")?;
    Some(PlainCoding { place, span: Span { start, end }, quote, escaped, code, case })
}

/// What is left of a line.
struct Rest<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Rest<'a> {
    /// What is left.
    fn left(&self) -> &'a [u8] {
        self.line.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Passes these characters.
    #[inline]
    fn word(&mut self, word: &str) -> Option<()> {
        let found = self.left().starts_with(word.as_bytes());
        self.at += if found { word.len() } else { 0 };
        found.then_some(())
    }

    /// Passes a number as the program writes it.
    fn number(&mut self) -> Option<u64> {
        let left = self.left();
        let mut number = 0_u64;
        let mut digits = 0;
        while let Some(digit @ b'0'..=b'9') = left.get(digits) {
            number = number.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
            digits += 1;
        }
        self.at += digits;
        (digits == 1 || digits > 1 && left[0] != b'0').then_some(number)
    }

    /// Passes a string of a known length, with its closing mark; what it holds is looked at by who uses it.
    fn known(&mut self, length: usize) -> Option<&'a str> {
        self.upto(length)
    }

    /// Passes a string that is written as it is, with its closing mark.
    fn name(&mut self) -> Option<&'a str> {
        self.upto(mark(self.left())?)
    }

    /// Passes a string with its closing mark, and tells whether it holds escapes. These are single
    /// characters: `\u` is none that the program writes for a canonical text.
    fn string(&mut self) -> Option<(&'a str, bool)> {
        let left = self.left();
        let mut at = memchr::memchr2(b'"', b'\\', left)?;
        let mut escaped = false;
        while left[at] != b'"' {
            if !matches!(left.get(at + 1)?, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') {
                return None;
            }
            escaped = true;
            at += 2;
            at += memchr::memchr2(b'"', b'\\', left.get(at..)?)?;
        }
        self.upto(at).map(|string| (string, escaped))
    }

    /// Passes `length` bytes and the quotation mark behind them.
    fn upto(&mut self, length: usize) -> Option<&'a str> {
        let string = self.line.get(self.at..self.at + length)?;
        self.at += length;
        self.word("\"")?;
        Some(string)
    }
}

/// Where the first quotation mark or backslash stands, eight bytes at a time: most names are short.
fn mark(bytes: &[u8]) -> Option<usize> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // The high bit of each byte that is zero; above the first of them also of others.
    let zeros = |word: u64| word.wrapping_sub(LOW) & !word & HIGH;
    let (eights, rest) = bytes.as_chunks::<8>();
    for (i, eight) in eights.iter().enumerate() {
        let word = u64::from_le_bytes(*eight);
        let found = zeros(word ^ (LOW * 0x22)) | zeros(word ^ (LOW * 0x5C));
        if found != 0 {
            return Some(i * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|b| matches!(b, b'"' | b'\\'))?;
    Some(eights.len() * 8 + at)
}
