//! Columns as researchers write them: names with spaces and signs, dates of a year or a month, cells that are
//! neither number nor date.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use model::corpus::Corpus;
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
        ("date:>=2019-5-1", "2019-5-1", "write 2019-05-01"),
        ("date:<31/5/2019", "31/5/2019", "write 2019-05-31"),
        ("date:5-31-2019..2020", "5-31-2019", "write 2019-05-31"),
        ("date:>5/2019", "5/2019", "write 2019-05"),
        ("date:4.4.2019", "4.4.2019", "write 2019-04-04"),
        (
            "date:>4.5.2019",
            "4.5.2019",
            "dates are written as 2019-05-31, or 2019-05, or 2019: date:>=2019-05",
        ),
        ("date:>2019-13", "2019-13", "dates are written as 2019-05-31, or 2019-05, or 2019: date:>=2019-05"),
    ] {
        assert_eq!(said(restriction), (format!("{wrong} is no date (character 6)"), hint.to_owned()));
    }
    assert_eq!(said("date:onbeknd").1, "did you mean onbekend?");
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
