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
        /// What may have been meant.
        meant: Option<String>,
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
        /// Values that there are, the nearest first; may be empty.
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
            Self::NoWord { text, .. } if text.starts_with(['-', '–']) => {
                "to take a word away, write the minus right before it: -word".into()
            }
            Self::NoWord { .. } => "signs and punctuation are not searched; write a word".into(),
            Self::Star(_) => {
                "put it at a word: work* begins so, *work ends so, *work* has it anywhere".into()
            }
            Self::StarInExact(_) => "leave out the star, or the = or stem: before the word".into(),
            Self::StarInValue(_) => "a value can end with a star, as in doc:interview*".into(),
            Self::Tilde(_) => "word~ allows one wrong letter, word~2 two (not with = or a star); \
                               \"two words\"~3 three words between"
                .into(),
            Self::UnclosedRegex(_) => {
                "close it with a second / before a space; to search for the text, put it in quotes".into()
            }
            Self::BadRegex { .. } => "an expression is written as in ripgrep: /flex(ibel|ibiliteit)/".into(),
            Self::EmptyRegex(_) => "leave out what may be missing altogether, such as a last * or ?; \\b and ^ need letters beside them".into(),
            Self::Distance { written, .. } => {
                let operator = written.split('/').next().unwrap_or("NEAR");
                format!("write {operator}/8 for words or {operator}/2t for turns")
            }
            Self::Capitals { meant, .. } | Self::Comparison { meant, .. } | Self::Sign { meant, .. } => {
                format!("write {meant}; to search for the text, put it in quotes")
            }
            Self::Unquoted { column, .. } => format!("write {}:…", super::named(column)),
            Self::NoPlace { operator, .. } => {
                format!(
                    "on both sides of {operator} stand words, or code: (with coder: and qualifiers), or memo:"
                )
            }
            Self::OnlyNot(_) => "add a word to find, or a field such as role:respondent".into(),
            Self::MixedOr(_) => "put words on both sides of OR, or fields on both sides".into(),
            Self::UnknownField { name, meant: Some(meant), .. } => {
                format!("did you mean {meant}? To search for the text, put it in quotes: \"{name}:…\"")
            }
            Self::UnknownField { name, known, .. } => {
                format!("fields are {known}; to search for the text, put it in quotes: \"{name}:…\"")
            }
            Self::UnknownQualifier { name, known, .. } if known.is_empty() => {
                format!(
                    "the codebooks have no qualifiers; to search for the text, put it in quotes: \"{name}=…\""
                )
            }
            Self::UnknownQualifier { name, known, .. } => {
                format!(
                    "qualifiers are {}; to search for the text, put it in quotes: \"{name}=…\"",
                    known.join(", ")
                )
            }
            Self::Ambiguous { name, tables, .. } => {
                let choices: Vec<String> = tables.iter().map(|t| format!("{t}.{name}:")).collect();
                format!("write {}", choices.join(" or "))
            }
            Self::NoValue { name, .. } if name.starts_with(super::lex::is_quote) => format!(
                "a field has its value right behind it, as in {}…; to search for the text, leave out the colon",
                short(name)
            ),
            Self::NoValue { name, .. } => format!(
                "to search for the text, put it in quotes: \"{0}\"; a field has its value right behind it, as in role:respondent",
                short(name)
            ),
            Self::BetweenValues { name, .. } => format!("write {}(one OR \"the other\")", short(name)),
            Self::UnknownValue { name, value, near, numbers: true, .. } if near.is_empty() => {
                format!("a range finds what lies around it, as in {name}:>={value}")
            }
            Self::UnknownValue { name, near, .. } if near.is_empty() => where_listed(name).into(),
            Self::UnknownValue { near, .. } => format!("did you mean {}?", near.join(", ")),
            Self::NoOrder { .. } => {
                "ranges are for columns of numbers or dates, as in size:>250 or date:2019..2021-06".into()
            }
            Self::NoBound { meant: Some(meant), .. } => format!("write {meant}"),
            Self::NoBound { name, dates: true, .. } => {
                format!("dates are written as 2019-05-31, or 2019-05, or 2019: {name}:>=2019-05")
            }
            Self::NoBound { name, .. } => format!("the values of {name}: are numbers, as in {name}:>=250"),
            Self::Backwards { .. } => "write the smaller or earlier end first".into(),
            Self::Thousands { value, .. } => {
                let digits: String = value.chars().filter(char::is_ascii_digit).collect();
                format!("write {digits} for thousands, or {value}0 for decimals")
            }
            Self::NoCodes(_) => "search in a study that has a codebook".into(),
            Self::TooDeep { .. } | Self::TooManyWords(_) | Self::TooManyParts(_) => {
                "split the query into several searches".into()
            }
        }
    }

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
fn short(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

/// Where the values of a field are listed.
fn where_listed(field: &str) -> &'static str {
    match crate::fold::fold(field).as_str() {
        "code" => "`verbatim codebook list` lists the codes",
        "coder" | "done" => "`verbatim coders` lists the coders",
        "speaker" => "`verbatim documents DOC` lists the speakers of a document",
        "doc" | "document" | "case" | "title" => "`verbatim documents` lists the documents and their cases",
        _ => "the tables in the folder corpus hold the values of this field",
    }
}
