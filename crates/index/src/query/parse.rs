//! Parsing: from lexemes to the tree of a query, by recursive descent.
//!
//! ```text
//! or       = and ("OR" and)*
//! and      = relation (["AND"] relation)*          (signs alone between them are left out)
//! relation = not (("NEAR" | "THEN" | "INSIDE" | "OVERLAPS") not)*
//! not      = ("NOT" | "-") not | "(" or ")" | phrase | regex | field
//! ```

use super::error::QueryError;
use super::lex::{Kind, Lexeme, Quoted, Value, apart, is_bound, is_signs, lex};
use super::pattern::{Glob, Pattern};
use super::written::named;
use super::{Bound, Field, Node, Note, Phrase, Regex, Relation, Wanted};
use crate::fold::fold;
use crate::token::{begins, continues};

/// How many parentheses and NOTs may lie within each other.
const DEPTH: usize = 64;
/// How many words, phrases, expressions and fields there may be.
const PARTS: usize = 1000;
/// How many letters of a word may be wrong.
const EDITS: u8 = 2;

/// Reads a query; see [`super::Query::parse`].
pub(super) fn parse(text: &str) -> Result<(Node, Vec<Note>), QueryError> {
    let lexemes = lex(text)?;
    if lexemes.is_empty() {
        return Err(QueryError::Empty);
    }
    let (root, signs) = tree(&lexemes)?;
    let mut notes = super::notes::notes(&lexemes, &root);
    if !signs.is_empty() {
        notes.push(Note::Signs(signs));
    }
    Ok((root, notes))
}

/// The tree of lexemes, and the signs that it leaves out.
fn tree(lexemes: &[Lexeme]) -> Result<(Node, Vec<String>), QueryError> {
    let mut parser = Parser { lexemes, at: 0, depth: 0, parts: 0, signs: Vec::new() };
    let root = parser.or()?;
    match (parser.peek(), lexemes) {
        (Some(Lexeme { position, .. }), _) => Err(QueryError::StrayParenthesis(*position)),
        (None, [first, ..]) if !finds(&root) => Err(QueryError::OnlyNot(first.position)),
        _ => Ok((root, parser.signs)),
    }
}

/// Whether a query can be read in which every `!word` takes the word away.
pub(super) fn can_take_away(lexemes: &[Lexeme]) -> bool {
    let with_minus = lexemes.iter().flat_map(|lexeme| {
        let word = match &lexeme.kind {
            Kind::Word(run) => run.strip_prefix('!').filter(|rest| rest.starts_with(char::is_alphanumeric)),
            _ => None,
        };
        let not = |kind| Lexeme { kind, position: lexeme.position };
        match word {
            Some(word) => vec![not(Kind::Not("-")), not(Kind::Word(word.to_owned()))],
            None => vec![lexeme.clone()],
        }
    });
    tree(&with_minus.collect::<Vec<_>>()).is_ok()
}

/// Whether a part says what to find, not only what not to find.
fn finds(node: &Node) -> bool {
    match node {
        Node::Words(_) | Node::Regex(_) | Node::Field(_) | Node::OneOf(_) | Node::Relation(_) => true,
        Node::Not(_) => false,
        Node::And(parts) => parts.iter().any(finds),
        Node::Or(parts) => parts.iter().all(finds),
    }
}

