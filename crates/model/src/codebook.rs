//! The codebook: codes with their definitions, folded from acts, per code and field.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::act::{Change, Qualifiers};
use crate::id::ActId;
use crate::name::Name;
use crate::state::State;

/// Whether documents are read for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Still being tried out; never part of a `done`.
    Provisional,
    /// Part of what is read for.
    Fixed,
}

/// One code as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// Its id: kebab-case, stable, never reused.
    pub id: Name,
    /// The codebook it is in.
    pub codebook: Name,
    /// The code above it, if that exists.
    pub parent: Option<Name>,
    /// How far below the top: 0 for a top code.
    pub depth: u32,
    /// Its place among its siblings; lower comes first.
    pub order: f64,
    /// Everything that its codebook says about it (label, var, color, definition …).
    pub fields: Map<String, Value>,
    /// Short hash of what its codings are made under, where its fields tell something else: an output from
    /// which names are kept out.
    pub defined: Option<Name>,
    /// Provisional or fixed.
    pub status: Status,
    /// One keystroke, unless an older code has it.
    pub shortcut: Option<char>,
    /// Short name for columns: at most 24 of a-z 0-9 _.
    pub var: Option<String>,
    /// No longer used for new codings.
    pub retired: bool,
    /// The code that it became; codings of it count there.
    pub merged_into: Option<Name>,
    /// The act that made it.
    pub added: ActId,
    /// The act that last put it under another code than before; none where it is where it was added.
    pub moved: Option<ActId>,
    /// The acts that fixed it since it was last provisional, with what they said of earlier readings; the
    /// adding act for a code that was fixed from the start.
    pub fixed: Vec<(ActId, Name)>,
    /// The acts that made its definition broader: what was read before must be read again for it.
    pub broadened: Vec<ActId>,
    /// The acts that made its definition narrower: what was coded before asks for another look.
    pub narrowed: Vec<ActId>,
}

impl Code {
    /// The label in the first of these languages that it has, else in any, else its id.
    pub fn label<'a>(&'a self, languages: &[&str]) -> &'a str {
        in_language(self.fields.get("label"), languages).unwrap_or(&self.id)
    }

    /// A text field (definition, include, exclude) in the first of these languages that it has.
    pub fn text<'a>(&'a self, field: &str, languages: &[&str]) -> Option<&'a str> {
        in_language(self.fields.get(field), languages)
    }

    /// Its own colour as written (`#rrggbb`).
    pub fn color(&self) -> Option<&str> {
        self.fields.get("color").and_then(Value::as_str)
    }

    /// Short hash of definition, include and exclude: what a coding was made under.
    pub fn definition_hash(&self) -> Name {
        self.defined.clone().unwrap_or_else(|| definition_hash(&self.fields))
    }
}

/// Short hash of definition, include and exclude among the fields of a code.
pub fn definition_hash(fields: &Map<String, Value>) -> Name {
    let mut hash = Sha256::new();
    for field in ["definition", "include", "exclude"] {
        let text =
            fields.get(field).map(|v| serde_json::to_string(v).unwrap_or_default()).unwrap_or_default();
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    Name::new(&hash.finalize().iter().take(4).fold(String::new(), |s, b| format!("{s}{b:02x}")))
}

/// A text per language, or one text: the first of the wanted languages, else any.
pub fn in_language<'a>(value: Option<&'a Value>, languages: &[&str]) -> Option<&'a str> {
    match value? {
        Value::String(s) => Some(s),
        Value::Object(map) => languages
            .iter()
            .find_map(|l| map.get(*l).and_then(Value::as_str))
            .or_else(|| map.values().find_map(Value::as_str)),
        _ => None,
    }
}

/// A closed list beside the code of a coding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualifier {
    /// Its id.
    pub id: Name,
    /// The codebook that declares it.
    pub codebook: Name,
    /// Its values, in order.
    pub values: Vec<Name>,
    /// The value of a coding that says nothing.
    pub default: Option<Name>,
}

