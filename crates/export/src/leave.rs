//! Leave: whether somebody may be quoted. The one place that says it, for pages and packages alike.

use model::corpus::{Document, Speaker};
use model::span::Span;

/// Whether somebody may be quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leave {
    /// They may.
    Given,
    /// They are to be asked first.
    Ask,
    /// They may not.
    Refused,
}

impl Leave {
    /// What somebody says (column `quote` of `speakers.csv`).
    pub fn of(speaker: &Speaker) -> Self {
        match speaker.quote.trim().to_lowercase().as_str() {
            "no" | "nee" => Self::Refused,
            "ask" | "vraag" => Self::Ask,
            _ => Self::Given,
        }
    }

    /// What the most reluctant of a document's speakers says.
    pub fn of_document(document: &Document) -> Self {
        document.speakers.iter().map(Self::of).max().unwrap_or(Self::Given)
    }

    /// What the most reluctant of those says who speak in a span; where nobody speaks in it, but it stands
    /// on a label, of those whose turns it touches. Where it is not told who speaks, everybody must agree.
    pub fn of_span(document: &Document, span: Span) -> Self {
        if document.turns.is_empty() {
            return Self::of_document(document);
        }
        let touched = document.turns.get(document.turns_touched(span)).unwrap_or_default();
        let speak = |t: &&model::turn::Turn| t.speech().intersect(span).is_some();
        let nobody = !touched.iter().any(|t| speak(&t));
        touched
            .iter()
            .filter(|t| nobody || speak(t))
            .filter_map(|t| document.speaker(t.speaker.as_deref()?))
            .map(Self::of)
            .max()
            .unwrap_or(Self::Given)
    }
}