struct Parser<'a> {
    lexemes: &'a [Lexeme],
    at: usize,
    depth: usize,
    /// How many words, phrases, expressions and fields were read.
    parts: usize,
    /// The different signs that were left out.
    signs: Vec<String>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Lexeme> {
        self.lexemes.get(self.at)
    }

    fn or(&mut self) -> Result<Node, QueryError> {
        let mut parts = Vec::new();
        loop {
            let from = self.peek().map_or(0, |l| l.position);
            let part = self.and()?;
            let or = match self.peek() {
                Some(Lexeme { kind: Kind::Or, position }) => Some(*position),
                _ => None,
            };
            if parts.is_empty() && or.is_none() {
                return Ok(part);
            }
            if !finds(&part) {
                return Err(QueryError::OnlyNot(from));
            }
            parts.push(part);
            let Some(position) = or else { return Ok(Node::Or(parts)) };
            self.at += 1;
            self.needs_after("OR", position)?;
        }
    }

    fn and(&mut self) -> Result<Node, QueryError> {
        // Behind an operator signs are no part, and stand in the way.
        let behind = self.at.checked_sub(1).and_then(|at| self.lexemes.get(at));
        if behind.is_none_or(|l| l.kind == Kind::Open) {
            self.pass_signs(false);
        }
        let mut parts = vec![self.relation()?];
        loop {
            self.pass_signs(true);
            match self.peek() {
                None | Some(Lexeme { kind: Kind::Or | Kind::Close, .. }) => break,
                Some(Lexeme { kind: Kind::And, position }) => {
                    self.at += 1;
                    self.needs_after("AND", *position)?;
                    parts.push(self.relation()?);
                }
                Some(_) => parts.push(self.relation()?),
            }
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::And(parts) })
    }

    /// Passes signs that stand alone between words: not where an operator follows, which they would be a side
    /// of, nor where there is nothing else.
    fn pass_signs(&mut self, anything: bool) {
        let rest = self.lexemes.get(self.at..).unwrap_or_default();
        let signs = rest.iter().map_while(|l| match &l.kind {
            Kind::Word(run) if is_signs(run) => Some(run),
            _ => None,
        });
        let signs: Vec<&String> = signs.collect();
        match rest.get(signs.len()).map(|l| &l.kind) {
            Some(Kind::And | Kind::Or | Kind::Relation(..)) => return,
            None | Some(Kind::Close) if !anything => return,
            _ => self.at += signs.len(),
        }
        for sign in signs {
            if !self.signs.contains(sign) {
                self.signs.push(sign.clone());
            }
        }
    }

    fn relation(&mut self) -> Result<Node, QueryError> {
        let mut left = self.not()?;
        let mut links = 0;
        while let Some(Lexeme { kind: Kind::Relation(kind, written), position }) = self.peek() {
            self.at += 1;
            self.needs_after(written, *position)?;
            links += 1;
            if self.depth + links > DEPTH {
                return Err(QueryError::TooDeep { limit: DEPTH, position: *position });
            }
            let right = self.not()?;
            let no_place = |side| QueryError::NoPlace { operator: kind.name(), position: *position, side };
            if !has_place(&left) {
                return Err(no_place("left"));
            }
            if !has_place(&right) {
                return Err(no_place("right"));
            }
            left = Node::Relation(Box::new(Relation { left, kind: *kind, right, position: *position }));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Node, QueryError> {
        let Some(lexeme) = self.peek() else { return Err(QueryError::Empty) };
        let position = lexeme.position;
        self.at += 1;
        if matches!(lexeme.kind, Kind::Word(_) | Kind::Quoted(_) | Kind::Regex(_) | Kind::Field { .. }) {
            self.count()?;
        }
        match &lexeme.kind {
            Kind::Not(operator) => {
                self.needs_after(operator, position)?;
                let inner = self.deeper(position, Self::not)?;
                // Twice not is nothing taken away.
                Ok(match inner {
                    Node::Not(twice) => by_itself(*twice),
                    inner => Node::Not(Box::new(inner)),
                })
            }
            Kind::Open => self.group(position, Self::or).map(by_itself),
            Kind::Close => Err(QueryError::StrayParenthesis(position)),
            Kind::And => Err(dangling("AND", position, "before")),
            Kind::Or => Err(dangling("OR", position, "before")),
            Kind::Relation(_, written) => Err(dangling(written, position, "before")),
            Kind::Word(text) if is_bound(text) => {
                let before = self.at.checked_sub(2).and_then(|at| self.lexemes.get(at));
                Err(apart(before, text, position))
            }
            Kind::Word(text) => Ok(Node::Words(word(text, position)?)),
            Kind::Quoted(quoted) => {
                // The opening quote is one character.
                let from = position + 1 + usize::from(quoted.exact);
                Ok(Node::Words(phrase(quoted, from, position, Mode::of(quoted.exact))?))
            }
            Kind::Regex(pattern) => Ok(Node::Regex(regex(pattern, position)?)),
            Kind::Field { name, qualifier, head, value } => {
                self.field(name, *qualifier, *head, value.as_ref(), position)
            }
        }
    }

    /// What stands in the parentheses of which the first was just read at `position`.
    fn group(
        &mut self,
        position: usize,
        read: impl FnOnce(&mut Self) -> Result<Node, QueryError>,
    ) -> Result<Node, QueryError> {
        if matches!(self.peek(), Some(Lexeme { kind: Kind::Close, .. })) {
            return Err(QueryError::EmptyParentheses(position));
        }
        if self.peek().is_none() {
            return Err(QueryError::UnclosedParenthesis(position));
        }
        let inner = self.deeper(position, read)?;
        match self.peek() {
            Some(Lexeme { kind: Kind::Close, .. }) => self.at += 1,
            _ => return Err(QueryError::UnclosedParenthesis(position)),
        }
        Ok(inner)
    }

    /// Counts one more part.
    fn count(&mut self) -> Result<(), QueryError> {
        self.parts += 1;
        if self.parts > PARTS { Err(QueryError::TooManyParts(PARTS)) } else { Ok(()) }
    }

    fn deeper(
        &mut self,
        position: usize,
        read: impl FnOnce(&mut Self) -> Result<Node, QueryError>,
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
            None | Some(Kind::Close | Kind::And | Kind::Or | Kind::Relation(..)) => {
                Err(dangling(operator, position, "after"))
            }
            Some(_) => Ok(()),
        }
    }

    fn field(
        &mut self,
        name: &str,
        qualifier: bool,
        head: usize,
        value: Option<&Value>,
        position: usize,
    ) -> Result<Node, QueryError> {
        let no_value = || QueryError::NoValue { name: signed(name, qualifier), position };
        let from = position + head;
        let Some(value) = value else {
            // `case:(a OR b)`
            return match self.peek() {
                Some(Lexeme { kind: Kind::Open, position: open }) if *open == from => {
                    self.at += 1;
                    let owned = name.to_owned();
                    self.group(*open, move |parser| parser.values(&owned, qualifier))
                }
                _ => Err(no_value()),
            };
        };
        valued(name, qualifier, value, position, from)
    }

    /// Values of one field between parentheses: `a OR b`.
    fn values(&mut self, name: &str, qualifier: bool) -> Result<Node, QueryError> {
        let mut parts: Vec<Node> = Vec::new();
        while let Some(lexeme) = self.peek() {
            let position = lexeme.position;
            let value = match &lexeme.kind {
                Kind::Word(text) => Value::Word(text.clone()),
                Kind::Quoted(quoted) if quoted.slop == 0 => {
                    Value::Quoted { text: quoted.text.clone(), just: quoted.exact, begins: false }
                }
                Kind::Close => break,
                _ => return Err(QueryError::BetweenValues { name: signed(name, qualifier), position }),
            };
            self.at += 1;
            self.count()?;
            parts.push(valued(name, qualifier, &value, position, position)?);
            match self.peek() {
                Some(Lexeme { kind: Kind::Or, position }) => {
                    let position = *position;
                    self.at += 1;
                    self.needs_after("OR", position)?;
                }
                Some(Lexeme { kind: Kind::Close, .. }) | None => break,
                Some(other) => {
                    let (name, position) = (signed(name, qualifier), other.position);
                    return Err(QueryError::BetweenValues { name, position });
                }
            }
        }
        if parts.len() == 1 {
            return Ok(parts.remove(0));
        }
        let fields = parts.iter().map(|part| match part {
            Node::Field(field) => Some(field.clone()),
            _ => None,
        });
        // `stem:(a OR b)` holds words.
        let fields: Option<Vec<Field>> = fields.collect();
        Ok(fields.map_or(Node::Or(parts), Node::OneOf))
    }
}

