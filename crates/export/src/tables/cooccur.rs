//! Codes with codes: where they meet, as an edge list and as a matrix; all with all, or one group of the
//! codebook with another.

use model::codebook::Codebook;
use model::ground::Ground;

use crate::ask::{At, Shape};
use crate::cell::Status;
use crate::grouping::Passage;
use crate::meetings::{Meeting, Meetings, Unit, behind, meetings};
use crate::names::Names;
use crate::options::{Level, Options, TableError};
use crate::refusal::Refusal;
use crate::sheet::{Fact, Field, Sheet, Value};
use crate::speech::Speech;
use crate::tables::freq;

/// What a table of codes with codes is asked to be.
#[derive(Clone, Debug, Default)]
pub struct Cooccur {
    /// Codes, whose codings and words. Its rows and its count rule are not looked at.
    pub options: Options,
    /// In what two codes meet.
    pub unit: Unit,
    /// An edge list, or matrices.
    pub shape: Shape,
    /// The groups of the codebook whose codes make the lines and the columns; none for all with all.
    pub groups: Option<(String, String)>,
}

impl Cooccur {
    /// Counted.
    fn meetings(&self, ground: Ground<'_>) -> Result<Meetings, TableError> {
        let Some((a, b)) = &self.groups else { return meetings(ground, &self.options, self.unit, None) };
        let book = &ground.coded.codebook;
        let (a, b) = (members(book, a)?, members(book, b)?);
        // A group may name codes of any depth.
        let options = Options { level: Level::All, ..self.options.clone() };
        meetings(ground, &options, self.unit, Some((&a, &b)))
    }

    /// The tables: the edge list; or the matrix of counts and that of Jaccard's coefficient.
    ///
    /// # Errors
    /// As [`crate::frequencies`]; [`TableError::Refused`] for a group that the codebook does not have.
    pub fn sheets(&self, ground: Ground<'_>, speech: &Speech) -> Result<Vec<Sheet>, TableError> {
        let found = self.meetings(ground)?;
        let mut sheets = match self.shape {
            Shape::Long => vec![self.long(&found, speech)],
            Shape::Wide => {
                vec![self.wide(&found, ground, speech, false), self.wide(&found, ground, speech, true)]
            }
        };
        let mut facts = vec![Fact::new("unit", speech.t("unit", "eenheid"), self.unit.as_str())];
        facts.extend(freq::facts(&self.options, speech).into_iter().filter(|f| f.name != "count"));
        let last = sheets.len() - 1;
        for sheet in &mut sheets {
            sheet.facts.clone_from(&facts);
        }
        sheets[last].notes = self.notes(&found, speech);
        Ok(sheets)
    }

    /// The pairs of the edge list, as places in line and column: each once, and only codes that were found
    /// where all are paired with all.
    fn edges(&self, found: &Meetings) -> Vec<(usize, usize)> {
        let all = self.groups.is_none();
        let mut edges = Vec::new();
        for (i, &a) in found.lines.iter().enumerate() {
            for (j, &b) in found.columns.iter().enumerate() {
                let wanted = !all || a < b && found.alone[a].n > 0 && found.alone[b].n > 0;
                if wanted && found.pairs[i * found.columns.len() + j].is_some() {
                    edges.push((i, j));
                }
            }
        }
        edges
    }

    fn long(&self, found: &Meetings, speech: &Speech) -> Sheet {
        let mut out = Sheet::new(self.name(), self.title(speech));
        out.fields = vec![
            Field::text("code_a", speech.t("code", "code")),
            Field::text("code_b", speech.t("with", "met")),
            Field::integer("n", "n"),
            Field::integer("n_a", speech.t("n of first", "n van eerste")),
            Field::integer("n_b", speech.t("n of second", "n van tweede")),
            Field::integer("shared", speech.t("in both", "in beide")),
            Field::integer("either", speech.t("in either", "in een van beide")),
            Field::number("jaccard", "Jaccard", 2),
            Field::integer("read", speech.t("read", "gelezen")),
        ];
        for (i, j) in self.edges(found) {
            let (a, b) = (found.lines[i], found.columns[j]);
            let Some(pair) = &found.pairs[i * found.columns.len() + j] else { continue };
            out.rows.push(vec![
                Value::text(&found.codes[a].id),
                Value::text(&found.codes[b].id),
                count(pair),
                Value::integer(found.alone[a].n),
                Value::integer(found.alone[b].n),
                Value::integer(pair.shared),
                Value::integer(pair.either),
                Value::maybe_number(pair.jaccard()),
                Value::integer(pair.read),
            ]);
        }
        out
    }

