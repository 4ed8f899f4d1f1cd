//! Strings: every word that the screen says, in one place.
//!
//! Each in English and in Dutch, side by side: a [`Text`] or a `tell!` without its Dutch does not
//! compile. The table of actions has its Dutch in [`keys`], which a test holds complete.

pub mod book;
pub mod coding;
pub mod errors;
pub mod files;
pub mod finding;
pub mod forms;
pub mod history;
pub mod intake;
pub mod keys;
pub mod language;
pub mod lists;
pub mod panes;
pub mod qualify;
pub mod query;
mod searches;
pub mod sheets;
pub mod tools;
pub mod work;
pub mod writing;

use model::act::{Act, Change};
use model::span::Span;

use language::{Text, t, tell};

use crate::app::Numbering;
use crate::desk::{Desk, Progress};
use crate::safe::{fit, safe};
use crate::units::Unit;

/// Name of the program on the top line.
pub const PROGRAM: &str = "Verbatim";
/// Heading of the left pane.
pub const DOCUMENTS: Text = t("Documents", "Documenten");
/// Heading of the right pane.
pub const CODEBOOK: Text = t("Codebook", "Codeboek");
/// A document without a case, where others have one.
pub const NO_CASE: Text = t("no case", "geen casus");
/// Said when undo finds nothing.
pub const NOTHING_TO_UNDO: Text = t("nothing of yours to undo", "niets van u om ongedaan te maken");
/// Said when redo finds nothing.
pub const NOTHING_TO_REDO: Text = t("nothing to redo", "niets om opnieuw te doen");
/// Said when there is no coding under the cursor.
pub const NO_CODE_HERE: Text = t("no code here", "hier geen code");
/// Said when `.` has nothing to repeat.
pub const NOTHING_TO_REPEAT: Text = t(
    "no code was applied yet: press a code's key, or c to find one",
    "nog geen code toegekend: druk op de toets van een code, of op c om er een te zoeken",
);
/// Said when every turn has a coding, with what comes next.
pub fn all_coded(done: bool) -> String {
    let next = if done {
        t("; next document", "; volgend document")
    } else {
        t("D done · ; next document", "D gereed · ; volgend document")
    };
    tell!("no respondent's turn uncoded from here · {next}", "geen ongecodeerde spreekbeurt meer · {next}")
}
/// Said when there is no coding further on.
pub const NO_MORE_CODINGS: Text = t("no coding from here", "vanaf hier geen codering");
/// Said when a document is opened that has no text.
pub const NO_TEXT: Text = t(
    "The text of this document is missing from the study folder (corpus/ID.txt).",
    "De tekst van dit document ontbreekt in de map van de studie (corpus/ID.txt).",
);
/// Said when there is nothing to code.
pub const NOTHING_TO_CODE: Text = t("there is no text here to code", "hier is geen tekst om te coderen");
/// Said while a free selection is on.
pub const FREE: Text = t(
    "free selection: move to make it longer, then code; v or Esc ends it",
    "vrije selectie: bewegen maakt haar langer, codeer daarna; v of Esc beëindigt haar",
);
/// Title of the help.
pub const HELP_TITLE: Text = t("keys", "toetsen");
/// What can be typed in the help.
pub const HELP_HINT: Text = t("type to filter", "typ om te filteren");
/// Title of the new code's second step.
pub const UNDER: Text = t("under which code?", "onder welke code?");
/// The first choice of that step.
pub const TOP_LEVEL: Text = t("(at the top)", "(bovenaan)");
/// What a zero says.
pub const ZERO: Text = t(
    "Zero means: read for this code and not found, never \"does not do it\".",
    "Nul betekent: gelezen voor deze code en niet gevonden, nooit \"doet het niet\".",
);

