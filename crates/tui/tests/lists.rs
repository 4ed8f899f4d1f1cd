//! Lists of passages and the table: what is in them, the way into the transcript and back.

use model::corpus::Corpus;
use model::name::Name;
use tui::app::Effect;
use tui::desk::Desk;
use tui::fixture::{Stage, act, at, coding, desk, document, primary, setting};
use tui::layers::Layer;
use tui::layers::passages::{Counts, Passages};
use verbatim_tui as tui;

const FIRST: &str = "Interviewer: Hoe gaat het?\n\nAnna: Goed, dr. Jansen. Echt waar, wij leren veel.\n\nBram: En ik leer ook.\n";
const SECOND: &str = "Interviewer: En hier?\n\nCor: Wij leren op het werk. Dat is prettig.\n";

/// Two documents of two cases; training on three stretches of which two overlap, the flex pool on one,
/// and one of training in a question.
fn stage(width: u16, height: u16) -> Stage {
    let first = document("een", FIRST);
    let second = document("twee", SECOND);
    let changes = vec![
        coding(&first, at(&first, "Echt waar, wij leren veel."), "training"),
        coding(&first, at(&first, "wij leren veel.\n\nBram: En ik leer ook."), "training"),
        coding(&first, at(&first, "Goed, dr. Jansen."), "internal-mobility"),
        coding(&first, at(&first, "Hoe gaat het?"), "training"),
        coding(&second, at(&second, "Wij leren op het werk."), "training"),
        coding(&second, at(&second, "Dat is prettig."), "flex-pool"),
    ];
    let theirs = coding(&second, at(&second, "Dat is prettig."), "training");
    let mut desk = desk(vec![first, second]);
    for (i, change) in changes.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    desk.take(act(40, "bea", "code", vec![theirs]));
    desk.take(act(41, "anna", "primary", vec![primary("anna")]));
    let qualifiers = serde_json::json!([{"id": "status", "values": ["now", "planned"], "default": "now"}]);
    desk.take(act(42, "anna", "codebook", vec![setting("codebook.book.qualifiers", qualifiers)]));
    Stage::new(desk, width, height)
}

fn list(stage: &Stage) -> &Passages {
    match stage.app.layers.last() {
        Some(Layer::Passages(list)) => list,
        other => panic!("no list of passages on top: {other:?}"),
    }
}

fn counts(stage: &Stage) -> (usize, usize, usize, usize) {
    let Counts { passages, documents, cases, uncounted } = list(stage).counts();
    (passages, documents, cases, uncounted)
}

/// Opens the list of a code by way of the palette.
fn passages_of(stage: &mut Stage, code: &str) {
    stage.press("esc tab tab R").type_in(code).press("enter");
}

