//! A query: what is searched for, as a tree, and why one cannot be understood.
//!
//! The tree is made by [`Query::parse`]. tantivy's own query language is not used: there `zor*` is
//! read without complaint and finds nothing. Here whatever is read can find something, and anything
//! else is an error that says where and what was meant.

use crate::parse;

/// One query, read and ready to search with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    text: String,
    root: Node,
}

impl Query {
    /// Reads a query.
    ///
    /// Words, `"phrases"`, `word*`, `AND` `OR` `NOT` in capitals (words side by side mean `AND`),
    /// `-word`, parentheses, and the fields `case:` (or the study's own word for it, `case_label`),
    /// `doc:`, `speaker:`, `role:`, `code:`. `OR` binds weaker than `AND`.
    ///
    /// # Errors
    /// Where and why it cannot be read.
    pub fn parse(text: &str, case_label: &str) -> Result<Self, QueryError> {
        let root = parse::parse(text, case_label)?;
        Ok(Self { text: text.to_owned(), root })
    }

    /// The query as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The top of the tree.
    pub fn root(&self) -> &Node {
        &self.root
    }
}

/// One part of a query. Positions count characters of the query from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Words that follow each other; mostly just one.
    Words(Vec<Word>),
    /// What is known about a turn or passage.
    Field(Field),
    /// All of these in one turn.
    And(Vec<Node>),
    /// At least one of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

/// One word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    /// Its folded form.
    pub folded: String,
    /// Whether it is only the beginning of a word (`word*`).
    pub prefix: bool,
}

/// A restriction such as `speaker:anna`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What is restricted.
    pub kind: FieldKind,
    /// The value as written, without quotes and star.
    pub value: String,
    /// Whether the value is only a beginning (`doc:interview-1*`).
    pub prefix: bool,
    /// Position of the field in the query.
    pub position: usize,
}

/// What a field restricts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// The case of who speaks, else of the document: id or name.
    Case,
    /// The document: id or title.
    Document,
    /// The speaker: label or name.
    Speaker,
    /// The role: interviewer, respondent or other.
    Role,
    /// A code or one below it: id or label.
    Code,
}

impl FieldKind {
    /// The name under which it is written in a query.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Document => "doc",
            Self::Speaker => "speaker",
            Self::Role => "role",
            Self::Code => "code",
        }
    }
}

/// Why a query cannot be searched with. Positions count characters of the query from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// Nothing but white space.
    #[error("the query is empty")]
    Empty,
    /// A quote that is never closed.
    #[error("unclosed quote at character {0}")]
    UnclosedQuote(usize),
    /// A `(` without its `)`.
    #[error("unclosed parenthesis at character {0}")]
    UnclosedParenthesis(usize),
    /// A `)` without its `(`.
    #[error("closing parenthesis at character {0} without an opening one")]
    StrayParenthesis(usize),
    /// `()`.
    #[error("nothing between the parentheses at character {0}")]
    EmptyParentheses(usize),
    /// An operator with nothing to work on.
    #[error("{operator} at character {position} has nothing {side} it")]
    Dangling {
        /// `AND`, `OR`, `NOT` or `-`.
        operator: String,
        /// Where it stands.
        position: usize,
        /// `before` or `after`.
        side: &'static str,
    },
    /// A word or phrase without letters and digits.
    #[error("{text} at character {position} holds no letter or digit to search for")]
    NoWord {
        /// What stands there.
        text: String,
        /// Where.
        position: usize,
    },
    /// A star that does not end a word.
    #[error("a star can only end a word, as in work*; character {0} is at another place")]
    Star(usize),
    /// A query, or a side of an OR, that only takes away.
    #[error("the part at character {0} only says what not to find")]
    OnlyNot(usize),
    /// An OR between words and fields.
    #[error("OR at character {0} stands between words and a field")]
    MixedOr(usize),
    /// A field that does not exist.
    #[error("there is no field {name}: (character {position})")]
    UnknownField {
        /// What stands before the colon.
        name: String,
        /// Where.
        position: usize,
        /// The fields that there are.
        known: String,
    },
    /// A field without its value.
    #[error("{name}: at character {position} has no value")]
    NoValue {
        /// The field.
        name: String,
        /// Where.
        position: usize,
    },
    /// A value that nothing in the study has.
    #[error("no {name} is called {value} (character {position})")]
    UnknownValue {
        /// The field.
        name: String,
        /// The value.
        value: String,
        /// Where.
        position: usize,
        /// Values that there are, the nearest first; may be empty.
        near: Vec<String>,
    },
    /// `code:` in a search that was given no codebook.
    #[error("codes cannot be searched for here (character {0})")]
    NoCodes(usize),
    /// Parentheses or operators within each other without end.
    #[error("more than {limit} parentheses or NOTs within each other (character {position})")]
    TooDeep {
        /// How many are allowed.
        limit: usize,
        /// Where.
        position: usize,
    },
    /// More words than one search can keep apart.
    #[error("more than {0} different words in one query")]
    TooManyWords(usize),
}

impl QueryError {
    /// What to do about it; empty where the message says it all.
    pub fn hint(&self) -> String {
        match self {
            Self::Empty => "write a word, a \"phrase\", or a field such as role:respondent".into(),
            Self::UnclosedQuote(_) => "close the phrase with a second \"".into(),
            Self::UnclosedParenthesis(_) => "close it with )".into(),
            Self::StrayParenthesis(_) => "remove it, or put ( before the first word of the group".into(),
            Self::EmptyParentheses(_) => "write words between them, or remove them".into(),
            Self::Dangling { operator, .. } => {
                format!("to search for the word itself, write \"{operator}\" in quotes")
            }
            Self::NoWord { .. } => "signs and punctuation are not searched; write a word".into(),
            Self::Star(_) => "write the beginning of the word and then the star: work*".into(),
            Self::OnlyNot(_) => "add a word to find, or a field such as role:respondent".into(),
            Self::MixedOr(_) => "put words on both sides of OR, or fields on both sides".into(),
            Self::UnknownField { name, known, .. } => {
                format!("fields are {known}; to search for the text, put it in quotes: \"{name}:…\"")
            }
            Self::NoValue { name, .. } => format!("write the value right behind the colon: {name}:\"value\""),
            Self::UnknownValue { near, .. } if near.is_empty() => {
                "see the names with `verbatim documents`".into()
            }
            Self::UnknownValue { near, .. } => format!("did you mean {}?", near.join(", ")),
            Self::NoCodes(_) => "search in a study that has a codebook".into(),
            Self::TooDeep { .. } | Self::TooManyWords(_) => "split the query into several searches".into(),
        }
    }

    /// The character of the query that it is about, from 1; none if it is about the whole.
    pub const fn position(&self) -> Option<usize> {
        match self {
            Self::Empty | Self::TooManyWords(_) => None,
            Self::UnclosedQuote(p)
            | Self::UnclosedParenthesis(p)
            | Self::StrayParenthesis(p)
            | Self::EmptyParentheses(p)
            | Self::Star(p)
            | Self::OnlyNot(p)
            | Self::MixedOr(p)
            | Self::NoCodes(p) => Some(*p),
            Self::Dangling { position, .. }
            | Self::NoWord { position, .. }
            | Self::UnknownField { position, .. }
            | Self::NoValue { position, .. }
            | Self::UnknownValue { position, .. }
            | Self::TooDeep { position, .. } => Some(*position),
        }
    }
}