/// The start screen's choices: word, explanation.
pub const START: [(Text, Text); 4] = [
    (
        t("New study", "Nieuwe studie"),
        t(
            "folder, your name, codebook, language, word for a case",
            "map, uw naam, codeboek, taal, woord voor een casus",
        ),
    ),
    (
        t("Open a study", "Studie openen"),
        t("type, paste or drag its folder", "typ, plak of sleep de map ervan"),
    ),
    (
        t("Sample study", "Voorbeeldstudie"),
        t(
            "14 made-up interviews and a seminar, partly coded",
            "14 verzonnen interviews en 1 seminar, deels gecodeerd",
        ),
    ),
    (
        t("Guided tour", "Rondleiding"),
        t("eight small steps on the sample study", "acht kleine stappen in de voorbeeldstudie"),
    ),
];

/// What an empty study says.
pub const EMPTY: [Text; 7] = [
    t("This study has no documents yet.", "Deze studie heeft nog geen documenten."),
    t("", ""),
    t(
        "Press i, then type, paste or drag the path of a transcript,",
        "Druk op i, en typ, plak of sleep dan het pad van een transcript,",
    ),
    t(
        "or of a folder of transcripts (.txt, .md, .docx).",
        "of van een map met transcripten (.txt, .md, .docx).",
    ),
    t("", ""),
    t(
        "Tables in that folder come along: documents.csv, cases.csv, speakers.csv.",
        "Tabellen in die map komen mee: documents.csv, cases.csv, speakers.csv.",
    ),
    t("From a shell the same is: verbatim import PATH", "Op de opdrachtregel is dat: verbatim import PAD"),
];

/// Said while everything is on disk.
pub fn saved(time: &str) -> String {
    tell!("saved {time}", "bewaard {time}")
}

/// What stands in the place of "saved" while it is not true.
pub fn not_saved(why: &str, waiting: usize) -> String {
    let count =
        if waiting > 1 { tell!(" ({waiting} acts)", " ({waiting} handelingen)") } else { String::new() };
    tell!("NOT SAVED{count}: {}, retrying", "NIET BEWAARD{count}: {}, nieuwe poging", safe(why))
}

/// Said once when somebody leaves while something is not saved.
pub fn leaving_unsaved(waiting: usize) -> String {
    tell!(
        "{waiting} acts are not saved and would be lost; q again leaves all the same",
        "{waiting} handelingen zijn niet bewaard en gaan verloren; nog eens q sluit toch af"
    )
}

/// How many documents are done.
pub fn done_of(done: usize, all: usize) -> String {
    tell!("{done} of {all} done", "{done} van {all} gereed")
}

/// The coder, with their standing.
pub fn coder(name: &str, primary: bool) -> String {
    if primary { tell!("{} (primary)", "{} (hoofdcodeur)", safe(name)) } else { safe(name).into_owned() }
}

/// A number with points between thousands.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Seconds as a time.
pub fn time(seconds: f64) -> String {
    let s = if seconds.is_finite() && seconds > 0.0 { seconds as u64 } else { 0 };
    format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// The sign of how far a document is.
pub const fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::ToDo => "○",
        Progress::Begun => "◐",
        Progress::Done => "●",
        Progress::Reopened => "↻",
    }
}

/// The name of a unit.
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Word => t("word", "woord"),
        Unit::Sentence => t("sentence", "zin"),
        Unit::Turn => t("turn", "spreekbeurt"),
        Unit::Pair => t("question and answer", "vraag en antwoord"),
        Unit::Free => t("selection", "selectie"),
    }
    .get()
}

/// The beginning of a quotation.
pub fn quote(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", fit(&safe(&one_line), 40))
}

/// Said after a code was applied.
pub fn applied(labels: &[&str], quoted: &str, counted: bool) -> String {
    let labels = labels.iter().map(|l| safe(l).into_owned()).collect::<Vec<_>>().join(" + ");
    let remark = if counted {
        t("", "")
    } else {
        t(
            " · an interviewer's words: not counted in tables",
            " · woorden van een interviewer: tellen niet mee in tabellen",
        )
    };
    format!("{labels}: {}{remark}", quote(quoted))
}

/// Said when a coding is there already.
pub fn applied_before(label: &str) -> String {
    tell!("{} is on this text already", "{} staat al op deze tekst", safe(label))
}

