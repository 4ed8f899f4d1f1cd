//! Effects: what a codebook declares that each of its codes does to each of its dimensions, and the
//! rules by which its codes are judged.
//!
//! A codebook file declares `dimensions`; a code declares `effects`, a value and a basis per dimension,
//! and it may declare a `degree`. `rules` say what a code must have to be called something, `judgement`
//! which codings speak of an activity that is in place and where an interviewee's own words on effects
//! are kept. Nothing here knows what any of these is about, and a value that is unknown stays unknown.

use serde_json::Value;

use crate::codebook::{Code, Codebook, in_language};
use crate::name::Name;
use crate::state::State;

/// What a value says about the direction of an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// More of it.
    Up,
    /// Less of it.
    Down,
    /// The source says that it is uncertain.
    Uncertain,
    /// The source says nothing, on purpose.
    Blank,
    /// What the source says is not known.
    Unknown,
}

impl Sign {
    /// Reads `+`, `-`, `?` or a number; what says no direction is unknown.
    pub fn of(value: &str) -> Self {
        match value.trim() {
            "+" => Self::Up,
            "-" | "−" | "–" => Self::Down,
            "?" => Self::Uncertain,
            "" => Self::Blank,
            other => match other.parse::<f64>() {
                Ok(n) if n > 0.0 => Self::Up,
                Ok(n) if n < 0.0 => Self::Down,
                Ok(_) => Self::Blank,
                Err(_) => Self::Unknown,
            },
        }
    }

    /// How it is written in tables: `+`, `-`, `?`, nothing for a blank, `unknown`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "+",
            Self::Down => "-",
            Self::Uncertain => "?",
            Self::Blank => "",
            Self::Unknown => "unknown",
        }
    }
}

/// A declared value: that of an effect, or a degree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// The value as declared; none where there is no value.
    pub value: Option<String>,
    /// What it rests on, as the codebook says.
    pub basis: String,
    /// Whether it was left blank on purpose.
    pub blank: bool,
}

impl Declared {
    /// Reads `{value, basis, blank}`, or the value alone.
    pub fn of(value: &Value) -> Self {
        let sign = |v: &Value| match v {
            Value::String(s) => Some(s.clone()),
            Value::Number(n) => Some(n.to_string()),
            Value::Array(list) => {
                let ends: Vec<String> = list.iter().map(ToString::to_string).collect();
                Some(ends.join("–"))
            }
            _ => None,
        };
        match value {
            Value::Object(map) => Self {
                value: map.get("value").and_then(sign),
                basis: map.get("basis").and_then(Value::as_str).unwrap_or_default().to_owned(),
                blank: map.get("blank").and_then(Value::as_bool).unwrap_or(false),
            },
            other => Self { value: sign(other), ..Self::default() },
        }
    }

    /// Its direction.
    pub fn sign(&self) -> Sign {
        match &self.value {
            Some(value) => Sign::of(value),
            None if self.blank => Sign::Blank,
            None => Sign::Unknown,
        }
    }
}

/// The effect that a code itself declares on a dimension.
pub fn own(code: &Code, dimension: &str) -> Option<Declared> {
    code.fields.get("effects")?.as_object()?.get(dimension).map(Declared::of)
}

/// Whether a code itself declares effects.
pub fn declares(code: &Code) -> bool {
    code.fields.get("effects").is_some_and(Value::is_object)
}

/// The degree that a code itself declares.
pub fn degree(code: &Code) -> Option<Declared> {
    code.fields.get("degree").map(Declared::of)
}

/// Something that codes have effects on.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    /// Its id.
    pub id: String,
    label: Option<Value>,
}

impl Dimension {
    /// Its label in the first of these languages that it has, else in any, else its id.
    pub fn label<'a>(&'a self, languages: &[&str]) -> &'a str {
        in_language(self.label.as_ref(), languages).unwrap_or(&self.id)
    }
}

/// So many of these dimensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Ids of dimensions.
    pub of: Vec<String>,
    /// How many of them must be pushed up.
    pub at_least: usize,
}

