//! Words, collocates and concordances against a count by hand and against another way of counting.

use export::collocate::{collocates, g2};
use export::concordance::{self, GroupBy, Place, Sort};
use export::stop::StopWords;
use export::token::{folded, tokens};
use export::wordlist::word_list;
use model::coded::Coded;
use model::corpus::{Case, Corpus, Document, Speaker};
use model::counted::{Counted, Roles};
use model::span::Span;
use model::text::Text;
use model::turn::{Role, Turn};
use proptest::prelude::*;
use verbatim_export as export;

/// A document of turns, each a speaker and what is said; `Q` asks.
fn document(id: &str, case: &str, date: &str, turns: &[(&str, &str)]) -> Document {
    let mut text = String::new();
    let mut stored = Vec::new();
    for (speaker, said) in turns {
        let start = text.chars().count() as u32;
        let text_start = start + speaker.chars().count() as u32 + 2;
        text.extend([speaker, ": ", said]);
        let end = text.chars().count() as u32;
        text.push('\n');
        stored.push(Turn { start, text_start, end, speaker: Some((*speaker).into()), seconds: None });
    }
    let text = Text::new(text);
    let speaker = |label: &str, role| Speaker { label: label.to_owned(), role, ..Speaker::default() };
    Document {
        id: id.to_owned(),
        case: Some(case.to_owned()),
        date: date.to_owned(),
        hash: Some(text.hash()),
        text,
        turns: stored,
        speakers: vec![speaker("Q", Role::Interviewer), speaker("A", Role::Respondent)],
        ..Document::default()
    }
}

fn corpus() -> Corpus {
    let documents = vec![
        document(
            "one",
            "b",
            "2026-02",
            &[("Q", "What of courses?"), ("A", "Good courses, dear courses. Good pay.")],
        ),
        document("two", "a", "", &[("A", "Courses? No time."), ("Q", "No courses.")]),
        document("three", "b", "2026-01", &[("A", "Good pay, no time.")]),
    ];
    let cases = ["a", "b", "c"].map(|id| Case { id: id.to_owned(), listed: true, ..Case::default() });
    Corpus::new("shop".to_owned(), documents, cases.to_vec())
}

fn places(corpus: &Corpus, word: &str) -> Vec<Place> {
    let mut out = Vec::new();
    for (at, document) in corpus.documents.iter().enumerate() {
        let hits = tokens(document).into_iter().filter(|t| folded(t.text) == word);
        out.extend(hits.map(|t| (at, t.span)));
    }
    out
}

#[test]
fn words_as_counted_by_hand() {
    let corpus = corpus();
    let stop = StopWords::none().with(["no"]);
    let list = word_list(&corpus, None, Roles::default(), &stop);
    // Good courses dear courses Good pay | Courses No time | Good pay no time
    assert_eq!((list.words, list.stopped, list.turns), (13, 2, 3));
    let rows: Vec<_> = list.rows.iter().map(|r| (r.word.as_str(), r.count, r.documents, r.cases)).collect();
    assert_eq!(
        rows,
        [("courses", 3, 2, 2), ("good", 3, 2, 1), ("pay", 2, 2, 1), ("time", 2, 2, 2), ("dear", 1, 1, 1)]
    );
    assert_eq!(list.per_1000(&list.rows[0]), Some(3000.0 / 13.0));
    let near = word_list(&corpus, Some(&places(&corpus, "courses")), Roles::default(), &stop);
    assert_eq!((near.words, near.turns), (9, 2));
}

#[test]
fn collocates_as_counted_by_hand() {
    let corpus = corpus();
    let found = collocates(&corpus, &places(&corpus, "courses"), 1, Roles::default(), &StopWords::none());
    // Near: good, dear (between two: counted once), good | no. Compared: all but the three hits.
    assert_eq!((found.hits, found.near, found.words), (3, 4, 10));
    let row = |word: &str| {
        let r = found.rows.iter().find(|r| r.word == word).unwrap();
        (r.left, r.right, r.total, r.expected)
    };
    assert_eq!(row("good"), (1, 1, 3, 1.2));
    assert_eq!(row("dear"), (1, 0, 1, 0.4));
    assert_eq!(row("no"), (0, 1, 2, 0.8));
}

#[test]
fn the_measure_as_computed_from_entropies() {
    // 2 [Σ k ln k − Σ rows − Σ columns + N ln N], computed elsewhere.
    assert!((g2(10, 20, 100, 10_000) - G2_BOUND).abs() < 1e-9);
    assert!((g2(1, 500, 100, 10_000) + G2_AWAY).abs() < 1e-9);
    assert!(g2(1, 10, 10, 100).abs() < 1e-9, "exactly as expected");
}

