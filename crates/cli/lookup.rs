//! From the words of the command line to documents, codes, cases and codings; with the nearest names
//! where there is none.

use model::act::Act;
use model::codebook::Code;
use model::corpus::Document;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::state::Coding;
use model::text::TextHash;

use crate::error::{CommandError, Result};
use crate::nearest::did_you_mean;
use crate::session::Session;

impl Session {
    /// The place of a document in the corpus.
    pub(crate) fn document_at(&self, word: &str) -> Result<usize> {
        if let Some(at) = self.corpus.position(word) {
            return Ok(at);
        }
        // An older id of a document that was renamed.
        let renamed = self.coded.documents.list.iter().find(|d| d.names.iter().any(|n| n == word));
        if let Some(at) = renamed.and_then(|d| self.corpus.position(&d.id)) {
            return Ok(at);
        }
        let near = did_you_mean(word, self.corpus.documents.iter().map(|d| d.id.as_str()));
        Err(CommandError::new(format!("there is no document {word:?}"))
            .hint(near)
            .hint("`verbatim documents` lists them"))
    }

    /// A document.
    pub(crate) fn document(&self, word: &str) -> Result<&Document> {
        Ok(&self.corpus.documents[self.document_at(word)?])
    }

    /// A document whose text can be coded and read to the end, with the text's hash: it is there, and
    /// it is one that the study knows.
    pub(crate) fn known_text(&self, word: &str) -> Result<(&Document, TextHash)> {
        let document = self.document(word)?;
        let Some(hash) = document.hash else {
            return Err(CommandError::new(format!("the text of {} is missing", document.id)).hint(format!(
                "corpus/{}.txt is not there; restore it, or wait until it is synchronised",
                document.id
            )));
        };
        if !self.coded.can_code(document) {
            return Err(CommandError::new(format!("the text of {} was changed by hand", document.id)).hint(
                format!("restore corpus/{}.txt from a backup: positions in a text that the study does not know would be lost", document.id),
            ));
        }
        Ok((document, hash))
    }

    /// The place of a code in the codebook: by its id, else by a label that only it has.
    pub(crate) fn code_at(&self, word: &str) -> Result<usize> {
        let book = &self.coded.codebook;
        if let Some(at) = book.position(word) {
            return Ok(at);
        }
        let wanted = word.to_lowercase();
        let labelled: Vec<usize> = (0..book.codes.len())
            .filter(|&i| labels(&book.codes[i]).iter().any(|l| l.to_lowercase() == wanted))
            .collect();
        if let [only] = labelled[..] {
            return Ok(only);
        }
        if labelled.len() > 1 {
            let ids: Vec<&str> = labelled.iter().map(|i| book.codes[*i].id.as_str()).collect();
            return Err(CommandError::new(format!("{} codes are labelled {word:?}", ids.len()))
                .hint(format!("name the one that you mean by its id: {}", ids.join(", "))));
        }
        let error = CommandError::new(format!("there is no code {word:?}"));
        if book.codes.is_empty() {
            return Err(error
                .hint("the study has no codes yet: `verbatim codebook add CODE --label LABEL` makes one"));
        }
        Err(error
            .hint(did_you_mean(word, book.codes.iter().map(|c| c.id.as_str())))
            .hint("`verbatim codebook list` lists them"))
    }

    /// A code that new codings may carry: neither retired nor merged into another.
    pub(crate) fn open_code(&self, word: &str) -> Result<&Code> {
        let code = &self.coded.codebook.codes[self.code_at(word)?];
        if let Some(into) = &code.merged_into {
            return Err(CommandError::new(format!("code {} was merged into {into}", code.id))
                .hint(format!("use {into}")));
        }
        if code.retired {
            return Err(CommandError::new(format!("code {} is retired and takes no new codings", code.id))
                .hint("its codings stay; choose another code from `verbatim codebook list`"));
        }
        Ok(code)
    }

