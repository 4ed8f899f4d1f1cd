//! A filter of passages: words that must stand in the text, and `key=value` pairs: case, document,
//! coder, speaker, role, a qualifier, or a column of the study's tables.

use index::fold::fold_char;
use model::coded::Placed;
use model::corpus::attribute;
use model::counted::{Counted, case_of};

use super::Row;
use crate::desk::Desk;

/// Keys that every study has.
const FIXED: [&str; 5] = ["case", "document", "coder", "speaker", "role"];

/// What was typed, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// As it was typed.
    pub text: String,
    /// Key and value, folded.
    pairs: Vec<(String, String)>,
    /// Words that the passage must hold, folded.
    words: Vec<String>,
}

/// The keys that can be asked for here, besides words of the text.
pub fn known(desk: &Desk) -> Vec<String> {
    let mut out: Vec<String> = FIXED.iter().map(|k| (*k).to_owned()).collect();
    let mut add = |name: &str| {
        if !out.iter().any(|k| k.eq_ignore_ascii_case(name)) {
            out.push(name.to_owned());
        }
    };
    add(&desk.corpus.case_label);
    desk.coded.codebook.qualifiers.iter().for_each(|q| add(&q.id));
    for by in export::By::attributes(&desk.corpus) {
        add(&by.heading(&desk.corpus));
    }
    out.retain(|k| !k.is_empty());
    out
}

impl Filter {
    /// Takes a line apart. `Err` holds a key that nothing in the study has.
    pub fn parse(text: &str, desk: &Desk) -> Result<Self, String> {
        let mut out = Self { text: text.trim().to_owned(), ..Self::default() };
        let keys = known(desk);
        for part in parts(&out.text) {
            match part.split_once('=') {
                Some((key, value)) => {
                    let key = key.trim();
                    let found = keys.iter().find(|k| k.eq_ignore_ascii_case(key));
                    let found = found.ok_or_else(|| key.to_owned())?;
                    let case = found.eq_ignore_ascii_case(&desk.corpus.case_label);
                    out.pairs.push((if case { "case".to_owned() } else { found.clone() }, folded(value)));
                }
                None => out.words.push(folded(&part)),
            }
        }
        Ok(out)
    }

    /// Whether a coding passes.
    pub fn passes(&self, desk: &Desk, counted: &Counted, placed: &Placed) -> bool {
        let Some(document) = desk.document(placed.document as usize) else { return false };
        let turn = counted.touched(placed.span).first().map(|t| t.turn);
        let turn = turn.or_else(|| document.turns_touched(placed.span).next());
        let turn = turn.and_then(|t| document.turns.get(t));
        let speaker = turn.and_then(|t| t.speaker.as_deref()).and_then(|l| document.speaker(l));
        let case = case_of(document, counted, placed.span, placed.case.as_deref()).0;
        let case = case.map(|id| (id, desk.corpus.case(id)));
        let has = |value: &str, wanted: &str| folded(value).contains(wanted);
        let is = |value: &str, wanted: &str| folded(value) == wanted;
        self.pairs.iter().all(|(key, wanted)| match key.as_str() {
            "case" => case.is_some_and(|(id, c)| has(id, wanted) || c.is_some_and(|c| has(&c.name, wanted))),
            "document" => has(&document.id, wanted) || has(&document.title, wanted),
            "coder" => is(desk.coded.coder(placed), wanted),
            "speaker" => speaker.is_some_and(|s| has(&s.label, wanted) || has(&s.name, wanted)),
            "role" => turn.is_some_and(|t| document.role(t).as_str().starts_with(wanted.as_str())),
            key => {
                let qualifier = desk.coded.codebook.qualifiers.iter().any(|q| q.id == key);
                if qualifier {
                    let Some(coding) = desk.state.coding(placed.id) else { return false };
                    let set = desk.coded.codebook.qualified(placed.code as usize, coding.qualifiers);
                    return set.get(key).is_some_and(|v| is(v, wanted));
                }
                let of_case = case.and_then(|(_, c)| attribute(&c?.attributes, key));
                let of_speaker = speaker.and_then(|s| attribute(&s.attributes, key));
                let values = [of_case, document.column(key), of_speaker];
                values.into_iter().flatten().any(|v| is(v, wanted))
            }
        })
    }

    /// Whether the words stand in the passage.
    pub fn reads(&self, desk: &Desk, row: &Row) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = desk.document(row.document).map(|d| folded(d.text.slice(row.span))).unwrap_or_default();
        self.words.iter().all(|w| text.contains(w.as_str()))
    }
}

/// The parts of a line: at white space, but not within quotation marks.
fn parts(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => out.push(String::new()),
            c => out.last_mut().into_iter().for_each(|last| last.push(c)),
        }
    }
    out.retain(|part| !part.is_empty());
    out
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    text.trim().chars().for_each(|c| fold_char(c, &mut out));
    out
}
