//! What the cells of a saved table are made of, as their rows and columns tell: documents, codes, and
//! what else may move them.

use std::collections::BTreeSet;
use std::rc::Rc;

use model::effects::Sign;
use model::id::ThingId;
use model::name::Name;
use model::reading::Choice;
use rustc_hash::{FxHashMap, FxHashSet};

use super::moments::{Counted, Moments};
use super::place::Place;
use crate::saved_table::{Csv, Moved, Saved, bare};

/// What a cell is made of; what is not told is everything.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) documents: Option<Rc<BTreeSet<Name>>>,
    /// The cases of a row.
    cases: Option<Rc<BTreeSet<String>>>,
    /// Ids of the codes whose codings it counts: with those below, then and now, and those that became one.
    pub(super) codes: Option<Rc<BTreeSet<Name>>>,
    /// Codes for which documents must be read for it to be a number, where these are others.
    read_for: Option<Rc<BTreeSet<Name>>>,
    /// Codes above these.
    above: Rc<BTreeSet<Name>>,
    /// Codes whose being read for may move it, where these are not those and all below.
    marked: Option<BTreeSet<Name>>,
    pub(super) coding: Option<ThingId>,
    /// The reading that its row names.
    pub(super) reading: Option<String>,
    /// Whether the whole row came or went.
    pub(super) is_row: bool,
    /// Whether all rows of its case, document or value did: codings of any code may have brought them.
    pub(super) is_group: bool,
    /// Whether it says, or hangs on, which documents there are and how far they were read.
    pub(super) is_extent: bool,
    /// Whether it tells of every coder, whatever the reading.
    pub(super) is_of_anybody: bool,
    rests: Rests,
}

/// What a cell rests on, beside texts and codes.
#[derive(Clone, Copy, Debug)]
struct Rests {
    /// Codings.
    codings: bool,
    /// How far documents were read, where codings count: marks, and what codes are read for.
    reading: bool,
    /// The codebook.
    codes: bool,
    /// Fields of codes.
    fields: &'static [&'static str],
    /// Endings of settings.
    settings: &'static [&'static str],
    /// Any field and any setting.
    anything: bool,
    /// Kinds of changes that say something beside codings; [`ALL`] for all.
    says: &'static [&'static str],
}

/// Every kind of change.
const ALL: &str = "*";
/// What is said of passages that may be quoted.
const OF_QUOTES: [&str; 3] = ["exemplar-marked", "exemplar-unmarked", "translation-written"];

/// Counts of codings: a wider definition, or one that nobody uses any more, asks for another look.
const COUNTS: Rests = Rests {
    codings: true,
    reading: true,
    codes: true,
    fields: &["status", "retired"],
    settings: &[],
    anything: false,
    says: &[],
};
/// Where codes meet: the passages of both, however far anybody read.
const MET: Rests = Rests { reading: false, fields: &[], ..COUNTS };
/// Counts of new codes: only those that came from reading are counted.
const NEW: Rests = Rests { fields: &["status", "retired", "origin"], ..COUNTS };
/// What says which codes are of a group.
const GROUPED: &[&str] = &[".groups"];
/// Counts of activities by what the codebook says that they do.
const EFFECTS: Rests = Rests {
    fields: &["status", "retired", "effects"],
    settings: &[".dimensions", ".judgement", ".qualifiers"],
    ..COUNTS
};
/// What the codebook says of codes.
const WORDS: Rests = Rests {
    codings: false,
    fields: &["label", "var", "effects", "degree", "retired"],
    settings: &[".dimensions", ".rules", ".groups", "case_label"],
    ..COUNTS
};
/// What a code is called, and its short name.
const LABEL: Rests = Rests { fields: &["label"], settings: &[".dimensions"], ..WORDS };
const VAR: Rests = Rests { fields: &["var"], settings: &[], ..WORDS };
/// What no act moves but one on documents: columns of the researcher's.
const TABLES: Rests = Rests { codings: false, codes: false, fields: &[], ..COUNTS };
/// What anybody did in a document.
const DONE: Rests = Rests { codes: false, fields: &[], ..COUNTS };
/// Lists of codings and documents.
const LISTS: Rests = Rests { anything: true, ..COUNTS };
/// Pages with quotes.
const QUOTES: Rests = Rests { says: &OF_QUOTES, ..LISTS };
/// The framework matrix, with summaries where there are any.
const FRAMEWORK: Rests =
    Rests { says: &[OF_QUOTES[0], OF_QUOTES[1], OF_QUOTES[2], "summary-written"], ..LISTS };
