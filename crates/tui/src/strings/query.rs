//! Words about a query that cannot be searched with: what is wrong and what to do, in the language of the
//! screen.
//!
//! In English errors speak for themselves. In Dutch each has its words here, with nothing that catches the
//! rest: a new error does not compile without its Dutch. Operators, names of fields and the examples of them
//! are those of the language of queries, which is one.

use index::QueryError;
use index::query::{Signs, any_value, is_address, named, short, signs};

use super::language::{Language, spoken};
use crate::safe::safe;

/// What is wrong with a query.
pub fn wrong(why: &QueryError) -> String {
    let said = match spoken() {
        Language::En => why.to_string(),
        Language::Nl => dutch(why),
    };
    safe(&said).into_owned()
}

/// What is wrong with a query, and what to do about it.
pub fn wrong_with_hint(why: &QueryError) -> String {
    let hint = match spoken() {
        Language::En => why.hint(),
        Language::Nl => dutch_hint(why),
    };
    if hint.is_empty() { wrong(why) } else { format!("{} · {}", wrong(why), safe(&hint)) }
}

fn dutch(why: &QueryError) -> String {
    match why {
        QueryError::Empty => "de zoekvraag is leeg".into(),
        QueryError::UnclosedQuote(at) => format!("het aanhalingsteken op teken {at} is niet gesloten"),
        QueryError::UnclosedParenthesis(at) => format!("het haakje op teken {at} is niet gesloten"),
        QueryError::StrayParenthesis(at) => {
            format!("het sluithaakje op teken {at} heeft geen haakje dat het opent")
        }
        QueryError::EmptyParentheses(at) => format!("tussen de haakjes op teken {at} staat niets"),
        QueryError::Dangling { operator, position, side } => {
            let side = if *side == "before" { "vóór" } else { "achter" };
            format!("{operator} op teken {position} heeft niets {side} zich")
        }
        QueryError::NoWord { text, position } => {
            format!("{} op teken {position} heeft geen letter of cijfer om te zoeken", short(text))
        }
        QueryError::Star(at) => format!("het sterretje op teken {at} hoort bij geen woord"),
        QueryError::StarInExact(at) => {
            format!("het sterretje op teken {at} staat in een woord dat precies zo of op stam wordt gezocht")
        }
        QueryError::StarInValue(at) => {
            format!("het sterretje op teken {at} staat niet aan het eind van een waarde")
        }
        QueryError::StarAlone { name, position } => {
            format!("{} op teken {position} heeft een sterretje en geen waarde ervoor", short(name))
        }
        QueryError::Tilde(at) => format!("~ op teken {at} heeft niets om ruimer te nemen, of niet zo veel"),
        QueryError::UnclosedRegex(at) => format!("de expressie is niet gesloten: / op teken {at}"),
        QueryError::BadRegex { position, why } => {
            format!("de expressie op teken {position} is niet te lezen: {}", dutch_regex(why))
        }
        QueryError::EmptyRegex(at) => {
            format!("de expressie op teken {at} past op een lege tekst, en zou dus overal gevonden worden")
        }
        QueryError::Distance { written, position } => {
            format!("{} op teken {position} is geen afstand", short(written))
        }
        QueryError::Capitals { written, position, .. } => {
            format!("{written} op teken {position} is geen operator: die staan in hoofdletters")
        }
        QueryError::Comparison { written, meant, position } => {
            format!("{} op teken {position} vergelijkt zonder dubbele punt: {}", short(written), short(meant))
        }
        QueryError::Unquoted { column, position } => {
            format!("{column}: op teken {position} heeft aanhalingstekens nodig om de naam van de kolom")
        }
        QueryError::Sign { name, position, qualifier: true, .. } => {
            format!("{name} op teken {position} is een kwalificatie, en die heeft een isgelijkteken")
        }
        QueryError::Sign { name, position, qualifier: false, .. } => {
            format!("{name} op teken {position} is een veld, en dat heeft een dubbele punt")
        }
        QueryError::NoPlace { operator, position, side } => {
            let side = if *side == "left" { "links" } else { "rechts" };
            format!("wat {side} van {operator} op teken {position} staat, heeft geen plaats in een tekst")
        }
        QueryError::OnlyNot(at) => {
            format!("het deel op teken {at} zegt alleen wat niet gevonden moet worden")
        }
        QueryError::MixedOr(at) => format!("OR op teken {at} staat tussen woorden en een veld"),
        QueryError::UnknownField { name, position, .. } => {
            format!("er is geen veld {}: (teken {position})", short(name))
        }
        QueryError::UnknownQualifier { name, position, .. } => {
            format!("er is geen kwalificatie {}= (teken {position})", short(name))
        }
        QueryError::Ambiguous { name, position, tables } => {
            format!("{name}: op teken {position} is een kolom van {}", tables.join(" en van "))
        }
        QueryError::NoValue { name, position } => {
            format!("{} op teken {position} heeft geen waarde", short(name))
        }
        QueryError::BetweenValues { name, position } => {
            format!("tussen de waarden van {} kan alleen OR staan (teken {position})", short(name))
        }
        QueryError::UnknownValue { name, value, position, numbers, .. } => {
            format!("{} (teken {position})", unknown_value(name, value, *numbers))
        }
        QueryError::NoOrder { name, value, position, .. } => {
            let value = short(value);
            format!("{name}: heeft geen getallen of datums om met {value} te vergelijken (teken {position})")
        }
        QueryError::NoBound { value, position, dates, .. } => {
            let what = if *dates { "datum" } else { "getal" };
            format!("{} is geen {what} (teken {position})", short(value))
        }
        QueryError::Backwards { name, value, position } => {
            format!("{name}:{value} eindigt voor het begint (teken {position})")
        }
        QueryError::Thousands { name, value, position, .. } => {
            format!("{value} bij {name}: is op twee manieren te lezen (teken {position})")
        }
        QueryError::NoCodes(at) => format!("hier kan niet op codes worden gezocht (teken {at})"),
        QueryError::TooDeep { limit, position } => {
            format!("meer dan {limit} haakjes of NOTs binnen elkaar (teken {position})")
        }
        QueryError::TooManyWords(most) => {
            format!("meer dan {most} verschillende woorden of expressies in één zoekvraag")
        }
        QueryError::TooManyParts(most) => {
            format!("meer dan {most} woorden, woordgroepen en velden in één zoekvraag")
        }
    }
}

