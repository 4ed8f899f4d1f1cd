//! What counts: the turns of the counted roles, their words, and the case that a coding belongs to.
//!
//! Numerator and denominator of every rate come from here, so they can never be taken from
//! different words.

use crate::corpus::Document;
use crate::span::Span;
use crate::turn::Role;

/// A set of roles; respondents unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles(u8);

impl Default for Roles {
    fn default() -> Self {
        Self::of(&[Role::Respondent])
    }
}

impl Roles {
    /// The set of these roles.
    pub fn of(roles: &[Role]) -> Self {
        Self(roles.iter().fold(0, |set, r| set | Self::bit(*r)))
    }

    /// All roles.
    pub fn all() -> Self {
        Self::of(&[Role::Interviewer, Role::Respondent, Role::Other])
    }

    const fn bit(role: Role) -> u8 {
        match role {
            Role::Interviewer => 1,
            Role::Respondent => 2,
            Role::Other => 4,
        }
    }

    /// Whether a role is in the set.
    pub const fn has(self, role: Role) -> bool {
        self.0 & Self::bit(role) != 0
    }

    /// The roles in the set, in the order interviewer, respondent, other.
    pub fn list(self) -> Vec<Role> {
        [Role::Interviewer, Role::Respondent, Role::Other].into_iter().filter(|r| self.has(*r)).collect()
    }
}

/// One turn that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedTurn {
    /// Its place among all turns of the document; 0 for a document without turns.
    pub turn: usize,
    /// The turn with its label.
    pub span: Span,
    /// What was said in it.
    pub speech: Span,
    /// Words in it.
    pub words: u32,
}

/// The counted turns of one document, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The turns.
    pub turns: Vec<CountedTurn>,
}

impl Counted {
    /// The turns of `document` spoken in one of `roles`. A document without turns is one counted
    /// turn; where there are turns, text outside them does not count.
    pub fn of(document: &Document, roles: Roles) -> Self {
        if document.whole().is_empty() {
            return Self::default();
        }
        let turn = |turn: usize, span: Span, speech: Span| CountedTurn {
            turn,
            span,
            speech,
            words: document.words_said(turn),
        };
        if document.turns.is_empty() {
            let whole = document.whole();
            return Self { turns: vec![turn(0, whole, whole)] };
        }
        let counted = |t: &crate::turn::Turn| roles.has(document.role(t));
        let turns = document.turns.iter().enumerate().filter(|(_, t)| counted(t));
        Self { turns: turns.map(|(i, t)| turn(i, t.span(), t.speech())).collect() }
    }

    /// The counted turns that a span touches.
    pub fn touched(&self, span: Span) -> &[CountedTurn] {
        let from = self.turns.partition_point(|t| t.span.end <= span.start);
        let to = self.turns.partition_point(|t| t.span.start < span.end);
        self.turns.get(from..to).unwrap_or_default()
    }

    /// The place in `turns` of the first counted turn that a span touches.
    pub fn first_touched(&self, span: Span) -> Option<usize> {
        let first = self.turns.partition_point(|t| t.span.end <= span.start);
        self.turns.get(first).is_some_and(|t| t.span.start < span.end).then_some(first)
    }

    /// Goes along the turns with spans that come mostly in order.
    pub const fn walk(&self) -> Walk<'_> {
        Walk { counted: self, at: 0, start: 0 }
    }

    /// Whether a span touches a counted turn.
    pub fn touches(&self, span: Span) -> bool {
        self.first_touched(span).is_some()
    }

    /// Whether a span shares a character with what is said in a counted turn: neither its label nor its time
    /// mark is.
    pub fn says(&self, span: Span) -> bool {
        self.touched(span).iter().any(|t| t.speech.overlaps(span))
    }

    /// Words of a span that lie in counted speech.
    pub fn words(&self, document: &Document, span: Span) -> u32 {
        let words = document.words();
        self.touched(span).iter().filter_map(|t| t.speech.intersect(span)).map(|s| words.within(s)).sum()
    }

    /// Code points of a span that lie in counted speech.
    pub fn characters(&self, span: Span) -> u32 {
        self.touched(span).iter().filter_map(|t| t.speech.intersect(span)).map(Span::len).sum()
    }

    /// All counted words.
    pub fn all_words(&self) -> u64 {
        self.turns.iter().map(|t| u64::from(t.words)).sum()
    }
}

/// A walk along counted turns: of spans in order of their start, each turn is passed once.
#[derive(Clone, Debug)]
pub struct Walk<'a> {
    counted: &'a Counted,
    /// The first turn that ends behind `start`.
    at: usize,
    start: u32,
}

impl Walk<'_> {
    /// As [`Counted::first_touched`].
    pub fn first_touched(&mut self, span: Span) -> Option<usize> {
        let turns = &self.counted.turns;
        if span.start < self.start {
            self.at = turns.partition_point(|t| t.span.end <= span.start);
        }
        self.start = span.start;
        while turns.get(self.at).is_some_and(|t| t.span.end <= span.start) {
            self.at += 1;
        }
        turns.get(self.at).is_some_and(|t| t.span.start < span.end).then_some(self.at)
    }

    /// As [`Counted::touches`].
    pub fn touches(&mut self, span: Span) -> bool {
        self.first_touched(span).is_some()
    }
}

/// Where the case of a coding comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseFrom {
    /// Set on the coding.
    Coding,
    /// The case of who speaks in the first counted turn that it touches.
    Speaker,
    /// The document's.
    Document,
}

impl CaseFrom {
    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coding => "coding",
            Self::Speaker => "speaker",
            Self::Document => "document",
        }
    }
}

/// The case that a span with `set` (the case set on the coding) belongs to, and why.
pub fn case_of<'a>(
    document: &'a Document,
    counted: &Counted,
    span: Span,
    set: Option<&'a str>,
) -> (Option<&'a str>, CaseFrom) {
    if let Some(case) = set {
        return (Some(case), CaseFrom::Coding);
    }
    let speaker = counted
        .touched(span)
        .first()
        .and_then(|t| document.turns.get(t.turn))
        .and_then(|t| t.speaker.as_deref())
        .and_then(|label| document.speaker(label))
        .and_then(|s| s.case.as_deref());
    match speaker {
        Some(case) => (Some(case), CaseFrom::Speaker),
        None => (document.case.as_deref(), CaseFrom::Document),
    }
}
