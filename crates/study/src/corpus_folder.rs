//! The corpus folder: texts with their turns, joined with what the tables say about them.
//!
//! A document exists by its act. Its text is whatever file has a text of its lineage; a file that
//! fits nothing is reported and not loaded.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Mutex;
use std::{fs, io, thread};

use model::corpus::{Corpus, Document, Speaker};
use model::documents::{DocumentState, Documents};
use model::name::Name;
use model::problem::Problem;
use model::text::{Text, TextHash, utf8};
use model::turn::Turn;
use rustc_hash::FxHashMap;

use crate::conflict::is_conflict_copy;
use crate::document_file::DocumentFile;
use crate::slug::slug;
use crate::study::Study;
use crate::tables::{DocumentRow, Tables, case_files};
use crate::watch::Watch;

/// A text as it lies on disk.
pub(crate) struct TextFile {
    pub(crate) text: Text,
    pub(crate) hash: TextHash,
}

/// Reads a text file. One whose bytes differ from the canonical form alone (line ends, a byte-order
/// mark, another encoding of the same characters) is the same text.
pub(crate) fn read_text(path: &Path, known: impl Fn(&TextHash) -> bool) -> io::Result<TextFile> {
    let decoded = decoded(fs::read(path)?);
    let hash = TextHash::of(&decoded);
    Ok(text_file(decoded, hash, known))
}

fn decoded(bytes: Vec<u8>) -> String {
    utf8(bytes).unwrap_or_else(|bytes| encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned())
}

fn text_file(decoded: String, hash: TextHash, known: impl Fn(&TextHash) -> bool) -> TextFile {
    if known(&hash) {
        return TextFile { text: Text::from_canonical(decoded), hash };
    }
    let text = Text::new(decoded);
    let hash = text.hash();
    TextFile { text, hash }
}

/// Texts that were read before it was known whose they are, by the stem of their file.
#[derive(Default)]
pub(crate) struct TextsRead(Mutex<HashMap<String, TextRead>>);

/// One of them: its text as it is when it turns out to be canonical, and the file beside it.
struct TextRead {
    text: TextFile,
    described: Option<DocumentFile>,
}

impl TextsRead {
    /// Reads every text of a folder. What cannot be read is left to be read, and reported, later.
    pub(crate) fn of(folder: &Path, watch: &Watch) -> Self {
        let names = text_names(folder);
        watch.begin(names.len());
        let texts = names.iter().take_while(|_| !watch.is_stopped()).filter_map(|name| {
            watch.step();
            TextRead::of(folder, name)
        });
        Self(Mutex::new(texts.collect()))
    }

    /// The same on two threads.
    pub(crate) fn of_both(folder: &Path) -> Self {
        let names = text_names(folder);
        let (front, back) = names.split_at(names.len() / 2);
        let read = |names: &[String]| names.iter().filter_map(|name| TextRead::of(folder, name)).collect();
        let mut texts: HashMap<String, TextRead> = HashMap::new();
        thread::scope(|scope| {
            let other = scope.spawn(|| read(back));
            let here: Vec<_> = read(front);
            texts.extend(here);
            texts.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        });
        Self(Mutex::new(texts))
    }

    /// The texts, by their hash.
    pub(crate) fn by_hash(&mut self) -> FxHashMap<TextHash, &Text> {
        let texts = self.0.get_mut().map(|texts| &*texts).ok();
        texts.into_iter().flat_map(HashMap::values).map(|read| (read.text.hash, &read.text.text)).collect()
    }

    fn take(&self, stem: &str) -> Option<TextRead> {
        self.0.lock().ok()?.remove(stem)
    }
}

/// Names of the texts of a folder, in no order.
fn text_names(folder: &Path) -> Vec<String> {
    let names =
        fs::read_dir(folder).into_iter().flatten().filter_map(|e| e.ok()?.file_name().into_string().ok());
    names.filter(|n| n.strip_suffix(".txt").is_some()).collect()
}