/// What tells of everything, or is limited by a condition that may ask for anything.
const ANYTHING: Rests = Rests { says: &[ALL], ..LISTS };

impl Default for Rests {
    fn default() -> Self {
        ANYTHING
    }
}

/// Commands whose tables hold nothing but counts of codings.
const COUNTING: [&str; 8] =
    ["freq", "crosstab", "cooccur", "matrix", "coverage", "sensitivity", "saturation", "profile"];
/// Commands whose tables hold more.
const PAGES: [(&str, Rests); 4] =
    [("export", LISTS), ("quotes", QUOTES), ("joint", QUOTES), ("framework", FRAMEWORK)];
/// Tables of a package that do nothing but count.
const COUNTED: [&str; 3] = ["case_code.csv", "case_wide.csv", "document_wide.csv"];

/// Columns that say how much was read, or are shares of it.
const EXTENTS: [&str; 18] = [
    "status",
    "documents",
    "documents_done",
    "words",
    "per_1000",
    "cases",
    "cases_read",
    "read",
    "left_out",
    "percent",
    "percent_of",
    "cramers_v",
    "test",
    "statistic",
    "df",
    "p",
    "p_holm",
    "tests",
];

/// Codes, and the head and value of a row.
type CodesAndRow = (Vec<String>, Option<(String, String)>);

