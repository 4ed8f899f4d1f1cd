//! Words of the search over all transcripts.

use model::rule::{Decision, Tally};
use model::unit::Unit;

use super::language::{Text, t, tell};
use super::lists;
use crate::layers::search::Spread;
use crate::safe::safe;
use export::concordance::Sort;
use index::query::{Note, short};

/// Heading of the list.
pub const TITLE: Text = t("Search", "Zoeken");
/// What an empty line says.
pub const EMPTY: Text = t(
    "a word, \"a phrase\", word*, *word*, a NEAR/8 b, speaker: code: coded:no …",
    "een woord, \"een woordgroep\", woord*, *woord*, a NEAR/8 b, speaker: code: coded:no …",
);
/// Nothing was found.
pub const NOTHING: Text = t("nothing found", "niets gevonden");
/// Which code hits are for.
pub const WHICH_CODE: Text = t("Offer the hits for which code?", "Voor welke code de treffers aanbieden?");
/// Which code's missed passages.
pub const MISSED_OF: Text = t("Missed passages of which code?", "Gemiste fragmenten van welke code?");
/// A code must be chosen.
pub const CODE_FIRST: Text = t("choose a code first: c", "kies eerst een code: c");
/// The study has no codes.
pub const NO_CODES: Text = t(
    "there is no code in use: the codebook screen (B) makes one",
    "er is geen code in gebruik: het codeboekscherm (B) maakt er een",
);
/// The code is retired, so nothing is missed of it.
pub const NOTHING_OF_RETIRED: Text =
    t("the code is retired: nothing is missed of it", "de code is uit gebruik: daarvan wordt niets gemist");
/// No saved search is a rule for the code.
pub const NO_RULE: Text = t(
    "the code has no rule yet: f searches, c there offers the hits for a code, w keeps it as a rule",
    "de code heeft nog geen regel: f zoekt, c biedt daar de treffers voor een code aan, w bewaart de regel",
);
/// The rules of a code find nothing that nobody coded.
pub const NOTHING_MISSED: Text = t("nothing is missed", "er is niets gemist");
/// It has the code already.
pub const CODED_ALREADY: Text = t(
    "it has the code already; to take it off: Enter goes to it, there x removes",
    "heeft de code al; weghalen: Enter gaat erheen, daar haalt x weg",
);
/// The query must be put right before its hits can be looked through, decided about or saved.
pub const QUERY_FIRST: Text =
    t("put the query right first: / changes it", "verbeter eerst de zoekvraag: / verandert hem");
/// The same while it is being typed.
pub const RIGHT_FIRST: Text = t("put the query right first", "verbeter eerst de zoekvraag");
/// The code takes no new codings.
pub const RETIRED: Text = t(
    "the code is retired and takes no new codings",
    "de code is uit gebruik en krijgt geen coderingen meer",
);
/// Nothing waits.
pub const NOTHING_OPEN: Text = t("no hit is open", "er is geen treffer open");
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
    tell!(
        "Enter alone names it after the query: {query}",
        "Enter alleen noemt hem naar de zoekvraag: {query}"
    )
}

