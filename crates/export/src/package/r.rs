//! `load.R`: the tables as data frames, with labels and factors. Letters beyond ASCII are escaped, so that
//! the file reads the same wherever R runs.

use std::fmt::Write;

use crate::package::frame::Frame;
use crate::package::typed::Type;

/// Writes the loader.
pub(crate) fn script(frames: &[&Frame]) -> String {
    let mut out = String::from(
        "# Reads the tables of this folder, with labels, levels and missing values.\n\
         # Needs R and nothing else. From anywhere: source(\"path/to/load.R\", chdir = TRUE)\n\
         # A label is read with attr(case_wide$training_n, \"label\"); all are in dictionary.\n\n\
         verbatim_read <- function(file, classes) {\n  \
           read.csv(file, colClasses = classes, na.strings = \"\", encoding = \"UTF-8\", check.names = FALSE,\n           \
                    comment.char = \"\", quote = \"\\\"\", stringsAsFactors = FALSE)\n}\n",
    );
    for frame in frames {
        let name = frame.name;
        let classes: Vec<String> = frame
            .columns
            .iter()
            .map(|c| {
                let class = match c.kind {
                    Type::Text | Type::Date => "character",
                    Type::Integer | Type::Number => "numeric",
                };
                format!("{} = \"{class}\"", c.name)
            })
            .collect();
        // Writing into a string does not fail.
        let _ = writeln!(out, "\n# {}", crate::package::frame::label(&frame.title, 100));
        let _ =
            writeln!(out, "{name} <- verbatim_read(\"{}\", c(\n  {}))", frame.file(), classes.join(",\n  "));
        for c in &frame.columns {
            let column = format!("{name}${}", c.name);
            if c.kind == Type::Date {
                let _ = writeln!(out, "{column} <- as.Date({column})");
            }
            if !c.values.is_empty() {
                let (words, meanings): (Vec<&str>, Vec<&str>) = c.values.iter().copied().unzip();
                let words: Vec<String> = words
                    .iter()
                    .map(|w| if c.kind == Type::Integer { (*w).to_owned() } else { text(w) })
                    .collect();
                if c.kind == Type::Text {
                    let _ = writeln!(out, "{column} <- factor({column}, levels = c({}))", words.join(", "));
                }
                let pairs: Vec<String> =
                    meanings.iter().zip(&words).map(|(m, w)| format!("{} = {w}", text(m))).collect();
                let _ = writeln!(out, "attr({column}, \"labels\") <- c({})", pairs.join(", "));
            }
            let _ = writeln!(out, "attr({column}, \"label\") <- {}", text(&c.label));
        }
    }
    out
}

/// A string of R in ASCII.
fn text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_ascii() && !c.is_ascii_control() => out.push(c),
            c => {
                let _ = write!(out, "\\U{{{:x}}}", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn strings_are_ascii() {
        assert_eq!(super::text("a \"b\" é\n🥐"), "\"a \\\"b\\\" \\U{e9}\\n\\U{1f950}\"");
    }
}
