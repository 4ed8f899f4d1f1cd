//! The codebook screen: every act on codes, what it asks, and what follows from it.

use model::act::{Change, Setting};
use model::codebook::Code;
use model::name::Name;
use tui::desk::Progress;
use tui::fixture::{Stage, act, at, coding, desk, document};
use tui::layers::Layer;
use tui::layers::codebook::walk::Walk;
use verbatim_tui as tui;

const TEXT: &str = "Interviewer: Hoe gaat het?\n\nAnna: Goed. Wij leren veel. Echt waar. En snel ook.\n\nInterviewer: En nu?\n\nAnna: Niets.\n";

/// One document; training on three sentences of the coder, on one of somebody else.
fn stage(width: u16, height: u16) -> Stage {
    let d = document("een", TEXT);
    let at = |needle: &str| at(&d, needle);
    let made = ["Wij leren veel.", "Echt waar.", "En snel ook."].map(|n| coding(&d, at(n), "training"));
    let theirs = coding(&d, at("Goed."), "training");
    let pool = coding(&d, at("Goed."), "flex-pool");
    let mut desk = desk(vec![d]);
    for (i, change) in made.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    desk.take(act(30, "anna", "code", vec![pool]));
    desk.take(act(31, "bea", "code", vec![theirs]));
    Stage::new(desk, width, height)
}

fn code(stage: &Stage, id: &str) -> Option<Code> {
    stage.app.desk.as_ref().and_then(|d| d.coded.codebook.get(id).cloned())
}

/// The ids of all codes in order, with those below others indented.
fn tree(stage: &Stage) -> Vec<String> {
    let codes = stage.app.desk.as_ref().map(|d| d.coded.codebook.codes.as_slice()).unwrap_or_default();
    let shown = codes.iter().filter(|c| c.merged_into.is_none());
    shown.map(|c| format!("{}{}", " ".repeat(c.depth as usize), c.id)).collect()
}

/// How often each of some codes is put on text by anybody.
fn codings(stage: &Stage, id: &str) -> usize {
    let desk = stage.app.desk.as_ref().expect("a desk");
    let place = desk.coded.codebook.position(id).map(|p| p as u32);
    desk.coded.placed.iter().filter(|p| Some(p.code) == place).count()
}

fn walk(stage: &Stage) -> &Walk {
    match stage.app.layers.last() {
        Some(Layer::Walk(walk)) => walk,
        other => panic!("no walk on top: {other:?}"),
    }
}

#[test]
fn the_codebook_is_seen_with_its_counts() {
    for (width, height) in [(120, 36), (80, 24), (60, 15)] {
        let mut stage = stage(width, height);
        stage.press("B G");
        insta::assert_snapshot!(format!("codebook_at_{width}"), stage.screen());
    }
}

#[test]
fn new_codes_come_behind_or_under() {
    let mut stage = stage(100, 30);
    stage.press("B n").type_in("Loon").press("enter");
    assert_eq!(tree(&stage).last().map(String::as_str), Some("loon"), "{:?}", tree(&stage));
    assert!(code(&stage, "loon").is_some_and(|c| c.fields["label"]["en"] == "Loon"));
    stage.press("g N").type_in("Pool twee").press("enter");
    assert_eq!(&tree(&stage)[..3], ["internal-mobility", " flex-pool", " pool-twee"]);
    // Behind a code where there is room before the next.
    stage.press("g j N").type_in("Onder").press("enter");
    assert_eq!(&tree(&stage)[1..4], [" flex-pool", "  onder", " pool-twee"]);
    stage.press("u");
    assert!(code(&stage, "onder").is_none(), "undo works here too");
}

#[test]
fn labels_examples_colours_and_keys_change() {
    let mut stage = stage(100, 30);
    stage.press("B G l").press("ctrl-u").type_in("Learning").press("enter");
    let label = code(&stage, "training").map(|c| c.fields["label"].clone()).unwrap();
    assert_eq!(label, serde_json::json!({"en": "Learning", "nl": "Opleidingen"}));
    stage.press("a").type_in("We had a course.").press("enter");
    let examples = code(&stage, "training").map(|c| c.fields["examples"].clone()).unwrap();
    assert_eq!(examples, serde_json::json!([{"language": "en", "text": "We had a course."}]));
    stage.press("c");
    assert_eq!(code(&stage, "training").unwrap().color(), Some("#997700"), "behind #9a42ba in the palette");
    stage.press("p z");
    assert_eq!(code(&stage, "training").unwrap().shortcut, Some('z'));
    stage.press("p 1");
    assert!(stage.said().contains("belongs to internal-mobility"), "{}", stage.said());
    stage.press("p s");
    assert!(stage.said().contains("does something else"), "{}", stage.said());
    stage.press("p backspace");
    assert_eq!(code(&stage, "training").unwrap().shortcut, None);
    assert_eq!(stage.app.undo.as_deref(), Some("changing Learning"));
}

