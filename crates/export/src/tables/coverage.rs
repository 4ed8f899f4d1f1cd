//! How much is coded: the share of counted words that lie in a passage, and long turns without one.

use model::codebook::Status::Fixed;
use model::ground::Ground;
use model::reading::Readings;
use model::span::{Span, unite};

use crate::ask::At;
use crate::asked::{Asked, Known};
use crate::frequencies::readers;
use crate::gather::unions;
use crate::grouping::{Grouping, Passage};
use crate::names::Names;
use crate::options::{By, Options, TableError};
use crate::reader::Reader;
use crate::sheet::{Fact, Field, Sheet, Value};
use crate::speech::Speech;
use crate::spread::Spread;
use crate::tables::freq;

/// From how many words on a turn is long, where nothing else is asked for.
pub const LONG: u32 = 50;
/// How much of a turn is shown, in characters.
const BEGINNING: usize = 120;

/// What a table of coverage is asked to be.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// Whose codings and words. Its rows, codes and count rule are not looked at.
    pub options: Options,
    /// From how many words on a turn is long.
    pub long: u32,
    /// The long uncoded turns instead of the documents.
    pub turns: bool,
}

impl Default for Coverage {
    fn default() -> Self {
        Self { options: Options::default(), long: LONG, turns: false }
    }
}

/// What is coded of one document.
struct Covered {
    /// Passages of any code, united.
    passages: Vec<Span>,
    words: u64,
    coded: u64,
    /// Places of the uncoded turns among the counted ones.
    uncoded: Vec<usize>,
}

impl Covered {
    fn of(ground: Ground<'_>, reader: &Reader<'_>) -> Self {
        // Where coders are intersected they must share a code, or one above it, on the text.
        let mut spread = Spread::of(ground.coded, reader, |_, _| Some(0));
        let mut spans: Vec<Span> = spread.values_mut().flat_map(unions).collect();
        let mut passages = unite(&mut spans);
        passages.retain(|s| reader.counted.touches(*s));
        let coded = passages.iter().map(|s| u64::from(reader.counted.words(reader.document, *s))).sum();
        let mut touched = vec![false; reader.counted.turns.len()];
        for (turn, touched) in reader.counted.turns.iter().zip(&mut touched) {
            let at = passages.partition_point(|s| s.end <= turn.span.start);
            *touched = passages.get(at).is_some_and(|s| s.start < turn.span.end);
        }
        let uncoded = (0..touched.len()).filter(|turn| !touched[*turn]).collect();
        Self { passages, words: reader.counted.all_words(), coded, uncoded }
    }

    /// The uncoded turns that are long.
    fn long<'a>(&'a self, reader: &'a Reader<'_>, long: u32) -> impl Iterator<Item = usize> + 'a {
        self.uncoded.iter().copied().filter(move |turn| reader.counted.turns[*turn].words >= long)
    }
}