#[test]
fn passages_of_a_code_are_united_and_counted() {
    let mut stage = stage(120, 36);
    passages_of(&mut stage, "training");
    // The two that overlap are one; the question does not count.
    assert_eq!(counts(&stage), (2, 2, 2, 1));
    let screen = stage.screen();
    assert!(screen.contains("2 passages · 2 documents · 2 organisations · 1 in turns that do not count"));
    stage.press("o");
    assert_eq!(counts(&stage), (3, 2, 2, 1), "bea's passage came");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn a_code_stands_with_those_below_it_or_alone() {
    let mut stage = stage(80, 24);
    passages_of(&mut stage, "interne mob");
    assert_eq!(counts(&stage), (2, 2, 2, 0));
    insta::assert_snapshot!(stage.screen());
    stage.press("d");
    assert_eq!(counts(&stage), (1, 1, 1, 0));
    stage.press("d");
    assert_eq!(counts(&stage), (2, 2, 2, 0));
}

#[test]
fn enter_goes_to_the_passage_and_backspace_back() {
    let mut stage = stage(100, 30);
    passages_of(&mut stage, "training");
    stage.press("G enter");
    assert!(stage.app.layers.is_empty());
    assert!(stage.marked().contains("Cor: ‹training: |Wij leren op het werk.›"), "{}", stage.marked());
    assert!(stage.screen().contains("back to the list"));
    // What is changed there is in the list at once.
    stage.press("x backspace");
    assert_eq!(counts(&stage), (1, 1, 1, 1));
    stage.press("esc backspace");
    assert!(stage.app.layers.is_empty());
    assert!(stage.app.message.as_ref().is_some_and(|m| m.text.contains("no list")));
}

#[test]
fn passages_are_filtered_by_what_is_known_of_them() {
    let mut stage = stage(120, 36);
    for (filter, expected) in [
        ("case=case-1", 1),
        ("organisation=\"case 0\"", 1),
        ("sector=zorg", 1),
        ("role=interviewer", 0),
        ("speaker=cor", 1),
        ("status=now", 2),
        ("status=planned", 0),
        ("coder=anna", 2),
        ("coder=bea", 0),
        ("bram", 1),
    ] {
        passages_of(&mut stage, "training");
        stage.press("/").type_in(filter).press("enter");
        assert_eq!(list(&stage).counts().passages, expected, "{filter}");
        stage.press("esc esc");
        assert!(stage.app.layers.is_empty(), "Esc takes off the filter, then the list");
    }
    passages_of(&mut stage, "training");
    stage.press("/").type_in("colour=red").press("enter");
    let said = stage.app.message.as_ref().map(|m| m.text.clone()).unwrap_or_default();
    assert!(said.contains("colour") && said.contains("sector") && said.contains("status"), "{said}");
    assert_eq!(list(&stage).counts().passages, 2, "the list stays as it was");
}

#[test]
fn the_code_under_the_cursor_or_in_the_codebook_is_meant() {
    let mut stage = stage(100, 30);
    stage.press("g } R");
    assert!(list(&stage).code().is_some_and(|c| *c == "internal-mobility"));
    stage.press("esc tab G R");
    assert!(list(&stage).code().is_some_and(|c| *c == "training"));
}

#[test]
fn a_cell_is_the_passages_that_it_counts() {
    let mut stage = stage(120, 36);
    stage.press("T G end");
    let Some(Layer::Table(table)) = stage.app.layers.last() else { panic!("no table") };
    let numbers = table.numbers.as_ref().expect("numbers");
    assert_eq!((table.row, table.column), (1, 2));
    assert_eq!(numbers.cell(1, 2).n, Some(1));
    insta::assert_snapshot!(stage.screen());
    stage.press("enter");
    assert_eq!(counts(&stage), (1, 1, 1, 0));
    stage.press("enter");
    assert!(stage.marked().contains("|Wij leren op het werk."));
    stage.press("x backspace");
    assert_eq!(stage.app.layers.len(), 2, "the list over the table");
    assert_eq!(counts(&stage), (0, 0, 0, 0));
    stage.press("esc");
    let Some(Layer::Table(table)) = stage.app.layers.last() else { panic!("no table") };
    assert_eq!(table.numbers.as_ref().expect("numbers").cell(1, 2).n, None, "counted anew: not done");
    stage.press("enter");
    assert_eq!(stage.app.layers.len(), 1, "an empty cell opens nothing");
}

#[test]
fn rows_are_cases_documents_or_an_attribute() {
    let mut stage = stage(120, 36);
    stage.press("T");
    let heading = |stage: &Stage| match stage.app.layers.last() {
        Some(Layer::Table(table)) => table.numbers.as_ref().expect("numbers").heading.clone(),
        _ => String::new(),
    };
    assert_eq!(heading(&stage), "organisation");
    stage.press("b");
    assert_eq!(heading(&stage), "document");
    stage.press("b");
    assert_eq!(heading(&stage), "organisation", "two sectors of two cases are no groups");
}

#[test]
fn the_table_is_written_with_its_statuses() {
    let mut stage = stage(80, 24);
    stage.press("T r e");
    let Some(Effect::Export { name, content }) = stage.asked.last() else { panic!("nothing was asked") };
    assert_eq!(name, "table-by-case-codings.csv");
    let watch = study::Watch::default();
    let bytes = content.form(&watch).expect("a table").expect("nobody stopped it");
    // A heading, and a line for each of two cases and three codes at the top.
    assert_eq!(watch.count(), (7, 7));
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.starts_with("organisation,code,n,status,documents,"));
    // Three codings touch counted turns of the first case: two that overlap, none of the question.
    assert!(text.contains("case-0,training,2,partial,1,0,"), "{text}");
    tui::update::outcome::take(&mut stage.app, tui::app::Outcome::Written("/x/t.csv".to_owned()));
    assert!(stage.screen().contains("written: /x/t.csv"));
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn the_table_fits_a_small_terminal() {
    let mut stage = stage(60, 15);
    stage.press("T a j l l");
    insta::assert_snapshot!(stage.screen());
    stage.press("enter");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn a_table_without_cases_says_how_to_give_them() {
    let advice = "Fill the column case of corpus/documents.csv";
    let stage = |case: Option<&str>| {
        let both = || vec![document("een", FIRST), document("twee", SECOND)];
        let (state, mut documents) = (desk(both()).state, both());
        documents[0].case = case.map(str::to_owned);
        let corpus = Corpus::new("organisation".into(), documents, vec![]);
        let desk = Desk::new("study".into(), corpus, state, Some(Name::new("anna")), vec!["en".into()]);
        let mut stage = Stage::new(desk, 120, 30);
        stage.press("T");
        stage
    };
    let mut none = stage(None);
    assert!(none.screen().contains(advice), "{}", none.screen());
    assert!(none.screen().contains("(no organisation)"));
    none.app.language = tui::Language::Nl;
    assert!(none.screen().contains("(geen organisation)"), "{}", none.screen());
    none.app.language = tui::Language::En;
    // By document there is a row for each.
    none.press("b");
    assert!(!none.screen().contains(advice), "{}", none.screen());
    let some = stage(Some("korst"));
    assert!(!some.screen().contains(advice), "{}", some.screen());
}