#[test]
fn a_line_is_corrected_where_the_cursor_stands() {
    let mut stage = stage(100, 30);
    stage.press("B G l home").type_in("On-the-job ").press("delete").type_in("t").press("end left left left");
    stage.press("backspace").type_in("I").press("enter");
    assert_eq!(code(&stage, "training").unwrap().label(&["en"]), "On-the-job traiIing");
}

#[test]
fn a_narrower_definition_makes_a_queue_that_is_walked_through() {
    let mut stage = stage(100, 30);
    stage.press("B G d");
    let Some(Layer::Line(line)) = stage.app.layers.last() else { panic!("no line") };
    assert_eq!(line.text.text(), "What counts as training.");
    stage.type_in(" Only courses.").press("enter");
    insta::assert_snapshot!(stage.screen());
    // Narrower, and why.
    stage.press("2").type_in("too wide").press("enter");
    assert!(stage.said().contains("3 codings of yours to look at again"), "{}", stage.said());
    let changed = stage.app.desk.as_ref().unwrap().state.acts().last().unwrap().clone();
    let Change::CodeChanged(change) = &changed.changes[0] else { panic!("{changed:?}") };
    assert_eq!((change.effect.as_deref(), change.reason.as_deref()), (Some("narrower"), Some("too wide")));
    stage.press("w");
    assert_eq!(walk(&stage).rows.len(), 3);
    insta::assert_snapshot!(stage.screen());
    // The first fits, the second does not, the third is for later.
    stage.press("1 2 enter");
    assert_eq!(codings(&stage, "training"), 3, "one of the coder's is gone, the other coder's stays");
    stage.press("w");
    assert_eq!(walk(&stage).rows.len(), 1);
    stage.press("esc u w");
    assert_eq!(walk(&stage).rows.len(), 3, "undo brings the queue back");
}

#[test]
fn wording_makes_no_queue_and_broader_reopens() {
    let mut stage = stage(100, 30);
    stage.press("D B G d").type_in(" Too.").press("enter 1 enter w");
    assert!(stage.said().contains("no coding of yours"), "{}", stage.said());
    let progress = |s: &Stage| s.app.desk.as_ref().map(|d| d.progress[0]);
    assert_eq!(progress(&stage), Some(Progress::Done));
    stage.press("i").type_in(", and plans").press("enter 3 enter");
    assert_eq!(progress(&stage), Some(Progress::Reopened));
    assert!(stage.said().contains("1 document reopened"), "{}", stage.said());
    stage.press("esc ;");
    assert!(stage.said().contains("reopened: read for Training"), "{}", stage.said());
}

#[test]
fn codes_move_and_change_places() {
    let mut stage = stage(100, 30);
    assert_eq!(tree(&stage), ["internal-mobility", " flex-pool", "terms", "training"]);
    stage.press("B G K");
    assert_eq!(tree(&stage), ["internal-mobility", " flex-pool", "training", "terms"]);
    stage.press("J J");
    assert_eq!(tree(&stage), ["internal-mobility", " flex-pool", "terms", "training"]);
    assert!(stage.said().contains("nothing would change"));
    stage.press("m").type_in("terms").press("enter");
    assert_eq!(tree(&stage), ["internal-mobility", " flex-pool", "terms", " training"]);
    stage.press("m enter");
    assert_eq!(tree(&stage), ["internal-mobility", " flex-pool", "terms", "training"], "to the top again");
    stage.press("g m").type_in("flexpool").press("enter");
    assert!(stage.said().contains("cannot come under"), "{}", stage.said());
}

#[test]
fn a_merged_code_counts_there_and_gives_its_codes_away() {
    let mut stage = stage(100, 30);
    stage.press("B g M").type_in("training").press("enter");
    assert_eq!(tree(&stage), ["terms", "training", " flex-pool"]);
    assert_eq!(code(&stage, "internal-mobility").unwrap().merged_into.as_deref(), Some("training"));
    stage.press("u");
    assert_eq!(tree(&stage), ["internal-mobility", " flex-pool", "terms", "training"]);
}

