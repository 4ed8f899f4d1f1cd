//! The tables of the package, as frames: codings, cases by codes (long and wide), documents.

use std::collections::BTreeSet;

use model::corpus::{Case, Document, attribute};
use model::counted::{Counted, Roles};
use model::ground::Ground;
use model::reading::Readings;
use model::span::Span;

use crate::cell::{Cell, Status};
use crate::codings::{CodingRow, Rows};
use crate::frequencies::{Frequencies, frequencies};
use crate::leave::Leave;
use crate::options::{By, CountRule, Options, TableError};
use crate::package::frame::{ANCHOR, CASE_FROM, Column, FOUND, Frame, ROLES, STATUS, YES_NO};
use crate::package::named::{Look, Named, Place, one_line};
use crate::package::names::{FIXED, Names};
use crate::package::typed::Type;
use crate::pages::quoting::Quoting;
use crate::sheet::Value;
use crate::shown::{Shown, heads};
use crate::speech::Speech;

/// Endings of the columns of a code in wide tables.
pub(crate) const ENDINGS: &[&str] = &["_n", "_any", "_w"];

/// How the tables are made.
pub(crate) struct Making<'a> {
    pub(crate) ground: Ground<'a>,
    pub(crate) options: &'a Options,
    pub(crate) speech: &'a Speech,
    pub(crate) shown: &'a Shown,
    /// Leave texts, notes and memos out.
    pub(crate) no_text: bool,
    /// The column that names cases.
    pub(crate) case: String,
    names: Names,
    /// Columns of `cases.csv` and of `documents.csv`.
    pub(crate) case_columns: Vec<Own>,
    pub(crate) document_columns: Vec<Own>,
    /// Columns that were left out because they hold names.
    pub(crate) withheld: Vec<Withheld>,
    /// Names that stood in notes and codes.
    pub(crate) named: Vec<Named>,
    /// The codings, their notes as they are told.
    rows: Vec<CodingRow>,
    /// What the codes of the codebook are called.
    labels: Vec<String>,
}

/// A column of the researcher's that was left out.
pub(crate) struct Withheld {
    table: &'static str,
    /// Its number among the researcher's own columns of the table, from one.
    number: usize,
    head: String,
}

impl Withheld {
    /// As it may be told to everybody: `case.2`.
    pub(crate) fn numbered(&self) -> String {
        format!("{}.{}", self.table, self.number)
    }

    /// As the researcher knows it.
    pub(crate) fn headed(&self) -> String {
        format!("{}.{}", self.table, self.head)
    }
}

/// A column of the researcher's.
pub(crate) struct Own {
    /// As it is headed in their table.
    pub(crate) head: String,
    pub(crate) column: Column,
}

impl<'a> Making<'a> {
    pub(crate) fn new(
        ground: Ground<'a>,
        options: &'a Options,
        speech: &'a Speech,
        shown: &'a Shown,
        no_text: bool,
    ) -> Self {
        let corpus = ground.corpus;
        let mut fixed = Names::without(FIXED.iter().copied().filter(|f| *f != "case"));
        let case = fixed.take(corpus.case_heading(), "case");
        let mut out = Self {
            ground,
            options,
            speech,
            shown,
            no_text,
            names: fixed,
            case,
            case_columns: Vec::new(),
            document_columns: Vec::new(),
            withheld: Vec::new(),
            named: Vec::new(),
            labels: Vec::new(),
            rows: Rows::new(ground).all(),
        };
        // Codes have their names before the researcher's columns: their stems are fixed by the codebook.
        for code in vars(ground, options) {
            out.names.stem(&code, ENDINGS);
        }
        let of_cases = heads(corpus.cases.iter().map(|c| &c.attributes));
        let of_documents = heads(corpus.documents.iter().map(|d| &d.attributes));
        for (at, head) in of_cases.into_iter().enumerate() {
            let values = corpus.cases.iter().map(|c| attribute(&c.attributes, head).unwrap_or_default());
            out.own(head, "case", at, &values.collect::<Vec<_>>());
        }
        for (at, head) in of_documents.into_iter().enumerate() {
            let values = corpus.documents.iter().map(|d| attribute(&d.attributes, head).unwrap_or_default());
            out.own(head, "document", at, &values.collect::<Vec<_>>());
        }
        out.without_names();
        out
    }