/// What the writer of a query may not have meant.
pub fn note(note: &Note) -> String {
    let several = |of: &[String]| {
        let shown: Vec<String> = of.iter().map(|one| safe(one).into_owned()).collect();
        shown.join(&t(" and ", " en "))
    };
    match note {
        Note::LowerCase(word) => {
            let word = safe(word);
            tell!(
                "“{word}” is searched as a word; operators are written in capitals",
                "“{word}” wordt als woord gezocht; operatoren staan in hoofdletters"
            )
        }
        Note::Dutch(word, operator) => {
            let word = safe(word);
            tell!(
                "“{word}” is searched as a word; the operator is {operator}",
                "“{word}” wordt als woord gezocht; de operator is {operator}"
            )
        }
        Note::SingleQuotes(quote) => tell!(
            "words after {quote} are searched one by one; a phrase stands between double quotes: \"…\"",
            "woorden na {quote} worden los gezocht; een woordgroep staat tussen dubbele aanhalingstekens: \"…\""
        ),
        Note::Meant(written, meant) => {
            let (written, meant) = (safe(written), safe(meant));
            tell!(
                "“{written}” is searched as text; did you mean {meant}?",
                "“{written}” wordt als tekst gezocht; bedoelde u {meant}?"
            )
        }
        Note::Alone(written, word) => {
            let (written, word) = (safe(written), safe(word));
            tell!(
                "“{written}” is searched as text; what is taken away stands beside what to find, as in role:respondent -{word}",
                "“{written}” wordt als tekst gezocht; wat u weghaalt staat naast wat u zoekt, zoals role:respondent -{word}"
            )
        }
        Note::Signs(signs) => {
            let signs: Vec<String> = signs.iter().map(|sign| format!("“{}”", safe(&short(sign)))).collect();
            let signs = signs.join(" ");
            tell!(
                "signs are not searched and left out: {signs}",
                "tekens worden niet gezocht en tellen niet mee: {signs}"
            )
        }
        Note::WordSide(word, operator) => {
            let word = safe(word);
            tell!(
                "“{word}” behind {operator} is searched as a word; passages with a code are code:{word}",
                "“{word}” achter {operator} wordt als woord gezocht; fragmenten met een code zijn code:{word}"
            )
        }
        Note::Never(of) if of.len() == 1 => {
            let one = several(of);
            tell!("{one} holds nowhere", "{one} geldt nergens")
        }
        Note::Never(of) => {
            let all = several(of);
            tell!("no place has {all} at once", "geen plaats heeft {all} tegelijk")
        }
        Note::LeftOut { field, cells, such, dates } => {
            let (field, such) = (safe(field), safe(such));
            let what = match (*dates, *cells) {
                (true, 1) => t("is no date such as 2019-05-31", "is geen datum zoals 2019-05-31"),
                (true, _) => t("are no dates such as 2019-05-31", "zijn geen datums zoals 2019-05-31"),
                (false, 1) => t("is no number", "is geen getal"),
                (false, _) => t("are no numbers", "zijn geen getallen"),
            };
            let what = what.to_owned();
            match cells {
                1 => tell!(
                    "a value of {field} {what}, and in no range: “{such}”",
                    "één waarde van {field} {what} en valt buiten elk bereik: “{such}”"
                ),
                n => tell!(
                    "{n} values of {field} {what}, and in no range, such as “{such}”",
                    "{n} waarden van {field} {what} en vallen buiten elk bereik, zoals “{such}”"
                ),
            }
        }
        Note::Doubtful { field, cell } => {
            let (field, cell) = (safe(field), safe(cell));
            tell!(
                "“{cell}” in {field} is read as a decimal; write thousands without a sign between them",
                "“{cell}” in {field} wordt als kommagetal gelezen; schrijf duizendtallen zonder teken"
            )
        }
    }
}

/// That hits rest on stems.
pub const BY_STEMS: Text = t(
    "found by stems too, which are rough: for finding, not for counting",
    "ook op stam gevonden, en dat is grof: om te vinden, niet om te tellen",
);

/// The label of a saved search whose words stand for their stems.
pub const STEMS: Text = t("stems", "op stam");

/// That hits are not offered because nothing is coded where they are.
pub fn not_offered(n: usize) -> Option<String> {
    let hits = hits(n);
    (n > 0).then(|| {
        tell!(
            "{hits} in names and times of turns: nothing is coded there",
            "{hits} in namen en tijden van spreekbeurten: daar wordt niets gecodeerd"
        )
    })
}

/// That hits are not offered because nobody knows their text.
pub fn changed_by_hand(n: usize) -> Option<String> {
    let hits = hits(n);
    (n > 0).then(|| {
        tell!(
            "{hits} in texts that were changed by hand: nothing new can be put on them",
            "{hits} in teksten die met de hand gewijzigd zijn: daar kan niets nieuws op"
        )
    })
}

