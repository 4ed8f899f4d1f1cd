//! Searching by fields, codes and stems, and its errors.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use model::coded::Coded;
use model::corpus::Corpus;
use model::state::State;
use verbatim_index::{Index, Options, Query, QueryError, Seen, kwic};

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
    let query = Query::parse(query).unwrap();
    let found = Index::open(None, corpus).search(corpus, &query, options).unwrap();
    found.hits.iter().map(|h| format!("{}:{}", h.document, kwic(corpus, h, 0).text)).collect()
}

fn plain(query: &str) -> Vec<String> {
    hits(&study(), query, &Options::default())
}

fn error(query: &str) -> QueryError {
    let corpus = study();
    let query = Query::parse(query).unwrap();
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
    assert_eq!(plain("(zorg werk) OR geld"), ["0:Zorg", "0:werk", "0:geld"], "each side of OR by itself");
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
        let parsed = Query::parse(query).unwrap();
        let disk = index.search(&corpus, &parsed, &options).unwrap();
        let memory = Index::open(None, &corpus).search(&corpus, &parsed, &options).unwrap();
        assert_eq!(disk, memory, "{query}");
    }
    let found = index.search(&corpus, &Query::parse("work").unwrap(), &options).unwrap();
    assert_eq!(found.hits.iter().map(|h| h.by_stem).collect::<Vec<_>>(), [false]);
    let found = index.search(&corpus, &Query::parse("opleiding").unwrap(), &options).unwrap();
    assert!(found.hits[0].by_stem);
}

#[test]
fn limits_leave_the_total() {
    let corpus = study();
    let query = Query::parse("zorg").unwrap();
    let options = Options { limit: Some(1), ..Options::default() };
    let found = Index::open(None, &corpus).search(&corpus, &query, &options).unwrap();
    assert_eq!((found.hits.len(), found.total), (1, 3));
}

#[test]
fn values_that_nothing_has_are_errors() {
    let shown = |query: &str| (error(query).to_string(), error(query).hint());
    assert_eq!(
        shown("zorg speaker:ana"),
        ("no speaker is called ana (character 6)".into(), "did you mean speaker:Anna?".into())
    );
    assert_eq!(shown("doc:d9 zorg").0, "no doc is called d9 (character 1)");
    assert_eq!(shown("case:x").0, "no case is called x (character 1)");
    assert_eq!(shown("role:boss").1, "did you mean role:interviewer, role:respondent or role:other?");
    assert_eq!(error("zorg code:x"), QueryError::NoCodes(6));
    assert_eq!(error("speaker:ana zorg OR role:respondent"), error("speaker:ana"));
    assert_eq!(error("zorg OR role:respondent"), QueryError::MixedOr(6));
    assert_eq!(error("role:respondent OR (zorg werk)"), QueryError::MixedOr(17));
    assert_eq!(error("zorg (role:respondent OR \"zorg\")"), QueryError::MixedOr(23));
    let many: Vec<String> = (0..65).map(|i| format!("w{i}")).collect();
    assert_eq!(error(&many.join(" ")), QueryError::TooManyWords(64));
}

/// What was coded: a codebook with a parent, its child and another, codings and memos.
struct Acts(Vec<model::act::Act>);

impl Acts {
    fn new(corpus: &Corpus) -> Self {
        let code = |id: &str, parent: Option<&str>, label: &str| {
            serde_json::json!({ "kind": "code-added", "code": id, "codebook": "book", "parent": parent,
                "fields": { "label": { "nl": label } } })
        };
        let mut changes = vec![
            code("training", None, "Opleidingen"),
            code("budget", Some("training"), "Budget"),
            code("care", None, "Zorg"),
            serde_json::json!({ "kind": "setting", "key": "codebook.book.qualifiers",
                "value": [{ "id": "status", "values": ["in-place", "planned"], "default": "in-place" }] }),
        ];
        changes.extend(
            corpus
                .documents
                .iter()
                .map(|d| serde_json::json!({ "kind": "document-added", "document": d.id, "text": d.hash })),
        );
        let mut out = Self(Vec::new());
        out.act("anna", &changes);
        out
    }

