//! Words, sentences and paragraphs of speech: the units that a reader steps through and selects.
//!
//! Unicode's own sentence rules split after "dr." and "bijv."; here a full stop after an
//! abbreviation, an initial or before a small letter does not end a sentence, in Dutch or English.

use unicode_segmentation::UnicodeSegmentation;

/// Abbreviations after which a sentence goes on even before a capital; small letters, no last stop.
const ABBREVIATIONS: &[&str] = &[
    // Titles and forms of address.
    "dr", "drs", "ir", "ing", "mr", "mrs", "ms", "prof", "mw", "mevr", "dhr", "hr", "ds", "st", "jr", "sr",
    "rev", "sen", // Dutch.
    "bijv", "bv", "o.a", "d.w.z", "m.b.t", "i.v.m", "t.o.v", "t.a.v", "n.a.v", "i.p.v", "m.a.w", "o.i.d",
    "a.h.w", "z.g", "z.o.z", "p.p", "ca", "nl", "resp", "vgl", "incl", "excl", "min", "max", "gem", "afd",
    "blz", "hfst", "evt", "zgn", "zg", "zogen", "zgn", "art", "jl", "t.z.t", "t.g.v", "b.v", "e.v", "w.o",
    "m.n", "i.h.b", "d.m.v", "a.d.h.v", "o.l.v", "t.n.v", "i.s.m", "i.c", "a.u.b", "s.v.p", "tel", "nr",
    "str", "mld", "mln", "vs", "no", // English.
    "e.g", "i.e", "cf", "approx", "dept", "est", "fig", "al", "viz", "ft", "mt", "vol", "inc", "ltd", "co",
    "corp", "gov",
];

/// Abbreviations that may also end a sentence: before a capital they do.
const MAY_END: &[&str] = &["etc", "enz", "e.d", "p.m", "a.m", "e.a", "u.s", "u.k"];

/// The sentences of a stretch of speech as byte ranges, without the white space between them.
pub fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            if c == '\n' && start.is_some() && new_paragraph(text.get(at + 1..).unwrap_or_default()) {
                out.extend(start.take().map(|s| (s, end)));
            }
            continue;
        }
        let from = *start.get_or_insert(at);
        end = at + c.len_utf8();
        if !matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！') {
            continue;
        }
        // Everything that belongs to the end: more stops, closing quotes and brackets.
        let mut last = c;
        while let Some(&(next, n)) = chars.peek() {
            if matches!(n, '.' | '?' | '!' | '…') {
                last = n;
            } else if !matches!(n, '"' | '\'' | '’' | '”' | '»' | ')' | ']') {
                break;
            }
            end = next + n.len_utf8();
            chars.next();
        }
        let rest = text.get(end..).unwrap_or_default();
        let cjk = matches!(c, '。' | '？' | '！');
        if !cjk && !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            continue;
        }
        let next = rest.chars().find(|c| c.is_alphanumeric());
        if matches!(last, '.' | '…')
            && goes_on(text.get(from..at).unwrap_or_default(), next, c == '.' && last == '.' && end == at + 1)
        {
            continue;
        }
        out.push((from, end));
        start = None;
    }
    out.extend(start.map(|s| (s, end)));
    out
}

/// Whether a line break is followed by an empty line or an item of a list.
fn new_paragraph(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default().trim_start();
    line.is_empty() || line.starts_with(['-', '*', '•', '–'])
}

/// Whether a sentence goes on after a full stop (`single`) or dots, given what stands before it and
/// the first letter or digit behind it.
fn goes_on(before: &str, next: Option<char>, single: bool) -> bool {
    if next.is_some_and(char::is_lowercase) {
        return true;
    }
    if !single {
        return false;
    }
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\'' | '‘' | '“'))
        .next()
        .unwrap_or_default();
    let small = word.to_lowercase();
    if MAY_END.contains(&small.as_str()) {
        return false;
    }
    if ABBREVIATIONS.contains(&small.as_str()) {
        // "no." and the like also end sentences as words of their own; before a capital, only a
        // figure makes them an abbreviation.
        return !matches!(small.as_str(), "no" | "min" | "max" | "art" | "co" | "al" | "est")
            || next.is_some_and(|c| c.is_ascii_digit());
    }
    // An initial: "J. Jansen", "R.S. de Vries". "I." ends a sentence in English ("so did I.").
    let mut letters = word.chars().filter(|c| *c != '.');
    match (letters.next(), letters.next()) {
        (Some(c), None) => c.is_uppercase() && c != 'I',
        (Some(_), Some(_)) => word.contains('.') && word.split('.').all(|part| part.chars().count() == 1),
        _ => false,
    }
}

/// The words of a text as byte ranges: runs that hold a letter or a digit.
pub fn words(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    text.unicode_word_indices().map(|(at, word)| (at, at + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|(a, b)| text.get(a..b).unwrap()).collect()
    }

    #[test]
    fn abbreviations_do_not_split() {
        for whole in [
            "Ik sprak dr. Jansen en mw. De Vries daarover.",
            "Dat vond drs. Bakker ook, o.a. Piet en dhr. Smit.",
            "We doen bijv. Engels en d.w.z. Frans.",
            "Some tools, e.g. Excel, i.e. Microsoft's, were shown to Mr. Brown.",
            "Het is 3.5 procent, zei J. Jansen van R.S. Beheer.",
            "Nou... ik weet het niet.",
            "Ja. dan gaan we.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(
            split("Ja. Dat klopt! Echt waar? Zeker..."),
            ["Ja.", "Dat klopt!", "Echt waar?", "Zeker..."]
        );
        assert_eq!(
            split("Hij zei: \"Nee.\" Toen ging hij. (Lacht.) Klaar"),
            ["Hij zei: \"Nee.\"", "Toen ging hij.", "(Lacht.)", "Klaar"]
        );
        assert_eq!(split("Fruit, groente, enz. Daarna niets."), ["Fruit, groente, enz.", "Daarna niets."]);
        assert_eq!(split("Really? yes. No. Maybe so."), ["Really?", "yes.", "No.", "Maybe so."]);
        assert_eq!(split("So did I. Then we left."), ["So did I.", "Then we left."]);
        assert_eq!(
            split("Een kop\n\nEn tekst\n- punt\n- nog een"),
            ["Een kop", "En tekst", "- punt", "- nog een"]
        );
        assert_eq!(split("漢字。漢字。"), ["漢字。", "漢字。"]);
        assert_eq!(split(""), Vec::<&str>::new());
        assert_eq!(split(" \n "), Vec::<&str>::new());
    }

    #[test]
    fn words_hold_a_letter_or_digit() {
        let text = "Z'n baan — 40 uur!";
        assert_eq!(
            words(text).map(|(a, b)| text.get(a..b).unwrap()).collect::<Vec<_>>(),
            ["Z'n", "baan", "40", "uur"]
        );
    }
}
