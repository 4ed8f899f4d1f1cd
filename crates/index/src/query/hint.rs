//! What to do about a query that cannot be searched with.

use super::error::{QueryError, short};
use super::lex::{is_minus, is_quote};
use super::written::named;

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
            Self::NoWord { text, .. } => match signs(text) {
                Signs::TakeAway => "to take a word away, write the minus right before it: -word".into(),
                Signs::Choose => "between words of which one is enough, write OR".into(),
                Signs::Compare => {
                    "a field, its sign and its value stand together, as in role:respondent or date:>=2019".into()
                }
                Signs::Nothing => "signs and punctuation are not searched; write a word".into(),
            },
            Self::Star(_) => {
                "put it at a word: work* begins so, *work ends so, *work* has it anywhere".into()
            }
            Self::StarInExact(_) => "leave out the star, or the = or stem: before the word".into(),
            Self::StarInValue(_) => "a value can end with a star, as in doc:interview*".into(),
            Self::StarAlone { name, .. } => match any_value(name) {
                Some(any) => format!("write {any}"),
                None => format!(
                    "write how the value begins, as in {}a*; whether there is any value cannot be asked",
                    short(name)
                ),
            },
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
            Self::Unquoted { column, .. } => format!("write {}:…", named(column)),
            Self::NoPlace { operator, .. } => {
                format!(
                    "on both sides of {operator} stand words, or code: (with coder: and qualifiers), or memo:"
                )
            }
            Self::OnlyNot(_) => "add a word to find, or a field such as role:respondent".into(),
            Self::MixedOr(_) => "put words on both sides of OR, or fields on both sides".into(),
            Self::UnknownField { text, .. } if is_address(text) => {
                format!("an address is text: put it in quotes, \"{text}\"")
            }
            Self::UnknownField { text, near, known, .. } => {
                format!("{}; fields are {known}", quote_it(near, text))
            }
            Self::UnknownQualifier { text, near, known, .. } if known.is_empty() => {
                format!("{}; the codebooks have no qualifiers", quote_it(near, text))
            }
            Self::UnknownQualifier { text, near, known, .. } => {
                format!("{}; qualifiers are {}", quote_it(near, text), known.join(", "))
            }
            Self::Ambiguous { name, tables, .. } => {
                let choices: Vec<String> = tables.iter().map(|t| format!("{t}.{}:", named(name))).collect();
                format!("write {}", choices.join(" or "))
            }
            Self::NoValue { name, .. } if name.starts_with(is_quote) => format!(
                "a field has its value right behind it, as in {}…; to search for the text, leave out the colon",
                short(name)
            ),
            Self::NoValue { name, .. } => format!(
                "to search for the text, put it in quotes: \"{0}\"; a field has its value right behind it, as in role:respondent, and a qualifier an equals sign, as in status=planned",
                short(name)
            ),
            Self::BetweenValues { name, .. } => format!("write {}(one OR \"the other\")", short(name)),
            Self::UnknownValue { name, value, near, numbers: true, .. } if near.is_empty() => {
                format!("a range finds what lies around it, as in {}:>={value}", named(name))
            }
            Self::UnknownValue { name, near, .. } if near.is_empty() => where_listed(name).into(),
            Self::UnknownValue { near, .. } => format!("did you mean {}?", either(near)),
            Self::NoOrder { values, ordered, .. } => {
                let mut hints = Vec::new();
                if !values.is_empty() {
                    hints.push(format!("write {}", either(values)));
                }
                hints.push(match ordered.as_slice() {
                    [] => "no field of this study has numbers or dates".to_owned(),
                    ordered => format!("numbers or dates are in {}", ordered.join(", ")),
                });
                hints.join("; ")
            }
            Self::NoBound { meant: Some(meant), .. } => format!("write {meant}"),
            Self::NoBound { name, dates: true, .. } => {
                format!("dates are written as 2019-05-31, or 2019-05, or 2019: {}:>=2019-05", named(name))
            }
            Self::NoBound { name, .. } => {
                let name = named(name);
                format!("the values of {name}: are numbers, as in {name}:>=250")
            },
            Self::Backwards { .. } => "write the smaller or earlier end first".into(),
            Self::Thousands { whole, decimal: Some(decimal), .. } => {
                format!("write {whole} for thousands, or {decimal} for decimals")
            }
            Self::Thousands { whole, .. } => format!("write {whole}"),
            Self::NoCodes(_) => "search in a study that has a codebook".into(),
            Self::TooDeep { .. } | Self::TooManyWords(_) | Self::TooManyParts(_) => {
                "split the query into several searches".into()
            }
        }
    }
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

/// Proposals as one says them: `a`, `a or b`, `a, b or c`.
fn either(of: &[String]) -> String {
    match of {
        [others @ .., last] if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        of => of.concat(),
    }
}

/// What may be meant, if anything, and that text stands in quotes.
fn quote_it(near: &[String], text: &str) -> String {
    match near {
        [] => format!("to search for the text, put it in quotes: \"{text}\""),
        near => {
            format!("did you mean {}? To search for the text, put it in quotes: \"{text}\"", either(near))
        }
    }
}

/// Whether what looks like a field is an address (`http://…`).
pub fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// How a field with its colon, or a qualifier with its equals sign, asks whether there is any value; none
/// where it cannot.
pub fn any_value(field: &str) -> Option<&'static str> {
    match crate::fold::fold(field).as_str() {
        "code:" | "coder:" | "coded:" => Some("coded:yes"),
        "memo:" => Some("memo:yes"),
        "done:" => Some("done:yes"),
        _ => None,
    }
}

/// What signs that stand where a word should may be meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// To take a word away (`- werk`).
    TakeAway,
    /// To find one of several (`werk || zorg`).
    Choose,
    /// To compare (`size > 250`).
    Compare,
    /// Nothing that the language has.
    Nothing,
}

/// What signs are meant for.
pub fn signs(text: &str) -> Signs {
    if text.starts_with(|c| is_minus(c) || c == '!') {
        Signs::TakeAway
    } else if text.contains('|') {
        Signs::Choose
    } else if text.contains(['<', '>', '=', ':']) {
        Signs::Compare
    } else {
        Signs::Nothing
    }
}
