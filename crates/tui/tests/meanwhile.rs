//! What others change while a study lies on the desk, long work, and being blind.

use model::act::{Blind, Change};
use model::name::Name;
use model::span::Span;
use model::state::State;
use std::sync::Arc;
use tui::app::{Effect, Outcome, Work, Working};
use tui::desk::Desk;
use tui::fixture::{Stage, act, at, coding, desk, document, primary};
use tui::layers::Layer;
use tui::update::outcome::take;
use verbatim_tui as tui;

const TALK: &str = "Interviewer: Hoe gaat het? Vertel.\n\nAnna: Goed, dr. Jansen. Echt waar.\n\nInterviewer: En nu?\n\nAnna: Niets.\n";

fn stage() -> Stage {
    Stage::new(desk(vec![document("een", TALK)]), 100, 30)
}

/// Bram's coding of "Goed, dr. Jansen.", as act n.
fn brams(n: u64, code: &str) -> Arc<model::act::Act> {
    let text = document("een", TALK);
    Arc::new(act(n, "bram", "code", vec![coding(&text, Span::new(42, 59), code)]))
}

fn working(stage: &mut Stage, what: Work, done: usize, of: usize) {
    take(&mut stage.app, Outcome::Working(Some(Working { what, done, of, stopping: false })));
}

#[test]
fn acts_of_others_come_in_under_the_selection() {
    let mut stage = stage();
    stage.press("j s");
    let before = stage.app.reader.selection.expect("a selection");
    let said = Some("bram: 1 new act".to_owned());
    take(&mut stage.app, Outcome::Arrived(vec![brams(900, "training")], said));
    assert_eq!(stage.app.reader.selection, Some(before));
    assert_eq!(stage.app.newest, None, "it is not the coder's own newest coding");
    assert!(stage.screen().contains("bram: 1 new act"));
    assert_eq!(stage.app.reader.marks.hidden, 1);
    stage.press("o");
    assert!(stage.marked().contains("«training: "), "{}", stage.marked());
}

#[test]
fn many_acts_come_in_at_once() {
    let mut stage = stage();
    let acts = (0..200).map(|i| brams(1_000 + i, "training")).collect();
    take(&mut stage.app, Outcome::Arrived(acts, None));
    assert_eq!(stage.app.desk.as_ref().map(|d| d.coded.placed.len()), Some(200));
}

#[test]
fn a_text_that_is_another_now_keeps_the_turn() {
    let mut stage = stage();
    // In the second turn, three into its speech.
    stage.app.reader.go(45);
    let longer = TALK.replacen("Interviewer: ", "Interviewer: Nog even dit. En dit. ", 1);
    take(&mut stage.app, Outcome::Relaid(Box::new(desk(vec![document("een", &longer)])), None));
    assert!(stage.marked().contains("Anna: Goe|d, dr."), "{}", stage.marked());
    assert!(stage.screen().contains("texts or tables changed on disk and were read anew"));
}

#[test]
fn a_table_that_changed_keeps_the_cursor_and_what_is_selected() {
    let mut stage = stage();
    stage.press("j s");
    let before = stage.marked();
    let mut other = document("een", TALK);
    other.title = "Havenbedrijf".to_owned();
    take(&mut stage.app, Outcome::Relaid(Box::new(desk(vec![other])), None));
    assert_eq!(stage.marked(), before);
    assert!(stage.screen().contains("Havenbedrijf"));
}

#[test]
fn what_did_not_change_is_not_told() {
    let mut stage = stage();
    take(&mut stage.app, Outcome::Relaid(Box::new(desk(vec![document("een", TALK)])), None));
    assert!(stage.app.message.is_none());
    // A document that came in is told of, and the open one stays.
    let two = desk(vec![document("acht", "Anna: Ja.\n"), document("een", TALK)]);
    take(&mut stage.app, Outcome::Relaid(Box::new(two), Some("1 documents came in".to_owned())));
    assert!(stage.marked().contains("Hoe gaat het?"), "{}", stage.marked());
    assert!(stage.screen().contains("1 documents came in"));
}

