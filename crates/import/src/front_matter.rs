//! Front matter: attributes that a Markdown file carries at its very top, between two `---` lines.
//!
//! Only the flat part of YAML is read: scalars and lists. Anything else stays text, with a warning
//! that names the line, rather than being guessed at.

/// What a file begins with.
#[derive(Debug, PartialEq)]
pub(crate) enum FrontMatter<'t> {
    /// No front matter.
    Absent,
    /// Read in full.
    Read {
        /// Key and value in order; lists are joined by `"; "`.
        attributes: Vec<(String, String)>,
        /// The text below.
        rest: &'t str,
        /// Lines taken out.
        lines: u64,
    },
    /// Begun but not understood; the file keeps it as text.
    Broken {
        /// Line from 1 that is not understood.
        line: u64,
        /// Why not, as a sentence without its full stop.
        why: &'static str,
    },
}

/// Reads the front matter of a decoded text.
pub(crate) fn read(text: &str) -> FrontMatter<'_> {
    // A file with another line end than LF or CR LF is too old to have front matter.
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|l| l.trim_end() == "---") else { return FrontMatter::Absent };
    let mut taken = first.len();
    let mut attributes: Vec<(String, String)> = Vec::new();
    // Whether the last key has no value yet and may be a list on the lines below.
    let mut open = false;
    for (number, line) in (2..).zip(lines) {
        taken += line.len();
        let body = line.trim_end();
        let broken = |why| FrontMatter::Broken { line: number, why };
        if body == "---" || body == "..." {
            return FrontMatter::Read {
                attributes,
                rest: text.get(taken..).unwrap_or_default(),
                lines: number,
            };
        }
        let content = body.trim_start();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if let Some(item) = content.strip_prefix("- ").filter(|_| open) {
            let Some(value) = scalar(item.trim()) else { return broken("this list item is no plain value") };
            if let Some((_, list)) = attributes.last_mut() {
                if !list.is_empty() {
                    list.push_str("; ");
                }
                list.push_str(&value);
            }
            continue;
        }
        if body.starts_with([' ', '\t']) {
            return broken("nested values are not read");
        }
        let Some((key, value)) =
            content.split_once(':').filter(|(_, v)| v.is_empty() || v.starts_with([' ', '\t']))
        else {
            return broken("this is no \"key: value\"");
        };
        let key = unquoted(key.trim());
        if key.is_empty() || attributes.iter().any(|(k, _)| *k == key) {
            return broken("this key is empty or comes twice");
        }
        let value = value.trim();
        open = value.is_empty() || value.starts_with('#');
        let value = if let Some(list) = value.strip_prefix('[') { flow_list(list) } else { scalar(value) };
        let Some(value) = value else { return broken("this value is no plain text, number or list") };
        attributes.push((key, value));
    }
    FrontMatter::Broken { line: 1, why: "no second line \"---\" closes it" }
}

/// A plain, single- or double-quoted scalar on one line, without its comment; `None` for what needs
/// more of YAML.
fn scalar(value: &str) -> Option<String> {
    if value.starts_with(['"', '\'']) {
        let (inner, rest) = quoted(value)?;
        let rest = rest.trim_start();
        return (rest.is_empty() || rest.starts_with('#')).then_some(inner);
    }
    if value.starts_with(['|', '>', '{', '[', '&', '*', '!', '%', '@', '`']) {
        return None;
    }
    let value =
        if value.starts_with('#') { "" } else { value.split(" #").next().unwrap_or_default().trim_end() };
    if value.ends_with(':') || value.contains(": ") {
        return None;
    }
    Some(if matches!(value, "~" | "null") { String::new() } else { value.to_owned() })
}

/// A quoted scalar at the beginning of `value` and what follows it.
fn quoted(value: &str) -> Option<(String, &str)> {
    let mut chars = value.char_indices();
    let (_, quote) = chars.next()?;
    let mut inner = String::new();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => match chars.next()?.1 {
                'n' => inner.push('\n'),
                't' => inner.push('\t'),
                c @ ('"' | '\\' | '/') => inner.push(c),
                _ => return None,
            },
            c if c == quote => {
                let rest = value.get(at + 1..)?;
                if quote == '\'' && rest.starts_with('\'') {
                    inner.push('\'');
                    chars.next();
                } else {
                    return Some((inner, rest));
                }
            }
            c => inner.push(c),
        }
    }
    None
}

/// A list in brackets on one line, behind its opening bracket, joined by `"; "`.
fn flow_list(mut rest: &str) -> Option<String> {
    let mut items: Vec<String> = Vec::new();
    loop {
        rest = rest.trim_start();
        let item;
        if rest.starts_with(['"', '\'']) {
            let (inner, after) = quoted(rest)?;
            rest = after.trim_start();
            item = Some(inner);
        } else {
            let end = rest.find([',', ']'])?;
            let plain = rest.get(..end)?.trim();
            item = (!plain.is_empty()).then(|| scalar(plain)).map_or(Some(None), |s| s.map(Some))?;
            rest = rest.get(end..)?;
        }
        items.extend(item);
        if let Some(after) = rest.strip_prefix(',') {
            rest = after;
        } else {
            let after = rest.strip_prefix(']')?.trim_start();
            return (after.is_empty() || after.starts_with('#')).then(|| items.join("; "));
        }
    }
}

/// A key without its quotes.
fn unquoted(key: &str) -> String {
    match quoted(key) {
        Some((inner, "")) if key.starts_with(['"', '\'']) => inner,
        _ => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(text: &str) -> Vec<(String, String)> {
        match read(text) {
            FrontMatter::Read { attributes, .. } => attributes,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn scalars_and_lists_become_attributes() {
        let text = "---\ntitle: \"Gesprek: één\" # noot\nsector: zorg\nyear: 2024\ntags: [a, 'b, c', \"d\"]\nempty:\n\
                    who:\n  - Anna\n  - Bert\nurl: http://x.nl/#a\n---\nI: Hallo\n";
        let read = attributes(text);
        let pairs: Vec<(&str, &str)> = read.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(
            pairs,
            [
                ("title", "Gesprek: één"),
                ("sector", "zorg"),
                ("year", "2024"),
                ("tags", "a; b, c; d"),
                ("empty", ""),
                ("who", "Anna; Bert"),
                ("url", "http://x.nl/#a"),
            ]
        );
        assert!(matches!(super::read(text), FrontMatter::Read { rest: "I: Hallo\n", lines: 11, .. }));
    }

    #[test]
    fn what_is_not_understood_names_its_line() {
        for (text, expected) in [
            ("---\ntitle: a\nI: Hallo\n", 1),
            ("---\ntitle: a\nzomaar tekst\n---\n", 3),
            ("---\na:\n  b: c\n---\n", 3),
            ("---\na: |\n  b\n---\n", 2),
            ("---\na: 1\na: 2\n---\n", 3),
            ("---\na: [b\n---\n", 2),
        ] {
            assert!(
                matches!(read(text), FrontMatter::Broken { line, .. } if line == expected),
                "{text}: {:?}",
                read(text)
            );
        }
    }

    #[test]
    fn a_text_without_it_is_left_alone() {
        for text in ["", "I: Hallo\n", "\n---\na: b\n---\n", "----\n"] {
            assert_eq!(read(text), FrontMatter::Absent);
        }
    }
}