/// A many-to-many set of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: Name,
    /// Whether a passage can be in one of its codes only.
    pub exclusive: bool,
    /// Its codes.
    pub codes: Vec<Name>,
}

/// All codebooks of a study.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    /// All codes in order: codebook by codebook, each a tree, depth first.
    pub codes: Vec<Code>,
    /// Ids of the codebooks, in order of their first code.
    pub books: Vec<Name>,
    /// Qualifiers of all codebooks.
    pub qualifiers: Vec<Qualifier>,
    /// Groups of all codebooks.
    pub groups: Vec<Group>,
    /// What could not take effect, as sentences: closed cycles, doubled shortcuts and vars.
    pub problems: Vec<String>,
    by_id: FxHashMap<Name, usize>,
    /// Per code: where its codings count (itself, or what it was merged into at last).
    target: Vec<usize>,
    /// Per code: the place of the code above.
    above: Vec<Option<usize>>,
}

impl Codebook {
    /// Folds the codebook from the live acts.
    pub fn fold(state: &State) -> Self {
        let mut codes: BTreeMap<Name, Code> = BTreeMap::new();
        let mut set: BTreeMap<(Name, &'static str), ActId> = BTreeMap::new();
        let mut moves: Vec<(ActId, usize, Name, Option<Name>, f64)> = Vec::new();
        let mut merges: Vec<(ActId, usize, Name, Name)> = Vec::new();
        let mut first_of_book: BTreeMap<Name, (ActId, usize)> = BTreeMap::new();
        for (id, events) in state.code_events() {
            let Some(first) = events.iter().find_map(|l| match l.change {
                Change::CodeAdded(_) => Some(l.act.id),
                _ => None,
            }) else {
                continue;
            };
            let mut code = Code {
                id: id.clone(),
                codebook: Name::new(""),
                parent: None,
                depth: 0,
                order: 0.0,
                fields: Map::new(),
                defined: None,
                status: Status::Provisional,
                shortcut: None,
                var: None,
                retired: false,
                merged_into: None,
                added: first,
                moved: None,
                fixed: Vec::new(),
                broadened: Vec::new(),
                narrowed: Vec::new(),
            };
            for live in &events {
                let at = live.act.id;
                let place = live.act.changes.iter().position(|c| std::ptr::eq(c, live.change)).unwrap_or(0);
                match live.change {
                    Change::CodeAdded(c) => {
                        if code.codebook.is_empty() {
                            code.codebook = c.codebook.clone();
                            let seen = first_of_book.entry(c.codebook.clone()).or_insert((at, place));
                            *seen = (*seen).min((at, place));
                        }
                        moves.push((at, place, id.clone(), c.parent.clone(), c.order));
                        take_fields(&mut code, &c.fields, at, &mut set);
                    }
                    Change::CodeChanged(c) => {
                        take_fields(&mut code, &c.fields, at, &mut set);
                        if c.effect.as_deref().is_some_and(|e| matches!(e, "broader" | "both")) {
                            code.broadened.push(at);
                        }
                        if c.effect.as_deref().is_some_and(|e| matches!(e, "narrower" | "both")) {
                            code.narrowed.push(at);
                        }
                    }
                    Change::CodeMoved(c) => moves.push((at, place, id.clone(), c.parent.clone(), c.order)),
                    Change::CodeMerged(c) => merges.push((at, place, id.clone(), c.into.clone())),
                    Change::CodeRetired(_) => code.retired = true,
                    Change::CodeFixed(c) => {
                        code.status = Status::Fixed;
                        code.fixed.push((at, c.earlier.clone()));
                    }
                    _ => {}
                }
            }
            codes.insert(id.clone(), code);
        }
        let mut problems = Vec::new();
        place(&mut codes, moves, &mut problems);
        let merged = merge(&mut codes, merges, &mut problems);
        raise(&mut codes, &merged);
        keys(&mut codes, &set, &mut problems);
        let mut books: Vec<Name> = first_of_book.keys().cloned().collect();
        books.sort_by_key(|b| first_of_book.get(b).copied());
        let mut book = Self { books, problems, ..Self::default() };
        book.line_up(codes);
        book.read_settings(state);
        book
    }

    /// Puts the codes into tree order and fills the look-ups.
    fn line_up(&mut self, mut codes: BTreeMap<Name, Code>) {
        let mut children: BTreeMap<Option<Name>, Vec<Name>> = BTreeMap::new();
        for code in codes.values() {
            children.entry(code.parent.clone()).or_default().push(code.id.clone());
        }
        for list in children.values_mut() {
            list.sort_by(|a, b| {
                let key = |n: &Name| codes.get(n).map(|c| (c.order, c.added));
                key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal).then_with(|| a.cmp(b))
            });
        }
        let tops = children.get(&None).cloned().unwrap_or_default();
        for book in self.books.clone() {
            let mut stack: Vec<(Name, u32)> = tops
                .iter()
                .filter(|t| codes.get(*t).is_some_and(|c| c.codebook == book))
                .rev()
                .map(|t| (t.clone(), 0))
                .collect();
            while let Some((id, depth)) = stack.pop() {
                if let Some(below) = children.get(&Some(id.clone())) {
                    stack.extend(below.iter().rev().map(|c| (c.clone(), depth + 1)));
                }
                if let Some(mut code) = codes.remove(&id) {
                    code.depth = depth;
                    self.by_id.insert(id, self.codes.len());
                    self.codes.push(code);
                }
            }
        }
        self.above = self.codes.iter().map(|c| self.by_id.get(c.parent.as_ref()?).copied()).collect();
        self.target = (0..self.codes.len())
            .map(|i| {
                let mut at = i;
                while let Some(&next) = self.codes[at].merged_into.as_ref().and_then(|n| self.by_id.get(n)) {
                    at = next;
                }
                at
            })
            .collect();
    }

