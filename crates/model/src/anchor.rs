//! An anchor: where a coding was put, with enough of the text to find the place again.

use serde::{Deserialize, Serialize};

use crate::name::Name;
use crate::span::Span;
use crate::text::{Text, TextHash};

/// Code points of context kept on either side of a quote.
pub const CONTEXT: u32 = 32;

/// Document, text, place, quote and context: one field of a coding, never mixed from two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The document.
    pub document: Name,
    /// Hash of the text in which the positions are.
    pub text: TextHash,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The characters themselves.
    pub quote: String,
    /// Up to [`CONTEXT`] code points before.
    #[serde(default)]
    pub before: String,
    /// Up to [`CONTEXT`] code points after.
    #[serde(default)]
    pub after: String,
}

impl Anchor {
    /// The anchor of a span of a text; `hash` must be the text's.
    pub fn new(document: &str, text: &Text, hash: TextHash, span: Span) -> Self {
        let context = |start: u32, end: u32| text.slice(Span::new(start, end)).to_owned();
        Self {
            document: Name::new(document),
            text: hash,
            start: span.start,
            end: span.end,
            quote: text.slice(span).to_owned(),
            before: context(span.start.saturating_sub(CONTEXT), span.start),
            after: context(span.end, span.end.saturating_add(CONTEXT)),
        }
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
