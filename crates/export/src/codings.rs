//! Rows of codings: what `codings` prints, what `codings.csv` holds, and what is said about one.

use model::act::Qualifiers;
use model::coded::Placed;
use model::counted::{Counted, Roles, case_of};
use model::ground::Ground;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::reading::{Choice, Readings, Who};
use serde::Serialize;

/// One coding as the contract prints it.
#[derive(Clone, Debug, Serialize)]
pub struct CodingRow {
    /// Its id, `ACT.k`.
    pub id: String,
    /// Id of its document.
    pub document: String,
    /// First code point.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// The text at its place, or the text that it was made on where its place is not known.
    pub quote: String,
    /// Id of its code, merges followed.
    pub code: String,
    /// Id of the top code above it.
    pub top: String,
    /// Whose reading it is, aliases followed.
    pub coder: String,
    /// Who entered it, where that is somebody else.
    pub by: Option<String>,
    /// Id of the case that it belongs to.
    pub case: Option<String>,
    /// What tells its case: `coding`, `speaker` or `document`.
    pub case_from: Option<&'static str>,
    /// Label of the speaker of the first counted turn that it touches.
    pub speaker: Option<String>,
    /// Role of that speaker.
    pub role: Option<&'static str>,
    /// Number of that turn, from 1.
    pub turn: Option<usize>,
    /// When it was made (RFC 3339), for people.
    pub at: String,
    /// Its weight.
    pub weight: Option<f64>,
    /// Its note.
    pub note: Option<String>,
    /// Its qualifiers, defaults filled in.
    pub qualifiers: Qualifiers,
    /// `exact`, `moved` or `review`.
    pub anchor: &'static str,
    /// Whether it is in the default table; `null` where no reading could be told.
    pub counted: Option<bool>,
    /// The code that it was made with, where that was merged into `code`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_as: Option<String>,
    /// The rule that proposed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Whether it is marked as a telling example.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exemplar: bool,
    /// The short form of its id.
    #[serde(skip)]
    pub short: String,
    /// Place of its document, where it is known.
    #[serde(skip)]
    pub document_at: Option<usize>,
    /// Place of its code, where it is known.
    #[serde(skip)]
    pub code_at: Option<usize>,
    #[serde(skip)]
    id_order: ThingId,
}

/// Makes rows, looking up once what all rows of a document need.
pub struct Rows<'a> {
    ground: Ground<'a>,
    counted: Vec<Option<Counted>>,
    readings: Readings,
}

impl<'a> Rows<'a> {
    /// Rows of this study, with the default reading and roles.
    pub fn new(ground: Ground<'a>) -> Self {
        let counted = vec![None; ground.corpus.documents.len()];
        let readings = Readings::new(ground.corpus, ground.state, ground.coded);
        Self { ground, counted, readings }
    }

    /// All codings: those in place in order of the text, then those that are in no table.
    pub fn all(mut self) -> Vec<CodingRow> {
        let ground = self.ground;
        let mut rows: Vec<CodingRow> = ground.coded.placed.iter().filter_map(|p| self.placed(p)).collect();
        let mut others: Vec<CodingRow> =
            ground.coded.unplaced.iter().filter_map(|u| self.unplaced(u.id)).collect();
        others.sort_by(|a, b| (&a.document, a.start, a.id_order).cmp(&(&b.document, b.start, b.id_order)));
        rows.append(&mut others);
        rows
    }

    /// The codings that one act made.
    pub fn made_by(self, act: ActId) -> Vec<CodingRow> {
        self.of(|id| id.act == act)
    }

    /// Some codings that are in place, in order of the text.
    pub fn of(mut self, wanted: impl Fn(ThingId) -> bool) -> Vec<CodingRow> {
        let ground = self.ground;
        ground.coded.placed.iter().filter(|p| wanted(p.id)).filter_map(|p| self.placed(p)).collect()
    }

