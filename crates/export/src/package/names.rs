//! Names of columns that R, SPSS, Stata and Python all take: short, of a-z, 0-9 and `_`, different
//! from each other whatever the case of their letters, and no word that one of the four keeps for itself.

use std::collections::BTreeSet;

/// The longest name that Stata takes.
const LONGEST: usize = 32;
/// The longest name of a code, so that an ending has room.
const STEM: usize = 24;

/// Words that one of the four keeps for itself, in small letters: SPSS, R, Python, Stata.
const RESERVED: &[&str] = &[
    "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with", "if", "else",
    "repeat", "while", "function", "for", "next", "break", "true", "false", "null", "inf", "nan", "na", "in",
    "none", "as", "assert", "async", "await", "class", "continue", "def", "del", "elif", "except", "finally",
    "from", "global", "import", "is", "lambda", "nonlocal", "pass", "raise", "return", "try", "yield",
    "byte", "double", "float", "int", "long", "using", "strl",
];

/// Columns that a table of the package has whatever the study is: no column of the researcher's gets
/// their names, in any table, so that a column is called the same everywhere.
pub(crate) const FIXED: &[&str] = &[
    "case",
    "document",
    "title",
    "name",
    "kind",
    "language",
    "date",
    "cite_as",
    "turns",
    "words",
    "respondent_words",
    "characters",
    "codings",
    "done_by",
    "documents",
    "documents_done",
    "code",
    "var",
    "n",
    "any",
    "w",
    "status",
    "per_1000",
    "count",
    "reading",
    "roles",
    "complete",
    "where",
    "id",
    "start",
    "end",
    "quote",
    "top",
    "coder",
    "entered_by",
    "case_from",
    "speaker",
    "role",
    "turn",
    "at",
    "weight",
    "note",
    "qualifiers",
    "anchor",
    "counted",
    "file",
    "column",
    "label",
    "type",
    "values",
    "about",
];

/// The name that comes closest to a word, no longer than that of a code may be.
pub fn legal(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        match plain(c) {
            Some(plain) => out.push_str(plain),
            None if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            None if out.ends_with('_') || out.is_empty() => {}
            None => out.push('_'),
        }
    }
    if !out.starts_with(|c: char| c.is_ascii_lowercase()) {
        out.insert_str(0, if out.is_empty() { "column" } else { "v" });
    }
    out.truncate(STEM);
    let mut out = out.trim_end_matches('_').to_owned();
    if is_reserved(&out) {
        out.push_str("_var");
    }
    out
}

fn is_reserved(name: &str) -> bool {
    // Stata keeps str1, str2 … for its types.
    let is_type =
        name.strip_prefix("str").is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()));
    is_type || RESERVED.contains(&name)
}

/// The letters without marks that stand for a letter of western Europe.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => "a",
        'ç' | 'Ç' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        _ => return None,
    })
}

/// Hands out names, each once.
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Names of which these are taken.
    pub fn without(taken: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { taken: taken.into_iter().map(Into::into).collect() }
    }

    /// A name for a word: [`legal`], with `before` put before it where that is taken, then numbered.
    pub fn take(&mut self, word: &str, before: &str) -> String {
        let first = legal(word);
        let mut name = first.clone();
        let mut k = 1;
        while self.taken.contains(&name) {
            name = match k {
                1 if !before.is_empty() => cut(&format!("{before}_{first}"), ""),
                k => cut(&first, &format!("_{}", k.max(2))),
            };
            k += 1;
        }
        self.taken.insert(name.clone());
        name
    }

    /// A stem for a word such that it with each of these endings is free; takes them all. Where it is taken
    /// it gets a number, in the room that a name of a code has.
    pub fn stem(&mut self, word: &str, endings: &[&str]) -> String {
        let first = legal(word);
        let mut stem = first.clone();
        let mut k = 2;
        while endings.iter().any(|end| self.taken.contains(&format!("{stem}{end}"))) {
            let number = format!("_{k}");
            let kept: String = first.chars().take(STEM.saturating_sub(number.len())).collect();
            stem = format!("{kept}{number}");
            k += 1;
        }
        self.taken.extend(endings.iter().map(|end| format!("{stem}{end}")));
        stem
    }
}

/// A name with an ending, no longer than the longest.
fn cut(name: &str, ending: &str) -> String {
    let kept: String = name.chars().take(LONGEST - ending.len()).collect();
    format!("{}{ending}", kept.trim_end_matches('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_everywhere() {
        for (word, name) in [
            ("Sector", "sector"),
            ("coöperatie, \"naam\"", "cooperatie_naam"),
            ("all", "all_var"),
            ("str20", "str20_var"),
            ("2024", "v2024"),
            ("القطاع", "column"),
            ("🥐", "column"),
            ("ends_", "ends"),
            ("a.b-c  d", "a_b_c_d"),
            ("an attribute with far too many words", "an_attribute_with_far_to"),
        ] {
            assert_eq!(legal(word), name, "{word}");
        }
    }

    #[test]
    fn fixed_names_are_legal() {
        for name in FIXED {
            assert_eq!(legal(name), *name);
        }
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::without(["status", "n"]);
        assert_eq!(names.take("Status", "case"), "case_status");
        assert_eq!(names.take("status", "case"), "status_2");
        assert_eq!(names.take("status!", "case"), "status_3");
        assert_eq!(names.stem("training", &["_n", "_any", "_w"]), "training");
        assert_eq!(names.stem("Training", &["_n", "_any", "_w"]), "training_2");
        assert_eq!(names.take("training_n", ""), "training_n_2");
    }

    #[test]
    fn the_name_of_a_code_is_never_too_long() {
        let mut names = Names::default();
        let long = "sustainable-employability-of-nurses";
        let stems: Vec<String> = (0..1200).map(|_| names.stem(long, &["_n", "_any", "_w"])).collect();
        assert_eq!(
            stems[..3],
            ["sustainable_employabilit", "sustainable_employabil_2", "sustainable_employabil_3"]
        );
        assert_eq!(stems[11], "sustainable_employabi_12");
        let different: BTreeSet<&String> = stems.iter().collect();
        assert!(different.len() == 1200 && stems.iter().all(|stem| stem.len() <= 24));
        // One that is called as a numbered one would be is not mistaken for it.
        assert_eq!(names.stem("sustainable_employabil_2", &["_n"]), "sustainable_employa_1201");
    }
}
