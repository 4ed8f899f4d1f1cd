//! Codes by the values of an attribute: in how many of the cases of each value a code is found.

use model::ground::Ground;
use model::span::Span;
use rustc_hash::FxHashMap;

use crate::ask::{At, Shape};
use crate::association::{Share, Tested, cramers_v, holm, test};
use crate::column::Column;
use crate::frequencies::{Frequencies, frequencies, passages_together, readers};
use crate::gather::{Gathered, measure};
use crate::grouping::{Grouping, Passage};
use crate::names::Names;
use crate::options::{By, CountRule, Options, TableError};
use crate::refusal::Refusal;
use crate::sheet::{Fact, Field, Sheet, Value};
use crate::speech::Speech;
use crate::spread::Spread;
use crate::tables::freq;

/// What a table of codes by an attribute is asked to be.
#[derive(Clone, Debug)]
pub struct Crosstab {
    /// Count rule (presence, unless something else is wanted), codes, whose codings and words. Its rows
    /// are not looked at.
    pub options: Options,
    /// The attribute.
    pub attribute: By,
    /// One line per code and value, or per code.
    pub shape: Shape,
    /// Whether each code is tested.
    pub test: bool,
}

/// One code and value.
#[derive(Clone, Debug, Default)]
struct Cell {
    /// What is counted, over the cases.
    n: u64,
    /// Cases with the code.
    found: u64,
    /// Cases with a number for it.
    cases: u64,
    /// Cases without.
    left_out: u64,
}

/// The table before it is written.
struct Counted {
    table: Frequencies,
    /// The values, those of cases without one last.
    values: Vec<String>,
    /// Code by code, value by value.
    cells: Vec<Cell>,
    /// Per value, the cases that have it.
    cases: Vec<usize>,
    /// Per group of the table its value; none for what belongs to no case.
    groups: Vec<Option<usize>>,
    /// A case that has several values.
    several: Option<String>,
}

impl Counted {
    /// The value under which a group is counted for a code; none where it carries no number for it.
    fn value_of(&self, group: usize, code: usize) -> Option<usize> {
        self.groups[group].filter(|_| self.table.cell(group, code).n.is_some())
    }
}

/// What is said of a code as a whole.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    v: Option<f64>,
    tested: Option<Tested>,
    adjusted: Option<f64>,
}

impl Crosstab {
    fn counted(&self, ground: Ground<'_>) -> Result<Counted, TableError> {
        if !matches!(self.attribute, By::Attribute(..)) {
            return Err(TableError::Refused(Refusal::NoAttribute(self.attribute.name())));
        }
        let table = frequencies(ground.corpus, ground.state, ground.coded, &self.by_case())?;
        let codes = table.codes.len();
        let (mut values, mut cases) = (Vec::<String>::new(), Vec::<usize>::new());
        let mut cells: Vec<Vec<Cell>> = Vec::new();
        let mut groups = vec![None; table.groups.len()];
        let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        for (g, group) in table.groups.iter().enumerate() {
            let mut parts = table.options.by.split(&group.id).into_iter();
            let (value, case) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            // What belongs to no case is in no cell.
            if case.is_empty() {
                continue;
            }
            let at = values.iter().position(|v| *v == value).unwrap_or_else(|| {
                values.push(value);
                cases.push(0);
                cells.push(vec![Cell::default(); codes]);
                values.len() - 1
            });
            cases[at] += 1;
            groups[g] = Some(at);
            // Documents without a value are no second value beside those that have one.
            *seen.entry(case).or_default() += usize::from(!values[at].is_empty());
            for (c, cell) in cells[at].iter_mut().enumerate() {
                let counted = table.cell(g, c);
                cell.n += counted.n.unwrap_or(0);
                cell.cases += u64::from(counted.n.is_some());
                cell.left_out += u64::from(counted.n.is_none());
                cell.found += u64::from(counted.n.is_some() && counted.status.is_found());
            }
        }
        let several = seen.into_iter().find(|(_, n)| *n > 1).map(|(case, _)| case);
        let cells = (0..codes).flat_map(|c| cells.iter().map(move |of| of[c].clone())).collect();
        let mut counted = Counted { table, values, cells, cases, groups, several };
        if self.options.count != CountRule::Presence {
            self.unite(ground, &mut counted)?;
        }
        Ok(counted)
    }

