//! What keys do, as text: a transcript with marks, keys, the transcript that follows.
//!
//! `|` is the cursor, `⟦ ⟧` the selection, `‹code: ›` a coding.

use tui::actions::{Action, Mouse};
use tui::app::Effect;
use tui::desk::Progress;
use tui::fixture::{Stage, act, code, coding, desk, document};
use tui::strings::language::Language;
use verbatim_tui as tui;

const TALK: &str = "Interviewer: Hoe gaat |het? Vertel.\n\nAnna: Goed, dr. Jansen. Echt waar.\n\nInterviewer: En nu?\n\nAnna: Niets.\n";

fn after(keys: &str) -> String {
    let mut stage = Stage::with(TALK);
    stage.press(keys);
    stage.marked()
}

fn line(keys: &str, turn: usize) -> String {
    after(keys).split("\n\n").nth(turn).unwrap_or_default().trim_end().to_owned()
}

#[test]
fn sentences_are_selected_one_after_another() {
    assert_eq!(line("s", 0), "Interviewer: ⟦|Hoe gaat het?⟧ Vertel.");
    assert_eq!(line("s s", 0), "Interviewer: Hoe gaat het? ⟦|Vertel.⟧");
    assert_eq!(line("s s s", 1), "Anna: ⟦|Goed, dr. Jansen.⟧ Echt waar.");
    assert_eq!(line("s s s S", 0), "Interviewer: Hoe gaat het? ⟦|Vertel.⟧");
    assert_eq!(line("s e", 0), "Interviewer: ⟦|Hoe gaat het? Vertel.⟧");
    assert_eq!(line("s e E", 0), "Interviewer: ⟦|Hoe gaat het?⟧ Vertel.");
}

#[test]
fn words_turns_and_questions_are_selected() {
    assert_eq!(line("w", 0), "Interviewer: Hoe gaat ⟦|het⟧? Vertel.");
    assert_eq!(line("w w", 0), "Interviewer: Hoe gaat het? ⟦|Vertel⟧.");
    assert_eq!(line("w W", 0), "Interviewer: Hoe ⟦|gaat⟧ het? Vertel.");
    assert_eq!(line("t", 0), "Interviewer: ⟦|Hoe gaat het? Vertel.⟧");
    assert_eq!(line("t t", 1), "Anna: ⟦|Goed, dr. Jansen. Echt waar.⟧");
    assert_eq!(line("t t [", 0), "Interviewer: ⟦|Hoe gaat het? Vertel.⟧");
    assert!(after("Q").contains("⟦|Hoe gaat het? Vertel.\n\nAnna: Goed, dr. Jansen. Echt waar.⟧\n"));
    assert!(after("Q Q").contains("⟦|En nu?\n\nAnna: Niets.⟧"));
}

#[test]
fn a_free_selection_follows_every_motion() {
    assert_eq!(line("v right right", 0), "Interviewer: Hoe gaat ⟦he|t⟧? Vertel.");
    assert_eq!(line("v s", 0), "Interviewer: Hoe gaat ⟦het|?⟧ Vertel.");
    assert_eq!(line("v s s", 0), "Interviewer: Hoe gaat ⟦het? Vertel|.⟧");
    assert_eq!(line("v w w", 0), "Interviewer: Hoe gaat ⟦het? Verte|l⟧.");
    assert_eq!(line("v left left left left", 0), "Interviewer: Hoe g⟦|aat h⟧et? Vertel.");
    assert_eq!(line("v v", 0), "Interviewer: Hoe gaat |het? Vertel.");
    assert_eq!(line("s esc", 0), "Interviewer: |Hoe gaat het? Vertel.");
}

#[test]
fn a_digit_codes_the_sentence_or_the_selection() {
    assert_eq!(line("1", 0), "Interviewer: ‹internal-mobility: Hoe gaat |het?› Vertel.");
    assert_eq!(line("t 5", 0), "Interviewer: ‹training: ⟦|Hoe gaat het? Vertel.›⟧");
    assert_eq!(
        line("5 5", 0),
        "Interviewer: ‹training: Hoe gaat |het?› Vertel.",
        "the same coding is not made twice"
    );
    assert_eq!(line("5 s s .", 0), "Interviewer: ‹training: Hoe gaat het?› ‹training: ⟦|Vertel.›⟧");
    let mut stage = Stage::with(TALK);
    stage.press("8");
    assert!(stage.app.message.as_ref().is_some_and(|m| m.alarm && m.text.contains("no code has the key 8")));
}

