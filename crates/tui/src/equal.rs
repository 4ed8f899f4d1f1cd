//! What an act is on the command line: everything that the screen does can be done again, or by a
//! script, in words.

use model::act::{Act, Change, Subject};
use model::id::{ActId, ThingId};

use crate::words::quoted;

/// The program's name on the command line.
const PROGRAM: &str = "verbatim";

/// A coding or memo as commands name it: the end of its id that is enough in most studies.
fn thing(id: ThingId) -> String {
    format!("{}.{}", act_id(id.act), id.k)
}

fn act_id(id: ActId) -> String {
    let whole = id.to_string();
    whole.chars().skip(whole.len().saturating_sub(8)).collect()
}

/// The commands that do what an act did, and how many of its changes no command does.
pub fn commands(act: &Act) -> (Vec<String>, usize) {
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut missing = 0;
    for change in &act.changes {
        // A search that is saved is run by the same command.
        if matches!(change, Change::SearchSaved(s) if s.query.is_none() && s.search.is_some_and(|id| id.act == act.id))
        {
            continue;
        }
        let Some((words, more)) = command(change) else {
            missing += 1;
            continue;
        };
        // Where a command takes several things at once, an act remains one act.
        match lines.last_mut() {
            Some(last) if more.is_some() && joins(last, &words) => {
                let at = last.len() - more.unwrap_or(0);
                let id = words.get(words.len() - 1 - more.unwrap_or(0)).cloned();
                last.splice(at..at, id);
            }
            _ => lines.push(words),
        }
    }
    let line = |words: Vec<String>| {
        let words = words.iter().map(|w| quoted(w)).collect::<Vec<_>>();
        format!("{PROGRAM} {}", words.join(" "))
    };
    (lines.into_iter().map(line).collect(), missing)
}

/// Whether a command does the same to another thing: both agree in all but the thing itself.
fn joins(last: &[String], next: &[String]) -> bool {
    let is_code = |w: &[String]| w.first().is_some_and(|c| c == "recode");
    let verb = if last.first().is_some_and(|w| w == "exemplar") { 2 } else { 1 };
    last.get(..verb) == next.get(..verb) && (!is_code(last) || last.last() == next.last())
}

/// The words of the command that does a change; the number is how many words stand behind the thing
/// that it is done to, where it could be done to several.
fn command(change: &Change) -> Option<(Vec<String>, Option<usize>)> {
    let words = |w: &[&str]| w.iter().map(|w| (*w).to_owned()).collect::<Vec<String>>();
    Some(match change {
        Change::CodingAdded(c) => {
            let span = c.anchor.span();
            let (start, end) = (span.start.to_string(), span.end.to_string());
            let mut out = words(&["code", &c.anchor.document, &start, &end, &c.code]);
            out.extend(c.case.iter().flat_map(|case| option("--case", case)));
            out.extend(c.weight.iter().flat_map(|w| option("--weight", &w.to_string())));
            out.extend(c.note.iter().flat_map(|note| option("--note", note)));
            out.extend(c.qualifiers.iter().flat_map(|(k, v)| option("--qualifier", &format!("{k}={v}"))));
            (out, None)
        }
        Change::CodingChanged(c) => {
            let only_code = c.anchor.is_none()
                && c.case.is_none()
                && c.qualifiers.is_none()
                && c.weight.is_none()
                && c.note.is_none();
            let code = c.code.as_ref().filter(|_| only_code)?;
            (words(&["recode", &thing(c.coding), code]), Some(1))
        }
        Change::CodingRemoved(c) => (words(&["uncode", &thing(c.coding)]), Some(0)),
        Change::ExemplarMarked(c) => (words(&["exemplar", "mark", &thing(c.coding)]), Some(0)),
        Change::ExemplarUnmarked(c) => (words(&["exemplar", "unmark", &thing(c.coding)]), Some(0)),
        Change::TranslationWritten(t) => {
            (words(&["exemplar", "translate", &thing(t.coding), &t.language, &t.body]), None)
        }
        Change::MemoWritten(m) if m.memo.is_none() && m.links.is_empty() => {
            let on = match &m.on {
                Subject::Study => "study".to_owned(),
                Subject::Document(id) => format!("document:{id}"),
                Subject::Case(id) => format!("case:{id}"),
                Subject::Code(id) => format!("code:{id}"),
                Subject::Coding(id) => format!("coding:{}", thing(*id)),
                Subject::Passage(_) => return None,
            };
            let mut out = words(&["memo", "add", "--on", &on, "--type", &m.kind]);
            if !m.title.is_empty() {
                out.extend(option("--title", &m.title));
            }
            out.extend(m.tags.iter().flat_map(|tag| option("--tag", tag)));
            // A text that begins with a hyphen is no option.
            if m.body.starts_with('-') {
                out.push("--".to_owned());
            }
            out.push(m.body.clone());
            (out, None)
        }
        Change::MemoRemoved(m) => (words(&["memo", "remove", &thing(m.memo)]), None),
        Change::SummaryWritten(s) => (words(&["summary", &s.case, &s.code, &s.body]), None),
        Change::Done(d) => (words(&["done", &d.document]), Some(0)),
        Change::Reopened(d) => (words(&["reopen", &d.document]), Some(0)),
        Change::NotAsked(n) => (asked("not-asked", n)?, None),
        Change::Asked(n) => (asked("asked", n)?, None),
        Change::CodeAdded(c) => (code_added(c)?, None),
        Change::CodeFixed(c) => (words(&["codebook", "fix", &c.code, "--earlier", &c.earlier]), None),
        Change::PrimaryNamed(p) => {
            let mut out = words(&["coders", "primary", &p.coder]);
            out.extend(p.documents.iter().map(ToString::to_string));
            (out, None)
        }
        Change::CoderAlias(a) => (words(&["coders", "alias", &a.coder, &a.of]), None),
        Change::SearchSaved(s) => (search_saved(s)?, None),
        Change::SearchRemoved(s) => (words(&["searches", "remove", &thing(s.search)]), None),
        Change::Undone(a) => (words(&["undo", &act_id(a.act)]), None),
        Change::Redone(a) => (words(&["redo", &act_id(a.act)]), None),
        _ => return None,
    })
}