    fn act(&mut self, coder: &str, changes: &[serde_json::Value]) {
        let n = self.0.len() + 1;
        let act = serde_json::json!({
            "v": 1, "id": format!("01900000-0000-7000-8000-{n:012x}"), "n": n, "at": "2026-01-01T00:00:00Z",
            "coder": coder, "changes": changes,
        });
        self.0.push(serde_json::from_value(act).unwrap());
    }

    fn anchor(corpus: &Corpus, document: usize, text: &str) -> serde_json::Value {
        let d = &corpus.documents[document];
        let start = d.text.as_str().split(text).next().unwrap().chars().count();
        let end = start + text.chars().count();
        serde_json::json!({ "document": d.id, "text": d.hash, "start": start, "end": end, "quote": text,
            "before": "", "after": "" })
    }

    fn code(
        &mut self,
        corpus: &Corpus,
        coder: &str,
        place: (usize, &str),
        code: &str,
        qualifier: Option<&str>,
    ) {
        let mut change = serde_json::json!({ "kind": "coding-added", "code": code,
            "anchor": Self::anchor(corpus, place.0, place.1) });
        if let Some(value) = qualifier {
            change["qualifiers"] = serde_json::json!({ "status": value });
        }
        self.act(coder, &[change]);
    }

    fn find(&self, corpus: &Corpus, query: &str) -> Vec<String> {
        let state = State::of(self.0.clone());
        let coded = Coded::new(corpus, &state);
        assert_eq!(coded.unplaced, []);
        hits(
            corpus,
            query,
            &Options { seen: Some(Seen { coded: &coded, state: &state }), ..Options::default() },
        )
    }

    fn why(&self, corpus: &Corpus, query: &str) -> QueryError {
        let state = State::of(self.0.clone());
        let coded = Coded::new(corpus, &state);
        let options = Options { seen: Some(Seen { coded: &coded, state: &state }), ..Options::default() };
        let query = Query::parse(query).unwrap();
        Index::open(None, corpus).search(corpus, &query, &options).unwrap_err()
    }
}

#[test]
fn codes_are_searched_by_overlap() {
    let corpus = study();
    let mut acts = Acts::new(&corpus);
    for (document, text, code) in [
        (0, "Zorg is werk.", "care"),
        (0, "is werk. Opl", "care"),
        (0, "Opleidingen", "budget"),
        (0, "Wat is zorg?\n\nAnna: Zorg", "training"),
        (1, "Trained people", "training"),
    ] {
        acts.code(&corpus, "anna", (document, text), code, None);
    }
    let find = |query: &str| acts.find(&corpus, query);
    assert_eq!(find("code:care"), ["0:Zorg is werk. Opl"], "overlapping codings are one passage");
    assert_eq!(find("code:budget"), ["0:Opleidingen"]);
    assert_eq!(find("code:training"), ["0:Wat is zorg? Anna: Zorg", "0:Opleidingen", "1:Trained people"]);
    assert_eq!(find("code:=training"), ["0:Wat is zorg? Anna: Zorg", "1:Trained people"], "alone");
    assert_eq!(find("code:opleidingen doc:d1"), ["1:Trained people"], "by label");
    assert_eq!(find("code:b*"), ["0:Opleidingen"]);
    assert_eq!(find("code:(budget OR care)"), ["0:Zorg is werk. Opl", "0:Opleidingen"]);
    assert_eq!(find("code:training role:interviewer"), ["0:Wat is zorg? Anna: Zorg"]);
    assert_eq!(find("code:training NOT role:interviewer"), ["0:Opleidingen", "1:Trained people"]);
    assert_eq!(find("code:training -people"), ["0:Wat is zorg? Anna: Zorg", "0:Opleidingen"]);
    assert_eq!(find("zorg code:care"), ["0:Zorg"]);
    assert_eq!(find("zorg NOT code:care"), ["0:zorg", "2:zorg"]);
    assert_eq!(find("zorg OR code:budget"), ["0:zorg", "0:Zorg", "0:Opleidingen", "2:zorg"]);
    assert_eq!(
        find("zorg OR werk OR people -code:training"),
        ["0:zorg", "0:Zorg", "0:werk", "2:zorg", "2:werk"]
    );
    assert_eq!(find("(zorg OR werk) -code:training"), ["0:werk", "2:zorg", "2:werk"]);
    assert_eq!(find("role:respondent -code:training -code:care"), ["0:Nee, geld."]);
    assert_eq!(acts.why(&corpus, "code:trainin").hint(), "did you mean code:training?");
    // Where one stands to another.
    assert_eq!(find("code:budget OVERLAPS code:care"), ["0:Opleidingen"]);
    assert_eq!(find("code:budget INSIDE code:care"), [""; 0]);
    assert_eq!(find("zorg INSIDE code:care"), ["0:Zorg"]);
    assert_eq!(find("\"is werk\" INSIDE code:care"), ["0:is werk"]);
    assert_eq!(find("geld NEAR/1t code:budget"), ["0:geld"]);
    assert_eq!(find("geld NEAR/0t code:budget"), [""; 0]);
    assert_eq!(find("code:=training THEN code:budget"), ["0:Wat is zorg? Anna: Zorg"]);
    assert_eq!(find("code:budget THEN code:=training"), [""; 0]);
    assert_eq!(find("code:=training THEN/2 code:budget"), [""; 0], "is werk stand between");
    assert_eq!(find("code:=training THEN/3 code:budget"), ["0:Wat is zorg? Anna: Zorg"]);
}

