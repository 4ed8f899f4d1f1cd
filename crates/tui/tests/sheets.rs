//! Memos, history, summaries, qualifiers and the editor as a researcher sees them.

use model::span::Span;
use tui::fixture::{Stage, act, at, coding, desk, document, harbour, setting};
use verbatim_tui as tui;

/// Two interviews with codings, memos and an act of another coder.
fn stage(width: u16, height: u16) -> Stage {
    let first = harbour();
    let at = |needle: &str| at(&first, needle);
    let changes = [
        coding(&first, at("Dat is geen straf, dat hoort er hier gewoon bij."), "terms"),
        coding(&first, at("We hebben daar een poule voor"), "flex-pool"),
        coding(&first, at("Dan staat de helft van kantoor op de kade."), "internal-mobility"),
    ];
    let mut second = document("03-van-der-laan", "Anna: Wij leren van elkaar.\n");
    second.title = "Van der Laan".into();
    let other = coding(&second, Span::new(6, 27), "training");
    let mut desk = desk(vec![first, second]);
    let value = serde_json::json!([
        {"id": "status", "label": {"en": "Status"}, "default": "in-place", "values": [
            {"id": "in-place", "label": {"en": "in place"}}, {"id": "planned"}, {"id": "ended"},
            {"id": "rejected"}]},
        {"id": "for", "label": {"en": "For whom"}, "default": "permanent", "values": [
            {"id": "permanent", "label": {"en": "permanent staff"}},
            {"id": "flexible", "label": {"en": "flexible workers"}},
            {"id": "self-employed", "label": {"en": "the self-employed"}}]},
        {"id": "horizon", "label": {"en": "Horizon"}, "values": [{"id": "short"}, {"id": "long"}]},
    ]);
    desk.take(act(10, "anna", "codebook", vec![setting("codebook.book.qualifiers", value)]));
    for (i, change) in changes.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    desk.take(act(40, "bea", "code", vec![other]));
    let mut stage = Stage::new(desk, 120, 36);
    // To the second sentence of the manager's answer, which is coded with terms.
    stage.press("g } }");
    stage.press("m m").type_in("Straf of niet").press("ctrl-t tab").type_in("toon").press("tab tab");
    stage.type_in("Ze zegt dit lachend. Vragen of anderen dat ook zo zien.").press("ctrl-s");
    stage.press("m s").type_in("Leidraad").press("tab tab tab").type_in("Eerst alle havens.").press("ctrl-s");
    stage.act(&tui::actions::Action::Resize(width, height));
    stage
}

#[test]
fn memos_at_120() {
    let mut stage = stage(120, 36);
    stage.press("M");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn memos_at_80() {
    let mut stage = stage(80, 24);
    stage.press("M down");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn memos_at_60() {
    let mut stage = stage(60, 15);
    stage.press("M").type_in("lachend");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn writing_a_memo_at_120() {
    let mut stage = stage(120, 36);
    stage.press("M down enter");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn writing_a_memo_at_80() {
    let mut stage = stage(80, 24);
    stage.press("m m");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn writing_a_memo_at_60() {
    let mut stage = stage(60, 15);
    stage.press("m m").type_in("Over").press("tab").type_in("poule").press("tab tab");
    stage.type_in("Een tekst die langer is dan een regel van zestig cellen breed, zodat hij omslaat.");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn writing_a_note_at_80() {
    let mut stage = stage(80, 24);
    stage.press("a n").type_in("wat een toon");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn history_at_120() {
    let mut stage = stage(120, 36);
    stage.press("r 5 u H o");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn history_at_80() {
    let mut stage = stage(80, 24);
    stage.press("r 5 H j j j");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn history_at_60() {
    let mut stage = stage(60, 15);
    stage.press("r 5 H G k k");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn summaries_at_120() {
    let mut stage = stage(120, 36);
    stage.press("F h h enter").type_in("De helft springt bij.").press("ctrl-s");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn summaries_at_80() {
    let mut stage = stage(80, 24);
    stage.press("F");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn summaries_at_60() {
    let mut stage = stage(60, 15);
    stage.press("F G");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn writing_a_summary_at_120() {
    let mut stage = stage(120, 36);
    stage.press("F h h enter").type_in("De helft springt bij, en er is een poule.");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn writing_a_summary_at_60() {
    let mut stage = stage(60, 15);
    stage.press("F h h enter").type_in("De helft springt bij.");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn qualifiers_at_80() {
    let mut stage = stage(80, 24);
    stage.press("= 2 =");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn qualifiers_at_60() {
    let mut stage = stage(60, 15);
    stage.press("=");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn other_codes_at_80() {
    let mut stage = stage(80, 24);
    stage.press("r");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn reading_with_memos_at_80() {
    let stage = stage(80, 24);
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn other_cases_at_80() {
    let mut stage = stage(80, 24);
    stage.press("a k");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn new_code_details_at_80() {
    let mut stage = stage(80, 24);
    stage.press("c").type_in("Vaste kern").press("ctrl-n enter down down enter").type_in("wie blijft");
    insta::assert_snapshot!(stage.screen());
}
