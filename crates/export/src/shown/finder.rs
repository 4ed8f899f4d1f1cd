//! Finder: where names stand in words that somebody typed, however the same characters are spelled there.
//!
//! Names and texts are cut into words alike: whatever is no letter or digit parts two words, be it a hyphen,
//! an apostrophe of either kind or the end of a line. Words are compared folded: composed, and in small
//! letters as Unicode folds them. So a name is a run of words, and how many names there are costs a text
//! nothing.

use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Names, each with what stands for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Finder {
    root: Node,
}

/// What begins with some words.
#[derive(Clone, Debug, Default)]
struct Node {
    /// By the next word, folded.
    next: FxHashMap<String, Node>,
    /// What stands for the name that these words are.
    alias: Option<String>,
    /// Names of two letters, or of one or two and a number, that these words may be: how each is written, and what stands for it.
    short: Vec<(Vec<String>, String)>,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found<'f> {
    /// From its first word to its last, in bytes.
    pub(crate) place: Range<usize>,
    /// What stands for it.
    pub(crate) alias: &'f str,
}

/// Whether a text tells a name of two letters from a word: in small letters `jo` and `ey` may be words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capitals {
    /// Such a name is written as it is in the tables, or in capitals.
    Told,
    /// Ids know no capitals, so any word of these letters may be the name.
    Lost,
}

impl Finder {
    /// Takes a name in, unless it is one already. A number, a letter, or a letter or two with a number is
    /// no name: so are interviews and people who speak numbered.
    pub(crate) fn add(&mut self, name: &str, alias: &str) {
        self.take(name, alias, false);
    }

    /// The same with the name of a case, which may be a letter or two with a number: G4S, 3M.
    pub(crate) fn add_case(&mut self, name: &str, alias: &str) {
        self.take(name, alias, true);
    }

    fn take(&mut self, name: &str, alias: &str, numbers: bool) {
        let words: Vec<&str> = words(name).collect();
        let mut node = &mut self.root;
        let (mut letters, mut others) = (0, 0);
        for word in &words {
            let word = folded(word);
            let of_word = word.chars().filter(|c| c.is_alphabetic()).count();
            letters += of_word;
            others += word.chars().count() - of_word;
            node = node.next.entry(word).or_default();
        }
        if letters > 2 || numbers && letters > 1 && letters + others > 2 {
            node.alias.get_or_insert_with(|| alias.to_owned());
        } else if letters == 2 && others == 0 || numbers && letters > 0 && others > 0 {
            let own: Vec<String> = words.iter().map(|word| written(word)).collect();
            let capitals: Vec<String> = own.iter().map(|word| word.to_uppercase()).collect();
            let is_small = own.first().is_none_or(|word| word.starts_with(char::is_lowercase));
            for form in [Some(capitals), (!is_small).then_some(own)].into_iter().flatten() {
                if node.short.iter().all(|(known, _)| *known != form) {
                    node.short.push((form, alias.to_owned()));
                }
            }
        }
    }

    /// The names in a text, in order; of names that begin at the same word the longest.
    pub(crate) fn find(&self, text: &str, capitals: Capitals) -> Vec<Found<'_>> {
        let mut out: Vec<Found<'_>> = Vec::new();
        let (mut word, mut run) = (String::new(), Vec::new());
        let mut at = 0;
        while let Some(first) = next_word(text, at) {
            at = first.end;
            let start = first.start;
            run.clear();
            let (mut node, mut longest) = (&self.root, None);
            let mut here = Some(first);
            while let Some(place) = here {
                fold(text.get(place.clone()).unwrap_or_default(), &mut word);
                let Some(next) = node.next.get(word.as_str()) else { break };
                node = next;
                let end = place.end;
                run.push(place);
                if let Some(alias) = node.named(text, &run, capitals) {
                    longest = Some(Found { place: start..end, alias });
                }
                // Most words begin no name, and few names have many words.
                here = if node.next.is_empty() { None } else { next_word(text, end) };
            }
            if let Some(found) = longest {
                at = found.place.end;
                out.push(found);
            }
        }
        out
    }

    /// Whether any name stands in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        !self.find(text, Capitals::Told).is_empty()
    }
}

impl Node {
    /// What stands for the name that a run of words is, if it is one.
    fn named(&self, text: &str, run: &[Range<usize>], capitals: Capitals) -> Option<&str> {
        let is_written = |form: &[String]| {
            let mut words = run.iter().map(|place| written(text.get(place.clone()).unwrap_or_default()));
            form.iter().all(|word| words.next().as_ref() == Some(word))
        };
        let short = || self.short.iter().find(|(form, _)| capitals == Capitals::Lost || is_written(form));
        self.alias.as_deref().or_else(|| short().map(|(_, alias)| alias.as_str()))
    }
}

/// A text in the form in which names are compared: its words folded, a space between any two.
pub(crate) fn plain(text: &str) -> String {
    words(text).map(folded).collect::<Vec<_>>().join(" ")
}

