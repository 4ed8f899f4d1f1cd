//! What somebody meets who opens the program for the first time, alone or as the second coder: that what
//! is said says what to do, that it can be read to its end, and that nothing is offered that does nothing.

use model::act::{Change, DocumentAdded, Done, OfAct};
use model::name::Name;
use tui::Language;
use tui::app::Outcome;
use tui::desk::Desk;
use tui::fixture::{Stage, act, at, coding, desk, document, harbour, primary};
use verbatim_tui as tui;

/// The text of the screen, without the map of styles.
fn text(stage: &Stage) -> String {
    stage.screen().split("--- styles").next().unwrap_or_default().to_owned()
}

/// The same on one line, as a sentence is read over the ends of lines.
fn read(stage: &Stage) -> String {
    text(stage).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn footer(stage: &Stage) -> String {
    text(stage).lines().last().unwrap_or_default().to_owned()
}

/// A screen on a desk.
fn on(desk: Desk, language: Language, width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(desk, width, height);
    stage.app.language = language;
    stage
}

/// One interview, without any coding.
fn fresh() -> Desk {
    desk(vec![harbour()])
}

/// An interview that two coders read, of whom none is primary.
fn two_coders() -> Desk {
    let first = harbour();
    let theirs = coding(&first, at(&first, "Dat is geen straf"), "training");
    let own = coding(&first, at(&first, "We hebben daar een poule voor"), "terms");
    let mut desk = desk(vec![first]);
    desk.take(act(20, "sanne", "code", vec![theirs]));
    desk.take(act(21, "anna", "code", vec![own]));
    desk
}

fn marked_done(desk: &Desk) -> Change {
    let document = desk.document(0).expect("a document");
    let codes = desk.coded.codebook.fixed().map(|c| c.id.clone()).collect();
    let text = document.hash.unwrap_or_else(|| document.text.hash());
    Change::Done(Box::new(Done { document: Name::new(&document.id), text, codes }))
}

#[test]
fn after_an_import_undo_says_what_to_type() {
    for (language, width, said) in [
        (Language::Nl, 80, "typ :undo om"),
        (Language::Nl, 100, "typ :undo om"),
        (Language::En, 80, "type :undo"),
    ] {
        let mut desk = fresh();
        let text = desk.document(0).map(|d| d.text.hash()).expect("a text");
        let name = "zorggroep-rietvink-hr-manager-thuiszorg-en-wijkverpleging";
        let added = DocumentAdded { document: Name::new(name), text, source: None };
        desk.take(act(30, "anna", "import", vec![Change::DocumentAdded(Box::new(added))]));
        let mut stage = on(desk, language, width, 24);
        stage.press("u");
        let screen = read(&stage);
        assert!(screen.contains(said) && screen.contains("en-wijkverpleging"), "{screen}");
        assert!(!screen.contains('…'), "{screen}");
    }
}

/// Under a message that takes two lines nothing of what it covers is left.
#[test]
fn a_long_message_takes_two_lines_and_no_more_than_these() {
    for keys in ["", "B", "R", "H", "M"] {
        let mut stage = on(two_coders(), Language::Nl, 80, 24);
        stage.press(keys);
        let before = text(&stage);
        stage.app.say(format!("{} einde", "een lang verhaal ".repeat(7).trim()));
        let after = text(&stage);
        let changed: Vec<&str> =
            before.lines().zip(after.lines()).filter(|(a, b)| a != b).map(|(_, b)| b).collect();
        assert_eq!(changed.len(), 2, "after {keys}: {after}");
        assert!(
            changed.iter().all(|l| l.split_whitespace().all(|w| "een lang verhaal einde".contains(w))),
            "{after}"
        );
        assert!(read(&stage).contains("verhaal einde"), "{after}");
    }
}

#[test]
fn without_a_primary_coder_the_table_says_what_to_type_here() {
    for (keys, language, typed) in [
        ("T", Language::Nl, "typ :coders primary anna"),
        ("O w", Language::Nl, "typ :coders primary anna"),
        ("T", Language::En, "type :coders primary anna"),
    ] {
        let mut stage = on(two_coders(), language, 80, 24);
        stage.press(keys);
        let screen = read(&stage);
        assert!(screen.contains(typed) && !screen.contains("verbatim coders"), "{screen}");
        let footer = footer(&stage);
        let offered = ["Enter ", " r ", " a ", " b ", " e "].into_iter().find(|key| footer.contains(key));
        assert_eq!(offered, None, "{footer}");
    }
}

/// Where nobody is primary the only coder is read, and that is what the heading says.
#[test]
fn the_reading_of_an_only_coder_is_not_called_the_primary_one() {
    let heading = |named: bool, keys: &str| {
        let mut desk = fresh();
        desk.take(act(20, "anna", "done", vec![marked_done(&desk)]));
        if named {
            desk.take(act(21, "anna", "primary", vec![primary("anna")]));
        }
        let mut stage = on(desk, Language::Nl, 100, 30);
        stage.press(keys);
        read(&stage)
    };
    for keys in ["T", "O w"] {
        assert!(heading(false, keys).contains("lezing: enige codeur"), "{}", heading(false, keys));
        assert!(heading(true, keys).contains("lezing: hoofdcodeur"), "{}", heading(true, keys));
    }
}

#[test]
fn that_codings_are_hidden_is_said_before_how_much_is_coded() {
    for width in [80, 60] {
        let stage = on(two_coders(), Language::Nl, width, 24);
        let screen = text(&stage);
        assert!(screen.contains("1 van andere codeurs verborgen (o)"), "{screen}");
    }
    let wide = text(&on(two_coders(), Language::Nl, 160, 24));
    assert!(wide.contains("1 van andere codeurs verborgen (o) · "), "{wide}");
}

#[test]
fn at_the_end_of_a_document_it_is_said_what_comes_next() {
    let mut stage = on(fresh(), Language::Nl, 80, 24);
    stage.press("n n n n n n");
    let screen = text(&stage);
    assert!(screen.contains("D gereed · ; volgend document"), "{screen}");
    stage.press("D n");
    let said = stage.said().to_owned();
    assert!(said.ends_with("· ; volgend document") && !said.contains('D'), "{said}");
}

#[test]
fn a_code_is_fixed_without_a_question_while_no_document_is_done() {
    let mut stage = on(fresh(), Language::Nl, 80, 24);
    stage.press("B n").type_in("Nieuw").press("enter f");
    assert_eq!(stage.app.layers.len(), 1, "nothing is asked: {}", text(&stage));
    assert_eq!(stage.said(), "Nieuw is vast: telt voortaan mee bij \"gereed\"");
    // Where one is done, by whomever, that is asked.
    let mut desk = fresh();
    desk.take(act(20, "sanne", "done", vec![marked_done(&desk)]));
    let mut stage = on(desk, Language::Nl, 80, 24);
    stage.press("B n").type_in("Nieuw").press("enter f");
    assert_eq!(stage.app.layers.len(), 2, "{}", text(&stage));
}

#[test]
fn an_empty_codebook_offers_what_needs_no_code() {
    let mut desk = fresh();
    let all: Vec<_> = desk.state.acts().iter().map(|a| a.id).collect();
    for (n, of) in all.into_iter().enumerate() {
        let undone = Change::Undone(Box::new(OfAct { act: of }));
        desk.take(act(60 + n as u64, "anna", "undo", vec![undone]));
    }
    assert!(desk.coded.codebook.codes.is_empty());
    let mut stage = on(desk, Language::Nl, 120, 24);
    stage.press("B");
    let footer = footer(&stage);
    assert!(footer.contains("n nieuw") && footer.contains("Esc terug"), "{footer}");
    assert!(
        !footer.contains("naam") && !footer.contains("Enter") && !footer.contains("definitie"),
        "{footer}"
    );
}

/// Three quick presses do not go into yesterday unnoticed.
#[test]
fn what_was_done_before_today_is_undone_only_when_asked_twice() {
    let mut stage = on(fresh(), Language::Nl, 80, 24);
    let outcome = Outcome::Opened(Box::new(two_coders()), None);
    stage.app.desk = None;
    tui::update::outcome::take(&mut stage.app, outcome);
    let acts = |stage: &Stage| stage.app.desk.as_ref().map_or(0, |d| d.state.len());
    stage.press("5");
    let n = acts(&stage);
    stage.press("u");
    assert_eq!(acts(&stage), n + 1, "what was done just now is undone at once");
    stage.press("u");
    assert_eq!(acts(&stage), n + 1);
    let said = read(&stage);
    assert!(
        said.contains("toets u nog eens: terugnemen wat u op") && said.contains("Terms of employment op"),
        "{said}"
    );
    // Any other key, and it is asked again.
    stage.press("j u");
    assert_eq!(acts(&stage), n + 1);
    stage.press("u");
    assert_eq!(acts(&stage), n + 2);
    assert!(stage.said().starts_with("ongedaan gemaakt: "), "{}", stage.said());
}

#[test]
fn the_next_act_that_undo_takes_is_named_at_80_columns() {
    for language in Language::ALL {
        let mut stage = on(two_coders(), language, 80, 24);
        stage.press("} 5 3 u");
        let footer = footer(&stage);
        let named = ["u undo: \"", "u ongedaan: \""].iter().any(|w| footer.contains(w));
        assert!(named, "{footer}");
    }
}

/// How far a document is read is told in the language of the screen; files keep the words of the contract.
#[test]
fn values_of_tables_speak_dutch_on_the_screen() {
    let mut desk = desk(vec![harbour(), document("leeg", "Anna: Ja.\n")]);
    desk.take(act(20, "anna", "done", vec![marked_done(&desk)]));
    let mut stage = on(desk, Language::Nl, 100, 30);
    stage.press("O w");
    let screen = read(&stage);
    assert!(
        screen.contains(" gereed ") && screen.contains(" nee ") && !screen.contains(" done "),
        "{screen}"
    );
}
