//! What is around the coding: all actions, the command line, acts as commands, copying, themes, the
//! tour, the help.

use model::act::{Change, CodingChanged, MemoWritten, OfCoding, OfDocument, Subject};
use model::id::ThingId;
use model::name::Name;
use model::span::Span;
use tui::actions::{Action, Mouse};
use tui::app::{Copied, Effect, Outcome};
use tui::fixture::{Stage, act, coding, desk, document};
use tui::layers::Layer;
use tui::options::Subcommand;
use tui::theme::Look;
use tui::update::outcome::take;
use verbatim_tui as tui;

const TALK: &str = "Interviewer: Hoe gaat |het? Vertel.\n\nAnna: Goed, dr. Jansen. Echt waar.\n\nInterviewer: En nu?\n\nAnna: Niets.\n";

fn talk() -> Stage {
    let mut stage = Stage::with(TALK);
    let of = |words: &str, about: &str, options: &[&str]| Subcommand {
        words: words.into(),
        about: about.into(),
        options: options.iter().map(|o| (*o).to_owned()).collect(),
    };
    stage.app.commands = vec![
        of("freq", "Print the table", &["--by", "--csv", "--code"]),
        of("code", "Put a code on a stretch of text", &["--note"]),
        of("codings", "List codings", &["--code"]),
        of("memo", "Write and list memos", &[]),
        of("memo add", "Write a memo", &["--on", "--title"]),
        of("memo list", "List memos", &["--on"]),
    ];
    stage
}

fn top(stage: &Stage) -> &Layer {
    stage.app.layers.last().expect("a layer")
}

// All actions.

#[test]
fn an_action_is_found_by_name_or_by_what_it_does_and_done() {
    let mut stage = talk();
    stage.press("ctrl-p").type_in("select the turn").press("enter");
    assert!(stage.marked().contains("⟦|Hoe gaat het? Vertel.⟧"), "{}", stage.marked());
    assert!(stage.app.layers.is_empty());
    stage.press("ctrl-p").type_in("frequency-table").press("enter");
    assert!(matches!(top(&stage), Layer::Table(_)));
}

#[test]
fn what_cannot_be_done_here_says_where() {
    let mut stage = talk();
    stage.press("ctrl-p").type_in("count-rule").press("enter");
    assert_eq!(stage.said(), "not here: r works in Frequency table");
    assert_eq!(stage.app.layers.len(), 1, "the list stays");
    stage.press("esc esc T ctrl-p").type_in("count-rule").press("enter");
    assert_eq!(stage.app.layers.len(), 1, "in the table it is done");
    assert!(stage.screen().contains("codings"));
}

#[test]
fn what_is_in_a_menu_is_done_without_it() {
    let mut stage = talk();
    stage.press("ctrl-p").type_in("memo-study");
    assert!(stage.screen().contains("m s  on the study"), "{}", stage.screen());
    stage.press("enter");
    assert!(matches!(top(&stage), Layer::Write(_)));
}

#[test]
fn effects_of_a_chosen_action_are_carried_out() {
    let mut stage = talk();
    stage.press("5 ctrl-p").type_in("undo your last").press("enter");
    assert!(!stage.marked().contains('‹'), "{}", stage.marked());
}

#[test]
fn in_a_list_ctrl_p_still_goes_up() {
    let mut stage = talk();
    stage.press("c down ctrl-p");
    let Layer::Palette(palette) = top(&stage) else { panic!("no list of codes") };
    assert_eq!(palette.at, 0);
    stage.press("esc ctrl-p down ctrl-p");
    let Layer::Actions(list) = top(&stage) else { panic!("no list of actions") };
    assert_eq!(list.at, 0);
}

#[test]
fn every_action_with_a_key_is_in_the_list() {
    let mut stage = talk();
    stage.press("ctrl-p");
    let Layer::Actions(list) = top(&stage) else { panic!("no list of actions") };
    let missing: Vec<&str> = tui::actions::defs()
        .filter(|d| !d.action.any_key() && !d.name.starts_with("all-actions"))
        .filter(|d| !list.found.iter().any(|(f, _)| f.name == d.name))
        .map(|d| d.name)
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(list.found.iter().any(|(d, here)| d.name == "select-turn" && *here));
    assert!(list.found.iter().any(|(d, here)| d.name == "count-rule" && !*here));
}

