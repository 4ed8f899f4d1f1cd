//! Units: the word, sentence, turn or question-and-answer pair at a place, and the next one.

use model::corpus::Document;
use model::sentence;
use model::span::Span;
use model::turn::Role;
pub use model::unit::{block, trim};
use model::unit::{placed, speech};

/// What is stepped through and selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// What one speaker says, or a paragraph where nobody is named.
    Turn,
    /// A question with its answer.
    Pair,
    /// Whatever was marked by hand.
    Free,
}

/// The block after one, or before it.
fn neighbour(document: &Document, of: Span, forward: bool) -> Option<Span> {
    let text = &document.text;
    let mut at = of;
    loop {
        let next = if forward {
            let rest = text.slice(Span::new(at.end, text.len()));
            let skip = rest.chars().take_while(|c| c.is_whitespace()).count() as u32;
            at.end + skip
        } else {
            // The label of a turn is no place of its own.
            let from = document
                .turn_at(at.start)
                .map(|i| &document.turns[i])
                .filter(|t| t.start <= at.start && at.start <= t.end);
            let edge = from.map_or(at.start, |t| t.start.min(at.start));
            let gone = text.slice(Span::new(edge.saturating_sub(512), edge));
            let skip = gone.chars().rev().take_while(|c| c.is_whitespace()).count() as u32;
            edge.checked_sub(skip + 1)?
        };
        if next >= text.len() {
            return None;
        }
        let found = block(document, next);
        if forward && found.end <= at.end || !forward && found.start >= at.start {
            return None;
        }
        if !found.is_empty() {
            return Some(found);
        }
        at = found;
    }
}

/// The units of one kind in a block.
fn inside(document: &Document, block: Span, unit: Unit) -> Vec<Span> {
    let text = document.text.slice(block);
    let ranges: Vec<(usize, usize)> = match unit {
        Unit::Word => sentence::words(text).collect(),
        Unit::Sentence => sentence::sentences(text),
        _ => return if text.trim().is_empty() { Vec::new() } else { vec![trim(document, block)] },
    };
    placed(text, block.start, &ranges)
}

/// The unit at a place; where the place lies between two, the one before it, else the one after.
pub fn at(document: &Document, unit: Unit, position: u32) -> Option<Span> {
    if unit == Unit::Pair {
        return pair(document, position);
    }
    let block = block(document, position);
    let units = inside(document, block, unit);
    units
        .iter()
        .copied()
        .find(|s| s.has(position))
        .or_else(|| units.iter().rev().copied().find(|s| s.end <= position))
        .or_else(|| units.first().copied())
}

/// The first unit that begins at or after a place.
pub fn after(document: &Document, unit: Unit, position: u32) -> Option<Span> {
    if unit == Unit::Pair {
        let i = document.turns.partition_point(|t| t.start < position);
        return pair(document, document.turns.get(i)?.start);
    }
    let mut here = Some(block(document, position.min(document.text.len().saturating_sub(1))));
    while let Some(b) = here {
        if let Some(found) = inside(document, b, unit).into_iter().find(|s| s.start >= position) {
            return Some(found);
        }
        here = neighbour(document, b, true);
    }
    None
}

/// The last unit that ends at or before a place.
pub fn before(document: &Document, unit: Unit, position: u32) -> Option<Span> {
    if unit == Unit::Pair {
        let i = document.turns.partition_point(|t| t.end <= position).checked_sub(1)?;
        return pair(document, document.turns.get(i)?.start);
    }
    let mut here = Some(block(document, position));
    while let Some(b) = here {
        if let Some(found) = inside(document, b, unit).into_iter().rev().find(|s| s.end <= position) {
            return Some(found);
        }
        here = neighbour(document, b, false);
    }
    None
}

/// The question with its answer at a place: from an interviewer's turn up to the next one.
fn pair(document: &Document, position: u32) -> Option<Span> {
    let here = document.turn_at(position).unwrap_or(0);
    let asks = |i: &usize| document.turns.get(*i).is_some_and(|t| document.role(t) == Role::Interviewer);
    let mut first = here;
    while first > 0 && !(asks(&first) && !asks(&(first - 1)) || asks(&first) && first != here && !asks(&here))
    {
        first -= 1;
    }
    let mut last = here.max(first);
    // On from the questions through the answers.
    while asks(&last) && asks(&(last + 1)) {
        last += 1;
    }
    while last + 1 < document.turns.len() && !asks(&(last + 1)) {
        last += 1;
    }
    let start = speech(document, first);
    let end = document.turns.get(last)?.end;
    Some(trim(document, Span::new(start.start, end)))
}

#[cfg(test)]
mod tests {
    use model::text::Text;
    use model::turn::Turn;

    use super::*;
    use crate::fixture;

    fn show(d: &Document, span: Option<Span>) -> &str {
        span.map_or("", |s| d.text.slice(s))
    }

    #[test]
    fn sentences_and_words_step_over_turns() {
        let d = fixture::document(
            "a",
            "Interviewer: Hoe gaat het? Vertel.\n\nAnna: Goed, dr. Jansen. Echt waar.\n\nInterviewer: Mooi.\n",
        );
        let s = at(&d, Unit::Sentence, 14).unwrap();
        assert_eq!(d.text.slice(s), "Hoe gaat het?");
        let s = after(&d, Unit::Sentence, s.end).unwrap();
        assert_eq!(d.text.slice(s), "Vertel.");
        let s = after(&d, Unit::Sentence, s.end).unwrap();
        assert_eq!(d.text.slice(s), "Goed, dr. Jansen.");
        let w = after(&d, Unit::Word, s.start + 1).unwrap();
        assert_eq!(d.text.slice(w), "dr");
        let back = before(&d, Unit::Sentence, s.start).unwrap();
        assert_eq!(d.text.slice(back), "Vertel.");
        assert_eq!(show(&d, at(&d, Unit::Turn, s.start)), "Goed, dr. Jansen. Echt waar.");
        assert_eq!(show(&d, after(&d, Unit::Turn, s.end)), "Mooi.");
        assert_eq!(show(&d, after(&d, Unit::Turn, d.text.len() - 2)), "");
        let pair = at(&d, Unit::Pair, s.start).unwrap();
        assert!(d.text.slice(pair).starts_with("Hoe gaat") && d.text.slice(pair).ends_with("Echt waar."));
    }

    #[test]
    fn without_turns_paragraphs_take_their_place() {
        let mut d = fixture::document("d", "");
        d.text = Text::from_canonical("Kop\n\nEerste zin. Tweede zin.\n\nLaatste.\n".to_owned());
        assert_eq!(show(&d, at(&d, Unit::Turn, 8)), "Eerste zin. Tweede zin.");
        assert_eq!(show(&d, after(&d, Unit::Sentence, 17)), "Tweede zin.");
        assert_eq!(show(&d, before(&d, Unit::Sentence, 5)), "Kop");
        d.turns = vec![Turn { start: 5, text_start: 5, end: 28, speaker: None, seconds: None }];
        assert_eq!(show(&d, at(&d, Unit::Turn, 8)), "Eerste zin. Tweede zin.");
        assert_eq!(show(&d, after(&d, Unit::Turn, 28)), "Laatste.");
    }
}