/// That a rule of the code cannot be read.
pub fn unread(name: &str, why: &str) -> String {
    let (name, why) = (safe(name), safe(why));
    tell!("the rule {name} cannot be read: {why}", "de regel {name} is niet te lezen: {why}")
}

/// That a name says not which search is meant.
pub fn several_called(n: usize, name: &str) -> String {
    let name = safe(name);
    tell!(
        "{n} searches are called {name}: give another name",
        "{n} zoekopdrachten heten {name}: geef een andere naam"
    )
}

/// That a hit stays rejected because the coding there got another code.
pub fn has_another(code: &str) -> String {
    let code = safe(code);
    tell!(
        "it was accepted and got the code {code} since; a codes it here too",
        "het was aanvaard en kreeg daarna de code {code}; a codeert het ook hier"
    )
}

/// How many hits, and where.
pub fn spread(s: Spread, documents: usize, case: &str) -> String {
    let (case, cases) = lists::cases(case);
    let hits = match s.passages {
        Some(n) => {
            let passages = lists::count(n, &t("passage", "fragment"), &t("passages", "fragmenten"));
            if n == s.hits { passages } else { format!("{passages} ({})", hits(s.hits)) }
        }
        None => hits(s.hits),
    };
    let within = s.documents;
    let documents = lists::count(documents, &t("document", "document"), &t("documents", "documenten"));
    let spread = tell!("{hits} in {within} of {documents}", "{hits} in {within} van {documents}");
    if s.cases == 0 { spread } else { format!("{spread} · {}", lists::count(s.cases, &case, &cases)) }
}

/// That a search was saved; in the place of another, with its query.
pub fn kept(name: &str, found: usize, before: Option<&str>) -> String {
    let (name, hits) = (safe(name), hits(found));
    match before {
        None => tell!("saved {name}: {hits}", "{name} bewaard: {hits}"),
        Some(query) => {
            let query = safe(query);
            tell!("changed {name}: {hits} (it was {query})", "{name} gewijzigd: {hits} (het was {query})")
        }
    }
}

/// That a search is no rule any more for a code, and what becomes of what was decided under it.
pub fn no_rule_any_more(code: &str, decided: usize) -> String {
    let code = safe(code);
    let decisions = lists::count(decided, &t("decision", "besluit"), &t("decisions", "besluiten"));
    if decided == 0 {
        return tell!("no rule for {code} any more", "geen regel voor {code} meer");
    }
    tell!(
        "no rule for {code} any more: {decisions} kept, found again by the same words saved for it",
        "geen regel voor {code} meer: {decisions} bewaard, terug te vinden met dezelfde woorden ervoor"
    )
}

/// That a name is that of a rule for another code.
pub fn rule_of_another(name: &str, code: &str, decided: usize) -> String {
    let (name, code) = (safe(name), safe(code));
    let decided = lists::count(decided, &t("decision", "besluit"), &t("decisions", "besluiten"));
    tell!(
        "{name} is a rule for {code}, with {decided}: give this one another name",
        "{name} is een regel voor {code}, met {decided}: geef deze een andere naam"
    )
}

/// How many hits there are of that part of a query which was understood.
pub fn hits_for(n: usize, query: &str) -> String {
    let (hits, query) = (hits(n), safe(query));
    tell!("{hits} for {query}", "{hits} voor {query}")
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

/// The heading of missed passages.
pub fn missed(label: &str) -> String {
    let label = safe(label);
    tell!("Missed: {label}", "Gemist: {label}")
}

/// That all were accepted.
pub fn accepted(n: usize) -> String {
    tell!("{n} accepted; u takes them back", "{n} aanvaard; toets u: terugnemen")
}

/// That what was decided was taken back.
pub fn taken_back(n: usize) -> String {
    let decisions = lists::count(n, &t("decision", "besluit"), &t("decisions", "besluiten"));
    tell!("{decisions} taken back; U brings them back", "{decisions} teruggenomen; toets U: terugzetten")
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