/// An option with its value; a value that begins with a hyphen would else be taken for an option.
fn option(name: &str, value: &str) -> Vec<String> {
    if value.starts_with('-') {
        return vec![format!("{name}={value}")];
    }
    vec![name.to_owned(), value.to_owned()]
}

/// A search that is saved, or saved anew under its name.
fn search_saved(s: &model::saved::SearchSaved) -> Option<Vec<String>> {
    let (name, query) = (s.name.clone()?, s.query.clone()?);
    let mut out = vec!["searches".to_owned(), "save".to_owned()];
    if let Some(Some(code)) = &s.code {
        out.extend(option("--code", code));
        if let Some(Some(unit)) = &s.unit {
            out.extend(option("--unit", unit));
        }
    }
    if s.stem == Some(true) {
        out.push("--stem".to_owned());
    }
    if name.starts_with('-') || query.starts_with('-') {
        out.push("--".to_owned());
    }
    out.extend([name, query]);
    Some(out)
}

fn asked(verb: &str, n: &model::act::NotAsked) -> Option<Vec<String>> {
    let place = match (&n.document, &n.case) {
        (Some(document), _) => format!("doc:{document}"),
        (None, Some(case)) => format!("case:{case}"),
        (None, None) => return None,
    };
    let mut out = vec![verb.to_owned(), place];
    out.extend(n.codes.iter().map(ToString::to_string));
    Some(out)
}

/// A code with what the command can say of it; none where it has more.
fn code_added(c: &model::act::CodeAdded) -> Option<Vec<String>> {
    let known = ["label", "status", "origin", "definition"];
    if c.fields.keys().any(|k| !known.contains(&k.as_str())) {
        return None;
    }
    let mut out = vec!["codebook".to_owned(), "add".to_owned(), c.code.to_string()];
    for (language, label) in c.fields.get("label").and_then(|l| l.as_object()).into_iter().flatten() {
        out.extend(["--label".to_owned(), format!("{language}={}", label.as_str()?)]);
    }
    if let Some(parent) = &c.parent {
        out.extend(["--under".to_owned(), parent.to_string()]);
    }
    for field in ["status", "origin"] {
        if let Some(value) = c.fields.get(field) {
            out.extend([format!("--{field}"), value.as_str()?.to_owned()]);
        }
    }
    if let Some(definition) = c.fields.get("definition") {
        let texts = definition.as_object()?;
        // The command takes one definition, in the first language.
        let text = texts.values().next().filter(|_| texts.len() == 1)?.as_str()?;
        out.extend(option("--definition", text));
    }
    out.extend(["--codebook".to_owned(), c.codebook.to_string()]);
    Some(out)
}