/// What is wrong with an expression, where it is wrong in a way that happens often; else as it was said.
fn dutch_regex(why: &str) -> &str {
    match why {
        "unclosed group" => "een haakje is niet gesloten",
        "unopened group" => "een sluithaakje heeft geen haakje dat het opent",
        "unclosed character class" => "een vierkant haakje is niet gesloten",
        "repetition operator missing expression" => "voor een herhaling (* + ?) staat niets",
        "it is too large" => "ze is te groot",
        other => other,
    }
}

/// That a field has no such value, as one says it of this field.
fn unknown_value(field: &str, value: &str, numbers: bool) -> String {
    let value = short(value);
    match field.to_lowercase().as_str() {
        "coded" | "memo" => format!("{field}: is yes of no, niet {value}"),
        "done" => format!("done: is yes, no of een codeur, niet {value}"),
        name if numbers || name.contains("date") => format!("geen {field} is {value}"),
        _ => format!("geen {field} heet {value}"),
    }
}

fn dutch_hint(why: &QueryError) -> String {
    match why {
        QueryError::Empty => "schrijf een woord, een \"woordgroep\" of een veld zoals role:respondent".into(),
        QueryError::UnclosedQuote(_) => "sluit de woordgroep met een tweede \"".into(),
        QueryError::UnclosedParenthesis(_) => "sluit het met )".into(),
        QueryError::StrayParenthesis(_) => {
            "haal het weg, of zet ( voor het eerste woord van de groep".into()
        }
        QueryError::EmptyParentheses(_) => "schrijf er woorden tussen, of haal ze weg".into(),
        QueryError::Dangling { operator, .. } => {
            format!("om het woord zelf te zoeken, schrijft u \"{operator}\" tussen aanhalingstekens")
        }
        QueryError::NoWord { text, .. } => dutch_signs(text).into(),
        QueryError::Star(_) => {
            "zet het aan een woord: werk* begint zo, *werk eindigt zo, *werk* heeft het ergens".into()
        }
        QueryError::StarInExact(_) => "laat het sterretje weg, of de = of stem: voor het woord".into(),
        QueryError::StarInValue(_) => "een waarde kan op een sterretje eindigen, zoals doc:interview*".into(),
        QueryError::StarAlone { name, .. } => match any_value(name) {
            Some(any) => format!("schrijf {any}"),
            None => format!(
                "schrijf hoe de waarde begint, zoals {}a*; of er een waarde is, kan niet worden gevraagd",
                short(name)
            ),
        },
        QueryError::Tilde(_) => "woord~ laat één letter fout zijn, woord~2 twee (niet met = of een \
                                 sterretje); \"twee woorden\"~3 drie woorden ertussen"
            .into(),
        QueryError::UnclosedRegex(_) => {
            "sluit ze met een tweede / voor een spatie; zet tekst die u zoekt tussen aanhalingstekens".into()
        }
        QueryError::BadRegex { .. } => {
            "een expressie wordt geschreven zoals in ripgrep: /flex(ibel|ibiliteit)/".into()
        }
        QueryError::EmptyRegex(_) => {
            "laat weg wat helemaal mag ontbreken, zoals een laatste * of ?; naast \\b en ^ moeten letters staan"
                .into()
        }
        QueryError::Distance { written, .. } => {
            let operator = written.split('/').next().unwrap_or("NEAR");
            format!("schrijf {operator}/8 voor woorden of {operator}/2t voor spreekbeurten")
        }
        QueryError::Capitals { meant, .. }
        | QueryError::Comparison { meant, .. }
        | QueryError::Sign { meant, .. } => {
            format!("schrijf {meant}; zet tekst die u zoekt tussen aanhalingstekens")
        }
        QueryError::Unquoted { column, .. } => format!("schrijf {}:…", named(column)),
        QueryError::NoPlace { operator, .. } => format!(
            "aan beide kanten van {operator} staan woorden, of code: (met coder: en kwalificaties), of memo:"
        ),
        QueryError::OnlyNot(_) => {
            "zet er een woord bij dat gevonden moet worden, of een veld zoals role:respondent".into()
        }
        QueryError::MixedOr(_) => "zet aan beide kanten van OR woorden, of aan beide kanten velden".into(),
        QueryError::UnknownField { text, .. } if is_address(text) => {
            format!("een adres is tekst: zet het tussen aanhalingstekens, \"{text}\"")
        }
        QueryError::UnknownField { text, near, known, .. } => {
            format!("{}; velden zijn {known}", quote_it(near, text))
        }
        QueryError::UnknownQualifier { text, near, known, .. } if known.is_empty() => {
            format!("{}; de codeboeken hebben geen kwalificaties", quote_it(near, text))
        }
        QueryError::UnknownQualifier { text, near, known, .. } => {
            format!("{}; kwalificaties zijn {}", quote_it(near, text), known.join(", "))
        }
        QueryError::Ambiguous { name, tables, .. } => {
            let choices: Vec<String> = tables.iter().map(|t| format!("{t}.{}:", named(name))).collect();
            format!("schrijf {}", either(&choices))
        }
        QueryError::NoValue { name, .. } if name.starts_with('"') => format!(
            "de waarde van een veld staat er vlak achter, zoals {}…; laat voor gewone tekst de dubbele punt weg",
            short(name)
        ),
        QueryError::NoValue { name, .. } => format!(
            "zet tekst die u zoekt tussen aanhalingstekens: \"{}\"; de waarde van een veld staat er vlak achter, \
             zoals role:respondent, en een kwalificatie heeft een isgelijkteken, zoals status=planned",
            short(name)
        ),
        QueryError::BetweenValues { name, .. } => format!("schrijf {}(het een OR \"het ander\")", short(name)),
        QueryError::UnknownValue { name, value, near, numbers: true, .. } if near.is_empty() => {
            format!("een bereik vindt wat eromheen ligt, zoals {}:>={value}", named(name))
        }
        QueryError::UnknownValue { name, near, .. } if near.is_empty() => where_listed(name).into(),
        QueryError::UnknownValue { near, .. } => format!("bedoelde u {}?", either(near)),
        QueryError::NoOrder { values, ordered, .. } => {
            let values = if values.is_empty() { String::new() } else { format!("schrijf {}; ", either(values)) };
            match ordered.as_slice() {
                [] => format!("{values}geen veld van deze studie heeft getallen of datums"),
                ordered => format!("{values}getallen of datums staan in {}", ordered.join(", ")),
            }
        }
        QueryError::NoBound { meant: Some(meant), .. } => format!("schrijf {meant}"),
        QueryError::NoBound { name, dates: true, .. } => {
            format!("een datum is 2019-05-31, of 2019-05, of 2019: {}:>=2019-05", named(name))
        }
        QueryError::NoBound { name, .. } => {
            let name = named(name);
            format!("de waarden van {name}: zijn getallen, zoals {name}:>=250")
        }
        QueryError::Backwards { .. } => "schrijf het kleinste of vroegste eerst".into(),
        QueryError::Thousands { whole, decimal: Some(decimal), .. } => {
            format!("schrijf {whole} voor duizendtallen, of {decimal} voor een kommagetal")
        }
        QueryError::Thousands { whole, .. } => format!("schrijf {whole}"),
        QueryError::NoCodes(_) => "zoek in een studie die een codeboek heeft".into(),
        QueryError::TooDeep { .. } | QueryError::TooManyWords(_) | QueryError::TooManyParts(_) => {
            "verdeel de zoekvraag over meer zoekopdrachten".into()
        }
    }
}

