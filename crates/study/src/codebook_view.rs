//! A codebook's view: the file that the tool writes from what the acts make.
//!
//! It carries `heads` (which acts it contains) and `sum` (hash of the rest), so that an edit by hand
//! can be told from an act that has arrived meanwhile.

use std::path::PathBuf;
use std::{fs, io};

use model::codebook::{Codebook, Status};
use model::name::Name;
use model::problem::Problem;
use model::state::State;
use serde_json::{Map, Value};

use crate::atomic;
use crate::codebook_file::{CodebookFile, FileCode, sum_of};
use crate::error::StudyError;
use crate::study::Study;

/// Order of the keys that every codebook may have; others follow the codes.
const BEFORE_CODES: [&str; 6] = ["title", "source", "language", "dimensions", "qualifiers", "groups"];

/// Ids of the codebooks that a study names: by a code or by a setting.
pub(crate) fn named(state: &State, book: &Codebook) -> Vec<Name> {
    let mut ids = book.books.clone();
    for (key, _) in state.settings("codebook.") {
        if let Some(id) = key.strip_prefix("codebook.").and_then(|k| k.split('.').next())
            && !ids.iter().any(|i| i == id)
        {
            ids.push(Name::new(id));
        }
    }
    ids
}

/// One codebook as the acts make it, in the form of a file.
pub(crate) fn view(state: &State, book: &Codebook, id: &str) -> CodebookFile {
    let prefix = format!("codebook.{id}.");
    let mut kept: Vec<(&str, &Value)> =
        state.settings(&prefix).filter_map(|(k, v)| Some((k.strip_prefix(&prefix)?, v))).collect();
    let place = |key: &str| BEFORE_CODES.iter().position(|k| *k == key).unwrap_or(BEFORE_CODES.len());
    kept.sort_by_key(|(key, _)| place(key));
    let settings = kept.into_iter().map(|(k, v)| (k.to_owned(), v.clone())).collect();
    let mut codes: Vec<FileCode> = Vec::new();
    for (at, code) in book.codes.iter().enumerate() {
        if book.codes.get(book.top(at)).is_none_or(|top| top.codebook != id) {
            continue;
        }
        let mut fields = code.fields.clone();
        let fixed = fields.get("status").and_then(Value::as_str) == Some("fixed");
        if code.status == Status::Fixed && !fixed {
            fields.insert("status".to_owned(), Value::from("fixed"));
        }
        if code.retired {
            fields.insert("retired".to_owned(), Value::from(true));
        }
        if let Some(into) = &code.merged_into {
            fields.insert("merged_into".to_owned(), Value::from(into.as_str()));
        }
        let order = codes.iter().filter(|c| c.parent == code.parent).count();
        codes.push(FileCode { id: code.id.clone(), parent: code.parent.clone(), order, fields });
    }
    CodebookFile { id: id.to_owned(), settings, codes, ..CodebookFile::default() }
}

/// The JSON of a codebook, without `heads` and `sum`.
pub(crate) fn to_map(file: &CodebookFile) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("id".to_owned(), Value::from(file.id.as_str()));
    let before = |key: &&String| BEFORE_CODES.contains(&key.as_str());
    for key in file.settings.keys().filter(before) {
        map.insert(key.clone(), file.settings.get(key).cloned().unwrap_or_default());
    }
    map.insert("codes".to_owned(), children(file, None));
    for key in file.settings.keys().filter(|k| !before(k)) {
        map.insert(key.clone(), file.settings.get(key).cloned().unwrap_or_default());
    }
    map
}

fn children(file: &CodebookFile, parent: Option<&Name>) -> Value {
    let below = file.codes.iter().filter(|c| c.parent.as_ref() == parent);
    let list = below.map(|code| {
        let mut map = Map::new();
        map.insert("id".to_owned(), Value::from(code.id.as_str()));
        map.extend(code.fields.clone());
        if file.codes.iter().any(|c| c.parent.as_ref() == Some(&code.id)) {
            map.insert("children".to_owned(), children(file, Some(&code.id)));
        }
        Value::Object(map)
    });
    Value::Array(list.collect())
}

impl Study {
    /// The file of a codebook.
    pub(crate) fn codebook_path(&self, id: &str) -> PathBuf {
        self.dir().join("codebooks").join(format!("{id}.json"))
    }

    /// Writes the files of the codebooks that the study names, where acts are newer. A file that was
    /// edited by hand is left alone until the edit is an act ([`Study::codebook_edits`]).
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write_codebooks(&self) -> Result<Vec<Problem>, StudyError> {
        let book = self.codebook();
        let mut problems = Vec::new();
        for id in named(self.state(), &book) {
            let name = format!("codebooks/{id}.json");
            let path = self.codebook_path(&id);
            let mut map = to_map(&view(self.state(), &book, &id));
            let sum = sum_of(&Value::Object(map.clone()));
            match fs::read(&path) {
                Err(why) if why.kind() == io::ErrorKind::NotFound => {}
                Err(why) => return Err(StudyError::io("read", &path, why)),
                Ok(bytes) => {
                    if let Err(problem) = self.may_replace(&name, &id, &bytes, &sum, &book) {
                        problems.extend(problem);
                        continue;
                    }
                }
            }
            let heads = self
                .journals()
                .iter()
                .filter(|j| j.highest > 0)
                .map(|j| (j.name.clone(), Value::from(j.highest)));
            map.insert("heads".to_owned(), Value::Object(heads.collect()));
            map.insert("sum".to_owned(), Value::from(sum));
            let mut text =
                serde_json::to_vec_pretty(&map).map_err(|why| StudyError::BadAct { why: why.to_string() })?;
            text.push(b'\n');
            if let Some(folder) = path.parent().filter(|f| !f.is_dir()) {
                fs::create_dir_all(folder).map_err(|why| StudyError::io("make", folder, why))?;
            }
            atomic::replace(&path, &text).map_err(|why| StudyError::io("write", &path, why))?;
        }
        Ok(problems)
    }

    /// Whether a file that is there needs and allows replacing; else what is to be told, if anything.
    fn may_replace(
        &self,
        name: &str,
        id: &str,
        bytes: &[u8],
        sum: &str,
        book: &Codebook,
    ) -> Result<(), Option<Problem>> {
        let file = match CodebookFile::parse(name, bytes) {
            Ok((file, _)) => file,
            Err(why) => {
                return Err(Some(
                    Problem::error(name, why.to_string()).hint("correct the file; it is left as it is"),
                ));
            }
        };
        if file.sum.as_deref() == Some(file.actual_sum.as_str()) {
            let newer = file.heads.as_ref().is_some_and(|h| self.is_ahead(h));
            return if file.actual_sum == sum || newer { Err(None) } else { Ok(()) };
        }
        let edit = self.edit_of(name, id, &file, book, &[]);
        if edit.changes.is_empty() && edit.problems.is_empty() {
            return Ok(());
        }
        Err(Some(
            Problem::note(name, "edited by hand; the file is left as it is until the edit is taken over")
                .hint("the next command that writes shows the edit and takes it over"),
        ))
    }
}
