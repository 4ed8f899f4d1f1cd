//! Reading in comfort: the width of the text, what is numbered, how much is coded.

use tui::desk::Progress;
use tui::fixture::{Stage, act, code, desk, document};
use verbatim_tui as tui;

mod common;

const TALK: &str = "Interviewer: Hoe gaat |het? Vertel.\n\nAnna: Goed, dr. Jansen. Echt waar.\n\nInterviewer: En nu?\n\nAnna: Niets.\n";

/// The gutter's cells, row by row, without air.
fn gutter(stage: &Stage) -> Vec<String> {
    let area = stage.app.geometry().gutter;
    let screen = stage.screen();
    let cells =
        |line: &str| line.chars().skip(usize::from(area.x)).take(usize::from(area.width)).collect::<String>();
    let rows = screen.lines().skip(usize::from(area.y)).take(usize::from(area.height)).map(cells);
    rows.map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect()
}

#[test]
fn turns_or_lines_or_nothing_is_numbered() {
    let mut stage = Stage::with(TALK);
    assert_eq!(gutter(&stage), ["1", "2", "3", "4"]);
    stage.press("#");
    // The text file has a blank line between turns.
    assert_eq!(gutter(&stage), ["1", "3", "5", "7"]);
    assert!(stage.app.message.as_ref().is_some_and(|m| m.text.contains("lines")));
    let width = stage.app.geometry().text.width;
    stage.press("#");
    assert_eq!(gutter(&stage), Vec::<String>::new());
    assert!(stage.app.geometry().text.width > width, "the numbers' room goes to the text");
    stage.press("#");
    assert_eq!(gutter(&stage), ["1", "2", "3", "4"]);
}

#[test]
fn the_coded_share_is_of_counted_words() {
    let mut stage = Stage::with(TALK);
    // The interviewer's words are none of the six that count.
    stage.press("5");
    assert!(stage.screen().contains("· 0 % of words coded"), "{}", stage.screen());
    // "Goed, dr. Jansen." holds three of them.
    stage.press("n 5");
    assert!(stage.screen().contains("· 50 % of words coded"), "{}", stage.screen());
}

#[test]
fn what_is_next_is_shown_and_said() {
    let first = document("een", &TALK.replace('|', ""));
    let second = document("twee", "Anna: Ja.\n\nBram: Nee.\n");
    let mut stage = Stage::new(desk(vec![first, second]), 100, 30);
    let said = |s: &Stage| s.app.message.as_ref().map(|m| m.text.clone()).unwrap_or_default();
    let progress = |s: &Stage| s.app.desk.as_ref().map(|d| d.progress.clone()).unwrap_or_default();
    stage.press(";");
    assert!(stage.marked().contains("Anna: |Goed"), "the open document is to do: its first uncoded turn");
    stage.press("5 ;");
    assert!(stage.marked().contains("Anna: |Niets"), "it is begun: the next one");
    stage.press("5 s s ;");
    assert!(said(&stage).contains("D marks it as done"), "{}", said(&stage));
    stage.press("D ;");
    assert_eq!(stage.app.reader.document, Some(1));
    assert!(said(&stage).contains("twee is the next to do"), "{}", said(&stage));
    stage.press("D ;");
    assert_eq!(said(&stage), "all documents are done");
    assert_eq!(progress(&stage), [Progress::Done, Progress::Done]);
    // A new fixed code reopens both; the first in the list comes first.
    let desk = stage.app.desk.as_mut().expect("a desk");
    desk.take(act(90, "anna", "codebook", vec![code("pay", None, "Pay", "Loon", "", None)]));
    stage.press(";");
    assert!(said(&stage).contains("is reopened: read for Pay; then D"), "{}", said(&stage));
    stage.press("tab tab");
    assert!(stage.screen().contains("○ 0 to do · ◐ 0 begun · ● 0 done · ↻ 2 reopened"));
}

/// The line that tells about the coding under the cursor, in so many columns.
fn status(width: u16, note: &str) -> String {
    let mut stage = Stage::with(TALK);
    stage.act(&tui::actions::Action::Resize(width, 24));
    stage.press("n 3 a n").type_in(note).press("ctrl-s");
    stage.app.message = None;
    let screen = stage.screen();
    screen.lines().nth(22).unwrap_or_default().to_owned()
}

#[test]
fn code_coder_and_note_are_told_before_all_else() {
    let note = "says so twice, and laughs about it both times";
    for (width, told) in [
        (60, "turn 2 · Terms of employ… · anna · \"says so"),
        (80, "Terms of employment · anna · \"says so twice"),
        (100, "Terms of employment · anna · \"says so twice, and laughs …\" "),
        (120, "Terms of employment · anna · \"says so twice, and laughs about it both…\" "),
    ] {
        let line = status(width, note);
        assert!(line.contains(told), "{width}: {line}");
        assert!(line.trim_end().ends_with('─') && line.contains(" % "), "{width}: {line}");
    }
    // What fits besides is told behind them: when it was made.
    assert!(status(120, "short").contains("anna · \"short\" · 2026-11-22 "), "{}", status(120, "short"));
}

#[test]
fn when_a_coding_was_made_is_told_before_what_holds_by_default() {
    let line = |width: u16| {
        let mut stage = common::stage(width, 24);
        stage.press("s");
        stage.screen().lines().nth(22).unwrap_or_default().to_owned()
    };
    assert!(line(120).contains("Training · anna · status: now · 2026-11-22 12:00 "), "{}", line(120));
    assert!(line(84).contains("Training · anna · 2026-11-22 "), "{}", line(84));
}

#[test]
fn how_far_the_cursor_is_goes_by_characters() {
    let mut stage = Stage::with(TALK);
    let through = |stage: &Stage| {
        let screen = stage.screen();
        let line = screen.lines().nth(28).unwrap_or_default().to_owned();
        line.rsplit("at ").next().and_then(|l| l.split(' ').next()).map(str::to_owned)
    };
    // "Niets." begins at 91 of 97 characters with the line's end behind them.
    let len = TALK.chars().count() - 1;
    let at = TALK.replace('|', "").find("Niets").expect("it is there");
    stage.app.reader.go(at as u32);
    assert_eq!(through(&stage), Some((at * 100 / (len - 1)).to_string()));
    stage.press("G");
    assert_eq!(through(&stage), Some("100".to_owned()));
    stage.app.reader.go(0);
    assert_eq!(through(&stage), Some("0".to_owned()));
}
