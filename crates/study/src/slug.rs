//! A slug: a name as an id and file name that every system takes.
//!
//! `[a-z0-9-]`, letters folded (é → e), and none of the names that Windows keeps for devices.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// Longest slug, in characters (which are bytes).
pub(crate) const LONGEST: usize = 64;

/// The slug of a name: letters folded to a-z, everything else one hyphen. A name without any such
/// letter or digit becomes `fallback` with a hash of the name, so that two of them stay two.
pub fn slug(name: &str, fallback: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfkd().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            // Accents that decomposition leaves behind, and apostrophes.
            '\u{300}'..='\u{36f}' | '\'' | '’' => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
        if out.len() >= LONGEST {
            break;
        }
    }
    out.truncate(LONGEST);
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() {
        let hash = Sha256::digest(name.as_bytes());
        let hash = hash.iter().take(4).fold(String::new(), |s, b| format!("{s}{b:02x}"));
        return format!("{fallback}-{hash}");
    }
    if is_device(&out) {
        return format!("{fallback}-{out}");
    }
    out
}

/// The slug with a number behind it, cut so that both fit.
pub(crate) fn numbered(slug: &str, number: u32) -> String {
    let end = format!("-{number}");
    let keep = slug.get(..LONGEST - end.len()).unwrap_or(slug).trim_end_matches('-');
    format!("{keep}{end}")
}

/// Whether a string is a slug that can be an id as it is.
pub(crate) fn is_slug(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= LONGEST
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !is_device(id)
}

/// Whether Windows keeps the name for a device, whatever its extension.
fn is_device(name: &str) -> bool {
    match name {
        "con" | "prn" | "aux" | "nul" => true,
        _ => name
            .strip_prefix("com")
            .or_else(|| name.strip_prefix("lpt"))
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids_that_every_system_takes() {
        assert_eq!(slug("Interview De Linde (1)", "text"), "interview-de-linde-1");
        assert_eq!(slug("Ünal & Çelik – gesprek n°3", "text"), "unal-celik-gesprek-n-3");
        assert_eq!(slug("Straße/Ørsted/Łódź/İzmir", "text"), "strasse-orsted-lodz-izmir");
        assert_eq!(slug("nul", "text"), "text-nul");
        assert_eq!(slug("COM1", "text"), "text-com1");
        assert_eq!(slug("comma", "text"), "comma");
        assert_eq!(slug("--x--", "text"), "x");
        assert!(slug("李", "coder").starts_with("coder-"));
        assert_ne!(slug("李", "coder"), slug("王", "coder"));
        assert_eq!(slug(&"ab ".repeat(60), "text").len(), LONGEST);
        assert!(is_slug(&slug(&"é".repeat(100), "text")));
    }

    #[test]
    fn numbers_fit_behind_the_longest_slug() {
        assert_eq!(numbered("de-linde", 2), "de-linde-2");
        assert!(numbered(&"a".repeat(64), 12).len() <= LONGEST);
        assert!(is_slug(&numbered(&"a".repeat(64), 12)));
        assert!(!is_slug("A") && !is_slug("") && !is_slug("con") && !is_slug("a.b"));
    }
}
