//! What is done to the coding at hand: acts that are appended, words that are said.

use model::act::{Act, Change, Setting, Subject};
use model::name::Name;
use model::span::Span;
use tui::fixture::{Stage, act, coding, desk, document};
use tui::layers::Layer;
use verbatim_tui as tui;

const TALK: &str = "Interviewer: Hoe gaat |het? Vertel.\n\nAnna: Goed, dr. Jansen. Echt waar. Heus.\n\nInterviewer: En nu?\n\nAnna: Niets.\n";

fn stage() -> Stage {
    Stage::with(TALK)
}

/// A study whose codebook has two qualifiers.
fn qualified() -> Stage {
    let text = TALK.replacen('|', "", 1);
    let mut desk = desk(vec![document("een", &text)]);
    let value = serde_json::json!([
        {"id": "status", "label": {"en": "Status"}, "default": "in-place",
         "values": [{"id": "in-place", "label": {"en": "in place"}}, {"id": "planned"}]},
        {"id": "horizon", "label": {"en": "Horizon"}, "values": [{"id": "short"}, {"id": "long"}]},
    ]);
    let setting = Setting { key: Name::new("codebook.book.qualifiers"), value };
    desk.take(act(10, "anna", "codebook", vec![Change::Setting(Box::new(setting))]));
    let mut stage = Stage::new(desk, 100, 30);
    stage.app.reader.go(22);
    stage
}

fn newest(stage: &Stage) -> &Act {
    let acts = stage.app.desk.as_ref().expect("a study is open").state.acts();
    acts.last().expect("something was done")
}

fn refused(stage: &Stage, words: &str) {
    let message = stage.app.message.as_ref();
    assert!(message.is_some_and(|m| m.alarm && m.text.contains(words)), "{message:?}");
}

/// Notes of all own codings of the document, in its order.
fn notes(stage: &Stage) -> Vec<Option<String>> {
    let desk = stage.app.desk.as_ref().expect("a study is open");
    let state = |id| desk.state.coding(id).and_then(|c| c.note.map(str::to_owned));
    desk.coded.in_document(0).iter().map(|p| state(p.id)).collect()
}

#[test]
fn a_wrong_code_is_corrected_by_two_keys() {
    let mut stage = stage();
    stage.press("5 r");
    let menu = stage.screen();
    assert!(menu.contains("3 ▌Terms of employment") && menu.contains("c find a code by its name"), "{menu}");
    stage.press("3");
    assert!(stage.marked().contains("‹terms: Hoe gaat |het?›"), "{}", stage.marked());
    assert_eq!(stage.marked().matches('‹').count(), 1);
    let act = newest(&stage);
    assert_eq!(act.act, "recode");
    let [Change::CodingChanged(c)] = act.changes.as_slice() else { panic!("{act:?}") };
    let book = &stage.app.desk.as_ref().unwrap().coded.codebook;
    assert_eq!(c.code.as_deref(), Some("terms"));
    assert_eq!(c.definition, Some(book.get("terms").unwrap().definition_hash()));
    assert_eq!(stage.app.undo.as_deref(), Some("Terms of employment instead of Training on turn 1"));
    stage.press("r 8");
    refused(&stage, "no code has the key 8");
    stage.press("u");
    assert!(stage.marked().contains("‹training: Hoe gaat |het?›"));
    stage.press("r 5");
    assert_eq!(stage.said(), "Training is on this text already");
}

#[test]
fn another_code_is_found_by_its_name() {
    let mut stage = stage();
    stage.press("5 r c").type_in("flexp").press("enter");
    assert!(stage.marked().contains("‹flex-pool: Hoe gaat |het?›"), "{}", stage.marked());
    assert!(stage.app.layers.is_empty());
    stage.press("s s .");
    assert!(stage.marked().contains("‹flex-pool: ⟦|Vertel.›⟧"), "it can be repeated");
}

#[test]
fn the_coding_at_hand_is_the_newest_until_the_cursor_moves() {
    let mut stage = stage();
    // A word inside a sentence that is coded: the word is shorter.
    stage.press("w 3 s 5 r 1");
    assert!(stage.marked().contains("‹internal-mobility: ⟦|Hoe gaat ‹terms: het›?›⟧"), "{}", stage.marked());
    stage.press("esc right r 5");
    assert!(stage.marked().contains("‹training: H|oe gaat ‹terms: het›?›"), "{}", stage.marked());
    stage.press("w w w r 1");
    assert!(
        stage.marked().contains("‹training: Hoe gaat ‹internal-mobility: ⟦|het›⟧?›"),
        "{}",
        stage.marked()
    );
}

