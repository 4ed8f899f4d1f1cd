//! An anchor: where a coding was put, with enough of the text to find the place again.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::name::Name;
use crate::span::Span;
use crate::text::{Text, TextHash};

/// Code points of context kept on either side of a quote.
pub const CONTEXT: u32 = 32;

/// Document, text, place, quote and context: one field of a coding, never mixed from two.
///
/// Quote and context are one string with two seams, since a study has as many anchors as codings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The document.
    pub document: Name,
    /// Hash of the text in which the positions are.
    pub text: TextHash,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Context, quote, context.
    stretch: Box<str>,
    /// Where the quote begins and ends in it, in bytes.
    seams: [u32; 2],
}

/// An anchor as the file format writes it.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    document: Name,
    text: TextHash,
    start: u32,
    end: u32,
    #[serde(borrow)]
    quote: Cow<'a, str>,
    #[serde(borrow, default)]
    before: Cow<'a, str>,
    #[serde(borrow, default)]
    after: Cow<'a, str>,
}

impl Serialize for Anchor {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        Written {
            document: self.document.clone(),
            text: self.text,
            start: self.start,
            end: self.end,
            quote: self.quote().into(),
            before: self.before().into(),
            after: self.after().into(),
        }
        .serialize(s)
    }
}

impl<'de> Deserialize<'de> for Anchor {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let w = Written::deserialize(d)?;
        let place = Span::new(w.start, w.end);
        Ok(Self::of_parts(w.document, w.text, place, [&w.before, &w.quote, &w.after]))
    }
}

impl Anchor {
    /// The anchor of a span of a text; `hash` must be the text's.
    pub fn new(document: &str, text: &Text, hash: TextHash, span: Span) -> Self {
        let before = Span::new(span.start.saturating_sub(CONTEXT), span.start);
        let after = Span::new(span.end, span.end.saturating_add(CONTEXT));
        let parts = [text.slice(before), text.slice(span), text.slice(after)];
        Self::of_parts(Name::new(document), hash, span, parts)
    }

    /// The anchor of a place with the characters before it, in it and after it.
    pub fn of_parts(document: Name, text: TextHash, place: Span, parts: [&str; 3]) -> Self {
        let [before, quote, _] = parts;
        let seams = [before.len() as u32, (before.len() + quote.len()) as u32];
        Self { document, text, start: place.start, end: place.end, stretch: parts.concat().into(), seams }
    }

    /// The characters themselves.
    pub fn quote(&self) -> &str {
        self.part(self.seams[0], self.seams[1])
    }

    /// Up to [`CONTEXT`] code points before.
    pub fn before(&self) -> &str {
        self.part(0, self.seams[0])
    }

    /// Up to [`CONTEXT`] code points after.
    pub fn after(&self) -> &str {
        self.part(self.seams[1], self.stretch.len() as u32)
    }

    /// Quote and context as they stood in the text.
    pub fn stretch(&self) -> &str {
        &self.stretch
    }

    fn part(&self, from: u32, to: u32) -> &str {
        self.stretch.get(from as usize..to as usize).unwrap_or_default()
    }

    /// The place, in code points of the text that `text` names.
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// Where a coding stands in the text at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// At its own position in the same text.
    Exact(Span),
    /// Carried along by revisions, or found again by its quote and context.
    Moved(Span),
    /// A person must decide; it is in no table.
    Review,
}

impl Standing {
    /// The place, unless it waits for review.
    pub const fn span(self) -> Option<Span> {
        match self {
            Self::Exact(span) | Self::Moved(span) => Some(span),
            Self::Review => None,
        }
    }

    /// The word in tables: exact, moved, review.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Moved(_) => "moved",
            Self::Review => "review",
        }
    }
}
