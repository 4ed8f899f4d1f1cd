//! Words about codings that are changed, about qualifiers and new codes, and about what acts did.

use model::act::{Act, Change, CodingAdded, CodingChanged, Subject};
use model::id::{ActId, ThingId};

use super::{place, quote};
use crate::desk::Desk;
use crate::safe::{fit, safe};

/// Said when the codebook has no qualifiers.
pub const NO_QUALIFIERS: &str = "the codebook of this code has no qualifiers";
/// Said when there is no other coding here.
pub const ONLY_ONE: &str = "there is one coding here, and it is the one at hand";
/// Said when a coding cannot be moved to a selection.
pub const SELECT_FIRST: &str =
    "first select the text that the coding should cover (s t w e v), some of it coded already";
/// Said when a coding cannot be split.
pub const SPLIT_INSIDE: &str = "put the cursor inside the coding, where its second part should begin";
/// Title of the list of cases.
pub const WHICH_CASE: &str = "set the coding to which case?";
/// The first choice of that list.
pub const NO_CASE_SET: &str = "(that of its speaker or document)";
/// Title of the list of languages.
pub const WHICH_LANGUAGE: &str = "translate into which language?";
/// Said when nothing in a list fits.
pub const NOTHING_FITS: &str = "nothing in the list fits what was typed";
/// What a new code may have beside its name.
pub const COLORS: [(&str, &str); 10] = [
    ("blue", "#1a64f8"),
    ("orange", "#e67e22"),
    ("green", "#2e9e4f"),
    ("red", "#c0392b"),
    ("purple", "#9a42ba"),
    ("teal", "#1abc9c"),
    ("brown", "#8a5a2b"),
    ("pink", "#e26ca5"),
    ("olive", "#8a8f1a"),
    ("grey", "#808890"),
];

/// The questions of a form: label and hint.
pub const WEIGHT: (&str, &str) =
    ("Weight", "a number in your own unit, such as 2 or 0,5; empty takes it off");
/// See [`WEIGHT`].
pub const IN_VIVO: (&str, &str) = ("Name", "Ctrl-n: choose the code above it, a colour, a definition too");
/// See [`WEIGHT`].
pub const COLOR: (&str, &str) = ("Colour", "↑ ↓ choose, or #rrggbb; empty: that of the code above");
/// See [`WEIGHT`].
pub const DEFINITION: (&str, &str) = ("Definition", "what counts as this code, in a line; may stay empty");

/// Title over a weight.
pub const WEIGHT_TITLE: &str = "Weight of the coding";
/// Title over an in-vivo code.
pub const IN_VIVO_TITLE: &str = "New code in the words of the text";
/// Title over the rest of a new code.
pub const NEW_CODE_TITLE: &str = "New code: colour and definition (Enter leaves each open)";
/// Words in the footer for the last answer of a form.
pub const MAKE_AND_APPLY: &str = "make and apply";
/// See [`MAKE_AND_APPLY`].
pub const SET: &str = "set";

/// Said when a colour is none.
pub fn no_color(text: &str) -> String {
    let names: Vec<&str> = COLORS.iter().map(|(n, _)| *n).collect();
    format!("{} is no colour: {} or #rrggbb", quote(text), names.join(", "))
}

/// Said after a coding was given another code.
pub fn recoded(from: &str, to: &str) -> String {
    format!("{} instead of {}", safe(to), safe(from))
}

/// Said after a coding was moved.
pub fn resized(label: &str, text: &str) -> String {
    format!("{} now covers {}", safe(label), quote(text))
}

/// Said after a coding was split.
pub fn split(label: &str) -> String {
    format!("two codings of {}; the second begins at the cursor", safe(label))
}

/// Said after codings were merged.
pub fn merged(label: &str, n: usize) -> String {
    format!("{n} codings of {} are one", safe(label))
}

/// Said when there is nothing to merge with.
pub fn nothing_beside(label: &str) -> String {
    format!("no other coding of {} touches this one", safe(label))
}

/// Said after the mark of an example came or went.
pub fn exemplar(label: &str, marked: bool) -> String {
    if marked {
        format!("a telling example of {}", safe(label))
    } else {
        format!("no longer an example of {}", safe(label))
    }
}

/// Said when a weight is no number.
pub fn no_number(text: &str) -> String {
    format!("{} is no number: write it as 2 or 0,5", quote(text))
}

/// Said after a weight was set.
pub fn weighed(weight: Option<f64>) -> String {
    weight.map_or_else(|| "no weight".to_owned(), |w| format!("weight {w}"))
}

/// Said after a case was set.
pub fn case_set(name: Option<&str>) -> String {
    match name {
        Some(name) => format!("set to {}", safe(name)),
        None => "the case is that of its speaker or document again".to_owned(),
    }
}

/// One value in the box of qualifiers.
pub fn quality(label: &str, chosen: bool, default: bool) -> String {
    let sign = if chosen { "●" } else { "○" };
    let remark = if default { " (default)" } else { "" };
    format!("{sign} {}{remark}", safe(label))
}

/// Said when a key is no value's.
pub fn no_quality(key: char) -> String {
    format!("no value has the key {}", safe(&key.to_string()))
}