/// Said when a key is no code's.
pub fn no_shortcut(key: char) -> String {
    tell!(
        "no code has the key {} (c finds a code by name, ? shows all keys)",
        "geen code heeft de toets {} (c zoekt een code op naam, ? toont alle toetsen)",
        safe(&key.to_string())
    )
}

/// Said when somebody else's coding would be removed.
pub fn not_yours(label: &str, coder: &str) -> String {
    tell!(
        "{} here is {}'s coding, and stays",
        "{} is hier de codering van {}, en blijft",
        safe(label),
        safe(coder)
    )
}

/// Said after a document was marked as done.
pub fn marked_done(codes: usize, provisional: usize) -> String {
    match provisional {
        0 => tell!(
            "done for {codes} fixed codes; a code without a passage here counts as 0",
            "gereed voor {codes} vaste codes; waar geen fragment staat, telt het als 0"
        ),
        n => tell!(
            "done: {codes} codes, {n} provisional not; a code without a passage here counts as 0",
            "gereed: {codes} codes, {n} voorlopig niet; waar geen fragment staat, telt het als 0"
        ),
    }
}

/// Said after a document was reopened.
pub const REOPENED: Text = t(
    "open again; a code without a passage here is \"not done\"",
    "weer open; een code zonder fragment is hier \"niet gereed\"",
);

/// Where a span stands, for the words of undo.
fn place(desk: &Desk, document: &str, span: Span) -> String {
    let turn = desk.corpus.document(document).and_then(|d| d.turn_at(span.start));
    turn.map_or_else(|| safe(document).into_owned(), |t| tell!("turn {}", "spreekbeurt {}", t + 1))
}

/// What an act did, in a few words.
pub fn act(desk: &Desk, act: &Act) -> String {
    if let Some(words) = coding::act(desk, act) {
        return words;
    }
    let label = |code: &str| {
        let at = desk.coded.codebook.position(code);
        safe(at.map_or(code, |i| desk.label(i))).into_owned()
    };
    let added = act.changes.iter().filter(|c| matches!(c, Change::DocumentAdded(_))).count();
    match act.changes.as_slice() {
        [Change::CodingAdded(c)] => {
            tell!("{} on {}", "{} op {}", label(&c.code), place(desk, &c.anchor.document, c.anchor.span()))
        }
        [Change::CodingRemoved(c)] => {
            let made = desk.state.coding_history(c.coding).into_iter().flat_map(|a| &a.changes).find_map(
                |c| match c {
                    Change::CodingAdded(c) => Some(tell!(
                        "{} from {}",
                        "{} van {}",
                        label(&c.code),
                        place(desk, &c.anchor.document, c.anchor.span())
                    )),
                    _ => None,
                },
            );
            tell!(
                "removing {}",
                "verwijderen: {}",
                made.unwrap_or_else(|| t("a coding", "een codering").into())
            )
        }
        [Change::Done(d)] => tell!("done on {}", "gereed: {}", safe(&d.document)),
        [Change::Reopened(d)] => tell!("reopening {}", "heropenen: {}", safe(&d.document)),
        [Change::CodeAdded(c)] => tell!("new code {}", "nieuwe code {}", label(&c.code)),
        [Change::DocumentAdded(d)] => tell!("the import of {}", "het binnenhalen van {}", safe(&d.document)),
        [change] if book::of(change).is_some() => {
            book::of(change).map(|(code, what)| book::act(&label(code), what)).unwrap_or_default()
        }
        // The codes below one that is merged move with it.
        changes if changes.iter().any(|c| matches!(c, Change::CodeMerged(_))) => {
            let merged = changes.iter().filter(|c| matches!(c, Change::CodeMerged(_))).filter_map(book::of);
            merged.map(|(code, what)| book::act(&label(code), what)).collect::<Vec<_>>().join(", ")
        }
        _ if added > 1 => tell!("the import of {added} documents", "het binnenhalen van {added} documenten"),
        changes if changes.len() > 1 => history::several(desk, act),
        _ => safe(verb(&act.act)).into_owned(),
    }
}

