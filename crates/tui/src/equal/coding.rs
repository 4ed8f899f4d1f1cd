//! Acts on codings, and what is written about them, as commands.

use model::act::{Act, Change, CodingChanged, MemoWritten, Subject};
use model::state::State;

use super::{Command, thing};
use crate::layers::write::KINDS;

/// The one command for an act whose changes only mean something together.
pub(super) fn whole(act: &Act) -> Option<Vec<Command>> {
    let removed = |c: &Change| match c {
        Change::CodingRemoved(c) => Some(thing(c.coding)),
        _ => None,
    };
    match act.changes.as_slice() {
        [Change::CodingChanged(first), Change::CodingAdded(second)] if first.anchor.is_some() => {
            let at = second.anchor.start.to_string();
            Some(vec![Command::new(&["codings", "split", &thing(first.coding), &at])])
        }
        [Change::CodingChanged(first), rest @ ..] if first.anchor.is_some() && !rest.is_empty() => {
            let others: Vec<String> = rest.iter().map(removed).collect::<Option<_>>()?;
            let command = Command::new(&["codings", "merge", &thing(first.coding)]);
            Some(vec![command.words(others.iter().map(String::as_str))])
        }
        _ => None,
    }
}

/// The commands that do a change of a coding, or write about something.
pub(super) fn change(before: &State, change: &Change) -> Option<Vec<Command>> {
    let one = match change {
        Change::CodingAdded(c) => {
            let span = c.anchor.span();
            let (start, end) = (span.start.to_string(), span.end.to_string());
            let mut out = Command::new(&["code", &c.anchor.document, &start, &end, &c.code]);
            if let Some(case) = &c.case {
                out = out.option("--case", case);
            }
            if let Some(weight) = c.weight {
                out = out.option("--weight", &weight.to_string());
            }
            if let Some(note) = &c.note {
                out = out.option("--note", note);
            }
            c.qualifiers.iter().fold(out, |out, (k, v)| out.option("--qualifier", &format!("{k}={v}")))
        }
        Change::CodingChanged(c) => return Some(changed(before, c)),
        Change::CodingRemoved(c) => Command::new(&["uncode"]).to(thing(c.coding)),
        Change::ExemplarMarked(c) => Command::new(&["exemplar", "mark"]).to(thing(c.coding)),
        Change::ExemplarUnmarked(c) => Command::new(&["exemplar", "unmark"]).to(thing(c.coding)),
        Change::TranslationWritten(t) => {
            Command::new(&["exemplar", "translate"]).words([&thing(t.coding), t.language.as_str(), &t.body])
        }
        Change::MemoWritten(m) => memo(before, m)?,
        Change::MemoRemoved(m) => Command::new(&["memo", "remove", &thing(m.memo)]),
        Change::SummaryWritten(s) => {
            let out = Command::new(&["summary"]);
            if s.body.trim().is_empty() {
                out.flag("--remove").words([s.case.as_str(), s.code.as_str()])
            } else {
                out.words([s.case.as_str(), s.code.as_str(), body(&s.body).as_str()])
            }
        }
        _ => return None,
    };
    Some(vec![one])
}

/// A text as a command takes it: a lone hyphen would be standard input, and white space at the end of a
/// text is none of it.
fn body(text: &str) -> String {
    if text == "-" { "- ".to_owned() } else { text.to_owned() }
}

/// A coding that is changed: another code has a command of its own.
fn changed(before: &State, c: &CodingChanged) -> Vec<Command> {
    let mut out = Vec::new();
    if let Some(code) = &c.code {
        out.push(Command::new(&["recode"]).to(thing(c.coding)).words([code.as_str()]));
    }
    let mut command = Command::new(&["codings", "change"]).to(thing(c.coding));
    if let Some(anchor) = &c.anchor {
        command = command.option("--start", &anchor.start.to_string());
        command = command.option("--end", &anchor.end.to_string());
    }
    match &c.case {
        Some(Some(case)) => command = command.option("--case", case),
        Some(None) => command = command.flag("--no-case"),
        None => {}
    }
    if let Some(set) = &c.qualifiers {
        let was = before.coding(c.coding).map(|c| c.qualifiers.clone()).unwrap_or_default();
        for (key, _) in was.iter().filter(|(key, _)| !set.contains_key(*key)) {
            command = command.option("--qualifier", &format!("{key}="));
        }
        for (key, value) in set.iter().filter(|(key, value)| was.get(*key) != Some(value)) {
            command = command.option("--qualifier", &format!("{key}={value}"));
        }
    }
    match c.weight {
        Some(Some(weight)) => command = command.option("--weight", &weight.to_string()),
        Some(None) => command = command.flag("--no-weight"),
        None => {}
    }
    match &c.note {
        Some(Some(note)) => command = command.option("--note", note),
        Some(None) => command = command.flag("--no-note"),
        None => {}
    }
    if c.definition.is_some() && c.code.is_none() {
        command = command.flag("--confirm");
    }
    if !command.after.is_empty() {
        out.push(command);
    }
    out
}

/// A memo, new or written anew.
fn memo(before: &State, m: &MemoWritten) -> Option<Command> {
    if !KINDS.contains(&m.kind.as_str()) {
        return None;
    }
    let mut out;
    match m.memo {
        None => {
            let on = match &m.on {
                Subject::Study => "study".to_owned(),
                Subject::Document(id) => format!("document:{id}"),
                Subject::Case(id) => format!("case:{id}"),
                Subject::Code(id) => format!("code:{id}"),
                Subject::Coding(id) => format!("coding:{}", thing(*id)),
                Subject::Passage(a) => format!("passage:{}:{}-{}", a.document, a.start, a.end),
            };
            out = Command::new(&["memo", "add"]).option("--on", &on).option("--type", &m.kind);
            if !m.title.is_empty() {
                out = out.option("--title", &m.title);
            }
            out = m.tags.iter().fold(out, |out, tag| out.option("--tag", tag));
            out = m.links.iter().fold(out, |out, link| out.option("--link", link));
            Some(out.words([body(&m.body).as_str()]))
        }
        Some(id) => {
            let was = before.memos().find(|w| w.id == id)?.written;
            out = Command::new(&["memo", "change"]);
            if m.kind != was.kind {
                out = out.option("--type", &m.kind);
            }
            if m.title != was.title {
                out = out.option("--title", &m.title);
            }
            if m.tags != was.tags {
                out = m.tags.iter().fold(out, |out, tag| out.option("--tag", tag));
                out = if m.tags.is_empty() { out.flag("--no-tags") } else { out };
            }
            if m.links != was.links {
                out = m.links.iter().fold(out, |out, link| out.option("--link", link));
                out = if m.links.is_empty() { out.flag("--no-links") } else { out };
            }
            let (id, text) = (thing(id), body(&m.body));
            Some(if m.body == was.body { out.words([id.as_str()]) } else { out.words([id.as_str(), &text]) })
        }
    }
}
