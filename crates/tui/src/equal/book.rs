//! Acts on the codebook as commands.
//!
//! Some acts are told by what comes of them: a code has another order because it was put before another
//! one. What was meant is found by forming the act again and comparing.

use model::act::{Act, Change, CodeAdded, CodeChanged, Setting};
use model::codebook::{Code, Codebook};
use model::name::Name;
use model::qualify::{self, Wish, id_of};
use model::revise::{self, MEANING};
use model::state::State;
use serde_json::Value;

use super::Command;
use crate::desk::Desk;

/// The languages that commands know by their tags: those of the study, else English.
fn languages(desk: &Desk) -> Vec<&str> {
    let all: Vec<&str> = desk.languages.iter().map(String::as_str).collect();
    if all.is_empty() { vec!["en"] } else { all }
}

/// The one command for an act whose changes only mean something together.
pub(super) fn whole(_: &Desk, before: &State, act: &Act) -> Option<Vec<Command>> {
    let changes = act.changes.as_slice();
    let merged = changes.iter().find_map(|c| match c {
        Change::CodeMerged(m) => Some(m),
        _ => None,
    });
    if let Some(m) = merged {
        let command = Command::new(&["codebook", "merge", &m.code]);
        return Some(vec![command.option("--into", &m.into)]);
    }
    let version = changes.iter().find_map(|c| match c {
        Change::Setting(s) if s.key.starts_with("codebook.") && s.key.ends_with(".version") => {
            s.value.as_str()
        }
        _ => None,
    });
    if let Some(name) = version {
        let earlier = changes.iter().find_map(|c| match c {
            Change::CodeFixed(c) => Some(&c.earlier),
            _ => None,
        });
        let command = Command::new(&["codebook", "freeze"]);
        let command = earlier.iter().fold(command, |command, e| command.option("--earlier", e));
        return Some(vec![command.words([name])]);
    }
    let Some(Change::CodeMoved(_)) = changes.first() else { return None };
    let book = Codebook::fold(before);
    let moved = changes.iter().map(|c| match c {
        Change::CodeMoved(m) => Some(m),
        _ => None,
    });
    for m in moved.collect::<Option<Vec<_>>>()? {
        let parent = m.parent.as_deref();
        let beside = book.codes.iter().filter(|c| c.parent == m.parent).map(|c| Some(&c.id));
        for next in std::iter::once(None).chain(beside) {
            if revise::moved(&book, &m.code, parent, next.map(Name::as_str)).as_deref() != Ok(changes) {
                continue;
            }
            let command = Command::new(&["codebook", "move", &m.code]);
            let command = match parent {
                Some(parent) => command.option("--under", parent),
                None => command.flag("--top"),
            };
            return Some(vec![next.iter().fold(command, |c, next| c.option("--before", next))]);
        }
    }
    None
}

/// The command that does a change of the codebook.
pub(super) fn change(desk: &Desk, before: &State, change: &Change) -> Option<Command> {
    Some(match change {
        Change::CodeAdded(c) => added(desk, before, c)?,
        Change::CodeChanged(c) => changed(desk, before, c)?,
        Change::CodeRetired(c) => {
            let command = Command::new(&["codebook", "retire", &c.code]);
            c.reason.iter().fold(command, |command, why| command.option("--reason", why))
        }
        Change::CodeFixed(c) => {
            Command::new(&["codebook", "fix"]).to(c.code.as_str()).option("--earlier", &c.earlier)
        }
        Change::Setting(s) => grouped(desk, before, s).or_else(|| qualified(desk, before, s))?,
        _ => return None,
    })
}

/// A text of a new code as an option: one, or one per language.
fn texts(command: Command, option: &str, value: &Value, languages: &[&str]) -> Option<Command> {
    match value {
        // A text that begins with a language's tag would be taken for one of that language.
        Value::String(text) if text.split_once('=').is_none_or(|(tag, _)| !languages.contains(&tag)) => {
            Some(command.option(option, text))
        }
        Value::Object(all) => all.iter().try_fold(command, |command, (tag, text)| {
            let known = languages.contains(&tag.as_str());
            known.then(|| Some(command.option(option, &format!("{tag}={}", text.as_str()?))))?
        }),
        _ => None,
    }
}

