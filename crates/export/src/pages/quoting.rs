//! Quoting: which words of a passage may be printed, whose they are, and under which name.
//!
//! Who must not be quoted (`quote` is `no` in `speakers.csv`) is quoted nowhere. Attributions take
//! `cite_as` of document and case, and call speakers by what they are in the conversation, never by
//! their labels, which may be names.

use std::cmp::Reverse;

use model::codebook::Codebook;
use model::corpus::{Case, Corpus, Document};
use model::ground::Ground;
use model::id::ThingId;
use model::name::Name;
use model::span::Span;
use model::turn::Role;
use rustc_hash::FxHashMap;

use crate::grouping::Passage;
use crate::leave::Leave;
use crate::page::Quote;
use crate::shown::{Shown, case_word};
use crate::speech::{Language, Speech};

/// Puts passages into words.
#[derive(Clone, Debug)]
pub struct Quoting<'a> {
    ground: Ground<'a>,
    speech: &'a Speech,
    /// What cases, documents and coders are called.
    shown: Shown,
}

/// A passage that may be quoted, with what decides which is taken first.
struct Candidate<'p> {
    passage: &'p Passage,
    case: usize,
    exemplar: bool,
    ask: bool,
    handy: bool,
}

/// Words of a quote that is neither a scrap nor a page.
const HANDY: std::ops::RangeInclusive<u32> = 8..=60;

/// What stands in tables for people where there is no case.
fn no_case(word: &str, language: Language) -> String {
    match language {
        Language::English => format!("(no {word})"),
        Language::Dutch => format!("(geen {word})"),
    }
}

/// Whether what stands for a case in a table for people says, in either language, that there is none.
pub fn is_no_case(corpus: &Corpus, said: &str) -> bool {
    [Language::English, Language::Dutch].into_iter().any(|language| {
        let speech = Speech::new(language, std::iter::empty::<&str>());
        said == no_case(case_word(corpus, &speech), language)
    })
}

impl<'a> Quoting<'a> {
    /// Quotes of a study, in which everybody stands under these names.
    pub const fn new(ground: Ground<'a>, speech: &'a Speech, shown: Shown) -> Self {
        Self { ground, speech, shown }
    }

    /// Under which names everybody stands.
    pub(crate) const fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Whether names are kept out.
    pub const fn is_anonymous(&self) -> bool {
        self.shown.is_anonymous()
    }

