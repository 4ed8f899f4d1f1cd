//! A lexeme: one word, quote, parenthesis or operator of a query, with where it stands.

use unicode_normalization::UnicodeNormalization;

use super::error::QueryError;
use super::{Distance, RelationKind};
use crate::token::begins;

/// One lexeme and the character, from 1, at which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) kind: Kind,
    pub(super) position: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    And,
    Or,
    /// `NOT` or a leading `-`, as written.
    Not(&'static str),
    /// `NEAR/8` and its like, with how it was written.
    Relation(RelationKind, String),
    /// Anything between white space, parentheses and quotes.
    Word(String),
    /// What stands between quotes.
    Quoted(Quoted),
    /// What stands between slashes.
    Regex(String),
    /// A field name before its colon, or a qualifier before its equals sign, and the value behind it.
    Field {
        name: String,
        qualifier: bool,
        /// How many characters are written up to its value.
        head: usize,
        value: Option<Value>,
    },
}

/// Words between quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    pub(super) text: String,
    /// Whether `=` stands before it.
    pub(super) exact: bool,
    /// The number behind `~`.
    pub(super) slop: u32,
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Word(String),
    Quoted {
        text: String,
        /// Whether `=` stands before it.
        just: bool,
        /// Whether a star stands behind it.
        begins: bool,
    },
}

pub(crate) const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' | '「' | '」' | '『' | '』')
}

/// White space, and what is pasted along unseen: control characters, spaces without width, marks of
/// direction.
fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Minus as it is typed, or made a dash by a word processor.
pub(super) const fn is_minus(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−')
}

/// Cuts a query, brought into NFC, into lexemes.
pub(super) fn lex(text: &str) -> Result<Vec<Lexeme>, QueryError> {
    let chars: Vec<char> = text.nfc().collect();
    let mut lexer = Lexer { chars: &chars, at: 0 };
    let mut out = Vec::new();
    while let Some(lexeme) = lexer.next()? {
        out.push(lexeme);
    }
    Ok(out)
}

/// The characters of a query, brought into NFC, with blanks where something is quoted or an expression: what
/// stands there is text and no name of anything. All of it where it cannot be cut into lexemes.
pub(super) fn bare(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.nfc().collect();
    let whole = chars.clone();
    let mut lexer = Lexer { chars: &whole, at: 0 };
    while let Ok(Some(Lexeme { kind, position })) = lexer.next() {
        let from = match kind {
            Kind::Quoted(_) | Kind::Regex(_) => position - 1,
            Kind::Field { head, value: Some(Value::Quoted { .. }), .. } => position - 1 + head,
            _ => continue,
        };
        chars.get_mut(from..lexer.at).into_iter().flatten().for_each(|c| *c = ' ');
    }
    chars
}

/// Where the last OR before a character of a query stands.
pub(super) fn or_before(text: &str, position: usize) -> Option<usize> {
    let lexemes = lex(text).ok()?;
    let mut before = lexemes.iter().rev().skip_while(|l| l.position >= position);
    before.find(|l| l.kind == Kind::Or).map(|l| l.position)
}

/// What is written behind the colon or equals sign of the field at a character of a query, up to its end; none
/// where no field begins, as at a value in a list of them.
pub(crate) fn behind(text: &str, position: usize) -> Option<String> {
    let lexemes = lex(text).ok()?;
    let head = lexemes.iter().find_map(|l| match l.kind {
        Kind::Field { head, .. } if l.position == position => Some(head),
        _ => None,
    })?;
    Some(text.nfc().skip(position - 1 + head).collect())
}

/// Whether a run is made of signs that mean nothing in a query, here or in what others write: those between
/// words are left out.
pub(super) fn is_signs(run: &str) -> bool {
    let means = |c: char| matches!(c, '<' | '>' | '=' | ':' | '~' | '*' | '|' | '!');
    !run.starts_with(is_minus) && !run.chars().any(|c| begins(c) || means(c))
}

struct Lexer<'a> {
    chars: &'a [char],
    at: usize,
}

