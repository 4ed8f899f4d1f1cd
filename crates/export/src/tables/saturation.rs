//! Code saturation: how many new codes each interview brings, in order of date, beside what other orders
//! would have shown; and the rule of Guest, Namey and Chen.
//!
//! Only codes made while reading can be new in an interview: those whose origin is inductive or in vivo.
//! A code counts where it is itself put on a text; a code that only gathers others is not new there.

use std::collections::{BTreeMap, BTreeSet};

use agreement::saturation::{Guest, band, guest, new_codes};
use model::codebook::Code;
use model::ground::Ground;

use crate::ask::At;
use crate::frequencies::readers;
use crate::grouping::Passage;
use crate::options::{Options, TableError};
use crate::package::typed::date;
use crate::reader::Reader;
use crate::refusal::Refusal;
use crate::sheet::{Fact, Field, Sheet, Value};
use crate::speech::Speech;
use crate::tables::freq;

/// What a table of saturation is asked to be.
#[derive(Clone, Debug)]
pub struct Saturation {
    /// Whose codings and words count; its rows and its count rule are not used.
    pub options: Options,
    /// The rule by which saturation is called.
    pub rule: Guest,
    /// How many shuffled orders the band is made of.
    pub orders: usize,
    /// The seed of the shuffling.
    pub seed: u64,
}

impl Default for Saturation {
    fn default() -> Self {
        Self { options: Options::default(), rule: Guest::default(), orders: 1_000, seed: 1 }
    }
}

/// One interview.
struct Interview<'a> {
    reader: Reader<'a>,
    /// The codes found in it, by their places, each with its passages.
    codes: BTreeMap<usize, Vec<Passage>>,
}

/// What is found in one interview.
pub(crate) struct Found {
    /// Place of the document.
    pub(crate) document: usize,
    /// Its codes, whether they are new in it, and their passages.
    pub(crate) codes: Vec<(usize, bool, Vec<Passage>)>,
}

/// The columns in which new codes, and all codes so far, are counted.
pub(crate) const NEW: usize = 4;
/// The column of the codes of the interview.
pub(crate) const CODES: usize = 5;
/// The column of new codes by name.
pub(crate) const NAMES: usize = 12;

impl Saturation {
    /// The table: one row per interview that was begun.
    ///
    /// # Errors
    /// [`TableError`]: all codes are deductive, nothing was begun, or whose codings count is not told.
    pub fn sheet(&self, ground: Ground<'_>, speech: &Speech) -> Result<Sheet, TableError> {
        let (interviews, left_out) = self.interviews(ground)?;
        let book = &ground.coded.codebook;
        let sets: Vec<BTreeSet<usize>> =
            interviews.iter().map(|i| i.codes.keys().copied().collect()).collect();
        let new = new_codes(&sets);
        let judged = guest(&new, self.rule);
        let met = band(&sets, self.orders, self.seed);
        let t = |en, nl| speech.t(en, nl).to_owned();
        let mut out = Sheet::new(
            "saturation",
            t("Code saturation: new codes per interview", "Verzadiging: nieuwe codes per interview"),
        );
        out.fields = vec![
            Field::text("document", "document"),
            Field::integer("order", t("nr", "nr")),
            Field::text("date", t("date", "datum")),
            Field::text("status", "status"),
            Field::integer("new", t("new", "nieuw"))
                .about(t("codes that no interview before it had", "codes die geen eerder interview had")),
            Field::integer("codes", t("in it", "erin"))
                .about(t("codes found in it", "codes die erin gevonden zijn")),
            Field::integer("total", t("so far", "tot nu"))
                .about(t("different codes so far", "verschillende codes tot nu toe")),
            Field::number("mean", t("mean", "gemiddeld"), 1).about(t(
                "mean of that over all orders of the interviews, exact",
                "gemiddelde daarvan over alle volgordes van de interviews, exact",
            )),
            Field::integer("low", t("band from", "band van")).about(t(
                "2.5th percentile over the shuffled orders",
                "2,5e percentiel over de geschudde volgordes",
            )),
            Field::integer("high", t("to", "tot")).about(t(
                "97.5th percentile over the shuffled orders",
                "97,5e percentiel over de geschudde volgordes",
            )),
            Field::integer("run_new", t("new in run", "nieuw in reeks"))
                .about(t("new codes in the run that ends here", "nieuwe codes in de reeks die hier eindigt")),
            Field::number("run_share", t("of base", "van basis"), 3).about(t(
                "the same as a share of the codes in the base",
                "hetzelfde als deel van de codes in de basis",
            )),
            Field::text("new_codes", t("which", "welke")),
        ];
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for (i, interview) in interviews.iter().enumerate() {
            let names: Vec<&str> = interview
                .codes
                .keys()
                .filter(|c| seen.insert(**c))
                .map(|c| book.codes[*c].id.as_str())
                .collect();
            let run = judged.runs.iter().find(|(end, _, _)| *end == i + 1);
            out.rows.push(vec![
                Value::text(&interview.reader.document.id),
                Value::integer(i as u64 + 1),
                Value::text(&interview.reader.document.date),
                Value::text(if interview.reader.done { "done" } else { "begun" }),
                Value::integer(new[i] as u64),
                Value::integer(interview.codes.len() as u64),
                Value::integer(seen.len() as u64),
                Value::Number(met[i].mean),
                if self.orders == 0 { Value::Na } else { Value::integer(met[i].low as u64) },
                if self.orders == 0 { Value::Na } else { Value::integer(met[i].high as u64) },
                run.map_or(Value::Na, |(_, n, _)| Value::integer(*n as u64)),
                Value::maybe_number(run.and_then(|(_, _, share)| *share)),
                Value::text(names.join(" ")),
            ]);
        }
        out.facts = self.facts(&judged, speech);
        out.notes = self.notes(&interviews, left_out, &judged, speech);
        Ok(out)
    }

