//! Why a query cannot be searched with, and what to do about it.

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
        /// The operator as written.
        operator: String,
        /// Where it stands.
        position: usize,
        /// `before` or `after`.
        side: &'static str,
    },
    /// A word or phrase without letters and digits.
    #[error("{} at character {position} holds no letter or digit to search for", short(text))]
    NoWord {
        /// What stands there.
        text: String,
        /// Where.
        position: usize,
    },
    /// A star that belongs to no word.
    #[error("the star at character {0} belongs to no word")]
    Star(usize),
    /// A star in a word that must be exact, or of one stem.
    #[error("the star at character {0} stands in a word that is searched as it is or by its stem")]
    StarInExact(usize),
    /// A star that is not at the end of a value.
    #[error("the star at character {0} is not at the end of a value")]
    StarInValue(usize),
    /// A star with no value before it.
    #[error("{} at character {position} has a star and no value before it", short(name))]
    StarAlone {
        /// The field with its colon or equals sign.
        name: String,
        /// Where it stands.
        position: usize,
    },
    /// A `~` where none can be.
    #[error("~ at character {0} has nothing to loosen, or not by so much")]
    Tilde(usize),
    /// A `/` that no second one closes.
    #[error("unclosed expression: / at character {0}")]
    UnclosedRegex(usize),
    /// A regular expression that cannot be read.
    #[error("the expression at character {position} cannot be read: {why}")]
    BadRegex {
        /// Where it begins.
        position: usize,
        /// What is wrong.
        why: String,
    },
    /// A regular expression that fits where there is nothing.
    #[error("the expression at character {0} fits an empty text, so it would be found everywhere")]
    EmptyRegex(usize),
    /// A distance that is no number.
    #[error("{} at character {position} is no distance", short(written))]
    Distance {
        /// The operator as written.
        written: String,
        /// Where.
        position: usize,
    },
    /// An operator of which only the capitals are missing, and which is no word.
    #[error("{written} at character {position} is no operator: those are written in capitals")]
    Capitals {
        /// As written.
        written: String,
        /// As it should be.
        meant: String,
        /// Where.
        position: usize,
    },
    /// A comparison without its colon.
    #[error("{} at character {position} compares without a colon: {}", short(written), short(meant))]
    Comparison {
        /// As written.
        written: String,
        /// As it should be.
        meant: String,
        /// Where.
        position: usize,
    },
    /// The name of a column that can only be read between quotes.
    #[error("{column}: at character {position} needs quotes around the name of the column")]
    Unquoted {
        /// The column.
        column: String,
        /// Where.
        position: usize,
    },
    /// A field with the sign of a qualifier, or the other way round.
    #[error("{name} at character {position} is {}", if *qualifier { "a qualifier, which has an equals sign" } else { "a field, which has a colon" })]
    Sign {
        /// The name with its sign, as written.
        name: String,
        /// All of it, as it should be.
        meant: String,
        /// Where.
        position: usize,
        /// Whether the name is that of a qualifier.
        qualifier: bool,
    },
    /// A side of INSIDE, OVERLAPS, NEAR or THEN that stands nowhere in particular.
    #[error("the {side} side of {operator} at character {position} has no place in a text")]
    NoPlace {
        /// The operator.
        operator: &'static str,
        /// Where it stands.
        position: usize,
        /// `left` or `right`.
        side: &'static str,
    },
    /// A query, or a side of an OR, that only takes away.
    #[error("the part at character {0} only says what not to find")]
    OnlyNot(usize),
    /// An OR between words and fields.
    #[error("OR at character {0} stands between words and a field")]
    MixedOr(usize),
    /// A field that does not exist.
    #[error("there is no field {}: (character {position})", short(name))]
    UnknownField {
        /// What stands before the colon.
        name: String,
        /// Where.
        position: usize,
        /// The field with its value as it would stand in quotes, to be searched as text.
        text: String,
        /// Fields that may be meant, with their colon or equals sign, the nearest first; may be empty.
        near: Vec<String>,
        /// The fields that there are.
        known: String,
    },
    /// A qualifier that no codebook has.
    #[error("there is no qualifier {}= (character {position})", short(name))]
    UnknownQualifier {
        /// What stands before the equals sign.
        name: String,
        /// Where.
        position: usize,
        /// The qualifier with its value as it would stand in quotes, to be searched as text.
        text: String,
        /// What may be meant, with its colon or equals sign, the nearest first; may be empty.
        near: Vec<String>,
        /// The qualifiers that there are.
        known: Vec<String>,
    },
    /// A column that two tables have.
    #[error("{name}: at character {position} is a column of {}", tables.join(" and "))]
    Ambiguous {
        /// The column.
        name: String,
        /// Where.
        position: usize,
        /// The tables, as in `case.sector`.
        tables: Vec<String>,
    },
    /// A field without its value.
    #[error("{} at character {position} has no value", short(name))]
    NoValue {
        /// The field with its colon or equals sign.
        name: String,
        /// Where.
        position: usize,
    },
    /// Something between the values of a field that is neither a value nor OR.
    #[error("between the values of {} only OR can stand (character {position})", short(name))]
    BetweenValues {
        /// The field with its colon or equals sign.
        name: String,
        /// Where it stands.
        position: usize,
    },
    /// A value that nothing in the study has.
    #[error("{} (character {position})", unknown_value(name, value, *numbers))]
    UnknownValue {
        /// The field.
        name: String,
        /// The value.
        value: String,
        /// Where.
        position: usize,
        /// What may be meant, as one writes it (`sector:"zorg en welzijn"`), the nearest first; may be
        /// empty.
        near: Vec<String>,
        /// Whether the values of the field are numbers, and this is one.
        numbers: bool,
    },
    /// A range over something that has no order.
    #[error("{name}: has no numbers or dates to compare with {} (character {position})", short(value))]
    NoOrder {
        /// The field.
        name: String,
        /// The range as written.
        value: String,
        /// Where.
        position: usize,
        /// The values that there are, as one writes them; empty where they are many.
        values: Vec<String>,
        /// The fields that have numbers or dates, with their colon.
        ordered: Vec<String>,
    },
    /// An end of a range that is none, in a column of dates or numbers.
    #[error("{} is no {} (character {position})", short(value), if *dates { "date" } else { "number" })]
    NoBound {
        /// The field.
        name: String,
        /// The end as written.
        value: String,
        /// Where.
        position: usize,
        /// Whether the column has dates; else it has numbers.
        dates: bool,
        /// The date as it should be written, where it can be told.
        meant: Option<String>,
    },
    /// A range that ends before it begins.
    #[error("{name}:{value} ends before it begins (character {position})")]
    Backwards {
        /// The field.
        name: String,
        /// The range as written.
        value: String,
        /// Where.
        position: usize,
    },
    /// A number of which nobody can tell whether its point marks thousands or decimals.
    #[error("{value} in {name}: may be read in two ways (character {position})")]
    Thousands {
        /// The field.
        name: String,
        /// The number as written.
        value: String,
        /// Where.
        position: usize,
        /// The same for whom the sign stands between thousands.
        whole: String,
        /// The same for whom it is that of decimals; none where it can be none.
        decimal: Option<String>,
    },
    /// A field about coding in a search that was given none.
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
    #[error("more than {0} different words or expressions in one query")]
    TooManyWords(usize),
    /// More parts than anyone writes.
    #[error("more than {0} words, phrases and fields in one query")]
    TooManyParts(usize),
}

