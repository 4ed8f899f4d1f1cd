//! JSON: one object per sheet. Rows are objects with a key per column; NA is `null`.

use serde_json::{Map, Value as Json, json};

use crate::sheet::{Sheet, Value};

/// A value as JSON.
pub fn value(value: &Value) -> Json {
    match value {
        Value::Na | Value::Count(None, _) => Json::Null,
        Value::Text(text) => json!(text),
        Value::Integer(n) => json!(n),
        Value::Number(n) => json!(n),
        Value::Count(Some(n), _) => json!(n),
        Value::Share(n, of) => json!({ "n": n, "of": of }),
    }
}

/// A sheet as one object: `table`, `title`, the rule, `rows`, `totals`, `notes`.
pub fn sheet(sheet: &Sheet) -> Json {
    let rows = |rows: &[Vec<Value>]| -> Vec<Json> {
        rows.iter()
            .map(|row| {
                let pairs = sheet.fields.iter().zip(row);
                Json::Object(pairs.map(|(f, v)| (f.name.clone(), value(v))).collect::<Map<_, _>>())
            })
            .collect()
    };
    let mut out = Map::new();
    out.insert("table".to_owned(), json!(sheet.name));
    out.insert("title".to_owned(), json!(sheet.title));
    for fact in &sheet.facts {
        out.insert(fact.name.to_owned(), json!(fact.value));
    }
    out.insert("rows".to_owned(), Json::Array(rows(&sheet.rows)));
    if !sheet.totals.is_empty() {
        out.insert("totals".to_owned(), Json::Array(rows(&sheet.totals)));
    }
    out.insert("notes".to_owned(), json!(sheet.notes));
    Json::Object(out)
}
