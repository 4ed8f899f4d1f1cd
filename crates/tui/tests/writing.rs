//! Memos, the editor, the history and the summaries: keys in, acts and screens out.

use model::act::{Act, Change, MemoWritten, Subject};
use model::id::ThingId;
use model::name::Name;
use tui::actions::Action;
use tui::app::{Effect, Outcome};
use tui::fixture::{Stage, act, coding, desk, document};
use tui::layers::Layer;
use verbatim_tui as tui;

const TALK: &str = "Interviewer: Hoe gaat |het? Vertel.\n\nAnna: Goed, dr. Jansen. Echt waar. Heus.\n\nInterviewer: En nu?\n\nAnna: Niets.\n";

fn stage() -> Stage {
    Stage::with(TALK)
}

fn newest(stage: &Stage) -> &Act {
    let acts = stage.app.desk.as_ref().expect("a study is open").state.acts();
    acts.last().expect("something was done")
}

fn memos(stage: &Stage) -> Vec<MemoWritten> {
    let desk = stage.app.desk.as_ref().expect("a study is open");
    desk.state.memos().map(|m| m.written.clone()).collect()
}

/// Writes a memo; `keys` open it.
fn write(stage: &mut Stage, keys: &str, title: &str, body: &str) {
    stage.press(keys).type_in(title).press("enter").type_in(body).press("ctrl-s");
    assert!(stage.app.layers.is_empty(), "{:?}", stage.app.message);
}

#[test]
fn a_memo_is_about_what_was_asked_for() {
    let mut stage = stage();
    write(&mut stage, "m s", "Plan", "p");
    write(&mut stage, "m d", "Doc", "d");
    write(&mut stage, "m c", "Casus", "c");
    write(&mut stage, "s m m", "Zin", "z");
    stage.press("m k").type_in("train").press("enter").type_in("Code");
    stage.press("tab tab tab").type_in("k").press("ctrl-s");
    let all = memos(&stage);
    assert_eq!(all[0].on, Subject::Study);
    assert_eq!(all[1].on, Subject::Document(Name::new("een")));
    assert_eq!((&all[2].on, all[2].kind.as_str()), (&Subject::Case(Name::new("case-0")), "case"));
    let Subject::Passage(anchor) = &all[3].on else { panic!("{:?}", all[3].on) };
    assert_eq!((anchor.quote(), anchor.start, anchor.end), ("Hoe gaat het?", 13, 26));
    assert_eq!(all[4].on, Subject::Code(Name::new("training")));
    assert_eq!(stage.app.undo.as_deref(), Some("memo \"Code\" on Training"));
    // With the codebook in hand it is the code at hand.
    stage.press("tab j m k");
    assert!(stage.screen().contains("memo on Internal flex pool"), "{}", stage.screen());
}

#[test]
fn other_text_that_is_selected_is_what_a_memo_is_about() {
    let mut stage = stage();
    stage.press("t 5 s");
    write(&mut stage, "m m", "Zin", "z");
    assert!(matches!(memos(&stage)[0].on, Subject::Passage(_)), "the sentence, not the coding of the turn");
    stage.press("esc");
    write(&mut stage, "m m", "Codering", "c");
    assert!(matches!(memos(&stage)[1].on, Subject::Coding(_)));
}

#[test]
fn title_type_tags_and_links_are_kept() {
    let mut stage = stage();
    stage.press("5 m s").type_in("Besluit").press("ctrl-t tab").type_in("budget, opleiding,  budget");
    stage.press("tab").type_in("nergens").press("tab").type_in("Zo.").press("ctrl-s");
    assert!(stage.said().contains("a link is the id"), "{}", stage.said());
    let id = ThingId { act: newest(&stage).id, k: 1 };
    stage.press("backtab ctrl-u").type_in(&id.to_string()).press("ctrl-s");
    let memo = memos(&stage).remove(0);
    assert_eq!(memo.kind, "decision");
    assert_eq!(memo.tags, ["budget", "opleiding"]);
    assert_eq!(memo.links, [id.to_string()]);
}

