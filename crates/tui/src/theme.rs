//! The theme: styles by what they mean, so that no view names a colour.
//!
//! Colour means a code and nothing else. What has a background gets its foreground too, so that it
//! can be read on any terminal. Without colour everything still has its second cue: underline for
//! coded text, reversed for the selection, brackets and names in the margin.

mod contrast;

use model::codebook::Codebook;
use ratatui::style::{Color, Modifier, Style};

use contrast::{blend, distance, readable};

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

/// What the screen looks like; each is a theme to choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// Nothing dimmed, and strong colours.
    Contrast,
    /// Codes in colours that people with any colour vision tell apart.
    Safe,
}

impl Look {
    /// The themes in order.
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::Contrast, Self::Safe];

    /// Its name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Contrast => "high-contrast",
            Self::Safe => "colour-blind",
        }
    }

    /// The theme with a name of the configuration.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "contrast" => Some(Self::Contrast),
            "okabe-ito" | "color-blind" => Some(Self::Safe),
            name => Self::ALL.into_iter().find(|l| l.name() == name),
        }
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|l| *l == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// The colours of Okabe and Ito that are none of black, and the grey that goes with them.
const OKABE_ITO: [(u8, u8, u8); 8] = [
    (0xe6, 0x9f, 0x00),
    (0x56, 0xb4, 0xe9),
    (0x00, 0x9e, 0x73),
    (0xf0, 0xe4, 0x42),
    (0x00, 0x72, 0xb2),
    (0xd5, 0x5e, 0x00),
    (0xcc, 0x79, 0xa7),
    (0x99, 0x99, 0x99),
];

/// How much a mark and a text must stand out, as the ratio of the Web Content Accessibility Guidelines;
/// in the theme of high contrast as much as their stricter level asks.
const ENOUGH: (f32, f32) = (4.5, 7.0);

/// The styles of the screen.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Whether what stands on the screen is meant for a dark background.
    pub dark: bool,
    /// Colours at hand.
    pub depth: Depth,
    /// The theme that was chosen.
    pub look: Look,
    /// Whether the terminal's own background is dark.
    ground: bool,
    /// The colours of the codebook that stand for those of Okabe and Ito, in their order.
    own: [Option<(u8, u8, u8)>; 8],
}

impl Default for Theme {
    fn default() -> Self {
        Self { dark: true, depth: Depth::True, look: Look::Dark, ground: true, own: [None; 8] }
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
        let ground = background.is_none_or(|b| b < 7 || b == 8);
        let unasked = if ground { Look::Dark } else { Look::Light };
        let look = wish.and_then(Look::parse).unwrap_or(unasked);
        Self { depth, ground, ..Self::default() }.with(look)
    }

    /// The same with another look. High contrast and colour-blind safe keep to the terminal's own
    /// background.
    #[must_use]
    pub const fn with(self, look: Look) -> Self {
        let dark = match look {
            Look::Dark => true,
            Look::Light => false,
            Look::Contrast | Look::Safe => self.ground,
        };
        Self { dark, look, ..self }
    }

    /// Learns which colours the codes have, so that each gets one of its own where there are others to
    /// take their place.
    pub fn assign(&mut self, book: &Codebook) {
        if self.look != Look::Safe {
            return;
        }
        self.own = [None; 8];
        let mut next = 0;
        for at in 0..book.codes.len() {
            let Some(rgb) = book.color(at).and_then(parse) else { continue };
            if !self.own.contains(&Some(rgb)) {
                if let Some(slot) = self.own.get_mut(next) {
                    *slot = Some(rgb);
                }
                next += 1;
            }
        }
    }

    /// The colour of a code as this theme has it.
    fn own(self, rgb: (u8, u8, u8)) -> (u8, u8, u8) {
        if self.look != Look::Safe {
            return rgb;
        }
        let known = self.own.iter().position(|o| *o == Some(rgb));
        // With more colours than there are, the nearest serves; brackets and names tell them apart.
        let near = || {
            let by = |c: &(u8, u8, u8)| distance(*c, rgb);
            OKABE_ITO.iter().position(|c| by(c) == OKABE_ITO.iter().map(by).min().unwrap_or(0))
        };
        known.or_else(near).and_then(|at| OKABE_ITO.get(at)).copied().unwrap_or(rgb)
    }

    /// How much must stand out.
    const fn enough(self) -> f32 {
        match self.look {
            Look::Contrast => ENOUGH.1,
            _ => ENOUGH.0,
        }
    }

    /// The background that is reckoned with: the least helpful of those that terminals have.
    pub const fn background(&self) -> (u8, u8, u8) {
        if self.dark { (0x2a, 0x2a, 0x2a) } else { (0xf0, 0xf0, 0xf0) }
    }

    /// Ordinary text. The colour is named, so that what lies below it does not shine through.
    pub const fn text(&self) -> Style {
        Style::new().fg(Color::Reset)
    }

    /// What should step back: times, numbers, hints.
    pub fn dim(&self) -> Style {
        match (self.look, self.depth) {
            (Look::Contrast, _) => self.text(),
            (_, Depth::None | Depth::Sixteen) => Style::new().add_modifier(Modifier::DIM),
            _ => Style::new().fg(self.legible((0x8a, 0x8a, 0x8a))),
        }
    }

