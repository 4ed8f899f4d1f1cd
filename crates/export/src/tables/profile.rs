//! The profile of a case: the package of its activities, judged by the effects and the rules that a
//! codebook declares.
//!
//! An activity is a code that declares effects, or stands below one that does. What pushes up and what
//! pushes down is counted side by side: nothing is set off, ranked or summed into a score.

use model::effects::{Asks, Judgement, Sign};
use model::ground::Ground;

use crate::activities::{Activities, Activity, Extent};
use crate::ask::At;
use crate::grouping::Passage;
use crate::names::Names;
use crate::options::{Options, TableError};
use crate::refusal::Refusal;
use crate::sheet::{Fact, Field, Sheet, Value};
use crate::speech::Speech;
use crate::tables::freq;

/// Which part of a profile is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Everything, one sheet after the other.
    #[default]
    All,
    /// Per case and dimension, what pushes up and down.
    Dimensions,
    /// Per case, its activities with their effects.
    Activities,
    /// The codes that declare effects, with what the rules say of each.
    Codes,
}

impl Part {
    /// The parts that are one sheet each, in order.
    pub const SHEETS: [Self; 3] = [Self::Dimensions, Self::Activities, Self::Codes];

    /// The word after `--table`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Dimensions => "dimensions",
            Self::Activities => "activities",
            Self::Codes => "codes",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::All].into_iter().chain(Self::SHEETS).find(|p| p.as_str() == word)
    }

    /// The sheets that it is.
    fn sheets(self) -> Vec<Self> {
        if self == Self::All { Self::SHEETS.to_vec() } else { vec![self] }
    }
}

/// What a profile is asked to be.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Whose codings and words count; its rows and its count rule are not used.
    pub options: Options,
    /// Id of the case; none for all cases.
    pub case: Option<String>,
    /// Which part.
    pub part: Part,
}

impl Profile {
    /// The sheets: the parts, for each codebook that declares dimensions.
    ///
    /// # Errors
    /// [`TableError`]: no codebook declares effects, no such case, or whose codings count is not told.
    pub fn sheets(&self, ground: Ground<'_>, speech: &Speech) -> Result<Vec<Sheet>, TableError> {
        let judgements = judgements(ground)?;
        let mut out = Vec::new();
        for judgement in &judgements {
            let made = Made::new(ground, judgement, self)?;
            let suffix = if judgements.len() > 1 { format!("_{}", judgement.book) } else { String::new() };
            out.extend(self.part.sheets().into_iter().map(|part| {
                let mut sheet = match part {
                    Part::Activities => made.activities(speech),
                    Part::Codes => made.codes(speech),
                    Part::Dimensions | Part::All => made.dimensions(speech),
                };
                sheet.name = format!("{}{}", sheet.name, suffix.replace('-', "_"));
                sheet
            }));
        }
        Ok(out)
    }

    /// The passages of the activities that a number counts.
    ///
    /// # Errors
    /// As [`Self::sheets`].
    pub fn behind(&self, ground: Ground<'_>, at: At) -> Result<Option<Vec<Passage>>, TableError> {
        let parts = self.part.sheets();
        let judgements = judgements(ground)?;
        let Some(judgement) = judgements.get(at.sheet / parts.len()) else { return Ok(None) };
        let made = Made::new(ground, judgement, self)?;
        Ok(match parts.get(at.sheet % parts.len()) {
            Some(Part::Dimensions) => made.behind_dimension(at),
            Some(Part::Activities) => made.rows().nth(at.row).map(|(_, a)| a.passages.clone()),
            _ => None,
        })
    }
}

/// The activities of all cases of a profile, and which of them act on what.
pub(crate) struct Acting {
    /// The activities.
    pub(crate) activities: Vec<Activity>,
    /// Row by row of the dimensions: how the effects of activities are signed, with their places; blank ones
    /// are left out.
    pub(crate) rows: Vec<Vec<(Sign, usize)>>,
}

impl Profile {
    /// The activities behind every row of the dimensions, for each codebook: what [`Self::behind`] tells of
    /// what pushes up and down, is uncertain and is not known, in one pass.
    pub(crate) fn all_behind(&self, ground: Ground<'_>) -> Result<Vec<Acting>, TableError> {
        let book = &ground.coded.codebook;
        let one = |judgement: &Judgement| {
            let made = Made::new(ground, judgement, self)?;
            let mut rows = Vec::new();
            for &case in &made.cases {
                let own = || made.found.list.iter().enumerate().filter(|(_, a)| a.group == case);
                rows.extend(judgement.dimensions.iter().map(|dimension| {
                    if !judgement.is_declared(book, &dimension.id) {
                        return Vec::new();
                    }
                    let signed = own().map(|(at, a)| (made.sign(a.code, &dimension.id).0, at));
                    signed.filter(|(sign, _)| *sign != Sign::Blank).collect()
                }));
            }
            Ok(Acting { rows, activities: made.found.list })
        };
        judgements(ground)?.iter().map(one).collect()
    }
}

