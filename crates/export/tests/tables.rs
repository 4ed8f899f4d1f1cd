//! Tables held to a plain reference: every code point, turn and case is looked at by itself.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{CODES, Made, SPEAKERS, build, made, runs};
use model::coded::Coded;
use model::corpus::{Corpus, Document};
use model::ground::Ground;
use model::reading::Choice;
use model::span::Span;
use model::state::State;
use model::turn::Role;
use proptest::prelude::*;
use verbatim_export::sheet::{Sheet, Value};
use verbatim_export::tables::cooccur::Cooccur;
use verbatim_export::tables::coverage::Coverage;
use verbatim_export::tables::crosstab::Crosstab;
use verbatim_export::tables::sensitivity::{Question, Sensitivity};
use verbatim_export::{
    Ask, At, By, CountRule, Language, Level, Options, Percent, Shape, Speech, Table, Unit, frequencies,
};

/// A counted turn: its span, what is said in it, its case.
struct Turn {
    span: Span,
    speech: Span,
    case: Option<String>,
}

fn turns(d: &Document) -> Vec<Turn> {
    if d.turns.is_empty() {
        let whole = Span::new(0, d.text.len());
        return vec![Turn { span: whole, speech: whole, case: d.case.clone() }];
    }
    let about = |t: &model::turn::Turn| SPEAKERS.iter().find(|s| t.speaker.as_deref() == Some(s.0)).unwrap();
    d.turns
        .iter()
        .filter(|t| about(t).1 == Role::Respondent)
        .map(|t| Turn {
            span: Span::new(t.start, t.end),
            speech: Span::new(t.text_start, t.end),
            case: about(t).2.map(str::to_owned).or(d.case.clone()),
        })
        .collect()
}

/// A coding: its document, span, codes and case.
struct Plain {
    document: usize,
    span: Span,
    codes: Vec<&'static str>,
    case: Option<String>,
}

fn plain(corpus: &Corpus, state: &State) -> Vec<Plain> {
    state
        .codings()
        .map(|c| {
            let document = corpus.position(&c.anchor.document).unwrap();
            let d = &corpus.documents[document];
            let span = c.anchor.span();
            let touched = turns(d).into_iter().find(|t| t.span.overlaps(span));
            let case = c.case.map(ToString::to_string);
            let case = case.or(touched.and_then(|t| t.case)).or(d.case.clone());
            let (code, above) = CODES.iter().find(|x| *c.code == x.0).unwrap();
            Plain { document, span, codes: [Some(*code), *above].into_iter().flatten().collect(), case }
        })
        .collect()
}

/// The passages of a code in a document, found code point by code point.
fn passages(d: &Document, codings: &[&Plain]) -> Vec<Span> {
    let covered = |at: u32| codings.iter().any(|p| p.span.has(at));
    let joined = |at: u32| codings.iter().any(|p| p.span.has(at) && p.span.has(at + 1));
    let turns = turns(d);
    let spans = runs(d.text.len(), covered, joined).into_iter().map(|(start, end)| Span::new(start, end));
    spans.filter(|s| turns.iter().any(|t| t.span.overlaps(*s))).collect()
}

fn speech() -> Speech {
    Speech::new(Language::English, ["en"])
}

fn union() -> Options {
    Options { reading: Choice::Union, ..Options::default() }
}

fn number(sheet: &Sheet, row: usize, field: &str) -> Option<f64> {
    sheet.value(row, sheet.position(field).unwrap()).as_number()
}

fn word(sheet: &Sheet, row: usize, field: &str) -> String {
    sheet.value(row, sheet.position(field).unwrap()).plain()
}

/// Everything that a union of all coders needs to be told apart in a study made by chance.
struct World {
    corpus: Corpus,
    state: State,
    coded: Coded,
}

impl World {
    fn new(made: &Made) -> Self {
        let (corpus, state) = build(made);
        let coded = Coded::new(&corpus, &state);
        Self { corpus, state, coded }
    }

