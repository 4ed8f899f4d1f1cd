//! Layouts and the place of time marks, on texts made by hand, and what must never be a speaker.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write;

use model::problem::Severity;
use model::turn::Role;
use verbatim_import::{Imported, Layout, Options, read};

fn import(text: &str) -> Imported {
    read("gesprek.md", text.as_bytes(), &Options::default()).unwrap()
}

/// Layout, then per turn `label|seconds|speech`, with `/` for line ends.
fn shown(text: &str) -> String {
    let imported = import(text);
    let mut out = imported.layout.as_str().to_owned();
    for turn in &imported.turns {
        let seconds = turn.seconds.map(|s| s.to_string()).unwrap_or_default();
        let speech = imported.text.slice(turn.speech()).replace('\n', "/");
        let label = turn.speaker.as_deref().unwrap_or("-");
        write!(out, " {label}|{seconds}|{speech}").unwrap();
    }
    out
}

#[test]
fn each_layout_gives_the_same_turns() {
    for (layout, text) in [
        ("name-colon", "Anna: Hoi.\nBert: Dag.\nAnna: Ja?\nBert: Nee."),
        ("name-colon", "Anna: Hoi.\r\n\r\nBert:\tDag.\r\n\r\nAnna : Ja?\r\n\r\nBert:Nee.\r\n"),
        ("bold-name", "**Anna:** Hoi.\n\n**Bert**: Dag.\n\n**Anna:** Ja?\n\n__Bert:__ Nee."),
        ("bold-name", "**Anna:**\nHoi.\n\n**Bert:**\nDag.\n\n**Anna:**\nJa?\n\n**Bert:**\nNee."),
        ("label-line", "Anna\nHoi.\n\nBert\nDag.\n\nAnna\nJa?\n\nBert\nNee."),
        ("label-line", "Anna\n\nHoi.\n\nBert\n\nDag.\n\nAnna\n\nJa?\n\nBert\n\nNee."),
        ("label-line", "Anna:\nHoi.\n\nBert:\nDag.\n\nAnna:\nJa?\n\nBert:\nNee."),
        ("label-line", "**Anna**\nHoi.\n\n**Bert**\nDag.\n\n**Anna**\nJa?\n\n**Bert**\nNee."),
        ("name-colon", "**Anna:** Hoi.\n\nBert: Dag.\n\n**Anna:** Ja?\n\nBert: Nee."),
    ] {
        assert_eq!(shown(text), format!("{layout} Anna||Hoi. Bert||Dag. Anna||Ja? Bert||Nee."), "{text}");
    }
}

#[test]
fn a_time_mark_is_read_before_and_behind_the_label() {
    for (layout, first, second) in [
        ("name-colon", "[00:01:02] I: ", "[00:01:05] R: "),
        ("name-colon", "[1:02] I: ", "[1:05] R: "),
        ("name-colon", "(00:01:02) I: ", "(00:01:05) R: "),
        ("name-colon", "#00:01:02-0# I: ", "#00:01:05-0# R: "),
        ("name-colon", "00:01:02 I: ", "00:01:05 R: "),
        ("name-colon", "01:02 - I: ", "01:05 - R: "),
        ("name-colon", "I: [00:01:02] ", "R: [00:01:05] "),
        ("name-colon", "I: \\[01:02\\] ", "R: \\[01:05\\] "),
        ("name-colon", "I: 00:01:02 ", "R: 00:01:05 "),
        ("name-colon", "I [00:01:02]: ", "R [00:01:05]: "),
        ("name-colon", "I (01:02): ", "R (01:05): "),
        ("name-colon", "I 00:01:02: ", "R 00:01:05: "),
        ("name-colon", "I 00:01:02.000: ", "R 00:01:05,000: "),
        ("bold-name", "**I:** [00:01:02] ", "**R:** [00:01:05] "),
        ("bold-name", "**I** [00:01:02]: ", "**R** [00:01:05]: "),
        ("bold-name", "**[01:02] I:** ", "[01:05] **R:** "),
        ("bold-name", "**I [01:02]:** ", "**R: [01:05]** "),
        ("label-line", "I 00:01:02\n", "R 00:01:05\n"),
        ("label-line", "I  1:02  \n", "R  1:05  \n"),
        ("label-line", "[00:01:02] I\n", "[00:01:05] R\n"),
        ("label-line", "00:01:02 I\n\n", "00:01:05 R\n\n"),
        ("label-line", "I\n[00:01:02]\n", "R\n[00:01:05] "),
    ] {
        let text = format!("{first}Hoi om 12:30 [00:09:09].\n\n{second}Dag.\n");
        let expected = format!("{layout} I|62|Hoi om 12:30 [00:09:09]. R|65|Dag.");
        assert_eq!(shown(&text), expected, "{text}");
    }
}

