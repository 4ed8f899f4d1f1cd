//! Rules on the screen: they outlive the undoing of a decision, what is missed is one list, stems stay with
//! a saved search, and taking back touches nothing but what was decided here.

use std::sync::Arc;

use model::act::{Act, Change, CodeRetired, CodingChanged};
use model::corpus::Document;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::rule::Decision::{self, Accepted, Open, Rejected};
use model::saved::{SearchSaved, own};
use tui::app::Outcome;
use tui::fixture::{Stage, act, at, coding, desk, document};
use tui::layers::Layer;
use tui::layers::search::Search;
use verbatim_tui as tui;

const TEXT: &str = "Interviewer: Wat doen jullie?\n\n\
    Bob: We hebben een cursus. De cursus is goed. En een training ook.\n\n\
    Cor: Een cursus boekhouden. Niets anders.\n";

fn bob() -> Document {
    document("bob", TEXT)
}

/// A rule that the study keeps.
fn saved(n: u64, name: &str, query: &str, code: &str, unit: &str, stem: bool) -> Act {
    let saved = SearchSaved {
        name: Some(name.to_owned()),
        query: Some(query.to_owned()),
        code: (!code.is_empty()).then(|| Some(Name::new(code))),
        unit: (!code.is_empty()).then(|| Some(Name::new(unit))),
        stem: Some(stem),
        ..SearchSaved::default()
    };
    act(n, "anna", "search", vec![Change::SearchSaved(Box::new(saved))])
}

fn stage(acts: Vec<Act>) -> Stage {
    sized(acts, 100, 30)
}

fn sized(acts: Vec<Act>, width: u16, height: u16) -> Stage {
    let mut desk = desk(vec![bob()]);
    for act in acts {
        desk.take(act);
    }
    Stage::new(desk, width, height)
}

fn search(stage: &Stage) -> &Search {
    match stage.app.layers.last() {
        Some(Layer::Search(search)) => search,
        other => panic!("no search on top: {other:?}"),
    }
}

fn hits(stage: &Stage) -> Vec<u32> {
    search(stage).rows.iter().map(|row| row.span.start).collect()
}

fn decisions(stage: &Stage) -> Vec<Decision> {
    search(stage).rows.iter().filter_map(|r| r.offer.as_ref().map(|(_, d)| *d)).collect()
}

fn codings(stage: &Stage) -> usize {
    stage.app.desk.as_ref().map_or(0, |desk| desk.coded.placed.len())
}

/// The names of the saved searches.
fn searches(stage: &Stage) -> Vec<String> {
    let desk = stage.app.desk.as_ref().expect("a desk");
    desk.state.searches().map(|s| s.name.to_owned()).collect()
}

/// Where words stand.
fn place(words: &str) -> u32 {
    at(&bob(), words).start
}

#[test]
fn the_rule_stays_when_the_first_decision_is_undone() {
    let mut stage = stage(Vec::new());
    stage.press("f").type_in("cursus").press("enter c").type_in("training").press("enter a x");
    assert_eq!(decisions(&stage), [Accepted, Rejected, Open]);
    // The first decision is undone by itself, as in the history.
    let desk = stage.app.desk.as_mut().expect("a desk");
    let first = desk.state.acts().iter().find(|a| a.act == *"autocode").expect("a decision").id;
    let undone = Change::Undone(Box::new(model::act::OfAct { act: first }));
    arrive(&mut stage, act(300, "anna", "undo", vec![undone]));
    assert_eq!(decisions(&stage), [Open, Rejected, Open]);
    stage.press("u");
    assert_eq!(decisions(&stage), [Open, Open, Open]);
    assert_eq!(searches(&stage), ["training: cursus (sentence)"], "one undo takes back one decision");
}

#[test]
fn taking_back_touches_only_what_was_decided_here() {
    let mut stage = stage(Vec::new());
    stage.press("f").type_in("cursus").press("enter c").type_in("training").press("enter a");
    assert_eq!(codings(&stage), 1);
    // Meanwhile the same coder runs another rule, and this one, on the command line.
    let mut other = saved(200, "other", "boekhouden", "terms", "sentence", false);
    let mut accepted = coding(&bob(), at(&bob(), "Niets anders."), "terms");
    if let Change::CodingAdded(coding) = &mut accepted {
        coding.rule = Some(own(1));
    }
    let mut changes = other.changes.to_vec();
    changes.push(accepted);
    other.changes = changes.into();
    arrive(&mut stage, other);
    let this = rule_id(&stage);
    let mut same = coding(&bob(), at(&bob(), "Een cursus boekhouden."), "training");
    if let Change::CodingAdded(coding) = &mut same {
        coding.rule = Some(this);
    }
    arrive(&mut stage, act(201, "anna", "autocode", vec![same]));
    assert_eq!(codings(&stage), 3);
    stage.press("Z");
    assert!(stage.screen().contains("1 decision taken back"), "{}", stage.screen());
    assert_eq!(codings(&stage), 2);
    stage.press("Z");
    assert_eq!(codings(&stage), 2, "there is nothing more to take back");
    // Another unit is another rule, whose decisions stand in another list.
    stage.press("a e e");
    stage.press("Z");
    assert_eq!(codings(&stage), 3);
}