    fn ground(&self) -> Ground<'_> {
        Ground { corpus: &self.corpus, state: &self.state, coded: &self.coded }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn codes_meet_where_a_plain_look_says(made in made(), which in 0_usize..4) {
        let world = World::new(&made);
        let unit = Unit::ALL[which];
        let ask = Ask::Cooccur(Cooccur { options: union(), unit, shape: Shape::Long, groups: None });
        let sheet = ask.sheets(world.ground(), &speech()).unwrap().remove(0);
        let plain = plain(&world.corpus, &world.state);
        // Per code: units with it, what the coefficient is taken over; passages per document.
        let mut sets: BTreeMap<&str, BTreeSet<(String, usize)>> = BTreeMap::new();
        let mut spans: BTreeMap<&str, Vec<Vec<Span>>> = BTreeMap::new();
        for (code, _) in CODES {
            for (i, d) in world.corpus.documents.iter().enumerate() {
                let here: Vec<&Plain> = plain.iter().filter(|p| p.document == i && p.codes.contains(&code)).collect();
                let found = passages(d, &here);
                let turns = turns(d);
                let units: Vec<(String, usize)> = match unit {
                    Unit::Case => here.iter().filter(|p| turns.iter().any(|t| t.span.overlaps(p.span)))
                        .filter_map(|p| Some((p.case.clone()?, 0))).collect(),
                    Unit::Document => found.iter().map(|_| (d.id.clone(), 0)).collect(),
                    Unit::Turn => turns.iter().enumerate().filter(|(_, t)| found.iter().any(|s| s.overlaps(t.span)))
                        .map(|(k, _)| (d.id.clone(), k)).collect(),
                    Unit::Overlap => (0..d.text.len()).filter(|at| found.iter().any(|s| s.has(*at)) && turns.iter().any(|t| t.speech.has(*at)))
                        .map(|at| (d.id.clone(), at as usize)).collect(),
                };
                sets.entry(code).or_default().extend(units);
                spans.entry(code).or_default().push(found);
            }
        }
        let n_of = |code: &str| match unit {
            Unit::Overlap => spans[code].iter().map(Vec::len).sum::<usize>(),
            _ => sets[code].len(),
        };
        let mut expected = Vec::new();
        for (i, (a, _)) in CODES.iter().enumerate() {
            for (b, above) in CODES.iter().skip(i + 1) {
                if *above == Some(*a) || n_of(a) == 0 || n_of(b) == 0 {
                    continue;
                }
                let shared = sets[a].intersection(&sets[b]).count();
                let either = sets[a].union(&sets[b]).count();
                let mut n = shared;
                if unit == Unit::Overlap {
                    n = 0;
                    for (d, document) in world.corpus.documents.iter().enumerate() {
                        for x in &spans[a][d] {
                            for y in &spans[b][d] {
                                n += usize::from(x.intersect(*y).is_some_and(|both| turns(document).iter().any(|t| t.span.overlaps(both))));
                            }
                        }
                    }
                }
                expected.push((*a, *b, n, n_of(a), n_of(b), shared, either));
            }
        }
        prop_assert_eq!(sheet.rows.len(), expected.len());
        for (row, (a, b, n, n_a, n_b, shared, either)) in expected.into_iter().enumerate() {
            prop_assert_eq!((word(&sheet, row, "code_a"), word(&sheet, row, "code_b")), (a.to_owned(), b.to_owned()));
            prop_assert_eq!(number(&sheet, row, "n").map_or(0, |n| n as usize), n, "{} {} {:?}", a, b, made);
            prop_assert_eq!(number(&sheet, row, "n_a"), Some(n_a as f64));
            prop_assert_eq!(number(&sheet, row, "n_b"), Some(n_b as f64));
            prop_assert_eq!(number(&sheet, row, "shared"), Some(shared as f64));
            prop_assert_eq!(number(&sheet, row, "either"), Some(either as f64));
            let jaccard = (either > 0).then(|| shared as f64 / either as f64);
            prop_assert_eq!(number(&sheet, row, "jaccard"), jaccard);
            let behind = ask.behind(world.ground(), At { sheet: 0, row, column: 2 }).unwrap().unwrap();
            if unit == Unit::Overlap {
                prop_assert_eq!(behind.len(), n);
                prop_assert!(behind.iter().all(|p| p.codings.len() >= 2));
            } else {
                prop_assert_eq!(behind.is_empty(), n == 0);
            }
        }
    }