#[test]
fn actions_at_80() {
    let mut stage = talk();
    stage.act(&Action::Resize(80, 24));
    stage.press("ctrl-p").type_in("memo");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn actions_at_60() {
    let mut stage = talk();
    stage.act(&Action::Resize(60, 15));
    stage.press("ctrl-p");
    insta::assert_snapshot!(stage.screen());
}

// The command line.

#[test]
fn a_command_is_split_like_in_a_shell_and_run() {
    let mut stage = talk();
    stage.press(":").type_in("memo add --title 'Twee woorden' \"het is\"").press("enter");
    let words = ["memo", "add", "--title", "Twee woorden", "het is"].map(str::to_owned).to_vec();
    assert_eq!(stage.asked, [Effect::Run(words)]);
    assert!(stage.screen().contains("running"), "{}", stage.screen());
    take(&mut stage.app, Outcome::Ran("kept\n".into(), true));
    assert!(stage.screen().contains("│ kept"), "{}", stage.screen());
    stage.press("esc");
    assert!(stage.app.layers.is_empty());
}

#[test]
fn the_programs_own_name_and_an_open_quote() {
    let mut stage = talk();
    stage.press(":").type_in("verbatim check").press("enter esc");
    assert_eq!(stage.asked, [Effect::Run(vec!["check".into()])]);
    take(&mut stage.app, Outcome::Ran(String::new(), true));
    stage.press(":").type_in("memo 'add").press("enter");
    assert_eq!(stage.said(), "a quote is not closed");
    assert_eq!(stage.app.layers.len(), 1, "the line stays to be mended");
}

#[test]
fn a_command_that_was_left_tells_its_end() {
    let mut stage = talk();
    stage.press(":").type_in("check").press("enter esc");
    assert!(stage.app.layers.is_empty() && stage.app.running.is_some());
    stage.press(":").type_in("freq").press("enter");
    assert_eq!(stage.said(), "a command is still running; wait for its end");
    stage.press("esc");
    take(&mut stage.app, Outcome::Ran("error: x".into(), false));
    assert_eq!(stage.said(), "went wrong: check");
    assert_eq!(stage.app.running, None);
}

#[test]
fn tab_completes_commands_options_documents_and_codes() {
    let line = |keys: &str, typed: &str| {
        let mut stage = talk();
        stage.press(":").type_in(typed).press(keys);
        let Layer::Command(command) = top(&stage) else { panic!("no line") };
        command.line.to_string()
    };
    assert_eq!(line("tab", "fr"), "freq ");
    assert_eq!(line("tab tab", "cod"), "codings ");
    assert_eq!(line("tab tab tab", "cod"), "code ", "around the end");
    assert_eq!(line("tab", "memo l"), "memo list ");
    assert_eq!(line("tab", "memo add --t"), "memo add --title ");
    assert_eq!(line("tab", "freq --c"), "freq --csv ");
    assert_eq!(line("tab", "code ee"), "code een ");
    assert_eq!(line("tab", "code een 0 4 train"), "code een 0 4 training ");
    assert_eq!(line("tab", "code zzz"), "code zzz");
}

#[test]
fn a_command_is_corrected_in_the_middle() {
    let mut stage = talk();
    stage.press(":").type_in("fre --by sector").press("home ctrl-right").type_in("q");
    let line = |s: &Stage| match top(s) {
        Layer::Command(c) => format!("{}|{}", c.line.before(), c.line.behind()),
        _ => String::new(),
    };
    assert_eq!(line(&stage), "freq| --by sector");
    stage.press("ctrl-e ctrl-w").act(&Action::Paste("case\n".into()));
    assert_eq!(line(&stage), "freq --by case|");
    // The word before the cursor is completed, and what stands behind it stays.
    stage.press("ctrl-a delete delete delete delete").type_in("cod").press("tab");
    assert_eq!(line(&stage), "code| --by case");
    stage.press("tab");
    assert_eq!(line(&stage), "codings| --by case");
    stage.press("ctrl-u");
    assert_eq!(line(&stage), "| --by case");
}

#[test]
fn a_long_line_scrolls_and_its_cursor_stays_in_sight() {
    let mut stage = talk();
    stage.act(&Action::Resize(60, 15));
    let text = "één ".repeat(20) + "漢字";
    stage.press(":").type_in(&format!("memo add '{text}'"));
    let screen = stage.screen();
    assert!(screen.contains("één 漢字'") && screen.contains("cursor 58,"), "{screen}");
    stage.press("ctrl-left ctrl-left ctrl-left ctrl-left");
    let screen = stage.screen();
    // Some of what stands behind the cursor is seen.
    assert!(screen.contains("één 漢字'") && screen.contains("cursor 46,"), "{screen}");
    stage.press("home");
    let screen = stage.screen();
    assert!(
        screen.contains(":memo add 'één") && screen.contains('…') && screen.contains("cursor 2,"),
        "{screen}"
    );
}

#[test]
fn lines_before_come_back() {
    let mut stage = talk();
    for command in ["freq", "check"] {
        stage.press(":").type_in(command).press("enter esc");
        take(&mut stage.app, Outcome::Ran("x".into(), true));
    }
    stage.press(":").type_in("me").press("up");
    let line = |s: &Stage| match top(s) {
        Layer::Command(c) => c.line.to_string(),
        _ => String::new(),
    };
    assert_eq!(line(&stage), "check");
    stage.press("up up");
    assert_eq!(line(&stage), "freq");
    stage.press("down down");
    assert_eq!(line(&stage), "me");
}

#[test]
fn the_output_is_scrolled_in_both_directions_and_copied() {
    let mut stage = talk();
    stage.act(&Action::Resize(80, 24));
    let lines: Vec<String> = (1..=50).map(|i| format!("line {i} {}END", "x".repeat(100))).collect();
    let output = lines.join("\n");
    stage.press(":").type_in("freq").press("enter");
    take(&mut stage.app, Outcome::Ran(output.clone(), true));
    assert!(stage.screen().contains("lines 1–20 of 50") || stage.screen().contains("lines 1–18 of 50"));
    stage.press("G");
    assert!(stage.screen().contains("line 50 x"));
    for _ in 0..10 {
        stage.press("right");
    }
    assert!(stage.screen().contains("xEND"), "{}", stage.screen());
    stage.press("g y");
    assert_eq!(stage.asked.last(), Some(&Effect::Copy(output)));
    stage.act(&Action::Mouse(Mouse::Wheel(5, 5, true)));
    assert!(!stage.screen().contains("lines 1–"));
}

#[test]
fn a_study_that_is_laid_out_anew_keeps_place_and_output() {
    let mut stage = talk();
    stage.press("n s :").type_in("check").press("enter");
    let before = stage.marked();
    let text = TALK.replace('|', "");
    take(&mut stage.app, Outcome::Opened(Box::new(desk(vec![document("een", &text)])), None));
    take(&mut stage.app, Outcome::Ran("nothing wrong".into(), true));
    assert!(stage.screen().contains("nothing wrong"));
    stage.press("esc");
    assert_eq!(stage.marked(), before);
    assert!(before.contains("⟦|Goed, dr. Jansen.⟧"));
}

#[test]
fn command_at_80() {
    let mut stage = talk();
    stage.act(&Action::Resize(80, 24));
    stage.press(":").type_in("c").press("tab");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn output_at_60() {
    let mut stage = talk();
    stage.act(&Action::Resize(60, 15));
    stage.press(":").type_in("code een").press("enter");
    let text = "error: something is missing\u{1b}[31m\nhint: name the code\n";
    take(&mut stage.app, Outcome::Ran(text.into(), false));
    insta::assert_snapshot!(stage.screen());
}

// Acts as commands.

/// The commands for some changes, in an act.
fn commands(changes: Vec<Change>) -> Vec<String> {
    let desk = desk(vec![document("een", "Anna: Goed.\n")]);
    tui::equal::commands(&desk, None, &[act(7, "anna", "x", changes).into()]).0
}

fn thing(k: u32) -> ThingId {
    ThingId { act: act(0xabc, "anna", "x", vec![]).id, k }
}

fn short(id: ThingId) -> String {
    let whole = id.act.to_string();
    format!("{}.{}", whole.get(whole.len() - 8..).unwrap_or_default(), id.k)
}

#[test]
fn the_last_act_is_shown_as_a_command_and_copied() {
    let mut stage = talk();
    stage.press("ctrl-g");
    assert_eq!(stage.said(), "nothing was done on this screen yet");
    stage.press("5 ctrl-g");
    assert!(stage.screen().contains("verbatim code een 13 26 training"), "{}", stage.screen());
    stage.press("y");
    assert_eq!(stage.asked, [Effect::Copy("verbatim code een 13 26 training".into())]);
    assert!(stage.app.layers.is_empty());
    stage.press("D ctrl-g");
    assert!(stage.screen().contains("verbatim done een"));
    stage.press("esc u ctrl-g");
    assert!(stage.screen().contains("verbatim undo "));
}

#[test]
fn each_kind_of_change_has_its_command() {
    let d = document("een", "Anna: Goed.\n");
    let one = thing(1);
    let Change::CodingAdded(mut added) = coding(&d, Span::new(6, 11), "training") else { panic!() };
    added.note = Some("it's so".into());
    added.weight = Some(2.5);
    added.qualifiers.insert(Name::new("status"), Name::new("planned"));
    assert_eq!(
        commands(vec![Change::CodingAdded(added)]),
        [r"verbatim code een 6 11 training --weight 2.5 --note 'it'\''s so' --qualifier status=planned"]
    );
    let recode = |k| {
        let changed = CodingChanged { code: Some(Name::new("terms")), ..CodingChanged::of(thing(k)) };
        Change::CodingChanged(Box::new(changed))
    };
    let (a, b) = (short(thing(1)), short(thing(2)));
    assert_eq!(commands(vec![recode(1), recode(2)]), [format!("verbatim recode {a} {b} terms")]);
    let of = |k| Box::new(OfCoding { coding: thing(k) });
    assert_eq!(
        commands(vec![Change::CodingRemoved(of(1)), Change::CodingRemoved(of(2))]),
        [format!("verbatim uncode {a} {b}")]
    );
    assert_eq!(commands(vec![Change::ExemplarMarked(of(1))]), [format!("verbatim exemplar mark {a}")]);
    assert_eq!(commands(vec![Change::ExemplarUnmarked(of(1))]), [format!("verbatim exemplar unmark {a}")]);
    let document = OfDocument { document: Name::new("een") };
    assert_eq!(commands(vec![Change::Reopened(Box::new(document))]), ["verbatim reopen een"]);
    let memo = MemoWritten {
        memo: None,
        on: Subject::Coding(one),
        title: "Een titel".into(),
        kind: Name::new("decision"),
        body: "-tekst".into(),
        tags: vec!["toon".into()],
        links: vec![],
    };
    assert_eq!(
        commands(vec![Change::MemoWritten(Box::new(memo))]),
        [format!(
            "verbatim memo add --on coding:{a} --type decision --title 'Een titel' --tag toon -- -tekst"
        )]
    );
}

#[test]
fn every_field_of_a_coding_has_its_option() {
    let one = short(thing(1));
    let change = |fill: &dyn Fn(&mut CodingChanged)| {
        let mut changed = CodingChanged::of(thing(1));
        fill(&mut changed);
        commands(vec![Change::CodingChanged(Box::new(changed))]).join("\n")
    };
    let is = |words: &str| format!("verbatim codings change {one} {words}");
    assert_eq!(change(&|c| c.note = Some(Some("-'s\nzo".into()))), is("'--note=-'\\''s\nzo'"));
    assert_eq!(change(&|c| c.note = Some(None)), is("--no-note"));
    assert_eq!(change(&|c| c.weight = Some(Some(-0.5))), is("--weight=-0.5"));
    assert_eq!(change(&|c| c.weight = Some(None)), is("--no-weight"));
    assert_eq!(change(&|c| c.case = Some(Some(Name::new("a b")))), is("--case 'a b'"));
    assert_eq!(change(&|c| c.case = Some(None)), is("--no-case"));
    assert_eq!(change(&|c| c.definition = Some(Name::new("0a1b2c3d"))), is("--confirm"));
    let qualifiers = [(Name::new("status"), Name::new("planned"))];
    assert_eq!(change(&|c| c.qualifiers = Some(qualifiers.clone().into())), is("--qualifier status=planned"));
}

#[test]
fn what_no_command_does_is_said() {
    let unknown = model::act::Setting { key: Name::new("colour-of-the-door"), value: "red".into() };
    let other = act(7, "anna", "x", vec![Change::Setting(Box::new(unknown))]);
    let desk = desk(vec![document("een", "Anna: Goed.\n")]);
    assert_eq!(tui::equal::commands(&desk, None, &[other.clone().into()]), (vec![], 1));
    let mut stage = talk();
    take(&mut stage.app, Outcome::Taken(vec![other.into()]));
    stage.press("ctrl-g");
    assert!(stage.screen().contains("No command does this"), "{}", stage.screen());
}

#[test]
fn a_code_that_is_made_and_put_on_the_text_at_once_is_two_commands() {
    let mut stage = talk();
    stage.press("c").type_in("Nieuw idee").press("ctrl-n enter enter enter ctrl-g");
    let Layer::Equal(equal) = top(&stage) else { panic!("no window") };
    assert_eq!(
        equal.commands,
        [
            "verbatim codebook add nieuw-idee --label 'en=Nieuw idee' --status provisional --origin inductive --codebook book",
            "verbatim code een 13 26 nieuw-idee"
        ]
    );
}

#[test]
fn equal_at_60() {
    let mut stage = talk();
    stage.act(&Action::Resize(60, 15));
    stage.press("m s").type_in("Een wat langere titel").press("tab tab tab");
    stage.type_in("Dit is een memo die niet op een regel past.").press("ctrl-s ctrl-g");
    insta::assert_snapshot!(stage.screen());
}

// Copying.

#[test]
fn the_selection_or_the_coded_passage_is_copied() {
    let mut stage = talk();
    stage.press("y");
    assert!(stage.asked.is_empty() && stage.said().starts_with("select text first"));
    stage.press("t y");
    assert_eq!(stage.asked.last(), Some(&Effect::Copy("Hoe gaat het? Vertel.".into())));
    stage.press("esc 5 y");
    assert_eq!(stage.asked.last(), Some(&Effect::Copy("Hoe gaat het?".into())));
    take(&mut stage.app, Outcome::Copied(Ok(Copied::Terminal)));
    assert!(stage.said().starts_with("copied (by the terminal)"));
    take(&mut stage.app, Outcome::Copied(Ok(Copied::File("/a/copied.txt".into()))));
    assert_eq!(stage.said(), "copied into /a/copied.txt");
}

#[test]
fn ctrl_c_copies_a_selection_and_else_leaves() {
    let mut stage = talk();
    stage.press("s ctrl-c");
    assert_eq!(stage.asked, [Effect::Copy("Hoe gaat het?".into())]);
    assert!(!stage.app.leaving);
    stage.press("esc ctrl-c");
    assert!(stage.app.leaving);
    let mut stage = talk();
    take(&mut stage.app, Outcome::NotSaved { why: "the disk is full".into(), waiting: 2 });
    stage.press("ctrl-c");
    assert!(!stage.app.leaving, "what is not saved is told first");
    stage.press("ctrl-c");
    assert!(stage.app.leaving);
}

#[test]
fn ctrl_z_suspends_but_not_while_writing() {
    let mut stage = talk();
    stage.press("ctrl-z");
    assert_eq!(stage.asked, [Effect::Suspend]);
    stage.press("m s").type_in("ab").press("ctrl-z");
    assert_eq!(stage.asked.len(), 1, "there it takes typing back");
}

// Themes.

#[test]
fn themes_go_round_and_are_kept() {
    let mut stage = talk();
    let mut looks = Vec::new();
    for _ in 0..4 {
        stage.press("ctrl-t");
        looks.push(stage.app.theme.look);
    }
    assert_eq!(looks, [Look::Light, Look::Contrast, Look::Safe, Look::Dark]);
    let kept = ["light", "high-contrast", "colour-blind", "dark"].map(|t| Effect::Keep("theme", t.into()));
    assert_eq!(stage.asked, kept);
    assert_eq!(stage.said(), "theme: dark");
}

// The tour.

/// A stage on the sample study's place with the tour begun.
fn toured(width: u16, height: u16) -> Stage {
    let mut stage = Stage::empty(width, height);
    tui::update::start(&mut stage.app);
    stage.press("down down down enter enter");
    assert_eq!(stage.asked.pop(), Some(Effect::Sample("verbatim-demo".into())));
    let text = TALK.replace('|', "");
    take(&mut stage.app, Outcome::Opened(Box::new(desk(vec![document("een", &text)])), None));
    stage
}

#[test]
fn the_tour_waits_at_each_step_until_it_was_done() {
    let mut stage = toured(100, 30);
    let step = |s: &Stage| s.app.tour.as_ref().map(|t| t.at);
    assert_eq!(step(&stage), Some(0));
    stage.press("j w");
    assert_eq!(step(&stage), Some(0), "a word is no sentence");
    for (keys, next) in [("s", 1), ("5", 2), ("r 3", 3), ("u", 4), ("n", 5), ("D", 6), ("T", 7)] {
        stage.press(keys);
        assert_eq!(step(&stage), Some(next), "{keys}");
    }
    stage.press("esc");
    assert_eq!(step(&stage), Some(7), "Esc closed the table, not the tour");
    stage.press("ctrl-p");
    assert_eq!(step(&stage), None);
    assert!(stage.said().starts_with("that was the tour"));
}

#[test]
fn esc_leaves_the_tour_for_good() {
    let mut stage = toured(100, 30);
    assert!(stage.screen().contains("guided tour 1 of 8"));
    stage.press("esc");
    assert!(stage.app.tour.is_none() && !stage.screen().contains("guided tour"));
    assert!(stage.said().starts_with("the tour is over"));
    stage.press("s 5");
    assert!(!stage.screen().contains("guided tour"));
}

#[test]
fn the_tour_is_offered_later_and_only_on_the_sample() {
    let mut stage = talk();
    stage.press("ctrl-p").type_in("guided").press("enter");
    assert!(stage.screen().contains("Sample study"), "{}", stage.screen());
    stage.press("esc s");
    assert!(stage.app.tour.is_none(), "one's own study is left alone");
    stage.press("ctrl-r enter");
    assert_eq!(stage.asked, [Effect::Sample("verbatim-demo".into())]);
    take(&mut stage.app, Outcome::Refused("no room".into()));
    assert!(stage.app.tour.as_ref().is_some_and(|t| !t.on), "it waits while the folder is mended");
}

#[test]
fn tour_at_80() {
    let mut stage = toured(80, 24);
    stage.press("s");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn tour_at_60() {
    let mut stage = toured(60, 15);
    stage.press("s 5 r 3 u n D");
    insta::assert_snapshot!(stage.screen());
}

// The help.

#[test]
fn help_is_filtered_by_words_and_keys_and_never_scrolls_past_its_end() {
    let mut stage = talk();
    stage.press("?").type_in("turn respondent");
    let screen = stage.screen();
    assert!(screen.contains("without a coding") && !screen.contains("show all keys"), "{screen}");
    stage.press("esc").type_in("T");
    assert!(stage.screen().contains("how often each case has each code"));
    stage.press("esc");
    for _ in 0..100 {
        stage.press("pagedown");
    }
    assert!(stage.screen().contains("delete the line"), "the last action there is");
    let filled = stage.screen().lines().take(26).filter(|l| l.contains("   ")).count();
    assert!(filled > 20, "the last screen is full");
}

#[test]
fn help_at_60() {
    let mut stage = talk();
    stage.act(&Action::Resize(60, 15));
    stage.press("?");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn help_scrolled_at_60() {
    let mut stage = talk();
    stage.act(&Action::Resize(60, 15));
    stage.press("tab ? pagedown pagedown");
    insta::assert_snapshot!(stage.screen());
}