/// The word of an act of which there is no more to say; those of other versions stand as they are.
fn verb(act: &str) -> &str {
    match act {
        "code" => t("code", "coderen").get(),
        "codebook" => t("codebook", "codeboek").get(),
        "import" => t("import", "binnenhalen").get(),
        "init" => t("init", "begin van de studie").get(),
        "primary" => t("primary", "hoofdcodeur").get(),
        "recode" => t("recode", "andere code").get(),
        "uncode" => t("uncode", "codering verwijderen").get(),
        other => other,
    }
}

/// Said after undo.
pub fn undone(what: &str) -> String {
    tell!("undone: {what} · U redoes it", "ongedaan gemaakt: {what} · toets U: opnieuw doen")
}

/// Said after redo.
pub fn redone(what: &str) -> String {
    tell!("redone: {what}", "opnieuw gedaan: {what}")
}

/// Several acts together.
pub fn acts(n: usize) -> String {
    tell!("{n} acts", "{n} handelingen")
}

/// Said where redo finds nothing, though an act is undone.
pub fn still_undone(what: &str) -> String {
    tell!(
        "H brings back what was undone before your last act: {what}",
        "H haalt terug wat vóór uw laatste handeling ongedaan gemaakt is: {what}"
    )
}

/// Said when an act is not undone here.
pub fn not_here(what: &str) -> String {
    tell!(
        "type :undo to take your last act back: {what}",
        "typ :undo om uw laatste handeling terug te nemen: {what}"
    )
}

/// Said before an act is undone that was there when the study was opened.
pub fn of_before(what: &str, when: &str) -> String {
    tell!(
        "u again undoes what you did on {when}: {what}",
        "toets u nog eens: terugnemen wat u op {when} deed: {what}"
    )
}

/// Said while a search is on.
pub fn hits(at: Option<usize>, all: usize, query: &str) -> String {
    match (at, all) {
        (_, 0) => tell!(
            "\"{}\" is not in this document; f searches all of them",
            "\"{}\" staat niet in dit document; f zoekt in alle",
            safe(query)
        ),
        (Some(at), _) => {
            tell!("hit {} of {} for \"{}\"", "treffer {} van {} voor \"{}\"", at + 1, all, safe(query))
        }
        (None, _) => tell!("{all} hits for \"{}\"", "{all} treffers voor \"{}\"", safe(query)),
    }
}

/// Said when other coders' codings come and go.
pub fn others(shown: bool, there: bool) -> &'static str {
    match (shown, there) {
        (_, false) => t(
            "no other coder has codings in this document",
            "geen andere codeur heeft coderingen in dit document",
        ),
        (true, true) => t(
            "codings of all coders are shown; o hides the others",
            "coderingen van alle codeurs zijn te zien; o verbergt de andere",
        ),
        (false, true) => t("only your own codings are shown", "alleen uw eigen coderingen zijn te zien"),
    }
    .get()
}

/// Said when the gutter numbers something else.
pub fn numbering(numbering: Numbering) -> &'static str {
    match numbering {
        Numbering::Turns => t("turns are numbered", "spreekbeurten zijn genummerd"),
        Numbering::Lines => {
            t("lines of the text file are numbered", "regels van het tekstbestand zijn genummerd")
        }
        Numbering::None => t("nothing is numbered", "niets is genummerd"),
    }
    .get()
}

/// How far into the document the cursor stands.
pub fn through(percent: usize) -> String {
    tell!("at {percent} %", "op {percent} %")
}

/// How much of the document is coded.
pub fn coded_share(percent: u8) -> String {
    tell!("{percent} % of words coded", "{percent} % woorden gecodeerd")
}

/// Said when others' codings are not shown.
pub fn hidden(n: usize) -> String {
    tell!("{n} of other coders hidden (o)", "{n} van andere codeurs verborgen (o)")
}