/// What stands in parentheses, or is taken away twice: a field there does not speak of the same coding
/// as those beside it.
fn by_itself(node: Node) -> Node {
    if node.field().is_some() { Node::And(vec![node]) } else { node }
}

/// A field's name as it is written.
fn signed(name: &str, qualifier: bool) -> String {
    format!("{}{}", named(name), if qualifier { '=' } else { ':' })
}

/// A field with its value, which begins at character `from` of the query.
fn valued(
    name: &str,
    qualifier: bool,
    value: &Value,
    position: usize,
    from: usize,
) -> Result<Node, QueryError> {
    let no_value = || QueryError::NoValue { name: signed(name, qualifier), position };
    if !qualifier && fold(name) == "stem" {
        let (text, at) = match value {
            Value::Word(text) => (text, from),
            Value::Quoted { text, .. } => (text, from + 1),
        };
        let quoted = Quoted { text: text.clone(), exact: false, slop: 0 };
        return Ok(Node::Words(phrase(&quoted, at, position, Mode::Stem)?));
    }
    let wanted = match value {
        Value::Quoted { text, just, begins } if !text.trim().is_empty() => {
            let text = text.trim().to_owned();
            match (just, begins) {
                (true, _) => Wanted::Just(text),
                (false, true) => Wanted::Begins(text),
                (false, false) => Wanted::Is(text),
            }
        }
        Value::Quoted { .. } => return Err(no_value()),
        Value::Word(text) if text.chars().all(|c| c == '*') => {
            return Err(QueryError::StarAlone { name: signed(name, qualifier), position });
        }
        Value::Word(text) => wanted(text, from).map_err(|e| e.unwrap_or_else(no_value))?,
    };
    Ok(Node::Field(Field { name: name.to_owned(), qualifier, wanted, position }))
}