#[test]
fn long_work_is_counted_and_esc_stops_it() {
    let mut stage = stage();
    working(&mut stage, Work::Import, 12, 50);
    let screen = stage.screen();
    assert!(screen.contains("bringing transcripts in: 12 of 50 ██░░░░░░░░░░ Esc stops it"), "{screen}");
    // Esc is one step back first.
    stage.press("s esc");
    assert_eq!(stage.asked, []);
    stage.press("5 esc");
    assert_eq!(stage.asked, [Effect::Stop]);
    assert!(stage.marked().contains("‹training: "), "coding goes on: {}", stage.marked());
    take(&mut stage.app, Outcome::Working(None));
    assert!(!stage.screen().contains("12 of 50"));
    stage.asked.clear();
    stage.press("esc");
    assert_eq!(stage.asked, []);
}

#[test]
fn a_file_that_is_written_is_counted_and_stopped_once_the_table_is_left() {
    let mut stage = stage();
    stage.press("T");
    working(&mut stage, Work::Export, 600, 1_200);
    let screen = stage.screen();
    assert!(screen.contains("writing the file: 600 of 1200 ██████░░░░░░"), "{screen}");
    // Esc and q mean the table first; whoever leaves by them wants the file.
    stage.press("q");
    assert!(stage.app.layers.is_empty());
    assert_eq!(stage.asked, []);
    assert!(stage.screen().contains("██████░░░░░░ Esc stops it"), "{}", stage.screen());
    stage.press("esc");
    assert_eq!(stage.asked, [Effect::Stop]);
}

#[test]
fn the_index_is_counted_and_stopped_once_the_search_is_left() {
    let mut stage = stage();
    stage.press("f");
    working(&mut stage, Work::Index, 2, 8);
    assert!(stage.screen().contains("indexing the texts: 2 of 8 ███░░░░░░░░░"), "{}", stage.screen());
    stage.asked.clear();
    stage.press("esc esc");
    assert_eq!(stage.asked, [Effect::Stop]);
}

#[test]
fn a_command_tells_how_far_it_is_and_is_stopped_by_a_key() {
    let mut stage = stage();
    stage.press(":").type_in("index --rebuild").press("enter");
    working(&mut stage, Work::Command, 4, 12);
    let screen = stage.screen();
    assert!(screen.contains("a command runs: 4 of 12 ████░░░░░░░░"), "{screen}");
    assert!(screen.contains("x stop it"), "{screen}");
    stage.asked.clear();
    stage.press("x");
    assert_eq!(stage.asked, [Effect::StopCommand]);
    // Where its sheet was left, the line above the footer tells of it, and Esc stops it.
    stage.asked.clear();
    stage.press("esc");
    assert_eq!(stage.asked, []);
    assert!(
        stage.screen().contains("index --rebuild: 4 of 12 ████░░░░░░░░ Esc stops it"),
        "{}",
        stage.screen()
    );
    stage.press("esc");
    assert_eq!(stage.asked, [Effect::StopCommand]);
    take(&mut stage.app, Outcome::Ran("stopped\n".into(), true));
    assert!(!stage.screen().contains("4 of 12"));
    stage.asked.clear();
    stage.press("esc");
    assert_eq!(stage.asked, []);
}

#[test]
fn work_fits_into_sixty_columns_and_nobody_is_told_of_reading_anew() {
    let mut stage = Stage::new(desk(vec![document("een", TALK)]), 60, 15);
    working(&mut stage, Work::Import, 3, 9);
    assert!(stage.screen().contains("bringing transcripts in: 3 of 9"), "{}", stage.screen());
    working(&mut stage, Work::Read, 3, 9);
    assert!(!stage.screen().contains("3 of 9"));
    stage.press("esc");
    assert_eq!(stage.asked, []);
}

#[test]
fn the_question_goes_when_transcripts_begin_to_come_in() {
    let mut stage = stage();
    stage.press("i").type_in("texts").press("enter enter");
    assert!(matches!(stage.asked.as_slice(), [Effect::Import { .. }]), "{:?}", stage.asked);
    assert!(matches!(stage.app.layers.last(), Some(Layer::Form(_))));
    working(&mut stage, Work::Import, 0, 0);
    assert!(stage.app.layers.is_empty());
    assert!(stage.screen().contains("bringing transcripts in"));
}