#[test]
fn several_codings_at_one_place_are_gone_through() {
    let mut stage = stage();
    stage.press("5 3 a esc");
    assert!(stage.screen().contains("of 2 here, next: a c · Terms of employment"), "{}", stage.screen());
    stage.press("a c");
    assert!(stage.screen().contains("of 2 here, next: a c · Training"), "{}", stage.screen());
    stage.press("r 1");
    let marked = stage.marked();
    assert!(marked.contains("internal-mobility") && marked.contains("terms") && !marked.contains("training"));
    stage.press("x");
    assert!(!stage.marked().contains("internal-mobility"), "x removes the one at hand");
    stage.press("a c");
    assert!(stage.said().contains("there is one coding here"));
}

#[test]
fn where_there_is_no_coding_menus_stay_closed() {
    for keys in ["r", "a", "="] {
        let mut stage = stage();
        stage.press(keys);
        assert!(stage.app.layers.is_empty(), "{keys}");
        assert_eq!(stage.said(), "no code here");
    }
}

#[test]
fn another_coders_coding_is_left_as_it_is() {
    let d = document("een", &TALK.replacen('|', "", 1));
    let change = coding(&d, Span::new(13, 26), "training");
    let mut desk = desk(vec![d]);
    desk.take(act(50, "bea", "code", vec![change]));
    let mut stage = Stage::new(desk, 100, 30);
    stage.press("o");
    for keys in ["r", "a", "=", "x"] {
        stage.press(keys);
        assert!(stage.app.layers.is_empty(), "{keys}");
        refused(&stage, "Training here is bea's coding, and stays");
    }
    assert_eq!(newest(&stage).coder, "bea");
}

#[test]
fn a_note_is_written_in_an_editor() {
    let mut stage = stage();
    stage.press("5 a n").type_in("Zie ook").press("enter").type_in("turn 3").press("ctrl-s");
    assert!(stage.app.layers.is_empty());
    assert_eq!(notes(&stage), [Some("Zie ook\nturn 3".to_owned())]);
    assert_eq!(stage.app.undo.as_deref(), Some("a note: Training on turn 1"));
    stage.press("a n ctrl-u ctrl-w ctrl-w ctrl-w ctrl-s");
    assert_eq!(notes(&stage), [None]);
    assert_eq!(stage.app.undo.as_deref(), Some("no note: Training on turn 1"));
    stage.press("u");
    assert_eq!(notes(&stage), [Some("Zie ook\nturn 3".to_owned())]);
    let acts = stage.app.desk.as_ref().unwrap().state.len();
    stage.press("a n ctrl-s");
    assert_eq!(stage.app.desk.as_ref().unwrap().state.len(), acts, "an unchanged note makes no act");
}

#[test]
fn a_weight_is_a_number_or_none() {
    let mut stage = stage();
    stage.press("5 a w").type_in("zwaar").press("enter");
    assert!(stage.screen().contains("\"zwaar\" is no number: write it as 2 or 0,5"), "{}", stage.screen());
    stage.press("ctrl-u").type_in("0,5").press("enter");
    let weight = |s: &Stage| s.app.desk.as_ref().and_then(|d| d.state.codings().next()?.weight);
    assert_eq!(weight(&stage), Some(0.5));
    assert!(stage.app.layers.is_empty());
    assert!(stage.app.undo.as_deref().is_some_and(|u| u == "weight 0.5: Training on turn 1"));
    stage.press("a w ctrl-u enter");
    assert_eq!(weight(&stage), None);
}

#[test]
fn a_coding_is_moved_to_the_selection() {
    let mut stage = stage();
    stage.press("5 a r");
    refused(&stage, "first select the text");
    stage.press("s e a r");
    assert!(stage.marked().contains("‹training: ⟦|Hoe gaat het? Vertel.›⟧"), "{}", stage.marked());
    assert_eq!(stage.app.undo.as_deref(), Some("new bounds: Training on turn 1"));
    stage.press("u");
    assert!(stage.marked().contains("‹training: ⟦|Hoe gaat het?› Vertel.⟧"), "{}", stage.marked());
    // A selection that begins before the coding reaches it too.
    let mut stage = self::stage();
    stage.press("s s 5 t a r");
    assert!(stage.marked().contains("‹training: ⟦|Hoe gaat het? Vertel.›⟧"), "{}", stage.marked());
}

#[test]
fn a_coding_is_split_at_the_cursor_in_one_act() {
    let mut stage = stage();
    stage.press("t 5 a n").type_in("let op").press("ctrl-s esc a s");
    refused(&stage, "put the cursor inside the coding");
    stage.press("s s esc a s");
    let split = "‹training: Hoe gaat het?› ‹training: |Vertel.›";
    assert!(stage.marked().contains(split), "{}", stage.marked());
    assert_eq!(notes(&stage), [Some("let op".to_owned()), Some("let op".to_owned())]);
    assert_eq!(stage.app.undo.as_deref(), Some("splitting Training on turn 1"));
    stage.press("u");
    assert!(stage.marked().contains("‹training: Hoe gaat het? |Vertel.›"), "{}", stage.marked());
    stage.press("U");
    assert!(stage.marked().contains(split));
}

