//! `diff`: what moved in a table since it was saved, and by which acts.
//!
//! An act moved a cell when it came after those that the table was made from and touches something that
//! the cell is made of: a coding or a mark in its documents with its codes, the codes themselves, the
//! texts, or whose reading counts.

use std::collections::{BTreeMap, BTreeSet};

use export::By;
use model::act::{Act, Change, Subject};
use model::codebook::Codebook;
use model::coded::Coded;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::reading::{Choice, Readings, Who};
use model::state::State;
use rustc_hash::FxHashSet;
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::lookup::short_act;
use crate::out::Form;
use crate::paths::pasted;
use crate::saved_table::{Moved, Saved, bare};
use crate::session::Session;
use crate::table::Table;

/// Tell what moved since a table was saved, and by which acts.
///
/// The table is made again from the study as it is now. For each cell that moved the acts are listed that
/// came since and touch what it is made of: codings, removals, definitions, text revisions, done marks.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim diff table.csv\n  verbatim diff tables/case_code.csv --json")]
pub(crate) struct Args {
    /// A table saved with --out, a table of a package, or the folder of a package
    #[arg(value_name = "TABLE.csv")]
    file: String,
}

/// Compares with now, and finds the acts.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    if app.global.as_of.is_some() {
        return Err(CommandError::new("diff compares a table with the study as it is now").hint(
            "leave --as-of out; `verbatim freq --as-of TIME --out FILE` makes a table of another time",
        ));
    }
    let mut saved = Saved::open(&pasted(&args.file))?;
    let again = saved.again(app, false)?;
    let session = Session::open(app)?;
    let now = crate::provenance::of(&session, "table", &[]);
    let changed = saved.changed(&now);
    saved.remarks.extend(changed);
    let then = crate::provenance::acts(app, &session.study, &saved.provenance)?;
    let since = Since::new(&session, &then.ids, &saved);
    let mut table = Table::new(["table", "row", "column", "was", "is", "acts"]);
    let mut rows: Vec<Value> = Vec::new();
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for ((name, was), (_, is)) in saved.tables.iter().zip(&again) {
        for moved in was.moved(is) {
            let heads = if moved.is_new() { &is.heads } else { &was.heads };
            let scope = Scope::of(&session, heads, &moved, saved.provenance.is_anonymous());
            let acts = since.touching(&scope);
            rows.push(json!({
                "table": name, "row": moved.row, "column": moved.column, "was": moved.was, "is": moved.is,
                "acts": acts.iter().map(|a| json!({
                    "id": a.id.to_string(), "at": a.at, "coder": a.coder, "by": a.by, "act": a.act,
                    "what": crate::describe::act(&session, a),
                })).collect::<Vec<_>>(),
            }));
            let ids: Vec<String> = acts.iter().map(|a| a.id.to_string()).collect();
            let [file, row, column, from, to] = crate::verify::told(name, &moved);
            let head = format!("{row} · {column}: {from} → {to}");
            table.row([file, row, column, from, to, ids.join(" ")]);
            lines.push((head, acts.iter().map(|a| line(&session, a)).collect()));
        }
    }
    app.out.json(&json!({ "moved": rows, "remarks": saved.remarks, "acts_since": since.acts.len() }))?;
    for remark in &saved.remarks {
        app.out.aside("note", remark);
    }
    match app.out.form() {
        Form::Json => {}
        Form::Csv => app.out.table(&table)?,
        Form::Text => {
            for (head, acts) in &lines {
                app.out.line(head)?;
                for act in acts {
                    app.out.line(&format!("  {act}"))?;
                }
                if acts.is_empty() {
                    app.out.line("  no act is known to move it: see the notes on texts and tables")?;
                }
            }
            let acts = plural(since.acts.len(), "act");
            let cells = if lines.is_empty() {
                "no cell moved".to_owned()
            } else {
                plural(lines.len(), "cell") + " moved"
            };
            app.out.said(&format!("{cells}; {acts} since"))?;
        }
    }
    Ok(Outcome::Done)
}

