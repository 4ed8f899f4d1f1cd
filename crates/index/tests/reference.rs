//! Every search against a scan that anyone can check: characters one by one, a list of tokens per
//! turn, and the query tried on each.

mod common;

use model::corpus::{Corpus, Document};
use model::span::Span;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use verbatim_index::{Hit, Index, Options, Query};

/// The characters of the random texts.
const PIECES: [&str; 30] = [
    "a",
    "b",
    "A",
    "é",
    "É",
    "e",
    "ß",
    "ss",
    "ĳ",
    "IJ",
    "ø",
    "_",
    "1",
    "²",
    " ",
    " ",
    " ",
    " ",
    "\n",
    "'",
    "-",
    ".",
    "👩‍💻",
    "日",
    "本",
    "e\u{301}",
    "x\u{301}",
    "\nAnna: ",
    "\nIvo: ",
    "\n\n",
];
/// The words of the random queries, with what they are when folded.
const WORDS: [(&str, &str); 14] = [
    ("a", "a"),
    ("B", "b"),
    ("ab", "ab"),
    ("é", "e"),
    ("e", "e"),
    ("ß", "ss"),
    ("IJ", "ij"),
    ("o", "o"),
    ("日本", "日本"),
    ("x", "x"),
    ("1", "1"),
    ("_", "_"),
    ("anna", "anna"),
    ("ae\u{301}", "ae"),
];

/// A query as the reference knows it.
#[derive(Clone, Debug)]
enum Q {
    Phrase(Vec<usize>),
    Prefix(usize),
    Role(&'static str),
    Document(usize),
    And(Vec<Q>),
    Or(Vec<Q>),
    Not(Box<Q>),
}

impl Q {
    fn written(&self) -> String {
        let list = |parts: &[Q], by: &str| {
            format!("({})", parts.iter().map(Q::written).collect::<Vec<_>>().join(by))
        };
        match self {
            Q::Phrase(words) if words.len() == 1 => WORDS[words[0]].0.to_owned(),
            Q::Phrase(words) => {
                format!("\"{}\"", words.iter().map(|&w| WORDS[w].0).collect::<Vec<_>>().join(" "))
            }
            Q::Prefix(word) => format!("{}*", WORDS[*word].0),
            Q::Role(role) => format!("role:{role}"),
            Q::Document(i) => format!("doc:d{i}"),
            Q::And(parts) => list(parts, " "),
            Q::Or(parts) => list(parts, " OR "),
            Q::Not(inner) => format!("NOT {}", inner.written()),
        }
    }
}

fn query() -> impl Strategy<Value = Q> {
    let leaf = prop_oneof![
        6 => prop::collection::vec(0..WORDS.len(), 1..3).prop_map(Q::Phrase),
        1 => (0..WORDS.len()).prop_map(Q::Prefix),
        1 => prop_oneof![Just("interviewer"), Just("respondent")].prop_map(Q::Role),
        1 => (0..2_usize).prop_map(Q::Document),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Q::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Q::Or),
            inner.prop_map(|q| Q::Not(Box::new(q))),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..80).prop_map(|pieces| pieces.concat())
}

/// Folds by table: only what the random texts hold.
fn folded(c: char) -> &'static str {
    match c {
        'a' | 'A' => "a",
        'b' => "b",
        'e' | 'é' | 'É' => "e",
        'ß' => "ss",
        'ĳ' => "ij",
        'ø' | 'o' => "o",
        's' => "s",
        'i' | 'I' => "i",
        'j' | 'J' => "j",
        '_' => "_",
        '1' => "1",
        '日' => "日",
        '本' => "本",
        'x' => "x",
        'n' => "n",
        'v' => "v",
        _ => "",
    }
}

/// The tokens of `[from, to)`: where, and folded. An accent goes with the letter before it.
fn tokens(chars: &[char], from: usize, to: usize) -> Vec<(usize, usize, String)> {
    let mut out: Vec<(usize, usize, String)> = Vec::new();
    for (at, &c) in chars.iter().enumerate().take(to).skip(from) {
        let joined = out.last().is_some_and(|t| t.1 == at);
        let letter = !folded(c).is_empty();
        if let Some(last) = out.last_mut().filter(|_| joined && (letter || c == '\u{301}')) {
            last.1 = at + 1;
            last.2.push_str(folded(c));
        } else if letter {
            out.push((at, at + 1, folded(c).to_owned()));
        }
    }
    out
}

/// Turns, and paragraphs outside them: where each begins and ends, and its turn.
fn stretches(d: &Document, chars: &[char]) -> Vec<(usize, usize, Option<usize>)> {
    let mut inside = vec![None; chars.len()];
    for (i, t) in d.turns.iter().enumerate() {
        for place in inside.iter_mut().take(t.end as usize).skip(t.start as usize) {
            *place = Some(i);
        }
    }
    let mut out: Vec<(usize, usize, Option<usize>)> = Vec::new();
    for at in 0..chars.len() {
        let blank_line = inside[at].is_none() && chars[at] == '\n' && {
            let line: String = chars[..at].iter().rev().take_while(|&&c| c != '\n').collect();
            line.trim().is_empty()
        };
        match out.last_mut() {
            Some(last) if last.1 == at && last.2 == inside[at] && !blank_line => last.1 = at + 1,
            _ if blank_line => {}
            _ => out.push((at, at + 1, inside[at])),
        }
    }
    out
}