#[test]
fn codings_that_touch_are_merged_in_one_act() {
    let mut stage = stage();
    stage.press("5 a m");
    refused(&stage, "no other coding of Training touches this one");
    stage.press("a n").type_in("een").press("ctrl-s s s 5 a n").type_in("twee").press("ctrl-s 3 a c a m");
    assert!(
        stage.marked().contains("‹training: Hoe gaat het? ‹terms: ⟦|Vertel.››⟧"),
        "another code is left out: {}",
        stage.marked()
    );
    assert_eq!(notes(&stage)[0].as_deref(), Some("twee\neen"), "no note is lost");
    assert_eq!(newest(&stage).changes.len(), 2);
    stage.press("u");
    assert_eq!(stage.marked().matches("‹training").count(), 2, "{}", stage.marked());
}

#[test]
fn a_coding_is_set_to_another_case_and_back() {
    let text = TALK.replacen('|', "", 1);
    let desk = desk(vec![document("een", &text), document("twee", "Anna: Ja.\n")]);
    let mut stage = Stage::new(desk, 100, 30);
    stage.press("5 a k");
    assert!(stage.screen().contains("set the coding to which case?"));
    stage.type_in("case 1").press("enter");
    let case = |s: &Stage| s.app.desk.as_ref().and_then(|d| d.state.codings().next()?.case.cloned());
    assert_eq!(case(&stage), Some(Name::new("case-1")));
    assert_eq!(stage.app.undo.as_deref(), Some("case Case 1: Training on turn 1"));
    stage.press("a k up enter");
    assert_eq!(case(&stage), Some(Name::new("case-0")), "the list begins at the case that is set");
    stage.press("a k pageup enter");
    assert_eq!(case(&stage), None);
}

#[test]
fn an_example_is_marked_and_unmarked() {
    let mut stage = stage();
    stage.press("5 a x");
    let is = |s: &Stage| {
        let desk = s.app.desk.as_ref().expect("a study is open");
        desk.state.codings().next().is_some_and(|c| desk.state.is_exemplar(c.id))
    };
    assert!(is(&stage));
    assert!(stage.screen().contains("example"), "the facts tell it: {}", stage.screen());
    assert_eq!(stage.app.undo.as_deref(), Some("example: Training on turn 1"));
    stage.press("a x");
    assert!(!is(&stage));
    stage.press("u");
    assert!(is(&stage));
}

#[test]
fn a_translation_asks_for_its_language_only_where_that_is_not_plain() {
    let mut stage = stage();
    stage.press("5 a t").type_in("How is it?").press("ctrl-s");
    let body = |s: &Stage, language: &str| {
        let desk = s.app.desk.as_ref().expect("a study is open");
        let id = desk.state.codings().next().expect("there is a coding").id;
        desk.state.translations(id).get(&Name::new(language)).map(|t| t.body.clone())
    };
    assert_eq!(body(&stage, "en").as_deref(), Some("How is it?"));
    assert_eq!(stage.app.undo.as_deref(), Some("translation (en) of Training on turn 1"));
    if let Some(desk) = &mut stage.app.desk {
        desk.languages = vec!["nl".into(), "en".into()];
    }
    stage.press("a t");
    assert!(stage.screen().contains("translate into which language?"));
    stage.type_in("fr").press("enter").type_in("Ça va ?").press("ctrl-s");
    assert_eq!(body(&stage, "fr").as_deref(), Some("Ça va ?"));
    stage.press("a t enter");
    assert!(stage.screen().contains("How is it?"), "the old wording is there to go on with");
    stage.press("ctrl-u ctrl-s");
    refused(&stage, "nothing to keep yet");
}

#[test]
fn the_history_of_a_coding_is_its_own_acts() {
    let mut stage = stage();
    stage.press("5 r 3 s s 1 S esc a h");
    assert!(matches!(stage.app.layers.last(), Some(Layer::History(_))));
    let screen = stage.screen();
    assert!(screen.contains("what was done to Terms of employment on turn 1"), "{screen}");
    assert!(screen.contains("Terms of employment instead of Training on turn 1"), "{screen}");
    assert!(!screen.contains("Internal mobility on turn 1"), "{screen}");
    stage.press("esc");
    assert!(stage.app.layers.is_empty());
}