#[test]
fn a_turn_runs_over_paragraphs_and_ends_before_white_space() {
    let text = "Verslag van een gesprek\n\nI: Een.\n\nTwee. \n\n\nR: Drie\nvier.\n \n";
    let imported = import(text);
    let turns: Vec<(u32, u32, u32)> = imported.turns.iter().map(|t| (t.start, t.text_start, t.end)).collect();
    assert_eq!(turns, [(25, 28, 39), (43, 46, 56)]);
    assert_eq!(imported.text.slice(imported.turns[0].speech()), "Een.\n\nTwee.");
    assert_eq!(imported.text.slice(imported.turns[1].span()), "R: Drie\nvier.");
}

#[test]
fn positions_are_code_points() {
    let imported = import("Één kop 😀\n\nI: Hé, één 😀?\n\nR: Ja 😀.\n");
    let turns: Vec<(u32, u32, u32)> = imported.turns.iter().map(|t| (t.start, t.text_start, t.end)).collect();
    assert_eq!(turns, [(11, 14, 24), (26, 29, 34)]);
}

#[test]
fn a_pause_is_a_turn_without_speech() {
    let imported =
        import("**I:** Hoi.\n\n**Break:** \\[01:44\\]\n\n**R:** Dag.\n\n**Pauze**:\n\n**R:** Ja.\n");
    let break_ = &imported.turns[1];
    assert_eq!((break_.text_start, break_.seconds), (break_.end, Some(104.0)));
    assert_eq!(imported.text.slice(break_.span()), "**Break:** \\[01:44\\]");
    let pause = &imported.turns[3];
    assert_eq!((pause.text_start, pause.seconds), (pause.end, None));
    let roles: Vec<Role> = imported.roles.iter().map(|(_, role)| *role).collect();
    assert_eq!(roles, [Role::Interviewer, Role::Other, Role::Respondent, Role::Other]);
}

#[test]
fn odd_lines_within_a_turn_are_no_speakers() {
    let odd = [
        "Ten eerste: wij doen dat samen.",
        "Note: dit is later toegevoegd.",
        "Let op: hier valt iets weg.",
        "http://voorbeeld.nl/a",
        "PS: nog iets.",
        "12:30 was het toen.",
        "Conclusie: het werkt.",
        "Hij zei toen tegen mij: kom maar.",
        "Er zijn drie dingen die ik wil noemen: a, b en c.",
        "Dat is mijn verhaal, en ik zeg: klaar",
        "Wat? Kees: zei je dat?",
    ];
    let mut text = String::new();
    for line in odd {
        write!(text, "I: Vraag?\n\nR: Antwoord.\n\n{line}\n\n").unwrap();
    }
    let imported = import(&text);
    assert_eq!(imported.turns.len(), 2 * odd.len());
    assert_eq!(imported.roles.len(), 2, "{:?}", imported.roles);
}

#[test]
fn a_name_that_comes_once_is_told_and_not_taken() {
    let imported = import("Anna: A.\n\nBert: B.\n\nAnna: C.\n\nSecretaresse: Koffie?\n\nBert: D.\n");
    assert_eq!(imported.turns.len(), 4);
    let note = imported.problems.iter().find(|p| p.what.contains("Secretaresse")).unwrap();
    assert_eq!((note.severity, note.line, note.file.as_str()), (Severity::Note, Some(7), "gesprek.md"));
}

#[test]
fn a_plain_label_among_bold_ones_is_told_and_not_taken() {
    let text = "**I:** A.\n\n**R:** B.\n\n".repeat(10) + "Outro: \\[01:53:10\\]\n";
    let imported = import(&text);
    assert_eq!((imported.layout, imported.turns.len()), (Layout::BoldName, 20));
    let note = imported.problems.iter().find(|p| p.what.contains("Outro")).unwrap();
    assert_eq!((note.severity, note.line), (Severity::Note, Some(41)));
}