    /// Takes a column of the researcher's in, or leaves it out where it holds names.
    fn own(&mut self, head: &str, table: &'static str, at: usize, values: &[&str]) {
        if self.shown.hides(head, values.iter().copied()) {
            self.withheld.push(Withheld { table, number: at + 1, head: head.to_owned() });
            return;
        }
        let kind = Type::of(values);
        let about = format!("column {head} of your table of {table}s");
        let column = Column::new(self.names.take(head, table), head, kind, &about);
        let own = Own { head: head.to_owned(), column };
        if table == "case" { self.case_columns.push(own) } else { self.document_columns.push(own) }
    }

    /// Takes the names that are kept out from notes and labels, and notes which stood where.
    fn without_names(&mut self) {
        let mut look = Look::new(self.shown);
        let mut values: BTreeSet<String> = BTreeSet::new();
        let mut rows = std::mem::take(&mut self.rows);
        for row in rows.iter_mut().filter(|_| self.shown.is_anonymous()) {
            let note = row.note.as_deref().filter(|_| !self.is_hidden(row));
            if let Some(told) = note.and_then(|note| look.replaced(Place::Note, &row.id, note)) {
                row.note = Some(told);
            }
            values.extend(row.qualifiers.iter().map(|(id, value)| format!("{id}={value}")));
        }
        self.rows = rows;
        let labels = self.speech.labels();
        for code in &self.ground.coded.codebook.codes {
            let id = code.id.as_str();
            let label = one_line(code.label(&labels));
            if code.merged_into.is_some() {
                self.labels.push(self.shown.told(&label));
                continue;
            }
            self.labels.push(look.replaced(Place::Label, id, &label).unwrap_or(label));
            // Its columns are called by its short name.
            [Some(id), code.var.as_deref()].into_iter().flatten().for_each(|name| {
                look.kept(Place::Code, id, name);
            });
        }
        for value in values {
            look.kept(Place::Qualifier, &value, &value);
        }
        self.named = look.all();
    }

    fn is_hidden(&self, row: &CodingRow) -> bool {
        let document = row.document_at.and_then(|at| self.ground.corpus.documents.get(at));
        self.no_text || self.shown.is_anonymous() && is_unquotable(row, document)
    }

    fn case_column(&self, about: &str) -> Column {
        Column::new(&self.case, self.ground.corpus.case_heading(), Type::Text, about)
    }

