//! Columns as researchers write them: names with spaces and signs, dates of a year or a month, cells that are
//! neither number nor date.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use model::corpus::Corpus;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use verbatim_index::query::Note;
use verbatim_index::{Index, Options, Query, QueryError};

use common::{corpus, document};

/// As many documents as values, each with the word and with its value in a column of `documents.csv`.
fn with(column: &str, values: &[&str]) -> Corpus {
    let mut corpus =
        corpus((0..values.len()).map(|i| document(&format!("d{i}"), "nl", "Anna: zorg\n")).collect());
    for (document, value) in corpus.documents.iter_mut().zip(values) {
        if column == "date" {
            document.date = (*value).into();
        } else {
            document.attributes = vec![(column.to_owned(), (*value).to_owned())];
        }
    }
    corpus
}

/// In which documents the word is found with a restriction, and what is noted.
fn found(corpus: &Corpus, restriction: &str) -> Result<(Vec<usize>, Vec<String>), QueryError> {
    let query = Query::parse(&format!("zorg {restriction}"))?;
    let (index, options) = (Index::open(None, corpus), Options::default());
    let hits = index.search(corpus, &query, &options)?.hits;
    let notes = index.notes(corpus, &query, &options, false);
    Ok((hits.iter().map(|h| h.document).collect(), notes.iter().map(Note::to_string).collect()))
}

fn documents(corpus: &Corpus, restriction: &str) -> Vec<usize> {
    found(corpus, restriction).unwrap().0
}

/// Whether a year means all of the year does not hang on what else stands in the column. A date of a month
/// or a year is in a range if all of it is.
#[test]
fn years_and_months_stand_for_all_of_their_days() {
    let dates = with("date", &["2026-03-17", "2026-04-02", "2026-03", "2026", "2025-12-31"]);
    for (restriction, expected) in [
        ("date:2026", vec![0, 1, 2, 3]),
        ("date:2026-03", vec![0, 2]),
        ("date:2026-03-17", vec![0]),
        ("date:2026..2026", vec![0, 1, 2, 3]),
        ("date:>=2026-03", vec![0, 1, 2]),
        ("date:>2026-03", vec![1]),
        ("date:<2026-06", vec![0, 1, 2, 4]),
        ("date:>2026-06", vec![]),
        ("date:..2026-02", vec![4]),
        ("date:<=2026", vec![0, 1, 2, 3, 4]),
        ("date:>2025", vec![0, 1, 2, 3]),
        ("date:2025..2026-03", vec![0, 2, 4]),
    ] {
        assert_eq!(documents(&dates, restriction), expected, "{restriction}");
    }
    // Where years alone are written, one is as good as its number.
    let years = with("year", &["2019", "2020", "1234"]);
    assert_eq!(documents(&years, "year:2019"), [0]);
    assert_eq!(documents(&years, "year:>=2019"), [0, 1]);
}

/// A list of values may hold ranges, as docs/search.md has it.
#[test]
fn ranges_stand_in_a_list_of_values() {
    let sizes = with("size", &["5", "90", "300", "600"]);
    for (restriction, expected) in [
        ("size:(>250 OR <10)", vec![0, 2, 3]),
        ("size:(90 OR >=600)", vec![1, 3]),
        ("-size:(>250 OR <10)", vec![1]),
    ] {
        assert_eq!(documents(&sizes, restriction), expected, "{restriction}");
    }
    let dates = with("date", &["2018-03-01", "2019-12-31", "2021"]);
    assert_eq!(documents(&dates, "date:(<2019 OR >2020)"), [0, 2]);
    let staff = with("Number of staff", &["10", "55", "7"]);
    assert_eq!(documents(&staff, "\"Number of staff\":(10 OR >50)"), [0, 1]);
    let why = Query::parse("zorg size: >500").unwrap_err();
    assert_eq!(why.to_string(), "size: at character 6 has no value");
}

/// What is quoted is text, also where it looks like the name of a column.
#[test]
fn a_name_of_a_column_in_quoted_text_is_text() {
    let years = with("2020", &["ja", "nee"]);
    assert!(matches!(found(&years, "2020:ja"), Err(QueryError::Unquoted { .. })));
    assert_eq!(documents(&years, "\"2020\":ja"), [0]);
    assert_eq!(documents(&years, "-\"in 2020: wat\""), [0, 1]);
    assert_eq!(documents(&years, "-/in 2020: wat/"), [0, 1]);
    assert_eq!(documents(&years, "\"2020\":nee -\"2020: x\""), [1]);
    let staff = with("Number of staff", &["10"]);
    assert_eq!(documents(&staff, "-\"the Number of staff: ten\""), [0]);
}

