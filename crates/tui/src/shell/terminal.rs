//! The terminal: taken and given back clean, also after a panic.

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::Arc;

use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

type Hook = dyn Fn(&std::panic::PanicHookInfo<'_>) + Send + Sync + 'static;

/// Holds the terminal in its modes; dropping it undoes every one of them.
pub(super) struct Guard {
    /// Where frames go.
    pub(super) terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    before: Arc<Hook>,
    mouse: bool,
}

impl Guard {
    /// Takes the terminal, with its mouse or without.
    pub(super) fn enter(mouse: bool) -> io::Result<Self> {
        // ratatui's own hook would leave mouse capture and bracketed paste on. The message is
        // printed after the modes are undone, so that it can be read.
        let before: Arc<Hook> = Arc::from(std::panic::take_hook());
        let print = Arc::clone(&before);
        std::panic::set_hook(Box::new(move |info| {
            give_back();
            print(info);
        }));
        let taken = Self::take(mouse);
        if taken.is_err() {
            give_back();
        }
        Ok(Self { terminal: taken?, before, mouse })
    }

    /// Makes the next frame draw every cell. (ratatui's own `clear` asks the terminal where its cursor
    /// is, and fails where no answer comes.)
    pub(super) fn redraw(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// Gives the terminal to another program for a while.
    #[expect(clippy::unused_self, reason = "only who holds the terminal can lend it")]
    pub(super) fn lend(&mut self) {
        give_back();
    }

    /// Takes it back, and draws everything anew.
    pub(super) fn take_back(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        modes(&mut io::stdout(), self.mouse)?;
        self.redraw()
    }

    fn take(mouse: bool) -> io::Result<Terminal<CrosstermBackend<BufWriter<Stdout>>>> {
        enable_raw_mode()?;
        let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
        modes(&mut out, mouse)?;
        Terminal::new(CrosstermBackend::new(out))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
        if !std::thread::panicking() {
            let before = Arc::clone(&self.before);
            std::panic::set_hook(Box::new(move |info| before(info)));
        }
    }
}

/// Sets every mode but the raw one.
fn modes(out: &mut impl Write, mouse: bool) -> io::Result<()> {
    execute!(out, EnterAlternateScreen, EnableBracketedPaste, SetCursorStyle::SteadyBlock)?;
    if mouse { execute!(out, EnableMouseCapture) } else { Ok(()) }
}

/// Undoes every mode. What fails cannot be helped, and must not hide what else went wrong.
fn give_back() {
    let mut out = io::stdout();
    let _ = execute!(
        out,
        DisableBracketedPaste,
        DisableMouseCapture,
        SetCursorStyle::DefaultUserShape,
        LeaveAlternateScreen,
        Show
    );
    let _ = out.flush();
    let _ = disable_raw_mode();
}