    /// `codings`: one row per coding that `verbatim codings` lists.
    pub(crate) fn codings(&self) -> Frame {
        let text = |name: &str, label: &str, about: &str| Column::new(name, label, Type::Text, about);
        let whole = |name: &str, label: &str, about: &str| Column::new(name, label, Type::Integer, about);
        let mut columns = vec![
            text("id", "id of the coding", "the act that made it and its number in the act"),
            text("document", "document", "id of the document"),
            whole("start", "first character", "code points of the canonical text, from 0"),
            whole("end", "character after the last", "code points of the canonical text"),
            text(
                "quote",
                "quote",
                if self.shown.is_anonymous() {
                    "what is said at its place, without labels of speakers"
                } else {
                    "the text at its place"
                },
            ),
            text("code", "code", "id of the code, merges followed"),
            text("top", "top code", "id of the top code above it"),
            text("coder", "coder", "whose reading it is"),
            text(
                "entered_by",
                "entered by",
                "who entered it, where that is somebody else (column by of verbatim codings)",
            ),
            self.case_column("the case that it belongs to"),
            text("case_from", "what tells the case", "").with(CASE_FROM),
            text("speaker", "speaker", "of the first counted turn that it touches"),
            text("role", "role of the speaker", "").with(ROLES),
            whole("turn", "turn", "number of that turn, from 1"),
            text("at", "made at", "when it was made (RFC 3339)"),
            Column::new("weight", "weight", Type::Number, "in the researcher's own unit"),
            text("note", "note", ""),
            text("qualifiers", "qualifiers", "all of them, as name=value; one column each follows"),
            text("anchor", "where it stands", "").with(ANCHOR),
            text("counted", "in the default tables", "whether the default reading counts it").with(YES_NO),
        ];
        let qualifiers: Vec<&str> = {
            let mut ids: Vec<&str> =
                self.ground.coded.codebook.qualifiers.iter().map(|q| q.id.as_str()).collect();
            let mut seen = BTreeSet::new();
            ids.retain(|id| seen.insert(*id));
            ids
        };
        let mut names = Names::without(columns.iter().map(|c| c.name.clone()));
        for id in &qualifiers {
            columns.push(text(&names.take(&format!("q_{id}"), ""), id, "a qualifier, its default filled in"));
        }
        let quoting = Quoting::new(self.ground, self.speech, self.shown.clone());
        let rows = self.rows.iter().map(|row| self.coding(row, &qualifiers, &quoting)).collect();
        Frame { name: "codings", title: "Codings".to_owned(), columns, rows, key: vec!["id".to_owned()] }
    }

    fn coding(&self, row: &CodingRow, qualifiers: &[&str], quoting: &Quoting<'_>) -> Vec<Value> {
        let document = row.document_at.and_then(|at| self.ground.corpus.documents.get(at));
        let hidden = self.is_hidden(row);
        let shown = self.shown;
        let quote = match document.filter(|_| shown.is_anonymous() && row.anchor != "review") {
            // Labels of speakers within it may be names.
            Some(document) => quoting.said(document, Span::new(row.start, row.end)),
            None => row.quote.clone(),
        };
        let pairs: Vec<String> = row.qualifiers.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let mut out = vec![
            Value::text(&row.id),
            Value::text(shown.document(&row.document)),
            Value::integer(row.start),
            Value::integer(row.end),
            if hidden { Value::Na } else { words(&quote) },
            Value::text(&row.code),
            Value::text(&row.top),
            Value::text(shown.coder(&row.coder)),
            row.by.as_deref().map_or(Value::Na, |by| Value::text(shown.coder(by))),
            row.case.as_deref().map_or(Value::Na, |case| Value::text(shown.case(case))),
            Value::maybe_text(row.case_from),
            match (document, &row.speaker) {
                (Some(document), Some(label)) => words(&shown.speaker(document, label)),
                _ => Value::Na,
            },
            Value::maybe_text(row.role),
            row.turn.map_or(Value::Na, Value::integer),
            Value::text(&row.at),
            Value::maybe_number(row.weight),
            if hidden { Value::Na } else { row.note.as_deref().map_or(Value::Na, words) },
            words(&pairs.join(";")),
            Value::text(row.anchor),
            Value::maybe_text(row.counted.map(|c| if c { "yes" } else { "no" })),
        ];
        out.extend(qualifiers.iter().map(|id| Value::maybe_text(row.qualifiers.get(*id))));
        out
    }