#[test]
fn esc_keeps_a_changed_text_until_it_is_pressed_again() {
    let mut stage = stage();
    stage.press("m s").type_in("x").press("esc");
    assert_eq!(stage.app.layers.len(), 1);
    assert!(stage.said().contains("Esc again throws away"));
    stage.type_in("y").press("esc");
    assert_eq!(stage.app.layers.len(), 1, "typing between counts");
    stage.press("esc");
    assert!(stage.app.layers.is_empty() && memos(&stage).is_empty());
    stage.press("m s esc");
    assert!(stage.app.layers.is_empty(), "an unchanged text is left at once");
    stage.press("m s").type_in("x").press("ctrl-c");
    assert!(!stage.app.leaving);
    stage.press("ctrl-c");
    assert!(stage.app.leaving);
}

#[test]
fn a_pasted_text_loses_what_steers_a_terminal() {
    let mut stage = stage();
    stage.press("m s tab tab tab").act(&Action::Paste("a\u{1b}[31m\r\n\tb\u{7}\u{9b}".into()));
    stage.press("ctrl-s");
    assert_eq!(memos(&stage)[0].body, "a[31m\n\tb");
}

#[test]
fn the_users_own_editor_gets_the_text_and_gives_it_back() {
    let mut stage = stage();
    stage.press("m s tab tab tab").type_in("Zo").press("ctrl-e");
    assert_eq!(stage.asked, [Effect::EditOutside("Zo".into())]);
    let back = |r| Outcome::EditedOutside(r);
    tui::update::outcome::take(&mut stage.app, back(Err("vi ended with exit status: 1".into())));
    assert!(stage.said().contains("the text is as it was"));
    tui::update::outcome::take(&mut stage.app, back(Ok("Zo\r\nis het.\n".into())));
    stage.press("ctrl-s");
    assert_eq!(memos(&stage)[0].body, "Zo\nis het.");
}

#[test]
fn memos_are_listed_filtered_changed_and_removed() {
    let mut stage = stage();
    write(&mut stage, "5 m m", "Eerste", "over opleiding");
    write(&mut stage, "m s", "Tweede", "over budget");
    stage.press("M");
    let screen = stage.screen();
    assert!(screen.contains("Eerste") && screen.contains("Training on turn 1"), "{screen}");
    stage.type_in("budget");
    assert!(!stage.screen().contains("Eerste") && stage.screen().contains("1 of 2"));
    stage.press("enter").type_in(" en tijd").press("ctrl-s");
    assert_eq!(memos(&stage)[1].body, "over budget en tijd");
    assert!(matches!(stage.app.layers.last(), Some(Layer::Memos(_))), "back in the list");
    stage.press("ctrl-d");
    assert_eq!(memos(&stage).len(), 1);
    assert_eq!(stage.app.undo.as_deref(), Some("removing memo \"Tweede\""));
    stage.press("esc").type_in("training");
    assert!(stage.screen().contains("Eerste"), "the subject is searched too");
    stage.press("esc esc u");
    assert_eq!(memos(&stage).len(), 2);
    stage.press("u");
    assert_eq!(memos(&stage)[1].body, "over budget");
}

#[test]
fn the_list_goes_to_the_place_of_a_memo() {
    let mut stage = stage();
    stage.press("n n");
    write(&mut stage, "s m m", "Niets", "x");
    stage.press("g M ctrl-o");
    assert!(stage.app.layers.is_empty());
    assert!(stage.marked().contains("Anna: |Niets."), "{}", stage.marked());
    write(&mut stage, "m s", "Studie", "x");
    stage.press("M ctrl-o");
    assert!(stage.said().contains("no place in a text"));
}

