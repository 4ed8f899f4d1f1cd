//! A grouping: which rows a table has, and to which of them a turn or a coding belongs.

use std::borrow::Cow;

use model::coded::Placed;
use model::corpus::{Case, Corpus, Document, attribute};
use model::counted::{CountedTurn, case_of};
use model::span::Span;
use rustc_hash::FxHashMap;

use crate::options::{By, CountRule, Options, Table};
use crate::reader::Reader;

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id: of the case or document, `document/label` for a speaker, or the attribute's value;
    /// empty for what has none.
    pub id: String,
    /// What to print for people.
    pub name: String,
}

/// One passage of a cell, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Place of the document in the corpus.
    pub document: usize,
    /// The united span.
    pub span: Span,
    /// Ids of the codings that it was united from.
    pub codings: Vec<model::id::ThingId>,
}

/// The rows of a table and the way into them.
pub(crate) struct Grouping<'a> {
    corpus: &'a Corpus,
    by: &'a By,
    /// What is counted.
    pub(crate) rule: CountRule,
    pub(crate) groups: Vec<Group>,
    at: FxHashMap<String, usize>,
    /// The cases of each group where rows are made from cases.
    cases: FxHashMap<&'a str, usize>,
    /// Per document, the rows of its turns and codings.
    pub(crate) belongs: Vec<Belongs>,
}

/// The rows to which the counted turns and the codings of one document belong.
#[derive(Debug, Default)]
pub(crate) struct Belongs {
    /// Per counted turn.
    pub(crate) turns: Vec<usize>,
    /// Per layer and coding; none where it belongs to no row.
    pub(crate) codings: Vec<Vec<Option<usize>>>,
    /// Per coding that is left out of the count.
    pub(crate) left_out: Vec<Option<usize>>,
}

impl Belongs {
    /// Gives every row its new number.
    fn renumber(&mut self, place: &[usize]) {
        let codings = self.codings.iter_mut().flatten().chain(&mut self.left_out);
        let rows = codings.filter_map(Option::as_mut);
        rows.chain(&mut self.turns).for_each(|row| *row = place[*row]);
    }
}

/// Documents from which on two threads look at them.
const MANY: usize = 16;

/// Ids of rows, each with the number under which it came first.
#[derive(Default)]
struct Ids {
    ids: Vec<String>,
    at: FxHashMap<String, usize>,
}

impl Ids {
    /// Gives an id the next number, whether or not it has one.
    fn list(&mut self, id: &str) {
        self.at.insert(id.to_owned(), self.ids.len());
        self.ids.push(id.to_owned());
    }

    /// The number of an id.
    fn of(&mut self, id: &str) -> usize {
        if let Some(at) = self.at.get(id) {
            return *at;
        }
        self.list(id);
        self.ids.len() - 1
    }
}

