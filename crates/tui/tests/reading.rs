//! Reading in comfort: the width of the text, what is numbered, how much is coded.

use tui::desk::Progress;
use tui::fixture::{Stage, act, code, desk, document};
use verbatim_tui as tui;

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