/// The words of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let place = next_word(text, at)?;
        at = place.end;
        text.get(place)
    })
}

/// The first word that begins at a byte or behind it.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let start = rest.find(is_letter)?;
    let rest = rest.get(start..)?;
    let alone = rest.starts_with(is_unparted);
    let mut letters = rest.char_indices().skip(1);
    let ends = |c: char| !is_within(c) && (alone || !is_letter(c) || is_unparted(c));
    let length = letters.find(|(_, c)| ends(*c)).map_or(rest.len(), |(at, _)| at);
    Some(from + start..from + start + length)
}

/// Whether it is of a script that parts no words, where every letter stands for a word: of Thai and its
/// neighbours, Chinese and Japanese.
const fn is_unparted(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether words are made of it. Superscript and circled figures are notes beside a word, and an apostrophe
/// that Unicode calls a letter is one of many that people type.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    if c.is_alphabetic() {
        return !is_apostrophe(c);
    }
    let mut is_figure = c.is_numeric();
    decompose_compatible(c, |part| is_figure &= part == c);
    is_figure
}

/// Whether it belongs to the letter before it, or is not seen at all.
fn is_within(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || is_unseen(c))
}

/// Apostrophes and primes that Unicode calls letters.
const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{a78b}' | '\u{a78c}')
}

/// Characters without a picture: hints where a line may break, in which direction a text runs, how a
/// character is drawn.
const fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0100}'..='\u{e01ef}')
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    fold(word, &mut out);
    out
}

/// Puts the folded form of a word in the place of what is there.
fn fold(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    // Small letters of capitals are the same whatever stands beside them (σ and ς, ß and SS); those of
    // small letters need not be, and a capital ß has a small one of its own.
    let apart = word.chars().filter(|c| !is_unseen(*c)).nfkd();
    let small = apart
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .filter(|c| !is_apostrophe(*c));
    out.extend(small.nfc());
}