#[test]
fn undo_says_what_it_undoes() {
    let mut stage = Stage::with(TALK);
    stage.press("j 5");
    assert_eq!(stage.app.undo.as_deref(), Some("Training on turn 2"));
    stage.press("u");
    assert!(stage.app.message.as_ref().is_some_and(|m| m.text.starts_with("undone: Training on turn 2")));
    assert!(!stage.marked().contains('‹'));
    stage.press("U");
    assert!(stage.marked().contains("‹training: "));
    stage.press("x");
    assert!(!stage.marked().contains('‹'));
    assert_eq!(stage.app.undo.as_deref(), Some("removing Training from turn 2"));
    stage.press("u");
    assert!(stage.marked().contains("‹training: "), "undoing a removal brings the coding back");
    assert_eq!(stage.app.desk.as_ref().map(|d| d.passages(3)), Some(1));
}

#[test]
fn uncoded_turns_are_those_of_respondents() {
    assert!(line("n", 1).starts_with("Anna: |Goed"));
    assert!(line("n n", 3).starts_with("Anna: |Niets"));
    assert!(line("n 5 g n", 3).starts_with("Anna: |Niets"), "a coded turn is passed over");
    assert!(line("n n N", 1).starts_with("Anna: |Goed"));
}

#[test]
fn done_lists_the_fixed_codes_and_can_be_taken_back() {
    let mut stage = Stage::with(TALK);
    let progress = |s: &Stage| s.app.desk.as_ref().map(|d| d.progress[0]);
    assert_eq!(progress(&stage), Some(Progress::ToDo));
    stage.press("5");
    assert_eq!(progress(&stage), Some(Progress::Begun));
    stage.press("D");
    assert_eq!(progress(&stage), Some(Progress::Done));
    assert!(stage.app.message.as_ref().is_some_and(|m| m.text.contains("4 fixed codes")));
    stage.press("D");
    assert_eq!(progress(&stage), Some(Progress::Begun));
    stage.press("u");
    assert_eq!(progress(&stage), Some(Progress::Done));
}

#[test]
fn what_done_means_is_told_in_full_at_any_width() {
    for (language, zeros, open) in [
        (Language::En, "without a passage here counts as 0", "without a passage here is \"not done\""),
        (Language::Nl, "waar geen fragment staat, telt het als 0", "zonder fragment is hier \"niet gereed\""),
    ] {
        for width in [60, 80, 100] {
            let mut desk = desk(vec![document("een", TALK)]);
            let mut more: Vec<_> =
                (4..55).map(|n| code(&format!("c-{n}"), None, "C", "C", "", None)).collect();
            let provisional = serde_json::json!({ "kind": "code-added", "code": "new", "codebook": "book" });
            more.push(serde_json::from_value(provisional).expect("a change"));
            desk.take(act(3, "anna", "codebook", more));
            let mut stage = Stage::new(desk, width, 24);
            stage.app.language = language;
            stage.press("5 D");
            let screen = stage.screen().split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(screen.contains("55") && screen.contains(zeros), "{width}: {screen}");
            stage.press("D");
            let screen = stage.screen().split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(screen.contains(open), "{width}: {screen}");
        }
    }
}

#[test]
fn undo_has_room_in_the_footer_of_a_narrow_screen() {
    for (language, undo, again) in
        [(Language::En, "u undo", ". again"), (Language::Nl, "u ongedaan", ". weer")]
    {
        let mut stage = Stage::new(desk(vec![document("een", TALK)]), 60, 15);
        stage.app.language = language;
        stage.press("3");
        let screen = stage.screen();
        assert!(screen.contains(undo) && screen.contains(again), "{screen}");
    }
}

#[test]
fn a_search_changes_what_n_means_until_esc() {
    let mut stage = Stage::with(TALK);
    stage.press("/").type_in("JANSEN").press("enter");
    assert!(stage.marked().contains("dr. |Jansen"));
    stage.press("n");
    assert!(stage.marked().contains("dr. |Jansen"), "around the end to the only hit");
    stage.press("esc n");
    assert!(stage.marked().contains("Anna: |Niets"));
    stage.press("/").type_in("nergens").press("enter");
    assert!(stage.app.reader.find.is_none());
}

#[test]
fn the_palette_applies_one_code_or_several() {
    let mut stage = Stage::with(TALK);
    stage.press("c").type_in("opleid").press("enter");
    assert!(stage.marked().contains("‹training: Hoe gaat"));
    stage.press("s s c tab tab enter");
    assert_eq!(stage.marked().matches('‹').count(), 3);
    assert_eq!(stage.app.layers.len(), 0);
}