#[test]
fn a_split_is_decided_passage_by_passage_and_is_one_act() {
    let mut stage = stage(100, 30);
    stage.press("B G s").type_in("Course").press("enter").type_in("terms").press("enter");
    assert_eq!(walk(&stage).rows.len(), 3, "the other coder's passage is hers to decide");
    stage.press("1 2 0");
    insta::assert_snapshot!(stage.screen());
    stage.act(&tui::actions::Action::Resize(60, 15));
    insta::assert_snapshot!(stage.screen());
    let acts = stage.app.desk.as_ref().unwrap().state.acts().len();
    stage.press("enter");
    assert_eq!(stage.app.desk.as_ref().unwrap().state.acts().len(), acts + 1);
    assert_eq!((codings(&stage, "course"), codings(&stage, "terms"), codings(&stage, "training")), (1, 1, 2));
    stage.press("u");
    assert_eq!((codings(&stage, "course"), codings(&stage, "training")), (0, 4));
}

#[test]
fn a_code_that_was_just_made_can_be_chosen_at_once() {
    let mut stage = stage(100, 30);
    stage.press("B j s").type_in("Aaa").press("enter");
    let Some(Layer::Palette(palette)) = stage.app.layers.last() else { panic!("no list of codes") };
    assert_eq!(palette.choices.len(), 5, "the four that were there and the new one");
    // Internal mobility, its two codes, then terms.
    stage.press("down down down enter 2 enter");
    assert_eq!((codings(&stage, "terms"), codings(&stage, "flex-pool")), (1, 0));
}

#[test]
fn a_walk_that_is_left_writes_nothing() {
    let mut stage = stage(100, 30);
    stage.press("B G s").type_in("terms").press("enter").type_in("flexpool").press("enter");
    let acts = stage.app.desk.as_ref().unwrap().state.acts().len();
    stage.press("1 1 1 esc");
    assert_eq!(stage.app.desk.as_ref().unwrap().state.acts().len(), acts);
    assert!(matches!(stage.app.layers.last(), Some(Layer::Book(_))));
}

#[test]
fn codes_are_fixed_retired_grouped_and_frozen() {
    let mut stage = stage(100, 30);
    stage.press("D B G n").type_in("Loon").press("enter f 1");
    assert!(code(&stage, "loon").is_some_and(|c| c.status == model::codebook::Status::Fixed));
    assert_eq!(stage.app.desk.as_ref().map(|d| d.progress[0]), Some(Progress::Reopened));
    stage.press("u f 3");
    assert_eq!(stage.app.desk.as_ref().map(|d| d.progress[0]), Some(Progress::Done), "declared");
    stage.press("f");
    assert!(stage.said().contains("fixed already"), "{}", stage.said());
    stage.press("o enter").type_in("Geld & goed").press("enter");
    let groups = || serde_json::json!([{"id": "geld-goed", "label": {"en": "Geld & goed"}, "exclusive": false, "codes": ["loon"]}]);
    let desk = stage.app.desk.as_ref().unwrap();
    assert_eq!(desk.state.setting("codebook.book.groups"), Some(&groups()));
    stage.press("o 1");
    let desk = stage.app.desk.as_ref().unwrap();
    assert_eq!(desk.coded.codebook.groups[0].codes, Vec::<Name>::new());
    stage.press("r").type_in("never used").press("enter");
    assert!(code(&stage, "loon").is_some_and(|c| c.retired));
    stage.press("n").type_in("Later").press("enter F").type_in("1.0").press("enter 1");
    let desk = stage.app.desk.as_ref().unwrap();
    assert_eq!(desk.state.setting("codebook.book.version"), Some(&serde_json::json!("1.0")));
    assert!(code(&stage, "later").is_some_and(|c| c.status == model::codebook::Status::Fixed));
    assert!(stage.screen().contains("version 1.0"));
    assert_eq!(stage.app.undo.as_deref(), Some("freezing the codebook, fixing Later"));
}

