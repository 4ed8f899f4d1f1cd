//! A codebook edit: what a person changed in a codebook file, as changes of an act.
//!
//! The file says which acts it contains (`heads`), so the edit is the difference between the file
//! and what those acts make, and nothing else: what others did meanwhile is not undone by an old
//! file. What is true already is left out, so an edit that was taken over before a crash is not
//! taken over twice.

use std::collections::{HashMap, HashSet};
use std::fs;

use model::act::{Change, CodeAdded, CodeChanged, CodeMerged, CodeMoved, CodeRetired};
use model::codebook::Codebook;
use model::id::ActId;
use model::name::Name;
use model::problem::Problem;
use model::state::State;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value};

use crate::codebook_file::{CodebookFile, FileCode, setting};
use crate::codebook_view::{named, view};
use crate::study::Study;

/// What was edited by hand in one codebook file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodebookEdit {
    /// Id of the codebook.
    pub codebook: String,
    /// The edit as changes, to be shown and appended.
    pub changes: Vec<Change>,
    /// What is wrong with the file.
    pub problems: Vec<Problem>,
}

impl Study {
    /// Edits by hand in the files of the codebooks that the study names; files without any are left
    /// out. The caller shows the changes, appends them as one act, and calls
    /// [`Study::write_codebooks`].
    pub fn codebook_edits(&self) -> Vec<CodebookEdit> {
        let book = self.codebook();
        let mut files: Vec<(String, String, CodebookFile)> = Vec::new();
        let mut edits: Vec<CodebookEdit> = Vec::new();
        for id in named(self.state(), &book) {
            let name = format!("codebooks/{id}.json");
            let Ok(bytes) = fs::read(self.codebook_path(&id)) else { continue };
            match CodebookFile::parse(&name, &bytes) {
                Ok((file, problems)) => {
                    if !problems.is_empty() {
                        edits.push(CodebookEdit {
                            codebook: id.to_string(),
                            problems,
                            ..CodebookEdit::default()
                        });
                    }
                    files.push((name, id.to_string(), file));
                }
                Err(why) => {
                    let mut problem = Problem::error(&name, why_alone(&why)).hint(why.hint());
                    problem.line = line_of(&why);
                    edits.push(CodebookEdit {
                        codebook: id.to_string(),
                        problems: vec![problem],
                        ..CodebookEdit::default()
                    });
                }
            }
        }
        // A code that stands in another file now was moved there, not deleted.
        let all: Vec<Name> =
            files.iter().flat_map(|(_, _, f)| f.codes.iter().map(|c| c.id.clone())).collect();
        for (name, id, file) in &files {
            if file.sum.as_deref() == Some(file.actual_sum.as_str()) {
                continue;
            }
            let edit = self.edit_of(name, id, file, &book, &all);
            match edits.iter_mut().find(|e| e.codebook == *id) {
                Some(before) => {
                    before.changes.extend(edit.changes);
                    before.problems.extend(edit.problems);
                }
                None => edits.push(edit),
            }
        }
        edits.retain(|e| !e.changes.is_empty() || !e.problems.is_empty());
        edits
    }

    /// Whether a file contains acts that have not arrived here.
    pub(crate) fn is_ahead(&self, heads: &HashMap<String, u64>) -> bool {
        heads
            .iter()
            .any(|(file, n)| self.journals().iter().find(|j| j.name == *file).map_or(0, |j| j.highest) < *n)
    }

    /// The codebook's acts up to the heads of a file.
    fn state_at(&self, heads: &HashMap<String, u64>) -> State {
        let mut ids: FxHashSet<ActId> = FxHashSet::default();
        for journal in self.journals() {
            let head = heads.get(&journal.name).copied().unwrap_or(0);
            ids.extend(journal.ids.iter().filter(|(n, _)| *n <= head).map(|(_, id)| *id));
        }
        let of_codebook = |c: &Change| {
            c.kind().starts_with("code-")
                || matches!(c, Change::Setting(_) | Change::Undone(_) | Change::Redone(_))
        };
        self.state().filtered(|act| ids.contains(&act.id) && act.changes.iter().any(of_codebook))
    }