/// Tells of each cell of a saved table what it is made of.
pub(super) struct Scopes<'a> {
    moments: &'a Moments<'a>,
    /// The command, where it is known what its tables rest on.
    command: Option<&'a str>,
    /// What its rule says: in percent of what, and what is counted.
    percent_by: Option<&'a str>,
    count: Option<&'a str>,
    reading: Option<&'a str>,
    anonymous: bool,
    counted: Option<Vec<Counted>>,
    groups: FxHashMap<(String, String), Place>,
    /// Of some codes: they with those below, those above, and both with those below.
    families: FxHashMap<Vec<String>, [Rc<BTreeSet<Name>>; 3]>,
    /// Documents in which it follows from the code above that some codes are not found.
    following: FxHashMap<Vec<String>, Rc<BTreeSet<Name>>>,
    /// Whether there are such among those of a row.
    follows: FxHashMap<CodesAndRow, bool>,
    /// The readings of a table, and what stands in a column and under `reading`: by its number, then or now.
    readings: FxHashMap<(usize, bool), FxHashSet<String>>,
    values: FxHashMap<(usize, bool, String), FxHashSet<(String, String)>>,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(moments: &'a Moments<'a>, saved: &'a Saved) -> Self {
        let words = &saved.provenance.command;
        let rule = |name: &str| {
            let rule = saved.provenance.rule.iter().find(|(n, _)| n == name);
            rule.map(|(_, value)| value.as_str())
        };
        let known = |word: &&str| COUNTING.contains(word) || PAGES.iter().any(|(name, _)| name == word);
        let command = words.iter().map(String::as_str).find(known);
        Self {
            moments,
            // A condition may ask for anything.
            command: command.filter(|_| !saved.has_option("--where")),
            percent_by: rule("percent_by"),
            count: rule("count"),
            reading: rule("reading"),
            anonymous: saved.provenance.is_anonymous(),
            counted: moments.counted(&Choice::parse(rule("reading").map_or("primary", bare))),
            groups: FxHashMap::default(),
            families: FxHashMap::default(),
            following: FxHashMap::default(),
            follows: FxHashMap::default(),
            readings: FxHashMap::default(),
            values: FxHashMap::default(),
        }
    }

    /// What a cell of a table is made of; `at` is the number of the table, `other` the same at the other
    /// moment. What is called by another name in an anonymous table is not told: it may be anything.
    pub(super) fn of(&mut self, at: usize, file: &str, tables: [&Csv; 2], moved: &Moved) -> Scope {
        let [table, other] = tables;
        let row = Row { table, moved };
        let is_row = moved.column.is_none();
        let mut out = Scope { rests: self.rests(file, &row), is_row, ..Scope::default() };
        if table.heads.first().is_some_and(|h| h == "id") {
            out.coding = row.cell("id").and_then(ThingId::parse);
        }
        out.reading = row.cell("reading").map(|reading| bare(reading).to_owned());
        if self.command == Some("profile") && row.cell("dimension").is_some() {
            self.judged(&mut out, &row);
        } else {
            (out.codes, out.above) = self.codes(&row);
        }
        // All rows of a reading came or went together.
        let moment = (at, moved.is_new());
        let is_reading = is_row && out.reading.as_ref().is_some_and(|r| !self.is_read(moment, other, r));
        if !self.anonymous && !self.is_whole(&row) && !is_reading {
            let place = self.place(&row);
            (out.cases, out.documents) = (place.cases, place.documents);
        }
        out.is_group = is_reading
            || is_row && row.group().is_some_and(|group| !self.is_there(moment, other, group, &row));
        out.is_extent = row.is_extent();
        out.is_of_anybody =
            self.command.is_some_and(|command| is_of_anybody(command, file, moved.column.as_deref()));
        self.followed(&mut out, &row);
        if matches!(self.command, Some("cooccur" | "matrix")) && out.codes.is_some() {
            // To be read for is each code's own; only what follows from a code above hangs on that as well.
            let followed = out.above.iter().filter(|code| out.has_code(code)).cloned();
            let named = self.named_codes(&row).into_iter().map(|code| Name::new(&code));
            out.marked = Some(named.chain(followed).collect());
        }
        out
    }

    /// Whether a table has a reading.
    fn is_read(&mut self, moment: (usize, bool), table: &Csv, reading: &str) -> bool {
        let all = || table.readings().into_iter().map(str::to_owned).collect();
        self.readings.entry(moment).or_insert_with(all).contains(reading)
    }

    /// Whether a value stands in a column of a table, in a row of the same reading.
    fn is_there(
        &mut self,
        (at, now): (usize, bool),
        table: &Csv,
        (head, value): (&str, &str),
        row: &Row<'_>,
    ) -> bool {
        let values = self.values.entry((at, now, head.to_owned())).or_insert_with(|| {
            let (at, reading) = (table.column(head), table.column("reading"));
            let reading = |row: &Vec<String>| reading.and_then(|at| row.get(at)).cloned().unwrap_or_default();
            table.rows.iter().filter_map(|row| Some((row.get(at?)?.clone(), reading(row)))).collect()
        });
        values.contains(&(value.to_owned(), row.named("reading").unwrap_or_default().to_owned()))
    }

    /// What it rests on.
    fn rests(&self, file: &str, row: &Row<'_>) -> Rests {
        let column = row.moved.column.as_deref();
        let Some(command) = self.command else { return ANYTHING };
        match column {
            Some("label") => return LABEL,
            Some("var") => return VAR,
            // A column that came or went.
            Some(_) if row.moved.of.is_empty() => return WORDS,
            _ => {}
        }
        if is_of_anybody(command, file, column) {
            return DONE;
        }
        let page = PAGES.iter().find(|(name, _)| *name == command);
        match (page, command) {
            (Some((_, rests)), _) if command != "export" || !COUNTED.contains(&file) => *rests,
            (_, "profile") if row.cell("dimension").is_some() => EFFECTS,
            (_, "profile")
                if row.table.column("passages").is_some() && matches!(column, None | Some("passages")) =>
            {
                EFFECTS
            }
            (_, "profile") => WORDS,
            (_, "cooccur" | "matrix") => {
                let rests = if self.hangs_on_reading(row) { COUNTS } else { MET };
                Rests { settings: if command == "matrix" { GROUPED } else { &[] }, ..rests }
            }
            (_, "saturation") => NEW,
            (_, "export") if file != "case_code.csv" && !self.is_count(column) => TABLES,
            _ => COUNTS,
        }
    }

    /// Whether a cell of a table of codes with codes hangs on how far documents were read: the number of
    /// those that were, and having a number or none. Where only what several coders did is counted, it
    /// also hangs on who of them is done.
    fn hangs_on_reading(&self, row: &Row<'_>) -> bool {
        let is_of_done = |reading: &str| Choice::parse(bare(reading)) == Choice::Intersection;
        row.moved.column.is_some() && row.is_extent() || self.reading.is_some_and(is_of_done)
    }

    fn is_count(&self, column: Option<&str>) -> bool {
        column.is_none_or(|c| matches!(c, "documents" | "documents_done") || self.code_of_column(c).is_some())
    }

    fn code_of_column(&self, column: &str) -> Option<String> {
        let endings: &[&str] = match self.command {
            Some("export") => &["_n", "_any", "_w"],
            // Percentages stand beside what they are of.
            Some(_) if self.percent_by.is_some() => &["_pct", ""],
            Some(_) => &[""],
            None => &["", "_n", "_any", "_w", "_pct"],
        };
        self.moments.code_of_column(column, endings)
    }

    /// The codes that a row and a column name.
    fn named_codes(&self, row: &Row<'_>) -> Vec<String> {
        let column = row.moved.column.as_deref();
        let mut codes: Vec<String> = row.cell("code").map(str::to_owned).into_iter().collect();
        codes.extend(row.cell("code_a").filter(|_| column != Some("n_b")).map(str::to_owned));
        codes.extend(row.cell("code_b").filter(|_| column != Some("n_a")).map(str::to_owned));
        if row.cell("code").is_none() {
            // A line of a dictionary is about a column.
            let named = row.cell("column").or(column);
            codes.extend(named.and_then(|column| self.code_of_column(column)));
        }
        codes
    }

    /// The codes of a row and a column, with those below.
    fn codes(&mut self, row: &Row<'_>) -> (Option<Rc<BTreeSet<Name>>>, Rc<BTreeSet<Name>>) {
        let column = row.moved.column.as_deref();
        // Tests are adjusted for the number of codes that could be tested; a row's percentages are of all
        // its codes.
        let of_all = match column {
            Some("p_holm" | "tests") => true,
            Some(c) => self.percent_by == Some("row") && (c.starts_with("percent") || c.ends_with("_pct")),
            None => false,
        };
        let codes = self.named_codes(row);
        if of_all || codes.is_empty() {
            return (None, Rc::default());
        }
        let [family, above, _] = self.family(codes);
        (Some(family), above)
    }

    /// Some codes with those below, those above, and both with those below.
    fn family(&mut self, codes: Vec<String>) -> [Rc<BTreeSet<Name>>; 3] {
        let moments = self.moments;
        let family = self.families.entry(codes).or_insert_with_key(|codes| {
            let own: BTreeSet<Name> = codes.iter().map(|code| Name::new(code)).collect();
            let family = moments.with_below(own.iter().cloned());
            let above = moments.above(&family);
            let all = moments.with_below(own.into_iter().chain(above.iter().cloned()));
            [family, Rc::new(above), all]
        });
        family.clone()
    }

    /// The codes of a profile's number: those that do to its dimension what its column counts.
    fn judged(&self, out: &mut Scope, row: &Row<'_>) {
        let all = self.moments.judged(None, |_, _| true);
        let moves = |sign: Sign| matches!(sign, Sign::Up | Sign::Down);
        let wanted: &dyn Fn(Sign, bool) -> bool = match row.moved.column.as_deref() {
            Some("up") => &|sign, _| sign == Sign::Up,
            Some("down") => &|sign, _| sign == Sign::Down,
            Some("possibly_offset" | "uncovered") => &|sign, _| moves(sign),
            Some("uncertain") => &|sign, _| sign == Sign::Uncertain,
            Some("unknown") => &|sign, _| sign == Sign::Unknown,
            Some("inherited") => &|sign, inherited| inherited && moves(sign),
            // What is said of a dimension, and how far the case was read, hang on no effect.
            _ => &|_, _| true,
        };
        let fitting = row.cell("dimension").map(|d| self.moments.judged(Some(d), wanted));
        // A coding on a code below takes the place of one above that it overlaps.
        out.codes = Some(self.moments.with_below(fitting.unwrap_or_else(|| all.clone())));
        out.read_for = Some(self.moments.with_below(all));
        out.above = Rc::new(out.codes.as_ref().map(|codes| self.moments.above(codes)).unwrap_or_default());
    }

    /// Whether a cell is made of all documents, whatever its row is.
    fn is_whole(&self, row: &Row<'_>) -> bool {
        let Some(column) = row.moved.column.as_deref() else { return false };
        match self.command {
            Some("saturation" | "sensitivity") => true,
            Some("crosstab") => {
                matches!(column, "cramers_v" | "test" | "statistic" | "df" | "p" | "p_holm" | "tests")
                    || column == "percent" && self.count != Some("presence")
            }
            _ => {
                self.percent_by == Some("column")
                    && (column.starts_with("percent") || column.ends_with("_pct"))
            }
        }
    }

    /// The cases and the documents of a row.
    fn place(&mut self, row: &Row<'_>) -> Place {
        let Some((head, group)) = row.group() else { return Place::default() };
        let head = row.cell("attribute").filter(|_| head == "value").unwrap_or(head);
        let moments = self.moments;
        let key = (head.to_owned(), group.to_owned());
        self.groups.entry(key).or_insert_with(|| moments.group(head, group)).clone()
    }

    /// Takes the codings of the codes above in, where it follows from them that a code is not found.
    fn followed(&mut self, out: &mut Scope, row: &Row<'_>) {
        let Some(counted) = self.counted.as_ref().filter(|_| out.rests.codings && out.is_extent) else {
            return;
        };
        if out.above.is_empty() {
            return;
        }
        let codes = self.named_codes(row);
        let moments = self.moments;
        let all = self.following.entry(codes.clone()).or_insert_with_key(|codes| {
            let documents = moments.all[1].ground.corpus.documents.iter().zip(counted).enumerate();
            let follows =
                |place: usize, c: &Counted| codes.iter().any(|code| moments.follows(place, c, code));
            let follows = documents.filter(|(place, (_, c))| follows(*place, c));
            Rc::new(follows.map(|(_, (document, _))| Name::new(&document.id)).collect())
        });
        let group = row.group().filter(|_| out.documents.is_some());
        let key = (codes, group.map(|(head, group)| (head.to_owned(), group.to_owned())));
        let is_in = || all.iter().any(|document| out.has_document(document));
        if !*self.follows.entry(key.clone()).or_insert_with(is_in) {
            return;
        }
        let [_, _, all] = self.family(key.0);
        out.codes = Some(all);
    }
}

