//! Words of the codebook screen, the walk through passages and the effect matrix.

use model::act::Change;
use model::revise::{Effect, Refusal};

use super::language::{Language, Text, spoken, t, tell};
use super::lists::count;
use crate::safe::safe;

/// Said where a codebook has no effects.
pub const NO_EFFECTS: Text = t("this codebook declares no effects", "dit codeboek noemt geen effecten");
/// Said where an act would change nothing.
pub const NOTHING: Text = t("nothing would change", "er zou niets veranderen");
/// Said where a label is missing.
pub const NO_LABEL: Text = t("a code needs a label", "een code heeft een naam nodig");
/// Said where a name is missing.
pub const NO_NAME: Text = t("a version needs a name", "een versie heeft een naam nodig");
/// What helps with a label.
pub const LABEL_HINT: Text =
    t("the id stays; nothing that was coded changes", "de id blijft; aan wat gecodeerd is verandert niets");
/// What helps with a definition.
pub const FIELD_HINT: Text =
    t("Enter takes it; empty takes the text away", "Enter neemt de tekst aan; leeg neemt hem weg");
/// Title of the question why.
pub const REASON: Text = t("why?", "waarom?");
/// What helps with it.
pub const REASON_HINT: Text = t(
    "stands in the log of the codebook; Enter alone leaves it out",
    "komt in het logboek van het codeboek; alleen Enter slaat het over",
);
/// What helps with an example.
pub const EXAMPLE_HINT: Text = t(
    "a sentence as somebody could say it; it is added to those that are there",
    "een zin zoals iemand die kan zeggen; komt bij de voorbeelden die er zijn",
);
/// What helps with a key.
pub const KEY_HINT: Text = t(
    "press the key; Backspace takes the key away, Esc leaves it as it is",
    "druk op de toets; Backspace neemt de toets weg, Esc laat hem zoals hij is",
);
/// What is to be chosen when a code is moved.
pub const MOVE_UNDER: Text = t("move under which code?", "onder welke code plaatsen?");
/// What is to be chosen when a code is merged.
pub const MERGE_INTO: Text = t("merge into which code?", "met welke code samenvoegen?");
/// Title of the label of the first code.
pub const NEW_FIRST: Text = t("the first code", "de eerste code");
/// What helps with a new code.
pub const NEW_HINT: Text = t(
    "Type a name. The code is provisional at first; it is part of \"done\" once you fix it (f).",
    "Typ een naam. De code is eerst voorlopig; zij telt mee bij \"gereed\" zodra u haar vastlegt (f).",
);
/// Said where a code has no coding of the coder.
pub const NOTHING_TO_SPLIT: Text = t(
    "you have no coding of this code itself to decide about",
    "u hebt van deze code zelf geen codering om over te beslissen",
);
/// Said where no coding waits for another look.
pub const NOTHING_AGAIN: Text = t(
    "no coding of yours was made before the definition became narrower",
    "geen codering van u is van vóór de engere definitie",
);
/// Said when a walk is left.
pub const NOTHING_WRITTEN: Text = t("left: nothing was changed", "verlaten: er is niets veranderd");
/// What helps with retiring.
pub const RETIRE_HINT: Text = t(
    "why, for the log (may be empty); its codings stay and keep their row in tables",
    "waarom, voor het logboek (mag leeg blijven); coderingen blijven en houden hun rij in tabellen",
);
/// Title of the question for a version.
pub const FREEZE: Text =
    t("freeze the codebook under which name?", "het codeboek onder welke naam bevriezen?");