/// What a rule asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// All of these, for a code to be called what the rule is called.
    Needs(Vec<Need>),
    /// How many of these dimensions a code pushes up.
    Counts(Vec<String>),
}

/// A rule of a codebook.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// What it asks.
    pub asks: Asks,
    label: Option<Value>,
    definition: Option<Value>,
}

impl Rule {
    /// Its label in the first of these languages that it has, else in any, else its id.
    pub fn label<'a>(&'a self, languages: &[&str]) -> &'a str {
        in_language(self.label.as_ref(), languages).unwrap_or(&self.id)
    }

    /// What it says, in words.
    pub fn definition<'a>(&'a self, languages: &[&str]) -> Option<&'a str> {
        in_language(self.definition.as_ref(), languages)
    }

    fn read(value: &Value) -> Option<Self> {
        let id = value.get("id")?.as_str()?.to_owned();
        let names = |v: &Value| -> Vec<String> {
            v.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let asks = match (value.get("needs").and_then(Value::as_array), value.get("counts")) {
            (Some(list), _) => Asks::Needs(
                list.iter()
                    .map(|n| Need {
                        of: n.get("of").map(names).unwrap_or_default(),
                        at_least: n.get("at_least").and_then(Value::as_u64).unwrap_or(1) as usize,
                    })
                    .collect(),
            ),
            (None, Some(list)) => Asks::Counts(names(list)),
            (None, None) => return None,
        };
        let (label, definition) = (value.get("label").cloned(), value.get("definition").cloned());
        Some(Self { id, asks, label, definition })
    }
}

/// The effect of a code on a dimension, with the code that declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What is declared; nothing where the code and those above it say nothing on this dimension.
    pub declared: Declared,
    /// Place of the code that declares it.
    pub from: usize,
    /// Whether that is a code above.
    pub inherited: bool,
}

/// Whether a code is what a rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is, on what is known.
    Yes,
    /// It is not, whatever the unknown values are.
    No,
    /// It depends on values that are not known.
    Open,
}

impl Verdict {
    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Open => "open",
        }
    }
}

/// How many dimensions a code pushes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Degree {
    /// From known values alone: a lower bound.
    pub at_least: usize,
    /// If every unknown value were a plus.
    pub at_most: usize,
}

/// What one codebook declares about effects.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Id of the codebook.
    pub book: Name,
    /// Its dimensions, in order.
    pub dimensions: Vec<Dimension>,
    /// Its rules, in order.
    pub rules: Vec<Rule>,
    /// Qualifier and value of the codings that speak of what is in place; none where all do.
    pub in_place: Option<(Name, Name)>,
    /// The qualifier that keeps what the interviewee said of effects: values are the id of a dimension
    /// and a sign, as `OF+`.
    pub said: Option<Name>,
    note: Option<Value>,
}

impl Judgement {
    /// Those of all codebooks that declare dimensions, in their order.
    pub fn all(state: &State, book: &Codebook) -> Vec<Self> {
        book.books.iter().filter_map(|id| Self::read(state, id)).collect()
    }

    fn read(state: &State, book: &Name) -> Option<Self> {
        let of = |field: &str| state.setting(&format!("codebook.{book}.{field}"));
        let list = |field: &str| of(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let dimensions: Vec<Dimension> = list("dimensions")
            .iter()
            .filter_map(|d| {
                let id = d.get("id")?.as_str()?.to_owned();
                Some(Dimension { id, label: d.get("label").cloned() })
            })
            .collect();
        if dimensions.is_empty() {
            return None;
        }
        let judgement = of("judgement");
        let word = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).map(Name::new);
        Some(Self {
            book: book.clone(),
            dimensions,
            rules: list("rules").iter().filter_map(Rule::read).collect(),
            in_place: judgement
                .and_then(|j| j.get("in_place"))
                .and_then(|p| word(p, "qualifier").zip(word(p, "value"))),
            said: judgement.and_then(|j| j.get("said")).and_then(|s| word(s, "qualifier")),
            note: judgement.and_then(|j| j.get("note")).cloned(),
        })
    }