/// Whether a column tells what anybody did in a document.
fn is_of_anybody(command: &str, file: &str, column: Option<&str>) -> bool {
    command == "export" && file == "documents.csv" && matches!(column, Some("codings" | "done_by"))
}

/// A cell that moved, in its table.
struct Row<'a> {
    table: &'a Csv,
    moved: &'a Moved,
}

impl<'a> Row<'a> {
    /// What stands in a column, were it nothing.
    fn named(&self, head: &str) -> Option<&'a str> {
        self.moved.of.get(self.table.column(head)?).map(String::as_str)
    }

    fn cell(&self, head: &str) -> Option<&'a str> {
        self.named(head).filter(|v| !v.is_empty())
    }

    /// The column and the value that say of which documents it is.
    fn group(&self) -> Option<(&'a str, &'a str)> {
        if let Some(document) = self.cell("document") {
            return Some(("document", document));
        }
        if let Some(value) = self.cell("attribute").and(self.named("value")) {
            return Some(("value", value));
        }
        let (head, value) = self.table.heads.first().zip(self.moved.of.first())?;
        Some((head.as_str(), value.as_str())).filter(|(head, _)| !matches!(*head, "code" | "code_a"))
    }

    /// Whether it says which documents there are and how far they were read: in words of its own, or by
    /// having a number or none.
    fn is_extent(&self) -> bool {
        let of_extent = |cell: &Option<String>| {
            let cell = cell.as_deref().unwrap_or_default();
            // `·`, `–` and `3/12` stand in tables for people.
            cell.is_empty() || matches!(cell, "·" | "–") || cell.contains('/')
        };
        self.moved.column.as_deref().is_some_and(|column| EXTENTS.contains(&column))
            || of_extent(&self.moved.was)
            || of_extent(&self.moved.is)
    }
}