/// What the codebooks of a study declare.
fn judgements(ground: Ground<'_>) -> Result<Vec<Judgement>, TableError> {
    let book = &ground.coded.codebook;
    let mut all = Judgement::all(ground.state, book);
    all.retain(|j| (0..book.codes.len()).any(|c| j.holds(book, c)));
    if all.is_empty() { Err(TableError::Refused(Refusal::NoEffects)) } else { Ok(all) }
}

/// What is counted of a dimension, in order of the columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counted {
    Up,
    Down,
    Offset,
    Uncovered,
    Uncertain,
    Unknown,
    Inherited,
    SaidUp,
    SaidDown,
}

/// All of them.
const COUNTED: [Counted; 9] = [
    Counted::Up,
    Counted::Down,
    Counted::Offset,
    Counted::Uncovered,
    Counted::Uncertain,
    Counted::Unknown,
    Counted::Inherited,
    Counted::SaidUp,
    Counted::SaidDown,
];

/// Columns of the dimensions before the first count.
const BEFORE: usize = 3;

/// A profile with all that it is made of.
struct Made<'a> {
    ground: Ground<'a>,
    judgement: &'a Judgement,
    profile: &'a Profile,
    found: Activities,
    /// Places of the cases that are shown.
    cases: Vec<usize>,
}

impl<'a> Made<'a> {
    fn new(ground: Ground<'a>, judgement: &'a Judgement, profile: &'a Profile) -> Result<Self, TableError> {
        let found = Activities::find(ground, judgement, &profile.options)?;
        let wanted = |id: &str| profile.case.as_deref().is_none_or(|case| case == id);
        let cases: Vec<usize> = (0..found.groups.len()).filter(|g| wanted(&found.groups[*g].id)).collect();
        if let Some(case) = &profile.case
            && cases.is_empty()
        {
            let known = found.groups.iter().map(|g| g.id.clone()).filter(|id| !id.is_empty()).collect();
            return Err(TableError::UnknownCase(case.clone(), known));
        }
        Ok(Self { ground, judgement, profile, found, cases })
    }

    /// The activities of a case.
    fn of_case(&self, case: usize) -> impl Iterator<Item = &Activity> {
        self.found.list.iter().filter(move |a| a.group == case)
    }

    /// Cases with their activities, in order of the sheet.
    fn rows(&self) -> impl Iterator<Item = (usize, &Activity)> {
        self.cases.iter().flat_map(|case| self.of_case(*case).map(|a| (*case, a)))
    }

    fn sign(&self, code: usize, dimension: &str) -> (Sign, bool) {
        let effect = self.judgement.effect(&self.ground.coded.codebook, code, dimension);
        (effect.declared.sign(), effect.inherited)
    }

    /// The activities of a case that a number counts, with the passages that say so.
    fn counted(&self, case: usize, dimension: usize, what: Counted) -> Vec<(&Activity, &[Passage])> {
        let id = &self.judgement.dimensions[dimension].id;
        let with = |wanted: &dyn Fn(Sign, bool) -> bool| -> Vec<(&Activity, &[Passage])> {
            let is = |a: &&Activity| {
                let (sign, inherited) = self.sign(a.code, id);
                wanted(sign, inherited)
            };
            self.of_case(case).filter(is).map(|a| (a, a.passages.as_slice())).collect()
        };
        let up = || with(&|sign, _| sign == Sign::Up);
        let down = || with(&|sign, _| sign == Sign::Down);
        match what {
            Counted::Up => up(),
            Counted::Offset if up().is_empty() => Vec::new(),
            Counted::Uncovered if !up().is_empty() => Vec::new(),
            Counted::Down | Counted::Offset | Counted::Uncovered => down(),
            Counted::Uncertain => with(&|sign, _| sign == Sign::Uncertain),
            Counted::Unknown => with(&|sign, _| sign == Sign::Unknown),
            Counted::Inherited => with(&|sign, inherited| inherited && matches!(sign, Sign::Up | Sign::Down)),
            Counted::SaidUp => self.said(case, dimension, Sign::Up),
            Counted::SaidDown => self.said(case, dimension, Sign::Down),
        }
    }

