//! A query: what is searched for, as a tree, and why one cannot be understood.
//!
//! The tree is made by [`Query::parse`]. tantivy's own query language is not used: there `zor*` is
//! read without complaint and finds nothing. Here whatever is read can find something, and anything
//! else is an error that says where and what was meant. The grammar is in `docs/search.md`.

mod error;
mod given;
mod hint;
mod lex;
mod live;
mod notes;
mod parse;
pub mod pattern;
mod written;

use crate::fold::fold;

pub use error::{QueryError, short};
pub use given::Given;
pub use hint::{Signs, any_value, is_address, signs};
pub(crate) use lex::{behind, is_name, is_quote};
pub(crate) use parse::compile;
pub use pattern::{Glob, Pattern};
pub use written::named;

/// One query, read and ready to search with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    text: String,
    root: Node,
    notes: Vec<Note>,
}

/// Something about a query that its writer may not have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A word that would be an operator in capitals, as written.
    LowerCase(String),
    /// A Dutch word in capitals (`OF`), with the operator that may have been meant (`OR`).
    Dutch(String, &'static str),
    /// Words between these single quotes, which make no phrase.
    SingleQuotes(char),
    /// What is searched as text, with what was probably meant (`w?rk`, `w*rk`).
    Meant(String, String),
    /// What is searched as text and may be meant to take this word away, where nothing else is found that it
    /// could be taken from (`!werk`).
    Alone(String, String),
    /// Signs that stand alone between words and are left out.
    Signs(Vec<String>),
    /// A single word to the right of an operator where a coding may be meant (`a INSIDE training`).
    WordSide(String, &'static str),
    /// Restrictions, as written, that hold nowhere: one by itself, or two together.
    Never(Vec<String>),
    /// Cells that a range leaves out because they are no numbers, or no dates.
    LeftOut {
        /// The field.
        field: String,
        /// How many.
        cells: usize,
        /// One of them.
        such: String,
        /// Whether it is a range of dates.
        dates: bool,
    },
    /// A cell that is a thousand to some and one to others.
    Doubtful {
        /// The field.
        field: String,
        /// The cell.
        cell: String,
    },
}

/// In words, as the command line tells it.
impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LowerCase(word) => {
                write!(f, "`{word}` is searched as a word; operators are written in capitals")
            }
            Self::Dutch(word, operator) => {
                write!(f, "`{word}` is searched as a word; the operator is {operator}")
            }
            Self::SingleQuotes(quote) => write!(
                f,
                "words after {quote} are searched one by one; a phrase stands between double quotes: \"…\""
            ),
            Self::Meant(written, meant) => {
                write!(f, "`{written}` is searched as text; did you mean {meant}?")
            }
            Self::Alone(written, word) => write!(
                f,
                "`{written}` is searched as text; what is taken away stands beside what to find, as in role:respondent -{word}"
            ),
            Self::Signs(signs) => {
                let signs: Vec<String> = signs.iter().map(|sign| format!("`{}`", short(sign))).collect();
                write!(f, "signs are not searched and left out: {}", signs.join(" "))
            }
            Self::WordSide(word, operator) => write!(
                f,
                "`{word}` behind {operator} is searched as a word; passages with a code are code:{word}"
            ),
            Self::Never(of) => match of.as_slice() {
                [one] => write!(f, "{one} holds nowhere"),
                several => write!(f, "no place has {} at once", several.join(" and ")),
            },
            Self::LeftOut { field, cells, such, dates } => {
                let (one, several) = if *dates {
                    ("date such as 2019-05-31", "dates such as 2019-05-31")
                } else {
                    ("number", "numbers")
                };
                match cells {
                    1 => write!(f, "a value of {field} is no {one}, and in no range: `{such}`"),
                    n => {
                        write!(f, "{n} values of {field} are no {several}, and in no range, such as `{such}`")
                    }
                }
            }
            Self::Doubtful { field, cell } => write!(
                f,
                "`{cell}` in {field} is read as a decimal; thousands are written without a sign between them"
            ),
        }
    }
}

