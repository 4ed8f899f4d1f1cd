//! Contrast: how well one colour is read on another, by the formula of the Web Content Accessibility
//! Guidelines.

use std::sync::OnceLock;

type Rgb = (u8, u8, u8);

/// Light of the 256 values of a channel, without the curve that screens put on it.
fn linear(value: u8) -> f32 {
    static TABLE: OnceLock<[f32; 256]> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        std::array::from_fn(|i| {
            let v = i as f32 / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        })
    });
    table[usize::from(value)]
}

/// How light a colour is, from 0 to 1.
fn light((r, g, b): Rgb) -> f32 {
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// The contrast of two colours, from 1 to 21.
pub(super) fn contrast(a: Rgb, b: Rgb) -> f32 {
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A colour with as much of another as is needed for it to be read on (or under) a third, as the
/// terminal shows it.
pub(super) fn readable(
    color: Rgb,
    towards: Rgb,
    against: Rgb,
    enough: f32,
    reduce: impl Fn(Rgb) -> Rgb,
) -> Rgb {
    (0..=20)
        .map(|step| blend(color, towards, step * 5))
        .find(|c| contrast(reduce(*c), reduce(against)) >= enough)
        .unwrap_or(towards)
}

/// A colour with `share` percent of another in it.
pub(super) fn blend(a: Rgb, b: Rgb, share: u16) -> Rgb {
    let mix = |a: u8, b: u8| ((u16::from(a) * (100 - share) + u16::from(b) * share) / 100) as u8;
    (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}

/// Distance of two colours, squared.
pub(super) fn distance(a: Rgb, b: Rgb) -> u32 {
    let d = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    d(a.0, b.0) + d(a.1, b.1) + d(a.2, b.2)
}

/// The colour with a number of the 256, of the cube and the greys.
pub(super) fn of_index(index: u8) -> Rgb {
    if index >= 232 {
        let grey = 8 + 10 * (index - 232);
        return (grey, grey, grey);
    }
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    let n = index.saturating_sub(16);
    (step(n / 36), step(n / 6 % 6), step(n % 6))
}