const G2_BOUND: f64 = 65.583_708_115_475_02;
const G2_AWAY: f64 = 4.981_167_945_341_44;

#[test]
fn hits_are_put_in_order_and_in_groups() {
    let corpus = corpus();
    let hits = places(&corpus, "courses");
    assert_eq!(hits.len(), 5);
    let order = |by: Sort| -> Vec<(usize, u32)> {
        let mut all = hits.clone();
        all.reverse();
        concordance::sort(&corpus, &mut all, by);
        all.into_iter().map(|(d, s)| (d, s.start)).collect()
    };
    let starts: Vec<(usize, u32)> = hits.iter().map(|(d, s)| (*d, s.start)).collect();
    let [q, good, dear, alone, no] = starts[..] else { panic!("{starts:?}") };
    assert_eq!(order(Sort::Document), starts);
    // By the word before: none, dear, good, no, of.
    assert_eq!(order(Sort::Left), [alone, dear, good, no, q]);
    // By the word behind: none (twice), dear, good, no.
    assert_eq!(order(Sort::Right), [q, no, good, dear, alone]);
    assert_eq!(order(Sort::Case), [alone, no, q, good, dear]);
    assert_eq!(order(Sort::Date), [q, good, dear, alone, no]);

    let counts = concordance::counts(&corpus, &hits, Roles::default());
    assert_eq!((counts.hits, counts.documents, counts.cases), (5, 2, 2));
    assert_eq!((counts.counted, counts.words), (3, 13));
    let coded = Coded::default();
    let groups = |by| -> Vec<(Option<String>, usize, usize, u64)> {
        let all = concordance::groups(&corpus, &coded, &hits, by, Roles::default());
        all.into_iter().map(|g| (g.key, g.counts.hits, g.counts.counted, g.counts.words)).collect()
    };
    let key = |k: &str| Some(k.to_owned());
    assert_eq!(groups(GroupBy::Case), [(key("a"), 2, 1, 3), (key("b"), 3, 2, 10)]);
    assert_eq!(groups(GroupBy::Document), [(key("one"), 3, 2, 6), (key("two"), 2, 1, 3)]);
    assert_eq!(
        groups(GroupBy::Speaker),
        [(key("A"), 2, 2, 6), (key("Q"), 1, 0, 0), (key("A"), 1, 1, 3), (key("Q"), 1, 0, 0)]
    );
    assert_eq!(groups(GroupBy::Code), [(None, 5, 3, 13)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn collocates_equal_looking_at_every_pair(
        turns in proptest::collection::vec((prop_oneof!["Q", "A"], proptest::collection::vec(prop_oneof!["a", "b", "c", "d", "X", "[lacht]"], 1..12)), 1..5),
        window in 0_usize..4,
        wide in any::<bool>(),
    ) {
        let said: Vec<(String, String)> = turns.iter().map(|(who, words)| (who.clone(), words.join(" "))).collect();
        let said: Vec<(&str, &str)> = said.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let corpus = Corpus::new(String::new(), vec![document("d", "c", "", &said)], Vec::new());
        let roles = if wide { Roles::all() } else { Roles::default() };
        let hits = places(&corpus, "x");
        let found = collocates(&corpus, &hits, window, roles, &StopWords::none());
        // Every word of every counted turn with its distance to every hit there.
        let d = &corpus.documents[0];
        let mut near = std::collections::BTreeMap::<String, (u64, u64)>::new();
        let mut all = 0;
        for turn in Counted::of(d, roles).turns {
            let words: Vec<_> = tokens(d).into_iter().filter(|t| turn.speech.has(t.span.start)).collect();
            for (i, token) in words.iter().enumerate().filter(|(_, t)| t.text != "X") {
                all += 1;
                let hits = words.iter().enumerate().filter(|(_, t)| t.text == "X").map(|(j, _)| j);
                let nearest = hits.min_by_key(|j| (j.abs_diff(i), *j < i)).filter(|j| j.abs_diff(i) <= window);
                if let Some(j) = nearest {
                    let sides = near.entry(token.text.to_owned()).or_default();
                    if j > i { sides.0 += 1 } else { sides.1 += 1 }
                }
            }
        }
        let ours: std::collections::BTreeMap<String, (u64, u64)> =
            found.rows.iter().map(|r| (r.word.clone(), (r.left, r.right))).collect();
        prop_assert_eq!(ours, near);
        prop_assert_eq!(found.words, all);
        let list = word_list(&corpus, None, roles, &StopWords::none());
        prop_assert_eq!(list.rows.iter().map(|r| r.count).sum::<u64>(), Counted::of(d, roles).all_words());
        let spans: Vec<Span> = hits.iter().map(|h| h.1).collect();
        prop_assert!(spans.is_sorted());
    }
}