/// Said after a qualifier was set.
pub fn qualified(name: &str, value: &str) -> String {
    format!("{}: {}", safe(name), safe(value))
}

/// Said after a qualifier was taken off.
pub fn unqualified(name: &str) -> String {
    format!("{}: nothing said", safe(name))
}

/// Title of the palette when it gives a coding another code.
pub const CHANGE_TO: &str = "change the coding to which code?";

/// A weight among the facts of a coding.
pub fn weight(weight: f64) -> String {
    format!("weight {weight}")
}

/// An example among the facts of a coding.
pub const EXAMPLE: &str = "example";
/// A memo among the facts of a coding.
pub const HAS_MEMO: &str = "has a memo";

/// How to take another coding at the same place in hand.
pub fn one_of(at: usize, all: usize) -> String {
    format!("{at} of {all} here, next: a c")
}

/// Said when a new code was not made after all.
pub const NO_NEW_CODE: &str = "no code was made";

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
        (Some(code), Some(c)) => format!("{code} on {}", place(desk, &c.anchor.document, c.anchor.span())),
        _ => "a coding".to_owned(),
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
        Subject::Study => "the study".to_owned(),
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
        return format!("{} instead of {coding}", label(desk, code));
    }
    let mut what = Vec::new();
    if c.anchor.is_some() {
        what.push("new bounds".to_owned());
    }
    match &c.case {
        Some(Some(case)) => what.push(format!("case {}", subject(desk, &Subject::Case(case.clone())))),
        Some(None) => what.push("no case of its own".to_owned()),
        None => {}
    }
    if let Some(set) = &c.qualifiers {
        let set: Vec<String> = set.iter().map(|(k, v)| format!("{} {}", safe(k), safe(v))).collect();
        what.push(if set.is_empty() { "no qualifiers".to_owned() } else { set.join(", ") });
    }
    match c.weight {
        Some(Some(w)) => what.push(format!("weight {w}")),
        Some(None) => what.push("no weight".to_owned()),
        None => {}
    }
    match &c.note {
        Some(Some(_)) => what.push("a note".to_owned()),
        Some(None) => what.push("no note".to_owned()),
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
            format!("splitting {}", of_coding(desk, c.coding, act.id))
        }
        [Change::CodingChanged(c), rest @ ..] if !rest.is_empty() && removals(rest) => {
            format!("merging {} of {}", rest.len() + 1, of_coding(desk, c.coding, act.id))
        }
        [Change::ExemplarMarked(c)] => format!("example: {}", of_coding(desk, c.coding, act.id)),
        [Change::ExemplarUnmarked(c)] => format!("no example: {}", of_coding(desk, c.coding, act.id)),
        [Change::TranslationWritten(t)] => {
            format!("translation ({}) of {}", safe(&t.language), of_coding(desk, t.coding, act.id))
        }
        [Change::MemoWritten(m)] => {
            let name = memo_name(&m.title, &m.body);
            let about = subject(desk, &m.on);
            if m.memo.is_none() {
                format!("memo {name} on {about}")
            } else {
                format!("new wording of memo {name}")
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
            format!("removing memo {}", name.next().unwrap_or_default())
        }
        [Change::SummaryWritten(s)] => {
            format!(
                "summary of {} in {}",
                label(desk, &s.code),
                subject(desk, &Subject::Case(s.case.clone()))
            )
        }
        [Change::CoderIntroduced(c)] => format!("{} joined", safe(&c.coder)),
        changes if changes.len() > 1 => several(changes)?,
        [Change::Undone(u)] => format!("undo of: {}", target(desk, u.act)),
        [Change::Redone(u)] => format!("redo of: {}", target(desk, u.act)),
        _ => return None,
    })
}

/// Several changes of one kind.
fn several(changes: &[Change]) -> Option<String> {
    let first = changes.first()?;
    if changes.iter().any(|c| c.kind() != first.kind()) {
        return None;
    }
    let what = match first {
        Change::CodingAdded(_) => "codings",
        Change::CodingChanged(_) => "codings changed",
        Change::CodingRemoved(_) => "codings removed",
        Change::ExemplarMarked(_) => "examples marked",
        Change::ExemplarUnmarked(_) => "examples unmarked",
        Change::TranslationWritten(_) => "translations",
        Change::MemoWritten(_) => "memos",
        Change::Done(_) => "documents done",
        Change::Reopened(_) => "documents reopened",
        Change::CodeAdded(_) => "new codes",
        _ => return None,
    };
    Some(format!("{} {what}", changes.len()))
}

fn target(desk: &Desk, id: ActId) -> String {
    desk.state.act(id).map_or_else(|| "an act that is not here".to_owned(), |a| super::act(desk, a))
}

/// A coding, in a few words, as it is now.
pub fn now(desk: &Desk, id: ThingId) -> String {
    of_coding(desk, id, ActId::from_parts(u64::MAX, u64::MAX, u32::MAX))
}

/// Said when the name of a code has too many characters.
pub fn name_too_long(most: usize) -> String {
    format!("at most {most} characters: a name is not the passage itself")
}