impl Scope {
    /// The same with all documents that are gone, whosever they were.
    pub(super) fn with_gone(mut self, moments: &Moments<'_>) -> Self {
        if let Some(documents) = &mut self.documents {
            Rc::make_mut(documents).extend(moments.gone.iter().flat_map(|gone| gone.names().cloned()));
        }
        self
    }

    pub(super) fn has_document(&self, document: &str) -> bool {
        self.documents.as_ref().is_none_or(|all| all.contains(document))
    }

    /// Whether anything of a case is in it.
    pub(super) fn has_case(&self, moments: &Moments<'_>, case: &str) -> bool {
        match (&self.cases, &self.documents) {
            (Some(own), _) => own.contains(case),
            (None, Some(all)) => {
                let mut documents = moments.all[1].ground.corpus.documents.iter().enumerate();
                documents.any(|(at, d)| all.contains(d.id.as_str()) && moments.speaks(at, &|c| c == case))
            }
            (None, None) => true,
        }
    }

    /// Whether a code is one that it counts, or for which is read.
    pub(super) fn has_code(&self, code: &str) -> bool {
        let all = self.read_for.as_ref().or(self.codes.as_ref());
        all.is_none_or(|all| all.contains(code))
    }

    /// Whether it hangs on whether a code is read for.
    pub(super) fn is_read_for(&self, code: &str) -> bool {
        let reads = self.rests.anything || self.rests.reading;
        reads && self.marked.as_ref().map_or_else(|| self.has_code(code), |all| all.contains(code))
    }