    fn wide(&self, found: &Meetings, ground: Ground<'_>, speech: &Speech, jaccard: bool) -> Sheet {
        let labels = speech.labels();
        let name = if jaccard { format!("{}_jaccard", self.name()) } else { format!("{}_wide", self.name()) };
        let what = if jaccard { " · Jaccard" } else { "" };
        let mut out = Sheet::new(name, self.title(speech) + what);
        out.fields = vec![Field::text("code_a", speech.t("code", "code"))];
        let facts = freq::facts(&self.options, speech);
        let taken = ["code_a", "unit"].into_iter().chain(facts.iter().map(|f| f.name));
        let mut names = Names::without(taken);
        for &b in &found.columns {
            let code = &found.codes[b];
            let label =
                ground.coded.codebook.codes.get(code.place).map_or(code.id.as_str(), |c| c.label(&labels));
            let name = names.unique(&code.var, crate::names::VAR);
            let field = if jaccard { Field::number(name, label, 2) } else { Field::integer(name, label) };
            out.fields.push(field.about(&code.id));
        }
        for (i, &a) in found.lines.iter().enumerate() {
            let mut row = vec![Value::text(&found.codes[a].id)];
            for (j, &b) in found.columns.iter().enumerate() {
                row.push(match &found.pairs[i * found.columns.len() + j] {
                    Some(pair) if jaccard => Value::maybe_number(pair.jaccard()),
                    Some(pair) => count(pair),
                    None if a == b && self.groups.is_none() && !jaccard => Value::integer(found.alone[a].n),
                    None => Value::Na,
                });
            }
            out.rows.push(row);
        }
        out
    }

    const fn name(&self) -> &'static str {
        if self.groups.is_some() { "matrix" } else { "cooccurrence" }
    }

    fn title(&self, speech: &Speech) -> String {
        match &self.groups {
            Some((a, b)) => format!("{a} × {b}"),
            None => speech.t("code × code", "code × code").to_owned(),
        }
    }

    fn notes(&self, found: &Meetings, speech: &Speech) -> Vec<String> {
        let mut notes = Vec::new();
        if self.groups.is_none() && self.shape == Shape::Wide {
            let diagonal = speech.t(
                "where a code meets itself stands how often it is found; nothing stands where it meets a code above it",
                "waar een code zichzelf ontmoet staat hoe vaak hij is gevonden; niets waar hij een code erboven ontmoet",
            );
            notes.push(diagonal.to_owned());
        }
        let units = if self.unit == Unit::Case {
            speech.t("cases", "casussen")
        } else {
            speech.t("documents", "documenten")
        };
        if found.pairs.iter().flatten().any(|pair| pair.read < pair.units) {
            notes.push(format!(
                "{} ({units})",
                speech.t(
                    "3+ is a lower bound: not everything was read to the end for both codes",
                    "3+ is een ondergrens: niet alles is voor beide codes uitgelezen"
                )
            ));
        }
        notes.extend(freq::notes(&found.table, speech).into_iter().skip(1));
        notes
    }

    /// The passages by which the two codes of a cell meet.
    ///
    /// # Errors
    /// As [`Self::sheets`].
    pub fn behind(&self, ground: Ground<'_>, at: At) -> Result<Option<Vec<Passage>>, TableError> {
        let found = self.meetings(ground)?;
        let place = match self.shape {
            Shape::Long => self.edges(&found).get(at.row).copied(),
            Shape::Wide => at.column.checked_sub(1).map(|column| (at.row, column)),
        };
        let Some((i, j)) = place else { return Ok(None) };
        let Some((&a, &b)) = found.lines.get(i).zip(found.columns.get(j)) else { return Ok(None) };
        if found.pairs[i * found.columns.len() + j].is_none() {
            return Ok(None);
        }
        behind(ground, &self.options, self.unit, &found.codes[a], &found.codes[b]).map(Some)
    }
}

/// A number with what it means: a lower bound where not everything was read for both codes.
fn count(pair: &Meeting) -> Value {
    let whole = pair.read == pair.units;
    let status = match pair.n() {
        // Nobody could speak of both.
        None if whole => Status::NotAsked,
        None => Status::NotDone,
        Some(0) if whole => Status::NotFound,
        Some(_) if whole => Status::Coded,
        Some(_) => Status::Partial,
    };
    Value::Count(pair.n(), status)
}

/// The places of the codes of a group, merges followed, each once.
fn members(book: &Codebook, id: &str) -> Result<Vec<usize>, TableError> {
    let Some(group) = book.groups.iter().find(|g| *g.id == *id) else {
        let known = book.groups.iter().map(|g| g.id.to_string()).collect();
        return Err(TableError::Refused(Refusal::NoGroup { name: id.to_owned(), known }));
    };
    let mut places: Vec<usize> = Vec::new();
    for place in group.codes.iter().filter_map(|code| book.resolve(code)) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Ok(places)
}