impl TextRead {
    /// Reads a text and the file beside it, with the stem of their names.
    fn of(folder: &Path, name: &str) -> Option<(String, Self)> {
        let stem = name.strip_suffix(".txt")?;
        let decoded = decoded(fs::read(folder.join(name)).ok()?);
        let hash = TextHash::of(&decoded);
        let text = TextFile { text: Text::from_canonical(decoded), hash };
        // Only what is whole and sound is of use; anything else is read again and reported.
        let beside = fs::read(folder.join(format!("{stem}.json"))).ok();
        let described = beside.as_deref().and_then(|b| serde_json::from_slice(b).ok());
        Some((stem.to_owned(), Self { text, described }))
    }
}

/// A text as it lies in the study's folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextAtHand {
    /// Its hash; none for a document whose text is not there.
    pub hash: Option<TextHash>,
    /// Its length in bytes.
    pub bytes: usize,
    /// The place of its document in [`Documents::list`].
    document: usize,
}

impl TextAtHand {
    /// A text that lies elsewhere.
    pub fn elsewhere(hash: TextHash, bytes: usize) -> Self {
        Self { hash: Some(hash), bytes, document: 0 }
    }
}

/// What was loaded for one document.
struct Loaded {
    text: Option<TextFile>,
    /// The file that it was found in, without its extension.
    stem: String,
    turns: Vec<Turn>,
    problems: Vec<Problem>,
}

impl Study {
    /// The text of every document, as [`Study::corpus`] would load it, told by its hash alone: each is read
    /// and let go. In two threads.
    pub fn texts_at_hand(&self) -> Vec<TextAtHand> {
        let documents = self.documents();
        let folder = self.dir().join("corpus");
        let nothing = TextsRead::default();
        let tell = |(document, state): (usize, &DocumentState)| {
            let text = find(&folder, state, &documents, &nothing).0.text;
            let bytes = text.as_ref().map_or(0, |t| t.text.as_str().len());
            TextAtHand { hash: text.map(|t| t.hash), bytes, document }
        };
        let list: Vec<(usize, &DocumentState)> = documents.list.iter().enumerate().collect();
        let (front, back) = list.split_at(list.len() / 2);
        thread::scope(|scope| {
            let other = scope.spawn(|| back.iter().copied().map(tell).collect::<Vec<_>>());
            let mut all: Vec<TextAtHand> = front.iter().copied().map(tell).collect();
            all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            all
        })
    }

    /// Reads one of these texts again, and its hash; `documents` are those of the study.
    pub fn text_at_hand(&self, documents: &Documents, text: &TextAtHand) -> Option<(String, TextHash)> {
        let state = documents.list.get(text.document)?;
        let found = find(&self.dir().join("corpus"), state, documents, &TextsRead::default()).0;
        Some(found.text.map_or_else(|| (String::new(), TextHash::of("")), |t| (t.text.into_string(), t.hash)))
    }

    /// What the tables say of documents, also of such as are no longer there; nothing of what has no row in
    /// the table of documents. Texts are not read.
    pub fn told_of(&self, documents: &Documents) -> Vec<Document> {
        let (tables, _) = Tables::read(self.dir(), self.case_label());
        let resolve = resolver(documents);
        let mut problems = Vec::new();
        let mut speakers = tables.speaker_rows(&resolve, &mut problems);
        let rows = tables.document_rows(&resolve, &mut problems).into_iter();
        let document = |(id, row): (Name, DocumentRow)| Document {
            speakers: speakers.remove(&id).into_iter().flatten().map(|(_, speaker)| speaker).collect(),
            ..row.document(&id)
        };
        rows.map(document).collect()
    }

    /// All documents with their texts and turns, and all that the tables say; and every problem met
    /// on the way. Texts are read in two threads.
    pub fn corpus(&self) -> (Corpus, Vec<Problem>) {
        self.corpus_from(&TextsRead::default())
    }

