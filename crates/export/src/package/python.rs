//! `load.py`: the tables as data frames of pandas, with types, categories and labels.

use std::fmt::Write;

use serde_json::json;

use crate::package::frame::Frame;
use crate::package::typed::Type;

/// Writes the loader. What is in JSON is the same in Python.
pub(crate) fn script(frames: &[&Frame]) -> String {
    let mut out = String::from(
        "\"\"\"Reads the tables of this folder into pandas, with types, categories and labels.\n\n\
         In a script beside it: import load; load.case_wide\n\
         A label: load.LABELS[\"case_wide\"][\"documents\"], also in load.case_wide.attrs[\"labels\"].\n\"\"\"\n\
         from pathlib import Path\n\n\
         import pandas as pd\n\n\
         HERE = Path(__file__).resolve().parent\n",
    );
    let all = |make: &dyn Fn(&Frame) -> serde_json::Value| {
        frames.iter().map(|f| (f.name.to_owned(), make(f))).collect::<serde_json::Map<_, _>>()
    };
    let types = all(&|frame| {
        let kind = |kind: Type| match kind {
            Type::Text => "string",
            Type::Date => "date",
            Type::Integer => "Int64",
            Type::Number => "float64",
        };
        frame
            .columns
            .iter()
            .map(|c| (c.name.clone(), json!(kind(c.kind))))
            .collect::<serde_json::Map<_, _>>()
            .into()
    });
    let labels = all(&|frame| {
        frame
            .columns
            .iter()
            .map(|c| (c.name.clone(), json!(c.label)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    });
    let values = all(&|frame| {
        let listed = frame.columns.iter().filter(|c| !c.values.is_empty());
        let list = |c: &crate::package::frame::Column| {
            c.values.iter().map(|(v, m)| ((*v).to_owned(), json!(m))).collect::<serde_json::Map<_, _>>()
        };
        listed.map(|c| (c.name.clone(), list(c).into())).collect::<serde_json::Map<_, _>>().into()
    });
    for (name, what, map) in [
        ("TYPES", "What the values of each column are.", types),
        ("LABELS", "What people call each column.", labels),
        ("VALUES", "What the values of closed lists mean.", values),
    ] {
        let text = serde_json::to_string_pretty(&map).unwrap_or_default();
        // Writing into a string does not fail.
        let _ = writeln!(out, "\n#: {what}\n{name} = {text}");
    }
    out.push_str(
        "\n\ndef table(name):\n    \
             \"\"\"One of the tables, by its name.\"\"\"\n    \
             types = TYPES[name]\n    \
             plain = {column: kind for column, kind in types.items() if kind != \"date\"}\n    \
             days = [column for column, kind in types.items() if kind == \"date\"]\n    \
             frame = pd.read_csv(\n        \
                 HERE / f\"{name}.csv\", dtype={**plain, **dict.fromkeys(days, \"string\")}, encoding=\"utf-8\",\n        \
                 keep_default_na=False, na_values=[\"\"],\n    \
             )\n    \
             for column in days:\n        \
                 frame[column] = pd.to_datetime(frame[column], format=\"%Y-%m-%d\")\n    \
             for column, values in VALUES[name].items():\n        \
                 if types[column] == \"string\":\n            \
                     frame[column] = pd.Categorical(frame[column], categories=list(values))\n    \
             frame.attrs[\"labels\"] = LABELS[name]\n    \
             frame.attrs[\"values\"] = VALUES[name]\n    \
             return frame\n\n\n",
    );
    for frame in frames {
        let _ = writeln!(out, "{0} = table(\"{0}\")", frame.name);
    }
    out
}