/// One passage around another: of the two only the longer reaches the hit.
#[test]
fn codings_within_codings_are_all_seen() {
    let corpus = study();
    let mut acts = Acts::new(&corpus);
    for (text, code) in [
        ("Anna: Zorg is werk. Opleidingen helpen.\n\nBob: Nee, geld.", "care"),
        ("Zorg", "budget"),
        ("is", "budget"),
        ("werk", "budget"),
        ("Anna: Zorg is werk. Opleidingen helpen.\n\nBob: Nee, geld.\n", "training"),
    ] {
        acts.code(&corpus, "anna", (0, text), code, None);
    }
    let find = |query: &str| acts.find(&corpus, query);
    assert_eq!(find("geld ((code:care OR code:budget) INSIDE code:=training)"), ["0:geld"]);
    assert_eq!(find("geld -((code:care OR code:budget) OVERLAPS code:=training)"), [""; 0]);
    assert_eq!(find("geld INSIDE (code:care OR code:budget)"), ["0:geld"]);
    // Words and codings on one side of NEAR: what is found is the left side.
    assert_eq!(find("geld NEAR/2 (helpen OR code:budget)"), [""; 0], "Bob and Nee stand between");
    assert_eq!(find("geld NEAR/4 (Opleidingen OR code:budget)"), ["0:geld"]);
}

#[test]
fn fields_of_codings_side_by_side_speak_of_one_coding() {
    let corpus = study();
    let mut acts = Acts::new(&corpus);
    acts.code(&corpus, "anna", (0, "Zorg is werk"), "care", None);
    acts.code(&corpus, "bram", (0, "is werk"), "budget", Some("planned"));
    acts.code(&corpus, "bram", (1, "people"), "care", Some("planned"));
    let find = |query: &str| acts.find(&corpus, query);
    assert_eq!(find("code:care coder:bram"), ["1:people"]);
    assert_eq!(find("coder:bram"), ["0:is werk", "1:people"]);
    assert_eq!(find("status=planned"), ["0:is werk", "1:people"]);
    assert_eq!(find("status=in-place"), ["0:Zorg is werk"], "the default counts");
    assert_eq!(find("code:care status=planned"), ["1:people"]);
    assert_eq!(find("code:care code:budget"), ["0:Zorg is werk", "0:is werk"], "two that overlap");
    assert_eq!(find("code:care -coder:bram"), [""; 0], "another's coding lies there");
    assert_eq!(find("zorg coded:yes"), ["0:Zorg"]);
    assert_eq!(find("zorg coded:no"), ["0:zorg", "2:zorg"]);
    assert_eq!(find("coded:no role:respondent"), ["0:Nee, geld."]);
    assert_eq!(find("werk coded:yes coder:anna"), ["0:werk"]);
    assert_eq!(find("(code:care coder:anna) OVERLAPS coder:bram"), ["0:Zorg is werk"]);
    assert_eq!(acts.why(&corpus, "coder:brm").hint(), "did you mean coder:bram?");
    assert_eq!(
        acts.why(&corpus, "state=x").hint(),
        "did you mean status= or date:? To search for the text, put it in quotes: \"state=x\"; qualifiers are status="
    );
    assert_eq!(acts.why(&corpus, "status=x").to_string(), "no status is called x (character 1)");
}