    /// Whether a code is one of these, or above one: it takes those below along where it goes.
    pub(super) fn has_code_or_below(&self, code: &str) -> bool {
        self.has_code(code) || self.above.contains(code)
    }

    /// Whether a field of a code may move it.
    pub(super) fn rests_on(&self, code: &str, field: &str) -> bool {
        if self.rests.anything {
            return self.has_code(code);
        }
        // What is declared of a code holds for those below, where they declare nothing.
        let is_here = match field {
            "effects" | "degree" => {
                self.codes.as_ref().is_none_or(|all| all.contains(code)) || self.above.contains(code)
            }
            "status" | "retired" => self.is_read_for(code),
            _ => self.has_code(code),
        };
        is_here && self.rests.fields.contains(&field)
    }

    /// Whether it hangs on the codebook.
    pub(super) const fn is_of_codes(&self) -> bool {
        self.rests.anything || self.rests.codes
    }

    /// Whether it hangs on how far documents were read.
    pub(super) const fn is_of_reading(&self) -> bool {
        self.rests.codings && (self.rests.anything || self.rests.reading)
    }

    pub(super) const fn counts_codings(&self) -> bool {
        self.rests.codings
    }

    pub(super) fn rests_on_setting(&self, key: &str) -> bool {
        self.rests.anything || self.rests.settings.iter().any(|ending| key.ends_with(ending))
    }

    /// Whether what a change of this kind says, beside codings, may move it.
    pub(super) fn hears(&self, kind: &str) -> bool {
        self.rests.says.iter().any(|k| *k == kind || *k == ALL)
    }

    /// The cases to which codings in it may be set; none where any will do.
    pub(super) fn cases(&self) -> Option<&BTreeSet<String>> {
        self.cases.as_deref()
    }
}