    fn read_settings(&mut self, state: &State) {
        let name = |v: &Value| v.as_str().map(Name::new);
        for book in self.books.clone() {
            if let Some(Value::Array(list)) = state.setting(&format!("codebook.{book}.qualifiers")) {
                for q in list {
                    let Some(id) = q.get("id").and_then(name) else { continue };
                    let values = q.get("values").and_then(Value::as_array).into_iter().flatten();
                    let values =
                        values.filter_map(|v| name(v).or_else(|| v.get("id").and_then(name))).collect();
                    let default = q.get("default").and_then(name);
                    self.qualifiers.push(Qualifier { id, codebook: book.clone(), values, default });
                }
            }
            if let Some(Value::Array(list)) = state.setting(&format!("codebook.{book}.groups")) {
                for g in list {
                    let Some(id) = g.get("id").and_then(name) else { continue };
                    let codes = g
                        .get("codes")
                        .and_then(Value::as_array)
                        .into_iter()
                        .flatten()
                        .filter_map(name)
                        .collect();
                    let exclusive = g.get("exclusive").and_then(Value::as_bool).unwrap_or(false);
                    self.groups.push(Group { id, exclusive, codes });
                }
            }
        }
    }

    /// The code with an id.
    pub fn get(&self, id: &str) -> Option<&Code> {
        self.by_id.get(id).map(|&i| &self.codes[i])
    }

    /// The place of a code in [`Codebook::codes`].
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Where codings made with this code count: the code's place, or that of the code it became.
    pub fn resolve(&self, id: &str) -> Option<usize> {
        self.position(id).map(|i| self.target[i])
    }

    /// The place of a code that has become no other.
    pub fn own(&self, id: &str) -> Option<usize> {
        self.position(id).filter(|&i| self.target[i] == i)
    }

