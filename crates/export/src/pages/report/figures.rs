//! The study in figures: how much there is, who said it, how far it was read.

use std::collections::BTreeSet;

use model::counted::Counted;
use model::reading::Readings;
use model::turn::Role;

use super::Material;
use crate::frequencies::frequencies;
use crate::options::{By, Level, Options, TableError};
use crate::page::{Block, Look, Page, Table};
use crate::sheet::{Field, Sheet, Value};

pub(super) fn chapter(material: &Material<'_>, page: &mut Page) -> Result<(), TableError> {
    let Material { ground, speech, quoting, .. } = material;
    let t = |english, dutch| speech.t(english, dutch);
    let corpus = ground.corpus;
    let book = &ground.coded.codebook;
    let coders: BTreeSet<&model::name::Name> =
        ground.coded.placed.iter().map(|p| ground.coded.coder(p)).collect();
    let words: u64 =
        corpus.documents.iter().map(|d| Counted::of(d, material.options.roles).all_words()).sum();
    let respondents: usize = corpus
        .documents
        .iter()
        .map(|d| d.speakers.iter().filter(|s| s.role == Role::Respondent).count())
        .sum();
    let open = book.codes.iter().filter(|c| !c.retired && c.merged_into.is_none());
    let dates: BTreeSet<&str> = corpus.documents.iter().filter_map(|d| d.column("date")).collect();
    let mut facts = vec![
        (t("Documents", "Documenten").to_owned(), corpus.documents.len().to_string()),
        (upper(quoting.case_word()), corpus.cases.len().to_string()),
        (t("Respondents", "Respondenten").to_owned(), respondents.to_string()),
        (t("Counted words", "Getelde woorden").to_owned(), words.to_string()),
        (t("Codes", "Codes").to_owned(), open.count().to_string()),
        (
            t("Codings in place, by all coders", "Coderingen op hun plaats, van alle codeurs").to_owned(),
            ground.coded.placed.len().to_string(),
        ),
        (
            t("Coders", "Codeurs").to_owned(),
            coders.iter().map(|c| quoting.coder(c)).collect::<Vec<_>>().join(", "),
        ),
    ];
    if let (Some(first), Some(last)) = (dates.first(), dates.last()) {
        facts.insert(1, (t("From – to", "Van – tot").to_owned(), format!("{first} – {last}")));
    }
    page.blocks.push(Block::Facts(facts));
    documents(material, page)?;
    if !quoting.is_anonymous() {
        cases(material, page);
    }
    Ok(())
}

/// A word with a capital.
pub(super) fn upper(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The documents, with their counted words and how far they were read.
fn documents(material: &Material<'_>, page: &mut Page) -> Result<(), TableError> {
    let Material { ground, speech, quoting, .. } = material;
    let t = |english, dutch| speech.t(english, dutch);
    let options = Options { by: By::Document, level: Level::All, ..material.options.clone() };
    let table = frequencies(ground.corpus, ground.state, ground.coded, &options)?;
    let readings = Readings::new(ground.corpus, ground.state, ground.coded);
    let mut sheet = Sheet::new("documents", t("Documents", "Documenten"));
    sheet.fields = vec![
        Field::text("document", t("document", "document")),
        Field::text("case", quoting.case_word()),
        Field::text("kind", t("kind", "soort")),
        Field::text("date", t("date", "datum")),
        Field::text("read", t("read by", "gelezen door")),
        Field::integer("words", t("counted words", "getelde woorden")),
    ];
    for (at, document) in ground.corpus.documents.iter().enumerate() {
        let done = table.extents.get(at).is_some_and(|e| e.documents > 0 && e.done == e.documents);
        let began: Vec<String> = readings.began(at).iter().map(|c| quoting.coder(c)).collect();
        let read = match (began.is_empty(), done) {
            (true, _) => t("nobody yet", "nog niemand").to_owned(),
            (false, true) => began.join(", "),
            (false, false) => format!("{} ({})", began.join(", "), t("not to the end", "niet tot het eind")),
        };
        let told = |text: &str| if text.is_empty() { Value::Na } else { Value::text(text) };
        sheet.rows.push(vec![
            Value::text(quoting.document(at)),
            Value::maybe_text(document.case.as_deref().map(|c| quoting.case(c))),
            told(&document.kind),
            told(&document.date),
            Value::text(read),
            Value::integer(Counted::of(document, material.options.roles).all_words()),
        ]);
    }
    page.table(Table::from(sheet).looking(Look::Bars(5, None)));
    Ok(())
}

/// The cases with what the tables say of them.
fn cases(material: &Material<'_>, page: &mut Page) {
    let Material { ground, quoting, .. } = material;
    let (names, _) = quoting.shown().attributes(ground.corpus);
    if names.is_empty() {
        return;
    }
    let mut sheet = Sheet::new("cases", upper(quoting.case_word()));
    sheet.fields.push(Field::text("case", quoting.case_word()));
    sheet
        .fields
        .extend(names.iter().enumerate().map(|(i, name)| Field::text(format!("attribute_{}", i + 1), *name)));
    for case in &ground.corpus.cases {
        let mut row = vec![Value::text(quoting.case(&case.id))];
        row.extend(names.iter().map(|n| Value::maybe_text(model::corpus::attribute(&case.attributes, n))));
        sheet.rows.push(row);
    }
    page.table(sheet);
}