impl Query {
    /// Reads a query; see `docs/search.md` for the language. Names of fields and their values are
    /// looked up when it is searched with.
    ///
    /// # Errors
    /// Where and why it cannot be read.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let (root, notes) = parse::parse(text)?;
        Ok(Self { text: text.to_owned(), root, notes })
    }

    /// Reads as much of a query as can be understood while it is being typed: an open quote or
    /// parenthesis is closed, an operator without anything behind it waits. `None` where nothing is
    /// left to search for. Beside it, why the whole cannot be read, if so.
    pub fn live(text: &str) -> (Option<Self>, Option<QueryError>) {
        live::live(text)
    }

    /// The characters of the query, with blanks for what is quoted or an expression.
    pub(crate) fn bare(&self) -> Vec<char> {
        lex::bare(&self.text)
    }

    /// Where the last OR before a character of the query stands.
    pub(crate) fn or_before(&self, position: usize) -> usize {
        lex::or_before(&self.text, position).unwrap_or(position)
    }

    /// The query as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The top of the tree.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// What its writer may not have meant.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Whether stems are asked for by `stem:` anywhere in it; what it counts then rests on them.
    pub fn stems(&self) -> bool {
        fn any(node: &Node) -> bool {
            match node {
                Node::Words(p) => p.words.iter().any(|w| matches!(w, Pattern::Stem(_))),
                Node::Regex(_) | Node::Field(_) | Node::OneOf(_) => false,
                Node::And(parts) | Node::Or(parts) => parts.iter().any(any),
                Node::Not(inner) => any(inner),
                Node::Relation(r) => any(&r.left) || any(&r.right),
            }
        }
        any(&self.root)
    }

    /// What restricts the query: its parts that all must hold and are made of fields alone.
    pub(crate) fn restrictions(&self) -> Vec<&Node> {
        fn collect<'q>(node: &'q Node, into: &mut Vec<&'q Node>) {
            match node {
                node if node.is_of_fields() => into.push(node),
                Node::And(parts) => parts.iter().for_each(|part| collect(part, into)),
                _ => {}
            }
        }
        let mut out = Vec::new();
        match &self.root {
            Node::And(parts) => parts.iter().for_each(|part| collect(part, &mut out)),
            root => collect(root, &mut out),
        }
        out
    }

    /// What restricts the query, each as it is written.
    pub fn filters(&self) -> Vec<String> {
        self.restrictions().into_iter().map(Node::written).collect()
    }

    /// A query for a part of this one.
    pub(crate) fn part(&self, root: Node) -> Self {
        Self { root, ..self.clone() }
    }

    /// Whether it looks for one word, with whatever letters, and asks for nothing else: no stem either,
    /// which hangs on the language of a document.
    pub(crate) fn is_one_word(&self) -> bool {
        let Node::Words(phrase) = &self.root else { return false };
        matches!(phrase.words.as_slice(), [word] if !matches!(word, Pattern::Stem(_)))
    }
}

/// One part of a query. Positions count characters of the query from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A word, or words that follow each other.
    Words(Phrase),
    /// `/…/` over the text of a turn.
    Regex(Regex),
    /// What is known about a turn or passage.
    Field(Field),
    /// One field with one of several values: `code:(a OR b)`. Each stands where its value does.
    OneOf(Vec<Field>),
    /// All of these in one turn.
    And(Vec<Node>),
    /// At least one of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// Where one thing stands to another.
    Relation(Box<Relation>),
}

impl Node {
    /// The field that this is, once for each of its values; none for anything else.
    pub(crate) fn field(&self) -> Option<&[Field]> {
        match self {
            Self::Field(field) => Some(std::slice::from_ref(field)),
            Self::OneOf(fields) => Some(fields),
            _ => None,
        }
    }