/// A word as it is written, composed.
fn written(word: &str) -> String {
    word.chars().filter(|c| !is_unseen(*c)).nfkd().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder(names: &[&str]) -> Finder {
        let mut out = Finder::default();
        for name in names {
            out.add(name, name);
        }
        out
    }

    /// What is found, as it stands there, and of which name it is.
    fn found(names: &[&str], text: &str, capitals: Capitals) -> Vec<(String, String)> {
        let finder = finder(names);
        let all = finder.find(text, capitals);
        all.into_iter().map(|f| (text.get(f.place).unwrap().to_owned(), f.alias.to_owned())).collect()
    }

    /// Interviews and people are numbered so; cases may be called so.
    #[test]
    fn a_letter_with_a_number_is_a_name_only_of_a_case() {
        let mut finder = finder(&["R1", "V2"]);
        for name in ["G4S", "3M", "q8", "7"] {
            finder.add_case(name, "case");
        }
        let stands = |text: &str| {
            let found = finder.find(text, Capitals::Told);
            found.into_iter().map(|f| text.get(f.place).unwrap()).collect::<Vec<_>>().join("|")
        };
        assert_eq!(stands("R1 left G4S, then 3M's V2; Q8 not q8, 3m nor 3 m or 7; g4s"), "G4S|3M|Q8|g4s");
    }

    #[test]
    fn a_name_is_found_in_every_spelling_of_its_characters() {
        // The name, a text, and what of it is the name.
        for (name, text, stands) in [
            ("Piet Jansen", "Piet Jansen works", "Piet Jansen"),
            ("Piet Jansen", "so PIET JANSEN's way", "PIET JANSEN"),
            // However its words are parted.
            ("Piet Jansen", "Piet\nJansen works", "Piet\nJansen"),
            ("Piet Jansen", "of Piet \r\n  Jansen", "Piet \r\n  Jansen"),
            ("Piet Jansen", "(Piet\u{a0}Jansen)", "Piet\u{a0}Jansen"),
            ("Piet Jansen", "id piet-jansen-2", "piet-jansen"),
            ("Piet Jansen", "column piet_jansen_n", "piet_jansen"),
            ("Piet-Jan Smit", "Piet\u{2010}Jan Smit, Piet", "Piet\u{2010}Jan Smit"),
            ("Piet  Jansen", "Piet Jansen", "Piet Jansen"),
            ("de-korst", "at De Korst", "De Korst"),
            // Letters and their marks, in one character or in two.
            ("Sjögren", "met Sjo\u{308}gren", "Sjo\u{308}gren"),
            ("Sjo\u{308}gren", "met SJÖGREN", "SJÖGREN"),
            ("André", "Andre\u{301}, zei", "Andre\u{301}"),
            ("Nguyễn", "Nguye\u{302}\u{303}n", "Nguye\u{302}\u{303}n"),
            // Capitals of which small letters are not one to one.
            ("ΣΩΚΡΆΤΗΣ", "λέει ΣΩΚΡΆΤΗΣ", "ΣΩΚΡΆΤΗΣ"),
            ("ΣΩΚΡΆΤΗΣ", "λέει ο Σωκράτης.", "Σωκράτης"),
            ("Σωκράτης", "ΣΩΚΡΆΤΗΣ", "ΣΩΚΡΆΤΗΣ"),
            ("Weiß", "WEISS and", "WEISS"),
            ("Weiß", "WEIẞ and", "WEIẞ"),
            ("WEISS", "weiß", "weiß"),
            // Apostrophes of every kind.
            ("O'Brien", "as O’Brien said", "O’Brien"),
            ("O’Brien", "as O'Brien said", "O'Brien"),
            ("O'Brien", "as O\u{2bc}Brien said", "O\u{2bc}Brien"),
            ("Van ’t Hoff", "van 't hoff", "van 't hoff"),
            ("Anna", "‘Anna’s’", "Anna"),
            // Letters that are written together, and what is not seen.
            ("IJsbrand", "Ĳsbrand", "Ĳsbrand"),
            ("Griffith", "Griﬃth", "Griﬃth"),
            ("ŉ Roux", "die 'n Roux", "n Roux"),
            ("Jansen", "Jan\u{ad}sen", "Jan\u{ad}sen"),
            ("Jansen", "\u{feff}Jan\u{200b}sen", "Jan\u{200b}sen"),
            ("Jansen", "Jansen² and", "Jansen"),
            ("Ahmed", "Ａｈｍｅｄ", "Ａｈｍｅｄ"),
            // Names of two letters, as they are written or in capitals.
            ("EY", "at EY.", "EY"),
            ("ey", "at EY.", "EY"),
            ("Jo", "Jo's", "Jo"),
            ("Jo", "JO", "JO"),
            ("Bö", "Bo\u{308}", "Bo\u{308}"),
            ("H&M", "bij H & M", "H & M"),
            ("王芳", "王芳 说", "王芳"),
            // In scripts that part no words.
            ("王芳", "我和王芳说", "王芳"),
            ("田中さん", "昨日、田中さんに", "田中さん"),
            ("สมชาย", "คุณสมชายพูด", "สมชาย"),
        ] {
            let all = found(&[name], text, Capitals::Told);
            assert_eq!(all, [(stands.to_owned(), name.to_owned())], "{name:?} in {text:?}");
        }
    }

    #[test]
    fn what_is_not_the_name_stays() {
        for (name, text) in [
            ("Anna", "joanna, annas, annabel, anna1, 2anna"),
            ("Anna", "A nna"),
            ("Piet Jansen", "Piet of Jansen; Jansen, Piet"),
            ("Piet Jansen", "Piet Jansens"),
            ("Bén", "ik ben er"),
            // In small letters these may be words.
            ("Jo", "jo, jO"),
            ("EY", "ey Ey"),
            ("Jo", "Joe"),
            ("h&m", "h & m"),
            // Numbers, letters and numbers of a letter or two are no names.
            ("12", "12"),
            ("A", "A"),
            ("R1", "R1"),
            ("EY 2", "EY 2"),
            ("", ""),
            ("&", "&"),
            ("王", "王"),
            ("王芳", "王 小芳"),
        ] {
            assert_eq!(found(&[name], text, Capitals::Told), [], "{name:?} in {text:?}");
        }
    }

    #[test]
    fn the_longest_name_is_taken_and_the_first_of_two_that_are_one() {
        let all = |names: &[&str], text: &str| {
            let found = found(names, text, Capitals::Told);
            found.into_iter().map(|(stands, name)| format!("{stands}={name}")).collect::<Vec<_>>()
        };
        let names =
            ["de korst", "Bakkerij De Korst", "Bakkerij De Korst Zuid BV", "De-Korst", "Jo", "Jo Smit"];
        assert_eq!(all(&names, "Bakkerij de Korst Zuid"), ["Bakkerij de Korst=Bakkerij De Korst"]);
        assert_eq!(all(&names, "bakkerij, De Korst"), ["bakkerij, De Korst=Bakkerij De Korst"]);
        assert_eq!(all(&names, "van De Korst"), ["De Korst=de korst"]);
        assert_eq!(all(&names, "jo smit, Jo de Wit, Jo"), ["jo smit=Jo Smit", "Jo=Jo", "Jo=Jo"]);
        // What was begun in vain is looked through again.
        assert_eq!(all(&["Aa Bb Cc Dd", "Bb Cc"], "aa bb cc ee"), ["bb cc=Bb Cc"]);
    }

    #[test]
    fn ids_know_no_capitals() {
        assert_eq!(found(&["EY"], "ey-training", Capitals::Lost), [("ey".to_owned(), "EY".to_owned())]);
        assert_eq!(found(&["EY"], "eyes", Capitals::Lost), []);
        assert_eq!(plain("  Geïnterviewde: A "), plain("geI\u{308}nterviewde a"));
    }
}
