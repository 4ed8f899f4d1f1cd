//! Words around the coding: all actions, command line, copying, themes, the tour.

use std::path::Path;

use crate::app::Copied;
use crate::safe::safe;
use crate::theme::Look;

/// Title of the list of all actions.
pub const ACTIONS: &str = "all actions";
/// What can be typed there.
pub const ACTIONS_HINT: &str = "type what you want to do";
/// Heading of those that can be done.
pub const HERE: &str = "here";
/// Heading of the others.
pub const ELSEWHERE: &str = "elsewhere";
/// Said where nothing fits what was typed.
pub const NO_ACTION: &str = "no action fits; Esc empties the line";
/// Said where a quote is not closed.
pub const OPEN_QUOTE: &str = "a quote is not closed";
/// Said where a command runs already.
pub const STILL_RUNNING: &str = "a command is still running; wait for its end";
/// Stands where the output will.
pub const RUNNING: &str = "running … Esc leaves it; it goes on and is shown when it ends";
/// Stands where a command said nothing.
pub const SILENT: &str = "(done; the command says nothing)";
/// Stands below lines that go on at the right.
pub const ASIDE: &str = " → shows more at the right ";
/// Title of the window with an act as a command.
pub const EQUAL: &str = "the same on the command line";
/// Said where nothing was done on the screen yet.
pub const NOTHING_DONE: &str = "nothing was done on this screen yet";
/// Said where no command does an act.
pub const NO_COMMAND: &str = "No command does this; it can be done on the screen only.";
/// Said where there is nothing to copy.
pub const NOTHING_TO_COPY: &str = "select text first (s, t, w, v), or go to a coding";
/// What the command line needs.
pub const NO_STUDY: &str = "open a study first";
/// Title of the tour.
pub const TOUR: &str = "guided tour";
/// How the tour is left.
pub const TOUR_ESC: &str = "Esc ends the tour";
/// What Esc does meanwhile while the table is open.
pub const TOUR_ESC_TABLE: &str = "Esc closes the table";
/// Said when the tour was left.
pub const TOUR_LEFT: &str = "the tour is over; Ctrl-r begins it again";
/// Said at its end.
pub const TOUR_DONE: &str = "that was the tour: the rest is in this list, and ? shows all keys";

/// The steps of the tour: what to press, and what comes of it.
pub const STEPS: [(&str, &str); 8] = [
    (
        "s",
        "selects the sentence at the cursor. Press it again for the next sentence. The arrows move the cursor.",
    ),
    ("1–9", "puts a code on what is selected: press the digit of a code in the codebook."),
    ("r", "corrects it: press r, and then the digit of another code."),
    ("u", "undoes your last act. The line at the bottom always says which one that is."),
    ("n", "goes to the next turn of a respondent that has no coding yet. So no turn is forgotten."),
    (
        "D",
        "says that you have read this document for all codes. Only then a code that is not in it counts as 0.",
    ),
    ("T", "shows the table: how often each case has each code."),
    ("Ctrl-p", "lists everything that can be done, to be found by name."),
];

/// Said where an action is chosen that cannot be done here.
pub fn not_here(keys: &str, places: &str) -> String {
    format!("not here: {keys} works in {places}")
}

/// What a command said, in the title of its sheet.
pub fn command(line: &str) -> String {
    format!("verbatim {}", safe(line.trim().trim_start_matches("verbatim ")))
}

/// Said when a command ended whose sheet was closed.
pub fn ended(line: &str, well: bool) -> String {
    let how = if well { "done" } else { "went wrong" };
    format!("{how}: {}", safe(line))
}

/// Lines of an output that are seen, of all.
pub fn lines(first: usize, last: usize, all: usize) -> String {
    format!("lines {first}–{last} of {all}")
}

/// Said where parts of an act have no command.
pub fn without(n: usize) -> String {
    if n == 1 {
        "One part of the act has no command.".to_owned()
    } else {
        format!("{n} parts of the act have no command.")
    }
}

/// Said when a text was copied.
pub fn copied(how: &Copied) -> String {
    match how {
        Copied::Terminal => {
            "copied (by the terminal); if pasting gives nothing: copy = \"command\" in config.toml".to_owned()
        }
        Copied::Program(name) => format!("copied (by {})", safe(name)),
        Copied::File(path) => format!("copied into {}", path_shown(path)),
    }
}

/// Said when a text could not be copied.
pub fn not_copied(why: &str) -> String {
    format!("not copied: {}", safe(why))
}

fn path_shown(path: &Path) -> String {
    safe(&path.display().to_string()).into_owned()
}

/// The name of a theme, as people read it.
pub const fn theme(look: Look) -> &'static str {
    match look {
        Look::Dark => "dark",
        Look::Light => "light",
        Look::Contrast => "high contrast",
        Look::Safe => "colour-blind safe",
    }
}

/// Said when another theme is on.
pub fn theme_now(look: Look) -> String {
    format!("theme: {}", theme(look))
}

/// Said where the terminal has no colours, or is asked for none.
pub fn theme_without_colour(look: Look) -> String {
    format!("theme: {}; this terminal shows no colours", theme(look))
}

/// How far the tour is.
pub fn step(at: usize, all: usize) -> String {
    format!("{TOUR} {} of {all}", at + 1)
}