impl<'a> Grouping<'a> {
    /// All rows, in order: cases as in `cases.csv`, then others by id; documents as in the corpus;
    /// values of an attribute in alphabetical order. A row for what has none comes last, and only
    /// where there is such a thing.
    pub(crate) fn new(corpus: &'a Corpus, readers: &[Reader<'a>], options: &'a Options) -> Self {
        let mut out = Self {
            corpus,
            by: &options.by,
            rule: options.count,
            groups: Vec::new(),
            at: FxHashMap::default(),
            cases: corpus.cases.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect(),
            belongs: Vec::with_capacity(readers.len()),
        };
        let mut rows: Vec<Group> = match &options.by {
            By::Case => {
                corpus.cases.iter().map(|c| Group { id: c.id.clone(), name: c.name.clone() }).collect()
            }
            By::Document => {
                corpus.documents.iter().map(|d| Group { id: d.id.clone(), name: d.title.clone() }).collect()
            }
            By::Speaker | By::Attribute(..) | By::Cross(..) => Vec::new(),
        };
        let known = rows.len();
        let mut ids = Ids::default();
        for row in &rows {
            ids.list(&row.id);
        }
        if known == 0 && options.by.of_case() {
            corpus.cases.iter().for_each(|c| _ = ids.of(&out.id_of_case(&options.by, Some(&c.id))));
        }
        out.belongs = out.all_belong(readers, &mut ids);
        let mut others: Vec<usize> = (known..ids.ids.len()).collect();
        match &options.by {
            By::Speaker => {}
            By::Cross(a, b) => others.sort_by_cached_key(|i| {
                let parts = options.by.split(&ids.ids[*i]);
                let part = |by: &By, at: usize| out.order(by, parts.get(at).map_or("", String::as_str));
                (part(a, 0), part(b, 1))
            }),
            _ => others.sort_by_key(|i| &ids.ids[*i]),
        }
        others.sort_by_key(|i| ids.ids[*i].is_empty());
        let mut place: Vec<usize> = (0..ids.ids.len()).collect();
        for (i, other) in others.into_iter().enumerate() {
            let id = ids.ids[other].clone();
            let parts = options.by.split(&id);
            let named = options.by.parts().into_iter().zip(&parts).map(|(by, id)| out.name(by, id));
            let name = named.collect::<Vec<_>>().join(" × ");
            place[other] = known + i;
            rows.push(Group { id, name });
        }
        // Almost always they are in their places as they came.
        if place.iter().enumerate().any(|(at, place)| at != *place) {
            for belongs in &mut out.belongs {
                belongs.renumber(&place);
            }
        }
        out.at = rows.iter().enumerate().map(|(i, g)| (g.id.clone(), i)).collect();
        out.groups = rows;
        out
    }

    /// The rows of all documents' turns and codings, as numbers of `ids`; in two threads where there is
    /// much. Those of the back half are numbered by themselves first, and then as if they had come last.
    fn all_belong(&self, readers: &[Reader<'_>], ids: &mut Ids) -> Vec<Belongs> {
        let some = |readers: &[Reader<'_>], ids: &mut Ids| -> Vec<Belongs> {
            let one = |reader: &Reader<'_>| {
                let belongs = self.belongs(reader, ids);
                if reader.counted.turns.is_empty() && matches!(self.by, By::Case) {
                    ids.of(reader.document.case.as_deref().unwrap_or_default());
                }
                belongs
            };
            readers.iter().map(one).collect()
        };
        if readers.len() < MANY {
            return some(readers, ids);
        }
        let (front, back) = readers.split_at(readers.len() / 2);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| {
                let mut ids = Ids::default();
                (some(back, &mut ids), ids)
            });
            let mut all = some(front, ids);
            let (mut more, own) = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let place: Vec<usize> = own.ids.iter().map(|id| ids.of(id)).collect();
            for belongs in &mut more {
                belongs.renumber(&place);
            }
            all.extend(more);
            all
        })
    }

    /// The rows of one document's turns and codings, as numbers of `ids`.
    fn belongs(&self, reader: &Reader<'_>, ids: &mut Ids) -> Belongs {
        let document = reader.document;
        let turns: Vec<usize> =
            reader.counted.turns.iter().map(|turn| ids.of(&self.of_turn(document, turn))).collect();
        let mut walk = reader.counted.walk();
        // All that touch no counted turn, and on which no case is set, belong together.
        let mut elsewhere = None;
        let mut row = |placed: &&Placed| {
            if placed.case.is_some() {
                return self.of_coding(reader, placed).map(|id| ids.of(&id));
            }
            // What no case is set on goes with the first counted turn that it touches.
            match walk.first_touched(placed.span) {
                Some(turn) => turns.get(turn).copied(),
                None => {
                    *elsewhere.get_or_insert_with(|| self.of_coding(reader, placed).map(|id| ids.of(&id)))
                }
            }
        };
        let codings = reader.layers.iter().map(|layer| layer.iter().map(&mut row).collect()).collect();
        let left_out = reader.left_out.iter().map(&mut row).collect();
        Belongs { turns, codings, left_out }
    }

    /// The place of a row.
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.at.get(id).copied()
    }

    /// The id of the row to which what is said in a turn belongs.
    pub(crate) fn of_turn<'d>(&'d self, document: &'d Document, turn: &CountedTurn) -> Cow<'d, str> {
        let spoken = document.turns.get(turn.turn);
        let speaker = spoken.and_then(|t| t.speaker.as_deref());
        let case = spoken.map_or(document.case.as_deref(), |t| document.turn_case(t));
        self.id(document, case, speaker)
    }

    /// The id of the row to which a coding belongs; `None` where rows are speakers and it touches no
    /// counted turn.
    pub(crate) fn of_coding<'d>(
        &'d self,
        reader: &'d Reader<'_>,
        placed: &'d Placed,
    ) -> Option<Cow<'d, str>> {
        let document = reader.document;
        let speaker = if self.by.needs_speaker() {
            let first = reader.counted.touched(placed.span).first()?;
            document.turns.get(first.turn).and_then(|t| t.speaker.as_deref())
        } else {
            None
        };
        let (case, _) = case_of(document, &reader.counted, placed.span, placed.case.as_deref());
        Some(self.id(document, case, speaker))
    }

    fn id<'d>(
        &'d self,
        document: &'d Document,
        case: Option<&'d str>,
        speaker: Option<&'d str>,
    ) -> Cow<'d, str> {
        self.id_by(self.by, document, case, speaker)
    }

    fn id_by<'d>(
        &'d self,
        by: &'d By,
        document: &'d Document,
        case: Option<&'d str>,
        speaker: Option<&'d str>,
    ) -> Cow<'d, str> {
        let id = match by {
            By::Case | By::Attribute(Table::Case, _) => return self.id_of_case(by, case),
            By::Document => &document.id,
            By::Speaker => {
                return Cow::Owned(format!("{}/{}", document.id, speaker.unwrap_or_default()));
            }
            By::Cross(a, b) => {
                let part = |by: &'d By| self.id_by(by, document, case, speaker);
                return Cow::Owned(By::joined(&part(a), &part(b)));
            }
            By::Attribute(Table::Document, column) => document.column(column).unwrap_or_default(),
            By::Attribute(Table::Speaker, column) => {
                let speaker = speaker.and_then(|label| document.speaker(label));
                match speaker {
                    Some(s) if column.eq_ignore_ascii_case("role") => s.role.as_str(),
                    Some(s) => attribute(&s.attributes, column).unwrap_or_default(),
                    None if column.eq_ignore_ascii_case("role") => "respondent",
                    None => "",
                }
            }
        };
        Cow::Borrowed(id)
    }

    /// The id of the row of a case, where rows are told by the case alone.
    fn id_of_case<'d>(&'d self, by: &'d By, case: Option<&'d str>) -> Cow<'d, str> {
        let id = match by {
            By::Attribute(_, column) => case
                .and_then(|id| self.cases.get(id))
                .and_then(|&i| case_value(&self.corpus.cases[i], column))
                .unwrap_or_default(),
            By::Cross(a, b) => {
                return Cow::Owned(By::joined(&self.id_of_case(a, case), &self.id_of_case(b, case)));
            }
            _ => case.unwrap_or_default(),
        };
        Cow::Borrowed(id)
    }

    /// Where a value stands among those of one part of a combination; what has none comes last.
    fn order(&self, by: &By, id: &str) -> (bool, usize, String) {
        let place = match by {
            By::Case => self.cases.get(id).copied().unwrap_or(usize::MAX),
            By::Document => self.corpus.position(id).unwrap_or(usize::MAX),
            _ => 0,
        };
        (id.is_empty(), place, id.to_owned())
    }

    /// What to print for people for a row of which nothing but its id is known.
    fn name(&self, by: &By, id: &str) -> String {
        let known = match by {
            _ if id.is_empty() => return format!("(no {})", by.heading(self.corpus)),
            By::Case => self.cases.get(id).map(|i| self.corpus.cases[*i].name.as_str()),
            By::Document => self.corpus.document(id).map(|d| d.title.as_str()),
            _ => None,
        };
        known.filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
    }

    /// The rows to which a document itself belongs, whatever is said or coded in it.
    pub(crate) fn of_document(&self, document: &Document) -> Option<usize> {
        match self.by {
            by if by.needs_speaker() => None,
            by if by.needs_case() && document.case.is_none() => None,
            _ => self.position(&self.id(document, document.case.as_deref(), None)),
        }
    }

    /// The case of a row, where rows are cases or combinations with them.
    pub(crate) fn case(&self, group: usize) -> Option<Cow<'_, str>> {
        let id = self.groups[group].id.as_str();
        let case = match self.by {
            By::Case => Cow::Borrowed(id),
            By::Cross(a, b) => {
                let mut parts = self.by.split(id);
                match (&**a, &**b) {
                    (By::Case, _) => Cow::Owned(parts.swap_remove(0)),
                    (_, By::Case) => Cow::Owned(parts.pop()?),
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(case).filter(|id| !id.is_empty())
    }
}

fn case_value<'c>(case: &'c Case, column: &str) -> Option<&'c str> {
    attribute(&case.attributes, column)
}
