//! Values: what the cells of a column are compared with, as a word, a number or a date.

use std::cell::RefCell;

use crate::fold::fold;
use crate::query::{Bound, Field, Note, QueryError, Wanted};

/// A value to compare the cells of a column with.
pub(super) enum Test {
    Is(String),
    Begins(String),
    Numbers(Option<(f64, bool)>, Option<(f64, bool)>),
    Dates(Option<(Days, bool)>, Option<(Days, bool)>),
}

/// The days that a date stands for: one, or all of a month or year. Written so that their order is that of
/// their letters.
pub(super) struct Days {
    first: String,
    last: String,
}

impl Days {
    /// Of what [`is_date`] takes for a date.
    fn of(date: &str) -> Self {
        let date = date.trim();
        let date = date.get(.."2019-05-31".len()).unwrap_or(date);
        let (first, last) = match date.len() {
            4 => ("-01-01", "-12-31"),
            7 => ("-01", "-31"),
            _ => ("", ""),
        };
        Self { first: format!("{date}{first}"), last: format!("{date}{last}") }
    }
}

impl Test {
    /// `values` are all values that there are: they tell whether a range is of numbers or of dates.
    pub(super) fn new<'a>(field: &Field, values: impl Iterator<Item = &'a str>) -> Result<Self, QueryError> {
        let (from, to) = match &field.wanted {
            Wanted::Is(v) | Wanted::Just(v) => return Ok(Self::Is(fold(v))),
            Wanted::Begins(v) => return Ok(Self::Begins(fold(v))),
            Wanted::Range { from, to } => (from, to),
        };
        let bounds = || from.iter().chain(to);
        let values: Vec<&str> = values.filter(|v| !v.is_empty()).collect();
        let (name, position) = (field.name.clone(), field.position);
        if let Some(bound) = bounds().find(|b| thousands(&b.value)) {
            return Err(two_ways(field, &bound.value));
        }
        let in_order = |less: bool| {
            let value = field.wanted.shown();
            if less { Ok(()) } else { Err(QueryError::Backwards { name: name.clone(), value, position }) }
        };
        if bounds().all(|b| number(&b.value).is_some()) && values.iter().any(|v| number(v).is_some()) {
            let bound = |b: &Option<Bound>| b.as_ref().and_then(|b| Some((number(&b.value)?, b.inclusive)));
            // Whole dates in one column and a year in the query are compared as dates.
            if !values.iter().any(|v| is_date(v) && number(v).is_none()) {
                let (from, to) = (bound(from), bound(to));
                in_order(from.zip(to).is_none_or(|(a, b)| a.0 <= b.0))?;
                return Ok(Self::Numbers(from, to));
            }
        }
        if bounds().all(|b| is_day(&b.value)) && values.iter().any(|v| is_date(v)) {
            let bound = |b: &Option<Bound>| b.as_ref().map(|b| (Days::of(&b.value), b.inclusive));
            let (from, to) = (bound(from), bound(to));
            let ends = from.as_ref().zip(to.as_ref());
            in_order(ends.is_none_or(|(a, b)| a.0.first <= b.0.last))?;
            return Ok(Self::Dates(from, to));
        }
        let dates = values.iter().any(|v| is_date(v) && number(v).is_none());
        let fits = |b: &&Bound| if dates { is_day(&b.value) } else { number(&b.value).is_some() };
        match bounds().find(|b| !fits(b)) {
            Some(bound) if dates || values.iter().any(|v| number(v).is_some()) => {
                let with = |day: String| {
                    let end = |b: &Bound| {
                        let value = if b.value == bound.value { day.clone() } else { b.value.clone() };
                        Bound { value, ..b.clone() }
                    };
                    let wanted = Wanted::Range { from: from.as_ref().map(end), to: to.as_ref().map(end) };
                    Field { wanted, ..field.clone() }.written()
                };
                let meant = meant_day(&bound.value).filter(|_| dates).map(with);
                let value = bound.value.clone();
                Err(QueryError::NoBound { name, value, position, dates, meant })
            }
            // What there is instead is told by `Study::with_order`.
            _ => Err(QueryError::NoOrder {
                name,
                value: field.wanted.shown(),
                position,
                values: values.into_iter().map(str::to_owned).collect(),
                ordered: Vec::new(),
            }),
        }
    }

    /// As [`Test::new`], for a column: a year or a month stands for all of it, if months or days are written
    /// there.
    pub(super) fn of_column<'a>(
        field: &Field,
        values: &(impl Iterator<Item = &'a str> + Clone),
        notes: &RefCell<Vec<Note>>,
    ) -> Result<Self, QueryError> {
        let test = match &field.wanted {
            Wanted::Is(v) if is_day(v) && values.clone().any(|v| is_date(v) && number(v).is_none()) => {
                Self::Dates(Some((Days::of(v), true)), Some((Days::of(v), true)))
            }
            _ => Self::new(field, values.clone())?,
        };
        let mut told = notes.borrow_mut();
        for note in test.notes(&field.name, values) {
            if !told.contains(&note) {
                told.push(note);
            }
        }
        drop(told);
        Ok(test)
    }

    /// What a range leaves out because it cannot be read as a number or date, and numbers that can be read
    /// in two ways.
    fn notes<'a>(&self, field: &str, values: &(impl Iterator<Item = &'a str> + Clone)) -> Vec<Note> {
        let unread = |read: &dyn Fn(&str) -> bool, dates: bool| {
            let mut odd = values.clone().filter(|v| !v.trim().is_empty() && !read(v)).peekable();
            let such = odd.peek().map(|v| (*v).to_owned())?;
            Some(Note::LeftOut { field: field.to_owned(), cells: odd.count(), such, dates })
        };
        match self {
            Self::Is(_) | Self::Begins(_) => Vec::new(),
            Self::Dates(..) => unread(&is_date, true).into_iter().collect(),
            Self::Numbers(..) => {
                let doubtful = values.clone().find(|v| thousands(v.trim()));
                let doubtful =
                    doubtful.map(|v| Note::Doubtful { field: field.to_owned(), cell: v.to_owned() });
                unread(&|v| number(v).is_some(), false).into_iter().chain(doubtful).collect()
            }
        }
    }

    pub(super) fn holds(&self, value: &str) -> bool {
        match self {
            Self::Is(wanted) => fold(value) == *wanted,
            Self::Begins(wanted) => fold(value).starts_with(wanted),
            Self::Numbers(from, to) => number(value).is_some_and(|n| {
                from.is_none_or(|(b, inclusive)| n > b || inclusive && n >= b)
                    && to.is_none_or(|(b, inclusive)| n < b || inclusive && n <= b)
            }),
            // A month is in a range if all of it is.
            Self::Dates(from, to) if is_date(value) => {
                let own = Days::of(value);
                let after = |(b, inclusive): &(Days, bool)| {
                    if *inclusive { own.first >= b.first } else { own.first > b.last }
                };
                let before = |(b, inclusive): &(Days, bool)| {
                    if *inclusive { own.last <= b.last } else { own.last < b.first }
                };
                from.as_ref().is_none_or(after) && to.as_ref().is_none_or(before)
            }
            Self::Dates(..) => false,
        }
    }
}

