//! Words of the lists: passages, the table, what is next.

use export::{CountRule, Options, Status};

use super::language::{Language, Text, spoken, t, tell};
use crate::layers::passages::Counts;
use crate::safe::safe;

/// Title of the line that filters passages.
pub const FILTER: Text = t("show only", "alleen tonen");
/// Said after a list was left for the transcript.
pub const WAY_BACK: Text = t("Backspace goes back to the list", "Backspace gaat terug naar de lijst");
/// Said when there is no list to go back to.
pub const NO_TRAIL: Text = t("no list was left to go back to", "er is geen lijst om naar terug te gaan");
/// Title of the list of codes when passages are wanted.
pub const WHICH_CODE: Text = t("passages of which code?", "fragmenten van welke code?");
/// Said where a cell has no passage.
pub const EMPTY_CELL: Text = t("no passage makes up this cell", "bij deze cel hoort geen fragment");
/// What Enter does where one of several is wanted.
pub const CHOOSE: Text = t("choose", "kies");
/// Said in an empty list.
pub const NO_PASSAGES: Text = t("No passage here.", "Hier is geen fragment.");
/// The same where a filter is on.
pub const NONE_PASS: Text = t(
    "No passage passes the filter; Esc takes it off.",
    "Geen fragment past bij het filter; Esc neemt het weg.",
);
/// Beside a passage that is in no table.
pub const UNCOUNTED: Text = t("not counted", "telt niet");
/// Over the column that tells how many documents are done.
pub const DONE: Text = t("done", "gereed");
/// Beside codes that stand with all below them.
pub const WITH_BELOW: Text = t("with the codes below it", "met de codes eronder");
/// Beside codes that stand alone.
pub const ALONE: Text = t("the code alone", "alleen de code");
/// Said where there is no table.
pub const NO_TABLE: Text = t("No table", "Geen tabel");
/// The name of a row of the table; of what has no case, or no value of the attribute that makes the rows.
pub fn row(heading: &str, group: &export::Group) -> String {
    if group.id.is_empty() {
        // Columns are named in the words of files.
        let heading = match heading {
            "case" => t("case", "casus").to_owned(),
            "speaker" => t("speaker", "spreker").to_owned(),
            other => safe(other).into_owned(),
        };
        return tell!("(no {heading})", "(geen {heading})");
    }
    if group.name.is_empty() { group.id.clone() } else { group.name.clone() }
}

/// Below a table by case in which nothing has a case.
pub const NO_CASES: Text = t(
    "No document belongs to a case. Fill the column case of corpus/documents.csv; the screen reads it by itself.",
    "Geen document hoort bij een casus. Vul de kolom case in corpus/documents.csv; het scherm leest die vanzelf.",
);

/// What each sign of the table means and what it asks the coder to do.
pub const LEGEND: [(&str, Text); 4] = [
    ("0", t("read, not mentioned: nothing to do", "gelezen, niet genoemd: niets te doen")),
    (
        "3+",
        t(
            "at least 3: a document is not done yet; finish it, then D",
            "minstens 3: een document is niet gereed; lees het uit, dan D",
        ),
    ),
    ("·", t("not done for this code: read it, then D", "niet gereed voor deze code: lees het, dan D")),
    (
        "–",
        t(
            "not asked, or no text: stays empty in the table",
            "niet gevraagd, of geen tekst: blijft leeg in de tabel",
        ),
    ),
];

