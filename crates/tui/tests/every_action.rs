//! Every line of the table of actions, at every place where it says that it holds: its key does
//! something there. What exactly is told by the tests of each screen; this one finds a key that is
//! promised in the footer and dead.

use std::fmt::Write;

use model::act::{Change, Setting};
use model::name::Name;
use model::span::Span;
use tui::actions::{Action, Context, defs};
use tui::fixture::{Stage, act, coding, desk, document, primary};
use verbatim_tui as tui;

const TALK: &str = "Interviewer: Hoe gaat het? Vertel eens, en neem de tijd.\n\nAnna: Goed, dr. Jansen. Echt waar, wij leren veel. Heus, wij leren elke dag iets, en dat is meer dan vroeger; vroeger leerde je het vak en dan bleef het zo, jaar in jaar uit.\n\nInterviewer: En nu? Wat zou u anders doen?\n\nAnna: Niets. Wij leren op het werk.\n\nInterviewer: En dan?\n\nAnna: Dan niets meer.\n\nInterviewer: Dank u wel.\n\nAnna: Graag gedaan. Tot ziens.\n";

/// A study in which there is something to do everywhere: two documents, codings of two coders, a
/// narrowed definition, qualifiers, effects, memos, summaries.
fn stage() -> Stage {
    let documents = vec![
        document("een", TALK),
        document("twee", &TALK.repeat(12)),
        document("drie", TALK),
        document("vier", TALK),
    ];
    let at = |needle: &str, nth: usize| {
        let from = TALK.match_indices(needle).nth(nth).expect("it is there").0;
        let start = TALK.get(..from).expect("a boundary").chars().count() as u32;
        Span::new(start, start + needle.chars().count() as u32)
    };
    let changes = vec![
        coding(&documents[0], at("Echt waar, wij leren veel.", 0), "training"),
        coding(&documents[0], at("waar, wij leren", 0), "internal-mobility"),
        coding(&documents[0], at("wij leren veel. Heus", 0), "internal-mobility"),
        coding(&documents[0], at("Dan niets meer.", 0), "terms"),
        coding(&documents[1], at("Tot ziens.", 0), "training"),
    ];
    let theirs = coding(&documents[0], at("Niets.", 0), "terms");
    let mut desk = desk(documents);
    for (i, change) in changes.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    desk.take(act(40, "bea", "code", vec![theirs]));
    let set = |key: &str, value: serde_json::Value| {
        Change::Setting(Box::new(Setting { key: Name::new(key), value }))
    };
    let qualifiers = serde_json::json!([
        {"id": "status", "default": "now", "values": [{"id": "now"}, {"id": "planned"}]}]);
    let dimensions = serde_json::json!([{"id": "os", "label": {"en": "OS"}}, {"id": "es", "label": {"en": "ES"}}, {"id": "is"}]);
    let effects =
        serde_json::json!({"effects": {"os": {"value": "+", "basis": "table"}, "es": {"value": "-"}}});
    let declared = |code: &str| {
        let fields = effects.as_object().cloned().expect("a map");
        Change::CodeChanged(Box::new(model::act::CodeChanged {
            code: Name::new(code),
            fields,
            effect: None,
            reason: None,
        }))
    };
    desk.take(act(44, "anna", "codebook", vec![declared("training"), declared("terms")]));
    let narrower = model::act::CodeChanged {
        code: Name::new("training"),
        fields: serde_json::json!({"definition": {"en": "only this"}}).as_object().cloned().expect("a map"),
        effect: Some(Name::new("narrower")),
        reason: None,
    };
    desk.take(act(45, "anna", "primary", vec![primary("anna")]));
    desk.take(act(41, "anna", "codebook", vec![set("codebook.book.qualifiers", qualifiers)]));
    desk.take(act(42, "anna", "codebook", vec![set("codebook.book.dimensions", dimensions)]));
    desk.take(act(43, "anna", "codebook", vec![Change::CodeChanged(Box::new(narrower))]));
    let groups = serde_json::json!([{"id": "one", "codes": ["training"]}, {"id": "two", "codes": ["terms"]}]);
    desk.take(act(46, "anna", "codebook", vec![set("codebook.book.groups", groups)]));
    let mut stage = Stage::new(desk, 110, 24);
    stage.app.reader.go(at("leren veel", 0).start);
    let command = |words: &str| tui::options::Subcommand {
        words: words.to_owned(),
        about: String::new(),
        options: Vec::new(),
    };
    stage.app.commands = vec![command("check"), command("freq")];
    stage.app.typed = vec!["check".to_owned(), "freq --by case".to_owned()];
    stage
}