impl QueryError {
    /// The character of the query that it is about, from 1; none if it is about the whole.
    pub const fn position(&self) -> Option<usize> {
        match self {
            Self::Empty | Self::TooManyWords(_) | Self::TooManyParts(_) => None,
            Self::UnclosedQuote(p)
            | Self::UnclosedParenthesis(p)
            | Self::StrayParenthesis(p)
            | Self::EmptyParentheses(p)
            | Self::Star(p)
            | Self::StarInExact(p)
            | Self::StarInValue(p)
            | Self::Tilde(p)
            | Self::UnclosedRegex(p)
            | Self::EmptyRegex(p)
            | Self::OnlyNot(p)
            | Self::MixedOr(p)
            | Self::NoCodes(p) => Some(*p),
            Self::Dangling { position, .. }
            | Self::NoWord { position, .. }
            | Self::BadRegex { position, .. }
            | Self::Distance { position, .. }
            | Self::Capitals { position, .. }
            | Self::Comparison { position, .. }
            | Self::StarAlone { position, .. }
            | Self::Sign { position, .. }
            | Self::Unquoted { position, .. }
            | Self::NoPlace { position, .. }
            | Self::UnknownField { position, .. }
            | Self::UnknownQualifier { position, .. }
            | Self::Ambiguous { position, .. }
            | Self::NoValue { position, .. }
            | Self::UnknownValue { position, .. }
            | Self::NoOrder { position, .. }
            | Self::NoBound { position, .. }
            | Self::BetweenValues { position, .. }
            | Self::Backwards { position, .. }
            | Self::Thousands { position, .. }
            | Self::TooDeep { position, .. } => Some(*position),
        }
    }
}

/// That a field has no such value, as one says it of this field.
fn unknown_value(field: &str, value: &str, numbers: bool) -> String {
    let value = short(value);
    match crate::fold::fold(field).as_str() {
        "coded" | "memo" => format!("{field}: is yes or no, not {value}"),
        "done" => format!("done: is yes, no or a coder, not {value}"),
        name if numbers || name.contains("date") => format!("no {field} is {value}"),
        _ => format!("no {field} is called {value}"),
    }
}

/// What was written, cut where nobody reads on.
pub fn short(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}
