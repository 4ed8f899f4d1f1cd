//! `datapackage.json`: the tables as Frictionless programs read them (tabular data package, version 1,
//! which programs for version 2 read too).

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::package::frame::{Column, Frame};
use crate::package::typed::Type;
use crate::provenance::sha256;
use crate::sheet::Value;

/// The descriptor of these tables, whose bytes are beside them.
pub(crate) fn descriptor(title: &str, notes: &[String], frames: &[(&Frame, &[u8])]) -> Json {
    let resources: Vec<Json> = frames.iter().map(|(frame, bytes)| resource(frame, bytes, frames)).collect();
    json!({
        "profile": "tabular-data-package",
        "name": "verbatim-tables",
        "title": title,
        "description": notes.join(" "),
        "resources": resources,
    })
}

fn resource(frame: &Frame, bytes: &[u8], all: &[(&Frame, &[u8])]) -> Json {
    let mut schema = json!({
        "fields": frame.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if is_key(frame, &frame.key) {
        schema["primaryKey"] = json!(frame.key);
    }
    let links = links(frame, all);
    if !links.is_empty() {
        schema["foreignKeys"] = Json::Array(links);
    }
    json!({
        "profile": "tabular-data-resource",
        "name": frame.name,
        "path": frame.file(),
        "title": frame.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": bytes.len(),
        "hash": format!("sha256:{}", sha256(bytes)),
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": schema,
    })
}

fn field(column: &Column) -> Json {
    let mut out = json!({ "name": column.name, "title": column.label, "type": column.kind.as_str() });
    if !column.about.is_empty() {
        out["description"] = json!(column.about);
    }
    if !column.values.is_empty() {
        let values: Vec<Json> = column
            .values
            .iter()
            .map(|(v, _)| match column.kind {
                Type::Integer => v.parse::<i64>().map_or(Json::Null, Json::from),
                _ => json!(v),
            })
            .collect();
        out["constraints"] = json!({ "enum": values });
    }
    out
}

/// The values of some columns, row by row; none where one is empty.
fn keys<'f>(frame: &'f Frame, columns: &[String]) -> Vec<Option<Vec<String>>> {
    let places: Vec<usize> = columns.iter().filter_map(|c| frame.position(c)).collect();
    let of = |row: &'f Vec<Value>| {
        let values: Vec<String> = places.iter().filter_map(|p| row.get(*p)).map(Value::plain).collect();
        (!values.iter().any(String::is_empty)).then_some(values)
    };
    frame.rows.iter().map(of).collect()
}

/// Whether every row has a name of its own in these columns.
fn is_key(frame: &Frame, columns: &[String]) -> bool {
    let mut seen = BTreeSet::new();
    !columns.is_empty() && keys(frame, columns).into_iter().all(|key| key.is_some_and(|key| seen.insert(key)))
}

/// The columns whose values are rows of another table, where that holds for every row: codings may name
/// documents that are not there any more.
fn links(frame: &Frame, all: &[(&Frame, &[u8])]) -> Vec<Json> {
    let mut out = Vec::new();
    for to in ["documents", "case_wide"] {
        let Some((target, _)) = all.iter().find(|(f, _)| f.name == to && f.name != frame.name) else {
            continue;
        };
        let Some(column) = target.key.first().filter(|c| frame.position(c).is_some()) else { continue };
        let there: BTreeSet<Vec<String>> =
            keys(target, std::slice::from_ref(column)).into_iter().flatten().collect();
        let mine = keys(frame, std::slice::from_ref(column));
        if is_key(target, std::slice::from_ref(column)) && mine.iter().flatten().all(|k| there.contains(k)) {
            out.push(json!({ "fields": column, "reference": { "resource": to, "fields": column } }));
        }
    }
    out
}