/// A date that is written otherwise than in the column is told as it should be, where it can be told.
#[test]
fn dates_that_are_none_are_told() {
    let dates = with("date", &["2026-03-17", "onbekend"]);
    let said = |restriction: &str| {
        let why = found(&dates, restriction).unwrap_err();
        (why.to_string(), why.hint())
    };
    for (restriction, wrong, hint) in [
        ("date:>=2019-5-1", "2019-5-1", "write date:>=2019-05-01"),
        ("date:<31/5/2019", "31/5/2019", "write date:<2019-05-31"),
        ("date:5-31-2019..2020", "5-31-2019", "write date:2019-05-31..2020"),
        ("date:>5/2019", "5/2019", "write date:>2019-05"),
        ("date:4.4.2019", "4.4.2019", "write date:2019-04-04"),
        (
            "date:>4.5.2019",
            "4.5.2019",
            "dates are written as 2019-05-31, or 2019-05, or 2019: date:>=2019-05",
        ),
        (
            "date:>2026-02-29",
            "2026-02-29",
            "dates are written as 2019-05-31, or 2019-05, or 2019: date:>=2019-05",
        ),
        ("date:>2019-13", "2019-13", "dates are written as 2019-05-31, or 2019-05, or 2019: date:>=2019-05"),
    ] {
        assert_eq!(said(restriction), (format!("{wrong} is no date (character 6)"), hint.to_owned()));
    }
    assert_eq!(said("date:onbeknd").1, "did you mean date:onbekend?");
    let sizes = with("size", &["90", "1200"]);
    let why = found(&sizes, "size:>veel").unwrap_err();
    assert_eq!(why.to_string(), "veel is no number (character 6)");
    assert_eq!(why.hint(), "the values of size: are numbers, as in size:>=250");
    let why = Query::parse("\"Number of staff\": 10").unwrap_err();
    assert_eq!(why.to_string(), "\"Number of staff\": at character 1 has no value");
    assert_eq!(
        why.hint(),
        "a field has its value right behind it, as in \"Number of staff\":…; to search for the text, leave out the colon"
    );
}

#[test]
fn cells_that_a_range_leaves_out_are_told() {
    let notes = |corpus: &Corpus, restriction: &str| found(corpus, restriction).unwrap().1.join("; ");
    let dates = with("date", &["2026-03-17", "31-12-2025", "", "onbekend"]);
    assert_eq!(
        notes(&dates, "date:>2025"),
        "2 values of date are no dates such as 2019-05-31, and in no range, such as `31-12-2025`"
    );
    assert_eq!(notes(&dates, "date:2026-03-17"), notes(&dates, "date:>2025"), "a day is a range too");
    assert_eq!(notes(&dates, "date:onbekend"), "");
    assert_eq!(
        notes(&dates, "date:(2026-03 OR 2026-03-17)"),
        notes(&dates, "date:>2025"),
        "told once for a list of values"
    );
    let sizes = with("size", &["90", "1.200", "ca. 300"]);
    assert_eq!(documents(&sizes, "size:<100"), [0, 1]);
    assert_eq!(
        notes(&sizes, "size:<100"),
        "a value of size is no number, and in no range: `ca. 300`; \
         `1.200` in size is read as a decimal; thousands are written without a sign between them"
    );
}

/// Whatever a column is called, it can be searched, and who forgets the quotes is told.
#[test]
fn columns_with_any_name_are_searched() {
    for name in
        ["Aantal medewerkers", "omzet (mln)", "2019_omzet", "rol/functie", "jaar.begin", "a:b", "say \"x\""]
    {
        let corpus = with(name, &["7", "8"]);
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        assert_eq!(documents(&corpus, &format!("{quoted}:7")), [0], "{name}");
        assert_eq!(documents(&corpus, &format!("{quoted}:(7 OR 8)")), [0, 1], "{name}");
        assert_eq!(documents(&corpus, &format!("{quoted}:>7")), [1], "{name}");
        assert_eq!(documents(&corpus, &format!("-{quoted}:7")), [1], "{name}");
        assert_eq!(documents(&corpus, &format!("document.{quoted}:\"7\"")), [0], "{name}");
        let query = Query::parse(&format!("zorg {quoted}:7")).unwrap();
        let written = query.filters().remove(0);
        assert_eq!(documents(&corpus, &written), [0], "{name}, as it is told: {written}");
        // Without quotes it is found or it is an error that says how; never nothing.
        match found(&corpus, &format!("{name}:7")) {
            Ok((documents, _)) => assert_eq!(documents, [0], "{name}"),
            Err(why) => assert_eq!(why.hint(), format!("write {quoted}:…"), "{name}: {why}"),
        }
    }
    let corpus = with("Aantal medewerkers", &["7"]);
    assert!(found(&corpus, "aantal medewerkers:7").is_err_and(|why| why.to_string().contains("character 6")));
    let listed = found(&corpus, "medewrkers:7").unwrap_err().hint();
    assert!(listed.contains("\"Aantal medewerkers\":"), "{listed}");
}