/// What to do about signs where a word should be.
fn dutch_signs(text: &str) -> &'static str {
    match signs(text) {
        Signs::TakeAway => "zet het minteken vlak voor het woord dat u weghaalt: -woord",
        Signs::Choose => "zet OR tussen woorden waarvan er één genoeg is",
        Signs::Compare => {
            "een veld, het teken en de waarde staan aan elkaar, zoals role:respondent of date:>=2019"
        }
        Signs::Nothing => "leestekens en andere tekens worden niet gezocht; schrijf een woord",
    }
}

/// Proposals as one says them.
fn either(of: &[String]) -> String {
    match of {
        [others @ .., last] if !others.is_empty() => format!("{} of {last}", others.join(", ")),
        of => of.concat(),
    }
}

/// What may be meant, if anything, and that text stands in quotes.
fn quote_it(near: &[String], text: &str) -> String {
    match near {
        [] => format!("zet tekst die u zoekt tussen aanhalingstekens: \"{text}\""),
        near => {
            format!("bedoelde u {}? Zet tekst die u zoekt tussen aanhalingstekens: \"{text}\"", either(near))
        }
    }
}

/// Where the values of a field are listed.
fn where_listed(field: &str) -> &'static str {
    match field.to_lowercase().as_str() {
        "code" => "het codeboek rechts noemt de codes",
        "coder" | "done" => "`verbatim coders` noemt de codeurs",
        "speaker" => "`verbatim documents DOC` noemt de sprekers van een document",
        "doc" | "document" | "case" | "title" => "de lijst links noemt de documenten en hun casussen",
        _ => "de tabellen in de map corpus hebben de waarden van dit veld",
    }
}