/// Whether a part stands somewhere in a text: words, codings, memos, and what relates them.
fn has_place(node: &Node) -> bool {
    match node {
        Node::Words(_) | Node::Regex(_) | Node::Relation(_) => true,
        Node::Field(field) if !field.qualifier && fold(&field.name) == "memo" => field.yes() != Some(false),
        Node::Field(field) => names_codings(field),
        Node::OneOf(fields) => fields.iter().all(|field| has_place(&Node::Field(field.clone()))),
        Node::Or(parts) => parts.iter().all(has_place),
        Node::And(parts) => match parts.as_slice() {
            [one] => has_place(one),
            parts => parts.iter().all(|part| part.field().is_some_and(|f| f.iter().all(names_codings))),
        },
        Node::Not(_) => false,
    }
}

/// Whether a field names codings, so that it has the places of these.
fn names_codings(field: &Field) -> bool {
    field.qualifier || matches!(fold(&field.name).as_str(), "code" | "coder")
}

fn dangling(operator: &str, position: usize, side: &'static str) -> QueryError {
    QueryError::Dangling { operator: operator.to_owned(), position, side }
}

/// Reads the value of a field; `Err(None)` where there is none.
fn wanted(text: &str, from: usize) -> Result<Wanted, Option<QueryError>> {
    let bound = |value: &str, inclusive: bool| {
        let value = value.trim().to_owned();
        if value.is_empty() { Err(None) } else { Ok(Some(Bound { value, inclusive })) }
    };
    if let Some(rest) = text.strip_prefix(">=") {
        return Ok(Wanted::Range { from: bound(rest, true)?, to: None });
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Ok(Wanted::Range { from: bound(rest, false)?, to: None });
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return Ok(Wanted::Range { from: None, to: bound(rest, true)? });
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Ok(Wanted::Range { from: None, to: bound(rest, false)? });
    }
    if let Some((low, high)) = text.split_once("..")
        && !(low.is_empty() && high.is_empty())
    {
        let end = |value: &str| if value.is_empty() { Ok(None) } else { bound(value, true) };
        return Ok(Wanted::Range { from: end(low)?, to: end(high)? });
    }
    if let Some(rest) = text.strip_prefix('=') {
        return if rest.is_empty() { Err(None) } else { Ok(Wanted::Just(rest.to_owned())) };
    }
    let (value, begins) = match text.strip_suffix('*') {
        Some(start) => (start, true),
        None => (text, false),
    };
    if let Some(star) = value.chars().position(|c| c == '*') {
        return Err(Some(QueryError::StarInValue(from + star)));
    }
    match (value.is_empty(), begins) {
        (true, _) => Err(None),
        (false, true) => Ok(Wanted::Begins(value.to_owned())),
        (false, false) => Ok(Wanted::Is(value.to_owned())),
    }
}

/// Compiles an expression to see that it can be searched with.
fn regex(pattern: &str, position: usize) -> Result<Regex, QueryError> {
    compile(pattern).map_err(|why| QueryError::BadRegex { position, why })?;
    // Borders of words and lines, too, fit where there is nothing.
    let least = regex_syntax::parse(pattern).ok().and_then(|hir| hir.properties().minimum_len());
    if least == Some(0) {
        return Err(QueryError::EmptyRegex(position));
    }
    Ok(Regex { pattern: pattern.to_owned(), position })
}