fn rule_id(stage: &Stage) -> ThingId {
    let desk = stage.app.desk.as_ref().expect("a desk");
    let search = desk.state.searches().next().expect("a rule");
    search.id
}

#[test]
fn a_saved_search_keeps_its_stems_until_it_is_typed_in() {
    let mut stage = stage(vec![saved(20, "stemmed", "cursussen", "", "", true)]);
    stage.press("f tab enter");
    assert_eq!(hits(&stage), [place("cursus."), place("cursus is"), place("cursus boek")]);
    assert!(stage.screen().contains(" stems "), "{}", stage.screen());
    assert!(stage.screen().contains("found by stems too"), "{}", stage.screen());
    // It is saved with them, and rules that come of it go by them.
    stage.press("w").type_in("again").press("enter c").type_in("training").press("enter x");
    let desk = stage.app.desk.as_ref().expect("a desk");
    let stems: Vec<bool> = desk.state.searches().map(|s| s.stem).collect();
    assert_eq!(stems, [true, true, true]);
    assert_eq!(decisions(&stage)[0], Rejected);
    stage.press("/ backspace");
    assert!(!stage.screen().contains(" stems "), "{}", stage.screen());
    assert!(hits(&stage).is_empty(), "cursusse is no word of the text");
}

#[test]
fn names_are_compared_without_case() {
    let mut stage = stage(vec![saved(20, "lessen", "les*", "", "", false)]);
    stage.press("f").type_in("cursus").press("enter w").type_in("Lessen").press("enter");
    assert_eq!(searches(&stage), ["Lessen"]);
    assert_eq!(
        stage.app.desk.as_ref().expect("a desk").state.searches().next().map(|s| s.query),
        Some("cursus")
    );
}

#[test]
fn one_key_rejects_for_all_rules_that_find_it() {
    let mut stage = stage(vec![
        saved(20, "R1", "cursus", "training", "sentence", false),
        saved(21, "R2", "cursus OR training", "training", "turn", false),
    ]);
    stage.press("!").type_in("training").press("enter");
    // Bob's turn and Cor's, as R2 proposes them.
    assert_eq!(hits(&stage), [place("cursus."), place("cursus boek")]);
    stage.press("x");
    assert_eq!(hits(&stage), [place("cursus boek")]);
    let desk = stage.app.desk.as_ref().expect("a desk");
    let rejected = |name: &str| {
        let id = desk.state.searches().find(|s| s.name == name).map(|s| s.id).expect("a rule");
        desk.state.hit_events(id).len()
    };
    assert_eq!((rejected("R1"), rejected("R2")), (2, 1), "two sentences and one turn, in one act");
    stage.press("u");
    assert_eq!(hits(&stage).len(), 2);
    stage.press("x x");
    assert!(hits(&stage).is_empty());
    stage.press("Z");
    assert!(stage.screen().contains("2 decisions taken back"), "a passage is one: {}", stage.screen());
    assert_eq!(hits(&stage).len(), 2);
    stage.press("a");
    assert_eq!(codings(&stage), 1);
    let desk = stage.app.desk.as_ref().expect("a desk");
    let coded = desk.corpus.documents[0].text.slice(desk.coded.placed[0].span).to_owned();
    assert_eq!(coded, "We hebben een cursus. De cursus is goed. En een training ook.");
}

#[test]
fn what_has_the_code_asked_for_is_not_missed() {
    let mobile = coding(&bob(), at(&bob(), "We hebben een cursus."), "internal-mobility");
    let mut stage = stage(vec![
        saved(20, "low", "cursus", "flex-pool", "sentence", false),
        act(21, "anna", "code", vec![mobile]),
    ]);
    stage.press("!").type_in("internal mob").press("enter");
    assert_eq!(hits(&stage), [place("cursus is"), place("cursus boek")]);
    stage.press("esc !").type_in("flex").press("enter");
    assert_eq!(hits(&stage).len(), 3);
}

#[test]
fn a_rule_that_cannot_be_read_is_told() {
    let mut stage = stage(vec![
        saved(20, "lost", "cursus colour:red", "training", "sentence", false),
        saved(21, "found", "boekhouden", "training", "sentence", false),
    ]);
    stage.press("!").type_in("training").press("enter");
    assert!(stage.screen().contains("the rule lost cannot be read: "), "{}", stage.screen());
    assert_eq!(hits(&stage), [place("boekhouden")]);
    stage.press("x");
    assert!(stage.screen().contains("the rule lost cannot be read: "), "{}", stage.screen());
}