#[test]
fn a_label_that_forgot_its_asterisks_is_a_warning() {
    let text = "**Anna:** A.\n\n**Bert:** B.\n\n".repeat(10) + "Bert: C.\n";
    let imported = import(&text);
    assert!(imported.problems.iter().any(|p| p.severity == Severity::Warning && p.line == Some(41)));
}

#[test]
fn a_form_at_the_head_is_outside_the_turns() {
    for gap in ["\n", "\n\n"] {
        let head = [
            "Transcript gesprek",
            "Interviewer: Jan Smit",
            "Respondent: P3",
            "Datum: 3 mei 2024",
            "Duur: 45 min",
        ];
        let text = head.join(gap) + "\n\nInterviewer: Hoe gaat het?\n\nRespondent: Goed.\n";
        assert_eq!(shown(&text), "name-colon Interviewer||Hoe gaat het? Respondent||Goed.");
    }
}

#[test]
fn text_without_speakers_has_no_turns() {
    for text in [
        "Dit is een verslag.\n\nHet telt twee alinea's.\n",
        "[00:43.810 --> 00:47.850]  Hello everyone\n[00:48.350 --> 00:54.570]  So hi Rick\n[00:55.350 --> 00:57.570]  Hi Rick\n",
        "00:00.000 --> 00:27.640\nHello there\n\n00:28.000 --> 00:35.280\nToday\n",
        "# Kop\n\n## Kop twee\n\nTekst.\n\n## Kop twee\n\nTekst.\n",
        "Datum: 3 mei\nPlaats: Delft\n",
    ] {
        let imported = import(text);
        assert_eq!((imported.layout, imported.turns.len()), (Layout::None, 0), "{text}");
        assert!(imported.problems.iter().any(|p| p.what.starts_with("no speakers")), "{text}");
    }
}

#[test]
fn a_layout_that_is_told_is_kept() {
    let text = "Anna: A.\n\nBert: B.\n";
    let told = |layout| {
        let options = Options { layout: Some(layout), language: None };
        let imported = read("a.txt", text.as_bytes(), &options).unwrap();
        (imported.layout, imported.turns.len())
    };
    assert_eq!(told(Layout::NameColon), (Layout::NameColon, 2));
    assert_eq!(told(Layout::None), (Layout::None, 0));
    assert_eq!(told(Layout::BoldName), (Layout::BoldName, 0));
    for layout in [Layout::NameColon, Layout::BoldName, Layout::LabelLine, Layout::None] {
        assert_eq!(Layout::parse(layout.as_str()), Some(layout));
    }
    assert_eq!(Layout::parse("other"), None);
}

#[test]
fn who_interviews_is_told_or_asked() {
    let roles = |text: &str| import(text).roles;
    let expected = [("Interviewer 2".to_owned(), Role::Interviewer), ("Anna".to_owned(), Role::Respondent)];
    assert_eq!(roles("Interviewer 2: A.\n\nAnna: B.\n\nAnna: C.\n\nInterviewer 2: D.\n"), expected);
    let asks = |text: &str| import(text).problems.iter().any(|p| p.what.contains("speakers.csv"));
    assert!(asks("Anna: A.\n\nBert: B.\n\nAnna: C.\n\nBert: D.\n"));
    assert!(asks("Interviewer: A.\n\nInterviewer: B.\n"));
    assert!(!asks("I: A.\n\nR: B.\n"));
}

#[test]
fn one_speaker_written_in_two_ways_is_a_warning() {
    let imported = import("I: A.\n\nAnna: B.\n\nI: A.\n\nAnna: B.\n\nANNA: C.\n\nANNA: C.\n");
    assert!(imported.problems.iter().any(|p| p.what.contains("count as two speakers")));
}

#[test]
fn whisper_and_other_labels_are_read() {
    assert_eq!(shown("SPEAKER_00: A.\nSPEAKER_01: B.\n"), "name-colon SPEAKER_00||A. SPEAKER_01||B.");
    assert_eq!(shown("[R1]: A.\n\n[I]: B.\n"), "name-colon [R1]||A. [I]||B.");
    assert_eq!(
        shown("Jan van der Berg (CEO): A.\n\nI: B.\n\nJan van der Berg (CEO): C."),
        "name-colon Jan van der Berg (CEO)||A. I||B. Jan van der Berg (CEO)||C."
    );
}
