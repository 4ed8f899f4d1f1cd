//! An opening: how one line begins when it may be the first line of a turn.
//!
//! Only the shape is read here. Whether the label is a speaker's is decided later, from the whole
//! text, because only there it shows what recurs.

use std::ops::Range;

use crate::label;
use crate::timemark::{self, TimeMark, blanks};

/// What marks the label off from the speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `Name: …`
    Plain,
    /// `**Name:** …` or `**Name**: …`, with any of Markdown's marks of emphasis.
    Bold,
    /// The label and perhaps a time mark, and nothing else.
    Line,
}

/// The opening of one line. Offsets are bytes; in [`read`] of the line, later of the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opening {
    /// What marks the label off.
    pub(crate) shape: Shape,
    /// First byte of label or time mark, emphasis included.
    pub(crate) start: usize,
    /// The label, trimmed, without emphasis.
    pub(crate) label: Range<usize>,
    /// Behind label, colon, emphasis, time mark and blanks.
    pub(crate) speech: usize,
    /// Seconds, if a time mark stands beside the label.
    pub(crate) seconds: Option<f64>,
    /// Whether nothing follows on the line.
    pub(crate) bare: bool,
}

impl Opening {
    /// Moves every offset by `by` bytes.
    pub(crate) fn moved(mut self, by: usize) -> Self {
        self.start += by;
        self.label = self.label.start + by..self.label.end + by;
        self.speech += by;
        self
    }
}

/// Reads how a line opens; `None` when no label can stand there. Looks at the first few words only,
/// however long the line is.
pub(crate) fn read(text: &str) -> Option<Opening> {
    let line = text.as_bytes();
    let start = blanks(line, 0);
    let mut at = start;
    let mut seconds = None;
    if let Some(mark) = timemark::at(line, at) {
        seconds = Some(mark.seconds);
        at = blanks(line, mark.end);
        at = timemark::dash(line, at).map_or(at, |dash| blanks(line, dash));
    }
    let emphasis = emphasis(line, at);
    at += emphasis.len();
    if !emphasis.is_empty()
        && let Some(mark) = timemark::at(line, at)
    {
        seconds = seconds.or(Some(mark.seconds));
        at = blanks(line, mark.end);
    }
    let label = at..label_end(line, at, emphasis)?;
    let tail = Tail::read(line, label.end, emphasis);
    let trimmed = text.get(label)?.trim_end();
    let label = at..at + trimmed.len();
    if trimmed.is_empty() {
        return None;
    }
    let bare = tail.end >= line.len();
    let shape = if !tail.colon {
        // Emphasis that does not close, or that closes before other words, is no label.
        if !bare || !emphasis.is_empty() && !tail.closed {
            return None;
        }
        Shape::Line
    } else if tail.closed {
        Shape::Bold
    } else {
        Shape::Plain
    };
    let rest = line.get(tail.end..).unwrap_or_default();
    // `https://x`, `C:\map`; a backslash before a mark is Markdown's.
    let drive = rest.first() == Some(&b'\\') && rest.get(1).is_some_and(u8::is_ascii_alphanumeric);
    if shape == Shape::Plain && (rest.starts_with(b"//") || drive) {
        return None;
    }
    Some(Opening { shape, start, label, speech: tail.end, seconds: seconds.or(tail.seconds), bare })
}

/// The run of one mark of emphasis at `at`, which closes with the same run: `*`, `**`, `***`, `_`,
/// `__`, `___`; empty if there is none.
fn emphasis(line: &[u8], at: usize) -> &[u8] {
    let Some(&mark @ (b'*' | b'_')) = line.get(at) else { return &[] };
    let run = line.iter().skip(at).take_while(|&&b| b == mark).take(4).count();
    let flanks = line.get(at + run).is_some_and(|b| !b.is_ascii_whitespace());
    if run <= 3 && flanks { line.get(at..at + run).unwrap_or_default() } else { &[] }
}

/// Where the label that begins at `from` ends: at a colon, a time mark, the emphasis or the end of
/// the line. `None` when what stands there cannot be a label.
fn label_end(line: &[u8], from: usize, emphasis: &[u8]) -> Option<usize> {
    let bracketed = matches!(line.get(from), Some(b'[' | b'\\' | b'<'));
    let mut points = 0;
    let mut at = from;
    while let Some(&b) = line.get(at) {
        // Blanks before the colon and the colon itself may follow a label of full length.
        points += usize::from(b & 0xC0 != 0x80);
        if points > label::LONGEST + 4 {
            return None;
        }
        match b {
            b':' => return Some(at),
            b'*' | b'_' if closes(line, at, emphasis) => return Some(at),
            b'[' | b'(' | b'#' | b'<' | b'{' | b'\\' if timemark::at(line, at).is_some() => return Some(at),
            b'0'..=b'9' if at > from && is_gap(line, at) && timemark::at(line, at).is_some() => {
                return Some(at);
            }
            b'[' | b'<' | b'\\' if at == from => {}
            b']' | b'>' | b'[' | b'\\' if bracketed => {}
            b'\\' if line.get(at + 1) == Some(&b'_') => {}
            b'*' | b'[' | b']' | b'<' | b'>' | b'{' | b'}' | b'\\' | b'?' | b'!' | b';' | b'"' | b'='
            | b'|' | b'`' => {
                return None;
            }
            _ => {}
        }
        at += 1;
    }
    Some(at)
}

