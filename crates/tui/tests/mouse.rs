//! The mouse in lists: a click puts at hand, a double click is Enter, the wheel scrolls.

use tui::actions::{Action, Mouse};
use tui::fixture::{Stage, act, coding, desk, document, primary};
use tui::layers::Layer;
use verbatim_tui as tui;

const TALK: &str = "Interviewer: Hoe gaat het?\n\nAnna: Goed. Wij leren veel.\n";

/// Twelve documents of twelve cases, each coded with training and terms, by acts of their own.
fn stage() -> Stage {
    let documents: Vec<_> = (0..12).map(|i| document(&format!("d{i:02}"), TALK)).collect();
    let made: Vec<_> = documents
        .iter()
        .flat_map(|d| {
            [
                coding(d, tui::fixture::at(d, "Goed."), "terms"),
                coding(d, tui::fixture::at(d, "Wij leren veel."), "training"),
            ]
        })
        .collect();
    let mut desk = desk(documents);
    for (i, change) in made.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    desk.take(act(60, "anna", "primary", vec![primary("anna")]));
    Stage::new(desk, 100, 20)
}

/// The cell where a text stands on the screen, for the n-th time from above.
fn cell(stage: &Stage, text: &str, nth: usize) -> (u16, u16) {
    let screen = stage.screen();
    let drawn = screen.lines().take(usize::from(stage.app.size.1)).enumerate();
    let mut found = drawn.filter_map(|(y, line)| {
        let x = line.split(text).next().filter(|before| before.len() < line.len())?.chars().count();
        Some((x as u16, y as u16))
    });
    found.nth(nth).unwrap_or_else(|| panic!("no {text} on {screen}"))
}

fn click(stage: &mut Stage, text: &str, nth: usize, times: u8) {
    let (x, y) = cell(stage, text, nth);
    for n in 1..=times {
        stage.act(&Action::Mouse(Mouse::Press(x, y, n)));
    }
}

fn wheel(stage: &mut Stage, down: bool) {
    stage.act(&Action::Mouse(Mouse::Wheel(30, 8, down)));
}

fn at(stage: &mut Stage) -> usize {
    stage.app.layers.last_mut().and_then(Layer::place).map(|p| *p.at).expect("a list")
}

/// The screen without what tells about the item at hand.
fn lines(stage: &Stage, from: usize, to: usize) -> Vec<String> {
    stage.screen().lines().skip(from).take(to - from).map(str::to_owned).collect()
}

#[test]
fn a_click_puts_the_act_at_hand_and_the_list_stays_where_it_is() {
    let mut stage = stage();
    stage.press("H G");
    let before = lines(&stage, 2, 8);
    let last = at(&mut stage);
    click(&mut stage, "12:00", 2, 1);
    assert!(at(&mut stage) < last);
    assert_eq!(lines(&stage, 2, 8), before, "nothing scrolled");
    let (_, y) = cell(&stage, "12:00", 2);
    click(&mut stage, "12:00", 2, 2);
    assert_eq!(cell(&stage, "12:00", 2).1, y);
    assert!(stage.said().starts_with("undone") || stage.screen().contains("undone"), "{}", stage.screen());
}

#[test]
fn the_wheel_scrolls_and_the_cursor_stays_as_long_as_it_can_be_seen() {
    let mut stage = stage();
    stage.press("H");
    wheel(&mut stage, true);
    assert_eq!(at(&mut stage), 3, "the first one on the screen now");
    click(&mut stage, "12:00", 4, 1);
    let here = at(&mut stage);
    wheel(&mut stage, true);
    assert_eq!(at(&mut stage), here);
    wheel(&mut stage, false);
    wheel(&mut stage, false);
    wheel(&mut stage, false);
    assert_eq!(at(&mut stage), here);
    // Far down the list ends, and its last line stays.
    (0..30).for_each(|_| wheel(&mut stage, true));
    let top = lines(&stage, 1, 3);
    wheel(&mut stage, true);
    assert_eq!(lines(&stage, 1, 3), top);
}

#[test]
fn a_double_click_on_a_passage_goes_there() {
    let mut stage = stage();
    stage.press("tab tab R").type_in("training").press("enter");
    assert!(matches!(stage.app.layers.last(), Some(Layer::Passages(_))));
    // The text of a passage is the passage.
    click(&mut stage, "Wij leren veel.", 2, 1);
    assert_eq!(at(&mut stage), 2);
    click(&mut stage, "Wij leren veel.", 2, 2);
    assert!(stage.app.layers.is_empty());
    assert_eq!(stage.app.reader.document, Some(2));
}

#[test]
fn a_double_click_on_a_cell_opens_it() {
    let mut stage = stage();
    stage.press("T");
    let screen = stage.screen();
    let row = screen.lines().position(|l| l.contains("Case 4")).expect("a row") as u16;
    let Some(Layer::Table(table)) = stage.app.layers.last() else { panic!("no table") };
    let training = table.numbers.as_ref().expect("numbers").codes.iter().position(|c| c.id == "training");
    // The last number before the column that tells what is done.
    let line: Vec<char> = screen.lines().nth(row.into()).expect("a row").chars().take(90).collect();
    let x = line.iter().rposition(|c| *c == '1').expect("a number") as u16;
    stage.act(&Action::Mouse(Mouse::Press(x, row, 1)));
    let Some(Layer::Table(table)) = stage.app.layers.last() else { panic!("no table") };
    assert_eq!((table.row, Some(table.column)), (4, training));
    stage.act(&Action::Mouse(Mouse::Press(x, row, 2)));
    assert!(matches!(stage.app.layers.last(), Some(Layer::Passages(l)) if l.rows.len() == 1));
}

#[test]
fn a_click_beside_the_list_changes_nothing() {
    let mut stage = stage();
    stage.press("H j j");
    stage.act(&Action::Mouse(Mouse::Press(0, 0, 1)));
    stage.act(&Action::Mouse(Mouse::Press(0, 0, 2)));
    assert_eq!(at(&mut stage), 2);
    assert_eq!(stage.asked, []);
}

#[test]
fn codebook_palette_and_menu_hear_the_mouse() {
    let mut stage = stage();
    stage.press("B");
    click(&mut stage, "Training", 0, 1);
    let Some(Layer::Book(book)) = stage.app.layers.last() else { panic!("no codebook") };
    let place = book.place();
    let desk = stage.app.desk.as_ref().expect("a desk");
    assert_eq!(place, desk.coded.codebook.position("training"));
    // The code at hand is what the next key is about.
    stage.press("esc");
    assert_eq!(Some(stage.app.code), place);
    let mut stage = self::stage();
    stage.press("} c");
    click(&mut stage, "Training", 0, 2);
    assert!(stage.app.layers.is_empty());
    assert!(stage.marked().contains("‹training: |Goed."), "{}", stage.marked());
    let mut stage = self::stage();
    stage.press("m");
    assert!(matches!(stage.app.layers.last(), Some(Layer::Menu(_))));
    click(&mut stage, "document", 0, 1);
    assert!(matches!(stage.app.layers.last(), Some(Layer::Write(_))), "{}", stage.screen());
}