/// Several values are one of these, of the same coding.
#[test]
fn lists_of_values_speak_of_one_coding() {
    let corpus = study();
    let mut acts = Acts::new(&corpus);
    acts.code(&corpus, "anna", (0, "Zorg is werk"), "care", None);
    acts.code(&corpus, "bram", (0, "is werk. Opleidingen"), "care", Some("planned"));
    acts.code(&corpus, "bram", (0, "Opleidingen helpen"), "budget", None);
    acts.code(&corpus, "anna", (1, "people"), "budget", Some("planned"));
    let find = |query: &str| acts.find(&corpus, query);
    let both = ["0:Zorg is werk. Opleidingen"];
    assert_eq!(find("code:care"), both);
    assert_eq!(find("code:care coder:(anna OR bram)"), both, "one passage, whoever made it");
    assert_eq!(find("code:care status=(planned OR in-place)"), both);
    assert_eq!(find("code:care coder:(bram OR bram)"), ["0:is werk. Opleidingen"]);
    assert_eq!(find("code:(care OR budget) coder:bram"), ["0:is werk. Opleidingen", "0:Opleidingen helpen"]);
    assert_eq!(find("code:(care OR budget) status=planned"), ["0:is werk. Opleidingen", "1:people"]);
    assert_eq!(find("coder:(anna OR bram) coder:bram code:care"), ["0:is werk. Opleidingen"]);
    // Not touched by any of these.
    assert_eq!(find("(zorg OR werk) coded:no"), ["0:zorg", "2:zorg", "2:werk"]);
    assert_eq!(find("(zorg OR werk) coded:no coder:bram"), ["0:zorg", "0:Zorg", "2:zorg", "2:werk"]);
    assert_eq!(find("(zorg OR werk) coded:no coder:(anna OR bram)"), ["0:zorg", "2:zorg", "2:werk"]);
    assert_eq!(find("opleidingen coded:no code:(care OR budget)"), [""; 0]);
    assert_eq!(find("(werk OR work) coded:no code:(care OR budget)"), ["1:work", "2:werk"]);
    assert_eq!(find("people coded:no status=(in-place OR planned)"), [""; 0]);
    assert_eq!(find("people coded:no status=(in-place OR in-place)"), ["1:people"]);
    // Both cannot hold; one of both always does.
    assert_eq!(find("zorg coded:yes coded:no"), [""; 0]);
    assert_eq!(find("zorg coded:no coded:yes"), [""; 0]);
    assert_eq!(find("zorg coded:(yes OR no)"), ["0:zorg", "0:Zorg", "2:zorg"]);
    // In parentheses a field stands by itself.
    let brams = "0:is werk. Opleidingen helpen";
    assert_eq!(find("code:care (coder:bram)"), [both[0], brams], "passages of each that touch the other");
    assert_eq!(find("code:budget (coder:bram)"), [brams, "0:Opleidingen helpen"]);
    assert_eq!(find("zorg (coded:no) coder:bram"), [""; 0], "what bram coded is coded");
    assert_eq!(find("geld NEAR/1t (code:(care OR budget) coder:bram)"), ["0:geld"]);
    assert_eq!(find("(code:care) OVERLAPS (coder:bram status=planned)"), both);
    assert_eq!(
        find("code:=budget OVERLAPS (code:(=training OR care) status=planned)"),
        ["0:Opleidingen helpen"]
    );
    assert_eq!(find("code:budget OVERLAPS memo:(x OR y)"), [""; 0]);
}