#[test]
fn qualifiers_are_set_by_two_keys() {
    let mut stage = qualified();
    stage.press("5 =");
    let screen = stage.screen();
    for words in ["Status", "1 ● in place (default)", "2 ○ planned", "Horizon", "3 ○ short", "4 ○ long"]
    {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    stage.press("2");
    assert!(stage.app.layers.is_empty());
    let set = |s: &Stage| {
        let desk = s.app.desk.as_ref().expect("a study is open");
        let coding = desk.state.codings().next().expect("there is a coding");
        coding.qualifiers.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>()
    };
    assert_eq!(set(&stage), ["status=planned"]);
    assert_eq!(stage.said(), "Status: planned");
    assert_eq!(stage.app.undo.as_deref(), Some("status planned: Training on turn 1"));
    stage.press("= 4");
    assert_eq!(set(&stage), ["horizon=long", "status=planned"]);
    stage.press("= 4");
    assert_eq!(set(&stage), ["status=planned"], "the same key takes it off");
    stage.press("=");
    assert!(stage.screen().contains("2 ● planned"));
    stage.press("9");
    refused(&stage, "no value has the key 9");
    let mut plain = self::stage();
    plain.press("5 =");
    assert!(plain.said().contains("has no qualifiers") && plain.app.layers.is_empty());
}

#[test]
fn an_in_vivo_code_has_the_words_of_the_text() {
    let mut stage = stage();
    stage.press("n s V");
    assert!(stage.screen().contains("Goed, dr. Jansen"), "{}", stage.screen());
    stage.press("enter");
    assert!(stage.marked().contains("‹goed-dr-jansen: "), "{}", stage.marked());
    let desk = stage.app.desk.as_ref().unwrap();
    let code = desk.coded.codebook.get("goed-dr-jansen").unwrap();
    assert_eq!(code.fields.get("origin").and_then(|v| v.as_str()), Some("in-vivo"));
    assert_eq!(code.label(&["en"]), "Goed, dr. Jansen");
    assert_eq!(code.status, model::codebook::Status::Provisional);
    // With more asked: the code above, colour, definition.
    stage.press("s s V ctrl-u").type_in("Heus waar").press("ctrl-n").type_in("terms").press("enter");
    stage.type_in("teal").press("enter").type_in("eerlijk bedoeld").press("enter");
    let desk = stage.app.desk.as_ref().unwrap();
    let code = desk.coded.codebook.get("heus-waar").unwrap();
    assert_eq!(code.parent.as_deref(), Some("terms"));
    assert_eq!(code.color(), Some("#1abc9c"));
    assert_eq!(code.text("definition", &["en"]), Some("eerlijk bedoeld"));
    let [Change::CodingAdded(c)] = newest(&stage).changes.as_slice() else { panic!() };
    assert_eq!(c.definition, Some(code.definition_hash()));
}

#[test]
fn a_long_in_vivo_name_is_cut_between_words() {
    let talk = "Anna: |Wij hebben hier altijd al met heel veel verschillende mensen samen gewerkt, toch.\n";
    let mut stage = Stage::with(talk);
    stage.press("s V enter");
    let desk = stage.app.desk.as_ref().unwrap();
    let label = desk.coded.codebook.codes.last().map(|c| c.label(&["en"]).to_owned()).unwrap();
    assert_eq!(label, "Wij hebben hier altijd al met heel veel verschillende mensen");
}

#[test]
fn a_bad_colour_is_said_and_asked_again() {
    let mut stage = stage();
    stage.press("c").type_in("Vaste kern").press("ctrl-n enter").type_in("blauwig").press("enter enter");
    assert!(stage.screen().contains("\"blauwig\" is no colour"), "{}", stage.screen());
    stage.press("ctrl-u").type_in("#12AB34").press("enter enter");
    let desk = stage.app.desk.as_ref().unwrap();
    assert_eq!(desk.coded.codebook.get("vaste-kern").and_then(|c| c.color()), Some("#12ab34"));
}

#[test]
fn counts_follow_a_changed_code_at_once() {
    let mut stage = stage();
    stage.press("j 5");
    let n = |s: &Stage, code: usize| s.app.desk.as_ref().map(|d| d.passages(code));
    assert_eq!((n(&stage, 2), n(&stage, 3)), (Some(0), Some(1)));
    stage.press("r 3");
    assert_eq!((n(&stage, 2), n(&stage, 3)), (Some(1), Some(0)));
    stage.press("u");
    assert_eq!((n(&stage, 2), n(&stage, 3)), (Some(0), Some(1)));
}

#[test]
fn a_memo_on_a_coding_is_about_that_coding() {
    let mut stage = stage();
    stage.press("5 m m").type_in("Waarom").press("tab tab tab").type_in("Omdat.").press("ctrl-s");
    let id = stage.app.desk.as_ref().unwrap().state.codings().next().unwrap().id;
    let [Change::MemoWritten(m)] = newest(&stage).changes.as_slice() else { panic!() };
    assert_eq!((m.on.clone(), m.title.as_str(), m.body.as_str()), (Subject::Coding(id), "Waarom", "Omdat."));
}
