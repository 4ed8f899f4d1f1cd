//! Decisions about hits, afterwards: as commands of the command line, and undone and redone. Places are
//! counted by the words of the text below.

use model::act::{Act, Change};
use model::corpus::Document;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::rule::Decision::{self, Accepted, Open, Rejected};
use model::saved::{OfSearch, Run, SearchSaved};
use tui::fixture::{Stage, act, at, desk, document};
use tui::layers::Layer;
use verbatim_tui as tui;

const TEXT: &str = "Interviewer: Wat doen jullie?\n\n\
    Bob: We hebben een cursus. De cursus is goed. En een training ook.\n\n\
    Cor: Een cursus boekhouden. Niets anders.\n";

fn bob() -> Document {
    document("bob", TEXT)
}

/// Where words stand first.
fn place(words: &str) -> u32 {
    at(&bob(), words).start
}

/// A rule that the study keeps.
fn rule(n: u64, name: &str, query: &str, unit: &str) -> Act {
    let saved = SearchSaved {
        name: Some(name.to_owned()),
        query: Some(query.to_owned()),
        code: Some(Some(Name::new("training"))),
        unit: Some(Some(Name::new(unit))),
        stem: Some(false),
        ..SearchSaved::default()
    };
    act(n, "anna", "search", vec![Change::SearchSaved(Box::new(saved))])
}

fn stage(acts: Vec<Act>) -> Stage {
    let mut desk = desk(vec![bob()]);
    for act in acts {
        desk.take(act);
    }
    Stage::new(desk, 100, 30)
}

/// The hits of a query for a code, in the list.
fn offered(query: &str) -> Stage {
    let mut stage = stage(Vec::new());
    stage.press("f").type_in(query).press("enter c").type_in("training").press("enter");
    stage
}

fn decisions(stage: &Stage) -> Vec<Decision> {
    let Some(Layer::Search(search)) = stage.app.layers.last() else { panic!("no search on top") };
    search.rows.iter().filter_map(|r| r.offer.as_ref().map(|(_, d)| *d)).collect()
}

/// What Ctrl-G shows of the last act, which is closed again; and of how many parts it says that no command
/// does them.
fn shown(stage: &mut Stage) -> (Vec<String>, usize) {
    stage.press("ctrl-g");
    let Some(Layer::Equal(equal)) = stage.app.layers.last() else { panic!("no window") };
    let shown = (equal.commands.clone(), equal.missing);
    stage.press("esc");
    shown
}

#[test]
fn a_decision_is_the_run_that_decides_the_same() {
    let mut stage = offered("cursus");
    let run = "verbatim autocode training --query cursus --unit sentence";
    let (first, second) = (place("We hebben"), place("De cursus is"));
    // The rule is kept by the same run.
    stage.press("x");
    assert_eq!(shown(&mut stage), (vec![format!("{run} --reject bob:{first}")], 0));
    stage.press("a");
    assert_eq!(shown(&mut stage), (vec![format!("{run} --accept bob:{second}")], 0));
    stage.press("g x");
    assert_eq!(shown(&mut stage), (vec![format!("{run} --bring-back bob:{first}")], 0));
    let third = place("Een cursus boek");
    stage.press("A");
    assert_eq!(shown(&mut stage), (vec![format!("{run} --accept bob:{first},bob:{third}")], 0));
}

#[test]
fn words_of_a_rule_are_quoted_for_the_shell() {
    let mut stage = offered("-\"it's\" \"is goed\"");
    stage.press("x");
    let line = "verbatim autocode training '--query=-\"it'\\''s\" \"is goed\"' --unit sentence";
    assert_eq!(shown(&mut stage), (vec![format!("{line} --reject bob:{}", place("De cursus is"))], 0));
}

