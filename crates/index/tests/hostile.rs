//! Whatever is typed: nothing panics or hangs, errors name a character that is there, and what is
//! understood of a half-typed query can be searched with.

mod common;

use model::coded::Coded;
use model::corpus::Corpus;
use model::state::State;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use verbatim_index::query::Note;
use verbatim_index::{Index, Options, Query, Seen};

use common::{corpus, document};

/// Signs of the language, words, and what is pasted by chance.
const PIECES: [&str; 74] = [
    "zorg",
    "werk",
    "a",
    "Z",
    "é",
    "e\u{301}",
    "\u{301}",
    "\u{363}",
    "\u{ad}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "👩‍💻",
    "日本",
    "ß",
    "ĳ",
    "1",
    "2",
    "0",
    "99999999999",
    " ",
    " ",
    " ",
    "\n",
    "\t",
    "\u{a0}",
    "\0",
    "\u{1b}[31m",
    "\"",
    "“",
    "”",
    "«",
    "'",
    "(",
    ")",
    "/",
    "\\",
    "*",
    "~",
    "=",
    "-",
    "–",
    ":",
    ".",
    "..",
    ",",
    ">",
    ">=",
    "<",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR/2",
    "NEAR/1t",
    "THEN",
    "INSIDE",
    "OVERLAPS",
    "near/2",
    "code:",
    "code:x",
    "coder:",
    "coded:no",
    "doc:d0",
    "role:respondent",
    "speaker:",
    "date:",
    "size:",
    "memo:",
    "done:yes",
    "stem:",
    "status=",
    "[a-z]+",
    "(?s)",
];

fn study() -> Corpus {
    let texts =
        ["Ivo: Wat is zorg?\n\nAnna: Zorg is werk 👩‍💻. é\u{301}\n", "Zorg a Z 日本 1\n\nwerk, a e-mail\n"];
    let mut corpus =
        corpus(texts.iter().enumerate().map(|(i, t)| document(&format!("d{i}"), "nl", t)).collect());
    for (i, d) in corpus.documents.iter_mut().enumerate() {
        d.date = format!("202{i}-01-3{i}");
        d.attributes = vec![("size".to_owned(), format!("{i}9,5"))];
    }
    corpus
}

#[test]
fn whatever_is_typed() {
    let corpus = study();
    let state = State::of(Vec::<model::act::Act>::new());
    let coded = Coded::new(&corpus, &state);
    let folder = tempfile::tempdir().unwrap();
    let (disk, memory) = (Index::open(Some(folder.path()), &corpus), Index::open(None, &corpus));
    let options = Options { seen: Some(Seen { coded: &coded, state: &state }), ..Options::default() };
    let search = |query: &Query| {
        let found = disk.search(&corpus, query, &options);
        prop_assert_eq!(&found, &memory.search(&corpus, query, &options), "{}", query.text());
        if let Ok(found) = found {
            for hit in &found.hits {
                let text = &corpus.documents[hit.document].text;
                prop_assert!(hit.span.start < hit.span.end && hit.span.end <= text.len(), "{}", query.text());
            }
        } else if let Err(why) = found {
            let length = query.text().chars().count();
            prop_assert!(why.position().is_none_or(|p| (1..=length).contains(&p)), "{} {why}", query.text());
            prop_assert!(!why.hint().is_empty());
        }
        Ok(())
    };
    let typed = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14);
    let cases = if std::env::var_os("VERBATIM_LONG").is_some() { 200_000 } else { 4000 };
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let run = TestRunner::new(config).run(&typed, |pieces| {
        let typed = pieces.concat();
        let (live, trouble) = Query::live(&typed);
        match Query::parse(&typed) {
            Ok(query) => {
                prop_assert!(trouble.is_none());
                search(&query)?;
            }
            Err(why) => {
                let length = typed.chars().count();
                prop_assert!(why.position().is_none_or(|p| (1..=length).contains(&p)), "{typed:?} {why}");
                prop_assert!(!why.hint().is_empty() && why.to_string().chars().count() < 250);
                prop_assert_eq!(trouble, Some(why));
            }
        }
        live.iter().try_for_each(search)
    });
    assert!(run.is_ok(), "{}", run.unwrap_err());
}

/// Signs put anywhere between what is typed are an error or change nothing of what is found.
#[test]
fn signs_change_nothing_or_are_told() {
    let corpus = study();
    let index = Index::open(None, &corpus);
    let pieces = prop::sample::select(vec![
        "zorg",
        "werk",
        "a",
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
        "-a",
        "NEAR/2",
        "THEN",
        "doc:d0",
        "role:respondent",
        "&",
        "…",
        "👩",
    ]);
    let typed = prop::collection::vec(pieces, 1..9);
    let config = Config { cases: 4000, failure_persistence: None, ..Config::default() };
    let run = TestRunner::new(config).run(&typed, |pieces| {
        let Ok(query) = Query::parse(&pieces.join(" ")) else { return Ok(()) };
        let words: Vec<&str> = pieces.iter().copied().filter(|p| !matches!(*p, "&" | "…" | "👩")).collect();
        let without = Query::parse(&words.join(" ")).map_err(|why| TestCaseError::fail(why.to_string()))?;
        let told = query.notes().iter().any(|note| matches!(note, Note::Signs(_)));
        prop_assert_eq!(told, words.len() < pieces.len(), "{:?}", pieces);
        let hits = |query: &Query| {
            let found = index.search(&corpus, query, &Options::default());
            found.map(|found| found.hits).map_err(|why| std::mem::discriminant(&why))
        };
        prop_assert_eq!(hits(&query), hits(&without), "{:?}", pieces);
        Ok(())
    });
    assert!(run.is_ok(), "{}", run.unwrap_err());
}

/// What could take hours ends: words of every sentence on both sides, expressions that others try in
/// exponential time, words and queries without end. What is found lies in its document.
#[test]
fn every_search_ends() {
    let line = "de zorg is het werk en de zorg aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ";
    let mut corpus = study();
    corpus.documents.push(document("long", "nl", &line.repeat(4000)));
    corpus.documents.push(document("turns", "nl", &format!("Anna: {line}\n\nIvo: {line}\n\n").repeat(2000)));
    let index = Index::open(None, &corpus);
    for query in [
        "de NEAR/4000000000 zorg",
        "de NEAR/20000 is",
        "de NEAR/1000t zorg",
        "(de OR zorg) THEN/3t (het OR zorg)",
        "/[a-z]+/ OVERLAPS *e*",
        "/[a-z]+/ INSIDE /[a-z ]+/",
        "/(a+)+$/",
        "/(a|a)*b|(a|aa)+c/",
        "/(.*)*x|(.+)+y/",
        "\"de zorg\"~4000000000",
        "*a*a*a*a*a*a*a*b*",
        &format!("{}~2", "a".repeat(50_000)),
        &format!("doc:{}", "a".repeat(50_000)),
        &vec!["de"; 1000].join(" "),
        &vec!["de"; 1000].join(" OR "),
        &format!("{}zorg{}", "(".repeat(60), ")".repeat(60)),
        &vec!["(de NEAR/2t het)"; 500].join(" OR "),
    ] {
        if let Ok(query) = Query::parse(query)
            && let Ok(found) = index.search(&corpus, &query, &Options::default())
        {
            for hit in &found.hits {
                let length = corpus.documents[hit.document].text.len();
                assert!(hit.span.start < hit.span.end && hit.span.end <= length, "{:?}", hit.span);
            }
        }
        _ = Query::live(query);
    }
}
