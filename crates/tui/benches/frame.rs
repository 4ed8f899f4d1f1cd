//! One frame of 200 × 60 after a scroll: on a long document with many codings, on a short one, and
//! the floor, a bare ratatui frame of as many wrapped, styled lines. All in one run.
//!
//! `cargo bench -p verbatim-tui --bench frame`

use std::fmt::Write;
use std::time::Instant;

use model::act::Change;
use model::span::Span;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span as Styled, Text};
use ratatui::widgets::{Block, List, ListItem, Paragraph, Wrap};
use verbatim_tui::actions::{Action, Mouse};
use verbatim_tui::fixture::{Stage, act, coding, desk, document};
use verbatim_tui::update::update;
use verbatim_tui::view::draw;

const WIDTH: u16 = 200;
const HEIGHT: u16 = 60;
const FRAMES: usize = 1500;

/// A transcript of about so many characters.
fn transcript(characters: usize) -> String {
    const WORDS: &[&str] = &[
        "werk",
        "rooster",
        "mensen",
        "flexibel",
        "de",
        "een",
        "opleiding",
        "zekerheid",
        "één",
        "dan",
        "wij",
        "hebben",
        "poule",
        "niet",
    ];
    let mut out = String::with_capacity(characters + 400);
    let mut seed = 7_u64;
    let mut turn = 0;
    while out.len() < characters {
        let who = if turn % 2 == 0 { "Interviewer" } else { "Respondent" };
        let _ = write!(out, "{who}: ");
        for _ in 0..(if turn % 2 == 0 { 2 } else { 6 }) {
            for i in 0..11 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let word = WORDS[(seed >> 33) as usize % WORDS.len()];
                out.push_str(if i == 0 { "Dus " } else { " " });
                out.push_str(word);
            }
            out.push_str(". ");
        }
        out.push_str("\n\n");
        turn += 1;
    }
    out
}

/// A screen on a transcript with so many codings, one of which spans all of it.
fn stage(characters: usize, codings: usize) -> Stage {
    let document = document("long", &transcript(characters));
    let len = document.text.len();
    let codes = ["internal-mobility", "flex-pool", "terms", "training"];
    let mut changes: Vec<Change> = vec![coding(&document, Span::new(13, len - 2), "terms")];
    for i in 1..codings {
        let start = (i as u64 * u64::from(len - 400) / codings as u64) as u32 + 13;
        changes.push(coding(&document, Span::new(start, start + 40 + (i as u32 * 37) % 200), codes[i % 4]));
    }
    let mut desk = desk(vec![document]);
    desk.take(act(20, "anna", "code", changes));
    Stage::new(desk, WIDTH, HEIGHT)
}

fn percentile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * share) as usize]
}

