//! Tables other than that of frequencies as a researcher sees them, and the way into their cells.

use model::act::{Change, CodeChanged};
use model::name::Name;
use tui::fixture::{Stage, act, at, coding, desk, document, harbour, primary, setting};
use tui::layers::Layer;
use tui::layers::passages::Source;
use verbatim_tui as tui;

/// Fields that a codebook gives to a code.
fn fields(code: &str, fields: &serde_json::Value) -> Change {
    Change::CodeChanged(Box::new(CodeChanged {
        code: Name::new(code),
        fields: fields.as_object().cloned().expect("a map"),
        effect: None,
        reason: None,
    }))
}

/// Two interviews, a codebook that declares effects and groups, a code made while reading.
fn stage(width: u16, height: u16) -> Stage {
    stage_with(width, height, &[])
}

/// The same with more interviews, of which nothing is coded.
fn stage_with(width: u16, height: u16, more: &[&str]) -> Stage {
    let first = harbour();
    let mut second =
        document("03-van-der-laan", "Anna: Wij leren van elkaar. Ook van de flexwerkers, zeg ik altijd.\n");
    second.title = "Van der Laan".into();
    second.date = "2026-02-03".into();
    let at = |needle: &str| at(&first, needle);
    let changes = [
        coding(&first, at("Dat is geen straf, dat hoort er hier gewoon bij."), "terms"),
        coding(&first, at("We hebben daar een poule voor"), "flex-pool"),
        coding(&first, at("Dan staat de helft van kantoor op de kade."), "internal-mobility"),
        coding(&second, tui::fixture::at(&second, "Wij leren van elkaar."), "training"),
    ];
    let mut all = vec![first, second];
    all.extend(more.iter().map(|id| document(id, "Anna: Ja.\n")));
    let mut desk = desk(all);
    desk.name = "haven".into();
    let dimensions = serde_json::json!([
        {"id": "OF", "label": {"en": "Organisation flexibility", "nl": "Flexibiliteit organisatie"}},
        {"id": "JS", "label": {"en": "Job security", "nl": "Baanzekerheid"}}]);
    let rules = serde_json::json!([
        {"id": "both", "label": {"en": "both at once", "nl": "beide tegelijk"},
            "needs": [{"of": ["OF"], "at_least": 1}, {"of": ["JS"], "at_least": 1}]},
        {"id": "degree", "label": {"en": "degree", "nl": "graad"}, "counts": ["JS"]}]);
    let judgement = serde_json::json!({"note": {"en": "effects are the handbook's judgement",
        "nl": "effecten zijn het oordeel van het handboek"}});
    let groups = serde_json::json!([
        {"id": "people", "codes": ["internal-mobility", "training"]}, {"id": "pay", "codes": ["terms"]}]);
    let settings =
        [("dimensions", dimensions), ("rules", rules), ("judgement", judgement), ("groups", groups)];
    let mut book: Vec<Change> =
        settings.into_iter().map(|(k, v)| setting(&format!("codebook.book.{k}"), v)).collect();
    let effects =
        |of: &str, js: &str| serde_json::json!({"effects": {"OF": {"value": of}, "JS": {"value": js}}});
    book.push(fields("internal-mobility", &effects("+", "+")));
    book.push(fields("terms", &effects("-", "?")));
    book.push(fields("training", &serde_json::json!({"origin": "inductive"})));
    desk.take(act(10, "anna", "codebook", book));
    desk.take(act(11, "anna", "primary", vec![primary("anna")]));
    for (i, change) in changes.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    Stage::new(desk, width, height)
}

#[test]
fn the_menu_lists_the_tables() {
    let mut stage = stage(120, 36);
    stage.press("O");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn a_profile_at_120() {
    let mut stage = stage(120, 36);
    stage.press("O p");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn a_profile_at_80() {
    let mut stage = stage(80, 24);
    stage.press("O p down right right right right right right right");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn a_profile_at_60() {
    let mut stage = stage(60, 15);
    stage.press("O p tab");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn saturation_in_dutch() {
    let mut stage = stage(80, 24);
    stage.press("L O s");
    let screen = stage.screen();
    assert!(screen.contains("Verzadiging: nieuwe codes per interview"), "{screen}");
    insta::assert_snapshot!(screen);
}

#[test]
fn a_cell_opens_its_passages_and_comes_back() {
    let mut stage = stage(100, 30);
    // Up on organisation flexibility in the first case: the pool inherits from mobility.
    stage.press("O p enter");
    let Some(Layer::Passages(list)) = stage.app.layers.last() else { panic!("{}", stage.screen()) };
    assert!(matches!(list.source, Source::Behind { .. }));
    assert_eq!(list.rows.len(), 2);
    // Into the text and back to the same list, then to the table.
    stage.press("down enter");
    assert!(stage.app.layers.is_empty(), "{}", stage.screen());
    stage.press("backspace");
    assert!(matches!(stage.app.layers.last(), Some(Layer::Passages(_))), "{}", stage.screen());
    stage.press("esc");
    assert!(matches!(stage.app.layers.last(), Some(Layer::Sheet(_))));
    stage.press("esc");
    assert!(stage.app.layers.is_empty());
}

#[test]
fn what_is_at_hand_stays_at_hand_when_the_study_changes() {
    let mut stage = stage(100, 30);
    stage.press("O p down right right");
    let before = match stage.app.layers.last() {
        Some(Layer::Sheet(sheet)) => sheet.place(),
        other => panic!("{other:?}"),
    };
    let first = harbour();
    let more = coding(&first, at(&first, "Ja, die niet."), "terms");
    let taken = act(90, "anna", "code", vec![more]);
    tui::update::outcome::take(&mut stage.app, tui::app::Outcome::Taken(vec![taken.into()]));
    let Some(Layer::Sheet(sheet)) = stage.app.layers.last() else { panic!("closed") };
    assert_eq!(sheet.place(), before);
}

#[test]
fn every_table_opens_and_its_keys_change_it() {
    for key in ["a", "c", "g", "p", "w", "s", "v"] {
        // Four cases, two of them in one sector.
        let mut stage = stage_with(120, 36, &["drie", "vier"]);
        stage.press("O").press(key);
        let Some(Layer::Sheet(sheet)) = stage.app.layers.last() else { panic!("{key}: {}", stage.said()) };
        assert!(sheet.sheets.is_ok(), "{key}: {:?}", sheet.sheets);
        stage.press("e");
        assert!(matches!(stage.asked.last(), Some(tui::app::Effect::Write { .. })), "{key}");
        for other in ["r", "a", "b", "tab", "b", "right", "end", "home", "G", "g", "?", "esc"] {
            stage.press(other);
            assert!(
                matches!(stage.app.layers.last(), Some(Layer::Sheet(_) | Layer::Help(_))),
                "{key} {other}"
            );
        }
        // Another table takes its place.
        stage.press("O t");
        assert!(matches!(stage.app.layers.as_slice(), [Layer::Table(_)]), "{key}");
    }
}