#[test]
fn qualifiers_are_made_value_by_value_and_say_nothing_new_about_what_is_coded() {
    let mut stage = stage(100, 30);
    // Without a list there is only a new one.
    stage.press("B Q enter").type_in("Status").press("enter");
    stage.press("Q 1 1").type_in("In place").press("enter");
    stage.press("Q 1 2").type_in("Planned").press("enter");
    let setting = |stage: &Stage| {
        let desk = stage.app.desk.as_ref().expect("a desk");
        desk.state.setting("codebook.book.qualifiers").cloned().expect("a setting")
    };
    let list = |values: serde_json::Value| serde_json::json!([{"id": "status", "values": values, "label": {"en": "Status"}}]);
    let both = serde_json::json!([
        {"id": "in-place", "label": {"en": "In place"}}, {"id": "planned", "label": {"en": "Planned"}}]);
    assert_eq!(setting(&stage), list(both.clone()));
    // Five codings say nothing: none of the values can become what they have.
    stage.press("Q 1 1 2");
    assert_eq!(stage.said(), "it stays: codings say nothing here (5), and would come to say something else");
    assert_eq!(setting(&stage), list(both));
    // Another name is another label; the id stays.
    stage.press("Q 1 2 1 ctrl-u").type_in("Foreseen").press("enter");
    let renamed = serde_json::json!([
        {"id": "in-place", "label": {"en": "In place"}}, {"id": "planned", "label": {"en": "Foreseen"}}]);
    assert_eq!(setting(&stage), list(renamed));
    // Where a coding has it, it stays; the other goes.
    stage.press("esc");
    let d = stage.app.document().expect("a document");
    let start = at(d, "Wij leren veel.").start;
    stage.app.reader.go(start);
    stage.press("= 2 B Q 1");
    assert!(stage.screen().contains("1 coding"), "{}", stage.screen());
    insta::assert_snapshot!(stage.screen());
    stage.press("2 3");
    assert_eq!(stage.said(), "it stays: codings have it (1)");
    stage.press("Q 1 1 3");
    let left = serde_json::json!([{"id": "planned", "label": {"en": "Foreseen"}}]);
    assert_eq!(setting(&stage), list(left));
    // The whole list stays too, until nothing rests on it.
    stage.press("Q 1 4");
    assert_eq!(stage.said(), "it stays: codings have it (1)");
    assert_eq!(stage.app.undo.as_deref(), Some("qualifiers of the codebook"));
}

#[test]
fn the_matrix_shows_what_is_declared() {
    let mut stage = stage(100, 30);
    stage.press("X");
    assert_eq!(stage.said(), "this codebook declares no effects");
    let desk = stage.app.desk.as_mut().unwrap();
    let dimensions =
        serde_json::json!([{"id": "A", "label": {"en": "Ease"}}, {"id": "B", "label": "Cost"}, {"id": "C"}]);
    let setting = Setting { key: Name::new("codebook.book.dimensions"), value: dimensions };
    desk.take(act(60, "anna", "codebook", vec![Change::Setting(Box::new(setting))]));
    let fields = serde_json::json!({
        "effects": {"A": {"value": "+", "basis": "table"}, "B": {"value": null, "basis": "unknown"}},
        "degree": {"value": 3, "basis": "table"},
    });
    let changed = model::act::CodeChanged {
        code: Name::new("training"),
        fields: fields.as_object().cloned().unwrap(),
        effect: None,
        reason: None,
    };
    desk.take(act(61, "anna", "codebook", vec![Change::CodeChanged(Box::new(changed))]));
    stage.press("X");
    let screen = stage.screen();
    assert!(screen.contains("+ more") && screen.contains("unknown") && screen.contains("basis: table"));
    assert!(!screen.contains(" C "), "a dimension of which nothing is said is no column");
    insta::assert_snapshot!(screen);
    stage.act(&tui::actions::Action::Resize(60, 15));
    insta::assert_snapshot!(stage.screen());
    stage.act(&tui::actions::Action::Resize(100, 30));
    stage.press("l");
    assert!(stage.screen().contains("Training × Cost: unknown · basis: unknown"));
    stage.press("esc");
    assert!(stage.app.layers.is_empty());
}

#[test]
fn the_codebook_screen_does_no_harm_at_any_size() {
    let mut stage = stage(100, 30);
    for (w, h) in [(0, 0), (1, 1), (5, 3), (20, 2), (33, 7), (300, 100), (60, 15)] {
        stage.act(&tui::actions::Action::Resize(w, h));
        for keys in [
            "B", "G", "d", "esc", "o", "esc", "p", "esc", "m", "esc", "s", "esc", "enter", "esc", "esc", "R",
            "esc", "T", "enter", "esc", "esc",
        ] {
            stage.press(keys);
            let _ = stage.screen();
        }
        stage.press("esc esc esc");
    }
}
