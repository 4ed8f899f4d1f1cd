//! Written: parts of a query as one writes them, to be told and shown again.

use super::lex::{is_name, is_operator, is_quote};
use super::{Field, Node, Wanted};

impl Field {
    /// The field with its value, as one writes it.
    pub fn written(&self) -> String {
        format!("{}{}", self.head(), self.wanted.written())
    }

    /// The name with its colon or equals sign.
    fn head(&self) -> String {
        format!("{}{}", named(&self.name), if self.qualifier { '=' } else { ':' })
    }
}

impl Wanted {
    /// The value with its signs, in quotes where it needs them.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Is(v) => quoted(v),
            Self::Just(v) => format!("={}", quoted(v)),
            Self::Begins(v) => format!("{}*", quoted(v)),
            Self::Range { .. } => self.shown(),
        }
    }
}

impl Node {
    /// A part that is made of fields, as one writes it; nothing for words.
    pub(crate) fn written(&self) -> String {
        let list = |parts: &[Self], between: &str| {
            let parts: Vec<String> = parts.iter().map(Self::written).collect();
            format!("({})", parts.join(between))
        };
        match self {
            Self::Field(field) => field.written(),
            Self::OneOf(fields) => {
                let head = fields.first().map(Field::head).unwrap_or_default();
                let values: Vec<String> = fields.iter().map(|f| f.wanted.written()).collect();
                format!("{head}({})", values.join(" OR "))
            }
            Self::Not(inner) => format!("-{}", inner.written()),
            Self::And(parts) => list(parts, " "),
            Self::Or(parts) => list(parts, " OR "),
            Self::Words(_) | Self::Regex(_) | Self::Relation(_) => String::new(),
        }
    }
}

/// The name of a field as one writes it before its colon, in quotes where it needs them.
pub fn named(name: &str) -> String {
    if is_name(name) { name.to_owned() } else { in_quotes(name) }
}

/// A value, in quotes where without them it would end early, be a range, or, in a list, something else.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ',' | '/' | '&');
    let is_plain = value.starts_with(char::is_alphanumeric)
        && value.chars().all(plain)
        && !value.contains("..")
        && !is_operator(value);
    if is_plain { value.to_owned() } else { in_quotes(value) }
}

/// A text between quotes; any quote within it, curly ones too, is written twice.
fn in_quotes(text: &str) -> String {
    let twice = |c: char| std::iter::repeat_n(c, if is_quote(c) { 2 } else { 1 });
    format!("\"{}\"", text.chars().flat_map(twice).collect::<String>())
}
