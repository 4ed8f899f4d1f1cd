//! The hit at hand in a search: whatever puts it at hand, the transcript shows it, and it is what is decided
//! about.

use std::sync::Arc;

use model::act::Change;
use model::corpus::Corpus;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::rule::Decision::{Accepted, Open, Rejected};
use model::saved::{SearchSaved, own};
use model::span::Span;
use tui::actions::{Action, Mouse};
use tui::app::Outcome;
use tui::desk::Desk;
use tui::fixture::{Stage, act, at, coding, desk, document};
use tui::layers::Layer;
use tui::layers::search::Search;
use verbatim_tui as tui;

/// Twelve hits in each of two interviews, one to a turn.
fn talk() -> String {
    let turn = |n: usize| {
        format!(
            "Interviewer: Vraag {n}, en hoe gaat dat dan bij u?\n\nAnna: Het rooster van week {n} is goed.\n\n"
        )
    };
    (1..=12).map(turn).collect()
}

fn stage() -> Stage {
    Stage::new(desk(vec![document("een", &talk()), document("twee", &talk())]), 100, 30)
}

fn search(stage: &Stage) -> &Search {
    match stage.app.layers.last() {
        Some(Layer::Search(search)) => search,
        other => panic!("no search on top: {other:?}"),
    }
}

/// The document and the start of the hit at hand.
fn at_hand(stage: &Stage) -> (usize, u32) {
    let search = search(stage);
    let row = &search.rows[search.at];
    (row.document, row.span.start)
}

/// Where the transcript is.
fn shown(stage: &Stage) -> (usize, u32) {
    (stage.app.reader.document.expect("a document"), stage.app.reader.cursor)
}

/// The document and the text of each coding.
fn codings(stage: &Stage) -> Vec<(String, String)> {
    let desk = stage.app.desk.as_ref().expect("a desk");
    let one = |placed: &model::coded::Placed| {
        let document = &desk.corpus.documents[placed.document as usize];
        (document.id.clone(), document.text.slice(placed.span).to_owned())
    };
    desk.coded.placed.iter().map(one).collect()
}

fn decisions(stage: &Stage) -> Vec<model::rule::Decision> {
    search(stage).rows.iter().filter_map(|r| r.offer.as_ref().map(|(_, d)| *d)).collect()
}

#[test]
fn the_mouse_puts_at_hand_what_the_transcript_shows() {
    let mut stage = stage();
    stage.press("f").type_in("rooster").press("enter c").type_in("training").press("enter g");
    let dock = stage.app.geometry().dock.expect("the hits");
    for event in [
        Mouse::Wheel(30, dock.y + 5, true),
        Mouse::Wheel(30, dock.y + 5, true),
        Mouse::Press(30, dock.y + 4, 1),
        Mouse::Wheel(30, dock.y + 5, true),
        Mouse::Press(30, dock.y + 7, 1),
        Mouse::Wheel(30, dock.y + 5, false),
    ] {
        stage.act(&Action::Mouse(event));
        assert_eq!(at_hand(&stage), shown(&stage), "{event:?}");
    }
    let (document, start) = at_hand(&stage);
    let id = ["een", "twee"][document].to_owned();
    stage.press("a");
    let sentence = codings(&stage);
    assert_eq!(sentence.len(), 1);
    assert_eq!(sentence[0].0, id);
    let text = document_text(&stage, document);
    let hit = Span::new(start, start + 7);
    assert_eq!(text.slice(hit), "rooster");
    let coded = stage.app.desk.as_ref().expect("a desk").coded.placed[0].span;
    assert!(coded.start <= start && hit.end <= coded.end);
    // The wheel over the transcript scrolls that, and leaves the hit at hand.
    let before = (at_hand(&stage), stage.app.reader.top);
    stage.act(&Action::Mouse(Mouse::Wheel(40, 4, true)));
    assert_eq!(at_hand(&stage), before.0);
    assert_ne!(stage.app.reader.top, before.1);
}

fn document_text(stage: &Stage, at: usize) -> &model::text::Text {
    &stage.app.desk.as_ref().expect("a desk").corpus.documents[at].text
}

