//! `load.do`: the tables as frames of Stata 16 or newer, with labels and labelled values.

use std::fmt::Write;

use crate::package::frame::{Frame, label};
use crate::package::typed::Type;

/// The longest label of a variable, in characters; bytes are fewer or as many.
const LABEL: usize = 80;

/// Writes the loader.
pub(crate) fn script(frames: &[&Frame]) -> String {
    let mut out = String::from(
        "* Reads the tables of this folder, each into a frame of its own, with labels.\n\
         * First go to this folder: cd \"path/to/folder\"\n\
         * Then: do load.do, and for a table: frame change case_wide\n\
         version 16\n",
    );
    for frame in frames {
        let name = frame.name;
        let places = |kinds: &[Type]| -> String {
            let of = frame.columns.iter().enumerate().filter(|(_, c)| kinds.contains(&c.kind));
            of.map(|(i, _)| (i + 1).to_string()).collect::<Vec<_>>().join(" ")
        };
        let texts = places(&[Type::Text, Type::Date]);
        let numbers = places(&[Type::Integer, Type::Number]);
        let option = |name: &str, list: &str| {
            if list.is_empty() { String::new() } else { format!(" ///\n  {name}({list})") }
        };
        // Writing into a string does not fail.
        let _ = writeln!(out, "\n* {}", label(&frame.title, LABEL));
        let _ = writeln!(out, "capture frame drop {name}\nframe create {name}\nframe change {name}");
        let _ = writeln!(
            out,
            "import delimited using \"{}\", clear delimiters(\",\") varnames(1) case(preserve) encoding(\"utf-8\") ///\n  \
             bindquote(strict) maxquotedrows(unlimited){}{}",
            frame.file(),
            option("stringcols", &texts),
            option("numericcols", &numbers)
        );
        for (at, column) in frame.columns.iter().enumerate() {
            let variable = &column.name;
            if !column.values.is_empty() {
                let list = format!("l{}_{at}", initials(name));
                let is_text = column.kind == Type::Text;
                let _ = write!(out, "label define {list}");
                for (i, (value, meaning)) in column.values.iter().enumerate() {
                    // What was a word stays the word: its label is what it is looked up by.
                    let (number, meaning) =
                        if is_text { (coded(value, i), *value) } else { ((*value).to_owned(), *meaning) };
                    let _ = write!(out, " {number} {}", quoted(meaning));
                }
                out.push('\n');
                if is_text {
                    let _ = writeln!(out, "encode {variable}, generate(__new) label({list}) noextend");
                    replace(&mut out, variable);
                } else {
                    let _ = writeln!(out, "label values {variable} {list}");
                }
            }
            if column.kind == Type::Date {
                let _ = writeln!(out, "generate __new = date({variable}, \"YMD\")\nformat __new %td");
                replace(&mut out, variable);
            }
            let _ = writeln!(out, "label variable {variable} {}", quoted(&label(&column.label, LABEL)));
        }
        let _ = writeln!(out, "label data {}", quoted(&label(&frame.title, LABEL)));
    }
    out
}

/// No is 0 and yes is 1; any other list counts from 1.
fn coded(value: &str, at: usize) -> String {
    match value {
        "no" => "0".to_owned(),
        "yes" => "1".to_owned(),
        _ => (at + 1).to_string(),
    }
}

/// The new variable takes the place and the name of the old one.
fn replace(out: &mut String, variable: &str) {
    let _ = writeln!(out, "order __new, after({variable})\ndrop {variable}\nrename __new {variable}");
}

/// A short beginning for names of lists of values.
fn initials(name: &str) -> String {
    name.split('_').filter_map(|part| part.chars().next()).collect::<String>() + &name.len().to_string()
}

/// A string in which nothing is taken for a macro.
fn quoted(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '`' => safe.push('\''),
            // The end of a compound quote, and the start of a macro.
            '"' => safe.push('\u{201d}'),
            '$' => safe.push_str("\\$"),
            c => safe.push(c),
        }
    }
    format!("`\"{safe}\"'")
}