    /// The study's own word for a case.
    pub fn case_word(&self) -> &'a str {
        case_word(self.ground.corpus, self.speech)
    }

    /// What to call a case.
    pub fn case(&self, id: &str) -> String {
        if id.is_empty() {
            return no_case(self.case_word(), self.speech.language);
        }
        if self.is_anonymous() {
            return self.shown.case(id);
        }
        self.ground.corpus.case(id).map_or_else(|| id.to_owned(), |case| case.name.clone())
    }

    /// What to call a case beside attributions: as it is to be cited, where that is told.
    pub fn cited_case(&self, id: &str) -> String {
        match self.ground.corpus.case(id) {
            Some(case) if !self.is_anonymous() && !case.cite_as.is_empty() => case.cite_as.clone(),
            _ => self.case(id),
        }
    }

    /// What to call a document.
    pub fn document(&self, at: usize) -> String {
        let Some(document) = self.ground.corpus.documents.get(at) else { return String::new() };
        if self.is_anonymous() { self.shown.document(&document.id) } else { document.title.clone() }
    }

    /// What to call a coder.
    pub fn coder(&self, name: &Name) -> String {
        self.shown.coder(self.ground.coded.coders.canonical(name))
    }

    /// What a speaker is in the conversation: `respondent 2`. Numbers only where several are the same.
    pub fn speaker(&self, document: &Document, label: Option<&str>) -> String {
        let role = label.and_then(|l| document.speaker(l)).map_or(Role::Respondent, |s| s.role);
        let word = match role {
            Role::Interviewer => self.speech.t("interviewer", "interviewer"),
            Role::Respondent => self.speech.t("respondent", "respondent"),
            Role::Other => self.speech.t("somebody else", "iemand anders"),
        };
        let same: Vec<&str> =
            document.speakers.iter().filter(|s| s.role == role).map(|s| s.label.as_str()).collect();
        let at = same.iter().position(|l| Some(*l) == label);
        if same.len() > 1 && at.is_some() { numbered(word, at) } else { word.to_owned() }
    }

    /// The turns of which a span holds what was said, each with that.
    fn turns(document: &Document, span: Span) -> Vec<(&model::turn::Turn, Span)> {
        let touched = document.turns.get(document.turns_touched(span)).unwrap_or_default();
        touched.iter().filter_map(|t| Some((t, t.speech().intersect(span)?))).collect()
    }

    /// Whether anything is said in a span.
    fn is_spoken(document: &Document, span: Span) -> bool {
        document.turns.is_empty() || !Self::turns(document, span).is_empty()
    }

    /// What is said in a span, on one line; where several speak, each with what they are. Labels are not
    /// said.
    pub fn said(&self, document: &Document, span: Span) -> String {
        let flat = |span: Span| document.text.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let turns = Self::turns(document, span);
        match turns.as_slice() {
            [] if document.turns.is_empty() => flat(span),
            // It stands on a label, or beside the turns.
            [] => String::new(),
            [(_, one)] => flat(*one),
            many => {
                let one = |(turn, said): &(&model::turn::Turn, Span)| {
                    format!("[{}] {}", self.speaker(document, turn.speaker.as_deref()), flat(*said))
                };
                many.iter().map(one).collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// To whom words are attributed: case and document as they are to be cited, and which respondent
    /// where a document has several.
    pub fn attribution(&self, document: usize, span: Span, case: Option<&str>) -> String {
        let Some(text) = self.ground.corpus.documents.get(document) else { return String::new() };
        let case = case.and_then(|id| self.ground.corpus.case(id));
        let cited = |case: &Case| (!case.cite_as.is_empty()).then(|| self.cited_case(&case.id));
        let mut out: Vec<String> = case.and_then(cited).into_iter().collect();
        if !text.cite_as.is_empty() && !self.is_anonymous() {
            out.push(text.cite_as.clone());
        } else if out.is_empty() || self.is_anonymous() {
            out.push(self.document(document));
        }
        let speakers: Vec<&str> =
            Self::turns(text, span).into_iter().filter_map(|(t, _)| t.speaker.as_deref()).collect();
        let respondents = text.speakers.iter().filter(|s| s.role == Role::Respondent).count();
        let first = speakers.into_iter().find(|l| text.speaker(l).is_none_or(|s| s.role == Role::Respondent));
        if let (true, Some(first)) = (respondents > 1, first) {
            out.push(self.speaker(text, Some(first)));
        }
        out.join(", ")
    }

    /// What is quoted of a passage: the coding that is marked as an example, else the one that is
    /// translated, else the whole passage.
    fn chosen(&self, passage: &Passage) -> (Span, Option<ThingId>) {
        let state = self.ground.state;
        let exemplar = passage.codings.iter().find(|id| state.is_exemplar(**id));
        let translated = passage.codings.iter().find(|id| !state.translations(**id).is_empty());
        let chosen = exemplar.or(translated).copied();
        let here = self.ground.coded.in_document(passage.document);
        let span = chosen.and_then(|id| here.iter().find(|p| p.id == id)).map(|p| p.span);
        (span.unwrap_or(passage.span), chosen)
    }

    /// Whether a passage holds a coding that is marked as an example.
    pub fn is_exemplar(&self, passage: &Passage) -> bool {
        passage.codings.iter().any(|id| self.ground.state.is_exemplar(*id))
    }

    /// A passage as a quote; withheld where it must not be quoted.
    pub fn quote(&self, passage: &Passage, case: Option<&str>) -> Quote {
        let (span, chosen) = self.chosen(passage);
        self.quote_of(passage.document, span, chosen, case)
    }

    /// A whole passage as a quote, with the translation of the coding in it that has one.
    pub fn whole(&self, passage: &Passage, case: Option<&str>) -> Quote {
        let (_, chosen) = self.chosen(passage);
        self.quote_of(passage.document, passage.span, chosen, case)
    }

    fn quote_of(&self, at: usize, span: Span, chosen: Option<ThingId>, case: Option<&str>) -> Quote {
        let Some(document) = self.ground.corpus.documents.get(at) else { return Quote::default() };
        let by = self.attribution(at, span, case);
        let (leave, said) = (Leave::of_span(document, span), self.said(document, span));
        if leave == Leave::Refused || said.is_empty() {
            let text = if leave == Leave::Refused {
                self.speech.t(
                    "not quoted: the speaker has not agreed to it",
                    "niet geciteerd: de spreker stemt daar niet mee in",
                )
            } else {
                self.speech.t("nothing is said here", "hier wordt niets gezegd")
            };
            return Quote { text: text.to_owned(), by, withheld: true, ..Quote::default() };
        }
        let mut tags = Vec::new();
        if leave == Leave::Ask {
            tags.push(self.speech.t("ask before quoting", "vraag voor het citeren").to_owned());
        }
        let written = chosen.map(|id| self.ground.state.translations(id)).unwrap_or_default();
        let wanted = |language: &str| self.speech.labels.iter().position(|l| l == language);
        let mut translations: Vec<(String, String)> = written
            .into_iter()
            .filter(|(language, _)| language.as_str() != document.language)
            .map(|(language, t)| (language.to_string(), t.body.clone()))
            .collect();
        translations.sort_by_key(|(language, _)| wanted(language).unwrap_or(usize::MAX));
        Quote {
            text: said,
            language: document.language.clone(),
            by,
            translations,
            tags,
            withheld: false,
            number: None,
        }
    }

    /// The passages to quote first, at most so many: examples first, then from cases that are not quoted
    /// yet, those of a handy length before others, in order of the documents. Who must not be quoted is
    /// left out, and so is where nothing is said.
    pub fn best<'p>(
        &self,
        passages: impl Iterator<Item = (usize, &'p Passage)>,
        most: usize,
    ) -> Vec<(usize, &'p Passage)> {
        let mut left: Vec<Candidate<'p>> = passages
            .filter_map(|(case, passage)| {
                let document = self.ground.corpus.documents.get(passage.document)?;
                let (span, _) = self.chosen(passage);
                let leave = Leave::of_span(document, span);
                let quotable = leave != Leave::Refused && Self::is_spoken(document, span);
                quotable.then(|| Candidate {
                    passage,
                    case,
                    exemplar: self.is_exemplar(passage),
                    ask: leave == Leave::Ask,
                    handy: HANDY.contains(&document.words().within(span)),
                })
            })
            .collect();
        let mut used: FxHashMap<usize, u32> = FxHashMap::default();
        let mut out = Vec::new();
        while out.len() < most && !left.is_empty() {
            let key = |c: &Candidate<'_>| {
                let of_case = used.get(&c.case).copied().unwrap_or_default();
                let place = (c.passage.document, c.passage.span);
                (Reverse(c.exemplar), of_case, c.ask, Reverse(c.handy), place)
            };
            let Some(next) = (0..left.len()).min_by_key(|i| key(&left[*i])) else { break };
            let chosen = left.remove(next);
            *used.entry(chosen.case).or_default() += 1;
            out.push((chosen.case, chosen.passage));
        }
        out
    }

    /// How a document is quoted where it has no `cite_as`: a note that says so, if there are any.
    pub fn note(&self) -> Option<String> {
        let open = self.ground.corpus.documents.iter().filter(|d| d.cite_as.is_empty()).count();
        (open > 0 && !self.is_anonymous()).then(|| {
            format!(
                "{} {open}",
                self.speech.t(
                    "without cite_as in documents.csv, and so attributed by their titles; documents:",
                    "zonder cite_as in documents.csv, en daarom met hun titel vermeld; documenten:"
                )
            )
        })
    }
}

/// A word with the number of a place, counted from one.
fn numbered(word: &str, at: Option<usize>) -> String {
    at.map_or_else(|| format!("{word} ?"), |at| format!("{word} {}", at + 1))
}

/// Words between quotation marks, at most so many characters.
pub fn short(text: &str, most: usize) -> String {
    format!("“{}”", cut(text, most))
}

/// At most so many characters, cut between words where that is near.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(whole, _)| whole);
    let kept = if whole.chars().count() * 2 > most { whole } else { &head };
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.']))
}

/// A code's label, below which codes it stands told by indentation.
pub fn indented(book: &Codebook, at: usize, languages: &[&str]) -> String {
    let code = &book.codes[at];
    let label = code.label(languages);
    match code.depth {
        0 => label.to_owned(),
        depth => format!("{}{label}", "– ".repeat(depth as usize)),
    }
}
