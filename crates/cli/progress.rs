//! A progress bar: only on a terminal, and only for what takes longer than a second. To the screen, which
//! runs commands and draws a bar of its own, it is told in lines.

use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How long something must take before a bar is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// The variable by which the screen asks for lines.
pub(crate) const LINES: &str = "VERBATIM_PROGRESS_LINES";
/// What such a line begins with; no command says that by itself.
const BEGINS: &str = "\u{1}progress ";

/// How far something is, where a line tells that.
pub(crate) fn counted(line: &[u8]) -> Option<(usize, usize)> {
    let (done, of) = std::str::from_utf8(line).ok()?.trim_end().strip_prefix(BEGINS)?.split_once(' ')?;
    Some((done.parse().ok()?, of.parse().ok()?))
}

/// One bar that appears when it is worth it.
pub(crate) struct Progress {
    what: &'static str,
    wanted: bool,
    lines: bool,
    since: Instant,
    bar: RefCell<Option<ProgressBar>>,
}

impl Progress {
    /// A bar for something that begins now.
    pub(crate) fn new(what: &'static str, quiet: bool) -> Self {
        let wanted = !quiet && std::io::stderr().is_terminal();
        let lines = std::env::var_os(LINES).is_some();
        Self { what, wanted, lines, since: Instant::now(), bar: RefCell::new(None) }
    }

    /// So many of so many are done.
    pub(crate) fn step(&self, done: usize, total: usize) {
        if self.lines {
            // Where nobody reads any more, nobody wants to know.
            _ = writeln!(std::io::stderr(), "{BEGINS}{done} {total}");
            return;
        }
        if !self.wanted || self.since.elapsed() < PATIENCE {
            return;
        }
        let mut bar = self.bar.borrow_mut();
        let bar = bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(total as u64);
            if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {eta}") {
                bar.set_style(style);
            }
            bar.set_message(self.what);
            bar
        });
        bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = self.bar.borrow_mut().take() {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_progress_are_counted() {
        assert_eq!(counted(b"\x01progress 3 15\n"), Some((3, 15)));
        for other in ["progress 3 15\n", "\x01progress 3\n", "\x01progress x 15\n", "note: 3 15\n", ""] {
            assert_eq!(counted(other.as_bytes()), None, "{other}");
        }
    }
}