#[test]
fn missed_passages_are_one_run_for_each_rule() {
    let mut stage =
        stage(vec![rule(20, "R1", "cursus", "sentence"), rule(21, "R2", "cursus OR training", "turn")]);
    stage.press("!").type_in("training").press("enter x");
    let (first, second) = (place("We hebben"), place("De cursus is"));
    let (commands, missing) = shown(&mut stage);
    let mut expected = vec![
        format!(
            "verbatim autocode training --query cursus --unit sentence --reject bob:{first},bob:{second}"
        ),
        format!("verbatim autocode training --query 'cursus OR training' --unit turn --reject bob:{first}"),
    ];
    let mut told = commands.clone();
    told.sort();
    expected.sort();
    assert_eq!((told, missing), (expected, 0));
    // What one of the rules proposes is coded by that rule.
    stage.press("u g a");
    let run = "verbatim autocode training --query 'cursus OR training' --unit turn";
    assert_eq!(shown(&mut stage), (vec![format!("{run} --accept bob:{first}")], 0));
}

#[test]
fn a_passage_that_no_rule_proposes_alone_is_coded_without_it() {
    let mut stage =
        stage(vec![rule(20, "R1", "\"hebben een\"", "match"), rule(21, "R2", "\"een cursus\"", "match")]);
    stage.press("!").type_in("training").press("enter a");
    let from = place("hebben");
    let to = from + "hebben een cursus".len() as u32;
    assert_eq!(shown(&mut stage), (vec![format!("verbatim code bob {from} {to} training")], 1));
}

#[test]
fn what_is_taken_back_and_redone_at_once_is_one_command() {
    let mut stage = offered("cursus");
    stage.press("a x a Z");
    let (commands, missing) = shown(&mut stage);
    let words: Vec<&str> = commands[0].split(' ').collect();
    assert_eq!((commands.len(), missing, &words[..2], words.len()), (1, 0, &["verbatim", "undo"][..], 5));
    let told = |stage: &Stage| {
        let desk = stage.app.desk.as_ref().expect("a desk");
        tui::strings::act(desk, desk.state.act(desk.state.newest()).expect("the newest act"))
    };
    assert_eq!(told(&stage), "undo of: 3 acts");
    stage.press("U");
    assert_eq!(stage.said(), "redone: 3 acts");
    assert_eq!(told(&stage), "redo of: 3 acts");
    assert_eq!(decisions(&stage), [Accepted, Rejected, Accepted]);
    let again = commands[0].replacen("undo", "redo", 1);
    let mut same: Vec<String> = shown(&mut stage).0[0].split(' ').map(str::to_owned).collect();
    let mut expected: Vec<String> = again.split(' ').map(str::to_owned).collect();
    same.sort();
    expected.sort();
    assert_eq!(same, expected);
}

