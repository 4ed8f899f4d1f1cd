//! Words about writing: notes, translations, memos, summaries.

use super::language::{Text, t, tell};
use crate::safe::safe;

/// Said when Esc would throw a text away.
pub const ESC_AGAIN: Text = t(
    "not kept yet: Ctrl-s keeps it, Esc again throws away what you changed",
    "nog niet bewaard: Ctrl-s bewaart, nog eens Esc gooit weg wat u veranderde",
);
/// Said when leaving would.
pub const QUIT_AGAIN: Text = t(
    "the text is not kept yet: Ctrl-s keeps it, Ctrl-c again leaves all the same",
    "de tekst is nog niet bewaard: Ctrl-s bewaart hem, nog eens Ctrl-c sluit toch af",
);
/// Said when there is nothing in a text that must have something.
pub const EMPTY_TEXT: Text = t(
    "there is nothing to keep yet: write some text, or Esc",
    "er is nog niets om te bewaren: schrijf iets, of Esc",
);
/// Said when a link is no id.
pub const BAD_LINK: Text = t(
    "a link is the id of a memo, coding or act",
    "een verwijzing is de id van een memo, codering of handeling",
);
/// Words before the fields of a memo.
pub const FIELDS: [Text; 4] =
    [t("Title", "Titel"), t("Type", "Soort"), t("Tags", "Tags"), t("Links", "Zie ook")];
/// What may stand in them.
pub const FIELD_HINTS: [Text; 4] = [
    t("a few words", "een paar woorden"),
    t("Ctrl-t: another", "Ctrl-t: een andere"),
    t("with commas between", "met komma's ertussen"),
    t("ids of memos or codings, with commas", "id's van memo's of coderingen, met komma's"),
];
/// Said after a note was written or taken off.
pub const NOTED: Text = t("the note is kept", "de notitie is bewaard");
/// See [`NOTED`].
pub const NOTE_OFF: Text = t("the note is taken off", "de notitie is weg");
/// Said after a translation was written.
pub const TRANSLATED: Text = t("the translation is kept", "de vertaling is bewaard");
/// Said after a memo was written.
pub const MEMO_KEPT: Text = t("the memo is kept · M lists all", "de memo is bewaard · M toont alle");
/// Said after a memo was removed.
pub const MEMO_REMOVED: Text =
    t("the memo is removed · u brings it back", "de memo is verwijderd · toets u: terugzetten");
/// Said when somebody else's memo would be changed.
pub const NOT_YOUR_MEMO: Text = t(
    "this memo is another coder's, and stays as it is",
    "deze memo is van een andere codeur, en blijft zoals hij is",
);
/// Said after a summary was written.
pub const SUMMARY_KEPT: Text = t("the summary is kept", "de samenvatting is bewaard");
/// Said when there is no memo further on.
pub const NO_MORE_MEMOS: Text = t("no place with a memo from here", "vanaf hier geen plaats met een memo");
/// Said when a memo is about no place.
pub const NO_PLACE: Text =
    t("this is about no place in a text", "dit gaat niet over een plaats in een tekst");
/// Said when the document has no case.
pub const NO_CASE: Text = t("this document has no case", "dit document heeft geen casus");
/// Title of the palette when a memo is to be written on a code.
pub const MEMO_WHICH_CODE: Text = t("memo on which code?", "memo over welke code?");
/// Stands beside a line that a memo is about.
pub const MEMO_SIGN: &str = "*";
/// Heading of the list of memos.
pub const MEMOS: Text = t("Memos", "Memo's");
/// What an empty list says.
pub const NO_MEMOS: Text = t("no memos yet: m writes one", "nog geen memo's: m schrijft er een");
/// What a filter says that fits none.
pub const NO_MEMO_FITS: Text = t(
    "no memo has these words in its title, text, tags, type or subject",
    "geen memo heeft deze woorden in titel, tekst, tags, soort of onderwerp",
);
/// What can be typed in the list.
pub const FILTER: Text = t(
    "type to filter: words of title, text, tags, type, subject",
    "typ om te filteren: woorden van titel, tekst, tags, soort, onderwerp",
);
/// A memo without a title.
pub const UNTITLED: Text = t("(no title)", "(geen titel)");
/// Heading of the summaries.
pub const SUMMARIES: Text = t("Summaries", "Samenvattingen");
/// Legend of the summaries.
pub const SUMMARY_LEGEND: Text =
    t("✓ summary written   3 passages   · none", "✓ samenvatting geschreven   3 fragmenten   · geen");
