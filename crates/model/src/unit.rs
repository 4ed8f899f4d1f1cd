//! A unit of text: the sentence, turn or paragraph to which a place belongs.
//!
//! A block is what one speaker says in a turn; outside turns it is a paragraph. Sentences and words are
//! found within a block.

use crate::corpus::Document;
use crate::sentence;
use crate::span::Span;

/// How far a hit is widened where it is coded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Not at all.
    Match,
    /// To its sentence.
    #[default]
    Sentence,
    /// To what is said in its turn; outside turns, to its paragraph.
    Turn,
    /// To what lies between empty lines, within its turn.
    Paragraph,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Match, Self::Sentence, Self::Turn, Self::Paragraph];

    /// The word in an act and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Sentence => "sentence",
            Self::Turn => "turn",
            Self::Paragraph => "paragraph",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|u| u.as_str() == word)
    }
}

/// A place widened to the units in which it begins and ends. None where nothing is said there: it lies
/// in a speaker's label or a time mark.
pub fn widen(document: &Document, span: Span, unit: Unit) -> Option<Span> {
    let said = said(document, span)?;
    if unit == Unit::Match {
        return Some(said);
    }
    let first = unit_at(document, said.start, unit);
    let last = unit_at(document, said.end.saturating_sub(1), unit);
    Some(Span::new(first.start.min(said.start), last.end.max(said.end)))
}

/// The part of a place that is not the label of the turn in which it begins.
fn said(document: &Document, span: Span) -> Option<Span> {
    let turn = document.turn_at(span.start).and_then(|i| document.turns.get(i));
    let start = match turn {
        Some(t) if t.text_start > span.start => t.text_start,
        _ => span.start,
    };
    let said = Span::new(start, span.end);
    let left = trim(document, said);
    if left.is_empty() { None } else { Some(left) }
}

/// The unit around one character.
fn unit_at(document: &Document, at: u32, unit: Unit) -> Span {
    let block = block(document, at);
    match unit {
        Unit::Match => Span::new(at, at + 1),
        Unit::Turn => trim(document, block),
        Unit::Paragraph => paragraph(document, block, at),
        Unit::Sentence => {
            let all = sentences(document, block);
            let here = all.iter().find(|s| s.has(at)).or_else(|| all.iter().rev().find(|s| s.end <= at));
            here.or_else(|| all.first()).copied().unwrap_or(block)
        }
    }
}

/// The block at a place: a turn's speech, or a paragraph outside turns.
pub fn block(document: &Document, at: u32) -> Span {
    let text = &document.text;
    let mut outside = text.span();
    if let Some(i) = document.turn_at(at) {
        let turn = &document.turns[i];
        if at < turn.end
            || at == turn.end
                && document.turns.get(i + 1).is_none_or(|t| t.start > at)
                && turn.end == text.len()
        {
            return speech(document, i);
        }
        outside.start = turn.end;
        outside.end = document.turns.get(i + 1).map_or(text.len(), |t| t.start);
        // Space behind a turn belongs to it.
        if text.slice(outside).trim().is_empty() {
            return speech(document, i);
        }
    } else if let Some(first) = document.turns.first() {
        outside.end = first.start;
    }
    paragraph(document, outside, at)
}

/// The speech of a turn, or all of it where nothing stands before the speech.
pub fn speech(document: &Document, turn: usize) -> Span {
    let t = &document.turns[turn];
    if t.speaker.is_some() || t.seconds.is_some() { t.speech() } else { t.span() }
}

/// The paragraph within `outside` at a place: what lies between empty lines.
pub fn paragraph(document: &Document, outside: Span, at: u32) -> Span {
    let text = &document.text;
    let bytes = text.bytes(outside);
    let here = text.byte(at).clamp(bytes.start, bytes.end);
    let whole = text.as_str();
    let before = whole.get(bytes.start..here).unwrap_or_default();
    let after = whole.get(here..bytes.end).unwrap_or_default();
    let start = before.rfind("\n\n").map_or(bytes.start, |i| bytes.start + i + 2);
    let end = after.find("\n\n").map_or(bytes.end, |i| here + i);
    trim(document, Span::new(text.position(start), text.position(end)))
}

/// A span without the white space at its ends.
pub fn trim(document: &Document, span: Span) -> Span {
    document.text.trimmed(span)
}

/// The sentences of a block, in order.
pub fn sentences(document: &Document, block: Span) -> Vec<Span> {
    let text = document.text.slice(block);
    placed(text, block.start, &sentence::sentences(text))
}

/// Byte ranges of a text, in order, as spans of the document in which it begins at `start`.
pub fn placed(text: &str, start: u32, ranges: &[(usize, usize)]) -> Vec<Span> {
    let (mut byte, mut position) = (0, start);
    let mut reach = |to: usize| {
        position += text.get(byte..to).unwrap_or_default().chars().count() as u32;
        byte = to;
        position
    };
    ranges.iter().map(|&(start, end)| Span::new(reach(start), reach(end))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;
    use crate::turn::Turn;

    fn document() -> Document {
        let text = "Kop.\n\nAnna: Ik sprak dr. Jansen. Dat was é goed.\n\nEn verder. Klaar.\nBram: Ja.\n";
        let turn = |start, text_start, end, speaker: &str| Turn {
            start,
            text_start,
            end,
            speaker: Some(speaker.into()),
            seconds: None,
        };
        let turns = vec![turn(6, 12, 67, "Anna"), turn(68, 74, 77, "Bram")];
        Document { text: Text::new(text.to_owned()), turns, ..Document::default() }
    }

    fn widened(piece: &str, unit: Unit) -> Option<String> {
        let d = document();
        let text = d.text.as_str();
        let start = text.find(piece).map(|b| d.text.position(b)).unwrap();
        let span = Span::new(start, start + piece.chars().count() as u32);
        widen(&d, span, unit).map(|s| d.text.slice(s).to_owned())
    }

    #[test]
    fn a_hit_is_widened_to_its_unit_and_never_to_the_label() {
        let all = "Ik sprak dr. Jansen. Dat was é goed.\n\nEn verder. Klaar.";
        assert_eq!(widened("Jansen", Unit::Match).as_deref(), Some("Jansen"));
        assert_eq!(widened("Jansen", Unit::Sentence).as_deref(), Some("Ik sprak dr. Jansen."));
        assert_eq!(
            widened("Jansen", Unit::Paragraph).as_deref(),
            Some("Ik sprak dr. Jansen. Dat was é goed.")
        );
        assert_eq!(widened("Jansen", Unit::Turn).as_deref(), Some(all));
        assert_eq!(widened("Klaar", Unit::Paragraph).as_deref(), Some("En verder. Klaar."));
        assert_eq!(widened("Kop", Unit::Turn).as_deref(), Some("Kop."));
        // A phrase over two sentences takes both; one over a label only what is said.
        assert_eq!(
            widened("Jansen. Dat", Unit::Sentence).as_deref(),
            Some("Ik sprak dr. Jansen. Dat was é goed.")
        );
        assert_eq!(widened("Bram: Ja", Unit::Match).as_deref(), Some("Ja"));
        assert_eq!(widened("Bram", Unit::Turn), None);
    }
}
