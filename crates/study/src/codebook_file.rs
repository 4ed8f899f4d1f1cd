//! A codebook file: one codebook as people write it, read into codes and settings.
//!
//! Reading is pure. What becomes of it (adopted by `init` and `import`, or compared with what the
//! acts make) is decided elsewhere.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use model::act::{Change, CodeAdded, Setting};
use model::name::Name;
use model::problem::Problem;
use serde_json::{Map, Value};

use crate::code_lines::code_lines;
use crate::conflict::first_mark;
use crate::error::StudyError;
use crate::slug::is_slug;

/// Keys of the file that are no settings.
const OWN_KEYS: [&str; 4] = ["id", "codes", "heads", "sum"];

/// One code of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileCode {
    /// Its id.
    pub id: Name,
    /// The code above it in the file.
    pub parent: Option<Name>,
    /// Its place among its siblings, from 0.
    pub order: usize,
    /// Every field but `id` and `children`.
    pub fields: Map<String, Value>,
}

/// One codebook as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodebookFile {
    /// Its id.
    pub id: String,
    /// Every other top-level key but the codes and the marks of the tool: title, source, language …
    pub settings: Map<String, Value>,
    /// Its codes in tree order, parents before children.
    pub codes: Vec<FileCode>,
    /// Per journal file the highest `n` that it contains, if the tool wrote it.
    pub heads: Option<HashMap<String, u64>>,
    /// Hash of the rest, if the tool wrote it.
    pub sum: Option<String>,
    /// The hash that it should have.
    pub actual_sum: String,
}

impl CodebookFile {
    /// Reads a codebook; `name` is for problems and errors.
    ///
    /// # Errors
    /// When it is no JSON, has git's conflict marks, or no id.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<(Self, Vec<Problem>), StudyError> {
        let path = || PathBuf::from(name);
        if let Some(line) = first_mark(bytes) {
            return Err(StudyError::ConflictMark { path: path(), line });
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let value: Value = serde_json::from_slice(bytes).map_err(|why| StudyError::BadFile {
            path: path(),
            line: Some(why.line() as u64),
            column: Some(why.column() as u64),
            why: format!("this is no JSON: {}", short(&why)),
        })?;
        let bad = |why: &str| StudyError::BadCodebook { path: path(), why: why.to_owned() };
        let Value::Object(mut map) = value else { return Err(bad("a codebook is a JSON object")) };
        let id = map.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        if !is_slug(&id) {
            return Err(bad("the codebook has no \"id\" of a-z, 0-9 and -"));
        }
        let heads = map.shift_remove("heads").and_then(|h| {
            Some(h.as_object()?.iter().filter_map(|(file, n)| Some((file.clone(), n.as_u64()?))).collect())
        });
        let sum = map.shift_remove("sum").and_then(|s| s.as_str().map(str::to_owned));
        let actual_sum = sum_of(&Value::Object(map.clone()));
        let codes = map.get_mut("codes").map(Value::take);
        let settings = map.into_iter().filter(|(key, _)| !OWN_KEYS.contains(&key.as_str())).collect();
        let mut file = Self { id, settings, codes: Vec::new(), heads, sum, actual_sum };
        let mut problems = Vec::new();
        let mut reading =
            Reading { name, bytes, lines: OnceCell::new(), places: HashMap::new(), problems: &mut problems };
        match codes {
            Some(Value::Array(list)) => file.read_codes(list, None, "", &mut reading),
            None => reading
                .problems
                .push(Problem::warning(name, "the codebook has no codes").hint("add a list \"codes\"")),
            Some(_) => return Err(bad("\"codes\" is no list")),
        }
        file.check(&mut reading);
        Ok((file, problems))
    }