impl Lexer<'_> {
    /// Reads the next lexeme; none at the end.
    fn next(&mut self) -> Result<Option<Lexeme>, QueryError> {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
        let Some(c) = self.peek() else { return Ok(None) };
        let position = self.at + 1;
        let kind = match c {
            '(' => {
                self.at += 1;
                Kind::Open
            }
            ')' => {
                self.at += 1;
                Kind::Close
            }
            '/' => self.regex()?,
            c if is_quote(c) => self.quotes()?,
            '=' if self.ahead(1).is_some_and(is_quote) => {
                self.at += 1;
                Kind::Quoted(self.phrase(true)?)
            }
            c if is_minus(c) && self.takes_away() => {
                while self.peek().is_some_and(is_minus) {
                    self.at += 1;
                }
                Kind::Not("-")
            }
            _ => self.word()?,
        };
        Ok(Some(Lexeme { kind, position }))
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn ahead(&self, by: usize) -> Option<char> {
        self.chars.get(self.at + by).copied()
    }

    /// Reads from the quote at hand to the one that closes it. A quote that is written twice stands
    /// for itself.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let open = self.at;
        let mut text = String::new();
        let mut at = open + 1;
        while let Some(&c) = self.chars.get(at) {
            at += 1;
            if is_quote(c) {
                if self.chars.get(at) != Some(&c) {
                    self.at = at;
                    return Ok(text);
                }
                at += 1;
            }
            text.push(c);
        }
        Err(QueryError::UnclosedQuote(open + 1))
    }

    /// Whether there is anything behind the minus at hand, or several of them, that can be taken away: signs
    /// alone are none, and neither is what stands apart.
    fn takes_away(&self) -> bool {
        let behind = self.chars.get(self.at..).unwrap_or_default().iter();
        let mut run = behind.copied().skip_while(|c| is_minus(*c)).take_while(|c| !is_space(*c) && *c != ')');
        run.any(|c| matches!(c, '(' | '*' | '=' | '/' | '_') || is_quote(c) || c.is_alphanumeric())
    }

    /// Reads what stands between quotes: words, or the name of a column that is not of letters alone.
    fn quotes(&mut self) -> Result<Kind, QueryError> {
        let start = self.at;
        let name = self.quoted()?;
        if let Some(head) = self.sign(start) {
            return self.field(name, false, head);
        }
        if self.peek() == Some(':') {
            let written: String = self.chars[start..=self.at].iter().collect();
            return Err(QueryError::NoValue { name: written, position: start + 1 });
        }
        self.at = start;
        Ok(Kind::Quoted(self.phrase(false)?))
    }

    /// Passes the colon at hand, if a value stands right behind it; how many characters the head of that
    /// field has, which began there.
    fn sign(&mut self, start: usize) -> Option<usize> {
        let value = self.ahead(1).filter(|c| !is_space(*c) && *c != ')');
        (self.peek() == Some(':') && value.is_some()).then(|| {
            self.at += 1;
            self.at - start
        })
    }

    /// Reads the value of a field.
    fn field(&mut self, name: String, qualifier: bool, head: usize) -> Result<Kind, QueryError> {
        let run = self.run();
        let quote = self.peek().is_some_and(is_quote);
        let value = match run.as_str() {
            "" | "=" if quote => {
                let (text, just) = (self.quoted()?, run == "=");
                let ends = self.ahead(1).is_none_or(|n| is_space(n) || n == ')');
                let begins = !just && ends && self.peek() == Some('*');
                self.at += usize::from(begins);
                Some(Value::Quoted { text, just, begins })
            }
            "" => None,
            _ => Some(Value::Word(run)),
        };
        Ok(Kind::Field { name, qualifier, head, value })
    }

    /// Reads a run without white space, parentheses and quotes.
    fn run(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|c| !(is_space(c) || c == '(' || c == ')' || is_quote(c))) {
            self.at += 1;
        }
        self.chars.get(start..self.at).unwrap_or_default().iter().collect()
    }

    /// Reads a phrase with the number of words that may stand within it.
    fn phrase(&mut self, exact: bool) -> Result<Quoted, QueryError> {
        let text = self.quoted()?;
        let mut slop = 0;
        if self.peek() == Some('~') {
            let tilde = self.at + 1;
            self.at += 1;
            let from = self.at;
            while self.peek().is_some_and(|c| c.is_ascii_digit()) {
                self.at += 1;
            }
            let digits: String = self.chars[from..self.at].iter().collect();
            slop = digits.parse().map_err(|_| QueryError::Tilde(tilde))?;
        }
        Ok(Quoted { text, exact, slop })
    }

    /// Reads from the slash at hand to the one that ends a run.
    fn regex(&mut self) -> Result<Kind, QueryError> {
        let open = self.at;
        let mut at = open + 1;
        while let Some(&c) = self.chars.get(at) {
            if c == '\\' {
                at += 2;
                continue;
            }
            let ends = self.chars.get(at + 1).is_none_or(|&n| is_space(n) || n == ')');
            if c == '/' && ends && at > open + 1 {
                self.at = at + 1;
                return Ok(Kind::Regex(self.chars[open + 1..at].iter().collect()));
            }
            at += 1;
        }
        Err(QueryError::UnclosedRegex(open + 1))
    }

    /// Reads a run without white space, parentheses and quotes: an operator, a field or a word.
    fn word(&mut self) -> Result<Kind, QueryError> {
        let start = self.at;
        let run = self.run();
        if let Some(kind) = operator(&run, start + 1)? {
            return Ok(kind);
        }
        // `case."Number of staff":10`
        if let Some(table) = run.strip_suffix('.').filter(|table| is_name(table))
            && self.peek().is_some_and(is_quote)
        {
            let behind = self.at;
            let column = self.quoted()?;
            if let Some(head) = self.sign(start) {
                return self.field(format!("{table}.{column}"), false, head);
            }
            self.at = behind;
        }
        // A hyphen in a name that a word processor made a dash is a hyphen.
        let plain = |name: &str| name.replace(is_minus, "-");
        let sign = run.find([':', '=']).filter(|&i| is_name(&plain(run.get(..i).unwrap_or_default())));
        if let Some(meant) = comparison(&run) {
            return Err(QueryError::Comparison { written: run, meant, position: start + 1 });
        }
        let Some(sign) = sign else { return Ok(Kind::Word(run)) };
        let name = plain(run.get(..sign).unwrap_or_default());
        let qualifier = run.as_bytes()[sign] == b'=';
        let head = name.chars().count() + 1;
        self.at = start + head;
        self.field(name, qualifier, head)
    }
}