/// What helps with it.
pub const FREEZE_HINT: Text = t(
    "such as 1.0: all codes become fixed, and the version stands in the codebook's file",
    "zoals 1.0: alle codes worden vast, en de versie komt in het bestand van het codeboek",
);
/// The choice of a new group.
pub const NEW_GROUP: Text = t("a new group", "een nieuwe groep");
/// What helps with its name.
pub const NEW_GROUP_HINT: Text = t(
    "its label, such as Flexibilities; the code comes into it",
    "de naam, zoals Flexibiliteiten; de code komt erin",
);
/// Title of the screen.
pub const TITLE: Text = t("Codebook", "Codeboek");
/// Headings of the columns: own passages, documents, all coders'.
pub const COLUMNS: [Text; 3] = [t("yours", "eigen"), t("docs", "docs"), t("all", "alle")];
/// What the columns count.
pub const COLUMNS_MEAN: Text = t(
    "yours: your passages · docs: documents with one · all: all coders' passages",
    "eigen: uw fragmenten · docs: documenten ermee · alle: van alle codeurs",
);
/// Beside a code that is not used any more.
pub const RETIRED: Text = t("retired", "uit gebruik");
/// Said in an empty codebook.
pub const EMPTY: Text = t("No codes yet: n makes the first one.", "Nog geen codes: n maakt de eerste.");
/// Names of the fields that say what a code means.
pub const FIELDS: [Text; 3] = [t("definition", "definitie"), t("include", "wel"), t("exclude", "niet")];
/// Before examples, effects, groups.
pub const EXAMPLE: Text = t("e.g.", "bv.");
/// Before the effects.
pub const EFFECTS: Text = t("effects", "effecten");
/// Before the groups.
pub const GROUPS: Text = t("groups", "groepen");
/// Title of the matrix.
pub const MATRIX: Text = t("Effects that the codebook declares", "Effecten die het codeboek noemt");
/// The last column of the matrix.
pub const DEGREE: Text = t("degree", "graad");
/// What the matrix is not.
pub const MATRIX_NOTE: Text = t(
    "declared in the codebook for each code, not measured in this study",
    "per code genoemd in het codeboek, niet gemeten in deze studie",
);

/// A value of an effect as a word.
pub fn effect(value: &str) -> String {
    match value {
        "+" => t("more", "meer").into(),
        "-" | "−" => t("less", "minder").into(),
        "?" => t("uncertain", "onzeker").into(),
        other => safe(other).into_owned(),
    }
}

/// An effect without a value: left blank on purpose, or not known.
pub fn no_effect(blank: bool) -> &'static str {
    if blank { t("blank", "leeg") } else { t("unknown", "onbekend") }.get()
}

/// One cell of the matrix, told in full.
pub fn matrix_cell(code: &str, dimension: &str, value: &str, basis: &str) -> String {
    let basis = if basis.is_empty() {
        String::new()
    } else {
        tell!(" · basis: {}", " · grondslag: {}", safe(basis))
    };
    format!("{} × {}: {value}{basis}", safe(code), safe(dimension))
}

/// How many codings.
fn these(codings: usize) -> String {
    count(codings, &t("coding", "codering"), &t("codings", "coderingen"))
}

/// How many documents.
fn count_documents(documents: usize) -> String {
    count(documents, &t("document", "document"), &t("documents", "documenten"))
}

/// Why a change was refused.
pub fn refused(why: &Refusal) -> String {
    let said = match (spoken(), why) {
        (Language::En, _) => why.to_string(),
        (Language::Nl, Refusal::NoCode(code)) => format!("er is geen code {code}"),
        (Language::Nl, Refusal::Merged(code, into)) => format!("code {code} is samengevoegd met {into}"),
        (Language::Nl, Refusal::Retired(code)) => format!("code {code} is uit gebruik"),
        (Language::Nl, Refusal::Fixed(code)) => format!("code {code} is al vast"),
        (Language::Nl, Refusal::Circle(code, under)) => {
            format!("{code} kan niet onder {under} komen, want die staat eronder")
        }
        (Language::Nl, Refusal::Itself(code)) => format!("{code} kan niet met zichzelf worden samengevoegd"),
        (Language::Nl, Refusal::Nothing) => NOTHING.to_owned(),
        (Language::Nl, Refusal::KeyTaken(key, code)) => format!("de toets {key} is van {code}"),
        (Language::Nl, Refusal::NoKey(key)) => format!("{key:?} kan geen toets van een code zijn"),
        (Language::Nl, Refusal::NoColor(color)) => format!("{color:?} is geen kleur"),
        (Language::Nl, Refusal::NotOfCode(coding, code)) => {
            format!("codering {coding} is niet van code {code}")
        }
        (Language::Nl, Refusal::NoSibling(code)) => format!("{code} staat daar niet"),
    };
    safe(&said).into_owned()
}

