//! `codebook export`: a codebook as a file that `init --codebook` takes.

use model::name::Name;
use serde_json::{Map, Value};

use crate::session::Session;

/// Keys that stand before the codes, in their order; others follow them.
const BEFORE: [&str; 6] = ["title", "source", "language", "dimensions", "qualifiers", "groups"];

/// The JSON of a codebook as the acts make it.
pub(crate) fn json(session: &Session, id: &str) -> Value {
    let prefix = format!("codebook.{id}.");
    let settings: Vec<(&str, &Value)> = session
        .state()
        .settings(&prefix)
        .filter_map(|(key, value)| Some((key.strip_prefix(&prefix)?, value)))
        .collect();
    let mut out = Map::new();
    out.insert("id".to_owned(), Value::from(id));
    for key in BEFORE {
        if let Some((_, value)) = settings.iter().find(|(k, _)| *k == key) {
            out.insert(key.to_owned(), (*value).clone());
        }
    }
    out.insert("codes".to_owned(), codes(session, id, None));
    for (key, value) in settings.into_iter().filter(|(k, _)| !BEFORE.contains(k)) {
        out.insert(key.to_owned(), value.clone());
    }
    Value::Object(out)
}

fn codes(session: &Session, book: &str, parent: Option<&Name>) -> Value {
    let all = &session.coded.codebook;
    let here =
        all.codes.iter().filter(|c| c.parent.as_ref() == parent && (parent.is_some() || c.codebook == book));
    let list = here.map(|code| {
        let mut out = Map::new();
        out.insert("id".to_owned(), Value::from(code.id.as_str()));
        out.extend(code.fields.clone());
        out.insert("status".to_owned(), serde_json::to_value(code.status).unwrap_or_default());
        if code.retired {
            out.insert("retired".to_owned(), Value::from(true));
        }
        if let Some(into) = &code.merged_into {
            out.insert("merged_into".to_owned(), Value::from(into.as_str()));
        }
        if all.codes.iter().any(|c| c.parent.as_ref() == Some(&code.id)) {
            out.insert("children".to_owned(), codes(session, book, Some(&code.id)));
        }
        Value::Object(out)
    });
    Value::Array(list.collect())
}