/// All places of the positive words of a query, or of any of its words.
fn places(q: &Q, tokens: &[(usize, usize, String)], out: &mut Vec<(usize, usize)>) {
    match q {
        Q::Phrase(words) => {
            let mut at = 0;
            while at + words.len() <= tokens.len() {
                if words.iter().enumerate().all(|(i, &w)| tokens[at + i].2 == WORDS[w].1) {
                    out.push((tokens[at].0, tokens[at + words.len() - 1].1));
                    at += words.len();
                } else {
                    at += 1;
                }
            }
        }
        Q::Prefix(word) => {
            out.extend(tokens.iter().filter(|t| t.2.starts_with(WORDS[*word].1)).map(|t| (t.0, t.1)));
        }
        Q::And(parts) | Q::Or(parts) => parts.iter().for_each(|p| places(p, tokens, out)),
        Q::Not(inner) => {
            if let Q::Not(twice) = &**inner {
                places(twice, tokens, out);
            }
        }
        Q::Role(_) | Q::Document(_) => {}
    }
}

fn holds(q: &Q, d: usize, role: Option<&str>, tokens: &[(usize, usize, String)]) -> bool {
    match q {
        Q::Phrase(_) | Q::Prefix(_) => {
            let mut found = Vec::new();
            places(q, tokens, &mut found);
            !found.is_empty()
        }
        Q::Role(wanted) => role == Some(*wanted),
        Q::Document(wanted) => d == *wanted,
        Q::And(parts) => parts.iter().all(|p| holds(p, d, role, tokens)),
        Q::Or(parts) => parts.iter().any(|p| holds(p, d, role, tokens)),
        Q::Not(inner) => !holds(inner, d, role, tokens),
    }
}

fn has_words(q: &Q) -> bool {
    match q {
        Q::Phrase(_) | Q::Prefix(_) => true,
        Q::Role(_) | Q::Document(_) => false,
        Q::And(parts) | Q::Or(parts) => parts.iter().any(has_words),
        Q::Not(inner) => matches!(&**inner, Q::Not(twice) if has_words(twice)),
    }
}

fn reference(corpus: &Corpus, q: &Q) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (i, d) in corpus.documents.iter().enumerate() {
        let chars: Vec<char> = d.text.as_str().chars().collect();
        for (from, to, turn) in stretches(d, &chars) {
            let tokens = tokens(&chars, from, to);
            let role = turn.map(|t| d.role(&d.turns[t]).as_str());
            if !holds(q, i, role, &tokens) {
                continue;
            }
            let mut found = Vec::new();
            if has_words(q) {
                places(q, &tokens, &mut found);
            } else if let Some(turn) = turn.map(|t| &d.turns[t]) {
                let start = if turn.text_start < turn.end { turn.text_start } else { turn.start };
                found.push((start as usize, turn.end as usize));
            } else if d.turns.is_empty() && chars[from..to].iter().any(|c| !c.is_whitespace()) {
                let blank = chars[from..to].iter().rev().take_while(|c| c.is_whitespace()).count();
                found.push((from, to - blank));
            }
            found.sort_unstable();
            found.dedup();
            hits.extend(found.into_iter().map(|(start, end)| Hit {
                document: i,
                span: Span::new(start as u32, end as u32),
                turn,
                by_stem: false,
            }));
        }
    }
    hits
}

fn check(index: &Index, corpus: &Corpus, q: &Q) -> Result<(), TestCaseError> {
    // A query that only takes away, or has words on one side of OR, is refused; see the parser's tests.
    let Ok(query) = Query::parse(&q.written(), "organisation") else { return Ok(()) };
    let found =
        index.search(corpus, &query, &Options::default()).map_err(|e| TestCaseError::fail(e.to_string()))?;
    prop_assert_eq!(&found.hits, &reference(corpus, q), "{}", q.written());
    prop_assert_eq!(found.total, found.hits.len());
    Ok(())
}

fn corpus_of(texts: &[String]) -> Corpus {
    let documents =
        texts.iter().enumerate().map(|(i, t)| common::document(&format!("d{i}"), "nl", t)).collect();
    common::corpus(documents)
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(text(), 2..5)
}

#[test]
fn in_memory() {
    let mut runner = TestRunner::new(Config { cases: 1500, failure_persistence: None, ..Config::default() });
    let run = runner.run(&(texts(), query()), |(texts, q)| {
        let corpus = corpus_of(&texts);
        check(&Index::open(None, &corpus), &corpus, &q)
    });
    assert!(run.is_ok(), "{}", run.unwrap_err());
}

#[test]
fn on_disk() {
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let queries = prop::collection::vec(query(), 60..61);
    let run = runner.run(&(texts(), queries), |(texts, queries)| {
        let folder = tempfile::tempdir()?;
        let corpus = corpus_of(&texts);
        let index = Index::open(Some(folder.path()), &corpus);
        prop_assert_eq!(index.report().trouble.as_ref(), None);
        queries.iter().try_for_each(|q| check(&index, &corpus, q))
    });
    assert!(run.is_ok(), "{}", run.unwrap_err());
}
