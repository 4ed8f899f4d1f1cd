//! Reading a query while it is being typed: what can be understood so far.

use unicode_normalization::UnicodeNormalization;

use super::{Query, QueryError};

/// How often a query is mended before nothing of it is used.
const MENDS: usize = 16;

/// See [`Query::live`].
pub(super) fn live(text: &str) -> (Option<Query>, Option<QueryError>) {
    let first = match Query::parse(text) {
        Ok(query) => return (Some(query), None),
        Err(why) => why,
    };
    // Positions count the characters of this form.
    let mut text: String = text.nfc().collect();
    let mut why = first.clone();
    for _ in 0..MENDS {
        let Some(mended) = mend(&text, &why) else { break };
        text = mended;
        match Query::parse(&text) {
            Ok(query) => return (Some(query), Some(first)),
            Err(next) => why = next,
        }
    }
    (None, Some(first))
}

/// The query with what is wrong closed or left away; none if nothing of it would be left.
fn mend(text: &str, why: &QueryError) -> Option<String> {
    match why {
        QueryError::UnclosedQuote(_) => Some(format!("{text}\"")),
        QueryError::UnclosedParenthesis(_) => Some(format!("{text})")),
        _ => {
            // What is wrong, and what comes behind it, waits for more.
            let keep: String = text.chars().take(why.position()?.checked_sub(1)?).collect();
            let keep = keep.trim_end();
            (!keep.is_empty()).then(|| keep.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        Query::live(text).0.map(|q| q.text().to_owned())
    }

    #[test]
    fn what_is_typed_so_far() {
        for (typed, understood) in [
            ("\"goede zo", "\"goede zo\""),
            ("werk (zorg OR", "werk (zorg)"),
            ("(werk", "(werk)"),
            ("werk NEAR/", "werk"),
            ("werk NEAR/8", "werk"),
            ("werk speaker:", "werk"),
            ("werk -", "werk"),
            ("werk &", "werk &"),
            ("werk & OR", "werk"),
            ("werk AND &", "werk"),
            ("werk /flex(", "werk"),
            ("werk *", "werk"),
            ("werk code:\"een t", "werk code:\"een t\""),
            ("e\u{301}e\u{301}n twee *", "\u{e9}\u{e9}n twee"),
        ] {
            assert_eq!(read(typed).as_deref(), Some(understood), "{typed}");
        }
        assert_eq!(read("NOT"), None);
        assert_eq!(read(""), None);
        assert!(Query::live("werk").1.is_none() && Query::live("werk OR").1.is_some());
    }

    /// Whatever is typed, letter by letter, nothing panics and it ends.
    #[test]
    fn any_letters() {
        for text in [
            "((((((((((((((((((",
            "\"\"\"\"\"",
            "a NEAR/2t (b THEN/3 -c",
            "-(-(-(x",
            "=~*:=/..\"",
            "code:(a OR",
        ] {
            for end in 0..=text.len() {
                _ = Query::live(text.get(..end).unwrap());
            }
        }
    }
}