/// The desk of anna, who is blind, in a study where bram coded, wrote a memo and is done.
fn blind() -> Desk {
    let whole = desk(vec![document("een", TALK)]);
    let blind = Change::BlindOn(Box::new(Blind { coder: Name::new("anna"), documents: vec![] }));
    let memo = model::act::MemoWritten {
        memo: None,
        on: model::act::Subject::Document(Name::new("een")),
        title: "bramwrote".to_owned(),
        kind: Name::new("analytic"),
        body: "bramwrote".to_owned(),
        tags: vec![],
        links: vec![],
    };
    let done = model::act::Done {
        document: Name::new("een"),
        text: document("een", TALK).hash.expect("a hash"),
        codes: vec![Name::new("training")],
    };
    let more = vec![
        Arc::unwrap_or_clone(brams(50, "training")),
        act(51, "bram", "memo", vec![Change::MemoWritten(Box::new(memo))]),
        act(52, "bram", "done", vec![Change::Done(Box::new(done))]),
        act(53, "anna", "code", vec![coding(&document("een", TALK), Span::new(13, 26), "terms")]),
        act(54, "anna", "blind", vec![blind]),
    ];
    let acts = whole.state.acts().iter().cloned().chain(more.into_iter().map(Arc::new));
    let state = State::of(acts);
    let seen = state.seen_by(&Name::new("anna")).expect("something is hidden");
    assert!(state.seen_by(&Name::new("bram")).is_none(), "nothing is hidden from bram");
    let corpus = whole.corpus;
    Desk::new("study".to_owned(), corpus, seen, Some(Name::new("anna")), vec!["en".to_owned()])
}

#[test]
fn no_screen_shows_or_counts_what_others_read() {
    for (keys, shows) in [
        ("o", "Hoe gaat het?"),
        ("tab", "Documents"),
        ("T", "0"),
        ("H", "Terms of employment"),
        ("M", "memo"),
        ("F", "Case 0"),
        ("c", "Training"),
        ("j ?", "keys"),
    ] {
        let mut stage = Stage::new(blind(), 120, 36);
        stage.press(keys);
        let screen = stage.screen();
        assert!(screen.contains(shows), "{keys}: {screen}");
        assert!(!screen.contains("bram"), "{keys}: {screen}");
        assert!(keys != "tab" || screen.contains("anna · blind"), "{screen}");
        let desk = stage.app.desk.as_ref().expect("a desk");
        assert_eq!(desk.coded.placed.len(), 1);
        assert_eq!((stage.app.reader.marks.hidden, stage.app.reader.memos.len()), (0, 0));
    }
}

#[test]
fn going_blind_and_seeing_again_is_told() {
    let mut stage = stage();
    take(&mut stage.app, Outcome::Arrived(vec![brams(900, "training")], None));
    stage.press("o");
    assert!(stage.marked().contains("«training: "));
    take(&mut stage.app, Outcome::Seen(Box::new(blind().state)));
    assert!(!stage.marked().contains("«training: "));
    assert!(stage.screen().contains("you are blind: what others read is hidden"), "{}", stage.screen());
    take(&mut stage.app, Outcome::Seen(Box::new(State::of([brams(900, "training")]))));
    assert!(stage.screen().contains("what others read is shown again"));
}

#[test]
fn what_a_command_did_is_counted_in_the_table_below_what_it_said() {
    let mut stage = stage();
    stage.press("T");
    let before = stage.screen();
    stage.press(":").type_in("code").press("enter");
    let text = document("een", TALK);
    let own = act(900, "anna", "code", vec![coding(&text, Span::new(42, 59), "training")]);
    take(&mut stage.app, Outcome::Arrived(vec![own.into()], None));
    take(&mut stage.app, Outcome::Ran("coded\n".into(), true));
    assert!(matches!(stage.app.layers.last(), Some(Layer::Output(_))), "what it said stays on top");
    stage.press("esc");
    let after = stage.screen();
    assert_ne!(after, before);
    assert_eq!(stage.press("esc T").screen(), after, "as a table that is opened now");
}

