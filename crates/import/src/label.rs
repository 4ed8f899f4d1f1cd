//! A label: the few words that name who speaks. Most short texts before a colon are none.

use crate::role;

/// Longest label, in code points.
pub(crate) const LONGEST: usize = 60;

/// Most words in a label.
const WORDS: usize = 6;

/// Openings of sentences and remarks that are no speakers, in lower case.
const OPENINGS: &[&str] = &[
    "note",
    "notes",
    "nota bene",
    "nb",
    "n.b",
    "n.b.",
    "let op",
    "noot",
    "opmerking",
    "ps",
    "p.s",
    "p.s.",
    "http",
    "https",
    "ftp",
    "mailto",
    "www",
    "url",
    "link",
    "bron",
    "source",
    "ten eerste",
    "ten tweede",
    "ten derde",
    "ten slotte",
    "tot slot",
    "first",
    "second",
    "third",
    "firstly",
    "secondly",
    "finally",
    "kortom",
    "conclusie",
    "conclusion",
    "samenvatting",
    "summary",
    "side note",
    "aside",
    "tip",
    "fun fact",
    "spoiler alert",
    "warning",
    "waarschuwing",
    "voorbeeld",
    "bijvoorbeeld",
    "example",
    "for example",
    "e.g",
    "i.e",
    "d.w.z",
    "dat wil zeggen",
    "namelijk",
    "related",
    "update",
    "edit",
    "see",
    "zie",
    "zie ook",
    "see also",
    "ja",
    "nee",
    "yes",
    "no",
    "ok",
    "okay",
    "oké",
    "dus",
    "maar",
    "en",
    "and",
    "so",
    "but",
    "nou",
    "well",
    "because",
    "want",
    "vandaar",
    "kijk",
];

/// What stands in the head of a transcript form, in lower case.
const FORM: &[&str] = &[
    "datum",
    "date",
    "datum interview",
    "date of interview",
    "interview date",
    "duur",
    "duration",
    "length",
    "locatie",
    "location",
    "plaats",
    "place",
    "tijd",
    "time",
    "tijdstip",
    "begintijd",
    "eindtijd",
    "starttijd",
    "start time",
    "end time",
    "titel",
    "title",
    "project",
    "projectnaam",
    "bestand",
    "bestandsnaam",
    "file",
    "filename",
    "file name",
    "audio",
    "onderwerp",
    "topic",
    "subject",
    "transcript",
    "transcriptie",
    "transcription",
    "transcribent",
    "transcribed by",
    "getranscribeerd door",
    "transcriptie door",
    "opname",
    "recording",
    "organisatie",
    "organisation",
    "organization",
    "functie",
    "function",
    "recorded",
    "interviewnummer",
    "interview number",
    "aanwezig",
    "present",
];

/// Short answers that stand alone on a line and are no labels there, in lower case.
const ANSWERS: &[&str] = &[
    "ja",
    "nee",
    "yes",
    "no",
    "yeah",
    "yep",
    "nope",
    "ok",
    "oké",
    "okay",
    "oke",
    "hm",
    "hmm",
    "mhm",
    "mm",
    "uh",
    "uhm",
    "eh",
    "right",
    "sure",
    "precies",
    "exact",
    "exactly",
    "inderdaad",
    "klopt",
    "prima",
    "goed",
    "awesome",
    "cool",
    "thanks",
    "dank je",
    "dank u",
    "bedankt",
    "thank you",
];

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "van", "de", "der", "den", "ter", "ten", "te", "het", "von", "zu", "da", "di", "du", "del", "della",
    "la", "le", "el", "al", "bin", "ben", "of", "the", "en", "and", "und", "in", "'t",
];

/// Whether a label stands in a list, without case.
fn listed(list: &[&str], label: &str) -> bool {
    // Every entry is short; most labels need no allocation to be ruled out.
    label.len() <= 24 && list.contains(&label.to_lowercase().as_str())
}

/// What the words of a label allow, whatever its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No label of a speaker.
    Never,
    /// A line of a form, such as `Datum: 3 mei`.
    Form,
    /// A word for a role.
    Role,
    /// Written as names are: every word with a capital, a digit or a small word of names.
    Name,
    /// Any other few words.
    Words,
}

/// Judges the words of a label, which must be trimmed.
pub(crate) fn kind(label: &str) -> Kind {
    let points = label.chars().count();
    let mut words = label.split_whitespace();
    if points == 0
        || points > LONGEST
        || words.by_ref().take(WORDS + 1).count() > WORDS
        || !label.chars().any(char::is_alphabetic)
        || listed(OPENINGS, label)
    {
        return Kind::Never;
    }
    if listed(FORM, label) {
        return Kind::Form;
    }
    if label.starts_with(['[', '\\', '<']) && !label.ends_with([']', '>']) {
        return Kind::Never;
    }
    let opened = label.trim_start_matches(['[', '\\', '(', '<']);
    let first = opened.chars().next();
    if !first.is_some_and(|c| c.is_alphanumeric() || c == '#') {
        return Kind::Never;
    }
    if role::says(label).is_some() {
        return Kind::Role;
    }
    let small =
        |word: &str| PARTICLES.contains(&word) || word.chars().next().is_some_and(|c| !c.is_lowercase());
    if first.is_some_and(|c| !c.is_lowercase()) && opened.split_whitespace().skip(1).all(small) {
        return Kind::Name;
    }
    Kind::Words
}

/// Whether a line without colon or time mark can be a label: no sentence, no short answer.
pub(crate) fn stands_alone(label: &str) -> bool {
    let sentence = label.ends_with(['.', '…', '!', '?', ',', ';', '-', '–']) && role::says(label).is_none();
    !sentence
        && !label.contains(',')
        && !label.starts_with(['[', '\\', '(', '<', '#'])
        && !listed(ANSWERS, label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_of_sentences_are_never_labels() {
        for label in ["Note", "Let op", "http", "PS", "12", "12-03", "Ten eerste", "NB", ""] {
            assert_eq!(kind(label), Kind::Never, "{label}");
        }
        assert_eq!(kind(&"x".repeat(61)), Kind::Never);
        assert_eq!(kind("een twee drie vier vijf zes zeven"), Kind::Never);
    }

    #[test]
    fn names_and_roles_are_told_from_words() {
        for label in ["Adam Stacoviak", "Jan van der Berg", "Dr. Smith", "O'Neill", "J.-P. Élan", "李雷"] {
            assert_eq!(kind(label), Kind::Name, "{label}");
        }
        for label in
            ["Interviewer", "I", "R2", "speaker 1", "SPEAKER_00", "Spreker 1", "[R1]", "Unknown Speaker"]
        {
            assert_eq!(kind(label), Kind::Role, "{label}");
        }
        for label in ["Ik zei dus", "jan", "Best prose"] {
            assert_eq!(kind(label), Kind::Words, "{label}");
        }
        assert_eq!(kind("Datum"), Kind::Form);
    }
}