    /// The edit of one file; `elsewhere` names the codes of all files.
    pub(crate) fn edit_of(
        &self,
        name: &str,
        id: &str,
        file: &CodebookFile,
        now: &Codebook,
        elsewhere: &[Name],
    ) -> CodebookEdit {
        let mut edit = CodebookEdit { codebook: id.to_owned(), ..CodebookEdit::default() };
        if file.id != id {
            edit.problems.push(
                Problem::error(name, format!("the id of the codebook was changed to {}", file.id))
                    .hint(format!("write \"id\": \"{id}\" again")),
            );
            return edit;
        }
        if file.heads.as_ref().is_some_and(|h| self.is_ahead(h)) {
            edit.problems.push(
                Problem::note(name, "the file contains acts that are not synchronised yet; edits in it wait")
                    .hint("open the study again later"),
            );
            return edit;
        }
        // A file without heads was put here by hand: it is compared with what there is.
        let (state, base) = match &file.heads {
            Some(heads) => {
                let state = self.state_at(heads);
                let base = Codebook::fold(&state);
                (state, base)
            }
            None => (self.state().filtered(|_| false), now.clone()),
        };
        let before = if file.heads.is_some() { view(&state, &base, id) } else { view(self.state(), now, id) };
        let mut diff =
            Diff { name, file, before: &before, base: &base, now, changes: Vec::new(), problems: Vec::new() };
        diff.settings(self.state());
        diff.codes();
        diff.gone(elsewhere);
        edit.changes = diff.changes;
        edit.problems = diff.problems;
        edit
    }
}

fn why_alone(why: &crate::StudyError) -> String {
    use crate::StudyError as E;
    match why {
        E::BadFile { why, column: Some(column), .. } => format!("{why} (column {column})"),
        E::BadFile { why, .. } | E::BadCodebook { why, .. } => why.clone(),
        E::ConflictMark { .. } => "git conflict mark".to_owned(),
        other => other.to_string(),
    }
}

fn line_of(why: &crate::StudyError) -> Option<u64> {
    match why {
        crate::StudyError::BadFile { line, .. } => *line,
        crate::StudyError::ConflictMark { line, .. } => Some(*line),
        _ => None,
    }
}

/// A file beside what its acts make.
struct Diff<'a> {
    name: &'a str,
    file: &'a CodebookFile,
    before: &'a CodebookFile,
    base: &'a Codebook,
    now: &'a Codebook,
    changes: Vec<Change>,
    problems: Vec<Problem>,
}