#[test]
fn a_new_code_is_provisional_and_undone_apart_from_its_coding() {
    let mut stage = Stage::with(TALK);
    stage.press("c").type_in("Vaste kern").press("ctrl-n").type_in("terms").press("enter enter enter");
    assert!(stage.marked().contains("‹vaste-kern: Hoe gaat"), "{}", stage.marked());
    let code = |s: &Stage| s.app.desk.as_ref().and_then(|d| d.coded.codebook.get("vaste-kern").cloned());
    assert_eq!(code(&stage).and_then(|c| c.parent).as_deref(), Some("terms"));
    stage.press("u");
    assert!(!stage.marked().contains('‹') && code(&stage).is_some());
    stage.press("u");
    assert!(code(&stage).is_none());
}

#[test]
fn other_coders_codings_are_shown_on_request_and_stay() {
    let text = TALK.replace('|', "");
    let d = document("een", &text);
    let span = model::span::Span::new(13, 26);
    let change = coding(&d, span, "training");
    let mut desk = desk(vec![d]);
    desk.take(act(50, "bea", "code", vec![change]));
    let mut stage = Stage::new(desk, 100, 30);
    assert!(!stage.marked().contains('«'));
    assert_eq!(stage.app.reader.marks.hidden, 1);
    stage.press("o");
    assert!(stage.marked().contains("«training: "));
    stage.press("x");
    assert!(stage.marked().contains("«training: "));
    assert!(stage.app.message.as_ref().is_some_and(|m| m.text.contains("bea")));
}

#[test]
fn the_mouse_places_drags_and_clicks_by_unit() {
    let mut stage = Stage::with(TALK);
    let text = stage.app.geometry().text;
    let at = |x: u16, row: u16| (text.x + x, text.y + row);
    let (x, y) = at(4, 1);
    stage.act(&Action::Mouse(Mouse::Press(x, y, 1)));
    assert!(stage.marked().contains("Hoe |gaat"));
    stage.act(&Action::Mouse(Mouse::Press(x, y, 2)));
    assert!(stage.marked().contains("Hoe ⟦|gaat⟧"));
    stage.act(&Action::Mouse(Mouse::Press(x, y, 3)));
    assert!(stage.marked().contains("⟦|Hoe gaat het?⟧"));
    stage.act(&Action::Mouse(Mouse::Press(x, y, 1)));
    stage.act(&Action::Mouse(Mouse::Drag(x + 7, y)));
    assert!(stage.marked().contains("Hoe ⟦gaat he|t⟧"), "{}", stage.marked());
}

#[test]
fn esc_goes_one_step_back_and_q_leaves() {
    let mut stage = Stage::with(TALK);
    stage.press("tab ?");
    assert_eq!(stage.app.layers.len(), 1);
    stage.press("esc");
    assert_eq!(stage.app.layers.len(), 0);
    stage.press("esc s esc esc esc");
    assert!(!stage.app.leaving && stage.app.reader.selection.is_none());
    stage.press("q");
    assert!(stage.app.leaving);
}

#[test]
fn leaving_while_something_is_not_saved_is_said_once() {
    let mut stage = Stage::with(TALK);
    tui::update::outcome::take(
        &mut stage.app,
        tui::app::Outcome::NotSaved { why: "the disk is full".into(), waiting: 2 },
    );
    stage.press("q");
    assert!(!stage.app.leaving);
    stage.press("q");
    assert!(stage.app.leaving);
}

#[test]
fn the_start_screen_asks_what_a_study_needs() {
    let mut stage = Stage::empty(80, 24);
    stage.app.login = Some("anna".into());
    tui::update::start(&mut stage.app);
    stage
        .press("enter")
        .type_in("/tmp/nieuw")
        .press("enter enter")
        .press("ctrl-u")
        .type_in("book.json")
        .press("enter enter")
        .type_in("bakery")
        .press("enter");
    let expected = Effect::New {
        folder: "/tmp/nieuw".into(),
        coder: "anna".into(),
        codebook: "book.json".into(),
        languages: "en".into(),
        case_label: "bakery".into(),
    };
    assert_eq!(stage.asked, [expected]);
    tui::update::outcome::take(&mut stage.app, tui::app::Outcome::Refused("no such file".into()));
    assert!(stage.screen().contains("no such file"));
    stage.press("esc esc esc esc esc");
    assert_eq!(stage.app.layers.len(), 1, "the start screen stays");
    stage.act(&Action::Paste("file:///a%20b".into()));
    stage.press("enter");
    assert_eq!(stage.asked.last(), Some(&Effect::Open("/a b".into())));
}

#[test]
fn an_empty_study_takes_a_pasted_path() {
    let mut stage = Stage::new(desk(vec![]), 80, 24);
    assert!(stage.screen().contains("no documents yet"));
    stage.act(&Action::Paste("'/a b/c.txt'".into()));
    stage.press("enter").type_in("De Korst").press("enter");
    assert_eq!(stage.asked, [Effect::Import { path: "/a b/c.txt".into(), case: "De Korst".into() }]);
}

