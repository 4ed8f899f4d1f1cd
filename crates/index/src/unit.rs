//! A unit: the stretch of text within which the words of a query belong together.
//!
//! That is a turn; where there are no turns (a report, front matter) it is a paragraph, which ends at
//! a blank line. The units of a document hold all of its text but blank lines, so that a search sees
//! what `grep` sees, labels and time marks included.

use std::ops::Range;

use model::corpus::Document;
use model::span::Span;

/// One unit of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Where it lies, in code points.
    pub span: Span,
    /// First byte.
    pub from: u32,
    /// One past the last byte.
    pub to: u32,
    /// Index of the turn that it is; none for a paragraph outside turns.
    pub turn: Option<u32>,
}

impl Unit {
    /// The bytes that it covers.
    pub const fn bytes(&self) -> Range<usize> {
        self.from as usize..self.to as usize
    }

    /// Its text.
    pub fn text<'a>(&self, document: &'a Document) -> &'a str {
        document.text.as_str().get(self.bytes()).unwrap_or_default()
    }
}

/// The units of a document, in order.
pub fn units(document: &Document) -> Vec<Unit> {
    let text = &document.text;
    let mut out = Vec::with_capacity(document.turns.len() + 1);
    let mut at = 0;
    for (i, turn) in document.turns.iter().enumerate() {
        let (from, to) = (text.byte(turn.start), text.byte(turn.end));
        let (start, end) = (from.max(at), to.max(from).max(at));
        paragraphs(document, at..start, &mut out);
        if start < end {
            // Most turns follow each other, and their places in the text are known.
            let known = |is: bool, position: u32, byte| if is { position } else { text.position(byte) };
            let span = Span::new(
                known(start == from, turn.start, start),
                known(end == to, turn.end.min(text.len()), end),
            );
            out.push(Unit { span, from: start as u32, to: end as u32, turn: Some(i as u32) });
        }
        at = end;
    }
    paragraphs(document, at..text.as_str().len(), &mut out);
    out
}

fn unit(document: &Document, bytes: Range<usize>) -> Unit {
    let span = Span::new(document.text.position(bytes.start), document.text.position(bytes.end));
    Unit { span, from: bytes.start as u32, to: bytes.end as u32, turn: None }
}

/// Pushes the paragraphs of a stretch outside turns.
fn paragraphs(document: &Document, bytes: Range<usize>, out: &mut Vec<Unit>) {
    let Some(stretch) = document.text.as_str().get(bytes.clone()) else { return };
    if stretch.trim_ascii().is_empty() {
        return;
    }
    let mut at = bytes.start;
    let mut open: Option<Range<usize>> = None;
    for line in stretch.split_inclusive('\n') {
        let body = line.trim_end();
        if body.is_empty() {
            if let Some(paragraph) = open.take() {
                out.push(unit(document, paragraph));
            }
        } else {
            let start = open.as_ref().map_or(at, |p| p.start);
            open = Some(start..at + body.len());
        }
        at += line.len();
    }
    if let Some(paragraph) = open {
        out.push(unit(document, paragraph));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::text::Text;
    use model::turn::Turn;

    fn document(text: &str, turns: &[(u32, u32)]) -> Document {
        let turns = turns
            .iter()
            .map(|&(start, end)| Turn {
                start,
                text_start: start,
                end,
                speaker: Some("A".into()),
                seconds: None,
            })
            .collect();
        Document { text: Text::new(text.to_owned()), turns, ..Document::default() }
    }

    fn texts(document: &Document) -> Vec<(&str, Option<u32>)> {
        units(document).iter().map(|u| (u.text(document), u.turn)).collect()
    }

    #[test]
    fn paragraphs_where_there_are_no_turns() {
        let d = document("één\ntwee\n\n \ndrie  \n\n\nvier", &[]);
        assert_eq!(texts(&d), [("één\ntwee", None), ("drie", None), ("vier", None)]);
        assert_eq!(units(&d)[1].span, Span::new(12, 16));
        assert!(units(&document("", &[])).is_empty());
    }

    #[test]
    fn turns_and_what_lies_between_them() {
        let d = document("kop é\n\nA: hallo\n\nlos\nA: dag\n", &[(7, 15), (21, 27)]);
        assert_eq!(texts(&d), [("kop é", None), ("A: hallo", Some(0)), ("los", None), ("A: dag", Some(1))]);
    }

    #[test]
    fn overlapping_turns_share_nothing() {
        let d = document("abcdefgh", &[(0, 5), (3, 8), (2, 4)]);
        assert_eq!(texts(&d), [("abcde", Some(0)), ("fgh", Some(1))]);
    }
}
