//! Names of columns: each handed out once, and no longer than statistics programs take.

use rustc_hash::FxHashMap;

/// The longest name of a code's column, in characters.
pub(crate) const VAR: usize = 24;

/// The names that one table has handed out.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Each name in small letters, with the next number to try behind it.
    taken: FxHashMap<String, u32>,
}

impl Names {
    /// Names of which these are taken.
    pub(crate) fn without<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        Self { taken: taken.into_iter().map(|name| (name.to_lowercase(), 2)).collect() }
    }

    /// The name of the column that is headed by a word of the researcher's; where that is taken it says from
    /// which table it comes.
    pub(crate) fn head(&mut self, heading: &str, table: &str) -> String {
        let name = self.unique(heading, usize::MAX);
        if name == heading { name } else { self.unique(&format!("{table}_{heading}"), usize::MAX) }
    }

    /// The name, or where it is taken the same with the first free number behind it, cut so that it has
    /// at most `longest` characters.
    pub(crate) fn unique(&mut self, name: &str, longest: usize) -> String {
        // Programs that read tables do not all tell capitals apart.
        let low = name.to_lowercase();
        let Some(&next) = self.taken.get(&low) else {
            self.taken.insert(low, 2);
            return name.to_owned();
        };
        for k in next.. {
            let end = format!("_{k}");
            let begin: String = name.chars().take(longest.saturating_sub(end.len())).collect();
            let tried = begin + &end;
            if !self.taken.contains_key(&tried.to_lowercase()) {
                self.taken.insert(low, k + 1);
                self.taken.insert(tried.to_lowercase(), 2);
                return tried;
            }
        }
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_behind_a_name_does_not_make_it_too_long() {
        let mut names = Names::default();
        let long = "abcdefghijklmnopqrstuvwx";
        assert_eq!(names.unique(long, VAR), long);
        assert_eq!(names.unique(long, VAR), "abcdefghijklmnopqrstuv_2");
        assert_eq!(names.unique(long, VAR), "abcdefghijklmnopqrstuv_3");
        assert_eq!(names.unique("abcdefghijklmnopqrstuv_2", VAR), "abcdefghijklmnopqrstuv_4");
        assert_eq!(names.unique("n", VAR), "n");
        assert_eq!(names.unique("n", VAR), "n_2");
        assert_eq!(names.unique("N", VAR), "N_3");
        assert_eq!(names.head("Sector", "case"), "Sector");
        assert_eq!(names.head("sector", "case"), "case_sector");
    }

    #[test]
    fn two_thousand_of_one_name_stay_apart() {
        let mut names = Names::default();
        let long = "x".repeat(24);
        let all: std::collections::BTreeSet<String> = (0..2000).map(|_| names.unique(&long, VAR)).collect();
        assert_eq!(all.len(), 2000);
        assert!(all.iter().all(|name| name.len() <= VAR));
    }
}