    /// The activities of which an interviewee said so.
    fn said(&self, case: usize, dimension: usize, sign: Sign) -> Vec<(&Activity, &[Passage])> {
        self.of_case(case).filter_map(|a| Some((a, a.said.get(&(dimension, sign))?.as_slice()))).collect()
    }

    /// The column that names cases, and the names that are left beside it and those that a sheet has. The
    /// words of a codebook and of a study may be any.
    fn names(&self, sheet: &Sheet) -> (Field, Names) {
        let own = sheet.fields.iter().map(|f| f.name.as_str());
        let mut names =
            Names::without(own.chain(sheet.facts.iter().map(|f| f.name)).chain(["inherited_from"]));
        let heading = crate::options::By::Case.heading(self.ground.corpus);
        (Field::text(names.head(&heading, "case"), heading), names)
    }

    fn facts(&self, speech: &Speech) -> Vec<Fact> {
        let mut facts = vec![Fact::new("count", speech.t("count", "telling"), "activities")];
        facts.extend(freq::facts(&self.profile.options, speech).into_iter().filter(|f| f.name != "count"));
        if let Some((qualifier, value)) = &self.judgement.in_place {
            facts.push(Fact::new("only", speech.t("only", "alleen"), format!("{qualifier}={value}")));
        }
        facts
    }

    /// What every sheet of a profile says: first what the codebook asks for.
    fn notes(&self, speech: &Speech) -> Vec<String> {
        let labels = speech.labels();
        let mut notes: Vec<String> = self.judgement.note(&labels).map(str::to_owned).into_iter().collect();
        notes.push(
            speech
                .t(
                    "an activity is counted once per case, however often it is spoken of; where codings of a code and of one below it overlap, the one below counts",
                    "een activiteit telt per casus één keer, hoe vaak er ook over gesproken wordt; waar coderingen van een code en van een code eronder overlappen, telt die eronder",
                )
                .to_owned(),
        );
        if self.judgement.in_place.is_none() {
            notes.push(
                speech
                    .t(
                        "the codebook does not say which codings speak of what is in place: all count",
                        "het codeboek zegt niet welke coderingen gaan over wat er is: alle tellen",
                    )
                    .to_owned(),
            );
        }
        notes
    }