    /// The places of a code and all its descendants: they follow each other.
    pub fn subtree(&self, at: usize) -> std::ops::Range<usize> {
        let depth = self.codes[at].depth;
        let mut end = at + 1;
        while end < self.codes.len() && self.codes[end].depth > depth {
            end += 1;
        }
        at..end
    }

    /// The place of the code above.
    pub fn parent(&self, at: usize) -> Option<usize> {
        self.above[at]
    }

    /// The place of the top code above (or at) a code.
    pub fn top(&self, at: usize) -> usize {
        let mut at = at;
        while let Some(up) = self.parent(at) {
            at = up;
        }
        at
    }

    /// The colour of a code: its own, else that of the nearest code above that has one.
    pub fn color(&self, at: usize) -> Option<&str> {
        let mut at = Some(at);
        while let Some(i) = at {
            if let Some(color) = self.codes[i].color() {
                return Some(color);
            }
            at = self.parent(i);
        }
        None
    }

    /// Codes that documents are read for now: fixed, neither retired nor merged away; in order.
    pub fn fixed(&self) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter(|c| c.status == Status::Fixed && !c.retired && c.merged_into.is_none())
    }

    /// The qualifiers that apply to codes of a codebook.
    pub fn qualifiers_of<'a>(&'a self, codebook: &'a str) -> impl Iterator<Item = &'a Qualifier> + 'a {
        self.qualifiers.iter().filter(move |q| q.codebook == codebook)
    }

    /// A coding's qualifiers with the defaults of its code's codebook filled in.
    pub fn qualified(&self, code: usize, set: &Qualifiers) -> Qualifiers {
        let mut out = set.clone();
        for q in self.qualifiers_of(&self.codes[code].codebook) {
            if let Some(default) = &q.default {
                out.entry(q.id.clone()).or_insert_with(|| default.clone());
            }
        }
        out
    }

    /// The code that a keystroke applies.
    pub fn by_shortcut(&self, key: char) -> Option<&Code> {
        self.codes.iter().find(|c| c.shortcut == Some(key) && !c.retired && c.merged_into.is_none())
    }
}