/// How far a document was read, by the place of its row: done where it was begun and, for every fixed code
/// that was asked about there, read to the end. What was not asked cannot be read for.
fn status(ground: Ground<'_>, reader: &Reader<'_>, asked: &Asked<'_>, row: usize) -> &'static str {
    if !reader.begun {
        return "no";
    }
    let codes = ground.coded.codebook.codes.iter().enumerate();
    let mut fixed =
        codes.filter(|(_, c)| c.status == Fixed && !c.retired && c.merged_into.is_none()).peekable();
    let mut spread = Spread::of(ground.coded, reader, |_, _| Some(row));
    let mut is_open = |code: usize| asked.known(row, code, || spread.finds(reader, row, code)) == Known::Open;
    if fixed.peek().is_none() || fixed.any(|(code, _)| is_open(code)) { "partly" } else { "done" }
}

impl Coverage {
    /// The table.
    ///
    /// # Errors
    /// As [`crate::frequencies`].
    pub fn sheet(&self, ground: Ground<'_>, speech: &Speech) -> Result<Sheet, TableError> {
        let (readings, readers) = readers(ground.corpus, ground.state, ground.coded, &self.options)?;
        let mut sheet = if self.turns {
            self.list(ground, &readers, speech)
        } else {
            self.documents(ground, &readings, &readers, speech)
        };
        sheet.facts =
            vec![Fact::new("long", speech.t("long from words", "lang vanaf woorden"), self.long.to_string())];
        sheet.facts.extend(freq::facts(&self.options, speech).into_iter().filter(|f| f.name != "count"));
        if ground.coded.waiting() > 0 {
            sheet.notes.push(format!(
                "{} {}",
                speech.t(
                    "not counted as coded, as a person must decide where they stand; codings:",
                    "niet als gecodeerd geteld, want iemand moet hun plaats bepalen; coderingen:"
                ),
                ground.coded.waiting()
            ));
        }
        Ok(sheet)
    }

    fn case_field(ground: Ground<'_>, others: &[&str]) -> Field {
        let heading = By::Case.heading(ground.corpus);
        let taken = others.iter().copied().chain(["long", "reading", "roles", "where"]);
        let mut names = Names::without(taken);
        Field::text(names.head(&heading, "case"), heading)
    }

    fn documents(
        &self,
        ground: Ground<'_>,
        readings: &Readings,
        readers: &[Reader<'_>],
        speech: &Speech,
    ) -> Sheet {
        let title = speech.t("what is coded of what was said", "wat gecodeerd is van wat gezegd is");
        let mut out = Sheet::new("coverage", title);
        let others = [
            "document",
            "status",
            "words",
            "coded",
            "percent",
            "turns",
            "uncoded_turns",
            "long_turns",
            "longest",
        ];
        out.fields = vec![
            Field::text("document", "document"),
            Self::case_field(ground, &others),
            Field::text("status", speech.t("read", "gelezen")),
            Field::integer("words", speech.t("words", "woorden")),
            Field::integer("coded", speech.t("coded", "gecodeerd")),
            Field::number("percent", "%", 1),
            Field::integer("turns", speech.t("turns", "beurten")),
            Field::integer("uncoded_turns", speech.t("uncoded", "ongecodeerd")),
            Field::integer("long_turns", speech.t("of these long", "waarvan lang")),
            Field::integer("longest", speech.t("longest", "langste")),
        ];
        let (mut words, mut coded, mut turns, mut uncoded, mut long_turns) = (0, 0, 0, 0, 0);
        let by_document = Options { by: By::Document, ..self.options.clone() };
        let grouping = Grouping::new(ground.corpus, readers, &by_document);
        for (reader, belongs) in readers.iter().zip(&grouping.belongs) {
            let covered = Covered::of(ground, reader);
            let asked = Asked::of(readings, reader, &grouping, belongs);
            let mut row = vec![
                Value::text(&reader.document.id),
                Value::maybe_text(reader.document.case.as_deref()),
                // Rows are the documents in their order.
                Value::text(status(ground, reader, &asked, reader.place)),
                Value::integer(covered.words),
            ];
            if reader.begun {
                let long = covered.long(reader, self.long).count();
                let longest = covered.uncoded.iter().map(|turn| reader.counted.turns[*turn].words).max();
                row.extend([
                    Value::integer(covered.coded),
                    percent(covered.coded, covered.words),
                    Value::integer(reader.counted.turns.len()),
                    Value::integer(covered.uncoded.len()),
                    Value::integer(long),
                    longest.map_or(Value::Na, Value::integer),
                ]);
                words += covered.words;
                coded += covered.coded;
                turns += reader.counted.turns.len();
                uncoded += covered.uncoded.len();
                long_turns += long;
            } else {
                row.extend([Value::Na, Value::Na, Value::integer(reader.counted.turns.len())]);
                row.resize(out.fields.len(), Value::Na);
            }
            out.rows.push(row);
        }
        out.totals = vec![vec![
            Value::text(speech.t("all that was begun", "al wat begonnen is")),
            Value::Na,
            Value::Na,
            Value::integer(words),
            Value::integer(coded),
            percent(coded, words),
            Value::integer(turns),
            Value::integer(uncoded),
            Value::integer(long_turns),
            Value::Na,
        ]];
        out.notes.push(
            speech
                .t(
                    "more is not better: what is beside the question should stay uncoded",
                    "meer is niet beter: wat naast de vraag ligt hoort ongecodeerd te blijven",
                )
                .to_owned(),
        );
        out
    }

    /// The long uncoded turns of documents that were begun, each as the place of its reader and its own.
    fn long_turns(&self, ground: Ground<'_>, readers: &[Reader<'_>]) -> Vec<(usize, usize)> {
        let begun = readers.iter().enumerate().filter(|(_, r)| r.begun);
        begun
            .flat_map(|(at, reader)| {
                let covered = Covered::of(ground, reader);
                covered.long(reader, self.long).map(|turn| (at, turn)).collect::<Vec<_>>()
            })
            .collect()
    }

    fn list(&self, ground: Ground<'_>, readers: &[Reader<'_>], speech: &Speech) -> Sheet {
        let title = speech.t("long turns without a code", "lange beurten zonder code");
        let mut out = Sheet::new("uncoded_turns", title);
        let others = ["document", "turn", "start", "end", "speaker", "words", "text"];
        out.fields = vec![
            Field::text("document", "document"),
            Field::integer("turn", speech.t("turn", "beurt")),
            Field::integer("start", speech.t("start", "begin")),
            Field::integer("end", speech.t("end", "eind")),
            Field::text("speaker", speech.t("speaker", "spreker")),
            Self::case_field(ground, &others),
            Field::integer("words", speech.t("words", "woorden")),
            Field::text("text", speech.t("text", "tekst")),
        ];
        for (at, turn) in self.long_turns(ground, readers) {
            let document = readers[at].document;
            let counted = &readers[at].counted.turns[turn];
            let spoken = document.turns.get(counted.turn);
            let case = spoken.map_or(document.case.as_deref(), |t| document.turn_case(t));
            out.rows.push(vec![
                Value::text(&document.id),
                Value::integer(counted.turn + 1),
                Value::integer(counted.speech.start),
                Value::integer(counted.speech.end),
                Value::maybe_text(spoken.and_then(|t| t.speaker.as_deref())),
                Value::maybe_text(case),
                Value::integer(counted.words),
                Value::text(beginning(document.text.slice(counted.speech))),
            ]);
        }
        out
    }

    /// The passages of any code in the document of a row; for a turn, the turn.
    ///
    /// # Errors
    /// As [`Self::sheet`].
    pub fn behind(&self, ground: Ground<'_>, at: At) -> Result<Option<Vec<Passage>>, TableError> {
        let (_, readers) = readers(ground.corpus, ground.state, ground.coded, &self.options)?;
        if self.turns {
            let turns = self.long_turns(ground, &readers);
            return Ok(turns.get(at.row).map(|(reader, turn)| {
                let reader = &readers[*reader];
                let span = reader.counted.turns[*turn].speech;
                vec![Passage { document: reader.place, span, codings: Vec::new() }]
            }));
        }
        let Some(reader) = readers.get(at.row).filter(|r| r.begun) else { return Ok(None) };
        Ok(Some(coded(ground, reader)))
    }

    /// The passages of any code in each document, in order: the same as [`Self::behind`] for every row in
    /// turn, in one pass. Where nobody has begun there are none.
    pub(crate) fn all_behind(&self, ground: Ground<'_>) -> Result<Vec<Vec<Passage>>, TableError> {
        let (_, readers) = readers(ground.corpus, ground.state, ground.coded, &self.options)?;
        let of = |reader: &Reader<'_>| if reader.begun { coded(ground, reader) } else { Vec::new() };
        Ok(readers.iter().map(of).collect())
    }
}

/// The passages of any code in a document, united, each with its codings.
fn coded(ground: Ground<'_>, reader: &Reader<'_>) -> Vec<Passage> {
    let passage = |span: Span| {
        let here = reader.layers.iter().flatten().filter(|p| p.span.overlaps(span));
        let mut codings: Vec<_> = here.map(|p| p.id).collect();
        codings.sort_unstable();
        Passage { document: reader.place, span, codings }
    };
    Covered::of(ground, reader).passages.into_iter().map(passage).collect()
}

fn percent(part: u64, of: u64) -> Value {
    Value::maybe_number((of > 0).then(|| part as f64 / of as f64 * 100.0))
}

/// The beginning of a text on one line.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = line.chars().take(BEGINNING).collect();
    if cut.len() < line.len() {
        cut.push('…');
    }
    cut
}
