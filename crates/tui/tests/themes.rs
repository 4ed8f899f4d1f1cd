//! Themes: what can be read on what, and each theme as it is drawn.

use model::span::Span;
use ratatui::style::{Color, Modifier, Style};
use tui::fixture::{Stage, act, coding, desk, document};
use tui::theme::{Depth, Look, Theme};
use verbatim_tui as tui;

/// The contrast of two colours as the Web Content Accessibility Guidelines 2.1 define it.
fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
    let channel = |v: u8| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    let light = |(r, g, b)| 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A colour as terminals show it: the 256 are those of xterm.
fn rgb(color: Option<Color>) -> (u8, u8, u8) {
    match color {
        Some(Color::Rgb(r, g, b)) => (r, g, b),
        Some(Color::Indexed(i @ 16..=231)) => {
            let steps = [0, 95, 135, 175, 215, 255];
            let n = usize::from(i) - 16;
            (steps[n / 36], steps[n / 6 % 6], steps[n % 6])
        }
        Some(Color::Indexed(i @ 232..)) => {
            let grey = 8 + (i - 232) * 10;
            (grey, grey, grey)
        }
        other => panic!("{other:?} has no values of its own"),
    }
}

/// A theme on a terminal with so many colours and such a background.
fn theme(look: Look, dark: bool, colours: &'static str) -> Theme {
    let background = if dark { "15;0" } else { "0;15" };
    let get = move |key: &str| match key {
        "COLORTERM" if colours == "all" => Some("truecolor".to_owned()),
        "TERM" if colours == "256" => Some("xterm-256color".to_owned()),
        "TERM" => Some("xterm".to_owned()),
        "NO_COLOR" if colours == "none" => Some("1".to_owned()),
        "COLORFGBG" => Some(background.to_owned()),
        _ => None,
    };
    Theme::from_environment(get, Some(look.name()))
}

/// Colours that a codebook may have: all round, pale, dark, grey, and the ones that come with the
/// program's codebooks.
fn colours() -> Vec<String> {
    let mut out: Vec<String> = ["#000000", "#ffffff", "#808080", "#ffff00", "#0000ff", "#101040", "#f0e8ff"]
        .map(str::to_owned)
        .to_vec();
    for r in [0, 85, 170, 255] {
        for g in [0, 85, 170, 255] {
            for b in [0, 85, 170, 255] {
                out.push(format!("#{r:02x}{g:02x}{b:02x}"));
            }
        }
    }
    out
}

#[test]
fn codes_can_be_read_in_every_theme() {
    for look in Look::ALL {
        for dark in [true, false] {
            for depth in ["all", "256"] {
                let theme = theme(look, dark, depth);
                // What most terminals have behind their text.
                let grounds = if theme.dark {
                    [(0, 0, 0), (0x1e, 0x1e, 0x1e)]
                } else {
                    [(0xff, 0xff, 0xff), (0xf5, 0xf5, 0xf5)]
                };
                let enough = if look == Look::Contrast { 7.0 } else { 4.5 };
                for hex in colours() {
                    let mark = rgb(theme.code(Some(&hex)).fg);
                    for ground in grounds {
                        let found = contrast(mark, ground);
                        assert!(found >= enough, "{look:?} {dark} {depth} {hex} on {ground:?}: {found:.2}");
                    }
                    let text = theme.coded(Some(&hex), false);
                    let found = contrast(rgb(text.fg), rgb(text.bg));
                    assert!(found >= enough, "{look:?} {dark} {depth} text on {hex}: {found:.2}");
                }
                if look != Look::Contrast {
                    let dim = rgb(theme.dim().fg);
                    assert!(grounds.iter().all(|g| contrast(dim, *g) >= 4.5), "{look:?} {depth} hints");
                }
            }
        }
    }
}

#[test]
fn without_colour_there_is_a_second_cue() {
    for look in Look::ALL {
        let none = theme(look, true, "none");
        assert_eq!(none.depth, Depth::None);
        assert_eq!(none.code(Some("#1a64f8")), Style::new());
        assert!(none.coded(Some("#1a64f8"), false).add_modifier.contains(Modifier::UNDERLINED));
        let sixteen = theme(look, true, "16");
        assert_eq!(sixteen.depth, Depth::Sixteen);
        assert!(sixteen.coded(Some("#1a64f8"), false).add_modifier.contains(Modifier::UNDERLINED));
    }
}

#[test]
fn the_safe_theme_gives_each_colour_of_the_codebook_one_of_its_own() {
    let mut safe = theme(Look::Safe, true, "all");
    let book = desk(vec![]).coded.codebook;
    safe.assign(&book);
    let shown: Vec<Color> =
        ["#1a64f8", "#ab4c40", "#9a42ba"].into_iter().filter_map(|c| safe.code(Some(c)).fg).collect();
    // Orange, sky blue and bluish green, a quarter lighter on a dark background.
    assert_eq!(
        shown,
        [Color::Rgb(0xec, 0xb7, 0x3f), Color::Rgb(0x80, 0xc6, 0xee), Color::Rgb(0x3f, 0xb6, 0x96)]
    );
}

fn stage(look: Look) -> Stage {
    let text = "Interviewer: En als het druk wordt, wat doet u dan?\n\n\
        Anna: Dan staat de helft op de kade. Dat is geen straf, dat hoort er gewoon bij.\n\n\
        Interviewer: En de rest?\n";
    let first = document("07-haven", text);
    let codings = [(57, 90, "internal-mobility"), (91, 132, "terms"), (100, 132, "training")];
    let changes: Vec<_> =
        codings.iter().map(|(s, e, code)| coding(&first, Span::new(*s, *e), code)).collect();
    let mut desk = desk(vec![first, document("03-bouw", "Anna: Ja.\n")]);
    for (i, change) in changes.into_iter().enumerate() {
        desk.take(act(20 + i as u64, "anna", "code", vec![change]));
    }
    let mut stage = Stage::new(desk, 80, 24);
    stage.app.theme = theme(look, look != Look::Light, "all");
    stage.press("s");
    stage
}

#[test]
fn dark() {
    insta::assert_snapshot!(stage(Look::Dark).styles());
}

#[test]
fn light() {
    insta::assert_snapshot!(stage(Look::Light).styles());
}

#[test]
fn high_contrast() {
    insta::assert_snapshot!(stage(Look::Contrast).styles());
}

#[test]
fn colour_blind_safe() {
    insta::assert_snapshot!(stage(Look::Safe).styles());
}