/// A field that every document has, and that another table has under the same name.
#[test]
fn a_value_of_another_tables_column_is_told_where() {
    let mut corpus = with("x", &["1"]);
    corpus.documents[0].kind = "interview".into();
    corpus.cases[0].attributes = vec![("kind".into(), "profit".into())];
    let why = found(&corpus, "kind:profit").unwrap_err();
    assert_eq!(why.hint(), "did you mean case.kind:profit?");
    assert_eq!(documents(&corpus, "case.kind:profit"), [0]);
}

/// What is proposed can be pasted: in quotes where it needs them, and read again as that value.
#[test]
fn what_is_proposed_can_be_typed() {
    let said = |corpus: &Corpus, restriction: &str| found(corpus, restriction).unwrap_err().hint();
    let care =
        with("owner", &["Zorggroep Rietvink", "Bouw (Noord)", "say \"x\"", "a: b", "2019..2020", "NOT"]);
    for (typed, proposed) in [
        ("owner:Zorggroep Rietvink", "owner:\"Zorggroep Rietvink\""),
        ("owner:zorggroep  rietvink werk", "owner:\"Zorggroep Rietvink\""),
        ("owner:Bouw (Noord)", "owner:\"Bouw (Noord)\""),
        ("owner:Zorggroep", "owner:\"Zorggroep Rietvink\""),
        ("owner:say", "owner:\"say \"\"x\"\"\""),
        ("owner:a: b", "owner:\"a: b\""),
        ("owner:NOTT", "owner:\"NOT\""),
        ("owner:\"2019..202\"", "owner:\"2019..2020\""),
        ("owner:=rietvink", "owner:=\"Zorggroep Rietvink\""),
        ("owner:(NOT1 OR \"a: b\")", "\"NOT\""),
    ] {
        assert_eq!(said(&care, typed), format!("did you mean {proposed}?"), "{typed}");
        let again =
            if proposed.starts_with('"') { format!("owner:({proposed} OR x*)") } else { proposed.into() };
        assert!(Query::parse(&again).is_ok(), "{again}");
        assert_eq!(documents(&care, &again.replace(" OR x*", "")).len(), 1, "{again}");
    }
    let languages = with("tongue", &["nl", "en", "fy"]);
    for (typed, proposed) in [
        ("tongue:nl,en", "tongue:(nl OR en)"),
        ("tongue:nl, en werk", "tongue:(nl OR en)"),
        ("tongue:\"nl,fy\"", "tongue:(nl OR fy)"),
        ("tongue:(nl,en OR fy)", "nl OR en"),
        ("tongue:(nl,en)", "tongue:(nl OR en)"),
        ("tongue:=nl,en", "tongue:(=nl OR =en)"),
        ("tongue:nl,de", "tongue:nl, tongue:en or tongue:fy"),
    ] {
        assert_eq!(said(&languages, typed), format!("did you mean {proposed}?"), "{typed}");
    }
    assert_eq!(documents(&languages, "tongue:(nl OR en)"), [0, 1]);
    assert_eq!(
        said(&with("Number of staff", &["7", "9"]), "\"Number of staff\":>veel"),
        "the values of \"Number of staff\": are numbers, as in \"Number of staff\":>=250"
    );
    let many: Vec<String> = (10..20).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(
        said(&with("Number of staff", &many), "\"Number of staff\":7"),
        "a range finds what lies around it, as in \"Number of staff\":>=7"
    );
}