    /// The id of a case: by its id, else by a name that only it has.
    pub(crate) fn case_id(&self, word: &str) -> Result<Name> {
        if let Some(case) = self.corpus.case(word) {
            return Ok(Name::new(&case.id));
        }
        let wanted = word.to_lowercase();
        let named: Vec<&str> = self
            .corpus
            .cases
            .iter()
            .filter(|c| c.name.to_lowercase() == wanted || c.id.to_lowercase() == wanted)
            .map(|c| c.id.as_str())
            .collect();
        if let [only] = named[..] {
            return Ok(Name::new(only));
        }
        // A case that only codings name, whose row was taken out of the table.
        if self.state().codings().any(|coding| coding.case.is_some_and(|case| *case == *word)) {
            return Ok(Name::new(word));
        }
        let label = self.case_label();
        if named.len() > 1 {
            return Err(CommandError::new(format!("more than one {label} is called {word:?}"))
                .hint(format!("name the one that you mean by its id: {}", named.join(", "))));
        }
        Err(CommandError::new(format!("there is no {label} {word:?}"))
            .hint(did_you_mean(word, self.corpus.cases.iter().map(|c| c.id.as_str())))
            .hint("cases are named in corpus/cases.csv and in the column case of corpus/documents.csv"))
    }

    /// The study's own word for a case.
    pub(crate) fn case_label(&self) -> &str {
        crate::hits::case_label(&self.corpus)
    }

    /// A coding by its id, or by a beginning or end of it that only one has.
    pub(crate) fn coding(&self, word: &str) -> Result<Coding<'_>> {
        if let Some(coding) = ThingId::parse(word).and_then(|id| self.state().coding(id)) {
            return Ok(coding);
        }
        let found: Vec<Coding<'_>> = if word.is_empty() {
            Vec::new()
        } else {
            self.state().codings().filter(|c| fits(word, c.id)).collect()
        };
        match found.len() {
            1 => found.into_iter().next().ok_or_else(|| CommandError::new("no coding")),
            0 => {
                let gone = ThingId::parse(word).is_some_and(|id| !self.state().coding_history(id).is_empty());
                let what = if gone { "was removed or undone" } else { "does not exist" };
                Err(CommandError::new(format!("coding {word:?} {what}"))
                    .hint("`verbatim codings` lists them with their ids"))
            }
            n => Err(CommandError::new(format!("{n} codings have an id with {word:?}"))
                .hint("give more of its characters")),
        }
    }

    /// An act by its id, or by a beginning or end of it; also by the id of a thing that it made.
    pub(crate) fn act(&self, word: &str) -> Result<&Act> {
        let whole = ActId::parse(word).or_else(|| ThingId::parse(word).map(|t| t.act));
        if let Some(act) = whole.and_then(|id| self.state().act(id)) {
            return Ok(act);
        }
        let bare = word.split('.').next().unwrap_or_default();
        let found: Vec<&Act> = self
            .state()
            .acts()
            .iter()
            .map(AsRef::as_ref)
            .filter(|a| {
                let id = a.id.to_string();
                !bare.is_empty() && (id.starts_with(bare) || id.ends_with(bare))
            })
            .collect();
        match found[..] {
            [only] => Ok(only),
            [] => Err(CommandError::new(format!("there is no act {word:?}"))
                .hint("`verbatim history` lists them with their ids")),
            _ => Err(CommandError::new(format!("{} acts have an id with {word:?}", found.len()))
                .hint("give more of its characters")),
        }
    }
}

/// All labels of a code, in every language.
fn labels(code: &Code) -> Vec<&str> {
    match code.fields.get("label") {
        Some(serde_json::Value::String(one)) => vec![one],
        Some(serde_json::Value::Object(all)) => all.values().filter_map(serde_json::Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Whether an abbreviation fits an id: its beginning or end, with or without the number behind it.
fn fits(word: &str, id: ThingId) -> bool {
    let whole = id.to_string();
    let act = id.act.to_string();
    whole.starts_with(word) || whole.ends_with(word) || act.ends_with(word)
}

pub(crate) use export::codings::short;

/// The end of an act's id that is enough in most studies.
pub(crate) fn short_act(id: ActId) -> String {
    let whole = id.to_string();
    whole.chars().skip(whole.len().saturating_sub(8)).collect()
}
