//! A pattern: what one word of a text must be.

use crate::fold::fold;

/// What one word must be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// This word, folded.
    Word(String),
    /// With these capitals and accents (`=Word`).
    Exact(String),
    /// Parts of a word, folded (`zor*`, `*heid`, `*zeker*`).
    Glob(Glob),
    /// A few wrong letters from this, folded (`word~`).
    Typo {
        /// The word.
        word: String,
        /// How many letters may be wrong: put in, left out, another, or two neighbours swapped.
        edits: u8,
    },
    /// A word of the same stem as this, folded (`stem:word`).
    Stem(String),
}

impl Pattern {
    /// Whether a folded word fits, where that can be told without stems and without the text.
    /// [`Pattern::Exact`] says yes to every word of the same letters, [`Pattern::Stem`] to the word
    /// itself only.
    pub fn fits(&self, folded: &str) -> bool {
        match self {
            Self::Word(word) | Self::Stem(word) => word == folded,
            Self::Exact(word) => fold(word) == folded,
            Self::Glob(glob) => glob.fits(folded),
            Self::Typo { word, edits } => within(word, folded, *edits),
        }
    }

    /// The one folded word that it can be; none where it can be several.
    pub fn one_word(&self) -> Option<String> {
        match self {
            Self::Word(word) => Some(word.clone()),
            Self::Exact(word) => Some(fold(word)),
            Self::Glob(_) | Self::Typo { .. } | Self::Stem(_) => None,
        }
    }
}

/// Parts of a word with stars between or around them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Glob {
    /// The parts, folded, none empty, in order.
    pub parts: Vec<String>,
    /// Whether a star stands before the first.
    pub open_start: bool,
    /// Whether a star stands behind the last.
    pub open_end: bool,
}

impl Glob {
    /// Reads a word with stars; none without a part.
    pub fn parse(word: &str) -> Option<Self> {
        // Folded first: what folding removes stands between no two stars.
        let word = fold(word);
        let parts: Vec<String> = word.split('*').filter(|p| !p.is_empty()).map(str::to_owned).collect();
        if parts.is_empty() {
            return None;
        }
        Some(Self { parts, open_start: word.starts_with('*'), open_end: word.ends_with('*') })
    }

    /// What every word that fits begins with; empty if nothing is known.
    pub fn beginning(&self) -> &str {
        if self.open_start { "" } else { self.parts.first().map_or("", String::as_str) }
    }

    /// Whether it is a beginning only (`zor*`).
    pub fn is_beginning(&self) -> bool {
        self.parts.len() == 1 && !self.open_start && self.open_end
    }

    /// Whether a folded word fits.
    pub fn fits(&self, word: &str) -> bool {
        let mut rest = word;
        let mut parts = self.parts.as_slice();
        if !self.open_start
            && let Some((first, others)) = parts.split_first()
        {
            let Some(behind) = rest.strip_prefix(first.as_str()) else { return false };
            (rest, parts) = (behind, others);
            if parts.is_empty() && !self.open_end {
                return rest.is_empty();
            }
        }
        if !self.open_end
            && let Some((last, others)) = parts.split_last()
        {
            let Some(before) = rest.strip_suffix(last.as_str()) else { return false };
            (rest, parts) = (before, others);
        }
        parts.iter().all(|part| match rest.split_once(part.as_str()) {
            Some((_, behind)) => {
                rest = behind;
                true
            }
            None => false,
        })
    }
}

/// Whether at most `edits` letters are put in, left out, changed, or swapped with their neighbour on
/// the way from one word to the other, no letter touched twice ("optimal string alignment").
pub(crate) fn within(a: &str, b: &str, edits: u8) -> bool {
    let edits = usize::from(edits);
    if a == b {
        return true;
    }
    // A letter is four bytes at most; very long words need no closer look.
    if a.len().abs_diff(b.len()) > 4 * edits {
        return false;
    }
    let (a, b) = trim(a, b);
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > edits {
        return false;
    }
    // Three rows of the table of distances: before the last, last, this.
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = vec![0; b.len() + 1];
    for (i, x) in a.iter().enumerate() {
        row[0] = i + 1;
        let mut least = row[0];
        for (j, y) in b.iter().enumerate() {
            let mut d = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                d = d.min(before[j - 1] + 1);
            }
            row[j + 1] = d;
            least = least.min(d);
        }
        if least > edits {
            return false;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()] <= edits
}

/// Both words without what they have in common at the beginning.
fn trim<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    let same: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_anywhere() {
        let fits = |glob: &str, word: &str| Glob::parse(glob).unwrap().fits(word);
        assert!(fits("zor*", "zorg") && fits("zor*", "zor") && !fits("zor*", "bezorgd"));
        assert!(fits("*mobiliteit", "arbeidsmobiliteit") && !fits("*mobiliteit", "mobiliteiten"));
        assert!(fits("*Zéker*", "onzekerheid") && !fits("*zeker*", "zeer"));
        assert!(fits("werk*plek", "werkplek") && fits("werk*plek", "werkgeversplek"));
        assert!(!fits("aba*ba", "aba") && fits("aba*ba", "ababa") && !fits("a*a", "a"));
        assert!(fits("*a*b*", "xaxbx") && !fits("*a*b*", "xbxa"));
        assert!(Glob::parse("**").is_none() && Glob::parse("*\u{ad}*").is_none());
        assert!(fits("zeker*\u{ad}", "zekerheid") && fits("a*\u{ad}*b", "aab") && !fits("a*\u{ad}*b", "aa"));
    }

    /// The distances are counted by hand.
    #[test]
    fn wrong_letters_are_counted() {
        for (a, b, distance) in [
            ("flexibiliteit", "flexibilteit", 1),
            ("kat", "kast", 1),
            ("kat", "kta", 1),
            ("kat", "ka", 1),
            ("kat", "hond", 4),
            ("training", "trainign", 1),
            ("zeker", "zekerheid", 4),
            ("abcd", "badc", 2),
            ("ca", "abc", 3),
            ("é", "e", 1),
            ("", "ab", 2),
        ] {
            for edits in 0..=4 {
                assert_eq!(within(a, b, edits), edits >= distance, "{a} {b} {edits}");
                assert_eq!(within(b, a, edits), edits >= distance, "{b} {a} {edits}");
            }
        }
    }
}
