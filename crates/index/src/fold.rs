//! Folding: the one form in which words are compared, in the index and in the text alike.
//!
//! Lower case without accents: é is e, ß is ss, ĳ is ij. The index stores folded words and spans are
//! located by folding the text again, so both must be this code; a second folding somewhere else
//! would find turns in which nothing can be marked.

use unicode_normalization::char::decompose_canonical;

/// Marks that folding removes: the diacritics of Latin, Greek and Cyrillic, and variation selectors.
/// The vowel signs of other scripts are letters to those who read them and stay.
const fn dropped(c: char) -> bool {
    matches!(c,
        '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Letters that no decomposition reaches, lower case.
const fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ĳ' => "ij",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        'ſ' => "s",
        'ŉ' => "n",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// Appends the folded form of one character.
pub fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase() {
        if let Some(letters) = spelled_out(lower) {
            out.push_str(letters);
            continue;
        }
        let mut accented = false;
        decompose_canonical(lower, |part| accented |= dropped(part));
        if accented {
            decompose_canonical(lower, |part| {
                if !dropped(part) {
                    match spelled_out(part) {
                        Some(letters) => out.push_str(letters),
                        None => out.push(part),
                    }
                }
            });
        } else {
            out.push(lower);
        }
    }
}

/// Appends the folded form of `text`, which must be in NFC.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let from = out.len();
        out.push_str(text);
        if let Some(added) = out.get_mut(from..) {
            added.make_ascii_lowercase();
        }
        return;
    }
    for c in text.chars() {
        fold_char(c, out);
    }
}

/// The folded form of `text`, which must be in NFC.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Whether a word stands in a text with these capitals and accents. Soft hyphens are no letters.
pub fn is_exactly(written: &str, wanted: &str) -> bool {
    const SOFT_HYPHEN: char = '\u{ad}';
    let has = |text: &str| text.contains(SOFT_HYPHEN);
    if has(written) || has(wanted) {
        let seen = |c: &char| *c != SOFT_HYPHEN;
        return written.chars().filter(seen).eq(wanted.chars().filter(seen));
    }
    written == wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_go() {
        for (text, folded) in [
            ("Coöperatie", "cooperatie"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("Ĳsland", "ijsland"),
            ("ĲSLAND ẞ", "ijsland ss"),
            ("Ångström", "angstrom"),
            ("Smørrebrød", "smorrebrod"),
            ("bíj́", "bij"),
            ("İstanbul", "istanbul"),
            ("Ǿ", "o"),
            ("œuvre", "oeuvre"),
            ("ﬂexibel", "flexibel"),
            ("orga\u{ad}nisatie", "organisatie"),
            ("λόγος", "λογοσ"),
            ("ΛΟΓΟΣ", "λογοσ"),
            ("日本語", "日本語"),
            ("が", "が"),
            ("한국", "한국"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn soft_hyphens_are_no_letters() {
        assert!(is_exactly("Orga\u{ad}nisatie", "Organisatie"));
        assert!(is_exactly("Organisatie", "Orga\u{ad}nisatie"));
        assert!(!is_exactly("Orga\u{ad}nisatie", "organisatie"));
        assert!(!is_exactly("Zorg", "zorg"));
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for c in '\0'..=char::MAX {
            let once = fold(&c.to_string());
            let twice = fold(&once);
            assert_eq!(once, twice, "{c:?} U+{:04X}", u32::from(c));
        }
    }
}