/// Lays fields over a code's; `null` removes one.
fn take_fields(
    code: &mut Code,
    fields: &Map<String, Value>,
    at: ActId,
    set: &mut BTreeMap<(Name, &'static str), ActId>,
) {
    for (key, value) in fields {
        match key.as_str() {
            "shortcut" => _ = set.insert((code.id.clone(), "shortcut"), at),
            "var" => _ = set.insert((code.id.clone(), "var"), at),
            "status" => {
                let fixed = value.as_str() == Some("fixed");
                code.status = if fixed { Status::Fixed } else { Status::Provisional };
                if fixed {
                    code.fixed.push((at, Name::new("reopen")));
                } else {
                    code.fixed.clear();
                }
            }
            "retired" => code.retired = value.as_bool() == Some(true),
            _ => {}
        }
        if value.is_null() {
            code.fields.shift_remove(key);
        } else {
            code.fields.insert(key.clone(), value.clone());
        }
    }
}

/// Gives every code its place, in order of acts; a move that would close a cycle has no effect.
fn place(
    codes: &mut BTreeMap<Name, Code>,
    mut moves: Vec<(ActId, usize, Name, Option<Name>, f64)>,
    problems: &mut Vec<String>,
) {
    moves.sort_by_key(|m| (m.0, m.1));
    for (act, _, id, parent, order) in moves {
        let mut above = parent.clone();
        let mut seen = BTreeSet::new();
        let cycle = loop {
            match above {
                Some(name) if name == id => break true,
                Some(name) if seen.insert(name.clone()) => {
                    above = codes.get(&name).and_then(|c| c.parent.clone());
                }
                _ => break false,
            }
        };
        if cycle {
            problems.push(format!(
                "moving {id} below {} would close a circle and has no effect",
                parent.as_deref().unwrap_or_default()
            ));
            continue;
        }
        if let Some(code) = codes.get_mut(&id) {
            if code.parent != parent && act != code.added {
                code.moved = Some(act);
            }
            code.parent = parent;
            code.order = order;
        }
    }
    // A parent that does not exist (its act is undone or has not arrived) leaves the code on top.
    let known: BTreeSet<Name> = codes.keys().cloned().collect();
    for code in codes.values_mut() {
        if code.parent.as_ref().is_some_and(|p| !known.contains(p)) {
            code.parent = None;
        }
    }
}

/// Follows merges in order of acts; one that would close a cycle has no effect. Gives the act by which each
/// merged code became another.
fn merge(
    codes: &mut BTreeMap<Name, Code>,
    mut merges: Vec<(ActId, usize, Name, Name)>,
    problems: &mut Vec<String>,
) -> BTreeMap<Name, ActId> {
    let mut merged = BTreeMap::new();
    merges.sort_by_key(|m| (m.0, m.1));
    for (act, _, id, into) in merges {
        let mut at = Some(into.clone());
        let mut cycle = false;
        while let Some(name) = at {
            if name == id {
                cycle = true;
                break;
            }
            at = codes.get(&name).and_then(|c| c.merged_into.clone());
        }
        if cycle {
            problems.push(format!("merging {id} into {into} would close a circle and has no effect"));
        } else if !codes.contains_key(&into) {
            problems.push(format!("{id} is merged into {into}, which does not exist"));
        } else if let Some(code) = codes.get_mut(&id) {
            code.merged_into = Some(into);
            merged.insert(id, act);
        }
    }
    merged
}

/// What lies below a code that became another comes under that one, as the act that merged them has it of what
/// lay there by then: a code may come to lie there in another journal, or while the merge was undone. Where
/// the other one is below it, it comes up to the place of the code that ended.
fn raise(codes: &mut BTreeMap<Name, Code>, merged: &BTreeMap<Name, ActId>) {
    let parent = |codes: &BTreeMap<Name, Code>, id: &Name| codes.get(id).and_then(|c| c.parent.clone());
    let became = |codes: &BTreeMap<Name, Code>, id: &Name| codes.get(id).and_then(|c| c.merged_into.clone());
    for id in codes.keys().cloned().collect::<Vec<_>>() {
        while let Some(above) = parent(codes, &id)
            && let Some(mut into) = became(codes, &above)
        {
            while let Some(next) = became(codes, &into) {
                into = next;
            }
            let mut line = Some(into.clone());
            while line.as_ref().is_some_and(|at| *at != id) {
                line = line.and_then(|at| parent(codes, &at));
            }
            let ended = codes.get(&above).map(|c| (c.parent.clone(), c.order)).filter(|_| line.is_some());
            let Some(code) = codes.get_mut(&id) else { break };
            (code.parent, code.order) = ended.unwrap_or((Some(into), code.order));
            code.moved = code.moved.max(merged.get(&above).copied());
        }
    }
}

/// Hands out shortcuts and vars: of a doubled one the lower act keeps it.
fn keys(
    codes: &mut BTreeMap<Name, Code>,
    set: &BTreeMap<(Name, &'static str), ActId>,
    problems: &mut Vec<String>,
) {
    for field in ["shortcut", "var"] {
        let mut claims: Vec<(ActId, Name, String)> = codes
            .values()
            .filter_map(|c| {
                let value = c.fields.get(field)?.as_str()?.to_owned();
                Some((*set.get(&(c.id.clone(), field))?, c.id.clone(), value))
            })
            .collect();
        claims.sort();
        let mut taken: BTreeMap<String, Name> = BTreeMap::new();
        for (_, id, value) in claims {
            if let Some(owner) = taken.get(&value) {
                problems.push(format!("{field} {value:?} of {id} belongs to {owner} already"));
                continue;
            }
            taken.insert(value.clone(), id.clone());
            if let Some(code) = codes.get_mut(&id) {
                if field == "var" {
                    code.var = Some(value);
                } else {
                    code.shortcut = value.chars().next();
                }
            }
        }
    }
}