    /// Puts in place of sums over cases what is counted over all of them at once, from spans: cases may
    /// share a passage. Those without a number have none.
    fn unite(&self, ground: Ground<'_>, counted: &mut Counted) -> Result<(), TableError> {
        let options = self.by_case();
        let (_, readers) = readers(ground.corpus, ground.state, ground.coded, &options)?;
        let grouping = Grouping::new(ground.corpus, &readers, &options);
        let values = counted.values.len();
        let mut sums = vec![Gathered::default(); counted.cells.len()];
        for (reader, belongs) in readers.iter().zip(&grouping.belongs) {
            let mut together: FxHashMap<usize, Vec<Vec<Span>>> = FxHashMap::default();
            let mut spread = Spread::of(ground.coded, reader, |l, i| belongs.codings[l][i]);
            for group in spread.groups().to_vec() {
                for (c, code) in counted.table.codes.iter().enumerate() {
                    let Some(value) = counted.value_of(group, c) else { continue };
                    let Some(of_case) = spread.get_mut(group, code.place) else { continue };
                    let all = together.entry(c * values + value).or_default();
                    all.resize(of_case.len(), Vec::new());
                    all.iter_mut().zip(of_case).for_each(|(all, of_case)| all.append(of_case));
                }
            }
            for (at, mut layers) in together {
                let measure = measure(reader, &mut layers, options.count);
                sums[at].found += u32::from(measure.passages > 0);
                sums[at].measure.add(measure);
            }
        }
        for (sum, cell) in sums.iter().zip(&mut counted.cells) {
            cell.n = match options.count {
                CountRule::Cases => cell.found,
                rule => sum.number(rule),
            };
        }
        Ok(())
    }

    /// The options of the table of all cases that this one is made from.
    fn by_case(&self) -> Options {
        let by = By::Cross(Box::new(self.attribute.clone()), Box::new(By::Case));
        Options { by, percent: None, ..self.options.clone() }
    }

    /// The table.
    ///
    /// # Errors
    /// As [`frequencies`]; and [`TableError::Refused`] where a test is asked for that would treat as
    /// independent what is not.
    pub fn sheet(&self, ground: Ground<'_>, speech: &Speech) -> Result<Sheet, TableError> {
        let counted = self.counted(ground)?;
        if self.test {
            self.may_test(&counted)?;
        }
        let said = self.said(&counted);
        let mut sheet = match self.shape {
            Shape::Long => self.long(&counted, &said, speech),
            Shape::Wide => self.wide(&counted, &said, ground, speech),
        };
        sheet.facts = vec![Fact::new("attribute", speech.t("attribute", "kenmerk"), self.attribute.name())];
        sheet.facts.extend(freq::facts(&self.options, speech));
        sheet.notes = self.notes(&counted, &said, speech);
        Ok(sheet)
    }

    fn may_test(&self, counted: &Counted) -> Result<(), TableError> {
        if self.options.count != CountRule::Presence {
            return Err(TableError::Refused(Refusal::NotPresence(self.options.count)));
        }
        if let Some(case) = counted.several.clone() {
            let attribute = self.attribute.name();
            return Err(TableError::Refused(Refusal::SeveralValues { attribute, case }));
        }
        Ok(())
    }

    fn said(&self, counted: &Counted) -> Vec<Said> {
        let values = counted.values.len();
        let mut said: Vec<Said> = (0..counted.table.codes.len())
            .map(|c| {
                // Presence only; cases without a value tell nothing about the attribute.
                let cells = counted.cells[c * values..(c + 1) * values].iter().zip(&counted.values);
                let shares: Vec<Share> = cells
                    .filter(|(_, value)| !value.is_empty() && self.options.count == CountRule::Presence)
                    .map(|(cell, _)| Share { found: cell.found, cases: cell.cases })
                    .collect();
                let tested = if self.test { test(&shares) } else { None };
                // A case with several values would be in the table more than once.
                let v = counted.several.is_none().then(|| cramers_v(&shares)).flatten();
                Said { v, tested, adjusted: None }
            })
            .collect();
        let p: Vec<f64> = said.iter().filter_map(|s| s.tested.map(|t| t.p)).collect();
        let mut adjusted = holm(&p).into_iter();
        for one in said.iter_mut().filter(|s| s.tested.is_some()) {
            one.adjusted = adjusted.next();
        }
        said
    }

