//! Every screen at the sizes of a small window, a usual one and a wide one, with its styles.

use tui::fixture::Stage;
use verbatim_tui as tui;

mod common;

/// Sizes in columns and rows.
const SIZES: [(u16, u16); 3] = [(60, 15), (80, 24), (200, 60)];

/// Screens by name, and the keys that lead there.
const SCREENS: &[(&str, &str)] = &[
    ("reading", "t"),
    ("documents", "tab tab"),
    ("codebook-pane", "tab"),
    ("palette", "c t e"),
    ("find", "/ l e r e n"),
    ("help", "?"),
    ("question", "i"),
    ("about", "a"),
    ("recode", "r"),
    ("qualifiers", "="),
    ("memo-menu", "m"),
    ("cases", "a k"),
    ("memos", "m m T enter x ctrl-s M"),
    ("memo", "m s T i t l e enter W o r d s"),
    ("note", "a n"),
    ("history", "3 u H"),
    ("summaries", "F"),
    ("summary", "F enter"),
    ("table", "T"),
    ("table-all", "T a r"),
    ("passages", "R"),
    ("codebook", "B"),
    ("codebook-question", "B f"),
    ("codebook-qualifiers", "B Q 1"),
    ("walk", "B down down down w"),
    ("matrix", "X"),
    ("search", "f l e r e n enter"),
    ("query", "f l e r e n"),
    ("actions", "ctrl-p"),
    ("command", ": c h"),
    ("running", ": f r e q enter"),
    ("as-command", "3 ctrl-g"),
];

#[test]
fn every_screen_at_every_size() {
    for (width, height) in SIZES {
        for (name, keys) in SCREENS {
            let mut stage = common::stage(width, height);
            stage.press(keys);
            shown(&format!("{name}-at-{width}x{height}"), &stage, width);
        }
        let mut stage = Stage::empty(width, height);
        tui::update::start(&mut stage.app);
        shown(&format!("start-at-{width}x{height}"), &stage, width);
        stage.press("enter");
        shown(&format!("new-study-at-{width}x{height}"), &stage, width);
    }
}

/// The screen is as it was, and no line is longer than the terminal is wide.
fn shown(name: &str, stage: &Stage, width: u16) {
    let screen = stage.screen();
    for line in screen.lines().take_while(|l| !l.starts_with("--- styles")) {
        assert!(tui::safe::text_width(line) <= usize::from(width), "{name}: {line}");
    }
    insta::assert_snapshot!(name, screen);
}