#[test]
fn a_new_study_speaks_the_language_of_the_screen() {
    let mut stage = Stage::empty(80, 24);
    stage.app.language = Language::Nl;
    stage.app.login = Some("anna".into());
    tui::update::start(&mut stage.app);
    stage.press("enter").type_in("/tmp/nieuw").press("enter enter enter");
    assert!(stage.screen().contains("Taal        nl"), "{}", stage.screen());
    // Down: in Dutch and in English; the second word for a case after none.
    stage.press("down enter down down enter");
    let Some(Effect::New { languages, case_label, .. }) = stage.asked.last() else {
        panic!("{:?}", stage.asked)
    };
    assert_eq!((languages.as_str(), case_label.as_str()), ("nl,en", "team"));
}

#[test]
fn sizes_down_to_nothing_do_no_harm() {
    let mut stage = Stage::with(TALK);
    stage.press("5 s");
    for (w, h) in [(0, 0), (1, 1), (5, 3), (20, 2), (300, 100), (60, 15), (33, 7)] {
        stage.act(&Action::Resize(w, h));
        for keys in ["j", "s", "c", "esc", "?", "esc", "T", "esc", "/", "esc", "tab", "tab", "tab", "G", "g"]
        {
            stage.press(keys);
            let _ = stage.screen();
        }
    }
    stage.act(&Action::Resize(100, 30));
    assert!(stage.screen().contains("Goed, dr. Jansen."));
}

#[test]
fn shift_with_an_arrow_selects_as_elsewhere() {
    assert_eq!(line("shift-right", 0), "Interviewer: Hoe gaat ⟦|h⟧et? Vertel.");
    assert_eq!(line("shift-right shift-right shift-right", 0), "Interviewer: Hoe gaat ⟦he|t⟧? Vertel.");
    assert_eq!(line("shift-right shift-right shift-left", 0), "Interviewer: Hoe gaat ⟦|h⟧et? Vertel.");
    assert_eq!(line("shift-right shift-left", 0), "Interviewer: Hoe gaat |het? Vertel.");
    assert_eq!(line("shift-left shift-left", 0), "Interviewer: Hoe gaa⟦|t ⟧het? Vertel.");
    assert_eq!(line("shift-left shift-right", 0), "Interviewer: Hoe gaat |het? Vertel.");
    assert_eq!(line("ctrl-shift-right", 0), "Interviewer: Hoe gaat ⟦he|t⟧? Vertel.");
    assert_eq!(line("ctrl-shift-right ctrl-shift-right", 0), "Interviewer: Hoe gaat ⟦het? Verte|l⟧.");
    assert_eq!(line("ctrl-shift-left", 0), "Interviewer: Hoe ⟦|gaat ⟧het? Vertel.");
    // The end of what is selected moves.
    assert_eq!(line("s shift-right shift-right", 0), "Interviewer: ⟦Hoe gaat het? |V⟧ertel.");
    assert_eq!(line("s shift-left", 0), "Interviewer: ⟦Hoe gaat he|t⟧? Vertel.");
    // A motion without Shift drops it, and a code takes it.
    assert_eq!(line("shift-right shift-right right", 0), "Interviewer: Hoe gaat he|t? Vertel.");
    assert_eq!(line("shift-right shift-right 5", 0), "Interviewer: Hoe gaat ‹training: ⟦h|e›⟧t? Vertel.");
    // With v every motion goes on.
    assert_eq!(line("v shift-right right", 0), "Interviewer: Hoe gaat ⟦he|t⟧? Vertel.");
}

#[test]
fn shift_selects_by_lines_and_never_half_a_letter() {
    let mut stage = Stage::with("Anna: een |twee\ndrie vier\n\nBram: e\u{301}e\u{301}n 👩‍👩‍👧.\n");
    stage.press("shift-down");
    assert!(stage.marked().contains("een ⟦twee\ndrie| ⟧vier"), "{}", stage.marked());
    stage.press("shift-up shift-up");
    assert!(stage.marked().contains("een ⟦|t⟧wee"), "{}", stage.marked());
    let mut stage = Stage::with("Anna: Ja.\n\nBram: |x\u{301}x\u{301}n 👩‍👩‍👧.\n");
    stage.press("shift-right");
    assert!(stage.marked().contains("⟦|x\u{301}⟧x\u{301}n"), "{}", stage.marked());
    stage.press("shift-right shift-right shift-right shift-right");
    assert!(stage.marked().contains("⟦x\u{301}x\u{301}n |👩‍👩‍👧⟧."), "{}", stage.marked());
}

#[test]
fn shift_where_it_means_nothing_is_the_arrow() {
    let mut stage = Stage::with(TALK);
    stage.press("tab shift-down");
    assert_ne!(stage.app.code, 0);
}