/// Title of the line for a label.
pub fn label(language: &str) -> String {
    tell!("label ({})", "naam ({})", safe(language))
}

/// Title of the line for a definition, include or exclude.
pub fn field(field: usize, code: &str, language: &str) -> String {
    let name = FIELDS.get(field).map_or("", |f| f.get());
    tell!("{name} of {} ({})", "{name} van {} ({})", safe(code), safe(language))
}

/// Title of the line for an example.
pub fn example(code: &str) -> String {
    tell!("an example of {}", "een voorbeeld van {}", safe(code))
}

/// Title of the question for a key.
pub fn key(code: &str) -> String {
    tell!("key for {}", "toets voor {}", safe(code))
}

/// Said where a key does something else.
pub fn key_taken(key: char) -> String {
    tell!(
        "{} does something else in the transcript; a digit or a free letter can be a code's key",
        "{} doet iets anders in het transcript; een cijfer of een vrije letter kan de toets van een code zijn",
        safe(&key.to_string())
    )
}

/// Title of the line for a new code under another.
pub fn new_under(code: &str) -> String {
    tell!("a new code under {}", "een nieuwe code onder {}", safe(code))
}

/// Title of the line for a new code behind another.
pub fn new_behind(code: &str) -> String {
    tell!("a new code behind {}", "een nieuwe code achter {}", safe(code))
}

/// Said after a code was made.
pub fn made(label: &str) -> String {
    tell!("new code: {} (provisional)", "nieuwe code: {} (voorlopig)", safe(label.trim()))
}

/// Title of the question what a new meaning does.
pub fn meaning_title(code: &str) -> String {
    tell!("{}: what does the new text do?", "{}: wat doet de nieuwe tekst?", safe(code))
}

/// One answer to that, with what follows from it.
pub fn meaning(effect: Effect, codings: usize, yours: usize, documents: usize) -> (String, String) {
    let whose = if yours == codings {
        String::new()
    } else {
        tell!(", {yours} of them yours", ", waarvan {yours} van u")
    };
    let codings =
        tell!("{} to look at again{whose} (w)", "{} om opnieuw te bekijken{whose} (w)", these(codings));
    let documents =
        tell!("{} reopened for this code", "{} heropend voor deze code", count_documents(documents));
    match effect {
        Effect::Wording => (
            t("wording only", "andere woorden").into(),
            t("it means what it meant: nothing to do", "het betekent wat het betekende: niets te doen")
                .into(),
        ),
        Effect::Narrower => (
            t("narrower", "enger").into(),
            tell!("less falls under it: {codings}", "er valt minder onder: {codings}"),
        ),
        Effect::Broader => (
            t("broader", "ruimer").into(),
            tell!("more falls under it: {documents}", "er valt meer onder: {documents}"),
        ),
        Effect::Both => (t("both", "beide").into(), format!("{codings}, {documents}")),
    }
}

/// Said after fields of a code changed.
pub fn changed(code: &str, effect: Effect, codings: usize, documents: usize) -> String {
    let mut out = tell!("changed: {}", "veranderd: {}", safe(code));
    if effect.narrows() && codings > 0 {
        let codings = these(codings);
        out += &tell!(" · {} of yours to look at again: w", " · {} van u om opnieuw te bekijken: w", codings);
    }
    if effect.broadens() && documents > 0 {
        out += &tell!(" · {} reopened for it: ;", " · {} ervoor heropend: ;", count_documents(documents));
    }
    out
}