    /// What must be said beside every table of effects.
    pub fn note<'a>(&'a self, languages: &[&str]) -> Option<&'a str> {
        in_language(self.note.as_ref(), languages)
    }

    /// Whether a code is one that is judged: it or a code above it declares effects.
    pub fn holds(&self, book: &Codebook, code: usize) -> bool {
        book.codes.get(code).is_some_and(|c| c.codebook == self.book) && source(book, code).is_some()
    }

    /// The effect of a code on a dimension: its own, else that of the nearest code above that declares
    /// one.
    pub fn effect(&self, book: &Codebook, code: usize, dimension: &str) -> Effect {
        let mut at = Some(code);
        while let Some(place) = at {
            if let Some(declared) = book.codes.get(place).and_then(|c| own(c, dimension)) {
                return Effect { declared, from: place, inherited: place != code };
            }
            at = book.parent(place);
        }
        Effect { declared: Declared::default(), from: code, inherited: false }
    }

    /// Whether any code of the codebook declares an effect on a dimension.
    pub fn is_declared(&self, book: &Codebook, dimension: &str) -> bool {
        book.codes.iter().any(|c| c.codebook == self.book && own(c, dimension).is_some())
    }

    /// How many of these dimensions a code pushes up.
    pub fn degree(&self, book: &Codebook, code: usize, of: &[String]) -> Degree {
        let signs = of.iter().map(|d| self.effect(book, code, d).declared.sign());
        let (mut at_least, mut unknown) = (0, 0);
        for sign in signs {
            at_least += usize::from(sign == Sign::Up);
            unknown += usize::from(sign == Sign::Unknown);
        }
        Degree { at_least, at_most: at_least + unknown }
    }

    /// Whether a code meets all needs.
    pub fn verdict(&self, book: &Codebook, code: usize, needs: &[Need]) -> Verdict {
        let mut out = Verdict::Yes;
        for need in needs {
            let degree = self.degree(book, code, &need.of);
            if degree.at_most < need.at_least {
                return Verdict::No;
            }
            if degree.at_least < need.at_least {
                out = Verdict::Open;
            }
        }
        out
    }

    /// The degree that the codebook states for a code, or for the nearest code above that states one and
    /// from which the code has all its effects.
    pub fn stated_degree(&self, book: &Codebook, code: usize) -> Option<Effect> {
        let from = source(book, code)?;
        let declared = degree(book.codes.get(from)?)?;
        Some(Effect { declared, from, inherited: from != code })
    }

    /// The dimension and sign that a value of the qualifier [`Self::said`] names.
    pub fn said_effect(&self, value: &str) -> Option<(usize, Sign)> {
        self.dimensions.iter().enumerate().find_map(|(i, d)| {
            let sign = Sign::of(value.strip_prefix(d.id.as_str()).filter(|s| !s.is_empty())?);
            matches!(sign, Sign::Up | Sign::Down).then_some((i, sign))
        })
    }
}

/// The nearest code at or above a code that declares effects.
fn source(book: &Codebook, code: usize) -> Option<usize> {
    let mut at = Some(code);
    while let Some(place) = at {
        if book.codes.get(place).is_some_and(declares) {
            return Some(place);
        }
        at = book.parent(place);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn signs_are_read_and_nothing_is_filled_in() {
        let sign = |v: Value| Declared::of(&v).sign();
        assert_eq!(sign(json!({"value": "+", "basis": "table"})), Sign::Up);
        assert_eq!(sign(json!("-")), Sign::Down);
        assert_eq!(sign(json!({"value": "?"})), Sign::Uncertain);
        assert_eq!(sign(json!({"value": null, "basis": "table", "blank": true})), Sign::Blank);
        assert_eq!(sign(json!({"value": null, "basis": "unknown"})), Sign::Unknown);
        assert_eq!(sign(json!(-2)), Sign::Down);
        assert_eq!(sign(json!([1, 2])), Sign::Unknown);
    }
}
