//! Words about codings that are changed, about qualifiers and new codes, and about what acts did.

use model::act::{Act, Change, CodingAdded, CodingChanged, Subject};
use model::id::{ActId, ThingId};

use super::language::{Text, t, tell};
use super::{place, quote};
use crate::desk::Desk;
use crate::safe::{fit, safe};

/// Said when the codebook has no qualifiers.
pub const NO_QUALIFIERS: Text =
    t("the codebook of this code has no qualifiers", "het codeboek van deze code heeft geen kwalificaties");
/// Said when there is no other coding here.
pub const ONLY_ONE: Text =
    t("there is one coding here, and it is the one at hand", "hier is één codering, en die is al gekozen");
/// Said when a coding cannot be moved to a selection.
pub const SELECT_FIRST: Text = t(
    "first select the text that the coding should cover (s t w e v), some of it coded already",
    "selecteer eerst de tekst van de codering (s t w e v), deels al gecodeerd",
);
/// Said when a coding cannot be split.
pub const SPLIT_INSIDE: Text = t(
    "put the cursor inside the coding, where its second part should begin",
    "zet de cursor in de codering, waar het tweede deel moet beginnen",
);
/// Title of the list of cases.
pub const WHICH_CASE: Text = t("set the coding to which case?", "de codering bij welke casus zetten?");
/// The first choice of that list.
pub const NO_CASE_SET: Text = t("(that of its speaker or document)", "(die van de spreker of het document)");
/// Title of the list of languages.
pub const WHICH_LANGUAGE: Text = t("translate into which language?", "in welke taal vertalen?");
/// Said when nothing in a list fits.
pub const NOTHING_FITS: Text =
    t("nothing in the list fits what was typed", "niets in de lijst past bij wat getypt is");
/// What a new code may have beside its name.
pub const COLORS: [(Text, &str); 10] = [
    (t("blue", "blauw"), "#1a64f8"),
    (t("orange", "oranje"), "#e67e22"),
    (t("green", "groen"), "#2e9e4f"),
    (t("red", "rood"), "#c0392b"),
    (t("purple", "paars"), "#9a42ba"),
    (t("teal", "zeegroen"), "#1abc9c"),
    (t("brown", "bruin"), "#8a5a2b"),
    (t("pink", "roze"), "#e26ca5"),
    (t("olive", "olijf"), "#8a8f1a"),
    (t("grey", "grijs"), "#808890"),
];

/// The questions of a form: label and hint.
pub const WEIGHT: (Text, Text) = (
    t("Weight", "Gewicht"),
    t(
        "a number in your own unit, such as 2 or 0,5; empty takes it off",
        "een getal in uw eigen maat, zoals 2 of 0,5; leeg neemt het weg",
    ),
);
/// See [`WEIGHT`].
pub const IN_VIVO: (Text, Text) = (
    t("Name", "Naam"),
    t(
        "Ctrl-n: choose the code above it, a colour, a definition too",
        "Ctrl-n: ook de code erboven, een kleur en een definitie kiezen",
    ),
);
/// See [`WEIGHT`].
pub const COLOR: (Text, Text) = (
    t("Colour", "Kleur"),
    t(
        "↑ ↓ choose, or #rrggbb; empty: that of the code above",
        "↑ ↓ kiezen, of #rrggbb; leeg: die van de code erboven",
    ),
);
/// See [`WEIGHT`].
pub const DEFINITION: (Text, Text) = (
    t("Definition", "Definitie"),
    t(
        "what counts as this code, in a line; may stay empty",
        "wat onder deze code valt, in een regel; mag leeg blijven",
    ),
);

/// Title over a weight.
pub const WEIGHT_TITLE: Text = t("Weight of the coding", "Gewicht van de codering");
/// Title over an in-vivo code.
pub const IN_VIVO_TITLE: Text =
    t("New code in the words of the text", "Nieuwe code in de woorden van de tekst");