#[test]
fn places_with_memos_have_a_sign_and_can_be_gone_through() {
    let mut stage = stage();
    write(&mut stage, "s m m", "Een", "x");
    stage.press("n n");
    write(&mut stage, "5 m m", "Twee", "x");
    assert_eq!(stage.screen().matches('*').count(), 2, "{}", stage.screen());
    stage.press("g )");
    assert!(stage.marked().contains("Anna: ‹training: |Niets."), "{}", stage.marked());
    assert!(stage.screen().contains("has a memo"));
    stage.press(")");
    assert!(stage.said().contains("no place with a memo"));
    stage.press("(");
    assert!(stage.marked().contains("Interviewer: |Hoe gaat"), "{}", stage.marked());
}

#[test]
fn another_coders_memo_can_be_read_and_stays() {
    let mut stage = stage();
    let memo = MemoWritten {
        memo: None,
        on: Subject::Study,
        title: "Van Bea".into(),
        kind: Name::new("analytic"),
        body: "b".into(),
        tags: vec![],
        links: vec![],
    };
    let taken = act(90, "bea", "memo", vec![Change::MemoWritten(Box::new(memo))]);
    tui::update::outcome::take(&mut stage.app, Outcome::Taken(vec![taken.into()]));
    stage.press("M enter").type_in("x").press("ctrl-s");
    assert!(stage.said().contains("another coder's"));
    stage.press("esc esc ctrl-d");
    assert!(stage.said().contains("another coder's"));
    assert_eq!(memos(&stage)[0].body, "b");
}

#[test]
fn any_own_act_is_undone_in_the_middle_and_redone() {
    let mut stage = stage();
    stage.press("5 s s 3 S esc r 1 H");
    let screen = stage.screen();
    assert!(screen.contains("your own acts, newest first"), "{screen}");
    stage.press("j j");
    let screen = stage.screen();
    assert!(screen.contains("Undoing it takes off Internal mobility from \"Hoe gaat het?\""), "{screen}");
    assert!(screen.contains("Later acts build on it and have no effect while it is undone:"), "{screen}");
    assert_eq!(screen.matches("Internal mobility instead of Training on turn 1").count(), 2, "{screen}");
    stage.press("u");
    assert!(!stage.marked().contains("internal-mobility") && stage.marked().contains("‹terms: "));
    assert!(matches!(newest(&stage).changes.as_slice(), [Change::Undone(_)]));
    let screen = stage.screen();
    assert!(screen.contains("Redoing it puts back Training from"), "{screen}");
    assert!(screen.contains("undone"));
    stage.press("enter");
    assert!(stage.marked().contains("‹internal-mobility: "));
    stage.press("g u");
    assert!(stage.said().contains("an undo is not undone itself"));
}

#[test]
fn the_history_shows_others_on_request_and_leaves_their_acts() {
    let d = document("een", &TALK.replacen('|', "", 1));
    let change = coding(&d, model::span::Span::new(13, 26), "training");
    let mut desk = desk(vec![d]);
    desk.take(act(50, "bea", "code", vec![change]));
    let mut stage = Stage::new(desk, 100, 30);
    stage.press("H");
    assert!(!stage.screen().contains("bea"));
    stage.press("o g u");
    assert!(stage.said().contains("this is an act of bea, and stays"), "{}", stage.said());
    stage.press("G u");
    assert!(stage.said().starts_with("type :undo "), "{}", stage.said());
    stage.press("g p");
    assert!(stage.app.layers.is_empty());
    assert!(stage.marked().contains("|Hoe gaat het?"));
}

#[test]
fn undoing_a_code_tells_which_codings_go_with_it() {
    let mut stage = stage();
    stage.press("n s V enter s H j");
    let screen = stage.screen();
    assert!(screen.contains("Undoing it takes away code Goed, dr. Jansen"), "{screen}");
    assert!(screen.contains("Later acts build on it"), "{screen}");
    stage.press("u esc");
    assert!(!stage.marked().contains('‹'), "the coding has no code to stand with");
    stage.press("U");
    assert!(stage.marked().contains("‹goed-dr-jansen: "));
}

#[test]
fn a_text_that_is_being_written_outlives_a_study_laid_out_anew() {
    let mut stage = stage();
    stage.press("m s").type_in("x");
    let same = desk(vec![document("een", &TALK.replacen('|', "", 1))]);
    tui::update::outcome::take(&mut stage.app, Outcome::Opened(Box::new(same), None));
    assert!(matches!(stage.app.layers.as_slice(), [Layer::Write(_)]));
}