#[test]
fn n_goes_on_through_all_documents_and_the_list_follows() {
    let mut stage = stage();
    stage.press("f").type_in("rooster").press("enter g enter");
    assert!(stage.app.layers.is_empty());
    stage.press("n n");
    let (document, cursor) = shown(&stage);
    let third = document_text(&stage, document).as_str().match_indices("rooster").nth(2).expect("a third").0;
    assert_eq!((document, document_text(&stage, 0).position(third)), (0, cursor));
    // Back in the list, the hit at which the reader stands is at hand.
    stage.press("backspace");
    assert_eq!((search(&stage).at, at_hand(&stage)), (2, shown(&stage)));
    stage.press("enter");
    for _ in 0..10 {
        stage.press("n");
    }
    assert_eq!(shown(&stage).0, 1, "the thirteenth hit is in the other interview");
    assert!(stage.screen().contains("hit 13 of 24"), "{}", stage.screen());
    stage.press("N");
    assert!(shown(&stage).0 == 0 && stage.screen().contains("hit 12 of 24"), "{}", stage.screen());
    for _ in 0..12 {
        stage.press("N");
    }
    assert!(stage.screen().contains("hit 24 of 24"), "around the ends: {}", stage.screen());
    stage.press("backspace");
    assert_eq!((search(&stage).at, at_hand(&stage)), (23, shown(&stage)));
}

/// x in the transcript takes off the coding that the list told of, not a shorter one there.
#[test]
fn from_the_list_one_gets_to_the_coding_that_is_meant() {
    let text = document("een", &talk());
    let by_hand = coding(&text, at(&text, "rooster van week 1"), "terms");
    let mut desk = desk(vec![text]);
    desk.take(act(20, "anna", "code", vec![by_hand]));
    let mut stage = Stage::new(desk, 100, 30);
    stage.press("f").type_in("\"week 1\"").press("enter c").type_in("training").press("enter a g");
    assert_eq!(decisions(&stage), [Accepted]);
    stage.press("enter x");
    assert_eq!(codings(&stage), [("een".to_owned(), "rooster van week 1".to_owned())]);
}

#[test]
fn undoing_puts_at_hand_what_was_undone() {
    let mut stage = stage();
    stage.press("f").type_in("rooster").press("enter c").type_in("training").press("enter g j x");
    assert_eq!((search(&stage).at, decisions(&stage)[1]), (2, Rejected));
    stage.press("u");
    assert_eq!((search(&stage).at, decisions(&stage)[1]), (1, Open));
    assert_eq!(at_hand(&stage), shown(&stage));
    stage.press("a u");
    assert_eq!(search(&stage).at, 1);
    stage.press("U");
    assert_eq!((search(&stage).at, decisions(&stage)[1]), (1, Accepted));
}

/// A colleague codes the hit at hand, which is none of the list any more: the next one is shown at once, since
/// the next key decides about it.
#[test]
fn what_colleagues_do_puts_at_hand_what_is_shown() {
    let mut stage = stage();
    stage.press("f").type_in("rooster -code:terms").press("enter c").type_in("training").press("enter g");
    assert_eq!((search(&stage).rows.len(), search(&stage).at), (24, 0));
    let first = at_hand(&stage);
    let text = document("een", &talk());
    let mut theirs =
        act(30, "bram", "code", vec![coding(&text, at(&text, "Het rooster van week 1 is goed."), "terms")]);
    let newest = stage.app.desk.as_ref().map(|d| d.state.newest()).unwrap_or_default();
    theirs.id = ActId::from_parts(newest.millis() + 1, 0, 7);
    tui::update::outcome::take(&mut stage.app, Outcome::Arrived(vec![Arc::new(theirs)], None));
    assert_eq!(search(&stage).rows.len(), 23);
    assert_ne!(at_hand(&stage), first);
    assert_eq!(at_hand(&stage), shown(&stage));
}

/// The status line tells of the hit at hand, not of what was coded last.
#[test]
fn the_status_line_tells_of_the_hit_at_hand() {
    let mut stage = stage();
    stage.press("f").type_in("rooster").press("enter c").type_in("training").press("enter g a");
    let screen = stage.screen();
    assert!(screen.contains(" turn 4 · no code here "), "{screen}");
}

#[test]
fn the_first_hit_is_at_hand_whatever_was_typed_on_the_way() {
    let text = "Interviewer: Wat?\n\nAnna: De roosters en het dienstrooster en het rooster.\n";
    let mut stage = Stage::new(desk(vec![document("een", text)]), 100, 30);
    stage.press("f").type_in("*rooster*");
    assert_eq!(search(&stage).rows.len(), 3);
    assert_eq!(search(&stage).at, 0);
    assert_eq!(at_hand(&stage), shown(&stage));
}

