//! The frequency table as JSON of the contract.

use serde_json::{Value, json};

use crate::frequencies::Frequencies;
use crate::tables::freq::ZERO;

/// The table as one JSON object; NA is null.
pub fn json(table: &Frequencies) -> Value {
    let percents = table.options.percent.map(|of| table.percents(of));
    let crossed = table.options.by.parts().len() > 1;
    let rows: Vec<Value> = table
        .rows()
        .enumerate()
        .map(|(i, row)| {
            let c = row.cell;
            let mut value = json!({
                "group": row.group, "code": row.code, "n": c.n, "status": c.status.as_str(),
                "documents": c.documents, "documents_done": c.documents_done,
                "words": c.words, "per_1000": c.per_1000,
            });
            if crossed {
                value["groups"] = json!(table.options.by.split(row.group));
            }
            if let Some(percents) = &percents {
                value["percent"] = json!(percents[i].map(|(percent, _)| percent));
                value["percent_of"] = json!(percents[i].map(|(_, of)| of));
            }
            value
        })
        .collect();
    let totals: Vec<Value> = table
        .codes
        .iter()
        .zip(&table.totals)
        .map(|(code, t)| json!({"code": code.id, "n": t.n, "cases": t.cases, "cases_read": t.cases_read, "retired": code.retired}))
        .collect();
    let roles: Vec<&str> = table.options.roles.list().iter().map(|r| r.as_str()).collect();
    let mut out = json!({
        "by": table.options.by.name(),
        "count": table.options.count.as_str(),
        "level": table.options.level.name(),
        "roles": roles,
        "reading": table.options.reading.as_str(),
        "waiting": table.waiting,
        "rows": rows,
        "totals": totals,
        "assume_done": table.options.assume_done,
        "complete": table.options.complete,
        "uncounted": table.uncounted,
        "zero": ZERO,
    });
    if let Some(of) = table.options.percent {
        out["percent_by"] = json!(of.as_str());
    }
    if let Some(only) = &table.options.only {
        out["where"] = json!(only.told);
    }
    out
}