    /// The same with texts that were read before.
    pub(crate) fn corpus_from(&self, read: &TextsRead) -> (Corpus, Vec<Problem>) {
        let (corpus, _, problems) = self.corpus_with(read, |_| ());
        (corpus, problems)
    }

    /// The same documents, without their texts and turns: `look` sees each as a whole, and what it makes of
    /// them is given beside them, in the same order. So no more than two texts lie in memory at a time.
    pub(crate) fn corpus_seen<T: Send>(
        &self,
        look: impl Fn(&Document) -> T + Sync,
    ) -> (Corpus, Vec<T>, Vec<Problem>) {
        self.corpus_with(&TextsRead::default(), |document| {
            let seen = look(document);
            (document.text, document.turns) = Default::default();
            (document.found_words, document.found_spoken) = Default::default();
            seen
        })
    }

    /// All documents, each as soon as it is whole handed to `finish`, on two threads.
    fn corpus_with<T: Send>(
        &self,
        read: &TextsRead,
        finish: impl Fn(&mut Document) -> T + Sync,
    ) -> (Corpus, Vec<T>, Vec<Problem>) {
        let documents = self.documents();
        let folder = self.dir().join("corpus");
        let list = &documents.list;
        let (tables, mut problems) = Tables::read(self.dir(), self.case_label());
        let resolve = resolver(&documents);
        let mut rows = tables.document_rows(&resolve, &mut problems);
        let mut speakers = tables.speaker_rows(&resolve, &mut problems);
        let cases = tables.case_rows(&mut problems);
        let in_tables = |state: &DocumentState| InTables {
            row: rows.remove(&state.id),
            speakers: speakers.remove(&state.id).unwrap_or_default(),
        };
        let told: Vec<InTables> = list.iter().map(in_tables).collect();
        let mut told: Vec<(&DocumentState, InTables)> = list.iter().zip(told).collect();
        let load_some = |some: Vec<(&DocumentState, InTables)>| {
            let whole = some.into_iter().map(|(state, InTables { row, speakers })| {
                let mut loaded = load(&folder, state, &documents, read);
                let order = row.as_ref().map(|r| r.order);
                let row = row.unwrap_or_default();
                let mut document = Document { turns: loaded.turns, ..row.document(&state.id) };
                if let Some(file) = loaded.text {
                    document.hash = Some(file.hash);
                    document.text = file.text;
                }
                document.speakers = line_up(speakers, &document, &tables, &mut loaded.problems);
                let finished = finish(&mut document);
                Whole { order, document, finished, stem: loaded.stem, problems: loaded.problems }
            });
            whole.collect::<Vec<_>>()
        };
        let back = told.split_off(told.len().div_ceil(2));
        let mut all = if back.is_empty() {
            load_some(told)
        } else {
            thread::scope(|scope| {
                let other = scope.spawn(|| load_some(back));
                let mut all = load_some(told);
                all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
                all
            })
        };
        let mut stems: HashSet<String> = HashSet::new();
        for whole in &mut all {
            problems.append(&mut whole.problems);
            stems.insert(std::mem::take(&mut whole.stem));
        }
        problems.extend(strays(&folder, &stems, self.case_label()));
        all.sort_by(|a, b| {
            let order = |whole: &Whole<T>| whole.order.unwrap_or(usize::MAX);
            order(a).cmp(&order(b)).then_with(|| a.document.id.cmp(&b.document.id))
        });
        let (documents, finished) = all.into_iter().map(|whole| (whole.document, whole.finished)).unzip();
        (Corpus::new(self.case_label().to_owned(), documents, cases), finished, problems)
    }
}

/// What the tables say of one document.
struct InTables {
    row: Option<DocumentRow>,
    speakers: Vec<(u64, Speaker)>,
}

/// A document with all that was loaded for it.
struct Whole<T> {
    /// Its place in the table of documents.
    order: Option<usize>,
    document: Document,
    /// What was made of it.
    finished: T,
    stem: String,
    problems: Vec<Problem>,
}