    /// Whether it holds fields and nothing else.
    fn is_of_fields(&self) -> bool {
        match self {
            Self::Field(_) | Self::OneOf(_) => true,
            Self::Not(inner) => inner.is_of_fields(),
            Self::And(parts) | Self::Or(parts) => parts.iter().all(Self::is_of_fields),
            Self::Words(_) | Self::Regex(_) | Self::Relation(_) => false,
        }
    }
}

/// Words that follow each other; mostly just one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// What each word must be.
    pub words: Vec<Pattern>,
    /// How many other words may stand between them altogether.
    pub slop: u32,
    /// Where it begins.
    pub position: usize,
}

/// A regular expression as written between its slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regex {
    /// The expression.
    pub pattern: String,
    /// Where it begins.
    pub position: usize,
}

/// A restriction such as `speaker:anna`, `size:>250` or `status=planned`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What stands before the colon or equals sign, as written.
    pub name: String,
    /// Whether it is a qualifier (`name=value`), not a field (`name:value`).
    pub qualifier: bool,
    /// What the value must be.
    pub wanted: Wanted,
    /// Position of the field in the query.
    pub position: usize,
}

impl Field {
    /// Whether the value of a yes-or-no field is yes; none where it is neither.
    pub fn yes(&self) -> Option<bool> {
        let Wanted::Is(value) = &self.wanted else { return None };
        match fold(value).as_str() {
            "yes" | "ja" | "true" => Some(true),
            "no" | "nee" | "false" => Some(false),
            _ => None,
        }
    }
}

/// What the value of a field must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// This, in capitals or not, with accents or not.
    Is(String),
    /// This with nothing below it (`code:=x`), or exactly this.
    Just(String),
    /// It begins so (`doc:interview-1*`).
    Begins(String),
    /// A number or date in a range; either end may be open.
    Range {
        /// From this.
        from: Option<Bound>,
        /// To this.
        to: Option<Bound>,
    },
}

/// One end of a range, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// A number or date.
    pub value: String,
    /// Whether the value itself belongs to the range.
    pub inclusive: bool,
}

impl Wanted {
    /// Whether a value is this, or begins so, in capitals or not. No value is a range.
    pub fn fits(&self, value: &str) -> bool {
        match self {
            Self::Is(v) | Self::Just(v) => fold(value) == fold(v),
            Self::Begins(v) => fold(value).starts_with(&fold(v)),
            Self::Range { .. } => false,
        }
    }

    /// The value as written, without its signs.
    pub fn shown(&self) -> String {
        match self {
            Self::Is(v) | Self::Just(v) => v.clone(),
            Self::Begins(v) => format!("{v}*"),
            Self::Range { from, to } => match (from, to) {
                (Some(a), Some(b)) => format!("{}..{}", a.value, b.value),
                (Some(a), None) => format!(">{}{}", if a.inclusive { "=" } else { "" }, a.value),
                (None, Some(b)) => format!("<{}{}", if b.inclusive { "=" } else { "" }, b.value),
                (None, None) => String::new(),
            },
        }
    }
}

/// `left OPERATOR right`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// What is found.
    pub left: Node,
    /// How it stands.
    pub kind: RelationKind,
    /// To what.
    pub right: Node,
    /// Position of the operator.
    pub position: usize,
}

/// How one thing stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// Wholly within it.
    Inside,
    /// They share at least one character.
    Overlaps,
    /// Not far from it, before or behind.
    Near(Option<Distance>),
    /// Before it, and not far if a distance is given.
    Then(Option<Distance>),
}

impl RelationKind {
    /// The operator as it is written, without its distance.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inside => "INSIDE",
            Self::Overlaps => "OVERLAPS",
            Self::Near(_) => "NEAR",
            Self::Then(_) => "THEN",
        }
    }
}

/// How far apart two things may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// Words from one to the other: neighbours are 1 apart. Only within a turn.
    Words(u32),
    /// Turns from one to the other: in the same turn they are 0 apart.
    Turns(u32),
}