/// Median and 99th percentile, in microseconds, of one scroll with its frame, and of the frame alone.
fn screen(mut stage: Stage) -> (f64, f64, f64) {
    let mut terminal = Terminal::new(TestBackend::new(WIDTH, HEIGHT)).expect("a test backend cannot fail");
    let (mut all, mut drawn) = (Vec::new(), Vec::new());
    let rows = stage.app.reader.page.len();
    for i in 0..FRAMES {
        // Through the whole document, and back to the start at its end.
        let target = (i * 37) % rows.saturating_sub(80).max(1);
        stage.app.reader.top = target;
        let begun = Instant::now();
        update(&mut stage.app, &Action::Mouse(Mouse::Wheel(80, 20, true)));
        let updated = Instant::now();
        terminal.draw(|frame| draw(&stage.app, frame)).expect("a test backend cannot fail");
        drawn.push(updated.elapsed().as_secs_f64() * 1e6);
        all.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    (percentile(&mut drawn, 0.5), percentile(&mut drawn, 0.99), percentile(&mut all, 0.99))
}

/// What a coder presses: moves, selections, codings, corrections, undo, jumps.
const KEYS: &[&str] = &[
    "n", "s", "5", "s", "3", "r", "1", "t", "e", "E", "s", "s", ".", "u", "U", "}", "{", "j", "k",
    "pagedown", "x", "u", "v", "w", "w", "esc", "n", "Q", "c", "f", "l", "esc", "esc", "pageup", "G", "g",
];

/// Times of every keystroke until its frame is finished, with its act taken into the state (writing it
/// to the disk is another benchmark's): microseconds and the key.
fn keystrokes(stage: &mut Stage) -> Vec<(f64, &'static str)> {
    let mut terminal = Terminal::new(TestBackend::new(WIDTH, HEIGHT)).expect("a test backend cannot fail");
    let mut times = Vec::new();
    let len = stage.app.reader.page.len();
    for round in 0..60 {
        stage.app.reader.top = round * 41 * 7 % len.saturating_sub(80).max(1);
        for key in KEYS {
            let begun = Instant::now();
            stage.press(key);
            terminal.draw(|frame| draw(&stage.app, frame)).expect("a test backend cannot fail");
            times.push((begun.elapsed().as_secs_f64() * 1e6, *key));
        }
    }
    times
}

/// The floor: a paragraph of sixty lines as wrapped and styled as ours, and a list beside it.
fn floor() -> (f64, f64) {
    let text = transcript(60_000);
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let colors = [Color::Yellow, Color::Cyan, Color::Green, Color::Magenta];
    let mut terminal = Terminal::new(TestBackend::new(WIDTH, HEIGHT)).expect("a test backend cannot fail");
    let mut times = Vec::new();
    for i in 0..FRAMES {
        let from = i % (paragraphs.len() - 40);
        let begun = Instant::now();
        let mut lines = Vec::new();
        let mut k = 0;
        for paragraph in &paragraphs[from..from + 30] {
            let mut spans = Vec::new();
            for sentence in paragraph.split_inclusive(['.', '?']) {
                let mut style = Style::default();
                if k % 3 == 0 {
                    style = style.fg(colors[k % 4]).add_modifier(Modifier::UNDERLINED);
                }
                k += 1;
                spans.push(Styled::styled(sentence, style));
            }
            lines.push(Line::from(spans));
            lines.push(Line::default());
        }
        let body = Text::from(lines);
        terminal
            .draw(|frame| {
                let areas = Layout::horizontal([Constraint::Percentage(70), Constraint::Percentage(30)])
                    .split(frame.area());
                frame.render_widget(
                    Paragraph::new(body).wrap(Wrap { trim: false }).block(Block::bordered()),
                    areas[0],
                );
                let items: Vec<ListItem<'_>> = (0..40)
                    .map(|i| ListItem::new(format!("theme/code_{i:02}  {:>5}", i * 37 % 911)))
                    .collect();
                frame.render_widget(List::new(items).block(Block::bordered()), areas[1]);
            })
            .expect("a test backend cannot fail");
        times.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    (percentile(&mut times, 0.5), percentile(&mut times, 0.99))
}

#[expect(clippy::print_stdout, reason = "a measurement prints its result")]
fn main() {
    if std::env::args().any(|a| a == "--test") {
        return;
    }
    let begun = Instant::now();
    let long = stage(1_000_000, 10_000);
    let opened = begun.elapsed().as_secs_f64() * 1e3;
    let (floor_median, floor_99) = floor();
    let (long_median, long_99, long_all) = screen(long);
    let (short_median, short_99, short_all) = screen(stage(10_000, 100));
    println!("frame 200×60, {FRAMES} frames after a scroll; microseconds");
    println!("                                  median     p99   with update p99");
    println!("floor: bare ratatui frame       {floor_median:8.0}{floor_99:8.0}");
    println!("1,000,000 chars, 10,000 codings {long_median:8.0}{long_99:8.0}{long_all:12.0}");
    println!("10,000 chars, 100 codings       {short_median:8.0}{short_99:8.0}{short_all:12.0}");
    println!(
        "ratio to floor: median {:.2}, p99 {:.2} (goal 1.3)",
        long_median / floor_median,
        long_99 / floor_99
    );
    println!("long to short: median {:.2}, p99 {:.2}", long_median / short_median, long_99 / short_99);
    println!("opening the long document with its codings: {opened:.0} ms");
    let mut timed = keystrokes(&mut stage(1_000_000, 10_000));
    let mut times: Vec<f64> = timed.iter().map(|t| t.0).collect();
    let (median, p99) = (percentile(&mut times, 0.5), percentile(&mut times, 0.99));
    println!(
        "keystroke to finished frame, {} keys, 1,000,000 chars, 10,000 codings: median {:.2} ms, p99 {:.2} ms (goal 8)",
        times.len(),
        median / 1e3,
        p99 / 1e3
    );
    timed.sort_by(|a, b| b.0.total_cmp(&a.0));
    let slowest: Vec<String> = timed.iter().take(8).map(|(t, k)| format!("{k} {:.1}", t / 1e3)).collect();
    println!("slowest, ms: {}", slowest.join(", "));
}
