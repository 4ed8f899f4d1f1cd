//! Near names: what someone may have meant who wrote a name that does not exist.

use rustc_hash::FxHashSet;

use crate::fold::fold;

/// How many names are proposed.
const PROPOSED: usize = 3;
/// Nothing is near what is longer than this.
const LONGEST: usize = 100;

/// The names nearest to a folded value: those that contain it, the shortest first, then those a few letters away.
pub(crate) fn near<'a>(value: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    if value.chars().count() > LONGEST {
        return Vec::new();
    }
    // A label and an id that differ in capitals are found by either.
    let mut seen = FxHashSet::default();
    let mut ranked: Vec<(usize, usize, &str)> = names
        .map(|name| (name, fold(name)))
        .filter(|(name, folded)| !name.is_empty() && seen.insert(folded.clone()))
        .filter_map(|(name, folded)| {
            if folded.contains(value) {
                return Some((0, folded.chars().count(), name));
            }
            let far = distance(value, &folded);
            (far <= 2.max(value.chars().count() / 3)).then_some((far, 0, name))
        })
        .collect();
    ranked.sort_unstable();
    ranked.truncate(PROPOSED);
    ranked.into_iter().map(|(_, _, name)| name.to_owned()).collect()
}

/// How many letters must be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first() {
        let names = ["training", "trainer", "internal-mobility", "external-mobility", ""];
        assert_eq!(near("trainign", names.into_iter()), ["training"]);
        assert_eq!(near("mobility", names.into_iter()), ["external-mobility", "internal-mobility"]);
        assert!(near("zzz", names.into_iter()).is_empty());
        assert_eq!(distance("kat", "kast"), 1);
    }
}
