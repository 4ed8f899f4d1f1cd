//! Menus of keys that follow a prefix: what they show, and where the key goes.

use tui::actions::{Action, Context};
use tui::fixture::Stage;
use verbatim_tui as tui;

const TALK: &str =
    "Interviewer: Hoe gaat |het? Vertel.\n\nAnna: Goed, dr. Jansen. Echt waar.\n\nInterviewer: En nu?\n";

#[test]
fn a_menu_shows_the_keys_of_its_context_and_passes_the_key_on() {
    let mut stage = Stage::with(TALK);
    stage.act(&Action::Resize(130, 44));
    stage.act(&Action::Menu(Context::Panes));
    assert_eq!(stage.app.layers.len(), 1);
    let screen = stage.screen();
    assert!(screen.contains("Transcript, documents and codebook"), "{screen}");
    assert!(screen.contains("search in the document"), "{screen}");
    stage.press("o");
    assert_eq!(stage.app.layers.len(), 0);
    assert!(stage.app.others, "the key did what it does without the menu");
}

#[test]
fn esc_closes_a_menu_and_a_key_without_a_meaning_leaves_it() {
    let mut stage = Stage::with(TALK);
    stage.press("s");
    stage.act(&Action::Menu(Context::Panes));
    stage.press("ctrl-y");
    assert_eq!(stage.app.layers.len(), 1);
    stage.press("esc");
    assert_eq!(stage.app.layers.len(), 0);
    assert!(stage.app.reader.selection.is_some(), "Esc went one step back, not two");
}

#[test]
fn a_menu_over_a_layer_leaves_the_key_to_that_layer() {
    let mut stage = Stage::with(TALK);
    stage.press("5 T");
    stage.app.layers.push(tui::layers::Layer::Menu(tui::layers::menu::Menu::new(Context::Table)));
    let heading = |s: &Stage| s.screen().lines().next().unwrap_or_default().to_owned();
    assert!(heading(&stage).contains("passages"));
    stage.press("r");
    assert_eq!(stage.app.layers.len(), 1, "the table stays");
    assert!(heading(&stage).contains("codings"), "{}", heading(&stage));
}

#[test]
fn a_menu_folds_into_sixty_columns() {
    let mut stage = Stage::with(TALK);
    stage.act(&Action::Resize(60, 15));
    stage.press("5 a");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn a_menu_at_120() {
    let mut stage = Stage::with(TALK);
    stage.act(&Action::Resize(120, 36));
    stage.press("5 a");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn a_key_is_never_left_out_for_lack_of_room() {
    let mut stage = Stage::with(TALK);
    stage.act(&Action::Resize(60, 15));
    stage.act(&Action::Menu(Context::Editor));
    let screen = stage.screen();
    let all = tui::actions::defs().filter(|d| d.contexts.contains(&Context::Editor));
    for def in all {
        assert!(screen.contains(&def.shown()), "{}: {screen}", def.shown());
    }
}