fn line(session: &Session, act: &Act) -> String {
    let by = act.by.as_ref().map(|by| format!(" (by {by})")).unwrap_or_default();
    format!("{}  {} {}{by}: {}", short_act(act.id), act.at, act.coder, crate::describe::act(session, act))
}

/// The acts since a table was saved.
struct Since<'a> {
    session: &'a Session,
    acts: Vec<&'a Act>,
    /// Whose codings count, per reading and document; none where that could not be told, then or now.
    counted: BTreeMap<String, Option<Vec<Counted>>>,
    /// The reading of rows that do not name theirs.
    reading: String,
    /// Whether it holds nothing but counts of codings. Else it may rest on anything that acts say.
    is_count: bool,
}

/// Whose codings count in a document.
#[derive(Default)]
struct Counted {
    /// Who counted then, and who counts now.
    names: BTreeSet<Name>,
    /// Whether these are not the same.
    is_new: bool,
}

/// What a cell is made of; what is not told is everything.
#[derive(Debug, Default)]
struct Scope {
    /// Ids of documents, all that they have had.
    documents: Option<BTreeSet<Name>>,
    case: Option<String>,
    /// Ids of codes: the cell's and those below it, then and now, and those that became one of them.
    codes: Option<BTreeSet<Name>>,
    coding: Option<ThingId>,
    /// The reading that its row names.
    reading: Option<String>,
}

/// Commands whose tables are counts of codings and nothing else.
const COUNTS: [&str; 5] = ["freq", "crosstab", "cooccur", "coverage", "sensitivity"];

impl<'a> Since<'a> {
    fn new(session: &'a Session, then: &FxHashSet<ActId>, saved: &Saved) -> Self {
        let state = session.state();
        let acts: Vec<&Act> =
            state.history().into_iter().filter(|a| !then.contains(&a.id) && state.is_live(a.id)).collect();
        let before = state.filtered(|a| then.contains(&a.id));
        let reading = saved.provenance.rule.iter().find(|(name, _)| name == "reading");
        let reading = reading.map_or("primary", |(_, value)| bare(value)).to_owned();
        let tables = saved.tables.iter().flat_map(|(_, table)| table.readings());
        let counted = tables
            .chain([reading.as_str()])
            .map(|reading| (reading.to_owned(), counted(session, &before, &Choice::parse(reading))))
            .collect();
        let command = &saved.provenance.command;
        let is_count = command.iter().any(|word| COUNTS.contains(&word.as_str()))
            && !command.iter().any(|word| word.starts_with("--where"));
        Self { session, acts, counted, reading, is_count }
    }

    /// Whose codings count in each document for what a cell is made of.
    fn counted(&self, scope: &Scope) -> Option<&Vec<Counted>> {
        let named = scope.reading.as_ref().and_then(|reading| self.counted.get(reading));
        named.or_else(|| self.counted.get(&self.reading))?.as_ref()
    }

