//! Words around the coding: all actions, command line, copying, themes, the tour.

use std::path::Path;

use super::language::{Text, t, tell};

use crate::app::Copied;
use crate::safe::safe;
use crate::theme::Look;

/// Title of the list of all actions.
pub const ACTIONS: Text = t("all actions", "alle handelingen");
/// What can be typed there.
pub const ACTIONS_HINT: Text = t("type what you want to do", "typ wat u wilt doen");
/// Heading of those that can be done.
pub const HERE: Text = t("here", "hier");
/// Heading of the others.
pub const ELSEWHERE: Text = t("elsewhere", "elders");
/// Said where nothing fits what was typed.
pub const NO_ACTION: Text =
    t("no action fits; Esc empties the line", "geen handeling past; Esc maakt de regel leeg");
/// Said where a quote is not closed.
pub const OPEN_QUOTE: Text = t("a quote is not closed", "een aanhalingsteken is niet gesloten");
/// Said where a command runs already.
pub const STILL_RUNNING: Text =
    t("a command is still running; wait for its end", "er loopt nog een opdracht; wacht op het eind");
/// Stands where the output will.
pub const RUNNING: Text = t(
    "running … Esc leaves it; it goes on and is shown when it ends. x stops it.",
    "bezig … Esc gaat weg; de opdracht loopt door en toont zich aan het eind. x stopt hem.",
);
/// Stands above what a command said that was stopped.
pub const COMMAND_STOPPED: Text =
    t("stopped; what it had done by then is done", "gestopt; wat al gedaan was, is gedaan");
/// Said where a command is to be stopped and none runs.
pub const NONE_RUNS: Text = t("no command runs", "er loopt geen opdracht");
/// Stands where a command said nothing.
pub const SILENT: Text = t("(done; the command says nothing)", "(klaar; de opdracht zegt niets)");
/// Stands below lines that go on at the right.
pub const ASIDE: Text = t(" → shows more at the right ", " → toont meer rechts ");
/// Title of the window with an act as a command.
pub const EQUAL: Text = t("the same on the command line", "hetzelfde op de opdrachtregel");
/// Said where nothing was done on the screen yet.
pub const NOTHING_DONE: Text = t("nothing was done on this screen yet", "op dit scherm is nog niets gedaan");
/// Said where no command does an act.
pub const NO_COMMAND: Text = t(
    "No command does this; it can be done on the screen only.",
    "Geen opdracht doet dit; het kan alleen op het scherm.",
);
/// Said where there is nothing to copy.
pub const NOTHING_TO_COPY: Text = t(
    "select text first (s, t, w, v), or go to a coding",
    "selecteer eerst tekst (s, t, w, v), of ga naar een codering",
);
/// What the command line needs.
pub const NO_STUDY: Text = t("open a study first", "open eerst een studie");
/// Said where a command broke off.
pub const BROKE_OFF: Text =
    t("the command ended without a word", "de opdracht eindigde zonder iets te zeggen");
/// Said where the program has no commands.
pub const NO_COMMAND_LINE: Text =
    t("there is no command line in this build", "dit programma heeft geen opdrachtregel bij zich");
/// Title of the tour.
pub const TOUR: Text = t("guided tour", "rondleiding");
/// How the tour is left.
pub const TOUR_ESC: Text = t("Esc ends the tour", "Esc beëindigt de rondleiding");
/// What Esc does meanwhile while the table is open.
pub const TOUR_ESC_TABLE: Text = t("Esc closes the table", "Esc sluit de tabel");
/// Said when the tour was left.
pub const TOUR_LEFT: Text =
    t("the tour is over; Ctrl-r begins it again", "de rondleiding is over; Ctrl-r begint haar opnieuw");
/// Said at its end.
pub const TOUR_DONE: Text = t(
    "that was the tour: the rest is in this list, and ? shows all keys",
    "dat was de rondleiding: de rest staat in deze lijst, en ? toont alle toetsen",
);