#[test]
fn the_footer_of_missed_passages_offers_what_can_be_done() {
    let mut stage = stage(vec![saved(20, "R1", "cursus", "training", "sentence", false)]);
    stage.press("!").type_in("training").press("enter");
    let screen = stage.screen();
    let footer = screen.lines().rev().find(|line| line.contains("reject")).unwrap_or_default();
    for there in ["accept", "reject", "back"] {
        assert!(footer.contains(there), "{there}: {footer}");
    }
    for not in ["accept all", "unit", "query", "order", "save", "code"] {
        assert!(!footer.contains(not), "{not}: {footer}");
    }
    stage.press("c e A / s w");
    assert!(search(&stage).missed.is_some());
    stage.press("esc");
    assert!(stage.app.layers.is_empty());
}

/// Somebody may retire a code while its hits lie open.
#[test]
fn a_code_that_is_retired_takes_no_new_codings() {
    let mut stage = stage(Vec::new());
    stage.press("f").type_in("cursus").press("enter c").type_in("training").press("enter");
    let before = codings(&stage);
    let retired = CodeRetired { code: Name::new("training"), reason: None };
    let retired = act(30, "bram", "codebook", vec![Change::CodeRetired(Box::new(retired))]);
    let acts = settled(&stage, retired);
    tui::update::outcome::take(&mut stage.app, Outcome::Arrived(acts, None));
    for key in ["a", "A"] {
        stage.press(key);
        assert!(stage.screen().contains("is retired and takes no new codings"), "{key}: {}", stage.screen());
        assert_eq!(codings(&stage), before, "{key}");
    }
}

/// What got another code since it was accepted cannot be offered again, and the screen says so.
#[test]
fn a_hit_that_got_another_code_stays_rejected() {
    let mut stage = stage(Vec::new());
    stage.press("f").type_in("cursus").press("enter c").type_in("training").press("enter a");
    let desk = stage.app.desk.as_ref().expect("a desk");
    let mut changed = CodingChanged::of(desk.coded.placed[0].id);
    changed.code = Some(Name::new("terms"));
    arrive(&mut stage, act(300, "anna", "recode", vec![Change::CodingChanged(Box::new(changed))]));
    assert_eq!(decisions(&stage), [Rejected, Open, Open]);
    stage.press("g x");
    assert!(stage.screen().contains("got the code Terms of employment since"), "{}", stage.screen());
    assert_eq!(decisions(&stage), [Rejected, Open, Open]);
    stage.press("g a");
    assert_eq!((decisions(&stage), codings(&stage)), (vec![Accepted, Open, Open], 2));
}

/// Who decides where there is nothing to decide about is told what to do first.
#[test]
fn an_empty_list_says_what_is_missing() {
    let mut stage = stage(vec![saved(20, "none", "fiets", "terms", "sentence", false)]);
    for key in ["", "a", "x"] {
        stage.press("!").type_in("training").press("enter").press(key);
        assert!(stage.screen().contains("the code has no rule yet: f searches"), "{key}: {}", stage.screen());
        stage.press("esc");
    }
    stage.press("!").type_in("terms").press("enter");
    assert!(stage.screen().contains("nothing is missed"), "{}", stage.screen());
    stage.press("a");
    assert!(stage.screen().contains("no hit is open"), "{}", stage.screen());
    stage.press("esc f").type_in("cursus").press("enter a");
    assert!(stage.screen().contains("choose a code first: c"), "{}", stage.screen());
}

/// What is wrong with a query, and what to do about it, can be read to its end in a narrow terminal.
#[test]
fn a_long_hint_is_told_on_more_lines() {
    let mut stage = sized(Vec::new(), 60, 24);
    stage.press("f").type_in("cursus colour:red");
    let screen = stage.screen();
    let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("there is no field colour: (character 8) · to search for the text, put it in"),
        "{screen}"
    );
    assert!(flat.contains("fields are case:, "), "{screen}");
    assert!(screen.contains("3 hits for cursus"), "{screen}");
    stage.press("esc").press("f").type_in("cursus code:trainin");
    let flat = stage.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.to_lowercase().contains("did you mean code:training?"), "{}", stage.screen());
}

/// The act with an id after all others.
fn settled(stage: &Stage, mut act: Act) -> Vec<Arc<Act>> {
    let newest = stage.app.desk.as_ref().map(|d| d.state.newest()).unwrap_or_default();
    act.id = ActId::from_parts(newest.millis() + 1, 0, 7);
    let id = act.id;
    for change in &mut act.changes {
        change.settle(id);
    }
    vec![Arc::new(act)]
}

/// An act that another program wrote.
fn arrive(stage: &mut Stage, act: Act) {
    let acts = settled(stage, act);
    tui::update::outcome::take(&mut stage.app, Outcome::Arrived(acts, None));
}
