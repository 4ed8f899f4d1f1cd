//! A cell: one number with all that is needed to defend it.

use serde::Serialize;

/// What a cell's number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Found; every document read to the end (or not asked).
    Coded,
    /// Found, but a document is not done: a lower bound.
    Partial,
    /// Read for this code and not found: zero.
    NotFound,
    /// The questions did not reach it.
    NotAsked,
    /// Not read to the end for this code.
    NotDone,
    /// Consent was withdrawn.
    Withdrawn,
    /// There is no text.
    NoText,
}

impl Status {
    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coded => "coded",
            Self::Partial => "partial",
            Self::NotFound => "not_found",
            Self::NotAsked => "not_asked",
            Self::NotDone => "not_done",
            Self::Withdrawn => "withdrawn",
            Self::NoText => "no_text",
        }
    }

    /// Whether the cell carries a number.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Coded | Self::Partial | Self::NotFound)
    }

    /// The same where lower bounds may be left out (`--complete`).
    pub const fn carries_number(self, complete: bool) -> bool {
        self.is_number() && !(complete && matches!(self, Self::Partial))
    }

    /// Whether nothing could be found there: not asked, withdrawn, or no text. It is settled as it is.
    pub const fn is_out_of_reach(self) -> bool {
        matches!(self, Self::NotAsked | Self::Withdrawn | Self::NoText)
    }

    /// Whether something was found.
    pub const fn is_found(self) -> bool {
        matches!(self, Self::Coded | Self::Partial)
    }

    /// Whether everything was read for the code.
    pub const fn is_read(self) -> bool {
        matches!(self, Self::Coded | Self::NotFound)
    }

    /// How a cell looks on a screen: `3`, `0`, `3+`, `·` (not done), `–` (not asked, no text).
    pub fn sign(self, n: u64) -> String {
        match self {
            Self::Coded | Self::NotFound => n.to_string(),
            Self::Partial => format!("{n}+"),
            Self::NotDone => "·".to_owned(),
            Self::NotAsked | Self::Withdrawn | Self::NoText => "–".to_owned(),
        }
    }
}

/// One group × one code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// What was counted; `None` is NA.
    pub n: Option<u64>,
    /// What the number means.
    pub status: Status,
    /// Documents of the group.
    pub documents: u32,
    /// Of these, read to the end for the code.
    pub documents_done: u32,
    /// Counted words of the group in those.
    pub words: u64,
    /// Passages per 1,000 of those words, in those documents; `None` without words or number.
    pub per_1000: Option<f64>,
}

/// A cell with its place: what one line of a long table says.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Id of the group.
    pub group: &'a str,
    /// Id of the code.
    pub code: &'a str,
    /// The cell.
    pub cell: &'a Cell,
}

/// What a table ends with, per code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// Counted over all groups, from spans.
    pub n: u64,
    /// Cases with the code: the figure to report first.
    pub cases: u32,
    /// Cases read for the code (with a number).
    pub cases_read: u32,
}