    /// `case_code`: one row per case and code; and `case_wide`: one row per case.
    pub(crate) fn by_case(&self) -> Result<(Frame, Frame), TableError> {
        let counted = self.counted(&By::Case)?;
        let mut long =
            self.case_column("the case").into_frame("case_code", "Cases by codes, one row per cell");
        long.columns.extend([
            Column::new("code", "code", Type::Text, "id of the code; a code counts with all codes below it"),
            Column::new(
                "var",
                "short name",
                Type::Text,
                "the beginning of the code's columns in the wide tables",
            ),
            Column::new("n", self.count(), Type::Integer, "empty where the status carries no number"),
            Column::new("any", "found", Type::Integer, "1 found, 0 read for and not found, empty otherwise")
                .with(FOUND),
            Column::new("w", "words in passages", Type::Integer, "counted words, as n"),
            Column::new("status", "status", Type::Text, "what the number means").with(STATUS),
            Column::new("documents", "documents", Type::Integer, "documents of the case"),
            Column::new(
                "documents_done",
                "documents done",
                Type::Integer,
                "of these, read to the end for the code",
            ),
            Column::new("words", "counted words", Type::Integer, "counted words of the case in those"),
            Column::new(
                "per_1000",
                "passages per 1,000 words",
                Type::Number,
                "in the documents that are done",
            ),
            Column::new("count", "count rule", Type::Text, "what n counts"),
            Column::new("reading", "reading", Type::Text, "whose codings count"),
            Column::new("roles", "roles", Type::Text, "whose words count"),
        ]);
        if self.options.complete {
            long.columns.push(Column::new(
                "complete",
                "complete",
                Type::Text,
                "yes: lower bounds are left out",
            ));
        }
        if self.options.only.is_some() {
            long.columns.push(Column::new(
                "where",
                "condition",
                Type::Text,
                "only codings on what this finds",
            ));
        }
        long.key = vec![self.case.clone(), "code".to_owned()];
        let mut wide = self.case_column("the case").into_frame("case_wide", "Cases, one row each");
        if !self.shown.is_anonymous() {
            wide.columns.push(Column::new("name", "name", Type::Text, "the case's name"));
        }
        wide.columns.push(Column::new("cite_as", "how to cite it", Type::Text, ""));
        wide.columns.extend(self.case_columns.iter().map(|own| own.column.clone()));
        Self::extents(&mut wide, "documents of the case");
        self.code_columns(&mut wide, &counted.n);
        let facts = crate::tables::freq::facts(self.options, self.speech);
        for (g, group) in counted.n.groups.iter().enumerate() {
            // What belongs to no case is no case: it is in the tables of documents.
            let Some(case) = self.ground.corpus.case(&group.id).cloned().or_else(|| unlisted(&group.id))
            else {
                continue;
            };
            let shown = Value::text(self.shown.case(&case.id));
            let mut row = vec![shown.clone()];
            if !self.shown.is_anonymous() {
                row.push(words(&case.name));
            }
            row.push(words(&case.cite_as));
            row.extend(self.case_columns.iter().map(|own| own.value(&case.attributes)));
            let extent = counted.n.extents[g];
            row.extend([Value::integer(extent.documents), Value::integer(extent.done)]);
            for c in 0..counted.n.codes.len() {
                let (cell, found, in_words) = counted.at(g, c);
                row.extend([number(cell.n), found, in_words]);
            }
            wide.rows.push(row);
            for (c, code) in counted.n.codes.iter().enumerate() {
                let (cell, found, in_words) = counted.at(g, c);
                let mut row = vec![
                    shown.clone(),
                    Value::text(&code.id),
                    Value::text(&code.var),
                    number(cell.n),
                    found,
                    in_words,
                    Value::text(cell.status.as_str()),
                    Value::integer(cell.documents),
                    Value::integer(cell.documents_done),
                    Value::integer(cell.words),
                    Value::maybe_number(cell.per_1000),
                ];
                row.extend(facts.iter().map(|f| Value::text(&f.value)));
                long.rows.push(row);
            }
        }
        Ok((long, wide))
    }