/// A star stands for the end of any value.
#[test]
fn values_may_end_with_a_star_in_every_field() {
    let corpus = study();
    let mut acts = Acts::new(&corpus);
    acts.code(&corpus, "anna", (0, "Zorg is werk"), "care", None);
    acts.code(&corpus, "anneke", (1, "people"), "budget", Some("planned"));
    acts.code(&corpus, "bram", (1, "work"), "budget", None);
    let done = serde_json::json!({ "kind": "done", "document": "d1", "text": corpus.documents[1].hash,
        "codes": ["care"] });
    acts.act("anneke", &[done]);
    let find = |query: &str| acts.find(&corpus, query);
    assert_eq!(find("coder:an*"), ["0:Zorg is werk", "1:people"]);
    assert_eq!(find("coder:(an* OR bram) code:budget"), ["1:people", "1:work"]);
    assert_eq!(find("status=pl*"), ["1:people"]);
    assert_eq!(find("people done:an*"), ["1:people"]);
    assert_eq!(find("zorg role:r*"), ["0:Zorg"]);
    assert_eq!(
        acts.why(&corpus, "role:z*").hint(),
        "did you mean role:interviewer, role:respondent or role:other?"
    );
    assert_eq!(acts.why(&corpus, "coder:z*").hint(), "did you mean coder:anna, coder:anneke or coder:bram?");
}

/// A field with the sign of a qualifier, or the other way round, is known by its name.
#[test]
fn signs_that_were_mixed_up_are_told() {
    let mut corpus = study();
    corpus.cases[0].attributes = vec![("sector".into(), "zorg".into())];
    let acts = Acts::new(&corpus);
    let shown = |query: &str| {
        let why = acts.why(&corpus, query);
        (why.to_string(), why.hint().split(';').next().unwrap_or_default().to_owned())
    };
    let is = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        shown("werk sector=zorg"),
        is("sector= at character 6 is a field, which has a colon", "write sector:zorg"),
    );
    assert_eq!(shown("code=\"een twee\"").1, "write code:\"een twee\"");
    assert_eq!(shown("role=respondent").1, "write role:respondent");
    assert_eq!(shown("organisation=case-1").1, "write organisation:case-1");
    assert_eq!(
        shown("status:planned"),
        is("status: at character 1 is a qualifier, which has an equals sign", "write status=planned"),
    );
    assert_eq!(
        shown("document.sector:zorg").1,
        "did you mean case.sector:? To search for the text, put it in quotes: \"document.sector:zorg\""
    );
    assert_eq!(shown("coded:maybe").0, "coded: is yes or no, not maybe (character 1)");
    assert_eq!(
        shown("statuss=planned").1,
        "did you mean status=? To search for the text, put it in quotes: \"statuss=planned\""
    );
    assert!(shown("statuss:planned").1.starts_with("did you mean status=?"));
    assert!(shown("sectr=zorg").1.starts_with("did you mean sector:?"));
    // Before its value is written.
    let begun = |query: &str| {
        let state = State::of(acts.0.clone());
        let coded = Coded::new(&corpus, &state);
        let why = Query::parse(query).unwrap_err();
        let why = why.in_study(&corpus, Some(Seen { coded: &coded, state: &state }));
        (why.to_string(), why.hint())
    };
    let quotes = "; to search for the text, put it in quotes";
    assert_eq!(
        begun("werk status: planned"),
        is(
            "status: at character 6 is a qualifier, which has an equals sign",
            &format!("write status=…{quotes}")
        ),
    );
    assert_eq!(begun("sector= zorg").1, format!("write sector:…{quotes}"));
    assert_eq!(begun("sector: zorg").0, "sector: at character 1 has no value");
    // Where nobody knows the study, both are told.
    let why = Query::parse("status: ").unwrap_err().hint();
    assert!(why.contains("role:respondent") && why.contains("status=planned"), "{why}");
}

