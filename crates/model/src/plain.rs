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
    /// The quote, as it is written.
    quote: &'a str,
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
        let Some((clean, mut rest)) = self.quote.split_once('\\') else { return Cow::Borrowed(self.quote) };
        let mut out = clean.to_owned();
        loop {
            let mut chars = rest.chars();
            out.extend(chars.next().map(|c| match c {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                itself => itself,
            }));
            let Some((clean, next)) = chars.as_str().split_once('\\') else {
                out.push_str(chars.as_str());
                return Cow::Owned(out);
            };
            out.push_str(clean);
            rest = next;
        }
    }
}

/// What stands between the id of a document and the hash of its text.
const BETWEEN: &str = "\",\"text\":\"";

/// Reads a line, without its newline; none where it is not plain.
pub fn read(line: &str) -> Option<Plain<'_>> {
    // In a string they are no JSON, and outside of one nothing is written that holds them.
    if line.bytes().any(|b| b < b' ') {
        return None;
    }
    let mut rest = Rest(line);
    rest.word("{\"v\":1,\"id\":\"")?;
    let id = ActId::parse(rest.name()?)?;
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
    rest.0.is_empty().then_some(Plain { id, n, coder, codings })
}

fn coding<'a>(rest: &mut Rest<'a>) -> Option<PlainCoding<'a>> {
    rest.word("{\"kind\":\"coding-added\",\"anchor\":{\"document\":\"")?;
    let place = rest.0;
    let document = rest.name()?;
    rest.word(BETWEEN.get(1..)?)?;
    let hash = rest.name()?;
    let place = place.get(..document.len() + BETWEEN.len() + hash.len())?;
    rest.word(",\"start\":")?;
    let start = u32::try_from(rest.number()?).ok()?;
    rest.word(",\"end\":")?;
    let end = u32::try_from(rest.number()?).ok()?;
    rest.word(",\"quote\":\"")?;
    let quote = rest.string()?;
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
    Some(PlainCoding { place, span: Span { start, end }, quote, code, case })
}

/// What is left of a line.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// Passes these characters.
    fn word(&mut self, word: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(word)?;
        Some(())
    }

    /// Passes a number as the program writes it.
    fn number(&mut self) -> Option<u64> {
        let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(digits)?;
        if digits.starts_with('0') && digits.len() > 1 {
            return None;
        }
        self.0 = rest;
        digits.parse().ok()
    }

    /// Passes a string that is written as it is, with its closing mark.
    fn name(&mut self) -> Option<&'a str> {
        let end = self.0.bytes().position(|b| matches!(b, b'"' | b'\\'))?;
        self.upto(end)
    }

    /// Passes a string with its closing mark. Escapes are single characters: `\u` is none that the
    /// program writes for a canonical text.
    fn string(&mut self) -> Option<&'a str> {
        let bytes = self.0.as_bytes();
        let mut at = 0;
        loop {
            at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
            if bytes[at] == b'"' {
                return self.upto(at);
            }
            if !matches!(bytes.get(at + 1)?, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') {
                return None;
            }
            at += 2;
        }
    }

    /// Passes what stands before the quotation mark at `end`, and that.
    fn upto(&mut self, end: usize) -> Option<&'a str> {
        let (string, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.strip_prefix('"')?;
        Some(string)
    }
}
