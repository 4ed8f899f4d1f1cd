//! A lexeme: one word, quote, parenthesis or operator of a query, with where it stands.

use unicode_normalization::UnicodeNormalization;

use crate::query::QueryError;

/// One lexeme and the character, from 1, at which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub(crate) kind: Kind,
    pub(crate) position: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Open,
    Close,
    And,
    Or,
    /// `NOT` or a leading `-`, as written.
    Not(&'static str),
    /// Anything between white space, parentheses and quotes.
    Word(String),
    /// What stands between quotes.
    Quoted(String),
    /// A field name before its colon, and the value behind it, if there is one.
    Field {
        name: String,
        value: Option<Value>,
    },
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Word(String),
    Quoted(String),
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// Cuts a query, brought into NFC, into lexemes.
pub(crate) fn lex(text: &str) -> Result<Vec<Lexeme>, QueryError> {
    let chars: Vec<char> = text.nfc().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let position = at + 1;
        let kind = match c {
            c if c.is_whitespace() || c.is_control() => {
                at += 1;
                continue;
            }
            '(' => {
                at += 1;
                Kind::Open
            }
            ')' => {
                at += 1;
                Kind::Close
            }
            c if is_quote(c) => Kind::Quoted(quoted(&chars, &mut at)?),
            '-' if chars.get(at + 1).is_some_and(|&n| binds(n)) => {
                at += 1;
                Kind::Not("-")
            }
            _ => word(&chars, &mut at)?,
        };
        out.push(Lexeme { kind, position });
    }
    Ok(out)
}

/// Whether a minus before this character takes it away.
fn binds(next: char) -> bool {
    next == '(' || is_quote(next) || next.is_alphanumeric() || next == '_'
}

/// Reads from the quote at `at` to the one that closes it.
fn quoted(chars: &[char], at: &mut usize) -> Result<String, QueryError> {
    let open = *at;
    let close =
        chars.iter().skip(open + 1).position(|&c| is_quote(c)).ok_or(QueryError::UnclosedQuote(open + 1))?;
    *at = open + close + 2;
    Ok(chars[open + 1..open + 1 + close].iter().collect())
}

/// Reads a run without white space, parentheses and quotes: an operator, a field or a word.
fn word(chars: &[char], at: &mut usize) -> Result<Kind, QueryError> {
    let start = *at;
    while let Some(&c) = chars.get(*at)
        && !(c.is_whitespace() || c.is_control() || c == '(' || c == ')' || is_quote(c))
    {
        *at += 1;
    }
    let run: String = chars[start..*at].iter().collect();
    Ok(match run.as_str() {
        "AND" => Kind::And,
        "OR" => Kind::Or,
        "NOT" => Kind::Not("NOT"),
        _ => match run.split_once(':') {
            Some((name, "")) if is_name(name) => {
                let value = match chars.get(*at) {
                    Some(&c) if is_quote(c) => Some(Value::Quoted(quoted(chars, at)?)),
                    _ => None,
                };
                Kind::Field { name: name.to_owned(), value }
            }
            Some((name, value)) if is_name(name) => {
                Kind::Field { name: name.to_owned(), value: Some(Value::Word(value.to_owned())) }
            }
            _ => Kind::Word(run),
        },
    })
}

/// Whether what stands before a colon looks like the name of a field.
fn is_name(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-' || c == '.')
}
