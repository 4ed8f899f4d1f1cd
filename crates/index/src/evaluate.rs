//! Evaluating: which passages of one document a plan finds.
//!
//! Every part of a plan answers two questions: which passages does it find, and does it hold at a
//! passage that another part found? Words and passages of an AND must stand in one turn; an OR finds
//! what each of its sides finds by itself.

use std::cell::OnceCell;
use std::rc::Rc;

use model::corpus::{Corpus, Document};
use model::span::Span;

use crate::gather::Gathered;
use crate::plan::{Part, Plan, Source, Yields};
use crate::relate::standing;
use crate::search::Hit;
use crate::spans::{Page, Stretch, united};
use crate::unit::Unit;

/// One document being searched.
pub(crate) struct Evaluation<'a> {
    plan: &'a Plan,
    gathered: &'a Gathered,
    at: usize,
    document: &'a Document,
    page: Page<'a>,
    /// What each source of the plan finds here, once it has been asked for.
    found: Vec<OnceCell<Rc<Vec<Stretch>>>>,
}

/// The first `most` of these passages of a document as hits; how many there are.
fn placed(
    document: &Document,
    at: usize,
    page: &Page<'_>,
    mut found: impl Iterator<Item = Stretch>,
    most: usize,
    out: &mut Vec<Hit>,
) -> usize {
    let before = out.len();
    out.extend(found.by_ref().take(most).map(|s| {
        let span = document.text.span_of(s.from as usize..s.to as usize);
        let turn = page.touched(s).find_map(|u| page.units[u].turn).map(|t| t as usize);
        Hit { document: at, span, turn, by_stem: s.by_stem }
    }));
    out.len() - before + found.count()
}

