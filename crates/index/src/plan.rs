//! A plan: a query tied to one corpus, with every value of a field looked up.
//!
//! A value that nothing in the study has is an error here, not a search without hits.

use model::codebook::Codebook;
use model::corpus::{Corpus, Document};
use model::span::{Span, unite};
use model::turn::Role;
use rustc_hash::FxHashSet;
use serde_json::Value;

use crate::fold::fold;
use crate::locate::{Sought, WORDS};
use crate::near::near;
use crate::query::{Field, FieldKind, Node, Query, QueryError};
use crate::search::CodedSpan;
use crate::unit::Unit;

/// A query ready to be decided for units and spans.
pub(crate) struct Plan {
    pub(crate) root: Part,
    pub(crate) sought: Sought,
    /// The phrases that are to be found, not only looked at: one bit each.
    pub(crate) positive: u64,
    /// Passages of each code asked for: per document, united.
    pub(crate) codes: Vec<Passages>,
    /// The codes that are to be found, not only looked at.
    pub(crate) positive_codes: Vec<usize>,
}

/// The passages of one code in every document.
pub(crate) type Passages = Vec<Vec<Span>>;

/// One part of a plan.
pub(crate) enum Part {
    Phrase(usize),
    Documents(Vec<bool>),
    Cases(FxHashSet<String>),
    /// Labels per document.
    Speakers(Vec<Vec<String>>),
    Role(Role),
    Code(usize),
    All(Vec<Part>),
    Any(Vec<Part>),
    Not(Box<Part>),
}

/// What is known when a part is decided. For a passage over several units, a condition holds when it
/// holds in one of them.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) at: usize,
    pub(crate) document: &'a Document,
    pub(crate) units: &'a [Unit],
    /// The phrases that occur, one bit each; none before the text was looked at.
    pub(crate) phrases: Option<u64>,
    /// The span in question; none before there is one.
    pub(crate) hit: Option<Span>,
}

impl Plan {
    /// Looks up all values of a query.
    pub(crate) fn new(
        query: &Query,
        corpus: &Corpus,
        codebook: Option<&Codebook>,
        codings: &[CodedSpan],
    ) -> Result<Self, QueryError> {
        let root = Part::All(Vec::new());
        let mut plan = Self {
            root,
            sought: Sought::default(),
            positive: 0,
            codes: Vec::new(),
            positive_codes: Vec::new(),
        };
        plan.root = plan.part(query.root(), true, &Study { corpus, codebook, codings })?;
        Ok(plan)
    }

    fn part(&mut self, node: &Node, positive: bool, study: &Study<'_>) -> Result<Part, QueryError> {
        let mut parts = |nodes: &[Node]| -> Result<Vec<Part>, QueryError> {
            nodes.iter().map(|node| self.part(node, positive, study)).collect()
        };
        Ok(match node {
            Node::And(nodes) => Part::All(parts(nodes)?),
            Node::Or(nodes) => Part::Any(parts(nodes)?),
            Node::Not(inner) => Part::Not(Box::new(self.part(inner, false, study)?)),
            Node::Words(words) => {
                let number =
                    self.sought.add(words).filter(|&n| n < WORDS).ok_or(QueryError::TooManyWords(WORDS))?;
                self.positive |= u64::from(positive) << number;
                Part::Phrase(number)
            }
            Node::Field(field) => match field.kind {
                FieldKind::Document => study.documents(field)?,
                FieldKind::Case => study.cases(field)?,
                FieldKind::Speaker => study.speakers(field)?,
                FieldKind::Role => Part::Role(role(field)?),
                FieldKind::Code => {
                    let passages = study.passages(field)?;
                    self.codes.push(passages);
                    let number = self.codes.len() - 1;
                    if positive {
                        self.positive_codes.push(number);
                    }
                    Part::Code(number)
                }
            },
        })
    }

    /// Whether the query holds; none if that cannot be told from these facts.
    pub(crate) fn holds(&self, facts: &Facts<'_>) -> Option<bool> {
        self.decide(&self.root, facts)
    }

    fn decide(&self, part: &Part, facts: &Facts<'_>) -> Option<bool> {
        let document = facts.document;
        let turns = || facts.units.iter().filter_map(|u| document.turns.get(u.turn? as usize));
        Some(match part {
            Part::Phrase(number) => facts.phrases? >> number & 1 == 1,
            Part::Code(number) => {
                let hit = facts.hit?;
                let passages = self.codes[*number].get(facts.at).map_or(&[][..], Vec::as_slice);
                let from = passages.partition_point(|p| p.end <= hit.start);
                passages.get(from).is_some_and(|p| p.overlaps(hit))
            }
            Part::Documents(wanted) => wanted.get(facts.at).copied().unwrap_or_default(),
            Part::Cases(wanted) => facts.units.iter().any(|unit| {
                let turn = unit.turn.and_then(|t| document.turns.get(t as usize));
                let case = turn.map_or(document.case.as_deref(), |turn| document.turn_case(turn));
                case.is_some_and(|case| wanted.contains(case))
            }),
            Part::Speakers(labels) => {
                let labels = labels.get(facts.at).map_or(&[][..], Vec::as_slice);
                !labels.is_empty() && turns().any(|t| t.speaker.as_ref().is_some_and(|s| labels.contains(s)))
            }
            Part::Role(role) => turns().any(|turn| document.role(turn) == *role),
            Part::Not(inner) => !self.decide(inner, facts)?,
            Part::All(parts) => return self.decide_list(parts, facts, false),
            Part::Any(parts) => return self.decide_list(parts, facts, true),
        })
    }

