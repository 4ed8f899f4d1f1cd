//! The theme: styles by what they mean, so that no view names a colour.
//!
//! Colour means a code and nothing else. What has a background gets its foreground too, so that it
//! can be read on any terminal. Without colour everything still has its second cue: underline for
//! coded text, reversed for the selection, brackets and names in the margin.

use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None: `NO_COLOR`, or a terminal without.
    None,
    /// The sixteen of old.
    Sixteen,
    /// 256.
    Indexed,
    /// All.
    True,
}

/// Colours for codes that can be told apart, also by those who see red and green as one.
pub const CODES: [&str; 10] = [
    "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#ee7733", "#009988", "#9a42ba",
    "#997700",
];

/// The styles of the screen.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Whether the terminal's background is dark.
    pub dark: bool,
    /// Colours at hand.
    pub depth: Depth,
}

impl Default for Theme {
    fn default() -> Self {
        Self { dark: true, depth: Depth::True }
    }
}

impl Theme {
    /// The theme that the environment asks for; `wish` is `theme` of the configuration.
    pub fn from_environment(get: impl Fn(&str) -> Option<String>, wish: Option<&str>) -> Self {
        let filled = |key: &str| get(key).filter(|v| !v.is_empty());
        let term = filled("TERM").unwrap_or_default();
        let depth = if filled("NO_COLOR").is_some() || term == "dumb" {
            Depth::None
        } else if filled("COLORTERM").is_some_and(|v| v.contains("truecolor") || v.contains("24bit"))
            || term.contains("direct")
        {
            Depth::True
        } else if term.contains("256color") || filled("WT_SESSION").is_some() {
            Depth::Indexed
        } else {
            Depth::Sixteen
        };
        let background =
            filled("COLORFGBG").and_then(|v| v.rsplit(';').next().and_then(|b| b.parse::<u8>().ok()));
        let dark = match wish {
            Some("light") => false,
            Some("dark") => true,
            _ => background.is_none_or(|b| b < 7 || b == 8),
        };
        Self { dark, depth }
    }

    /// Ordinary text.
    pub const fn text(&self) -> Style {
        Style::new()
    }

    /// What should step back: times, numbers, hints.
    pub fn dim(&self) -> Style {
        match self.depth {
            Depth::None | Depth::Sixteen => Style::new().add_modifier(Modifier::DIM),
            _ => Style::new().fg(self.color((0x8a, 0x8a, 0x8a))),
        }
    }

    /// Headings: the speaker, the title of a pane.
    pub const fn heading(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The heading of the pane that has the keys.
    pub const fn focused(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED))
    }

    /// Lines between panes.
    pub fn rule(&self) -> Style {
        match self.depth {
            Depth::None | Depth::Sixteen => self.dim(),
            _ => Style::new().fg(self.color(if self.dark { (0x50, 0x50, 0x50) } else { (0xb8, 0xb8, 0xb8) })),
        }
    }

    /// Selected text, and the item that a key would act on.
    pub const fn selected(&self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The item at hand in a pane that does not have the keys.
    pub const fn current(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// A hit of the search.
    pub const fn hit(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED).union(Modifier::REVERSED))
    }

    /// A key in the footer.
    pub const fn key(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What must not be missed.
    pub fn alarm(&self) -> Style {
        match self.depth {
            Depth::None => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            Depth::Sixteen => Style::new().fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD),
            _ => Style::new()
                .fg(self.color((0xff, 0xff, 0xff)))
                .bg(self.color((0xb0, 0x10, 0x20)))
                .add_modifier(Modifier::BOLD),
        }
    }

    /// A code's colour as a mark: bar, bracket, name.
    pub fn code(&self, hex: Option<&str>) -> Style {
        match (self.depth, hex.and_then(parse)) {
            (Depth::None, _) | (_, None) => Style::new(),
            (_, Some(rgb)) => {
                // A mark must stand out from the background.
                let rgb =
                    if self.dark { blend(rgb, (0xff, 0xff, 0xff), 25) } else { blend(rgb, (0, 0, 0), 15) };
                Style::new().fg(self.color(rgb))
            }
        }
    }

    /// Text that carries a code; `more` where it carries several.
    pub fn coded(&self, hex: Option<&str>, more: bool) -> Style {
        let underline =
            if more || self.depth == Depth::None { Modifier::UNDERLINED } else { Modifier::empty() };
        match (self.depth, hex.and_then(parse)) {
            (Depth::None, _) | (_, None) => Style::new().add_modifier(Modifier::UNDERLINED),
            (Depth::Sixteen, Some(rgb)) => {
                Style::new().fg(self.color(rgb)).add_modifier(Modifier::UNDERLINED | underline)
            }
            (_, Some(rgb)) => {
                let (base, ink, share) = if self.dark {
                    ((0x18, 0x18, 0x18), (0xf0, 0xf0, 0xf0), 58)
                } else {
                    ((0xff, 0xff, 0xff), (0x10, 0x10, 0x10), 72)
                };
                Style::new()
                    .bg(self.color(blend(rgb, base, share)))
                    .fg(self.color(ink))
                    .add_modifier(underline)
            }
        }
    }

    /// A number's cell, the deeper the larger the number: `step` of four, in its code's colour. `None`
    /// where the terminal has too few colours to tell depths apart.
    pub fn shade(&self, hex: Option<&str>, step: usize) -> Option<Style> {
        if matches!(self.depth, Depth::None | Depth::Sixteen) || step == 0 {
            return None;
        }
        let rgb = hex.and_then(parse).unwrap_or((0x80, 0x80, 0x80));
        let (base, ink, least) = if self.dark {
            ((0x18, 0x18, 0x18), (0xf0, 0xf0, 0xf0), 44)
        } else {
            ((0xff, 0xff, 0xff), (0x10, 0x10, 0x10), 40)
        };
        let share = least + (4 - step.min(4) as u16) * 14;
        Some(Style::new().bg(self.color(blend(rgb, base, share))).fg(self.color(ink)))
    }

    /// The nearest colour that the terminal has.
    fn color(self, rgb: (u8, u8, u8)) -> Color {
        match self.depth {
            Depth::None => Color::Reset,
            Depth::True => Color::Rgb(rgb.0, rgb.1, rgb.2),
            Depth::Indexed => Color::Indexed(indexed(rgb)),
            Depth::Sixteen => sixteen(rgb),
        }
    }
}

