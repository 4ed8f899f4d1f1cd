//! Find: a search within the open document, without regard to case and accents.

use index::fold::fold_char;
use model::corpus::Document;
use model::span::Span;

/// A search that is on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// What is searched.
    pub query: String,
    /// Every place where it stands, in order.
    pub hits: Vec<Span>,
    /// What would be coded of the hit at hand, where hits are offered for a code.
    pub extent: Option<Span>,
    /// Whether these are hits of a list that was left, which go on in other documents.
    pub of_list: bool,
}

impl Find {
    /// Searches a document. White space in the query stands for any white space.
    pub fn new(document: &Document, query: &str) -> Self {
        let mut needle = String::new();
        for c in query.trim().chars() {
            if c.is_whitespace() {
                if !needle.ends_with(' ') {
                    needle.push(' ');
                }
            } else {
                fold_char(c, &mut needle);
            }
        }
        let mut find = Self { query: query.to_owned(), hits: Vec::new(), extent: None, of_list: false };
        if needle.is_empty() {
            return find;
        }
        // The folded text, and where each of its bytes comes from.
        let text = document.text.as_str();
        let mut folded = String::with_capacity(text.len());
        let mut from: Vec<u32> = Vec::with_capacity(text.len());
        for (position, c) in text.chars().enumerate() {
            if c.is_whitespace() {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            } else {
                fold_char(c, &mut folded);
            }
            from.resize(folded.len(), position as u32);
        }
        let mut at = 0;
        while let Some(found) = folded.get(at..).and_then(|rest| rest.find(&needle)) {
            let (start, end) = (at + found, at + found + needle.len());
            let span =
                Span::new(from.get(start).copied().unwrap_or(0), from.get(end - 1).map_or(0, |p| p + 1));
            // Names of speakers and times are no speech.
            let label = document.turn_at(span.start).is_some_and(|i| {
                document.turns[i].text_start > span.start && span.start < document.turns[i].end
            });
            if !label {
                find.hits.push(span);
            }
            at = end;
        }
        find
    }

    /// The hits that touch a stretch of text.
    pub fn within(&self, seen: Span) -> &[Span] {
        let from = self.hits.partition_point(|h| h.end <= seen.start);
        let to = self.hits.partition_point(|h| h.start < seen.end);
        self.hits.get(from..to.max(from)).unwrap_or_default()
    }

    /// The hit after a place, or before it; around the end where there is none.
    pub fn step(&self, from: u32, forward: bool) -> Option<usize> {
        if forward {
            let i = self.hits.partition_point(|h| h.start <= from);
            if i < self.hits.len() { Some(i) } else { (!self.hits.is_empty()).then_some(0) }
        } else {
            let i = self.hits.partition_point(|h| h.start < from);
            i.checked_sub(1).or_else(|| self.hits.len().checked_sub(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn case_and_accents_do_not_matter_and_labels_are_no_speech() {
        let d = fixture::document("a", "Zoë: Eén poule, één POULE.\n\nPoule: Zoe\nheeft gelijk.\n");
        let hits =
            |q: &str| Find::new(&d, q).hits.iter().map(|s| d.text.slice(*s).to_owned()).collect::<Vec<_>>();
        assert_eq!(hits("poule"), ["poule", "POULE"]);
        assert_eq!(hits("een"), ["Eén", "één"]);
        assert_eq!(hits("zoe heeft"), ["Zoe\nheeft"]);
        assert_eq!(hits(" "), Vec::<String>::new());
        let find = Find::new(&d, "poule");
        assert_eq!(find.step(0, true), Some(0));
        assert_eq!(find.step(find.hits[1].start, true), Some(0));
        assert_eq!(find.step(find.hits[0].start, false), Some(1));
    }
}