#[test]
fn a_text_that_could_not_be_kept_is_there_again() {
    let mut stage = stage();
    stage.press("m s tab tab tab").type_in("lange tekst");
    // The act is refused instead of taken.
    let effects = tui::update::update(&mut stage.app, &Action::Edit(tui::actions::Edit::Save));
    assert!(
        matches!(effects.as_slice(), [Effect::Append { act: "memo", .. }]) && stage.app.layers.is_empty()
    );
    tui::update::outcome::take(&mut stage.app, Outcome::Refused("this study is read-only".into()));
    assert!(stage.screen().contains("lange tekst") && stage.screen().contains("this study is read-only"));
    stage.press("ctrl-s");
    assert_eq!(memos(&stage)[0].body, "lange tekst");
    tui::update::outcome::take(&mut stage.app, Outcome::Refused("something else".into()));
    assert!(stage.app.layers.is_empty(), "what arrived does not come back");
}

#[test]
fn memos_of_others_on_the_text_are_hidden_with_their_codings() {
    let d = document("een", &TALK.replacen('|', "", 1));
    let change = coding(&d, model::span::Span::new(13, 26), "training");
    let mut desk = desk(vec![d]);
    let act_of_coding = act(50, "bea", "code", vec![change]);
    let on = Subject::Coding(ThingId { act: act_of_coding.id, k: 1 });
    desk.take(act_of_coding);
    let memo = MemoWritten {
        memo: None,
        on,
        title: "Van Bea".into(),
        kind: Name::new("analytic"),
        body: "b".into(),
        tags: vec![],
        links: vec![],
    };
    desk.take(act(51, "bea", "memo", vec![Change::MemoWritten(Box::new(memo))]));
    let mut stage = Stage::new(desk, 100, 30);
    assert!(!stage.screen().contains('*'));
    stage.press("M");
    assert!(!stage.screen().contains("Van Bea") && stage.screen().contains("1 of other coders"));
    stage.press("esc o");
    assert!(stage.screen().contains('*'), "{}", stage.screen());
    stage.press("M");
    assert!(stage.screen().contains("Van Bea"));
}

#[test]
fn summaries_stand_beside_their_passages() {
    let text = TALK.replacen('|', "", 1);
    let desk = desk(vec![document("een", &text), document("twee", "Anna: Ja hoor.\n")]);
    let mut stage = Stage::new(desk, 100, 30);
    stage.press("n 5 s s 3 s .");
    stage.press("F");
    let screen = stage.screen();
    assert!(screen.contains("Case 0") && screen.contains("5 Training"), "{screen}");
    stage.press("g l l enter");
    let screen = stage.screen();
    assert!(
        screen.contains("summary · Case 0 · Training") && screen.contains("Goed, dr. Jansen."),
        "{screen}"
    );
    stage.type_in("Het gaat goed.").press("ctrl-s");
    assert!(matches!(stage.app.layers.last(), Some(Layer::Grid(_))));
    assert!(stage.screen().contains("✓ 1"), "{}", stage.screen());
    let [Change::SummaryWritten(s)] = newest(&stage).changes.as_slice() else { panic!() };
    assert_eq!((s.case.as_str(), s.code.as_str(), s.body.as_str()), ("case-0", "training", "Het gaat goed."));
    let desk = stage.app.desk.as_ref().unwrap();
    let first = desk.state.codings().next().unwrap().id;
    assert_eq!(s.codings, [first]);
    assert_eq!(stage.app.undo.as_deref(), Some("summary of Training in Case 0"));
    stage.press("j enter");
    assert!(stage.screen().contains("no passages of yours here yet"));
    stage.press("esc esc u");
    let desk = stage.app.desk.as_ref().unwrap();
    assert!(desk.state.summary("case-0", "training").is_none());
}

