//! What tests of all screens share.

use model::act::{Change, Setting};
use model::name::Name;
use model::span::Span;
use tui::fixture::{Stage, act, coding, desk, document, primary};
use verbatim_tui as tui;

const TALK: &str = "Interviewer: Hoe gaat het? Vertel eens, en neem de tijd.\n\nAnna: Goed, dr. Jansen. Echt waar, wij leren veel. Heus, wij leren elke dag iets, en dat is meer dan vroeger; vroeger leerde je het vak en dan bleef het zo, jaar in jaar uit.\n\nInterviewer: En nu? Wat zou u anders doen?\n\nAnna: Niets. Wij leren op het werk.\n\nInterviewer: En dan?\n\nAnna: Dan niets meer.\n\nInterviewer: Dank u wel.\n\nAnna: Graag gedaan. Tot ziens.\n";

/// A study in which there is something to do everywhere: two documents, codings of two coders, a
/// narrowed definition, qualifiers, effects, memos, summaries.
pub(crate) fn stage(width: u16, height: u16) -> Stage {
    let documents = vec![
        document("een", TALK),
        document("twee", &TALK.repeat(12)),
        document("drie", TALK),
        document("vier", TALK),
    ];
    let at = |needle: &str, nth: usize| {
        let from = TALK.match_indices(needle).nth(nth).expect("it is there").0;
        let start = TALK.get(..from).expect("a boundary").chars().count() as u32;
        Span::new(start, start + needle.chars().count() as u32)
    };
    let changes = vec![
        coding(&documents[0], at("Echt waar, wij leren veel.", 0), "training"),
        coding(&documents[0], at("waar, wij leren", 0), "internal-mobility"),
        coding(&documents[0], at("wij leren veel. Heus", 0), "internal-mobility"),
        coding(&documents[0], at("Dan niets meer.", 0), "terms"),
        coding(&documents[1], at("Tot ziens.", 0), "training"),
    ];
    let theirs = coding(&documents[0], at("Niets.", 0), "terms");
    let mut desk = desk(documents);
    for (i, change) in changes.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    desk.take(act(40, "bea", "code", vec![theirs]));
    let set = |key: &str, value: serde_json::Value| {
        Change::Setting(Box::new(Setting { key: Name::new(key), value }))
    };
    let qualifiers = serde_json::json!([
        {"id": "status", "default": "now", "values": [{"id": "now"}, {"id": "planned"}]}]);
    let dimensions = serde_json::json!([{"id": "os", "label": {"en": "OS"}}, {"id": "es", "label": {"en": "ES"}}, {"id": "is"}]);
    let effects =
        serde_json::json!({"effects": {"os": {"value": "+", "basis": "table"}, "es": {"value": "-"}}});
    let declared = |code: &str| {
        let fields = effects.as_object().cloned().expect("a map");
        Change::CodeChanged(Box::new(model::act::CodeChanged {
            code: Name::new(code),
            fields,
            effect: None,
            reason: None,
        }))
    };
    desk.take(act(44, "anna", "codebook", vec![declared("training"), declared("terms")]));
    let narrower = model::act::CodeChanged {
        code: Name::new("training"),
        fields: serde_json::json!({"definition": {"en": "only this"}}).as_object().cloned().expect("a map"),
        effect: Some(Name::new("narrower")),
        reason: None,
    };
    desk.take(act(45, "anna", "primary", vec![primary("anna")]));
    desk.take(act(41, "anna", "codebook", vec![set("codebook.book.qualifiers", qualifiers)]));
    desk.take(act(42, "anna", "codebook", vec![set("codebook.book.dimensions", dimensions)]));
    desk.take(act(43, "anna", "codebook", vec![Change::CodeChanged(Box::new(narrower))]));
    let groups = serde_json::json!([{"id": "one", "codes": ["training"]}, {"id": "two", "codes": ["terms"]}]);
    desk.take(act(46, "anna", "codebook", vec![set("codebook.book.groups", groups)]));
    let mut stage = Stage::new(desk, width, height);
    stage.app.reader.go(at("leren veel", 0).start);
    let command = |words: &str| tui::options::Subcommand {
        words: words.to_owned(),
        about: String::new(),
        options: Vec::new(),
    };
    stage.app.commands = vec![command("check"), command("freq")];
    stage.app.typed = vec!["check".to_owned(), "freq --by case".to_owned()];
    stage
}
