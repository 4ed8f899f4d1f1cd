//! Words of the search over all transcripts.

use model::rule::{Decision, Tally};
use model::unit::Unit;

use super::language::{Text, t, tell};
use super::lists;
use crate::layers::search::Spread;
use crate::safe::safe;
use export::concordance::Sort;

/// Heading of the list.
pub const TITLE: Text = t("Search", "Zoeken");
/// What an empty line says.
pub const EMPTY: Text = t(
    "a word, \"a phrase\", word*, *word*, a NEAR/8 b, speaker: code: coded:no …",
    "een woord, \"een zin\", woord*, *woord*, a NEAR/8 b, speaker: code: coded:no …",
);
/// Nothing was found.
pub const NOTHING: Text = t("nothing found", "niets gevonden");
/// Which code hits are for.
pub const WHICH_CODE: Text = t("Offer the hits for which code?", "Voor welke code de treffers aanbieden?");
/// Which code's missed passages.
pub const MISSED_OF: Text = t("Missed passages of which code?", "Gemiste fragmenten van welke code?");
/// A code must be chosen.
pub const CODE_FIRST: Text = t("choose a code first: c", "kies eerst een code: c");
/// It has the code already.
pub const CODED_ALREADY: Text = t("it has the code already; u undoes", "heeft de code al; u maakt ongedaan");
/// Nothing waits.
pub const NOTHING_OPEN: Text = t("no hit is open", "er is geen treffer open");
/// Missed passages belong to several rules.
pub const OF_SEVERAL: Text = t(
    "these come from the code's rules: only accept and reject",
    "deze komen uit de regels van de code: alleen aanvaarden en afwijzen",
);
/// Nothing was decided.
pub const NOTHING_DECIDED: Text =
    t("nothing was decided in this search", "in deze zoekopdracht is niets besloten");
/// There is no query.
pub const NOTHING_TO_SAVE: Text = t("type a query first: /", "typ eerst een zoekvraag: /");
/// The name of a search.
pub const NAME: Text = t("Save the search as", "Zoekopdracht bewaren als");
/// The saved searches.
pub const SAVED: Text = t("Saved searches", "Bewaarde zoekopdrachten");
/// There are none.
pub const NONE_SAVED: Text =
    t("no search is saved yet; w saves one", "nog geen zoekopdracht bewaard; w bewaart");

/// What helps to name a search.
pub fn name_hint(query: &str) -> String {
    let query = safe(query);
    tell!("what it finds now is remembered: {query}", "wat hij nu vindt wordt onthouden: {query}")
}

/// A restriction.
pub fn chip(name: &str, qualifier: bool, value: &str) -> String {
    format!("{}{} {}", safe(name), if qualifier { " =" } else { ":" }, safe(value))
}

/// How many hits, and where.
pub fn spread(s: Spread, documents: usize, case: &str) -> String {
    let (case, cases) = lists::cases(case);
    let hits = hits(s.hits);
    let within = s.documents;
    let spread =
        tell!("{hits} in {within} of {documents} documents", "{hits} in {within} van {documents} documenten");
    if s.cases == 0 { spread } else { format!("{spread} · {}", lists::count(s.cases, &case, &cases)) }
}

fn hits(n: usize) -> String {
    lists::count(n, &t("hit", "treffer"), &t("hits", "treffers"))
}

/// The order of the list.
pub fn sort(sort: Option<Sort>) -> Text {
    match sort {
        None | Some(Sort::Document) => t("by place", "op plaats"),
        Some(Sort::Left) => t("by the words before", "op de woorden ervoor"),
        Some(Sort::Right) => t("by the words behind", "op de woorden erna"),
        Some(Sort::Case) => t("by case", "op casus"),
        Some(Sort::Date) => t("by date", "op datum"),
    }
}

/// What a hit is widened to.
pub fn unit(unit: Unit) -> Text {
    match unit {
        Unit::Match => t("the match", "de treffer"),
        Unit::Sentence => t("the sentence", "de zin"),
        Unit::Turn => t("the turn", "de spreekbeurt"),
        Unit::Paragraph => t("the paragraph", "de alinea"),
    }
}

/// How good a rule is.
pub fn tally(tally: &Tally) -> String {
    let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |s| format!("{:.0}%", s * 100.0));
    let (precision, recall) = (percent(tally.precision()), percent(tally.recall()));
    tell!(
        "? {}  ✓ {}  ✗ {}  = {} · precision {precision} · finds {recall}",
        "? {}  ✓ {}  ✗ {}  = {} · precisie {precision} · vindt {recall}",
        tally.open,
        tally.accepted,
        tally.rejected,
        tally.coded
    )
}

/// The sign before a hit.
pub const fn sign(decision: Decision) -> &'static str {
    match decision {
        Decision::Open => "?",
        Decision::Rejected => "✗",
        Decision::Coded => "=",
        Decision::Accepted => "✓",
    }
}

/// What the signs mean.
pub const LEGEND: Text = t(
    "? open  ✓ accepted  ✗ rejected  = coded otherwise",
    "? open  ✓ aanvaard  ✗ afgewezen  = anders gecodeerd",
);

/// The heading of missed passages.
pub fn missed(label: &str) -> String {
    let label = safe(label);
    tell!("Missed: {label}", "Gemist: {label}")
}

/// That all were accepted.
pub fn accepted(n: usize) -> String {
    tell!("{n} accepted; u takes them back", "{n} aanvaard; u neemt ze terug")
}

/// That a run was taken back.
pub fn taken_back(n: usize) -> String {
    tell!("{n} decisions taken back", "{n} besluiten teruggenomen")
}

/// A saved search in the list.
pub fn saved(query: &str, code: Option<&str>, last: Option<(u32, String)>) -> String {
    let mut parts = vec![safe(query).into_owned()];
    parts.extend(code.map(|c| safe(c).into_owned()));
    if let Some((hits, at)) = last {
        let day: String = at.chars().take(10).collect();
        let hits = self::hits(hits as usize);
        parts.push(tell!("{hits} on {day}", "{hits} op {day}"));
    }
    parts.join(" · ")
}