/// Said where a case × code has no passages.
pub const NO_PASSAGES: Text = t(
    "no passages of yours here yet; a summary may still be written",
    "hier nog geen fragmenten van u; een samenvatting kan toch",
);
/// Said when there is nothing to sum up.
pub const NO_GRID: Text = t("summaries need cases and codes", "samenvattingen vragen casussen en codes");
/// Said after the user's own editor was closed.
pub const CAME_BACK: Text = t(
    "the text is as your editor left it; Ctrl-s keeps it",
    "de tekst is zoals uw editor hem achterliet; Ctrl-s bewaart hem",
);

/// The name of a type of memo; one of a person's own stands as it is.
pub fn kind(kind: &str) -> &str {
    match kind {
        "analytic" => t("analytic", "analytisch").get(),
        "decision" => t("decision", "besluit").get(),
        "reflexive" => t("reflexive", "reflexief").get(),
        "case" => t("case", "casus").get(),
        own => own,
    }
}

/// Title over a note.
pub fn note_on(label: &str) -> String {
    tell!("note on {}", "notitie bij {}", safe(label))
}

/// Title over a translation.
pub fn translation(language: &str) -> String {
    tell!("translation ({})", "vertaling ({})", safe(language))
}

/// Title over a memo.
pub fn memo_on(subject: &str) -> String {
    tell!("memo on {}", "memo over {}", safe(subject))
}

/// Title over a summary.
pub fn summary_of(case: &str, code: &str) -> String {
    tell!("summary · {} · {}", "samenvatting · {} · {}", safe(case), safe(code))
}

/// How many memos are shown of all.
pub fn memos_of(shown: usize, all: usize) -> String {
    if shown == all { format!("{all}") } else { tell!("{shown} of {all}", "{shown} van {all}") }
}

/// Said when no editor is named in the environment or it did not do.
pub fn editor_failed(why: &str) -> String {
    tell!(
        "your own editor: {}; the text is as it was",
        "uw eigen editor: {}; de tekst is zoals hij was",
        safe(why)
    )
}

/// Where a passage is from, and its codes.
pub fn passage_from(title: &str, turn: Option<usize>, speaker: Option<&str>, codes: &[&str]) -> String {
    let mut parts = vec![safe(title).into_owned()];
    parts.extend(turn.map(|n| tell!("turn {n}", "spreekbeurt {n}")));
    parts.extend(speaker.map(|s| safe(s).into_owned()));
    parts.extend((!codes.is_empty()).then(|| safe(&codes.join(" + ")).into_owned()));
    parts.join(" · ")
}

/// What a cell of the summaries shows.
pub fn cell(passages: usize, written: bool) -> String {
    match (passages, written) {
        (0, false) => "·".to_owned(),
        (0, true) => "✓".to_owned(),
        (n, false) => n.to_string(),
        (n, true) => format!("✓ {n}"),
    }
}

/// Which codes have a column on the screen.
pub fn codes_of(first: usize, last: usize, all: usize) -> String {
    tell!("codes {first}–{last} of {all}", "codes {first}–{last} van {all}")
}

/// Said when memos of other coders on the text are not listed.
pub fn memos_hidden(n: usize) -> String {
    tell!(
        "{n} of other coders on their codings are hidden, as these are (o in the transcript)",
        "{n} van andere codeurs bij hun coderingen zijn verborgen, net als die (o in het transcript)"
    )
}
