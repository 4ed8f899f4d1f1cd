//! Words about long work and about what others change meanwhile.

use super::language::{Text, t, tell};
use crate::app::{Work, Working};

/// Said when the texts or tables were changed by something else.
pub const READ_ANEW: Text = t(
    "texts or tables changed on disk and were read anew",
    "teksten of tabellen zijn op schijf gewijzigd en opnieuw gelezen",
);
/// Said when something is to be put on a text that no act knows.
pub const CHANGED_BY_HAND: Text = t(
    "this text was changed by hand: nothing new can be put on it until it is put back from a backup",
    "deze tekst is met de hand gewijzigd: er kan niets nieuws op tot de reservekopie is teruggezet",
);
/// Said when long work was stopped.
pub const STOPPED: Text = t("stopped; everything is as it was", "gestopt; alles is zoals het was");
/// Said when more long work is asked for.
pub const BUSY: Text = t(
    "one thing at a time: wait for what is under way, or stop it with Esc",
    "één ding tegelijk: wacht op wat bezig is, of stop het met Esc",
);
/// Said when an import could not keep its act.
pub const IMPORT_NOT_KEPT: Text = t(
    "nothing came in: the study could not be written; bring them in again when it can be",
    "er is niets ingelezen: de studie kon niet worden beschreven; probeer het opnieuw als dat weer kan",
);

/// Said when the coder went blind.
pub const BLIND: Text = t(
    "you are blind: what others read is hidden, and your own reading counts",
    "u codeert blind: wat anderen lazen is verborgen en uw eigen lezing telt",
);
/// Said when the coder sees again.
pub const SEEING: Text = t("what others read is shown again", "wat anderen lazen is weer te zien");
/// What stands beside the coder's name while blind.
pub const IS_BLIND: Text = t("blind", "blind");

/// How far long work is, for a line of the screen; of a command its line is told.
pub fn working(working: &Working, command: Option<&str>) -> String {
    let command = command.map(|line| crate::safe::safe(line).into_owned());
    let what = match working.what {
        Work::Open => t("opening the study", "de studie wordt geopend"),
        Work::Import => t("bringing transcripts in", "transcripten worden ingelezen"),
        Work::Index => t("indexing the texts", "de teksten worden geïndexeerd"),
        Work::Read => t("reading texts and tables anew", "teksten en tabellen worden opnieuw gelezen"),
        Work::Export => t("writing the file", "het bestand wordt geschreven"),
        Work::Command => t("a command runs", "een opdracht loopt"),
    };
    let what = match command {
        Some(line) if working.what == Work::Command => line,
        _ => what.to_string(),
    };
    match working {
        Working { stopping: true, .. } => tell!("{what}: stopping", "{what}: stopt"),
        Working { of: 0, .. } => what,
        Working { done, of, .. } => tell!("{what}: {done} of {of}", "{what}: {done} van {of}"),
    }
}

/// What to do about long work.
pub const ESC_STOPS: Text = t("Esc stops it", "Esc stopt het");

/// How many acts of whom are new.
pub fn arrived(by: &[(String, usize)]) -> String {
    let one = |(who, n): &(String, usize)| match n {
        1 => tell!("{who}: 1 new act", "{who}: 1 nieuwe handeling"),
        n => tell!("{who}: {n} new acts", "{who}: {n} nieuwe handelingen"),
    };
    by.iter().map(one).collect::<Vec<_>>().join(", ")
}
