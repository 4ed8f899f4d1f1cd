//! Which numbers survive: the table case × top code under every count rule, without each coder and
//! without each case, and what becomes of the order of codes and of differences between two groups.

use std::collections::BTreeMap;

use model::corpus::Corpus;
use model::ground::Ground;
use model::name::Name;
use model::reading::{Choice, Readings};

use crate::cell::Cell;
use crate::frequencies::{Frequencies, frequencies};
use crate::options::{By, CountRule, Level, Options, Table, TableError};
use crate::refusal::Refusal;
use crate::sheet::{Fact, Field, Sheet, Value};
use crate::speech::Speech;
use crate::tables::freq;

/// What is asked of the variants.
#[derive(Clone, Debug, Default)]
pub enum Question {
    /// Per variant, how many pairs of codes keep their order.
    #[default]
    Order,
    /// Per pair of codes, in how many variants it keeps its order.
    Pairs,
    /// Per code and variant, the difference between the two values of an attribute of cases.
    Difference(By),
}

impl Question {
    /// The difference between the two values of the attribute that a word names. Only an attribute of cases
    /// with two values will do, so no error proposes anything else.
    ///
    /// # Errors
    /// As [`By::parse_attribute`], and [`Refusal::NoneOfTwo`] where there is nothing to propose.
    pub fn difference(word: &str, corpus: &Corpus) -> Result<Self, TableError> {
        let fits = |by: &By| values_of(by, corpus).is_some_and(|values| values.len() == 2);
        let by = By::parse_attribute(word, corpus).map_err(|why| match why {
            TableError::UnknownAttribute { name, .. } => {
                let fitting = By::attributes(corpus).into_iter().filter(fits);
                let mut known: Vec<String> = fitting.map(|by| by.shortest(corpus)).collect();
                known.sort();
                if known.is_empty() {
                    TableError::Refused(Refusal::NoneOfTwo(name))
                } else {
                    TableError::UnknownAttribute { name, known }
                }
            }
            TableError::AmbiguousAttribute { name, choices } => {
                let fitting = By::attributes(corpus).into_iter().filter(fits).map(|by| by.name());
                let fitting: Vec<String> = fitting.filter(|name| choices.contains(name)).collect();
                let choices = if fitting.is_empty() { choices } else { fitting };
                TableError::AmbiguousAttribute { name, choices }
            }
            other => other,
        })?;
        Ok(Self::Difference(by))
    }
}

/// What a table of sensitivity is asked to be.
#[derive(Clone, Debug, Default)]
pub struct Sensitivity {
    /// The base: count rule, whose codings and words. Its rows and codes are not looked at.
    pub options: Options,
    /// What is asked.
    pub question: Question,
}

/// The rules that a variant counts by; `cases` is presence where rows are cases.
const RULES: [CountRule; 7] = [
    CountRule::Passages,
    CountRule::Codings,
    CountRule::Turns,
    CountRule::Documents,
    CountRule::Presence,
    CountRule::Words,
    CountRule::Characters,
];

/// One variant: code by code, case by case.
#[derive(Clone)]
struct Grid {
    name: String,
    /// The numbers; none where a cell carries none.
    n: Vec<Vec<Option<f64>>>,
    /// Whether the code is found.
    found: Vec<Vec<bool>>,
    /// Whether it counts by another rule than the base, so that its numbers are not of one kind with it.
    other_rule: bool,
}

/// The base, its variants, and what their lines and columns are.
struct Compared {
    base: Grid,
    variants: Vec<Grid>,
    codes: Vec<String>,
    cases: Vec<String>,
    table: Frequencies,
}

/// What becomes of the order of two codes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Tied,
    Reversed,
}

/// By what codes are put in order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// The cases with the code.
    Cases,
    /// The sum of its cells.
    N,
}

impl Measure {
    const ALL: [Self; 2] = [Self::Cases, Self::N];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::N => "n",
        }
    }
}

impl Grid {
    /// The numbers of some cases in a table. A case that it has no row of has none.
    fn of(name: String, table: &Frequencies, cases: &[String], value: impl Fn(&Cell) -> Option<f64>) -> Self {
        let rows: Vec<Option<usize>> =
            cases.iter().map(|case| table.groups.iter().position(|g| g.id == *case)).collect();
        let cells = |c: usize| rows.iter().map(move |row| row.map(|g| table.cell(g, c)));
        let found = |cell: &Cell| cell.n.is_some() && cell.status.is_found();
        let codes = 0..table.codes.len();
        Self {
            name,
            n: codes.clone().map(|c| cells(c).map(|cell| cell.and_then(&value)).collect()).collect(),
            found: codes.map(|c| cells(c).map(|cell| cell.is_some_and(found)).collect()).collect(),
            other_rule: false,
        }
    }