    fn touching(&self, scope: &Scope) -> Vec<&'a Act> {
        self.acts.iter().copied().filter(|act| self.act_touches(act, scope, 0)).collect()
    }

    fn act_touches(&self, act: &Act, scope: &Scope, depth: u8) -> bool {
        let mut k = 0;
        act.changes.iter().any(|change| {
            k += u32::from(change.makes());
            match change {
                Change::Undone(u) | Change::Redone(u) => {
                    let target = self.session.state().act(u.act);
                    depth < 4 && target.is_some_and(|target| self.act_touches(target, scope, depth + 1))
                }
                change => self.touches(act, change, ThingId { act: act.id, k }, scope),
            }
        })
    }

    fn touches(&self, act: &Act, change: &Change, made: ThingId, scope: &Scope) -> bool {
        match change {
            Change::CodingAdded(_) => self.coding_touches(made, act, scope),
            Change::CodingChanged(c) => self.coding_touches(c.coding, act, scope),
            Change::CodingRemoved(c) => self.coding_touches(c.coding, act, scope),
            Change::Done(d) => scope.has_document(&d.document) && self.counts(scope, &d.document, act),
            Change::Reopened(d) => scope.has_document(&d.document) && self.counts(scope, &d.document, act),
            Change::NotAsked(n) | Change::Asked(n) => {
                let here = match (&n.document, &n.case) {
                    (Some(document), _) => scope.has_document(document),
                    (None, Some(case)) => scope.has_case(case),
                    (None, None) => false,
                };
                here && n.codes.iter().any(|c| scope.has_code(c))
            }
            Change::CodeAdded(c) => scope.has_code(&c.code),
            Change::CodeChanged(c) => {
                const MOVES: [&str; 5] = ["definition", "include", "exclude", "status", "retired"];
                let moves = |k: &String| !self.is_count || MOVES.contains(&k.as_str());
                scope.has_code(&c.code) && c.fields.keys().any(moves)
            }
            Change::CodeMoved(c) => scope.has_code(&c.code),
            Change::CodeMerged(c) => scope.has_code(&c.code) || scope.has_code(&c.into),
            Change::CodeRetired(c) => scope.has_code(&c.code),
            Change::CodeFixed(c) => scope.has_code(&c.code),
            Change::TextRevised(r) => scope.has_document(&r.document),
            Change::DocumentAdded(d) => scope.has_document(&d.document),
            Change::DocumentRemoved(d) => scope.has_document(&d.document),
            Change::DocumentRenamed(d) => scope.has_document(&d.document) || scope.has_document(&d.to),
            Change::AdjudicationClosed(d) => self.is_read_by_others(scope, std::slice::from_ref(&d.document)),
            Change::PrimaryNamed(p) => self.is_read_by_others(scope, &p.documents),
            Change::CoderAlias(_) => self.is_read_by_others(scope, &[]),
            // What is decided about hits may settle a code that was fixed later.
            Change::HitRejected(h) => {
                scope.has_document(&h.anchor.document) && self.counts(scope, &h.anchor.document, act)
            }
            _ if self.is_count => false,
            Change::SummaryWritten(s) => scope.has_case(&s.case) && scope.has_code(&s.code),
            Change::ExemplarMarked(c) | Change::ExemplarUnmarked(c) => {
                self.coding_touches(c.coding, act, scope)
            }
            Change::TranslationWritten(t) => self.coding_touches(t.coding, act, scope),
            Change::MemoWritten(m) => match &m.on {
                Subject::Document(document) => scope.has_document(document),
                Subject::Case(case) => scope.has_case(case),
                Subject::Code(code) => scope.has_code(code),
                Subject::Coding(coding) => self.coding_touches(*coding, act, scope),
                Subject::Study | Subject::Passage(_) => true,
            },
            // Settings, searches, who sees what: any of them may tell.
            _ => true,
        }
    }

    /// Whether a coding stands, or stood, in what a cell is made of, and is or was counted.
    fn coding_touches(&self, id: ThingId, act: &Act, scope: &Scope) -> bool {
        if let Some(coding) = scope.coding {
            return coding == id;
        }
        let mut documents: BTreeSet<&Name> = BTreeSet::new();
        let mut codes: BTreeSet<&Name> = BTreeSet::new();
        let mut cases: BTreeSet<&Name> = BTreeSet::new();
        for act in self.session.state().coding_history(id) {
            let mut k = 0;
            for change in &act.changes {
                k += u32::from(change.makes());
                match change {
                    Change::CodingAdded(c) if (ThingId { act: act.id, k }) == id => {
                        documents.insert(&c.anchor.document);
                        codes.insert(&c.code);
                        cases.extend(&c.case);
                    }
                    Change::CodingChanged(c) if c.coding == id => {
                        documents.extend(c.anchor.as_ref().map(|a| &a.document));
                        codes.extend(&c.code);
                        cases.extend(c.case.iter().flatten());
                    }
                    _ => {}
                }
            }
        }
        let of_case = scope.case.as_deref().is_some_and(|case| cases.iter().any(|c| **c == *case));
        let here = of_case || documents.iter().any(|d| scope.has_document(d));
        let counts = documents.iter().any(|d| self.counts(scope, d, act));
        here && counts && codes.iter().any(|c| scope.has_code(c))
    }

    /// Whether in one of these documents (all, where none is named) of a cell others are read than then.
    fn is_read_by_others(&self, scope: &Scope, named: &[Name]) -> bool {
        let Some(counted) = self.counted(scope) else { return true };
        self.session.corpus.documents.iter().zip(counted).any(|(document, counted)| {
            let is_named = named.is_empty() || named.iter().any(|n| *n == *document.id);
            counted.is_new && is_named && scope.has_document(&document.id)
        })
    }

    /// Whether an act is of somebody whose codings in a document are or were counted.
    fn counts(&self, scope: &Scope, document: &str, act: &Act) -> bool {
        let Some(counted) = self.counted(scope) else { return true };
        let coder = self.session.coded.coders.canonical(&act.coder);
        let list = &self.session.coded.documents.list;
        let named = list.iter().filter(|d| d.names.iter().any(|n| n == document));
        let mut at = named.filter_map(|d| self.session.corpus.position(&d.id)).peekable();
        // A document that is not there any more tells nothing.
        at.peek().is_none() || at.any(|at| counted.get(at).is_none_or(|all| all.names.contains(coder)))
    }
}

