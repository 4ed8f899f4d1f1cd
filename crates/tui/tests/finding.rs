//! The search over all transcripts: what is found while it is typed, the way there and back, and what
//! is decided about hits that are offered for a code.

use model::rule::Decision;
use tui::desk::Progress::{Done, Reopened};
use tui::fixture::{Stage, act, at, coding, desk, document};
use tui::layers::Layer;
use tui::layers::search::Search;
use verbatim_tui as tui;

const FIRST: &str = "Interviewer: Hoe gaat het?\n\nAnna: Goed, dr. Jansen. Wij leren veel. Vaker leren mag ook.\n\nBram: En ik leer ook.\n";
const SECOND: &str = "Interviewer: En hier?\n\nCor: Wij leren op het werk. Dat is prettig.\n";

fn stage(width: u16, height: u16) -> Stage {
    let first = document("een", FIRST);
    let second = document("twee", SECOND);
    let coded = coding(&second, at(&second, "Wij leren op het werk."), "training");
    let mut desk = desk(vec![first, second]);
    desk.take(act(20, "anna", "code", vec![coded]));
    Stage::new(desk, width, height)
}

fn search(stage: &Stage) -> &Search {
    match stage.app.layers.last() {
        Some(Layer::Search(search)) => search,
        other => panic!("no search on top: {other:?}"),
    }
}

/// The hits as they stand in the texts.
fn hits(stage: &Stage) -> Vec<String> {
    let desk = stage.app.desk.as_ref().expect("a desk");
    let text = |r: &tui::layers::search::Row| desk.corpus.documents[r.document].text.slice(r.span).to_owned();
    search(stage).rows.iter().map(text).collect()
}

fn decisions(stage: &Stage) -> Vec<Decision> {
    search(stage).rows.iter().filter_map(|r| r.offer.as_ref().map(|(_, d)| *d)).collect()
}

#[test]
fn hits_show_while_the_query_is_typed() {
    let mut stage = stage(100, 30);
    stage.press("f").type_in("leren");
    assert_eq!(hits(&stage), ["leren", "leren", "leren"]);
    assert_eq!((search(&stage).spread.documents, search(&stage).spread.cases), (2, 2));
    insta::assert_snapshot!(stage.screen());
    // What cannot be understood yet leaves what was found.
    stage.type_in(" OR");
    assert_eq!(hits(&stage), ["leren", "leren", "leren"]);
    stage.type_in(" leer");
    assert_eq!(hits(&stage), ["leren", "leren", "leer", "leren"]);
    stage.type_in(" speakr:anna");
    assert!(search(&stage).said.as_ref().is_some_and(|s| s.contains("no field speakr")));
    assert_eq!(hits(&stage).len(), 4);
}

#[test]
fn restrictions_are_chips_and_codings_are_known_at_once() {
    let mut stage = stage(100, 30);
    stage.press("f").type_in("leren coded:no role:respondent").press("enter");
    assert_eq!(hits(&stage), ["leren", "leren"]);
    assert!(stage.screen().contains(" coded:no "));
    assert!(stage.screen().contains(" role:respondent "));
    // What is taken away, and what stands in parentheses, is one too.
    stage.press("/ ctrl-u").type_in("leren (role:respondent OR role:other) -speaker:cor");
    assert!(stage.screen().contains(" (role:respondent OR role:other) "), "{}", stage.screen());
    assert!(stage.screen().contains(" -speaker:cor "));
}

#[test]
fn what_may_not_be_meant_is_told_beside_the_hits() {
    let mut stage = stage(100, 30);
    let mut told = |query: &str| {
        stage.press("f").type_in(query);
        let screen = stage.screen();
        stage.press("esc");
        screen
    };
    assert!(told("leren or leer").contains("“or” is searched as a word"));
    assert!(told("'goede zorg'").contains("words after ' are searched one by one"));
    assert!(told("l?ren").contains("did you mean l*ren?"));
    assert!(told("leren INSIDE training").contains("passages with a code are code:training"));
    assert!(
        told("employees>500").contains("compares without a colon: employees:>500"),
        "an error says what to do"
    );
    let screen = told("stem:leren");
    assert!(screen.contains("found by stems too") && screen.contains("Wij leren veel"), "{screen}");
    assert!(!told("nergens").contains("nergens holds"));
}

#[test]
fn the_footer_names_the_hits_only_where_there_are_any() {
    let mut stage = stage(100, 30);
    stage.press("f").type_in("leren");
    assert!(stage.screen().contains("to the hits"));
    stage.type_in("s");
    assert!(!stage.screen().contains("to the hits"));
}