    /// The columns that speak of a code as a whole.
    fn fields_of_code(&self, speech: &Speech) -> Vec<Field> {
        let mut fields = vec![
            Field::number("cramers_v", "V", 2)
                .about(speech.t("Cramér's V, from 0 to 1", "Cramérs V, van 0 tot 1")),
        ];
        if self.test {
            fields.extend([
                Field::text("test", speech.t("test", "toets")),
                Field::number("statistic", "χ²", 2),
                Field::integer("df", "df"),
                Field::number("p", "p", 4),
                Field::number("p_holm", "p (Holm)", 4),
                Field::integer("tests", speech.t("tests", "toetsen")),
            ]);
        }
        fields
    }

    fn values_of_code(&self, said: &[Said], code: usize) -> Vec<Value> {
        let one = said[code];
        let mut values = vec![Value::maybe_number(one.v)];
        if self.test {
            let chi_square = one.tested.and_then(|t| t.chi_square);
            values.extend([
                Value::maybe_text(one.tested.map(|t| t.method.as_str())),
                Value::maybe_number(chi_square.map(|(statistic, _)| statistic)),
                chi_square.map_or(Value::Na, |(_, df)| Value::integer(df)),
                Value::maybe_number(one.tested.map(|t| t.p)),
                Value::maybe_number(one.adjusted),
                Value::integer(said.iter().filter(|s| s.tested.is_some()).count()),
            ]);
        }
        values
    }

    fn long(&self, counted: &Counted, said: &[Said], speech: &Speech) -> Sheet {
        let mut out = Sheet::new("crosstab", self.title(speech));
        out.fields = vec![
            Field::text("code", speech.t("code", "code")),
            Field::text("value", speech.t("value", "waarde")),
            Field::integer("n", "n"),
            Field::integer("cases", speech.t("cases", "casussen")),
            Field::number("percent", "%", 1),
            Field::integer("left_out", speech.t("left out", "buiten beschouwing")),
        ];
        out.fields.extend(self.fields_of_code(speech));
        let values = counted.values.len();
        for (c, code) in counted.table.codes.iter().enumerate() {
            let cells = &counted.cells[c * values..(c + 1) * values];
            let sum: u64 = cells.iter().map(|cell| cell.n).sum();
            for (cell, value) in cells.iter().zip(&counted.values) {
                let of = if self.options.count == CountRule::Presence { cell.cases } else { sum };
                let percent = (of > 0 && cell.cases > 0).then(|| cell.n as f64 / of as f64 * 100.0);
                let mut row = vec![
                    Value::text(&code.id),
                    Value::text(value),
                    if cell.cases > 0 { Value::integer(cell.n) } else { Value::Na },
                    Value::integer(cell.cases),
                    Value::maybe_number(percent),
                    Value::integer(cell.left_out),
                ];
                row.extend(self.values_of_code(said, c));
                out.rows.push(row);
            }
        }
        out
    }

    fn wide(&self, counted: &Counted, said: &[Said], ground: Ground<'_>, speech: &Speech) -> Sheet {
        let mut out = Sheet::new("crosstab_wide", self.title(speech));
        let of_code = self.fields_of_code(speech);
        let facts = freq::facts(&self.options, speech);
        let taken = ["code", "attribute"].into_iter();
        let taken = taken.chain(of_code.iter().map(|f| f.name.as_str())).chain(facts.iter().map(|f| f.name));
        let mut names = Names::without(taken);
        out.fields = vec![Field::text("code", speech.t("code", "code"))];
        let presence = self.options.count == CountRule::Presence;
        for value in &counted.values {
            let none = format!("(no {})", self.attribute.heading(ground.corpus));
            let label = if value.is_empty() { &none } else { value };
            out.fields.push(Field::integer(names.unique(label, usize::MAX), label));
        }
        out.fields.extend(of_code);
        let values = counted.values.len();
        for (c, code) in counted.table.codes.iter().enumerate() {
            let mut row = vec![Value::text(&code.id)];
            row.extend(counted.cells[c * values..(c + 1) * values].iter().map(|cell| match cell.cases {
                0 => Value::Na,
                cases if presence => Value::Share(cell.found, cases),
                _ => Value::integer(cell.n),
            }));
            row.extend(self.values_of_code(said, c));
            out.rows.push(row);
        }
        out
    }

