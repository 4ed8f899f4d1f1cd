//! A layout: how a transcript marks who speaks; and which of its openings are speakers.
//!
//! One line tells little: "Ten eerste: …" has the shape of a speaker. So every line that could open
//! a turn is gathered first ([`Openings`]), labels are counted over the whole text, and only then is
//! it decided which layout the text has and which labels speak.

use std::collections::HashMap;

use crate::label::{self, Kind};
use crate::opening::{self, Opening, Shape};

/// How a transcript marks who speaks. Time marks belong to any layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// `Name: text`.
    NameColon,
    /// `**Name:** text` or `**Name**: text`.
    BoldName,
    /// The label on a line of its own, the speech on the lines below.
    LabelLine,
    /// One text without speakers.
    None,
}

impl Layout {
    /// The word in `corpus/ID.json` and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NameColon => "name-colon",
            Self::BoldName => "bold-name",
            Self::LabelLine => "label-line",
            Self::None => "none",
        }
    }

    /// Reads the word, in any case; `None` for anything else.
    pub fn parse(word: &str) -> Option<Self> {
        match word.trim().to_ascii_lowercase().as_str() {
            "name-colon" => Some(Self::NameColon),
            "bold-name" => Some(Self::BoldName),
            "label-line" => Some(Self::LabelLine),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// The longest entry after the colon of a line in a form at the head of a transcript, in bytes.
const FORM_ENTRY: usize = 120;

/// The most lines that such a form has.
const FORM_LINES: usize = 30;

/// A line that could open a turn.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Its shape and places, as bytes of the text.
    pub(crate) opening: Opening,
    /// What its label's words allow.
    pub(crate) kind: Kind,
    /// Line, from 1.
    pub(crate) line: u64,
    /// Whether it begins a paragraph: first line, or behind a blank line or a heading.
    pub(crate) paragraph: bool,
    /// Whether it is the first line of the text, headings left out.
    first: bool,
    /// Whether the line below allows a label here; only a label alone on its line needs that.
    placed: bool,
}

/// Every line of a text that could open a turn, and what is counted about their labels.
pub(crate) struct Openings<'t> {
    text: &'t str,
    /// In the order of the text.
    pub(crate) candidates: Vec<Candidate>,
    tallies: HashMap<&'t str, Tally>,
    /// Paragraphs of the text, headings left out.
    paragraphs: usize,
}

/// What is counted about one label.
#[derive(Clone, Copy, Debug)]
struct Tally {
    kind: Kind,
    plain: u32,
    plain_timed: u32,
    bold: u32,
    line: u32,
    line_timed: u32,
    /// Whether it opens the text.
    opens: bool,
}

impl Tally {
    fn new(kind: Kind) -> Self {
        Self { kind, plain: 0, plain_timed: 0, bold: 0, line: 0, line_timed: 0, opens: false }
    }
}

impl<'t> Openings<'t> {
    /// Gathers them in one pass.
    pub(crate) fn of(text: &'t str) -> Self {
        let mut found = Self { text, candidates: Vec::new(), tallies: HashMap::new(), paragraphs: 0 };
        let mut kinds: HashMap<&str, Kind> = HashMap::new();
        let (mut at, mut after_blank, mut first) = (0, true, true);
        // A label alone on its line waits for the next line with text, which must be speech.
        let mut waiting: Option<usize> = None;
        for (number, line) in (1..).zip(text.split_inclusive('\n')) {
            let from = at;
            at += line.len();
            let body = line.trim_end();
            if body.is_empty() {
                after_blank = true;
                continue;
            }
            let heading = body.starts_with('#') && body.trim_start_matches('#').starts_with(' ');
            if heading {
                after_blank = true;
                continue;
            }
            found.paragraphs += usize::from(after_blank);
            let opening = opening::read(body).map(|o| o.moved(from));
            if let Some(i) = waiting.take() {
                // Behind a time, a line that begins with a time is the next caption's. Without one, the
                // next line's time belongs to this label, unless a blank line sets it off.
                let before = &mut found.candidates[i];
                let caption = opens_with_time(body);
                before.placed = if before.opening.seconds.is_some() {
                    !caption
                } else {
                    let label = opening.as_ref().filter(|o| o.shape == Shape::Line);
                    !after_blank || !caption && label.is_none_or(|o| o.seconds.is_none())
                };
            }
            if let Some(opening) = opening {
                let label = text.get(opening.label.clone()).unwrap_or_default();
                let kind = *kinds.entry(label).or_insert_with(|| label::kind(label));
                let alone = opening.shape == Shape::Line;
                let fits = !alone || label::stands_alone(label) && (opening.seconds.is_some() || after_blank);
                if kind != Kind::Never && fits {
                    if alone {
                        waiting = Some(found.candidates.len());
                    }
                    found.candidates.push(Candidate {
                        opening,
                        kind,
                        line: number,
                        paragraph: after_blank,
                        first,
                        placed: !alone,
                    });
                }
            }
            first = false;
            after_blank = false;
        }
        found.candidates.retain(|c| c.placed);
        found.drop_form();
        found.tally();
        found
    }