/// Whose codings counted then and count now, per document.
fn counted(session: &Session, before: &State, choice: &Choice) -> Option<Vec<Counted>> {
    let now = Readings::new(&session.corpus, session.state(), &session.coded);
    let coded = Coded::new(&session.corpus, before);
    let then = Readings::new(&session.corpus, before, &coded);
    let names = |readings: &Readings, document: usize| -> Option<BTreeSet<Name>> {
        Some(match readings.who(document, choice).ok()? {
            Who::Nobody => BTreeSet::new(),
            Who::One(name) => BTreeSet::from([name]),
            Who::Union(names) | Who::Intersection(names) => names.into_iter().collect(),
        })
    };
    (0..session.corpus.documents.len())
        .map(|document| {
            let (was, is) = (names(&then, document)?, names(&now, document)?);
            // Whoever begins where nobody read is told by what they do there.
            let is_new = !was.is_empty() && was != is;
            Some(Counted { is_new, names: was.union(&is).cloned().collect() })
        })
        .collect()
}

impl Scope {
    /// What the cell is made of, as its row and column tell. What is called by another name in an anonymous
    /// table is not told: it may be anything.
    fn of(session: &Session, heads: &[String], moved: &Moved, anonymous: bool) -> Self {
        let mut out = Self::default();
        let row = &moved.of;
        let cell = |name: &str| {
            let at = heads.iter().position(|h| h == name)?;
            row.get(at).map(String::as_str).filter(|v| !v.is_empty())
        };
        if heads.first().is_some_and(|h| h == "id") {
            out.coding = cell("id").and_then(ThingId::parse);
        }
        let code = cell("code").map(str::to_owned).or_else(|| {
            let column = moved.column.as_deref()?;
            export::package::code_of_column(session.ground(), column)
        });
        out.codes = code.map(|code| codes(session, &code));
        let group = heads.first().zip(row.first());
        out.reading = cell("reading").map(|reading| bare(reading).to_owned());
        if anonymous {
            return out;
        }
        if let Some(document) = cell("document") {
            out.documents = Some(names(session, |d| d.id == document));
        } else if let Some((head, group)) = group {
            out.group(session, head, group);
        }
        out
    }