/// Title over the rest of a new code.
pub const NEW_CODE_TITLE: Text = t(
    "New code: colour and definition (Enter leaves each open)",
    "Nieuwe code: kleur en definitie (Enter laat ze open)",
);
/// Words in the footer for the last answer of a form.
pub const MAKE_AND_APPLY: Text = t("make and apply", "maken, toekennen");
/// See [`MAKE_AND_APPLY`].
pub const SET: Text = t("set", "zetten");

/// Said when a colour is none.
pub fn no_color(text: &str) -> String {
    let names: Vec<&str> = COLORS.iter().map(|(n, _)| n.get()).collect();
    tell!("{} is no colour: {} or #rrggbb", "{} is geen kleur: {} of #rrggbb", quote(text), names.join(", "))
}

/// Said after a coding was given another code.
pub fn recoded(from: &str, to: &str) -> String {
    tell!("{} instead of {}", "{} in plaats van {}", safe(to), safe(from))
}

/// Said after a coding was moved.
pub fn resized(label: &str, text: &str) -> String {
    tell!("{} now covers {}", "{} beslaat nu {}", safe(label), quote(text))
}

/// Said after a coding was split.
pub fn split(label: &str) -> String {
    tell!(
        "two codings of {}; the second begins at the cursor",
        "twee coderingen van {}; de tweede begint bij de cursor",
        safe(label)
    )
}

/// Said after codings were merged.
pub fn merged(label: &str, n: usize) -> String {
    tell!("{n} codings of {} are one", "{n} coderingen van {} zijn er één", safe(label))
}

/// Said when there is nothing to merge with.
pub fn nothing_beside(label: &str) -> String {
    tell!("no other coding of {} touches this one", "geen andere codering van {} raakt aan deze", safe(label))
}

/// Said after the mark of an example came or went.
pub fn exemplar(label: &str, marked: bool) -> String {
    if marked {
        tell!("a telling example of {}", "een sprekend voorbeeld van {}", safe(label))
    } else {
        tell!("no longer an example of {}", "geen voorbeeld meer van {}", safe(label))
    }
}

/// Said when a weight is no number.
pub fn no_number(text: &str) -> String {
    tell!("{} is no number: write it as 2 or 0,5", "{} is geen getal: schrijf het als 2 of 0,5", quote(text))
}

/// Said after a weight was set.
pub fn weighed(weight: Option<f64>) -> String {
    weight_or_none(weight)
}

/// Said after a case was set.
pub fn case_set(name: Option<&str>) -> String {
    match name {
        Some(name) => tell!("set to {}", "bij {} gezet", safe(name)),
        None => t(
            "the case is that of its speaker or document again",
            "de casus is weer die van de spreker of het document",
        )
        .into(),
    }
}

/// One value in the box of qualifiers.
pub fn quality(label: &str, chosen: bool, default: bool) -> String {
    let sign = if chosen { "●" } else { "○" };
    let remark = if default { t(" (default)", " (standaard)") } else { t("", "") };
    format!("{sign} {}{remark}", safe(label))
}

/// Said when a key is no value's.
pub fn no_quality(key: char) -> String {
    tell!("no value has the key {}", "geen waarde heeft de toets {}", safe(&key.to_string()))
}

/// Said after a qualifier was set.
pub fn qualified(name: &str, value: &str) -> String {
    format!("{}: {}", safe(name), safe(value))
}

/// Said after a qualifier was taken off.
pub fn unqualified(name: &str) -> String {
    tell!("{}: nothing said", "{}: niets gezegd", safe(name))
}

/// Title of the palette when it gives a coding another code.
pub const CHANGE_TO: Text = t("change the coding to which code?", "de codering welke code geven?");

/// A weight among the facts of a coding.
pub fn weight(weight: f64) -> String {
    tell!("weight {weight}", "gewicht {weight}")
}

fn weight_or_none(known: Option<f64>) -> String {
    known.map_or_else(|| t("no weight", "geen gewicht").into(), weight)
}

/// An example among the facts of a coding.
pub const EXAMPLE: Text = t("example", "voorbeeld");
/// A memo among the facts of a coding.
pub const HAS_MEMO: Text = t("has a memo", "heeft een memo");

