//! Parsing: from lexemes to the tree of a query, by recursive descent.
//!
//! ```text
//! or    = and ("OR" and)*
//! and   = not (["AND"] not)*
//! not   = ("NOT" | "-") not | "(" or ")" | phrase | field
//! ```

use crate::fold::fold;
use crate::lex::{Kind, Lexeme, Value, lex};
use crate::query::{Field, FieldKind, Node, QueryError, Word};
use crate::token::Tokens;

/// How many parentheses and NOTs may lie within each other.
const DEPTH: usize = 64;

/// Reads a query; see [`crate::Query::parse`].
pub(crate) fn parse(text: &str, case_label: &str) -> Result<Node, QueryError> {
    let lexemes = lex(text)?;
    if lexemes.is_empty() {
        return Err(QueryError::Empty);
    }
    let mut parser = Parser { lexemes: &lexemes, at: 0, depth: 0, case_label };
    let root = parser.or()?;
    match parser.peek() {
        None => {}
        Some(Lexeme { position, .. }) => return Err(QueryError::StrayParenthesis(*position)),
    }
    if !finds(&root) {
        return Err(QueryError::OnlyNot(lexemes[0].position));
    }
    Ok(root)
}

/// Whether a part says what to find, not only what not to find.
fn finds(node: &Node) -> bool {
    match node {
        Node::Words(_) | Node::Field(_) => true,
        Node::Not(_) => false,
        Node::And(parts) => parts.iter().any(finds),
        Node::Or(parts) => parts.iter().all(finds),
    }
}

/// Whether a part finds words; a part that does not is made of fields alone.
pub(crate) fn finds_words(node: &Node) -> bool {
    match node {
        Node::Words(_) => true,
        Node::Field(_) | Node::Not(_) => false,
        Node::And(parts) | Node::Or(parts) => parts.iter().any(finds_words),
    }
}