    /// The first part that is `decisive` decides; otherwise all must be known.
    fn decide_list(&self, parts: &[Part], facts: &Facts<'_>, decisive: bool) -> Option<bool> {
        let mut unknown = false;
        for part in parts {
            match self.decide(part, facts) {
                Some(value) if value == decisive => return Some(decisive),
                Some(_) => {}
                None => unknown = true,
            }
        }
        (!unknown).then_some(!decisive)
    }
}

/// What values are looked up in.
struct Study<'a> {
    corpus: &'a Corpus,
    codebook: Option<&'a Codebook>,
    codings: &'a [CodedSpan],
}

/// Whether a name is the value of a field, or begins with it.
fn matches(field: &Field, value: &str, name: &str) -> bool {
    let name = fold(name);
    if field.prefix { name.starts_with(value) } else { name == value }
}

fn unknown<'a>(field: &Field, names: impl Iterator<Item = &'a str>) -> QueryError {
    QueryError::UnknownValue {
        name: field.kind.name().to_owned(),
        value: field.value.clone(),
        position: field.position,
        near: near(&fold(&field.value), names),
    }
}

impl Study<'_> {
    fn documents(&self, field: &Field) -> Result<Part, QueryError> {
        let value = fold(&field.value);
        let documents = &self.corpus.documents;
        let wanted: Vec<bool> = documents
            .iter()
            .map(|d| matches(field, &value, &d.id) || matches(field, &value, &d.title))
            .collect();
        if wanted.contains(&true) {
            return Ok(Part::Documents(wanted));
        }
        Err(unknown(field, documents.iter().flat_map(|d| [d.id.as_str(), d.title.as_str()])))
    }

    fn cases(&self, field: &Field) -> Result<Part, QueryError> {
        let value = fold(&field.value);
        let cases = &self.corpus.cases;
        let wanted: FxHashSet<String> = cases
            .iter()
            .filter(|c| matches(field, &value, &c.id) || matches(field, &value, &c.name))
            .map(|c| c.id.clone())
            .collect();
        if wanted.is_empty() {
            return Err(unknown(field, cases.iter().flat_map(|c| [c.id.as_str(), c.name.as_str()])));
        }
        Ok(Part::Cases(wanted))
    }

    fn speakers(&self, field: &Field) -> Result<Part, QueryError> {
        let value = fold(&field.value);
        let speakers = || self.corpus.documents.iter().map(|d| &d.speakers);
        // A label may stand in a text before any table knows it.
        let spoken =
            |d: &Document| -> Vec<String> { d.turns.iter().filter_map(|t| t.speaker.clone()).collect() };
        let labels: Vec<Vec<String>> = self
            .corpus
            .documents
            .iter()
            .map(|d| {
                let known = d
                    .speakers
                    .iter()
                    .filter(|s| matches(field, &value, &s.label) || matches(field, &value, &s.name));
                let mut labels: Vec<String> = known.map(|s| s.label.clone()).collect();
                if d.speakers.is_empty() {
                    labels.extend(spoken(d).into_iter().filter(|l| matches(field, &value, l)));
                }
                labels.sort_unstable();
                labels.dedup();
                labels
            })
            .collect();
        if labels.iter().all(Vec::is_empty) {
            return Err(unknown(
                field,
                speakers().flatten().flat_map(|s| [s.label.as_str(), s.name.as_str()]),
            ));
        }
        Ok(Part::Speakers(labels))
    }

    /// The passages of a code and the codes below it.
    fn passages(&self, field: &Field) -> Result<Passages, QueryError> {
        let codebook = self.codebook.ok_or(QueryError::NoCodes(field.position))?;
        let value = fold(&field.value);
        let mut wanted = vec![false; codebook.codes.len()];
        for code in &codebook.codes {
            let found =
                matches(field, &value, &code.id) || labels(&code.fields).any(|l| matches(field, &value, l));
            if found && let Some(at) = codebook.resolve(&code.id) {
                for place in codebook.subtree(at) {
                    wanted[place] = true;
                }
            }
        }
        if !wanted.contains(&true) {
            let names = codebook.codes.iter().flat_map(|c| std::iter::once(&*c.id).chain(labels(&c.fields)));
            return Err(unknown(field, names));
        }
        let mut passages: Passages = vec![Vec::new(); self.corpus.documents.len()];
        for coding in self.codings {
            if wanted.get(coding.code as usize) == Some(&true)
                && let Some(spans) = passages.get_mut(coding.document as usize)
            {
                spans.push(coding.span);
            }
        }
        for spans in &mut passages {
            *spans = unite(spans);
        }
        Ok(passages)
    }
}

fn role(field: &Field) -> Result<Role, QueryError> {
    Role::parse(&field.value).filter(|_| !field.prefix).ok_or_else(|| QueryError::UnknownValue {
        name: field.kind.name().to_owned(),
        value: field.value.clone(),
        position: field.position,
        near: [Role::Interviewer, Role::Respondent, Role::Other].map(|r| r.as_str().to_owned()).to_vec(),
    })
}

/// The labels of a code in all languages.
fn labels(fields: &serde_json::Map<String, Value>) -> impl Iterator<Item = &str> {
    let label = fields.get("label");
    let one = label.and_then(Value::as_str);
    let many =
        label.and_then(Value::as_object).into_iter().flat_map(|map| map.values().filter_map(Value::as_str));
    one.into_iter().chain(many)
}