    fn placed(&mut self, placed: &Placed) -> Option<CodingRow> {
        let ground = self.ground;
        let at = placed.document as usize;
        let document = &ground.corpus.documents[at];
        let counted = self.counted[at].get_or_insert_with(|| Counted::of(document, Roles::default()));
        let coding = ground.state.coding(placed.id)?;
        let set = placed.case.as_deref();
        let (case, case_from) = case_of(document, counted, placed.span, set);
        let turn_at = counted
            .touched(placed.span)
            .first()
            .map(|t| t.turn)
            .or_else(|| document.turns_touched(placed.span).next());
        let turn = turn_at.and_then(|t| document.turns.get(t));
        let coder = ground.coded.coder(placed);
        let read = match self.readings.who(at, &Choice::Primary) {
            Ok(Who::One(name)) => Some(name == *coder),
            Ok(Who::Union(all) | Who::Intersection(all)) => Some(all.contains(coder)),
            Ok(Who::Nobody) => Some(false),
            Err(_) => None,
        };
        let touches = counted.touches(placed.span);
        let book = &ground.coded.codebook;
        let code = placed.code as usize;
        let made_as = (*coding.code != book.codes[code].id).then(|| coding.code.to_string());
        Some(CodingRow {
            id: placed.id.to_string(),
            document: document.id.clone(),
            start: placed.span.start,
            end: placed.span.end,
            quote: document.text.slice(placed.span).to_owned(),
            code: book.codes[code].id.to_string(),
            top: book.codes[book.top(code)].id.to_string(),
            coder: coder.to_string(),
            by: coding.added.by.as_ref().map(Name::to_string),
            case: case.map(str::to_owned),
            case_from: case.map(|_| case_from.as_str()),
            speaker: turn.and_then(|t| t.speaker.as_ref().map(ToString::to_string)),
            role: turn.map(|t| document.role(t).as_str()),
            turn: turn_at.filter(|_| turn.is_some()).map(|t| t + 1),
            at: coding.added.at.to_string(),
            weight: coding.weight,
            note: coding.note.map(str::to_owned),
            qualifiers: book.qualified(code, coding.qualifiers),
            anchor: if placed.exact { "exact" } else { "moved" },
            counted: if touches { read } else { Some(false) },
            made_as,
            rule: coding.rule.map(|id| id.to_string()),
            exemplar: ground.state.is_exemplar(placed.id),
            short: short(placed.id),
            document_at: Some(at),
            code_at: Some(code),
            id_order: placed.id,
        })
    }

    /// A coding whose place, document or code must be settled by a person first.
    fn unplaced(&self, id: ThingId) -> Option<CodingRow> {
        let ground = self.ground;
        let coding = ground.state.coding(id)?;
        let book = &ground.coded.codebook;
        let code = book.resolve(coding.code);
        let document = ground
            .coded
            .documents
            .resolve(&coding.anchor.document, &coding.anchor.text)
            .and_then(|i| ground.corpus.position(&ground.coded.documents.list[i].id));
        let name = document.map_or(coding.anchor.document.as_str(), |d| &ground.corpus.documents[d].id);
        let id_of = |at: usize| book.codes[at].id.to_string();
        Some(CodingRow {
            id: id.to_string(),
            document: name.to_owned(),
            start: coding.anchor.start,
            end: coding.anchor.end,
            quote: coding.anchor.quote().to_owned(),
            code: code.map_or_else(|| coding.code.to_string(), id_of),
            top: code.map_or_else(|| coding.code.to_string(), |c| id_of(book.top(c))),
            coder: ground.coded.coders.canonical(&coding.added.coder).to_string(),
            by: coding.added.by.as_ref().map(Name::to_string),
            case: coding.case.map(Name::to_string),
            case_from: coding.case.map(|_| "coding"),
            speaker: None,
            role: None,
            turn: None,
            at: coding.added.at.to_string(),
            weight: coding.weight,
            note: coding.note.map(str::to_owned),
            qualifiers: code
                .map_or_else(|| coding.qualifiers.clone(), |c| book.qualified(c, coding.qualifiers)),
            anchor: "review",
            counted: Some(false),
            made_as: code.filter(|c| book.codes[*c].id != *coding.code).map(|_| coding.code.to_string()),
            rule: coding.rule.map(|id| id.to_string()),
            exemplar: ground.state.is_exemplar(id),
            short: short(id),
            document_at: document,
            code_at: code,
            id_order: id,
        })
    }
}

/// The end of a thing's id that is enough in most studies.
pub fn short(id: ThingId) -> String {
    let whole = id.act.to_string();
    let end: String = whole.chars().skip(whole.len().saturating_sub(8)).collect();
    format!("{end}.{}", id.k)
}
