//! The shell: everything that touches the world. Keys come in, actions go to the app, effects are
//! carried out, frames go out.

mod beside;
mod clipboard;
mod input;
mod lookout;
mod outside;
mod session;
mod suspend;
mod terminal;
mod work;

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event};

use crate::actions::Action;
use crate::app::{App, Effect, Outcome, Saving, Work};
use crate::keymap::Keymap;
use crate::layers::Layer;
use crate::options::{Options, TuiError};
use crate::strings::language::{Language, speak};
use crate::theme::Theme;
use crate::update::{outcome, start, update};
use crate::view;

use input::Input;
use session::Session;
use terminal::Guard;

/// How often saving is tried again while something is not saved.
const RETRY: Duration = Duration::from_secs(1);
/// How long to wait for a key otherwise, with a study that others may change.
const IDLE: Duration = Duration::from_millis(500);
/// How long to wait for a key without one.
const NOTHING: Duration = Duration::from_mins(1);
/// How often the progress of long work is looked at.
const WORKING: Duration = Duration::from_millis(80);
/// How long the opening of a study may take before the screen is shown without it.
const PATIENCE: Duration = Duration::from_millis(300);
/// After so long without a key, the next one comes from somebody who was away.
const AWAY: Duration = Duration::from_secs(2);
/// How long to wait for a key while a command runs.
const RUNNING: Duration = Duration::from_millis(50);
/// How long to wait for what has come already. (With no time at all nothing is looked at.)
const AT_ONCE: Duration = Duration::from_micros(1);
/// How many events are taken in before the screen is drawn, at most.
const BURST: usize = 256;

/// Shows the screen until its user leaves it.
pub fn run(options: Options) -> Result<(), TuiError> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(TuiError::NoTerminal);
    }
    let theme = Theme::from_environment(
        |key| std::env::var(key).ok(),
        options.context.config().get("theme").as_deref(),
    );
    let language = Language::from_environment(
        |key| std::env::var(key).ok(),
        options.context.config().get("interface").as_deref(),
    );
    speak(language);
    let mut app = App {
        theme,
        language,
        zone: Some(jiff::tz::TimeZone::system()),
        codebooks: options.codebooks.clone(),
        commands: options.commands.clone(),
        login: options.context.coder.clone().or_else(|| options.context.login.clone()),
        ..App::default()
    };
    // Where the mouse is left to the terminal, its own selection and its own menu work.
    let mouse = options.context.config().get("mouse").as_deref() != Some("off");
    let open = options.study.clone();
    let mut session = Session::new(options);
    // A study that cannot be opened is an error of the command, said where the command was given.
    let first = match open {
        Some(folder) => session.open(&folder, PATIENCE)?,
        None => Vec::new(),
    };
    let mut guard = Guard::enter(mouse)?;
    // The library listens for another size from its first poll on; one that came between the first
    // frame and that would be missed.
    event::poll(AT_ONCE)?;
    let size = guard.terminal.size()?;
    update(&mut app, &Action::Resize(size.width, size.height));
    if first.is_empty() {
        start(&mut app);
    }
    for found in first {
        outcome::take(&mut app, found);
    }
    let mut input = Input::default();
    let mut stale = true;
    let mut tried = Instant::now();
    let mut last = Instant::now();
    while !app.leaving {
        for found in session.ended(app.layers.iter().all(Layer::moves)) {
            outcome::take(&mut app, found);
            stale = true;
        }
        for found in session.meanwhile(app.layers.iter().all(Layer::moves))? {
            outcome::take(&mut app, found);
            stale = true;
        }
        // A study whose opening was stopped leaves nothing to look at.
        if app.desk.is_none() && app.working.is_none() && app.layers.is_empty() {
            start(&mut app);
        }
        if stale {
            guard.terminal.draw(|frame| view::draw(&app, frame))?;
            stale = false;
        }
        panic_on_request();
        if !event::poll(wait(&app, &session))? {
            if matches!(app.saving, Saving::NotSaved { .. }) && tried.elapsed() >= RETRY {
                tried = Instant::now();
                for found in session.tick() {
                    outcome::take(&mut app, found);
                    stale = true;
                }
            }
            continue;
        }
        stale = true;
        // Whoever comes back to the keys wants to see what is there now.
        if last.elapsed() >= AWAY {
            session.look();
        }
        last = Instant::now();
        // Everything that is waiting is taken in before the next frame, so that no storm of keys
        // can leave the screen behind.
        for _ in 0..BURST {
            let event = event::read()?;
            take(&mut app, &mut session, &mut guard, &mut input, &event)?;
            if app.leaving || !event::poll(AT_ONCE)? {
                break;
            }
        }
    }
    session.leave();
    Ok(())
}

/// How long to wait for a key before something else is looked at.
fn wait(app: &App, session: &Session) -> Duration {
    let awaited = session.is_working() && app.working.as_ref().is_some_and(|w| w.what != Work::Read);
    match &app.saving {
        _ if awaited => WORKING,
        _ if app.running.is_some() => RUNNING,
        _ if session.is_open() || session.is_working() => IDLE,
        Saving::NotSaved { .. } => RETRY,
        _ => NOTHING,
    }
}

/// Takes one event in.
fn take(
    app: &mut App,
    session: &mut Session,
    guard: &mut Guard,
    input: &mut Input,
    event: &Event,
) -> Result<(), TuiError> {
    if matches!(event, Event::Resize(..)) {
        // A terminal that shrank and grew again between two frames has lost what stood there,
        // though its size is as it was.
        guard.redraw()?;
    }
    if let Some(both) = input::apart(event) {
        for event in &both {
            take(app, session, guard, input, event)?;
        }
        return Ok(());
    }
    let Some(action) = input.action(event, |key| Keymap::standard().action(&app.contexts(), key)) else {
        return Ok(());
    };
    if action.leaves() && matches!(app.saving, Saving::NotSaved { .. }) {
        for found in session.tick() {
            outcome::take(app, found);
        }
    }
    for effect in update(app, &action) {
        if effect == Effect::Redraw {
            guard.redraw()?;
            continue;
        }
        if let Effect::EditOutside(text) = &effect {
            let text = outside::edit(session.cache(), guard, text);
            outcome::take(app, Outcome::EditedOutside(text));
            let size = guard.terminal.size()?;
            update(app, &Action::Resize(size.width, size.height));
            continue;
        }
        if effect == Effect::Suspend {
            let before = session.looks();
            suspend::suspend(guard)?;
            // What was done in the shell meanwhile is seen at once.
            for found in session.changed_since(&before, app.layers.iter().all(Layer::moves)) {
                outcome::take(app, found);
            }
            let size = guard.terminal.size()?;
            update(app, &Action::Resize(size.width, size.height));
            continue;
        }
        let found: Vec<Outcome> = session.carry_out(effect);
        for found in found {
            outcome::take(app, found);
        }
    }
    Ok(())
}

/// Tests ask for a panic, to see that the terminal is given back clean; a release never hears them.
fn panic_on_request() {
    assert!(
        !cfg!(debug_assertions) || std::env::var_os("VERBATIM_PANIC").is_none(),
        "asked for by VERBATIM_PANIC"
    );
}
