//! Searching by fields, codes and stems, and its errors.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use model::codebook::Codebook;
use model::corpus::Corpus;
use model::span::Span;
use model::state::State;
use verbatim_index::{CodedSpan, Index, Options, Query, QueryError, kwic};

use common::{corpus, document};

fn study() -> Corpus {
    let mut corpus = corpus(vec![
        document(
            "d0",
            "nl",
            "Ivo: Wat is zorg?\n\nAnna: Zorg is werk. Opleidingen helpen.\n\nBob: Nee, geld.\n",
        ),
        document("d1", "en", "Ivo: What about training?\n\nAnna: Trained people organise work.\n"),
        document("d2", "nl", "Verslag over zorg.\n\nTweede alinea over werk.\n"),
    ]);
    corpus.documents[0].speakers[2].case = Some("case-1".into());
    corpus.documents[0].speakers[1].name = "Anna de Vries".into();
    corpus
}

fn hits(corpus: &Corpus, query: &str, options: &Options<'_>) -> Vec<String> {
    let query = Query::parse(query, "organisation").unwrap();
    let found = Index::open(None, corpus).search(corpus, &query, options).unwrap();
    found.hits.iter().map(|h| format!("{}:{}", h.document, kwic(corpus, h, 0).text)).collect()
}

fn plain(query: &str) -> Vec<String> {
    hits(&study(), query, &Options::default())
}

fn error(query: &str) -> QueryError {
    let corpus = study();
    let query = Query::parse(query, "organisation").unwrap();
    Index::open(None, &corpus).search(&corpus, &query, &Options::default()).unwrap_err()
}

#[test]
fn fields_restrict() {
    assert_eq!(plain("zorg"), ["0:zorg", "0:Zorg", "2:zorg"]);
    assert_eq!(plain("zorg role:interviewer"), ["0:zorg"]);
    assert_eq!(plain("zorg -role:interviewer"), ["0:Zorg", "2:zorg"]);
    assert_eq!(plain("zorg speaker:anna"), ["0:Zorg"]);
    assert_eq!(plain("zorg speaker:\"anna DE vries\""), ["0:Zorg"]);
    assert_eq!(plain("zorg speaker:an*"), ["0:Zorg"]);
    assert_eq!(plain("zorg doc:d2"), ["2:zorg"]);
    assert_eq!(plain("zorg doc:\"title of D2\""), ["2:zorg"]);
    assert_eq!(plain("work* OR geld organisation:case-1"), ["0:geld", "1:work"]);
    assert_eq!(plain("case:case-1 geld"), ["0:geld"]);
    assert_eq!(plain("case:case-0 geld"), [""; 0]);
    assert_eq!(plain("anna"), ["0:Anna", "1:Anna"], "labels are searched as grep does");
}

#[test]
fn fields_alone_find_turns() {
    assert_eq!(plain("speaker:bob"), ["0:Nee, geld."]);
    assert_eq!(plain("doc:d2"), ["2:Verslag over zorg.", "2:Tweede alinea over werk."]);
    assert_eq!(plain("role:respondent -work -geld"), ["0:Zorg is werk. Opleidingen helpen."]);
    assert_eq!(plain("role:interviewer"), ["0:Wat is zorg?", "1:What about training?"]);
}

#[test]
fn turns_hold_words_together() {
    assert_eq!(plain("zorg werk"), ["0:Zorg", "0:werk"]);
    assert_eq!(plain("zorg NOT werk"), ["0:zorg", "2:zorg"]);
    assert_eq!(plain("\"zorg is\" OR zorg"), ["0:zorg", "0:Zorg", "0:Zorg is", "2:zorg"]);
    assert_eq!(plain("zorg OR zor* OR zorg"), ["0:zorg", "0:Zorg", "2:zorg"]);
    assert_eq!(plain("\"werk opleidingen\""), ["0:werk. Opleidingen"]);
}

#[test]
fn stems_follow_the_language() {
    let corpus = study();
    let options = Options { stem: true, ..Options::default() };
    assert_eq!(hits(&corpus, "opleiding", &options), ["0:Opleidingen"]);
    assert_eq!(hits(&corpus, "train", &options), ["1:training", "1:Trained"]);
    assert_eq!(hits(&corpus, "opleiding*", &options), ["0:Opleidingen"]);
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(Some(folder.path()), &corpus);
    for query in ["opleiding", "train", "works", "\"trained person\" OR \"organising works\"", "zorgen"] {
        let parsed = Query::parse(query, "").unwrap();
        let disk = index.search(&corpus, &parsed, &options).unwrap();
        let memory = Index::open(None, &corpus).search(&corpus, &parsed, &options).unwrap();
        assert_eq!(disk, memory, "{query}");
    }
    let found = index.search(&corpus, &Query::parse("work", "").unwrap(), &options).unwrap();
    assert_eq!(found.hits.iter().map(|h| h.by_stem).collect::<Vec<_>>(), [false]);
    let found = index.search(&corpus, &Query::parse("opleiding", "").unwrap(), &options).unwrap();
    assert!(found.hits[0].by_stem);
}