    /// The same without one case.
    fn without(&self, case: usize, name: String) -> Self {
        let mut out = Self { name, ..self.clone() };
        for (n, found) in out.n.iter_mut().zip(&mut out.found) {
            n[case] = None;
            found[case] = false;
        }
        out
    }

    /// The values of all codes by a measure; none where no cell of a code has a number.
    fn values(&self, measure: Measure) -> Vec<Option<f64>> {
        let value = |code: usize| {
            let numbers = || self.n[code].iter().flatten();
            numbers().next()?;
            Some(match measure {
                Measure::Cases => self.found[code].iter().filter(|found| **found).count() as f64,
                Measure::N => numbers().sum(),
            })
        };
        (0..self.n.len()).map(value).collect()
    }

    /// The mean of a code over some cases, with the number of them that have a number.
    fn mean(&self, code: usize, cases: &[usize]) -> (Option<f64>, usize) {
        let numbers: Vec<f64> = cases.iter().filter_map(|case| self.n[code][*case]).collect();
        let mean = (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64);
        (mean, numbers.len())
    }

    /// The difference of two means, which is 0 where they differ by no more than rounding does.
    fn difference(&self, code: usize, a: &[usize], b: &[usize]) -> Option<f64> {
        let (a, b) = (self.mean(code, a).0?, self.mean(code, b).0?);
        let apart = a - b;
        Some(if apart.abs() <= 1e-9 * a.abs().max(b.abs()) { 0.0 } else { apart })
    }
}

impl Sensitivity {
    fn base(&self) -> Options {
        Options { by: By::Case, level: Level::Top, percent: None, ..self.options.clone() }
    }

    fn variants(&self, ground: Ground<'_>) -> Result<Compared, TableError> {
        let count = |options: &Options| frequencies(ground.corpus, ground.state, ground.coded, options);
        let base = self.base();
        let table = count(&base)?;
        // What belongs to no case is in no row.
        let cases: Vec<String> =
            table.groups.iter().filter(|g| !g.id.is_empty()).map(|g| g.id.clone()).collect();
        let number = |cell: &Cell| cell.n.map(|n| n as f64);
        let grid = |name: String, table: &Frequencies| Grid::of(name, table, &cases, number);
        let first = grid("base".to_owned(), &table);
        let mut variants = Vec::new();
        for rule in RULES.into_iter().filter(|rule| *rule != base.count) {
            let counted = count(&Options { count: rule, ..base.clone() })?;
            let name = format!("count={}", rule.as_str());
            variants.push(Grid { other_rule: true, ..grid(name, &counted) });
        }
        if matches!(self.question, Question::Difference(_)) {
            let rates = Grid::of("count=per_1000".to_owned(), &table, &cases, |cell| cell.per_1000);
            variants.push(Grid { other_rule: true, ..rates });
        }
        for coder in self.coders(ground) {
            let name = format!("coder={coder}");
            let counted = count(&Options { without: Some(coder), ..base.clone() })?;
            // A case that only this coder's codings name has no row then.
            variants.push(grid(name, &counted));
        }
        for (at, case) in cases.iter().enumerate() {
            variants.push(first.without(at, format!("case={case}")));
        }
        let codes = table.codes.iter().map(|c| c.id.clone()).collect();
        Ok(Compared { base: first, variants, codes, cases, table })
    }

    /// The coders of a union, who can each be left out; nobody where there are fewer than two.
    fn coders(&self, ground: Ground<'_>) -> Vec<Name> {
        if self.options.reading != Choice::Union {
            return Vec::new();
        }
        let readings = Readings::new(ground.corpus, ground.state, ground.coded);
        let mut coders: Vec<Name> = (0..ground.corpus.documents.len())
            .flat_map(|document| readings.began(document).iter().cloned())
            .filter(|name| *name != "consensus")
            .collect();
        coders.sort();
        coders.dedup();
        if coders.len() < 2 { Vec::new() } else { coders }
    }

    /// The table.
    ///
    /// # Errors
    /// As [`frequencies`]; [`TableError::Refused`] for an attribute that does not part cases in two.
    pub fn sheet(&self, ground: Ground<'_>, speech: &Speech) -> Result<Sheet, TableError> {
        let groups = match &self.question {
            Question::Difference(by) => Some((by, two_values(by, ground)?)),
            _ => None,
        };
        let variants = self.variants(ground)?;
        let mut sheet = match (&self.question, &groups) {
            (_, Some((_, values))) => differences(&variants, values, speech),
            (Question::Pairs, _) => pairs(&variants, speech),
            _ => order(&variants, speech),
        };
        if let Some((by, [a, b])) = &groups {
            sheet.facts = vec![
                Fact::new("attribute", speech.t("attribute", "kenmerk"), by.name()),
                Fact::new("value_a", "a", &a.0),
                Fact::new("value_b", "b", &b.0),
            ];
        }
        sheet.facts.extend(freq::facts(&self.options, speech));
        if self.options.reading != Choice::Union {
            let union = speech.t(
                "variants without a coder are made with --reading union only",
                "varianten zonder een codeur komen er alleen met --reading union",
            );
            sheet.notes.push(union.to_owned());
        }
        sheet.notes.extend(freq::notes(&variants.table, speech).into_iter().skip(1));
        Ok(sheet)
    }
}

