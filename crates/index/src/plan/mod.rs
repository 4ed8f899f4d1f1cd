//! A plan: a query tied to one corpus, with every name of a field and every value looked up.
//!
//! A value that nothing in the study has is an error here, not a search without hits.

mod codings;
mod fields;
mod proposed;
mod values;

use std::cell::RefCell;

use model::corpus::Corpus;
use model::span::Span;
use model::turn::Role;
use rustc_hash::FxHashSet;

use crate::fold::fold;
use crate::query::{Distance, Field, Node, Note, Pattern, Query, QueryError, Relation, RelationKind};
use crate::search::Seen;

pub(crate) use codings::Filter;

/// How many different words one query may have.
pub(crate) const WORDS: usize = 64;
/// How far apart NEAR lets words stand that says nothing else.
const NEAR_WORDS: u32 = 8;

/// A query ready to be decided for units and spans.
pub(crate) struct Plan {
    pub(crate) root: Part,
    /// Everything that stands somewhere in a text.
    pub(crate) sources: Vec<Source>,
    /// The different words of the query.
    pub(crate) words: Vec<Pattern>,
    /// What of the study's tables could not be compared as its writer may think.
    pub(crate) notes: Vec<Note>,
}

/// Passages per document, united.
pub(crate) type Passages = Vec<Vec<Span>>;

/// Something that stands at places in a text.
pub(crate) enum Source {
    /// Words that follow each other: places in [`Plan::words`], and how many others may come between.
    Phrase(Vec<usize>, u32),
    /// What an expression fits.
    Regex(regex::Regex),
    /// Passages of codings or memos.
    Passages(Passages),
    /// What any of these finds.
    Union(Vec<usize>),
    /// From one to another of two texts, not further apart than this many words.
    Together { left: usize, right: usize, words: Option<u32>, ordered: bool },
    /// What stands so to another.
    Where { left: usize, right: usize, how: How },
}

/// How what is found stands to something else.
#[derive(Clone, Copy, Debug)]
pub(crate) enum How {
    Inside,
    Overlaps,
    /// At most so many turns away, before or behind.
    Near(u32),
    /// Before it, at most so many turns, or words, away.
    Before(Option<Distance>),
    /// At most so many words away.
    NearWords(u32),
}

/// One part of a plan.
pub(crate) enum Part {
    /// It occurs in the turn; or, passages, it touches the hit.
    Source(usize),
    Documents(Vec<bool>),
    Cases(FxHashSet<String>),
    /// Labels per document.
    Speakers(Vec<Vec<String>>),
    Role(Role),
    /// The hit touches a passage of this source, or touches none.
    Touches(usize, bool),
    All(Vec<Part>),
    Any(Vec<Part>),
    Not(Box<Part>),
}

/// What a part finds: its hits, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Yields {
    /// Nothing of its own: it narrows others down, and alone it finds turns.
    Nothing,
    /// Passages of codings or memos.
    Passages,
    /// Places in the text.
    Text,
}

impl Plan {
    /// Looks up all names and values of a query. With `stem`, words stand for their stems.
    pub(crate) fn new(
        query: &Query,
        corpus: &Corpus,
        seen: Option<Seen<'_>>,
        stem: bool,
    ) -> Result<Self, QueryError> {
        let study = Study::new(query.text(), corpus, seen);
        if let Some(why) = study.unquoted(query) {
            return Err(why);
        }
        let plan =
            Self { root: Part::All(Vec::new()), sources: Vec::new(), words: Vec::new(), notes: Vec::new() };
        let mut builder = Builder { query, study, plan, stem };
        let root = builder.part(query.root()).map_err(|why| builder.study.with_order(why))?;
        let mut plan = builder.plan;
        plan.root = root;
        plan.notes = builder.study.notes.into_inner();
        Ok(plan)
    }

    /// The words of a plan that is nothing but words behind each other: their places in [`Plan::words`].
    pub(crate) fn only_words(&self) -> Option<&[usize]> {
        let Part::Source(source) = self.root else { return None };
        match self.sources.get(source)? {
            Source::Phrase(words, _) => Some(words),
            _ => None,
        }
    }

    /// What a source finds.
    pub(crate) fn yields_source(&self, source: usize) -> Yields {
        match &self.sources[source] {
            Source::Phrase(..) | Source::Regex(_) | Source::Together { .. } => Yields::Text,
            Source::Passages(_) => Yields::Passages,
            Source::Union(of) => of.iter().map(|&s| self.yields_source(s)).max().unwrap_or(Yields::Text),
            Source::Where { left, .. } => self.yields_source(*left),
        }
    }

    /// What a part finds.
    pub(crate) fn yields(&self, part: &Part) -> Yields {
        match part {
            Part::Source(source) => self.yields_source(*source),
            Part::All(parts) | Part::Any(parts) => {
                parts.iter().map(|p| self.yields(p)).max().unwrap_or(Yields::Nothing)
            }
            _ => Yields::Nothing,
        }
    }
}