impl Diff<'_> {
    fn settings(&mut self, state: &State) {
        let mut keys: Vec<&String> = self.file.settings.keys().collect();
        keys.extend(self.before.settings.keys().filter(|k| !self.file.settings.contains_key(*k)));
        for key in keys {
            let new = self.file.settings.get(key);
            let present = state.setting(&format!("codebook.{}.{key}", self.file.id));
            if new != self.before.settings.get(key) && new != present {
                self.changes.push(setting(&self.file.id, key, new.cloned().unwrap_or_default()));
            }
        }
    }

    fn codes(&mut self) {
        let orders = self.orders();
        for code in &self.file.codes {
            let order = orders.get(&code.id).copied().unwrap_or(0.0);
            let old = self.before.codes.iter().find(|c| c.id == code.id);
            if old.is_none() && self.base.get(&code.id).is_none() && self.now.get(&code.id).is_none() {
                self.changes.push(Change::CodeAdded(Box::new(CodeAdded {
                    code: code.id.clone(),
                    codebook: Name::new(&self.file.id),
                    parent: code.parent.clone(),
                    order,
                    fields: code.fields.clone(),
                })));
                continue;
            }
            self.moved(code, order);
            self.changed(code, old);
        }
    }

    fn moved(&mut self, code: &FileCode, order: f64) {
        let place = |book: &Codebook| book.get(&code.id).map(|c| (c.parent.clone(), c.order));
        let wanted = Some((code.parent.clone(), order));
        if wanted != place(self.base) && wanted != place(self.now) {
            self.changes.push(Change::CodeMoved(Box::new(CodeMoved {
                code: code.id.clone(),
                parent: code.parent.clone(),
                order,
            })));
        }
    }

    fn changed(&mut self, code: &FileCode, old: Option<&FileCode>) {
        let empty = Map::new();
        let old = old.map_or(&empty, |c| &c.fields);
        let present = view_fields(self.now, &code.id);
        let mut fields = Map::new();
        let mut keys: Vec<&String> = code.fields.keys().collect();
        keys.extend(old.keys().filter(|k| !code.fields.contains_key(*k)));
        for key in keys {
            let new = code.fields.get(key);
            if new == old.get(key) || new == present.get(key) {
                continue;
            }
            match (key.as_str(), new) {
                ("retired", Some(Value::Bool(true))) => {
                    self.changes.push(Change::CodeRetired(Box::new(CodeRetired {
                        code: code.id.clone(),
                        reason: None,
                    })));
                }
                ("merged_into", Some(Value::String(into))) if self.now.get(into).is_some() => {
                    self.changes.push(Change::CodeMerged(Box::new(CodeMerged {
                        code: code.id.clone(),
                        into: Name::new(into),
                    })));
                }
                ("merged_into", _) => {
                    self.problems.push(
                        Problem::warning(
                            self.name,
                            format!("merged_into of {} cannot be changed like this", code.id),
                        )
                        .hint("undo the merge with `verbatim undo`, or name a code that exists"),
                    );
                }
                _ => {
                    fields.insert(key.clone(), new.cloned().unwrap_or_default());
                }
            }
        }
        if !fields.is_empty() {
            self.changes.push(Change::CodeChanged(Box::new(CodeChanged {
                code: code.id.clone(),
                fields,
                effect: None,
                reason: None,
            })));
        }
    }

    /// Codes that were deleted from the file are retired: their codings stay.
    fn gone(&mut self, elsewhere: &[Name]) {
        let here: HashSet<&Name> = self.file.codes.iter().map(|c| &c.id).collect();
        for code in &self.before.codes {
            let retired = self.now.get(&code.id).is_none_or(|c| c.retired || c.merged_into.is_some());
            if !here.contains(&code.id) && !retired && !elsewhere.contains(&code.id) {
                let reason = Some("deleted from the codebook file".to_owned());
                self.changes
                    .push(Change::CodeRetired(Box::new(CodeRetired { code: code.id.clone(), reason })));
            }
        }
    }

    /// The order number of every code of the file: those that keep their place among their siblings
    /// keep their number, so that one moved code is one change.
    fn orders(&self) -> HashMap<Name, f64> {
        let mut groups: HashMap<Option<&Name>, Vec<&FileCode>> = HashMap::new();
        for code in &self.file.codes {
            groups.entry(code.parent.as_ref()).or_default().push(code);
        }
        let mut out = HashMap::new();
        for (parent, group) in groups {
            let known: Vec<Option<(usize, f64)>> = group
                .iter()
                .map(|code| {
                    let old =
                        self.before.codes.iter().find(|c| c.id == code.id && c.parent.as_ref() == parent)?;
                    Some((old.order, self.base.get(&code.id)?.order))
                })
                .collect();
            for (code, order) in group.iter().zip(place(&known)) {
                out.insert(code.id.clone(), order);
            }
        }
        out
    }
}

