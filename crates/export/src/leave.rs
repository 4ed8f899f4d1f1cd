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
        let of_turn = |t: &model::turn::Turn| {
            let speaker = t.speaker.as_deref().and_then(|label| document.speaker(label));
            speaker.map_or_else(|| Self::of_document(document), Self::of)
        };
        let reluctant = touched.iter().filter(|t| nobody || speak(t)).map(of_turn).max();
        reluctant.unwrap_or_else(|| Self::of_document(document))
    }
}

#[cfg(test)]
mod tests {
    use model::turn::Turn;

    use super::*;

    #[test]
    fn where_nobody_is_named_everybody_must_agree() {
        let speaker = |label: &str, quote: &str| Speaker {
            label: label.to_owned(),
            quote: quote.to_owned(),
            ..Speaker::default()
        };
        let turn = |start: u32, speaker: Option<&str>| Turn {
            start,
            text_start: start,
            end: start + 10,
            speaker: speaker.map(Into::into),
            seconds: None,
        };
        let document = Document {
            turns: vec![turn(20, Some("Ann")), turn(30, None), turn(40, Some("Bob"))],
            speakers: vec![speaker("Ann", ""), speaker("Bob", "no")],
            ..Document::default()
        };
        let of = |start: u32, end: u32| Leave::of_span(&document, Span::new(start, end));
        assert_eq!(of(21, 25), Leave::Given);
        assert_eq!(of(41, 45), Leave::Refused);
        assert_eq!(of(31, 35), Leave::Refused, "a turn of nobody knows whom");
        assert_eq!(of(0, 10), Leave::Refused, "what stands before all turns");
    }
}