#[test]
fn offered_hits_can_be_put_in_order_and_the_code_be_dropped() {
    let text = "Interviewer: Wat?\n\nAnna: Een rooster. Dat rooster. Ander rooster.\n";
    let mut stage = Stage::new(desk(vec![document("een", text)]), 100, 30);
    stage.press("f").type_in("rooster").press("enter c").type_in("training").press("enter s");
    let before = |stage: &Stage| -> Vec<String> {
        let text = document_text(stage, 0);
        let word =
            |span: Span| text.slice(Span::new(span.start.saturating_sub(6), span.start)).trim().to_owned();
        let words = search(stage).rows.iter().map(|row| word(row.span));
        words.map(|w| w.rsplit(' ').next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(before(&stage), ["Ander", "Dat", "Een"]);
    assert!(stage.screen().contains("by the words before"), "{}", stage.screen());
    stage.press("C");
    assert!(search(&stage).rule.is_none() && decisions(&stage).is_empty());
    assert!(stage.screen().contains("3 hits in 1 of 1 document "), "{}", stage.screen());
    stage.press("a");
    assert!(stage.screen().contains("choose a code first"), "{}", stage.screen());
}

/// Hits where nothing can be coded are told, and counted nowhere.
#[test]
fn hits_that_are_not_offered_are_told() {
    let mut stage = stage();
    stage.press("f").type_in("interviewer OR week").press("enter");
    assert_eq!(search(&stage).rows.len(), 48, "a label and a week in each of 24 pairs of turns");
    stage.press("c").type_in("training").press("enter");
    assert_eq!(search(&stage).rows.len(), 24);
    let screen = stage.screen();
    assert!(screen.contains("24 passages in 2 of 2 documents"), "{screen}");
    assert!(screen.contains("24 hits in names and times of turns: nothing is coded there"), "{screen}");
}

/// A text that was changed by hand is one that no act knows: `A` codes nothing in it and counts nothing.
#[test]
fn a_text_that_was_changed_by_hand_is_offered_to_nobody() {
    let known = desk(vec![document("een", &talk()), document("twee", &talk())]);
    let edited = document("twee", &talk().replace("goed", "slecht"));
    let corpus = Corpus::new("organisation".to_owned(), vec![document("een", &talk()), edited], Vec::new());
    let desk = Desk::new(
        "study".to_owned(),
        corpus,
        known.state.clone(),
        Some(Name::new("anna")),
        vec!["en".to_owned()],
    );
    let mut stage = Stage::new(desk, 100, 30);
    stage.press("f").type_in("rooster").press("enter");
    assert_eq!(search(&stage).rows.len(), 24);
    stage.press("c").type_in("training").press("enter");
    let screen = stage.screen();
    assert!(screen.contains("12 hits in texts that were changed by hand"), "{screen}");
    stage.press("A");
    let screen = stage.screen();
    assert!(screen.contains("12 accepted; u takes them back") && screen.contains("✓ 12"), "{screen}");
    assert_eq!(codings(&stage).len(), 12);
}

#[test]
fn saving_says_what_it_did() {
    let rule = SearchSaved {
        name: Some("cur".to_owned()),
        query: Some("rooster".to_owned()),
        code: Some(Some(Name::new("training"))),
        unit: Some(Some(Name::new("sentence"))),
        ..SearchSaved::default()
    };
    let mut desk = desk(vec![document("een", &talk())]);
    let saved = act(20, "anna", "search", vec![Change::SearchSaved(Box::new(rule))]);
    let id = ThingId { act: saved.id, ..own(1) };
    desk.take(saved);
    let mut stage = Stage::new(desk, 100, 30);
    stage.press("f").type_in("rooster").press("enter c").type_in("training").press("enter a x");
    assert_eq!(search(&stage).tally.map(|t| (t.accepted, t.rejected)), Some((1, 1)));
    stage.press("esc esc f").type_in("week").press("enter w").type_in("weeks").press("enter");
    assert!(stage.screen().contains("saved weeks: 12 hits"), "{}", stage.screen());
    stage.press("w").type_in("cur").press("enter");
    let screen = stage.screen();
    assert!(screen.contains("changed cur: 12 hits (it was rooster)"), "{screen}");
    assert!(stage.said().contains("no rule for Training any more: 2 decisions kept"), "{}", stage.said());
    // What a search found is written beside it, not with it: a coder who reads blind sees the search.
    let desk = stage.app.desk.as_ref().expect("a desk");
    let last = desk.state.acts().last().expect("an act");
    assert_eq!(last.changes.len(), 2);
    assert_eq!(desk.state.search(id).map(|s| (s.query, s.code)), Some(("week", None)));
}

#[test]
fn without_codes_there_is_none_to_choose() {
    let corpus = Corpus::new(String::new(), vec![document("een", &talk())], Vec::new());
    let state = model::state::State::new();
    let desk = Desk::new("study".to_owned(), corpus, state, Some(Name::new("anna")), vec!["en".to_owned()]);
    let mut stage = Stage::new(desk, 100, 30);
    for keys in ["!", "f r o o s t e r enter c"] {
        stage.press(keys);
        assert!(stage.screen().contains("there is no code in use"), "{keys}: {}", stage.screen());
    }
}

#[test]
fn a_wrong_query_is_put_right_where_it_is_typed() {
    let mut stage = stage();
    stage.press("f").type_in("rooster colour:red").press("enter");
    assert_eq!(stage.said(), "put the query right first");
}