#[test]
fn limits_leave_the_total() {
    let corpus = study();
    let query = Query::parse("zorg", "").unwrap();
    let options = Options { limit: Some(1), ..Options::default() };
    let found = Index::open(None, &corpus).search(&corpus, &query, &options).unwrap();
    assert_eq!((found.hits.len(), found.total), (1, 3));
}

#[test]
fn values_that_nothing_has_are_errors() {
    let shown = |query: &str| (error(query).to_string(), error(query).hint());
    assert_eq!(
        shown("zorg speaker:ana"),
        ("no speaker is called ana (character 6)".into(), "did you mean Anna?".into())
    );
    assert_eq!(shown("doc:d9 zorg").0, "no doc is called d9 (character 1)");
    assert_eq!(shown("case:x").0, "no case is called x (character 1)");
    assert_eq!(shown("role:boss").1, "did you mean interviewer, respondent, other?");
    assert_eq!(error("zorg code:x"), QueryError::NoCodes(6));
    let many: Vec<String> = (0..65).map(|i| format!("w{i}")).collect();
    assert_eq!(error(&many.join(" ")), QueryError::TooManyWords(64));
}

/// A codebook with a parent, its child, and another.
fn codebook() -> Codebook {
    let code = |id: &str, parent: Option<&str>, label: &str| {
        serde_json::json!({ "kind": "code-added", "code": id, "codebook": "book", "parent": parent,
            "fields": { "label": { "nl": label } } })
    };
    let act = serde_json::json!({
        "v": 1, "id": "01900000-0000-7000-8000-000000000001", "n": 1, "at": "2026-01-01T00:00:00Z", "coder": "anna",
        "changes": [
            code("training", None, "Opleidingen"), code("budget", Some("training"), "Budget"), code("care", None, "Zorg"),
        ],
    });
    let codebook = Codebook::fold(&State::of([serde_json::from_value::<model::act::Act>(act).unwrap()]));
    assert_eq!(codebook.codes.len(), 3);
    codebook
}

#[test]
fn codes_are_searched_by_overlap() {
    let corpus = study();
    let codebook = codebook();
    let coded = |document: u32, text: &str, code: &str| {
        let all = corpus.documents[document as usize].text.as_str();
        let start = all.split(text).next().unwrap().chars().count() as u32;
        let span = Span::new(start, start + text.chars().count() as u32);
        CodedSpan { document, span, code: codebook.position(code).unwrap() as u32 }
    };
    let codings = [
        coded(0, "Zorg is werk.", "care"),
        coded(0, "is werk. Opl", "care"),
        coded(0, "Opleidingen", "budget"),
        coded(0, "Wat is zorg?\n\nAnna: Zorg", "training"),
        coded(1, "Trained people", "training"),
    ];
    let options = Options { codebook: Some(&codebook), codings: &codings, ..Options::default() };
    let find = |query: &str| hits(&corpus, query, &options);
    assert_eq!(find("code:care"), ["0:Zorg is werk. Opl"], "overlapping codings are one passage");
    assert_eq!(find("code:budget"), ["0:Opleidingen"]);
    assert_eq!(find("code:training"), ["0:Wat is zorg? Anna: Zorg", "0:Opleidingen", "1:Trained people"]);
    assert_eq!(find("code:opleidingen doc:d1"), ["1:Trained people"], "by label");
    assert_eq!(find("code:b*"), ["0:Opleidingen"]);
    assert_eq!(find("code:training role:interviewer"), ["0:Wat is zorg? Anna: Zorg"]);
    assert_eq!(find("code:training NOT role:interviewer"), ["0:Opleidingen", "1:Trained people"]);
    assert_eq!(find("code:training -people"), ["0:Wat is zorg? Anna: Zorg", "0:Opleidingen"]);
    assert_eq!(find("zorg code:care"), ["0:Zorg"]);
    assert_eq!(find("zorg NOT code:care"), ["0:zorg", "2:zorg"]);
    assert_eq!(
        find("zorg OR werk OR people -code:training"),
        ["0:zorg", "0:Zorg", "0:werk", "2:zorg", "2:werk"]
    );
    assert_eq!(find("(zorg OR werk) -code:training"), ["0:werk", "2:zorg", "2:werk"]);
    assert_eq!(find("role:respondent -code:training -code:care"), ["0:Nee, geld."]);
    let query = Query::parse("code:trainin", "").unwrap();
    let why = Index::open(None, &corpus).search(&corpus, &query, &options).unwrap_err();
    assert_eq!(why.hint(), "did you mean training?");
}