/// Whether a blank stands before `at`.
fn is_gap(line: &[u8], at: usize) -> bool {
    matches!(line.get(at - 1), Some(b' ' | b'\t')) || line.get(..at).is_some_and(|l| l.ends_with(b"\xC2\xA0"))
}

/// Whether the emphasis closes at `at`.
fn closes(line: &[u8], at: usize, emphasis: &[u8]) -> bool {
    !emphasis.is_empty() && line.get(at..).is_some_and(|rest| rest.starts_with(emphasis))
}

/// What stands between label and speech.
struct Tail {
    end: usize,
    colon: bool,
    closed: bool,
    seconds: Option<f64>,
}

impl Tail {
    /// Reads colon, closing emphasis and time mark, in any order, each once.
    fn read(line: &[u8], from: usize, emphasis: &[u8]) -> Self {
        let mut tail = Self { end: blanks(line, from), colon: false, closed: false, seconds: None };
        loop {
            let at = tail.end;
            if !tail.colon && line.get(at) == Some(&b':') {
                tail.colon = true;
                tail.end = blanks(line, at + 1);
            } else if !tail.closed && closes(line, at, emphasis) {
                tail.closed = true;
                tail.end = blanks(line, at + emphasis.len());
            } else if let Some(mark) =
                timemark::at(line, at).filter(|m| tail.seconds.is_none() && tail.takes(line, m))
            {
                tail.seconds = Some(mark.seconds);
                tail.end = blanks(line, mark.end);
            } else {
                return tail;
            }
        }
    }

    /// Whether a time mark belongs to the label. "Anna: 12:30 was het" is speech.
    fn takes(&self, line: &[u8], mark: &TimeMark) -> bool {
        mark.enclosed || mark.precise || !self.colon || blanks(line, mark.end) >= line.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<(Shape, &str, &str, Option<f64>)> {
        let o = read(line)?;
        Some((o.shape, line.get(o.label).unwrap(), line.get(o.speech..).unwrap(), o.seconds))
    }

    #[test]
    fn labels_and_time_marks_are_read_in_every_order() {
        use Shape::{Bold, Line, Plain};
        for (line, shape, label, speech, seconds) in [
            ("Anna: ja", Plain, "Anna", "ja", None),
            ("  Anna : ja", Plain, "Anna", "ja", None),
            ("Anna:ja", Plain, "Anna", "ja", None),
            ("I:", Plain, "I", "", None),
            ("Anna: [00:01:02] ja", Plain, "Anna", "ja", Some(62.0)),
            ("[00:01:02] Anna: ja", Plain, "Anna", "ja", Some(62.0)),
            ("00:21 I: ja", Plain, "I", "ja", Some(21.0)),
            ("#00:00:21-5# I: ja", Plain, "I", "ja", Some(21.5)),
            ("Anna [00:01:02]: ja", Plain, "Anna", "ja", Some(62.0)),
            ("Anna 00:01:02: ja", Plain, "Anna", "ja", Some(62.0)),
            ("Anna (1:02): ja", Plain, "Anna", "ja", Some(62.0)),
            ("Speaker 1 (vrouw): ja", Plain, "Speaker 1 (vrouw)", "ja", None),
            ("SPEAKER_00: ja", Plain, "SPEAKER_00", "ja", None),
            ("[R1]: ja", Plain, "[R1]", "ja", None),
            ("Anna: 12:30 was het", Plain, "Anna", "12:30 was het", None),
            ("**Anna:** ja", Bold, "Anna", "ja", None),
            ("**Anna**: ja", Bold, "Anna", "ja", None),
            ("**Anna:** [00:00:00] ja", Bold, "Anna", "ja", Some(0.0)),
            ("**Break:** \\[01:44\\]", Bold, "Break", "", Some(104.0)),
            ("**Break**: \\[01:44\\]", Bold, "Break", "", Some(104.0)),
            ("**Anna [1:02]:** ja", Bold, "Anna", "ja", Some(62.0)),
            ("**[1:02] Anna:** ja", Bold, "Anna", "ja", Some(62.0)),
            ("[1:02] **Anna:** ja", Bold, "Anna", "ja", Some(62.0)),
            ("__Anna:__ ja", Bold, "Anna", "ja", None),
            ("**I: wat vindt u?**", Plain, "I", "wat vindt u?**", None),
            ("Jonas Rosland  0:22  ", Line, "Jonas Rosland", "", Some(22.0)),
            ("00:00:03 Speaker 1", Line, "Speaker 1", "", Some(3.0)),
            ("**Anna** 0:22", Line, "Anna", "", Some(22.0)),
            ("Anna", Line, "Anna", "", None),
        ] {
            assert_eq!(parts(line), Some((shape, label, speech, seconds)), "{line}");
        }
    }

    #[test]
    fn other_lines_open_nothing() {
        for line in [
            "",
            "   ",
            "[00:01:02]",
            "https://x.nl",
            "Wat? Anna: ja",
            "**vet** begin",
            "* Anna ja: *nee*",
            "C:\\map",
        ] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
