//! The dictionary: a line for every column of every table.

use crate::package::frame::{Column, Frame};
use crate::package::typed::Type;
use crate::sheet::Value;

/// The dictionary of these tables, with its own columns at its end.
pub(crate) fn dictionary(frames: &[Frame]) -> Frame {
    let text = |name: &str, label: &str, about: &str| Column::new(name, label, Type::Text, about);
    let mut out = Frame {
        name: "dictionary",
        title: "Every column of every table".to_owned(),
        columns: vec![
            text("file", "file", "the table"),
            text("column", "column", "its name in the file"),
            text("label", "label", "what people call it: your own heading, or the label of the code"),
            text("type", "type", "string, integer, number or date"),
            text("values", "values", "a closed list: value=meaning, separated by |"),
            text("about", "about", "what it says, with its unit"),
            text("code", "code", "id of the code that it counts"),
        ],
        rows: Vec::new(),
        key: vec!["file".to_owned(), "column".to_owned()],
    };
    let own = out.clone();
    for frame in frames.iter().chain([&own]) {
        for column in &frame.columns {
            let values: Vec<String> = column.values.iter().map(|(v, m)| format!("{v}={m}")).collect();
            let maybe = |text: &str| if text.is_empty() { Value::Na } else { Value::text(text) };
            out.rows.push(vec![
                Value::text(frame.file()),
                Value::text(&column.name),
                Value::text(&column.label),
                Value::text(column.kind.as_str()),
                maybe(&values.join("|")),
                maybe(&column.about),
                Value::maybe_text(column.code.as_ref()),
            ]);
        }
    }
    out
}