    fn title(&self, speech: &Speech) -> String {
        format!("{} × {}", speech.t("code", "code"), self.attribute.name())
    }

    fn notes(&self, counted: &Counted, said: &[Said], speech: &Speech) -> Vec<String> {
        let mut notes = Vec::new();
        if self.options.count == CountRule::Presence {
            let n_of_n = speech.t(
                "n/N: cases with the code, of the cases with this value that were read for it",
                "n/N: casussen met de code, van de casussen met deze waarde die erop gelezen zijn",
            );
            notes.push(n_of_n.to_owned());
        }
        let left_out = counted.cells.iter().filter(|cell| cell.left_out > 0).count();
        if left_out > 0 {
            let why = if self.options.complete {
                speech.t(
                    "cells in which cases are left out, as they were not read to the end for the code:",
                    "cellen waarin casussen ontbreken, want ze zijn niet op de code uitgelezen:",
                )
            } else {
                speech.t(
                    "cells in which cases are left out, as they were not read for the code:",
                    "cellen waarin casussen ontbreken, want ze zijn niet op de code gelezen:",
                )
            };
            notes.push(format!("{why} {left_out}"));
        }
        if let Some(case) = &counted.several {
            notes.push(format!(
                "{} {case}",
                speech.t(
                    "some cases have several values and count in each, so V is not given; one is",
                    "sommige casussen hebben meer waarden en tellen bij elk, dus V ontbreekt; een daarvan is"
                )
            ));
        }
        let with_value = || counted.values.iter().zip(&counted.cases).filter(|(value, _)| !value.is_empty());
        if with_value().count() > 1 && with_value().all(|(_, cases)| *cases < 2) {
            notes.push(
                speech
                    .t(
                        "no value has more than one case: V is 1 wherever cases differ, and says nothing",
                        "geen waarde heeft meer dan één casus: V is 1 zodra casussen verschillen, en zegt niets",
                    )
                    .to_owned(),
            );
        }
        if self.test {
            let tests = said.iter().filter(|s| s.tested.is_some()).count();
            let valueless = counted.values.iter().position(String::is_empty).map_or(0, |v| counted.cases[v]);
            notes.push(format!(
                "{tests} {}",
                speech.t(
                    "tests, one per code that is found in some cases and not in others; p (Holm) is adjusted for their number",
                    "toetsen, een per code die in sommige casussen voorkomt en in andere niet; p (Holm) is aangepast aan hun aantal"
                )
            ));
            if valueless > 0 {
                notes.push(format!(
                    "{} {valueless}",
                    speech.t(
                        "in no test, as they have no value; cases:",
                        "in geen toets, want zonder waarde; casussen:"
                    )
                ));
            }
            notes.push(
                speech
                    .t(
                        "the sample is purposive; p-values describe this table",
                        "de steekproef is doelgericht; p-waarden beschrijven deze tabel",
                    )
                    .to_owned(),
            );
        }
        notes.extend(freq::notes(&counted.table, speech).into_iter().skip(1));
        notes
    }

    /// The passages of the cases that a cell counts.
    ///
    /// # Errors
    /// As [`frequencies`].
    pub fn behind(&self, ground: Ground<'_>, at: At) -> Result<Option<Vec<Passage>>, TableError> {
        let counted = self.counted(ground)?;
        let values = counted.values.len();
        let (code, value) = match self.shape {
            Shape::Long => (at.row / values.max(1), at.row % values.max(1)),
            Shape::Wide => match at.column.checked_sub(1).filter(|v| *v < values) {
                Some(value) => (at.row, value),
                None => return Ok(None),
            },
        };
        let ids = || -> Option<(Vec<&str>, &Column)> {
            counted.values.get(value)?;
            let column = counted.table.codes.get(code)?;
            let groups = counted.table.groups.iter().enumerate();
            let mine = groups.filter(|(g, _)| counted.value_of(*g, code) == Some(value));
            Some((mine.map(|(_, group)| group.id.as_str()).collect(), column))
        };
        let Some((groups, column)) = ids() else { return Ok(None) };
        passages_together(ground, &self.by_case(), &groups, &column.id).map(Some)
    }
}
