//! Every line of the table of actions, at every place where it says that it holds: its key does
//! something there, and what that is. A key that is promised and dead is found here, and so is one that
//! comes to do something else: for each place there is a snapshot of what each action changes.

use std::collections::BTreeMap;
use std::fmt::Write;

use tui::actions::{Action, Context, defs};
use tui::fixture::Stage;
use verbatim_tui as tui;

mod common;

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
        Context::Missed => &["f l e r e n enter c f l e x enter a esc esc ! f l e x enter"],
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
        // A command that has ended, and one that runs.
        Context::Output => &[": c h e c k enter", ": f r e q enter"],
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

/// The lines of what was seen that are others now, the first few of them; where all are the same, which
/// styles or effects are.
fn differ(was: &str, now: &str) -> String {
    let cut = |line: &str| line.trim_end().chars().take(120).collect::<String>();
    let parts = |all: &str| {
        let (text, styles) = all.split_once("--- styles").map(|(t, s)| (t.to_owned(), s.to_owned()))?;
        Some((text, styles))
    };
    let (Some((old, old_styles)), Some((new, new_styles))) = (parts(was), parts(now)) else {
        return String::new();
    };
    let mut out = String::new();
    let pairs = old.lines().zip(new.lines()).filter(|(a, b)| a != b);
    for (a, b) in pairs.take(2) {
        let _ = writeln!(out, "    - {}\n    + {}", cut(a), cut(b));
    }
    let last = |styles: &str| styles.lines().last().map(cut).unwrap_or_default();
    if last(&old_styles) != last(&new_styles) {
        let _ = writeln!(out, "    = {}", last(&new_styles));
    } else if out.is_empty() {
        // What is at hand now, or else where the cursor went.
        let styles = old_styles.lines().zip(new_styles.lines()).zip(new.lines().map(Some).fold(
            vec![None],
            |mut all, line| {
                all.push(line);
                all
            },
        ));
        let reversed = |styles: &str| styles.chars().filter(|c| *c == 'R').count();
        let at_hand = styles.skip(1).find(|((a, b), _)| reversed(b) > reversed(a));
        let cursor = |styles: &str| styles.lines().next().map(cut).unwrap_or_default();
        let _ = match at_hand.and_then(|(_, line)| line) {
            Some(line) => writeln!(out, "    > {}", cut(line)),
            None => writeln!(out, "    ~ {} → {}", cursor(&old_styles), cursor(&new_styles)),
        };
    }
    out
}

/// What the key of an action does at a place reached by some way.
fn does(context: Context, action: &Action, key: &str) -> Result<String, String> {
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
                let mut stage = common::stage(110, 24);
                // What is done before a layer is opened, and what is done in it.
                let inside = !matches!(context, Context::Reader | Context::Panes | Context::Always);
                if inside {
                    stage.press(way).press(before)
                } else {
                    stage.press(before).press(way)
                };
                stage
            };
            if context == Context::Output && way.contains("c h e c k") {
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
            let now = digest(&mut stage);
            if now != was {
                let keys = [before, way].map(|k| k.trim()).join(" ");
                return Ok(format!("after \"{}\"\n{}", keys.trim(), differ(&was, &now)));
            }
        }
    }
    Err(if tried == 0 { "never reached".to_owned() } else { format!("nothing happens, tried {tried} times") })
}

#[test]
fn every_key_of_the_table_does_something_where_it_says() {
    let mut dead = Vec::new();
    let mut told: BTreeMap<Context, String> = BTreeMap::new();
    for def in defs() {
        // A code's own key is any character; its test is in `acts.rs`.
        let Some(key) = def.keys.first() else { continue };
        for context in def.contexts {
            match does(*context, &def.action, key) {
                Ok(what) => {
                    let told = told.entry(*context).or_default();
                    let _ = writeln!(told, "{} ({key}) {what}", def.name);
                }
                Err(why) => dead.push(format!("{} ({key}) in {context:?}: {why}", def.name)),
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
    for (context, what) in told {
        insta::assert_snapshot!(format!("{context:?}").to_lowercase(), what);
    }
}
