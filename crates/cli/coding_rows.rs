//! Rows of codings: what `codings` prints, and what other commands say about one.

use model::act::Qualifiers;
use model::coded::Placed;
use model::counted::{Counted, Roles, case_of};
use model::id::{ActId, ThingId};
use model::name::Name;
use model::reading::{Choice, Readings, Who};
use model::span::Span;
use serde::Serialize;

use crate::session::Session;

/// One coding as the contract prints it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CodingRow {
    pub(crate) id: String,
    pub(crate) document: String,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) quote: String,
    pub(crate) code: String,
    pub(crate) top: String,
    pub(crate) coder: String,
    pub(crate) by: Option<String>,
    pub(crate) case: Option<String>,
    pub(crate) case_from: Option<&'static str>,
    pub(crate) speaker: Option<String>,
    pub(crate) role: Option<&'static str>,
    pub(crate) turn: Option<usize>,
    pub(crate) at: String,
    pub(crate) weight: Option<f64>,
    pub(crate) note: Option<String>,
    pub(crate) qualifiers: Qualifiers,
    pub(crate) anchor: &'static str,
    /// Whether it is in the default table; `null` where no reading could be told.
    pub(crate) counted: Option<bool>,
    /// The code that it was made with, where that was merged into `code`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) made_as: Option<String>,
    /// The rule that proposed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<String>,
    /// Whether it is marked as a telling example.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) exemplar: bool,
    /// The short form of its id.
    #[serde(skip)]
    pub(crate) short: String,
    /// Place of its document, where it is known.
    #[serde(skip)]
    pub(crate) document_at: Option<usize>,
    /// Place of its code, where it is known.
    #[serde(skip)]
    pub(crate) code_at: Option<usize>,
    #[serde(skip)]
    id_order: ThingId,
}

/// Makes rows, looking up once what all rows of a document need.
pub(crate) struct Rows<'a> {
    session: &'a Session,
    counted: Vec<Option<Counted>>,
    readings: Readings,
}

impl<'a> Rows<'a> {
    /// Rows of this study, with the default reading and roles.
    pub(crate) fn new(session: &'a Session) -> Self {
        let counted = vec![None; session.corpus.documents.len()];
        let readings = Readings::new(&session.corpus, session.state(), &session.coded);
        Self { session, counted, readings }
    }

    /// All codings: those in place in order of the text, then those that are in no table.
    pub(crate) fn all(mut self) -> Vec<CodingRow> {
        let session = self.session;
        let mut rows: Vec<CodingRow> = session.coded.placed.iter().filter_map(|p| self.placed(p)).collect();
        let mut others: Vec<CodingRow> =
            session.coded.unplaced.iter().filter_map(|u| self.unplaced(u.id)).collect();
        others.sort_by(|a, b| (&a.document, a.start, a.id_order).cmp(&(&b.document, b.start, b.id_order)));
        rows.append(&mut others);
        rows
    }

    /// The codings that one act made.
    pub(crate) fn made_by(self, act: ActId) -> Vec<CodingRow> {
        self.of(|id| id.act == act)
    }

    /// Some codings that are in place, in order of the text.
    pub(crate) fn of(mut self, wanted: impl Fn(ThingId) -> bool) -> Vec<CodingRow> {
        let session = self.session;
        session.coded.placed.iter().filter(|p| wanted(p.id)).filter_map(|p| self.placed(p)).collect()
    }

    fn placed(&mut self, placed: &Placed) -> Option<CodingRow> {
        let session = self.session;
        let at = placed.document as usize;
        let document = &session.corpus.documents[at];
        let counted = self.counted[at].get_or_insert_with(|| Counted::of(document, Roles::default()));
        let coding = session.state().coding(placed.id)?;
        let set = placed.case.as_deref();
        let (case, case_from) = case_of(document, counted, placed.span, set);
        let turn_at = counted
            .touched(placed.span)
            .first()
            .map(|t| t.turn)
            .or_else(|| document.turn_at(placed.span.start));
        let turn = turn_at.and_then(|t| document.turns.get(t));
        let read = match self.readings.who(at, &Choice::Primary) {
            Ok(Who::One(name)) => Some(name == placed.coder),
            Ok(Who::Union(all) | Who::Intersection(all)) => Some(all.contains(&placed.coder)),
            Ok(Who::Nobody) => Some(false),
            Err(_) => None,
        };
        let touches = counted.touches(placed.span);
        let book = &session.coded.codebook;
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
            coder: placed.coder.to_string(),
            by: coding.added.by.as_ref().map(Name::to_string),
            case: case.map(str::to_owned),
            case_from: case.map(|_| case_from.as_str()),
            speaker: turn.and_then(|t| t.speaker.clone()),
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
            exemplar: session.state().is_exemplar(placed.id),
            short: crate::lookup::short(placed.id),
            document_at: Some(at),
            code_at: Some(code),
            id_order: placed.id,
        })
    }

    /// A coding whose place, document or code must be settled by a person first.
    fn unplaced(&self, id: ThingId) -> Option<CodingRow> {
        let session = self.session;
        let coding = session.state().coding(id)?;
        let book = &session.coded.codebook;
        let code = book.resolve(coding.code);
        let document = session
            .coded
            .documents
            .resolve(&coding.anchor.document, &coding.anchor.text)
            .and_then(|i| session.corpus.position(&session.coded.documents.list[i].id));
        let name = document.map_or(coding.anchor.document.as_str(), |d| &session.corpus.documents[d].id);
        let id_of = |at: usize| book.codes[at].id.to_string();
        Some(CodingRow {
            id: id.to_string(),
            document: name.to_owned(),
            start: coding.anchor.start,
            end: coding.anchor.end,
            quote: coding.anchor.quote().to_owned(),
            code: code.map_or_else(|| coding.code.to_string(), id_of),
            top: code.map_or_else(|| coding.code.to_string(), |c| id_of(book.top(c))),
            coder: session.coded.coders.canonical(&coding.added.coder).to_string(),
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
            exemplar: session.state().is_exemplar(id),
            short: crate::lookup::short(id),
            document_at: document,
            code_at: code,
            id_order: id,
        })
    }
}

/// A passage in a few words: `de-linde-1 120–168 “…”`.
pub(crate) fn passage(document: &str, span: Span, quote: &str) -> String {
    let short = crate::table::cut(&quote.split_whitespace().collect::<Vec<_>>().join(" "), 60);
    format!("{document} {}–{} “{short}”", span.start, span.end)
}
