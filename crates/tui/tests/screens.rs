//! The screens as a researcher sees them, with a map of styles below each.

use tui::fixture::{Stage, act, at, coding, desk, document};
use verbatim_tui as tui;

/// An interview with overlapping codings, so that every part of the screen has something to show.
fn stage(width: u16, height: u16) -> Stage {
    let text = "Interviewer: En als het ineens druk wordt, wat doet u dan?\n\n\
        HR-manager: Dan staat de helft van kantoor op de kade. Dat is geen straf, dat hoort er hier gewoon bij. We hebben daar een poule voor, mensen die zich opgeven en dan een week of drie meedraaien op een andere locatie.\n\n\
        Interviewer: En de mensen die ingehuurd zijn?\n\n\
        HR-manager: Ja, die niet. Die vallen eigenlijk overal buiten. Maar drs. De Wit zegt 漢字 en e\u{301}e\u{301}n 👩‍👩‍👧 erbij, en \u{202e}dit\u{202c} ook.\n";
    let first = document("07-havenbedrijf", text);
    let at = |needle: &str| at(&first, needle);
    let whole =
        at("Dan staat de helft van kantoor op de kade. Dat is geen straf, dat hoort er hier gewoon bij.");
    let pool = at(
        "We hebben daar een poule voor, mensen die zich opgeven en dan een week of drie meedraaien op een andere locatie.",
    );
    let inner = at("Dat is geen straf, dat hoort er hier gewoon bij.");
    let changes = vec![
        coding(&first, whole, "internal-mobility"),
        coding(&first, inner, "terms"),
        coding(&first, pool, "flex-pool"),
    ];
    let mut others: Vec<_> = ["03-van-der-laan", "11-ziekenhuis-zuid", "04-bank-oost"]
        .into_iter()
        .map(|id| document(id, "Anna: Ja.\n"))
        .collect();
    others[0].title = "Van der Laan".into();
    let mut all = vec![first];
    all.append(&mut others);
    let mut desk = desk(all);
    desk.name = "flexicurity-demo".into();
    for (i, change) in changes.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    let mut stage = Stage::new(desk, width, height);
    tui::update::outcome::take(&mut stage.app, tui::app::Outcome::Saved("14:02:11".into()));
    stage
}

#[test]
fn coding_at_120() {
    let mut stage = stage(120, 40);
    stage.press("j j s");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn coding_at_200() {
    let mut stage = stage(200, 60);
    stage.press("j j s");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn coding_at_80() {
    let mut stage = stage(80, 24);
    stage.press("j j j");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn coding_at_60() {
    let mut stage = stage(60, 15);
    stage.press("j j j");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn a_folded_pane_with_the_keys_lies_over_the_text() {
    let mut stage = stage(60, 15);
    stage.press("tab");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn palette_at_80() {
    let mut stage = stage(80, 24);
    stage.press("s c").type_in("mob");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn table_at_120() {
    let mut stage = stage(120, 40);
    stage.press("D T");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn help_at_80() {
    let mut stage = stage(80, 24);
    stage.press("?").type_in("select");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn start_at_80() {
    let mut stage = Stage::empty(80, 24);
    tui::update::start(&mut stage.app);
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn new_study_at_80() {
    let mut stage = Stage::empty(80, 24);
    stage.app.login = Some("anna".into());
    tui::update::start(&mut stage.app);
    stage.press("enter");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn empty_study_at_80() {
    let stage = Stage::new(desk(vec![]), 80, 24);
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn not_saved_and_searching_at_80() {
    let mut stage = stage(80, 24);
    tui::update::outcome::take(
        &mut stage.app,
        tui::app::Outcome::NotSaved { why: "the disk is full".into(), waiting: 1 },
    );
    stage.press("/").type_in("een").press("enter");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn nothing_from_a_file_is_a_control_sequence() {
    let mut d = document("esc", "Anna\u{1b}[31m: Ja.\n");
    d.title = "ti\u{1b}[2Jtle\u{9b}1m".into();
    d.kind = "\u{7}bell".into();
    let mut desk = desk(vec![d]);
    desk.name = "na\u{1b}]0;x\u{7}me".into();
    let mut stage = Stage::new(desk, 120, 40);
    for keys in ["j", "5", "c", "esc", "T", "esc", "?", "esc"] {
        stage.press(keys);
        assert!(!stage.screen().chars().any(|c| c.is_control() && c != '\n'), "{keys}");
    }
}