    /// Reads a list of codes; `above` is the path of the code that it belongs to, with its stroke.
    fn read_codes(
        &mut self,
        list: Vec<Value>,
        parent: Option<&Name>,
        above: &str,
        reading: &mut Reading<'_>,
    ) {
        let mut order = 0;
        for (number, value) in list.into_iter().enumerate() {
            let path = format!("{above}{number}");
            let Value::Object(mut fields) = value else {
                reading.error(&path, "a code that is no JSON object is skipped", "write it as {\"id\": …}");
                continue;
            };
            let children = fields.shift_remove("children");
            let id = match fields.shift_remove("id") {
                Some(Value::String(id)) if is_slug(&id) => Name::new(&id),
                None => {
                    reading.error(
                        &path,
                        "a code without an id is skipped",
                        "give it an \"id\" of a-z, 0-9 and -",
                    );
                    continue;
                }
                Some(id) => {
                    let what = format!("a code with the id {id} is skipped");
                    reading.error(&path, &what, "an id is kebab-case: a-z, 0-9 and -");
                    continue;
                }
            };
            if let Some(first) = reading.places.get(&id) {
                let first = reading.line(first).unwrap_or_default();
                let what = format!("the id {id} is in line {first} already; this code is skipped");
                reading.error(&path, &what, "give one of the codes another id");
                continue;
            }
            reading.places.insert(id.clone(), path.clone());
            self.codes.push(FileCode { id: id.clone(), parent: parent.cloned(), order, fields });
            order += 1;
            match children {
                Some(Value::Array(list)) => self.read_codes(list, Some(&id), &format!("{path}/"), reading),
                None | Some(Value::Null) => {}
                Some(_) => {
                    let what = format!("the children of {id} are no list and are skipped");
                    reading.error(&path, &what, "write them as \"children\": [{…}, {…}]");
                }
            }
        }
    }

    /// Doubled shortcuts and column names, bad column names; with the line where the id stands.
    fn check(&self, reading: &mut Reading<'_>) {
        for field in ["shortcut", "var"] {
            let mut seen: HashMap<&str, &Name> = HashMap::new();
            for code in &self.codes {
                let Some(value) = code.fields.get(field).and_then(Value::as_str) else { continue };
                if let Some(owner) = seen.get(value) {
                    let what = format!("{field} {value:?} of {} belongs to {owner} already", code.id);
                    reading.warning(&code.id, &what, "give one of the two another");
                }
                seen.entry(value).or_insert(&code.id);
                let fits = value.len() <= 24
                    && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
                if field == "var" && !fits {
                    let what = format!("var {value:?} of {} cannot be a column name", code.id);
                    reading.warning(&code.id, &what, "use at most 24 of a-z, 0-9 and _");
                }
            }
        }
        let known: HashSet<&str> = self.codes.iter().map(|c| c.id.as_str()).collect();
        for group in self.settings.get("groups").and_then(Value::as_array).into_iter().flatten() {
            let id = group.get("id").and_then(Value::as_str).unwrap_or_default();
            for code in
                group.get("codes").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
            {
                if !known.contains(code) {
                    reading.problems.push(Problem::note(
                        reading.name,
                        format!("group {id} names {code}, which is not in this codebook"),
                    ));
                }
            }
        }
    }

    /// The changes that adopt the whole codebook: its settings, then its codes in tree order.
    pub fn adopt(&self) -> Vec<Change> {
        let settings = self.settings.iter().map(|(key, value)| setting(&self.id, key, value.clone()));
        let codes = self.codes.iter().map(|code| {
            Change::CodeAdded(Box::new(CodeAdded {
                code: code.id.clone(),
                codebook: Name::new(&self.id),
                parent: code.parent.clone(),
                order: code.order as f64,
                fields: code.fields.clone(),
            }))
        });
        settings.chain(codes).collect()
    }
}

/// A file while its codes are read: where they stand, and what is wrong with them.
struct Reading<'a> {
    name: &'a str,
    bytes: &'a [u8],
    /// The line of each code, by its path; a file without fault needs none.
    lines: OnceCell<HashMap<String, u64>>,
    /// The path of each code, by its id.
    places: HashMap<Name, String>,
    problems: &'a mut Vec<Problem>,
}

impl Reading<'_> {
    fn line(&self, path: &str) -> Option<u64> {
        self.lines.get_or_init(|| code_lines(self.bytes)).get(path).copied()
    }

    /// An error of the code at a path.
    fn error(&mut self, path: &str, what: &str, hint: &str) {
        let problem = Problem { line: self.line(path), ..Problem::error(self.name, what) };
        self.problems.push(problem.hint(hint));
    }

    /// A warning about a code.
    fn warning(&mut self, id: &Name, what: &str, hint: &str) {
        let line = self.places.get(id).and_then(|path| self.line(path));
        self.problems.push(Problem { line, ..Problem::warning(self.name, what) }.hint(hint));
    }
}

