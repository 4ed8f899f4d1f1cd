//! Going to the background: the terminal is given back, the process stops, and when the shell calls
//! it back the terminal is taken again.

use std::io;

use super::terminal::Guard;

/// Stops until the shell calls back. Where no shell waits, the system does not stop the process, and
/// the screen is back at once.
#[cfg(unix)]
pub(super) fn suspend(guard: &mut Guard) -> io::Result<()> {
    guard.lend();
    let stopped = signal_hook::low_level::raise(signal_hook::consts::SIGTSTP);
    guard.take_back()?;
    stopped
}

/// Elsewhere there is no such thing.
#[cfg(not(unix))]
pub(super) fn suspend(_: &mut Guard) -> io::Result<()> {
    Ok(())
}