/// What a status asks the coder to do, for the cell at hand.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Coded => t("found, and read to the end", "gevonden, en tot het eind gelezen"),
        Status::Partial => t(
            "found, but a document is not done: a lower bound; finish it and press D there",
            "gevonden, maar een document is niet gereed: een ondergrens; lees het uit en druk daar op D",
        ),
        Status::NotFound => t("read for this code and not found", "gelezen voor deze code en niet gevonden"),
        Status::NotAsked => t(
            "the questions did not reach it: an NA, no zero",
            "de vragen kwamen er niet aan toe: een NA, geen nul",
        ),
        Status::NotDone => t(
            "not read to the end for this code: read it and press D there",
            "niet tot het eind gelezen voor deze code: lees het en druk daar op D",
        ),
        Status::Withdrawn => t("consent was withdrawn", "de toestemming is ingetrokken"),
        Status::NoText => t(
            "there is no text: bring the transcript in (i)",
            "er is geen tekst: haal het transcript binnen (i)",
        ),
    }
    .get()
}

/// The sign of how large a number is beside the largest, for terminals without colour.
pub const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];

/// One and many.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {many}", super::number(n)) }
}

/// The study's own word for a case, for one and for many. In Dutch only such words are put into the
/// plural whose plural is told by their end; in place of others stands the word of the field.
pub(super) fn cases(label: &str) -> (String, String) {
    let label = safe(label).into_owned();
    match spoken() {
        Language::En if label.is_empty() => ("case".to_owned(), "cases".to_owned()),
        Language::En if label.ends_with('s') => (label.clone(), label),
        Language::En => (label.clone(), format!("{label}s")),
        Language::Nl if label.ends_with("ie") || label.ends_with("te") => {
            (label.clone(), format!("{label}s"))
        }
        Language::Nl => ("casus".to_owned(), "casussen".to_owned()),
    }
}

/// How many there are.
pub fn counts(counts: Counts, case: &str) -> String {
    let (case, cases) = cases(case);
    let mut parts = vec![
        count(counts.passages, &t("passage", "fragment"), &t("passages", "fragmenten")),
        count(counts.documents, &t("document", "document"), &t("documents", "documenten")),
        count(counts.cases, &case, &cases),
    ];
    if counts.uncounted > 0 {
        parts.push(tell!(
            "{} in turns that do not count",
            "{} in spreekbeurten die niet meetellen",
            counts.uncounted
        ));
    }
    parts.join(" · ")
}

/// What can be typed into the filter.
pub fn filter_hint(known: &[String]) -> String {
    tell!(
        "words of the passage, or key=value with one of: {}",
        "woorden van het fragment, of sleutel=waarde met een van: {}",
        known.join(", ")
    )
}

/// Said when nothing has a key.
pub fn no_such_key(key: &str, known: &[String]) -> String {
    tell!(
        "nothing here is called \"{}\"; there are: {}",
        "niets heet hier \"{}\"; er zijn: {}",
        safe(key),
        known.join(", ")
    )
}

/// Where a cell stands.
pub fn cell(group: &str, code: &str) -> String {
    format!("{} × {}", safe(code), safe(group))
}

/// The turn in which a passage begins.
pub fn turn(at: usize) -> String {
    tell!("turn {}", "spreekbeurt {}", at + 1)
}

/// The name of a count rule; in English that of the command line.
fn count_rule(rule: CountRule) -> &'static str {
    match (spoken(), rule) {
        (Language::En, _) => rule.as_str(),
        (Language::Nl, CountRule::Passages) => "fragmenten",
        (Language::Nl, CountRule::Codings) => "coderingen",
        (Language::Nl, CountRule::Turns) => "spreekbeurten",
        (Language::Nl, CountRule::Documents) => "documenten",
        (Language::Nl, CountRule::Cases) => "casussen",
        (Language::Nl, CountRule::Presence) => "aanwezigheid",
        (Language::Nl, CountRule::Words) => "woorden",
        (Language::Nl, CountRule::Characters) => "tekens",
    }
}

/// The same by the name that the command line has for it.
pub(super) fn count_rule_named(name: &str) -> &str {
    crate::layers::table::RULES.iter().find(|r| r.as_str() == name).map_or(name, |r| count_rule(*r))
}