/// Whatever a column holds, what is proposed is read as just that value, alone and in a list.
#[test]
fn any_value_can_be_proposed() {
    let pieces = prop::sample::select(vec![
        "a", "Zorg", "é", "1", "日本", " ", "-", ".", "..", ",", "/", "&", "\"", "“", "”", "«", "(", ")",
        ":", "=", "*", "~", ">", "<", "!", "'", "|", "OR", "NOT", "NEAR/2", "near/2", "_", "👩",
    ]);
    let values = prop::collection::vec(pieces, 1..6).prop_map(|pieces| pieces.concat());
    let values = values.prop_filter("a value", |v| v.trim() == v && v.chars().any(char::is_alphanumeric));
    let config = Config { cases: 2000, failure_persistence: None, ..Config::default() };
    let run = TestRunner::new(config).run(&values, |value| {
        let corpus = with("owner", &[&value]);
        let proposed = |typed: &str| {
            let hint = found(&corpus, typed).unwrap_err().hint();
            hint.strip_prefix("did you mean ")
                .and_then(|h| h.strip_suffix('?'))
                .unwrap_or_default()
                .to_owned()
        };
        // A date or a number is told otherwise.
        if !matches!(found(&corpus, "owner:qqqqqqqqqqqq"), Err(QueryError::UnknownValue { .. })) {
            return Ok(());
        }
        prop_assert_eq!(documents(&corpus, &proposed("owner:qqqqqqqqqqqq")), [0]);
        let listed = proposed("owner:(qqqqqqqqqqqq)");
        prop_assert_eq!(documents(&corpus, &format!("owner:({listed} OR {listed})")), [0], "{}", listed);
        Ok(())
    });
    assert!(run.is_ok(), "{}", run.unwrap_err());
}

/// A range over words is told which values there are, and which columns have numbers or dates.
#[test]
fn a_range_over_words_is_told_what_there_is() {
    let mut sizes = with("size", &["large", "small", "large"]);
    let hint = |corpus: &Corpus| found(corpus, "size:>250").unwrap_err().hint();
    assert_eq!(hint(&sizes), "write size:large or size:small; no field of this study has numbers or dates");
    sizes.documents[0].date = "2026-03-17".into();
    sizes.documents[1].attributes.push(("staff".into(), "90".into()));
    sizes.cases[0].attributes = vec![("staff".into(), "1200".into()), ("Since (year)".into(), "2019".into())];
    assert_eq!(
        hint(&sizes),
        "write size:large or size:small; numbers or dates are in date:, case.staff:, \"Since (year)\":, document.staff:"
    );
}

/// A number that may be read in two ways is told in the same words, in a range or not.
#[test]
fn a_number_that_may_be_a_thousand_is_told() {
    let staff = with("employees", &["90", "1200"]);
    for (typed, hint) in [
        ("employees:1.200", "write 1200 for thousands, or 1.2 for decimals"),
        ("employees:>1.000", "write 1000 for thousands, or 1 for decimals"),
        ("employees:1,234", "write 1234 for thousands, or 1,2340 for decimals"),
        ("employees:>=1.200.000", "write 1200000"),
    ] {
        let why = found(&staff, typed).unwrap_err();
        assert!(matches!(why, QueryError::Thousands { .. }), "{typed}: {why}");
        assert_eq!(why.hint(), hint, "{typed}");
    }
    assert_eq!(
        documents(&with("employees", &["1.200", "90"]), "employees:1.200"),
        [0],
        "as it is written there"
    );
}

/// A field that is not there: what may be meant comes first, then how text is searched, and all that there is
/// last.
#[test]
fn an_unknown_field_is_told_what_helps_first() {
    let corpus = with("sector", &["zorg"]);
    let said = |typed: &str| found(&corpus, typed).unwrap_err().hint();
    let hint = said("sectr:zorg");
    assert!(
        hint.starts_with(
            "did you mean sector:? To search for the text, put it in quotes: \"sectr:zorg\"; fields are case:"
        ),
        "{hint}"
    );
    assert!(said("roll:respondent").starts_with("did you mean role:?"));
    assert!(
        said("re:budget").starts_with("to search for the text, put it in quotes: \"re:budget\"; fields are")
    );
    assert!(
        said("colour:\"deep red\"").starts_with("to search for the text, put it in quotes: \"colour:…\"")
    );
    for typed in ["http://a.b", "(https://a.b/c?d=e)"] {
        let address = typed.trim_matches(['(', ')']);
        assert_eq!(said(typed), format!("an address is text: put it in quotes, \"{address}\""));
        assert!(Query::parse(&format!("\"{address}\"")).is_ok());
    }
}