/// Finds a document by any name that it has had, or by a name that folds to its id.
pub(crate) fn resolver(documents: &Documents) -> impl Fn(&str) -> Option<Name> {
    let mut by_name: HashMap<Name, Name> = HashMap::new();
    for document in &documents.list {
        for name in &document.names {
            by_name.entry(name.clone()).or_insert_with(|| document.id.clone());
        }
    }
    for document in &documents.list {
        by_name.insert(document.id.clone(), document.id.clone());
    }
    move |given| {
        let found = |name: &str| by_name.get(name).cloned();
        found(given).or_else(|| found(&slug(given, "text"))).or_else(|| found(&slug(stem(given), "text")))
    }
}

/// A file name without folders and extension.
pub(crate) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// File stems under which a document's text may lie, the likeliest first.
pub(crate) fn stems(document: &DocumentState) -> Vec<&str> {
    let mut stems: Vec<&str> = vec![document.id.as_str()];
    for name in std::iter::once(&document.given).chain(document.names.iter().rev()) {
        if !stems.contains(&name.as_str()) {
            stems.push(name);
        }
    }
    stems
}

fn load(folder: &Path, document: &DocumentState, documents: &Documents, read: &TextsRead) -> Loaded {
    let (mut out, described) = find(folder, document, documents, read);
    if let Some(file) = &out.text {
        out.turns = load_turns(folder, document, file, &out.stem, described, &mut out.problems);
    }
    out
}

/// The text of a document, wherever it lies, and what was read beside it; without its turns.
fn find(
    folder: &Path,
    document: &DocumentState,
    documents: &Documents,
    read: &TextsRead,
) -> (Loaded, Option<DocumentFile>) {
    let mut out =
        Loaded { text: None, stem: document.id.to_string(), turns: Vec::new(), problems: Vec::new() };
    let mut edited: Option<(TextFile, &str)> = None;
    let mut described = None;
    for stem in stems(document) {
        let path = folder.join(format!("{stem}.txt"));
        let known = |hash: &TextHash| document.lineage.contains(hash);
        let file = match read.take(stem) {
            Some(there) if known(&there.text.hash) => {
                described = there.described;
                Ok(there.text)
            }
            _ => read_text(&path, known),
        };
        let file = match file {
            Ok(file) => file,
            Err(why) if why.kind() == io::ErrorKind::NotFound => continue,
            Err(why) => {
                out.problems
                    .push(Problem::error(format!("corpus/{stem}.txt"), format!("cannot be read: {why}")));
                continue;
            }
        };
        if document.lineage.contains(&file.hash) {
            stem.clone_into(&mut out.stem);
            out.text = Some(file);
            break;
        }
        // Another document's text under this name is not a hand edit of this one.
        if edited.is_none()
            && documents.with_text(&file.hash).is_none()
            && documents.get(stem).is_none_or(|d| d.id == document.id)
        {
            edited = Some((file, stem));
        }
    }
    let name = format!("corpus/{}.txt", out.stem);
    match (&out.text, edited) {
        (Some(file), _) if file.hash != document.head => {
            out.problems.push(
                Problem::note(name, "another version of this text counts and is not synchronised yet").hint(
                    "codings are shown where they stand in the version at hand; open the study again later",
                ),
            );
        }
        (Some(_), _) => {}
        (None, Some((file, stem))) => {
            out.problems.push(
                Problem::warning(format!("corpus/{stem}.txt"), "the text was changed by hand")
                    .hint("put the text back from a backup; codings keep their places where that is certain, and nothing new can be coded on it until then"),
            );
            stem.clone_into(&mut out.stem);
            out.text = Some(file);
        }
        (None, None) => {
            out.problems.push(
                Problem::warning(
                    format!("corpus/{}.txt", document.given),
                    format!("the text of {} is not synchronised yet", document.id),
                )
                .hint("wait for the synchronisation, or import the file again"),
            );
        }
    }
    (out, described)
}

