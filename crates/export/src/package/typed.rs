//! What the values of a researcher's own column are: whole numbers, numbers, dates or words.

use crate::sheet::Value;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Words.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// Days, as year-month-day.
    Date,
}

impl Type {
    /// The word in the dictionary and in `datapackage.json`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
        }
    }

    /// What all these values are; empty ones say nothing.
    pub(crate) fn of(values: &[&str]) -> Self {
        let values = || values.iter().map(|v| v.trim()).filter(|v| !v.is_empty());
        if values().next().is_none() {
            return Self::Text;
        }
        if values().all(is_whole) {
            return Self::Integer;
        }
        let all = |sign: char| values().all(|v| is_whole(v) || is_decimal(v, sign) && !is_unclear(v, sign));
        if all('.') || all(',') {
            return Self::Number;
        }
        if values().all(is_date) { Self::Date } else { Self::Text }
    }

    /// A value as this type.
    pub(crate) fn value(self, text: &str) -> Value {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Value::Na;
        }
        match self {
            Self::Text => Value::text(text),
            Self::Date => Value::text(trimmed),
            Self::Integer => trimmed.parse().map_or(Value::Na, Value::Integer),
            Self::Number => Value::maybe_number(number(trimmed)),
        }
    }
}

/// A number as tables have it, with a decimal point or comma; none where it can be read in two ways.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let decimal = |sign: char| is_decimal(text, sign) && !is_unclear(text, sign);
    (is_whole(text) || decimal('.') || decimal(',')).then(|| text.replace(',', ".").parse().ok())?
}

/// `1.250` and `1,250` may be a thousand and more, or little more than one.
fn is_unclear(text: &str, sign: char) -> bool {
    let Some((whole, after)) = text.split_once(sign) else { return false };
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    after.len() == 3 && digits.len() <= 3 && digits != "0"
}

/// Whole numbers as numbers are written; `007` is a name.
fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let all = !digits.is_empty() && digits.len() <= 15 && digits.chars().all(|c| c.is_ascii_digit());
    all && (digits == "0" || !digits.starts_with('0'))
}

fn is_decimal(text: &str, point: char) -> bool {
    let Some((whole, after)) = text.split_once(point) else { return false };
    (is_whole(whole) || whole == "-0")
        && !after.is_empty()
        && after.len() <= 15
        && after.chars().all(|c| c.is_ascii_digit())
}

/// Year, month and day of a date that exists.
pub(crate) fn date(text: &str) -> Option<(u16, u8, u8)> {
    let mut parts = text.split('-');
    let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str, len: usize| {
        (part.len() == len && part.chars().all(|c| c.is_ascii_digit())).then(|| part.parse::<u16>().ok())?
    };
    let (year, month, day) = (number(y, 4)?, number(m, 2)?, number(d, 2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    let right = parts.next().is_none() && year >= 1 && day >= 1 && day <= days;
    right.then_some((year, month as u8, day as u8))
}

fn is_date(text: &str) -> bool {
    date(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Type {
        Type::of(values)
    }

    #[test]
    fn columns_are_what_all_their_values_are() {
        assert_eq!(of(&["3200", "", "-5", "0"]), Type::Integer);
        assert_eq!(of(&["007", "12"]), Type::Text);
        assert_eq!(of(&["3.5", "12"]), Type::Number);
        assert_eq!(of(&["3,5", "12"]), Type::Number);
        assert_eq!(Type::Number.value("3,5"), Value::Number(3.5));
        assert_eq!(of(&["1,250", "3,5"]), Type::Text);
        // Dutch thousands, or English decimals: nobody can tell.
        assert_eq!(of(&["1.200", "2.201", "3.202"]), Type::Text);
        assert_eq!(of(&["-1.250"]), Type::Text);
        assert_eq!([number("1.250"), number("1,250"), number(" 850 ")], [None, None, Some(850.0)]);
        // No thousands begin with a nought, or have four digits before the sign.
        assert_eq!(of(&["0.125", "-0.500", "1234.567"]), Type::Number);
        assert_eq!([number("0,125"), number("-0.500")], [Some(0.125), Some(-0.5)]);
        assert_eq!(of(&["3,5", "3.5"]), Type::Text);
        assert_eq!(of(&["2026-02-28", "2024-02-29"]), Type::Date);
        assert_eq!(of(&["2026-02-29"]), Type::Text);
        assert_eq!(of(&["", ""]), Type::Text);
        assert_eq!(of(&["zorg", "12"]), Type::Text);
    }
}
