//! A role as a label says it: "Interviewer 2", "R1", "Pauze".
//!
//! Two questions are answered here: whether a label is a word for a role at all, which helps to tell
//! labels from other text, and what role each label of a document has, as far as it says so.

use model::turn::Role;

/// Words for whoever asks; also with a number or a name behind them.
const INTERVIEWER: &[&str] = &[
    "interviewer",
    "interviewers",
    "interviewster",
    "int",
    "intv",
    "interv",
    "vragensteller",
    "vraagsteller",
    "vragenstelster",
    "moderator",
    "gespreksleider",
    "gespreksleidster",
    "vraag",
    "question",
    "onderzoeker",
    "onderzoekster",
    "researcher",
    "investigator",
    "host",
    "presentator",
    "presenter",
    "enquêteur",
    "enqueteur",
    "facilitator",
];

/// Words for whoever answers.
const RESPONDENT: &[&str] = &[
    "respondent",
    "respondente",
    "resp",
    "interviewee",
    "geïnterviewde",
    "geinterviewde",
    "deelnemer",
    "deelneemster",
    "participant",
    "antwoord",
    "answer",
    "spreker",
    "speaker",
    "persoon",
    "person",
    "proefpersoon",
    "cliënt",
    "client",
    "patiënt",
    "patient",
    "informant",
    "expert",
    "gast",
    "guest",
    "man",
    "vrouw",
    "male",
    "female",
    "onbekend",
    "unknown",
    "unidentified",
    "medewerker",
    "employee",
    "manager",
    "student",
    "docent",
];

/// Labels of what is no speaker.
const OTHER: &[&str] = &[
    "break",
    "pauze",
    "pause",
    "intro",
    "outro",
    "muziek",
    "music",
    "noise",
    "geluid",
    "ruis",
    "jingle",
    "reclame",
    "onderbreking",
    "all",
    "allen",
    "allemaal",
    "iedereen",
    "everyone",
    "both",
    "beiden",
    "lawaai",
    "stilte",
];

/// What a label says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// A word for an interviewer.
    Interviewer,
    /// A word for a respondent or for any speaker.
    Speaker,
    /// A word for a sound, a pause or everyone.
    Other,
    /// One letter that can stand for an interviewer: I, Q, V, with or without a number.
    AskingLetter(char),
    /// One letter that can stand for a respondent: R, A, B, P, M, F, S, with or without a number.
    AnsweringLetter,
}

/// What a label says by itself; `None` for a name.
pub(crate) fn says(label: &str) -> Option<Says> {
    let lower = label.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let first = bare.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let word = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        // "I", "I1", "I 2", "Q."; but "A Person" is a name or a sentence.
        let rest = bare.get(first.len()..).unwrap_or_default();
        let numbered =
            rest.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '#'));
        return match letter {
            _ if !numbered => None,
            'i' | 'q' | 'v' => Some(Says::AskingLetter(letter)),
            'r' | 'a' | 'b' | 'p' | 'm' | 'f' | 's' => Some(Says::AnsweringLetter),
            _ => None,
        };
    }
    let whole = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    if OTHER.contains(&whole) {
        Some(Says::Other)
    } else if INTERVIEWER.contains(&word) {
        Some(Says::Interviewer)
    } else if RESPONDENT.contains(&word)
        || whole == "spk"
        || whole == "spreker onbekend"
        || whole.ends_with(" speaker")
    {
        Some(Says::Speaker)
    } else {
        None
    }
}

/// The role of each label, in the order given. Single letters count as interviewers only beside
/// labels that are as short or are role words themselves: among names, "V" is a person.
pub(crate) fn assign(labels: &[&str]) -> Vec<(String, Role)> {
    let said: Vec<Option<Says>> = labels.iter().map(|l| says(l)).collect();
    let terse = labels.iter().zip(&said).all(|(label, says)| says.is_some() || label.chars().count() <= 3);
    let asks_plainly = said.iter().any(|s| matches!(s, Some(Says::Interviewer | Says::AskingLetter('i'))));
    labels
        .iter()
        .zip(said)
        .map(|(label, says)| {
            let role = match says {
                Some(Says::Interviewer) => Role::Interviewer,
                Some(Says::Other) => Role::Other,
                // Beside "I" or "Interviewer", a "V" is not "Vraag" but somebody's letter.
                Some(Says::AskingLetter(letter)) if terse && (letter != 'v' || !asks_plainly) => {
                    Role::Interviewer
                }
                _ => Role::Respondent,
            };
            ((*label).to_owned(), role)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(labels: &[&str]) -> String {
        assign(labels)
            .iter()
            .map(|(_, role)| match role {
                Role::Interviewer => 'i',
                Role::Respondent => 'r',
                Role::Other => 'o',
            })
            .collect()
    }

    #[test]
    fn words_for_interviewers_are_known_in_any_case() {
        let labels = [
            "Interviewer",
            "interviewer 2",
            "INT",
            "Int.",
            "Int1",
            "Interviewster",
            "Vragensteller",
            "Moderator",
            "VRAAG",
            "Onderzoeker 1",
            "Researcher",
            "Interviewer (Anna)",
            "Interviewer Jan",
        ];
        assert_eq!(roles(&labels), "i".repeat(labels.len()));
    }

    #[test]
    fn single_letters_ask_only_beside_short_labels() {
        assert_eq!(roles(&["I", "B"]), "ir");
        assert_eq!(roles(&["I1", "I2", "R", "Pauze"]), "iiro");
        assert_eq!(roles(&["Q", "A"]), "ir");
        assert_eq!(roles(&["V", "A"]), "ir");
        assert_eq!(roles(&["I", "V"]), "ir");
        assert_eq!(roles(&["I", "Respondent 1"]), "ir");
        assert_eq!(roles(&["V", "Anna Bakker"]), "rr");
    }

    #[test]
    fn sounds_and_pauses_are_other_and_the_rest_answers() {
        assert_eq!(
            roles(&["Break", "Pauze", "Intro", "OUTRO", "Muziek", "Music", "Noise", "All", "Allen"]),
            "ooooooooo"
        );
        assert_eq!(roles(&["Adam Stacoviak", "Intel", "Allan", "Spreker 1", "Interviewee", "R"]), "rrrrrr");
    }
}