/// Said after a code went up or down.
pub fn stepped(code: &str, up: bool) -> String {
    let where_to = if up { t("higher", "hoger") } else { t("lower", "lager") };
    tell!("{} stands one place {}", "{} staat een plaats {}", safe(code), where_to)
}

/// Said after a code was moved.
pub fn moved(code: &str, under: Option<&str>) -> String {
    match under {
        Some(under) => tell!("{} stands under {}", "{} staat onder {}", safe(code), safe(under)),
        None => tell!("{} stands at the top", "{} staat bovenaan", safe(code)),
    }
}

/// Said after codes were merged.
pub fn merged(code: &str, into: &str, codings: usize) -> String {
    let codings =
        count(codings, &t("coding counts", "codering telt"), &t("codings count", "coderingen tellen"));
    tell!(
        "{} is another name of {} now: {codings} there",
        "{} is nu een andere naam van {}: {codings} daar",
        safe(code),
        safe(into)
    )
}

/// Title of the list for the first code of a split.
pub fn split_first(code: &str) -> String {
    tell!("split {}: the first code", "{} splitsen: de eerste code", safe(code))
}

/// Title of the list for the second.
pub fn split_second(code: &str, first: &str) -> String {
    tell!("split {}: {} and which other?", "{} splitsen: {} en welke andere?", safe(code), safe(first))
}

/// Title of a walk that splits.
pub fn walk_split(code: &str) -> String {
    tell!("split {}", "{} splitsen", safe(code))
}

/// Title of a walk that looks again.
pub fn walk_again(code: &str) -> String {
    tell!("{}: does it still fit?", "{}: past het nog?", safe(code))
}

/// What is offered where it is looked again.
pub const STILL: [Text; 2] =
    [t("it fits", "past"), t("it does not: remove the coding", "past niet: de codering verwijderen")];
/// What leaves a passage as it is.
pub const AS_IT_IS: Text = t("as it is", "zoals het is");
/// Beside a passage that is not decided.
pub const OPEN: &str = "?";

/// How far a walk is.
pub fn walk_progress(done: usize, all: usize) -> String {
    tell!(
        "{done} of {} decided",
        "{done} van {} beslist",
        count(all, &t("passage", "fragment"), &t("passages", "fragmenten"))
    )
}

/// Said after a walk.
pub fn walked(code: &str, done: usize, all: usize) -> String {
    tell!(
        "{}: {} · one act, u takes it back",
        "{}: {} · één handeling; toets u: terugnemen",
        safe(code),
        walk_progress(done, all)
    )
}

/// Title of the question how a code is fixed.
pub fn fix(code: &str) -> String {
    tell!(
        "fix {}: what are documents worth that were done before?",
        "{} vastleggen: wat zijn documenten waard die al gereed waren?",
        safe(code)
    )
}

/// Title of the same question where a codebook is frozen.
pub fn freeze_fixes(codes: usize) -> String {
    tell!(
        "{} become fixed: what are documents worth that were done before?",
        "{} worden vast: wat zijn documenten waard die al gereed waren?",
        count(codes, &t("code", "code"), &t("codes", "codes"))
    )
}

/// One answer to that, with what follows from it.
pub fn earlier(word: &str) -> (String, String) {
    let (word, what) = match word {
        "reopen" => (
            t("reopen", "heropenen"),
            t(
                "they are open again for it, until they are read once more",
                "ze zijn er weer voor open, tot ze nog eens gelezen zijn",
            ),
        ),
        "offer" => (
            t("offer", "zoeken"),
            t(
                "only those with open hits of its rules are open again; ! lists the hits",
                "alleen die met open treffers van zijn regels zijn weer open; ! toont de treffers",
            ),
        ),
        _ => (
            t("declared", "verklaren"),
            t(
                "the earlier reading would have caught it: where it is not coded it counts as 0",
                "de eerdere lezing had het opgemerkt: waar het niet gecodeerd is telt het als 0",
            ),
        ),
    };
    (word.into(), what.into())
}

