//! A line of a journal with all its fields, as serde_json parses it into borrowed types: the least that
//! reading it costs.

use std::borrow::Cow;

use serde::Deserialize;

/// Parses every line of a text; gives the number of changes.
pub(crate) fn parse(text: &str) -> usize {
    let mut changes = 0;
    for line in text.lines() {
        let line: Line<'_> = serde_json::from_str(line).unwrap();
        changes += line.changes.len();
        std::hint::black_box(&line);
    }
    changes
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "parsed to be paid for, not to be read")]
struct Line<'a> {
    v: u32,
    #[serde(borrow)]
    id: Cow<'a, str>,
    n: u64,
    #[serde(borrow)]
    at: Cow<'a, str>,
    #[serde(borrow)]
    coder: Cow<'a, str>,
    #[serde(borrow)]
    act: Cow<'a, str>,
    #[serde(borrow)]
    changes: Vec<Change<'a>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "parsed to be paid for, not to be read")]
struct Change<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    anchor: Option<Anchor<'a>>,
    #[serde(borrow)]
    code: Option<Cow<'a, str>>,
    #[serde(borrow)]
    definition: Option<Cow<'a, str>>,
    #[serde(borrow)]
    document: Option<Cow<'a, str>>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    fields: Option<serde_json::Value>,
    value: Option<serde_json::Value>,
    codes: Option<Vec<Cow<'a, str>>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "parsed to be paid for, not to be read")]
struct Anchor<'a> {
    #[serde(borrow)]
    document: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    start: u32,
    end: u32,
    #[serde(borrow)]
    quote: Cow<'a, str>,
    #[serde(borrow)]
    before: Cow<'a, str>,
    #[serde(borrow)]
    after: Cow<'a, str>,
}