    #[test]
    fn coverage_is_the_share_of_words(made in made(), long in 1_u32..10) {
        let world = World::new(&made);
        let ask = Ask::Coverage(Coverage { options: union(), long, turns: false });
        let sheet = ask.sheets(world.ground(), &speech()).unwrap().remove(0);
        let list = Ask::Coverage(Coverage { options: union(), long, turns: true });
        let list = list.sheets(world.ground(), &speech()).unwrap().remove(0);
        let plain = plain(&world.corpus, &world.state);
        let mut listed = 0;
        for (i, d) in world.corpus.documents.iter().enumerate() {
            let here: Vec<&Plain> = plain.iter().filter(|p| p.document == i).collect();
            let found = passages(d, &here);
            let turns = turns(d);
            let letters: Vec<char> = d.text.as_str().chars().collect();
            // A word begins at a letter or digit behind none.
            let begins = |at: u32| {
                let at = at as usize;
                letters[at].is_alphanumeric() && (at == 0 || !letters[at - 1].is_alphanumeric())
            };
            let words = |s: Span| (s.start..s.end).filter(|at| begins(*at)).collect::<Vec<u32>>();
            let said: Vec<u32> = turns.iter().flat_map(|t| words(t.speech)).collect();
            let coded = said.iter().filter(|at| found.iter().any(|s| s.has(**at))).count();
            let begun = !here.is_empty() || made.done.iter().any(|(document, _)| *document == i);
            let uncoded: Vec<&Turn> = turns.iter().filter(|t| !found.iter().any(|s| s.overlaps(t.span))).collect();
            let long_turns = uncoded.iter().filter(|t| words(t.speech).len() >= long as usize).count();
            prop_assert_eq!(number(&sheet, i, "words"), Some(said.len() as f64));
            let known = |n: usize| begun.then_some(n as f64);
            prop_assert_eq!(number(&sheet, i, "coded"), known(coded), "{:?}", made);
            prop_assert_eq!(number(&sheet, i, "turns"), Some(turns.len() as f64));
            prop_assert_eq!(number(&sheet, i, "uncoded_turns"), known(uncoded.len()));
            prop_assert_eq!(number(&sheet, i, "long_turns"), known(long_turns));
            let percent = (begun && !said.is_empty()).then(|| coded as f64 / said.len() as f64 * 100.0);
            prop_assert_eq!(number(&sheet, i, "percent"), percent);
            listed += if begun { long_turns } else { 0 };
        }
        prop_assert_eq!(list.rows.len(), listed);
    }

    #[test]
    fn a_crosstab_is_what_the_cases_say(made in made(), rule in 0_usize..8) {
        let world = World::new(&made);
        let count = CountRule::ALL[rule];
        let options = Options { count, ..union() };
        let cases = frequencies(&world.corpus, &world.state, &world.coded, &options).unwrap();
        let attribute = By::Attribute(Table::Case, "size".to_owned());
        let ask = Ask::Crosstab(Crosstab { options, attribute, shape: Shape::Long, test: count == CountRule::Presence });
        let sheet = ask.sheets(world.ground(), &speech()).unwrap().remove(0);
        let plain = plain(&world.corpus, &world.state);
        let size = |case: &str| match case { "shop" => "large", "empty" => "small", _ => "" };
        for row in 0..sheet.rows.len() {
            let (code, value) = (word(&sheet, row, "code"), word(&sheet, row, "value"));
            let cells: Vec<_> = cases.rows()
                .filter(|r| r.code == code && !r.group.is_empty() && size(r.group) == value).collect();
            let read = cells.iter().filter(|r| r.cell.n.is_some()).count();
            // Cases of one value may share a passage: only what can be said of each by itself adds up.
            let sum: u64 = cells.iter().filter_map(|r| r.cell.n).sum();
            let here = |p: &&Plain| {
                p.codes.contains(&code.as_str()) && p.case.as_deref().is_some_and(|case| size(case) == value)
            };
            let plain: Vec<&Plain> = plain.iter().filter(here).collect();
            let united = world.corpus.documents.iter().enumerate().map(|(i, d)| {
                let here: Vec<&Plain> = plain.iter().copied().filter(|p| p.document == i).collect();
                passages(d, &here).len() as u64
            });
            let n = if count == CountRule::Passages { united.sum() } else { sum };
            let whole = matches!(count, CountRule::Presence | CountRule::Passages | CountRule::Codings);
            prop_assert_eq!(number(&sheet, row, "cases"), Some(read as f64));
            prop_assert_eq!(number(&sheet, row, "left_out"), Some((cells.len() - read) as f64));
            let told = number(&sheet, row, "n");
            prop_assert!(told.is_some() == (read > 0) && told.unwrap_or(0.0) <= sum as f64, "{} {}", code, value);
            if whole {
                prop_assert_eq!(told, (read > 0).then_some(n as f64), "{} {}", code, value);
            }
            if count == CountRule::Passages {
                let behind = ask.behind(world.ground(), At { sheet: 0, row, column: 2 }).unwrap().unwrap();
                prop_assert_eq!(behind.len() as u64, n);
            }
        }
    }