    /// `document_wide`: one row per document, with what is known of its case.
    pub(crate) fn by_document(&self) -> Result<Frame, TableError> {
        let counted = self.counted(&By::Document)?;
        let mut out = Column::new("document", "document", Type::Text, "id of the document")
            .into_frame("document_wide", "Documents, one row each");
        out.columns.push(self.case_column("the document's case"));
        out.columns.extend(self.document_columns.iter().map(|own| own.column.clone()));
        out.columns.extend(self.case_columns.iter().map(|own| own.column.clone()));
        Self::extents(&mut out, "1, the document");
        self.code_columns(&mut out, &counted.n);
        for (g, group) in counted.n.groups.iter().enumerate() {
            let Some(document) = self.ground.corpus.document(&group.id) else { continue };
            let case = document.case.as_deref();
            let of_case = case.and_then(|id| self.ground.corpus.case(id)).cloned().unwrap_or_default();
            let mut row = vec![
                Value::text(self.shown.document(&document.id)),
                case.map_or(Value::Na, |id| Value::text(self.shown.case(id))),
            ];
            row.extend(self.document_columns.iter().map(|own| own.value(&document.attributes)));
            row.extend(self.case_columns.iter().map(|own| own.value(&of_case.attributes)));
            let extent = counted.n.extents[g];
            row.extend([Value::integer(extent.documents), Value::integer(extent.done)]);
            for c in 0..counted.n.codes.len() {
                let (cell, found, in_words) = counted.at(g, c);
                row.extend([number(cell.n), found, in_words]);
            }
            out.rows.push(row);
        }
        Ok(out)
    }

    /// `documents`: what is known of each document, and how much of it there is.
    pub(crate) fn documents(&self) -> Frame {
        let ground = self.ground;
        let text = |name: &str, label: &str, about: &str| Column::new(name, label, Type::Text, about);
        let whole = |name: &str, label: &str, about: &str| Column::new(name, label, Type::Integer, about);
        let dates = Type::of(&ground.corpus.documents.iter().map(|d| d.date.as_str()).collect::<Vec<_>>());
        let date = if dates == Type::Date { Type::Date } else { Type::Text };
        let mut out = text("document", "document", "id of the document").into_frame("documents", "Documents");
        if !self.shown.is_anonymous() {
            out.columns.push(text("title", "title", ""));
        }
        out.columns.extend([
            self.case_column("the document's case"),
            text("kind", "kind of document", ""),
            text("language", "language", ""),
            Column::new("date", "date", date, ""),
            text("cite_as", "how to cite it", ""),
        ]);
        out.columns.extend(self.document_columns.iter().map(|own| own.column.clone()));
        out.columns.extend([
            whole("turns", "turns", ""),
            whole("words", "words spoken", "by anyone"),
            whole("respondent_words", "words of respondents", ""),
            whole("characters", "characters", "code points of the whole text"),
            whole("codings", "codings", "in place, by anyone"),
            text("done_by", "done by", "coders who read it to the end, separated by ;"),
        ]);
        let readings = Readings::new(ground.corpus, ground.state, ground.coded);
        for (at, document) in ground.corpus.documents.iter().enumerate() {
            let mut row = vec![Value::text(self.shown.document(&document.id))];
            if !self.shown.is_anonymous() {
                row.push(words(&document.title));
            }
            row.extend([
                document.case.as_deref().map_or(Value::Na, |id| Value::text(self.shown.case(id))),
                words(&document.kind),
                words(&document.language),
                date.value(&document.date),
                words(&document.cite_as),
            ]);
            row.extend(self.document_columns.iter().map(|own| own.value(&document.attributes)));
            let done: Vec<String> = readings
                .began(at)
                .iter()
                .filter(|coder| readings.mark(at, coder).is_some())
                .map(|coder| self.shown.coder(coder))
                .collect();
            row.extend([
                Value::integer(document.turns.len()),
                Value::integer(document.spoken_words()),
                Value::integer(Counted::of(document, Roles::default()).all_words()),
                Value::integer(document.text.len()),
                Value::integer(ground.coded.in_document(at).len()),
                words(&done.join(";")),
            ]);
            out.rows.push(row);
        }
        out
    }

    fn extents(frame: &mut Frame, documents: &str) {
        frame.columns.extend([
            Column::new("documents", "documents", Type::Integer, documents),
            Column::new(
                "documents_done",
                "documents done",
                Type::Integer,
                "of these, done or not asked for every code that is read for",
            ),
        ]);
    }