/// A number with a decimal point or comma.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite())
}

/// A number such as 1.000 or 2,500, which is a thousand to some and one to others.
pub(super) fn thousands(text: &str) -> bool {
    let mut groups = text.split(['.', ',']);
    let digits = |g: &str| g.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let others: Vec<&str> = groups.collect();
    (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0')
        && !others.is_empty()
        && others.iter().all(|g| g.len() == 3 && digits(g))
}

/// That a number such as 1.200 may be read in two ways.
pub(super) fn two_ways(field: &Field, value: &str) -> QueryError {
    // As a decimal it is written so that nobody takes it for thousands: with a zero less, or one more.
    let shorter = value.trim_end_matches('0').trim_end_matches(['.', ',']);
    let decimal = if thousands(shorter) { format!("{value}0") } else { shorter.to_owned() };
    QueryError::Thousands {
        name: field.name.clone(),
        value: value.to_owned(),
        position: field.position,
        whole: value.chars().filter(char::is_ascii_digit).collect(),
        decimal: number(value).map(|_| decimal),
    }
}

/// Whether values of a column are numbers or dates, so that ranges can be asked for.
pub(super) fn has_order<'a>(mut values: impl Iterator<Item = &'a str>) -> bool {
    values.any(|v| number(v).is_some() || is_date(v))
}

/// A year, a month or a day that there is.
fn is_day(text: &str) -> bool {
    let within = |part: Option<&str>, most: u32| {
        part.is_none_or(|p| p.parse().is_ok_and(|n: u32| (1..=most).contains(&n)))
    };
    let number = |part: Option<&str>| part.and_then(|p| p.parse::<u32>().ok());
    let mut all = text.split('-');
    if let (Some(year), Some(month), Some(day)) = (number(all.next()), number(all.next()), number(all.next()))
    {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if day > days {
            return false;
        }
    }
    let mut parts = text.split('-').skip(1);
    is_date(text) && text.len() <= "2019-05-31".len() && within(parts.next(), 12) && within(parts.next(), 31)
}

/// That what is looked for in a column of dates begins with a figure and is no date.
pub(super) fn no_such_day(field: &Field, value: &str, values: &[&str]) -> Option<QueryError> {
    let dates = values.iter().any(|v| is_date(v) && number(v).is_none());
    let odd = dates && !is_date(value) && value.starts_with(|c: char| c.is_ascii_digit());
    let (name, position) = (field.name.clone(), field.position);
    let with = |day: String| Field { wanted: Wanted::Is(day), ..field.clone() }.written();
    let meant = meant_day(value).map(with);
    odd.then(|| QueryError::NoBound { name, value: value.to_owned(), position, dates, meant })
}

/// The day or month that somebody meant who wrote 2019-5-1 or 31/5/2019; none where day and month may be
/// either.
fn meant_day(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    if parts.iter().any(|p| p.is_empty() || p.len() > 4 || !p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let over_a_year = |p: &str| p.parse().is_ok_and(|n: u32| n > 12);
    let (year, rest) = match parts[..] {
        [year, month] if year.len() == 4 => (year, vec![month]),
        [month, year] if year.len() == 4 => (year, vec![month]),
        [year, month, day] if year.len() == 4 => (year, vec![month, day]),
        [day, month, year] if over_a_year(day) || day == month => (year, vec![month, day]),
        [month, day, year] if over_a_year(day) => (year, vec![month, day]),
        _ => return None,
    };
    let date = rest.iter().fold(year.to_owned(), |date, part| format!("{date}-{part:0>2}"));
    is_day(&date).then_some(date)
}

/// `2019`, `2019-05` or `2019-05-31`, and what may follow that.
fn is_date(text: &str) -> bool {
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.trim().splitn(3, '-');
    parts.next().is_some_and(|y| digits(y, 4))
        && parts.next().is_none_or(|m| digits(m, 2))
        && parts.next().is_none_or(|d| d.get(..2).is_some_and(|d| digits(d, 2)))
}