/// The keys that lead to a place; the keys of one line are pressed one after another.
fn way(context: Context) -> &'static [&'static str] {
    match context {
        Context::Reader | Context::Panes | Context::Touring => &[""],
        Context::Always => &["", "T"],
        Context::Searching => &["/ l e r e n enter"],
        Context::Documents => &["tab tab", "tab tab up up up"],
        Context::Codebook => &["tab"],
        Context::Palette | Context::Typing => &["c", "c q q", "c q q left"],
        Context::Prompt => &["/", "/ l e r e n"],
        Context::Query => &["f", "f l e r e n", "f l e r e n enter w enter esc"],
        Context::Hits => &[
            "f l e r e n enter",
            "f l e r e n enter c f l e x enter",
            "f l e r e n enter c f l e x enter a",
            "f l e r e n enter c f l e x enter a u",
        ],
        Context::Help => &["?"],
        Context::Table => &["T"],
        Context::Tables => &["O"],
        Context::Sheet => &["O p", "O c", "O w", "O p right"],
        Context::Start => &["START"],
        Context::Form => &["i", "i x", "v l l l V", "START enter x enter", "START enter x enter x enter"],
        Context::Menu | Context::About => &["a", "s a", "v l l l a", "} a", "} } a", "3 a"],
        Context::Recode => &["r"],
        Context::Qualify => &["="],
        Context::MemoMenu => &["m"],
        Context::Choose => &["a k"],
        Context::Memos => &["m m T enter x ctrl-s M", "m m T enter x ctrl-s m s U enter y ctrl-s M"],
        Context::History => &["H", "3 u H", "3 H"],
        Context::Grid => &["F"],
        Context::Editor => &["m s", "m s T enter w o o r d enter w o o r d", "m s T enter w ctrl-z"],
        Context::Passages => &["R", "T enter", "} R", "} } R", "} } } R", "n 5 } } R", "n 3 n 3 R"],
        Context::Book => &["B", "B down down", "B n X enter", "3 B", "3 u B"],
        Context::Walk => &["B down down down w"],
        Context::Matrix => &["X"],
        Context::Actions => &["ctrl-p"],
        Context::Command => &[":", ": c h"],
        Context::Output => &[": c h e c k enter"],
        Context::Equal => &["3 ctrl-g"],
    }
}

/// What is pressed before, so that there is somewhere to go and something to take back.
const BEFORE: &[&str] = &[
    "",
    "down",
    "down down",
    "down down down down",
    "right",
    "right right",
    "left",
    "up",
    "G",
    "G k k",
    "pagedown",
    "tab",
    "backtab",
    "s",
    "t",
    "w",
    "W",
    "v l",
    "s s e",
    "1",
    "3",
    "3 t",
    "3 u",
    "x",
    "n",
    "N",
    "R enter",
    "m m T enter x ctrl-s",
    "m m T enter x ctrl-s g",
    "m m T enter x ctrl-s G",
];

/// All that can be seen, and all that was done or asked for; but no word of refusal.
fn digest(stage: &mut Stage) -> String {
    stage.app.message = None;
    let mut out = stage.screen();
    let acts = stage.app.desk.as_ref().map_or(0, |d| d.state.len());
    let _ = write!(out, "{acts} acts, asked {:?}, leaving {}", stage.asked, stage.app.leaving);
    // Redrawing leaves no trace but its effect, which is asked for.
    out
}

/// Whether the key of an action does something at a place reached by some way.
fn does_something(context: Context, action: &Action, key: &str) -> Result<(), String> {
    let mut tried = 0;
    for way in way(context) {
        for before in BEFORE {
            let mut stage = if way.starts_with("START") {
                let mut stage = Stage::empty(110, 24);
                tui::update::start(&mut stage.app);
                stage.press(way.trim_start_matches("START"));
                stage.press(before);
                stage
            } else {
                let mut stage = stage();
                // What is done before a layer is opened, and what is done in it.
                let inside = !matches!(context, Context::Reader | Context::Panes | Context::Always);
                if inside {
                    stage.press(way).press(before)
                } else {
                    stage.press(before).press(way)
                };
                stage
            };
            if context == Context::Output {
                let said = format!("one line {}\n", "and more ".repeat(30)).repeat(60);
                tui::update::outcome::take(&mut stage.app, tui::app::Outcome::Ran(said, true));
                stage.press(before);
            }
            if context == Context::Touring {
                stage.app.tour = Some(tui::tour::Tour::default());
                stage.app.tour.iter_mut().for_each(tui::tour::Tour::begin);
            }
            let contexts = stage.app.contexts();
            let pressed = tui::key::Key::parse(key).unwrap_or_else(|| panic!("{key} is a key"));
            let meant = tui::keymap::Keymap::standard().action(&contexts, pressed);
            if !contexts.contains(&context) || meant.as_ref() != Some(action) {
                continue;
            }
            tried += 1;
            let was = digest(&mut stage);
            stage.press(key);
            if digest(&mut stage) != was {
                return Ok(());
            }
        }
    }
    Err(if tried == 0 { "never reached".to_owned() } else { format!("nothing happens, tried {tried} times") })
}

#[test]
fn every_key_of_the_table_does_something_where_it_says() {
    let mut dead = Vec::new();
    for def in defs() {
        // A code's own key is any character; its test is in `acts.rs`.
        let Some(key) = def.keys.first() else { continue };
        for context in def.contexts {
            if let Err(why) = does_something(*context, &def.action, key) {
                dead.push(format!("{} ({key}) in {context:?}: {why}", def.name));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}