/// What becomes of two codes of which the first has more in the base, by the values of a variant.
fn fate(values: &[Option<f64>], more: usize, less: usize) -> Option<Fate> {
    Some(match values[more]?.total_cmp(&values[less]?) {
        std::cmp::Ordering::Greater => Fate::Kept,
        std::cmp::Ordering::Equal => Fate::Tied,
        std::cmp::Ordering::Less => Fate::Reversed,
    })
}

/// Pairs of codes that have numbers in the base and are not both 0, the one with more first, with their
/// values.
fn ordered(base: &Grid, measure: Measure) -> Vec<(usize, usize, f64, f64)> {
    let values = base.values(measure);
    let mut out = Vec::new();
    for a in 0..values.len() {
        for b in a + 1..values.len() {
            let Some((x, y)) = values[a].zip(values[b]) else { continue };
            if x.max(y) <= 0.0 {
                continue;
            }
            out.push(if x < y { (b, a, y, x) } else { (a, b, x, y) });
        }
    }
    out
}

/// Whether a variant can say something about a measure: the cases with a code are the same by any rule.
fn speaks(variant: &Grid, measure: Measure) -> bool {
    measure == Measure::N || !variant.other_rule
}

/// One line per variant and measure.
fn order(all: &Compared, speech: &Speech) -> Sheet {
    let title = speech.t("which orders of codes survive", "welke volgordes van codes blijven staan");
    let mut out = Sheet::new("sensitivity", title);
    out.fields = vec![
        Field::text("variant", speech.t("variant", "variant")),
        Field::text("measure", speech.t("order by", "volgorde naar")),
        Field::integer("pairs", speech.t("pairs", "paren")),
        Field::integer("kept", speech.t("kept", "gelijk")),
        Field::integer("tied", speech.t("tied", "gelijkspel")),
        Field::integer("reversed", speech.t("reversed", "omgekeerd")),
        Field::text("which_reversed", speech.t("which (order of the base)", "welke (volgorde van de basis)")),
    ];
    let in_base = Measure::ALL.map(|measure| ordered(&all.base, measure));
    for variant in &all.variants {
        let measures = Measure::ALL.into_iter().zip(&in_base);
        for (measure, in_base) in measures.filter(|(m, _)| speaks(variant, *m)) {
            let values = variant.values(measure);
            let mut numbers = [0_u64; 3];
            let mut reversed = Vec::new();
            for &(more, less, x, y) in in_base {
                // What is equal in the base has no order.
                let fate = if x > y { fate(&values, more, less) } else { None };
                match fate {
                    Some(Fate::Kept) => numbers[0] += 1,
                    Some(Fate::Tied) => numbers[1] += 1,
                    Some(Fate::Reversed) => {
                        numbers[2] += 1;
                        reversed.push(format!("{}>{}", all.codes[more], all.codes[less]));
                    }
                    None => {}
                }
            }
            let mut row = vec![Value::text(&variant.name), Value::text(measure.as_str())];
            row.push(Value::integer(numbers.iter().sum::<u64>()));
            row.extend(numbers.map(Value::integer));
            row.push(if reversed.is_empty() { Value::Na } else { Value::text(reversed.join(" ")) });
            out.rows.push(row);
        }
    }
    out.notes.push(
        speech
            .t(
                "cases: the cases with a code; n: the sum of its cells over the cases; a>b: a has more in the base and less in the variant",
                "cases: de casussen met een code; n: de som van zijn cellen over de casussen; a>b: a heeft meer in de basis en minder in de variant",
            )
            .to_owned(),
    );
    out
}