/// What values are looked up in.
pub(crate) struct Study<'a> {
    /// The query as it was written.
    text: &'a str,
    corpus: &'a Corpus,
    seen: Option<Seen<'a>>,
    /// What of its tables could not be compared.
    notes: RefCell<Vec<Note>>,
}

impl<'a> Study<'a> {
    fn new(text: &'a str, corpus: &'a Corpus, seen: Option<Seen<'a>>) -> Self {
        Self { text, corpus, seen, notes: RefCell::default() }
    }
}

struct Builder<'a> {
    query: &'a Query,
    study: Study<'a>,
    plan: Plan,
    stem: bool,
}

impl Builder<'_> {
    fn part(&mut self, node: &Node) -> Result<Part, QueryError> {
        Ok(match node {
            Node::And(nodes) => self.all(nodes)?,
            Node::Or(nodes) => {
                let values = self.study.values_beside(nodes);
                self.study.notes.borrow_mut().extend(values);
                let parts = nodes.iter().map(|n| Ok((first_position(n), self.part(n)?)));
                let parts = parts.collect::<Result<_, _>>()?;
                self.any(parts)?
            }
            Node::Not(inner) => Part::Not(Box::new(self.part(inner)?)),
            Node::Words(_) | Node::Regex(_) | Node::Relation(_) => Part::Source(self.source(node)?),
            Node::Field(field) => match Filter::name(field) {
                Some(_) => self.filters(&[std::slice::from_ref(field)])?,
                None => self.condition(field)?,
            },
            Node::OneOf(fields) if fields.iter().any(|field| Filter::name(field).is_some()) => {
                self.filters(&[fields])?
            }
            Node::OneOf(fields) => {
                let parts = fields.iter().map(|field| Ok((field.position, self.condition(field)?)));
                let parts = parts.collect::<Result<_, _>>()?;
                self.any(parts)?
            }
        })
    }

    /// Parts of which one must hold, each with where it stands.
    fn any(&self, parts: Vec<(usize, Part)>) -> Result<Part, QueryError> {
        let nothing = |p: &Part| self.plan.yields(p) == Yields::Nothing;
        if let Some((odd, _)) = parts.iter().find(|(_, p)| nothing(p) != nothing(&parts[0].1)) {
            return Err(QueryError::MixedOr(self.query.or_before(*odd)));
        }
        Ok(Part::Any(once(parts.into_iter().map(|(_, part)| part).collect())))
    }

    /// Parts that must all hold. Fields of codings side by side speak of the same coding.
    fn all(&mut self, nodes: &[Node]) -> Result<Part, QueryError> {
        let mut fields: Vec<&[Field]> = Vec::new();
        let mut parts = Vec::new();
        for node in nodes {
            match node.field() {
                Some(field) if field.iter().any(|f| Filter::name(f).is_some()) => fields.push(field),
                _ => parts.push(self.part(node)?),
            }
        }
        if !fields.is_empty() {
            parts.push(self.filters(&fields)?);
        }
        Ok(Part::All(once(parts)))
    }

    /// The passages of codings that fit these fields: one source per `code:`, each with all others.
    fn filters(&mut self, fields: &[&[Field]]) -> Result<Part, QueryError> {
        let asked = self.study.asked(fields)?;
        let mut parts = Vec::new();
        for codes in &asked.codes {
            let source = self.passages(codes);
            if asked.coded.is_empty() {
                parts.push(Part::Source(source));
            }
            for wanted in &asked.coded {
                parts.push(Part::Any(wanted.iter().map(|wanted| Part::Touches(source, *wanted)).collect()));
            }
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Part::All(parts) })
    }

    /// The passages of the codings that fit one of these.
    fn passages(&mut self, filters: &[Filter]) -> usize {
        let of = filters.iter().map(|filter| {
            let passages = self.study.passages(filter);
            self.plan.sources.push(Source::Passages(passages));
            self.plan.sources.len() - 1
        });
        match of.collect::<Vec<_>>().as_slice() {
            [one] => *one,
            of => self.add(Source::Union(of.to_vec())),
        }
    }

    fn add(&mut self, source: Source) -> usize {
        self.plan.sources.push(source);
        self.plan.sources.len() - 1
    }

    /// What a node finds in a text.
    fn source(&mut self, node: &Node) -> Result<usize, QueryError> {
        Ok(match node {
            Node::Words(phrase) => {
                let words = phrase.words.iter().map(|w| self.word(w)).collect::<Option<Vec<usize>>>();
                let words = words.ok_or(QueryError::TooManyWords(WORDS))?;
                let known =
                    |s: &Source| matches!(s, Source::Phrase(w, n) if *w == words && *n == phrase.slop);
                match self.plan.sources.iter().position(known) {
                    Some(known) => known,
                    None => self.add(Source::Phrase(words, phrase.slop)),
                }
            }
            Node::Regex(regex) => {
                let expressions = self.plan.sources.iter().enumerate().filter_map(|(i, s)| match s {
                    Source::Regex(known) => Some((i, known.as_str())),
                    _ => None,
                });
                let expressions: Vec<(usize, &str)> = expressions.collect();
                if let Some((known, _)) = expressions.iter().find(|(_, known)| *known == regex.pattern) {
                    return Ok(*known);
                }
                if expressions.len() == WORDS {
                    return Err(QueryError::TooManyWords(WORDS));
                }
                let compiled = crate::query::compile(&regex.pattern)
                    .map_err(|why| QueryError::BadRegex { position: regex.position, why })?;
                self.add(Source::Regex(compiled))
            }
            Node::Or(parts) => {
                let of = parts.iter().map(|p| self.source(p)).collect::<Result<_, _>>()?;
                self.add(Source::Union(of))
            }
            Node::And(parts) => match parts.as_slice() {
                // In parentheses.
                [one] => self.source(one)?,
                parts => self.of_fields(&parts.iter().filter_map(Node::field).collect::<Vec<_>>())?,
            },
            Node::Field(field) if fold(&field.name) == "memo" && !field.qualifier => {
                let passages = self.study.memos(field)?.passages;
                self.add(Source::Passages(passages))
            }
            Node::OneOf(fields) if fields.iter().all(|f| fold(&f.name) == "memo" && !f.qualifier) => {
                let of =
                    fields.iter().map(|f| self.source(&Node::Field(f.clone()))).collect::<Result<_, _>>()?;
                self.add(Source::Union(of))
            }
            Node::Field(field) => self.of_fields(&[std::slice::from_ref(field)])?,
            Node::OneOf(fields) => self.of_fields(&[fields])?,
            Node::Relation(relation) => self.relation(relation)?,
            // The parser lets nothing else stand here.
            Node::Not(inner) => self.source(inner)?,
        })
    }

    /// The passages of the codings that fit fields side by side, where several codes are asked for
    /// those of each.
    fn of_fields(&mut self, fields: &[&[Field]]) -> Result<usize, QueryError> {
        let asked = self.study.asked(fields)?;
        Ok(self.passages(&asked.codes.concat()))
    }

    fn relation(&mut self, relation: &Relation) -> Result<usize, QueryError> {
        let left = self.source(&relation.left)?;
        let right = self.source(&relation.right)?;
        let texts = self.only_text(left) && self.only_text(right);
        let how = match relation.kind {
            RelationKind::Inside => How::Inside,
            RelationKind::Overlaps => How::Overlaps,
            RelationKind::Near(None) if texts => {
                return Ok(self.together(left, right, Some(NEAR_WORDS), false));
            }
            RelationKind::Near(Some(Distance::Words(n))) if texts => {
                return Ok(self.together(left, right, Some(n), false));
            }
            RelationKind::Then(None) if texts => return Ok(self.together(left, right, None, true)),
            RelationKind::Then(Some(Distance::Words(n))) if texts => {
                return Ok(self.together(left, right, Some(n), true));
            }
            RelationKind::Near(None) => How::Near(1),
            RelationKind::Near(Some(Distance::Turns(n))) => How::Near(n),
            RelationKind::Near(Some(Distance::Words(n))) => How::NearWords(n),
            RelationKind::Then(distance) => How::Before(distance),
        };
        Ok(self.add(Source::Where { left, right, how }))
    }

    /// Whether a source finds places in the text and nothing else.
    fn only_text(&self, source: usize) -> bool {
        match &self.plan.sources[source] {
            Source::Union(of) => of.iter().all(|&s| self.only_text(s)),
            Source::Where { left, .. } => self.only_text(*left),
            _ => self.plan.yields_source(source) == Yields::Text,
        }
    }

    fn together(&mut self, left: usize, right: usize, words: Option<u32>, ordered: bool) -> usize {
        self.add(Source::Together { left, right, words, ordered })
    }

    /// The place of a word among those of the query; none when there are too many.
    fn word(&mut self, word: &Pattern) -> Option<usize> {
        let word = match word {
            Pattern::Word(w) if self.stem => Pattern::Stem(w.clone()),
            other => other.clone(),
        };
        let words = &mut self.plan.words;
        if let Some(known) = words.iter().position(|w| *w == word) {
            return Some(known);
        }
        if words.len() == WORDS {
            return None;
        }
        words.push(word);
        Some(words.len() - 1)
    }
}

/// Parts, those that are the same source once.
fn once(parts: Vec<Part>) -> Vec<Part> {
    let mut seen = FxHashSet::default();
    parts.into_iter().filter(|p| !matches!(p, Part::Source(s) if !seen.insert(*s))).collect()
}

/// Where a part begins.
fn first_position(node: &Node) -> usize {
    match node {
        Node::Field(field) => field.position,
        Node::OneOf(fields) => fields.first().map_or(0, |field| field.position),
        Node::Regex(regex) => regex.position,
        Node::Relation(relation) => first_position(&relation.left),
        Node::And(parts) | Node::Or(parts) => parts.first().map_or(0, first_position),
        Node::Not(inner) => first_position(inner),
        Node::Words(phrase) => phrase.position,
    }
}
