//! JSON: one object per sheet. Rows are objects with a key per column; NA is `null`.

use serde_json::{Map, Value as Json, json};

use crate::page::{Block, Line, Page, Piece};
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

/// A page as one object: `page`, `title`, `lead` and `blocks`, each with one key that says what it is.
pub fn page(page: &Page) -> Json {
    let block = |block: &Block| match block {
        Block::Heading(h) => json!({ "heading": h.text, "level": h.level }),
        Block::Text(text) => json!({ "text": text }),
        Block::Note(text) => json!({ "note": text }),
        Block::Quote(q) => {
            let translations: Map<String, Json> =
                q.translations.iter().map(|(language, text)| (language.clone(), json!(text))).collect();
            let text = if q.withheld { Json::Null } else { json!(q.text) };
            let mut out = json!({ "quote": text, "language": q.language, "attribution": q.by, "translations": translations, "tags": q.tags });
            if let Some(number) = q.number {
                out["number"] = json!(number);
            }
            out
        }
        Block::Turn(t) => {
            let text = if t.left_out { Json::Null } else { json!(t.text) };
            json!({ "turn": text, "speaker": t.speaker, "own": t.own })
        }
        Block::Table(t) => sheet(t.data.as_ref().unwrap_or(&t.sheet)),
        Block::Figure(f) => sheet(&f.data),
        Block::Facts(facts) => {
            let facts: Map<String, Json> =
                facts.iter().map(|(name, what)| (name.clone(), json!(what))).collect();
            json!({ "facts": facts })
        }
        Block::Lines(lines) => {
            let passages = |line: &Line| -> Vec<usize> {
                let number = |piece: &Piece| if let Piece::Passage(n) = piece { Some(*n) } else { None };
                line.pieces.iter().filter_map(number).collect()
            };
            let line = |l: &Line| json!({ "head": l.head, "text": l.text(), "passages": passages(l) });
            json!({ "lines": lines.iter().map(line).collect::<Vec<_>>() })
        }
    };
    json!({
        "page": page.name, "title": page.title, "lead": page.lead,
        "blocks": page.blocks.iter().map(block).collect::<Vec<_>>(),
    })
}