/// A query that cannot be read keeps the hits of what could; nobody gets among them, and the screen says of
/// what they are.
#[test]
fn a_broken_query_is_put_right_before_anything_is_coded() {
    let mut stage = stage(100, 30);
    stage.press("f").type_in("leren role:respond").press("enter");
    let screen = stage.screen();
    assert!(screen.contains("put the query right first"), "{screen}");
    assert!(screen.contains(" for leren "), "{screen}");
    assert!(!screen.contains(" documents · "), "no count that may be taken for the query's: {screen}");
    assert!(search(&stage).typing);
    stage.type_in("ent").press("enter c").type_in("training").press("enter a");
    let screen = stage.screen();
    assert!(!screen.contains("put the query right first"), "{screen}");
    let codings = stage.app.desk.as_ref().map_or(0, |d| d.coded.placed.len());
    assert_eq!(codings, 2, "one was there: {screen}");
}

/// What `a` would code stands out in the transcript, not only the words that were found.
#[test]
fn the_passage_that_would_be_coded_is_marked_in_the_text() {
    let mut stage = stage(100, 30);
    stage.press("f").type_in("leer").press("enter c").type_in("training").press("enter");
    let extent = |stage: &Stage| {
        let span = stage.app.reader.find.as_ref().and_then(|f| f.extent)?;
        let desk = stage.app.desk.as_ref()?;
        Some(desk.corpus.documents[stage.app.reader.document?].text.slice(span).to_owned())
    };
    assert_eq!(extent(&stage).as_deref(), Some("En ik leer ook."));
    stage.press("e e e");
    assert_eq!(extent(&stage).as_deref(), Some("leer"), "the match alone");
    stage.press("enter");
    assert_eq!(extent(&stage), None, "in the text nothing is offered");
}

/// How good a rule is can be read beside a long label and chips.
#[test]
fn the_tally_has_its_room() {
    let mut stage = stage(100, 30);
    stage.press("f").type_in("leren role:respondent speaker:anna").press("enter c");
    stage.type_in("internal").press("enter");
    assert!(stage.screen().contains("precision –"), "{}", stage.screen());
    assert!(stage.screen().contains("finds –"), "{}", stage.screen());
}

#[test]
fn enter_goes_to_the_hit_and_esc_back_to_where_one_was() {
    let mut stage = stage(100, 30);
    stage.press("down down down down");
    let before = (stage.app.reader.document, stage.app.reader.cursor);
    stage.press("f").type_in("prettig");
    assert_eq!(stage.app.reader.document, Some(1), "the transcript shows the hit");
    stage.press("esc");
    assert_eq!((stage.app.reader.document, stage.app.reader.cursor), before);
    stage.press("f").type_in("leren").press("enter down down enter");
    assert!(stage.app.layers.is_empty());
    let second = document("twee", SECOND);
    assert_eq!((stage.app.reader.document, stage.app.reader.cursor), (Some(1), at(&second, "leren").start));
    stage.press("backspace");
    assert_eq!(search(&stage).at, 2);
}

#[test]
fn hits_are_accepted_and_rejected_by_one_key() {
    let mut stage = stage(100, 30);
    stage.press("f").type_in("leren").press("enter c").type_in("training").press("enter");
    assert_eq!(decisions(&stage), [Decision::Open, Decision::Open, Decision::Coded]);
    stage.press("a");
    assert_eq!(decisions(&stage), [Decision::Accepted, Decision::Open, Decision::Coded]);
    assert_eq!(search(&stage).at, 1, "on to the next that is open");
    stage.press("x");
    assert_eq!(decisions(&stage), [Decision::Accepted, Decision::Rejected, Decision::Coded]);
    insta::assert_snapshot!(stage.screen());
    let desk = stage.app.desk.as_ref().expect("a desk");
    let made: Vec<&str> =
        desk.coded.in_document(0).iter().map(|p| desk.corpus.documents[0].text.slice(p.span)).collect();
    assert_eq!(made, ["Wij leren veel."], "the sentence is coded");
    let tally = search(&stage).tally.expect("a rule");
    assert_eq!((tally.accepted, tally.rejected, tally.open, tally.coded), (1, 1, 0, 1));
    assert_eq!((tally.precision(), tally.recall()), (Some(0.5), Some(1.0)));
    // What was rejected is not offered by the same rule again.
    stage.press("esc esc f").type_in("leren").press("enter c").type_in("training").press("enter");
    assert_eq!(decisions(&stage), [Decision::Accepted, Decision::Rejected, Decision::Coded]);
    // It can be brought back.
    stage.press("down x");
    assert_eq!(decisions(&stage), [Decision::Accepted, Decision::Open, Decision::Coded]);
}

#[test]
fn all_are_accepted_as_one_act_and_taken_back() {
    let mut stage = stage(100, 30);
    let codings = |stage: &Stage| stage.app.desk.as_ref().map_or(0, |d| d.coded.placed.len());
    stage.press("f").type_in("leren OR leer").press("enter c").type_in("training").press("enter A");
    assert_eq!(codings(&stage), 4);
    stage.press("u");
    assert_eq!(codings(&stage), 1, "one undo takes the run back");
    stage.press("a a");
    assert_eq!(codings(&stage), 3);
    stage.press("Z");
    assert_eq!(codings(&stage), 1, "so does taking back what was decided one by one");
    assert!(stage.screen().contains("2 decisions taken back; U brings them back"), "{}", stage.screen());
    stage.press("U U");
    assert_eq!(codings(&stage), 3);
    stage.press("Z A");
    assert_eq!(codings(&stage), 4);
    stage.press("Z");
    assert!(stage.screen().contains("3 decisions taken back"), "of one act too: {}", stage.screen());
    assert_eq!(codings(&stage), 1);
    stage.press("g a g a");
    assert!(stage.screen().contains("Enter goes to it, there x removes"), "{}", stage.screen());
    stage.press("g enter x");
    assert_eq!(codings(&stage), 1, "this one is taken off by itself");
}

