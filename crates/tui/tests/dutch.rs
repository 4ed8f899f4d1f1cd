//! The screen in Dutch: what it looks like, that no English is left on it, and how it is switched.

use model::act::{Change, CodeChanged};
use model::name::Name;
use tui::Language;
use tui::app::{Effect, Outcome};
use tui::fixture::{Stage, act, at, coding, desk, document, harbour, primary, setting};
use verbatim_tui as tui;

/// Four interviews with codings of two coders, qualifiers, effects and memos.
fn stage(width: u16, height: u16) -> Stage {
    let first = harbour();
    let at = |needle: &str| at(&first, needle);
    let straf = at("Dat is geen straf, dat hoort er hier gewoon bij.");
    let made = [
        coding(&first, at("Dan staat de helft van kantoor op de kade."), "internal-mobility"),
        coding(&first, straf, "terms"),
        coding(&first, at("We hebben daar een poule voor"), "flex-pool"),
    ];
    let theirs = coding(&first, straf, "training");
    let mut all = vec![first];
    all.extend(["03-laan", "11-ziekenhuis", "04-bank"].map(|id| document(id, "Anna: Ja.\n")));
    let mut desk = desk(all);
    desk.name = "flexicurity-demo".into();
    desk.languages = vec!["nl".into()];
    for (key, value) in [
        (
            "codebook.book.qualifiers",
            serde_json::json!([{"id": "status", "label": {"nl": "Stand"}, "default": "nu", "values": [
                {"id": "nu", "label": {"nl": "van kracht"}}, {"id": "gepland"}]}]),
        ),
        ("codebook.book.dimensions", serde_json::json!([{"id": "zekerheid", "label": {"nl": "Zekerheid"}}])),
    ] {
        desk.take(act(10, "anna", "codebook", vec![setting(key, value)]));
    }
    for (i, change) in made.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    desk.take(act(40, "bea", "code", vec![theirs]));
    let fields = serde_json::json!({"effects": {"zekerheid": {"value": "+", "basis": "tabel"}}, "degree": 2});
    let effects = CodeChanged {
        code: Name::new("terms"),
        fields: fields.as_object().cloned().expect("an object"),
        effect: None,
        reason: None,
    };
    desk.take(act(11, "anna", "codebook", vec![Change::CodeChanged(Box::new(effects))]));
    // Without it there is no table.
    desk.take(act(41, "anna", "primary", vec![primary("anna")]));
    let mut stage = Stage::new(desk, width, height);
    stage.app.language = Language::Nl;
    tui::update::outcome::take(&mut stage.app, Outcome::Saved("14:02:11".into()));
    stage.press("g } }");
    stage
}

/// The text of the screen, without the map of styles.
fn text(stage: &Stage) -> String {
    stage.screen().split("--- styles").next().unwrap_or_default().to_owned()
}