    fn count(&self) -> &'static str {
        self.options.count.as_str()
    }

    fn code_columns(&self, frame: &mut Frame, table: &Frequencies) {
        for code in &table.codes {
            let label = &self.labels[code.place];
            let retired = if code.retired { "; the code is retired" } else { "" };
            let about = |what: &str| format!("{what}{retired}");
            let mut add = |ending: &str, label: String, what: &str| {
                let name = format!("{}{ending}", code.var);
                let mut column = Column::new(name, label, Type::Integer, &about(what));
                column.code = Some(code.id.clone());
                frame.columns.push(column);
            };
            add("_n", format!("{label}: {}", self.count()), "the code with all codes below it");
            add("_any", format!("{label}: found"), "1 found, 0 read for and not found");
            add("_w", format!("{label}: words"), "counted words in passages of the code");
            let places = frame.columns.len();
            frame.columns[places - 2].values = FOUND.to_vec();
        }
    }

    fn counted(&self, by: &By) -> Result<Pair, TableError> {
        let Ground { corpus, state, coded } = self.ground;
        let table = |count: CountRule| {
            let options = Options { by: by.clone(), count, ..self.options.clone() };
            frequencies(corpus, state, coded, &options)
        };
        let mut n = table(self.options.count)?;
        let w = table(CountRule::Words)?;
        let mut names = self.taken_before_codes();
        for code in &mut n.codes {
            code.var = names.stem(&code.var, ENDINGS);
        }
        Ok(Pair { n, w })
    }

    fn taken_before_codes(&self) -> Names {
        let mut names = Names::without(FIXED.iter().copied().filter(|f| *f != "case"));
        names.take(self.ground.corpus.case_heading(), "case");
        names
    }
}

/// The same table counted twice: by the rule that was asked for, and in words.
struct Pair {
    n: Frequencies,
    w: Frequencies,
}

impl Pair {
    /// A cell, whether the code was found, and its words.
    fn at(&self, group: usize, code: usize) -> (&Cell, Value, Value) {
        let cell = self.n.cell(group, code);
        let found = match (cell.n, cell.status) {
            (None, _) => Value::Na,
            (Some(_), Status::NotFound) => Value::Integer(0),
            (Some(_), _) => Value::Integer(1),
        };
        (cell, found, number(self.w.cell(group, code).n))
    }
}

impl Own {
    fn value(&self, attributes: &model::corpus::Attributes) -> Value {
        attribute(attributes, &self.head).map_or(Value::Na, |v| self.column.kind.value(v))
    }
}

impl Column {
    /// A frame that begins with this column, which names its rows.
    fn into_frame(self, name: &'static str, title: &str) -> Frame {
        let key = vec![self.name.clone()];
        Frame { name, title: title.to_owned(), columns: vec![self], rows: Vec::new(), key }
    }
}

/// Short names of the codes, in the order in which they get their columns.
fn vars(ground: Ground<'_>, options: &Options) -> Vec<String> {
    crate::column::columns(ground.coded, options).into_iter().map(|c| c.var).collect()
}

/// A case that codings name and no table lists.
fn unlisted(id: &str) -> Option<Case> {
    (!id.is_empty()).then(|| Case { id: id.to_owned(), name: id.to_owned(), ..Case::default() })
}

/// Words, or nothing where there are none.
fn words(text: &str) -> Value {
    if text.is_empty() { Value::Na } else { Value::text(text) }
}

fn number(n: Option<u64>) -> Value {
    n.map_or(Value::Na, Value::integer)
}

/// Whether what a coding stands on may not be quoted; where it is not known who said it, everybody of the
/// document must agree.
fn is_unquotable(row: &CodingRow, document: Option<&Document>) -> bool {
    let leave = match document {
        None => Leave::Refused,
        Some(document) if row.anchor == "review" => Leave::of_document(document),
        Some(document) => Leave::of_span(document, Span::new(row.start, row.end)),
    };
    leave == Leave::Refused
}