    /// Headings: the speaker, the title of a pane.
    pub const fn heading(&self) -> Style {
        self.text().add_modifier(Modifier::BOLD)
    }

    /// The heading of the pane that has the keys.
    pub const fn focused(&self) -> Style {
        self.text().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED))
    }

    /// Lines between panes.
    pub fn rule(&self) -> Style {
        match (self.look, self.depth) {
            (Look::Contrast, _) | (_, Depth::None | Depth::Sixteen) => self.dim(),
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
        self.text().add_modifier(Modifier::BOLD)
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
            (Depth::Sixteen, Some(rgb)) => Style::new().fg(self.color(self.own(rgb))),
            // A mark must stand out from the background.
            (_, Some(rgb)) => Style::new().fg(self.legible(self.own(rgb))),
        }
    }

    /// Text that carries a code; `more` where it carries several.
    pub fn coded(&self, hex: Option<&str>, more: bool) -> Style {
        let underline =
            if more || self.depth == Depth::None { Modifier::UNDERLINED } else { Modifier::empty() };
        match (self.depth, hex.and_then(parse)) {
            (Depth::None, _) | (_, None) => Style::new().add_modifier(Modifier::UNDERLINED),
            (Depth::Sixteen, Some(rgb)) => {
                Style::new().fg(self.color(self.own(rgb))).add_modifier(Modifier::UNDERLINED | underline)
            }
            (_, Some(rgb)) => {
                let rgb = self.own(rgb);
                let (base, ink, share) = match (self.dark, self.look) {
                    (true, Look::Contrast) => ((0, 0, 0), (0xff, 0xff, 0xff), 58),
                    (false, Look::Contrast) => ((0xff, 0xff, 0xff), (0, 0, 0), 60),
                    (true, _) => ((0x18, 0x18, 0x18), (0xf0, 0xf0, 0xf0), 58),
                    (false, _) => ((0xff, 0xff, 0xff), (0x10, 0x10, 0x10), 72),
                };
                // The tint gives way to the text until that can be read on it.
                let reduce = |c| self.reduce(c);
                let tint = readable(blend(rgb, base, share), base, ink, self.enough(), reduce);
                Style::new().bg(self.color(tint)).fg(self.color(ink)).add_modifier(underline)
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

    /// A colour made lighter or darker until it stands out from the background.
    fn legible(self, rgb: (u8, u8, u8)) -> Color {
        let towards = if self.dark { (0xff, 0xff, 0xff) } else { (0, 0, 0) };
        let first = blend(rgb, towards, if self.dark { 25 } else { 15 });
        self.color(readable(first, towards, self.background(), self.enough(), |c| self.reduce(c)))
    }

    /// A colour as the terminal will show it.
    fn reduce(self, rgb: (u8, u8, u8)) -> (u8, u8, u8) {
        match self.depth {
            Depth::Indexed => contrast::of_index(indexed(rgb)),
            _ => rgb,
        }
    }

    /// The nearest colour that the terminal has.
    fn color(self, rgb: (u8, u8, u8)) -> Color {
        match self.depth {
            Depth::None => Color::Reset,
            Depth::True => Color::Rgb(rgb.0, rgb.1, rgb.2),
            Depth::Indexed => Color::Indexed(indexed(rgb)),
            Depth::Sixteen => sixteen(rgb, self.dark),
        }
    }
}

/// Reads `#rrggbb`.
fn parse(hex: &str) -> Option<(u8, u8, u8)> {
    let digits = hex.trim().strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let n = u32::from_str_radix(digits, 16).ok()?;
    Some(((n >> 16) as u8, (n >> 8) as u8, n as u8))
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

/// The nearest of the six hues of old, the bright one on a dark background; greys stay without.
fn sixteen((r, g, b): (u8, u8, u8), dark: bool) -> Color {
    let max = r.max(g).max(b);
    if max - r.min(g).min(b) < 32 {
        return Color::Gray;
    }
    let high = |v: u8| u16::from(v) * 10 > u16::from(max) * 6;
    match (high(r), high(g), high(b), dark) {
        (true, false, false, true) => Color::LightRed,
        (true, false, false, false) => Color::Red,
        (false, true, false, true) => Color::LightGreen,
        (false, true, false, false) => Color::Green,
        (false, false, true, true) => Color::LightBlue,
        (false, false, true, false) => Color::Blue,
        (true, true, false, true) => Color::LightYellow,
        (true, true, false, false) => Color::Yellow,
        (true, false, true, true) => Color::LightMagenta,
        (true, false, true, false) => Color::Magenta,
        (false, true, true, true) => Color::LightCyan,
        (false, true, true, false) => Color::Cyan,
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
        assert_eq!(sixteen((0x1a, 0x64, 0xf8), false), Color::Blue);
        assert_eq!(sixteen((0x1a, 0x64, 0xf8), true), Color::LightBlue);
        assert_eq!(sixteen((0xbc, 0x8a, 0x0f), false), Color::Yellow);
        let none = Theme { depth: Depth::None, ..Theme::default() };
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
        let safe = Theme::from_environment(env(&[("COLORFGBG", "0;15")]), Some("colour-blind"));
        assert!(!safe.dark && safe.look == Look::Safe, "on the terminal's own background");
        assert_eq!(Theme::from_environment(env(&[("TERM", "xterm")]), Some("no such")).depth, Depth::Sixteen);
    }
}