/// A code with what the command can say of it; none where it has more.
fn added(desk: &Desk, before: &State, c: &CodeAdded) -> Option<Command> {
    let known = ["label", "status", "origin", "definition", "color"];
    if c.fields.keys().any(|k| !known.contains(&k.as_str())) {
        return None;
    }
    let languages = languages(desk);
    let mut out = Command::new(&["codebook", "add", &c.code]);
    for field in ["label", "definition"] {
        if let Some(value) = c.fields.get(field) {
            out = texts(out, &format!("--{field}"), value, &languages)?;
        }
    }
    for (field, option) in [("status", "--status"), ("origin", "--origin"), ("color", "--colour")] {
        if let Some(value) = c.fields.get(field) {
            out = out.option(option, value.as_str()?);
        }
    }
    if let Some(parent) = &c.parent {
        out = out.option("--under", parent);
    }
    let book = Codebook::fold(before);
    let (parent, beside) = (c.parent.as_deref(), book.codes.iter().filter(|b| b.parent == c.parent));
    let place = |next: Option<&Name>| {
        revise::place(&book, &c.codebook, parent, next.map(Name::as_str))
            .is_ok_and(|order| order.total_cmp(&c.order).is_eq())
    };
    let mut next = std::iter::once(None).chain(beside.map(|b| Some(&b.id)));
    if let Some(Some(next)) = next.find(|next| place(*next)) {
        out = out.option("--before", next);
    }
    Some(out.option("--codebook", &c.codebook))
}

/// New fields of a code; none where the command cannot say all of them.
fn changed(desk: &Desk, before: &State, c: &CodeChanged) -> Option<Command> {
    let book = Codebook::fold(before);
    let was = book.get(&c.code)?;
    let languages = languages(desk);
    let only_label = c.fields.len() == 1 && c.fields.contains_key("label");
    if only_label && c.reason.is_none() {
        let given = in_languages(was, "label", c.fields.get("label")?, &languages)?;
        let words = std::iter::once(c.code.as_str()).chain(given.iter().map(String::as_str));
        return Some(Command::new(&["codebook", "rename"]).words(words));
    }
    let mut out = Command::new(&["codebook", "change", &c.code]);
    for (field, value) in &c.fields {
        let text = value.as_str();
        match field.as_str() {
            "label" => out = options(out, "--label", &in_languages(was, field, value, &languages)?),
            field if MEANING.contains(&field) => {
                out = options(out, &format!("--{field}"), &in_languages(was, field, value, &languages)?);
            }
            "examples" => out = options(out, "--example", &examples(was, value, &languages)?),
            "color" => out = out.option("--colour", text?),
            "shortcut" if value.is_null() => out = out.option("--shortcut", ""),
            "shortcut" => out = out.option("--shortcut", text?),
            _ => return None,
        }
    }
    if let Some(effect) = &c.effect {
        out = out.option("--effect", effect);
    }
    Some(c.reason.iter().fold(out, |out, why| out.option("--reason", why)))
}

fn options(command: Command, name: &str, values: &[String]) -> Command {
    values.iter().fold(command, |command, value| command.option(name, value))
}

/// What is said to bring a text field from what it was to a value: `nl=…`, and `nl=` where it is taken
/// out; none where that cannot be said.
fn in_languages(was: &Code, field: &str, value: &Value, languages: &[&str]) -> Option<Vec<String>> {
    let first = languages.first().copied().unwrap_or("en");
    let one = |text: &str| vec![(first.to_owned(), text.to_owned())];
    let tags = |value: Option<&Value>| match value {
        Some(Value::Object(all)) => all.keys().cloned().collect(),
        _ => Vec::new(),
    };
    let old = was.fields.get(field);
    let said: Vec<(String, String)> = match (old, value) {
        (_, Value::Object(new)) => {
            let gone = tags(old).into_iter().filter(|t| !new.contains_key(t)).map(|t| (t, String::new()));
            let new = new.iter().filter(|(tag, text)| old.and_then(|o| o.get(*tag)) != Some(*text));
            let new = new.map(|(tag, text)| Some((tag.clone(), text.as_str()?.to_owned())));
            new.chain(gone.map(Some)).collect::<Option<_>>()?
        }
        (_, Value::String(text)) => one(text),
        (Some(Value::Object(_)), Value::Null) => tags(old).into_iter().map(|t| (t, String::new())).collect(),
        (_, Value::Null) => one(""),
        _ => return None,
    };
    // The command says it if it comes to the same.
    let mut then = was.clone();
    for (tag, text) in &said {
        if !languages.contains(&tag.as_str()) {
            return None;
        }
        let text = revise::text(&then, field, tag, text);
        then.fields.insert(field.to_owned(), text);
    }
    (then.fields.get(field) == Some(value)).then(|| said.iter().map(|(t, s)| format!("{t}={s}")).collect())
}