#[test]
fn main_at_80() {
    let mut stage = stage(80, 24);
    stage.press("5");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn main_at_60() {
    insta::assert_snapshot!(stage(60, 15).screen());
}

/// What is wrong with a query, what to do about it and what may not be meant are told in Dutch.
#[test]
fn a_query_is_put_right_in_dutch() {
    let mut stage = stage(100, 30);
    let mut told = |query: &str| {
        stage.press("f").type_in(query);
        let screen = text(&stage);
        stage.press("esc");
        screen.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for (query, expected) in [
        ("", "een woord, \"een woordgroep\", woord*"),
        ("kade OR", "OR op teken 6 heeft niets achter zich"),
        (
            "kade speakr:anna",
            "er is geen veld speakr: (teken 6) · bedoelde u speaker:? Zet tekst die u zoekt",
        ),
        ("kade code:trainin", "geen code heet trainin (teken 6) · bedoelde u code:"),
        (
            "kade status: gepland",
            "status: op teken 6 is een kwalificatie, en die heeft een isgelijkteken · schrijf status=…",
        ),
        ("kade speaker: Anna", "speaker: op teken 6 heeft geen waarde"),
        ("kade & kantoor", "tekens worden niet gezocht en tellen niet mee: “&”"),
        ("!kade", "wat u weghaalt staat naast wat u zoekt, zoals role:respondent -kade"),
        ("'dat hoort'", "een woordgroep staat tussen dubbele aanhalingstekens"),
    ] {
        let screen = told(query);
        assert!(screen.contains(expected), "{query}: {screen}");
        assert!(!screen.contains(" character ") && !screen.contains("did you mean"), "{screen}");
    }
}

#[test]
fn palette_at_80() {
    let mut stage = stage(80, 24);
    stage.press("s c").type_in("mob");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn help_at_80() {
    let mut stage = stage(80, 24);
    stage.press("?").type_in("selec");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn table_at_80() {
    let mut stage = stage(80, 24);
    stage.press("o D T");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn codebook_at_80() {
    let mut stage = stage(80, 24);
    stage.press("B");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn memos_at_80() {
    let mut stage = stage(80, 24);
    stage.press("m m").type_in("Straf of niet").press("tab tab tab").type_in("Ze lacht.").press("ctrl-s");
    stage.press("m s").type_in("Leidraad").press("tab tab tab").type_in("Eerst havens.").press("ctrl-s M");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn history_at_80() {
    let mut stage = stage(80, 24);
    stage.press("5 x D H");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn about_the_coding_at_80() {
    let mut stage = stage(80, 24);
    stage.press("a");
    insta::assert_snapshot!(stage.screen());
}

#[test]
fn start_at_80() {
    let mut stage = Stage::empty(80, 24);
    stage.app.language = Language::Nl;
    tui::update::start(&mut stage.app);
    insta::assert_snapshot!(stage.screen());
}

/// Frequent English words that are no Dutch, and are in no text of the study above.
const ENGLISH: [&str; 37] = [
    "the",
    "and",
    "with",
    "you",
    "your",
    "this",
    "not",
    "from",
    "to",
    "for",
    "by",
    "it",
    "its",
    "at",
    "are",
    "here",
    "no",
    "press",
    "first",
    "next",
    "before",
    "done",
    "turn",
    "passage",
    "coding",
    "inductive",
    "deductive",
    "primary",
    "sentence",
    "begun",
    "partly",
    "yes",
    "words",
    "passages",
    "codings",
    "turns",
    "union",
];

/// Ways through the screen, each from the same beginning.
const WAYS: &[&str] = &[
    "5 . u U x u u u U",
    "n N } { } s e E t S [ w W b Q v j v esc",
    "( ) o o # # # ; ; D ; D D",
    "tab tab tab enter u",
    "c esc c enter",
    "c n i e u w enter enter enter enter",
    "c n i e u w ctrl-n enter enter enter u",
    "/ e e n enter n N esc / z z enter esc",
    "T j l r r r a b b enter enter backspace esc esc",
    "T l l enter esc D e",
    "R esc R / h a v e n enter esc / x = 1 enter d o enter",
    "B n x x enter esc",
    "B j d x enter 2 z o enter",
    "B j d x enter 3 enter j f r esc",
    "B N a enter f 1 r enter",
    "B l x enter i x enter 1 enter x y enter 1 enter a v enter c p 9 p j o o enter g r enter F 1 enter 1",
    "B m enter M enter u U K J J s enter esc",
    "B j j d x enter 2 enter w 1 enter",
    "B ? esc X esc q",
    "X esc a esc a n x ctrl-s a n esc a w 2 enter a w x enter esc a s a m a r a k enter a x a x a t enter",
    "a h esc a c r esc r 5 r z esc r c esc = esc = a =",
    "} r 1 a h enter esc",
    "V enter V ctrl-n enter enter enter",
    "m esc m m x tab x tab x tab x ctrl-s M enter esc x esc",
    "m m esc esc m d ctrl-t ctrl-t ctrl-t esc esc m c esc esc m k esc m s x ctrl-s",
    "M x esc M esc m m x ctrl-s M ctrl-d u M enter y esc esc esc",
    "5 x D H j j enter o j enter p esc H j enter",
    "F j l enter x ctrl-s enter esc esc",
    "? z esc ? down down pagedown pagedown",
    "i x enter esc",
    "ctrl-p z z z esc ctrl-p down pagedown pageup enter esc ctrl-p c o d e enter esc",
    ": f r tab enter esc : enter esc : ' enter",
    "y s y ctrl-g esc 5 ctrl-g y esc ctrl-t ctrl-t ctrl-t ctrl-t",
    "ctrl-r s s 5 r 1 u n D T esc ctrl-p esc esc",
    "O w b b r r a a enter esc esc",
    "O s r r r b esc",
    "O c r r a b enter esc",
    "O g r enter esc",
    "O a b b r a enter esc",
    "O p tab tab b enter esc",
    "O v tab tab tab tab b r esc",
    "D O w b r O s O c r O v tab O t r r r b b b",
    "q",
];

/// The words on the screen that are English; those that a window or the edge cuts are left out, and so are
/// words of commands: options with their values and settings such as `count=turns`.
fn english(screen: &str) -> Vec<String> {
    let words: Vec<&str> = screen.split_whitespace().collect();
    let before = std::iter::once("").chain(words.iter().copied());
    let option = |w: &str| w.starts_with("--");
    let whole = words.iter().zip(before).filter(|(w, before)| !option(w) && !option(before));
    let whole = whole.map(|(w, _)| *w).filter(|w| !w.contains(['│', '…', '=']));
    let words = whole.flat_map(|w| w.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase);
    words.filter(|w| ENGLISH.contains(&w.as_str())).collect()
}

#[test]
fn no_english_is_left_on_any_screen() {
    assert_eq!(english("Not the zin"), ["not", "the"]);
    let mut found = Vec::new();
    for (width, height) in [(120, 40), (80, 24), (60, 15)] {
        for way in WAYS {
            let mut stage = stage(width, height);
            for (i, key) in way.split_whitespace().enumerate() {
                stage.press(key);
                let screen = text(&stage);
                let left = english(&screen);
                if !left.is_empty() {
                    let n = i + 1;
                    found.push(format!("{left:?} after key {n} ({key}) of \"{way}\" at {width}:\n{screen}"));
                    break;
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_english_is_left_before_a_study_is_open() {
    for keys in [
        "enter a enter a enter enter enter enter esc esc esc esc",
        "down enter enter x enter esc",
        "down down enter esc ? esc q",
    ] {
        let mut stage = Stage::empty(80, 24);
        stage.app.language = Language::Nl;
        tui::update::start(&mut stage.app);
        for key in keys.split_whitespace() {
            stage.press(key);
            let screen = text(&stage);
            assert!(english(&screen).is_empty(), "{:?}:\n{screen}", english(&screen));
        }
    }
    let mut stage = Stage::new(desk(vec![]), 80, 24);
    stage.app.language = Language::Nl;
    assert!(english(&text(&stage)).is_empty(), "{}", text(&stage));
    tui::update::outcome::take(&mut stage.app, Outcome::WhoCodes(None));
    assert!(english(&text(&stage)).is_empty(), "{}", text(&stage));
    stage.press("esc");
    assert!(english(&text(&stage)).is_empty(), "{}", text(&stage));
}

#[test]
fn the_language_is_switched_at_once_and_kept() {
    let mut stage = stage(120, 30);
    stage.app.language = Language::En;
    stage.press("5");
    assert!(text(&stage).contains("Documents") && text(&stage).contains("undo: \"Opleidingen on turn 2\""));
    stage.press("L");
    let dutch = text(&stage);
    assert!(dutch.contains("Documenten") && dutch.contains("Codeboek"), "{dutch}");
    assert!(dutch.contains("ongedaan: \"Opleidingen op spre"), "{dutch}");
    assert!(dutch.contains("vanaf hier in het Nederlands"), "{dutch}");
    assert_eq!(stage.asked, [Effect::Keep("interface", "nl".into())]);
    stage.press("L");
    assert!(text(&stage).contains("English from here on") && text(&stage).contains("Documents"));
    assert_eq!(stage.asked.last(), Some(&Effect::Keep("interface", "en".into())));
}

#[test]
fn the_start_screen_can_be_switched_too() {
    let mut stage = Stage::empty(80, 24);
    tui::update::start(&mut stage.app);
    assert!(text(&stage).contains("Open a study"));
    stage.press("L");
    assert!(text(&stage).contains("Studie openen"), "{}", text(&stage));
}

#[test]
fn two_screens_in_one_thread_speak_each_their_own() {
    let dutch = stage(100, 30);
    let mut english = stage(100, 30);
    english.app.language = Language::En;
    assert!(text(&dutch).contains("Documenten"));
    assert!(text(&english).contains("Documents"));
    assert!(text(&dutch).contains("Documenten"));
}

#[test]
fn a_colour_is_understood_in_both_languages() {
    for color in ["groen", "green"] {
        let mut stage = stage(100, 30);
        stage.press("V ctrl-n enter ctrl-u").type_in(color).press("enter enter");
        let desk = stage.app.desk.as_ref().expect("a desk");
        let code = desk.coded.codebook.codes.iter().find(|c| c.id.starts_with("dat-is-geen"));
        assert_eq!(code.and_then(|c| c.fields.get("color")?.as_str()), Some("#2e9e4f"), "{color}");
    }
}

/// How many of the keys that the footer would tell stand in it.
fn told(stage: &Stage) -> usize {
    let screen = text(stage);
    let line = screen.lines().last().unwrap_or_default().to_owned();
    let all = tui::view::footer::words(&stage.app);
    all.iter().filter(|word| line.contains(&format!("{} {}", word.keys, word.shortest()))).count()
}

#[test]
fn footers_tell_as_much_in_dutch_as_in_english() {
    let mut fewer = Vec::new();
    for (width, height) in [(80, 24), (60, 15)] {
        for keys in
            ["", "tab", "backtab", "c", "T", "B", "R", "M", "H", "F", "m m", "X", "/", "/ e enter", "i"]
        {
            let mut stage = stage(width, height);
            stage.press(keys);
            let dutch = told(&stage);
            stage.app.language = Language::En;
            let english = told(&stage);
            if dutch < english {
                fewer.push((width, keys, dutch, english));
            }
        }
    }
    assert!(fewer.is_empty(), "{fewer:?}");
}