/// The name of a reading; in English that of the command line. A coder's name stands as it is. Where no
/// primary coder was named (`alone`), the only one who read a document is read.
pub(super) fn reading(name: &str, alone: bool) -> &str {
    match name {
        "primary" if alone => t("the only coder", "enige codeur").get(),
        "primary" => t("primary", "hoofdcodeur").get(),
        "union" => t("union", "vereniging").get(),
        "intersection" => t("intersection", "doorsnede").get(),
        other => other,
    }
}

/// The heading of a table: what its numbers are.
pub fn table(options: &Options, rows: &str, waiting: usize, uncounted: usize, alone: bool) -> String {
    let codes = if options.level == export::Level::Top {
        t("top codes", "hoofdcodes")
    } else {
        t("all codes", "alle codes")
    };
    let mut parts = vec![
        format!("{} × {codes}", safe(rows)),
        count_rule(options.count).to_owned(),
        tell!("reading: {}", "lezing: {}", safe(reading(options.reading.as_str(), alone))),
        t("roles: respondent", "rol: respondent").into(),
    ];
    if waiting > 0 {
        parts.push(tell!("{waiting} codings wait for review", "{waiting} coderingen wachten op controle"));
    }
    if uncounted > 0 {
        parts.push(tell!(
            "{} in turns that do not count",
            "{} in spreekbeurten die niet meetellen",
            count(uncounted, &t("passage", "fragment"), &t("passages", "fragmenten"))
        ));
    }
    parts.join(" · ")
}

/// What the key for the codes below does now.
pub fn alone_or_with(below: bool) -> &'static str {
    if below { t("the code alone", "alleen de code") } else { t("with codes below", "met codes eronder") }
        .get()
}

/// Heading of the last row: cases with the code.
pub fn with_it(case: &str) -> String {
    let (_, many) = cases(case);
    tell!("{many} with it", "{many} ermee")
}

/// Said when nothing is left to do.
pub const ALL_DONE: Text = t("all documents are done", "alle documenten zijn gereed");

/// Said on the way to a document that was reopened.
pub fn reopened(title: &str, codes: &[String]) -> String {
    let some: Vec<String> = codes.iter().take(3).map(|c| safe(c).into_owned()).collect();
    let more = codes.len().saturating_sub(some.len());
    let more = if more > 0 { tell!(" and {more} more", " en nog {more}") } else { String::new() };
    let what = if some.is_empty() {
        String::new()
    } else {
        tell!(": read for {}{more}", ": lees voor {}{more}", some.join(", "))
    };
    tell!("{} is reopened{what}; then D", "{} is heropend{what}; daarna D", safe(title))
}

/// Said on the way to the next document to do.
pub fn to_do(title: &str) -> String {
    tell!("{} is the next to do", "{} is als volgende aan de beurt", safe(title))
}

/// Said on the way to the next turn of a document that is begun.
pub fn next_turn(title: &str) -> String {
    tell!("next uncoded turn of {}", "volgende ongecodeerde spreekbeurt van {}", safe(title))
}

/// Said where every turn has a coding.
pub fn only_done(title: &str) -> String {
    tell!(
        "every turn of {} that counts has a coding: D marks it as done",
        "elke spreekbeurt van {} die telt heeft een codering: D meldt het gereed",
        safe(title)
    )
}

/// How far all documents are, in words.
pub fn progress(desk: &crate::desk::Desk) -> String {
    use crate::desk::Progress::{Begun, Done, Reopened, ToDo};
    [
        (ToDo, t("to do", "te doen")),
        (Begun, t("begun", "begonnen")),
        (Done, t("done", "gereed")),
        (Reopened, t("reopened", "heropend")),
    ]
    .into_iter()
    .map(|(progress, word)| format!("{} {} {word}", super::progress(progress), desk.so_far(progress)))
    .collect::<Vec<_>>()
    .join(" · ")
}

/// Said when a file is written.
pub fn written(path: &str) -> String {
    tell!("written: {}", "geschreven: {}", safe(path))
}
