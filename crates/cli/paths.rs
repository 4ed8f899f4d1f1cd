//! Paths as people give them: the same for a command as for the screen.

pub(crate) use tui::paths::pasted;