/// What cannot be found anywhere is told.
#[test]
fn restrictions_that_hold_nowhere_are_told() {
    let mut corpus = study();
    for (d, date) in corpus.documents.iter_mut().zip(["2019-05-31", "2020-01-07", "2021"]) {
        d.date = date.into();
    }
    let mut acts = Acts::new(&corpus);
    acts.code(&corpus, "anna", (0, "Zorg is werk"), "care", None);
    acts.code(&corpus, "bram", (0, "is werk"), "budget", None);
    let state = State::of(acts.0.clone());
    let coded = Coded::new(&corpus, &state);
    let options = Options { seen: Some(Seen { coded: &coded, state: &state }), ..Options::default() };
    let index = Index::open(None, &corpus);
    let never = |text: &str| -> Vec<String> {
        let notes = index.notes(&corpus, &Query::parse(text).unwrap(), &options, true);
        let one = |note| match note {
            verbatim_index::query::Note::Never(of) => of.join(" + "),
            other => format!("{other:?}"),
        };
        notes.into_iter().map(one).collect()
    };
    assert_eq!(never("zorg doc:d0 doc:d1"), ["doc:d0 + doc:d1"]);
    assert_eq!(never("lang:nl zorg lang:en role:respondent"), ["lang:nl + lang:en"]);
    assert_eq!(never("role:respondent role:interviewer"), ["role:respondent + role:interviewer"]);
    assert_eq!(never("memo:yes"), ["memo:yes"]);
    assert_eq!(never("zorg coded:yes coded:no"), ["coded:yes + coded:no"]);
    assert_eq!(never("coder:anna coder:bram"), ["coder:anna + coder:bram"]);
    assert_eq!(never("zorg date:>2030 lang:nl"), ["date:>2030"]);
    assert_eq!(never("geld lang:en"), [""; 0], "the word is not there, but others are");
    assert_eq!(never("nergens"), [""; 0]);
}

#[test]
fn memos_and_done_marks_are_searched() {
    let corpus = study();
    let mut acts = Acts::new(&corpus);
    let passage = Acts::anchor(&corpus, 0, "Opleidingen helpen");
    acts.act("anna", &[
        serde_json::json!({ "kind": "memo-written", "on": { "passage": passage }, "title": "Vraag",
            "body": "Welke cursussen?" }),
        serde_json::json!({ "kind": "memo-written", "on": { "document": "d2" }, "body": "Geen interview." }),
    ]);
    acts.act(
        "anna",
        &[serde_json::json!({ "kind": "done", "document": "d1", "text": corpus.documents[1].hash,
        "codes": ["care"] })],
    );
    let find = |query: &str| acts.find(&corpus, query);
    assert_eq!(find("memo:cursussen"), ["0:Opleidingen helpen"]);
    assert_eq!(find("memo:cursus"), [""; 0]);
    assert_eq!(find("memo:cursus*"), ["0:Opleidingen helpen"]);
    assert_eq!(find("zorg memo:interview"), ["2:zorg"], "a memo on a document is on all of it");
    assert_eq!(find("opleidingen memo:yes"), ["0:Opleidingen"]);
    assert_eq!(find("zorg memo:no"), ["0:zorg", "0:Zorg"]);
    assert_eq!(find("people done:yes"), ["1:people"]);
    assert_eq!(find("zorg done:no"), ["0:zorg", "0:Zorg", "2:zorg"]);
    assert_eq!(find("people done:anna"), ["1:people"]);
    assert!(matches!(acts.why(&corpus, "memo:…"), QueryError::NoWord { .. }), "not any memo");
    assert_eq!(acts.why(&corpus, "coded:maybe").hint(), "did you mean coded:yes or coded:no?");
    assert_eq!(acts.why(&corpus, "done:maybe").hint(), "did you mean done:yes, done:no or done:anna?");
    assert_eq!(acts.why(&corpus, "coder:zed").hint(), "did you mean coder:anna?");
    assert_eq!(
        acts.why(&corpus, "done:maybe").to_string(),
        "done: is yes, no or a coder, not maybe (character 1)"
    );
}