    /// Per case and dimension.
    fn dimensions(&self, speech: &Speech) -> Sheet {
        let labels = speech.labels();
        let mut out = Sheet::new(
            "profile",
            speech.t(
                "Profile: what activities push up and down",
                "Profiel: wat activiteiten vergroten en verkleinen",
            ),
        );
        let t = |en, nl| speech.t(en, nl).to_owned();
        out.facts = self.facts(speech);
        out.fields = vec![
            Field::text("dimension", t("dimension", "dimensie")),
            Field::text("label", t("label", "naam")),
            Field::integer("up", t("up", "omhoog")).about(t(
                "activities declared to push it up",
                "activiteiten die haar volgens het codeboek vergroten",
            )),
            Field::integer("down", t("down", "omlaag")).about(t(
                "activities declared to push it down",
                "activiteiten die haar volgens het codeboek verkleinen",
            )),
            Field::integer("possibly_offset", t("possibly offset", "mogelijk opgevangen")).about(t(
                "of those down, where another activity of the case pushes up",
                "van die omlaag, waar een andere activiteit van de casus omhoog duwt",
            )),
            Field::integer("uncovered", t("uncovered", "niet opgevangen")).about(t(
                "of those down, where no activity of the case is known to push up",
                "van die omlaag, waar van geen activiteit van de casus bekend is dat zij omhoog duwt",
            )),
            Field::integer("uncertain", t("uncertain", "onzeker")).about(t(
                "activities whose effect the source calls uncertain",
                "activiteiten waarvan de bron het effect onzeker noemt",
            )),
            Field::integer("unknown", t("unknown", "onbekend")).about(t(
                "activities whose effect is not known",
                "activiteiten waarvan het effect niet bekend is",
            )),
            Field::integer("inherited", t("inherited", "geërfd")).about(t(
                "of those up and down, whose effect is declared for a code above",
                "van die omhoog en omlaag, waarvan het effect bij een code erboven staat",
            )),
            Field::integer("said_up", t("said: up", "gezegd: omhoog")).about(t(
                "activities of which an interviewee said that they push it up",
                "activiteiten waarvan een geïnterviewde zei dat zij haar vergroten",
            )),
            Field::integer("said_down", t("said: down", "gezegd: omlaag")).about(t(
                "activities of which an interviewee said that they push it down",
                "activiteiten waarvan een geïnterviewde zei dat zij haar verkleinen",
            )),
            Field::text("status", "status"),
            Field::integer("documents", t("documents", "documenten")),
            Field::integer("documents_done", t("done", "gereed")),
        ];
        let (head, _) = self.names(&out);
        out.fields.insert(0, head);
        for &case in &self.cases {
            let extent = self.found.extents[case];
            let found = self.of_case(case).next().is_some();
            for (d, dimension) in self.judgement.dimensions.iter().enumerate() {
                let declared = self.judgement.is_declared(&self.ground.coded.codebook, &dimension.id);
                let mut row = vec![
                    Value::text(&self.found.groups[case].id),
                    Value::text(&dimension.id),
                    Value::text(dimension.label(&labels)),
                ];
                row.extend(COUNTED.map(|what| {
                    let said = matches!(what, Counted::SaidUp | Counted::SaidDown);
                    if said && self.judgement.said.is_none() || !said && !declared {
                        return Value::Na;
                    }
                    let n = self.counted(case, d, what).len() as u64;
                    self.count(n, extent)
                }));
                row.push(Value::text(extent.status(found).as_str()));
                row.extend([Value::integer(extent.documents), Value::integer(extent.done)]);
                out.rows.push(row);
            }
        }
        out.notes = self.notes(speech);
        out.notes.push(t(
            "possibly offset: it pushes down, and another activity of the case pushes up; uncovered: none is known to. Nothing is set off, ranked or summed",
            "mogelijk opgevangen: omlaag, en een andere activiteit van de casus duwt omhoog; niet opgevangen: van geen is dat bekend. Er wordt niets verrekend, gerangschikt of opgeteld",
        ));
        if self.judgement.said.is_some() {
            out.notes.push(t(
                "said: what interviewees said of effects, beside what the codebook declares and in none of its numbers",
                "gezegd: wat geïnterviewden over effecten zeiden, naast wat het codeboek noemt en in geen van die getallen",
            ));
        }
        out.notes.push(t(
            "3+: found, not read to the end; ·: not done; –: no text; empty: the codebook declares nothing here",
            "3+: gevonden, niet uitgelezen; ·: niet gereed; –: geen tekst; leeg: het codeboek noemt hier niets",
        ));
        out.notes.push(freq::zero(speech).to_owned());
        out
    }

    fn count(&self, n: u64, extent: Extent) -> Value {
        let status = extent.status(n > 0);
        let number = status.carries_number(self.profile.options.complete);
        Value::Count(number.then_some(n), status)
    }

    /// Columns with the effects of a code and what the rules say of it.
    fn judged_fields(&self, names: &mut Names, speech: &Speech) -> Vec<Field> {
        let labels = speech.labels();
        let mut out = Vec::new();
        let mut named = |name: String| names.unique(&name, usize::MAX);
        for dimension in self.declared() {
            let name = named(format!("effect_{}", column(&dimension.id)));
            out.push(Field::text(name, &dimension.id).about(dimension.label(&labels)));
        }
        out.push(Field::text("inherited_from", speech.t("inherited from", "geërfd van")));
        for rule in &self.judgement.rules {
            let (name, label) = (column(&rule.id), rule.label(&labels));
            match rule.asks {
                Asks::Needs(_) => out.push(Field::text(named(name), label)),
                Asks::Counts(_) => {
                    out.push(Field::integer(named(format!("{name}_at_least")), format!("{label} ≥")).about(
                        speech.t(
                            "from known effects alone: a lower bound",
                            "uit bekende effecten alleen: een ondergrens",
                        ),
                    ));
                    out.push(
                        Field::text(
                            named(format!("{name}_stated")),
                            format!("{label} {}", speech.t("stated", "vermeld")),
                        )
                        .about(speech.t("as the codebook states it", "zoals het codeboek die vermeldt")),
                    );
                }
            }
        }
        out
    }