fn view_fields(book: &Codebook, id: &str) -> Map<String, Value> {
    let Some(code) = book.get(id) else { return Map::new() };
    let mut fields = code.fields.clone();
    if code.status == model::codebook::Status::Fixed {
        fields.insert("status".to_owned(), Value::from("fixed"));
    }
    if code.retired {
        fields.insert("retired".to_owned(), Value::from(true));
    }
    if let Some(into) = &code.merged_into {
        fields.insert("merged_into".to_owned(), Value::from(into.as_str()));
    }
    fields
}

/// Order numbers for siblings, of which some were there before with a rank and a number: the longest
/// run that kept its ranks keeps its numbers, the others go between.
fn place(known: &[Option<(usize, f64)>]) -> Vec<f64> {
    let keep = longest_run(known);
    let mut out: Vec<Option<f64>> =
        known.iter().zip(&keep).map(|(k, keep)| k.filter(|_| *keep).map(|(_, order)| order)).collect();
    if out.iter().all(Option::is_none) {
        return (0..known.len()).map(|i| i as f64).collect();
    }
    if out.iter().all(Option::is_some) {
        return out.into_iter().flatten().collect();
    }
    let mut at = 0;
    while at < out.len() {
        if out[at].is_some() {
            at += 1;
            continue;
        }
        let end = (at..out.len()).find(|i| out[*i].is_some()).unwrap_or(out.len());
        let count = (end - at) as f64;
        let low = at.checked_sub(1).and_then(|i| out[i]);
        let high = out.get(end).copied().flatten();
        for (i, slot) in out[at..end].iter_mut().enumerate() {
            let i = i as f64;
            *slot = Some(match (low, high) {
                (Some(low), Some(high)) => low + (high - low) * (i + 1.0) / (count + 1.0),
                (None, Some(high)) => high - count + i,
                (Some(low), None) => low + i + 1.0,
                (None, None) => i,
            });
        }
        at = end;
    }
    let out: Vec<f64> = out.into_iter().flatten().collect();
    // No room between two numbers: the whole row is numbered anew.
    if out.windows(2).any(|w| w[0] >= w[1]) { (0..out.len()).map(|i| i as f64).collect() } else { out }
}

/// Which siblings are in the longest run whose ranks go up.
fn longest_run(known: &[Option<(usize, f64)>]) -> Vec<bool> {
    let n = known.len();
    let (mut length, mut back) = (vec![0_usize; n], vec![None; n]);
    let mut best: Option<usize> = None;
    for i in 0..n {
        let Some((rank, _)) = known[i] else { continue };
        length[i] = 1;
        for j in 0..i {
            if known[j].is_some_and(|(r, _)| r < rank) && length[j] + 1 > length[i] {
                length[i] = length[j] + 1;
                back[i] = Some(j);
            }
        }
        if best.is_none_or(|b| length[i] > length[b]) {
            best = Some(i);
        }
    }
    let mut keep = vec![false; n];
    while let Some(i) = best {
        keep[i] = true;
        best = back[i];
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moved_sibling_is_one_new_number() {
        let row = |ranks: &[usize]| ranks.iter().map(|r| Some((*r, *r as f64))).collect::<Vec<_>>();
        assert_eq!(place(&row(&[0, 1, 2])), [0.0, 1.0, 2.0]);
        assert_eq!(place(&row(&[2, 0, 1])), [-1.0, 0.0, 1.0]);
        assert_eq!(place(&row(&[0, 2, 3, 1])), [0.0, 2.0, 3.0, 4.0]);
        assert_eq!(place(&[Some((0, 0.0)), None, Some((1, 1.0)), None]), [0.0, 0.5, 1.0, 2.0]);
        assert_eq!(place(&[None, None]), [0.0, 1.0]);
        // Two devices gave the same number: unchanged they stay; something between them renumbers.
        assert_eq!(place(&[Some((0, 1.0)), Some((1, 1.0))]), [1.0, 1.0]);
        assert_eq!(place(&[Some((0, 1.0)), None, Some((1, 1.0))]), [0.0, 1.0, 2.0]);
    }
}
