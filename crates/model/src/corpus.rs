//! A corpus: all that was said and all that is known about who said it, loaded and ready to count.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::span::Span;
use crate::text::{Text, TextHash};
use crate::turn::{Role, Turn};
use crate::versioned::Versioned;
use crate::word::Words;

/// Column name and value, in the order of the researcher's table.
pub type Attributes = Vec<(String, String)>;

/// The value of a column, whose name matches without case; `None` where it is missing or empty.
pub fn attribute<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
        .filter(|value| !value.is_empty())
}

/// One person (or sound) of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Speaker {
    /// The label as printed in the transcript.
    pub label: String,
    /// Who that is; empty if not told.
    pub name: String,
    /// What they are in the conversation.
    pub role: Role,
    /// Whether `speakers.csv` tells the role (else it is the default).
    pub role_known: bool,
    /// Their case, when not the document's.
    pub case: Option<String>,
    /// Whether they may be quoted: yes, no, ask; empty if not told.
    pub quote: String,
    /// Every further column.
    pub attributes: Attributes,
}

/// One transcript or other text, with what the researcher knows about it.
#[derive(Debug, Default)]
pub struct Document {
    /// Its id, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// Its title; the id where none is given.
    pub title: String,
    /// Its case.
    pub case: Option<String>,
    /// Kind of document (interview, seminar …); empty if not told.
    pub kind: String,
    /// Language tag; empty if not told.
    pub language: String,
    /// Date as written; empty if not told.
    pub date: String,
    /// How to cite it where names must not be printed; empty if not told.
    pub cite_as: String,
    /// Every further column of `documents.csv`.
    pub attributes: Attributes,
    /// The canonical text; empty when the file is missing.
    pub text: Text,
    /// What is known of a text that is not here, in a corpus that was kept for counting only; none where
    /// the text is what [`Self::text`] says.
    pub unread: Option<Unread>,
    /// Hash of the text at hand.
    pub hash: Option<TextHash>,
    /// Its turns, in order.
    pub turns: Vec<Turn>,
    /// Its speakers, in order of first appearance, then those only in the table.
    pub speakers: Vec<Speaker>,
    /// The words of the text, once they have been asked for; start it empty.
    pub found_words: OnceLock<Words>,
    /// How many of them were spoken, once that has been asked for; start it empty.
    pub found_spoken: OnceLock<u64>,
}

/// What is known of a text that is not here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Its length in code points.
    pub length: u32,
    /// The words said in each turn; where there are no turns, those of the whole text.
    pub spoken: Vec<u32>,
}

impl Default for Text {
    fn default() -> Self {
        Self::from_canonical(String::new())
    }
}

impl Document {
    /// The words of the text; found once, at the first call.
    ///
    /// # Panics
    /// Where the text is not here and its words were not kept either, which would make every count of them 0.
    pub fn words(&self) -> &Words {
        self.found_words.get_or_init(|| {
            assert!(self.unread.is_none(), "the words of {} were not kept", self.id);
            Words::of(&self.text)
        })
    }

    /// How many words were said in a turn, without its label; in a document without turns, at 0, how many
    /// there are.
    pub fn words_said(&self, turn: usize) -> u32 {
        match (&self.unread, self.turns.get(turn)) {
            (Some(unread), _) => unread.spoken.get(turn).copied().unwrap_or_default(),
            (None, Some(turn)) => self.words().within(turn.speech()),
            (None, None) if self.turns.is_empty() && turn == 0 => self.words().len() as u32,
            (None, None) => 0,
        }
    }

    /// The whole text as a span, also of one that is not here.
    pub fn whole(&self) -> Span {
        self.unread.as_ref().map_or_else(|| self.text.span(), |unread| Span::new(0, unread.length))
    }

    /// How many words were said, by anyone: those of all turns without labels and time marks, or of
    /// the whole text where there are no turns. Counted once, at the first call.
    pub fn spoken_words(&self) -> u64 {
        *self
            .found_spoken
            .get_or_init(|| (0..self.turns.len().max(1)).map(|turn| u64::from(self.words_said(turn))).sum())
    }

    /// The speaker with a label.
    pub fn speaker(&self, label: &str) -> Option<&Speaker> {
        self.speakers.iter().find(|s| s.label == label)
    }

    /// The role in which a turn is spoken.
    pub fn role(&self, turn: &Turn) -> Role {
        turn.speaker.as_deref().and_then(|l| self.speaker(l)).map_or(Role::Respondent, |s| s.role)
    }

