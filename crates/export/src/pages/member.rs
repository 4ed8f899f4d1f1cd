//! The member check: one participant's own words, to be read and approved by them. Nothing that other
//! participants said, and nothing of codes unless asked.

use std::collections::BTreeMap;

use model::corpus::Document;
use model::ground::Ground;
use model::span::{Span, unite};
use model::turn::Role;

use super::quoting::Quoting;
use crate::behind::Behind;
use crate::frequencies::frequencies;
use crate::options::{By, CountRule, Level, Options, TableError};
use crate::page::{Block, Page, Quote, Turn};
use crate::shown::Shown;
use crate::speech::Speech;

/// What a member check is asked to be.
#[derive(Clone, Debug)]
pub struct Member {
    /// Whose codings count.
    pub options: Options,
    /// Place of the document in the corpus.
    pub document: usize,
    /// The participant's label; none for a text without turns.
    pub speaker: Option<String>,
    /// Whether the passages are given with their codes.
    pub codes: bool,
}

/// The respondents of a document, as labels in order of appearance.
pub fn participants(document: &Document) -> Vec<&str> {
    let speaks = |label: &str| document.turns.iter().any(|t| t.speaker.as_deref() == Some(label));
    let respondents = document.speakers.iter().filter(|s| s.role == Role::Respondent);
    respondents.map(|s| s.label.as_str()).filter(|l| speaks(l)).collect()
}

impl Member {
    /// The participant's transcript and passages.
    ///
    /// # Errors
    /// As [`frequencies`].
    pub fn page(&self, ground: Ground<'_>, speech: &Speech) -> Result<Page, TableError> {
        let document = &ground.corpus.documents[self.document];
        let options = Options {
            by: By::Document,
            level: Level::All,
            count: CountRule::Passages,
            ..self.options.clone()
        };
        let table = frequencies(ground.corpus, ground.state, ground.coded, &options)?;
        let behind = Behind::of(ground, &options)?;
        let title = match &self.speaker {
            Some(label) => format!("{}: {label}", speech.t("Your interview", "Uw interview")),
            None => speech.t("Your interview", "Uw interview").to_owned(),
        };
        let mut page = Page::new("member", title, speech);
        if !document.date.is_empty() {
            page.lead.push(document.date.clone());
        }
        page.heading(1, speech.t("What you said", "Wat u zei"));
        self.transcript(document, speech, &mut page);
        page.heading(1, speech.t("Passages that the study uses", "Fragmenten die het onderzoek gebruikt"));
        // Per stretch of the participant's own speech, the codes that stand on it.
        let mut spans: Vec<Span> = Vec::new();
        let mut codes: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
        let group = table.groups.iter().position(|g| g.id == document.id).unwrap_or_default();
        for column in &table.codes {
            for passage in behind.cell(group, column.place) {
                for own in self.own(document, passage.span) {
                    spans.push(own);
                    codes.entry(own).or_default().push(column.place);
                }
            }
        }
        let quoting = Quoting::new(ground, speech, Shown::default());
        let labels = speech.labels();
        let exemplars: Vec<Span> = ground
            .coded
            .in_document(self.document)
            .iter()
            .filter(|p| ground.state.is_exemplar(p.id))
            .map(|p| p.span)
            .collect();
        let passages = unite(&mut spans);
        if passages.is_empty() {
            page.text(speech.t("None yet.", "Nog geen."));
        }
        for span in passages {
            let text = quoting.said(document, span);
            if text.is_empty() {
                continue;
            }
            let mut tags = Vec::new();
            if exemplars.iter().any(|e| e.overlaps(span)) {
                tags.push(
                    speech
                        .t("may be quoted in the report", "wordt mogelijk geciteerd in het verslag")
                        .to_owned(),
                );
            }
            if self.codes {
                let mut here: Vec<usize> = Vec::new();
                for (own, places) in &codes {
                    if own.overlaps(span) {
                        here.extend(places);
                    }
                }
                here.sort_unstable();
                here.dedup();
                // What stands on a code stands on those above it, which say nothing more.
                let book = &ground.coded.codebook;
                let deepest = here.iter().filter(|c| !here.iter().any(|d| book.parent(*d) == Some(**c)));
                tags.extend(deepest.map(|c| book.codes[*c].label(&labels).to_owned()));
            }
            page.blocks.push(Block::Quote(Quote {
                text,
                language: document.language.clone(),
                tags,
                ..Quote::default()
            }));
        }
        Ok(page)
    }

    /// The parts of a span that the participant said.
    fn own(&self, document: &Document, span: Span) -> Vec<Span> {
        let Some(label) = &self.speaker else { return vec![span] };
        let touched = document.turns.get(document.turns_touched(span)).unwrap_or_default();
        let own = touched.iter().filter(|t| t.speaker.as_deref() == Some(label.as_str()));
        own.filter_map(|t| t.speech().intersect(span)).collect()
    }

    /// The turns of the participant and of interviewers; where others speak, that they do.
    fn transcript(&self, document: &Document, speech: &Speech, page: &mut Page) {
        let Some(label) = &self.speaker else {
            for line in document.text.as_str().lines().filter(|l| !l.trim().is_empty()) {
                page.text(line);
            }
            return;
        };
        let mut left_out = false;
        for turn in &document.turns {
            let own = turn.speaker.as_deref() == Some(label.as_str());
            if !own && document.role(turn) != Role::Interviewer {
                if !left_out {
                    let text =
                        speech.t("somebody else speaks; left out", "iemand anders spreekt; weggelaten");
                    page.blocks.push(Block::Turn(Turn {
                        text: text.to_owned(),
                        left_out: true,
                        ..Turn::default()
                    }));
                }
                left_out = true;
                continue;
            }
            left_out = false;
            let speaker = turn.speaker.clone().unwrap_or_default();
            let text = document.text.slice(turn.speech()).trim().to_owned();
            page.blocks.push(Block::Turn(Turn { speaker: speaker.to_string(), text, own, left_out: false }));
        }
    }
}