#[test]
fn units_and_orders_go_round() {
    let mut stage = stage(100, 30);
    stage.press("f").type_in("leren").press("enter s");
    // Before: "Vaker", "Wij" (een), "Wij" (twee).
    assert_eq!(hits(&stage).len(), 3);
    stage.press("s s s s c").type_in("training").press("enter");
    assert!(stage.screen().contains("the sentence"));
    stage.press("e");
    assert!(stage.screen().contains("the turn"));
    // Both of Anna's stand in one turn.
    assert_eq!(decisions(&stage).len(), 2);
}

#[test]
fn searches_are_saved_and_tell_what_is_new() {
    let mut stage = stage(100, 30);
    stage.press("f").type_in("prettig").press("enter w").type_in("fijn").press("enter");
    let saved = stage
        .app
        .desk
        .as_ref()
        .and_then(|d| d.state.searches().next().map(|s| (s.name.to_owned(), s.query.to_owned())));
    assert_eq!(saved, Some(("fijn".to_owned(), "prettig".to_owned())));
    stage.press("esc esc f tab");
    assert!(stage.screen().contains("prettig · 1 hit on"));
    stage.press("enter");
    assert_eq!(hits(&stage), ["prettig"]);
    assert!(search(&stage).rows.iter().all(|r| !r.new));
}

#[test]
fn missed_passages_are_what_rules_find_and_nobody_coded() {
    let mut stage = stage(100, 30);
    stage.press("f").type_in("leren").press("enter c").type_in("training").press("enter a esc esc");
    stage.press("!").type_in("training").press("enter");
    assert_eq!(hits(&stage), ["leren"]);
    insta::assert_snapshot!(stage.screen());
    stage.press("a");
    assert_eq!(hits(&stage), [""; 0]);
}

#[test]
fn a_small_screen_gives_all_its_room_to_the_hits() {
    let mut stage = stage(60, 15);
    stage.press("f").type_in("leren").press("enter");
    insta::assert_snapshot!(stage.screen());
}

/// A code that is fixed and offered is read for where its rule finds nothing, and where its hits are decided.
#[test]
fn fixing_a_code_offers_the_hits_of_its_rules() {
    let first = document("een", FIRST);
    let second = document("twee", SECOND);
    let third = document("drie", "Interviewer: En daar?\n\nDirk: Niets te melden.\n");
    let done = |d: &model::corpus::Document| {
        model::act::Change::Done(Box::new(model::act::Done {
            document: model::name::Name::new(&d.id),
            text: d.hash.expect("a hash"),
            codes: ["training", "internal-mobility", "flex-pool", "terms"]
                .map(model::name::Name::new)
                .to_vec(),
        }))
    };
    let new = serde_json::json!({ "kind": "code-added", "code": "learning", "codebook": "book",
        "fields": { "label": { "en": "Learning" }, "status": "provisional" } });
    let changes =
        vec![serde_json::from_value(new).expect("a change"), done(&first), done(&second), done(&third)];
    let mut desk = desk(vec![first, second, third]);
    for (i, change) in changes.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "done", vec![change]));
    }
    let mut stage = Stage::new(desk, 100, 30);
    let state = |stage: &Stage| stage.app.desk.as_ref().map(|d| d.progress.clone()).unwrap_or_default();
    assert_eq!(state(&stage), [Done, Done, Done]);
    // A rule for the new code, by one accepted hit.
    stage.press("f").type_in("leren").press("enter c").type_in("learning").press("enter a esc esc");
    let desk = stage.app.desk.as_ref().expect("a desk");
    let at = desk.coded.codebook.position("learning").expect("the code");
    let mut changes =
        model::revise::fixed(&desk.coded.codebook, &[model::name::Name::new("learning")], "offer")
            .expect("it can be fixed");
    tui::layers::search::offer_for_fixing(&stage.app, desk, &mut changes);
    assert!(at > 0 && changes.len() > 1);
    stage.app.desk.as_mut().expect("a desk").take(act(90, "anna", "codebook", changes));
    assert_eq!(state(&stage), [Reopened, Reopened, Done], "the third has no hit");
    // Deciding the hits of a document closes it.
    stage.press("!").type_in("learning").press("enter");
    assert_eq!(hits(&stage), ["leren", "leren"]);
    stage.press("x");
    assert_eq!(state(&stage), [Done, Reopened, Done]);
    stage.press("a");
    assert_eq!(state(&stage), [Done, Done, Done]);
}