/// The operator that a run is, if it is one.
fn operator(run: &str, position: usize) -> Result<Option<Kind>, QueryError> {
    let (name, distance) = match run.split_once('/') {
        Some((name, distance)) => (name, Some(distance)),
        None => (run, None),
    };
    let relation = |kind| Ok(Some(Kind::Relation(kind, run.to_owned())));
    match (name, distance) {
        ("AND", None) => Ok(Some(Kind::And)),
        ("OR", None) => Ok(Some(Kind::Or)),
        ("NOT", None) => Ok(Some(Kind::Not("NOT"))),
        ("INSIDE", None) => relation(RelationKind::Inside),
        ("OVERLAPS", None) => relation(RelationKind::Overlaps),
        ("NEAR" | "THEN", _) => {
            let distance = distance
                .map(|d| read_distance(d).ok_or(()))
                .transpose()
                .map_err(|()| QueryError::Distance { written: run.to_owned(), position })?;
            relation(if name == "NEAR" { RelationKind::Near(distance) } else { RelationKind::Then(distance) })
        }
        (name, Some(d)) if read_distance(d).is_some() => match name.to_ascii_uppercase().as_str() {
            upper @ ("NEAR" | "THEN") => {
                Err(QueryError::Capitals { written: run.to_owned(), meant: format!("{upper}/{d}"), position })
            }
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Whether a run is an operator, or an error because it nearly is.
pub(super) fn is_operator(run: &str) -> bool {
    !matches!(operator(run, 1), Ok(None))
}

fn read_distance(text: &str) -> Option<Distance> {
    let (number, turns) = match text.strip_suffix('t') {
        Some(number) => (number, true),
        None => (text, false),
    };
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u32 = number.parse().ok()?;
    match (turns, number) {
        (true, n) => Some(Distance::Turns(n)),
        (false, 0) => None,
        (false, n) => Some(Distance::Words(n)),
    }
}

/// A comparison without its colon (`size>250`) as it should be.
fn comparison(run: &str) -> Option<String> {
    let (name, rest) = run.split_at_checked(run.find(['<', '>'])?)?;
    let value = rest.trim_start_matches(['<', '>', '=']);
    let sign = rest.strip_suffix(value)?;
    let compares = matches!(sign, "<" | ">" | "<=" | ">=") && value.starts_with(char::is_alphanumeric);
    (compares && is_name(name)).then(|| format!("{name}:{rest}"))
}

/// Whether a run is the second half of a comparison: `>500`.
pub(super) fn is_bound(run: &str) -> bool {
    let value = run.trim_start_matches(['<', '>', '=']);
    run.starts_with(['<', '>']) && value.starts_with(|c: char| c.is_ascii_digit())
}

/// What is wrong with a comparison that stands apart from its field, which may be the word before.
pub(super) fn apart(before: Option<&Lexeme>, run: &str, position: usize) -> QueryError {
    match before {
        Some(Lexeme { kind: Kind::Word(name), position }) if is_name(name) => QueryError::Comparison {
            written: format!("{name} {run}"),
            meant: format!("{name}:{run}"),
            position: *position,
        },
        Some(Lexeme { kind: Kind::Quoted(quoted), position }) if quoted.slop == 0 && !quoted.exact => {
            let name = super::named(&quoted.text);
            QueryError::Comparison {
                written: format!("{name}{run}"),
                meant: format!("{name}:{run}"),
                position: *position,
            }
        }
        _ => QueryError::Comparison { written: run.to_owned(), meant: format!("field:{run}"), position },
    }
}

/// Whether what stands before a colon looks like the name of a field.
pub(crate) fn is_name(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_alphanumeric)
        && name.chars().any(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-' || c == '.')
}