/// An expression as it is searched with: capitals make no difference, `^` and `$` are ends of lines.
pub(crate) fn compile(pattern: &str) -> Result<regex::Regex, String> {
    regex::RegexBuilder::new(pattern)
        .case_insensitive(true)
        .multi_line(true)
        .size_limit(8 << 20)
        .build()
        .map_err(|why| match why {
            regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
            why => {
                // The last line says what is wrong; those before draw the expression.
                let text = why.to_string();
                let line = text.lines().last().unwrap_or_default();
                line.trim().trim_start_matches("error: ").to_owned()
            }
        })
}

/// How the words of a phrase are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Folded,
    Exact,
    Stem,
}

impl Mode {
    const fn of(exact: bool) -> Self {
        if exact { Self::Exact } else { Self::Folded }
    }
}

/// Reads a run that is no field: a word, perhaps with `=` before or `~` behind it.
fn word(run: &str, position: usize) -> Result<Phrase, QueryError> {
    let (text, mode, from) = match run.strip_prefix('=') {
        Some(rest) if rest.chars().any(begins) => (rest, Mode::Exact, position + 1),
        _ => (run, Mode::Folded, position),
    };
    let (text, edits) = match text.rfind('~') {
        Some(at) => {
            let tilde = from + text.get(..at).map_or(0, |t| t.chars().count());
            let edits = match text.get(at + 1..).unwrap_or_default() {
                "" => 1,
                digits => {
                    digits.parse().ok().filter(|n| (1..=EDITS).contains(n)).ok_or(QueryError::Tilde(tilde))?
                }
            };
            (text.get(..at).unwrap_or_default(), Some((edits, tilde)))
        }
        None => (text, None),
    };
    let quoted = Quoted { text: text.to_owned(), exact: false, slop: 0 };
    let mut phrase = match phrase(&quoted, from, position, mode) {
        // What was written stands in the message, signs and all.
        Err(QueryError::NoWord { .. }) => Err(QueryError::NoWord { text: run.to_owned(), position }),
        other => other,
    }?;
    if let Some((edits, tilde)) = edits {
        match phrase.words.as_slice() {
            [Pattern::Word(word)] => {
                phrase.words = vec![Pattern::Typo { word: word.clone(), edits }];
            }
            _ => return Err(QueryError::Tilde(tilde)),
        }
    }
    Ok(phrase)
}

/// The words of a phrase, which begins at character `from` of the query.
fn phrase(quoted: &Quoted, from: usize, position: usize, mode: Mode) -> Result<Phrase, QueryError> {
    let mut words = Vec::new();
    let mut run = String::new();
    let mut run_at = 0;
    let mut end = |run: &mut String, at: usize| -> Result<(), QueryError> {
        let word = std::mem::take(run);
        if word.is_empty() {
            return Ok(());
        }
        if let Some(star) = word.chars().position(|c| c == '*') {
            let glob = Glob::parse(&word).ok_or(QueryError::Star(from + at))?;
            if mode != Mode::Folded {
                return Err(QueryError::StarInExact(from + at + star));
            }
            words.push(Pattern::Glob(glob));
            return Ok(());
        }
        let folded = fold(&word);
        // A mark without its letter is no word.
        if !folded.is_empty() {
            words.push(match mode {
                Mode::Folded => Pattern::Word(folded),
                Mode::Exact => Pattern::Exact(word),
                Mode::Stem => Pattern::Stem(folded),
            });
        }
        Ok(())
    };
    for (at, c) in quoted.text.chars().enumerate() {
        let goes_on = c == '*' || begins(c) || !run.is_empty() && continues(c);
        if !goes_on {
            end(&mut run, run_at)?;
            continue;
        }
        if run.is_empty() {
            run_at = at;
        }
        run.push(c);
    }
    end(&mut run, run_at)?;
    if words.is_empty() {
        return Err(QueryError::NoWord { text: format!("\"{}\"", quoted.text), position });
    }
    if words.len() < 2 && quoted.slop > 0 {
        return Err(QueryError::Tilde(from + quoted.text.chars().count() + 1));
    }
    Ok(Phrase { words, slop: quoted.slop, position })
}