/// The steps of the tour: what to press, and what comes of it.
pub const STEPS: [(&str, Text); 8] = [
    (
        "s",
        t(
            "selects the sentence at the cursor. Press it again for the next sentence. The arrows move the cursor.",
            "selecteert de zin bij de cursor. Nog eens is de volgende zin. De pijlen verplaatsen de cursor.",
        ),
    ),
    (
        "1–9",
        t(
            "puts a code on what is selected: press the digit of a code in the codebook.",
            "kent een code toe aan wat geselecteerd is: druk op het cijfer van een code in het codeboek.",
        ),
    ),
    (
        "r",
        t(
            "corrects it: press r, and then the digit of another code.",
            "verbetert dat: druk op r, en dan op het cijfer van een andere code.",
        ),
    ),
    (
        "u",
        t(
            "undoes your last act. The line at the bottom always says which one that is.",
            "maakt uw laatste handeling ongedaan. De onderste regel zegt altijd welke dat is.",
        ),
    ),
    (
        "n",
        t(
            "goes to the next turn of a respondent that has no coding yet. So no turn is forgotten.",
            "gaat naar de volgende spreekbeurt van een respondent zonder codering. Zo wordt er geen vergeten.",
        ),
    ),
    (
        "D",
        t(
            "says that you have read this document for all codes. Only then a code that is not in it counts as 0.",
            "zegt dat u dit document voor alle codes gelezen hebt. Pas dan telt een code die er niet in staat als 0.",
        ),
    ),
    (
        "T",
        t(
            "shows the table: how often each case has each code.",
            "toont de tabel: hoe vaak elke casus elke code heeft.",
        ),
    ),
    (
        "Ctrl-p",
        t(
            "lists everything that can be done, to be found by name.",
            "toont alles wat kan, te vinden op naam.",
        ),
    ),
];

/// Said where an action is chosen that cannot be done here.
pub fn not_here(keys: &str, places: &str) -> String {
    tell!("not here: {keys} works in {places}", "niet hier: {keys} werkt in {places}")
}

/// What a command said, in the title of its sheet.
pub fn command(line: &str) -> String {
    format!("verbatim {}", safe(line.trim().trim_start_matches("verbatim ")))
}

/// Said when a command ended whose sheet was closed.
pub fn ended(line: &str, well: bool) -> String {
    let how = if well { t("done", "klaar") } else { t("went wrong", "mislukt") };
    format!("{how}: {}", safe(line))
}

/// Lines of an output that are seen, of all.
pub fn lines(first: usize, last: usize, all: usize) -> String {
    tell!("lines {first}–{last} of {all}", "regels {first}–{last} van {all}")
}

/// Said where parts of an act have no command.
pub fn without(n: usize) -> String {
    if n == 1 {
        t("One part of the act has no command.", "Voor één deel van de handeling is geen opdracht.")
            .to_owned()
    } else {
        tell!("{n} parts of the act have no command.", "Voor {n} delen van de handeling is geen opdracht.")
    }
}

/// Said when a text was copied.
pub fn copied(how: &Copied) -> String {
    match how {
        Copied::Terminal => t(
            "copied (by the terminal); if pasting gives nothing: copy = \"command\" in config.toml",
            "gekopieerd (door de terminal); geeft plakken niets: copy = \"command\" in config.toml",
        )
        .to_owned(),
        Copied::Program(name) => tell!("copied (by {})", "gekopieerd (door {})", safe(name)),
        Copied::File(path) => tell!("copied into {}", "gekopieerd naar {}", path_shown(path)),
    }
}

/// Said when a text could not be copied.
pub fn not_copied(why: &str) -> String {
    tell!("not copied: {}", "niet gekopieerd: {}", safe(why))
}

fn path_shown(path: &Path) -> String {
    safe(&path.display().to_string()).into_owned()
}

/// The name of a theme, as people read it.
pub fn theme(look: Look) -> &'static str {
    match look {
        Look::Dark => t("dark", "donker"),
        Look::Light => t("light", "licht"),
        Look::Contrast => t("high contrast", "hoog contrast"),
        Look::Safe => t("colour-blind safe", "veilig voor kleurenblinden"),
    }
    .get()
}

/// Said when another theme is on.
pub fn theme_now(look: Look) -> String {
    tell!("theme: {}", "thema: {}", theme(look))
}

/// Said where the terminal has no colours, or is asked for none.
pub fn theme_without_colour(look: Look) -> String {
    tell!(
        "theme: {}; this terminal shows no colours",
        "thema: {}; deze terminal toont geen kleuren",
        theme(look)
    )
}

/// How far the tour is.
pub fn step(at: usize, all: usize) -> String {
    tell!("{TOUR} {} of {all}", "{TOUR} {} van {all}", at + 1)
}