    /// The documents of a row.
    fn group(&mut self, session: &Session, head: &str, group: &str) {
        let label = crate::hits::case_label(&session.corpus);
        let is_case = head == label || head == export::package::names::legal(label);
        let by = if is_case { Some(By::Case) } else { By::parse(head, &session.corpus).ok() };
        let Some(by) = by else { return };
        let corpus = &session.corpus;
        let fits_case = |case: Option<&str>, test: &dyn Fn(&str) -> bool| case.is_some_and(test);
        let of_case = |test: &dyn Fn(&str) -> bool| {
            names(session, |d| {
                fits_case(d.case.as_deref(), test)
                    || d.speakers.iter().any(|s| fits_case(s.case.as_deref(), test))
            })
        };
        match by {
            By::Case => {
                // Tables for people call cases by their names, of which two may be the same.
                let named: Vec<&str> =
                    corpus.cases.iter().filter(|c| c.name == group).map(|c| c.id.as_str()).collect();
                let id = match (corpus.case(group), named.as_slice()) {
                    (None, [one]) => *one,
                    (None, [_, _, ..]) => return,
                    _ => group,
                };
                self.case = Some(id.to_owned());
                self.documents = Some(of_case(&|case| case == id));
            }
            By::Document => self.documents = Some(names(session, |d| d.id == group)),
            By::Speaker => {
                self.documents =
                    Some(names(session, |d| group.strip_prefix(&d.id).is_some_and(|r| r.starts_with('/'))));
            }
            By::Attribute(export::Table::Case, column) => {
                let value = |case: &str| {
                    corpus
                        .case(case)
                        .and_then(|c| model::corpus::attribute(&c.attributes, &column))
                        .unwrap_or_default()
                };
                self.documents = Some(of_case(&|case| value(case) == group));
            }
            By::Attribute(export::Table::Document, column) => {
                self.documents = Some(names(session, |d| d.column(&column).unwrap_or_default() == group));
            }
            // Any document may hold what belongs to them.
            By::Attribute(export::Table::Speaker, _) | By::Cross(..) => {}
        }
    }

    fn has_document(&self, document: &str) -> bool {
        self.documents.as_ref().is_none_or(|all| all.contains(document))
    }

    fn has_case(&self, case: &str) -> bool {
        self.case.as_deref().is_none_or(|c| c == case)
    }

    fn has_code(&self, code: &str) -> bool {
        self.codes.as_ref().is_none_or(|all| all.contains(code))
    }
}

/// Every id that the documents which pass have had.
fn names(session: &Session, wanted: impl Fn(&model::corpus::Document) -> bool) -> BTreeSet<Name> {
    let documents = session.corpus.documents.iter().filter(|d| wanted(d));
    documents
        .flat_map(|d| {
            let known = session.coded.documents.get(&d.id);
            let names = known.map(|k| k.names.clone()).unwrap_or_default();
            names.into_iter().chain([Name::new(&d.id)])
        })
        .collect()
}

/// A code, those below it now or at any time before, and those that became one of them.
fn codes(session: &Session, code: &str) -> BTreeSet<Name> {
    let book: &Codebook = &session.coded.codebook;
    let mut out = BTreeSet::from([Name::new(code)]);
    // Parents that a code has had, so that what was moved away counts as well.
    let mut above: Vec<(&Name, &Name)> = Vec::new();
    for (id, events) in session.state().code_events() {
        for live in events {
            let parent = match live.change {
                Change::CodeAdded(c) => c.parent.as_ref(),
                Change::CodeMoved(c) => c.parent.as_ref(),
                Change::CodeMerged(c) => Some(&c.into),
                _ => None,
            };
            above.extend(parent.map(|p| (id, p)));
        }
    }
    let merged = book.codes.iter().filter_map(|c| Some((&c.id, c.merged_into.as_ref()?)));
    above.extend(merged);
    loop {
        let before = out.len();
        for (id, parent) in &above {
            if out.contains(*parent) {
                out.insert((*id).clone());
            }
        }
        if out.len() == before {
            return out;
        }
    }
}