    /// The passages of the codes that a number counts.
    ///
    /// # Errors
    /// As [`Self::sheet`].
    pub fn behind(&self, ground: Ground<'_>, at: At) -> Result<Option<Vec<Passage>>, TableError> {
        let (interviews, _) = self.interviews(ground)?;
        let Some(interview) = interviews.get(at.row) else { return Ok(None) };
        let before: BTreeSet<usize> =
            interviews.iter().take(at.row).flat_map(|i| i.codes.keys().copied()).collect();
        let all = match at.column {
            NEW | NAMES => false,
            CODES => true,
            _ => return Ok(None),
        };
        let mut passages: Vec<Passage> = interview
            .codes
            .iter()
            .filter(|(code, _)| all || !before.contains(code))
            .flat_map(|(_, p)| p.iter().cloned())
            .collect();
        passages.sort_by(|a, b| (a.span, &a.codings).cmp(&(b.span, &b.codings)));
        Ok(Some(passages))
    }

    /// What is found in each interview, in order: the same as [`Self::behind`] for every row in turn, in one
    /// pass.
    pub(crate) fn all_behind(&self, ground: Ground<'_>) -> Result<Vec<Found>, TableError> {
        let (interviews, _) = self.interviews(ground)?;
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let found = |interview: Interview<'_>| {
            let document = interview.reader.place;
            let new = |(code, passages)| (code, seen.insert(code), passages);
            Found { document, codes: interview.codes.into_iter().map(new).collect() }
        };
        Ok(interviews.into_iter().map(found).collect())
    }

    /// The documents that were begun, in order of date (those without one last), each with the codes made
    /// while reading that are found in it; and how many documents were not begun.
    fn interviews<'a>(&self, ground: Ground<'a>) -> Result<(Vec<Interview<'a>>, usize), TableError> {
        let book = &ground.coded.codebook;
        let inductive: Vec<bool> =
            book.codes.iter().map(|c| c.merged_into.is_none() && is_inductive(c)).collect();
        if !inductive.contains(&true) {
            let codes = book.codes.iter().filter(|c| c.merged_into.is_none()).count();
            return Err(TableError::Refused(Refusal::NotInductive(codes)));
        }
        let (_, readers) = readers(ground.corpus, ground.state, ground.coded, &self.options)?;
        let all = readers.len();
        let mut out: Vec<Interview<'a>> = readers
            .into_iter()
            .filter(|r| r.begun && !r.document.text.is_empty())
            .map(|reader| Interview { codes: found(&reader, &inductive), reader })
            .collect();
        if out.is_empty() {
            return Err(TableError::Refused(Refusal::NoReading));
        }
        out.sort_by(|a, b| {
            let key = |i: &Interview<'a>| date(&i.reader.document.date);
            (key(a).is_none(), key(a)).cmp(&(key(b).is_none(), key(b)))
        });
        let left_out = all - out.len();
        Ok((out, left_out))
    }

    fn facts(&self, judged: &agreement::saturation::Judged, speech: &Speech) -> Vec<Fact> {
        let reached =
            judged.reached.map_or_else(|| "no".to_owned(), |before| format!("{before}+{}", self.rule.run));
        let mut facts = vec![
            Fact::new("base", speech.t("base", "basis"), self.rule.base.to_string()),
            Fact::new("run", speech.t("run", "reeks"), self.rule.run.to_string()),
            Fact::new("threshold", speech.t("threshold", "drempel"), self.rule.threshold.to_string()),
            Fact::new("reached", speech.t("reached", "bereikt"), reached),
            Fact::new("orders", speech.t("orders", "volgordes"), self.orders.to_string()),
            Fact::new("seed", speech.t("seed", "startgetal"), self.seed.to_string()),
        ];
        facts.extend(freq::facts(&self.options, speech).into_iter().filter(|f| f.name != "count"));
        facts
    }

    fn notes(
        &self,
        interviews: &[Interview<'_>],
        left_out: usize,
        judged: &agreement::saturation::Judged,
        speech: &Speech,
    ) -> Vec<String> {
        let Guest { base, run, threshold } = self.rule;
        // As it was asked for: 0.07 times 100 is not quite 7.
        let percent = (threshold * 1e8).round() / 1e6;
        let dutch = speech.language == crate::speech::Language::Dutch;
        let mut notes = Vec::new();
        let rule = if dutch {
            "Regel van Guest, Namey en Chen (2020)"
        } else {
            "Rule of Guest, Namey and Chen (2020)"
        };
        notes.push(match (judged.reached, judged.runs.is_empty(), judged.base_codes) {
            (_, true, _) => {
                let need = base + run;
                if dutch {
                    format!("{rule}: nog niet te zeggen; basis en reeks vragen {need} interviews, er zijn er {}", interviews.len())
                } else {
                    format!("{rule}: cannot be told yet; base and run need {need} interviews, there are {}", interviews.len())
                }
            }
            (_, _, 0) => {
                if dutch {
                    format!("{rule}: niet te zeggen, want in de basis van {base} interviews is geen code gevonden")
                } else {
                    format!("{rule}: cannot be told, as no code was found in the base of {base} interviews")
                }
            }
            (Some(before), _, codes) => {
                if dutch {
                    format!("{rule}: drempel van {percent} % bereikt bij {before}+{run}: na {before} interviews brachten er {run} hoogstens {percent} % van de {codes} codes van de eerste {base}")
                } else {
                    format!("{rule}: threshold of {percent} % reached at {before}+{run}: after {before} interviews, {run} brought at most {percent} % of the {codes} codes of the first {base}")
                }
            }
            (None, _, codes) => {
                if dutch {
                    format!("{rule}: drempel van {percent} % niet bereikt; elke reeks van {run} bracht meer dan {percent} % van de {codes} codes van de eerste {base}")
                } else {
                    format!("{rule}: threshold of {percent} % not reached; every run of {run} brought more than {percent} % of the {codes} codes of the first {base}")
                }
            }
        });
        notes.push(if dutch {
            format!("band: 95 % van {} geschudde volgordes (startgetal {})", self.orders, self.seed)
        } else {
            format!("band: 95 % of {} shuffled orders (seed {})", self.orders, self.seed)
        });
        notes.push(speech.t(
            "only codes made while reading are counted (origin inductive or in-vivo), each where it is itself put on the text",
            "alleen codes die tijdens het lezen ontstonden tellen (oorsprong inductief of in vivo), elk waar zij zelf op de tekst staat",
        ).to_owned());
        let begun = interviews.iter().filter(|i| !i.reader.done).count();
        if begun > 0 {
            notes.push(format!(
                "{} {begun}",
                speech.t(
                    "begun and not done, so more codes may come; interviews:",
                    "begonnen en niet gereed, dus er kunnen codes bij komen; interviews:"
                )
            ));
        }
        if left_out > 0 {
            notes.push(format!(
                "{} {left_out}",
                speech.t(
                    "not in this table, as nobody has begun them; documents:",
                    "niet in deze tabel, want niemand is eraan begonnen; documenten:"
                )
            ));
        }
        if interviews.iter().any(|i| date(&i.reader.document.date).is_none()) {
            notes.push(
                speech
                    .t(
                        "documents without a date (as 2026-02-03) come last, in the order of documents.csv",
                        "documenten zonder datum (als 2026-02-03) komen achteraan, in de volgorde van documents.csv",
                    )
                    .to_owned(),
            );
        }
        notes.push(speech.t(
            "that no new codes come says something of these codes and this sample; it does not say that nothing is left to understand",
            "dat er geen nieuwe codes komen zegt iets over deze codes en deze steekproef, niet dat er niets meer te begrijpen valt",
        ).to_owned());
        notes
    }
}

/// Whether a code was made while reading.
fn is_inductive(code: &Code) -> bool {
    code.fields.get("origin").and_then(|o| o.as_str()).is_some_and(|o| matches!(o, "inductive" | "in-vivo"))
}

/// The wanted codes of one document with their passages.
fn found(reader: &Reader<'_>, wanted: &[bool]) -> BTreeMap<usize, Vec<Passage>> {
    let placed = reader.layers.iter().flatten().map(|p| p.code as usize);
    let codes: BTreeSet<usize> = placed.filter(|code| wanted[*code]).collect();
    let with = codes.into_iter().map(|code| (code, reader.passages(|p| p.code as usize == code)));
    with.filter(|(_, passages)| !passages.is_empty()).collect()
}