/// Reads `#rrggbb`.
fn parse(hex: &str) -> Option<(u8, u8, u8)> {
    let digits = hex.trim().strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let n = u32::from_str_radix(digits, 16).ok()?;
    Some(((n >> 16) as u8, (n >> 8) as u8, n as u8))
}

/// A colour with `share` percent of another in it.
fn blend(a: (u8, u8, u8), b: (u8, u8, u8), share: u16) -> (u8, u8, u8) {
    let mix = |a: u8, b: u8| ((u16::from(a) * (100 - share) + u16::from(b) * share) / 100) as u8;
    (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}

/// Distance of two colours, squared.
fn distance(a: (u8, u8, u8), b: (u8, u8, u8)) -> u32 {
    let d = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    d(a.0, b.0) + d(a.1, b.1) + d(a.2, b.2)
}

/// The nearest of the 6 × 6 × 6 cube and the 24 greys.
fn indexed(rgb: (u8, u8, u8)) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let spread = rgb.0.max(rgb.1).max(rgb.2) - rgb.0.min(rgb.1).min(rgb.2);
    if spread < 16 {
        let mean = (u16::from(rgb.0) + u16::from(rgb.1) + u16::from(rgb.2)) / 3;
        return 232 + (mean.saturating_sub(3) / 10).min(23) as u8;
    }
    let near = |v: u8| (0..6_u8).min_by_key(|&i| STEPS[usize::from(i)].abs_diff(v)).unwrap_or(0);
    let (r, g, b) = (near(rgb.0), near(rgb.1), near(rgb.2));
    if r != g || g != b {
        return 16 + 36 * r + 6 * g + b;
    }
    // Of the cube, only what has a hue: a dark tint must not turn grey and so lose its code.
    let mut best = (u32::MAX, 16);
    for (r, red) in STEPS.iter().enumerate() {
        for (g, green) in STEPS.iter().enumerate() {
            for (b, blue) in STEPS.iter().enumerate().filter(|(b, _)| r != g || g != *b) {
                let found = (distance((*red, *green, *blue), rgb), (16 + 36 * r + 6 * g + b) as u8);
                best = best.min(found);
            }
        }
    }
    best.1
}

/// The nearest of the six hues of old; greys stay without.
fn sixteen((r, g, b): (u8, u8, u8)) -> Color {
    let max = r.max(g).max(b);
    if max - r.min(g).min(b) < 32 {
        return Color::Gray;
    }
    let high = |v: u8| u16::from(v) * 10 > u16::from(max) * 6;
    match (high(r), high(g), high(b)) {
        (true, false, false) => Color::Red,
        (false, true, false) => Color::Green,
        (false, false, true) => Color::Blue,
        (true, true, false) => Color::Yellow,
        (true, false, true) => Color::Magenta,
        (false, true, true) => Color::Cyan,
        _ => Color::Gray,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_reduced_to_what_the_terminal_has() {
        assert_eq!(parse("#1a64f8"), Some((0x1a, 0x64, 0xf8)));
        assert_eq!(parse("blue"), None);
        assert_eq!(indexed((255, 0, 0)), 196);
        assert_eq!(indexed((128, 128, 128)), 244);
        assert_eq!(indexed((78, 42, 93)), 53, "a dark purple stays purple");
        assert_eq!(sixteen((0x1a, 0x64, 0xf8)), Color::Blue);
        assert_eq!(sixteen((0xbc, 0x8a, 0x0f)), Color::Yellow);
        let none = Theme { dark: true, depth: Depth::None };
        assert_eq!(none.code(Some("#1a64f8")), Style::new());
        assert!(none.coded(Some("#1a64f8"), false).add_modifier.contains(Modifier::UNDERLINED));
    }

    #[test]
    fn the_environment_is_asked() {
        let env = |pairs: &'static [(&str, &str)]| {
            move |key: &str| pairs.iter().find(|(k, _)| *k == key).map(|(_, v)| (*v).to_owned())
        };
        assert_eq!(
            Theme::from_environment(env(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]), None).depth,
            Depth::None
        );
        assert_eq!(Theme::from_environment(env(&[("COLORTERM", "truecolor")]), None).depth, Depth::True);
        assert_eq!(Theme::from_environment(env(&[("TERM", "xterm-256color")]), None).depth, Depth::Indexed);
        assert!(!Theme::from_environment(env(&[("COLORFGBG", "0;15")]), None).dark);
        assert!(!Theme::from_environment(env(&[]), Some("light")).dark);
    }
}
