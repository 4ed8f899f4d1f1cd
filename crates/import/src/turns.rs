//! Turns: the openings that speak, with the speech behind them, as positions in the text.

use std::collections::HashMap;

use model::problem::{Problem, Severity};
use model::text::Text;
use model::turn::{Role, Turn};

use crate::label::Kind;
use crate::layout::{Layout, Openings};
use crate::opening::Shape;
use crate::role;
use crate::timemark::{self, blanks};

/// The most lines that are named one by one as possible labels.
const NAMED: usize = 5;

/// Code points before the first turn from which on that is told.
const PREAMBLE: u32 = 2000;

/// Finds the turns of a text and what should be known about them. The problems name no file.
pub(crate) fn of(text: &Text, told: Option<Layout>) -> (Layout, Vec<Turn>, Vec<Problem>) {
    let openings = Openings::of(text.as_str());
    let (layout, opens) = openings.decide(told);
    let turns = build(text, &openings, &opens);
    let mut problems = overlooked(&openings, &opens, layout);
    problems.extend(remarks(&turns, layout));
    (layout, turns, problems)
}

/// One turn per opening, each up to the next.
fn build(text: &Text, openings: &Openings<'_>, opens: &[bool]) -> Vec<Turn> {
    let string = text.as_str();
    let chosen: Vec<_> = openings.candidates.iter().zip(opens).filter(|(_, o)| **o).map(|(c, _)| c).collect();
    let mut positions = Positions::new(text);
    let mut turns = Vec::with_capacity(chosen.len());
    for (i, candidate) in chosen.iter().enumerate() {
        let opening = &candidate.opening;
        let limit = chosen.get(i + 1).map_or(string.len(), |next| next.opening.start);
        let stretch = string.get(opening.start..limit).unwrap_or_default().trim_end();
        let end = opening.start + stretch.len();
        let (speech, seconds) = speech(string, opening.speech.min(end), end, opening.seconds);
        let start = positions.of(opening.start);
        let text_start = positions.of(speech);
        let end = positions.of(end);
        turns.push(Turn { start, text_start, end, speaker: Some(openings.label(candidate).into()), seconds });
    }
    turns
}

/// Where the speech begins in `string[from..end]`, and the seconds, which may stand on its first
/// line when the label stood alone.
fn speech(string: &str, from: usize, end: usize, seconds: Option<f64>) -> (usize, Option<f64>) {
    let first = |from: usize| {
        let rest = string.get(from..end).unwrap_or_default();
        from + rest.len() - rest.trim_start().len()
    };
    let at = first(from);
    if seconds.is_some() || at == from {
        return (at, seconds);
    }
    let line = string.get(at..end).unwrap_or_default().lines().next().unwrap_or_default().as_bytes();
    match timemark::at(line, 0) {
        Some(mark) if mark.enclosed || mark.precise || blanks(line, mark.end) >= line.len() => {
            (first(at + mark.end), Some(mark.seconds))
        }
        _ => (at, None),
    }
}

/// Bytes to code points for offsets that only grow, in one pass over the text.
struct Positions<'t> {
    string: &'t str,
    byte: usize,
    position: u32,
    ascii: bool,
}

impl<'t> Positions<'t> {
    fn new(text: &'t Text) -> Self {
        let string = text.as_str();
        Self { string, byte: 0, position: 0, ascii: text.len() as usize == string.len() }
    }

    fn of(&mut self, byte: usize) -> u32 {
        if self.ascii {
            return byte as u32;
        }
        let between = self.string.as_bytes().get(self.byte..byte).unwrap_or_default();
        self.position += between.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32;
        self.byte = self.byte.max(byte);
        self.position
    }
}

/// Lines that look like a speaker's and were not taken for one.
fn overlooked(openings: &Openings<'_>, opens: &[bool], layout: Layout) -> Vec<Problem> {
    if layout == Layout::None {
        return Vec::new();
    }
    let mut speakers: Vec<&str> =
        openings.candidates.iter().zip(opens).filter(|(_, o)| **o).map(|(c, _)| openings.label(c)).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let mut problems = Vec::new();
    let mut more = 0;
    for (candidate, _) in openings.candidates.iter().zip(opens).filter(|(_, o)| !**o) {
        let label = openings.label(candidate);
        let known = speakers.binary_search(&label).is_ok();
        let likely = matches!(candidate.kind, Kind::Role | Kind::Name) && candidate.paragraph;
        if candidate.opening.shape == Shape::Line || !known && !likely {
            continue;
        }
        if problems.len() == NAMED {
            more += 1;
            continue;
        }
        let what = format!(
            "\"{label}:\" looks like a label, but not in the layout of this text; it stays in the turn before"
        );
        let severity = if known { Severity::Warning } else { Severity::Note };
        problems.push(
            Problem::new(severity, "", what)
                .at(candidate.line)
                .hint("if somebody speaks there, write the label as the others are written"),
        );
    }
    if more > 0 {
        problems.push(Problem::note("", format!("{more} more lines look like labels and are not")));
    }
    problems
}

/// What to do where no label says who asks; not worth telling where a table says it.
pub const TELL_ROLES: &str = "give the roles in speakers.csv";

/// What the turns as a whole call for.
fn remarks(turns: &[Turn], layout: Layout) -> Vec<Problem> {
    let mut problems = Vec::new();
    let Some(first) = turns.first() else {
        let what = if layout == Layout::None {
            "no speakers were found, so the text has no turns".to_owned()
        } else {
            format!("no label in the layout {} was found, so the text has no turns", layout.as_str())
        };
        problems.push(
            Problem::note("", what)
                .hint("begin each turn with a label, as in \"Name: text\", or choose a layout"),
        );
        return problems;
    };
    if first.start > PREAMBLE {
        let what = format!("{} characters before the first turn belong to no speaker", first.start);
        problems.push(Problem::note("", what));
    }
    let roles = roles(turns);
    let speaking = roles.iter().filter(|(_, role)| *role != Role::Other).count();
    if speaking == 1 {
        let what = if roles.iter().any(|(_, role)| *role == Role::Interviewer) {
            "the only speaker is an interviewer, so nothing counts as a respondent's until speakers.csv says otherwise"
        } else {
            "there is only one speaker, so all turns count as a respondent's until speakers.csv says otherwise"
        };
        problems.push(Problem::note("", what).hint(TELL_ROLES));
    } else if !roles.iter().any(|(_, role)| *role == Role::Interviewer) {
        let what =
            "no label says who interviews, so all count as respondents until speakers.csv says otherwise";
        problems.push(Problem::note("", what).hint(TELL_ROLES));
    }
    let mut folded: HashMap<String, &str> = HashMap::new();
    for (label, _) in &roles {
        let key: String = label.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        if key.is_empty() {
            continue;
        }
        if let Some(other) = folded.insert(key, label) {
            let what = format!("\"{other}\" and \"{label}\" count as two speakers");
            problems.push(Problem::warning("", what).hint("if they are one, write the label in one way"));
        }
    }
    problems
}

/// The labels in order of first appearance, each with the role that it says.
pub(crate) fn roles(turns: &[Turn]) -> Vec<(String, Role)> {
    let mut labels: Vec<&str> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for label in turns.iter().filter_map(|t| t.speaker.as_deref()) {
        if seen.insert(label) {
            labels.push(label);
        }
    }
    role::assign(&labels)
}