/// How to take another coding at the same place in hand.
pub fn one_of(at: usize, all: usize) -> String {
    tell!("{at} of {all} here, next: a c", "{at} van {all} hier, volgende: a c")
}

/// Said when a new code was not made after all.
pub const NO_NEW_CODE: Text = t("no code was made", "er is geen code gemaakt");

/// Where a coding was made, and with which code.
fn made(desk: &Desk, id: ThingId) -> Option<&CodingAdded> {
    let mut k = 0;
    desk.state.act(id.act)?.changes.iter().find_map(|c| {
        k += u32::from(c.makes());
        match c {
            Change::CodingAdded(c) if k == id.k => Some(&**c),
            _ => None,
        }
    })
}

/// The label of a code by its id.
pub(super) fn label(desk: &Desk, code: &str) -> String {
    let at = desk.coded.codebook.position(code);
    safe(at.map_or(code, |i| desk.label(i))).into_owned()
}

/// The code that a coding had before an act.
fn code_before(desk: &Desk, id: ThingId, act: ActId) -> Option<String> {
    let history = desk.state.coding_history(id);
    let earlier = history.into_iter().rev().filter(|a| a.id < act && desk.state.is_live(a.id));
    let mut changed = earlier.flat_map(|a| &a.changes).filter_map(|c| match c {
        Change::CodingChanged(c) if c.coding == id => c.code.as_deref(),
        _ => None,
    });
    changed.next().or_else(|| made(desk, id).map(|c| c.code.as_str())).map(|c| label(desk, c))
}

/// A coding, in a few words, as it was before an act: `Training on turn 5`.
pub fn of_coding(desk: &Desk, id: ThingId, act: ActId) -> String {
    match (code_before(desk, id, act), made(desk, id)) {
        (Some(code), Some(c)) => {
            tell!("{code} on {}", "{code} op {}", place(desk, &c.anchor.document, c.anchor.span()))
        }
        _ => t("a coding", "een codering").into(),
    }
}

/// A memo, by its title or its first words.
pub fn memo_name(title: &str, body: &str) -> String {
    let text = if title.trim().is_empty() { body } else { title };
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", fit(&safe(&one_line), 30))
}

/// What a memo is about.
pub fn subject(desk: &Desk, on: &Subject) -> String {
    match on {
        Subject::Study => t("the study", "de studie").into(),
        Subject::Document(d) => {
            desk.corpus.document(d).map_or_else(|| safe(d).into_owned(), |d| safe(&d.title).into_owned())
        }
        Subject::Case(c) => {
            desk.corpus.case(c).map_or_else(|| safe(c).into_owned(), |c| safe(&c.name).into_owned())
        }
        Subject::Code(c) => label(desk, c),
        Subject::Coding(id) => now(desk, *id),
        Subject::Passage(a) => quote(a.quote()),
    }
}

/// What one change of a coding did.
fn changed(desk: &Desk, c: &CodingChanged, act: ActId) -> String {
    let coding = of_coding(desk, c.coding, act);
    if let Some(code) = &c.code {
        return tell!("{} instead of {coding}", "{} in plaats van {coding}", label(desk, code));
    }
    let mut what = Vec::new();
    if c.anchor.is_some() {
        what.push(t("new bounds", "nieuwe grenzen").into());
    }
    match &c.case {
        Some(Some(case)) => {
            what.push(tell!("case {}", "casus {}", subject(desk, &Subject::Case(case.clone()))));
        }
        Some(None) => what.push(t("no case of its own", "geen eigen casus").into()),
        None => {}
    }
    if let Some(set) = &c.qualifiers {
        let set: Vec<String> = set.iter().map(|(k, v)| format!("{} {}", safe(k), safe(v))).collect();
        what.push(if set.is_empty() {
            t("no qualifiers", "geen kwalificaties").into()
        } else {
            set.join(", ")
        });
    }
    if let Some(set) = c.weight {
        what.push(weight_or_none(set));
    }
    match &c.note {
        Some(Some(_)) => what.push(t("a note", "een notitie").into()),
        Some(None) => what.push(t("no note", "geen notitie").into()),
        None => {}
    }
    if what.is_empty() { coding } else { format!("{}: {coding}", what.join(", ")) }
}