/// The hits of a plan that is one word and nothing else, as [`Evaluation::hits`] gives them: most searches
/// are, and every place of the word is one.
pub(crate) fn hits_of_word(
    gathered: &Gathered,
    word: usize,
    corpus: &Corpus,
    at: usize,
    units: &[Unit],
    most: usize,
    out: &mut Vec<Hit>,
) -> usize {
    let document = &corpus.documents[at];
    let places = gathered.of(word, at);
    if most == 0 {
        return places.len();
    }
    let page = Page { text: document.text.as_str(), units, gap: u32::MAX };
    placed(document, at, &page, page.word(places), most, out)
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(
        plan: &'a Plan,
        gathered: &'a Gathered,
        corpus: &'a Corpus,
        at: usize,
        units: &'a [Unit],
        gap: u32,
    ) -> Self {
        let document = &corpus.documents[at];
        let page = Page { text: document.text.as_str(), units, gap };
        let found = plan.sources.iter().map(|_| OnceCell::new()).collect();
        Self { plan, gathered, at, document, page, found }
    }

    /// How many hits there are in this document. The first `most` of them, in order, are put to `out`.
    pub(crate) fn hits(&self, most: usize, out: &mut Vec<Hit>) -> usize {
        let root = &self.plan.root;
        if self.plan.yields(root) == Yields::Nothing {
            let before = out.len();
            self.turns(root, out);
            let found = out.len() - before;
            out.truncate(before + found.min(most));
            return found;
        }
        match root {
            Part::Source(source) => {
                placed(self.document, self.at, &self.page, self.source(*source).iter().copied(), most, out)
            }
            root => placed(self.document, self.at, &self.page, self.finds(root).into_iter(), most, out),
        }
    }

    /// The turns at which a part holds that finds nothing by itself.
    fn turns(&self, part: &Part, out: &mut Vec<Hit>) {
        let document = self.document;
        for unit in self.page.units {
            let turn = unit.turn.and_then(|t| document.turns.get(t as usize));
            if turn.is_none() && !document.turns.is_empty() {
                continue;
            }
            let span = turn.and_then(|t| t.speech().intersect(unit.span)).unwrap_or(unit.span);
            let from = document.text.byte(span.start) as u32;
            let to = document.text.byte(span.end) as u32;
            // A turn of which only the label is there is still a turn.
            let place = Stretch { from: from.min(unit.to - 1), to: to.max(from + 1), by_stem: false };
            if self.holds(part, place) {
                let turn = unit.turn.map(|t| t as usize);
                out.push(Hit { document: self.at, span, turn, by_stem: false });
            }
        }
    }

    /// What a part finds, in order, each passage once.
    fn finds(&self, part: &Part) -> Vec<Stretch> {
        match part {
            Part::Source(source) => self.source(*source).as_ref().clone(),
            Part::Any(parts) => {
                let most = self.plan.yields(part);
                let finding = parts
                    .iter()
                    .filter(|p| most == Yields::Nothing || self.plan.yields(p) != Yields::Nothing);
                united(finding.map(|p| self.finds(p)))
            }
            Part::All(parts) => {
                let most = self.plan.yields(part);
                // What is known of the document as a whole is cheap to ask, and often decides.
                if parts
                    .iter()
                    .any(|p| matches!(p, Part::Documents(wanted) if wanted.get(self.at) != Some(&true)))
                {
                    return Vec::new();
                }
                let lists =
                    parts.iter().enumerate().filter(|(_, p)| self.plan.yields(p) == most).map(|(i, p)| {
                        let mut list = self.finds(p);
                        let others = || parts.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, p)| p);
                        list.retain(|s| others().all(|p| self.holds(p, *s)));
                        list
                    });
                united(lists)
            }
            _ => Vec::new(),
        }
    }

    /// Whether a part holds at a passage.
    fn holds(&self, part: &Part, place: Stretch) -> bool {
        let document = self.document;
        let turns =
            || self.page.touched(place).filter_map(|u| document.turns.get(self.page.units[u].turn? as usize));
        match part {
            Part::Source(source) if self.plan.yields_source(*source) == Yields::Text => {
                let found = self.source(*source);
                self.page.touched(place).any(|u| {
                    let unit = self.page.units[u];
                    let first = found.partition_point(|s| s.from < unit.from);
                    found.get(first).is_some_and(|s| s.from < unit.to)
                })
            }
            Part::Source(source) => self.touches(*source, place),
            Part::Touches(source, wanted) => self.touches(*source, place) == *wanted,
            Part::Documents(wanted) => wanted.get(self.at).copied().unwrap_or_default(),
            Part::Cases(wanted) => self.page.touched(place).any(|u| {
                let turn = self.page.units[u].turn.and_then(|t| document.turns.get(t as usize));
                let case = turn.map_or(document.case.as_deref(), |turn| document.turn_case(turn));
                case.is_some_and(|case| wanted.contains(case))
            }),
            Part::Speakers(labels) => {
                let labels = labels.get(self.at).map_or(&[][..], Vec::as_slice);
                !labels.is_empty()
                    && turns()
                        .any(|t| t.speaker.as_ref().is_some_and(|s| labels.iter().any(|label| label == s)))
            }
            Part::Role(role) => turns().any(|turn| document.role(turn) == *role),
            Part::Not(inner) => !self.holds(inner, place),
            Part::All(parts) => parts.iter().all(|p| self.holds(p, place)),
            Part::Any(parts) => parts.iter().any(|p| self.holds(p, place)),
        }
    }

    /// Whether a passage shares a character with one of a source.
    fn touches(&self, source: usize, place: Stretch) -> bool {
        let found = self.source(source);
        if matches!(self.plan.sources[source], Source::Passages(_)) {
            // United passages end in order.
            let first = found.partition_point(|s| s.to <= place.from);
            return found.get(first).is_some_and(|s| s.from < place.to);
        }
        found.iter().take_while(|s| s.from < place.to).any(|s| s.to > place.from)
    }

    /// What a source finds here.
    fn source(&self, source: usize) -> Rc<Vec<Stretch>> {
        Rc::clone(self.found[source].get_or_init(|| Rc::new(self.make(source))))
    }

    fn make(&self, source: usize) -> Vec<Stretch> {
        let page = &self.page;
        match &self.plan.sources[source] {
            Source::Phrase(words, slop) => {
                let places: Vec<_> = words.iter().map(|&w| self.gathered.of(w, self.at)).collect();
                if places.iter().any(|p| p.is_empty()) {
                    return Vec::new();
                }
                match (places.as_slice(), slop) {
                    ([one], _) => page.word(one).collect(),
                    (several, 0) => page.phrase(several),
                    (several, slop) => page.loose(several, *slop),
                }
            }
            Source::Regex(regex) => {
                let mut out = Vec::new();
                for unit in page.units {
                    let text = page.text.get(unit.bytes()).unwrap_or_default();
                    out.extend(regex.find_iter(text).filter(|m| !m.is_empty()).map(|m| Stretch {
                        from: unit.from + m.start() as u32,
                        to: unit.from + m.end() as u32,
                        by_stem: false,
                    }));
                }
                out
            }
            Source::Passages(passages) => {
                let text = &self.document.text;
                let spans = passages.get(self.at).map_or(&[][..], Vec::as_slice);
                let bytes = |s: &Span| Stretch {
                    from: text.byte(s.start) as u32,
                    to: text.byte(s.end) as u32,
                    by_stem: false,
                };
                spans.iter().map(bytes).filter(|s| s.from < s.to).collect()
            }
            Source::Union(of) => united(of.iter().map(|&s| self.source(s).as_ref().clone())),
            Source::Together { left, right, words, ordered } => {
                let (left, right) = (self.source(*left), self.source(*right));
                if left.is_empty() || right.is_empty() {
                    return Vec::new();
                }
                page.both(&left, &right, *words, *ordered)
            }
            Source::Where { left, right, how } => {
                let (left, right) = (self.source(*left), self.source(*right));
                standing(page, &left, &right, *how)
            }
        }
    }
}