/// One line per pair of codes and measure.
fn pairs(all: &Compared, speech: &Speech) -> Sheet {
    let title = speech.t("which codes change places", "welke codes van plaats wisselen");
    let mut out = Sheet::new("sensitivity_pairs", title);
    out.fields = vec![
        Field::text("code_a", speech.t("more", "meer")),
        Field::text("code_b", speech.t("less", "minder")),
        Field::text("measure", speech.t("order by", "volgorde naar")),
        Field::integer("a", "a"),
        Field::integer("b", "b"),
        Field::integer("kept", speech.t("kept", "gelijk")),
        Field::integer("tied", speech.t("tied", "gelijkspel")),
        Field::integer("reversed", speech.t("reversed", "omgekeerd")),
        Field::text("not_kept_in", speech.t("not kept in", "niet gelijk in")),
    ];
    for measure in Measure::ALL {
        let variants = all.variants.iter().filter(|v| speaks(v, measure));
        let variants: Vec<(&str, Vec<Option<f64>>)> =
            variants.map(|v| (v.name.as_str(), v.values(measure))).collect();
        for (more, less, x, y) in ordered(&all.base, measure) {
            let mut numbers = [0_u64; 3];
            let mut changed = Vec::new();
            for (name, values) in &variants {
                match fate(values, more, less) {
                    Some(Fate::Kept) => numbers[0] += 1,
                    Some(fate) => {
                        numbers[if fate == Fate::Tied { 1 } else { 2 }] += 1;
                        changed.push(*name);
                    }
                    None => {}
                }
            }
            let mut row = vec![
                Value::text(&all.codes[more]),
                Value::text(&all.codes[less]),
                Value::text(measure.as_str()),
                Value::integer(x as i64),
                Value::integer(y as i64),
            ];
            if x > y {
                row.extend(numbers.map(Value::integer));
                row.push(if changed.is_empty() { Value::Na } else { Value::text(changed.join(" ")) });
            } else {
                row.resize(out.fields.len(), Value::Na);
            }
            out.rows.push(row);
        }
    }
    out
}

/// The values of an attribute of cases, each with its cases; none for any other attribute.
fn values_of(by: &By, corpus: &Corpus) -> Option<BTreeMap<String, Vec<String>>> {
    let By::Attribute(Table::Case, column) = by else { return None };
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for case in &corpus.cases {
        if let Some(value) = model::corpus::attribute(&case.attributes, column) {
            groups.entry(value.to_owned()).or_default().push(case.id.clone());
        }
    }
    Some(groups)
}

/// The two values of an attribute of cases, each with its cases.
fn two_values(by: &By, ground: Ground<'_>) -> Result<[(String, Vec<String>); 2], TableError> {
    let Some(groups) = values_of(by, ground.corpus) else {
        return Err(TableError::Refused(Refusal::NotOfCases(by.name())));
    };
    let values = groups.len();
    <[_; 2]>::try_from(groups.into_iter().collect::<Vec<_>>()).map_err(|_| {
        let attribute = by.heading(ground.corpus).into_owned();
        TableError::Refused(Refusal::NotTwo { attribute, values })
    })
}

/// One line per code and variant, the base first.
fn differences(all: &Compared, values: &[(String, Vec<String>); 2], speech: &Speech) -> Sheet {
    let title = speech.t("which differences survive", "welke verschillen blijven staan");
    let mut out = Sheet::new("sensitivity_differences", title);
    let [(name_a, cases_a), (name_b, cases_b)] = values;
    out.fields = vec![
        Field::text("code", "code"),
        Field::text("variant", speech.t("variant", "variant")),
        Field::number("a", name_a, 3),
        Field::number("b", name_b, 3),
        Field::integer("cases_a", speech.t("cases", "casussen")),
        Field::integer("cases_b", speech.t("cases", "casussen")),
        Field::number("difference", speech.t("difference", "verschil"), 3),
        Field::text("sign", speech.t("sign", "teken")),
        Field::text("changed", speech.t("changed", "veranderd")),
    ];
    let places = |ids: &[String]| -> Vec<usize> {
        ids.iter().filter_map(|id| all.cases.iter().position(|case| case == id)).collect()
    };
    let (a, b) = (places(cases_a), places(cases_b));
    let sign = |difference: Option<f64>| {
        difference.map(|d| {
            if d > 0.0 {
                "+"
            } else if d < 0.0 {
                "-"
            } else {
                "0"
            }
        })
    };
    for (c, code) in all.codes.iter().enumerate() {
        let base = sign(all.base.difference(c, &a, &b));
        for (i, grid) in std::iter::once(&all.base).chain(&all.variants).enumerate() {
            let ((mean_a, n_a), (mean_b, n_b)) = (grid.mean(c, &a), grid.mean(c, &b));
            let difference = grid.difference(c, &a, &b);
            let now = sign(difference);
            let changed = base.zip(now).map(|(base, now)| if base == now { "no" } else { "yes" });
            out.rows.push(vec![
                Value::text(code),
                Value::text(&grid.name),
                Value::maybe_number(mean_a),
                Value::maybe_number(mean_b),
                Value::integer(n_a),
                Value::integer(n_b),
                Value::maybe_number(difference),
                Value::maybe_text(now),
                if i == 0 { Value::Na } else { Value::maybe_text(changed) },
            ]);
        }
    }
    out.notes.push(
        speech
            .t(
                "means per case, over the cases that carry a number",
                "gemiddelden per casus, over de casussen met een getal",
            )
            .to_owned(),
    );
    out
}