    /// The label of a candidate.
    pub(crate) fn label(&self, candidate: &Candidate) -> &'t str {
        self.text.get(candidate.opening.label.clone()).unwrap_or_default()
    }

    /// Drops a form at the head ("Interviewer: Jan", "Datum: 3 mei"): the candidates up to the last
    /// entry that only forms have, as long as lines are short and no label comes twice.
    fn drop_form(&mut self) {
        let (mut seen, mut head, mut at, mut next) = (Vec::new(), 0, 0, 0);
        for line in self.text.split_inclusive('\n').take(FORM_LINES) {
            at += line.len();
            let Some(candidate) = self.candidates.get(next) else { break };
            if line.len() > FORM_ENTRY + label::LONGEST {
                break;
            }
            if candidate.opening.start >= at {
                continue;
            }
            next += 1;
            if candidate.opening.shape == Shape::Line {
                continue;
            }
            let label = self.label(candidate);
            if seen.contains(&label) {
                break;
            }
            if candidate.kind == Kind::Form {
                head = at;
            }
            seen.push(label);
        }
        self.candidates.retain(|c| c.opening.start >= head && c.kind != Kind::Form);
    }

    /// Counts shapes by label.
    fn tally(&mut self) {
        for candidate in &self.candidates {
            let label = self.text.get(candidate.opening.label.clone()).unwrap_or_default();
            let tally = self.tallies.entry(label).or_insert(Tally::new(candidate.kind));
            let timed = u32::from(candidate.opening.seconds.is_some());
            match candidate.opening.shape {
                Shape::Plain => {
                    tally.plain += 1;
                    tally.plain_timed += timed;
                }
                Shape::Bold => tally.bold += 1,
                Shape::Line => {
                    tally.line += 1;
                    tally.line_timed += timed;
                }
            }
            tally.opens |= candidate.first;
        }
    }

    /// Whether a label speaks where it stands in a shape.
    fn speaks(&self, label: &str, shape: Shape, sums: &Sums) -> bool {
        let Some(t) = self.tallies.get(label) else { return false };
        let often = |n: u32, all: u32| n >= 3 && n * 20 >= all;
        match shape {
            // Whoever types the asterisks means a speaker, unless the words say otherwise.
            Shape::Bold => t.bold > 0,
            Shape::Plain => match t.kind {
                Kind::Role => t.plain > 0,
                Kind::Name => {
                    t.plain >= 2
                        || t.plain_timed > 0 && sums.plain_timed * 2 >= sums.plain
                        || t.opens && t.plain > 0
                        || t.bold > 0
                        || sums.only_labels
                }
                Kind::Words => often(t.plain, sums.plain),
                Kind::Never | Kind::Form => false,
            },
            Shape::Line => match t.kind {
                Kind::Role => t.line > 0,
                Kind::Name => t.line >= 2 || t.line_timed > 0,
                Kind::Words => often(t.line, sums.line) && t.line == t.line_timed,
                Kind::Never | Kind::Form => false,
            },
        }
    }

    /// Sums over all labels that [`Openings::speaks`] weighs a label against.
    fn sums(&self) -> Sums {
        let mut sums = Sums { plain: 0, plain_timed: 0, line: 0, only_labels: false };
        let mut opened = 0;
        for t in self.tallies.values() {
            sums.plain += t.plain;
            sums.plain_timed += t.plain_timed;
            sums.line += t.line;
        }
        for c in &self.candidates {
            opened += usize::from(c.paragraph && c.opening.shape == Shape::Plain && c.kind != Kind::Words);
        }
        let none_recurs = self.tallies.values().all(|t| t.plain < 2);
        sums.only_labels = self.paragraphs >= 2 && opened == self.paragraphs && none_recurs;
        sums
    }

    /// Decides the layout (unless told) and which candidates open a turn; the flags go with
    /// [`Openings::candidates`].
    pub(crate) fn decide(&self, told: Option<Layout>) -> (Layout, Vec<bool>) {
        let sums = self.sums();
        let speaks: Vec<bool> =
            self.candidates.iter().map(|c| self.speaks(self.label(c), c.opening.shape, &sums)).collect();
        let layout = told.unwrap_or_else(|| self.detect(&speaks));
        // In a text of label lines, a colon counts where its label also stands alone.
        let alone: Vec<&str> =
            if layout == Layout::LabelLine { self.standing_alone(&speaks) } else { Vec::new() };
        let opens = self
            .candidates
            .iter()
            .zip(speaks)
            .map(|(c, speaks)| {
                speaks
                    && match (layout, c.opening.shape) {
                        (Layout::None, _) | (Layout::NameColon | Layout::BoldName, Shape::Line) => false,
                        (Layout::BoldName, shape) => shape == Shape::Bold,
                        (Layout::NameColon, _) | (Layout::LabelLine, Shape::Line) => true,
                        (Layout::LabelLine, _) => c.opening.bare || alone.contains(&self.label(c)),
                    }
            })
            .collect();
        (layout, opens)
    }

    /// Labels that speak from a line of their own.
    fn standing_alone(&self, speaks: &[bool]) -> Vec<&'t str> {
        let mut labels: Vec<&str> = self
            .candidates
            .iter()
            .zip(speaks)
            .filter(|(c, speaks)| **speaks && c.opening.bare)
            .map(|(c, _)| self.label(c))
            .collect();
        labels.sort_unstable();
        labels.dedup();
        labels
    }

    /// The layout that the text has.
    fn detect(&self, speaks: &[bool]) -> Layout {
        let speaking = || self.candidates.iter().zip(speaks).filter(|(_, s)| **s).map(|(c, _)| c);
        let count = |shape: Shape| speaking().filter(|c| c.opening.shape == shape).count();
        let (plain, bold, line) = (count(Shape::Plain), count(Shape::Bold), count(Shape::Line));
        let colon = plain + bold;
        let mut lines: Vec<&str> =
            speaking().filter(|c| c.opening.shape == Shape::Line).map(|c| self.label(c)).collect();
        lines.sort_unstable();
        lines.dedup();
        let timed =
            speaking().filter(|c| c.opening.shape == Shape::Line && c.opening.seconds.is_some()).count();
        // One name that recurs alone may be a heading; two, or a role or a time beside it, are speakers.
        let lines_hold = line >= 2
            && (lines.len() >= 2 || timed * 2 >= line || lines.iter().any(|l| label::kind(l) == Kind::Role));
        if lines_hold && line > colon {
            return Layout::LabelLine;
        }
        let opens =
            speaking().next().is_some_and(|c| self.tallies.get(self.label(c)).is_some_and(|t| t.opens));
        if colon == 0 || colon == 1 && !opens {
            return Layout::None;
        }
        // A plain label with its colon alone on the line, the speech below. Emphasis tells more than
        // the line does.
        let bare = speaking().filter(|c| c.opening.bare && c.opening.shape == Shape::Plain);
        if bare.filter(|c| c.opening.seconds.is_none()).count() * 2 > colon {
            return Layout::LabelLine;
        }
        // A few plain labels among bold ones are speech; one in ten and more is the other speaker.
        if bold > 0 && plain * 10 < colon { Layout::BoldName } else { Layout::NameColon }
    }
}

/// What one label is weighed against.
struct Sums {
    plain: u32,
    plain_timed: u32,
    line: u32,
    /// Whether every paragraph opens with a label and none comes twice: a very short talk.
    only_labels: bool,
}

/// Whether a line begins with a time mark, as captions do.
fn opens_with_time(line: &str) -> bool {
    let bytes = line.as_bytes();
    crate::timemark::at(bytes, crate::timemark::blanks(bytes, 0)).is_some()
}
