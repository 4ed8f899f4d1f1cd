//! Reading in comfort: the width of the text, what is numbered, how much is coded.

use tui::fixture::Stage;
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