#[cfg(test)]
mod tests {
    use index::Query;

    use super::super::language::speak;
    use super::*;

    /// What is wrong and what to do, in a language.
    fn told(language: Language, why: &QueryError) -> String {
        speak(language);
        wrong_with_hint(why)
    }

    /// One of every error that reading a query can give.
    const WRONG: [&str; 33] = [
        "",
        "a \"b",
        "(a",
        "a)",
        "a ()",
        "a OR",
        "AND a",
        "(&)",
        "a - b",
        "a || b",
        "size > 250",
        "a *",
        "=werk*",
        "doc:a*b",
        "doc:*",
        "code:*",
        "ab~3",
        "a /b",
        "/(b/",
        "/b*/",
        "a NEAR/x b",
        "a near/8 b",
        "size>250",
        "role:x INSIDE b",
        "b INSIDE -c",
        "-a",
        "case:",
        "status=",
        "\"Number of staff\": 10",
        "case:(a b)",
        "a OR -b",
        "/[a/",
        "/a)/",
    ];

    /// Errors that only a study can give.
    fn of_a_study() -> Vec<QueryError> {
        let (name, value, text) = ("size".to_owned(), "veel".to_owned(), "size:veel".to_owned());
        let near = || vec!["size:large".to_owned(), "size:small".to_owned()];
        let unknown = |name: &str, near: Vec<String>, numbers| QueryError::UnknownValue {
            name: name.to_owned(),
            value: value.clone(),
            position: 1,
            near,
            numbers,
        };
        let field = |near, text: &str| QueryError::UnknownField {
            name: name.clone(),
            position: 1,
            text: text.to_owned(),
            near,
            known: "case:, doc:".to_owned(),
        };
        let qualifier = |near, known| QueryError::UnknownQualifier {
            name: name.clone(),
            position: 1,
            text: text.clone(),
            near,
            known,
        };
        let no_order = |values, ordered| QueryError::NoOrder {
            name: name.clone(),
            value: ">250".to_owned(),
            position: 1,
            values,
            ordered,
        };
        let bound = |dates, meant| QueryError::NoBound {
            name: name.clone(),
            value: value.clone(),
            position: 1,
            dates,
            meant,
        };
        let sign = |qualifier| QueryError::Sign {
            name: "size:".to_owned(),
            meant: "size=5".to_owned(),
            position: 1,
            qualifier,
        };
        let two_ways = |decimal| QueryError::Thousands {
            name: name.clone(),
            value: "1.200".to_owned(),
            position: 1,
            whole: "1200".to_owned(),
            decimal,
        };
        let mut all: Vec<QueryError> =
            ["coded", "memo", "done", "date", "speaker", "code", "coder", "doc", "sector"]
                .into_iter()
                .flat_map(|name| [unknown(name, near(), false), unknown(name, Vec::new(), false)])
                .collect();
        all.extend([
            unknown("size", Vec::new(), true),
            field(near(), "size:veel"),
            field(Vec::new(), "size:veel"),
            field(Vec::new(), "http://a.b"),
            qualifier(near(), Vec::new()),
            qualifier(Vec::new(), near()),
            no_order(near(), near()),
            no_order(Vec::new(), Vec::new()),
            bound(true, None),
            bound(false, None),
            bound(true, Some("2019-05-01".to_owned())),
            sign(true),
            sign(false),
            two_ways(Some("1.2".to_owned())),
            two_ways(None),
            QueryError::Unquoted { column: "Aantal (fte)".to_owned(), position: 1 },
            QueryError::Ambiguous {
                name: name.clone(),
                position: 1,
                tables: vec!["case".into(), "speaker".into()],
            },
            QueryError::Backwards { name: name.clone(), value: "9..1".to_owned(), position: 1 },
            QueryError::MixedOr(3),
            QueryError::NoCodes(3),
            QueryError::TooDeep { limit: 64, position: 3 },
            QueryError::TooManyWords(64),
            QueryError::TooManyParts(1000),
        ]);
        all
    }