    #[test]
    fn percentages_add_up(made in made(), by_document in any::<bool>()) {
        let world = World::new(&made);
        let by = if by_document { By::Document } else { By::Case };
        let table = frequencies(&world.corpus, &world.state, &world.coded, &Options { by, ..union() }).unwrap();
        for of in [Percent::Row, Percent::Column] {
            let percents = table.percents(of);
            let mut sums: BTreeMap<(usize, u32), (f64, u64)> = BTreeMap::new();
            for (i, percent) in percents.iter().enumerate() {
                let (group, code) = (i / table.codes.len(), i % table.codes.len());
                let key = if of == Percent::Row { (group, table.codes[code].depth) } else { (code, 0) };
                let sum = sums.entry(key).or_default();
                sum.0 += percent.map_or(0.0, |p| p.0);
                sum.1 += table.cell(group, code).n.unwrap_or(0);
            }
            for (percent, n) in sums.values() {
                let whole = if *n > 0 { 100.0 } else { 0.0 };
                prop_assert!((percent - whole).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_cross_has_the_cells_of_its_parts(made in made()) {
        let world = World::new(&made);
        let count = |by: By| frequencies(&world.corpus, &world.state, &world.coded, &Options { by, ..union() }).unwrap();
        let cross = count(By::parse("document,case", &world.corpus).unwrap());
        let plain = plain(&world.corpus, &world.state);
        for row in cross.rows() {
            let parts = cross.options.by.split(row.group);
            let (i, d) = (world.corpus.position(&parts[0]).unwrap(), world.corpus.document(&parts[0]).unwrap());
            let here: Vec<&Plain> = plain.iter()
                .filter(|p| p.document == i && p.codes.contains(&row.code) && p.case.as_deref().unwrap_or_default() == parts[1]).collect();
            let n = passages(d, &here).len() as u64;
            prop_assert_eq!(row.cell.n.unwrap_or(0), n, "{}", row.group);
        }
    }
}

/// Two documents of two cases: the shop (large) says more, the other case has no size.
fn fixed() -> World {
    // Every turn of X is the shop's, every turn of Y the other's; each is 35 characters with its label.
    World::new(&Made {
        documents: vec![(vec![0, 1, 2], true), (vec![1, 1], true)],
        codings: vec![
            (0, 60, 5, 1, 0, false),
            (0, 62, 8, 3, 0, false),
            (0, 100, 5, 3, 0, false),
            (1, 25, 5, 3, 0, false),
            (1, 65, 5, 2, 0, false),
        ],
        done: vec![(0, 0), (1, 0)],
    })
}

#[test]
fn order_and_who_turns_it_round() {
    let world = fixed();
    // Passages per case: a (with a1, a2) shop 2; b shop 2, other 1. So n: a 2, b 3; cases: a 1, b 2.
    let options = Options { reading: Choice::Union, ..Options::default() };
    let table = frequencies(
        &world.corpus,
        &world.state,
        &world.coded,
        &Options { level: Level::Top, ..options.clone() },
    )
    .unwrap();
    let n = |group: &str, code: &str| {
        table.rows().find(|r| r.group == group && r.code == code).and_then(|r| r.cell.n)
    };
    assert_eq!(
        [n("shop", "a"), n("shop", "b"), n("other", "a"), n("other", "b")],
        [Some(2), Some(2), Some(0), Some(1)]
    );
    let sheet = |question| {
        let ask = Ask::Sensitivity(Sensitivity { options: options.clone(), question });
        ask.sheets(world.ground(), &speech()).unwrap().remove(0)
    };
    let order = sheet(Question::Order);
    let of = |variant: &str, measure: &str| {
        let row = (0..order.rows.len())
            .find(|r| word(&order, *r, "variant") == variant && word(&order, *r, "measure") == measure)
            .unwrap_or_else(|| panic!("{variant} {measure}"));
        ["pairs", "kept", "tied", "reversed"].map(|field| number(&order, row, field).unwrap() as u64)
    };
    assert_eq!(of("count=codings", "n"), [1, 1, 0, 0]);
    // Documents: a in two of the shop's, b in two of the shop's and one of the other's.
    assert_eq!(of("count=documents", "n"), [1, 1, 0, 0]);
    assert_eq!(of("case=shop", "cases"), [1, 1, 0, 0]);
    // Without the other case both have two passages, in one case.
    assert_eq!(of("case=other", "n"), [1, 0, 1, 0]);
    assert_eq!(of("case=other", "cases"), [1, 0, 1, 0]);
    let pairs = sheet(Question::Pairs);
    assert_eq!(pairs.rows.len(), 2);
    assert_eq!((word(&pairs, 0, "code_a"), word(&pairs, 0, "code_b")), ("b".to_owned(), "a".to_owned()));
    assert!(word(&pairs, 0, "not_kept_in").contains("case=other"));
    // Of the two values only the shop's has numbers.
    let by = By::Attribute(Table::Case, "size".to_owned());
    let differences = sheet(Question::Difference(by));
    assert_eq!(word(&differences, 0, "variant"), "base");
    assert_eq!(number(&differences, 0, "a"), Some(2.0));
    assert_eq!((word(&differences, 0, "b"), word(&differences, 0, "sign")), (String::new(), String::new()));
}

#[test]
fn where_nothing_is_coded_tables_are_empty_not_wrong() {
    for made in [
        Made { documents: vec![(vec![0, 1], true)], codings: Vec::new(), done: Vec::new() },
        Made { documents: vec![(Vec::new(), false)], codings: Vec::new(), done: Vec::new() },
        Made { documents: Vec::new(), codings: Vec::new(), done: Vec::new() },
    ] {
        let world = World::new(&made);
        let attribute = By::Attribute(Table::Case, "size".to_owned());
        let size = attribute.clone();
        for shape in [Shape::Long, Shape::Wide] {
            let asks = [
                Ask::Cooccur(Cooccur { shape, ..Cooccur::default() }),
                Ask::Crosstab(Crosstab {
                    options: Options { count: CountRule::Presence, ..Options::default() },
                    attribute: attribute.clone(),
                    shape,
                    test: true,
                }),
                Ask::Coverage(Coverage::default()),
                Ask::Sensitivity(Sensitivity::default()),
                Ask::Sensitivity(Sensitivity { question: Question::Pairs, ..Sensitivity::default() }),
                Ask::Sensitivity(Sensitivity {
                    question: Question::Difference(size.clone()),
                    ..Sensitivity::default()
                }),
            ];
            for ask in asks {
                for sheet in ask.sheets(world.ground(), &speech()).unwrap() {
                    let names: BTreeSet<&str> = sheet.fields.iter().map(|f| f.name.as_str()).collect();
                    assert_eq!(names.len(), sheet.fields.len());
                    assert!(sheet.rows.iter().chain(&sheet.totals).all(|r| r.len() == sheet.fields.len()));
                    assert!(
                        !sheet.rows.iter().flatten().any(|v| matches!(v, Value::Number(n) if !n.is_finite()))
                    );
                }
            }
        }
    }
}

#[test]
fn an_attribute_may_have_the_name_of_a_column() {
    let mut world = fixed();
    for case in &mut world.corpus.cases {
        case.attributes = vec![("n".to_owned(), "3,5".to_owned()), ("code".to_owned(), "x × y".to_owned())];
    }
    let by = By::parse("n,code", &world.corpus).unwrap();
    let options = Options { by, reading: Choice::Union, percent: Some(Percent::Row), ..Options::default() };
    let freq = verbatim_export::tables::freq::Freq { options, shape: Shape::Long };
    let sheet = Ask::Freq(freq).sheets(world.ground(), &speech()).unwrap().remove(0);
    let names: Vec<&str> = sheet.fields.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names[..4], ["case_n", "case_code", "code", "n"]);
    assert_eq!(sheet.rows[0][..2], [Value::text("3,5"), Value::text("x × y")]);
}
