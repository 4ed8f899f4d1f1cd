//! A table as commands print it: aligned by display width for people, or CSV.

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthStr;

use crate::out::safe;

/// To which side the cells of a column are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Column heads and rows of cells.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns; a head that begins with `#` is one of numbers and loses the sign.
    pub(crate) fn new<'a>(columns: impl IntoIterator<Item = &'a str>) -> Self {
        let column = |head: &str| match head.strip_prefix('#') {
            Some(number) => (number.to_owned(), Align::Right),
            None => (head.to_owned(), Align::Left),
        };
        Self { columns: columns.into_iter().map(column).collect(), rows: Vec::new() }
    }

    /// Adds a row; cells beyond the columns are dropped.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().take(self.columns.len()).collect());
    }

    /// The heads.
    pub(crate) fn heads(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(head, _)| head.as_str())
    }

    /// The rows as they were given.
    pub(crate) fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// Lines for a person, two spaces between columns. With a `width` of the terminal the last column is cut
    /// there.
    pub(crate) fn lines(&self, width: Option<usize>) -> Vec<String> {
        let clean: Vec<Vec<String>> = std::iter::once(self.columns.iter().map(|(h, _)| safe(h)).collect())
            .chain(self.rows.iter().map(|r| r.iter().map(|c| safe(c)).collect()))
            .collect();
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|i| clean.iter().filter_map(|r| r.get(i)).map(|c| c.width()).max().unwrap_or(0))
            .collect();
        let last = self.columns.len().saturating_sub(1);
        clean
            .into_iter()
            .map(|row| {
                let mut line = String::new();
                let mut used = 0;
                for (i, cell) in row.iter().enumerate() {
                    let pad = widths[i].saturating_sub(cell.width());
                    match self.columns[i].1 {
                        Align::Right => {
                            line.extend(std::iter::repeat_n(' ', pad));
                            line.push_str(cell);
                        }
                        Align::Left if i == last => match width {
                            Some(width) => line.push_str(&cut(cell, width.saturating_sub(used).max(8))),
                            None => line.push_str(cell),
                        },
                        Align::Left => {
                            line.push_str(cell);
                            line.extend(std::iter::repeat_n(' ', pad));
                        }
                    }
                    used += widths[i] + 2;
                    if i < last {
                        line.push_str("  ");
                    }
                }
                line.truncate(line.trim_end().len());
                line
            })
            .collect()
    }
}

/// The text cut to a display width, with an ellipsis where something is left out.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let w = UnicodeWidthStr::width(c.encode_utf8(&mut [0; 4]) as &str);
        if used + w + 1 > width {
            break;
        }
        used += w;
        out.push(c);
    }
    out.push('…');
    out
}

/// Texts cut to a display width, such that no two that differ look the same: where their beginnings do,
/// they keep as much of their ends as tells them apart, else a number.
pub(crate) fn cut_apart(texts: &[String], width: usize) -> Vec<String> {
    let mut out: Vec<String> = texts.iter().map(|text| cut(text, width)).collect();
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, short) in out.iter().enumerate() {
        alike.entry(short.clone()).or_default().push(at);
    }
    let mut shown: BTreeSet<String> = alike.keys().cloned().collect();
    for mine in alike.into_values() {
        let different: BTreeSet<&String> = mine.iter().map(|at| &texts[*at]).collect();
        if different.len() < 2 {
            continue;
        }
        let told = (2..width.saturating_sub(2))
            .map(|end| different.iter().map(|text| around(text, width, end)).collect::<Vec<_>>())
            .find(|told| {
                let once: BTreeSet<&String> = told.iter().collect();
                once.len() == told.len() && told.iter().all(|short| !shown.contains(short))
            })
            .unwrap_or_else(|| {
                let mut numbers = 1..;
                let free = |text: &&String| {
                    let tried = numbers.by_ref().map(|number| numbered(text, width, number));
                    tried.into_iter().find(|short| !shown.contains(short)).unwrap_or_default()
                };
                different.iter().map(free).collect()
            });
        let told: BTreeMap<&String, String> = different.into_iter().zip(told).collect();
        shown.extend(told.values().cloned());
        for at in mine {
            if let Some(short) = told.get(&texts[at]) {
                out[at].clone_from(short);
            }
        }
    }
    out
}

/// The beginning and the end of a text, the end so many columns wide.
fn around(text: &str, width: usize, end: usize) -> String {
    let mut tail: Vec<char> = Vec::new();
    let mut used = 0;
    for c in text.chars().rev() {
        used += UnicodeWidthStr::width(c.encode_utf8(&mut [0; 4]) as &str);
        if used > end {
            break;
        }
        tail.push(c);
    }
    cut(text, width.saturating_sub(end)) + &tail.into_iter().rev().collect::<String>()
}

/// The beginning of a text with a number behind it.
fn numbered(text: &str, width: usize, number: usize) -> String {
    let number = number.to_string();
    cut(text, width.saturating_sub(number.len())) + &number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_heads_stay_apart() {
        let cut = |texts: &[&str], width| {
            cut_apart(&texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>(), width)
        };
        assert_eq!(cut(&["sustainable_employability", "training"], 16), ["sustainable_emp…", "training"]);
        assert_eq!(
            cut(&["sustainable_employability", "sustainable_employabil_2", "sustainable_employabil_3"], 16),
            ["sustainable_e…ty", "sustainable_e…_2", "sustainable_e…_3"]
        );
        // The same twice is the same twice.
        assert_eq!(cut(&["one long name", "one long name"], 8), ["one lon…", "one lon…"]);
        // Wide letters, and so little room that only a number tells them apart.
        let tight = cut(&["図書館の人事部の一", "図書館の人事部の二"], 6);
        assert!(tight[0] != tight[1] && tight.iter().all(|t| t.width() <= 6), "{tight:?}");
        let many: Vec<String> =
            (0..300).map(|i| format!("department of health {} of the north", i * 7919 % 1000)).collect();
        let short: BTreeSet<String> = cut_apart(&many, 6).into_iter().collect();
        assert!(short.len() == 300 && short.iter().all(|t| t.width() <= 6));
    }

    #[test]
    fn columns_line_up_by_what_is_seen() {
        let mut table = Table::new(["name", "#n", "quote"]);
        table.row(["é".to_owned(), "12".to_owned(), "one two three".to_owned()]);
        table.row(["図書館".to_owned(), "3".to_owned(), "\u{1b}[31mred".to_owned()]);
        assert_eq!(
            table.lines(None),
            ["name     n  quote", "é       12  one two three", "図書館   3  ␛[31mred"]
        );
        assert_eq!(table.lines(Some(20))[1], "é       12  one two…");
    }
}