/// What an act did, for the kinds that this room knows.
pub(super) fn act(desk: &Desk, act: &Act) -> Option<String> {
    let removals = |c: &[Change]| c.iter().all(|c| matches!(c, Change::CodingRemoved(_)));
    Some(match act.changes.as_slice() {
        [Change::CodingChanged(c)] => changed(desk, c, act.id),
        [Change::CodingChanged(c), Change::CodingAdded(_)] => {
            tell!("splitting {}", "splitsen: {}", of_coding(desk, c.coding, act.id))
        }
        [Change::CodingChanged(c), rest @ ..] if !rest.is_empty() && removals(rest) => {
            tell!(
                "merging {} of {}",
                "samenvoegen: {} van {}",
                rest.len() + 1,
                of_coding(desk, c.coding, act.id)
            )
        }
        [Change::ExemplarMarked(c)] => {
            tell!("example: {}", "voorbeeld: {}", of_coding(desk, c.coding, act.id))
        }
        [Change::ExemplarUnmarked(c)] => {
            tell!("no example: {}", "geen voorbeeld: {}", of_coding(desk, c.coding, act.id))
        }
        [Change::TranslationWritten(t)] => {
            tell!(
                "translation ({}) of {}",
                "vertaling ({}) van {}",
                safe(&t.language),
                of_coding(desk, t.coding, act.id)
            )
        }
        [Change::MemoWritten(m)] => {
            let name = memo_name(&m.title, &m.body);
            let about = subject(desk, &m.on);
            if m.memo.is_none() {
                tell!("memo {name} on {about}", "memo {name} over {about}")
            } else {
                tell!("new wording of memo {name}", "nieuwe versie van memo {name}")
            }
        }
        [Change::MemoRemoved(m)] => {
            let wordings = desk.state.acts().iter().rev().flat_map(|a| a.changes.iter().map(move |c| (a, c)));
            let mut name = wordings.filter_map(|(a, c)| match c {
                Change::MemoWritten(w)
                    if w.memo == Some(m.memo) || (w.memo.is_none() && a.id == m.memo.act) =>
                {
                    Some(memo_name(&w.title, &w.body))
                }
                _ => None,
            });
            tell!("removing memo {}", "verwijderen: memo {}", name.next().unwrap_or_default())
        }
        [Change::SummaryWritten(s)] => {
            tell!(
                "summary of {} in {}",
                "samenvatting van {} in {}",
                label(desk, &s.code),
                subject(desk, &Subject::Case(s.case.clone()))
            )
        }
        [Change::CoderIntroduced(c)] => tell!("{} joined", "{} doet mee", safe(&c.coder)),
        [Change::Undone(u)] => tell!("undo of: {}", "ongedaan maken van: {}", target(desk, u.act)),
        [Change::Redone(u)] => tell!("redo of: {}", "opnieuw doen van: {}", target(desk, u.act)),
        [Change::Undone(_), ..] => {
            tell!("undo of: {}", "ongedaan maken van: {}", super::acts(act.changes.len()))
        }
        [Change::Redone(_), ..] => {
            tell!("redo of: {}", "opnieuw doen van: {}", super::acts(act.changes.len()))
        }
        changes => return super::searches::act(desk, changes),
    })
}

fn target(desk: &Desk, id: ActId) -> String {
    desk.state.act(id).map_or_else(
        || t("an act that is not here", "een handeling die hier niet is").into(),
        |a| super::act(desk, a),
    )
}

/// A coding, in a few words, as it is now.
pub fn now(desk: &Desk, id: ThingId) -> String {
    of_coding(desk, id, ActId::from_parts(u64::MAX, u64::MAX, u32::MAX))
}

/// Said when the name of a code has too many characters.
pub fn name_too_long(most: usize) -> String {
    tell!(
        "at most {most} characters: a name is not the passage itself",
        "hoogstens {most} tekens: een naam is niet het fragment zelf"
    )
}
