//! Commands of the command line, run beside the screen as programs of their own.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use study::Watch;

use super::Session;
use crate::app::{Outcome, Work, Working};
use crate::shell::lookout::Looks;
use crate::strings::errors;

/// A command that runs.
pub(super) struct Running {
    receive: Receiver<(String, bool)>,
    /// How the study's files were when it began.
    before: Looks,
    watch: Watch,
    said: Option<Working>,
}

impl Running {
    /// How far it is, if that is not what was said last.
    fn news(&mut self) -> Option<Working> {
        let (done, of) = self.watch.count();
        let now = Working { what: Work::Command, done, of, stopping: self.watch.is_stopped() };
        (self.said.as_ref() != Some(&now)).then(|| {
            self.said = Some(now.clone());
            now
        })
    }
}

impl Session {
    /// Begins a command on the study, on a thread of its own.
    pub(super) fn run(&mut self, mut args: Vec<String>) -> Vec<Outcome> {
        let Some(study) = &self.study else { return Vec::new() };
        let dir = study.dir().to_owned();
        // The command is this coder's, unless it names another.
        if let Ok(coder) = study.coder()
            && !args.iter().any(|a| a == "--coder" || a.starts_with("--coder="))
        {
            args.insert(0, format!("--coder={coder}"));
        }
        let (send, receive) = channel();
        let (command, watch) = (Arc::clone(&self.command), Watch::default());
        let own = watch.clone();
        self.running = Some(Running { receive, before: Looks::of(&dir), watch, said: None });
        std::thread::spawn(move || {
            // Where the screen was left meanwhile there is nobody to tell.
            let _ = send.send(command(&dir, &args, &own));
        });
        Vec::new()
    }

    /// What came of the command that ran, once it has ended: what it said, and the study as it is now.
    pub(in crate::shell) fn ended(&mut self, ready: bool) -> Vec<Outcome> {
        let Some(running) = &mut self.running else { return Vec::new() };
        let (mut said, mut well) = match running.receive.try_recv() {
            Ok(found) => found,
            Err(TryRecvError::Empty) => {
                return running.news().map(|w| Outcome::Working(Some(w))).into_iter().collect();
            }
            Err(TryRecvError::Disconnected) => (crate::strings::tools::BROKE_OFF.to_owned(), false),
        };
        // One that had ended before it heard of it went its way.
        if running.watch.is_stopped() && !well {
            said = format!("{}\n{said}", crate::strings::tools::COMMAND_STOPPED);
            well = true;
        }
        let before = self.running.take().map(|r| r.before).unwrap_or_default();
        let mut out = self.changed_since(&before, ready);
        out.push(Outcome::Ran(said, well));
        out
    }

    /// Asks the command that runs to end.
    pub(super) fn stop_command(&self) {
        if let Some(running) = &self.running {
            running.watch.stop();
        }
    }

    /// How the study's files are now.
    pub(in crate::shell) fn looks(&self) -> Looks {
        self.study.as_ref().map(|s| Looks::of(s.dir())).unwrap_or_default()
    }

    /// Takes in what a program that was run from here did to the study since its files were as `before`:
    /// acts at once, since they were asked for, unless something lies over the desk that does not move
    /// with the study; texts and tables on the worker. What only looked changes nothing.
    pub(in crate::shell) fn changed_since(&mut self, before: &Looks, ready: bool) -> Vec<Outcome> {
        let Some(study) = &mut self.study else { return Vec::new() };
        let changed = Looks::of(study.dir()).changed(before);
        self.changed.texts |= changed.texts;
        if !ready {
            self.changed.journals |= changed.journals;
            return Vec::new();
        }
        if let Err(why) = study.refresh() {
            return vec![Outcome::Refused(errors::study(&why))];
        }
        // Nobody needs to be told what they have just done.
        let own = study.coder().ok();
        let mut out = self.arrived(own.as_deref());
        out.extend(self.read());
        out
    }
}