/// Said after a code was fixed while no document is done.
pub fn fixed_first(code: &str) -> String {
    tell!(
        "{} is fixed: part of \"done\" from now on",
        "{} is vast: telt voortaan mee bij \"gereed\"",
        safe(code)
    )
}

/// Said after a code was fixed.
pub fn fixed(code: &str, word: &str) -> String {
    let what = if word == "declared" {
        t(
            "documents done before count as read for it",
            "documenten die gereed waren gelden als ervoor gelezen",
        )
    } else {
        t(
            "documents done before are open again for it: ; goes there",
            "documenten die gereed waren zijn er weer voor open: ; gaat erheen",
        )
    };
    tell!("{} is fixed; {what}", "{} is vast; {what}", safe(code))
}

/// Title of the question why a code is retired.
pub fn retire(code: &str) -> String {
    tell!("retire {}: why?", "{} uit gebruik nemen: waarom?", safe(code))
}

/// Said after a code was retired.
pub fn retired(code: &str, codings: usize) -> String {
    tell!("{} is retired; {} stay", "{} is uit gebruik; {} blijven", safe(code), these(codings))
}

/// Said after the codebook was frozen.
pub fn frozen(name: &str) -> String {
    tell!("the codebook is frozen as {}", "het codeboek is bevroren als {}", safe(name))
}

/// Title of the list of groups.
pub fn group(code: &str) -> String {
    tell!("groups of {}", "groepen van {}", safe(code))
}

/// A group, and what choosing it does.
pub fn in_group(label: &str, inside: bool) -> (String, String) {
    let what = if inside {
        t("it is in: take it out", "staat erin: eruit halen")
    } else {
        t("put it in", "erin zetten")
    };
    (safe(label).into_owned(), what.into())
}

/// Said after a code came into a group or left it.
pub fn grouped(code: &str, group: &str, inside: bool) -> String {
    let now = if inside { t("in", "in") } else { t("no longer in", "niet meer in") };
    tell!("{} is {} {}", "{} staat {} {}", safe(code), now, safe(group))
}

/// How many codings ask for another look.
pub fn again(n: usize) -> String {
    tell!("{} made before the definition became narrower: w", "{} van vóór de engere definitie: w", these(n))
}

/// The version of a codebook.
pub fn version(name: &str) -> String {
    tell!("version {}", "versie {}", safe(name))
}

/// The code that a change of the codebook is about, and what it does; none for other changes.
pub fn of(change: &Change) -> Option<(&str, &'static str)> {
    Some(match change {
        Change::CodeChanged(c) => (&c.code, t("changing", "veranderen:").get()),
        Change::CodeMoved(c) => (&c.code, t("moving", "verplaatsen:").get()),
        Change::CodeMerged(c) => (&c.code, t("merging", "samenvoegen:").get()),
        Change::CodeRetired(c) => (&c.code, t("retiring", "uit gebruik:").get()),
        Change::CodeFixed(c) => (&c.code, t("fixing", "vastleggen:").get()),
        Change::Setting(s) if s.key.ends_with(".version") => {
            ("", t("freezing the codebook", "codeboek bevriezen").get())
        }
        Change::Setting(s) if s.key.ends_with(".groups") => ("", t("grouping", "groeperen").get()),
        Change::Setting(s) if s.key.ends_with(".qualifiers") => {
            ("", t("qualifiers of the codebook", "kwalificaties van het codeboek").get())
        }
        _ => return None,
    })
}

/// What an act on the codebook did, for undo.
pub fn act(label: &str, what: &str) -> String {
    format!("{what} {label}").trim().to_owned()
}
