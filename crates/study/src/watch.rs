//! A watch over long work: how far it is, and the word that it is to stop.
//!
//! Whoever does the work counts its steps; whoever waits for it looks at the count, from another
//! thread, and may ask it to stop. Work stops between two steps, never within one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Long work as two sides see it; a clone watches the same work.
#[derive(Clone, Debug, Default)]
pub struct Watch(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    done: AtomicUsize,
    of: AtomicUsize,
    stop: AtomicBool,
}

impl Watch {
    /// Begins to count to `of`.
    pub fn begin(&self, of: usize) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.of.store(of, Ordering::Relaxed);
    }

    /// One step is done. Returns whether to go on.
    pub fn step(&self) -> bool {
        self.0.done.fetch_add(1, Ordering::Relaxed);
        !self.is_stopped()
    }

    /// So many steps are done, of so many: for work that is counted elsewhere.
    pub fn set(&self, done: usize, of: usize) {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.of.store(of, Ordering::Relaxed);
    }

    /// How many steps are done, of how many; 0 of 0 while that is not known.
    pub fn count(&self) -> (usize, usize) {
        let of = self.0.of.load(Ordering::Relaxed);
        (self.0.done.load(Ordering::Relaxed).min(of), of)
    }

    /// Asks the work to stop.
    pub fn stop(&self) {
        self.0.stop.store(true, Ordering::Relaxed);
    }

    /// Whether it is to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.stop.load(Ordering::Relaxed)
    }
}