struct Parser<'a> {
    lexemes: &'a [Lexeme],
    at: usize,
    depth: usize,
    case_label: &'a str,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Lexeme> {
        self.lexemes.get(self.at)
    }

    fn or(&mut self) -> Result<Node, QueryError> {
        let mut parts = Vec::new();
        let mut or_at = 0;
        loop {
            let from = self.peek().map_or(0, |l| l.position);
            let part = self.and()?;
            if let Some(Lexeme { kind: Kind::Or, position }) = self.peek() {
                or_at = *position;
                self.at += 1;
                self.needs_after("OR", or_at)?;
                if !finds(&part) {
                    return Err(QueryError::OnlyNot(from));
                }
                parts.push(part);
                continue;
            }
            if parts.is_empty() {
                return Ok(part);
            }
            if !finds(&part) {
                return Err(QueryError::OnlyNot(from));
            }
            parts.push(part);
            if parts.iter().any(finds_words) && !parts.iter().all(finds_words) {
                return Err(QueryError::MixedOr(or_at));
            }
            return Ok(Node::Or(parts));
        }
    }

    fn and(&mut self) -> Result<Node, QueryError> {
        let mut parts = vec![self.not()?];
        loop {
            match self.peek() {
                None | Some(Lexeme { kind: Kind::Or | Kind::Close, .. }) => break,
                Some(Lexeme { kind: Kind::And, position }) => {
                    self.at += 1;
                    self.needs_after("AND", *position)?;
                    parts.push(self.not()?);
                }
                Some(_) => parts.push(self.not()?),
            }
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::And(parts) })
    }

    fn not(&mut self) -> Result<Node, QueryError> {
        let Some(lexeme) = self.peek() else { return Err(QueryError::Empty) };
        let position = lexeme.position;
        self.at += 1;
        match &lexeme.kind {
            Kind::Not(operator) => {
                self.needs_after(operator, position)?;
                let inner = self.deeper(position, Self::not)?;
                // Twice not is nothing taken away.
                Ok(match inner {
                    Node::Not(twice) => *twice,
                    inner => Node::Not(Box::new(inner)),
                })
            }
            Kind::Open => {
                if matches!(self.peek(), Some(Lexeme { kind: Kind::Close, .. })) {
                    return Err(QueryError::EmptyParentheses(position));
                }
                if self.peek().is_none() {
                    return Err(QueryError::UnclosedParenthesis(position));
                }
                let inner = self.deeper(position, Self::or)?;
                match self.peek() {
                    Some(Lexeme { kind: Kind::Close, .. }) => self.at += 1,
                    _ => return Err(QueryError::UnclosedParenthesis(position)),
                }
                Ok(inner)
            }
            Kind::Close => Err(QueryError::StrayParenthesis(position)),
            Kind::And => Err(dangling("AND", position, "before")),
            Kind::Or => Err(dangling("OR", position, "before")),
            Kind::Word(text) => Ok(Node::Words(words(text, position)?)),
            // The opening quote is one character.
            Kind::Quoted(text) => {
                Ok(Node::Words(words_of(text, position + 1, &format!("\"{text}\""), position)?))
            }
            Kind::Field { name, value } => self.field(name, value.as_ref(), position),
        }
    }

    fn deeper(
        &mut self,
        position: usize,
        read: fn(&mut Self) -> Result<Node, QueryError>,
    ) -> Result<Node, QueryError> {
        if self.depth == DEPTH {
            return Err(QueryError::TooDeep { limit: DEPTH, position });
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    /// An operator must have something behind it that it can work on.
    fn needs_after(&self, operator: &str, position: usize) -> Result<(), QueryError> {
        match self.peek().map(|l| &l.kind) {
            None | Some(Kind::Close | Kind::And | Kind::Or) => Err(dangling(operator, position, "after")),
            Some(_) => Ok(()),
        }
    }

    fn field(&self, name: &str, value: Option<&Value>, position: usize) -> Result<Node, QueryError> {
        let kind = match fold(name).as_str() {
            "case" => FieldKind::Case,
            "doc" | "document" => FieldKind::Document,
            "speaker" => FieldKind::Speaker,
            "role" => FieldKind::Role,
            "code" => FieldKind::Code,
            folded if folded == fold(self.case_label) => FieldKind::Case,
            _ => {
                let own = if self.case_label.is_empty() || self.case_label == "case" {
                    String::new()
                } else {
                    format!("{}:, ", self.case_label)
                };
                let known = format!("case:, {own}doc:, speaker:, role: and code:");
                return Err(QueryError::UnknownField { name: name.to_owned(), position, known });
            }
        };
        let no_value = || QueryError::NoValue { name: name.to_owned(), position };
        let (value, prefix) = match value {
            None => return Err(no_value()),
            Some(Value::Quoted(text)) => (text.as_str(), false),
            Some(Value::Word(text)) => match text.strip_suffix('*') {
                Some(start) => (start, true),
                None => (text.as_str(), false),
            },
        };
        let value = value.trim();
        if value.is_empty() {
            return Err(no_value());
        }
        if !prefix && value == "*" || value.starts_with('*') {
            return Err(QueryError::Star(position + name.chars().count() + 1));
        }
        Ok(Node::Field(Field { kind, value: value.to_owned(), prefix, position }))
    }
}

fn dangling(operator: &str, position: usize, side: &'static str) -> QueryError {
    QueryError::Dangling { operator: operator.to_owned(), position, side }
}

fn words(text: &str, position: usize) -> Result<Vec<Word>, QueryError> {
    words_of(text, position, text, position)
}

/// The words of `text`, which begins at character `from` of the query; `shown` and `position` are
/// for the error when there is none.
fn words_of(text: &str, from: usize, shown: &str, position: usize) -> Result<Vec<Word>, QueryError> {
    let mut out: Vec<Word> = Vec::new();
    let mut after = 0;
    for token in Tokens::of(text) {
        stars_in(text, after, token.start, from)?;
        let prefix = text.as_bytes().get(token.end) == Some(&b'*');
        out.push(Word { folded: fold(text.get(token.start..token.end).unwrap_or_default()), prefix });
        after = token.end + usize::from(prefix);
        // A star in the middle of a word is not the end of one.
        let joined = text
            .get(after..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|c| c.is_alphanumeric() || c == '_');
        if prefix && joined {
            return Err(star(text, token.end, from));
        }
    }
    stars_in(text, after, text.len(), from)?;
    if out.is_empty() {
        return Err(QueryError::NoWord { text: shown.to_owned(), position });
    }
    Ok(out)
}

fn star(text: &str, byte: usize, from: usize) -> QueryError {
    QueryError::Star(from + text.get(..byte).map_or(0, |t| t.chars().count()))
}

/// Stars that end no word are errors, not silence.
fn stars_in(text: &str, from_byte: usize, to_byte: usize, from: usize) -> Result<(), QueryError> {
    match text.get(from_byte..to_byte).and_then(|t| t.find('*')) {
        Some(at) => Err(star(text, from_byte + at, from)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(node: &Node) -> String {
        let list = |name: &str, parts: &[Node]| {
            format!("{name}({})", parts.iter().map(shape).collect::<Vec<_>>().join(" "))
        };
        match node {
            Node::Words(words) => words
                .iter()
                .map(|w| format!("{}{}", w.folded, if w.prefix { "*" } else { "" }))
                .collect::<Vec<_>>()
                .join("+"),
            Node::Field(f) => format!("{}={}{}", f.kind.name(), f.value, if f.prefix { "*" } else { "" }),
            Node::And(parts) => list("and", parts),
            Node::Or(parts) => list("or", parts),
            Node::Not(inner) => format!("not({})", shape(inner)),
        }
    }

    fn read(text: &str) -> String {
        match parse(text, "organisation") {
            Ok(node) => shape(&node),
            Err(why) => format!("{why}"),
        }
    }

    #[test]
    fn queries_are_read() {
        for (text, tree) in [
            ("Werk", "werk"),
            ("werk zorg", "and(werk zorg)"),
            ("werk AND zorg OR geld", "or(and(werk zorg) geld)"),
            ("werk and zorg", "and(werk and zorg)"),
            ("werk (zorg OR geld)", "and(werk or(zorg geld))"),
            ("werk -zorg", "and(werk not(zorg))"),
            ("werk NOT \"goede zorg\"", "and(werk not(goede+zorg))"),
            ("NOT werk zorg", "and(not(werk) zorg)"),
            ("werk -(zorg OR geld)", "and(werk not(or(zorg geld)))"),
            ("NOT NOT werk", "werk"),
            ("don't e-mail", "and(don+t e+mail)"),
            ("zor*", "zor*"),
            ("\"goede zor* hier\"", "goede+zor*+hier"),
            ("“goede zorg„", "goede+zorg"),
            ("Coöperatie's", "cooperatie+s"),
            ("cafe\u{301}", "cafe"),
            ("10:30", "10+30"),
            ("a -- b", "-- at character 3 holds no letter or digit to search for"),
            ("organisation:roon werk", "and(case=roon werk)"),
            ("Case:\"The Tetris Company\" doc:int* werk", "and(case=The Tetris Company doc=int* werk)"),
            ("-role:interviewer werk", "and(not(role=interviewer) werk)"),
            ("speaker:anna OR speaker:bob", "or(speaker=anna speaker=bob)"),
            ("code:training", "code=training"),
            ("what?", "what"),
        ] {
            assert_eq!(read(text), tree, "{text}");
        }
    }

    #[test]
    fn errors_say_where() {
        for (text, message) in [
            ("", "the query is empty"),
            (" \t ", "the query is empty"),
            ("werk and \"goed", "unclosed quote at character 10"),
            ("(werk", "unclosed parenthesis at character 1"),
            ("(", "unclosed parenthesis at character 1"),
            ("werk)", "closing parenthesis at character 5 without an opening one"),
            (")", "closing parenthesis at character 1 without an opening one"),
            ("werk ()", "nothing between the parentheses at character 6"),
            ("AND werk", "AND at character 1 has nothing before it"),
            ("werk OR", "OR at character 6 has nothing after it"),
            ("werk AND OR zorg", "AND at character 6 has nothing after it"),
            ("werk NOT", "NOT at character 6 has nothing after it"),
            ("*werk", "a star can only end a word, as in work*; character 1 is at another place"),
            ("*", "a star can only end a word, as in work*; character 1 is at another place"),
            ("wer*k", "a star can only end a word, as in work*; character 4 is at another place"),
            (
                "een \"goed * hier\"",
                "a star can only end a word, as in work*; character 11 is at another place",
            ),
            ("NOT werk", "the part at character 1 only says what not to find"),
            ("-werk", "the part at character 1 only says what not to find"),
            ("-zorg -werk", "the part at character 1 only says what not to find"),
            ("werk OR NOT zorg", "the part at character 9 only says what not to find"),
            ("-zorg OR werk", "the part at character 1 only says what not to find"),
            ("werk OR role:other", "OR at character 6 stands between words and a field"),
            ("!", "! at character 1 holds no letter or digit to search for"),
            ("werk \"…\"", "\"…\" at character 6 holds no letter or digit to search for"),
            ("\"\"", "\"\" at character 1 holds no letter or digit to search for"),
            ("sector:zorg", "there is no field sector: (character 1)"),
            ("doc: werk", "doc: at character 1 has no value"),
            ("doc:* werk", "doc: at character 1 has no value"),
            ("doc:*a werk", "a star can only end a word, as in work*; character 5 is at another place"),
            ("doc:\"a", "unclosed quote at character 5"),
        ] {
            assert_eq!(read(text), message, "{text}");
            let error = parse(text, "organisation").unwrap_err();
            assert!(!error.hint().is_empty(), "{text}");
        }
        let deep = format!("{}werk{}", "(".repeat(1000), ")".repeat(1000));
        assert!(matches!(parse(&deep, ""), Err(QueryError::TooDeep { .. })));
        assert!(matches!(
            parse(&"NOT ".repeat(1000), ""),
            Err(QueryError::TooDeep { .. } | QueryError::Dangling { .. })
        ));
    }
}