/// The setting that keeps a top-level key of a codebook.
pub(crate) fn setting(codebook: &str, key: &str, value: Value) -> Change {
    Change::Setting(Box::new(Setting { key: Name::new(&format!("codebook.{codebook}.{key}")), value }))
}

/// What a JSON error says, without its place, which stands before it.
pub(crate) fn short(why: &serde_json::Error) -> String {
    let text = why.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what).to_owned()
}

/// SHA-256 of a value as JSON without white space and with sorted keys, so that formatting and the
/// order of keys are no edits.
pub(crate) fn sum_of(value: &Value) -> String {
    let mut out = String::new();
    sorted(value, &mut out);
    model::text::TextHash::of(&out).to_string()
}

fn sorted(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for key in keys {
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                sorted(map.get(key).unwrap_or(&Value::Null), out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(list) => {
            out.push('[');
            for value in list {
                sorted(value, out);
                out.push(',');
            }
            out.push(']');
        }
        value => out.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_read_in_order_with_all_that_it_says() {
        let text = br#"{"id":"b","title":"T","mine":[1],"codes":[{"id":"a","label":"A","x":1,"children":[{"id":"a1"},{"id":"a2"}]},{"id":"c"}]}"#;
        let (file, problems) = CodebookFile::parse("b.json", text).unwrap();
        assert_eq!(problems, []);
        let tree: Vec<_> = file.codes.iter().map(|c| (c.id.as_str(), c.parent.as_deref(), c.order)).collect();
        assert_eq!(tree, [("a", None, 0), ("a1", Some("a"), 0), ("a2", Some("a"), 1), ("c", None, 1)]);
        assert_eq!(file.codes[0].fields.keys().collect::<Vec<_>>(), ["label", "x"]);
        assert_eq!(file.settings.keys().collect::<Vec<_>>(), ["title", "mine"]);
        assert_eq!(file.adopt().len(), 6);
    }

    #[test]
    fn what_is_doubled_is_told_with_its_line() {
        let text = b"{\"id\":\"b\",\"codes\":[\n{\"id\":\"a\",\"shortcut\":\"x\"},\n{\"id\": \"c\",\"shortcut\":\"x\",\"var\":\"Bad Name\"},\n{\"id\":\"a\"}]}";
        let (file, problems) = CodebookFile::parse("b.json", text).unwrap();
        assert_eq!(file.codes.len(), 2);
        let told: Vec<_> = problems.iter().map(|p| (p.line, p.what.as_str())).collect();
        assert_eq!(
            told,
            [
                (Some(4), "the id a is in line 2 already; this code is skipped"),
                (Some(3), "shortcut \"x\" of c belongs to a already"),
                (Some(3), "var \"Bad Name\" of c cannot be a column name"),
            ]
        );
    }

    #[test]
    fn errors_have_their_place() {
        let why = CodebookFile::parse("b.json", b"{\n  \"id\": \"b\",,\n}").unwrap_err();
        assert!(why.to_string().starts_with("b.json:2:13: this is no JSON: "), "{why}");
        let why = CodebookFile::parse("b.json", b"{\n<<<<<<< HEAD\n").unwrap_err();
        assert_eq!(why.to_string(), "b.json:2: git conflict mark");
        assert!(CodebookFile::parse("b.json", b"{\"id\":\"Not a slug\",\"codes\":[]}").is_err());
    }

    #[test]
    fn formatting_and_order_of_keys_are_no_edits() {
        let a: Value = serde_json::from_str(r#"{"a":1,"b":{"c":[1,2],"d":"x"}}"#).unwrap();
        let b: Value = serde_json::from_str("{ \"b\": {\"d\":\"x\", \"c\":[1, 2]},\n\"a\": 1 }").unwrap();
        assert_eq!(sum_of(&a), sum_of(&b));
    }
}