    /// The case of who speaks in a turn: the speaker's, else the document's.
    pub fn turn_case(&self, turn: &Turn) -> Option<&str> {
        turn.speaker
            .as_deref()
            .and_then(|l| self.speaker(l))
            .and_then(|s| s.case.as_deref())
            .or(self.case.as_deref())
    }

    /// The indices of the turns that a span touches.
    pub fn turns_touched(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.turns.partition_point(|t| t.end <= span.start);
        let to = self.turns.partition_point(|t| t.start < span.end);
        from..to.max(from)
    }

    /// The index of the turn in which a position lies, or the last one that begins before it.
    pub fn turn_at(&self, position: u32) -> Option<usize> {
        self.turns.partition_point(|t| t.start <= position).checked_sub(1)
    }

    /// The turn in which a position lies.
    pub fn turn_around(&self, position: u32) -> Option<&Turn> {
        self.turn_at(position).and_then(|i| self.turns.get(i)).filter(|t| t.span().has(position))
    }

    /// The case of who speaks at a position, else the document's.
    pub fn case_at(&self, position: u32) -> Option<&str> {
        match self.turn_around(position) {
            Some(turn) => self.turn_case(turn),
            None => self.case.as_deref(),
        }
    }

    /// A column of `documents.csv` by name, the fixed columns included.
    pub fn column(&self, name: &str) -> Option<&str> {
        let fixed = match name.to_ascii_lowercase().as_str() {
            "document" => &self.id,
            "title" => &self.title,
            "case" => return self.case.as_deref(),
            "kind" => &self.kind,
            "language" => &self.language,
            "date" => &self.date,
            "cite_as" => &self.cite_as,
            _ => return attribute(&self.attributes, name),
        };
        (!fixed.is_empty()).then_some(fixed.as_str())
    }
}

/// One unit of analysis above documents, such as an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Its id in the tables.
    pub id: String,
    /// Its name; the id where none is given.
    pub name: String,
    /// How to cite it where names must not be printed.
    pub cite_as: String,
    /// Every further column of `cases.csv`.
    pub attributes: Attributes,
    /// Whether it has a row in `cases.csv` (else only documents or codings name it).
    pub listed: bool,
}

/// All documents and cases of a study.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The study's own word for a case, such as `organisation`.
    pub case_label: String,
    /// Documents in the order of `documents.csv`, then by id.
    pub documents: Versioned<Document>,
    /// Cases in the order of `cases.csv`, then others by id.
    pub cases: Vec<Case>,
    by_id: FxHashMap<String, usize>,
}

impl Corpus {
    /// Puts a corpus together; cases that only documents or speakers name are added by id.
    pub fn new(case_label: String, documents: Vec<Document>, mut cases: Vec<Case>) -> Self {
        let listed: FxHashSet<&str> = cases.iter().map(|c| c.id.as_str()).collect();
        let mut others: Vec<&str> = documents
            .iter()
            .flat_map(|d| {
                d.case.as_deref().into_iter().chain(d.speakers.iter().filter_map(|s| s.case.as_deref()))
            })
            .filter(|id| !listed.contains(id))
            .collect();
        others.sort_unstable();
        others.dedup();
        let others: Vec<Case> = others
            .into_iter()
            .map(|id| Case { id: id.to_owned(), name: id.to_owned(), ..Case::default() })
            .collect();
        cases.extend(others);
        let by_id = documents.iter().enumerate().map(|(i, d)| (d.id.clone(), i)).collect();
        Self { case_label, documents: documents.into(), cases, by_id }
    }

    /// Finds the words of all documents where that has not been done yet, on two threads where there
    /// is much to read. Counting finds them by itself; this is for doing it beside other work.
    pub fn find_words(&self) {
        fn find<'a>(documents: impl Iterator<Item = &'a Document>) {
            // The words of a text that is not here were kept, or are not needed.
            for document in documents.filter(|document| document.unread.is_none()) {
                document.words();
            }
        }
        let bytes: usize = self.documents.iter().map(|d| d.text.as_str().len()).sum();
        if bytes < 1 << 18 {
            return find(self.documents.iter());
        }
        std::thread::scope(|scope| {
            scope.spawn(|| find(self.documents.iter().skip(1).step_by(2)));
            find(self.documents.iter().step_by(2));
        });
    }

    /// The study's own word for a case, as it heads columns.
    pub fn case_heading(&self) -> &str {
        if self.case_label.is_empty() { "case" } else { &self.case_label }
    }

    /// The document with an id.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.by_id.get(id).map(|&i| &self.documents[i])
    }

    /// The place of a document in [`Corpus::documents`].
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The case with an id.
    pub fn case(&self, id: &str) -> Option<&Case> {
        self.cases.iter().find(|c| c.id == id)
    }
}