/// A desk with two documents, coded by anna, with two memos of hers and her reading as the one that
/// counts.
fn listed(width: u16, height: u16) -> Stage {
    let documents = vec![document("een", TALK), document("twee", TALK)];
    let of = |d: &model::corpus::Document, needle: &str, code: &str| coding(d, at(d, needle), code);
    let changes = vec![
        of(&documents[0], "Goed, dr. Jansen.", "training"),
        of(&documents[1], "Goed, dr. Jansen.", "training"),
        of(&documents[1], "Niets.", "terms"),
    ];
    let mut desk = desk(documents);
    for (i, change) in changes.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    desk.take(act(30, "anna", "primary", vec![primary("anna")]));
    desk.take(act(31, "anna", "memo", vec![memo("eerste")]));
    desk.take(act(32, "anna", "memo", vec![memo("tweede")]));
    Stage::new(desk, width, height)
}

fn memo(title: &str) -> Change {
    Change::MemoWritten(Box::new(model::act::MemoWritten {
        memo: None,
        on: model::act::Subject::Study,
        title: title.to_owned(),
        kind: Name::new("analytic"),
        body: title.to_owned(),
        tags: vec![],
        links: vec![],
    }))
}

/// Bram writes a memo, codes in both documents and makes a code that stands first in the codebook.
fn bram_works(stage: &mut Stage) {
    let (first, second) = (document("een", TALK), document("twee", TALK));
    let mut new = tui::fixture::code("aanloop", None, "Aanloop", "Aanloop", "", None);
    if let Change::CodeAdded(code) = &mut new {
        code.order = -1.0;
    }
    let acts = vec![
        act(900, "bram", "code", vec![coding(&first, at(&first, "Echt waar."), "training")]),
        act(901, "bram", "code", vec![coding(&second, at(&second, "Goed,"), "training")]),
        act(902, "bram", "memo", vec![memo("van bram")]),
        act(903, "bram", "codebook", vec![new]),
    ];
    let said = Some("bram: 4 new acts".to_owned());
    take(&mut stage.app, Outcome::Arrived(acts.into_iter().map(Arc::new).collect(), said));
}

/// The line on the screen that is at hand: reversed.
fn at_hand(stage: &Stage) -> String {
    let screen = stage.screen();
    let (text, styles) = screen.split_once("--- styles").expect("a map of styles");
    let rows = text.lines().zip(styles.lines().skip(1));
    let marked: Vec<&str> = rows.filter(|(_, s)| s.contains("RRRR")).map(|(t, _)| t.trim()).collect();
    marked.join("\n")
}

#[test]
fn open_lists_take_in_what_others_do_and_keep_the_line_at_hand() {
    // The keys, what the line at hand says, and what has come with bram.
    for (keys, line, came) in [
        ("o M down", "eerste", "van bram"),
        ("H o j", "memo", "Aanloop"),
        ("o tab tab R T r a i n i n g enter j", "twee", "Echt waar."),
        ("B j j", "Terms", "Aanloop"),
    ] {
        let mut stage = listed(120, 36);
        stage.press(keys);
        let before = at_hand(&stage);
        assert!(before.contains(line), "{keys}: {before}\n{}", stage.screen());
        let count = |stage: &Stage| stage.screen().matches(came).count();
        let had = count(&stage);
        bram_works(&mut stage);
        let after = at_hand(&stage);
        let name = |s: &str| s.split("  ").next().unwrap_or_default().to_owned();
        assert_eq!(name(&after), name(&before), "{keys}: {}", stage.screen());
        assert!(count(&stage) > had, "{keys}: {}", stage.screen());
        assert!(stage.screen().contains("bram: 4 new acts"), "{keys}: {}", stage.screen());
    }
}

