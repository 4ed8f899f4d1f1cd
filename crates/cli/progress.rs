//! A progress bar: only on a terminal, and only for what takes longer than a second.

use std::cell::RefCell;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How long something must take before a bar is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// One bar that appears when it is worth it.
pub(crate) struct Progress {
    what: &'static str,
    wanted: bool,
    since: Instant,
    bar: RefCell<Option<ProgressBar>>,
}

impl Progress {
    /// A bar for something that begins now.
    pub(crate) fn new(what: &'static str, quiet: bool) -> Self {
        let wanted = !quiet && std::io::stderr().is_terminal();
        Self { what, wanted, since: Instant::now(), bar: RefCell::new(None) }
    }

    /// So many of so many are done.
    pub(crate) fn step(&self, done: usize, total: usize) {
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