#[test]
fn columns_of_the_tables_are_fields() {
    let mut corpus = study();
    let column = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    for (d, (date, minutes)) in
        corpus.documents.iter_mut().zip([("2019-05-31", "55,5"), ("2020-01-07", "60"), ("2021", "")])
    {
        d.date = date.into();
        d.attributes = column("minutes", minutes);
    }
    for (i, case) in corpus.cases.iter_mut().enumerate() {
        case.attributes = column("sector", ["Zorg", "bouw", "zorg en welzijn"][i]);
        case.attributes.push(("size".into(), ["90", "250", "1000"][i].into()));
    }
    corpus.documents[0].speakers[2].attributes = column("size", "x");
    let index = Index::open(None, &corpus);
    let documents = |query: &str| -> Vec<usize> {
        let found = index.search(&corpus, &Query::parse(query).unwrap(), &Options::default()).unwrap();
        let mut documents: Vec<usize> = found.hits.iter().map(|h| h.document).collect();
        documents.dedup();
        documents
    };
    // The cases of d0, d1 and d2; Bob in d0 speaks for the second.
    assert_eq!(documents("sector:zorg"), [0]);
    assert_eq!(documents("sector:\"zorg en welzijn\""), [2]);
    assert_eq!(documents("sector:zorg*"), [0, 2]);
    assert_eq!(documents("sector:(zorg OR bouw) geld"), [0]);
    assert_eq!(documents("case.size:>=250"), [0, 1, 2]);
    assert_eq!(documents("case.size:>250"), [2]);
    assert_eq!(documents("organisation.size:50..100"), [0]);
    assert_eq!(documents("minutes:>55"), [0, 1]);
    assert_eq!(documents("minutes:<56"), [0]);
    assert_eq!(documents("date:2019*"), [0]);
    assert_eq!(documents("date:2019..2020"), [0, 1]);
    assert_eq!(documents("date:>2019-05"), [1, 2]);
    assert_eq!(documents("date:<=2019-05"), [0]);
    assert_eq!(documents("lang:en"), [1]);
    assert_eq!(documents("date:2020"), [1], "all of the year");
    assert_eq!(documents("date:2019-05"), [0]);
    assert_eq!(documents("date:2021"), [2]);
    assert_eq!(documents("date:2019-06..2019"), [0; 0], "from June to the end of the year");
    assert_eq!(documents("speaker.role:interviewer"), [0, 1]);
    let error =
        |query: &str| index.search(&corpus, &Query::parse(query).unwrap(), &Options::default()).unwrap_err();
    assert_eq!(error("size:90").hint(), "write case.size: or speaker.size:");
    assert_eq!(
        error("sector:>3").to_string(),
        "sector: has no numbers or dates to compare with >3 (character 1)"
    );
    assert_eq!(error("sector:zrog").hint(), "did you mean sector:Zorg?");
    assert_eq!(error("date:2021..2019").to_string(), "date:2021..2019 ends before it begins (character 1)");
    assert_eq!(error("zorg minutes:60..9").hint(), "write the smaller or earlier end first");
    assert_eq!(error("date:>2019-13").hint(), error("date:>maart").hint(), "no such month");
    assert_eq!(error("date:2018").to_string(), "no date is 2018 (character 1)");
    assert_eq!(error("case.size:95").to_string(), "no case.size is 95 (character 1)");
    assert_eq!(error("case.size:95").hint(), "did you mean case.size:90, case.size:250 or case.size:1000?");
    assert_eq!(
        error("case.size:>1.000").to_string(),
        "1.000 in case.size: may be read in two ways (character 1)"
    );
    assert_eq!(error("case.size:>1.000").hint(), "write 1000 for thousands, or 1 for decimals");
    assert!(error(&format!("sector:{}", "z".repeat(100_000))).to_string().len() < 200);
    assert!(error("sectr:zorg").hint().contains("minutes:"), "{}", error("sectr:zorg").hint());
}