#[test]
fn an_open_table_counts_what_others_do_and_keeps_the_cell_at_hand() {
    let mut stage = listed(120, 36);
    let cell = |stage: &Stage| match stage.app.layers.last() {
        Some(Layer::Table(table)) => {
            let numbers = table.numbers.as_ref().expect("numbers");
            let code = numbers.codes[table.column].id.clone();
            (numbers.groups[table.row].id.clone(), code, numbers.cell(table.row, table.column).n)
        }
        Some(Layer::Grid(grid)) => {
            let code =
                &stage.app.desk.as_ref().expect("a desk").coded.codebook.codes[grid.codes[grid.column]];
            let n = grid.at(grid.row, grid.column).len() as u64;
            (grid.cases[grid.row].clone(), code.id.to_string(), Some(n))
        }
        other => panic!("{other:?}"),
    };
    stage.press("T j end");
    let (row, code, _) = cell(&stage);
    bram_works(&mut stage);
    // A code stands before it now.
    assert_eq!(cell(&stage), (row, code, Some(1)));
    let text = document("een", TALK);
    let own = act(910, "anna", "code", vec![coding(&text, at(&text, "Niets."), "training")]);
    stage.press("up");
    assert_eq!(cell(&stage).2, Some(1));
    take(&mut stage.app, Outcome::Arrived(vec![Arc::new(own)], None));
    assert_eq!(cell(&stage).2, Some(2), "what anna coded on another computer");
    let mut stage = listed(120, 36);
    stage.press("F j right");
    let (row, code, n) = cell(&stage);
    bram_works(&mut stage);
    assert_eq!(cell(&stage), (row, code, n));
}

#[test]
fn lists_stay_at_hand_when_texts_are_read_anew() {
    let mut stage = listed(120, 36);
    stage.press("tab tab R T r a i n i n g enter j");
    let before = at_hand(&stage);
    // A document comes in that stands before the others.
    let acts: Vec<_> = stage.app.desk.as_ref().expect("a desk").state.acts().to_vec();
    let corpus =
        desk(vec![document("aaa", "Anna: Ja.\n"), document("een", TALK), document("twee", TALK)]).corpus;
    let anew = Desk::new(
        "study".to_owned(),
        corpus,
        State::of(acts),
        Some(Name::new("anna")),
        vec!["en".to_owned()],
    );
    take(&mut stage.app, Outcome::Relaid(Box::new(anew), Some("1 document came in".to_owned())));
    assert!(before.starts_with("twee · ") && at_hand(&stage).starts_with("twee · "), "{}", stage.screen());
    stage.press("enter");
    assert_eq!(stage.app.document().map(|d| d.id.as_str()), Some("twee"));
}

#[test]
fn only_what_shows_moves_with_the_study() {
    for (keys, moves) in [
        ("M", true),
        ("H", true),
        ("T", true),
        ("F", true),
        ("B", true),
        ("?", true),
        ("M enter", false),
        ("c", false),
        ("m s", false),
        ("m", false),
        ("i", false),
        ("/", false),
        ("F enter", false),
        ("B l", false),
        (":", false),
    ] {
        let mut stage = listed(100, 30);
        stage.press(keys);
        assert!(!stage.app.layers.is_empty(), "{keys} opens nothing");
        assert_eq!(stage.app.layers.iter().all(Layer::moves), moves, "{keys}");
    }
}

#[test]
fn blind_reader_at_100() {
    let mut stage = Stage::new(blind(), 100, 24);
    stage.press("o");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn blind_table_at_100() {
    let mut stage = Stage::new(blind(), 100, 24);
    stage.press("T");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn blind_lists_at_80() {
    for keys in ["H o", "M", "tab tab R", "B"] {
        let mut stage = Stage::new(blind(), 80, 20);
        stage.press(keys);
        if keys.ends_with('R') {
            stage.type_in("terms").press("enter");
        }
        insta::assert_snapshot!(stage.screen());
    }
}

#[test]
fn long_work_at_100_and_60() {
    for (width, height) in [(100, 20), (60, 15)] {
        let mut stage = Stage::new(desk(vec![document("een", TALK)]), width, height);
        working(&mut stage, Work::Import, 12, 50);
        insta::assert_snapshot!(stage.screen());
    }
}