    fn judged(&self, code: usize) -> Vec<Value> {
        let book = &self.ground.coded.codebook;
        let effects: Vec<_> = self.declared().map(|d| self.judgement.effect(book, code, &d.id)).collect();
        let mut out: Vec<Value> = effects.iter().map(|e| Value::text(e.declared.sign().as_str())).collect();
        let mut from: Vec<&str> = Vec::new();
        for effect in effects.iter().filter(|e| e.inherited) {
            let id = book.codes[effect.from].id.as_str();
            if !from.contains(&id) {
                from.push(id);
            }
        }
        out.push(if from.is_empty() { Value::Na } else { Value::text(from.join(" ")) });
        for rule in &self.judgement.rules {
            match &rule.asks {
                Asks::Needs(needs) => {
                    out.push(Value::text(self.judgement.verdict(book, code, needs).as_str()));
                }
                Asks::Counts(of) => {
                    out.push(Value::integer(self.judgement.degree(book, code, of).at_least as u64));
                    let stated = self.judgement.stated_degree(book, code);
                    out.push(Value::maybe_text(stated.and_then(|s| s.declared.value)));
                }
            }
        }
        out
    }

    /// The dimensions on which some code declares an effect.
    fn declared(&self) -> impl Iterator<Item = &model::effects::Dimension> {
        let book = &self.ground.coded.codebook;
        self.judgement.dimensions.iter().filter(|d| self.judgement.is_declared(book, &d.id))
    }

    fn judged_notes(&self, speech: &Speech) -> Vec<String> {
        let labels = speech.labels();
        let mut out = vec![
            speech
                .t(
                    "effects: + more, - less, ? the source calls it uncertain, empty: none, unknown: not known and not filled in; open: depends on what is not known",
                    "effecten: + meer, - minder, ? volgens de bron onzeker, leeg: geen, unknown: niet bekend en niet ingevuld; open: hangt af van wat niet bekend is",
                )
                .to_owned(),
        ];
        out.extend(
            self.judgement
                .rules
                .iter()
                .filter_map(|rule| Some(format!("{}: {}", rule.label(&labels), rule.definition(&labels)?))),
        );
        out
    }

    /// Per case, its activities.
    fn activities(&self, speech: &Speech) -> Sheet {
        let labels = speech.labels();
        let book = &self.ground.coded.codebook;
        let mut out = Sheet::new(
            "profile_activities",
            speech.t("Activities of the package", "Activiteiten van het pakket"),
        );
        out.facts = self.facts(speech);
        out.fields = vec![
            Field::text("code", "code"),
            Field::text("label", speech.t("label", "naam")),
            Field::integer("passages", speech.t("passages", "fragmenten")),
        ];
        let (head, mut names) = self.names(&out);
        out.fields.insert(0, head);
        out.fields.extend(self.judged_fields(&mut names, speech));
        for (case, activity) in self.rows() {
            let code = &book.codes[activity.code];
            let mut row = vec![
                Value::text(&self.found.groups[case].id),
                Value::text(&code.id),
                Value::text(code.label(&labels)),
                Value::integer(activity.passages.len() as u64),
            ];
            row.extend(self.judged(activity.code));
            out.rows.push(row);
        }
        out.notes = self.notes(speech);
        // What the rules say stands below the codes.
        out.notes.extend(self.judged_notes(speech).into_iter().next());
        out
    }

    /// The codes that declare effects themselves.
    fn codes(&self, speech: &Speech) -> Sheet {
        let labels = speech.labels();
        let book = &self.ground.coded.codebook;
        let mut out = Sheet::new(
            "profile_codes",
            speech.t("What the rules say of each code", "Wat de regels van elke code zeggen"),
        );
        out.fields = vec![Field::text("code", "code"), Field::text("label", speech.t("label", "naam"))];
        let (_, mut names) = self.names(&out);
        out.fields.extend(self.judged_fields(&mut names, speech));
        for (place, code) in book.codes.iter().enumerate() {
            let own = code.codebook == self.judgement.book && model::effects::declares(code);
            if own && code.merged_into.is_none() {
                let mut row = vec![Value::text(&code.id), Value::text(code.label(&labels))];
                row.extend(self.judged(place));
                out.rows.push(row);
            }
        }
        out.notes.extend(self.judgement.note(&labels).map(str::to_owned));
        out.notes.extend(self.judged_notes(speech));
        out
    }

    fn behind_dimension(&self, at: At) -> Option<Vec<Passage>> {
        let dimensions = self.judgement.dimensions.len();
        let case = *self.cases.get(at.row / dimensions)?;
        let what = *COUNTED.get(at.column.checked_sub(BEFORE)?)?;
        let counted = self.counted(case, at.row % dimensions, what);
        let mut passages: Vec<Passage> = counted.into_iter().flat_map(|(_, p)| p.iter().cloned()).collect();
        passages.sort_by(|a, b| (a.document, a.span, &a.codings).cmp(&(b.document, b.span, &b.codings)));
        Some(passages)
    }
}

/// An id as part of a column's name: lower-case letters, digits and `_`.
fn column(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
}