/// The examples that a code has more than before.
fn examples(was: &Code, value: &Value, languages: &[&str]) -> Option<Vec<String>> {
    let mut then = was.clone();
    let before = match was.fields.get("examples") {
        Some(Value::Array(list)) => list.len(),
        Some(Value::Null) | None => 0,
        Some(_) => 1,
    };
    let mut said = Vec::new();
    for new in value.as_array()?.iter().skip(before) {
        let tag = new.get("language")?.as_str().filter(|t| languages.contains(t))?;
        let text = new.get("text")?.as_str()?;
        let list = revise::example(&then, tag, text);
        then.fields.insert("examples".to_owned(), list);
        said.push(format!("{tag}={text}"));
    }
    (then.fields.get("examples") == Some(value)).then_some(said)
}

/// A list of qualifiers that was made or changed, or a value of one.
fn qualified(desk: &Desk, before: &State, s: &Setting) -> Option<Command> {
    let name = s.key.strip_prefix("codebook.")?.strip_suffix(".qualifiers")?;
    let book = Codebook::fold(before);
    let languages = languages(desk);
    let (now, was) = (s.value.as_array()?, qualify::lists(before, name));
    let find = |all: &[Value], id: &str| all.iter().find(|i| id_of(i) == Some(id)).cloned();
    let values = |list: Option<&Value>| -> Vec<Value> {
        list.and_then(|l| l.get("values")).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let labels = |item: Option<&Value>| -> Vec<(String, String)> {
        let all = item.and_then(|i| i.get("label")).and_then(Value::as_object);
        let texts =
            all.into_iter().flatten().filter_map(|(tag, t)| Some((tag.clone(), t.as_str()?.to_owned())));
        texts.collect()
    };
    let try_one = |list: &str, value: Option<&str>, wish: Wish<'_>| {
        let formed = qualify::changed(&book, before, name, list, value, wish);
        if !matches!(formed, Ok(Change::Setting(formed)) if *formed == *s) {
            return None;
        }
        let mut out = Command::new(&["codebook", "qualifier", list]);
        out = value.iter().fold(out, |out, v| out.to(*v));
        out = match wish {
            Wish::Label { language, text } => {
                languages.contains(&language).then(|| out.option("--label", &format!("{language}={text}")))?
            }
            Wish::Default => out.flag("--default"),
            Wish::Remove => out.flag("--remove"),
        };
        Some(out.option("--codebook", name))
    };
    let lists = now.iter().chain(&was).filter_map(id_of);
    for list in lists {
        let (new, old) = (find(now, list), find(&was, list));
        let of_list = std::iter::once((None, new.clone()));
        let of_values = values(new.as_ref()).into_iter().map(|v| (id_of(&v).map(str::to_owned), Some(v)));
        for (value, item) in of_list.chain(of_values) {
            let value = value.as_deref();
            for (language, text) in labels(item.as_ref()) {
                let wish = Wish::Label { language: &language, text: &text };
                if let Some(found) = try_one(list, value, wish) {
                    return Some(found);
                }
            }
            if let Some(found) = value.and_then(|_| try_one(list, value, Wish::Default)) {
                return Some(found);
            }
        }
        let gone = std::iter::once(None).chain(values(old.as_ref()).into_iter().map(Some));
        for value in gone {
            if let Some(found) = try_one(list, value.as_ref().and_then(id_of), Wish::Remove) {
                return Some(found);
            }
        }
    }
    None
}

/// A code that came into a group or left it.
fn grouped(desk: &Desk, before: &State, s: &Setting) -> Option<Command> {
    let book = Codebook::fold(before);
    let languages = languages(desk);
    let codes = |group: &Value| match group.get("codes") {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let name = s.key.strip_prefix("codebook.")?.strip_suffix(".groups")?;
    let old = revise::groups(before, name);
    for group in s.value.as_array()? {
        let id = group.get("id").and_then(Value::as_str)?;
        let was = old.iter().find(|g| g.get("id").and_then(Value::as_str) == Some(id));
        let (now, then): (Vec<String>, Vec<String>) = (codes(group), was.map(codes).unwrap_or_default());
        let label = group.get("label").and_then(Value::as_object).and_then(|l| l.iter().next());
        let label =
            label.and_then(|(tag, text)| Some((tag.as_str(), text.as_str()?))).filter(|_| was.is_none());
        let differ = now.iter().filter(|c| !then.contains(c)).chain(then.iter().filter(|c| !now.contains(c)));
        for code in differ {
            let formed = revise::grouped(&book, before, code, id, label);
            if !matches!(formed, Ok(Change::Setting(formed)) if *formed == *s) {
                continue;
            }
            let out = Command::new(&["codebook", "group", code, id]);
            return match label {
                Some((tag, text)) => {
                    languages.contains(&tag).then(|| out.option("--label", &format!("{tag}={text}")))
                }
                None if then.contains(code) => Some(out.flag("--out")),
                None => Some(out),
            };
        }
    }
    None
}