    /// On the screen each speaks its language, hint included, and names the same character.
    #[test]
    fn every_error_is_told_in_dutch() {
        let english = [
            "the",
            "is",
            "at",
            "character",
            "has",
            "no",
            "not",
            "and",
            "or",
            "write",
            "put",
            "it",
            "to",
            "with",
            "fields",
            "are",
            "search",
            "quotes",
            "nothing",
            "value",
            "leave",
            "did",
            "you",
            "more",
            "than",
            "a",
        ];
        // Words that both languages have, and those of the language of queries.
        let both = ["is", "a", "no", "or", "not", "and", "at"];
        let mut all: Vec<QueryError> = WRONG.iter().map(|text| Query::parse(text).expect_err(text)).collect();
        all.extend(of_a_study());
        for why in &all {
            let en = told(Language::En, why);
            assert_eq!(
                en,
                if why.hint().is_empty() { why.to_string() } else { format!("{why} · {}", why.hint()) }
            );
            let nl = told(Language::Nl, why);
            let words = nl.split(|c: char| !c.is_alphanumeric());
            let left: Vec<&str> = words.filter(|w| english.contains(w) && !both.contains(w)).collect();
            assert!(left.is_empty(), "{nl}: {left:?}");
            let halves = |told: &str| told.split(" · ").map(str::to_owned).collect::<Vec<_>>();
            for (en, nl) in halves(&en).iter().zip(halves(&nl)) {
                assert_ne!(*en, nl);
            }
            assert_eq!(halves(&en).len(), halves(&nl).len(), "{nl}");
            if let Some(position) = why.position() {
                assert!(nl.contains(&format!("teken {position}")), "{nl}");
            }
        }
    }

    #[test]
    fn the_same_can_be_done_in_both_languages() {
        let nl = |text: &str| told(Language::Nl, &Query::parse(text).expect_err(text));
        assert_eq!(
            nl("budget OR"),
            "OR op teken 8 heeft niets achter zich · om het woord zelf te zoeken, schrijft u \"OR\" tussen aanhalingstekens"
        );
        assert_eq!(
            nl("\"goede zorg"),
            "het aanhalingsteken op teken 1 is niet gesloten · sluit de woordgroep met een tweede \""
        );
        assert_eq!(
            nl("code:*"),
            "code: op teken 1 heeft een sterretje en geen waarde ervoor · schrijf coded:yes"
        );
        let unknown = &of_a_study()[8];
        assert_eq!(
            told(Language::Nl, unknown),
            "geen speaker heet veel (teken 1) · bedoelde u size:large of size:small?"
        );
    }
}
