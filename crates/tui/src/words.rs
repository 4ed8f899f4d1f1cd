//! Words of a command line: split and quoted by the rules of a shell, so that a line can be copied
//! from one to the other.

/// Splits a line into words: white space parts them, quotes and a backslash keep it. An error where a
/// quote is not closed.
#[expect(clippy::result_unit_err, reason = "there is one thing that can be wrong")]
pub fn split(line: &str) -> Result<Vec<String>, ()> {
    let mut out = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            // Within double quotes a backslash means only those characters that would mean something.
            (Some('"'), '\\') => {
                let next = chars.next().ok_or(())?;
                let word = word.get_or_insert_default();
                if !matches!(next, '"' | '\\' | '$' | '`') {
                    word.push('\\');
                }
                word.push(next);
            }
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().push(chars.next().ok_or(())?),
            (None, c) if c.is_whitespace() => out.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    out.extend(word);
    if quote.is_some() { Err(()) } else { Ok(out) }
}

/// Where the last word of a line begins, in bytes; its end where a space ends the line.
pub fn last_begins(line: &str) -> usize {
    let mut begins = line.len();
    let mut inside = false;
    let mut quote: Option<char> = None;
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        if quote.is_none() && c.is_whitespace() {
            inside = false;
            continue;
        }
        if !inside {
            inside = true;
            begins = at;
        }
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None | Some('"'), '\\') => _ = chars.next(),
            _ => {}
        }
    }
    if inside { begins } else { line.len() }
}

/// A word as a shell reads it back.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_as_a_shell_splits_it() {
        let words = |line: &str| split(line).unwrap();
        assert_eq!(words("freq  --by sector "), ["freq", "--by", "sector"]);
        assert_eq!(
            words(r#"memo add --title "Two words" 'it''s' a\ b"#),
            ["memo", "add", "--title", "Two words", "its", "a b"]
        );
        assert_eq!(words(r#"a "" "q\"q" "c:\new""#), ["a", "", "q\"q", "c:\\new"]);
        assert_eq!(words("   "), Vec::<String>::new());
        assert_eq!(split("a 'b"), Err(()));
        assert_eq!(split("a \\"), Err(()));
    }

    #[test]
    fn what_is_quoted_is_read_back() {
        for word in ["plain", "it's so", "", "a\nb", "$x `y` \"z\"", "é"] {
            assert_eq!(split(&quoted(word)).unwrap(), [word]);
        }
        assert_eq!(quoted("code:training"), "code:training");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }

    #[test]
    fn the_last_word_is_found_also_within_quotes() {
        assert_eq!(last_begins("freq --b"), 5);
        assert_eq!(last_begins("freq "), 5);
        assert_eq!(last_begins("memo 'a b"), 5);
        assert_eq!(last_begins(""), 0);
        assert_eq!(last_begins("a\\ b"), 0);
    }
}
