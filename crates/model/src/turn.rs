//! A turn (spreekbeurt): one speaker's contribution; and the role that decides whether it counts.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::span::Span;

/// One speaker's contribution. Stored with the text; only an import, a new layout or a text
/// revision changes it.
///
/// On disk: `[start, text_start, end, speaker, seconds]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Turn {
    /// First code point of the turn, label and time mark included.
    pub start: u32,
    /// First code point of what was said.
    pub text_start: u32,
    /// One past the last code point of what was said (trailing blank lines excluded).
    pub end: u32,
    /// The speaker's label as printed; `None` where nobody is named.
    pub speaker: Option<CompactString>,
    /// Seconds from the start of the recording, if the transcript tells.
    pub seconds: Option<f64>,
}

type Stored = (u32, u32, u32, Option<CompactString>, Option<f64>);

impl From<Stored> for Turn {
    fn from((start, text_start, end, speaker, seconds): Stored) -> Self {
        Self { start, text_start, end, speaker, seconds }
    }
}

impl From<Turn> for Stored {
    fn from(t: Turn) -> Self {
        (t.start, t.text_start, t.end, t.speaker, t.seconds)
    }
}

impl Turn {
    /// Label, time mark and speech.
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// What was said, without label and time mark.
    pub const fn speech(&self) -> Span {
        Span::new(self.text_start, self.end)
    }
}

/// What a speaker is in the conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Asks.
    Interviewer,
    /// Answers; what counts unless said otherwise. A label without a role is a respondent.
    #[default]
    Respondent,
    /// Neither: a pause, a sound, an announcement.
    Other,
}

impl Role {
    /// The word in `speakers.csv` and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Interviewer => "interviewer",
            Self::Respondent => "respondent",
            Self::Other => "other",
        }
    }

    /// Reads the word, in any case; `None` for anything else.
    pub fn parse(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "interviewer" => Some(Self::Interviewer),
            "respondent" => Some(Self::Respondent),
            "other" => Some(Self::Other),
            _ => None,
        }
    }
}