#[test]
fn searches_are_told_by_their_names() {
    let save = |search: Option<ThingId>, run: Option<Run>| {
        let (name, query) = (Some("-les'sen".to_owned()), Some("-les* cursus".to_owned()));
        let (code, unit) = (Some(Some(Name::new("training"))), Some(Some(Name::new("turn"))));
        let saved = SearchSaved { search, name, query, code, unit, stem: Some(true), run, passing: false };
        Change::SearchSaved(Box::new(saved))
    };
    let id = |n: u64| ThingId { act: ActId::from_parts(1_000 + n, 0, 7), k: 1 };
    // Two coders made it apart: it is one, of two ids, and changed and removed as one.
    let mut acts = vec![act(20, "anna", "search", vec![save(None, None)])];
    acts.push(act(21, "bea", "search", vec![save(None, None)]));
    acts.push(act(
        22,
        "anna",
        "search",
        vec![save(Some(id(20)), Some(Run::default())), save(Some(id(21)), None)],
    ));
    let found = SearchSaved { search: Some(id(20)), run: Some(Run::default()), ..SearchSaved::default() };
    acts.push(act(23, "anna", "search", vec![Change::SearchSaved(Box::new(found))]));
    let removed = |n| Change::SearchRemoved(Box::new(OfSearch { search: id(n) }));
    acts.push(act(24, "anna", "search", vec![removed(20), removed(21)]));
    let mut desk = desk(vec![bob()]);
    for act in &acts {
        desk.take(act.clone());
    }
    let told = |n: usize| tui::equal::commands(&desk, None, &[acts[n].clone().into()]);
    let save = "verbatim searches save --code training --unit turn --stem -- '-les'\\''sen' '-les* cursus'";
    assert_eq!(told(0), (vec![save.to_owned()], 0));
    assert_eq!(told(2), (vec![save.to_owned()], 0));
    assert_eq!(told(3), (vec!["verbatim searches run -- '-les'\\''sen'".to_owned()], 0));
    assert_eq!(told(4), (vec!["verbatim searches remove -- '-les'\\''sen'".to_owned()], 0));
    // Two of one name that look for other things are told by their ids.
    let mut other = rule(30, "-LES'SEN", "training", "turn");
    other.coder = Name::new("bea");
    let mut desk = tui::fixture::desk(vec![bob()]);
    for act in acts[..2].iter().chain([&other]) {
        desk.take(act.clone());
    }
    let mut removing = acts[4].clone();
    removing.id = ActId::from_parts(2_000, 0, 7);
    let by_id: String = id(20).to_string().chars().skip(28).collect();
    let told = tui::equal::commands(&desk, None, &[removing.into()]);
    assert_eq!(told, (vec![format!("verbatim searches remove {by_id}")], 0));
}

#[test]
fn what_was_undone_for_a_newer_decision_is_not_redone() {
    let mut stage = offered("cursus");
    stage.press("x u g a");
    assert_eq!(decisions(&stage), [Accepted, Open, Open]);
    stage.press("u");
    assert_eq!(decisions(&stage), [Open, Open, Open]);
    stage.press("U");
    assert_eq!(decisions(&stage), [Accepted, Open, Open]);
    let acts = |stage: &Stage| stage.app.desk.as_ref().map(|d| d.state.len());
    let before = acts(&stage);
    stage.press("U");
    assert!(
        stage.said().starts_with("H brings back what was undone before your last act: no hit:"),
        "{}",
        stage.said()
    );
    assert_eq!((decisions(&stage), acts(&stage)), (vec![Accepted, Open, Open], before));
    let desk = stage.app.desk.as_ref().expect("a desk");
    let rejections: usize = desk.state.searches().map(|s| desk.state.hit_events(s.id).len()).sum();
    assert_eq!(rejections, 0, "a hit is not accepted and rejected at once");
    // In the history it comes back all the same.
    stage.press("esc esc H");
    let Some(Layer::History(history)) = stage.app.layers.last() else { panic!("no history") };
    let desk = stage.app.desk.as_ref().expect("a desk");
    let is = |a: &&Act| a.changes.iter().any(|c| matches!(c, Change::HitRejected(_)));
    let down = history.list(desk).iter().position(is).expect("the rejection");
    for _ in 0..down {
        stage.press("j");
    }
    stage.press("enter");
    let desk = stage.app.desk.as_ref().expect("a desk");
    let rejections: usize = desk.state.searches().map(|s| desk.state.hit_events(s.id).len()).sum();
    assert_eq!(rejections, 1);
}

#[test]
fn redo_brings_back_in_reverse_order_and_says_when_there_is_nothing() {
    let mut stage = offered("cursus");
    stage.press("U");
    assert_eq!(stage.said(), "nothing to redo");
    stage.press("a x a u u u");
    assert_eq!(decisions(&stage), [Open, Open, Open]);
    stage.press("U");
    assert_eq!(decisions(&stage), [Accepted, Open, Open]);
    stage.press("U");
    assert_eq!(decisions(&stage), [Accepted, Rejected, Open]);
    stage.press("U");
    assert_eq!(decisions(&stage), [Accepted, Rejected, Accepted]);
    stage.press("U");
    assert_eq!(stage.said(), "nothing to redo");
}