fn load_turns(
    folder: &Path,
    document: &DocumentState,
    text: &TextFile,
    stem: &str,
    described: Option<DocumentFile>,
    problems: &mut Vec<Problem>,
) -> Vec<Turn> {
    if let Some(file) = described
        && file.text == text.hash
        && file.bad_turn(text.text.len()).is_none()
    {
        return file.turns;
    }
    let name = format!("corpus/{stem}.json");
    let relayout = format!("`verbatim documents relayout {}` finds the turns anew", document.id);
    let Ok(bytes) = fs::read(folder.join(format!("{stem}.json"))) else {
        problems.push(
            Problem::warning(
                name,
                "the turns of this document are not synchronised yet; it counts as one turn",
            )
            .hint(relayout),
        );
        return Vec::new();
    };
    if let Some(line) = crate::conflict::first_mark(&bytes) {
        problems.push(
            Problem::error(name, "git conflict mark").at(line).hint("take either side of the file whole"),
        );
        return Vec::new();
    }
    match serde_json::from_slice::<DocumentFile>(&bytes) {
        Ok(file) if file.text == text.hash => match file.bad_turn(text.text.len()) {
            None => file.turns,
            Some(at) => {
                problems.push(
                    Problem::error(
                        name,
                        format!("turn {at} does not fit the text; the document counts as one turn"),
                    )
                    .hint(relayout),
                );
                Vec::new()
            }
        },
        Ok(_) => {
            problems.push(
                Problem::warning(
                    name,
                    "the turns belong to another version of the text; the document counts as one turn",
                )
                .hint(relayout),
            );
            Vec::new()
        }
        Err(why) => {
            problems.push(
                Problem::error(name, format!("this is no description of a document: {why}"))
                    .at(why.line() as u64)
                    .hint(relayout),
            );
            Vec::new()
        }
    }
}

/// Speakers in order of their first turn, then those that only the table names.
fn line_up(
    told: Vec<(u64, Speaker)>,
    document: &Document,
    tables: &Tables,
    problems: &mut Vec<Problem>,
) -> Vec<Speaker> {
    let mut told: Vec<Option<(u64, Speaker)>> = told.into_iter().map(Some).collect();
    let mut out: Vec<Speaker> = Vec::new();
    for label in document.turns.iter().filter_map(|t| t.speaker.as_deref()) {
        if out.iter().any(|s| s.label == label) {
            continue;
        }
        let row = told
            .iter_mut()
            .find(|s| s.as_ref().is_some_and(|(_, s)| s.label == label))
            .and_then(Option::take);
        out.push(row.map_or_else(|| Speaker { label: label.to_owned(), ..Speaker::default() }, |(_, s)| s));
    }
    for (line, speaker) in told.into_iter().flatten() {
        if let (Some(table), false) = (&tables.speakers, document.turns.is_empty()) {
            problems.push(
                Problem::note(&table.name, format!("{} has no turn of {:?}", document.id, speaker.label))
                    .at(line)
                    .hint("write the label as it stands in the transcript"),
            );
        }
        out.push(speaker);
    }
    out
}

/// Files in the corpus folder that belong to no document.
fn strays(folder: &Path, stems: &HashSet<String>, case_label: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    let tables = case_files(case_label);
    for name in names {
        let file = format!("corpus/{name}");
        let table = name == "documents.csv" || name == "speakers.csv" || tables.contains(&name);
        if name.starts_with('.') || table {
            continue;
        }
        if is_conflict_copy(&name) {
            problems.push(
                Problem::warning(file, "a conflict copy; it is not loaded")
                    .hint("compare it with the other version, then move it out of the study"),
            );
            continue;
        }
        let known = name
            .rsplit_once('.')
            .is_some_and(|(stem, end)| matches!(end, "txt" | "json") && stems.contains(stem));
        if !known {
            problems.push(
                Problem::note(file, "a file that belongs to no document; it is not loaded")
                    .hint("import it, or move it out of the study"),
            );
        }
    }
    problems
}