#[test]
fn nothing_from_memos_notes_and_names_steers_the_terminal() {
    let mut stage = stage();
    let memo = MemoWritten {
        memo: None,
        on: Subject::Document(Name::new("x\u{1b}[2J")),
        title: "t\u{1b}]0;x\u{7}".into(),
        kind: Name::new("k\u{9b}1m"),
        body: "b\u{1b}[31m".into(),
        tags: vec!["\u{1b}c".into()],
        links: vec!["\u{7}".into()],
    };
    let taken = act(90, "an\u{1b}na", "me\u{1b}mo", vec![Change::MemoWritten(Box::new(memo))]);
    tui::update::outcome::take(&mut stage.app, Outcome::Taken(vec![taken.into()]));
    for keys in ["M", "enter", "esc esc", "H", "o", "esc", "5", "a", "esc", "=", "F", "enter", "esc", "esc"] {
        stage.press(keys);
        assert!(!stage.screen().chars().any(|c| c.is_control() && c != '\n'), "{keys}");
    }
}

#[test]
fn sizes_down_to_nothing_do_no_harm() {
    let mut stage = stage();
    stage.press("5 s");
    write(&mut stage, "m m", "Zin", "een tekst\nvan twee regels");
    for (w, h) in [(0, 0), (1, 1), (5, 3), (20, 2), (300, 100), (60, 15), (33, 7)] {
        stage.act(&Action::Resize(w, h));
        for keys in
            ["a", "esc", "r", "esc", "M", "enter", "tab", "up down", "esc", "esc", "H", "j", "esc", "F"]
        {
            stage.press(keys);
            let _ = stage.screen();
        }
        for keys in
            ["enter", "esc", "esc", "a k", "esc", "5 a n", "esc", "m s", "esc", "V", "esc", "a w", "esc"]
        {
            stage.press(keys);
            let _ = stage.screen();
        }
        stage.press("esc esc");
    }
    stage.act(&Action::Resize(100, 30));
    assert!(stage.app.layers.is_empty(), "{:?}", stage.app.layers);
}

#[test]
fn an_act_of_several_changes_says_how_many_of_what() {
    use model::act::{CodeFixed, CodingChanged, OfCoding};
    use tui::strings::language::{Language, speak};

    let mut stage = stage();
    stage.press("s 5 s 3 s 1");
    let desk = stage.app.desk.as_ref().expect("a study is open");
    let ids: Vec<ThingId> = desk.state.codings().map(|c| c.id).collect();
    let marked = |id: &ThingId| Change::ExemplarMarked(Box::new(OfCoding { coding: *id }));
    let removed = |id: &ThingId| Change::CodingRemoved(Box::new(OfCoding { coding: *id }));
    let recoded = |id: &ThingId| {
        let changed = CodingChanged { code: Some(Name::new("training")), ..CodingChanged::of(*id) };
        Change::CodingChanged(Box::new(changed))
    };
    let fixed = |code: &str| {
        Change::CodeFixed(Box::new(CodeFixed {
            code: Name::new(code),
            earlier: Name::new("reopen"),
            searched: Vec::new(),
        }))
    };
    let both = |changes: Vec<Change>| {
        let act = act(900, "anna", "x", changes);
        [Language::En, Language::Nl].map(|language| {
            speak(language);
            tui::strings::act(desk, &act)
        })
    };
    assert_eq!(both(ids.iter().map(marked).collect()), ["3 examples marked", "3 voorbeelden aangewezen"]);
    assert_eq!(
        both(ids.iter().map(recoded).collect()),
        ["3 codings given another code: Training", "3 coderingen met een andere code: Training"]
    );
    assert_eq!(both(vec![fixed("training"), fixed("terms")]), ["2 codes fixed", "2 codes vastgelegd"]);
    let mixed = vec![removed(&ids[0]), fixed("training"), removed(&ids[1]), removed(&ids[2])];
    assert_eq!(
        both(mixed),
        ["3 codings removed, fixing Training", "3 coderingen verwijderd, vastleggen: Training"]
    );
}
